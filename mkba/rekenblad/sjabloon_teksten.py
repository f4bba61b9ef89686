"""What the template explains: how to fill in, and per question what is asked and where it was taken from."""

from typing import Final, NamedTuple


class Uitleg(NamedTuple):
    """Explanation of one question: what to fill in, where to get it, and the place in the handleiding."""

    invullen: str
    gegevens: str
    vindplaats: str


ZO_WERKT_HET: Final = (
    "Vul op het blad 'aanpakken' per aanpak (team, wijk of variant) een rij in. Lege rijen worden overgeslagen.",
    "Rij {voorbeeld} is een ingevuld voorbeeld: overschrijf of verwijder die rij.",
    "Velden met een * zijn verplicht. Laat een ander veld leeg om met de waarde uit de grijze regel te rekenen.",
    "Percentages typt u als 31%; bedragen in hele euro's per jaar; kies ja of nee uit de lijst.",
    "De aandelen van vraag 2 zijn samen 100%, en die van vraag 3 per type huishouden ook. Een rode kleur wijst "
    "op een som die niet klopt; een oranje kleur op een verplicht veld dat nog leeg is.",
    "Verander de rij met sleutels (zoals zwaarte.gezin.zr) niet: daaraan herkent mkba de kolommen. Kolommen "
    "weglaten of verplaatsen mag, rijen boven de sleutels ook.",
    "Vul geen persoonsgegevens in: een aanpak beschrijft een team en een groep huishoudens, nooit een persoon.",
    "Controleer het bestand met `mkba controleer BESTAND` en maak de rapporten met `mkba rapport BESTAND`.",
)

UITLEG: Final[dict[int, Uitleg]] = {
    0: Uitleg(
        "De naam die boven het rapport komt. Elke aanpak in dit bestand heeft een eigen naam.",
        "Vrij te kiezen.",
        "",
    ),
    1: Uitleg(
        "Het aantal unieke huishoudens dat in een jaar in de caseload zit of heeft gezeten: van één team, of van "
        "alle teams samen. Het gaat om huishoudens, niet om personen.",
        "Registratie van het team; in de planfase een schatting.",
        "handleiding §2.1, vraag 1",
    ),
    2: Uitleg(
        "Gezinnen hebben ten minste één inwonend kind onder de 18; in oudere huishoudens is ten minste één persoon "
        "boven de 65; de rest is overig. Ieder huishouden telt één keer, samen 100%.",
        "Registratie van het team; in de planfase wijkstatistiek.",
        "handleiding §2.1, vraag 2",
    ),
    3: Uitleg(
        "Verdeel elk type over de zwaarten, per type samen 100%. 'Niet actief' kost het team tijd maar krijgt geen "
        "effecten. Meervoudig is problemen op twee of meer gebieden. Een type zonder huishoudens mag leeg blijven. "
        "Vult u bij een type niets in, dan geldt het profiel 'voorgenomen doelgroep: meervoudig' (tabel 2.2).",
        "Registratie (zelfredzaamheidsmatrix), een doelgroepenanalyse, of de ambitie van de aanpak.",
        "handleiding §2.1, vraag 3, tabel 2.2",
    ),
    4: Uitleg(
        "Het aandeel eenoudergezinnen en eenpersoonshuishoudens (mag leeg blijven; het telt niet mee in de "
        "berekening) en het gemiddeld aantal kinderen per gezin.",
        "Registratie of wijkstatistiek.",
        "handleiding §2.1, vraag 4",
    ),
    5: Uitleg(
        "Het aandeel van de huishoudens met meervoudige problematiek dat problematische schulden heeft, geen betaald "
        "werk heeft, of overlast geeft. 100% van de ouderen zonder werk betekent: geen effect op betaald werk.",
        "Registratie; zonder gegevens tabel 2.3.",
        "handleiding §2.1, vraag 5, tabel 2.3",
    ),
    6: Uitleg(
        "Het aantal teamleden in fte (36 uur per week). 'Incl. huisvesting': reken ook huisvesting, automatisering, "
        "beheer en directie mee (ja), of alleen werkgeverslasten (nee). Additioneel is het deel dat uit extra "
        "(project)geld komt; de rest is nieuw voor oud uit bestaande budgetten.",
        "Projectplan en begroting.",
        "handleiding §2.2, vraag 6, tabel 2.5",
    ),
    7: Uitleg(
        "Welke expertise zit in het team? Ja of nee per discipline; een lege cel naast een ingevulde is nee. Mist "
        "een discipline, dan raadt de handleiding aan om de bijbehorende effecten van vraag 13 op 0 te zetten.",
        "Projectplan.",
        "handleiding §2.2, vraag 7",
    ),
    8: Uitleg(
        "Kosten naast het personeel, zoals training, communicatie en onderzoek. Eenmalige kosten worden verdeeld over "
        "het aantal afschrijvingsjaren (standaard 1). Het additionele deel geldt voor de jaarlijkse kosten.",
        "Projectbegroting.",
        "handleiding §2.2, vraag 8",
    ),
    9: Uitleg(
        "Extra kosten van inwerken en opstarten, als percentage van de personeelskosten; in de opstartfase "
        "bijvoorbeeld 20% of 50%. Het kengetal dat bij de ingevulde doelgroep hoort staat in het rapport.",
        "Eigen inschatting, of het kengetal uit de caseload.",
        "handleiding §2.2, vraag 9",
    ),
    10: Uitleg(
        "Het aandeel huishoudens waar geen professionele hulp (meer) was. In een lopende aanpak 5%, in de opstart "
        "20 tot 30%.",
        "Registratie of schatting.",
        "handleiding §2.2, vraag 10",
    ),
    11: Uitleg(
        "Extra zorg en hulp in huishoudens die al hulp hadden, als percentage van hun gemiddelde zorgkosten. Is er "
        "niets bekend: 0%.",
        "Registratie of effectmeting.",
        "handleiding §2.2, vraag 11",
    ),
    12: Uitleg(
        "Minder professionele hulp doordat het team of het eigen netwerk die overneemt, als percentage van de "
        "gemiddelde zorgkosten. Een negatief percentage betekent meer zorg.",
        "Registratie of effectmeting; anders tabel 2.9.",
        "handleiding §2.3.1, vraag 12, tabel 2.9",
    ),
    13: Uitleg(
        "Alleen het extra succes door één huishouden, één plan. Het percentage is van: huishoudens met schulden; "
        "huishoudens zonder werk; kinderen die geen startkwalificatie zouden halen; huisartsenzorg en ziekenhuiszorg "
        "bij niet-zelfredzame huishoudens; ouderen met klachten; overbelaste mantelzorgers; huishoudens met overlast.",
        "Effectmeting; anders de kengetallen, mits het team de expertise heeft.",
        "handleiding §2.3.1, vraag 13",
    ),
    14: Uitleg(
        "Het aandeel van alle huishoudens van dat type dat niet naar een zwaardere groep afglijdt. In de opstartfase "
        "1 of 2%, later ook 3%.",
        "Effectmeting (na attributie); anders het kengetal.",
        "handleiding §2.3.1, vraag 14, tabel 4.11",
    ),
    15: Uitleg(
        "Het deel van de effecten van vraag 13 en 14 dat weer wegvalt.",
        "Effectmeting; anders het kengetal.",
        "handleiding §2.3.1, vraag 15",
    ),
    16: Uitleg(
        "Alleen na een eigen effectmeting; zet dan 'input op basis van effectmeting' op ja, en vraag 16 tot en met 18 "
        "komen in de plaats van 11, 12 en 14 en van het geldelijke deel van 13. Het gemiddeld aantal trajecten per "
        "huishouden dat erbij kwam, in nieuwe en in bestaande cases, en de verdeling over 28 soorten, samen 100%. Neem "
        "alle nieuwe trajecten mee. Is er geen onderscheid tussen nieuw en bestaand: deel het totaal door alle "
        "huishoudens en vul dat bij beide in. Waar er is gemeten en hoe zeker, past niet in een rij van een tabel: "
        "geef daarvoor het -na.toml dat mkba effect schrijft.",
        "Steekproef of registratie (6, 12 en 18 maanden).",
        "handleiding §2.3.2, vraag 16, voetnoot 13; bijlage II",
    ),
    17: Uitleg(
        "Hetzelfde voor trajecten die vervielen. Huisuitzetting, uithuisplaatsing, OTS, intramuraal AWBZ en GGZ "
        "intramuraal horen bij vraag 18: hier krijgen zij geen bedrag.",
        "Steekproef of registratie (6, 12 en 18 maanden).",
        "handleiding §2.3.2, vraag 17; bijlage II",
    ),
    18: Uitleg(
        "Het percentage voorkomen escalaties, na attributie (60% zonder en 75% met de aanpak is 15%). Aandeel van: "
        "'huishoudens' (een deel van de huishoudens die het kan overkomen, zoals bij vraag 14: UHP van gezinnen) of "
        "'bedreigd' (een deel van de huishoudens die ermee bedreigd worden; vul dan ook in welk deel dat is). Nooit "
        "tellen beide.",
        "Vergelijking met een wijk of periode zonder de aanpak.",
        "handleiding §2.3.2, vraag 18, tabel 4.11",
    ),
}

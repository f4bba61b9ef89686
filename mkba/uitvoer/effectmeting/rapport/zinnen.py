"""The report of a measurement in sentences; plain text, to be escaped by who shows it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from mkba.analyse.effectmeting.attributie.paneel import UITKOMSTEN
from mkba.analyse.effectmeting.attributie.toerekening import Toerekening
from mkba.analyse.effectmeting.bijwerken.invullen import (
    UITGANGSPUNT,
    Ingevuld,
    saldo_van_afgeschermd,
    te_kort,
)
from mkba.analyse.effectmeting.bijwerken.meer_minder import (
    FIGUUR_TELT,
    afgeschermd_deel,
    getoond_per,
    soorten_te_raden,
)
from mkba.analyse.effectmeting.bijwerken.uitval import NIEUW, Uitval, uitersten
from mkba.analyse.effectmeting.bijwerken.weging import Bijgewerkt
from mkba.analyse.effectmeting.publiceren.huishoudens import ANDERE_TEAMS
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.tellen.telling import STAND
from mkba.analyse.effectmeting.zekerheid.intervallen import Schatting
from mkba.invoer.effectmeting.kolommen import MOMENTEN
from mkba.kern.tekst.notatie import (
    STAP_EUR,
    STAP_FIJN,
    euro,
    gedrukt_verschil,
    getal,
    hoeveel,
    nederlands,
    opsomming,
    procent,
    verhouding,
    zuinig,
)
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, VERVANGEN, VRAAG_VAN, aantal_veld, vervangen_vragen
from mkba.kern.woorden.trajecten import CASES, SOORTEN, TRAJECTNAMEN
from mkba.kern.woorden.velden import VELDEN, benoem
from mkba.uitvoer.effectmeting.namen import vraagnaam, vragennaam
from mkba.uitvoer.effectmeting.rapport import steekproefzinnen
from mkba.uitvoer.effectmeting.rapport.herkomst import telt_mee, zonder_afscherming

_VERSIE: Final = {
    "1.0": "MKBA 1.0: van deze registratie is niets te gebruiken; alles is een plan of een kengetal.",
    "2.0": "MKBA 2.0: {} gemeten, de effecten zijn verwachtingen.",
    "3.0": "MKBA 3.0: ook effecten zijn gemeten.",
}


_DELEN_VAN_2: Final = {"bereik": {1, 2, 3, 4, 5, 10}, "kosten": {6, 7, 11, 16}}
"""What can be measured beside effects, and the questions that ask for it."""
SOORTWOORD: Final = {
    "gemeten": "gemeten",
    "bijgewerkt": "bijgewerkt (gemeten, en gewogen tegen het kengetal)",
    "opgegeven": "opgegeven in het plan",
    "kengetal": "een kengetal of de beginstand",
}


def versie(i: Ingevuld) -> str:
    """Which MKBA this is and why, in one or two sentences."""
    if i.meting.van_steekproef:
        return steekproefzinnen.versie(i)
    gemeten = {ALLE_VELDEN[s].vraag for s in i.gemeten}
    delen = [w for w, vragen in _DELEN_VAN_2.items() if gemeten & vragen]
    zin = _VERSIE[i.versie].format(f"{opsomming(delen)} {'zijn' if delen != ['bereik'] else 'is'}")
    if not i.redenen:
        return (
            f"{zin} Vraag 16 tot en met 18 (trajecten erbij, trajecten eraf, voorkomen escalatie) zijn gevuld uit de "
            "registratie en komen in de plaats van vraag 11, 12 en 14."
        )
    if i.telt:
        wel = opsomming([f"{VRAAG_VAN[deel]} ({_WAT[deel]})" for deel in i.telt])
        is_, komt = ("is", "komt") if len(i.telt) == 1 else ("zijn", "komen")
        begin = "Ten dele: vraag" if i.versie == "3.0" else "Vraag"
        zin += f" {begin} {wel} {is_} gevuld uit de registratie en {komt} in de plaats van vraag {_oud(i.telt)}."
    elif i.versie == "3.0":
        knoppen = [k.sleutel for k in i.bijwerking.knoppen if not k.uit_wijken or k.weegt_zwaarst]
        een = len({VELDEN[s].vraag for s in knoppen}) == 1
        zin += f" Ten dele: vraag {vragennaam(knoppen)} {'is' if een else 'zijn'} bijgewerkt."
    return f"{zin} {' '.join(_niet_geteld(i))}"


_WAT: Final = {"meer": "trajecten erbij", "minder": "trajecten eraf", "voorkomen": "voorkomen escalatie"}


def _oud(delen: Iterable[str]) -> str:
    """The questions that 16 to 18 take the place of; of question 13 only what it does in money."""
    return opsomming([str(v) for v in vervangen_vragen(delen) if v != 13])


def _niet_geteld(i: Ingevuld) -> list[str]:
    """Of each of questions 16 to 18 that does not count why, and what does."""
    uit = []
    for deel, reden in i.redenen.items():
        knoppen = [k for k in i.bijwerking.knoppen if k.sleutel in VERVANGEN[deel]]
        wat = f"Vraag {VRAAG_VAN[deel]} ({_WAT[deel]}) telt niet mee, want {reden}; vraag {_oud([deel])}"
        uit.append(f"{wat} {_wat_blijft(knoppen)}.")
    return uit


def _wat_blijft(knoppen: list[Bijgewerkt]) -> str:
    """Whether a question that keeps counting was updated, and whether that is more than its kengetal."""
    if not knoppen:
        return "telt zoals verwacht"
    if all(k.uit_wijken and not k.weegt_zwaarst for k in knoppen):
        meest = procent(max(k.gewicht for k in knoppen), 1)
        return f"telt en blijft bijna het kengetal (wat de wijken zeggen, weegt hoogstens {meest})"
    return "telt, bijgewerkt"


def oordeel(i: Ingevuld) -> list[str]:
    """What it is, what changed and how sure that is."""
    voor, na = i.uitkomst_voor, i.uitkomst
    verschil = gedrukt_verschil(na["saldo"], voor["saldo"], STAP_EUR)
    uit = [versie(i)]
    if not i.gemeten:
        return uit
    telling, alles = i.interval("saldo", "meting"), i.interval("saldo", "alles")
    uit.append(
        f"Het saldo gaat van {euro(voor['saldo'], 100)} (verwacht) naar {euro(na['saldo'], 100)}: "
        f"{euro(abs(verschil), 100)} {'meer' if verschil >= 0 else 'minder'}. De maatschappelijke verhouding gaat van "
        f"{verhouding(voor['kb_maatschappelijk'], STAP_FIJN)} naar {verhouding(na['kb_maatschappelijk'], STAP_FIJN)}, "
        f"de gemeentelijke van {verhouding(voor['kb_gemeentelijk'], STAP_FIJN)} naar "
        f"{verhouding(na['kb_gemeentelijk'], STAP_FIJN)}."
    )
    if (kort := te_kort(i.meting)) or not i.telling_beweegt:
        uit.append(
            (
                f"Een interval van de telling staat er niet bij: {kort}. "
                if kort
                else "Alleen bereik of kosten zijn gemeten; die zijn geteld en bewegen niet. "
            )
            + "Met de kengetallen die nog "
            f"schattingen zijn{_ook_soorten(i)}, ligt het saldo met 95% kans tussen {euro(alles[0], 100)} en "
            f"{euro(alles[1], 100)}. "
            f"{_nul(alles)}"
        )
    else:
        uit.append(
            f"Door het toeval van de telling alleen loopt het 95%-interval van het saldo van {euro(telling[0], 100)} "
            f"tot {euro(telling[1], 100)}; elk kengetal blijft dan zoals het is, ook waar een telling tegen is "
            f"gewogen. Met de kengetallen die nog schattingen zijn{_ook_soorten(i)}, ligt het saldo met 95% kans "
            f"tussen {euro(alles[0], 100)} en {euro(alles[1], 100)}. {_nul(alles)}"
        )
    deel = i.invloed["saldo"]
    if UITGANGSPUNT in deel.index:
        vooraf = float(deel[UITGANGSPUNT])
        uit.append(
            f"Van het verschil in saldo komt {euro(vooraf, 100)} niet door een meting: {_begin_van_de_weging(i)}."
        )
        deel = deel.drop(UITGANGSPUNT)
    if len(deel):
        grootste = str(deel.abs().idxmax())
        uit.append(
            f"Het meest doet: {grootste[0].lower() + grootste[1:]}, {euro(abs(float(deel[grootste])), 100)} "
            f"{'meer' if deel[grootste] >= 0 else 'minder'} saldo."
        )
    if i.gekort is not None:
        uit.append(
            "Telt elk gemeten effect maar voor het deel dat zijn bewijs draagt, dan is het saldo "
            f"{euro(i.gekort['saldo'], 100)} (zie: Wat dit niet zegt)."
        )
    return [*uit, herkomsten(i)]


def _ook_soorten(i: Ingevuld) -> str:
    raadt = any(soorten_te_raden(i.meting, v) for v in SOORTEN if v in i.telt)
    return " (ook: van welke soorten de trajecten waren die niet te tonen zijn)" if raadt else ""


def herkomsten(i: Ingevuld, waar: str = "") -> str:
    """Of the answers that the outcome is calculated with, how many were measured, updated, filled in or a kengetal.
    ``waar``: what the reader has to open for the rest, outside of the report."""
    telling = Counter(soort(i, s) for s in telt_mee(i))
    delen = [f"{getal(telling[s])} {woord}" for s, woord in SOORTWOORD.items() if telling[s]]
    return (
        f"Van de {getal(telling.total())} antwoorden waarmee is gerekend {'is' if telling['gemeten'] == 1 else 'zijn'} "
        f"er {opsomming(delen)}. Waar elk is gemeten, bij hoeveel en hoe zeker, staat {waar}onder Elke invoer."
    )


def _nul(interval: tuple[float, float]) -> str:
    if interval[0] <= 0 <= interval[1]:
        return "Break-even valt daarbinnen: of baten tegen kosten opwegen, is hiermee niet te zeggen."
    meer = interval[0] > 0
    return f"Break-even valt daarbuiten: de {'baten' if meer else 'kosten'} zijn groter."


def soort(i: Ingevuld, sleutel: str) -> str:
    """The key of :data:`SOORTWOORD` of an answer that counts."""
    return zonder_afscherming(i, sleutel).replace("beginstand", "kengetal")


def lezing(m: Meting) -> list[str]:
    """What was read, what was refused and what was not used."""
    if m.van_steekproef:
        return [
            *steekproefzinnen.lezing(m),
            *(_geweigerd(m) if len(m.lezing.tabellen) > 1 or m.lezing.geweigerd else []),
        ]
    n = m.huishoudens.toont()
    uit = [
        f"Gelezen: ongeveer {getal(n)} huishoudens uit {hoeveel(len(m.lezing.bestanden), 'bestand', 'bestanden')}, "
        f"met de tabellen {opsomming(list(m.lezing.tabellen))}."
        if n is not None
        else "Er zijn zo weinig huishoudens dat hun aantal is afgeschermd."
    ]
    uit += _geweigerd(m)
    if m.lezing.genegeerd:
        uit.append(f"Niet gebruikte kolommen: {opsomming(list(m.lezing.genegeerd))}.")
    return uit


def _geweigerd(m: Meting) -> list[str]:
    if not (weg := len(m.lezing.geweigerd)):
        return ["Er is geen rij geweigerd."]
    return [
        f"Om {hoeveel(weg, 'reden', 'redenen')} zijn rijen geweigerd, die niet meetellen; welke, staat op de "
        "terminal van wie de opdracht gaf."
    ]


def privacy(m: Meting) -> list[str]:
    """What is hidden and how, and that all else follows from what is shown."""
    if m.van_steekproef:
        return [*steekproefzinnen.privacy(m), *_naamloos(m)]
    cellen = sum(p.verborgen for p in m.delen.values())
    rond = f"Aantallen zijn afgerond op {m.afronding}. " if m.afronding else ""
    uit = [
        f"{rond}Wat over minder dan {nederlands(m.drempel)} huishoudens gaat, is afgeschermd (*), met de cellen "
        f"waaruit het zou volgen: samen {hoeveel(cellen, 'cel', 'cellen')}.",
        "Alles op deze pagina, ook elk bedrag, is berekend uit de getoonde aantallen: er is niets uit af te leiden dat "
        "er niet al staat. Het bestand met de meting bevat dezelfde aantallen en geen huishouden.",
    ]
    if m.afronding and (n := m.huishoudens.toont()):
        uit.append(
            "Door het afronden kan een aandeel van alle huishoudens hoogstens "
            f"{nederlands(50 * m.afronding / n, 1)} procentpunt verschuiven, en een aantal trajecten hoogstens "
            f"{nederlands(m.afronding / 2)}; het interval van elke telling rekent daarmee."
        )
    return [*uit, *_naamloos(m)]


def _naamloos(m: Meting) -> list[str]:
    if not any(("team", ANDERE_TEAMS) in sleutel for sleutel in m.huishoudens.cellen):
        return []
    return [
        f"Teams met minder dan {nederlands(m.drempel)} huishoudens staan zonder hun naam samen onder {ANDERE_TEAMS}."
    ]


def verdeling(i: Ingevuld) -> list[str]:
    """How the kinds of traject were divided where they may not be shown."""
    uit, groepen = [], False
    for wat in (v for v in STAND if v in i.telt and soorten_te_raden(i.meting, v)):
        groepen |= getoond_per(i.meting, wat) == "soortgroep"
        uit.append(f"Vraag {VRAAG_VAN[wat]}: {_uit_de_figuur(i.meting, wat)}")
    if (ver := saldo_van_afgeschermd(i)) is not None:
        laag, hoog = euro(ver[0], 100), euro(ver[1], 100)
        per_groep = " (van een getoonde groep: de trajecten van die groep)" if groepen else ""
        uit.append(
            "Dat is een aanname: van welke soort zij waren is niet te tonen, en de ene soort kost veel meer dan "
            f"de andere. Waren zij{per_groep} alle van de ene soort die het saldo het laagst maakt, dan was het "
            f"{laag}; van die het het hoogst maakt, {hoog}. Dat zijn uitersten, geen interval."
        )
        uit.append(_soorten_bewegen(i))
    return uit


def _soorten_bewegen(i: Ingevuld) -> str:
    """What is around the figure, in which interval the kinds that are not shown move, and how far."""
    telt = nederlands(i.kengetallen[FIGUUR_TELT])
    anders = "de soorten die zij niet noemt" if i.kengetallen[FIGUUR_TELT] else "alle soorten"
    return (
        f"Ongeveer: figuur II.1 weegt als een telling van {telt} trajecten (kengetal {FIGUUR_TELT}, een aanname: hoe "
        f"minder, hoe onzekerder), en {anders} samen als een traject, de dure zeldzamer. Zo houdt "
        "het interval van het saldo met de kengetallen er rekening mee dat zij van andere soorten kunnen zijn; het "
        "interval van alleen de telling niet."
    )


def _uit_de_figuur(meting: Meting, vraag: str) -> str:
    """What was shown of the kinds, and that the rest is as in figuur II.1."""
    figuur = (
        "zoals in figuur II.1 van de handleiding (kengetal, niet gemeten), nieuwe en bestaande huishoudens elk apart"
    )
    per, rest = getoond_per(meting, vraag), afgeschermd_deel(meting, vraag)
    if not per:
        return f"van de trajecten is alleen te tonen hoeveel het er zijn; over de soorten zijn zij verdeeld {figuur}."
    if per == "type":
        return (
            f"{procent(rest)} van de trajecten is van soorten die te weinig voorkomen om te tonen. Van de getoonde, "
            "van nieuwe en bestaande huishoudens samen, is bekend hoeveel het er zijn; de rest is dus van de andere "
            f"soorten, en daarover ongeveer verdeeld {figuur}."
        )
    zin = (
        "van de trajecten is te tonen hoeveel er in een groep van soorten zijn; daarbinnen zijn zij verdeeld "
        f"{figuur}, en gelijk over de soorten van een groep die daar leeg is."
    )
    if rest > 0.0005:
        zin += (
            f" De {procent(rest)} in groepen die te klein zijn om te tonen, is ongeveer verdeeld als die in de figuur."
        )
    return zin


def lezingen(i: Ingevuld) -> list[str]:
    """What the estimate is that the readings of question 18 stand beside; or that they do not count, and why."""
    naast = i.lezingen
    if naast is None:
        return [f"Vraag 18 telt niet mee ({i.redenen['voorkomen']}): er zijn geen lezingen om te vergelijken."]
    saldo = naast.schatting["saldo"]
    vragen = {VELDEN[s].vraag for s in i.gemeten if s in VELDEN}
    gemeten = f"vraag {opsomming([str(v) for v in sorted(vragen)])}"
    uit = [
        f"De schatting is dezelfde aanpak zonder vraag 16 tot en met 18: {gemeten} zoals gemeten, de rest zoals "
        f"in het plan{'' if 14 in vragen else ', dus ook vraag 14'}. Haar saldo is daarom niet dat van het plan: "
        f"{euro(saldo, 100)} en niet {euro(i.uitkomst_voor['saldo'], 100)}."
    ]
    if i.effectstap in i.invloed.index:
        uit.append(
            f"Het verschil met wat telt ({euro(gedrukt_verschil(naast.geldt['saldo'], saldo, STAP_EUR), 100)}) is "
            f"dus ook iets anders dan de balk {i.effectstap[0].lower()}{i.effectstap[1:]} in de figuur van het oordeel "
            f"({euro(float(i.invloed.at[i.effectstap, 'saldo']), 100)}): die begint bij het plan, met vraag 11 tot "
            "en met 14 zoals daar verwacht."
        )
    return [*uit, *_waar_a_geldt(i)]


def _waar_a_geldt(i: Ingevuld) -> list[str]:
    """That reading (a) asks a share of the huishoudtypen that it can happen to, so what that divides by; nothing where
    these are all."""
    delen = [
        f"{TRAJECTNAMEN[e.soort]} {procent(e.van)}" for e in i.escalaties if e.antwoord is not None and e.van < 0.995
    ]
    zonder = [TRAJECTNAMEN[e.soort] for e in i.escalaties if e.netto is not None and e.antwoord is None]
    uit = []
    if delen:
        uit.append(
            "Lezing (a) vraagt een aandeel van de huishoudens van de huishoudtypen die het kan overkomen, zoals vraag "
            f"14 en tabel 4.11. Dat zijn bij {opsomming(delen)} van de huishoudens. Geteld is over alle huishoudens: "
            "het antwoord is het netto effect gedeeld door dat deel, zodat telt wat is geteld."
        )
    if zonder:
        uit.append(
            f"In lezing (a) telt {opsomming(zonder)} als nul: er zijn geen huishoudens van een huishoudtype dat het "
            "kan overkomen."
        )
    return uit


def uitval(i: Ingevuld, rijen: tuple[Uitval, ...]) -> list[str]:
    """How far the measured knobs can lie because of who is missing, what weights make of it, and of the saldo."""
    if i.meting.van_steekproef:
        return steekproefzinnen.uitval(i.meting)
    if not rijen:
        return ["Er is geen knop gemeten waarvan huishoudens kunnen ontbreken."]
    p, weinig = i.meting.huishoudens, nederlands(i.meting.drempel)
    namen = {naam for s in p.cellen for naam, _ in s}
    uit = []
    paren = (("niet gevolgd", "gevolgd"), ("uitgevallen", "uitgevallen"))
    later = any(u.sleutel != NIEUW for u in rijen)  # question 10 is known at the start
    if kort := [wat for wat, naam in paren if later and naam not in namen]:
        uit.append(
            f"Hoeveel huishoudens zijn {opsomming(kort)}, is niet te tonen: het zijn er hoogstens {weinig}"
            f"{' van elk' if len(kort) > 1 else ''}, en het kunnen er ook 0 zijn. De grenzen rekenen met {weinig}"
            f"{' van elk' if len(kort) > 1 else ''}."
        )
    if later and "uitgevallen" in namen and p.toont(uitgevallen="ja") is None:
        uit.append(
            "Hoeveel huishoudens zijn uitgevallen, is niet te tonen, en het kunnen er bijna alle zijn: de grenzen "
            "rekenen met alle."
        )
    maal = nederlands(i.kengetallen["steekproef.uitval_maal"])
    uit.append(
        "De grenzen nemen niets aan over wie ontbreekt, op twee dingen na. Bij vraag 11 en 12 hadden zij bij de start "
        "evenveel trajecten als de anderen. En een aantal trajecten heeft geen hoogste waarde: daar kreeg wie "
        f"ontbreekt hoogstens {maal} maal zo veel als de anderen (kengetal steekproef.uitval_maal, aanname). Wie is "
        "uitgevallen telt in de hoogste waarde mee: wat na het vertrek gebeurde, is niet gezien."
    )
    if all(u.hoog <= u.laag for u in rijen if u.saldo is not None):
        return [*uit, "Van geen knop die meetelt, ontbreekt een huishouden: het saldo verandert hier niet door uitval."]
    if (ver := uitersten(i, rijen)) is not None:
        slecht, best = ver
        binnen = slecht <= 0 <= best
        uit.append(
            f"Met elke knop aan de slechtste kant is het saldo {euro(slecht, 100)}, aan de beste kant "
            f"{euro(best, 100)} (gemeten: {euro(i.uitkomst['saldo'], 100)}). "
            + (
                "Break-even ligt daartussen: wie ontbreekt, kan de uitkomst keren."
                if binnen
                else "Ook wie ontbreekt, kan de uitkomst niet over break-even heen tillen."
            )
        )
    verschuift = [
        (abs(w - u.waarde), u, w, naar)
        for u in rijen
        for naar, w in u.gewogen.items()
        if w is not None and u.sleutel != "nieuw"
    ]
    if "gevolgd" not in namen:
        uit.append("Gewogen getallen zijn hier gelijk aan de getelde: zo goed als iedereen is gevolgd.")
    elif verschuift:
        _, u, w, naar = max(verschuift, key=lambda v: v[0] / abs(v[1].waarde) if v[1].waarde else 0.0)
        druk = procent if ALLE_VELDEN[u.sleutel].soort == "fractie" else getal
        cijfers = 1 if ALLE_VELDEN[u.sleutel].soort == "fractie" else 2
        uit.append(
            f"Wegen verschuift het meest bij {benoem([u.sleutel])[0]}: van {druk(u.waarde, cijfers)} naar "
            f"{druk(w, cijfers)} (naar {'zwaarte bij de start' if naar == 'klasse_0' else 'team'}). Dat is juist als "
            "wie niet is gevolgd verder lijkt op wie wel is gevolgd; de grenzen hebben dat niet nodig."
        )
    return uit


def _begin_van_de_weging(i: Ingevuld) -> str:
    """Why updating starts elsewhere than the plan: another answer was filled in, or no prior has the kengetal as its
    mean."""
    knoppen = [k for k in i.bijwerking.knoppen if k.verplaatst and i.knop_telt(k.sleutel)]
    anders = [k.sleutel for k in knoppen if not k.verschoven]
    redenen = []
    if anders:
        redenen.append(f"bij {vragennaam(anders)} begint het wegen bij het kengetal en niet bij wat was ingevuld")
    for k in (k for k in knoppen if k.verschoven):
        redenen.append(
            f"bij {vraagnaam(k.sleutel)} begint het wegen bij {procent(k.uitgangspunt, 1)}, het gemiddelde van het "
            f"bereik van het kengetal ({procent(k.kengetal, 1)}, waar geen kansverdeling omheen past)"
        )
    return opsomming(redenen)


def monitoring(m: Meting) -> list[str]:
    """What the monitoring says of its moments; with one moment that there is no change to tell."""
    if m.van_steekproef:
        return steekproefzinnen.monitoring()
    p = m.huishoudens
    gevolgd = _gevolgd(m)
    gemeten = [
        t
        for t in MOMENTEN
        if any(n == f"klasse_{t}" and w != "onbekend" for s, v in p.cellen.items() if v for n, w in s)
    ]
    if not gemeten:
        return [*gevolgd, "De zwaarte is op geen moment per klasse te tonen: niet gemeten, of te weinig huishoudens."]
    if len(gemeten) == 1:
        return [
            *gevolgd,
            f"De zwaarte is van een moment te tonen ({gemeten[0]} maanden): van een verandering is niets te zeggen, "
            "en dus ook niet met een interval.",
        ]
    return [
        *gevolgd,
        "Op een later moment zijn minder huishoudens gemeten: wie later begon of uitviel, ontbreekt daar. Een verschil "
        "tussen twee balken is daarom niet vanzelf een verandering, en zeker niet vanzelf het werk van de aanpak.",
        "Huishoudens beginnen vaak op een dieptepunt: een deel van de verbetering na de nulmeting was er ook zonder "
        "aanpak gekomen (regressie naar het gemiddelde). Alleen een vergelijking haalt dat eraf.",
    ]


def _gevolgd(m: Meting) -> list[str]:
    """Of how many households anything is known after the start, from shown numbers only, and how many dropped out."""
    p = m.huishoudens
    alle, wel, niet = p.toont(), p.toont(gevolgd="ja"), p.toont(gevolgd="nee")
    weg = p.toont(uitgevallen="ja")
    uit = []
    if alle is not None and weg is not None:
        uit.append(f"Uitgevallen: ongeveer {getal(weg)} van de {getal(alle)} huishoudens.")
    elif alle is not None and not p.waarden("uitgevallen"):
        uit.append(f"Uitgevallen: hoogstens {nederlands(m.drempel)} van de {getal(alle)} huishoudens.")
    if alle is not None and wel is not None and niet is not None:
        return [
            *uit,
            f"Van ongeveer {getal(wel)} van de {getal(alle)} huishoudens is na de start iets vastgelegd. De andere "
            "zijn nog niet zo ver, uitgevallen of niet gevolgd: zij tellen bij vraag 11, 12 en 16 tot en met 18 niet "
            "mee, ook niet als nul. Gaat het hun anders dan de gevolgde, dan klopt het cijfer niet voor allen.",
        ]
    if any(naam == "gevolgd" for s in p.cellen for naam, _ in s):
        zin = "Bij te weinig huishoudens om te tonen is na de start iets vastgelegd; de rest telt niet als nul."
        return [*uit, zin]
    if alle is not None and any(naam.startswith("trajecten.") for naam in m.delen):
        na = f"op hoogstens {nederlands(m.drempel)} na"
        return [*uit, f"Van alle huishoudens, {na}, is na de start iets vastgelegd: alle tellen mee."]
    return uit


def wijken(m: Meting) -> list[str]:
    """What of the wijken cannot be said or shown, and why; and when there are none."""
    if m.van_steekproef and not m.wijken:
        return steekproefzinnen.wijken(m)
    if not m.wijken:
        return [
            "Er is geen tabel gebied: wat er in de wijken vanzelf was veranderd, is niet te zien. Wat geteld is, is "
            "bruto (niveau 1 of 2 op de schaal van Maryland)."
        ]
    uit = steekproefzinnen.wijken(m) if m.van_steekproef else []
    uit += [f"{UITKOMSTEN[w.uitkomst].capitalize()}: {w.reden}." for w in m.wijken if w.reden]
    toon: list[Toerekening] = [w.toerekening for w in m.wijken if w.toerekening is not None]
    if toon and not toon[0].zonder:
        uit.append("Er is geen vergelijkingswijk: bruto staat er, netto niet.")
    elif toon:
        hoogste = max(t.sms for t in toon)
        uit += [
            f"{UITKOMSTEN[t.uitkomst].capitalize()}: niveau {t.sms} en niet {hoogste} op de schaal van Maryland "
            f"({t.bewijs})."
            for t in toon
            if t.sms < hoogste
        ]
    uit += [
        f"{UITKOMSTEN[w.uitkomst].capitalize()}: een punt van de lijn staat voor {w.lijnen.stap} kwartalen, omdat "
        "er per kwartaal te weinig zijn om te tonen."
        for w in m.wijken
        if w.lijnen is not None and w.lijnen.stap > 1
    ]
    uit.append(
        "De cijfers van wijken zijn op twee cijfers afgerond (euro op drie), een verschil van gevallen niet fijner dan "
        "de aandelen waar het van is en de einden van zijn interval naar buiten; netto is dan niet precies bruto min "
        "vanzelf."
    )
    return uit


def niet_gemeten(i: Ingevuld) -> list[str]:
    """What is still a kengetal or the plan, and what would have to be registered for it."""
    if i.meting.van_steekproef:
        return steekproefzinnen.niet_gemeten(i)
    m, uit = i.meting, _niet_geteld(i)
    ontbreekt = {
        "problematiek": "hoe zwaar de problematiek is, en of die verandert (vraag 3)",
        "trajecten": "welke trajecten erbij komen en afvallen (vraag 11, 12, 16 en 17)",
        "escalaties": "wat dreigde en wat is voorkomen (vraag 18)",
        "team": "fte, disciplines en financiering (vraag 6 en 7)",
        "gebied": "wat er in vergelijkingswijken gebeurde (van bruto naar netto)",
    }
    uit += [
        f"De tabel {t} ontbreekt of is leeg: {wat} is niet gemeten."
        for t, wat in ontbreekt.items()
        if t not in m.lezing.tabellen
    ]
    if i.verborgen:
        uit.append(f"Geteld, maar bij te weinig huishoudens om te gebruiken: {vragennaam(i.verborgen)}.")
    if weg := [TRAJECTNAMEN[e.soort] for e in i.escalaties if e.netto is None] if "voorkomen" in i.telt else []:
        uit.append(f"Vraag 18 telt als nul voor {opsomming(weg)}: daarvan is geen netto effect te zeggen.")
    uit.append(
        "Altijd een kengetal of het plan: terugval (vraag 15), wat de aanpak buiten geld doet (vraag 13: kansen van "
        "kinderen, kwaliteit van leven, overlast), en de kosten per traject."
    )
    return uit


def lijkt_steekproef(i: Ingevuld) -> str:
    """That many fewer households were registered than the plan has, so that it may be a sample; or nothing."""
    n = i.meting.huishoudens.toont()
    if i.steekproef_van is not None or i.meting.van_steekproef or n is None or 2 * n >= i.voor.huishoudens:
        return ""
    plan = i.voor.huishoudens
    return (
        f"er zijn ongeveer {getal(n)} huishoudens geregistreerd en het plan heeft er {getal(plan)}. Is de registratie "
        f"een steekproef, geef dan --steekproef-van {plan:.0f}; anders is dit het bereik."
    )


def _steekproef(i: Ingevuld) -> list[str]:
    """What a sample of the households means for the numbers; nothing where all were registered."""
    n = i.meting.huishoudens.toont()
    if i.steekproef_van is None or n is None:
        return []
    return [
        f"De registratie is een steekproef van ongeveer {getal(n)} uit {getal(i.steekproef_van)} huishoudens "
        "(opgegeven). Aandelen en aantallen per huishouden gelden voor alle als zij aselect is getrokken, en van elke "
        "generalist een even groot deel. Wat de aanpak doet (vraag 10 tot en met 18) moet ook voor een volgend jaar "
        "gelden: dat houdt al zijn toeval, hoe groot de steekproef ook is. Wie er in de aanpak zijn (vraag 2 tot en "
        "met 5) is in het saldo alleen een gok van wie niet is geregistreerd (correctie voor de eindige populatie)."
    ]


def grenzen(i: Ingevuld) -> list[str]:
    """What the report does not say."""
    if i.meting.van_steekproef:
        return steekproefzinnen.grenzen(i)
    uit = [
        *_steekproef(i),
        "De intervallen zien de huishoudens als een greep uit die het team had kunnen treffen; dat de registratie "
        "klopt en volledig is, nemen zij aan. Wat wie ontbreekt kan doen, staat bij Uitval.",
        (
            "Bereik en kosten zijn geteld: zij bewegen in het interval van het saldo niet mee. "
            if i.steekproef_van is None
            else "Kosten zijn geteld: zij bewegen in het interval van het saldo niet mee. Het bereik (vraag 2 tot en "
            "met 5) is van de steekproef, en beweegt wel mee. "
        )
        + "Bij vraag 11 en 12 is de noemer trajecten; gaan die van een huishouden samen, dan is het interval daarnaar "
        "verbreed.",
        "Een generalist die het eigen werk telt, telt niet onafhankelijk: dat maakt geen interval breder.",
        *_net_te_tonen(i),
    ]
    if i.gekort is not None:
        wat = [w for w, deel in (("wat minder werd", "minder"), ("wat is voorkomen", "voorkomen")) if deel in i.telt]
        vragen = [str(VRAAG_VAN[deel]) for deel in i.telt if deel != "meer"]
        uit.append(
            "Wat van vraag 16 tot en met 18 telt, komt in zijn geheel in de plaats van het kengetal, hoe sterk het "
            f"bewijs ook is. Telt van {opsomming(wat)} (vraag {opsomming(vragen)}) alleen het deel dat de sterkte van "
            "het bewijs draagt (kengetallen bewijskorting.sms1 tot sms5, aannamen), en voor de rest wat landelijk is "
            f"gevonden, dan is het saldo {euro(i.gekort['saldo'], 100)} in plaats van "
            f"{euro(i.uitkomst['saldo'], 100)}. De trajecten erbij (vraag 16) zijn kosten en tellen daarin heel; wat "
            "niet is gemeten (vraag 13) blijft zoals het was."
        )
    return [*uit, *_wijken(i), *nulmeting(i)]


def _net_te_tonen(i: Ingevuld) -> list[str]:
    """Of what would have been hidden at the lower end of its interval: it is there mostly when it came out high."""
    geteld: list[tuple[str, Schatting | None]] = [
        (deel, i.gemeten[aantal_veld(deel, case)].schatting) for deel in SOORTEN if deel in i.telt for case in CASES
    ]
    geteld += [("voorkomen", e.bedreigd) for e in i.escalaties if "voorkomen" in i.telt and e.netto is not None]
    vragen = sorted({VRAAG_VAN[deel] for deel, s in geteld if s is not None and s.laag * s.n < i.meting.drempel})
    gewogen = sorted(
        {VELDEN[k.sleutel].vraag for k in i.bijwerking.knoppen if i.knop_telt(k.sleutel) and k.net_getoond}
    )
    weinig, uit = nederlands(i.meting.drempel), []
    if gewogen:
        uit.append(
            f"{_vanaf(weinig, gewogen)} is zo weinig geteld, dat het er vooral staat als het toevallig hoog uitvalt. "
            "Het interval van de telling weet dat, en loopt daarom verder naar beneden. Het nieuwe getal is tegen het "
            "kengetal gewogen, dat het terugtrekt."
        )
    if vragen:
        uit.append(
            f"{_vanaf(weinig, vragen)} is zo weinig geteld, dat het aan de ondergrens van zijn interval minder dan "
            f"{weinig} was geweest en er niets te tonen was. Zo'n getal staat er vooral als het toevallig hoog "
            "uitvalt, en is eerder te hoog dan te laag. Het interval van de telling weet dat: het is ruimer naar "
            "beneden, en loopt dicht bij de grens tot 0. Het getal zelf, en het saldo ermee, is niet verlaagd. Wat "
            "helpt: meer huishoudens."
        )
    return uit


def _vanaf(weinig: str, vragen: Sequence[int]) -> str:
    return f"Een getal telt pas vanaf {weinig} huishoudens. Bij vraag {opsomming([str(v) for v in vragen])}"


def _uit_de_wijken(i: Ingevuld) -> list[Bijgewerkt]:
    """The knobs that wijken are the evidence of."""
    return [k for k in i.bijwerking.knoppen if k.uit_wijken]


def _wijken(i: Ingevuld) -> list[str]:
    """How much the wijken have to say of question 14; nothing where they have not."""
    knoppen = _uit_de_wijken(i)
    if not knoppen:
        return []
    per = opsomming([f"{VELDEN[k.sleutel].label.partition(': ')[2].lower()} {procent(k.gewicht, 1)}" for k in knoppen])
    botst = opsomming([VELDEN[k.sleutel].label.partition(": ")[2].lower() for k in knoppen if k.botst])
    uit = [
        f"Bij {botst} spreken het verschil tussen de wijken en het kengetal elkaar tegen: wat hier telt, ligt "
        "ertussenin. Zoek uit welk van de twee niet klopt, en geef zo nodig een eigen kengetal met een bereik."
    ]
    return [
        "Wat de wijken van voorkomen escalaties zeggen, is gewogen tegen het kengetal van vraag 14, ook waar het "
        "verschil nul kan zijn: wie alleen meetelt wat groot uitvalt, telt gemiddeld te veel. Van het nieuwe getal is "
        f"meting: {per}. Dat is weinig als er veel meer huishoudens in de wijken wonen dan er in de aanpak zijn: wat "
        "hun verder overkomt, beweegt mee. De intervallen van het verschil zelf staan in de tabel van vraag 18. "
        "Minder dan nul kan vraag 14 niet zijn; of de aanpak schaadt, staat alleen daar.",
        *(uit if botst else ()),
    ]


def nulmeting(i: Ingevuld) -> list[str]:
    """That the share that would have been prevented anyway was given; nothing where it plays no part."""
    if i.nulmeting is None or "voorkomen" not in i.telt:
        return []
    return [
        f"De nulmeting ({zuinig(100 * i.nulmeting)}% was ook zonder de aanpak voorkomen) is opgegeven en niet "
        "gemeten; een interval eromheen ontbreekt. Voor en na zonder vergelijking is niveau 2 op de schaal van "
        "Maryland."
    ]


def herkomst(i: Ingevuld) -> str:
    """Where the answers of the aanpak after the measurement come from, for its file."""
    if i.meting.van_steekproef:
        return steekproefzinnen.herkomst(i)
    rond = f", afgerond op {i.meting.afronding} huishoudens" if i.meting.afronding else ""
    return (
        f"MKBA {i.versie}: {i.voor.naam}, ingevuld uit een registratie. Alleen "
        f"aantallen die getoond mogen worden{rond}; wat te klein is om te tonen, is niet gebruikt."
    )

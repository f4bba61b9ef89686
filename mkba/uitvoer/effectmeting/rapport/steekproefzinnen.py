"""The report of the form of a sample in sentences, where these are other ones than of a registration; plain text."""

from typing import Final

from mkba.analyse.effectmeting.bijwerken.bewijs import ZWAKST
from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld
from mkba.analyse.effectmeting.bijwerken.weging import Bijgewerkt
from mkba.analyse.effectmeting.publiceren.formulier.rijen import ESCALATIE
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.publiceren.publicatiesoort import STEEKPROEF
from mkba.analyse.effectmeting.zekerheid.bewijs import effectkracht
from mkba.invoer.meetbron import BIJ_FORMULIER
from mkba.invoer.steekproef import kolommen_van
from mkba.kern.tekst.notatie import getal, hoeveel, nederlands, opsomming, procent
from mkba.kern.woorden.begrippen import NAMEN
from mkba.kern.woorden.trajecten import TRAJECTKNOPPEN
from mkba.kern.woorden.velden import VELDEN, VRAGEN_NAAR_EFFECT
from mkba.uitvoer.effectmeting.namen import vragennaam

_TEAMVRAGEN: Final = (6, 7)
_TEAMTABEL, _GEBIEDTABEL = BIJ_FORMULIER


def versie(i: Ingevuld) -> str:
    """Which MKBA this is and why; of one without effects also what would make it one with."""
    vragen = sorted({VELDEN[k.sleutel].vraag for k in i.bijwerking.knoppen})
    wel = f"vraag {opsomming([str(v) for v in vragen])}" if vragen else ""
    kosten = f"team en kosten {'zijn' if wel else 'uit de tabel team zijn'} gemeten" if "fte" in i.gemeten else ""
    niet = f"Vraag 16 tot en met 18 tellen niet mee: {i.redenen['voorkomen']}."
    if i.versie == "3.0":
        return (
            "MKBA 3.0: ook effecten zijn gemeten, met een steekproef: het oordeel van generalisten over hun eigen "
            f"huishoudens. Bijgewerkt met wat zij zeiden: {vragennaam(k.sleutel for k in i.bijwerking.knoppen)}. {niet}"
        )
    gemeten = opsomming([d for d in (f"van de steekproef is alleen {wel} te tonen" if wel else "", kosten) if d])
    kop = (
        f"MKBA 2.0: {gemeten}; de effecten zijn verwachtingen."
        if gemeten
        else "MKBA 1.0: van deze steekproef is niets te tonen."
    )
    return f"{kop} {_wat_helpt(i.meting)} {niet}"


def _wat_helpt(m: Meting) -> str:
    n, weinig = m.huishoudens.toont(), nederlands(m.drempel)
    hoe = f"Nu zijn er ongeveer {getal(n)} huishoudens met een antwoord. " if n is not None else ""
    return (
        f"Een vraag telt vanaf {weinig} huishoudens met ja en {weinig} met nee. {hoe}Wat helpt: vul de open vragen "
        "in, of trek meer huishoudens (`mkba steekproef … --per-generalist 20`)."
    )


def lezing(m: Meting) -> list[str]:
    """What was read, how the sample stands to its caseload, and that it is what generalists think."""
    n, t = m.huishoudens.toont(), m.delen[STEEKPROEF]
    caseload, geldt, getrokken = (t.toont(wat=w) for w in ("caseload", "geldt", "getrokken"))
    if n is None:
        uit = ["Gelezen: het formulier van een steekproef; met zo weinig antwoorden dat hun aantal is afgeschermd."]
    else:
        van = f", van de {getal(getrokken)} die zijn getrokken" if getrokken is not None and getrokken > n else ""
        kader = f" uit een caseload van ongeveer {getal(caseload)}" if caseload is not None else ""
        uit = [
            f"Gelezen: het formulier van een steekproef, met antwoorden over ongeveer {getal(n)} "
            f"huishoudens{van}{kader}."
        ]
    if caseload is not None and geldt is not None and geldt < caseload:
        uit.append(
            "Van een of meer generalisten is er geen enkel antwoord: wat hier staat geldt voor ongeveer "
            f"{getal(geldt)} van de {getal(caseload)} huishoudens."
        )
    if erbij := [t for t in m.lezing.tabellen if t != STEEKPROEF]:
        wat = "de tabel" if len(erbij) == 1 else "de tabellen"
        uit.append(f"Daarnaast {wat} {opsomming(erbij)}.")
    if m.lezing.genegeerd:
        uit.append(f"Niet gebruikte kolommen: {opsomming(list(m.lezing.genegeerd))}.")
    uit.append(
        "Elk antwoord is het oordeel van een generalist over een eigen huishouden (niveau 1 op de schaal van "
        "Maryland, het zwakste): ja betekent dat het door deze aanpak kwam en anders niet was gebeurd. Dat is niet "
        "na te gaan."
    )
    uit.append(
        "De huishoudens horen aselect te zijn getrokken binnen elke generalist, zoals `mkba steekproef` doet. Met "
        "welk zaad staat op het blad herkomst van het formulier en is hier niet bekend; of er daarna iemand is "
        "vervangen ook niet."
    )
    return uit


def privacy(m: Meting) -> list[str]:
    """What is hidden and how, and that all else follows from what is shown."""
    weinig, cellen = nederlands(m.drempel), sum(p.verborgen for p in m.delen.values())
    uit = [
        f"Een vraag staat er alleen als ten minste {weinig} huishoudens ja zeiden en ten minste {weinig} nee, geteld "
        "en gewogen, en geen generalist zo zwaar weegt dat zijn antwoorden eruit zouden volgen; anders zijn beide "
        f"afgeschermd. Een aantal trajecten staat er als er ten minste {weinig} huishoudens achter staan en geen "
        f"ervan te groot is. Zo {_zijn(cellen)} afgeschermd. Generalisten komen nergens voor.",
        "Aantallen zijn gewogen naar de caseload van elke generalist, teruggebracht tot het aantal huishoudens van "
        f"de steekproef, en afgerond op {m.afronding}. Alles op deze pagina, ook elk bedrag, is daaruit berekend: er "
        "is niets uit af te leiden dat er niet al staat. Het bestand met de meting bevat dezelfde aantallen en geen "
        "huishouden.",
    ]
    if n := m.huishoudens.toont():
        uit.append(
            f"Door het afronden kan een aandeel van alle huishoudens ongeveer {nederlands(50 * m.afronding / n, 1)} "
            "procentpunt verschuiven; dat zit in de intervallen."
        )
    return uit


def _zijn(cellen: int) -> str:
    return f"{'is' if cellen == 1 else 'zijn'} {hoeveel(cellen, 'cel', 'cellen')}"


def monitoring() -> list[str]:
    """That a form is of one moment."""
    return ["Een formulier is een moment: van een verandering in zwaarte na 6, 12 of 18 maanden zegt het niets."]


def wijken(m: Meting) -> list[str]:
    """What the wijken have to do with what generalists think."""
    if m.wijken:
        return [
            "De wijken staan naast de steekproef: zij veranderen het saldo hier niet, want vraag 18 is niet "
            "gevraagd. Zij zeggen of wat generalisten aan de aanpak toeschrijven, ook in de wijk te zien is."
        ]
    return [
        "Er is geen tabel gebied: wat er in de wijken vanzelf was veranderd, is niet te zien. Wat generalisten aan "
        "de aanpak toeschrijven, is daarmee niet te toetsen."
    ]


def uitval(m: Meting) -> list[str]:
    """What who gave no answer does."""
    t, n = m.delen[STEEKPROEF], m.huishoudens.toont()
    getrokken, weinig = t.toont(wat="getrokken"), nederlands(m.drempel)
    if n is None:
        return ["Er zijn zo weinig antwoorden dat over wie ontbreekt niets te zeggen is."]
    if getrokken is None:
        uit = [f"Van minder dan {weinig} getrokken huishoudens is er geen enkel antwoord."]
    elif getrokken > n:
        uit = [
            f"Van ongeveer {getal(getrokken - n)} van de {getal(getrokken)} getrokken huishoudens is er geen enkel "
            "antwoord."
        ]
    else:
        uit = ["Van elk huishouden op het formulier is er een antwoord."]
    return [
        *uit,
        "De andere huishoudens van dezelfde generalist staan voor wie ontbreekt: dat is juist zolang ontbreken "
        "toeval is. Wie een vraag openliet, telt bij die vraag niet mee, ook niet als nee. Lieten hoogstens "
        f"{weinig} haar open, dan is niet te tonen hoeveel, en rekent het interval alsof het er {weinig} zijn.",
    ]


def niet_gemeten(i: Ingevuld) -> list[str]:
    """What is still the plan or a kengetal, and what would have to be measured for it."""
    m = i.meting
    uit = [
        "Bereik (vraag 1 tot en met 5) is het plan: een steekproef telt de huishoudens van de aanpak niet. Een "
        "registratie met de tabel huishoudens wel."
    ]
    if _TEAMTABEL not in m.lezing.tabellen:
        uit.append(
            "De tabel team ontbreekt of is leeg: fte, disciplines en financiering (vraag 6 en 7) zijn niet gemeten."
        )
    if _GEBIEDTABEL not in m.lezing.tabellen:
        uit.append("De tabel gebied ontbreekt of is leeg: wat er in vergelijkingswijken gebeurde, is niet gemeten.")
    if i.verborgen:
        uit.append(
            f"Gevraagd, maar met minder dan {nederlands(m.drempel)} huishoudens die ja of die nee zeiden (bij vraag "
            f"11 en 12: met te weinig trajecten), en dus een kengetal of het plan: {vragennaam(i.verborgen)}. "
            + (_wat_helpt(m) if i.versie == "3.0" else "")
        )
    uit.append(f"Vraag 16 tot en met 18 tellen niet mee: {i.redenen['voorkomen']}.")
    uit.append("Altijd een kengetal of het plan: de kosten per traject, en wat een succes in geld waard is.")
    return uit


def grenzen(i: Ingevuld) -> list[str]:
    """What the report does not say."""
    m, weinig = i.meting, nederlands(i.meting.drempel)
    deel = procent(effectkracht(ZWAKST, i.kengetallen))
    vragen = opsomming([str(v) for v in VRAGEN_NAAR_EFFECT])
    uit = [
        "Een generalist die het eigen werk beoordeelt, oordeelt niet onafhankelijk: dat maakt geen interval breder. "
        f"Bij een vraag naar een effect (vraag {vragen}) telt een huishouden daarom voor {deel} tegen het kengetal "
        "(bewijs van niveau 1, kengetal bewijskorting.sms1, aanname).",
        "De intervallen zien de huishoudens als een greep uit die het team had kunnen treffen, want het besluit "
        "gaat over een volgend jaar: zonder correctie voor de eindige caseload. `mkba steekproef --lees` geeft het "
        "interval voor deze caseload, met die correctie.",
    ]
    if (
        telt := max(
            (m.spreiding.get(k.sleutel, 1.0) for k in i.bijwerking.knoppen if k.sleutel not in TRAJECTKNOPPEN),
            default=1.0,
        )
    ) > 1:
        uit.append(
            f"De caseloads verschillen: in een interval en bij het wegen tellen {nederlands(telt)} huishoudens daarom "
            "als een. Dat is voorzichtig: alsof wie ja zei bij de generalisten met de grootste caseload hoort."
        )
    if any(k.sleutel not in TRAJECTKNOPPEN for k in i.bijwerking.knoppen):
        uit.append(
            f"Een vraag telt pas vanaf {weinig} huishoudens met ja en {weinig} met nee. Van wat zelden voorkomt, komen "
            "zo alleen de hoge tellingen in het rapport: een aandeel dat daar net boven ligt, is eerder te hoog dan te "
            "laag. Het interval van de telling weet dat: het is ruimer naar de kant van wat er niet had gestaan, en "
            "loopt bij een aandeel op de grens tot 0% (of 100%)."
        )
    if ver := [k for k in i.bijwerking.knoppen if _weerspreekt(k)]:
        waar, weegt = vragennaam([k.sleutel for k in ver]), opsomming([procent(1 - k.gewicht) for k in ver])
        uit.append(
            f"Wat is gemeten en wat het kengetal liet verwachten, spreken elkaar tegen bij {waar}: de 95%-intervallen "
            f"raken elkaar niet. Van het nieuwe getal is daar {weegt} kengetal; het ligt ertussenin, en zijn eigen "
            "interval weet van de tegenspraak niet. Ga na of generalisten de vraag hebben begrepen zoals het kengetal "
            "haar meet, voor u op een van beide bouwt."
        )
    if "fte" in i.gemeten:
        uit.append("Team en kosten zijn geteld: zij bewegen in het interval van het saldo niet mee.")
    return uit


def _weerspreekt(k: Bijgewerkt) -> bool:
    """Whether the interval of what was measured and that of the kengetal have nothing in common."""
    if k.gemeten is None:
        return False
    laag, hoog = k.prior.interval()
    return k.gemeten.laag > hoog or k.gemeten.hoog < laag


def te_weinig(sleutel: str) -> str:
    """Of what there is too little to show an answer."""
    return "te weinig trajecten" if sleutel in TRAJECTKNOPPEN else "te weinig ja of nee"


def gemeten_in(sleutel: str) -> str:
    """The column of the form, or the table, behind a measured answer."""
    if VELDEN[sleutel].vraag in _TEAMVRAGEN:
        return "registratie: team"
    if sleutel in TRAJECTKNOPPEN:
        teller, van = kolommen_van(sleutel)
        wie = {"nieuw": "nieuwe", "bestaand": "bestaande"}[TRAJECTKNOPPEN[sleutel].case]
        return f"steekproef: {teller} van {' + '.join(van)}, {wie} huishoudens"
    vraag, _, type_ = sleutel.partition(".")
    if vraag == ESCALATIE:
        return f"steekproef: kolom {ESCALATIE}, type {NAMEN[type_].lower()}"
    return f"steekproef: kolom {sleutel}"


def herkomst(i: Ingevuld) -> str:
    """Where the answers of the aanpak after the measurement come from, for its file."""
    return (
        f"MKBA {i.versie}: {i.voor.naam}, ingevuld uit het formulier van een steekproef (oordeel van generalisten). "
        f"Alleen aantallen die getoond mogen worden, gewogen en afgerond op {i.meting.afronding} huishoudens; wat te "
        "klein is om te tonen, is niet gebruikt."
    )

"""What a measurement does, in sentences."""

from mkba.analyse.effectmeting.bijwerken.bewijs import ZWAKST, Telling
from mkba.analyse.effectmeting.bijwerken.weging import Bijgewerkt, Bijwerking
from mkba.analyse.effectmeting.zekerheid.bewijs import weegkracht
from mkba.kern.tekst.notatie import euro, hoeveel, opsomming, procent, verhouding
from mkba.kern.woorden.velden import VELDEN, VRAGEN_NAAR_EFFECT
from mkba.uitvoer.effectmeting.namen import vraagnaam


def bijwerkzinnen(b: Bijwerking) -> list[str]:
    """What was measured, what it does to saldo and ratio, what is no measurement, and how strong the evidence is."""
    if not b.stappen:
        return ["Er is niets gemeten: alle invoer is zoals ingevuld of een kengetal (MKBA 1.0)."]
    soort = "MKBA 3.0" if b.knoppen else "MKBA 2.0"
    u = b.uitkomsten
    uit = [
        f"{soort}: {hoeveel(len(b.knoppen), 'knop', 'knoppen')} bijgewerkt met een meting en "
        f"{hoeveel(len(b.gemeten), 'antwoord', 'antwoorden')} vervangen door wat is gemeten.",
        f"Het saldo gaat van {euro(u.at['saldo', 'voor'], 100)} naar {euro(u.at['saldo', 'na'], 100)}, de "
        f"maatschappelijke verhouding van {verhouding(u.at['kb_maatschappelijk', 'voor'])} naar "
        f"{verhouding(u.at['kb_maatschappelijk', 'na'])}.",
    ]
    if anders := [k for k in b.knoppen if k.verplaatst]:
        waar = "de vorige meting" if all(k.vervolg for k in anders) else "het kengetal"
        vooraf = u.at["saldo", "uitgangspunt"] - u.at["saldo", "voor"]
        uit.append(
            f"Daarvan komt {euro(vooraf, 100)} niet door een meting: van "
            f"{hoeveel(len(anders), 'knop', 'knoppen')} begint de weging bij {waar} en niet bij wat was ingevuld "
            f"({opsomming([_van_naar(k) for k in anders])}). Door de meting zelf: {euro(u.at['saldo', 'meting'], 100)}."
        )
    if klein := [k for k in b.knoppen if k.gemeten is None]:
        uit.append(
            f"Van {hoeveel(len(klein), 'knop', 'knoppen')} zijn te weinig huishoudens gemeten voor een eigen interval; "
            "het kengetal weegt daar het zwaarst."
        )
    if effect := [k for k in b.knoppen if VELDEN[k.sleutel].vraag in VRAGEN_NAAR_EFFECT]:
        per = opsomming([f"{vraagnaam(k.sleutel)}: {k.bewijs.sms}" for k in effect])
        uit.append(
            f"Sterkte van het bewijs op de schaal van 1 (een oordeel) tot 5 (geloot) van Maryland (SMS): {per}. Hoe "
            "zwakker, hoe minder een huishouden tegen het kengetal weegt: bij niveau 1 telt er "
            f"{procent(weegkracht(effect[0].sleutel, ZWAKST, b.kengetallen))} van mee (kengetallen "
            "bewijskorting.sms1 tot sms5, aannamen). Het eigen interval van de meting blijft dat van de telling."
        )
    if any(isinstance(k.bewijs, Telling) for k in b.knoppen):
        uit.append(
            "Een telling geldt voor de teams waar is geteld. Moet zij ook voor andere teams gelden, geef haar dan per "
            "team: teams verschillen, en enkele teams zeggen daarom minder dan hun huishoudens samen."
        )
    return uit


def _van_naar(k: Bijgewerkt) -> str:
    return f"{vraagnaam(k.sleutel)}: van {procent(k.voor, 1)} naar {procent(k.uitgangspunt, 1)}"

"""What a measurement says, in sentences; plain text, to be escaped by who shows it."""

from collections.abc import Mapping, Sequence
from typing import Final

from mkba.analyse.effectmeting.bijwerken.lezingen import Lezingen
from mkba.kern.tekst.notatie import STAP_EUR, euro, gedrukt_verschil, kans_in_procent, opsomming
from mkba.kern.woorden.effectvelden import DELEN, EFFECTVRAGEN, VRAAG_VAN, vervangen_vragen
from mkba.kern.woorden.velden import VELDEN, benoem
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import vervangen_door

NIET_GEMETEN: Final = (
    "Van deze aanpak zijn geen gemeten effecten ingevuld: alle effecten zijn verwachtingen (vraag 11 tot en met 15)."
)
NIET_GEBRUIKT: Final = (
    "Van deze aanpak zijn gemeten effecten ingevuld, maar de knop effectmeting staat op nee: er is gerekend met de "
    "verwachtingen van vraag 11 tot en met 15."
)
WAAR_ONBEKEND: Final = (
    "Waar dit is gemeten, bij hoeveel huishoudens en hoe zeker, staat niet in deze invoer: de antwoorden tellen als "
    "opgegeven. Het -na.toml van mkba effect zegt het wel, en een werkboek daarvan; een rij van een tabel kan het niet."
)
_LEZING: Final = {
    "huishoudens": "als aandeel van de huishoudens in de aanpak (lezing a)",
    "bedreigd": "als aandeel van de huishoudens die ermee bedreigd worden (lezing b)",
}


def effectmeting_zin(aanpak: Aanpak, naast: Lezingen | None) -> str:
    """What was measured, in which reading, and what it does to the saldo; also said when nothing was."""
    if naast is None:
        return NIET_GEMETEN if aanpak.effectmeting is None else NIET_GEBRUIKT
    geldt, schatting = naast.geldt["saldo"], naast.schatting["saldo"]
    verschil = gedrukt_verschil(geldt, schatting, STAP_EUR)
    telt = aanpak.gemeten.gemeten if aanpak.gemeten is not None else ()
    zinnen = [
        _wat_telt(telt) + (f" Vraag 18 telt {_LEZING[naast.gekozen]}." if "voorkomen" in telt else ""),
        f"Het saldo is zo {euro(geldt, 100)}; met de verwachtingen zou het {euro(schatting, 100)} zijn: "
        f"{euro(abs(verschil), 100)} {'meer' if verschil >= 0 else 'minder'} door de meting.",
    ]
    if "voorkomen" not in telt:
        pass  # there are no readings of it
    elif naast.bedreigd is None:
        zinnen.append(
            "De andere lezing van vraag 18 is niet te berekenen: daarvoor moet ingevuld zijn welk deel van de "
            "huishoudens met elke escalatie bedreigd wordt."
        )
    else:
        ander = naast.huishoudens if naast.gekozen == "bedreigd" else naast.bedreigd
        naam = "huishoudens" if naast.gekozen == "bedreigd" else "bedreigd"
        zinnen.append(
            f"Telt vraag 18 {_LEZING[naam]}, dan is voorkomen escalatie {euro(ander['escalatie'], 100)} in plaats van "
            f"{euro(naast.geldt['escalatie'], 100)} en het saldo {euro(ander['saldo'], 100)}. De handleiding laat "
            "beide toe; zij tellen nooit samen."
        )
    if aanpak.gemeten is not None and not aanpak.gemeten_in:
        zinnen.append(WAAR_ONBEKEND)
    zinnen.append(
        "Kansen van kinderen, kwaliteit van leven en overlast volgen nog uit vraag 13"
        f"{_van_vraag_13(aanpak)}, en terugval (vraag 15) gaat van de voorkomen escalaties af."
    )
    return " ".join(zinnen)


def _wat_telt(telt: Sequence[str]) -> str:
    """Which of questions 16 to 18 count, and which of 11 to 14 do because theirs was not measured."""
    if len(telt) == len(DELEN):
        return (
            "Deze aanpak rekent met gemeten trajecten en escalaties (vraag 16 tot en met 18) in plaats van vraag 11, "
            "12 en 14 en de geldelijke effecten van 13."
        )
    wel = [f"{EFFECTVRAGEN[VRAAG_VAN[d]].lower()} (vraag {VRAAG_VAN[d]})" for d in telt]
    niet = [d for d in DELEN if d not in telt]
    oud, nieuw = vervangen_vragen(niet), [VRAAG_VAN[d] for d in niet]
    zonder = f"Vraag {opsomming([str(v) for v in nieuw])} {'is' if len(nieuw) == 1 else 'zijn'} niet gemeten: "
    blijft = f"vraag {opsomming([str(v) for v in oud])} {'telt' if len(oud) == 1 else 'tellen'} daar zoals verwacht."
    return (f"Deze aanpak rekent met wat is gemeten: {opsomming(wel)}. " if wel else "") + zonder + blijft


def vervangen_zin(aanpak: Aanpak) -> str:
    """Which answers were given and do not count because of the measurement; nothing when there are none."""
    weg = [s for s in VELDEN if s in vervangen_door(aanpak.effectmeting) and s in aanpak.opgegeven]
    if aanpak.gemeten is None or not weg:
        return ""
    return f"Wel ingevuld, maar vervangen door de meting: {opsomming(benoem(weg))}."


def spreiding_zin(aandelen: Mapping[str, float]) -> str:
    """How much of the spread of the saldo the unit costs and the coincidence of escalations bring in."""
    namen = {
        "trajectkosten": "de kosten per traject (uit het hoofd, van de helft tot het dubbele)",
        "samenloop": "hoe ver voorkomen escalaties in een huishouden samenvallen",
    }
    delen = [f"{namen[groep]}: {kans_in_procent(deel)}" for groep, deel in aandelen.items()]
    if not delen:
        return ""
    return (
        f"Deel van de spreiding (variantie) van het saldo dat wegvalt als dit bekend zou zijn: {'; '.join(delen)}. De "
        "gemeten aantallen zelf bewegen hier niet, en van welke soorten zij waren evenmin."
    )


def _van_vraag_13(aanpak: Aanpak) -> str:
    """Whether what question 13 still does was filled in or is a kengetal."""
    blijft = ("financieel_stabiel", "schooluitval", "kwaliteit_ouderen", "mantelzorg", "overlast")
    eigen = [k for k in blijft if f"succes.{k}" in aanpak.opgegeven]
    if len(eigen) == len(blijft):
        return ", zoals ingevuld"
    return ", uit kengetallen" if not eigen else ", deels ingevuld en deels uit kengetallen"

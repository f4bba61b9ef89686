"""The formula of every line of the ledger in words, with its section in docs/model.md; the code is ``mkba.model``."""

from typing import Final, NamedTuple


class Formule(NamedTuple):
    """``tekst``: in words; ``paragraaf``: of docs/model.md."""

    tekst: str
    paragraaf: str


_ZORG: Final = "som over type, zwaarte en domein van huishoudens × aandeel × zorgprofiel (figuur 2.7)"
FORMULES: Final = {
    "kosten_aanpak.additioneel": Formule(
        "additioneel × fte × kosten per fte + additioneel deel van de jaarlijkse overige kosten", "2.1"
    ),
    "kosten_aanpak.bestaand": Formule(
        "(1 − additioneel) × fte × kosten per fte + bestaand deel van de jaarlijkse overige kosten", "2.1"
    ),
    "frictiekosten.additioneel": Formule("additioneel × frictie × fte × kosten per fte", "2.2"),
    "frictiekosten.bestaand": Formule("(1 − additioneel) × frictie × fte × kosten per fte", "2.2"),
    "frictiekosten.eenmalig": Formule("eenmalige kosten / afschrijvingsjaren", "2.2"),
    "kosten_extra_zorg": Formule(f"(nieuw + (1 − nieuw) × meer trajecten) × {_ZORG}", "2.3"),
    "nieuw_voor_oud.bestaand": Formule(
        "(1 − additioneel) × fte × kosten per fte + bestaand deel van de jaarlijkse overige kosten", "3.1a"
    ),
    "nieuw_voor_oud.afstemming": Formule(
        "uren afstemming × uurtarief × (disciplines − 1) × huishoudens met meervoudige problematiek", "3.1a"
    ),
    "substitutie": Formule(
        f"(nieuw × minder trajecten in nieuwe cases + (1 − nieuw) × minder in bestaande cases) × {_ZORG}", "3.1b"
    ),
    "effectiviteit.werk": Formule(
        "bedrag per baan × actieve huishoudens zonder werk (geen ouderen) × succes werk × (1 − terugval)", "3.2"
    ),
    "effectiviteit.schulden": Formule(
        "bedrag per schuldhulp × meervoudige huishoudens × (financieel stabiel + effect van gestarte hulp × (nieuw + "
        "(1 − nieuw) × meer)) × (1 − terugval)",
        "3.2",
    ),
    "effectiviteit.zorggebruik": Formule(
        "niet-zelfredzame huishoudens × (bedrag × minder consulten + bedrag × minder doorverwijzingen) × (1 "
        "− terugval)",
        "3.2",
    ),
    "escalatie": Formule(
        "factor × huishoudens × (1 − terugval) × som over type van voorkomen escalatie × verschil in zorgkosten met de "
        "zwaardere klasse",
        "3.3",
    ),
    "ontwikkelingskansen.kinderen": Formule(
        "bedrag per kind × aandeel zonder startkwalificatie × kinderen in gezinnen × minder schooluitval × "
        "(1 − terugval)",
        "3.4a",
    ),
    "kwaliteit_van_leven.schulden": Formule(
        "waarde van een levensjaar × winst × meervoudige huishoudens met schulden (geen ouderen) × "
        "(financieel stabiel + "
        "effect van gestarte hulp × nieuw) × (1 − terugval)",
        "3.4b",
    ),
    "kwaliteit_van_leven.ouderen": Formule(
        "waarde van een levensjaar × winst × meervoudige ouderen × (minder klachten + mantelzorg + nieuw) × "
        "(1 − terugval)",
        "3.4b",
    ),
    "overlast.overlastgevend": Formule(
        "bedrag × overlastgevende actieve huishoudens (geen ouderen) × (minder overlast + effect van gestarte hulp × "
        "nieuw) × (1 − terugval)",
        "3.4c",
    ),
    "overlast.nieuw": Formule("bedrag × actieve huishoudens (geen ouderen) × nieuw × (1 − terugval)", "3.4c"),
    "overlast.escalatie": Formule("bedrag × gezinnen × voorkomen escalatie van gezinnen × (1 − terugval)", "3.4c"),
}
"""By line, or by post where all its lines follow one formula."""
GEMETEN: Final = {
    "kosten_extra_zorg": Formule("huishoudens × gemeten extra trajecten (vraag 16) × kosten per traject", "invoer 2"),
    "substitutie": Formule("huishoudens × gemeten minder trajecten (vraag 17) × kosten per traject", "invoer 2"),
    "effectiviteit": Formule("huishoudens × gemeten minder trajecten (vraag 17) × kosten per traject", "invoer 2"),
    "escalatie": Formule(
        "gemeten voorkomen escalaties (vraag 18) × (1 − terugval) × kosten: per gebeurtenis, of op de plaats "
        "van vraag 14",
        "invoer 2",
    ),
}
"""The same of an aanpak that measured its effects."""


def formule(regel: str, gemeten: bool) -> Formule:
    """The formula of a line of the ledger. Raises KeyError for a line without one."""
    post = regel.partition(".")[0]
    if gemeten and post in GEMETEN:
        return GEMETEN[post]
    return FORMULES[regel] if regel in FORMULES else FORMULES[post]

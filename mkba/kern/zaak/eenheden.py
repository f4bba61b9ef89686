"""The unit of everything that has a key: an outcome, an answer or a kengetal."""

from typing import Final

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, EFFECTVELDEN

EURO, FRACTIE, VERHOUDING, HUISHOUDENS, FTE = "euro", "fractie", "verhouding", "huishoudens", "fte"
_GEEN_EURO: Final = {"fte_kengetal": FTE, "huishoudens_bij_fte": HUISHOUDENS, "frictie_kengetal": FRACTIE}
"""The public keys that are no amount and no ratio."""
_PER_SOORT: Final = {
    "fractie": FRACTIE,
    "eur": EURO,
    "aantal": HUISHOUDENS,
    "jaren": "jaar",
    "ja_nee": "ja (1) of nee (0)",
    "tekst": "tekst",
    "disciplines": "disciplines",
    "keuze": "tekst",
}
_DECIMALEN: Final = {
    "fte": FTE,
    "kinderen": "kinderen/gezin",
    **{s: "trajecten/huishouden" for s, v in EFFECTVELDEN.items() if v.soort == "decimaal"},
}
"""The fields of kind "decimaal"."""


def eenheid(sleutel: str, kengetallen: Kengetallen | None = None) -> str:
    """The unit of a public key ("euro", "verhouding"), a field ("fractie") or a kengetal ("eur/qaly").

    ``kengetallen`` knows the last. Raises KeyError for what is none of these.
    """
    if sleutel.startswith("kb_"):
        return VERHOUDING
    if sleutel in SLEUTELS or sleutel.startswith("saldo"):
        return _GEEN_EURO.get(sleutel, EURO)
    if sleutel in ALLE_VELDEN:
        return _DECIMALEN.get(sleutel) or _PER_SOORT[ALLE_VELDEN[sleutel].soort]
    if kengetallen is None or sleutel not in kengetallen:
        raise KeyError(f"onbekende sleutel {sleutel!r}: geen uitkomst, geen veld en geen kengetal")
    return kengetallen.getallen[sleutel].eenheid

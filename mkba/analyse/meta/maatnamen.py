"""Maten in words and their values as a reader expects them: "deel van de kosten: frictiekosten", "9%"."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from mkba.analyse.meta.maten import Maat
from mkba.kern.tekst.notatie import afgerond
from mkba.kern.woorden.begrippen import ACTOREN, DISCIPLINES, GEMEENTE, naam
from mkba.kern.woorden.velden import VELDEN

_DELEN: Final[dict[str, str]] = {
    "kosten.": "deel van de kosten: {}",
    "baten.": "deel van de baten: {}",
    "verhouding.": "{} per euro kosten",
    "per_huishouden.": "{} per huishouden",
    "batenaandeel.": "deel van de baten bij {}",
    "effectaandeel.": "deel van de baten zonder nieuw voor oud bij {}",
    "saldo.": "saldo per huishouden van {}",
    "escalatie.": "deel van de voorkomen escalatie bij {}",
    "nieuw_voor_oud.": "nieuw voor oud per huishouden van {}",
    "effectiviteit.": "effectiviteit: {}",
    "jaar.": "gemiddeld jaar van {}",
    "netto_jaren.": "jaren met netto investering ({})",
    "klasse.": "deel huishoudens {}",
    "discipline.": "in het team: {}",
    "kenmerk.": "{}",
}
_LOS: Final[dict[str, str]] = {
    "caseload": "caseload",
    "caseload_kengetal": "caseload volgens het kengetal",
    "caseload_relatief": "caseload gedeeld door het kengetal",
    "aantal_disciplines": "aantal disciplines",
    "escalatie_per_geval": "euro per voorkomen escalatie",
    "zorggebruik": "minder zorggebruik",
    "gemeente": "de gemeente",
    "groen": "zonder of met een enkelvoudig probleem",
    "lichtoranje": "meervoudig, zelfredzaam",
    "oranje": "meervoudig, niet-zelfredzaam",
    "rood": "in de top",
}
_PROCENT: Final = ("kosten.", "baten.", "batenaandeel.", "effectaandeel.", "klasse.", "escalatie.")
_EURO: Final = ("per_huishouden.", "saldo.", "nieuw_voor_oud.", "effectiviteit.")


def benoem(maat: str) -> str:
    """A maat in words, for inside a sentence."""
    if maat.startswith("veld."):
        return _klein(VELDEN[maat.removeprefix("veld.")].label)
    for begin, vorm in _DELEN.items():
        if maat.startswith(begin):
            return vorm.format(_los(maat.removeprefix(begin)))
    return _los(maat)


def toon_waarde(waarde: Maat, maat: str = "") -> str:
    """A value in Dutch notation, in the unit of its maat: "31%", "€ 1.933", "0,89"."""
    if isinstance(waarde, str):
        return waarde
    if not np.isfinite(waarde):
        return "–"
    if _is_fractie(maat):
        procenten = 100 * waarde
        return f"{afgerond(procenten, 0 if abs(procenten) >= 1 or abs(procenten) < 1e-9 else 1)}%"
    if _is_euro(maat):
        return f"€\u00a0{afgerond(waarde, 0)}"
    heel = abs(waarde - round(waarde)) < 1e-9 and not maat.startswith(("kb_", "verhouding."))
    return afgerond(waarde, 0 if heel or abs(waarde) >= 20 else 2)


def opsomming(waarden: Mapping[str, Maat], maat: str = "") -> str:
    """Values by aanpak or statistic, equal ones together: "8: 1,28; 9: 1,89", "1-6: wijk; 7-13: stad"."""
    per_tekst: dict[str, list[str]] = {}
    for wie, waarde in waarden.items():
        per_tekst.setdefault(toon_waarde(waarde, maat), []).append(wie)
    delen = []
    for tekst, namen in per_tekst.items():
        nummers = [int(n) for n in namen if n.isdigit()]
        woorden = [n for n in namen if not n.isdigit()]
        delen.append(f"{', '.join([reeks(nummers)] * bool(nummers) + woorden)}: {tekst}")
    return "; ".join(delen)


def reeks(nummers: Sequence[int]) -> str:
    """ "1-6, 8": runs of numbers written short."""
    delen: list[list[int]] = []
    for n in sorted(nummers):
        if delen and n == delen[-1][-1] + 1:
            delen[-1].append(n)
        else:
            delen.append([n])
    return ", ".join(f"{d[0]}-{d[-1]}" if len(d) > 2 else ", ".join(map(str, d)) for d in delen)


def _is_fractie(maat: str) -> bool:
    veld = VELDEN.get(maat.removeprefix("veld."))
    return maat.startswith(_PROCENT) or maat == "frictie_kengetal" or (veld is not None and veld.soort == "fractie")


def _is_euro(maat: str) -> bool:
    bedrag = naam(maat) != maat and not maat.startswith("kb_") and not maat.endswith("kengetal")
    return maat.startswith(_EURO) or maat == "escalatie_per_geval" or (bedrag and maat != "huishoudens_bij_fte")


def _los(sleutel: str) -> str:
    if sleutel in _LOS:
        return _LOS[sleutel]
    if sleutel in ACTOREN or sleutel in GEMEENTE:
        return _klein(naam(sleutel, "actor"))
    return naam(sleutel) if sleutel in DISCIPLINES else _klein(naam(sleutel))


def _klein(tekst: str) -> str:
    return tekst if tekst[:3].isupper() else tekst[:1].lower() + tekst[1:]

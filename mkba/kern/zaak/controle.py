"""Check one field at a time: its kind, its bounds, and no personal data."""

import difflib
import math
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

import numpy as np

from mkba.kern.tekst.lijkt import kies_uit
from mkba.kern.tekst.meldingen import FouteWaarde, Melding, toon_waarde
from mkba.kern.tekst.notatie import gewone_spaties, nederlands, schoon
from mkba.kern.tekst.persoonlijk import herkenbaar_in
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND, bevat_bsn, is_bsn_kop
from mkba.kern.tekst.schrift import controleer_naam
from mkba.kern.woorden.begrippen import DISCIPLINE_OP_NAAM, DISCIPLINES
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.woorden.velden import Veld

MAXIMUM_ONBEKEND: Final = 100
MAXIMUM_LEDEN: Final = 15
GEEN_PERSOONSGEGEVENS: Final = "Een aanpak beschrijft een team; persoonsgegevens horen hier niet."

_VOORBEELD: Final = {
    "fractie": "Geef een fractie als getal, dus 0.31 voor 31%.",
    "aantal": "Geef een getal zonder punten voor duizendtallen, zoals 1063.",
    "eur": "Geef een bedrag als getal, zoals 85000.",
    "jaren": "Geef een geheel aantal jaren, zoals 4.",
    "decimaal": "Geef een getal, zoals 13.5.",
}


def controleer_veld(veld: Veld, waarde: Any) -> tuple[Any, Melding | None]:
    """The value in its own type (float, bool, str, tuple of disciplines), or a message."""
    try:
        match veld.soort:
            case "tekst":
                return _naam(waarde), None
            case "ja_nee":
                return _ja_nee(waarde), None
            case "disciplines":
                return lees_disciplines(waarde), None
            case "keuze":
                return _keuze(veld, waarde), None
            case _:
                return _getal(veld, waarde), None
    except FouteWaarde as fout:
        van_iemand = veld.soort == "tekst" and isinstance(waarde, str) and herkenbaar_in(waarde)
        return None, Melding(veld.sleutel, NIET_GETOOND if van_iemand else waarde, fout.oorzaak, fout.remedie)


def onbekende_velden(opgegeven: Mapping[str, Any]) -> list[Melding]:
    """A message per key that does not exist; past a hundred, this is not a file for mkba."""
    onbekend = {k: v for k, v in opgegeven.items() if k not in ALLE_VELDEN}
    meldingen = [onbekend_veld(k, v) for k, v in islice(onbekend.items(), MAXIMUM_ONBEKEND)]
    if len(onbekend) > MAXIMUM_ONBEKEND:
        rest = len(onbekend) - MAXIMUM_ONBEKEND
        meldingen.append(Melding("velden", rest, "zoveel andere velden bestaan ook niet.", "Is dit het goede bestand?"))
    return meldingen


def onbekend_veld(sleutel: str, waarde: object) -> Melding:
    """The message for a key that does not exist, with the key that was probably meant."""
    if is_bsn_kop(sleutel):
        return Melding(sleutel, NIET_GETOOND, "een bsn hoort niet in de invoer.", GEEN_PERSOONSGEGEVENS)
    leden = [s for s in ALLE_VELDEN if s.startswith(f"{sleutel}.")]
    if leden:
        meer = f" en {len(leden) - MAXIMUM_LEDEN} andere" if len(leden) > MAXIMUM_LEDEN else ""
        return Melding(sleutel, waarde, "dit is een groep velden.", f"Geef {', '.join(leden[:MAXIMUM_LEDEN])}{meer}.")
    lijkt = difflib.get_close_matches(sleutel[:100], ALLE_VELDEN, n=1)
    remedie = f"Bedoelt u {lijkt[0]}?" if lijkt else "Zie `mkba sjabloon` voor de velden."
    return Melding(sleutel, waarde, "dit veld bestaat niet.", remedie)


def _naam(waarde: Any) -> str:
    if not isinstance(waarde, str) or not waarde.strip():
        raise FouteWaarde("dit is geen tekst.", "Geef een naam.")
    naam = controleer_naam(gewone_spaties(waarde))
    if bevat_bsn(naam):
        raise FouteWaarde("de naam bevat een geldig bsn (elfproef).", GEEN_PERSOONSGEGEVENS)
    if wat := herkenbaar_in(naam):
        raise FouteWaarde(f"in de naam lijkt {wat} te staan.", GEEN_PERSOONSGEGEVENS)
    return naam


def _gewoon(waarde: Any) -> Any:
    """A number or truth value of NumPy or pandas as Python's own: what a researcher's loop hands over."""
    return waarde.item() if isinstance(waarde, np.generic) else waarde


def _ja_nee(waarde: Any) -> bool:
    waarde = _gewoon(waarde)
    if isinstance(waarde, bool):
        return waarde
    raise FouteWaarde("dit is geen ja of nee.", "Geef ja of nee (in TOML: true of false).")


def _keuze(veld: Veld, waarde: Any) -> str:
    woord = _woord(waarde) if isinstance(waarde, str) else ""
    if woord not in veld.keuzes:
        raise FouteWaarde("dit is geen van de keuzes.", f"Kies uit: {', '.join(veld.keuzes)}.")
    return woord


def lees_disciplines(waarde: Any) -> tuple[str, ...]:
    """A list, or one text, with keys or names of disciplines in any case; "geen" is none. Raises FouteWaarde."""
    kies = f"Kies uit: {', '.join(DISCIPLINES)}."
    delen = _splits(waarde) if isinstance(waarde, str) else waarde
    if not isinstance(delen, list | tuple) or not all(isinstance(d, str) for d in delen):
        raise FouteWaarde("dit is geen lijst van disciplines.", kies)
    if [_woord(d) for d in delen] == ["geen"]:
        return ()
    for discipline in delen:
        if _woord(discipline) not in DISCIPLINE_OP_NAAM:
            raise FouteWaarde(
                f"onbekende discipline {toon_waarde(discipline)}.", kies_uit(discipline[:100], DISCIPLINES)
            )
    gegeven = {DISCIPLINE_OP_NAAM[_woord(d)] for d in delen}
    return tuple(d for d in DISCIPLINES if d in gegeven)


def _splits(tekst: str) -> list[str]:
    """The disciplines in one cell: between commas, or only spaces; a name of more words stays whole."""
    uit: list[str] = []
    for deel in re.split(r"[,;|\n]", schoon(tekst)):
        heel = _woord(deel) in DISCIPLINE_OP_NAAM
        uit += [deel.strip()] if heel else [w for w in re.split(r"[\s+/&]", deel) if w and w.casefold() != "en"]
    return uit


def _woord(tekst: str) -> str:
    return " ".join(schoon(tekst).casefold().split())


def _getal(veld: Veld, waarde: Any) -> float:
    waarde = _gewoon(waarde)
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        raise FouteWaarde("dit is geen getal.", _VOORBEELD[veld.soort])
    try:
        getal = float(waarde)
    except OverflowError:
        getal = math.inf
    if math.isnan(getal):  # what pandas makes of an empty cell
        raise FouteWaarde("dit getal is onbekend (nan).", f"Laat het veld weg, of vul het in. {_VOORBEELD[veld.soort]}")
    if not math.isfinite(getal):
        raise FouteWaarde("dit is geen eindig getal.", _VOORBEELD[veld.soort])
    laag, hoog = veld.minimum, veld.maximum
    if laag is not None and hoog is not None and not laag <= getal <= hoog:
        tussen = f"{nederlands(laag)} en {nederlands(hoog)}"
        if veld.soort == "fractie":
            hulp = f"Geef een getal tussen {tussen}."
            # 31 was meant as 31%; 1.1 or 150 was not
            if 2 <= abs(getal) <= 100 and laag <= getal / 100:
                heel = nederlands(getal)
                hulp = f"Bedoelt u {heel}%? Schrijf {heel}% of {_in_toml(nederlands(getal / 100), getal / 100)}."
            raise FouteWaarde(f"een aandeel ligt tussen {tussen} (31% is {_in_toml('0,31', 0.31)}).", hulp)
        hulp = f"Geef een getal van {tussen.replace(' en ', ' tot ')}."
        raise FouteWaarde(f"de waarde ligt niet tussen {tussen}.", hulp)
    if veld.soort == "aantal":
        return _heel(getal)
    if veld.soort == "jaren" and getal != int(getal):
        raise FouteWaarde("dit is geen geheel aantal jaren.", "Geef een geheel getal.")
    return getal


def _heel(getal: float) -> float:
    """A count: the last digits of a sum in a spreadsheet may stray, half a household does not exist."""
    heel = float(round(getal))
    if not math.isclose(getal, heel, rel_tol=1e-9):
        raise FouteWaarde("een aantal is een geheel getal.", f"Rond het af, bijvoorbeeld op {nederlands(heel)}.")
    return heel


def _in_toml(tekst: str, getal: float) -> str:
    """A number as a table and the screen want it, and as TOML does where that differs: "0,31 (in TOML 0.31)"."""
    return f"{tekst}; in TOML {getal:g}" if "," in tekst else tekst

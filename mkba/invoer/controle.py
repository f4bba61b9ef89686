"""Check one field at a time: its kind, its bounds, and no personal data."""

import difflib
import math
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

import numpy as np

from mkba.invoer.begrippen import DISCIPLINES
from mkba.invoer.fouten import FouteWaarde, Melding, toon_waarde
from mkba.invoer.getal import nederlands
from mkba.invoer.persoonsgegevens import NIET_GETOOND, bevat_bsn, is_bsn_kop
from mkba.invoer.velden import VELDEN, Veld

MAXIMUM_NAAM: Final = 200
MAXIMUM_ONBEKEND: Final = 100
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
                return _disciplines(waarde), None
            case _:
                return _getal(veld, waarde), None
    except FouteWaarde as fout:
        return None, Melding(veld.sleutel, waarde, fout.oorzaak, fout.remedie)


def onbekende_velden(opgegeven: Mapping[str, Any]) -> list[Melding]:
    """A message per key that does not exist; past a hundred, this is not a file for mkba."""
    onbekend = {k: v for k, v in opgegeven.items() if k not in VELDEN}
    meldingen = [onbekend_veld(k, v) for k, v in islice(onbekend.items(), MAXIMUM_ONBEKEND)]
    if len(onbekend) > MAXIMUM_ONBEKEND:
        rest = len(onbekend) - MAXIMUM_ONBEKEND
        meldingen.append(Melding("velden", rest, "zoveel andere velden bestaan ook niet.", "Is dit het goede bestand?"))
    return meldingen


def onbekend_veld(sleutel: str, waarde: object) -> Melding:
    """The message for a key that does not exist, with the key that was probably meant."""
    if is_bsn_kop(sleutel):
        return Melding(sleutel, NIET_GETOOND, "een bsn hoort niet in de invoer.", GEEN_PERSOONSGEGEVENS)
    leden = [s for s in VELDEN if s.startswith(f"{sleutel}.")]
    if leden:
        return Melding(sleutel, waarde, "dit is een groep velden.", f"Geef {', '.join(leden)}.")
    lijkt = difflib.get_close_matches(sleutel[:100], VELDEN, n=1)
    remedie = f"Bedoelt u {lijkt[0]}?" if lijkt else "Zie `mkba sjabloon` voor de velden."
    return Melding(sleutel, waarde, "dit veld bestaat niet.", remedie)


def _naam(waarde: Any) -> str:
    if not isinstance(waarde, str) or not waarde.strip():
        raise FouteWaarde("dit is geen tekst.", "Geef een naam.")
    naam = waarde.strip()
    if len(naam) > MAXIMUM_NAAM:
        raise FouteWaarde(f"de naam is langer dan {MAXIMUM_NAAM} tekens.", "Kort de naam in.")
    if not naam.isprintable():
        raise FouteWaarde("de naam bevat stuurtekens of regeleinden.", "Gebruik een naam op een regel.")
    if bevat_bsn(naam):
        raise FouteWaarde("de naam bevat een geldig bsn (elfproef).", GEEN_PERSOONSGEGEVENS)
    return naam


def _gewoon(waarde: Any) -> Any:
    """A number or truth value of NumPy or pandas as Python's own: what a researcher's loop hands over."""
    return waarde.item() if isinstance(waarde, np.generic) else waarde


def _ja_nee(waarde: Any) -> bool:
    waarde = _gewoon(waarde)
    if isinstance(waarde, bool):
        return waarde
    raise FouteWaarde("dit is geen ja of nee.", "Geef ja of nee (in TOML: true of false).")


def _disciplines(waarde: Any) -> tuple[str, ...]:
    kies = f"Kies uit: {', '.join(DISCIPLINES)}."
    if not isinstance(waarde, list | tuple) or not all(isinstance(d, str) for d in waarde):
        raise FouteWaarde("dit is geen lijst van disciplines.", kies)
    for discipline in waarde:
        if discipline not in DISCIPLINES:
            raise FouteWaarde(f"onbekende discipline {toon_waarde(discipline)}.", kies)
    return tuple(d for d in DISCIPLINES if d in waarde)


def _getal(veld: Veld, waarde: Any) -> float:
    waarde = _gewoon(waarde)
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        raise FouteWaarde("dit is geen getal.", _VOORBEELD[veld.soort])
    try:
        getal = float(waarde)
    except OverflowError:
        getal = math.inf
    if not math.isfinite(getal):
        raise FouteWaarde("dit is geen eindig getal.", _VOORBEELD[veld.soort])
    laag, hoog = veld.minimum, veld.maximum
    if laag is not None and hoog is not None and not laag <= getal <= hoog:
        tussen = f"{nederlands(laag)} en {nederlands(hoog)}"
        if veld.soort == "fractie":
            hulp = f"Geef een getal tussen {tussen}."
            # 31 was meant as 31%; 1.1 or 150 was not
            if 2 <= abs(getal) <= 100 and laag <= getal / 100:
                hulp = f"Bedoelt u {getal / 100:g} ({getal:g}%)?"
            raise FouteWaarde(f"een aandeel ligt tussen {tussen} (31% is 0.31).", hulp)
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

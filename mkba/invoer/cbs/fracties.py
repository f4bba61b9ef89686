"""A column of fractions where CBS has percentages: read as it stands, everything would be a factor 100 off."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from mkba.invoer.cbs.kolommen import Keuze, eenheid_van, lees_waarde
from mkba.invoer.cbs.onderwerpen import Eenheid
from mkba.invoer.tabel.cellen import GEEN_CEL, Cel
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.notatie import gewone_spaties, nederlands

_MAAL: Final[dict[Eenheid, int]] = {"procent": 100, "promille": 1000}
_HOORT: Final[dict[Eenheid, str]] = {
    "procent": "een percentage hoort (9,2 en niet 0,092)",
    "promille": "een aantal per 1.000 hoort (63 en niet 0,063)",
}


def controleer_fracties(bestand: str, keuze: Keuze, rijen: Sequence[Mapping[str, Cel]]) -> None:
    """Refuse columns of percentages (or per 1,000) that hold 1 at most. Raises InvoerFout.

    Over all rows of a file, asked for or not. Of one rich buurt 0.9% may be true, but CBS prints one decimal only.
    """
    meldingen: list[Melding] = []
    for veld, kolommen in keuze.items():
        for kolom in kolommen:
            eenheid = eenheid_van(veld, kolom)
            gedrukt = [w for rij in rijen if (w := _gedrukt(rij.get(kolom.sleutel, GEEN_CEL), eenheid))]
            if gedrukt and max(gedrukt) <= 1 and (len(gedrukt) > 1 or _heeft_decimalen(gedrukt[0])):
                meldingen.append(
                    Melding(
                        f"{veld} (kolom {kolom.titel or kolom.sleutel})",
                        f"hoogstens {nederlands(max(gedrukt), 6)}",
                        f"alle waarden in deze kolom zijn 1 of lager, terwijl hier {_HOORT[eenheid]}.",
                        f"Vermenigvuldig de kolom met {nederlands(_MAAL[eenheid])}, of geef haar cellen in Excel de "
                        "opmaak procent.",
                        bestand,
                    )
                )
    if meldingen:
        raise InvoerFout(meldingen)


def _gedrukt(cel: Cel, eenheid: Eenheid) -> float | None:
    """The number as it stands; None for a count, what is unknown or no number, and what shows a percent sign itself."""
    if eenheid == "aantal" or gewone_spaties(str(cel)).endswith("%"):
        return None
    try:
        gelezen = lees_waarde(cel, eenheid)
    except FouteWaarde:
        return None
    return None if gelezen is None else gelezen * _MAAL[eenheid]


def _heeft_decimalen(gedrukt: float) -> bool:
    """More than the one that CBS prints."""
    return not math.isclose(gedrukt, round(gedrukt, 1))

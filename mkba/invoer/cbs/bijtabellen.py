"""Files beside the kerncijfers, told apart by their columns: persons and households, youth care, Wmo."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from mkba.invoer.cbs import huishoudens, zorg
from mkba.invoer.cbs.aanvulling import OPTIE, Bijgegeven
from mkba.invoer.cbs.dienst import haal_statline
from mkba.invoer.cbs.statline import Rij, lees_rijen, volledig
from mkba.kern.tekst.meldingen import InvoerFout, Melding

STATLINE: Final = "statline"
"""Instead of a file: fetch the tables from CBS."""


class _Soort(NamedTuple):
    wat: str
    nodig: Sequence[str]
    maak: Callable[[Sequence[Rij], int, str], Bijgegeven]


_SOORTEN: Final = (
    _Soort(
        f"{huishoudens.PERSONEN} (geslacht, leeftijd, positie in het huishouden)",
        huishoudens.VELDEN_PERSONEN,
        lambda rijen, jaar, waar: huishoudens.maak(rijen, huishoudens.PERSONEN, jaar, waar),
    ),
    _Soort(
        f"{huishoudens.EENOUDER} (kindertal)",
        huishoudens.VELDEN_EENOUDER,
        lambda rijen, jaar, waar: huishoudens.maak(rijen, huishoudens.EENOUDER, jaar, waar),
    ),
    _Soort(
        f"{zorg.JEUGD} (jeugdzorg per wijk)",
        zorg.VELDEN_JEUGD,
        lambda rijen, jaar, waar: zorg.jeugd(rijen, jaar, waar, "jeugdzorg per wijk"),
    ),
    _Soort(
        f"{zorg.WMO} (Wmo per wijk)",
        zorg.VELDEN_WMO,
        lambda rijen, jaar, waar: zorg.wmo(rijen, jaar, waar, "Wmo per wijk"),
    ),
)


def lees(bron: str, codes: Sequence[str], jaar: int) -> list[Bijgegeven]:
    """The tables of a file, or of CBS for these gemeenten when ``bron`` is "statline". Raises InvoerFout."""
    if bron.casefold() == STATLINE:
        return _haal(codes, jaar)
    pad = Path(bron)
    for soort in _SOORTEN:
        try:
            rijen = lees_rijen(pad, soort.nodig)
        except InvoerFout as fout:
            if "ontbreken de kolommen" not in str(fout) and "geen koprij" not in str(fout):
                raise
            continue
        return [soort.maak(rijen, jaar, str(pad))]
    oorzaak = f"dit is niet {', '.join(s.wat for s in _SOORTEN[:-1])} en niet {_SOORTEN[-1].wat}."
    remedie = (
        "Download een van deze van opendata.cbs.nl/statline, met alle leeftijden van vijf jaar, alle kinderen of het "
        "totaal van de vormen."
    )
    raise InvoerFout([Melding(OPTIE, pad.name, oorzaak, remedie, str(pad))])


def _haal(codes: Sequence[str], jaar: int) -> list[Bijgegeven]:
    """Households of every year; care of the years that have a table and whose kerncijfers lack it (2025)."""
    per_gemeente = " or ".join(f"startswith(RegioS,'{c}')" for c in ("NL01", *codes))
    uit = []
    for tabel, velden in (
        (huishoudens.PERSONEN, huishoudens.VELDEN_PERSONEN),
        (huishoudens.EENOUDER, huishoudens.VELDEN_EENOUDER),
    ):
        rijen = [volledig(r, velden) for r in haal_statline(tabel, per_gemeente)]
        uit.append(huishoudens.maak(rijen, tabel, jaar, "CBS StatLine"))
    if jaar < zorg.JAAR:
        return uit
    per_wijk = " or ".join(f"startswith(Wijken,'{b}')" for b in ("NL", *codes, *(f"WK{c[2:]}" for c in codes)))
    for tabel, kolommen, maak, dimensie in (
        (zorg.JEUGD, zorg.VELDEN_JEUGD, zorg.jeugd, "Vormen"),
        (zorg.WMO, zorg.VELDEN_WMO, zorg.wmo, "TypeMaatwerkvoorziening"),
    ):
        gehaald = haal_statline(tabel, per_wijk, titels=(dimensie, "Perioden"))
        uit.append(maak([volledig(r, kolommen) for r in gehaald], zorg.JAAR, "CBS StatLine", tabel))
    return uit

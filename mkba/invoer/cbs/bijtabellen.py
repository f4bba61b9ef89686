"""Files beside the kerncijfers, told apart by their columns: persons and households, youth care, Wmo."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from mkba.invoer.cbs import huishoudens, zorg
from mkba.invoer.cbs.aanvulling import OPTIE, Bijgegeven
from mkba.invoer.cbs.dienst import haal_statline
from mkba.invoer.cbs.statline import AndereTabel, Rij, lees_tabel, volledig
from mkba.kern.tekst.meldingen import InvoerFout, Melding

STATLINE: Final = "statline"
"""Instead of a file: fetch the tables from CBS."""


class _Soort(NamedTuple):
    """``tabel``: the number to fetch; ``bron``: what a file of it is called, which may be of another year; ``wat``: its
    contents, for who gave something else; ``vorm``: the dimension of a table per wijk, of which the total counts."""

    tabel: str
    bron: str
    wat: str
    nodig: Sequence[str]
    maak: Callable[[Sequence[Rij], int, str, str], Bijgegeven]
    vorm: str = ""


_SOORTEN: Final = (
    _Soort(
        huishoudens.PERSONEN,
        huishoudens.PERSONEN,
        "geslacht, leeftijd, positie in het huishouden",
        huishoudens.VELDEN_PERSONEN,
        huishoudens.personen,
    ),
    _Soort(huishoudens.EENOUDER, huishoudens.EENOUDER, "kindertal", huishoudens.VELDEN_EENOUDER, huishoudens.eenouder),
    _Soort(zorg.JEUGD, "jeugdzorg per wijk", "jeugdzorg per wijk", zorg.VELDEN_JEUGD, zorg.jeugd, "Vormen"),
    _Soort(zorg.WMO, "Wmo per wijk", "Wmo per wijk", zorg.VELDEN_WMO, zorg.wmo, "TypeMaatwerkvoorziening"),
)


def lees(bron: str, codes: Sequence[str], jaar: int) -> list[Bijgegeven]:
    """The tables of a file, or of CBS for these gemeenten when ``bron`` is "statline". Raises InvoerFout."""
    if bron.casefold() == STATLINE:
        return [_haal(soort, codes, jaar) for soort in _SOORTEN if not soort.vorm or jaar >= zorg.JAAR]
    pad = Path(bron)
    in_vorm = lees_tabel(pad)
    for soort in _SOORTEN:
        with suppress(AndereTabel):
            rijen = in_vorm(soort.nodig)
            return [soort.maak(rijen, jaar, str(pad), soort.bron)]
    *namen, laatste = (f"{s.tabel} ({s.wat})" for s in _SOORTEN)
    oorzaak = f"dit is niet {', '.join(namen)} en niet {laatste}."
    remedie = (
        "Download een van deze van opendata.cbs.nl/statline, met alle leeftijden van vijf jaar, alle kinderen of het "
        "totaal van de vormen."
    )
    raise InvoerFout([Melding(OPTIE, pad.name, oorzaak, remedie, str(pad))])


def _haal(soort: _Soort, codes: Sequence[str], jaar: int) -> Bijgegeven:
    """A table of CBS: per gemeente of this year, per wijk of the first year whose kerncijfers lack it."""
    if soort.vorm:
        dimensie, begin, welk = "Wijken", ("NL", *codes, *(f"WK{c[2:]}" for c in codes)), zorg.JAAR
        titels: tuple[str, ...] = (soort.vorm, "Perioden")
    else:
        dimensie, begin, welk, titels = "RegioS", ("NL01", *codes), jaar, ()
    filters = " or ".join(f"startswith({dimensie},'{b}')" for b in begin)
    rijen = haal_statline(soort.tabel, filters, titels=titels)
    return soort.maak([volledig(r, soort.nodig) for r in rijen], welk, "CBS StatLine", soort.tabel)

"""A large table column by column: every distinct cell once, and per row which of them stands there.

What a cell means is then worked out once per distinct cell, whatever the number of rows. The rows come from the same
readers and behind the same guards as every other table.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from mkba.invoer.tabel.cellen import GEEN_CEL, Cel, Rij
from mkba.invoer.tabel.csv import decodeer, gevulde_rijen, goed_gevormd, kies_teken
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.invoer.tabel.xlsx import beschadigd, open_boeken
from mkba.kern.bestand.bestanden import lees_bytes, weiger, weiger_werkboek

BROK: Final = 2_000
"""Rows that are turned into columns at a time, so that no more of them are in memory."""


@dataclass(frozen=True, slots=True)
class Kolomcellen:
    """One column: ``cellen`` are its distinct cells, ``codes`` (int32) says per row which of them stands there."""

    codes: NDArray[np.int32]
    cellen: tuple[Cel, ...]

    def tel(self) -> NDArray[np.int64]:
        """How often each distinct cell stands in the column."""
        return np.bincount(self.codes, minlength=len(self.cellen))


@dataclass(frozen=True, slots=True)
class Blad:
    """A csv file or a sheet: the header row and the columns below it, ``nummers`` the numbers of their rows.

    ``kop`` is None when no row is a header; then ``boven`` (its first rows) tells why. Cells beyond the last header are
    the last column, ``voorbij`` (empty where there are none). ``verborgen``: whether nobody sees the sheet.
    """

    naam: str
    kop: Rij | None
    boven: tuple[Rij, ...] = ()
    nummers: NDArray[np.int64] | None = None
    kolommen: tuple[Kolomcellen, ...] = ()
    voorbij: Kolomcellen | None = None
    verborgen: bool = False


def lees_bladen(pad: Path, soort: Tabelsoort) -> Iterator[Blad]:
    """The one table of a csv, or every sheet of a workbook, one by one. Raises InvoerFout."""
    inhoud = lees_bytes(pad, soort.bytes, leeg=soort.leeg)
    if pad.suffix.lower() != ".xlsx":
        weiger_werkboek(pad, inhoud)
        tekst = decodeer(pad, inhoud, soort)
        del inhoud
        with goed_gevormd(pad, soort):
            teken, sep_regel = kies_teken(tekst, soort)
            yield _blad(pad.stem, gevulde_rijen(tekst, teken, sep_regel), _rij_van_tekst, soort, pad)
        return
    with beschadigd(pad, soort):
        boeken = open_boeken(pad, inhoud, soort)
        for naam in boeken.namen:
            rijen = ((rij.nummer, rij.cellen) for rij in boeken.rijen(naam))
            yield _blad(naam, rijen, Rij, soort, pad, boeken.verborgen(naam))


def _rij_van_tekst(nummer: int, waarden: Sequence[str]) -> Rij:
    return Rij(nummer, tuple(map(Cel, waarden)))


def _blad(
    naam: str,
    rijen: Iterator[tuple[int, Sequence[Any]]],
    maak_rij: Callable[[int, Any], Rij],
    soort: Tabelsoort,
    pad: Path,
    verborgen: bool = False,
) -> Blad:
    eerste = list(islice(rijen, soort.kop_binnen))
    boven = tuple(maak_rij(n, tuple(w[: soort.kolommen])) for n, w in eerste)
    index = soort.zoek_kop(boven)
    if index is None:
        return Blad(naam, None, boven, verborgen=verborgen)
    breedte = len(boven[index].cellen)
    nummers = array("q")
    coderen = [_Codering() for _ in range(breedte + 1)]
    for brok in _brokken(chain(eerste[index + 1 :], rijen)):
        nummers.extend(n for n, _ in brok)
        if soort.rijen is not None and len(nummers) > soort.rijen:
            weiger(pad, f"er staan meer dan {soort.rijen} rijen in.", "Verdeel de tabel over bestanden.")
        _voeg_toe(coderen, [w for _, w in brok], breedte)
    *kolommen, voorbij = (c.klaar() for c in coderen)
    return Blad(naam, boven[index], boven, np.asarray(nummers, dtype=np.int64), tuple(kolommen), voorbij, verborgen)


class _Nummers(dict[Any, int]):
    """Numbers what is asked of it in order of appearance."""

    def __missing__(self, wat: Any) -> int:
        self[wat] = nummer = len(self)
        return nummer


class _Codering:
    """The codes of a column while its rows come in."""

    def __init__(self) -> None:
        self.nummers = _Nummers()
        self.codes = array("i")

    def erbij(self, waarden: Iterable[Any]) -> None:
        self.codes.extend(map(self.nummers.__getitem__, waarden))

    def klaar(self) -> Kolomcellen:
        cellen = tuple(Cel(w) if isinstance(w, str) else w.cel for w in self.nummers)
        return Kolomcellen(np.asarray(self.codes, dtype=np.int32), cellen)


class _Sleutel:
    """A cell of a workbook by what it holds: 1, 1.0 and True are three cells, and an error is one without a value."""

    __slots__ = ("cel", "deel")

    def __init__(self, cel: Cel) -> None:
        self.cel = cel
        self.deel = (type(cel.waarde), cel.waarde, cel.procent, cel.fout is not None)

    def __hash__(self) -> int:
        return hash(self.deel)

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, _Sleutel) and self.deel == ander.deel


def _brokken(rijen: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[list[tuple[int, Sequence[Any]]]]:
    door = iter(rijen)
    while brok := list(islice(door, BROK)):
        yield brok


def _voeg_toe(coderen: Sequence[_Codering], rijen: Sequence[Sequence[Any]], breedte: int) -> None:
    """The cells of some rows to their columns; of what is beyond the last header the first filled cell."""
    is_tekst = isinstance(next((w[0] for w in rijen if len(w)), ""), str)
    leeg: Any = "" if is_tekst else GEEN_CEL
    kolommen: list[Sequence[Any]] = list(zip_longest(*rijen, fillvalue=leeg))
    kolommen += [[leeg] * len(rijen)] * (breedte + 1 - len(kolommen))
    if len(kolommen) > breedte + 1:
        rest = zip(*kolommen[breedte:], strict=True)
        kolommen[breedte:] = [[next((c for c in cellen if _is_gevuld(c)), leeg) for cellen in rest]]
    for codering, kolom in zip(coderen, kolommen, strict=True):
        codering.erbij(kolom if is_tekst else map(_Sleutel, kolom))


def _is_gevuld(cel: Any) -> bool:
    return bool(cel.strip()) if isinstance(cel, str) else not cel.leeg

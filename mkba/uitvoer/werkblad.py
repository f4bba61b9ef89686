"""Tables as sheets of a workbook: raw numbers with the format in which the report prints them, text that stays text.

The same tables give the same bytes. A workbook with live formulas is made elsewhere, in the room ``rekenblad``.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, count
from typing import IO, Any, Final, Protocol

import xlsxwriter

from mkba.kern.bestand.csvtabel import begint_formule
from mkba.uitvoer.maat import MATEN, Cel

MAX_BLADNAAM: Final = 31
MAX_CEL: Final = 32_767
"""What Excel allows."""
_BREEDTE: Final = (9, 55)
"""Least and greatest width of a column, in characters: a choice."""
_REGEL: Final = 90
"""Least width of the line below a table, in characters: a choice."""
_REGELHOOGTE: Final = 15
"""Height of a line, in points: that of Excel."""
_VERBODEN: Final = re.compile(r"[\[\]:*?/\\]")
_ONZICHTBAAR: Final = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\ufffe\uffff]")
_VAST: Final = datetime(2014, 1, 1)
_KOPRIJ: Final = 3


class Bladtabel(Protocol):
    """What a sheet needs of a table; :class:`~mkba.uitvoer.tabel.Tabel` is one."""

    @property
    def index(self) -> bool:
        """Whether row labels are shown."""

    @property
    def bijschrift(self) -> str:
        """The caption."""

    @property
    def uitleg(self) -> str:
        """A sentence below the table."""

    def koppen(self) -> list[str]:
        """The head of every column, that of the row labels first where ``index``."""

    def cellen(self) -> Iterator[tuple[str, bool, list[Cel | str]]]:
        """Per row its label, whether it is bold, and its cells."""


class Boek:
    """A workbook being written; ``inhoud`` holds its bytes once it is closed."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._boek: Any = nieuwe_werkmap(self._buffer)
        self._vormen: dict[tuple[Any, ...], Any] = {}
        self._bezet = {"history"}  # Excel keeps this name for itself
        self.inhoud = b""

    def tabel(self, naam: str, tabel: Bladtabel, kop: str = "", bijschrift: str | None = None) -> None:
        """A sheet with one table below its heading."""
        blad = self._blad(naam, tabel.bijschrift)
        onder = tabel.bijschrift if bijschrift is None else bijschrift
        self._tekst(blad, 0, 0, kop or naam, bold=True, font_size=13)
        self._tekst(blad, 1, 0, onder if onder != kop else "")
        koppen = _met_eenheid(tabel)
        breed = [len(k) // 2 if len(k) > _BREEDTE[1] else min(len(k), 24) for k in koppen]
        getallen = _getalkolommen(tabel)
        for kolom, tekst in enumerate(koppen):
            kant = "right" if kolom in getallen else "left"
            self._tekst(blad, _KOPRIJ, kolom, tekst, bold=True, bottom=2, text_wrap=True, valign="bottom", align=kant)
        y = _KOPRIJ
        for y, (label, vet, rij) in enumerate(tabel.cellen(), _KOPRIJ + 1):
            eigen: list[Cel | str] = [label, *rij] if tabel.index else rij
            for x, cel in enumerate(eigen):
                self._vul(blad, y, x, cel, vet)
                breed[x] = max(breed[x], *(len(regel) for regel in (str(cel) or " ").splitlines()))
        blad.freeze_panes(_KOPRIJ + 1, 1)
        self._breedtes(blad, breed)
        if tabel.uitleg:
            self._onderregel(blad, y + 2, [_breedte(langste) for langste in breed], tabel.uitleg)

    def regels(self, naam: str, regels: Sequence[tuple[str, str]]) -> None:
        """A sheet with a label and a text per row."""
        blad = self._blad(naam)
        for y, (label, tekst) in enumerate(regels):
            self._tekst(blad, y, 0, label, bold=True, valign="top")
            self._tekst(blad, y, 1, tekst, text_wrap=True, valign="top")
        self._breedtes(blad, [max((len(r[i]) for r in regels), default=0) for i in (0, 1)])

    def sluit(self) -> None:
        """Finish; after this ``inhoud`` is the file."""
        if not self._boek.worksheets():
            self._blad("Leeg")
        self._boek.close()
        self.inhoud = self._buffer.getvalue()

    def _blad(self, kop: str, bijschrift: str = "") -> Any:
        blad = self._boek.add_worksheet(bladnaam(kop, bijschrift, self._bezet))
        blad.set_landscape()
        blad.set_paper(9)  # A4
        blad.fit_to_pages(1, 0)  # as wide as the page, as many pages as it takes
        return blad

    def _vul(self, blad: Any, y: int, x: int, cel: Cel | str, vet: bool) -> None:
        if isinstance(cel, str) or cel.waarde is None:
            self._tekst(blad, y, x, str(cel), text_wrap=True, valign="top", bold=vet)
            return
        blad.write_number(y, x, cel.waarde, self._vorm(num_format=getalformaat(cel), valign="top", bold=vet))

    def _tekst(self, blad: Any, y: int, x: int, tekst: str, **vorm: Any) -> None:
        """Text that stays text, whatever its first sign, also when somebody edits the cell."""
        schoon = _ONZICHTBAAR.sub("", tekst)[:MAX_CEL]
        if schoon:
            blad.write_string(y, x, schoon, self._vorm(**vorm, quote_prefix=begint_formule(schoon)))

    def _vorm(self, **vorm: Any) -> Any:
        sleutel = tuple(sorted(vorm.items()))
        if sleutel not in self._vormen:
            self._vormen[sleutel] = self._boek.add_format({k: w for k, w in vorm.items() if w})
        return self._vormen[sleutel]

    def _onderregel(self, blad: Any, y: int, breed: Sequence[int], tekst: str) -> None:
        """A text on lines as wide as the table: on one line it would make a printed sheet too small to read."""
        leeg = -(-max(_REGEL - sum(breed), 0) // _BREEDTE[0])
        over = len(breed) + leeg
        tekens = sum(breed) + leeg * (_BREEDTE[0] - 1)
        regels = sum(-(-max(len(regel), 1) // tekens) for regel in tekst.splitlines())
        if over > 1:
            blad.merge_range(y, 0, y, over - 1, "")
        blad.set_row(y, _REGELHOOGTE * (regels + 1))  # a line more: words break where they end
        self._tekst(blad, y, 0, tekst, text_wrap=True, valign="top")

    def _breedtes(self, blad: Any, breed: Sequence[int]) -> None:
        for kolom, langste in enumerate(breed):
            blad.set_column(kolom, kolom, _breedte(langste))


def _breedte(langste: int) -> int:
    """The width of a column whose longest line has so many characters."""
    return min(max(langste + 2, _BREEDTE[0]), _BREEDTE[1])


def nieuwe_werkmap(stroom: IO[bytes]) -> Any:
    """A workbook of XlsxWriter that takes a text for a text; the same content gives the same bytes."""
    opties = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    werkmap = xlsxwriter.Workbook(stroom, opties)
    werkmap.set_properties({"author": "mkba", "created": _VAST})
    return werkmap


@contextmanager
def nieuw_boek() -> Iterator[Boek]:
    """A workbook to add tables to; its ``inhoud`` is there after the block."""
    boek = Boek()
    yield boek
    boek.sluit()


def bladnaam(kop: str, bijschrift: str, bezet: set[str]) -> str:
    """A sheet name that Excel accepts and that is not in ``bezet``, to which it is added."""

    def netjes(tekst: str, ruimte: int = MAX_BLADNAAM) -> str:
        schoon = " ".join(_VERBODEN.sub(" ", _ONZICHTBAAR.sub("", tekst)).split())
        return schoon[:ruimte].strip(" '")

    namen = [n for n in (netjes(kop), netjes(bijschrift)) if n] or ["Tabel"]
    genummerd = (netjes(namen[0], MAX_BLADNAAM - 6) + f" ({n})" for n in count(2))
    keus = next(n for n in chain(namen, genummerd) if n.casefold() not in bezet)
    bezet.add(keus.casefold())
    return keus


def getalformaat(cel: Cel) -> str:
    """The number format of a cell, with the words around it as literal text."""
    basis = MATEN[cel.maat].xlsx
    if not (cel.voor or cel.achter):
        return basis
    voor, achter = (f'"{w.replace(chr(34), "")}"' if w else "" for w in (cel.voor, cel.achter))
    return ";".join(f"{voor}{deel}{achter}" for deel in basis.split(";"))


def _getalkolommen(tabel: Bladtabel) -> set[int]:
    """The columns with numbers: their head stands on the same side."""
    eerste = int(tabel.index)
    return {x for _, _, rij in tabel.cellen() for x, cel in enumerate(rij, eerste) if isinstance(cel, Cel)}


def _met_eenheid(tabel: Bladtabel) -> list[str]:
    """The heads, with the unit where every number of the column has the same."""
    koppen = tabel.koppen()
    eenheden: list[set[str]] = [set() for _ in koppen[int(tabel.index) :]]
    for _, _, rij in tabel.cellen():
        for soorten, cel in zip(eenheden, rij, strict=True):
            if isinstance(cel, Cel):
                soorten.add(MATEN[cel.maat].eenheid)
    eigen = koppen[int(tabel.index) :]
    for plek, (tekst, soorten) in enumerate(zip(eigen, eenheden, strict=True), int(tabel.index)):
        eenheid = next(iter(soorten)) if len(soorten) == 1 else ""
        if eenheid and eenheid not in tekst.casefold() and "€" not in tekst:
            koppen[plek] = f"{tekst} ({eenheid})"
    return koppen

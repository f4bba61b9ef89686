"""A table keeps its raw numbers until a renderer prints them: page, workbook, csv, Word and notebook alike.

:class:`Tabel` holds a data frame and says of each column what its numbers are (its *maat*); the one place that turns
a number into text is :mod:`mkba.uitvoer.maat`. Nothing ever parses printed text back into a number.
"""

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkba.kern.bestand.csvtabel import als_csv
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.uitvoer import extra
from mkba.uitvoer.maat import MATEN, Cel
from mkba.uitvoer.proza import als_html

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Tabel:
    """A data frame with what its numbers are.

    ``maat``: one name of :data:`MATEN` for all columns, or one per column (a column not named is text); ``rijmaat``:
    another for some rows, by row label; ``vet``: rows to print bold; ``index``: whether row labels are shown;
    ``uitleg``: a sentence below the table; ``links``: texts of cells that lead to a heading of the page ("#anker").
    ``samen``: columns that a page prints as one, by its head: names of columns and the words between them,
    ``{"P10 tot P90": ["P10", " tot ", "P90"]}``; a workbook and csv have each in a column of its own. A cell may be a
    :class:`Cel`, a text ("geen omslag") or None.
    """

    frame: "pd.DataFrame"
    maat: str | Mapping[str, str] = "tekst"
    rijmaat: Mapping[str, str] = field(default_factory=dict)
    vet: Sequence[str] = ()
    bijschrift: str = ""
    index: bool = True
    uitleg: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    samen: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        namen = {*([self.maat] if isinstance(self.maat, str) else self.maat.values()), *self.rijmaat.values()}
        if onbekend := namen - MATEN.keys():
            raise ValueError(f"onbekende maat {sorted(onbekend)}; kies uit {', '.join(MATEN)}")

    def __len__(self) -> int:
        return len(self.frame)

    # --- the one place where a table is walked ----------------------------------------------------------------

    def kolommaten(self) -> list[str]:
        """The maat of every column."""
        if isinstance(self.maat, str):
            return [self.maat] * len(self.frame.columns)
        return [self.maat.get(kolom, "tekst") for kolom in self.frame.columns]

    def cellen(self) -> Iterator[tuple[str, bool, list[Cel | str]]]:
        """Per row its label, whether it is bold, and its cells: a :class:`Cel` for a number, otherwise text."""
        maten = self.kolommaten()
        for label, rij in zip(self.frame.index, self.frame.itertuples(index=False, name=None), strict=True):
            eigen = self.rijmaat.get(str(label))
            yield (
                kop(label),
                str(label) in self.vet,
                [_als_cel(waarde, eigen or maat) for waarde, maat in zip(rij, maten, strict=True)],
            )

    def koppen(self) -> list[str]:
        """The head of every column; with the head of the row labels first where those are shown."""
        eigen = [kop(kolom) for kolom in self.frame.columns]
        return [kop(self.frame.index.names), *eigen] if self.index else eigen

    def voor_pagina(self) -> "Tabel":
        """The table as a page shows it: the columns of ``samen`` as one column of text, at the place of the first."""
        import pandas as pd

        if not self.samen:
            return self
        namen, maten = [str(kolom) for kolom in self.frame.columns], self.kolommaten()
        rijen = [[str(cel) for cel in rij] for _, _, rij in self.cellen()]
        weg = {deel for delen in self.samen.values() for deel in delen if deel in namen}
        eerste = {next(deel for deel in delen if deel in namen): kop for kop, delen in self.samen.items()}
        kolommen: dict[str, list[Any]] = {}
        maat: dict[str, str] = {}
        for plek, (naam, eigen) in enumerate(zip(namen, maten, strict=True)):
            if naam in eerste:
                hoofd = eerste[naam]
                kolommen[hoofd] = [_samen(self.samen[hoofd], dict(zip(namen, rij, strict=True))) for rij in rijen]
                maat[hoofd] = eigen
            elif naam not in weg:
                kolommen[naam] = self.frame.iloc[:, plek].tolist()
                maat[naam] = eigen
        frame = pd.DataFrame(kolommen, index=self.frame.index, dtype=object)
        return replace(self, frame=frame, maat=maat, samen={})

    # --- renderers ---------------------------------------------------------------------------------------------

    def als_html(self) -> str:
        """The table for a page or a notebook, every text escaped; nothing for a table without rows.

        Numbers carry class ``getal`` and bold rows class ``vet``; the style sheet of the page does the rest.
        """
        if self.frame.empty:
            return ""
        if self.samen:
            return self.voor_pagina().als_html()
        getallen = [maat != "tekst" for maat in self.kolommaten()]
        delen = ['<table class="mkba">']
        if self.bijschrift:
            delen.append(f"<caption>{_html(self.bijschrift)}</caption>")
        koprij = [_th(k, "col", False) for k in self.koppen()[: int(self.index)]]
        eigen = self.koppen()[int(self.index) :]
        koprij += [_th(k, "col", is_getal) for k, is_getal in zip(eigen, getallen, strict=True)]
        delen.append(f"<thead><tr>{''.join(koprij)}</tr></thead>\n<tbody>")
        for label, vet, rij in self.cellen():
            tekst = [_th(label, "row", False)] if self.index else []
            tekst += [_td(cel, is_getal, self.links) for cel, is_getal in zip(rij, getallen, strict=True)]
            delen.append(f"<tr{' class=' + chr(34) + 'vet' + chr(34) if vet else ''}>{''.join(tekst)}</tr>")
        delen.append("</tbody></table>")
        if self.uitleg:
            delen.append(f'<p class="uitleg">{_html(self.uitleg)}</p>')
        return "\n".join(delen)

    def als_tekst(self) -> str:
        """The table as plain text with aligned columns, for a terminal; a cell of two lines is one."""
        if self.samen:
            return self.voor_pagina().als_tekst()
        cellen = [[*([label] if self.index else []), *map(str, rij)] for label, _, rij in self.cellen()]
        kolommen = [self.koppen(), *([cel.replace("\n", " ") for cel in rij] for rij in cellen)]
        breed = [max(len(rij[i]) for rij in kolommen) for i in range(len(kolommen[0]))]
        rechts = [*([False] if self.index else []), *(maat != "tekst" for maat in self.kolommaten())]
        regels = [
            "  ".join(c.rjust(b) if r else c.ljust(b) for c, b, r in zip(rij, breed, rechts, strict=True)).rstrip()
            for rij in kolommen
        ]
        return "\n".join([*([self.bijschrift] if self.bijschrift else []), *regels])

    def als_gegevens(self) -> dict[str, Any]:
        """The table as plain data, for who makes another format of it; :func:`uit_gegevens` reads it back."""
        return {
            "bijschrift": self.bijschrift,
            "uitleg": self.uitleg,
            "rijkop": kop(self.frame.index.names) if self.index else None,
            "koppen": self.koppen()[int(self.index) :],
            "maten": self.kolommaten(),
            "samen": {hoofd: list(delen) for hoofd, delen in self.samen.items()},
            "rijen": [[label, vet, [_gegeven(cel) for cel in rij]] for label, vet, rij in self.cellen()],
        }

    def naar_csv(self, pad: str | Path) -> Path:
        """Write the raw numbers as csv for a Dutch spreadsheet: semicolons, decimal commas, text that stays text."""
        doel = Path(pad)
        rijen = (
            [*([label] if self.index else []), *(cel.waarde if isinstance(cel, Cel) else cel for cel in rij)]
            for label, _, rij in self.cellen()
        )
        schrijf_veilig(doel, als_csv(self.koppen(), rijen))
        return doel

    def naar_xlsx(self, pad: str | Path, blad: str = "Tabel") -> Path:
        """Write the raw numbers as a workbook of one sheet; each shows as the table prints it."""
        from mkba.uitvoer.werkblad import nieuw_boek

        doel = Path(pad)
        with nieuw_boek() as boek:
            boek.tabel(blad, self, self.bijschrift or blad)
        schrijf_veilig(doel, boek.inhoud)
        return doel

    # --- in a notebook -----------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return self.als_tekst()

    def _repr_html_(self) -> str:
        return self.als_html()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        naam = f": {self.bijschrift}" if self.bijschrift else ""
        bundel: dict[str, Any] = {
            "text/html": self.als_html(),
            "text/plain": f"<Tabel van {len(self.frame)} bij {len(self.frame.columns)}{naam}>",
        }
        # what a page does not show, no workbook has
        met_getallen = extra.gevraagd(extra.TABEL) and not self.frame.empty
        return bundel | ({extra.TABEL: self.als_gegevens()} if met_getallen else {})


def uit_gegevens(gegevens: Mapping[str, Any]) -> Tabel:
    """The table that :meth:`Tabel.als_gegevens` gave, with the maat of every single cell."""
    import pandas as pd

    rijen = gegevens["rijen"]
    cellen = [[w if isinstance(w, str) else Cel(**w) for w in rij] for _, _, rij in rijen]
    frame = pd.DataFrame(cellen, columns=gegevens["koppen"], index=[label for label, _, _ in rijen], dtype=object)
    frame.index.name = gegevens["rijkop"] or None
    return Tabel(
        frame,
        dict(zip(gegevens["koppen"], gegevens["maten"], strict=True)),
        vet=[label for label, vet, _ in rijen if vet],
        bijschrift=gegevens["bijschrift"],
        index=gegevens["rijkop"] is not None,
        uitleg=gegevens["uitleg"],
        samen=gegevens["samen"],
    )


def kop(label: Any) -> str:
    """A heading as text: parts of a label of several levels with commas between them."""
    delen = label if isinstance(label, tuple | list) else [label]
    return ", ".join(str(d) for d in delen if d is not None and str(d))


def _als_cel(waarde: Any, maat: str) -> Cel | str:
    if isinstance(waarde, Cel):
        return waarde
    if hasattr(waarde, "item"):
        waarde = waarde.item()
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if waarde is None or (isinstance(waarde, float) and not math.isfinite(waarde)):
        return "" if maat == "tekst" else Cel(None, maat)
    return Cel(waarde, maat) if isinstance(waarde, int | float) else str(waarde)


def _samen(delen: Sequence[str], cellen: Mapping[str, str]) -> str:
    """Cells and the words between them; a dash when every cell is, and no words before a cell that prints nothing."""
    getallen = [cellen[deel] for deel in delen if deel in cellen]
    if all(tekst == getallen[0] == "–" for tekst in getallen):
        return "–"
    uit, woorden = "", ""
    for deel in delen:
        if deel in cellen:
            uit += woorden + cellen[deel] if cellen[deel] else ""
            woorden = ""
        else:
            woorden += deel
    return uit + woorden


def _gegeven(cel: Cel | str) -> Any:
    if isinstance(cel, str):
        return cel
    waarde = cel.waarde if cel.waarde is not None and math.isfinite(cel.waarde) else None
    return asdict(replace(cel, waarde=waarde))


def _html(tekst: str) -> str:
    return als_html(tekst).replace("\n", "<br>")


# alignment inline as well: JupyterLab and forges show a notebook without the style sheet of the page
def _th(tekst: str, bereik: str, is_getal: bool) -> str:
    soort = ' class="getal"' if is_getal else ' style="text-align:left"'
    return f'<th scope="{bereik}"{soort}>{_html(tekst)}</th>'


def _td(cel: Cel | str, is_getal: bool, links: Mapping[str, str]) -> str:
    soort = ' class="getal"' if is_getal else ' style="text-align:left"'
    tekst = _html(str(cel))
    if doel := links.get(str(cel)):
        tekst = f'<a href="{html.escape(doel, quote=True)}">{tekst}</a>'
    return f"<td{soort}>{tekst}</td>"

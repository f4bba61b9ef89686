"""Data frames and text as HTML for notebooks and reports: Dutch formats, every text escaped."""

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
from IPython.display import HTML

from mkba.kern.getallen import euro, getal, kort, procent, rond, verhouding
from mkba.uitvoer import extra
from mkba.uitvoer.beeld import MetGetallen

FORMATEN: Final[dict[str, Callable[[Any], str]]] = {
    "eur": lambda w: euro(w, 100),
    "eur1": euro,
    "bedrag": lambda w: getal(rond(w, 100)) if w == w else "–",
    "procent": procent,
    "procent1": lambda w: procent(w, 1),
    "verhouding": verhouding,
    "decimaal2": lambda w: getal(w, 2),
    "decimaal1": lambda w: getal(w, 1),
    "getal": getal,
    "kort": kort,
    "tekst": str,
}
"""Names of formats for :func:`als_html`; ``eur`` rounds to 100 as the manual's screens do, ``bedrag`` too but
without the sign, for wide tables that say euro above."""


def als_html(
    tabel: pd.DataFrame,
    opmaak: str | Mapping[str, str] = "eur",
    rijen: Mapping[str, str] | None = None,
    vet: Sequence[str] = (),
    index: bool = True,
    bijschrift: str = "",
) -> HTML:
    """A data frame as an HTML table with Dutch formats; every text is escaped.

    ``opmaak``: one format name for all columns or one per column (text columns keep their text);
    ``rijen``: another format for some rows; ``vet``: rows to print bold. A table without rows prints nothing.
    """
    if tabel.empty:
        return HTML("")
    per_kolom = dict.fromkeys(tabel.columns, opmaak) if isinstance(opmaak, str) else dict(opmaak)
    tekst = pd.DataFrame(index=tabel.index, columns=tabel.columns, dtype=object)
    for kolom in tabel.columns:
        formaat = FORMATEN[per_kolom.get(kolom, "tekst")]
        tekst[kolom] = [
            waarde
            if isinstance(waarde, str)
            else FORMATEN[rijen[str(rij)]](waarde)
            if rijen and str(rij) in rijen
            else formaat(waarde)
            for rij, waarde in tabel[kolom].items()
        ]
    stijl = tekst.style.format(escape="html").format_index(escape="html", axis=0)
    stijl = stijl.format_index(escape="html", axis=1)
    rechts = [k for k in tabel.columns if per_kolom.get(k, "tekst") != "tekst"]
    stijl = stijl.set_properties(subset=rechts, **{"text-align": "right", "white-space": "nowrap"})
    links = [k for k in tabel.columns if k not in rechts]
    stijl = stijl.set_properties(subset=links, **{"text-align": "left"})
    stijl = stijl.set_table_styles([{"selector": "th.row_heading", "props": "text-align: left; white-space: pre"}])
    stijl = stijl.map_index(lambda k: f"text-align: {'right' if k in rechts else 'left'}", axis=1)
    dik = [r for r in tabel.index if r in vet]
    stijl = stijl.set_properties(subset=(dik, slice(None)), **{"font-weight": "bold"})
    stijl = stijl.map_index(lambda r: f"font-weight: {'bold' if r in dik else 'normal'}", axis=0)
    if not index:
        stijl = stijl.hide(axis="index")
    if bijschrift:
        stijl = stijl.set_caption(bijschrift)
    # an id from the content: the same table gives the same HTML on every machine, no two tables share one
    kenmerk = hashlib.sha256(tekst.to_json().encode()).hexdigest()[:10]
    html = stijl.set_uuid(kenmerk).set_table_attributes('class="mkba"').to_html()
    if not extra.gevraagd(extra.TABEL):
        return HTML(html)
    return MetGetallen(html, _ruw(tabel, per_kolom, rijen or {}, dik, index, bijschrift))


def _ruw(
    tabel: pd.DataFrame,
    per_kolom: Mapping[str, str],
    rijen: Mapping[str, str],
    vet: Sequence[Any],
    index: bool,
    bijschrift: str,
) -> dict[str, Any]:
    """The table as plain data: heads, cells and the name of the format of every cell."""
    koppen = [per_kolom.get(k, "tekst") for k in tabel.columns]
    return {
        "bijschrift": bijschrift,
        "rijkop": _kop(tabel.index.names) if index else "",
        "koppen": [_kop(k) for k in tabel.columns],
        "rijkoppen": [_kop(r) for r in tabel.index] if index else None,
        "cellen": [[_kaal(w) for w in rij] for rij in tabel.itertuples(index=False, name=None)],
        "opmaak": [[rijen.get(str(r), k) for k in koppen] for r in tabel.index],
        "vet": [nummer for nummer, r in enumerate(tabel.index) if r in vet],
    }


def _kop(kop: Any) -> str:
    delen = kop if isinstance(kop, tuple | list) else [kop]
    return ", ".join(str(d) for d in delen if d is not None and str(d))


def _kaal(waarde: Any) -> str | int | float | None:
    if hasattr(waarde, "item"):
        waarde = waarde.item()
    if isinstance(waarde, int | float) and not isinstance(waarde, bool):
        return waarde if math.isfinite(waarde) else None
    return None if waarde is None else str(waarde)

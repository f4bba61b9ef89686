"""Profiles made to measure in a report: figure and tables, or why there are none.

A batch renders the same notebook with and without an account of the gemeente; without one a comparison of a
profile with itself would only be noise.
"""

import numpy as np
from IPython.display import HTML
from matplotlib.axes import Axes

from mkba.analyse.doelgroepen.profielen import OpMaat, Profielen
from mkba.uitvoer.aanpak import zinnen as tekst
from mkba.uitvoer.profielen import figuren as figuren_profielen
from mkba.uitvoer.profielen import tabellen as tp
from mkba.uitvoer.tabel import Tabel

_LEEG = HTML("")


def totalen(maat: OpMaat) -> Tabel | HTML:
    """The totals before and after per domain; a sentence when no totals were given."""
    if maat.rekening.posten:
        return tp.totalentabel(maat)
    return HTML(
        "<p>Er zijn geen eigen totalen opgegeven (parameter <em>rekening</em>): hierna is gerekend met de profielen "
        "zoals gepubliceerd, vermenigvuldigd met de index als die is opgegeven.</p>"
    )


def waarschuwingen(maat: OpMaat) -> HTML:
    """What to know of the account; nothing without one."""
    return tekst.waarschuwingenlijst(maat.waarschuwingen) if maat.rekening.posten else _LEEG


def figuur(maat: OpMaat) -> Axes | HTML:
    """Per class the profile before the account beside the one that adds up to it; nothing without an account."""
    if not maat.rekening.posten:
        return _LEEG
    voor, na = (tp.per_domein(p.bedragen) for p in (maat.basis, maat.profielen))
    return figuren_profielen.op_maat(voor, na)


def vergelijking(maat: OpMaat, gepubliceerd: Profielen) -> Tabel | HTML:
    """The amounts behind :func:`figuur`; without one the indexed profiles, or nothing when as published."""
    if maat.rekening.posten:
        return tp.vergelijkingstabel(maat)
    if np.array_equal(maat.profielen.bedragen, gepubliceerd.bedragen):
        return _LEEG
    return tp.profieltabel(maat.profielen, "Geïndexeerd, euro per huishouden per jaar")

"""Widgets that share one layout and one style: the style sheet does that, and the page loads sooner.

Every widget of ipywidgets comes with two more models, that go to the page one by one.
"""

from html import escape
from typing import Any, Final

import ipywidgets as w

_STIJL: Final[dict[type[Any], type[Any]]] = {
    w.HTML: w.widgets.widget_string.HTMLStyle,
    w.Text: w.widgets.widget_string.TextStyle,
    w.Button: w.ButtonStyle,
    w.ToggleButton: w.widgets.widget_bool.ToggleButtonStyle,
    w.Checkbox: w.widgets.widget_bool.CheckboxStyle,
}
_MODELLEN: Final[dict[type[Any], Any]] = {}


def maak(soort: type[Any], *args: Any, **opties: Any) -> Any:
    """A widget of this kind with the shared layout and style."""
    stijl = {"style": _gedeeld(_STIJL[soort])} if soort in _STIJL else {}
    return soort(*args, layout=_gedeeld(w.Layout), **stijl, **opties)


def html(inhoud: str = "") -> w.HTML:
    """A piece of HTML; who calls has escaped every text."""
    return maak(w.HTML, inhoud)


def knop(tekst: str, uitleg: str, **opties: Any) -> w.Button:
    """A button; ``uitleg`` is what it does, for who hovers over it and for a screen reader."""
    return maak(w.Button, description=tekst, tooltip=uitleg, **opties)


def doos(kinderen: Any, klasse: str) -> w.Box:
    """A box that the style sheet lays out."""
    gemaakt = maak(w.Box, kinderen)
    gemaakt.add_class(klasse)
    return gemaakt


def tekstkop(tekst: str, klasse: str = "") -> w.HTML:
    """The head of a column or row in a table of fields."""
    gemaakt = html(f'<div class="mkba-kop">{escape(tekst)}</div>')
    if klasse:
        gemaakt.add_class(klasse)
    return gemaakt


def zichtbaar(widget: w.DOMWidget, aan: bool) -> None:
    """Show a widget, or hide it from everybody."""
    klasse(widget, "mkba-weg", not aan)


def klasse(widget: w.DOMWidget, naam: str, aan: bool) -> None:
    """With or without a class of the style sheet; nothing goes to the page when that is so already."""
    if aan and naam not in widget._dom_classes:
        widget.add_class(naam)
    elif not aan and naam in widget._dom_classes:
        widget.remove_class(naam)


def _gedeeld(soort: type[Any]) -> Any:
    if soort not in _MODELLEN or _MODELLEN[soort].comm is None:  # closed by Widget.close_all()
        _MODELLEN[soort] = soort()
    return _MODELLEN[soort]

"""What the tests of the screen read from its widgets."""

from typing import Any

import ipywidgets as w

from mkba.scherm.scherm import Scherm


def alle(widget: Any) -> list[Any]:
    """The widget and all below it."""
    return [widget, *(x for kind in getattr(widget, "children", ()) for x in alle(kind))]


def html_van(scherm: Scherm) -> str:
    """All HTML that it shows."""
    return "\n".join(x.value for x in alle(scherm.widget) if isinstance(x, w.HTML))

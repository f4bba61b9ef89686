"""Plain sentences to HTML: escaped, and a command between backticks as code."""

import re
from html import escape
from typing import Final

_OPDRACHT: Final = re.compile(r"`([^`\n]+)`")


def als_html(tekst: str) -> str:
    """The text escaped; what stands between backticks is code: "`mkba effect`" prints in the type of a command."""
    return _OPDRACHT.sub(r"<code>\1</code>", escape(tekst))

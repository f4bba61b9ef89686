"""The style sheet of the screen (scherm.css), with its colours from :mod:`mkba.scherm.vorm.kleuren`."""

from functools import cache
from pathlib import Path
from string import Template

from mkba.scherm.vorm.kleuren import KLEUR


@cache
def css() -> str:
    """The style sheet as HTML."""
    tekst = Path(__file__).with_name("scherm.css").read_text(encoding="utf-8")
    return f"<style>{Template(tekst).substitute(KLEUR)}</style>"

"""The pages: templates, style and the few filters that they share.

Text is escaped by the templates; what is not escaped is a :class:`Fragment`, cleaned before it comes here.
A page asks nothing of any server: its content security policy forbids it, and a report holds no script.
"""

import base64
import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import mkba
from mkba.kern.tekst.notatie import datum, euro, getal, procent, stand, verhouding, zuinig

MAP: Final = Path(__file__).resolve().with_name("vormen")


def tijdstip(moment: datetime) -> str:
    """Date and time: 3 maart 2026, 14:05."""
    return f"{datum(moment)}, {moment:%H:%M}"


def css_tekst(tekst: str) -> str:
    """A text as a CSS string; every sign that could mean something to CSS or HTML is escaped (\\3a and a space)."""
    veilig = "".join(t if t.isascii() and (t.isalnum() or t == " ") else f"\\{ord(t):x} " for t in tekst)
    return f'"{veilig}"'


def _leeg_als_none(functie: Any) -> Any:
    return lambda waarde, *rest: "–" if waarde is None else functie(waarde, *rest)


@cache
def _omgeving() -> Environment:
    omgeving = Environment(
        loader=FileSystemLoader(MAP),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    omgeving.filters |= {
        "euro": _leeg_als_none(euro),
        "getal": _leeg_als_none(getal),
        "procent": _leeg_als_none(procent),
        "zuinig": _leeg_als_none(zuinig),
        "verhouding": _leeg_als_none(verhouding),
        "stand": stand,
        "datum": datum,
        "tijdstip": tijdstip,
        "css_tekst": css_tekst,
        "base64": lambda inhoud: base64.b64encode(inhoud).decode(),
        "pad": lambda naam: quote(str(naam)),
    }
    return omgeving


@cache
def _bestand(naam: str) -> str:
    return (MAP / naam).read_text(encoding="utf-8")


def pagina(sjabloon: str, script: str = "", **waarden: Any) -> str:
    """A whole page from a template of this folder; ``script`` names the one inline script it may run."""
    code = _bestand(script) if script else ""
    # the browser runs this script and no other: its hash stands in the policy of the page
    som = base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode()
    return (
        _omgeving()
        .get_template(sjabloon)
        .render(
            css=_bestand("basis.css"),
            script=code,
            scriptbeleid=f"script-src 'sha256-{som}'; " if script else "",
            versie=mkba.__version__,
            **waarden,
        )
    )

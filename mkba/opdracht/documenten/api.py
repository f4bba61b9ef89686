"""``docs/api.md``: the front door as its own docstrings tell it (``make docs``)."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import mkba
from mkba.kern.bestand.schrijven import schrijf_veilig

_KOP: Final = """# The front door

Made of the docstrings by `make docs`; a test keeps it up to date. Shares are fractions, amounts euros at the price
level of the rule set, ratios unrounded.
"""
_ROL: Final = re.compile(r":\w+:`~?(?:[\w.]+\.)?([\w]+)`")


def pagina() -> str:
    """The page as Markdown: every public name of ``mkba``, and the objects that they return."""
    delen = [_KOP]
    for naam in mkba.__all__:
        ding = getattr(mkba, naam)
        if not inspect.isclass(ding):
            delen += [f"## `mkba.{naam}{_handtekening(ding)}`", _tekst(ding)]
    delen.append("# The objects")
    eigen = [ding for naam in mkba.__all__ if inspect.isclass(ding := getattr(mkba, naam))]
    for klasse in dict.fromkeys([*_objecten(), *eigen]):
        delen += [f"## {klasse.__name__}", _tekst(klasse)]
        delen += [f"- **`{naam}`** {_eerste(lid)}" for naam, lid in _leden(klasse)]
    return "\n\n".join(delen).replace("\n\n- **", "\n- **") + "\n"


def _objecten() -> Iterator[type]:
    from mkba.deur import (
        aanpak,
        bevindingen,
        businesscase,
        gebieden,
        gevoeligheid,
        naast_elkaar,
        onzekerheid,
        rapporten,
        regelsets,
        uitkomst,
    )
    from mkba.uitvoer.tabel import Tabel

    eigen = (
        *(aanpak, uitkomst, businesscase, gevoeligheid, bevindingen, onzekerheid),
        *(naast_elkaar, regelsets, gebieden, rapporten),
    )
    for module in eigen:
        for _, klasse in inspect.getmembers(module, inspect.isclass):
            if klasse.__module__ == module.__name__:
                yield klasse
    yield Tabel


def _leden(klasse: type) -> Iterator[tuple[str, Any]]:
    for naam, lid in inspect.getmembers(klasse):
        if naam.startswith("_") or not (isinstance(lid, property) or inspect.isfunction(lid)):
            continue
        if (lid.fget if isinstance(lid, property) else lid).__module__.startswith("mkba."):
            yield (naam if isinstance(lid, property) else f"{naam}{_handtekening(lid)}"), lid


def _handtekening(ding: Any) -> str:
    parameters = [p for naam, p in inspect.signature(ding).parameters.items() if naam not in ("self", "executor")]
    delen = [f"{p.name}={p.default!r}" if p.default is not p.empty else str(p).split(":")[0] for p in parameters]
    return f"({', '.join(delen)})"


def _tekst(ding: Any) -> str:
    return _ROL.sub(r"`\1`", (inspect.getdoc(ding) or "").replace("``", "`"))


def _eerste(ding: Any) -> str:
    return " ".join(_tekst(ding).split("\n\n")[0].split())


if __name__ == "__main__":
    schrijf_veilig(Path("docs/api.md"), pagina())

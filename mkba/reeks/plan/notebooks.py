"""What can be said of a notebook file without executing it: its parameters, read once and here, and what it imports."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from mkba.kern.bestand.bestanden import ruwe_bytes
from mkba.kern.tekst.meldingen import InvoerFout, Melding

_KOP: Final = re.compile(r"^#{1,4}\s+(.+?)\s*#*$", re.MULTILINE)
CODEBLOK: Final = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell: ``naam: str = "standaard"  # uitleg``.

    ``soort``: its annotation ("str", "list[str]"), "" for none. ``standaard``: the value, when it is a literal.
    ``is_pad``: whether it holds files or folders to read: known names, and those whose comment begins with ``pad:``.
    """

    naam: str
    soort: str = ""
    standaard: Any = None
    uitleg: str = ""
    is_pad: bool = False


REGELSETTEN: Final = frozenset({"regelset", "regelset_van", "vergelijk_met"})
"""Parameters that hold a rule set: the name of a shipped one, or a file of the user that may build on files beside it;
with options behind it."""
BESTANDEN: Final = REGELSETTEN | {
    *("aanpak", "aanpakken", "belofte", "cijfers", "kengetallen", "registratie", "rekening", "voor")
}
"""Parameters of the kit that hold files or folders to read; in a notebook of somebody else the comment says so."""


def parameters(notebook: Path) -> dict[str, Parameter]:
    """What the parameters cell of a notebook asks for, by name. Raises InvoerFout when it cannot be read.

    In a notebook of somebody else the comment may name the kind of a line without an annotation: ``# int: aantal``.
    """
    uit = {}
    for bron, boom in _parametercellen(notebook):
        commentaar = _commentaar(bron)
        for regel in boom.body:
            doelen = [regel.target] if isinstance(regel, ast.AnnAssign) else getattr(regel, "targets", [])
            waarde = getattr(regel, "value", None)
            soort = ast.unparse(regel.annotation) if isinstance(regel, ast.AnnAssign) else ""
            gevonden = _SOORT.match(commentaar.get(regel.end_lineno or 0, ""))
            genoemd, uitleg = gevonden.groups() if gevonden else (None, "")
            genoemd_soort = "str" if genoemd == PAD else genoemd or ""
            for naam in (doel.id for doel in doelen if isinstance(doel, ast.Name)):
                is_pad = naam in BESTANDEN or genoemd == PAD
                uit[naam] = Parameter(naam, soort or genoemd_soort, _letterlijk(waarde), uitleg, is_pad)
    return uit


def secties(notebook: Path) -> list[str]:
    """The heading under which each cell stands in an executed notebook, where parameters have a cell more.

    Empty texts before the first heading; [] for a notebook that cannot be read.
    """
    uit: list[str] = []
    kop = ""
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        for cel in json.loads(ruwe_bytes(notebook))["cells"]:
            tekst = "".join(cel["source"])
            koppen = _KOP.findall(CODEBLOK.sub("", tekst)) if cel["cell_type"] == "markdown" else []
            kop = re.sub("[*`]", "", koppen[-1]).strip() if koppen else kop
            uit += [kop] * (2 if "parameters" in cel.get("metadata", {}).get("tags", []) else 1)
    return uit


def modules(notebook: Path, pakketten: Collection[str]) -> set[str]:
    """Modules from these packages that the cells of a notebook import, as far as the cells are plain Python."""
    namen: set[str] = set()
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        for cel in json.loads(ruwe_bytes(notebook))["cells"]:
            if cel["cell_type"] != "code":
                continue
            with suppress(SyntaxError, RecursionError, MemoryError):  # a magic, for one
                for deel in ast.walk(ast.parse("".join(cel["source"]))):
                    if isinstance(deel, ast.Import):
                        namen |= {naam.name for naam in deel.names}
                    elif isinstance(deel, ast.ImportFrom) and deel.module and not deel.level:
                        namen |= {deel.module, *(f"{deel.module}.{naam.name}" for naam in deel.names)}
    return {naam for naam in namen if naam.partition(".")[0] in pakketten}


PAD: Final = "pad"
_SOORT: Final = re.compile(rf"#\s*(?:(str|int|float|bool|list\[str\]|{PAD})\s*(?::|$))?\s*(.*)")


def _letterlijk(uitdrukking: ast.expr | None) -> Any:
    with suppress(ValueError):  # not a literal: only the notebook knows
        return None if uitdrukking is None else ast.literal_eval(uitdrukking)
    return None


def _commentaar(bron: str) -> dict[int, str]:
    """The comment at the end of each line that has one, by line number."""
    woorden = tokenize.generate_tokens(io.StringIO(bron).readline)
    return {w.start[0]: w.string for w in woorden if w.type == tokenize.COMMENT}


def _parametercellen(notebook: Path) -> list[tuple[str, ast.Module]]:
    """Source and syntax of the cells with the tag parameters. Raises InvoerFout."""
    try:
        boek = json.loads(ruwe_bytes(notebook))
        bronnen = ["".join(c["source"]) for c in boek["cells"] if "parameters" in c.get("metadata", {}).get("tags", [])]
        return [(bron, ast.parse(bron)) for bron in bronnen]
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        SyntaxError,
        RecursionError,
        MemoryError,
    ) as fout:
        oorzaak = f"dit notebook is niet te lezen ({type(fout).__name__})."
        raise InvoerFout([Melding("notebooks", notebook.name, oorzaak, "Kies een ander notebook.")]) from None


def ordelijk(uitvoer: Sequence[Any]) -> list[Any]:
    """Outputs with the text between two displays gathered: first stdout, then stderr.

    A kernel sends both streams in pieces, as its clock has it; this way the same notebook gives the same outputs.
    """
    uit: list[Any] = []
    for is_tekst, groep in groupby(uitvoer, lambda o: o["output_type"] == "stream"):
        delen = list(groep)
        if not is_tekst:
            uit += delen
            continue
        for naam in ("stdout", "stderr"):
            eigen = [o for o in delen if o["name"] == naam]
            if eigen:
                eigen[0]["text"] = "".join(o["text"] for o in eigen)
                uit.append(eigen[0])
    return uit

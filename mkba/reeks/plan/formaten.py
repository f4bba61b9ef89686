"""The formats of a report besides its page and its executed notebook, which are always made.

Light: the command line imports this. What makes a format is only imported by the worker that makes it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol, cast

from mkba.kern.bestand.schrijven import is_koppeling, verwijder_in
from mkba.kern.tekst.lijkt import kies_uit
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.reeks.plan.taak import Taak
from mkba.uitvoer import extra


class Maker(Protocol):
    """What makes the files of a format, in a worker; their names by path in the folder of reports."""

    def __call__(self, taak: Taak, notebook: Any, html: str, titel: str) -> dict[str, bytes]: ...


@dataclass(frozen=True)
class Formaat:
    """``module`` has a function ``maak`` (see :class:`Maker`); ``plek`` gives the file or folder of a report by its
    slug, in a folder files that begin with a number; ``extra`` the mime types that it needs from the notebook. No
    ``module``: the process of the batch makes it of the page, with an engine that it keeps warm."""

    module: str
    plek: Callable[[str], str]
    extra: tuple[str, ...] = ()


FORMATEN: Final = {
    "tabellen": Formaat("mkba.reeks.map.werkboek", lambda slug: f"tabellen/{slug}-tabellen.xlsx", (extra.TABEL,)),
    "figuren": Formaat("mkba.reeks.map.figuurbestanden", lambda slug: f"figuren/{slug}", (extra.FIGUUR,)),
    "onderbouwing": Formaat(
        "mkba.reeks.map.onderbouwing", lambda slug: f"onderbouwing/{slug}.json", (extra.ONDERBOUWING,)
    ),
    "word": Formaat("mkba.reeks.kantoor.word", lambda slug: f"word/{slug}.docx", (extra.TABEL, extra.FIGUUR)),
    "powerpoint": Formaat(
        "mkba.reeks.kantoor.dias",
        lambda slug: f"powerpoint/{slug}.pptx",
        (extra.TABEL, extra.FIGUUR, extra.PRESENTATIE),
    ),
    "pdf": Formaat("", lambda slug: f"pdf/{slug}.pdf"),
}
"""What makes which format; everything else reads this. One more is a line here and a module."""
VROEGER: Final = {"werkboek": "tabellen"}
"""A format by the name that it had, when it shared name, folder and file name with what ``mkba werkboek`` writes."""
_OUDE_PLEKKEN: Final = ("werkboeken/{}.xlsx",)
"""Where an earlier version put files of a report: they go when it is made again."""
VANZELF: Final = {
    "cohort": Formaat("mkba.reeks.map.cohortbestand", lambda slug: f"cohorten/{slug}.csv", (extra.COHORT,)),
}
"""What is made without being asked, of a notebook that gives what it needs."""
ALTIJD: Final = ("html", "notebook")


def kies(namen: str) -> tuple[str, ...]:
    """The formats in a list with commas, each once and in our order. Raises InvoerFout for one that is not there."""
    gevraagd = {n.strip().casefold() for n in namen.split(",") if n.strip()}
    keus = (*ALTIJD, *FORMATEN)
    for oud in sorted(gevraagd & VROEGER.keys()):
        oorzaak = (
            "een werkboek is wat `mkba werkboek` schrijft: het rekent zelf. De tabellen van een rapport, "
            f"elk op een blad, heten {VROEGER[oud]}."
        )
        remedie = f"Geef --formaten {VROEGER[oud]}, of maak met `mkba werkboek` een werkboek dat rekent."
        raise InvoerFout([Melding("--formaten", oud, oorzaak, remedie)])
    if vreemd := sorted(gevraagd - {*FORMATEN, *ALTIJD}):
        raise InvoerFout([Melding("--formaten", n, "dit formaat bestaat niet.", kies_uit(n, keus)) for n in vreemd])
    return tuple(naam for naam in FORMATEN if naam in gevraagd)


def extra_uitvoer(formaten: Sequence[str]) -> tuple[str, ...]:
    """The mime types that these formats need from a notebook, and those that are never left out."""
    gevraagd = [*(FORMATEN[naam] for naam in formaten), *VANZELF.values()]
    return (extra.KERN, *(soort for formaat in gevraagd for soort in formaat.extra))


def maak(taak: Taak, notebook: Any, html: str, titel: str) -> dict[str, bytes]:
    """The files of every format of ``taak``. ``notebook``: executed, only what a reader may see."""
    uit: dict[str, bytes] = {}
    gegeven = {soort for cel in notebook["cells"] for o in cel.get("outputs", []) for soort in o.get("data", {})}
    vanzelf = [formaat for formaat in VANZELF.values() if gegeven.issuperset(formaat.extra)]
    for formaat in (*(FORMATEN[naam] for naam in taak.formaten), *vanzelf):
        if formaat.module:
            maker = cast(Maker, import_module(formaat.module).maak)
            uit |= maker(taak, notebook, html, titel)
    return uit


def plekken(slug: str) -> tuple[str, ...]:
    """The file or folder of every format of a report, by path in the folder of reports."""
    return tuple(formaat.plek(slug) for formaat in (*FORMATEN.values(), *VANZELF.values()))


def ruim_op(naar: Path, slug: str, behalve: Sequence[str]) -> None:
    """Remove files of an earlier run of this report: they would tell another story than the new page.

    Of a folder only the numbered files; what a user put beside them stays.
    """
    for plek in (naar / p for p in (*plekken(slug), *(oud.format(slug) for oud in _OUDE_PLEKKEN))):
        is_map = plek.is_dir() and not is_koppeling(plek)
        for pad in plek.glob("[0-9][0-9]*-*.*") if is_map else [plek]:
            if (naam := pad.relative_to(naar).as_posix()) not in behalve:
                verwijder_in(naar, naam)
        if is_map and not any(plek.iterdir()):
            plek.rmdir()

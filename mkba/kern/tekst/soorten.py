"""Kinds of values, as an annotation in Python names them, and what to say in Dutch of a value of another kind.

The annotations of a notebook's parameters cell are held against the values of a batch before it begins; those of the
functions of the front door, with :func:`gecontroleerd`, against what a person or a notebook gives them.
"""

import ast
import inspect
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache, wraps
from numbers import Integral, Real
from typing import Any, Final, ParamSpec, TypeVar

from mkba.kern.tekst.meldingen import InvoerFout, Melding

P = ParamSpec("P")
R = TypeVar("R")

TEKST: Final = "str"
TEKSTEN: Final = "list[str]"

_EENVOUDIG: Final = {
    TEKST: (str, "een tekst"),
    "int": (Integral, "een heel getal"),
    "float": (Real, "een getal"),
    "bool": (bool, "True of False"),
    "Path": (os.PathLike, "een pad"),
    "None": (type(None), "None"),
    "Mapping": (Mapping, "een dict"),
}
_RIJEN: Final = {"list", "Sequence", "tuple"}
_VAN_MKBA: Final = {
    "Kengetallen": "een regelset van mkba.kengetallen()",
    "Aanpak": "een aanpak van mkba.aanpak()",
}
"""Objects of ours, by the name of their class: named in the message by what makes them."""


def melding(naam: str, waarde: Any, soort: str, bestand: str = "") -> Melding | None:
    """What is wrong with a value that should be of ``soort``, the text of an annotation; None when it is right.

    An annotation that says something else than these kinds accepts everything.
    """
    keuzes = _keuzes(soort)
    if not keuzes or any(_past(waarde, keus) for keus in keuzes):
        return None
    delen = [_woorden(keus) for keus in keuzes if keus != "None"]
    hoort = f"{', '.join(delen[:-1])} of {delen[-1]}" if len(delen) > 1 else delen[0]
    onderdeel = _onderdeel(waarde, keuzes)
    if onderdeel is not None:
        nummer, vreemd = onderdeel
        oorzaak = f"onderdeel {nummer} van deze lijst is {_wat(vreemd)}, en hier hoort een tekst."
        return Melding(naam, waarde, oorzaak, _remedie(naam, waarde, TEKSTEN), bestand)
    return Melding(
        naam, waarde, f"dit is {_wat(waarde)}, en hier hoort {hoort}.", _remedie(naam, waarde, keuzes[0]), bestand
    )


def gecontroleerd(**namen: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Refuse arguments of another kind than the annotations say, before the function begins. Raises InvoerFout.

    ``namen``: what a message calls an argument, where the notebooks have another word for it.
    """

    def om(functie: Callable[P, R]) -> Callable[P, R]:
        handtekening = inspect.signature(functie)
        soorten = {
            naam: inspect.formatannotation(p.annotation) if not isinstance(p.annotation, str) else p.annotation
            for naam, p in handtekening.parameters.items()
            if p.annotation is not p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
        }

        @wraps(functie)
        def met_controle(*args: P.args, **kwargs: P.kwargs) -> R:
            gegeven = handtekening.bind(*args, **kwargs).arguments
            meldingen = [
                m
                for naam, soort in soorten.items()
                if naam in gegeven
                for m in _alle(namen.get(naam, naam), gegeven[naam], soort)
            ]
            if meldingen:
                raise InvoerFout(meldingen)
            return functie(*args, **kwargs)

        return met_controle

    return om


def _alle(naam: str, waarde: Any, soort: str) -> Iterator[Melding]:
    """What is wrong with a value; of a dict with numbers what is wrong with each of them."""
    if fout := melding(naam, waarde, soort):
        yield fout
    elif isinstance(waarde, Mapping) and "Mapping[str, float]" in _keuzes(soort):
        yield from (m for sleutel, getal in waarde.items() if (m := melding(str(sleutel), getal, "float")))


@cache
def _keuzes(soort: str) -> tuple[str, ...]:
    """The kinds in a union, each with its plain name; none when one of them is unknown."""
    try:
        boom = ast.parse(soort, mode="eval").body
    except SyntaxError:
        return ()
    delen = [boom]
    while isinstance(delen[0], ast.BinOp) and isinstance(delen[0].op, ast.BitOr):
        delen[:1] = [delen[0].left, delen[0].right]
    namen = tuple(_naam(deel) for deel in delen)
    return namen if all(map(_bekend, namen)) else ()


def _naam(deel: ast.expr) -> str:
    """An annotation without the modules that its names come from."""
    if isinstance(deel, ast.Constant):
        return _naam(ast.parse(deel.value, mode="eval").body) if isinstance(deel.value, str) else str(deel.value)
    if isinstance(deel, ast.Subscript):
        inhoud = deel.slice.elts if isinstance(deel.slice, ast.Tuple) else [deel.slice]
        return f"{_naam(deel.value)}[{', '.join(map(_naam, inhoud))}]"
    if isinstance(deel, ast.BinOp):
        return f"{_naam(deel.left)} | {_naam(deel.right)}"
    return ast.unparse(deel).rpartition(".")[2]


def _kop(keus: str) -> str:
    return keus.partition("[")[0]


def _van_teksten(keus: str) -> bool:
    """Whether what is in a list are texts, or paths."""
    return set(keus.partition("[")[2].rstrip("]").split(" | ")) <= {TEKST, "Path"}


def _bekend(keus: str) -> bool:
    return _kop(keus) in {*_EENVOUDIG, *_RIJEN, *_VAN_MKBA}


def _woorden(keus: str) -> str:
    kop = _kop(keus)
    if kop in _RIJEN:
        return f"een lijst met {'teksten' if _van_teksten(keus) else 'waarden'}"
    return _VAN_MKBA.get(kop) or _EENVOUDIG[kop][1]


def _past(waarde: Any, keus: str) -> bool:
    kop = _kop(keus)
    if kop in _RIJEN:
        return isinstance(waarde, list | tuple) and (not _van_teksten(keus) or all(_is_tekst(w, keus) for w in waarde))
    if kop in _VAN_MKBA:
        return kop in {soort.__name__ for soort in type(waarde).__mro__}
    if isinstance(waarde, bool):
        return kop == "bool"
    return isinstance(waarde, _EENVOUDIG[kop][0])


def _is_tekst(waarde: Any, keus: str) -> bool:
    return isinstance(waarde, str) or ("Path" in keus and isinstance(waarde, os.PathLike))


def _onderdeel(waarde: Any, keuzes: tuple[str, ...]) -> tuple[int, Any] | None:
    """The first thing in a list of texts that is none, with its number."""
    rij = next((keus for keus in keuzes if _kop(keus) in _RIJEN and _van_teksten(keus)), None)
    if rij is None or not isinstance(waarde, list | tuple):
        return None
    return next((n, w) for n, w in enumerate(waarde, 1) if not _is_tekst(w, rij))


def _wat(waarde: Any) -> str:
    if waarde is None:
        return "niets (None)"
    if isinstance(waarde, bool):
        return "waar of niet waar (True of False)"
    woorden = {
        str: "een tekst",
        Integral: "een getal",
        Real: "een gebroken getal",
        os.PathLike: "een pad",
        list: "een lijst",
        tuple: "een lijst",
    }
    anders = f"iets van het soort {type(waarde).__name__}"
    return next((woord for soort, woord in woorden.items() if isinstance(waarde, soort)), anders)


def _remedie(naam: str, waarde: Any, soort: str) -> str:
    if soort == TEKST:
        if waarde is None:
            return f'Schrijf {naam} = "" als het leeg moet blijven.'
        if isinstance(waarde, list | tuple):
            return f'Schrijf één tekst: {naam} = "…".'
        return f'Zet er aanhalingstekens omheen: {naam} = "…".'
    if _kop(soort) in _RIJEN:
        if not _van_teksten(soort):
            return f"Schrijf {naam} = [a, b]."
        if isinstance(waarde, str):
            return f'Zet er vierkante haken omheen: {naam} = ["…"].'
        return f'Schrijf {naam} = ["…", "…"], elke tekst tussen aanhalingstekens.'
    if soort == "bool":
        return f"Schrijf {naam} = True of {naam} = False, zonder aanhalingstekens."
    if _kop(soort) in _VAN_MKBA:
        return f"Geef {_VAN_MKBA[_kop(soort)]}."
    if _kop(soort) == "Mapping":
        return f'Schrijf {naam} = {{"naam": waarde}}.'
    if soort not in ("int", "float"):
        return f"Geef {_woorden(soort)}."
    zonder = ", zonder aanhalingstekens" if isinstance(waarde, str) else ""
    voorbeeld = "2014, zonder punt of komma erin" if soort == "int" else "1.5, met een punt en geen komma"
    return f"Schrijf een getal zoals {naam} = {voorbeeld}{zonder}."

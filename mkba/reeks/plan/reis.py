"""A task with copies of the files that it reads, so that what is saved meanwhile changes no report.

A batch copies every file once into its work folder (:func:`momentopname`), and its workers read nothing else; for a
worker that cannot see this disk the same copies travel (:func:`pak_in`, :func:`pak_uit`). What is copied follows from
the kind of a parameter and never from its value: a name that happens to be a path takes no file along. Each copy
stands in a numbered folder of its own, under the name that the report knows.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import EXTENSIES, ruwe_bytes, zoek_bestanden
from mkba.kern.bestand.hashes import hash_tekst
from mkba.kern.bestand.paden import uitgeschreven
from mkba.kern.catalogus.regelset import Regelsetkeuze, lees_lagen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.reeks.plan.notebooks import REGELSETTEN, Parameter, parameters
from mkba.reeks.plan.taak import Taak, Waarde


@dataclass(frozen=True)
class Pakket:
    """A task whose paths are places in the package, and the sha256 of the file at every place."""

    taak: Taak
    bestanden: Mapping[str, str]


@dataclass
class _Kopieen:
    """Files by their place, "3/tabel.csv"; each file or folder once."""

    inhoud: dict[str, bytes] = field(default_factory=dict)
    _plekken: dict[str, str] = field(default_factory=dict)

    def plek(self, pad: Path, met: Sequence[Path] = ()) -> str:
        """The place of a file, or of a folder with the input in it. Raises OSError and InvoerFout.

        ``met``: files beside it that it names, which stay beside it.
        """
        echt = os.path.realpath(pad)
        sleutel = f"{echt}\0{pad.name}"  # not only resolved: a link keeps the name under which the report knows it
        if sleutel not in self._plekken:
            plek = f"{len(self._plekken)}/{pad.name or 'map'}"
            if Path(echt).is_dir():
                delen = {f"{plek}/{p.name}": p for p in zoek_bestanden(pad) if p.suffix.lower() in EXTENSIES}
            else:
                delen = {plek: pad} | {f"{plek.partition('/')[0]}/{p.name}": p for p in met}
            self.inhoud |= {deel: ruwe_bytes(bron) for deel, bron in delen.items()}
            self._plekken[sleutel] = plek
        return self._plekken[sleutel]


def momentopname(taken: Sequence[Taak], onder: Path) -> list[Taak]:
    """Copy what ``taken`` read below the folder ``onder``; returns the tasks that read the copies.

    A notebook is still executed in its own folder, for what it imports from there. Raises OSError, and InvoerFout when
    a notebook is not the one that was planned with.
    """
    kopieen = _Kopieen()
    uit = []
    for taak in taken:
        plek = kopieen.plek(taak.notebook)
        som = taak.feiten.get("hashes", {}).get("notebook")
        if som is not None and som != hash_tekst(kopieen.inhoud[plek]):
            oorzaak = "dit notebook is bewaard terwijl de reeks werd voorbereid."
            raise InvoerFout([Melding("notebook", taak.notebook.name, oorzaak, "Geef de opdracht opnieuw.")])
        waarden = {naam: _op_plek(naam, waarde, kopieen, taak, onder) for naam, waarde in _paden(taak, mee=False)}
        uit.append(replace(taak, bron=onder / plek, parameters={**taak.parameters, **waarden}))
    _schrijf(kopieen.inhoud, onder)
    return uit


def pak_in(taak: Taak) -> tuple[Pakket, dict[str, bytes]]:
    """The package of a task, and the contents by hash. Raises OSError and InvoerFout.

    What goes along: the notebook, and every file that a parameter of that kind names, also one with its value from the
    notebook itself; of a folder the files with input. The names of shipped cases stay names.
    """
    kopieen = _Kopieen()
    boek = kopieen.plek(taak.bron or taak.notebook)
    waarden = {naam: _op_plek(naam, waarde, kopieen, taak) for naam, waarde in _paden(taak, mee=True)}
    sommen = {plek: hash_tekst(gegevens) for plek, gegevens in kopieen.inhoud.items()}
    gepakt = replace(taak, notebook=Path(boek), bron=None, parameters={**taak.parameters, **waarden})
    return Pakket(gepakt, sommen), {sommen[plek]: gegevens for plek, gegevens in kopieen.inhoud.items()}


def pak_uit(pakket: Pakket, inhoud: Mapping[str, bytes], onder: Path) -> Taak:
    """Write the files below the folder ``onder``; returns the task that reads them there."""
    _schrijf({plek: inhoud[som] for plek, som in pakket.bestanden.items()}, onder)
    mappen = {plek.rpartition("/")[0] for plek in pakket.bestanden}
    plekken = {*pakket.bestanden, *(map_ for map_ in mappen if "/" in map_)}
    taak = pakket.taak
    bekend = parameters(onder / taak.notebook)

    def hier(naam: str, waarde: Waarde) -> Waarde:
        if isinstance(waarde, list):
            return [str(hier(naam, w)) for w in waarde]
        pad, opties = _gesplitst(naam, waarde) if isinstance(waarde, str) else ("", "")
        return f"{onder / pad}{opties}" if pad in plekken else waarde

    waarden = {
        naam: hier(naam, w) if naam in bekend and bekend[naam].is_pad else w for naam, w in taak.parameters.items()
    }
    return replace(taak, notebook=onder / taak.notebook, parameters=waarden)


def bijlagen(notebook: Path) -> dict[str, str]:
    """sha256 of the files of a user that the parameters cell of a notebook names itself, by the parameter.

    Raises OSError and InvoerFout.
    """
    kopieen = _Kopieen()
    taak = Taak("", "", notebook, {}, "")
    uit = {}
    for naam, waarde in _paden(taak, mee=False):
        begin = len(kopieen.inhoud)
        _op_plek(naam, waarde, kopieen, taak)
        uit[naam] = hash_tekst(*[*kopieen.inhoud.values()][begin:])
    return uit


def _schrijf(inhoud: Mapping[str, bytes], onder: Path) -> None:
    for plek, gegevens in inhoud.items():
        doel = onder / plek
        doel.parent.mkdir(parents=True, exist_ok=True)
        doel.write_bytes(gegevens)


def _paden(taak: Taak, mee: bool) -> Iterator[tuple[str, Waarde]]:
    """The parameters of a task that name files or folders which are there, with their values.

    ``mee``: also when the notebook itself names a file of the kit, which other machines have elsewhere.
    """
    paden_ = (p for p in _parameters(taak.bron or taak.notebook).values() if p.is_pad)
    for naam, eigen in sorted((p.naam, p.standaard) for p in paden_):
        waarde = taak.parameters.get(naam, eigen)
        gevonden = [pad for tekst in _teksten(waarde) if (pad := _bestaand(naam, tekst, taak)) is not None]
        van_ons = naam not in taak.parameters and all(_is_meegeleverd(pad) for pad in gevonden)
        if gevonden and (mee or not van_ons):
            yield naam, waarde


def _parameters(notebook: Path) -> Mapping[str, Parameter]:
    stand = notebook.stat()
    return _van_notebook(notebook, stand.st_mtime_ns, stand.st_size)


@cache
def _van_notebook(notebook: Path, *stand: int) -> Mapping[str, Parameter]:
    """Once per notebook: a batch has thousands of tasks."""
    return parameters(notebook)


def _op_plek(naam: str, waarde: Waarde, kopieen: _Kopieen, taak: Taak, onder: Path | None = None) -> Waarde:
    """The value with every path in it replaced by that of its copy, or by its place."""
    if isinstance(waarde, list):
        return [str(_op_plek(naam, deel, kopieen, taak, onder)) for deel in waarde]
    pad = _bestaand(naam, waarde, taak) if isinstance(waarde, str) else None
    if pad is None:
        return waarde
    plek = kopieen.plek(pad, _ouders(pad) if naam in REGELSETTEN else ())
    opties = _gesplitst(naam, str(waarde))[1]
    return plek + opties if onder is None else f"{onder / plek}{opties}"


def _gesplitst(naam: str, tekst: str) -> tuple[str, str]:
    """The path in a parameter, and of a rule set the options behind it. Raises InvoerFout."""
    if naam not in REGELSETTEN:
        return tekst, ""
    keuze = Regelsetkeuze.lees(tekst)
    return keuze.naam, keuze.opties


def _ouders(regelset: Path) -> list[Path]:
    """The files of a user that his rule set builds on; they stand in its folder. Raises InvoerFout."""
    lagen = lees_lagen(str(regelset), paden.data() / "kengetallen")
    return [laag.pad for laag in lagen if laag.eigen and laag.pad != regelset]


def _bestaand(naam: str, tekst: str, taak: Taak) -> Path | None:
    """The file, or folder with input, that a text names for a notebook that runs in its own folder."""
    with suppress(OSError, ValueError, InvoerFout):  # too long for a path, a NUL, a folder without input
        pad = Path(os.path.abspath(taak.notebook.parent / uitgeschreven(_gesplitst(naam, tekst)[0])))
        if tekst.strip() and (pad.is_file() or (pad.is_dir() and zoek_bestanden(pad))):
            return pad
    return None


def _is_meegeleverd(pad: Path) -> bool:
    return pad.resolve().is_relative_to(paden.data().resolve())


def _teksten(waarde: Waarde) -> Iterator[str]:
    for tekst in waarde if isinstance(waarde, list) else [waarde]:
        if isinstance(tekst, str):
            yield tekst

"""Find and open input files: what may be read, how large, and what to say when it cannot be."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

from mkba.kern.bestand import paden
from mkba.kern.tekst.lijkt import bedoelt
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.persoonlijk import herkenbaar_in_bestandsnaam
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND
from mkba.kern.tekst.schrift import heeft_stuurtekens

EXTENSIES: Final = (".toml", ".csv", ".xlsx")
MAXIMUM_BYTES: Final = 20_000_000
MAXIMUM_BYTES_TOML: Final = 1_000_000
"""A table may be large; one aanpak in TOML is a few kilobytes."""
MAXIMUM_RIJEN: Final = 10_000
LEEG: Final = "Vul het in; `mkba sjabloon` maakt een sjabloon."
TE_GROOT: Final = "Bewaar alleen wat bij de aanpakken hoort."
"""What to do about an empty file, and about one that is too large, unless the reader knows better."""
ZIP_BEGIN: Final = b"PK\x03\x04"
OLE_BEGIN: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_eerder: dict[str, bytes] | None = None

_BEWAAR_ALS: Final = "Geef een bestand dat eindigt op .toml, .csv of .xlsx."
_REMEDIE_BIJ_EXTENSIE: Final = {
    ".xls": "Open het in Excel en bewaar het als Excel-werkmap (.xlsx).",
    ".xlsm": "Open het in Excel en bewaar het als Excel-werkmap zonder macro's (.xlsx).",
    ".xlsb": "Open het in Excel en bewaar het als Excel-werkmap (.xlsx).",
    ".ods": "Bewaar het als Excel-werkmap (.xlsx).",
    ".numbers": "Exporteer het als Excel-werkmap (.xlsx).",
}


def weiger(pad: Path, oorzaak: str, remedie: str) -> NoReturn:
    """Raise InvoerFout about a file as a whole."""
    raise InvoerFout([Melding("bestand", pad.name or str(pad), oorzaak, remedie, str(pad))])


def zoek_bestanden(pad: Path) -> tuple[Path, ...]:
    """The file itself, or all readable files of a folder by name, without hidden and lock files.

    Raises InvoerFout when there is nothing to read.
    """
    try:
        is_map = pad.is_dir()
        gevonden = [p for p in pad.iterdir() if _is_invoer(p)] if is_map else []
        bestaat, is_bestand = pad.exists(), pad.is_file()
    except (OSError, ValueError) as fout:  # no permission, a name that is too long or holds a NUL
        weiger(pad, f"dit pad is niet te openen ({_reden(fout)}).", "Controleer het pad en de rechten.")
    for bestand in (pad, *gevonden):
        if not _is_tekst(str(bestand)):
            weiger(Path(repr(bestand.name)), "de naam is geen geldige tekst.", "Geef het bestand een andere naam.")
        if (is_map or bestaat) and heeft_stuurtekens(bestand.name):
            oorzaak = "de bestandsnaam bevat stuurtekens of tekens die de leesrichting omdraaien."
            weiger(Path(ascii(bestand.name)), oorzaak, "Geef het bestand een andere naam.")
    if is_map:
        if not gevonden:
            weiger(pad, "er staat geen .toml-, .csv- of .xlsx-bestand in deze map.", "Controleer de map.")
        return tuple(sorted(gevonden, key=lambda p: (p.name.casefold(), p.name)))
    if not bestaat:
        weiger(pad, "het bestand bestaat niet.", f"{bedoelt(pad.name, _namen_naast(pad))} Controleer het pad.".strip())
    if not is_bestand:
        weiger(pad, "dit is geen gewoon bestand.", _BEWAAR_ALS)
    extensie = pad.suffix.lower()
    if extensie not in EXTENSIES:
        soort = f"de extensie {extensie}" if extensie else "een bestand zonder extensie"
        weiger(pad, f"{soort} wordt niet gelezen.", _REMEDIE_BIJ_EXTENSIE.get(extensie, _BEWAAR_ALS))
    return (pad,)


def _namen_naast(pad: Path) -> list[str]:
    """What could have been meant: the input files beside it, and for a bare name the shipped cases."""
    with suppress(OSError, ValueError):
        namen = [p.name for p in pad.parent.iterdir() if _is_invoer(p) and _is_tekst(str(p))]
        los = not pad.suffix and pad.parent == Path()
        return [*namen, *(p.stem for p in (paden.data() / "aanpakken").glob("*.toml") if los)]
    return []


def _is_tekst(naam: str) -> bool:
    """Whether a name can be written in a report: a file name may hold bytes that are no text."""
    try:
        naam.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def eenmalig() -> Iterator[None]:
    """Meanwhile each file is read once: who asks for it again gets the same bytes, also when it was saved anew.

    So what a command checks, plans and hands on is one and the same file. May be entered again inside itself. What it
    writes itself, is another file from then on (:func:`vergeet`).
    """
    global _eerder
    buiten = _eerder
    _eerder = {} if buiten is None else buiten
    try:
        yield
    finally:
        _eerder = buiten


def vergeet(pad: Path) -> None:
    """Read this file anew the next time, as it was written by the command itself."""
    if _eerder is not None:
        _eerder.pop(os.path.realpath(pad), None)


def ruwe_bytes(pad: Path, hoogstens: int = -1) -> bytes:
    """The file as it is, or its first ``hoogstens`` bytes; see :func:`eenmalig`. Raises OSError and ValueError."""
    plek = os.path.realpath(pad)
    if _eerder is not None and plek in _eerder:
        return _eerder[plek]
    with pad.open("rb") as bestand:
        inhoud = bestand.read(hoogstens)
    if _eerder is not None and (hoogstens < 0 or len(inhoud) < hoogstens):
        _eerder[plek] = inhoud
    return inhoud


def lees_bytes(pad: Path, hoogstens: int = MAXIMUM_BYTES, leeg: str = LEEG, te_groot: str = TE_GROOT) -> bytes:
    """The whole file, not empty and not larger than ``hoogstens`` bytes. Raises InvoerFout, also for one that has a BSN
    or an e-mail address for its name, which reports and messages would repeat."""
    if wat := herkenbaar_in_bestandsnaam(pad.stem):
        remedie = "Geef het bestand een andere naam: zij staat in rapporten en in meldingen."
        raise InvoerFout([Melding("bestand", NIET_GETOOND, f"in de naam van een bestand staat {wat}.", remedie)])
    try:
        inhoud = ruwe_bytes(pad, hoogstens + 1)
    except FileNotFoundError:
        weiger(pad, "het bestand bestaat niet.", "Controleer het pad.")
    except (OSError, ValueError) as fout:
        weiger(pad, f"het bestand is niet te lezen ({_reden(fout)}).", "Sluit het in Excel of pas de rechten aan.")
    if len(inhoud) > hoogstens:
        megabytes = hoogstens // 1_000_000
        weiger(pad, f"het bestand is groter dan {megabytes} MB.", te_groot)
    if not inhoud.strip():
        weiger(pad, "het bestand is leeg.", leeg)
    return inhoud


def weiger_werkboek(pad: Path, inhoud: bytes) -> None:
    """Refuse a workbook that was given the extension of a text file. Raises InvoerFout."""
    if inhoud.startswith((ZIP_BEGIN, OLE_BEGIN)):
        weiger(
            pad,
            f"dit is geen {pad.suffix.lower().removeprefix('.')}-bestand maar een Excel-werkmap of zip-bestand.",
            "Geef het de extensie .xlsx, of bewaar het opnieuw in de juiste vorm.",
        )


def _is_invoer(pad: Path) -> bool:
    return not pad.name.startswith((".", "~$")) and pad.suffix.lower() in EXTENSIES and pad.is_file()


def _reden(fout: Exception) -> str:
    if isinstance(fout, PermissionError):
        return "geen toegang"
    return (fout.strerror if isinstance(fout, OSError) else str(fout)) or type(fout).__name__

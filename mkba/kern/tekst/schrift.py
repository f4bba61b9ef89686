"""Signs in texts that people, spreadsheets and statistics packages write: what a name may hold, and what means unknown.

A name is shown in reports and compared with other names, so a sign that cannot be seen is refused and never dropped
in silence; in a header, a number or a word that is looked up it carries no meaning and is left out.
"""

import re
import unicodedata
from typing import Final

from mkba.kern.tekst.meldingen import FouteWaarde

MAXIMUM_NAAM: Final = 200
MAXIMUM_TEKST: Final = 500
"""Signs of a text that is looked up or shown: a header, a number, a source. A choice: the longest header has 60."""

_LEEG_GETEKEND: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u2800\u3164\uffa0")
"""Signs that Unicode counts as letters or marks, but that show nothing."""
_RICHTING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the order of what follows: a name or a file name would look like another."""

ONBEKEND: Final = frozenset(
    ("na", "n/a", "<na>", "nan", "null", "none", "nil", "nvt", "n.v.t.", "n.b.", "onbekend", "?", ".", "..", "-", "--")
)
"""How R, pandas, databases and people write that a value is not known, in small letters."""
_GEEN_NAAM: Final = frozenset(("NA", "<NA>", "nan", "NaN", "NULL", "None"))
"""The same in the place of a name, only as a program writes them: a team may be called Na."""
_FOUT_VAN_EXCEL: Final = re.compile(
    r"#(?:N/[AB]|DIV/0!|DEEL/0!|VALUE!|WAARDE!|REF!|VERW!|NAME\?|NAAM\?|NUM!|GETAL!|NULL!|LEEG!|SPILL!|OVERLOOP!)"
)

_LETTER: Final = r"[^\W\d_]"
_VREEMD: Final = re.compile(
    # no Dutch text holds these in a word; in another code page they are a letter
    rf"(?<={_LETTER})[‚„ƒ…†‡ˆ‰‹“•˜™›€‘¡¢£¤¥¦¨©ª¬®¯°±²³µ¶¸¹»¼½¾¿×÷](?={_LETTER})"
    rf"|[‚ƒ†‡ˆ‰•˜¡¢£¤¥¦¨¬¯¶¸¿”](?={_LETTER})"
    rf"|(?<={_LETTER})[‚„ƒ†‡ˆ‰“˜¡¢£¤¥¦¨¬¯¶¸¿]"
    rf"|(?<={_LETTER})[–—](?=[a-z])|(?<=[a-z])\xa0(?=[a-z])"
    r"|(?<=[a-z])[À-ÖØ-Þ]|(?<=[A-Z])[ÒÓØ](?=[A-Z])|[šžœŠŽŒŸ]"
)
_CODEPAGINAS: Final = {"cp1252": "Windows", "cp850": "DOS", "mac_roman": "Mac"}
_GEEN_TEKEN: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that mean nothing in Windows-1252."""
_GEWONE_LETTERS: Final = frozenset("áàâäéèêëíìîïóòôöúùûüçñÁÀÂÄÉÈÊËÍÌÎÏÓÒÔÖÚÙÛÜÇÑ")


def zonder_onzichtbaar(tekst: str) -> str:
    """Without byte order marks, signs of no width and signs of direction: for what is looked up, not for a name."""
    if tekst.isascii():
        return tekst
    return "".join(t for t in tekst if unicodedata.category(t) != "Cf" and t not in _LEEG_GETEKEND)


def vergelijkbaar(naam: str) -> str:
    """Two names that look the same are the same: composed or not, capitals, spaces, signs that cannot be seen."""
    return " ".join(zonder_onzichtbaar(unicodedata.normalize("NFKC", naam)).casefold().split())


def noem_teken(teken: str) -> str:
    """What a reader can look up of a sign that does not show: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(teken):04X} {unicodedata.name(teken, '')}".strip()


def eerste_onzichtbare(tekst: str) -> str | None:
    """The first sign that cannot be seen and is no space, None without one."""
    return next((t for t in tekst if t in _LEEG_GETEKEND or unicodedata.category(t) == "Cf"), None)


def heeft_stuurtekens(naam: str) -> bool:
    """Whether a (file) name moves what is written around it: control characters and signs of direction."""
    return bool(_RICHTING.search(naam)) or any(unicodedata.category(t) in ("Cc", "Zl", "Zp") for t in naam)


def controleer_naam(naam: str) -> str:
    """The name in composed form (one way to write an ë). Raises FouteWaarde for what would not show as it is."""
    naam = unicodedata.normalize("NFC", naam)
    if len(naam) > MAXIMUM_NAAM:
        raise FouteWaarde(f"de naam is langer dan {MAXIMUM_NAAM} tekens.", "Kort de naam in.")
    if (teken := eerste_onzichtbare(naam)) is not None:
        raise FouteWaarde(
            f"de naam bevat een onzichtbaar teken ({noem_teken(teken)}, teken {naam.index(teken) + 1}).",
            "Typ de naam opnieuw; plakken neemt het teken weer mee.",
        )
    if not naam.isprintable():
        raise FouteWaarde("de naam bevat stuurtekens of regeleinden.", "Gebruik een naam op een regel.")
    if "\ufffd" in naam:
        raise FouteWaarde("in de naam is een letter verloren gegaan (\ufffd).", "Typ de naam opnieuw.")
    if (bedoeld := _dubbel_gecodeerd(naam)) is not None:
        raise FouteWaarde(
            "dit lijkt UTF-8 die als Windows-tekst is geopend en bewaard.",
            f"Bedoelt u {bedoeld!r}? Typ de naam opnieuw, of open het oorspronkelijke bestand als UTF-8 en bewaar het "
            "weer zo.",
        )
    if naam in _GEEN_NAAM or _FOUT_VAN_EXCEL.fullmatch(naam):
        raise FouteWaarde("zo schrijft een programma dat de waarde onbekend is; het is geen naam.", "Geef een naam.")
    return naam


def _dubbel_gecodeerd(tekst: str) -> str | None:
    """ "ExloÃ«rmond" is "Exloërmond"; None for a text that is no such thing."""
    if tekst.isascii():
        return None
    for codering in ("cp1252", "latin-1"):
        try:
            return tekst.encode(codering).decode("utf-8")
        except UnicodeError:
            continue
    return None


def weiger_onbekend(tekst: str, remedie: str) -> None:
    """Raise FouteWaarde for a word that stands for an unknown value, or for an error that Excel left behind."""
    if tekst.casefold() in ONBEKEND:
        raise FouteWaarde("hier staat dat de waarde onbekend is.", remedie)
    if _FOUT_VAN_EXCEL.fullmatch(tekst.upper()):
        raise FouteWaarde("dit is een fout die Excel in de cel zette.", f"Herstel de formule. {remedie}")


def is_onbekend(tekst: str) -> bool:
    """Whether a word stands for an unknown value: NA, #N/B, nan, NULL, -."""
    return tekst.casefold() in ONBEKEND or tekst.upper() in ("#N/A", "#N/B")


def twijfel_over_letters(inhoud: bytes) -> tuple[int, tuple[str, ...]] | None:
    """Where bytes that are no UTF-8 make no Dutch word in Windows-1252: the line, and every reading of that word.

    "Exlo\\x89rmond" is "Exlo‰rmond" in Windows, "Exloërmond" in DOS and "Exloârmond" on an old Mac. None when it reads
    well. What is no text at all has no readings.
    """
    los = _GEEN_TEKEN.search(inhoud)
    if los is not None:
        plek = los.start()
    else:
        # one byte is one sign here
        treffer = _VREEMD.search(inhoud.decode("cp1252"))
        if treffer is None:
            return None
        plek = treffer.start()
    begin, eind = plek, plek + 1
    while begin and plek - begin < 30 and _in_woord(inhoud[begin - 1]):
        begin -= 1
    while eind < len(inhoud) and eind - plek < 30 and _in_woord(inhoud[eind]):
        eind += 1
    regel = len(re.findall(rb"\r\n|\r|\n", inhoud[:plek])) + 1
    lezingen = {naam: inhoud[begin:eind].decode(code, "replace") for code, naam in _CODEPAGINAS.items()}
    goed = [f"{w!r} ({n})" for n, w in lezingen.items() if n != "Windows" and _is_woord(w)]
    return regel, (f"{lezingen['Windows']!r} (Windows)", *goed) if goed else ()


def _in_woord(byte: int) -> bool:
    return byte > 0x7F or chr(byte).isalpha()


def _is_woord(tekst: str) -> bool:
    return all(t in _GEWONE_LETTERS or (t.isascii() and t.isalpha()) for t in tekst)

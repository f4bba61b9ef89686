"""Codes of areas as CBS writes them, and what to say about a code that is none.

NL00, GM + 4 digits, WK + 6 and BU + 8 characters. Amsterdam has letters in the last part since 2023
(WK0363MA), so that part is never a number.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.zaak.gebied import LAND, Soort

BREEDTE: Final = 10
"""CBS pads codes to ten characters; a filter on a code without the blanks finds nothing."""

_VORM: Final = re.compile(r"NL00|GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4}")
_SOORT: Final[dict[str, Soort]] = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}
_LENGTE: Final = {"GM": 4, "WK": 6, "BU": 8}
_NAAR_LENGTE: Final = {4: "GM", 6: "WK", 8: "BU"}
_ANDERS: Final = {
    "PV": "provincie",
    "LD": "landsdeel",
    "CR": "COROP-gebied",
    "GG": "GGD-regio",
    "JZ": "jeugdzorgregio",
    "AM": "arbeidsmarktregio",
    "PC": "postcodegebied",
}
_UITLEG: Final = "Een code is GM met 4 cijfers, WK met 6 of BU met 8 tekens, bijvoorbeeld GM0599 of WK059901."


def kaal(tekst: str) -> str:
    """A code in capitals, without any blanks."""
    return "".join(tekst.split()).upper()


def is_code(tekst: str) -> bool:
    """Whether a trimmed text is a code of the country, a gemeente, wijk or buurt."""
    return bool(_VORM.fullmatch(tekst))


def soort_van(code: str) -> Soort:
    """What kind of area a correct code is."""
    return _SOORT[code[:2]]


def gevuld(code: str) -> str:
    """The code as it stands in a CBS table: padded with blanks to ten characters."""
    return code.ljust(BREEDTE)


def lees_code(waarde: object) -> str:
    """One code in its plain form ("gm 0599 " is GM0599). Raises FouteWaarde."""
    if isinstance(waarde, int | float):
        bedoeld = f" Bedoelt u GM{waarde:04d}?" if isinstance(waarde, int) and 0 < waarde <= 9999 else ""
        raise FouteWaarde("dit is een getal en geen code.", f"Schrijf de code als tekst.{bedoeld} {_UITLEG}")
    if not isinstance(waarde, str):
        raise FouteWaarde("dit is geen code.", _UITLEG)
    code = kaal(waarde)
    if is_code(code):
        return code
    raise FouteWaarde(*_waarom(code, waarde))


def lees_codes(codes: Sequence[str]) -> tuple[str, ...]:
    """All codes in their plain form, each once, in the given order. Raises InvoerFout with all that are wrong."""
    # a text is a sequence of texts too: one code, not its letters
    lijst: Iterable[object] = (codes,) if isinstance(codes, str) else codes
    goed: dict[str, None] = {}
    meldingen = []
    for waarde in lijst:
        try:
            goed[lees_code(waarde)] = None
        except FouteWaarde as fout:
            meldingen.append(Melding("gebiedscode", waarde, fout.oorzaak, fout.remedie))
    if meldingen:
        raise InvoerFout(meldingen)
    return tuple(goed)


def niet_gevonden(codes: Iterable[str], bekend: Mapping[str, str] | Sequence[str], waar: str) -> list[Melding]:
    """A message for every code that a table does not have, with the codes that look most like it."""
    meldingen = []
    for code in codes:
        namen = bekend if isinstance(bekend, Mapping) else {}
        zelfde_soort = [b for b in bekend if b[:2] == code[:2]]
        lijkt = get_close_matches(code, zelfde_soort, n=3, cutoff=0.8)
        bedoeld = ", ".join(f"{b} ({namen[b]})" if b in namen else b for b in lijkt)
        meldingen.append(
            Melding(
                "gebiedscode",
                code,
                f"deze {soort_van(code)}code staat niet in {waar}.",
                "Controleer de code en het jaar: door een herindeling verandert een code."
                + (f" Het lijkt op {bedoeld}." if bedoeld else ""),
            )
        )
    return meldingen


def _waarom(code: str, tekst: str) -> tuple[str, str]:
    """Cause and remedy for a text that is no code."""
    if not code:
        return "de code is leeg.", _UITLEG
    if re.search(r"[,;/+]", code):
        return "dit lijken meer codes in een tekst.", "Geef elke code apart in de lijst."
    if re.fullmatch(r"[1-9][0-9]{3}[A-Z]{2}", code):
        return "dit is een postcode.", f"Zoek de wijk of buurt bij deze postcode op. {_UITLEG}"
    begin, rest = code[:2], code[2:]
    if code.isascii() and code.isdigit():
        if len(code) in _NAAR_LENGTE:
            return "de letters voor het nummer ontbreken.", f"Bedoelt u {_NAAR_LENGTE[len(code)]}{code}? {_UITLEG}"
        return "dit is een nummer zonder GM, WK of BU ervoor.", _UITLEG
    if begin == "NL":
        return "Nederland heeft de code NL00.", f"Schrijf {LAND}; deze regel komt er altijd vanzelf bij."
    if begin in _ANDERS and re.search(r"[0-9]", rest):
        return f"dit is een {_ANDERS[begin]}; deze tabel heeft gemeenten, wijken en buurten.", _UITLEG
    if begin not in _LENGTE or not re.search(r"[0-9]", rest):
        return "dit is geen code; een naam is niet genoeg, want namen komen vaker voor.", _UITLEG
    return _verkeerde_vorm(begin, rest)


def _verkeerde_vorm(begin: str, rest: str) -> tuple[str, str]:
    """The prefix is right; the length or a character is not."""
    soort, lengte = _SOORT[begin], _LENGTE[begin]
    als_cijfers = rest[:4].replace("O", "0").replace("I", "1").replace("L", "1") + rest[4:]
    if als_cijfers != rest and is_code(begin + als_cijfers):
        return "er staat een letter waar een cijfer hoort.", f"Bedoelt u {begin}{als_cijfers}?"
    if len(rest) == lengte:
        return f"een {soort}code heeft na {begin} eerst 4 cijfers (de gemeente).", _UITLEG
    hoort = f"een {soort}code heeft {lengte} tekens na {begin}, dit zijn er {len(rest)}."
    if (ander := _NAAR_LENGTE.get(len(rest))) and is_code(ander + rest):
        return hoort, f"Bedoelt u de {_SOORT[ander]} {ander}{rest}?"
    if begin == "GM" and len(rest) < lengte and rest.isdigit():
        return hoort, f"Bedoelt u {begin}{rest.zfill(lengte)}?"
    return hoort, _UITLEG

"""Tables as csv for a Dutch spreadsheet, in which no text becomes a formula, also when it is split otherwise.

A byte order mark, semicolons, decimal commas, every text between quotes, numbers with all their digits.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from typing import Final

_SCHEIDING: Final = ';,|"\t\r\n\v\f\x85\u2028\u2029'
"""After these a spreadsheet may begin a new cell, whatever the separator of the file is."""
_NIETS: Final = r"[\s\u200b\u2060\ufeff\x00]*"
"""What a spreadsheet leaves out at the start of a cell, or does not show."""
_TEKENS: Final = "=+\\-@＝＋－＠﹦﹢﹣﹫"
"""What begins a formula; the wide and small signs do so in Excel in East Asia."""
_BEGIN: Final = re.compile(rf"{_NIETS}[{_TEKENS}]|[\t\r]")
_STUK: Final = re.compile(rf"([{_SCHEIDING}])({_NIETS})([{_TEKENS}])")
_STUK_OM_TE_MERKEN: Final = re.compile(rf"([{_SCHEIDING}])({_NIETS})('*[{_TEKENS}])")
_GEMERKT_STUK: Final = re.compile(rf"([{_SCHEIDING}])({_NIETS})'('*[{_TEKENS}])")


def begint_formule(tekst: str) -> bool:
    """Whether a spreadsheet would take a text for a formula when somebody edits its cell."""
    return _BEGIN.match(tekst) is not None


def is_verdacht(tekst: str) -> bool:
    """Whether a spreadsheet could take a text, or a piece of it after some separator, for a formula."""
    return begint_formule(tekst) or _STUK.search(tekst) is not None


def veilige_cel(waarde: object) -> object:
    """Text that is suspect gets an apostrophe before it, and before every sign in it that could begin a formula."""
    if not isinstance(waarde, str) or not (is_verdacht(waarde) or _lijkt_veilig(waarde)):
        return waarde
    return "'" + _STUK_OM_TE_MERKEN.sub(r"\1\2'\3", waarde)


def gewone_tekst(cel: str) -> str:
    """The text of which :func:`veilige_cel` made this cell."""
    if not cel.startswith("'"):
        return cel
    kaal = _GEMERKT_STUK.sub(r"\1\2\3", cel[1:])
    return next((tekst for tekst in (kaal, cel[1:]) if veilige_cel(tekst) == cel), cel)


def _lijkt_veilig(tekst: str) -> bool:
    """A text that would be read back as another one, unless it gets an apostrophe more."""
    return tekst.startswith("'") and is_verdacht(_GEMERKT_STUK.sub(r"\1\2\3", tekst.lstrip("'")))


def als_csv(koppen: Sequence[object], rijen: Iterable[Sequence[object]]) -> str:
    """The file; None and NaN are empty cells."""
    return "\ufeff" + "".join(f"{';'.join(map(_cel, rij))}\n" for rij in ([str(k) for k in koppen], *rijen))


def lees_csv(inhoud: bytes) -> list[dict[str, str]]:
    """The rows of a file of :func:`als_csv`, cells as they stand there. Raises ValueError and csv.Error."""
    tekst = inhoud.decode("utf-8-sig")
    rijen = list(csv.DictReader(io.StringIO(tekst, newline=""), delimiter=";", strict=True))
    if any(None in rij or None in rij.values() for rij in rijen):
        raise ValueError("rijen van ongelijke lengte")
    return rijen


def getal_uit_cel(cel: str) -> float:
    """The number in a cell, NaN when it is empty. Raises ValueError."""
    return float(cel.replace(",", ".") or "nan")


def _cel(waarde: object) -> str:
    if waarde is None or waarde != waarde:
        return ""
    if isinstance(waarde, Integral) and not isinstance(waarde, bool):
        return str(int(waarde))
    if isinstance(waarde, Real) and not isinstance(waarde, bool):
        return repr(float(waarde)).replace(".", ",")
    tekst = str(veilige_cel(str(waarde)))
    return '"' + tekst.replace('"', '""') + '"'

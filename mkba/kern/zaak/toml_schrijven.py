"""Write an aanpak as TOML that reads back identically, with a Dutch comment per question."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Any, Final

from mkba.kern.woorden.effectvelden import EFFECTVELDEN, EFFECTVRAGEN
from mkba.kern.woorden.velden import VELDEN, VRAGEN, Veld
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.meetherkomst import TABEL

_KOP: Final = """\
# Invoer voor mkba: de antwoorden op vraag 1 tot en met {}.
# Aandelen zijn fracties: 0.31 is 31%. Bedragen zijn euro's per jaar.
# Een regel met # ervoor is niet ingevuld; daar geldt de waarde die erachter staat.
"""


def schrijf_toml(aanpak: Aanpak, herkomst: str = "") -> str:
    """TOML text with a line per field, in the order of the invoerscherm.

    ``herkomst``: where the answers come from, as comment lines at the top.

    Fields that the user gave are written; fields that a kengetal or a default filled in are comments, so
    that reading the text gives an equal Aanpak, including what was given.
    """
    effecten = [*_effectmeting(aanpak)]
    kop = _KOP.format(max(EFFECTVRAGEN if effecten else VRAGEN))
    regels = [kop + "".join(f"# {regel}\n" for regel in wrap(" ".join(herkomst.split()), 110))]
    vraag = None
    for sleutel, waarde in aanpak.plat().items():
        veld = VELDEN[sleutel]
        if veld.vraag != vraag and veld.vraag:
            regels.append(f"\n# {veld.vraag}. {VRAGEN[veld.vraag]}")
        vraag = veld.vraag
        regels.append(_regel(veld, waarde, aanpak))
    return "\n".join([*regels, *effecten, *_meting(aanpak)]) + "\n"


def _meting(aanpak: Aanpak) -> Iterator[str]:
    """Where answers were measured; of those that were changed afterwards nothing."""
    if not (records := aanpak.gemeten_in):
        return
    yield "\n# Waar is gemeten. Een regel geldt zolang het antwoord erboven niet verandert."
    yield f"[{TABEL}]"
    for sleutel, record in records.items():
        delen = ", ".join(f"{k} = {_als_toml(w)}" for k, w in record.als_tabel().items())
        yield f'"{sleutel}" = {{ {delen} }}'


def _effectmeting(aanpak: Aanpak) -> Iterator[str]:
    """Questions 16 to 18, those that were given; of an aanpak without them nothing."""
    plat = aanpak.effectmeting.plat() if aanpak.effectmeting else {}
    gegeven = {s: w for s, w in plat.items() if s in aanpak.opgegeven}
    if gegeven:
        yield "\n# Uitkomsten effectmeting: vraag 16 tot en met 18, in plaats van 11, 12 en 14."
    vraag = None
    for sleutel, waarde in gegeven.items():
        veld = EFFECTVELDEN[sleutel]
        if veld.vraag != vraag and veld.soort not in ("ja_nee", "keuze"):
            yield f"\n# {veld.vraag}. {EFFECTVRAGEN[veld.vraag]}"
            vraag = veld.vraag
        yield _regel(veld, waarde, aanpak)


def _regel(veld: Veld, waarde: Any, aanpak: Aanpak) -> str:
    sleutel = veld.sleutel
    if sleutel in aanpak.opgegeven or (not aanpak.opgegeven and waarde is not None):
        return f"{sleutel} = {_als_toml(waarde)}  # {veld.label}"
    if waarde is None:
        return f"# {sleutel} =   # {veld.label}: niet bekend"
    bron = "kengetal" if sleutel in aanpak.uit_kengetal else "standaard"
    return f"# {sleutel} = {_als_toml(waarde)}  # {veld.label}: {bron}"


def _als_toml(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    if isinstance(waarde, str):
        ontsnapt = waarde.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{ontsnapt}"'
    if isinstance(waarde, tuple):
        return f"[{', '.join(_als_toml(deel) for deel in waarde)}]"
    return str(int(waarde)) if float(waarde).is_integer() else repr(float(waarde))

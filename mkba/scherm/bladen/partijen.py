"""Who pays and who gains: the NCW per party, and uitvoerscherm B, as HTML text.

Imported when its tab is first in view: the tables of the report that it shows take half a second to import.
"""

from functools import lru_cache

import pandas as pd

from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import STAP_EUR, euro
from mkba.model.berekening import Uitkomst
from mkba.scherm.uitvoer import NOG_NIET, afrondnoot, tabel
from mkba.scherm.vorm import beelden
from mkba.uitvoer.aanpak.tabellen import TOTAALRIJ, TOTAALRIJEN, partijen_begroting, partijen_ncw

_KOPPEN = ("kosten", "baten", "waarvan immaterieel", "saldo")
_BEDRAGEN = ["kosten", "baten", "immaterieel", "saldo"]


def scherm_b(nu: Uitkomst | None, naast: Uitkomst | None) -> str:
    """Who pays and who gains of one year of work (NCW), and in the third year of a running aanpak (figuur 3.3)."""
    if nu is None:
        return NOG_NIET
    ncw, begroting = _per_partij(nu)
    ncw_naast, begroting_naast = _per_partij(naast) if naast is not None else (None, None)
    figuur = beelden.wie_betaalt([r[:4] for r in begroting.itertuples(name=None) if r[0] != TOTAALRIJ])
    alle_jaren = "Alle jaren van een jaar aanpak samen, contant gemaakt: de totalen zijn die van uitvoerscherm A."
    een_jaar = (
        "Kasstromen in één jaar, twee jaar na de start, van een aanpak die elk jaar doorloopt; niet contant gemaakt."
    )
    return (
        _rooster("NCW van een jaar aanpak, per partij", ncw, ncw_naast, alle_jaren)
        + _rooster("Begroting na 2 jaar, per partij", begroting, begroting_naast, een_jaar)
        + figuur
    )


@lru_cache(maxsize=4)
def _per_partij(uitkomst: Uitkomst) -> tuple[pd.DataFrame, pd.DataFrame]:
    """NCW and budget; kept per outcome: the one to compare with stays the same from change to change."""
    return partijen_ncw(uitkomst).frame, partijen_begroting(uitkomst).frame


def _rooster(kop: str, frame: pd.DataFrame, naast: pd.DataFrame | None, noot: str) -> str:
    koppen = [*_KOPPEN, *(["saldo vergelijking"] if naast is not None else [])]
    rijen = []
    for partij, *bedragen in frame[_BEDRAGEN].itertuples(name=None):
        bedragen += [naast.at[partij, "saldo"]] if naast is not None else []
        cellen = [euro(float(w), STAP_EUR) for w in bedragen]
        rijen.append((str(partij), 0 if partij in TOTAALRIJEN else 1, "", cellen))
    af = frame[_BEDRAGEN].map(lambda w: rond(float(w), STAP_EUR))
    sommen = [(r.saldo, [r.baten, -r.kosten]) for r in af.itertuples()]
    sommen += [(af.at[heel, k], [af.at[deel, k] for deel in delen]) for heel, delen in _delen(af) for k in af]
    return f'{tabel(kop, koppen, rijen)}<p class="mkba-noot">{noot}{afrondnoot(sommen)}</p>'


def _delen(frame: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """The totals of a table per party with the rows that they are the sum of."""
    gemeente, alle = TOTAALRIJEN
    namen = list(frame.index)
    boven = namen[: namen.index(gemeente)]
    return [(gemeente, boven), (alle, [n for n in namen if n not in (*boven, alle)])]

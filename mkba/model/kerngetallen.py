"""The key figures of MODEL section 7 as sums over the ledger, each calculated when it is first asked for.

A ratio with costs of 0 is NaN. Gemeentelijk counts the gemeente's share of financial costs and benefits only
(meta-analysis §4.1). The balance of a payer is what its ratio says in euros: 0 where the ratio is 1.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import numpy as np

from mkba.kern.woorden.begrippen import (
    BATENPOSTEN,
    FINANCIELE_BATEN,
    GEMEENTE,
    IMMATERIELE_BATEN,
    KOSTENPOSTEN,
    POSTEN,
    UITKOMSTEN,
)
from mkba.model.grootboek import Grootboek, deel
from mkba.model.reeksen import Reeks, optellen


class Kerngetallen(Mapping[str, Reeks]):
    """Posts, totals, ratios and balances by key, each (S,), not to be written in: euros NCW and ratios, unrounded.

    ``caseload`` gives the key figures that are no sum over the ledger.
    """

    def __init__(self, boek: Grootboek, scenarios: int = 1, caseload: Callable[[], Mapping[str, Reeks]] = dict) -> None:
        self.boek, self.scenarios = boek, scenarios
        self._caseload = caseload
        self._bekend: dict[str, Reeks] = {}

    def __getitem__(self, sleutel: str) -> Reeks:
        if sleutel not in UITKOMSTEN:
            raise KeyError(sleutel)
        reeks = self._van(sleutel)
        if reeks.size != self.scenarios:
            return np.broadcast_to(reeks, (self.scenarios,))
        uit = reeks.view()
        uit.flags.writeable = False
        return uit

    def __iter__(self) -> Iterator[str]:
        return iter(UITKOMSTEN)

    def __len__(self) -> int:
        return len(UITKOMSTEN)

    def _van(self, sleutel: str) -> Reeks:
        """(S or 1,), calculated once."""
        if sleutel not in self._bekend:
            self._bekend |= (
                {sleutel: _FORMULES[sleutel](self._van, self.boek)} if sleutel in _FORMULES else self._caseload()
            )
        return self._bekend[sleutel]


def posten_voor(sleutels: Iterable[str]) -> frozenset[str]:
    """The posts that a ledger must have for these keys."""
    return frozenset(post for sleutel in sleutels for post in _NODIG.get(sleutel, POSTEN))


_Van = Callable[[str], Reeks]
_Formule = Callable[[_Van, Grootboek], Reeks]


def _post(naam: str) -> _Formule:
    return lambda van, boek: boek.ncw(naam)


def _som(posten: tuple[str, ...]) -> _Formule:
    return lambda van, boek: optellen(van(post) for post in posten)


_SOMMEN: Final[dict[str, tuple[str, ...]]] = {
    "totale_kosten": KOSTENPOSTEN,
    "besparing_organisatie": ("nieuw_voor_oud", "substitutie"),
    "immaterieel": IMMATERIELE_BATEN,
    "totale_baten": BATENPOSTEN,
}
_NODIG: Final[dict[str, tuple[str, ...]]] = {
    **{post: (post,) for post in POSTEN},
    **_SOMMEN,
    **dict.fromkeys(("fte_kengetal", "huishoudens_bij_fte", "frictie_kengetal"), ()),
}
"""The posts that a key is made of; a key that is not here needs them all."""
_BATEN_GEMEENTE: Final = "financiële baten van de gemeente"
_KOSTEN_GEMEENTE: Final = "kosten van de gemeente"
_FORMULES: Final[dict[str, _Formule]] = {
    **{post: _post(post) for post in POSTEN},
    **{sleutel: _som(posten) for sleutel, posten in _SOMMEN.items()},
    "saldo": lambda van, boek: van("totale_baten") - van("totale_kosten"),
    "saldo_financieel": lambda van, boek: van("totale_baten") - van("immaterieel") - van("totale_kosten"),
    "saldo_gemeente": lambda van, boek: van(_BATEN_GEMEENTE) - van(_KOSTEN_GEMEENTE),
    "kb_financieel": lambda van, boek: deel(van("totale_baten") - van("immaterieel"), van("totale_kosten")),
    "kb_maatschappelijk": lambda van, boek: deel(van("totale_baten"), van("totale_kosten")),
    "kb_gemeentelijk": lambda van, boek: deel(van(_BATEN_GEMEENTE), van(_KOSTEN_GEMEENTE)),
    # parts of the two above, shown by nobody
    _BATEN_GEMEENTE: lambda van, boek: boek.ncw(FINANCIELE_BATEN, GEMEENTE),
    _KOSTEN_GEMEENTE: lambda van, boek: boek.ncw(KOSTENPOSTEN, GEMEENTE),
}

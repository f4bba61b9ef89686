"""The key figures of MODEL section 7 as sums over the ledger, each calculated when it is first asked for.

A ratio with costs of 0 is NaN. Gemeentelijk counts the gemeente's share of financial costs and benefits only
(meta-analysis §4.1). The balance of a payer is what its ratio says in euros: 0 where the ratio is 1.
"""

from collections.abc import Callable, Iterator, Mapping
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
        return np.broadcast_to(self._van(sleutel), (self.scenarios,))

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


_Van = Callable[[str], Reeks]
_Formule = Callable[[_Van, Grootboek], Reeks]


def _post(naam: str) -> _Formule:
    return lambda van, boek: boek.ncw(naam)


def _som(posten: tuple[str, ...]) -> _Formule:
    return lambda van, boek: optellen(van(post) for post in posten)


_BATEN_GEMEENTE: Final = "financiële baten van de gemeente"
_KOSTEN_GEMEENTE: Final = "kosten van de gemeente"
_FORMULES: Final[dict[str, _Formule]] = {
    **{post: _post(post) for post in POSTEN},
    "totale_kosten": _som(KOSTENPOSTEN),
    "besparing_organisatie": _som(("nieuw_voor_oud", "substitutie")),
    "immaterieel": _som(IMMATERIELE_BATEN),
    "totale_baten": _som(BATENPOSTEN),
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

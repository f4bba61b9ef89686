"""The ledger: euros by post x jaar x actor, of one year of work in the aanpak.

A ledger consists of *regels* (lines). A line belongs to one post and carries, per scenario, one amount:
its net present value at the base discount rate. It names its tijdprofiel and its verdeling; two small tables say how
those fall over the years (``per_jaar``) and over the actors (``aandelen``). The full cube is the product
of the three and is only built when somebody asks for it; every published figure is a sum over it.

Signs: costs and benefits are both positive; ``saldo`` is benefits minus costs. Amounts are real euros at
the price level of the rule set. Year 0 is the year of work and is not discounted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from mkba.kern.catalogus.rekenwaarden import ACTORVERDELINGEN, TIJDPROFIELEN
from mkba.kern.woorden.begrippen import AANTAL_JAREN, ACTOREN, BATENPOSTEN, KOSTENPOSTEN, POSTEN
from mkba.model.reeksen import Reeks, optellen, som

MOEDERORGANISATIES: Final = "moederorganisaties"
"""The verdeling of existing money: over the organisations that the members of this team come from."""
VERDELINGEN: Final = (*ACTORVERDELINGEN, MOEDERORGANISATIES)


@dataclass(frozen=True, slots=True, eq=False)
class Regel:
    """A line of the ledger: what it is called, how much, when it falls and over whom.

    ``naam`` begins with its post ("escalatie.zw.oudere"); ``bedrag`` (S,) or (1,): euros, NCW at the base rate;
    ``tijd``: one of TIJDPROFIELEN; ``verdeling``: one of :data:`VERDELINGEN`.
    """

    naam: str
    bedrag: Reeks
    tijd: str
    verdeling: str

    @property
    def post(self) -> str:
        """The post of uitvoerscherm A that the line belongs to."""
        return self.naam.partition(".")[0]


@dataclass(frozen=True, eq=False)
class Grootboek:
    """Ledger for S scenarios.

    ``aandelen`` (S or 1, verdeling, actor): shares, in the order of :data:`VERDELINGEN`;
    ``per_jaar`` (S or 1, profiel, jaar): euros in a year per euro of NCW; ``discontofactoren`` (S or 1, jaar): value
    today of a euro in year j.
    """

    regels: tuple[Regel, ...]
    aandelen: Reeks
    per_jaar: Reeks
    discontofactoren: Reeks

    def maal(self, factoren: Mapping[str, ArrayLike]) -> "Grootboek":
        """The ledger with the amounts of some lines, by name, times a factor (one, or one per scenario)."""
        regels = (
            replace(r, bedrag=r.bedrag * np.asarray(factoren[r.naam])) if r.naam in factoren else r for r in self.regels
        )
        return replace(self, regels=tuple(regels))

    @cached_property
    def _naar_voet(self) -> Reeks | None:
        """(S or 1, profiel): from the base rate to the rate of the rule set; None when they are the same."""
        factor = som(self.per_jaar * self.discontofactoren[:, None], 2)
        factor[np.abs(factor - 1.0) <= 1e-12] = 1.0  # discounted at the base rate: nothing changes
        return None if (factor == 1.0).all() else factor

    def ncw_van_regel(self, regel: Regel) -> Reeks:
        """(S or 1,): euros, net present value at the discount rate of the rule set."""
        if self._naar_voet is None:
            return regel.bedrag
        return np.asarray(regel.bedrag * self._naar_voet[:, TIJDPROFIELEN.index(regel.tijd)])

    def ncw(self, posten: str | Iterable[str], actoren: tuple[str, ...] | None = None) -> Reeks:
        """(S or 1,): net present value in euros of one or more posts, for all or some actors."""
        gekozen = (posten,) if isinstance(posten, str) else posten
        regels = [regel for post in gekozen for regel in self._van_post[post]]
        if actoren is None:
            return optellen(self.ncw_van_regel(r) for r in regels)
        deel = som(self.aandelen[:, :, [ACTOREN.index(a) for a in actoren]], 2)  # (S or 1, verdeling)
        return optellen(self.ncw_van_regel(r) * deel[:, VERDELINGEN.index(r.verdeling)] for r in regels)

    @cached_property
    def _van_post(self) -> dict[str, list[Regel]]:
        uit: dict[str, list[Regel]] = {post: [] for post in POSTEN}
        for regel in self.regels:
            uit[regel.post].append(regel)
        return uit

    def _aandelen(self, verdeling: str) -> Reeks:
        return self.aandelen[:, VERDELINGEN.index(verdeling)]

    @cached_property
    def kubus(self) -> Reeks:
        """(S, post, jaar, actor): euros in the year in which they fall, not discounted."""
        aantal = max(len(self.aandelen), len(self.per_jaar), *(regel.bedrag.size for regel in self.regels))
        uit = np.zeros((aantal, len(POSTEN), AANTAL_JAREN, len(ACTOREN)))
        for regel in self.regels:
            in_jaar = regel.bedrag[:, None] * self.per_jaar[:, TIJDPROFIELEN.index(regel.tijd)]
            uit[:, POSTEN.index(regel.post)] += in_jaar[:, :, None] * self._aandelen(regel.verdeling)[:, None]
        return uit

    @cached_property
    def kubus_ncw(self) -> Reeks:
        """(S, post, jaar, actor): the same euros, discounted to year 0."""
        return np.asarray(self.kubus * self.discontofactoren[:, None, :, None])

    def begroting(self, jaar: int = 2) -> Reeks:
        """(S, post, actor): cash flows in ``jaar`` of an aanpak that has run every year since year 0.

        The cohorts that started in years 0 ... ``jaar`` are stacked (uitvoerscherm B: jaar = 2). Not
        discounted. Costs that end while the aanpak runs are in it: ``verloop.begroting`` leaves them out.
        Raises ValueError for a year outside 0 ... 9.
        """
        if not 0 <= jaar < AANTAL_JAREN:
            raise ValueError(f"jaar {jaar} ligt niet tussen 0 en {AANTAL_JAREN - 1}")
        return som(self.kubus[:, :, : jaar + 1], 2)

    def kasstromen(self) -> tuple[Reeks, Reeks]:
        """Costs and benefits per year, each (S, jaar), euros of that year, both positive (figuur 4.1)."""
        per_post = som(self.kubus, 3)
        return som(per_post[:, _index(KOSTENPOSTEN)], 1), som(per_post[:, _index(BATENPOSTEN)], 1)


def _index(posten: Sequence[str]) -> list[int]:
    return [POSTEN.index(p) for p in posten]


def per_jaar(gewichten: Reeks, basis: Reeks) -> Reeks:
    """Euros in each year per euro of NCW: weights scaled so that the sum discounted at ``basis`` is 1.

    gewichten (S or 1, profiel, jaar), basis (S or 1,) a yearly rate -> (S or 1, profiel, jaar).
    """
    contant = som(gewichten * discontofactoren(basis)[:, None], 2)
    return np.asarray(gewichten / contant[:, :, None])


def discontofactoren(voet: Reeks, lang: Reeks | None = None) -> Reeks:
    """(S or 1, jaar): value today of a euro in year j, by a term structure.

    ``voet`` (S or 1,) a yearly rate; ``lang`` (S or 1, 2): the rate of the years after a year, and that year (0: there
    is none). The rates are those of one year, (1 + r_1) ... (1 + r_j), so a factor never jumps where they change.
    Year by year: a vectorised power may round by its place in the array.
    """
    per_jaar_ = np.repeat((1.0 + voet)[:, None], AANTAL_JAREN, axis=1)
    if lang is not None and lang[:, 1].any():
        na = lang[:, 1:]
        per_jaar_ = np.where((na > 0) & (np.arange(AANTAL_JAREN) > na), 1.0 + lang[:, :1], per_jaar_)
    per_jaar_[:, 0] = 1.0
    return np.asarray(1.0 / np.cumprod(per_jaar_, axis=1))


def deel(teller: Reeks, noemer: Reeks) -> Reeks:
    """Ratio, NaN where the denominator is 0."""
    vorm = np.broadcast_shapes(teller.shape, noemer.shape)
    with np.errstate(over="ignore"):
        return np.asarray(np.divide(teller, noemer, out=np.full(vorm, np.nan), where=noemer != 0))

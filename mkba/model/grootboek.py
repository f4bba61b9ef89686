"""The ledger: euros by post x jaar x actor, of one year of work in the aanpak.

A ledger consists of *regels* (lines). A line belongs to one post and carries, per scenario, one amount:
its net present value at the base discount rate. Two small tables say how that amount falls over the years
(``per_jaar``, per tijdprofiel) and over the actors (``per_actor``, per line). The full cube is the product
of the three and is only built when somebody asks for it; every published figure is a sum over it.

Signs: costs and benefits are both positive; ``saldo`` is benefits minus costs. Amounts are real euros at
the price level of the rule set. Year 0 is the year of work and is not discounted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mkba.kern.begrippen import (
    AANTAL_JAREN,
    ACTOREN,
    BATENPOSTEN,
    FINANCIELE_BATEN,
    GEMEENTE,
    IMMATERIELE_BATEN,
    KOSTENPOSTEN,
    POSTEN,
)
from mkba.kern.sleutels import TIJDPROFIELEN
from mkba.model.reeksen import Reeks, som


@dataclass(frozen=True, slots=True)
class Regel:
    """What a line of the ledger is: its post, its own name and how it falls over the years."""

    post: str
    naam: str
    tijd: str


@dataclass(frozen=True, eq=False)
class Grootboek:
    """Ledger for S scenarios.

    ``bedragen`` (S, regel): euros, NCW at the base rate; ``per_actor`` (S or 1, regel, actor): shares;
    ``per_jaar`` (S or 1, profiel, jaar): euros in a year per euro of NCW; ``disconto`` (S or 1,).
    """

    regels: tuple[Regel, ...]
    bedragen: Reeks
    per_actor: Reeks
    per_jaar: Reeks
    disconto: Reeks

    @cached_property
    def discontofactoren(self) -> Reeks:
        """(S or 1, jaar): value today of a euro in year j, (1 + r)^-j."""
        return _discontofactoren(self.disconto)

    @cached_property
    def ncw_per_regel(self) -> Reeks:
        """(S, regel): euros, net present value at the discount rate of the rule set."""
        factor = som(self.per_jaar * self.discontofactoren[:, None], 2)
        factor[np.abs(factor - 1.0) <= 1e-12] = 1.0  # discounted at the base rate: nothing changes
        if (factor == 1.0).all():
            return self.bedragen
        return np.asarray(self.bedragen * factor[:, self._profiel_van_regel])

    @cached_property
    def _regels_van_post(self) -> dict[str, list[int]]:
        uit: dict[str, list[int]] = {post: [] for post in POSTEN}
        for i, regel in enumerate(self.regels):
            uit[regel.post].append(i)
        return uit

    @cached_property
    def _profiel_van_regel(self) -> list[int]:
        return [TIJDPROFIELEN.index(r.tijd) for r in self.regels]

    def ncw(self, posten: str | Iterable[str], actoren: Iterable[str] | None = None) -> Reeks:
        """(S,): net present value in euros of one or more posts, for all or some actors."""
        gekozen = (posten,) if isinstance(posten, str) else posten
        plaatsen = sorted({i for post in gekozen for i in self._regels_van_post[post]})
        bedragen, wie = self.ncw_per_regel, [ACTOREN.index(a) for a in actoren or ()]
        uit = np.zeros(1)
        for i in plaatsen:  # line by line, so that a scenario does not depend on the others (see som)
            uit = uit + (bedragen[:, i] if actoren is None else bedragen[:, i] * som(self.per_actor[:, i, wie], 1))
        return uit

    @cached_property
    def kubus(self) -> Reeks:
        """(S, post, jaar, actor): euros in the year in which they fall, not discounted."""
        aantal = max(len(self.bedragen), len(self.per_jaar), len(self.per_actor))
        uit = np.zeros((aantal, len(POSTEN), AANTAL_JAREN, len(ACTOREN)))
        for i, (regel, profiel) in enumerate(zip(self.regels, self._profiel_van_regel, strict=True)):
            in_jaar = self.bedragen[:, i, None] * self.per_jaar[:, profiel]
            uit[:, POSTEN.index(regel.post)] += in_jaar[:, :, None] * self.per_actor[:, i, None]
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
    contant = som(gewichten * _discontofactoren(basis)[:, None], 2)
    return np.asarray(gewichten / contant[:, :, None])


def _discontofactoren(voet: Reeks) -> Reeks:
    """(S or 1, jaar): (1 + r)^-j, year by year: a vectorised power may round by its place in the array."""
    per_jaar_ = np.repeat((1.0 + voet)[:, None], AANTAL_JAREN, axis=1)
    per_jaar_[:, 0] = 1.0
    return np.asarray(1.0 / np.cumprod(per_jaar_, axis=1))


def kerngetallen(boek: Grootboek) -> dict[str, Reeks]:
    """Posts, totals and the three ratios, each (S,): euros NCW unrounded, ratios unrounded.

    A ratio with costs of 0 is NaN. Gemeentelijk counts the gemeente's share of financial costs and
    benefits only (meta-analysis §4.1).
    """
    uit = {post: boek.ncw(post) for post in POSTEN}
    uit["totale_kosten"] = _som(uit, KOSTENPOSTEN)
    uit["besparing_organisatie"] = uit["nieuw_voor_oud"] + uit["substitutie"]
    uit["immaterieel"] = _som(uit, IMMATERIELE_BATEN)
    uit["totale_baten"] = _som(uit, BATENPOSTEN)
    uit["saldo"] = uit["totale_baten"] - uit["totale_kosten"]
    uit["kb_financieel"] = deel(uit["totale_baten"] - uit["immaterieel"], uit["totale_kosten"])
    uit["kb_maatschappelijk"] = deel(uit["totale_baten"], uit["totale_kosten"])
    uit["kb_gemeentelijk"] = deel(
        boek.ncw(FINANCIELE_BATEN, GEMEENTE),
        boek.ncw(KOSTENPOSTEN, GEMEENTE),
    )
    return uit


def _som(bedragen: dict[str, Reeks], posten: Sequence[str]) -> Reeks:
    uit = bedragen[posten[0]]
    for post in posten[1:]:
        uit = uit + bedragen[post]
    return uit


def deel(teller: Reeks, noemer: Reeks) -> Reeks:
    """Ratio, NaN where the denominator is 0."""
    vorm = np.broadcast_shapes(teller.shape, noemer.shape)
    with np.errstate(over="ignore"):
        return np.asarray(np.divide(teller, noemer, out=np.full(vorm, np.nan), where=noemer != 0))

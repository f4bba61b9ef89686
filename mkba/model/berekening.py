"""The calculation, in one order from top to bottom: :func:`bereken`.

The same code serves one aanpak (S = 1) and a million scenarios; :func:`bereken_reeks` feeds the latter
through in blocks so that memory stays bounded, on any ``concurrent.futures`` executor.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from mkba.kern.aanpak import Aanpak
from mkba.kern.begrippen import DISCIPLINES, POSTEN, SLEUTELS
from mkba.kern.kengetallen import Kengetallen
from mkba.kern.sleutels import ACTORVERDELINGEN
from mkba.model import posten
from mkba.model.grootboek import Grootboek, Regel, deel, kerngetallen, per_jaar
from mkba.model.reeksen import InvoerReeksen, Reeks, Rekenwaarden, Varieer, maak_reeksen, som
from mkba.model.verdelen import verdeel

BLOK: Final = 16_384
"""Scenarios per block: small enough for the processor cache, large enough to make overhead vanish."""

_TIJD: Final[dict[str, str]] = {
    "kosten_aanpak": "kosten",
    "frictiekosten": "kosten",
    "kosten_extra_zorg": "kosten",
    "nieuw_voor_oud": "nieuw_voor_oud",
    "substitutie": "substitutie",
    "escalatie": "escalatie",
    "ontwikkelingskansen": "kinderen",
    "kwaliteit_van_leven": "kwaliteit",
    "overlast": "overlast",
}
"""Which tijdprofiel a post follows; the lines of effectiviteit each have their own."""


@dataclass(frozen=True, eq=False, repr=False)
class Uitkomst:
    """Outcome of an aanpak: the ledger and the calculated kengetallen, all with a scenario axis."""

    aanpak: Aanpak
    kengetallen: Kengetallen
    grootboek: Grootboek
    fte_kengetal: Reeks
    huishoudens_bij_fte: Reeks
    frictie_kengetal: Reeks

    @cached_property
    def reeksen(self) -> dict[str, Reeks]:
        """The public keys (MODEL section 7), each (S,): euros NCW unrounded, ratios unrounded."""
        uit = kerngetallen(self.grootboek)
        uit |= {
            "fte_kengetal": self.fte_kengetal,
            "huishoudens_bij_fte": self.huishoudens_bij_fte,
            "frictie_kengetal": self.frictie_kengetal,
        }
        return {sleutel: uit[sleutel] for sleutel in SLEUTELS}

    @cached_property
    def sleutels(self) -> dict[str, float]:
        """The public keys of the first scenario as plain numbers."""
        return {sleutel: float(reeks[0]) for sleutel, reeks in self.reeksen.items()}

    def __getitem__(self, sleutel: str) -> float:
        _controleer_sleutels((sleutel,))
        return self.sleutels[sleutel]

    def __repr__(self) -> str:
        return (
            f"Uitkomst({self.aanpak.naam!r}: saldo {self['saldo']:.0f}, maatschappelijk "
            f"{self['kb_maatschappelijk']:.3f}, {self.grootboek.bedragen.shape[0]} scenario's)"
        )


def bereken(aanpak: Aanpak, kengetallen: Kengetallen, varieer: Varieer | None = None) -> Uitkomst:
    """Calculate one aanpak; with ``varieer`` one scenario per value of the varied fields or kengetallen.

    Returns an Uitkomst whose arrays have S scenarios (S = 1 without ``varieer``). For many scenarios of
    which only the key figures matter, use :func:`bereken_reeks`.
    """
    invoer, waarden = maak_reeksen(aanpak, kengetallen, varieer)
    fte, huishoudens, frictie = caseload_kengetallen(invoer, waarden)
    boek = maak_grootboek(invoer, waarden)
    return Uitkomst(aanpak, kengetallen, boek, fte, huishoudens, frictie)


def maak_grootboek(invoer: InvoerReeksen, waarden: Rekenwaarden) -> Grootboek:
    """All posts, in the order of uitvoerscherm A, as one ledger."""
    b = posten.basis(invoer)
    bedragen: posten.Bedragen = {}
    bedragen |= posten.kosten_aanpak(invoer, waarden)
    bedragen |= posten.frictiekosten(invoer, waarden)
    bedragen |= posten.kosten_extra_zorg(invoer, waarden, b)
    bedragen |= posten.nieuw_voor_oud(invoer, waarden, b)
    bedragen |= posten.substitutie(invoer, waarden)
    bedragen |= posten.effectiviteit(invoer, waarden, b)
    bedragen |= posten.escalatie(invoer, waarden, b)
    bedragen |= posten.ontwikkelingskansen(invoer, waarden, b)
    bedragen |= posten.kwaliteit_van_leven(invoer, waarden, b)
    bedragen |= posten.overlast(invoer, waarden, b)
    regels = _regels(tuple(bedragen))
    return Grootboek(
        regels=regels,
        bedragen=_stapel(list(bedragen.values())),
        per_actor=_actoren(regels, invoer, waarden),
        per_jaar=per_jaar(waarden.tijd, waarden.disconto_basis),
        disconto=waarden.disconto,
    )


def caseload_kengetallen(invoer: InvoerReeksen, waarden: Rekenwaarden) -> tuple[Reeks, Reeks, Reeks]:
    """Fte by the caseload of tabel 2.6, households at the given fte, and the kengetal frictie, each (S,).

    Without households that take time, the second is NaN; without a team the third is 0.
    """
    per_huishouden = som(som(invoer.type[:, :, None] * invoer.zwaarte, 1) / waarden.caseload, 1)
    fte = invoer.huishoudens * per_huishouden
    huishoudens = deel(invoer.huishoudens * invoer.fte, fte)
    tekort = np.where(invoer.fte > 0, deel(invoer.fte - fte, invoer.fte), 0.0)
    return tuple(np.broadcast_arrays(fte, huishoudens, np.maximum(tekort, 0.0)))  # type: ignore[return-value]


def bereken_reeks(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    varieer: Mapping[str, ArrayLike],
    sleutels: Sequence[str] = SLEUTELS,
    blok: int = BLOK,
    executor: Executor | None = None,
) -> dict[str, Reeks]:
    """Key figures of many scenarios, in blocks: {key: (S,)}.

    ``executor`` (any ``concurrent.futures`` executor: threads, processes, ``Client.get_executor()`` of dask) spreads
    the blocks; the numbers do not depend on it or on ``blok``, to the last bit.
    Memory grows with the varied fields and the requested keys only
    (8 bytes per scenario each).
    """
    reeksen = {k: np.atleast_1d(np.asarray(v, dtype=np.float64)) for k, v in varieer.items()}
    aantal = max((r.size for r in reeksen.values()), default=1)
    uit = {s: np.empty(aantal) for s in sleutels}
    grenzen = [(van, min(van + blok, aantal)) for van in range(0, aantal, blok)]
    delen = ({k: r if r.size == 1 else r[van:tot] for k, r in reeksen.items()} for van, tot in grenzen)
    uitkomsten = bereken_blokken(aanpak, kengetallen, delen, sleutels, executor)
    for (van, tot), kolommen in zip(grenzen, uitkomsten, strict=True):
        for sleutel, kolom in kolommen.items():
            uit[sleutel][van:tot] = kolom
    return uit


def bereken_blokken(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    blokken: Iterable[Mapping[str, Reeks]],
    sleutels: Sequence[str] = SLEUTELS,
    executor: Executor | None = None,
) -> Generator[dict[str, Reeks], None, None]:
    """Key figures block by block, in order: {key: (S,) or (1,)} for every ``varieer`` in ``blokken``.

    For more scenarios than fit in memory: ``blokken`` is read as the work advances (see :func:`verdeel`).
    """
    _controleer_sleutels(sleutels)
    return verdeel(partial(_reken_blok, aanpak, kengetallen, tuple(sleutels)), blokken, executor)


def _controleer_sleutels(sleutels: Sequence[str]) -> None:
    if isinstance(sleutels, str):
        raise TypeError(f"geef een rij sleutels, bijvoorbeeld ({sleutels!r},)")
    for sleutel in sleutels:
        if sleutel not in SLEUTELS:
            raise KeyError(f"{sleutel!r} is geen uitkomst; kies uit: {', '.join(SLEUTELS)}")


def _reken_blok(
    aanpak: Aanpak, kengetallen: Kengetallen, sleutels: tuple[str, ...], varieer: Mapping[str, Reeks]
) -> dict[str, Reeks]:
    uitkomst = bereken(aanpak, kengetallen, varieer)
    if set(sleutels) <= set(POSTEN):  # searches ask one post thousands of times: no totals and ratios
        return {s: uitkomst.grootboek.ncw(s) for s in sleutels}
    return {s: uitkomst.reeksen[s] for s in sleutels}


@lru_cache
def _regels(namen: tuple[str, ...]) -> tuple[Regel, ...]:
    return tuple(_regel(naam) for naam in namen)


def _regel(naam: str) -> Regel:
    post = naam.split(".")[0]
    tijd = naam.split(".")[1] if post == "effectiviteit" else _TIJD[post]
    return Regel(post, naam, tijd)


def _stapel(bedragen: list[Reeks]) -> Reeks:
    """(S, regel), each line contiguous in memory."""
    aantal = max(b.shape[0] for b in bedragen)
    uit = np.empty((len(bedragen), aantal))
    for i, bedrag in enumerate(bedragen):
        uit[i] = bedrag
    return uit.T


_PER_DOMEIN: Final = ("kosten_extra_zorg", "substitutie", "escalatie")
_VAST: Final[dict[str, str]] = {
    "kosten_aanpak.additioneel": "additioneel",
    "frictiekosten.additioneel": "additioneel",
    "frictiekosten.eenmalig": "additioneel",
    "effectiviteit.werk": "werk",
    "effectiviteit.schulden": "schulden",
    "effectiviteit.zorggebruik": "zorggebruik",
    "ontwikkelingskansen.kinderen": "kinderen",
    "kwaliteit_van_leven.schulden": "kwaliteit",
    "kwaliteit_van_leven.ouderen": "kwaliteit",
    "overlast.overlastgevend": "overlast",
    "overlast.nieuw": "overlast",
    "overlast.escalatie": "overlast",
}


def _actoren(regels: tuple[Regel, ...], invoer: InvoerReeksen, waarden: Rekenwaarden) -> Reeks:
    """(S or 1, regel, actor): the share of each actor in each line."""
    moeder = _moederorganisaties(invoer, waarden)
    aantal = max(len(waarden.actor), len(moeder))  # either may be the same for all scenarios
    delen = [np.broadcast_to(d, (aantal, *d.shape[1:])) for d in (waarden.actor, moeder[:, None])]
    alle = np.concatenate(delen, axis=1)
    return alle[:, _verdelingen(regels)]


@lru_cache
def _verdelingen(regels: tuple[Regel, ...]) -> list[int]:
    """Per line the place of its shares in ACTORVERDELINGEN; -1, the last, for the organisations of the team."""
    namen = (actorverdeling(regel) for regel in regels)
    return [-1 if naam is None else ACTORVERDELINGEN.index(naam) for naam in namen]


def actorverdeling(regel: Regel) -> str | None:
    """Which shares of actors a line follows; None for existing money: the organisations of the team members."""
    if regel.post not in _PER_DOMEIN:
        return _VAST.get(regel.naam)
    domein = regel.naam.split(".", 1)[1]
    # the trajecten that are added or replaced are those of the gemeente; an escalation also ends in Wlz care
    lichter = domein.startswith("zw.") and regel.post != "escalatie"
    return "trajecten.zw" if lichter else f"domein.{domein}"


def _moederorganisaties(invoer: InvoerReeksen, waarden: Rekenwaarden) -> Reeks:
    """(S or 1, actor): who employs the team members, every discipline in the team counting equally.

    Footnote 7 of the manual: the composition of the team steers the split of nieuw voor oud.
    """
    per_discipline = waarden.actor[:, [ACTORVERDELINGEN.index(f"discipline.{d}") for d in DISCIPLINES]]
    aantal = som(invoer.disciplines, 1)[:, None]
    gemiddeld = som(invoer.disciplines[:, :, None] * per_discipline, 1) / np.maximum(aantal, 1.0)
    zonder = waarden.actor[:, ACTORVERDELINGEN.index("geen_discipline")]
    return np.where(aantal > 0, gemiddeld, zonder)

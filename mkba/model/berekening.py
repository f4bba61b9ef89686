"""The calculation, in one order from top to bottom: :func:`bereken`.

The same code serves one aanpak (S = 1) and a million scenarios; :func:`bereken_reeks` feeds the latter
through in blocks so that memory stays bounded, on any ``concurrent.futures`` executor.
"""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import ACTORVERDELINGEN, Rekenwaarden
from mkba.kern.woorden.begrippen import DISCIPLINES, POSTEN, SLEUTELS, UITKOMSTEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model import effectmeting, posten
from mkba.model.grootboek import Grootboek, deel, discontofactoren, per_jaar
from mkba.model.kerngetallen import Kerngetallen, posten_voor
from mkba.model.reeksen import InvoerReeksen, Reeks, Varieer, maak_reeksen, som
from mkba.model.verdelen import verdeel

BLOK: Final = 16_384
"""Scenarios per block: small enough for the processor cache, large enough to make overhead vanish."""
_PER_DISCIPLINE: Final = [ACTORVERDELINGEN.index(f"discipline.{d}") for d in DISCIPLINES]
_ZONDER_DISCIPLINE: Final = ACTORVERDELINGEN.index("geen_discipline")


@dataclass(frozen=True, eq=False, repr=False)
class Uitkomst:
    """Outcome of an aanpak: the ledger and the calculated kengetallen, all with a scenario axis."""

    aanpak: Aanpak
    kengetallen: Kengetallen
    grootboek: Grootboek
    invoer: InvoerReeksen
    waarden: Rekenwaarden
    scenarios: int = 1

    @cached_property
    def reeksen(self) -> Kerngetallen:
        """The public keys (MODEL section 7) and the balances of payers, each (S,): euros NCW and ratios, unrounded."""
        return Kerngetallen(self.grootboek, self.scenarios, partial(caseload_kengetallen, self.invoer, self.waarden))

    @cached_property
    def sleutels(self) -> dict[str, float]:
        """The public keys of the first scenario as plain numbers."""
        return {sleutel: self[sleutel] for sleutel in SLEUTELS}

    def __getitem__(self, sleutel: str) -> float:
        _controleer_sleutels((sleutel,))
        return float(self.reeksen[sleutel][0])

    def __repr__(self) -> str:
        return (
            f"Uitkomst({self.aanpak.naam!r}: saldo {self['saldo']:.0f}, maatschappelijk "
            f"{self['kb_maatschappelijk']:.3f}, {self.scenarios} scenario's)"
        )


def bereken(aanpak: Aanpak, kengetallen: Kengetallen, varieer: Varieer | None = None) -> Uitkomst:
    """Calculate one aanpak; with ``varieer`` one scenario per value of the varied fields or kengetallen.

    Returns an Uitkomst whose arrays have S scenarios (S = 1 without ``varieer``). For many scenarios of
    which only the key figures matter, use :func:`bereken_reeks`.
    """
    return _bereken(aanpak, kengetallen, varieer or {}, POSTEN)


def _bereken(aanpak: Aanpak, kengetallen: Kengetallen, varieer: Varieer, gevraagd: Collection[str]) -> Uitkomst:
    """With the lines of the posts ``gevraagd`` only."""
    invoer, waarden = maak_reeksen(aanpak, kengetallen, varieer)
    scenarios = max((np.size(reeks) for reeks in varieer.values()), default=1)
    return Uitkomst(aanpak, kengetallen, maak_grootboek(invoer, waarden, gevraagd), invoer, waarden, scenarios)


def maak_grootboek(invoer: InvoerReeksen, waarden: Rekenwaarden, gevraagd: Collection[str] = POSTEN) -> Grootboek:
    """All posts, or those ``gevraagd``, in the order of uitvoerscherm A, as one ledger."""
    invoer = effectmeting.met_escalaties(invoer, waarden)
    b = posten.basis(invoer, waarden)
    rekent = [post for naam, post in zip(POSTEN, effectmeting.posten_van(invoer), strict=True) if naam in gevraagd]
    return Grootboek(
        regels=tuple(regel for post in rekent for regel in post(invoer, waarden, b)),
        aandelen=_aandelen(invoer, waarden),
        per_jaar=per_jaar(waarden.tijd, waarden.disconto_basis),
        discontofactoren=discontofactoren(waarden.disconto, waarden.disconto_lang),
    )


def caseload_kengetallen(invoer: InvoerReeksen, waarden: Rekenwaarden) -> dict[str, Reeks]:
    """Fte by the caseload of tabel 2.6, households at the given fte, and the kengetal frictie, by key, each (S or 1,).

    Without households that take time, the second is NaN; without a team the third is 0.
    """
    per_huishouden = som(som(invoer.type[:, :, None] * invoer.zwaarte, 1) / waarden.caseload, 1)
    fte = invoer.huishoudens * per_huishouden
    huishoudens = deel(invoer.huishoudens * invoer.fte, fte)
    tekort = np.where(invoer.fte > 0, deel(invoer.fte - fte, invoer.fte), 0.0)
    return {
        "fte_kengetal": fte,
        "huishoudens_bij_fte": huishoudens,
        "frictie_kengetal": np.maximum(tekort, 0.0),
    }


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
        if sleutel not in UITKOMSTEN:
            raise KeyError(f"{sleutel!r} is geen uitkomst; kies uit: {', '.join(UITKOMSTEN)}")


def _reken_blok(
    aanpak: Aanpak, kengetallen: Kengetallen, sleutels: tuple[str, ...], varieer: Mapping[str, Reeks]
) -> dict[str, Reeks]:
    reeksen = _bereken(aanpak, kengetallen, varieer, posten_voor(sleutels)).reeksen
    return {s: reeksen[s] for s in sleutels}


def _aandelen(invoer: InvoerReeksen, waarden: Rekenwaarden) -> Reeks:
    """(S or 1, verdeling, actor): the shares of the rule set, and last those of the organisations of the team.

    Who employs the team members, every discipline in the team counting equally. Footnote 7 of the manual: the
    composition of the team steers the split of nieuw voor oud.
    """
    per_discipline = waarden.actor[:, _PER_DISCIPLINE]
    aantal = som(invoer.disciplines, 1)[:, None]
    gemiddeld = som(invoer.disciplines[:, :, None] * per_discipline, 1) / np.maximum(aantal, 1.0)
    zonder = waarden.actor[:, _ZONDER_DISCIPLINE]
    moeder = np.where(aantal > 0, gemiddeld, zonder)[:, None]
    scenarios = max(len(waarden.actor), len(moeder))  # either may be the same for all scenarios
    return np.concatenate([np.broadcast_to(d, (scenarios, *d.shape[1:])) for d in (waarden.actor, moeder)], axis=1)

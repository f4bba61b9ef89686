"""The aanpak through the years: four years of growth (figuur 4.8), cumulative result and payback.

One ledger is one year of work (a cohort of households). An aanpak that keeps running starts a cohort every
year; the cash flows of a calendar year are the sum over the cohorts that have started.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import INGROEI, INGROEI_JAREN
from mkba.kern.woorden.begrippen import (
    AANTAL_JAREN,
    ACTOREN,
    BATENPOSTEN,
    FINANCIELE_BATEN,
    GEMEENTE,
    IMMATERIELE_BATEN,
    KOSTENPOSTEN,
    POSTEN,
)
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import Uitkomst, bereken
from mkba.model.reeksen import Reeks

FRICTIE, EENMALIG = ("frictiekosten.additioneel", "frictiekosten.bestaand"), "frictiekosten.eenmalig"
_VERVALT = "nieuw_voor_oud.bestaand"
"""Lines of the ledger that change while an aanpak runs."""
BEGROTINGSJAAR: Final = 2
"""The budget of uitvoerscherm B is that of the third year (year 0 is the first)."""


@dataclass(frozen=True, eq=False)
class Verloop:
    """Cash flows of calendar years 1 to 10 of a running aanpak, shape (jaar,), real euros of that year.

    ``kubus`` (jaar, post, actor) holds everything; costs and benefits are both positive.
    ``caseload`` (jaar,) is the share of the full caseload that the cohort of that year has; ``discontofactoren``
    (jaar,): value in year 1 of a euro in each year.
    """

    kubus: Reeks
    caseload: Reeks
    discontofactoren: Reeks

    @property
    def kosten(self) -> Reeks:
        """Total costs per calendar year."""
        return self._som(KOSTENPOSTEN)

    @property
    def financiele_baten(self) -> Reeks:
        """Financial benefits per calendar year, all parties."""
        return self._som(FINANCIELE_BATEN)

    @property
    def immateriele_baten(self) -> Reeks:
        """Immaterial benefits per calendar year."""
        return self._som(IMMATERIELE_BATEN)

    @property
    def saldo_maatschappelijk(self) -> Reeks:
        """Benefits minus costs per calendar year, society as a whole."""
        return self._som(BATENPOSTEN) - self.kosten

    @property
    def saldo_financieel(self) -> Reeks:
        """Financial benefits minus costs per calendar year, all payers."""
        return self.financiele_baten - self.kosten

    @property
    def saldo_gemeente(self) -> Reeks:
        """Financial benefits minus costs per calendar year, the gemeente only."""
        return self._som(FINANCIELE_BATEN, GEMEENTE) - self._som(KOSTENPOSTEN, GEMEENTE)

    def cumulatief(self, saldo: Reeks, contant: bool = False) -> Reeks:
        """Running total of a yearly saldo; ``contant`` discounts it to year 1."""
        return np.cumsum(saldo * self.discontofactoren[: saldo.size] if contant else saldo)

    def _som(self, posten: tuple[str, ...], actoren: tuple[str, ...] = ACTOREN) -> Reeks:
        rijen = [POSTEN.index(p) for p in posten]
        kolommen = [ACTOREN.index(a) for a in actoren]
        return np.asarray(self.kubus[:, rijen][:, :, kolommen].sum(axis=(1, 2)))


def frictiedeel(kengetallen: Kengetallen, jaar: int) -> float:
    """The part of the frictiepercentage of question 9 that counts in ``jaar`` (0 is the first) of a running aanpak.

    One rule for every picture in time: frictie is work that does not lapse yet at the parent organisation, so it
    counts over what is nieuw voor oud in that year, as long as the start-up takes. The budget after two years is of an
    aanpak at full strength (all of it, in its third year); in :func:`ingroei` nieuw voor oud grows as well.
    """
    return kengetallen[f"ingroei.frictie.{INGROEI_JAREN[min(jaar, len(INGROEI_JAREN) - 1)]}"]


def na_de_opstart(aanpak: Aanpak, kengetallen: Kengetallen) -> Aanpak:
    """The aanpak in a year after its start-up: with the frictie that :func:`frictiedeel` leaves then."""
    over = frictiedeel(kengetallen, len(INGROEI_JAREN) - 1)
    return aanpak.met({"frictie": aanpak.frictie * over}, kengetallen)


def begroting(uitkomst: Uitkomst, jaar: int = BEGROTINGSJAAR) -> Reeks:
    """(post, actor): cash flows in ``jaar`` of an aanpak that has run at full strength since year 0, euros.

    One-off costs count as long as they are written off, frictie by :func:`frictiedeel`.
    """
    factor = {naam: frictiedeel(uitkomst.kengetallen, jaar) for naam in FRICTIE}
    factor[EENMALIG] = float(jaar < uitkomst.aanpak.afschrijving_jaren)
    return np.asarray(uitkomst.grootboek.maal(factor).begroting(jaar)[0])


def ingroei(aanpak: Aanpak, kengetallen: Kengetallen) -> Verloop:
    """Ten years of an aanpak whose caseload and nieuw voor oud grow over four years (figuur 4.8).

    The team has its full size from the start; the caseload and the share of the team whose old work lapses grow with
    ``ingroei.*``; after the fourth year nothing changes. Until then the parent organisations pay for members whose
    old work goes on (question 6 says who is additional) and have no benefit of them yet. Frictie: see
    :func:`frictiedeel`; one-off costs during their depreciation. Effects beyond the tenth year are not shown.
    """
    jaren = np.arange(AANTAL_JAREN)
    stap = np.minimum(jaren, len(INGROEI_JAREN) - 1)
    groei = {
        wat: np.array([kengetallen[f"ingroei.{wat}.{j}"] for j in INGROEI_JAREN])[stap]
        for wat in INGROEI
        if wat != "frictie"
    }
    oud = groei["nieuw_voor_oud"]
    eenmalig = np.where(jaren < aanpak.afschrijving_jaren, aanpak.eenmalig, 0.0)
    frictie = aanpak.frictie * oud * np.array([frictiedeel(kengetallen, int(j)) for j in jaren])
    boek = bereken(
        aanpak,
        kengetallen,
        {
            "huishoudens": aanpak.huishoudens * groei["caseload"],
            "frictie": frictie,
            "eenmalig": eenmalig,
        },
    ).grootboek
    cohorten = boek.maal({_VERVALT: oud}).kubus  # (cohort, post, jaar since its start, actor)
    kubus = np.zeros((AANTAL_JAREN, len(POSTEN), len(ACTOREN)))
    for start in range(AANTAL_JAREN):
        duur = AANTAL_JAREN - start
        kubus[start:] += cohorten[start, :, :duur].swapaxes(0, 1)
    return Verloop(kubus, groei["caseload"], boek.discontofactoren[0])


def terugverdienjaar(cumulatief: Reeks) -> int | None:
    """First year (counted from 1) from which the running total stays at or above 0; None when never."""
    boven = cumulatief >= -1e-9
    if not boven[-1]:
        return None
    onder = np.flatnonzero(~boven)
    return 1 if onder.size == 0 else int(onder[-1]) + 2

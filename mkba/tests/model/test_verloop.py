"""Running aanpakken: cohorts stacked by start year, growth over four years, payback."""

import numpy as np
import pytest

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import ACTOREN, KOSTENPOSTEN, POSTEN
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.model.berekening import bereken
from mkba.model.verloop import begroting, ingroei, na_de_opstart, terugverdienjaar
from mkba.tests.hulp_posten import HAND


@pytest.fixture(scope="module")
def hand(kengetallen: Kengetallen) -> Aanpak:
    return maak_aanpak(HAND, kengetallen)


def test_ingroei_is_de_som_van_cohorten(hand: Aanpak, kengetallen: Kengetallen) -> None:
    """Calendar year 3 = year 0 of cohort 3 + year 1 of cohort 2 + year 2 of cohort 1."""
    verloop = ingroei(hand, kengetallen)
    cohorten = []
    for c in (0.25, 0.5, 0.75):
        deels = hand.met({"huishoudens": 200 * c, "frictie": 0.1 * c}, kengetallen)
        boek = bereken(deels, kengetallen).grootboek
        kubus = boek.kubus[0].copy()
        kubus -= (1 - c) * boek.maal({r.naam: r.naam == "nieuw_voor_oud.bestaand" for r in boek.regels}).kubus[0]
        cohorten.append(kubus)
    jaar3 = cohorten[2][:, 0] + cohorten[1][:, 1] + cohorten[0][:, 2]
    assert verloop.kubus[2] == pytest.approx(jaar3)


def test_wie_nog_niet_vervangen_is_kost_de_moederorganisatie_geld(hand: Aanpak, kengetallen: Kengetallen) -> None:
    """GGZ and wonen in the team, nothing additional: the insurer and the corporation pay 1.5 fte each, from the first
    year on; what their own work costs less grows in four steps. The gemeente pays no more than care and frictie."""
    team = {"disciplines": ["ggz", "wonen"], "fte": 3, "additioneel": 0, "jaarlijks": 0, "eenmalig": 0, "frictie": 0}
    verloop = ingroei(hand.met({**team, "huishoudens": 1}, kengetallen), kengetallen)
    kosten, vervalt = (verloop.kubus[:, POSTEN.index(p)] for p in ("kosten_aanpak", "nieuw_voor_oud"))
    for actor in ("zorgverzekeraar", "overig"):
        assert kosten[:, ACTOREN.index(actor)] == pytest.approx([1.5 * 102_100] * 10)
        oud = np.array([0.25, 0.5, 0.75] + [1.0] * 7)
        assert vervalt[:, ACTOREN.index(actor)] == pytest.approx(
            1.5 * 102_100 * oud, abs=15
        )  # one household's coordination
    assert np.delete(kosten, [ACTOREN.index(a) for a in ("zorgverzekeraar", "overig")], axis=1).sum() == 0


def test_frictie_een_regel_in_begroting_ingroei_en_volgend_jaar(hand: Aanpak, kengetallen: Kengetallen) -> None:
    """10% of 4 fte: all of it in the budget of the third year, over 75% in the third year of growth, none after."""

    def frictie(posten: np.ndarray) -> float:
        return float(posten[POSTEN.index("frictiekosten")].sum())

    def alle(k: Kengetallen) -> tuple[float, float, float]:
        zonder = hand.met({"eenmalig": 0}, k)
        volgend = bereken(na_de_opstart(zonder, k), k)["frictiekosten"]
        return frictie(begroting(bereken(zonder, k))), frictie(ingroei(zonder, k).kubus[2]), volgend

    assert alle(kengetallen) == pytest.approx((40_840, 0.75 * 40_840, 0))
    # who says that the start-up takes two years, or that half goes on, says so for all of them
    assert alle(kengetallen.met({"ingroei.frictie.jaar3": 0.0})) == pytest.approx((0, 0, 0))
    assert alle(kengetallen.met({"ingroei.frictie.jaar4": 0.5})) == pytest.approx((40_840, 0.75 * 40_840, 20_420))
    assert frictie(begroting(bereken(hand.met({"eenmalig": 0}, kengetallen), kengetallen), 3)) == 0


def test_na_de_ingroei_staat_de_aanpak_volledig(hand: Aanpak, kengetallen: Kengetallen) -> None:
    """From year 4 on costs are those of one full year, without frictie and depreciated one-off costs."""
    verloop = ingroei(hand, kengetallen)
    vol = bereken(hand.met({"frictie": 0, "eenmalig": 0}, kengetallen), kengetallen)
    assert verloop.kosten[3:] == pytest.approx([vol["totale_kosten"]] * 7)
    assert verloop.caseload.tolist() == [0.25, 0.5, 0.75] + [1.0] * 7
    frictie = verloop.kubus[:, POSTEN.index("frictiekosten")].sum(axis=1)
    assert frictie[:3] == pytest.approx([0.1 * 408_400 * c + 10_000 for c in (0.25, 0.5, 0.75)])
    assert frictie[3:].sum() == 0


def test_saldi_tellen_op(hand: Aanpak, kengetallen: Kengetallen) -> None:
    v = ingroei(hand, kengetallen)
    assert v.saldo_maatschappelijk == pytest.approx(v.financiele_baten + v.immateriele_baten - v.kosten)
    assert v.saldo_financieel == pytest.approx(v.financiele_baten - v.kosten)
    assert v.kosten.sum() == pytest.approx(v.kubus[:, [POSTEN.index(p) for p in KOSTENPOSTEN]].sum())
    contant = v.cumulatief(np.ones(3), contant=True)
    assert contant == pytest.approx([1, 1 + 1 / 1.055, 1 + 1 / 1.055 + 1 / 1.055**2])


@pytest.mark.parametrize(
    ("cumulatief", "jaar"),
    [([1, 2, 3], 1), ([-1, -2, 0, 4], 3), ([-1, 2, -1, 4], 4), ([-1, -2], None), ([3, -1], None)],
)
def test_terugverdienjaar(cumulatief: list[float], jaar: int | None) -> None:
    assert terugverdienjaar(np.array(cumulatief, dtype=float)) == jaar

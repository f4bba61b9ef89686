"""Running aanpakken: cohorts stacked by start year, growth over four years, payback."""

import numpy as np
import pytest

from mkba.invoer.aanpak import Aanpak, maak_aanpak
from mkba.invoer.begrippen import KOSTENPOSTEN, POSTEN
from mkba.invoer.kengetallen import Kengetallen
from mkba.model.berekening import bereken
from mkba.model.verloop import ingroei, terugverdienjaar
from mkba.tests.test_model import HAND


@pytest.fixture(scope="module")
def hand(kengetallen: Kengetallen) -> Aanpak:
    return maak_aanpak(HAND, kengetallen)


def test_ingroei_is_de_som_van_cohorten(hand: Aanpak, kengetallen: Kengetallen) -> None:
    """Calendar year 3 = year 0 of cohort 3 + year 1 of cohort 2 + year 2 of cohort 1."""
    verloop = ingroei(hand, kengetallen)
    cohorten = [
        bereken(
            hand.met(
                {
                    "huishoudens": 200 * c,
                    "additioneel": 1 - 0.75 * c,
                    "jaarlijks_additioneel": 1 - 0.6 * c,
                    "frictie": 0.1 * c,
                },
                kengetallen,
            ),
            kengetallen,
        ).grootboek.kubus[0]
        for c in (0.25, 0.5, 0.75)
    ]
    jaar3 = cohorten[2][:, 0] + cohorten[1][:, 1] + cohorten[0][:, 2]
    assert verloop.kubus[2] == pytest.approx(jaar3)


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

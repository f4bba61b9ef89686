"""A small wijk does not show in the lines of its group."""

import pandas as pd
import pytest

from mkba.analyse.effectmeting.publiceren.wijkcijfers import wijkcijfers

PERIODEN = ("2024K1", "2024K2", "2024K3", "2024K4", "2025K1", "2025K2", "2025K3", "2025K4")
DREMPEL = 10.0


def _gebied(klein: int) -> pd.DataFrame:
    """Two wijken with the aanpak from 2025 on, one of them with ``klein`` households, and three without."""
    rijen = []
    for wijk, omvang, met in (
        ("a", 4000, True),
        ("b", klein, True),
        ("c", 3000, False),
        ("d", 3500, False),
        ("e", 5000, False),
    ):
        for i, periode in enumerate(PERIODEN):
            aanpak = "ja" if met and i >= 4 else "nee"
            rijen.append((wijk, periode, aanpak, omvang, 12 + (i * 7 + omvang) % 5 if wijk != "b" else i % 3))
    return pd.DataFrame(rijen, columns=["wijk", "periode", "aanpak", "huishoudens", "huisuitzetting"])


def test_een_wijk_onder_de_honderd_huishoudens_geeft_geen_lijn_en_geen_toerekening() -> None:
    (cijfer,) = wijkcijfers(_gebied(12), DREMPEL)
    assert cijfer.lijnen is None
    assert cijfer.toerekening is None
    assert "minder dan 100 huishoudens" in cijfer.reden


def test_een_lijn_telt_de_huishoudens_van_de_groep_samen() -> None:
    """Events of both wijken over households of both, and not the mean of two rates."""
    gebied = _gebied(200)
    (cijfer,) = wijkcijfers(gebied, DREMPEL)
    assert cijfer.lijnen is not None
    met = gebied[gebied["wijk"].isin(["a", "b"])]
    blok = met[met["periode"].isin(PERIODEN[4 : 4 + cijfer.lijnen.stap])]
    verwacht = blok["huisuitzetting"].sum() / blok["huishoudens"].sum()
    assert cijfer.lijnen.met[cijfer.lijnen.start] == pytest.approx(verwacht, rel=0.05)


def test_uit_lijn_en_gemiddelde_van_twee_wijken_volgt_er_geen() -> None:
    """Before the start a has 12 + 14 + 16 + 13 = 55 and b 0 + 1 + 2 + 0 = 3 events, of 4,000 and of 200 households.

    The line says 58 of both. The mean of both rates was (55 / 4000 + 3 / 200) / 8 = 0.0036 to two digits; with one
    event of b more or fewer 0.0042 and 0.0030: nobody but 3 fits. So the mean is not said, and the line stays.
    """
    (klein,) = wijkcijfers(_gebied(200), DREMPEL)
    assert klein.lijnen is not None
    assert klein.toerekening is None
    assert "een wijk er minder dan 10 huisuitzettingen heeft (afgeschermd)" in klein.reden
    # of as many households the mean is what the line says, and b may have any number
    (even_groot,) = wijkcijfers(_gebied(4000), DREMPEL)
    assert even_groot.toerekening is not None


def test_tussen_drie_wijken_van_een_grootte_is_een_klein_aantal_niet_te_zien() -> None:
    """Wijken d, e and c hold 12 to 16 a quarter each; with 3, 4 and 5 thousand households they can stand in for each
    other, so a point per quarter stays."""
    gebied = _gebied(4000)
    gebied.loc[gebied["wijk"] == "c", "huisuitzetting"] = 3
    (cijfer,) = wijkcijfers(gebied, DREMPEL)
    assert cijfer.toerekening is not None
    assert len(cijfer.toerekening.punten) == len(PERIODEN)

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

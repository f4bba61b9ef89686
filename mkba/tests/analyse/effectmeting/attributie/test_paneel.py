"""The table gebied as a panel, and what is refused."""

import pandas as pd
import pytest

from mkba.analyse.effectmeting.attributie.paneel import maak_paneel
from mkba.kern.tekst.meldingen import InvoerFout


def tabel() -> pd.DataFrame:
    """Two wijken, two periods, the rows not in order."""
    return pd.DataFrame(
        {
            "wijk": ["Oost", "West", "West", "Oost"],
            "periode": ["2024K1", "2024K1", "2023K4", "2023K4"],
            "aanpak": ["ja", "nee", "nee", "nee"],
            "huishoudens": [100, 200, 200, 50],
            "huisuitzetting": [3, 4, 2, 1],
            "zorggebruik_eur": [100_000, 300_000, 280_000, 60_000],
        }
    )


def test_per_huishouden_en_in_de_tijd() -> None:
    p = maak_paneel(tabel(), "huisuitzetting")
    assert (p.wijken, p.perioden) == (("Oost", "West"), ("2023K4", "2024K1"))
    assert p.waarden.tolist() == [[0.02, 0.03], [0.01, 0.02]]
    assert p.start.tolist() == [1, 2]
    assert p.met_aanpak.tolist() == [True, False]
    assert maak_paneel(tabel(), "zorggebruik_eur").waarden.tolist() == [[1200.0, 1000.0], [1400.0, 1500.0]]


@pytest.mark.parametrize(
    ("kolom", "rij", "waarde", "zin"),
    [
        ("aanpak", 0, "misschien", "geen ja of nee"),
        ("huishoudens", 1, 0, "een aantal boven 0"),
        ("huisuitzetting", 2, -1, "een getal van 0 of meer"),
        ("huisuitzetting", 2, "<5", "een getal van 0 of meer"),
        ("huisuitzetting", 0, 101, "meer dan er huishoudens zijn"),
        ("periode", 0, "2023K4", "dubbel"),
        ("periode", 0, "2024K2", "ontbreekt een periode"),
    ],
)
def test_een_foute_cel_wordt_genoemd(kolom: str, rij: int, waarde: object, zin: str) -> None:
    fout = tabel().astype({kolom: object})
    fout.loc[rij, kolom] = waarde
    with pytest.raises(InvoerFout, match=zin) as wat:
        maak_paneel(fout, "huisuitzetting")
    assert all(m.bestand == "tabel gebied" for m in wat.value.meldingen)


def test_een_aanpak_die_stopt_wordt_geweigerd() -> None:
    fout = tabel()
    fout["aanpak"] = ["nee", "nee", "nee", "ja"]
    with pytest.raises(InvoerFout, match="houdt weer op"):
        maak_paneel(fout, "huisuitzetting")


def test_een_kolom_te_weinig_of_een_onbekende_uitkomst() -> None:
    with pytest.raises(InvoerFout, match="deze kolom ontbreekt"):
        maak_paneel(tabel().drop(columns="aanpak"), "huisuitzetting")
    with pytest.raises(InvoerFout, match="Kies huisuitzetting"):
        maak_paneel(tabel(), "geluk")
    with pytest.raises(InvoerFout, match="geen rijen"):
        maak_paneel(tabel().iloc[:0], "huisuitzetting")

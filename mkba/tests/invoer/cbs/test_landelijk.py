"""The national row: of the file, shipped, or the sum of the gemeenten; always with where it comes from."""

from dataclasses import replace
from pathlib import Path

import pytest

from mkba.analyse.doelgroepen import kerncijfers
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.cbs.kolommen import EDITIES
from mkba.invoer.cbs.landelijk import bereik, maak_land, meegeleverd, meldingen, waarom_niet
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.gebied import Gebied, schrijf_cijfers
from mkba.opdracht import main
from mkba.tests.hulp_cbs import HANDLAND, HANDWIJK


def gemeente(nummer: int, inwoners: float, wmo: float | None = 0.05) -> Gebied:
    return replace(
        HANDWIJK, code=f"GM{nummer:04d}", naam=f"Gemeente {nummer}", soort="gemeente", jaar=2021, inwoners=inwoners,
        huishoudens=inwoners / 2, met_kinderen=inwoners / 6, ouderen=inwoners / 5, wmo=wmo, jeugdhulp=None,
        bijstand=inwoners / 50, eenpersoons=None, zonder_kinderen=None,
    )  # fmt: skip


def test_elke_editie_is_er_of_zegt_waarom_niet() -> None:
    for jaar in EDITIES:
        land = meegeleverd(jaar)
        assert (land is None) == bool(waarom_niet(jaar) and jaar not in (2019, 2021))
    negentien, eenentwintig = meegeleverd(2019), meegeleverd(2021)
    assert negentien is not None
    assert eenentwintig is not None
    assert (negentien.laag_inkomen, negentien.wmo, negentien.bijstand) == (0.075, 0.068, 431360)
    assert (eenentwintig.laag_inkomen, eenentwintig.wmo, eenentwintig.jeugdhulp) == (0.068, None, None)
    assert "voorlopig of definitief" in negentien.bron
    assert not kerncijfers.onmogelijk(negentien, negentien)


def test_het_bestand_gaat_voor() -> None:
    """Its own number stays; what it lacks comes from the shipped row of that year, and is marked."""
    eigen = replace(HANDLAND, jaar=2019, laag_inkomen=0.061, wmo=None)
    land = maak_land(eigen, (), 2019)
    assert (land.laag_inkomen, land.wmo) == (0.061, 0.068)
    assert land.aanvulling == "wmo: landelijke rij van 2019, meegeleverd met de kit"
    assert "wmo" in str(meldingen(land)[0])
    assert maak_land(HANDLAND, (), 2024) == HANDLAND
    assert not maak_land(HANDLAND, (), 2024).aanvulling


def test_som_van_de_gemeenten() -> None:
    """10 million at 50 and 6 at 80 per 1,000: 980,000 clients of 16 million; one gemeente has no number."""
    gemeenten = [gemeente(1, 10e6), gemeente(2, 6e6, 0.08), gemeente(3, 1e6, None)]
    land = maak_land(meegeleverd(2021), gemeenten, 2021)
    assert land.wmo == pytest.approx(0.06125)
    assert land.aanvulling == "wmo: som van 2 gemeenten in het bestand"
    assert land.jeugdhulp is None
    # too few of them say nothing of the country
    assert maak_land(meegeleverd(2021), gemeenten[:1], 2021).wmo is None


def test_wmo_van_ouderen_weegt_met_ouderen() -> None:
    """2 million of 65 and older at 200 and 1.2 million at 280 per 1,000: 736,000 of 3.2 million."""
    gemeenten = [replace(gemeente(1, 10e6), wmo_ouderen=0.2), replace(gemeente(2, 6e6), wmo_ouderen=0.28)]
    land = maak_land(meegeleverd(2021), gemeenten, 2021)
    assert land.wmo_ouderen == pytest.approx(0.23)
    assert "wmo_ouderen: som van 2 gemeenten in het bestand" in land.aanvulling


def test_zonder_landelijke_rij_een_heel_land_aan_gemeenten() -> None:
    """A file of 2023 without NL00: everything is the sum; 17 million inhabitants have 340,000 times bijstand."""
    gemeenten = [replace(gemeente(n, 8.5e6, 0.07), jaar=2023) for n in (1, 2)]
    land = maak_land(None, gemeenten, 2023)
    assert (land.inwoners, land.bijstand, land.huishoudens) == (17e6, 340_000, 8.5e6)
    assert land.laag_inkomen == pytest.approx(0.09)
    assert land.wmo == pytest.approx(0.07)
    assert "wmo: som van 2 gemeenten" in land.aanvulling


def bestand(tmp_path: Path, *gebieden: Gebied) -> str:
    pad = tmp_path / "cijfers.json"
    pad.write_text(schrijf_cijfers(gebieden), encoding="utf-8")
    return str(pad)


def test_nergens_landelijke_cijfers_staat_op_de_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pad = bestand(tmp_path, HANDWIJK)
    assert main(["rapport", "WK000101", "--cijfers", pad, "--droog", "--naar", str(tmp_path / "uit")]) == 0
    gezegd = capsys.readouterr().err
    assert "het bestand heeft geen regel NL00" in gezegd
    assert "van dit gebied is geen enkele indicator te vergelijken: de indeling" in gezegd
    assert main(["gebieden", "--cijfers", pad, "--niveau", "wijk", "--naar", str(tmp_path / "lijst")]) == 0
    assert "het bestand heeft geen regel NL00" in capsys.readouterr().err
    assert "zegt niets over de gebieden" in (tmp_path / "lijst" / "gebieden.html").read_text(encoding="utf-8")


def test_verloren_decimalen_in_de_landelijke_rij(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pad = bestand(tmp_path, replace(HANDLAND, laag_inkomen=0.68), HANDWIJK)
    assert main(["gebieden", "--cijfers", pad, "--naar", str(tmp_path / "uit")]) == 2
    gezegd = capsys.readouterr().err
    assert "NL00 huishoudens met een laag inkomen = '68%'" in gezegd
    assert "voor heel Nederland kan dit niet: tussen 2% en 20%" in gezegd
    assert not (tmp_path / "uit").exists()
    assert set(bereik()) == {"laag_inkomen", "armoede", "jeugdhulp", "wmo", "eenouder"}


@pytest.mark.parametrize(
    ("patroon", "niveau", "verwacht"),
    [
        ("WK0001*", None, ["WK000101"]),
        ("*", "wijk", ["WK000101", "WK000201"]),
        ("gm0001, wk0002*", None, ["GM0001", "WK000201"]),
        ("", "gemeente", ["GM0001"]),
    ],
)
def test_patronen_en_niveau(tmp_path: Path, patroon: str, niveau: str | None, verwacht: list[str]) -> None:
    rijen = (
        HANDLAND,
        replace(HANDWIJK, code="GM0001", soort="gemeente", naam="Stad"),
        HANDWIJK,
        replace(HANDWIJK, code="WK000201"),
    )
    gekozen = kies_gebieden(patroon, bestand(tmp_path, *rijen), niveau=niveau)  # type: ignore[arg-type]
    assert [g.code for g in gekozen.gebieden] == verwacht
    assert set(gekozen.gemeenten) == {"GM0001"}


def test_een_patroon_of_niveau_dat_niets_vindt(tmp_path: Path) -> None:
    pad = bestand(tmp_path, HANDLAND, HANDWIJK)
    with pytest.raises(InvoerFout, match="op dit patroon past geen gebied"):
        kies_gebieden("WK0599*", pad)
    with pytest.raises(InvoerFout, match="er staat geen buurt in dit bestand; wel: land, wijk"):
        kies_gebieden("", pad, niveau="buurt")
    with pytest.raises(InvoerFout, match="een patroon kiest uit de gebieden van een bestand"):
        kies_gebieden("WK0599*")

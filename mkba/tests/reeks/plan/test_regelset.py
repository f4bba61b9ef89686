"""A rule set in reports: the file of a user travels as a copy, and what is not updated is in every foot."""

import shutil
from pathlib import Path

import pytest

from mkba.invoer.lezen import lees_bron
from mkba.kern.catalogus.kengetallen import laad
from mkba.opdracht import main
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan.grond import Grond, Opgave, herkomst_van_kengetallen
from mkba.reeks.plan.rapporten import zoek_notebook
from mkba.reeks.plan.reis import momentopname, pak_in, pak_uit
from mkba.tests.hulp_invoer import GEVALLEN

EIGEN = 'ouder = "nl-2026"\n[caseload]\nnzr = { waarde = 50, bron = "telling" }\n'


def test_eigen_regelset_reist_als_kopie(tmp_path: Path) -> None:
    pad = tmp_path / "mijn.toml"
    pad.write_text(EIGEN, encoding="utf-8")
    k = laad(str(pad))
    ander = laad("lpbl-2014")
    bronnen = [lees_bron(GEVALLEN[2], k, "")]
    (taak,) = taken.rapport_taken(
        bronnen, k, taken.zoek_notebook("30"), None, {"vergelijk_met": ander, "bestaat_niet": "x"}, "abc"
    )
    assert taak.parameters["vergelijk_met"] == "lpbl-2014"
    assert "bestaat_niet" not in taak.parameters
    assert taak.feiten["regelset"] == taak.feiten["parameters"]["regelset"] == "mijn.toml"
    assert str(tmp_path) not in str(taak.feiten) + str(taak.herkomst)
    (kopie,) = momentopname([taak], tmp_path / "werk")
    gelezen = str(kopie.parameters["regelset"])
    assert gelezen.startswith(str(tmp_path / "werk"))
    pad.write_text(EIGEN.replace("50", "60"), encoding="utf-8")
    assert laad(gelezen)["caseload.nzr"] == 50
    assert laad(gelezen).naam == "mijn.toml"


@pytest.mark.parametrize("opties", ["", "@prijsjaar=2024", "@peildatum=2026-01-01"])
@pytest.mark.parametrize("reis", ["momentopname", "pakket"])
def test_een_keten_van_regelsets_reist_heel_mee(tmp_path: Path, reis: str, opties: str) -> None:
    """With its parent, and whatever stands behind its name: what is saved or removed meanwhile changes nothing."""
    bron = tmp_path / "bron"
    bron.mkdir()
    (bron / "basis.toml").write_text(EIGEN, encoding="utf-8")
    (bron / "mijn.toml").write_text('ouder = "basis.toml"\n', encoding="utf-8")
    k = laad(f"{bron / 'mijn.toml'}{opties}")
    (taak,) = taken.rapport_taken([lees_bron(GEVALLEN[2], k, "")], k, taken.zoek_notebook("30"))
    if reis == "momentopname":
        (hier,) = momentopname([taak], tmp_path / "werk")
    else:
        hier = pak_uit(*pak_in(taak), tmp_path / "werk")
    shutil.rmtree(bron)
    gelezen = laad(str(hier.parameters["regelset"]))
    assert str(hier.parameters["regelset"]).startswith(str(tmp_path / "werk"))
    assert gelezen["caseload.nzr"] == 50
    assert (gelezen.naam, gelezen.vingerafdruk) == (k.naam, k.vingerafdruk)


def test_voet_noemt_wat_niet_is_bijgewerkt() -> None:
    voet = dict(herkomst_van_kengetallen(laad("nl-2026@prijsjaar=2024")))
    assert voet["Regelset"] == "nl-2026@prijsjaar=2024"
    assert (voet["Bouwt op"], voet["Prijsjaar"]) == ("lpbl-2014", "2024")
    assert "Zorgvolumes" in voet["Niet bijgewerkt"]
    assert set(dict(herkomst_van_kengetallen(laad("lpbl-2014")))) == {"Regelset", "Vingerafdruk kengetallen"}
    verlopen = dict(herkomst_van_kengetallen(laad("nl-2026@peildatum=2031-01-01")))
    assert "disconto.reeel" in verlopen["Verlopen"]


@pytest.mark.parametrize(
    ("argumenten", "delen"),
    [
        (
            ["vergelijk", "voorbeeld-1", "--regelset", "lpbl-2014", "nl-2026"],
            ["Wat doet de regelset?", "zorgprijzen", "Niet bijgewerkt", "<svg", "disconto.reeel"],
        ),
        (
            ["rapport", "voorbeeld-2", "--regelset", "nl-2026", "--vergelijk-met", "lpbl-2014"],
            ["Wat doet de regelset?", "prijzen van 2025", "Zonder overdrachten", "Niet bijgewerkt: zorgvolumes"],
        ),
    ],
    ids=["vergelijk", "rapport"],
)
def test_pagina(tmp_path: Path, argumenten: list[str], delen: list[str]) -> None:
    assert main([*argumenten, "--naar", str(tmp_path)]) == 0
    (pagina,) = [p for p in tmp_path.glob("*.html") if p.name != "index.html"]
    tekst = pagina.read_text(encoding="utf-8")
    for deel in delen:
        assert deel in tekst, deel
    assert "prijzen van 2014, niet geïndexeerd" not in tekst


def test_een_tekst_blijft_tekst_en_een_regelset_of_bestand_zegt_zijn_naam(tmp_path: Path) -> None:
    """What a value looks like says nothing: what was planned as a file or a rule set is named without its folder."""
    eigen = tmp_path / "eigen.toml"
    eigen.write_text('ouder = "nl-2026"\n', encoding="utf-8")
    erbij: dict[str, Opgave] = {
        "toelichting": "cijfers van 1/2/2026, zie wijk/noord.toml",
        "vergelijk_met": laad(str(eigen)),
        "aanpak": tmp_path / "plan.toml",
    }
    taak = Grond.van(zoek_notebook("30"), laad(), erbij=erbij, vingerafdruk="x").taak("s", "n", "rapport")
    assert taak.feiten["parameters"] == {
        "toelichting": "cijfers van 1/2/2026, zie wijk/noord.toml",
        "vergelijk_met": "eigen.toml",
        "aanpak": "plan.toml",
        "regelset": "lpbl-2014",
    }
    assert taak.parameters["aanpak"] == str(tmp_path / "plan.toml")
    assert laad(str(taak.parameters["vergelijk_met"])).naam == "eigen.toml"

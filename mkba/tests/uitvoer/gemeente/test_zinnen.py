"""The page of the gemeente as a whole, and the command that makes it."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

import mkba
from mkba.deur.gemeente import Gemeente
from mkba.kern.tekst.notatie import euro
from mkba.opdracht import main
from mkba.reeks.plan.taak import Taak
from mkba.tests.hulp_reeks import Zeg, taken, zeg
from mkba.uitvoer.gemeente import zinnen

__all__ = ["taken", "zeg"]


@pytest.fixture(scope="module")
def drie() -> Gemeente:
    return mkba.gemeente(["voorbeeld-1", "voorbeeld-2", "voorbeeld-4"], 200)


def plat(html: object) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", str(getattr(html, "data", html)))).replace("\u00a0", " ")


def test_de_bladzijde_noemt_totaal_kans_en_wijken(drie: Gemeente) -> None:
    tekst = plat(drie.beslispagina())
    assert "Een jaar werken in 3 wijken" in tekst
    kosten = sum(mkba.aanpak(n).bereken()["totale_kosten"] for n in ("voorbeeld-1", "voorbeeld-2", "voorbeeld-4"))
    assert euro(kosten, 100).replace("\u00a0", " ") in tekst
    assert "eigen mee- en tegenvallers" in tekst
    assert "Voorbeeld 1" in tekst
    assert not re.search(r"\bnan\b|\binf\b|None", tekst)


def test_een_wijk_alleen_zegt_niets_van_gedeeld_geluk() -> None:
    een = mkba.gemeente("voorbeeld-1", 200)
    assert zinnen.gelukzin(een.model) == ""
    assert een["saldo"] == pytest.approx(mkba.aanpak("voorbeeld-1").bereken()["saldo"])


def test_samen_maakt_een_rapport_met_het_totaal_in_het_manifest(zeg: Zeg, taken: list[Taak], tmp_path: Path) -> None:
    assert zeg("--samen")[0] == 0
    assert [t.slug for t in taken] == ["gemeente"]
    manifest = json.loads((tmp_path / "uit" / "manifesten" / "gemeente.json").read_text(encoding="utf-8"))
    assert manifest["soort"] == "gemeente"
    assert manifest["kerncijfers"]["saldo"] == pytest.approx(
        3 * mkba.aanpak("voorbeeld-1").met({"escalatie.oudere": 0.02}).bereken()["saldo"]
    )
    assert manifest["huishoudens"] == 1800
    assert "De gemeente als geheel" in (tmp_path / "uit" / "index.html").read_text(encoding="utf-8")


def test_samen_gaat_ook_naast_rapporten_en_cohort(zeg: Zeg, taken: list[Taak]) -> None:
    assert zeg("--samen", "--notebooks", "30,45")[0] == 0
    assert [t.slug for t in taken][:2] == ["gemeente", "cohort"]
    assert len(taken) == 5


def test_samen_met_codes_is_een_melding(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["rapport", "GM9999", "--samen", "--naar", str(tmp_path / "uit")]) == 2
    assert "--samen telt aanpakken op" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


def test_een_wijk_die_gemeente_heet_krijgt_een_eigen_bestand(tmp_path: Path) -> None:
    from mkba.reeks.plan.rapporten import rapport_slugs

    assert rapport_slugs(["Gemeente", "Kengetallen"]) == ("gemeente-2", "kengetallen-2")

"""For everybody: axe-core finds nothing on the pages that the kit makes, nor on the invoerscherm in any of its tabs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mkba.kern.bestand import paden
from mkba.opdracht import main
from mkba.scherm.server.pagina import Pagina
from mkba.tests.hulp_browser import axe, bladzijde, browser, zet

pytestmark = pytest.mark.traag


@pytest.fixture(scope="module")
def gestart() -> Iterator[Any]:
    with browser() as b:
        yield b


@pytest.fixture(scope="module")
def paginas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of two wijken with a cohort, the gemeente as a whole, notebooks 50 and 60, and their overviews."""
    map_ = tmp_path_factory.mktemp("toegankelijk")
    regels = (paden.data() / "voorbeeldgemeente" / "aanpakken.csv").read_text(encoding="utf-8-sig").splitlines()
    tabel = map_ / "wijken.csv"
    tabel.write_text("\n".join(regels[:3]), encoding="utf-8")
    for opdracht in (
        ["rapport", str(tabel), "--naar", str(map_ / "wijken"), "--notebooks", "30,40,45"],
        ["rapport", str(tabel), "--naar", str(map_ / "samen"), "--samen"],
        ["notebook", "50", "60", "--naar", str(map_ / "los")],
    ):
        assert main(opdracht) == 0
    return map_


def test_rapporten_en_overzicht(gestart: Any, paginas: Path) -> None:
    gezien = sorted(p.relative_to(paginas).as_posix() for p in paginas.glob("*/*.html"))
    assert {"wijken/index.html", "samen/gemeente.html", "los/50_meta_analyse.html"} <= set(gezien)
    assert len(gezien) == 11  # 30 and 40 of both, 45, 46, 50, 60 and three overviews
    with bladzijde(gestart, "toegankelijk") as pagina:
        for naam in gezien:
            pagina.goto((paginas / naam).as_uri())
            for breed in (1280, 390):
                pagina.set_viewport_size({"width": breed, "height": 800})
                assert not axe(pagina), (naam, breed)
    assert 'role="group"' in (paginas / "wijken" / "index.html").read_text(encoding="utf-8")  # it has plots with links


@pytest.mark.parametrize("breed", [1280, 390])
def test_invoerscherm(gestart: Any, tmp_path: Path, breed: int) -> None:
    """Every tab, with a field that is wrong, with a comparison, and with what was saved."""
    with (
        Pagina({"aanpak": "standaard", "naar": str(tmp_path)}) as voila,
        bladzijde(gestart, f"toegankelijk-scherm-{breed}", breed) as pagina,
    ):
        pagina.goto(voila.url)
        pagina.wait_for_selector(".mkba-lijf dd[data-sleutel=saldo]")
        zet(pagina, "Aantal huishoudens in aanpak", "x")
        pagina.locator(".mkba-melding").first.wait_for()
        assert not axe(pagina)
        zet(pagina, "Aantal huishoudens in aanpak", "600")
        pagina.locator(".mkba-melding").first.wait_for(state="detached")
        pagina.get_by_role("button", name="Zet deze invoer vast").click()
        pagina.locator(".mkba-was").first.wait_for(state="attached")
        bladen = pagina.get_by_role("tab").all()
        assert len(bladen) == 11
        for blad in bladen:
            blad.click()
            naam = blad.inner_text()
            if naam == "Effectmeting":
                pagina.get_by_role("checkbox", name="effectmeting").check()
                pagina.get_by_label("schuldhulp").first.wait_for()
            if naam == "Bewaren en rapport":
                pagina.get_by_role("button", name="Bewaar als TOML").click()
                pagina.locator(".mkba-gelukt").first.wait_for()
            assert not axe(pagina), naam

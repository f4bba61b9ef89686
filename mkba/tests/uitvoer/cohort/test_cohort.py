"""One cohort page per command: what it covers, when it is made again, where it stands, and names that stay text."""

import functools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from mkba.invoer.lezen import Bronaanpak, aanpakken_van, lees_aanpakken, lees_reeks
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.opdracht import main
from mkba.reeks.map import batch
from mkba.reeks.map.rupsplot import lees
from mkba.reeks.plan import gebieden as gebiedstaken
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan.notebooks import parameters
from mkba.reeks.plan.rapporten import cohort_taak
from mkba.reeks.werk import rapport
from mkba.reeks.werk import uitvoering as werk
from mkba.tests.hulp_notebook import meteen, nep_product

NOTEBOOK = paden.notebooks() / "45_cohort.ipynb"
LASTIG = "<script>alert(1)</script>'; import os; os._exit(1) # $\\frac$"


def schrijf(map_: Path, kengetallen: Kengetallen, **namen: str) -> list[Bronaanpak]:
    """A TOML file per name, each another of the published cases, and what is read from them."""
    map_.mkdir(exist_ok=True)
    for nummer, (bestand, naam) in enumerate(namen.items(), 1):
        (bron,) = lees_aanpakken(paden.zoek_aanpak(f"voorbeeld-{nummer}"), kengetallen)
        tekst = schrijf_toml(bron.aanpak.model_copy(update={"naam": naam}))
        (map_ / f"{bestand}.toml").write_text(tekst, encoding="utf-8")
    return list(lees_aanpakken(map_, kengetallen))


def slugs(naar: Path) -> set[str]:
    return {p.stem for p in naar.glob("*.html")}


@pytest.fixture
def nep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(werk, "maak", lambda taak, **wijze: nep_product(taak))
    monkeypatch.setattr(batch, "draai", functools.partial(batch.draai, maak_executor=meteen))


def test_een_taak_over_alle_aanpakken(kengetallen: Kengetallen, tmp_path: Path) -> None:
    tabel = list(lees_aanpakken(paden.data() / "voorbeeldgemeente" / "aanpakken.csv", kengetallen))
    los = schrijf(tmp_path / "in", kengetallen, a="A")
    taak = cohort_taak([*tabel, *los], kengetallen, NOTEBOOK)
    assert (taak.slug, taak.naam) == ("cohort", "Cohort van 7 aanpakken")
    # each file once: the notebook reads all rows of a table
    assert taak.parameters["aanpakken"] == [str(tabel[0].bestand.resolve()), str(los[0].bestand.resolve())]
    assert set(taak.parameters) <= parameters(NOTEBOOK).keys()
    gelezen = lees_reeks(taak.parameters["aanpakken"], kengetallen)
    assert aanpakken_van(gelezen) == aanpakken_van([*tabel, *los])
    assert str(tmp_path) not in json.dumps(dict(taak.feiten))
    assert cohort_taak(los, kengetallen, NOTEBOOK).naam == "Cohort van 1 aanpak"


def test_de_sleutel_verandert_met_elke_aanpak_en_niet_met_de_map(kengetallen: Kengetallen, tmp_path: Path) -> None:
    def sleutel(bronnen: Sequence[Bronaanpak], getallen: Kengetallen = kengetallen) -> str:
        return cohort_taak(bronnen, getallen, NOTEBOOK).sleutel

    bronnen = schrijf(tmp_path / "een", kengetallen, a="A", b="B")
    eerste = sleutel(bronnen)
    assert sleutel(schrijf(tmp_path / "twee", kengetallen, a="A", b="B")) == eerste
    assert sleutel(bronnen[:1]) != eerste
    laatste = replace(bronnen[1], aanpak=bronnen[1].aanpak.met({"terugval": 0.11}, kengetallen))
    assert sleutel([bronnen[0], laatste]) != eerste
    assert sleutel(bronnen, kengetallen.met({"kwaliteit.qaly_eur": 50_000})) != eerste


def test_geen_aanpak_krijgt_de_bladzijde_van_de_cohort(kengetallen: Kengetallen, tmp_path: Path) -> None:
    bronnen = schrijf(tmp_path / "in", kengetallen, a="Cohort", b="index", c="cohort 2")
    opdrachten = taken.rapport_taken(bronnen, kengetallen, taken.zoek_notebook("30"))
    assert [t.slug for t in opdrachten] == ["cohort-3", "index-2", "cohort-2"]
    taken.controleer_slugs([cohort_taak(bronnen, kengetallen, NOTEBOOK), *opdrachten])
    # a notebook of the user that is called as an aanpak
    eigen = tmp_path / "45_cohort_3.ipynb"
    eigen.write_bytes(NOTEBOOK.read_bytes())
    with pytest.raises(InvoerFout, match="hetzelfde bestand: Cohort van 3 aanpakken, Cohort"):
        taken.controleer_slugs([cohort_taak(bronnen, kengetallen, eigen), *opdrachten])


def test_opdracht_maakt_een_bladzijde_en_slaat_haar_over(
    nep: None, capsys: pytest.CaptureFixture[str], kengetallen: Kengetallen, tmp_path: Path
) -> None:
    invoer, naar = tmp_path / "in", tmp_path / "uit"
    schrijf(invoer, kengetallen, a="A", b="Cohort")
    opdracht = ["rapport", str(invoer), "--notebooks", "30,40,45", "--naar", str(naar)]
    assert main(opdracht) == 0
    assert slugs(naar) == {"a", "a-gevoeligheid", "cohort", "cohort-2", "cohort-2-gevoeligheid", "index"}
    assert main(opdracht) == 0
    assert "0 gemaakt, 5 ongewijzigd overgeslagen" in capsys.readouterr().out
    (invoer / "c.toml").write_text((invoer / "a.toml").read_text().replace('naam = "A"', 'naam = "C"'))
    assert main(opdracht) == 0
    assert "3 gemaakt, 4 ongewijzigd overgeslagen" in capsys.readouterr().out
    soep = BeautifulSoup((naar / "index.html").read_text(encoding="utf-8"), "html.parser")
    link = soep.select_one("p.naast-elkaar a")
    assert link is not None
    assert (link["href"], link.get_text()) == ("cohort.html", "Cohort van 3 aanpakken")
    assert len(soep.select("table.sorteerbaar tbody tr")) == 3, "de cohort is geen aanpak"
    assert link.find_next("table") is not None, "de link staat boven de tabel"


def test_alleen_de_cohort(nep: None, tmp_path: Path) -> None:
    assert main(["rapport", "voorbeeld-1", "voorbeeld-2", "--notebooks", "45", "--naar", str(tmp_path)]) == 0
    assert slugs(tmp_path) == {"cohort", "index"}
    pagina = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "nog geen rapporten" not in pagina
    assert "Voorbeeld 2: Zorg-welzijn team in opstartfase: " in pagina, "een waarschuwing noemt haar aanpak"


def test_gebieden_naast_elkaar(kengetallen: Kengetallen, tmp_path: Path) -> None:
    cijfers = paden.data() / "voorbeeldgemeente" / "kerncijfers.json"
    gebieden = gebiedstaken.lees(["WK999901", "WK999906"], kengetallen, str(cijfers))
    gebiedstaken.schrijf(gebieden, tmp_path)
    (taak,) = gebiedstaken.gebied_taken(gebieden, [NOTEBOOK], tmp_path, kengetallen)
    assert (taak.slug, taak.naam) == ("cohort", "Cohort van 2 aanpakken")
    bestanden = taak.parameters["aanpakken"]
    assert isinstance(bestanden, list)
    assert aanpakken_van(lees_reeks(bestanden, kengetallen)) == tuple(plan.aanpak for plan in gebieden.plannen)


def test_een_lastige_naam_blijft_tekst_op_de_bladzijde(kengetallen: Kengetallen, tmp_path: Path) -> None:
    """The real notebook, with a real kernel."""
    bronnen = schrijf(tmp_path / "in 'n map", kengetallen, a=LASTIG, b="B")
    taak = cohort_taak(bronnen, kengetallen, NOTEBOOK)
    product = rapport.maak(replace(taak, parameters={**taak.parameters, "trekkingen": 200}))
    assert product.html, product.fout
    soep = BeautifulSoup(product.html, "html.parser")
    assert not soep.find_all("script")
    assert any(td.get_text() == LASTIG for td in soep.find_all("td"))
    assert soep.h1 is not None
    assert soep.h1.get_text() == "Cohort van 2 aanpakken"
    assert len(soep.find_all("svg", role="img")) == 4
    assert "ThreadPoolExecutor" not in product.html
    assert [lid.naam for lid in lees(product.bestanden["cohorten/cohort.csv"])] == [LASTIG, "B"]
    assert "vnd.mkba" not in product.notebook


def test_lezen_van_een_reeks_zegt_alles_wat_mis_is(kengetallen: Kengetallen, tmp_path: Path) -> None:
    assert len(lees_reeks(["voorbeeld-1", "voorbeeld-1", "voorbeeld-2"], kengetallen)) == 2
    (tmp_path / "a.toml").write_text("naam = 31%")
    with pytest.raises(InvoerFout) as fout:
        lees_reeks([str(tmp_path / "a.toml"), "nergens.toml"], kengetallen)
    assert len(fout.value.meldingen) == 2

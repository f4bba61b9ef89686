"""The overview page and table: what is there, as Dutch readers expect it, and harmless whatever a name says."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from mkba.kern.bestand.csvtabel import getal_uit_cel, gewone_tekst, lees_csv
from mkba.reeks.map import batch
from mkba.reeks.map.overzicht import als_csv, als_pagina, lees_manifesten, schrijf_overzicht
from mkba.reeks.map.puntenplot import MATEN, grenzen, maak_plot
from mkba.reeks.plan.taak import Product
from mkba.tests.hulp_notebook import manifest, taak


def test_overzicht_toont_kerncijfers_zoals_nederlanders_ze_lezen() -> None:
    soep = BeautifulSoup(als_pagina([manifest("Wijk 1")]), "html.parser")
    rij = soep.select_one("table.sorteerbaar tbody tr")
    assert rij is not None
    cellen = [re.sub(r"\s+", " ", c.get_text(" ", strip=True)) for c in rij.find_all(["th", "td"])]
    assert cellen[:9] == [
        "Wijk 1",
        "1.063",
        "13,5",
        "€ 900.200",
        "€ 1.467.900",
        "€ -279.700",
        "▼ 0,90 (onder 1)",
        "▲ 1,20 (boven 1)",
        "● 1,00 (rond 1)",
    ]
    assert rij.select_one("td .onder") is not None
    assert rij.find_all("td")[2]["data-waarde"] == "900153.0"
    assert soep.html is not None
    assert soep.html["lang"] == "nl"


def test_overzicht_zonder_verhouding_of_zonder_rapporten() -> None:
    assert "niet te bepalen" in als_pagina([manifest("a", None)])
    assert "nog geen rapporten" in als_pagina([])


def test_overzicht_kan_alleen_zijn_eigen_script_draaien() -> None:
    html = als_pagina([manifest("</script><script>alert(1)</script>"), manifest("<img src=x onerror=alert(1)>")])
    soep = BeautifulSoup(html, "html.parser")
    (script,) = soep.find_all("script")
    assert not script.attrs
    som = base64.b64encode(hashlib.sha256(script.get_text().encode()).digest()).decode()
    beleid = soep.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert beleid is not None
    assert f"script-src 'sha256-{som}';" in str(beleid["content"])
    assert "unsafe-inline" not in str(beleid["content"]).split("style-src")[0]
    assert not soep.find_all("img")
    assert not [tag for tag in soep.find_all(True) if any(a.startswith("on") for a in tag.attrs)]
    assert "http" not in " ".join(str(x["href"]) for x in soep.find_all(href=True))


def test_overzicht_csv_is_leesbaar_en_ongevaarlijk() -> None:
    namen = ["=cmd()", "+1", "-1", "@x", "\t=1", " =1", "Gewoon, met komma"]
    tekst = als_csv([manifest(n, slug=f"s{i}", huishoudens=600.5) for i, n in enumerate(namen)])
    assert tekst.startswith('\ufeff"slug";"naam";'), "Excel herkent de tekens en de kolommen"
    rijen = lees_csv(tekst.encode())
    assert [r["naam"].startswith("'") for r in rijen] == [True] * 6 + [False]
    assert [gewone_tekst(r["naam"]) for r in rijen] == namen
    assert getal_uit_cel(rijen[0]["saldo"]) == -279_666.0
    assert rijen[0]["kb_maatschappelijk"] == "1,2"
    assert rijen[0]["huishoudens"] == "600,5"
    assert rijen[0]["waarschuwingen"] == "0"


def test_overzicht_van_een_map_met_vreemde_bestanden(tmp_path: Path) -> None:
    goed = Product("<html>", '{"cells": []}', 0.1)
    for n in (10, 2):
        batch.bewaar_product(tmp_path, taak(Path("n.ipynb"), naam=f"Wijk {n}", slug=f"wijk-{n}"), goed)
    batch.bewaar_product(tmp_path, taak(Path("n.ipynb"), naam="Stuk", slug="stuk"), Product(None, "", 0.1, "fout"))
    manifesten = tmp_path / "manifesten"
    (manifesten / "stuk.bak.json").write_text((manifesten / "wijk-2.json").read_text())
    (manifesten / "leeg.json").write_text("")
    geknoei = json.loads((manifesten / "wijk-2.json").read_text()) | {"slug": "../../etc/passwd"}
    (manifesten / "wijk-2.json").write_text(json.dumps(geknoei))
    assert [m.slug for m in lees_manifesten(tmp_path)] == ["stuk", "wijk-2", "wijk-10"]
    soep = BeautifulSoup(schrijf_overzicht(tmp_path).read_text(encoding="utf-8"), "html.parser")
    links = [str(a["href"]) for a in soep.find_all("a") if not str(a["href"]).startswith("#")]
    assert {"wijk-2.html", "wijk-10.html", "fouten/stuk.txt", "overzicht.csv"} <= set(links)
    assert all((tmp_path / link).is_file() for link in links)
    assert "1 mislukt" in soep.get_text()


def test_notebooks_staan_apart_in_het_overzicht() -> None:
    soep = BeautifulSoup(als_pagina([manifest("Wijk"), manifest("35", soort="notebook", slug="35_x")]), "html.parser")
    assert len(soep.select("tbody tr")) == 1
    kop = soep.find(id="notebooks")
    assert kop is not None
    assert kop.find_next("a")["href"] == "35_x.html"  # type: ignore[index]


def test_waarschuwingen_en_verschillende_kengetallen_worden_genoemd() -> None:
    html = als_pagina([manifest("a", waarschuwingen=("Fte: <veel>.",)), manifest("b", kengetallen="def")])
    assert "Fte: &lt;veel&gt;." in html
    assert "niet alle met dezelfde kengetallen" in html


def test_plot_zet_elke_verhouding_op_zijn_plek() -> None:
    plot = maak_plot([manifest("a", 0.5), manifest("b", 1.0), manifest("c", 2.0), manifest("d", None)])
    assert plot is not None
    a, b, c = plot.punten
    assert (a.stand, b.stand, c.stand) == ("onder", "rond", "boven")
    assert b.x == plot.midden
    assert c.x - b.x == pytest.approx(2 * (b.x - a.x), abs=0.2)
    assert plot.links <= a.x < c.x <= plot.breed
    assert maak_plot([manifest("a")]) is None


@pytest.mark.parametrize("aantal", [13, 342])
def test_een_koppeling_staat_nooit_in_een_beeld(aantal: int) -> None:
    """Who listens to a page passes by what stands in an image: a drawing with links is a group, each with its name."""
    soep = BeautifulSoup(als_pagina([manifest(f"g{i} & <zo>", 0.5 + i / 300) for i in range(aantal)]), "html.parser")
    assert not soep.select("[role=img] a, [role=img] [tabindex]")
    (plot,) = [s for s in soep.select("svg[role=group]") if "verhouding" in str(s["aria-label"]).lower()]
    namen = [a.title.get_text() for a in plot.select("a")]  # type: ignore[union-attr]
    assert namen[0] == "g0 & <zo>: 0,50"
    assert len(namen) == aantal
    assert len(plot.select("a[tabindex='-1']")) == (aantal if aantal > 40 else 0), "342 stappen met tab is geen weg"


def test_plot_van_342_rapporten_stapelt_punten_zonder_namen() -> None:
    plot = maak_plot([manifest(f"g{i}", 0.5 + i / 300) for i in range(342)])
    assert plot is not None
    assert not plot.labels
    assert len(plot.punten) == len({(p.x, p.y) for p in plot.punten}) == 342
    assert all(0 < p.y <= plot.hoog for p in plot.punten)
    assert len(plot.streepjes) <= 12


def test_plot_knipt_wat_heel_ver_weg_staat() -> None:
    """One ratio of 250 among ratios around 1: an arrow at the edge, and the others keep their room."""
    gewoon = [manifest(f"g{i}", 0.8 + i / 10) for i in range(5)]
    plot = maak_plot([*gewoon, manifest("<ver>", 250.0), manifest("diep", -90.0)])
    assert plot is not None
    *dichtbij, ver, diep = plot.punten
    assert [p.buiten for p in plot.punten] == [0] * 5 + [1, -1]
    assert (ver.waarde, ver.x) == ("250,00", max(x for x, _ in plot.streepjes))
    assert diep.x == min(x for x, _ in plot.streepjes)
    assert dichtbij[-1].x - dichtbij[0].x > 0.5 * (ver.x - diep.x)
    assert plot.buiten == "Een pijl wijst naar een waarde buiten de as: <ver>: 250,00; diep: -90,00."
    soep = BeautifulSoup(als_pagina([*gewoon, manifest("<ver>", 250.0)]), "html.parser")
    (getal,) = soep.select("#verhoudingen + figure text.buiten")
    assert getal.get_text() == "250,00"
    assert len(soep.select("#verhoudingen + figure path")) == 1
    veel = maak_plot([*gewoon, *(manifest(f"v{i}", 250.0) for i in range(2))])
    assert veel is not None
    assert "en nog" not in veel.buiten


@pytest.mark.parametrize(
    ("waarden", "verwacht"),
    [
        ([0.9, 1.0, 1.1, 1.2, 40.0], (0.9, 1.2)),  # median 1.1, median deviation 0.1: 40 is 389 of those away
        ([1.0, 25.0], (1.0, 25.0)),  # two values: neither is the odd one out
        ([1.0, 1.0, 1.0, 2.0], (1.0, 2.0)),  # median deviation 0, mean deviation 0.25: 2 lies within 8 of those
        ([1.0] * 99 + [1000.0], (1.0, 1.0)),  # mean deviation 9.99: 999 is more than 8 of those away
        ([3.0, 3.0], (3.0, 3.0)),
    ],
)
def test_grenzen_laten_weg_wat_ver_van_de_rest_staat(waarden: list[float], verwacht: tuple[float, float]) -> None:
    assert grenzen(waarden) == verwacht


def test_saldo_per_huishouden() -> None:
    ms = [manifest("a", huishoudens=1000.0), manifest("b", huishoudens=2000.0), manifest("c", huishoudens=0.0)]
    plot = maak_plot(ms, MATEN[1])
    assert plot is not None
    assert [p.tekst for p in plot.punten] == ["a: €\u00a0-280", "b: €\u00a0-140"]
    assert [p.stand for p in plot.punten] == ["onder", "onder"]
    assert BeautifulSoup(als_pagina(ms), "html.parser").find(id="saldo-per-huishouden")


def test_rapporten_van_een_eerdere_opdracht_staan_apart() -> None:
    ms = [manifest("nu"), manifest("toen"), manifest("boek", soort="notebook")]
    soep = BeautifulSoup(als_pagina(ms, in_opdracht={"nu"}), "html.parser")
    assert [a.get_text() for a in soep.select("tbody th a")] == ["nu"]
    eerder = soep.find(id="eerder")
    assert eerder is not None
    lijst = eerder.find_next("ul")
    assert lijst is not None
    assert lijst.get_text(strip=True).startswith("toen")
    assert "1 rapport: 1 gereed · 1 niet in deze opdracht" in " ".join(soep.get_text().split())
    rijen = lees_csv(als_csv(ms, {"nu"}).encode())
    assert [(r["slug"], r["in_opdracht"]) for r in rijen] == [("nu", "ja"), ("toen", "nee"), ("boek", "ja")]
    alles = BeautifulSoup(als_pagina(ms, in_opdracht={"boek"}), "html.parser")
    assert len(alles.select("tbody tr")) == 2, "een opdracht met alleen notebooks zegt niets over de rapporten"
    assert alles.find(id="eerder") is None


def test_andere_formaten_zijn_te_vinden() -> None:
    met = manifest(
        "a",
        formaten=("tabellen", "figuren", "vreemd"),
        bestanden={"a.html": "", "tabellen/a-tabellen.xlsx": "", "figuren/a/01-x.png": "", "figuren/a/01-x.svg": ""},
    )
    soep = BeautifulSoup(als_pagina([met, manifest("b")]), "html.parser")
    assert [(a["href"], a.get_text()) for a in soep.select("td.ook a")] == [
        ("tabellen/a-tabellen.xlsx", "tabellen"),
        ("figuren/a/", "figuren"),
    ]
    assert not BeautifulSoup(als_pagina([manifest("b")]), "html.parser").select("td.ook")


def test_342_rapporten_blijven_leesbaar() -> None:
    ms = [manifest(f"g{i}", 0.5 + i / 300, waarschuwingen=("Let op.",)) for i in range(342)]
    html = als_pagina(ms)
    soep = BeautifulSoup(html, "html.parser")
    assert len(soep.select("table.sorteerbaar tbody tr")) == 342
    assert soep.select_one("div.tabel.lang") is not None
    assert len(soep.select("details")) == 342
    assert len(html) < 1_000_000
    assert not BeautifulSoup(als_pagina(ms[:12]), "html.parser").select("details, .lang")


def test_de_figuur_noemt_niet_wat_alle_namen_delen() -> None:
    """On a phone the room before the axis is then for the dots."""
    kort, lang = (
        maak_plot([manifest(f"{voor}{naam}", 1.2) for naam in ("Noord", "Zuid")])
        for voor in ("Waterstad (verzonnen), ", "Waterstad (verzonnen) ")
    )
    assert kort is not None
    assert lang is not None
    assert [p.naam for p in kort.punten] == ["Noord", "Zuid"]
    assert [p.tekst.partition(":")[0] for p in kort.punten] == [
        f"Waterstad (verzonnen), {n}" for n in ("Noord", "Zuid")
    ]
    assert kort.links < lang.links <= 320

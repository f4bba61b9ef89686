"""The overview page and table: what is there, as Dutch readers expect it, and harmless whatever a name says."""

import base64
import csv
import hashlib
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from mkba.tests.hulp_notebook import taak
from mkba.uitvoer import batch
from mkba.uitvoer.overzicht import als_csv, als_pagina, lees_manifesten, maak_plot, schrijf_overzicht
from mkba.uitvoer.taak import Manifest, Product


def manifest(naam: str, maatschappelijk: float | None = 1.2, slug: str = "", **rest: Any) -> Manifest:
    cijfers = {
        "totale_kosten": 900_153.0,
        "totale_baten": 1_467_892.2,
        "saldo": -279_666.0,
        "kb_financieel": 0.901,
        "kb_maatschappelijk": maatschappelijk,
        "kb_gemeentelijk": 1.01,
    }
    gegevens = {
        "slug": slug or re.sub(r"\W+", "-", naam).strip("-").lower() or "x",
        "naam": naam,
        "status": "gelukt",
        "gemaakt": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "seconden": 1.0,
        "sleutel": "s",
        "huishoudens": 1063.0,
        "fte": 13.5,
        "kerncijfers": cijfers,
        "kengetallen": "abc",
    }
    return Manifest(**(gegevens | rest))


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
    rijen = list(csv.DictReader(io.StringIO(als_csv([manifest(n, slug=f"s{i}") for i, n in enumerate(namen)]))))
    assert [r["naam"] for r in rijen] == [*("'" + n for n in namen[:6]), namen[6]]
    assert float(rijen[0]["saldo"]) == -279_666.0
    assert rijen[0]["kb_maatschappelijk"] == "1.2"
    assert rijen[0]["waarschuwingen"] == "0"


def test_overzicht_van_een_map_met_vreemde_bestanden(tmp_path: Path) -> None:
    goed = Product("<html>", '{"cells": []}', 0.1)
    for n in (10, 2):
        batch._schrijf(tmp_path, taak(Path("n.ipynb"), naam=f"Wijk {n}", slug=f"wijk-{n}"), goed)
    batch._schrijf(tmp_path, taak(Path("n.ipynb"), naam="Stuk", slug="stuk"), Product(None, "", 0.1, "fout"))
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
    assert b.x == plot.een
    assert c.x - b.x == pytest.approx(2 * (b.x - a.x), abs=0.2)
    assert plot.links <= a.x < c.x <= plot.breed
    assert maak_plot([manifest("a")]) is None


def test_plot_van_342_rapporten_stapelt_punten_zonder_namen() -> None:
    plot = maak_plot([manifest(f"g{i}", 0.5 + i / 300) for i in range(342)])
    assert plot is not None
    assert not plot.labels
    assert len(plot.punten) == len({(p.x, p.y) for p in plot.punten}) == 342
    assert all(0 < p.y <= plot.hoog for p in plot.punten)
    assert len(plot.streepjes) <= 12

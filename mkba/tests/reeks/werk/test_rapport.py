"""One report: what is executed, what a reader sees, and that no text of a user can become anything else."""

import base64
import os
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from mkba.reeks.pagina.fragment import maak_fragment
from mkba.reeks.pagina.sjablonen import css_tekst, pagina
from mkba.reeks.plan.taak import Product, Taak
from mkba.reeks.werk import rapport
from mkba.tests.hulp_notebook import maak_notebook, taak
from mkba.uitvoer.tabel import Tabel

LASTIG = 'Wijk "3" \'; import os; os._exit(1) # \\\n{naam} é ▲ </script><script>alert(1)</script>'
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


@pytest.fixture(scope="module", autouse=True)
def _schone_omgeving() -> Any:
    oud = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(oud)


@pytest.fixture(scope="module")
def gemaakt(tmp_path_factory: pytest.TempPathFactory) -> Product:
    """A notebook that does everything a report must not show, executed for real."""
    map_ = tmp_path_factory.mktemp("note{boek}")
    notebook = maak_notebook(
        map_ / "proef.ipynb",
        [
            ("md", "# Proefrapport\n\nTekst met [kop](#Tweede-kop), [dood](35_voorbeelden.ipynb)."),
            ("code:verberg", "GEHEIM = 'verborgen cel'\nprint(GEHEIM)"),
            ("code", "import os, sys\nfrom IPython.display import HTML, Image, Javascript, Markdown, display"),
            ("code", "print('waarschuwing', file=sys.stderr)\nprint('zichtbaar', ascii(rij))"),
            ("md", "## Eerste kop"),
            ("code", f"print(sys.executable == {sys.executable!r}, os.path.basename(os.getcwd()))"),
            ("md", "## Tweede kop"),
            ("code", "display(HTML(f'<p>{rij}</p>'), Markdown(rij), Javascript('alert(2)'))"),
            ("code", f"display(Image(data={PNG!r}.encode(), alt='Wie \"betaalt\"', width=400, format='png'))"),
        ],
    )
    return rapport.maak(taak(notebook, naam=LASTIG, rij=LASTIG))


@pytest.fixture(scope="module")
def html(gemaakt: Product) -> str:
    assert gemaakt.html, gemaakt.fout
    return gemaakt.html


def test_er_staat_geen_code_in_en_niets_verborgens(html: str, gemaakt: Product) -> None:
    assert "zichtbaar" in html
    for weg in ("import os, sys", "GEHEIM", "verborgen cel", "display(", "waarschuwing", "alert(2)", "In [", "Out["):
        assert weg not in html, weg
    assert "GEHEIM" in gemaakt.notebook, "het uitgevoerde notebook houdt de code wel"


def test_de_pagina_vraagt_niets_van_een_server(html: str) -> None:
    soep = BeautifulSoup(html, "html.parser")
    assert not soep.find_all(["script", "iframe", "object", "embed", "form"])
    for tag in soep.find_all(src=True):
        assert str(tag["src"]).startswith("data:")
    assert [str(t["href"]) for t in soep.find_all("link")] == ["data:,"]
    assert not re.search(r"url\(|@import", html)
    beleid = soep.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert beleid is not None
    assert str(beleid["content"]).startswith("default-src 'none'; style-src")
    assert len(html) < 2_000_000


def test_een_lastige_naam_blijft_tekst(html: str) -> None:
    soep = BeautifulSoup(html, "html.parser")
    assert soep.h1 is not None
    assert soep.h1.get_text() == LASTIG
    assert len(soep.find_all("h1")) == 1
    assert not [t for t in soep.find_all(True) if any(a.startswith("on") for a in t.attrs)]


def test_een_parameter_komt_ongeschonden_aan(html: str) -> None:
    assert ascii(LASTIG) in BeautifulSoup(html, "html.parser").get_text()


def test_de_kernel_is_deze_python_in_de_map_van_het_notebook(html: str) -> None:
    assert "True note{boek}" in html


def test_inhoudsopgave_koppen_en_links(html: str) -> None:
    soep = BeautifulSoup(html, "html.parser")
    assert soep.html is not None
    assert soep.html["lang"] == "nl"
    opgave = [(a["href"], a.get_text()) for a in soep.select("nav a")]
    assert opgave == [("#eerste-kop", "Eerste kop"), ("#tweede-kop", "Tweede kop")]
    ids = [t["id"] for t in soep.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in soep.find_all("a", href=re.compile("^#")):
        assert str(link["href"])[1:] in ids
    kop = soep.find("a", string="kop")
    assert kop is not None
    assert kop["href"] == "#tweede-kop"
    assert soep.find("a", string="dood") is None
    assert "Proefrapport" in soep.select_one("header .soort").get_text()  # type: ignore[union-attr]


def test_beeld_houdt_beschrijving_en_maat(html: str) -> None:
    beeld = BeautifulSoup(html, "html.parser").find("img")
    assert beeld is not None
    assert beeld["alt"] == 'Wie "betaalt"'
    assert beeld["width"] == "400"
    assert str(beeld["src"]).startswith("data:image/png;base64,")


def test_het_bewaarde_notebook_noemt_geen_mappen_van_hier(gemaakt: Product) -> None:
    boek = nbformat.reads(gemaakt.notebook, as_version=4)
    assert boek.metadata.papermill.input_path == "proef.ipynb"
    assert boek.metadata.papermill.output_path is None


def test_een_fout_in_een_cel_wordt_een_mislukt_product(tmp_path: Path) -> None:
    notebook = maak_notebook(
        tmp_path / "stuk.ipynb", [("code", "print('eerst')"), ("code", "geheim = 1 / 0"), ("code", "print('later')")]
    )
    product = rapport.maak(taak(notebook))
    assert product.html is None
    assert product.foutsoort == "ZeroDivisionError"
    assert "geheim = 1 / 0" in product.fout
    assert product.foutmelding == "een fout van het soort ZeroDivisionError."
    assert "division by zero" in product.notebook
    assert product.notebook.count('"name": "stdout"') == 1


def test_voortijdig_stoppen_is_geen_succes(tmp_path: Path) -> None:
    notebook = maak_notebook(tmp_path / "stop.ipynb", [("code", "import sys; sys.exit()"), ("code", "print(1)")])
    product = rapport.maak(taak(notebook))
    assert product.html is None
    assert "voortijdig" in product.fout


@pytest.mark.parametrize(
    ("parameters", "verwacht"),
    [
        ({"x; import os": "1"}, "kan geen parameter zijn"),
        ({"rij": {"a": 1}}, "is geen tekst, getal, ja/nee of rij teksten"),
        ({"rij": ["a", 1]}, "is geen tekst, getal, ja/nee of rij teksten"),
    ],
)
def test_alleen_letterlijke_parameters(tmp_path: Path, parameters: dict[str, Any], verwacht: str) -> None:
    notebook = maak_notebook(tmp_path / "n.ipynb", [("code", "1")])
    product = rapport.maak(Taak("x", "x", notebook, parameters, "s"))
    assert product.html is None
    assert verwacht in product.fout


@pytest.mark.parametrize(
    ("soort", "tekst", "verwacht"),
    [
        ("InvoerFout", "a.toml: fte = 3: te veel.", "a.toml: fte = 3: te veel."),
        ("KeyError", "self.geheim[x]", "een fout van het soort KeyError."),
        ("DeadKernelError", "Kernel died", "het rekenproces stopte onverwacht"),
    ],
)
def test_lezers_zien_geen_broncode(soort: str, tekst: str, verwacht: str) -> None:
    assert rapport.voor_lezers(soort, tekst).startswith(verwacht)


# --- the fragment: what may stay ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "boos",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img src='https://example.org/pixel.png'>",
        "<svg onload=alert(1)><circle r=1 /></svg>",
        "<iframe src='https://example.org'></iframe>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' JaVaScript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<link rel=stylesheet href='https://example.org/x.css'>",
        "<style>body { background: url(https://example.org) }</style>",
        "<style>@import 'https://example.org';</style>",
        "<style>body { display: none }</style>",
        "<style>#T_a td { background: url(https://example.org/x.png) }</style>",
        "<style>#T_a td { color: red } body { display: none }</style>",
        "<p style='background: url(https://example.org)'>x</p>",
        "<p style='position: fixed; inset: 0'>x</p>",
        "<form action='https://example.org'><input name=a></form>",
        "<meta http-equiv=refresh content='0;url=https://example.org'>",
        "<base href='https://example.org'>",
        "<!-- <script>alert(1)</script> -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<template><script>alert(1)</script></template>",
        "<details ontoggle=alert(1) open>x</details>",
        "<video src='https://example.org/x.mp4' autoplay></video>",
    ],
)
def test_wat_kwaad_kan_gaat_eruit(boos: str) -> None:
    uit = maak_fragment(f"<p>voor</p>{boos}<p>na</p>").html
    assert "voor" in uit
    assert not re.search(r"<(script|iframe|svg|link|meta|base|form|input|template|math|video|style)", uit)
    soep = BeautifulSoup(uit, "html.parser")
    for tag in soep.find_all(True):
        assert not [a for a in tag.attrs if a.startswith("on")]
        assert not re.search(r"url\(|position", str(tag.get("style", "")))
        for plek in ("src", "href"):
            assert not re.match(r"\s*(javascript|data:text)|https?://example.org", str(tag.get(plek, "")), re.I)


def test_wat_een_lezer_nodig_heeft_blijft() -> None:
    """Alignment, bold rows and caption of a table of ours are classes; no style sheet of a notebook gets through."""
    frame = pd.DataFrame({"naam": ["Jeugd & gezin", "–"], "bedrag": [-1200.0, float("nan")]}, index=["1", "2"])
    tabel = Tabel(frame, {"naam": "tekst", "bedrag": "eur"}, vet=["2"], bijschrift="Onder", links={"–": "#streep"})
    uit = maak_fragment(
        f"<style>td {{ color: red }}</style>{tabel.als_html()}<a href='https://wetten.overheid.nl'>wet</a>"
    ).html
    soep = BeautifulSoup(uit, "html.parser")
    assert soep.style is None
    assert "color: red" not in uit
    kop = [(c.name, c.get("scope"), "getal" in (c.get("class") or [])) for c in soep.select("thead tr > *")]
    assert [(naam, is_getal) for naam, _, is_getal in kop] == [("td", False), ("th", False), ("th", True)]
    assert [scope for _, scope, _ in kop] == [None, "col", "col"]
    assert ["getal" in (c.get("class") or []) for c in soep.select("tbody td")] == [False, True, False, True]
    assert [c.text for c in soep.select("tbody td.getal")] == ["€\u00a0-1.200", "–"]
    assert [r.get("class") for r in soep.select("tbody tr")] == [None, ["vet"]]
    assert soep.caption is not None
    assert soep.caption.text == "Onder"
    assert all(c["scope"] == "row" for c in soep.select("tbody th"))
    vak = soep.select_one("div.tabel")
    assert vak is not None
    assert vak["role"] == "region"
    assert "kort" in (soep.table.get("class") or [])  # type: ignore[union-attr]
    assert soep.select("a")[-1]["rel"] == ["noopener", "noreferrer"]


def test_tabellen_onder_een_kop_hebben_elk_een_eigen_naam() -> None:
    """Who goes from region to region hears which is which."""
    tabel = "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
    soep = BeautifulSoup(maak_fragment(f"<h2>Kosten</h2>{tabel * 2}<h2>Baten</h2>{tabel}").html, "html.parser")
    namen = [vak["aria-label"] for vak in soep.select("div.tabel")]
    assert namen == ["Tabel: Kosten", "Tabel: Kosten (2)", "Tabel: Baten"]


def test_lange_tabellen_breken_en_herhalen_hun_kop() -> None:
    rijen = "".join(f"<tr><td>{i}</td></tr>" for i in range(40))
    soep = BeautifulSoup(maak_fragment(f"<table><tr><th>a</th></tr>{rijen}</table>").html, "html.parser")
    assert soep.thead is not None
    assert soep.table is not None
    assert "kort" not in (soep.table.get("class") or [])


def test_koppen_krijgen_eigen_ids_en_een_h1() -> None:
    f = maak_fragment("<h1>Titel <em>x</em></h1><h2>Kosten</h2><h2>Kosten</h2><h1>Nog een</h1><h3></h3>")
    assert f.titel == "Titel x"
    assert [k.id for k in f.koppen] == ["kosten", "kosten-2", "nog-een"]
    assert "<h1" not in f.html
    assert "<h3" not in f.html


def test_beeld_zonder_beschrijving_krijgt_die_van_de_kop() -> None:
    html = maak_fragment(f"<h2>Wie betaalt</h2><img src='data:image/png;base64,{PNG}'>").html
    beeld = BeautifulSoup(html, "html.parser").select_one("figure img")
    assert beeld is not None
    assert beeld["alt"] == "Figuur bij: Wie betaalt"


def test_tekst_in_css_kan_niet_ontsnappen() -> None:
    boos = '"; } body { display: none } </style><script>alert(1)</script> é 1'
    css = str(css_tekst(boos))
    assert re.fullmatch(r'"[A-Za-z0-9 \\]*"', css)
    terug = re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), css[1:-1])
    assert terug == boos


def test_de_mislukte_pagina_is_kort_en_ontsnapt() -> None:
    from datetime import UTC, datetime

    uit = pagina("mislukt.html.j2", naam="<b>x", slug="x", gemaakt=datetime(2026, 3, 1, tzinfo=UTC), foutmelding="<i>")
    assert "&lt;b&gt;x" in uit
    assert "&lt;i&gt;" in uit
    assert "1 maart 2026" in uit
    assert 'href="fouten/x.txt"' in uit

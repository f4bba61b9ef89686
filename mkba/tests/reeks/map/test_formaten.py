"""The other formats of a report: workbook, figures and zip; complete, safe, and the same bytes every time."""

import base64
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.opdracht import main
from mkba.reeks.map import batch
from mkba.reeks.map.onderdelen import Figuur, Tabelblok, onderdelen
from mkba.reeks.map.overzicht import lees_manifesten
from mkba.reeks.map.pakket import schrijf_pakket
from mkba.reeks.map.werkboek import werkboek
from mkba.reeks.pagina.pdf import drukker
from mkba.reeks.plan import formaten, nodig
from mkba.reeks.plan import taak as t
from mkba.reeks.plan.taak import Product, Taak
from mkba.reeks.werk import rapport
from mkba.reeks.werk import uitvoering as werk
from mkba.reeks.werk.uitvoering import Uitvoering
from mkba.tests.hulp_notebook import boek, maak_notebook, meteen, taak
from mkba.uitvoer import extra, figuur
from mkba.uitvoer.maat import MATEN, Cel
from mkba.uitvoer.tabel import Tabel, uit_gegevens
from mkba.uitvoer.werkblad import bladnaam, getalformaat

CELLEN = [
    ("md", "# Rapport\n\n## Kosten: *wie* betaalt?"),
    (
        "code",
        "import pandas as pd\nfrom mkba.uitvoer.tabel import Tabel\n"
        "tabel = pd.DataFrame({'kosten': [1234.56, -0.5], 'deel': [0.314, 1.5]}, index=['=cmd()', 'Totaal'])\n"
        "Tabel(tabel, {'kosten': 'eur', 'deel': 'fractie'}, vet=['Totaal'])",
    ),
    ("code:verberg", "Tabel(tabel, {'kosten': 'eur'})"),
    ("md", "## Figuur"),
    (
        "code",
        "from mkba.uitvoer import figuur\nax = figuur.nieuw(3, 2)\nax.plot([1, 2])\n"
        "ax.set_title('Twee punten')\nax.alt = 'een lijn'\nax",
    ),
]


def plat(getoond: Any) -> dict[str, Any]:
    """The mime bundle that a notebook gets of an object."""
    return DisplayFormatter().format(getoond)[0]  # type: ignore[no-any-return]


def lees(xlsx: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx))


# --- what a notebook gives ----------------------------------------------------------------------------------------


def test_een_tabel_geeft_haar_getallen_alleen_als_iemand_erom_vraagt() -> None:
    frame = pd.DataFrame({"a": [1234.56, float("nan")], "b": ["x", True]}, index=pd.Index(["r", "s"], name="rij"))
    tabel = Tabel(frame, {"a": "eur"}, rijmaat={"s": "fractie"}, vet=["s"])
    gewoon = plat(tabel)
    with extra.vraag([extra.TABEL]):
        meer = plat(tabel)
    ruw = meer.pop(extra.TABEL)
    assert meer == gewoon, "de pagina en het notebook zijn hetzelfde"
    terug = uit_gegevens(json.loads(json.dumps(ruw)))
    assert ruw["rijkop"] == "rij"
    assert ruw["koppen"] == ["a", "b"]
    assert list(terug.cellen()) == [
        ("r", False, [Cel(1234.56, "eur"), "x"]),
        ("s", True, [Cel(None, "fractie"), "ja"]),
    ]
    assert terug.als_html() == tabel.als_html()
    assert not extra.gevraagd(extra.TABEL), "de vraag geldt niet langer dan het notebook"


def test_een_figuur_geeft_steeds_dezelfde_svg() -> None:
    def teken() -> dict[str, Any]:
        ax = figuur.nieuw(3, 2)
        ax.plot([1, 2])
        ax.set_title("Titel")
        assert isinstance(ax, figuur.Assen)
        ax.alt = "alt"
        return plat(ax)

    gewoon = teken()
    with extra.vraag([extra.FIGUUR]):
        een, twee = teken(), teken()
    assert een == twee
    erbij = een.pop(extra.FIGUUR)
    # in a session of one's own the pixels stand beside the SVG; a report has them only for the files of its figures
    assert een["image/svg+xml"] == gewoon["image/svg+xml"]
    breed, breed_erbij = (
        int.from_bytes(base64.b64decode(png)[16:20], "big") for png in (gewoon["image/png"], erbij["png"])
    )
    assert (breed, breed_erbij) == (3 * 96, 3 * 150), "in een bestand fijner dan op een pagina"
    assert erbij["titel"] == "Titel"
    assert een["image/svg+xml"].startswith("<svg")
    assert "date" not in een["image/svg+xml"]


def test_onderdelen_staan_onder_hun_kop() -> None:
    png = base64.b64encode(b"png").decode()
    tabel = Tabel(pd.DataFrame({"a": [0.5]}, index=["r"]), {"a": "fractie"}, bijschrift="B")
    with extra.vraag([extra.TABEL]):
        met_getallen = plat(tabel)
    delen = list(
        onderdelen(
            boek(
                ("# T\n## Kop *een* [x](y)\n```\n# geen kop\n```", {"text/html": "<h3>Diep</h3><p>tekst</p>"}),
                ("tekst", met_getallen),
                ("", {"image/svg+xml": "<svg/>", extra.FIGUUR: {"titel": "F", "png": png}}),
                ("", {"text/markdown": "#### Uit de cel"}),
                ("", {"image/png": png}),
                # of what was printed nobody reads numbers back
                ("", {"text/html": "<table><caption>B</caption><tr><td>1</td><td>2</td></tr></table>"}),
                ("## Laatste", met_getallen),
            )
        )
    )
    eerste, een, twee, laatste = delen
    assert isinstance(eerste, Tabelblok)
    assert isinstance(laatste, Tabelblok)
    assert (eerste.kop, laatste.kop) == ("Diep", "Laatste")
    assert eerste.tabel.bijschrift == "B"
    assert list(eerste.tabel.cellen()) == [("r", False, [Cel(0.5, "fractie")])]
    assert een == Figuur("Diep", "F", b"png", "<svg/>")
    assert twee == Figuur("Uit de cel", "", b"png", "")


# --- workbook -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", sorted(MATEN))
def test_elke_maat_staat_in_een_werkboek_als_getal_met_een_formaat(naam: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"x": [0.123456789, -1234.56789]}, index=["a", "b"])
    blad = openpyxl.load_workbook(Tabel(frame, {"x": naam}).naar_xlsx(tmp_path / "x.xlsx")).worksheets[0]
    assert [(c.value, c.data_type) for c in (blad["B5"], blad["B6"])] == [(0.123456789, "n"), (-1234.56789, "n")]
    assert blad["B5"].number_format == MATEN[naam].xlsx
    assert ("%" in MATEN[naam].xlsx) == (MATEN[naam].eenheid == "%")


def test_woorden_om_een_getal_staan_in_zijn_formaat() -> None:
    assert getalformaat(Cel(0.31, "fractie", " (k)")) == '0%" (k)"'
    assert getalformaat(Cel(5, "eur", voor='± "')) == '"± ""€" #,##0;"± ""€" -#,##0'
    assert str(Cel(0.31, "fractie", " (k)")) == "31% (k)"


def test_bladnamen_zijn_wat_excel_toestaat() -> None:
    bezet = {"herkomst"}
    namen = [
        bladnaam(kop, bijschrift, bezet)
        for kop, bijschrift in [
            ("Kosten: [wie] betaalt?/*\\", ""),
            ("Herkomst", "Bijschrift"),
            ("herkomst", "bijschrift"),
            ("'" + "x" * 40 + "'", ""),
            ("x" * 40, ""),
            ("x" * 40, ""),
            ("\x07", ""),
        ]
    ]
    assert namen[0] == "Kosten wie betaalt"
    assert namen[1] == "Bijschrift"
    assert namen[2] == "herkomst (2)"
    assert len({n.casefold() for n in namen}) == len(namen)
    assert all(0 < len(n) <= 31 and not re.search(r"[\[\]:*?/\\]", n) and n.strip("'") == n for n in namen)
    assert namen[-1] == "Tabel"


def test_werkboek_heeft_getallen_eenheden_en_veilige_teksten(tmp_path: Path) -> None:
    eng = ["=1+1", "+1", "-x", "@som", " =1", "\x00\x07gewoon", "y" * 40_000]
    frame = pd.DataFrame({"eng": eng, "kosten": [1234.567] * 7, "€ al genoemd": [1.0] * 7})
    tabel = Tabel(frame, {"kosten": "eur", "€ al genoemd": "eur"}, index=False, bijschrift="Bij")
    with extra.vraag([extra.TABEL]):
        data = plat(tabel)
    werk_ = replace(
        taak(tmp_path / "n.ipynb"),
        herkomst=(("Regelset", "=lpbl"),),
        feiten={"parameters": {"rij": "rij 2"}, "kerncijfers": {"saldo": 12.345, "kb_financieel": None}},
    )
    xlsx = werkboek(werk_, onderdelen(boek(("## Kop", data))), "Titel")
    assert xlsx == werkboek(werk_, onderdelen(boek(("## Kop", data))), "Titel"), "steeds dezelfde bytes"
    uit = lees(xlsx)
    assert uit.sheetnames == ["Kerncijfers", "Kop", "Herkomst"]
    blad = uit["Kop"]
    assert [c.value for c in blad[4]] == ["eng", "kosten (euro)", "€ al genoemd"]
    assert (blad["A1"].value, blad["A2"].value) == ("Kop", "Bij")
    assert (blad["B5"].value, blad["B5"].number_format) == (1234.567, '"€" #,##0;"€" -#,##0')
    for rij, tekst in enumerate(eng[:5], 5):
        cel = blad.cell(rij, 1)
        assert (cel.value, cel.data_type, cel.quotePrefix) == (tekst, "s", True)
    assert blad["A10"].value == "gewoon"
    assert len(blad["A11"].value) == 32_767
    assert (uit["Kerncijfers"]["B5"].value, uit["Kerncijfers"]["C5"].value) == (12.345, "saldo")
    assert uit["Kerncijfers"]["B6"].value == "–", "een verhouding die er niet is, is ook geen nul"
    herkomst = {r[0].value: r[1] for r in uit["Herkomst"].iter_rows()}
    assert herkomst["Regelset"].value == "=lpbl"
    assert herkomst["Regelset"].data_type == "s"
    assert herkomst["Parameter rij"].value == "rij 2"
    assert herkomst["Rapport"].value == "Titel"


def test_een_rapport_zonder_tabellen_heeft_alleen_herkomst(tmp_path: Path) -> None:
    assert lees(werkboek(taak(tmp_path / "n.ipynb"), [], "")).sheetnames == ["Herkomst"]


# --- a report with everything ---------------------------------------------------------------------------------------


def test_een_rapport_met_alle_formaten(tmp_path: Path) -> None:
    notebook = maak_notebook(tmp_path / "proef.ipynb", CELLEN)
    kaal = taak(notebook, slug="wijk")
    zonder, met = rapport.maak(kaal), rapport.maak(replace(kaal, formaten=("tabellen", "figuren")))
    assert met.fout == ""
    assert zonder.bestanden == {}
    assert sorted(met.bestanden) == [
        "figuren/wijk/01-twee-punten.png",
        "figuren/wijk/01-twee-punten.svg",
        "tabellen/wijk-tabellen.xlsx",
    ]
    assert zonder.html is not None
    assert met.html is not None
    tijd = re.compile(r"\d\d:\d\d")
    assert tijd.sub("", met.html) == tijd.sub("", zonder.html)
    assert "vnd.mkba" not in met.notebook
    uit = lees(met.bestanden["tabellen/wijk-tabellen.xlsx"])
    assert uit.sheetnames == ["Kosten wie betaalt", "Herkomst"], "een verborgen cel telt niet mee"
    blad = uit["Kosten wie betaalt"]
    assert [c.value for c in blad[5]] == ["=cmd()", 1234.56, 0.314]
    assert [c.value for c in blad[6]] == ["Totaal", -0.5, 1.5]
    assert [c.value for c in blad[4]] == [None, "kosten (euro)", "deel (%)"]
    assert blad["A6"].font.bold
    stuk = rapport.maak(replace(taak(maak_notebook(notebook, [("code", "1 / 0")]), slug="wijk"), formaten=("figuren",)))
    assert (stuk.html, stuk.bestanden, stuk.foutsoort) == (None, {}, "ZeroDivisionError")


def test_een_formaat_dat_niet_lukt_maakt_het_rapport_mislukt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuk(*args: Any) -> dict[str, bytes]:
        raise MemoryError

    monkeypatch.setattr("mkba.reeks.map.werkboek.maak", stuk)
    notebook = maak_notebook(tmp_path / "proef.ipynb", [])
    uit = rapport.maak(replace(taak(notebook), formaten=("tabellen",)))
    assert (uit.html, uit.foutmelding) == (None, "er was te weinig geheugen.")


def test_formaten_kiezen() -> None:
    assert formaten.kies("") == ()
    assert formaten.kies("Figuren, html,tabellen,figuren") == ("tabellen", "figuren")
    with pytest.raises(InvoerFout, match=r"--formaten = 'odt'.*dit formaat bestaat niet\. Kies uit: html, notebook"):
        formaten.kies("odt,tabellen")


# --- in the folder ----------------------------------------------------------------------------------------------


@pytest.fixture
def gemaakt(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Workers that make a file of every format; the list tells which formats were asked each time."""
    keren: list[tuple[str, ...]] = []

    def maak(taak: Taak, **wijze: Any) -> Product:
        keren.append(taak.formaten)
        if "stuk" in taak.parameters:
            return Product(None, "", 0.1, "fout", "ValueError", "fout")
        plek = {
            "tabellen": f"tabellen/{taak.slug}-tabellen.xlsx",
            "figuren": f"figuren/{taak.slug}/01-{taak.sleutel[:3]}.png",
        }
        return Product("<html>", "{}", 0.1, bestanden={plek[f]: f.encode() for f in taak.formaten})

    monkeypatch.setattr(werk, "maak", maak)
    return keren


def bestanden(naar: Path) -> set[str]:
    return {p.relative_to(naar).as_posix() for map_ in ("tabellen", "figuren") for p in (naar / map_).rglob("*.*")}


def draai(opdracht: Taak, naar: Path) -> str:
    return batch.draai([opdracht], naar, 1, maak_executor=meteen)[0].status


def test_het_manifest_telt_elk_bestand(gemaakt: list[tuple[str, ...]], tmp_path: Path) -> None:
    notebook, naar = maak_notebook(tmp_path / "n.ipynb", []), tmp_path / "uit"
    een = replace(taak(notebook, slug="een"), formaten=("tabellen", "figuren"))
    figuur = f"figuren/een/01-{een.sleutel[:3]}.png"
    assert draai(een, naar) == "gelukt"
    manifest = t.lees_manifest(naar / "manifesten" / "een.json")
    assert manifest is not None
    assert manifest.bestanden == {
        naam: hashlib.sha256((naar / naam).read_bytes()).hexdigest()
        for naam in ("een.html", "tabellen/een-tabellen.xlsx", figuur, "notebooks/een.ipynb")
    }
    assert draai(een, naar) == "overgeslagen"
    for bestand in manifest.bestanden:
        (naar / bestand).write_text("geknoei")
        assert nodig.reden(een, naar) == f"bestand veranderd: {bestand}"
        assert draai(een, naar) == "gelukt"
        (naar / bestand).unlink()
        assert nodig.reden(een, naar) == f"bestand ontbreekt: {bestand}"
        assert draai(een, naar) == "gelukt"
    assert draai(replace(een, formaten=()), naar) == "overgeslagen"
    assert nodig.reden(een, naar, opnieuw=True) == "op verzoek opnieuw"


def test_een_formaat_dat_eerder_niet_gevraagd_was_komt_erbij(gemaakt: list[tuple[str, ...]], tmp_path: Path) -> None:
    notebook, naar = maak_notebook(tmp_path / "n.ipynb", []), tmp_path / "uit"
    een = taak(notebook, slug="een")
    assert nodig.reden(een, naar) == "nieuw"
    draai(een, naar)
    draai(replace(een, formaten=("figuren",)), naar)
    met = replace(een, formaten=("tabellen",))
    assert nodig.reden(met, naar) == "nieuw formaat: tabellen"
    draai(met, naar)
    assert gemaakt == [(), ("figuren",), ("tabellen", "figuren")], "wat er al was, gaat niet verloren"
    oude_figuur = f"figuren/een/01-{een.sleutel[:3]}.png"
    assert bestanden(naar) == {"tabellen/een-tabellen.xlsx", oude_figuur}
    anders = replace(een, sleutel="zzz", feiten={"hashes": {"invoer": "x"}})
    assert nodig.reden(anders, naar) == "gewijzigd: de invoer"
    eigen = naar / "figuren" / "een" / "eigen.png"
    eigen.write_text("van de gebruiker")
    draai(anders, naar)
    nu = {"tabellen/een-tabellen.xlsx", "figuren/een/01-zzz.png", "figuren/een/eigen.png"}
    assert bestanden(naar) == nu, "geen figuur van de vorige keer, wel wat de gebruiker erbij zette"
    eigen.unlink()
    assert nodig.reden(replace(anders, sleutel="y"), naar) == "gewijzigd: de opdracht"
    stuk = replace(anders, sleutel="y", parameters={"stuk": "ja"})
    maak_notebook(notebook, [], parameters="stuk = ''  # str")
    draai(stuk, naar)
    assert bestanden(naar) == set(), "naast een mislukt rapport staat geen werkboek dat iets anders zegt"
    assert not (naar / "figuren" / "een").exists()
    assert nodig.reden(stuk, naar) == "eerder mislukt"


def test_zip_is_steeds_hetzelfde_en_blijft_in_de_map(gemaakt: list[tuple[str, ...]], tmp_path: Path) -> None:
    notebook, naar = maak_notebook(tmp_path / "n.ipynb", []), tmp_path / "uit"
    draai(replace(taak(notebook, slug="een"), formaten=("tabellen",)), naar)
    (naar / "index.html").write_text("index")
    (tmp_path / "geheim.txt").write_text("geheim")
    (manifest,) = lees_manifesten(naar)
    geknoei = manifest.model_copy(update={"bestanden": {**manifest.bestanden, "../geheim.txt": "x"}})
    een, twee = (schrijf_pakket(naar, [geknoei], tmp_path / n).read_bytes() for n in ("a.zip", "b.zip"))
    assert een == twee
    with zipfile.ZipFile(io.BytesIO(een)) as pakket:
        assert pakket.namelist() == [
            "index.html",
            "een.html",
            "tabellen/een-tabellen.xlsx",
            "notebooks/een.ipynb",
            "manifesten/een.json",
        ]
        assert {i.date_time for i in pakket.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert pakket.read("een.html") == b"<html>"


class _NepDrukker:
    """Prints the name on a page; what is called "stuk" cannot be printed."""

    gedrukt: list[tuple[str, str]] = []  # noqa: RUF012
    soort = "typst 0"

    def __enter__(self) -> "_NepDrukker":
        return self

    def __exit__(self, *fout: object) -> None:
        self.gedrukt.append(("dicht", ""))

    def druk(self, html: str, *, kop: str, voet: str, titel: str) -> bytes:
        if kop == "Stuk":
            raise InvoerFout([Melding("PDF", kop, "de browser hangt.", "Gebruik typst.")])
        self.gedrukt.append((kop, voet))
        return f"%PDF {titel}".encode()


def test_een_pdf_wordt_gedrukt_door_de_reeks_zelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gekozen: list[str] = []
    monkeypatch.setattr(werk, "maak", lambda taak, **wijze: Product("<html>", "{}", 0.1, titel=taak.naam))

    def kies(voorkeur: str) -> _NepDrukker:
        gekozen.append(voorkeur)
        return _NepDrukker()

    monkeypatch.setattr(drukker, "kies", kies)
    _NepDrukker.gedrukt.clear()
    naar, notebook = tmp_path / "uit", maak_notebook(tmp_path / "n.ipynb", [])
    reeks = [replace(taak(notebook, naam=n, slug=n.lower()), formaten=("pdf",)) for n in ("Goed", "Stuk")]
    wijze = Uitvoering("spawn", pdf_met="typst")
    goed, stuk = batch.draai(reeks, naar, 1, uitvoering=wijze, maak_executor=meteen)
    assert (goed.status, stuk.status) == ("gelukt", "mislukt")
    assert (naar / "pdf" / "goed.pdf").read_bytes() == b"%PDF Goed"
    assert "de browser hangt" in stuk.fout
    assert not (naar / "pdf" / "stuk.pdf").exists()
    assert gekozen == ["typst"], "een keer, en warm voor de hele reeks"
    assert [k for k, _ in _NepDrukker.gedrukt] == ["Goed", "dicht"]
    (naar / "pdf" / "goed.pdf").write_bytes(b"anders")
    standen = [batch.draai(reeks[:1], naar, 1, uitvoering=wijze, maak_executor=meteen)[0].status for _ in range(2)]
    assert standen == ["gelukt", "overgeslagen"]
    assert len(gekozen) == 2, "zonder iets te drukken gaat er geen browser open"


def test_wat_een_pdf_maakt_moet_bestaan(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["notebook", "00", "--naar", str(tmp_path / "uit"), "--pdf-met", "word"]) == 2
    gezegd = capsys.readouterr().err
    assert "--pdf-met = 'word'" in gezegd
    assert "hiermee is geen PDF te maken. Kies uit: auto, chromium, typst." in gezegd
    assert not (tmp_path / "uit").exists()

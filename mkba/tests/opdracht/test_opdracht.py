"""The command line: what it says, what it writes and the exit code, for good input and bad."""

import functools
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

import mkba
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.bestand.csvtabel import lees_csv
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.model.berekening import bereken
from mkba.opdracht import main
from mkba.opdracht.gedeeld import maken
from mkba.reeks.map import batch
from mkba.reeks.plan.taak import Resultaat, Taak
from mkba.reeks.werk import uitvoering as werk
from mkba.tests.hulp_notebook import maak_notebook, meteen, nep_product
from mkba.tests.hulp_opdracht import fout

VOORBEELD = paden.data() / "aanpakken" / "voorbeeld-1.toml"
NAMEN = ("<script>alert(1)</script>", "../../x", "=cmd()", "Wijk & zoon")


@pytest.fixture
def nep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports without a kernel."""
    monkeypatch.setattr(werk, "maak", lambda taak, **wijze: nep_product(taak))
    monkeypatch.setattr(batch, "draai", functools.partial(batch.draai, maak_executor=meteen))


@pytest.fixture
def map_(tmp_path: Path, kengetallen: Kengetallen) -> Path:
    """A folder with two good TOML files, each with an awkward name."""
    uit = tmp_path / "invoer"
    uit.mkdir()
    aanpak = lees_aanpak(VOORBEELD, kengetallen)
    for nummer, naam in enumerate(NAMEN):
        tekst = schrijf_toml(aanpak.model_copy(update={"naam": naam}))
        (uit / f"{nummer}.toml").write_text(tekst, encoding="utf-8")
    return uit


# --- the command itself -----------------------------------------------------------------------------------------


def test_een_half_huishouden_wordt_geweigerd(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bestand = tmp_path / "half.toml"
    tekst = paden.zoek_aanpak("voorbeeld-1").read_text(encoding="utf-8")
    bestand.write_text(tekst.replace("huishoudens = 600 ", "huishoudens = 600.5 "), encoding="utf-8")
    melding = "een aantal is een geheel getal. Rond het af, bijvoorbeeld op 600."
    for opdracht in ("bereken", "controleer"):
        uit = fout(capsys, opdracht, str(bestand))
        assert "half.toml" in uit
        assert melding in uit


def test_uitleg_is_nederlands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    tekst = capsys.readouterr().out
    for opdracht in ("bereken", "controleer", "kengetallen", "notebook", "rapport", "reproduceer", "sjabloon"):
        assert opdracht in tekst
        assert main([opdracht, "--help"]) == 0
        uitleg = capsys.readouterr().out
        assert uitleg.startswith(f"Gebruik: mkba {opdracht} ")
        assert "Toon deze uitleg." in uitleg
        for engels in ("Usage", "Options", "Show this", "default", "required", "OPTIONS"):
            assert engels not in uitleg
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"mkba {mkba.__version__}"


@pytest.mark.parametrize(
    ("argumenten", "verwacht"),
    [
        (["maak"], "onbekende opdracht. Kies uit: beloof, beoordeel, bereken"),
        (["bereken"], "'AANPAK' ontbreekt. Zie `mkba bereken --help`."),
        (["rapport"], "er is niets opgegeven. Geef bestanden of CBS-codes"),
        (["rapport", "x", "--nare", "y"], "onbekende optie --nare. Bedoelt u --naar, --jaar, --samen?"),
        (["rapport", "x", "--naar"], "bij optie --naar hoort een waarde."),
        (["rapport", "x", "--werkers", "0"], "'0' is geen geheel getal van 1 of meer."),
        (["rapport", "x", "--werkers", "twee"], "'twee' is geen geheel getal van 1 of meer."),
        (["bereken", "a", "b"], "te veel argumenten (b)."),
    ],
)
def test_verkeerd_gebruik(capsys: pytest.CaptureFixture[str], argumenten: list[str], verwacht: str) -> None:
    assert verwacht in fout(capsys, *argumenten)


# --- bereken ----------------------------------------------------------------------------------------------------


def test_bereken_json_geeft_precies_de_sleutels(capsys: pytest.CaptureFixture[str], kengetallen: Kengetallen) -> None:
    assert main(["bereken", str(VOORBEELD), "--json"]) == 0
    uit = json.loads(capsys.readouterr().out)
    assert tuple(uit) == SLEUTELS
    assert uit == bereken(lees_aanpak(VOORBEELD, kengetallen), kengetallen).sleutels


def test_bereken_json_zonder_kosten_geeft_null(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    tekst = VOORBEELD.read_text(encoding="utf-8")
    tekst = re.sub(r"^(fte|nieuw|meer) = .*$", r"\1 = 0", tekst, flags=re.MULTILINE)
    (tmp_path / "a.toml").write_text(tekst, encoding="utf-8")
    assert main(["bereken", str(tmp_path / "a.toml"), "--json"]) == 0
    uit = json.loads(capsys.readouterr().out)
    assert uit["totale_kosten"] == 0
    assert uit["kb_financieel"] is None


def test_bereken_toont_uitvoerscherm_a(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bereken", "standaard"]) == 0
    regels = [re.sub(r"\s{2,}", " | ", r.strip()) for r in capsys.readouterr().out.splitlines()]
    # figuur 3.2 prints € 1.429.400, € -, 0,90 and 1,10
    assert "1 Kosten nieuwe aanpak | € 1.429.400" in regels
    assert "a Nieuw voor oud | € 821.000" in regels
    assert "Financiële K-B-verhouding | 0,90" in regels
    assert "Maatschappelijke K-B-verhouding | 1,10" in regels
    assert regels.index("KOSTEN") < regels.index("BATEN")
    assert any(r.startswith("Regelset lpbl-2014, kengetallen ") for r in regels)


def test_bereken_waarschuwt_apart_van_de_uitkomst(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bereken", "voorbeeld-5"]) == 0
    gezegd = capsys.readouterr()
    assert "Let op: " in gezegd.err
    assert "Let op" not in gezegd.out


def test_bereken_een_rij_en_eigen_kengetallen(capsys: pytest.CaptureFixture[str], tmp_path: Path, map_: Path) -> None:
    assert main(["bereken", str(map_), "--rij", "Wijk & zoon", "--json"]) == 0
    gewoon = json.loads(capsys.readouterr().out)
    (tmp_path / "k.toml").write_text("[kwaliteit]\nqaly_eur = 50000\n")
    assert main(["bereken", str(map_), "--rij", "../../x", "--json", "--kengetallen", str(tmp_path / "k.toml")]) == 0
    anders = json.loads(capsys.readouterr().out)
    assert anders["kwaliteit_van_leven"] == pytest.approx(2.5 * gewoon["kwaliteit_van_leven"])
    assert main(["bereken", str(VOORBEELD), "--kengetallen", str(tmp_path / "k.toml")]) == 0
    assert ", 1 afwijkend" in capsys.readouterr().out


# --- wrong input --------------------------------------------------------------------------------------------------


def test_alle_fouten_van_alle_bestanden_staan_bij_elkaar(capsys: pytest.CaptureFixture[str], map_: Path) -> None:
    (map_ / "1.toml").write_text(VOORBEELD.read_text(encoding="utf-8").replace("fte = 8", "fte = -1"))
    (map_ / "2.toml").write_text("naam = 31%")
    tekst = fout(capsys, "controleer", str(map_), "nergens.toml")
    for verwacht in ("1.toml", "fte = -1", "2.toml", "geen geldige TOML", "nergens.toml", "bestaat niet"):
        assert verwacht in tekst
    assert tekst.startswith("Niet gelukt: 3 fouten in de invoer.")
    assert "0.toml" not in tekst


@pytest.mark.parametrize("opdracht", ["bereken", "controleer", "rapport"])
def test_foute_invoer_geeft_bestand_veld_oorzaak_en_remedie(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opdracht: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_text(VOORBEELD.read_text(encoding="utf-8").replace("terugval = 0.20", "terugval = 20"))
    tekst = fout(capsys, opdracht, "a.toml")
    assert re.search(
        r"a\.toml\n  terugval = 20\n    een aandeel ligt tussen 0 en 1 .*"
        r"Bedoelt u 20%\? Schrijf 20% of 0,2; in TOML 0\.2\.",
        tekst,
    )
    assert "Er is niets berekend of geschreven." in tekst
    assert [p.name for p in tmp_path.iterdir()] == ["a.toml"]


@pytest.mark.parametrize(
    ("argumenten", "verwacht"),
    [
        (["bereken", "standaard", "--regelset", "nl-1900"], "deze regelset bestaat niet"),
        (["bereken", "standaard", "--regelset", "../kengetallen/lpbl-2014"], "deze regelset bestaat niet"),
        (["bereken", "standaard", "--kengetallen", "weg.toml"], "het bestand bestaat niet"),
        (["rapport", "standaard", "--notebook", "77"], "dit notebook bestaat niet. Kies uit: "),
        (["notebook", "77"], "dit notebook bestaat niet"),
        (["rapport", "standaard", "--naar", "bestand"], "deze map is niet te maken"),
        (["sjabloon", "x.csv"], "eindigt op .xlsx"),
    ],
)
def test_wat_er_niet_is(
    nep: None,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    argumenten: list[str],
    verwacht: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bestand").write_text("")
    assert verwacht in fout(capsys, *argumenten)
    assert [p.name for p in tmp_path.iterdir()] == ["bestand"]


def test_een_onbekend_kengetal_in_het_afwijkingenbestand(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "k.toml").write_text("[kwaliteit]\nbestaat_niet = 1\nqaly_eur = 'veel'\n")
    assert "geen getal" in fout(capsys, "bereken", "standaard", "--kengetallen", str(tmp_path / "k.toml"))
    (tmp_path / "k.toml").write_text("[kwaliteit]\nbestaat_niet = 1\n")
    tekst = fout(capsys, "bereken", "standaard", "--kengetallen", str(tmp_path / "k.toml"))
    assert "kwaliteit.bestaat_niet = 1" in tekst
    assert "k.toml" in tekst


def test_stuurtekens_uit_een_bestand_bereiken_de_terminal_niet(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_text('"\\u001b[2Jfte" = "\\u001b]0;x\\u0007"\n', encoding="utf-8")
    tekst = fout(capsys, "controleer", str(tmp_path / "a.toml"))
    assert "\x1b" not in tekst
    assert "\x07" not in tekst


# --- controleer, sjabloon, kengetallen ----------------------------------------------------------------------------


def test_controleer_telt_en_waarschuwt(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rustig = tmp_path / "rustig.toml"
    tekst = VOORBEELD.read_text(encoding="utf-8").replace("oudere = 0.03", "oudere = 0.02")
    rustig.write_text(tekst, encoding="utf-8")
    assert main(["controleer", str(rustig)]) == 0
    gezegd = capsys.readouterr()
    assert gezegd.out.strip() == "1 aanpak in 1 bestand: geen fouten, geen waarschuwingen."
    assert gezegd.err == ""
    assert main(["controleer", "voorbeeld-5", "voorbeeld-4"]) == 0
    gezegd = capsys.readouterr()
    aantal = re.search(r"2 aanpakken in 2 bestanden: geen fouten, (\d+) waarschuwingen\.", gezegd.out)
    assert aantal is not None
    assert gezegd.err.count("\n    ") == int(aantal[1]) > 1


def test_dezelfde_aanpak_telt_een_keer(capsys: pytest.CaptureFixture[str], map_: Path) -> None:
    assert main(["controleer", str(map_), str(map_ / "1.toml"), str(map_ / ".." / "invoer")]) == 0
    assert capsys.readouterr().out.startswith("4 aanpakken in 4 bestanden")


def test_sjabloon_wordt_niet_overschreven(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    uit = tmp_path / "sjabloon.xlsx"
    assert main(["sjabloon", str(uit)]) == 0
    assert "geschreven" in capsys.readouterr().out
    assert main(["controleer", str(uit)]) == 0
    capsys.readouterr()
    uit.write_bytes(b"ingevuld")
    assert "--overschrijf" in fout(capsys, "sjabloon", str(uit))
    assert uit.read_bytes() == b"ingevuld"
    assert main(["sjabloon", str(uit), "--overschrijf"]) == 0
    assert uit.read_bytes() != b"ingevuld"


def test_kengetallen_zoeken(capsys: pytest.CaptureFixture[str], kengetallen: Kengetallen) -> None:
    assert main(["kengetallen"]) == 0
    alles = capsys.readouterr().out
    assert all(f"{pad}\n" in alles for pad in kengetallen.getallen)
    assert main(["kengetallen", "--zoek", "QALY_eur"]) == 0
    gevonden = capsys.readouterr().out
    assert "kwaliteit.qaly_eur" in gevonden
    assert "20.000 eur/qaly · gepubliceerd · meta-analyse-2014" in gevonden
    assert len(gevonden) < len(alles)
    assert main(["kengetallen", "--zoek", "onvindbaar"]) == 0
    assert "Geen kengetal gevonden" in capsys.readouterr().err


def test_kengetallen_als_json(capsys: pytest.CaptureFixture[str], kengetallen: Kengetallen, tmp_path: Path) -> None:
    (tmp_path / "k.toml").write_text("[kwaliteit]\nqaly_eur = 50000\n")
    assert main(["kengetallen", "--json", "--kengetallen", str(tmp_path / "k.toml")]) == 0
    lijst = {k["sleutel"]: k for k in json.loads(capsys.readouterr().out)}
    assert set(lijst) == set(kengetallen.getallen)
    assert (lijst["kwaliteit.qaly_eur"]["waarde"], lijst["kwaliteit.qaly_eur"]["oorspronkelijk"]) == (50000, 20000)


# --- rapport ------------------------------------------------------------------------------------------------------


def test_rapport_slaat_over_tot_er_iets_verandert(
    nep: None, capsys: pytest.CaptureFixture[str], map_: Path, tmp_path: Path
) -> None:
    naar = str(tmp_path / "uit")
    assert main(["rapport", str(map_), "--naar", naar]) == 0
    gezegd = capsys.readouterr()
    assert "4 gemaakt, 0 ongewijzigd overgeslagen, 0 mislukt" in gezegd.out
    assert "[4/4]" in gezegd.err
    assert main(["rapport", str(map_), "--naar", naar]) == 0
    assert "0 gemaakt, 4 ongewijzigd overgeslagen" in capsys.readouterr().out
    bestand = map_ / "3.toml"
    bestand.write_text(bestand.read_text(encoding="utf-8").replace("fte = 8", "fte = 9"), encoding="utf-8")
    assert main(["rapport", str(map_), "--naar", naar]) == 0
    assert "1 gemaakt, 3 ongewijzigd overgeslagen" in capsys.readouterr().out
    (tmp_path / "k.toml").write_text("[kwaliteit]\nqaly_eur = 50000\n")
    assert main(["rapport", str(map_), "--naar", naar, "--kengetallen", str(tmp_path / "k.toml")]) == 0
    assert "4 gemaakt" in capsys.readouterr().out
    assert main(["rapport", str(map_), "--naar", naar, "--kengetallen", str(tmp_path / "k.toml"), "--opnieuw"]) == 0
    assert "4 gemaakt" in capsys.readouterr().out
    manifest = json.loads((tmp_path / "uit" / "manifesten" / "wijk-zoon.json").read_text())
    assert manifest["afwijkingen"] == {"kwaliteit.qaly_eur": 50000}
    assert manifest["parameters"] == {"aanpak": "3.toml", "regelset": "lpbl-2014", "kengetallen": "k.toml"}
    assert set(manifest["kerncijfers"]) == set(SLEUTELS)
    assert {"notebook", "parameters", "invoer", "kengetallen", "code"} <= set(manifest["hashes"])
    assert set(manifest["bestanden"]) == {"wijk-zoon.html", "notebooks/wijk-zoon.ipynb"}


def test_mislukte_rapporten_staan_aan_het_eind_en_geven_code_1(
    nep: None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    map_: Path,
    tmp_path: Path,
) -> None:
    tekst = (map_ / "3.toml").read_text(encoding="utf-8").replace("Wijk & zoon", "Stuk")
    (map_ / "3.toml").write_text(tekst, encoding="utf-8")
    assert main(["rapport", str(map_), "--naar", str(tmp_path / "uit")]) == 1
    gezegd = capsys.readouterr()
    assert "3 gemaakt, 0 ongewijzigd overgeslagen, 1 mislukt" in gezegd.out
    assert gezegd.err.rstrip().splitlines()[-1].startswith("  Stuk: een fout van het soort ValueError. Zie ")
    assert (tmp_path / "uit" / "index.html").exists()


def test_te_groot_rapport_wordt_genoemd(
    nep: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(maken, "MAX_OMVANG", 3)
    assert main(["rapport", str(VOORBEELD), "--naar", str(tmp_path)]) == 0
    assert ".html is groot (0,0 MB)" in capsys.readouterr().err


def test_ctrl_c_eindigt_netjes(
    nep: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, map_: Path, tmp_path: Path
) -> None:
    def onderbroken(*args: object, **wijze: object) -> list[Resultaat]:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "draai", onderbroken)
    assert main(["rapport", str(map_), "--naar", str(tmp_path / "uit")]) == 130
    assert "Afgebroken" in capsys.readouterr().err
    assert (tmp_path / "uit" / "index.html").exists()


def test_voortgang_op_een_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with maken.Voortgang(2) as balk:
        balk.meld(Resultaat(Taak("a", "A", tmp_path, {}, "s"), "gelukt"))
        balk.meld(Resultaat(Taak("b", "B", tmp_path, {}, "s"), "mislukt"))
    tekst = capsys.readouterr().err
    assert "2/2" in tekst
    assert "mislukt: B" in tekst


def test_een_rapport_dat_lang_duurt_zegt_bij_welk_deel_het_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Six cells with the parameters: after four a third is left; the second takes what the first took."""
    bron = [("md", "# Rapport"), ("code", "x = 1"), ("md", "tekst\n\n## Wie *betaalt*"), ("code", "x")]
    taken = [Taak(n, n.upper(), maak_notebook(tmp_path / "n.ipynb", bron), {}, "s") for n in "ab"]
    klok = iter([100.0, 106.0, 112.0, 200.0, 204.0])
    monkeypatch.setattr("mkba.opdracht.gedeeld.maken.time", SimpleNamespace(monotonic=lambda: next(klok)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with maken.Voortgang(2) as balk:
        balk.meld_cel(taken[0], 0)
        balk.meld_cel(taken[0], 4)
        assert balk.balk is not None
        assert balk.balk.postfix == "Wie betaalt, nog 3 s: A"
        balk.meld(Resultaat(taken[0], "gelukt"))
        balk.meld_cel(taken[1], 0)
        balk.meld_cel(taken[1], 4)
        assert balk.balk.postfix == "Wie betaalt, nog 8 s: B"
    assert "Wie betaalt" in capsys.readouterr().err


def test_buiten_een_terminal_blijft_het_een_regel_per_rapport(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    taak = Taak("a", "A", tmp_path / "n.ipynb", {}, "s")
    with maken.Voortgang(1) as balk:
        balk.meld_cel(taak, 0)
        balk.meld_cel(taak, 1)
        balk.meld(Resultaat(taak, "gelukt"))
    assert capsys.readouterr().err == "[1/1] A: klaar\n"


def test_een_reeks_van_begin_tot_eind(capsys: pytest.CaptureFixture[str], map_: Path, tmp_path: Path) -> None:
    """Real workers; the notebook shows the name in every unsafe way there is."""
    cellen = [
        ("md", "# Rapport\n\n## Naam"),
        (
            "code",
            "from pathlib import Path\nfrom IPython.display import HTML, Markdown, display\n"
            "from mkba.kern.catalogus.kengetallen import laad\nfrom mkba.invoer.lezen import lees_aanpak\n"
            "naam = lees_aanpak(Path(aanpak), laad(regelset), rij).naam\n"
            "display(HTML(naam), Markdown(naam), HTML(f'<b title=\"{naam}\">x</b>'))\nprint(naam)",
        ),
    ]
    notebook = maak_notebook(tmp_path / "proef.ipynb", cellen)
    naar = tmp_path / "uit"
    argumenten = ["rapport", str(map_), "--naar", str(naar), "--notebook", str(notebook)]
    assert main([*argumenten, "--kengetallen", str(notebook)]) == 2, "een notebook is geen TOML"
    assert main(argumenten) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["invoer", "proef.ipynb", "uit"]
    paginas = sorted(p.name for p in naar.glob("*.html"))
    assert paginas == ["cmd.html", "index.html", "script-alert-1-script.html", "wijk-zoon.html", "x.html"]
    for pagina in paginas:
        html = (naar / pagina).read_text(encoding="utf-8")
        soep = BeautifulSoup(html, "html.parser")
        assert "lees_aanpak" not in html
        assert not re.search(r"(src|href)=\"(https?:)?//", html)
        assert "<script src" not in html
        assert len(soep.find_all("script")) == (1 if pagina == "index.html" else 0)
        for link in soep.find_all("a"):
            href = str(link["href"])
            assert href.startswith("#") or (naar / href).is_file(), href
    index = BeautifulSoup((naar / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert {a.get_text() for a in index.select("tbody th a")} == set(NAMEN)
    assert "'=cmd()" in {rij["naam"] for rij in lees_csv((naar / "overzicht.csv").read_bytes())}
    capsys.readouterr()


def test_een_notebook_dat_de_parameters_niet_kent_wordt_geweigerd(
    capsys: pytest.CaptureFixture[str], map_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "draai", functools.partial(batch.draai, maak_executor=meteen))
    notebook = maak_notebook(tmp_path / "kaal.ipynb", [], parameters="aanpak = ''  # str")
    naar = tmp_path / "uit"
    tekst = fout(capsys, "rapport", str(map_), "--naar", str(naar), "--notebook", str(notebook), "--werkers", "1")
    assert "regelset" in tekst
    assert "heeft geen parameter met deze naam" in tekst
    assert not naar.exists()

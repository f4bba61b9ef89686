"""The options of a series of reports: which, in which formats, how; what they say and what they refuse."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mkba.kern.bestand import paden
from mkba.opdracht import OPDRACHTEN, main
from mkba.opdracht.gedeeld import maken
from mkba.opdracht.gedeeld.keuze import GROEPEN, Keuze, kies
from mkba.reeks.map import batch
from mkba.reeks.plan.taak import Resultaat, Taak
from mkba.reeks.werk.uitvoering import Uitvoering
from mkba.tests.hulp_reeks import Zeg, taken, zeg

__all__ = ["taken", "zeg"]
CIJFERS = paden.data() / "voorbeeldgemeente" / "kerncijfers.json"


# --- which reports ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opties", "verwacht"),
    [
        (["--alleen", "wijk*"], {"wijk-noord", "wijk-zuid"}),
        (["--alleen", "WIJK NOORD"], {"wijk-noord"}),
        (["--alleen", "wijk-zuid", "--alleen", "stad"], {"wijk-zuid", "stad"}),
        (["--sla-over", "*zuid"], {"wijk-noord", "stad"}),
        (["--alleen", "wijk*", "--sla-over", "wijk-noord"], {"wijk-zuid"}),
        (["--alleen", "*oo?d"], {"wijk-noord"}),
    ],
)
def test_alleen_en_sla_over(zeg: Zeg, taken: list[Taak], opties: list[str], verwacht: set[str]) -> None:
    assert zeg(*opties)[0] == 0
    assert {taak.slug for taak in taken} == verwacht


def test_kiezen_legt_rapporten_niet_naast_elkaar(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report is known by its slug: to compare each with all costs minutes at ten thousand of them."""
    reeks = [Taak(f"wijk-{i}", f"Wijk {i}", Path("n.ipynb"), {}, "") for i in range(20)]
    monkeypatch.setattr(Taak, "__eq__", lambda een, ander: pytest.fail("rapporten zijn met elkaar vergeleken"))
    keuze = replace(Keuze.gewoon(Path("uit")), alleen=("wijk-1*",))
    assert [taak.slug for taak in kies(reeks, keuze)] == ["wijk-1", *(f"wijk-{i}" for i in range(10, 20))]


@pytest.mark.parametrize(
    ("opties", "verwacht"),
    [
        (["--alleen", "noord"], "Bedoelt u '*noord*'? Die past op wijk-noord, Wijk Noord."),
        (["--sla-over", "wijk-nord"], "Bedoelt u 'wijk-noord' of "),
        (["--alleen", "*west*"], "Met --droog ziet u alle namen."),
        (["--alleen", "zzz"], "geen rapport heeft deze naam of bestandsnaam."),
        (["--sla-over", "*"], "er blijft geen rapport over."),
        (["--formaten", "odt"], "Kies uit: html, notebook, tabellen, figuren, onderbouwing, word, powerpoint, pdf."),
        (["--zip", "wijken.xlsx"], "dit is geen naam van een zipbestand."),
        (["--limiet", "0"], "'0' is geen getal groter dan 0."),
        (["--limiet-cel", "-1"], "'-1' is geen getal groter dan 0."),
        (["--geheugen", "inf"], "'inf' is geen getal groter dan 0."),
        (["--geheugen", "veel"], "'veel' is geen getal groter dan 0."),
        (["--werkers", "0"], "'0' is geen geheel getal van 1 of meer."),
    ],
)
def test_wat_niet_kan(zeg: Zeg, tmp_path: Path, opties: list[str], verwacht: str) -> None:
    code, uit, fout = zeg(*opties)
    assert (code, uit) == (2, "")
    assert verwacht in fout
    assert not (tmp_path / "uit").exists()


def test_een_tweede_reeks_in_dezelfde_map(zeg: Zeg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "uit").mkdir()
    monkeypatch.setattr("mkba.reeks.map.grendel.FileLock", _ander_slot)
    code, uit, fout = zeg()
    assert (code, uit) == (2, "")
    assert "in deze map is al een reeks rapporten bezig." in fout


def _ander_slot(*args: Any, **opties: Any) -> Any:
    from filelock import FileLock, Timeout

    class Bezet(FileLock):
        def acquire(self, *args: Any, **opties: Any) -> Any:
            raise Timeout("")

    return Bezet(*args, **opties)


# --- dry --------------------------------------------------------------------------------------------------------


def test_droog_zegt_wat_en_waarom_en_schrijft_niets(zeg: Zeg, taken: list[Taak], tmp_path: Path) -> None:
    naar = tmp_path / "uit"
    code, uit, fout = zeg("--droog")
    assert (code, fout, taken) == (0, "", [])
    assert uit.splitlines() == [
        f"Stad → {naar / 'stad.html'} (nieuw)",
        f"Wijk Noord → {naar / 'wijk-noord.html'} (nieuw)",
        f"Wijk Zuid → {naar / 'wijk-zuid.html'} (nieuw)",
        "3 te maken, 0 ongewijzigd. Er is niets geschreven (--droog).",
    ]
    assert not naar.exists()
    zeg()
    (naar / "stad.html").unlink()
    (naar / "notebooks" / "wijk-noord.ipynb").write_text("anders")
    voor = {p: p.read_bytes() for p in naar.rglob("*") if p.is_file()}
    _, uit, _ = zeg("--droog")
    assert "(bestand ontbreekt: stad.html)" in uit
    assert "(bestand veranderd: notebooks/wijk-noord.ipynb)" in uit
    assert uit.endswith("2 te maken, 1 ongewijzigd. Er is niets geschreven (--droog).\n")
    toml = tmp_path / "invoer" / "Wijk Zuid.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("fte = 8", "fte = 9"), encoding="utf-8")
    assert "wijk-zuid.html (gewijzigd: de invoer)" in zeg("--droog", "--alleen", "*zuid")[1]
    assert "(nieuw formaat: figuren)" in zeg("--droog", "--alleen", "wijk-noord", "--formaten", "figuren")[1]
    assert zeg("--droog", "--opnieuw")[1].endswith("3 te maken, 0 ongewijzigd. Er is niets geschreven (--droog).\n")
    assert {p: p.read_bytes() for p in naar.rglob("*") if p.is_file()} == voor


def test_droog_als_json(zeg: Zeg) -> None:
    zeg("--alleen", "stad")
    code, uit, _ = zeg("--droog", "--json")
    gegevens = json.loads(uit)
    assert (code, gegevens["te_maken"], gegevens["ongewijzigd"]) == (0, 2, 1)
    assert gegevens["rapporten"][:2] == [
        {"slug": "stad", "naam": "Stad", "status": "ongewijzigd", "reden": ""},
        {"slug": "wijk-noord", "naam": "Wijk Noord", "status": "te maken", "reden": "nieuw"},
    ]


def test_droog_bij_gebieden_schrijft_ook_de_invoer_niet(
    taken: list[Taak], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    naar = tmp_path / "uit"
    argumenten = ["rapport", "WK999901", "--cijfers", str(CIJFERS), "--naar", str(naar), "--notebooks", "30"]
    assert main([*argumenten, "--droog"]) == 0
    assert "1 te maken" in capsys.readouterr().out
    assert not naar.exists()
    assert main(argumenten) == 0
    capsys.readouterr()
    assert main([*argumenten, "--droog"]) == 0
    assert capsys.readouterr().out == "0 te maken, 1 ongewijzigd. Er is niets geschreven (--droog).\n"


def test_bij_gebieden_wordt_niets_geschreven_als_er_iets_mis_is(
    taken: list[Taak], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    naar = tmp_path / "uit"
    argumenten = ["rapport", "WK999901", "--cijfers", str(CIJFERS), "--naar", str(naar)]
    assert main([*argumenten, "--alleen", "nergens"]) == 2
    assert "geen rapport heeft deze naam" in capsys.readouterr().err
    assert not naar.exists()
    monkeypatch.setattr("mkba.reeks.map.grendel.FileLock", _ander_slot)
    assert main(argumenten) == 2
    assert "al een reeks rapporten bezig" in capsys.readouterr().err
    assert not list(naar.iterdir())
    assert taken == []


# --- what is said -------------------------------------------------------------------------------------------------


def test_json_is_alles_op_de_standaarduitvoer(zeg: Zeg, tmp_path: Path) -> None:
    toml = tmp_path / "invoer" / "Stad.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('"Stad"', '"Stuk"'), encoding="utf-8")
    zeg("--alleen", "wijk-noord")
    code, uit, fout = zeg("--json")
    gegevens = json.loads(uit)
    assert code == 1
    kop = {k: gegevens[k] for k in ("gemaakt", "ongewijzigd", "mislukt", "niet_gemaakt", "afgebroken", "zip")}
    assert kop == {"gemaakt": 1, "ongewijzigd": 1, "mislukt": 1, "niet_gemaakt": 0, "afgebroken": False, "zip": None}
    per_slug = {r["slug"]: r for r in gegevens["rapporten"]}
    assert per_slug["wijk-noord"]["status"] == "ongewijzigd"
    assert per_slug["stuk"] == {
        "slug": "stuk",
        "naam": "Stuk",
        "status": "mislukt",
        "seconden": 0.5,
        "bestand": str(tmp_path / "uit" / "stuk.html"),
        "fout": "een fout van het soort ValueError.",
    }
    assert per_slug["wijk-zuid"]["fout"] is None
    assert Path(gegevens["overzicht"]).is_file()
    assert "1 gemaakt, 1 ongewijzigd overgeslagen, 1 mislukt" in fout


def test_ctrl_c_zegt_hoe_het_verder_gaat(
    zeg: Zeg, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def onderbroken(
        opdrachten: list[Taak], naar: Path, werkers: object, opnieuw: bool, meld: Any, *rest: Any, **wijze: Any
    ) -> None:
        naar.mkdir(exist_ok=True)
        meld(Resultaat(opdrachten[0], "gelukt", 1.0))
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "draai", onderbroken)
    code, uit, fout = zeg("--zip")
    assert (code, uit) == (130, "")
    assert "Afgebroken; 2 van 3 niet gemaakt." in fout
    assert "dezelfde opdracht maakt de rest." in fout
    assert not (tmp_path / "uit" / "rapporten.zip").exists()
    code, uit, _ = zeg("--json")
    gegevens = json.loads(uit)
    assert (code, gegevens["afgebroken"], gegevens["gemaakt"], gegevens["niet_gemaakt"]) == (130, True, 1, 2)
    assert gegevens["rapporten"][1]["bestand"] is None


def test_de_balk_telt_wat_er_al_was_niet_mee_in_het_tempo(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    taak = Taak("a", "A", tmp_path, {}, "s")
    with maken.Voortgang(3) as balk:
        balk.meld(Resultaat(taak, "overgeslagen"))
        balk.meld(Resultaat(taak, "gelukt"))
        assert balk.balk is not None
        assert (balk.balk.n, balk.balk.initial) == (2, 1)
    assert "2/3 rapporten" in capsys.readouterr().err


# --- how and in which formats -------------------------------------------------------------------------------------


def test_grenzen_en_isoleren_bereiken_de_werkers(zeg: Zeg, monkeypatch: pytest.MonkeyPatch) -> None:
    gevraagd: list[Any] = []

    def draai(opdrachten: list[Taak], naar: Path, *rest: Any, **wijze: Any) -> list[Resultaat]:
        naar.mkdir(exist_ok=True)
        gevraagd.append((rest[0], rest[-1]))
        return []

    monkeypatch.setattr(batch, "draai", draai)
    opties = ["--isoleer", "--limiet-cel", "1,5", "--limiet", "60", "--geheugen", "2", "--werkers", "3"]
    assert zeg(*opties)[0] == 0
    assert gevraagd[-1] == (3, Uitvoering(isoleer=True, limiet_s=60.0, limiet_cel_s=1.5, geheugen_gb=2.0))
    assert zeg()[0] == 0
    assert gevraagd[-1] == (None, Uitvoering())


def test_formaten_bereiken_de_taken(zeg: Zeg, taken: list[Taak]) -> None:
    assert zeg("--formaten", "html,figuren,tabellen")[0] == 0
    assert {taak.formaten for taak in taken} == {("tabellen", "figuren")}


def test_zip_in_de_map_of_waar_het_gevraagd_is(zeg: Zeg, tmp_path: Path) -> None:
    code, uit, _ = zeg("--zip")
    assert code == 0
    assert f"Zipbestand: {tmp_path / 'uit' / 'rapporten.zip'}" in uit
    elders = tmp_path / "elders" / "alles.zip"
    assert zeg("--zip", str(elders))[0] == 0
    with zipfile.ZipFile(elders) as pakket:
        namen = pakket.namelist()
    assert namen[:3] == ["index.html", "overzicht.csv", "stad.html"]
    assert "manifesten/wijk-zuid.json" in namen
    assert "rapporten.zip" not in namen


def test_wat_niet_meer_in_de_invoer_staat_komt_apart(zeg: Zeg, tmp_path: Path) -> None:
    zeg()
    index = tmp_path / "uit" / "index.html"
    assert "Niet in deze opdracht" not in index.read_text(encoding="utf-8")
    zeg("--alleen", "stad", "--opnieuw")
    assert "Niet in deze opdracht" not in index.read_text(encoding="utf-8"), "overgeslagen is niet verdwenen"
    (tmp_path / "invoer" / "Stad.toml").unlink()
    zeg()
    assert "Niet in deze opdracht" in index.read_text(encoding="utf-8")


def test_notebook_kent_dezelfde_opties(taken: list[Taak], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["notebook", "30", "35", "--naar", str(tmp_path), "--alleen", "35*", "--formaten", "figuren"]) == 0
    assert [(taak.slug, taak.formaten) for taak in taken] == [("35_voorbeelden", ("figuren",))]
    capsys.readouterr()
    assert main(["notebook", "35", "--naar", str(tmp_path), "--droog"]) == 0
    assert capsys.readouterr().out.startswith("0 te maken, 1 ongewijzigd.")


# --- the folder: to mail, to tell apart ---------------------------------------------------------------------------


def test_zip_post_heeft_alleen_wat_een_lezer_nodig_heeft(zeg: Zeg, tmp_path: Path) -> None:
    assert zeg("--zip", "post", "--zip", str(tmp_path / "alles.zip"))[0] == 0
    with zipfile.ZipFile(tmp_path / "uit" / "post.zip") as pakket:
        assert set(pakket.namelist()) == {"index.html", "stad.html", "wijk-noord.html", "wijk-zuid.html"}
        overzicht = pakket.read("index.html").decode()
    for weg in ("notebooks/", "manifesten", "overzicht.csv", "fouten/"):
        assert weg not in overzicht
    with zipfile.ZipFile(tmp_path / "alles.zip") as pakket:
        assert {"notebooks/stad.ipynb", "manifesten/stad.json"} <= set(pakket.namelist())


def test_het_oude_woord_werkboek_zegt_welke_van_de_twee_er_is(zeg: Zeg, tmp_path: Path) -> None:
    code, _, err = zeg("--formaten", "werkboek")
    assert code == 2
    assert "een werkboek is wat `mkba werkboek` schrijft: het rekent zelf." in err
    assert "Geef --formaten tabellen" in err
    assert not (tmp_path / "uit").exists()


def test_tabellen_van_een_rapport_zijn_geen_invoer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pad = tmp_path / "noord-tabellen.xlsx"
    boek = openpyxl.Workbook()
    boek.create_sheet("Kerncijfers")
    boek.create_sheet("Herkomst")
    boek.save(pad)
    for opdracht in (["bereken", str(pad)], ["bereken", "standaard", "--kengetallen", str(pad)]):
        assert main(opdracht) == 2
        assert "dit zijn de tabellen van een rapport (--formaten tabellen); die rekenen niet" in capsys.readouterr().err


@pytest.mark.parametrize("naam", ["", *OPDRACHTEN])
def test_elke_hulp_eindigt_met_een_voorbeeld(naam: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([naam, "--help"] if naam else ["--help"]) == 0
    laatste = capsys.readouterr().out.strip().splitlines()[-2:]
    assert laatste[0] == "Voorbeeld:"
    assert laatste[1].strip().startswith(f"mkba {naam}".strip())


def test_de_hulp_van_rapport_is_gegroepeerd(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rapport", "--help"]) == 0
    hulp = capsys.readouterr().out
    plekken = [hulp.index(f"\n{kop}:") for kop in GROEPEN]
    assert plekken == sorted(plekken)
    assert "Opties:" not in hulp


@pytest.mark.parametrize(
    ("getypt", "bedoeld"),
    [(["rapprot", "x"], "Bedoelt u rapport?"), (["bereken", "voorbeeld1"], "Bedoelt u voorbeeld-1")],
)
def test_wie_zich_vertypt_hoort_wat_er_op_lijkt(
    getypt: list[str], bedoeld: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(getypt) == 2
    assert bedoeld in capsys.readouterr().err

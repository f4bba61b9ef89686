"""A page says what was planned, or it is not accepted; a page that was exchanged is made again."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mkba.invoer.lezen import lees_aanpakken
from mkba.kern.bestand import paden
from mkba.kern.bestand.hashes import hash_bestand
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.opdracht import main
from mkba.opdracht.gedeeld.lezen import lees_alles
from mkba.reeks.plan import gebieden as gebiedstaken
from mkba.reeks.plan import nodig
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan import taak as t
from mkba.reeks.plan.rapporten import cohort_taak
from mkba.reeks.werk import rapport
from mkba.tests.hulp_invoer import BASIS
from mkba.tests.hulp_notebook import maak_notebook
from mkba.uitvoer.kernpunten import AndereCijfers, controleer, merk, past

LEES = """
from pathlib import Path
from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import lees_aanpak
from mkba.model.berekening import bereken
from mkba.uitvoer.aanpak import zinnen as tekst
catalogus = lees_kengetallen(regelset, kengetallen)
invoer = lees_aanpak(Path(aanpak), catalogus, rij)
"""
TOON = """
uitkomst = bereken(invoer, catalogus)
tekst.kop(invoer, tekst.kengetallenregel(catalogus), "", uitkomst)
"""
KIJK = "print('qaly', catalogus['kwaliteit.qaly_eur'])"


def schrijf_tabel(pad: Path, huishoudens: int, *namen: str) -> None:
    basis = BASIS | {"disciplines": "jeugd, ggz, wi, welzijn, zorg, wonen", "huishoudens": huishoudens}
    regels = [";".join(basis), *(";".join(str(w) for w in (basis | {"naam": n}).values()) for n in namen)]
    pad.write_text("\n".join(regels), encoding="utf-8")


def test_wat_verschilt_wordt_genoemd() -> None:
    gepland = {"invoer": "a", "kerncijfers": {"saldo": 1.0, "kb_financieel": None}}
    controleer(gepland, {})
    controleer(gepland, {"kerncijfers": {"saldo": 1.0 + 1e-12, "kb_financieel": None}, "anders": 3})
    with pytest.raises(AndereCijfers, match=r"de kerncijfers verschillen \(.* 2.0 in plaats van 1.0\)"):
        controleer(gepland, {"invoer": "a", "kerncijfers": {"saldo": 2.0, "kb_financieel": None}})
    with pytest.raises(AndereCijfers, match="de invoer en de kerncijfers verschillen"):
        controleer(gepland, {"invoer": "b", "kerncijfers": {"saldo": 2.0}})
    with pytest.raises(AndereCijfers, match="kerncijfers"):
        controleer(gepland, {"kerncijfers": {"saldo": 1.0, "kb_financieel": 0.0}})


def test_een_pagina_draagt_haar_merk() -> None:
    gepland: dict[str, Any] = {"invoer": "a", "kerncijfers": {"saldo": 1.0}}
    html = f'<meta name="mkba-kern" content="{merk(gepland, {"invoer": 0})}">'.encode()
    assert past(gepland, html)
    assert past(gepland | {"kerncijfers": {}}, html), "wat zij niet noemt, zegt zij niet"
    assert not past(gepland | {"invoer": "b"}, html)
    assert past(gepland, b"<html>van een eigen notebook"), "zonder merk is er niets te zeggen"
    assert merk(gepland, {}) == ""


@pytest.mark.traag
def test_elk_notebook_over_aanpakken_of_gebieden_geeft_zijn_kern(kengetallen: Kengetallen, tmp_path: Path) -> None:
    bronnen = list(lees_aanpakken(paden.data() / "aanpakken" / "voorbeeld-1.toml", kengetallen))
    klein = {"40": {"trekkingen": 200, "punten": 64}}
    alle = [
        taak
        for nummer in ("30", "40")
        for taak in taken.rapport_taken(bronnen, kengetallen, taken.zoek_notebook(nummer))
    ]
    alle.append(cohort_taak(bronnen, kengetallen, taken.zoek_notebook("45")))
    cijfers = paden.data() / "voorbeeldgemeente" / "kerncijfers.json"
    gebieden = gebiedstaken.lees(["WK999902"], kengetallen, str(cijfers))
    gebiedstaken.schrijf(gebieden, tmp_path)
    boeken = [taken.zoek_notebook(n) for n in ("10", "30")]
    alle += gebiedstaken.gebied_taken(gebieden, boeken, tmp_path, kengetallen)
    namen = []
    for taak in alle:
        parameters = dict(taak.parameters) | klein.get(taak.notebook.name[:2], {})
        product = rapport.maak(t.Taak(**vars(taak) | {"parameters": parameters}))
        assert product.html is not None, product.fout
        assert past(taak.kern, product.html.encode())
        namen.append(product.html.partition('name="mkba-kern" content="')[2].partition(":")[0])
        assert "vnd.mkba" not in product.notebook
    assert namen == ["invoer,kerncijfers"] * 2 + ["invoer", "gebieden,huishoudens", "invoer,kerncijfers"]


def test_een_pagina_met_andere_cijfers_wordt_niet_bewaard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A notebook that reckons with other answers than those that stand in the table, the manifest and the overview."""
    tabel, naar = tmp_path / "t.csv", tmp_path / "uit"
    schrijf_tabel(tabel, 600, "a")
    anders = 'invoer = invoer.met({"huishoudens": 6000}, catalogus)'
    boek = maak_notebook(tmp_path / "b.ipynb", [("code", LEES), ("code", anders), ("code", TOON)])
    assert main(["rapport", str(tabel), "--notebooks", str(boek), "--naar", str(naar)]) == 1
    gezegd = capsys.readouterr().err
    assert "de pagina toont iets anders dan is gelezen en doorgerekend" in gezegd
    assert "de invoer en de kerncijfers verschillen" in gezegd
    assert "kon niet worden gemaakt" in (naar / "a.html").read_text()
    assert "6.000" not in (naar / "a.html").read_text()
    maak_notebook(boek, [("code", LEES), ("code", TOON)])
    assert main(["rapport", str(tabel), "--notebooks", str(boek), "--naar", str(naar)]) == 0
    assert "600 huishoudens" in (naar / "a.html").read_text()


def _wissel(a: Path, b: Path) -> None:
    tussen = a.with_name("tussen")
    a.rename(tussen)
    b.rename(a)
    tussen.rename(b)


@pytest.mark.parametrize("wat", ["pagina's en sommen", "pagina's en manifesten", "een kerncijfer in het manifest"])
def test_wat_verwisseld_is_wordt_opnieuw_gemaakt(tmp_path: Path, kengetallen: Kengetallen, wat: str) -> None:
    tabel, naar = tmp_path / "t.csv", tmp_path / "uit"
    schrijf_tabel(tabel, 600, "a", "b")
    tabel.write_text(tabel.read_text().replace("b;600", "b;700"), encoding="utf-8")
    boek = maak_notebook(tmp_path / "b.ipynb", [("code", LEES), ("code", TOON)])
    opdracht = ["rapport", str(tabel), "--notebooks", str(boek), "--naar", str(naar)]
    assert main(opdracht) == 0
    reeks = taken.rapport_taken(lees_alles([str(tabel)], kengetallen), kengetallen, boek.resolve())
    assert [nodig.reden(taak, naar) for taak in reeks] == ["", ""]
    manifesten = [naar / "manifesten" / f"{s}.json" for s in "ab"]
    if wat == "een kerncijfer in het manifest":
        gegevens = json.loads(manifesten[0].read_text())
        gegevens["kerncijfers"]["saldo"] = 1.0
        manifesten[0].write_text(json.dumps(gegevens))
        assert nodig.reden(reeks[0], naar) == "manifest zegt iets anders: kerncijfers"
        assert not nodig.reden(reeks[1], naar)
    elif wat == "pagina's en manifesten":
        _wissel(*(naar / f"{s}.html" for s in "ab"))
        _wissel(*manifesten)
        assert all(nodig.reden(taak, naar) for taak in reeks)
    else:
        _wissel(*(naar / f"{s}.html" for s in "ab"))
        for pad in manifesten:
            gegevens = json.loads(pad.read_text())
            naam = f"{pad.stem}.html"
            gegevens["bestanden"][naam] = hash_bestand((naar / naam).read_bytes())
            pad.write_text(json.dumps(gegevens))
        assert {nodig.reden(taak, naar) for taak in reeks} == {"pagina zegt iets anders dan de invoer"}
    assert main(opdracht) == 0
    assert [nodig.reden(taak, naar) for taak in reeks] == ["", ""]
    assert "600 huishoudens" in (naar / "a.html").read_text()
    assert "700 huishoudens" in (naar / "b.html").read_text()


def test_een_bestand_dat_een_notebook_zelf_noemt_telt_mee(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bij.txt").write_text("eerst")
    parameters = 'bij = "bij.txt"  # pad: een bijlage'
    boek = maak_notebook(tmp_path / "b.ipynb", [("code", "print(open(bij).read())")], parameters)
    opdracht = ["notebook", str(boek), "--naar", str(tmp_path / "uit")]
    assert main(opdracht) == main(opdracht) == 0
    assert "1 ongewijzigd overgeslagen" in capsys.readouterr().out
    (tmp_path / "bij.txt").write_text("later")
    assert main([*opdracht, "--droog"]) == 0
    assert "gewijzigd: een bestand dat het notebook noemt" in capsys.readouterr().out
    assert main(opdracht) == 0
    assert "later" in (tmp_path / "uit" / "b.html").read_text()


# --- inputs that change under a running batch -----------------------------------------------------------------------

WACHT = "import time\nwhile not Path('ga').exists(): time.sleep(0.02)\n"
GEBIED = f"""
from pathlib import Path
from mkba.invoer.cbs.gebieden import kies_gebieden
{WACHT}
print(kies_gebieden(gebieden, cijfers, jaar)[1][0].huishoudens, 'huishoudens in', gebieden)
"""
GEBIEDPARAMETERS = 'gebieden = ""  # str\ncijfers = ""  # str\njaar = 0  # int'


def _draai(opdracht: list[str], naar: Path, intussen: Callable[[], None]) -> str:
    """The real command; ``intussen`` is done when its workers wait in the middle of their notebooks."""
    proces = subprocess.Popen(
        [sys.executable, "-m", "mkba.opdracht", *opdracht], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    einde = time.monotonic() + 120
    while not (naar / "batch.jsonl").exists():
        assert time.monotonic() < einde
        assert proces.poll() is None, proces.stdout and proces.stdout.read()
        time.sleep(0.02)
    intussen()
    uit, _ = proces.communicate(timeout=120)
    assert proces.returncode == 0, uit
    assert "Traceback" not in uit
    return uit


@pytest.mark.traag
@pytest.mark.parametrize("wijze", [[], ["--isoleer"]], ids=["in proces", "in kernel"])
def test_invoer_die_onder_een_reeks_verandert(tmp_path: Path, wijze: list[str]) -> None:
    """Table, kengetallen and notebook are saved anew, removed and put back: pages and manifests agree throughout."""
    tabel, eigen, naar, ga = (tmp_path / n for n in ("t.csv", "eigen.toml", "uit", "ga"))
    boek = tmp_path / "b.ipynb"
    cellen = [("code", LEES.replace("catalogus =", f"{WACHT}catalogus =", 1)), ("code", KIJK), ("code", TOON)]

    def zet(huishoudens: int, qaly: int) -> None:
        schrijf_tabel(tabel, huishoudens, "a", "b", "c")
        eigen.write_text(f'"kwaliteit.qaly_eur" = {qaly}\n')

    def intussen() -> None:
        zet(6000, 90000)
        maak_notebook(boek, [("code", "raise ValueError('een ander notebook')")])
        ga.touch()

    zet(600, 40000)
    eerste = maak_notebook(boek, cellen).read_bytes()
    opdracht = ["rapport", str(tabel), "--notebooks", str(boek), "--kengetallen", str(eigen), "--naar", str(naar)]
    _draai([*opdracht, *wijze], naar, intussen)

    def standen() -> set[tuple[float | None, bool, bool]]:
        uit = set()
        for s in "abc":
            manifest = t.lees_manifest(naar / "manifesten" / f"{s}.json")
            pagina = (naar / f"{s}.html").read_text()
            assert manifest is not None
            uit.add((manifest.huishoudens, "600 huishoudens" in pagina, "qaly 40000" in pagina))
        return uit

    assert standen() == {(600, True, True)}
    zet(600, 40000)
    boek.write_bytes(eerste)
    assert "0 gemaakt, 3 ongewijzigd" in _draai([*opdracht, *wijze], naar, lambda: None)
    zet(6000, 40000)
    assert "3 gemaakt, 0 ongewijzigd" in _draai([*opdracht, *wijze], naar, lambda: None)
    assert standen() == {(6000, False, True)}
    zet(6000, 40000)
    ga.unlink()
    shutil.rmtree(naar)

    def verdwijn() -> None:
        tabel.unlink()
        eigen.unlink()
        ga.touch()

    _draai([*opdracht, *wijze], naar, verdwijn)
    assert standen() == {(6000, False, True)}


@pytest.mark.traag
def test_statistiek_die_onder_een_reeks_verandert(tmp_path: Path) -> None:
    cijfers, naar = tmp_path / "cijfers.json", tmp_path / "uit"
    bron = (paden.data() / "voorbeeldgemeente" / "kerncijfers.json").read_text(encoding="utf-8")
    cijfers.write_text(bron, encoding="utf-8")
    boek = maak_notebook(tmp_path / "b.ipynb", [("code", GEBIED)], GEBIEDPARAMETERS)
    gebieden = {g["code"]: g for g in json.loads(bron)["gebieden"]}
    aantal = gebieden["WK999902"]["huishoudens"]

    def intussen() -> None:
        for pad in (cijfers, naar / "invoer" / "cijfers.json"):
            pad.write_text(pad.read_text(encoding="utf-8").replace(f": {aantal},", ": 123456,"), encoding="utf-8")
        assert "123456" in (naar / "invoer" / "cijfers.json").read_text(encoding="utf-8")
        (tmp_path / "ga").touch()

    _draai(
        ["rapport", "WK999902", "--cijfers", str(cijfers), "--notebooks", str(boek), "--naar", str(naar)],
        naar,
        intussen,
    )
    (pagina,) = [p for p in naar.glob("*.html") if p.name != "index.html"]
    assert f"{aantal} huishoudens in WK999902" in pagina.read_text()

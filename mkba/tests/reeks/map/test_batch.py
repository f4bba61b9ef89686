"""A batch: nothing is lost, nothing is made twice, and the overview tells what is there."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mkba.invoer.lezen import Bronaanpak, lees_aanpakken
from mkba.kern.bestand.hashes import hash_tekst, hash_waarden
from mkba.kern.bestand.schrijven import binnen, schrijf_veilig
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht import main
from mkba.reeks.map import batch
from mkba.reeks.map.overzicht import lees_manifesten, schrijf_overzicht
from mkba.reeks.map.pakket import schrijf_pakket
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan import taak as t
from mkba.reeks.plan.taak import Manifest, Product, Resultaat, Taak
from mkba.reeks.werk import dagboek
from mkba.reeks.werk import uitvoering as werk
from mkba.reeks.werk.werkers import Gestopt
from mkba.tests.hulp_invoer import BASIS
from mkba.tests.hulp_notebook import Meteen, maak_notebook, meteen, nep_product, taak


@pytest.fixture
def nep(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Workers without a kernel; the list tells which slugs were made."""
    gemaakt: list[str] = []

    def maak(taak: Taak, **wijze: Any) -> Product:
        gemaakt.append(taak.slug)
        return nep_product(taak)

    monkeypatch.setattr(werk, "maak", maak)
    return gemaakt


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return maak_notebook(tmp_path / "proef.ipynb", [("code", "print(aanpak)")])


def drie(notebook: Path) -> list[Taak]:
    return [taak(notebook, naam=n.upper(), slug=n) for n in ("een", "stuk", "drie")]


def draai(opdrachten: list[Taak], naar: Path, **rest: Any) -> list[Resultaat]:
    return batch.draai(opdrachten, naar, 2, maak_executor=rest.pop("maak_executor", meteen), **rest)


def bron(kengetallen: Kengetallen, map_: Path, *rijen: dict[str, Any]) -> list[Bronaanpak]:
    """Aanpakken from a csv with these rows."""
    basis = BASIS | {"disciplines": "jeugd, ggz, wi, welzijn, zorg, wonen"}
    buffer = io.StringIO()
    schrijver = csv.DictWriter(buffer, list(basis), delimiter=";")
    schrijver.writeheader()
    schrijver.writerows([basis | rij for rij in rijen])
    pad = map_ / "aanpakken.csv"
    pad.write_text(buffer.getvalue(), encoding="utf-8")
    return list(lees_aanpakken(pad, kengetallen))


# --- tasks ----------------------------------------------------------------------------------------------------


def test_een_taak_zegt_alles_wat_de_inhoud_bepaalt(kengetallen: Kengetallen, tmp_path: Path, notebook: Path) -> None:
    bronnen = bron(kengetallen, tmp_path, {"naam": "Wijk A"}, {"naam": "Wijk B", "fte": 7})
    a, b = taken.rapport_taken(bronnen, kengetallen, notebook)
    assert (a.slug, b.slug) == ("wijk-a", "wijk-b")
    assert a.parameters == {
        "aanpak": str((tmp_path / "aanpakken.csv").resolve()),
        "rij": "rij 2",
        "regelset": "lpbl-2014",
    }
    assert a.feiten["kerncijfers"]["totale_kosten"] > b.feiten["kerncijfers"]["totale_kosten"]
    assert len({a.sleutel, b.sleutel}) == 2
    (zelfde, _) = taken.rapport_taken(bronnen, kengetallen, notebook)
    assert zelfde == a


def test_de_sleutel_verandert_met_wat_telt_en_niet_met_de_map(
    kengetallen: Kengetallen, tmp_path: Path, notebook: Path
) -> None:
    def sleutel(**rij: Any) -> str:
        return taken.rapport_taken(bron(kengetallen, tmp_path, {"naam": "A"} | rij), kengetallen, notebook)[0].sleutel

    eerste = sleutel()
    assert sleutel(fte=15) != eerste
    assert sleutel() == eerste
    elders = tmp_path / "elders"
    elders.mkdir()
    assert taken.rapport_taken(bron(kengetallen, elders, {"naam": "A"}), kengetallen, notebook)[0].sleutel == eerste
    ander = kengetallen.met({"kwaliteit.qaly_eur": 50000})
    assert taken.rapport_taken(bron(ander, tmp_path, {"naam": "A"}), ander, notebook)[0].sleutel != eerste
    maak_notebook(notebook, [("code", "print(1)")])
    assert sleutel() != eerste


def test_lastige_en_gelijke_namen_krijgen_eigen_bestanden(
    kengetallen: Kengetallen, tmp_path: Path, notebook: Path
) -> None:
    namen = ["../../x", "x", "index", "CON", "X" * 200, "<script>alert(1)</script>", "=cmd()", "Wijk", "wijk!"]
    bronnen = bron(kengetallen, tmp_path, *({"naam": n} for n in namen))
    slugs = [o.slug for o in taken.rapport_taken(bronnen, kengetallen, notebook)]
    assert len(set(slugs)) == len(namen)
    assert all(re.fullmatch(r"[a-z0-9-]{1,60}", s) for s in slugs)
    assert not {"index", "con"} & set(slugs)


def test_een_naam_die_een_andere_rij_aanwijst_wordt_geweigerd(
    kengetallen: Kengetallen, tmp_path: Path, notebook: Path
) -> None:
    bronnen = bron(kengetallen, tmp_path, {"naam": "A"}, {"naam": "Rij 2"})
    with pytest.raises(InvoerFout, match="nummer van een andere rij"):
        taken.rapport_taken(bronnen, kengetallen, notebook)


def test_notebook_op_naam_nummer_en_pad(notebook: Path) -> None:
    assert taken.zoek_notebook("30") == taken.zoek_notebook("30_gemeenterapport.ipynb")
    assert taken.zoek_notebook(str(notebook)) == notebook.resolve()
    with pytest.raises(InvoerFout, match=r"Kies uit: .*30_gemeenterapport"):
        taken.zoek_notebook("31")


def test_gevoeligheid_staat_naast_het_rapport(kengetallen: Kengetallen, tmp_path: Path) -> None:
    bronnen = bron(kengetallen, tmp_path, {"naam": "A"}, {"naam": "B"})
    (a30, _), (a40, b40) = (
        taken.rapport_taken(bronnen, kengetallen, taken.zoek_notebook(nummer)) for nummer in ("30", "40")
    )
    assert (a30.slug, a30.naam) == ("a", "A")
    assert (a40.slug, a40.naam) == ("a-gevoeligheid", "A: gevoeligheid")
    assert b40.slug == "b-gevoeligheid"
    # the overview counts a report per aanpak: the second page of one is listed under the notebooks
    assert a40.feiten["soort"] == "notebook"
    assert a30.feiten["soort"] == "rapport"

    bronnen = bron(kengetallen, tmp_path, {"naam": "A"}, {"naam": "A gevoeligheid"})
    samen = [o for n in ("30", "40") for o in taken.rapport_taken(bronnen, kengetallen, taken.zoek_notebook(n))]
    with pytest.raises(InvoerFout, match="hetzelfde bestand: A gevoeligheid, A: gevoeligheid"):
        taken.controleer_slugs(samen)


# --- running --------------------------------------------------------------------------------------------------


def test_een_mislukt_rapport_verliest_alleen_zichzelf(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    naar = tmp_path / "uit"
    gemeld: list[Resultaat] = []
    een, stuk, _ = draai(drie(notebook), naar, meld=gemeld.append)
    assert sorted(r.status for r in gemeld) == ["gelukt", "gelukt", "mislukt"]
    assert (naar / "een.html").read_text() == "<html>een</html>"
    assert (naar / "notebooks" / "drie.ipynb").is_file()
    assert een.foutbestand is None
    assert stuk.foutbestand == naar / "fouten" / "stuk.txt"
    assert "Traceback: geheim = 1" in stuk.foutbestand.read_text()
    pagina = (naar / "stuk.html").read_text()
    assert "kon niet worden gemaakt" in pagina
    assert "geheim" not in pagina
    manifest = t.lees_manifest(naar / "manifesten" / "stuk.json")
    assert manifest is not None
    assert (manifest.status, manifest.fout) == ("mislukt", "ValueError")
    assert not [p for p in naar.rglob("*") if p.name.endswith(".tmp")]


def test_wat_klaar_en_ongewijzigd_is_wordt_overgeslagen(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    naar = tmp_path / "uit"
    draai(drie(notebook), naar)
    nep.clear()
    assert [r.status for r in draai(drie(notebook), naar)] == ["overgeslagen", "mislukt", "overgeslagen"]
    assert nep == ["stuk"], "een mislukt rapport krijgt een nieuwe kans"
    nep.clear()
    draai(drie(notebook), naar, opnieuw=True)
    assert nep == ["een", "stuk", "drie"]


@pytest.mark.parametrize("wat", ["html weg", "html anders", "notebook weg", "manifest stuk", "andere sleutel"])
def test_wat_ontbreekt_of_anders_is_wordt_opnieuw_gemaakt(
    nep: list[str], notebook: Path, tmp_path: Path, wat: str
) -> None:
    naar, een = tmp_path / "uit", taak(notebook, slug="een")
    draai([een], naar)
    nep.clear()
    match wat:
        case "html weg":
            (naar / "een.html").unlink()
        case "html anders":
            (naar / "een.html").write_text("half")
        case "notebook weg":
            (naar / "notebooks" / "een.ipynb").unlink()
        case "manifest stuk":
            (naar / "manifesten" / "een.json").write_text('{"slug"')
        case _:
            een = replace(een, sleutel="anders")
    draai([een], naar)
    assert nep == ["een"]
    assert draai([een], naar)[0].status == "overgeslagen"


def test_een_rapport_dat_alsnog_lukt_ruimt_zijn_fout_op(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    naar = tmp_path / "uit"
    draai([taak(notebook, slug="stuk")], naar)
    assert (naar / "fouten" / "stuk.txt").exists()
    goed = Product("<html>", '{"cells": []}', 0.1)
    batch.bewaar_product(naar, taak(notebook, slug="stuk"), goed)
    assert not (naar / "fouten" / "stuk.txt").exists()


def test_onbekende_parameter_wordt_geweigerd_voor_er_iets_is(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    opdrachten = [*drie(notebook), taak(notebook, slug="vier", gemeente="x")]
    with pytest.raises(InvoerFout, match="heeft geen parameter met deze naam") as fout:
        draai(opdrachten, tmp_path / "uit")
    (melding,) = fout.value.meldingen
    assert melding.veld == "gemeente"
    assert "Het notebook kent: aanpak, kengetallen, regelset, rij." in melding.remedie
    assert nep == []
    assert not (tmp_path / "uit").exists()


def test_een_onleesbaar_notebook_is_een_melding(tmp_path: Path) -> None:
    pad = tmp_path / "kapot.ipynb"
    pad.write_text("{")
    with pytest.raises(InvoerFout, match="niet te lezen"):
        draai([taak(pad)], tmp_path / "uit")


def test_niet_kunnen_schrijven_mislukt_alleen_dat_rapport(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    naar = tmp_path / "uit"
    (naar / "een.html").mkdir(parents=True)  # a folder where the file should come
    een, _, drie_ = draai(drie(notebook), naar)
    assert een.status == "mislukt"
    assert "kan niet schrijven" in een.fout
    assert drie_.status == "gelukt"


def test_een_map_die_niet_kan_is_een_melding(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(InvoerFout, match="niet te maken"):
        draai(drie(notebook), tmp_path / "bestand" / "uit")


class _Dodelijk(Meteen):
    """Workers of which one dies at cell 1 of a task called "dood", with its diary left behind."""

    def __init__(self, werkmap: str) -> None:
        self.werkmap = Path(werkmap)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        (opdracht,) = args
        if opdracht.slug != "dood":
            return super().submit(fn, *args, **kwargs)
        plek = dagboek.plek("dood", self.werkmap)
        cel: dict[str, Any] = {"cell_type": "code", "source": "x", "outputs": [], "execution_count": None}
        dagboek.begin(plek, {"cells": [dict(cel), dict(cel)]})
        toekomst: Future[Any] = Future()
        toekomst.set_exception(Gestopt("weg", 1))
        return toekomst


def test_een_dood_proces_verliest_alleen_zijn_eigen_rapport(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    opdrachten = [taak(notebook, slug=s) for s in ("a", "dood", "b")]
    uit = draai(opdrachten, tmp_path / "uit", maak_executor=lambda n, werkmap: _Dodelijk(werkmap))
    assert [r.status for r in uit] == ["gelukt", "mislukt", "gelukt"]
    assert uit[1].fout == "weg"
    assert uit[1].foutbestand is not None
    assert uit[1].foutbestand.exists()
    cellen = json.loads((tmp_path / "uit" / "notebooks" / "dood.ipynb").read_text())["cells"]
    assert cellen[0]["outputs"] == []
    assert cellen[1]["outputs"][0]["evalue"] == "weg"


def test_het_logboek_groeit_en_zegt_alles(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    naar = tmp_path / "uit"
    draai(drie(notebook), naar)
    draai(drie(notebook), naar)
    regels = [json.loads(r) for r in (naar / "batch.jsonl").read_text().splitlines()]
    assert [r["wat"] for r in regels] == ["begin", *["rapport"] * 3, "einde", "begin", "rapport", "einde"]
    assert len({r["batch"] for r in regels}) == 2
    eerste = {r["slug"]: r["status"] for r in regels[1:4]}
    assert eerste == {"een": "gelukt", "stuk": "mislukt", "drie": "gelukt"}
    assert regels[4]["mislukt"] == 1
    assert regels[6]["slug"] == "stuk"


def test_twee_reeksen_in_een_map_kan_niet(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    naar = tmp_path / "uit"
    naar.mkdir()
    andere = (
        "import sys; from pathlib import Path; from mkba.reeks.map.grendel import grendel\n"
        "with grendel(Path(sys.argv[1])):\n    print('dicht', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", andere, str(naar)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as proces:
        assert proces.stdout is not None
        assert proces.stdout.readline() == "dicht\n"
        with pytest.raises(InvoerFout, match="al een reeks rapporten bezig"):
            draai(drie(notebook), naar)
        assert nep == []
        proces.kill()  # the lock goes with the process
        proces.wait()
        assert len(draai(drie(notebook), naar)) == 3


def test_ctrl_c_bewaart_wat_klaar_is(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    gemeld: list[str] = []

    def meld(resultaat: Resultaat) -> None:
        gemeld.append(resultaat.taak.slug)
        if len(gemeld) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draai(drie(notebook), tmp_path / "uit", meld=meld)
    assert sorted(gemeld) == ["drie", "een", "stuk"]
    assert len(list((tmp_path / "uit" / "manifesten").iterdir())) == 3


# --- writing --------------------------------------------------------------------------------------------------


def test_ctrl_c_net_na_het_maken_van_een_bestand_laat_er_geen_half(
    nep: list[str], notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal comes when the file is there and before who makes it can remove it again."""
    echt, naar = tempfile.mkstemp, tmp_path / "uit"

    def onderbroken(*args: Any, **rest: Any) -> tuple[int, str]:
        greep, pad = echt(*args, **rest)
        if Path(pad).parent == naar and Path(pad).name.startswith(".mkba-"):
            os.close(greep)
            raise KeyboardInterrupt
        return greep, pad

    monkeypatch.setattr(tempfile, "mkstemp", onderbroken)
    with pytest.raises(KeyboardInterrupt):
        draai(drie(notebook), naar)
    assert not list(naar.rglob("*.tmp"))


def test_schrijven_is_alles_of_niets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pad = tmp_path / "map" / "a.html"
    schrijf_veilig(pad, "oud")

    def vol(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", vol)
    with pytest.raises(OSError, match="No space"):
        schrijf_veilig(pad, "nieuw")
    assert pad.read_text() == "oud"
    assert list(pad.parent.iterdir()) == [pad]
    if os.name == "posix":
        masker = os.umask(0)
        os.umask(masker)
        assert pad.stat().st_mode & 0o077 == 0o066 & ~masker & 0o077


def test_hash_onderscheidt_waar_een_deel_ophoudt() -> None:
    assert hash_tekst("ab", "c") != hash_tekst("a", "bc")
    assert hash_waarden({"a": 1, "b": 2}) == hash_waarden({"b": 2, "a": 1})


# --- another report of the same name --------------------------------------------------------------------------


def test_een_rapport_van_een_ander_bestand_wordt_niet_vervangen(
    kengetallen: Kengetallen, tmp_path: Path, notebook: Path
) -> None:
    (eerste,) = taken.rapport_taken(bron(kengetallen, tmp_path, {"naam": "Wijk Noord"}), kengetallen, notebook)
    naar = tmp_path / "uit"
    manifest = Manifest(
        **eerste.feiten,
        slug=eerste.slug,
        naam=eerste.naam,
        notebook=notebook.name,
        status="gelukt",
        gemaakt=datetime.now().astimezone(),
        seconden=1.0,
        sleutel=eerste.sleutel,
    )
    (naar / "manifesten").mkdir(parents=True)
    (naar / "manifesten" / f"{eerste.slug}.json").write_text(manifest.model_dump_json(), encoding="utf-8")
    batch.controleer_eigenaar([eerste], naar)  # its own report may be made again
    (tmp_path / "ander").mkdir()
    ander = bron(kengetallen, tmp_path / "ander", {"naam": "Wijk Zuid"}, {"naam": "Wijk Noord"})
    with pytest.raises(InvoerFout, match=r"(?s)staat al een rapport.*uit aanpakken.csv, rij 2.*--opnieuw"):
        batch.controleer_eigenaar(taken.rapport_taken(ander, kengetallen, notebook), naar)


def test_een_map_zonder_schrijfrechten_wordt_vooraf_geweigerd(tmp_path: Path) -> None:
    bestand = tmp_path / "bezet"
    bestand.write_text("x", encoding="utf-8")
    with pytest.raises(InvoerFout, match="niet te maken of te beschrijven"):
        batch.maak_map(bestand)


# --- links in the folder of reports ---------------------------------------------------------------------------

met_koppelingen = pytest.mark.skipif(os.name != "posix", reason="koppelingen maken mag op Windows niet zomaar")


@met_koppelingen
@pytest.mark.parametrize(
    "plek",
    [
        *(["notebooks", "manifesten", "fouten", "invoer", "tabellen", "figuren", "pdf", "cohorten", "batch.jsonl"]),
        ".mkba.slot",
    ],
)
def test_een_koppeling_in_de_map_wordt_vooraf_geweigerd(
    tmp_path: Path, plek: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the command: what the link leads to stays as it is."""
    naar, elders = tmp_path / "uit", tmp_path / "elders"
    naar.mkdir()
    if "." in plek:
        elders.write_text("van een ander")
    else:
        elders.mkdir()
        (elders / "01-kostbaar.png").write_text("van een ander")
    (naar / plek).symlink_to(elders)
    assert main(["rapport", "voorbeeld-1", "--naar", str(naar)]) == 2
    gezegd = capsys.readouterr().err
    assert f"{plek} is daar een koppeling naar een andere plek; die verandert mkba nooit." in gezegd
    assert [p.name for p in naar.iterdir()] == [plek]
    kostbaar = elders if elders.is_file() else elders / "01-kostbaar.png"
    assert kostbaar.read_text() == "van een ander"


@met_koppelingen
def test_door_een_koppeling_wordt_nooit_geschreven_of_verwijderd(
    nep: list[str], notebook: Path, tmp_path: Path
) -> None:
    """Links that come later or deeper: a file is replaced, a folder costs its own report only."""
    naar, elders = tmp_path / "uit", tmp_path / "elders"
    elders.mkdir()
    for naam in ("een.html", "een.json", "01-a.png", ".mkba-x.tmp", "index.html", "overzicht.csv", "x.zip"):
        (elders / naam).write_text("van een ander")
    (naar / "figuren").mkdir(parents=True)
    (naar / "manifesten").mkdir()
    (naar / "figuren" / "drie").symlink_to(elders)
    (naar / "een.html").symlink_to(elders / "een.html")
    (naar / "manifesten" / "een.json").symlink_to(elders / "een.json")
    een, _, drie_ = draai(drie(notebook), naar)
    assert een.status == "gelukt"
    assert not (naar / "een.html").is_symlink()
    for naam in ("index.html", "overzicht.csv", "x.zip"):
        (naar / naam).symlink_to(elders / naam)
    schrijf_overzicht(naar)
    schrijf_pakket(naar, lees_manifesten(naar), naar / "x.zip")
    assert {p.read_text() for p in elders.iterdir()} == {"van een ander"}
    assert len(list(elders.iterdir())) == 7
    assert drie_.status == "gelukt", "de koppeling zelf is weg, zoals een figuur van eerder"
    assert not (naar / "figuren").exists() or not any((naar / "figuren").iterdir())
    (naar / "figuren").mkdir(exist_ok=True)
    (naar / "figuren" / "drie").symlink_to(elders)
    with pytest.raises(OSError, match="drie is een koppeling"):
        binnen(naar, "figuren/drie/01-b.png")
    assert binnen(naar, "een.html") == naar / "een.html"

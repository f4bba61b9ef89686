"""A batch: nothing is lost, nothing is made twice, and the overview tells what is there."""

import csv
import io
import os
import re
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mkba.invoer.fouten import InvoerFout, Melding
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.lezen import Bronaanpak, lees_aanpakken
from mkba.invoer.schrijven import _umask, schrijf_veilig
from mkba.tests.hulp_invoer import BASIS
from mkba.tests.hulp_notebook import Meteen, maak_notebook, meteen, nep_product, taak
from mkba.uitvoer import batch, taken
from mkba.uitvoer import taak as t
from mkba.uitvoer.taak import Manifest, Product, Resultaat, Taak


@pytest.fixture
def nep(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Workers without a kernel; the list tells which slugs were made."""
    gemaakt: list[str] = []

    def maak(taak: Taak) -> Product:
        gemaakt.append(taak.slug)
        return nep_product(taak)

    monkeypatch.setattr(batch, "_maak", maak)
    monkeypatch.setattr(batch, "_controleer_parameters", lambda notebook, namen: [])
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
    assert "soort" not in a30.feiten

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
    batch._schrijf(naar, taak(notebook, slug="stuk"), goed)
    assert not (naar / "fouten" / "stuk.txt").exists()


def test_onbekende_parameter_wordt_geweigerd_voor_er_iets_is(
    monkeypatch: pytest.MonkeyPatch, nep: list[str], notebook: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(batch, "_controleer_parameters", lambda n, namen: [Melding("x", None, "onbekend.", "", n.name)])
    with pytest.raises(InvoerFout, match="onbekend"):
        draai(drie(notebook), tmp_path / "uit")
    assert nep == []
    assert not (tmp_path / "uit").exists()


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


class _Brekend(Meteen):
    """A pool that dies on some slugs, as a ProcessPoolExecutor does: that task and all after it are lost."""

    def __init__(self, werkmap: str, sterft: set[str]) -> None:
        self.werkmap, self.sterft, self.stuk = Path(werkmap), sterft, False

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        taak = args[0] if args else None
        if isinstance(taak, Taak) and not self.stuk and taak.slug in self.sterft:
            (self.werkmap / f"bezig-{taak.slug}").touch()
            self.stuk = True
        if not self.stuk:
            return super().submit(fn, *args, **kwargs)
        toekomst: Future[Any] = Future()
        toekomst.set_exception(BrokenExecutor("dood"))
        return toekomst


def test_een_dood_proces_verliest_alleen_zijn_eigen_rapport(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    opdrachten = [taak(notebook, slug=s) for s in ("a", "altijd", "b", "eens", "c")]
    levens = {"altijd": 9, "eens": 2}  # each new pool costs one

    def maak_executor(werkers: int, werkmap: str) -> Executor:
        sterft = {s for s, n in levens.items() if n > 0}
        for s in sterft:
            levens[s] -= 1
        return _Brekend(werkmap, sterft)

    uit = batch.draai(opdrachten, tmp_path / "uit", 2, maak_executor=maak_executor)
    assert {r.taak.slug: r.status for r in uit} == {
        "a": "gelukt",
        "eens": "gelukt",
        "b": "gelukt",
        "altijd": "mislukt",
        "c": "gelukt",
    }
    assert "onverwacht gestopt" in uit[1].fout
    assert uit[1].foutbestand is not None
    assert uit[1].foutbestand.exists()


def test_werkers_die_niet_starten_houden_de_reeks_niet_op(nep: list[str], notebook: Path, tmp_path: Path) -> None:
    class Dood(Meteen):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
            raise BrokenExecutor("start niet")

    uit = batch.draai(drie(notebook), tmp_path / "uit", 2, maak_executor=lambda n, map_: Dood())
    assert {r.status for r in uit} == {"mislukt"}


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


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is van Unix")
def test_echte_werkers_kill_9_en_een_fout(tmp_path: Path) -> None:
    """Real processes and kernels: one notebook kills its worker, one fails, the others are fine."""
    # the worker that started the kernel, never whoever adopted it when that worker was ended with the pool
    dood = "import os\npid = int(os.environ['JPY_PARENT_PID'])\npid == os.getppid() and os.kill(pid, 9)"
    notebooks = {"dood": dood, "stuk": "1 / 0", "goed-1": "print('goed een')", "goed-2": "print('goed twee')"}
    opdrachten = [
        taak(maak_notebook(tmp_path / f"{slug}.ipynb", [("code", bron)]), naam=slug, slug=slug)
        for slug, bron in notebooks.items()
    ]
    naar = tmp_path / "uit"
    uit = {r.taak.slug: r for r in batch.draai(opdrachten, naar, 2)}
    assert {s: r.status for s, r in uit.items()} == {
        "dood": "mislukt",
        "stuk": "mislukt",
        "goed-1": "gelukt",
        "goed-2": "gelukt",
    }
    assert "onverwacht gestopt" in uit["dood"].fout
    assert "goed twee" in (naar / "goed-2.html").read_text()
    assert "division by zero" in (naar / "notebooks" / "stuk.ipynb").read_text()
    assert "1 / 0" not in (naar / "stuk.html").read_text()
    assert not (naar / "notebooks" / "dood.ipynb").exists()


# --- writing --------------------------------------------------------------------------------------------------


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
        assert pad.stat().st_mode & 0o077 == 0o066 & ~_umask() & 0o077


def test_hash_onderscheidt_waar_een_deel_ophoudt() -> None:
    assert t.hash_tekst("ab", "c") != t.hash_tekst("a", "bc")
    assert t.hash_waarden({"a": 1, "b": 2}) == t.hash_waarden({"b": 2, "a": 1})


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

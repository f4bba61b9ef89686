"""Reports on a real cluster of dask: a scheduler and two worker processes that share no folder with the batch."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import mkba
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht import main
from mkba.reeks.map import batch
from mkba.reeks.plan.taak import Resultaat
from mkba.reeks.werk import dask as wolk
from mkba.reeks.werk.uitvoering import Uitvoering
from mkba.tests.hulp_notebook import maak_notebook, taak
from mkba.tests.hulp_werkers import wacht_op

pytest.importorskip("distributed")
pytestmark = [pytest.mark.traag, pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is van Unix")]

LEES = (
    "from pathlib import Path\nimport matplotlib.pyplot as plt\n"
    "print(Path(aanpak).read_text(), aanpak, Path(erbij).read_text(), naam)\n"
    "plt.figure(figsize=(1, 1)); plt.plot([1, 2]); None"
)
PARAMETERS = 'aanpak = ""  # str\nerbij = "erbij.txt"  # pad: gaat mee\nnaam = "geheim.txt"  # str: gaat niet mee'


@dataclass
class Cluster:
    """Processes of one cluster; workers may be added and killed."""

    map_: Path
    adres: str = ""
    processen: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, wat: str, *opties: str) -> subprocess.Popen[bytes]:
        map_ = self.map_ / f"{wat}-{len(self.processen)}"
        map_.mkdir()
        schakelaars = ["--host", "127.0.0.1", "--no-dashboard", *opties]
        with (map_ / "log").open("wb") as log:
            proces = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{wat}", *schakelaars],
                cwd=map_,
                stdout=log,
                stderr=log,
                env=os.environ | {"TMPDIR": str(map_), "PYTHONPATH": os.pathsep.join(sys.path)},
            )
        self.processen.append(proces)
        return proces

    def werker(self) -> subprocess.Popen[bytes]:
        return self.start("worker", self.adres, "--no-nanny", "--nthreads", "1", "--local-directory", ".")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("dask"))
    gegevens = cluster.map_ / "planner.json"
    cluster.start("scheduler", "--port", "0", "--scheduler-file", str(gegevens))
    wacht_op(gegevens.exists)
    wacht_op(lambda: bool(gegevens.read_text().endswith("}")))
    cluster.adres = json.loads(gegevens.read_text())["address"]
    for _ in range(2):
        cluster.werker()
    yield cluster
    for proces in cluster.processen:
        proces.kill()
        proces.wait()
    wacht_op(lambda: not _met_map(cluster.map_))


def _met_map(map_: Path) -> list[str]:
    """Processes that were started by the workers: they have their temporary folder."""
    uit = []
    for omgeving in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"TMPDIR={map_}".encode() in omgeving.read_bytes():
                uit.append(omgeving.parent.name)
        except OSError:
            continue
    return uit


def _kaal(pad: Path) -> str:
    """A page or executed notebook without its moments."""
    tekst = re.sub(r"\d+ [a-z]+ \d{4}, \d\d:\d\d", "", pad.read_text())
    return re.sub(r'"(start_time|end_time|duration)": [^,\n]*|"(iopub|shell)[^\n]*', "", tekst)


def test_dezelfde_paginas_zonder_gedeelde_map(cluster: Cluster, tmp_path: Path) -> None:
    """The originals are gone as soon as they are sent; a worker could not read them if it tried."""
    bron = tmp_path / "in & uit"
    bron.mkdir()
    boek = maak_notebook(bron / "lees.ipynb", [("md", "# Kop"), ("code", LEES)], PARAMETERS)
    fout = maak_notebook(bron / "fout.ipynb", [("code", "print('eerst')"), ("code", "open(aanpak + 'x')")], PARAMETERS)
    (bron / "a.csv").write_text("alfa")
    (bron / "erbij.txt").write_text("erbij")
    (bron / "geheim.txt").write_text("geheim")
    waarde = str(bron / "a.csv")
    reeks = [taak(boek, slug="een", aanpak=waarde), taak(boek, slug="twee", aanpak=waarde)]
    reeks += [taak(fout, slug="fout", aanpak=waarde)]
    batch.draai(reeks, tmp_path / "lokaal", 1)

    class Verhuist(wolk.Wolk):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
            toekomst = super().submit(fn, *args, **kwargs)
            if args[0].slug == "fout":
                bron.rename(tmp_path / "weg")
            return toekomst

    def ver(aantal: int, werkmap: str) -> wolk.Wolk:
        return Verhuist(Uitvoering(dask=cluster.adres))

    uit = batch.draai(reeks, tmp_path / "ver", 1, maak_executor=ver)
    assert [r.status for r in uit] == ["gelukt", "gelukt", "mislukt"], [r.fout for r in uit]
    for naam in ("een.html", "twee.html", "fout.html", "notebooks/een.ipynb", "notebooks/fout.ipynb"):
        links, rechts = _kaal(tmp_path / "lokaal" / naam), _kaal(tmp_path / "ver" / naam)
        assert links == rechts, naam
    assert "alfa a.csv erbij geheim.txt" in (tmp_path / "ver" / "notebooks" / "een.ipynb").read_text()
    assert "directory: 'a.csvx'" in (tmp_path / "ver" / "fouten" / "fout.txt").read_text()
    alles = "".join(p.read_text() for p in (tmp_path / "ver").rglob("*.*"))
    assert not [map_ for map_ in (cluster.map_, bron, tmp_path) if str(map_) in alles]


def test_een_werker_die_sterft_wordt_overleefd(cluster: Cluster, tmp_path: Path) -> None:
    """kill -9 of a worker of dask, and of the process of one report, in one batch."""
    langzaam = maak_notebook(tmp_path / "langzaam.ipynb", [("code", "import time; time.sleep(0.4); print('klaar')")])
    dood = maak_notebook(
        tmp_path / "dood.ipynb", [("code", "print('tot hier')"), ("code", "import os; os.kill(os.getpid(), 9)")]
    )
    reeks = [taak(langzaam, slug=f"r{i}") for i in range(6)]
    reeks.insert(1, taak(dood, slug="dood"))
    werker = cluster.processen[-1]

    def meld(resultaat: Resultaat) -> None:
        if werker.poll() is None:
            werker.send_signal(signal.SIGKILL)
            werker.wait()

    uit = batch.draai(reeks, tmp_path / "uit", meld=meld, uitvoering=Uitvoering(dask=cluster.adres))
    assert werker.returncode == -signal.SIGKILL
    assert {r.taak.slug: r.status for r in uit} == {
        t.slug: "mislukt" if t.slug == "dood" else "gelukt" for t in reeks
    }, [r.fout for r in uit]
    assert "onverwacht gestopt (SIGKILL" in uit[1].fout
    assert "tot hier" in (tmp_path / "uit" / "notebooks" / "dood.ipynb").read_text()


def test_een_andere_versie_wordt_geweigerd(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    eigen = wolk.vingerafdruk()
    monkeypatch.setattr(wolk, "eigen_vingerafdruk", lambda: eigen | {"mkba": "0.0.9, code 000"})
    boek = maak_notebook(tmp_path / "b.ipynb", [])
    with pytest.raises(
        InvoerFout, match=rf"mkba is daar {re.escape(mkba.__version__)}.*hier 0\.0\.9, code 000"
    ) as fout:
        batch.draai([taak(boek)], tmp_path / "uit", uitvoering=Uitvoering(dask=cluster.adres))
    assert len(fout.value.meldingen) == 1, "een melding per werker"
    assert "dezelfde mkba en bibliotheken" in fout.value.meldingen[0].remedie
    assert not (tmp_path / "uit" / "batch.jsonl").exists()
    assert wolk.verschil_met(ImportError()) == "mkba ontbreekt daar of is te oud (ImportError)"

    # a worker that comes later is checked as well, and fails its report only
    monkeypatch.setattr(wolk, "controleer_werkers", lambda client, adres: None)
    (uit,) = batch.draai([taak(boek)], tmp_path / "uit", uitvoering=Uitvoering(dask=cluster.adres))
    assert "mkba of een bibliotheek is daar anders" in uit.fout


def test_afbreken_maakt_af_wat_begonnen_is(cluster: Cluster, tmp_path: Path) -> None:
    boek = maak_notebook(tmp_path / "b.ipynb", [("code", "import time; time.sleep(0.5)")])
    uitvoering = Uitvoering(dask=cluster.adres)
    ploeg = wolk.Wolk(uitvoering)
    reeks = [ploeg.submit(uitvoering.maak, taak(boek, slug=f"r{i}")) for i in range(8)]
    reeks[0].result()
    ploeg.shutdown(wait=True, cancel_futures=True)
    assert all(t.done() for t in reeks)
    assert 1 <= sum(t.cancelled() for t in reeks) <= 6
    assert all(t.result().html for t in reeks if not t.cancelled())
    with pytest.raises(CancelledError):
        reeks[-1].result()
    with pytest.raises(RuntimeError, match="gesloten"):
        ploeg.submit(uitvoering.maak, taak(boek))


def test_zonder_werkers_wacht_een_reeks_niet_eeuwig(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All workers die in the middle; then the scheduler; each time every report ends with a message."""
    monkeypatch.setattr(wolk, "GEDULD_S", 1.0)
    boek = maak_notebook(tmp_path / "b.ipynb", [("code", "import time; time.sleep(60)")])

    class Valt(wolk.Wolk):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
            toekomst = super().submit(fn, *args, **kwargs)
            if args[0].slug == "r2":
                for proces in doel:
                    proces.kill()
                    proces.wait()
            return toekomst

    def maak_executor(aantal: int, werkmap: str) -> wolk.Wolk:
        return Valt(Uitvoering(dask=cluster.adres))

    reeks = [taak(boek, slug=f"r{i}") for i in range(3)]
    for wat in ("werkers", "planner"):
        doel = cluster.processen[1:] if wat == "werkers" else cluster.processen[:1]
        if wat == "planner":
            cluster.werker()
        uit = batch.draai(reeks, tmp_path / wat, maak_executor=maak_executor)
        assert [r.status for r in uit] == ["mislukt"] * 3
        oorzaken = "Er werkt niemand meer op het dask-cluster|De verbinding met dask op .* is verbroken"
        assert all(re.match(oorzaken, r.fout) for r in uit), [r.fout for r in uit]


def test_een_adres_dat_niet_antwoordt(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wolk, "WACHT_S", 0.5)
    assert main(["notebook", "35", "--naar", str(tmp_path), "--dask", "tcp://127.0.0.1:1"]) == 2
    fout = capsys.readouterr().err
    assert "op dit adres antwoordt geen dask-planner" in fout
    assert "Er is niets berekend of geschreven" in fout
    assert main(["notebook", "35", "--naar", str(tmp_path), "--dask", "onzin://x"]) == 2
    assert not (tmp_path / "batch.jsonl").exists()

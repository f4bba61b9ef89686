"""The same numbers to the last bit on threads, processes and a cluster of dask; nothing stays running."""

import multiprocessing
import os
import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from operator import add, truediv
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from dask.base import tokenize

from mkba.analyse.gevoeligheid.rooster import lees_rooster, schrijf_rooster
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.onzekerheid.simulatie import CEL, Simulatie, simuleer
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model import verdelen
from mkba.model.berekening import BLOK, bereken_reeks
from mkba.model.verdelen import VOORUIT, verdeel
from mkba.tests.hulp_verdelen import proces

pytestmark = pytest.mark.filterwarnings("error")

RHO = {("effectiviteit.werk_eur", "nieuw"): 0.5}
AANTAL = 2 * CEL + 1
ASSEN = {"nieuw": np.linspace(0.05, 0.3, 200), "terugval": np.linspace(0, 0.5, 200)}
DEEL = BLOK + 1
"""Three parts of the grid, the first two of two blocks each, the second block a single point."""


@pytest.fixture(scope="module")
def eigen(kengetallen: Kengetallen) -> Kengetallen:
    """With a replaced kengetal: what a user changed must arrive too."""
    return kengetallen.met({"kwaliteit.qaly_eur": 60_000.0})


@pytest.fixture(scope="module")
def aanpak(eigen: Kengetallen) -> Aanpak:
    return laad_geval("voorbeeld-1", eigen).aanpak


@pytest.fixture(scope="module")
def executors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Executor]]:
    """One of each kind for all tests here; afterwards no process may be left."""
    from distributed import Client, LocalCluster  # half a second, for slow tests only

    al_actief = set(multiprocessing.active_children())
    werkmap = str(tmp_path_factory.mktemp("dask"))
    with (
        ThreadPoolExecutor(2) as draden,
        ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as processen,
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            # any free port: the standard one is another's, or of a cluster of the user
            dashboard_address="127.0.0.1:0",
            worker_dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            local_directory=werkmap,
        ) as cluster,
        Client(cluster) as client,
        client.get_executor() as dask,
    ):
        yield {"draden": draden, "processen": processen, "dask": dask}
    assert set(multiprocessing.active_children()) <= al_actief


@pytest.fixture(
    scope="module",
    params=["draden", *(pytest.param(naam, marks=pytest.mark.traag) for naam in ("processen", "dask"))],
)
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    if request.param == "draden":  # threads need no processes and no cluster beside them
        with ThreadPoolExecutor(2) as draden:
            yield draden
    else:
        executors: dict[str, Executor] = request.getfixturevalue("executors")
        yield executors[request.param]


@pytest.fixture(scope="module")
def serieel(aanpak: Aanpak, eigen: Kengetallen) -> Simulatie:
    return simuleer(aanpak, eigen, AANTAL, correlaties=RHO)


@pytest.fixture(scope="module")
def rooster(aanpak: Aanpak, eigen: Kengetallen, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    map_ = tmp_path_factory.mktemp("rooster")
    schrijf_rooster(aanpak, eigen, ASSEN, map_, deel=DEEL)
    return lees_rooster(map_)


@pytest.mark.traag
def test_waar_het_werk_gebeurt(executors: dict[str, Executor]) -> None:
    wie = {naam: set(verdeel(proces, range(20), executor)) for naam, executor in executors.items()}
    assert wie["draden"] == {os.getpid()}
    for naam in ("processen", "dask"):
        assert os.getpid() not in wie[naam]
        assert len(wie[naam]) == 2


# the same numbers


def test_monte_carlo(serieel: Simulatie, aanpak: Aanpak, eigen: Kengetallen, executor: Executor) -> None:
    ander = simuleer(aanpak, eigen, AANTAL, correlaties=RHO, blok=1, executor=executor)
    for sleutel, reeks in serieel.reeksen.items():
        assert reeks.tobytes() == ander.reeksen[sleutel].tobytes(), sleutel
    pd.testing.assert_frame_equal(serieel.waaier, ander.waaier, check_exact=True)
    assert serieel.punt == ander.punt
    assert np.ptp(serieel.reeksen["saldo"]) > 0


def test_reeks(aanpak: Aanpak, eigen: Kengetallen, executor: Executor) -> None:
    varieer = {"nieuw": np.linspace(0, 0.3, 1_000), "kwaliteit.qaly_eur": np.array([60_000.0])}
    een = bereken_reeks(aanpak, eigen, varieer, blok=300)
    ander = bereken_reeks(aanpak, eigen, varieer, blok=300, executor=executor)
    assert {k: v.tobytes() for k, v in een.items()} == {k: v.tobytes() for k, v in ander.items()}


def test_rooster_met_voortgang(
    rooster: pd.DataFrame, tmp_path: Path, aanpak: Aanpak, eigen: Kengetallen, executor: Executor
) -> None:
    gemeld: list[tuple[int, int]] = []
    schrijf_rooster(aanpak, eigen, ASSEN, tmp_path, deel=DEEL, voortgang=lambda *g: gemeld.append(g), executor=executor)
    pd.testing.assert_frame_equal(rooster, lees_rooster(tmp_path), check_exact=True)
    assert gemeld == [(DEEL, 40_000), (2 * DEEL, 40_000), (40_000, 40_000)]


def test_rooster_onderbroken_en_hervat(
    rooster: pd.DataFrame, tmp_path: Path, aanpak: Aanpak, eigen: Kengetallen, executor: Executor
) -> None:
    def stop(gereed: int, totaal: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        schrijf_rooster(aanpak, eigen, ASSEN, tmp_path, deel=DEEL, voortgang=stop, executor=executor)
    (eerste,) = tmp_path.glob("*.parquet")
    geschreven = eerste.stat().st_mtime_ns
    schrijf_rooster(aanpak, eigen, ASSEN, tmp_path, deel=DEEL, executor=executor)
    assert eerste.stat().st_mtime_ns == geschreven
    pd.testing.assert_frame_equal(rooster, lees_rooster(tmp_path), check_exact=True)


# what a part of the work is


def test_volgorde_en_een_fout_van_een_werker(executor: Executor) -> None:
    assert list(verdeel(partial(add, 1), range(20), executor)) == list(range(1, 21))
    uitkomsten = verdeel(partial(truediv, 1), [1, 2, 0, 4], executor)
    assert next(uitkomsten) == 1.0
    assert next(uitkomsten) == 0.5
    with pytest.raises(ZeroDivisionError):
        next(uitkomsten)
    assert list(verdeel(partial(add, 1), [1], executor)) == [2], "de executor blijft bruikbaar"


def test_dask_verwart_twee_runs_niet() -> None:
    """The same work twice: a run that resumes does not share tasks with the one that was withdrawn."""
    een, twee = (verdelen.Werk(partial(add, 1)) for _ in range(2))
    assert tokenize(een) == tokenize(een)
    assert tokenize(een) != tokenize(twee)


class _Uitgesteld(Executor):
    """Remembers what is submitted; a part is calculated when its result is asked for."""

    def __init__(self) -> None:
        self.lopend: list[_Belofte] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self.lopend.append(_Belofte(fn, *args))
        return self.lopend[-1]


class _Belofte(Future[Any]):
    def __init__(self, fn: Any, deel: Any) -> None:
        super().__init__()
        self.fn, self.deel = fn, deel

    def result(self, timeout: float | None = None) -> Any:
        return self.fn(self.deel)


def test_niet_meer_onderweg_dan_de_grens() -> None:
    executor = _Uitgesteld()
    with closing(verdeel(partial(add, 1), iter(range(10**12)), executor)) as uitkomsten:
        assert [next(uitkomsten) for _ in range(3)] == [1, 2, 3]
        assert len(executor.lopend) == VOORUIT + 2
    assert [b.cancelled() for b in executor.lopend] == [False] * 3 + [True] * (VOORUIT - 1)


def test_een_werker_pakt_het_werk_eenmaal_uit(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    bagage = pickle.dumps((aanpak, kengetallen))
    ingepakt = pickle.dumps(verdelen.Werk(partial(simuleer, aanpak, kengetallen)))
    assert len(ingepakt) < len(bagage) / 4
    een, twee = pickle.loads(ingepakt), pickle.loads(ingepakt)
    assert een is twee
    sim = een(100)
    assert sim.reeksen["saldo"].tobytes() == simuleer(aanpak, kengetallen, 100).reeksen["saldo"].tobytes()


def test_een_pool_die_stukgaat_geeft_zijn_eigen_fout() -> None:
    """No endless wait and no wrong numbers."""

    class Stuk(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
            toekomst: Future[Any] = Future()
            toekomst.set_exception(BrokenExecutor("werker weg"))
            return toekomst

    with pytest.raises(BrokenExecutor, match="werker weg"):
        list(verdeel(partial(add, 1), [1, 2], Stuk()))


def test_zonder_executor_in_dit_proces_en_lui() -> None:
    def wie(deel: int) -> tuple[int, int]:
        return deel, threading.get_ident()

    delen = iter([1, 2, 3])
    assert next(verdeel(wie, delen, None)) == (1, threading.get_ident())
    assert list(delen) == [2, 3]

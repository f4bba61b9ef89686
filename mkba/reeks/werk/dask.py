"""Reports on other machines: a ``concurrent.futures`` executor over a cluster of dask (extra ``dask``).

A task travels with the files that it reads (see :mod:`mkba.reeks.plan.reis`), each file once, so workers need no shared
disk; they do need the same mkba and libraries, which is checked. Only this process writes reports. A worker that
dies has its reports made elsewhere; after a few deaths with the same report on it, that report fails. When the
scheduler goes, or all workers stay away, what is not made fails with a message; a batch never waits for ever.
"""

import importlib
import logging
import os
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures import wait as wacht_op
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import mkba
from mkba.kern.bestand import paden
from mkba.kern.bestand.hashes import hash_tekst
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.reeks.plan.reis import Pakket, pak_in, pak_uit
from mkba.reeks.plan.taak import Product, Taak, codehash, versies
from mkba.reeks.werk import los
from mkba.reeks.werk.uitvoering import Uitvoering, zonder_antwoord
from mkba.reeks.werk.werkers import Gestopt

WACHT_S: Final = 15.0
"""Seconds for a scheduler to answer, and then for a first worker to show itself: long enough for a busy network."""
GEDULD_S: Final = 60.0
"""Seconds without any worker or answer after which the batch ends: a worker that restarts is back well before."""
_KIJK_S: Final = 1.0


class Wolk(Executor):
    """The workers of the cluster ``uitvoering.dask``. Raises InvoerFout when that cannot be used.

    ``submit`` takes a function of one :class:`~mkba.reeks.plan.taak.Taak` and that task.
    """

    def __init__(self, uitvoering: Uitvoering) -> None:
        self._uitvoering, self._adres = uitvoering, uitvoering.dask
        self._logboek = logging.getLogger("distributed")
        self._niveau = self._logboek.level
        self._logboek.setLevel(logging.CRITICAL)  # what it says of lost connections is said by messages here
        self._bestanden: dict[str, Any] = {}
        self._bezig: dict[str, tuple[Any, Future[Product]]] = {}
        self._slot = threading.RLock()
        self._dicht = threading.Event()
        self._gestopt = ""
        self._client: Any = None
        try:
            self._client = _verbind(self._adres)
            controleer_werkers(self._client, self._adres)
        except BaseException:
            self._sluit()
            raise
        threading.Thread(target=self._waak, name="mkba-wolk", daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Have one report made; see ``concurrent.futures.Executor``. The future raises Gestopt when nobody could."""
        (taak,) = args
        if self._dicht.is_set():
            raise RuntimeError("deze werkploeg is gesloten")
        toekomst: Future[Product] = Future()
        try:
            pakket, inhoud = pak_in(taak)
            with self._slot:
                if self._gestopt:
                    raise Gestopt(self._gestopt)
                sleutel = f"mkba-rapport-{taak.slug}-{uuid.uuid4().hex}"
                ver = self._client.submit(
                    _maak_daar,
                    eigen_vingerafdruk(),
                    replace(self._uitvoering, dask=""),  # on the worker itself
                    fn,
                    pakket,
                    list(inhoud),
                    [self._bestand(som, gegevens) for som, gegevens in inhoud.items()],
                    key=sleutel,
                    pure=False,
                )
                self._bezig[sleutel] = ver, toekomst
            ver.add_done_callback(lambda ver: self._klaar(sleutel, ver))
        except Exception as fout:
            toekomst.set_exception(fout)
        return toekomst

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more; cancelling spares what a worker has taken up already."""
        if cancel_futures and self._bezig and not self._gestopt:
            self._trek_in()
        if wait:
            wacht_op([toekomst for _, toekomst in list(self._bezig.values())])
        self._sluit()

    def _bestand(self, som: str, gegevens: bytes) -> Any:
        """A file on the cluster: as the result of a task, so that it comes back when its worker dies."""
        if som not in self._bestanden:
            self._bestanden[som] = self._client.submit(_zelf, gegevens, key=f"mkba-bestand-{som}")
        return self._bestanden[som]

    def _klaar(self, sleutel: str, ver: Any) -> None:
        with self._slot:
            _, toekomst = self._bezig.pop(sleutel, (None, None))
        if toekomst is None:
            return
        try:
            toekomst.set_result(ver.result(timeout=GEDULD_S))
        except CancelledError:
            toekomst.set_exception(Gestopt(self._gestopt or f"De verbinding met dask op {self._adres} is verbroken."))
        except Exception as fout:
            toekomst.set_exception(_in_het_nederlands(fout, self._adres))
        ver.release()

    def _trek_in(self) -> None:
        """Cancel what no worker has taken up."""
        onderhanden = {str(s) for rij in self._vraag(self._client.scheduler.processing).values() for s in rij}
        with self._slot:
            weg = [self._bezig.pop(s) for s in list(self._bezig) if s not in onderhanden]
        for _, toekomst in weg:
            toekomst.cancel()
            toekomst.set_running_or_notify_cancel()  # wakes who waits for it
        self._client.cancel([ver for ver, _ in weg])

    def _vraag(self, wat: Callable[..., Any], **rest: Any) -> Any:
        return self._client.sync(wat, callback_timeout=WACHT_S, **rest)

    def _waak(self) -> None:
        """End the batch when the cluster is gone: a report that nobody makes would keep it waiting for ever."""
        gezien = time.monotonic()
        while not self._dicht.wait(_KIJK_S):
            try:
                if self._vraag(self._client.scheduler.ncores):
                    gezien = time.monotonic()
            except Exception:  # whatever it is, it was no answer
                if self._client.status == "closed":
                    gezien = float("-inf")
            if time.monotonic() - gezien > GEDULD_S:
                self._geef_op(f"Er werkt niemand meer op het dask-cluster {self._adres}.")
                return

    def _geef_op(self, oorzaak: str) -> None:
        with self._slot:
            self._gestopt = oorzaak
            weg, self._bezig = list(self._bezig.values()), {}
        for _, toekomst in weg:
            toekomst.set_exception(Gestopt(oorzaak))

    def _sluit(self) -> None:
        if not self._dicht.is_set():
            self._dicht.set()
            self._bestanden.clear()
            if self._client is not None:
                self._client.close(timeout=WACHT_S)
            self._logboek.setLevel(self._niveau)


@cache
def vingerafdruk() -> dict[str, str]:
    """What must be the same here and on a worker for a report to be the same: code, data, libraries, system."""
    wortel = paden.data()
    bestanden = sorted(p for p in wortel.rglob("*") if p.is_file())
    gegevens = hash_tekst(*(deel for p in bestanden for deel in (p.relative_to(wortel).as_posix(), p.read_bytes())))
    return {
        "mkba": f"{mkba.__version__}, code {codehash()[:12]}, gegevens {gegevens[:12]}",
        "systeem": os.name,
        **versies(),
    }


def eigen_vingerafdruk() -> dict[str, str]:
    """That of this process, found once."""
    return vingerafdruk()


def _verbind(adres: str) -> Any:
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        oorzaak = "hiervoor is dask.distributed nodig, en dat is er niet."
        raise InvoerFout([Melding("--dask", adres, oorzaak, 'Installeer het: pip install "mkba[dask]".')]) from None
    client = None
    try:
        client = distributed.Client(adres, timeout=WACHT_S, set_as_default=False, name="mkba")
        client.wait_for_workers(1, timeout=WACHT_S)
    except Exception as fout:
        geen_werkers = client is not None
        if client is not None:
            client.close(timeout=WACHT_S)
        oorzaak = (
            "dit dask-cluster heeft geen werkers."
            if geen_werkers
            else f"op dit adres antwoordt geen dask-planner ({type(fout).__name__})."
        )
        remedie = "Start de planner en werkers, of controleer het adres (zoals tcp://planner:8786)."
        raise InvoerFout([Melding("--dask", adres, oorzaak, remedie)]) from None
    return client


def controleer_werkers(client: Any, adres: str) -> None:
    """Every worker has the same code and libraries as this process. Raises InvoerFout with all that differ."""
    try:
        daar: Mapping[str, Any] = client.run(vingerafdruk, on_error="return")
    except Exception as fout:
        daar = {adres: fout}
    meldingen = [
        Melding("--dask", werker, f"deze werker kan geen rapporten maken: {verschil}.", _REMEDIE)
        for werker, afdruk in daar.items()
        if (verschil := verschil_met(afdruk))
    ]
    if meldingen:
        raise InvoerFout(meldingen)


_REMEDIE: Final = "Installeer daar dezelfde mkba en bibliotheken als hier, ook bij de planner, en start hem opnieuw."


def verschil_met(afdruk: Any) -> str:
    """How a worker differs from this process, by its fingerprint or what asking for it gave; "" when it does not."""
    if not isinstance(afdruk, Mapping):
        return f"mkba ontbreekt daar of is te oud ({type(afdruk).__name__})"
    hier = eigen_vingerafdruk()
    return "; ".join(
        f"{naam} is daar {afdruk.get(naam, 'onbekend')}, hier {hier.get(naam, 'onbekend')}"
        for naam in sorted(hier.keys() | afdruk.keys())
        if afdruk.get(naam) != hier.get(naam)
    )


def _in_het_nederlands(fout: Exception, adres: str) -> Exception:
    if type(fout).__name__ == "KilledWorker":
        return Gestopt("De dask-werkers die dit rapport maakten, stopten telkens onverwacht.")
    if isinstance(fout, OSError | TimeoutError):
        return Gestopt(f"Het rapport kon niet worden opgehaald van dask op {adres} ({type(fout).__name__}).")
    return fout


# --- on a worker ----------------------------------------------------------------------------------------------


def _zelf(gegevens: bytes) -> bytes:
    return gegevens


def _maak_daar(
    verwacht: Mapping[str, str],
    uitvoering: Uitvoering,
    functie: Callable[[Taak], Product],
    pakket: Pakket,
    sommen: Sequence[str],
    inhoud: Sequence[bytes],
) -> Product:
    if vingerafdruk() != verwacht:  # a worker that joined after the batch began
        raise Gestopt(f"Een dask-werker kan geen rapporten maken: mkba of een bibliotheek is daar anders. {_REMEDIE}")
    with tempfile.TemporaryDirectory(prefix="mkba-", ignore_cleanup_errors=True) as map_:
        basis, taak = Path(map_).resolve(), pakket.taak
        try:
            taak = pak_uit(pakket, dict(zip(sommen, inhoud, strict=True)), basis / "taak")
            return los.maak(uitvoering, functie, taak, basis)
        except Exception as fout:  # OSError, for one: a full disk
            return zonder_antwoord(fout, taak, los.werkmap(basis))

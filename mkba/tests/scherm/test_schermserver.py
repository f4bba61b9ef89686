"""The server of the invoerscherm, run here: what it refuses to who has no token, and which kernels it keeps."""

import asyncio
import json
import re
import signal
import stat
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.websocket import websocket_connect
from traitlets.config import Config

from mkba.scherm.server import proces as serverinstellingen
from mkba.scherm.server import schermserver
from mkba.scherm.server.pagina import vrije_poort
from mkba.scherm.server.proces import JUPYTER, LANGSTE_SOCKETPAD, instellingen, plek_voor_sockets, vervoer
from mkba.scherm.server.schermserver import STATISCH, Schermserver

TOKEN = "een-token-dat-niemand-kent"
METHODEN = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
Werk = Callable[["Proef"], Awaitable[None]]


class Proef:
    """A running server, and how to ask it something."""

    def __init__(self, server: Schermserver) -> None:
        self.server = server
        self.kernels: Any = server.kernel_manager
        self.basis = f"http://127.0.0.1:{server.port}"

    async def vraag(self, pad: str, methode: str = "GET", token: str = "") -> HTTPResponse:
        """One request, no redirect followed."""
        koppen = {"Authorization": f"token {token}"} if token else {}
        lijf = b"" if methode in ("POST", "PUT", "PATCH") else None
        verzoek = HTTPRequest(f"{self.basis}{pad}", methode, koppen, lijf, follow_redirects=False, request_timeout=60)
        return await AsyncHTTPClient().fetch(verzoek, raise_error=False)

    async def kanaal(self, pad: str, token: str = "") -> Any:
        """A websocket. Raises HTTPClientError when refused."""
        koppen = {"Authorization": f"token {token}"} if token else {}
        return await websocket_connect(HTTPRequest(f"ws{self.basis.removeprefix('http')}{pad}", headers=koppen))

    async def voorraad(self) -> str:
        """The id of the kernel in stock, when it is ready."""
        while True:
            for kernel in self.kernels.in_voorraad() & set(self.kernels.list_kernel_ids()):
                if getattr(self.kernels.get_kernel(kernel), "execution_state", "") == "idle":
                    return str(kernel)
            await asyncio.sleep(0.05)

    async def pagina(self) -> str:
        """Open a page; the id of its kernel."""
        antwoord = await self.vraag("/", token=TOKEN)
        assert antwoord.code == 200
        return str(re.findall(r'dataset.kernelId = "([^"]+)"', antwoord.body.decode())[0])

    def routes(self) -> list[tuple[str, type]]:
        """All routes of the application: pattern and handler."""
        return list(_routes(self.server.app.default_router))


def _routes(router: Any) -> Iterator[tuple[str, type]]:
    for regel in router.rules:
        if hasattr(regel.target, "rules"):
            yield from _routes(regel.target)
        else:
            yield regel.matcher.regex.pattern, regel.target


@pytest.fixture
def draai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Werk], None]]:
    """Runs a coroutine beside a server with a notebook that does nothing."""
    monkeypatch.setenv("JUPYTER_PATH", str(JUPYTER))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / ".config"))
    notebook = tmp_path / "dashboard.ipynb"
    boek = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("'de inhoud van het notebook'")])
    boek.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook.write_text(nbformat.writes(boek), encoding="utf-8")
    oud = signal.getsignal(signal.SIGTERM)

    def doe(werk: Werk) -> None:
        lus = asyncio.new_event_loop()
        asyncio.set_event_loop(lus)
        server = Schermserver(config=Config(instellingen(str(notebook), vrije_poort(), TOKEN)))
        server.initialize([])

        async def wacht() -> None:
            try:
                await asyncio.wait_for(werk(Proef(server)), 120)
            finally:
                lus.stop()

        taak = lus.create_task(wacht())
        server.start()  # until the task stops the loop; then it ends its kernels
        taak.result()

    yield doe
    signal.signal(signal.SIGTERM, oud)
    asyncio.set_event_loop(None)


def _adressen(patroon: str, kernel: str) -> list[str]:
    """Addresses that this pattern takes."""
    paden = ["", "x", "dashboard.ipynb", "../../etc/passwd", "mkba/static/voila.js"]
    kaal = re.sub(r"\(\?P<kernel_id>[^)]*\)|\(\\w\+[^)]*\)", kernel, patroon.rstrip("$"))
    uit = [kaal.replace("(.*)", pad) for pad in paden] if "(.*)" in kaal else [kaal]
    assert all(re.fullmatch(patroon, adres) for adres in uit), (patroon, uit)
    return uit


def test_zonder_token_geeft_geen_enkele_route_iets(draai: Callable[[Werk], None]) -> None:
    """Every route and websocket that the running server has, with the id of a kernel that is there."""

    async def werk(proef: Proef) -> None:
        in_voorraad = await proef.voorraad()
        kernel = await proef.pagina()  # so that the server has seen the address with the token
        gezien = []
        for patroon, handler in proef.routes():
            for adres in {a for k in (kernel, in_voorraad) for a in _adressen(patroon, k)}:
                for methode in METHODEN:
                    antwoord = await proef.vraag(adres, methode)
                    tekst = (antwoord.body or b"").decode("utf-8", "replace") + str(list(antwoord.headers.get_all()))
                    assert TOKEN not in tekst, (methode, adres)
                    assert kernel not in tekst.replace(adres, ""), (methode, adres)
                    assert "de inhoud van het notebook" not in tekst, (methode, adres)
                    assert "root:" not in tekst, (methode, adres)
                    if handler in STATISCH:
                        continue
                    # what a browser asks before a request to another site: an empty answer, that allows none
                    leeg = methode == "OPTIONS" and not antwoord.body and "Allow-Origin" not in tekst
                    assert leeg or antwoord.code in (403, 404, 405), (methode, adres, antwoord.code)
                if handler not in STATISCH:
                    with pytest.raises(HTTPClientError) as fout:
                        await proef.kanaal(adres)
                    assert fout.value.code in (400, 403, 404, 405), adres
            gezien.append(handler.__name__)
        assert {"KernelHandler", "VoilaKernelWebsocketHandler", "VoilaShutdownKernelHandler", "Leeft"} <= set(gezien)
        assert kernel in proef.kernels  # and nobody ended it
        # the same with the token: what was refused is there
        assert (await proef.vraag(f"/api/kernels/{kernel}", token=TOKEN)).code == 200
        assert (await proef.vraag(f"/leeft/{kernel}", token=TOKEN)).code == 204
        (await proef.kanaal(f"/api/kernels/{kernel}/channels", token=TOKEN)).close()

    draai(werk)


def test_wat_voila_aan_wie_een_kernel_kent_vertelde_is_er_niet_meer(draai: Callable[[Werk], None]) -> None:
    """The address of the page, token and all, on the websocket that Voilà has for it."""

    async def werk(proef: Proef) -> None:
        await proef.voorraad()
        kernel = await proef.pagina()
        for token in ("", TOKEN):
            with pytest.raises(HTTPClientError) as fout:
                await proef.kanaal(f"/voila/query/{kernel}", token)
            assert fout.value.code == (404 if token else 403)
        for pad in ("login", "logout", "voila/files/dashboard.ipynb", "voila/tree", "api/contents", "api/kernels"):
            assert (await proef.vraag(f"/{pad}", token=TOKEN)).code == 404, pad
            assert (await proef.vraag(f"/{pad}")).code == 403, pad
        zonder = await proef.vraag("/")
        assert "Open het hele adres dat mkba scherm" in zonder.body.decode()

    draai(werk)


@pytest.mark.traag
def test_een_kernel_zonder_pagina_wordt_gesloten(
    draai: Callable[[Werk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def werk(proef: Proef) -> None:
        await proef.voorraad()
        kernel = await proef.pagina()
        kanaal = await proef.kanaal(f"/api/kernels/{kernel}/channels", token=TOKEN)
        voorraad = await proef.voorraad()
        while not proef.kernels._kernel_connections[kernel]:
            await asyncio.sleep(0.02)
        assert proef.kernels.in_gebruik() == 1
        monkeypatch.setattr(schermserver, "ZONDER_PAGINA_S", 0.2)
        await proef.kernels.cull_kernels()
        await asyncio.sleep(0.3)
        await proef.kernels.cull_kernels()
        assert set(proef.kernels.list_kernel_ids()) == {kernel, voorraad}  # in use, and in stock
        kanaal.close()
        while proef.kernels._kernel_connections[kernel]:
            await asyncio.sleep(0.02)
        await proef.kernels.cull_kernels()
        assert kernel in proef.kernels  # a connection may drop
        await asyncio.sleep(0.3)
        await proef.kernels.cull_kernels()
        assert proef.kernels.list_kernel_ids() == [voorraad]
        assert (await proef.vraag(f"/leeft/{kernel}", token=TOKEN)).code == 410

        nooit = await proef.pagina()  # its page never connects
        await proef.voorraad()
        monkeypatch.setattr(schermserver, "NOOIT_PAGINA_S", 0.0)
        await proef.kernels.cull_kernels()
        assert nooit not in proef.kernels
        assert len(proef.kernels.list_kernel_ids()) == 1

    draai(werk)


@pytest.mark.traag
def test_een_gestorven_kernel_komt_niet_stil_terug(draai: Callable[[Werk], None]) -> None:
    """A new one in its place would know nothing of the page, which would go on showing what it showed."""

    async def werk(proef: Proef) -> None:
        await proef.voorraad()
        kernel = await proef.pagina()
        await proef.kernels.get_kernel(kernel).signal_kernel(signal.SIGTERM if sys.platform == "win32" else 9)
        for _ in range(200):
            if (await proef.vraag(f"/leeft/{kernel}", token=TOKEN)).code == 410:
                break
            await asyncio.sleep(0.05)
        else:
            raise AssertionError("de kernel is er weer")
        await proef.kernels.cull_kernels()
        assert kernel not in proef.kernels

    draai(werk)


@pytest.mark.traag
def test_meer_schermen_dan_er_passen_worden_geweigerd(
    draai: Callable[[Werk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def werk(proef: Proef) -> None:
        monkeypatch.setattr(schermserver, "MAXIMUM_SCHERMEN", 1)
        await proef.voorraad()
        kernel = await proef.pagina()
        te_veel = await proef.vraag("/", token=TOKEN)
        assert te_veel.code == 503
        assert "Er zijn te veel invoerschermen open" in te_veel.body.decode()
        assert "laad deze pagina opnieuw" in te_veel.body.decode()
        await proef.kernels.shutdown_kernel(kernel)
        await proef.voorraad()
        await proef.pagina()

    draai(werk)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows heeft hier geen unix-sockets voor")
def test_wat_server_en_kernel_zeggen_gaat_over_sockets_van_deze_gebruiker(draai: Callable[[Werk], None]) -> None:
    async def werk(proef: Proef) -> None:
        kernel = proef.kernels.get_kernel(await proef.voorraad())
        gegevens = json.loads(Path(kernel.connection_file).read_text(encoding="utf-8"))
        assert gegevens["transport"] == "ipc"
        poorten = [gegevens[f"{k}_port"] for k in ("shell", "iopub", "stdin", "hb", "control")]
        sockets = [Path(f"{gegevens['ip']}-{poort}") for poort in poorten]
        assert all(stat.S_ISSOCK(s.stat().st_mode) for s in sockets)
        assert all(stat.S_IMODE(s.parent.stat().st_mode) & 0o077 == 0 for s in sockets)
        assert await kernel.is_alive()

    draai(werk)


def test_het_pad_van_een_socket_past_altijd(tmp_path: Path) -> None:
    naam = "/voila_12345678/kernel-00000000-0000-0000-0000-000000000000-ipc-5"
    kort, lang = Path("/tmp/mkba-scherm-12345678"), tmp_path / ("x" * 100)
    assert plek_voor_sockets(kort) == kort
    if sys.platform != "win32":
        assert len(f"{plek_voor_sockets(lang)}{naam}") <= LANGSTE_SOCKETPAD


@pytest.mark.traag
def test_waar_geen_sockets_zijn_worden_de_berichten_versleuteld(
    draai: Callable[[Werk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: over a port of this machine, with keys that only stand in the file of this user."""
    assert vervoer("linux") == vervoer("darwin") == {"transport": "ipc"}
    opties = vervoer("win32")
    if not opties:
        pytest.skip("deze jupyter-client kan niet versleutelen")
    monkeypatch.setattr(serverinstellingen, "vervoer", lambda _: opties)

    async def werk(proef: Proef) -> None:
        kernel = proef.kernels.get_kernel(await proef.voorraad())  # idle: so it answers
        bestand = Path(kernel.connection_file)
        gegevens = json.loads(bestand.read_text(encoding="utf-8"))
        assert gegevens["transport"] == "tcp"
        assert gegevens["curve_secretkey"]
        assert sys.platform == "win32" or stat.S_IMODE(bestand.stat().st_mode) == 0o600

    draai(werk)

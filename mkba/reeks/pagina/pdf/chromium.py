"""Print with an installed browser, kept warm: one start, many pages.

Playwright runs on an event loop in a thread of its own, so a time limit holds even when the browser hangs, and
a notebook, which has a loop of its own, can print too.
"""

import asyncio
import os
import re
import signal
import sys
import threading
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, Final, TypeVar

from playwright.async_api import Browser, BrowserContext, Error, Playwright, Route, async_playwright

import mkba
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.reeks.pagina.pdf.basis import Drukker, kort_rand, moment_van
from mkba.reeks.pagina.pdf.browser import VARIABELE, GeenBrowser
from mkba.reeks.pagina.sjablonen import css_tekst

DRUKGRENS_S: Final = 90.0
"""Seconds that one print may take: some hundred times a usual report, so only a hang meets it. A choice."""

STARTGRENS_S: Final = 60.0
"""Seconds that the browser may take to start; a loaded machine is slow. A choice."""

SLUITGRENS_S: Final = 10.0
"""Seconds that closing may take before the browser is killed. A choice."""

OUDSTE_VERSIE: Final = 131
"""First version of Chromium that prints the margin boxes of ``@page`` (header, footer, page numbers)."""

_VLAGGEN: Final = (
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the browser itself cannot reach anything either
    "--font-render-hinting=none",  # hinting for a screen makes uneven letter spacing on paper
    f"--user-agent=mkba/{mkba.__version__}",  # stands in the PDF as its creator
)
_DATUM: Final = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}[+-]\d\d'\d\d'\)")

T = TypeVar("T")


class ChromiumDrukker(Drukker):
    """Prints with the browser at ``pad``; a browser that crashes or hangs is restarted once per page.

    Raises GeenBrowser when it does not start or is too old.
    """

    def __init__(self, pad: Path, grens_s: float = DRUKGRENS_S) -> None:
        self.pad = pad
        self.grens_s = grens_s
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._context: BrowserContext | None = None
        self.pid: int | None = None
        self._weg = asyncio.Event()
        self._lus = asyncio.new_event_loop()
        self._draad = threading.Thread(target=self._lus.run_forever, name="mkba-pdf", daemon=True)
        self._draad.start()
        try:
            self._start()
        except Exception as fout:
            self.sluit()
            raise GeenBrowser([_start_niet(pad, fout)]) from None
        versie = self._browser.version if self._browser else ""
        if int(versie.split(".")[0]) < OUDSTE_VERSIE:
            self.sluit()
            oorzaak = f"deze browser is te oud voor kop- en voetregels (versie {versie})."
            remedie = f"Werk hem bij tot versie {OUDSTE_VERSIE} of nieuwer, of wijs met {VARIABELE} een andere aan."
            raise GeenBrowser([Melding("PDF", str(pad), oorzaak, remedie)])
        self._versie = versie

    @property
    def soort(self) -> str:
        return f"chromium {self._versie}"

    def druk(self, html: str, *, kop: str, voet: str, titel: str) -> bytes:
        if self._lus.is_closed():
            raise RuntimeError("deze drukker is gesloten")
        bladzijde = met_randen(html, kop=kop, voet=voet, titel=titel)
        moment = moment_van(html)
        fout: Exception | None = None
        for _ in range(2):
            try:
                if self._browser is None or not self._browser.is_connected():
                    self._stop()
                    self._start()
                return stempel(self._doe(self._druk_zolang_hij_leeft(bladzijde), self.grens_s), moment)
            except Exception as e:  # Playwright raises a bare Exception when its own driver dies
                fout = e
                self._stop()
        reden = f"stopte ({type(fout).__name__})"
        if isinstance(fout, TimeoutError):
            reden = f"deed langer dan {self.grens_s:.0f} seconden over deze pagina"
        oorzaak = f"de browser {self.pad.name} {reden}, ook na een herstart."
        remedie = "Druk het rapport af vanuit een browser, of maak de PDF met Typst."
        raise InvoerFout([Melding("PDF", titel, oorzaak, remedie)])

    def sluit(self) -> None:
        if self._lus.is_closed():
            return
        self._stop()
        self._lus.call_soon_threadsafe(self._lus.stop)
        self._draad.join(SLUITGRENS_S)
        if not self._draad.is_alive():
            self._lus.close()

    def _doe(self, taak: Coroutine[Any, Any, T], grens_s: float) -> T:
        """Run on the loop; TimeoutError after ``grens_s`` seconds, and the task is given up."""
        toekomst = asyncio.run_coroutine_threadsafe(taak, self._lus)
        try:
            return toekomst.result(grens_s)
        except BaseException:
            toekomst.cancel()
            raise

    def _start(self) -> None:
        self._doe(self._open(), STARTGRENS_S)

    async def _open(self) -> None:
        self._playwright = await async_playwright().start()
        self._browser = await self._playwright.chromium.launch(
            executable_path=self.pad,
            args=list(_VLAGGEN),
            # Chromium refuses its sandbox to root (a container); pages here are cleaned and run no script
            chromium_sandbox=not _is_root(),
            # Ctrl-C is for who called: a batch finishes what is under way
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        weg = self._weg = asyncio.Event()
        self._browser.on("disconnected", lambda _: weg.set())
        sessie = await self._browser.new_browser_cdp_session()
        processen = (await sessie.send("SystemInfo.getProcessInfo"))["processInfo"]
        self.pid = next((int(p["id"]) for p in processen if p["type"] == "browser"), None)
        self._context = await self._browser.new_context(
            java_script_enabled=False,
            offline=True,
            service_workers="block",
            accept_downloads=False,
        )
        await self._context.route("**/*", _weiger)

    async def _druk_zolang_hij_leeft(self, html: str) -> bytes:
        """A page asked of a browser that is just closing is never answered: stop waiting when it is gone."""
        druk, weg = asyncio.ensure_future(self._druk(html)), asyncio.ensure_future(self._weg.wait())
        try:
            await asyncio.wait({druk, weg}, return_when=asyncio.FIRST_COMPLETED)
            if not druk.done():
                raise Error("de browser is gestopt")
            return druk.result()
        finally:
            druk.cancel()
            weg.cancel()

    async def _druk(self, html: str) -> bytes:
        assert self._context is not None
        # a new page each time: the names of its elements, which stand in the PDF, begin at the same number
        pagina = await self._context.new_page()
        try:
            await pagina.set_content(html, timeout=0)
            return await pagina.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
        finally:
            with suppress(Error):
                await pagina.close()

    def _stop(self) -> None:
        """Close the browser; kill it when it does not listen."""
        browser, playwright, pid = self._browser, self._playwright, self.pid
        self._browser = self._context = self._playwright = self.pid = None
        if browser is not None:
            try:
                self._doe(browser.close(), SLUITGRENS_S)
            except Exception:
                # only while it is connected is this number surely still its own
                if pid is not None and browser.is_connected():
                    with suppress(OSError):
                        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        if playwright is not None:
            with suppress(Exception):
                self._doe(playwright.stop(), SLUITGRENS_S)


async def _weiger(route: Route) -> None:
    await route.abort()


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _start_niet(pad: Path, fout: BaseException) -> Melding:
    zandbak = "sandbox" in str(fout).casefold()
    oorzaak = "deze browser start niet" + (
        ": het systeem staat zijn afscherming (sandbox) niet toe." if zandbak else f" ({type(fout).__name__})."
    )
    remedie = f"Start hem eens zelf, wijs met {VARIABELE} een andere aan, of maak de PDF met Typst."
    return Melding("PDF", str(pad), oorzaak, remedie)


def met_randen(html: str, *, kop: str, voet: str, titel: str) -> str:
    """The page with its title and with what stands in the margins of every sheet; both texts are escaped."""
    stijl = (
        "<style>@media print{@page{"
        f"@top-left{{content:{css_tekst(kort_rand(kop))}}}"
        f"@bottom-left{{content:{css_tekst(kort_rand(voet))}}}"
        "}@page :first{@top-left{content:none}}}</style>"
    )
    html = re.sub(r"<title>.*?</title>", "", html, count=1, flags=re.DOTALL)
    voor, eind, na = html.partition("</head>")
    if not eind:
        voor, na = "", html
    return f"{voor}<title>{escape(titel)}</title>{stijl}{eind}{na}"


def stempel(pdf: bytes, moment: datetime) -> bytes:
    """The PDF with ``moment`` (UTC) for its dates; as long as they were, so nothing else moves."""
    nieuw = moment.strftime("%Y%m%d%H%M%S").zfill(14).encode() + b"+00'00')"
    return _DATUM.sub(lambda m: m[1] + nieuw, pdf)

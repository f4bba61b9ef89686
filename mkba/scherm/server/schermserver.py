"""Voilà for one page on a machine that others may use too: which routes there are, and how many kernels it keeps.

Imported by the process that serves the page only: Voilà takes a second.
"""

import time
from html import escape
from typing import Any, Final

from jupyter_server.base.handlers import APIHandler, FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler, _kernel_id_regex
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.utils import ENV_VARIABLE

MAXIMUM_SCHERMEN: Final = 8
"""Screens that may be open at the same time; each is a kernel of some 210 MB. A choice."""
ZONDER_PAGINA_S: Final = 60.0
"""Seconds that a kernel may be without the page that it had before it is ended: a connection may drop. A choice."""
NOOIT_PAGINA_S: Final = 180.0
"""Seconds in which the page of a new kernel must connect: it may be loading on a slow machine. A choice."""

STATISCH: Final = (TemplateStaticFileHandler, MultiStaticFileHandler, FileFindHandler)
"""Routes that need no token: files of Voilà and its widgets, the same on every machine."""
BEWAAKT: Final = (KernelHandler, VoilaKernelWebsocketHandler, VoilaShutdownKernelHandler)
"""Voilà's routes that look at the token themselves; a test asks all of them for something without one."""


class Kernels(AsyncMappingKernelManager):
    """The kernels of the pages. Voilà makes a subclass of this one, with a kernel in stock for the next page."""

    def __init__(self, **opties: Any) -> None:
        self._sinds: dict[str, float] = {}
        self._had_pagina: set[str] = set()
        self._in_de_maak: set[str] = set()
        super().__init__(**opties)  # type: ignore[no-untyped-call]

    async def start_kernel(self, *args: Any, **opties: Any) -> str:  # type: ignore[override]
        """Start a kernel; while it is being made, it is known whether it is for the stock."""
        kernel_id = opties.setdefault("kernel_id", self.new_kernel_id(**opties))
        if (opties.get("env") or {}).get(ENV_VARIABLE.VOILA_PREHEAT) == "True":
            self._in_de_maak.add(kernel_id)
        try:
            return str(await super().start_kernel(*args, **opties))
        finally:
            self._in_de_maak.discard(kernel_id)

    def notify_connect(self, kernel_id: str) -> None:
        """A page has connected."""
        self._had_pagina.add(kernel_id)
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]

    def in_voorraad(self) -> set[str]:
        """The kernels that wait for a page, or are being made for one that may come."""
        taken = [taak for pool in getattr(self, "_pools", {}).values() for taak in pool]
        klaar = [t for t in taken if t.done() and not t.cancelled() and t.exception() is None]
        return {taak.result()["kernel_id"] for taak in klaar} | self._in_de_maak

    def in_gebruik(self) -> int:
        """How many kernels have been given to a page."""
        return len(set(self.list_kernel_ids()) - self.in_voorraad())

    async def leeft(self, kernel_id: str) -> bool:
        """Whether this kernel is there and its process runs."""
        if kernel_id not in self:
            return False
        kernel: Any = self.get_kernel(kernel_id)
        return bool(await kernel.is_alive())

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel whose page is gone or never came, or that has died; the one in stock stays.

        Jupyter's own rule looks at how long a kernel did nothing, and would end the stock and a page that is being
        read.
        """
        if kernel_id in self.in_voorraad() or self._kernel_connections.get(kernel_id, 0) > 0:
            self._sinds.pop(kernel_id, None)
            if await self.leeft(kernel_id):
                return
        sinds = self._sinds.setdefault(kernel_id, time.monotonic())
        grens = ZONDER_PAGINA_S if kernel_id in self._had_pagina else NOOIT_PAGINA_S
        if time.monotonic() - sinds >= grens or not await self.leeft(kernel_id):
            self._sinds.pop(kernel_id, None)
            self._had_pagina.discard(kernel_id)
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]


class Schermpagina(TornadoVoilaHandler):  # type: ignore[misc]
    """The page, for who has the token, as long as there is room for another kernel."""

    onderweg = 0
    """Pages that are being made; their kernels may not be there yet."""

    def get_login_url(self) -> str:
        """Where Jupyter sends who has no token: nowhere. Raises HTTPError."""
        raise HTTPError(403)

    @authenticated
    async def get(self, path: str = "") -> None:
        """Make the page."""
        if path:
            raise HTTPError(404)
        if self.kernel_manager.in_gebruik() + Schermpagina.onderweg >= MAXIMUM_SCHERMEN:
            raise HTTPError(503)
        self.xsrf_token  # noqa: B018 - reading it sets the cookie with which the page may end its kernel
        Schermpagina.onderweg += 1
        try:
            await super().get(path)
        finally:
            Schermpagina.onderweg -= 1

    def write_error(self, status_code: int, **_: Any) -> None:
        """A page in Dutch that says what to do, and nothing of what is here."""
        kop, tekst = _FOUTEN.get(status_code, _FOUTEN[500])
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>{escape(kop)}</title>'
            f'<body style="font: 16px/1.5 sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em">'
            f"<h1>{escape(kop)}</h1><p>{escape(tekst)}</p></body></html>"
        )


_FOUTEN: Final = {
    403: (
        "Geen toegang",
        "Dit adres is niet volledig. Open het hele adres dat mkba scherm in het venster van de opdracht toont, "
        "met alles wat er achter het vraagteken staat.",
    ),
    404: ("Deze pagina is er niet", "Open het adres dat mkba scherm in het venster van de opdracht toont."),
    503: (
        "Er zijn te veel invoerschermen open",
        f"Er kunnen {MAXIMUM_SCHERMEN} invoerschermen tegelijk open zijn, want elk gebruikt geheugen. Sluit er een en "
        "laad deze pagina opnieuw; een scherm dat niet netjes is gesloten, telt nog een minuut mee.",
    ),
    500: (
        "Het invoerscherm kan niet worden getoond",
        "Laad de pagina opnieuw. Helpt dat niet, start mkba scherm dan opnieuw.",
    ),
}


class Leeft(APIHandler):
    """Tells a page whether its kernel is still there."""

    @authenticated
    async def get(self, kernel_id: str) -> None:
        """204 when it is, 410 when not."""
        kernels: Any = self.kernel_manager
        self.set_status(204 if await kernels.leeft(kernel_id) else 410)
        await self.finish()


class Schermserver(Voila):  # type: ignore[misc]
    """Voilà with the routes that this page needs and no others.

    Not there are those that gave something to who has no token (the address of a page, token and all, to who knows
    the id of its kernel), that the page has no use for (files, themes, forms to log in and choose a password), and
    what a newer Voilà may add.
    """

    def init_handlers(self) -> list[Any]:
        """The routes: of Voilà's only those that were looked at, and two of our own."""
        routes = []
        for route in super().init_handlers():
            if route[1] is TornadoVoilaHandler:  # last: it takes every address
                routes.append((url_path_join(self.server_url, rf"/leeft/{_kernel_id_regex}"), Leeft))
                routes.append((route[0], Schermpagina, *route[2:]))
            elif route[1] in (*STATISCH, *BEWAAKT):
                routes.append(route)
        return routes

"""Shared by the tests in a real browser: find one, keep a screenshot of what went wrong, know what a page asked for."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.notatie import euro
from mkba.reeks.pagina.pdf.browser import zoek_browser

SCHERMBEELDEN: Final = Path(__file__).resolve().parents[2] / "schermbeelden"
"""Where screenshots of failed tests are kept; not in git."""
GRENS_MS: Final = 60_000
"""Time that a condition may take to come true on a loaded machine. Nothing waits longer than it must."""


@contextmanager
def browser() -> Iterator[Any]:
    """An installed Chromium, Chrome or Edge; the test is skipped, and says so, where there is none."""
    try:
        pad = zoek_browser()
    except InvoerFout:
        pytest.skip("geen Chrome, Chromium of Edge: het scherm is niet in een echte browser geprobeerd")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as speler:
        # Chromium refuses its sandbox to root (a container); the pages here are our own
        gestart = speler.chromium.launch(executable_path=pad, chromium_sandbox=os.geteuid() != 0)
        try:
            yield gestart
        finally:
            gestart.close()


@contextmanager
def bladzijde(gestart: Any, naam: str, breed: int = 1280, hoog: int = 800) -> Iterator[Any]:
    """A page with nothing remembered; when the test fails, ``naam`` is the file of its screenshot."""
    context = gestart.new_context(viewport={"width": breed, "height": hoog}, locale="nl-NL")
    context.set_default_timeout(GRENS_MS)
    pagina = context.new_page()
    pagina.gevraagd = []
    pagina.on("request", lambda verzoek: pagina.gevraagd.append(verzoek.url))
    try:
        yield pagina
    except BaseException:
        SCHERMBEELDEN.mkdir(exist_ok=True)
        pagina.screenshot(path=SCHERMBEELDEN / f"{re.sub(r'[^a-z0-9-]+', '-', naam.lower())}.png", full_page=True)
        raise
    finally:
        context.close()


def van_buiten(pagina: Any) -> list[str]:
    """What the page asked of another host than this one."""
    adressen = [urlsplit(u) for u in pagina.gevraagd]
    return [a.geturl() for a in adressen if a.scheme not in ("data", "blob") and a.hostname != "127.0.0.1"]


def veld(pagina: Any, label: str) -> Any:
    """The input with this label."""
    return pagina.get_by_label(label, exact=True)


def wacht_op_saldo(pagina: Any, bedrag: float) -> None:
    from playwright.sync_api import expect

    expect(pagina.locator(".mkba-lijf dd[data-sleutel=saldo] b")).to_have_text(euro(bedrag, 100), timeout=GRENS_MS)


def zet(pagina: Any, label: str, tekst: str) -> None:
    veld(pagina, label).fill(tekst)
    veld(pagina, label).press("Enter")


def axe(pagina: Any) -> list[str]:
    """What axe-core finds wrong on a page, a line for each element."""
    from axe_playwright_python.sync_playwright import Axe

    gevonden = Axe().run(pagina).response["violations"]
    return [f"{v['id']}: {v['help']}: {deel['target']} {deel['html'][:200]}" for v in gevonden for deel in v["nodes"]]

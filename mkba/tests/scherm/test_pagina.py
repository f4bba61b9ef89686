"""A page of the invoerscherm that comes and goes, in a real browser: its kernels, and what it says without a server."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.model.berekening import bereken
from mkba.scherm.server.pagina import Pagina
from mkba.tests.hulp_browser import GRENS_MS, bladzijde, browser, veld, wacht_op_saldo, zet

pytestmark = pytest.mark.traag

psutil: Any = pytest.importorskip("psutil")


@pytest.fixture(scope="module")
def gestart() -> Iterator[Any]:
    with browser() as b:
        yield b


@pytest.fixture
def voila(gestart: Any, tmp_path: Path) -> Iterator[Pagina]:
    with Pagina({"aanpak": "standaard", "naar": str(tmp_path)}) as pagina:
        yield pagina


def kernels() -> set[int]:
    """The processes of the kernels below this one."""
    uit = set()
    for proces in psutil.Process().children(recursive=True):
        try:
            if proces.status() != psutil.STATUS_ZOMBIE and "ipykernel_launcher" in proces.cmdline():
                uit.add(proces.pid)
        except psutil.NoSuchProcess:
            continue
    return uit


def wacht(klopt: Callable[[], bool], wat: str) -> None:
    einde = time.monotonic() + GRENS_MS / 1000
    while not klopt():
        assert time.monotonic() < einde, wat
        time.sleep(0.1)


def open_(pagina: Any, url: str) -> None:
    pagina.goto(url)
    pagina.wait_for_selector(".mkba-lijf dd[data-sleutel=saldo]")


def test_na_opnieuw_laden_en_sluiten_zijn_er_evenveel_kernels(gestart: Any, voila: Pagina) -> None:
    """One for the page, one in stock; a page that goes takes its own along."""
    with bladzijde(gestart, "pagina-kernels") as pagina:
        open_(pagina, voila.url)
        wacht(lambda: len(kernels()) == 2, "een kernel voor de pagina en een in voorraad")
        assert "token" not in pagina.url  # in a cookie by now
        for _ in range(3):
            voor = kernels()
            pagina.reload()
            pagina.wait_for_selector(".mkba-lijf dd[data-sleutel=saldo]")
            wacht(lambda voor=voor: len(kernels()) == 2 and kernels() != voor, "na opnieuw laden")  # type: ignore[misc]
        tweede = pagina.context.new_page()
        open_(tweede, voila.url)
        wacht(lambda: len(kernels()) == 3, "twee schermen")
        tweede.close(run_before_unload=True)
        wacht(lambda: len(kernels()) == 2, "na sluiten")


@pytest.mark.parametrize("breed", [1280, 390])
def test_zonder_server_zegt_de_pagina_dat_binnen_seconden(gestart: Any, voila: Pagina, breed: int) -> None:
    from playwright.sync_api import expect

    with bladzijde(gestart, f"pagina-zonder-server-{breed}", breed) as pagina:
        open_(pagina, voila.url)
        balk = pagina.locator(".mkba-losbalk")
        uitkomst = pagina.locator(".mkba-kern")
        expect(balk).to_be_hidden()
        assert uitkomst.evaluate("e => getComputedStyle(e).filter") == "none"
        voila.sluit()
        zet(pagina, "Aantal huishoudens in aanpak", "2000")
        expect(balk).to_be_visible(timeout=5_000)
        expect(balk).to_contain_text("Geen verbinding met mkba: wat u nu invult, wordt niet doorgerekend")
        assert balk.get_attribute("role") == "alert"
        assert "grayscale" in uitkomst.evaluate("e => getComputedStyle(e).filter")


def test_zonder_kernel_zegt_de_pagina_dat_binnen_seconden(gestart: Any, voila: Pagina) -> None:
    """The server is there, the process that calculates is not."""
    from playwright.sync_api import expect

    with bladzijde(gestart, "pagina-zonder-kernel") as pagina:
        open_(pagina, voila.url)
        wacht(lambda: len(kernels()) == 2, "een kernel voor de pagina en een in voorraad")
        nummer = pagina.evaluate("document.body.dataset.kernelId")
        (proces,) = [k for k in map(psutil.Process, kernels()) if any(nummer in deel for deel in k.cmdline())]
        proces.suspend()  # it answers no more, as when the machine is out of memory
        zet(pagina, "Aantal huishoudens in aanpak", "2000")
        expect(pagina.locator(".mkba-losbalk")).to_contain_text("mkba antwoordt niet", timeout=15_000)
        proces.resume()
        expect(pagina.locator(".mkba-losbalk")).to_be_hidden(timeout=GRENS_MS)
        proces.kill()
        expect(pagina.locator(".mkba-losbalk")).to_contain_text("Geen verbinding met mkba", timeout=15_000)


def test_een_half_procent_in_de_browser(gestart: Any, voila: Pagina, kengetallen: Kengetallen) -> None:
    from playwright.sync_api import expect

    standaard = lees_aanpak(paden.zoek_aanpak("standaard"), kengetallen)
    label = "Voorkomen escalatie: Gezinnen"
    with bladzijde(gestart, "pagina-half-procent") as pagina:
        open_(pagina, voila.url)
        pagina.get_by_role("tab", name="C. Effect").click()
        for tekst, fractie, getoond in (("0,5", 0.005, "0,5%"), ("1", 0.01, "1%")):
            zet(pagina, label, tekst)
            wacht_op_saldo(
                pagina, bereken(standaard.met({"escalatie.gezin": fractie}, kengetallen), kengetallen)["saldo"]
            )
            expect(veld(pagina, label)).to_have_value(getoond)
            expect(pagina.locator(".mkba-gelezen")).to_contain_text(f"{tekst} is gelezen als {getoond}.")
        zet(pagina, label, "2%")
        expect(pagina.locator(".mkba-gelezen")).to_have_count(0)
        pagina.get_by_role("tab", name="A. Bereik").click()
        zet(pagina, "Aantal huishoudens in aanpak", "600,5")
        expect(pagina.locator(".mkba-melding")).to_have_text(
            "Een aantal is een geheel getal. Rond het af, bijvoorbeeld op 600."
        )


@pytest.mark.parametrize("breed", [1280, 390])
def test_tabs_zijn_heel_en_keuzelijsten_zien_eruit_als_een_keuzelijst(gestart: Any, voila: Pagina, breed: int) -> None:
    with bladzijde(gestart, f"pagina-tabs-{breed}", breed) as pagina:
        open_(pagina, voila.url)
        for tab in pagina.get_by_role("tab").all():
            maten = tab.evaluate(
                """e => { const t = e.querySelector('.lm-TabBar-tabLabel'), r = e.getBoundingClientRect();
                          return [t.scrollWidth - t.clientWidth, r.left, r.right - document.documentElement.clientWidth,
                                  t.getBoundingClientRect().right - r.right]; }"""
            )
            assert maten[0] <= 0, tab.inner_text()
            assert maten[1] >= 0, tab.inner_text()
            assert maten[2] <= 0, tab.inner_text()
            assert maten[3] <= 0, tab.inner_text()
        assert pagina.locator("select").count() >= 3
        for keuze in pagina.locator("select").all():
            assert keuze.evaluate("e => getComputedStyle(e).appearance") in ("auto", "menulist")
        titels = [re.sub(r" \(\d+\)", "", t.inner_text()) for t in pagina.get_by_role("tab").all()]
        assert titels[:5] == ["A. Bereik", "B. Kosten", "C. Effect", "Effectmeting", "Bewaren en rapport"]

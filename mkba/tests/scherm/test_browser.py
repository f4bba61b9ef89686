"""The invoerscherm in a real browser, on a page of Voilà and in JupyterLab, both started here on loopback."""

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mkba.invoer.lezen import lees_aanpak, lees_aanpakken
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import euro
from mkba.model.berekening import bereken
from mkba.scherm.server.pagina import Pagina, vrije_poort
from mkba.tests.hulp_browser import GRENS_MS, bladzijde, browser, van_buiten, veld, wacht_op_saldo, zet

pytestmark = pytest.mark.traag

VOORBEELD_1 = "Voorbeeld 1: Integraal 'dedicated' team in probleemwijk"


@pytest.fixture(scope="module")
def gestart() -> Iterator[Any]:
    with browser() as b:
        yield b


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bewaard")


@pytest.fixture(scope="module")
def voila(gestart: Any, map_: Path) -> Iterator[Pagina]:
    with Pagina({"aanpak": "standaard", "naar": str(map_)}) as pagina:
        yield pagina


def doorloop(pagina: Any, kengetallen: Kengetallen) -> None:
    """What the finish line asks: load voorbeeld 1, change, break, see the message, mend."""
    from playwright.sync_api import expect

    expect.set_options(timeout=GRENS_MS)
    vb1 = lees_aanpak(paden.zoek_aanpak("voorbeeld-1"), kengetallen)
    pagina.get_by_label("Begin met:").select_option(label=VOORBEELD_1)
    pagina.get_by_role("button", name="Laad", exact=True).click()
    wacht_op_saldo(pagina, bereken(vb1, kengetallen)["saldo"])
    pagina.get_by_role("button", name="Zet deze invoer vast").click()
    pagina.get_by_role("tab", name="B. Kosten").click()
    zet(pagina, "Waarvan additionele kosten", "0")
    nieuw = bereken(vb1.met({"additioneel": 0.0}, kengetallen), kengetallen)["saldo"]
    wacht_op_saldo(pagina, nieuw)
    expect(veld(pagina, "Waarvan additionele kosten")).to_have_value("0%")
    expect(pagina.locator(".mkba-lijf tr[data-sleutel=saldo] td").nth(1)).to_have_text(
        euro(bereken(vb1, kengetallen)["saldo"], 100)
    )

    zet(pagina, "Waarvan additionele kosten", "120")
    expect(pagina.get_by_role("alert").first).to_have_text(
        "Dit is hoger dan 100%. Geef een percentage van 0% tot en met 100%."
    )
    vak = veld(pagina, "Waarvan additionele kosten")
    assert vak.evaluate("e => getComputedStyle(e).borderTopColor") == "rgb(161, 29, 29)"
    naast = vak.evaluate("e => e.closest('.mkba-vak').textContent")  # what a screen reader says after it
    assert "Fout bij Waarvan additionele kosten: dit is hoger dan 100%." in naast
    wacht_op_saldo(pagina, nieuw)
    zet(pagina, "Waarvan additionele kosten", "0 %")
    expect(pagina.locator(".mkba-melding")).to_have_count(0)
    expect(pagina.locator(".mkba-fout")).to_have_count(0)


def bewaar(pagina: Any, naam: str) -> None:
    from playwright.sync_api import expect

    pagina.get_by_role("tab", name="A. Bereik").click()
    zet(pagina, "Naam van de aanpak", naam)
    pagina.get_by_role("tab", name="Bewaren en rapport").click()
    pagina.get_by_role("button", name="Bewaar als TOML").click()
    expect(pagina.locator(".mkba-gelukt").first).to_contain_text("Bewaard:")


def test_voila_van_openen_tot_rapport(gestart: Any, voila: Pagina, map_: Path, kengetallen: Kengetallen) -> None:
    from playwright.sync_api import expect

    with bladzijde(gestart, "voila-openen-tot-rapport") as pagina:
        pagina.goto(voila.url)
        wacht_op_saldo(pagina, bereken(lees_aanpak(paden.zoek_aanpak("standaard"), kengetallen), kengetallen)["saldo"])
        assert pagina.title() == "Invoerscherm MKBA sociale (wijk)teams"
        assert pagina.evaluate("document.documentElement.lang") == "nl"
        assert not pagina.get_by_text("open_scherm").count()  # a page without code
        doorloop(pagina, kengetallen)
        bewaar(pagina, "Wijk Oost")
        bewaard = lees_aanpak(map_ / "wijk-oost.toml", kengetallen)
        assert bewaard.additioneel == 0.0
        with pagina.expect_download() as gehaald:
            pagina.get_by_role("link", name="download een kopie").first.click()
        assert gehaald.value.suggested_filename == "wijk-oost.toml"
        assert Path(gehaald.value.path()).read_bytes() == (map_ / "wijk-oost.toml").read_bytes()

        pagina.get_by_role("button", name="Bewaar en maak een rapport").click()
        expect(pagina.locator(".mkba-gelukt").nth(1)).to_contain_text("wijk-oost.html", timeout=GRENS_MS)
        rapport = (map_ / "rapporten" / "wijk-oost.html").read_text(encoding="utf-8")
        assert "Wijk Oost" in rapport
        assert euro(bereken(bewaard, kengetallen)["saldo"], 100) in rapport.replace("&nbsp;", "\u00a0")
        with pagina.context.expect_page() as nieuw:
            pagina.get_by_role("link", name="Open het rapport in een nieuw tabblad").click()
        nieuw.value.wait_for_load_state()
        assert "Wijk Oost" in nieuw.value.locator("body").inner_text()
        assert "€" in nieuw.value.locator("body").inner_text()  # read as UTF-8
        nieuw.value.close()
        assert not van_buiten(pagina)

        # every change is kept, so it closes without a question; where that cannot be, it asks first
        shutil.rmtree(map_ / "concepten")
        (map_ / "concepten").write_text("hier kan geen map komen")
        pagina.get_by_role("tab", name="C. Effect").click()
        zet(pagina, "Terugvalpercentage", "10")
        expect(pagina.get_by_role("alert").first).to_contain_text("Automatisch bewaren lukt niet")
        with pagina.expect_event("dialog") as vraag:
            pagina.close(run_before_unload=True)
        assert vraag.value.type == "beforeunload"
        vraag.value.dismiss()
        # who stays has a page that still calculates; the question took the focus away
        pagina.bring_to_front()
        pagina.get_by_role("tab", name="C. Effect").click()
        zet(pagina, "Terugvalpercentage", "15%")
        zet(pagina, "Terugvalpercentage", "20%")
        wacht_op_saldo(pagina, bereken(bewaard.met({"terugval": 0.2}, kengetallen), kengetallen)["saldo"])
        (map_ / "concepten").unlink()


def test_voila_na_herladen_terug_waar_men_was(gestart: Any, voila: Pagina, kengetallen: Kengetallen) -> None:
    """Inputs, tabs and alternatives, without a question; another page of the same folder begins anew."""
    from playwright.sync_api import expect

    with bladzijde(gestart, "voila-herladen") as pagina:
        vragen: list[str] = []

        def ga_door(vraag: Any) -> None:
            vragen.append(vraag.type)
            vraag.accept()

        pagina.on("dialog", ga_door)
        pagina.goto(voila.url)
        pagina.wait_for_selector("dd[data-sleutel=saldo]")
        pagina.get_by_role("tab", name="Alternatieven").click()
        veld(pagina, "Naam van dit alternatief:").fill("Zoals nu")
        pagina.get_by_role("button", name="Zet vast als alternatief").click()
        pagina.get_by_role("tab", name="C. Effect").click()
        expect(pagina.locator(".mkba-auto")).to_contain_text("Automatisch bewaard om")
        voor = pagina.locator(".mkba-auto").get_attribute("data-nummer") or ""
        zet(pagina, "Terugvalpercentage", "35")
        standaard = lees_aanpak(paden.zoek_aanpak("standaard"), kengetallen)
        anders = bereken(standaard.met({"terugval": 0.35}, kengetallen), kengetallen)["saldo"]
        wacht_op_saldo(pagina, anders)
        expect(pagina.locator(".mkba-auto")).not_to_have_attribute(
            "data-nummer", voor
        )  # kept: it closes without a question
        for _ in range(2):  # a second time it is the draft of the second page
            pagina.reload()
            wacht_op_saldo(pagina, anders)
            expect(veld(pagina, "Terugvalpercentage")).to_have_value("35%")
            expect(veld(pagina, "Terugvalpercentage")).to_be_visible()  # the tab that was in view
            expect(pagina.locator(".mkba-tabel th").filter(has_text="Zoals nu").first).to_be_visible()
        assert not vragen
        assert pagina.locator("#rendered_cells").evaluate("e => getComputedStyle(e).overflowY") == "auto"  # it scrolls
    with bladzijde(gestart, "voila-nieuwe-pagina") as pagina:
        pagina.goto(voila.url)
        wacht_op_saldo(pagina, bereken(standaard, kengetallen)["saldo"])
        expect(pagina.locator(".mkba-kans").first).to_contain_text("kans op een plus")


def test_voila_opent_een_bestand_van_de_gebruiker(gestart: Any, voila: Pagina, kengetallen: Kengetallen) -> None:
    from playwright.sync_api import expect

    tabel = paden.data() / "voorbeeldgemeente" / "aanpakken.csv"
    with bladzijde(gestart, "voila-bestand") as pagina:
        pagina.goto(voila.url)
        pagina.wait_for_selector("dd[data-sleutel=saldo]")
        with pagina.expect_file_chooser() as kiezer:
            pagina.get_by_role("button", name="Bestand openen").click()
        kiezer.value.set_files(tabel)
        expect(pagina.locator(".mkba-gelukt")).to_contain_text("de eerste van 6", timeout=GRENS_MS)
        keuze = pagina.get_by_label("Aanpak in dit bestand:")
        keuze.select_option(index=2)
        wacht_op_saldo(pagina, bereken(lees_aanpakken(tabel, kengetallen)[2].aanpak, kengetallen)["saldo"])


def test_voila_houdt_snel_typen_bij(gestart: Any, voila: Pagina) -> None:
    """No sign is lost when the answer to one field comes in while the next is being typed."""
    from playwright.sync_api import expect

    with bladzijde(gestart, "voila-snel-typen") as pagina:
        pagina.goto(voila.url)
        pagina.wait_for_selector("dd[data-sleutel=saldo]")
        for getallen in (("41", "29", "30"), ("35", "25", "40"), ("20", "20", "60")):
            veld(pagina, "Type huishoudens: Gezinnen").focus()
            for getal in getallen:
                pagina.keyboard.press("Control+A")
                pagina.keyboard.type(getal, delay=25)
                pagina.keyboard.press("Tab")
            for soort, getal in zip(("Gezinnen", "Ouderen", "Overige huishoudens"), getallen, strict=True):
                expect(veld(pagina, f"Type huishoudens: {soort}")).to_have_value(f"{getal}%", timeout=GRENS_MS)


@pytest.mark.parametrize(("breed", "hoog"), [(1600, 1000), (1280, 800), (480, 800), (390, 800)])
def test_voila_past_op_elk_scherm_en_gaat_met_het_toetsenbord(
    gestart: Any, voila: Pagina, breed: int, hoog: int
) -> None:
    from playwright.sync_api import expect

    with bladzijde(gestart, f"voila-{breed}", breed, hoog) as pagina:
        pagina.goto(voila.url)
        pagina.wait_for_selector("dd[data-sleutel=saldo]")
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breed
        # every input, button and tab of the first tab can be reached with the keyboard, in order
        pagina.get_by_label("Begin met:").focus()
        gezien = set()
        for _ in range(120):
            pagina.keyboard.press("Tab")
            gezien.add(
                pagina.evaluate("document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent")
            )
        assert {"Laad", "Naam van de aanpak", "Aantal huishoudens in aanpak", "Type huishoudens: Gezinnen"} <= gezien
        assert any(str(g).startswith("↺") for g in gezien)
        vak = veld(pagina, "Aantal huishoudens in aanpak")
        vak.focus()
        assert vak.evaluate("e => parseFloat(getComputedStyle(e).outlineWidth)") >= 2
        # from the tab that is chosen an arrow goes to the next one
        pagina.get_by_role("tab", name="A. Bereik").focus()
        pagina.keyboard.press("ArrowRight")
        pagina.keyboard.press("Enter")
        expect(veld(pagina, "Waarvan additionele kosten")).to_be_visible()


def haal(url: str, **koppen: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=koppen), timeout=30) as antwoord:
            return antwoord.status, antwoord.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as fout:
        return fout.code, fout.read().decode("utf-8", "replace")


def test_voila_geeft_niets_zonder_sleutel_en_nooit_een_bestand(voila: Pagina) -> None:
    basis, _, sleutel = voila.url.partition("?")
    code, tekst = haal(basis)
    assert code == 403
    assert "Open het hele adres dat mkba scherm in het venster van de opdracht toont" in tekst
    assert "rendered_cells" not in tekst
    assert "kernelId" not in tekst
    for pad in ("files/dashboard.ipynb", "voila/files/../../etc/passwd", "api/contents", "api/kernels", "voila/tree"):
        _, tekst = haal(f"{basis}{pad}?{sleutel}")
        assert "open_scherm" not in tekst, pad
        assert "root:" not in tekst, pad
    assert haal(f"{basis}voila/files/dashboard.ipynb?{sleutel}")[0] == 404
    assert haal(voila.url, Host="kwaad.example")[0] == 403  # a name that was made to point here


def test_voila_voert_geen_code_uit_van_de_pagina(gestart: Any, voila: Pagina, map_: Path) -> None:
    """A message that asks to execute code is dropped; the widgets go on."""
    with bladzijde(gestart, "voila-geen-code") as pagina:
        pagina.goto(voila.url)
        pagina.wait_for_selector("dd[data-sleutel=saldo]")
        kernel = pagina.evaluate("document.body.dataset.kernelId")
        doel = map_ / "mag-niet-bestaan"
        pagina.evaluate(
            """async ([kernel, code]) => {
              const ws = new WebSocket(`ws://${location.host}/api/kernels/${kernel}/channels?session_id=proef`);
              await new Promise((klaar, fout) => { ws.onopen = klaar; ws.onerror = fout; });
              const stuur = (id, soort, content) => ws.send(JSON.stringify({channel: "shell", content, metadata: {},
                parent_header: {}, header: {msg_id: id, username: "", session: "proef", version: "5.3", msg_type: soort,
                                            date: new Date().toISOString()}}));
              // the kernel takes messages in order: an answer to the second means that the first was there, or dropped
              const antwoord = new Promise(klaar => {
                ws.onmessage = (e) => {
                  if (typeof e.data === "string" && JSON.parse(e.data).parent_header?.msg_id === "mag") { klaar(); }
                };
              });
              stuur("mag-niet", "execute_request", {code, silent: false, store_history: false, user_expressions: {},
                                                    allow_stdin: false});
              stuur("mag", "kernel_info_request", {});
              await antwoord;
              ws.close();
            }""",
            [kernel, f"open({str(doel)!r}, 'w').close()"],
        )
        assert not doel.exists()


@pytest.fixture(scope="module")
def lab(gestart: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab with a copy of the notebook, on a free port of this machine."""
    map_ = tmp_path_factory.mktemp("lab")
    shutil.copy(paden.notebooks() / "dashboard.ipynb", map_)
    poort, sleutel = vrije_poort(), secrets.token_hex(16)
    opties = [
        "--no-browser",
        "--ip=127.0.0.1",
        f"--ServerApp.port={poort}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={map_}",
        "--LabApp.news_url=None",
        "--allow-root",
    ]
    omgeving = {
        **os.environ,
        "JUPYTER_TOKEN": sleutel,
        "JUPYTER_CONFIG_DIR": str(map_ / ".config"),
        "JUPYTERLAB_SETTINGS_DIR": str(map_ / ".instellingen"),
        "JUPYTERLAB_WORKSPACES_DIR": str(map_ / ".werkruimten"),
    }
    with (map_ / "lab.log").open("wb") as logboek:
        proces = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *opties], stdout=logboek, stderr=subprocess.STDOUT, env=omgeving
        )
        try:
            yield f"http://127.0.0.1:{poort}/lab/tree/dashboard.ipynb?token={sleutel}", map_
        finally:
            proces.terminate()
            try:
                proces.wait(30)
            except subprocess.TimeoutExpired:
                proces.kill()
                proces.wait()


def test_jupyterlab_van_openen_tot_bewaren(gestart: Any, lab: tuple[str, Path], kengetallen: Kengetallen) -> None:
    from playwright.sync_api import Error

    url, map_ = lab
    with bladzijde(gestart, "jupyterlab", 1600, 1000) as pagina:
        for poging in range(GRENS_MS // 500):
            try:
                pagina.goto(url)
                break
            except Error:
                if poging == GRENS_MS // 500 - 1:
                    raise
                pagina.wait_for_timeout(500)  # the server is still starting
        pagina.wait_for_selector(".jp-NotebookPanel-toolbar")
        pagina.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        pagina.get_by_role("menuitem", name="Run", exact=True).click()
        pagina.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        pagina.locator(".mkba-lijf").wait_for()
        doorloop(pagina, kengetallen)
        bewaar(pagina, "Wijk West")
        assert lees_aanpak(map_ / "wijk-west.toml", kengetallen).additioneel == 0.0
        assert not van_buiten(pagina)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is geen signaal op Windows")
@pytest.mark.parametrize("teken", [signal.SIGINT, signal.SIGTERM])
def test_de_opdracht_zegt_waar_het_is_en_sluit_met_ctrl_c(teken: signal.Signals, tmp_path: Path) -> None:
    opdracht = [
        sys.executable,
        "-m",
        "mkba.opdracht",
        "scherm",
        "voorbeeld-2",
        "--geen-browser",
        "--naar",
        str(tmp_path),
    ]
    proces = subprocess.Popen(
        opdracht, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    assert proces.stdout is not None
    regel = proces.stdout.readline()
    gevonden = re.fullmatch(r"Invoerscherm: (http://127\.0\.0\.1:[0-9]+/)\?token=([A-Za-z0-9_-]{20,})\n", regel)
    assert gevonden, regel
    assert haal(gevonden[1])[0] == 403
    assert gevonden[2] not in Path(f"/proc/{proces.pid}/cmdline").read_text() if sys.platform == "linux" else True
    proces.send_signal(teken)
    _, fouten = proces.communicate(timeout=60)
    assert proces.returncode == 0
    assert "Het invoerscherm is gesloten." in fouten
    assert "Traceback" not in fouten
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(gevonden[1], timeout=5)


@pytest.mark.skipif(sys.platform == "win32", reason="een moedwillig gedood proces: alleen waar kill -9 bestaat")
def test_de_pagina_stopt_als_wie_haar_startte_er_niet_meer_is(tmp_path: Path) -> None:
    opdracht = [sys.executable, "-m", "mkba.opdracht", "scherm", "--geen-browser", "--naar", str(tmp_path)]
    proces = subprocess.Popen(
        opdracht,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(tmp_path)},
    )
    assert proces.stdout is not None
    url = proces.stdout.readline().split(" ")[1].strip()
    assert haal(url)[0] == 200
    (tijdelijk,) = tmp_path.glob("mkba-scherm-*")
    proces.kill()
    proces.communicate()
    einde = time.monotonic() + GRENS_MS / 1000
    while time.monotonic() < einde:
        try:
            haal(url)
        except OSError:
            break
        time.sleep(0.1)
    else:
        raise AssertionError("de pagina is er nog")
    while Path(tijdelijk).exists():
        assert time.monotonic() < einde, "haar map is er nog"
        time.sleep(0.1)


def test_een_poort_in_gebruik_wordt_gezegd(voila: Pagina, tmp_path: Path) -> None:
    opdracht = [sys.executable, "-m", "mkba.opdracht", "scherm", "--geen-browser", "--naar", str(tmp_path)]
    klaar = subprocess.run([*opdracht, "--poort", str(voila.poort)], capture_output=True, text=True, timeout=120)
    assert klaar.returncode == 2
    assert "deze poort is in gebruik" in klaar.stderr

"""The screen without a browser: what its widgets, figures and colours say; the page and its settings."""

import importlib.util
import json
import re
import stat
import subprocess
import sys
import threading
import webbrowser
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import ipywidgets as w
import nbformat
import numpy as np
import pytest

from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.velden import VELDEN
from mkba.model.berekening import Uitkomst
from mkba.opdracht import main
from mkba.scherm import uitvoer
from mkba.scherm.bestanden import bewaren
from mkba.scherm.bladen import partijen
from mkba.scherm.invoerscherm import OMSLAGKNOPPEN, Invoerscherm
from mkba.scherm.openen import open_scherm
from mkba.scherm.scherm import Scherm
from mkba.scherm.server import pagina
from mkba.scherm.server.proces import JUPYTER, instellingen
from mkba.scherm.vorm import beelden
from mkba.scherm.vorm.kleuren import KLEUR
from mkba.scherm.vorm.stijl import css
from mkba.tests.scherm.hulp_kleuren import RANDPAREN, TEKSTPAREN, contrast
from mkba.tests.scherm.hulp_scherm import alle, html_van
from mkba.uitvoer.kleuren import ROOD

NU = datetime(2026, 1, 1, tzinfo=UTC)


def tekstvak(scherm: Scherm, label: str) -> w.Text:
    (vak,) = [x for x in alle(scherm.widget) if isinstance(x, w.Text) and x.description == label]
    return vak


def vak_om(scherm: Scherm, label: str) -> Any:
    """The box around an input, which carries its red edge and the words for a screen reader."""
    tekst = tekstvak(scherm, label)
    return next(x for x in alle(scherm.widget) if isinstance(x, w.Box) and tekst in x.children)


def knop(scherm: Scherm, tekst: str) -> Any:
    return next(x for x in alle(scherm.widget) if isinstance(x, w.Button) and x.description == tekst)


def saldo(scherm: Scherm) -> str:
    gevonden = re.search(r'data-sleutel="saldo"><b>([^<]*)</b>', html_van(scherm))
    assert gevonden
    return gevonden[1].replace("\u00a0", " ")


# --- the widgets


def test_elk_veld_staat_op_het_scherm_met_een_naam_voor_schermlezers(scherm: Scherm) -> None:
    vakken = [x for x in alle(scherm.widget) if isinstance(x, w.Text)]
    labels = [v.description for v in vakken]
    verwacht = [v.label for v in VELDEN.values() if v.soort not in ("ja_nee", "disciplines")]
    assert sorted(labels) == sorted([*verwacht, "Naam van dit alternatief:"])
    assert len(set(labels)) == len(labels)
    vinkjes = [x.description for x in alle(scherm.widget) if isinstance(x, w.Checkbox)]
    assert len(vinkjes) == 8  # huisvesting, six disciplines and the knob effectmeting
    assert all(vinkjes)
    knoppen = [x for x in alle(scherm.widget) if isinstance(x, w.Button | w.ToggleButton)]
    assert all(k.description and k.tooltip for k in knoppen)
    assert sum(isinstance(k, w.ToggleButton) for k in knoppen) == len(OMSLAGKNOPPEN)


def test_typen_rekent_door_en_schrijft_het_getal_netjes(scherm: Scherm) -> None:
    assert saldo(scherm) == "€ 567.700"
    vak = tekstvak(scherm, "Waarvan additionele kosten")
    vak.value = "0"
    assert saldo(scherm) == "€ 976.100"
    assert vak.value == "0%"
    tekstvak(scherm, "Aantal huishoudens in aanpak").value = "1200"
    assert tekstvak(scherm, "Aantal huishoudens in aanpak").value == "1.200"


def test_een_fout_wordt_rood_en_zegt_waarom(scherm: Scherm) -> None:
    vak = tekstvak(scherm, "Terugvalpercentage")
    vak.value = "120"
    zin = "dit is hoger dan 100%. Geef een percentage van 0% tot en met 100%."
    assert "mkba-fout" in vak_om(scherm, "Terugvalpercentage")._dom_classes
    assert f"Fout bij Terugvalpercentage: {zin}" in vak_om(scherm, "Terugvalpercentage").children[1].value
    assert f'role="alert">{zin[0].upper()}{zin[1:]}' in html_van(scherm)
    assert "Klopt niet: terugvalpercentage (vraag 15)." in html_van(scherm)
    assert 'class="mkba-oud"' in html_van(scherm)  # the cards still hold the last right outcome
    assert saldo(scherm) == "€ 567.700"
    vak.value = "20"
    assert "mkba-fout" not in vak_om(scherm, "Terugvalpercentage")._dom_classes
    assert "Klopt niet" not in html_van(scherm)


def test_aandelen_die_niet_kloppen_maken_hun_kolom_rood(scherm: Scherm) -> None:
    tekstvak(scherm, "Gezinnen: Meervoudig, zelfredzaam (zr)").value = "70"
    assert "95% (5% te weinig)" in html_van(scherm)
    rood = [x for x in alle(scherm.widget) if "mkba-fout" in getattr(x, "_dom_classes", ())]
    assert len(rood) == 5
    assert all(r.children[0].description.startswith("Gezinnen: ") and "samen 95%" in r.children[1].value for r in rood)


def test_een_wijziging_raakt_alleen_het_eigen_tekstvak(scherm: Scherm) -> None:
    """ipywidgets puts the text of a box back at every change of it: somebody may be typing there by now."""
    geraakt: list[str] = []
    for vak in (x for x in alle(scherm.widget) if isinstance(x, w.Text)):
        vak.observe(lambda v: geraakt.append(v["owner"].description), names=w.widgets.trait_types.traitlets.All)
    tekstvak(scherm, "Gezinnen: Meervoudig, zelfredzaam (zr)").value = "70"
    tekstvak(scherm, "Type huishoudens: Gezinnen").value = ""
    assert set(geraakt) == {"Gezinnen: Meervoudig, zelfredzaam (zr)", "Type huishoudens: Gezinnen"}


def test_kengetalknop_en_break_even(scherm: Scherm) -> None:
    vak = tekstvak(scherm, "Voorkomen escalatie: Gezinnen")
    assert vak.value == "3%"
    om = vak_om(scherm, "Voorkomen escalatie: Gezinnen")
    rij = next(x for x in alle(scherm.widget) if isinstance(x, w.Box) and om in x.children)
    _, _, kengetal, omslag, _ = rij.children
    assert kengetal.description == "↺ 2%"
    kengetal.click()
    assert vak.value == ""
    assert '<span class="mkba-geldt">2%</span>' in om.children[1].value
    omslag.value = True
    assert "Break-even (de baten dekken de kosten): maatschappelijk" in html_van(scherm)
    tekstvak(scherm, "Terugvalpercentage").value = "x"
    assert "Break-even: eerst moet alle invoer kloppen." in html_van(scherm)


def test_vergelijken_toont_verschil_en_oude_waarden(scherm: Scherm) -> None:
    knop(scherm, "Zet deze invoer vast").click()
    tekstvak(scherm, "Waarvan additionele kosten").value = "0"
    pagina_ = html_van(scherm)
    assert "was €\u00a0567.700" in pagina_
    assert "vergelijking: 50%" in pagina_
    assert "€\u00a0+408.400" in pagina_
    (naast,) = [x for x in alle(scherm.widget) if getattr(x, "description", "") == "Vergelijk met:"]
    naast.value = "voorbeeld-2"  # another aanpak is not what this one was
    assert "vergelijking €\u00a0-279.700" in html_van(scherm)
    assert "was €" not in html_van(scherm)


@pytest.mark.parametrize(("nu", "naast", "verschil"), [(1.65, 1.35, "+0,30"), (1.674, 1.326, "+0,30")])
def test_een_verschil_is_dat_van_wat_er_staat(nu: float, naast: float, verschil: str, kengetallen: Kengetallen) -> None:
    """1,674 prints 1,65 and 1,326 prints 1,35 on a page of steps of 0,05: the reader subtracts 0,30, not 0,35."""
    scherm = uitkomsten(kengetallen)
    assert scherm.uitkomst is not None
    een, ander = (met_sleutel(scherm.uitkomst, "kb_financieel", w) for w in (nu, naast))
    rij = re.findall(r'data-sleutel="kb_financieel">.*?</tr>', uitvoer.scherm_a(een, ander))[0]
    assert re.findall(r"<td>([^<]*)</td>", rij) == ["1,65", "1,35", verschil]


def met_sleutel(uitkomst: Uitkomst, sleutel: str, waarde: float) -> Uitkomst:
    """An outcome with another number for one key."""
    anders = replace(uitkomst)
    vars(anders)["sleutels"] = {**uitkomst.sleutels, sleutel: waarde}  # cached properties
    vars(anders)["reeksen"] = {k: np.array([w]) for k, w in anders.sleutels.items()}
    return anders


@pytest.mark.parametrize("voorbeeld", ["standaard", *(f"voorbeeld-{i}" for i in range(1, 6))])
def test_kolommen_van_de_vergelijking_kloppen_met_elkaar(voorbeeld: str, kengetallen: Kengetallen) -> None:
    """As a reader adds them up, in hundreds; where rounding keeps a total from that, the page says how far."""
    scherm = Invoerscherm(kengetallen)
    scherm.laad_voorbeeld(voorbeeld)
    scherm.zet_vast()
    scherm.zet_alle({"terugval": "13", "escalatie.gezin": "2,5"})
    pagina_ = uitvoer.scherm_a(scherm.uitkomst, scherm.vergelijking)
    rijen = {
        sleutel: [int(re.sub(r"[^0-9-]", "", t) or 0) for t in re.findall(r"<td>([^<]*)</td>", rij)]
        for sleutel, rij in re.findall(r'data-sleutel="([a-z_]+)">(.*?)</tr>', pagina_)
        if not sleutel.startswith("kb_")
    }
    assert all(nu - naast == verschil for nu, naast, verschil in rijen.values())
    delen = {
        "totale_kosten": ("kosten_aanpak", "frictiekosten", "kosten_extra_zorg"),
        "besparing_organisatie": ("nieuw_voor_oud", "substitutie"),
        "immaterieel": ("ontwikkelingskansen", "kwaliteit_van_leven", "overlast"),
        "totale_baten": ("besparing_organisatie", "effectiviteit", "escalatie", "immaterieel"),
    }
    naast_elkaar = [
        *(abs(rijen[heel][k] - sum(rijen[d][k] for d in deel)) for heel, deel in delen.items() for k in range(3)),
        *(abs(rijen["saldo"][k] - rijen["totale_baten"][k] + rijen["totale_kosten"][k]) for k in range(3)),
    ]
    zin = f"Door het afronden wijkt een totaal tot €\u00a0{max(naast_elkaar)} af van de som van zijn delen."
    assert (zin in pagina_) == (max(naast_elkaar) > 0)
    assert ("Door het afronden" in pagina_) == (max(naast_elkaar) > 0)


def test_het_scherm_zegt_hoe_het_een_procentveld_las(scherm: Scherm) -> None:
    """Below a field of its own, and below a table of fields."""
    vak = tekstvak(scherm, "Terugvalpercentage")
    vak.value = "0,5"
    assert vak.value == "0,5%"
    assert 'role="status">0,5 is gelezen als 0,5%. Bedoelt u 50%? Typ dan 50%.<' in html_van(scherm)
    vak.value = "50%"
    assert "is gelezen als" not in html_van(scherm)
    tekstvak(scherm, "Problematische schulden: Gezinnen").value = "1"
    assert "1 is gelezen als 1%. Bedoelt u 100%? Typ dan 100%." in html_van(scherm)


def test_halve_huishoudens_worden_geweigerd(scherm: Scherm) -> None:
    tekstvak(scherm, "Aantal huishoudens in aanpak").value = "600,5"
    assert "Een aantal is een geheel getal. Rond het af, bijvoorbeeld op 600." in html_van(scherm)


def test_zoveel_past_in_een_scherm_van_ipywidgets(scherm: Scherm) -> None:
    """A page loads slower with every model: one layout and one style for all of a kind."""
    soorten = {type(x): x for x in alle(scherm.widget)}
    assert len({id(x.layout) for x in alle(scherm.widget)}) == 1
    assert len({id(x.style) for x in alle(scherm.widget) if isinstance(x, w.HTML)}) == 1
    assert w.Text in soorten


def test_bewaren_via_de_knop_en_een_bestaand_bestand(scherm: Scherm, tmp_path: Path) -> None:
    tekstvak(scherm, "Naam van de aanpak").value = "Mijn wijk"
    knop(scherm, "Bewaar als TOML").click()
    assert (tmp_path / "mijn-wijk.toml").is_file()
    assert "download=" in html_van(scherm)
    knop(scherm, "Bewaar als TOML").click()  # its own file: again is no question
    assert "bestaat al" not in html_van(scherm)
    (tmp_path / "mijn-wijk.xlsx").write_bytes(b"van een ander")
    knop(scherm, "Bewaar als Excel (xlsx)").click()
    assert "bestaat al" in html_van(scherm)
    assert (tmp_path / "mijn-wijk.xlsx").read_bytes() == b"van een ander"
    knop(scherm, "Vervang het bestaande bestand").click()
    assert (tmp_path / "mijn-wijk.xlsx").read_bytes().startswith(b"PK")


def geladen(naam: str, inhoud: bytes) -> dict[str, Any]:
    """A file as the browser hands it over."""
    return {"name": naam, "type": "", "size": len(inhoud), "content": memoryview(inhoud), "last_modified": NU}


def test_een_gewijzigd_voorbeeld_heet_niet_meer_zo(scherm: Scherm) -> None:
    assert "heet nog zoals geladen" not in html_van(scherm)
    tekstvak(scherm, "Aantal teamleden (fte)").value = "9"
    assert "heet nog zoals geladen" in html_van(scherm)
    tekstvak(scherm, "Naam van de aanpak").value = "Mijn wijk"
    assert "heet nog zoals geladen" not in html_van(scherm)
    assert "Bestandsnaam: <code>mijn-wijk</code>" in html_van(scherm)
    tekstvak(scherm, "Aantal teamleden (fte)").value = "x"
    assert "Bewaren kan als alle velden kloppen" in html_van(scherm)


def test_eigen_kengetallen_staan_erbij_en_gaan_mee_naar_het_rapport(tmp_path: Path) -> None:
    eigen = tmp_path / "mijn.toml"
    eigen.write_text('[kwaliteit]\nqaly_eur = {waarde = 50000, bron = "Werkwijzer"}\n', encoding="utf-8")
    scherm = open_scherm("voorbeeld-1", kengetallen=str(eigen), naar=str(tmp_path))
    assert "eigen kengetallen: kwaliteit.qaly_eur" in html_van(scherm)
    assert saldo(scherm) != "€ 567.700"
    knop(scherm, "Bewaar als TOML").click()
    assert f"--kengetallen {eigen}" in html_van(scherm)


def test_zonder_ipywidgets_zegt_het_notebook_hoe_het_te_krijgen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda naam: None)
    with pytest.raises(InvoerFout, match="make scherm"):
        open_scherm("voorbeeld-1")


def test_openen_van_een_tabel_met_meer_aanpakken(scherm: Scherm) -> None:
    (upload,) = [x for x in alle(scherm.widget) if isinstance(x, w.FileUpload)]
    inhoud = (paden.data() / "voorbeeldgemeente" / "aanpakken.csv").read_bytes()
    upload.value = (geladen("aanpakken.csv", inhoud),)
    assert "de eerste van 6 aanpakken" in html_van(scherm)
    (rij,) = [x for x in alle(scherm.widget) if getattr(x, "description", "") == "Aanpak in dit bestand:"]
    eerste = scherm.invoerscherm.aanpak
    rij.value = 1
    assert scherm.invoerscherm.aanpak != eerste
    upload.value = (geladen("<b>x</b>.toml", b"fte="),)
    assert "Dit lukt niet" in html_van(scherm)
    assert "<b>x" not in html_van(scherm)

    # the list follows what is loaded, in Python and on the page, which only hears of an index that changes
    gehoord: list[Any] = []
    rij.observe(lambda v: gehoord.append(v["new"]), "index")
    upload.value = (geladen("aanpakken.csv", inhoud),)
    assert scherm.invoerscherm.aanpak == eerste
    assert (rij.index, gehoord[0], gehoord[-1]) == (0, None, 0)
    rij.value = 3
    knop(scherm, "Ongedaan maken").click()
    assert (scherm.invoerscherm.aanpak, rij.index) == (eerste, 0)
    rij.value = 3  # may be chosen again
    assert scherm.invoerscherm.aanpak != eerste


def test_een_melding_noemt_velden_zoals_ze_op_het_scherm_staan(scherm: Scherm) -> None:
    tekstvak(scherm, "Waarvan additionele kosten").value = "150"
    tekstvak(scherm, "Aantal teamleden (fte)").value = ""
    knop(scherm, "Bewaar als TOML").click()
    melding = "Waarvan additionele kosten (vraag 6) en aantal teamleden (fte) (vraag 6): dit klopt niet of is nog niet "
    assert f"{melding}ingevuld, dus bewaren kan niet." in html_van(scherm)


def test_het_rapport_gaat_open_op_deze_computer(
    scherm: Scherm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows no files, so a button asks the browser of this computer; without one there is the download."""
    geopend: list[str] = []
    rapport = tmp_path / "rapporten" / "mijn wijk.html"
    rapport.parent.mkdir()
    rapport.write_text("rapport", encoding="utf-8")

    def opent(adres: str) -> bool:
        geopend.append(adres)
        return True

    klaar = subprocess.CompletedProcess([], 0, json.dumps({"rapporten": [{"bestand": str(rapport)}]}), "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: klaar)
    monkeypatch.setattr(threading.Thread, "start", lambda draad: draad.run())
    monkeypatch.setattr(webbrowser, "open", opent)
    bekijk = knop(scherm, "Open het rapport")
    assert "mkba-weg" in bekijk._dom_classes
    for kan in (False, True):
        monkeypatch.setattr(bewaren, "kan_browser", lambda kan=kan: kan)
        knop(scherm, "Bewaar en maak een rapport").click()
        assert ("mkba-weg" not in bekijk._dom_classes) == kan
        assert "mijn wijk.html" in html_van(scherm)
    bekijk.click()
    assert geopend == [rapport.resolve().as_uri()]


def test_een_naam_wordt_nooit_html(scherm: Scherm) -> None:
    naam = '<img src=x onerror="alert(1)">'
    tekstvak(scherm, "Naam van de aanpak").value = naam
    knop(scherm, "Zet deze invoer vast").click()
    knop(scherm, "Bewaar als TOML").click()
    assert "<img" not in html_van(scherm)
    assert "<img" not in str(scherm.momentopname().data)


def test_leeg_scherm_vraagt_wat_er_nog_moet(kengetallen: Kengetallen, tmp_path: Path) -> None:
    scherm = Scherm(Invoerscherm(kengetallen), tmp_path)
    assert "Nog in te vullen: naam van de aanpak, aantal huishoudens in aanpak (vraag 1)" in html_van(scherm)
    assert "mkba-foutregel" not in html_van(scherm).split("</style>")[1]
    assert "invullen" in vak_om(scherm, "Aantal teamleden (fte)").children[1].value
    assert "De uitkomst verschijnt zodra alle velden kloppen." in html_van(scherm)


# --- the output


def uitkomsten(kengetallen: Kengetallen) -> Invoerscherm:
    scherm = Invoerscherm(kengetallen)
    scherm.laad_voorbeeld("voorbeeld-3")
    return scherm


def test_figuren_zijn_geldige_svg_met_een_tekst_voor_wie_ze_niet_ziet(kengetallen: Kengetallen) -> None:
    scherm = uitkomsten(kengetallen)
    assert scherm.uitkomst is not None
    scherm.zet_vast()
    for pagina_ in (
        uitvoer.scherm_a(scherm.uitkomst, scherm.vergelijking),
        partijen.scherm_b(scherm.uitkomst, None),
        uitvoer.scherm_kasstromen(scherm.uitkomst),
    ):
        (svg,) = re.findall(r"<svg.*?</svg>", pagina_, re.DOTALL)
        wortel = ET.fromstring(svg)
        assert wortel.get("role") == "img"
        assert "€" in str(wortel.get("aria-label"))


def test_staven_zijn_zo_lang_als_hun_bedragen() -> None:
    """Lengths in proportion, a negative value to the left of zero, nothing drawn for nothing."""
    laag = beelden.Laag("x", "#123456")
    staven = [
        beelden.Staaf("a", [(laag, 100.0)]),
        beelden.Staaf("b", [(laag, -50.0)]),
        beelden.Staaf("c", [(laag, 0.0)]),
    ]
    svg = beelden.liggend("t", staven, "Titel", ["a"], [laag], labels=80)
    rechthoeken = [r.attrib for r in ET.fromstring(svg) if r.tag == "rect" and r.get("height") == "26"]
    assert len(rechthoeken) == 2
    plus, min_ = ((float(r["x"]), float(r["width"])) for r in rechthoeken)
    assert plus[1] == pytest.approx(2 * min_[1], abs=0.2)
    assert min_[0] + min_[1] == pytest.approx(plus[0], abs=0.2)


def test_uitvoer_b_telt_op_tot_het_model(kengetallen: Kengetallen) -> None:
    scherm = uitkomsten(kengetallen)
    assert scherm.uitkomst is not None
    kosten = scherm.uitkomst["totale_kosten"]
    rij = re.search(r"Alle partijen</th><td>€\u00a0([0-9.]+)</td>", partijen.scherm_b(scherm.uitkomst, None))
    assert rij
    assert float(rij[1].replace(".", "")) == pytest.approx(kosten, abs=60)


def test_kleuren_hebben_genoeg_contrast() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # the known example that just fails
    for tekst, vlak in TEKSTPAREN:
        assert contrast(KLEUR[tekst], KLEUR[vlak]) >= 4.5, (tekst, vlak)
    for rand, vlak in RANDPAREN:
        assert contrast(KLEUR[rand], KLEUR[vlak]) >= 3, (rand, vlak)
    assert contrast(ROOD, KLEUR["wit"]) >= 3


def test_stijlblad_gebruikt_alleen_kleuren_die_gemeten_zijn() -> None:
    ruw = Path(uitvoer.__file__).with_name("scherm.css").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", ruw)
    assert "url(" not in css()
    paren = {kleur for paar in (*TEKSTPAREN, *RANDPAREN) for kleur in paar} | {"lijn"}  # lines between rows say nothing
    assert set(re.findall(r"\$([a-z_]+)", ruw)) <= paren


# --- the page


def test_pagina_bevat_alleen_het_scherm_met_zijn_parameters() -> None:
    gevaarlijk = "x'); import os; os.system('true') #\n\"\"\""
    boek = pagina.zonder_verhaal({"aanpak": gevaarlijk, "naar": "/tmp/ü"})
    nbformat.validate(boek)
    assert {c.cell_type for c in boek.cells} == {"code"}
    bron = "\n".join(c.source for c in boek.cells)
    assert "momentopname" not in bron
    ruimte: dict[str, Any] = {}
    exec(boek.cells[1].source, ruimte)  # the injected cell holds literals only
    assert ruimte["aanpak"] == gevaarlijk


def test_pagina_is_alleen_van_hier_en_zonder_bestanden(tmp_path: Path) -> None:
    uit = instellingen(str(tmp_path / "x.ipynb"), 1234, "geheim")
    voila, opties = uit["Voila"], uit["VoilaConfiguration"]
    assert (voila["ip"], voila["token"], voila["port_retries"]) == ("127.0.0.1", "geheim", 0)
    assert voila["tornado_settings"]["allow_remote_access"] is False
    beleid = voila["tornado_settings"]["headers"]["Content-Security-Policy"]
    assert "http:" not in beleid.replace("http://127.0.0.1:1234", "")
    assert "*" not in beleid
    assert opties["file_allowlist"] == []
    assert opties["show_tracebacks"] is False
    sjabloon = JUPYTER / "voila" / "templates" / opties["template"]
    assert not [b.name for b in sjabloon.iterdir() if "http" in b.read_text(encoding="utf-8")]


def test_zonder_voila_zegt_de_opdracht_hoe_het_te_krijgen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda naam: None)
    assert main(["scherm", "--geen-browser"]) == 2
    uit = capsys.readouterr()
    assert 'pip install "mkba[scherm]"' in uit.err
    assert not uit.out


class NepPagina:
    """A page that is closed at once."""

    url = "http://127.0.0.1:1234/?token=geheim"

    def __init__(self, map_: Path) -> None:
        self.map_ = map_

    def __enter__(self) -> "NepPagina":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wacht(self) -> None:
        raise KeyboardInterrupt


def test_de_opdrachtregel_van_de_browser_toont_het_token_niet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every user of a machine can read it: the browser opens a file that only this user may read."""
    gezien: list[tuple[str, int, str]] = []

    def opent(adres: str) -> bool:
        bestand = Path(url2pathname(urlsplit(adres).path))
        gezien.append((adres, stat.S_IMODE(bestand.stat().st_mode), bestand.read_text(encoding="utf-8")))
        return True

    tijdelijk, eigen = tmp_path / "tijdelijk", tmp_path / "eigen"
    tijdelijk.mkdir()
    monkeypatch.setattr(pagina, "Pagina", lambda *_: NepPagina(tijdelijk))
    monkeypatch.setattr(webbrowser, "open", opent)
    monkeypatch.setenv("DISPLAY", ":0")
    assert main(["scherm", "--naar", str(eigen)]) == 0
    ((adres, rechten, inhoud),) = gezien
    assert adres.startswith("file:")
    assert "geheim" not in adres
    assert 'content="0; url=http://127.0.0.1:1234/?token=geheim"' in inhoud
    if sys.platform != "win32":
        assert rechten == 0o600
    assert not [*tijdelijk.iterdir(), *eigen.iterdir()]  # it goes with the page
    uit = capsys.readouterr()
    assert uit.out == f"Invoerscherm: {NepPagina.url}\n"
    assert "Opent er geen pagina, open dan het adres hierboven zelf." in uit.err
    assert main(["scherm", "--naar", str(eigen), "--geen-browser"]) == 0
    assert len(gezien) == 1


def test_zonder_geldige_aanpak_begint_het_scherm_niet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scherm", str(tmp_path / "weg.toml")]) == 2
    assert "het bestand bestaat niet" in capsys.readouterr().err
    bestand = tmp_path / "geen-map"
    bestand.write_text("")
    assert main(["scherm", "standaard", "--naar", str(bestand / "x")]) == 2
    assert "niet te maken" in capsys.readouterr().err


def test_een_fout_in_open_scherm_noemt_het_bestand() -> None:
    with pytest.raises(InvoerFout, match="bestaat niet"):
        open_scherm("weg")


def test_van_het_invoerscherm_is_geen_rapport_te_maken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notebook", "dashboard", "--naar", str(tmp_path)]) == 2
    assert "mkba scherm" in capsys.readouterr().err
    assert main(["rapport", "voorbeeld-1", "--notebooks", "30,bestaat-niet", "--naar", str(tmp_path)]) == 2
    assert "dashboard" not in capsys.readouterr().err  # not offered either

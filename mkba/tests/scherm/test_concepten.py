"""Drafts: what is kept by itself, where, and that it comes back; nothing of another screen is ever written."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import ipywidgets as w
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.scherm.bestanden import concepten
from mkba.scherm.invoerscherm import Invoerscherm, voorbeelden
from mkba.scherm.openen import open_scherm
from mkba.scherm.scherm import Scherm
from mkba.tests.scherm.hulp_scherm import alle, html_van

NU = datetime(2026, 11, 30, 9, 5, 7)


def bestanden(map_: Path) -> dict[str, bytes]:
    return {p.relative_to(map_).as_posix(): p.read_bytes() for p in map_.rglob("*") if p.is_file()}


def keuze(scherm: Scherm) -> Any:
    return next(x for x in alle(scherm.widget) if getattr(x, "description", "") == "Eerder bewaard concept:")


def knop(scherm: Scherm, tekst: str) -> Any:
    return next(x for x in alle(scherm.widget) if isinstance(x, w.Button) and x.description == tekst)


def vraag_terug(scherm: Scherm, naam: str) -> None:
    """As the script of the page does after it was loaded anew."""
    (vak,) = [x for x in alle(scherm.widget) if isinstance(x, w.Textarea)]
    vak.value = naam


@pytest.mark.parametrize("sleutel", [p.stem for p in sorted((paden.data() / "aanpakken").glob("*.toml"))])
def test_een_concept_komt_terug_zoals_het_was(sleutel: str, kengetallen: Kengetallen, tmp_path: Path) -> None:
    scherm = Invoerscherm(kengetallen)
    scherm.laad_voorbeeld(sleutel)
    scherm.zet_vast()
    scherm.zet("terugval", "12,5")
    scherm.zet("fte", "geen idee")  # a draft need not be right
    stand = concepten.stand_van(scherm, 2, 4)
    naam = concepten.nieuwe_naam(NU)
    concepten.bewaar(tmp_path, naam, stand, kengetallen)
    terug = concepten.lees(tmp_path, naam)
    assert terug.concept.teksten == scherm.concept.teksten
    assert terug.concept.waarden == scherm.concept.waarden
    assert terug.concept.fouten == scherm.concept.fouten
    assert (terug.tabblad, terug.uitvoer) == (2, 4)

    nieuw = Invoerscherm(kengetallen)
    assert concepten.hervat(nieuw, terug) == ()
    assert nieuw.beeld.fouten == scherm.beeld.fouten
    assert nieuw.begin == scherm.begin
    assert nieuw.vergelijking is not None
    assert [(a.naam, a.aanpak) for a in nieuw.alternatieven] == [(a.naam, a.aanpak) for a in scherm.alternatieven]
    assert nieuw.vergelijking is nieuw.alternatieven[0].uitkomst
    nieuw.zet("fte", "8")
    scherm.zet("fte", "8")
    assert nieuw.uitkomst is not None
    assert scherm.uitkomst is not None
    assert nieuw.uitkomst.sleutels == scherm.uitkomst.sleutels


@settings(max_examples=12, deadline=None)
@given(teksten=st.dictionaries(st.sampled_from([s for s in ALLE_VELDEN if s != "disciplines"]), st.text(max_size=30)))
def test_wat_er_ook_getypt_is(teksten: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> None:
    from mkba.kern.catalogus.kengetallen import laad

    map_, kengetallen = tmp_path_factory.mktemp("concept"), laad()
    scherm = Invoerscherm(kengetallen)
    scherm.zet_alle(teksten)
    naam = concepten.nieuwe_naam(NU)
    concepten.bewaar(map_, naam, concepten.stand_van(scherm, 0, 0), kengetallen)
    terug = concepten.lees(map_, naam).concept
    assert terug.teksten == scherm.concept.teksten
    assert terug.waarden == scherm.concept.waarden


def test_pas_een_wijziging_schrijft_en_alleen_het_eigen_concept(scherm: Scherm, tmp_path: Path) -> None:
    assert not bestanden(tmp_path)
    scherm.kies_uit(2)
    assert not bestanden(tmp_path)  # looking round is no change
    assert "Automatisch bewaard" not in html_van(scherm).replace("<h2>Automatisch bewaard</h2>", "")
    scherm.invoerscherm.zet("terugval", "10")
    (eerste,) = bestanden(tmp_path)
    assert eerste.startswith("concepten/concept-")
    assert "Automatisch bewaard om " in html_van(scherm)
    assert json.loads((tmp_path / eerste).read_text(encoding="utf-8"))["uitvoer"] == 2

    tweede = open_scherm("voorbeeld-1", naar=str(tmp_path))
    voor = bestanden(tmp_path)
    tweede.invoerscherm.zet("terugval", "11")
    na = bestanden(tmp_path)
    assert len(na) == 2
    assert na[eerste] == voor[eerste]  # of another screen
    knop(tweede, "Ga verder met dit concept").click()
    assert tweede.invoerscherm.concept.teksten["terugval"] == "10%"
    assert bestanden(tmp_path)[eerste] == voor[eerste]  # gone on with, and not written


def test_na_herladen_is_alles_terug(scherm: Scherm, tmp_path: Path) -> None:
    scherm.invoerscherm.zet("additioneel", "0")
    scherm.invoerscherm.zet_vast("Uit eigen middelen")
    scherm.invoerscherm.zet("terugval", "x")
    scherm.kies_uit(4)
    (naam,) = concepten.namen(tmp_path)

    nieuw = open_scherm("voorbeeld-1", naar=str(tmp_path))
    vraag_terug(nieuw, naam)
    invoer = nieuw.invoerscherm
    assert invoer.concept.teksten == scherm.invoerscherm.concept.teksten
    assert [a.naam for a in invoer.alternatieven] == ["Uit eigen middelen"]
    assert "Verder waar u was." in html_van(nieuw)
    assert "Uit eigen middelen" in html_van(nieuw)  # the tab that was in view
    invoer.terug()
    assert invoer.concept.teksten["terugval"] == "20%"  # what stood there can be undone to


def test_wie_al_bezig_is_wordt_niet_overvallen(scherm: Scherm, tmp_path: Path) -> None:
    scherm.invoerscherm.zet("terugval", "10")
    (naam,) = concepten.namen(tmp_path)
    bezig = open_scherm("voorbeeld-2", naar=str(tmp_path))
    bezig.invoerscherm.zet("terugval", "30")
    vraag_terug(bezig, naam)
    assert bezig.invoerscherm.concept.teksten["terugval"] == "30%"


@pytest.mark.parametrize("naam", ["../../etc/passwd", "concept-20261130-090507-00000000", "x", ""])
def test_de_pagina_kiest_geen_pad(naam: str, scherm: Scherm) -> None:
    voor = scherm.invoerscherm.concept
    vraag_terug(scherm, naam)
    assert scherm.invoerscherm.concept is voor
    with pytest.raises(InvoerFout):
        concepten.lees(Path("/"), naam)


BESCHADIGD = [
    "{",
    "[]",
    "{}",
    '{"mkba_concept": 1}',
    '{"mkba_concept": 2, "nu": {"teksten": {}, "disciplines": null}}',
    '{"mkba_concept": 1, "nu": {"teksten": {"onbekend": "1"}, "disciplines": null}, "begin": null, "vergelijking": '
    'null, "alternatieven": {}, "tabblad": 0, "uitvoer": 0}',
    '{"mkba_concept": 1, "nu": {"teksten": {"fte": 8}, "disciplines": null}, "begin": null, "vergelijking": null, '
    '"alternatieven": {}, "tabblad": 0, "uitvoer": 0}',
    "[" * 100_000,
]


def test_een_beschadigd_concept_is_een_melding(scherm: Scherm, tmp_path: Path) -> None:
    scherm.invoerscherm.zet("terugval", "10")
    (naam,) = concepten.namen(tmp_path)
    bestand = tmp_path / concepten.MAP / f"{naam}.json"
    goed = bestand.read_text(encoding="utf-8")
    melding = "dit bestand is geen concept van deze versie van mkba, of het is beschadigd."
    for inhoud in BESCHADIGD:
        bestand.write_text(goed, encoding="utf-8")
        nieuw = open_scherm("voorbeeld-1", naar=str(tmp_path))
        voor = nieuw.invoerscherm.concept
        assert melding not in html_van(nieuw)
        bestand.write_text(inhoud, encoding="utf-8")
        knop(nieuw, "Ga verder met dit concept").click()
        assert nieuw.invoerscherm.concept is voor
        assert melding in html_van(nieuw)


def test_waar_niet_te_schrijven_is_zegt_het_scherm_dat(scherm: Scherm, tmp_path: Path) -> None:
    (tmp_path / concepten.MAP).write_text("hier kan geen map komen")
    scherm.invoerscherm.zet("terugval", "10")
    assert "Automatisch bewaren lukt niet (" in html_van(scherm)
    assert 'data-nummer="0"' in html_van(scherm)  # so the page asks before it goes
    assert list(bestanden(tmp_path)) == [concepten.MAP]
    (tmp_path / concepten.MAP).unlink()
    scherm.invoerscherm.zet("terugval", "11")
    assert "lukt niet" not in html_van(scherm)


def test_een_koppeling_wordt_niet_gevolgd(scherm: Scherm, tmp_path: Path) -> None:
    elders = tmp_path / "elders"
    elders.mkdir()
    (tmp_path / concepten.MAP).symlink_to(elders, target_is_directory=True)
    scherm.invoerscherm.zet("terugval", "10")
    assert not list(elders.iterdir())
    assert "Automatisch bewaren lukt niet (" in html_van(scherm)


def test_een_alternatief_dat_niet_meer_klopt_blijft_weg(kengetallen: Kengetallen, tmp_path: Path) -> None:
    """An alternative that is not right any more is left out, and named."""
    scherm = Invoerscherm(kengetallen, lees_aanpak(paden.zoek_aanpak("voorbeeld-1"), kengetallen))
    scherm.zet_vast("Goed")
    scherm.zet_vast("Fout")
    naam = concepten.nieuwe_naam(NU)
    pad = concepten.bewaar(tmp_path, naam, concepten.stand_van(scherm, 0, 0), kengetallen)
    gegevens = json.loads(pad.read_text(encoding="utf-8"))
    gegevens["alternatieven"]["Fout"]["teksten"]["terugval"] = "900%"
    pad.write_text(json.dumps(gegevens), encoding="utf-8")
    nieuw = Invoerscherm(kengetallen)
    assert concepten.hervat(nieuw, concepten.lees(tmp_path, naam)) == ("Fout",)
    assert [a.naam for a in nieuw.alternatieven] == ["Goed"]


def test_alle_voorbeelden_zijn_geprobeerd(kengetallen: Kengetallen) -> None:
    assert {v.sleutel for v in voorbeelden(kengetallen)} == {
        p.stem for p in (paden.data() / "aanpakken").glob("*.toml")
    }

"""The tab Effectmeting: the knob, the questions that it brings, and what they do to the outcome."""

from pathlib import Path

import ipywidgets as w
import pytest

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.effectvelden import EFFECTVELDEN
from mkba.scherm.invoerscherm import Invoerscherm
from mkba.scherm.scherm import Scherm
from mkba.tests.scherm.hulp_scherm import alle

KNOP = "effectmeting.gebruik"


@pytest.fixture
def scherm(kengetallen: Kengetallen, tmp_path: Path) -> Scherm:
    aanpak = lees_aanpak(paden.zoek_aanpak("standaard"), kengetallen)
    return Scherm(Invoerscherm(kengetallen, aanpak), tmp_path)


def labels(scherm: Scherm) -> set[str]:
    return {x.description for x in alle(scherm.widget) if isinstance(x, w.Text)}


def extra_zorg(scherm: Scherm) -> float:
    uitkomst = scherm.invoerscherm.uitkomst
    assert uitkomst is not None
    return uitkomst["kosten_extra_zorg"]


def test_de_knop_brengt_de_vragen(scherm: Scherm) -> None:
    vragen = {v.label for v in EFFECTVELDEN.values() if v.soort not in ("ja_nee", "keuze")}
    assert not labels(scherm) & vragen
    (knop,) = (x for x in alle(scherm.widget) if isinstance(x, w.Checkbox) and "effectmeting" in x.description)
    knop.value = True
    assert labels(scherm) >= vragen
    assert not [x for x in alle(scherm.widget) if isinstance(x, w.Button) and "Schuldhulp" in str(x.tooltip)]
    assert extra_zorg(scherm) == 0  # nothing was measured
    knop.value = False
    assert extra_zorg(scherm) > 0


def test_een_verdeling_die_niet_klopt(scherm: Scherm) -> None:
    invoer = scherm.invoerscherm
    invoer.kies(KNOP, True)
    invoer.zet("effectmeting.meer.nieuw.aantal", "1")
    assert "effectmeting.meer.nieuw.aantal" in invoer.beeld.fouten
    invoer.zet("effectmeting.meer.nieuw.schuldhulp", "80%")
    assert invoer.beeld.sommen["effectmeting.meer.nieuw"].tekst == "80% (20% te weinig)"
    teksten = " ".join(x.value for x in alle(scherm.widget) if isinstance(x, w.HTML))
    assert "80% (20% te weinig)" in teksten
    invoer.zet("effectmeting.meer.nieuw.armoede", "20")
    assert invoer.beeld.sommen["effectmeting.meer.nieuw"].klopt
    assert extra_zorg(scherm) > 0


def test_figuur_ii_1_laden_en_bewaren(scherm: Scherm, kengetallen: Kengetallen, tmp_path: Path) -> None:
    invoer = scherm.invoerscherm
    invoer.laad_voorbeeld("effectmeting")
    verwacht = lees_aanpak(paden.zoek_aanpak("effectmeting"), kengetallen)
    assert invoer.aanpak == verwacht
    teksten = " ".join(x.value for x in alle(scherm.widget) if isinstance(x, w.HTML))
    assert "(lezing a)" in teksten
    (keuze,) = (x for x in alle(scherm.widget) if isinstance(x, w.Dropdown) and "aandeel van" in x.description)
    keuze.value = "bedreigd"
    pad = invoer.bewaar(tmp_path, "toml")
    assert lees_aanpak(pad, kengetallen) == verwacht.met({"effectmeting.grondslag": "bedreigd"}, kengetallen)

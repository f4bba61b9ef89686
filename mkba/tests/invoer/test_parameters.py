"""Parameters of notebooks that are of the wrong kind: named, in Dutch, before anything is calculated."""

import ast
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mkba.invoer.parameters import GEHEEL, GETAL, HIER_HOORT, JA_NEE, SOORTEN, TEKST, TEKSTEN, controleer, melding
from mkba.kern import paden
from mkba.kern.meldingen import InvoerFout
from mkba.opdracht import main
from mkba.reeks.map import batch
from mkba.reeks.plan.notebooks import parametersoorten, parameterwaarden
from mkba.reeks.plan.rapporten import zoek_notebook
from mkba.reeks.werk import rapport
from mkba.tests.hulp_notebook import maak_notebook, taak

NOTEBOOKS = sorted(paden.notebooks().glob("*.ipynb"))


AANHALEN = 'Zet er aanhalingstekens omheen: {} = "…".'
GEHEEL_GETAL = "Schrijf een getal zoals jaar = 2014, zonder punt of komma erin"


@pytest.mark.parametrize(
    ("naam", "waarde", "soort", "oorzaak", "remedie"),
    [
        ("regelset", 4, TEKST, "een getal, en hier hoort een tekst.", AANHALEN),
        ("rij", True, TEKST, "waar of niet waar (True of False), en hier hoort een tekst.", AANHALEN),
        ("regelset", Path("lpbl"), TEKST, "een pad, en hier hoort een tekst.", AANHALEN),
        ("aanpak", ["a", "b"], TEKST, "een lijst, en hier hoort een tekst.", 'Schrijf één tekst: {} = "…".'),
        ("rij", None, TEKST, "niets (None), en hier hoort een tekst.", 'Schrijf {} = "" als het leeg moet blijven.'),
        (
            "jaar",
            "2023",
            GEHEEL,
            "een tekst, en hier hoort een heel getal.",
            f"{GEHEEL_GETAL}, zonder aanhalingstekens.",
        ),
        ("jaar", 2023.0, GEHEEL, "een gebroken getal, en hier hoort een heel getal.", f"{GEHEEL_GETAL}."),
        ("jaar", {}, GEHEEL, "iets van het soort dict, en hier hoort een heel getal.", f"{GEHEEL_GETAL}."),
        (
            "index_wi",
            "1,1",
            GETAL,
            "een tekst, en hier hoort een getal.",
            "Schrijf een getal zoals {} = 1.5, met een punt en geen komma, zonder aanhalingstekens.",
        ),
        (
            "aanpakken",
            "standaard",
            TEKSTEN,
            "een tekst, en hier hoort een lijst met teksten.",
            'Zet er vierkante haken omheen: {} = ["…"].',
        ),
        (
            "aanpakken",
            ["a", 3],
            TEKSTEN,
            "een getal, en hier hoort een tekst.",
            'Schrijf {} = ["…", "…"], elke tekst tussen aanhalingstekens.',
        ),
        (
            "vlag",
            "ja",
            JA_NEE,
            "een tekst, en hier hoort True of False.",
            "Schrijf {0} = True of {0} = False, zonder aanhalingstekens.",
        ),
    ],
)
def test_een_verkeerde_soort_heeft_een_melding(naam: str, waarde: Any, soort: str, oorzaak: str, remedie: str) -> None:
    uit = melding(naam, waarde, soort, "n.ipynb")
    assert uit is not None
    assert (uit.veld, uit.waarde, uit.bestand) == (naam, waarde, "n.ipynb")
    wie = "onderdeel 2 van deze lijst is" if waarde == ["a", 3] else "dit is"
    assert uit.oorzaak == f"{wie} {oorzaak}"
    assert uit.remedie == remedie.format(naam)


@pytest.mark.parametrize(
    ("naam", "waarde", "soort"),
    [
        ("rij", "", TEKST),
        ("aanpak", Path("mijn.toml"), TEKST),
        ("jaar", 0, GEHEEL),
        ("zaad", np.int64(3), GEHEEL),
        ("index_wi", 1, GETAL),
        ("index_wi", np.float64(1.5), GETAL),
        ("aanpakken", [], TEKSTEN),
        ("aanpakken", ("a", "b"), TEKSTEN),
        ("vlag", False, JA_NEE),
    ],
)
def test_wat_past_heeft_er_geen(naam: str, waarde: Any, soort: str) -> None:
    assert melding(naam, waarde, soort) is None


def test_alles_wat_fout_is_in_een_keer() -> None:
    controleer(aanpak="standaard", trekkingen=100)
    with pytest.raises(InvoerFout) as fout:
        controleer(aanpak=3, rij="", regelset=None, trekkingen="veel")
    assert [m.veld for m in fout.value.meldingen] == ["aanpak", "regelset", "trekkingen"]
    with pytest.raises(InvoerFout) as fout:
        controleer(naam=123456782)
    assert "123456782" not in str(fout.value), "een getal dat een BSN kan zijn, wordt nergens getoond"


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda p: p.stem)
def test_elk_notebook_controleert_al_zijn_parameters_als_eerste(pad: Path) -> None:
    soorten, waarden = parametersoorten(pad), parameterwaarden(pad)
    assert soorten.keys() == waarden.keys()
    assert soorten == {naam: SOORTEN[naam] for naam in soorten}
    controleer(**waarden)
    cellen = [c for c in json.loads(pad.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"]
    regels = ast.parse("".join(cellen[1]["source"])).body
    eerste = next(regel for regel in regels if not isinstance(regel, ast.Import | ast.ImportFrom))
    namen = ", ".join(f"{naam}={naam}" for naam in waarden)
    assert ast.unparse(eerste) == f"controleer({namen})"


def test_elke_parameter_komt_ergens_voor() -> None:
    assert set(SOORTEN) == {naam for pad in NOTEBOOKS for naam in parameterwaarden(pad)}


@pytest.mark.parametrize(("notebook", "naam", "waarde"), [("30", "aanpak", 3), ("45", "aanpakken", "standaard")])
def test_een_notebook_eindigt_met_de_melding(notebook: str, naam: str, waarde: Any) -> None:
    product = rapport.maak(taak(zoek_notebook(notebook), **{naam: waarde}))
    assert product.html is None
    assert product.foutmelding == str(melding(naam, waarde, SOORTEN[naam]))


def test_de_opdracht_leest_ook_de_waarden_in_het_notebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody changed in a notebook, or what a caller gives: exit code 2 and nothing made."""
    regels = (
        "aanpak = 3  # str: pad # of naam\nvrij = 4\njaar = None  # int\nlang = [  # list[str]\n]  # float: geen lijst"
    )
    notebook, naar = maak_notebook(tmp_path / "eigen.ipynb", [], parameters=regels), tmp_path / "uit"
    assert parametersoorten(notebook) == {"aanpak": TEKST, "jaar": GEHEEL, "lang": GETAL}
    for opties in ([], ["--droog"]):
        assert main(["notebook", str(notebook), "--naar", str(naar), *opties]) == 2
        gezegd = capsys.readouterr().err
        assert (
            "eigen.ipynb\n  aanpak = 3\n    dit is een getal, en hier hoort een tekst. Zet er aanhalingstekens"
            in gezegd
        )
        assert "  lang = []\n    dit is een lijst, en hier hoort een getal." in gezegd
        assert "vrij" not in gezegd
        assert "jaar" not in gezegd, "wie zelf een notebook maakt, mag None voor leeg gebruiken"
    assert not naar.exists()
    maak_notebook(notebook, [])
    with pytest.raises(InvoerFout, match=r"eigen\.ipynb: regelset = 4: dit is een getal"):
        batch.controleer_parameters([taak(notebook, regelset="lpbl-2014"), taak(notebook, regelset=4)])


def test_elke_soort_heeft_woorden() -> None:
    assert set(SOORTEN.values()) <= set(HIER_HOORT)

"""The parameters cell of a notebook: annotated literals, read once, and held against what a batch fills in."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import papermill
import pytest

import mkba
from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.soorten import melding
from mkba.opdracht import main
from mkba.reeks.map import batch
from mkba.reeks.plan.notebooks import Parameter, parameters
from mkba.reeks.werk import rapport
from mkba.tests.hulp_notebook import maak_notebook, taak

NOTEBOOKS = sorted(paden.notebooks().glob("*.ipynb"))


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda p: p.stem)
def test_papermill_toont_van_elke_parameter_de_soort_en_de_uitleg(pad: Path) -> None:
    """``papermill --help-notebook`` reads the same line as we do."""
    eigen = parameters(pad)
    gezien = papermill.inspect_notebook(str(pad))
    assert gezien.keys() == eigen.keys()
    for naam, p in eigen.items():
        assert (gezien[naam]["inferred_type_name"], gezien[naam]["help"].strip()) == (p.soort, p.uitleg), naam
        assert p.uitleg, naam
        assert p.soort in {"str", "int", "float", "bool", "list[str]"}
        assert melding(naam, p.standaard, p.soort) is None
        assert "../" not in str(p.standaard), "een kopie elders vindt dat niet"


def test_een_regel_geeft_naam_soort_standaard_uitleg_en_of_het_een_pad_is(tmp_path: Path) -> None:
    regels = (
        'aanpak: str = "standaard"  # van wie\nbijlage: str = "a.txt"  # pad: gaat mee\nn: int | None = None\nz = 1 + x'
    )
    uit = parameters(maak_notebook(tmp_path / "n.ipynb", [], regels))
    assert list(uit.values()) == [
        Parameter("aanpak", "str", "standaard", "van wie", True),
        Parameter("bijlage", "str", "a.txt", "gaat mee", True),
        Parameter("n", "int | None", None, "", False),
        Parameter("z", "", None, "", False),
    ]


def test_wie_een_notebook_zelf_draait_krijgt_de_melding_van_de_voordeur(tmp_path: Path) -> None:
    boek = maak_notebook(tmp_path / "b.ipynb", [("code", "import mkba\nmkba.aanpak(aanpak).simuleer(trekkingen)")],
                         'aanpak: str = "standaard"  # wie\ntrekkingen: int = 9  # hoe vaak')  # fmt: skip
    for naam, waarde, soort in (("aanpak", 3, "str | Path | Mapping[str, Any]"), ("trekkingen", "veel", "int")):
        product = rapport.maak(replace(taak(boek), parameters={naam: waarde}))
        assert product.html is None
        assert product.foutmelding == str(melding(naam, waarde, soort))


@pytest.mark.parametrize(
    ("doe", "veld"),
    [
        (lambda: mkba.kengetallen(regelset=3), "regelset"),  # type: ignore[arg-type]
        (lambda: mkba.kengetallen(eigen=3), "kengetallen"),  # type: ignore[arg-type]
        (lambda: mkba.doelgroepen(gebieden=3), "gebieden"),  # type: ignore[arg-type]
        (lambda: mkba.doelgroepen(jaar="2023"), "jaar"),  # type: ignore[arg-type]
        (lambda: mkba.registratie(None), "registratie"),  # type: ignore[arg-type]
        (lambda: mkba.aanpak("standaard", kengetallen="mijn.toml"), "kengetallen"),  # type: ignore[arg-type]
        (lambda: mkba.rapport(3, naar="x"), "invoer"),  # type: ignore[arg-type]
        (lambda: mkba.cohort([], aantal=1.5), "trekkingen"),  # type: ignore[arg-type]
    ],
)
def test_elke_deur_noemt_een_verkeerde_soort(doe: Any, veld: str) -> None:
    with pytest.raises(InvoerFout, match="en hier hoort") as fout:
        doe()
    assert [m.veld for m in fout.value.meldingen] == [veld]


def test_de_opdracht_leest_ook_de_waarden_in_het_notebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody changed in a notebook, or what a caller gives: exit code 2 and nothing made."""
    regels = (
        "aanpak = 3  # str: pad # of naam\nvrij = 4\njaar = None  # int\nlang = [  # list[str]\n]  # float: geen lijst"
        "\ngetypt: list[str] = 'x'  # een uitleg"
    )
    notebook, naar = maak_notebook(tmp_path / "eigen.ipynb", [], parameters=regels), tmp_path / "uit"
    assert {naam: p.soort for naam, p in parameters(notebook).items()} == {
        "aanpak": "str", "vrij": "", "jaar": "int", "lang": "float", "getypt": "list[str]",
    }  # fmt: skip
    for opties in ([], ["--droog"]):
        assert main(["notebook", str(notebook), "--naar", str(naar), *opties]) == 2
        gezegd = capsys.readouterr().err
        assert (
            "eigen.ipynb\n  aanpak = 3\n    dit is een getal, en hier hoort een tekst. Zet er aanhalingstekens"
            in gezegd
        )
        assert "  lang = []\n    dit is een lijst, en hier hoort een getal." in gezegd
        assert "getypt = 'x'\n    dit is een tekst, en hier hoort een lijst met teksten." in gezegd
        assert "vrij" not in gezegd
        assert "jaar" not in gezegd, "wie zelf een notebook maakt, mag None voor leeg gebruiken"
    assert not naar.exists()
    maak_notebook(notebook, [])
    with pytest.raises(InvoerFout, match=r"eigen\.ipynb: regelset = 4: dit is een getal"):
        batch.controleer_parameters([taak(notebook, regelset="lpbl-2014"), taak(notebook, regelset=4)])

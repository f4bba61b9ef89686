"""Each command imports only what it needs, and the help of ``mkba`` says of each what the command itself says."""

import subprocess
import sys

import click
import pytest

from mkba.opdracht import OPDRACHTEN, groep

ZWAAR = {"numpy", "pandas", "scipy", "matplotlib", "IPython", "nbconvert", "papermill", "openpyxl", "pydantic"}
NIET_BIJ_REKENEN = (ZWAAR | {"xlsxwriter"}) - {"numpy", "pydantic"}


def geladen(*code: str) -> list[set[str]]:
    """Top-level modules after each piece of ``code``, in one fresh process."""
    vraag = "print('|', ' '.join({m.split('.')[0] for m in sys.modules}))"
    bron = "\n".join(["import sys", *(f"{deel}\n{vraag}" for deel in code)])
    uit = subprocess.run([sys.executable, "-c", bron], capture_output=True, text=True, check=True).stdout
    return [set(regel[1:].split()) for regel in uit.splitlines() if regel.startswith("|")]


def gerekend(argumenten: list[str]) -> set[str]:
    """The same after a command that went well."""
    (uit,) = geladen(f"from mkba.opdracht import main\nassert not main({argumenten!r})")
    return uit


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_versie_en_hulp_laden_niets_zwaars(argument: str) -> None:
    assert not gerekend([argument]) & ZWAAR


@pytest.mark.parametrize(
    "argumenten",
    [
        ["bereken", "voorbeeld-1"],
        ["bereken", "voorbeeldgemeente", "--rij", "rij 2"],
        ["bereken", "voorbeeld-1", "--json"],
        ["kengetallen"],
        ["bevindingen"],
    ],
)
def test_rekenen_laadt_geen_tabellen_figuren_of_notebooks(argumenten: list[str]) -> None:
    assert not gerekend(argumenten) & NIET_BIJ_REKENEN


@pytest.mark.parametrize("naam", OPDRACHTEN)
def test_hulp_van_de_groep_is_die_van_de_opdracht(naam: str) -> None:
    """The lines that ``mkba --help`` shows are the beginnings of the commands' own help, which it does not import."""
    with click.Context(groep) as ctx:
        opdracht = groep.get_command(ctx, naam)
    assert opdracht is not None
    assert opdracht.name == naam
    eigen = " ".join((opdracht.help or "").split())
    begin = OPDRACHTEN[naam].rstrip(".")
    assert eigen.startswith(begin.split(":")[0].split(",")[0]), f"{eigen[:80]} / {begin}"


def test_notebooks_lezen_zonder_een_grammatica_van_webadressen() -> None:
    """Where JupyterLab is installed that grammar costs a second; afterwards it can be imported all the same."""
    pytest.importorskip("rfc3987_syntax")
    begin = (
        "from mkba.kern.bestand.irigrammatica import zonder_irigrammatica\nwith zonder_irigrammatica(): import nbformat"
    )
    na, later = geladen(begin, "import rfc3987_syntax")
    assert "jsonschema" in na
    assert "rfc3987_syntax" not in na
    assert "rfc3987_syntax" in later
    assert "rfc3987_syntax" not in gerekend(["rapport", "voorbeeld-1", "--droog"])

"""Each command imports only what it needs, and the help of ``mkba`` says of each what the command itself says."""

import subprocess
import sys

import click
import pytest

from mkba.opdracht import OPDRACHTEN, groep

ZWAAR = {"numpy", "pandas", "scipy", "matplotlib", "IPython", "nbconvert", "papermill", "openpyxl", "pydantic"}
NIET_BIJ_REKENEN = (ZWAAR | {"xlsxwriter"}) - {"numpy", "pydantic"}


def geladen(code: str) -> set[str]:
    """Top-level modules after ``code`` in a fresh process."""
    vraag = f"import sys\n{code}\nprint('|', ' '.join({{m.split('.')[0] for m in sys.modules}}))"
    uit = subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True).stdout
    return set(uit.rpartition("|")[2].split())


def gerekend(argumenten: list[str]) -> set[str]:
    """The same after a command that went well."""
    return geladen(f"from mkba.opdracht import main\nassert not main({argumenten!r})")


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
    na = geladen(begin)
    assert "jsonschema" in na
    assert "rfc3987_syntax" not in na
    assert "rfc3987_syntax" in geladen(f"{begin}\nimport rfc3987_syntax")
    voorraad = "from mkba.opdracht import main\nassert not main(['rapport', 'voorbeeld-1', '--droog'])"
    assert "rfc3987_syntax" not in geladen(voorraad)

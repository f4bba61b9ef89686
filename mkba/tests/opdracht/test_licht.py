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


def gerekend(*argumenten: str) -> str:
    """The code of a command that goes well."""
    return f"from mkba.opdracht import main\nassert not main({[*argumenten]!r})"


LICHT = [["--version"], ["--help"]]
REKENEN = [
    ["bereken", "voorbeeld-1"],
    ["bereken", "voorbeeldgemeente", "--rij", "rij 2"],
    ["bereken", "voorbeeld-1", "--json"],
    ["kengetallen"],
    ["bevindingen"],
]


def test_rekenen_laadt_geen_tabellen_figuren_of_notebooks() -> None:
    """One after the other in one process: what is not there after the last, none of them loaded."""
    opdrachten = LICHT + REKENEN
    for opdracht, modules in zip(opdrachten, geladen(*(gerekend(*o) for o in opdrachten)), strict=True):
        assert not modules & (ZWAAR if opdracht in LICHT else NIET_BIJ_REKENEN), opdracht


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


ZONDER = (
    "from mkba.kern.bestand.irigrammatica import zonder_irigrammatica\nwith zonder_irigrammatica(): import nbformat"
)


@pytest.mark.traag
def test_notebooks_lezen_zonder_een_grammatica_van_webadressen() -> None:
    """Where JupyterLab is installed that grammar costs a second."""
    na, rapport = geladen(ZONDER, gerekend("rapport", "voorbeeld-1", "--droog"))
    assert "jsonschema" in na
    assert "rfc3987_syntax" not in na | rapport


@pytest.mark.traag
def test_de_grammatica_van_webadressen_is_later_te_laden() -> None:
    pytest.importorskip("rfc3987_syntax")
    na, later = geladen(ZONDER, "import rfc3987_syntax")
    assert "rfc3987_syntax" not in na
    assert "rfc3987_syntax" in later

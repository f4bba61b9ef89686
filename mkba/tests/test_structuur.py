"""The design, kept by a machine: the model only calculates, notebooks hold no logic, files agree."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

PAKKET = Path(__file__).resolve().parent.parent
WORTEL = PAKKET.parent
NOTEBOOKS = sorted((WORTEL / "notebooks").glob("*.ipynb"))
NIET_IN_MODEL = {"papermill", "matplotlib", "nbconvert", "openpyxl", "csv", "tomllib", "pandas"}


def modules() -> list[Path]:
    return [p for p in sorted(PAKKET.rglob("*.py")) if "tests" not in p.parts and "_meegeleverd" not in p.parts]


class Gelezen(NamedTuple):
    """What these tests ask of a module; not its tree, which would stay in memory for all tests that follow."""

    imports: frozenset[str]
    zonder_uitleg: tuple[str, ...]


def opdrachten(boom: ast.AST) -> Iterator[ast.AST]:
    """Every statement, at any depth; expressions hold none."""
    for deel in ("body", "orelse", "finalbody", "handlers", "cases"):
        for knoop in getattr(boom, deel, ()):
            yield knoop
            yield from opdrachten(knoop)


@cache
def lees(pad: Path) -> Gelezen:
    boom = ast.parse(pad.read_bytes())
    namen: set[str] = set()
    for knoop in opdrachten(boom):
        if isinstance(knoop, ast.Import):
            namen |= {a.name for a in knoop.names}
        elif isinstance(knoop, ast.ImportFrom):
            assert knoop.level == 0, f"{pad}: relatieve import"
            module = knoop.module or ""
            namen.add(module)
            namen |= {f"{module}.{a.name}" for a in knoop.names if module.count(".") < 2}
    zonder = ["module"] if boom.body and pad.name != "__init__.py" and not ast.get_docstring(boom) else []
    for knoop in boom.body:
        if isinstance(knoop, ast.FunctionDef | ast.ClassDef) and not knoop.name.startswith("_"):
            zonder += [] if ast.get_docstring(knoop) else [knoop.name]
    return Gelezen(frozenset(namen), tuple(zonder))


def imports(pad: Path) -> frozenset[str]:
    return lees(pad).imports


MODEL = [p for p in modules() if p.relative_to(PAKKET).parts[0] == "model"]


@pytest.mark.parametrize("pad", MODEL, ids=lambda p: p.stem)
def test_het_model_leest_en_tekent_niet(pad: Path) -> None:
    """Which room may import which is checked by import-linter (make lint)."""
    verboden = {m.split(".")[0] for m in imports(pad)} & NIET_IN_MODEL
    assert not verboden, f"{pad.name} importeert {verboden}"


def test_openpyxl_leest_en_xlsxwriter_schrijft() -> None:
    """One reader and one writer of workbooks: what is written carries its results, and no XML is changed afterwards."""
    gebruikt: dict[str, set[str]] = {"openpyxl": set(), "xlsxwriter": set()}
    for pad in modules():
        for soort in {m.split(".")[0] for m in imports(pad)} & gebruikt.keys():
            gebruikt[soort].add(pad.relative_to(PAKKET).as_posix())
    assert {pad.split("/")[0] for pad in gebruikt["openpyxl"]} == {"invoer"}
    assert gebruikt["xlsxwriter"] == {"rekenblad/boek.py", "uitvoer/werkblad.py"}


def test_elke_module_en_publieke_naam_is_gedocumenteerd() -> None:
    assert {str(p.relative_to(PAKKET)): zonder for p in modules() if (zonder := lees(p).zonder_uitleg)} == {}


def is_eigen(naam: str) -> bool:
    return naam.startswith("_") and not naam.startswith(("__", "_repr_"))


def eigen_namen(boom: ast.Module) -> set[str]:
    """Private names of a module, and other tests, that a test uses."""
    knopen = [*ast.walk(boom)]
    van = [k for k in knopen if isinstance(k, ast.ImportFrom) and str(k.module).startswith("mkba")]
    fout = {str(k.module) for k in van if str(k.module).rpartition(".")[2].startswith("test_")}
    fout |= {a.name for k in van for a in k.names if is_eigen(a.name)}
    modules_ = {a.asname or a.name for k in van for a in k.names}
    for k in knopen:
        if (
            isinstance(k, ast.Attribute)
            and is_eigen(k.attr)
            and isinstance(k.value, ast.Name)
            and k.value.id in modules_
        ):
            fout.add(ast.unparse(k))
        if isinstance(k, ast.Call) and isinstance(k.func, ast.Attribute) and k.func.attr == "setattr":
            teksten = [str(a.value) for a in k.args if isinstance(a, ast.Constant)]
            fout |= {t for t in teksten if is_eigen(t.rpartition(".")[2])}
    return fout


def test_een_proef_roept_publieke_namen_aan() -> None:
    """A test survives what is rewritten inside: no private name of a module, nothing from another test."""
    proeven = sorted((PAKKET / "tests").rglob("*.py"))
    assert len(proeven) > 100
    assert {str(p.relative_to(PAKKET)): fout for p in proeven if (fout := eigen_namen(ast.parse(p.read_bytes())))} == {}


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_is_een_verhaal_zonder_logica(pad: Path) -> None:
    """No function, class or loop in a cell; one parameters cell of literals; executed without error."""
    boek = json.loads(pad.read_text(encoding="utf-8"))
    code = [c for c in boek["cells"] if c["cell_type"] == "code"]
    assert code, "geen code"
    for nummer, cel in enumerate(code):
        bron = "".join(cel["source"])
        boom = ast.parse(bron)
        fout = [k for k in ast.walk(boom) if isinstance(k, ast.FunctionDef | ast.ClassDef | ast.For | ast.While)]
        assert not fout, f"cel {nummer} bevat logica: {bron[:60]}"
        assert cel["execution_count"] is not None, f"cel {nummer} is niet uitgevoerd"
        assert not [u for u in cel["outputs"] if u["output_type"] == "error"]
        assert not [u for u in cel["outputs"] if u.get("name") == "stderr"], f"cel {nummer} waarschuwt"
    parameters = [c for c in code if "parameters" in c["metadata"].get("tags", [])]
    assert len(parameters) <= 1
    for cel in parameters:
        for opdracht in ast.parse("".join(cel["source"])).body:
            assert isinstance(opdracht, ast.AnnAssign), "alleen toekenningen met een soort"
            assert opdracht.value is not None
            ast.literal_eval(opdracht.value)
        regels = [r for r in "".join(cel["source"]).splitlines() if r.strip()]
        assert all(re.search(r"#\s*\w", r) for r in regels), "een toelichting"


def test_er_zijn_notebooks() -> None:
    assert len(NOTEBOOKS) >= 4


def _namen(eisen: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[ ;]", e.strip())[0].lower().replace("_", "-") for e in eisen}


def test_omgeving_pyproject_en_imports_lopen_gelijk() -> None:
    """environment.yml lists what pyproject.toml asks for, and the code imports nothing else."""
    project = tomllib.loads((WORTEL / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    verplicht = _namen(project["dependencies"])
    alles = verplicht | {n for extra in project["optional-dependencies"].values() for n in _namen(extra)} - {"mkba"}
    groepen = ("kaart", "kantoor", "pdf", "scherm")
    extra = {naam: _namen(project["optional-dependencies"][naam]) for naam in groepen}
    omgeving = (WORTEL / "environment.yml").read_text(encoding="utf-8")
    regels = re.findall(r"^\s*-\s+([A-Za-z0-9_.-]+)(.*)$", omgeving, flags=re.MULTILINE)
    conda = {n.lower().replace("_", "-") for n, _ in regels} - {"conda-forge", "python", "pip", "make"}
    conda = {"matplotlib" if n == "matplotlib-base" else n for n in conda}
    assert conda == alles, f"alleen in een van beide: {sorted(conda ^ alles)}"
    # modules under another name than their package; IPython comes with ipykernel
    kantoor = {"python-docx": "docx", "python-pptx": "pptx"}
    extra["kantoor"] = {kantoor.get(n, n) for n in extra["kantoor"]}
    anders = {"beautifulsoup4": "bs4", "ipykernel": "IPython", "pillow": "PIL", "salib": "SALib"}
    bekend = {n.replace("-", "_") for n in verplicht} | {m for n, m in anders.items() if n in verplicht}
    standaard = sys.stdlib_module_names
    for pad in modules():
        vreemd = {m.split(".")[0] for m in imports(pad)} - standaard - bekend - {"mkba"}
        delen = (("grenzen.py", "kaart"), ("kantoor", "kantoor"), ("pdf", "pdf"), ("scherm", "scherm"))
        for onderdeel, naam in delen:
            vreemd -= (
                {n.replace("-", "_") for n in extra[naam]} if onderdeel in pad.relative_to(PAKKET).parts else set()
            )
        assert not vreemd, f"{pad.name} importeert {vreemd}, dat niet in pyproject.toml staat"


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda p: p.stem)
def test_geen_notebook_noemt_een_map_van_een_machine(pad: Path) -> None:
    """As committed: where it was executed is nobody's business, and differs on every machine."""
    tekst = pad.read_text(encoding="utf-8")
    assert str(WORTEL) not in tekst
    assert not re.search(r"(?<![\w./])/(home|root|tmp|work|Users)/", tekst)

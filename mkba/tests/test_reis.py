"""A task travels with its files, and nothing of where they stood meanwhile is left in what comes back."""

import json
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from mkba.tests.hulp_notebook import maak_notebook, taak
from mkba.uitvoer.reis import met_eigen_paden, pak_in, pak_uit, zonder_map
from mkba.uitvoer.taak import Product

PARAMETERS = 'aanpak = ""\naanpakken = []\nfte = 1\ncijfers = "../data/cijfers.json"\nnaam = "geen bestand"'


def test_alles_wat_een_parameter_noemt_gaat_mee(tmp_path: Path) -> None:
    map_ = tmp_path / "één map"
    for naam in ("boeken", "data", "reeks"):
        (map_ / naam).mkdir(parents=True)
    boek = maak_notebook(map_ / "boeken" / "b.ipynb", [], PARAMETERS)
    (map_ / "data" / "cijfers.json").write_text("{}")
    tabel = map_ / "tabel.csv"
    tabel.write_text("a;b")
    for naam in ("x.toml", "y.csv", "weg.txt"):
        (map_ / "reeks" / naam).write_text("gelijk")
    opdracht = taak(
        boek,
        aanpak=str(tabel),
        aanpakken=[str(map_ / "reeks"), "standaard", "\0", "x" * 5000],
        fte=2,
        rij=" ",
        niet=str(tmp_path / "bestaat-niet.csv"),
    )
    pakket, inhoud = pak_in(opdracht)
    mee = {Path(p).relative_to(map_).as_posix() for p in pakket.bestanden}
    assert mee == {"boeken/b.ipynb", "data/cijfers.json", "tabel.csv", "reeks/x.toml", "reeks/y.csv"}
    assert len(inhoud) == 4, "gelijke inhoud gaat een keer"

    daar = tmp_path / "elders"
    hier = pak_uit(pakket, inhoud, daar)
    assert hier.notebook == Path(f"{daar}{boek}")
    assert (hier.notebook.parent / "../data/cijfers.json").read_text() == "{}"
    assert Path(str(hier.parameters["aanpak"])).read_text() == "a;b"
    assert hier.parameters == dict(opdracht.parameters) | {
        "aanpak": f"{daar}{tabel}",
        "aanpakken": [f"{daar}{map_ / 'reeks'}", "standaard", "\0", "x" * 5000],
    }
    assert sorted(p.name for p in daar.rglob("*") if p.is_file()) == [
        "b.ipynb", "cijfers.json", "tabel.csv", "x.toml", "y.csv",
    ]  # fmt: skip


def test_een_thuismap_wordt_uitgeschreven(tmp_path: Path, monkeypatch: object) -> None:
    import pytest

    assert isinstance(monkeypatch, pytest.MonkeyPatch)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "t.csv").write_text("")
    boek = maak_notebook(tmp_path / "b.ipynb", [])
    hier = pak_uit(*pak_in(taak(boek, aanpak="~/t.csv")), tmp_path / "elders")
    assert hier.parameters["aanpak"] == f"{tmp_path / 'elders'}{tmp_path / 't.csv'}"


def test_de_paden_zijn_weer_die_van_hier() -> None:
    onder = Path("/tmp/mkba-q/taak-1")
    daar = "/tmp/mkba-q/taak-1/home/jan & co/x.csv"
    boek = json.dumps({"a": f"aanpak = {daar!r}", "b": [daar]})
    product = Product(f"<p>{daar.replace('&', '&amp;')}</p>", boek, 1.0, f"in {daar}", "InvoerFout", daar, "Titel")
    eigen = met_eigen_paden(product, onder)
    assert eigen.html == "<p>/home/jan &amp; co/x.csv</p>"
    assert json.loads(eigen.notebook) == {"a": "aanpak = '/home/jan & co/x.csv'", "b": ["/home/jan & co/x.csv"]}
    assert (eigen.fout, eigen.foutmelding, eigen.titel) == ("in /home/jan & co/x.csv", "/home/jan & co/x.csv", "Titel")
    assert met_eigen_paden(replace(product, html=None), onder).html is None


def test_op_windows_komt_ook_de_schijf_terug() -> None:
    onder = PureWindowsPath(r"C:\Temp\mkba-q\taak-1")
    assert zonder_map(r"C:\Temp\mkba-q\taak-1\D\map\x.csv", onder) == r"D:\map\x.csv"
    dubbel = json.dumps({"pad": r"C:\Temp\mkba-q\taak-1\D\map\x.csv"})
    assert json.loads(zonder_map(dubbel, onder)) == {"pad": r"D:\map\x.csv"}
    assert zonder_map(r"C:\Temp\iets anders", onder) == r"C:\Temp\iets anders"

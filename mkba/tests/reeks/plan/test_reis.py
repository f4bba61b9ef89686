"""A task travels with copies of its files, and what is not of that kind stays at home."""

from dataclasses import replace
from pathlib import Path

import pytest

from mkba.kern.bestand import bestanden, paden
from mkba.kern.bestand.hashes import hash_tekst
from mkba.kern.bestand.schrijven import schrijf_in
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.reeks.plan.reis import bijlagen, momentopname, pak_in, pak_uit
from mkba.tests.hulp_notebook import maak_notebook, taak

PARAMETERS = """aanpak = ""
aanpakken = []
fte = 1
cijfers = "../data/cijfers.json"
eigen = "../data/eigen.txt"  # pad: wat dit notebook ook leest
naam = "../data/geheim.txt"  # str: een naam die toevallig een pad is"""


@pytest.fixture
def map_(tmp_path: Path) -> Path:
    map_ = tmp_path / "één map"
    for naam in ("boeken", "data", "reeks"):
        (map_ / naam).mkdir(parents=True)
    maak_notebook(map_ / "boeken" / "b.ipynb", [], PARAMETERS)
    for naam in ("cijfers.json", "eigen.txt", "geheim.txt"):
        (map_ / "data" / naam).write_text(naam)
    (map_ / "tabel.csv").write_text("a;b")
    for naam in ("x.toml", "y.csv", "weg.txt"):
        (map_ / "reeks" / naam).write_text("gelijk")
    return map_


def test_wat_een_parameter_van_die_soort_noemt_gaat_mee(map_: Path, tmp_path: Path) -> None:
    boek = map_ / "boeken" / "b.ipynb"
    opdracht = taak(
        boek,
        aanpak=str(map_ / "tabel.csv"),
        aanpakken=[str(map_ / "reeks"), "standaard", "\0", "x" * 5000],
        fte=2,
        rij=str(map_ / "data" / "geheim.txt"),
        toelichting=str(map_ / "data" / "geheim.txt"),
    )
    pakket, inhoud = pak_in(opdracht)
    namen = sorted(Path(p).name for p in pakket.bestanden)
    assert namen == ["b.ipynb", "cijfers.json", "eigen.txt", "tabel.csv", "x.toml", "y.csv"]
    assert len(inhoud) == 5, "gelijke inhoud gaat een keer"
    assert b"geheim.txt" not in inhoud.values()
    assert str(map_) not in repr(replace(pakket.taak, parameters={"aanpak": pakket.taak.parameters["aanpak"]}))

    daar = tmp_path / "elders"
    hier = pak_uit(pakket, inhoud, daar)
    assert hier.notebook.read_bytes() == boek.read_bytes()
    gelezen = {k: Path(str(hier.parameters[k])) for k in ("aanpak", "cijfers", "eigen")}
    assert {k: p.read_text() for k, p in gelezen.items()} == {
        "aanpak": "a;b", "cijfers": "cijfers.json", "eigen": "eigen.txt",
    }  # fmt: skip
    assert all(p.is_relative_to(daar) for p in gelezen.values())
    reeks, *rest = hier.parameters["aanpakken"]  # type: ignore[misc, str-unpack]
    assert sorted(p.name for p in Path(reeks).iterdir()) == ["x.toml", "y.csv"]
    assert rest == ["standaard", "\0", "x" * 5000]
    assert (hier.parameters["fte"], hier.parameters["rij"]) == (2, opdracht.parameters["rij"])


def test_een_thuismap_wordt_uitgeschreven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "t.csv").write_text("inhoud")
    boek = maak_notebook(tmp_path / "b.ipynb", [])
    hier = pak_uit(*pak_in(taak(boek, aanpak="~/t.csv")), tmp_path / "elders")
    assert Path(str(hier.parameters["aanpak"])).read_text() == "inhoud"


def test_een_momentopname_verandert_niet_mee(map_: Path, tmp_path: Path) -> None:
    boek = map_ / "boeken" / "b.ipynb"
    taken = [taak(boek, slug=s, aanpak=str(map_ / "tabel.csv")) for s in ("een", "twee")]
    kopieen = momentopname(taken, tmp_path / "kopie")
    voor = boek.read_bytes()
    (map_ / "tabel.csv").write_text("anders")
    (map_ / "data" / "eigen.txt").write_text("anders")
    maak_notebook(boek, [("code", "print('anders')")], PARAMETERS)
    een, twee = kopieen
    assert een.notebook == boek, "waar het wordt uitgevoerd"
    assert een.bron is not None
    assert een.bron.read_bytes() == voor
    assert Path(str(een.parameters["aanpak"])).read_text() == "a;b"
    assert Path(str(een.parameters["eigen"])).read_text() == "eigen.txt"
    assert "naam" not in een.parameters
    assert een.parameters == twee.parameters, "elk bestand een keer"


def test_een_notebook_dat_niet_meer_is_waar_mee_gepland_is_wordt_geweigerd(map_: Path, tmp_path: Path) -> None:
    boek = map_ / "boeken" / "b.ipynb"
    opdracht = replace(taak(boek), feiten={"hashes": {"notebook": hash_tekst(boek.read_bytes())}})
    assert momentopname([opdracht], tmp_path / "goed")
    maak_notebook(boek, [("code", "1")], PARAMETERS)
    with pytest.raises(InvoerFout, match="bewaard terwijl de reeks werd voorbereid"):
        momentopname([opdracht], tmp_path / "anders")


def test_binnen_een_opdracht_is_een_bestand_een_bestand(map_: Path, tmp_path: Path) -> None:
    tabel, boek = map_ / "tabel.csv", map_ / "boeken" / "b.ipynb"
    with bestanden.eenmalig():
        assert bestanden.lees_bytes(tabel) == b"a;b"
        tabel.write_text("later bewaard")
        with bestanden.eenmalig():
            assert bestanden.lees_bytes(tabel) == b"a;b"
        (kopie,) = momentopname([taak(boek, aanpak=str(tabel))], tmp_path / "kopie")
        assert Path(str(kopie.parameters["aanpak"])).read_text() == "a;b", "wat gelezen is, wordt doorgegeven"
    assert bestanden.lees_bytes(tabel) == b"later bewaard"


def test_wat_een_opdracht_zelf_schrijft_leest_zij_zoals_zij_het_schreef(map_: Path) -> None:
    """A meting.json that it has read to remember, and replaces before the report is made from it."""
    tabel = map_ / "tabel.csv"
    with bestanden.eenmalig():
        assert bestanden.lees_bytes(tabel) == b"a;b"
        schrijf_in(map_, "tabel.csv", "nieuw")
        assert bestanden.lees_bytes(tabel) == b"nieuw"
        tabel.write_text("door een ander bewaard")
        assert bestanden.lees_bytes(tabel) == b"nieuw"


def test_wat_een_notebook_zelf_noemt_telt_mee(map_: Path) -> None:
    boek = map_ / "boeken" / "b.ipynb"
    eerst = bijlagen(boek)
    assert sorted(eerst) == ["cijfers", "eigen"]
    (map_ / "data" / "eigen.txt").write_text("anders")
    assert [naam for naam, som in bijlagen(boek).items() if som != eerst[naam]] == ["eigen"]
    assert bijlagen(paden.notebooks() / "10_doelgroepenanalyse.ipynb") == {}, "gegevens van mkba tellen elders mee"

"""``mkba effect``: what it makes, what it says of input that is wrong, and that no household gets out."""

import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import mkba
from mkba.analyse.effectmeting.publiceren.meting import lees_meting
from mkba.invoer.effectmeting.lezen import VOORBEELD, lees_registratie
from mkba.kern.bestand import paden
from mkba.opdracht import main
from mkba.reeks.plan.taak import Taak
from mkba.tests import hulp_effectmeting
from mkba.tests.hulp_opdracht import fout
from mkba.uitvoer.figuur import figuur_van

VAST = ("--aanpak", "voorbeeldstad", "--nulmeting", "60%")


@pytest.fixture(scope="module")
def stad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town with a row that is refused, a column that nobody knows, the name of a person as team of three
    households, and a promise of its plan."""
    map_ = tmp_path_factory.mktemp("stad") / "registratie"
    shutil.copytree(paden.data() / VOORBEELD, map_, ignore=shutil.ignore_patterns("*.md", "*.toml"))
    acties = map_ / "acties.csv"
    regels = acties.read_text(encoding="utf-8").splitlines()
    kleur = [regels[0] + ";kleur", *(f"{r};paars" for r in [*regels[1:], "H0001;7;generalist;ja"])]
    acties.write_text("\n".join(kleur) + "\n", encoding="utf-8")
    pad = map_ / "huishoudens.csv"
    regels = pad.read_text(encoding="utf-8").splitlines()
    for i, naam in ((40, "Jantje Geheimnaam"), (41, "Jantje Geheimnaam"), (80, "Mientje Geheimnaam")):
        cellen = regels[i].split(";")
        regels[i] = ";".join([*cellen[:5], naam, *cellen[6:]])
    pad.write_text("\n".join(regels) + "\n", encoding="utf-8")
    assert main(["beloof", "voorbeeldstad", "--naar", str(map_.parent), "--datum", "2024-01-01"]) == 0
    return map_


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town without the numbers of its wijken, which take half of the time."""
    map_ = tmp_path_factory.mktemp("klein") / "registratie"
    shutil.copytree(paden.data() / VOORBEELD, map_, ignore=shutil.ignore_patterns("*.md", "*.toml", "gebied.csv"))
    return map_


@pytest.fixture(scope="module")
def uit(stad: Path) -> Path:
    naar = stad.parent / "uit"
    (belofte,) = stad.parent.glob("belofte-*.toml")
    indeling = stad.parent / "eigen-namen.toml"
    indeling.write_text('[huishoudens.waarden.status]\nklaar = "afgerond"\n', encoding="utf-8")
    opties = ["--belofte", str(belofte), "--naar", str(naar), "--formaten", "tabellen,figuren"]
    opties += ["--indeling", str(indeling)]
    assert main(["effect", str(stad), *VAST, *opties, "--zip"]) == 0
    return naar


@pytest.fixture(scope="module")
def tekst(uit: Path) -> str:
    html = (uit / "bronstad-effectmeting.html").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.traag
def test_een_wijk_minder_in_dezelfde_map_wordt_geweigerd(
    stad: Path, uit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ander = tmp_path / "ander"
    ander.mkdir()
    rijen = "".join(f"X{i:03d};overig;team Elders;2024-01-01;lopend\n" for i in range(40))
    (ander / "huishoudens.csv").write_text("pseudoniem;type;team;start;status\n" + rijen, encoding="utf-8")
    wijken = (stad / "gebied.csv").read_text(encoding="utf-8").splitlines()
    zonder = [r for r in wijken if not r.startswith("Waterpoort;")]
    assert len(zonder) < len(wijken)
    (ander / "gebied.csv").write_text("\n".join(zonder) + "\n", encoding="utf-8")
    naar = shutil.copytree(uit, tmp_path / "uit")
    assert main(["effect", str(ander), *VAST, "--naar", str(naar)]) == 2
    tekst = capsys.readouterr().err
    assert "met een wijk meer of minder: uit beide samen zou volgen hoe weinig" in tekst
    assert "Geef de wijken van toen, of kies een andere map." in tekst
    assert (naar / "publicatie.json").read_bytes() == (uit / "publicatie.json").read_bytes()


def test_de_pagina_zegt_welke_mkba_en_waarom(tekst: str) -> None:
    assert "MKBA 3.0: ook effecten zijn gemeten." in tekst
    assert "komen in de plaats van vraag 11, 12 en 14" in tekst
    assert re.search(r"Het saldo gaat van € -26\.100 \(verwacht\) naar € -1\d\d\.\d00", tekst)
    assert "Om 1 reden zijn rijen geweigerd, die niet meetellen" in tekst
    assert "een van 0, 6, 12, 18 minder dan 10" in tekst
    assert "kolom 5" in tekst or "kleur" in tekst
    assert "Belofte van 1 januari 2024" in tekst
    assert "Indeling eigen-namen.toml" in tekst
    for kop in ("Elke invoer", "Van bruto naar netto", "Gevolgd na 0, 6, 12 en 18 maanden", "Teams naast elkaar",
                "Wat niet is gemeten, en wat nu", "Wat dit niet zegt"):  # fmt: skip
        assert kop in tekst, kop


def test_elke_invoer_zegt_waar_zij_vandaan_komt(tekst: str) -> None:
    assert "1. Aantal huishoudens in aanpak 900 800 gemeten 800 huishoudens" in tekst
    assert re.search(r"10\. Nieuw gevonden huishoudens 5% 32,\d% bijgewerkt 800 huishoudens 2\d,\d% tot 3\d,\d%", tekst)
    assert "15. Terugvalpercentage 20% 20% kengetal" in tekst
    assert re.search(
        r"18\. Voorkomen: Huisuitzetting – 1,\d% gemeten 800 huishoudens 0,\d% tot 2,\d% registratie: escalaties "
        r"\(afloop bekend van 135 dreigingen\), min de opgegeven nulmeting \(60%\)",
        tekst,
    )


def _alles(uit: Path) -> Iterator[tuple[str, str]]:
    """The text of every file, those inside a workbook too."""
    for pad in sorted(p for p in uit.rglob("*") if p.is_file()):
        if pad.suffix == ".xlsx":
            with zipfile.ZipFile(pad) as boek:
                for naam in boek.namelist():
                    yield f"{pad.name}/{naam}", boek.read(naam).decode("utf-8", "replace")
        elif pad.suffix not in (".png", ".zip"):  # what is in the zip is read beside it
            yield str(pad.relative_to(uit)), pad.read_text(encoding="utf-8")


def test_in_geen_bestand_staat_een_huishouden_of_waar_de_registratie_stond(uit: Path, stad: Path) -> None:
    r = lees_registratie(stad)
    namen, codes = set(r.huishoudens["pseudoniem"]), set(r.huishoudens["generalist"].astype(str))
    gezien = 0
    for naam, inhoud in _alles(uit):
        gezien += 1
        assert not set(re.findall(r"\bH\d{4}\b", inhoud)) & namen, naam
        if "worksheets" not in naam:  # where G10 is a cell
            assert not set(re.findall(r"\bG\d\d\b", inhoud)) & codes, naam
        assert str(stad) not in inhoud, naam
        assert "paars" not in inhoud, naam
    assert gezien > 15
    assert not list(uit.rglob("huishoudens*"))


def test_elk_getal_van_huishoudens_komt_uit_de_meting(uit: Path, stad: Path) -> None:
    """The page has the numbers that the record has, and every table of it is rounded or hidden as that is."""
    m = lees_meting(uit / "invoer" / "bronstad-effectmeting-meting.json")
    for p in m.delen.values():
        assert all(w is None or w >= m.drempel for w in p.cellen.values())
        assert all(w is None or w % m.afronding == 0 for w in p.cellen.values())
    (vast,) = {m.huishoudens.toont()}
    assert vast == 800
    r = lees_registratie(stad)
    echt = pd.crosstab(r.huishoudens["team"], r.huishoudens["type"])
    klein = {(t, s) for t in echt.index for s in echt.columns if echt.loc[t, s] < m.drempel}
    assert all(m.huishoudens.toont(team=t, type=s[:-2]) is None for t, s in klein)


def test_de_map_zegt_waar_het_van_is_gemaakt(uit: Path, stad: Path) -> None:
    manifest = json.loads((uit / "manifesten" / "bronstad-effectmeting.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["registratie"] == "bronstad-effectmeting-meting.json"
    assert {"invoer", "registratie", "belofte", "notebook", "code", "kengetallen"} <= manifest["hashes"].keys()
    assert manifest["huishoudens"] == 800
    e = mkba.effectmeting(uit / "invoer" / "bronstad-effectmeting-meting.json", nulmeting=0.6)
    assert e.bereken()["saldo"] == pytest.approx(manifest["kerncijfers"]["saldo"], rel=1e-9)
    na = uit / "invoer" / "bronstad-effectmeting-na.toml"
    assert mkba.aanpak(na).bereken()["saldo"] == pytest.approx(manifest["kerncijfers"]["saldo"], rel=1e-9)
    assert "# De aanpak na de meting (" in na.read_text(encoding="utf-8")
    assert mkba.aanpak(na).invoer == e.na.invoer
    assert mkba.aanpak(na).invoer.gemeten_in["kinderen"].bron == "registratie: huishoudens"


def test_nog_eens_is_ongewijzigd_en_een_huishouden_meer_maakt_niets(
    uit: Path, stad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (belofte,) = stad.parent.glob("belofte-*.toml")
    opties = [*VAST, "--belofte", str(belofte), "--naar", str(uit), "--formaten", "tabellen,figuren"]
    assert main(["effect", str(stad), *opties]) == 0
    assert "1 ongewijzigd overgeslagen" in capsys.readouterr().out
    meer = tmp_path / "meer"
    shutil.copytree(stad, meer)
    with (meer / "huishoudens.csv").open("a", encoding="utf-8") as bestand:
        bestand.write("H9999;gezinnen;27_45;1;G01;team Bronwijk;Bronwijk;2024-05-01;;ja;lopend\n")
    # the overview says at which minute it was made
    toen = {p: p.read_bytes() for p in uit.rglob("*") if p.is_file() and p.name != "index.html"}
    assert main(["effect", str(meer), *opties]) == 0
    gezegd = capsys.readouterr()
    assert "1 ongewijzigd overgeslagen" in gezegd.out
    assert "geheimnaam" not in (gezegd.out + gezegd.err).casefold()
    assert "de eerdere cijfers blijven staan" in gezegd.err
    assert {p: p.read_bytes() for p in uit.rglob("*") if p.is_file() and p.name != "index.html"} == toen
    ander = tmp_path / "ander.toml"
    plan = (paden.data() / "aanpakken" / "voorbeeldstad.toml").read_text(encoding="utf-8")
    ander.write_text(plan.replace('naam = "Bronstad"', 'naam = "Anders"'), encoding="utf-8")
    assert main(["effect", str(meer), "--aanpak", str(ander), "--naar", str(uit), "--droog"]) == 0
    assert "de eerdere cijfers blijven staan" in capsys.readouterr().err
    assert {p: p.read_bytes() for p in uit.rglob("*") if p.is_file() and p.name != "index.html"} == toen


def test_een_naam_in_de_verkeerde_kolom_komt_nergens(
    stad: Path, uit: Path, tekst: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of three households the team is the name of a person. Page, notebook, meting.json, tables, zip, terminal: the
    name is in none of them."""
    assert "Geheimnaam" in (stad / "huishoudens.csv").read_text(encoding="utf-8")
    assert main(["registratie", str(stad), "--naar", str(tmp_path / "tabellen")]) == 0
    gezegd = capsys.readouterr()
    assert "geheimnaam" not in (gezegd.out + gezegd.err).casefold()
    delen = {p: p.read_bytes() for map_ in (uit, tmp_path / "tabellen") for p in map_.rglob("*") if p.is_file()}
    assert len(delen) > 20
    ingepakt = [p for p in delen if p.suffix in (".zip", ".xlsx")]
    assert {p.suffix for p in ingepakt} == {".zip", ".xlsx"}
    for p in ingepakt:
        with zipfile.ZipFile(p) as pakket:
            delen |= {p / naam: pakket.read(naam) for naam in pakket.namelist()}
    assert not [p for p, inhoud in delen.items() if b"geheimnaam" in inhoud.lower()]
    assert any("andere teams" in inhoud.decode() for p, inhoud in delen.items() if p.suffix == ".csv")
    assert "Teams met minder dan 10 huishoudens staan zonder hun naam samen onder andere teams." in tekst


@pytest.mark.traag
def test_een_volgende_meting_met_huishoudens_erbij_in_dezelfde_map(
    klein: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of 800 households 700 were there the first time. The report is made anew, of the numbers of now; the shares of
    the types are those of then, as it says."""
    deel = tmp_path / "deel"
    shutil.copytree(klein, deel)
    wie = set(pd.read_csv(deel / "huishoudens.csv", sep=";", dtype=str)["pseudoniem"].sample(700, random_state=1))
    for pad in deel.glob("*.csv"):
        f = pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False)
        if "pseudoniem" in f:
            f[f["pseudoniem"].isin(wie)].to_csv(pad, sep=";", index=False)
    uit = tmp_path / "uit"
    opties = [*VAST, "--naar", str(uit), "--formaten", "tabellen"]
    assert main(["effect", str(deel), *opties]) == 0
    eerst = lees_meting(uit / "invoer" / "bronstad-effectmeting-meting.json")
    capsys.readouterr()
    assert main(["effect", str(klein), *opties]) == 0
    gezegd = capsys.readouterr()
    assert "1 gemaakt" in gezegd.out
    assert "van toen als een eigen registratie" in gezegd.err
    nu = lees_meting(uit / "invoer" / "bronstad-effectmeting-meting.json")
    assert (eerst.huishoudens.toont(), nu.huishoudens.toont()) == (700, 800)
    assert nu.waarde("type.gezin") == eerst.waarde("type.gezin")
    html = (uit / "bronstad-effectmeting.html").read_text(encoding="utf-8")
    assert "van een eerdere meting in deze map" in html


@pytest.mark.traag
def test_twee_opdrachten_in_een_map_zijn_een_publicatie(
    uit: Path, stad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`mkba registratie` beside a report, with a household more and a team of three more, shows what the report shows;
    and the other way round."""
    meer = tmp_path / "meer"
    shutil.copytree(stad, meer)
    with (meer / "huishoudens.csv").open("a", encoding="utf-8") as bestand:
        for i, team in enumerate(["team Bronwijk", *["team Nieuw"] * 3]):
            bestand.write(f"H999{i};gezinnen;27_45;1;G01;{team};Bronwijk;2024-05-01;;ja;lopend\n")
    naast = tmp_path / "naast"
    shutil.copytree(uit, naast)
    assert main(["registratie", str(meer), "--naar", str(naast)]) == 0
    assert "de eerdere cijfers blijven staan" in capsys.readouterr().err
    m = lees_meting(naast / "invoer" / "bronstad-effectmeting-meting.json")
    teams = pd.read_csv(naast / "registratie-team-type.csv", sep=";", decimal=",", index_col=0, encoding="utf-8-sig")
    assert not [t for t in teams.index if "Nieuw" in str(t)]
    assert float(teams.loc["totaal", "totaal"]) == m.huishoudens.toont() == 800
    assert main(["registratie", str(meer), "--naar", str(naast)]) == 0
    assert "er is niets nieuws geschreven" in capsys.readouterr().out
    eerst = tmp_path / "eerst"
    assert main(["registratie", str(stad), "--naar", str(eerst)]) == 0
    anders = {p.name: p.read_bytes() for p in naast.glob("registratie-*.csv")}
    assert {p.name: p.read_bytes() for p in eerst.glob("registratie-*.csv")} == anders
    assert main(["effect", str(meer), *VAST, "--naar", str(eerst), "--droog"]) == 0
    assert "de eerdere cijfers blijven staan" in capsys.readouterr().err


def test_bewaren_schrijft_een_aanpak_van_getoonde_aantallen(uit: Path, tmp_path: Path) -> None:
    e = mkba.effectmeting(uit / "invoer" / "bronstad-effectmeting-meting.json", nulmeting=0.6)
    bestanden = e.bewaar(tmp_path / "bewaard")
    toml = bestanden[0].read_text(encoding="utf-8")
    assert "MKBA 3.0" in toml
    assert tomllib.loads(toml)["huishoudens"] == 800
    assert mkba.aanpak(bestanden[0]).bereken()["saldo"] == pytest.approx(e.bereken()["saldo"])
    assert {p.suffix for p in bestanden} == {".toml", ".csv"}
    assert e.bewaar("") == []


# --- what is wrong ---------------------------------------------------------------------------------------------------


def test_een_aanpak_of_registratie_die_er_niet_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "bestaat niet" in fout(capsys, "effect", "voorbeeldstad", "--aanpak", str(tmp_path / "weg.toml"))
    assert "bestaat niet" in fout(capsys, "effect", str(tmp_path / "weg"), *VAST)
    assert "--aanpak" in fout(capsys, "effect", "voorbeeldstad")


def test_een_lege_registratie_en_een_zonder_huishoudens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leeg = hulp_effectmeting.schrijf(
        tmp_path / "leeg", huishoudens=hulp_effectmeting.GOED["huishoudens"].split("\n")[0]
    )
    assert "geen huishouden" in fout(capsys, "effect", str(leeg), *VAST, "--naar", str(tmp_path / "uit"))
    geen = hulp_effectmeting.schrijf(tmp_path / "geen", huishoudens="")
    assert "er is geen tabel huishoudens" in fout(capsys, "effect", str(geen), *VAST, "--naar", str(tmp_path / "uit"))
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize(
    ("optie", "waarde", "zegt"),
    [
        ("--nulmeting", "veel", "--nulmeting"),
        ("--nulmeting", "150%", "Geef meer dan 0 tot en met 100%"),
        ("--nulmeting", "0%", "Laat --nulmeting weg als zij onbekend is"),
        ("--grondslag", "wijken", "Kies huishoudens of bedreigd"),
    ],
)
def test_een_optie_die_niet_kan(optie: str, waarde: str, zegt: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert zegt in fout(capsys, "effect", "voorbeeldstad", "--aanpak", "voorbeeldstad", optie, waarde)


def test_een_rapport_zonder_registratie_wijst_de_weg(capsys: pytest.CaptureFixture[str]) -> None:
    assert "mkba effect REGISTRATIE" in fout(capsys, "rapport", "voorbeeld-1", "--notebooks", "60")


def test_een_te_grove_afronding(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["effect", "voorbeeldstad", *VAST, "--afronding", "20"]) == 2
    assert "afgerond op 0" in capsys.readouterr().err


def test_een_belofte_van_een_andere_aanpak_of_een_veranderde(
    stad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["beloof", "voorbeeld-1", "--naar", str(tmp_path)]) == 0
    (ander,) = tmp_path.iterdir()
    capsys.readouterr()
    assert "andere aanpak dan 'Bronstad'" in fout(capsys, "effect", str(stad), *VAST, "--belofte", str(ander))
    (eigen,) = stad.parent.glob("belofte-*.toml")
    anders = tmp_path / "anders.toml"
    anders.write_text(eigen.read_text(encoding="utf-8").replace('"fte" = 22.0', '"fte" = 20.0'), encoding="utf-8")
    assert "vingerafdruk" in fout(capsys, "effect", str(stad), *VAST, "--belofte", str(anders))


def test_droog_zegt_het_en_schrijft_niets_en_zonder_nulmeting_geldt_niet_die_van_het_notebook(
    klein: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The notebook starts with the 60% of the voorbeeldstad; a report made without one must say 0, which is unknown."""
    taken: list[Taak] = []

    def vang(opdrachten: list[Taak], *_: object) -> int:
        taken.extend(opdrachten)
        return 0

    opdracht = ["effect", str(klein), "--aanpak", "voorbeeldstad", "--naar", str(tmp_path / "uit"), "--droog"]
    assert main([*opdracht, "--nulmeting", "60%", "--json"]) == 0
    gezegd = json.loads(capsys.readouterr().out)
    assert (gezegd["versie"], gezegd["te_maken"]) == ("3.0", 1)
    monkeypatch.setattr("mkba.opdracht.effect.maak", vang)
    assert main(opdracht) == 0
    assert main([*opdracht, "--nulmeting", "60%"]) == 0
    assert not (tmp_path / "uit").exists()
    assert [t.parameters["nulmeting"] for t in taken] == [0.0, 0.6]
    saldi = [t.feiten["kerncijfers"]["saldo"] for t in taken]
    zonder = mkba.effectmeting(klein, "voorbeeldstad")
    assert saldi[0] == pytest.approx(zonder.bereken()["saldo"])
    assert "onbekend zonder nulmeting" in zonder.lezingen_in_woorden().data
    assert saldi[0] != pytest.approx(saldi[1])


def test_een_kleine_registratie_zegt_dat_er_niets_te_gebruiken_is(tmp_path: Path) -> None:
    """Four households: nothing may be shown, no number changes, and each part says so instead of drawing."""
    met_team = mkba.effectmeting(hulp_effectmeting.schrijf(tmp_path / "team"), nulmeting=0.6)
    assert "MKBA 2.0: kosten zijn gemeten" in met_team.oordeel().data
    assert (
        "het aantal huishoudens is te klein om te tonen; een interval vraagt er minstens 10" in met_team.oordeel().data
    )
    e = mkba.effectmeting(hulp_effectmeting.schrijf(tmp_path / "klein", team=""), nulmeting=0.6)
    assert e.versie == "1.0"
    assert e.bereken()["saldo"] == e.voor.bereken()["saldo"]
    for iets in (e.uitkomsten(), e.invloed(), e.trajecten(), e.lezingen()):
        assert len(iets) == 0
    assert e.teams().data == e.teken.teams().data == ""  # type: ignore[union-attr]
    assert "niet te vergelijken" in e.teams_in_woorden().data
    assert "er zijn geen lezingen om te vergelijken" in e.lezingen_in_woorden().data
    assert "niet gemeten" in e.teken.knop("nieuw").data  # type: ignore[union-attr]
    assert "is afgeschermd" in e.lezing().data
    for figuur in (e.teken.klassen(), e.teken.trajecten(), e.teken.acties()):
        assert figuur.get_title() == ""
        (zin,) = figuur.texts  # the sentence alone: no star or bar of a figure that was begun
        assert zin.get_text().endswith(".")
        assert figuur_van(figuur).get_size_inches()[1] < 1
    assert "h1" not in repr(e)

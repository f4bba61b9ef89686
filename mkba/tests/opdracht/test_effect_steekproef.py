"""``mkba effect`` with the filled form of ``mkba steekproef``: what it makes and what it says of what is wrong."""

import json
import re
import secrets
from pathlib import Path

import openpyxl
import pytest

import mkba
from mkba.analyse.effectmeting.publiceren import geheugen
from mkba.analyse.effectmeting.publiceren.formulier.meting import meet_formulier
from mkba.analyse.effectmeting.publiceren.meting import schrijf_meting
from mkba.deur.effectmeting_rapport import Effectmeting
from mkba.invoer.meetbron import Formulier, lees_meetbron
from mkba.invoer.steekproef import JA_NEE
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import laad
from mkba.opdracht import main
from mkba.tests.hulp_effectmeting import GOED
from mkba.tests.hulp_formulier import caseload
from mkba.tests.hulp_opdracht import fout

VAST = ("--aanpak", "voorbeeld-1", "--droog")
KOP = ("pseudoniem", "type", "generalist", "team", "caseload_generalist", *JA_NEE)


def _lijst(map_: Path) -> Path:
    regels = [f"{h.pseudoniem};{h.type};{h.generalist};{h.team}" for h in caseload()]
    (pad := map_ / "caseload.csv").write_text("\n".join(["pseudoniem;type;generalist;team", *regels]), encoding="utf-8")
    return pad


def _vul(formulier: Path) -> None:
    """Of each ten households three are new and stay less with their GP, and two fell back."""
    boek = openpyxl.load_workbook(formulier)
    blad = boek["formulier"]
    (begin,) = (cel.row for rij in blad.iter_rows(max_row=10) for cel in rij if cel.value == "pseudoniem")
    kop = {cel.value: cel.column or 0 for cel in blad[begin]}
    for i in range(begin + 1, blad.max_row + 1):
        for vraag, deel in (("nieuw", 3), ("succes.consulten", 3), ("terugval", 2), ("escalatie", 1)):
            blad.cell(i, kop[vraag]).value = "ja" if i % 10 < deel else "nee"
        blad.cell(i, kop["trajecten_start"]).value = 2
        blad.cell(i, kop["trajecten_toegevoegd"]).value = i % 2
        blad.cell(i, kop["trajecten_geschrapt"]).value = 0
    boek.save(formulier)


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command wrote, with its form filled."""
    map_ = tmp_path_factory.mktemp("steekproef")
    assert main(["steekproef", str(_lijst(map_)), "--naar", str(map_ / "uit")]) == 0
    _vul(map_ / "uit" / "steekproef.xlsx")
    return map_ / "uit"


def _csv(map_: Path, rijen: list[str], naam: str = "formulier.csv", kop: tuple[str, ...] = KOP[:7]) -> Path:
    (pad := map_ / naam).write_text("\n".join([";".join(kop), *rijen]) + "\n", encoding="utf-8")
    return pad


def _rijen(ja: int, alle: int = 60) -> list[str]:
    return [f"h{i};gezin;g1;Noord;100;{'ja' if i < ja else 'nee'};" for i in range(alle)]


# --- what it makes ---------------------------------------------------------------------------------------------------


def test_een_map_met_een_gevuld_formulier_is_een_3_0(
    gevuld: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["effect", str(gevuld), *VAST, "--json", "--naar", str(tmp_path / "uit")]) == 0
    assert json.loads(capsys.readouterr().out)["versie"] == "3.0"
    assert not (tmp_path / "uit").exists()


@pytest.fixture(scope="module")
def e(gevuld: Path) -> Effectmeting:
    return mkba.effectmeting(gevuld / "steekproef.xlsx", "voorbeeld-1")


def _tekst(html: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(html))).replace("\N{NO-BREAK SPACE}", " ")


def test_elke_invoer_zegt_in_welke_kolom_zij_is_gevraagd(e: Effectmeting) -> None:
    rijen = e.invoer().frame.set_index("vraag")
    assert rijen.at["10. Nieuw gevonden huishoudens", "herkomst"] == "bijgewerkt"
    assert rijen.at["10. Nieuw gevonden huishoudens", "bron"].startswith("steekproef: kolom nieuw, gewogen tegen")
    assert rijen.at["13. Minder consulten eerste lijn", "bron"].startswith(
        "steekproef: kolom succes.consulten, gewogen"
    )
    assert rijen.at["15. Terugvalpercentage", "herkomst"] == "bijgewerkt"
    assert rijen.at["11. Meer trajecten in bestaande cases", "bron"].startswith(
        "steekproef: trajecten_toegevoegd van trajecten_start, bestaande huishoudens"
    )
    escalatie = rijen.loc["14. Voorkomen escalatie: Gezinnen"]
    assert escalatie["herkomst"] == "gemeten, afgeschermd"
    assert "te weinig ja of nee om te tonen" in escalatie["bron"]
    assert "te weinig trajecten" in rijen.at["12. Minder trajecten in nieuwe cases", "bron"]
    assert rijen.at["13. Meer direct naar werk", "herkomst"] == "opgegeven"  # nobody was asked
    assert rijen.at["1. Aantal huishoudens in aanpak", "bron"] == "het plan"


def test_de_pagina_zegt_wat_een_oordeel_van_generalisten_is(e: Effectmeting) -> None:
    assert "MKBA 3.0: ook effecten zijn gemeten, met een steekproef: het oordeel van generalisten" in _tekst(
        e.oordeel().data
    )
    lezing = _tekst(e.lezing().data)
    oordeel = _tekst(e.oordeel().data)
    assert (
        "niet door een meting: bij 13. Minder consulten eerste lijn begint het wegen bij het kengetal en niet bij wat "
        "was ingevuld en bij 11. Meer trajecten in bestaande cases begint het wegen bij 3,3%, het gemiddelde van het "
        "bereik"
    ) in oordeel
    assert "antwoorden over ongeveer 70 huishoudens uit een caseload van ongeveer" in lezing
    assert "niveau 1 op de schaal van Maryland" in lezing
    assert "Met welk zaad staat op het blad herkomst van het formulier" in lezing
    assert "geen generalist zo zwaar weegt" in _tekst(e.privacy().data)
    assert "Van elk huishouden op het formulier is er een antwoord." in _tekst(e.uitval_in_woorden().data)
    assert "Bereik (vraag 1 tot en met 5) is het plan" in _tekst(e.niet_gemeten().data)
    grenzen = _tekst(e.grenzen().data)
    assert "telt een huishouden daarom voor 25% tegen het kengetal" in grenzen
    assert "eerder te hoog dan te laag" in grenzen
    assert re.search(r"spreken elkaar tegen bij .*13\. .*Minder consulten eerste lijn.*: de 95%-intervallen", grenzen)
    weegt = [k.gewicht for k in e.model.bijwerking.knoppen if k.sleutel in ("meer", "succes.consulten")]
    assert (
        f"Van het nieuwe getal is daar {100 * (1 - weegt[0]):.0f}% en {100 * (1 - weegt[1]):.0f}% kengetal" in grenzen
    )
    assert "een moment" in _tekst(e.monitoring().data)
    assert "Er is geen tabel gebied" in _tekst(e.wijken().data)
    assert len(e.uitval()) == len(e.escalaties()) == len(e.lezingen()) == 0
    assert "vraagt niet naar soorten trajecten" in _tekst(e.lezingen_in_woorden().data)
    assert e.teken.knoppen().get_title(loc="left") == "Van kengetal naar meting, met 95%-intervallen"  # type: ignore[union-attr]


def test_team_en_gebied_erbij(gevuld: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for naam in ("team", "gebied"):
        (tmp_path / f"{naam}.csv").write_text(GOED[naam], encoding="utf-8")
    f = lees_meetbron([gevuld, tmp_path])
    assert isinstance(f, Formulier)
    m, _ = meet_formulier(f, laad())
    assert m.lezing.tabellen == ("steekproef", "team", "gebied")
    assert m.antwoorden["fte"].waarde == 4
    assert m.wijken
    assert f.vreemde_teams == 0
    (tmp_path / "team.csv").write_text(GOED["team"].replace("Noord", "Oost"), encoding="utf-8")
    assert main(["effect", str(gevuld), str(tmp_path), *VAST]) == 0
    gezegd = capsys.readouterr()
    assert "Formulier van een steekproef: 70 van 70 huishoudens ingevuld." in gezegd.out
    assert "1 team uit het formulier staat niet in de tabel team" in gezegd.err
    assert "g1" not in schrijf_meting(m).replace('"', " ").split()


def test_te_weinig_om_te_tonen_is_een_2_0_die_zegt_wat_helpt(tmp_path: Path) -> None:
    pad = _csv(tmp_path, [r.replace(";ja;", ";ja;nee").replace(";nee;", ";nee;nee") for r in _rijen(20)])
    e = mkba.effectmeting(pad, "voorbeeld-1")
    zin = _tekst(e.oordeel().data)
    assert "MKBA 2.0: van de steekproef is alleen vraag 10 te tonen; de effecten zijn verwachtingen." in zin
    assert "Een vraag telt vanaf 10 huishoudens met ja en 10 met nee. Nu zijn er ongeveer 60 huishoudens" in zin
    assert "--per-generalist 20" in zin
    niets = _tekst(mkba.effectmeting(_csv(tmp_path, _rijen(4, 8)), "voorbeeld-1").oordeel().data)
    assert "MKBA 1.0: van deze steekproef is niets te tonen." in niets


# --- what it says ----------------------------------------------------------------------------------------------------


def test_wat_geen_gevuld_formulier_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lijst = _lijst(tmp_path)
    gezegd = fout(capsys, "effect", str(lijst), *VAST)
    assert "dit is een caseload om een steekproef uit te trekken" in gezegd
    assert "geef dan steekproef.xlsx" in gezegd
    assert main(["steekproef", str(lijst), "--naar", str(tmp_path / "uit")]) == 0
    capsys.readouterr()
    gezegd = fout(capsys, "effect", str(tmp_path / "uit"), *VAST)
    assert "er is niets ingevuld" in gezegd
    assert "leeg is niet bekend" in gezegd
    (iets := tmp_path / "iets.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    gezegd = fout(capsys, "effect", str(iets), *VAST)
    assert "er is geen rij met de namen van de kolommen" in gezegd
    assert "Het formulier van een steekproef (`mkba steekproef`) kan ook" in gezegd
    gezegd = fout(capsys, "steekproef", str(tmp_path / "uit" / "steekproef.xlsx"), "--naar", str(tmp_path / "weer"))
    assert "dit is het formulier van een steekproef en geen caseload" in gezegd
    assert not (tmp_path / "weer").exists()
    zonder = _csv(tmp_path, ["h1;gezin;g1;ja;nee"], kop=("pseudoniem", "type", "generalist", "nieuw", "terugval"))
    assert "Gebruik het formulier dat `mkba steekproef` maakte" in fout(capsys, "effect", str(zonder), *VAST)
    slecht = _csv(tmp_path, ["h1;gezin;g1;Noord;100;misschien;"])
    gezegd = fout(capsys, "effect", str(slecht), *VAST)
    assert "dit is geen ja of nee" in gezegd
    assert "misschien" not in gezegd


def test_een_kolom_met_een_schrijffout_valt_niet_stil_weg(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a question whose head is misspelt nothing would count; a question without a column is said."""
    kop = (*KOP[:6], "succes.financieel_stabil")
    gezegd = fout(capsys, "effect", str(_csv(tmp_path, [f"{r}ja" for r in _rijen(20)], kop=kop)), *VAST)
    assert "succes.financieel_stabiel = (niet getoond)" in gezegd
    assert "de kop van kolom 7 lijkt op succes.financieel_stabiel en is het niet" in gezegd
    assert "Noem kolom 7 succes.financieel_stabiel, of verwijder haar." in gezegd
    assert main(["effect", str(_csv(tmp_path, _rijen(20))), *VAST]) == 0
    gezegd = capsys.readouterr().err
    assert "Zonder kolom in het formulier, dus niet gevraagd: trajecten_start" in gezegd
    assert "escalatie en terugval." in gezegd
    assert "succes.financieel_stabiel" not in gezegd


def test_meer_geschrapt_dan_er_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kop = (*KOP[:5], "trajecten_start", "trajecten_toegevoegd", "trajecten_geschrapt")
    rijen = ["h1;gezin;g1;Noord;100;1;1;2", "h2;gezin;g1;Noord;100;1;1;3", "h3;gezin;g1;Noord;100;1;;3"]
    gezegd = fout(capsys, "effect", str(_csv(tmp_path, rijen, kop=kop)), *VAST)
    assert "1 fout in de invoer" in gezegd
    assert "formulier.csv, rij 3" in gezegd
    assert "er is meer geschrapt dan er bij de start liep en is toegevoegd, samen" in gezegd


def test_wat_niet_samengaat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    een, ander = _csv(tmp_path, _rijen(20)), _csv(tmp_path, _rijen(25), "ander.csv")
    assert "er zijn 2 formulieren van een steekproef" in fout(capsys, "effect", str(een), str(ander), *VAST)
    huishoudens = str(paden.data() / "voorbeeldstad" / "huishoudens.csv")
    gezegd = fout(capsys, "effect", str(een), huishoudens, *VAST)
    assert "dat doet het formulier van een steekproef ook" in gezegd
    assert "Geef bij het formulier alleen team en gebied" in gezegd
    (sleutel := tmp_path / "sleutel.txt").write_text(secrets.token_hex(32), encoding="utf-8")
    gezegd = fout(capsys, "effect", str(een), *VAST, "--koppelsleutel", str(sleutel))
    assert "een formulier van een steekproef heeft al pseudoniemen" in gezegd
    assert "worden afgerond op 5 tot en met 10" in fout(capsys, "effect", str(een), *VAST, "--afronding", "0")
    assert main(["effect", str(een), *VAST, "--nulmeting", "60%"]) == 2
    gezegd = capsys.readouterr().err
    assert "dit gaat over vraag 18, en een formulier van een steekproef vraagt daar niet naar" in gezegd
    assert "Laat --nulmeting weg" in gezegd
    assert main(["effect", str(een), *VAST, "--grondslag", "bedreigd"]) == 2
    assert "Laat --grondslag weg" in capsys.readouterr().err


def test_een_plan_waarin_vraag_16_tot_en_met_18_al_tellen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They would count on, beside the form, in a report that says that they do not; switched off, none does."""
    formulier, figuur = _csv(tmp_path, _rijen(20)), mkba.aanpak("effectmeting")
    gezegd = fout(capsys, "effect", str(formulier), "--aanpak", "effectmeting", "--droog")
    assert "in dit plan tellen vraag 16 tot en met 18 al, als uitkomst van een meting" in gezegd
    assert "zet dit op nee" in gezegd
    figuur.met({"effectmeting.gebruik": False}).bewaar(tmp_path / "uit.toml")
    assert main(["effect", str(formulier), "--aanpak", str(tmp_path / "uit.toml"), "--droog"]) == 0
    e = mkba.effectmeting(formulier, tmp_path / "uit.toml")
    leeg = e.na.invoer.effectmeting
    assert leeg is None or not (leeg.gebruik or leeg.meer.nieuw.aantal or leeg.voorkomen.huisuitzetting)


def test_een_veranderd_formulier_in_dezelfde_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    naar = tmp_path / "uit"
    naar.mkdir()
    f = lees_meetbron([_csv(tmp_path, _rijen(20))])
    assert isinstance(f, Formulier)
    (naar / geheugen.BESTAND).write_text(geheugen.als_tekst(meet_formulier(f, laad())[0].delen), encoding="utf-8")
    args = ("--aanpak", "voorbeeld-1", "--naar", str(naar), "--droog")
    assert main(["effect", str(_csv(tmp_path, _rijen(20))), *args]) == 0
    capsys.readouterr()
    gezegd = fout(capsys, "effect", str(_csv(tmp_path, _rijen(24))), *args)
    assert "een steekproef: het formulier is veranderd" in gezegd
    assert "verwijder dan de hele map" in gezegd


@pytest.mark.traag
def test_het_hele_rapport(gevuld: Path, tmp_path: Path) -> None:
    """In one command; no pseudonym and no generalist in any file of it, and only the parts that a form speaks of."""
    uit = tmp_path / "uit"
    assert main(["effect", str(gevuld), "--aanpak", "voorbeeld-1", "--naar", str(uit), "--formaten", "tabellen"]) == 0
    (pagina,) = uit.glob("*-effectmeting.html")
    tekst = _tekst(pagina.read_text(encoding="utf-8"))
    for kop in ("Het oordeel", "Elke invoer", "Van kengetal naar meting", "Wat dit niet zegt", "Niet in dit rapport"):
        assert kop in tekst, kop
    assert "zonder de grenzen bij uitval, vraag 16 tot en met 18" in tekst
    assert "Gevolgd na 0, 6" not in tekst
    for pad in (p for p in uit.rglob("*") if p.is_file() and p.suffix in (".html", ".json", ".csv", ".toml", ".ipynb")):
        inhoud = pad.read_text(encoding="utf-8")
        assert not re.search(r"\bh\dx\d", inhoud), pad
        assert not re.search(r"\bg[0-6]\b", inhoud), pad

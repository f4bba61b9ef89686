"""Doelgroepen, profielen and a registration through the front door."""

from functools import partial
from pathlib import Path

import openpyxl
import pytest

import mkba
from mkba.deur.gebieden import Doelgroepen
from mkba.invoer.cbs.dienst import wijken_van
from mkba.kern.bestand import paden
from mkba.tests.odata_server import dienst
from mkba.tests.odata_server import tabel as cbs_tabel
from mkba.uitvoer.figuur import Assen
from mkba.uitvoer.tabel import Tabel

VOORBEELD = paden.data() / "voorbeeldgemeente"


@pytest.fixture(scope="module")
def wijken() -> Doelgroepen:
    return mkba.doelgroepen(cijfers="voorbeeldgemeente", naam="Waterstad")


def test_een_voorbeeld_bij_naam_is_zijn_bestand(
    wijken: Doelgroepen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From any folder; and a file of that name that somebody has goes before it."""
    monkeypatch.chdir(tmp_path)
    zelf = mkba.doelgroepen(cijfers=VOORBEELD / "kerncijfers.json")
    assert (zelf.model.aantallen == wijken.model.aantallen).all()
    genoemd, gegeven = (mkba.registratie(n).indeling() for n in ("voorbeeldgemeente", VOORBEELD / "registratie.csv"))
    assert genoemd.tabel().als_html() == gegeven.tabel().als_html()
    budget = [wijken.profielen(n).budget().frame for n in ("voorbeeldgemeente", VOORBEELD / "rekening.csv")]
    assert budget[0].equals(budget[1])
    assert mkba.aanpak("voorbeeldgemeente", rij="Waterstad (verzonnen), Binnenstad").huishoudens > 0
    (tmp_path / "voorbeeldgemeente").write_text("iets anders", encoding="utf-8")
    for lezer in (mkba.registratie, mkba.aanpak, lambda n: mkba.doelgroepen(cijfers=n), wijken.profielen):
        with pytest.raises(mkba.InvoerFout) as fout:
            lezer("voorbeeldgemeente")
        assert "voorbeeldgemeente" in str(fout.value)


def test_een_voorbeeld_dat_niet_bestaat_is_een_bestand_dat_niet_bestaat(tmp_path: Path) -> None:
    with pytest.raises(mkba.InvoerFout, match="bestaat niet"):
        mkba.doelgroepen("WK999901", "voorbeeldgemeent")
    with pytest.raises(mkba.InvoerFout, match=r"csv of xlsx"):
        mkba.registratie("voorbeeldgemeent")


def test_doelgroepen_tonen_ruwe_getallen(wijken: Doelgroepen, tmp_path: Path) -> None:
    tabel = wijken.per_gebied()
    alle = tabel.frame.iloc[-1]
    assert (alle["gebied"], alle["huishoudens"]) == ("Alle gebieden", 17_700)
    mv = wijken.model.totaal[:, 1:].sum() / wijken.model.totaal.sum()
    assert alle["mv"] == mv, "not rounded"
    assert alle["mv laag"] < mv < alle["mv hoog"]
    blad = openpyxl.load_workbook(tabel.naar_xlsx(tmp_path / "t.xlsx")).worksheets[0]
    (cel,) = [c for rij in blad.iter_rows() for c in rij if c.value == pytest.approx(mv, rel=1e-12)]
    assert cel.number_format == "0.0%"
    per_type = {"Gezinnen": "decimaal2", "Ouderen": "decimaal2", "Overige huishoudens": "decimaal2"}
    assert wijken.index().maat == {**per_type, "eigen": "fractie1", "mv zonder jeugdhulp": "fractie1"}
    bereik = wijken.aannamen().frame.set_index("kengetal").filter(like="doelgroep.bereik]", axis=0).iloc[0]
    assert (bereik["waarde"], bereik["laag"].waarde, bereik["hoog"].waarde) == (0.5, 0.2, 0.7)


def test_eigen_totalen_als_bestand_of_in_de_regel(wijken: Doelgroepen) -> None:
    """The same totals from a file and typed in; a word that is no domain is named."""
    gegeven = wijken.profielen({"jeugd": 4_000_000.0}).budget().frame
    assert gegeven["Jeugd"].iloc[-1] == pytest.approx(4_000_000)
    with pytest.raises(mkba.InvoerFout, match=r"jeud.*geen domein"):
        wijken.profielen({"jeud": 1.0})


def test_alle_wijken_van_een_gemeente(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with dienst(cbs_tabel()) as server:
        monkeypatch.setattr(
            "mkba.deur.gebieden.wijken_van", partial(wijken_van, basis_url=server.url, bewaarmap=tmp_path)
        )
        assert mkba.wijken("GM9901") == ["WK990102", "WK9901MA"]
        with pytest.raises(mkba.InvoerFout, match="geen gemeente"):
            mkba.wijken("WK990102")


@pytest.mark.traag
def test_alles_is_voor_een_notebook_te_zien(wijken: Doelgroepen) -> None:
    profielen = wijken.profielen("voorbeeldgemeente")
    for figuur in (
        wijken.teken(),
        wijken.teken_gebieden(),
        *(getattr(profielen.teken, naam)() for naam in ("profielen", "sprongen", "groepen", "budget", "op_maat")),
    ):
        assert isinstance(figuur, Assen)
        gegevens, over = figuur._repr_mimebundle_()
        assert "image/png" in gegevens
        assert len(over["image/png"]["alt"]) > 40
    for tabel in (
        wijken.tabel(),
        wijken.aandelen(),
        profielen.tabel(),
        profielen.sprongen(),
        profielen.bevolkingstabel(),
        profielen.kosten(),
        profielen.groepen(),
        profielen.budget_per_huishouden(),
        profielen.op_maat.totalen(),
        profielen.op_maat.vergelijking(),
    ):
        assert isinstance(tabel, Tabel)
        assert tabel.als_html().startswith("<table")
    assert "Waterstad" in wijken.kop().data
    assert wijken.naam == wijken.eerste_aanpak().naam == "Waterstad"


def test_zonder_rekening_is_er_niets_op_maat(wijken: Doelgroepen) -> None:
    profielen = wijken.profielen()
    assert "geen eigen totalen" in profielen.op_maat._repr_mimebundle_()["text/html"]
    assert profielen.tabel().frame.equals(profielen.gepubliceerd.tabel().frame)


def test_bekende_typen_zijn_alle_drie_bekend() -> None:
    kies = partial(mkba.doelgroepen, "WK999901", "voorbeeldgemeente")
    bekend = kies(typetotalen={"gezin": 1000, "oudere": 1000, "overig": 1990})
    assert bekend.model.totaal.sum(axis=1) == pytest.approx([1000, 1000, 1990])
    onbekend = kies(typetotalen={"gezin": 0, "oudere": 0, "overig": 0})
    assert onbekend.tabel().frame.equals(kies().tabel().frame)
    with pytest.raises(mkba.InvoerFout, match="Geef alle drie"):
        kies(typetotalen={"gezin": 1000})
    with pytest.raises(mkba.InvoerFout, match="gezin, oudere, overig"):
        kies(typetotalen={"gezinnen": 1000})


def test_bewaren_schrijft_wat_er_staat(wijken: Doelgroepen, tmp_path: Path) -> None:
    caseload = mkba.registratie("voorbeeldgemeente").indeling(5)
    namen = [p.name for p in wijken.bewaar(tmp_path, caseload)]
    assert namen == [
        "waterstad-doelgroepen.csv",
        "waterstad.toml",
        "waterstad-registratie.toml",
        "waterstad-caseload.csv",
    ]
    assert wijken.bewaar("") == []
    assert mkba.aanpak(tmp_path / "waterstad.toml").huishoudens == wijken.eerste_aanpak().huishoudens
    profielen = wijken.profielen("voorbeeldgemeente")
    eigen = {p.name: p for p in profielen.bewaar(tmp_path)}["waterstad-profielen.toml"]
    assert mkba.kengetallen(eigen=eigen).afwijkingen.keys() <= mkba.kengetallen().getallen.keys()


def test_een_registratie_verklapt_niets(tmp_path: Path) -> None:
    """Neither the object nor its parts show a value, a header that is no word of ours, or an exact total."""
    pad = tmp_path / "r.csv"
    regels = [f"A{n};gezin;3;3;Geheimnaam {n};x" for n in range(40)]
    pad.write_text("\n".join(["id;type;financien;huisvesting;geheimveld;zrm_lijst", *regels]), encoding="utf-8")
    registratie = mkba.registratie(pad)
    indeling = registratie.indeling(5)
    getoond = [
        *(repr(registratie), repr(registratie.model), repr(indeling), repr(indeling.model)),
        *(indeling.tabel().als_html(), indeling.antwoorden().als_html(), indeling.toelichting().data),
    ]
    assert "kolom 5 (E)" in getoond[0]
    assert "zrm_lijst" in getoond[0]
    for tekst in getoond:
        assert "geheim" not in tekst.casefold()
        assert "A17" not in tekst


def test_zonder_registratie() -> None:
    geen = mkba.registratie("").indeling(5)
    assert repr(geen) == "Geen registratie"
    assert geen.tabel().als_html() == geen.antwoorden().als_html() == geen.toelichting().data == ""
    with pytest.raises(mkba.InvoerFout, match="zonder registratie"):
        geen.eerste_aanpak("x")

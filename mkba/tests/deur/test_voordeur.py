"""The front door as docs/DESIGN prints it: every line true, every object with a help, a repr and completion."""

import inspect
import pickle
import pydoc
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from matplotlib.axes import Axes

import mkba
from mkba.kern.bestand import paden
from mkba.uitvoer.figuur import Assen

KERNCIJFERS = paden.data() / "voorbeeldgemeente" / "kerncijfers.json"
CASELOAD = paden.data() / "voorbeeldgemeente" / "registratie.csv"


@pytest.fixture(scope="module")
def a() -> Any:
    return mkba.aanpak("voorbeeld-1")


def test_importeren_haalt_niets_zwaars_binnen() -> None:
    zwaar = "{'numpy', 'pandas', 'scipy', 'matplotlib', 'IPython', 'nbconvert', 'pydantic'}"
    code = f"import mkba, sys; print(sorted({zwaar} & sys.modules.keys()))"
    uit = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert uit.stdout.strip() == "[]"


def test_kengetallen_vullen_hun_sleutels_aan() -> None:
    k = mkba.kengetallen()
    assert "kwaliteit.qaly_eur" in k._ipython_key_completions_()
    assert k["kwaliteit.qaly_eur"] == 20_000
    eigen = mkba.kengetallen(eigen={"kwaliteit.qaly_eur": 50_000})
    assert eigen["kwaliteit.qaly_eur"] == 50_000
    assert "1 vervangen" in repr(eigen).splitlines()[0]
    assert "kwaliteit.qaly_eur = 50.000 eur/qaly" in repr(eigen)
    assert "<th style='text-align:left'>kwaliteit</th><td>3</td>" in eigen._repr_html_()
    assert sum(int(regel.split()[-1]) for regel in repr(k).splitlines()[1:]) == len(k)


def test_uitkomst(a: Any, tmp_path: Path) -> None:
    u = a.bereken()
    assert u["saldo"] == pytest.approx(567739.17, abs=0.01)  # README; voorbeeld 1 prints 567.700
    assert "saldo" in u._ipython_key_completions_()
    assert "Totale kosten" in repr(u)
    assert u._repr_mimebundle_()["text/html"].startswith("<table")
    partijen = u.per_partij()
    assert partijen.frame.loc["Alle partijen", "saldo"] == pytest.approx(u["saldo"], abs=0.005)
    blad = openpyxl.load_workbook(partijen.naar_xlsx(tmp_path / "a.xlsx")).worksheets[0]
    assert any(c.value == pytest.approx(u["saldo"], abs=0.005) for rij in blad.iter_rows() for c in rij if c.value)


def test_grootboek_telt_op_tot_elk_kerngetal(a: Any) -> None:
    u = a.bereken()
    boek = u.grootboek()
    kosten = boek[boek["post"].isin(["kosten_aanpak", "frictiekosten", "kosten_extra_zorg"])]
    assert kosten["ncw_eur"].sum() == pytest.approx(u["totale_kosten"], abs=0.005)
    assert boek["ncw_eur"].sum() - 2 * kosten["ncw_eur"].sum() == pytest.approx(u["saldo"], abs=0.005)


@pytest.mark.parametrize("figuur", ["kosten_en_baten", "wie_betaalt", "kasstromen"])
def test_een_uitkomst_tekent_zichzelf(a: Any, figuur: str) -> None:
    ax = getattr(a.bereken().teken, figuur)()
    assert isinstance(ax, Assen)
    getoond, _ = ax._repr_mimebundle_()
    assert any(soort.startswith("image/") for soort in getoond), "the last expression of a cell shows the figure"
    assert "Axes" not in str(getoond.get("text/plain"))


def test_de_begroting_van_een_ander_jaar_heet_zo(a: Any) -> None:
    u = a.bereken()
    assert u.teken.wie_betaalt().get_title("left") == "Kosten en baten per partij, twee jaar na de start"
    assert u.teken.wie_betaalt(1).get_title("left") == "Kosten en baten per partij, 1 jaar na de start"
    assert u.begroting(1).bijschrift.startswith("Begroting na 1 jaar")
    assert u.begroting(1).frame.loc["Alle partijen", "baten"] < u.begroting().frame.loc["Alle partijen", "baten"]


def test_verloop(a: Any) -> None:
    v = a.verloop()
    assert v.frame.index.tolist() == list(range(1, 11))
    assert v.frame["saldo_maatschappelijk"].cumsum().tolist() == pytest.approx(
        v.frame["cumulatief_maatschappelijk"].tolist()
    )
    assert "terugverdiend in jaar" in repr(v)
    assert v._repr_mimebundle_()["text/html"] == v.tabel().als_html()
    assert isinstance(v.teken(), Axes)


def test_zinnen_wacht_en_bewaren(a: Any, tmp_path: Path) -> None:
    u, v, g, s = a.bereken(), a.verloop(), a.gevoeligheid(), a.simuleer(500)
    assert "567.700" in u.zinnen.samenvatting(v, g, s).data
    assert "Voorbeeld 1" in u.zinnen.kop("uit de <registratie>").data
    assert "uit de &lt;registratie&gt;" in u.zinnen.kop("uit de <registratie>").data
    assert "samenvatting()" in repr(u.zinnen)
    assert "trekkingen" in s.samenvatting().data
    paden_ = u.bewaar(tmp_path, v, g)
    assert [p.suffix for p in paden_] == [".csv"] * 3
    assert paden_[0].name in u.zinnen.bewaard(paden_).data
    dubbel = a.met({"substitutie.bestaand": 0.6, "escalatie.gezin": 0.05}).bereken().wacht()
    assert len(dubbel.tabel()) == len(dubbel.meldingen) > 0
    assert dubbel.tabel().frame["waarom"].iloc[0] in repr(dubbel)


def test_wat_een_lezer_zag_blijft_bij_wat_hij_las_ook_uit_een_werkboek(tmp_path: Path) -> None:
    """What deserved attention holds for what was read, not for changed answers."""
    b = mkba.aanpak("standaard")
    assert b.waarschuwingen() == tuple(b.meldingen)
    assert any(m.veld == "succes.consulten" for m in b.waarschuwingen())
    assert "Minder consulten" in b.waarschuwingen()._repr_html_()
    zonder = b.met({"succes.consulten": 0.0})
    assert zonder.meldingen == ()
    assert not any(m.veld == "succes.consulten" for m in zonder.waarschuwingen())
    assert any(m.veld == "succes.doorverwijzing" for m in zonder.waarschuwingen())
    boek = mkba.aanpak(b.naar_werkboek(tmp_path / "b.xlsx"))
    assert {m.veld for m in b.waarschuwingen()} <= {m.veld for m in boek.waarschuwingen()}
    assert boek.bereken()["saldo"] == b.bereken()["saldo"]


def test_wat_is_ingevuld_en_met_welke_kengetallen(a: Any) -> None:
    assert a.per_type().frame.shape[1] == 3
    assert a.antwoorden(15).frame["onderdeel"].tolist() == ["Terugvalpercentage"]
    assert a.zorgprofielen().frame.loc["Gezinnen, top / intramuraal", "totaal zoals gedrukt"] > 100_000
    assert a.statustelling().frame["aantal kengetallen"].sum() >= len(a.kengetallentabel())


@pytest.mark.parametrize(
    ("vraag", "naam"),
    [
        (lambda: mkba.aanpak(3), "aanpak"),  # type: ignore[arg-type]
        (lambda: mkba.aanpak("standaard", rij=4), "rij"),  # type: ignore[arg-type]
        (lambda: mkba.kengetallen(4), "regelset"),  # type: ignore[arg-type]
        (lambda: mkba.kengetallen(eigen=4), "kengetallen"),  # type: ignore[arg-type]
        (lambda: mkba.aanpak("standaard").bereken().zinnen.kop(4), "toelichting"),  # type: ignore[arg-type]
    ],
)
def test_een_verkeerde_soort_wordt_bij_naam_geweigerd(vraag: Any, naam: str) -> None:
    with pytest.raises(mkba.InvoerFout, match=rf"{naam} = \d+: dit is een getal, en hier hoort een tekst"):
        vraag()


def test_andere_antwoorden(a: Any) -> None:
    meer = a.met(nieuw=0.20, terugval=0.1)
    assert (meer.nieuw, meer.terugval, a.nieuw) == (0.20, 0.1, 0.05)
    assert a.met({"escalatie.gezin": 0.05}).escalatie.gezin == 0.05
    with pytest.raises(mkba.InvoerFout, match="nieuw"):
        a.met(nieuw=1.5)
    naast = mkba.vergelijk({"nu": a, "meer gevonden": meer})
    assert list(naast.frame.columns) == ["nu", "meer gevonden"]


def test_wie_toewijst_hoort_hoe_het_moet(a: Any) -> None:
    with pytest.raises(AttributeError, match=r"a\.met\(nieuw=0\.3\)"):
        a.nieuw = 0.3


def test_ook_een_deel_van_een_aanpak_wijst_naar_met() -> None:
    a = mkba.aanpak("voorbeeld-1")
    with pytest.raises(AttributeError, match=r"een aanpak verandert niet.*a\.met\(\{"):
        a.escalatie.gezin = 0.3
    with pytest.raises(KeyError, match=r"geen invoerveld.*Bedoelt u terugval\?"):
        a.reeks(terugvall=[0, 0.1])


def test_een_aanpak_die_al_sluit_toont_dat_in_een_cel() -> None:
    """A table without rows would be an empty cell."""
    sluit = mkba.aanpak("voorbeeld-1").combinatie()._repr_mimebundle_()
    assert "al sluitend" in sluit["text/html"]
    assert "al sluitend" in sluit["text/plain"]
    assert "<table" in mkba.aanpak("voorbeeld-2").combinatie()._repr_mimebundle_()["text/html"]


def test_help_noemt_eerst_wat_er_is_en_blijft_leesbaar() -> None:
    uitleg = pydoc.plain(pydoc.render_doc(mkba))
    vooraf = uitleg[: uitleg.index("PACKAGE CONTENTS")]
    assert all(naam in vooraf for naam in mkba.__all__)
    assert "_NestedSequence" not in uitleg, "een soort zoals numpy die uitschrijft leest niemand"


def test_een_onbekend_voorbeeld_noemt_wat_er_is() -> None:
    with pytest.raises(mkba.InvoerFout, match="voorbeeld-1, voorbeeld-2"):
        mkba.aanpak("voorbeeld-9")


def test_reeks_is_een_net_frame(a: Any) -> None:
    reeks = a.reeks(terugval=[0, 0.1, 0.2, 0.3])
    assert isinstance(reeks, pd.DataFrame)
    assert len(reeks) == 4
    los = [a.met(terugval=w).bereken()["saldo"] for w in reeks["terugval"]]
    np.testing.assert_allclose(reeks["saldo"], los, rtol=1e-12)
    assert reeks.attrs["eenheden"]["saldo"] == "euro"
    assert reeks.attrs["eenheden"]["terugval"] == "fractie"
    assert isinstance(reeks.teken(), Axes)
    vlak = a.reeks({"escalatie.gezin": [0.0, 0.03]}, terugval=[0, 0.1, 0.2])
    assert len(vlak) == 6, "different lengths: every combination"


def test_een_reeks_is_te_lezen_en_te_zien(a: Any) -> None:
    """Shares print as percentages, amounts to 100 euros, ratios in hundredths; two knobs are a line per value."""
    reeks = a.reeks({"kwaliteit.qaly_eur": [20_000, 50_000]}, terugval=[0, 0.1, 0.2])
    tabel = reeks.tabel("saldo", "kb_maatschappelijk")
    assert tabel.koppen()[:2] == ["kwaliteit.qaly_eur", "terugval"]
    (rij,) = [cellen for _, _, cellen in tabel.cellen() if list(map(str, cellen[:2])) == ["20.000", "20%"]]
    assert list(map(str, rij[2:])) == ["€\u00a0567.700", "1,63"]
    assert reeks.attrs["eenheden"]["kwaliteit.qaly_eur"] == "eur/qaly"
    ax = reeks.teken()
    assert len([lijn for lijn in ax.lines if lijn.get_marker() == "o"]) == 3
    assert "3 waarden" not in ax.alt
    assert "2 waarden van kwaliteit.qaly_eur, een lijn per waarde van Terugvalpercentage" in ax.alt
    assert ax.lines[0].get_ydata().tolist() == reeks.loc[reeks["terugval"] == 0, "saldo"].tolist()


def test_raster(a: Any) -> None:
    vlak = a.raster("nieuw", "terugval", punten=5)
    assert vlak.frame().shape == (5, 5)
    assert isinstance(vlak.teken(), Axes)


def test_simulatie(a: Any) -> None:
    s = a.simuleer(2_000, zaad=2014)
    assert s.kansen.frame.shape[0] == 3
    assert isinstance(s.teken.verdeling(), Axes)
    assert s.trekkingen.shape[0] == 2_000


def test_gevoeligheid(a: Any) -> None:
    assert isinstance(a.gevoeligheid().teken.tornado(), Axes)
    assert len(a.omslag().tabel()) > 5
    assert isinstance(a.scenarios().teken(), Axes)


def test_met_kengetallen(a: Any) -> None:
    hoger = a.met_kengetallen({"kwaliteit.qaly_eur": 50_000})
    assert hoger.bereken()["kb_maatschappelijk"] > a.bereken()["kb_maatschappelijk"]
    assert "kwaliteit.qaly_eur" in hoger.kengetallen.afwijkingen


def test_doelgroepen() -> None:
    wijk = mkba.doelgroepen("WK999901", cijfers=KERNCIJFERS)
    assert isinstance(wijk.teken(), Axes)
    eerste = wijk.eerste_aanpak()
    assert eerste.bereken()["totale_kosten"] > 0
    assert isinstance(wijk.profielen().teken.sprongen(), Axes)


def test_registratie() -> None:
    r = mkba.registratie(CASELOAD)
    assert "huishoudens" in repr(r)
    assert len(r.indeling().tabel()) > 1


def test_cohort() -> None:
    c = mkba.cohort([mkba.aanpak(n) for n in ("voorbeeld-1", "voorbeeld-2")], 500)
    assert len(c.plaatsen()) == 2
    assert isinstance(c.teken.uitkomsten(), Axes)


def test_reproductie() -> None:
    r = mkba.reproductie()
    assert "120" in repr(r)  # 6 cases x 20 numbers
    assert len(r.elk_getal()) == len(r.frame) == 120
    assert r.frame["binnen"].all()
    assert r.volgens_model().frame.loc["Totale kosten", "vb 1"] == pytest.approx(
        r.uitkomsten.at["totale_kosten", "Voorbeeld 1"]
    )
    ax = r.teken.afwijking("voorbeeld-1")
    assert isinstance(ax, Assen)
    assert ax.alt.endswith("vb 1.")
    assert isinstance(r.teken.verhoudingen(), Axes)
    assert isinstance(r.teken.kostenposten(), Axes)
    assert isinstance(r.teken.batenposten(), Axes)


def test_kalibratie() -> None:
    k = mkba.kalibratie()
    assert len(k.constanten()) == 21
    assert "54.535 eur" in repr(k)
    assert k.kosten_per_fte().frame["past"].tolist() == ["ja"] * 6
    assert isinstance(k.teken.weglaten(), Axes)


def test_meta_analyse_telt_als_mkba_reproduceer() -> None:
    m = mkba.meta_analyse()
    telling = m.telling().frame
    assert telling.loc["uitspraken", "aantal"] == 121  # of which 105 about the 13, 95 of them checked
    assert len(m.uitspraken()) == 105
    assert len(m.houdt_niet()) == telling.loc["samen", "houdt niet"]
    assert len(m.niet_na_te_rekenen()) == telling.loc["samen", "niet na te rekenen"]
    assert m["figuur 4.2"].gegevens().shape == (13, 3)
    assert "Figuur 4.6" in repr(m["figuur 4.6"])
    assert "houdt" in repr(m["tabel 4.5"].toetsen)
    with pytest.raises(KeyError, match="bijlage 3"):
        m["bijlage 9"]


def test_aanpak_zegt_wat_gegeven_is_en_wat_aangevuld() -> None:
    kaal = mkba.aanpak(
        {
            "naam": "Oost",
            "huishoudens": 500,
            "type": {"gezin": 0.5, "oudere": 0.2, "overig": 0.3},
            "fte": 6,
            "additioneel": 0,
            "disciplines": ("jeugd", "wi"),
        }
    )
    tekst = repr(kaal)
    assert "fte = 6" in tekst
    assert "terugval = " in tekst
    assert "terugval = 0.2  (k)" in tekst
    assert "eenmalig = 0  (b)" in tekst
    assert "succes.consulten = 0  (geen discipline)" in tekst
    assert "fte = 6\n" in tekst, "given: no mark"


def test_opslaan_en_inpakken(a: Any, tmp_path: Path) -> None:
    assert pickle.loads(pickle.dumps(a)).bereken()["saldo"] == a.bereken()["saldo"]
    assert mkba.aanpak(a.bewaar(tmp_path / "a.toml")).bereken()["saldo"] == a.bereken()["saldo"]


def test_rapport_uit_python(tmp_path: Path) -> None:
    uit = mkba.rapport("voorbeeld-1", naar=tmp_path / "uit", notebooks=[30])
    assert [r.status for r in uit.resultaten] == ["gelukt"]
    assert (tmp_path / "uit" / "index.html").is_file()


def test_notebooks_worden_uitgedeeld(tmp_path: Path) -> None:
    namen = {p.name for p in mkba.notebooks(tmp_path / "mijn")}
    assert "30_gemeenterapport.ipynb" in namen
    with pytest.raises(mkba.InvoerFout, match="30_gemeenterapport"):
        mkba.notebooks(tmp_path / "mijn")


@pytest.mark.parametrize("naam", mkba.__all__)
def test_elke_naam_heeft_hulp(naam: str) -> None:
    ding = getattr(mkba, naam)
    assert inspect.getdoc(ding), f"help(mkba.{naam}) says nothing"


def test_aanvulling_toont_geen_interne_namen(a: Any) -> None:
    assert set(dir(mkba)) == {*mkba.__all__, "__version__"}
    assert not [n for n in dir(a) if n.startswith("_")]
    assert {"bereken", "met", "reeks", "nieuw", "escalatie"} <= set(dir(a))

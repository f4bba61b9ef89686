"""Areas from file to report: chosen, written, calculated and rendered, with real and made-up statistics."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from IPython.display import HTML

from mkba.analyse.doelgroepen import statistiek as doelgroepen
from mkba.analyse.doelgroepen.eerste_aanpak import eerste_aanpak
from mkba.analyse.doelgroepen.profielen import bevolking_uit_doelgroepen
from mkba.analyse.doelgroepen.statistiek import uit_statistiek
from mkba.invoer.cbs import dienst as cbs
from mkba.invoer.cbs.bestanden import lees_gebieden
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.cbs.landelijk import maak_land
from mkba.invoer.lezen import lees_aanpak
from mkba.invoer.registratie.lezen import lees_registratie
from mkba.kern.bestand import paden
from mkba.kern.bestand.hashes import hash_tekst
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.gebied import schrijf_cijfers
from mkba.opdracht import main
from mkba.reeks.plan import gebieden as gebiedstaken
from mkba.reeks.plan.notebooks import parameters
from mkba.tests.hulp_cbs import KWB_KOP, KWB_LAND, KWB_WIJK, kwb
from mkba.tests.odata_server import dienst
from mkba.tests.odata_server import tabel as cbs_tabel
from mkba.uitvoer import bewaren
from mkba.uitvoer.aanpak import tabellen
from mkba.uitvoer.doelgroepen import figuren as figuren_doelgroepen
from mkba.uitvoer.doelgroepen import registratie as uit_registratie
from mkba.uitvoer.doelgroepen import tabellen as tabellen_doelgroepen
from mkba.uitvoer.doelgroepen import zinnen as tekst_doelgroepen
from mkba.uitvoer.kernpunten import invoerhash

WATERSTAD = paden.data() / "voorbeeldgemeente" / "kerncijfers.json"
ECHT = paden.data().parent.parent / "shared" / "data"


def test_zonder_codes_alle_wijken() -> None:
    nederland, gebieden, _ = kies_gebieden("", str(WATERSTAD))
    assert nederland.code == "NL00"
    assert [g.soort for g in gebieden] == ["wijk"] * 6


def test_codes_kiezen_in_de_gevraagde_volgorde() -> None:
    _, gebieden, _ = kies_gebieden("wk999905; WK999901", str(WATERSTAD))
    assert [g.naam for g in gebieden] == ["Tuindorp", "Binnenstad"]


def test_eigen_cijfers_komen_identiek_terug(tmp_path: Path) -> None:
    nederland, gebieden, _ = kies_gebieden("", str(WATERSTAD))
    pad = tmp_path / "cijfers.json"
    pad.write_text(schrijf_cijfers((nederland, *gebieden)), encoding="utf-8")
    assert kies_gebieden("", str(pad))[:2] == (nederland, gebieden)


@pytest.mark.parametrize(
    ("wijziging", "verwacht"),
    [
        ({"huishoudens": -5}, "huishoudens = -5"),
        ({"huishoudens": "veel"}, "huishoudens = 'veel'"),
        ({"wmo": float("nan")}, "wmo = nan"),
        ({"laag_inkomen": 9.2}, r"laag_inkomen = 9.2.*een deel van 0 tot en met 1 \(9,2% is 0.092\)"),
        ({"marge": None}, "marge = "),
        ({"jaar": 2024.5}, "jaar = 2024.5"),
        ({"naam": "a\nb"}, "naam"),
        ({"soort": "provincie"}, "soort = 'provincie'"),
        ({"inwonertal": 5}, "inwonertal = 5: dit veld bestaat niet"),
    ],
)
def test_een_fout_in_eigen_cijfers(tmp_path: Path, wijziging: dict[str, object], verwacht: str) -> None:
    inhoud = json.loads(WATERSTAD.read_text(encoding="utf-8"))
    inhoud["gebieden"][3] |= wijziging
    pad = tmp_path / "cijfers.json"
    pad.write_text(json.dumps(inhoud), encoding="utf-8")
    with pytest.raises(InvoerFout, match=f"(?s)gebied 4.*{verwacht}"):
        kies_gebieden("", str(pad))


@pytest.mark.parametrize(
    ("inhoud", "verwacht"),
    [
        ({"soort": "mkba-gebieden", "gebieden": []}, "geen gebied"),
        ({"soort": "mkba-gebieden", "gebieden": [5]}, "dit is geen gebied"),
        ({"soort": "mkba-gebieden", "gebieden": [{"naam": "x"}]}, "code.*ontbreekt"),
    ],
)
def test_onbruikbare_eigen_cijfers(tmp_path: Path, inhoud: object, verwacht: str) -> None:
    pad = tmp_path / "cijfers.json"
    pad.write_text(json.dumps(inhoud), encoding="utf-8")
    with pytest.raises(InvoerFout, match=f"(?s){verwacht}"):
        kies_gebieden("", str(pad))


def test_onbekende_code_en_niets_gekozen() -> None:
    with pytest.raises(InvoerFout, match=r"GM0001.*niet in de cijfers"):
        kies_gebieden("GM0001", str(WATERSTAD))
    with pytest.raises(InvoerFout, match="geen gebied gekozen"):
        kies_gebieden("", "")


def test_geen_indicator_geeft_een_standaardwijk_met_ruime_band(kengetallen: Kengetallen) -> None:
    _, (wijk, *_), _ = kies_gebieden("", str(WATERSTAD))
    d = uit_statistiek([wijk], maak_land(None, (), wijk.jaar), kengetallen)
    assert (d.index == 0).all()
    laag, hoog = d.mv_band[0]
    assert hoog - laag > 0.1
    assert "zegt niets over dit gebied" in tekst_doelgroepen.gebiedstekst(d, kengetallen).data


@pytest.mark.skipif(not ECHT.is_dir(), reason="../shared/data is er niet: geen echte CBS-cijfers om te toetsen")
@pytest.mark.parametrize(("jaar", "huishoudens"), [(2022, 10_890), (2023, 11_825)])
def test_echte_buurt_telt_op(kengetallen: Kengetallen, jaar: int, huishoudens: int) -> None:
    """A real buurt whose parts do not add up to its total (rounding to 5): households in = households out."""
    (buurt,) = [g for g in lees_gebieden(ECHT / "kwb_rows_BU05990110_2022_2023.json", jaar=jaar) if g.soort == "buurt"]
    assert buurt.huishoudens == huishoudens
    delen = (buurt.eenpersoons or 0) + (buurt.zonder_kinderen or 0) + (buurt.met_kinderen or 0)
    assert delen != huishoudens or jaar == 2023
    d = uit_statistiek([buurt], maak_land(None, (), jaar), kengetallen, trekkingen=100)
    assert d.hele_aantallen.sum() == huishoudens
    assert tabellen_doelgroepen.telling(d.totaal).frame.loc["Alle huishoudens", "Totaal"] == huishoudens


@pytest.mark.skipif(not ECHT.is_dir(), reason="../shared/data is er niet: geen echte CBS-cijfers om te toetsen")
def test_echt_bestand_zonder_huishoudens_wordt_geweigerd() -> None:
    with pytest.raises(InvoerFout, match="huishoudens"):
        kies_gebieden("GM0599", str(ECHT / "cbs_85984NED_2024_subset_gm_wk.csv"))


def test_tabellen_en_figuren_tellen_op(kengetallen: Kengetallen) -> None:
    nederland, gebieden, _ = kies_gebieden("", str(WATERSTAD))
    d = uit_statistiek(gebieden, nederland, kengetallen, trekkingen=200)
    telling = tabellen_doelgroepen.telling(d.totaal).frame
    assert telling.loc["Alle huishoudens", "Totaal"] == sum(int(g.huishoudens or 0) for g in gebieden) == 17_700
    assert telling.iloc[:-1, :-1].to_numpy().sum() == 17_700
    aandelen = tabellen_doelgroepen.aandelen(d.totaal)
    assert aandelen.sum(axis=1).to_numpy() == pytest.approx(np.ones(4))
    banden = tabellen_doelgroepen.banden(d)
    mv = aandelen[["zr", "nzr", "top"]].sum(axis=1)
    assert (banden["laag"] <= mv + 1e-9).all()
    assert (mv <= banden["hoog"] + 1e-9).all()
    ax = figuren_doelgroepen.doelgroepen(aandelen, banden, 0.85)
    hoogten = [p.get_height() for p in ax.patches]  # type: ignore[attr-defined]
    assert sum(hoogten) == pytest.approx(4.0)
    per_gebied = tabellen_doelgroepen.aandelen_per_gebied(d)
    ax = figuren_doelgroepen.gebieden(per_gebied, 0.15)
    breedten = [p.get_width() for p in ax.patches]  # type: ignore[attr-defined]
    assert sum(breedten) == pytest.approx(per_gebied[["zr", "nzr", "top"]].to_numpy().sum())
    assert "WK999901" in set(tabellen_doelgroepen.per_gebied(d).frame["code"])
    assert tabellen_doelgroepen.indextabel(d).frame.loc[5, "niet bekend"] == "bijstand, eenouder"
    assert set(tabellen_doelgroepen.aannamen(kengetallen).frame["status"]) == {"aanname", "gepubliceerd"}


def test_een_type_zonder_huishoudens_heeft_geen_aandelen(kengetallen: Kengetallen) -> None:
    """Not 0,0% in all classes, which would say that there are households in none of them."""
    aantallen = np.array([[10.0, 5.0, 5.0, 0.0], [0.0, 0.0, 0.0, 0.0], [20.0, 10.0, 10.0, 0.0]])
    tabel = tabellen_doelgroepen.aandelentabel(aantallen)
    assert list(tabel.frame.index) == ["Totaal", "Gezinnen", "Ouderen (geen huishoudens)", "Overige huishoudens"]
    html = tabel.als_html()
    (rij,) = [tr for tr in BeautifulSoup(html, "html.parser").find_all("tr") if "Ouderen" in tr.get_text()]
    assert [td.text for td in rij.find_all("td")] == ["–"] * 4
    assert "50,0%" in html
    ax = figuren_doelgroepen.doelgroepen(tabellen_doelgroepen.aandelen(aantallen))
    assert [t.get_text() for t in ax.get_xticklabels()] == ["Totaal", "Gezinnen", "Ouderen\n(geen)", "Overige hh"]
    eerste = eerste_aanpak(
        "x",
        {t: {"zr": r[1], "nzr": r[2]} for t, r in zip(("gezin", "oudere", "overig"), aantallen, strict=True)},
        kengetallen,
    )
    per_type = tabellen.bereik_per_type(eerste).frame
    zwaarte = per_type[per_type.index.str.contains("(nzr)", regex=False)].iloc[0]
    assert str(zwaarte["Ouderen"]) == "geen huishoudens"
    assert str(zwaarte["Gezinnen"]) == "50%"


def test_registratie_in_een_rapport_is_afgeschermd(kengetallen: Kengetallen) -> None:
    pad = paden.data() / "voorbeeldgemeente" / "registratie.csv"
    indeling = uit_registratie.deel_registratie_in(lees_registratie(str(pad)), kengetallen)
    assert indeling is not None
    tabel = BeautifulSoup(uit_registratie.tabel(indeling, kengetallen).als_html(), "html.parser")
    getallen = [int(td.text) for td in tabel.find_all("td") if td.text.strip().isdigit()]
    assert getallen
    assert all(n == 0 or n >= 10 for n in getallen)
    assert "Problematische schulden" in uit_registratie.antwoorden(indeling).als_html()
    uitleg = uit_registratie.toelichting(indeling).data
    assert "Tegenspraak" in uitleg
    assert "W004" not in uitleg
    geen = uit_registratie.figuur(None)
    assert isinstance(geen, HTML)
    assert "geen registratie" in geen.data
    assert uit_registratie.tabel(None, kengetallen).als_html() == uit_registratie.antwoorden(None).als_html() == ""


def test_codes_worden_rapporten(kengetallen: Kengetallen, tmp_path: Path) -> None:
    """Planned from the records, before anything stands there; the tasks point with typed values at what is written."""
    gebieden = gebiedstaken.lees(["wk999901", "WK999906"], kengetallen, str(WATERSTAD))
    notebooks = [next(paden.notebooks().glob(f"{n}_*.ipynb")) for n in ("10", "20", "30")]
    taken = gebiedstaken.gebied_taken(gebieden, notebooks, tmp_path, kengetallen)
    assert not list(tmp_path.iterdir())
    gebiedstaken.schrijf(gebieden, tmp_path)
    assert [t.slug for t in taken] == [
        "binnenstad-doelgroepenanalyse",
        "nieuwland-doelgroepenanalyse",
        "binnenstad-zorgconsumptieprofielen",
        "nieuwland-zorgconsumptieprofielen",
        "binnenstad",
        "nieuwland",
    ]
    for taak in taken:
        assert all(isinstance(w, str | int) for w in taak.parameters.values())
        assert set(taak.parameters) <= parameters(taak.notebook).keys()
    aanpak = lees_aanpak(tmp_path / "invoer" / "binnenstad.toml", kengetallen)
    assert aanpak.naam == "Binnenstad"
    for plan, taak in zip(gebieden.plannen, taken[4:], strict=True):  # what a report reads is what was planned with
        gelezen = lees_aanpak(Path(str(taak.parameters["aanpak"])), kengetallen)
        assert gelezen == plan.aanpak
        assert taak.kern["invoer"] == invoerhash(gelezen)
    assert taken[0].feiten["hashes"]["invoer"] == hash_tekst((tmp_path / "invoer" / "cijfers.json").read_bytes())
    anders = gebiedstaken.gebied_taken(
        replace(gebieden, plannen=gebieden.plannen[:1]),
        notebooks[:1],
        tmp_path,
        kengetallen.met({"doelgroep.bereik": 0.3}),
    )
    assert ("Afwijkende kengetallen", "doelgroep.bereik = 0,3") in anders[0].herkomst
    assert anders[0].sleutel != taken[0].sleutel


def test_de_voet_van_elk_rapport_noemt_wat_aan_de_kengetallen_is_veranderd(
    kengetallen: Kengetallen, tmp_path: Path
) -> None:
    """Of an area, of a first aanpak and of the cohort over all of them; also in the manifest."""
    gebieden = gebiedstaken.lees(["WK999901"], kengetallen, str(WATERSTAD))
    gebiedstaken.schrijf(gebieden, tmp_path)
    notebooks = [next(paden.notebooks().glob(f"{n}_*.ipynb")) for n in ("10", "20", "30", "45")]
    for eigen, verwacht, in_manifest in (
        (kengetallen, "geen", {}),
        (
            kengetallen.met({"kwaliteit.qaly_eur": 50_000.0}),
            "kwaliteit.qaly_eur = 50.000",
            {"kwaliteit.qaly_eur": 50_000.0},
        ),
    ):
        taken = gebiedstaken.gebied_taken(gebieden, notebooks, tmp_path, eigen)
        assert len(taken) == 4
        for taak in taken:
            assert [w for label, w in taak.herkomst if label == "Afwijkende kengetallen"] == [verwacht], taak.slug
            assert taak.feiten["afwijkingen"] == in_manifest


def test_gelijke_namen_en_onbruikbare_gebieden(kengetallen: Kengetallen, tmp_path: Path) -> None:
    nederland, (een, twee, *_), _ = kies_gebieden("", str(WATERSTAD))
    pad = tmp_path / "cijfers.json"
    pad.write_text(schrijf_cijfers((nederland, een, replace(twee, naam=een.naam))), encoding="utf-8")
    gelijk = gebiedstaken.lees([een.code, twee.code], kengetallen, str(pad))
    assert [p.aanpak.naam for p in gelijk.plannen] == ["Binnenstad (WK999901)", "Binnenstad (WK999902)"]
    pad.write_text(schrijf_cijfers((nederland, een, replace(twee, huishoudens=None))), encoding="utf-8")
    zonder = gebiedstaken.lees([een.code, twee.code], kengetallen, str(pad))
    assert ([p.gebied.code for p in zonder.plannen], [w.code for w in zonder.weggelaten]) == (
        ["WK999901"],
        ["WK999902"],
    )
    with pytest.raises(InvoerFout, match=r"WK999902 huishoudens.*geheim in de bron: huishoudens\."):
        gebiedstaken.lees([twee.code], kengetallen, str(pad))


@pytest.mark.parametrize(
    ("argumenten", "verwacht"),
    [
        (["WK999901", "voorbeeld-1"], "gaan niet samen"),
        (["WK999901", "--notebooks", "90"], "geen parameter gebieden of aanpak"),
        (["WK999999"], "niet in de cijfers"),
        (["voorbeeld-1"], "--cijfers hoort bij CBS-codes: dit is geen code; een naam is niet genoeg"),
        (["Waterstad"], "Een code is GM met 4 cijfers, WK met 6 of BU met 8 tekens, bijvoorbeeld GM0599"),
        (["NL00"], "Nederland krijgt zelf geen rapport"),
        (["WK999901", "GM999"], "Bedoelt u GM0999?"),
        (["WK999901", "--jaar", "2022"], "gegevens van 2024, en gevraagd is 2022. Laat --jaar"),
    ],
)
def test_opdrachtregel_weigert(
    argumenten: list[str], verwacht: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    naar = tmp_path / "uit"
    assert main(["rapport", *argumenten, "--cijfers", str(WATERSTAD), "--naar", str(naar)]) == 2
    fout = " ".join(capsys.readouterr().err.split())
    assert verwacht in fout
    assert not list(naar.glob("*.html"))


@pytest.mark.parametrize(
    ("argumenten", "verwacht"),
    [
        (["voorbeeld-1", "--notebooks", "10"], "parameter aanpak"),
        (["voorbeeld-1", "--notebooks", "30,35"], "parameter aanpak"),
        (["voorbeeld-1", "--jaar", "2022"], "--jaar hoort bij CBS-codes"),
    ],
)
def test_opdrachtregel_zonder_cijfers_weigert(
    argumenten: list[str], verwacht: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rapport", *argumenten, "--naar", str(tmp_path / "uit")]) == 2
    assert verwacht in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "uit").exists()


RAAR = """gwb_code_10;regio;gm_naam;a_inw;a_65_oo;a_hh;a_1p_hh;a_hh_z_k;a_hh_m_k;p_hh_lkk
NL00;Nederland;;17800000;3500000;8200000;3300000;2300000;2600000;6,2
WK999801;Bedrijventerrein;Voorbeeld;20;0;0;0;0;0;.
WK999803;Raar;Voorbeeld;100;300;50;60;30;20;.
WK999804;Klein;Voorbeeld;15;0;5;5;0;0;.
WK999805;Gezinnen;Voorbeeld;2000;0;500;0;0;500;80
WK999806;Geheim;Voorbeeld;2000;.;500;.;.;.;.
"""


def raar(map_: Path) -> str:
    pad = map_ / "raar-2024.csv"
    pad.write_text(RAAR, encoding="utf-8")
    return str(pad)


def verberg_rij(boek: Any) -> None:
    boek["KWB2024"].row_dimensions[3].hidden = True


def verberg_kolom(boek: Any) -> None:
    boek["KWB2024"].column_dimensions["H"].hidden = True  # a_65_oo


def verberg_blad(boek: Any) -> None:
    boek["KWB2024"].sheet_state = "hidden"


@pytest.mark.parametrize(
    ("verberg", "wat"),
    [(None, ""), (verberg_rij, "rij 3"), (verberg_kolom, "kolom H"), (verberg_blad, "het blad")],
)
def test_wat_verborgen_is_telt_mee_en_wordt_genoemd(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verberg: Callable[[Any], None] | None, wat: str
) -> None:
    """A row that was filtered away in Excel counts all the same, and who reads the report hears of it."""
    pad = kwb(tmp_path / "kwb-2024.xlsx", [KWB_LAND, KWB_WIJK])
    if verberg is not None:
        boek = openpyxl.load_workbook(pad)
        verberg(boek)
        boek.save(pad)
    assert main(["rapport", "WK9901MA", "--cijfers", str(pad), "--droog"]) == 0
    gezegd = " ".join(capsys.readouterr().err.split())
    assert ("verborgen of weggefilterd" in gezegd) == bool(wat)
    assert not wat or f"in het bestand verborgen of weggefilterd, en wel meegeteld: {wat}. Maak zichtbaar" in gezegd
    # the notebooks of a batch read it from the file of the batch
    nederland, gekozen, _ = kies_gebieden("WK9901MA", str(pad))
    eigen = tmp_path / "cijfers.json"
    eigen.write_text(schrijf_cijfers((nederland, *gekozen)), encoding="utf-8")
    assert [g.verborgen for g in kies_gebieden("WK9901MA", str(eigen))[1]] == [wat]


def test_een_fout_in_de_cijfers_noemt_het_bestand_en_de_rij(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not "CBS StatLine 85984NED": who must mend it looks in a file."""
    kop = KWB_KOP.split()
    te_oud = [30_000 if k == "a_65_oo" else w for k, w in zip(kop, KWB_WIJK, strict=True)]
    pad = kwb(tmp_path / "kwb-2024.xlsx", [KWB_LAND, te_oud])
    assert main(["rapport", "WK9901MA", "--cijfers", str(pad), "--droog"]) == 2
    gezegd = " ".join(capsys.readouterr().err.split())
    assert "kwb-2024.xlsx, rij 3" in gezegd
    assert "Controleer deze regel in het bestand" in gezegd
    assert "StatLine" not in gezegd


def test_een_fout_in_een_eigen_bestand_noemt_dat_bestand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rijen = json.loads(WATERSTAD.read_text(encoding="utf-8"))
    wijk = next(n for n, rij in enumerate(rijen["gebieden"]) if rij["code"] == "WK999901")
    rijen["gebieden"][wijk]["ouderen"] = 500_000
    (tmp_path / "eigen.json").write_text(json.dumps(rijen), encoding="utf-8")
    assert main(["rapport", "WK999901", "--cijfers", str(tmp_path / "eigen.json"), "--droog"]) == 2
    assert f"eigen.json, gebied {wijk + 1}" in " ".join(capsys.readouterr().err.split())


def test_opdracht_laat_weg_zegt_waarom_en_gaat_door(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No households, impossible or secret numbers: named with a reason, in text and in JSON; exit code 1."""
    codes = ["WK999801", "WK999803", "WK999804", "WK999805", "WK999806"]
    opdracht = ["rapport", *codes, "--cijfers", raar(tmp_path), "--droog"]
    assert main(opdracht) == 1
    uit, fout = (" ".join(tekst.split()) for tekst in capsys.readouterr())
    assert "6 te maken" in uit
    assert "Weggelaten, 3 gebieden zonder rapport:" in fout
    assert "Bedrijventerrein (WK999801): huishoudens (0): hier wonen geen particuliere huishoudens" in fout
    assert "Raar (WK999803): personen van 65 of ouder (300): dit is meer dan alle 100 inwoners." in fout
    assert "Geheim (WK999806)" in fout
    assert "WK999804 huishoudens = '5' dit zijn er minder dan 100" in fout
    assert "een aanpak heeft minstens een huishouden" in fout
    assert (
        "WK999805 huishoudens met een laag inkomen = '80%' dit is 12,9 keer zo hoog als het landelijke cijfer" in fout
    )
    assert main([*opdracht, "--json"]) == 1
    samenvatting = json.loads(capsys.readouterr().out)
    assert [w["code"] for w in samenvatting["weggelaten"]] == ["WK999801", "WK999803", "WK999806"]
    assert "geen particuliere huishoudens" in samenvatting["weggelaten"][0]["reden"]


@pytest.mark.parametrize(
    ("naam", "inhoud", "verwacht"),
    [
        ("kwb-2024.csv", "gwb_code;a_hh;p_hh_lkk\nWK999801;500;0,092\n", "Vermenigvuldig de kolom met 100"),
        ("kwb-2024.csv", "gwb_code;a_hh\nWK999801;5%\n", "dit is een percentage, en hier hoort een aantal"),
        ("cijfers.csv", "gwb_code;a_hh\nWK999801;500\n", "Geef het jaar erbij: --jaar 2024 op de opdrachtregel"),
        ("kaart_2024.csv", f'WKT;WK_CODE;AANTAL_HH\n"{"9 " * 70_000}";WK999801;500\n', "zonder geometrie"),
        ("kaart_2024.csv", "WK_CODE;AANTAL_HH\nWK999801;-99997\n", "geheim in de bron: huishoudens"),
        ("kwb-2024.csv", "gwb_code;a_hh;a_hh_m_k;a_65_oo\nWK999801;NA;#N/B;nan\n", "geheim in de bron: huishoudens"),
    ],
)
def test_opdracht_zegt_wat_er_aan_de_cijfers_is(
    naam: str, inhoud: str, verwacht: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / naam).write_text(inhoud, encoding="utf-8")
    naar = tmp_path / "uit"
    assert main(["rapport", "WK999801", "--cijfers", str(tmp_path / naam), "--naar", str(naar)]) == 2
    assert verwacht in " ".join(capsys.readouterr().err.split())
    assert not naar.exists()


@pytest.mark.parametrize("tabel", ["85984NED_UntypedDataSet.csv", "kwb-2024.csv"])
def test_opdracht_weigert_een_ander_jaar_dan_de_naam(
    tabel: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / tabel).write_text(RAAR, encoding="utf-8")
    assert main(["rapport", "WK999805", "--cijfers", str(tmp_path / tabel), "--jaar", "2022", "--droog"]) == 2
    assert "volgens zijn naam gaat dit bestand over 2024" in capsys.readouterr().err


def test_een_enkel_leeg_gebied_is_een_fout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    naar = tmp_path / "uit"
    assert main(["rapport", "WK999801", "--cijfers", raar(tmp_path), "--naar", str(naar)]) == 2
    assert "WK999801 huishoudens" in capsys.readouterr().err
    assert not naar.exists()


def test_rapport_en_overzicht_noemen_wat_er_niet_klopt(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """Page 10 of the area itself, the origin that page 30 prints, the manifest and the overview."""
    naar = tmp_path / "uit"
    codes = ["WK999801", "WK999804", "WK999805"]
    assert main(["rapport", *codes, "--cijfers", raar(tmp_path), "--notebooks", "10", "--naar", str(naar)]) == 1
    klein = BeautifulSoup((naar / "klein-doelgroepenanalyse.html").read_text(encoding="utf-8"), "html.parser").text
    assert "WK999804 huishoudens (5): dit zijn er minder dan 100" in klein
    assert "15,0%" in klein, "het aandeel van tabel 2.2, niet 1 van de 5 hele huishoudens"
    assert "20,0%" not in klein
    overzicht = BeautifulSoup((naar / "index.html").read_text(encoding="utf-8"), "html.parser").text
    assert "Bedrijventerrein (WK999801): huishoudens (0)" in overzicht
    assert "12,9 keer zo hoog als het landelijke cijfer" in overzicht
    gebieden = gebiedstaken.lees(["WK999805"], kengetallen, raar(tmp_path))
    assert "Let op: WK999805 huishoudens met een laag inkomen (80%)" in gebieden.plannen[0].herkomst


def test_aandelen_voor_het_afronden(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """Five households of type overig in a standaardwijk: 15% meervoudig (tabel 2.2), of which 10 in 15 zelfredzaam."""
    nederland, gebieden, _ = kies_gebieden("WK999804", raar(tmp_path))
    d = uit_statistiek(gebieden, nederland, kengetallen, trekkingen=1)
    assert tabellen_doelgroepen.per_gebied(d).frame.loc[0, "mv"] == pytest.approx(0.15)
    assert tabellen_doelgroepen.aandelen_per_gebied(d)[["zr", "nzr", "top"]].to_numpy().sum() == pytest.approx(0.15)
    aanpak = eerste_aanpak("Klein", d.per_klasse(), kengetallen)
    assert (aanpak.huishoudens, aanpak.type.overig) == (1, 1)
    top = kengetallen["doelgroep.top.overig"]
    assert aanpak.zwaarte.overig.zr == pytest.approx(0.10 / (0.15 - top), abs=1e-4)
    assert "minstens een huishouden" in tekst_doelgroepen.eerste_aanpak(aanpak).data


def test_notebook_zonder_leesbare_parameters(tmp_path: Path) -> None:
    pad = tmp_path / "kapot.ipynb"
    pad.write_text("{", encoding="utf-8")
    with pytest.raises(InvoerFout, match="niet te lezen"):
        parameters(pad)


def test_bekende_aantallen_per_type() -> None:
    assert doelgroepen.bekende_typen(0, 0, 0) is None
    assert doelgroepen.bekende_typen(1, 2, 3) == {"gezin": 1, "oudere": 2, "overig": 3}
    with pytest.raises(InvoerFout, match="van oudere is het aantal niet opgegeven"):
        doelgroepen.bekende_typen(5, 0, 3)


def test_bewaarde_doelgroepen_zijn_invoer_voor_een_rapport(kengetallen: Kengetallen, tmp_path: Path) -> None:
    """The csv adds up to the households; both TOML files read back as the aanpakken they were made from."""
    nederland, gebieden, _ = kies_gebieden("", str(WATERSTAD))
    d = uit_statistiek(gebieden, nederland, kengetallen, trekkingen=10)
    eerste = eerste_aanpak("Waterstad", d.per_klasse(), kengetallen)
    registratie = lees_registratie(paden.data() / "voorbeeldgemeente" / "registratie.csv")
    indeling = uit_registratie.deel_registratie_in(registratie, kengetallen)
    team = uit_registratie.aanpak(indeling, "Waterstad", kengetallen)
    assert team is not None
    bestanden = bewaren.bewaar_doelgroepen(tmp_path, d, eerste, team)
    assert [p.name for p in bestanden] == [
        "waterstad-doelgroepen.csv",
        "waterstad.toml",
        "waterstad-registratie.toml",
    ]
    tabel = pd.read_csv(bestanden[0], sep=";")
    assert tabel["huishoudens"].sum() == 17_700
    assert lees_aanpak(bestanden[1], kengetallen) == eerste
    assert lees_aanpak(bestanden[2], kengetallen) == team
    assert team.huishoudens == 240
    assert team.herkomst("schulden.gezin") == "opgegeven"
    assert bewaren.bewaar_doelgroepen("", d, eerste) == []
    assert uit_registratie.aanpak(None, "x", kengetallen) is None


def test_van_cbs_naar_taken_en_de_tweede_keer_zonder_net(
    kengetallen: Kengetallen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codes to a doelgroepenanalyse over a local service that speaks the CBS protocol; then from the cache."""
    monkeypatch.setattr(cbs, "NETWERK", cbs.Netwerk(pogingen=2, wacht=0.01, verbinden=2, lezen=2))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    codes = ["GM9901", "wk990102"]
    with dienst(cbs_tabel()) as server:
        monkeypatch.setattr("mkba.invoer.cbs.gebieden.haal_gebieden", partial(cbs.haal_gebieden, basis_url=server.url))
        eerste = gebiedstaken.lees(codes, kengetallen)
        gevraagd = len(server.vragen)
        assert gevraagd > 0
        tweede = gebiedstaken.lees(codes, kengetallen)
        assert len(server.vragen) == gevraagd
    zonder_net = gebiedstaken.lees(codes, kengetallen)
    assert eerste.plannen == tweede.plannen == zonder_net.plannen
    assert eerste.nederland.code == "NL00"
    assert [p.aanpak.naam for p in eerste.plannen] == ["Voorbeeldstad", "Nieuwland"]
    wijk = eerste.plannen[1].gebied
    d = uit_statistiek([wijk], eerste.nederland, kengetallen, trekkingen=10)
    assert d.hele_aantallen.sum() == wijk.huishoudens == 2_395
    with pytest.raises(InvoerFout, match="niet bereikbaar"):
        gebiedstaken.lees(["WK9901MA"], kengetallen)


def test_tabellen_tellen_dezelfde_huishoudens(kengetallen: Kengetallen) -> None:
    """Printed cells add up: areas to the total, classes to types, and the profiles count the same households."""
    nederland, gebieden, _ = kies_gebieden("", str(paden.data() / "voorbeeldgemeente" / "kerncijfers.json"))
    d = uit_statistiek(gebieden, nederland, kengetallen)
    telling = tabellen_doelgroepen.telling(d.heel_totaal).frame
    per_gebied = tabellen_doelgroepen.per_gebied(d).frame
    klassen = list(tabellen_doelgroepen.KLASSENAMEN.values())
    getallen = per_gebied[["huishoudens", *klassen]]
    assert len(per_gebied) == len(gebieden) + 1 > 2
    assert (getallen[klassen].sum(axis=1) == getallen["huishoudens"]).all()
    assert (getallen[:-1].sum() == getallen.iloc[-1]).all()
    assert (telling.loc["Alle huishoudens", klassen] == getallen.iloc[-1][klassen]).all()
    bevolking = bevolking_uit_doelgroepen(d)
    assert bevolking.totaal.tolist() == telling.iloc[:3][klassen].to_numpy().tolist()


def test_eerste_aanpak_zegt_waar_zij_vandaan_komt(tmp_path: Path, kengetallen: Kengetallen) -> None:
    bestand = str(paden.data() / "voorbeeldgemeente" / "kerncijfers.json")
    gebieden = gebiedstaken.lees(["WK999902"], kengetallen, bestand)
    gebiedstaken.schrijf(gebieden, tmp_path)
    toml = (tmp_path / "invoer" / "havenkwartier.toml").read_text(encoding="utf-8")
    kop = " ".join(regel.removeprefix("# ") for regel in toml.splitlines() if regel.startswith("#"))
    assert all(deel in kop for deel in ("doelgroepenanalyse van WK999902", "kerncijfers.json", "bijstand"))
    (taak,) = gebiedstaken.gebied_taken(
        gebieden, [paden.notebooks() / "30_gemeenterapport.ipynb"], tmp_path, kengetallen
    )
    assert "WK999902" in str(taak.parameters["toelichting"])

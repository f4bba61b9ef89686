"""The sentences of page one and of reports 30 and 40: which value gives which saldo, how sure, in good Dutch."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.gevoeligheid.combinatie import Combinatie
from mkba.analyse.gevoeligheid.eenzijdig import eenzijdig
from mkba.analyse.gevoeligheid.omslag import omslagpunten
from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
from mkba.analyse.gevoeligheid.scenarios import laad_scenarios, vergelijk
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.onzekerheid.informatiewaarde import informatiewaarde
from mkba.analyse.onzekerheid.keuzes import vaste_keuzes
from mkba.analyse.onzekerheid.simulatie import Simulatie, simuleer
from mkba.analyse.onzekerheid.tekenwissel import tekenwissel
from mkba.analyse.onzekerheid.trekking import Verdeling
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import euro
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.model.berekening import Uitkomst, bereken
from mkba.model.verloop import ingroei
from mkba.tests.hulp_zinnen import BASIS, BRONNEN, FOUT_NEDERLANDS, NUL, RAAR
from mkba.uitvoer.aanpak import beslispagina, tabellen
from mkba.uitvoer.aanpak import samenvatting as tekst_samenvatting
from mkba.uitvoer.aanpak import zinnen as tekst
from mkba.uitvoer.aanpak.samenvatting import SALDO_BIJ
from mkba.uitvoer.doelgroepen.tabellen import aandelen
from mkba.uitvoer.gevoeligheid import omslagzinnen
from mkba.uitvoer.gevoeligheid import tabellen as tabellen_scenarios
from mkba.uitvoer.gevoeligheid import zinnen as scenariozinnen
from mkba.uitvoer.onzekerheid import invloedzinnen, namen
from mkba.uitvoer.onzekerheid import zinnen as simulatiezinnen


@pytest.fixture(params=RAAR, ids=list(RAAR))
def raar(request: pytest.FixtureRequest, kengetallen: Kengetallen) -> Aanpak:
    return maak_aanpak({**BASIS, **RAAR[request.param]}, kengetallen)


def plat(html: object) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", str(getattr(html, "data", html))))


def pagina_een(uitkomst: Uitkomst, simulatie: Simulatie | None = None, gevoelig: pd.DataFrame | None = None) -> str:
    a, k = uitkomst.aanpak, uitkomst.kengetallen
    html = tekst_samenvatting.samenvatting(
        uitkomst,
        ingroei(a, k),
        eenzijdig(a, k) if gevoelig is None else gevoelig,
        simulatie or simuleer(a, k, 200),
    )
    return plat(html)


def alle_zinnen(a: Aanpak, k: Kengetallen) -> str:
    """Every sentence that reports 30 and 40 and the decision page make of an aanpak, with the tables of the input."""
    uitkomst, sim = bereken(a, k), simuleer(a, k, 200)
    volgend = simuleer(a.met({"frictie": 0.0}, k), k, 200)
    scenarios, omslag = laad_scenarios().values(), omslagpunten(a, k)
    gevoelig = eenzijdig(a, k)
    gekeerd = namen.invoernamen(tekenwissel(sim, k), k)
    delen = [
        plat(tekst.kop(a, tekst.kengetallenregel(k))),
        pagina_een(uitkomst, sim, gevoelig),
        plat(beslispagina.beslispagina(uitkomst, gevoelig, sim, omslag)).replace("\u00a0", " "),
        plat(tekst.caseloadregel(uitkomst)),
        plat(tekst.waarschuwingenlijst(opmerkingen(uitkomst))),
        scenariozinnen.wacht_zin(wacht(uitkomst)),
        tabellen_scenarios.wachttabel(wacht(uitkomst)).als_tekst(),
        simulatiezinnen.samenvatting(sim, gekeerd),
        *simulatiezinnen.kanttekeningen(sim, k, vaste_keuzes(sim, k)),
        tabellen.bereik_per_type(a).als_tekst(),
        tabellen.invoertabel(uitkomst).als_tekst(),
        tabellen_scenarios.swingtabel(gevoelig).als_tekst(),
        omslagzinnen.kern(omslag),
        *omslagzinnen.per_betaler(omslag),
        scenariozinnen.scenario_zin(vergelijk(a, k, scenarios), scenarios),
        *invloedzinnen.informatie_zinnen(informatiewaarde(volgend, k), volgend, sim),
    ]
    return "\n".join(delen)


@pytest.mark.parametrize("fout", FOUT_NEDERLANDS)
def test_de_proef_ziet_de_fout(fout: str) -> None:
    """The rules of the next test do find what they are for."""
    voorbeelden = {
        "meervoud na 1": "vragen deze 1 huishoudens",
        "nul van": "Bij 0 van de 1 tegenvallers",
        "negatief als minst": "staat een negatieve baat van € 0,16 aan baten",
        "twee minnen": "een tekort van € -12",
        "geen getal": "verhouding nan",
        "punt als komma": "fte (0.1): het team",
        "honderd procent kleiner": "het team is 100% kleiner dan het kengetal",
        "niet nul en toch 0,0": "het kengetal voor deze caseload (0,0 fte, tabel 2.6)",
        "lege opsomming": "De spreiding komt vooral van : zoveel",
        "samen van een": "Met de kleinste verschuiving samen is dat nul: terugval van 20% naar 3% (verhouding",
        "streepje als getal": "(verhouding dan –)",
    }
    assert re.search(FOUT_NEDERLANDS[fout], voorbeelden[fout])


def test_vreemde_aanpakken_geven_goed_nederlands(raar: Aanpak, kengetallen: Kengetallen) -> None:
    zinnen = BRONNEN.sub("bron", alle_zinnen(raar, kengetallen))
    for wat, patroon in FOUT_NEDERLANDS.items():
        gevonden = [zinnen[max(0, m.start() - 60) : m.end() + 40] for m in re.finditer(patroon, zinnen)]
        assert not gevonden, f"{wat}: {gevonden}"


def test_welke_waarde_welk_saldo_geeft(kengetallen: Kengetallen) -> None:
    """More new households costs more: the low value has the high saldo, and the sentence does not swap them."""
    gevoeligheid = pd.DataFrame(
        [
            ("nieuw", "knop", "Nieuw gevonden huishoudens", 0.05, 0.10, 0.30, 362_400.0, -861_200.0, 1_223_600.0),
            (
                "fte",
                "knop",
                "Teamleden: opgegeven en volgens kengetal",
                8.0,
                8.0,
                9.5012,
                20_000.0,
                -90_000.0,
                110_000.0,
            ),
        ],
        columns=[*("sleutel", "soort", "naam", "laag", "waarde", "hoog", "uitkomst_laag", "uitkomst_hoog", "uitslag")],
    )
    zin = plat(tekst_samenvatting.gevoelig(gevoeligheid)).replace("\u00a0", " ").strip()
    assert zin == (
        "Het saldo hangt het meest af van ‘Nieuw gevonden huishoudens’ (van 5% tot 30%, nu 10%): bij 5% is het saldo "
        "€ 362.400, bij 30% € -861.200; daarna van ‘Teamleden: opgegeven en volgens kengetal’ (van 8 tot 9,5, nu 8): "
        "bij 8 is het saldo € 20.000, bij 9,5 € -90.000."
    )
    rij = tabellen_scenarios.swingtabel(gevoeligheid).frame.iloc[0]
    assert [str(w).replace("\u00a0", " ") for w in rij] == [
        *("Nieuw gevonden huishoudens", "10%", "5%", "€ 362.000", "30%", "€ -861.000")
    ]


@pytest.mark.parametrize("geval", ["standaard", "voorbeeld-4"])
def test_elke_genoemde_waarde_geeft_dat_saldo(geval: str, kengetallen: Kengetallen) -> None:
    """Filled in at either end, every knob of the table gives the saldo that stands beside it."""
    a = laad_geval(geval, kengetallen).aanpak
    tornado = tabellen_scenarios.tornadotabel(eenzijdig(a, kengetallen), "knop")
    assert (tornado["uitkomst_laag"] > tornado["uitkomst_hoog"]).any(), "een knop waarvan meer minder oplevert"
    for rij in tornado.to_dict("records"):
        for kant in ("laag", "hoog"):
            u = bereken(a.met({rij["sleutel"]: rij[kant]}, kengetallen), kengetallen)
            assert u["saldo"] == pytest.approx(rij[f"uitkomst_{kant}"], abs=0.01), rij["sleutel"]


def test_een_kleine_knop_drukt_haar_waarde_af(kengetallen: Kengetallen) -> None:
    a = maak_aanpak({**BASIS, "escalatie.gezin": 0.0025, "fte": 0.0125}, kengetallen)
    assert str(tabellen.bereik_per_type(a).frame.loc["14. Voorkomen escalatie", "Gezinnen"]) == "0,25%"
    invoer = tabellen.invoertabel(bereken(a, kengetallen), 6).frame.set_index("onderdeel")["waarde"]
    assert str(invoer["Aantal teamleden (fte)"]) == "0,0125"


@pytest.fixture(scope="module")
def standaard(kengetallen: Kengetallen) -> Uitkomst:
    return bereken(laad_geval("standaard", kengetallen).aanpak, kengetallen)


def verzonnen(uitkomst: Uitkomst, positief: Mapping[str, int], punt: Mapping[str, float]) -> Simulatie:
    """1,000 draws of which so many are positive, per saldo."""
    reeksen = {s: np.where(np.arange(1000) < n, 5.0, -5.0) for s, n in positief.items()}
    return Simulatie(uitkomst.aanpak, 1000, 1, {}, reeksen, punt, pd.DataFrame())


def test_kans_bij_elke_verhouding(standaard: Uitkomst) -> None:
    kansen = {"saldo": 834, "saldo_financieel": 2, "saldo_gemeente": 1000}
    sim = verzonnen(standaard, kansen, dict.fromkeys(kansen, 1.0))
    lijst = tekst_samenvatting.verhoudingenlijst(standaard.sleutels, sim)
    regels = re.findall(r"<li>(.*?)</li>", lijst)
    assert [re.findall(r"Kans op meer baten dan kosten: <strong>(.*?)</strong>", r) for r in regels] == [
        *(["83%"], ["&lt; 1%"], ["100%"])
    ]
    # ratios as printed, and the exact one where the sentence reasons with it: 1.1207, 0.9008 and 0.8006
    assert [
        re.findall(r"verhouding: ([\d,]+)</strong>.*per euro kosten €\u00a0([\d,]+) aan baten", r) for r in regels
    ] == [*([("1,10", "1,12")], [("0,90", "0,90")], [("0,80", "0,80")])]
    assert "1.000 berekeningen" in lijst


def test_verhouding_hangt_aan_het_juiste_saldo(standaard: Uitkomst) -> None:
    """Above 1 is a positive saldo, for each of the three."""
    sim = simuleer(standaard.aanpak, standaard.kengetallen, 200)
    for ratio, saldo in SALDO_BIJ.items():
        assert ((sim.reeksen[ratio] > 1) == (sim.reeksen[saldo] > 0)).all()


def test_midden_met_een_ander_teken_staat_op_pagina_een(standaard: Uitkomst) -> None:
    punt = {"saldo": 204_592.0, "saldo_financieel": -168_000.0, "saldo_gemeente": -261_000.0}
    mee = verzonnen(standaard, {"saldo": 800, "saldo_financieel": 410, "saldo_gemeente": 320}, punt)
    assert "in de meeste van die berekeningen niet" not in pagina_een(standaard, mee)
    tegen = verzonnen(standaard, {"saldo": 434, "saldo_financieel": 410, "saldo_gemeente": 560}, punt)
    zinnen = pagina_een(standaard, tegen)
    assert (
        "het saldo voor de maatschappij positief, in de meeste van die berekeningen niet: samen liggen de ingevulde "
        "waarden aan de gunstige kant" in zinnen
    )
    assert "het saldo in geld voor de gemeente negatief, in de meeste van die berekeningen niet" in zinnen


def test_plus_en_min_horen_bij_de_ncw_en_het_teken_wordt_uitgelegd(kengetallen: Kengetallen) -> None:
    u = bereken(laad_geval("voorbeeld-3", kengetallen).aanpak, kengetallen)
    ncw, jaar2 = tabellen.partijen_ncw(u).frame, tabellen.partijen_begroting(u).frame
    assert ncw.loc["Gemeente totaal", "saldo"] > 0 > jaar2.loc["Gemeente totaal", "saldo"], "het geval waar het om gaat"
    zin = tekst_samenvatting.partijen(u, ncw, jaar2)
    assert zin.index("grootste plus") < zin.index("grootste min") < zin.index("begroting"), "de NCW eerst"
    assert "ook over alle jaren" in zin
    later = ncw.loc["Gemeente totaal", "baten"] - sum(
        u.grootboek.kubus_ncw[0, :, :3, :4][i].sum() for i in range(3, u.grootboek.kubus_ncw.shape[1])
    )
    assert tekst_samenvatting.latere_baten(u) == pytest.approx(later)
    assert f"valt {euro(later, 100)} (NCW) in jaar 3 en later" in zin
    # both signs the same: nothing to explain; the other way around: what the budget leaves out
    assert "spreken elkaar niet tegen" not in tekst_samenvatting.partijen(u, ncw, ncw)
    verlies, ruimte = ncw.copy(), jaar2.copy()
    verlies.loc["Gemeente totaal", ["kosten", "saldo"]] = [120_000.0, -30_000.0]
    ruimte.loc["Gemeente totaal", ["kosten", "saldo"]] = [100_000.0, 5_000.0]
    andersom = tekst_samenvatting.partijen(u, verlies, ruimte).replace("\u00a0", " ")
    assert "de eenmalige kosten (€ 20.000) tellen in dat jaar niet mee" in andersom


def test_positief_saldo_naast_niet_terugverdiend(standaard: Uitkomst) -> None:
    assert "Het saldo hierboven is toch positief" in pagina_een(standaard)


def test_geen_fte_staat_op_pagina_een(kengetallen: Kengetallen) -> None:
    zin = pagina_een(bereken(maak_aanpak({**BASIS, "fte": 0}, kengetallen), kengetallen))
    assert "Let op: het team heeft 0 fte en dus geen personeelskosten" in zin
    assert "zeggen de verhoudingen niets over het werk van een team" in zin
    klein = pagina_een(bereken(maak_aanpak({**BASIS, "fte": 2}, kengetallen), kengetallen))
    assert "Let op: het team is 74% kleiner dan het kengetal" in klein
    assert "Let op" not in pagina_een(bereken(maak_aanpak(BASIS, kengetallen), kengetallen))


def test_negatieve_baten(kengetallen: Kengetallen) -> None:
    u = bereken(maak_aanpak({**BASIS, **RAAR["meer zorg"]}, kengetallen), kengetallen)
    assert u["totale_baten"] < 0
    zin = pagina_een(u)
    assert "De baten zijn per saldo negatief: €" in zin
    assert "De aanpak is niet rendabel: de baten zijn per saldo negatief" in zin
    assert re.search(r"de baten zijn per saldo negatief: bij elke euro kosten komt nog €\s[\d,]+ aan lasten", zin)


def test_teken_keert_door_wat_wordt_genoemd(kengetallen: Kengetallen) -> None:
    """One knob far from its range turns the sign; the other moves too, but towards the sign as given."""
    gegeven = {**BASIS, **NUL, "additioneel": 0.0, "succes.financieel_stabiel": 0.05}
    a = maak_aanpak(gegeven, kengetallen)
    trekking = {
        "substitutie.bestaand": Verdeling("uniform", -0.4, 0.0, 0.0),
        "meer": Verdeling("uniform", 0.0, 0.0, 1e-6),
        "terugval": Verdeling("uniform", 0.0, 0.0, 0.3),
    }
    assert bereken(a, kengetallen)["saldo"] > 0
    sim = simuleer(a, kengetallen, 500, trekking=trekking)
    assert sim.kwantielen.at["saldo", "p50"] < 0, "het geval waar het om gaat"
    assert tekenwissel(sim, kengetallen) == ["substitutie.bestaand"]
    vast = simuleer(a, kengetallen, 500, trekking={k: v for k, v in trekking.items() if k != "substitutie.bestaand"})
    assert vast.kwantielen.at["saldo", "p50"] > 0
    zin = simulatiezinnen.samenvatting(sim, ["Minder trajecten"])
    assert (
        "Dat komt door ‘Minder trajecten’: staat die invoer vast op de ingevulde waarde, dan is het midden positief"
        in zin
    )


def test_zonder_tekenwissel_of_zonder_oorzaak_geen_reden(standaard: Uitkomst) -> None:
    """Nothing is named when the signs agree, and no reason is given that does not hold."""
    sim = simuleer(standaard.aanpak, standaard.kengetallen, 500, trekking={})
    assert tekenwissel(sim, standaard.kengetallen) == []
    assert "Het teken van het midden" not in simulatiezinnen.samenvatting(sim)
    omgekeerd = replace(sim, reeksen={s: -r for s, r in sim.reeksen.items()})
    assert tekenwissel(omgekeerd, standaard.kengetallen) == [], "geen invoer beweegt, dus geen die het keert"
    zin = simulatiezinnen.samenvatting(omgekeerd)
    assert "Het teken van het midden is dus een ander" in zin
    assert "Dat komt door" not in zin


def test_doorgaan_naast_een_verlies_wordt_uitgelegd(standaard: Uitkomst) -> None:
    nu = verzonnen(standaard, {"saldo": 500, "saldo_gemeente": 500}, {"saldo": -90_000.0, "saldo_gemeente": 40_000.0})
    straks = verzonnen(
        standaard, {"saldo": 500, "saldo_gemeente": 500}, {"saldo": 30_000.0, "saldo_gemeente": 40_000.0}
    )
    reeks = np.linspace(-100_000.0, 220_000.0, 1000)  # mean 60,000
    straks = replace(straks, reeksen={"saldo": reeks, "saldo_gemeente": reeks})
    waarden = pd.DataFrame(
        [
            {
                "groep": "escalatie",
                "saldo": 900.0,
                "saldo_fout": 10.0,
                "saldo_gemeente": 900.0,
                "saldo_gemeente_fout": 10.0,
            }
        ]
    )
    maatschappij, gemeente, *_ = invloedzinnen.informatie_zinnen(waarden, straks, nu)
    assert "is de keuze doorgaan" in maatschappij
    assert maatschappij.replace("\u00a0", " ").endswith(
        "Het rapport noemt voor dit jaar, met de ingevulde waarden, € -90.000; het verschil zit hierin: zonder "
        "inwerkkosten is het € 30.000 en de mogelijke waarden zijn gemiddeld gunstiger dan de ingevulde (€ 60.000)."
    )
    assert "Het rapport noemt" not in gemeente, "daar wijzen beide dezelfde kant op"


def samengesteld(knoppen: list[tuple[str, float, float]], verhouding: float = 1.0) -> Combinatie:
    """A combination of these moves (key, from, to), all inside the published range."""
    tabel = pd.DataFrame(knoppen, columns=["sleutel", "van", "naar"]).assign(binnen=True)
    return Combinatie("gemeente", tabel, -12_345.0, 0.0, verhouding, mogelijk=True, ruimer=False)


@pytest.mark.parametrize(
    ("knoppen", "verhouding", "zin"),
    [
        (
            [("terugval", 0.2, 0.1)],
            1.0,
            "Met de kleinste verschuiving, van één knop, is dat nul: terugvalpercentage van 20% naar 10% "
            "(verhouding dan 1,00).",
        ),
        (
            [("terugval", 0.2, 0.1), ("escalatie.gezin", 0.0, 0.0042), ("meer", 0.1, 0.1)],
            1.0,
            "Met de kleinste verschuiving samen is dat nul: terugvalpercentage van 20% naar 10% en voorkomen escalatie "
            "(gezinnen) van 0% naar 0,42% (verhouding dan 1,00).",
        ),
        (
            [("substitutie.bestaand", -1.0, -0.029)],
            float("nan"),
            "Met de kleinste verschuiving, van één knop, is dat nul: trajecten in bestaande cases van 100% extra naar "
            "2,9% extra.",
        ),
    ],
)
def test_kleinste_verschuiving(knoppen: list[tuple[str, float, float]], verhouding: float, zin: str) -> None:
    tekst_ = omslagzinnen.combinatiezin(samengesteld(knoppen, verhouding)).replace("\u00a0", " ")
    assert tekst_.startswith(f"Voor de gemeente komt de aanpak € 12.300 tekort. {zin} Dat blijft binnen de bereiken")


def test_scenarios_tellen_in_woorden() -> None:
    scenarios = list(laad_scenarios().values())
    fasen = [s for s in scenarios if s.soort == "fase"]
    tabel = pd.DataFrame(
        {"saldo": [-10.0, -20.0, -30.0, -10.0], "kb_maatschappelijk": [0.9, 0.8, -0.16, 0.9]},
        index=["Zoals ingevuld", *(s.naam for s in fasen)],
    )

    def zin(saldi: list[float]) -> str:
        return scenariozinnen.scenario_zin(tabel.assign(saldo=[-10.0, *saldi]), fasen)

    assert zin([-20, -30, -40]).startswith("Bij geen van de 3 fasen zijn de baten ten minste gelijk")
    assert zin([20, 30, 40]).startswith("Bij alle 3 fasen zijn")
    assert zin([20, -30, 40]).startswith("Bij 2 van de 3 fasen zijn")
    assert f"de ongunstigste is {fasen[1].naam}: saldo €\u00a00, de baten zijn dan per saldo negatief" in zin(
        [20, -30, 40]
    )
    assert zin([-10, -10, 30]).startswith(f"Van de fasen verandert hier alleen {fasen[2].naam} iets: de baten zijn ten")
    twee_gelijk = zin([-10, 20, 30])
    assert twee_gelijk.endswith(f"{fasen[0].naam} verandert hier niets en telt niet mee.")


def test_caseload_van_een_huishouden(kengetallen: Kengetallen) -> None:
    """The case of the issue: 0.1 fte for one household whose kengetal is 0.0133 fte."""
    types = {"type.gezin": 0.31, "type.oudere": 0.29, "type.overig": 0.40, "additioneel": 0.5}
    a = maak_aanpak(
        {**BASIS, **types, "huishoudens": 1, "fte": 0.1, "disciplines": ["jeugd", "ggz", "wi"]}, kengetallen
    )
    u = bereken(a, kengetallen)
    assert u["fte_kengetal"] == pytest.approx(0.01331, abs=5e-6)
    zin = plat(tekst.caseloadregel(u))
    assert "vraagt dit 1 huishouden 0,013 fte; opgegeven is 0,1 fte." in zin
    (team,) = [m for m in opmerkingen(u) if m.veld == "fte"]
    assert team.oorzaak.startswith("het team is 7,5 keer zo groot als het kengetal voor deze caseload (0,013 fte")
    gelijk = maak_aanpak({**BASIS, "fte": u["fte_kengetal"]}, kengetallen)
    precies = bereken(gelijk.met({"fte": bereken(gelijk, kengetallen)["fte_kengetal"]}, kengetallen), kengetallen)
    assert "fte; dat is ook opgegeven." in plat(tekst.caseloadregel(precies))


def test_type_zonder_huishoudens_heeft_geen_nul_procent(kengetallen: Kengetallen) -> None:
    a = maak_aanpak({**BASIS, **RAAR["alleen ouderen"], "escalatie.gezin": 0.03}, kengetallen)
    tabel = tabellen.bereik_per_type(a).frame.map(str)
    zwaarte = [i for i in tabel.index if i.startswith("3. ")]
    assert set(tabel.loc[zwaarte, "Gezinnen"]) == {"geen huishoudens"}
    assert "50% (k)" in set(tabel.loc[zwaarte, "Ouderen"])
    assert tabel.loc["14. Voorkomen escalatie"].tolist() == ["3% (telt niet: geen huishoudens)", "2% (k)", "–"]


def test_vraag_5_van_een_type_zonder_huishoudens_lijkt_niet_mee_te_tellen(kengetallen: Kengetallen) -> None:
    """In both tables: what was given is marked, what a kengetal would fill in is not there; other types as always."""
    gegeven = {"schulden.overig": 0.35, "zwaarte.overig.nzr": 1.0}
    u = bereken(maak_aanpak({**BASIS, **RAAR["alleen ouderen"], **gegeven}, kengetallen), kengetallen)
    rij = tabellen.bereik_per_type(u.aanpak).frame.map(str).loc["5. Problematische schulden"].tolist()
    assert rij == ["–", "35% (k)", "35% (telt niet: geen huishoudens)"]
    tabel = tabellen.invoertabel(u).frame.set_index("onderdeel")[["waarde", "herkomst"]].map(str)
    for label, verwacht in {
        "Problematische schulden: Gezinnen": ["–", "geen huishoudens"],
        "Problematische schulden: Ouderen": ["35%", "kengetal"],
        "Problematische schulden: Overige huishoudens": ["35% (telt niet: geen huishoudens)", "opgegeven"],
        "Gezinnen: Meervoudig, zelfredzaam (zr)": ["geen huishoudens", "geen huishoudens"],
        "Gemiddeld aantal kinderen per gezin": ["–", "geen huishoudens"],
        "Type huishoudens: Gezinnen": ["0%", "opgegeven"],
    }.items():
        assert tabel.loc[label].tolist() == verwacht, label


def test_wie_al_frictie_opgaf_krijgt_dat_niet_als_raad(kengetallen: Kengetallen) -> None:
    """A team twice as large as its caseload asks for, with and without the frictie that may explain it."""
    groot = maak_aanpak({**BASIS, "fte": 40, "frictie": 0}, kengetallen)
    met = groot.met({"frictie": 0.6}, kengetallen)
    raad = [next(m.remedie for m in opmerkingen(bereken(a, kengetallen)) if m.veld == "fte") for a in (groot, met)]
    assert raad[0] == "De caseload is laag; onderbouw dat dit nodig is, of overweeg frictie (vraag 9)."
    assert raad[1] == "De caseload is laag, ook met 60% frictie (vraag 9); onderbouw dat dit nodig is."
    deel = aandelen(np.array([[10, 6, 3, 1], [0, 0, 0, 0], [5, 5, 0, 0]], dtype=float))
    assert deel.loc["Gezinnen"].tolist() == [0.5, 0.3, 0.15, 0.05]
    assert deel.loc["Ouderen"].isna().all()
    assert deel.loc["Totaal"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("bestand", "waarde", "verwacht"),
    [
        ("a.toml", 31.5, "31.5"),
        ("", 31.5, "31.5"),
        ("t.csv, rij 2", 31.5, "31,5"),
        ("t.xlsx, rij 2 (I2)", 31.0, "31"),
        ("t.csv, rij 2", "0.31", "'0.31'"),
    ],
)
def test_waarde_in_de_notatie_van_haar_bestand(bestand: str, waarde: object, verwacht: str) -> None:
    assert Melding("nieuw", waarde, "oorzaak.", "remedie.", bestand).getoond == verwacht

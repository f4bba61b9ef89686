"""An attacker reads everything that leaves the house and solves for what is hidden.

He has the record of which all pages, tables, workbooks and slides are made (and the record of an earlier time), knows
every sum and every rule of rounding, and asks integer programs of his own for the least and the greatest value of each
hidden number. What he may not know is counted here from the households themselves, with pandas alone.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from mkba.analyse.effectmeting.publiceren.bijdragen import SAMEN
from mkba.analyse.effectmeting.publiceren.geheugen import Eerder, uit_json
from mkba.analyse.effectmeting.publiceren.meting import Meting, meet, schrijf_meting
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.invoer.effectmeting.kolommen import TYPE_VAN, UITVOERDERS
from mkba.invoer.effectmeting.registratie import Registratie, maak_registratie
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.woorden.trajecten import ESCALATIES, GROEP_VAN_TRAJECT, GROEPEN_TRAJECTEN, TRAJECTEN
from mkba.tests.analyse.onderdrukking.hulp_audit import Sleutel, intervallen, sommen_van
from mkba.tests.hulp_voorbeelden import audits
from mkba.tests.hulp_willekeur import STARTS, tabellen

DREMPEL = 10.0
VEEL = audits(1)
"""Random registrations per test."""


ZOEK = settings(max_examples=VEEL, deadline=None, phases=(Phase.explicit, Phase.generate))
"""Without shrinking: one example takes seconds."""


def registratie(*wat: Any, **rest: Any) -> Registratie:
    return maak_registratie(tabellen(*wat, **rest))


def gelezen(m: Meting) -> dict[str, Any]:
    """The record as it stands in the folder."""
    g: dict[str, Any] = json.loads(schrijf_meting(m))
    return {**g, "delen": {naam: uit_json(deel) for naam, deel in g["delen"].items()}}


def echt(t: dict[str, pd.DataFrame], genoemd: Collection[str] = ()) -> dict[str, pd.DataFrame]:
    """What the cells are of: a row per household, per traject, per actie and per escalatie. ``genoemd``: teams that go
    by their name however few their households are; where some went without, a team that is not named does too."""
    h = t["huishoudens"].set_index("pseudoniem")
    per = pd.DataFrame({"team": h["team"], "type": h["type"].map(TYPE_VAN)})
    klein = (per.groupby("team")["type"].transform("size") < DREMPEL) | ("andere teams" in genoemd)
    klein &= ~per["team"].isin(genoemd)
    per.loc[klein, "team"] = "andere teams"
    per["nieuw"] = h["nieuw"].map({True: "nieuw", False: "bestaand"})
    per["uitgevallen"] = (h["status"] == "uitgevallen").map({True: "ja", False: "nee"})
    for m, p in t["problematiek"].groupby("moment"):
        per[f"klasse_{m}"] = p.set_index("pseudoniem")["zwaarte"].reindex(per.index).fillna("onbekend")
    for m in set(t["problematiek"]["moment"]):
        zwaar = per[f"klasse_{m}"].isin(["nzr", "top"])
        per[f"zwaarst_{m}"] = zwaar.map({True: "nzr_top", False: "lichter of onbekend"})
    _wie_er_kon_zijn(t, per)
    uit = {"huishoudens": per}
    per["gevolgd"] = "nee"
    if "trajecten" not in t:
        return uit
    per["eenouder"] = h["eenouder"].astype(object).map({True: "ja", False: "nee"}).fillna("onbekend")
    per["kinderen"] = (per["type"] == "gezin").map({True: "bekend", False: "niet van toepassing"})
    schulden = t["problematiek"].query("moment == 0").set_index("pseudoniem")["schulden"]
    per["schulden"] = schulden.map({True: "ja", False: "nee"}).fillna("onbekend")
    per.loc[~per["klasse_0"].isin(["zr", "nzr"]), "schulden"] = "niet van toepassing"
    later = {"trajecten", "acties", "problematiek"}
    gevolgd = set(t["escalaties"]["pseudoniem"])
    for naam in later:
        f = t[naam]
        wel = f["moment"] > 0
        gevolgd |= set(f.loc[wel | (f["uitgevoerd"].notna() if "uitgevoerd" in f else False), "pseudoniem"])
    per["gevolgd"] = ["ja" if p in gevolgd else "nee" for p in per.index]
    for m in (6, 12):
        if f"klasse_{m}" in per:
            anders = (per["gevolgd"] == "ja") & (per[f"klasse_{m}"] == "onbekend")
            per[f"anders_{m}"] = anders.map({True: "ja", False: "nee"})
    f = t["trajecten"][t["trajecten"]["pseudoniem"].isin(gevolgd)]
    f = f.assign(
        team=f["pseudoniem"].map(per["team"]),
        klasse_0=f["pseudoniem"].map(per["klasse_0"]),
        groep=f["pseudoniem"].map(per["nieuw"]),
        moment=f["moment"].astype(str),
        soortgroep=f["type"].map(GROEP_VAN_TRAJECT),
        wel=f["uitgevoerd"].astype(object).fillna(True).astype(bool),
    )
    f = f[~((f["stand"] == "afgevallen") & f["type"].isin(ESCALATIES))]
    for s in ("lopend", "nieuw", "afgevallen"):
        uit[f"trajecten.{s}"] = f[(f["stand"] == s) & f["wel"]]
        uit[f"trajecten.{s}_niet_uitgevoerd"] = f[(f["stand"] == s) & ~f["wel"]]
    uit["acties"] = t["acties"].assign(uitgevoerd=t["acties"]["uitgevoerd"].map({True: "ja", False: "nee"}))
    e = t["escalaties"].rename(columns={"uitkomst": "afloop"})
    e["voorkomen"] = e["afloop"].eq("voorkomen").map({True: "ja", False: "nee"})
    uit["escalaties"] = e.assign(**{v: e["pseudoniem"].map(per[v]) for v in ("team", "klasse_0")})
    uit["trajecten.gestart"] = _gestart(t["trajecten"], per)
    return uit


def _gestart(t: pd.DataFrame, per: pd.DataFrame) -> pd.DataFrame:
    """A row per traject that ran at the start: of a household and type the larger of what ran and what was dropped."""
    t = t[(per["gevolgd"] == "ja").reindex(t["pseudoniem"]).to_numpy() & t["uitgevoerd"].astype(object).fillna(True)]
    loopt = t[(t["stand"] == "lopend") & (t["moment"] == 0)].groupby(["pseudoniem", "type"]).size()
    weg = t[(t["stand"] == "afgevallen") & ~t["type"].isin(ESCALATIES)].groupby(["pseudoniem", "type"]).size()
    aantal = pd.concat([loopt, weg], axis=1).max(axis=1).astype(int)
    wie = aantal.index.get_level_values("pseudoniem").repeat(aantal)
    van = per.loc[wie].rename(columns={"nieuw": "groep"})
    return van[["groep", "team", "klasse_0"]].reset_index(drop=True)


def _wie_er_kon_zijn(t: dict[str, pd.DataFrame], per: pd.DataFrame) -> None:
    """Of each later moment: measured, missed, or not due; due is also who was seen then or later."""
    start = pd.to_datetime(t["huishoudens"].set_index("pseudoniem")["start"])
    dagen = [start.max(), *pd.to_datetime(t["escalaties"]["datum"] if "escalaties" in t else [])]
    laatst = t["problematiek"].groupby("pseudoniem")["moment"].max().reindex(per.index)
    per["wacht_op"] = "niets"
    for m in (18, 12, 6):
        nog_niet = (start + pd.DateOffset(months=m) > max(dagen)) & (laatst < m)
        per.loc[nog_niet, "wacht_op"] = str(m)
        if f"klasse_{m}" in per:
            naam = nog_niet.map({True: "nog_niet", False: "gemist"})
            per[f"meting_{m}"] = naam.where(per[f"klasse_{m}"] == "onbekend", "gemeten")


def tel(frame: pd.DataFrame, sleutel: Sleutel) -> int:
    wie = np.ones(len(frame), dtype=bool)
    for naam, waarde in sleutel:
        wie &= (frame[naam] == waarde).to_numpy() | (waarde == SAMEN)
    return int(wie.sum())


@ZOEK
@given(st.integers(0, 100_000), st.integers(12, 160), st.sampled_from([0, 5]))
def test_uit_alles_wat_er_staat_volgt_geen_klein_aantal(zaad: int, aantal: int, afronding: int) -> None:
    controleer(tabellen(zaad, aantal), afronding)


@pytest.mark.traag
@pytest.mark.parametrize("aantal", [40, 65, 120, 200])
@pytest.mark.parametrize("zaad", [1, 2, 3, 4, 5])
def test_hoe_veel_tabellen_er_ook_zijn(zaad: int, aantal: int) -> None:
    """Of 40 the variables apart, of 200 nearly all cross tables; trajecten by nothing, by group and by type."""
    controleer(tabellen(zaad, aantal), 0)


def controleer(t: dict[str, pd.DataFrame], afronding: int) -> None:
    """That no small number of this registration is known to less than the threshold."""
    g = gelezen(meet(maak_registratie(t), laad(), afronding))
    waar = echt(t)
    marge = (afronding - 1) // 2 if afronding else 0
    for naam, p in g["delen"].items():
        frame = waar.get(naam)
        for sleutel, (laag, hoog) in intervallen(p, marge).items():
            assert hoog - laag >= DREMPEL - 1e-6, (naam, sleutel)
            if (
                frame is not None and (n := tel(frame, sleutel)) < DREMPEL
            ):  # none, and what need not be few, both may be
                assert laag <= 1e-6, (naam, sleutel, n)
                assert hoog >= DREMPEL - 1e-6, (naam, sleutel, n)
        if frame is not None:
            for sleutel, w in p.cellen.items():
                n = tel(frame, sleutel)
                assert w is None or (n >= DREMPEL and abs(n - w) <= afronding / 2), (naam, sleutel)


@ZOEK
@given(st.integers(0, 100_000), st.integers(40, 160))
def test_een_antwoord_zegt_niet_meer_dan_de_cellen_die_er_staan(zaad: int, aantal: int) -> None:
    """Also exact: both numbers of every answer are shown cells or sums of them, and nothing else is there."""
    t = tabellen(zaad, aantal)
    g = gelezen(meet(maak_registratie(t), laad(), 0))
    p = g["delen"]["huishoudens"]
    cellen = {w for d in g["delen"].values() for w in d.cellen.values() if w is not None}
    for sleutel, a in g["antwoorden"].items():
        naam, *rest = sleutel.split(".")
        if a["waarde"] is None:
            assert (a["teller"], a["n"]) == (None, None), sleutel
        elif naam in ("eenouder", "schulden"):
            ja, nee = (p.toont(**{"type": rest[0], naam: w}) for w in ("ja", "nee"))
            assert (a["teller"], a["n"]) == (ja, ja + nee), sleutel
        elif naam == "kinderen":
            assert a["n"] == p.toont(kinderen="bekend")
            assert a["waarde"] == round(g["delen"]["kinderen"].toont() / a["n"], 1)
        elif naam == "type":
            assert a["n"] == p.toont(), sleutel
        elif naam == "zwaarte":
            assert a["n"] == p.toont(type=rest[0]), sleutel
        elif naam == "substitutie" and rest[0] == "nieuw":
            assert a["n"] == sum(g["delen"][f"trajecten.{s}"].toont(groep="nieuw") for s in ("gestart", "nieuw"))
        elif naam not in ("fte", "additioneel", "disciplines"):
            assert a["teller"] is None or a["teller"] in cellen, sleutel
            assert a["n"] in cellen, sleutel


@pytest.mark.traag
def test_elke_soort_staat_er_ook_die_niemand_heeft() -> None:
    """A row that is not there would say that it is nobody's: of all that can be registered every value is there."""
    g = gelezen(meet(registratie(4, 120), laad()))
    for naam in ("lopend", "nieuw"):
        assert set(g["delen"][f"trajecten.{naam}"].waarden("soortgroep")) == set(GROEPEN_TRAJECTEN)
    assert set(g["delen"]["trajecten.afgevallen"].waarden("soortgroep")) == set(GROEPEN_TRAJECTEN) - {"Escalaties"}
    assert set(g["delen"]["escalaties"].waarden("soort")) == set(ESCALATIES)
    assert set(g["delen"]["escalaties"].waarden("voorkomen")) == {"ja", "nee"}
    veel = meet(registratie(4, 400), laad(), 0).delen["escalaties"]
    assert set(veel.waarden("afloop")) == {"voorkomen", "gebeurd", "dreigde"}
    assert set(g["delen"]["acties"].waarden("door")) == set(UITVOERDERS)
    een = tabellen(4, 120)
    een["escalaties"] = een["escalaties"].iloc[:1]
    ander = tabellen(4, 120)
    ander["escalaties"] = ander["escalaties"].assign(soort="huisuitzetting").iloc[1:2]
    delen = [gelezen(meet(maak_registratie(x), laad()))["delen"]["escalaties"] for x in (een, ander)]
    assert delen[0].cellen == delen[1].cellen == dict.fromkeys(delen[0].cellen)


@pytest.mark.parametrize("niet", [0, 3])
def test_een_map_zonder_tabel_van_wie_niet_gevolgd_is_krijgt_die_later_niet(niet: int) -> None:
    """Of 60 at most ten were not followed, which is no table; of 80, of whom 20 are new, 20 or 23 are not. Were that
    shown, 23 would tell that it was at least three of the 60. Of 120, of whom 25 of the 60 new ones were followed, it
    tells nothing: 35 or 38 are not, of whom none to ten of then."""
    wie = np.array([f"h{i}" for i in range(120)])

    def met(n: int) -> dict[str, pd.DataFrame]:
        huishoudens = pd.DataFrame({"pseudoniem": wie[:n], "type": "gezinnen", "team": "Noord", "start": "2024-01-01"})
        gevolgd = [*wie[niet:60], *(wie[95:n] if n > 80 else ())]
        rij = {"moment": 6, "type": next(iter(TRAJECTEN)), "stand": "nieuw"}
        return {"huishoudens": huishoudens, "trajecten": pd.DataFrame({"pseudoniem": gevolgd, **rij})}

    een = meet(maak_registratie(met(60)), laad())
    assert een.trajecten("nieuw") is not None
    twee = meet(maak_registratie(met(80)), laad(), eerder=[Eerder(een.delen, een)])
    assert twee.huishoudens.toont() == 80
    assert not twee.huishoudens.waarden("gevolgd")
    assert twee.trajecten("nieuw") is None
    assert "anders volgde hoe weinig er toen niet gevolgd waren" in twee.uitleg
    drie = meet(maak_registratie(met(120)), laad(), eerder=[Eerder(een.delen, een)])
    assert drie.huishoudens.toont(gevolgd="nee") == 35 + 5 * (niet == 3)  # rounded to 5
    assert drie.trajecten("nieuw") is not None


@pytest.mark.parametrize(
    ("in_noord", "getoond"),
    [pytest.param(0, None, marks=pytest.mark.traag), (12, None), pytest.param(30, 48, marks=pytest.mark.traag)],
)
def test_ook_van_een_team_zegt_die_tabel_niet_hoe_weinig_er_toen_niet_gevolgd_waren(
    in_noord: int, getoond: float | None
) -> None:
    """Of 40 in Noord eight were not followed, which is no table. Hundred more came in Zuid, of whom 80 are; of the 70
    that came in Noord none are, or twelve: that of 110 no more than 32 or 44 are, would tell of then. Of 62 it tells
    nothing."""
    noord, zuid = 110, 140

    def met(n: int, z: int) -> dict[str, pd.DataFrame]:
        wie = [*(f"n{i}" for i in range(n)), *(f"z{i}" for i in range(z))]
        team = ["Noord"] * n + ["Zuid"] * z
        huishoudens = pd.DataFrame({"pseudoniem": wie, "type": "gezinnen", "team": team, "start": "2024-01-01"})
        gevolgd = [*(f"n{i}" for i in range(8, min(n, 40 + in_noord))), *(f"z{i}" for i in range(min(z, 120)))]
        acties = pd.DataFrame({"pseudoniem": gevolgd, "moment": 6, "door": "netwerk"})
        return {"huishoudens": huishoudens, "acties": acties}

    een = meet(maak_registratie(met(40, 40)), laad(), 0)
    twee = meet(maak_registratie(met(noord, zuid)), laad(), 0, eerder=[Eerder(een.delen, een)])
    assert twee.huishoudens.toont(team="Noord") == noord
    assert twee.huishoudens.toont(team="Noord", gevolgd="nee") == getoond


def test_niemand_niet_gevolgd_en_een_paar_niet_gevolgd_is_hetzelfde() -> None:
    """Whether all but a few were followed says nothing of those few: up to the threshold the record is the same."""
    t = tabellen(6, 150)
    wie = t["huishoudens"]["pseudoniem"]
    metingen = []
    for zonder in (0, 4, 10):
        acties = pd.DataFrame({"pseudoniem": wie[zonder:], "moment": 6, "door": "netwerk"})
        delen = {"huishoudens": t["huishoudens"], "acties": acties}
        metingen.append(meet(maak_registratie(delen), laad()).delen["huishoudens"])
    assert not metingen[0].waarden("gevolgd")
    assert metingen[0].cellen == metingen[1].cellen == metingen[2].cellen


def _gevolgd_en_gemeten(niet: int, anders: int, aantal: int = 200) -> dict[str, pd.DataFrame]:
    """Households of which ``niet`` were not followed, ``anders`` by an action alone, and the others measured too; of
    half of them the moment has not come where they were not."""
    wie = np.array([f"h{i}" for i in range(aantal)])
    i = np.arange(aantal)
    zwaarte = np.array(["ev", "zr", "nzr", "top"])
    huishoudens = {
        "pseudoniem": wie,
        "type": np.array(["gezinnen", "ouderen", "overig"])[i % 3],
        "team": "Noord",
        "start": np.where(i % 2 == 0, "2024-01-01", "2024-11-01"),
        "status": "lopend",
        "nieuw": i % 3 == 0,
    }
    later = slice(niet + anders, aantal)
    return {
        "huishoudens": pd.DataFrame(huishoudens),
        "problematiek": pd.concat(
            pd.DataFrame({"pseudoniem": wie[deel], "moment": m, "zwaarte": zwaarte[(i[deel] // stap) % 4]})
            for m, deel, stap in ((0, slice(0, aantal), 2), (6, later, 8))
        ),
        "acties": pd.DataFrame({"pseudoniem": wie[niet:], "moment": 6, "door": "netwerk", "uitgevoerd": True}),
    }


@pytest.mark.parametrize(
    ("niet", "anders", "aantal", "afronding"),
    [(60, 7, 400, 5), *(pytest.param(*g, marks=pytest.mark.traag) for g in ((30, 3, 200, 0), (60, 7, 400, 0)))],
)
def test_wie_anders_dan_door_een_meting_gevolgd_is_volgt_niet(
    niet: int, anders: int, aantal: int, afronding: int
) -> None:
    """30 of 200 were not followed, 33 not measured: three were followed by an action alone. Nor so per class."""
    p = meet(maak_registratie(_gevolgd_en_gemeten(niet, anders, aantal)), laad(), afronding).huishoudens
    assert p.toont(gevolgd="nee") == niet
    for basis in ({}, *({"klasse_0": k} for k in p.waarden("klasse_0"))):
        zonder, gemist = p.toont(**basis, gevolgd="nee"), p.toont(**basis, klasse_6="onbekend")
        assert zonder is None or gemist is None or gemist - zonder >= DREMPEL, basis


@pytest.mark.traag
def test_genoeg_die_anders_gevolgd_zijn_verbergen_niets() -> None:
    """40 of 200 were not followed, and 20 in another way: 60 were not measured."""
    p = meet(maak_registratie(_gevolgd_en_gemeten(40, 20)), laad(), 0).huishoudens
    assert (p.toont(gevolgd="nee"), p.toont(anders_6="ja"), p.toont(klasse_6="onbekend")) == (40, 20, 60)


def _met_weg(los: int, lijst: int, later: int = 60) -> dict[str, pd.DataFrame]:
    """120 households with a traject at the start, ``later`` of which still had it at 6 months; ``lijst`` dropped it,
    and ``los`` another of which no row says that it ran."""
    wie = np.array([f"h{i}" for i in range(120)])
    een, ander = list(TRAJECTEN)[:2]
    delen = [(wie, 0, een, "lopend"), (wie[:later], 6, een, "lopend"), (wie[60 : 60 + lijst], 6, een, "afgevallen")]
    delen.append((wie[len(wie) - los :], 6, ander, "afgevallen"))
    return {
        "huishoudens": pd.DataFrame(
            {"pseudoniem": wie, "type": "gezinnen", "team": "Noord", "start": "2024-01-01", "nieuw": wie > "h4"}
        ),
        "trajecten": pd.concat(
            pd.DataFrame({"pseudoniem": w, "moment": m, "type": t, "stand": s, "uitgevoerd": True})
            for w, m, t, s in delen
        ),
    }


@pytest.mark.parametrize(
    ("los", "lijst", "getoond"),
    [
        (3, 20, False),  # 123 ran at the start, 120 are listed: three households dropped what was not
        (20, 3, False),  # 23 dropped, 140 - 120 of them not listed: three dropped what was
        pytest.param(20, 20, True, marks=pytest.mark.traag),
        pytest.param(0, 20, True, marks=pytest.mark.traag),  # all that ran is listed: that is about nobody
    ],
)
def test_wat_liep_zonder_dat_het_er_stond_volgt_niet(los: int, lijst: int, getoond: bool) -> None:
    d = meet(maak_registratie(_met_weg(los, lijst)), laad(), 0).delen
    assert d["trajecten.gestart"].toont() == 120 + los
    assert d["trajecten.afgevallen"].toont() == los + lijst
    assert d["trajecten.lopend"].toont(moment="0") == (120 if getoond else None)


def test_wat_op_een_later_moment_loopt_volgt_niet() -> None:
    """140 ran at the start, 124 are listed as running and 20 were dropped: 124 + 20 - 140 = 4 run at a later moment,
    which is few. What was dropped and what ran at the start answer a question; what runs gives way."""
    d = meet(maak_registratie(_met_weg(20, 0, later=4)), laad(), 0).delen
    lopend = d["trajecten.lopend"]
    assert (d["trajecten.gestart"].toont(), d["trajecten.afgevallen"].toont()) == (140, 20)
    assert (lopend.toont(), lopend.toont(moment="6"), lopend.toont(team="Noord")) == (None, None, None)


@pytest.mark.parametrize("aantal", [12, pytest.param(20, marks=pytest.mark.traag)])
def test_of_bijna_niemand_gevolgd_is_zegt_een_kleine_registratie_niet(aantal: int) -> None:
    """Of 12 households one or all were followed: the same parts are there, and no table says it. Were the
    trajecten there only where at most ten were not, that they are not would say: one at most."""
    wie = np.array([f"h{i}" for i in range(aantal)])
    huishoudens = pd.DataFrame({"pseudoniem": wie, "type": "gezinnen", "team": "Noord", "start": "2024-01-01"})
    trajecten = pd.DataFrame({"pseudoniem": wie, "moment": 0, "type": next(iter(TRAJECTEN)), "stand": "lopend"})
    wat = set()
    for gevolgd in (1, aantal):
        later = pd.DataFrame({"pseudoniem": wie[:gevolgd], "moment": 6, "zwaarte": "ev"})
        begin = pd.DataFrame({"pseudoniem": wie, "moment": 0, "zwaarte": "ev"})
        t = {"huishoudens": huishoudens, "trajecten": trajecten, "problematiek": pd.concat([begin, later])}
        m = meet(maak_registratie(t), laad(), 0)
        assert m.huishoudens.toont() == aantal
        wat.add((tuple(m.delen), tuple(m.huishoudens.waarden("gevolgd"))))
    assert wat == {(("huishoudens",), ())}


def test_het_bestand_zegt_niet_uit_welke_registratie_het_komt() -> None:
    """Who knows all households but one has nothing to try his guess on: other households with the same numbers give the
    same record: who they are, when they began and ended, who helped them and in which order they stand leaves no
    trace."""
    t = tabellen(8, 140)
    t["huishoudens"]["generalist"] = [f"G{i % 7}" for i in range(140)]
    anders = {naam: f.assign(pseudoniem="x" + f["pseudoniem"].str[::-1]) for naam, f in t.items()}
    anders["huishoudens"] = anders["huishoudens"].assign(
        generalist="G99", einde=pd.NaT, wijk=[f"wijk {i % 3}" for i in range(140)], leeftijdsklasse_oudste=None
    )
    anders["problematiek"] = anders["problematiek"].assign(lvb=True)
    anders["trajecten"] = anders["trajecten"].assign(aanbieder=[f"A{i % 9}" for i in range(len(anders["trajecten"]))])
    for naam, kolom in (("huishoudens", "start"), ("escalaties", "datum")):
        later = pd.to_datetime(anders[naam][kolom]) + pd.Timedelta(days=3)
        anders[naam][kolom] = later.dt.strftime("%Y-%m-%d")
    anders = {naam: f.sample(frac=1, random_state=3).reset_index(drop=True) for naam, f in anders.items()}
    een, ander = (schrijf_meting(meet(maak_registratie(x), laad())) for x in (t, anders))
    assert een == ander


@pytest.mark.traag
@settings(max_examples=max(VEEL // 20, 1), deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.integers(0, 100_000), st.integers(60, 120))
def test_waar_de_cellen_gelijk_zijn_is_alles_gelijk(zaad: int, aantal: int) -> None:
    """Who runs the program on his own guess of the registration, learns of it what the shown cells tell: a household
    that is otherwise changes nothing else, and how trajecten and children go together by a step at most."""
    t = tabellen(zaad, aantal)
    een = json.loads(schrijf_meting(meet(maak_registratie(t), laad())))
    for anders in _bijna_gelijk(t, np.random.default_rng(zaad)):
        ander = json.loads(schrijf_meting(meet(maak_registratie(anders), laad())))
        if een["delen"] != ander["delen"]:
            continue
        spreiding = [x.pop("spreiding") for x in (een.copy(), ander.copy())]
        zonder = [{k: w for k, w in x.items() if k not in ("zegel", "spreiding")} for x in (een, ander)]
        assert zonder[0] == zonder[1]
        for sleutel in spreiding[0].keys() & spreiding[1].keys():
            a, b = (s[sleutel] for s in spreiding)
            n = een["antwoorden"].get(sleutel, {}).get("teller") or DREMPEL
            assert abs(a - b) <= (2 * DREMPEL + 1) / min(n, DREMPEL) + 0.02, sleutel


def _bijna_gelijk(t: dict[str, pd.DataFrame], kans: np.random.Generator) -> Iterator[dict[str, pd.DataFrame]]:
    """Registrations in which one row of a table says something else."""
    for naam, kolom, waarden in (
        ("problematiek", "zwaarte", ["ev", "zr", "nzr", "top"]),
        ("problematiek", "schulden", [True, False]),
        ("trajecten", "pseudoniem", t["huishoudens"]["pseudoniem"].tolist()),
        ("acties", "uitgevoerd", [True, False]),
        ("escalaties", "uitkomst", ["voorkomen", "gebeurd", "dreigde"]),
        ("huishoudens", "status", ["lopend", "uitgevallen"]),
        ("huishoudens", "start", STARTS),
    ):
        anders = t[naam].reset_index(drop=True)
        anders.loc[int(kans.integers(len(anders))), kolom] = waarden[int(kans.integers(len(waarden)))]
        yield {**t, naam: anders}


# --- two times -------------------------------------------------------------------------------------------------------


def _stijgt(sleutel: Sleutel) -> bool:
    """Whether a number of households that were there cannot fall: who was measured, followed or dropped out stays so,
    and who was not, or was missed, need not."""
    kan: dict[str, tuple[str, ...]] = {"gevolgd": ("ja",), "uitgevallen": ("ja",), "wacht_op": ("niets",), "anders": ()}
    kan |= {"zwaarst": ("nzr_top",), "meting": ("gemeten",), "klasse": ("ev", "zr", "nzr", "top")}
    namen = [(v if v in kan else v.rstrip("0123456789").rstrip("_"), w) for v, w in sleutel if not v.endswith("_0")]
    return all(w in kan[v] for v, w in namen if v in kan)


def _samen(
    keren: Sequence[Publicatie], marge: float, gemeten: bool = False
) -> tuple[Any, np.ndarray, np.ndarray, dict[tuple[int, Sleutel], int]]:
    """The system of who has all records and knows that nobody left: the sums of each, and no cell that became smaller.
    ``marge``: how far a shown number can be from the true one; ``gemeten``: who was there was measured further."""
    plek, getoond, sommen = sommen_van(keren)
    meer = []
    for keer, (een, ander) in enumerate(pairwise(keren)):
        for s in een.cellen.keys() & ander.cellen.keys():
            if gemeten and not _stijgt(s):
                continue
            rij = np.zeros(len(plek))
            rij[plek[(keer + 1, s)]], rij[plek[(keer, s)]] = 1, -1
            meer.append(rij)
    laag = np.where(np.isnan(getoond), 0.0, getoond - marge)
    hoog = np.where(np.isnan(getoond), 5_000.0, getoond + marge)
    groter = np.array(meer).reshape(-1, len(plek))
    regels = [sommen, LinearConstraint(groter, 0, np.inf)]
    return regels, laag, hoog, plek


def _uitersten(doel: np.ndarray, regels: Any, laag: np.ndarray, hoog: np.ndarray) -> tuple[float, float]:
    """The least and the greatest that ``doel`` can be.

    Where that is little, once more without the simplification beforehand: with it, HiGHS called a value the greatest
    that was below the true one, which fits as well.
    """
    uit = (0.0, 0.0)
    for vooraf in (True, False):
        opgelost = [
            milp(
                teken * doel, integrality=np.ones(len(doel)), bounds=Bounds(laag, hoog), constraints=regels,
                options={"presolve": vooraf},
            )
            for teken in (1, -1)
        ]  # fmt: skip
        assert all(o.status == 0 for o in opgelost)
        uit = (opgelost[0].fun, -opgelost[1].fun)
        if uit[1] - uit[0] >= DREMPEL - 1e-6:
            break
    return uit


@ZOEK
@given(st.integers(0, 100_000), st.integers(30, 120), st.integers(1, 60), st.sampled_from([0, 5]))
def test_twee_metingen_van_een_map_zeggen_samen_niet_meer(zaad: int, aantal: int, erbij: int, afronding: int) -> None:
    """Of the first time, of the second and of the difference: no number under ten is known to less than ten."""
    _metingen(zaad, (aantal, aantal + erbij), afronding)


@pytest.mark.traag
@settings(max_examples=max(VEEL // 3, 1), deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.integers(0, 100_000), st.integers(30, 120), st.integers(10, 60), st.integers(1, 60))
def test_drie_metingen_van_een_map_zeggen_samen_niet_meer(zaad: int, aantal: int, erbij: int, nog: int) -> None:
    _metingen(zaad, (aantal, aantal + erbij, aantal + erbij + nog), 0)


@pytest.mark.traag
@pytest.mark.parametrize(
    ("zaad", "aantal", "erbij"),
    [
        (53, 30, 30),  # a new team of 30, of which 23 gezinnen could be seen: no more than 7 others came
        (33107, 38, 44),  # what came narrowed what was hidden
        (33461, 34, 54),
        (88226, 39, 6),  # a team without a name grew to the threshold, by three
        (14174, 33, 8),
        (65723, 71, 5),  # the numbers of then once more do not say that nobody came
    ],
)
def test_twee_metingen_die_ooit_te_veel_zeiden(zaad: int, aantal: int, erbij: int) -> None:
    _metingen(zaad, (aantal, aantal + erbij), 0)


@pytest.mark.traag
@pytest.mark.parametrize(("zaad", "aantal", "erbij"), [(2, 40, 40), (4, 65, 60), (6, 65, 140), (8, 100, 100)])
def test_een_map_die_groeit_krijgt_tabellen_erbij(zaad: int, aantal: int, erbij: int) -> None:
    """Cross tables that were not there the first time tell nothing of then, and what was there stays."""
    p, q = _metingen(zaad, (aantal, aantal + erbij), 0, vol=True)
    assert set(p.cellen) < set(q.cellen)
    assert not set(q.tabellen) <= set(p.tabellen)


def _metingen(zaad: int, aantallen: Sequence[int], afronding: int, vol: bool = False) -> list[Publicatie]:
    """The same registration as it grew, published every time in the same folder."""
    alle = tabellen(zaad, aantallen[0], aantallen[-1] - aantallen[0], vol)
    keren: list[Publicatie] = []
    waar: list[pd.DataFrame] = []
    eerder: list[Eerder] = []
    for n in aantallen:
        wie = set(alle["huishoudens"]["pseudoniem"].iloc[:n])
        t = {naam: f[f["pseudoniem"].isin(wie)] for naam, f in alle.items()}
        m = meet(maak_registratie(t), laad(), afronding, eerder)
        p = m.huishoudens
        if keren and n - len(waar[-1]) < DREMPEL and keren[-1].toont() is not None:
            assert "blijven staan" in p.uitleg
        if "blijven staan" in p.uitleg:  # the same numbers once more are no table: they do not say that nobody came
            assert p.cellen == keren[-1].cellen
            continue
        genoemd = {team for q in keren for team in q.waarden("team")}
        waar.append(echt(t, genoemd)["huishoudens"])
        keren.append(p)
        eerder = [Eerder(m.delen, m)]
    marge = (afronding - 1) // 2 if afronding else 0
    regels, laag, hoog, plek = _samen(keren, marge)
    for (keer, s), i in plek.items():
        doel = np.zeros(len(plek))
        doel[i] = 1
        if keren[keer].cellen[s] is None:
            a, b = _uitersten(doel, regels, laag, hoog)
            assert b - a >= DREMPEL - 1e-6, (keer, s)
        if not keer or s not in keren[keer - 1].cellen:
            continue
        nu, toen = waar[keer], waar[keer - 1]
        team = tuple(x for x in s if x[0] == "team")
        # who sees the same number of a team twice, knows no more of it than that
        bleef = bool(team) and abs(tel(nu, team) - (keren[keer - 1].toont(**dict(team)) or 0)) <= afronding / 2
        if tel(nu, s) - tel(toen, s) < DREMPEL and not bleef:
            doel[plek[(keer - 1, s)]] = -1
            a, b = _uitersten(doel, regels, laag, hoog)
            assert b - a >= DREMPEL - 1e-6, ("verschil", keer, s)
    return keren


@pytest.mark.traag
@pytest.mark.parametrize(
    ("zaad", "aantal", "erbij", "eerst", "dan"),
    [
        (2, 140, 15, 0.5, 0.75),  # three new cases came, as nought to five
        (3, 90, 0, 0.4, 0.6),  # three were measured as ev, as nought to six
        (11, 140, 0, 0.3, 0.45),
        (5, 120, 30, 0.3, 0.9),
    ],
)
def test_wie_er_al_was_en_later_is_gemeten_zegt_niet_wie_erbij_kwam(
    zaad: int, aantal: int, erbij: int, eerst: float, dan: float
) -> None:
    """Of a moment more is known the second time, so that fewer are unknown: numbers of who is measured still only rise,
    and no difference that is less than ten is known to less than ten."""
    alle = tabellen(zaad - zaad % 2 if erbij else zaad, aantal, erbij)
    wie = pd.Index(alle["huishoudens"]["pseudoniem"])
    kans = np.random.default_rng(zaad + 7).random(aantal + erbij)
    keren: list[Publicatie] = []
    waar: list[pd.DataFrame] = []
    eerder: list[Eerder] = []
    for n, deel in ((aantal, eerst), (aantal + erbij, dan)):
        er = {naam: f[f["pseudoniem"].isin(wie[:n])] for naam, f in alle.items()}
        p = er["problematiek"]
        kort = (p["moment"] == 0) | ((p["moment"] == 6) & (kans[wie.get_indexer(p["pseudoniem"])] < deel))
        t = {"huishoudens": er["huishoudens"], "problematiek": p[kort]}
        m = meet(maak_registratie(t), laad(), 0, eerder)
        keren.append(m.huishoudens)
        waar.append(echt(t)["huishoudens"])
        eerder = [Eerder(m.delen, m)]
    regels, laag, hoog, plek = _samen(keren, 0, gemeten=True)
    for (keer, s), i in plek.items():
        bekend = {v for v, _ in s} <= set(waar[0]) - {"gevolgd"}
        if not keer or s not in keren[0].cellen or not _stijgt(s) or not bekend:
            continue
        if 0 < tel(waar[1], s) - tel(waar[0], s) < DREMPEL:
            doel = np.zeros(len(plek))
            doel[i], doel[plek[(0, s)]] = 1, -1
            a, b = _uitersten(doel, regels, laag, hoog)
            assert b - a >= DREMPEL - 1e-6, s


@pytest.mark.parametrize("erbij", [1, 9])
def test_een_nieuw_team_of_een_andere_aanpak_zet_het_geheugen_niet_uit(erbij: int) -> None:
    """Three times a memory: of the same teams, of one team more, and of a team that has another name."""
    alle = tabellen(9, 120, erbij)
    assert set(alle["huishoudens"]["team"][120:]) == {"Nieuw"}
    eerst = {naam: f[f["pseudoniem"].isin(alle["huishoudens"]["pseudoniem"][:120])] for naam, f in alle.items()}
    een = meet(maak_registratie(eerst), laad())
    twee = meet(maak_registratie(alle), laad(), eerder=[Eerder(een.delen, een)])
    assert "blijven staan" in twee.uitleg
    assert schrijf_meting(twee) == schrijf_meting(een)


def test_een_huishouden_erbij_maakt_geen_tabel() -> None:
    """Ten of 40 dropped out, which is no table; of 41 eleven did. Were there one then, it would tell who came."""
    wie = [f"h{i}" for i in range(41)]
    uit = ["uitgevallen"] * 10 + ["lopend"] * 30 + ["uitgevallen"]
    h = pd.DataFrame({"pseudoniem": wie, "type": "gezinnen", "team": "T", "start": "2024-01-01", "status": uit})
    een = meet(maak_registratie({"huishoudens": h[:40]}), laad())
    assert not een.huishoudens.waarden("uitgevallen")
    assert meet(maak_registratie({"huishoudens": h}), laad()).huishoudens.waarden("uitgevallen")
    twee = meet(maak_registratie({"huishoudens": h}), laad(), eerder=[Eerder(een.delen, een)])
    assert schrijf_meting(twee) == schrijf_meting(een)


@pytest.mark.traag
def test_een_publicatie_waar_niets_in_zou_staan_wist_het_geheugen_niet() -> None:
    """Sixteen households more change nearly every cell by too few to show it; where none at all was shown, and at the
    next moment two more come, what is shown then would differ from the first time by those few."""
    alle = tabellen(3, 168)
    een, twee, drie = (
        {n: f[f["pseudoniem"].isin(alle["huishoudens"]["pseudoniem"][:aantal])] for n, f in alle.items()}
        for aantal in (150, 166, 168)
    )
    for t, moment in ((een, 0), (twee, 6)):
        t["problematiek"] = t["problematiek"][t["problematiek"]["moment"] <= moment]
    eerst = meet(maak_registratie(een), laad())
    assert eerst.huishoudens.toont() == 150
    daarna = meet(maak_registratie(twee), laad(), eerder=[Eerder(eerst.delen, eerst)])
    getoond = {s for s, w in daarna.huishoudens.cellen.items() if w and s in eerst.huishoudens.cellen}
    assert getoond <= {(), (("team", "Noord"),)}
    niets = replace(
        daarna.huishoudens, cellen=dict.fromkeys(daarna.huishoudens.cellen), historie=eerst.huishoudens.historie
    )
    later = meet(maak_registratie(drie), laad(), eerder=[Eerder({**daarna.delen, "huishoudens": niets}, daarna)])
    for s, w in later.huishoudens.cellen.items():
        was = eerst.huishoudens.cellen.get(s)
        assert w is None or was is None or w == was or abs(w - was) >= DREMPEL, s

"""Bounds and weights for who is missing, worked out by hand on a registration of which the missing ones are known."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld, vul_in
from mkba.analyse.effectmeting.bijwerken.uitval import Uitval, uitersten, uitval
from mkba.analyse.effectmeting.publiceren.meting import Antwoord, Meting, meet
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.woorden.trajecten import ESCALATIES
from mkba.model.berekening import bereken
from mkba.uitvoer.effectmeting.rapport.tabellen import momententabel, uitvaltabel
from mkba.uitvoer.effectmeting.rapport.zinnen import uitval as uitvalzinnen

KENGETALLEN = laad()


N = 2880
NR = np.arange(N)
KLASSE = np.array(["nzr", "top", "ev", "zr"])[NR % 4]
NIEUW = NR // 12 % 3 == 0


def _gemist(deel: int) -> np.ndarray:
    """Of the nzr one in ``deel`` was never seen again, of the others one in twice as many; 0: nobody at all."""
    return NR // 72 % np.where(KLASSE == "nzr", deel, 2 * deel) == 0 if deel else np.zeros(N, dtype=bool)


def _stad(deel: int = 2) -> dict[str, pd.DataFrame]:
    """2,880 households, a quarter of each class, a third new. Who was followed of the nzr has two trajecten more, of
    the others one; every fourth dropped one. Every fifth is under threat, with each kind and end in turn."""
    gemist = _gemist(deel)
    wie = np.array([f"h{i}" for i in NR])
    huishoudens = pd.DataFrame(
        {
            "pseudoniem": wie,
            "type": np.array(["gezinnen", "ouderen", "overig"])[NR // 4 % 3],
            "team": np.where(NR // 36 % 2, "Noord", "Zuid"),
            "start": pd.Timestamp("2024-01-01"),
            "nieuw": NIEUW,
            "status": "lopend",
        }
    )
    begin = pd.DataFrame({"pseudoniem": wie, "moment": 0, "zwaarte": KLASSE})
    na = np.array(["nzr", "top", "ev", "zr"])[(NR + NR // 144) % 4]
    later = pd.DataFrame({"pseudoniem": wie, "moment": 6, "zwaarte": na})[~gemist]
    heeft = {
        "lopend": np.full(N, 3),
        "nieuw": np.where(gemist, 0, 1 + (KLASSE == "nzr")),
        "afgevallen": np.where(gemist, 0, NR // 4 % 4 == 0).astype(int),
    }
    # more than one soort: of the rest of a single one nobody may know that it is nothing
    soort = np.where(NR // 12 % 6 == 1, "schuldhulp", "begeleiding")
    trajecten = pd.concat(
        pd.DataFrame(
            {
                "pseudoniem": np.repeat(wie, n),
                "moment": 0 if stand == "lopend" else 6,
                "type": np.repeat(soort, n),
                "stand": stand,
            }
        )
        for stand, n in heeft.items()
    )
    dreigt = ~gemist & (NR // 12 % 5 == 0)
    soorten, einden = np.array(ESCALATIES), np.array(["voorkomen"] * 7 + ["gebeurd"] * 3 + ["dreigde"] * 2)
    escalaties = pd.DataFrame(
        {
            "pseudoniem": wie,
            "soort": soorten[NR // 60 % 5],
            "uitkomst": einden[NR % 12],
            "datum": pd.Timestamp("2025-01-01"),
        }
    )[dreigt]
    problematiek = pd.concat([begin, later])
    return {"huishoudens": huishoudens, "problematiek": problematiek, "trajecten": trajecten, "escalaties": escalaties}


@cache
def _meting(deel: int) -> Meting:
    return meet(maak_registratie(_stad(deel)), KENGETALLEN, 0)


@cache
def _ingevuld(deel: int = 2, nulmeting: float | None = 0.6, grondslag: Any = "huishoudens") -> Ingevuld:
    aanpak = lees_bron(zoek_aanpak("voorbeeldstad"), KENGETALLEN).aanpak
    return vul_in(aanpak, KENGETALLEN, _meting(deel), nulmeting, grondslag=grondslag)


def _ingevuld_met(tabellen: dict[str, pd.DataFrame]) -> Ingevuld:
    aanpak = lees_bron(zoek_aanpak("voorbeeldstad"), KENGETALLEN).aanpak
    return vul_in(aanpak, KENGETALLEN, meet(maak_registratie(tabellen), KENGETALLEN, 0), 0.6)


def _per_sleutel(i: Ingevuld) -> dict[str, Uitval]:
    return {u.sleutel: u for u in uitval(i)}


def test_grenzen_van_een_aantal_met_de_hand() -> None:
    """Known cases: 1,920, a quarter nzr of whom half (240) is gone, and a quarter (360) of the others: 1,320 followed,
    240 nzr with two trajecten and 1,080 with one: 1,560. With nothing for the others 1,560 of 1,920; with twice as many
    for 610 (ten more may have dropped out: fewer are not told)."""
    u = _per_sleutel(_ingevuld())["effectmeting.meer.bestaand.aantal"]
    assert (u.alle, u.gevolgd, u.weg) == (1920, 1320, 610)
    waarde = 1560 / 1320
    laag = 1560 / 1920
    assert (u.waarde, u.laag, u.hoog) == pytest.approx((waarde, laag, laag + 610 * 2 * waarde / 1920))


def test_gewichten_halen_weg_wat_de_zwaarte_verklaart() -> None:
    """With everyone followed it would have been (2 + 3 · 1) / 4 = 1.25, and that is what the weights find."""
    u = _per_sleutel(_ingevuld())["effectmeting.meer.bestaand.aantal"]
    assert u.gewogen["klasse_0"] == pytest.approx(1.25)
    # a team says nothing of it, and half of each class is in each
    assert u.gewogen["team"] == pytest.approx(u.waarde)


def test_grenzen_van_voorkomen_escalatie_met_de_hand() -> None:
    """Counted from the rows. Worst: who is missing was under threat too, and nothing was prevented but what was; best:
    all of it was, and what is still open as well."""
    tabellen = _stad()
    u = _per_sleutel(_ingevuld())["effectmeting.voorkomen.intramuraal_awbz"]
    e = tabellen["escalaties"]
    telling = e.loc[e["soort"] == "intramuraal_awbz", "uitkomst"].value_counts()
    v, g, o = (int(telling[k]) for k in ("voorkomen", "gebeurd", "dreigde"))
    t, weg = v + g + o, int(_gemist(2).sum()) + 10
    assert u.waarde == pytest.approx(t / (N - weg + 10) * (v / (v + g) - 0.6))
    slecht, best = (v - 0.6 * (t + weg)) / N, (v + o + weg - 0.6 * (t + weg)) / N
    assert (u.laag, u.hoog) == pytest.approx((slecht, best))


@pytest.mark.parametrize("deel", [2, 3, 5])
def test_de_waarheid_ligt_altijd_tussen_de_grenzen(deel: int) -> None:
    """Whatever happened to who was not followed, up to twice what the others got."""
    u = _per_sleutel(_ingevuld(deel))["effectmeting.meer.nieuw.aantal"]
    assert u.alle - u.gevolgd == (_gemist(deel) & NIEUW).sum() > 0
    for erbij in (0.0, u.waarde, 2 * u.waarde):
        echt = (u.waarde * u.gevolgd + erbij * (u.alle - u.gevolgd)) / u.alle
        assert u.laag - 1e-9 <= echt <= u.hoog + 1e-9


def test_vraag_12_een_aandeel_van_nul_tot_alles() -> None:
    i = _ingevuld(nulmeting=None)
    # as if too few dropped a traject to show how many: then question 17 does not count and 12 does
    weg = i.meting.delen["trajecten.afgevallen"]
    delen = {**i.meting.delen, "trajecten.afgevallen": replace(weg, cellen=dict.fromkeys(weg.cellen))}
    dicht = [s for s in i.meting.antwoorden if s.startswith("effectmeting.minder.")]
    antwoorden = {**i.meting.antwoorden, **dict.fromkeys(dicht, Antwoord(None, None, None, "afgeschermd"))}
    meting = replace(i.meting, delen=delen, antwoorden=antwoorden)
    u = _per_sleutel(vul_in(i.voor, KENGETALLEN, meting))["substitutie.bestaand"]
    assert _per_sleutel(i)["substitutie.bestaand"].saldo is None  # replaced by question 17
    wel = u.gevolgd / u.alle
    assert u.laag == pytest.approx(wel * u.waarde)
    assert u.hoog == pytest.approx(wel * u.waarde + u.weg / u.alle)
    assert u.saldo is not None
    assert u.saldo[0] < u.saldo[1]


def test_met_iedereen_gevolgd_en_niemand_weg_verschuift_er_niets() -> None:
    i = _ingevuld(0)
    for u in uitval(i):
        assert u.laag <= u.waarde <= u.hoog
        assert all(w is None or w == pytest.approx(u.waarde) for w in u.gewogen.values())
    zinnen = " ".join(uitvalzinnen(i, uitval(i)))
    assert "Hoeveel huishoudens zijn niet gevolgd en uitgevallen, is niet te tonen" in zinnen
    assert "gelijk aan de getelde" in zinnen


@pytest.mark.parametrize("grondslag", ["huishoudens", "bedreigd"])
def test_het_saldo_aan_elke_kant(grondslag: Any) -> None:
    i = _ingevuld(grondslag=grondslag)
    rijen = uitval(i)
    per = {u.sleutel: u for u in rijen}
    meer = per["effectmeting.meer.bestaand.aantal"]
    assert meer.saldo is not None
    anders = bereken(i.na.met({meer.sleutel: meer.hoog}, KENGETALLEN), KENGETALLEN)["saldo"]
    assert meer.saldo[1] == pytest.approx(anders)
    ver = uitersten(i, rijen)
    assert ver is not None
    slecht, best = ver
    eigen = [s for u in rijen if u.saldo is not None for s in u.saldo]
    assert slecht <= min(eigen)
    assert best >= max(eigen)
    # questions 11 and 12 do not count beside 16 to 18
    assert per["meer"].saldo is None
    tabel = uitvaltabel(rijen)
    assert set(tabel.frame["vraag"].str[:2]) >= {"11", "12", "16", "17", "18"}
    (zin,) = [z for z in uitvalzinnen(i, rijen) if z.startswith("Wegen verschuift het meest")]
    assert "naar zwaarte bij de start" in zin


def test_wie_gemeten_had_kunnen_zijn_per_moment() -> None:
    """Four in five started a year before the last day that is known, and are due at 6 months; the others a month. Of
    who was seen after half a year about half is nzr or top; the bounds put all who were missed on one side."""
    tabellen = _stad()
    later = N * 4 // 5
    tabellen["huishoudens"].loc[later:, "start"] = pd.Timestamp("2024-12-01")
    begonnen = tabellen["problematiek"]["pseudoniem"].str[1:].astype(int) < later
    tabellen["problematiek"] = tabellen["problematiek"][(tabellen["problematiek"]["moment"] == 0) | begonnen]
    frame = momententabel(meet(maak_registratie(tabellen), KENGETALLEN, 0)).frame
    p = tabellen["problematiek"]
    na = p.loc[p["moment"] == 6, "zwaarte"].isin(["nzr", "top"])
    weg = int(_gemist(2)[:later].sum())
    rij = [w.waarde for w in frame.loc["6 maanden"]]
    assert rij[:4] == [later, later - weg, weg, pytest.approx(1 - weg / later)]
    assert rij[4:] == pytest.approx([na.mean(), na.sum() / later, (na.sum() + weg) / later])
    assert [w.waarde for w in frame.loc["0 maanden"]][:4] == [N, N, 0, 1]
    for moment in ("12 maanden", "18 maanden"):  # nothing was measured then
        assert [str(w) for w in frame.loc[moment]][:5] == ["–"] * 5


def test_een_paar_gemist_is_niet_te_tonen() -> None:
    """Five missed and the rest not due yet: who was measured is told, and no number tells of the five."""
    tabellen = _stad(0)
    tabellen["huishoudens"].loc[N // 2 :, "start"] = pd.Timestamp("2024-12-01")
    p = tabellen["problematiek"]
    nummer = p["pseudoniem"].str[1:].astype(int)
    tabellen["problematiek"] = p[(p["moment"] == 0) | (nummer >= 5) & (nummer < N // 2)]
    frame = momententabel(meet(maak_registratie(tabellen), KENGETALLEN, 0)).frame.map(str)
    assert list(frame.loc["6 maanden", ["hadden gekund", "gemeten", "gemist"]]) == ["*", "1.435", "*"]


def test_is_niemand_nog_niet_zo_ver_dan_staan_er_toch_grenzen() -> None:
    """All are due at 6 months. How many were missed and how many wait is hidden, as nobody waits, but not how many they
    are together: with all of these on one side the share of all 2,880 lies between som / N and (som + weg) / N."""
    tabellen = _stad()
    frame = momententabel(meet(maak_registratie(tabellen), KENGETALLEN, 0)).frame
    rij = frame.loc["6 maanden"]
    assert [str(w) for w in rij[["hadden gekund", "gemist"]]] == ["*", "*"]
    p = tabellen["problematiek"]
    som, weg = int(p.loc[p["moment"] == 6, "zwaarte"].isin(["nzr", "top"]).sum()), int(_gemist(2).sum())
    assert [w.waarde for w in rij[["niet zelfredzaam", "van", "tot"]]] == pytest.approx(
        [som / (N - weg), som / N, (som + weg) / N]
    )


@pytest.mark.parametrize(("weg", "rekent"), [(8, 10), (100, 100), (N - 5, N)])
def test_een_verborgen_aantal_uitvallers_maakt_geen_grens_te_krap(weg: int, rekent: int) -> None:
    """Eight who dropped out are no table: ten count. A hundred are told. All but five are hidden again, but then there
    is a table of them, so all count: never fewer than it were."""
    tabellen = _stad(0)
    tabellen["huishoudens"]["status"] = np.where(N - weg <= NR, "uitgevallen", "lopend")
    i = _ingevuld_met(tabellen)
    per = _per_sleutel(i)
    # of the households of all kinds the ten that may not have been followed come on top
    assert per["effectmeting.voorkomen.intramuraal_awbz"].weg == min(N, rekent + 10)
    zinnen = " ".join(uitvalzinnen(i, uitval(i)))
    assert ("het kunnen er bijna alle zijn" in zinnen) == (rekent == N)
    assert ("niet gevolgd en uitgevallen, is niet te tonen: het zijn er hoogstens 10 van elk" in zinnen) == (weg == 8)


def test_met_alleen_de_start_zegt_niemand_hoeveel_er_zijn_gevolgd() -> None:
    """Of a table of households alone nothing after the start is known: not that at most ten were not followed."""
    i = _ingevuld_met({"huishoudens": _stad(0)["huishoudens"]})
    rijen = uitval(i)
    assert [u.sleutel for u in rijen] == ["nieuw"]
    assert not any("niet gevolgd" in z and "hoogstens" in z for z in uitvalzinnen(i, rijen))

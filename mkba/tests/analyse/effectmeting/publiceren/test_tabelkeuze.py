"""Which tables of so many households there are, and that it tells nothing."""

import pandas as pd
import pytest

from mkba.analyse.effectmeting.publiceren.antwoorden import ALLE_TYPEN
from mkba.analyse.effectmeting.publiceren.geheugen import Eerder
from mkba.analyse.effectmeting.publiceren.meting import meet
from mkba.analyse.effectmeting.publiceren.tabelkeuze import Huishoudental, kies_tabellen
from mkba.analyse.onderdrukking.stelsel import Som, sleutel_van
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.kern.catalogus.kengetallen import laad
from mkba.tests.hulp_kleine_stad import stad

WAARDEN = {
    "team": ["Noord", "Zuid"],
    "type": ["gezin", "oudere", "overig"],
    "klasse_0": ["ev", "zr", "nzr", "top", "onbekend"],
    "zwaarst_0": ["nzr_top", "lichter"],
    "nieuw": ["nieuw", "bestaand"],
}
TABELLEN = (("type", "klasse_0"), ("type", "zwaarst_0"), ("type", "nieuw"))
SOMMEN: list[Som] = [
    (sleutel_van(**basis, zwaarst_0="nzr_top"), tuple(sleutel_van(**basis, klasse_0=k) for k in ("nzr", "top")))
    for basis in ({}, {"type": "gezin"})
]


def soorten() -> pd.DataFrame:
    """Nobody at all: only what there can be counts."""
    return pd.DataFrame({v: pd.Categorical([], namen) for v, namen in WAARDEN.items()})


def gekozen(aantal: float, toen: tuple[tuple[str, ...], ...] = ()) -> set[tuple[str, ...]]:
    return set(kies_tabellen(TABELLEN, soorten(), SOMMEN, aantal, 10, toen))


def test_een_tabel_is_er_als_een_cel_gemiddeld_te_tonen_is() -> None:
    """Threshold 10: type has 3 values (30), nieuw and zwaarst_0 2 (20), klasse_0 5 (50); a cross table asks 1.5 times
    its cells: type and nieuw 6 (90), type and klasse_0 15 (225). By team it is always there."""
    assert gekozen(0) == {("team",)}
    assert gekozen(20) == {("team",), ("nieuw",)}
    assert gekozen(45) == {("team",), ("nieuw",), ("type",)}
    assert gekozen(50) == {("team",), ("nieuw",), ("type",), ("klasse_0",), ("zwaarst_0",)}
    assert gekozen(85) == gekozen(50)
    assert gekozen(90) == {("team",), ("type", "nieuw"), ("klasse_0",), ("zwaarst_0",)}
    assert gekozen(220) == gekozen(90)
    assert gekozen(225) == {("team",), *TABELLEN}


def test_wat_er_alleen_boven_de_drempel_is_vraagt_meer() -> None:
    """Of 20 households of whom more than ten were not followed, nine at most were: from 30 that says nothing of few."""
    ja_nee = pd.DataFrame({v: pd.Categorical([], ["ja", "nee"]) for v in ("gevolgd", "nieuw")})
    tabellen = [("gevolgd",), ("nieuw",)]
    assert kies_tabellen(tabellen, ja_nee, [], 20, 10) == [("nieuw",), ("team",)]
    assert kies_tabellen(tabellen, ja_nee, [], 30, 10) == [("gevolgd",), ("nieuw",), ("team",)]


def test_een_optelling_is_er_alleen_met_wat_zij_optelt() -> None:
    """zwaarst_0 (20) of 45 households, and by type (90) of 220: not without klasse_0, of which it is a sum; with it
    where that was there before."""
    assert ("zwaarst_0",) not in gekozen(45)
    assert ("zwaarst_0",) in gekozen(45, (("klasse_0",),))
    assert ("type", "zwaarst_0") not in gekozen(220)
    assert ("type", "zwaarst_0") in gekozen(220, (("type", "klasse_0"),))


def test_een_aantal_dat_niet_te_tonen_is_kiest_niets() -> None:
    """Too few, hidden before, or little more than was ever shown: as it was shown last."""
    assert Huishoudental(9, 10, 5).getoond(None) == 0
    assert Huishoudental(63, 10, 5).getoond(None) == 65
    eerder = Publicatie({(): 65.0}, ((),), 10, 5, historie={(): (65.0,)})
    assert Huishoudental(76, 10, 5).getoond(eerder) == 65  # 11, and 2.5 may be rounding
    assert Huishoudental(78, 10, 5).getoond(eerder) == 80
    weg = Publicatie({(): None}, ((),), 10, 5, historie={(): (65.0,)})
    assert Huishoudental(400, 10, 5).getoond(weg) == 65
    assert Huishoudental(400, 10, 5).toen(None) == 0


def test_welke_tabellen_er_zijn_hangt_van_niemand_af() -> None:
    """Seventy households of every kind, and seventy that are nearly all gezinnen, known before, with one problem."""
    t = stad(70)
    ander = {naam: f.copy() for naam, f in t.items()}
    ander["huishoudens"] = ander["huishoudens"].assign(
        type=["gezinnen"] * 58 + ["ouderen"] * 3 + ["overig"] * 9,
        kinderen=[1] * 58 + [0] * 12,
        nieuw=[True] * 4 + [False] * 66,
    )
    ander["problematiek"] = ander["problematiek"].assign(zwaarte=["top"] * 2 + ["ev"] * 68)
    een, twee = (meet(maak_registratie(x), laad()).huishoudens for x in (t, ander))
    assert een.tabellen == twee.tabellen
    assert twee.toont(type="oudere") is None
    assert een.verborgen < twee.verborgen
    assert een.toont() == twee.toont() == 70


@pytest.mark.traag
def test_zeventig_huishoudens_tonen_wie_zij_zijn() -> None:
    """Type, nieuw and what is heaviest, each by itself; of the zwaarte per type the report says why it is not there."""
    m = meet(maak_registratie(stad(70)), laad())
    p = m.huishoudens
    assert None not in [p.toont(type=t) for t in ("gezin", "oudere", "overig")]
    assert p.toont(zwaarst_0="nzr_top") is not None
    assert p.toont(klasse_0="ev") is not None
    assert m.waarde("nieuw") is not None
    assert m.antwoorden["zwaarte.gezin.ev"].opmerking == ALLE_TYPEN
    assert meet(maak_registratie(stad(300)), laad()).waarde("zwaarte.gezin.ev") is not None


@pytest.mark.traag
def test_een_map_houdt_haar_eerste_keus_van_soorten() -> None:
    """Trajecten by group once are by group always, also when there are enough to tell 28 types apart; in a new folder
    these are."""
    een = meet(maak_registratie(stad(70)), laad())
    later, nieuw = (
        meet(maak_registratie(stad(390)), laad(), eerder=eerder) for eerder in ([Eerder(een.delen, een)], [])
    )
    for stand in ("nieuw", "afgevallen"):  # of what runs the first shows nothing
        naam = f"trajecten.{stand}"
        assert ("soortgroep",) in een.delen[naam].tabellen
        assert ("soortgroep",) in later.delen[naam].tabellen
        assert ("type",) not in later.delen[naam].tabellen
        assert ("type",) in nieuw.delen[naam].tabellen
    assert set(een.huishoudens.cellen) <= set(later.huishoudens.cellen)


@pytest.mark.parametrize(
    ("trajecten", "naar"), [(27, set()), (28, {"soortgroep"}), (92, {"soortgroep"}), (93, {"type"})]
)
def test_soorten_zijn_er_als_er_van_elk_een_derde_van_de_drempel_is(trajecten: int, naar: set[str]) -> None:
    """8 groups and 28 types: from 8 · 10 / 3 = 26.7 and 28 · 10 / 3 = 93.3; 27 is shown as 25, 28 as 30, 93 as 95."""
    t = stad(300)
    erbij = t["trajecten"][t["trajecten"]["stand"] == "nieuw"].iloc[:trajecten]
    rest = t["trajecten"][t["trajecten"]["stand"] != "nieuw"]
    m = meet(maak_registratie({**t, "trajecten": pd.concat([erbij, rest])}), laad())
    er = {v for tabel in m.delen["trajecten.nieuw"].tabellen for v in tabel}
    assert er & {"type", "soortgroep"} == naar

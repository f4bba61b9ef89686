"""Counts of a registration, worked out by hand, and the class by the rule for one household."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.doelgroepen.zelfredzaamheid import deel_huishouden_in
from mkba.analyse.effectmeting import tellen
from mkba.analyse.effectmeting.klassen import klassen
from mkba.analyse.effectmeting.tellen import Telling
from mkba.invoer.effectmeting.kolommen import DOMEINKOLOMMEN
from mkba.invoer.effectmeting.lezen import lees_registratie
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.invoer.registratie.lezen import Huishouden
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.woorden.trajecten import TRAJECTEN
from mkba.tests.hulp_effectmeting import GOED, schrijf


@pytest.fixture
def telling(tmp_path: Path) -> Telling:
    return tellen.tel(lees_registratie(schrijf(tmp_path)), laad())


@pytest.mark.parametrize(
    ("sleutel", "waarde"),
    [
        ("huishoudens", 4),
        ("type.gezin", 0.5),
        ("zwaarte.gezin.nzr", 0.5),
        ("zwaarte.oudere.top", 1),
        ("kinderen", 1.5),
        ("schulden.gezin", 1),  # of the gezinnen only h1 is meervoudig
        ("fte", 4),
        ("additioneel", 2.5 / 4),
        ("disciplines.jeugd", 1),
        ("disciplines.wi", 0),
        ("nieuw", 0.25),
        ("substitutie.bestaand", 2),  # h2 and h3 dropped one each, one ran
        # h1 got two, one of which was never carried out; h3 is one of the three that were known
        ("effectmeting.meer.nieuw.aantal", 1),
        ("effectmeting.meer.nieuw.schuldhulp", 1),
        ("effectmeting.meer.nieuw.dagbesteding", 0),
        ("effectmeting.meer.bestaand.aantal", 1 / 3),
        ("effectmeting.meer.bestaand.hulp_huishouden", 1),
        # the uithuisplaatsing that was dropped is for question 18
        ("effectmeting.minder.bestaand.aantal", 1 / 3),
        ("effectmeting.minder.bestaand.schuldhulp", 1),
        ("effectmeting.minder.nieuw.aantal", 0),
        ("effectmeting.voorkomen.huisuitzetting", 0.25),  # h2 was evicted after all
        ("effectmeting.bedreigd.huisuitzetting", 0.5),
        ("effectmeting.voorkomen_van_bedreigd.huisuitzetting", 0.5),
        ("effectmeting.voorkomen.intramuraal_awbz", 0.25),
    ],
)
def test_antwoorden_met_de_hand(telling: Telling, sleutel: str, waarde: float) -> None:
    assert telling.antwoord(sleutel) == pytest.approx(waarde)


def test_aandelen_van_vraag_16_tellen_op_tot_een(telling: Telling) -> None:
    a = telling.antwoorden.set_index("sleutel")["waarde"]
    assert sum(a[f"effectmeting.meer.bestaand.{t}"] for t in TRAJECTEN) == pytest.approx(1)


def test_zonder_nieuw_of_bestaand_geldt_voetnoot_13(tmp_path: Path) -> None:
    zonder = GOED["huishoudens"].replace(";ja;lopend", ";;lopend").replace(";nee;", ";;")
    a = tellen.tel(lees_registratie(schrijf(tmp_path, huishoudens=zonder)), laad()).antwoorden.set_index("sleutel")
    for groep in ("nieuw", "bestaand"):
        assert a.loc[f"effectmeting.meer.{groep}.aantal", "waarde"] == pytest.approx(2 / 4)
        assert "voetnoot 13" in a.loc[f"effectmeting.meer.{groep}.aantal", "toelichting"]


def test_monitoring(telling: Telling) -> None:
    m = telling.per_moment.set_index(["team", "moment"])
    assert m.loc[("totaal", 0), ["gemeten", "ev", "nzr", "top"]].tolist() == [3, 1, 1, 1]
    assert m.loc[("Noord", 6), ["gemeten", "zr"]].tolist() == [1, 1]
    o = telling.overgangen
    assert o.loc[(o["team"] == "totaal") & (o["huishoudens"] > 0), ["van", "naar", "voor", "na"]].values.tolist() == [
        [0, 6, "nzr", "zr"]
    ]
    u = telling.uitvoering.set_index(["team", "wat"])
    assert u.loc[("totaal", "traject_nieuw"), ["bekend", "uitgevoerd"]].tolist() == [2, 1]
    assert u.loc[("totaal", "actie"), "aandeel"] == 0.5
    e = telling.escalaties.set_index(["team", "soort"])
    assert e.loc[("totaal", "huisuitzetting"), ["gebeurd", "voorkomen", "dreigde"]].tolist() == [1, 1, 0]
    assert telling.acties.set_index(["team", "door"]).loc[("Noord", "netwerk"), "aantal"] == 1
    assert telling.betalers == {"gemeente": 4}
    assert "h1" not in repr(telling)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["1-5", "0-1"]), st.floats(0, 0.8))
def test_de_klasse_is_die_van_de_regel_voor_een_huishouden(zaad: int, schaal: str, leeg: float) -> None:
    kans = np.random.default_rng(zaad)
    n = 8
    waarden = kans.integers(1, 6, (n, len(DOMEINKOLOMMEN))) if schaal == "1-5" else kans.integers(0, 2, (n, 21))
    scores = np.where(kans.random(waarden.shape) < leeg, np.nan, waarden)
    feiten = {f: kans.random(n) < 0.2 for f in ("schulden", "overlast", "lvb")}
    frame = pd.DataFrame(scores, columns=list(DOMEINKOLOMMEN)).assign(
        pseudoniem=[f"h{i}" for i in range(n)], moment=0, schaal=schaal, **feiten
    )
    kengetallen = laad()
    gevonden = klassen(maak_registratie({"problematiek": frame}).problematiek, kengetallen)
    for i in range(n):
        per_domein = {d: None if np.isnan(w) else float(w) for d, w in zip(DOMEINKOLOMMEN, scores[i], strict=True)}
        feit = {f: bool(w[i]) for f, w in feiten.items()}
        een = Huishouden("h", "gezin", 1, per_domein, schaal, **feit)  # type: ignore[arg-type]
        assert gevonden[i] == deel_huishouden_in(een, kengetallen).klasse

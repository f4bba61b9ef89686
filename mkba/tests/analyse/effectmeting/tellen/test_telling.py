"""Counts of a registration, worked out by hand, and the class by the rule for one household."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.doelgroepen.zelfredzaamheid import deel_huishouden_in
from mkba.analyse.effectmeting.tellen import telling as tellen
from mkba.analyse.effectmeting.tellen.klassen import klassen
from mkba.analyse.effectmeting.tellen.telling import Registratietelling
from mkba.invoer.effectmeting.kolommen import DOMEINKOLOMMEN
from mkba.invoer.effectmeting.lezen import lees_registratie
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.invoer.registratie.lezen import Huishouden
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.woorden.trajecten import TRAJECTEN
from mkba.tests.hulp_effectmeting import GOED, schrijf
from mkba.tests.hulp_voorbeelden import voorbeelden


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Registratietelling:
    return tellen.tel(lees_registratie(schrijf(tmp_path_factory.mktemp("registratie"))), laad())


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
        ("substitutie.bestaand", 1),  # of h2 one ran and was dropped; the one of h3 is for question 18
        ("meer", 1),  # h3 got one, of h2 one ran
        # h1 got two, one of which was never carried out; h3 is one of the two that were known and followed (h4 is not)
        ("effectmeting.meer.nieuw.aantal", 1),
        ("effectmeting.meer.nieuw.schuldhulp", 1),
        ("effectmeting.meer.nieuw.dagbesteding", 0),
        ("effectmeting.meer.bestaand.aantal", 1 / 2),
        ("effectmeting.meer.bestaand.hulp_huishouden", 1),
        # the uithuisplaatsing that was dropped is for question 18
        ("effectmeting.minder.bestaand.aantal", 1 / 2),
        ("effectmeting.minder.bestaand.schuldhulp", 1),
        ("effectmeting.minder.nieuw.aantal", 0),
        ("effectmeting.voorkomen.huisuitzetting", 1 / 3),  # h2 was evicted after all
        ("effectmeting.bedreigd.huisuitzetting", 2 / 3),
        ("effectmeting.voorkomen_van_bedreigd.huisuitzetting", 0.5),
        ("effectmeting.voorkomen.intramuraal_awbz", 1 / 3),
    ],
)
def test_antwoorden_met_de_hand(telling: Registratietelling, sleutel: str, waarde: float) -> None:
    assert telling.antwoord(sleutel) == pytest.approx(waarde)


def test_aandelen_van_vraag_16_tellen_op_tot_een(telling: Registratietelling) -> None:
    a = telling.antwoorden.set_index("sleutel")["waarde"]
    assert sum(a[f"effectmeting.meer.bestaand.{t}"] for t in TRAJECTEN) == pytest.approx(1)


def test_zonder_nieuw_of_bestaand_geldt_voetnoot_13(tmp_path: Path) -> None:
    zonder = GOED["huishoudens"].replace(";ja;lopend", ";;lopend").replace(";nee;", ";;")
    a = tellen.tel(lees_registratie(schrijf(tmp_path, huishoudens=zonder)), laad()).antwoorden.set_index("sleutel")
    for groep in ("nieuw", "bestaand"):
        assert a.loc[f"effectmeting.meer.{groep}.aantal", "waarde"] == pytest.approx(2 / 3)
        assert "voetnoot 13" in a.loc[f"effectmeting.meer.{groep}.aantal", "toelichting"]


def _groot(n: int, **tabellen: pd.DataFrame) -> Registratietelling:
    """``n`` households of which half is new, with these tables."""
    huishoudens = pd.DataFrame(
        {
            "pseudoniem": [f"h{i}" for i in range(n)],
            "type": "gezinnen",
            "team": "Noord",
            "start": "2024-01-01",
            "nieuw": [i % 2 == 0 for i in range(n)],
            "status": "lopend",
        }
    )
    return tellen.tel(maak_registratie({"huishoudens": huishoudens, **tabellen}), laad())


def _trajecten(*rijen: tuple[range, int, str]) -> pd.DataFrame:
    """A traject per household, moment and stand."""
    alle = [(f"h{i}", moment, "schuldhulp", stand) for wie, moment, stand in rijen for i in wie]
    return pd.DataFrame(alle, columns=["pseudoniem", "moment", "type", "stand"])


def test_wat_niet_is_vastgelegd_is_onbekend_en_geen_nul() -> None:
    sleutels = set(_groot(40).antwoorden["sleutel"])
    assert "huishoudens" in sleutels
    weg = ("meer", "substitutie.", "effectmeting.")
    assert not [s for s in sleutels if s.startswith(weg)]


def test_wie_niet_is_gevolgd_telt_niet_als_nul() -> None:
    """Of 40 households 10 were followed (5 of each group), and all of them dropped a traject."""
    t = _groot(40, trajecten=_trajecten((range(40), 0, "lopend"), (range(10), 6, "afgevallen")))
    a = t.antwoorden.set_index("sleutel")
    assert a.loc["effectmeting.minder.bestaand.aantal", ["waarde", "n"]].tolist() == [1.0, 5]
    assert a.loc["effectmeting.minder.bestaand.aantal", "toelichting"] == (
        "5 van de 20 huishoudens gevolgd; met nul voor de andere is het 0,25"
    )
    assert t.per_huishouden["gevolgd"].sum() == 10


def test_vraag_12_is_een_deel_van_wat_bij_de_start_liep() -> None:
    """40 ran at the start, 10 of them stand there again later, 10 were dropped: a quarter. All were known already."""
    rijen = ((range(1, 80, 2), 0, "lopend"), (range(1, 20, 2), 6, "lopend"), (range(41, 60, 2), 6, "afgevallen"))
    acties = pd.DataFrame({"pseudoniem": [f"h{i}" for i in range(80)], "moment": 6, "door": "netwerk"})
    a = _groot(80, trajecten=_trajecten(*rijen), acties=acties).antwoorden.set_index("sleutel")
    assert a.loc["substitutie.bestaand", ["waarde", "teller", "n"]].tolist() == [0.25, 10, 40]
    # where dropped trajecten are not listed as running as well, they ran all the same
    los = _groot(80, trajecten=_trajecten((range(1, 60, 2), 0, "lopend"), (range(61, 80, 2), 6, "afgevallen")),
                 acties=acties).antwoord("substitutie.bestaand")  # fmt: skip
    assert los == 0.25


def test_per_moment_wie_er_had_moeten_zijn_en_elke_overgang() -> None:
    """The last day known is 1 August 2024: of who began in January 6 months are due, of who began in March none."""
    huishoudens = pd.DataFrame(
        {
            "pseudoniem": ["h1", "h2", "h3", "h4"],
            "type": "gezinnen",
            "team": "Noord",
            "start": ["2024-01-01", "2024-01-01", "2024-01-01", "2024-03-01"],
            "einde": [None, "2024-08-01", None, None],
            "status": ["lopend", "uitgevallen", "lopend", "lopend"],
        }
    )
    problematiek = pd.DataFrame(
        {"pseudoniem": ["h1", "h2", "h1", "h3"], "moment": [0, 0, 12, 6], "zwaarte": ["nzr", "zr", "zr", "ev"]}
    )
    t = tellen.tel(maak_registratie({"huishoudens": huishoudens, "problematiek": problematiek}), laad())
    m = t.per_moment[t.per_moment["team"] == "totaal"].set_index("moment")[["verwacht", "gemeten", "uitgevallen"]]
    assert m.loc[[0, 6, 12, 18]].values.tolist() == [[4, 2, 0], [3, 1, 1], [1, 1, 0], [0, 0, 0]]


def test_monitoring(telling: Registratietelling) -> None:
    m = telling.per_moment.set_index(["team", "moment"])
    assert m.loc[("totaal", 0), ["gemeten", "ev", "nzr", "top"]].tolist() == [3, 1, 1, 1]
    assert m.loc[("Noord", 6), ["gemeten", "zr"]].tolist() == [1, 1]
    u = telling.uitvoering.set_index(["team", "wat"])
    assert u.loc[("totaal", "traject_nieuw"), ["bekend", "uitgevoerd"]].tolist() == [2, 1]
    assert u.loc[("totaal", "actie"), "aandeel"] == 0.5
    e = telling.escalaties.set_index(["team", "soort"])
    assert e.loc[("totaal", "huisuitzetting"), ["gebeurd", "voorkomen", "dreigde"]].tolist() == [1, 1, 0]
    assert telling.acties.set_index(["team", "door"]).loc[("Noord", "netwerk"), "aantal"] == 1
    assert telling.betalers == {"gemeente": 4}
    assert "h1" not in repr(telling)


@settings(max_examples=voorbeelden(60), deadline=None)
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

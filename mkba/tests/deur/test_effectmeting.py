"""Effectmeting through the front door: each object shows itself, its tables and its figures."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes

import mkba
from mkba.analyse.effectmeting.belofte import lees_belofte


@pytest.fixture(scope="module")
def a() -> Any:
    return mkba.aanpak("voorbeeld-4")


def test_bijwerken(a: Any) -> None:
    b = a.werk_bij({"terugval": (8, 40), "substitutie.bestaand": (20, 60, 5)}, {"huishoudens": (500, 500)})
    assert b._repr_mimebundle_()["text/html"] == b.knoppen().als_html()
    assert list(b.knoppen().frame["knop"]) == ["12. Minder trajecten in bestaande cases", "15. Terugvalpercentage"]
    frame = b.uitkomsten().frame
    assert frame.loc["Saldo", "na de meting"] == a.met(b.model.na.plat()).bereken()["saldo"]
    assert b.invloed().frame["deel van het geheel"].iloc[:-1].sum() == pytest.approx(
        b.invloed().frame.loc["Samen", "deel van het geheel"]
    )
    herkomst = dict(zip(b.status().frame["vraag"], b.status().frame["herkomst"], strict=True))
    assert herkomst["1. Aantal huishoudens in aanpak"] == "gemeten"
    assert herkomst["15. Terugvalpercentage"] == "bijgewerkt"
    assert "MKBA 3.0: 2 knoppen bijgewerkt" in b.zinnen().data
    assert "MKBA 2.0" in a.werk_bij({}, {"huishoudens": (500, 500)}).zinnen().data
    assert "MKBA 1.0" in a.werk_bij({}).zinnen().data
    for ax in (b.teken.knop("terugval"), b.teken.delen(), b.teken.delen("kb_financieel")):
        assert isinstance(ax, Axes)
    with pytest.raises(KeyError, match="is niet gemeten"):
        b.teken.knop("nieuw")
    for telling in ((3, 2), (1.5, 2), "veel", (True, 2)):
        with pytest.raises(mkba.InvoerFout, match="nieuw"):
            a.werk_bij({"nieuw": telling})


def test_de_sterkte_van_het_bewijs_per_knop(a: Any) -> None:
    knop = "substitutie.bestaand"
    zwak, sterk = (a.werk_bij({knop: (20, 60)}, kracht={knop: n}).model.knoppen[0] for n in (1, 4))
    assert zwak.gewicht < a.werk_bij({knop: (20, 60)}, kracht={knop: 2}).model.knoppen[0].gewicht < sterk.gewicht
    assert zwak.na == a.werk_bij({knop: (20, 60)}).model.knoppen[0].na
    with pytest.raises(mkba.InvoerFout, match="van 1 tot en met 5"):
        a.werk_bij({knop: (20, 60)}, kracht={knop: 6})
    with pytest.raises(mkba.InvoerFout, match="hiervan is niets gemeten"):
        a.werk_bij({knop: (20, 60)}, kracht={"terugval": 3})


def test_een_volgend_jaar_en_tellingen_per_team(a: Any) -> None:
    een = a.werk_bij({"terugval": (8, 40)})
    twee = a.werk_bij({"terugval": (8, 40)}, eerder=een)
    # kengetal 20% worth 31 households, and twice 8 of 40: 20% whichever way
    assert twee.model.knoppen[0].gewicht == pytest.approx(40 / (31 + 80))
    assert "15. Terugvalpercentage: uitgangspunt is de vorige meting." in twee.knoppen().uitleg
    assert isinstance(twee.teken.knop("terugval"), Axes)
    per_team = a.werk_bij({"terugval": {"Noord": (2, 40), "Oost": (14, 40), "Zuid": (8, 40)}}).model.knoppen[0]
    assert per_team.bewijs.n < 120
    assert per_team.gewicht < a.werk_bij({"terugval": (24, 120)}).model.knoppen[0].gewicht
    with pytest.raises(mkba.InvoerFout, match="minstens twee teams"):
        a.werk_bij({"terugval": {"Noord": (2, 40)}})


def test_plan(a: Any) -> None:
    p = a.plan_steekproef(9, aantal=2000)
    assert repr(p) == p.vragen().als_tekst()
    tot = dict(zip(p.vragen().frame["wat te vragen"], p.vragen().frame["tot per generalist"], strict=True))
    assert tot["15. Terugvalpercentage"] == "loont niet"
    assert tot["12. Substitutie"].waarde == p.model.advies("substitutie")
    assert len(p.aantoonbaar()) == len(p.model.knoppen)
    assert "daarboven kost een huishouden meer dan het zegt" in p.zinnen().data
    assert isinstance(p.teken(saldo="saldo_gemeente"), Axes)


def test_een_steekproef_die_niet_loont() -> None:
    p = mkba.aanpak("voorbeeld-4").met({"fte": 100, "additioneel": 1}).plan_steekproef(5, aantal=1000)
    assert "verdient een steekproef zich niet terug" in p.zinnen().data
    assert isinstance(p.teken(), Axes)


def test_teams() -> None:
    t = mkba.teams({"Zuid": (1, 7), "Noord": (18, 40), "Oost": (30, 55), "West": (9, 60)})
    assert list(t.tabel().frame["team"]) == ["Noord", "Oost", "West", "Zuid"]
    assert "om van te leren, niet om af te rekenen" in t.tabel().bijschrift
    assert "om van te leren, niet om af te rekenen" in t.zinnen().data
    assert "Te weinig huishoudens voor een eigen waarde: Zuid" in t.zinnen().data
    zuid = t.tabel().frame.set_index("team").loc["Zuid"]
    assert zuid["eigen"].waarde is None
    ax = t.teken()
    assert [tekst.get_text() for tekst in ax.get_yticklabels()] == ["Noord (40)", "Oost (55)", "West (60)", "Zuid (7)"]
    assert ax.get_yticks()[0] > ax.get_yticks()[-1]
    gelijk = mkba.teams({"a": (20, 40), "b": (20, 40), "c": (20, 40)}, "aantal")
    assert "kan geheel toeval zijn" in gelijk.zinnen().data
    with pytest.raises(mkba.InvoerFout, match="minstens twee teams"):
        mkba.teams({"a": (1, 10)})
    with pytest.raises(mkba.InvoerFout, match="geldt niet"):
        mkba.teams({"a": (11, 10), "b": (1, 10)})
    with pytest.raises(mkba.InvoerFout, match="Kies aandeel of aantal"):
        mkba.teams({"a": (1, 10), "b": (1, 10)}, "rang")


def test_beloven(a: Any, tmp_path: Path) -> None:
    pad = a.beloof(tmp_path / "b.toml", date(2026, 1, 15))
    assert lees_belofte(pad).naam == a.naam
    with pytest.raises(mkba.InvoerFout, match="bestaat al"):
        a.beloof(pad, date(2026, 1, 15))


def test_de_as_van_een_dichtheid_gaat_niet_verder_dan_de_vraag(a: Any) -> None:
    """No share below 0 or above 100%; of question 12 it may be below. A kengetal whose density is endless at 0
    (question 10) leaves the height to the other curve, and the mark of what was measured stands on the axis."""
    b = a.werk_bij({"nieuw": (30, 100), "terugval": (60, 65), "substitutie.bestaand": (30, 100)})
    assen = {s: b.teken.knop(s) for s in ("nieuw", "terugval", "substitutie.bestaand")}
    assert assen["nieuw"].get_xlim()[0] == 0.0
    assert assen["terugval"].get_xlim()[1] == 1.0
    assert assen["substitutie.bestaand"].get_xlim()[0] < 0
    _, na, gemeten = assen["nieuw"].get_lines()
    assert assen["nieuw"].get_ylim()[1] == pytest.approx(1.08 * max(na.get_ydata()))
    assert assen["nieuw"].get_xlim()[0] <= gemeten.get_xdata()[0] <= assen["nieuw"].get_xlim()[1]

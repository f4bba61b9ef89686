"""From the mean aanpak to each one: parts that add up to the cent, against another way to calculate them."""

import math
from collections.abc import Mapping
from dataclasses import fields

import numpy as np
import pytest

from mkba.analyse.meta.ontleding import GROEPEN, UITKOMSTEN, Ontleding, belang, gemiddelde, ontleed_uitkomsten
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.model.berekening import bereken
from mkba.model.reeksen import InvoerReeksen, maak_reeksen
from mkba.tests.hulp_dertien import model13


def _dertien() -> dict[str, Aanpak]:
    return {str(n): a for n, a in model13().dertien.aanpakken.items()}


def ontleed(
    aanpakken: Mapping[str, Aanpak],
    kengetallen: Kengetallen,
    uitkomst: str = "kb_maatschappelijk",
    per_huishouden: bool = False,
) -> Ontleding:
    return ontleed_uitkomsten(aanpakken, kengetallen, (uitkomst,), per_huishouden)[uitkomst]


def test_elke_invoer_zit_in_een_groep() -> None:
    ingedeeld = [naam for namen in GROEPEN.values() for naam in namen]
    assert sorted(ingedeeld) == sorted(f.name for f in fields(InvoerReeksen))


@pytest.mark.parametrize(
    ("uitkomst", "per_huishouden", "marge"),
    [
        ("kb_maatschappelijk", False, 1e-9),
        ("kb_gemeentelijk", False, 1e-9),
        ("saldo", False, 0.01),
        ("saldo", True, 1e-4),
    ],
)
def test_delen_tellen_op_tot_het_verschil(
    uitkomst: str, per_huishouden: bool, marge: float, kengetallen: Kengetallen
) -> None:
    o = ontleed(_dertien(), kengetallen, uitkomst, per_huishouden)
    assert np.abs(o.delen.sum(axis=1) + o.gemiddeld - o.eigen).max() < marge
    for naam, aanpak in _dertien().items():
        deler = aanpak.huishoudens if per_huishouden else 1
        assert o.eigen[naam] == pytest.approx(bereken(aanpak, kengetallen)[uitkomst] / deler)
    omvang = np.abs(o.delen["omvang"]).max()
    assert (omvang > 1) == (uitkomst == "saldo" and not per_huishouden)  # a ratio does not know how many there are


def _proef(kengetallen: Kengetallen, **anders: object) -> Aanpak:
    """Twenty gezinnen with multiple problems, one fte of EUR 102,100, no effects."""
    nul: dict[str, object] = {"meer": 0, "nieuw": 0, "terugval": 0, "frictie": 0}
    nul |= {f"substitutie.{w}": 0 for w in ("nieuw", "bestaand")} | {
        f"escalatie.{t}": 0 for t in ("gezin", "oudere", "overig")
    }
    nul |= {
        f"succes.{s}": 0
        for s in (
            *("financieel_stabiel", "werk", "schooluitval", "consulten"),
            *("doorverwijzing", "kwaliteit_ouderen", "mantelzorg", "overlast"),
        )
    }
    basis = {"naam": "proef", "huishoudens": 20, "type.gezin": 1, "fte": 1, "additioneel": 1, "disciplines": ["wi"]}
    return maak_aanpak({**basis, **nul, **anders}, kengetallen)


def test_ontleding_met_de_hand(kengetallen: Kengetallen) -> None:
    """Two aanpakken that differ in caseload and in money: nieuw voor oud = (1 - add.) x fte x 102,100.

    A: 20 households, 1 fte, additional 1.0; B: 20 households, 3 fte, additional 0.5. Mean: 0.10 fte per household, so
    2 fte, and 0.75. Nieuw voor oud: A 0, B 1.5 x 102,100, mean 0.25 x 2 x 102,100. In units of 102,100, for B:
    caseload 2 -> 3 fte (a), additional 0.75 -> 0.5 (b): v(0) = 0.5, v(a) = 0.75, v(b) = 1.0, v(ab) = 1.5.
    """
    a, b = _proef(kengetallen), _proef(kengetallen, fte=3, additioneel=0.5)
    o = ontleed({"A": a, "B": b}, kengetallen, "nieuw_voor_oud")
    eenheid = 102_100
    assert o.gemiddeld == pytest.approx(0.5 * eenheid)
    assert o.eigen.tolist() == pytest.approx([0.0, 1.5 * eenheid])
    caseload = ((0.75 - 0.5) + (1.5 - 1.0)) / 2
    geld = ((1.0 - 0.5) + (1.5 - 0.75)) / 2
    assert o.delen.loc["B", "caseload"] == pytest.approx(caseload * eenheid)
    assert o.delen.loc["B", "financiering"] == pytest.approx(geld * eenheid)
    rest = o.delen.drop(columns=["caseload", "financiering"])
    assert np.abs(rest.to_numpy()).max() < 1e-6
    assert belang(o).index[0] == "financiering"


def test_de_gemiddelde_aanpak_met_de_hand(kengetallen: Kengetallen) -> None:
    """Ouderen count only where there are: escalatie of ouderen is that of B alone, weighted shares of the others."""
    a = _proef(kengetallen, **{"escalatie.gezin": 0.04, "disciplines": ["wi", "jeugd"]})
    b = _proef(
        kengetallen,
        **{
            "type.gezin": 0.5,
            "type.oudere": 0.5,
            "escalatie.gezin": 0.01,
            "escalatie.oudere": 0.02,
            "zwaarte.gezin.zr": 1,
            "zwaarte.oudere.nzr": 1,
        },
    )
    m = gemiddelde([maak_reeksen(x, kengetallen)[0] for x in (a, b)])
    assert m.type[0] == pytest.approx([0.75, 0.25, 0.0])
    # of the 0.75 gezinnen 0.5 come from A (tabel 2.2: 75% zr, 25% nzr) and 0.25 from B (all zr)
    assert m.zwaarte[0, 0, 2:4] == pytest.approx([(0.5 * 0.75 + 0.25) / 0.75, 0.5 * 0.25 / 0.75])
    assert m.zwaarte[0, 1, 3] == pytest.approx(1.0)
    assert m.zwaarte[0, 2].sum() == 0  # nobody has overige households
    assert m.escalatie[0] == pytest.approx([(1.0 * 0.04 + 0.5 * 0.01) / 1.5, 0.02, 0.0])
    assert m.disciplines[0] == pytest.approx([0.5, 0, 1.0, 0, 0, 0])  # jeugd in half of the teams, wi in both
    assert m.huisvesting[0] == 1


def test_gelijke_aanpakken_hebben_niets_te_verklaren(kengetallen: Kengetallen) -> None:
    een = _dertien()["8"]
    o = ontleed({"a": een, "b": een}, kengetallen)
    assert np.abs(o.delen.to_numpy()).max() < 1e-12
    assert o.gemiddeld == pytest.approx(bereken(een, kengetallen)["kb_maatschappelijk"])


def test_eenmalige_kosten_tellen_per_jaar(kengetallen: Kengetallen) -> None:
    aanpakken = {"a": _proef(kengetallen, eenmalig=40_000, afschrijving_jaren=4), "b": _proef(kengetallen)}
    o = ontleed(aanpakken, kengetallen, "frictiekosten")
    assert o.gemiddeld == pytest.approx(5_000)
    assert o.delen.loc["a", "overige kosten"] == pytest.approx(5_000)


def test_ontleed_weigert_wat_niet_kan(kengetallen: Kengetallen) -> None:
    aanpakken = {"8": _dertien()["8"]}
    with pytest.raises(KeyError, match="geen uitkomst om te ontleden"):
        ontleed(aanpakken, kengetallen, "fte_kengetal")
    with pytest.raises(ValueError, match="niet per huishouden"):
        ontleed(aanpakken, kengetallen, "kb_financieel", per_huishouden=True)
    with pytest.raises(ValueError, match="ten minste een aanpak"):
        ontleed({}, kengetallen)
    assert "kb_gemeentelijk" in UITKOMSTEN


def test_belang_is_de_gemiddelde_verschuiving(kengetallen: Kengetallen) -> None:
    o = ontleed(_dertien(), kengetallen)
    reeks = belang(o)
    assert isinstance(o, Ontleding)
    assert list(reeks) == sorted(reeks, reverse=True)
    assert reeks["escalatie"] == pytest.approx(sum(abs(w) for w in o.delen["escalatie"]) / 13)
    assert math.isclose(reeks["omvang"], 0, abs_tol=1e-12)

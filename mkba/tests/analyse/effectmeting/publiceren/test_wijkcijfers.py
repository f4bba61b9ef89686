"""What may be shown of wijken: never a point of few events, never digits from which a wijk can be worked back."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from mkba.analyse.effectmeting.publiceren.geheugen import BESTAND, Eerder, als_tekst, lees_eerder
from mkba.analyse.effectmeting.publiceren.meting import (
    Lezing,
    Meting,
    lees_meting,
    schrijf_meting,
    wijken_naast_eerder,
)
from mkba.analyse.effectmeting.publiceren.wijkcijfers import wijkcijfers, wijken_na
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.kern.tekst.meldingen import InvoerFout

PERIODEN = [f"202{j}K{k}" for j in (3, 4) for k in (1, 2, 3, 4)]


def gebied(met: dict[str, int], zonder: dict[str, int], na: int = 0) -> pd.DataFrame:
    """A row per wijk and quarter with so many evictions; after a year with the aanpak ``na`` more or fewer."""
    return pd.DataFrame(
        [
            {"wijk": w, "periode": p, "aanpak": w in met and p >= "2024", "huishoudens": 2000,
             "huisuitzetting": aantal + (na if w in met and p >= "2024" else 0)}
            for wijken in (met, zonder)
            for w, aantal in wijken.items()
            for p in PERIODEN
        ]
    )  # fmt: skip


def test_genoeg_per_kwartaal_is_een_punt_per_kwartaal() -> None:
    (w,) = wijkcijfers(gebied({"A": 20, "B": 30}, {"C": 25, "D": 15}, -4), 10)
    assert w.lijnen is not None
    assert (w.lijnen.stap, w.lijnen.start, w.lijnen.perioden) == (1, 4, tuple(PERIODEN))
    assert w.lijnen.met == (0.013,) * 4 + (0.011,) * 4  # 25 and 21 of 2,000: 0.0125 and 0.0105, halves away from 0
    assert w.lijnen.zonder == (0.01,) * 8
    assert w.toerekening is not None
    assert w.toerekening.netto is not None
    assert w.toerekening.netto.waarde == pytest.approx(-0.002)
    assert w.per_jaar == (-32.0, None, None)  # 4 quarters of 4,000 households, each 0.002 fewer; no interval for 2 + 2


def test_een_wijk_met_weinig_per_kwartaal_krijgt_langere_punten_en_geen_maat_per_kwartaal() -> None:
    (w,) = wijkcijfers(gebied({"A": 6}, {"C": 7}), 10)
    assert w.lijnen is not None
    assert w.lijnen.stap == 2
    assert w.lijnen.perioden[0] == "2023K1–2023K2"
    assert w.toerekening is not None
    assert (w.toerekening.punten, w.toerekening.grenzen) == ((), ())


@pytest.mark.parametrize(("aantal", "reden"), [(1, "afgeschermd"), (0, "afgeschermd")])
def test_te_weinig_in_een_heel_jaar_is_niets(aantal: int, reden: str) -> None:
    (w,) = wijkcijfers(gebied({"A": aantal}, {"C": 40}), 10)
    assert (w.lijnen, w.toerekening, w.per_jaar) == (None, None, None)
    assert reden in w.reden


def test_alles_heeft_hoogstens_twee_cijfers() -> None:
    (w,) = wijkcijfers(gebied({"A": 23, "B": 31, "E": 17}, {"C": 29, "D": 11, "F": 13}, 3), 10)
    assert w.lijnen is not None
    assert w.toerekening is not None
    assert w.toerekening.bruto is not None
    getallen = [*w.lijnen.met, *(w.lijnen.zonder or ()), w.toerekening.bruto.waarde, w.toerekening.voor]
    assert all(g == float(f"{g:.2g}") for g in getallen if g is not None)


def test_zonder_vergelijking_en_een_kapotte_tabel_zijn_een_zin() -> None:
    (alleen,) = wijkcijfers(gebied({"A": 20, "B": 20}, {}), 10)
    assert alleen.lijnen is not None
    assert alleen.lijnen.zonder is None
    assert alleen.toerekening is not None
    assert "geen wijk zonder de aanpak" in alleen.toerekening.reden
    (kapot,) = wijkcijfers(gebied({"A": 20}, {"C": 20}).iloc[1:], 10)
    assert "ontbreekt een periode" in kapot.reden
    assert wijkcijfers(gebied({"A": 20}, {"C": 20}).iloc[:0], 10) == ()


@pytest.mark.parametrize("erbij", [6, 9])
def test_een_wijk_erbij_zegt_niet_hoe_weinig_er_daar_waren(erbij: int) -> None:
    """Of C and D 40 a quarter and of C, D and F 46, each to two digits: F had six, or one more or fewer."""
    toen = wijkcijfers(gebied({"A": 20, "B": 30}, {"C": 25, "D": 15}, -4), 10)
    met_f = gebied({"A": 20, "B": 30}, {"C": 25, "D": 15, "F": erbij}, -4)
    nu = wijkcijfers(met_f, 10)
    assert nu[0].lijnen is not None
    with pytest.raises(InvoerFout, match="een wijk meer of minder: uit beide samen zou volgen hoe weinig huisuitzett"):
        wijken_na(toen, nu, met_f, 10)
    with pytest.raises(InvoerFout, match="een wijk meer of minder"):  # and one less: nobody can count what it had
        wijken_na(nu, toen, gebied({"A": 20, "B": 30}, {"C": 25, "D": 15}, -4), 10)


def test_een_grote_wijk_erbij_of_dezelfde_wijken_met_een_kwartaal_meer() -> None:
    toen = wijkcijfers(gebied({"A": 20, "B": 30}, {"C": 25, "D": 15}, -4), 10)
    groot = gebied({"A": 20, "B": 30}, {"C": 25, "D": 15, "F": 13}, -4)
    wijken_na(toen, wijkcijfers(groot, 10), groot, 10)
    kort = gebied({"A": 20, "B": 30}, {"C": 25, "D": 15}, -4).query("periode < '2024K4'")
    wijken_na(toen, wijkcijfers(kort, 10), kort, 10)


def test_een_periode_erbij_zegt_niet_hoe_weinig_er_toen_waren() -> None:
    """Four a quarter, three quarters before the start and three after: no line, and a mean over 12. With a quarter more
    there is a line of a year after the start, and the mean of then tells that the quarter had four."""
    alles = gebied({"A": 4}, {"C": 4}).query("periode >= '2023K2'")
    drie, vier = (alles.query(f"periode <= '{p}'") for p in ("2024K3", "2024K4"))
    toen, nu = wijkcijfers(drie, 10), wijkcijfers(vier, 10)
    assert toen[0].lijnen is None
    assert toen[0].toerekening is not None
    with pytest.raises(InvoerFout, match="met een periode meer of minder: uit beide samen zou volgen hoe weinig huis"):
        wijken_na(toen, nu, vier, 10)
    with pytest.raises(InvoerFout, match="met een periode meer of minder"):  # and less
        wijken_na(nu, toen, drie, 10)


def test_een_half_jaar_erbij_mag_en_een_los_kwartaal_telt_nog_niet() -> None:
    """Six and seven a quarter are a line of half years: a seventh quarter is no point and waits for the eighth."""
    alles = gebied({"A": 6}, {"C": 7})
    drie, vier, zes = (alles.query(f"periode <= '{p}'") for p in ("2024K2", "2024K3", "2024K4"))
    toen = wijkcijfers(drie, 10)
    (w,) = wijken_na(toen, wijkcijfers(vier, 10), vier, 10)
    assert (w.toerekening, w.lijnen, w.perioden) == (toen[0].toerekening, toen[0].lijnen, toen[0].perioden)
    nu = wijkcijfers(zes, 10)
    assert wijken_na(toen, nu, zes, 10) == nu
    assert wijken_na(nu, toen, drie, 10) == toen  # and less: that half year is a point of the line of then


def test_ook_lijnen_zonder_toerekening_worden_onthouden() -> None:
    """B has one a quarter, so that there is no mean of wijken; the line of A and B, and of A, would tell that."""
    twee = gebied({"A": 20, "B": 1}, {"C": 25, "D": 15})
    twee.loc[twee["wijk"] == "B", "huishoudens"] = 8000
    toen = wijkcijfers(twee, 10)
    assert toen[0].toerekening is None
    assert toen[0].lijnen is not None
    een = gebied({"A": 20}, {"C": 25, "D": 15})
    with pytest.raises(InvoerFout, match="met een wijk meer of minder"):
        wijken_na(toen, wijkcijfers(een, 10), een, 10)


def test_een_verbetering_van_een_paar_gevallen_laat_de_cijfers_zoals_zij_waren() -> None:
    """Of A three more in a quarter: 50 of 4,000 were 53. Twenty more may be seen."""
    basis = gebied({"A": 20, "B": 30}, {"C": 25, "D": 15}, -4)
    toen = wijkcijfers(basis, 10)

    def met(erbij: int) -> pd.DataFrame:
        ander = basis.copy()
        ander.loc[0, "huisuitzetting"] += erbij
        return ander

    (w,) = wijken_na(toen, wijkcijfers(met(6), 10), met(6), 10)
    assert (w.lijnen, w.toerekening) == (toen[0].lijnen, toen[0].toerekening)
    assert "staan al cijfers in deze map; wat veranderde is te weinig om te tonen" in w.reden
    assert wijken_na([w], wijkcijfers(met(6), 10), met(6), 10) == (w,)
    (nu,) = wijken_na(toen, wijkcijfers(met(24), 10), met(24), 10)
    assert nu.lijnen is not None
    assert nu.lijnen.met[0] > toen[0].lijnen.met[0]  # type: ignore[union-attr]
    assert wijken_na(toen, wijkcijfers(basis, 10), basis, 10) == toen


def test_wat_een_huishouden_kost_volgt_niet_uit_een_verbetering() -> None:
    """Of A 12 million a quarter, and 13 million when one bill of a million is added: 4,000 households at 3,000 euros
    each were 3,250 then, and 250 times 4,000 is that bill."""
    basis = gebied({"A": 20, "B": 30}, {"C": 25, "D": 15}).assign(zorggebruik_eur=6e6).drop(columns="huisuitzetting")
    ander = basis.copy()
    ander.loc[0, "zorggebruik_eur"] += 1e6
    toen, nu = wijkcijfers(basis, 10), wijkcijfers(ander, 10)
    assert toen[0].lijnen is not None
    assert nu[0].lijnen is not None
    assert (toen[0].lijnen.met[0], nu[0].lijnen.met[0]) == (3000.0, 3250.0)
    (w,) = wijken_na(toen, nu, ander, 10)
    assert (w.lijnen, w.toerekening) == (toen[0].lijnen, toen[0].toerekening)
    assert (
        "van het zorggebruik in deze wijken staan al cijfers in deze map; wat veranderde kan van een enkel" in w.reden
    )
    assert wijken_na(toen, wijkcijfers(basis, 10), basis, 10) == toen


def test_een_meting_van_andere_wijken_wist_de_eerste_niet() -> None:
    """Of A and B, then of E, and then of A alone: who kept the first has B."""

    def meet(met: dict[str, int], zonder: dict[str, int], eerder: Sequence[Meting] = ()) -> Meting:
        r = maak_registratie({"gebied": gebied(met, zonder)})
        delen = wijken_naast_eerder(r, 10, [Eerder({}, m) for m in eerder])
        return Meting({}, {}, {}, lezing=Lezing((), (), (), ()), drempel=10, afronding=5, **delen)

    een = meet({"A": 20, "B": 6}, {"C": 25, "D": 15})
    twee = meet({"E": 20, "F": 30}, {"G": 25, "H": 15}, eerder=[een])
    assert twee.wijken_toen == een.wijken
    assert meet({"E": 20, "F": 30}, {"G": 25, "H": 15}, eerder=[twee]).wijken_toen == een.wijken
    with pytest.raises(InvoerFout, match="met een wijk meer of minder"):
        meet({"A": 20}, {"C": 25, "D": 15}, eerder=[twee])


def test_de_map_onthoudt_de_wijken_ook_zonder_het_rapport(tmp_path: Path) -> None:
    """Who takes the file along, or throws the report away: what was shown of A and B stays known."""

    def meet(met: dict[str, int], eerder: Sequence[Eerder] = ()) -> Meting:
        r = maak_registratie({"gebied": gebied(met, {"C": 25, "D": 15})})
        delen = wijken_naast_eerder(r, 10, eerder)
        return Meting({"huishoudens": Publicatie({}, (), 10, 5)}, {}, {}, lezing=Lezing((), (), (), ()),
                      drempel=10, afronding=5, **delen)  # fmt: skip

    een = meet({"A": 20, "B": 6})
    (tmp_path / BESTAND).write_text(als_tekst(een.delen, wijken=een.wijken_ooit), encoding="utf-8")
    assert lees_eerder(tmp_path)[0].wijken == een.wijken
    with pytest.raises(InvoerFout, match="met een wijk meer of minder"):
        meet({"A": 20}, lees_eerder(tmp_path))
    pad = tmp_path / "a-meting.json"
    pad.write_text(schrijf_meting(een), encoding="utf-8")
    assert lees_meting(pad).wijken == een.wijken
    pad.write_text(schrijf_meting(een).replace("0.0065", "0.0066"), encoding="utf-8")
    with pytest.raises(InvoerFout, match="veranderd nadat mkba het schreef"):
        lees_meting(pad)


def test_een_jaar_van_de_wijken_is_nooit_smaller_dan_de_kwartalen_zeggen() -> None:
    """Rounded to two digits once more, an end came out inward: 52,000 households times 0.002 is 104 and was 100.
    What is known of a year is what question 14 is weighed with."""
    met = {"A": 31, "B": 38, "C": 45, "D": 52, "E": 60}
    zonder = {"P": 33, "Q": 36, "R": 47, "S": 50, "T": 58}
    tabel = gebied(met, zonder).assign(huishoudens=2600)
    omhoog = tabel["wijk"].isin(["A", "B", "C", "P", "Q"]) & (tabel["periode"] >= "2024")
    tabel["huisuitzetting"] += omhoog * 5
    (w,) = wijkcijfers(tabel, 10.0)
    assert w.toerekening is not None
    netto = w.toerekening.netto
    assert netto is not None
    assert (netto.waarde, netto.laag, netto.hoog) == (0.0, -0.001, 0.002)
    assert w.per_jaar == (0.0, -52.0, 104.0)


def test_zonder_een_wijk_met_de_aanpak_zegt_de_reden_dat() -> None:
    """It said that there were too few events per point, and there were hundreds."""
    (w,) = wijkcijfers(gebied({}, {"P": 40, "Q": 50, "R": 60}), 10.0)
    assert w.lijnen is None
    assert w.reden == "er is geen wijk met de aanpak"

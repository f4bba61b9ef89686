"""The published cases against the model: exact rows, deviations, and the rounding of the inputs."""

import itertools
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from mkba.analyse.herbouw import reproductie as r
from mkba.analyse.herbouw.afronding import (
    HALF_PUNT,
    Blok,
    Variant,
    Waardeer,
    blokken,
    hoekpunten,
    uitersten,
    uitersten_van_aanpak,
)
from mkba.analyse.herbouw.gevallen import GEVALLEN, Geval, laad_geval, laad_gevallen
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import POSTEN
from mkba.model.berekening import bereken, bereken_reeks
from mkba.model.reeksen import Reeks

EXACT = {
    "kosten_aanpak": GEVALLEN,
    # voorbeeld-5 prints shares that add up to 99%: see test_nieuw_voor_oud_van_voorbeeld_5
    "nieuw_voor_oud": GEVALLEN[:5],
    "frictiekosten": ("voorbeeld-3",),
    "effectiviteit": ("standaard", "voorbeeld-1", "voorbeeld-4"),
    "ontwikkelingskansen": ("standaard", "voorbeeld-1", "voorbeeld-3"),
    "kwaliteit_van_leven": ("standaard", "voorbeeld-4"),
    "overlast": ("standaard", "voorbeeld-1", "voorbeeld-3"),
}
"""MODEL section 4: within EUR 50 of the published amount."""

AFWIJKING_PCT = {
    "frictiekosten": {"voorbeeld-2": 1.1},
    "kosten_extra_zorg": dict(zip(GEVALLEN, (-0.7, 0.2, -0.4, -0.1, 0.5, 0.5), strict=True)),
    "substitutie": dict(zip(GEVALLEN[:4], (-1.7, 1.1, 0.4, 0.1), strict=True)),
    "effectiviteit": {"voorbeeld-2": -2.6, "voorbeeld-3": -0.7, "voorbeeld-5": -3.0},
    "escalatie": dict(zip(GEVALLEN, (0.6, -0.5, 0.0, -0.1, -0.1, 0.0), strict=True)),
    "kwaliteit_van_leven": {
        "voorbeeld-1": -0.1,
        "voorbeeld-2": 1.6,
        "voorbeeld-3": 0.5,
        "voorbeeld-5": -2.0,
    },
    "overlast": {"voorbeeld-2": 4.9, "voorbeeld-5": -1.0},
}
"""MODEL section 4, the table of deviations in percent."""


@pytest.fixture(scope="module")
def gevallen(kengetallen: Kengetallen) -> dict[str, Geval]:
    return {g.naam: g for g in laad_gevallen(kengetallen)}


@pytest.fixture(scope="module")
def tabel(kengetallen: Kengetallen) -> pd.DataFrame:
    return r.reproductie(kengetallen)


@pytest.fixture(scope="module")
def per_rij(tabel: pd.DataFrame) -> pd.DataFrame:
    return tabel.set_index(["geval", "sleutel"])


# the table


def test_elk_gepubliceerd_getal_staat_in_de_tabel(tabel: pd.DataFrame, gevallen: dict[str, Geval]) -> None:
    verwacht = {(g.naam, s): w for g in gevallen.values() for s, w in g.gepubliceerd.items()}
    gevonden = {(geval, s): w for geval, s, w in tabel[["geval", "sleutel", "gepubliceerd"]].to_numpy()}
    assert gevonden == verwacht
    # ten posts, seven sums and ratios, three kengetallen on the screen, in six cases
    assert len(tabel) == 6 * (10 + 7 + 3)
    assert list(tabel.columns) == r.KOLOMMEN


@pytest.mark.parametrize(("post", "geval"), [(p, g) for p, gs in EXACT.items() for g in gs])
def test_exacte_rijen(per_rij: pd.DataFrame, post: str, geval: str) -> None:
    rij = per_rij.loc[(geval, post)]
    assert rij["exact"]
    assert abs(rij["afwijking_eur"]) <= 50 + 1e-6


@pytest.mark.parametrize(("post", "geval", "pct"), [(p, g, x) for p, d in AFWIJKING_PCT.items() for g, x in d.items()])
def test_afwijkingen(per_rij: pd.DataFrame, post: str, geval: str, pct: float) -> None:
    assert per_rij.loc[(geval, post), "afwijking_pct"] == pytest.approx(pct, abs=0.1)


def test_alles_binnen_de_afronding_van_de_invoer(tabel: pd.DataFrame) -> None:
    buiten = tabel.loc[~tabel["binnen"], ["geval", "sleutel", "gepubliceerd", "laagste", "hoogste"]]
    assert buiten.empty, f"\n{buiten}"


def test_strikt_met_exacte_knoppen_blijven_er_zeven_buiten(tabel: pd.DataFrame) -> None:
    """Named one by one: what only the rounding of the knobs 10-14 explains."""
    buiten = tabel.loc[~tabel["strikt_binnen"], ["geval", "sleutel"]]
    assert set(buiten.itertuples(index=False, name=None)) == {
        ("standaard", "kosten_extra_zorg"),
        ("standaard", "substitutie"),
        ("standaard", "besparing_organisatie"),
        ("voorbeeld-2", "overlast"),
        ("voorbeeld-4", "saldo"),
        ("voorbeeld-4", "kb_maatschappelijk"),
        ("voorbeeld-5", "effectiviteit"),
    }
    assert (tabel["strikt_laagste"] >= tabel["laagste"] - 1e-6).all()
    assert (tabel["strikt_hoogste"] <= tabel["hoogste"] + 1e-6).all()


def test_alles_ook_binnen_als_een_gedrukte_nul_nul_is(gevallen: dict[str, Geval], kengetallen: Kengetallen) -> None:
    """No case needs a knob of 0% that was really 0.4%, nor voorbeeld 4 its illegible question 11."""
    for geval in gevallen.values():
        plat, sleutels = geval.aanpak.plat(), list(geval.gepubliceerd)
        ruimte = [b for b in blokken(geval.aanpak) if len(b.velden) > 1 or plat[b.velden[0]] != 0]

        def waardeer(v: Mapping[str, Reeks], geval: Geval = geval) -> Mapping[str, Reeks]:
            return bereken_reeks(geval.aanpak, kengetallen, v)

        for s, (laag, hoog) in uitersten(waardeer, ruimte, sleutels).items():
            marge = r.halve_stap(s) + 1e-6
            assert laag - marge <= geval.gepubliceerd[s] <= hoog + marge, (geval.naam, s)


def test_frictie_van_voorbeeld_2_met_de_hand(per_rij: pd.DataFrame) -> None:
    """44% hides 43.5% to 44.5% of 5 x 102,100; the published 222,100 needs nearly all of it."""
    rij = per_rij.loc[("voorbeeld-2", "frictiekosten")]
    assert (rij["laagste"], rij["hoogste"]) == pytest.approx((0.435 * 510_500, 0.445 * 510_500))
    assert rij["ruimte_nodig"] == pytest.approx((2520 - 50) / (224_620 - 222_067.5))


def test_kinderen_van_voorbeeld_3_met_de_hand(per_rij: pd.DataFrame) -> None:
    """Only question 13c hides rounding: 100 gezinnen (all of them), 2 children, terugval exact."""
    rij = per_rij.loc[("voorbeeld-3", "ontwikkelingskansen")]
    per_kind = 0.45 * 41_155 * 100 * 2 * 0.8
    assert (rij["laagste"], rij["hoogste"]) == pytest.approx((0.015 * per_kind, 0.025 * per_kind))
    # 2% exact and no shares of question 5 in this post: strictly, nothing moves
    assert rij["strikt_laagste"] == pytest.approx(rij["strikt_hoogste"])


def test_nieuw_voor_oud_van_voorbeeld_5(
    per_rij: pd.DataFrame, gevallen: dict[str, Geval], kengetallen: Kengetallen
) -> None:
    """MODEL calls it exact; as printed it is EUR 62 low, because overige huishoudens add up to 99%.

    The missing percent in zr or nzr makes it exact: coordination counts mv-households.
    """
    rij = per_rij.loc[("voorbeeld-5", "nieuw_voor_oud")]
    assert rij["afwijking_eur"] == pytest.approx(-61.5625)
    assert rij["binnen"]
    assert rij["strikt_binnen"]
    for zwaarte in ("zr", "nzr"):
        sleutel = f"zwaarte.overig.{zwaarte}"
        aanpak = gevallen["voorbeeld-5"].aanpak
        heel = aanpak.met({sleutel: aanpak.plat()[sleutel] + 0.01}, kengetallen)
        assert abs(bereken(heel, kengetallen)["nieuw_voor_oud"] - 220_300) <= 50


def test_verhoudingen(kengetallen: Kengetallen) -> None:
    uit = r.verhoudingen(kengetallen)
    assert len(uit) == 12
    anders = uit[~uit["gelijk"]].set_index(["geval", "sleutel"])
    assert set(anders.index) == {("voorbeeld-4", "kb_maatschappelijk"), ("voorbeeld-5", "kb_maatschappelijk")}
    assert set(anders["stappen"]) == {-1}
    assert anders["model_afgedrukt"].tolist() == pytest.approx([1.05, 2.05])
    assert anders["model"].tolist() == pytest.approx([1.073, 2.069], abs=5e-4)


def test_samenvatting_telt_op(tabel: pd.DataFrame) -> None:
    uit = r.samenvatting(tabel).set_index("geval")
    assert uit.loc["alle gevallen", "aantal"] == 120
    kolommen = ["aantal", "exact", "binnen", "strikt_binnen"]
    assert (uit.loc[list(GEVALLEN), kolommen].sum() == uit.loc["alle gevallen", kolommen]).all()
    assert uit.loc["alle gevallen", "post"] == "overlast"
    assert uit.loc["alle gevallen", "grootste_afwijking_pct"] == pytest.approx(4.9, abs=0.05)


@pytest.mark.parametrize(
    ("sleutel", "waarde", "verwacht"),
    [
        ("saldo", 820_950.0, 821_000.0),
        ("saldo", -278_940.0, -278_900.0),
        ("kb_financieel", 1.0728, 1.05),
        ("kb_financieel", 1.0752, 1.10),
        ("huishoudens_bij_fte", 1062.6, 1063.0),
        ("frictie_kengetal", 0.0589, 0.06),
    ],
)
def test_afgedrukt(sleutel: str, waarde: float, verwacht: float) -> None:
    assert r.afgedrukt(sleutel, waarde) == pytest.approx(verwacht)


# the rounding of the inputs


def opsomming(waardeer: Waardeer, ruimte: Sequence[Blok], sleutel: str) -> tuple[float, float]:
    """Lowest and highest value by trying every combination of corners."""
    keuzes = np.array(list(itertools.product(*(range(len(b.hoekpunten)) for b in ruimte))))
    velden = {
        veld: blok.hoekpunten[keuzes[:, b], i] for b, blok in enumerate(ruimte) for i, veld in enumerate(blok.velden)
    }
    uit = waardeer(velden)[sleutel]
    return float(uit.min()), float(uit.max())


def test_hoekpunten_met_de_hand() -> None:
    """Half, half, nothing, each with 1 of room: the third can take what one of the others gives."""
    punten = {tuple(p) for p in hoekpunten([(0.49, 0.51), (0.49, 0.51), (0.0, 0.01)]).round(6)}
    assert punten == {(0.49, 0.51, 0.0), (0.51, 0.49, 0.0), (0.49, 0.50, 0.01), (0.50, 0.49, 0.01)}


def test_hoekpunten_die_niet_kunnen() -> None:
    with pytest.raises(ValueError, match="tellen op tot 1"):
        hoekpunten([(0.1, 0.2), (0.1, 0.2)])


@pytest.mark.parametrize("geval", GEVALLEN)
def test_blokken_houden_zich_aan_de_afdruk(gevallen: dict[str, Geval], geval: str) -> None:
    aanpak = gevallen[geval].aanpak
    plat = aanpak.plat()
    for blok in blokken(aanpak):
        if blok.velden[0].startswith(("type.", "zwaarte.")):
            assert blok.hoekpunten.sum(axis=1) == pytest.approx(1.0)
        for i, veld in enumerate(blok.velden):
            assert np.abs(blok.hoekpunten[:, i] - plat[veld]).max() <= HALF_PUNT + 1e-12
            assert blok.hoekpunten[:, i].min() >= (-1 if veld.startswith("substitutie") else 0)
            assert blok.hoekpunten[:, i].max() <= 1
    ruim = {veld for blok in blokken(aanpak) for veld in blok.velden}
    strikt = {veld for blok in blokken(aanpak, "strikt") for veld in blok.velden}
    assert not ruim & {"huishoudens", "fte", "kinderen", "eenmalig", "terugval", "huisvesting"}
    knoppen = {veld for veld in ruim if veld.startswith(("succes.", "escalatie.", "substitutie."))}
    assert ruim - strikt == knoppen | {"nieuw", "meer", "additioneel", "jaarlijks_additioneel"}


def test_leeg_type_heeft_geen_huishoudens(gevallen: dict[str, Geval]) -> None:
    """Voorbeeld 3 has gezinnen only: 100% is then exact. Voorbeeld 4 fills in the other columns: 99.5%."""
    drie = {veld for blok in blokken(gevallen["voorbeeld-3"].aanpak) for veld in blok.velden}
    assert not [veld for veld in drie if veld.startswith(("type.", "zwaarte.oudere", "zwaarte.overig"))]
    typen = next(b for b in blokken(gevallen["voorbeeld-4"].aanpak) if b.velden[0].startswith("type."))
    assert typen.hoekpunten[:, typen.velden.index("type.oudere")].min() == pytest.approx(0.995)


@pytest.mark.parametrize("geval", ["standaard", "voorbeeld-2", "voorbeeld-5"])
@pytest.mark.parametrize("variant", ["ruim", "strikt"])
def test_uitersten_tegen_opsomming_van_alle_hoekpunten(
    gevallen: dict[str, Geval], kengetallen: Kengetallen, geval: str, variant: Variant
) -> None:
    """kosten_extra_zorg has six blocks (types, three columns, two knobs): every combination is tried."""
    aanpak = gevallen[geval].aanpak
    telt = ("type.", "zwaarte.", "nieuw", "meer")
    ruimte = [b for b in blokken(aanpak, variant) if b.velden[0].startswith(telt)]
    zoek = uitersten_van_aanpak(aanpak, kengetallen, ["kosten_extra_zorg"], variant)
    alles = opsomming(lambda v: bereken_reeks(aanpak, kengetallen, v), ruimte, "kosten_extra_zorg")
    assert zoek["kosten_extra_zorg"] == pytest.approx(alles, rel=1e-12)


@pytest.mark.parametrize("sleutel", ["kb_maatschappelijk", "saldo", "frictie_kengetal", "huishoudens_bij_fte"])
def test_uitersten_van_verhoudingen_tegen_opsomming(
    gevallen: dict[str, Geval], kengetallen: Kengetallen, sleutel: str
) -> None:
    """Ratios and sums over some blocks whose effects go both ways."""
    aanpak = gevallen["voorbeeld-5"].aanpak
    kies = {"type.gezin", "zwaarte.gezin.niet_actief", "nieuw", "succes.werk", "substitutie.bestaand"}
    ruimte = [b for b in blokken(aanpak) if b.velden[0] in kies]
    assert len(ruimte) == len(kies)

    def waardeer(v: Mapping[str, Reeks]) -> Mapping[str, Reeks]:
        return bereken_reeks(aanpak, kengetallen, v)

    zoek = uitersten(waardeer, ruimte, [sleutel])[sleutel]
    assert zoek == pytest.approx(opsomming(waardeer, ruimte, sleutel), rel=1e-12)


def test_uitersten_van_een_functie_met_een_plaatselijk_maximum() -> None:
    """x + y - 3xy on the unit square, from corners where no single step helps: several starts do."""
    ruimte = [Blok((v,), np.array([[0.0], [1.0]])) for v in ("x", "y")]
    uit = uitersten(lambda v: {"f": 3 * v["x"] * v["y"] - v["x"] - v["y"]}, ruimte, ["f"])
    assert uit["f"] == (-1.0, 1.0)


def test_zonder_ruimte_zijn_de_uitersten_de_waarde_zelf() -> None:
    assert uitersten(lambda v: {"f": np.array([7.0])}, (), ["f"]) == {"f": (7.0, 7.0)}


def trek_invoer(delen: Iterable[Blok], aantal: int) -> dict[str, NDArray[np.float64]]:
    """Random inputs within the rounding: {field: (aantal,)}; shares add up to 1."""
    rng = np.random.default_rng(1)
    uit: dict[str, NDArray[np.float64]] = {}
    for blok in delen:
        punten = blok.trek(rng, aantal)
        uit |= {veld: punten[:, i] for i, veld in enumerate(blok.velden)}
    return uit


@pytest.mark.parametrize("geval", GEVALLEN)
def test_geen_getrokken_invoer_komt_buiten_de_uitersten(
    tabel: pd.DataFrame, gevallen: dict[str, Geval], kengetallen: Kengetallen, geval: str
) -> None:
    aanpak = gevallen[geval].aanpak
    invoer = trek_invoer(blokken(aanpak), 3000)
    typen = [v for k, v in invoer.items() if k.startswith("type.")]
    if typen:
        assert np.sum(typen, axis=0) == pytest.approx(1.0)
    uit = bereken_reeks(aanpak, kengetallen, invoer)
    for rij in tabel[tabel["geval"] == geval].itertuples():
        speling = 1e-9 * max(abs(rij.hoogste), 1.0)
        assert uit[rij.sleutel].min() >= rij.laagste - speling
        assert uit[rij.sleutel].max() <= rij.hoogste + speling


def test_meer_starts_vinden_niets_verder(
    tabel: pd.DataFrame, gevallen: dict[str, Geval], kengetallen: Kengetallen
) -> None:
    """Voorbeeld 4 has the most zeros, so the most places to get stuck."""
    rijen = tabel[tabel["geval"] == "voorbeeld-4"].set_index("sleutel")
    veel = uitersten_van_aanpak(gevallen["voorbeeld-4"].aanpak, kengetallen, list(rijen.index), starts=30)
    assert rijen["laagste"].tolist() == pytest.approx([veel[s][0] for s in rijen.index])
    assert rijen["hoogste"].tolist() == pytest.approx([veel[s][1] for s in rijen.index])


# the prototype


def test_prototype_is_een_vergelijking(kengetallen: Kengetallen) -> None:
    uit = r.vergelijk_prototype(kengetallen).set_index("sleutel")
    # depreciation over four years and half an hour of coordination at 57,000 come out as published
    assert uit.loc["frictiekosten", "model"] == pytest.approx(25_000)
    assert abs(uit.loc["nieuw_voor_oud", "model"] - 7_600) <= 50
    # 3.6 fte at 57,000; the published amount holds another 20,000
    assert uit.loc["kosten_aanpak", "model_prototype"] == pytest.approx(3.6 * 57_000)
    assert uit.loc["kosten_aanpak", "gepubliceerd"] - uit.loc["kosten_aanpak", "model_prototype"] == 20_000
    # with ev 600 and nzr 75 the team of 3.6 fte is the right size; with 300 and 40 it is far too small
    assert uit.loc["fte_kengetal", "model_prototype"] == pytest.approx(3.6, abs=0.05)
    assert uit.loc["fte_kengetal", "model"] > 6
    assert np.isnan(uit.loc["fte_kengetal", "gepubliceerd"])
    assert (uit.loc[list(POSTEN), "verklaring"] != "").all()


def test_verschillen_van_het_prototype(kengetallen: Kengetallen) -> None:
    uit = r.prototype_kengetallen(kengetallen).afwijkingen
    assert (uit["caseload.ev"].waarde, uit["caseload.ev"].oorspronkelijk) == (600, 300)
    assert (uit["caseload.nzr"].waarde, uit["caseload.nzr"].oorspronkelijk) == (75, 40)
    assert set(uit) == {
        "caseload.ev",
        "caseload.nzr",
        "personeel.aandeel.teamleider",
        "personeel.aandeel.ondersteuning",
    }


def test_begroting_van_het_prototype(kengetallen: Kengetallen) -> None:
    uit = r.begroting_prototype(kengetallen)
    assert uit["gepubliceerd"].tolist() == [438_309, 440_240, 16_091, 13_440, 0, 29_163, 0, 46_010]
    # nothing falls off the table: all actors together, costs and benefits of year 2
    boek = bereken(laad_geval("bijlage-2-prototype", kengetallen).aanpak, kengetallen).grootboek
    assert uit["model"].sum() == pytest.approx(boek.begroting(2).sum())


# bad files


def test_onbekende_uitkomst_wordt_geweigerd(tmp_path: Path, kengetallen: Kengetallen) -> None:
    for map_ in ("aanpakken", "gepubliceerd"):
        shutil.copytree(paden.data() / map_, tmp_path / map_)
    bestand = tmp_path / "gepubliceerd" / "standaard.toml"
    bestand.write_text(bestand.read_text().replace("overlast =", "overlst ="), encoding="utf-8")
    with pytest.raises(InvoerFout, match="overlst"):
        laad_geval("standaard", kengetallen, tmp_path)


@pytest.mark.parametrize("inhoud", [None, "dit is geen toml"])
def test_ontbrekende_of_kapotte_uitkomst(tmp_path: Path, kengetallen: Kengetallen, inhoud: str | None) -> None:
    shutil.copytree(paden.data() / "aanpakken", tmp_path / "aanpakken")
    (tmp_path / "gepubliceerd").mkdir()
    if inhoud is not None:
        (tmp_path / "gepubliceerd" / "standaard.toml").write_text(inhoud, encoding="utf-8")
    with pytest.raises(InvoerFout, match=r"standaard\.toml"):
        laad_geval("standaard", kengetallen, tmp_path)

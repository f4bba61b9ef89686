"""Proof-reading of the transcribed data: the published cases and tables, compared with themselves.

Sums, ratios and caseload must follow from what is printed; every exception is listed with its reason.
``test_gegevens_bron`` compares the same files with the source texts.
"""

from typing import Final

import pytest

from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import SLEUTELS, TYPEN
from mkba.kern.woorden.velden import KNOPPEN
from mkba.kern.zaak.aanpak import maak_aanpak, plat_maken
from mkba.kern.zaak.waarschuwingen import waarschuwingen
from mkba.tests.hulp_gegevens import MET_KENGETAL, PROTOTYPE, TABEL_47, lees, uitkomst

GEVALLEN: Final = (*MET_KENGETAL, PROTOTYPE)

SOMMEN: Final = {
    "totale_kosten": ("kosten_aanpak", "frictiekosten", "kosten_extra_zorg"),
    "besparing_organisatie": ("nieuw_voor_oud", "substitutie"),
    "immaterieel": ("ontwikkelingskansen", "kwaliteit_van_leven", "overlast"),
    "totale_baten": ("besparing_organisatie", "effectiviteit", "escalatie", "immaterieel"),
}
AFRONDINGSVERSCHIL: Final = {
    ("voorbeeld-1", "totale_baten"): 100,
    ("voorbeeld-2", "totale_baten"): -100,
    ("voorbeeld-4", "totale_baten"): -100,
    (PROTOTYPE, "totale_baten"): -100,
}
"""Sum of the printed posts minus the printed total, where they differ: amounts are rounded to 100."""


ONVERKLAARD_47: Final = {("ots_uhp_intramuraal", "vb1"): 1, ("ots_uhp_intramuraal", "vb8"): 6}
"""Percentages of all households where the printed one takes gezinnen or ouderen only (not printed)."""

AFGEROND_26: Final = {
    "voorbeeld-2": {"huishoudens_bij_fte": 1060, "frictie_kengetal": 0.43},
    "voorbeeld-5": {"huishoudens_bij_fte": 215},
}
"""What the shares of question 3, rounded to whole percents, give where the screen (unrounded) shows
1062 and 44% (voorbeeld 2) and 214 (voorbeeld 5, whose shares add up to 99%)."""


def test_ieder_geval_heeft_invoer_en_uitkomst() -> None:
    """Figuur II.1 is printed without an outcome, so *effectmeting* has none; *voorbeeldstad* is made up."""
    for map_, gevallen in (("aanpakken", (*GEVALLEN, "effectmeting", "voorbeeldstad")), ("gepubliceerd", GEVALLEN)):
        assert sorted(p.stem for p in (paden.data() / map_).glob("*.toml")) == sorted(gevallen)


# (a) arithmetic of the published outcomes


@pytest.mark.parametrize("geval", GEVALLEN)
def test_gepubliceerde_posten_zijn_volledig_en_tellen_op(geval: str) -> None:
    bedragen = uitkomst(geval)
    verwacht = {*SLEUTELS} - {"kb_gemeentelijk", "fte_kengetal", "huishoudens_bij_fte", "frictie_kengetal"}
    assert set(bedragen) == verwacht
    for totaal, posten in SOMMEN.items():
        verschil = sum(bedragen[p] for p in posten) - bedragen[totaal]
        assert verschil == AFRONDINGSVERSCHIL.get((geval, totaal), 0), totaal
    assert bedragen["totale_baten"] - bedragen["totale_kosten"] == bedragen["saldo"]


@pytest.mark.parametrize("geval", GEVALLEN)
def test_gepubliceerde_verhoudingen_volgen_uit_de_bedragen(geval: str) -> None:
    u = uitkomst(geval)
    for sleutel, baten in (
        ("kb_maatschappelijk", u["totale_baten"]),
        ("kb_financieel", u["totale_baten"] - u["immaterieel"]),
    ):
        assert round(baten / u["totale_kosten"] * 20) / 20 == pytest.approx(u[sleutel], abs=1e-9), sleutel


def test_begroting_na_2_jaar_van_het_prototype() -> None:
    begroting = lees("gepubliceerd", PROTOTYPE)["begroting_na_2_jaar"]
    verschil = {a: b["baten"] - b["kosten"] - b["saldo"] for a, b in begroting.items()}
    # the source rounds each number to whole euros by itself
    assert verschil == {"gemeente": -1, "zorgverzekeraar": -1, "huishouden": 0, "overig": 0}


def test_niet_afgedrukte_velden_zijn_wat_de_bron_rekende() -> None:
    prototype = plat_maken(lees("aanpakken", PROTOTYPE))
    # written off over as many years as the outcome shows
    assert prototype["eenmalig"] / prototype["afschrijving_jaren"] == uitkomst(PROTOTYPE)["frictiekosten"]
    onbekend = ("kwaliteit_ouderen", "mantelzorg", "overlast")
    assert {prototype[k] for k in ("meer", "terugval", *(f"succes.{s}" for s in onbekend))} == {0.0}
    assert lees("aanpakken", "voorbeeld-4")["meer"] == 0.0  # illegible


# (b) the inputs load, and warn where the source itself is odd


@pytest.mark.parametrize("geval", GEVALLEN)
def test_aanpak_laadt_zonder_fout(geval: str, kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak(lees("aanpakken", geval), kengetallen)
    aangevuld = aanpak.uit_kengetal
    assert aangevuld == frozenset(), "a published case says everything itself"
    buiten = [m for m in waarschuwingen(aanpak, kengetallen) if "buiten het gepubliceerde bereik" in m.oorzaak]
    assert buiten == []


def test_voorbeeld_5_waarschuwt_voor_99_procent_en_werk(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak(lees("aanpakken", "voorbeeld-5"), kengetallen)
    meldingen = {m.veld: str(m) for m in waarschuwingen(aanpak, kengetallen)}
    assert "99%" in meldingen["zwaarte.overig"]
    assert "werk & inkomen" in meldingen["succes.werk"]
    assert "zwaarte.gezin" not in meldingen


def test_bereik_van_de_knoppen_is_wat_gedrukt_is(kengetallen: Kengetallen) -> None:
    gevallen = [plat_maken(lees("aanpakken", g)) for g in GEVALLEN]
    per_kolom = {
        kolom: {kengetallen[p] for p in kengetallen.onder("tabel_substitutie") if p.endswith(kolom)}
        for kolom in ("nieuw", "bestaand")
    }
    tekst: dict[str, set[float]] = {
        "frictie": {0.20, 0.50},
        "nieuw": {0.05, 0.20, 0.30},
        "meer": {0.0, 0.10},
        "substitutie.nieuw": per_kolom["nieuw"],
        "substitutie.bestaand": per_kolom["bestaand"],
        "escalatie.gezin": {0.01, 0.02, 0.03},
        "escalatie.oudere": {0.01, 0.02, 0.03},
        # the percentages of tabel 4.7 (up to 18%) are of approaches for the top and of one kind of escalation
        "escalatie.overig": {0.01, 0.02, 0.03},
    }
    for knop in ("frictie", "kinderen"):
        assert kengetallen[f"knop.{knop}"] == gevallen[0][knop], "the screen of the running example"
    for knop in (*KNOPPEN, "kinderen"):
        kengetal = kengetallen.getallen[f"knop.{knop}"]
        gedrukt = {kengetal.waarde, *(g[knop] for g in gevallen), *tekst.get(knop, set())}
        assert (kengetal.laag, kengetal.hoog) == (min(gedrukt), max(gedrukt)), knop


# (d) tabel 4.7 = tabel 4.11


def test_percentages_van_tabel_47_volgen_uit_de_aantallen(kengetallen: Kengetallen) -> None:
    aantallen = {p.removeprefix("tabel_escalatie.") for p in kengetallen.onder("tabel_escalatie")}
    assert {a for a in aantallen if not a.endswith("huishoudens")} == {
        f"{vb}.{rij}" for rij, kolommen in TABEL_47.items() for vb in kolommen
    }
    for rij, kolommen in TABEL_47.items():
        for vb, gedrukt in kolommen.items():
            pad = f"tabel_escalatie.{vb}"
            berekend = int(100 * kengetallen[f"{pad}.{rij}"] / kengetallen[f"{pad}.huishoudens"] + 0.5)
            assert berekend == ONVERKLAARD_47.get((rij, vb), gedrukt), (rij, vb)
            assert (berekend != gedrukt) == ((rij, vb) in ONVERKLAARD_47)


# (e) caseload


def test_caseload_maal_uren_is_een_fte(kengetallen: Kengetallen) -> None:
    for pad, kengetal in kengetallen.onder("caseload").items():
        uren = kengetallen[pad.replace("caseload", "caseload_uren")]
        assert kengetal.waarde * uren == kengetallen["personeel.uren_per_fte"] == 1200


@pytest.mark.parametrize("geval", MET_KENGETAL)
def test_gedrukte_kengetallen_volgen_uit_tabel_26(geval: str, kengetallen: Kengetallen) -> None:
    invoer = plat_maken(lees("aanpakken", geval))
    fte = sum(
        invoer["huishoudens"] * invoer[f"type.{t}"] * aandeel / kengetallen[f"caseload.{z}"]
        for t in TYPEN
        for z in ("niet_actief", "ev", "zr", "nzr")
        if (aandeel := invoer[f"zwaarte.{t}.{z}"])
    )
    berekend = {
        "huishoudens_bij_fte": round(invoer["huishoudens"] * invoer["fte"] / fte),
        "fte_kengetal": round(fte),
        "frictie_kengetal": round(max(0.0, 1 - fte / invoer["fte"]), 2),
    }
    gedrukt = lees("gepubliceerd", geval)["kengetal"]
    assert berekend == gedrukt | AFGEROND_26.get(geval, {})
    # the printed numbers agree with each other, and lie within what half a percent point can do
    assert gedrukt["fte_kengetal"] == round(invoer["huishoudens"] * invoer["fte"] / gedrukt["huishoudens_bij_fte"])
    assert berekend["huishoudens_bij_fte"] == pytest.approx(gedrukt["huishoudens_bij_fte"], rel=0.005)

"""Numbers, percentages and yes/no as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkba.kern.tekst.meldingen import FouteWaarde
from mkba.kern.tekst.notatie import lees_getal, lees_ja_nee, nederlands, uit_procentkolom, verhouding_met_exact
from mkba.kern.woorden.velden import Soort


@pytest.mark.parametrize(
    ("tekst", "soort", "getal"),
    [
        # shares: the dot is a decimal sign, so is the comma
        ("31%", "fractie", 0.31),
        ("31,5 %", "fractie", 0.315),
        ("31.5%", "fractie", 0.315),
        ("0,7%", "fractie", 0.007),
        ("31 procent", "fractie", 0.31),
        ("0.31", "fractie", 0.31),
        ("0,31", "fractie", 0.31),
        ("0,125", "fractie", 0.125),
        ("1.000", "fractie", 1.0),
        ("-40%", "fractie", -0.4),
        ("−40\u00a0%", "fractie", -0.4),
        ("31", "fractie", 31.0),
        ("1E-05", "fractie", 1e-5),
        # counts and euros: a dot before three digits separates thousands
        ("1.063", "aantal", 1063.0),
        ("1.429.400", "eur", 1429400.0),
        ("€ 85.000", "eur", 85000.0),
        ("85.000,-", "eur", 85000.0),
        ("85.000,50", "eur", 85000.5),
        ("85,000.50", "eur", 85000.5),
        ("1,429,400", "eur", 1429400.0),
        ("1 429 400", "eur", 1429400.0),
        ("1\u202f063", "aantal", 1063.0),
        ("EUR 100", "eur", 100.0),
        ("100 euro", "eur", 100.0),
        (" € -   ", "eur", 0.0),
        ("-€ 5", "eur", -5.0),
        ("0,125", "eur", 0.125),
        ("1000", "aantal", 1000.0),
        ("1000.0", "aantal", 1000.0),
        ("1000,123", "aantal", 1000.123),
        ("1,5", "aantal", 1.5),
        ("10", "jaren", 10.0),
        ("13,5", "decimaal", 13.5),
        ("13.5", "decimaal", 13.5),
        ("13,1250", "decimaal", 13.125),
        (".5", "decimaal", 0.5),
        ("+2", "decimaal", 2.0),
        ("1,00E+03", "aantal", 1000.0),
    ],
)
def test_leest(tekst: str, soort: Soort, getal: float) -> None:
    assert lees_getal(tekst, soort) == getal


@pytest.mark.parametrize(
    ("tekst", "soort", "oorzaak"),
    [
        ("1,063", "aantal", "dit kan 1.063 of 1,063 zijn."),
        ("85,000", "eur", "dit kan 85.000 of 85,000 zijn."),
        ("13.500", "decimaal", "dit kan 13.500 of 13,500 zijn."),
        ("1,250", "decimaal", "dit kan 1.250 of 1,250 zijn."),
        ("1.234,5", "fractie", "dit is geen percentage."),
        ("1/3", "fractie", "dit is geen percentage."),
        ("31%%", "fractie", "dit is geen percentage."),
        ("%", "fractie", "dit is geen percentage."),
        ("veel", "fractie", "dit is geen percentage."),
        ("10%", "aantal", "een percentage past niet bij dit veld."),
        ("veel", "aantal", "dit is geen getal."),
        ("12 34", "aantal", "dit is geen getal."),
        ("1.2.3", "eur", "dit is geen getal."),
        ("1.23,456.7", "eur", "dit is geen getal."),
        ("(85.000)", "eur", "dit is geen getal."),
        ("-", "aantal", "dit is geen getal."),
        ("€", "eur", "dit is geen getal."),
        ("5,", "decimaal", "dit is geen getal."),
        ("١٢", "aantal", "dit is geen getal."),
        ("=1+1", "decimaal", "dit is geen getal."),
        ("nan", "decimaal", "dit is geen getal."),
    ],
)
def test_weigert(tekst: str, soort: Soort, oorzaak: str) -> None:
    with pytest.raises(FouteWaarde) as fout:
        lees_getal(tekst, soort)
    assert fout.value.oorzaak == oorzaak
    assert fout.value.remedie


def test_remedie_bij_twee_lezingen_is_eenduidig() -> None:
    with pytest.raises(FouteWaarde, match=r"Schrijf 13125 .* of 13,1250 ") as fout:
        lees_getal("13.125", "decimaal")
    assert "13.125 of 13,125" in fout.value.oorzaak
    assert lees_getal("13125", "decimaal") == 13125
    assert lees_getal("13,1250", "decimaal") == 13.125


@pytest.mark.parametrize(
    ("tekst", "getal"),
    [
        ("31", 0.31),
        ("31%", 0.31),
        ("31,5", 0.315),
        ("0", 0.0),
        ("1", 0.01),
        ("100", 1.0),
        ("-40", -0.4),
        ("0,2%", 0.002),
    ],
)
def test_procentkolom(tekst: str, getal: float) -> None:
    assert lees_getal(tekst, "fractie", procentkolom=True) == getal


@pytest.mark.parametrize("waarde", ["0,2", "0.31", "-0,5"])
def test_procentkolom_weigert_een_getal_tussen_0_en_1(waarde: str) -> None:
    with pytest.raises(FouteWaarde, match=r"% of .*%"):
        lees_getal(waarde, "fractie", procentkolom=True)
    with pytest.raises(FouteWaarde, match=r"% of .*%"):
        uit_procentkolom(float(waarde.replace(",", ".")))


def test_procentkolom_met_getallen() -> None:
    assert uit_procentkolom(31) == 0.31
    assert uit_procentkolom(31.7) == 0.317
    assert uit_procentkolom(0) == 0
    assert uit_procentkolom(float("inf")) == float("inf")
    assert uit_procentkolom(10**5000) == float("inf")


@pytest.mark.parametrize("tekst", ["ja", "JA ", "j", "true", "Waar", "1", "x", "X", "yes"])
def test_ja(tekst: str) -> None:
    assert lees_ja_nee(tekst) is True


@pytest.mark.parametrize("tekst", ["nee", "N", "false", "ONWAAR", "0", "no"])
def test_nee(tekst: str) -> None:
    assert lees_ja_nee(tekst) is False


@pytest.mark.parametrize("tekst", ["misschien", "2", "-", "janee"])
def test_geen_ja_of_nee(tekst: str) -> None:
    with pytest.raises(FouteWaarde, match="geen ja of nee"):
        lees_ja_nee(tekst)


def test_nederlands() -> None:
    assert nederlands(5_000_000) == "5.000.000"
    assert nederlands(1e9) == "1.000.000.000"
    assert nederlands(0.31) == "0,31"
    assert nederlands(-1.0) == "-1"
    assert nederlands(99.0) == "99"


@given(st.decimals(-1, 1, places=4, allow_nan=False))
def test_percentage_heen_en_terug(fractie: object) -> None:
    getal = float(str(fractie))
    punten = f"{fractie * 100:f}"  # type: ignore[operator]
    assert lees_getal(f"{punten}%", "fractie") == getal
    assert lees_getal(f"{punten.replace('.', ',')} %", "fractie") == getal
    assert lees_getal(str(getal) if "e" not in str(getal) else f"{fractie:f}", "fractie") == getal


@given(st.integers(0, 10**9))
def test_euro_heen_en_terug(bedrag: int) -> None:
    punten = f"{bedrag:,}".replace(",", ".")
    for tekst in (str(bedrag), f"€ {punten}", f"{punten},-", f"{punten},00"):
        assert lees_getal(tekst, "eur") == bedrag


@given(st.text(max_size=40), st.sampled_from(["fractie", "aantal", "eur", "jaren", "decimaal"]), st.booleans())
def test_willekeurige_tekst_geeft_getal_of_melding(tekst: str, soort: Soort, procentkolom: bool) -> None:
    _getal_of_melding(tekst, soort, procentkolom)


@given(st.text("0123456789.,-+%€eE ", max_size=15), st.sampled_from(["fractie", "aantal", "eur", "decimaal"]))
def test_bijna_getallen_geven_getal_of_melding(tekst: str, soort: Soort) -> None:
    _getal_of_melding(tekst, soort, False)


def _getal_of_melding(tekst: str, soort: Soort, procentkolom: bool) -> None:
    fout = None
    try:
        getal = lees_getal(tekst, soort, procentkolom)
    except FouteWaarde as gevonden:
        fout = gevonden
    assert (fout.oorzaak and fout.remedie) if fout else isinstance(getal, float)


@pytest.mark.parametrize(
    ("waarde", "tekst"),
    [(1.631, "1,65 (exact 1,63)"), (1.601, "1,60"), (0.985, "1,00 (exact 0,99)"), (-0.33, "-0,35 (exact -0,33)")],
)
def test_een_zin_die_met_een_verhouding_redeneert_geeft_ook_de_exacte(waarde: float, tekst: str) -> None:
    assert verhouding_met_exact(waarde) == tekst

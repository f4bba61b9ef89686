"""One rule for rounding and for "rond 1": the same on the screen, in the report and in the overview."""

import math
import re
from pathlib import Path

import pytest

from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.herbouw.reproductie import afgedrukt
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import (
    gedrukt_verschil,
    getal,
    hoeveel,
    opsomming,
    stand,
    te_onderscheiden,
    toon_meldingwaarde,
    toon_veld,
    verhouding,
    zuinig,
)
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import Uitkomst, bereken
from mkba.opdracht import main
from mkba.reeks.map.puntenplot import MATEN
from mkba.scherm import uitvoer as scherm
from mkba.uitvoer.aanpak import samenvatting as tekst_samenvatting


@pytest.mark.parametrize(
    ("waarde", "stap", "verwacht"),
    [
        (0.5, 1, 1),
        (1.5, 1, 2),
        (2.5, 1, 3),  # Python's own round gives 2
        (-2.5, 1, -3),
        (0.125, 0.01, 0.13),
        (0.285, 0.01, 0.29),  # 0.285 / 0.01 is 28.499999999999996
        (1.005, 0.01, 1.01),
        (514_650, 100, 514_700),
        (-514_650, 100, -514_700),
        (0.975, 0.05, 1.0),
        (1.025, 0.05, 1.05),
        (1.075, 0.05, 1.10),
        (0.0, 0.05, 0.0),
    ],
)
def test_halven_van_nul_af(waarde: float, stap: float, verwacht: float) -> None:
    assert rond(waarde, stap) == pytest.approx(verwacht, abs=1e-12)
    assert rond(-waarde, stap) == pytest.approx(-verwacht, abs=1e-12)


@pytest.mark.parametrize("twintigste", range(-20, 80))
def test_elke_halve_stap_van_een_verhouding(twintigste: int) -> None:
    """0.025 above a step goes up (away from zero), printed, compared with 1 and reproduced alike."""
    ratio = (2 * twintigste + 1) / 40
    naar = (twintigste + 1 if ratio > 0 else twintigste) / 20
    assert verhouding(ratio) == f"{naar:.2f}".replace(".", ",").replace("-0,00", "0,00")
    assert stand(ratio) == ("rond" if naar == 1 else "boven" if naar > 1 else "onder")
    assert afgedrukt("kb_maatschappelijk", ratio) == pytest.approx(naar)


@pytest.mark.parametrize(
    ("ratio", "gedrukt", "hoe"),
    [
        (0.9749, "0,95", "onder"),
        (0.975, "1,00", "rond"),
        (1.0, "1,00", "rond"),
        (1.0249, "1,00", "rond"),
        (1.025, "1,05", "boven"),
        (-0.16, "-0,15", "onder"),
        (math.nan, "–", "onbekend"),
    ],
)
def test_rond_een_is_wat_als_een_wordt_afgedrukt(ratio: float, gedrukt: str, hoe: str) -> None:
    assert (verhouding(ratio), stand(ratio)) == (gedrukt, hoe)


def met_verhouding(aanpak: Aanpak, kengetallen: Kengetallen, doel: float) -> Uitkomst:
    """The aanpak with the share of additional money that gives this maatschappelijke ratio, by halving."""
    laag, hoog = 0.0, 1.0
    for _ in range(60):
        midden = (laag + hoog) / 2
        u = bereken(aanpak.met({"additioneel": midden}, kengetallen), kengetallen)
        laag, hoog = (midden, hoog) if u["kb_maatschappelijk"] > doel else (laag, midden)
    assert u["kb_maatschappelijk"] == pytest.approx(doel, abs=1e-9)
    return u


@pytest.mark.parametrize(
    ("doel", "gedrukt", "exact", "rapport", "kaart", "hoe"),
    [
        (0.9744, "0,95", "0,97", "baten kleiner dan kosten", "meer kosten dan baten", "onder"),
        (0.9756, "1,00", "0,98", "ongeveer in evenwicht", "ongeveer in evenwicht", "rond"),
        (1.0244, "1,00", "1,02", "ongeveer in evenwicht", "ongeveer in evenwicht", "rond"),
        (1.0256, "1,05", "1,03", "baten groter dan kosten", "baten dekken de kosten", "boven"),
    ],
)
def test_scherm_rapport_en_overzicht_zeggen_hetzelfde(
    kengetallen: Kengetallen, doel: float, gedrukt: str, exact: str, rapport: str, kaart: str, hoe: str
) -> None:
    u = met_verhouding(laad_geval("standaard", kengetallen).aanpak, kengetallen, doel)
    lijst = tekst_samenvatting.verhoudingenlijst(u.sleutels, simuleer(u.aanpak, kengetallen, 100, trekking={}))
    regel = re.findall("<li>(.*?)</li>", lijst)[0]
    assert f"verhouding: {gedrukt}</strong>" in regel
    assert f"per euro kosten €\u00a0{exact} aan baten, dus {rapport}." in regel
    kaarten = scherm.kerncijfers(u, None)
    assert f'data-sleutel="kb_maatschappelijk"><b>{gedrukt}</b><span>{kaart}</span>' in kaarten
    plot = MATEN[0]
    assert (plot.tekst(u["kb_maatschappelijk"]), plot.stand(u["kb_maatschappelijk"])) == (gedrukt, hoe)


def test_verschil_is_dat_van_wat_er_staat(kengetallen: Kengetallen) -> None:
    """1,65 and 1,35 differ 0,30 for a reader, also when the ratios themselves differ 0.252."""
    assert gedrukt_verschil(1.374, 1.626, 0.05) == pytest.approx(-0.30)
    assert gedrukt_verschil(149.0, 151.0, 100) == -100
    assert math.isnan(gedrukt_verschil(math.nan, 1.0, 0.05))
    aanpak = laad_geval("standaard", kengetallen).aanpak
    nu, naast = (met_verhouding(aanpak, kengetallen, doel) for doel in (1.224, 1.476))
    tabel = re.sub(r"<[^>]+>", "|", scherm.scherm_a(nu, naast))
    (rij,) = re.findall(r"Maatschappelijke K-B-verhouding\|+([^|]+)\|+([^|]+)\|+([^|]+)", tabel)
    assert rij == ("1,20", "1,50", "-0,30")
    for gedrukt in re.findall(r"\|€\u00a0(-?[\d.]+)\|+€\u00a0(-?[\d.]+)\|+(0|€\u00a0[+-]?[\d.]+)", tabel):
        een, ander, verschil = (int(re.sub(r"[€\u00a0.+]", "", w)) for w in gedrukt)
        assert een - ander == verschil, gedrukt


@pytest.mark.parametrize(
    ("waarde", "cijfers", "minstens", "tekst"),
    [
        (31.0, 3, 1, "31"),
        (12.34, 3, 1, "12,3"),
        (0.25, 3, 1, "0,25"),
        (0.01331, 2, 1, "0,013"),
        (7.513, 2, 0, "7,5"),
        (2.04, 2, 0, "2"),
        (1234.56, 3, 1, "1.234,6"),
        (-0.0004, 3, 1, "-0,0004"),
        (0.0, 3, 1, "0"),
        (math.nan, 3, 1, "–"),
    ],
)
def test_zuinig_met_decimalen(waarde: float, cijfers: int, minstens: int, tekst: str) -> None:
    assert zuinig(waarde, cijfers, minstens) == tekst


@pytest.mark.parametrize(
    ("een", "ander", "paar"),
    [
        (0.0133, 0.1, ("0,013", "0,1")),
        (13.46, 13.5, ("13,46", "13,5")),
        (13.2, 14.0, ("13,2", "14")),
        (0.1 + 0.2, 0.3, ("0,3", "0,3")),
        (0.0, 7.6, ("0", "7,6")),
    ],
)
def test_wat_verschilt_ziet_er_anders_uit(een: float, ander: float, paar: tuple[str, str]) -> None:
    assert te_onderscheiden(een, ander) == paar


def test_enkelvoud_en_meervoud() -> None:
    assert [hoeveel(n, "huishouden", "huishoudens") for n in (0, 1, 1.0, 2, 1063)] == [
        *("0 huishoudens", "1 huishouden", "1 huishouden", "2 huishoudens", "1.063 huishoudens")
    ]
    assert hoeveel(1.04, "punt", "punten", 1) == "1,0 punten"
    assert [opsomming(d) for d in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a en b", "a, b en c"]
    assert opsomming(["a", "b"], "of") == "a of b"


@pytest.mark.parametrize(
    ("sleutel", "waarde", "tekst"),
    [
        ("escalatie.gezin", 0.0025, "0,25%"),
        ("escalatie.gezin", 0.02, "2%"),
        ("terugval", 0.125, "12,5%"),
        ("fte", 13.25, "13,25"),
        ("fte", 0.04, "0,04"),
        ("huishoudens", 1063.0, "1.063"),
        ("kinderen", 1.9, "1,9"),
        ("eenmalig", 85_000.0, "€\u00a085.000"),
        ("huisvesting", True, "ja"),
        ("fte", None, "–"),
    ],
)
def test_een_antwoord_zoals_het_is_gegeven(sleutel: str, waarde: object, tekst: str) -> None:
    assert toon_veld(VELDEN[sleutel], waarde) == tekst
    if waarde is not None and not isinstance(waarde, bool):
        assert toon_meldingwaarde(Melding(sleutel, waarde, "", "")) == tekst


def test_getal_zonder_waarde() -> None:
    assert getal(math.nan) == "–"
    assert toon_meldingwaarde(Melding("vraag 9 tot en met 15", "leeg", "", "")) == "leeg"
    assert toon_meldingwaarde(Melding("type", 0.985, "", "")) == "0,985"


TOML = """naam = "klein"
huishoudens = 1
type.gezin = 1.0
fte = 0.1
additioneel = 0.5
disciplines = ["jeugd"]
"""
CSV = "naam;huishoudens;type.gezin;fte;additioneel;disciplines;nieuw\nklein;1;100%;0,1;50%;jeugd;{}\n"


def test_remedie_werkt_in_de_notatie_van_het_bestand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """31 where 31% was meant: what the message says to write is read, in TOML and in a table."""
    for naam, tekst, fout, remedies in (
        ("a.toml", TOML + "nieuw = {}\n", "31.5", ["0.315"]),
        ("a.csv", CSV, "31,5", ["31,5%", "0,315"]),
    ):
        bestand = tmp_path / naam
        bestand.write_text(tekst.format(fout), encoding="utf-8")
        assert main(["controleer", str(bestand)]) == 2
        gezegd = capsys.readouterr().err
        assert f"nieuw = {fout}\n" in gezegd, "zoals het er staat"
        assert "(31% is 0,31; in TOML 0.31). Bedoelt u 31,5%? Schrijf 31,5% of 0,315; in TOML 0.315." in gezegd
        for remedie in remedies:
            assert remedie in gezegd
            bestand.write_text(tekst.format(remedie), encoding="utf-8")
            assert main(["bereken", str(bestand), "--json"]) == 0, remedie
            capsys.readouterr()


def test_waarschuwing_op_de_opdrachtregel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The value in the notation of the file, the sentence in Dutch; one warning is one."""
    for naam, tekst, fte in (("a.toml", TOML, "0.1"), ("a.csv", CSV.format("10%"), "0,1")):
        (tmp_path / naam).write_text(tekst, encoding="utf-8")
        assert main(["controleer", str(tmp_path / naam)]) == 0
        gezegd = capsys.readouterr()
        assert f"fte = {fte}\n" in gezegd.err
        assert "keer zo groot als het kengetal voor deze caseload (0,01" in gezegd.err
        assert "1 aanpak in 1 bestand: geen fouten, " in gezegd.out
    assert main(["bereken", str(tmp_path / "a.csv")]) == 0
    gezegd = capsys.readouterr()
    assert "Let op: fte = 0,1: het team is" in gezegd.err
    assert re.search(r"0,01\d\s*$", next(r for r in gezegd.out.splitlines() if "fte" in r.lower())), "niet 0,0"

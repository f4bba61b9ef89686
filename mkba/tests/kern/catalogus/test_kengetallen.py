"""The catalogue: what loads, and every reason to refuse it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mkba.invoer.afwijkingen import lees_afwijkingen, lees_kengetallen
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.catalogus.sleutels import MOGELIJK, VERPLICHT
from mkba.kern.tekst.meldingen import InvoerFout

Wijzig = Callable[[str, str, str], Path]


@pytest.fixture
def wijzig(tmp_path: Path) -> Wijzig:
    """A copy of the shipped rule sets with one text replaced in one file; returns the folder."""

    def _wijzig(bestand: str, oud: str, nieuw: str) -> Path:
        doel = tmp_path / "kengetallen"
        shutil.copytree(paden.data() / "kengetallen", doel)
        pad = doel / "lpbl-2014" / bestand
        tekst = pad.read_text(encoding="utf-8")
        assert oud in tekst
        pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
        return doel

    return _wijzig


def test_elk_getal_heeft_herkomst(kengetallen: Kengetallen) -> None:
    for pad, k in kengetallen.getallen.items():
        assert k.omschrijving, pad
        assert "{" not in k.omschrijving, pad
        assert k.bron in kengetallen.bronnen, pad
        assert k.herkomst, pad
        if k.status in ("gekalibreerd", "aanname"):
            assert k.laag is not None, pad
            assert k.hoog is not None, pad


def test_alle_verplichte_sleutels_en_geen_andere(kengetallen: Kengetallen) -> None:
    assert set(VERPLICHT) <= set(kengetallen.getallen) <= set(VERPLICHT) | set(MOGELIJK)


def test_gedrukte_totalen_van_de_profielen(kengetallen: Kengetallen) -> None:
    """Figuur 2.7: four of the twelve totals differ EUR 100 from the sum of their parts, and only those."""
    anders = {}
    for pad in [p for p in kengetallen if p.startswith("zorgconsumptie_totaal.")]:
        delen = kengetallen.onder(pad.replace("_totaal", ""))
        verschil = kengetallen[pad] - sum(k.waarde for k in delen.values())
        if verschil:
            anders[pad.removeprefix("zorgconsumptie_totaal.")] = verschil
    assert anders == {"gezin.nzr": 100, "gezin.top": -100, "oudere.zr": -100, "overig.nzr": -100}


def test_personeelskosten_zijn_lasten_plus_huisvesting(kengetallen: Kengetallen) -> None:
    for functie in ("teamlid", "teamleider", "ondersteuning"):
        kosten, lasten, huisvesting = (
            kengetallen[f"personeel.{s}.{functie}"] for s in ("kosten", "werkgeverslasten", "huisvesting")
        )
        assert kosten == lasten + huisvesting


@pytest.mark.parametrize(
    ("bestand", "oud", "nieuw", "verwacht"),
    [
        ("personeel.toml", "teamlid = 85000", 'teamlid = "veel"', "personeel.kosten.teamlid.*dit is geen getal"),
        ("personeel.toml", 'bron = "handleiding-2014"', 'bron = "horen zeggen"', "horen zeggen.*bronnen.toml"),
        ("personeel.toml", 'eenheid = "eur/fte/jaar"', 'eenheid = "gulden"', "eenheid"),
        ("personeel.toml", 'status = "gepubliceerd"', 'status = "zeker"', "status"),
        ("personeel.toml", "prijspeil = 2014\n", "", "prijspeil"),
        ("caseload.toml", "niet_actief = 600", "niet_actief = 600\nzzp = 3", "caseload.zzp.*bestaat niet"),
        ("caseload.toml", "ev = 300\n", "", "caseload.ev.*ontbreekt"),
        ("effecten.toml", "hoog = 100000", "hoog = 10000", "kwaliteit.qaly_eur.*buiten laag 20000"),
        ("effecten.toml", "laag = 20000\n", "", "laag en hoog horen bij elkaar"),
        (
            "actoren.toml",
            "zorgverzekeraar = { waarde = 0.5",
            "zorgverzekeraar = { waarde = 0.4",
            "tellen niet op tot 1",
        ),
        ("actoren.toml", ', motivering = "Zorgverzekeringswet"', "", "vraagt om motivering"),
        ("tijd.toml", "jaar9 = { waarde = 1, laag = 1", "jaar9 = { waarde = 0, laag = 0", "tijd.kinderen.*positief"),
        ("tijd.toml", "[disconto.gedeeld]", "[disconto.gedeeld", "geen geldige TOML"),
        ("caseload.toml", "nzr = 40", "nzr = 0", "caseload.nzr.*groter dan 0"),
        ("zorg.toml", "jeugd = { waarde = 0.0919", "jeugd = { waarde = 1.0919", "zorg_aandeel.jeugd"),
        (
            "personeel.toml",
            'omschrijving = "Uren per fte per jaar voor huishoudens"',
            "oorspronkelijk = 3\n",
            "oorspronkelijk hoort niet",
        ),
    ],
)
def test_een_fout_in_de_catalogus_wordt_geweigerd(
    wijzig: Wijzig, bestand: str, oud: str, nieuw: str, verwacht: str
) -> None:
    map_ = wijzig(bestand, oud, nieuw)
    with pytest.raises(InvoerFout, match=f"(?s){verwacht}"):
        laad("lpbl-2014", map_)


def test_alle_fouten_in_een_melding(wijzig: Wijzig) -> None:
    map_ = wijzig("caseload.toml", "ev = 300\n", "zzp = 3\n")
    with pytest.raises(InvoerFout) as fout:
        laad("lpbl-2014", map_)
    velden = {m.veld for m in fout.value.meldingen}
    assert {"caseload.ev", "caseload.zzp"} <= velden


def test_onbekende_regelset_noemt_de_keuzen() -> None:
    with pytest.raises(InvoerFout, match=r"Kies uit: .*lpbl-2014"):
        laad("lpbl-1999")


def test_override_is_zichtbaar_en_verandert_de_vingerafdruk(kengetallen: Kengetallen) -> None:
    ander = kengetallen.met({"kwaliteit.qaly_eur": 50_000})
    assert ander["kwaliteit.qaly_eur"] == 50_000
    assert kengetallen["kwaliteit.qaly_eur"] == 20_000
    assert ander.afwijkingen["kwaliteit.qaly_eur"].oorspronkelijk == 20_000
    assert ander.vingerafdruk != kengetallen.vingerafdruk
    assert ander.met({"kwaliteit.qaly_eur": 60_000}).afwijkingen["kwaliteit.qaly_eur"].oorspronkelijk == 20_000


def test_override_die_niet_kan_wordt_geweigerd(kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout, match="bestaat niet"):
        kengetallen.met({"kwaliteit.qaly": 1})
    with pytest.raises(InvoerFout, match="tellen niet op tot 1"):
        kengetallen.met({"actor.werk.gemeente_wi": 0.5})
    with pytest.raises(InvoerFout, match="tussen 0 en 1"):
        kengetallen.met({"effectiviteit.schuldhulp_bestaand": 45})
    with pytest.raises(InvoerFout, match="groter dan 0"):
        kengetallen.met({"caseload.zr": 0})
    with pytest.raises(InvoerFout, match="tussen 0 en 1"):
        kengetallen.met({"disconto.reeel": 2.5})
    with pytest.raises(InvoerFout, match="geen eindig getal"):
        kengetallen.met({"disconto.reeel": float("nan")})
    with pytest.raises(InvoerFout, match="rekent niet mee"):
        kengetallen.met({"mantelzorg.overbelast": 0.3})


@pytest.mark.parametrize(
    ("sleutel", "waarde", "oorzaak"),
    [
        ("steekproef.figuur_telt", -1, "kan niet negatief zijn"),
        ("steekproef.uitval_maal", -2, "kan niet negatief zijn"),
        ("zelfredzaamheid.kleine_cel", -1, "kan niet negatief zijn"),
        ("steekproef.samenhang_trajecten", 2, "tussen -1 en 1"),
    ],
)
def test_ook_van_een_meting_wordt_een_kengetal_dat_niet_kan_geweigerd(
    kengetallen: Kengetallen, sleutel: str, waarde: float, oorzaak: str
) -> None:
    """A figure that counted as −1 traject made the interval of a measured saldo a tenth narrower, without a word."""
    with pytest.raises(InvoerFout, match=oorzaak):
        kengetallen.met({sleutel: waarde})


def test_afwijkingen_uit_een_bestand(tmp_path: Path) -> None:
    pad = tmp_path / "eigen.toml"
    pad.write_text("[kwaliteit]\nqaly_eur = 50000\n[disconto]\nreeel = 0.0225\n", encoding="utf-8-sig")
    assert lees_afwijkingen(pad) == ({"kwaliteit.qaly_eur": 50_000, "disconto.reeel": 0.0225}, {})
    assert lees_kengetallen("lpbl-2014", str(pad))["disconto.reeel"] == 0.0225
    assert lees_kengetallen("lpbl-2014").afwijkingen == {}


def test_eigen_bron_en_eigen_bereik(kengetallen: Kengetallen, tmp_path: Path) -> None:
    """A replaced value never keeps the catalogue's source; a slip in notation is warned for."""
    pad = tmp_path / "eigen.toml"
    pad.write_text('[kwaliteit]\nqaly_eur = {waarde = 50000, bron = "Werkwijzer 2016"}\n', encoding="utf-8")
    eigen = lees_kengetallen("lpbl-2014", pad)
    assert eigen.getallen["kwaliteit.qaly_eur"].bron == "Werkwijzer 2016"
    assert eigen.waarschuwingen == []
    zonder = kengetallen.met({"kwaliteit.qaly_eur": 20.0}, "eigen.toml")
    assert zonder.getallen["kwaliteit.qaly_eur"].bron == "opgegeven in eigen.toml"
    assert "§4.3.4" not in zonder.getallen["kwaliteit.qaly_eur"].herkomst
    assert "20000 tot 100000" in str(zonder.waarschuwingen[0])


def test_een_andere_partij_kan_meebetalen(kengetallen: Kengetallen) -> None:
    """Shares that the rule set leaves at 0 can be given a value, as long as the line sums to 1."""
    samen = kengetallen.met({"actor.additioneel.gemeente_overig": 0.5, "actor.additioneel.corporatie": 0.5})
    assert samen["actor.additioneel.corporatie"] == 0.5
    assert samen.afwijkingen["actor.additioneel.corporatie"].oorspronkelijk == 0
    with pytest.raises(InvoerFout, match="bestaat niet"):
        kengetallen.met({"actor.additioneel.koning": 0.5})
    with pytest.raises(InvoerFout, match="negatief"):
        kengetallen.met({"kwaliteit.qaly_eur": -5})


@pytest.mark.parametrize(
    ("inhoud", "verwacht"),
    [
        (b"[kwaliteit]\nqaly_eur = {waarde = 5, jaar = 2016}\n", "hoort hier niet"),
        (b"[kwaliteit]\nqaly_eur = {waarde = 5, bron = 2016}\n", "geen tekst"),
        (b"[kwaliteit]\nqaly_eur = 1e308\n", "geen eindig getal"),
        (b"[kwaliteit]\nqaly_eur = 2016-01-01\n", "geen getal"),
        (b"[kwaliteit]\nqaly_eur = [1]\n", "geen getal"),
        (b"[kwaliteit]\nqaly_eur = 'veel'\n", "geen getal"),
        (b"[kwaliteit]\nqaly_eur = true\n", "geen getal"),
        (b"kwaliteit = [\n", "geen geldige TOML"),
        (b"\xff\xfe\x00", "geen tekst in UTF-8"),
        (("[" + ".".join("a" * 1 for _ in range(9)) + "]\nb = 1\n").encode(), "te diep genest"),
        (b'"kwaliteit.qaly_eur" = 5\n[kwaliteit]\nqaly_eur = 6\n', "twee keer"),
        (b"x = " + b"[" * 5000 + b"]" * 5000, "te diep genest|geldige TOML"),
        (b"x = " + b"9" * 5000, "geldige TOML"),
    ],
)
def test_slecht_bestand_met_afwijkingen(tmp_path: Path, inhoud: bytes, verwacht: str) -> None:
    pad = tmp_path / "eigen.toml"
    pad.write_bytes(inhoud)
    with pytest.raises(InvoerFout, match=verwacht):
        lees_afwijkingen(pad)
    with pytest.raises(InvoerFout, match="bestaat niet"):
        lees_afwijkingen(tmp_path / "weg.toml")


def test_afwijkingen_moeten_eindige_getallen_zijn(tmp_path: Path) -> None:
    pad = tmp_path / "eigen.toml"
    pad.write_text("[kwaliteit]\nqaly_eur = nan\n", encoding="utf-8")
    with pytest.raises(InvoerFout, match="geen eindig getal"):
        lees_afwijkingen(pad)

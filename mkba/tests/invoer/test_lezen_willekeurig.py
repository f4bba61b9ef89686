"""Whatever is in a file: an Aanpak or an InvoerFout with readable messages, and nothing else."""

import csv
import io
import string
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mkba.invoer.lezen import Bronaanpak, lees_aanpak, lees_aanpakken
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.persoonsgegevens import bevat_bsn
from mkba.kern.tekst.schrift import controleer_naam, vergelijkbaar
from mkba.kern.woorden.begrippen import DISCIPLINES, TYPEN, ZWAARTEN
from mkba.kern.woorden.velden import VELDEN, Veld
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.rekenblad.sjabloon import EERSTE_RIJ, SLEUTELRIJ, schrijf_sjabloon, sjabloonkolommen
from mkba.tests.hulp_invoer import BASIS, GEVALLEN
from mkba.tests.hulp_voorbeelden import voorbeelden

IN_MAP = settings(
    max_examples=voorbeelden(150), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
TRAAG = settings(IN_MAP, max_examples=voorbeelden(40))

KENGETALLEN = laad()
SLEUTELS = [*VELDEN, *(f"disciplines.{d}" for d in DISCIPLINES)]


def is_naam(tekst: str) -> bool:
    """Whether a name shows as it is; the others are refused with a message."""
    try:
        return controleer_naam(tekst) == tekst
    except FouteWaarde:
        return False


namen = (
    st.text(min_size=1, max_size=50)
    .map(lambda t: unicodedata.normalize("NFC", t.strip()))
    .filter(lambda t: bool(t) and is_naam(t) and not bevat_bsn(t))
)


def waarde_voor(veld: Veld) -> st.SearchStrategy[Any]:
    match veld.soort:
        case "tekst":
            return namen
        case "ja_nee":
            return st.booleans()
        case "disciplines":
            return st.lists(st.sampled_from(DISCIPLINES), unique=True)
        case "jaren":
            return st.integers(1, 50)
        case "aantal":
            return st.integers(int(veld.minimum or 0), int(veld.maximum or 0))
        case _:
            return st.floats(veld.minimum, veld.maximum)


@st.composite
def verdeling(teken: st.DrawFn, delen: int) -> list[float]:
    """Shares in whole thousandths that add up to 1."""
    grenzen = sorted(teken(st.lists(st.integers(0, 1000), min_size=delen - 1, max_size=delen - 1)))
    return [(b - a) / 1000 for a, b in zip([0, *grenzen], [*grenzen, 1000], strict=True)]


@st.composite
def aanpakken(teken: st.DrawFn, cijfers: int = 17) -> Aanpak:
    """A valid aanpak: all required fields, and any of the others; numbers of so many significant digits."""
    los = [v for s, v in VELDEN.items() if not s.startswith(("type.", "zwaarte."))]
    waarden = {v.sleutel: teken(waarde_voor(v)) for v in los if v.verplicht or teken(st.booleans())}
    waarden = {k: float(f"{v:.{cijfers}g}") if isinstance(v, float) else v for k, v in waarden.items()}
    waarden |= dict(zip((f"type.{t}" for t in TYPEN), teken(verdeling(len(TYPEN))), strict=True))
    for type_ in TYPEN:
        if teken(st.booleans()):
            sleutels = [f"zwaarte.{type_}.{z}" for z in ZWAARTEN]
            waarden |= dict(zip(sleutels, teken(verdeling(len(ZWAARTEN))), strict=True))
    return maak_aanpak(waarden, KENGETALLEN)


def lees_of_meld(pad: Path) -> None:
    bronnen: tuple[Bronaanpak, ...] = ()
    meldingen: tuple[Melding, ...] = ()
    try:
        bronnen = lees_aanpakken(pad, KENGETALLEN)
    except InvoerFout as fout:
        meldingen = fout.meldingen
    assert bool(bronnen) != bool(meldingen)
    assert all(isinstance(bron.aanpak, Aanpak) and bron.slug for bron in bronnen)
    for melding in meldingen:
        assert melding.oorzaak.endswith(".")
        assert melding.remedie.endswith((".", "?"))
        assert str(pad) in str(melding)
        assert str(melding).isprintable()


# Round trips


@given(aanpak=aanpakken())
@IN_MAP
def test_toml_heen_en_terug(tmp_path: Path, aanpak: Aanpak) -> None:
    pad = tmp_path / "t.toml"
    pad.write_text(schrijf_toml(aanpak), encoding="utf-8")
    terug = lees_aanpak(pad, KENGETALLEN)
    assert terug == aanpak
    assert terug.opgegeven == aanpak.opgegeven


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda pad: pad.stem)
def test_gevallen_als_toml(tmp_path: Path, kengetallen: Kengetallen, geval: Path) -> None:
    aanpak = lees_aanpak(geval, kengetallen)
    pad = tmp_path / "t.toml"
    pad.write_text(schrijf_toml(aanpak), encoding="utf-8")
    assert lees_aanpak(pad, kengetallen) == aanpak


def test_toml_zegt_wat_niet_is_ingevuld() -> None:
    tekst = schrijf_toml(maak_aanpak({**BASIS, "naam": 'Team "\\ Noord'}, KENGETALLEN))
    assert 'naam = "Team \\"\\\\ Noord"  # Naam van de aanpak' in tekst
    assert "\n# 2. Type huishoudens\ntype.gezin = 0.4  # Type huishoudens: Gezinnen\n" in tekst
    assert "\n# nieuw = 0.05  # Nieuw gevonden huishoudens: kengetal\n" in tekst
    assert "\n# huisvesting = true  # Kosten fte incl. huisvesting: standaard\n" in tekst
    assert "\n# eenouder.gezin =   # Eenouder/-persoons: Gezinnen: niet bekend\n" in tekst
    assert 'disciplines = ["jeugd", "ggz", "wi", "welzijn", "zorg", "wonen"]' in tekst


def test_toml_van_een_aanpak_zonder_herkomst(tmp_path: Path) -> None:
    """An aanpak that was built directly: every value is written."""
    aanpak = maak_aanpak(BASIS, KENGETALLEN)
    kaal = aanpak.model_copy(update={"opgegeven": frozenset(), "uit_kengetal": frozenset()})
    pad = tmp_path / "t.toml"
    pad.write_text(schrijf_toml(kaal), encoding="utf-8")
    terug = lees_aanpak(pad, KENGETALLEN)
    assert terug.plat() == aanpak.plat()
    assert terug.herkomst("nieuw") == "opgegeven"


@pytest.mark.traag
@given(rijen=st.lists(aanpakken(cijfers=15), min_size=1, max_size=3, unique_by=lambda a: vergelijkbaar(a.naam)))
@settings(TRAAG, max_examples=6)
def test_werkmap_heen_en_terug(tmp_path: Path, rijen: list[Aanpak]) -> None:
    """Up to the 15 significant digits that Excel keeps."""
    pad = tmp_path / "t.xlsx"
    schrijf_sjabloon(pad, KENGETALLEN, rijen, overschrijf=True)
    assert [bron.aanpak for bron in lees_aanpakken(pad, KENGETALLEN)] == rijen


# Garbage

cel = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-5, 100),
    st.floats(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    st.text("0123456789.,%€- ", max_size=8),
    st.sampled_from(["ja", "nee", "x", "=1+1", "jeugd, wi", "111222333", "naam", "huishoudens", "eenheid", "%", "\n"]),
    st.dates(),
    st.datetimes(),
)


@given(
    inhoud=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)),
    extensie=st.sampled_from(["toml", "csv", "xlsx"]),
)
@IN_MAP
def test_willekeurige_bytes(tmp_path: Path, inhoud: bytes, extensie: str) -> None:
    pad = tmp_path / f"t.{extensie}"
    pad.write_bytes(inhoud)
    lees_of_meld(pad)


@given(
    waarden=st.dictionaries(
        st.one_of(st.sampled_from(SLEUTELS), st.text(string.ascii_lowercase + "._", max_size=12)),
        st.sampled_from(
            ["1", "0.5", "31", "'x'", "true", "[]", "['jeugd']", "nan", "-inf", "2020-01-01", "{a=1}", "0x1", "31%"]
        ),
    )
)
@IN_MAP
def test_willekeurige_toml(tmp_path: Path, waarden: dict[str, str]) -> None:
    pad = tmp_path / "t.toml"
    pad.write_text("\n".join(f"{sleutel} = {waarde}" for sleutel, waarde in waarden.items()), encoding="utf-8")
    lees_of_meld(pad)


@given(
    kop=st.lists(
        st.one_of(st.sampled_from(SLEUTELS), st.text(max_size=8), st.sampled_from(["nieuw (%)", "bsn"])), max_size=12
    ),
    rijen=st.lists(st.lists(cel, max_size=14), max_size=4),
    scheiding=st.sampled_from(";,\t"),
)
@example(kop=[], rijen=[["Â¡"]], scheiding=";")  # UTF-8 that was opened as Windows text
@IN_MAP
def test_willekeurige_csv(tmp_path: Path, kop: list[str], rijen: list[list[Any]], scheiding: str) -> None:
    uit = io.StringIO()
    csv.writer(uit, delimiter=scheiding).writerows([["naam", "huishoudens", *kop], *rijen])
    pad = tmp_path / "t.csv"
    pad.write_bytes(uit.getvalue().encode("utf-8", "surrogatepass"))
    lees_of_meld(pad)


@pytest.mark.traag
@given(
    rijen=st.lists(
        st.dictionaries(st.sampled_from([k.nummer for k in sjabloonkolommen()]), cel, max_size=20), max_size=3
    )
)
@TRAAG
def test_willekeurige_cellen_in_het_sjabloon(tmp_path: Path, rijen: list[dict[int, Any]]) -> None:
    boek = openpyxl.Workbook()
    blad = boek.worksheets[0]
    for kolom in sjabloonkolommen():
        blad.cell(SLEUTELRIJ, kolom.nummer).value = kolom.sleutel
    for i, rij in enumerate(rijen):
        for nummer, waarde in rij.items():
            blad.cell(EERSTE_RIJ + i, nummer).value = waarde
    pad = tmp_path / "t.xlsx"
    boek.save(pad)
    lees_of_meld(pad)


@given(begin=st.integers(0, 26000), stuk=st.binary(min_size=1, max_size=30))
@TRAAG
def test_beschadigd_sjabloon(tmp_path: Path, begin: int, stuk: bytes) -> None:
    pad = tmp_path / "t.xlsx"
    bron = tmp_path / "heel.xlsx"
    if not bron.exists():
        schrijf_sjabloon(bron, KENGETALLEN)
    inhoud = bytearray(bron.read_bytes())
    inhoud[begin : begin + len(stuk)] = stuk
    pad.write_bytes(inhoud)
    lees_of_meld(pad)

"""The live road to CBS, against a server on 127.0.0.1 that has its faults. Nothing leaves this machine."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cbsodata
import pytest
import requests

from mkba.invoer.cbs import bewaar as cbs_bewaar
from mkba.invoer.cbs import dienst as cbs
from mkba.invoer.cbs.dienst import haal_gebieden, wijken_van
from mkba.invoer.cbs.kolommen import EDITIES
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.tests import odata_server as od
from mkba.tests.hulp_cbs import OUDE_HAVEN
from mkba.tests.odata_server import GEBIEDEN, WAARDEN, WIJK_WAARDEN, Dienst, Storing, dienst, tabel

# parts add up to 2,390 of 2,395: every number is rounded to 5 on its own


@pytest.fixture(autouse=True)
def _snel_en_lokaal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cbs, "NETWERK", cbs.Netwerk(pogingen=4, wacht=0.01, verbinden=2, lezen=2))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def server() -> Iterator[Dienst]:
    with dienst(tabel()) as staat:
        yield staat


def fout_van(codes: list[Any], **anders: Any) -> str:
    with pytest.raises(InvoerFout) as fout:
        haal_gebieden(codes, **anders)
    return str(fout.value)


# --- numbers -------------------------------------------------------------------------------------------


def test_gebieden_met_het_land_voorop(server: Dienst) -> None:
    land, wijk = haal_gebieden(["WK990102"], basis_url=server.url)
    assert (land.code, land.naam, land.soort) == ("NL00", "Nederland", "land")
    assert wijk == replace(OUDE_HAVEN, code="WK990102", naam="Nieuwland", jeugdhulp=0.007)
    assert "bijstand" in wijk.onbekend, "null is onbekend en niet 0"


def test_afronding_blijft_zoals_zij_is(server: Dienst) -> None:
    """CBS rounds each number to 5: the reader may not "repair" parts that do not add up."""
    wijk = haal_gebieden(["WK990102"], basis_url=server.url)[1]
    assert (wijk.eenpersoons, wijk.zonder_kinderen, wijk.met_kinderen) == (1105, 620, 665)
    assert wijk.huishoudens == 1105 + 620 + 665 + 5


def test_volgorde_dubbele_codes_kleine_letters_en_spaties(server: Dienst) -> None:
    codes = ["bu 9901 0201", " wk9901ma ", "WK9901MA  ", "NL00", "gm9901"]
    gebieden = haal_gebieden(codes, basis_url=server.url)
    assert [g.code for g in gebieden] == ["NL00", "BU99010201", "WK9901MA", "GM9901"]
    assert [g.soort for g in gebieden] == ["land", "buurt", "wijk", "gemeente"]


@pytest.mark.parametrize(
    ("jaar", "eigenschappen", "veld", "waarde"),
    [
        (2022, od.EDITIE_2022, "laag_inkomen", 0.057),
        (2023, od.EDITIE_2023, "laag_inkomen", 0.057),
        (2024, od.EDITIE_2024_OUD, "laag_inkomen", 0.057),
        (2024, od.EDITIE_2024_NIEUW, "armoede", 0.034),
        (2025, od.EDITIE_2024_NIEUW, "armoede", 0.034),
    ],
)
def test_edities_op_stam_en_niet_op_nummer(jaar: int, eigenschappen: Any, veld: str, waarde: float) -> None:
    waarden = {c: {**w, "PersonenInArmoede": 3.4} for c, w in WAARDEN.items()}
    with dienst(replace(tabel(jaar, eigenschappen), waarden=waarden)) as server:
        wijk = haal_gebieden(["WK990102"], jaar, basis_url=server.url)[1]
    assert getattr(wijk, veld) == waarde
    assert {wijk.laag_inkomen, wijk.armoede} == {waarde, None}, "een van beide bestaat in een editie"
    assert (wijk.huishoudens, wijk.met_kinderen, wijk.jeugdhulp, wijk.wmo) == (2395, 665, 0.007, 0.057)
    assert wijk.bron == f"CBS StatLine {EDITIES[jaar]} ({jaar})"


@pytest.mark.parametrize(("oudste", "som"), [(190.0, 810.0), (None, None)])
def test_65_plus_in_twee_delen(oudste: float | None, som: float | None) -> None:
    """The edition of 2026 splits the oldest group; a sum with an unknown part is unknown."""
    waarden = {c: {**w, "k_65JaarTot80Jaar": 620.0, "k_80JaarOfOuder": oudste} for c, w in WAARDEN.items()}
    with dienst(replace(tabel(2026, od.EDITIE_2026), waarden=waarden)) as server:
        assert haal_gebieden(["WK990102"], 2026, basis_url=server.url)[1].ouderen == som


def test_lege_editie_is_onbekend() -> None:
    """In 2025 income, benefits and care were still empty."""
    leeg = {"PersonenInArmoede": None, "PercentageJongerenMetJeugdzorg": None, "WmoClientenRelatief": None}
    waarden = {c: {**w, **leeg} for c, w in WAARDEN.items()}
    with dienst(replace(tabel(2025, od.EDITIE_2024_NIEUW), waarden=waarden)) as server:
        wijk = haal_gebieden(["WK990102"], 2025, basis_url=server.url)[1]
    assert {"laag_inkomen", "armoede", "bijstand", "jeugdhulp", "wmo"} <= set(wijk.onbekend)
    assert wijk.huishoudens == 2395


def test_herhaalde_stam_volgt_eenheid_en_onderwerp() -> None:
    """The same stem under another topic or unit is another column, also when it comes first."""
    dubbel: tuple[od.Eigenschap, ...] = (
        ("Motorvoertuigen", "HuishoudensTotaal_7", "Huishoudens totaal", "aantal"),
        ("Particuliere huishoudens", "HuishoudensMetKinderen_8", "Huishoudens met kinderen", "%"),
    )
    met_dubbel = (*od.BEVOLKING, *dubbel, *od.EDITIE_2024_OUD[4:])
    waarden = {c: {**w, "HuishoudensTotaal_7": 1.0, "HuishoudensMetKinderen_8": 27.8} for c, w in WAARDEN.items()}
    with dienst(replace(tabel(2024, met_dubbel), waarden=waarden)) as server:
        wijk = haal_gebieden(["WK990102"], basis_url=server.url)[1]
    assert (wijk.huishoudens, wijk.met_kinderen) == (2395, 665)


# --- codes ---------------------------------------------------------------------------------------------


def test_verkeerde_code_vraagt_niets(server: Dienst) -> None:
    assert "Bedoelt u GM0599?" in fout_van(["GM599"], basis_url=server.url)
    assert server.vragen == []


def test_code_die_niet_bestaat(server: Dienst, tmp_path: Path) -> None:
    """The service answers 200 with an empty list; that is an error here, and nothing is kept."""
    tekst = fout_van(["WK990103", "WK990102"], basis_url=server.url, bewaarmap=tmp_path / "b")
    assert "WK990103" in tekst
    assert "staat niet in tabel 85984NED (2024)" in tekst
    assert "WK990102 (Nieuwland)" in tekst, "een code die erop lijkt"
    assert not (tmp_path / "b").exists()


def test_onbekend_jaar() -> None:
    assert "2019 tot en met 2026" in fout_van(["GM9901"], jaar=2018)
    assert "geen webadres" in fout_van(["GM9901"], basis_url="opendata.cbs.nl")


def test_tabel_van_een_ander_jaar() -> None:
    with dienst(replace(tabel(), periode="2023")) as server:
        assert "deze tabel gaat over 2023" in fout_van(["GM9901"], basis_url=server.url)


def test_tabel_zonder_huishoudens() -> None:
    with dienst(tabel(2024, od.BEVOLKING)) as server:
        assert "geen kolom met huishoudens" in fout_van(["GM9901"], basis_url=server.url)


# --- the protocol --------------------------------------------------------------------------------------


def test_server_spreekt_als_het_cbs() -> None:
    """What the client relies on: padding, the limit of ODataApi, pages of the feed."""
    veel = {**GEBIEDEN, **{f"BU9902{i:04d}": f"Buurt {i}" for i in range(9_999)}}
    with dienst(replace(tabel(), gebieden=veel)) as server:
        rijen = f"{server.url}/ODataFeed/odata/85984NED/TypedDataSet"
        zonder = requests.get(rijen, params={"$filter": "WijkenEnBuurten eq 'GM9901'"}, timeout=5)
        assert (zonder.status_code, zonder.json()["value"]) == (200, [])
        met = requests.get(rijen, params={"$filter": "WijkenEnBuurten eq 'GM9901    '"}, timeout=5)
        assert len(met.json()["value"]) == 1
        api = requests.get(rijen.replace("ODataFeed", "ODataApi"), timeout=10)
        assert api.status_code == 500
        assert "more than 10000 records" in api.text
        pagina = requests.get(rijen, timeout=10).json()
        assert len(pagina["value"]) == 10_000
        assert "odata.nextLink" in pagina


def test_gevraagd_wordt_alleen_wat_nodig_is(server: Dienst) -> None:
    haal_gebieden(["WK990102"], basis_url=server.url)
    (vraag,) = server.vragen_om("TypedDataSet")
    assert "WijkenEnBuurten eq 'NL00      ' or WijkenEnBuurten eq 'WK990102  '" in vraag
    assert "HuishoudensTotaal_29" in vraag
    assert "WmoClienten_100" not in vraag
    assert all(v.startswith("/ODataFeed/") for v in server.vragen)


@pytest.mark.traag
def test_veel_gebieden_in_bladzijden() -> None:
    """Beyond the length of an address all rows are asked, page by page."""
    veel = {**GEBIEDEN, **{f"BU9902{i:04d}": f"Buurt {i}" for i in range(9_999)}}
    waarden = {**WAARDEN, **{c: {**WIJK_WAARDEN, "HuishoudensTotaal": 5 * i} for i, c in enumerate(veel)}}
    codes = [f"BU9902{i:04d}" for i in range(0, 9_999, 250)]
    with dienst(replace(tabel(), gebieden=veel, waarden=waarden)) as server:
        gebieden = haal_gebieden(codes, basis_url=server.url)
        assert len(server.vragen_om("TypedDataSet")) == 2
        assert all("$filter" not in v for v in server.vragen)
    assert [g.code for g in gebieden] == ["NL00", *codes]
    assert [g.huishoudens for g in gebieden[1:]] == [5 * list(veel).index(c) for c in codes]


@pytest.mark.parametrize("storing", ["reset", "halverwege", "bezig", "inlogpagina"])
@pytest.mark.parametrize("bij", ["DataProperties", "TypedDataSet", "WijkenEnBuurten"])
def test_storing_gaat_voorbij(server: Dienst, storing: Storing, bij: str) -> None:
    server.storingen, server.bij = [storing, storing], bij
    assert haal_gebieden(["GM9901"], basis_url=server.url)[1].huishoudens == 2395
    assert server.storingen == []
    assert len(server.vragen_om(bij)) >= 3


def test_traag_antwoord_wordt_opnieuw_gevraagd(server: Dienst, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbs, "NETWERK", cbs.Netwerk(wacht=0.01, lezen=0.3))
    server.storingen = ["traag"]
    assert haal_gebieden(["GM9901"], basis_url=server.url)[1].huishoudens == 2395
    assert len(server.vragen_om("TypedDataSet")) == 2


@pytest.mark.parametrize(
    ("storing", "reden"),
    [("reset", "verbinding mislukt"), ("bezig", "HTTP 503"), ("inlogpagina", "het antwoord is geen OData")],
)
def test_storing_die_blijft(server: Dienst, storing: Storing, reden: str, tmp_path: Path) -> None:
    server.storingen = [storing] * 9
    tekst = fout_van(["GM9901"], basis_url=server.url, bewaarmap=tmp_path / "b")
    assert reden in tekst
    assert "dataset/85984NED/table" in tekst
    assert len(server.storingen) == 9 - cbs.NETWERK.pogingen
    assert not list((tmp_path / "b").rglob("*"))


def test_tabel_die_er_niet_meer_is(server: Dienst) -> None:
    assert "kent deze tabel niet" in fout_van(["GM9901"], jaar=2019, basis_url=server.url)
    assert len(server.vragen) == 1, "opnieuw vragen helpt niet"


def test_instelling_van_cbsodata_blijft_zoals_zij_was(server: Dienst) -> None:
    haal_gebieden(["GM9901"], basis_url=server.url)
    assert cbsodata.options.use_https is True
    assert cbsodata.options.catalog_url == "opendata.cbs.nl"


# --- kept on disk --------------------------------------------------------------------------------------


def test_tweede_keer_zonder_netwerk(tmp_path: Path) -> None:
    with dienst(tabel()) as server:
        eerst = haal_gebieden(["WK990102", "GM9901"], basis_url=server.url, bewaarmap=tmp_path)
        aantal = len(server.vragen)
        assert haal_gebieden(["GM9901", "WK990102"], basis_url=server.url, bewaarmap=tmp_path)[1] == eerst[2]
        assert len(server.vragen) == aantal, "uit de bewaarmap"
        url = server.url
    assert haal_gebieden(["WK990102", "GM9901"], basis_url=url, bewaarmap=tmp_path) == eerst
    assert wijken_van("GM9901", basis_url=url, bewaarmap=tmp_path) == ("WK990102", "WK9901MA")
    # a new code, a renewal and another service do need the network
    for anders in ({"codes": ["BU99010201"]}, {"codes": ["GM9901"], "vernieuw": True}):
        assert "niet bereikbaar" in fout_van(basis_url=url, bewaarmap=tmp_path, **anders)
    assert "niet bereikbaar" in fout_van(["GM9901"], basis_url="http://127.0.0.1:9", bewaarmap=tmp_path)


def test_bewaard_met_datum_tabel_en_editie(server: Dienst, tmp_path: Path) -> None:
    haal_gebieden(["GM9901"], basis_url=server.url, bewaarmap=tmp_path)
    bestanden = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert sorted(p.name for p in bestanden) == ["GM9901.json", "NL00.json", "gebieden.json"]
    inhoud = json.loads(next(p for p in bestanden if p.name == "GM9901.json").read_text(encoding="utf-8"))
    assert inhoud["tabel"] == "85984NED"
    assert inhoud["gewijzigd"] == "2025-03-27T02:00:00"
    assert inhoud["opgehaald"][:2] == "20"
    assert inhoud["rij"]["HuishoudensTotaal_29"] == 2395


def test_nieuwe_editie_wordt_niet_gemengd(server: Dienst, tmp_path: Path) -> None:
    """A row of the new edition beside a country of the old one would compare two different things."""
    haal_gebieden(["GM9901"], basis_url=server.url, bewaarmap=tmp_path)
    nieuw = {c: {**w, "HuishoudensTotaal": 9_000} for c, w in WAARDEN.items()}
    server.tabellen["85984NED"] = replace(
        tabel(2024, od.EDITIE_2024_NIEUW), gewijzigd="2026-03-26T02:00:00", waarden=nieuw
    )
    gebieden = haal_gebieden(["GM9901", "WK990102"], basis_url=server.url, bewaarmap=tmp_path)
    assert [g.huishoudens for g in gebieden] == [9_000, 9_000, 9_000]
    aantal = len(server.vragen)
    assert haal_gebieden(["GM9901"], basis_url=server.url, bewaarmap=tmp_path)[1].huishoudens == 9_000
    assert len(server.vragen) == aantal, "de nieuwste editie ligt nu klaar"


def test_vernieuw_haalt_opnieuw(server: Dienst, tmp_path: Path) -> None:
    haal_gebieden(["GM9901"], basis_url=server.url, bewaarmap=tmp_path)
    waarden = {c: {**w, "HuishoudensTotaal": 7_005} for c, w in WAARDEN.items()}
    server.tabellen["85984NED"] = replace(tabel(), waarden=waarden)
    assert haal_gebieden(["GM9901"], basis_url=server.url, bewaarmap=tmp_path)[1].huishoudens == 2395
    assert haal_gebieden(["GM9901"], basis_url=server.url, bewaarmap=tmp_path, vernieuw=True)[1].huishoudens == 7005


@pytest.mark.parametrize("inhoud", ["", "{", "[]", '{"versie": 1}', '{"versie": 0, "rij": {}}', "\x00"])
def test_beschadigd_bestand_wordt_opnieuw_gehaald(server: Dienst, tmp_path: Path, inhoud: str) -> None:
    haal_gebieden(["GM9901"], basis_url=server.url, bewaarmap=tmp_path)
    for pad in [p for p in tmp_path.rglob("*.json") if p.is_file()]:
        pad.write_text(inhoud, encoding="utf-8")
    assert haal_gebieden(["GM9901"], basis_url=server.url, bewaarmap=tmp_path)[1].huishoudens == 2395
    assert wijken_van("GM9901", basis_url=server.url, bewaarmap=tmp_path)


def test_afgebroken_schrijven_laat_niets_half_achter(
    server: Dienst, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kapot(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as tijdelijk:
        tijdelijk.setattr(os, "replace", kapot)
        with pytest.warns(UserWarning, match="niets bewaard"):
            gebieden = haal_gebieden(["GM9901"], basis_url=server.url, bewaarmap=tmp_path)
    assert gebieden[1].huishoudens == 2395, "de getallen zijn er wel"
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_standaardmap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: Dienst) -> None:
    haal_gebieden(["GM9901"], basis_url=server.url)
    assert cbs_bewaar.standaardmap() == tmp_path / "cache" / "mkba"
    assert list((tmp_path / "cache" / "mkba" / "cbs").rglob("GM9901.json"))
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "lokaal"))
    assert cbs_bewaar.standaardmap() == tmp_path / "lokaal" / "mkba"
    monkeypatch.delenv("LOCALAPPDATA")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cbs_bewaar.standaardmap() == tmp_path / ".cache" / "mkba"


# --- wijken of a gemeente ------------------------------------------------------------------------------


def test_wijken_van_een_gemeente(server: Dienst) -> None:
    assert wijken_van("gm9901", basis_url=server.url) == ("WK990102", "WK9901MA")
    gebieden = haal_gebieden(wijken_van("GM9901", basis_url=server.url), basis_url=server.url)
    assert [g.naam for g in gebieden] == ["Nederland", "Nieuwland", "Oude Haven"]


@pytest.mark.parametrize(("code", "deel"), [("WK990102", "geen gemeente"), ("GM9902", "staat niet in tabel")])
def test_wijken_van_iets_anders(server: Dienst, code: str, deel: str) -> None:
    with pytest.raises(InvoerFout, match=deel):
        wijken_van(code, basis_url=server.url)

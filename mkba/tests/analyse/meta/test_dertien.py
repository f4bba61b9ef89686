"""The 13 reconstructed aanpakken: every field has one mark, every quotation exists, every number is plausible."""

import shutil
from pathlib import Path

import pytest

from mkba.analyse.meta.lees_dertien import GEMERKT, NUMMERS, Merk, lees_dertien, lees_merken
from mkba.analyse.meta.record import map_meta_analyse
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.waarschuwingen import waarschuwingen
from mkba.tests.hulp_bereik import Bereik, bereiken, lees_bereiken, plausibel, reden_zonder_nut, zonder_reden
from mkba.tests.hulp_dertien import model13, paginas


def test_elk_veld_is_opgegeven_en_heeft_een_merk() -> None:
    dertien = model13().dertien
    assert set(dertien.merken) == {(n, s) for n in NUMMERS for s in GEMERKT}
    for nummer, aanpak in dertien.aanpakken.items():
        leeg = {s for s in VELDEN if s not in aanpak.opgegeven}
        assert not leeg, f"aanpak {nummer} laat aan het model over: {leeg}"


def test_citaten_staan_op_hun_pagina() -> None:
    merken = {id(m): m for m in model13().dertien.merken.values() if m.citaat}
    bronnen: list[Merk | Bereik] = [*merken.values(), *lees_bereiken()]
    assert len(bronnen) > 40
    fout = {b.citaat[:60]: (b.pagina, paginas(b.citaat)) for b in bronnen if b.pagina not in paginas(b.citaat)}
    assert not fout


def test_citaten_van_de_bron_worden_echt_gezocht() -> None:
    assert paginas("Aanpak 2 kent helemaal geen besparing op de organisatiekosten") == ["21"]
    assert paginas("Aanpak 3 kent helemaal geen besparing op de organisatiekosten") == []
    assert paginas("4.5. Kosten en baten naar actoren") == ["26"]  # not in the table of contents


def test_invoer_ligt_binnen_wat_de_documenten_afdrukken_of_zegt_waarom_niet(kengetallen: Kengetallen) -> None:
    dertien = model13().dertien
    tabel = plausibel(dertien, kengetallen)
    assert len(tabel) > 500
    assert zonder_reden(tabel).empty, zonder_reden(tabel)
    assert not reden_zonder_nut(dertien, tabel)
    buiten = {(r.aanpak, r.veld) for r in tabel[~tabel["binnen"]].itertuples()}
    assert buiten == {
        *((n, "huishoudens") for n in (8, 9)),
        *((n, "nieuw") for n in (2, 4)),
        *((n, "escalatie.gezin") for n in (11, 13)),
        (5, "meer"),
    }


def test_bereiken_zijn_die_van_de_bron(kengetallen: Kengetallen) -> None:
    grenzen = bereiken(kengetallen)
    assert grenzen["nieuw"][:2] == (0.05, 0.30)  # kengetal, handleiding vraag 10
    assert grenzen["huishoudens"][:2] == (35, 2000)  # tabel 4.7 and voorbeeld 4
    assert grenzen["caseload"][0] == 5  # §3.3.6
    assert grenzen["caseload"][1] == pytest.approx(2000 / 9)  # voorbeeld 4
    assert grenzen["zwaarte.gezin.nzr"][:2] == (0.05, 1.0)  # tabel 2.2
    assert grenzen["kinderen"][:2] == (1.6, 2.5)  # bijlage 2 and voorbeeld 5


def test_een_waarde_buiten_het_bereik_valt_op(kengetallen: Kengetallen) -> None:
    dertien = model13().dertien
    anders = {**dertien.aanpakken, 3: dertien.aanpakken[3].met({"nieuw": 0.6, "fte": 0.5}, kengetallen)}
    tabel = zonder_reden(plausibel(type(dertien)(anders, dertien.kenmerken, dertien.merken), kengetallen))
    assert set(zip(tabel["aanpak"], tabel["veld"], strict=True)) == {(3, "nieuw"), (3, "caseload")}


def test_een_knop_zonder_discipline_alleen_waar_de_bron_dat_ook_doet(kengetallen: Kengetallen) -> None:
    """Bijlage 2 (aanpak 4) and voorbeeld 5 (aanpak 12) fill in effects without the discipline; the others do not."""
    met = {
        n: sorted(m.veld for m in waarschuwingen(a, kengetallen) if "geen discipline" in m.oorzaak)
        for n, a in model13().dertien.aanpakken.items()
    }
    assert {n: velden for n, velden in met.items() if velden} == {
        4: ["succes.consulten", "succes.doorverwijzing", "succes.schooluitval", "succes.werk"],
        12: ["succes.financieel_stabiel"],
    }


@pytest.fixture
def kopie(tmp_path: Path) -> Path:
    return Path(shutil.copytree(map_meta_analyse(), tmp_path / "meta_analyse"))


def _verander(bestand: Path, oud: str, nieuw: str) -> None:
    kop, merken, tekst = bestand.read_text(encoding="utf-8").partition("\n[")
    assert oud in merken + tekst
    bestand.write_text(kop + (merken + tekst).replace(oud, nieuw, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ('velden = ["terugval"]', 'velden = ["kinderen"]', "aanpak 1: terugval': dit veld heeft geen merk."),
        ('velden = ["terugval"]', 'velden = ["kinderen"]', "aanpak 1: kinderen': dit veld heeft al een merk."),
        ('velden = ["terugval"]', 'velden = ["terugval", "fout.*"]', "'fout.*': dit veld of deze aanpak bestaat niet."),
        ('soort = "tekst"\n', 'soort = "gok"\n', "deze waarde kan niet. Kies uit: 'tekst' of 'reconstructie'."),
        ('pagina = "19"', 'bladzij = "19"', "dit veld is onbekend."),
        ('pagina = "19"', "", "een citaat heeft een paragraaf en een pagina."),
        ('citaat = "De kosten', 'motivering = "De kosten', "een merk tekst heeft een citaat en geen motivering."),
    ],
)
def test_een_fout_merk_geeft_een_melding(kopie: Path, oud: str, nieuw: str, melding: str) -> None:
    bestand = kopie / "herkomst.toml"
    _verander(bestand, oud, nieuw)
    with pytest.raises(InvoerFout) as fout:
        lees_merken(bestand)
    assert melding in str(fout.value)
    assert "herkomst.toml" in str(fout.value)


def test_kenmerken_zijn_volledig(kopie: Path, kengetallen: Kengetallen) -> None:
    _verander(kopie / "kenmerken.toml", "[aanpak-13]", "[aanpak-14]")
    with pytest.raises(InvoerFout, match=r"(?s)aanpak-13.*ontbreekt.*aanpak-14.*bestaat niet"):
        lees_dertien(kengetallen, kopie)


def test_merk_schrijft_groepen_uit() -> None:
    merk = Merk(aanpakken=(1,), velden=("type.*", "fte"), soort="reconstructie", motivering="proef")
    assert merk.sleutels() == ("type.gezin", "type.oudere", "type.overig", "fte")
    assert merk.vindplaats == ""

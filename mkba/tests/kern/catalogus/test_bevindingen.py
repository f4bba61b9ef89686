"""Findings: every number and mark as they were gathered, and no status better than its mark."""

from pathlib import Path

import pytest

from mkba.kern.catalogus.bevindingen import (
    STATUS_VAN_MERK,
    Bevinding,
    laad_bevindingen,
    laad_geclaimd,
    lees_bevindingen,
    lees_geclaimd,
)
from mkba.kern.tekst.meldingen import InvoerFout

VERZAMELD = {
    # key: mark and numbers as gathered in November 2026 (V seen, S by way of another source, M from memory)
    "cpb-2019": ("S", [0.14]),
    "cpb-2020": ("S", [0.0]),
    "cpb-2021": ("V", [0.23, 0.40]),
    "aef-2020": ("V", [0.16]),
    "aef-2020-vroegsignalering": ("S", []),
    "nji-betwist": ("V", []),
    "nji-2024": ("S", []),
    "pijnacker": ("S", [-0.25]),
    "den-haag": ("S", [0.56]),
    "leeuwarden": ("V", [0.22]),
    "cbs-wmo-wlz": ("V", [0.029, 0.058]),
    "ots-2022": ("V", [6500, 21890, 9000]),
    "cbs-schulden": ("S", [0.144, 0.25]),
}
GOED = """
[proef]
studie = "Een studie"
opzet = "voor en na"
soort = "lokaal"
bevinding = "Iets."
raakt = ["nieuw"]
merk = "V"
gecontroleerd_op = 2026-11-01
"""


def test_elk_getal_en_merk_zoals_verzameld() -> None:
    gevonden = {
        s: (b.merk, [w for e in b.effect for w in ([e.laag] if e.laag == e.hoog else [e.laag, e.hoog])])
        for s, b in laad_bevindingen().items()
    }
    assert gevonden == VERZAMELD


def test_geen_status_is_beter_dan_het_merk() -> None:
    assert STATUS_VAN_MERK == {"V": "gepubliceerd", "S": "gepubliceerd", "M": "aanname"}
    for b in laad_bevindingen().values():
        assert b.status == STATUS_VAN_MERK[b.merk]
        assert bool(b.via) == (b.merk == "S")
        if b.kracht is not None:  # no study printed its own level; only that of the pilots was reported
            assert b.kracht_merk == "M"


def test_kracht_van_landelijke_studies_is_naar_onder_open() -> None:
    """ "At most 3" is no 3: the reports were not opened, so the lowest reading is the lowest level."""
    assert all(b.kracht[0] == 1 for b in laad_bevindingen().values() if b.kracht is not None)


def test_een_bevinding_zegt_niet_meer_dan_er_stond() -> None:
    """No inference in the sentence of a finding, no design that nobody noted, no count of studies as an effect."""
    alle = laad_bevindingen()
    assert "bereiken" not in alle["cpb-2021"].bevinding
    assert alle["aef-2020"].opzet == "niet genoteerd"
    assert alle["nji-2024"].effect == ()


def test_pilots_zijn_niveau_1_tot_2() -> None:
    assert {b.kracht for b in laad_bevindingen().values() if b.soort == "lokaal"} == {(1, 2)}


def test_elk_effect_heeft_een_aanname_en_een_bestaande_bevinding() -> None:
    for e in laad_geclaimd():
        assert e.status == "aanname"
        assert e.motivering
        assert not e.bevinding or e.bevinding in laad_bevindingen()


@pytest.mark.parametrize(
    ("oud", "nieuw", "veld", "oorzaak"),
    [
        ('merk = "V"', 'merk = "S"', "proef", "via hoort bij merk S"),
        ('merk = "V"', 'merk = "M"', "proef", "merk M vraagt om een motivering"),
        ('merk = "V"', 'merk = "P"', "proef.merk", "deze waarde kan hier niet"),
        ('studie = "Een studie"\n', "", "proef.studie", "dit veld ontbreekt"),
        ('["nieuw"]', '["niks"]', "proef", "geen antwoord op vraag 1 tot en met 18: niks"),
        ('soort = "lokaal"', 'soort = "lokaal"\nkleur = "rood"', "proef.kleur", "dit veld bestaat niet"),
        ('soort = "lokaal"', 'soort = "lokaal"\nkracht = [4, 6]', "proef", "kracht loopt van 1 tot en met 5"),
        ('soort = "lokaal"', 'soort = "lokaal"\nkracht = [1, 2]', "proef", "kracht vraagt om kracht_merk"),
        ("gecontroleerd_op = 2026-11-01", 'gecontroleerd_op = "gisteren"', "proef.gecontroleerd_op", "geen datum"),
        ('soort = "lokaal"', 'soort = "lokaal"\njaar = "ooit"', "proef.jaar", "geen geheel getal"),
    ],
)
def test_wat_er_mis_is_staat_in_de_melding(tmp_path: Path, oud: str, nieuw: str, veld: str, oorzaak: str) -> None:
    bestand = tmp_path / "eigen.toml"
    bestand.write_text(GOED.replace(oud, nieuw), encoding="utf-8")
    with pytest.raises(InvoerFout) as fout:
        lees_bevindingen([bestand])
    (melding,) = fout.value.meldingen
    assert melding.veld == veld
    assert oorzaak in melding.oorzaak
    assert melding.bestand == "eigen.toml"
    assert "docs/bevindingen.md" in melding.remedie


def test_twee_keer_dezelfde_en_geen_tabel(tmp_path: Path) -> None:
    een, twee = tmp_path / "a.toml", tmp_path / "b.toml"
    een.write_text(GOED, encoding="utf-8")
    twee.write_text("los = 1\n" + GOED, encoding="utf-8")
    with pytest.raises(InvoerFout) as fout:
        lees_bevindingen([een, twee])
    assert [m.oorzaak for m in fout.value.meldingen] == ["dit is geen tabel.", "deze bevinding staat er twee keer."]


def test_effecten_wijzen_naar_bestaande_bevindingen_en_posten(tmp_path: Path) -> None:
    bestand = tmp_path / "effecten.toml"
    bestand.write_text(
        '[gedeeld]\nkracht = 1\nstatus = "aanname"\nmotivering = "m"\n'
        '[effect.a]\nnaam = "A"\nregels = ["escalatie"]\nlandelijk = { nieuw = 0.1 }\nbevinding = "weg"\n'
        '[effect.b]\nnaam = "B"\nregels = ["winst"]\n'
        '[effect.c]\nnaam = "C"\nregels = ["escalatie"]\nkracht = 6\n',
        encoding="utf-8",
    )
    bevindingen: dict[str, Bevinding] = {}
    with pytest.raises(InvoerFout) as fout:
        lees_geclaimd(bestand, bevindingen)
    assert [m.veld for m in fout.value.meldingen] == ["a.bevinding", "b", "c.kracht"]
    assert "winst" in fout.value.meldingen[1].oorzaak

"""Sheet effectmeting of the workbook: what it shows without recalculating, reading it back, and LibreOffice."""

from pathlib import Path

import openpyxl
import pytest

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.rekenblad.werkboek import maak_werkboek
from mkba.tests.hulp_kantoor import heeft_kantoor, reken_na
from mkba.tests.hulp_rekenblad import plaats, typ, vergelijk, zet

STANDEN: tuple[dict[str, object], ...] = (
    {},
    {"effectmeting.gebruik": False, "meer": 0.1},
    {"effectmeting.grondslag": "bedreigd"},
    {"effectmeting.minder.nieuw.overig_wmo": 0.1, "effectmeting.minder.nieuw.ziekenhuis": 0.1},
    {"effectmeting.minder.gemeten": False, "effectmeting.voorkomen.gemeten": False},
    {"effectmeting.grondslag": "bedreigd", "effectmeting.meer.gemeten": False},
)


@pytest.fixture(scope="module")
def figuur(kengetallen: Kengetallen) -> Aanpak:
    return lees_aanpak(paden.zoek_aanpak("effectmeting"), kengetallen)


def schrijf(pad: Path, aanpak: Aanpak, kengetallen: Kengetallen) -> Path:
    pad.parent.mkdir(exist_ok=True)
    pad.write_bytes(maak_werkboek(aanpak, kengetallen))
    return pad


@pytest.mark.parametrize(
    "stand",
    [STANDEN[0], *(pytest.param(stand, marks=pytest.mark.traag) for stand in (*STANDEN[1:3], STANDEN[4]))],
    ids=["ja", "nee", "bedreigd", "alleen 16"],
)
def test_zonder_narekenen_klopt_het_en_het_leest_terug(
    tmp_path: Path, figuur: Aanpak, kengetallen: Kengetallen, stand: dict[str, object]
) -> None:
    aanpak = figuur.met(stand, kengetallen)
    pad = schrijf(tmp_path / "t.xlsx", aanpak, kengetallen)
    vergelijk(pad, aanpak, kengetallen)
    terug = lees_aanpak(pad, kengetallen)
    assert terug == aanpak
    assert terug.opgegeven == aanpak.opgegeven
    boek = openpyxl.load_workbook(pad, read_only=True)
    assert "effectmeting" in boek.sheetnames
    assert {"k_traject_uitkering_eur", "in_effectmeting_gebruik", "b_gemeten_meer"} <= set(boek.defined_names)


def test_fout_op_het_blad_noemt_de_cel(tmp_path: Path, figuur: Aanpak, kengetallen: Kengetallen) -> None:
    pad = schrijf(tmp_path / "t.xlsx", figuur, kengetallen)
    namen = openpyxl.load_workbook(pad, read_only=True).defined_names
    fout_ingevuld = {"in_effectmeting_meer_nieuw_schuldhulp": 0.5, "in_effectmeting_gebruik": "soms"}
    typ(pad, {plaats(namen[naam]): waarde for naam, waarde in fout_ingevuld.items()})
    with pytest.raises(InvoerFout) as fout:
        lees_aanpak(pad, kengetallen)
    gezegd = [str(m) for m in fout.value.meldingen]
    assert any("blad effectmeting (C" in m and "dit is geen ja of nee" in m for m in gezegd), gezegd
    assert any("tellen op tot 127%" in m and "blad effectmeting" in m for m in gezegd), gezegd


@pytest.mark.traag
@heeft_kantoor
def test_de_knop_rekent_door(tmp_path: Path, figuur: Aanpak, kengetallen: Kengetallen) -> None:
    """Typed over in the written file: knob, reading and shares; LibreOffice gives what the model gives."""
    boeken, verwacht = [], []
    for i, stand in enumerate(STANDEN):
        pad = schrijf(tmp_path / "in" / f"{i}.xlsx", figuur, kengetallen)
        woorden = {True: "ja", False: "nee"}
        boeken.append(
            zet(
                pad,
                {
                    "in_" + s.replace(".", "_"): woorden.get(w, w) if isinstance(w, bool) else w
                    for s, w in stand.items()
                },
            )
        )
        verwacht.append(figuur.met(stand, kengetallen))
    for na, aanpak in zip(reken_na(boeken, tmp_path), verwacht, strict=True):
        vergelijk(na, aanpak, kengetallen)
        assert lees_aanpak(na, kengetallen) == aanpak
        assert bereken(aanpak, kengetallen)["saldo"] != 0


def test_een_lege_keuze_zegt_waar_zij_voor_telt(tmp_path: Path, figuur: Aanpak, kengetallen: Kengetallen) -> None:
    """Empty "Gemeten" is ja: it must not look as if nothing was measured."""
    pad = schrijf(tmp_path / "t.xlsx", figuur.met({"effectmeting.minder.gemeten": False}, kengetallen), kengetallen)
    boek = openpyxl.load_workbook(pad, data_only=True)
    blad = boek["effectmeting"]
    rijen = {rij[10].value: (rij[2].value, rij[9].value) for rij in blad.iter_rows(min_row=4)}
    assert rijen["effectmeting.gebruik"] == ("ja", None)
    assert rijen["effectmeting.meer.gemeten"] == (None, "Leeg telt als ja.")
    zin = "Niet gemeten: vraag 12 en 13 op het blad invoer blijven tellen."
    assert rijen["effectmeting.minder.gemeten"] == ("nee", zin)
    assert rijen["effectmeting.grondslag"] == ("huishoudens", None)

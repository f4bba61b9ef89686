"""What the tests of the workbook share: random aanpakken, and a workbook compared with the model, cell by cell."""

import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, unescape

import numpy as np
import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from mkba.invoer import invoerblad as indeling
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import AANTAL_JAREN, ACTOREN, DISCIPLINES, POSTEN, SLEUTELS, TYPEN, ZWAARTEN, naam
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.model.berekening import bereken
from mkba.tests.hulp_kantoor import waarden
from mkba.uitvoer.aanpak import tabellen

CENT: Final = 0.005
Rijen = dict[str, list[Any]]
"""The answers on sheet invoer, by the key of their row."""


def willekeurig(kans: random.Random, nummer: int, kengetallen: Kengetallen) -> Aanpak:
    """A valid aanpak: required answers, some of the others, and now and then an edge (no team, one type)."""
    waarden_: dict[str, Any] = {"naam": f"Proef {nummer}", "huishoudens": kans.choice([1, 35, kans.randint(2, 9000)])}
    waarden_ |= dict(zip((f"type.{t}" for t in TYPEN), _verdeling(kans, len(TYPEN)), strict=True))
    waarden_["fte"] = kans.choice([0, 0.5, round(kans.uniform(0.1, 60), 1)])
    waarden_["additioneel"] = kans.choice([0, 1, round(kans.random(), 3)])
    waarden_["disciplines"] = [d for d in DISCIPLINES if kans.random() < kans.choice([0.0, 0.6, 1.0])]
    for type_ in TYPEN:
        if kans.random() < 0.6:
            aandelen = _verdeling(kans, len(ZWAARTEN))
            waarden_ |= {f"zwaarte.{type_}.{z}": a for z, a in zip(ZWAARTEN, aandelen, strict=True) if a}
    for sleutel, veld in VELDEN.items():
        if sleutel in waarden_ or sleutel.startswith(("type.", "zwaarte.")) or kans.random() < 0.4:
            continue
        match veld.soort:
            case "ja_nee":
                waarden_[sleutel] = kans.random() < 0.5
            case "jaren":
                waarden_[sleutel] = kans.randint(1, 6)
            case "eur":
                waarden_[sleutel] = kans.choice([0, round(kans.uniform(0, 500_000), 2)])
            case _:
                assert veld.minimum is not None
                assert veld.maximum is not None
                top = min(veld.maximum, 4)
                waarden_[sleutel] = kans.choice([0, round(kans.uniform(max(veld.minimum, -1), top), 3)])
    return maak_aanpak(waarden_, kengetallen)


def eigen_kengetallen(kans: random.Random, kengetallen: Kengetallen) -> Kengetallen:
    """A rule set with some values replaced: another discount rate, other payers, other amounts."""
    deel = round(kans.random(), 2)
    return kengetallen.met(
        {
            "disconto.reeel": kans.choice([0.0, 0.0225, 0.04]),
            "kwaliteit.qaly_eur": 50_000.0,
            "actor.additioneel.gemeente_overig": deel,
            "actor.additioneel.corporatie": round(1 - deel, 2),
            "tijd.schulden.jaar3": 0.5,
            "ingroei.frictie.jaar3": 0.25,  # the budget of the third year
            "zorgconsumptie.oudere.top.zvw": round(2900 * kans.random(), 1),
            "personeel.aandeel.teamleider": 0.125,
        }
    )


def _verdeling(kans: random.Random, delen: int) -> list[float]:
    grenzen = sorted(kans.choice([0, 1000, kans.randint(0, 1000)]) for _ in range(delen - 1))
    return [(b - a) / 1000 for a, b in zip([0, *grenzen], [*grenzen, 1000], strict=True)]


def vergelijk(pad: Path, aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    """Every public key, every line of the ledger, the cash flows and the begroting: equal to the model, to the cent."""
    uitkomst = bereken(aanpak, kengetallen)
    boek = openpyxl.load_workbook(pad, data_only=True)
    cellen = waarden(boek)
    for sleutel in SLEUTELS:
        verwacht, cel = uitkomst[sleutel], cellen[f"u_{sleutel}"]
        if np.isnan(verwacht):
            assert cel == "n.v.t.", sleutel
        else:
            assert cel == pytest.approx(verwacht, rel=1e-12, abs=CENT if abs(verwacht) > 100 else 1e-9), sleutel
    for regel in uitkomst.grootboek.regels:
        cel = cellen["regel_" + regel.naam.replace(".", "_")]
        assert cel == pytest.approx(float(regel.bedrag[0]), abs=CENT), regel.naam
    _vergelijk_kasstromen(boek["kasstromen"], uitkomst)
    _vergelijk_begroting(boek["uitvoer B"], uitkomst)


def _blokken(blad: Any, titels: dict[str, str]) -> dict[str, list[tuple[Any, ...]]]:
    """The ten rows of posts below each title, by the key of the title."""
    rijen = list(blad.iter_rows(values_only=True))
    uit = {}
    for i, rij in enumerate(rijen[:-2]):
        if rij[0] in titels and rijen[i + 1][0] == "Post":
            uit[titels[rij[0]]] = rijen[i + 2 : i + 2 + len(POSTEN)]
            assert [r[0] for r in uit[titels[rij[0]]]] == [naam(p) for p in POSTEN]
    return uit


def _vergelijk_kasstromen(blad: Any, uitkomst: Any) -> None:
    kubus, ncw = uitkomst.grootboek.kubus[0], uitkomst.grootboek.kubus_ncw[0]  # (post, jaar, actor)
    blokken = _blokken(blad, {naam(a, "actor"): a for a in ACTOREN} | {"Alle partijen samen": "alle"})
    assert set(blokken) == {*ACTOREN, "alle"}
    for sleutel, rijen in blokken.items():
        kiezen = slice(None) if sleutel == "alle" else slice(ACTOREN.index(sleutel), ACTOREN.index(sleutel) + 1)
        getallen = np.array([r[1 : AANTAL_JAREN + 3] for r in rijen], dtype=float)
        in_jaar = kubus[:, :, kiezen].sum(axis=2)
        np.testing.assert_allclose(getallen[:, :AANTAL_JAREN], in_jaar, rtol=0, atol=CENT, err_msg=sleutel)
        np.testing.assert_allclose(getallen[:, -2], in_jaar.sum(axis=1), rtol=0, atol=CENT)
        np.testing.assert_allclose(getallen[:, -1], ncw[:, :, kiezen].sum(axis=(1, 2)), rtol=0, atol=CENT)


def _vergelijk_begroting(blad: Any, uitkomst: Any) -> None:
    verwacht = tabellen.partijen_begroting(uitkomst).frame
    gevonden = {r[0]: r[1:5] for r in blad.iter_rows(min_row=7, values_only=True) if r[0] in verwacht.index}
    assert len(gevonden) == len(ACTOREN) + 2
    for partij, (kosten, financieel, immaterieel, saldo) in gevonden.items():
        rij = verwacht.loc[partij]
        assert kosten == pytest.approx(rij["kosten"], abs=CENT), partij
        assert financieel + immaterieel == pytest.approx(rij["baten"], abs=CENT), partij
        assert immaterieel == pytest.approx(rij["immaterieel"], abs=CENT), partij
        assert saldo == pytest.approx(rij["saldo"], abs=CENT), partij


def mini(
    map_: Path, kengetallen: Kengetallen, wijzig: Callable[[Rijen], object] = lambda r: None, **cellen: object
) -> Path:
    """A workbook with a filled sheet invoer; ``wijzig`` changes rows (by key), ``cellen`` kengetallen (value)."""
    rijen: Rijen = {p: [None] * len(s) for p, s in indeling.patronen().items()}
    rijen |= {
        "naam": ["Proefteam"],
        "huishoudens": [1000],
        "type.*": [0.4, 0.3, 0.3],
        "fte": [14],
        "additioneel": [0.5],
    }
    rijen |= {p: ["ja"] for p in rijen if p.startswith("disciplines.")}
    wijzig(rijen)
    boek = openpyxl.Workbook()
    blad: Any = boek.active
    blad.title = str(cellen.pop("blad", "invoer"))
    blad["K1"] = cellen.pop("merk", "mkba-werkboek 1")
    for nummer, (patroon, antwoorden) in enumerate(rijen.items(), start=5):
        blad.cell(nummer, 11, patroon.rstrip("!"))
        for i, waarde in enumerate(antwoorden):
            cel = blad.cell(nummer, 3 + i, waarde)
            if isinstance(waarde, str):
                cel.data_type = "f" if waarde.startswith("=") else "s"
    if "zonder_kengetallen" not in cellen:
        tweede = boek.create_sheet("kengetallen")
        tweede["K1"] = cellen.pop("regelset", "regelset lpbl-2014")
        for nummer, pad in enumerate(indeling.kengetalpaden(), start=5):
            was = kengetallen[pad]
            paar: Any = cellen.get(pad, (was, was))
            for kolom, waarde in ((2, paar[0]), (4, paar[1]), (10, cellen.get("bron")), (11, pad)):
                tweede.cell(nummer, kolom, waarde)
    boek.save(map_ / "t.xlsx")
    return map_ / "t.xlsx"


def typ(pad: Path, cellen: Mapping[tuple[str, str], object]) -> Path:
    """Cells (sheet, address) of a workbook of ours with another value, the rest of the file as it is.

    Without a program that reads and writes the whole workbook, which takes half a second. Only for cells that stand in
    the file, be it empty with a look; what other cells have as their result stays.
    """
    with zipfile.ZipFile(pad) as bron:
        delen = {naam: bron.read(naam) for naam in bron.namelist()}
    namen = [unescape(n) for n in re.findall(r'<sheet name="([^"]*)"', delen["xl/workbook.xml"].decode())]
    for (blad, adres), waarde in cellen.items():
        deel = f"xl/worksheets/sheet{namen.index(blad) + 1}.xml"
        tekst = delen[deel].decode()
        gevonden = re.search(rf'<c r="{adres}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', tekst)
        assert gevonden, f"{blad}!{adres} staat niet in het bestand"
        delen[deel] = (tekst[: gevonden.start()] + _cel(adres, gevonden[1], waarde) + tekst[gevonden.end() :]).encode()
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as doel:
        for naam, inhoud in delen.items():
            doel.writestr(naam, inhoud)
    return pad


def plaats(celnaam: DefinedName) -> tuple[str, str]:
    """Sheet and address of a cell with a name."""
    ((blad, adres),) = celnaam.destinations
    return str(blad), str(adres).replace("$", "")


def _cel(adres: str, stijl: str, waarde: object) -> str:
    """A cell as a spreadsheet program writes it."""
    begin = f'<c r="{adres}"{stijl}'
    match waarde:
        case None:
            return f"{begin}/>"
        case str():
            return f'{begin} t="inlineStr"><is><t xml:space="preserve">{escape(waarde)}</t></is></c>'
        case _:
            return f"{begin}><v>{waarde!r}</v></c>"


def zet(pad: Path, antwoorden: dict[str, object]) -> Path:
    """Change named cells of a workbook, as a user does who types over them; the stored results are gone after this."""
    boek = openpyxl.load_workbook(pad)
    for celnaam, waarde in antwoorden.items():
        ((blad, cel),) = boek.defined_names[celnaam].destinations
        boek[blad][cel.replace("$", "")].value = waarde
    boek.save(pad)
    return pad

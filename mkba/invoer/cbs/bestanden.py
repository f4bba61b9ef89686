"""Read areas from a file that the user downloaded from CBS: StatLine csv, KWB workbook, OData json, or the attribute
table of the wijk- en buurtkaart (csv or xlsx).

The content decides what a file is, not its extension. Columns are found by name (see
:mod:`mkba.invoer.cbs.kolommen`), so an edition or a selection of columns does not matter.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, NoReturn

from openpyxl.utils import get_column_letter

from mkba.invoer.cbs.codes import is_code, kaal, lees_codes, niet_gevonden, soort_van
from mkba.invoer.cbs.fracties import controleer_fracties
from mkba.invoer.cbs.kolommen import (
    EDITIES,
    Kolom,
    gezocht,
    in_procenten,
    is_bekend,
    kies_kolommen,
    maak_gebied,
    uit_sleutels,
)
from mkba.invoer.tabel.cellen import GEEN_CEL, Cel, Rij
from mkba.invoer.tabel.csv import decodeer, lees_tekst
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.invoer.tabel.xlsx import REKEN_UIT, Boeken, beschadigd, open_boeken
from mkba.kern.bestand.bestanden import OLE_BEGIN, ZIP_BEGIN, lees_bytes, weiger
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import gewone_spaties
from mkba.kern.tekst.schrift import MAXIMUM_TEKST, is_onbekend, zonder_onzichtbaar
from mkba.kern.zaak.gebied import LAND, Gebied, Soort

MAXIMUM_BYTES: Final = 250_000_000
"""All 18,000 areas with all columns are about 25 MB as csv."""
MAXIMUM_KOLOMMEN: Final = 1000
"""Columns that are looked at: the widest edition has fewer than 200."""
KOP_BINNEN: Final = 60

_KAARTKOPPEN: Final = {
    "buurt": (("bu_code", "buurtcode"), ("bu_naam", "buurtnaam")),
    "wijk": (("wk_code", "wijkcode"), ("wk_naam", "wijknaam")),
    "gemeente": (("gm_code", "gemeentecode"), ("gm_naam", "gemeentenaam")),
}
"""Code and name in the map of CBS (shape file, GeoPackage of PDOK). A table of buurten holds the codes of its wijk and
gemeente too, so the smallest area comes first."""
_CODEKOPPEN: Final = (
    *("codering", "gwb_code_10", "gwb_code", "wijkenenbuurten"),
    *(kop for codes, _ in _KAARTKOPPEN.values() for kop in codes),
)
_NAAMKOPPEN: Final = ("regio", "wijken en buurten", "wijkenenbuurten")
_GEMEENTEKOPPEN: Final = _KAARTKOPPEN["gemeente"][1]
_WATERKOPPEN: Final = ("h2o", "water")
_GEEN_LAND: Final = ("ja", "b")
"""Water, or the Belgian ground near Baarle-Nassau: a second shape of the same area, without numbers."""
_JAARKOPPEN: Final = ("jaar", "jrstatcode")
_NAAST_DE_CIJFERS: Final = frozenset(
    (
        *(*_CODEKOPPEN, *_NAAMKOPPEN, *_WATERKOPPEN, *_JAARKOPPEN),
        *(kop for _, namen in _KAARTKOPPEN.values() for kop in namen),
    )
)
_EENHEID: Final = re.compile(r"\(((?:[^()]++|\([^()]*+\))*+)\)$")
_JAAR: Final = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
_TABEL: Final = re.compile(r"(?<!\d)(\d{5}NED)", re.IGNORECASE)
_JAREN: Final = {tabel: jaar for jaar, tabel in EDITIES.items()}
_HOOGSTENS_MELDEN: Final = 20
_GEEF_HET_JAAR: Final = "Geef het jaar erbij: --jaar 2024 op de opdrachtregel, of de parameter jaar van een notebook."


@dataclass(frozen=True, slots=True)
class Blad:
    """One table of a file: columns, rows by column key with their place, and what it says of its year."""

    kolommen: tuple[Kolom, ...]
    rijen: tuple[tuple[str, Mapping[str, Cel]], ...]
    jaar: int | None = None
    """The year that the content tells (not the file name)."""
    verborgen: bool = False
    """Whether it is a hidden sheet."""


def lees_gebieden(
    pad: Path,
    codes: Sequence[str] = (),
    jaar: int | None = None,
    *,
    huishoudens_nodig: bool = True,
    ook: Collection[Soort] = (),
) -> tuple[Gebied, ...]:
    """The areas of a downloaded CBS file.

    Without ``codes`` all of them in the order of the file; with codes those, and the country first when the
    file has it. ``ook``: after them all areas of these kinds that can be read, to compare with. ``jaar`` picks the year
    of a file with several, or tells it when file and name do not.
    Unknown values and absent columns are None. Raises InvoerFout: no codes, no households (unless
    ``huishoudens_nodig`` is off), a code that is not in the file, or contradicting rows.
    """
    gevraagd = lees_codes(codes)
    inhoud = lees_bytes(pad, MAXIMUM_BYTES, leeg=_CIJFERS.leeg)
    bladen = [b for b in _lees_bladen(pad, inhoud) if b.rijen]
    blad, welk_jaar = _kies_jaar(pad, bladen, jaar)
    keuze = kies_kolommen(blad.kolommen, str(pad))
    code_kolom = _zoek_kolom(blad, _CODEKOPPEN, moet_code_zijn=True)
    if code_kolom is None or ("huishoudens" not in keuze and huishoudens_nodig):
        mist = "huishoudens" if code_kolom else "codes van gebieden"
        weiger(pad, f"er is geen kolom met {mist}. Gezocht is naar {gezocht()}.", _download(welk_jaar))
    per_code = _per_code(pad, blad, code_kolom)
    mist_codes = [c for c in gevraagd if c not in per_code]
    if mist_codes:
        meldingen = niet_gevonden(mist_codes, list(per_code), f"{pad.name} ({welk_jaar})")
        raise InvoerFout(m.in_bestand(str(pad)) for m in meldingen[:_HOOGSTENS_MELDEN])
    controleer_fracties(str(pad), keuze, [rij for _, rij in per_code.values()])
    if gevraagd:
        voorop = [LAND] if LAND in per_code else []
        per_code = {
            c: per_code[c] for c in dict.fromkeys([*voorop, *gevraagd, *(c for c in per_code if soort_van(c) in ook)])
        }
    bron = bronnaam(welk_jaar, in_procenten(keuze))
    gebieden: list[Gebied] = []
    fouten: list[Melding] = []
    sleutels = [code_kolom.sleutel, *(k.sleutel for kolommen in keuze.values() for k in kolommen)]
    for code, (waar, rij) in per_code.items():
        try:
            naam = _naam(blad, rij, code)
            gebied = maak_gebied(code, naam, welk_jaar, bron, rij, keuze, f"{pad}, {waar}")
            # the name of the file, not its folder: what is made of it may not depend on where it stood
            verborgen = _verborgen(blad, waar, [rij.get(s, GEEN_CEL) for s in sleutels])
            gebieden.append(replace(gebied, plaats=f"{pad.name}, {waar}", verborgen=verborgen))
        except InvoerFout as fout:
            if not gevraagd or code in (LAND, *gevraagd):
                fouten += fout.meldingen
    if fouten:
        raise InvoerFout(fouten[:_HOOGSTENS_MELDEN])
    return tuple(gebieden)


def _verborgen(blad: Blad, waar: str, cellen: Sequence[Cel]) -> str:
    """What of a row nobody sees, of the cells that are read: the sheet, the row, or columns."""
    if blad.verborgen:
        return "het blad"
    gevuld = [cel for cel in cellen if not cel.leeg]
    weg = [cel for cel in gevuld if cel.verborgen]
    if len(weg) == len(gevuld):
        return waar if weg else ""
    return ", ".join(f"kolom {cel.adres.rstrip('0123456789')}" for cel in weg)


def bronnaam(jaar: int, kaart: bool = False) -> str:
    """Table and year as a report names them; of the map also that its counts have a margin."""
    if kaart:
        return f"CBS Wijk- en buurtkaart ({jaar}; delen in hele procenten, dus met een marge van 0,5 procentpunt)"
    tabel = EDITIES.get(jaar)
    return f"CBS StatLine {tabel} ({jaar})" if tabel else f"CBS Kerncijfers wijken en buurten ({jaar})"


def naam_of_code(code: str, naam: str, gemeente: str = "") -> str:
    """A name to print: of the area, else its gemeente with the code."""
    if code == LAND:
        return naam or "Nederland"
    if naam:
        return naam
    if code.startswith("GM") and gemeente:
        return gemeente
    return f"{code} ({gemeente})" if gemeente else code


# --- what kind of file ---------------------------------------------------------------------------------


def _lees_bladen(pad: Path, inhoud: bytes) -> list[Blad]:
    if inhoud.startswith((OLE_BEGIN, ZIP_BEGIN)):
        with beschadigd(pad, _CIJFERS):
            return _uit_werkmap(pad, inhoud)
    tekst = decodeer(pad, inhoud, _CIJFERS)
    if tekst.lstrip()[:1] in ("{", "["):
        return _uit_json(pad, tekst)
    blad = _uit_rijen(lambda hoogstens, alleen: lees_tekst(pad, tekst, _CIJFERS, hoogstens=hoogstens, alleen=alleen))
    return [blad] if blad.kolommen else _geen_kop(pad)


def _geen_kop(pad: Path) -> NoReturn:
    weiger(pad, f"er is geen koprij gevonden. Gezocht is naar {gezocht()}.", _download(None))


def _uit_json(pad: Path, tekst: str) -> list[Blad]:
    """A list of rows, an answer of OData ({"value": rows}), or rows per table id."""
    try:
        inhoud = json.loads(tekst)
    except (ValueError, RecursionError):
        weiger(pad, "dit is geen goed gevormde json.", "Download het bestand opnieuw.")
    if isinstance(inhoud, list):
        return [_json_blad(inhoud, None)]
    if "value" in inhoud:
        tabel = _TABEL.search(str(inhoud.get("odata.metadata", "")))
        return [_json_blad(inhoud["value"], _JAREN.get(tabel[1].upper()) if tabel else None)]
    return [_json_blad(rijen, _JAREN.get(str(tabel).strip().upper())) for tabel, rijen in inhoud.items()]


def _json_blad(rijen: object, jaar: int | None) -> Blad:
    goed = [r for r in rijen if isinstance(r, dict)] if isinstance(rijen, list) else []
    sleutels = dict.fromkeys(s for rij in goed for s in rij)
    records = ((f"record {i}", {s: Cel(w) for s, w in rij.items()}) for i, rij in enumerate(goed, start=1))
    return Blad(tuple(uit_sleutels(sleutels)), tuple(records), jaar)


def _uit_werkmap(pad: Path, inhoud: bytes) -> list[Blad]:
    """Every sheet with a header; nothing is evaluated."""
    bladen: list[Blad] = []
    boeken = open_boeken(pad, inhoud, _CIJFERS)
    _weiger_formules(pad, boeken)
    for naam in boeken.namen:
        blad = _uit_rijen(partial(_rijen_van, boeken, naam))
        if blad.kolommen:
            uit_titel = re.search(r"20[12]\d", naam)
            jaar = blad.jaar or (int(uit_titel[0]) if uit_titel else None)
            bladen.append(replace(blad, jaar=jaar, verborgen=boeken.verborgen(naam)))
    return bladen or _geen_kop(pad)


def _weiger_formules(pad: Path, boeken: Boeken) -> None:
    """Refuse a formula without a result to trust: it would be read as unknown, or as 0. Raises InvoerFout."""
    if boeken.formules is None:
        return
    for naam in boeken.namen:
        for rij in boeken.rijen(naam):
            for kolom, cel in enumerate(rij.cellen, start=1):
                if cel.fout is not None and cel.fout.remedie == REKEN_UIT:  # not of a cell with #N/A, which is unknown
                    waar = f"cel {get_column_letter(kolom)}{rij.nummer} van blad {naam}"
                    weiger(pad, f"{waar}: {cel.fout.oorzaak}", cel.fout.remedie)


# --- header, rows, columns -----------------------------------------------------------------------------


def _uit_rijen(lees: Callable[[int | None, Collection[int] | None], Iterable[Rij]]) -> Blad:
    """Rows of cells to a table; without a header it has no columns. ``lees``: so many rows, with these columns only."""
    boven = list(lees(KOP_BINNEN, None))
    plek = _zoek_kop(boven)
    if plek is None:
        return Blad((), ())
    kop, titels = boven[plek], boven[:plek]
    koppen = [(i, _tekst(cel)) for i, cel in enumerate(kop.cellen[:MAXIMUM_KOLOMMEN])]
    alle = [_kolom(i, tekst, [_tekst(t.cel(i)) for t in titels]) for i, tekst in koppen if tekst]
    # 120 columns for 18,000 areas: keep what is read
    kolommen = [k for k in alle if k.stam in _NAAST_DE_CIJFERS or is_bekend(k)]
    nodig = {int(k.sleutel): k.sleutel for k in kolommen}
    gegevens = [
        (f"rij {rij.nummer}", {s: rij.cellen[i] for i, s in nodig.items() if i < len(rij.cellen)})
        for rij in lees(None, nodig)
        if rij.nummer > kop.nummer
    ]
    jaar = next((j for t in titels for cel in t.cellen if (j := _jaar_uit_titel(_tekst(cel)))), None)
    return _van_de_kaart(Blad(tuple(kolommen), tuple(gegevens), jaar))


def _rijen_van(boeken: Boeken, naam: str, hoogstens: int | None, alleen: Collection[int] | None) -> Iterable[Rij]:
    return boeken.rijen(naam, met_verborgen=True, hoogstens=hoogstens, alleen=alleen)


def _zoek_kop(rijen: Sequence[Rij]) -> int | None:
    return next((i for i, rij in enumerate(rijen) if any(_is_codekop(_tekst(c)) for c in rij.cellen)), None)


def _van_de_kaart(blad: Blad) -> Blad:
    """Without the rows of water of a map, and with the year of its column JAAR or JRSTATCODE ("2020GM0014")."""
    water = [k.sleutel for k in blad.kolommen if k.stam in _WATERKOPPEN]
    rijen = tuple(
        r for r in blad.rijen if not any(_tekst(r[1].get(s, GEEN_CEL)).casefold() in _GEEN_LAND for s in water)
    )
    kop = next((k.sleutel for stam_ in _JAARKOPPEN for k in blad.kolommen if k.stam == stam_), None)
    jaren = {_tekst(rij.get(kop, GEEN_CEL))[:4] for _, rij in rijen} if kop is not None else set()
    if blad.jaar is None and len(jaren) == 1 and re.fullmatch(r"20[12]\d", jaar := jaren.pop()):
        return replace(blad, rijen=rijen, jaar=int(jaar))
    return replace(blad, rijen=rijen)


def _kolom(index: int, kop: str, boven: Sequence[str]) -> Kolom:
    """A header: a StatLine path with unit ("Bevolking/Aantal inwoners (aantal)"), a key or a code."""
    eenheid = _EENHEID.search(kop)
    pad = _EENHEID.sub("", kop).rstrip()
    # a title may hold a slash itself; only the last part after a topic counts
    *groepen, titel = pad.split("/")
    sleutel = uit_sleutels([titel])[0]
    return Kolom(
        str(index),
        sleutel.stam,
        titel,
        " / ".join([*(b for b in boven if b), *groepen]),
        eenheid[1] if eenheid else "",
    )


def _is_codekop(kop: str) -> bool:
    kolom = _kolom(0, kop, ())
    return kolom.stam in _CODEKOPPEN


def _zoek_kolom(blad: Blad, koppen: Sequence[str], moet_code_zijn: bool = False) -> Kolom | None:
    """The first column with one of these headers (that really holds codes)."""
    for kop in koppen:
        for kolom in blad.kolommen:
            if kolom.stam != kop:
                continue
            if not moet_code_zijn or any(
                is_code(kaal(_tekst(rij.get(kolom.sleutel, GEEN_CEL)))) for _, rij in blad.rijen
            ):
                return kolom
    return None


def _per_code(pad: Path, blad: Blad, kolom: Kolom) -> dict[str, tuple[str, Mapping[str, Cel]]]:
    """Rows by code. Footnotes and other kinds of regions are left out; two different rows are refused."""
    uit: dict[str, tuple[str, Mapping[str, Cel]]] = {}
    meldingen: list[Melding] = []
    for waar, rij in blad.rijen:
        tekst = _tekst(rij.get(kolom.sleutel, GEEN_CEL))
        code = kaal(tekst)
        if not is_code(code):
            if re.fullmatch(r"(?:GM|WK|BU)[0-9].*", code):
                oorzaak = "deze code heeft niet de goede lengte."
                meldingen.append(
                    Melding("gebiedscode", tekst, oorzaak, "Download het bestand opnieuw.", f"{pad}, {waar}")
                )
            continue
        if code not in uit:
            uit[code] = (waar, rij)
        elif _inhoud(uit[code][1]) != _inhoud(rij):
            oorzaak = f"dit gebied staat ook in {uit[code][0]}, met andere getallen."
            meldingen.append(Melding("gebiedscode", code, oorzaak, "Bewaar een van beide regels.", f"{pad}, {waar}"))
    if meldingen:
        raise InvoerFout(meldingen[:_HOOGSTENS_MELDEN])
    return uit


def _inhoud(rij: Mapping[str, Cel]) -> dict[str, str]:
    """A row to compare with another; its running number does not matter."""
    return {s: _tekst(w) for s, w in rij.items() if s != "ID"}


def _naam(blad: Blad, rij: Mapping[str, Cel], code: str) -> str:
    naam = gemeente = ""
    eigen = _KAARTKOPPEN.get(soort_van(code), ((), ()))[1]
    for kolom in blad.kolommen:
        titel = " ".join(kolom.titel.casefold().split())
        tekst = " ".join(_tekst(rij.get(kolom.sleutel, GEEN_CEL)).split())
        if not tekst or is_onbekend(tekst) or is_code(kaal(tekst)):
            continue
        if kolom.stam in _NAAMKOPPEN or titel == "wijken en buurten" or kolom.stam in eigen:
            naam = naam or tekst
        if kolom.stam in _GEMEENTEKOPPEN:
            gemeente = gemeente or tekst
    return naam_of_code(code, naam, gemeente)


def _tekst(cel: Cel) -> str:
    """A cell as text, short enough to look at: a header or a name, not a page of explanation."""
    return gewone_spaties(zonder_onzichtbaar(str(cel)[:MAXIMUM_TEKST]))


# --- year ----------------------------------------------------------------------------------------------


def _kies_jaar(pad: Path, bladen: Sequence[Blad], jaar: int | None) -> tuple[Blad, int]:
    """The table of the asked year. Raises InvoerFout when the year is unknown or contradicts the content."""
    if not bladen:
        weiger(pad, f"er staan geen gebieden in. Gezocht is naar {gezocht()}.", _download(jaar))
    jaren = sorted({b.jaar for b in bladen if b.jaar})
    if jaar is None and len(jaren) > 1:
        lijst = " en ".join(str(j) for j in jaren)
        weiger(pad, f"dit bestand heeft gegevens van {lijst}.", _GEEF_HET_JAAR)
    in_naam = _jaar_uit_naam(pad.name)
    gezocht_jaar = jaar or (jaren[0] if jaren else in_naam)
    if gezocht_jaar is None:
        weiger(pad, "het jaar staat niet in het bestand en niet in zijn naam.", _GEEF_HET_JAAR)
    if not jaren and in_naam is not None and in_naam != gezocht_jaar:
        oorzaak = f"volgens zijn naam gaat dit bestand over {in_naam}, en gevraagd is {gezocht_jaar}."
        remedie = (
            f"Laat --jaar (in een notebook: jaar) weg, of geef {in_naam}; gaat het bestand toch over {gezocht_jaar}, "
            "geef het dan een naam met dat jaar."
        )
        raise InvoerFout([Melding("jaar", gezocht_jaar, oorzaak, remedie, str(pad))])
    passend = [b for b in bladen if b.jaar == gezocht_jaar] or [b for b in bladen if b.jaar is None]
    if not passend:
        lijst = " en ".join(str(j) for j in jaren)
        oorzaak = f"dit bestand heeft gegevens van {lijst} en niet van {gezocht_jaar}."
        raise InvoerFout(
            [Melding("jaar", gezocht_jaar, oorzaak, f"Laat --jaar weg, of: {_download(gezocht_jaar)}", str(pad))]
        )
    # a workbook may have more sheets of one year; the one with the most columns holds the table
    return max(passend, key=lambda b: len(b.kolommen)), gezocht_jaar


def _jaar_uit_titel(tekst: str) -> int | None:
    """The year in "Kerncijfers wijken en buurten 2024"; a date of download is no year of the table."""
    treffer = _JAAR.search(tekst) if "wijken en buurten" in tekst.casefold() else None
    return int(treffer[1]) if treffer else None


def _jaar_uit_naam(naam: str) -> int | None:
    if (tabel := _TABEL.search(naam)) and tabel[1].upper() in _JAREN:
        return _JAREN[tabel[1].upper()]
    jaren = {int(j) for j in _JAAR.findall(naam)}
    return jaren.pop() if len(jaren) == 1 else None


def _download(jaar: int | None) -> str:
    tabel = EDITIES.get(jaar or 0)
    waar = f"tabel {tabel}" if tabel else "Kerncijfers wijken en buurten"
    return (
        f"Download {waar} van opendata.cbs.nl/statline (csv), met de onderwerpen Codering en Particuliere huishoudens, "
        "of kwb-<jaar>.xlsx van cbs.nl."
    )


_CIJFERS: Final = Tabelsoort(
    _zoek_kop,
    lambda rij: len(rij.cellen),
    kop_binnen=KOP_BINNEN,
    kolommen=MAXIMUM_KOLOMMEN,
    rijen=None,
    bytes=MAXIMUM_BYTES,
    uitgepakt=1_000_000_000,
    geen_tekst=("dit is geen tekst, json of Excel-werkmap.", _download(None)),
    lange_cel=(
        "een cel heeft meer tekens dan een tabel hoort te hebben; dat is vaak de geometrie van een kaart.",
        "Bewaar de attributentabel zonder geometrie (in QGIS: Geometrie Geen).",
    ),
    leeg=_download(None),
    slechte_csv="Download het bestand opnieuw.",
    te_groot="Bewaar alleen de gebieden die u nodig heeft.",
    beschadigd="Download haar opnieuw.",
)

"""Broken input files, the same for the same seed, and the readers that must refuse them.

``gevallen(zaad, aantal, map_)`` writes files one by one: every sample file of the kit, damaged as disks, programs,
people and attackers damage files. :func:`proef` reads one: success or InvoerFout, anything else is a defect.
"""

import io
import json
import random
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import openpyxl

from mkba.analyse.gevoeligheid.scenarios import lees_scenarios
from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.cbs.bestanden import lees_gebieden
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.lezen import lees_aanpak, lees_aanpakken
from mkba.invoer.registratie.lezen import lees_registratie
from mkba.invoer.rekening import lees_rekening
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.reeks.map import overzicht
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan.notebooks import parameters
from mkba.rekenblad.sjabloon import schrijf_sjabloon
from mkba.rekenblad.werkboek import maak_werkboek
from mkba.tests.hulp_cbs import ANDERE, KWB_LAND, KWB_LEEG, KWB_WIJK, LAND, WIJK, kwb, odata, statline

KENGETALLEN: Final = laad()

Muteer = Callable[[random.Random, bytes], bytes]


@dataclass(frozen=True)
class Monster:
    """A good file and the reader of such files."""

    soort: str
    extensie: str
    inhoud: bytes
    lees: Callable[[Path], object]


@dataclass(frozen=True)
class Geval:
    """One damaged file: where it stands, what was done to it, and who reads it."""

    pad: Path
    wat: str
    lees: Callable[[Path], object]


# --- the readers ----------------------------------------------------------------------------------------------


def _aanpakken(pad: Path) -> object:
    return lees_aanpakken(pad, KENGETALLEN)


def _afwijkingen(pad: Path) -> object:
    return lees_kengetallen("lpbl-2014", pad)


def _regelset(pad: Path) -> object:
    """The file takes the place of one file of the rule set."""
    basis = paden.data() / "kengetallen"
    eigen = pad.parent / "regelset"
    shutil.copytree(basis, eigen, dirs_exist_ok=True)
    try:
        shutil.copy(pad, eigen / "lpbl-2014" / "tijd.toml")
        return laad(map_=eigen)
    finally:
        shutil.rmtree(eigen)


def _cijfers(pad: Path) -> object:
    return kies_gebieden(cijfers=str(pad))


def _gebieden(pad: Path) -> object:
    return lees_gebieden(pad, jaar=2024)


def _manifest(pad: Path) -> object:
    """The overview passes a manifest over, or shows it."""
    naar = pad.parent / "rapporten"
    (naar / "manifesten").mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy(pad, naar / "manifesten" / "x.json")
        return overzicht.schrijf_overzicht(naar)
    finally:
        shutil.rmtree(naar)


def _monsters(map_: Path) -> list[Monster]:
    data = paden.data()
    voorbeeld = data / "voorbeeldgemeente"
    aanpak = lees_aanpak(data / "aanpakken" / "voorbeeld-1.toml", KENGETALLEN)
    schrijf_sjabloon(map_ / "s.xlsx", KENGETALLEN, [aanpak, aanpak.model_copy(update={"naam": "B"})])
    kwb(map_ / "k.xlsx", [KWB_LAND, KWB_WIJK, KWB_LEEG])
    statline(map_ / "c.csv", [LAND, WIJK, ANDERE])
    for naam in ("registratie", "rekening"):
        boek = openpyxl.Workbook()
        blad: Any = boek.active
        for regel in (voorbeeld / f"{naam}.csv").read_text(encoding="utf-8").splitlines()[:40]:
            blad.append([int(c) if c.isdecimal() else c for c in regel.split(";")])
        boek.save(map_ / f"{naam}.xlsx")
    tijd = next((data / "kengetallen" / "lpbl-2014").glob("tijd.toml"))
    notebook = taken.zoek_notebook("30")
    eigen = b'[kwaliteit]\nqaly_eur = {waarde = 50000, bron = "x"}\n[tijd]\ndiscontovoet = 0.04\n'
    (taak,) = taken.rapport_taken(lees_aanpakken(data / "aanpakken" / "standaard.toml", KENGETALLEN),
                                  KENGETALLEN, notebook)  # fmt: skip
    manifest = {"slug": "x", "naam": "x", "status": "gelukt", "gemaakt": "2026-01-01T12:00:00+01:00", "seconden": 1.5,
                "sleutel": taak.sleutel, **taak.feiten}  # fmt: skip
    return [
        *(Monster("aanpak", "toml", p.read_bytes(), _aanpakken) for p in sorted((data / "aanpakken").glob("*.toml"))),
        Monster("aanpakken", "csv", (voorbeeld / "aanpakken.csv").read_bytes(), _aanpakken),
        Monster("aanpakken", "xlsx", (map_ / "s.xlsx").read_bytes(), _aanpakken),
        Monster("werkboek", "xlsx", maak_werkboek(aanpak, KENGETALLEN), _aanpakken),
        Monster("kengetallen", "toml", eigen, _afwijkingen),
        Monster("kengetallen", "toml", (data / "prototype" / "kengetallen.toml").read_bytes(), _afwijkingen),
        Monster("regelset", "toml", tijd.read_bytes(), _regelset),
        Monster("scenarios", "toml", (data / "scenarios" / "lpbl-2014.toml").read_bytes(), lees_scenarios),
        Monster("registratie", "csv", (voorbeeld / "registratie.csv").read_bytes()[:8000], lees_registratie),
        Monster("registratie", "xlsx", (map_ / "registratie.xlsx").read_bytes(), lees_registratie),
        Monster("rekening", "csv", (voorbeeld / "rekening.csv").read_bytes(), lees_rekening),
        Monster("rekening", "xlsx", (map_ / "rekening.xlsx").read_bytes(), lees_rekening),
        Monster("cijfers", "json", (voorbeeld / "kerncijfers.json").read_bytes(), _cijfers),
        Monster("cbs", "json", json.dumps({"value": [odata(), odata(ID=4)]}).encode(), _gebieden),
        Monster("cbs", "csv", (map_ / "c.csv").read_bytes(), _gebieden),
        Monster("cbs", "xlsx", (map_ / "k.xlsx").read_bytes(), _gebieden),
        Monster("manifest", "json", json.dumps(manifest, default=list).encode(), _manifest),
        Monster("notebook", "ipynb", notebook.read_bytes()[:40_000], parameters),
    ]


# --- the damage -----------------------------------------------------------------------------------------------

LASTIG: Final = (
    b"nan", b"inf", b"-inf", b"1e999", b"-1e308", b"9" * 400, b"9" * 5000, b"0x1p9", b"1_000", b"1.000.000,00", b"-0",
    b"99999999999999999999", b"true", b"null", b"NaN", b"Infinity", b"''", b'"""', b"'''", b"\\u0000", b"\\ud800",
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", "\u202e\u2066".encode(), "🏘️".encode(), "ﬁ²½Ⅷ".encode(), "٣٤".encode(),
    b"\r", b"\n", b"\r\n\r\n", b"\x1b[31m", b"{{ 7*7 }}", b"{aanpak}", b"<script>alert(1)</script>",
    b"=cmd|'/c calc'!A1", b"../../../etc/passwd", b"111222333", b"2020-02-30", b"1979-05-27T07:32:00Z", b"12:61:00",
    b"%", b"1%%", b";;;;", b"[[a]]", b"a.b.c.d = 1\n", b"[type]\n", b"[]", b"{}", b"[", b"{", b"NL00", b"GM0000",
    b"&amp;&#0;", b"&lol;", b"<!--", b"]]>", b"1,5", b"1.5.5", b"5-3", b"5 - Goed", "€ −3".encode(), b" " * 3000,
)  # fmt: skip
"""What a cell or value may hold that nobody expects."""
_GETAL: Final = re.compile(rb"-?\d+(?:[.,]\d+)?")


def _flip(kans: random.Random, b: bytes) -> bytes:
    uit = bytearray(b)
    for _ in range(kans.choice([1, 2, 8, 64])):
        uit[kans.randrange(len(uit))] ^= 1 << kans.randrange(8)
    return bytes(uit)


def _willekeurige_bytes(kans: random.Random, b: bytes) -> bytes:
    i = kans.randrange(len(b))
    return b[:i] + kans.randbytes(kans.choice([1, 4, 100])) + b[i + kans.choice([0, 1, 50]) :]


def _kap(kans: random.Random, b: bytes) -> bytes:
    return b[: kans.randrange(len(b))]


def _wis(kans: random.Random, b: bytes) -> bytes:
    i = kans.randrange(len(b))
    return b[:i] + b[i + kans.choice([1, 10, 200, len(b) // 2]) :]


def _herhaal(kans: random.Random, b: bytes) -> bytes:
    i = kans.randrange(len(b))
    stuk = b[i : i + kans.choice([1, 20, 300])]
    return b[:i] + stuk * kans.choice([2, 3, 1000]) + b[i:]


def _lastig(kans: random.Random, b: bytes) -> bytes:
    i = kans.randrange(len(b))
    return b[:i] + kans.choice(LASTIG) + b[i + kans.choice([0, 0, 1, 5]) :]


def _getal(kans: random.Random, b: bytes) -> bytes:
    plekken = list(_GETAL.finditer(b))
    if not plekken:
        return _lastig(kans, b)
    m = kans.choice(plekken)
    return b[: m.start()] + kans.choice(LASTIG) + b[m.end() :]


def _regels(kans: random.Random, b: bytes) -> bytes:
    """Lines double, lost or in another order: duplicate keys and headers among them."""
    regels = b.split(b"\n")
    i, j = kans.randrange(len(regels)), kans.randrange(len(regels))
    match kans.randrange(4):
        case 0:
            regels.insert(j, regels[i])
        case 1:
            del regels[i]
        case 2:
            regels[i], regels[j] = regels[j], regels[i]
        case _:
            kans.shuffle(regels)
    return b"\n".join(regels)


def _codering(kans: random.Random, b: bytes) -> bytes:
    tekst = b.decode("utf-8", errors="replace")
    codering = kans.choice(["utf-16", "utf-16-le", "utf-32", "utf-7", "utf-8-sig", "cp1252", "cp037", "mac-roman"])
    return tekst.encode(codering, errors="replace")


def _diep(kans: random.Random, b: bytes) -> bytes:
    n = kans.choice([100, 5000, 100_000])
    vorm = kans.choice([b"[" * n, b'{"a":' * n, b"x = " + b"[" * n + b"]" * n, b"a." * n + b"a = 1", b"[" + b"a." * n])
    return vorm if kans.random() < 0.5 else b + b"\n" + vorm


def _lang(kans: random.Random, b: bytes) -> bytes:
    """A cell of a megabyte."""
    i = kans.randrange(len(b))
    return b[:i] + kans.choice([b"x", b"9", b'"', b"\\", "é".encode(), b" ", b"(", b"a."]) * 1_000_000 + b[i:]


def _veel(kans: random.Random, b: bytes) -> bytes:
    """A million columns or rows."""
    regels = b.split(b"\n")
    i = kans.randrange(len(regels))
    teken = kans.choice([b";", b",", b"\t", b"x;", b"\n", b"1;\n", b"[[a]]\n"])
    regels[i] += teken * 1_000_000
    return b"\n".join(regels)


MUTATIES: Final[tuple[Muteer, ...]] = (
    *(_flip, _willekeurige_bytes, _kap, _wis, _herhaal, _regels, _codering) * 2,
    *(_lastig, _getal) * 6,
)
ZWAAR: Final[tuple[Muteer, ...]] = (_diep, _lang, _veel)

_BOM: Final = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12))
    + b"]><worksheet>&m;</worksheet>"
)


def _xml(kans: random.Random, b: bytes) -> bytes:
    """Damage that is still well-formed: attributes and cells changed."""
    waarden = list(re.finditer(rb'(?<==")[^"]*(?=")|(?<=>)[^<]+(?=<)', b))
    if not waarden:
        return _lastig(kans, b)
    m = kans.choice(waarden)
    keuze = (*LASTIG, b"XFD1048576", b"A0", b"A1048577", b"ZZZZ1", b"-1", b"e", b"str", b"inlineStr", b"d", b"99999999")
    schoon = kans.choice(keuze).replace(b"<", b"&lt;").replace(b'"', b"&quot;")
    return b[: m.start()] + schoon + b[m.end() :]


def _werkmap(kans: random.Random, b: bytes, zwaar: bool) -> bytes:
    """One part of a workbook damaged, lost, double or huge."""
    with zipfile.ZipFile(io.BytesIO(b)) as zip_:
        delen = {naam: zip_.read(naam) for naam in zip_.namelist()}
    naam = kans.choice(list(delen))
    blad = next(n for n in delen if "worksheets/sheet" in n)
    begin = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    if not zwaar:
        match kans.randrange(4):
            case 0:
                del delen[naam]
            case 1:
                delen[naam] = kans.choice(MUTATIES)(kans, delen[naam])
            case 2:
                delen[blad] = _xml(kans, delen[blad])
            case _:
                delen[naam] = _xml(kans, delen[naam])
    else:
        match kans.randrange(7):
            case 0:  # a zip bomb
                delen[naam] = b" " * kans.choice([50_000_000, 2_000_000_000 if kans.random() < 0.02 else 150_000_000])
            case 1:
                delen[kans.choice([naam, blad])] = _BOM if kans.random() < 0.5 else _BOM.decode().encode("utf-16")
            case 2:
                delen[blad] = begin + b"<row/>" * 3_000_000 + b"</sheetData></worksheet>"
            case 3:  # the last cell of many rows
                rijen = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (i, i) for i in range(1, 11_000))
                delen[blad] = begin + rijen + b"</sheetData></worksheet>"
            case 4:
                delen[blad] = begin + b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
            case 5:
                delen[blad] = begin + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</sheetData></worksheet>"
            case _:
                delen[blad] = begin + b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row></sheetData></worksheet>"
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zip_:
        for n, inhoud in delen.items():
            zip_.writestr(n, inhoud)
    return uit.getvalue()


def gevallen(zaad: int, nummers: Iterable[int], map_: Path, zwaar: float = 0.02) -> Iterator[Geval]:
    """Damaged files by number, each removed when the next is asked for. ``zwaar``: share of huge and deep ones."""
    map_.mkdir(parents=True, exist_ok=True)
    monsters = _monsters(map_)
    for nummer in nummers:
        kans = random.Random(f"{zaad}-{nummer}")
        monster = monsters[nummer % len(monsters)]
        is_zwaar = kans.random() < zwaar
        inhoud, gedaan = monster.inhoud, []
        for _ in range(1 if is_zwaar else kans.choice([1, 1, 1, 2, 5])):
            if not inhoud:
                break
            if monster.extensie == "xlsx" and kans.random() < 0.8 and zipfile.is_zipfile(io.BytesIO(inhoud)):
                try:
                    inhoud = _werkmap(kans, inhoud, is_zwaar)
                    gedaan.append("werkmap")
                    continue
                except Exception:  # an earlier mutation broke the archive
                    gedaan.append("archief")
            muteer = kans.choice(ZWAAR if is_zwaar else MUTATIES)
            inhoud = muteer(kans, inhoud)
            gedaan.append(muteer.__name__.strip("_"))
        pad = map_ / f"geval.{monster.extensie}"
        pad.write_bytes(inhoud)
        yield Geval(pad, f"{zaad}-{nummer} {monster.soort}.{monster.extensie}: {', '.join(gedaan)}", monster.lees)


def proef(geval: Geval) -> bool:
    """Whether the file was accepted; a refusal must be readable. Raises what a reader should not raise."""
    try:
        geval.lees(geval.pad)
    except InvoerFout as fout:
        meldingen = fout.meldingen
    else:
        return True
    assert meldingen, "een weigering zonder melding"
    for melding in meldingen:
        assert str(melding).isprintable(), repr(str(melding))
        assert melding.oorzaak, "een melding zonder oorzaak"
        assert melding.remedie, "een melding zonder remedie"
        assert "MemoryError" not in melding.oorzaak, "geen grens aan het geheugen"
    return False

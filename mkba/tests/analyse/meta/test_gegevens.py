"""The meta-analysis as data: complete against its source, and refused with a message when something is wrong."""

import re
import shutil
from pathlib import Path
from typing import Final

import pytest

from mkba.analyse.meta.lees_meta import MetaAnalyse, laad_meta_analyse
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.tests.hulp_invoer import GEDEELD

BRON: Final = GEDEELD / "bronnen" / "meta-analyse-2014.txt"
VOORIN: Final = 3
"""Pages i to iii before the summary's last; page 1 is the fourth that begins with a space (see :func:`bladzijde`)."""
ROMEINS: Final = ("i", "ii", "iii", "iv")


@pytest.fixture(scope="module")
def meta() -> MetaAnalyse:
    return laad_meta_analyse()


@pytest.fixture(scope="module")
def bron() -> str:
    if not BRON.is_file():
        pytest.skip("de brontekst staat niet naast de repository: geen tweede lezing mogelijk")
    return BRON.read_text(encoding="utf-8")


def bladzijde(regels: list[str], nummer: int) -> str:
    """The page of a line: in this text a page begins with a single space, page i and 27 with their number."""
    blad = sum(bool(re.match(r" \S", r)) or r.strip() == "27" for r in regels[: nummer + 1])
    return ROMEINS[blad] if blad <= VOORIN else str(blad - VOORIN)


def plat(tekst: str) -> str:
    """One line, words that the lines break put together, small letters."""
    return re.sub(r"\s+", " ", re.sub(r"-\s*\n\s*", "", tekst)).casefold().strip()


def zonder_noten(titel: str) -> str:
    return plat(re.sub(r"(?<=[a-z)])\d+", "", titel))


def onderdelen(bron: str) -> dict[str, tuple[str, str]]:
    """Every figure, table and appendix that the text has a caption of: title and page."""
    regels = bron.split("\n")
    uit = {}
    for i, regel in enumerate(regels):
        treffer = re.match(r" ?(Figuur|Tabel) ((?:S|\d)\.\d+)\.? ([A-Z].+)", regel)
        bijlage = re.match(r" (Bijlage) (\d)()\. (.+)", regel)
        if treffer:
            uit[f"{treffer[1].lower()} {treffer[2]}"] = (zonder_noten(treffer[3]), bladzijde(regels, i))
        elif bijlage:
            uit[f"bijlage {bijlage[2]}"] = (zonder_noten(bijlage[4]), bladzijde(regels, i))
    return uit


def test_de_inventaris_is_volledig_en_in_de_volgorde_van_het_rapport(meta: MetaAnalyse, bron: str) -> None:
    gevonden = onderdelen(bron)
    assert len(gevonden) == 29
    assert list(meta.inventaris) == list(gevonden)
    for sleutel, onderdeel in meta.inventaris.items():
        titel, pagina = gevonden[sleutel]
        assert zonder_noten(onderdeel.titel) == titel, sleutel
        assert onderdeel.pagina == pagina, sleutel


def test_elk_citaat_staat_in_de_bron(meta: MetaAnalyse, bron: str) -> None:
    tekst = plat(bron)
    theorie = meta.beleidstheorie
    citaten = (
        [v.citaat for v in theorie.vak] + [p.citaat for p in theorie.post] + [g.citaat for g in meta.tekst.values()]
    )
    citaten += [p.citaat for p in theorie.pijl if p.citaat]
    assert len(citaten) > 60
    assert [c for c in citaten if plat(c) not in tekst] == []


def test_bijlagen_zijn_overgenomen_zoals_gedrukt(meta: MetaAnalyse, bron: str) -> None:
    regels = [re.sub(r"[\s-]+", "", r) for r in bron.split("\n")]
    lijst = [re.sub(r"[\s-]+", "", f"{a.gemeente}{a.gebied}{a.naam}{a.doelgroep}") for a in meta.bijlage_1]
    begin = regels.index("GemeenteWijk/stadAanpakDoelgroep") + 1
    assert regels[begin : begin + len(lijst)] == lijst
    assert regels[begin + len(lijst)].startswith("Bijlage2")
    velden = [re.sub(r"[\s-]+", "", v) for g in meta.bijlage_3 for v in g.velden]
    rest = [r for r in regels[regels.index("1.KENMERKEN") :] if r and not re.match(r"\d\.", r)]
    assert velden == rest


def test_de_tabellen_zijn_overgenomen_zoals_gedrukt(meta: MetaAnalyse, bron: str) -> None:
    regels = [re.sub(r"\s+", " ", r).strip() for r in bron.split("\n")]
    for rij in meta.tabel_3_10.rij:
        assert f"{rij.gedrukt} {rij.caseload:g} {rij.uren:g}" in regels
    for ouder in meta.prototype.rij:
        assert f"{ouder.gedrukt} {ouder.caseload:g} {ouder.uren:g} uren gem. per hh p.jr" in regels
    for sub in meta.tabel_4_5.rij:
        cellen = " ".join("-" if w is None else f"{w * 100:.0f}%" for w in (sub.bestaand, sub.nieuw))
        plek = next(i for i, r in enumerate(regels) if r.startswith(f"{sub.gedrukt} {cellen}"))
        assert plat(sub.toelichting) in plat(" ".join(regels[plek : plek + 3]))
    t47 = meta.tabel_4_7
    huishoudens = " ".join(f"{v.huishoudens:,}".replace(",", ".") for v in t47.voorbeeld)
    assert f"Aantal huishoudens in aanpak {huishoudens}" in regels
    for soort in t47.soort:
        cellen_ = [c for v in t47.voorbeeld if (c := v.telling(soort.sleutel))]
        plek = regels.index(f"{soort.gedrukt} {' '.join(str(c.aantal) for c in cellen_)}")
        procenten = " ".join(f"{c.percentage * 100:.0f}%{'**' if c.terugval_inbegrepen else ''}" for c in cellen_)
        assert regels[plek + 1] == f"Als % van {soort.van} {procenten}"


def test_tabel_47_is_die_van_de_catalogus(meta: MetaAnalyse, kengetallen: Kengetallen) -> None:
    for vb in meta.tabel_4_7.voorbeeld:
        eigen = {"huishoudens": float(vb.huishoudens)}
        eigen |= {s.sleutel: float(c.aantal) for s in meta.tabel_4_7.soort if (c := vb.telling(s.sleutel))}
        begin = f"tabel_escalatie.{vb.sleutel}."
        assert eigen == {
            p.removeprefix(begin): k.waarde for p, k in kengetallen.getallen.items() if p.startswith(begin)
        }


def test_wat_niet_kan_heeft_een_reden(meta: MetaAnalyse) -> None:
    status = [o.status for o in meta.inventaris.values()]
    assert [status.count(s) for s in ("reproductie", "reconstructie", "kan niet")] == [8, 16, 5]
    for onderdeel in meta.inventaris.values():
        assert onderdeel.uitleg.endswith(".")
        assert onderdeel.kop, "wie het rapport naleest, vindt elk onderdeel"
    assert meta.inventaris["figuur 4.8"].naam == "Figuur 4.8. In vier jaar van opbouw naar volledige aanpak"
    assert meta.inventaris["bijlage 2"].bron == "meta-analyse (LPBL 2014), bijlage 2, p. 39"


FOUTEN: Final = [
    ("inventaris.toml", 'status = "kan niet"', 'status = "later"', "onderdeel.2.status = 'later'", "Kies uit: "),
    ("inventaris.toml", 'nummer = "2.2"', 'nummer = "2.1"', "bestand = (leeg)", "twee keer: figuur 2.1"),
    ("inventaris.toml", 'pagina = "iii"\n', "", "onderdeel.1.pagina", "dit veld ontbreekt."),
    ("inventaris.toml", 'soort = "tabel"', 'soort = "tabel"\nkleur = 3', "kleur = 3", "dit veld is onbekend."),
    ("tabellen.toml", "bestaand = 0.60", "bestaand = 60", "tabel_4_5.rij.2.bestaand = 60", "deze waarde past niet"),
    ("tabellen.toml", "caseload = 40", "caseload = 0", "tabel_3_10.rij.3.caseload = 0", "deze waarde past niet"),
    (
        "tabellen.toml",
        "huishoudens = 175",
        "huishoudens = 1.5",
        "tabel_4_7.voorbeeld.2.huishoudens = 1.5",
        "past niet",
    ),
    (
        "bijlage-1.toml",
        'gemeente = "Delft"',
        'gemeente = ""',
        "aanpak.41.gemeente = (leeg)",
        "deze tekst is te kort of leeg.",
    ),
    ("beleidstheorie.toml", 'naar = "a"', 'naar = "z"', "bestand", "een vak dat er niet is: z"),
    (
        "beleidstheorie.toml",
        '[[post]]\nsleutel = "overlast"',
        '[[post]]\nsleutel = "x"',
        "bestand",
        "de eindpunten zijn",
    ),
    ("beleidstheorie.toml", 'model = "Terugval', 'citaat = "a"\nmodel = "Terugval', "pijl.9", "een van beide"),
    ("beleidstheorie.toml", 'sleutel = "school"', 'sleutel = "stabiel"', "bestand", "staat er twee keer"),
    ("tekst.toml", "[[getal]]", "[[getal]", "regel 6", "geen geldige TOML"),
]


@pytest.mark.parametrize(("bestand", "oud", "nieuw", "veld", "oorzaak"), FOUTEN, ids=[f"{f[0]}-{f[3]}" for f in FOUTEN])
def test_wat_fout_is_wordt_geweigerd(
    tmp_path: Path, bestand: str, oud: str, nieuw: str, veld: str, oorzaak: str
) -> None:
    map_ = tmp_path / "meta"
    shutil.copytree(paden.data() / "meta_analyse", map_)
    tekst = (map_ / bestand).read_text(encoding="utf-8")
    assert oud in tekst
    (map_ / bestand).write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
    with pytest.raises(InvoerFout) as fout:
        laad_meta_analyse(map_)
    gezegd = str(fout.value)
    assert bestand in gezegd
    assert veld in gezegd
    assert oorzaak in gezegd


def test_een_bestand_dat_ontbreekt(tmp_path: Path) -> None:
    with pytest.raises(InvoerFout, match=r"tabellen\.toml"):
        laad_meta_analyse(tmp_path)

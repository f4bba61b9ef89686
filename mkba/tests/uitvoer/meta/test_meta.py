"""The notebook of the meta-analysis: figures in one style, tables, every part in its place."""

import base64
import io
import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import PIL.Image
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import Bbox

import mkba
from mkba.analyse.meta import tabellen as meta_tabellen
from mkba.analyse.meta.bevinding import telling
from mkba.analyse.meta.lees_meta import MetaAnalyse, laad_meta_analyse
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import POSTEN, naam
from mkba.tests.hulp_tabel import gedrukt
from mkba.uitvoer import extra
from mkba.uitvoer.beeld import met_palet
from mkba.uitvoer.doelgroepen import figuren as figuren_doelgroepen
from mkba.uitvoer.figuur import als_svg
from mkba.uitvoer.figuurstijl import stijl
from mkba.uitvoer.meta import figuren as figuren_meta
from mkba.uitvoer.meta import onderdelen
from mkba.uitvoer.meta import tabellen as tabellen_meta
from mkba.uitvoer.meta.onderdelen import Beeld, Gerekend
from mkba.uitvoer.meta.stijl import bewaarde, onderschrift, opgemaakt, publiceer, watermerk
from mkba.uitvoer.tabel import Tabel

NOTEBOOK = paden.notebooks() / "50_meta_analyse.ipynb"


@pytest.fixture(scope="module")
def meta() -> MetaAnalyse:
    return laad_meta_analyse()


CIJFERS = str(paden.data() / "voorbeeldgemeente" / "kerncijfers.json")


@pytest.fixture(scope="module")
def gerekend(kengetallen: Kengetallen) -> Gerekend:
    return Gerekend(kengetallen, "WK999902", CIJFERS)


def beeld_van(gerekend: Gerekend, nummer: str) -> Beeld:
    """A figure of the notebook by its number, not yet in the style."""
    return next(s for s in onderdelen.inhoud(gerekend, f"figuur {nummer}") if isinstance(s, Beeld))


def figuur_van(ax: Axes) -> Figure:
    assert isinstance(ax.figure, Figure)
    return ax.figure


@pytest.mark.parametrize("nummer", ["2.2", "2.3", "3.2", "3.4", "3.9", "4.2", "4.4", "4.1", "4.8", "4.9"])
def test_niets_ligt_over_elkaar(nummer: str, meta: MetaAnalyse, gerekend: Gerekend) -> None:
    onderdeel = meta.inventaris[f"figuur {nummer}"]
    ax = beeld_van(gerekend, nummer).ax
    figuur = figuur_van(ax)
    with stijl():
        onderschrift(figuur, f"Figuur {nummer}", onderdeel.titel, "reconstructie, " + "met lange uitleg " * 9, "bron")
        als_svg(ax)  # as a reader sees it
    tekening = Bbox.union([b for a in figuur.axes if (b := a.get_tightbbox()) is not None])
    titel, voet = figuur.texts
    legenda = [legenda.get_window_extent() for legenda in figuur.legends]
    assert titel.get_text().startswith(f"Figuur {nummer}. ")
    assert voet.get_text().startswith("Status: reconstructie, met lange uitleg")
    assert voet.get_text().count("\n") >= 1, "een lange regel breekt af"
    stukken = [tekening, titel.get_window_extent(), voet.get_window_extent(), *legenda]
    for een, ander in combinations(stukken, 2):
        samen = Bbox.intersection(een, ander)
        assert samen is None or min(samen.width, samen.height) < 1.0
    papier = figuur.bbox  # measured here by letters of pixels, a few pixels wider than those of the page
    for stuk in stukken:
        assert stuk.x0 >= -3
        assert stuk.x1 <= papier.x1 + 3
        assert stuk.y0 >= -3
        assert stuk.y1 <= papier.y1 + 3
    assert figuur.get_size_inches()[0] <= 9.6, "past op A4"


def test_beleidstheorie_eindigt_in_de_posten_en_de_tekst_past(meta: MetaAnalyse) -> None:
    ax = figuren_meta.beleidstheorie(meta.beleidstheorie)
    figuur = figuur_van(ax)
    figuur.draw_without_rendering()
    vakken = [p.get_window_extent() for p in ax.patches if isinstance(p, FancyBboxPatch)]
    teksten = [t for t in ax.texts if t.get_fontweight() != "bold"]
    assert len(vakken) == len(teksten) == len(meta.beleidstheorie.vak) + len(POSTEN)
    for vak, tekst in zip(vakken, teksten, strict=True):
        eigen = tekst.get_window_extent()
        assert vak.x0 <= eigen.x0
        assert eigen.x1 <= vak.x1
        assert vak.y0 <= eigen.y0
        assert eigen.y1 <= vak.y1
    for een, ander in combinations(vakken, 2):
        assert Bbox.intersection(een, ander) is None
    gelezen = {t.get_text().replace("\n", " ") for t in teksten}
    assert {f"{'–' if i < 3 else '+'} {naam(p)}" for i, p in enumerate(POSTEN)} <= gelezen


def test_de_klassen_lezen_ook_in_grijs() -> None:
    kleuren, arcering = figuren_doelgroepen.KLASSEKLEUREN, figuren_doelgroepen.ARCERING
    assert list(kleuren) == ["ev", "zr", "nzr", "top"]
    grijs = {k: sum(w * d for w, d in zip((0.299, 0.587, 0.114), to_rgb(c), strict=True)) for k, c in kleuren.items()}
    for een, ander in combinations(kleuren, 2):
        assert abs(grijs[een] - grijs[ander]) > 0.1 or arcering[een] != arcering[ander]
    rood, groen, blauw = to_rgb(kleuren["ev"])
    assert groen > max(rood, blauw)
    assert to_rgb(kleuren["top"])[0] > 2 * to_rgb(kleuren["top"])[1]


def test_publiceren_bewaart_svg_png_en_getallen(
    meta: MetaAnalyse, gerekend: Gerekend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    onderdeel = meta.inventaris["figuur 4.1"]
    ax = opgemaakt(beeld_van(gerekend, "4.1").ax, onderdeel)
    cijfers = pd.DataFrame({"wat": ["=1+1", "b"], "eur": [1.5, 2.0]}, index=pd.Index([0, 1], name="jaar"))
    monkeypatch.setenv("MKBA_EXTRA", extra.FIGUUR)
    assert bewaarde(tmp_path, meta) == []
    beeld = publiceer(ax, onderdeel, cijfers, "staven", tmp_path)
    bestanden = bewaarde(tmp_path, meta)
    assert [p.name for p in bestanden] == ["figuur-4-1.png", "figuur-4-1.svg", "figuur-4-1.csv"]
    assert bestanden[0].read_bytes().startswith(b"\x89PNG")
    assert "<svg" in bestanden[1].read_text(encoding="utf-8")
    csv = '\ufeff"jaar";"wat";"eur"\n0;"\'=1+1";1,5\n1;"b";2,0\n'
    assert bestanden[2].read_text(encoding="utf-8") == csv
    gegeven = beeld._repr_mimebundle_()[0][extra.FIGUUR]
    assert gegeven["csv"] == csv
    assert gegeven["titel"] == onderdeel.naam
    woorden = [t.get_text() for t in figuur_van(ax).texts]
    assert "reconstructie" in woorden, "het watermerk"
    assert ax.get_title("left") == "", "de titel van het rapport komt ervoor in de plaats"
    assert bewaarde("", meta) == []
    # the notebook keeps a fraction of the bytes: fewer pixels, and a palette in which white stays white
    monkeypatch.delenv(extra.OMGEVING)
    assert len(base64.b64decode(beeld._repr_mimebundle_()[0]["image/png"])) < 0.3 * bestanden[0].stat().st_size
    with PIL.Image.open(io.BytesIO(met_palet(bestanden[0].read_bytes()))) as klein, PIL.Image.open(bestanden[0]) as vol:
        assert klein.mode == "P"
        assert klein.size == vol.size
        anders = np.abs(np.asarray(klein.convert("RGB"), dtype=int) - np.asarray(vol.convert("RGB"), dtype=int))
    assert anders.mean() < 0.5
    assert anders[0, 0].max() == 0


def test_alleen_een_reconstructie_krijgt_een_watermerk(meta: MetaAnalyse) -> None:
    kruis = meta_tabellen.kruistabel(meta_tabellen.bijlage_1(meta.bijlage_1))
    ax = opgemaakt(figuren_meta.bijlage_1(kruis), meta.inventaris["bijlage 1"], bron="een andere bron")
    woorden = [t.get_text() for t in figuur_van(ax).texts]
    assert woorden == ["Bijlage 1. Overzicht van MKBA’s", "Status: reproductie. Bron: een andere bron."]
    assert [t.get_text() for t in watermerk(Figure()).texts] == ["reconstructie"]


def test_tabellen_met_oordeel(gerekend: Gerekend) -> None:
    (toets,) = onderdelen.toetsen(gerekend, "tabel 4.7")
    tabel = gedrukt(toets).set_index("wat")
    rij = tabel.loc["Vb1: vermindering OTS/UHP en Intra, 4 op 600"]
    assert list(rij[:3]) == ["3%", "0,5%", "niet na te rekenen"]
    assert toets.frame.set_index("wat").loc[rij.name, "berekend"].waarde == pytest.approx(
        4 * 0.8 / 600
    )  # a relapse of 20%
    assert "bij 92 tot 128 van de 600 huishoudens" in rij["toelichting"]
    tellingen, _ = onderdelen.toetsen(gerekend, "§3.3")
    assert "toelichting" not in tellingen.frame
    assert onderdelen.toetsen(gerekend, "figuur 9.9") == ()
    mis = tabellen_meta.bevindingentabel(tabellen_meta.afwijkend(gerekend.bevindingen, houdt=False), met_plek=True)
    assert set(mis.frame["oordeel"]) == {"houdt niet"}
    jaren, _ = onderdelen.toetsen(gerekend, "figuur 4.8")
    assert list(gedrukt(jaren)["gepubliceerd"]) == ["2 jaar", "binnen 10 jaar"]
    niet = tabellen_meta.nietnarekenbaar(gerekend.bevindingen).frame.set_index("plek")
    assert len(niet) == telling(gerekend.bevindingen).loc["totaal", "niet_te_toetsen"]
    assert niet.loc["tabel 4.7", "wat"].str.endswith("(gedrukt: 9%)").any()
    assert "“Boven alles zijn het de mensen" in niet.loc["§6.2, p. 36", "wat"]


def cellen(soort: str) -> Iterator[str]:
    """The source of every cell of the notebook."""
    boek = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ("".join(c["source"]) for c in boek["cells"] if c["cell_type"] == soort)


@pytest.mark.traag
def test_uitspraken_onder_hun_figuur(gerekend: Gerekend) -> None:
    """Every finding is below a figure, table or section that the notebook shows, each once; statements in the list."""
    tabel = onderdelen.toetsen(gerekend, "figuur 4.2")[-1].frame.set_index("plaats")
    assert "8: 1,28; 9: 1,89; 10: 1,04" in set(tabel["reconstructie"])
    assert "niet na te rekenen" in set(tabel["oordeel"])
    assert set(onderdelen.toetsen(gerekend, "figuur 3.7")[0].frame["oordeel"]) == {"houdt (invoer)"}
    assert len(tabellen_meta.uitsprakenlijst(gerekend.bevindingen)) == sum(bool(b.citaat) for b in gerekend.bevindingen)
    getoond = [s for cel in cellen("code") for s in re.findall(r'^meta\["(.+)"\](?:\.toetsen)?$', cel)]
    bij_elkaar = [t for s in dict.fromkeys(getoond) for t in onderdelen.toetsen(gerekend, s)]
    assert sum(map(len, bij_elkaar)) == len(gerekend.bevindingen)
    zelf = {s for s in getoond if not onderdelen.inhoud(gerekend, s)}  # shows its checks at once, or has none
    met_toets = {s for cel in cellen("code") for s in re.findall(r'^meta\["(.+)"\]\.toetsen$', cel)}
    assert {s for s in getoond if onderdelen.toetsen(gerekend, s)} <= zelf | met_toets
    gronden = tabellen_meta.grondentabel(gerekend.bevindingen).frame
    assert next(iter(gronden.index)) == "gedrukte getallen of een gepubliceerd geval"


def test_telling_met_namen(gerekend: Gerekend) -> None:
    tabel = tabellen_meta.tellingtabel(gerekend.bevindingen)
    assert list(tabel.frame.index) == ["getallen", "uitspraken", "samen"]
    assert tabel.frame.loc["uitspraken", "aantal"] == telling(gerekend.bevindingen).loc["uitspraak", "aantal"] == 121


def test_tabel_47_staat_er_zoals_gedrukt(meta: MetaAnalyse) -> None:
    tabel = gedrukt(tabellen_meta.escalatietabel(meta))
    assert list(tabel.loc["Vermindering huisuitzettingen*"]) == ["3", "4", "2", "3", "", "48", "42", "14", "3"]
    assert list(tabel.loc["Als % van gezin/ouderen in aanpak"]) == ["3%**", "", "", "", "4%", "", "18%", "9%", "11%"]
    assert tabel.loc["\u00a0\u00a0nagerekend, OTS/UHP en Intra", "Vb8"] == "6,0%"


def test_alle_onderdelen_staan_in_volgorde_in_het_notebook(meta: MetaAnalyse) -> None:
    markdown = list(cellen("markdown"))
    koppen = [k for m in markdown for k in re.findall(r"^### ((?:Figuur|Tabel|Bijlage) .+)$", m, re.MULTILINE)]
    assert koppen == [o.kop for o in meta.inventaris.values() if o.kop], (
        "geen kop zonder inhoud, geen inhoud zonder kop"
    )
    for onderdeel in meta.inventaris.values():
        assert not onderdeel.kop or onderdeel.naam.startswith(onderdeel.kop.split(". ")[0] + ". ")
    getoond = [s for cel in cellen("code") for s in re.findall(r'^meta\["(.+)"\]$', cel) if s in meta.inventaris]
    assert getoond == [o.sleutel for o in meta.inventaris.values() if o.kop]
    for kop in (k for k in koppen if "kan niet" not in _status(meta, k)):
        deel = "\n".join(markdown).split(f"### {kop}", 1)[1].split("\n### ", 1)[0]
        assert "**Hoe te lezen.**" in deel, kop
        assert "**Wat dit niet zegt.**" in deel, kop


def _status(meta: MetaAnalyse, kop: str) -> str:
    return next(o.status for o in meta.inventaris.values() if o.kop == kop)


def test_de_lijst_verwijst_naar_wat_er_staat(meta: MetaAnalyse) -> None:
    lijst = tabellen_meta.inventaristabel(meta)
    assert len(lijst) == 29
    links = re.findall(r'<a href="#([^"]+)">', lijst.als_html())
    assert len(links) == sum(bool(o.kop) for o in meta.inventaris.values())
    assert "Figuur-3.2.-Beleidstheorie-van-de-integrale-aanpak" in links
    regel = str(tabellen_meta.onderdeelregel(meta.inventaris["figuur 4.6"]).data)
    assert "Waarom niet:" in regel
    assert "geen enkel punt gedrukt" in regel


def getoond(ding: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a notebook shows when ``ding`` is the last expression of a cell, in order."""
    uit: list[Any] = []
    monkeypatch.setattr("mkba.deur.meta.display", uit.append)
    ding._ipython_display_()
    return uit


@pytest.mark.traag
def test_een_onderdeel_toont_status_figuur_en_tabellen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meta = mkba.meta_analyse(uitvoermap=tmp_path)
    regel, beeld, tabel = getoond(meta["figuur 4.2"], monkeypatch)
    assert "figuur 4.2, p. " in regel.data
    assert beeld.alt.startswith("Drie staven per aanpak: maatschappelijke")
    assert isinstance(tabel, Tabel)
    assert {p.name for p in tmp_path.iterdir()} == {"figuur-4-2.png", "figuur-4-2.svg", "figuur-4-2.csv"}
    assert "figuur-4-2.svg" in meta.bewaard().data
    # what cannot be made shows what its text says at once
    kan_niet, uitspraken = getoond(meta["figuur 4.6"], monkeypatch)
    assert "Waarom niet:" in kan_niet.data
    assert uitspraken.bijschrift == "Wat de tekst over de 13 zegt"
    assert len(getoond(meta["lessen"], monkeypatch)) == 4
    assert isinstance(meta["figuur 4.4"].teken(), Axes)
    assert meta["figuur 4.4"].gegevens().shape == (13, 4)
    with pytest.raises(ValueError, match=r"tabel 4\.5 heeft hier geen figuur"):
        meta["tabel 4.5"].teken()
    with pytest.raises(KeyError, match=r"figuur 9\.9.*figuur 4\.2"):
        meta["figuur 9.9"]
    assert set(meta) == set(meta._ipython_key_completions_()) >= {"figuur S.1", "§3.3", "lessen"}


def test_een_notebook_toont_elk_onderdeel_van_het_rapport(meta: MetaAnalyse) -> None:
    assert set(onderdelen.sleutels(meta)) == {
        s for cel in cellen("code") for s in re.findall(r'^meta\["(.+)"\](?:\.toetsen)?$', cel)
    }

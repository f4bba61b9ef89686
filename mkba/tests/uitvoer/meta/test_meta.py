"""The notebook of the meta-analysis: figures in one style, tables, every part in its place."""

import base64
import io
import json
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import PIL.Image
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import Bbox

from mkba.analyse.doelgroepen import profielen
from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.meta import tabellen as meta_tabellen
from mkba.analyse.meta.bevinding import telling, telling_gronden
from mkba.analyse.meta.controle import controleer
from mkba.analyse.meta.lees_meta import MetaAnalyse, laad_meta_analyse
from mkba.kern import paden
from mkba.kern.begrippen import POSTEN, naam
from mkba.kern.kengetallen import Kengetallen
from mkba.model.berekening import bereken
from mkba.model.verloop import ingroei
from mkba.tests.hulp_dertien import model13
from mkba.uitvoer import extra
from mkba.uitvoer.aanpak import figuren, tabellen
from mkba.uitvoer.doelgroepen import figuren as figuren_doelgroepen
from mkba.uitvoer.figuurstijl import stijl
from mkba.uitvoer.meta import figuren as figuren_meta
from mkba.uitvoer.meta import reconstructiefiguren as figuren_reconstructie
from mkba.uitvoer.meta import reconstructietabellen as tabellen_reconstructie
from mkba.uitvoer.meta import tabellen as tabellen_meta
from mkba.uitvoer.meta.stijl import bewaarde, onderschrift, publiceer, watermerk
from mkba.uitvoer.opmaak import als_html
from mkba.uitvoer.profielen import figuren as figuren_profielen
from mkba.uitvoer.profielen import tabellen as tabellen_profielen

NOTEBOOK = paden.notebooks() / "50_meta_analyse.ipynb"


@pytest.fixture(scope="module")
def meta() -> MetaAnalyse:
    return laad_meta_analyse()


RECONSTRUCTIES = {"3.4": "zwaarte", "3.9": "caseload", "4.2": "verhoudingen", "4.4": "batenposten"}


def teken(wat: str, meta: MetaAnalyse, kengetallen: Kengetallen) -> Axes:
    """A figure of the notebook by its number, not yet in the style."""
    aanpak = laad_geval("voorbeeld-1", kengetallen).aanpak
    uitkomst = bereken(aanpak, kengetallen)
    if wat == "2.3":
        p = profielen.gepubliceerd(kengetallen)
        return figuren_profielen.profielen(
            tabellen_profielen.per_domein(p.bedragen), tabellen_profielen.bijschriften(p)
        )
    if wat == "2.2":
        aandelen = pd.DataFrame(
            [[0.66, 0.19, 0.14, 0.01], [0.5, 0.3, 0.15, 0.05]],
            index=["Totaal", "Gezinnen"],
            columns=["ev", "zr", "nzr", "top"],
        )
        return figuren_doelgroepen.doelgroepen(aandelen, None, 0.85)
    if wat in RECONSTRUCTIES:
        naam_ = RECONSTRUCTIES[wat]
        ax: Axes = getattr(figuren_reconstructie, naam_)(getattr(tabellen_reconstructie, naam_)(model13()))
        return ax
    if wat == "3.2":
        return figuren_meta.beleidstheorie(meta.beleidstheorie)
    if wat == "4.1":
        return figuren.kasstromen(tabellen.kasstromen(uitkomst), uitkomst.sleutels)
    if wat == "4.8":
        return figuren.ingroei(tabellen.verlooptabel(ingroei(aanpak, kengetallen)))
    return figuren.wie_betaalt(tabellen.per_actor(tabellen.begroting(uitkomst)).drop(index="Alle partijen"))


def figuur_van(ax: Axes) -> Figure:
    assert isinstance(ax.figure, Figure)
    return ax.figure


@pytest.mark.parametrize("nummer", ["2.2", "2.3", "3.2", *RECONSTRUCTIES, "4.1", "4.8", "4.9"])
def test_niets_ligt_over_elkaar(nummer: str, meta: MetaAnalyse, kengetallen: Kengetallen) -> None:
    onderdeel = meta.inventaris[f"figuur {nummer}"]
    figuur = figuur_van(teken(nummer, meta, kengetallen))
    with stijl():
        onderschrift(figuur, f"Figuur {nummer}", onderdeel.titel, "reconstructie, " + "met lange uitleg " * 9, "bron")
        figuur.draw_without_rendering()
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
    papier = figuur.bbox
    for stuk in stukken:
        assert stuk.x0 >= -1
        assert stuk.x1 <= papier.x1 + 1
        assert stuk.y0 >= -1
        assert stuk.y1 <= papier.y1 + 1
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
    meta: MetaAnalyse, kengetallen: Kengetallen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    onderdeel = meta.inventaris["figuur 4.1"]
    ax = teken("4.1", meta, kengetallen)
    cijfers = pd.DataFrame({"wat": ["=1+1", "b"], "eur": [1.5, 2.0]}, index=pd.Index([0, 1], name="jaar"))
    monkeypatch.setenv("MKBA_EXTRA", extra.FIGUUR)
    assert bewaarde(tmp_path, meta) == []
    beeld = publiceer(ax, onderdeel, "staven", cijfers, uitvoermap=tmp_path)
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
    # a palette: the page keeps a quarter of the bytes, and white stays white
    with PIL.Image.open(io.BytesIO(base64.b64decode(gegeven["png"]))) as klein, PIL.Image.open(bestanden[0]) as vol:
        assert klein.mode == "P"
        assert klein.size == vol.size
        anders = np.abs(np.asarray(klein.convert("RGB"), dtype=int) - np.asarray(vol.convert("RGB"), dtype=int))
    assert anders.mean() < 0.5
    assert anders[0, 0].max() == 0
    assert len(base64.b64decode(gegeven["png"])) < 0.5 * bestanden[0].stat().st_size


def test_alleen_een_reconstructie_krijgt_een_watermerk(meta: MetaAnalyse) -> None:
    kruis = meta_tabellen.kruistabel(meta_tabellen.bijlage_1(meta.bijlage_1))
    ax = figuren_meta.bijlage_1(kruis)
    publiceer(ax, meta.inventaris["bijlage 1"], "balken", kruis, bron="een andere bron")
    woorden = [t.get_text() for t in figuur_van(ax).texts]
    assert woorden == ["Bijlage 1. Overzicht van MKBA’s", "Status: reproductie. Bron: een andere bron."]
    assert [t.get_text() for t in watermerk(Figure()).texts] == ["reconstructie"]


def test_tabellen_met_oordeel(meta: MetaAnalyse, kengetallen: Kengetallen) -> None:
    bevindingen = controleer(meta, kengetallen)
    tabel = tabellen_meta.bevindingentabel(bevindingen, "tabel 4.7").set_index("wat")
    rij = tabel.loc["Vb1: vermindering OTS/UHP en Intra, 4 op 600"]
    assert list(rij[:3]) == ["3%", "0,5%", "niet na te rekenen"]
    assert "bij 92 tot 128 van de 600 huishoudens" in rij["toelichting"]
    assert "toelichting" not in tabellen_meta.bevindingentabel(bevindingen, "§3.3")
    assert tabellen_meta.bevindingentabel(bevindingen, "figuur 9.9").empty
    mis = tabellen_meta.bevindingentabel(tabellen_meta.afwijkend(bevindingen, houdt=False), met_plek=True)
    assert set(mis["oordeel"]) == {"houdt niet"}
    jaren = tabellen_meta.bevindingentabel(bevindingen, "figuur 4.8")
    assert list(jaren["gepubliceerd"]) == ["2 jaar", "binnen 10 jaar"]
    niet = tabellen_meta.nietnarekenbaar(bevindingen).set_index("plek")
    assert len(niet) == telling(bevindingen).loc["totaal", "niet_te_toetsen"]
    assert niet.loc["tabel 4.7", "wat"].str.endswith("(gedrukt: 9%)").any()
    assert "“Boven alles zijn het de mensen" in niet.loc["§6.2, p. 36", "wat"]


def test_uitspraken_onder_hun_figuur(kengetallen: Kengetallen, meta: MetaAnalyse) -> None:
    """Every statement about the 13 is below a figure, table or section that the notebook has, and in the list."""
    bevindingen = controleer(meta, kengetallen)
    tabel = tabellen_meta.uitspraaktabel(bevindingen, "figuur 4.2").set_index("plaats")
    assert "8: 1,28; 9: 1,89; 10: 1,04" in set(tabel["reconstructie"])
    assert "niet na te rekenen" in set(tabel["oordeel"])
    assert set(tabellen_meta.uitspraaktabel(bevindingen, "figuur 3.7")["oordeel"]) == {"houdt (invoer)"}
    lijst = tabellen_meta.uitsprakenlijst(bevindingen)
    assert len(lijst) == sum(bool(b.citaat) for b in bevindingen)
    bron = NOTEBOOK.read_text(encoding="utf-8").replace('\\"', '"')
    for plek in set(lijst["staat bij"]):
        assert f'uitspraaktabel(bevindingen, "{plek}")' in bron, plek
    gronden = tabellen_meta.grondentabel(telling_gronden(bevindingen))
    assert next(iter(gronden.index)) == "gedrukte getallen of een gepubliceerd geval"


def test_telling_met_namen(kengetallen: Kengetallen, meta: MetaAnalyse) -> None:
    bevindingen = controleer(meta, kengetallen)
    assert list(tabellen_meta.tellingtabel(telling(bevindingen)).index) == ["getallen", "uitspraken", "samen"]


def test_tabel_47_staat_er_zoals_gedrukt(meta: MetaAnalyse) -> None:
    tabel = tabellen_meta.escalatietabel(meta)
    assert list(tabel.loc["Vermindering huisuitzettingen*"]) == ["3", "4", "2", "3", "", "48", "42", "14", "3"]
    assert list(tabel.loc["Als % van gezin/ouderen in aanpak"]) == ["3%**", "", "", "", "4%", "", "18%", "9%", "11%"]
    assert tabel.loc["\u00a0\u00a0nagerekend, OTS/UHP en Intra", "Vb8"] == "6,0%"


def test_alle_onderdelen_staan_in_volgorde_in_het_notebook(meta: MetaAnalyse) -> None:
    boek = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    markdown = ["".join(c["source"]) for c in boek["cells"] if c["cell_type"] == "markdown"]
    koppen = [k for m in markdown for k in re.findall(r"^### ((?:Figuur|Tabel|Bijlage) .+)$", m, re.MULTILINE)]
    assert koppen == [o.kop for o in meta.inventaris.values() if o.kop], (
        "geen kop zonder inhoud, geen inhoud zonder kop"
    )
    for onderdeel in meta.inventaris.values():
        assert not onderdeel.kop or onderdeel.naam.startswith(onderdeel.kop.split(". ")[0] + ". ")
    bron = "\n".join("".join(c["source"]) for c in boek["cells"] if c["cell_type"] == "code")
    for onderdeel in meta.inventaris.values():
        assert (f'onderdeelregel(meta.inventaris["{onderdeel.sleutel}"])' in bron) == bool(onderdeel.kop)
    for kop in (k for k in koppen if "kan niet" not in _status(meta, k)):
        deel = "\n".join(markdown)[:None].split(f"### {kop}", 1)[1].split("\n### ", 1)[0]
        assert "**Hoe te lezen.**" in deel, kop
        assert "**Wat dit niet zegt.**" in deel, kop


def _status(meta: MetaAnalyse, kop: str) -> str:
    return next(o.status for o in meta.inventaris.values() if o.kop == kop)


def test_de_lijst_verwijst_naar_wat_er_staat(meta: MetaAnalyse) -> None:
    lijst = tabellen_meta.inventaristabel(meta)
    assert len(lijst) == 29
    html = str(tabellen_meta.met_links(als_html(lijst, "tekst", index=False), meta).data)
    links = re.findall(r'<a href="#([^"]+)">', html)
    assert len(links) == sum(bool(o.kop) for o in meta.inventaris.values())
    assert "Figuur-3.2.-Beleidstheorie-van-de-integrale-aanpak" in links
    regel = str(tabellen_meta.onderdeelregel(meta.inventaris["figuur 4.6"]).data)
    assert "Waarom niet:" in regel
    assert "geen enkel punt gedrukt" in regel

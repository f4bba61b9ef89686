"""The figures of the screen as SVG text: they receive numbers and draw, within a millisecond.

Matplotlib takes a tenth of a second per figure, as long as a whole change may take; these have its colours and hatches
(:mod:`mkba.uitvoer.aanpak.figuren`), and bars only.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mkba.kern.tekst.notatie import euro, getal
from mkba.kern.woorden.begrippen import BATENPOSTEN, IMMATERIELE_BATEN, KOSTENPOSTEN, naam
from mkba.uitvoer import svg
from mkba.uitvoer.kleuren import BLAUW, GROEN, KLEUREN, ROOD

BREEDTE: Final = 680
_LETTER: Final = 13
_RAND: Final = "#4B6B48"
_INKT: Final = "#1F2937"
_KLEIN: Final = {"fill": _INKT, "font_size": 11.5}
_ARCERING: Final = {
    "substitutie": svg.pad("M0 6 6 0", stroke="#D3EBC3", stroke_width=1.2),
    "ontwikkelingskansen": svg.pad("M0 6 6 0", stroke=_RAND),
    "kwaliteit_van_leven": svg.element("circle", cx=3, cy=3, r=1, fill=_RAND),
    "overlast": svg.pad("M0 0 6 6", stroke=_RAND),
}
_STREPEN: Final = 6
"""At most so many steps on the axis: the labels are amounts."""
_LICHT: Final = KLEUREN[IMMATERIELE_BATEN[0]]


@dataclass(frozen=True)
class Laag:
    """One kind of bar: its name, its fill, and a hatch (key of ``_ARCERING``)."""

    naam: str
    kleur: str
    arcering: str = ""


POSTLAGEN: Final = {p: Laag(naam(p), KLEUREN[p], p if p in _ARCERING else "") for p in (*KOSTENPOSTEN, *BATENPOSTEN)}
KOSTEN: Final = Laag("kosten", ROOD)
FINANCIEEL: Final = Laag("financiële baten", GROEN)
IMMATERIEEL: Final = Laag("immateriële baten (geen geld)", _LICHT, "ontwikkelingskansen")


@dataclass(frozen=True)
class Staaf:
    """A bar: its label, its layers with their values (negative to the other side), and a text at its end."""

    label: str
    delen: Sequence[tuple[Laag, float]]
    slot: str = ""
    punt: float | None = None
    vet: bool = False

    @property
    def einden(self) -> tuple[float, float]:
        """How far it reaches below and above zero."""
        return sum(min(w, 0.0) for _, w in self.delen), sum(max(w, 0.0) for _, w in self.delen)


def kosten_en_baten(uitkomsten: Mapping[str, Mapping[str, float]]) -> str:
    """Costs and benefits per outcome as stacked bars (figuren 4.3 and 4.4), euros NCW.

    ``uitkomsten``: the public keys per heading; with more than one, the heading stands in the labels.
    """
    staven = []
    for kop, u in uitkomsten.items():
        achter = f" ({kop})" if len(uitkomsten) > 1 else ""
        for soort, posten in (("Kosten", KOSTENPOSTEN), ("Baten", BATENPOSTEN)):
            delen = [(POSTLAGEN[p], u[p]) for p in posten]
            staven.append(Staaf(soort + achter, delen, euro(sum(w for _, w in delen), 100), vet=True))
    zinnen = [f"{s.label}: {s.slot}" for s in staven]
    return liggend(
        "kb",
        staven,
        "Kosten en baten van een jaar aanpak",
        zinnen,
        POSTLAGEN.values(),
        labels=165 if len(uitkomsten) > 1 else 70,
    )


def wie_betaalt(partijen: Sequence[tuple[str, float, float, float]], jaar: int = 2) -> str:
    """Costs to the left and benefits to the right per party, euros in one year (figuur 4.9).

    ``partijen``: (name, costs, benefits, of which immaterial), all positive as in the ledger. The two blue lines
    enclose the gemeente.
    """
    staven = []
    for partij, kosten, baten, immaterieel in partijen:
        delen = [(KOSTEN, -kosten), (FINANCIEEL, baten - immaterieel), (IMMATERIEEL, immaterieel)]
        saldo = baten - kosten
        staven.append(Staaf(partij, delen, euro(saldo, 100), saldo, partij.endswith("totaal")))
    gemeente = sum(s.label.startswith("Gemeente") for s in staven)
    zinnen = [f"{s.label}: saldo {s.slot}" for s in staven]
    titel = f"Kosten en baten per partij, {jaar} jaar na de start (ruit en bedrag: saldo)"
    return liggend("wie", staven, titel, zinnen, (KOSTEN, FINANCIEEL, IMMATERIEEL), 190, 19, lijnen=(0, gemeente))


def kasstromen(jaren: Sequence[tuple[str, float, float, float]]) -> str:
    """Cash flows of one year of work by year, first the NCW (figuur 4.1), euros.

    ``jaren``: (label, costs, financial benefits, immaterial benefits), all positive as in the ledger.
    """
    staven = []
    for label, kosten, geld, immaterieel in jaren:
        delen = [(KOSTEN, -kosten), (FINANCIEEL, geld), (IMMATERIEEL, immaterieel)]
        staven.append(Staaf(label, delen, euro(geld + immaterieel - kosten, 100), vet=label == "NCW"))
    zinnen = [f"{s.label}: saldo {s.slot}" for s in staven]
    titel = "Kasstromen van een jaar aanpak (bedrag: saldo)"
    return liggend("kas", staven, titel, zinnen, (KOSTEN, FINANCIEEL, IMMATERIEEL), labels=70, hoog=19)


def liggend(
    kenmerk: str,
    staven: Sequence[Staaf],
    titel: str,
    zinnen: Sequence[str],
    legenda: Iterable[Laag],
    labels: int,
    hoog: int = 26,
    lijnen: Sequence[int] = (),
) -> str:
    """Bars from left to right below a title, with a legend; ``zinnen`` is what a screen reader says.

    ``kenmerk`` tells the hatches of this figure from those of others on the page; ``labels``: width of the labels;
    ``lijnen``: numbers of the bars that have a blue line above them.
    """
    links, rechts, boven = labels, BREEDTE - 100, 34
    laag = min([s.einden[0] for s in staven] + [s.punt or 0.0 for s in staven])
    top = max([s.einden[1] for s in staven] + [s.punt or 0.0 for s in staven])
    if top - laag < 1:
        top = laag + 1
    schaal = (rechts - links) / (top - laag)

    def x(waarde: float) -> float:
        return round(links + (waarde - laag) * schaal, 1)

    onder = boven + len(staven) * (hoog + 6)
    merken = [m for m in svg.ronde_merken(laag, top, hoogstens=_STREPEN) if laag <= m <= top]
    delen = [
        _tekst(0, 16, titel, vet=True),
        svg.streepjes([(x(m), _as(m, max(-laag, top))) for m in merken], boven, onder, **_KLEIN),
    ]
    for nummer, staaf in enumerate(staven):
        delen += _staaf(kenmerk, staaf, x, boven + nummer * (hoog + 6) + 3, hoog, labels)
    delen.append(svg.pad("M", x(0), boven, "V", onder, stroke="#374151"))
    hoogten = [boven + nummer * (hoog + 6) for nummer in lijnen]
    delen += [svg.pad("M", 0, y, "H", BREEDTE, stroke=BLAUW, stroke_width=1.3) for y in hoogten]
    legende, hoogte = _legenda(kenmerk, legenda, onder + 34)
    patronen = svg.element("defs", *(_patroon(f"{kenmerk}-{s}", KLEUREN[s], lijn) for s, lijn in _ARCERING.items()))
    voorgelezen = f"{titel}. {'. '.join(zinnen)}."
    vorm = {"class_": "mkba-figuur", "font_size": _LETTER, "font_family": "inherit"}
    return svg.beeld(BREEDTE, hoogte, voorgelezen, patronen, *delen, *legende, **vorm)


def _patroon(naam_: str, kleur: str, lijn: svg.Stuk) -> svg.Stuk:
    vlak = svg.element("rect", width=6, height=6, fill=kleur)
    return svg.element("pattern", vlak, lijn, id=naam_, width=6, height=6, patternUnits="userSpaceOnUse")


def _staaf(kenmerk: str, staaf: Staaf, x: Callable[[float], float], y: int, hoog: int, labels: int) -> list[svg.Stuk]:
    midden = y + hoog / 2 + 4.5
    uit = [_tekst(labels - 8, midden, staaf.label, anker="end", vet=staaf.vet)]
    plus = min_ = 0.0
    for laag, waarde in staaf.delen:
        begin = plus if waarde >= 0 else min_
        van, tot = sorted((x(begin), x(begin + waarde)))
        if tot - van >= 0.05:
            titel = svg.element("title", f"{laag.naam}: {euro(waarde, 100)}")
            rand = _RAND if laag.arcering else "#FFFFFF"
            uit.append(_vlak(kenmerk, laag, van, y, tot - van, hoog, rand, titel))
        plus, min_ = (begin + waarde, min_) if waarde >= 0 else (plus, begin + waarde)
    if staaf.punt is not None:
        px, py = x(staaf.punt), y + hoog / 2
        ruit = ("l", 5, -5, 5, 5, -5, 5, "z")
        uit.append(svg.pad("M", px - 5, py, *ruit, fill="#FFFFFF", stroke="#111111"))
    uit.append(_tekst(BREEDTE, midden, staaf.slot, anker="end", vet=staaf.vet))
    return uit


def _legenda(kenmerk: str, lagen: Iterable[Laag], y: int) -> tuple[list[svg.Stuk], int]:
    """The legend in three columns, and where it ends."""
    uit: list[svg.Stuk] = []
    for nummer, laag in enumerate(lagen):
        rij, kolom = divmod(nummer, 3)
        px, py = kolom * 228, y + rij * 20
        uit += [_vlak(kenmerk, laag, px, py, 14, 12, _RAND), svg.tekst(px + 20, py + 10.5, laag.naam, **_KLEIN)]
    return uit, y + -(-len(uit) // 6) * 20 + 2


def _vlak(
    kenmerk: str, laag: Laag, x: float, y: float, breed: float, hoog: float, rand: str, *titel: svg.Stuk
) -> svg.Stuk:
    vul = f"url(#{kenmerk}-{laag.arcering})" if laag.arcering else laag.kleur
    vorm = {"fill": vul, "stroke": rand, "stroke_width": 0.6}
    return svg.element("rect", *titel, x=x, y=y, width=breed, height=hoog, **vorm)


def _tekst(x: float, y: float, tekst: str, anker: str | None = None, vet: bool = False) -> svg.Stuk:
    return svg.tekst(x, y, tekst, fill=_INKT, text_anchor=anker, font_weight=600 if vet else None)


def _as(waarde: float, grootste: float) -> str:
    if grootste >= 1e6 and waarde:
        return f"{getal(waarde / 1e6, 1)} mln"
    return getal(waarde)

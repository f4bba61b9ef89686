"""The tab Kengetallen: per field what counts, what its kengetal is and where that comes from; and all that calculate.

HTML text; every text is escaped.
"""

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Final

from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.velden import BEREKEND, VELDEN
from mkba.kern.zaak.leeg import regel_van
from mkba.kern.zaak.meetherkomst import Meetherkomst
from mkba.scherm.beeld import Beeld
from mkba.uitvoer.meetherkomst import gezegd

_CASELOAD: Final = "volgt uit de antwoorden en de caseload per fte (handleiding, tabel 2.6)"
_KOPPEN: Final = ("vraag", "geldt nu", "kengetal", "status en bron")
_GEEN: Final = "–"


def per_veld(beeld: Beeld, kengetallen: Kengetallen) -> str:
    """A row per field that has a kengetal: what counts now and why, the kengetal, its status and its source."""
    rijen = []
    vervangen, gemeten = beeld.concept.vervangen, beeld.aanpak.gemeten_in if beeld.aanpak is not None else {}
    for sleutel, veld in VELDEN.items():
        pad = regel_van(sleutel).kengetal
        if sleutel in BEREKEND:
            status, bron = "berekend", _CASELOAD
        elif pad is not None:
            status, bron = herkomst(kengetallen.getallen[pad], kengetallen)
        else:
            continue
        geldt, kengetal = beeld.geldt.get(sleutel) or _GEEN, beeld.kengetal.get(sleutel) or _GEEN
        vraag, waar = vervangen.get(sleutel), _komt_van(beeld, sleutel, gemeten.get(sleutel))
        nu = f"{geldt} ({f'telt niet mee: vraag {vraag} is gemeten; ' if vraag else ''}{waar})"
        rijen.append(_rij((f"{veld.vraag}. {veld.label}", nu, kengetal, f"{status}: {bron}")))
    noot = "De andere vragen hebben geen kengetal: daar telt alleen wat is ingevuld."
    return _tabel("Velden en hun kengetal", _KOPPEN, rijen) + f'<p class="mkba-noot">{noot}</p>'


def alle(kengetallen: Kengetallen) -> str:
    """Every number of the rule set by group, folded up, with its unit, status and source."""
    delen = [f"<h2>Alle {len(kengetallen)} kengetallen van {escape(kengetallen.naam)}</h2>"]
    for groep, leden in groupby(kengetallen.getallen.items(), key=lambda paar: paar[0].partition(".")[0]):
        rijen = []
        for pad, k in leden:
            status, bron = herkomst(k, kengetallen)
            waarde = f"{nederlands(k.waarde)} {k.eenheid}"
            rijen.append(_rij((k.omschrijving, waarde, f"{status}: {bron}"), f' title="{pad}"'))
        tabel = _tabel(f"Kengetallen: {groep}", ("kengetal", "waarde", "status en bron"), rijen)
        delen.append(f"<details><summary>{escape(groep)} ({len(rijen)})</summary>{tabel}</details>")
    return "".join(delen)


def herkomst(k: Kengetal, kengetallen: Kengetallen) -> tuple[str, str]:
    """Status and source of a kengetal in words; of one that the user replaced, who did and what it was."""
    if k.oorspronkelijk is not None:
        return "eigen waarde", f"{k.bron}; in de regelset {nederlands(k.oorspronkelijk)}"
    bron = kengetallen.bronnen.get(k.bron, {})
    titel = ", ".join(str(bron[deel]) for deel in ("titel", "jaar") if deel in bron) or k.bron
    return k.status, f"{titel}: {k.herkomst}" if k.herkomst else titel


def _komt_van(beeld: Beeld, sleutel: str, gemeten: Meetherkomst | None) -> str:
    if beeld.concept.teksten.get(sleutel):
        return gezegd(gemeten) if gemeten is not None else "ingevuld"
    if sleutel in beeld.ontbreekt:
        return "nog in te vullen"
    if beeld.aanpak is None:
        return "leeg"
    woorden = {"leeg": "leeg", "geen discipline": "geen discipline in het team", "standaard": "standaard"}
    soort = beeld.aanpak.herkomst(sleutel)
    return woorden.get(soort, soort)


def _rij(cellen: Iterable[str], kenmerk: str = "") -> str:
    eerste, *rest = (escape(c) for c in cellen)
    return f'<tr{kenmerk}><th scope="row">{eerste}</th>{"".join(f"<td>{c}</td>" for c in rest)}</tr>'


def _tabel(kop: str, koppen: Iterable[str], rijen: Iterable[str]) -> str:
    boven = "".join(f'<th scope="col">{escape(k)}</th>' for k in koppen)
    return (
        f'<div class="mkba-schuif" role="region" tabindex="0" aria-label="{escape(kop)}">'
        f'<table class="mkba-tabel mkba-bronnen"><caption>{escape(kop)}</caption>'
        f"<thead><tr>{boven}</tr></thead><tbody>{''.join(rijen)}</tbody></table></div>"
    )

"""Are the reconstructed inputs plausible: every number against the range that the two documents print for it.

The range of a knob is that of its kengetal. Of the other fields it is what the seven published cases, the ready-made
answers of tabellen 2.2 and 2.3 and the text of the meta-analysis (``bereik.toml``) show. A value outside needs a reason
in its mark (``buiten_bereik``); a reason for a value inside is an error as well, because it no longer says something.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from mkba.analyse.herbouw.gevallen import GEVALLEN, PROTOTYPE, laad_gevallen
from mkba.analyse.meta.lees_dertien import Dertien, vindplaats
from mkba.analyse.meta.record import Bevroren, maak_record, map_meta_analyse
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak

_TABEL_22: Final = ("standaardwijk", "probleemwijk", "mv", "gezin_mv_nzr")
_KLEIN: Final = 1e-9
CASELOAD: Final = "caseload"
"""Households per fte: the size of a team says little without the households."""
KOLOMMEN: Final = ["aanpak", "veld", "waarde", "laag", "hoog", "bron", "binnen", "reden"]


class Bereik(Bevroren):
    """A range in the text of the meta-analysis."""

    maat: str
    laag: float
    hoog: float
    citaat: str
    paragraaf: str
    pagina: str


def lees_bereiken(bestand: Path | None = None) -> tuple[Bereik, ...]:
    """The ranges of ``bereik.toml``. Raises InvoerFout."""
    bestand = bestand if bestand is not None else map_meta_analyse() / "bereik.toml"
    tabellen = lees_toml(bestand).get("bereik", [])
    return tuple(maak_record(Bereik, t, bestand, f"bereik {i}") for i, t in enumerate(tabellen, 1))


def bereiken(kengetallen: Kengetallen) -> dict[str, tuple[float, float, str]]:
    """Lowest and highest printed value and where they come from, by field (and for the caseload).

    Fields that no document prints a range for (names, disciplines, yes or no) are absent.
    """
    uit: dict[str, tuple[float, float, str]] = {}
    gevallen = [g.aanpak for g in laad_gevallen(kengetallen, (*GEVALLEN, PROTOTYPE))]
    teksten = {b.maat: b for b in lees_bereiken()}
    for sleutel, veld in VELDEN.items():
        kengetal = kengetallen.getallen.get(veld.standaard or "")
        if kengetal is not None and kengetal.laag is not None and kengetal.hoog is not None:
            uit[sleutel] = (kengetal.laag, kengetal.hoog, f"kengetal {veld.standaard}")
        elif veld.soort in ("fractie", "aantal", "decimaal", "eur", "jaren") and sleutel != "fte":
            gezien = [float(w) for a in gevallen if _bestaat(a, sleutel) and (w := a.plat()[sleutel]) is not None]
            gezien += _uit_tabellen(sleutel, kengetallen)
            uit[sleutel] = _met_tekst(gezien, teksten.get(sleutel), "de afgedrukte gevallen en tabellen")
    verhoudingen = [a.huishoudens / a.fte for a in gevallen if a.fte]
    uit[CASELOAD] = _met_tekst(verhoudingen, teksten.get(CASELOAD), "de afgedrukte gevallen")
    return uit


def plausibel(dertien: Dertien, kengetallen: Kengetallen) -> pd.DataFrame:
    """Every number of every aanpak against its range.

    Columns: aanpak (number), veld, waarde, laag, hoog, bron, binnen (inside the range), reden (why it may lie outside,
    from its mark). Fields of a type without households are left out.
    """
    grenzen = bereiken(kengetallen)
    rijen: list[tuple[object, ...]] = []
    for nummer, aanpak in dertien.aanpakken.items():
        plat = {**aanpak.plat(), CASELOAD: aanpak.huishoudens / aanpak.fte if aanpak.fte else float("nan")}
        for sleutel, (laag, hoog, bron) in grenzen.items():
            waarde = plat[sleutel]
            if waarde is None or not _bestaat(aanpak, sleutel):
                continue
            reden = dertien.merken[nummer, "fte" if sleutel == CASELOAD else sleutel].buiten_bereik
            rijen.append(
                (nummer, sleutel, float(waarde), laag, hoog, bron, laag - _KLEIN <= waarde <= hoog + _KLEIN, reden)
            )
    return pd.DataFrame(rijen, columns=KOLOMMEN)


def zonder_reden(tabel: pd.DataFrame) -> pd.DataFrame:
    """The rows of :func:`plausibel` that lie outside their range while no reason is given."""
    return tabel[~tabel["binnen"] & (tabel["reden"] == "")]


def reden_zonder_nut(dertien: Dertien, tabel: pd.DataFrame) -> list[tuple[int, str]]:
    """Numbers and fields of marks with a reason for which no value lies outside its range."""
    buiten = {(r.aanpak, r.veld) for r in tabel[~tabel["binnen"]].itertuples()}
    met_reden = {id(m): m for m in dertien.merken.values() if m.buiten_bereik}
    return [
        (n, m.velden[0]) for m in met_reden.values() for n in m.aanpakken if not buiten & {(n, s) for s in m.sleutels()}
    ]


def _bestaat(aanpak: Aanpak, sleutel: str) -> bool:
    """Whether the aanpak has households of the type that a field asks about."""
    for deel in sleutel.split(".")[1:2]:
        if sleutel.split(".")[0] != "type" and deel in ("gezin", "oudere", "overig"):
            return bool(getattr(aanpak.type, deel) > 0)
    return True


def _uit_tabellen(sleutel: str, kengetallen: Kengetallen) -> Sequence[float]:
    """What tabellen 2.2 and 2.3 print for a field."""
    getallen: Mapping[str, object] = kengetallen.getallen
    groep, _, rest = sleutel.partition(".")
    namen = [f"zwaarteprofiel.{t}.{rest}" for t in _TABEL_22] if groep == "zwaarte" else [f"leefsituatie.{sleutel}"]
    return [kengetallen[n] for n in namen if n in getallen]


def _met_tekst(gezien: Sequence[float], tekst: Bereik | None, waar: str) -> tuple[float, float, str]:
    if tekst is None:
        return min(gezien), max(gezien), waar
    bron = f"{waar}; meta-analyse {vindplaats(tekst.paragraaf, tekst.pagina)}"
    return min(*gezien, tekst.laag), max(*gezien, tekst.hoog), bron

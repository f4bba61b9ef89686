"""Tables and sentences of the meta-analysis: findings, the inventory, the printed tables."""

from collections.abc import Sequence
from html import escape
from typing import Final

import numpy as np
import pandas as pd
from IPython.display import HTML

from mkba.analyse.meta.bevinding import Bevinding, telling, telling_gronden
from mkba.analyse.meta.lees_meta import Beleidstheorie, Fasen, MetaAnalyse, Onderdeel, Registratiegroep
from mkba.analyse.meta.tabellen import caseload, escalatie, substitutie, tel
from mkba.kern.woorden.begrippen import naam
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel

_LEEG: Final = "–"
_EENHEDEN: Final = {"aantal": "aantal", "eur": "eur1", "verhouding": "decimaal2", "jaren": "aantal"}
_TELKOPPEN: Final = {"houdt_niet": "houdt niet", "niet_te_toetsen": "niet na te rekenen"}
_GRONDEN: Final = {
    "bron": "gedrukte getallen of een gepubliceerd geval",
    "uitkomst": "de uitkomst van de reconstructie",
    "afgestemd": "een uitkomst waarop de invoer of de toets is afgestemd",
    "invoer": "de invoer van de reconstructie",
    "model": "het model zelf",
    "": "niets: niet te toetsen",
}
OORDEEL: Final = {True: "houdt", False: "houdt niet", None: "niet na te rekenen"}


def waardecel(waarde: float | str, eenheid: str) -> Cel | str:
    """A side of a finding as a reader expects it: a number in its unit, or the words of the source."""
    if isinstance(waarde, str):
        return waarde
    if eenheid == "fractie":
        heel = abs(waarde * 100 - round(waarde * 100)) < 1e-9
        return Cel(waarde, "fractie" if heel else "fractie1")
    if eenheid == "jaar":
        return Cel(waarde, "aantal", voor="jaar ")
    return Cel(waarde, _EENHEDEN[eenheid], " jaar" if eenheid == "jaren" else "")


def bevindingentabel(bevindingen: Sequence[Bevinding], met_plek: bool = False) -> Tabel:
    """Findings, a row each; with ``met_plek`` the place in the report is a column."""
    rijen = [
        {
            **({"plek": b.plek} if met_plek else {}),
            "wat": b.wat,
            "gepubliceerd": waardecel(b.gepubliceerd, b.eenheid),
            "berekend": waardecel(b.berekend, b.eenheid),
            "oordeel": OORDEEL[b.houdt],
            "toelichting": b.toelichting,
        }
        for b in bevindingen
    ]
    frame = pd.DataFrame(rijen)
    return Tabel(frame if frame.empty or any(frame["toelichting"]) else frame.drop(columns="toelichting"), index=False)


def uitspraaktabel(bevindingen: Sequence[Bevinding]) -> Tabel:
    """The statements about the 13 aanpakken among the findings, with sentence, check and numbers."""
    rijen = [
        {
            "uitspraak": f"{b.wat}: “{b.citaat}”",
            "plaats": b.plek,
            "getoetst als": b.gepubliceerd or _LEEG,
            "reconstructie": b.berekend or _LEEG,
            "oordeel": _oordeel(b),
            "lezing, of waarom niet": b.toelichting,
        }
        for b in bevindingen
        if b.citaat
    ]
    return Tabel(pd.DataFrame(rijen), bijschrift="Wat de tekst over de 13 zegt", index=False)


def uitsprakenlijst(bevindingen: Sequence[Bevinding]) -> Tabel:
    """All statements about the 13 aanpakken in short: name, place, where they are shown, on what they rest, verdict."""
    rijen = [
        {
            "uitspraak": b.wat,
            "plaats": b.plek,
            "staat bij": b.bij,
            "rust op": _GRONDEN[b.grond],
            "oordeel": OORDEEL[b.houdt],
        }
        for b in bevindingen
        if b.citaat
    ]
    return Tabel(pd.DataFrame(rijen), index=False)


def nietnarekenbaar(bevindingen: Sequence[Bevinding]) -> Tabel:
    """What cannot be checked, with the reason: the sentence itself when there is no number."""
    rijen = [
        {
            "plek": b.plek,
            "wat": f"{b.wat}: “{b.citaat}”"
            if b.citaat
            else f"{b.wat} (gedrukt: {waardecel(b.gepubliceerd, b.eenheid)})",
            "waarom niet": b.toelichting,
        }
        for b in afwijkend(bevindingen)
    ]
    return Tabel(pd.DataFrame(rijen), index=False)


def _oordeel(bevinding: Bevinding) -> str:
    erbij = {"afgestemd": " (afgestemd)", "invoer": " (invoer)", "model": " (model)"}.get(bevinding.grond, "")
    return OORDEEL[bevinding.houdt] + erbij


def afwijkend(bevindingen: Sequence[Bevinding], houdt: bool | None = None) -> list[Bevinding]:
    """The findings that cannot be checked, or with ``houdt`` those that do not hold (False) or do (True)."""
    return [b for b in bevindingen if b.houdt is houdt]


def tellingtabel(bevindingen: Sequence[Bevinding]) -> Tabel:
    """How many numbers and statements hold, do not hold and cannot be checked: as ``mkba reproduceer`` counts."""
    namen = {"getal": "getallen", "uitspraak": "uitspraken", "totaal": "samen"}
    frame = telling(bevindingen).rename(index=namen, columns=_TELKOPPEN)
    return Tabel(frame, "aantal", vet=("samen",), bijschrift="Wat is nagerekend")


def grondentabel(bevindingen: Sequence[Bevinding]) -> Tabel:
    """The statements by what the verdict rests on."""
    frame = telling_gronden(bevindingen).rename(index=_GRONDEN, columns=_TELKOPPEN)
    return Tabel(frame, "aantal", bijschrift="De uitspraken, naar waar het oordeel op rust")


def inventaristabel(meta: MetaAnalyse) -> Tabel:
    """Every figure, table and appendix with what became of it, and a link to those that the notebook has."""
    rijen = [
        {
            "onderdeel": o.naam,
            "p.": o.pagina,
            "status": o.status,
            "wat de tekst geeft": o.tekst,
            "hoe gemaakt, of waarom niet": o.uitleg,
        }
        for o in meta.inventaris.values()
    ]
    # as JupyterLab names a heading
    links = {o.naam: f"#{o.kop.replace(' ', '-')}" for o in meta.inventaris.values() if o.kop}
    return Tabel(pd.DataFrame(rijen), index=False, links=links)


def statustelling(meta: MetaAnalyse) -> Tabel:
    """How many figures, tables and appendices have which status."""
    tabel = pd.DataFrame([{"soort": o.soort, "status": o.status} for o in meta.inventaris.values()])
    frame = pd.crosstab(tabel["soort"], tabel["status"]).reindex(
        index=["figuur", "tabel", "bijlage"], columns=["reproductie", "reconstructie", "kan niet"], fill_value=0
    )
    frame = frame.rename_axis(index=None, columns=None)
    return Tabel(frame, "aantal", bijschrift="Figuren, tabellen en bijlagen van het rapport")


def onderdeelregel(onderdeel: Onderdeel) -> HTML:
    """Page, status, what the text gives, and how it was made or why not: the first lines below a heading."""
    woord = "Waarom niet" if onderdeel.status == "kan niet" else "Hoe gemaakt"
    return HTML(
        '<p style="break-inside: avoid; break-after: avoid">'
        f"<b>Status: {escape(onderdeel.status)}</b> · {escape(onderdeel.sleutel)}, p. {escape(onderdeel.pagina)}<br>"
        f"<b>Wat de tekst geeft:</b> {escape(onderdeel.tekst)}<br>"
        f"<b>{woord}:</b> {escape(onderdeel.uitleg)}</p>"
    )


def caseloadtabel(meta: MetaAnalyse) -> Tabel:
    """Tabel 3.10 as printed, with hours times caseload, and the caseload of the prototype beside it."""
    hoofd, ouder = caseload(meta.tabel_3_10), caseload(meta.prototype)
    frame = pd.DataFrame(
        {
            "Type huishouden (hh)": hoofd["gedrukt"],
            "Caseload per fte": hoofd["caseload"],
            "Gemiddeld aantal uren per hh per jaar": hoofd["uren"],
            "caseload × uren": hoofd["uren_per_fte"],
            "caseload in bijlage 2": ouder["caseload"].reindex(hoofd.index),
        }
    )
    return Tabel(frame, dict.fromkeys(frame.columns[1:], "aantal"), index=False)


def substitutietabel(meta: MetaAnalyse) -> Tabel:
    """Tabel 4.5 as printed."""
    tabel = substitutie(meta)
    frame = pd.DataFrame(
        {
            "Substitutie": tabel["gedrukt"],
            "Bestaande cases": tabel["bestaand"],
            "Nieuwe cases": tabel["nieuw"],
            "Toelichting": tabel["toelichting"],
        }
    )
    maat = {"Bestaande cases": "fractie", "Nieuwe cases": "fractie"}
    return Tabel(frame, maat, bijschrift=meta.tabel_4_5.voetnoot, index=False)


def escalatietabel(meta: MetaAnalyse) -> Tabel:
    """Tabel 4.7 as printed, with a row of recomputed percentages (one decimal) below every printed one."""
    t = meta.tabel_4_7
    kolommen = [v.sleutel.capitalize() for v in t.voorbeeld]
    uit: dict[str, list[Cel | str]] = {
        "Aantal huishoudens in aanpak": [Cel(v.huishoudens, "aantal") for v in t.voorbeeld]
    }
    lang = escalatie(meta).set_index(["soort", "voorbeeld"])["herrekend"]
    for s in t.soort:
        cellen = [v.telling(s.sleutel) for v in t.voorbeeld]
        uit[s.gedrukt] = [Cel(c.aantal, "aantal") if c else "" for c in cellen]
        wie = f"Als % van {s.van}"
        if wie in uit:
            wie += "\u00a0"  # two rows of the table have the same name
        uit[wie] = [Cel(c.percentage, "fractie", "**" if c.terugval_inbegrepen else "") if c else "" for c in cellen]
        regel = f"\u00a0\u00a0nagerekend, {s.gedrukt.rstrip('*').split(' ', 1)[1]}"
        uit[regel] = [
            Cel(float(lang[s.sleutel, v.sleutel]), "fractie1") if c else ""
            for c, v in zip(cellen, t.voorbeeld, strict=True)
        ]
    # numbers of several kinds: every cell has its own maat
    return Tabel(pd.DataFrame.from_dict(uit, orient="index", columns=kolommen), "kort", bijschrift=t.voetnoot)


def fasentabel(fasen: Fasen) -> Tabel:
    """Figuur 5.1 as a table: a column per phase."""
    frame = pd.DataFrame({f.kop: pd.Series([f.mkba, *f.kenmerken]) for f in fasen.fase}).fillna("")
    return Tabel(frame, index=False)


def theorietabel(theorie: Beleidstheorie) -> Tabel:
    """The arrows of figuur 3.2 with the sentence, or the reason in the model, behind each."""
    namen = {v.sleutel: v.tekst.split(":")[0] if v.kolom == 0 else " ".join(v.tekst.split()) for v in theorie.vak}
    namen |= {p.sleutel: naam(p.sleutel) for p in theorie.post}
    rijen = [
        {
            "van": namen[p.van],
            "naar": namen[p.naar],
            "grond": f"“{p.citaat}”" if p.citaat else f"model: {p.model}",
        }
        for p in theorie.pijl
    ]
    return Tabel(pd.DataFrame(rijen), bijschrift="Elke pijl met de zin waar zij uit volgt", index=False)


def kruistabel(kruis: pd.DataFrame) -> Tabel:
    """Aanpakken of bijlage 1 by doelgroep and scale (``analyse.meta.tabellen.kruistabel``)."""
    return Tabel(kruis, "aantal", vet=("totaal",), bijschrift="Naar doelgroep (zoals gedrukt) en schaal")


def aandeeltabel(lijst: pd.DataFrame, kolom: str) -> Tabel:
    """Aanpakken of bijlage 1 by one of its columns: how many, and which share."""
    return Tabel(tel(lijst, kolom), {"aantal": "aantal", "aandeel": "fractie"}, bijschrift=f"Naar {kolom}")


def bijlage_1_tabel(lijst: pd.DataFrame) -> Tabel:
    """Bijlage 1 as printed, numbered, with the scale that we read in it."""
    frame = lijst.rename(
        columns={"gemeente": "Gemeente", "gebied": "Wijk/stad", "naam": "Aanpak", "doelgroep": "Doelgroep"}
    )
    frame.insert(0, "nr.", np.arange(1, len(frame) + 1))
    bijschrift = "De lijst zoals gedrukt, met de schaal"
    return Tabel(frame, {"nr.": "aantal"}, bijschrift=bijschrift, index=False)


def bijlage_3_tabel(groepen: Sequence[Registratiegroep]) -> Tabel:
    """The fields of bijlage 3, a row per group."""
    rijen = [
        {
            "onderdeel": g.hoofdstuk if i == 0 or groepen[i - 1].hoofdstuk != g.hoofdstuk else "",
            "groep": g.kop,
            "velden": ", ".join(g.velden) or _LEEG,
        }
        for i, g in enumerate(groepen)
    ]
    return Tabel(pd.DataFrame(rijen), index=False)

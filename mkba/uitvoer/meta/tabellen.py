"""Tables and sentences of the meta-analysis notebook, formatted text: findings, the inventory, the printed tables."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Final

import numpy as np
import pandas as pd
from IPython.display import HTML

from mkba.analyse.meta.bevinding import Bevinding
from mkba.analyse.meta.lees_meta import Beleidstheorie, Fasen, MetaAnalyse, Onderdeel, Registratiegroep
from mkba.analyse.meta.tabellen import caseload, escalatie, substitutie
from mkba.kern.begrippen import naam
from mkba.kern.getallen import euro, getal, procent
from mkba.uitvoer.tabel import Tabel

_LEEG: Final = "–"
_EENHEDEN: Final[dict[str, Callable[[float], str]]] = {
    "aantal": getal,
    "eur": euro,
    "fractie": lambda w: procent(w, 0 if abs(w * 100 - round(w * 100)) < 1e-9 else 1),
    "verhouding": lambda w: getal(w, 2),
    "jaar": lambda w: f"jaar {getal(w)}",
    "jaren": lambda w: f"{getal(w)} jaar",
}
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


def toon_waarde(waarde: float | str, eenheid: str) -> str:
    """A side of a finding as a reader expects it."""
    return waarde if isinstance(waarde, str) else _EENHEDEN[eenheid](waarde)


def bevindingentabel(bevindingen: Sequence[Bevinding], plek: str = "", met_plek: bool = False) -> pd.DataFrame:
    """Findings, a row each, formatted text; with ``plek`` ("tabel 4.7") those below that figure or table.

    Statements about the 13 aanpakken are not in the table of one figure: see :func:`uitspraaktabel`.
    """
    rijen = [
        {
            **({"plek": b.plek} if met_plek else {}),
            "wat": b.wat,
            "gepubliceerd": toon_waarde(b.gepubliceerd, b.eenheid),
            "berekend": toon_waarde(b.berekend, b.eenheid),
            "oordeel": OORDEEL[b.houdt],
            "toelichting": b.toelichting,
        }
        for b in bevindingen
        if plek in ("", b.bij) and not (plek and b.citaat)
    ]
    tabel = pd.DataFrame(rijen)
    return tabel if tabel.empty or any(tabel["toelichting"]) else tabel.drop(columns="toelichting")


def uitspraaktabel(bevindingen: Sequence[Bevinding], bij: str) -> pd.DataFrame:
    """The statements about the 13 aanpakken below one figure, table or section, with sentence, check and numbers."""
    return pd.DataFrame(
        [
            {
                "uitspraak": f"{b.wat}: “{b.citaat}”",
                "plaats": b.plek,
                "getoetst als": b.gepubliceerd or _LEEG,
                "reconstructie": b.berekend or _LEEG,
                "oordeel": _oordeel(b),
                "lezing, of waarom niet": b.toelichting,
            }
            for b in bevindingen
            if b.citaat and b.bij == bij
        ]
    )


def uitsprakenlijst(bevindingen: Sequence[Bevinding]) -> pd.DataFrame:
    """All statements about the 13 aanpakken in short: name, place, where they are shown, on what they rest, verdict."""
    return pd.DataFrame(
        [
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
    )


def nietnarekenbaar(bevindingen: Sequence[Bevinding]) -> pd.DataFrame:
    """What cannot be checked, with the reason: the sentence itself when there is no number."""
    return pd.DataFrame(
        [
            {
                "plek": b.plek,
                "wat": f"{b.wat}: “{b.citaat}”"
                if b.citaat
                else f"{b.wat} (gedrukt: {toon_waarde(b.gepubliceerd, b.eenheid)})",
                "waarom niet": b.toelichting,
            }
            for b in afwijkend(bevindingen)
        ]
    )


def _oordeel(bevinding: Bevinding) -> str:
    erbij = {"afgestemd": " (afgestemd)", "invoer": " (invoer)", "model": " (model)"}.get(bevinding.grond, "")
    return OORDEEL[bevinding.houdt] + erbij


def afwijkend(bevindingen: Sequence[Bevinding], houdt: bool | None = None) -> list[Bevinding]:
    """The findings that cannot be checked, or with ``houdt`` those that do not hold (False) or do (True)."""
    return [b for b in bevindingen if b.houdt is houdt]


def tellingtabel(telling: pd.DataFrame) -> pd.DataFrame:
    """``meta_bevinding.telling`` with Dutch labels."""
    namen = {"getal": "getallen", "uitspraak": "uitspraken", "totaal": "samen"}
    return telling.rename(index=namen, columns=_TELKOPPEN)


def grondentabel(telling: pd.DataFrame) -> pd.DataFrame:
    """``meta_bevinding.telling_gronden`` with Dutch labels."""
    return telling.rename(index=_GRONDEN, columns=_TELKOPPEN)


def inventaristabel(meta: MetaAnalyse) -> pd.DataFrame:
    """Every figure, table and appendix with what became of it."""
    return pd.DataFrame(
        [
            {
                "onderdeel": o.naam,
                "p.": o.pagina,
                "status": o.status,
                "wat de tekst geeft": o.tekst,
                "hoe gemaakt, of waarom niet": o.uitleg,
            }
            for o in meta.inventaris.values()
        ]
    )


def statustelling(meta: MetaAnalyse) -> pd.DataFrame:
    """How many figures, tables and appendices have which status."""
    rijen = [{"soort": o.soort, "status": o.status} for o in meta.inventaris.values()]
    tabel = pd.DataFrame(rijen)
    telling = pd.crosstab(tabel["soort"], tabel["status"]).reindex(
        index=["figuur", "tabel", "bijlage"], columns=["reproductie", "reconstructie", "kan niet"], fill_value=0
    )
    return telling.rename_axis(index=None, columns=None)


def met_links(tabel: Tabel, meta: MetaAnalyse) -> Tabel:
    """The table of :func:`inventaristabel` with a link to its heading for every part that is in the notebook."""
    # as JupyterLab names a heading
    return replace(tabel, links={o.naam: f"#{o.kop.replace(' ', '-')}" for o in meta.inventaris.values() if o.kop})


def onderdeelregel(onderdeel: Onderdeel) -> HTML:
    """Page, status, what the text gives, and how it was made or why not: the first lines below a heading."""
    woord = "Waarom niet" if onderdeel.status == "kan niet" else "Hoe gemaakt"
    return HTML(
        '<p style="break-inside: avoid; break-after: avoid">'
        f"<b>Status: {escape(onderdeel.status)}</b> · {escape(onderdeel.sleutel)}, p. {escape(onderdeel.pagina)}<br>"
        f"<b>Wat de tekst geeft:</b> {escape(onderdeel.tekst)}<br>"
        f"<b>{woord}:</b> {escape(onderdeel.uitleg)}</p>"
    )


def caseloadtabel(meta: MetaAnalyse) -> pd.DataFrame:
    """Tabel 3.10 as printed, with hours times caseload, and the caseload of the prototype beside it."""
    hoofd, ouder = caseload(meta.tabel_3_10), caseload(meta.prototype)
    return pd.DataFrame(
        {
            "Type huishouden (hh)": hoofd["gedrukt"],
            "Caseload per fte": [getal(w) for w in hoofd["caseload"]],
            "Gemiddeld aantal uren per hh per jaar": [getal(w) for w in hoofd["uren"]],
            "caseload × uren": [getal(w) for w in hoofd["uren_per_fte"]],
            "caseload in bijlage 2": [getal(w) for w in ouder["caseload"].reindex(hoofd.index)],
        }
    )


def substitutietabel(meta: MetaAnalyse) -> pd.DataFrame:
    """Tabel 4.5 as printed."""
    tabel = substitutie(meta)
    return pd.DataFrame(
        {
            "Substitutie": tabel["gedrukt"],
            "Bestaande cases": [procent(w) for w in tabel["bestaand"]],
            "Nieuwe cases": [procent(w) for w in tabel["nieuw"]],
            "Toelichting": tabel["toelichting"],
        }
    )


def escalatietabel(meta: MetaAnalyse) -> pd.DataFrame:
    """Tabel 4.7 as printed, with a row of recomputed percentages (one decimal) below every printed one."""
    t = meta.tabel_4_7
    kolommen = [v.sleutel.capitalize() for v in t.voorbeeld]
    uit = {"Aantal huishoudens in aanpak": [getal(v.huishoudens) for v in t.voorbeeld]}
    lang = escalatie(meta).set_index(["soort", "voorbeeld"])["herrekend"]
    for s in t.soort:
        cellen = [v.telling(s.sleutel) for v in t.voorbeeld]
        uit[s.gedrukt] = [getal(c.aantal) if c else "" for c in cellen]
        wie = f"Als % van {s.van}"
        if wie in uit:
            wie += "\u00a0"  # two rows of the table have the same name
        uit[wie] = [f"{procent(c.percentage)}{'**' if c.terugval_inbegrepen else ''}" if c else "" for c in cellen]
        regel = f"\u00a0\u00a0nagerekend, {s.gedrukt.rstrip('*').split(' ', 1)[1]}"
        uit[regel] = [
            procent(float(lang[s.sleutel, v.sleutel]), 1) if c else "" for c, v in zip(cellen, t.voorbeeld, strict=True)
        ]
    return pd.DataFrame.from_dict(uit, orient="index", columns=kolommen)


def fasentabel(fasen: Fasen) -> pd.DataFrame:
    """Figuur 5.1 as a table: a column per phase."""
    return pd.DataFrame({f.kop: pd.Series([f.mkba, *f.kenmerken]) for f in fasen.fase}).fillna("")


def theorietabel(theorie: Beleidstheorie) -> pd.DataFrame:
    """The arrows of figuur 3.2 with the sentence, or the reason in the model, behind each."""
    namen = {v.sleutel: v.tekst.split(":")[0] if v.kolom == 0 else " ".join(v.tekst.split()) for v in theorie.vak}
    namen |= {p.sleutel: naam(p.sleutel) for p in theorie.post}
    return pd.DataFrame(
        [
            {
                "van": namen[p.van],
                "naar": namen[p.naar],
                "grond": f"“{p.citaat}”" if p.citaat else f"model: {p.model}",
            }
            for p in theorie.pijl
        ]
    )


def bijlage_1_tabel(lijst: pd.DataFrame) -> pd.DataFrame:
    """Bijlage 1 as printed, numbered, with the scale that we read in it."""
    tabel = lijst.rename(
        columns={"gemeente": "Gemeente", "gebied": "Wijk/stad", "naam": "Aanpak", "doelgroep": "Doelgroep"}
    )
    tabel.insert(0, "nr.", np.arange(1, len(tabel) + 1))
    return tabel


def bijlage_3_tabel(groepen: Sequence[Registratiegroep]) -> pd.DataFrame:
    """The fields of bijlage 3, a row per group."""
    return pd.DataFrame(
        [
            {
                "onderdeel": g.hoofdstuk if i == 0 or groepen[i - 1].hoofdstuk != g.hoofdstuk else "",
                "groep": g.kop,
                "velden": ", ".join(g.velden) or _LEEG,
            }
            for i, g in enumerate(groepen)
        ]
    )

"""Tables behind the figures of the 13 aanpakken, and of where their inputs come from.

Those that a figure draws are frames: rows are the aanpakken by number ("1" ... "13"), as on the axis of the published
figures, values plain numbers. Those that a reader sees are a :class:`~mkba.uitvoer.tabel.Tabel`.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.meta.dertien import Model13
from mkba.analyse.meta.lees_dertien import GEMERKT, NUMMERS, Dertien, Merk
from mkba.analyse.meta.maatnamen import reeks
from mkba.analyse.meta.maten import KLASSEN
from mkba.analyse.meta.ontleding import Ontleding
from mkba.analyse.meta.ontleding import belang as gewicht
from mkba.kern.tekst.afronden import heel
from mkba.kern.woorden.begrippen import KOSTENPOSTEN, TYPEN, VERHOUDINGEN, naam
from mkba.kern.woorden.velden import VELDEN, VRAGEN, benoem
from mkba.uitvoer.tabel import Tabel

BATENGROEPEN: Final = ("besparing_organisatie", "effectiviteit", "escalatie", "immaterieel")
"""The four categories of §4.3 and figuur 4.4: three financial, one immaterial."""
HERKOMSTEN: Final[dict[str, str]] = {"tekst": "T", "reconstructie": "R"}
_LEGENDA: Final = "T tekst, R reconstructie, * buiten het gedrukte bereik"


def _tabel(model: Model13, maten: dict[str, str]) -> pd.DataFrame:
    """A column per maat, under its heading."""
    rijen = {str(n): [model.maten[n][m] for m in maten.values()] for n in model.maten}
    return pd.DataFrame.from_dict(rijen, orient="index", columns=list(maten)).astype(float)


def huishoudens(model: Model13) -> pd.DataFrame:
    """Figuur 3.3: households in the aanpak (column huishoudens)."""
    return _tabel(model, {"huishoudens": "veld.huishoudens"})


def zwaarte(model: Model13) -> pd.DataFrame:
    """Figuur 3.4: shares ev (green), zr, nzr and top of all households, and ``top_volgens_tekst``.

    The last is the part that the report calls top (red) and that stands at nzr in the input, because the tool of
    bijlage 2 has no row top; it is taken out of nzr. A row sums to 1.
    """
    klassen = dict(zip(KLASSEN, ("ev", "zr", "nzr", "top"), strict=True))
    tabel = _tabel(model, {kolom: f"klasse.{klasse}" for klasse, kolom in klassen.items()})
    als_top = np.array([model.dertien.kenmerken[n].doelgroep == "top" for n in model.maten])
    tabel["top_volgens_tekst"] = tabel["nzr"].where(als_top, 0.0)
    tabel["nzr"] = tabel["nzr"].where(~als_top, 0.0)
    return tabel


def samenstelling(model: Model13) -> pd.DataFrame:
    """Figuur 3.5: shares of gezin, oudere and overig."""
    return _tabel(model, {t: f"veld.type.{t}" for t in TYPEN})


def nieuw_gevonden(model: Model13) -> pd.DataFrame:
    """Figuur 3.6: share of newly found households (column nieuw)."""
    return _tabel(model, {"nieuw": "veld.nieuw"})


def disciplines(model: Model13) -> pd.DataFrame:
    """Figuur 3.7: number of disciplines in the team (column disciplines)."""
    return _tabel(model, {"disciplines": "aantal_disciplines"})


def additioneel(model: Model13) -> pd.DataFrame:
    """Figuur 3.8: share of the team that is paid with additional money (column additioneel)."""
    return _tabel(model, {"additioneel": "veld.additioneel"})


def caseload(model: Model13) -> pd.DataFrame:
    """Figuur 3.9: households per fte (caseload), and what tabel 3.10 gives for these households (kengetal).

    For the MPG-aanpakken that is the row top, as the report calls them, though they are entered as nzr.
    """
    return _tabel(model, {"caseload": "caseload", "kengetal": "caseload_kengetal_tekst"})


def verhoudingen(model: Model13) -> pd.DataFrame:
    """Figuur 4.2: the three ratios, unrounded."""
    return _tabel(model, {v: v for v in VERHOUDINGEN})


def kostenposten(model: Model13) -> pd.DataFrame:
    """Figuur 4.3: the cost posts as a fraction of the total costs; a row sums to 1."""
    return _tabel(model, {p: f"kosten.{p}" for p in KOSTENPOSTEN})


def batenposten(model: Model13) -> pd.DataFrame:
    """Figuren S.1 and 4.4: the four groups of benefits in relation to the total costs; a row sums to the ratio."""
    return _tabel(model, {p: f"verhouding.{p}" for p in BATENGROEPEN})


def leesbaar(tabel: pd.DataFrame, bijschrift: str) -> Tabel:
    """The numbers of a figure to read, with the posts and ratios by name in its heading."""
    return Tabel(tabel.rename(columns=naam), "decimaal2", bijschrift=bijschrift)


def namen(model: Model13) -> Tabel:
    """Who is who: number, name and what the report says of each (columns naam, schaal, soort, fase, werkwijze)."""
    rijen = {
        str(n): {
            "naam": a.naam.partition(": ")[2] or a.naam,
            **{
                k: v
                for k, v in model.dertien.kenmerken[n].model_dump().items()
                if k in ("schaal", "soort", "fase", "werkwijze")
            },
        }
        for n, a in model.dertien.aanpakken.items()
    }
    bijschrift = "Wie is wie: de namen zijn van ons, de tekst noemt alleen nummers"
    return Tabel(pd.DataFrame.from_dict(rijen, orient="index"), bijschrift=bijschrift)


def herkomst(dertien: Dertien) -> Tabel:
    """Where every input comes from: a row per field, a column per aanpak, T (tekst), R (reconstructie), * out of range.

    An asterisk: the value may lie outside the range that the documents print, with a reason in :func:`merken`.
    """
    rijen = {_label(sleutel): [_merkteken(dertien.merken[n, sleutel]) for n in NUMMERS] for sleutel in GEMERKT}
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=[str(n) for n in NUMMERS])
    return Tabel(frame, bijschrift=f"Herkomst per veld: {_LEGENDA}")


def herkomst_per_aanpak(dertien: Dertien) -> Tabel:
    """How many fields of each aanpak (columns) follow from the text and how many are reconstructed (rows)."""
    tellingen = {
        soort: [sum(dertien.merken[n, s].soort == soort for s in GEMERKT) for n in NUMMERS] for soort in HERKOMSTEN
    }
    frame = pd.DataFrame.from_dict(tellingen, orient="index", columns=[str(n) for n in NUMMERS])
    return Tabel(frame, "aantal", bijschrift="Velden per aanpak, naar herkomst")


def herkomst_per_groep(dertien: Dertien) -> Tabel:
    """The table of :func:`herkomst` by group of fields: T, R, or T/R where a group has both; an asterisk as there."""
    groepen: dict[str, list[str]] = {}
    for sleutel in GEMERKT:
        groepen.setdefault(_groep(sleutel), []).append(sleutel)
    rijen = {
        groep: [_samen([_merkteken(dertien.merken[n, s]) for s in sleutels]) for n in NUMMERS]
        for groep, sleutels in groepen.items()
    }
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=[str(n) for n in NUMMERS])
    return Tabel(frame, bijschrift=f"Herkomst per groep velden: {_LEGENDA}")


def merken_tekst(dertien: Dertien) -> Tabel:
    """What follows from the text: aanpakken, velden, the sentence and its place."""
    alle = merken(dertien).frame
    frame = alle.loc[alle["herkomst"] == "tekst", ["aanpakken", "velden", "citaat", "vindplaats"]]
    return Tabel(frame, bijschrift="De velden die uit de tekst volgen, met de zin", index=False)


def merken_buiten_bereik(dertien: Dertien) -> Tabel:
    """The fields with a value outside what the documents print, with the reason."""
    alle = merken(dertien).frame
    frame = alle.loc[alle["buiten bereik"] != "", ["aanpakken", "velden", "motivering", "buiten bereik"]]
    return Tabel(frame, bijschrift="Waarden buiten wat de documenten afdrukken, met de reden", index=False)


def merken(dertien: Dertien) -> Tabel:
    """Every mark once: aanpakken, velden, herkomst, vindplaats, citaat, motivering, buiten bereik."""
    uniek = {id(m): m for m in dertien.merken.values()}
    rijen = [
        {
            "aanpakken": reeks(m.aanpakken),
            "velden": ", ".join(_labels(m)),
            "herkomst": m.soort,
            "vindplaats": m.vindplaats,
            "citaat": f"“{m.citaat}”" if m.citaat else "",
            "motivering": m.motivering,
            "buiten bereik": m.buiten_bereik,
        }
        for m in uniek.values()
    ]
    return Tabel(pd.DataFrame(rijen), index=False)


def belang(ontledingen: Mapping[str, Ontleding]) -> Tabel:
    """Per group of inputs how far it moves an aanpak from the mean, for several outcomes (columns), largest first."""
    frame = pd.DataFrame({kop: gewicht(o) for kop, o in ontledingen.items()})
    bijschrift = "Gemiddelde verschuiving (omhoog of omlaag) per groep knoppen en verhouding"
    return Tabel(frame.sort_values(frame.columns[0], ascending=False), "decimaal2", bijschrift=bijschrift)


def ontledingtabel(stappen: pd.DataFrame) -> Tabel:
    """The frame of :func:`ontleding` to read from top to bottom: a column per aanpak."""
    wat = "van de gemiddelde aanpak, groep voor groep, naar deze"
    return Tabel(stappen.T, "decimaal2", bijschrift=f"Maatschappelijke verhouding per aanpak: {wat}")


def ontleding(gevonden: Ontleding, stap: float = 0.01) -> pd.DataFrame:
    """From the mean aanpak to each one: columns gemiddelde aanpak, the groups and deze aanpak, rounded to ``stap``.

    The parts are rounded so that a row adds up as printed: what is left goes to the parts that lose most by rounding.
    """
    rijen = {}
    for wie, delen in gevonden.delen.iterrows():
        begin, eind = round(gevonden.gemiddeld / stap), round(float(gevonden.eigen[wie]) / stap)
        rijen[str(wie)] = [begin, *heel(delen.to_numpy(dtype=float) / stap, eind - begin).tolist(), eind]
    kolommen = ["gemiddelde aanpak", *gevonden.delen.columns, "deze aanpak"]
    return pd.DataFrame.from_dict(rijen, orient="index", columns=kolommen) * stap


def _samen(tekens: Sequence[str]) -> str:
    letters = "/".join(dict.fromkeys(t[0] for t in sorted(tekens, reverse=True)))
    return letters + ("*" if any("*" in t for t in tekens) else "")


def _groep(sleutel: str) -> str:
    """The name of the question of a field with parts ("Zwaarte van de problematiek"); otherwise its label."""
    if sleutel not in VELDEN or "." not in sleutel:
        return _label(sleutel)
    naam_ = VRAGEN[VELDEN[sleutel].vraag].rpartition(": ")[2]
    return naam_[:1].upper() + naam_[1:]


def _label(sleutel: str) -> str:
    return VELDEN[sleutel].label if sleutel in VELDEN else f"Kenmerk: {sleutel.partition('.')[2]}"


def _labels(merk: Merk) -> list[str]:
    return [_label(s) if s in GEMERKT else s for s in benoem(merk.sleutels())]


def _merkteken(merk: Merk) -> str:
    return HERKOMSTEN[merk.soort] + ("*" if merk.buiten_bereik else "")

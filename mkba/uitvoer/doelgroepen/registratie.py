"""The second road of a doelgroepenanalyse in a report: a caseload with ZRM scores (MKBA 2.0).

What is shown here may be published: all of it follows from a table in which small counts are hidden, or is rounded,
and no IDs are shown. The aanpak of :func:`aanpak` holds exact shares and may not.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Final

import pandas as pd
from IPython.display import HTML
from matplotlib.axes import Axes

from mkba.analyse.doelgroepen import voorganger
from mkba.analyse.doelgroepen.eerste_aanpak import eerste_aanpak
from mkba.analyse.doelgroepen.kruistabel import TOTAAL
from mkba.analyse.doelgroepen.zelfredzaamheid import NZR_TOP, Indeling, Publicatie, deel_in
from mkba.analyse.onderdrukking.tabellen import ongeveer
from mkba.invoer.registratie.lezen import Registratie
from mkba.invoer.registratie.meldingen import Reden, over_persoon
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.notatie import getal, kort, procent
from mkba.kern.woorden.begrippen import KLASSEN, TYPEN, naam
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.uitvoer import extra
from mkba.uitvoer.beeld import MetGetallen
from mkba.uitvoer.bewaren import CASELOAD
from mkba.uitvoer.doelgroepen import figuren as figuren_doelgroepen
from mkba.uitvoer.doelgroepen.tabellen import KLASSENAMEN
from mkba.uitvoer.figuur import Assen
from mkba.uitvoer.figuurstijl import stijl
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel

VERBORGEN: Final = "·"
"""Stands for every hidden cell: a small count, or a larger one that would give it away."""
STAP: Final = 0.05
"""Shares of questions 4, 5 and 10: of 20 or more households some number always gives the rounded share."""
STAP_GEMIDDELDE: Final = 0.1
"""And means of question 4."""
KOLOMNAMEN: Final = {
    **KLASSENAMEN,
    "mv": "Meervoudig, niet te splitsen",
    NZR_TOP: "Meervoudig, niet-zelfredzaam (met top)",
    TOTAAL: "Totaal",
}
MAXIMUM_GENOEMD: Final = 10
"""Hidden rows and columns that are named; the rest is counted."""
GEEN: Final = HTML("<p>Er is geen registratie opgegeven (parameter <em>registratie</em>).</p>")


def deel_registratie_in(registratie: Registratie, kengetallen: Kengetallen, afronding: int = 0) -> Indeling:
    """The households of a registration in types and classes. Raises InvoerFout.

    ``afronding``: the base to which the published counts are rounded (0 is not). No error holds a value of the file.
    """
    try:
        indeling = deel_in(registratie.huishoudens, kengetallen, afronding)
        return replace(indeling, opmerkingen=tuple(_over_kolommen(registratie)))
    except InvoerFout as fout:
        meldingen = tuple(m.in_bestand(registratie.bestand) for m in fout.meldingen)
    except Exception:  # its text, and the error it came from, may quote a value
        meldingen = (over_persoon("bestand", Reden.ONVERWACHT, registratie.bestand),)
    raise InvoerFout(meldingen)


def _over_kolommen(registratie: Registratie) -> list[str]:
    """Which columns were read under another name, and which not at all."""
    uit = []
    if registratie.gelezen_als:
        paren = "; ".join(f"{_woorden(n)} is {_woorden(d)}" for n, d in registratie.gelezen_als)
        uit.append(f"Kolommen van de registratie die als ZRM-domein zijn gelezen: {paren}.")
    if registratie.genegeerd:
        kolommen = "; ".join(registratie.genegeerd)
        uit.append(f"Niet gebruikte kolommen van de registratie: {kolommen}.")
    if registratie.verborgen:
        genoemd = "; ".join(registratie.verborgen[:MAXIMUM_GENOEMD])
        meer = len(registratie.verborgen) - MAXIMUM_GENOEMD
        en_meer = f" en nog {meer}" if meer > 0 else ""
        uit.append(f"Verborgen of weggefilterd in de registratie, en toch meegeteld: {genoemd}{en_meer}.")
    return uit


def _woorden(naam_: str) -> str:
    return naam_.replace("_", " ")


def getoonde_telling(publicatie: Publicatie) -> dict[str, dict[str, int | None]]:
    """The published table as plain data, to compare a next one with."""
    return {
        str(rij): {str(kolom): None if pd.isna(w) else int(w) for kolom, w in cellen.items()}
        for rij, cellen in publicatie.tabel.iterrows()
    }


def als_rijen(indeling: Indeling | None) -> pd.DataFrame | None:
    """The published table with a row per type and class; a hidden count is empty."""
    if indeling is None:
        return None
    return pd.DataFrame(
        [
            (rij, kolom, w)
            for rij, cellen in getoonde_telling(indeling.publicatie).items()
            for kolom, w in cellen.items()
        ],
        columns=["type", "klasse", "huishoudens"],
        dtype=object,
    )


def _voorgangers(map_: str | Path, publicatie: Publicatie) -> list[str]:
    """A warning per table in the folder that differs little from this one."""
    eerdere = sorted(Path(map_).glob(f"*{CASELOAD}")) if str(map_) else []
    return [
        voorganger.waarschuwing(pad.name, publicatie.drempel, publicatie.afronding)
        for pad in eerdere
        if voorganger.verschilt_weinig(getoonde_telling(publicatie), _lees_telling(pad), publicatie.drempel)
    ]


def _lees_telling(pad: Path) -> Mapping[str, Mapping[str, int | None]]:
    """The table of a file of ours; nothing when it is something else."""
    uit: dict[str, dict[str, int | None]] = {}
    try:
        for rij in csv.DictReader(io.StringIO(pad.read_text(encoding="utf-8-sig")), delimiter=";"):
            aantal = rij["huishoudens"]
            uit.setdefault(rij["type"], {})[rij["klasse"]] = int(aantal) if aantal else None
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        return {}
    return uit


def aanpak(indeling: Indeling | None, naam_: str, kengetallen: Kengetallen) -> Aanpak | None:
    """An MKBA 2.0 to complete: the answers of the registration, a team by its caseload, the rest defaults."""
    if indeling is None:
        return None
    gegeven = {s: w for s, w in indeling.antwoorden.items() if s in VELDEN}
    return eerste_aanpak(naam_, indeling.per_klasse(), kengetallen, zwaarten=KLASSEN, bereik=1.0, **gegeven)


def figuur(indeling: Indeling | None) -> Axes | HTML:
    """The classes of the caseload, as the figure of the area; only rows of which the table hides no cell."""
    if indeling is None:
        return GEEN
    zichtbaar = zichtbare_aandelen(indeling.publicatie)
    if zichtbaar.empty:
        return HTML("<p>De aantallen zijn te klein voor een figuur.</p>")
    return _teken(zichtbaar, indeling.publicatie.met_top)


def tabel(indeling: Indeling | None, kengetallen: Kengetallen) -> Tabel:
    """Placed households by type and class with small counts hidden; empty without a registration."""
    if indeling is None:
        return Tabel(pd.DataFrame())
    getoond = indeling.publicatie.tabel
    cellen = getoond.astype(object).map(lambda w: VERBORGEN if pd.isna(w) else int(w))
    cellen = cellen.loc[:, (getoond.fillna(1) != 0).any()]
    cellen = cellen[(getoond.fillna(1) != 0).any(axis=1)]
    rijnamen = {t: naam(t) for t in TYPEN} | {"onbekend": "Type onbekend", TOTAAL: "Totaal"}
    drempel = kort(kengetallen["zelfredzaamheid.kleine_cel"])
    bijschrift = "Ingedeelde huishoudens in de caseload"
    if getoond.isna().to_numpy().any():
        bijschrift += f" ({VERBORGEN} is afgeschermd: minder dan {drempel}, of een aantal dat zo'n aantal zou verraden)"
    uitleg = f"Aantallen onder de {drempel}, en wat ze zou verraden, zijn afgeschermd."
    if (stap := indeling.publicatie.afronding) > 1:
        uitleg += (
            f" Elk aantal, ook een totaal, is het veelvoud van {getal(stap)} er vlak onder of boven, zo gekozen dat "
            "rijen en kolommen blijven optellen (gecontroleerd afronden; het CBS rondt aantallen ook op vijf). Een "
            "huishouden meer of minder is daardoor meestal niet te zien. Soms wel: publiceer geen twee tabellen van "
            "bijna dezelfde huishoudens."
        )
    if indeling.publicatie.met_top:
        uitleg += " De top is daarvoor bij niet-zelfredzaam geteld."
    getoonde_cellen = cellen.rename(index=rijnamen, columns=KOLOMNAMEN)
    return Tabel(getoonde_cellen, "aantal", vet=["Totaal"], bijschrift=bijschrift, uitleg=uitleg)


def antwoorden(indeling: Indeling | None) -> Tabel:
    """The answers to questions 1 to 5 and 10 that the registration gives, as far as they may be shown.

    Questions 1 to 3 follow from the table, so they are given whole; the others are rounded to 5%, so that they give no
    denominator, and stay so in a workbook.
    """
    if indeling is None:
        return Tabel(pd.DataFrame())
    getoond = _getoonde_antwoorden(indeling)
    sleutels = [s for s in indeling.antwoorden if s in VELDEN and s in getoond]
    tabel_ = pd.DataFrame(
        {
            "vraag": [f"{VELDEN[s].vraag}" for s in sleutels],
            "onderdeel": [antwoordlabel(s, indeling.publicatie) for s in sleutels],
            "uit de registratie": pd.Series([getoond[s] for s in sleutels], dtype=object),
        }
    )
    basis = indeling.publicatie.afronding
    gemiddelde = f"; een gemiddelde volgt uit aantallen, afgerond op {basis}" if basis > 1 else ""
    maat = {str(i): "aantal" if s == "huishoudens" else "fractie1" for i, s in enumerate(sleutels)}
    uitleg = (
        "Vraag 1 tot en met 3 gaan hier over de ingedeelde huishoudens van de tabel; vraag 4, 5 en 10 zijn afgerond "
        f"(aandelen op {procent(STAP)}{gemiddelde}). {VERBORGEN} is afgeschermd: ook in de tabel, of omdat minder dan "
        f"{kort(indeling.publicatie.drempel)} huishoudens dit kenmerk wel, of juist niet, hebben. De aanpak die dit "
        "notebook bewaart (TOML), heeft de exacte aandelen en is niet voor publicatie."
    )
    return Tabel(tabel_, rijmaat=maat, index=False, uitleg=uitleg)


def toelichting(indeling: Indeling | None, map_: str | Path = "") -> HTML:
    """Columns that were not used, assumptions, and how often the two rules of the manual contradict each other.

    ``map_``: where tables are saved, to warn for one there that differs little. The same is said to who makes the page.
    """
    if indeling is None:
        return HTML("")
    publicatie = indeling.publicatie
    gelijkend = _voorgangers(map_, publicatie)
    let_op = [f"Let op: {v}" for v in gelijkend]
    regels = "".join(f"<li>{escape(a)}</li>" for a in (*let_op, *indeling.opmerkingen, *indeling.aannamen))
    telling = indeling.tegenspraken["tegenspraak"].value_counts()
    if len(telling):
        aantallen = [(str(t), ongeveer(int(n), indeling.publicatie.drempel)) for t, n in telling.items()]
        soorten = "".join(f"<li>{escape(t)}: {n}</li>" for t, n in aantallen)
        regels += f"<li>Tegenspraak tussen beide regels:<ul>{soorten}</ul></li>"
    html = f"<ul>{regels}</ul>"
    if not extra.gevraagd(extra.BERICHT):
        return HTML(html)
    bericht = {
        "opmerkingen": (*gelijkend, *indeling.opmerkingen),
        "telling": getoonde_telling(publicatie),
        "drempel": publicatie.drempel,
        "afronding": publicatie.afronding,
    }
    return MetGetallen(html, bericht, extra.BERICHT)


def zichtbare_aandelen(publicatie: Publicatie) -> pd.DataFrame:
    """Rows of which every class is shown, named as in the figure of the area; a top within nzr is 0."""
    aandelen = publicatie.aandelen.assign(top=0.0) if publicatie.met_top else publicatie.aandelen
    return aandelen.dropna().rename(index={t: naam(t) for t in TYPEN} | {TOTAAL: "Totaal"})


def _teken(aandelen: pd.DataFrame, met_top: bool) -> Axes:
    """The figure of the area; its title says who is in it and its legend where the top is."""
    ax = figuren_doelgroepen.doelgroepen(aandelen)
    with stijl():
        ax.set_title("Ingedeelde huishoudens")
    if isinstance(ax, Assen):
        ax.alt = (
            "Gestapelde balken: aandeel van de klassen in de ingedeelde caseload, in totaal en per type; rechts zonder "
            f"groen.{' De top zit in niet-zelfredzaam.' if met_top else ''}"
        )
    figuur_ = ax.get_figure(root=True)
    for legenda in figuur_.legends if figuur_ and met_top else []:
        for tekst, vlak in zip(legenda.get_texts(), legenda.get_patches(), strict=False):
            if tekst.get_text() == KLASSENAMEN["nzr"]:
                tekst.set_text(KOLOMNAMEN[NZR_TOP])
            elif tekst.get_text() == KLASSENAMEN["top"]:
                tekst.set_visible(False)
                vlak.set_visible(False)
    return ax


def _getoonde_antwoorden(indeling: Indeling) -> dict[str, str | float | Cel]:
    """What a report may show per answer; a top that is counted within niet-zelfredzaam has no row.

    A number follows from cells that the table shows, so it tells nothing more unrounded; or it is a :class:`Cel` that
    is rounded itself, also in a workbook.
    """
    publicatie = indeling.publicatie
    totalen = publicatie.tabel[TOTAAL]
    alle = totalen[TOTAAL]
    bekend = totalen[list(TYPEN)].sum(skipna=False)
    uit: dict[str, str | float | Cel] = {"huishoudens": VERBORGEN if pd.isna(alle) else int(alle)}
    for t in TYPEN:
        deel = totalen[t] / bekend if not pd.isna(bekend) and bekend else pd.NA
        uit[f"type.{t}"] = VERBORGEN if pd.isna(deel) else float(deel)
        for k in KLASSEN:
            if k != "top" or not publicatie.met_top:
                aandeel = float(publicatie.aandelen.loc[t, k])
                uit[f"zwaarte.{t}.{k}"] = VERBORGEN if pd.isna(aandeel) else aandeel
    rijen = indeling.waarnemingen.itertuples(index=False)
    regel = publicatie.drempel, publicatie.afronding or 1
    return uit | {r.sleutel: getoonde_waarneming(r.sleutel, r.som, r.bekend, *regel) for r in rijen}


def getoonde_waarneming(sleutel: str, som: float, bekend: int, drempel: float, basis: int = 1) -> str | Cel:
    """A mean to one decimal; a share to 5%, hidden when few have the fact or few lack it.

    A mean follows from a sum and a count in multiples of ``basis``, rounded as the table is: from the exact ones the
    sum could be calculated back, and with the page of a month before the children of the one family that came.
    """
    if sleutel == "kinderen":
        aantal = rond(bekend, basis)
        if bekend < drempel or not aantal:
            return VERBORGEN
        return Cel(rond(rond(som, basis) / aantal, STAP_GEMIDDELDE), "decimaal1")
    if min(som, bekend - som) < drempel:
        return VERBORGEN
    deel = rond(som / bekend, STAP)
    if deel in (0, 1):
        return f"minder dan {procent(STAP)}" if deel == 0 else f"meer dan {procent(1 - STAP)}"
    return Cel(deel, "fractie")


def antwoordlabel(sleutel: str, publicatie: Publicatie) -> str:
    """A question as the table of answers names it."""
    if sleutel == "huishoudens":
        return f"{VELDEN[sleutel].label} (ingedeeld)"
    bij = " met top" if publicatie.met_top and sleutel.startswith("zwaarte.") and sleutel.endswith(".nzr") else ""
    return VELDEN[sleutel].label + bij

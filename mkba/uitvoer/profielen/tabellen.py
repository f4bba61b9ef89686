"""Tables of zorgconsumptieprofielen, the sentences beside them, and the files that keep them.

Tables hold plain numbers (euros, fractions) unless the docstring says formatted text.
"""

from collections.abc import Mapping
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from IPython.display import HTML

from mkba.analyse.doelgroepen.profielen import (
    ALLE_WIJKEN,
    KLASSEN,
    Bevolking,
    OpMaat,
    Profielen,
    Reeks,
    sprongen,
    zorgkosten,
)
from mkba.kern.begrippen import DOMEINEN, TYPEN, naam
from mkba.kern.getallen import euro, getal, huishoudens, kort, procent, rond
from mkba.kern.kengetallen import Kengetallen
from mkba.kern.slug import maak_slug
from mkba.uitvoer.bewaren import als_csv, schrijf_alles

KLASSENAMEN: Final = {
    "ev": "geen probleem of ev",
    "zr": "meervoudig (zr)",
    "nzr": "niet-zelfredzaam (nzr)",
    "top": "top",
}
"""The four classes as figuur 2.7 has them: the first row serves who has no problem or one."""
DOMEINNAMEN: Final = {"wi": "W&I", "zw": "Z&W", "jeugd": "Jeugd", "zvw": "Zvw"}
"""Heads of wide tables, as figuur 2.7 has them."""
STAPPEN: Final = tuple(f"{van} → {naar}" for van, naar in pairwise(KLASSEN))
ALLE: Final = "Alle huishoudens"
KOPRIJEN: Final = (*(naam(t) for t in TYPEN), ALLE)
"""Rows of the cost table that are sums."""
_INSPRING: Final = "\u00a0" * 4
_BEDRAGEN: Final = dict.fromkeys((*DOMEINNAMEN.values(), "totaal"), "bedrag")
OPMAAK_BEVOLKING: Final = {
    **dict.fromkeys((*(naam(t) for t in TYPEN), "totaal"), "getal"),
    "geen probleem of ev": "procent1",
}
OPMAAK_KOSTEN: Final = {**_BEDRAGEN, "aantal": "getal", "aandeel": "procent"}
OPMAAK_BUDGET: Final = {**_BEDRAGEN, "huishoudens": "getal", "per huishouden": "eur1"}
OPMAAK_VERGELIJKING: Final = {
    **dict.fromkeys((*DOMEINNAMEN.values(), "totaal op maat", "totaal hiervoor"), "eur1"),
    "verandering": "procent1",
}
"""Formats of ``opmaak.als_html`` for the columns of the tables below."""


def per_domein(bedragen: Reeks) -> pd.DataFrame:
    """(type, klasse, domein) as a frame: rows type and klasse (keys), columns domains (keys). Used by figures."""
    assen = pd.MultiIndex.from_product([TYPEN, KLASSEN], names=["type", "klasse"])
    return pd.DataFrame(bedragen.reshape(len(assen), len(DOMEINEN)), index=assen, columns=list(DOMEINEN))


def profieltabel(profielen: Profielen) -> pd.DataFrame:
    """Figuur 2.7: euros per household per year, with the sum of the parts and, where printed, the printed total.

    A star marks the rows whose printed total is not the sum of the parts.
    """
    tabel = per_domein(profielen.bedragen).rename(columns=DOMEINNAMEN)
    tabel["som"] = profielen.totalen.ravel()
    ster = dict.fromkeys(tabel.index, "")
    if profielen.gedrukt is not None:
        tabel["gedrukt"] = profielen.gedrukt.ravel()
        ster |= {(t, k): " *" for t, k, _, _ in verschillen(profielen)}
    tabel.index = pd.Index([f"{naam(t)}, {KLASSENAMEN[k]}{ster[t, k]}" for t, k in tabel.index])
    return tabel


def verschillen(profielen: Profielen) -> list[tuple[str, str, float, float]]:
    """Type, klasse, printed total and sum of the parts where both differ, euros."""
    if profielen.gedrukt is None:
        return []
    return [
        (t, k, float(profielen.gedrukt[i, j]), float(profielen.totalen[i, j]))
        for i, t in enumerate(TYPEN)
        for j, k in enumerate(KLASSEN)
        if abs(profielen.gedrukt[i, j] - profielen.totalen[i, j]) > 0.5
    ]


def bijschriften(profielen: Profielen) -> list[str]:
    """The total above each of the twelve bars of figuur 2.3: as printed where printed, with a star if it differs."""
    totalen = profielen.totalen if profielen.gedrukt is None else profielen.gedrukt
    ster = {(t, k) for t, k, _, _ in verschillen(profielen)}
    paren = [(t, k) for t in TYPEN for k in KLASSEN]
    return [getal(w) + ("*" if p in ster else "") for p, w in zip(paren, totalen.ravel(), strict=True)]


def verschillenregel(profielen: Profielen) -> HTML:
    """The rows marked with a star in words."""
    delen = [
        f"{naam(t).lower()} {KLASSENAMEN[k]}: gedrukt {euro(gedrukt)}, som van de delen {euro(som)}"
        for t, k, gedrukt, som in verschillen(profielen)
    ]
    if not delen:
        return HTML("<p>De totalen zijn de som van hun delen.</p>")
    return HTML(
        f"<p>* Bij {len(delen)} van de twaalf profielen is het gedrukte totaal niet de som van de gedrukte delen: "
        f"{'; '.join(delen)}. De bron zegt niet waarom; er is met de delen gerekend.</p>"
    )


def sprongentabel(profielen: Profielen) -> pd.DataFrame:
    """What a household costs more per year one class further, euros by domain and in total; negative is less."""
    sprong = sprongen(profielen)
    tabel = pd.DataFrame(
        sprong.reshape(-1, len(DOMEINEN)),
        index=pd.Index([f"{naam(t)}: {stap}" for t in TYPEN for stap in STAPPEN]),
        columns=list(DOMEINNAMEN.values()),
    )
    tabel["totaal"] = tabel.sum(axis=1)
    return tabel


def kostentabel(aantallen: Reeks, profielen: Profielen) -> pd.DataFrame:
    """Care costs of a population: rows types with their classes and all together; every total sums its rows.

    Columns aantal (households), a domain each, totaal (euros per year), aandeel (fraction of all costs).
    """
    kosten = per_domein(zorgkosten(aantallen, profielen))
    kosten.insert(0, "aantal", np.asarray(aantallen).ravel())
    delen = []
    for t in TYPEN:
        deel = kosten.loc[t]
        regels = [f"{_INSPRING}{t}, {KLASSENAMEN[k]}" for k in KLASSEN]
        delen.append(pd.concat([deel.sum().to_frame(naam(t)).T, deel.set_axis(regels)]))
    tabel = pd.concat([*delen, kosten.sum().to_frame(ALLE).T])
    tabel["totaal"] = tabel[list(DOMEINEN)].sum(axis=1)
    tabel["aandeel"] = tabel["totaal"] / (tabel.loc[ALLE, "totaal"] or 1.0)
    return tabel.rename(columns=DOMEINNAMEN)


def groepentabel(groepen: pd.DataFrame) -> pd.DataFrame:
    """The groups of ``analyse.profielen.groepen`` as a reader sees them, formatted text."""
    return pd.DataFrame(
        {
            "groep": [groepsnaam(t, k) for t, k in zip(groepen["type"], groepen["klasse"], strict=True)],
            "huishoudens": [getal(w) for w in groepen["huishoudens"]],
            "aandeel huishoudens": [procent(w, 1) for w in groepen["aandeel_huishoudens"]],
            "kosten per jaar": [euro(w, 1000) for w in groepen["kosten"]],
            "aandeel kosten": [procent(w, 1) for w in groepen["aandeel_kosten"]],
            "per huishouden": [euro(w, 100) for w in groepen["per_huishouden"]],
        }
    )


def groepsnaam(type_: str, klasse: str) -> str:
    """Display name of one of the twelve groups."""
    return f"{naam(type_)}, {KLASSENAMEN[klasse]}"


def groepenzin(groepen: pd.DataFrame) -> HTML:
    """The concentration in words: x% of the households, y% of the costs."""
    if not groepen["kosten"].sum():
        return HTML("<p>Er zijn geen huishoudens of geen zorgkosten.</p>")

    def delen(keuze: pd.Series) -> str:
        som = groepen[keuze][["aandeel_huishoudens", "aandeel_kosten"]].sum()
        return f"{procent(som.iloc[0], 1)} van de huishoudens, {procent(som.iloc[1], 1)} van de kosten"

    zwaar = {
        "Meervoudige problematiek en top samen": groepen["klasse"] != "ev",
        "Niet-zelfredzaam en top": groepen["klasse"].isin(["nzr", "top"]),
        "Alleen de top": groepen["klasse"] == "top",
    }
    regels = [f"<li>{label}: <strong>{delen(keuze)}</strong>.</li>" for label, keuze in zwaar.items()]
    grootste = groepen.head(3)
    namen = [
        f"{groepsnaam(r['type'], r['klasse']).lower()} ({procent(r['aandeel_huishoudens'], 1)} van de huishoudens, "
        f"{procent(r['aandeel_kosten'], 1)} van de kosten)"
        for _, r in grootste.iterrows()
    ]
    slot = f"<p>De drie groepen met de meeste kosten: {'; '.join(namen)}.</p>"
    return HTML(f"<ul>{''.join(regels)}</ul>{slot}")


def samenvatting(bevolking: Bevolking, budget: pd.DataFrame, groepen: pd.DataFrame, profielen: Profielen) -> HTML:
    """The answer in short: total and per household, the share of multiproblem households, the largest jump."""
    alle = budget.iloc[-1]
    mv = groepen[groepen["klasse"] != "ev"][["aandeel_huishoudens", "aandeel_kosten"]].sum()
    sprong = sprongen(profielen).sum(axis=2)
    i, j = np.unravel_index(int(sprong.argmax()), sprong.shape)
    wijken = "een wijk" if len(bevolking.namen) == 1 else f"{len(bevolking.namen)} wijken"
    gebruiken, samen = ("gebruikt", "") if rond(alle["huishoudens"]) == 1 else ("gebruiken", " samen")
    return HTML(
        f"<p>In {wijken} {gebruiken} {huishoudens(alle['huishoudens'])}{samen} voor <strong>{_groot(alle['totaal'])}"
        "</strong> zorg per jaar, "
        f"{euro(alle['per_huishouden'], 10)} per huishouden. Huishoudens met meervoudige problematiek of in de top "
        f"zijn {procent(mv.iloc[0])} van de huishoudens en {procent(mv.iloc[1])} van de kosten. De duurste escalatie "
        f"is die bij {naam(TYPEN[i]).lower()} van {KLASSEN[j]} naar {KLASSEN[j + 1]}: {euro(sprong[i, j], 100)} per "
        f"huishouden per jaar meer.</p>"
    )


def _groot(bedrag: float) -> str:
    """Euros in millions with one decimal, or to 100 when that says too little."""
    return euro(bedrag, 100) if abs(bedrag) < 1e6 else f"€\u00a0{getal(bedrag / 1e6, 1)} miljoen"


def bevolkingstabel(bevolking: Bevolking) -> pd.DataFrame:
    """Households per wijk by type and in total, and the share without or with a single problem (fraction)."""
    tabel = pd.DataFrame(
        bevolking.aantallen.sum(axis=2), index=pd.Index(bevolking.namen), columns=[naam(t) for t in TYPEN]
    )
    ev = pd.Series(bevolking.aantallen[:, :, 0].sum(axis=1), index=tabel.index)
    tabel.loc[ALLE_WIJKEN] = tabel.sum()
    ev[ALLE_WIJKEN] = ev.sum()
    tabel["totaal"] = tabel.sum(axis=1)
    tabel["geen probleem of ev"] = ev / tabel["totaal"]
    return tabel


def budgettabel(budget: pd.DataFrame) -> pd.DataFrame:
    """The population budget of ``analyse.profielen.populatiebudget`` with display names, euros per year."""
    return budget.rename(columns={**DOMEINNAMEN, "per_huishouden": "per huishouden"}).rename_axis(None)


def budget_per_huishouden(budget: pd.DataFrame) -> pd.DataFrame:
    """The same per household of the wijk: a domain per column and the total, euros per year."""
    deler = budget["huishoudens"].where(budget["huishoudens"] > 0)
    return budget[[*DOMEINEN, "totaal"]].div(deler, axis=0).rename(columns=DOMEINNAMEN).rename_axis(None)


def totalentabel(maat: OpMaat) -> pd.DataFrame:
    """Totals before and after made-to-measure, formatted text: per domain, and per type where factors differ.

    Columns domein, voor, eigen totaal, uitkomst, factor.
    """
    voor = zorgkosten(maat.aantallen, maat.basis).sum(axis=1)
    na = zorgkosten(maat.aantallen, maat.profielen).sum(axis=1)
    rijen = []
    for m, d in enumerate(DOMEINEN):
        rijen.append(_totalenrij(naam(d), voor[:, m].sum(), maat.rekening.domeintotaal(d), na[:, m].sum()))
        if np.ptp(maat.factoren[:, m]) > 1e-9:
            for i, t in enumerate(TYPEN):
                rij = _totalenrij(_INSPRING + naam(t), voor[i, m], maat.rekening.bedrag(d, t), na[i, m])
                rijen.append(rij)
    return pd.DataFrame(rijen)


def _totalenrij(label: str, voor: float, eigen: float | None, na: float) -> dict[str, str]:
    return {
        "domein": label,
        "met het profiel hiervoor": _centen(voor),
        "eigen totaal": "niet opgegeven" if eigen is None else _centen(eigen),
        "met het profiel op maat": _centen(na),
        "factor": getal(na / voor, 3) if voor else "–",
    }


def _centen(bedrag: float) -> str:
    return f"€\u00a0{getal(bedrag, 0 if abs(bedrag - round(bedrag)) < 0.005 else 2)}"


def vergelijkingstabel(maat: OpMaat) -> pd.DataFrame:
    """The profiles made to measure beside those before: euros per household, change as a fraction."""
    tabel = per_domein(maat.profielen.bedragen).rename(columns=DOMEINNAMEN)
    tabel["totaal op maat"] = maat.profielen.totalen.ravel()
    tabel["totaal hiervoor"] = maat.basis.totalen.ravel()
    tabel["verandering"] = tabel["totaal op maat"] / tabel["totaal hiervoor"].where(tabel["totaal hiervoor"] > 0) - 1
    tabel.index = pd.Index([groepsnaam(t, k) for t, k in tabel.index])
    return tabel


def herkomstregel(profielen: Profielen, *meer: str) -> HTML:
    """Where the profiles (and what else) come from, in one paragraph."""
    delen = [f"Profielen: {profielen.herkomst}", *meer]
    return HTML(f"<p class='herkomst'>{escape('. '.join(delen))}.</p>")


def afwijkingen_toml(afwijkingen: Mapping[str, float], kengetallen: Kengetallen, herkomst: str) -> str:
    """TOML that ``lees_kengetallen`` takes as own values: a line per kengetal, the catalogue's value as comment.

    ``afwijkingen``: key -> euros per household per year (``analyse.profielen.overrides``).
    """
    regels = [
        "# Zorgconsumptieprofielen op maat, in euro per huishouden per jaar, voor de optie met eigen kengetallen.",
        f"# Herkomst: {_een_regel(herkomst)}",
        "# Let op: alle andere bedragen van de regelset houden hun eigen prijspeil.",
    ]
    groep = ""
    for pad, waarde in afwijkingen.items():
        tabel, _, domein = pad.rpartition(".")
        if tabel != groep:
            regels.append(f"\n[{tabel}]")
            groep = tabel
        regels.append(f"{domein} = {float(waarde)!r}  # in de regelset {kort(kengetallen[pad])}")
    return "\n".join(regels) + "\n"


def _een_regel(tekst: str) -> str:
    """A comment must not leave its line."""
    return "".join(teken if teken.isprintable() else " " for teken in tekst)


def bewaar(
    map_: str | Path,
    naam_: str,
    bevolking: Bevolking,
    budget: pd.DataFrame,
    profielen: Profielen,
    kengetallen: Kengetallen,
    afwijkingen: Mapping[str, float],
) -> list[Path]:
    """Write costs per group and wijk and the budget as csv, and own profiles as TOML; "" writes nothing.

    csv with semicolons and decimal commas, euros unrounded. Without own profiles there is no TOML. Each file is
    written under a temporary name and moved into place.
    """
    if not str(map_):
        return []
    kosten = zorgkosten(bevolking.aantallen, profielen)
    assen = pd.MultiIndex.from_product([bevolking.namen, TYPEN, KLASSEN, DOMEINEN])
    lang = pd.Series(kosten.ravel(), index=assen.set_names(["wijk", "type", "klasse", "domein"]), name="eur_per_jaar")
    huishoudens = np.broadcast_to(bevolking.aantallen[..., None], kosten.shape).ravel()
    per_groep = lang.reset_index()
    per_groep.insert(4, "huishoudens", huishoudens)
    teksten = {
        "zorgkosten.csv": als_csv(per_groep),
        "populatiebudget.csv": als_csv(budget.reset_index()),
        "profielen.csv": als_csv(per_domein(profielen.bedragen).reset_index()),
    }
    if afwijkingen:
        teksten["profielen.toml"] = afwijkingen_toml(afwijkingen, kengetallen, profielen.herkomst)
    slug = maak_slug(naam_)
    return schrijf_alles(Path(map_), f"{slug}-", teksten)

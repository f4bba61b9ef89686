"""Figures of sensitivity: the tornado, the waterfall, the contour of two knobs, a sweep and scenarios side by side."""

import math
import textwrap
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mkba.analyse.gevoeligheid.rooster import Raster
from mkba.analyse.gevoeligheid.scenarios import BASIS
from mkba.kern.tekst.notatie import STAP_FIJN, euro, getal, kort, procent, toon_veld, verhouding
from mkba.kern.woorden.begrippen import VERHOUDINGEN, naam
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.zaak.eenheden import EURO, VERHOUDING, eenheid
from mkba.uitvoer.figuur import beschrijf, euro_as, figuur, legenda_onder, nieuw, verhouding_as
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN, ROOD

RUIMTE: Final = 0.2
"""Of the width of a waterfall: room for the amount beside a bar."""
_STREPEN = ("-", "--", ":", "-.")
"""So that grey print tells lines apart."""


@figuur("Horizontale balken: per invoer de uitkomst bij de lage en bij de hoge waarde.")
def tornado(
    tabel: pd.DataFrame, basis: float, ax: Axes | None = None, titel: str = "", uitkomst: str = "saldo"
) -> Axes:
    """Outcome at the low and the high end of each input, largest swing on top, euros or a ratio.

    ``tabel``: of ``tabellen.tornadotabel`` (columns label, uitkomst_laag, uitkomst_hoog, tekst_laag, tekst_hoog);
    ``basis`` the outcome as given; ``uitkomst`` its public key, for the axis and the break-even line.
    """
    ax = ax or nieuw(8, 0.36 * max(len(tabel), 1) + 1.5)
    if tabel.empty:
        ax.text(0.5, 0.5, "Geen enkele waarde heeft invloed op deze uitkomst.", ha="center", va="center")
        ax.set_axis_off()
        return ax
    y = np.arange(len(tabel))[::-1]
    ax.barh(
        y,
        tabel["uitkomst_laag"] - basis,
        left=basis,
        height=0.62,
        color="#9CA3AF",
        label="bij de lage waarde (naast de balk)",
    )
    ax.barh(
        y,
        tabel["uitkomst_hoog"] - basis,
        left=basis,
        height=0.62,
        color="#1F5FA8",
        label="bij de hoge waarde (naast de balk)",
        alpha=0.9,
    )
    uiterst = tabel[["uitkomst_laag", "uitkomst_hoog"]]
    spanne = float(max(uiterst.max().max(), basis) - min(uiterst.min().min(), basis)) or 1.0
    for hoogte, (_, rij) in zip(y, tabel.iterrows(), strict=True):
        for eind, tekst in (
            (rij["uitkomst_laag"], rij["tekst_laag"]),
            (rij["uitkomst_hoog"], rij["tekst_hoog"]),
        ):
            if abs(eind - basis) < 0.004 * spanne:
                continue
            rechts = eind > basis
            ax.text(
                eind + (0.008 if rechts else -0.008) * spanne,
                hoogte,
                tekst,
                ha="left" if rechts else "right",
                va="center",
                fontsize=7.5,
                color="#333333",
                zorder=4,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3},
            )
    ax.axvline(basis, color="#111111", linewidth=1)
    wat, wat_as, grens = _OVER.get(uitkomst.partition("_")[0], (naam(uitkomst), f"{naam(uitkomst)}, {{}}", None))
    soort = set(tabel["soort"]) if "soort" in tabel else set()
    if soort:
        beschrijf(ax, _tornado_alt(soort == {"kengetal"}, wat))
    if grens is not None:
        ax.axvline(grens, color=ROOD, linewidth=1, linestyle=":")
    ax.set_yticks(y, list(tabel["label"]))
    ax.tick_params(axis="y", labelsize=8.5)
    ax.margins(x=0.13)
    ax.set_xlabel(wat_as.format(eenheid(uitkomst)))
    ax.set_title(titel or f"Wat bepaalt {wat[:1].lower()}{wat[1:]}?")
    if eenheid(uitkomst) == VERHOUDING:
        verhouding_as(ax)
    elif eenheid(uitkomst) == EURO:
        euro_as(ax, "x")
    ax.grid(axis="y", visible=False)
    legenda_onder(ax, 2)
    return ax


_OVER: Final[dict[str, tuple[str, str, float | None]]] = {
    "kb": ("de verhouding", "baten gedeeld door kosten; stippellijn: break-even", 1.0),
    "saldo": ("het saldo", "saldo in euro (NCW); stippellijn: break-even", 0.0),
}
"""What a tornado is about: in a sentence, along the axis, and where break-even lies; other outcomes have none."""


def _tornado_alt(kengetallen: bool, wat: str) -> str:
    if kengetallen:
        return f"Horizontale balken: {wat} bij de lage en de hoge waarde van elk onzeker kengetal."
    return f"Horizontale balken: per knop {wat} bij de lage en bij de hoge waarde; de tabel van de knoppen noemt ze."


@figuur("Balken van het ene scenario naar het andere: per wijziging hoeveel het saldo stijgt of daalt.")
def waterval(tabel: pd.DataFrame, uitkomst: str = "saldo", ax: Axes | None = None, titel: str = "") -> Axes:
    """From one scenario to the other, one bar per change (``analyse.scenarios.waterval``).

    Grey: the outcome of the two scenarios; green: the change improves it, red: it makes it worse.
    """
    ax = ax or nieuw(8, 0.5 * len(tabel) + 1.5)
    y = np.arange(len(tabel))[::-1]
    stand = tabel["stand"].to_numpy(dtype=float)
    grens = 1.0 if uitkomst in VERHOUDINGEN else 0.0
    laag, hoog = min(0.0, float(stand.min())), max(grens, float(stand.max()))
    breed = (hoog - laag) or 1.0
    for i, rij in enumerate(tabel.itertuples(index=False)):
        if rij.soort == "wijziging":
            links, lengte = stand[i - 1], float(rij.bijdrage)
            kleur, hatch = (GROEN, "") if lengte >= 0 else (ROOD, "////")
            tekst = verschil_met_teken(lengte, uitkomst)
        else:
            links, lengte, kleur, hatch = 0.0, stand[i], GRIJS, ""
            tekst = _bedrag(lengte, uitkomst)
        ax.barh(y[i], lengte, left=links, height=0.6, color=kleur, hatch=hatch, edgecolor="white")
        # the amount at the outer end of the bar, the two scenarios away from zero
        rechts = max(links, links + lengte)
        bedrag = ax.text(rechts + 0.012 * breed, y[i], tekst, va="center", ha="left", fontsize=9)
        if rechts < grens < rechts + RUIMTE * breed:  # no line runs through an amount
            bedrag.set(zorder=6, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})
        if i + 1 < len(tabel):
            ax.plot([stand[i]] * 2, [y[i] + 0.3, y[i + 1] - 0.3], color="#999999", linewidth=0.8, zorder=0)
    ax.axvline(grens, color="#333333", linewidth=1)
    ax.set_yticks(y, [textwrap.fill(str(n), 36) for n in tabel["naam"]])
    ax.set_ylim(-0.6, len(tabel) - 0.4)
    ax.set_xlim(laag - 0.03 * breed, hoog + RUIMTE * breed)
    ax.set_xlabel(naam(uitkomst) + ("" if uitkomst in VERHOUDINGEN else ", euro netto contante waarde"))
    van, tot = (str(tabel["naam"].iloc[i]).lower() for i in (0, -1))
    ax.set_title(titel or f"Van {van} naar {tot}")
    beschrijf(ax, f"Balken van {van} naar {tot}: per wijziging hoeveel {_het(uitkomst)} stijgt of daalt.")
    _as(ax, "x", uitkomst)
    ax.grid(axis="y", visible=False)
    return ax


@figuur(
    "Vlak van twee knoppen met lijnen van gelijk saldo; de zwarte lijn is break-even, de stip is de aanpak "
    "zoals ingevuld."
)
def contour(raster: Raster, ax: Axes | None = None, titel: str = "") -> Axes:
    """An outcome over two knobs, with the break-even line (black) and the aanpak as given (dot).

    Red: below break-even, blue: above, also for who cannot tell red from green; even around break-even.
    """
    ax = ax or nieuw(7.2, 5.0)
    afstand = float(np.abs(raster.waarden - raster.drempel).max()) or 1.0
    niveaus = raster.drempel + np.asarray(MaxNLocator(nbins=10, symmetric=True).tick_values(-afstand, afstand))
    vlak = ax.contourf(raster.x_waarden, raster.y_waarden, raster.waarden, levels=niveaus, cmap="RdBu", alpha=0.85)
    ax.contour(raster.x_waarden, raster.y_waarden, raster.waarden, levels=niveaus, colors="#999999", linewidths=0.4)
    if raster.waarden.min() < raster.drempel < raster.waarden.max():
        ax.contour(
            raster.x_waarden, raster.y_waarden, raster.waarden, levels=[raster.drempel], colors="black", linewidths=2
        )
        ax.plot([], [], color="black", linewidth=2, label="kosten gelijk aan baten")
    else:
        kant = "hoger" if raster.waarden.min() >= raster.drempel else "lager"
        ax.plot([], [], linestyle="", label=f"in dit hele vlak zijn de baten {kant} dan de kosten")
    x, y, waarde = raster.punt
    hier = f"zoals ingevuld: {_bedrag(waarde, raster.uitkomst)}"
    ax.plot(x, y, marker="o", markersize=9, color="white", markeredgecolor=BLAUW, markeredgewidth=2.5, linestyle="",
            label=hier, clip_on=False, zorder=5)  # fmt: skip
    balk = ax.figure.colorbar(vlak, ax=ax)
    balk.ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: _kort(v, raster.uitkomst)))
    balk.set_label(naam(raster.uitkomst) + ("" if raster.uitkomst in VERHOUDINGEN else ", euro"))
    for as_, sleutel, zet in ((ax.xaxis, raster.x, ax.set_xlabel), (ax.yaxis, raster.y, ax.set_ylabel)):
        zet(_label(sleutel))
        if sleutel in ALLE_VELDEN and ALLE_VELDEN[sleutel].soort == "fractie":
            as_.set_major_formatter(FuncFormatter(lambda v, _: procent(v, 0 if abs(v * 100 % 1) < 1e-6 else 1)))
    ax.set_title(titel or f"{naam(raster.uitkomst)} bij twee knoppen")
    if raster.uitkomst in VERHOUDINGEN:
        beschrijf(
            ax,
            "Vlak van twee knoppen met lijnen van gelijke verhouding; de zwarte lijn is break-even, de stip is de "
            "aanpak zoals ingevuld.",
        )
    ax.grid(visible=False)
    handvatten, labels = ax.get_legend_handles_labels()
    ax.figure.legend(handvatten, labels, ncols=2, loc="outside lower center")
    return ax


@figuur("Liggende balken: het saldo per scenario, met dat van de aanpak zoals ingevuld bovenaan.")
def scenario_saldi(tabel: pd.DataFrame, ax: Axes | None = None, titel: str = "") -> Axes:
    """Saldo per scenario as bars (``analyse.scenarios.vergelijk``); the dashed line is the input as given."""
    ax = ax or nieuw(8, 0.5 * len(tabel) + 1.5)
    y = np.arange(len(tabel))[::-1]
    saldo = tabel["saldo"].to_numpy(dtype=float)
    laag, hoog = min(0.0, float(saldo.min())), max(0.0, float(saldo.max()))
    breed = (hoog - laag) or 1.0
    for hoogte, waarde in zip(y, saldo, strict=True):
        plus = waarde >= 0
        ax.barh(
            hoogte, waarde, height=0.6, color=GROEN if plus else ROOD, hatch="" if plus else "////", edgecolor="white"
        )
        ax.text(max(waarde, 0.0) + 0.012 * breed, hoogte, euro(waarde, 1000), va="center", ha="left", fontsize=9)
    ax.axvline(0, color="#333333", linewidth=1)
    if BASIS in tabel.index:
        ax.axvline(float(tabel.loc[BASIS, "saldo"]), color=BLAUW, linewidth=1, linestyle="--", zorder=0)
    ax.set_yticks(y, [str(i) for i in tabel.index])
    ax.set_ylim(-0.6, len(tabel) - 0.4)
    ax.set_xlim(laag - 0.03 * breed, hoog + 0.2 * breed)
    ax.set_xlabel("saldo, euro netto contante waarde (gestreept: zoals ingevuld)")
    ax.set_title(titel or "Saldo per scenario")
    euro_as(ax, "x")
    ax.grid(axis="y", visible=False)
    return ax


@figuur("Lijn: een uitkomst bij elke waarde van een knop.")
def reeks(tabel: pd.DataFrame, knoppen: Sequence[str], uitkomst: str = "saldo", ax: Axes | None = None) -> Axes:
    """One outcome against the first knob, a line per combination of the others; the dotted line is break-even.

    ``tabel``: a row per scenario, columns the ``knoppen`` (at least one) and the outcomes, euros NCW or ratios.
    """
    ax = ax or nieuw(8, 4.2)
    eerste, rest = knoppen[0], [k for k in knoppen[1:] if tabel[k].nunique() > 1]
    alle = tabel.sort_values(eerste, kind="stable")
    delen: list[tuple[Any, pd.DataFrame]] = list(alle.groupby(rest)) if rest else [((), alle)]
    for nummer, (waarden, deel) in enumerate(delen):
        label = ", ".join(f"{_label(k)}: {_knopwaarde(k, w)}" for k, w in zip(rest, waarden, strict=True))
        streep = _STREPEN[nummer % len(_STREPEN)]
        ax.plot(deel[eerste], deel[uitkomst], linestyle=streep, marker="o", markersize=4, label=label)
    grens = 1.0 if uitkomst in VERHOUDINGEN else 0.0 if uitkomst.startswith("saldo") else math.inf
    if float(tabel[uitkomst].min()) <= grens <= float(tabel[uitkomst].max()):
        ax.axhline(grens, color=ROOD, linewidth=1, linestyle=":")
    ax.set_xlabel(_label(eerste))
    ax.set_ylabel(naam(uitkomst) + (", euro NCW" if eenheid(uitkomst) == EURO else ""))
    ax.set_title(f"{naam(uitkomst)} bij {_label(eerste)}")
    if eerste in ALLE_VELDEN and ALLE_VELDEN[eerste].soort == "fractie":
        ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: _knopwaarde(eerste, v)))
    if eenheid(uitkomst) == EURO:
        euro_as(ax, "y")
    elif uitkomst in VERHOUDINGEN:
        ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: getal(v, 2)))
    if rest:
        legenda_onder(ax)
    erbij = f", een lijn per waarde van {', '.join(map(_label, rest))}" if rest else ""
    beschrijf(ax, f"Lijnen: {naam(uitkomst)} bij {len(set(tabel[eerste]))} waarden van {_label(eerste)}{erbij}.")
    return ax


def _knopwaarde(sleutel: str, waarde: float) -> str:
    return toon_veld(ALLE_VELDEN[sleutel], float(waarde)) if sleutel in ALLE_VELDEN else kort(float(waarde))


def _het(uitkomst: str) -> str:
    return "de verhouding" if uitkomst in VERHOUDINGEN else "het saldo"


def _bedrag(waarde: float, uitkomst: str) -> str:
    # a step of a ratio is small: hundredths, not the 0.05 of the source
    return verhouding(waarde, STAP_FIJN) if uitkomst in VERHOUDINGEN else euro(waarde, 1000)


def verschil_met_teken(waarde: float, uitkomst: str) -> str:
    """A change with its sign where a minus stands too: "€ +6.000", "€ -90.000"."""
    tekst = _bedrag(waarde, uitkomst)
    if waarde <= 0 or tekst == _bedrag(0.0, uitkomst):
        return tekst
    return f"+{tekst}" if uitkomst in VERHOUDINGEN else tekst.replace("\u00a0", "\u00a0+")


def _kort(waarde: float, uitkomst: str) -> str:
    return getal(waarde, 2) if uitkomst in VERHOUDINGEN else getal(waarde)


def _label(sleutel: str) -> str:
    return f"{ALLE_VELDEN[sleutel].label} (vraag {ALLE_VELDEN[sleutel].vraag})" if sleutel in ALLE_VELDEN else sleutel


def _as(ax: Axes, as_: str, uitkomst: str) -> None:
    if uitkomst not in VERHOUDINGEN:
        euro_as(ax, as_)
        return
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: getal(v, 2)))

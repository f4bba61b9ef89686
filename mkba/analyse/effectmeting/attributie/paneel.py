"""What was counted per wijk and period, as one array: outcomes per household, and when the aanpak began where."""

from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.notatie import lees_ja_nee, opsomming

Getallen = NDArray[np.float64]
Indeling = NDArray[np.int64]
"""Per wijk the position of the first period with the aanpak; the number of periods where it never came."""

UITKOMSTEN: Final = {
    "huisuitzetting": "huisuitzettingen",
    "uithuisplaatsing": "uithuisplaatsingen",
    "ondertoezichtstelling": "ondertoezichtstellingen",
    "crisisopname": "crisisopnamen",
    "zorggebruik_eur": "zorggebruik",
}
"""The columns of the table *gebied* that attribution can be done for, with their names in a sentence."""
IN_EURO: Final = frozenset({"zorggebruik_eur"})
_KOLOMMEN: Final = ("wijk", "periode", "aanpak", "huishoudens")


@dataclass(frozen=True, eq=False)
class Paneel:
    """One outcome per household, (wijken, perioden): a share per period, or euros of the year of the data.

    ``start``: see :data:`Indeling`; ``omvang``: households per wijk, on average over the periods, None when not known.
    Wijken in the order of the table, periods in time.
    """

    uitkomst: str
    wijken: tuple[str, ...]
    perioden: tuple[str, ...]
    waarden: Getallen
    start: Indeling
    omvang: Getallen | None = None

    @property
    def met_aanpak(self) -> NDArray[np.bool_]:
        """Which wijken got the aanpak within the periods, (wijken,)."""
        return np.asarray(self.start < len(self.perioden))

    @property
    def gelijk_begin(self) -> bool:
        """Whether all teams began in the same period."""
        return len(set(self.start[self.met_aanpak].tolist())) == 1


def maak_paneel(gebied: pd.DataFrame, uitkomst: str) -> Paneel:
    """The panel of one outcome from the table *gebied* (a row per wijk and period).

    Columns ``wijk``, ``periode`` (text that sorts in time, such as 2024K1), ``aanpak`` (ja or nee), ``huishoudens`` and
    the outcome: a count of events, or euros. Every wijk counts in every period: raises InvoerFout, with one message per
    problem, for a column or cell that is missing, a row that comes twice, and an aanpak that stopped.
    """
    if uitkomst not in UITKOMSTEN:
        keuze = opsomming(list(UITKOMSTEN), "of")
        raise InvoerFout(
            [Melding("uitkomst", uitkomst, "deze uitkomst staat niet in de tabel gebied.", f"Kies {keuze}.")]
        )
    if weg := [k for k in (*_KOLOMMEN, uitkomst) if k not in gebied.columns]:
        raise InvoerFout([_melding(k, None, "deze kolom ontbreekt.", "Voeg de kolom toe.") for k in weg])
    fouten: list[Melding] = []
    if not len(gebied):
        raise InvoerFout([_melding("wijk", None, "er staan geen rijen in.", "Vul een rij per wijk en periode in.")])
    tabel = pd.DataFrame({k: gebied[k].to_numpy() for k in (*_KOLOMMEN, uitkomst)})
    tabel["wijk"], tabel["periode"] = tabel["wijk"].astype(str), tabel["periode"].astype(str)
    tabel["aanpak"] = [_ja_nee(w, nr, fouten) for nr, w in enumerate(tabel["aanpak"], start=1)]
    for kolom in ("huishoudens", uitkomst):
        getal = pd.to_numeric(tabel[kolom], errors="coerce").to_numpy(dtype=float)
        fout = ~np.isfinite(getal) | (getal < 0) | ((getal == 0) & (kolom == "huishoudens"))
        wat = "aantal boven 0" if kolom == "huishoudens" else "getal van 0 of meer"
        fouten += [
            _melding(f"rij {nr + 1}, {kolom}", tabel[kolom][nr], f"een cel is leeg of geen {wat}.", f"Geef een {wat}.")
            for nr in np.flatnonzero(fout)
        ]
        tabel[kolom] = getal
    if uitkomst not in IN_EURO and not fouten:
        meer = np.flatnonzero(tabel[uitkomst].to_numpy() > tabel["huishoudens"].to_numpy())
        fouten += [
            _melding(
                f"rij {nr + 1}, {uitkomst}", tabel[uitkomst][nr], "dit is meer dan er huishoudens zijn.",
                "Geef het aantal van deze periode.",
            )
            for nr in meer
        ]  # fmt: skip
    dubbel = tabel[tabel.duplicated(["wijk", "periode"])]
    fouten += [
        _melding(f"{r.wijk}, {r.periode}", None, "deze wijk en periode staan er dubbel.", "Houd een rij over.")
        for r in dubbel.itertuples()
    ]
    if fouten:
        raise InvoerFout(fouten)
    wijken, perioden = tuple(dict.fromkeys(tabel["wijk"])), tuple(sorted(set(tabel["periode"])))
    blok = tabel.set_index(["wijk", "periode"]).reindex(pd.MultiIndex.from_product([wijken, perioden]))
    vorm = (len(wijken), len(perioden))
    aantal, teller = (blok[k].to_numpy(dtype=float).reshape(vorm) for k in ("huishoudens", uitkomst))
    if np.isnan(aantal).any():
        _leeg(wijken, perioden, np.isnan(aantal))
    aanpak = blok["aanpak"].to_numpy(dtype=float).reshape(vorm)
    gestopt = (np.diff(aanpak, axis=1) < 0).any(axis=1)
    if gestopt.any():
        raise InvoerFout(
            [
                _melding(
                    f"aanpak van {w}", None, "de aanpak begint en houdt weer op; een effect is dan niet te zeggen.",
                    "Laat de perioden na het einde weg, of de wijk.",
                )
                for w, op in zip(wijken, gestopt, strict=True)
                if op
            ]
        )  # fmt: skip
    start = np.where(aanpak.any(axis=1), aanpak.argmax(axis=1), len(perioden)).astype(np.int64)
    return Paneel(uitkomst, wijken, perioden, teller / aantal, start, aantal.mean(axis=1))


def zonder_keuzeperioden(paneel: Paneel, aantal: int) -> Paneel:
    """The panel without the last ``aantal`` periods before the start, by which the wijken were chosen.

    Who is chosen because it went badly there just then, does better afterwards by chance alone (regression to the
    mean); without those periods before and after are as far from the choice. Raises InvoerFout where teams began at
    different moments or no period is left before the start.
    """
    if aantal == 0:
        return paneel
    begin, n = int(paneel.start.min()), len(paneel.perioden)
    if not paneel.gelijk_begin or not 0 < aantal < begin:
        oorzaak = (
            f"er zijn {begin} perioden voor de start; er moet er een overblijven."
            if paneel.gelijk_begin
            else "de wijken begonnen op verschillende momenten."
        )
        remedie = "Geef 0, en zeg bij de uitkomst hoe de wijken zijn gekozen."
        raise InvoerFout([Melding("keuzeperioden", aantal, oorzaak, remedie)])
    blijft = np.r_[0 : begin - aantal, begin:n]
    perioden = tuple(paneel.perioden[i] for i in blijft)
    return replace(paneel, perioden=perioden, waarden=paneel.waarden[:, blijft], start=paneel.start - aantal)


def _leeg(wijken: tuple[str, ...], perioden: tuple[str, ...], leeg: NDArray[np.bool_]) -> NoReturn:
    raise InvoerFout(
        [
            _melding(
                f"{w}, {opsomming([p for p, op in zip(perioden, rij, strict=True) if op])}",
                None,
                "van een wijk ontbreekt een periode.",
                "Vul de rij aan, of laat de wijk of de periode overal weg.",
            )
            for w, rij in zip(wijken, leeg, strict=True)
            if rij.any()
        ]
    )


def _ja_nee(waarde: Any, nummer: int, fouten: list[Melding]) -> bool:
    if isinstance(waarde, bool | np.bool_):
        return bool(waarde)
    try:
        return lees_ja_nee(str(waarde))
    except FouteWaarde as fout:
        fouten.append(_melding(f"rij {nummer}, aanpak", waarde, fout.oorzaak, fout.remedie))
        return False


def _melding(veld: str, waarde: object, oorzaak: str, remedie: str) -> Melding:
    return Melding(veld, waarde, oorzaak, remedie, "tabel gebied")

"""Checks between rows and between tables: twice the same, a reference to nobody, dates that cannot be.

Arrays over all rows of a table; a row that was refused before is not looked at again, and does not exist for others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mkba.invoer.effectmeting.kolommen import TABELLEN
from mkba.invoer.effectmeting.registratie import Weigering
from mkba.kern.tekst.notatie import hoeveel, opsomming

Masker = NDArray[np.bool_]
_MET_HUISHOUDEN = tuple(n for n, v in TABELLEN.items() if n != "huishoudens" and v.kolommen[0].naam == "pseudoniem")

MEESTE_GATEN: Final = 10
"""So many missing rows are named. A choice."""


@dataclass(frozen=True)
class Gekeurd:
    """The rows that are left, what was refused in all, and what deserves attention."""

    frames: Mapping[str, pd.DataFrame]
    weigeringen: Sequence[Weigering]
    opmerkingen: Sequence[str]


def keur(
    frames: dict[str, pd.DataFrame], aantal: int, bestanden: Sequence[str], weigeringen: Sequence[Weigering]
) -> Gekeurd:
    """Refuse rows that contradict themselves or others; ``frames`` (used up) have ``_bestand``, ``_rij`` and ``_goed``.

    ``aantal``: of pseudonyms, which are numbers from 0 here, -1 in a row that was refused for it.
    """
    alle = list(weigeringen)
    uit: dict[str, pd.DataFrame] = {}
    start = np.full(aantal + 1, np.datetime64("NaT"), dtype="M8[s]")  # the last is that of -1
    for naam in TABELLEN:
        if naam not in frames:
            continue
        frame = frames.pop(naam)
        goed = frame["_goed"].to_numpy(dtype=bool, copy=True)
        regels = [*_binnen(naam, frame)]
        if naam in _MET_HUISHOUDEN:
            vreemd = np.isnat(start)[frame["pseudoniem"].to_numpy()]
            regels.insert(0, ("pseudoniem", vreemd, "een pseudoniem dat (goed gelezen) in de tabel huishoudens staat"))
        if naam == "escalaties":
            eerder = frame["datum"].to_numpy() < start[frame["pseudoniem"].to_numpy()]
            regels.append(("datum", eerder, "een datum op of na de start van het huishouden"))
        regels += _dubbel(naam, frame, goed & ~np.logical_or.reduce([m for _, m, _ in regels] or [~goed]))
        for kolom, fout, verwacht in regels:
            mis = fout & goed
            alle += _weiger(naam, frame[mis], bestanden, kolom, verwacht)
            goed &= ~fout
        frame = frame.drop(columns=["_bestand", "_rij", "_goed"])
        uit[naam] = frame if goed.all() else frame[goed]
        if naam == "huishoudens":
            start[uit[naam]["pseudoniem"].to_numpy()] = uit[naam]["start"].to_numpy()
    return Gekeurd(uit, sorted(alle, key=_volgorde), _opmerkingen(uit))


def _volgorde(w: Weigering) -> tuple[int, str, int]:
    return list(TABELLEN).index(w.tabel), w.bestand, w.rij


def _weiger(naam: str, rijen: pd.DataFrame, bestanden: Sequence[str], kolom: str, verwacht: str) -> list[Weigering]:
    plekken = zip(rijen["_bestand"], rijen["_rij"], strict=True)
    return [Weigering(naam, bestanden[b], int(n), kolom, verwacht) for b, n in plekken]


Regel = tuple[str, Masker, str]


def _binnen(naam: str, frame: pd.DataFrame) -> list[Regel]:
    """What a row says that contradicts itself."""
    if naam == "gebied":
        return _van_een_wijk(frame)
    if naam != "huishoudens":
        return []
    kolom = _met_leeg(frame)
    type_, klasse = kolom["type"].astype("object"), kolom["leeftijdsklasse_oudste"].astype("object")
    kinderen = pd.to_numeric(kolom["kinderen"]).astype("float64")
    ouder = klasse.isin(["65_80", "80_plus", "65_plus"])
    jonger = klasse.isin(["tot_27", "27_45", "45_65", "tot_65"])
    lopend, einde = kolom["status"].astype("object") == "lopend", pd.to_datetime(kolom["einde"])
    regels = [
        ("kinderen", (type_ == "gezinnen") & (kinderen == 0), "1 of meer kinderen onder 18 bij het type gezinnen"),
        ("type", (type_ != "gezinnen") & (kinderen > 0), "gezinnen, want er zijn kinderen onder 18"),
        ("type", (type_ == "ouderen") & jonger, "geen ouderen, want de oudste is jonger dan 65"),
        ("type", (type_ == "overig") & ouder, "geen overig, want de oudste is 65 of ouder"),
        ("einde", einde < pd.to_datetime(kolom["start"]), "een datum op of na de start"),
        ("einde", lopend & einde.notna(), "leeg, want de status is lopend (een geplande datum hoort er niet in)"),
    ]
    return [(k, m.to_numpy(dtype=bool), v) for k, m, v in regels]


def _van_een_wijk(frame: pd.DataFrame) -> list[Regel]:
    """A wijk has households, and no more of them than there are can meet an event."""
    alle = pd.to_numeric(frame["huishoudens"]).astype("float64")
    regels: list[Regel] = [("huishoudens", (alle == 0).to_numpy(dtype=bool), "een aantal boven 0")]
    for k in TABELLEN["gebied"].kolommen:
        if k.soort == "geheel" and k.naam != "huishoudens" and k.naam in frame:
            meer = pd.to_numeric(frame[k.naam]).astype("float64") > alle
            regels.append((k.naam, meer.to_numpy(dtype=bool), "hoogstens het aantal huishoudens van de wijk"))
    return regels


def _gaten(gebied: pd.DataFrame) -> list[str]:
    """That the table gebied is not whole: then no outcome, or not that one, can be compared over wijken."""
    rijen = pd.MultiIndex.from_arrays([gebied["wijk"].astype(str), gebied["periode"].astype(str)])
    mis = pd.MultiIndex.from_product([sorted(set(w)) for w in zip(*rijen, strict=True)]).difference(rijen)
    uit = []
    if len(mis):
        welke = [f"{wijk} {periode}" for wijk, periode in mis[:MEESTE_GATEN]]
        over = len(mis) - len(welke)
        uit.append(
            f"In de tabel gebied ontbreekt {opsomming([*welke, *([f'{over} andere'] if over else [])])}: zonder die "
            "rijen zijn de wijken niet te vergelijken. Vul ze aan, of laat de wijk of de periode overal weg."
        )
    leeg = [k for k in gebied if gebied[k].isna().any() and not gebied[k].isna().all()]
    if leeg:
        uit.append(
            f"In de tabel gebied heeft {opsomming(leeg)} lege cellen: daarvan zijn de wijken niet te vergelijken. Een "
            "kwartaal zonder gevallen is 0."
        )
    return uit


def _met_leeg(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of huishoudens, those that the file does not have without a value."""
    return frame.reindex(columns=[k.naam for k in TABELLEN["huishoudens"].kolommen])


def _dubbel(naam: str, frame: pd.DataFrame, telt: Masker) -> list[Regel]:
    """Rows with a key that an earlier row has; of those that are refused already none counts as the earlier one."""
    sleutel = list(TABELLEN[naam].sleutel)
    if not sleutel:
        return []
    dubbel = np.zeros(len(frame), dtype=bool)
    dubbel[telt] = frame.loc[telt, sleutel].duplicated().to_numpy()
    verwacht = f"een {' en '.join(sleutel)} die in geen eerdere rij staan" if len(sleutel) > 1 else ""
    return [(sleutel[-1], dubbel, verwacht or f"een {sleutel[0]} dat in geen eerdere rij staat")]


def _opmerkingen(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """What is allowed and yet odd, as counts."""
    uit = []
    huishoudens = frames.get("huishoudens", pd.DataFrame({"team": []}))
    if "problematiek" in frames:
        meting = frames["problematiek"]
        met_start = meting.loc[meting["moment"] == 0, "pseudoniem"]
        if not huishoudens["pseudoniem"].isin(met_start).all():  # how many is a count of persons, and may be small
            uit.append("Niet elk huishouden heeft een meting op moment 0 (nulmeting).")
    if "team" in frames and len(frames["team"]):  # an empty sheet of the template is a table that is not there
        n = len(set(huishoudens["team"].dropna()) - set(frames["team"]["team"]))
        if n:
            uit.append(
                f"{hoeveel(n, 'team', 'teams')} uit de tabel huishoudens {'staat' if n == 1 else 'staan'} "
                "niet in de tabel team."
            )
        leeg = int(frames["team"]["inzet"].isna().sum()) if "inzet" in frames["team"] else 0
        if 0 < leeg < len(frames["team"]):
            uit.append(
                f"In de tabel team is van {hoeveel(leeg, 'rij', 'rijen')} niet ingevuld of zij additioneel is of nieuw "
                "voor oud: het additionele deel (vraag 6) is dat van de andere rijen."
            )
    if "gebied" in frames and len(frames["gebied"]):
        uit += _gaten(frames["gebied"])
    if "gebied" in frames and len(frames["gebied"]) and "wijk" in huishoudens:
        n = len(set(huishoudens["wijk"].dropna()) - set(frames["gebied"]["wijk"]))
        if n:
            uit.append(
                f"{hoeveel(n, 'wijk', 'wijken')} uit de tabel huishoudens {'staat' if n == 1 else 'staan'} "
                "niet in de tabel gebied."
            )
    return uit

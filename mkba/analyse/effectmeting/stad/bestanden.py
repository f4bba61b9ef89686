"""The made-up town as tables of a registration, and as the files in ``data/voorbeeldstad``.

``python -m mkba.analyse.effectmeting.stad.bestanden`` writes the files again; a test compares them with the recipe.
"""

import csv
import io
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from mkba.analyse.effectmeting.attributie.paneel import UITKOMSTEN
from mkba.analyse.effectmeting.stad.generator import (
    Huishoudens,
    Waarheid,
    huishoudens,
    panelen,
    recept,
    waarheid,
    wijken,
)
from mkba.kern.bestand import paden
from mkba.kern.bestand.schrijven import schrijf_in

MAP: Final = "voorbeeldstad"
MOMENTEN: Final = (0, 6, 12, 18)
"""Months after the start at which a household is measured (handleiding, chapter 5)."""
Rijen = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Stad:
    """The registration of a made-up town, a frame per table, and what is true of it."""

    tabellen: Mapping[str, pd.DataFrame]
    waarheid: Waarheid


def maak_stad(zaad: int | None = None) -> Stad:
    """The town of a seed, by default that of the recipe."""
    rng = np.random.default_rng(recept()["zaad"] if zaad is None else zaad)
    h = huishoudens(rng)
    basis = _huishoudens(rng, h)
    rijen = {
        "huishoudens": basis,
        "problematiek": _problematiek(rng, h, basis),
        "trajecten": _trajecten(rng, h, basis),
        "acties": _acties(rng, h, basis),
        "escalaties": _escalaties(rng, h, basis),
        "team": _team(rng),
        "gebied": _gebied(rng),
    }
    return Stad({naam: pd.DataFrame(r) for naam, r in rijen.items()}, waarheid())


def _huishoudens(rng: np.random.Generator, h: Huishoudens) -> Rijen:
    r, namen = recept(), list(recept()["wijken"]["met_aanpak"])
    deel, peildatum = r["huishoudens"], date.fromisoformat(r["tijd"]["peildatum"])
    eerste, dagen = date.fromisoformat(r["tijd"]["eerste_dag"]), r["tijd"]["dagen"]
    uit = []
    for i, soort in enumerate(np.array(list(deel["type"]))[h.type[0]].tolist()):
        start = eerste + timedelta(days=int(rng.integers(dagen)))
        einde = start + timedelta(weeks=int(rng.poisson(deel["weken_actief"])) + 1)
        uitgevallen = bool(rng.random() < deel["uitgevallen"])
        loopt = einde > peildatum
        uit.append(
            {
                "pseudoniem": f"H{i + 1:04d}",
                "type": soort,
                "leeftijdsklasse_oudste": _een(rng, deel["leeftijd"][soort]),
                "kinderen": int(_een(rng, deel["kinderen"])) if soort == "gezinnen" else 0,
                "generalist": f"G{h.generalist[i] + 1:02d}",
                "team": f"team {namen[h.team[i]]}",
                "wijk": namen[h.team[i]],
                "start": start.isoformat(),
                "einde": "" if loopt else einde.isoformat(),
                "nieuw": _ja(h.nieuw[0, i]),
                "status": "lopend" if loopt else "uitgevallen" if uitgevallen else "afgerond",
            }
        )
    return uit


def _problematiek(rng: np.random.Generator, h: Huishoudens, basis: Rijen) -> Rijen:
    deel, peildatum = recept()["huishoudens"], date.fromisoformat(recept()["tijd"]["peildatum"])
    klassen = list(deel["zwaarte"])
    uit = []
    for rij, klasse in zip(basis, h.zwaarte[0].tolist(), strict=True):
        start = date.fromisoformat(rij["start"])
        laatste = date.fromisoformat(rij["einde"]) if rij["status"] == "uitgevallen" else peildatum
        for maanden in MOMENTEN:
            if _later(start, maanden) > laatste:
                break
            uit.append({"pseudoniem": rij["pseudoniem"], "moment": maanden, "zwaarte": klassen[klasse]})
            u = rng.random()
            stap = -1 if u < deel["beter"] else int(u > 1 - deel["terugval"])
            klasse = min(max(klasse + stap, 0), len(klassen) - 1)
    return uit


def _trajecten(rng: np.random.Generator, h: Huishoudens, basis: Rijen) -> Rijen:
    deel = recept()["trajecten"]
    aanbieder = {soort: wie for wie, soorten in deel["aanbieder"].items() for soort in soorten}
    zonder_jeugd = _herwogen({k: v for k, v in deel["aandeel"].items() if k not in deel["jeugd"]})
    alles = _herwogen(deel["aandeel"])
    uit = []
    for i, rij in enumerate(basis):
        aandeel = alles if rij["type"] == "gezinnen" else zonder_jeugd
        for stand, aantal in (("lopend", h.lopend), ("nieuw", h.meer), ("afgevallen", h.minder)):
            for _ in range(int(aantal[0, i])):
                soort = _een(rng, aandeel)
                loopt = stand == "lopend"
                uit.append(
                    {
                        "pseudoniem": rij["pseudoniem"],
                        "moment": 0 if loopt else int(_een(rng, deel["moment"])),
                        "type": soort,
                        "stand": stand,
                        "aanbieder": aanbieder[soort],
                        "uitgevoerd": _ja(loopt or rng.random() < deel["uitgevoerd"]),
                    }
                )
    return uit


def _acties(rng: np.random.Generator, h: Huishoudens, basis: Rijen) -> Rijen:
    deel = recept()["acties"]
    uit = []
    for rij, aantal in zip(basis, h.acties[0].tolist(), strict=True):
        for _ in range(aantal):
            door = _een(rng, deel["door"])
            gedaan = _ja(rng.random() < deel["uitgevoerd"][door])
            uit.append({"pseudoniem": rij["pseudoniem"], "moment": 0, "door": door, "uitgevoerd": gedaan})
    return uit


def _escalaties(rng: np.random.Generator, h: Huishoudens, basis: Rijen) -> Rijen:
    deel = recept()["escalaties"]
    uit = []
    for i, rij in enumerate(basis):
        for nummer, soort in enumerate(deel["dreigt"]):
            if not h.dreigt[nummer, 0, i]:
                continue
            afloop = "voorkomen" if h.voorkomen[nummer, 0, i] else "gebeurd"
            datum = date.fromisoformat(rij["start"]) + timedelta(days=int(rng.integers(recept()["tijd"]["dagen"])))
            uit.append(
                {
                    "pseudoniem": rij["pseudoniem"],
                    "soort": soort,
                    "uitkomst": "dreigde" if rng.random() < deel["nog_open"] else afloop,
                    "datum": datum.isoformat(),
                }
            )
    return uit


def _team(rng: np.random.Generator) -> Rijen:
    deel = recept()["team"]
    return [
        {
            "team": f"team {naam}",
            "fte": float(rng.choice(deel["fte"])),
            "discipline": discipline,
            "betaler": str(rng.choice(deel["betaler"])),
            "inzet": "additioneel" if rng.random() < deel["additioneel"] else "nieuw_voor_oud",
        }
        for naam in recept()["wijken"]["met_aanpak"]
        for discipline in deel["disciplines"]
    ]


def _gebied(rng: np.random.Generator) -> Rijen:
    namen, aantal, start = wijken()
    tellingen = {uitkomst: panelen(rng, uitkomst)[0] for uitkomst in UITKOMSTEN}
    return [
        {
            "wijk": naam,
            "periode": periode,
            "aanpak": _ja(kwartaal >= start[i]),
            "huishoudens": int(aantal[i]),
            **{uitkomst: int(telling[i, kwartaal]) for uitkomst, telling in tellingen.items()},
        }
        for i, naam in enumerate(namen)
        for kwartaal, periode in enumerate(recept()["tijd"]["perioden"])
    ]


def _een(rng: np.random.Generator, aandeel: Mapping[str, float]) -> str:
    return str(rng.choice(list(aandeel), p=list(aandeel.values())))


def _herwogen(aandeel: Mapping[str, float]) -> dict[str, float]:
    totaal = sum(aandeel.values())
    return {naam: deel / totaal for naam, deel in aandeel.items()}


def _ja(waar: Any) -> str:
    return "ja" if waar else "nee"


def _later(dag: date, maanden: int) -> date:
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


# --- files ---------------------------------------------------------------------------------------------------


def bestanden(stad: Stad) -> dict[str, str]:
    """The text of every file of the town, by its name: semicolons and decimal commas."""
    return {
        f"{naam}.csv": _csv(list(frame.columns), frame.to_numpy(dtype=object)) for naam, frame in stad.tabellen.items()
    }


def _csv(koppen: Sequence[str], rijen: Sequence[Sequence[Any]] | Any) -> str:
    buffer = io.StringIO()
    schrijver = csv.writer(buffer, delimiter=";", lineterminator="\n")
    schrijver.writerow(koppen)
    schrijver.writerows([_cel(w) for w in rij] for rij in rijen)
    return buffer.getvalue()


def _cel(waarde: Any) -> str:
    return str(waarde).replace(".", ",") if isinstance(waarde, float) else str(waarde)


def main() -> None:
    """Write the files of the town of the recipe."""
    for naam, tekst in bestanden(maak_stad()).items():
        schrijf_in(paden.data(), f"{MAP}/{naam}", tekst)


if __name__ == "__main__":
    main()

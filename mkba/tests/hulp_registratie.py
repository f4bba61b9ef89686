"""What the tests of the registration share, and the recipe of the made-up caseload of Waterstad.

``waterstad()`` gives the text of data/voorbeeldgemeente/registratie.csv; a test compares both, and
``python -m mkba.tests.hulp_registratie`` writes the file again. The recipe is described in the README beside it.
"""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest

from mkba.analyse.doelgroepen.zelfredzaamheid import (
    KOLOMMEN,
)
from mkba.invoer.registratie.domeinen import ZRM_2013, ZRM_2017
from mkba.invoer.registratie.lezen import Huishouden, lees_registratie
from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import TYPEN

BESTAND: Final = "voorbeeldgemeente/registratie.csv"
ZAAD: Final = 2014
AANTAL: Final = 240
DOMEINEN: Final = tuple(dict.fromkeys((*ZRM_2013, *ZRM_2017)))
KENMERKEN: Final = (
    "id",
    "datum",
    "zrm_lijst",
    "samenstelling",
    "kinderen_onder_18",
    "oudste_65_plus",
    "schulden_ja_nee",
    "geen_werk",
    "overlast_ja_nee",
    "lvb",
    "top",
    "al_hulp",
)
GROEPEN: Final = (
    ("financien", "huisvesting"),
    ("huiselijke_relaties",),
    ("sociaal_netwerk", "maatschappelijke_participatie", "dagbesteding", "werk_opleiding", "tijdsbesteding"),
    ("geestelijke_gezondheid", "verslaving", "middelengebruik"),
    ("lichamelijke_gezondheid", "adl", "basale_adl", "instrumentele_adl"),
    ("justitie",),
)
"""Domains that go up and down together in the recipe: the areas of the handleiding, (L)VB apart."""
KANS_OP_GROEP: Final[Mapping[str, tuple[float, ...]]] = {
    "gezin": (0.8, 0.7, 0.6, 0.45, 0.25, 0.2),
    "oudere": (0.3, 0.15, 0.7, 0.3, 0.9, 0.03),
    "overig": (0.85, 0.25, 0.75, 0.65, 0.3, 0.3),
}


def waterstad() -> str:
    """The text of the file: 240 households, 24 of them with a second meting."""
    toeval = random.Random(ZAAD)
    regels = [";".join([*KENMERKEN, *DOMEINEN])]
    for nummer in range(1, AANTAL + 1):
        kenmerken, scores = _huishouden(toeval, nummer)
        regels.append(_regel(kenmerken, scores))
        if nummer % 10 == 5:  # half a year later, most scores the same or one better
            jaar, maand, dag = kenmerken["datum"].split("-")
            later = int(maand) + 6
            datum = f"{int(jaar) + (later > 12)}-{(later - 1) % 12 + 1:02d}-{dag}"
            beter = {
                d: str(min(int(s) + (toeval.random() < 0.4), 5)) if s not in ("", "99") else s
                for d, s in scores.items()
            }
            regels.append(_regel({**kenmerken, "datum": datum}, beter))
    return "\n".join(regels) + "\n"


def _huishouden(toeval: random.Random, nummer: int) -> tuple[dict[str, str], dict[str, str]]:
    def kans(p: float) -> bool:
        return toeval.random() < p

    soort = "gezin" if kans(0.42) else "oudere" if kans(0.38) else "overig"
    lijst = ZRM_2013 if kans(0.3) else ZRM_2017
    ernst = 0 if kans(0.22) else 1 if kans(0.6) else 2
    alleen = kans({"gezin": 0.35, "oudere": 0.6, "overig": 0.7}[soort])
    woorden = ("eenoudergezin", "tweeoudergezin") if soort == "gezin" else ("alleenstaand", "paar zonder kinderen")
    slecht = [g for g, p in enumerate(KANS_OP_GROEP[soort]) if kans(p * (0.35, 0.8, 1.2)[ernst])]
    slecht = slecht[:1] if ernst == 0 else slecht or [0]
    scores = {}
    for domein in lijst:
        groep = next(i for i, g in enumerate(GROEPEN) if domein in g)
        if groep in slecht and kans(0.8):
            score = (3, 2, 1)[min(int(toeval.random() * 3), ernst)] if ernst else 3
        elif ernst == 2 and domein != "justitie":
            score = 3 if kans(0.5) else 4
        else:
            score = 5 if kans(0.6) else 4
        scores[domein] = "99" if kans(0.02) else "" if kans(0.02) else str(score)
    if nummer % 40 == 7:  # a first conversation only: three domains
        scores = {d: s for i, (d, s) in enumerate(scores.items()) if i < 3}
    geld = 0 in slecht
    jaar, maand, dag = 2023 + int(kans(0.5)), 1 + int(toeval.random() * 12), 1 + int(toeval.random() * 28)
    kenmerken = {
        "id": f"W{nummer:03d}",
        "datum": f"{jaar}-{maand:02d}-{dag:02d}",
        "zrm_lijst": "2013" if lijst == ZRM_2013 else "2017",
        "samenstelling": woorden[not alleen],
        "kinderen_onder_18": str(1 + int(toeval.random() * toeval.random() * 5)) if soort == "gezin" else "0",
        "oudste_65_plus": "ja" if soort == "oudere" else "nee",
        "schulden_ja_nee": _ja(kans(0.85 if geld else 0.1)),
        "geen_werk": _ja(soort == "oudere" or kans((0.35, 0.55, 0.75)[ernst])),
        "overlast_ja_nee": _ja(5 in slecht and kans(0.7)),
        "lvb": _ja(kans((0.02, 0.1, 0.25)[ernst])),
        "top": _ja(ernst == 2 and kans(0.08)),
        "al_hulp": "" if kans(0.05) else _ja(kans(0.88)),
    }
    return kenmerken, scores


def _ja(waarde: bool) -> str:
    return "ja" if waarde else "nee"


def _regel(kenmerken: Mapping[str, str], scores: Mapping[str, str]) -> str:
    return ";".join([*(kenmerken[k] for k in KENMERKEN), *(scores.get(d, "") for d in DOMEINEN)])


def huishouden(
    scores: Mapping[str, float | None] | Sequence[float | None], schaal: str = "1-5", **rest: Any
) -> Huishouden:
    """A household in a test; a sequence of scores follows the list of 2013."""
    als_dict = dict(scores) if isinstance(scores, Mapping) else dict(zip(ZRM_2013, scores, strict=True))
    velden: dict[str, Any] = {"id": "H1", "type": "gezin", "kinderen": 2, **rest}
    return Huishouden(scores=als_dict, schaal=schaal, **velden)  # type: ignore[arg-type]


def berichten(pad: Path, **opties: Any) -> list[str]:
    """All messages about a file, without its folder."""
    with pytest.raises(InvoerFout) as fout:
        lees_registratie(pad, **opties)
    assert fout.value.meldingen
    assert all(str(pad) in m.bestand for m in fout.value.meldingen)
    return [str(m).replace(str(pad), pad.name) for m in fout.value.meldingen]


def gevallen() -> Path:
    """The folder with files that once went wrong, beside the checkout or a worktree; skips where there is none."""
    mappen = [map_ / "shared" / "gevallen" for map_ in Path(__file__).resolve().parents]
    gevonden = next((map_ for map_ in mappen if map_.is_dir()), None)
    if gevonden is None:
        pytest.skip("../shared/gevallen is er niet; dezelfde gevallen staan ook in de andere toetsen")
    return gevonden


if __name__ == "__main__":
    (paden.data() / BESTAND).write_text(waterstad(), encoding="utf-8")


def kopie_van_notebook_10(naar: Path, registratie_: Path, **parameters: str) -> Path:
    """The notebook with another registration in its parameters, as a user has it."""
    boek = json.loads((paden.notebooks() / "10_doelgroepenanalyse.ipynb").read_text(encoding="utf-8"))
    cel = next(c for c in boek["cells"] if "parameters" in c["metadata"].get("tags", []))
    waarden = {"registratie": json.dumps(str(registratie_)), **parameters}
    regels = []
    for regel in "".join(cel["source"]).splitlines():
        links, _, rest = regel.partition(" = ")
        naam_ = links.partition(":")[0]
        waarde, hek, uitleg = rest.partition("  # ")
        regels.append(f"{links} = {waarden.get(naam_, waarde.replace('../data', str(paden.data())))}{hek}{uitleg}")
    cel["source"] = "\n".join(regels)
    naar.write_text(json.dumps(boek), encoding="utf-8")
    return naar


def klassentabel(**rijen: tuple[int, ...]) -> pd.DataFrame:
    """As ``Indeling.tabel``; rows not named are 0."""
    alle = [rijen.get(t, (0,) * len(KOLOMMEN)) for t in (*TYPEN, "onbekend")]
    return pd.DataFrame(alle, index=[*TYPEN, "onbekend"], columns=list(KOLOMMEN))

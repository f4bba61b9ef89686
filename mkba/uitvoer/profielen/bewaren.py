"""Write what the care profiles of a population say: costs and budget as csv, own profiles as TOML."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from mkba.analyse.doelgroepen.profielen import Bevolking, Profielen, zorgkosten
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import kort
from mkba.kern.tekst.slug import maak_slug
from mkba.kern.woorden.begrippen import DOMEINEN, KLASSEN, TYPEN
from mkba.uitvoer.bewaren import als_csv, schrijf_alles
from mkba.uitvoer.profielen.tabellen import per_domein


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

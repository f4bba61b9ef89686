"""The numbers of a cohort as a file, ``cohorten/<slug>.csv``, from which the overview draws it.

The notebook gives them with the line under its title (:func:`kop`), to who asks; a worker makes the file of them.
"""

import math
from typing import Any, Final

from mkba.analyse.onzekerheid.cohort import KOLOMMEN, MATEN, PER_HUISHOUDEN, Cohort, labels
from mkba.analyse.onzekerheid.simulatie import PARTIJEN
from mkba.kern.bestand.csvtabel import als_csv
from mkba.reeks.plan.formaten import VANZELF
from mkba.reeks.plan.rapporten import rapport_slugs
from mkba.reeks.plan.taak import Taak
from mkba.uitvoer import extra
from mkba.uitvoer import kernpunten as kern
from mkba.uitvoer.aanpak import zinnen as tekst
from mkba.uitvoer.beeld import MetGetallen
from mkba.uitvoer.cohort import zinnen as cohortzinnen

_EIGEN: Final = ("p10", "p90")


def kop(reeks: Cohort, eigen: Cohort, kengetallenregel: str) -> Any:
    """What was compared and with what, as a paragraph; ``eigen``: the same aanpakken with luck of their own."""
    alinea = tekst.alinea(cohortzinnen.kop(reeks, kengetallenregel))
    if not extra.gevraagd(extra.COHORT):
        return alinea
    gegevens = {"rijen": rijen(reeks, eigen), "kern": {"invoer": kern.reekshash(reeks.aanpakken)}}
    return MetGetallen(str(alinea.data), gegevens, extra.COHORT)


def rijen(reeks: Cohort, eigen: Cohort) -> list[dict[str, str | float | None]]:
    """A row per aanpak in the order given, unrounded, None where an outcome does not exist.

    Columns slug (of its report), naam, label (a name of its own); of every maat (euros NCW, euros per household,
    ratios) punt, p10, p50 and p90; the same of plaats (on saldo per household), with p10_eigen and p90_eigen; and
    the chance of a positive saldo of every party.
    """
    namen = [aanpak.naam for aanpak in reeks.aanpakken]
    uit: list[dict[str, str | float | None]] = []
    for i, (slug, naam, label) in enumerate(zip(rapport_slugs(namen), namen, labels(reeks.aanpakken), strict=True)):
        getallen = {f"{maat}_{k}": reeks.uitkomsten[maat].at[i, k] for maat in MATEN for k in KOLOMMEN}
        getallen |= {f"plaats_{k}": reeks.plaatsen[PER_HUISHOUDEN].at[i, k] for k in KOLOMMEN}
        getallen |= {f"plaats_{k}_eigen": eigen.plaatsen[PER_HUISHOUDEN].at[i, k] for k in _EIGEN}
        getallen |= {f"kans_{partij}": reeks.kansen.at[i, partij] for partij in PARTIJEN}
        bekend = {k: float(w) if math.isfinite(w) else None for k, w in getallen.items()}
        uit.append({"slug": slug, "naam": naam, "label": label, **bekend})
    return uit


def maak(taak: Taak, notebook: Any, html: str, titel: str) -> dict[str, bytes]:
    """The file of a report whose notebook gave a cohort, for a Dutch spreadsheet, unrounded."""
    uitvoer = (o.get("data", {}) for cel in notebook["cells"] for o in cel.get("outputs", []))
    tabel = next(data[extra.COHORT]["rijen"] for data in uitvoer if extra.COHORT in data)
    inhoud = als_csv(list(tabel[0]), (list(rij.values()) for rij in tabel))
    return {VANZELF["cohort"].plek(taak.slug): inhoud.encode("utf-8")}

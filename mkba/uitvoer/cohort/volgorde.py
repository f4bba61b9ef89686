"""The numbers of a cohort in the order in which tables and figures show them: a row per aanpak, unrounded."""

import pandas as pd

from mkba.analyse.onzekerheid.cohort import PER_HUISHOUDEN, Cohort, labels


def rupstabel(cohort: Cohort, maat: str = PER_HUISHOUDEN) -> pd.DataFrame:
    """For a figure: columns naam, punt, p10, p50, p90, highest P50 first, without an outcome last."""
    return _op_volgorde(cohort, cohort.uitkomsten[maat], "p50", stijgend=False)


def rangtabel(cohort: Cohort, eigen: Cohort | None = None, maat: str = PER_HUISHOUDEN) -> pd.DataFrame:
    """For a figure: columns naam, punt, p10, p50, p90, beter (places, 1 is best), best first.

    ``eigen``: the same aanpakken with luck of their own, for the columns p10_eigen and p90_eigen.
    """
    tabel = cohort.plaatsen[maat]
    if eigen is not None:
        tabel = tabel.join(eigen.plaatsen[maat][["p10", "p90"]].add_suffix("_eigen"))
    return _op_volgorde(cohort, tabel, "p50", stijgend=True)


def kanstabel(cohort: Cohort) -> pd.DataFrame:
    """For a figure: columns naam, saldo, saldo_financieel, saldo_gemeente, chances, highest for society first."""
    return _op_volgorde(cohort, cohort.kansen, "saldo", stijgend=False)


def _op_volgorde(cohort: Cohort, tabel: pd.DataFrame, kolom: str, stijgend: bool) -> pd.DataFrame:
    """Sorted; equal values in the order of the outcome as given, then as given."""
    punt = cohort.uitkomsten[PER_HUISHOUDEN]["punt"]
    volgorde = (
        pd.DataFrame({"eerst": tabel[kolom] if stijgend else -tabel[kolom], "dan": -punt})
        .sort_values(["eerst", "dan"], na_position="last", kind="stable")
        .index
    )
    return tabel.assign(naam=labels(cohort.aanpakken)).loc[volgorde]

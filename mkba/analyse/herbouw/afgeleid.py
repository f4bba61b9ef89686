"""Numbers that follow from the published cases without fitting, and plausibility of the fitted ones.

What the catalogue calls *afgeleid* must follow from every case that shows it; these tables say per case
between which bounds the published amounts put the number.
"""

from collections.abc import Sequence

import pandas as pd

from mkba.analyse.herbouw.gevallen import Geval, laad_gevallen
from mkba.analyse.herbouw.reproductie import halve_stap
from mkba.analyse.herbouw.toelaatbaar import interval_van_geval
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import ZWAARTEN, naam
from mkba.model.berekening import bereken


def kosten_per_fte(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """Team costs per fte that each case allows, beside the rule set.

    Columns: geval, fte, kosten_aanpak_eur (published), laag and hoog (euros per fte, from the rounding of
    the amount), regelset (model), past. Only the sum is determined: 10% teamleider and 10% ondersteuning is
    one way to get it.
    """
    rijen = []
    for geval in gevallen if gevallen is not None else laad_gevallen(kengetallen):
        bedrag, marge, fte = geval.uitkomst["kosten_aanpak"], halve_stap("kosten_aanpak"), geval.aanpak.fte
        model = bereken(geval.aanpak, kengetallen)["kosten_aanpak"] / fte
        laag, hoog = (bedrag - marge) / fte, (bedrag + marge) / fte
        rijen.append(
            {
                "geval": geval.naam,
                "fte": fte,
                "kosten_aanpak_eur": bedrag,
                "laag": laag,
                "hoog": hoog,
                "regelset": model,
                "past": laag <= model <= hoog,
            }
        )
    return pd.DataFrame(rijen)


def afstemming_uren(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """Hours of coordination per mv-household and extra discipline that each case allows.

    Columns: geval, laag and hoog (inputs exactly as printed; only the amount is rounded), past (the number
    of the rule set lies inside), laag_ruim, hoog_ruim and past_ruim (printed percentages hide half a point).
    """
    waarde = kengetallen["personeel.afstemming_uren"]
    rijen = []
    for geval in gevallen if gevallen is not None else laad_gevallen(kengetallen):
        smal, ruim = (
            interval_van_geval("personeel.afstemming_uren", "nieuw_voor_oud", geval, kengetallen, variant)
            for variant in (None, "ruim")
        )
        rijen.append(
            {
                "geval": geval.naam,
                "laag": smal[0],
                "hoog": smal[1],
                "past": _in(waarde, smal),
                "laag_ruim": ruim[0],
                "hoog_ruim": ruim[1],
                "past_ruim": _in(waarde, ruim),
            }
        )
    return pd.DataFrame(rijen)


def _in(waarde: float, grenzen: tuple[float, float], rek: float = 1e-9) -> bool:
    return grenzen[0] - rek <= waarde <= grenzen[1] + rek


def uren_per_fte(kengetallen: Kengetallen) -> pd.DataFrame:
    """Tabel 2.6: caseload times hours per household is the hours per fte, in every row.

    Columns: zwaarte, huishoudens_per_fte, uren_per_huishouden, uren_per_fte, regelset.
    """
    tabel = pd.DataFrame(
        {
            "zwaarte": naam(s),
            "huishoudens_per_fte": kengetallen[f"caseload.{s}"],
            "uren_per_huishouden": kengetallen[f"caseload_uren.{s}"],
        }
        for s in ZWAARTEN
    )
    tabel["uren_per_fte"] = tabel["huishoudens_per_fte"] * tabel["uren_per_huishouden"]
    tabel["regelset"] = kengetallen["personeel.uren_per_fte"]
    return tabel


def zorggebruik(kengetallen: Kengetallen, consult_eur: float) -> pd.DataFrame:
    """What a price per GP consult means for the two amounts of care use (questions 13d and 13e).

    13d is about GP visits and prescriptions, 13e about hospital care, of nzr-households. With
    ``consult_eur`` per visit the tables beside question 13 say what a prescription and a hospital contact
    must cost to give the amounts of the rule set. Their split is a choice: only consulten_eur +
    doorverwijzing_eur / 2 is determined. One row per way to read "gem per hh" (average of all households,
    or of users only). Columns: lezing, consulten, voorschriften and ziekenhuiscontacten (per household),
    consulten_deel_eur (visits times price), per_voorschrift_eur, per_ziekenhuiscontact_eur and
    per_consult_zonder_voorschriften_eur (the price of a visit if prescriptions cost nothing).
    """
    eerste_lijn, tweede_lijn = (kengetallen[f"effectiviteit.{s}"] for s in ("consulten_eur", "doorverwijzing_eur"))
    rijen = []
    for lezing, gebruikers in (("gemiddelde van alle huishoudens", False), ("gemiddelde van gebruikers", True)):
        aantal = {
            soort: kengetallen[f"zorggebruik.{soort}.gemiddeld"]
            * (kengetallen[f"zorggebruik.{soort}.aandeel"] if gebruikers else 1.0)
            for soort in ("consult", "medicatie", "poliklinisch", "dagopname", "klinisch")
        }
        ziekenhuis = aantal["poliklinisch"] + aantal["dagopname"] + aantal["klinisch"]
        rijen.append(
            {
                "lezing": lezing,
                "consulten": aantal["consult"],
                "voorschriften": aantal["medicatie"],
                "ziekenhuiscontacten": ziekenhuis,
                "consulten_deel_eur": aantal["consult"] * consult_eur,
                "per_voorschrift_eur": (eerste_lijn - aantal["consult"] * consult_eur) / aantal["medicatie"],
                "per_ziekenhuiscontact_eur": tweede_lijn / ziekenhuis,
                "per_consult_zonder_voorschriften_eur": eerste_lijn / aantal["consult"],
            }
        )
    return pd.DataFrame(rijen)

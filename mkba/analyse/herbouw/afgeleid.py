"""Numbers that follow from the published cases without fitting, and plausibility of the fitted ones.

What the catalogue calls *afgeleid* must follow from every case that shows it; these tables say per case
between which bounds the published amounts put the number.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mkba.analyse.herbouw.gevallen import Geval, laad_gevallen
from mkba.analyse.herbouw.reproductie import halve_stap
from mkba.analyse.herbouw.toelaatbaar import interval_van_geval
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import FUNCTIES
from mkba.kern.woorden.begrippen import AANTAL_JAREN, ZWAARTEN, naam
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


def afgeleide_getallen(kengetallen: Kengetallen) -> pd.DataFrame:
    """What the constants of the rule set come down to in other units.

    Columns: getal, waarde, eenheid, toelichting. Discounted at the base rate of the rule set.
    """
    rente = kengetallen["disconto.basis"]
    werk, per_jaar = kengetallen["effectiviteit.werk_eur"], kengetallen["effectiviteit.werk_eur_per_jaar"]
    kind = kengetallen["kinderen.baat_eur"]
    qaly = kengetallen["kwaliteit.qaly_eur"]
    opslag = sum(kengetallen[f"personeel.aandeel.{f}"] for f in FUNCTIES[1:])

    def met_opslag(soort: str) -> float:
        return kengetallen[f"personeel.{soort}.{FUNCTIES[0]}"] + sum(
            kengetallen[f"personeel.aandeel.{f}"] * kengetallen[f"personeel.{soort}.{f}"] for f in FUNCTIES[1:]
        )

    rijen = [
        ("kosten per fte incl. huisvesting", met_opslag("kosten"), "eur/fte/jaar", "tabel 2.5 met opslag"),
        ("kosten per fte zonder huisvesting", met_opslag("werkgeverslasten"), "eur/fte/jaar", "idem"),
        ("opslag teamleider en ondersteuning", opslag, "fractie", "alleen de som van de kosten is bepaald"),
        ("werk: jaarbedragen", werk / per_jaar, "jaarbedrag", "NCW gedeeld door het bedrag per jaar"),
        (
            "werk: looptijd",
            looptijd(werk / per_jaar, rente),
            "jaar",
            "gelijke bedragen vanaf jaar 1, met een deel van het laatste jaar",
        ),
        (
            "escalatie: looptijd",
            looptijd(kengetallen["escalatie.factor"], rente),
            "jaar",
            "idem, de factor telt jaarbedragen",
        ),
        (
            "kind met startkwalificatie, niet contant",
            niet_contant(kind, "kinderen", kengetallen),
            "eur",
            "volgens tijd.kinderen",
        ),
        (
            "kwaliteit van leven: schulden",
            qaly * kengetallen["kwaliteit.schulden_qaly"],
            "eur/huishouden",
            "QALY maal waarde per QALY",
        ),
        (
            "kwaliteit van leven: ouderen",
            qaly * kengetallen["kwaliteit.ouderen_qaly"],
            "eur/huishouden",
            "QALY maal waarde per QALY",
        ),
    ]
    return pd.DataFrame(rijen, columns=["getal", "waarde", "eenheid", "toelichting"])


def looptijd(jaarbedragen: float, rente: float) -> float:
    """Years of equal amounts, the first in year 1, with a present value of ``jaarbedragen`` such amounts.

    A fraction is the part of the amount that falls in the last year. Raises ValueError when no number of
    years reaches it.
    """
    if rente > 0 and jaarbedragen >= 1 / rente:
        raise ValueError(f"{jaarbedragen} jaarbedragen worden bij {rente:.1%} nooit bereikt")
    jaren, over = 0, jaarbedragen
    while over > (factor := (1 + rente) ** -(jaren + 1)):
        over -= factor
        jaren += 1
    return jaren + over / factor


def niet_contant(ncw: float, profiel: str, kengetallen: Kengetallen) -> float:
    """The amounts of all years together, not discounted, whose present value is ``ncw``, in euros."""
    gewichten = np.array([kengetallen[f"tijd.{profiel}.jaar{j}"] for j in range(AANTAL_JAREN)])
    factoren = (1 + kengetallen["disconto.basis"]) ** -np.arange(AANTAL_JAREN)
    return float(ncw * gewichten.sum() / (gewichten * factoren).sum())


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

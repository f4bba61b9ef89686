"""Tables of the calibration for reviewers: formatted text, made from the frames of ``analyse``."""

from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.herbouw.alternatieven import AANDEEL
from mkba.analyse.herbouw.gevallen import GEVALLEN
from mkba.kern.getallen import euro, getal, kort, procent, verhouding
from mkba.kern.kengetallen import Kengetallen
from mkba.uitvoer.herbouw.tabellen import gevalkort, gevalnaam

BLOKNAMEN: Final = {
    "zorg_aandeel": "Extra inzet zorg",
    "substitutie_aandeel": "Substitutie",
    "effectiviteit": "Effectiviteit",
    "escalatie": "Escalatie",
    "kinderen": "Kinderen",
    "kwaliteit": "Kwaliteit van leven",
    "overlast": "Overlast",
}


def _pct(waarde: float, leeg: str = "–") -> str:
    return leeg if not np.isfinite(waarde) else procent(waarde / 100, 1)


def _namen(gevallen: str) -> str:
    namen = gevallen.split(", ")
    return "alle zes" if len(namen) == len(GEVALLEN) else ", ".join(gevalkort(g) for g in namen)


_METHODEN: Final = {
    "nnls relatief": "niet-negatieve kleinste kwadraten, relatief",
    "least_squares relatief": "kleinste kwadraten, relatief",
}


def constanten(kalibratie: pd.DataFrame, kengetallen: Kengetallen) -> pd.DataFrame:
    """Every calibrated constant: in the catalogue, fitted again, and how (``kalibratie.kalibreer``)."""
    return pd.DataFrame(
        {
            "post": [BLOKNAMEN[b] for b in kalibratie["blok"]],
            "constante": [kengetallen.getallen[c].omschrijving for c in kalibratie["constante"]],
            "catalogus": [
                f"{kort(w)} {e}" for w, e in zip(kalibratie["catalogus"], kalibratie["eenheid"], strict=True)
            ],
            "opnieuw": [kort(w) for w in kalibratie["kalibratie"]],
            "verschil": [procent(w / 100, 2) for w in kalibratie["verschil_pct"]],
            "methode": [_METHODEN.get(m, m) for m in kalibratie["methode"]],
            "op": [_namen(g) for g in kalibratie["gevallen"]],
        }
    )


def voorspellingen(tabel: pd.DataFrame) -> pd.DataFrame:
    """Deviations per case: fitted, and predicted from the other cases (``kalibratie.voorspellingen``)."""
    return pd.DataFrame(
        {
            "post": [BLOKNAMEN[b] for b in tabel["blok"]],
            "geval": [gevalnaam(g) for g in tabel["geval"]],
            "gepubliceerd": [euro(w, 100) for w in tabel["gepubliceerd_eur"]],
            "afwijking, alle gevallen": [_pct(w) for w in tabel["kalibratie_pct"]],
            "afwijking, zonder dit geval": [_pct(w, "niet te bepalen") for w in tabel["zonder_pct"]],
            "doet mee in de kalibratie": ["ja" if m else "nee" for m in tabel["in_kalibratie"]],
            "foutversterking": [getal(w, 1) if np.isfinite(w) else "–" for w in tabel["versterking"]],
        }
    )


def identificatie(tabel: pd.DataFrame) -> pd.DataFrame:
    """What the cases determine and what they do not (``identificatie.identificatie``)."""
    return pd.DataFrame(
        {
            "post": [BLOKNAMEN[b] for b in tabel["blok"]],
            "gevallen": tabel["gebruikt"].astype(str),
            "constanten": tabel["constanten"].astype(str),
            "rang": tabel["rang"].astype(str),
            "conditiegetal": [getal(w, 1) if np.isfinite(w) else "oneindig" for w in tabel["conditiegetal"]],
            "zwakste richting": tabel["zwakste_richting"],
            "oordeel": tabel["oordeel"],
        }
    )


def steun(tabel: pd.DataFrame, kengetallen: Kengetallen) -> pd.DataFrame:
    """On which case each constant leans (``identificatie.steun``)."""
    return pd.DataFrame(
        {
            "constante": [kengetallen.getallen[c].omschrijving for c in tabel["constante"]],
            "gevallen die reageren": tabel["gevallen"].astype(str),
            "relatieve fout": [_fout(w) for w in tabel["standaardfout"]],
            "hangt aan": [gevalnaam(g) if g else "–" for g in tabel["hangt_aan"]],
            "fout zonder dat geval": [_fout(w) for w in tabel["standaardfout_zonder"]],
        }
    )


def _fout(waarde: float) -> str:
    return f"{getal(waarde, 1)} ×" if np.isfinite(waarde) else "niet bepaald"


def intervallen(tabel: pd.DataFrame, kengetallen: Kengetallen) -> pd.DataFrame:
    """The range of each constant within which every published amount stays possible (``toelaatbaar``)."""

    def door(wie: str) -> str:
        uitleg = {
            "teken": "niet negatief",
            "aandeel": "niet boven 1",
            "koppeling": "alleen de som ligt vast",
        }
        return uitleg[wie] if wie in uitleg else gevalnaam(wie)

    return pd.DataFrame(
        {
            "constante": [kengetallen.getallen[c].omschrijving for c in tabel["constante"]],
            "waarde": [kort(w) for w in tabel["waarde"]],
            "laag": [kort(w) for w in tabel["laag_afgerond"]],
            "hoog": [kort(w) for w in tabel["hoog_afgerond"]],
            "ondergrens door": [door(w) for w in tabel["onder_door"]],
            "bovengrens door": [door(w) for w in tabel["boven_door"]],
        }
    )


def kosten_per_fte(tabel: pd.DataFrame) -> pd.DataFrame:
    """What each case allows as cost per fte (``afgeleid.kosten_per_fte``)."""
    return pd.DataFrame(
        {
            "geval": [gevalnaam(g) for g in tabel["geval"]],
            "fte": [getal(w) for w in tabel["fte"]],
            "kosten aanpak": [euro(w, 100) for w in tabel["kosten_aanpak_eur"]],
            "per fte, van": [euro(w) for w in tabel["laag"]],
            "tot": [euro(w) for w in tabel["hoog"]],
            "model": [euro(w) for w in tabel["regelset"]],
            "past": ["ja" if p else "NEE" for p in tabel["past"]],
        }
    )


def afstemming_uren(tabel: pd.DataFrame) -> pd.DataFrame:
    """Hours of coordination that each case allows (``afgeleid.afstemming_uren``)."""
    return pd.DataFrame(
        {
            "geval": [gevalnaam(g) for g in tabel["geval"]],
            "uren, van": [getal(w, 3) for w in tabel["laag"]],
            "tot": [getal(w, 3) for w in tabel["hoog"]],
            "0,5 past": ["ja" if p else "nee" for p in tabel["past"]],
            "past binnen de afronding van de percentages": ["ja" if p else "NEE" for p in tabel["past_ruim"]],
        }
    )


def alternatieven(tabel: pd.DataFrame) -> pd.DataFrame:
    """Largest deviation and exact amounts per block, with the rule set and with each alternative."""
    rijen = []
    for (blok, keuze), deel in tabel.groupby(["blok", "keuze"], sort=False):
        rijen.append(
            {
                "post": BLOKNAMEN[blok],
                "andere keuze": keuze,
                "grootste afwijking nu": _pct(deel["catalogus_pct"].abs().max()),
                "met de andere keuze": _pct(deel["alternatief_pct"].abs().max()),
                "exact nu": f"{int(deel['catalogus_exact'].sum())} van {len(deel)}",
                "exact met de andere keuze": f"{int(deel['alternatief_exact'].sum())} van {len(deel)}",
            }
        )
    return pd.DataFrame(rijen)


def werk_bij_nieuw(tabel: pd.DataFrame) -> pd.DataFrame:
    """Effectiviteit per case with the rule set and with the other formula (``alternatieven.werk_bij_nieuw``)."""
    return pd.DataFrame(
        {
            "geval": [gevalnaam(g) for g in tabel["geval"]],
            "nieuw gevonden": [procent(w) for w in tabel["nieuw"]],
            "gepubliceerd": [euro(w, 100) for w in tabel["gepubliceerd_eur"]],
            "afwijking nu": [procent(w / 100, 2) for w in tabel["catalogus_pct"]],
            "opnieuw aangepast, zelfde formule": [procent(w / 100, 2) for w in tabel["zonder_pct"]],
            "opnieuw aangepast, andere formule": [procent(w / 100, 2) for w in tabel["met_pct"]],
            "aandeel dat dit geval vraagt": [getal(w, 3) if np.isfinite(w) else "–" for w in tabel["impliciet"]],
            "verhouding gepubliceerd": [verhouding(w) for w in tabel["kb_gepubliceerd"]],
            "verhouding nu": [verhouding(w) for w in tabel["kb_catalogus"]],
            "verhouding opnieuw aangepast": [verhouding(w) for w in tabel["kb_zonder"]],
            "verhouding andere formule": [verhouding(w) for w in tabel["kb_met"]],
        }
    )


def werk_bij_nieuw_zinnen(tabel: pd.DataFrame, kengetallen: Kengetallen) -> list[str]:
    """What speaks for the other formula and why the model does not have it, plain sentences."""
    zonder, met = (procent(tabel[k].abs().max() / 100, 2) for k in ("zonder_pct", "met_pct"))
    nodig = tabel[np.isfinite(tabel["impliciet"])]
    gevallen = " en ".join(
        f"{getal(w, 3)} ({gevalnaam(g)})" for g, w in nodig[["geval", "impliciet"]].itertuples(index=False)
    )
    beter = [
        f"{gevalnaam(geval)} van {nu} naar {anders} "
        f"(gepubliceerd {bron}; opnieuw aangepast zonder de andere formule {fit})"
        for geval, bron, nu, fit, anders in zip(
            tabel["geval"],
            *(map(verhouding, tabel[f"kb_{k}"]) for k in ("gepubliceerd", "catalogus", "zonder", "met")),
            strict=True,
        )
        if anders != nu
    ]
    verschuift = f" De maatschappelijke verhouding gaat bij {'; bij '.join(beter)}." if beter else ""
    return [
        f"De baat van werk maal (1 + {getal(kengetallen[AANDEEL], 2)} · nieuw gevonden): met evenveel constanten, "
        f"opnieuw aangepast, is de grootste afwijking van effectiviteit {met} in plaats van {zonder}.{verschuift}",
        f"Het aandeel is niet aangepast: het is het tweede percentage van voetnoot 12, dat het model niet gebruikt. De "
        f"gevallen die het kunnen laten zien, vragen {gevallen}, elk voor zich en los van dat percentage.",
        "Voorzichtig: deze formule is gezocht nadat de afwijkingen bekend waren, op twee gevallen waarvan de invoer "
        "afgerond is gedrukt, en voetnoot 12 gaat over schulden en niet over werk. Daarom staat zij hier en niet "
        "in het model.",
    ]

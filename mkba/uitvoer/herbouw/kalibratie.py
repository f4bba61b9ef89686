"""Tables of the calibration for reviewers, made from the frames of ``analyse``."""

from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.herbouw.alternatieven import AANDEEL
from mkba.analyse.herbouw.gevallen import GEVALLEN
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import getal, procent, verhouding
from mkba.uitvoer.herbouw.tabellen import gevalkort, gevalnaam
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel

BLOKNAMEN: Final = {
    "zorg_aandeel": "Extra inzet zorg",
    "substitutie_aandeel": "Substitutie",
    "effectiviteit": "Effectiviteit",
    "escalatie": "Escalatie",
    "kinderen": "Kinderen",
    "kwaliteit": "Kwaliteit van leven",
    "overlast": "Overlast",
}


def _namen(gevallen: str) -> str:
    namen = gevallen.split(", ")
    return "alle zes" if len(namen) == len(GEVALLEN) else ", ".join(gevalkort(g) for g in namen)


_METHODEN: Final = {
    "nnls relatief": "niet-negatieve kleinste kwadraten, relatief",
    "least_squares relatief": "kleinste kwadraten, relatief",
}


def constanten(kalibratie: pd.DataFrame, kengetallen: Kengetallen) -> Tabel:
    """Every calibrated constant: in the catalogue, fitted again, and how (``kalibratie.kalibreer``)."""
    frame = pd.DataFrame(
        {
            "post": [BLOKNAMEN[b] for b in kalibratie["blok"]],
            "constante": [kengetallen.getallen[c].omschrijving for c in kalibratie["constante"]],
            "catalogus": [
                Cel(w, "kort", f" {e}") for w, e in zip(kalibratie["catalogus"], kalibratie["eenheid"], strict=True)
            ],
            "opnieuw": kalibratie["kalibratie"],
            "verschil": kalibratie["verschil_pct"] / 100,
            "methode": [_METHODEN.get(m, m) for m in kalibratie["methode"]],
            "op": [_namen(g) for g in kalibratie["gevallen"]],
        }
    )
    return Tabel(frame, {"catalogus": "kort", "opnieuw": "kort", "verschil": "fractie2"}, index=False)


def voorspellingen(tabel: pd.DataFrame) -> Tabel:
    """Deviations per case: fitted, and predicted from the other cases (``kalibratie.voorspellingen``)."""
    frame = pd.DataFrame(
        {
            "post": [BLOKNAMEN[b] for b in tabel["blok"]],
            "geval": [gevalnaam(g) for g in tabel["geval"]],
            "gepubliceerd": tabel["gepubliceerd_eur"],
            "afwijking, alle gevallen": tabel["kalibratie_pct"] / 100,
            "afwijking, zonder dit geval": [
                Cel(w / 100, "fractie1", leeg="niet te bepalen") for w in tabel["zonder_pct"]
            ],
            "doet mee in de kalibratie": ["ja" if m else "nee" for m in tabel["in_kalibratie"]],
            "foutversterking": tabel["versterking"],
        }
    )
    maat = {
        "gepubliceerd": "eur",
        "afwijking, alle gevallen": "fractie1",
        "afwijking, zonder dit geval": "fractie1",
        "foutversterking": "decimaal1",
    }
    return Tabel(frame, maat, index=False)


def identificatie(tabel: pd.DataFrame) -> Tabel:
    """What the cases determine and what they do not (``identificatie.identificatie``)."""
    frame = pd.DataFrame(
        {
            "post": [BLOKNAMEN[b] for b in tabel["blok"]],
            "gevallen": tabel["gebruikt"],
            "constanten": tabel["constanten"],
            "rang": tabel["rang"],
            "conditiegetal": [Cel(w, "decimaal1", leeg="oneindig") for w in tabel["conditiegetal"]],
            "zwakste richting": tabel["zwakste_richting"],
            "oordeel": tabel["oordeel"],
        }
    )
    maat = {"gevallen": "aantal", "constanten": "aantal", "rang": "aantal", "conditiegetal": "decimaal1"}
    return Tabel(frame, maat, index=False)


def steun(tabel: pd.DataFrame, kengetallen: Kengetallen) -> Tabel:
    """On which case each constant leans (``identificatie.steun``)."""
    frame = pd.DataFrame(
        {
            "constante": [kengetallen.getallen[c].omschrijving for c in tabel["constante"]],
            "gevallen die reageren": tabel["gevallen"],
            "relatieve fout": [_fout(w) for w in tabel["standaardfout"]],
            "hangt aan": [gevalnaam(g) if g else "–" for g in tabel["hangt_aan"]],
            "fout zonder dat geval": [_fout(w) for w in tabel["standaardfout_zonder"]],
        }
    )
    maat = {
        "gevallen die reageren": "aantal",
        "relatieve fout": "decimaal1",
        "fout zonder dat geval": "decimaal1",
    }
    return Tabel(frame, maat, index=False)


def _fout(waarde: float) -> Cel:
    return Cel(waarde, "decimaal1", " ×", leeg="niet bepaald")


def intervallen(tabel: pd.DataFrame, kengetallen: Kengetallen) -> Tabel:
    """The range of each constant within which every published amount stays possible (``toelaatbaar``)."""

    def door(wie: str) -> str:
        uitleg = {
            "teken": "niet negatief",
            "aandeel": "niet boven 1",
            "koppeling": "alleen de som ligt vast",
        }
        return uitleg[wie] if wie in uitleg else gevalnaam(wie)

    frame = pd.DataFrame(
        {
            "constante": [kengetallen.getallen[c].omschrijving for c in tabel["constante"]],
            "waarde": tabel["waarde"],
            "laag": tabel["laag_afgerond"],
            "hoog": tabel["hoog_afgerond"],
            "ondergrens door": [door(w) for w in tabel["onder_door"]],
            "bovengrens door": [door(w) for w in tabel["boven_door"]],
        }
    )
    return Tabel(frame, dict.fromkeys(("waarde", "laag", "hoog"), "kort"), index=False)


def kosten_per_fte(tabel: pd.DataFrame) -> Tabel:
    """What each case allows as cost per fte (``afgeleid.kosten_per_fte``)."""
    frame = pd.DataFrame(
        {
            "geval": [gevalnaam(g) for g in tabel["geval"]],
            "fte": tabel["fte"],
            "kosten aanpak": tabel["kosten_aanpak_eur"],
            "per fte, van": tabel["laag"],
            "tot": tabel["hoog"],
            "model": tabel["regelset"],
            "past": ["ja" if p else "NEE" for p in tabel["past"]],
        }
    )
    maat = {"fte": "aantal", "kosten aanpak": "eur", "per fte, van": "eur1", "tot": "eur1", "model": "eur1"}
    return Tabel(frame, maat, index=False)


def afstemming_uren(tabel: pd.DataFrame) -> Tabel:
    """Hours of coordination that each case allows (``afgeleid.afstemming_uren``)."""
    frame = pd.DataFrame(
        {
            "geval": [gevalnaam(g) for g in tabel["geval"]],
            "uren, van": tabel["laag"],
            "tot": tabel["hoog"],
            "0,5 past": ["ja" if p else "nee" for p in tabel["past"]],
            "past binnen de afronding van de percentages": ["ja" if p else "NEE" for p in tabel["past_ruim"]],
        }
    )
    return Tabel(frame, {"uren, van": "decimaal3", "tot": "decimaal3"}, index=False)


def alternatieven(tabel: pd.DataFrame) -> Tabel:
    """Largest deviation and exact amounts per block, with the rule set and with each alternative."""
    rijen = []
    for (blok, keuze), deel in tabel.groupby(["blok", "keuze"], sort=False):
        van = f" van {len(deel)}"
        rijen.append(
            {
                "post": BLOKNAMEN[blok],
                "andere keuze": keuze,
                "grootste afwijking nu": deel["catalogus_pct"].abs().max() / 100,
                "met de andere keuze": deel["alternatief_pct"].abs().max() / 100,
                "exact nu": Cel(int(deel["catalogus_exact"].sum()), "aantal", van),
                "exact met de andere keuze": Cel(int(deel["alternatief_exact"].sum()), "aantal", van),
            }
        )
    maat = {
        "grootste afwijking nu": "fractie1",
        "met de andere keuze": "fractie1",
        "exact nu": "aantal",
        "exact met de andere keuze": "aantal",
    }
    return Tabel(pd.DataFrame(rijen), maat, index=False)


def werk_bij_nieuw(tabel: pd.DataFrame) -> Tabel:
    """Effectiviteit per case with the rule set and with the other formula (``alternatieven.werk_bij_nieuw``)."""
    kolommen = {
        "nieuw gevonden": ("fractie", tabel["nieuw"]),
        "gepubliceerd": ("eur", tabel["gepubliceerd_eur"]),
        "afwijking nu": ("fractie2", tabel["catalogus_pct"] / 100),
        "opnieuw aangepast, zelfde formule": ("fractie2", tabel["zonder_pct"] / 100),
        "opnieuw aangepast, andere formule": ("fractie2", tabel["met_pct"] / 100),
        "aandeel dat dit geval vraagt": ("decimaal3", tabel["impliciet"]),
        "verhouding gepubliceerd": ("verhouding", tabel["kb_gepubliceerd"]),
        "verhouding nu": ("verhouding", tabel["kb_catalogus"]),
        "verhouding opnieuw aangepast": ("verhouding", tabel["kb_zonder"]),
        "verhouding andere formule": ("verhouding", tabel["kb_met"]),
    }
    frame = pd.DataFrame(
        {"geval": [gevalnaam(g) for g in tabel["geval"]], **{kop: getallen for kop, (_, getallen) in kolommen.items()}}
    )
    return Tabel(frame, {kop: maat for kop, (maat, _) in kolommen.items()}, index=False)


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

"""Tables of what was found since 2014: the findings, what an aanpak survives, and the bewijskorting."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from mkba.analyse.bevindingen.korting import Bewijskorting
from mkba.analyse.bevindingen.overleving import Overleving
from mkba.kern.catalogus.bevindingen import Bevinding, laad_bevindingen
from mkba.kern.tekst.notatie import druk_stap, gedrukt_verschil, zuinig
from mkba.kern.woorden.begrippen import naam
from mkba.kern.woorden.uitvoerscherm import UITVOERSCHERM_A
from mkba.kern.woorden.velden import benoem
from mkba.uitvoer.tabel import Tabel

SALDI = {"maatschappij": "saldo", "alle betalers": "saldo_financieel", "gemeente": "saldo_gemeente"}
"""Columns of chances, by the balance of each."""


def bevindingentabel(bevindingen: Iterable[Bevinding]) -> Tabel:
    """A row per finding: study, year, design, strength (Maryland scale), finding, questions, and how it is known."""
    rijen = [
        (
            b.studie,
            b.jaar if b.jaar is not None else "",
            b.opzet,
            kracht(b),
            b.bevinding + (f" Let op: {b.opmerking.removesuffix('.')}." if b.opmerking else ""),
            ", ".join(map(str, b.vragen)),
            b.status + (f", via: {b.via}" if b.via else ""),
        )
        for b in bevindingen
    ]
    koppen = ["studie", "jaar", "opzet", "kracht (1 tot 5)", "bevinding", "vraag", "hoe bekend"]
    return Tabel(pd.DataFrame(rijen, columns=koppen), {"jaar": "jaar"}, index=False)


def kracht(b: Bevinding) -> str:
    """The strength of the evidence: "3 (aanname)", "1 tot 2"; a count has none."""
    if b.kracht is None:
        return "telling" if b.soort == "telling" else "onbekend"
    laag, hoog = b.kracht
    return (str(laag) if laag == hoog else f"{laag} tot {hoog}") + (" (aanname)" if b.kracht_merk == "M" else "")


def overlevingstabel(overleving: Overleving) -> Tabel:
    """Per scenario the saldo and ratio with the answers as given, and the chance of a positive balance per party."""
    frame = overleving.frame
    kolommen: dict[str, object] = {
        "saldo": frame["saldo"].to_numpy(),
        "maatschappelijk": frame["kb_maatschappelijk"].to_numpy(),
        **{f"kans: {wie}": frame[f"kans.{saldo}"].to_numpy() for wie, saldo in SALDI.items()},
        "verandert iets": ["", *("ja" if draait else "nee" for draait in frame["draait"].iloc[1:])],
    }
    maten = {"saldo": "bedrag", "maatschappelijk": "verhouding", **dict.fromkeys([f"kans: {w}" for w in SALDI], "kans")}
    uitleg = "Saldo en verhouding met de antwoorden zoals ingevuld; de kansen over alle trekkingen."
    return Tabel(pd.DataFrame(kolommen, index=frame.index), maten, uitleg=uitleg)


def bronnentabel(overleving: Overleving) -> Tabel:
    """Per scenario what changes, why, and the findings that it comes from."""
    rijen = [
        (
            s.naam,
            "; ".join(w.naam for w in s.wijzigingen),
            " ".join(f"{b.studie}: {b.bevinding}" for b in overleving.bevindingen(s)),
            "; ".join(
                dict.fromkeys(b.status + (", via een ander" if b.via else "") for b in overleving.bevindingen(s))
            ),
            "; ".join(dict.fromkeys(w.motivering for w in s.wijzigingen)),
        )
        for s in overleving.scenarios
    ]
    koppen = ["scenario", "verandert in", "gevonden", "hoe bekend", "waarom zo vertaald (aanname)"]
    return Tabel(pd.DataFrame(rijen, columns=koppen), index=False)


def kortingtabel(korting: Bewijskorting) -> Tabel:
    """Uitvoerscherm A as claimed and as discounted, beside each other: euros NCW and ratios."""
    claim, gekort = korting.claim.sleutels, korting.gekort.sleutels
    rijen, maat = {}, {}
    for sleutel, label, _ in UITVOERSCHERM_A:
        rijen[label] = [
            claim[sleutel],
            gekort[sleutel],
            gedrukt_verschil(gekort[sleutel], claim[sleutel], druk_stap(sleutel)),
        ]
        maat[label] = "verhouding" if sleutel.startswith("kb_") else "eur"
    vet = [label for sleutel, label, _ in UITVOERSCHERM_A if sleutel in ("totale_kosten", "totale_baten", "saldo")]
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=["zoals geclaimd", "na bewijskorting", "verschil"])
    return Tabel(frame, "eur", rijmaat=maat, vet=vet)


def effectentabel(korting: Bewijskorting) -> Tabel:
    """Per effect its evidence, the discount, what was found nationally, and its euros NCW before and after."""
    alle = laad_bevindingen()
    rijen = []
    for g in korting.effecten:
        e = g.effect
        gevonden = f"{alle[e.bevinding].studie} (vertaald als {_landelijk(e.landelijk)})" if e.bevinding else "niets: 0"
        rijen.append((e.naam, g.kracht, g.korting, gevonden, g.geclaimd_eur, g.gekort_eur))
    koppen = ["effect", "kracht (1 tot 5)", "korting", "landelijk gevonden", "zoals geclaimd", "na korting"]
    maten = {koppen[1]: "aantal", koppen[2]: "fractie", koppen[4]: "eur", koppen[5]: "eur"}
    return Tabel(pd.DataFrame(rijen, columns=koppen), maten, index=False)


def _landelijk(antwoorden: Mapping[str, float]) -> str:
    """The answers that stand for a national finding: "substitutie -14%"."""
    per_waarde: dict[float, list[str]] = {}
    for sleutel, waarde in antwoorden.items():
        per_waarde.setdefault(waarde, []).append(sleutel)
    return "; ".join(f"{', '.join(benoem(s)).lower()} {zuinig(100 * w)}%" for w, s in per_waarde.items())


def postenframe(korting: Bewijskorting) -> pd.DataFrame:
    """For the figure: rows the benefit posts and the saldo by name, columns the two outcomes, euros NCW."""
    claim, gekort = korting.claim.sleutels, korting.gekort.sleutels
    posten = [p for p in (*_POSTEN, "saldo") if not np.allclose([claim[p], gekort[p]], 0.0)]
    rijen = {naam(p): [claim[p], gekort[p]] for p in posten}
    return pd.DataFrame.from_dict(rijen, orient="index", columns=["zoals geclaimd", "na bewijskorting"])


_POSTEN = ("substitutie", "effectiviteit", "escalatie", "ontwikkelingskansen", "kwaliteit_van_leven", "overlast")

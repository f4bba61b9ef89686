"""Reproduction: every published amount beside what the model makes of the inputs as printed.

The honest test (MODEL section 4): let every input that was printed as a percentage hide half a point and
take the lowest and the highest outcome; the published number, with its own rounding, must lie inside.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from mkba.analyse.herbouw.afronding import uitersten_van_aanpak
from mkba.analyse.herbouw.gevallen import PROTOTYPE, Geval, laad_geval, laad_gevallen
from mkba.invoer.afwijkingen import lees_afwijkingen
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.woorden.begrippen import ACTOREN, BATENPOSTEN, GEMEENTE, KOSTENPOSTEN, POSTEN, SLEUTELS
from mkba.model.berekening import bereken
from mkba.model.verloop import begroting

KOLOMMEN: Final = [
    "geval",
    "sleutel",
    "eenheid",
    "gepubliceerd",
    "model",
    "afwijking_eur",
    "afwijking_pct",
    "laagste",
    "hoogste",
    "binnen",
    "exact",
    "ruimte_nodig",
    "strikt_laagste",
    "strikt_hoogste",
    "strikt_binnen",
]

_STAP: Final[dict[str, float]] = {
    "eur": 100.0,
    "verhouding": 0.05,
    "huishoudens": 1.0,
    "fte": 1.0,
    "fractie": 0.01,
}
"""Step to which the sources print each unit; a published number hides half a step on either side."""

_EENHEID: Final[dict[str, str]] = {
    "kb_financieel": "verhouding",
    "kb_maatschappelijk": "verhouding",
    "kb_gemeentelijk": "verhouding",
    "huishoudens_bij_fte": "huishoudens",
    "fte_kengetal": "fte",
    "frictie_kengetal": "fractie",
}

_KLEIN: Final = 1e-9
"""Relative slack for floating-point arithmetic."""


def eenheid(sleutel: str) -> str:
    """Unit of a public key: eur, verhouding, huishoudens, fte or fractie."""
    return _EENHEID.get(sleutel, "eur")


def halve_stap(sleutel: str) -> float:
    """Half the step to which a key is printed: 50 euros, 0.025 of a ratio, half a household."""
    return _STAP[eenheid(sleutel)] / 2


def afgedrukt(sleutel: str, waarde: float) -> float:
    """The value as the tool prints it: rounded to its step."""
    return rond(waarde, _STAP[eenheid(sleutel)])


def reproductie(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """One row per published number of the six cases (amounts, ratios, kengetallen on the screen).

    Columns: geval, sleutel, eenheid, gepubliceerd, model (inputs as printed), afwijking_eur (model minus
    gepubliceerd; empty for what is not euros), afwijking_pct (percent; empty when gepubliceerd is 0),
    laagste and hoogste (all printed percentages hide half a point), binnen (the published number with its
    own rounding overlaps laagste ... hoogste), exact (model within half a step of gepubliceerd),
    ruimte_nodig (share of the room between model and laagste or hoogste that is needed to reach the
    published number with its rounding; 0 = none, above 1 = outside), and strikt_*: the same with the knobs
    of questions 10-14 exact, so that a reviewer sees what the rounding of the knobs explains.
    """
    rijen = []
    for geval in gevallen if gevallen is not None else laad_gevallen(kengetallen):
        sleutels = [s for s in SLEUTELS if s in geval.gepubliceerd]
        model = bereken(geval.aanpak, kengetallen)
        ruim = uitersten_van_aanpak(geval.aanpak, kengetallen, sleutels, "ruim")
        strikt = uitersten_van_aanpak(geval.aanpak, kengetallen, sleutels, "strikt")
        rijen += [_rij(geval.naam, s, geval.gepubliceerd[s], model[s], ruim[s], strikt[s]) for s in sleutels]
    return pd.DataFrame(rijen, columns=KOLOMMEN)


def _rij(
    geval: str,
    sleutel: str,
    gepubliceerd: float,
    model: float,
    ruim: tuple[float, float],
    strikt: tuple[float, float],
) -> dict[str, object]:
    verschil = model - gepubliceerd
    return {
        "geval": geval,
        "sleutel": sleutel,
        "eenheid": eenheid(sleutel),
        "gepubliceerd": gepubliceerd,
        "model": model,
        "afwijking_eur": verschil if eenheid(sleutel) == "eur" else np.nan,
        "afwijking_pct": 100 * verschil / abs(gepubliceerd) if gepubliceerd else np.nan,
        "laagste": ruim[0],
        "hoogste": ruim[1],
        "binnen": _binnen(sleutel, gepubliceerd, ruim),
        "exact": _binnen(sleutel, gepubliceerd, (model, model)),
        "ruimte_nodig": _ruimte_nodig(sleutel, gepubliceerd, model, ruim),
        "strikt_laagste": strikt[0],
        "strikt_hoogste": strikt[1],
        "strikt_binnen": _binnen(sleutel, gepubliceerd, strikt),
    }


def _binnen(sleutel: str, gepubliceerd: float, grenzen: tuple[float, float]) -> bool:
    marge = halve_stap(sleutel) + _KLEIN * max(abs(gepubliceerd), 1.0)
    return grenzen[0] <= gepubliceerd + marge and grenzen[1] >= gepubliceerd - marge


def _ruimte_nodig(sleutel: str, gepubliceerd: float, model: float, grenzen: tuple[float, float]) -> float:
    tekort = abs(gepubliceerd - model) - halve_stap(sleutel)
    if tekort <= _KLEIN * max(abs(gepubliceerd), 1.0):
        return 0.0
    ruimte = grenzen[1] - model if gepubliceerd > model else model - grenzen[0]
    return tekort / ruimte if ruimte > 0 else np.inf


def samenvatting(tabel: pd.DataFrame) -> pd.DataFrame:
    """Per case: how many published numbers, exact, inside and strictly inside; largest deviation of a post.

    ``tabel`` comes from :func:`reproductie`. Columns: geval, aantal, exact, binnen, strikt_binnen,
    grootste_afwijking_pct (posts only, signed) and post (where it is). A last row "alle gevallen" adds up.
    """
    posten = tabel[tabel["sleutel"].isin(POSTEN) & tabel["afwijking_pct"].notna()]
    rijen = []
    for geval, deel in [*tabel.groupby("geval", sort=False), ("alle gevallen", tabel)]:
        van_geval = posten if geval == "alle gevallen" else posten[posten["geval"] == geval]
        grootste = van_geval.loc[van_geval["afwijking_pct"].abs().idxmax()]
        rijen.append(
            {
                "geval": geval,
                "aantal": len(deel),
                "exact": int(deel["exact"].sum()),
                "binnen": int(deel["binnen"].sum()),
                "strikt_binnen": int(deel["strikt_binnen"].sum()),
                "grootste_afwijking_pct": grootste["afwijking_pct"],
                "post": grootste["sleutel"],
            }
        )
    return pd.DataFrame(rijen)


def verhoudingen(kengetallen: Kengetallen, gevallen: Sequence[Geval] | None = None) -> pd.DataFrame:
    """The two printed ratios of each case, both rounded to 0.05 as the tool does.

    Columns: geval, sleutel, gepubliceerd, model (unrounded), model_afgedrukt, gelijk, stappen (difference
    in steps of 0.05).
    """
    rijen = []
    for geval in gevallen if gevallen is not None else laad_gevallen(kengetallen):
        model = bereken(geval.aanpak, kengetallen)
        for s in ("kb_financieel", "kb_maatschappelijk"):
            gepubliceerd, afdruk = geval.uitkomst[s], afgedrukt(s, model[s])
            stappen = round((afdruk - gepubliceerd) / _STAP["verhouding"])
            rijen.append(
                {
                    "geval": geval.naam,
                    "sleutel": s,
                    "gepubliceerd": gepubliceerd,
                    "model": model[s],
                    "model_afgedrukt": afdruk,
                    "gelijk": stappen == 0,
                    "stappen": stappen,
                }
            )
    return pd.DataFrame(rijen)


_VERKLARING: Final[dict[str, str]] = {
    "kosten_aanpak": "alleen werkgeverslasten, zonder opslag voor leiding en ondersteuning; het verschil dat "
    "dan blijft staat nergens verklaard",
    "frictiekosten": "zelfde berekening: eenmalige kosten gedeeld door de afschrijving",
    "kosten_extra_zorg": "ander zorgprofiel of andere aandelen per domein; niet gepubliceerd",
    "nieuw_voor_oud": "zelfde berekening: alleen bespaarde afstemming, tegen werkgeverslasten",
    "substitutie": "ander zorgprofiel of andere aandelen per domein; niet gepubliceerd",
    "effectiviteit": "andere bedragen per eenheid; niet gepubliceerd",
    "escalatie": "ander zorgprofiel of andere gewichten, niet gepubliceerd; geen vraag over terugval",
    "ontwikkelingskansen": "ander bedrag per kind, niet gepubliceerd; geen vraag over terugval",
    "kwaliteit_van_leven": "geen vragen over kwaliteit van leven van ouderen en mantelzorg; andere bedragen",
    "overlast": "geen vraag over minder overlast; andere bedragen",
    "fte_kengetal": "andere caseload voor ev en nzr",
    "huishoudens_bij_fte": "andere caseload voor ev en nzr",
    "frictie_kengetal": "andere caseload voor ev en nzr",
}


def prototype_kengetallen(kengetallen: Kengetallen) -> Kengetallen:
    """The rule set with the values that the prototype is known to have used (``data/prototype``)."""
    bestand = paden.data() / "prototype" / "kengetallen.toml"
    waarden, bronnen = lees_afwijkingen(bestand)
    return kengetallen.met(waarden, str(bestand), bronnen)


def vergelijk_prototype(kengetallen: Kengetallen) -> pd.DataFrame:
    """Bijlage 2 of the meta-analysis beside the model: a comparison, not a test.

    Columns: sleutel, gepubliceerd (NaN: not printed), model (rule set as is), afwijking_pct,
    model_prototype (with the caseload and personnel costs of the prototype), afwijking_prototype_pct,
    verklaring (what is known to differ).
    """
    geval = laad_geval(PROTOTYPE, kengetallen)
    model = bereken(geval.aanpak, kengetallen)
    eigen = bereken(geval.aanpak, prototype_kengetallen(kengetallen))
    tabel = pd.DataFrame(
        {
            "sleutel": s,
            "gepubliceerd": geval.gepubliceerd.get(s, np.nan),
            "model": model[s],
            "model_prototype": eigen[s],
            "verklaring": _VERKLARING.get(s, ""),
        }
        for s in SLEUTELS
        if s in geval.gepubliceerd or s in _VERKLARING
    )
    tabel.insert(3, "afwijking_pct", 100 * (tabel["model"] / tabel["gepubliceerd"] - 1))
    tabel.insert(5, "afwijking_prototype_pct", 100 * (tabel["model_prototype"] / tabel["gepubliceerd"] - 1))
    return tabel


def begrotingsaandeel(kengetallen: Kengetallen, jaar: int = 2) -> tuple[float, float]:
    """Benefits in the budget as a share of all benefits (NCW) in bijlage 2, the only budget in print: as printed, and
    by the model for the same aanpak."""
    geval, tabel = laad_geval(PROTOTYPE, kengetallen), begroting_prototype(kengetallen, jaar)
    baten = tabel[tabel["soort"] == "baten"]
    model = bereken(geval.aanpak, kengetallen)["totale_baten"]
    return float(baten["gepubliceerd"].sum() / geval.uitkomst["totale_baten"]), float(baten["model"].sum() / model)


def begroting_prototype(kengetallen: Kengetallen, jaar: int = 2) -> pd.DataFrame:
    """Bijlage 2, uitvoerscherm B: cash flows by party after two years, printed beside the model.

    Columns: partij, soort (kosten or baten), gepubliceerd, model (euros of that year, not discounted). The
    printed parties are coarser than the actors: "gemeente" is all of the gemeente, "overig" everything that
    is not printed (Rijk/Wlz, corporatie, other parties).
    """
    geval = laad_geval(PROTOTYPE, kengetallen)
    boek = begroting(bereken(geval.aanpak, kengetallen), jaar)
    partij = {a: "gemeente" if a in GEMEENTE else a for a in ACTOREN}
    partij |= {a: "overig" for a in ACTOREN if partij[a] not in geval.begroting}
    rijen = []
    for p, gedrukt in geval.begroting.items():
        kolommen = [ACTOREN.index(a) for a in ACTOREN if partij[a] == p]
        for soort, posten in (("kosten", KOSTENPOSTEN), ("baten", BATENPOSTEN)):
            regels = [POSTEN.index(x) for x in posten]
            model = float(boek[np.ix_(regels, kolommen)].sum())
            rijen.append({"partij": p, "soort": soort, "gepubliceerd": gedrukt[soort], "model": model})
    return pd.DataFrame(rijen)

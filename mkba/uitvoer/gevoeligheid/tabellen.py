"""Tables and sentences of scenarios: side by side, what they change, the steps of a waterfall, the guard."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from mkba.analyse.gevoeligheid.rooster import Raster
from mkba.analyse.gevoeligheid.scenarios import BASIS, KENGETAL, MAXIMUM_SHAPLEY, Scenario, Stap
from mkba.kern.getallen import euro, gedrukt_verschil, getal, hoeveel, kort, opsomming, toon_meldingwaarde, toon_veld
from mkba.kern.meldingen import Melding
from mkba.kern.velden import VELDEN, benoem

STAP_SALDO: Final = 100
"""Euros to which "bedrag" rounds."""
OPMAAK_SCENARIOS: Final = {
    "saldo": "bedrag",
    "verschil": "bedrag",
    "maatschappelijk": "decimaal2",
    "financieel": "decimaal2",
    "gemeentelijk": "decimaal2",
}
OPMAAK_WATERVAL: Final = {"in deze volgorde": "bedrag", "gemiddeld over alle volgordes": "bedrag", "stand": "bedrag"}


_MEERVOUD: Final = {"fase": "fasen", "tegenvaller": "tegenvallers", "eigen": "eigen scenario's"}


def scenariotabel(vergelijking: pd.DataFrame) -> pd.DataFrame:
    """Saldo, the difference with the input as given (of the amounts as printed), and the three ratios.

    A row per scenario.
    """
    basis = float(vergelijking.loc[BASIS, "saldo"])
    return pd.DataFrame(
        {
            "saldo": vergelijking["saldo"],
            "verschil": [gedrukt_verschil(saldo, basis, STAP_SALDO) for saldo in vergelijking["saldo"]],
            "maatschappelijk": vergelijking["kb_maatschappelijk"],
            "financieel": vergelijking["kb_financieel"],
            "gemeentelijk": vergelijking["kb_gemeentelijk"],
        }
    )


def wijzigingentabel(scenarios: Iterable[Scenario]) -> pd.DataFrame:
    """What each scenario is, what it changes and why, formatted text: a row per change."""
    rijen = [
        (
            ". ".join(d for d in (s.naam, s.omschrijving) if d) if i == 0 else "",
            w.naam,
            _stappen(w.stappen.items()),
            w.status,
            "; ".join(d for d in (w.vindplaats, w.motivering) if d),
        )
        for s in scenarios
        for i, w in enumerate(s.wijzigingen)
    ]
    return pd.DataFrame(rijen, columns=["scenario", "wijziging", "wat", "status", "waarom"])


def watervaltabel(tabel: pd.DataFrame) -> pd.DataFrame:
    """The steps of a waterfall: contributions in this order and averaged over orders, and where it stands."""
    return pd.DataFrame(
        {
            "in deze volgorde": tabel["bijdrage"].to_numpy(),
            "gemiddeld over alle volgordes": tabel["gemiddeld"].to_numpy(),
            "stand": tabel["stand"].to_numpy(),
        },
        index=pd.Index(tabel["naam"], name="stap"),
    )


def waterval_zin(tabel: pd.DataFrame) -> str:
    """What the reader must know of a waterfall before quoting one bar."""
    stappen = tabel[tabel["soort"] == "wijziging"]
    if stappen.empty:
        return "De twee scenario's verschillen niet."
    zin = (
        "Elke balk is de bijdrage van een wijziging als de wijzigingen erboven al gelden; in een andere volgorde "
        "zijn de bijdragen anders, het totaal niet. "
    )
    if stappen["gemiddeld"].isna().any():
        return (
            zin + f"Het gemiddelde over alle volgordes wordt bij meer dan {MAXIMUM_SHAPLEY} wijzigingen niet berekend."
        )
    return zin + "Het gemiddelde over alle volgordes hangt niet van de volgorde af en telt op tot hetzelfde verschil."


def scenario_zin(vergelijking: pd.DataFrame, scenarios: Iterable[Scenario]) -> str:
    """Per kind of scenario how many break even for society, which change nothing here, and the worst one."""
    zinnen = []
    per_soort: dict[str, list[str]] = {}
    for s in scenarios:
        per_soort.setdefault(s.soort, []).append(s.naam)
    for soort, namen in per_soort.items():
        saldo = vergelijking.loc[namen, "saldo"]
        anders = saldo[saldo != float(vergelijking.loc[BASIS, "saldo"])]
        meervoud, gelijk = _MEERVOUD[soort], [str(n) for n in saldo.index.difference(anders.index, sort=False)]
        if anders.empty:
            zinnen.append(f"De {meervoud} veranderen hier niets.")
            continue
        goed = [str(n) for n in anders.index[anders >= 0]]
        slechtste = str(anders.idxmin())
        ratio = float(vergelijking.loc[slechtste, "kb_maatschappelijk"])
        saldi = f"saldo {euro(float(anders[slechtste]), 100)}"
        if ratio < 0:
            saldi += ", de baten zijn dan per saldo negatief"
        elif math.isfinite(ratio):
            saldi += f", maatschappelijke verhouding {getal(ratio, 2)}"
        if len(anders) == 1:
            kant = "ten minste gelijk aan" if goed else "kleiner dan"
            zin = f"Van de {meervoud} verandert hier alleen {slechtste} iets: de baten zijn {kant} de kosten ({saldi})."
        else:
            zin = (
                f"Bij {_deel_van(len(goed), len(anders))} {meervoud} zijn de baten ten minste gelijk aan de kosten"
                + (f" ({', '.join(goed)})" if 0 < len(goed) < len(anders) else "")
                + f"; de ongunstigste is {slechtste}: {saldi}."
            )
            if gelijk:
                werkwoorden = ("verandert", "telt") if len(gelijk) == 1 else ("veranderen", "tellen")
                zin += f" {opsomming(gelijk)} {werkwoorden[0]} hier niets en {werkwoorden[1]} niet mee."
        zinnen.append(zin)
    return " ".join(zinnen) or "Er zijn geen scenario's doorgerekend."


def _deel_van(aantal: int, alle: int) -> str:
    """ "geen van de 3", "1 van de 3", "alle 3"."""
    return f"alle {alle}" if aantal == alle else f"{aantal or 'geen'} van de {alle}"


def vlak_zin(raster: Raster) -> str:
    """What the black line of a contour says for the aanpak as given."""
    hier = raster.punt[2] >= raster.drempel
    boven = raster.waarden >= raster.drempel
    if boven.all() or not boven.any():
        kant = "groter dan" if hier else "lager dan"
        return f"In dit hele vlak zijn de baten {kant} de kosten: deze twee knoppen samen keren het oordeel niet."
    zin = "Op de zwarte lijn zijn baten en kosten gelijk. Hoe verder de stip van de lijn, hoe meer er "
    return zin + ("mag tegenvallen" if hier else "beter moet gaan") + " voordat het oordeel omslaat."


def wachttabel(meldingen: Sequence[Melding]) -> pd.DataFrame:
    """The messages of the guard as text: wat, waarde, waarom, controleer."""
    rijen = [(_velden(m.veld), toon_meldingwaarde(m), m.oorzaak, m.remedie) for m in meldingen]
    return pd.DataFrame(rijen, columns=["wat", "waarde", "waarom", "controleer"])


def wacht_zin(meldingen: Sequence[Melding]) -> str:
    """How many checks speak; also said when none does."""
    if not meldingen:
        return "De controle op dubbeltelling en onwaarschijnlijke combinaties vond niets."
    aantal = hoeveel(len(meldingen), "punt", "punten")
    return f"De controle op dubbeltelling en onwaarschijnlijke combinaties vond {aantal} om te onderbouwen."


def _velden(sleutels: str) -> str:
    """What a reader calls the fields of a message of the guard: "meer en substitutie.bestaand", labels."""
    namen = [
        naam for s in sleutels.split(" en ") for naam in benoem([k for k in VELDEN if k.startswith(f"{s}.")] or [s])
    ]
    return " en ".join([namen[0], *(naam[:1].lower() + naam[1:] for naam in namen[1:])])


def _stappen(stappen: Iterable[tuple[str, Stap]]) -> str:
    """Changes of one step in words; fields of one group that change alike are said once."""
    groepen: dict[tuple[str, str], list[str]] = {}
    for sleutel, stap in stappen:
        groepen.setdefault((sleutel.rpartition(".")[0], _wat(sleutel, stap)), []).append(sleutel)
    delen = []
    for (_, wat), sleutels in groepen.items():
        delen.append(f"{', '.join(benoem(sleutels))}: {wat}")
    return "; ".join(delen)


def _wat(sleutel: str, stap: Stap) -> str:
    if stap.waarde == KENGETAL:
        return "het kengetal"
    if stap.bewerking == "zet":
        return toon_veld(VELDEN[sleutel], stap.waarde) if sleutel in VELDEN else kort(stap.waarde)
    return f"maal {kort(stap.waarde)}" + (" (wat boven 0 ligt)" if stap.bewerking == "korting" else "")

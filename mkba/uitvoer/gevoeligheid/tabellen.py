"""Tables of sensitivity: the tornado, sweeps, scenarios, the guard, switching values and the cheapest combination."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from mkba.analyse.gevoeligheid.combinatie import Combinatie
from mkba.analyse.gevoeligheid.scenarios import BASIS, GRENZEN, KENGETAL, Scenario, Stap
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import (
    STAP_EUR,
    euro,
    eurostap,
    gedrukt_verschil,
    inkorten,
    kort,
    procent,
    te_onderscheiden,
    toon_meldingwaarde,
    toon_veld,
)
from mkba.kern.woorden.begrippen import naam
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.woorden.velden import VELDEN, benoem
from mkba.kern.zaak.eenheden import EURO, FRACTIE, VERHOUDING, eenheid
from mkba.uitvoer.maat import Cel, veldcel
from mkba.uitvoer.tabel import Tabel

CRITERIA: Final[dict[str, str]] = {
    "maatschappelijk": "Maatschappelijk (saldo)",
    "financieel": "Financieel, alle partijen",
    "gemeente": "Gemeente",
}
"""Column headings per criterium."""


def scenariotabel(vergelijking: pd.DataFrame) -> Tabel:
    """Per scenario its saldo, the difference with the input as given, and the three ratios.

    Euros NCW; ratios as everywhere. The difference is that of the amounts as printed, so that who subtracts finds the
    same.
    """
    basis = float(vergelijking.loc[BASIS, "saldo"])
    frame = pd.DataFrame(
        {
            "saldo": vergelijking["saldo"],
            "verschil": [gedrukt_verschil(saldo, basis, STAP_EUR) for saldo in vergelijking["saldo"]],
            "maatschappelijk": vergelijking["kb_maatschappelijk"],
            "financieel": vergelijking["kb_financieel"],
            "gemeentelijk": vergelijking["kb_gemeentelijk"],
        }
    )
    return Tabel(frame, {kolom: "bedrag" if kolom in ("saldo", "verschil") else "verhouding" for kolom in frame})


def watervaltabel(stappen: pd.DataFrame, uitkomst: str = "saldo") -> Tabel:
    """The steps of a waterfall: contributions in this order and averaged over orders, and where it stands.

    ``stappen``: of ``analyse.scenarios.waterval``; euros NCW, or hundredths when ``uitkomst`` is a ratio.
    """
    kolommen = {"in deze volgorde": "bijdrage", "gemiddeld over alle volgordes": "gemiddeld", "stand": "stand"}
    frame = pd.DataFrame(
        {kop: stappen[kolom].to_numpy() for kop, kolom in kolommen.items()},
        index=pd.Index(stappen["naam"], name="stap"),
    )
    return Tabel(frame, "decimaal2" if uitkomst.startswith("kb_") else "bedrag")


def wijzigingentabel(scenarios: Iterable[Scenario]) -> Tabel:
    """What each scenario is, what it changes and why: a row per change."""
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
    return Tabel(pd.DataFrame(rijen, columns=["scenario", "wijziging", "wat", "status", "waarom"]), index=False)


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
    if stap.bewerking in ("zet", *GRENZEN):
        voor = f"{stap.bewerking} " if stap.bewerking in GRENZEN else ""
        return voor + _waarde(sleutel, stap)
    return f"maal {kort(stap.waarde)}" + (" (wat boven 0 ligt)" if stap.bewerking == "korting" else "")


def _waarde(sleutel: str, stap: Stap) -> str:
    return toon_veld(ALLE_VELDEN[sleutel], stap.waarde) if sleutel in ALLE_VELDEN else kort(stap.waarde)


def wachttabel(meldingen: Sequence[Melding]) -> Tabel:
    """The messages of the guard: wat, waarde (of two fields as text), waarom, controleer."""
    rijen = [(_velden(m.veld), _meldingcel(m), m.oorzaak, m.remedie) for m in meldingen]
    return Tabel(pd.DataFrame(rijen, columns=["wat", "waarde", "waarom", "controleer"]), index=False)


def _meldingcel(melding: Melding) -> Cel | str:
    veld = ALLE_VELDEN.get(melding.veld)
    return veldcel(veld, melding.waarde) if veld is not None else toon_meldingwaarde(melding)


def _velden(sleutels: str) -> str:
    """What a reader calls the fields of a message of the guard: "meer en substitutie.bestaand", labels."""
    namen = [
        naam for s in sleutels.split(" en ") for naam in benoem([k for k in VELDEN if k.startswith(f"{s}.")] or [s])
    ]
    return " en ".join([namen[0], *(naam[:1].lower() + naam[1:] for naam in namen[1:])])


def knopnaam(sleutel: str) -> str:
    """A knob inside a sentence: "voorkomen escalatie (gezinnen)"."""
    if sleutel == "additioneel":
        return "aandeel additionele kosten"
    hoofd, _, rest = VELDEN[sleutel].label.partition(": ")
    return f"{hoofd} ({rest})".lower() if rest else hoofd.lower()


def omslagtabel(omslag: pd.DataFrame) -> Tabel:
    """A row per knob with influence, a column per criterium with the value where it turns.

    "≥ 1,4%": break-even from there up; "*": outside the published range; "nooit binnen 0–100%" and "altijd
    binnen 0–100%": no switching value at any allowed value; "geen invloed": the knob does nothing here.
    ``omslag``: of ``analyse.omslag.omslagpunten``.
    """
    rijen = []
    for sleutel, deel in omslag.groupby("sleutel", sort=False):
        if (deel["oordeel"] == "geen invloed").all():
            continue
        naam = knopnaam(str(sleutel))
        rij: dict[str, Cel | str] = {
            "knop": naam[:1].upper() + naam[1:],
            "nu": veldcel(VELDEN[str(sleutel)], float(deel["waarde"].iloc[0])),
        }
        for criterium, kop in CRITERIA.items():
            punten = [_omslagcel(p) for p in deel[deel["criterium"] == criterium].to_dict("records")]
            rij[kop] = punten[0] if len(punten) == 1 else " en ".join(map(str, punten))
        rijen.append(rij)
    frame = pd.DataFrame(rijen, columns=["knop", "nu", *CRITERIA.values()], dtype=object)
    return Tabel(frame, {kolom: "antwoord%" for kolom in frame if kolom != "knop"}, index=False)


def _omslagcel(rij: dict[str, object]) -> Cel | str:
    if rij["oordeel"] == "geen invloed":
        return "geen invloed"
    if rij["oordeel"] == "omslag":
        punt, _ = naast_elkaar(float(str(rij["omslagpunt"])), float(str(rij["waarde"])))
        return replace(punt, voor=f"{rij['richting']} ", achter="" if rij["in_bereik"] else " *")
    laag, hoog = float(str(rij["minimum"])), float(str(rij["maximum"]))
    grenzen = f"{procent(laag)} tot {procent(hoog)}" if laag < 0 else f"{procent(laag).rstrip('%')}–{procent(hoog)}"
    return f"{rij['oordeel']} binnen {grenzen}"


def combinatietabel(combinatie: Combinatie) -> Tabel:
    """The knobs that move, from and to, beside the published range; shifts in widths of that range."""
    bereik, deel = "gepubliceerd bereik", "verschuiving, deel van het bereik"
    rijen = []
    for k in combinatie.knoppen[combinatie.knoppen["naar"] != combinatie.knoppen["van"]].to_dict("records"):
        naar, van = naast_elkaar(k["naar"], k["van"])
        laag, hoog = (veldcel(VELDEN[k["sleutel"]], k[kant]) for kant in ("laag", "hoog"))
        binnen = "ja" if k["binnen"] else "NEE"
        rijen.append([VELDEN[k["sleutel"]].label, van, naar, laag, hoog, abs(k["verschuiving"]), binnen])
    koppen = ["knop", "van", "naar", f"{bereik}: laag", f"{bereik}: hoog", deel, "binnen het bereik"]
    return Tabel(
        pd.DataFrame(rijen, columns=koppen),
        {**dict.fromkeys(koppen[1:5], "antwoord%"), deel: "fractie"},
        index=False,
        samen={bereik: [koppen[3], " … ", koppen[4]]},
    )


def naast_elkaar(een: float, ander: float) -> tuple[Cel, Cel]:
    """Two shares with one decimal, or with as many as it takes to see that they differ."""
    links, rechts = te_onderscheiden(100 * een, 100 * ander)
    return Cel(een, "antwoord%", gedrukt=f"{links}%"), Cel(ander, "antwoord%", gedrukt=f"{rechts}%")


def tornadotabel(gevoeligheid: pd.DataFrame, soort: str, aantal: int = 10) -> pd.DataFrame:
    """The inputs with the largest swing: tekst_laag, tekst_waarde and tekst_hoog say the values that were varied.

    ``gevoeligheid``: outcome of ``analyse.gevoeligheid.eenzijdig``; ``soort``: "knop" or "kengetal".
    """
    keuze = _grootste(gevoeligheid, soort, aantal)
    keuze["label"] = [inkorten(str(n)) for n in keuze["naam"]]
    for kant in ("laag", "waarde", "hoog"):
        keuze[f"tekst_{kant}"] = [str(_invoer(rij, kant)) for rij in keuze.to_dict("records")]
    return keuze


_SOORT: Final = {"kb": "verhouding", "saldo": "saldo"}
_UITSLAG: Final = {EURO: "eur1", VERHOUDING: "decimaal2", FRACTIE: "antwoord%"}
"""How an outcome at the end of a swing prints; a ratio in hundredths, for steps of 0.05 would hide a swing."""
_KNOP: Final = {FRACTIE: "antwoord%", EURO: "eur1", VERHOUDING: "decimaal2"}


def swingtabel(gevoeligheid: pd.DataFrame, soort: str = "knop", aantal: int = 10, uitkomst: str = "saldo") -> Tabel:
    """The bars of a tornado written out: which value of each input gives which outcome (euros NCW or a ratio).

    ``gevoeligheid``: outcome of ``analyse.gevoeligheid.eenzijdig`` for ``uitkomst``; ``soort``: "knop" or "kengetal".
    """
    keuze = _grootste(gevoeligheid, soort, aantal)
    wat = _SOORT.get(uitkomst.partition("_")[0], naam(uitkomst))
    maat = _UITSLAG.get(eenheid(uitkomst), "antwoord")
    op = eurostap([*keuze["uitkomst_laag"], *keuze["uitkomst_hoog"]])

    def uitslag(waarde: float) -> Cel:
        return Cel(waarde, maat, gedrukt=euro(waarde, op) if maat == "eur1" else None)

    rijen = keuze.to_dict("records")
    tabel = pd.DataFrame(
        {
            "knop of kengetal": [rij["naam"] for rij in rijen],
            "nu": [_invoer(rij, "waarde") for rij in rijen],
            "lage waarde": [_invoer(rij, "laag") for rij in rijen],
            f"{wat} bij de lage waarde": [uitslag(rij["uitkomst_laag"]) for rij in rijen],
            "hoge waarde": [_invoer(rij, "hoog") for rij in rijen],
            f"{wat} bij de hoge waarde": [uitslag(rij["uitkomst_hoog"]) for rij in rijen],
        }
    )
    maten = {kolom: maat if " bij de " in kolom else "kort" for kolom in tabel.columns[1:]}
    return Tabel(tabel, maten, index=False)


def _grootste(gevoeligheid: pd.DataFrame, soort: str, aantal: int) -> pd.DataFrame:
    return gevoeligheid[gevoeligheid["soort"] == soort].head(aantal).copy()


def _invoer(rij: Mapping[Hashable, Any], kant: str) -> Cel | str:
    """The low, present or high value of one input, as a reader expects it."""
    if rij["sleutel"] == "fte":  # between the answer and its kengetal, so the present value is one of both
        laag, hoog = te_onderscheiden(rij["laag"], rij["hoog"])
        return veldcel(VELDEN["fte"], rij[kant], gedrukt=laag if rij[kant] == rij["laag"] else hoog)
    veld = VELDEN.get(rij["sleutel"])
    return veldcel(veld, rij[kant]) if veld is not None else Cel(rij[kant], "kort")


def reekstabel(reeks: pd.DataFrame, knoppen: Sequence[str], uitkomsten: Sequence[str]) -> Tabel:
    """Scenarios: the varied knobs by key (fractions as percentages) and outcomes by name, a row per scenario."""
    koppen = {**{k: k for k in knoppen}, **{s: naam(s) for s in uitkomsten}}
    maten = {kop: _KNOP.get(_eenheid(sleutel), "kort") for sleutel, kop in koppen.items()}
    maten |= {naam(s): "eur" if eenheid(s) == EURO else maten[naam(s)] for s in uitkomsten}
    return Tabel(pd.DataFrame({kop: reeks[sleutel] for sleutel, kop in koppen.items()}), maten, index=False)


def _eenheid(sleutel: str) -> str:
    try:
        return eenheid(sleutel)
    except KeyError:  # a kengetal: whatever its unit, it prints as one
        return ""

"""A second opinion: what a reviewer would ask of an aanpak, each point with what it weighs in the outcome.

A point says what would change if it were settled the other way: the value at the nearest end of its range, the kengetal
of the rule set instead of that of the user, the scenario that was not shown. Its weight follows from that, not from
taste: *zwaar* when one of the three judgements turns, *middel* from a tenth of the costs on, *licht* below. What cannot
be expressed in euros (double counting, a missing argument) is *middel*: it may be nothing, and it may be all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
from mkba.analyse.gevoeligheid.scenarios import laad_scenarios, pas_toe
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.analyse.onzekerheid.simulatie import PARTIJEN, Simulatie, simuleer
from mkba.kern.bestand.paden import data
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.catalogus.regelset import beschikbaar
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import euro, nederlands, opsomming
from mkba.kern.woorden.begrippen import SALDI
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.waarschuwingen import buiten_bereik
from mkba.model.berekening import Uitkomst, bereken

Gewicht = Literal["zwaar", "middel", "licht"]
Soort = Literal["buiten bereik", "eigen kengetal", "verlopen", "dubbeltelling", "bewijs", "scenario", "onderbouwing"]
MIDDEL: Final = 0.1
"""Share of the total costs from which a change of the saldo is *middel*: a choice of the kit."""
GUNSTIG: Final = 0.9
"""Place among the draws from which the values as given are more favourable than nine of ten."""
HALVE_CENT: Final = 0.005
BEWIJSKORTING: Final = "bewijskorting"
"""The scenario that halves what was expected; it is about the evidence, not a choice to show."""
_GEWICHTEN: Final = ("zwaar", "middel", "licht")


@dataclass(frozen=True)
class Punt:
    """One question of a reviewer.

    ``melding``: field, value, cause and remedy; ``saldo``: that of society if the point is settled the other way, euros
    NCW, None where that cannot be said; ``keert``: which of SALDI turn.
    """

    soort: Soort
    melding: Melding
    gewicht: Gewicht
    saldo: float | None = None
    keert: tuple[str, ...] = ()


def beoordeel(aanpak: Aanpak, kengetallen: Kengetallen, simulatie: Simulatie | None = None) -> list[Punt]:
    """All points of one aanpak, the heaviest first, then by what they move of the saldo.

    ``simulatie``: of the same aanpak; without, it is made.
    """
    nu = bereken(aanpak, kengetallen)
    sim = simulatie or simuleer(aanpak, kengetallen, sleutels=tuple(PARTIJEN))
    punten = [
        *_buiten_bereik(nu),
        *_eigen_kengetallen(nu),
        *_verlopen(nu),
        *_jongere_regelset(nu),
        *(Punt("dubbeltelling", m, "middel") for m in wacht(nu)),
        *_bewijs(nu, sim),
        *_scenarios(nu),
        *_onderbouwing(nu),
    ]
    return sorted(punten, key=lambda p: (_GEWICHTEN.index(p.gewicht), -_verschuiving(p, nu)))


def _verschuiving(punt: Punt, nu: Uitkomst) -> float:
    return 0.0 if punt.saldo is None else abs(punt.saldo - nu["saldo"])


def _weeg(soort: Soort, melding: Melding, nu: Uitkomst, anders: Uitkomst) -> Punt:
    """The point with what changes when the outcome is ``anders``."""
    keert = tuple(
        wie for wie, sleutel in SALDI.items() if _positief(nu.reeksen, sleutel) != _positief(anders.reeksen, sleutel)
    )
    verschil = abs(anders["saldo"] - nu["saldo"])
    gewicht: Gewicht = "zwaar" if keert else "middel" if verschil >= MIDDEL * nu["totale_kosten"] else "licht"
    return Punt(soort, melding, gewicht, anders["saldo"], keert)


def _positief(reeksen: Mapping[str, object], sleutel: str) -> bool:
    return float(reeksen[sleutel][0]) >= -HALVE_CENT  # type: ignore[index]


def _buiten_bereik(nu: Uitkomst) -> list[Punt]:
    """Answers outside what the sources print, and the outcome with the nearest value that they do."""
    aanpak, k = nu.aanpak, nu.kengetallen
    uit = []
    for melding, grens in buiten_bereik(aanpak, k):
        anders = bereken(aanpak, k, {melding.veld: [grens]})
        uit.append(_weeg("buiten bereik", melding, nu, anders))
    return uit


def _eigen_kengetallen(nu: Uitkomst) -> list[Punt]:
    """Values of the user in the place of a kengetal: without a source, or outside the range of the catalogue."""
    k = nu.kengetallen
    buiten = {m.veld: m for m in k.waarschuwingen}
    uit = []
    for pad, eigen in k.afwijkingen.items():
        if k.zonder_bron(pad):
            oud = nederlands(eigen.oorspronkelijk or 0.0)
            oorzaak = f"dit eigen kengetal heeft geen bron; de regelset heeft {oud}."
            remedie = 'Geef de bron in het bestand: sleutel = {waarde = …, bron = "…"}.'
            melding = Melding(pad, eigen.waarde, oorzaak, remedie)
        elif pad in buiten:
            melding = buiten[pad]
        else:
            continue
        zonder = {p: e.waarde for p, e in k.afwijkingen.items() if p != pad}
        uit.append(_weeg("eigen kengetal", melding, nu, bereken(nu.aanpak, k.zonder_afwijkingen().met(zonder))))
    return uit


def _verlopen(nu: Uitkomst) -> list[Punt]:
    """Kengetallen past their last day, with the outcome at the end of their range that changes it most."""
    k, uit = nu.kengetallen, []
    for melding in k.verlopen:
        kengetal = k.getallen[melding.veld]
        randen = [
            bereken(nu.aanpak, k.met({melding.veld: rand}))
            for rand in (kengetal.onder, kengetal.boven)
            if rand != kengetal.waarde
        ]
        if not randen:  # nobody printed how far it may be off
            uit.append(Punt("verlopen", melding, "middel"))
            continue
        uit.append(_weeg("verlopen", melding, nu, max(randen, key=lambda u: abs(u["saldo"] - nu["saldo"]))))
    return uit


def _jongere_regelset(nu: Uitkomst) -> list[Punt]:
    """The rule sets of the kit that bring this one up to date, each with the outcome when it is used instead."""
    k, uit = nu.kengetallen, []
    eigen = {pad: e.waarde for pad, e in k.afwijkingen.items()}
    for naam in beschikbaar(data() / "kengetallen"):
        jonger = laad(naam, vandaag=k.opzet.peildatum)
        if k.regelset not in jonger.opzet.ouders:
            continue
        anders = jonger.met(eigen)
        vervangen = sum(
            pad in k.getallen and getal.waarde != k.getallen[pad].waarde for pad, getal in anders.getallen.items()
        )
        oorzaak = (
            f"van deze regelset zijn {vervangen} kengetallen inmiddels vervangen, in {naam} (bedragen daar in prijzen "
            f"van {opsomming([str(jaar) for jaar in jonger.prijspeilen])})."
        )
        remedie = f"Reken ook met --regelset {naam}, of zeg waarom de oude getallen hier volstaan."
        melding = Melding("regelset", k.naam, oorzaak, remedie)
        uit.append(_weeg("verlopen", melding, nu, bereken(nu.aanpak.met({}, anders), anders)))
    return uit


def _bewijs(nu: Uitkomst, sim: Simulatie) -> list[Punt]:
    """Expectations that are stronger than what they rest on: nothing measured, and the values as given near the top."""
    uit = []
    scenarios = laad_scenarios(nu.kengetallen.regelset)
    if nu.aanpak.gemeten is None and BEWIJSKORTING in scenarios:
        scenario = scenarios[BEWIJSKORTING]
        anders = bereken(*pas_toe(nu.aanpak, nu.kengetallen, scenario))
        melding = Melding(
            "vraag 12 tot en met 14",
            "verwacht",
            "geen van deze effecten is gemeten; de uitkomst is hier die waarin van elk de helft uitkomt "
            f"(scenario {scenario.naam}).",
            "Zeg per effect waar de verwachting op rust, of meet (vraag 16 tot en met 18).",
        )
        uit.append(_weeg("bewijs", melding, nu, anders))
    plaats = sim.plaats["saldo"]
    if plaats > GUNSTIG:
        midden = float(sim.kwantielen.at["saldo", "p50"])
        keert = ("maatschappelijk",) if (midden >= 0) != (nu["saldo"] >= 0) else ()
        melding = Melding(
            "vraag 10 tot en met 15",
            f"gunstiger dan {100 * plaats:.0f}% van de trekkingen",
            "samen liggen de ingevulde waarden aan de gunstige kant van de bereiken in de bronnen; de uitkomst is hier "
            "die van het midden van de trekkingen.",
            "Onderbouw waarom dit team het op alle punten beter doet dan de bronnen.",
        )
        verschil = abs(midden - nu["saldo"])
        zwaarte: Gewicht = "zwaar" if keert else "middel" if verschil >= MIDDEL * nu["totale_kosten"] else "licht"
        uit.append(Punt("bewijs", melding, zwaarte, midden, keert))
    return uit


def _scenarios(nu: Uitkomst) -> list[Punt]:
    """The scenarios of the rule set in which a judgement turns, as one point: an aanpak on its own shows none of them.

    Its ``saldo`` is that of the scenario that is furthest from the saldo as given.
    """
    gekeerd: list[tuple[str, Punt]] = []
    scenarios = {s: w for s, w in laad_scenarios(nu.kengetallen.regelset).items() if s != BEWIJSKORTING}
    for scenario in scenarios.values():
        melding = Melding("scenario", scenario.naam, "", "")
        punt = _weeg("scenario", melding, nu, bereken(*pas_toe(nu.aanpak, nu.kengetallen, scenario)))
        if punt.keert:
            gekeerd.append((scenario.naam, punt))
    if not gekeerd:
        return []
    verste = max((punt for _, punt in gekeerd), key=lambda p: _verschuiving(p, nu))
    saldi = [f"{naam} (saldo {euro(p.saldo or 0.0, 100)})" for naam, p in gekeerd]
    melding = Melding(
        "scenario's",
        "niet getoond",
        f"in {len(gekeerd)} van de {len(scenarios)} scenario's van de regelset keert een oordeel om: "
        f"{opsomming(saldi)}.",
        "Laat ze zien (notebook 40_gevoeligheid legt elk uit), of zeg waarom zij hier niet gelden.",
    )
    keert = tuple(wie for wie in SALDI if any(wie in punt.keert for _, punt in gekeerd))
    return [Punt("scenario", melding, "zwaar", verste.saldo, keert)]


def _onderbouwing(nu: Uitkomst) -> list[Punt]:
    """What else asks for an argument: a team unlike its caseload, a missing discipline, empty effects."""
    k = nu.kengetallen
    gezegd = {m.veld for m, _ in buiten_bereik(nu.aanpak, k)} | k.afwijkingen.keys() | {m.veld for m in k.verlopen}
    uit = []
    for melding in opmerkingen(nu):
        if melding.veld in gezegd:
            continue
        anders = {"fte": nu["fte_kengetal"], "frictie": nu["frictie_kengetal"]}.get(melding.veld)
        veld = VELDEN.get(melding.veld)
        if anders is None or veld is None or not (veld.minimum or 0) <= anders <= (veld.maximum or anders):
            uit.append(Punt("onderbouwing", melding, "middel"))
        else:
            uitkomst = bereken(nu.aanpak, nu.kengetallen, {melding.veld: [anders]})
            uit.append(_weeg("onderbouwing", melding, nu, uitkomst))
    return uit

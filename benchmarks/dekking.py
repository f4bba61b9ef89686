"""How often a 95% interval holds the truth in made-up towns: tables of docs/effectmeting-attributie.md and
effectmeting-meten.md, and the figure of the first.

``python benchmarks/dekking.py`` prints the tables in Markdown and writes the figure. Not timed: what counts is the
share of the towns, and that differs per seed by a percentage point or two.
"""

from pathlib import Path

import numpy as np

from mkba.kern.tekst.notatie import getal, procent
from mkba.tests.hulp_dekking import (
    GECLUSTERD,
    HUISHOUDENS,
    KLEINE_TEAMS,
    KWARTALEN,
    PERMUTATIE,
    STEDEN,
    TEAMOMVANG,
    TWEE_TEAMS,
    WILD,
    Dekking,
    aandelen,
    alleen_wat_groot_is,
    attributie,
    bodem,
    gemiddelden,
    gewogen_wijken,
    klein,
    net_te_tonen,
    onrustig,
    opzetten,
    priors,
    samen,
    strata,
    strata_gemiddelden,
    teams_afgerond,
    twee_doelen,
    wijken_getoond,
)
from mkba.uitvoer.figuur import Axes, beschrijf, bewaar, figuur, legenda_onder, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS, GROEN, ROOD

FIGUUR = Path(__file__).resolve().parent.parent / "docs" / "effectmeting-dekking.svg"
TEKENS = {
    PERMUTATIE: ("o", GROEN),
    WILD: ("D", BLAUW),
    GECLUSTERD: ("s", GRIJS),
    KWARTALEN: ("^", ROOD),
    HUISHOUDENS: ("v", "#7F1D1D"),
}
GOED = (0.92, 0.98)


def main() -> None:
    uit = attributie()
    vragen = list(dict.fromkeys(d.vraag for d in uit))
    per = {(d.vraag, d.methode): d for d in uit}
    print(f"Attributie, {STEDEN} steden\n")
    print(f"| methode | {' | '.join(vragen)} |\n|---|{'---:|' * len(vragen)}")
    for methode in TEKENS:
        print(f"| {methode} | {' | '.join(procent(per[v, methode].deel, 1) for v in vragen)} |")
    print("\nAandelen en gemiddelden van Bronstad (effectmeting-attributie.md)\n")
    _naast(aandelen() + gemiddelden())
    print("\nEen steekproef per generalist, en trajecten die samengaan (effectmeting-meten.md)\n")
    _naast(strata() + strata_gemiddelden() + samen() + klein())
    _spreiding_van_een()
    _twee_doelen()
    _teams()
    _net_te_tonen()
    print("\nMinder wijken, ongelijke effecten (zorggebruik)\n")
    print("| wijken met | zonder | effecten | dekking | mediane breedte |\n|---:|---:|---|---:|---:|")
    for met, zonder, soort, dekking in opzetten():
        cellen = (
            ("geen interval", "–") if dekking is None else (procent(dekking.deel, 1), f"€ {getal(dekking.breedte)}")
        )
        print(f"| {met} | {zonder} | {soort} | {' | '.join(cellen)} |")
    print("\nCijfers van wijken zoals zij staan: op twee cijfers, einden naar buiten\n")
    print("| gebeurtenissen | exact | getoond | maal zo breed | netto |\n|---:|---:|---:|---:|---:|")
    for w in wijken_getoond():
        cellen = [procent(w.exact, 1), procent(w.getoond, 1), getal(w.maal, 2), getal(w.netto, 2)]
        print(f"| {getal(w.gebeurtenissen)} | {' | '.join(cellen)} |")
    print("\nTeams die meer of minder schommelen\n")
    print(
        "| wijken met | zonder | schommelen | kaal vergeleken | aan de spreiding gemeten | in gebruik |\n"
        "|---:|---:|---:|---:|---:|---:|"
    )
    for met, zonder, maal, *delen in onrustig():
        print(f"| {met} | {zonder} | {getal(maal, 1)} maal | {' | '.join(procent(d, 1) for d in delen)} |")
    print("\nVan wijken naar vraag 14\n")
    print("| | getoond | gemiddeld, maal de waarheid | dekking |\n|---|---:|---:|---:|")
    for k in (k for paar in alleen_wat_groot_is() for k in paar):
        print(f"| {k.wat} | {procent(k.getoond)} | {getal(k.maal, 2)} | {procent(k.dekking, 1)} |")
    print("\n| huishoudens | de waarheid | gemiddeld | wat telt, gemiddeld | dekking |\n|---:|---|---:|---:|---:|")
    for n, vanwaar, waar, telt, d in gewogen_wijken():
        print(f"| {getal(n)} | {vanwaar} | {procent(waar, 1)} | {procent(telt, 1)} | {procent(d.deel)} |")
    print("\nBijgewerkte aandelen (effectmeting-meten.md)\n")
    print("| knop | huishoudens | waarheid uit de prior | uit de driehoek |\n|---|---:|---:|---:|")
    for knop, n, prior, driehoek in priors():
        print(f"| {knop} | {n} | {procent(prior, 1)} | {procent(driehoek, 1)} |")
    bewaar(_figuur(uit, vragen), FIGUUR)


def _spreiding_van_een() -> None:
    """Where the spread of trajecten was measured as the least that there is."""
    print("\nEen gemeten spreiding van 1 (effectmeting-meten.md)\n")
    print("| huishoudens | φ | op 1 gemeten | dekking | met Student ook daar |\n|---:|---:|---:|---:|---:|")
    for b in bodem():
        cellen = [procent(w, 1) for w in (b.op_de_bodem, b.gebruikt, b.ook_daar)]
        print(f"| {b.huishoudens} | {getal(b.fi, 1)} | {' | '.join(cellen)} |")


def _twee_doelen() -> None:
    """The caseload itself, and what the aanpak does."""
    print("\nDe caseload en de aanpak: zonder en met correctie voor de eindige populatie (effectmeting-meten.md)\n")
    print("| huishoudens | de caseload, zonder | met | de aanpak, zonder | met |\n|---:|---:|---:|---:|---:|")
    for d in twee_doelen():
        print(f"| {d.huishoudens} | {' | '.join(procent(w, 1) for w in (*d.caseload, *d.aanpak))} |")


def _teams() -> None:
    """Per kind and size of teams; and how often a pair that is named as higher is not."""
    print("\nTeams naast elkaar, uit afgeronde getallen (effectmeting-meten.md)\n")
    print(
        "| | teams | verschillen, als exact | in gebruik | dekking, als exact | in gebruik |\n|---|---|" + "---:|" * 4
    )
    for omvang in (TEAMOMVANG, KLEINE_TEAMS, TWEE_TEAMS):
        alle = list(teams_afgerond(400, omvang=omvang, paren_ook=False))
        for exact, t in zip(alle[::2], alle[1::2], strict=True):
            cellen = [procent(w, 1) for w in (exact.verschillen, t.verschillen, exact.dekking, t.dekking)]
            wie = f"{len(omvang)} van {omvang[0]} tot {omvang[-1]} huishoudens, {'on' * (not t.gelijk)}gelijk"
            print(f"| {t.soort} | {wie} | {' | '.join(cellen)} |")
    for t in teams_afgerond(150, gevallen=[("aandeel", False, rond) for rond in (0.0, 5.0)]):
        print(f"afgerond op {getal(t.rond)}: {getal(t.genoemd, 2)} paren per stad, fout {procent(t.fout, 1)}")


def _net_te_tonen() -> None:
    """What a threshold lets through."""
    print("\nVraag 17 van een steekproef, wat net te tonen is (effectmeting-meten.md)\n")
    print("| huishoudens | getoond | gemiddeld getoond, maal de waarheid | dekking | trekkingen |")
    print("|---:|---:|---:|---:|---:|")
    for g in net_te_tonen():
        cellen = procent(g.deel), getal(g.maal, 2), procent(g.dekking), procent(g.trekkingen)
        print(f"| {g.huishoudens} | {' | '.join(cellen)} |")


def _naast(uit: list[Dekking]) -> None:
    """A row per question: the method in use and the naive one beside it, in pairs."""
    print("| vraag | methode | dekking | breedte | naïef | dekking | breedte |\n|---|---|---:|---:|---|---:|---:|")
    for goed, kaal in zip(uit[::2], uit[1::2], strict=True):
        mis = procent(kaal.deel, 1)
        cellen = (
            procent(goed.deel, 1),
            getal(goed.breedte, 2),
            kaal.methode,
            f"**{mis}**" if kaal.deel < GOED[0] else mis,
        )
        print(f"| {goed.vraag} | {goed.methode} | {' | '.join(cellen)} | {getal(kaal.breedte, 2)} |")


@figuur("Per uitkomst vijf tekens: hoe vaak het interval van elke methode de waarheid bevat; de band is 92 tot 98%.")
def _figuur(uit: list[Dekking], vragen: list[str]) -> Axes:
    ax = nieuw(8, 4.2)
    y = np.arange(len(vragen))[::-1]
    ax.axvspan(*(100 * g for g in GOED), color="#D3EBC3", zorder=0, label="92 tot 98%")
    ax.axvline(95, color="#111111", linewidth=1, linestyle=":")
    for methode, (teken, kleur) in TEKENS.items():
        deel = [100 * d.deel for v in vragen for d in uit if (d.vraag, d.methode) == (v, methode)]
        ax.scatter(deel, y, marker=teken, s=55, color=kleur, label=methode, zorder=3)
    ax.set_yticks(y, vragen)
    ax.set_ylim(-0.6, len(vragen) - 0.4)
    ax.set_xlabel(f"steden waarvan het 95%-interval de waarheid bevat, in procent (van {STEDEN})")
    ax.set_title("Wat een interval belooft en wat het doet")
    beschrijf(ax, "De permutatie blijft tussen 92 en 98%; bij zorggebruik vallen de naïeve methoden eronder.")
    legenda_onder(ax, 3)
    return ax


if __name__ == "__main__":
    main()

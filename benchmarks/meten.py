"""How often the intervals of a report of a measurement hold the truth, through the whole of the program: tables of
docs/effectmeting-meten.md ("Een registratie van een deel", "Van formulier naar rapport", phi in steps); and how often
other names of teams are seen through (docs/effectmeting-registratie.md).

``python benchmarks/meten.py [MAAL]`` prints them in Markdown; MAAL 0.1 takes a tenth of the samples. Not timed: what
counts is the share of the samples, with how many there were.
"""

import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld, vul_in
from mkba.analyse.effectmeting.bijwerken.trekkingen import bereik_van_steekproef
from mkba.analyse.effectmeting.publiceren.formulier.meting import meet_formulier
from mkba.analyse.effectmeting.publiceren.geheugen import Eerder
from mkba.analyse.effectmeting.publiceren.meting import meet
from mkba.analyse.effectmeting.tellen.telling import VOETNOOT_13, samen_veld, tel
from mkba.analyse.onzekerheid.trekking import trek
from mkba.invoer.effectmeting.lezen import VOORBEELD, lees_registratie
from mkba.invoer.effectmeting.registratie import Registratie, maak_registratie
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.notatie import getal, procent
from mkba.kern.woorden.effectvelden import aandeel_veld, aantal_veld
from mkba.kern.woorden.trajecten import CASES, SOORTEN, TRAJECTEN
from mkba.kern.woorden.velden import GROEPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken, bereken_reeks
from mkba.tests.hulp_dekking import AANTAL, BANDEN, DEEL, grof
from mkba.tests.hulp_formulier import KANSEN, gevuld

KENGETALLEN = laad()
SALDO: Final = "saldo"
PER_HUISHOUDEN: Final = ("problematiek", "trajecten", "acties", "escalaties")


def main(maal: float) -> None:
    print("Trajecten waarvan de spreiding in stappen staat\n")
    spreiding(round(1_000 * maal))
    print("\nEen registratie van een deel van de verzonnen stad\n")
    van_een_deel({65: round(300 * maal), 130: round(300 * maal), 200: round(150 * maal), 400: round(150 * maal)})
    print("\nVan formulier naar rapport\n")
    formulieren(round(200 * maal))
    print("\nSaldo van een formulier waarvan de waarheid uit de Monte Carlo komt\n")
    saldo_van_formulieren(round(300 * maal))
    print("\nOnder andere namen van teams in dezelfde map: hoe vaak het wordt geweigerd\n")
    onder_andere_namen(round(7 * maal) or 1)


def spreiding(keer: int) -> None:
    """Per number of trajecten, over 65, 130, 400 and 800 households together; in each cell phi of 1, 1.5, 2 and 3."""
    alle = list(grof(keer))
    for vraag in (AANTAL, DEEL):
        print(f"\nVraag {vraag}\n\n| trajecten | getoond | dekking, alles bekend | dekking | breder |")
        print("|---:|---:|---:|---:|---:|")
        for band in BANDEN:
            cellen: list[list[str]] = [[], [], [], []]
            for fi in (1.0, 1.5, 2.0, 3.0):
                deze = [g for g in alle if (g.vraag, g.verwacht, g.fi) == (vraag, band, fi)]
                getoond = np.array([g.getoond for g in deze])
                precies, dekt, breder = (
                    float(getoond @ np.nan_to_num([getattr(g, w) for g in deze]) / getoond.sum())
                    for w in ("precies", "grof", "breder")
                )
                rij = (procent(float(getoond.mean())), procent(precies), procent(dekt), getal(breder, 2))
                for cel, w in zip(cellen, rij, strict=True):
                    cel.append(w.removesuffix("%").rstrip("\N{NO-BREAK SPACE}"))
            naam = f"{getal(band[0])} tot {getal(band[1])}"
            print(f"| {naam} | {' | '.join(' / '.join(c) for c in cellen)} |")
        geen = min((g for g in alle if g.vraag == vraag), key=lambda g: g.alle)
        print(f"\nZonder drempel (tien trajecten of meer) minstens {procent(geen.alle, 1)}: {geen}")


# --- a registration of a part ----------------------------------------------------------------------------------------


def _steekproef(heel: Registratie, n: int, rng: np.random.Generator) -> Registratie:
    wie = rng.choice(heel.huishoudens["pseudoniem"].to_numpy(), n, replace=False)
    tabellen = {naam: (t := heel.tabel(naam))[t["pseudoniem"].isin(wie)] for naam in ("huishoudens", *PER_HUISHOUDEN)}
    return replace(heel, **tabellen, gebied=heel.gebied.iloc[:0])


def van_een_deel(keren: dict[int, int]) -> None:
    heel = lees_registratie(paden.data() / VOORBEELD)
    aanpak = lees_bron(paden.zoek_aanpak("voorbeeldstad"), KENGETALLEN, "").aanpak
    tabel = tel(heel, KENGETALLEN).antwoorden.set_index("sleutel")
    waar = {s: float(w) for s, w in tabel["waarde"].dropna().items()}
    huishoudens = float(len(heel.huishoudens))
    print("| huishoudens | steekproeven | vraag 10 | vraag 16 | vraag 17 | saldo, alleen de telling | met de soorten |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    for n, keer in keren.items():
        rng, geteld = np.random.default_rng(n), Counter[str]()
        versies = Counter[str]()
        for _ in range(keer):
            meting = meet(_steekproef(heel, n, rng), KENGETALLEN)
            i = vul_in(aanpak, KENGETALLEN, meting, steekproef_van=huishoudens)
            versies[i.versie] += 1
            for wat, raak in _raak(i, waar):
                geteld[wat] += 1
                geteld[f"{wat} raak"] += raak
        cellen = [f"{procent(geteld[f'{w} raak'] / geteld[w])} van {geteld[w]}" if geteld[w] else "–"
                  for w in ("nieuw", *SOORTEN, "telling", "soorten")]  # fmt: skip
        print(f"| {n} | {keer} ({dict(versies)}) | {' | '.join(cellen)} |")


def _in(interval: tuple[float, float], waarde: float) -> bool:
    return interval[0] <= waarde <= interval[1]


def _raak(i: Ingevuld, waar: dict[str, float]) -> Iterator[tuple[str, bool]]:
    """Whether the intervals of one sample hold the truth of the town, for what is shown of it."""
    if (g := i.gemeten.get("nieuw")) is not None and g.schatting is not None:
        yield "nieuw", _in((g.schatting.laag, g.schatting.hoog), waar["nieuw"])
    velden: dict[str, float] = {}
    soorten: dict[str, float] = {}
    for vraag in (v for v in SOORTEN if v in i.telt):
        for case in CASES:
            sleutel = aantal_veld(vraag, case)
            g = i.gemeten[sleutel]
            echt = waar[samen_veld(vraag) if VOETNOOT_13 in g.opmerking else sleutel]
            velden[sleutel], soorten[sleutel] = echt, waar[sleutel]
            per = {t: waar.get(aandeel_veld(vraag, case, t), 0.0) for t in TRAJECTEN}
            soorten |= {aandeel_veld(vraag, case, t): w / sum(per.values()) for t, w in per.items()}
            if g.schatting is not None and (case == CASES[0] or VOETNOOT_13 not in g.opmerking):
                yield vraag, _in((g.schatting.laag, g.schatting.hoog), echt)
    knoppen = {k.sleutel: waar[k.sleutel] for k in i.bijwerking.knoppen if i.knop_telt(k.sleutel)}
    bereik = bereik_van_steekproef(i)
    groepen = [leden for leden in GROEPEN.values() if {*leden} & {*bereik}]
    velden |= knoppen | {s: waar[s] for s in bereik if s in waar}
    velden |= {s: waar.get(s, 0.0) for leden in groepen for s in leden if s in VELDEN}
    for wat, anders in (("telling", velden), ("soorten", {**velden, **soorten})):
        if wat == "telling" or soorten:
            echt = bereken(i.na.met(anders, KENGETALLEN), KENGETALLEN)[SALDO]
            yield wat, _in(i.interval(SALDO, "meting"), echt)


# --- forms -----------------------------------------------------------------------------------------------------------


def formulieren(keer: int) -> None:
    aanpak = lees_bron(paden.zoek_aanpak("voorbeeld-1"), KENGETALLEN, "").aanpak
    for open_ in (0.0, 0.05):
        versies, knoppen = Counter[str](), Counter[str]()
        aantal = list[int]()
        for zaad in range(keer):
            i = vul_in(aanpak, KENGETALLEN, meet_formulier(gevuld(zaad, KENGETALLEN, open_), KENGETALLEN)[0])
            versies[i.versie] += 1
            knoppen.update(k.sleutel for k in i.bijwerking.knoppen)
            aantal.append(len(i.bijwerking.knoppen))
        delen = np.quantile(aantal, [0.025, 0.5, 0.975]).tolist()
        print(f"{keer} formulieren, open {procent(open_)}: {dict(versies)}; knoppen {delen}")
        print("; ".join(f"{s} ({procent(KANSEN.get(s, np.nan)) if s in KANSEN else '–'}): {procent(k / keer)}"
                        for s, k in sorted(knoppen.items())))  # fmt: skip


def saldo_van_formulieren(keer: int) -> None:
    """The truth of a knob that the form asks is a draw of the Monte Carlo, and so are the other kengetallen; trajecten
    are not asked, of which the form knows no kengetal."""
    aanpak = lees_bron(paden.zoek_aanpak("voorbeeld-1"), KENGETALLEN, "").aanpak
    kengetal = _op_kengetal(aanpak)
    alles = trek(kengetal, KENGETALLEN, keer, 7)
    echt = bereken_reeks(kengetal, KENGETALLEN, alles, (SALDO,))[SALDO]
    plat, raak, breed = kengetal.plat(), 0, list[float]()
    for zaad in range(keer):
        waar = {s: float(w[zaad]) for s, w in alles.items() if s in VELDEN}
        kansen = {s: waar.get(s, plat[s]) for s in KANSEN if s in VELDEN} | {"escalatie": waar["escalatie.gezin"]}
        vol = gevuld(zaad, KENGETALLEN, **kansen)
        zonder = replace(vol, antwoorden=tuple(replace(a, aantallen={}) for a in vol.antwoorden))
        laag, hoog = vul_in(kengetal, KENGETALLEN, meet_formulier(zonder, KENGETALLEN)[0]).interval(SALDO)
        raak += _in((laag, hoog), float(echt[zaad]))
        breed.append(hoog - laag)
    print(f"telling en kengetallen: {procent(raak / keer, 1)} van {keer}, mediane breedte € {getal(np.median(breed))}")


def _op_kengetal(aanpak: Aanpak) -> Aanpak:
    """With every knob at its kengetal, as the Monte Carlo draws it."""
    knoppen = [s for s, v in VELDEN.items() if v.standaard in KENGETALLEN.getallen and v.vraag > 9]
    return aanpak.met({s: KENGETALLEN[VELDEN[s].standaard or ""] for s in knoppen}, KENGETALLEN)


def onder_andere_namen(keer: int) -> None:
    """How often a registration whose teams all have another name is taken for that of before: other households of the
    town, and the same ones with some more."""
    heel, rng = lees_registratie(paden.data() / VOORBEELD), np.random.default_rng(0)
    print("| huishoudens | andere | dezelfde, 3 erbij | 9 erbij | een vijfde erbij |\n|---:|---:|---:|---:|---:|")
    for n in (70, 130, 250, 380):
        tel_: Counter[str] = Counter()
        for _ in range(keer):
            wie = rng.permutation(heel.huishoudens["pseudoniem"].astype(str))
            toen = meet(_van(heel, wie[:n]), KENGETALLEN)
            nu = {"andere": wie[n : 2 * n], **{f"{m}": wie[: n + m] for m in (3, 9)}, "vijfde": wie[: n + n // 5]}
            for naam, codes in nu.items():
                try:
                    meet(_van(heel, codes, "anders "), KENGETALLEN, eerder=[Eerder(toen.delen, toen)])
                except InvoerFout:
                    tel_[naam] += 1
        print(f"| {n} | " + " | ".join(f"{tel_[naam]} van {keer}" for naam in ("andere", "3", "9", "vijfde")) + " |")


def _van(heel: Registratie, codes: Collection[str], voor: str = "") -> Registratie:
    """These households only, with ``voor`` before the name of their team."""
    delen = {n: t[t["pseudoniem"].astype(str).isin(set(codes))] for n in PER_HUISHOUDEN if len(t := heel.tabel(n))}
    h = heel.huishoudens[heel.huishoudens["pseudoniem"].astype(str).isin(set(codes))]
    return maak_registratie({**delen, "huishoudens": h.assign(team=voor + h["team"].astype(str))})


def _argumenten(over: Sequence[str]) -> float:
    return float(over[0]) if over else 1.0


if __name__ == "__main__":
    main(_argumenten(sys.argv[1:]))

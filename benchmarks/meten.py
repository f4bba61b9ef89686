"""How often the intervals of a report of a measurement hold the truth, through the whole of the program, and how often
other names of teams are seen through: tables of docs/effectmeting-meten.md and of docs/effectmeting-registratie.md.

``python benchmarks/meten.py [MAAL]`` prints them in Markdown; MAAL 0.1 takes a tenth of the samples. Not timed: what
counts is the share of the samples, with how many there were.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from mkba.analyse.effectmeting.bijwerken.invullen import TREKKINGEN, Ingevuld, vul_in
from mkba.analyse.effectmeting.bijwerken.meer_minder import FIGUUR_TELT, soorten_te_raden
from mkba.analyse.effectmeting.bijwerken.trekkingen import bereik_van_steekproef
from mkba.analyse.effectmeting.publiceren.formulier.meting import meet_formulier
from mkba.analyse.effectmeting.publiceren.geheugen import Eerder
from mkba.analyse.effectmeting.publiceren.meting import meet
from mkba.analyse.effectmeting.tellen.telling import STAND, VOETNOOT_13, samen_veld, tel
from mkba.analyse.onzekerheid.trekking import ZAAD, trek
from mkba.analyse.wilson import ZEKERHEID
from mkba.invoer.effectmeting.lezen import VOORBEELD, lees_registratie
from mkba.invoer.effectmeting.registratie import Registratie, maak_registratie
from mkba.invoer.lezen import lees_bron
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.notatie import euro, getal, procent
from mkba.kern.woorden.effectvelden import aandeel_veld, aantal_veld
from mkba.kern.woorden.trajecten import CASES, SOORTEN, TRAJECTEN
from mkba.kern.woorden.velden import GROEPEN, VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken, bereken_reeks
from mkba.tests.hulp_dekking import AANTAL, BANDEN, DEEL, afgerond, grof
from mkba.tests.hulp_formulier import KANSEN, gevuld
from mkba.tests.hulp_soorten import GETOOND, VAN_DE_STAD, prijzen, ware_verdeling

KENGETALLEN = laad()
SALDO: Final = "saldo"
WAARHEDEN: Final = 200
"""Draws of the kengetallen that the truth of one sample has."""
PER_HUISHOUDEN: Final = ("problematiek", "trajecten", "acties", "escalaties")


def main(maal: float) -> None:
    print("Trajecten waarvan de spreiding in stappen staat\n")
    spreiding(round(1_000 * maal))
    print("\nEen registratie van een deel van de verzonnen stad\n")
    van_een_deel({65: round(300 * maal), 130: round(300 * maal), 200: round(150 * maal), 400: round(150 * maal)})
    print("\nHoeveel het saldo verschuift als een ding op zijn ware getal staat\n")
    oorzaken({130: round(60 * maal), 200: round(60 * maal), 400: round(40 * maal)})
    print("\nSaldo met telling en kengetallen: soorten van de stad, en van steden rond figuur II.1\n")
    stad, waarde, laag, hoog = _waarheden()
    keren = {(telt, n): round(60 * maal) for telt in (stad, waarde) for n in (65, 130, 200, 400)}
    met_kengetallen(keren | {(telt, n): round(25 * maal) for telt in (laag, hoog) for n in (130, 200, 400)})
    print("\nWat een traject kost, als de soorten niet te tonen zijn\n")
    prijs_van_een_traject(round(400 * maal))
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
        kop = (
            "trajecten | getoond | gemiddeld, maal de waarheid | alles bekend | zonder de drempel | in gebruik | breder"
        )
        print(f"\nVraag {vraag}\n\n| {kop} |\n|{'---:|' * 7}")
        for band in BANDEN:
            cellen: list[list[str]] = [[] for _ in range(6)]
            for fi in (1.0, 1.5, 2.0, 3.0):
                deze = [g for g in alle if (g.vraag, g.verwacht, g.fi) == (vraag, band, fi)]
                getoond = np.array([g.getoond for g in deze])
                maal, precies, zonder, dekt, breder = (
                    float(getoond @ np.nan_to_num([getattr(g, w) for g in deze]) / getoond.sum())
                    for w in ("maal", "precies", "zonder", "grof", "breder")
                )
                dekking = [procent(w) for w in (float(getoond.mean()), precies, zonder, dekt)]
                rij = (dekking[0], getal(maal, 2), *dekking[1:], getal(breder, 2))
                for cel, w in zip(cellen, rij, strict=True):
                    cel.append(w.removesuffix("%").rstrip("\N{NO-BREAK SPACE}"))
            naam = f"{getal(band[0])} tot {getal(band[1])}"
            print(f"| {naam} | {' | '.join(' / '.join(c) for c in cellen)} |")
        geen = min((g for g in alle if g.vraag == vraag), key=lambda g: g.alle)
        print(f"\nZonder drempel (tien trajecten of meer) minstens {procent(geen.alle, 1)}: {geen}")
    print("\nEen afgerond aandeel: exact genomen, met de ruis van het afronden, en in gebruik (laagste en gemiddeld)\n")
    for a in afgerond():
        print(f"| {a.huishoudens} | " + " | ".join(
            f"{procent(laagst, 1)}, {procent(gemiddeld, 1)}" for laagst, gemiddeld in (a.kaal, a.rond, a.gebruikt)
        ) + " |")  # fmt: skip


# --- a registration of a part ----------------------------------------------------------------------------------------


def _steekproef(heel: Registratie, n: int, rng: np.random.Generator) -> Registratie:
    wie = rng.choice(heel.huishoudens["pseudoniem"].to_numpy(), n, replace=False)
    tabellen = {naam: (t := heel.tabel(naam))[t["pseudoniem"].isin(wie)] for naam in ("huishoudens", *PER_HUISHOUDEN)}
    return replace(heel, **tabellen, gebied=heel.gebied.iloc[:0])


def van_een_deel(keren: dict[int, int]) -> None:
    heel = lees_registratie(paden.data() / VOORBEELD)
    aanpak = lees_bron(paden.zoek_aanpak("voorbeeldstad"), KENGETALLEN, "").aanpak
    waar = _waar(heel)
    huishoudens = float(len(heel.huishoudens))
    print("| huishoudens | steekproeven | vraag 2 | zonder correctie | vraag 10 | vraag 16 | vraag 17 "
          "| saldo, alleen de telling | met de soorten |\n|" + "---:|" * 9)  # fmt: skip
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
                  for w in ("getrokken", "getoond", "nieuw", *SOORTEN, "telling", "soorten")]  # fmt: skip
        print(f"| {n} | {keer} ({dict(versies)}) | {' | '.join(cellen)} |")


def _in(interval: tuple[float, float], waarde: float) -> bool:
    return interval[0] <= waarde <= interval[1]


def _raak(i: Ingevuld, waar: dict[str, float]) -> Iterator[tuple[str, bool]]:
    """Whether the intervals of one sample hold the truth of the town, for what is shown of it."""
    type_ = "type.gezin"
    if (g := i.gemeten.get(type_)) is not None and g.schatting is not None and type_ in i.geteld:
        laag, hoog = np.quantile(i.geteld[type_], [(1 - ZEKERHEID) / 2, (1 + ZEKERHEID) / 2])
        yield "getrokken", _in((float(laag), float(hoog)), waar[type_])
        yield "getoond", _in((g.schatting.laag, g.schatting.hoog), waar[type_])
    if (g := i.gemeten.get("nieuw")) is not None and g.schatting is not None:
        yield "nieuw", _in((g.schatting.laag, g.schatting.hoog), waar["nieuw"])
    for vraag in (v for v in SOORTEN if v in i.telt):
        for case in CASES:
            g = i.gemeten[aantal_veld(vraag, case)]
            if g.schatting is not None and (case == CASES[0] or VOETNOOT_13 not in g.opmerking):
                yield vraag, _in((g.schatting.laag, g.schatting.hoog), _aantal(i, vraag, case, waar))
    interval = i.interval(SALDO, "meting")
    yield "telling", _in(interval, bereken(i.na.met(_velden(i, waar), KENGETALLEN), KENGETALLEN)[SALDO])
    if soorten := _soorten(i, waar):
        echt = bereken(i.na.met({**_velden(i, waar), **soorten}, KENGETALLEN), KENGETALLEN)[SALDO]
        yield "soorten", _in(interval, echt)


def _aantal(i: Ingevuld, vraag: str, case: str, waar: dict[str, float]) -> float:
    """The truth of what stands there: of new and existing cases together where these were not told apart."""
    sleutel = aantal_veld(vraag, case)
    return waar[samen_veld(vraag) if VOETNOOT_13 in i.gemeten[sleutel].opmerking else sleutel]


def _velden(i: Ingevuld, waar: dict[str, float]) -> dict[str, float]:
    """What was counted as it is in the town, but for the kinds of traject."""
    uit = {aantal_veld(v, c): _aantal(i, v, c, waar) for v in SOORTEN if v in i.telt for c in CASES}
    uit |= {k.sleutel: waar[k.sleutel] for k in i.bijwerking.knoppen if i.knop_telt(k.sleutel)}
    bereik = bereik_van_steekproef(i)
    uit |= {s: waar[s] for s in bereik if s in waar}
    groepen = [leden for leden in GROEPEN.values() if {*leden} & {*bereik}]
    return uit | {s: waar.get(s, 0.0) for leden in groepen for s in leden if s in VELDEN}


def _soorten(i: Ingevuld, waar: dict[str, float]) -> dict[str, float]:
    """Trajecten as they are in the town: new and existing cases apart, with the kinds of the town."""
    uit: dict[str, float] = {}
    for vraag in (v for v in SOORTEN if v in i.telt):
        for case in CASES:
            sleutel = aantal_veld(vraag, case)
            per = {t: waar.get(aandeel_veld(vraag, case, t), 0.0) for t in TRAJECTEN}
            uit[sleutel] = waar[sleutel]
            uit |= {aandeel_veld(vraag, case, t): w / sum(per.values()) for t, w in per.items()}
    return uit


def oorzaken(keren: dict[int, int]) -> None:
    """What of the saldo of a sample is off: mean and standard deviation of its change when one thing is set to its
    truth, a column per size."""
    heel = lees_registratie(paden.data() / VOORBEELD)
    aanpak = lees_bron(paden.zoek_aanpak("voorbeeldstad"), KENGETALLEN, "").aanpak
    waar, per = _waar(heel), dict[str, list[str]]()
    for n, keer in keren.items():
        rng, uit = np.random.default_rng(n), defaultdict[str, list[float]](list)
        for _ in range(keer):
            meting = meet(_steekproef(heel, n, rng), KENGETALLEN)
            i = vul_in(aanpak, KENGETALLEN, meting, steekproef_van=float(len(heel.huishoudens)))
            if not {*SOORTEN} & {*i.telt}:
                continue
            alles = {**_velden(i, waar), **_soorten(i, waar)}
            for naam, velden in (*_delen(alles), ("alles samen", alles)):
                uit[naam].append(bereken(i.na.met(velden, KENGETALLEN), KENGETALLEN)[SALDO] - i.uitkomst[SALDO])
            laag, hoog = i.interval(SALDO, "meting")
            uit["interval"].append((hoog - laag) / 4)
        for naam, w in uit.items():
            per.setdefault(naam, []).append(f"{euro(float(np.mean(w)), 1_000)} ({euro(float(np.std(w)), 1_000)})")
    print(f"| | {' | '.join(getal(n) for n in keren)} |\n|---|{'---:|' * len(keren)}")
    for naam, cellen in per.items():
        print(f"| {naam} | {' | '.join(cellen)} |")


def _delen(velden: dict[str, float]) -> Iterator[tuple[str, dict[str, float]]]:
    """Of fields that are set to their truth those that belong together; the rest is reach and question 10."""
    over = dict(velden)
    for vraag in SOORTEN:
        for wat, eigen in (("aantal", True), ("soorten", False)):
            deel = {
                s: over.pop(s)
                for s in velden
                if s.startswith(f"effectmeting.{vraag}.") and s.endswith(".aantal") == eigen
            }
            if deel:
                yield f"{wat} {vraag}", deel
    nieuw = {s: over.pop(s) for s in velden if s == "nieuw"}
    yield "nieuw", nieuw
    yield "bereik", over


# --- kinds of traject that are not shown -----------------------------------------------------------------------------


def met_kengetallen(keren: dict[tuple[float, int], int]) -> None:
    """The interval of count and kengetallen: the truth has the kinds of the town (or of one around figuur II.1) and
    kengetallen that are drawn; before, with the figure standing still, and now. Only samples of which some kinds are
    not shown. ``keren``: how many samples of which truth and size."""
    heel = lees_registratie(paden.data() / VOORBEELD)
    aanpak = lees_bron(paden.zoek_aanpak("voorbeeldstad"), KENGETALLEN, "").aanpak
    print("| soorten | huishoudens | steekproeven | stil: dekking | breedte | beweegt: dekking | breedte | lager |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for (telt, n), keer in keren.items():
        rng, uit = np.random.default_rng([n, round(telt)]), list[tuple[float, ...]]()
        for nummer in range(keer):
            stad = heel if telt == VAN_DE_STAD else _met_soorten(heel, telt, rng)
            meting = meet(_steekproef(stad, n, rng), KENGETALLEN)
            i = vul_in(aanpak, KENGETALLEN, meting, steekproef_van=float(len(heel.huishoudens)))
            if any(soorten_te_raden(i.meting, v) for v in SOORTEN if v in i.telt):
                uit.append(_zekerheid(i, _waar(stad), nummer))
        naam = "van de stad" if telt == VAN_DE_STAD else f"rond de figuur, {getal(telt)}"
        if not uit:
            print(f"| {naam} | {n} | 0 | – | – | – | – | – |")
            continue
        stil, breed_stil, nu, breed, lager = zip(*uit, strict=True)
        was, is_ = (
            f"{procent(np.mean(d))} | {euro(np.median(b), 1_000)}" for d, b in ((stil, breed_stil), (nu, breed))
        )
        print(f"| {naam} | {n} | {len(uit)} | {was} | {is_} | {procent(np.mean(lager))} |")


def _waarheden() -> tuple[float, ...]:
    """The division of the town, and those around figuur II.1 that counts as its kengetal, low and high."""
    k = KENGETALLEN.getallen[FIGUUR_TELT]
    return VAN_DE_STAD, k.waarde, k.onder, k.boven


def _zekerheid(i: Ingevuld, waar: dict[str, float], nummer: int) -> tuple[float, ...]:
    """How much of the truths the interval holds and how wide it is: the figure still, and now; how many are below."""
    velden = {**_velden(i, waar), **_soorten(i, waar)}
    anders = {s: w for s, w in trek(i.na, KENGETALLEN, WAARHEDEN, nummer).items() if s not in velden}
    echt = bereken_reeks(i.na.met(velden, KENGETALLEN), KENGETALLEN, anders, (SALDO,))[SALDO]
    stil = {**trek(i.na, KENGETALLEN, TREKKINGEN, ZAAD), **i.geteld}
    uit: list[float] = []
    for reeks in (bereken_reeks(i.na, KENGETALLEN, stil, (SALDO,))[SALDO], i.trekkingen["alles"][SALDO]):
        laag, hoog = np.quantile(reeks, [0.025, 0.975])
        uit += [float(np.mean((laag <= echt) & (echt <= hoog))), float(hoog - laag)]
    return *uit, float(np.mean(echt < laag))


def _waar(heel: Registratie) -> dict[str, float]:
    tabel = tel(heel, KENGETALLEN).antwoorden.set_index("sleutel")
    return {s: float(w) for s, w in tabel["waarde"].dropna().items()}


def _met_soorten(heel: Registratie, telt: float, rng: np.random.Generator) -> Registratie:
    """The town with trajecten of other kinds: added and dropped each a draw around figuur II.1."""
    trajecten = heel.trajecten.copy()
    for vraag, stand in STAND.items():
        deel = ware_verdeling(vraag, telt, rng)
        deze = (trajecten["stand"] == stand).to_numpy()
        trajecten.loc[deze, "type"] = rng.choice(list(deel), int(deze.sum()), p=list(deel.values()))
    return replace(heel, trajecten=trajecten)


def prijs_van_een_traject(keer: int) -> None:
    """Per way of showing kinds and truth, of 40 and 150 trajecten: added / dropped."""
    print("| waarheid | trajecten | te tonen | dekking | figuur stil | breedte | figuur stil |")
    print("|---|---:|---|---:|---:|---:|---:|")
    for telt in _waarheden():
        for n in (40, 150):
            alle = list(prijzen(keer, n, telt))
            for naar in GETOOND:
                twee = [s for s in alle if s.getoond == naar]
                dekt, stil = (" / ".join(procent(getattr(s, w)) for s in twee) for w in ("dekking", "stil"))
                breed, was = (" / ".join(getal(getattr(s, w)) for s in twee) for w in ("breed", "breed_stil"))
                print(f"| {getal(telt)} | {n} | {naar or 'totaal'} | {dekt} | {stil} | {breed} | {was} |")


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

"""What a measurement does, as tables: per knob, and to saldo and ratios."""

import pandas as pd

from mkba.analyse.effectmeting.bijwerken.bewijs import Effect
from mkba.analyse.effectmeting.bijwerken.weging import UITKOMSTEN, Bijgewerkt, Bijwerking
from mkba.kern.tekst.notatie import druk_stap, gedrukt_verschil, procent
from mkba.kern.woorden.begrippen import naam
from mkba.kern.woorden.velden import VELDEN, VRAGEN_NAAR_EFFECT
from mkba.uitvoer.effectmeting.namen import vraagnaam
from mkba.uitvoer.maat import Cel, veldcel
from mkba.uitvoer.tabel import Tabel

_SALDI = {"saldo": "Saldo", "saldo_gemeente": "Saldo in geld, gemeente"}


def knoptabel(b: Bijwerking) -> Tabel:
    """A row per updated knob: as filled in, the kengetal, where the weighing starts and where it ends with their 95%
    intervals, the measurement with its own, how much of the end is measurement, and how strong that is as evidence."""
    rijen = []
    for k in b.knoppen:
        veld = VELDEN[k.sleutel]
        m = k.gemeten
        gemeten = [Cel(w, "fractie1") for w in ((m.waarde, m.laag, m.hoog) if m else (None, None, None))]
        rijen.append(
            [
                vraagnaam(k.sleutel),
                veldcel(veld, k.voor),
                veldcel(veld, k.kengetal),
                *(Cel(w, "fractie1") for w in (k.prior.gemiddelde, *k.prior.interval())),
                *gemeten,
                _telt_als(k),
                *(Cel(w, "fractie1") for w in (k.na, *k.posterior.interval())),
                Cel(k.gewicht, "fractie"),
                _bewijs(k),
            ]
        )
    drie = [[w, f"{w}: van", f"{w}: tot"] for w in ("uitgangspunt", "gemeten", "bijgewerkt")]
    vooraan = ["knop", "ingevuld", "kengetal"]
    koppen = [
        *vooraan,
        *drie[0],
        *drie[1],
        "telt als",
        *drie[2],
        "gewicht meting",
        "bewijs (SMS), telt voor",
    ]
    opmerkingen = [
        f"{vraagnaam(k.sleutel)}: {wat}."
        for k in b.knoppen
        if (wat := "; ".join(d for d in (k.reden, _start(k), _over(k)) if d))
    ]
    return Tabel(
        pd.DataFrame(rijen, columns=koppen),
        {
            "ingevuld": "antwoord%",
            "kengetal": "antwoord%",
            **dict.fromkeys([k for d in drie for k in d], "fractie1"),
            "telt als": "aantal",
            "gewicht meting": "fractie",
        },
        index=False,
        # two lines: as one, three of them are wider than a page
        samen={f"{d[0]} (95%)": [d[0], ",\n", d[1], " tot ", d[2]] for d in drie},
        bijschrift="Van kengetal naar meting, per knop",
        uitleg="Telt als: zoveel huishoudens, en bij vraag 11 en 12 uit een registratie of formulier zoveel trajecten, "
        "die los van elkaar even veel zeggen, of het verschil tussen zoveel wijken. Bewijs: het niveau op de schaal "
        "van Maryland, en voor welk deel een huishouden dan weegt; wat alleen geteld hoeft te worden, telt heel."
        + "".join(f" {o}" for o in opmerkingen),
    )


def _telt_als(k: Bijgewerkt) -> Cel:
    """What the evidence rests on: households unless it comes of wijken."""
    return Cel(k.bewijs.n, "aantal", achter=" wijken" if k.uit_wijken else "")


def _bewijs(k: Bijgewerkt) -> str:
    """The level of an effect and which part of a household counts at that level; a mere count has none."""
    effect = VELDEN[k.sleutel].vraag in VRAGEN_NAAR_EFFECT
    return f"{k.bewijs.sms}: {procent(k.kracht)}" if effect else f"telling: {procent(k.kracht)}"


def _over(k: Bijgewerkt) -> str:
    return k.bewijs.opmerking if isinstance(k.bewijs, Effect) else ""


def _start(k: Bijgewerkt) -> str:
    """Where the weighing starts, when that is not the kengetal."""
    if k.vervolg:
        return "uitgangspunt is de vorige meting"
    if k.verschoven:
        return "geen kansverdeling heeft dit kengetal als gemiddelde; uitgangspunt is het gemiddelde van het bereik"
    return ""


def statustabel(b: Bijwerking) -> Tabel:
    """A row per answer to questions 1 to 15: its value now and whether it was measured or updated (of how many
    households), is a kengetal or as filled in."""
    per_knop = {k.sleutel: k for k in b.knoppen}
    rijen = []
    for sleutel, waarde in b.na.plat().items():
        if not VELDEN[sleutel].vraag or waarde is None:
            continue
        status = b.status(sleutel)
        n = (
            b.gemeten[sleutel][1]
            if status == "gemeten"
            else _telt_als(per_knop[sleutel])
            if status == "bijgewerkt"
            else None
        )
        rijen.append([vraagnaam(sleutel), veldcel(VELDEN[sleutel], waarde), status, n])
    frame = pd.DataFrame(rijen, columns=["vraag", "waarde", "herkomst", "huishoudens"])
    return Tabel(frame, {"waarde": "antwoord", "huishoudens": "aantal"}, index=False, bijschrift="Herkomst per invoer")


def uitkomsttabel(b: Bijwerking) -> Tabel:
    """Outcomes as filled in, with every updated knob where its weighing starts, and after the measurement: euros NCW
    and ratios. Only the last step is what the measurement does; differences are those of what is printed."""
    koppen = {
        "voor": "zoals ingevuld",
        "uitgangspunt": "vanaf het uitgangspunt",
        "na": "na de meting",
        "meting": "door de meting",
        "verschil": "verschil",
    }
    gedrukt = b.uitkomsten.copy()
    for verschil, van in (("meting", "uitgangspunt"), ("verschil", "voor")):
        gedrukt[verschil] = [
            gedrukt_verschil(rij["na"], rij[van], druk_stap(str(u))) for u, rij in b.uitkomsten.iterrows()
        ]
    frame = gedrukt.rename(columns=koppen, index=_naam)
    rijmaat = {_naam(u): "verhouding" for u in UITKOMSTEN if u.startswith("kb_")}
    return Tabel(frame, "eur", rijmaat, bijschrift="Wat de meting met de uitkomst doet")


def invloedtabel(b: Bijwerking, uitkomst: str = "saldo") -> Tabel:
    """What each measured answer does to one outcome: alone, and its part of the whole (Shapley; they add up).

    First the knobs of which the weighing starts elsewhere than what was filled in: that is no measurement.
    """
    maat = "decimaal2" if uitkomst.startswith("kb_") else "eur"
    stukken = [
        pd.DataFrame(
            {"alleen deze stap": d[(uitkomst, "alleen")].to_numpy(), "deel van het geheel": d[(uitkomst, "deel")]}
        ).set_axis([f"{vraagnaam(s)}{achter}" for s in d.index])
        for d, achter in ((b.terug, ": van ingevuld naar uitgangspunt (geen meting)"), (b.invloed, ""))
    ]
    frame = pd.concat([s for s in stukken if len(s)] or stukken)
    frame.loc["Samen"] = [None, b.uitkomsten.at[uitkomst, "verschil"]]
    return Tabel(frame, maat, vet=("Samen",), bijschrift=f"Wat elke meting doet: {_naam(uitkomst)}")


def _naam(uitkomst: str) -> str:
    return _SALDI.get(uitkomst) or naam(uitkomst)

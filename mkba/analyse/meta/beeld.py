"""What the text says of figures without printed numbers, checked on a published case: 2.3, 4.1, 4.8, 4.9.

The figures of the report show an aanpak that is not named. Here a case of the manual takes its place: its net present
values are published, what the model adds (years, parties) is an assumption. A statement that does not hold for that
case is reported as such.
"""

from typing import Final

import numpy as np

from mkba.analyse.doelgroepen.profielen import gepubliceerd, sprongen
from mkba.analyse.herbouw.gevallen import laad_geval, laad_gevallen
from mkba.analyse.meta.bevinding import Bevinding, gelijk
from mkba.analyse.meta.lees_meta import MetaAnalyse
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import afgerond
from mkba.kern.woorden.begrippen import (
    AANTAL_JAREN,
    ACTOREN,
    BATENPOSTEN,
    FINANCIELE_BATEN,
    KLASSEN,
    KOSTENPOSTEN,
    POSTEN,
    TYPEN,
    naam,
)
from mkba.model.berekening import Uitkomst, bereken
from mkba.model.verloop import BEGROTINGSJAAR, begroting, ingroei, terugverdienjaar

STANDAARD_GEVAL: Final = "voorbeeld-1"
"""Partly additional, and all three ratios above 1: what the text says of the examples of figuren 4.1 and 4.9."""

OUDEREN: Final = "voorbeeld-4"
"""The only published case with households of elderly alone."""

"""Figuur 4.9 and bijlage 2: two years after the start."""

PAAR_DUIZEND_EUR: Final = 2000.0
"""A choice: "een paar duizend euro" is at least this."""

IN_BALANS: Final = 0.10
"""A choice: costs and benefits are "over het algemeen in balans" when they differ by at most a tenth."""


def controleer_kengetallen(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Numbers in the text that the model uses: discount rate, work, the value of a QALY."""
    t = meta.tekst
    uit = []
    for sleutel, pad, plek in (
        ("disconto_reeel", "disconto.reeel", "voetnoot 13"),
        ("disconto_risico", "disconto.risico", "voetnoot 13"),
        ("qaly_eur", "kwaliteit.qaly_eur", "§4.3"),
        ("nederland_ev", "doelgroep.landelijk_ev", "figuur 2.2"),
    ):
        k = kengetallen.getallen[pad]
        uit.append(
            Bevinding(
                "getal",
                plek,
                f"{k.omschrijving}: kengetal van het model",
                t[sleutel].waarde,
                k.waarde,
                t[sleutel].eenheid,
                gelijk(t[sleutel].waarde, k.waarde),
            )
        )
    per_jaar = _werk_per_jaar(kengetallen)
    gedrukt = t["werk_eur"].waarde
    uit.append(
        Bevinding(
            "getal",
            "§4.3",
            "Een persoon extra aan het werk: voorkomen kosten per jaar",
            gedrukt,
            per_jaar,
            "eur",
            gelijk(rond(per_jaar, 1000.0), gedrukt),
            "Het model rekent met de gekalibreerde NCW per persoon; dit is het jaarbedrag. De tekst zegt “ongeveer”.",
        )
    )
    maal = t["qaly_hoog_maal"].waarde
    geval = laad_geval(STANDAARD_GEVAL, kengetallen).aanpak
    hoog = kengetallen.met({"kwaliteit.qaly_eur": t["qaly_hoog_eur"].waarde}, "meta-analyse, voetnoot 21")
    verhouding = bereken(geval, hoog)["kwaliteit_van_leven"] / bereken(geval, kengetallen)["kwaliteit_van_leven"]
    uit.append(
        Bevinding(
            "getal",
            "voetnoot 21",
            "Baten van kwaliteit van leven bij € 100.000 per levensjaar, maal die bij € 20.000",
            maal,
            verhouding,
            "aantal",
            gelijk(maal, verhouding),
        )
    )
    return uit


def _werk_per_jaar(kengetallen: Kengetallen) -> float:
    """Euros per year behind the net present value of one person at work, from its weights per year."""
    basis = kengetallen["disconto.basis"]
    gewichten = [
        k.waarde if (k := kengetallen.getallen.get(f"tijd.werk.jaar{j}")) is not None else 0.0
        for j in range(AANTAL_JAREN)
    ]
    contant = sum(g / (1 + basis) ** j for j, g in enumerate(gewichten))
    return kengetallen["effectiviteit.werk_eur"] / contant


def controleer_profielen(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Figuur 2.3 (figuur 2.7 of the manual): printed totals, and what the text says of the profiles."""
    profielen = gepubliceerd(kengetallen)
    gedrukt = profielen.totalen if profielen.gedrukt is None else profielen.gedrukt
    plek, uit = "figuur 2.3", []
    for i, t in enumerate(TYPEN):
        for j, k in enumerate(KLASSEN):
            totaal, som = float(gedrukt[i, j]), float(profielen.totalen[i, j])
            houdt = gelijk(totaal, som)
            uitleg = "" if houdt else "Past binnen de afronding van de delen op € 100; het model rekent met de delen."
            wat = f"{naam(t)}, {k}: gedrukt totaal is de som van de gedrukte delen"
            uit.append(Bevinding("getal", plek, wat, totaal, som, "eur", houdt, uitleg))
    top = float(gedrukt[TYPEN.index("gezin"), KLASSEN.index("top")])
    ton = meta.tekst["top_gezin_eur"].waarde
    uit.append(
        Bevinding("uitspraak", plek, "Gezinnen in de top kosten ruim een ton per jaar", ton, top, "eur", top > ton)
    )
    stap = sprongen(profielen).sum(axis=-1)
    uit.append(
        Bevinding(
            "uitspraak",
            plek,
            "Hoe meer problemen en hoe minder zelfredzaam, hoe hoger de zorgkosten",
            "9 van 9 stappen omhoog",
            f"{int((stap > 0).sum())} van {stap.size}",
            "tekst",
            bool((stap > 0).all()),
        )
    )
    geheel = stap.sum(axis=1)
    uit.append(
        Bevinding(
            "uitspraak",
            plek,
            "Voorkomen van escalatie kan veel kosten besparen, vooral bij gezinnen",
            naam("gezin"),
            naam(TYPEN[int(np.argmax(geheel))]),
            "tekst",
            TYPEN[int(np.argmax(geheel))] == "gezin",
            "Van geen probleem tot top, per huishouden per jaar.",
        )
    )
    grootste = float(geheel[TYPEN.index("gezin")])
    kleinste = np.unravel_index(int(np.argmin(stap)), stap.shape)
    laagste, ton = float(stap[kleinste]), meta.tekst["escalatie_hoogst_eur"].waarde
    uit.append(
        Bevinding(
            "uitspraak",
            "§4.3",
            "Een voorkomen escalatie scheelt een paar duizend euro tot soms wel € 100.000 (bij gezinnen)",
            "een paar duizend tot € 100.000",
            f"{_eur(laagste)} tot {_eur(grootste)}",
            "tekst",
            laagste >= PAAR_DUIZEND_EUR and grootste >= ton,
            f"Per jaar. De kleinste stap, {naam(TYPEN[kleinste[0]]).lower()} van {KLASSEN[kleinste[1]]} naar "
            f"{KLASSEN[kleinste[1] + 1]}, haalt een paar duizend (hier € 2.000, een keuze) niet; een gezin van geen "
            "probleem tot top haalt de € 100.000 wel. De tekst verwijst naar figuur 3.3; bedoeld is figuur 2.3.",
            bij="figuur 2.3",
        )
    )
    return uit


def _eur(bedrag: float) -> str:
    return f"€ {afgerond(bedrag)}"


def controleer_kasstromen(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Figuur 4.1: when costs and benefits fall, for the standard case."""
    uitkomst = _uitkomst(kengetallen)
    per_jaar = uitkomst.grootboek.kubus[0].sum(axis=2)  # (post, jaar)
    kosten = per_jaar[[POSTEN.index(p) for p in KOSTENPOSTEN]].sum(axis=0)
    baten = per_jaar[[POSTEN.index(p) for p in BATENPOSTEN]].sum(axis=0)
    kinderen = per_jaar[POSTEN.index("ontwikkelingskansen")]
    escalatie = per_jaar[POSTEN.index("escalatie")]
    rest = baten - escalatie - kinderen
    jaren = np.arange(AANTAL_JAREN)
    midden = [float((deel * jaren).sum() / deel.sum()) for deel in (escalatie, rest)]
    plek, uit = "figuur 4.1", []
    for wat, gepubliceerd_, berekend, eenheid, houdt, uitleg in (
        (
            "De kosten vallen allemaal in jaar 0",
            1.0,
            kosten[0] / kosten.sum(),
            "fractie",
            gelijk(kosten[0], kosten.sum()),
            "",
        ),
        (
            "De baten worden in jaar 1 tot en met 9 behaald",
            1.0,
            baten[1:].sum() / baten.sum(),
            "fractie",
            gelijk(baten[1:].sum(), baten.sum()),
            "Nieuw voor oud en substitutie vallen in het model in jaar 0, het jaar waarin het team het werk doet: hun "
            "gepubliceerde NCW is niet verdisconteerd.",
        ),
        (
            "Baten van voorkomen escalaties zitten verder in de tijd dan de andere (zonder de kansen van kinderen)",
            f"later dan jaar {afgerond(midden[1], 1)}",
            f"gemiddeld jaar {afgerond(midden[0], 1)}",
            "tekst",
            midden[0] > midden[1],
            "",
        ),
        (
            "In jaar negen staan alleen de kansen van kinderen",
            1.0,
            kinderen[-1] / baten[-1],
            "fractie",
            gelijk(kinderen[-1], baten[-1]),
            "",
        ),
    ):
        uit.append(Bevinding("uitspraak", plek, wat, gepubliceerd_, berekend, eenheid, bool(houdt), uitleg))
    return uit


def controleer_opbouw(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Figuur 4.8: two years of investment, more benefits than costs after that, payback; for the standard case."""
    tekst = meta.tekst["investering_jaren"]
    aantal = int(tekst.waarde)
    saldi = {g.naam: ingroei(g.aanpak, kengetallen).saldo_maatschappelijk for g in laad_gevallen(kengetallen)}
    saldo = saldi[STANDAARD_GEVAL]
    eerst = _eerste_zonder_verlies(saldo)
    snel = _eerste_zonder_verlies(
        ingroei(laad_geval(STANDAARD_GEVAL, kengetallen).aanpak, _snelle_ingroei(kengetallen)).saldo_maatschappelijk
    )
    elders = sum(_eerste_zonder_verlies(s) == aantal + 1 for s in saldi.values())
    jaar = terugverdienjaar(np.cumsum(saldo))
    plek = "figuur 4.8"
    return [
        Bevinding(
            "uitspraak",
            plek,
            "De eerste twee jaar is er een netto investering, daarna zijn de baten groter dan de kosten",
            aantal,
            eerst - 1,
            "jaren",
            bool((saldo[:aantal] < 0).all() and (saldo[aantal:] >= 0).all()),
            "Jaren met meer kosten dan baten voor de maatschappij, bij groei in vier gelijke stappen (een aanname). "
            f"Met de snelste groei binnen het bereik van die aanname zijn het er {snel - 1}. Van de zes gepubliceerde "
            f"gevallen zijn het er bij {elders} precies {aantal}.",
        ),
        Bevinding(
            "uitspraak",
            plek,
            "De investering betaalt zich op de middellange termijn terug",
            "binnen 10 jaar",
            "niet binnen 10 jaar" if jaar is None else f"in jaar {jaar}",
            "tekst",
            jaar is not None,
            "Opgetelde kosten en baten, voor de maatschappij.",
        ),
    ]


def _eerste_zonder_verlies(saldo: np.ndarray) -> int:
    """First year (from 1) with benefits of at least the costs; one past the last when there is none."""
    zonder = np.flatnonzero(saldo >= 0)
    return int(zonder[0]) + 1 if zonder.size else saldo.size + 1


def _snelle_ingroei(kengetallen: Kengetallen) -> Kengetallen:
    snel = {
        pad: k.boven for pad, k in kengetallen.getallen.items() if pad.startswith("ingroei.") and "frictie" not in pad
    }
    return kengetallen.met(snel, "bovengrens van de aanname")


def controleer_actoren(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Figuur 4.9 and §4.5: who pays and who gains two years after the start, for the standard case."""
    uitkomst = _uitkomst(kengetallen)
    boek = begroting(uitkomst, BEGROTINGSJAAR)  # (post, actor)
    kosten = {a: float(boek[[POSTEN.index(p) for p in KOSTENPOSTEN], i].sum()) for i, a in enumerate(ACTOREN)}
    baten = {a: float(boek[[POSTEN.index(p) for p in FINANCIELE_BATEN], i].sum()) for i, a in enumerate(ACTOREN)}
    eigen = dict(zip(ACTOREN, boek[POSTEN.index("kosten_aanpak")], strict=True))
    ouder = bereken(laad_geval(OUDEREN, kengetallen).aanpak, kengetallen)
    plek = "figuur 4.9"

    deel = {a: baten[a] / kosten[a] if kosten[a] else float("nan") for a in ACTOREN}
    uitleg = "Financiële baten gedeeld door kosten."
    regels: list[tuple[str, str, float | str, str, bool, str]] = [
        (
            "De gemeente investeert een deel additioneel (gemeente overig)",
            "kosten boven 0",
            rond(kosten["gemeente_overig"], 100),
            "eur",
            kosten["gemeente_overig"] > 0,
            "",
        ),
        (
            "Werk en Inkomen draagt bij via nieuw-voor-oud en heeft aanzienlijke baten",
            "baten boven kosten",
            deel["gemeente_wi"],
            "verhouding",
            eigen["gemeente_wi"] > 0 and deel["gemeente_wi"] > 1,
            uitleg,
        ),
        (
            "Kosten en baten van Welzijn zijn in balans",
            "rond 1",
            deel["gemeente_wmo"],
            "verhouding",
            abs(deel["gemeente_wmo"] - 1) <= IN_BALANS,
            f"{uitleg} Welzijn en Wmo zijn hier één partij; in balans is hoogstens een tiende verschil, een keuze.",
        ),
        (
            "De zorgverzekeraar profiteert, maar draagt ook bij",
            "boven 1",
            deel["zorgverzekeraar"],
            "verhouding",
            kosten["zorgverzekeraar"] > 0 and deel["zorgverzekeraar"] > 1,
            uitleg,
        ),
        (
            "Bij een aanpak voor ouderen is de gemeentelijke verhouding laag (§4.5)",
            "onder 1",
            float(ouder["kb_gemeentelijk"]),
            "verhouding",
            ouder["kb_gemeentelijk"] < min(1.0, ouder["kb_financieel"]),
            "Voorbeeld 4 van de handleiding, alleen ouderen; ook lager dan de financiële verhouding.",
        ),
    ]
    return [Bevinding("uitspraak", plek, *regel) for regel in regels]


def _uitkomst(kengetallen: Kengetallen) -> Uitkomst:
    return bereken(laad_geval(STANDAARD_GEVAL, kengetallen).aanpak, kengetallen)

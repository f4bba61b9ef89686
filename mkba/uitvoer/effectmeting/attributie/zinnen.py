"""What an attribution says and what it does not say, in plain Dutch sentences (text, not HTML)."""

import math
from collections.abc import Sequence

from mkba.analyse.effectmeting.attributie.geclusterd import MEESTE, NIVEAU
from mkba.analyse.effectmeting.attributie.paneel import IN_EURO, UITKOMSTEN
from mkba.analyse.effectmeting.attributie.toerekening import Toerekening, Verandering
from mkba.analyse.effectmeting.zekerheid.bewijs import OPZETTEN
from mkba.kern.tekst.notatie import euro, getal, hoeveel, kans_in_procent, opsomming, p_waarde, procent, zuinig

PER_DUIZEND = 1000
GELOOT = OPZETTEN["geloot"][0]


def samenvatting(toerekening: Toerekening) -> list[str]:
    """Netto with its interval or why there is none, bruto beside it, the pre-trend with its power, and the evidence."""
    zinnen = [_netto(toerekening), _bruto(toerekening), _clusters(toerekening)]
    if toerekening.netto is not None:
        zinnen += [_voortrend(toerekening), _grens(toerekening), _keuze(toerekening)]
    return [zin for zin in (*zinnen, bewijs(toerekening)) if zin]


def omvang(uitkomst: str, waarde: float) -> str:
    """A level or change per period in words, without its sign: euros per household, or events per 1,000 households."""
    if uitkomst in IN_EURO:
        return f"{euro(abs(waarde))} per huishouden"
    return f"{zuinig(abs(waarde) * PER_DUIZEND, 2)} per 1.000 huishoudens"


def bewijs(toerekening: Toerekening) -> str:
    """The level on the Maryland scale and what it rests on."""
    return f"Sterkte van het bewijs op de schaal van Maryland: {toerekening.sms} van 5 ({toerekening.bewijs})."


def geen_interval(toerekeningen: Sequence[Toerekening]) -> str:
    """Why some outcomes have no interval, each reason once; nothing when all have one."""
    redenen = dict.fromkeys(
        f"{naam}: {wat.reden}."
        for t in toerekeningen
        for naam, wat in (("Bruto", t.bruto), ("Netto", t.netto))
        if wat is not None and wat.laag is None and wat.reden
    )
    geheel = dict.fromkeys(f"Netto: {t.reden}." for t in toerekeningen if t.reden)
    return " ".join(["Geen eerlijk 95%-interval:", *redenen, *geheel]) if redenen or geheel else ""


def samen_mis(toerekeningen: Sequence[Toerekening]) -> str:
    """That every interval holds by itself: of more outcomes, one may well miss (Bonferroni's bound)."""
    aantal = sum(t.netto is not None and t.netto.laag is not None for t in toerekeningen)
    if aantal < 2:
        return ""
    kans = procent(min(1.0, aantal * NIVEAU))
    return f"Elk interval geldt op zichzelf: de kans dat een van deze {getal(aantal)} mis is, is hoogstens {kans}."


def figuurzin(toerekening: Toerekening) -> str:
    """How to read the figure of the periods around the start."""
    if any(punt.laag is not None for punt in toerekening.punten):
        return (
            "Elk interval geldt voor zijn eigen periode: van twintig ligt er gemiddeld een mis. Voor de start horen de "
            "punten rond nul te liggen."
        )
    return "Zonder intervallen: daarvoor zijn het te weinig wijken of te veel verschillende starts."


def _naam(t: Toerekening) -> str:
    return UITKOMSTEN[t.uitkomst]


def _richting(waarde: float) -> str:
    return "minder" if waarde < 0 else "meer" if waarde > 0 else "meer of minder"


def _netto(t: Toerekening) -> str:
    if t.netto is None:
        return f"Wat de aanpak doet met {_naam(t)}, is niet te zeggen: {t.reden}."
    wat, waarde = _naam(t), t.netto.waarde
    zin = f"Aan de aanpak toe te rekenen (netto): {omvang(t.uitkomst, waarde)} per periode {_richting(waarde)} {wat}."
    if t.netto.laag is None:
        return f"{zin} Een eerlijk 95%-interval bestaat hier niet: {t.netto.reden}."
    return f"{zin} {_interval(t, t.netto)}"


def _interval(t: Toerekening, v: Verandering) -> str:
    assert v.laag is not None
    assert v.hoog is not None
    assert v.p is not None
    einden = [f"{omvang(t.uitkomst, einde)} {_richting(einde)}" for einde in (v.laag, v.hoog)]
    # an end that was rounded outwards to nought: the test knows on which side it lay
    nul = v.laag <= 0 <= v.hoog and (v.laag < 0 < v.hoog or v.p > NIVEAU)
    slot = f"geen verschil past daar {'ook' if nul else 'niet'} bij"
    zin = f"Het 95%-interval loopt van {einden[0]} tot {einden[1]} (p {p_waarde(v.p)}): {slot}."
    return f"{zin} Let op: {t.voorbehoud}." if t.voorbehoud else zin


def _bruto(t: Toerekening) -> str:
    if t.bruto is None:
        return ""
    zin = (
        f"Geteld in de wijken met de aanpak (bruto): {omvang(t.uitkomst, t.bruto.waarde)} per periode "
        f"{_richting(t.bruto.waarde)} dan voor de start."
    )
    if t.autonoom is None:
        return f"{zin} Hoeveel daarvan vanzelf was gebeurd, is onbekend."
    elders = f"{zin} In de vergelijkingswijken was het in dezelfde tijd"
    if omvang(t.uitkomst, t.autonoom) == omvang(t.uitkomst, 0.0):
        return f"{elders} gelijk; er gaat niets af."
    return f"{elders} {omvang(t.uitkomst, t.autonoom)} {_richting(t.autonoom)}; dat gaat eraf."


def _clusters(t: Toerekening) -> str:
    zin = (
        f"Dit rust op {hoeveel(t.clusters, 'cluster', 'clusters')}: {hoeveel(len(t.met), 'wijk', 'wijken')} met en "
        f"{hoeveel(len(t.zonder), 'wijk', 'wijken')} zonder de aanpak."
    )
    if t.kleinste_p is None or t.netto is None or t.netto.laag is None:
        return zin
    wild = "" if t.p_wild is None else f" De wild cluster bootstrap geeft ter vergelijking p {p_waarde(t.p_wild)}."
    return (
        f"{zin} Het interval vergelijkt de uitkomst met {_manieren(t)} om de aanpak over de wijken te verdelen.{wild}"
    )


def _manieren(t: Toerekening) -> str:
    alle = f"{getal(t.indelingen)} manieren"
    return alle if t.indelingen <= MEESTE else f"{getal(MEESTE + 1)} (vast getrokken) van de {alle}"


def _voortrend(t: Toerekening) -> str:
    v = t.voortrend
    if v.p is None:
        return f"Of de wijken voor de start gelijk opliepen, is niet te toetsen: {v.reden}."
    if v.reden:
        return f"Of de wijken voor de start gelijk opliepen, is niet eerlijk te toetsen: {v.reden}."
    assert v.vermogen is not None
    uitkomst = "wel" if v.p <= NIVEAU else "niet"
    zin = (
        f"Voor de start liepen de wijken {uitkomst} aantoonbaar uit elkaar (p {p_waarde(v.p)}, "
        f"{hoeveel(v.perioden, 'periode', 'perioden')})."
    )
    if v.p <= NIVEAU:
        return f"{zin} Het netto effect is daarmee niet te vertrouwen."
    sterk = (
        f"De kans dat deze toets een scheve trend vindt die het hele netto effect verklaart, is "
        f"{kans_in_procent(v.vermogen)}"
    )
    if v.vermogen >= 0.8:
        return f"{zin} {sterk}."
    return f"{zin} Dat bewijst weinig. {sterk}."


def _grens(t: Toerekening) -> str:
    if t.recht is None or not t.grenzen:
        return ""
    delen = [f"bij {procent(g.maat)} van {_bereik(t, g.laag, g.hoog)}" for g in t.grenzen if g.maat > 0]
    return (
        "Lopen de wijken na de start per periode uit elkaar met een deel of veelvoud van de grootste stap ervoor, dan "
        f"ligt netto {opsomming(delen)} (nulmeting: de laatste periode voor de start). Loopt het verschil van voor de "
        f"start in een rechte lijn door, dan is netto {omvang(t.uitkomst, t.recht)} {_richting(t.recht)}."
    )


def _keuze(t: Toerekening) -> str:
    """How the wijken were chosen, which the numbers do not tell; by lot it does not matter."""
    if t.sms == GELOOT:
        return ""
    return (
        "Zijn de wijken gekozen omdat het er kort voor de start slecht ging, dan was een deel van de verbetering er "
        "ook zonder aanpak geweest (regressie naar het gemiddelde), en de toets op de tijd voor de start ziet dat "
        "zelden. "
        "Zeg hoe zij zijn gekozen, en laat de perioden waarop dat gebeurde weg uit de nulmeting."
    )


def _bereik(t: Toerekening, laag: float, hoog: float) -> str:
    return (
        f"{omvang(t.uitkomst, laag)} {_richting(laag)} tot {omvang(t.uitkomst, hoog)} {_richting(hoog)}"
        if math.isfinite(laag) and math.isfinite(hoog)
        else "onbekend"
    )

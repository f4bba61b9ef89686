"""The sentences of a doelgroepenanalyse: what it says, on which numbers it stands, and what it leaves out.

All text from input is escaped.
"""

from collections.abc import Sequence
from html import escape
from typing import Final

import numpy as np
from IPython.display import HTML

from mkba import __version__
from mkba.analyse.doelgroepen import kerncijfers
from mkba.analyse.doelgroepen.statistiek import Doelgroepen
from mkba.invoer.cbs import landelijk
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import INDICATOREN
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import getal, hoeveel, huishoudens, procent, toon_veld
from mkba.kern.woorden.begrippen import TYPEN, naam
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.gebied import Gebied
from mkba.uitvoer import extra
from mkba.uitvoer import kernpunten as kern
from mkba.uitvoer.beeld import MetGetallen
from mkba.uitvoer.proza import als_html

EERSTE: Final = 8
"""Areas that a sentence names before it counts the rest."""
WAT_EIGEN: Final = 0.9
"""Below this part of its own an area is called small."""


def gebiedskop(analyse: Doelgroepen, naam_: str = "") -> HTML:
    """Name of the area and where the statistics come from."""
    aantal = len(analyse.gebieden)
    delen = [
        hoeveel(aantal, "gebied", "gebieden"),
        huishoudens(float(analyse.heel_totaal.sum())),
        bronnen(analyse),
        f"mkba {__version__}",
    ]
    html = f"<p class='aanpak-naam'><strong>{escape(naam_ or analyse.naam)}</strong><br>{escape(' · '.join(delen))}</p>"
    if not extra.gevraagd(extra.KERN):
        return HTML(html)
    aantal_huishoudens = float(analyse.aantallen.sum())
    hash_ = kern.gebiedenhash(analyse.gebieden)
    return MetGetallen(html, {"gebieden": hash_, "huishoudens": aantal_huishoudens}, extra.KERN)


def bronnen(analyse: Doelgroepen) -> str:
    """The statistics of all areas, each named once, with the tables that fill what these lack."""
    bij = sorted({bron for g in analyse.gebieden for bron in g.aangevuld.values()})
    return "; ".join([*sorted({g.bron for g in analyse.gebieden}), *(f"aangevuld: {bron}" for bron in bij)])


def gebruikt(analyse: Doelgroepen) -> list[str]:
    """The indicators that some area and type stand on, sorted."""
    return sorted({i for gebied in analyse.gebruikt for per_type in gebied.values() for i in per_type})


def gebiedstekst(analyse: Doelgroepen, kengetallen: Kengetallen) -> HTML:
    """What the figure says, in two sentences, or that it says nothing of this area; with the intramural elderly.

    Above it the areas that were left out and what is unlikely in the statistics.
    """
    totaal = analyse.totaal
    ev = float(totaal[:, 0].sum() / totaal.sum()) if totaal.sum() else float("nan")
    landelijk = kengetallen["doelgroep.landelijk_ev"]
    laag, hoog = analyse.mv_band_totaal[0]
    mv = f"{procent(1 - ev)} met meervoudige problematiek (band {procent(laag)} tot {procent(hoog)})"
    if gebruikt(analyse):
        verschil = ev - landelijk
        stand = "ongeveer evenveel als" if abs(verschil) < 0.01 else ("meer dan" if verschil > 0 else "minder dan")
        tekst_ = (
            f"<p>Naar schatting {procent(ev)} van de huishoudens heeft geen of enkelvoudige problematiek: {stand} de "
            f"landelijke {procent(landelijk)}. Dat laat {mv}.</p>"
        )
    else:
        tekst_ = (
            f"<p><strong>Deze indeling zegt niets over dit gebied.</strong> {escape(zonder_indicator(analyse))} "
            f"Zij is die van de standaardwijk van tabel 2.2: {mv}.</p>"
        )
    bekend = analyse.intramuraal[~np.isnan(analyse.intramuraal)]
    buiten = hoeveel(float(bekend.sum()), "persoon", "personen") if bekend.size else "hun aantal is hier niet bekend"
    return HTML(
        f"{_let_op(analyse)}{tekst_}{_wat_ontbreekt(analyse)}{_klein(analyse)}"
        "<p>De top bij ouderen is in figuur 2.2 vooral <em>intramuraal</em>. Wie van 65 of ouder in een "
        f"instelling woont, is voor het CBS geen huishouden en zit niet in deze indeling ({buiten}); de nul bij de "
        "top van ouderen is dus geen telling.</p>"
    )


def _let_op(analyse: Doelgroepen) -> str:
    """Left out and unlikely, as lists; nothing when there is nothing."""
    lijsten = (
        ("Niet in deze indeling:", analyse.weggelaten),
        ("Let op bij de landelijke cijfers:", landelijk.meldingen(analyse.nederland)),
        ("Let op bij deze cijfers:", _onwaarschijnlijk(analyse)),
    )
    return "".join(
        f"<p><strong>{kop}</strong></p><ul class='waarschuwingen'>"
        + "".join(f"<li>{escape(regel(m))}</li>" for m in meldingen)
        + "</ul>"
        for kop, meldingen in lijsten
        if meldingen
    )


def _wat_ontbreekt(analyse: Doelgroepen) -> str:
    """Which indicators are not known, of how many areas, and what that does to the band."""
    regels = ontbrekend(analyse)
    if not regels or not gebruikt(analyse):
        return ""
    return (
        f"<p><strong>Niet bekend:</strong> {escape('; '.join(regels))}. Het midden rekent zonder; de band houdt wat "
        "zij hadden kunnen zeggen.</p>"
    )


def ontbrekend(analyse: Doelgroepen) -> list[str]:
    """Per indicator that some area lacks: its name, and of how many areas when not of all."""
    uit = []
    aantal = len(analyse.gebieden)
    for i in dict.fromkeys(i for t in TYPEN for i in INDICATOREN[t]):
        mist = sum(any(i in per_type for per_type in gebied.values()) for gebied in analyse.ontbreekt)
        if mist:
            uit.append(i if mist == aantal else f"{i} (van {mist} van {aantal} gebieden)")
    return uit


def onbekende_indicatoren(analyse: Doelgroepen) -> tuple[Melding, ...]:
    """Which indicators are not known, where others are, for the terminal; empty when all are."""
    regels = ontbrekend(analyse)
    if not regels or not gebruikt(analyse):
        return ()
    oorzaak = f"niet bekend: {', '.join(regels)}. Het midden rekent zonder; band en rang houden wat zij konden zeggen."
    remedie = "Geef een bestand dat ze heeft, of zie --aanvulling."
    return (Melding("indicatoren", hoeveel(len(regels), "ontbreekt", "ontbreken"), oorzaak, remedie),)


def _klein(analyse: Doelgroepen) -> str:
    """How far small areas are drawn toward their gemeente."""
    klein = [
        (g.naam, float(deel), naar)
        for g, deel, naar in zip(analyse.gebieden, analyse.eigen, analyse.naar, strict=True)
        if deel < WAT_EIGEN
    ]
    if not klein:
        return ""
    delen = [f"{naam_} voor {procent(deel)} ({naar or 'Nederland'})" for naam_, deel, naar in klein[:EERSTE]]
    rest = f" en {len(klein) - EERSTE} andere" if len(klein) > EERSTE else ""
    return (
        "<p><strong>Kleine gebieden</strong> zeggen weinig: hun index is maar voor een deel van henzelf, de rest is "
        "die van hun gemeente of van Nederland (empirical Bayes, naar huishoudens): "
        f"{escape(', '.join(delen))}{rest}.</p>"
    )


def _onwaarschijnlijk(analyse: Doelgroepen, klein: bool = True) -> list[Melding]:
    return [m for g in analyse.gebieden for m in kerncijfers.waarschuwingen(g, analyse.nederland, klein)]


def opvallend(analyse: Doelgroepen) -> list[str]:
    """What is unlikely in the statistics of many areas, a sentence each; that an area is small is said elsewhere."""
    return [regel(m) for m in _onwaarschijnlijk(analyse, klein=False)]


def regel(melding: Melding) -> str:
    """A message about the statistics of an area as a sentence, without its remedy."""
    waarde = "" if melding.waarde is None else f" ({melding.waarde!s})"
    return f"{melding.veld}{waarde}: {melding.oorzaak}"


def weggelaten(analyse: Doelgroepen) -> list[str]:
    """Every area that is not in the analysis, once, with all its reasons."""
    per_gebied: dict[str, list[str]] = {}
    for melding in analyse.weggelaten:
        code = melding.veld.partition(" ")[0]
        per_gebied.setdefault(code, []).append(regel(melding).removeprefix(f"{code} "))
    return [f"{code} {' '.join(redenen)}" for code, redenen in per_gebied.items()]


def zonder_indicator(analyse: Doelgroepen) -> str:
    """Why no indicator could be compared, as a sentence."""
    if any(analyse.ontbreekt_nederland):
        return "Het bestand heeft geen cijfers van Nederland om mee te vergelijken; neem de regel NL00 erin op."
    return "Voor dit gebied is geen enkele indicator bekend."


def herkomst(analyse: Doelgroepen, kengetallen: Kengetallen) -> str:
    """Where the answers of a first aanpak come from: area, statistics, indicators and index; plain text."""
    welke = gebruikt(analyse)
    index = analyse.index.mean(axis=0) if len(analyse.gebieden) > 1 else analyse.index[0]
    per_type = ", ".join(f"{naam(t).lower()} {getal(i, 2)}" for t, i in zip(TYPEN, index, strict=True))
    gemiddeld = "gemiddeld " if len(analyse.gebieden) > 1 else ""
    codes = ", ".join(g.code for g in analyse.gebieden[:EERSTE])
    meer = f" en {len(analyse.gebieden) - EERSTE} andere" if len(analyse.gebieden) > EERSTE else ""
    return (
        f"Vraag 1 tot en met 3 en de fte volgen uit een doelgroepenanalyse van {codes}{meer} "
        f"({huishoudens(float(analyse.heel_totaal.sum()))}) op {bronnen(analyse)}. "
        + (
            f"Indicatoren: {', '.join(welke)}; "
            if welke
            else f"{zonder_indicator(analyse)} Aangenomen is de standaardwijk: "
        )
        + f"wijkindex {gemiddeld}{per_type} (0 is de standaardwijk, 1 de probleemwijk van tabel 2.2). "
        f"Het team bereikt {procent(kengetallen['doelgroep.bereik'])} van de huishoudens "
        "met meervoudige problematiek (aanname)." + "".join(f" Let op: {regel(m)}" for m in _onwaarschijnlijk(analyse))
    )


def waarschuwingen(analyse: Doelgroepen) -> tuple[Melding, ...]:
    """What a consultant must know of an aanpak from these statistics; empty when there is nothing."""
    per_gebied = (*analyse.weggelaten, *_onwaarschijnlijk(analyse))
    if gebruikt(analyse):
        return (*landelijk.meldingen(analyse.nederland), *per_gebied)
    return (
        *per_gebied,
        Melding(
            "vraag 1 tot en met 3",
            analyse.naam,
            f"de indeling is die van de standaardwijk, niet van dit gebied. {zonder_indicator(analyse)}",
            "Geef cijfers met indicatoren op, of vul vraag 1 tot en met 3 zelf in.",
        ),
    )


def zonder_oordeel(namen: Sequence[str], aantal: int) -> tuple[Melding, ...]:
    """That nothing can be said of these areas, of so many."""
    if not namen:
        return ()
    if aantal == 1:
        hoeveel_, wiens = "van dit gebied", "de"
    elif len(namen) == aantal:
        hoeveel_, wiens = f"van alle {getal(aantal)} gebieden", "hun"
    else:
        hoeveel_, wiens = f"van {getal(len(namen))} van de {getal(aantal)} gebieden", "hun" if len(namen) > 1 else "de"
    oorzaak = (
        f"{hoeveel_} is geen enkele indicator te vergelijken: {wiens} indeling is die van de standaardwijk en zegt "
        "niets over het gebied."
    )
    return (Melding("gebieden", _eerste(namen), oorzaak, "Geef cijfers met indicatoren op, of een ander jaar."),)


def kleine_gebieden(gebieden: Sequence[Gebied]) -> tuple[Melding, ...]:
    """That areas with hardly any households say little, once for all of them."""
    namen = [g.naam for g in gebieden if (g.huishoudens or 0) < kerncijfers.WEINIG]
    if not namen:
        return ()
    wat = "dit gebied heeft" if len(namen) == 1 else f"deze {getal(len(namen))} gebieden hebben"
    oorzaak = (
        f"{wat} minder dan {kerncijfers.WEINIG} huishoudens: afronding op 5 en toeval wegen zwaar, en veel indicatoren "
        "zijn geheim."
    )
    return (Melding("gebieden", _eerste(namen), oorzaak, "Lees hun plaats met haar band, of neem gebieden samen."),)


def _eerste(namen: Sequence[str]) -> str:
    return ", ".join(namen[:EERSTE]) + (f" en {len(namen) - EERSTE} andere" if len(namen) > EERSTE else "")


def minimum(aanpak: Aanpak) -> tuple[Melding, ...]:
    """That an aanpak has one household at least, where its area asks for fewer."""
    if aanpak.huishoudens > 1:
        return ()
    oorzaak = "een aanpak heeft minstens een huishouden; de doelgroep van dit gebied is niet groter."
    return (Melding("huishoudens", aanpak.huishoudens, oorzaak, "Neem dit gebied samen met andere."),)


def eerste_aanpak(aanpak: Aanpak) -> HTML:
    """What the first MKBA 1.0 from a doelgroepenanalyse starts with."""
    te_klein = "".join(
        f" <strong>Let op:</strong> {als_html(m.oorzaak)} {als_html(m.remedie)}" for m in minimum(aanpak)
    )
    return HTML(
        f"<p>Deze aanpak begint met {huishoudens(aanpak.huishoudens)} en "
        f"{toon_veld(VELDEN['fte'], aanpak.fte)} fte, met alle disciplines en zonder additioneel geld. Dat zijn "
        f"beginwaarden om te vervangen, geen plan.{te_klein}</p>"
    )

"""The sentences of a doelgroepenanalyse: what it says, on which numbers it stands, and what it leaves out.

All text from input is escaped.
"""

from html import escape

import numpy as np
from IPython.display import HTML

from mkba import __version__
from mkba.analyse.doelgroepen import kerncijfers
from mkba.analyse.doelgroepen.statistiek import Doelgroepen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import getal, hoeveel, huishoudens, procent, toon_veld
from mkba.kern.woorden.begrippen import TYPEN, naam
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.uitvoer import extra
from mkba.uitvoer import kernpunten as kern
from mkba.uitvoer.beeld import MetGetallen


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
    """The statistics of all areas, each named once."""
    return "; ".join(sorted({g.bron for g in analyse.gebieden}))


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
        f"{_let_op(analyse)}{tekst_}"
        "<p>De top bij ouderen is in figuur 2.2 vooral <em>intramuraal</em>. Wie van 65 of ouder in een "
        f"instelling woont, is voor het CBS geen huishouden en zit niet in deze indeling ({buiten}); de nul bij de "
        "top van ouderen is dus geen telling.</p>"
    )


def _let_op(analyse: Doelgroepen) -> str:
    """Left out and unlikely, as lists; nothing when there is nothing."""
    lijsten = (
        ("Niet in deze indeling:", analyse.weggelaten),
        ("Let op bij deze cijfers:", _onwaarschijnlijk(analyse)),
    )
    return "".join(
        f"<p><strong>{kop}</strong></p><ul class='waarschuwingen'>"
        + "".join(f"<li>{escape(regel(m))}</li>" for m in meldingen)
        + "</ul>"
        for kop, meldingen in lijsten
        if meldingen
    )


def _onwaarschijnlijk(analyse: Doelgroepen) -> list[Melding]:
    return [m for g in analyse.gebieden for m in kerncijfers.waarschuwingen(g, analyse.nederland)]


def regel(melding: Melding) -> str:
    """A message about the statistics of an area as a sentence, without its remedy."""
    waarde = "" if melding.waarde is None else f" ({melding.waarde!s})"
    return f"{melding.veld}{waarde}: {melding.oorzaak}"


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
    codes = ", ".join(g.code for g in analyse.gebieden[:8])
    meer = f" en {len(analyse.gebieden) - 8} andere" if len(analyse.gebieden) > 8 else ""
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
        return per_gebied
    return (
        *per_gebied,
        Melding(
            "vraag 1 tot en met 3",
            analyse.naam,
            f"de indeling is die van de standaardwijk, niet van dit gebied. {zonder_indicator(analyse)}",
            "Geef cijfers met indicatoren op, of vul vraag 1 tot en met 3 zelf in.",
        ),
    )


def minimum(aanpak: Aanpak) -> tuple[Melding, ...]:
    """That an aanpak has one household at least, where its area asks for fewer."""
    if aanpak.huishoudens > 1:
        return ()
    oorzaak = "een aanpak heeft minstens een huishouden; de doelgroep van dit gebied is niet groter."
    return (Melding("huishoudens", aanpak.huishoudens, oorzaak, "Neem dit gebied samen met andere."),)


def eerste_aanpak(aanpak: Aanpak) -> HTML:
    """What the first MKBA 1.0 from a doelgroepenanalyse starts with."""
    te_klein = "".join(f" <strong>Let op:</strong> {escape(m.oorzaak)} {escape(m.remedie)}" for m in minimum(aanpak))
    return HTML(
        f"<p>Deze aanpak begint met {huishoudens(aanpak.huishoudens)} en "
        f"{toon_veld(VELDEN['fte'], aanpak.fte)} fte, met alle disciplines en zonder additioneel geld. Dat zijn "
        f"beginwaarden om te vervangen, geen plan.{te_klein}</p>"
    )

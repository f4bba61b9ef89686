"""The second road of a doelgroepenanalyse in a report: a caseload with ZRM scores (MKBA 2.0).

Everything here may be published: small counts are hidden, no IDs are shown.
"""

from html import escape
from pathlib import Path

import numpy as np
import pandas as pd
from IPython.display import HTML, Image

from mkba.analyse.doelgroepen import KLASSEN
from mkba.analyse.zelfredzaamheid import Indeling, deel_in
from mkba.invoer.aanpak import Aanpak
from mkba.invoer.begrippen import TYPEN, naam
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.registratie import lees_registratie
from mkba.invoer.velden import VELDEN
from mkba.uitvoer import figuren, figuren_doelgroepen
from mkba.uitvoer.getallen import procent
from mkba.uitvoer.opmaak import als_html
from mkba.uitvoer.tabellen import toon_veld
from mkba.uitvoer.tabellen_doelgroepen import KLASSENAMEN, aandelen

GEEN = HTML("<p>Er is geen registratie opgegeven (parameter <em>registratie</em>).</p>")


def lees_indeling(pad: str, kengetallen: Kengetallen) -> Indeling | None:
    """The caseload of a registration file in types and classes; None without a file. Raises InvoerFout."""
    return deel_in(lees_registratie(Path(pad)).huishoudens, kengetallen) if pad else None


def aanpak(indeling: Indeling | None, naam_: str, kengetallen: Kengetallen) -> Aanpak | None:
    """An MKBA 2.0 to complete: the answers of the registration, a team by its caseload, the rest defaults."""
    if indeling is None:
        return None
    gegeven = {s: w for s, w in indeling.antwoorden.items() if s in VELDEN}
    return Aanpak.uit_doelgroepen(naam_, indeling.per_klasse(), kengetallen, zwaarten=KLASSEN, bereik=1.0, **gegeven)


def figuur(indeling: Indeling | None) -> Image | HTML:
    """The classes of the caseload, as the figure of the area."""
    if indeling is None:
        return GEEN
    per_klasse = indeling.per_klasse()
    tabel = aandelen(np.array([list(per_klasse[t].values()) for t in TYPEN]))
    return figuren.toon(
        figuren_doelgroepen.doelgroepen(tabel),
        "Gestapelde balken: aandeel van de vier klassen in de caseload, in totaal en per type; rechts zonder groen.",
    )


def tabel(indeling: Indeling | None, kengetallen: Kengetallen) -> HTML:
    """Households by type and class with small counts hidden."""
    if indeling is None:
        return HTML("")
    publicatie = indeling.publicatie(kengetallen)
    namen = {**KLASSENAMEN, "mv": "Meervoudig, niet te splitsen", "onbekend": "Te weinig scores", "totaal": "Totaal"}
    tekst = publicatie.map(lambda w: "< 10" if pd.isna(w) else str(int(w)))
    tekst = tekst.loc[:, (publicatie.fillna(1) != 0).any()]
    tekst = tekst[(publicatie.fillna(1) != 0).any(axis=1)]
    tekst.index = pd.Index([naam(str(i)) if i in TYPEN else str(i).capitalize() for i in tekst.index])
    html = als_html(
        tekst.rename(columns=namen), "tekst", vet=["Totaal"], bijschrift="Huishoudens in de caseload (afgeschermd)"
    )
    uitleg = "Aantallen onder de tien, en wat ze zou verraden, zijn afgeschermd."
    return HTML(f"{html.data}<p>{uitleg}</p>")


def antwoorden(indeling: Indeling | None) -> HTML:
    """The answers to questions 1 to 5 and 10 that the registration gives."""
    if indeling is None:
        return HTML("")
    rijen = [
        {"vraag": f"{VELDEN[s].vraag}", "onderdeel": VELDEN[s].label, "uit de registratie": toon_veld(VELDEN[s], w)}
        for s, w in indeling.antwoorden.items()
        if s in VELDEN
    ]
    return als_html(pd.DataFrame(rijen), "tekst", index=False)


def toelichting(indeling: Indeling | None) -> HTML:
    """Assumptions, and how often the two rules of the manual contradict each other."""
    if indeling is None:
        return HTML("")
    regels = "".join(f"<li>{escape(a)}</li>" for a in indeling.aannamen)
    telling = indeling.tegenspraken["tegenspraak"].value_counts()
    deel = len(indeling.tegenspraken) / indeling.huishoudens
    regels += f"<li>Tegenspraak tussen beide regels bij {procent(deel)} van de huishoudens:<ul>"
    regels += "".join(f"<li>{escape(str(t))}: {n if n >= 10 else 'minder dan 10'}</li>" for t, n in telling.items())
    return HTML(f"<ul>{regels}</ul></li></ul>")

"""Sentences on what was found since 2014; plain Dutch text, not HTML."""

from mkba.analyse.bevindingen.korting import Bewijskorting
from mkba.analyse.bevindingen.overleving import Overleving
from mkba.kern.tekst.notatie import euro, kans_in_procent, opsomming, verhouding_met_exact

SECTIE_BEVINDINGEN = "Overleeft de aanpak wat er sinds 2014 is gevonden?"
SECTIE_KORTING = "Wat blijft er over na een korting voor het bewijs?"


def overleving_zin(overleving: Overleving) -> str:
    """The chance as given, the scenarios with less than an even chance, and those that change nothing."""
    frame = overleving.frame
    kansen = frame["kans.saldo"]
    zinnen = [
        f"Zoals ingevuld is het maatschappelijke saldo in {kans_in_procent(float(kansen.iloc[0]))} van de trekkingen "
        "positief."
    ]
    draait = frame.index[frame["draait"]]
    onder = [str(n) for n in draait if kansen[n] < 0.5]
    if len(draait):
        slechtste = str(kansen[draait].idxmin())
        zinnen.append(
            f"Het minst blijft er over bij {slechtste}: {kans_in_procent(float(kansen[slechtste]))}, en met de "
            f"antwoorden zoals ingevuld een saldo van {euro(float(frame.loc[slechtste, 'saldo']), 100)}."
        )
        if float(kansen.iloc[0]) >= 0.5:
            bij = f"Een kans van minder dan de helft is er bij {opsomming(onder)}."
            zinnen.append(bij if onder else "Nergens is de kans minder dan de helft.")
    if gelijk := [str(n) for n in frame.index[1:] if n not in set(draait)]:
        zinnen.append(
            f"{opsomming(gelijk)} {'verandert' if len(gelijk) == 1 else 'veranderen'} hier niets: de aanpak rekent al "
            "zo, of een meting heeft dat antwoord vervangen."
        )
    return " ".join(zinnen)


def korting_zin(korting: Bewijskorting) -> str:
    """The saldo and the maatschappelijke ratio as claimed and as discounted."""
    voor, na = korting.claim.sleutels, korting.gekort.sleutels
    ratio = " en ".join(verhouding_met_exact(s["kb_maatschappelijk"]) for s in (voor, na))
    slot = (
        "Het oordeel staat of valt dus met het bewijs."
        if voor["saldo"] > 0 >= na["saldo"]
        else "Het teken van het saldo verandert daar niet door."
    )
    return (
        f"Zoals geclaimd is het saldo {euro(voor['saldo'], 100)}; telt elk effect naar de kracht van zijn bewijs, dan "
        f"is het {euro(na['saldo'], 100)} (maatschappelijke verhouding {ratio}). {slot}"
    )


KORTING_UITLEG = (
    "Met een korting van 75% telt een effect voor een kwart zoals geclaimd en voor drie kwart zoals landelijk is "
    "gevonden; is er niets gevonden, dan is dat 0. Wat bestaande hulp doet bij wie nieuw gevonden wordt, is geen claim "
    "en blijft: daarom houdt een effect soms meer over dan een kwart. Ook een aanpak die zelf geen substitutie claimt, "
    "gaat zo een stuk in de richting van wat de landelijke studie vond. Kosten en nieuw voor oud veranderen niet, en "
    "geen baat wordt gunstiger dan geclaimd. De kortingen zijn een aanname (kengetal bewijskorting); zonder eigen "
    "onderzoek is ook dat het bewijs niveau 1 heeft er een."
)
OVERLEVING_UITLEG = (
    "Elke bevinding is hier een grens: een antwoord dat al voorzichtiger is, blijft staan. Alle rijen hebben dezelfde "
    "trekkingen. Hoe een bevinding in een antwoord is vertaald, is een aanname; de tabel hieronder noemt haar. Geen "
    "van deze studies ging over deze aanpak."
)

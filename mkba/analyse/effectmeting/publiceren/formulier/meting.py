"""What a filled form of a sample says, as far as it may leave the house: shown numbers only, as of a registration.

How far weights make a sample count for less is one number for all questions, from the weights alone: what was measured
of it per question would tell with which generalist the answers lie.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mkba.analyse.effectmeting.publiceren.formulier.ja_nee import antwoorden_ja_nee, publiceer_ja_nee
from mkba.analyse.effectmeting.publiceren.formulier.rijen import Steekproef
from mkba.analyse.effectmeting.publiceren.formulier.trajecten import (
    antwoorden_trajecten,
    publiceer_omvang_en_trajecten,
    samengaand,
)
from mkba.analyse.effectmeting.publiceren.geheugen import Eerder
from mkba.analyse.effectmeting.publiceren.huishoudens import ANDERE_TEAMS
from mkba.analyse.effectmeting.publiceren.meting import (
    Antwoord,
    Meting,
    gerekend,
    grove_spreiding,
    lezing_van,
    wijken_naast_eerder,
)
from mkba.analyse.effectmeting.publiceren.publicatie import AFRONDING, drempel_van
from mkba.analyse.effectmeting.publiceren.publicatiesoort import STEEKPROEF, controleer_formulier
from mkba.analyse.effectmeting.tellen.telling import antwoorden_team
from mkba.invoer.meetbron import Formulier
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.trajecten import TRAJECTKNOPPEN


def meet_formulier(
    formulier: Formulier, kengetallen: Kengetallen, afronding: int = AFRONDING, eerder: Sequence[Eerder] = ()
) -> tuple[Meting, tuple[Eerder, ...]]:
    """Count a form and keep what may be shown, with what else the folder has to remember. ``eerder``: what it shows
    already. Raises InvoerFout for a base of rounding below :data:`AFRONDING` or above the threshold, and for other
    numbers in the folder that may be about the same households."""
    drempel = drempel_van(kengetallen, eerder)
    if not AFRONDING <= afronding <= drempel:
        oorzaak = (
            f"getallen van een steekproef zijn gewogen en worden afgerond op {AFRONDING} tot en met "
            f"{nederlands(drempel)}."
        )
        raise InvoerFout([Melding("afronding", afronding, oorzaak, f"Geef bijvoorbeeld {AFRONDING}.")])
    s = Steekproef.van(formulier.antwoorden, drempel, afronding)
    delen = {"huishoudens": publiceer_ja_nee(s), STEEKPROEF: publiceer_omvang_en_trajecten(s)}
    antwoorden = dict(antwoorden_ja_nee(s, delen["huishoudens"])) | dict(antwoorden_trajecten(s, delen[STEEKPROEF]))
    spreiding = dict(_spreiding(s, antwoorden))
    for sleutel in [k for k, (_, eigen) in spreiding.items() if not eigen]:
        antwoorden[sleutel] = replace(antwoorden[sleutel], opmerking=gerekend(drempel))
    toen = controleer_formulier(eerder, delen, ANDERE_TEAMS)
    factoren = {k: w for k, (w, _) in spreiding.items()}
    if toen is not None and toen.meting is not None:  # the same numbers: nor does anything beside them change
        antwoorden, factoren = dict(toen.meting.antwoorden), dict(toen.meting.spreiding)
    team = {
        str(k): Antwoord(round(float(w), 6), None, None, "") for k, w, *_ in antwoorden_team(formulier.registratie.team)
    }
    lezing = lezing_van(formulier.registratie, drempel, afronding)
    meting = Meting(
        delen=delen,
        antwoorden={**antwoorden, **team},
        spreiding=factoren,
        **wijken_naast_eerder(formulier.registratie, drempel, eerder),
        lezing=replace(
            lezing,
            bestanden=(formulier.bestand, *lezing.bestanden),
            tabellen=(STEEKPROEF, *lezing.tabellen),
            genegeerd=(*(f"formulier: {k}" for k in formulier.genegeerd), *lezing.genegeerd),
        ),
        drempel=drempel,
        afronding=afronding,
    )
    return meting, tuple(eerder)


def _spreiding(s: Steekproef, antwoorden: Mapping[str, Antwoord]) -> Iterator[tuple[str, tuple[float, bool]]]:
    """How many households (of questions 11 and 12: trajecten) count for one, of what is shown; and whether how far
    trajecten of a household go together was counted, as in :func:`mkba.analyse.effectmeting.publiceren.meting`."""
    for sleutel, a in antwoorden.items():
        if a.waarde is None:
            continue
        if sleutel not in TRAJECTKNOPPEN:
            yield sleutel, (s.telt_voor_een, True)
        elif (van_huishoudens := samengaand(s, sleutel)) is not None:
            geteld, eigen = van_huishoudens
            n = a.n or 0.0
            samen = grove_spreiding(geteld, n * a.waarde * (1 - a.waarde), s.drempel) if eigen else n / s.drempel
            yield sleutel, (round(max(1.0, samen) * s.telt_voor_een, 1), eigen)

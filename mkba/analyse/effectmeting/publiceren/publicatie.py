"""What of a registration may be shown: its tables and its answers, all from one set of cells that hides together.

Nothing that is shown has another source than the shown cells: a share or an average is that of shown, rounded numbers.
Only of the team itself (fte, disciplines) the numbers are as they are. What is not in a table was not registered: a
table, a column, a moment. Of what was, all values are there, also those that no household has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from mkba.analyse.effectmeting.publiceren.antwoorden import antwoorden_van
from mkba.analyse.effectmeting.publiceren.bijdragen import (
    VAN_STAND,
    publiceer_acties,
    publiceer_escalaties,
    publiceer_kinderen,
    publiceer_trajecten,
)
from mkba.analyse.effectmeting.publiceren.geheugen import (
    Delen,
    Eerder,
    Keuze,
    controleer_heel,
    controleer_samengegaan,
    controleer_sprekend,
    kies,
)
from mkba.analyse.effectmeting.publiceren.huishoudens import (
    ANDERE_TEAMS,
    TABELLEN,
    VAN_WIE_ER_IS,
    met_teamnamen,
    niet_gevolgd,
    publiceer_huishoudens,
    sommen_van,
    variabelen,
)
from mkba.analyse.effectmeting.publiceren.publicatiesoort import controleer_soort
from mkba.analyse.effectmeting.publiceren.tabelkeuze import Huishoudental, kies_tabellen
from mkba.analyse.effectmeting.tellen.telling import Registratietelling
from mkba.analyse.onderdrukking.tabellen import Publicatie, samen
from mkba.invoer.effectmeting.kolommen import MOMENTEN
from mkba.invoer.effectmeting.registratie import Registratie
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands

KLEINE_CEL: Final = "zelfredzaamheid.kleine_cel"
AFRONDING: Final = 5
"""The base of shown counts, as CBS uses for wijken: one household more mostly does not show."""


@dataclass(frozen=True, eq=False)
class Vrijgegeven:
    """All that may leave the house.

    ``trajecten``, of followed households: per stand (lopend, nieuw, afgevallen, and the last two with
    "_niet_uitgevoerd") their numbers by groep, type (or soortgroep), moment, team and class at the start; of what was
    dropped without the five of question 18; "gestart": what ran at the start, by groep, team and class. ``acties``:
    numbers by who would do them and whether that was done. ``escalaties``: households under threat by soort and afloop
    (of few: by soort, and by whether it was prevented), and their number over all soorten by team and class at the
    start. ``kinderen``: how many there are in the gezinnen of which that is known. ``antwoorden``: sleutel, waarde (NA:
    hidden), teller and n (of shown numbers, NA where it is no share), reden. ``bevroren``: what was shown before and is
    all that may be shown now, as too few households differ; ``verwant``: all that was shown of these households before,
    oldest first; ``blijft``: what the folder has to remember besides.
    """

    huishoudens: Publicatie
    trajecten: Mapping[str, Publicatie]
    acties: Publicatie | None
    escalaties: Publicatie | None
    kinderen: Publicatie | None
    antwoorden: pd.DataFrame
    bevroren: Eerder | None = field(default=None, repr=False)
    verwant: tuple[Eerder, ...] = field(default=(), repr=False)
    blijft: tuple[Eerder, ...] = field(default=(), repr=False)

    @property
    def delen(self) -> dict[str, Publicatie]:
        """Every part by the name under which it is kept."""
        los = {
            "huishoudens": self.huishoudens,
            "acties": self.acties,
            "escalaties": self.escalaties,
            "kinderen": self.kinderen,
        }
        trajecten = {f"{VAN_STAND}{stand}": p for stand, p in self.trajecten.items()}
        return {naam: p for naam, p in {**los, **trajecten}.items() if p is not None}

    @property
    def niets_nieuws(self) -> bool:
        """Whether all of it was shown before."""
        return self.bevroren is not None and self.bevroren.delen.keys() == self.delen.keys()


def geef_vrij(
    registratie: Registratie,
    telling: Registratietelling,
    kengetallen: Kengetallen,
    afronding: int = AFRONDING,
    eerder: Sequence[Eerder] = (),
) -> Vrijgegeven:
    """The tables of :data:`TABELLEN`, the trajecten, actions, escalaties and answers, as far as they may be shown.

    ``eerder``: what the folder shows already (see the module geheugen). As long as fewer than the
    threshold came or went, what was shown then stays, also when all shown numbers would be the same; only a table that
    was not there then is new. Raises InvoerFout for a threshold that is too low, a base of rounding above it,
    households that stand in the folder under other names of teams, and a part of its teams.
    """
    drempel = drempel_van(kengetallen, eerder)
    if not 0 <= afronding <= drempel:
        oorzaak = f"aantallen worden afgerond op 0 (niet) tot en met {nederlands(drempel)}."
        raise InvoerFout([Melding("afronding", afronding, oorzaak, f"Geef bijvoorbeeld {AFRONDING}, zoals het CBS.")])
    genoemd = [set(e.delen["huishoudens"].waarden("team")) for e in eerder]
    telling = replace(telling, per_huishouden=met_teamnamen(telling.per_huishouden, drempel, genoemd))
    soorten = variabelen(registratie, telling.per_huishouden, drempel, None)
    controleer_soort(eerder, soorten["team"].cat.categories, ANDERE_TEAMS)
    aantal = Huishoudental(float(len(soorten)), drempel, afronding)
    nu = {v for t in kies_tabellen(TABELLEN, soorten, sommen_van(soorten), aantal.getoond(None), drempel) for v in t}
    keuze = kies(eerder, soorten, drempel, nu - set(VAN_WIE_ER_IS))
    delen: Delen
    if keuze.bevroren is not None:
        uitleg = f"Minder dan {nederlands(drempel)} huishoudens meer of minder dan in een eerdere publicatie: "
        oud = keuze.bevroren.delen
        huishoudens = replace(oud["huishoudens"], uitleg=uitleg + "de eerdere cijfers blijven staan.")
        delen = {**oud, "huishoudens": huishoudens}
    else:
        controleer_heel(keuze.verwant, soorten, drempel, ANDERE_TEAMS)
        controleer_samengegaan(keuze.verwant, soorten, drempel, ANDERE_TEAMS)
        toen = samen(e.delen["huishoudens"] for e in keuze.verwant)
        volgde = any(_van_gevolgden(e.delen) for e in keuze.verwant)
        delen = {
            "huishoudens": publiceer_huishoudens(registratie, telling, drempel, afronding, toen, keuze.zelfde, volgde)
        }
        controleer_sprekend(eerder, delen["huishoudens"])
    delen = {**_andere(registratie, telling, delen, drempel, afronding, keuze), **delen}
    trajecten = {n.removeprefix(VAN_STAND): p for n, p in delen.items() if n.startswith(VAN_STAND)}
    vast = {n: delen.get(n) for n in ("acties", "escalaties", "kinderen")}
    antwoorden = antwoorden_van(telling, delen["huishoudens"], trajecten, vast["escalaties"], vast["kinderen"])
    return Vrijgegeven(
        huishoudens=delen["huishoudens"],
        trajecten=trajecten,
        **vast,
        antwoorden=antwoorden,
        bevroren=keuze.bevroren,
        verwant=keuze.verwant,
        blijft=tuple(e for e in eerder if e is not keuze.bevroren and (keuze.bevroren or e not in keuze.verwant)),
    )


def drempel_van(kengetallen: Kengetallen, eerder: Sequence[Eerder] = ()) -> float:
    """Below how many a cell is small. Raises InvoerFout for less than the catalogue holds possible (a value of one's
    own would shield nothing), and for less than what was hidden in the folder before was promised."""
    drempel, minst = kengetallen[KLEINE_CEL], kengetallen.zonder_afwijkingen().getallen[KLEINE_CEL].laag
    if minst is not None and drempel < minst:
        oorzaak = f"bij een registratie van huishoudens is de drempel niet minder dan {nederlands(minst)}."
        raise InvoerFout([Melding(KLEINE_CEL, drempel, oorzaak, "Laat het kengetal weg, of geef een hoger getal.")])
    toen = max((e.delen["huishoudens"].drempel for e in eerder), default=drempel)
    if drempel < toen:
        oorzaak = f"de cijfers die al in deze map staan, zijn afgeschermd met een drempel van {nederlands(toen)}."
        raise InvoerFout([Melding(KLEINE_CEL, drempel, oorzaak, "Geef die drempel, of kies een andere map.")])
    return drempel


def _andere(
    registratie: Registratie, telling: Registratietelling, delen: Delen, drempel: float, afronding: int, keuze: Keuze
) -> dict[str, Publicatie]:
    """Every other part that was registered and is not in ``delen`` yet."""
    p = delen["huishoudens"]

    def toen(naam: str) -> Publicatie | None:
        return samen(e.delen[naam] for e in keuze.verwant if naam in e.delen)

    uit: dict[str, Publicatie | None] = {}
    # of whom they are must be in the tables of households, which may be those of before
    volgt = _volgt(p, niet_gevolgd(telling.per_huishouden), drempel)
    if volgt and not any(n.startswith(VAN_STAND) for n in delen) and len(registratie.trajecten):
        uit |= publiceer_trajecten(registratie, telling, p, drempel, afronding, toen, keuze.zelfde)
    if "acties" not in delen and len(registratie.acties):
        uit["acties"] = publiceer_acties(registratie, drempel, afronding, toen("acties"), keuze.zelfde)
    if volgt and "escalaties" not in delen and len(registratie.escalaties):
        uit["escalaties"] = publiceer_escalaties(telling, p, drempel, afronding, toen("escalaties"), keuze.zelfde)
    if "kinderen" not in delen and p.waarden("kinderen"):
        uit["kinderen"] = publiceer_kinderen(telling, p, drempel, afronding, toen("kinderen"), keuze.zelfde)
    return {naam: deel for naam, deel in uit.items() if deel is not None}


def _van_gevolgden(delen: Delen) -> bool:
    """Whether a publication had anything of after the start, so that no table of who was not followed said: a few."""
    later = any(delen["huishoudens"].waarden(f"klasse_{m}") for m in MOMENTEN[1:])
    return later or any(n.startswith(VAN_STAND) or n in ("acties", "escalaties") for n in delen)


def _volgt(p: Publicatie, niet: int, drempel: float) -> bool:
    """Whether what is counted of followed households may be there: they are in the tables, or all but a few are.

    Of about twice the threshold or fewer in all, that it is not there would tell that hardly anyone was followed.
    """
    nu = p.toont()
    getoond = p.historie.get((), (0.0,))[-1] if nu is None else nu
    return bool(p.waarden("gevolgd")) or (niet <= drempel and getoond > 2 * drempel + p.afronding / 2)

"""What a measurement can be made of: a registration, or the filled form of a sample with tables about team and wijken.

Which of the two it is follows from the columns of the files.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mkba.invoer.effectmeting.lezen import lees_registratie
from mkba.invoer.effectmeting.registratie import Registratie, maak_registratie
from mkba.invoer.steekproef import Formulierrij, is_caseload, is_formulier, lees_formulier, niets_ingevuld
from mkba.kern.bestand.bestanden import zoek_bestanden
from mkba.kern.tekst.meldingen import InvoerFout, Melding

BIJ_FORMULIER: Final = ("team", "gebied")
"""Tables that have no household in them, and so may go with a form."""


@dataclass(frozen=True, eq=False)
class Formulier:
    """A filled form. ``antwoorden``: a row per drawn household, of which one at least is filled; ``bestand``: its name;
    ``genegeerd``: columns that were not used, by place; ``registratie``: the tables *team* and *gebied* beside it;
    ``zonder``: questions that the form has no column of."""

    antwoorden: tuple[Formulierrij, ...] = field(repr=False)
    bestand: str
    genegeerd: tuple[str, ...]
    registratie: Registratie
    zonder: tuple[str, ...] = ()

    @property
    def vreemde_teams(self) -> int:
        """How many teams of the form are not in the table *team*, where there is one."""
        team = self.registratie.team
        return len({a.team for a in self.antwoorden} - {"", *team["team"].astype(str)}) if len(team) else 0

    @property
    def ingevuld(self) -> int:
        """Households with an answer to any question."""
        return sum(bool(a.ja_nee or a.aantallen) for a in self.antwoorden)


def lees_meetbron(
    paden: Sequence[Path], *, indeling: str | Path | None = None, koppelsleutel: str | Path | None = None
) -> Registratie | Formulier:
    """The registration or the form in these files and folders. Raises InvoerFout, without any value of a household."""
    bestanden = [b for pad in paden for b in zoek_bestanden(pad) if b.suffix.lower() != ".toml"]
    formulieren = [b for b in bestanden if is_formulier(b)]
    if not formulieren:
        if lijst := next((b for b in bestanden if is_caseload(b)), None):
            oorzaak = "dit is een caseload om een steekproef uit te trekken: er is nog niets gemeten."
            remedie = (
                "Trek met `mkba steekproef` (met --naar) en laat het formulier invullen; geef dan steekproef.xlsx."
            )
            raise InvoerFout([Melding("bestand", lijst.name, oorzaak, remedie, str(lijst))])
        return lees_registratie(paden, indeling=indeling, koppelsleutel=koppelsleutel)
    if len(formulieren) > 1:
        oorzaak = f"er zijn {len(formulieren)} formulieren van een steekproef."
        remedie = (
            "Geef er een: zet de rijen van dezelfde trekking in een bestand; een andere trekking is een ander rapport."
        )
        raise InvoerFout([Melding("formulier", None, oorzaak, remedie, str(formulieren[-1]))])
    if koppelsleutel is not None:
        oorzaak = "een formulier van een steekproef heeft al pseudoniemen: er is niets te koppelen."
        raise InvoerFout([Melding("--koppelsleutel", None, oorzaak, "Laat --koppelsleutel weg.", str(formulieren[0]))])
    (pad,) = formulieren
    antwoorden, genegeerd, zonder = lees_formulier(pad)
    rest = [b for b in bestanden if b != pad]
    erbij = lees_registratie(rest, indeling=indeling, alleen=BIJ_FORMULIER) if rest else maak_registratie({})
    uit = Formulier(tuple(antwoorden), pad.name, tuple(genegeerd), erbij, tuple(zonder))
    if not uit.ingevuld:
        raise InvoerFout([niets_ingevuld(pad)])
    return uit

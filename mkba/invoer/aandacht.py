"""What deserves attention in the answers of a workbook that could be read: formulas, and what nobody sees."""

from collections.abc import Sequence
from typing import Final

from mkba.invoer.aanpakrijen import Antwoordcel
from mkba.invoer.tabel.cellen import Cel
from mkba.kern.tekst.meldingen import Melding, kort, toon_waarde
from mkba.kern.tekst.notatie import nederlands

HOOGSTENS: Final = 5
"""Answers that are named in one message."""


def let_op(antwoorden: Sequence[Antwoordcel], waar: str) -> list[Melding]:
    """One message about all answers that are formulas, and one about those that are hidden."""
    gevuld = [a for a in antwoorden if not a.cel.leeg]
    formules = [a for a in gevuld if a.cel.formule]
    verborgen = [a for a in gevuld if a.cel.verborgen]
    uit: list[Melding] = []
    if formules:
        wat = "dit antwoord is een formule", "deze antwoorden zijn formules"
        gevolg = "gerekend is met wat het bestand als uitkomst bewaart."
        oorzaak = f"{_opsomming(formules)}: {_is_zijn(formules, *wat)}; {gevolg}"
        remedie = "Controleer de uitkomst, of vul in plaats van de formule het getal in."
        uit.append(Melding("formules", _adressen(formules), oorzaak, remedie, waar))
    if verborgen:
        if len(verborgen) == len(gevuld):
            oorzaak = "deze rij is verborgen of weggefilterd, en telt wel mee."
            remedie = "Maak de rij zichtbaar, of verwijder haar als zij niet mee mag tellen."
        else:
            wat = "dit antwoord is verborgen en telt mee", "deze antwoorden zijn verborgen en tellen mee"
            oorzaak = f"{_opsomming(verborgen)}: {_is_zijn(verborgen, *wat)}."
            remedie = "Maak de rijen en kolommen zichtbaar, of maak de cellen leeg."
        uit.append(Melding("verborgen", _adressen(verborgen), oorzaak, remedie, waar))
    return uit


def _is_zijn(antwoorden: Sequence[Antwoordcel], een: str, meer: str) -> str:
    return een if len(antwoorden) == 1 else meer


def _opsomming(antwoorden: Sequence[Antwoordcel]) -> str:
    delen = [f"{a.sleutel} ({a.cel.adres}: {_waarde(a.cel)})" for a in antwoorden[:HOOGSTENS]]
    over = len(antwoorden) - HOOGSTENS
    return ", ".join(delen) + (f" en {over} andere" if over > 0 else "")


def _adressen(antwoorden: Sequence[Antwoordcel]) -> str:
    return kort(", ".join(a.cel.adres for a in antwoorden))


def _waarde(cel: Cel) -> str:
    if isinstance(cel.waarde, bool) or not isinstance(cel.waarde, int | float):
        return toon_waarde(cel.waarde)
    return nederlands(cel.waarde * 100) + "%" if cel.procent else nederlands(cel.waarde)

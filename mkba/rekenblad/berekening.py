"""Sheet berekening: from answers and kengetallen to every line of the ledger, in the order of ``mkba.model.posten``.

Each function mirrors one of the model and says the same in formulas; docs/model.md is the reference in column E. A test
recalculates the sheet in a spreadsheet program and compares every line with the model.
"""

from typing import Final

from mkba.rekenblad import effectmeting
from mkba.rekenblad.antwoorden import antwoorden
from mkba.rekenblad.baten import besparing, effectiviteit, escalatie, immaterieel
from mkba.rekenblad.boek import Blad
from mkba.rekenblad.kosten import caseload, huishoudens, kosten, personeel, zorg
from mkba.rekenblad.rekening import Rekening
from mkba.rekenblad.stappen import Stappen

UITLEG: Final = (
    "De berekening van boven naar beneden. Elke waarde is een formule met namen van cellen: v_ is een antwoord waarmee "
    "wordt gerekend, k_ een kengetal, b_ een stap, en regel_ een regel van het grootboek. Spring naar een naam met F5 "
    "(Ctrl+G); volg de pijlen met Formules > Broncellen aanwijzen. Kolom Model verwijst naar docs/model.md."
)


def vul_berekening(b: Blad, gemeten: bool = False) -> None:
    """The whole sheet, top to bottom; ``gemeten``: with questions 16 to 18, which a knob switches on."""
    b.titel("Berekening", UITLEG, 10)
    r = Rekening(Stappen(b), gemeten)
    antwoorden(r)
    huishoudens(r)
    if gemeten:
        effectmeting.knoppen(r)
    personeel(r)
    kosten(r)
    zorg(r)
    if gemeten:
        effectmeting.meer_trajecten(r)
    besparing(r)
    effectiviteit(r)
    if gemeten:
        effectmeting.minder_trajecten(r)
    escalatie(r)
    if gemeten:
        effectmeting.gebeurtenissen(r)
    immaterieel(r)
    caseload(r)
    b.klaar("F4", "1:1", "375623")

"""What a reader calls an input that is drawn."""

from collections.abc import Sequence

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.velden import VELDEN, VRAGEN


def invoernamen(sleutels: Sequence[str], kengetallen: Kengetallen) -> list[str]:
    """What a reader calls these drawn inputs."""
    return [invoernaam(s, kengetallen) for s in sleutels]


def invoernaam(sleutel: str, kengetallen: Kengetallen) -> str:
    """What a reader calls a drawn input: the question and its label, or the kengetal with its unit.

    Inputs that hang together have one name (``a+b``, see ``analyse.invloed``).
    """
    if "+" in sleutel:
        delen = sleutel.split("+")
        vragen = {VELDEN[s].vraag if s in VELDEN else 0 for s in delen}
        if len(vragen) == 1 and (vraag := vragen.pop()):
            return f"{vraag}. {VRAGEN[vraag]}, de {len(delen)} antwoorden samen"
        return f"{' en '.join(invoernaam(s, kengetallen) for s in delen)}, samen"
    if (veld := VELDEN.get(sleutel)) is not None:
        return f"{veld.vraag}. {veld.label}"
    kengetal = kengetallen.getallen[sleutel]
    return f"{kengetal.kort or kengetal.omschrijving} ({kengetal.eenheid})"

"""What a reader calls a question of an effectmeting."""

from typing import Final

from mkba.kern.woorden.velden import VELDEN, VRAGEN

_EIGEN: Final = {
    "trajecten_start": "Trajecten bij de start, per huishouden",
    "trajecten_toegevoegd": "Trajecten toegevoegd, per huishouden",
    "trajecten_geschrapt": "Trajecten geschrapt, per huishouden",
    "alles": "Alle vragen samen",
}


def vraagnaam(sleutel: str) -> str:
    """The question with its number and label; of several fields together the question or the group."""
    if sleutel in VELDEN:
        veld = VELDEN[sleutel]
        return f"{veld.vraag}. {veld.label}" if veld.vraag else veld.label
    if (leden := [s for s in VELDEN if s.startswith(f"{sleutel}.")]) and sleutel not in _EIGEN:
        vraag = VELDEN[leden[0]].vraag
        eigen = VELDEN[leden[0]].label.partition(": ")[0]
        return f"{vraag}. {VRAGEN[vraag]}" + (f": {eigen}" if sleutel.count(".") else "")
    return _EIGEN.get(sleutel, sleutel)

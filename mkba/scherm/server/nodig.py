"""What the screen needs beside the kit itself, and what to say when it is not there."""

import importlib.util
from typing import Final

from mkba.kern.tekst.meldingen import InvoerFout, Melding

INSTALLEER: Final = (
    'Installeer het met: pip install "mkba[scherm]" (in deze map: pip install -e ".[scherm]", of make scherm).'
)


def controleer(*namen: str) -> None:
    """Raises InvoerFout, with what to do, when one of these libraries is not installed."""
    mist = [naam for naam in namen if importlib.util.find_spec(naam) is None]
    if mist:
        oorzaak = "dit is niet geïnstalleerd, en het invoerscherm heeft het nodig."
        raise InvoerFout([Melding("scherm", ", ".join(mist), oorzaak, INSTALLEER)])

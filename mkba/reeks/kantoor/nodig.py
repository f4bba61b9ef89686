"""Whether the documents that are asked for can be made here, and with these templates; said before anything is made."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final

from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.huisstijl import Huisstijl

_PAKKETTEN: Final = {"word": ("docx", "python-docx"), "powerpoint": ("pptx", "python-pptx")}
"""What makes which format: its name to import, and its name to install."""


def controleer(formaten: Sequence[str], stijl: Huisstijl, map_: str) -> None:
    """Raises InvoerFout when a package is missing or a template has not what a document needs."""
    meldingen = [
        Melding(
            "--formaten", formaat, f"het pakket {pakket} is niet geïnstalleerd.", 'Draai `pip install "mkba[kantoor]"`.'
        )
        for formaat, (module, pakket) in _PAKKETTEN.items()
        if formaat in formaten and find_spec(module) is None
    ]
    if not meldingen and (stijl.word or stijl.powerpoint) and all(find_spec(m) for m, _ in _PAKKETTEN.values()):
        from mkba.reeks.kantoor.sjablonen import controleer_powerpoint, controleer_word

        meldingen += controleer_word(stijl.word, f"{map_}: word") if stijl.word else []
        meldingen += controleer_powerpoint(stijl.powerpoint, f"{map_}: powerpoint") if stijl.powerpoint else []
    if meldingen:
        raise InvoerFout(meldingen)

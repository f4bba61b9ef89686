"""What documents and slides share: text that XML can hold, fields of a word processor, a package with fixed times."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any, Final

from mkba.kern.bestand.zip import vul
from mkba.reeks.pagina.pdf.basis import moment_van

_GEEN_TEKEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no sign of a text in XML."""
TEKEN: Final = re.compile(r"(?<![^\s(/\u2013])-(?=\d)")
"""The sign of a number: no line may break between the two, which word processors do after any hyphen."""
_HEEL_TEKEN: Final = "\u2011"
"""The hyphen that does not break: drawn as the plain one, and read back as one (kern/tekst/notatie)."""
EMU_PER_PUNT: Final = 12700
"""The unit of length of these formats."""
EMU_PER_INCH: Final = 914400


def xml_tekst(tekst: str) -> str:
    """A text without the signs that no XML can hold; a word processor shows nothing for them either."""
    return _GEEN_TEKEN.sub("", tekst.replace("\r\n", "\n").replace("\r", "\n"))


def dia_tekst(tekst: str) -> str:
    """The same text on a slide, which has no element for a sign that stays with its number, only a letter."""
    return TEKEN.sub(_HEEL_TEKEN, xml_tekst(tekst))


def vast_pakket(inhoud: bytes) -> bytes:
    """The same package with fixed times, so that the same report gives the same bytes."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
        vul(uit, [(naam, pakket.read(naam)) for naam in pakket.namelist()])
    return uit.getvalue()


def eigenschappen(kenmerken: Any, titel: str, maker: str, html: str) -> None:
    """Title, maker and moment of a document: the moment of its page, not of the clock."""
    moment: datetime = moment_van(html).replace(tzinfo=None)
    kenmerken.title, kenmerken.author, kenmerken.last_modified_by = xml_tekst(titel)[:255], xml_tekst(maker)[:255], ""
    kenmerken.created = kenmerken.modified = moment
    kenmerken.language, kenmerken.revision = "nl-NL", 1
    kenmerken.comments = kenmerken.keywords = kenmerken.subject = ""


def knoop(ouder: Any, naam: str, **kenmerken: str) -> Any:
    """A new last child with a qualified name ("w:p"); attributes are qualified by the same prefix."""
    voor, _, kort = naam.partition(":")
    ruimte = RUIMTEN[voor]
    kind = ouder.makeelement(f"{{{ruimte}}}{kort}", {f"{{{ruimte}}}{k}": w for k, w in kenmerken.items()})
    ouder.append(kind)
    return kind


RUIMTEN: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}

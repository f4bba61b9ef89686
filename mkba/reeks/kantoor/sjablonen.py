"""What a template of a bureau must have, checked before anything is made, and what is taken of it."""

import io
from typing import Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from mkba.invoer.sjabloonpakket import SJABLOON_VAN_WORD
from mkba.kern.tekst.meldingen import InvoerFout, Melding

WORDSTIJLEN: Final = ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet")
"""The styles of paragraphs that a document uses, by the name that every language of Word keeps in the file."""
_IN_WORD: Final = {
    "Title": "Titel",
    "Subtitle": "Ondertitel",
    "Heading 1": "Kop 1",
    "Heading 2": "Kop 2",
    "Heading 3": "Kop 3",
    "Caption": "Bijschrift",
    "List Bullet": "Lijst opsom.teken",
}
_TITELS: Final = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_VOET: Final = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


def controleer_word(inhoud: bytes, bestand: str) -> list[Melding]:
    """What is wrong with a template for a document."""
    try:
        stijlen = Document(io.BytesIO(inhoud)).styles
        namen = {stijl.name for stijl in stijlen if stijl.type == WD_STYLE_TYPE.PARAGRAPH}
    except Exception:  # python-docx raises whatever the damage makes of it
        return [_geen("Word-document (.docx)", bestand)]
    mist = [f"{naam} ({_IN_WORD[naam]})" for naam in WORDSTIJLEN if naam not in namen]
    if not mist:
        return []
    oorzaak = f"dit sjabloon mist de stijlen {', '.join(mist)}."
    remedie = "Gebruik elke stijl een keer in Word en bewaar het sjabloon, of laat het sjabloon weg."
    return [Melding("word", bestand, oorzaak, remedie, bestand)]


def controleer_powerpoint(inhoud: bytes, bestand: str) -> list[Melding]:
    """What is wrong with a template for slides."""
    try:
        deck = Presentation(io.BytesIO(inhoud))
        titeldia(deck)
    except InvoerFout as fout:
        return [m.in_bestand(bestand) for m in fout.meldingen]
    except Exception:  # python-pptx raises whatever the damage makes of it
        return [_geen("PowerPoint-bestand (.pptx)", bestand)]
    return []


def titeldia(deck: Any) -> tuple[Any, Any]:
    """The layouts for the title and for everything else: with a subtitle, and with a title and as little as can be.

    Raises InvoerFout when there are none.
    """
    indelingen = [(blad, {v.placeholder_format.type for v in blad.placeholders}) for blad in deck.slide_layouts]
    voor = next((blad for blad, soorten in indelingen if PP_PLACEHOLDER.SUBTITLE in soorten and _titel(soorten)), None)
    kaal = [(len(soorten - {*_TITELS, *_VOET}), nr, blad) for nr, (blad, soorten) in enumerate(indelingen) if
            PP_PLACEHOLDER.TITLE in soorten]  # fmt: skip
    if voor is None or not kaal or min(kaal)[0]:
        mist = "een titeldia (titel en ondertitel)" if voor is None else "een indeling met alleen een titel"
        remedie = "Voeg die indeling toe in het diamodel, of laat het sjabloon weg."
        raise InvoerFout([Melding("powerpoint", "indelingen", f"dit sjabloon mist {mist}.", remedie)])
    return voor, min(kaal)[2]


def _titel(soorten: set[Any]) -> bool:
    return bool(soorten & set(_TITELS))


def zonder_afkomst(doc: Any) -> None:
    """Take out with which template, in which folder of whom, a document of the bureau was once made."""
    element = doc.settings.element
    for verwijzing in element.findall(qn(f"w:{SJABLOON_VAN_WORD}")):
        element.remove(verwijzing)
    relaties = doc.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    for nummer, relatie in list(relaties.items()):
        if relatie.reltype.endswith(f"/{SJABLOON_VAN_WORD}"):
            del relaties[nummer]


def zonder_dias(deck: Any) -> None:
    """Take the slides out of a template; what only they used goes with them."""
    lijst = deck.slides._sldIdLst
    for dia in list(lijst):
        deck.part.drop_rel(dia.rId)
        lijst.remove(dia)


def _geen(wat: str, bestand: str) -> Melding:
    return Melding("bestand", bestand, f"dit is geen leesbaar {wat}.", "Bewaar het opnieuw in die vorm.", bestand)

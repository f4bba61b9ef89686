"""What a template for Word or PowerPoint may not hold: it comes back in every document that is made with it.

Looked at before anything opens it: its size outside its zip, its macros, and whatever a document would fetch from
another file or address on the machine of who opens it.
"""

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Final
from xml.etree import ElementTree

from mkba.kern.bestand.bestanden import ZIP_BEGIN

MAXIMUM_UITGEPAKT: Final = 200_000_000
"""Bytes outside the zip, and parts in it: choices, far above a template with pictures."""
MAXIMUM_DELEN: Final = 5_000
SJABLOON_VAN_WORD: Final = "attachedTemplate"
"""The relation to the template that a document was once made with; who makes the document leaves it out."""
_GEWONE_LINKS: Final = ("http:", "https:", "mailto:", "#")
_ACTIEF: Final = re.compile(r"vbaproject|vbadata|activex|\.(?:exe|dll|js|vbs|ps1|bat|cmd|jar)$", re.IGNORECASE)
_HALENDE_VELDEN: Final = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|RD|DATABASE|MACROBUTTON)\b")
_OPSCHONEN: Final = "Maak het sjabloon opnieuw vanuit een leeg document, of laat het weg."


def onveilig(inhoud: bytes) -> tuple[str, str] | None:
    """What is wrong with a template, and what to do; None when it may be used."""
    if not inhoud.startswith(ZIP_BEGIN):
        return None  # who opens it says that it is no document
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            return _pakket(pakket)
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        UnicodeDecodeError,
        OSError,
        ValueError,
        RuntimeError,
        KeyError,
    ):
        return "dit sjabloon is beschadigd.", "Open het in Word of PowerPoint en bewaar het opnieuw."
    except (NotImplementedError, EOFError, MemoryError, RecursionError):
        return "dit sjabloon is niet te lezen.", "Open het in Word of PowerPoint en bewaar het opnieuw."


def _pakket(pakket: zipfile.ZipFile) -> tuple[str, str] | None:
    delen = pakket.infolist()
    if len(delen) > MAXIMUM_DELEN or sum(deel.file_size for deel in delen) > MAXIMUM_UITGEPAKT:
        return f"dit sjabloon is uitgepakt groter dan {MAXIMUM_UITGEPAKT // 10**6} MB.", "Haal er grote beelden uit."
    for deel in delen:
        if _ACTIEF.search(deel.filename):
            return f"dit sjabloon bevat een macro of programma ({PurePosixPath(deel.filename).name}).", _OPSCHONEN
        if not deel.filename.lower().endswith((".xml", ".rels")):
            continue
        xml = pakket.read(deel)
        if "<!DOCTYPE" in (tekst := xml.decode("utf-8-sig")) or "<!ENTITY" in tekst:
            return "dit sjabloon bevat XML-entiteiten.", _OPSCHONEN
        if "macroEnabled" in tekst and deel.filename == "[Content_Types].xml":
            return "dit sjabloon is bewaard met macro's.", "Bewaar het als .docx of .pptx, zonder macro's."
        gevonden = _buiten(tekst) if deel.filename.endswith(".rels") else _veld(tekst)
        if gevonden:
            return gevonden
    return None


def _buiten(tekst: str) -> tuple[str, str] | None:
    """A relation by which a document would read another file or address when it is opened."""
    for relatie in ElementTree.fromstring(tekst):
        soort, doel = relatie.get("Type", "").rpartition("/")[2], relatie.get("Target", "")
        if relatie.get("TargetMode") != "External" or soort == SJABLOON_VAN_WORD:
            continue
        if soort != "hyperlink":
            oorzaak = f"dit sjabloon haalt bij openen iets van een andere plek ({soort})."
            return oorzaak, "Zet het beeld in het sjabloon zelf (in Word: Koppelingen bewerken, Koppeling verbreken)."
        if not doel.casefold().startswith(_GEWONE_LINKS):
            return "een koppeling in dit sjabloon wijst naar een bestand.", "Verwijder die koppeling uit het sjabloon."
    return None


def _veld(tekst: str) -> tuple[str, str] | None:
    """A field of Word that reads another file or starts something; it may be cut in pieces."""
    if "instr" not in tekst:
        return None
    boom = ElementTree.fromstring(tekst)
    stukken = [e.text or "" for e in boom.iter() if e.tag.endswith("}instrText")]
    heel = [w for e in boom.iter() for k, w in e.attrib.items() if k.endswith("}instr")]
    for veld in ("".join(stukken).upper(), *(h.upper() for h in heel)):
        if treffer := _HALENDE_VELDEN.search(veld):
            return f"dit sjabloon bevat een veld dat iets van buiten haalt ({treffer[1]}).", _OPSCHONEN
    return None

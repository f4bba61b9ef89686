"""Read words of one's own: a ``tekst.toml`` beside the table, or columns in it.

A text is known by its place: ``tekst.voorwoord``, ``tekst.conclusie``, ``bron.<veld>``, ``opmerking.<veld>``. In TOML
those of all reports stand at the top, and those of one below ``[aanpak."<naam>"]``; what is nearer goes first.
"""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mkba.kern.bestand.paden import uitgeschreven
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.tekst.lijkt import kies_uit
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.namen import zonder_gedeeld
from mkba.kern.tekst.notatie import toon_veld
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND, bevat_bsn
from mkba.kern.tekst.schrift import noem_teken, vergelijkbaar
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.eigen_woorden import MAXIMUM_EIGEN, PER_VELD, PLEKKEN, Antwoordwoorden, EigenWoorden

_TEKST: Final = "tekst"
_PLEKKEN: Final = tuple(f"{_TEKST}.{plek}" for plek in PLEKKEN)
_GEEN_EIGEN: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd")
"""Signs that turn the order of what follows, and the one that stands for a letter that was lost."""
Woorden = Mapping[str, str]
"""Texts by their place."""


def is_woordplek(sleutel: str) -> bool:
    """Whether a key begins like the place of a text of one's own; it may still be one that does not exist."""
    return sleutel.partition(".")[0] in (_TEKST, *PER_VELD) and "." in sleutel


def onbekende_plek(sleutel: str, waarde: object) -> Melding | None:
    """What is wrong with the place of a text, None when it exists."""
    groep, _, rest = sleutel.partition(".")
    if sleutel in _PLEKKEN or (groep in PER_VELD and rest in ALLE_VELDEN):
        return None
    if groep in PER_VELD:
        lijkt = difflib.get_close_matches(rest[:100], ALLE_VELDEN, n=1)
        bedoelt = f"Bedoelt u {groep}.{lijkt[0]}?" if lijkt else "Zie `mkba sjabloon` voor de velden."
        return Melding(sleutel, waarde, "deze plek bestaat niet: dit is geen veld van een aanpak.", bedoelt)
    keus = (*_PLEKKEN, *(f"{soort}.<veld>" for soort in PER_VELD))
    return Melding(sleutel, waarde, "deze plek voor tekst bestaat niet.", kies_uit(sleutel[:100], keus))


def schone_woorden(waarde: object) -> str:
    """A text as it may stand in a report. Raises FouteWaarde."""
    if not isinstance(waarde, str):
        raise FouteWaarde("dit is geen tekst.", "Zet de tekst tussen aanhalingstekens.")
    tekst = unicodedata.normalize("NFC", waarde.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(tekst) > MAXIMUM_EIGEN:
        raise FouteWaarde(f"deze tekst is langer dan {MAXIMUM_EIGEN} tekens.", "Kort de tekst in.")
    for teken in tekst:
        if teken in _GEEN_EIGEN or (teken not in "\n\t" and unicodedata.category(teken) in ("Cc", "Cs")):
            raise FouteWaarde(f"hier staat een teken dat geen tekst is ({noem_teken(teken)}).", "Typ de tekst opnieuw.")
    if bevat_bsn(tekst):
        raise FouteWaarde(
            "de tekst bevat een geldig bsn (elfproef).", "Haal het weg; persoonsgegevens horen hier niet."
        )
    return tekst


def lees_woord(sleutel: str, waarde: object, waar: str) -> tuple[str, list[Melding]]:
    """The text at a place and what is wrong with it."""
    try:
        return schone_woorden(waarde), []
    except FouteWaarde as fout:
        getoond = NIET_GETOOND if isinstance(waarde, str) and bevat_bsn(waarde) else waarde
        return "", [Melding(sleutel, getoond, fout.oorzaak, fout.remedie, waar)]


@dataclass(frozen=True)
class Tekstbestand:
    """The texts of a TOML file: of all reports, and by the name of an aanpak."""

    bestand: str
    algemeen: Woorden
    per_aanpak: Mapping[str, Woorden]


def lees_tekst(pad: str | Path) -> Tekstbestand:
    """A ``tekst.toml``. Raises InvoerFout with all that is wrong."""
    bestand = uitgeschreven(str(pad))
    if not bestand.is_file():
        raise InvoerFout(
            [Melding("--tekst", str(pad), "dit bestand is er niet.", "Geef een TOML-bestand met teksten.")]
        )
    gegeven = lees_toml(bestand)
    waar = str(bestand)
    eigen = gegeven.pop("aanpak", {})
    algemeen, meldingen = _plat(gegeven, waar)
    per_aanpak: dict[str, Woorden] = {}
    if not isinstance(eigen, Mapping) or not all(isinstance(deel, Mapping) for deel in eigen.values()):
        remedie = 'Schrijf [aanpak."Naam van de aanpak"] met daaronder de teksten.'
        meldingen.append(Melding("aanpak", None, "dit is geen tabel per aanpak.", remedie, waar))
    else:
        for naam, deel in eigen.items():
            per_aanpak[naam], fout = _plat(deel, f"{waar}, aanpak {naam}")
            meldingen += fout
    if meldingen:
        raise InvoerFout(meldingen)
    return Tekstbestand(waar, algemeen, per_aanpak)


def _plat(gegeven: Mapping[str, Any], waar: str) -> tuple[dict[str, str], list[Melding]]:
    uit: dict[str, str] = {}
    meldingen: list[Melding] = []
    for sleutel, waarde in _bladeren(gegeven):
        plek = f"{_TEKST}.{sleutel}" if sleutel in PLEKKEN else sleutel
        if (fout := onbekende_plek(plek, waarde)) is not None:
            meldingen.append(fout.in_bestand(waar))
            continue
        tekst, fouten = lees_woord(plek, waarde, waar)
        meldingen += fouten
        if tekst:
            uit[plek] = tekst
    return uit, meldingen


def _bladeren(boom: Mapping[str, Any], voor: str = "") -> Iterable[tuple[str, Any]]:
    for sleutel, waarde in boom.items():
        if isinstance(waarde, Mapping) and voor.count(".") < 3:
            yield from _bladeren(waarde, f"{voor}{sleutel}.")
        else:
            yield f"{voor}{sleutel}", waarde


def bij_aanpakken(aanpakken: Sequence[tuple[Aanpak, Woorden]], tekst: Tekstbestand | None = None) -> list[EigenWoorden]:
    """The words at each aanpak: of its row, else of its name in the file, else of the file for all.

    Raises InvoerFout for a name in the file that no aanpak has.
    """
    per_naam = {vergelijkbaar(naam): woorden for naam, woorden in (tekst.per_aanpak if tekst else {}).items()}
    bekend = {vergelijkbaar(aanpak.naam) for aanpak, _ in aanpakken}
    if tekst and (vreemd := [naam for naam in tekst.per_aanpak if vergelijkbaar(naam) not in bekend]):
        namen = [aanpak.naam for aanpak, _ in aanpakken]
        raise InvoerFout([_geen_aanpak(naam, namen, tekst.bestand) for naam in vreemd])
    return [
        maak_woorden(
            aanpak, {**(tekst.algemeen if tekst else {}), **per_naam.get(vergelijkbaar(aanpak.naam), {}), **eigen}
        )
        for aanpak, eigen in aanpakken
    ]


def _geen_aanpak(naam: str, namen: Sequence[str], bestand: str) -> Melding:
    lijkt = difflib.get_close_matches(naam[:100], namen, n=1) or namen[:1]
    remedie = f"Bedoelt u {lijkt[0]!r}? Schrijf de naam zoals in de invoer."
    return Melding("aanpak", naam, "geen aanpak in de invoer heeft deze naam.", remedie, bestand)


def maak_woorden(aanpak: Aanpak, woorden: Woorden) -> EigenWoorden:
    """The texts of one aanpak, those about an answer beside that answer and in the order of the questions."""
    plat = aanpak.alles()
    rijen = [
        Antwoordwoorden(
            f"{veld.vraag}. {veld.label}" if veld.vraag else veld.label,
            toon_veld(veld, plat.get(sleutel)),
            woorden.get(f"bron.{sleutel}", ""),
            woorden.get(f"opmerking.{sleutel}", ""),
        )
        for sleutel, veld in ALLE_VELDEN.items()
        if any(f"{soort}.{sleutel}" in woorden for soort in PER_VELD)
    ]
    return EigenWoorden(woorden.get("tekst.voorwoord", ""), woorden.get("tekst.conclusie", ""), tuple(rijen))


def samen(namen: Sequence[str], woorden: Sequence[EigenWoorden], tekst: Tekstbestand | None = None) -> EigenWoorden:
    """The words of a report over all aanpakken: what the file says for all, then what is said of one, after its name.

    ``woorden``: of each aanpak in the order of ``namen``, as :func:`bij_aanpakken` gives them.
    """
    algemeen = tekst.algemeen if tekst else {}
    korte = zonder_gedeeld(namen)[1]
    heel = {}
    for plek in PLEKKEN:
        voor_alle = algemeen.get(f"tekst.{plek}", "")
        eigen = [(naam, getattr(w, plek)) for naam, w in zip(korte, woorden, strict=True)]
        delen = [
            voor_alle,
            *(f"{naam}: {eigen_tekst}" for naam, eigen_tekst in eigen if eigen_tekst not in ("", voor_alle)),
        ]
        heel[plek] = "\n\n".join(filter(None, delen))
    antwoorden = tuple(
        replace(a, label=f"{naam}, {a.label}") for naam, w in zip(korte, woorden, strict=True) for a in w.antwoorden
    )
    return EigenWoorden(**heel, antwoorden=antwoorden)

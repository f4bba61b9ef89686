"""Read a workbook of one aanpak, as ``mkba werkboek`` wrote it and a spreadsheet program saved it again.

Only the answers are taken; everything else on the sheets is formulas. Kengetallen are compared with those of the
command: a changed one is never silently ignored.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from mkba.invoer import invoerblad as indeling
from mkba.invoer.aanpak import Aanpak
from mkba.invoer.bestanden import weiger
from mkba.invoer.controle import onbekend_veld
from mkba.invoer.fouten import FouteWaarde, InvoerFout, Melding
from mkba.invoer.getal import lees_getal, nederlands
from mkba.invoer.invoerblad import BLAD_KENGETALLEN, KOLOM_ANTWOORD, KOLOM_SLEUTEL
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.rijen import Antwoord, Cel, Rij, lees_antwoorden
from mkba.invoer.schrift import MAXIMUM_TEKST
from mkba.invoer.werkmap import beschadigd, eerste_rijen, laad_boeken, lees_blad_van, open_werkmap

MAXIMUM_RIJEN: Final = 5_000
"""Rows of a sheet that are looked at: ten times what is written."""
_OPNIEUW: Final = "Maak het werkboek opnieuw met `mkba werkboek`, of neem de antwoorden over in een nieuw werkboek."
_KOLOMMEN: Final = "CDE"


def zoek_merk(boeken: tuple[Any, Any]) -> str | None:
    """The name of the sheet with answers when this is a workbook of one aanpak, wherever it was moved to."""
    for naam, rij in eerste_rijen(boeken).items():
        if any(isinstance(w, str) and w.startswith(indeling.MERK) for w in rij):
            return naam
    return None


def lees_werkboek(
    boeken: tuple[Any, Any], blad: str, pad: Path, kengetallen: Kengetallen
) -> tuple[Aanpak, tuple[Melding, ...]]:
    """The aanpak in a workbook and what deserves attention. Raises InvoerFout, also for a changed kengetal."""
    rijen = list(islice(lees_blad_van(boeken, blad), MAXIMUM_RIJEN))
    _controleer_indeling(rijen[0], pad, blad)
    fouten: list[Melding] = []
    antwoorden = _antwoorden(rijen, f"{pad}, blad {blad}", fouten)
    aanpak = None
    if not fouten:
        try:
            aanpak = lees_antwoorden(antwoorden, f"{pad}, blad {blad}", kengetallen)
        except InvoerFout as fout:
            fouten += [_bij_groep(melding, antwoorden) for melding in fout.meldingen]
    gewijzigd, meldingen = _vergelijk(_kengetalrijen(boeken, pad, kengetallen.regelset), pad, kengetallen)
    fouten += gewijzigd
    if fouten or aanpak is None:
        raise InvoerFout(fouten)
    return aanpak, tuple(meldingen)


def _controleer_indeling(kop: Rij, pad: Path, blad: str) -> None:
    merk = kop.cel(KOLOM_SLEUTEL - 1).waarde
    if kop.nummer != 1 or not isinstance(merk, str) or not merk.startswith(indeling.MERK):
        weiger(pad, f"de kolommen van blad {blad} staan niet meer op hun plaats.", _OPNIEUW)
    if merk.split()[-1] != str(indeling.VERSIE):
        weiger(pad, f"dit werkboek heeft een andere vorm ({merk}).", "Lees het met de versie van mkba die het maakte.")


def _antwoorden(rijen: list[Rij], waar: str, fouten: list[Melding]) -> list[Antwoord]:
    """The cells with answers, in the order of the invoerscherm; what is wrong with the rows goes to ``fouten``."""
    patronen = indeling.patronen()
    gevonden: dict[str, Antwoord] = {}
    for rij in rijen[1:]:
        patroon = rij.cel(KOLOM_SLEUTEL - 1).waarde
        cellen = [rij.cel(KOLOM_ANTWOORD - 1 + i) for i in range(len(_KOLOMMEN))]
        plaatsen = [f"{waar} ({kolom}{rij.nummer})" for kolom in _KOLOMMEN]
        if not isinstance(patroon, str) or patroon.strip() in ("", indeling.KOP_SLEUTEL):
            continue
        sleutels = patronen.get(patroon.strip())
        if sleutels is None:
            fouten.append(onbekend_veld(patroon, patroon).in_bestand(f"{waar} (K{rij.nummer})"))
            continue
        if sleutels[0] in gevonden:
            oorzaak = "deze regel staat er twee keer."
            fouten.append(Melding(patroon, patroon, oorzaak, "Verwijder er een.", f"{waar} (K{rij.nummer})"))
        for plaats, cel in list(zip(plaatsen, cellen, strict=True))[len(sleutels) :]:
            if not cel.leeg:
                oorzaak = "hier hoort geen antwoord; dit getal zou niet meetellen."
                fouten.append(Melding(patroon, cel.waarde, oorzaak, "Maak de cel leeg.", plaats))
        for sleutel, cel, plaats in zip(sleutels, cellen, plaatsen, strict=False):
            gevonden[sleutel] = Antwoord(sleutel, cel, plaats)
    for patroon, sleutels in patronen.items():
        if sleutels[0] not in gevonden:
            fouten.append(Melding(patroon, None, "de regel met deze sleutel in kolom K ontbreekt.", _OPNIEUW, waar))
    return [gevonden[s] for sleutels in patronen.values() for s in sleutels if s in gevonden]


def _bij_groep(melding: Melding, antwoorden: list[Antwoord]) -> Melding:
    """What is said of a group of answers (a sum of shares) belongs to its first cell."""
    leden = [a.waar for a in antwoorden if a.sleutel.startswith(f"{melding.veld}.")]
    return melding.in_bestand(leden[0]) if leden else melding


@dataclass(frozen=True)
class _Kengetalrij:
    """A row of sheet kengetallen: the value, that of the rule set when it was written, the user's own source."""

    pad: str
    waarde: float
    catalogus: float
    bron: str
    cel: str


def _kengetalrijen(boeken: tuple[Any, Any], pad: Path, regelset: str) -> list[_Kengetalrij]:
    """All rows with a key. Raises InvoerFout for another rule set, a sheet that is gone, or what is no number."""
    if BLAD_KENGETALLEN not in boeken[0].sheetnames:
        weiger(pad, f"het blad {BLAD_KENGETALLEN} ontbreekt; daarmee rekende dit werkboek.", _OPNIEUW)
    rijen = list(islice(lees_blad_van(boeken, BLAD_KENGETALLEN), MAXIMUM_RIJEN))
    merk = rijen[0].cel(KOLOM_SLEUTEL - 1).waarde
    if merk != indeling.REGELSET + regelset:
        anders = str(merk).removeprefix(indeling.REGELSET)
        waar = f"{pad}, blad {BLAD_KENGETALLEN} (K1)"
        oorzaak = f"dit werkboek rekent met een andere regelset dan {regelset}."
        raise InvoerFout([Melding("regelset", anders, oorzaak, f"Geef --regelset {anders}.", waar)])
    uit: list[_Kengetalrij] = []
    fouten: list[Melding] = []
    for rij in rijen[1:]:
        sleutel = rij.cel(KOLOM_SLEUTEL - 1).waarde
        if not isinstance(sleutel, str) or "." not in sleutel:
            continue
        cel = f"B{rij.nummer}"
        try:
            waarde, catalogus = (_getal(rij.cel(k - 1)) for k in (indeling.KOLOM_WAARDE, indeling.KOLOM_CATALOGUS))
        except FouteWaarde as fout:
            inhoud_cel = rij.cel(indeling.KOLOM_WAARDE - 1).waarde
            waar = f"{pad}, blad {BLAD_KENGETALLEN} ({cel})"
            fouten.append(Melding(sleutel, inhoud_cel, fout.oorzaak, fout.remedie, waar))
            continue
        bron = rij.cel(indeling.KOLOM_EIGEN_BRON - 1).waarde
        if isinstance(bron, str) and len(bron) > MAXIMUM_TEKST:
            oorzaak = f"de bron is langer dan {MAXIMUM_TEKST} tekens."
            waar = f"{pad}, blad {BLAD_KENGETALLEN} (rij {rij.nummer})"
            fouten.append(Melding(f"{sleutel}: bron", bron, oorzaak, "Kort de tekst in.", waar))
            continue
        uit.append(_Kengetalrij(sleutel.strip(), waarde, catalogus, _tekst(bron), cel))
    if fouten:
        raise InvoerFout(fouten)
    return uit


def _getal(cel: Cel) -> float:
    if cel.fout is not None:
        raise cel.fout
    if isinstance(cel.waarde, str):
        return lees_getal(cel.waarde, "decimaal")
    if isinstance(cel.waarde, bool) or not isinstance(cel.waarde, int | float) or not math.isfinite(cel.waarde):
        raise FouteWaarde("hier hoort een getal te staan.", "Zet de waarde uit kolom D terug, of geef een eigen getal.")
    return float(cel.waarde)


def _tekst(waarde: object) -> str:
    tekst = " ".join(str(waarde).split()) if waarde is not None else ""
    return "".join(teken if teken.isprintable() else "?" for teken in tekst)


def _gelijk(een: float, ander: float) -> bool:
    # spreadsheet programs store 15 to 17 digits
    return math.isclose(een, ander, rel_tol=1e-12, abs_tol=1e-15)


def _vergelijk(rijen: list[_Kengetalrij], pad: Path, kengetallen: Kengetallen) -> tuple[list[Melding], list[Melding]]:
    """What makes the workbook unreadable, and what is only said: the kengetallen that differ from the command's."""
    fouten: list[Melding] = []
    anders: list[str] = []
    bekend = set(indeling.kengetalpaden())
    for rij in rijen:
        if rij.pad not in bekend or _gelijk(rij.waarde, kengetallen[rij.pad]):
            continue
        hier = nederlands(kengetallen[rij.pad])
        if _gelijk(rij.waarde, rij.catalogus):
            anders.append(f"{rij.pad} ({nederlands(rij.waarde)}, nu {hier})")
            continue
        fouten.append(
            Melding(
                rij.pad,
                nederlands(rij.waarde),
                f"dit kengetal is in het werkboek veranderd; deze opdracht rekent met {hier}.",
                f"Reken met de kengetallen van het werkboek (--kengetallen {pad.name}), of zet {hier} terug.",
                f"{pad}, blad {BLAD_KENGETALLEN} ({rij.cel})",
            )
        )
    if not anders:
        return fouten, []
    meer = f" en {len(anders) - 3} andere" if len(anders) > 3 else ""
    oorzaak = f"het werkboek rekent met andere kengetallen dan deze opdracht: {', '.join(anders[:3])}{meer}."
    remedie = "Maak het werkboek opnieuw met `mkba werkboek`, dan zijn de bedragen gelijk."
    return fouten, [Melding("kengetallen", len(anders), oorzaak, remedie, f"{pad}, blad {BLAD_KENGETALLEN}")]


def lees_kengetalcellen(
    pad: Path, regelset: str, catalogus: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, str]]:
    """The kengetallen of a workbook that differ from ``catalogus`` (a rule set), and the user's sources, by key.

    Raises InvoerFout, also for an xlsx that is no workbook of one aanpak.
    """
    inhoud, formules = open_werkmap(pad)
    with beschadigd(pad):
        boeken = laad_boeken(inhoud, formules)
        if zoek_merk(boeken) is None:
            weiger(pad, "dit is geen werkboek van `mkba werkboek`.", "Geef zo'n werkboek, of een TOML met kengetallen.")
        rijen = _kengetalrijen(boeken, pad, regelset)
    return dict(_afwijkend(rijen, catalogus)), {r.pad: r.bron for r in rijen if r.bron}


def _afwijkend(rijen: list[_Kengetalrij], catalogus: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    bekend = set(indeling.kengetalpaden())
    for rij in rijen:
        if rij.pad not in bekend or not _gelijk(rij.waarde, catalogus[rij.pad]):
            yield rij.pad, rij.waarde

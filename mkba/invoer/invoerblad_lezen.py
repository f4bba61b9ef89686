"""Read a workbook of one aanpak, as ``mkba werkboek`` wrote it and a spreadsheet program saved it again.

Only the answers are taken; everything else on the sheets is formulas. Kengetallen are compared with those of the
command: a changed one is never silently ignored. What the workbook itself shows as its outcomes goes along, for who
calculates: two files that contradict each other must not both look right.
"""

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Final

from mkba.invoer import effectblad, meetblad
from mkba.invoer import invoerblad as indeling
from mkba.invoer.aandacht import let_op
from mkba.invoer.aanpakrijen import AANPAKKEN, Antwoordcel, lees_antwoorden
from mkba.invoer.invoerblad import BLAD_KENGETALLEN, KOLOM_ANTWOORD, KOLOM_SLEUTEL
from mkba.invoer.tabel.bladnamen import BLADEN_TABELLEN
from mkba.invoer.tabel.cellen import Cel, Rij
from mkba.invoer.tabel.xlsx import MAAK_ZICHTBAAR, Boeken, beschadigd, open_boeken
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import lees_bytes, weiger
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.regelset import Regelsetkeuze, beschikbaar
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.notatie import lees_getal, nederlands, schoon
from mkba.kern.tekst.schrift import MAXIMUM_TEKST
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.controle import onbekend_veld
from mkba.kern.zaak.meetherkomst import Meetherkomst, lees_meetherkomst

MAXIMUM_RIJEN: Final = 5_000
"""Rows of a sheet that are looked at: ten times what is written."""
_EIGEN_REGELSET: Final = re.compile(r"\w[\w.-]*\.toml")
_OPNIEUW: Final = "Maak het werkboek opnieuw met `mkba werkboek`, of neem de antwoorden over in een nieuw werkboek."
_KOLOMMEN: Final = "CDE"
_MERK_EFFECT: Final = effectblad.MERK_EFFECT


@dataclass(frozen=True)
class Werkboek:
    """What a workbook of one aanpak holds: the answers, what deserves attention, and its own outcomes by key."""

    aanpak: Aanpak
    meldingen: tuple[Melding, ...]
    uitkomsten: tuple[tuple[str, float], ...]


def zoek_merk(boeken: Boeken, pad: Path) -> str | None:
    """The name of the sheet with answers when this is a workbook of one aanpak, wherever it was moved to.

    Raises InvoerFout when several sheets may be the one: a copy, or a hidden sheet beside one that shows.
    """
    gemerkt = [naam for naam, rij in boeken.eerste_rijen().items() if any(_is_merk(w) for w in rij)]
    if not gemerkt:
        return None
    if len(gemerkt) == 1 and boeken.verborgen(gemerkt[0]):
        gemerkt += [n for n in boeken.resultaten.sheetnames if n != gemerkt[0] and _lijkt_invoer(boeken, n)]
    if len(gemerkt) > 1:
        oorzaak = f"er zijn {len(gemerkt)} bladen met antwoorden: {boeken.noem(gemerkt)}."
        weiger(pad, oorzaak, f"Bewaar het blad dat geldt, zichtbaar, en verwijder de andere; {MAAK_ZICHTBAAR}.")
    return gemerkt[0]


def zoek_effectblad(boeken: Boeken, pad: Path) -> str | None:
    """The name of the sheet with questions 16 to 18, wherever it was moved to; raises InvoerFout when there are two."""
    rijen = boeken.eerste_rijen().items()
    gemerkt = [n for n, rij in rijen if any(isinstance(w, str) and schoon(w).startswith(_MERK_EFFECT) for w in rij)]
    if len(gemerkt) > 1:
        oorzaak = f"er zijn {len(gemerkt)} bladen met een effectmeting: {boeken.noem(gemerkt)}."
        weiger(pad, oorzaak, "Verwijder de bladen die niet meetellen.")
    return gemerkt[0] if gemerkt else None


def _is_merk(waarde: object) -> bool:
    return isinstance(waarde, str) and schoon(waarde).startswith(indeling.MERK)


def _lijkt_invoer(boeken: Boeken, blad: str) -> bool:
    """A sheet without the mark, but with the keys of the answers."""
    if blad not in boeken.namen:  # a sheet with only a figure
        return False
    rijen = boeken.rijen(blad, hoogstens=MAXIMUM_RIJEN)
    sleutels = {rij.cel(KOLOM_SLEUTEL - 1).waarde for rij in rijen}
    return len(indeling.patronen().keys() & sleutels) > 1


def lees_werkboek(boeken: Boeken, blad: str, pad: Path, kengetallen: Kengetallen) -> Werkboek:
    """The aanpak in a workbook and what deserves attention. Raises InvoerFout, also for a changed kengetal."""
    waar = f"{pad}, blad {blad}"
    rijen = list(boeken.rijen(blad, met_verborgen=True, hoogstens=MAXIMUM_RIJEN))
    _controleer_indeling(rijen[0], pad, blad)
    fouten: list[Melding] = []
    antwoorden = _antwoorden(rijen, waar, fouten, indeling.patronen(), _KOLOMMEN)
    if meetblad := zoek_effectblad(boeken, pad):
        op = f"{pad}, blad {meetblad}"
        meetrijen = list(boeken.rijen(meetblad, met_verborgen=True, hoogstens=MAXIMUM_RIJEN))
        antwoorden += _antwoorden(meetrijen, op, fouten, effectblad.effectpatronen(), effectblad.KOLOMMEN_EFFECT)
    records = _meetherkomst(boeken, pad, fouten)
    aanpak = None
    if not fouten:
        try:
            aanpak = lees_antwoorden(antwoorden, waar, kengetallen).met_meetherkomst(records)
        except InvoerFout as fout:
            fouten += [_bij_groep(melding, antwoorden) for melding in fout.meldingen]
    gewijzigd, meldingen = _vergelijk(_kengetalrijen(boeken, pad, kengetallen.naam), pad, kengetallen)
    fouten += gewijzigd
    if fouten or aanpak is None:
        raise InvoerFout(fouten)
    if boeken.verborgen(blad):
        oorzaak = f"dit blad is gelezen, maar niet te zien: {boeken.noem([blad])}."
        meldingen.append(Melding("blad", blad, oorzaak, f"Laat zien wat meetelt; {MAAK_ZICHTBAAR}.", waar))
    return Werkboek(aanpak, (*let_op(antwoorden, waar), *meldingen), _uitkomsten(boeken))


def _meetherkomst(boeken: Boeken, pad: Path, fouten: list[Melding]) -> tuple[Meetherkomst, ...]:
    """Where answers were measured, of a workbook that carries it; what is wrong with it goes to ``fouten``."""
    namen = [n for n, rij in boeken.eerste_rijen().items() if any(_is_meting(w) for w in rij)]
    if not namen:
        return ()
    if len(namen) > 1:
        oorzaak = f"er zijn {len(namen)} bladen die zeggen waar is gemeten: {boeken.noem(namen)}."
        weiger(pad, oorzaak, "Verwijder de bladen die niet meetellen.")
    rijen = boeken.rijen(namen[0], met_verborgen=True, hoogstens=MAXIMUM_RIJEN)
    records, meldingen = lees_meetherkomst(meetblad.lees_meetrijen(rijen))
    fouten += [m.in_bestand(f"{pad}, blad {namen[0]}") for m in meldingen]
    return records


def _is_meting(waarde: object) -> bool:
    return isinstance(waarde, str) and schoon(waarde).startswith(meetblad.MERK_METING)


def _uitkomsten(boeken: Boeken) -> tuple[tuple[str, float], ...]:
    """The numbers that stand with the names of the public keys, on the sheet that shows the saldo."""
    plaatsen: dict[str, tuple[str, str]] = {}
    for sleutel in SLEUTELS:
        naam = boeken.resultaten.defined_names.get(f"u_{sleutel}")
        gevonden = list(naam.destinations) if naam is not None else []
        if len(gevonden) == 1:
            plaatsen[sleutel] = (gevonden[0][0], gevonden[0][1].replace("$", ""))
    blad = plaatsen.get("saldo", ("", ""))[0]
    if blad not in boeken.namen:
        return ()
    vast = boeken.resultaten[blad]
    vast.reset_dimensions()
    cellen = {
        cel.coordinate: cel.value
        for rij in islice(vast.iter_rows(max_col=indeling.KOLOM_SLEUTEL), MAXIMUM_RIJEN)
        for cel in rij
        if cel.value is not None
    }
    getallen = {s: cellen.get(cel) for s, (waar, cel) in plaatsen.items() if waar == blad}
    return tuple((s, float(w)) for s, w in getallen.items() if isinstance(w, int | float) and not isinstance(w, bool))


def _controleer_indeling(kop: Rij, pad: Path, blad: str) -> None:
    merk = kop.cel(KOLOM_SLEUTEL - 1).waarde
    if kop.nummer != 1 or not isinstance(merk, str) or not merk.startswith(indeling.MERK):
        weiger(pad, f"de kolommen van blad {blad} staan niet meer op hun plaats.", _OPNIEUW)
    if merk.split()[-1] != str(indeling.VERSIE):
        weiger(pad, f"dit werkboek heeft een andere vorm ({merk}).", "Lees het met de versie van mkba die het maakte.")


def _antwoorden(
    rijen: list[Rij], waar: str, fouten: list[Melding], patronen: Mapping[str, tuple[str, ...]], kolommen: str
) -> list[Antwoordcel]:
    """The cells with answers, in the order of the invoerscherm; what is wrong with the rows goes to ``fouten``.

    ``patronen``: the fields in the row of each key; ``kolommen``: the letters of the columns that may hold answers.
    """
    gevonden: dict[str, Antwoordcel] = {}
    for rij in rijen[1:]:
        patroon = rij.cel(KOLOM_SLEUTEL - 1).waarde
        cellen = [rij.cel(KOLOM_ANTWOORD - 1 + i) for i in range(len(kolommen))]
        plaatsen = [f"{waar} ({kolom}{rij.nummer})" for kolom in kolommen]
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
            gevonden[sleutel] = Antwoordcel(sleutel, cel, plaats)
    for patroon, sleutels in patronen.items():
        if sleutels[0] not in gevonden:
            fouten.append(Melding(patroon, None, "de regel met deze sleutel in kolom K ontbreekt.", _OPNIEUW, waar))
    return [gevonden[s] for sleutels in patronen.values() for s in sleutels if s in gevonden]


def _bij_groep(melding: Melding, antwoorden: list[Antwoordcel]) -> Melding:
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
    verborgen: bool


def _kengetalrijen(boeken: Boeken, pad: Path, regelset: str) -> list[_Kengetalrij]:
    """The rows of sheet kengetallen, every key once.

    Raises InvoerFout for another rule set, a sheet that is gone, a key that is missing, unknown or there twice, or what
    is no number: the formulas of the workbook find a value by its cell, mkba by its key, and they must agree.
    """
    if BLAD_KENGETALLEN not in boeken.resultaten.sheetnames:
        weiger(pad, f"het blad {BLAD_KENGETALLEN} ontbreekt; daarmee rekende dit werkboek.", _OPNIEUW)
    waar = f"{pad}, blad {BLAD_KENGETALLEN}"
    rijen = list(boeken.rijen(BLAD_KENGETALLEN, met_verborgen=True, hoogstens=MAXIMUM_RIJEN))
    merk = rijen[0].cel(KOLOM_SLEUTEL - 1).waarde if rijen else None
    if merk != indeling.REGELSET + regelset:
        anders = str(merk or "").removeprefix(indeling.REGELSET)
        oorzaak = f"dit werkboek rekent met een andere regelset dan {regelset}."
        # what the cell says is for who made the workbook to choose: only a rule set that is there is advised
        remedie = f"Geef --regelset {anders}." if _is_regelset(anders) else _OPNIEUW
        raise InvoerFout([Melding("regelset", anders or None, oorzaak, remedie, f"{waar} (K1)")])
    blad_verborgen = boeken.verborgen(BLAD_KENGETALLEN)
    uit: list[_Kengetalrij] = []
    rijen = _met_sleutel(rijen[1:])
    bekend = indeling.kengetalpaden(zoek_effectblad(boeken, pad) is not None)
    fouten = _sleutelfouten(rijen, waar, bekend)
    for rij in rijen:
        sleutel = _sleutel(rij)
        if sleutel not in bekend:
            continue
        cel = f"B{rij.nummer}"
        try:
            waarde, catalogus = (_getal(rij.cel(k - 1)) for k in (indeling.KOLOM_WAARDE, indeling.KOLOM_CATALOGUS))
        except FouteWaarde as fout:
            inhoud_cel = rij.cel(indeling.KOLOM_WAARDE - 1).waarde
            fouten.append(Melding(sleutel, inhoud_cel, fout.oorzaak, fout.remedie, f"{waar} ({cel})"))
            continue
        bron = rij.cel(indeling.KOLOM_EIGEN_BRON - 1).waarde
        if isinstance(bron, str) and len(bron) > MAXIMUM_TEKST:
            oorzaak = f"de bron is langer dan {MAXIMUM_TEKST} tekens."
            fouten.append(Melding(f"{sleutel}: bron", bron, oorzaak, "Kort de tekst in.", f"{waar} (rij {rij.nummer})"))
            continue
        verborgen = blad_verborgen or rij.cel(indeling.KOLOM_WAARDE - 1).verborgen
        uit.append(_Kengetalrij(sleutel, waarde, catalogus, _tekst(bron), cel, verborgen))
    if fouten:
        raise InvoerFout(fouten)
    return uit


def _is_regelset(tekst: str) -> bool:
    """Whether a text names a shipped rule set or a file that may be one, maybe with options behind it."""
    with suppress(InvoerFout):
        naam = Regelsetkeuze.lees(tekst).naam
        return naam in beschikbaar(paden.data() / "kengetallen") or bool(_EIGEN_REGELSET.fullmatch(naam))
    return False


def _met_sleutel(rijen: list[Rij]) -> list[Rij]:
    """The rows that have a key and, below the heads, those with a value that the sheet may calculate with."""
    koppen = [i for i, rij in enumerate(rijen) if _sleutel(rij) == indeling.KOP_SLEUTEL]
    eerste = koppen[0] + 1 if koppen else 0
    kolommen = (indeling.KOLOM_WAARDE, indeling.KOLOM_CATALOGUS)
    return [
        rij
        for i, rij in enumerate(rijen)
        if i not in koppen[:1] and (_sleutel(rij) or (i >= eerste and any(not rij.cel(k - 1).leeg for k in kolommen)))
    ]


def _sleutel(rij: Rij) -> str:
    waarde = rij.cel(KOLOM_SLEUTEL - 1).waarde
    return waarde.strip() if isinstance(waarde, str) else str(waarde or "")


def _sleutelfouten(rijen: list[Rij], waar: str, bekend: tuple[str, ...]) -> list[Melding]:
    fouten: list[Melding] = []
    gezien: dict[str, int] = {}
    aanwezig = {_sleutel(rij) for rij in rijen}
    ontbreekt = [pad for pad in bekend if pad not in aanwezig]
    for rij in rijen:
        sleutel, cel = _sleutel(rij), f"{waar} (K{rij.nummer})"
        if sleutel in bekend:
            if sleutel in gezien:
                oorzaak = f"dit kengetal staat ook in rij {gezien[sleutel]}{_ook_verborgen(rij)}."
                fouten.append(Melding(sleutel, sleutel, oorzaak, "Verwijder een van beide rijen.", cel))
            gezien.setdefault(sleutel, rij.nummer)
            continue
        lijkt = get_close_matches(sleutel, ontbreekt, n=1) or (ontbreekt if len(ontbreekt) == 1 else [])
        oorzaak = "dit kengetal bestaat niet." if sleutel else "deze rij heeft een waarde en geen sleutel."
        if "".join(teken for teken in sleutel if teken.isprintable() and teken != " ") in bekend:
            oorzaak = "deze sleutel heeft een onzichtbaar teken."
        remedie = f"Typ in deze cel de sleutel {lijkt[0]}." if lijkt else "Verwijder de rij, of typ haar sleutel."
        fouten.append(Melding(sleutel or "sleutel", sleutel, oorzaak, remedie, cel))
    if ontbreekt:
        namen = ", ".join(ontbreekt[:3]) + (f" en {len(ontbreekt) - 3} andere" if len(ontbreekt) > 3 else "")
        oorzaak = f"in kolom K ontbreekt {namen}; het werkboek kan er wel mee rekenen."
        remedie = "Herstel de sleutels hierboven." if fouten else _OPNIEUW
        fouten.append(Melding("kengetallen", len(ontbreekt), oorzaak, remedie, waar))
    return fouten


def _ook_verborgen(rij: Rij) -> str:
    return ", en deze rij is verborgen" if any(cel.verborgen for cel in rij.cellen) else ""


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
    for rij in rijen:
        if _gelijk(rij.waarde, kengetallen[rij.pad]):
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
    remedie = (
        f"Maak het werkboek opnieuw met `mkba werkboek`, of reken met zijn kengetallen (--kengetallen {pad.name}): dan "
        "zijn de bedragen gelijk."
    )
    return fouten, [Melding("kengetallen", len(anders), oorzaak, remedie, f"{pad}, blad {BLAD_KENGETALLEN}")]


def weiger_tabellen(boeken: Boeken, pad: Path) -> None:
    """Refuse the tables of a report, which look like a workbook and do not calculate. Raises InvoerFout."""
    if set(BLADEN_TABELLEN) <= set(boeken.namen):
        oorzaak = "dit zijn de tabellen van een rapport (--formaten tabellen); die rekenen niet en zijn geen invoer."
        weiger(pad, oorzaak, "Geef de invoer van dat rapport, of een werkboek van `mkba werkboek`.")


def lees_kengetalcellen(
    pad: Path, regelset: str, catalogus: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, str]]:
    """The kengetallen of a workbook that differ from ``catalogus`` (a rule set), and the user's sources, by key.

    Raises InvoerFout, also for an xlsx that is no workbook of one aanpak.
    """
    inhoud = lees_bytes(pad)
    with beschadigd(pad, AANPAKKEN):
        boeken = open_boeken(pad, inhoud, AANPAKKEN)
        if zoek_merk(boeken, pad) is None:
            weiger_tabellen(boeken, pad)
            weiger(pad, "dit is geen werkboek van `mkba werkboek`.", "Geef zo'n werkboek, of een TOML met kengetallen.")
        rijen = _kengetalrijen(boeken, pad, regelset)
    afwijkend = [rij for rij in rijen if not _gelijk(rij.waarde, catalogus[rij.pad])]
    if verborgen := [rij for rij in afwijkend if rij.verborgen]:
        oorzaak = "deze waarde wijkt af van de regelset en is verborgen."
        remedie = "Maak het blad, de rij en de kolom zichtbaar, zodat ieder ziet wat meetelt."
        waar = f"{pad}, blad {BLAD_KENGETALLEN}"
        raise InvoerFout(
            Melding(rij.pad, nederlands(rij.waarde), oorzaak, remedie, f"{waar} ({rij.cel})") for rij in verborgen
        )
    return {rij.pad: rij.waarde for rij in afwijkend}, {r.pad: r.bron for r in rijen if r.bron}

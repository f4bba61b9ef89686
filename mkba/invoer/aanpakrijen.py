"""A table with one aanpak per row, whatever file it came from.

The one reader of csv and xlsx hands over rows of cells; here the header is found, columns are matched to
fields, text becomes values and every row becomes an Aanpak. Nothing stops at the first problem.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mkba.invoer.eigen_woorden import is_woordplek, lees_woord, onbekende_plek
from mkba.invoer.tabel.cellen import KOP_BINNEN, MAXIMUM_KOLOMMEN, Cel, Plaats, Rij, zonder_kop
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.kern.bestand.bestanden import MAXIMUM_RIJEN
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.notatie import gewone_spaties, lees_getal, lees_ja_nee, schoon, uit_procentkolom
from mkba.kern.tekst.schrift import MAXIMUM_TEKST, vergelijkbaar, weiger_onbekend
from mkba.kern.woorden.begrippen import DISCIPLINES
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.woorden.velden import Soort
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.kern.zaak.controle import onbekend_veld
from mkba.kern.zaak.meetherkomst import TABEL as METING

DISCIPLINE_KOLOMMEN: Final = {f"disciplines.{d}": d for d in DISCIPLINES}
"""In a table the list of disciplines may be spread over yes/no columns."""

_EENHEID_IN_KOP: Final = re.compile(r"(?:%|€|\((?:%|€|eur|euro|fte|jaar|jaren|aantal|ja/nee)\))$")
_EENHEDEN: Final = frozenset(
    [
        "%",
        "€",
        "eur",
        "euro",
        "fte",
        "jaar",
        "jaren",
        "aantal",
        "ja/nee",
        "tekst",
        "getal",
        "procent",
        "fractie",
        "eenheid",
        "eenheden",
    ]
)
_RIJMERK: Final = frozenset({"kengetal", "kengetallen", "eenheid", "eenheden"})


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column that holds a field (or one discipline) and whether its header carries a percent sign."""

    index: int
    sleutel: str
    procent: bool


_ONLEESBAAR: Final = object()
"""Stands in for a cell that could not be read, so that its field counts as wrong and not as missing."""


def zoek_kop(rijen: Sequence[Rij]) -> int | None:
    """Index of the row that contains "naam" and "huishoudens"."""
    for i, rij in enumerate(rijen[:KOP_BINNEN]):
        if {"naam", "huishoudens"} <= {_sleutel(cel.waarde)[0] for cel in rij.cellen[:MAXIMUM_KOLOMMEN]}:
            return i
    return None


def aantal_bekend(rij: Rij) -> int:
    """How many cells of a row are the header of a field."""
    return sum(_is_bekend(_sleutel(cel.waarde)[0]) for cel in rij.cellen[:MAXIMUM_KOLOMMEN])


AANPAKKEN: Final = Tabelsoort(zoek_kop, aantal_bekend)
"""What the one reader must know of a table of aanpakken."""


def lees_rijen(rijen: Sequence[Rij], plaats: Plaats, kengetallen: Kengetallen) -> list[tuple[int, Aanpak]]:
    """All aanpakken of a table with their row numbers. Raises InvoerFout with everything that is wrong."""
    kop_index = zoek_kop(rijen)
    if kop_index is None:
        raise InvoerFout([_geen_kop(rijen, plaats)])
    kop = rijen[kop_index]
    breedste = max(rijen[kop_index:], key=lambda rij: len(rij.cellen))
    if len(breedste.cellen) > MAXIMUM_KOLOMMEN:
        raise InvoerFout([_te_breed(breedste, plaats)])
    gegevens = [rij for rij in _na_bijschriften(rijen[kop_index + 1 :], kop) if not rij.leeg]
    kolommen, meldingen = _lees_kop(kop, gegevens, plaats)
    if not gegevens:
        meldingen.append(
            Melding(
                "bestand",
                None,
                "er staat geen aanpak onder de koprij.",
                "Vul per aanpak een rij in.",
                plaats.bestand,
            )
        )
    if len(gegevens) > MAXIMUM_RIJEN:
        meldingen.append(
            Melding(
                "bestand",
                len(gegevens),
                f"er staan meer dan {MAXIMUM_RIJEN} rijen in.",
                "Verdeel de aanpakken over meer bestanden.",
                plaats.bestand,
            )
        )
        raise InvoerFout(meldingen)
    aanpakken: list[tuple[int, Aanpak]] = []
    ontbrekend: dict[str, Melding] = {}
    for rij in gegevens:
        try:
            aanpakken.append((rij.nummer, _lees_rij(rij, kolommen, plaats, kengetallen)))
        except InvoerFout as fout:
            for melding in fout.meldingen:
                if melding.waarde is None and not _heeft_kolom(melding.veld, kolommen):
                    ontbrekend.setdefault(melding.veld, _kolom_ontbreekt(melding.veld, plaats))
                else:
                    meldingen.append(melding)
    meldingen += ontbrekend.values()
    meldingen += _dubbele_namen(gegevens, kolommen, plaats)
    if meldingen:
        raise InvoerFout(meldingen)
    return aanpakken


def antwoorden_van(rijen: Sequence[Rij], plaats: Plaats) -> dict[int, list["Antwoordcel"]]:
    """By number, the answers of rows that :func:`lees_rijen` could read, if a cell is a formula or hidden."""
    kop_index = zoek_kop(rijen) or 0
    kop = rijen[kop_index]
    gegevens = [rij for rij in _na_bijschriften(rijen[kop_index + 1 :], kop) if not rij.leeg]
    kolommen, _ = _lees_kop(kop, gegevens, plaats)
    bijzonder = [rij for rij in gegevens if any(cel.adres for cel in rij.cellen)]
    return {rij.nummer: _antwoorden(rij, kolommen, plaats) for rij in bijzonder}


def woorden_van(rijen: Sequence[Rij], plaats: Plaats) -> dict[int, dict[str, str]]:
    """By number, the words of one's own in rows that :func:`lees_rijen` could read. Raises InvoerFout."""
    kop_index = zoek_kop(rijen) or 0
    kop = rijen[kop_index]
    gegevens = [rij for rij in _na_bijschriften(rijen[kop_index + 1 :], kop) if not rij.leeg]
    kolommen = [k for k in _lees_kop(kop, gegevens, plaats)[0] if _is_woorden(k.sleutel)]
    uit: dict[int, dict[str, str]] = {}
    meldingen: list[Melding] = []
    for rij in gegevens if kolommen else ():
        for kolom in kolommen:
            cel = rij.cel(kolom.index)
            if cel.leeg:
                continue
            waar = plaats.van(rij.nummer, kolom.index)
            if cel.fout is not None:
                meldingen.append(Melding(kolom.sleutel, cel.waarde, cel.fout.oorzaak, cel.fout.remedie, waar))
                continue
            tekst, fouten = lees_woord(kolom.sleutel, _getal_als_tekst(cel.waarde), waar)
            meldingen += fouten
            if tekst:
                uit.setdefault(rij.nummer, {})[kolom.sleutel] = tekst
    if meldingen:
        raise InvoerFout(meldingen)
    return uit


def _sleutel(waarde: object) -> tuple[str, bool]:
    """A header as a key without its unit, and whether the unit was a percent sign."""
    if not isinstance(waarde, str):
        return "", False
    tekst = schoon(waarde).casefold()
    if len(tekst) > MAXIMUM_TEKST:  # a page of explanation above the table, never a header
        return f"{tekst[:MAXIMUM_TEKST]}...", False
    tekst = ".".join(deel.strip() for deel in tekst.split("."))
    eenheid = _EENHEID_IN_KOP.search(tekst)
    return (tekst[: eenheid.start()].rstrip() if eenheid else tekst), bool(eenheid and "%" in eenheid[0])


def _geen_kop(rijen: Sequence[Rij], plaats: Plaats) -> Melding:
    beste = max(rijen[:KOP_BINNEN], key=aantal_bekend, default=None)
    if beste is not None and aantal_bekend(beste):
        sleutels = {_sleutel(cel.waarde)[0] for cel in beste.cellen}
        mist = " en ".join(s for s in ("naam", "huishoudens") if s not in sleutels)
        return Melding(
            "koprij",
            None,
            f"deze rij lijkt de koprij, maar mist {mist}.",
            "Zet boven elke kolom de sleutel van het veld.",
            plaats.van(beste.nummer),
        )
    return Melding(
        "koprij",
        None,
        "er is geen rij met de koppen naam en huishoudens.",
        "Gebruik de koppen van het sjabloon (`mkba sjabloon`).",
        plaats.bestand,
    )


def _lees_kop(kop: Rij, gegevens: Sequence[Rij], plaats: Plaats) -> tuple[list[Kolom], list[Melding]]:
    kolommen: list[Kolom] = []
    meldingen: list[Melding] = []
    gezien: set[str] = set()
    eerste_gevuld = {i: rij for rij in (*reversed(gegevens), kop) for i, c in enumerate(rij.cellen) if not c.leeg}
    for index, rij in sorted(eerste_gevuld.items()):
        cel = kop.cel(index)
        waar = plaats.van(rij.nummer, index)
        sleutel, procent = _sleutel(cel.waarde)
        if cel.leeg:
            meldingen.append(zonder_kop(index, rij, waar))
        elif not _is_bekend(sleutel):
            fout = onbekende_plek(sleutel, cel.waarde) if is_woordplek(sleutel) else _meetkolom(sleutel, cel.waarde)
            meldingen.append((fout or onbekend_veld(sleutel or str(cel.waarde), cel.waarde)).in_bestand(waar))
        elif sleutel in gezien:
            meldingen.append(Melding(sleutel, cel.waarde, "deze kolom staat er twee keer.", "Verwijder er een.", waar))
        else:
            kolommen.append(Kolom(index, sleutel, procent and _soort(sleutel) == "fractie"))
            if procent and _soort(sleutel) != "fractie":
                oorzaak = "dit veld is geen percentage."
                meldingen.append(Melding(sleutel, cel.waarde, oorzaak, "Haal het procentteken weg.", waar))
        gezien.add(sleutel)
    return kolommen, meldingen


def _meetkolom(sleutel: str, kop: Any) -> Melding | None:
    """The message for a column that would say where an answer was measured: a row has no room for that."""
    if sleutel.partition(".")[0] != METING:
        return None
    oorzaak = "een tabel van aanpakken houdt niet vast waar een antwoord is gemeten."
    remedie = (
        "Laat de kolom weg (gemeten antwoorden tellen dan als opgegeven), of geef de aanpak zelf: het -na.toml van "
        "`mkba effect` of een werkboek daarvan. Een map met zulke bestanden kan ook."
    )
    return Melding(sleutel, kop, oorzaak, remedie)


def _te_breed(rij: Rij, plaats: Plaats) -> Melding:
    oorzaak = f"deze rij heeft waarden voorbij kolom {MAXIMUM_KOLOMMEN}."
    return Melding("rij", None, oorzaak, "Bewaar alleen de kolommen van het sjabloon.", plaats.van(rij.nummer))


def _na_bijschriften(rijen: Sequence[Rij], kop: Rij) -> Iterable[Rij]:
    """Drop the rows directly below the header that hold units, labels or the kengetallen."""
    for i, rij in enumerate(rijen):
        if not rij.leeg and not _is_bijschrift(rij, kop):
            return rijen[i:]
    return ()


def _is_bijschrift(rij: Rij, kop: Rij) -> bool:
    teksten = {i: schoon(c.waarde) for i, c in enumerate(rij.cellen) if isinstance(c.waarde, str) and not c.leeg}
    naam = next(i for i, cel in enumerate(kop.cellen) if _sleutel(cel.waarde)[0] == "naam")
    if teksten.get(naam, "").casefold().rstrip(":") in _RIJMERK:
        return True
    if any(not cel.leeg and i not in teksten for i, cel in enumerate(rij.cellen)):
        return False
    return all(
        tekst.casefold() in _EENHEDEN or tekst == _label(_sleutel(kop.cel(i).waarde)[0]) for i, tekst in teksten.items()
    )


def _label(sleutel: str) -> str | None:
    return ALLE_VELDEN[sleutel].label if sleutel in ALLE_VELDEN else None


def _is_bekend(sleutel: str) -> bool:
    return sleutel in ALLE_VELDEN or sleutel in DISCIPLINE_KOLOMMEN or _is_woorden(sleutel)


def _is_woorden(sleutel: str) -> bool:
    return is_woordplek(sleutel) and onbekende_plek(sleutel, None) is None


def _soort(sleutel: str) -> Soort:
    if _is_woorden(sleutel):
        return "tekst"
    return "ja_nee" if sleutel in DISCIPLINE_KOLOMMEN else ALLE_VELDEN[sleutel].soort


def _lees_rij(rij: Rij, kolommen: Sequence[Kolom], plaats: Plaats, kengetallen: Kengetallen) -> Aanpak:
    return lees_antwoorden(_antwoorden(rij, kolommen, plaats), plaats.van(rij.nummer), kengetallen)


def _antwoorden(rij: Rij, kolommen: Sequence[Kolom], plaats: Plaats) -> list["Antwoordcel"]:
    return [
        Antwoordcel(k.sleutel, rij.cel(k.index), plaats.van(rij.nummer, k.index), k.procent)
        for k in kolommen
        if not _is_woorden(k.sleutel)
    ]


@dataclass(frozen=True, slots=True)
class Antwoordcel:
    """The cell with the answer to a field (or one discipline) and where it stands."""

    sleutel: str
    cel: Cel
    waar: str
    procent: bool = False


def lees_antwoorden(antwoorden: Sequence[Antwoordcel], waar: str, kengetallen: Kengetallen) -> Aanpak:
    """One aanpak from its cells; ``waar`` is the place of what has no cell of its own. Raises InvoerFout."""
    waarden: dict[str, Any] = {}
    meldingen: list[Melding] = []
    for antwoord in antwoorden:
        if antwoord.cel.leeg:
            continue
        sleutel = antwoord.sleutel
        try:
            waarden[sleutel] = _lees_cel(antwoord.cel, sleutel, antwoord.procent)
        except FouteWaarde as fout:
            waarden[sleutel] = _ONLEESBAAR
            meldingen.append(Melding(sleutel, antwoord.cel.waarde, fout.oorzaak, fout.remedie, antwoord.waar))
    try:
        waarden = _voeg_disciplines_samen(waarden)
    except FouteWaarde as fout:
        meldingen.append(Melding("disciplines", waarden["disciplines"], fout.oorzaak, fout.remedie, waar))
        waarden = {s: w for s, w in waarden.items() if s not in DISCIPLINE_KOLOMMEN}
    plaatsen = {antwoord.sleutel: antwoord.waar for antwoord in antwoorden}
    try:
        aanpak = maak_aanpak(waarden, kengetallen)
    except InvoerFout as fout:
        meldingen += [
            melding.in_bestand(plaatsen.get(melding.veld, waar))
            for melding in fout.meldingen
            if melding.waarde is not _ONLEESBAAR
        ]
        raise InvoerFout(meldingen) from None
    if meldingen:
        raise InvoerFout(meldingen)
    return aanpak


def _lees_cel(cel: Cel, sleutel: str, procentkolom: bool) -> Any:
    """The value that maak_aanpak expects, as far as the cell tells. Raises FouteWaarde."""
    waarde, soort = cel.waarde, _soort(sleutel)
    if cel.fout is not None:
        raise cel.fout
    if isinstance(waarde, str) and len(waarde) > MAXIMUM_TEKST:
        raise FouteWaarde(f"deze cel heeft meer dan {MAXIMUM_TEKST} tekens.", "Kort de tekst in.")
    if isinstance(waarde, str) and soort != "tekst" and not (soort == "eur" and schoon(waarde) == "-"):
        weiger_onbekend(schoon(waarde), _bij_onbekend(sleutel))  # Excel prints zero euros as "-"
    if soort == "tekst":
        return gewone_spaties(waarde) if isinstance(waarde, str) else _getal_als_tekst(waarde)
    if soort in ("disciplines", "keuze"):
        return waarde  # words; the check of the field reads them
    if isinstance(waarde, str):
        return lees_ja_nee(waarde) if soort == "ja_nee" else lees_getal(waarde, soort, procentkolom)
    if soort == "ja_nee":
        if waarde in (0, 1):  # False and True too
            return waarde == 1
        raise FouteWaarde("dit is geen ja of nee.", "Geef ja of nee.")
    if procentkolom and not cel.procent and isinstance(waarde, int | float) and not isinstance(waarde, bool):
        return uit_procentkolom(waarde)
    return waarde


def _getal_als_tekst(waarde: object) -> object:
    """A team named 2024 is a number in a workbook."""
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        return waarde
    return str(int(waarde)) if float(waarde).is_integer() else str(waarde)


def _bij_onbekend(sleutel: str) -> str:
    """What to do about an unknown answer: only a field with a default may stay empty."""
    if sleutel in DISCIPLINE_KOLOMMEN or not ALLE_VELDEN[sleutel].verplicht:
        return "Maak de cel leeg: dan geldt de standaard van MKBA 1.0."
    return f"Dit veld is verplicht: vul een waarde in ({ALLE_VELDEN[sleutel].label})."


def _voeg_disciplines_samen(waarden: dict[str, Any]) -> dict[str, Any]:
    """Yes/no columns to one list; a blank next to a filled one means no. Raises FouteWaarde."""
    los = {d: waarden[s] for s, d in DISCIPLINE_KOLOMMEN.items() if s in waarden}
    rest = {s: w for s, w in waarden.items() if s not in DISCIPLINE_KOLOMMEN}
    if not los:
        return rest
    if "disciplines" in rest:
        raise FouteWaarde("de disciplines staan in een kolom en in losse kolommen.", "Vul een van beide manieren in.")
    onleesbaar = any(w is not True and w is not False for w in los.values())
    return {**rest, "disciplines": _ONLEESBAAR if onleesbaar else [d for d, ja in los.items() if ja]}


def _heeft_kolom(sleutel: str, kolommen: Sequence[Kolom]) -> bool:
    return any(k.sleutel == sleutel or k.sleutel.startswith(f"{sleutel}.") for k in kolommen)


def _kolom_ontbreekt(sleutel: str, plaats: Plaats) -> Melding:
    return Melding(
        sleutel,
        None,
        "deze kolom ontbreekt, maar het veld is verplicht.",
        f"Voeg een kolom toe met de kop {sleutel}.",
        plaats.bestand,
    )


def _dubbele_namen(gegevens: Sequence[Rij], kolommen: Sequence[Kolom], plaats: Plaats) -> list[Melding]:
    kolom = next(k for k in kolommen if k.sleutel == "naam")  # lees_rijen found its header
    eerste: dict[str, int] = {}
    meldingen = []
    for rij in gegevens:
        waarde = rij.cel(kolom.index).waarde
        naam = vergelijkbaar(str(waarde)[:MAXIMUM_TEKST]) if waarde is not None else ""
        if naam and eerste.setdefault(naam, rij.nummer) != rij.nummer:
            meldingen.append(
                Melding(
                    "naam",
                    waarde,
                    f"deze naam staat ook in rij {eerste[naam]}.",
                    "Geef elke aanpak een eigen naam.",
                    plaats.van(rij.nummer, kolom.index),
                )
            )
    return meldingen

"""Which column of a registration holds what: one row per intake (breed) or one row per score (lang)."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mkba.invoer.fouten import InvoerFout, Melding
from mkba.invoer.persoonsgegevens import NIET_GETOOND, bevat_bsn, is_bsn_kop
from mkba.invoer.registratie_domeinen import (
    DATUM_KOPPEN,
    DOMEIN_KOPPEN,
    GGM_KOPPEN,
    ID_KOPPEN,
    KENMERK_OP_NAAM,
    LABEL_KOPPEN,
    SCORE_KOPPEN,
    domeinnamen,
    is_persoonlijk,
    normaliseer,
    zoek_domein,
)
from mkba.invoer.rijen import KOP_BINNEN, MAXIMUM_KOLOMMEN, Plaats, Rij

MEERVOUDIG: Final = ("top",)
"""Characteristics that may be spread over columns (dakloos, intramuraal, ompg): a yes in one is enough."""
PERSOONLIJK_REMEDIE: Final = "Verwijder deze kolom uit de export: een ID zonder betekenis is genoeg."


@dataclass(frozen=True, slots=True)
class Kop:
    """The header row and the index of the column behind each name; ``domeinen`` is empty in a long table."""

    rij: Rij
    id: int
    datum: int | None
    domeinen: Mapping[str, int]
    kenmerken: Mapping[str, tuple[int, ...]]
    domein: int | None
    score: int | None
    label: int | None
    ggm: bool
    genegeerd: tuple[str, ...]

    @property
    def lang(self) -> bool:
        """Whether each row holds one score."""
        return self.domein is not None

    def namen(self, index: int) -> str:
        """The header above a column, as written."""
        return str(self.rij.cel(index).waarde or "")


def zoek_kop(rijen: Sequence[Rij]) -> int | None:
    """Index of the header: an ID, and domains, or a column of domains with a column of scores."""
    for i, rij in enumerate(rijen[:KOP_BINNEN]):
        namen = _namen(rij)
        heeft_id = any(n in ID_KOPPEN or is_bsn_kop(n) for n in namen)
        is_lang = _eerste(namen, DOMEIN_KOPPEN) is not None and _scorekolom(namen) is not None
        if heeft_id and (is_lang or any(zoek_domein(n) for n in namen)):
            return i
    return None


def aantal_bekend(rij: Rij) -> int:
    """How many cells of a row are a header that is known."""
    return sum(
        n in KENMERK_OP_NAAM or n in ID_KOPPEN or n in DATUM_KOPPEN or zoek_domein(n) is not None for n in _namen(rij)
    )


def lees_kop(rijen: Sequence[Rij], plaats: Plaats) -> tuple[int, Kop, list[Melding]]:
    """Index of the header row, its columns, and what is wrong with them. Raises InvoerFout without a header."""
    index = zoek_kop(rijen)
    if index is None:
        raise InvoerFout([_geen_kop(rijen, plaats)])
    rij = rijen[index]
    namen = _namen(rij)
    domeinkolom, scorekolom = _eerste(namen, DOMEIN_KOPPEN), _eerste(namen, SCORE_KOPPEN)
    labelkolom = _eerste(namen, LABEL_KOPPEN)
    lang = domeinkolom is not None and _scorekolom(namen) is not None
    idkolom = _eerste(namen, ID_KOPPEN)
    vast = {i for i in (idkolom, _eerste(namen, DATUM_KOPPEN)) if i is not None}
    vast |= {i for i in (domeinkolom, scorekolom, labelkolom) if lang and i is not None}
    domeinen: dict[str, int] = {}
    kenmerken: dict[str, tuple[int, ...]] = {}
    genegeerd: list[str] = []
    meldingen: list[Melding] = []
    for i, naam in enumerate(namen):
        waarde = rij.cel(i).waarde
        waar = plaats.van(rij.nummer, i)
        domein = None if lang else zoek_domein(naam)
        if not naam:
            continue
        if is_bsn_kop(str(waarde)) or is_persoonlijk(naam):
            oorzaak = "deze kolom bevat persoonsgegevens (bsn, naam, adres, geboortedatum)."
            meldingen.append(Melding(naam, NIET_GETOOND, oorzaak, PERSOONLIJK_REMEDIE, waar))
        elif i in vast:
            continue
        elif naam in KENMERK_OP_NAAM:
            kenmerk = KENMERK_OP_NAAM[naam]
            if kenmerk in kenmerken and kenmerk not in MEERVOUDIG:
                meldingen.append(_dubbel(kenmerk, waarde, waar))
            kenmerken[kenmerk] = (*kenmerken.get(kenmerk, ()), i)
        elif domein is not None:
            if domein in domeinen:
                meldingen.append(_dubbel(domein, waarde, waar))
            domeinen.setdefault(domein, i)
        elif not lang and (lijkt := difflib.get_close_matches(naam[:60], domeinnamen(), n=1, cutoff=0.85)):
            remedie = f"Bedoelt u {lijkt[0]}? Verander anders de naam of verwijder de kolom."
            meldingen.append(Melding(naam, waarde, "deze kolom lijkt op een domein van de ZRM.", remedie, waar))
        else:
            genegeerd.append(naam)
    if idkolom is None:
        meldingen.append(_geen_id(plaats, rij))
    kop = Kop(
        rij,
        idkolom if idkolom is not None else 0,
        _eerste(namen, DATUM_KOPPEN),
        domeinen,
        kenmerken,
        domeinkolom if lang else None,
        scorekolom if lang else None,
        labelkolom if lang else None,
        bool(GGM_KOPPEN & set(namen)),
        tuple(genegeerd),
    )
    return index, kop, meldingen


def bsn_in_kolommen(gegevens: Sequence[Rij], kop: Kop, plaats: Plaats) -> list[Melding]:
    """One message per column (but the ID's own) in which a value passes the elfproef, without that value."""
    eerste: dict[int, int] = {}
    aantal: dict[int, int] = {}
    overslaan = {kop.id, kop.datum}
    for rij in gegevens:
        for i, cel in enumerate(rij.cellen):
            if i not in overslaan and isinstance(cel.waarde, str | int) and bevat_bsn(str(cel.waarde)[:500]):
                eerste.setdefault(i, rij.nummer)
                aantal[i] = aantal.get(i, 0) + 1
    return [
        Melding(
            kop.namen(i) or f"kolom {i + 1}",
            NIET_GETOOND,
            f"in deze kolom staat {aantal[i]} keer een geldig bsn (elfproef).",
            PERSOONLIJK_REMEDIE,
            plaats.van(nummer, i),
        )
        for i, nummer in sorted(eerste.items())
    ]


def _namen(rij: Rij) -> list[str]:
    return [
        normaliseer(cel.waarde) if isinstance(cel.waarde, str | int) else "" for cel in rij.cellen[:MAXIMUM_KOLOMMEN]
    ]


def _eerste(namen: Sequence[str], voorkeur: Sequence[str]) -> int | None:
    """Column of the first of ``voorkeur`` that is there."""
    return next((namen.index(n) for n in voorkeur if n in namen), None)


def _scorekolom(namen: Sequence[str]) -> int | None:
    score = _eerste(namen, SCORE_KOPPEN)
    return score if score is not None else _eerste(namen, LABEL_KOPPEN)


def _dubbel(sleutel: str, waarde: object, waar: str) -> Melding:
    remedie = "Houd er een over; een latere meting krijgt een eigen rij met hetzelfde ID en een datum."
    return Melding(sleutel, waarde, "deze kolom staat er twee keer.", remedie, waar)


def _geen_id(plaats: Plaats, rij: Rij) -> Melding:
    oorzaak = "er is geen kolom die huishoudens uit elkaar houdt zonder persoonsgegevens."
    return Melding("id", None, oorzaak, "Voeg een kolom ID toe met een eigen nummer.", plaats.van(rij.nummer))


def _geen_kop(rijen: Sequence[Rij], plaats: Plaats) -> Melding:
    beste = max(rijen[:KOP_BINNEN], key=aantal_bekend, default=None)
    if beste is not None and aantal_bekend(beste):
        return Melding(
            "koprij",
            None,
            "deze rij lijkt de koprij, maar mist een kolom ID of kolommen met domeinen.",
            "Geef een kolom ID en een kolom per ZRM-domein, of de kolommen ID, domein en score.",
            plaats.van(beste.nummer),
        )
    return Melding(
        "koprij",
        None,
        "er is geen rij met de kop ID en namen van ZRM-domeinen.",
        "Geef een kolom ID en een kolom per ZRM-domein, of de kolommen ID, domein en score.",
        plaats.bestand,
    )

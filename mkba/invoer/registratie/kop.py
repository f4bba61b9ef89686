"""Which column of a registration holds what: one row per intake (breed) or one row per score (lang)."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from mkba.invoer.registratie.cellen import Schaal, lees_score
from mkba.invoer.registratie.domeinen import (
    DATUM_KOPPEN,
    DOMEIN_KOPPEN,
    GGM_KOPPEN,
    ID_KOPPEN,
    JA_NEE,
    KENMERK_OP_NAAM,
    LABEL_KOPPEN,
    SCORE_KOPPEN,
    domeinnamen,
    is_persoonlijk,
    kern,
    normaliseer,
    zoek_domein,
)
from mkba.invoer.registratie.meldingen import Afgekeurd, Reden, over_persoon
from mkba.invoer.registratie.namen import TWEEDUIDIG, Kopcel, is_geen_score, kies_lezing, lees_kopcel, toon_kolom
from mkba.invoer.tabel.cellen import KOP_BINNEN, MAXIMUM_KOLOMMEN, Plaats, Rij
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.persoonsgegevens import bevat_bsn, is_bsn_kop

MEERVOUDIG: Final = ("top",)
"""Characteristics that may be spread over columns (dakloos, intramuraal, ompg): a yes in one is enough."""


@dataclass(frozen=True, slots=True)
class Kop:
    """The header row and the index of the column behind each name; ``domeinen`` is empty in a long table.

    ``schalen``: the scale that a header names, by domain (``score`` in a long table); ``gelezen_als``: (name in the
    file, domain) where they differ; ``genegeerd``: columns with a header that are not used.
    """

    rij: Rij
    namen: tuple[str, ...]
    id: int
    datum: int | None
    domeinen: Mapping[str, int]
    kenmerken: Mapping[str, tuple[int, ...]]
    domein: int | None
    score: int | None
    label: int | None
    ggm: bool
    schalen: Mapping[str, Schaal] = field(default_factory=dict)
    gelezen_als: tuple[tuple[str, str], ...] = ()
    genegeerd: tuple[int, ...] = ()

    @property
    def lang(self) -> bool:
        """Whether each row holds one score."""
        return self.domein is not None

    def toon(self, index: int) -> str:
        """A column for in a message or on a page: never a header that may be a value of a person."""
        return toon_kolom(self.namen[index] if index < len(self.namen) else "", index)


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
    cellen = _kopcellen(rij)
    namen = [c.naam for c in cellen]
    domeinkolom, scorekolom = _eerste(namen, DOMEIN_KOPPEN), _eerste(namen, SCORE_KOPPEN)
    labelkolom = _eerste(namen, LABEL_KOPPEN)
    lang = domeinkolom is not None and _scorekolom(namen) is not None
    idkolom = _eerste(namen, ID_KOPPEN)
    vast = {i for i in (idkolom, _eerste(namen, DATUM_KOPPEN)) if i is not None}
    vast |= {i for i in (domeinkolom, scorekolom, labelkolom) if lang and i is not None}
    per_kolom, meldingen = _domeinen_in_kop(rij, cellen, vast, plaats) if not lang else ({}, [])
    domeinen: dict[str, int] = {}
    kenmerken: dict[str, tuple[int, ...]] = {}
    genegeerd: list[int] = []
    for i, naam in enumerate(namen):
        waar = plaats.van(rij.nummer, i)
        domein = per_kolom.get(i)
        if is_bsn_kop(str(rij.cel(i).waarde)) or is_persoonlijk(naam):
            meldingen.append(over_persoon(toon_kolom(naam, i), Reden.PERSOONSGEGEVENS, waar))
        elif not naam or i in vast:
            continue
        elif naam in KENMERK_OP_NAAM:
            kenmerk = KENMERK_OP_NAAM[naam]
            if kenmerk in kenmerken and kenmerk not in MEERVOUDIG:
                meldingen.append(_dubbel(kenmerk, kenmerken[kenmerk][0], i, waar))
            kenmerken[kenmerk] = (*kenmerken.get(kenmerk, ()), i)
        elif domein is not None:
            if domein in domeinen:
                meldingen.append(_dubbel(domein, domeinen[domein], i, waar))
            domeinen.setdefault(domein, i)
        elif naam not in TWEEDUIDIG and not lang and not is_geen_score(naam) and (lijkt := _lijkt_op(naam)):
            meldingen.append(over_persoon(toon_kolom(naam, i), Reden.LIJKT_OP_DOMEIN, waar, plaats=lijkt))
        else:
            genegeerd.append(i)
    if idkolom is None:
        meldingen.append(over_persoon("id", Reden.GEEN_IDKOLOM, plaats.van(rij.nummer)))
    gebruikt = {**domeinen, **({"score": scorekolom} if lang and scorekolom is not None else {})}
    meldingen += [
        over_persoon(d, Reden.ANDERE_SCHAAL, plaats.van(rij.nummer, i)) for d, i in gebruikt.items() if cellen[i].vreemd
    ]
    kop = Kop(
        rij,
        tuple(namen),
        idkolom if idkolom is not None else 0,
        _eerste(namen, DATUM_KOPPEN),
        domeinen,
        kenmerken,
        domeinkolom if lang else None,
        scorekolom if lang else None,
        labelkolom if lang else None,
        bool(GGM_KOPPEN & set(namen)),
        {d: schaal for d, i in gebruikt.items() if (schaal := cellen[i].schaal)},
        tuple((kern(namen[i]), d) for d, i in domeinen.items() if d not in namen[i]),  # of our own words only
        tuple(genegeerd),
    )
    return index, kop, meldingen


def _domeinen_in_kop(
    rij: Rij, cellen: Sequence[Kopcel], vast: set[int], plaats: Plaats
) -> tuple[dict[int, str], list[Melding]]:
    """The domain above each column of a wide table; a name with two readings by what else the file has."""
    vrij = {i: c.naam for i, c in enumerate(cellen) if i not in vast and c.naam not in KENMERK_OP_NAAM}
    uit = {i: d for i, naam in vrij.items() if naam not in TWEEDUIDIG and (d := zoek_domein(naam))}
    meldingen = []
    aanwezig = frozenset(uit.values())
    for i, naam in vrij.items():
        if naam in TWEEDUIDIG:
            over = kies_lezing(naam, aanwezig)
            if len(over) == 1 and over[0].domein is not None:
                uit[i] = over[0].domein
            elif over:
                woorden = " of ".join(lezing.woorden for lezing in over)
                waar = plaats.van(rij.nummer, i)
                meldingen.append(over_persoon(toon_kolom(naam, i), Reden.KOLOM_TWEEDUIDIG, waar, plaats=woorden))
    return uit, meldingen


def _lijkt_op(naam: str) -> str:
    """The name of a domain that was probably meant."""
    return next(iter(difflib.get_close_matches(naam[:60], domeinnamen(), n=1, cutoff=0.85)), "")


def ongebruikt(gegevens: Sequence[Rij], kop: Kop, plaats: Plaats) -> tuple[Kop, list[Melding]]:
    """The header with every column that is not used, also those without one, and a message per column with scores.

    A score that is left out moves households to another class, so a column of them is never passed over in silence.
    """
    gebruikt = {kop.id, kop.datum, kop.domein, kop.score, kop.label, *kop.domeinen.values()}
    gebruikt |= {i for indexen in kop.kenmerken.values() for i in indexen}
    breedte = max((len(rij.cellen) for rij in gegevens), default=0)
    zonder_kop = {
        i
        for i in range(min(breedte, MAXIMUM_KOLOMMEN))
        if i not in gebruikt and not (i < len(kop.namen) and kop.namen[i]) and any(not r.cel(i).leeg for r in gegevens)
    }
    genegeerd = tuple(sorted(zonder_kop.union(kop.genegeerd)))
    ja_nee = any(
        isinstance(w := r.cel(i).waarde, bool) or _is_ja_nee(w) for i in kop.domeinen.values() for r in gegevens
    )
    meldingen = []
    for i in genegeerd:
        naam = kop.namen[i] if i < len(kop.namen) else ""
        geweigerd = not kop.lang and naam in TWEEDUIDIG and kies_lezing(naam, kop.domeinen)
        if not geweigerd and not is_geen_score(naam) and _zijn_scores(gegevens, i, ja_nee):
            reden = Reden.SCORES_NAAST_LIJST if kop.lang else Reden.SCORES_ZONDER_DOMEIN
            meldingen.append(over_persoon(kop.toon(i), reden, plaats.van(kop.rij.nummer, i)))
    return replace(kop, genegeerd=genegeerd), meldingen


def _zijn_scores(gegevens: Sequence[Rij], index: int, ja_nee: bool) -> bool:
    """Whether most of what stands in a column can be a score; ``ja_nee``: yes and no are scores in this file."""
    soorten = _soorten(gegevens, index)
    scores = soorten["label"] + soorten["getal"] + (soorten["ja_nee"] if ja_nee else 0)
    return 2 * scores > sum(soorten.values()) - (0 if ja_nee else soorten["ja_nee"]) and scores > 0


def _is_ja_nee(waarde: object) -> bool:
    return isinstance(waarde, str) and normaliseer(waarde) in JA_NEE


def _soorten(gegevens: Sequence[Rij], index: int) -> dict[str, int]:
    """How many cells of a column are a number of 0 to 5, words of the ZRM, yes or no, or something else."""
    uit = dict.fromkeys(("getal", "label", "ja_nee", "anders"), 0)
    for rij in gegevens:
        cel = rij.cel(index)
        try:
            score = lees_score(cel)
        except Afgekeurd:
            uit["anders"] += 1
            continue
        if score.soort != "leeg":
            goed = score.soort != "getal" or 0 <= score.waarde <= 5
            uit[score.soort if goed else "anders"] += 1
    return uit


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
        over_persoon(kop.toon(i), Reden.BSN, plaats.van(nummer, i), aantal=aantal[i])
        for i, nummer in sorted(eerste.items())
    ]


def _kopcellen(rij: Rij) -> list[Kopcel]:
    return [lees_kopcel(cel.waarde) for cel in rij.cellen[:MAXIMUM_KOLOMMEN]]


def _namen(rij: Rij) -> list[str]:
    return [c.naam for c in _kopcellen(rij)]


def _eerste(namen: Sequence[str], voorkeur: Sequence[str]) -> int | None:
    """Column of the first of ``voorkeur`` that is there."""
    return next((namen.index(n) for n in voorkeur if n in namen), None)


def _scorekolom(namen: Sequence[str]) -> int | None:
    score = _eerste(namen, SCORE_KOPPEN)
    return score if score is not None else _eerste(namen, LABEL_KOPPEN)


def _dubbel(sleutel: str, eerste: int, tweede: int, waar: str) -> Melding:
    plaats = f"kolom {eerste + 1} en kolom {tweede + 1}"
    return over_persoon(sleutel, Reden.KOLOM_TWEE_KEER, waar, plaats=plaats)


def _geen_kop(rijen: Sequence[Rij], plaats: Plaats) -> Melding:
    beste = max(rijen[:KOP_BINNEN], key=aantal_bekend, default=None)
    if beste is not None and aantal_bekend(beste):
        return over_persoon("koprij", Reden.KOP_ONVOLLEDIG, plaats.van(beste.nummer))
    return over_persoon("koprij", Reden.GEEN_KOP, plaats.bestand)

"""From the rows of a registration to households: one scale, the first moment as start, type and facts."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from mkba.invoer.registratie.cellen import (
    Schaal,
    Score,
    bepaal_schaal,
    lees_datum,
    lees_id,
    lees_is_65_plus,
    lees_ja_nee_leeg,
    lees_kinderen,
    lees_samenstelling,
    lees_score,
    op_schaal,
)
from mkba.invoer.registratie.domeinen import DUBBELZINNIG
from mkba.invoer.registratie.meldingen import Afgekeurd, Reden, over_persoon
from mkba.invoer.tabel.cellen import Cel
from mkba.kern.tekst.meldingen import InvoerFout, Melding


@dataclass(frozen=True, slots=True)
class Meting:
    """Scores at a later moment than the start, on the scale of the household."""

    datum: dt.date | None
    scores: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Huishouden:
    """One household at the start of the aanpak, without personal data; ``None`` is unknown.

    ``type``: gezin, oudere or overig; ``kinderen``: under 18; ``scores``: domain -> score on ``schaal`` (1-5, 5
    is volledig zelfredzaam; 0-1, 1 is a problem); ``nieuw``: no help before the start; ``lvb``: somebody has a
    (light) intellectual disability; ``top``: named as top or intramuraal; ``eenouder``: one parent, or one
    person in a household without children; ``later``: further score moments, oldest first.
    """

    id: str
    type: str | None
    kinderen: int | None
    scores: Mapping[str, float | None]
    schaal: Schaal
    schulden: bool | None = None
    geen_werk: bool | None = None
    overlast: bool | None = None
    nieuw: bool | None = None
    datum: dt.date | None = None
    lvb: bool | None = None
    top: bool | None = None
    eenouder: bool | None = None
    later: tuple[Meting, ...] = ()


@dataclass(frozen=True, slots=True)
class Plek:
    """A cell with the field it belongs to and its place for a message."""

    veld: str
    cel: Cel
    waar: str

    def melding(self, reden: Reden, plaats: str = "") -> Melding:
        """The message about this cell."""
        return over_persoon(self.veld, reden, self.waar, plaats=plaats)


@dataclass(frozen=True, slots=True)
class Moment:
    """One row: scores and characteristics of a household at a date, still unread cells."""

    rij: int
    id: Plek
    datum: Plek | None
    scores: Mapping[str, Plek]
    kenmerken: Mapping[str, tuple[Plek, ...]]
    waar: str


@dataclass(slots=True)
class _Dossier:
    """What is read of one household at one date."""

    datum: dt.date | None
    waar: str
    scores: dict[str, float | None] = field(default_factory=dict)
    kenmerken: dict[str, Any] = field(default_factory=dict)


_LEZERS: Final[Mapping[str, Callable[[Cel], Any]]] = {
    "type": lees_samenstelling,
    "samenstelling": lees_samenstelling,
    "kinderen_onder_18": lees_kinderen,
    "thuiswonend": lees_kinderen,
    "kinderen": lees_kinderen,
    "leeftijd_oudste": lees_is_65_plus,
}
"""The others are yes/no."""
_LEEG_IS_NIETS: Final = ("top", "lvb", "oudste_65_plus", "eenouder")
"""Yes/no columns that no share of questions 5 or 10 comes from: only yes and blank is no problem there."""


def maak_huishoudens(
    momenten: Sequence[Moment],
    lang: bool,
    label_wint: bool,
    schaal: Schaal | None,
    koppen: Mapping[str, Schaal],
    bestand: str,
    meldingen: list[Melding],
) -> tuple[list[Huishouden], Schaal | None]:
    """All households in order of first appearance and the scale; what is wrong is added to ``meldingen``.

    ``koppen``: the scale that a header names, by the domain (or ``score``) below it.
    """
    gelezen = [_lees_scores(m, label_wint, meldingen) for m in momenten]
    try:
        gekozen = schaal or _schaal(gelezen, koppen)
    except Afgekeurd as fout:
        if fout.reden is not Reden.GEEN_SCORES or not meldingen:  # what was refused is no score
            meldingen.append(over_persoon("schaal", fout.reden, bestand))
        return [], None
    als_kenmerk = set() if lang else _kenmerken_onder_domeinnaam(momenten, gelezen, gekozen, koppen, meldingen)
    anders = [d for d, s in koppen.items() if s != gekozen and not (s == "0-1" and d in als_kenmerk)]
    if anders:  # the scores themselves would only repeat it
        plaatsen = {d: f"{koppen[d]} in plaats van {gekozen}" for d in anders}
        meldingen += [over_persoon(d, Reden.KOP_ZEGT_ANDERS, bestand, plaats=plaatsen[d]) for d in anders]
        return [], None
    dossiers: dict[str, list[_Dossier]] = {}
    kolommen: dict[str, list[Any]] = {}
    for moment, scores in zip(momenten, gelezen, strict=True):
        id_ = _lees(moment.id, lees_id, meldingen)
        datum = _lees(moment.datum, lees_datum, meldingen) if moment.datum is not None else None
        op_tafel = {
            d: _op_schaal(moment.scores[d], s, gekozen, meldingen) for d, s in scores.items() if d not in als_kenmerk
        }
        plekken = {**moment.kenmerken, **{d: (moment.scores[d],) for d in als_kenmerk if d in moment.scores}}
        kenmerken = _lees_kenmerken(plekken, meldingen)
        for naam, waarde in kenmerken.items():
            kolommen.setdefault(naam, []).append(waarde)
        if id_ is not None:
            lijst = dossiers.setdefault(id_, [])
            _voeg_toe(lijst, _Dossier(datum, moment.waar, op_tafel, kenmerken), lang, moment, meldingen)
    meldingen += _alleen_ja(kolommen, bestand)
    huishoudens = []
    for id_, lijst in dossiers.items():
        try:
            huishoudens.append(_huishouden(id_, lijst, gekozen))
        except InvoerFout as fout:
            meldingen += fout.meldingen
    return huishoudens, gekozen


def _lees_scores(moment: Moment, label_wint: bool, meldingen: list[Melding]) -> dict[str, Score]:
    uit = {}
    for domein, plek in moment.scores.items():
        try:
            uit[domein] = lees_score(plek.cel, label_wint)
        except Afgekeurd as fout:
            meldingen.append(plek.melding(fout.reden))
    return uit


def _schaal(gelezen: Sequence[Mapping[str, Score]], koppen: Mapping[str, Schaal]) -> Schaal:
    """From the ZRM domains; only without those from columns that may be yes/no. Raises Afgekeurd.

    Where the scores do not tell, the headers may: when they name one scale.
    """
    zuiver = [s for scores in gelezen for d, s in scores.items() if d not in DUBBELZINNIG]
    try:
        return bepaal_schaal(zuiver or [s for scores in gelezen for s in scores.values()])
    except Afgekeurd as fout:
        genoemd = {s for d, s in koppen.items() if d not in DUBBELZINNIG} or set(koppen.values())
        if fout.reden is Reden.SCHAAL_ONBEKEND and len(genoemd) == 1:
            return genoemd.pop()
        raise


def _kenmerken_onder_domeinnaam(
    momenten: Sequence[Moment],
    gelezen: Sequence[Mapping[str, Score]],
    schaal: Schaal,
    koppen: Mapping[str, Schaal],
    meldingen: list[Melding],
) -> set[str]:
    """Which of the columns schulden, werk and overlast are yes/no in a file with scores of 1 to 5.

    On the scale 0-1 both readings are the same, but for "werk": ja, which may be having work or a problem.
    """
    uit = set()
    for domein in DUBBELZINNIG:
        plek = next((m.scores[domein] for m in momenten if domein in m.scores), None)
        scores = [s[domein] for s in gelezen if domein in s and s[domein].soort != "leeg"]
        if plek is None or not scores or koppen.get(domein) == "1-5":
            continue
        ja_nee = any(s.soort == "ja_nee" for s in scores)
        if schaal == "0-1":
            if domein == "werk" and ja_nee:
                meldingen.append(plek.melding(Reden.WERK_JA_NEE))
            continue
        getallen = {s.waarde for s in scores}
        if not ja_nee and (not getallen <= {0.0, 1.0} or any(s.soort == "label" for s in scores)):
            continue
        if domein == "werk":
            meldingen.append(plek.melding(Reden.WERK_JA_NEE))
        elif not ja_nee and getallen == {1.0} and domein not in koppen:
            meldingen.append(plek.melding(Reden.ALLEEN_EEN))
        uit.add(domein)
    return uit


def _op_schaal(plek: Plek, score: Score, schaal: Schaal, meldingen: list[Melding]) -> float | None:
    try:
        return op_schaal(score, schaal)
    except Afgekeurd as fout:
        meldingen.append(plek.melding(fout.reden))
        return None


def _lees(plek: Plek, lezer: Callable[[Cel], Any], meldingen: list[Melding]) -> Any:
    try:
        return lezer(plek.cel)
    except Afgekeurd as fout:
        meldingen.append(plek.melding(fout.reden))
        return None


def _lees_kenmerken(plekken: Mapping[str, tuple[Plek, ...]], meldingen: list[Melding]) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    for naam, reeks in plekken.items():
        waarden = [_lees(plek, _LEZERS.get(naam, lees_ja_nee_leeg), meldingen) for plek in reeks]
        bekend = [w for w in waarden if w is not None]
        uit[naam] = None if not bekend else any(bekend) if naam == "top" else bekend[0]
    return uit


def _voeg_toe(lijst: list[_Dossier], nieuw: _Dossier, lang: bool, moment: Moment, meldingen: list[Melding]) -> None:
    """Add a row to what is known of a household; rows of a long table with one date are one moment."""
    zelfde = next((d for d in lijst if d.datum == nieuw.datum), None)
    if zelfde is None:
        lijst.append(nieuw)
        return
    if not lang:
        meldingen.append(moment.id.melding(Reden.DUBBELE_RIJ, zelfde.waar))
        return
    for domein, waarde in nieuw.scores.items():
        if domein in zelfde.scores:
            meldingen.append(moment.scores[domein].melding(Reden.DOMEIN_TWEE_KEER))
        zelfde.scores.setdefault(domein, waarde)
    for naam, waarde in nieuw.kenmerken.items():
        if waarde is None:
            continue
        if zelfde.kenmerken.get(naam) not in (None, waarde):
            meldingen.append(moment.kenmerken[naam][0].melding(Reden.ANDERE_WAARDE, zelfde.waar))
        else:
            zelfde.kenmerken[naam] = waarde


def _alleen_ja(kolommen: Mapping[str, Sequence[Any]], bestand: str) -> list[Melding]:
    """A column with only yes and blanks: whether a blank is a no decides over the share, so it is asked."""
    uit = []
    for naam, waarden in kolommen.items():
        if naam in _LEZERS or naam in _LEEG_IS_NIETS:
            continue
        if True in waarden and None in waarden and False not in waarden:
            uit.append(over_persoon(naam, Reden.ALLEEN_JA, bestand))
    return uit


def _huishouden(id_: str, lijst: Sequence[_Dossier], schaal: Schaal) -> Huishouden:
    """The oldest moment is the start. Raises InvoerFout when moments cannot be ordered or facts contradict."""
    if len(lijst) > 1 and any(d.datum is None for d in lijst):
        zonder = next(d for d in lijst if d.datum is None)
        raise InvoerFout([over_persoon("datum", Reden.DATUM_ONTBREEKT, zonder.waar, aantal=len(lijst))])
    start, *later = sorted(lijst, key=lambda d: d.datum or dt.date.min)
    k = start.kenmerken
    meldingen: list[Melding] = []

    def probeer(naam: str, maak: Callable[[], Any]) -> Any:
        try:
            return maak()
        except Afgekeurd as fout:
            meldingen.append(over_persoon(naam, fout.reden, start.waar))
            return None

    type_ = probeer("type", lambda: _type(k))
    geen_werk = probeer(
        "geen_werk", lambda: _eens(k.get("geen_werk"), _niet(k.get("betaald_werk")), Reden.WERK_TEGENSTRIJDIG)
    )
    nieuw = probeer("nieuw", lambda: _eens(k.get("nieuw"), _niet(k.get("al_hulp")), Reden.HULP_TEGENSTRIJDIG))
    if meldingen:
        raise InvoerFout(meldingen)

    def feit(naam: str, domein: str) -> bool | None:
        # on the scale 0-1 a problem area of bijlage 3 is the fact itself
        score = start.scores.get(domein) if schaal == "0-1" else None
        waarde = k.get(naam)
        return waarde if waarde is not None or score is None else score == 1

    samen = k.get("samenstelling") or k.get("type")
    eenouder = k.get("eenouder")
    return Huishouden(
        id=id_,
        type=type_,
        kinderen=_kinderen(k),
        scores=MappingProxyType(dict(start.scores)),
        schaal=schaal,
        schulden=feit("schulden", "schulden"),
        geen_werk=geen_werk if geen_werk is not None else feit("geen_werk", "werk"),
        overlast=feit("overlast", "overlast"),
        nieuw=nieuw,
        datum=start.datum,
        lvb=k.get("lvb"),
        top=k.get("top"),
        eenouder=eenouder if eenouder is not None else samen[1] if samen else None,
        later=tuple(Meting(d.datum, MappingProxyType(dict(d.scores))) for d in later),
    )


def _kinderen(k: Mapping[str, Any]) -> int | None:
    """The number closest to "under 18 and living at home" that the registration has."""
    return next((k[n] for n in ("kinderen_onder_18", "thuiswonend", "kinderen") if k.get(n) is not None), None)


def _type(k: Mapping[str, Any]) -> str | None:
    """Huishoudtype by handleiding §2.1, vraag 2; a gezin with somebody of 65 stays a gezin. Raises Afgekeurd."""
    genoemd = {s[0] for n in ("type", "samenstelling") if (s := k.get(n)) is not None and s[0] is not None}
    onder_18, kinderen = k.get("kinderen_onder_18"), _kinderen(k)
    ouder = k.get("leeftijd_oudste") if k.get("leeftijd_oudste") is not None else k.get("oudste_65_plus")
    if len(genoemd) > 1:
        raise Afgekeurd(Reden.TYPE_TEGENSTRIJDIG)
    if genoemd:
        type_ = str(genoemd.pop())
        if type_ != "gezin" and onder_18:
            raise Afgekeurd(Reden.GEEN_GEZIN_MET_KINDEREN)
        if type_ == "gezin" and onder_18 == 0:
            raise Afgekeurd(Reden.GEZIN_ZONDER_KINDEREN)
        return type_
    if kinderen:
        return "gezin"
    if ouder:
        return "oudere"
    samen = k.get("samenstelling") or k.get("type")
    zonder_kinderen = kinderen == 0 or (samen is not None and samen[2])
    return "overig" if ouder is False and zonder_kinderen else None


def _niet(waarde: bool | None) -> bool | None:
    return None if waarde is None else not waarde


def _eens(een: bool | None, ander: bool | None, reden: Reden) -> bool | None:
    """One fact from two columns. Raises Afgekeurd when they differ."""
    if een is not None and ander is not None and een != ander:
        raise Afgekeurd(reden)
    return een if een is not None else ander

"""Read a caseload registration with ZRM scores: csv or xlsx, a row per intake or a row per score.

What comes out are households without personal data (:class:`Huishouden`): type, number of children, the scores
at the start (0-meting) and later ones, and the facts that questions 4, 5 and 10 ask for. Columns with personal
data are refused; everything that is wrong with a file is raised at once.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from mkba.invoer.registratie.cellen import Schaal
from mkba.invoer.registratie.domeinen import zoek_domein
from mkba.invoer.registratie.huishoudens import Huishouden, Meting, Moment, Plek, maak_huishoudens
from mkba.invoer.registratie.kop import Kop, aantal_bekend, bsn_in_kolommen, lees_kop, ongebruikt, zoek_kop
from mkba.invoer.registratie.meldingen import Reden, over_persoon
from mkba.invoer.registratie.namen import TWEEDUIDIG, lees_kopcel
from mkba.invoer.tabel.csv import SCHEIDINGSTEKENS, decodeer, splits
from mkba.invoer.tabel.rijen import KOP_BINNEN, MAXIMUM_KOLOMMEN, Plaats, Rij
from mkba.invoer.tabel.xlsx import controleer_vorm, heeft_formules, lees_blad
from mkba.kern import paden
from mkba.kern.bestanden import lees_bytes, weiger, weiger_werkboek
from mkba.kern.meldingen import InvoerFout, Melding
from mkba.kern.persoonsgegevens import NIET_GETOOND

__all__ = ["Huishouden", "Meting", "Registratie", "lees_registratie"]

MAXIMUM_RIJEN: Final = 100_000
"""A long table has a row per household, domain and moment."""
MAXIMUM_MELDINGEN: Final = 100
"""Past a hundred, the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Registratie:
    """The households of one file, in order of first appearance.

    ``schaal`` holds for all scores; ``indeling``: a row per intake ("breed") or per score ("lang");
    ``domeinen``: the domains that the file has; ``gelezen_als``: (name in the file, domain) where these differ;
    ``genegeerd``: columns that were not used, by place and by name when that is a word that we know.
    """

    bestand: str
    huishoudens: tuple[Huishouden, ...] = field(repr=False)
    schaal: Schaal
    indeling: Literal["breed", "lang"]
    domeinen: tuple[str, ...]
    genegeerd: tuple[str, ...]
    gelezen_als: tuple[tuple[str, str], ...] = ()


def lees_registratie(
    pad: str | Path, schaal: Schaal | None = None, codering: Literal["zrm"] | None = None
) -> Registratie:
    """Read a registration: a file, or "voorbeeldgemeente".

    ``schaal``: "1-5" (5 is volledig zelfredzaam) or "0-1" (1 is a problem) when the file does not tell;
    ``codering``: "zrm" says that bare numbers in an export of the Gemeentelijk Gegevensmodel are ZRM scores and
    not its alphabetical codes. Raises InvoerFout with everything that is wrong, without any value of the file, and
    without the error of a library that it came from: that may quote one.
    """
    pad = paden.zoek_registratie(pad)
    try:
        return _lees(pad, schaal, codering)
    except InvoerFout as fout:
        meldingen = tuple(_zonder_waarde(m, pad) for m in fout.meldingen)
    except Exception:  # whatever a file happens to trigger
        meldingen = (over_persoon("bestand", Reden.ONVERWACHT, str(pad)),)
    raise InvoerFout(meldingen)


def _zonder_waarde(melding: Melding, pad: Path) -> Melding:
    """The message of a reader that is shared shows the name of the file at most."""
    return melding if melding.waarde in (None, NIET_GETOOND) else replace(melding, waarde=pad.name)


def _lees(pad: Path, schaal: Schaal | None, codering: Literal["zrm"] | None) -> Registratie:
    rijen, plaats = _lees_rijen(pad)
    index, kop, meldingen = lees_kop(rijen, plaats)
    gegevens = [rij for rij in rijen[index + 1 :] if not rij.leeg]
    meldingen += bsn_in_kolommen(gegevens, kop, plaats)
    if len(gegevens) > MAXIMUM_RIJEN:
        meldingen.append(over_persoon("bestand", Reden.TE_VEEL_RIJEN, plaats.bestand, aantal=MAXIMUM_RIJEN))
        raise InvoerFout(meldingen)
    if not gegevens:
        meldingen.append(over_persoon("bestand", Reden.GEEN_HUISHOUDENS, plaats.bestand))
        raise InvoerFout(meldingen)
    if any(m.veld == "id" for m in meldingen):  # without an ID every row would be wrong
        raise InvoerFout(meldingen)
    kop, zonder_domein = ongebruikt(gegevens, kop, plaats)
    meldingen += zonder_domein
    momenten = [_moment(rij, kop, plaats, meldingen) for rij in gegevens]
    label_wint = kop.ggm and codering != "zrm"
    huishoudens, gekozen = maak_huishoudens(
        momenten, kop.lang, label_wint, schaal, kop.schalen, plaats.bestand, meldingen
    )
    if meldingen or gekozen is None:
        raise InvoerFout(_ingekort(meldingen, plaats))
    domeinen = tuple(dict.fromkeys(d for h in huishoudens for d in h.scores))
    return Registratie(
        bestand=str(pad),
        huishoudens=tuple(huishoudens),
        schaal=gekozen,
        indeling="lang" if kop.lang else "breed",
        domeinen=domeinen,
        genegeerd=tuple(kop.toon(i) for i in kop.genegeerd),
        gelezen_als=kop.gelezen_als,
    )


def _moment(rij: Rij, kop: Kop, plaats: Plaats, meldingen: list[Melding]) -> Moment:
    """The cells of one row under the names of what they hold."""

    def plek(naam: str, i: int) -> Plek:
        return Plek(naam, rij.cel(i), plaats.van(rij.nummer, i))

    scores: dict[str, Plek] = {}
    if kop.domein is None:
        scores = {domein: plek(domein, i) for domein, i in kop.domeinen.items()}
    else:
        kopcel = lees_kopcel(rij.cel(kop.domein).waarde)
        domein = zoek_domein(kopcel.naam)
        waar = plaats.van(rij.nummer, kop.domein)
        if domein is None or kopcel.naam in TWEEDUIDIG:
            reden = Reden.DOMEIN_TWEEDUIDIG if kopcel.naam in TWEEDUIDIG else Reden.DOMEIN_ONBEKEND
            reden = Reden.DOMEIN_IS_CODE if kopcel.naam.isdigit() else reden
            meldingen.append(over_persoon("domein", reden, waar))
        elif kopcel.vreemd or kopcel.schaal not in (None, kop.schalen.get("score", kopcel.schaal)):
            meldingen.append(over_persoon("domein", Reden.ANDERE_SCHAAL, waar))
        else:
            kolommen = [i for i in (kop.label, kop.score) if i is not None]
            gevuld = [i for i in kolommen if not rij.cel(i).leeg]
            scores = {domein: plek(domein, (gevuld or kolommen)[0])}
    return Moment(
        rij=rij.nummer,
        id=plek("id", kop.id),
        datum=plek("datum", kop.datum) if kop.datum is not None else None,
        scores=scores,
        kenmerken={k: tuple(plek(k, i) for i in indexen) for k, indexen in kop.kenmerken.items()},
        waar=plaats.van(rij.nummer),
    )


def _lees_rijen(pad: Path) -> tuple[list[Rij], Plaats]:
    """Rows of a csv or xlsx, just past the maximum. Raises InvoerFout."""
    hoogstens = MAXIMUM_RIJEN + KOP_BINNEN + 1
    extensie = pad.suffix.lower()
    if extensie not in (".csv", ".xlsx"):
        weiger(pad, "een registratie wordt gelezen uit csv of xlsx.", "Bewaar het als .csv of .xlsx.")
    inhoud = _lees_bytes(pad)
    if extensie == ".csv":
        weiger_werkboek(pad, inhoud)
        return _uit_csv(pad, decodeer(pad, inhoud, toon=False), hoogstens), Plaats(str(pad), False)
    controleer_vorm(pad, inhoud)
    try:
        rijen = list(islice(lees_blad(inhoud, heeft_formules(pad, inhoud)), hoogstens))
    except InvoerFout:
        raise
    except Exception as fout:  # whatever a damaged workbook happens to trigger
        weiger(pad, f"de werkmap is beschadigd ({type(fout).__name__}).", "Open het in Excel en bewaar het opnieuw.")
    return rijen, Plaats(str(pad), True)


def _lees_bytes(pad: Path) -> bytes:
    """The whole file; the remedies speak of a registration."""
    try:
        return lees_bytes(pad)
    except InvoerFout as fout:
        remedie = "Geef een export met een kolom ID en de scores per domein."
        raise InvoerFout(replace(m, remedie=remedie) for m in fout.meldingen) from None


def _uit_csv(pad: Path, tekst: str, hoogstens: int) -> list[Rij]:
    """Rows under the delimiter that makes most sense of the header."""
    heeft_sep = tekst[:5].lower().startswith("sep=")
    kandidaten = (tekst[4],) if heeft_sep and tekst[4] in SCHEIDINGSTEKENS else SCHEIDINGSTEKENS

    def score(teken: str) -> tuple[bool, int]:
        try:
            rijen = splits(tekst, teken, heeft_sep, KOP_BINNEN)
        except csv.Error:  # a wrong delimiter can make a stray quote an error
            return False, 0
        return zoek_kop(rijen) is not None, max((aantal_bekend(rij) for rij in rijen), default=0)

    try:
        rijen = splits(tekst, max(kandidaten, key=score), heeft_sep, hoogstens)
    except csv.Error as fout:
        weiger(pad, f"dit is geen goed gevormde csv ({fout}).", "Controleer de aanhalingstekens.")
    if breed := [rij for rij in rijen if len(rij.cellen) > MAXIMUM_KOLOMMEN]:
        oorzaak = f"rij {breed[0].nummer} heeft waarden voorbij kolom {MAXIMUM_KOLOMMEN}."
        weiger(pad, oorzaak, "Bewaar alleen de kolommen van de registratie.")
    return rijen


def _ingekort(meldingen: Sequence[Melding], plaats: Plaats) -> list[Melding]:
    if len(meldingen) <= MAXIMUM_MELDINGEN:
        return list(meldingen)
    rest = len(meldingen) - MAXIMUM_MELDINGEN
    slot = over_persoon("meldingen", Reden.NOG_MEER, plaats.bestand, aantal=rest)
    return [*meldingen[:MAXIMUM_MELDINGEN], slot]

"""Read a caseload registration with ZRM scores: csv or xlsx, a row per intake or a row per score.

What comes out are households without personal data (:class:`Huishouden`): type, number of children, the scores
at the start (0-meting) and later ones, and the facts that questions 4, 5 and 10 ask for. Columns with personal
data are refused; everything that is wrong with a file is raised at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from openpyxl.utils import get_column_letter

from mkba.invoer.registratie.cellen import Schaal
from mkba.invoer.registratie.domeinen import zoek_domein
from mkba.invoer.registratie.huishoudens import Huishouden, Meting, Moment, Plek, maak_huishoudens
from mkba.invoer.registratie.kop import Kop, aantal_bekend, bsn_in_kolommen, lees_kop, ongebruikt, zoek_kop
from mkba.invoer.registratie.meldingen import Reden, over_persoon
from mkba.invoer.registratie.namen import TWEEDUIDIG, lees_kopcel
from mkba.invoer.tabel.bladvorm import lees_vorm
from mkba.invoer.tabel.cellen import KOP_BINNEN, MAXIMUM_KOLOMMEN, Plaats, Rij
from mkba.invoer.tabel.openen import lees_tabel
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.invoer.tabel.xlsx import MAAK_ZICHTBAAR, Boeken, beschadigd, open_boeken
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import lees_bytes, weiger
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND

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
    ``genegeerd``: columns that were not used, by place and by name when that is a word that we know;
    ``verborgen``: rows and columns of a workbook that nobody sees, and that count.
    """

    bestand: str
    huishoudens: tuple[Huishouden, ...] = field(repr=False)
    schaal: Schaal
    indeling: Literal["breed", "lang"]
    domeinen: tuple[str, ...]
    genegeerd: tuple[str, ...]
    gelezen_als: tuple[tuple[str, str], ...] = ()
    verborgen: tuple[str, ...] = ()


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
    rijen, plaats, verborgen = _lees_rijen(pad)
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
        verborgen=verborgen,
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


_REGISTRATIES: Final = Tabelsoort(
    zoek_kop,
    aantal_bekend,
    rijen=MAXIMUM_RIJEN,
    toon=False,
    leeg="Geef een export met een kolom ID en de scores per domein.",
    slechte_csv="Controleer de aanhalingstekens.",
    te_groot="Bewaar alleen de rijen en kolommen van de registratie.",
)


def _lees_rijen(pad: Path) -> tuple[list[Rij], Plaats, tuple[str, ...]]:
    """Rows of a csv or xlsx, just past the maximum, and which of them nobody sees. Raises InvoerFout."""
    if pad.suffix.lower() not in (".csv", ".xlsx"):
        weiger(pad, "een registratie wordt gelezen uit csv of xlsx.", "Bewaar het als .csv of .xlsx.")
    if pad.suffix.lower() == ".csv":
        rijen, plaats = lees_tabel(pad, _REGISTRATIES)
        verborgen: tuple[str, ...] = ()
    else:
        inhoud = lees_bytes(pad, _REGISTRATIES.bytes, leeg=_REGISTRATIES.leeg)
        with beschadigd(pad, _REGISTRATIES):
            boeken = open_boeken(pad, inhoud, _REGISTRATIES)
            blad = _kies_blad(boeken, pad)
            rijen, plaats = list(boeken.rijen(blad, hoogstens=_REGISTRATIES.hoogstens)), Plaats(str(pad), True)
            verborgen = _verborgen(boeken, blad, rijen)
    if breed := [rij for rij in rijen if len(rij.cellen) > MAXIMUM_KOLOMMEN]:
        oorzaak = f"rij {breed[0].nummer} heeft waarden voorbij kolom {MAXIMUM_KOLOMMEN}."
        weiger(pad, oorzaak, "Bewaar alleen de kolommen van de registratie.")
    return rijen, plaats, verborgen


def _kies_blad(boeken: Boeken, pad: Path) -> str:
    """The one sheet with the head of a registration, visible; without any the first. Raises InvoerFout, which names no
    sheet: a name may be that of a person."""
    boven = {n: list(boeken.rijen(n, hoogstens=KOP_BINNEN)) for n in boeken.namen}
    met_kop = [n for n, rijen in boven.items() if zoek_kop(rijen) is not None]
    if len(met_kop) > 1:
        oorzaak = f"er zijn {len(met_kop)} bladen met een registratie."
        weiger(pad, oorzaak, f"Bewaar het blad dat geldt, zichtbaar, en verwijder de andere; {MAAK_ZICHTBAAR}.")
    if met_kop and boeken.verborgen(met_kop[0]):
        weiger(pad, "het blad met de registratie is verborgen.", f"Laat zien wat meetelt; {MAAK_ZICHTBAAR}.")
    return (met_kop or boeken.namen)[0]


def _verborgen(boeken: Boeken, blad: str, rijen: Sequence[Rij]) -> tuple[str, ...]:
    """The filled rows and columns of a sheet that are hidden or filtered away."""
    vorm = lees_vorm(boeken.blad(blad))
    breed = max((len(rij.cellen) for rij in rijen), default=0)
    kolommen = [k + 1 for k in range(breed) if any(not rij.cel(k).leeg for rij in rijen)]
    # as if in a row that is not hidden itself: there is no row 0
    uit = [f"kolom {get_column_letter(k)}" for k in kolommen if vorm.verborgen(0, k)]
    return (*(f"rij {rij.nummer}" for rij in rijen if rij.nummer in vorm.rijen and not rij.leeg), *uit)


def _ingekort(meldingen: Sequence[Melding], plaats: Plaats) -> list[Melding]:
    if len(meldingen) <= MAXIMUM_MELDINGEN:
        return list(meldingen)
    rest = len(meldingen) - MAXIMUM_MELDINGEN
    slot = over_persoon("meldingen", Reden.NOG_MEER, plaats.bestand, aantal=rest)
    return [*meldingen[:MAXIMUM_MELDINGEN], slot]

"""Read a registration for an effectmeting: csv files or a workbook to the record :class:`Registratie`.

What is wrong with a file as a whole (personal data, a missing column, a damaged workbook) refuses everything, with all
that is wrong at once. What is wrong with a row refuses that row, and says which, which column and what was expected;
the others go on.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from mkba.invoer.effectmeting import koppen
from mkba.invoer.effectmeting.controle import keur
from mkba.invoer.effectmeting.dubbel import dubbele_delen
from mkba.invoer.effectmeting.indeling import Indeling, Tabelindeling, lees_indeling
from mkba.invoer.effectmeting.kolommen import BLAD_KEUZES, BLAD_TOELICHTING, TABELLEN
from mkba.invoer.effectmeting.koppelsleutel import Koppelsleutel, lees_koppelsleutel
from mkba.invoer.effectmeting.koppen import Kop, kies_tabel, lees_kop
from mkba.invoer.effectmeting.persoonlijk import controleer_namen, kolom_van_personen
from mkba.invoer.effectmeting.registratie import Registratie, Weigering, maak_registratie
from mkba.invoer.effectmeting.schrijfwijze import een_schrijfwijze
from mkba.invoer.effectmeting.waarden import Lezer
from mkba.invoer.planbestand import plannen
from mkba.invoer.registratie.domeinen import normaliseer, zoek_domein
from mkba.invoer.registratie.namen import toon_kolom
from mkba.invoer.tabel.cellen import Plaats
from mkba.invoer.tabel.kolomsgewijs import Blad, lees_bladen
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.invoer.tabel.xlsx import MAAK_ZICHTBAAR
from mkba.kern.bestand import paden as plekken
from mkba.kern.bestand.bestanden import eenmalig, lees_bytes, weiger, zoek_bestanden
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import hoeveel, opsomming
from mkba.kern.tekst.persoonlijk import persoonlijk_in
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND

__all__ = ["Registratie", "Weigering", "lees_registratie"]

MAXIMUM_RIJEN: Final = 2_000_000
"""Rows of one table: 100,000 households with four moments and a dozen trajecten. A choice."""
MAXIMUM_BYTES: Final = 200_000_000
KOP_BINNEN: Final = 20
"""The header stands in the first rows; that of the template in the fourth."""
VOORBEELD: Final = "voorbeeldstad"
"""The name of the made-up registration that ships."""
ZRM_CASELOAD: Final = 5
"""Headers that are a domain of the ZRM, from which a file without a table of ours is taken for a caseload: a choice."""
_VUL_IN: Final = (
    "Vul op het blad huishoudens een rij per huishouden in; `mkba sjabloon --registratie` maakt een lege werkmap."
)
_SJABLOON: Final = "`mkba sjabloon --registratie` maakt een werkmap met alle tabellen en kolommen."
_OF_FORMULIER: Final = "Het formulier van een steekproef (`mkba steekproef`) kan ook: geef het met al zijn kolommen."


_CASELOAD: Final = (
    "dit lijkt een caseload met ZRM-scores, en geen registratie van een effectmeting.",
    "Een caseload leest notebook 10: geef het bestand op bij de parameter registratie (`mkba notebooks` zet het "
    f"notebook klaar). Gaat het om een effectmeting? {_SJABLOON}",
)


def zoek_registratie(bron: str | Path) -> Path:
    """A path as it is given; the name of the made-up registration where no such file or folder exists. The name of a
    shipped aanpak is the file of that plan, so that its reader says what it is."""
    pad = plekken.uitgeschreven(str(bron))
    if pad.exists():
        return pad
    return plekken.data() / VOORBEELD if str(bron) == VOORBEELD else plekken.zoek_aanpak(bron)


def lees_registratie(
    paden: str | Path | Sequence[str | Path],
    *,
    indeling: str | Path | None = None,
    koppelsleutel: str | Path | None = None,
    alleen: Sequence[str] = (),
) -> Registratie:
    """The registration in one or more files or folders (csv per table, or workbooks with a sheet per table).

    ``indeling``: a TOML file with the user's own names; ``koppelsleutel``: a file with the key under which numbers of
    persons become pseudonyms; ``alleen``: the tables that there may be, of which households need not be one (beside the
    form of a sample). Raises InvoerFout, without any value of the files.
    """
    reeks = [paden] if isinstance(paden, str | Path) else list(paden)
    namen = lees_indeling(indeling) if indeling is not None else {}
    gevonden = [b for pad in reeks for b in zoek_bestanden(Path(pad))]
    bestanden = [b for b in gevonden if b.suffix.lower() != ".toml"]
    if not bestanden:
        if meldingen := plannen(gevonden):
            raise InvoerFout(meldingen)
        weiger(
            Path(str(reeks[0]) if reeks else "registratie"), "er is geen csv of xlsx met een registratie.", _SJABLOON
        )
    controleer_namen(bestanden)
    sleutel = lees_koppelsleutel(koppelsleutel, bestanden) if koppelsleutel is not None else None
    try:
        with _zonder_opruimen():
            return _lees(bestanden, namen, sleutel, alleen)
    except InvoerFout as fout:
        geen = plannen(bestanden)
        rest = [_zonder_waarde(m) for m in fout.meldingen if m.bestand not in {g.bestand for g in geen}]
        meldingen = [*geen, *rest]
    raise InvoerFout(meldingen)  # without the error of a library that it came from: that may quote a value


@contextmanager
def _zonder_opruimen() -> Iterator[None]:
    """Without the search for circles of objects, which would walk a million rows over and over; none is in one."""
    liep = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if liep:
            gc.enable()


def _zonder_waarde(melding: Melding) -> Melding:
    """The message of a reader that is shared shows the name of a file at most."""
    if melding.waarde in (None, NIET_GETOOND) or melding.veld == "bestand":
        return melding
    return replace(melding, waarde=NIET_GETOOND)


def _lees(
    bestanden: Sequence[Path], indeling: Indeling, sleutel: Koppelsleutel | None, alleen: Sequence[str]
) -> Registratie:
    delen: dict[str, list[pd.DataFrame]] = {naam: [] for naam in TABELLEN}
    meldingen: list[Melding] = []
    weigeringen: list[Weigering] = []
    genegeerd: list[str] = []
    overgeslagen = 0
    voorbeelden = 0
    caseload = False
    lezer = Lezer(sleutel)
    soort = _soort(indeling)
    for nummer, blad in _bladen(bestanden, soort):
        pad = bestanden[nummer]
        plaats = Plaats(str(pad), pad.suffix.lower() == ".xlsx")
        kop = _kop(blad, indeling, plaats, sleutel is not None, meldingen)
        if kop is None:
            caseload = caseload or _zrm_domeinen(blad) >= ZRM_CASELOAD
            overgeslagen += not _van_het_sjabloon(blad)
            continue
        meldingen += [*kop.meldingen, *_personen(blad, kop, plaats, sleutel is not None)]
        genegeerd += [f"{kop.vorm.naam}: {toon_kolom(normaliseer(_kopwaarde(blad, i)), i)}" for i in kop.genegeerd]
        if meldingen:  # nothing will come of it, but every other file is looked at as well
            continue
        frame, fout, n = lezer.frame(blad, kop, indeling.get(kop.vorm.naam, Tabelindeling()), plaats, meldingen)
        voorbeelden += n
        if alleen and kop.vorm.naam not in alleen:
            if len(frame):
                oorzaak = "deze tabel gaat over huishoudens, en dat doet het formulier van een steekproef ook."
                remedie = (
                    f"Geef bij het formulier alleen {opsomming(list(alleen))}, of de registratie zonder formulier."
                )
                meldingen.append(Melding(kop.vorm.naam, None, oorzaak, remedie, plaats.bestand))
            continue
        weigeringen += fout
        delen[kop.vorm.naam].append(frame.assign(_bestand=nummer))
    if not meldingen and not alleen and not delen["huishoudens"]:
        oorzaak, remedie = _CASELOAD if caseload else ("er is geen tabel huishoudens.", f"{_SJABLOON} {_OF_FORMULIER}")
        meldingen.append(Melding("huishoudens", None, oorzaak, remedie, str(bestanden[0])))
    kopieen, dubbel = dubbele_delen(delen, bestanden)
    meldingen += kopieen
    if meldingen:
        raise InvoerFout(meldingen)
    frames = {naam: d[0] if len(d) == 1 else pd.concat(d, ignore_index=True) for naam, d in delen.items() if d}
    del delen
    gelezen = {naam: len(f) for naam, f in frames.items()}
    frames, anders = een_schrijfwijze(frames)
    gekeurd = keur(frames, len(lezer.nummers), [str(b) for b in bestanden], weigeringen)
    if not alleen and not len(gekeurd.frames["huishoudens"]):
        raise InvoerFout(_niemand(gekeurd.weigeringen, bestanden[0], gelezen["huishoudens"]))
    opmerkingen = [*dubbel, *anders, *gekeurd.opmerkingen]
    if overgeslagen:
        opmerkingen.append(f"{hoeveel(overgeslagen, 'blad is', 'bladen zijn')} geen tabel van de registratie.")
    namen = pd.array(list(lezer.nummers), dtype="str")
    frames = dict(gekeurd.frames)
    for naam, frame in frames.items():
        if "pseudoniem" in frame:
            frames[naam] = frame.assign(pseudoniem=namen.take(frame["pseudoniem"].to_numpy()))
    return maak_registratie(
        frames,
        geweigerd=tuple(gekeurd.weigeringen),
        gelezen=gelezen,
        genegeerd=tuple(genegeerd),
        opmerkingen=tuple(opmerkingen),
        voorbeeldrijen=voorbeelden,
        bestanden=tuple(b.name for b in bestanden),
    )


def _bladen(bestanden: Sequence[Path], soort: Tabelsoort) -> Iterator[tuple[int, Blad]]:
    """Every sheet with the index of its file."""
    for nummer, pad in enumerate(bestanden):
        with eenmalig():
            lees_bytes(pad, MAXIMUM_BYTES, leeg=_SJABLOON)
            bladen = lees_bladen(pad, soort)
            yield from ((nummer, blad) for blad in bladen)


def _soort(indeling: Indeling) -> Tabelsoort:
    return Tabelsoort(
        lambda rijen: koppen.zoek_kop(rijen, indeling),
        lambda rij: koppen.aantal_bekend(rij, indeling),
        kop_binnen=KOP_BINNEN,
        rijen=MAXIMUM_RIJEN,
        bytes=MAXIMUM_BYTES,
        uitgepakt=10 * MAXIMUM_BYTES,
        toon=False,
        leeg=_SJABLOON,
        slechte_csv="Controleer de aanhalingstekens.",
        te_groot="Bewaar elke tabel als csv.",
    )


def _kopwaarde(blad: Blad, i: int) -> object:
    return blad.kop.cel(i).waarde if blad.kop is not None else None


def _kop(blad: Blad, indeling: Indeling, plaats: Plaats, met_sleutel: bool, meldingen: list[Melding]) -> Kop | None:
    """The header of a sheet; None when it is no table, which in a workbook is no mistake."""
    vorm, reden = kies_tabel(blad, indeling)
    if vorm is not None and blad.kop is not None:
        if blad.verborgen and len(blad.nummers if blad.nummers is not None else ()):
            oorzaak = "het blad met deze tabel is verborgen."
            remedie = f"Laat zien wat meetelt en verwijder wat niet meetelt; {MAAK_ZICHTBAAR}."
            meldingen.append(Melding(vorm.naam, None, oorzaak, remedie, plaats.bestand))
        return lees_kop(blad, vorm, indeling, plaats, met_sleutel)
    if vorm is None and _van_het_sjabloon(blad):
        return None
    if vorm is None and plaats.met_cellen and not reden.endswith("meer dan een tabel"):
        return None
    oorzaak = f"{reden or 'er is geen rij met de namen van de kolommen'}."
    noem = "Noem het bestand of het blad naar de tabel, of wijs het aan in een indeling (TOML)."
    remedie = f"{noem} {_SJABLOON} {_OF_FORMULIER}"
    if vorm is None and _zrm_domeinen(blad) >= ZRM_CASELOAD:
        oorzaak, remedie = _CASELOAD
    if vorm is not None:
        kolommen = ", ".join(vorm.verplicht)
        oorzaak, remedie = "er is geen rij met de namen van de kolommen.", f"Nodig zijn: {kolommen}. {_SJABLOON}"
    veld = vorm.naam if vorm is not None else "tabel"
    meldingen.append(Melding(veld, None, oorzaak, remedie, plaats.bestand))
    return None


def _van_het_sjabloon(blad: Blad) -> bool:
    """Whether a sheet is one of the template's that hold no rows; as csv its name follows that of the workbook."""
    return normaliseer(blad.naam).split("_")[-1] in (BLAD_TOELICHTING, BLAD_KEUZES)


def _zrm_domeinen(blad: Blad) -> int:
    """How many headers are a domain of the ZRM, whatever the edition calls it."""
    kop = blad.kop
    if kop is None:
        return 0
    return len({zoek_domein(cel.waarde) for cel in kop.cellen} - {None})


def _personen(blad: Blad, kop: Kop, plaats: Plaats, met_sleutel: bool) -> list[Melding]:
    """Columns whose content is of persons, whatever their header: those not used, and the pseudonyms themselves."""
    uit = []
    for i in kop.genegeerd:
        soorten = {persoonlijk_in(str(cel.waarde)) for cel in blad.kolommen[i].cellen} - {""}
        if soorten:
            oorzaak = f"in deze kolom staat iets van personen ({', '.join(sorted(soorten))})."
            remedie = "Verwijder haar: een eigen, betekenisloze code per huishouden is genoeg."
            waar = plaats.van(blad.kop.nummer if blad.kop is not None else 1, i)
            naam = toon_kolom(normaliseer(_kopwaarde(blad, i)), i)
            uit.append(Melding(naam, NIET_GETOOND, oorzaak, remedie, waar))
    pseudoniem = kop.kolommen.get(koppen.PSEUDONIEM)
    if pseudoniem is not None and not met_sleutel:
        wat = kolom_van_personen([str(c.waarde) for c in blad.kolommen[pseudoniem].cellen])
        if wat:
            oorzaak = f"de waarden in deze kolom lijken {wat} en geen pseudoniemen."
            remedie = "Geef elk huishouden een eigen code, of geef --koppelsleutel om er pseudoniemen van te maken."
            uit.append(Melding(f"{kop.vorm.naam}.pseudoniem", NIET_GETOOND, oorzaak, remedie, plaats.bestand))
    return uit


def _niemand(weigeringen: Iterable[Weigering], pad: Path, gelezen: int) -> list[Melding]:
    """Why no household is left: per column what was expected, with the first row."""
    eerste: dict[tuple[str, str], Weigering] = {}
    for w in weigeringen:
        if w.tabel == "huishoudens":
            eerste.setdefault((w.kolom, w.verwacht), w)
    if not gelezen or not eerste:
        return [Melding("huishoudens", None, "er staat geen huishouden in de tabel.", _VUL_IN, str(pad))]
    return [
        Melding(
            f"huishoudens.{w.kolom}",
            NIET_GETOOND,
            "geen enkel huishouden is te lezen.",
            f"Verwacht: {w.verwacht}.",
            f"{w.bestand}, rij {w.rij}",
        )
        for w in eerste.values()
    ]

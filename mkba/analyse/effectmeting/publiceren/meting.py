"""What a registration says, as far as it may leave the house: the only thing that a report is made from.

Whatever a page, a file or a manifest of a report shows, is calculated from this record, which holds shown numbers only.
So who checks it, checks all of them; and no worker, notebook or copy ever has a household in it.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from mkba.analyse.effectmeting.publiceren.bijdragen import bedragregel
from mkba.analyse.effectmeting.publiceren.geheugen import (
    ZEGEL,
    Eerder,
    als_json,
    controleer_zegel,
    uit_json,
    wijken_ooit,
    zegel_van,
)
from mkba.analyse.effectmeting.publiceren.huishoudens import gevolgden
from mkba.analyse.effectmeting.publiceren.publicatie import AFRONDING, KLEINE_CEL, Vrijgegeven, geef_vrij
from mkba.analyse.effectmeting.publiceren.publicatiesoort import STEEKPROEF
from mkba.analyse.effectmeting.publiceren.wijkcijfers import Wijkcijfers, wijkcijfers, wijken_na
from mkba.analyse.effectmeting.tellen.telling import STAND, Registratietelling, samen_veld, tel
from mkba.analyse.effectmeting.zekerheid.intervallen import spreiding_over_gemiddelde
from mkba.analyse.onderdrukking.tabellen import Publicatie, rond_op
from mkba.invoer.effectmeting.registratie import Registratie
from mkba.kern.bestand.bestanden import lees_bytes, weiger
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.effectvelden import aantal_veld
from mkba.kern.woorden.trajecten import CASES, SOORTEN, TRAJECTKNOPPEN
from mkba.kern.woorden.velden import GROEPEN

VERSIE: Final = 3
LEESBAAR: Final = (1, 2, VERSIE)
"""Versions of the record that can still be read, so that a folder keeps its memory; the last has a seal."""
KINDEREN: Final = "kinderen"
_EFFECT: Final = "effectmeting."
"""What the keys of questions 16 to 18 begin with."""
_SPELING: Final = 1e-9
VAN_TOEN: Final = "van een eerdere meting in deze map: wat er sindsdien bij kwam is te weinig om het opnieuw te tonen"
AFGESCHERMD: Final = "hoe trajecten in een huishouden samengaan is afgeschermd"


def gerekend(drempel: float) -> str:
    """What an answer says of which :data:`AFGESCHERMD` goes: how it is counted then."""
    return f"{AFGESCHERMD}: gerekend alsof {nederlands(drempel)} huishoudens ze alle hebben"


def grove_spreiding(spreiding: float, verwacht: float, drempel: float, onder: float = 1.0) -> float:
    """A variance over a mean, to so few values that no small number follows: the middle of a step, of which the first
    is also for all below ``onder``.

    ``verwacht``: the shown number of events that it is of, ``onder``: what it is when they come one by one. A household
    with two of them adds two to the sum of squares, and so to the variance (and a part of a household, over n - 1): a
    step is a little more than twice the ``drempel`` of these, so that how many households have more than one is known
    to the threshold at best.
    """
    stap = (2 * drempel + 1) / max(verwacht, drempel)
    nummer = max(1, math.ceil((spreiding - onder) / stap - _SPELING))
    return round(onder + (nummer - 0.5) * stap, 2)


@dataclass(frozen=True, slots=True)
class Antwoord:
    """An answer of the registration: ``waarde`` None when it is hidden. ``teller`` and ``n``: shown (rounded) numbers
    of a share or a number per unit; ``n`` alone: the households behind a value."""

    waarde: float | None
    teller: float | None
    n: float | None
    opmerking: str


VERBORGEN: Final = Antwoord(None, None, None, "afgeschermd")
"""An answer that was given and may not be shown."""


@dataclass(frozen=True, slots=True)
class Geweigerd:
    """Rows that were refused for one reason: rounded as counts are, None where they are fewer than the threshold."""

    tabel: str
    kolom: str
    verwacht: str
    rijen: float | None


@dataclass(frozen=True)
class Lezing:
    """How the files were read. ``tabellen``: those with rows. What was said of them at the terminal is not here, nor
    how much: one household may be the reason."""

    bestanden: tuple[str, ...]
    tabellen: tuple[str, ...]
    geweigerd: tuple[Geweigerd, ...]
    genegeerd: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Meting:
    """``delen``: the published cells (``Vrijgegeven`` of the module publicatie); ``antwoorden`` by flat key;
    ``spreiding``, in steps (:func:`grove_spreiding`): how many times the variance of a number per household is its mean
    (of trajecten 1 at least; also of all together where those of new and known cases are hidden), and of questions 11
    and 12 how many times it is that of trajecten that come one by one, 1 at least (where it may not be shown:
    :func:`_spreiding`); ``wijken``: the table *gebied*; ``afronding``: of the counts;
    ``wijken_toen``: what else the folder ever showed of that table.
    There is no fingerprint of the files: who has all of them but one household, could try with it which one that is."""

    delen: Mapping[str, Publicatie]
    antwoorden: Mapping[str, Antwoord]
    spreiding: Mapping[str, float]
    wijken: tuple[Wijkcijfers, ...]
    lezing: Lezing
    drempel: float
    afronding: int
    wijken_toen: tuple[Wijkcijfers, ...] = ()

    @property
    def huishoudens(self) -> Publicatie:
        """The tables of households."""
        return self.delen["huishoudens"]

    @property
    def wijken_ooit(self) -> tuple[Wijkcijfers, ...]:
        """All that the folder ever showed of the table *gebied*."""
        return tuple(w for w in (*self.wijken, *self.wijken_toen) if w.toont)

    @property
    def uitleg(self) -> str:
        """Why there is nothing new since an earlier publication, or nothing."""
        return self.huishoudens.uitleg

    @property
    def van_steekproef(self) -> bool:
        """Whether it was made of the form of a sample, and not of a registration."""
        return STEEKPROEF in self.delen

    def trajecten(self, stand: str) -> Publicatie | None:
        """The numbers of trajecten of one stand, None when there are none."""
        return self.delen.get(f"trajecten.{stand}")

    def getoond_vanaf(self, samen: float = 1.0) -> float:
        """From which shown number on there is an answer at all, in what it counts: of households, or of trajecten of
        which ``samen`` come as one.

        At least as many households as the threshold must be behind it. How many there are is not shown: reckoned is as
        if all who have trajecten have as many, about the fewest there can be. Rounding can add half its base.
        """
        return self.drempel * samen + self.afronding / 2

    def waarde(self, sleutel: str) -> float | None:
        """The value of one key; None when it was not measured or is hidden."""
        antwoord = self.antwoorden.get(sleutel)
        return None if antwoord is None else antwoord.waarde


def meet(
    registratie: Registratie,
    kengetallen: Kengetallen,
    afronding: int = AFRONDING,
    eerder: Sequence[Eerder] = (),
) -> Meting:
    """Count a registration and keep what may be shown. ``eerder``: what the folder shows already. Raises InvoerFout."""
    return meet_en_geef_vrij(registratie, kengetallen, afronding, eerder)[0]


def meet_en_geef_vrij(
    registratie: Registratie, kengetallen: Kengetallen, afronding: int = AFRONDING, eerder: Sequence[Eerder] = ()
) -> tuple[Meting, Vrijgegeven]:
    """As :func:`meet`, with what was published besides. Where all of it was shown before, the record of then."""
    telling = tel(registratie, kengetallen)
    vrij = geef_vrij(registratie, telling, kengetallen, afronding, eerder)
    if vrij.niets_nieuws and vrij.bevroren is not None and vrij.bevroren.meting is not None:
        toen = vrij.bevroren.meting
        ooit = tuple(w for w in wijken_ooit(eerder) if w not in (*toen.wijken, *toen.wijken_toen))
        delen = {**toen.delen, "huishoudens": vrij.huishoudens}
        return replace(toen, delen=delen, wijken_toen=(*toen.wijken_toen, *ooit)), vrij
    drempel = kengetallen[KLEINE_CEL]
    antwoorden = {
        str(a.sleutel): Antwoord(_of_niets(a.waarde), _of_niets(a.teller), _of_niets(a.n), str(a.reden))
        for a in vrij.antwoorden.itertuples()
    }
    antwoorden |= dict(_van_toen(antwoorden, vrij))
    spreiding = dict(_spreiding(telling, antwoorden, vrij, drempel)) | dict(_spreiding_samen(telling, vrij, drempel))
    for sleutel in [s for s, (_, eigen) in spreiding.items() if not eigen]:
        van_beide = [s for v in SOORTEN if samen_veld(v) == sleutel for s in _groepsvelden(v)]
        for s in van_beide or [sleutel]:
            if AFGESCHERMD not in (a := antwoorden[s]).opmerking:
                antwoorden[s] = replace(a, opmerking="; ".join(filter(None, (a.opmerking, gerekend(drempel)))))
    meting = Meting(
        delen=vrij.delen,
        antwoorden=antwoorden,
        spreiding={s: w for s, (w, _) in spreiding.items()},
        **wijken_naast_eerder(registratie, drempel, eerder),
        lezing=lezing_van(registratie, drempel, vrij.huishoudens.afronding),
        drempel=drempel,
        afronding=vrij.huishoudens.afronding,
    )
    return meting, vrij


def wijken_naast_eerder(
    registratie: Registratie, drempel: float, eerder: Sequence[Eerder]
) -> dict[str, tuple[Wijkcijfers, ...]]:
    """The parts of a record about the table *gebied*: what may be shown beside what the folder shows of it, and what
    else was ever shown there. Raises InvoerFout."""
    ooit = wijken_ooit(eerder)
    wijken = wijken_na(ooit, wijkcijfers(registratie.gebied, drempel), registratie.gebied, drempel)
    return {"wijken": wijken, "wijken_toen": tuple(w for w in ooit if w not in wijken)}


def _van_toen(antwoorden: Mapping[str, Antwoord], vrij: Vrijgegeven) -> Iterator[tuple[str, Antwoord]]:
    """Answers to questions 1 to 14 that are hidden now, as they were last shown: that says no more than was known.

    Which they are follows from what is hidden. Shares that add up to 100% are all of then or all of now. Not those to
    questions 16 to 18, which count with the tables of now.
    """
    toen = [e.meting.antwoorden for e in reversed(vrij.verwant) if e.meting is not None]
    groepen = {s: leden for leden in GROEPEN.values() for s in leden}
    for sleutel in (s for s in antwoorden if not s.startswith(_EFFECT)):
        leden = [s for s in groepen.get(sleutel, (sleutel,)) if s in antwoorden]
        if all(antwoorden[s].waarde is not None for s in leden):
            continue
        for oud in toen:
            if all(s in oud and oud[s].waarde is not None for s in leden):
                a = oud[sleutel]
                bij = a.opmerking if VAN_TOEN in a.opmerking else "; ".join(filter(None, (a.opmerking, VAN_TOEN)))
                yield sleutel, replace(a, opmerking=bij)
                break


def _of_niets(waarde: Any) -> float | None:
    return None if pd.isna(waarde) else float(waarde)


def _spreiding(
    telling: Registratietelling, antwoorden: Mapping[str, Antwoord], vrij: Vrijgegeven, drempel: float
) -> Iterator[tuple[str, tuple[float, bool]]]:
    """Of each answer that is shown how far what it counts goes together, and whether that was counted.

    Where the answer is that of an earlier publication, what was said of it then: who came since would show in it.
    Where it would tell the household with most, it is as if as few households as may be behind a number had all of it,
    which says nothing and is seldom less; of children there is then none.
    """
    regel = bedragregel(drempel)
    toen = [e.meting for e in vrij.verwant if e.meting is not None]
    tabel = telling.antwoorden.set_index("sleutel")
    for sleutel, waarde in _geteld(tabel):
        a = antwoorden.get(sleutel)
        if a is None or a.waarde is None:
            continue
        eerder = [m for m in toen if (oud := m.antwoorden.get(sleutel)) is not None and _zelfde_getal(oud, a)]
        if eerder:
            if (w := eerder[-1].spreiding.get(sleutel)) is not None:
                yield sleutel, (w, AFGESCHERMD not in eerder[-1].antwoorden[sleutel].opmerking)
        elif not regel.spreiding_zegt_te_veel(tabel.at[sleutel, "bijdragen"]):
            onder = 0.0 if sleutel == KINDEREN else 1.0
            yield sleutel, (grove_spreiding(waarde, _gebeurtenissen(sleutel, a), drempel, onder), True)
        elif (samen := a.n if sleutel in TRAJECTKNOPPEN else a.teller) is not None and sleutel != KINDEREN:
            yield sleutel, (max(1.0, samen / drempel), False)


def _spreiding_samen(
    telling: Registratietelling, vrij: Vrijgegeven, drempel: float
) -> Iterator[tuple[str, tuple[float, bool]]]:
    """The same of the numbers of questions 16 and 17 of new and known cases together, where these are shown and those
    of each are not (footnote 13): who is new gets more trajecten than who is known, so that they come less one by one
    than in either group."""
    regel, tabel = bedragregel(drempel), telling.antwoorden.set_index("sleutel")
    getoond = {*vrij.antwoorden.dropna(subset="waarde")["sleutel"]}
    for vraag in SOORTEN:
        sleutel, nu = samen_veld(vraag), _samen(vrij.delen, vraag)
        if sleutel not in tabel.index or nu is None or {*_groepsvelden(vraag)} <= getoond:
            continue
        eerder = [e.meting for e in vrij.verwant if e.meting is not None and _samen(e.meting.delen, vraag) == nu]
        bijdragen = tabel.at[sleutel, "bijdragen"]
        if eerder and sleutel in eerder[-1].spreiding:
            yield sleutel, (eerder[-1].spreiding[sleutel], True)
        elif eerder or regel.spreiding_zegt_te_veel(bijdragen):
            yield sleutel, (round(max(1.0, nu[0] / drempel), 1), False)
        else:
            som, n = float(bijdragen.sum()), float(len(bijdragen))
            spreiding = spreiding_over_gemiddelde(som, n, float((bijdragen**2).sum()))
            yield sleutel, (grove_spreiding(spreiding, nu[0], drempel), True)


def _gebeurtenissen(sleutel: str, a: Antwoord) -> float:
    """What the variance of a shown answer is of when these come one by one: a number, or that of a part."""
    n = (a.waarde or 0.0) * (a.n or 0.0)
    return n * (1 - (a.waarde or 0.0)) if sleutel in TRAJECTKNOPPEN else n


def _groepsvelden(vraag: str) -> tuple[str, ...]:
    """The keys of the numbers of new and of known cases."""
    return tuple(aantal_veld(vraag, case) for case in CASES)


def _samen(delen: Mapping[str, Publicatie], vraag: str) -> tuple[float, float] | None:
    """The shown number of trajecten of new and known cases together, and of how many households; None when hidden."""
    p = delen.get(f"trajecten.{STAND[vraag]}")
    teller, n = None if p is None else p.toont(), gevolgden(delen["huishoudens"])
    return None if not teller or not n else (teller, n)


def _zelfde_getal(een: Antwoord, ander: Antwoord) -> bool:
    return (een.waarde, een.teller, een.n) == (ander.waarde, ander.teller, ander.n)


def _geteld(tabel: pd.DataFrame) -> Iterator[tuple[str, float]]:
    """Whoever needs one traject often needs more: the variance over the mean of a number per household, and of a part
    of the trajecten its variance over that of as many that come one by one. ``tabel``: answers by key."""
    for sleutel in TRAJECTKNOPPEN:
        if sleutel in tabel.index:
            deel, noemer, kwadraten = (float(tabel.at[sleutel, k]) for k in ("waarde", "n", "kwadraten"))
            if 0 < deel < 1:
                yield sleutel, kwadraten / (noemer * deel * (1 - deel))
    for sleutel in (KINDEREN, *(s for vraag in SOORTEN for s in _groepsvelden(vraag))):
        if sleutel in tabel.index and tabel.at[sleutel, "teller"]:
            teller, n, kwadraten = (float(tabel.at[sleutel, k]) for k in ("teller", "n", "kwadraten"))
            if sleutel == KINDEREN:
                per = teller / n
                yield sleutel, (kwadraten / n - per**2) / per * n / max(n - 1, 1)
            else:
                yield sleutel, spreiding_over_gemiddelde(teller, n, kwadraten)


def lezing_van(r: Registratie, drempel: float, afronding: int) -> Lezing:
    """How the files were read, with the refused rows by reason."""
    rijen: dict[tuple[str, str, str], set[tuple[str, int]]] = {}
    for w in r.geweigerd:
        rijen.setdefault((w.tabel, w.kolom, w.verwacht), set()).add((w.bestand, w.rij))
    return Lezing(
        r.bestanden,
        tuple(naam for naam in r.gelezen if len(r.tabel(naam))),
        tuple(Geweigerd(*wat, rond_op(n, afronding) if (n := len(w)) >= drempel else None) for wat, w in rijen.items()),
        r.genegeerd,
    )


# --- as a file -------------------------------------------------------------------------------------------------------


def schrijf_meting(meting: Meting) -> str:
    """The record as JSON, that :func:`lees_meting` reads back."""
    inhoud = {
        "meting": VERSIE,
        "delen": {naam: als_json(p) for naam, p in meting.delen.items()},
        "antwoorden": {s: asdict(a) for s, a in meting.antwoorden.items()},
        "spreiding": dict(meting.spreiding),
        "wijken": [asdict(w) for w in meting.wijken],
        "wijken_toen": [asdict(w) for w in meting.wijken_toen],
        "lezing": asdict(meting.lezing),
        "drempel": meting.drempel,
        "afronding": meting.afronding,
    }
    zegel = zegel_van(json.loads(json.dumps(inhoud)))
    return json.dumps({**inhoud, ZEGEL: zegel}, ensure_ascii=False, indent=1) + "\n"


def lees_meting(pad: Path) -> Meting:
    """A record that :func:`schrijf_meting` wrote. Raises InvoerFout for a file that is none."""
    try:
        g = json.loads(lees_bytes(pad))
        if g["meting"] not in LEESBAAR:
            raise ValueError
        if g["meting"] == VERSIE:
            controleer_zegel(pad, g)
        return Meting(
            {str(naam): uit_json(deel) for naam, deel in g["delen"].items()},
            TypeAdapter(dict[str, Antwoord]).validate_python(g["antwoorden"]),
            TypeAdapter(dict[str, float]).validate_python(g["spreiding"]),
            TypeAdapter(tuple[Wijkcijfers, ...]).validate_python(g["wijken"]),
            TypeAdapter(Lezing).validate_python(g["lezing"]),
            float(g["drempel"]),
            int(g["afronding"]),
            TypeAdapter(tuple[Wijkcijfers, ...]).validate_python(g.get("wijken_toen", ())),
        )
    except InvoerFout:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError):
        weiger(pad, "dit is geen meting van `mkba effect`.", "Geef de registratie zelf, of maak de meting opnieuw.")

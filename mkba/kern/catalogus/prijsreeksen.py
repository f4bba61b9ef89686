"""Series of prices: how amounts of one year become amounts of another, year by year, and how well that is known.

A series is a table of years. A year gives its change on the year before as ``mutatie`` (0.033 is 3.3%), or an index
as ``niveau`` with its ``basisjaar``: of two successive years with the same basisjaar the change follows, of years with
another basisjaar it never does (an index that moved to another base is not chained over the gap). ``als`` leaves a year
to another series, said out loud. A series with ``samenstelling`` is a weighted sum of others. A year that is missing
is an error that names the file to extend: the last value is never used again in silence. Only where a rule set chooses
so by name (``[overbrugging]``) does another series stand in for the years that it lists, as an assumption.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from mkba.kern.bestand.toml_regel import plaats
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import als_fractie, opsomming, zuinig

Stand = Literal["voorlopig", "definitief"]
Jaarstatus = Literal["gepubliceerd", "afgeleid", "aanname"]
_VELDEN: Final = "mutatie, stand, status, bron en vindplaats; bij een aanname motivering"
_HOOGSTENS: Final = 100
"""Years of one movement that are looked at for what is missing; a choice, against a year without end."""
GEEN: Final = "geen"
"""The series of an amount that no price moves: a convention, or a number shown as it was printed."""


class Jaar(BaseModel):
    """One year of a series: exactly one of ``mutatie``, ``als`` or ``niveau`` that follows on the year before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stand: Stand
    status: Jaarstatus
    bron: str
    mutatie: float | None = None
    niveau: float | None = None
    basisjaar: int | None = None
    als: str = ""
    vindplaats: str = ""
    via: str = ""
    motivering: str = ""
    gecontroleerd_op: date | None = None

    @model_validator(mode="after")
    def _controleer(self) -> "Jaar":
        if (self.niveau is None) != (self.basisjaar is None):
            raise ValueError("niveau en basisjaar horen bij elkaar")
        if self.mutatie is not None and self.als:
            raise ValueError("geef mutatie of als, niet beide")
        if self.mutatie is None and self.niveau is None and not self.als:
            raise ValueError("geef mutatie, niveau met basisjaar, of als")
        if self.mutatie is not None and not -1 < self.mutatie < 1:
            raise ValueError(f"mutatie is een fractie: {als_fractie(self.mutatie) or '0.033 is 3,3%'}")
        if self.niveau is not None and not 0 < self.niveau < 1e6:
            raise ValueError("niveau is een index groter dan 0")
        if self.status == "aanname" and not self.motivering:
            raise ValueError("status aanname vraagt om motivering")
        if self.status != "aanname" and not self.vindplaats:
            raise ValueError(f"status {self.status} vraagt om vindplaats")
        if self.als and self.status != "aanname":
            raise ValueError("een jaar dat een andere reeks volgt, is een aanname")
        return self


GEEN_GETAL: Final = "dit is geen getal."
GETAL_HULP: Final = "Geef een getal zonder aanhalingstekens, met een decimale punt en zonder punten voor duizendtallen."


@dataclass(frozen=True)
class Overbrugging:
    """The choice of a rule set for years without a figure: what ``als`` did in those years. Always an assumption."""

    als: str
    jaren: tuple[int, ...]
    motivering: str


@dataclass(frozen=True)
class Prijsreeks:
    """A series; ``bestand`` is where its years stand, so where to add one, below the table ``kop``."""

    naam: str
    omschrijving: str
    jaren: Mapping[int, Jaar]
    samenstelling: Mapping[str, float] = field(default_factory=dict)
    bestand: str = ""
    kop: tuple[str, ...] = ()
    overbrugging: Overbrugging | None = None

    def overbrugd(self, jaar: int) -> str:
        """The series that stands in for a year without a figure; "" when there is a figure, or no such choice."""
        brug = self.overbrugging
        return brug.als if brug is not None and jaar in brug.jaren and jaar not in self.jaren else ""


@dataclass(frozen=True)
class Beweging:
    """From one price level to another: the factor, and the marks of the years it is made of."""

    factor: float
    statussen: frozenset[str] = frozenset()
    voorlopig: tuple[int, ...] = ()
    als: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Per other series the years that were left to it."""

    @property
    def zwak(self) -> bool:
        """Whether a year in it is an assumption."""
        return "aanname" in self.statussen


Prijsreeksen = Mapping[str, Prijsreeks]


def beweging(reeksen: Prijsreeksen, naam: str, van: int, naar: int) -> Beweging:
    """From prices of year ``van`` to those of ``naar``, forward or back. Raises InvoerFout for the years that are
    missing, per series.

    The chain: the product of 1 + change over the years after the earliest of the two up to and including the latest.
    """
    leeg = {r: jaren for (r, ander), jaren in zonder_cijfer(reeksen, naam, van, naar).items() if not ander}
    if leeg and reeksen[naam].samenstelling:
        raise InvoerFout([_som_ontbreekt(reeksen[naam], [(_zoek(reeksen, r), jaren) for r, jaren in leeg.items()])])
    if leeg:
        raise InvoerFout([_ontbreekt(_zoek(reeksen, r), *sorted(jaren)) for r, jaren in leeg.items()])
    product = 1.0
    statussen: set[str] = set()
    voorlopig: list[int] = []
    als: dict[str, list[int]] = {}
    for jaar in range(min(van, naar) + 1, max(van, naar) + 1):
        stap, marken, stand, anders = _mutatie(reeksen, naam, jaar, ())
        product *= 1.0 + stap
        statussen |= marken
        if stand == "voorlopig":
            voorlopig.append(jaar)
        for ander in anders:
            als.setdefault(ander, []).append(jaar)
    factor = product if naar >= van else 1.0 / product
    return Beweging(factor, frozenset(statussen), tuple(voorlopig), {k: tuple(v) for k, v in als.items()})


def mutatie(reeksen: Prijsreeksen, naam: str, jaar: int) -> float:
    """The change of a series in one year, as a fraction. Raises InvoerFout for a year that is missing."""
    return _mutatie(reeksen, naam, jaar, ())[0]


def zonder_cijfer(
    reeksen: Prijsreeksen, naam: str, van: int, naar: int, gezien: tuple[str, ...] = ()
) -> dict[tuple[str, str], set[int]]:
    """Of a movement the years without a figure of its own, by series and the series that was followed instead; "" for
    none, which is an error. A series that is a sum gives those of its parts, except where it has a figure itself.
    """
    uit: dict[tuple[str, str], set[int]] = {}
    reeks = _zoek(reeksen, naam)
    for jaar in range(min(van, naar) + 1, max(van, naar) + 1)[:_HOOGSTENS]:
        cijfer = reeks.jaren.get(jaar)
        if cijfer is None and reeks.samenstelling and not reeks.overbrugd(jaar):
            verder, alles = tuple(reeks.samenstelling), True
        else:
            ander = reeks.overbrugd(jaar) if cijfer is None else cijfer.als
            if ander or cijfer is None:
                uit.setdefault((naam, ander), set()).add(jaar)
            verder, alles = (ander,) if ander else (), False
        for deel in verder:
            if deel not in (*gezien, naam):  # a circle is named where it is calculated
                for wie, jaren in zonder_cijfer(reeksen, deel, jaar - 1, jaar, (*gezien, naam)).items():
                    if alles or not wie[1]:
                        uit.setdefault(wie, set()).update(jaren)
    return uit


def _mutatie(
    reeksen: Prijsreeksen, naam: str, jaar: int, gezien: tuple[str, ...]
) -> tuple[float, set[str], str, tuple[str, ...]]:
    """Change, marks, provisional or final, and the series that the year was left to."""
    reeks = _zoek(reeksen, naam)
    if naam in gezien:
        kring = " → ".join((*gezien, naam))
        raise InvoerFout(
            [
                Melding(
                    f"reeksen.{naam}",
                    jaar,
                    f"deze reeksen volgen elkaar in een kring: {kring}.",
                    "Geef het jaar in een van de reeksen een eigen cijfer.",
                    reeks.bestand,
                )
            ]
        )
    gezien = (*gezien, naam)
    cijfer = reeks.jaren.get(jaar)
    if cijfer is None and reeks.samenstelling and not reeks.overbrugd(jaar):
        delen: dict[str, tuple[float, set[str], str, tuple[str, ...]]] = {}
        meldingen: list[Melding] = []
        for deel in reeks.samenstelling:
            try:
                delen[deel] = _mutatie(reeksen, deel, jaar, gezien)
            except InvoerFout as fout:
                meldingen += fout.meldingen
        if meldingen:
            raise InvoerFout(meldingen)
        stap = sum(gewicht * delen[deel][0] for deel, gewicht in reeks.samenstelling.items())
        standen = {d[2] for d in delen.values()}
        marken = set().union(*(d[1] for d in delen.values())) | {"afgeleid"}
        anders = tuple(dict.fromkeys(a for d in delen.values() for a in d[3]))
        return stap, marken, "voorlopig" if "voorlopig" in standen else "definitief", anders
    if cijfer is None and (als := reeks.overbrugd(jaar)):
        stap, marken, _, anders = _mutatie(reeksen, als, jaar, gezien)
        return stap, marken | {"aanname"}, "voorlopig", (als, *anders)
    if cijfer is None:
        raise InvoerFout([_ontbreekt(reeks, jaar)])
    if cijfer.mutatie is not None:
        return cijfer.mutatie, {cijfer.status}, cijfer.stand, ()
    if cijfer.als:
        stap, marken, stand, anders = _mutatie(reeksen, cijfer.als, jaar, gezien)
        stand = "voorlopig" if "voorlopig" in (cijfer.stand, stand) else "definitief"
        return stap, marken | {cijfer.status}, stand, (cijfer.als, *anders)
    vorig = reeks.jaren.get(jaar - 1)
    if vorig is None or vorig.niveau is None or vorig.basisjaar != cijfer.basisjaar or cijfer.niveau is None:
        raise InvoerFout([_ontbreekt(reeks, jaar, geen_basis=True)])
    stand = "voorlopig" if "voorlopig" in (vorig.stand, cijfer.stand) else "definitief"
    return cijfer.niveau / vorig.niveau - 1.0, {cijfer.status, vorig.status, "afgeleid"}, stand, ()


def _zoek(reeksen: Prijsreeksen, naam: str) -> Prijsreeks:
    if naam in reeksen:
        return reeksen[naam]
    kies = f"Kies uit: {', '.join((*reeksen, GEEN))}."
    raise InvoerFout([Melding("reeks", naam, "deze prijsreeks bestaat niet.", kies)])


def _ontbreekt(reeks: Prijsreeks, *jaren: int, geen_basis: bool = False) -> Melding:
    laatste = max(reeks.jaren, default=0)
    welke, eerste = jaartallen(jaren), jaren[0]
    if geen_basis:
        oorzaak = f"er is geen niveau van {eerste - 1} met hetzelfde basisjaar om dit niveau op te laten volgen."
        hoe = f"Geef voor {eerste} een mutatie in plaats van niveau en basisjaar, of geef ook {eerste - 1} als niveau."
        waar = plaats(Path(reeks.bestand), (*reeks.kop, str(eerste))) if reeks.bestand else reeks.naam
        return Melding(f"reeksen.{reeks.naam}", eerste, oorzaak, hoe, waar)
    oorzaak = f"de reeks heeft geen cijfer voor {welke}" + (f"; het laatste jaar is {laatste}." if laatste else ".")
    elk = "elk jaar" if len(jaren) > 1 else "het jaar"
    tabel = ".".join((*reeks.kop, str(eerste)))  # in the file of a rule set of one's own it stands below its series
    elders = "kies daar" if reeks.kop else f"zet [reeksen.{reeks.naam}.{eerste}] in een eigen regelset, kies daar"
    remedie = (
        f"Vul {elk} aan in {reeks.bestand or reeks.naam} ([{tabel}] met {_VELDEN}), {elders} zelf wat er dan geldt "
        f"([overbrugging.{reeks.naam}]), of kies een ander prijsjaar (--prijsjaar)."
    )
    return Melding(
        f"reeksen.{reeks.naam}", welke if len(jaren) > 1 else eerste, oorzaak, remedie, _laatste_regel(reeks)
    )


def _som_ontbreekt(som: Prijsreeks, delen: Sequence[tuple[Prijsreeks, Collection[int]]]) -> Melding:
    """Of a weighted sum: one number of its own is enough, and what its parts lack is said with where they stand."""
    gewichten = opsomming([f"{zuinig(100 * gewicht)}% {deel}" for deel, gewicht in som.samenstelling.items()])
    mist = opsomming([f"{d.naam} niet voor {jaartallen(j)} ({_laatste_regel(d)})" for d, j in delen])
    jaren = sorted({jaar for _, j in delen for jaar in j})
    eerste = jaren[0]
    oorzaak = f"deze reeks is {gewichten}, en heeft zelf geen cijfer voor {jaartallen(jaren)}; {mist}."
    waarin = som.bestand if som.kop else "een eigen regelset"
    elk = ", zo voor elk jaar" if len(jaren) > 1 else ""
    remedie = (
        f"Zet [reeksen.{som.naam}.{eerste}] in {waarin} (met {_VELDEN}{elk}): dat gaat voor de som. Of vul zo de delen "
        f"aan ({', '.join(f'[reeksen.{d.naam}.{min(j)}]' for d, j in delen)}), kies zelf wat er dan geldt "
        f"([overbrugging.{som.naam}]), of kies een ander prijsjaar (--prijsjaar)."
    )
    welke = jaartallen(jaren) if len(jaren) > 1 else eerste
    return Melding(f"reeksen.{som.naam}", welke, oorzaak, remedie, _laatste_regel(som))


def _laatste_regel(reeks: Prijsreeks) -> str:
    """Where the last year of a series stands."""
    laatste = str(max(reeks.jaren, default=0))
    return plaats(Path(reeks.bestand), (*reeks.kop, laatste)) if reeks.bestand else reeks.naam


def jaartallen(jaren: Iterable[int]) -> str:
    """2015, 2016 and 2017 as 2015-2017."""
    groepen: list[list[int]] = []
    for jaar in sorted(jaren):
        if groepen and jaar == groepen[-1][-1] + 1:
            groepen[-1].append(jaar)
        else:
            groepen.append([jaar])
    return ", ".join(str(g[0]) if len(g) == 1 else f"{g[0]}-{g[-1]}" for g in groepen)


def maak_reeks(
    naam: str, tabel: Mapping[str, Any], pad: Path, kop: tuple[str, ...], basis: Prijsreeks | None
) -> Prijsreeks:
    """A series from a table of a TOML file, on top of that of a parent. Raises InvoerFout with every problem in it.

    ``kop``: where the table stands in the file. What the file gives goes before what ``basis`` has, year by year.
    """
    meldingen: list[Melding] = []

    def fout(delen: tuple[str, ...], waarde: object, oorzaak: str, remedie: str) -> None:
        waar = plaats(pad, (*kop, *delen))
        meldingen.append(Melding(".".join(("reeksen", naam, *delen)), waarde, oorzaak, remedie, waar))

    jaren = dict(basis.jaren) if basis else {}
    samenstelling = dict(basis.samenstelling) if basis else {}
    omschrijving = basis.omschrijving if basis else naam
    for sleutel, waarde in tabel.items():
        if sleutel == "omschrijving" and isinstance(waarde, str):
            omschrijving = waarde
        elif sleutel == "samenstelling" and isinstance(waarde, Mapping):
            if all(isinstance(w, int | float) for w in waarde.values()) and abs(sum(waarde.values()) - 1) < 1e-9:
                samenstelling = {str(k): float(w) for k, w in waarde.items()}
            else:
                fout((sleutel,), None, "de gewichten tellen niet op tot 1.", "Geef per reeks een gewicht; samen 1.")
        elif sleutel in ("bron", "vindplaats", "status", "via", "motivering", "gecontroleerd_op"):
            continue  # of the weights
        elif sleutel.isdigit() and len(sleutel) == 4 and isinstance(waarde, Mapping):
            tekst = next((v for v in ("mutatie", "niveau") if isinstance(waarde.get(v), str | bool)), "")
            if tekst:
                fout((sleutel, tekst), waarde[tekst], GEEN_GETAL, GETAL_HULP)
                continue
            try:
                jaren[int(sleutel)] = Jaar(**waarde)
            except ValidationError as mis:
                veld, oorzaak = vertaal(mis)
                if not veld and (over := oorzaak.partition(" ")[0]) in waarde:
                    veld = over  # a rule about one field begins with it
                fout((sleutel, veld) if veld else (sleutel,), waarde.get(veld), oorzaak, "Zie docs/regelsets.md.")
        else:
            fout(
                (sleutel,),
                None if isinstance(waarde, Mapping) else waarde,
                "dit hoort niet in een prijsreeks.",
                "Geef omschrijving, samenstelling, of jaren als [2026].",
            )
    if meldingen:
        raise InvoerFout(meldingen)
    return Prijsreeks(naam, omschrijving, jaren, samenstelling, str(pad), kop, basis.overbrugging if basis else None)


_SOORTEN: Final = {"missing": "dit veld ontbreekt.", "extra_forbidden": "dit veld bestaat hier niet."}


def vertaal(fout: ValidationError) -> tuple[str, str]:
    """The first problem of a record: its field and the cause, in Dutch."""
    eerste = fout.errors()[0]
    veld = ".".join(str(deel) for deel in eerste["loc"])
    if eerste["type"] in _SOORTEN:
        return veld, _SOORTEN[eerste["type"]]
    if eerste["type"] == "literal_error":
        keuze = str(eerste["ctx"]["expected"]).replace(" or ", " of ")
        return veld, f"kies uit {keuze}."
    tekst = eerste["msg"].removeprefix("Value error, ")
    return veld, f"{tekst}."

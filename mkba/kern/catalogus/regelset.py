"""Rule sets that build on each other: a folder of ``data/kengetallen``, or one TOML file of a user, with a parent.

A rule set with a parent says only what it changes. Its header (``regelset.toml``, or the top of the file of a user)
names the parent, the year that prices are moved to, which series moves which amount, which amounts are transfers, and
what it does not bring up to date. A kengetal may be dated: a list of tables with ``geldig_vanaf`` (and ``geldig_tot``,
that day included), of which the one of the date of the analysis holds.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from mkba.kern.bestand.schrijven import staat_in
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.bestand.toml_regel import plaats
from mkba.kern.catalogus.prijsreeksen import GEEN, Overbrugging, Prijsreeks, maak_reeks
from mkba.kern.tekst.lijkt import kies_uit
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.schrift import MAXIMUM_TEKST

KOP: Final = "regelset.toml"
"""The file of a folder that holds its header."""
KOPVELDEN: Final = {
    "ouder": str,
    "titel": str,
    "prijsjaar": int,
    "niet_bijgewerkt": list,
    "volgt": dict,
    "som_van": dict,
    "overdracht": dict,
    "reeksen": dict,
    "overbrugging": dict,
    "bronnen": dict,
}
"""The fields of a header, each with its kind."""
_OVERDRACHT: Final = ("geheel", "deels")
_BRUGVELDEN: Final = ("als", "jaren", "motivering")
_KEUZE: Final = re.compile(r"(?P<naam>.*?)(?:@(?P<opties>[a-z]+=[0-9-]+(?:,[a-z]+=[0-9-]+)*)?)?", re.DOTALL)


@dataclass(frozen=True)
class Regelsetkeuze:
    """What ``--regelset`` names: a rule set or the file of one, a price year and a date when they are not the default.

    As text ``nl-2026@prijsjaar=2024,peildatum=2026-01-01``: what a notebook, a worker and a workbook pass on.
    """

    naam: str
    prijsjaar: int | None = None
    peildatum: date | None = None

    @classmethod
    def lees(cls, tekst: str) -> "Regelsetkeuze":
        """From its text. Raises InvoerFout for an option that does not exist or a date that is none."""
        treffer = _KEUZE.fullmatch(tekst)
        assert treffer is not None  # the pattern takes every text: what is no option belongs to the name
        gevonden = dict(deel.split("=") for deel in (treffer["opties"] or "").split(",") if deel)
        uit: dict[str, Any] = {}
        for optie, waarde in gevonden.items():
            if optie not in ("prijsjaar", "peildatum") or (optie == "prijsjaar" and not re.fullmatch(r"\d{4}", waarde)):
                raise InvoerFout(
                    [Melding("regelset", tekst, "dit hoort niet achter @.", "Geef prijsjaar of peildatum.")]
                )
            uit[optie] = int(waarde) if optie == "prijsjaar" else lees_datum(waarde)
        return cls(treffer["naam"], **uit)

    @property
    def opties(self) -> str:
        """What stands behind the name, with its @; "" when all is default."""
        delen = [f"prijsjaar={self.prijsjaar}"] if self.prijsjaar is not None else []
        delen += [f"peildatum={self.peildatum.isoformat()}"] if self.peildatum is not None else []
        return f"@{','.join(delen)}" if delen else ""

    def __str__(self) -> str:
        return self.naam + self.opties


def lees_datum(tekst: str) -> date:
    """A date as 2026-01-31. Raises InvoerFout."""
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        oorzaak = "dit is geen datum."
        raise InvoerFout([Melding("peildatum", tekst, oorzaak, "Schrijf jaar-maand-dag: 2026-01-31.")]) from None


@dataclass(frozen=True)
class NietBijgewerkt:
    """What a rule set leaves as it was; of what a later one (``jonger``) or a user replaced, it says so no more."""

    tekst: str
    sleutels: tuple[str, ...] = ()
    """Patterns of the kengetallen that it is about; empty: of none, and it always holds."""
    jonger: tuple[str, ...] = ()

    def over(self, pad: str) -> bool:
        """Whether it is about this kengetal."""
        return any(fnmatchcase(pad, patroon) for patroon in self.sleutels)


@dataclass(frozen=True)
class Opzet:
    """What a rule set says of itself, its parents included; of a rule set without a header all is empty."""

    naam: str = ""
    """As reports print it: the name, or of a user's file its name without folder; with the options that were given."""
    titel: str = ""
    ouders: tuple[str, ...] = ()
    """From the parent to the oldest ancestor."""
    prijsjaar: int | None = None
    peildatum: date | None = None
    niet_bijgewerkt: tuple[NietBijgewerkt, ...] = ()
    """As the rule sets say it; ``Kengetallen.niet_bijgewerkt`` leaves out what was replaced since."""
    reeksen: Mapping[str, Prijsreeks] = field(default_factory=dict)
    """The series that moved an amount (and those that they are made of)."""
    bestanden: tuple[str, ...] = ()
    """The files of a user in it."""


@dataclass(frozen=True)
class Laag:
    """One rule set of a chain, as its files have it."""

    naam: str
    pad: Path
    eigen: bool
    """Whether it is the file of a user: then a source is any text."""

    @cached_property
    def kop(self) -> Mapping[str, Any]:
        """The header; empty for a rule set without one. Raises InvoerFout for a field of another kind."""
        inhoud = lees_toml(self.kopbestand) if self.kopbestand.is_file() else {}
        meldingen = []
        for veld, waarde in inhoud.items():
            if veld not in KOPVELDEN:
                if not self.eigen:
                    meldingen.append(
                        self.fout(
                            (veld,),
                            waarde,
                            "dit hoort niet in de kop van een regelset.",
                            f"Kies uit: {', '.join(KOPVELDEN)}.",
                        )
                    )
            elif not isinstance(waarde, KOPVELDEN[veld]) or isinstance(waarde, bool):
                wat = {str: "een tekst", int: "een geheel getal", list: "een lijst", dict: "een tabel"}[KOPVELDEN[veld]]
                meldingen.append(self.fout((veld,), waarde, f"hier hoort {wat}.", "Zie docs/regelsets.md."))
        for veld in ("titel", "niet_bijgewerkt"):
            teksten = inhoud.get(veld, ())
            for regel in [teksten] if isinstance(teksten, str) else teksten if isinstance(teksten, list) else ():
                tekst, sleutels = _regel_en_sleutels(regel) if veld == "niet_bijgewerkt" else (regel, ())
                if oorzaak := geen_regel(tekst) or next((o for s in sleutels if (o := geen_regel(s))), ""):
                    remedie = "Schrijf een tekst op een regel"
                    remedie += ', of { tekst = "…", sleutels = ["caseload.*"] }.' if veld != "titel" else "."
                    meldingen.append(self.fout((veld,), tekst, oorzaak, remedie))
        if meldingen:
            raise InvoerFout(meldingen)
        return {veld: waarde for veld, waarde in inhoud.items() if veld in KOPVELDEN}

    @property
    def kopbestand(self) -> Path:
        """The file with the header."""
        return self.pad if self.eigen else self.pad / KOP

    def fout(self, sleutel: tuple[str, ...], waarde: object, oorzaak: str, remedie: str) -> Melding:
        """A message about a field of the header, with its line."""
        return Melding(".".join(sleutel), waarde, oorzaak, remedie, plaats(self.kopbestand, sleutel))

    def tabellen(self) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """The files with kengetallen, each with its tables."""
        if self.eigen:
            yield self.pad, {k: w for k, w in lees_toml(self.pad).items() if k not in KOPVELDEN}
            return
        for bestand in sorted(self.pad.glob("*.toml")):
            if bestand.name != KOP:
                yield bestand, _tabellen(bestand)

    def reeksen(self, basis: Mapping[str, Prijsreeks]) -> dict[str, Prijsreeks]:
        """The series of this rule set on top of those of its parents. Raises InvoerFout."""
        uit = dict(basis)
        if not self.eigen:
            for bestand in sorted((self.pad / "reeksen").glob("*.toml")):
                uit[bestand.stem] = maak_reeks(bestand.stem, _tabellen(bestand), bestand, (), basis.get(bestand.stem))
        for naam, tabel in self.kop.get("reeksen", {}).items():
            if not isinstance(tabel, Mapping):
                raise InvoerFout(
                    [self.fout(("reeksen", naam), tabel, "dit is geen prijsreeks.", "Geef [reeksen.cpi.2026].")]
                )
            uit[naam] = maak_reeks(naam, tabel, self.kopbestand, ("reeksen", naam), uit.get(naam))
        for naam, tabel in self.kop.get("overbrugging", {}).items():
            if naam not in uit:
                oorzaak = "deze prijsreeks bestaat niet."
                raise InvoerFout([self.fout(("overbrugging", naam), None, oorzaak, f"Kies uit: {', '.join(uit)}.")])
            uit[naam] = replace(uit[naam], overbrugging=self._overbrugging(naam, tabel, uit))
        return uit

    def _overbrugging(self, naam: str, tabel: object, reeksen: Mapping[str, Prijsreeks]) -> Overbrugging | None:
        """What stands in for years of a series without a figure; None when the rule set takes that choice back."""
        velden = tabel if isinstance(tabel, Mapping) else {}
        als, jaren, motivering = (velden.get(v) for v in _BRUGVELDEN)
        anders = [r for r in reeksen if r != naam]
        fouten = [(v, velden[v], "dit veld bestaat hier niet.") for v in velden if v not in _BRUGVELDEN]
        if als == GEEN and not fouten:
            return None
        if als not in anders:
            fouten.append(("als", als, f"noem de reeks die dan geldt ({', '.join(anders)}), of {GEEN}."))
        if not isinstance(jaren, list) or not jaren or any(type(j) is not int for j in jaren):
            fouten.append(("jaren", None, "noem de jaren zonder cijfer, elk als een geheel getal."))
        if not motivering or geen_regel(motivering):
            fouten.append(("motivering", None, "zeg op een regel waarom: een overbrugging is een keuze."))
        if fouten:
            hulp = f'Schrijf [overbrugging.{naam}] met als = "cpi", jaren = [2021, 2022] en motivering = "…".'
            raise InvoerFout([self.fout(("overbrugging", naam, v), w, oorzaak, hulp) for v, w, oorzaak in fouten])
        return Overbrugging(str(als), tuple(sorted(jaren or ())), str(motivering))


def _tabellen(bestand: Path) -> Mapping[str, Any]:
    """A file of a shipped rule set, read once: it is a parent of many."""
    stand = bestand.stat()
    return _tabellen_van(bestand, (stand.st_mtime_ns, stand.st_size))


@lru_cache(maxsize=128)
def _tabellen_van(bestand: Path, stand: tuple[int, int]) -> Mapping[str, Any]:
    return lees_toml(bestand)


def _regel_en_sleutels(regel: object) -> tuple[object, tuple[object, ...]]:
    """Text and patterns of an entry of ``niet_bijgewerkt``: a text, or a table with both."""
    if not isinstance(regel, Mapping):
        return regel, ()
    sleutels = regel.get("sleutels")
    goed = regel.keys() == {"tekst", "sleutels"} and isinstance(sleutels, list)
    return (regel["tekst"], tuple(sleutels)) if goed and isinstance(sleutels, list) else (None, ())


def geen_regel(tekst: object) -> str:
    """Why this is no text that a report or a terminal can show; "" when it is."""
    if not isinstance(tekst, str) or not tekst.isprintable():
        return "dit is geen tekst op een regel."
    return f"deze tekst is langer dan {MAXIMUM_TEKST} tekens." if len(tekst) > MAXIMUM_TEKST else ""


def wat_niet_is_bijgewerkt(lagen: "list[Laag]") -> tuple[NietBijgewerkt, ...]:
    """What the rule sets of a chain say that they leave as it was, the oldest first."""
    uit = []
    for i, laag in enumerate(lagen):
        jonger = tuple(later.naam for later in lagen[i + 1 :])
        for regel in laag.kop.get("niet_bijgewerkt", ()):
            tekst, sleutels = _regel_en_sleutels(regel)
            uit.append(NietBijgewerkt(str(tekst), tuple(map(str, sleutels)), jonger))
    return tuple(uit)


def lees_lagen(naam: str, map_: Path) -> list[Laag]:
    """A rule set and its parents, the oldest first.

    ``naam``: a folder of ``map_``, or the path of a TOML file. Raises InvoerFout for one that does not exist, and for
    a parent that is missing, names itself or goes round in a circle.
    """
    lagen = [_laag(naam, map_, None)]
    while ouder := lagen[-1].kop.get("ouder", ""):
        kind = lagen[-1]
        volgende = _laag(ouder, map_, kind)
        if volgende.pad.resolve() == kind.pad.resolve():
            raise InvoerFout(
                [
                    kind.fout(
                        ("ouder",),
                        ouder,
                        "deze regelset noemt zichzelf als ouder.",
                        f"Noem een andere: {', '.join(beschikbaar(map_))}.",
                    )
                ]
            )
        if any(volgende.pad.resolve() == laag.pad.resolve() for laag in lagen):
            kring = " → ".join([*(laag.naam for laag in lagen), volgende.naam])
            raise InvoerFout(
                [
                    kind.fout(
                        ("ouder",),
                        ouder,
                        f"de ouders vormen een kring: {kring}.",
                        "Laat een van de regelsets een andere ouder noemen.",
                    )
                ]
            )
        lagen.append(volgende)
    if lagen[-1].eigen:
        raise InvoerFout(
            [
                lagen[-1].fout(
                    ("ouder",),
                    None,
                    "een eigen regelset noemt haar ouder.",
                    f'Zet bovenaan: ouder = "nl-2026". Kies uit: {", ".join(beschikbaar(map_))}.',
                )
            ]
        )
    return lagen[::-1]


def beschikbaar(map_: Path) -> list[str]:
    """The names of the rule sets in a folder."""
    return sorted(p.name for p in map_.iterdir() if p.is_dir()) if map_.is_dir() else []


def _laag(naam: str, map_: Path, kind: Laag | None) -> Laag:
    if naam in beschikbaar(map_):
        return Laag(naam, map_ / naam, eigen=False)
    if naam.lower().endswith(".toml"):
        pad = Path(naam) if kind is None or not kind.eigen else kind.pad.parent / naam
        if kind is not None and kind.eigen and not staat_in(pad, kind.pad.parent):
            oorzaak = "deze ouder staat niet in de map van de regelset zelf."
            raise InvoerFout(
                [kind.fout(("ouder",), naam, oorzaak, "Zet het bestand in dezelfde map en noem zijn naam.")]
            )
        if pad.is_file() and (kind is None or kind.eigen):
            return Laag(pad.name, pad, eigen=True)
        if kind is None:
            oorzaak = "dit bestand bestaat niet."
            raise InvoerFout([Melding("regelset", naam, oorzaak, "Controleer het pad van de eigen regelset.")])
    keuze = kies_uit(naam, beschikbaar(map_)).removesuffix(".")
    if kind is not None:
        hier = ", of het TOML-bestand van een regelset in dezelfde map" if kind.eigen else ""
        raise InvoerFout([kind.fout(("ouder",), naam, "deze ouder bestaat niet.", f"{keuze}{hier}.")])
    oorzaak = "deze regelset bestaat niet."
    raise InvoerFout(
        [Melding("regelset", naam, oorzaak, f"{keuze}, of geef het TOML-bestand van een eigen regelset.", str(map_))]
    )


def volgens_patroon(lagen: list[Laag], veld: str, pad: str) -> str:
    """What the headers say of a key: ``volgt`` (a series) or ``overdracht``; the last one holds, "" for none."""
    uit = ""
    for laag in lagen:
        for patroon, waarde in laag.kop.get(veld, {}).items():
            if fnmatchcase(pad, patroon):
                uit = waarde
    return uit


def controleer_patronen(
    lagen: list[Laag], reeksen: Mapping[str, Prijsreeks], paden: Mapping[str, Any]
) -> list[Melding]:
    """A pattern that names no kengetal, a series or a kind of transfer that does not exist; a series of one's own that
    nothing follows: a name that was meant for another."""
    meldingen = []
    gevolgd = _gevolgd(lagen, reeksen, paden)
    for laag in lagen:
        for naam, tabel in laag.kop.get("reeksen", {}).items() if laag.eigen else ():
            if naam not in gevolgd:
                eerste = list(tabel)[:1]  # the header of its table names a year too
                hulp = f"{kies_uit(naam, sorted(gevolgd))} Of zeg in [volgt] welk bedrag haar volgt."
                meldingen.append(laag.fout(("reeksen", naam, *eerste), None, "niets volgt deze prijsreeks.", hulp))
        for veld, keuze in (("volgt", (*reeksen, GEEN)), ("overdracht", _OVERDRACHT)):
            for patroon, waarde in laag.kop.get(veld, {}).items():
                if waarde not in keuze:
                    wat = "deze prijsreeks bestaat niet." if veld == "volgt" else "dit is geen soort overdracht."
                    meldingen.append(laag.fout((veld, patroon), waarde, wat, f"Kies uit: {', '.join(keuze)}."))
                if not any(fnmatchcase(pad, patroon) for pad in paden):
                    meldingen.append(
                        laag.fout(
                            (veld, patroon),
                            waarde,
                            "geen kengetal heet zo.",
                            "Zie `mkba kengetallen` voor de sleutels.",
                        )
                    )
        for regel in laag.kop.get("niet_bijgewerkt", ()):
            for patroon in _regel_en_sleutels(regel)[1]:
                if not any(fnmatchcase(pad, str(patroon)) for pad in paden):
                    hulp = "Zie `mkba kengetallen` voor de sleutels."
                    meldingen.append(laag.fout(("niet_bijgewerkt",), patroon, "geen kengetal heet zo.", hulp))
        for pad, delen in laag.kop.get("som_van", {}).items():
            if not isinstance(delen, list) or not delen or any(d not in paden for d in (*delen, pad)):
                meldingen.append(
                    laag.fout(
                        ("som_van", pad),
                        delen,
                        "hier hoort een lijst met sleutels van kengetallen.",
                        "Zie `mkba kengetallen` voor de sleutels.",
                    )
                )
    return meldingen


def _gevolgd(lagen: list[Laag], reeksen: Mapping[str, Prijsreeks], getallen: Mapping[str, Any]) -> set[str]:
    """The series that an amount follows, or another series."""
    uit = {str(w) for laag in lagen for w in laag.kop.get("volgt", {}).values()}
    uit |= {getattr(k, "reeks", "") for k in getallen.values()}
    for reeks in reeksen.values():
        uit |= {*reeks.samenstelling, *(jaar.als for jaar in reeks.jaren.values())}
        uit |= {reeks.overbrugging.als} if reeks.overbrugging else set()
    return uit & set(reeksen)


def versie_van(versies: list[Any], peildatum: date, pad: tuple[str, ...], bestand: Path) -> dict[str, Any] | None:
    """Of a dated kengetal the fields that hold on ``peildatum``, or None. Raises InvoerFout for an overlap."""
    reeks: list[tuple[date, date, int]] = []
    uit = None
    sleutel = ".".join(pad)
    for keer, tabel in enumerate(versies):
        waar = plaats(bestand, pad, keer)
        if not isinstance(tabel, Mapping):
            raise InvoerFout([Melding(sleutel, tabel, "dit is geen tabel.", f"Schrijf [[{sleutel}]].", waar)])
        van, tot = tabel.get("geldig_vanaf", date.min), tabel.get("geldig_tot", date.max)
        if type(van) is not date or type(tot) is not date or van > tot:
            oorzaak = "geldig_vanaf en geldig_tot zijn data, de eerste niet na de laatste."
            raise InvoerFout([Melding(sleutel, f"{van} tot en met {tot}", oorzaak, "Schrijf 2026-01-31.", waar)])
        for ander_van, ander_tot, ander in reeks:
            if van <= ander_tot and ander_van <= tot:
                eerder = plaats(bestand, pad, ander)
                oorzaak = f"deze periode overlapt die van {eerder.rpartition(', ')[2]}."
                remedie = "Laat de ene periode eindigen voor de andere begint (geldig_tot is tot en met)."
                raise InvoerFout([Melding(sleutel, _periode(van, tot), oorzaak, remedie, waar)])
        reeks.append((van, tot, keer))
        if van <= peildatum <= tot:
            uit = dict(tabel)
    return uit


def _periode(van: date, tot: date) -> str:
    begin = "" if van == date.min else f"vanaf {van.isoformat()}"
    eind = "" if tot == date.max else f"tot en met {tot.isoformat()}"
    return " ".join(deel for deel in (begin, eind) if deel) or "altijd"

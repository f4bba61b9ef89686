"""The 13 aanpakken of the meta-analysis: reconstructed inputs, what the text says of each, and where it all comes from.

The inputs are not published. Every field of every aanpak therefore has exactly one :class:`Merk`: *tekst*, with the
sentence that it follows from, or *reconstructie*, with its reason. Reading fails when a mark is missing or double.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, model_validator

from mkba.analyse.meta.record import Bevroren, maak_record, map_meta_analyse
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak

NUMMERS: Final = tuple(range(1, 14))
Schaal = Literal["wijk", "stad"]
Soort = Literal["sociaal wijkteam", "netwerk van wijkteams", "stedelijk sociaal team", "mpg"]
Fase = Literal["loopt", "start", "plan"]
Werkwijze = Literal["uitvoering", "vinden", "regie"]
Doelgroep = Literal["meervoudig", "ouderen", "top"]


class Kenmerken(Bevroren):
    """What the report says of an aanpak that is no input of the model (§3.3)."""

    schaal: Schaal
    soort: Soort
    fase: Fase
    werkwijze: Werkwijze
    doelgroep: Doelgroep


KENMERKEN: Final = tuple(f"kenmerk.{k}" for k in Kenmerken.model_fields)
GEMERKT: Final = (*VELDEN, *KENMERKEN)
"""Every key that needs a mark: the fields of questions 0 to 15 and the kenmerken."""


class Merk(Bevroren):
    """Where some fields of some aanpakken come from.

    ``citaat`` stands in the report at ``paragraaf`` and ``pagina``; with *reconstructie* it only points the way.
    ``buiten_bereik``: why a value may lie outside the range that the two documents print for its field. ``zonder``, by
    number of the aanpak: what the fields would be without an eye on the outcome; given where a value was chosen on it.
    """

    aanpakken: tuple[int, ...]
    velden: tuple[str, ...]
    soort: Literal["tekst", "reconstructie"]
    motivering: str = ""
    citaat: str = ""
    paragraaf: str = ""
    pagina: str = ""
    buiten_bereik: str = ""
    zonder: dict[int, dict[str, float]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _compleet(self) -> "Merk":
        if self.soort == "tekst" and (not self.citaat or self.motivering):
            raise ValueError("een merk tekst heeft een citaat en geen motivering")
        if self.soort == "reconstructie" and not self.motivering:
            raise ValueError("een merk reconstructie heeft een motivering")
        if self.soort == "tekst" and self.zonder:
            raise ValueError("wat uit de tekst volgt, is niet op de uitkomst gekozen")
        anders = {*self.zonder} - {*self.aanpakken} or {v for w in self.zonder.values() for v in w} - {*self.sleutels()}
        if anders:
            raise ValueError(f"zonder noemt wat niet bij dit merk hoort: {', '.join(map(str, sorted(anders)))}")
        if bool(self.citaat) != bool(self.paragraaf and self.pagina):
            raise ValueError("een citaat heeft een paragraaf en een pagina")
        return self

    @property
    def vindplaats(self) -> str:
        """ "§4.3, p. 21", or "" without a quotation."""
        return vindplaats(self.paragraaf, self.pagina) if self.citaat else ""

    def sleutels(self) -> tuple[str, ...]:
        """The keys of ``velden``, a group ("type.*") written out; unknown ones as they are."""
        uit: list[str] = []
        for veld in self.velden:
            leden = [s for s in GEMERKT if s.startswith(veld[:-1])] if veld.endswith(".*") else []
            uit += leden or [veld]
        return tuple(uit)


@dataclass(frozen=True)
class Dertien:
    """The 13 aanpakken by number, with their kenmerken and the mark of every field: {(number, key): mark}."""

    aanpakken: dict[int, Aanpak]
    kenmerken: dict[int, Kenmerken]
    merken: dict[tuple[int, str], Merk]

    @property
    def afgestemd(self) -> dict[int, dict[str, float]]:
        """Every value that was chosen on the outcome, as it would be without: {number: {field: value}}."""
        uit: dict[int, dict[str, float]] = {}
        for (nummer, veld), merk in self.merken.items():
            if veld in merk.zonder.get(nummer, {}):
                uit.setdefault(nummer, {})[veld] = merk.zonder[nummer][veld]
        return uit


def vindplaats(paragraaf: str, pagina: str) -> str:
    """A place in the report as a reader looks it up: "§4.3, p. 21"; "samenvatting, p. iii"."""
    kop = f"§{paragraaf}" if paragraaf[:1].isdigit() else paragraaf
    return f"{kop}, p. {pagina}"


def lees_dertien(kengetallen: Kengetallen, map_: Path | None = None) -> Dertien:
    """Read and check all of it. Raises InvoerFout: wrong input, a field without a mark, a field with two."""
    basis = map_ if map_ is not None else map_meta_analyse()
    aanpakken = {n: lees_aanpak(basis / "aanpakken" / f"{bestandsnaam(n)}.toml", kengetallen) for n in NUMMERS}
    return Dertien(aanpakken, _lees_kenmerken(basis / "kenmerken.toml"), lees_merken(basis / "herkomst.toml"))


def bestandsnaam(nummer: int) -> str:
    """ "aanpak-01": the name of the file and of the table in kenmerken.toml."""
    return f"aanpak-{nummer:02d}"


def _lees_kenmerken(bestand: Path) -> dict[int, Kenmerken]:
    tabel = lees_toml(bestand)
    namen = {bestandsnaam(n): n for n in NUMMERS}
    meldingen = [
        Melding(naam, "", oorzaak, "De tabellen heten aanpak-01 tot en met aanpak-13.", str(bestand))
        for oorzaak, gevonden in (
            ("deze aanpak ontbreekt.", [n for n in namen if n not in tabel]),
            ("deze aanpak bestaat niet.", [n for n in tabel if n not in namen]),
        )
        for naam in gevonden
    ]
    if meldingen:
        raise InvoerFout(meldingen)
    return {nummer: maak_record(Kenmerken, tabel[naam], bestand, naam) for naam, nummer in namen.items()}


def lees_merken(bestand: Path) -> dict[tuple[int, str], Merk]:
    """The mark of every field of every aanpak. Raises InvoerFout unless each has exactly one."""
    merken = [
        maak_record(Merk, tabel, bestand, f"merk {i}") for i, tabel in enumerate(lees_toml(bestand).get("merk", []), 1)
    ]
    uit: dict[tuple[int, str], Merk] = {}
    meldingen: list[Melding] = []
    for i, merk in enumerate(merken, 1):
        onbekend: Iterable[object] = (
            *(s for s in merk.sleutels() if s not in GEMERKT),
            *(n for n in merk.aanpakken if n not in NUMMERS),
        )
        meldingen += [
            Melding(f"merk {i}", w, "dit veld of deze aanpak bestaat niet.", "Zie de kop.", str(bestand))
            for w in onbekend
        ]
        for plek in ((n, s) for n in merk.aanpakken for s in merk.sleutels()):
            if plek in uit:
                meldingen.append(
                    Melding(f"merk {i}", _plek(plek), "dit veld heeft al een merk.", "Houd er een.", str(bestand))
                )
            uit[plek] = merk
    meldingen += [
        Melding("merk", _plek((n, s)), "dit veld heeft geen merk.", "Zeg of het uit de tekst volgt.", str(bestand))
        for n in NUMMERS
        for s in GEMERKT
        if (n, s) not in uit
    ]
    if meldingen:
        raise InvoerFout(meldingen)
    return uit


def _plek(plek: tuple[int, str]) -> str:
    return f"aanpak {plek[0]}: {plek[1]}"

"""The statements of the meta-analysis about the 13 aanpakken, each with a check as typed data (never code).

A check names a *maat* (a number or a word per aanpak, see ``analyse.maten``) and what must be true of it. What a word
such as "de meeste" means as a number stands in ``lezing``, so that a reviewer can disagree with it.
"""

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from mkba.analyse.meta.lees_dertien import NUMMERS, vindplaats
from mkba.analyse.meta.record import Bevroren, maak_record, map_meta_analyse
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.woorden.velden import VELDEN

Teken = Literal[">", ">=", "<", "<=", "=", "!="]
Statistiek = Literal["gemiddelde", "mediaan", "elk"]


class Elk(Bevroren):
    """Each aanpak: maat ``teken`` ``grens``; with ``minstens`` or ``hoogstens``: so many of them."""

    soort: Literal["elk"]
    maat: str
    teken: Teken
    grens: float | str
    minstens: int | None = None
    hoogstens: int | None = None


class Tussen(Bevroren):
    """Each aanpak (or at least ``minstens``): the maat lies from ``laag`` to ``hoog``, both included."""

    soort: Literal["tussen"]
    maat: str
    laag: float
    hoog: float
    minstens: int | None = None


class Uiterste(Bevroren):
    """The aanpakken are among the ``plaatsen`` (default: as many as there are) highest or lowest of ``onder``."""

    soort: Literal["uiterste"]
    maat: str
    kant: Literal["hoogste", "laagste"]
    plaatsen: int | None = None
    onder: tuple[int, ...] = NUMMERS


class Grootste(Bevroren):
    """In each aanpak (or at least ``minstens``) ``maat`` is among the ``plaatsen`` largest of itself and ``van``."""

    soort: Literal["grootste"]
    maat: str
    van: tuple[str, ...]
    plaatsen: int = 1
    minstens: int | None = None


class Groepen(Bevroren):
    """The ``statistiek`` of the maat over the aanpakken against that over ``tegen``; "elk": each against each."""

    soort: Literal["groepen"]
    maat: str
    teken: Literal[">", ">=", "<", "<="]
    tegen: tuple[int, ...]
    statistiek: Statistiek


class Paar(Bevroren):
    """Each aanpak (or at least ``minstens``): maat ``teken`` the other maat of the same aanpak."""

    soort: Literal["paar"]
    maat: str
    teken: Literal[">", ">=", "<", "<="]
    andere: str
    minstens: int | None = None


class Samenhang(Bevroren):
    """Rank correlation (Spearman) of two maten over the aanpakken ``teken`` ``grens``."""

    soort: Literal["samenhang"]
    maat: str
    met: str
    teken: Literal[">=", "<="]
    grens: float = Field(ge=-1, le=1)


class Spreiding(Bevroren):
    """The lowest value is at most ``laag`` and the highest at least ``hoog``."""

    soort: Literal["spreiding"]
    maat: str
    laag: float
    hoog: float


class Verschil(Bevroren):
    """The width (highest minus lowest) of the maat over the aanpakken is smaller than that of each of ``dan``.

    With ``minstens``: smaller than that of so many of them.
    """

    soort: Literal["verschil"]
    maat: str
    dan: tuple[str, ...]
    minstens: int | None = None


class Draai(Bevroren):
    """Turn knobs and calculate again; then each aanpak: maat ``teken`` ``grens``, or moves ``richting``.

    ``maat`` is a public key. ``zet``: new values by field. ``gunstig``: fields that go to the better end of the range
    that the sources print, if that is an improvement.
    """

    soort: Literal["draai"]
    maat: str
    zet: dict[str, float] = Field(default_factory=dict)
    gunstig: tuple[str, ...] = ()
    teken: Teken | None = None
    grens: float | None = None
    richting: Literal["stijgt", "daalt"] | None = None

    @model_validator(mode="after")
    def _compleet(self) -> "Draai":
        if not self.zet and not self.gunstig:
            raise ValueError("een draai zet ten minste een knop")
        if (self.richting is None) == (self.teken is None or self.grens is None):
            raise ValueError("een draai heeft een teken en een grens, of een richting")
        if self.maat not in SLEUTELS:
            raise ValueError(f"een draai kijkt naar een uitkomst; {self.maat} is dat niet")
        for veld, waarde in {**dict.fromkeys(self.gunstig, 0.0), **self.zet}.items():
            if veld not in VELDEN or VELDEN[veld].soort != "fractie" or not _mag(veld, waarde):
                raise ValueError(f"{veld} is geen aandeel van het invoerscherm, of kan niet {waarde:g} zijn")
        return self


def _mag(veld: str, waarde: float) -> bool:
    onder, boven = VELDEN[veld].minimum, VELDEN[veld].maximum
    return onder is not None and boven is not None and onder <= waarde <= boven


class NietToetsbaar(Bevroren):
    """A statement that no input or outcome of the model can confirm or deny."""

    soort: Literal["niet toetsbaar"]
    reden: str = Field(min_length=10)


Toets = Annotated[
    Elk | Tussen | Uiterste | Grootste | Groepen | Paar | Samenhang | Spreiding | Verschil | Draai | NietToetsbaar,
    Field(discriminator="soort"),
]


OVER_INVOER: Final = ("veld.", "kenmerk.", "discipline.", "klasse.", "caseload", "aantal_disciplines")
"""How a maat begins that says something about the input alone."""

Grond = Literal["invoer", "model", "uitkomst", "afgestemd"]


class Ook(Bevroren):
    """One more check of the same statement; of other aanpakken when they are named."""

    aanpakken: tuple[int, ...] = ()
    toets: Toets


class Uitspraak(Bevroren):
    """One statement: what the report says and where, about which aanpakken, and how it is checked.

    A sentence counts once: what else it says is in ``ook``, and all of it must hold. ``bij``: the figure, table or
    section where the notebook shows it. ``grond``: *invoer*, it agrees by construction, since the input was filled in
    from it; *model*, the formulas give it for about any input; *uitkomst*, it could have come out otherwise;
    *afgestemd*, it is about an outcome, but an input or the check itself was chosen on that outcome (``afstemming``
    says which), so that it agrees is no evidence. Left out, it follows from what the checks look at. ``waarom_niet``:
    why it does not hold on the reconstruction, filled in exactly for those that do not.
    """

    nummer: int
    naam: str
    citaat: str
    paragraaf: str
    pagina: str
    bij: str
    aanpakken: tuple[int, ...] = NUMMERS
    grond: Grond | None = None
    lezing: str = ""
    waarom_niet: str = ""
    afstemming: str = ""
    toets: Toets
    ook: tuple[Ook, ...] = ()

    @model_validator(mode="after")
    def _afgestemd(self) -> "Uitspraak":
        if (self.grond == "afgestemd") != bool(self.afstemming):
            raise ValueError("een uitspraak met grond afgestemd zegt in afstemming waarop, en alleen die")
        return self

    @property
    def vindplaats(self) -> str:
        """ "§4.3, p. 21"."""
        return vindplaats(self.paragraaf, self.pagina)

    @property
    def toetsen(self) -> tuple[tuple[tuple[int, ...], Toets], ...]:
        """Every check with its aanpakken."""
        return ((self.aanpakken, self.toets), *((o.aanpakken or self.aanpakken, o.toets) for o in self.ook))

    @property
    def rust_op(self) -> Grond | Literal[""]:
        """On what a judgement rests (see ``grond``); "" when it cannot be checked."""
        if isinstance(self.toets, NietToetsbaar):
            return ""
        if self.grond is not None:
            return self.grond
        maten = [m for _, toets in self.toetsen for m in _maten(toets)]
        return "invoer" if all(m.startswith(OVER_INVOER) for m in maten) else "uitkomst"


def _maten(toets: Toets) -> list[str]:
    losse = [getattr(toets, veld, "") for veld in ("maat", "andere", "met")]
    return [m for m in (*losse, *getattr(toets, "van", ()), *getattr(toets, "dan", ())) if m]


BESTAND: Final = "uitspraken.toml"


def lees_uitspraken(bestand: Path | None = None) -> tuple[Uitspraak, ...]:
    """All statements, numbered 1, 2, 3 ... Raises InvoerFout with everything that is wrong."""
    bestand = bestand if bestand is not None else map_meta_analyse() / BESTAND
    uit: list[Uitspraak] = []
    meldingen: list[Melding] = []
    for i, tabel in enumerate(lees_toml(bestand).get("uitspraak", []), 1):
        try:
            uitspraak = maak_record(Uitspraak, tabel, bestand, f"uitspraak {i}")
        except InvoerFout as fout:
            meldingen += fout.meldingen
            continue
        if uitspraak.nummer != i:
            meldingen.append(
                Melding(
                    f"uitspraak {i}.nummer",
                    uitspraak.nummer,
                    "de nummers lopen niet door.",
                    f"Dit is {i}.",
                    str(bestand),
                )
            )
        meldingen += [
            Melding(
                f"uitspraak {i}.aanpakken", n, "deze aanpak bestaat niet.", "Kies uit 1 tot en met 13.", str(bestand)
            )
            for n in (
                n
                for wie, toets in uitspraak.toetsen
                for n in (*wie, *getattr(toets, "tegen", ()), *getattr(toets, "onder", ()))
            )
            if n not in NUMMERS
        ]
        uit.append(uitspraak)
    if meldingen:
        raise InvoerFout(meldingen)
    return tuple(uit)

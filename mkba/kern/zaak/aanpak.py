"""The input of one MKBA: the answers to questions 1 to 15 of the invoerscherm, and what was measured (16 to 18).

An :class:`Aanpak` is frozen and always complete and checked; :func:`maak_aanpak` fills empty fields with
the defaults of MKBA 1.0 and collects every problem in one :class:`InvoerFout`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Final, NoReturn

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.effectvelden import EFFECTVELDEN
from mkba.kern.woorden.velden import DISCIPLINE_BIJ_KNOP, GROEPEN, VELDEN, Veld
from mkba.kern.zaak.controle import controleer_veld, onbekende_velden
from mkba.kern.zaak.effectmeting import Effectmeting, controleer_effectmeting, maak_effectmeting, vervangen_door
from mkba.kern.zaak.leeg import Herkomst, bij_leeg
from mkba.kern.zaak.meetherkomst import TABEL, Meetherkomst, geldig, lees_meetherkomst

AFRONDING: Final = 0.01
"""Shares printed as whole percents may add up to 99 or 101 percent (voorbeeld 5 prints 99)."""

MAXIMALE_DIEPTE: Final = 8
"""Tables within tables; the fields need three levels, a file may hold thousands."""


_PER_VELD: Final = attrgetter(*VELDEN)
"""The values of an Aanpak by flat key: a batch asks them tens of thousands of times."""


class _Bevroren(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def __setattr__(self, naam: str, waarde: object) -> NoReturn:
        voorbeeld = 'a.met({"escalatie.gezin": 0.05})'
        raise AttributeError(f"een aanpak verandert niet; maak een andere met a.met, zoals {voorbeeld}")


class PerType(_Bevroren):
    """One fraction per huishoudtype."""

    gezin: float
    oudere: float
    overig: float


class PerTypeOptioneel(_Bevroren):
    """One fraction per huishoudtype, each possibly unknown."""

    gezin: float | None = None
    oudere: float | None = None
    overig: float | None = None


class PerZwaarte(_Bevroren):
    """Shares of the five zwaarten within one huishoudtype."""

    niet_actief: float
    ev: float
    zr: float
    nzr: float
    top: float


class Zwaarte(_Bevroren):
    """Question 3: shares per zwaarte for each huishoudtype."""

    gezin: PerZwaarte
    oudere: PerZwaarte
    overig: PerZwaarte


class Substitutie(_Bevroren):
    """Question 12: share fewer trajecten; negative means more care."""

    nieuw: float
    bestaand: float


class Succes(_Bevroren):
    """Question 13: extra effectiveness, as fractions."""

    financieel_stabiel: float
    werk: float
    schooluitval: float
    consulten: float
    doorverwijzing: float
    kwaliteit_ouderen: float
    mantelzorg: float
    overlast: float


class Aanpak(_Bevroren):
    """A complete, checked input; all shares are fractions, amounts euros per year.

    ``opgegeven`` and ``uit_kengetal`` hold the flat keys ("escalatie.gezin") of the fields that the user
    gave and of those that a kengetal filled in. ``effectmeting``: the answers to questions 16 to 18, if there are any.
    ``meetherkomst``: where answers were measured, as long as they are what they were then (:attr:`gemeten_in`).
    """

    naam: str
    huishoudens: float
    type: PerType
    zwaarte: Zwaarte
    eenouder: PerTypeOptioneel
    kinderen: float
    schulden: PerType
    geen_werk: PerType
    overlast: PerType
    fte: float
    huisvesting: bool
    additioneel: float
    disciplines: tuple[str, ...]
    eenmalig: float
    afschrijving_jaren: float
    jaarlijks: float
    jaarlijks_additioneel: float
    frictie: float
    nieuw: float
    meer: float
    substitutie: Substitutie
    succes: Succes
    escalatie: PerType
    terugval: float
    effectmeting: Effectmeting | None = Field(default=None, exclude=True)
    opgegeven: frozenset[str] = Field(default=frozenset(), exclude=True, repr=False)
    uit_kengetal: frozenset[str] = Field(default=frozenset(), exclude=True, repr=False)
    meetherkomst: tuple[Meetherkomst, ...] = Field(default=(), exclude=True, repr=False)

    def herkomst(self, sleutel: str) -> Herkomst:
        """Whether a field was given, came from a kengetal, is a plain default or is empty.

        "geen discipline": an empty knob of vraag 13 whose discipline the team lacks is 0 (handleiding §2.3).
        """
        if sleutel in self.opgegeven:
            return "opgegeven"
        if sleutel in self.uit_kengetal:
            return "kengetal"
        if sleutel in DISCIPLINE_BIJ_KNOP:
            return "geen discipline"
        return "leeg" if self.plat()[sleutel] is None else "standaard"

    def plat(self) -> dict[str, Any]:
        """All fields with their flat keys ("zwaarte.gezin.zr"), in the order of the invoerscherm."""
        return dict(zip(VELDEN, _PER_VELD(self), strict=True))

    def alles(self) -> dict[str, Any]:
        """:meth:`plat`, and after it the fields of questions 16 to 18 when one of them was given."""
        return {**self.plat(), **(self.effectmeting.plat() if self.effectmeting else {})}

    def gegeven(self) -> dict[str, Any]:
        """What the user gave, by flat key, questions 16 to 18 included."""
        return {k: v for k, v in self.alles().items() if k in self.opgegeven}

    @property
    def gemeten_in(self) -> dict[str, Meetherkomst]:
        """Where answers were measured, by flat key: of those that were not changed since."""
        return geldig(self.meetherkomst, self.gegeven()) if self.meetherkomst else {}

    @property
    def gemeten(self) -> Effectmeting | None:
        """The effectmeting when its knob is on "ja": then it takes the place of questions 11, 12 and 14."""
        return self.effectmeting if self.effectmeting is not None and self.effectmeting.gebruik else None

    @property
    def kengetal_telt(self) -> frozenset[str]:
        """The answers that a kengetal filled in and that the outcome is calculated with: not those that a measurement
        takes the place of."""
        return self.uit_kengetal - vervangen_door(self.effectmeting)

    def met(self, wijzigingen: Mapping[str, Any], kengetallen: Kengetallen) -> "Aanpak":
        """A new, checked Aanpak with some fields changed, by flat key. Raises InvoerFout."""
        return maak_aanpak({**self.gegeven(), **plat_maken(wijzigingen)}, kengetallen, meetherkomst=self.meetherkomst)

    def met_meetherkomst(self, records: Iterable[Meetherkomst]) -> "Aanpak":
        """The same answers with where they were measured, if so; what was known of other answers stays."""
        samen = {**self.gemeten_in, **{r.sleutel: r for r in records}}
        return self.model_copy(update={"meetherkomst": tuple(samen.values())})


def plat_maken(boom: Mapping[str, Any]) -> dict[str, Any]:
    """Nested tables to flat keys: ``{"type": {"gezin": 1}}`` becomes ``{"type.gezin": 1}``."""
    return dict(_bladeren(boom))


def _bladeren(boom: Mapping[str, Any], voor: str = "", diepte: int = 1) -> Iterator[tuple[str, Any]]:
    for sleutel, waarde in boom.items():
        pad = f"{voor}{sleutel}"
        if isinstance(waarde, Mapping) and diepte < MAXIMALE_DIEPTE:
            yield from _bladeren(waarde, f"{pad}.", diepte + 1)
        else:
            yield pad, waarde


def maak_aanpak(
    waarden: Mapping[str, Any],
    kengetallen: Kengetallen,
    bestand: str = "",
    meetherkomst: tuple[Meetherkomst, ...] = (),
) -> Aanpak:
    """Check ``waarden`` (flat or nested), fill in the defaults of MKBA 1.0 and return an Aanpak.

    ``meetherkomst``: where answers were measured, when ``waarden`` has no table of it itself. Raises InvoerFout that
    names every wrong field at once.
    """
    meldingen: list[Melding] = []
    if TABEL in waarden:
        meetherkomst, meldingen = lees_meetherkomst(waarden[TABEL])
        waarden = {k: v for k, v in waarden.items() if k != TABEL}
    paren = [(k, v) for k, v in _bladeren(waarden) if v is not None and v != ""]
    opgegeven = dict(paren)
    meldingen += onbekende_velden(opgegeven)
    meldingen += [
        Melding(k, opgegeven[k], "dit veld is twee keer gegeven.", "Verwijder er een.")
        for k, aantal in Counter(k for k, _ in paren).items()
        if aantal > 1
    ]
    fouten: set[str] = set()
    volledig: dict[str, Any] = {}
    herkomst: dict[str, Herkomst] = {}
    for sleutel, veld in VELDEN.items():
        if sleutel in opgegeven:
            waarde, melding = controleer_veld(veld, opgegeven[sleutel])
            herkomst[sleutel] = "opgegeven"
        else:
            waarde, herkomst[sleutel] = bij_leeg(sleutel, opgegeven, volledig.get("disciplines"), kengetallen)
            melding = _ontbreekt(veld) if waarde is None and veld.verplicht else None
        volledig[sleutel] = waarde
        if melding:
            meldingen.append(melding)
            fouten.add(sleutel)
    meldingen += _controleer_sommen(volledig, fouten)
    gemeten, fout_gemeten = _lees_effectmeting(opgegeven)
    meldingen += fout_gemeten
    if meldingen:
        raise InvoerFout(m.in_bestand(bestand) if bestand else m for m in meldingen)
    try:
        return Aanpak(
            **_boom(volledig),
            effectmeting=maak_effectmeting(gemeten) if gemeten else None,
            opgegeven=frozenset([*(k for k, h in herkomst.items() if h == "opgegeven"), *gemeten]),
            uit_kengetal=frozenset(k for k, h in herkomst.items() if h == "kengetal"),
            meetherkomst=meetherkomst,
        )
    except ValidationError as fout:  # pragma: no cover - the checks above leave nothing to find
        raise InvoerFout(
            [Melding(".".join(str(d) for d in f["loc"]), f.get("input"), f["msg"], "", bestand) for f in fout.errors()]
        ) from fout


def _lees_effectmeting(opgegeven: Mapping[str, Any]) -> tuple[dict[str, Any], list[Melding]]:
    """The answers to questions 16 to 18 that were given, in their own types, and what is wrong with them."""
    gelezen = {s: controleer_veld(EFFECTVELDEN[s], w) for s, w in opgegeven.items() if s in EFFECTVELDEN}
    meldingen = [melding for _, melding in gelezen.values() if melding]
    fouten = frozenset(s for s, (_, melding) in gelezen.items() if melding)
    goed = {s: waarde for s, (waarde, melding) in gelezen.items() if not melding}
    return goed, meldingen + (controleer_effectmeting(goed, fouten) if gelezen else [])


def _boom(plat: Mapping[str, Any]) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    for sleutel, waarde in plat.items():
        *pad, laatste = sleutel.split(".")
        tak = uit
        for deel in pad:
            tak = tak.setdefault(deel, {})
        tak[laatste] = waarde
    return uit


def _ontbreekt(veld: Veld) -> Melding:
    wat = f"Vul vraag {veld.vraag} in ({veld.label})." if veld.vraag else f"Vul in: {veld.label}."
    return Melding(veld.sleutel, None, "dit veld is verplicht en niet ingevuld.", wat)


def sommen(plat: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The groups of shares that must add up to 1; a type without households may be left empty."""
    telt = {f"zwaarte.{t}": plat[f"type.{t}"] for t in TYPEN}
    return {g: s for g, s in GROEPEN.items() if telt.get(g, True) or any(plat[x] for x in s)}


def _controleer_sommen(plat: Mapping[str, Any], fouten: set[str]) -> list[Melding]:
    meldingen = []
    for groep, sleutels in sommen(plat).items():
        if any(s in fouten for s in sleutels):
            continue
        som = sum(plat[s] for s in sleutels)
        if abs(som - 1) > AFRONDING + 1e-9:
            delen = " + ".join(f"{nederlands(100 * plat[s], 4)}%" for s in sleutels if plat[s])
            meldingen.append(
                Melding(
                    groep,
                    delen or 0,
                    f"de aandelen tellen op tot {nederlands(som * 100, 4)}% in plaats van 100%.",
                    "Maak er samen 100% van (een afrondingsverschil van 1 procentpunt mag).",
                )
            )
    return meldingen

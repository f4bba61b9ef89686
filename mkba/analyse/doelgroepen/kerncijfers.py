"""Can the statistics of an area be true? One table of rules, for every source and every road to a report.

A rule that cannot be broken by true numbers (``onmogelijk``) keeps an area out of a series; of one that is only
unlikely the report says so. Thresholds are ours; they are wide enough for the real wijken and buurten of Amsterdam
(2019) and Utrecht (2024) and all gemeenten of 2021.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mkba.invoer.cbs.landelijk import Grens, bereik
from mkba.invoer.cbs.zorg import PER_KIND
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.zaak.gebied import AANDELEN, LAND, Gebied

AFRONDING: Final = 5
"""CBS rounds counts of a wijk or buurt at random to a multiple of 5: each is off by less than this."""
WEINIG: Final = 100
"""Households below which CBS itself gives no share with a low income."""
VEEL_MEER: Final = 10.0
VEEL_MINDER: Final = 1 / 20
"""Ratios to the Netherlands beyond which an indicator asks for a look: a percentage read as a fraction is 100 off."""

NAMEN: Final = {
    "huishoudens": "huishoudens",
    "eenpersoons": "eenpersoonshuishoudens",
    "zonder_kinderen": "huishoudens zonder kinderen",
    "met_kinderen": "huishoudens met kinderen",
    "inwoners": "inwoners",
    "ouderen": "personen van 65 of ouder",
    "laag_inkomen": "huishoudens met een laag inkomen",
    "armoede": "personen in armoede",
    "bijstand": "personen met bijstand",
    "jeugdhulp": "jongeren met jeugdzorg",
    "wmo": "Wmo-cliënten per inwoner",
    "eenouder": "eenoudergezinnen",
    "intramurale_ouderen": "intramurale ouderen",
    "kinderen": "personen onder de 15",
    "ouderen_zonder_partner": "personen van 65 of ouder zonder partner",
    "ouderen_met_partner": "personen van 65 of ouder met een partner",
    "wmo_ouderen": "Wmo-cliënten van 65 of ouder",
}


@dataclass(frozen=True, slots=True)
class Deel:
    """A part is never more than its whole, but for rounding."""

    deel: str
    geheel: str
    onmogelijk: bool = True
    reden: str = ""
    """Why true numbers may break it all the same."""

    def oorzaak(self, gebied: Gebied, nederland: Gebied) -> str:
        deel, geheel = getattr(gebied, self.deel), getattr(gebied, self.geheel)
        if deel is None or geheel is None or deel - geheel < 2 * AFRONDING + gebied.marge * geheel:
            return ""
        return f"dit is meer dan alle {nederlands(geheel)} {NAMEN[self.geheel]}.{self.reden}"

    @property
    def veld(self) -> str:
        return self.deel


@dataclass(frozen=True, slots=True)
class Som:
    """Parts add up to their whole, but for rounding."""

    delen: tuple[str, ...]
    veld: str
    onmogelijk: bool = True

    def oorzaak(self, gebied: Gebied, nederland: Gebied) -> str:
        delen, geheel = [getattr(gebied, d) for d in self.delen], getattr(gebied, self.veld)
        if geheel is None or None in delen:
            return ""
        ruimte = AFRONDING * (len(delen) + 1) + gebied.marge * geheel * len(delen)
        som = sum(delen)
        if abs(som - geheel) < ruimte:
            return ""
        namen = ", ".join(NAMEN[d] for d in self.delen)
        return f"{namen} zijn samen {nederlands(round(som))}; dat verschil is groter dan afronding verklaart."


@dataclass(frozen=True, slots=True)
class Ver:
    """An indicator stands in some proportion to that of the Netherlands."""

    veld: str
    maat: Callable[[Gebied], float | None]
    onmogelijk: bool = False

    def oorzaak(self, gebied: Gebied, nederland: Gebied) -> str:
        eigen, landelijk = self.maat(gebied), self.maat(nederland)
        if not eigen or not landelijk or VEEL_MINDER <= eigen / landelijk <= VEEL_MEER:
            return ""
        verhouding = eigen / landelijk
        hoe = f"{nederlands(round(verhouding, 1))} keer zo hoog"
        if verhouding < 1:
            hoe = f"{nederlands(round(1 / verhouding))} keer zo laag"
        return f"dit is {hoe} als het landelijke cijfer: een klein of bijzonder gebied, of een verkeerde eenheid."


@dataclass(frozen=True, slots=True)
class Weinig:
    """A count is high enough to say something."""

    veld: str
    minimum: int
    onmogelijk: bool = False

    def oorzaak(self, gebied: Gebied, nederland: Gebied) -> str:
        aantal = getattr(gebied, self.veld)
        if not aantal or aantal >= self.minimum:
            return ""
        return (
            f"dit zijn er minder dan {self.minimum}: afronding op {AFRONDING} en toeval wegen zwaar, en veel "
            "indicatoren zijn geheim."
        )


@dataclass(frozen=True, slots=True)
class Landelijk:
    """A national share lies in the range of every year; outside it a decimal or a unit was lost."""

    veld: str
    grens: Grens
    onmogelijk: bool = True

    def oorzaak(self, gebied: Gebied, nederland: Gebied) -> str:
        waarde = getattr(gebied, self.veld)
        if gebied.code != LAND or waarde is None or self.grens.laag <= waarde <= self.grens.hoog:
            return ""
        laag, hoog = (nederlands(round(100 * w, 1)) for w in (self.grens.laag, self.grens.hoog))
        return (
            f"voor heel Nederland kan dit niet: tussen {laag}% en {hoog}% ({self.grens.waarom}). De decimalen of de "
            "eenheid van deze kolom zijn dan verloren gegaan, ook in de andere regels."
        )


Regel = Deel | Som | Ver | Weinig | Landelijk


def _als_gegeven(veld: str) -> Callable[[Gebied], float | None]:
    def maat(gebied: Gebied) -> float | None:
        waarde: float | None = getattr(gebied, veld)
        return waarde

    return maat


def _bijstand(gebied: Gebied) -> float | None:
    """Per household, as the index counts it."""
    return gebied.bijstand / gebied.huishoudens if gebied.bijstand is not None and gebied.huishoudens else None


REGELS: Final[tuple[Regel, ...]] = (
    Deel("huishoudens", "inwoners"),
    Deel("ouderen", "inwoners"),
    Deel("eenpersoons", "huishoudens"),
    Deel("zonder_kinderen", "huishoudens"),
    Deel("met_kinderen", "huishoudens"),
    Deel("intramurale_ouderen", "ouderen"),
    Deel("ouderen_zonder_partner", "ouderen"),
    Deel("ouderen_met_partner", "ouderen"),
    Deel("kinderen", "inwoners"),
    Som(("eenpersoons", "zonder_kinderen", "met_kinderen"), "huishoudens"),
    Deel("bijstand", "inwoners", False, " Bijstand is van een latere datum; in een nieuwe wijk kan dat."),
    *(Ver(veld, _als_gegeven(veld)) for veld in AANDELEN),
    *(Landelijk(veld, grens) for veld, grens in bereik().items()),
    Ver("bijstand", _bijstand),
    Weinig("huishoudens", WEINIG),
)

ONMISBAAR: Final = ("huishoudens", "met_kinderen", "ouderen")
"""Without these there is no placing in types."""


def redenen(gebied: Gebied, nederland: Gebied) -> tuple[Melding, ...]:
    """Why nothing can be calculated for an area; empty when it can."""
    if gebied.huishoudens == 0:
        leeg = "hier wonen geen particuliere huishoudens, dus er is niets in te delen."
        return (Melding(_veld(gebied, "huishoudens"), "0", leeg, "Laat dit gebied weg.", _waar(gebied)),)
    mist = [veld for veld in ONMISBAAR if getattr(gebied, veld) is None]
    onbekend: tuple[Melding, ...] = ()
    if mist:
        namen = ", ".join(NAMEN[v] for v in mist)
        oorzaak = f"onbekend of geheim in de bron: {namen}. Zonder deze getallen is er geen indeling."
        remedie = "Neem een groter gebied (de wijk of de gemeente) of een ander jaar."
        onbekend = (Melding(_veld(gebied, mist[0]), None, oorzaak, remedie, _waar(gebied)),)
    return onbekend + onmogelijk(gebied, nederland)


def onmogelijk(gebied: Gebied, nederland: Gebied) -> tuple[Melding, ...]:
    """What cannot be true in the statistics of an area."""
    regels = [r for r in REGELS if r.onmogelijk]
    return _meldingen(gebied, nederland, regels, "Controleer deze regel in het bestand.")


def waarschuwingen(gebied: Gebied, nederland: Gebied, klein: bool = True) -> tuple[Melding, ...]:
    """What is unlikely in the statistics of an area, and what nobody sees of it in the file.

    ``klein``: also that it has hardly any households, which a list of many says once.
    """
    regels = [r for r in REGELS if not r.onmogelijk and (klein or not isinstance(r, Weinig))]
    onwaarschijnlijk = _meldingen(gebied, nederland, regels, "Controleer dit voor u de uitkomst gebruikt.")
    if not gebied.verborgen:
        return onwaarschijnlijk
    oorzaak = f"in het bestand verborgen of weggefilterd, en wel meegeteld: {gebied.verborgen}."
    remedie = "Maak zichtbaar wat meetelt, of verwijder het."
    return (*onwaarschijnlijk, Melding(f"{gebied.code} cijfers", None, oorzaak, remedie, _waar(gebied)))


def _meldingen(gebied: Gebied, nederland: Gebied, regels: Sequence[Regel], remedie: str) -> tuple[Melding, ...]:
    return tuple(
        Melding(
            _veld(gebied, regel.veld),
            _gedrukt(gebied, regel.veld),
            oorzaak,
            remedie,
            gebied.aangevuld.get(regel.veld) or _waar(gebied),
        )
        for regel in regels
        if (oorzaak := regel.oorzaak(gebied, nederland))
    )


def _waar(gebied: Gebied) -> str:
    """Where somebody mends it: the file and the row, or the table that the numbers were fetched from."""
    return gebied.plaats or gebied.bron


def _gedrukt(gebied: Gebied, veld: str) -> str:
    """A count, a share as a percentage, or a ratio."""
    waarde = float(getattr(gebied, veld))
    if _per_kind(gebied, veld):
        return nederlands(round(waarde, 2))
    return f"{nederlands(round(waarde * 100, 1))}%" if veld in AANDELEN else nederlands(round(waarde))


def _veld(gebied: Gebied, veld: str) -> str:
    return f"{gebied.code} {PER_KIND if _per_kind(gebied, veld) else NAMEN[veld]}"


def _per_kind(gebied: Gebied, veld: str) -> bool:
    """Whether a number is one of young people per child, and no share of the young."""
    return gebied.aangevuld.get(veld, "").endswith(PER_KIND)


def bruikbaar(gebieden: Sequence[Gebied], nederland: Gebied) -> tuple[tuple[Gebied, ...], tuple[Melding, ...]]:
    """The areas that can be calculated, and why the others cannot."""
    per_gebied = [(g, redenen(g, nederland)) for g in gebieden]
    goed = tuple(g for g, waarom in per_gebied if not waarom)
    return goed, tuple(m for _, waarom in per_gebied for m in waarom)

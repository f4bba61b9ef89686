"""What was counted of trajecten and escalations as the answers to questions 16 to 18 (manual §2.3.2, bijlage II)."""

from collections.abc import Mapping
from dataclasses import dataclass

from mkba.analyse.effectmeting.bijwerken.bewijs import Aantal, Telling, schatting_van
from mkba.analyse.effectmeting.zekerheid.intervallen import Schatting
from mkba.kern.tekst.afronden import aandelen
from mkba.kern.woorden.trajecten import CASES


@dataclass(frozen=True, slots=True)
class Trajecten:
    """Trajecten per type counted at ``n`` households; a type that is left out was not counted at all.

    ``kwadraten``: the sum over households of the square of their number of trajecten, from which follows how far these
    cluster; without it the interval is that of trajecten that come one by one.
    """

    per_type: Mapping[str, int]
    n: int
    kwadraten: float | None = None

    def __post_init__(self) -> None:
        if min([self.n, *self.per_type.values()]) < 0:
            raise ValueError("een aantal trajecten of huishoudens is niet negatief")
        if self.kwadraten is not None and self.kwadraten < self.samen:
            raise ValueError("de som van de kwadraten is minstens het aantal")

    @property
    def samen(self) -> int:
        """All trajecten."""
        return sum(self.per_type.values())

    @property
    def geteld(self) -> Aantal:
        """As evidence: a number per household."""
        if self.kwadraten is None:
            return Aantal(self.samen, self.n)
        return Aantal.uit_kwadraten(self.samen, self.n, self.kwadraten)


@dataclass(frozen=True, eq=False)
class Invoer2:
    """``velden``: the flat keys of the input file ("effectmeting.meer.nieuw.aantal") with their values;
    ``schattingen``: per measured number its interval, or None and the reason; ``samengevoegd``: the questions of which
    new and existing cases got the same average (footnote 13)."""

    velden: Mapping[str, float | bool | str]
    schattingen: Mapping[str, tuple[Schatting | None, str]]
    samengevoegd: tuple[str, ...]


def invoer_2(
    meer: Mapping[str, Trajecten],
    minder: Mapping[str, Trajecten],
    voorkomen: Mapping[str, Telling],
    bedreigd: Mapping[str, Telling] | None = None,
) -> Invoer2:
    """The answers to questions 16 (``meer``), 17 (``minder``) and 18 (``voorkomen``, per kind of escalation).

    ``meer`` and ``minder``: counts of the cases "nieuw" and "bestaand", or of "alle" where the sample does not tell
    them apart: then the total divided by all households goes in both (footnote 13). ``bedreigd``: the households under
    threat, for reading (b) of question 18: ``voorkomen`` is then counted among them. Raises ValueError for other
    cases and for counts without households.
    """
    velden: dict[str, float | bool | str] = {
        "effectmeting.gebruik": True,
        "effectmeting.grondslag": "bedreigd" if bedreigd else "huishoudens",
    }
    schattingen: dict[str, tuple[Schatting | None, str]] = {}
    samengevoegd = []
    for vraag, tellingen in (("meer", meer), ("minder", minder)):
        if set(tellingen) not in ({*CASES}, {"alle"}):
            raise ValueError(f"{vraag}: geef nieuw en bestaand, of alle")
        if "alle" in tellingen:
            samengevoegd.append(vraag)
        for case in CASES:
            telling = tellingen["alle"] if "alle" in tellingen else tellingen[case]
            if telling.n < 1:
                raise ValueError(f"{vraag}.{case}: er is geen huishouden gemeten")
            basis = f"effectmeting.{vraag}.{case}"
            velden[f"{basis}.aantal"] = telling.samen / telling.n
            schattingen[f"{basis}.aantal"] = schatting_van(telling.geteld)
            # shares that add up to 100% exactly, as the question asks
            delen = aandelen(list(telling.per_type.values()))
            velden |= {f"{basis}.{s}": float(d) for s, d in zip(telling.per_type, delen, strict=True) if d}
    for groep, escalaties in (("voorkomen", voorkomen), ("bedreigd", bedreigd or {})):
        for soort, geteld in escalaties.items():
            if geteld.n < 1:
                raise ValueError(f"{groep}.{soort}: er is geen huishouden gemeten")
            velden[f"effectmeting.{groep}.{soort}"] = (geteld.gelukt - geteld.tegen) / geteld.n
            schattingen[f"effectmeting.{groep}.{soort}"] = schatting_van(geteld)
    return Invoer2(velden, schattingen, tuple(samengevoegd))

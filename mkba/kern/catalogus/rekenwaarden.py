"""The kengetallen that the model reads, each declared once: the array field names its keys.

What a rule set must hold (:data:`mkba.kern.catalogus.sleutels.VERPLICHT`), what may be varied, how arrays are filled
(``mkba.model.reeksen``) follow from the fields below. To add a kengetal to the model: add its field here, its number to
``data/kengetallen`` and its place to a formula in ``mkba.model.posten``.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import product
from typing import Annotated, Final, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from mkba.kern.woorden.begrippen import AANTAL_JAREN, ACTOREN, DISCIPLINES, DOMEINEN, TYPEN, ZWAARTEN
from mkba.kern.woorden.trajecten import TRAJECTEN

FUNCTIES: Final = ("teamlid", "teamleider", "ondersteuning")
TIJDPROFIELEN: Final = (
    "kosten",
    "nieuw_voor_oud",
    "substitutie",
    "werk",
    "schulden",
    "zorggebruik",
    "escalatie",
    "kinderen",
    "kwaliteit",
    "overlast",
)
JAREN: Final = tuple(str(jaar) for jaar in range(AANTAL_JAREN))
ACTORVERDELINGEN: Final = (
    "additioneel",
    *(f"discipline.{d}" for d in DISCIPLINES),
    "geen_discipline",
    "domein.wi",
    "trajecten.zw",
    *(f"domein.zw.{t}" for t in TYPEN),
    "domein.jeugd",
    "domein.zvw",
    "werk",
    "schulden",
    "zorggebruik",
    "kinderen",
    "kwaliteit",
    "overlast",
    *(f"traject.{w}" for w in ("verzorging", "verpleging", "intramuraal", "huisuitzetting")),
)


def zorgpad(type_: str, zwaarte: str, domein: str) -> str:
    """The key of an amount of figuur 2.7; niet_actief shares the first row, "geen probleem of ev"."""
    return f"zorgconsumptie.{type_}.{'ev' if zwaarte == 'niet_actief' else zwaarte}.{domein}"


@dataclass(frozen=True, slots=True)
class Bron:
    """Where an array field comes from: its keys in order and its shape without the scenario axis.

    ``som``: the field is the sum of its keys; ``mag_ontbreken``: an absent key is 0; ``gebruik``: the use of its keys,
    of questions 1 to 15 or of an effectmeting alone.
    """

    sleutels: tuple[str, ...]
    vorm: tuple[int, ...] = ()
    som: bool = False
    mag_ontbreken: bool = False
    gebruik: str = "model"


Reeks = NDArray[np.float64]


def _getal(*sleutels: str, gebruik: str = "model") -> Bron:
    """One number per scenario; of several keys their sum."""
    return Bron(sleutels, som=len(sleutels) > 1, gebruik=gebruik)


def _tabel(
    pad: Callable[..., str], *assen: tuple[str, ...], mag_ontbreken: bool = False, gebruik: str = "model"
) -> Bron:
    """An array over ``assen``; ``pad`` makes a key of a word of each."""
    sleutels = tuple(pad(*woorden) for woorden in product(*assen))
    return Bron(sleutels, tuple(map(len, assen)), mag_ontbreken=mag_ontbreken, gebruik=gebruik)


@dataclass(frozen=True, slots=True, eq=False)
class Rekenwaarden:
    """Kengetallen that the model reads; money in euros of the price level of the rule set.

    Every array has a leading scenario axis, (S, ...) or (1, ...); the comments give the shape without it.
    """

    kosten_fte: Annotated[
        Reeks, _tabel("personeel.kosten.{}".format, FUNCTIES)
    ]  # (functie,) incl. huisvesting, euro per fte per year
    werkgeverslasten: Annotated[Reeks, _tabel("personeel.werkgeverslasten.{}".format, FUNCTIES)]  # (functie,)
    aandeel_functie: Annotated[Reeks, _tabel("personeel.aandeel.{}".format, FUNCTIES[1:])]  # (2,) per teamlid
    uren_per_fte: Annotated[Reeks, _getal("personeel.uren_per_fte")]  # ()
    afstemming_uren: Annotated[Reeks, _getal("personeel.afstemming_uren")]  # ()
    caseload: Annotated[Reeks, _tabel("caseload.{}".format, ZWAARTEN)]  # (zwaarte,) households per fte
    profiel: Annotated[Reeks, _tabel(zorgpad, TYPEN, ZWAARTEN, DOMEINEN)]  # (type, zwaarte, domein) euro per year
    zorg_aandeel: Annotated[Reeks, _tabel("zorg_aandeel.{}".format, DOMEINEN)]  # (domein,)
    substitutie_aandeel: Annotated[Reeks, _tabel("substitutie_aandeel.{}".format, DOMEINEN)]  # (domein,)
    werk_eur: Annotated[Reeks, _getal("effectiviteit.werk_eur")]  # ()
    schulden_eur: Annotated[Reeks, _getal("effectiviteit.schulden_eur")]  # ()
    consulten_eur: Annotated[Reeks, _getal("effectiviteit.consulten_eur")]  # ()
    doorverwijzing_eur: Annotated[Reeks, _getal("effectiviteit.doorverwijzing_eur")]  # ()
    schuldhulp_bestaand: Annotated[Reeks, _getal("effectiviteit.schuldhulp_bestaand")]  # ()
    escalatie_factor: Annotated[Reeks, _getal("escalatie.factor")]  # ()
    gewicht_ev: Annotated[Reeks, _getal("escalatie.gewicht_ev")]  # ()
    gewicht_top: Annotated[Reeks, _tabel("escalatie.gewicht_top.{}".format, TYPEN)]  # (type,)
    weging_wi: Annotated[Reeks, _getal("escalatie.weging_wi")]  # ()
    zonder_startkwalificatie: Annotated[Reeks, _getal("kinderen.aandeel_zonder_startkwalificatie")]  # ()
    kind_eur: Annotated[Reeks, _getal("kinderen.baat_eur")]  # ()
    qaly_eur: Annotated[Reeks, _getal("kwaliteit.qaly_eur")]  # ()
    schulden_qaly: Annotated[Reeks, _getal("kwaliteit.schulden_qaly")]  # ()
    ouderen_qaly: Annotated[Reeks, _getal("kwaliteit.ouderen_qaly")]  # ()
    overlast_eur: Annotated[Reeks, _getal("overlast.overlast_eur")]  # ()
    nieuw_eur: Annotated[Reeks, _getal("overlast.nieuw_eur")]  # ()
    overlast_escalatie_eur: Annotated[Reeks, _getal("overlast.escalatie_eur")]  # ()
    disconto: Annotated[Reeks, _getal("disconto.reeel", "disconto.risico")]  # ()
    # (2,) the rate of the years after a year, and that year; 0 when the rule set has one rate
    disconto_lang: Annotated[Reeks, _tabel("disconto.{}".format, ("lang", "lang_na_jaar"), mag_ontbreken=True)]
    disconto_basis: Annotated[Reeks, _getal("disconto.basis")]  # () of the amounts per unit that are an NCW
    traject_eur: Annotated[
        Reeks, _tabel("traject.{}.eur".format, TRAJECTEN, gebruik="effectmeting")
    ]  # (traject,) euro per traject of a year, or per event
    samenloop: Annotated[Reeks, _getal("effectmeting.samenloop", gebruik="effectmeting")]  # () -1 largest, 1 sum
    # (profiel, jaar) relative weights
    tijd: Annotated[Reeks, _tabel("tijd.{}.jaar{}".format, TIJDPROFIELEN, JAREN, mag_ontbreken=True)]
    # (verdeling, actor) shares, sum to 1 over actor
    actor: Annotated[Reeks, _tabel("actor.{}.{}".format, ACTORVERDELINGEN, ACTOREN, mag_ontbreken=True)]


@lru_cache(maxsize=1)
def bronnen() -> dict[str, Bron]:
    """Per array field where it comes from, in the order of the fields."""
    soorten = get_type_hints(Rekenwaarden, include_extras=True)
    return {f.name: get_args(soorten[f.name])[1] for f in fields(Rekenwaarden)}


def modelsleutels(mag_ontbreken: bool, gebruik: str = "model") -> list[str]:
    """The keys that the model reads, in the order of the fields: those that may be absent, or those that may not."""
    velden = (b for b in bronnen().values() if b.mag_ontbreken == mag_ontbreken and b.gebruik == gebruik)
    return list(dict.fromkeys(s for b in velden for s in b.sleutels))

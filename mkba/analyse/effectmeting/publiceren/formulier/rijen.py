"""The rows of a filled form as columns, with the weight of each: exact, and not to be shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mkba.invoer.steekproef import JA_NEE, Formulierrij

NIEUW, ESCALATIE = "nieuw", "escalatie"
"""The question that tells new cases from existing ones, and the one that is asked per type (14)."""
WOORDEN: Final = {NIEUW: ("nieuw", "bestaand")}
"""What yes and no are called, where that is not ja and nee."""
Getallen = NDArray[np.float64]
Masker = NDArray[np.bool_]


def woorden(vraag: str) -> tuple[str, str]:
    """What yes and no to a question are called."""
    return WOORDEN.get(vraag, ("ja", "nee"))


def vraagcellen(sleutel: str) -> tuple[dict[str, str], dict[str, str]]:
    """Which cells of the households are yes and no behind an answer ("terugval", "escalatie.gezin")."""
    vraag, _, type_ = sleutel.partition(".") if sleutel.startswith(f"{ESCALATIE}.") else (sleutel, "", "")
    groep = {"type": type_} if type_ else {}
    ja, nee = woorden(vraag)
    return {**groep, vraag: ja}, {**groep, vraag: nee}


@dataclass(frozen=True, eq=False)
class Steekproef:
    """The rows with an answer to anything (``rijen``, n of them; ``alle``: also the others): ``gewicht`` (n,) in
    households, and per question of yes or no 1, 0 or NaN (n,)."""

    rijen: tuple[Formulierrij, ...]
    alle: tuple[Formulierrij, ...]
    gewicht: Getallen
    ja: Mapping[str, Getallen]
    drempel: float
    afronding: int

    @classmethod
    def van(cls, alle: Sequence[Formulierrij], drempel: float, afronding: int) -> "Steekproef":
        """A household stands for the caseload of its generalist over who of these gave an answer."""
        rijen = tuple(a for a in alle if a.ja_nee or a.aantallen)
        per = Counter(a.generalist for a in rijen)
        gewicht = np.array([a.caseload / per[a.generalist] for a in rijen])
        ja = {v: np.array([float(a.ja_nee[v]) if v in a.ja_nee else np.nan for a in rijen]) for v in JA_NEE}
        return cls(rijen, tuple(alle), gewicht, ja, drempel, afronding)

    @property
    def gevraagd(self) -> tuple[str, ...]:
        """The questions that anybody answered: which were asked is no secret."""
        return tuple(v for v in JA_NEE if not np.isnan(self.ja[v]).all())

    @property
    def generalist(self) -> NDArray[np.str_]:
        """Whose each household is."""
        return np.array([a.generalist for a in self.rijen])

    @property
    def telt_voor_een(self) -> float:
        """How many households count for one of a simple random sample, in tenths and upward: as if what is counted all
        lies where the weight is largest."""
        factor = len(self.gewicht) * float(self.gewicht.max()) / float(self.gewicht.sum())
        return max(1.0, float(np.ceil(10 * factor - 1e-6)) / 10)

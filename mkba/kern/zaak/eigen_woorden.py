"""What somebody says in words of their own beside the numbers: a foreword, conclusions, and per answer where it comes
from and what is remarked on it."""

from dataclasses import dataclass
from typing import Final

from mkba.kern.bestand.hashes import hash_waarden

PLEKKEN: Final = ("voorwoord", "conclusie")
"""Texts of a report as a whole."""
PER_VELD: Final = ("bron", "opmerking")
"""Texts about one answer."""
MAXIMUM_EIGEN: Final = 20_000
"""Signs of a text of one's own: a choice, some eight pages."""


@dataclass(frozen=True)
class Antwoordwoorden:
    """What is said of one answer: the label of its field, the answer as printed, its source and remark."""

    label: str
    antwoord: str
    bron: str
    opmerking: str


@dataclass(frozen=True)
class EigenWoorden:
    """Plain text; an empty line begins a new paragraph."""

    voorwoord: str = ""
    conclusie: str = ""
    antwoorden: tuple[Antwoordwoorden, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.voorwoord or self.conclusie or self.antwoorden)

    @property
    def hash(self) -> str:
        """sha256 over all of it."""
        rijen = [[a.label, a.antwoord, a.bron, a.opmerking] for a in self.antwoorden]
        return hash_waarden([self.voorwoord, self.conclusie, rijen])


def alineas(tekst: str) -> list[str]:
    """The paragraphs of a text of one's own."""
    regels = [regel.strip() for regel in tekst.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    uit: list[list[str]] = [[]]
    for regel in regels:
        if regel:
            uit[-1].append(regel)
        elif uit[-1]:
            uit.append([])
    return [" ".join(delen) for delen in uit if delen]

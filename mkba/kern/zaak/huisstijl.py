"""The house style of who hands a report over: name, colours, logo, words for the cover, templates of documents."""

from dataclasses import dataclass, field
from typing import Final

from mkba.kern.bestand.hashes import hash_tekst

KLEUREN: Final = {"hoofd": "#0B4F5C", "accent": "#1F5FA8"}
"""The colours that a style may set, and what they are without one: headings and rules, what stands out."""


@dataclass(frozen=True)
class Huisstijl:
    """``logo``: a PNG or JPEG, with ``logo_breed`` its width over its height; ``word`` and ``powerpoint``: templates,
    empty for ours."""

    naam: str = ""
    omslag: str = ""
    hoofd: str = KLEUREN["hoofd"]
    accent: str = KLEUREN["accent"]
    logo: bytes = field(default=b"", repr=False)
    logo_soort: str = ""
    logo_breed: float = 1.0
    word: bytes = field(default=b"", repr=False)
    powerpoint: bytes = field(default=b"", repr=False)

    @property
    def logo_alt(self) -> str:
        """The logo in words, for who cannot see it."""
        return f"Logo van {self.naam}" if self.naam else "Logo"

    @property
    def hash(self) -> str:
        """sha256 over all that it changes of a report."""
        return hash_tekst(self.naam, self.omslag, self.hoofd, self.accent, self.logo, self.word, self.powerpoint)

"""A case: an aanpak with the kengetallen that it is calculated with. What the front door passes round."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.zaak.aanpak import Aanpak


@dataclass(frozen=True, repr=False)
class Zaak:
    """``invoer``: the answers to questions 1 to 15; ``kengetallen``: the rule set, own values included.

    ``meldingen``: what deserved attention when the answers were read; of a changed case there are none.
    """

    invoer: Aanpak
    kengetallen: Kengetallen
    meldingen: tuple[Melding, ...] = field(default=(), compare=False)

    def met(self, wijzigingen: Mapping[str, Any] | None = None, /, **velden: Any) -> Self:
        """The same case with some answers changed; everything is checked again.

        Fields without a dot as words, ``met(nieuw=0.20, terugval=0.1)``; with a dot in a mapping,
        ``met({"escalatie.gezin": 0.05})``. Shares are fractions. Raises InvoerFout that names every wrong field.
        """
        invoer = self.invoer.met({**(wijzigingen or {}), **velden}, self.kengetallen)
        return replace(self, invoer=invoer, meldingen=())

    def met_kengetallen(self, vervang: Mapping[str, float], bronnen: Mapping[str, str] | None = None) -> Self:
        """The same case with some kengetallen replaced, each marked as an override.

        A field that was left empty follows the kengetal that fills it. ``bronnen``: your source per key. Raises
        InvoerFout for a key that does not exist or a value that its unit does not allow.
        """
        nieuw = self.kengetallen.met(vervang, bronnen=bronnen)
        return replace(self, invoer=self.invoer.met({}, nieuw), kengetallen=nieuw, meldingen=())

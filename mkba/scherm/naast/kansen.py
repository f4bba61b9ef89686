"""The chance that an aanpak has a plus, calculated beside the screen: the draws take longer than a change may."""

import threading
from collections.abc import Callable, Mapping
from typing import Final

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.aanpak import Aanpak

Kansen = Mapping[str, float]
"""By saldo, saldo_financieel and saldo_gemeente: the share of the draws in which it is positive."""

RUST_S: Final = 0.3
"""Seconds without a change before the draws begin: who is typing comes first. A choice."""
BEWAARD: Final = 50
"""Aanpakken whose chances are remembered. A choice."""


def kansen(aanpak: Aanpak, kengetallen: Kengetallen) -> Kansen:
    """With the draws of the report, so that both print the same chance."""
    from mkba.analyse.onzekerheid.simulatie import PARTIJEN, simuleer  # half a second that no start waits for

    tabel = simuleer(aanpak, kengetallen, sleutels=tuple(PARTIJEN)).kansen
    return {str(sleutel): float(kans) for sleutel, kans in tabel["kans"].items()}


class Kansrekenaar:
    """Calculates in a thread of its own, one aanpak at a time, those asked last first; ``klaar`` is called from it."""

    def __init__(self, kengetallen: Kengetallen, klaar: Callable[[], None]) -> None:
        self._kengetallen, self._klaar = kengetallen, klaar
        self._bekend: dict[Aanpak, Kansen] = {}
        self._gevraagd: list[Aanpak] = []
        self._slot = threading.Lock()
        self._werk: threading.Thread | None = None

    def geef(self, aanpak: Aanpak | None) -> Kansen | None:
        """The chances of this aanpak when they are known."""
        return self._bekend.get(aanpak) if aanpak is not None else None

    def vraag(self, *aanpakken: Aanpak | None) -> None:
        """Calculate those that are not known, and forget what was asked before."""
        with self._slot:
            self._gevraagd = [a for a in aanpakken if a is not None and a not in self._bekend]
            if self._gevraagd and self._werk is None:
                self._werk = threading.Thread(target=self._draai, name="mkba-kansen", daemon=True)
                self._werk.start()

    def wacht(self) -> None:
        """Until all that was asked is known."""
        werk = self._werk
        if werk is not None:
            werk.join()

    def _draai(self) -> None:
        while (aanpak := self._volgende()) is not None:
            try:
                uit = kansen(aanpak, self._kengetallen)
            except BaseException:
                with self._slot:
                    self._werk = None  # the next change begins anew
                raise
            with self._slot:
                self._bekend[aanpak] = uit
                while len(self._bekend) > BEWAARD:
                    del self._bekend[next(iter(self._bekend))]
            self._klaar()

    def _volgende(self) -> Aanpak | None:
        """The next one, as soon as nothing was asked for a moment; None, and the thread ends, without any."""
        while True:
            with self._slot:
                voor = list(self._gevraagd)
            threading.Event().wait(RUST_S)
            with self._slot:
                if self._gevraagd != voor:
                    continue
                over = [a for a in self._gevraagd if a not in self._bekend]
                if over:
                    return over[0]
                self._werk = None
                return None

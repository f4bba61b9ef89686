"""Question 18 from shown numbers: prevented escalaties, from bruto to netto."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from scipy import stats

from mkba.analyse.effectmeting.bijwerken.bewijs import schatting_van
from mkba.analyse.effectmeting.bijwerken.gemeten import aandeel
from mkba.analyse.effectmeting.bijwerken.wijken import netto_uit_wijken
from mkba.analyse.effectmeting.publiceren.bijdragen import VOORKOMEN
from mkba.analyse.effectmeting.publiceren.huishoudens import gevolgden
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.zekerheid.intervallen import Schatting
from mkba.analyse.wilson import ZEKERHEID
from mkba.kern.woorden.trajecten import ESCALATIES
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.basiscijfers import kan_overkomen

Weg = Literal["nulmeting", "wijken", ""]


@dataclass(frozen=True, slots=True)
class Escalatie:
    """Question 18 for one kind, from bruto to netto.

    ``bedreigd``: share of the households under threat; ``voorkomen``: of those, as far as it is known how it ended, the
    share for whom it did not happen (bruto; ``eigen`` false: of all kinds together); ``netto``: of the households in
    the aanpak the share that owes it to the aanpak, None where that is not known, with ``reden``; ``van``: which part
    of them are of the huishoudtypen that it can happen to. ``wijken``: the same as netto by the comparison wijken,
    which is no answer to question 18 but evidence for question 14 (``weg`` "wijken"). ``open_telt``: what is still open
    is in ``voorkomen`` as what happened, for it cannot be told apart.
    """

    soort: str
    bedreigd: Schatting | None
    voorkomen: Schatting | None
    eigen: bool
    netto: Schatting | None
    weg: Weg
    reden: str
    van: float
    wijken: Schatting | None = None
    open_telt: bool = False

    @property
    def getoond(self) -> Schatting | None:
        """Netto by a nulmeting or else by the wijken, whichever question it answers."""
        return self.wijken if self.netto is None else self.netto

    @property
    def antwoord(self) -> Schatting | None:
        """``netto`` as reading (a) of question 18 asks it, as tabel 4.11 does: of the households of these types."""
        if self.netto is None or self.van <= 0:
            return None
        s = self.netto
        waarde, laag, hoog = (per_type(w, self.van) for w in (s.waarde, s.laag, s.hoog))
        return Schatting(waarde, laag, hoog, s.n, s.methode)


def per_type(deel: float, van: float) -> float:
    """A share of all households as one of the part ``van`` of them that has it all; no more than all of these."""
    return float(np.clip(deel / van, -1, 1))


def escalaties_van(
    meting: Meting, nulmeting: float | None, aanpak: Aanpak, steekproef_van: float | None = None
) -> Iterator[Escalatie]:
    """Question 18 of every kind, in the order of figuur 2.10; ``aanpak``: with the huishoudtypen as they are now."""
    e, n = meting.delen.get("escalaties"), steekproef_van or meting.huishoudens.toont()
    van = gevolgden(meting.huishoudens)
    wijken = {w.uitkomst: w for w in meting.wijken}
    open_telt = e is not None and bool(e.waarden(VOORKOMEN))
    samen = None
    if e is not None:
        samen = _afloop(meting, e.toont(afloop="voorkomen"), e.toont(afloop="gebeurd"))
    if e is not None and open_telt:
        samen = _afloop(meting, e.toont(**{VOORKOMEN: "ja"}), e.toont(**{VOORKOMEN: "nee"}))
    per_soort: dict[str, tuple[Schatting | None, Schatting | None, bool]] = {}
    for soort in ESCALATIES:
        bedreigd = e.toont(soort=soort) if e is not None else None
        deel = None if bedreigd is None or not van else _deel(meting, bedreigd, van)
        los = None
        if e is not None:
            los = _afloop(meting, *(e.toont(soort=soort, afloop=hoe) for hoe in ("voorkomen", "gebeurd")))
        per_soort[soort] = deel, los or samen, los is not None
    # a nulmeting that answers question 18 for one kind: then 14 does not count, and neither do the wijken
    genoeg = nulmeting is not None and any(d is not None and b is not None for d, b, _ in per_soort.values())
    for soort, (deel, bruto, eigen) in per_soort.items():
        netto, uit_wijken, weg, reden = None, None, "", ""
        if nulmeting is not None and bruto is not None and deel is not None:
            netto, weg = netto_van(deel, bruto, nulmeting), "nulmeting"
        elif soort in wijken and n and not genoeg:
            uit_wijken, reden = netto_uit_wijken(wijken[soort], n)
            weg = "wijken" if uit_wijken is not None else ""
        elif nulmeting is not None:
            reden = "te weinig huishoudens om te tonen"
        else:
            geen = "geen vergelijkingswijk" if soort not in wijken else "het aantal huishoudens is niet te tonen"
            reden = f"alleen bruto geteld: er is geen nulmeting en {geen}"
        wie = kan_overkomen(aanpak, soort)
        yield Escalatie(soort, deel, bruto, eigen, netto, weg, reden, wie, uit_wijken, open_telt)  # type: ignore[arg-type]


def _deel(meting: Meting, teller: float, noemer: float) -> Schatting | None:
    return schatting_van(aandeel(meting, teller, noemer))[0]


def _afloop(meting: Meting, voorkomen: float | None, gebeurd: float | None) -> Schatting | None:
    """Of the threats of which the end is known the share that was prevented; what is still open says nothing yet."""
    if voorkomen is None or gebeurd is None or voorkomen + gebeurd == 0:
        return None
    return _deel(meting, voorkomen, voorkomen + gebeurd)


def netto_van(bedreigd: Schatting, voorkomen: Schatting, nulmeting: float) -> Schatting:
    """Of all households the share that owes it to the aanpak: under threat × (prevented − without the aanpak).

    The interval takes both numbers as counted apart, each with what is left to guess of it (:func:`wet`), and the
    nulmeting as certain. A product is skew, and no share is above 1: half a width of each around the value would miss
    on one side more than on the other. Of a share just above the threshold, that would else not have been shown, its
    own interval counts too.
    """
    waarde = bedreigd.waarde * (voorkomen.waarde - nulmeting)
    u = (np.arange(_VAKKEN) + 0.5) / _VAKKEN
    producten = np.outer(wet(bedreigd).ppf(u), wet(voorkomen).ppf(u) - nulmeting)
    alle = [waarde, *np.quantile(producten, [(1 - ZEKERHEID) / 2, (1 + ZEKERHEID) / 2]).tolist()]
    if bedreigd.verruimd:
        alle += [b * (voorkomen.waarde - nulmeting) for b in (bedreigd.laag, bedreigd.hoog)]
    if voorkomen.verruimd:
        alle += [bedreigd.waarde * (v - nulmeting) for v in (voorkomen.laag, voorkomen.hoog)]
    return Schatting(waarde, min(alle), max(alle), bedreigd.n, "bedreigd maal voorkomen min de nulmeting")


_VAKKEN: Final = 200
"""Parts of equal chance that each of two shares is cut into, to multiply them. A choice: no digit moves by more."""


def wet(aandeel: Schatting) -> Any:
    """What a counted share leaves to guess: beta with the counts and half a household on both sides (Jeffreys)."""
    n = aandeel.telt or aandeel.n
    gelukt = aandeel.waarde * n
    return stats.beta(gelukt + 0.5, n - gelukt + 0.5)


def van_bedreigden(e: Escalatie, nulmeting: float | None) -> Schatting:
    """What was prevented, net of the nulmeting, as a share of who was under threat."""
    assert e.voorkomen is not None
    assert nulmeting is not None
    v = e.voorkomen
    waarde, laag, hoog = (float(np.clip(w - nulmeting, -1, 1)) for w in (v.waarde, v.laag, v.hoog))
    return Schatting(waarde, laag, hoog, v.n, v.methode)

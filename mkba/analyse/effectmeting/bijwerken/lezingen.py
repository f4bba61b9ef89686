"""What a measurement does to the outcome: beside the estimate with questions 11 to 14, in both readings of 18."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from mkba.analyse.effectmeting.bijwerken.escalaties import per_type
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.woorden.effectvelden import GEBRUIK_VELD, GRONDSLAG_VELD, bedreigd_veld, voorkomen_veld
from mkba.kern.woorden.trajecten import ESCALATIES, GRONDSLAGEN, SOORTEN, TRAJECTEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.basiscijfers import kan_overkomen
from mkba.kern.zaak.effectmeting import Effectmeting, Grondslag
from mkba.model.berekening import Uitkomst, bereken
from mkba.model.effectmeting import gemeten_escalaties, kosten_per_huishouden
from mkba.model.reeksen import MetEffectmeting, maak_reeksen

SCHATTING: Final = "schatting"
SAMENLOOP: Final = {"grootste": -1.0, "onafhankelijk": 0.0, "som": 1.0}
"""The three ways to take indicators together: the value of the kengetal ``effectmeting.samenloop`` of each."""


@dataclass(frozen=True, eq=False, repr=False)
class Lezingen:
    """The outcomes beside each other, each a whole calculation: never a sum of two.

    ``schatting``: with questions 11 to 14; ``huishoudens`` and ``bedreigd``: with questions 16 to 18 in either reading
    of 18, the second None while the share of households under threat is not known and where 18 was not measured;
    ``gekozen``: which counts; ``met_18``: whether question 18 was measured: if not there are no readings of it.
    """

    gekozen: Grondslag
    schatting: Uitkomst
    huishoudens: Uitkomst
    bedreigd: Uitkomst | None
    met_18: bool = True

    @property
    def geldt(self) -> Uitkomst:
        """The outcome of the reading that was chosen."""
        if self.gekozen == "bedreigd" and self.bedreigd is not None:
            return self.bedreigd
        return self.huishoudens

    @property
    def frame(self) -> pd.DataFrame:
        """A row per public key, columns schatting, huishoudens and bedreigd (NaN when not known): euros NCW, ratios."""
        kolommen = {SCHATTING: self.schatting, "huishoudens": self.huishoudens, "bedreigd": self.bedreigd}
        return pd.DataFrame(
            {k: [u[s] if u is not None else float("nan") for s in SLEUTELS] for k, u in kolommen.items()},
            index=list(SLEUTELS),
        )


def lezingen(aanpak: Aanpak, kengetallen: Kengetallen) -> Lezingen:
    """Raises ValueError of an aanpak without a measurement that counts."""
    effect = _gemeten(aanpak)
    in_lezing = {g: _in_lezing(aanpak, effect, g) for g in GRONDSLAGEN}
    per_lezing = {
        g: bereken(aanpak.met(velden, kengetallen), kengetallen)
        for g, velden in in_lezing.items()
        if velden is not None and (g == "huishoudens" or effect.telt("voorkomen"))
    }
    zonder = bereken(aanpak.met({GEBRUIK_VELD: False}, kengetallen), kengetallen)
    return Lezingen(
        effect.grondslag, zonder, per_lezing["huishoudens"], per_lezing.get("bedreigd"), effect.telt("voorkomen")
    )


def _in_lezing(aanpak: Aanpak, effect: Effectmeting, grondslag: str) -> dict[str, Any] | None:
    """The answers to question 18 in a reading; None where that cannot be made.

    Who filled them in may have meant either: then the same numbers are read otherwise. Of what was measured it is known
    what it is a share of: then the other reading has other numbers, of the same households.
    """
    uit: dict[str, Any] = {GRONDSLAG_VELD: grondslag}
    if grondslag == effect.grondslag:
        return uit
    plat, records = effect.plat(), aanpak.gemeten_in
    waarden = {e: w for e in ESCALATIES if (w := plat[voorkomen_veld(e)])}
    if not waarden or not all(voorkomen_veld(e) in records for e in waarden):
        return uit if grondslag == GRONDSLAGEN[0] or effect.bedreigd_bekend else None
    for e, waarde in waarden.items():
        veld, wie = voorkomen_veld(e), kan_overkomen(aanpak, e)
        if grondslag == GRONDSLAGEN[0]:
            uit[veld] = per_type(waarde * plat[bedreigd_veld(e)], wie) if wie else 0.0
        elif (bedreigd := records[veld].bedreigd) is None:
            return None
        else:
            uit |= {veld: per_type(waarde * wie, bedreigd), bedreigd_veld(e): bedreigd}
    return uit


def samen_per_type(aanpak: Aanpak, kengetallen: Kengetallen) -> pd.DataFrame:
    """Question 18 as the share of question 14 per huishoudtype (index): columns grootste, onafhankelijk, som.

    Fractions, in the reading that was chosen. Raises ValueError of an aanpak without a measurement that counts.
    """
    _gemeten(aanpak)
    return pd.DataFrame(
        {
            naam: gemeten_escalaties(aanpak, kengetallen.met({"effectmeting.samenloop": waarde}))
            for naam, waarde in SAMENLOOP.items()
        }
    )


def per_traject(aanpak: Aanpak, kengetallen: Kengetallen) -> pd.DataFrame:
    """Per kind of traject (index, the 28): columns eur (of one), meer and minder (trajecten in the whole aanpak, a
    year) and meer_eur and minder_eur (euros a year, before the escalations are taken out of *minder*).

    Raises ValueError of an aanpak without a measurement that counts.
    """
    _gemeten(aanpak)
    invoer, waarden = maak_reeksen(aanpak, kengetallen)
    assert isinstance(invoer, MetEffectmeting)
    telt = [soort in invoer.effectmeting.gemeten for soort in SOORTEN]
    effect, een = invoer.effectmeting, waarden.traject_eur * 0 + 1.0
    uit = pd.DataFrame({"eur": waarden.traject_eur[0]}, index=list(TRAJECTEN))
    for i, soort in enumerate(SOORTEN):
        aantal = kosten_per_huishouden(effect.aantal[:, i], effect.verdeling[:, i], invoer.nieuw, een)
        uit[soort] = invoer.huishoudens[0] * aantal[0] * telt[i]
        uit[f"{soort}_eur"] = uit[soort] * uit["eur"]
    return uit


def verslag(aanpak: Aanpak, kengetallen: Kengetallen) -> dict[str, float | str | None]:
    """What ``mkba bereken --json`` adds under ``effectmeting``: the reading, and what each alternative would give.

    Euros NCW; None: reading (b) cannot be calculated without the share of households under threat.
    """
    naast = lezingen(aanpak, kengetallen)
    uit: dict[str, float | str | None] = {"grondslag": naast.gekozen}
    for naam, uitkomst in (("huishoudens", naast.huishoudens), ("bedreigd", naast.bedreigd)):
        for sleutel in ("escalatie", "saldo"):
            uit[f"{sleutel}_{naam}"] = None if uitkomst is None else uitkomst[sleutel]
    return uit | {f"{s}_{SCHATTING}": naast.schatting[s] for s in ("escalatie", "saldo")}


def _gemeten(aanpak: Aanpak) -> Effectmeting:
    if aanpak.gemeten is None:
        raise ValueError("deze aanpak heeft geen effectmeting die meetelt: zet effectmeting.gebruik op ja")
    return aanpak.gemeten

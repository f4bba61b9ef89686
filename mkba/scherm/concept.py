"""What stands on the invoerscherm while somebody is filling it in: typed text, its value, and what is wrong with it.

An :class:`~mkba.kern.zaak.aanpak.Aanpak` is always complete and right; a :class:`Concept` need not be. It is frozen: a
change is a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from mkba.kern.tekst.meldingen import FouteWaarde, Melding
from mkba.kern.tekst.notatie import (
    gewone_spaties,
    kort_schermveld,
    langer_schermveld,
    lees_ja_nee,
    lees_schermveld,
    lezing_van_schermveld,
    schoon,
    schrijf_schermveld,
    zuinig,
)
from mkba.kern.tekst.schrift import MAXIMUM_TEKST
from mkba.kern.woorden.effectvelden import (
    ALLE_VELDEN,
    GEBRUIK_VELD,
    gemeten_delen,
    vervangen_antwoorden,
)
from mkba.kern.woorden.velden import VELDEN, Veld
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.controle import controleer_veld
from mkba.kern.zaak.meetherkomst import Meetherkomst


def _niets() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Concept:
    """The answers so far, by flat key ("zwaarte.gezin.zr").

    ``teksten``: what a field shows, also when it cannot be read; ``waarden``: what was read (fractions, euros, True,
    a tuple of disciplines); ``fouten``: what is wrong with one field by itself; ``lezingen``: how a text was read that
    could have been meant otherwise. An empty field stands in none. ``meetherkomst``: where
    the answers that the screen started with were measured, which holds of those that are not changed. Such an answer is
    shown as it is printed (44,7%), and that text in its field always is the measured number (44,654...%).
    """

    teksten: Mapping[str, str] = field(default_factory=_niets)
    waarden: Mapping[str, Any] = field(default_factory=_niets)
    fouten: Mapping[str, Melding] = field(default_factory=_niets)
    lezingen: Mapping[str, str] = field(default_factory=_niets)
    meetherkomst: tuple[Meetherkomst, ...] = ()

    @classmethod
    def leeg(cls) -> "Concept":
        """A new aanpak: nothing filled in, no discipline in the team."""
        return cls().kies("disciplines", ())

    @classmethod
    def uit(cls, aanpak: Aanpak) -> "Concept":
        """The answers of an aanpak; what a kengetal filled in stays empty."""
        plat = aanpak.plat()
        gegeven = {s: plat[s] for s in VELDEN if s in aanpak.opgegeven or not aanpak.opgegeven}
        gegeven |= {s: w for s, w in aanpak.gegeven().items() if s not in VELDEN}  # questions 16 to 18
        waarden = {s: w for s, w in gegeven.items() if w is not None}
        leeg = cls(meetherkomst=aanpak.meetherkomst)
        teksten = {s: leeg.schrijf(s, w) for s, w in waarden.items()}
        return replace(leeg, teksten=MappingProxyType(teksten), waarden=MappingProxyType(waarden))

    @property
    def vervangen(self) -> Mapping[str, int]:
        """The answers to questions 11 to 14 that do not count, with the question (16 to 18) that does in their place;
        also while something else is wrong."""
        return vervangen_antwoorden(bool(self.waarden.get(GEBRUIK_VELD)), gemeten_delen(self.waarden))

    def zet(self, sleutel: str, tekst: str) -> "Concept":
        """With this text in a field (31, 31%, 1.063); what is right is written anew."""
        veld = ALLE_VELDEN[sleutel]
        tekst = gewone_spaties(tekst[:MAXIMUM_TEKST])
        if not tekst:
            return self._met(sleutel)
        gemeten = self._gemeten(sleutel)
        if gemeten is not None and _kaal(tekst) == _kaal(kort := kort_schermveld(gemeten, veld.soort)):
            lang = langer_schermveld(kort)
            vol = f"{zuinig(100 * gemeten, 6)}%" if veld.soort == "fractie" else zuinig(gemeten, 7)
            lezing = f"{kort} is hier de gemeten waarde ({vol}). Bedoelt u {lang}? Typ dan {lang}."
            nieuw = self.kies(sleutel, gemeten)
            return replace(nieuw, lezingen=_vervang(nieuw.lezingen, sleutel, lezing))
        try:
            waarde = lees(veld, tekst)
        except FouteWaarde as fout:
            return self._met(sleutel, tekst, fout=Melding(sleutel, tekst, fout.oorzaak, fout.remedie))
        nieuw = self.kies(sleutel, waarde, tekst)
        lezing = "" if sleutel in nieuw.fouten else lezing_van_schermveld(tekst, veld.soort)
        return replace(nieuw, lezingen=_vervang(nieuw.lezingen, sleutel, lezing or None))

    def kies(self, sleutel: str, waarde: Any, tekst: str = "") -> "Concept":
        """With this value (a choice, or a number that was read already) in a field."""
        veld = ALLE_VELDEN[sleutel]
        fout = _buiten_bereik(veld, waarde, tekst)
        if fout is None:
            waarde, fout = controleer_veld(veld, waarde)
        if fout is not None:
            return self._met(sleutel, tekst or self.schrijf(sleutel, waarde), fout=fout)
        return self._met(sleutel, self.schrijf(sleutel, waarde), waarde)

    def wis(self, sleutel: str) -> "Concept":
        """With an empty field: its kengetal or standard value holds."""
        return self._met(sleutel)

    def schrijf(self, sleutel: str, waarde: Any) -> str:
        """A value as the text of its field: what was measured as it is printed, every other number in full, with a zero
        more where that would be the text of what was measured."""
        veld, gemeten = ALLE_VELDEN[sleutel], self._gemeten(sleutel)
        tekst = schrijf(veld, waarde)
        if gemeten is None:
            return tekst
        kort = kort_schermveld(gemeten, veld.soort)
        if waarde == gemeten:
            return kort
        return langer_schermveld(tekst) if tekst == kort else tekst

    def _gemeten(self, sleutel: str) -> float | None:
        """The number that was measured for this answer, when it has more digits than are printed."""
        soort = ALLE_VELDEN[sleutel].soort
        for r in self.meetherkomst:
            if r.sleutel == sleutel and isinstance(r.waarde, int | float) and not isinstance(r.waarde, bool):
                waarde = float(r.waarde)
                return waarde if kort_schermveld(waarde, soort) != schrijf_schermveld(waarde, soort) else None
        return None

    def _met(self, sleutel: str, tekst: str = "", waarde: Any = None, fout: Melding | None = None) -> "Concept":
        return replace(
            self,
            teksten=_vervang(self.teksten, sleutel, tekst or None),
            waarden=_vervang(self.waarden, sleutel, waarde),
            fouten=_vervang(self.fouten, sleutel, fout),
            lezingen=_vervang(self.lezingen, sleutel, None),
        )


def _kaal(tekst: str) -> str:
    """A typed number without blanks and percent sign, with a comma."""
    return schoon(tekst).replace(" ", "").removesuffix("%").replace(".", ",")


def lees(veld: Veld, tekst: str) -> Any:
    """The value of a typed text. Raises FouteWaarde."""
    if veld.soort in ("tekst", "keuze"):
        return tekst
    if veld.soort == "ja_nee":
        return lees_ja_nee(tekst)
    return lees_schermveld(tekst, veld.soort)


def schrijf(veld: Veld, waarde: Any) -> str:
    """A value as the text of its field, in full: "31%", "1.063", "ja"."""
    if waarde is None:
        return ""
    match veld.soort:
        case "tekst" | "keuze":
            return str(waarde)
        case "ja_nee":
            return "ja" if waarde else "nee"
        case "disciplines":
            return ", ".join(waarde)
        case soort:
            return schrijf_schermveld(float(waarde), soort)


def grenzen(veld: Veld) -> str:
    """The allowed range in words: "0% tot en met 100%"; empty for text and choices."""
    if veld.minimum is None or veld.maximum is None:
        return ""
    return " tot en met ".join(schrijf_schermveld(g, veld.soort) for g in (veld.minimum, veld.maximum))


def _buiten_bereik(veld: Veld, waarde: Any, tekst: str) -> Melding | None:
    """What ``controleer_veld`` says too, in percentages as the screen shows them."""
    if veld.soort != "fractie" or isinstance(waarde, bool) or not isinstance(waarde, int | float):
        return None
    assert veld.minimum is not None
    assert veld.maximum is not None
    if veld.minimum <= waarde <= veld.maximum:
        return None
    kant = "lager dan" if waarde < veld.minimum else "hoger dan"
    grens = schrijf_schermveld(veld.minimum if waarde < veld.minimum else veld.maximum, "fractie")
    oorzaak = f"dit is {kant} {grens}."
    return Melding(veld.sleutel, tekst or waarde, oorzaak, f"Geef een percentage van {grenzen(veld)}.")


def _vervang(van: Mapping[str, Any], sleutel: str, waarde: Any) -> Mapping[str, Any]:
    nieuw = {s: w for s, w in van.items() if s != sleutel}
    if waarde is not None:
        nieuw[sleutel] = waarde
    return MappingProxyType(nieuw)

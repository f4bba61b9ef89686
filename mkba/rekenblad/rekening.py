"""What the parts of sheet berekening share: cells by name, lines of the ledger, and the care profiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mkba.kern.catalogus.rekenwaarden import zorgpad
from mkba.kern.woorden.begrippen import TYPEN
from mkba.rekenblad.boek import Blad
from mkba.rekenblad.formule import Formule, plus
from mkba.rekenblad.kengetallenblad import celnaam
from mkba.rekenblad.stappen import Stappen

TELLING: Final = "#,##0.0"
AANDEEL: Final = "0.0000"
MET_WERK: Final = ("gezin", "overig")
"""Huishoudtypen for which work, debts in quality of life and nuisance count (MODEL section 3)."""
ACTIEF: Final = ("ev", "zr", "nzr")
MEERVOUDIG: Final = ("zr", "nzr")
VERVANGEN_POSTEN: Final = {
    "kosten_extra_zorg": "gemeten_meer",
    "substitutie": "gemeten_minder",
    "effectiviteit": "gemeten_minder",
    "escalatie": "bedreigd",
}
"""Posts of which questions 16 to 18 replace the lines."""


def regelnaam(regel: str) -> str:
    """The name of the cell of a line of the ledger: ``regel_escalatie_zw_oudere``."""
    return "regel_" + regel.replace(".", "_")


@dataclass
class Rekening:
    """The sheet berekening as it is written, step by step."""

    s: Stappen
    gemeten: bool = False
    """Whether the workbook has a sheet effectmeting, so that a knob decides which lines count."""

    @property
    def blad(self) -> Blad:
        """The sheet."""
        return self.s.blad

    def k(self, pad: str) -> Formule:
        """A kengetal."""
        return self.blad.boek[celnaam(pad)]

    def v(self, sleutel: str) -> Formule:
        """An answer as the calculation takes it: empty ones filled in."""
        return self.blad.boek["v_" + sleutel.replace(".", "_")]

    def b(self, naam: str) -> Formule:
        """An earlier step."""
        return self.blad.boek["b_" + naam]

    def escalatie(self, type_: str) -> Formule:
        """The answer to question 14, or with a measurement what question 18 says of it."""
        return self.b(f"escalatie_{type_}") if self.gemeten else self.v(f"escalatie.{type_}")

    def regel(self, naam: str, wat: str, formule: Formule, woorden: str, model: str, eigen: bool = False) -> None:
        """One line of the ledger. ``eigen``: of questions 16 to 18; others step back when those count."""
        post = naam.partition(".")[0]
        if self.gemeten and not eigen and post in VERVANGEN_POSTEN:
            vervalt = self.b(VERVANGEN_POSTEN[post])
            formule, woorden = (1 - vervalt) * formule, f"{woorden}; vervalt door de effectmeting"
        self.s.stap(regelnaam(naam), wat, formule, woorden, "euro", model)

    def gewogen(self, type_: str, domein: str, zwaarten: Sequence[str]) -> Formule:
        """The profile of some zwaarten, weighted with the mix of the aanpak: euros per household."""
        som = plus(self.v(f"zwaarte.{type_}.{z}") * self.profiel(type_, z, domein) for z in zwaarten)
        return self.v(f"type.{type_}") * som

    def profiel(self, type_: str, zwaarte: str, domein: str) -> Formule:
        """An amount of figuur 2.7."""
        return self.k(zorgpad(type_, zwaarte, domein))

    def per_domein(
        self,
        post: str,
        wat: str,
        schaal: Formule,
        per_hh: dict[str, dict[str, Formule]],
        woorden: str,
        model: str,
    ) -> None:
        """Lines per domain; Z&W per huishoudtype, because Wmo and Wlz share it differently for ouderen."""
        namen = {"wi": "werk & inkomen", "jeugd": "jeugd", "zvw": "Zorgverzekeringswet"}
        self.regel(f"{post}.wi", f"{wat}: {namen['wi']}", schaal * plus(per_hh["wi"].values()), woorden, model)
        for t, naam in zip(TYPEN, ("gezinnen", "ouderen", "overige"), strict=True):
            self.regel(f"{post}.zw.{t}", f"{wat}: zorg & welzijn, {naam}", schaal * per_hh["zw"][t], woorden, model)
        for d in ("jeugd", "zvw"):
            self.regel(f"{post}.{d}", f"{wat}: {namen[d]}", schaal * plus(per_hh[d].values()), woorden, model)

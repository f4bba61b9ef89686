"""How sheet berekening is written: one row per step, or a small table, with the formula in words beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mkba.kern.woorden.begrippen import naam
from mkba.rekenblad.boek import Blad
from mkba.rekenblad.formule import Formule
from mkba.rekenblad.opmaak import EURO, GRIJS, hoogte, letter, uitlijning

BREEDTES: Final = (6, 46, 62, 15, 10, 14, 14, 14, 14, 14)
EERSTE_WAARDE: Final = 6
_KOLOMNAMEN: Final = {
    "gezin": "Gezinnen",
    "oudere": "Ouderen",
    "overig": "Overige hh",
    "teamlid": "Teamlid",
    "teamleider": "Teamleider",
    "ondersteuning": "Ondersteuning",
}


@dataclass
class Stappen:
    """The next free row of the sheet, and the number of the step."""

    blad: Blad
    rij: int = 3
    hoofdstuk: int = 0
    nummer: int = 0

    def begin(self, titel: str, kolommen: Sequence[str] = ()) -> None:
        """A new part of the calculation."""
        self.hoofdstuk += 1
        self.nummer = 0
        self.rij += 1
        self.blad.kop(self.rij, f"{self.hoofdstuk}  {titel}", len(BREEDTES))
        if kolommen:
            self.koppen(kolommen)

    def koppen(self, kolommen: Sequence[str]) -> None:
        """Heads above the values that follow."""
        self.rij += 1
        teksten = {1: "Stap", 2: "Wat", 3: "In woorden", 4: "Eenheid", 5: "Model"}
        teksten |= {EERSTE_WAARDE + i: _KOLOMNAMEN.get(k, k) for i, k in enumerate(kolommen)}
        self.blad.koppen(self.rij, teksten)

    def stap(
        self, celnaam: str, wat: str, formule: Formule, woorden: str, eenheid: str, model: str, notatie: str = EURO
    ) -> Formule:
        """One value with a name."""
        self.begin_rij(wat, woorden, eenheid, model)
        return self.blad.cel(self.rij, EERSTE_WAARDE, formule, notatie, celnaam)

    def rijtje(
        self,
        voorvoegsel: str,
        wat: str,
        formules: Mapping[str, Formule],
        woorden: str,
        eenheid: str,
        model: str,
        notatie: str = EURO,
    ) -> dict[str, Formule]:
        """Values side by side (per huishoudtype), each with a name that ends in its key."""
        self.begin_rij(wat, woorden, eenheid, model)
        return {
            sleutel: self.blad.cel(self.rij, EERSTE_WAARDE + i, formule, notatie, f"{voorvoegsel}_{sleutel}")
            for i, (sleutel, formule) in enumerate(formules.items())
        }

    def tabel(
        self,
        voorvoegsel: str,
        wat: str,
        formules: Mapping[str, Mapping[str, Formule]],
        woorden: str,
        eenheid: str,
        model: str,
        notatie: str = EURO,
    ) -> dict[str, dict[str, Formule]]:
        """A row per key (zwaarte, domein), each with a value per huishoudtype."""
        return {
            rij: self.rijtje(
                f"{voorvoegsel}_{rij}", f"{wat}: {naam(rij).lower()}", per_type, woorden, eenheid, model, notatie
            )
            for rij, per_type in formules.items()
        }

    def begin_rij(self, wat: str, woorden: str, eenheid: str, model: str) -> None:
        """The next row, up to its values."""
        self.rij += 1
        self.nummer += 1
        b = self.blad
        b.tekst(self.rij, 1, f"{self.hoofdstuk}.{self.nummer}", font=letter(9, GRIJS))
        b.tekst(self.rij, 2, wat)
        b.tekst(self.rij, 3, woorden, font=letter(9, GRIJS))
        b.tekst(self.rij, 4, eenheid, font=letter(9, GRIJS), alignment=uitlijning("center", "center"))
        b.tekst(self.rij, 5, model, font=letter(9, GRIJS), alignment=uitlijning("center", "center"))
        breedtes = {2: BREEDTES[1] * 1.05, 3: BREEDTES[2] * 1.15}
        b.hoogte(self.rij, hoogte({2: wat, 3: woorden}, breedtes, 12.5))

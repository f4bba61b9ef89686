"""Sheet invoer: questions 1 to 15 as the invoerscherm asks them, with the kengetal beside each and what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from mkba.invoer import invoerblad as indeling
from mkba.kern.woorden.begrippen import DISCIPLINES, TYPEN
from mkba.kern.woorden.velden import BEREKEND, VELDEN, VRAGEN, Veld
from mkba.kern.zaak.aanpak import Aanpak
from mkba.rekenblad.boek import DONKER, FOUTTEKST, GROEN, LICHT, ORANJE, ROOD, Blad
from mkba.rekenblad.controles import Controles
from mkba.rekenblad.formule import Formule, als, leeg, woord
from mkba.rekenblad.kengetallenblad import celnaam
from mkba.rekenblad.opmaak import GRIJS, celregel, letter, notatie, uitlijning, vulling

BREEDTES: Final = (6, 42, 12, 12, 12, 2, 11, 11, 11, 60, 25)
_BREED: Final = len(BREEDTES)
_KENGETAL, _CONTROLE = 7, 10
_BANDEN: Final = {1: "A. Bereik", 6: "B. Kosten", 12: "C. Effect"}
_ONDERDELEN: Final = {
    6: "I  Kosten nieuwe aanpak",
    9: "II  Frictiekosten",
    10: "III  Kosten a.g.v. extra inzetten zorg",
    12: "I  Aantal trajecten",
    13: "II  Effectiviteit trajecten",
    14: "III  Voorkomen escalatie",
}
_ENKEL: Final = uitlijning(verticaal="center", terugloop=False)
_TYPENAMEN: Final = ("Gezinnen", "Ouderen", "Overige hh")
UITLEG: Final = (
    "Vul de gele cellen in; alles rekent mee. Een lege cel rekent met het kengetal ernaast, en een lege knop van vraag "
    "13 met 0% als het team de discipline mist. Naast vraag 1, 6 en 9 staat ter vergelijking wat bij uw doelgroep "
    "past. Dit werkboek is ook invoer: mkba rapport WERKBOEK. Kolom K is voor mkba; uitleg: blad toelichting."
)


def celnaam_van(sleutel: str) -> str:
    """The name of the cell with an answer: ``in_zwaarte_gezin_zr``."""
    return "in_" + sleutel.replace(".", "_")


@dataclass
class Invoerblad:
    """The sheet, and the rows that other sheets fill later."""

    blad: Blad
    rij: int = 4
    eerste: int = 0

    def vul(self, aanpak: Aanpak) -> None:
        """Write questions and answers; a field that the user did not give stays empty."""
        b = self.blad
        b.titel("Invoerscherm", UITLEG, _CONTROLE)
        b.tekst(1, indeling.KOLOM_SLEUTEL, f"{indeling.MERK} {indeling.VERSIE}", font=letter(8, GRIJS))
        plat = aanpak.plat()
        plat |= {f"disciplines.{d}": d in aanpak.disciplines for d in DISCIPLINES}
        opgegeven = aanpak.opgegeven or {s for s, w in plat.items() if w is not None}
        vorige = 0
        for patroon, sleutels in indeling.patronen().items():
            veld = _veld(sleutels[0])
            if veld.vraag != vorige or not self.eerste:
                self._begin(veld.vraag, "*" in patroon)
                vorige = veld.vraag
            gegeven = [plat[s] if _veld(s).sleutel in opgegeven else None for s in sleutels]
            self._regel(patroon, sleutels, veld, gegeven)

    def _begin(self, vraag: int, per_type: bool) -> None:
        """Bands above a question, and its title when it has more than one row."""
        b = self.blad
        if not self.eerste:
            self.rij += 1
            b.koppen(self.rij, {2: "", 3: "Invoer", 7: "Kengetal", 10: "Controle", 11: indeling.KOP_SLEUTEL})
            for kolommen in ((3, 5), (7, 9)):
                b.voeg_samen(self.rij, *kolommen)
            self.eerste = self.rij + 1
        for teksten, band in ((_BANDEN, True), (_ONDERDELEN, False)):
            if vraag in teksten:
                self.rij += 1
                if band:
                    b.kop(self.rij, teksten[vraag], _BREED)
                else:
                    for kolom in range(1, _BREED + 1):
                        b.maak_op(self.rij, kolom, fill=vulling(LICHT))
                    b.tekst(self.rij, 1, teksten[vraag], font=letter(10, DONKER, bold=True), fill=vulling(LICHT))
                    b.maak_op(self.rij, 1, alignment=_ENKEL)
        if (vraag and len([p for p, s in indeling.patronen().items() if _veld(s[0]).vraag == vraag]) > 1) or per_type:
            self.rij += 1
            b.cel(self.rij, 1, float(vraag), "0", font=letter(10, bold=True), alignment=uitlijning("center", "center"))
            ster = " *" if VELDEN["disciplines"].vraag == vraag else ""  # one answer in six cells
            b.tekst(self.rij, 2, VRAGEN[vraag] + ster, font=letter(10, bold=True))
            if per_type or vraag in (4, 5):
                for begin in (indeling.KOLOM_ANTWOORD, _KENGETAL):
                    for i, naam in enumerate(_TYPENAMEN):
                        stand = uitlijning("right", "center")
                        b.tekst(self.rij, begin + i, naam, font=letter(9, DONKER), alignment=stand)

    def _regel(self, patroon: str, sleutels: Sequence[str], veld: Veld, gegeven: Sequence[Any]) -> None:
        b = self.blad
        self.rij += 1
        soort = indeling.soort_van(sleutels[0])
        alleen = sum(_veld(s[0]).vraag == veld.vraag for s in indeling.patronen().values()) == 1 and "*" not in patroon
        if alleen and veld.vraag:
            b.cel(self.rij, 1, float(veld.vraag), "0", font=letter(10, bold=True), alignment=uitlijning("center"))
        label = indeling.label_van(patroon) + (" *" if veld.verplicht and soort != "ja_nee" else "")
        b.tekst(self.rij, 2, label, font=letter(10, bold=bool(alleen)))
        for i, (sleutel, waarde) in enumerate(zip(sleutels, gegeven, strict=True)):
            kolom = indeling.KOLOM_ANTWOORD + i
            stand = {"tekst": "left", "ja_nee": "center"}.get(soort, "right")
            b.cel(
                self.rij,
                kolom,
                waarde,
                notatie(soort),
                celnaam_van(sleutel),
                alignment=uitlijning(stand, "center", terugloop=soort == "tekst"),
            )
            b.ontgrendel(self.rij, kolom)
            self._kengetal(sleutel, _KENGETAL + i)
        if soort == "tekst":
            b.voeg_samen(self.rij, 3, 9)
            b.hoogte(self.rij, 15.0 * -(-len(str(gegeven[0])) // 60))
        if soort == "fractie":
            b.met_tienden(f"C{self.rij}:I{self.rij}")
        antwoord = f"C{self.rij}:{'CDE'[len(sleutels) - 1]}{self.rij}"
        b.regel([antwoord], celregel(soort, veld.minimum, veld.maximum))
        b.tekst(self.rij, indeling.KOLOM_SLEUTEL, patroon, font=letter(8, GRIJS), alignment=_ENKEL)
        self.plaatsen[patroon] = self.rij
        if patroon == "eenouder.*":
            self._tweeouder()
        if patroon in ("type.*", "zwaarte.*.top", "disciplines.wonen"):
            self.rij += 1
            self.plaatsen[f"totaal {patroon}"] = self.rij

    def _kengetal(self, sleutel: str, kolom: int) -> None:
        veld = VELDEN.get(sleutel)
        if veld is None or sleutel in BEREKEND:
            return
        stijl = letter(9, GRIJS, italic=True)
        if veld.standaard:
            formule = self.blad.boek[celnaam(veld.standaard)]
            self.blad.cel(self.rij, kolom, formule, notatie(veld.soort), font=stijl)
        elif veld.vast is not None:
            waarde = veld.vast if isinstance(veld.vast, bool) else float(veld.vast)
            self.blad.cel(self.rij, kolom, waarde, notatie(veld.soort), font=stijl)

    def _tweeouder(self) -> None:
        self.rij += 1
        self.blad.tekst(self.rij, 2, "Tweeouder/-meerpersoons", font=letter(10, GRIJS))
        for i, t in enumerate(TYPEN):
            een = self.blad.boek[celnaam_van(f"eenouder.{t}")]
            self.blad.cel(
                self.rij, 3 + i, als(leeg(een), woord(""), 1 - een), notatie("fractie"), font=letter(10, GRIJS)
            )
        self.blad.met_tienden(f"C{self.rij}:E{self.rij}")

    def __post_init__(self) -> None:
        self.plaatsen: dict[str, int] = {}

    def rond_af(
        self, controles: Controles, uitkomsten: dict[str, Formule], ook: Sequence[tuple[str, Sequence[Formule]]] = ()
    ) -> None:
        """What needs the calculation: totals, calculated kengetallen, checks and the verdict at the top.

        ``ook``: ranges with checks on other sheets, and their cells; the verdict counts them too.
        """
        b = self.blad
        for patroon in ("type.*", "zwaarte.*.top"):
            rij = self.plaatsen[f"totaal {patroon}"]
            b.tekst(rij, 2, "Totaal", font=letter(10, GRIJS))
            for i, t in enumerate(TYPEN):
                if patroon == "type.*" and i:
                    continue
                formule = controles.som_type() if patroon == "type.*" else controles.som_zwaarte(t)
                b.cel(rij, 3 + i, formule, notatie("fractie"), font=letter(10, GRIJS))
            b.met_tienden(f"C{rij}:E{rij}")
        rij = self.plaatsen["totaal disciplines.wonen"]
        b.tekst(rij, 2, "Totaal aantal disciplines in team", font=letter(10, GRIJS))
        b.cel(rij, 3, uitkomsten["disciplines"], "0", font=letter(10, GRIJS), alignment=uitlijning("center"))
        for sleutel, uitkomst in BEREKEND.items():
            vorm = {"fte": "0.0"}.get(sleutel, notatie(VELDEN[sleutel].soort))
            b.cel(self.plaatsen[sleutel], _KENGETAL, uitkomsten[uitkomst], vorm, font=letter(9, GRIJS, italic=True))
        cellen = [
            b.cel(rij, _CONTROLE, controles.van(patroon), font=letter(9), alignment=uitlijning(verticaal="center"))
            for patroon, rij in self.plaatsen.items()
        ]
        bereik = b.bereik(self.eerste, _CONTROLE, self.rij - self.eerste + 1, elders=False)
        alle = [*cellen, *(cel for _, elders in ook for cel in elders)]
        tel = [
            Formule(
                "+".join(f'COUNTIF({waar},"{w}*")' for waar in (bereik, *(waar for waar, _ in ook))),
                float(sum(str(c.waarde).startswith(w) for c in alle)),
            )
            for w in ("Fout", "Let op")
        ]
        b.tekst(3, 2, "Aantal fouten in de invoer", font=letter(9, GRIJS), alignment=uitlijning("right", "center"))
        fouten = b.cel(3, 3, tel[0], "0", "aantal_fouten")
        oordeel = controles.oordeel(fouten, tel[1])
        b.cel(
            3,
            4,
            oordeel,
            naam="oordeel",
            font=letter(10, bold=True),
            alignment=_ENKEL,
        )
        for soort, kleur in (("Fout", ROOD), ("Let op", ORANJE)):
            begint = f'LEFT($J{self.eerste},{len(soort)})="{soort}"'
            b.kleurregel(f"J{self.eerste}:J{self.rij}", begint, vulling(kleur))
        kleur_oordeel(b, "D3:J3", "$C$3>0")
        b.klaar(f"C{self.eerste}", f"{self.eerste - 1}:{self.eerste - 1}", "BF9000", tot_kolom=_CONTROLE)


def kleur_oordeel(b: Blad, bereik: str, fout: str) -> None:
    """Red where there are errors, green where there are none."""
    b.kleurregel(bereik, fout, vulling(ROOD), letter(10, FOUTTEKST, bold=True))
    b.kleurregel(bereik, f"NOT({fout})", vulling(GROEN))


def _veld(sleutel: str) -> Veld:
    return VELDEN.get(sleutel) or VELDEN["disciplines"]

"""Sheet effectmeting: the knob "ja" and questions 16 to 18, with what they cost beside them and what is wrong."""

from typing import Final

from mkba.invoer import effectblad as indeling
from mkba.invoer.invoerblad import KOLOM_SLEUTEL, VERSIE
from mkba.kern.tekst.notatie import opsomming
from mkba.kern.woorden.effectvelden import (
    DELEN,
    EFFECTVELDEN,
    GEBRUIK_VELD,
    GRONDSLAG_VELD,
    LEEG,
    VERDELINGEN_EFFECT,
    aantal_veld,
    bedreigd_veld,
    gemeten_veld,
    vervangen_vragen,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import ESCALATIES, GROEPEN_TRAJECTEN, TRAJECTEN, TRAJECTNAMEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import AFRONDING
from mkba.rekenblad.boek import ORANJE, ROOD, Blad
from mkba.rekenblad.formule import Formule, als, en, gelijk, leeg, of, som, woord
from mkba.rekenblad.invoer import celnaam_van
from mkba.rekenblad.kengetallenblad import celnaam
from mkba.rekenblad.opmaak import EURO, GRIJS, celregel, letter, notatie, uitlijning, vulling

BREEDTES: Final = (6, 42, 13, 13, 13, 13, 13, 2, 2, 60, 25)
_BREED: Final = len(BREEDTES)
_EURO, _CONTROLE = 7, 10
_MARGE: Final = 1e-9
_GEMETEN: Final = {gemeten_veld(deel): vervangen_vragen([deel]) for deel in DELEN}
"""Which questions keep counting where one of 16 to 18 was not measured."""
UITLEG: Final = (
    "Invoer 2 van de handleiding (§2.3.2, bijlage II). Met de knop op ja komen vraag 16 tot en met 18 in de plaats van "
    "vraag 11, 12 en 14 en van het geldelijke deel van 13 op het blad invoer; van wat niet is gemeten blijven "
    "die tellen. De kosten per stuk zijn aannamen uit het hoofd (blad kengetallen). Kolom K is voor mkba."
)


class Effectblad:
    """The sheet; ``controle`` is the range and the cells with its checks."""

    def __init__(self, blad: Blad) -> None:
        self.blad, self.rij = blad, 3
        self.controles: list[Formule] = []
        self.eerste = 0

    def vul(self, aanpak: Aanpak) -> None:
        """Write questions, answers and checks; a field that the user did not give stays empty."""
        b = self.blad
        gegeven = {s: w for s, w in aanpak.gegeven().items() if s in EFFECTVELDEN}
        b.titel("Uitkomsten effectmeting", UITLEG, _CONTROLE)
        b.tekst(1, KOLOM_SLEUTEL, f"{indeling.MERK_EFFECT} {VERSIE}", font=letter(8, GRIJS))
        self.eerste = self.rij + 1
        for patroon, sleutels in indeling.effectpatronen().items():
            self._voor(patroon)
            self._regel(patroon, sleutels, [gegeven.get(s) for s in sleutels])
            if patroon == f"meer+minder.{TRAJECTEN[-1]}":
                self._totaal()
        for soort, kleur in (("Fout", ROOD), ("Let op", ORANJE)):
            begint = f'LEFT($J{self.eerste},{len(soort)})="{soort}"'
            b.kleurregel(f"J{self.eerste}:J{self.rij}", begint, vulling(kleur))
        b.klaar("C4", "1:1", "4A2366", tot_kolom=_CONTROLE)

    @property
    def bereik(self) -> str:
        """The cells with checks, from another sheet."""
        return self.blad.bereik(self.eerste, _CONTROLE, self.rij - self.eerste + 1)

    def _voor(self, patroon: str) -> None:
        """The bands and heads above some rows."""
        b = self.blad
        groep = next((g for g, leden in GROEPEN_TRAJECTEN.items() if patroon == f"meer+minder.{leden[0]}"), "")
        if patroon == "meer+minder.aantal":
            self.rij += 1
            b.kop(self.rij, "16 en 17  Meer en minder trajecten", _BREED)
            self.rij += 1
            koppen = ("16 meer, nieuwe cases", "16 meer, bestaande", "17 minder, nieuwe cases", "17 minder, bestaande")
            b.koppen(self.rij, {2: "", **dict(enumerate((*koppen, "Kosten per stuk"), 3)), _CONTROLE: "Controle"}, 27)
        elif patroon == GRONDSLAG_VELD:
            self.rij += 1
            b.kop(self.rij, "18  Indicatoren voorkomen escalatie", _BREED)
        elif patroon == f"voorkomen+bedreigd.{ESCALATIES[0]}":
            self.rij += 1
            b.koppen(self.rij, {2: "", 3: "Voorkomen", 4: "Bedreigd", _EURO: "Kosten per stuk", _CONTROLE: ""})
        elif groep:
            self.rij += 1
            b.tekst(self.rij, 2, groep, font=letter(10, bold=True))

    def _regel(self, patroon: str, sleutels: tuple[str, ...], gegeven: list[object]) -> None:
        b = self.blad
        self.rij += 1
        velden = [EFFECTVELDEN[s] for s in sleutels]
        b.tekst(self.rij, 2, _label(patroon))
        for i, (veld, waarde) in enumerate(zip(velden, gegeven, strict=True)):
            druk = "0.00##" if veld.soort == "decimaal" else notatie(veld.soort)
            b.cel(self.rij, 3 + i, waarde, druk, celnaam_van(veld.sleutel))  # type: ignore[arg-type]
            b.ontgrendel(self.rij, 3 + i)
            plek = f"{indeling.KOLOMMEN_EFFECT[i]}{self.rij}"
            b.regel([plek], celregel(veld.soort, veld.minimum, veld.maximum, veld.keuzes))
        if velden[0].soort == "fractie":
            b.met_tienden(f"C{self.rij}:F{self.rij}")
        traject = patroon.rpartition(".")[2]
        if traject in TRAJECTEN:
            prijs = b.boek[celnaam(f"traject.{traject}.eur")]
            b.cel(self.rij, _EURO, prijs, EURO, font=letter(9, GRIJS, italic=True))
        b.tekst(self.rij, KOLOM_SLEUTEL, patroon, font=letter(8, GRIJS), alignment=uitlijning(terugloop=False))
        if (controle := self._controle(patroon)) is not None:
            self._zet_controle(controle)

    def _totaal(self) -> None:
        """The sum of each block, and whether it is 100%."""
        b = self.blad
        self.rij += 1
        b.tekst(self.rij, 2, "Totaal", font=letter(10, GRIJS))
        fout: list[Formule] = []
        afgerond: list[Formule] = []
        for i, blok in enumerate(indeling.BLOKKEN):
            groep = VERDELINGEN_EFFECT["effectmeting.{}.{}".format(*blok)]
            cellen = [b.boek[celnaam_van(s)] for s in groep]
            rijen = len(TRAJECTEN) + len(GROEPEN_TRAJECTEN)  # with the heads of the groups
            bereik = b.bereik(self.rij - rijen, 3 + i, rijen, elders=False)
            totaal = b.cel(self.rij, 3 + i, som(bereik, cellen), "0%", font=letter(10, GRIJS))
            aantal = b.boek[celnaam_van(aantal_veld(*blok))]
            afstand = abs(float(totaal.waarde or 0) - 1)
            telt = of(Formule(f"N({aantal.tekst})<>0", float(bool(aantal.waarde))), totaal > 0)
            for lijst, grens in ((fout, AFRONDING + _MARGE), (afgerond, _MARGE)):
                lijst.append(en(telt, Formule(f"ABS({totaal.tekst}-1)>{grens:.9f}", float(afstand > grens))))
        rond = woord("Let op: telt niet precies op tot 100% (afronding); geldt zo.")
        mis = woord("Fout: een verdeling telt niet op tot 100%, of er is een aantal zonder verdeling.")
        self._zet_controle(als(of(*fout), mis, als(of(*afgerond), rond, woord(""))))

    def _controle(self, patroon: str) -> Formule | None:
        b = self.blad
        knop = b.boek[celnaam_van(GEBRUIK_VELD)]
        if patroon == GEBRUIK_VELD:
            goed = of(leeg(knop), gelijk(knop, "ja"), gelijk(knop, "nee"))
            uit = als(gelijk(knop, "ja"), woord(""), woord("De knop staat op nee: dit blad telt niet mee."))
            return als(goed, uit, woord("Fout: kies ja of nee."))
        if patroon in _GEMETEN:
            cel = b.boek[celnaam_van(patroon)]
            goed = of(leeg(cel), gelijk(cel, "ja"), gelijk(cel, "nee"))
            vragen = _GEMETEN[patroon]
            blijft = "blijft" if len(vragen) == 1 else "blijven"
            wat = opsomming([str(v) for v in vragen])
            telt = woord(f"Niet gemeten: vraag {wat} op het blad invoer {blijft} tellen.")
            # an empty choice is a choice too: what it counts as, shows
            anders = als(leeg(cel), woord("Leeg telt als ja."), woord(""))
            return als(goed, als(gelijk(cel, "nee"), telt, anders), woord("Fout: kies ja of nee."))
        if patroon == GRONDSLAG_VELD:
            cel = b.boek[celnaam_van(GRONDSLAG_VELD)]
            goed = of(leeg(cel), *(gelijk(cel, k) for k in EFFECTVELDEN[GRONDSLAG_VELD].keuzes))
            anders = als(leeg(cel), woord(f"Leeg telt als {LEEG[GRONDSLAG_VELD]}."), woord(""))
            return als(goed, anders, woord("Fout: kies huishoudens of bedreigd."))
        escalatie = patroon.rpartition(".")[2]
        if patroon.startswith("voorkomen+"):
            voorkomen, bedreigd = (b.boek[celnaam_van(s(escalatie))] for s in (voorkomen_veld, bedreigd_veld))
            gevuld = Formule(f"N({voorkomen.tekst})<>0", float(bool(voorkomen.waarde)))
            mist = en(gelijk(b.boek[celnaam_van(GRONDSLAG_VELD)], "bedreigd"), gevuld, leeg(bedreigd))
            return als(mist, woord("Fout: vul in welk deel van de huishoudens hiermee bedreigd wordt."), woord(""))
        if escalatie in ESCALATIES:
            minder = [b.boek[celnaam_van(s)] for s in indeling.effectpatronen()[patroon][2:]]
            gevuld = of(*(Formule(f"N({c.tekst})<>0", float(bool(c.waarde))) for c in minder))
            tekst = "Let op: minder van deze zware hulp telt bij vraag 18; bij vraag 17 krijgt zij geen bedrag."
            return als(gevuld, woord(tekst), woord(""))
        return None

    def _zet_controle(self, formule: Formule) -> None:
        stand = uitlijning(verticaal="center", terugloop=False)
        self.controles.append(self.blad.cel(self.rij, _CONTROLE, formule, font=letter(9), alignment=stand))


def _label(patroon: str) -> str:
    laatste = patroon.rpartition(".")[2]
    if laatste == "aantal":
        return "Gemiddeld aantal per huishouden"
    return TRAJECTNAMEN.get(laatste) or EFFECTVELDEN[patroon].label

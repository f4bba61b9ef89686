"""Two tables about households under pseudonym: the caseload to draw from, and the form that was filled.

No value of a household is ever shown: a message names row, column and what was expected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from mkba.invoer.effectmeting.persoonlijk import controleer_namen
from mkba.invoer.registratie.cellen import lees_id
from mkba.invoer.registratie.domeinen import is_persoonlijk
from mkba.invoer.registratie.meldingen import Afgekeurd
from mkba.invoer.tabel.cellen import KOP_BINNEN, Rij
from mkba.invoer.tabel.openen import lees_tabel
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.notatie import lees_getal, lees_ja_nee, schoon
from mkba.kern.tekst.persoonlijk import persoonlijk_in
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND, bevat_bsn, is_bsn_kop
from mkba.kern.woorden.begrippen import NAMEN, SUCCESSEN, TYPEN
from mkba.kern.woorden.trajecten import TRAJECTKNOPPEN

VASTE: Final = ("pseudoniem", "type", "generalist", "team")
CASELOAD: Final = "caseload_generalist"
START, TOEGEVOEGD, GESCHRAPT = "trajecten_start", "trajecten_toegevoegd", "trajecten_geschrapt"
AANTALLEN: Final = (START, TOEGEVOEGD, GESCHRAPT)
JA_NEE: Final = ("nieuw", *(f"succes.{s}" for s in SUCCESSEN), "escalatie", "terugval")
MAXIMUM_HUISHOUDENS: Final = 100_000
MAXIMUM_TRAJECTEN: Final = 100
"""More trajecten than this in one household is a slip."""
_LANG: Final = 100
_LIJKT: Final = 0.85
"""From here a head that is no column of ours is a slip of the one it looks like."""


@dataclass(frozen=True, slots=True)
class Huishouden:
    """One household of a caseload; ``type`` is gezin, oudere or overig, "" when not known."""

    pseudoniem: str
    type: str
    generalist: str
    team: str


@dataclass(frozen=True, slots=True)
class Formulierrij:
    """One row of a filled form; a question without an answer (not known, not applicable) is left out."""

    pseudoniem: str
    type: str
    generalist: str
    caseload: int
    ja_nee: Mapping[str, bool]
    aantallen: Mapping[str, int]
    team: str = ""


def kolommen_van(sleutel: str) -> tuple[str, tuple[str, ...]]:
    """The column that a knob of question 11 or 12 counts, and those that it is a part of; KeyError for another."""
    knop = TRAJECTKNOPPEN[sleutel]
    return TOEGEVOEGD if knop.soort == "meer" else GESCHRAPT, (START, TOEGEVOEGD) if knop.met_erbij else (START,)


def _koppen(rij: Rij) -> list[str]:
    return [schoon(str(cel)).casefold() for cel in rij.cellen]


def _zoek_kop(rijen: Sequence[Rij]) -> int | None:
    return next(
        (i for i, rij in enumerate(rijen[:KOP_BINNEN]) if {"pseudoniem", "generalist"} <= set(_koppen(rij))), None
    )


def _aantal_bekend(rij: Rij) -> int:
    return sum(kop in (*VASTE, CASELOAD, *AANTALLEN, *JA_NEE) for kop in _koppen(rij))


_SOORT: Final = Tabelsoort(
    _zoek_kop,
    _aantal_bekend,
    rijen=MAXIMUM_HUISHOUDENS,
    toon=False,
    leeg="Zet er een huishouden per rij in, met de kolommen pseudoniem, type, generalist en team.",
    te_groot="Bewaar alleen de kolommen pseudoniem, type, generalist en team.",
)


_VAN_FORMULIER: Final = {CASELOAD, *AANTALLEN, *JA_NEE} - {"nieuw"}
"""Columns that a form has and no table of a registration."""


def is_formulier(pad: Path) -> bool:
    """Whether a file is the form of a sample, filled or not, by the columns of its first sheet. A file that cannot be
    read is none: who reads it for what it is, says what is wrong with it."""
    try:
        rijen, _ = lees_tabel(pad, replace(_SOORT, rijen=0))
    except InvoerFout:
        return False
    kop = _zoek_kop(rijen)
    return kop is not None and bool(_VAN_FORMULIER & set(_koppen(rijen[kop])))


def is_caseload(pad: Path) -> bool:
    """Whether a file is a list to draw a sample from: its columns, and no other."""
    try:
        rijen, _ = lees_tabel(pad, replace(_SOORT, rijen=0))
    except InvoerFout:
        return False
    kop = _zoek_kop(rijen)
    return kop is not None and set(_koppen(rijen[kop])) - {""} <= set(VASTE)


class _Tabel:
    """The rows below the head, with every problem on the way."""

    def __init__(self, pad: Path, velden: Sequence[str]) -> None:
        self.pad = pad
        rijen, self.plaats = lees_tabel(pad, _SOORT)
        kop = _zoek_kop(rijen)
        self.meldingen: list[Melding] = []
        if kop is None:
            remedie = "Geef de kolommen pseudoniem, type, generalist en team een kop."
            raise InvoerFout([Melding("koprij", None, "er is geen kop pseudoniem en generalist.", remedie, str(pad))])
        self.kolom: dict[str, int] = {}
        self.onbekend: list[str] = []
        vreemd: list[tuple[int, str, str]] = []
        for i, naam in enumerate(_koppen(rijen[kop])):
            waar = self.plaats.van(rijen[kop].nummer, i)
            if naam and (is_bsn_kop(naam) or is_persoonlijk(naam)) and naam not in velden:
                oorzaak = "deze kolom lijkt persoonsgegevens te bevatten."
                self._meld(f"kolom {i + 1}", oorzaak, "Verwijder de kolom; een pseudoniem is genoeg.", waar)
            elif naam in self.kolom:
                self._meld(naam, "deze kolom staat er twee keer.", "Verwijder er een.", waar)
            elif naam in velden:
                self.kolom[naam] = i
            elif naam:
                self.onbekend.append(f"kolom {i + 1}")
                vreemd.append((i, naam, waar))
        for i, naam, waar in vreemd:
            vrij = [v for v in velden if v not in self.kolom]
            if lijkt := get_close_matches(naam[:_LANG], vrij, n=1, cutoff=_LIJKT):
                oorzaak = f"de kop van kolom {i + 1} lijkt op {lijkt[0]} en is het niet: zo telt de kolom niet."
                self._meld(lijkt[0], oorzaak, f"Noem kolom {i + 1} {lijkt[0]}, of verwijder haar.", waar)
        self.ontbreekt = [v for v in velden if v not in self.kolom]
        self.rijen = [rij for rij in rijen[kop + 1 :] if not rij.leeg and self._huishouden(rij)]
        if not self.rijen:
            self._meld("bestand", "er staat geen huishouden onder de koprij.", "Zet er een per rij.", str(pad))
        if len(self.rijen) > MAXIMUM_HUISHOUDENS:
            self._meld("bestand", f"er staan meer dan {MAXIMUM_HUISHOUDENS} rijen in.", "Verdeel het.", str(pad))
            raise InvoerFout(self.meldingen)

    def _meld(self, veld: str, oorzaak: str, remedie: str, waar: str) -> None:
        self.meldingen.append(Melding(veld, NIET_GETOOND, oorzaak, remedie, waar))

    def _huishouden(self, rij: Rij) -> bool:
        """Whether a row is of a household: a total or a remark has no pseudonym that is a code, and no generalist. Such
        a row gets one message, and is not looked at any further."""
        i = self.kolom.get("generalist")
        if "pseudoniem" not in self.kolom or i is None or schoon(str(rij.cel(i))) or self._is_code(rij):
            return True
        oorzaak = "deze rij is geen huishouden: er is geen pseudoniem met een cijfer en geen generalist."
        remedie = "Is het een totaal of een opmerking, verwijder de rij dan; anders: vul beide in."
        self._meld(f"rij {rij.nummer}", oorzaak, remedie, self.plaats.van(rij.nummer))
        return False

    def tekst(self, rij: Rij, veld: str, verplicht: bool = True) -> str:
        """The text of a cell; "" is a problem where it is required."""
        i = self.kolom.get(veld)
        waarde = "" if i is None else schoon(str(rij.cel(i))).removesuffix(".0")
        waar = self.plaats.van(rij.nummer, i)
        if verplicht and not waarde:
            self._meld(veld, "deze cel is leeg.", f"Vul {veld} in.", waar)
        if len(waarde) > _LANG or not waarde.isprintable() or bevat_bsn(waarde):
            oorzaak = "dit lijkt een burgerservicenummer, of is geen korte code."
            self._meld(veld, oorzaak, "Geef een pseudoniem of code zonder persoonsgegevens.", waar)
        elif wat := persoonlijk_in(waarde, met_datum=True):
            self._meld(veld, f"hier lijkt {wat} te staan.", "Geef een code of naam zonder persoonsgegevens.", waar)
        return waarde

    def type(self, rij: Rij) -> str:
        """gezin, oudere or overig, by key or by name; empty when not known."""
        waarde = self.tekst(rij, "type", verplicht=False).casefold()
        gevonden = next((t for t in TYPEN if waarde in (t, NAMEN[t].casefold())), "")
        if waarde and not gevonden:
            waar = self.plaats.van(rij.nummer, self.kolom["type"])
            self._meld("type", "dit is geen type huishouden.", f"Kies uit: {', '.join(TYPEN)}.", waar)
        return gevonden

    def ja_nee(self, rij: Rij, veld: str) -> bool | None:
        """ja or nee; nothing for an empty cell."""
        if not (waarde := self.tekst(rij, veld, verplicht=False)):
            return None
        try:
            return lees_ja_nee(waarde)
        except FouteWaarde:
            waar = self.plaats.van(rij.nummer, self.kolom[veld])
            self._meld(veld, "dit is geen ja of nee.", "Schrijf ja of nee, of laat de cel leeg.", waar)
            return None

    def aantal(self, rij: Rij, veld: str, hoogstens: int) -> int | None:
        """A whole number from 0; nothing for an empty cell."""
        if not (waarde := self.tekst(rij, veld, verplicht=False)):
            return None
        try:
            getal = lees_getal(waarde, "aantal")
        except FouteWaarde:
            getal = -1.0
        if not (getal.is_integer() and 0 <= getal <= hoogstens):
            waar = self.plaats.van(rij.nummer, self.kolom[veld])
            self._meld(veld, f"dit is geen heel getal van 0 tot {hoogstens}.", "Vul een heel getal in.", waar)
            return None
        return int(getal)

    def geschrapt(self, rij: Rij, aantallen: Mapping[str, int]) -> None:
        """No more trajecten can be dropped than there were and came."""
        if set(AANTALLEN) <= aantallen.keys():
            start, toegevoegd, geschrapt = (aantallen[v] for v in AANTALLEN)
            if geschrapt > start + toegevoegd:
                oorzaak = "er is meer geschrapt dan er bij de start liep en is toegevoegd, samen."
                waar = self.plaats.van(rij.nummer, self.kolom[AANTALLEN[2]])
                self._meld(AANTALLEN[2], oorzaak, "Verbeter een van de drie aantallen, of laat leeg.", waar)

    def _is_code(self, rij: Rij) -> bool:
        """Whether the pseudonym is one: a name has no digit, or a space."""
        try:
            return bool(lees_id(rij.cel(self.kolom["pseudoniem"])))
        except Afgekeurd:
            return False

    def pseudoniemen(self) -> list[str]:
        """Of every row, each one once."""
        gezien: dict[str, int] = {}
        uit = []
        for rij in self.rijen:
            naam = self.tekst(rij, "pseudoniem")
            if naam and not bevat_bsn(naam) and not self._is_code(rij):
                oorzaak = "dit is geen code van letters en cijfers met ten minste een cijfer, zonder spaties."
                waar = self.plaats.van(rij.nummer, self.kolom["pseudoniem"])
                self._meld("pseudoniem", oorzaak, "Geef een pseudoniem; een naam hoort hier niet.", waar)
            elif naam and naam in gezien:
                waar = self.plaats.van(rij.nummer, self.kolom["pseudoniem"])
                self._meld("pseudoniem", f"dit pseudoniem staat ook in rij {gezien[naam]}.", "Verwijder er een.", waar)
            gezien.setdefault(naam, rij.nummer)
            uit.append(naam)
        return uit

    def klaar(self) -> None:
        """Raises InvoerFout with everything that is wrong."""
        if self.meldingen:
            raise InvoerFout(self.meldingen)


def lees_caseload(pad: Path) -> tuple[list[Huishouden], list[str]]:
    """The households of a csv or xlsx with columns pseudoniem, type, generalist, team, and the columns not used.

    A list with an error is refused as a whole: a household that is left out could not be drawn. Raises InvoerFout.
    """
    controleer_namen([pad])
    tabel = _Tabel(pad, (*VASTE, CASELOAD))
    if CASELOAD in tabel.kolom:
        oorzaak = "dit is het formulier van een steekproef en geen caseload: er is al uit getrokken."
        remedie = "Geef de lijst van alle huishoudens. Een ingevuld formulier lezen `--lees` en `mkba effect`."
        raise InvoerFout([Melding("bestand", pad.name, oorzaak, remedie, str(pad))])
    uit = [
        Huishouden(p, tabel.type(rij), tabel.tekst(rij, "generalist"), tabel.tekst(rij, "team", verplicht=False))
        for p, rij in zip(tabel.pseudoniemen(), tabel.rijen, strict=True)
    ]
    tabel.klaar()
    return uit, tabel.onbekend


def lees_formulier(pad: Path) -> tuple[list[Formulierrij], list[str], list[str]]:
    """The rows of a form that ``mkba steekproef`` made and somebody filled, the columns not used, and the questions
    that have no column.

    Raises InvoerFout with every cell that is wrong.
    """
    controleer_namen([pad])
    tabel = _Tabel(pad, (*VASTE, CASELOAD, *AANTALLEN, *JA_NEE))
    if CASELOAD not in tabel.kolom:
        remedie = "Gebruik het formulier dat `mkba steekproef` maakte, met al zijn kolommen."
        raise InvoerFout([Melding(CASELOAD, None, "deze kolom ontbreekt.", remedie, str(pad))])
    uit = []
    for pseudoniem, rij in zip(tabel.pseudoniemen(), tabel.rijen, strict=True):
        caseload = tabel.aantal(rij, CASELOAD, MAXIMUM_HUISHOUDENS)
        ja_nee = {v: ja for v in JA_NEE if (ja := tabel.ja_nee(rij, v)) is not None}
        aantallen = {v: n for v in AANTALLEN if (n := tabel.aantal(rij, v, MAXIMUM_TRAJECTEN)) is not None}
        generalist, team = tabel.tekst(rij, "generalist"), tabel.tekst(rij, "team", verplicht=False)
        uit.append(Formulierrij(pseudoniem, tabel.type(rij), generalist, caseload or 0, ja_nee, aantallen, team))
        tabel.geschrapt(rij, aantallen)
    _een_caseload(uit, tabel)
    tabel.klaar()
    return uit, tabel.onbekend, [v for v in tabel.ontbreekt if v in (*AANTALLEN, *JA_NEE)]


def _een_caseload(antwoorden: Sequence[Formulierrij], tabel: _Tabel) -> None:
    """Each generalist has one caseload, of at least the households that were drawn from it."""
    per: dict[str, list[int]] = {}
    for a in antwoorden:
        per.setdefault(a.generalist, []).append(a.caseload)
    if any(len(set(w)) > 1 or w[0] < len(w) for w in per.values()):
        oorzaak = "de caseload van een generalist verschilt per rij of is kleiner dan zijn steekproef."
        tabel._meld(CASELOAD, oorzaak, "Laat deze kolom zoals `mkba steekproef` haar schreef.", str(tabel.pad))


def niets_ingevuld(pad: Path) -> Melding:
    """That a form has no answer at all."""
    remedie = "Vul het in en bewaar het: ja of nee, bij trajecten een heel getal; leeg is niet bekend."
    return Melding("bestand", pad.name, "er is niets ingevuld.", remedie, str(pad))

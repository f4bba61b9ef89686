"""The template: a workbook with one row per aanpak, explained, and safe to fill in.

Rows above the row of keys are for people (sections, questions, labels, defaults); the reader skips them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mkba.invoer.tabel.bladnamen import BLAD_AANPAKKEN
from mkba.invoer.voorbeeld import rekenvoorbeeld
from mkba.kern.bestand.bestanden import MAXIMUM_RIJEN, weiger
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import DISCIPLINES, NAMEN, TYPEN
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, ALLE_VRAGEN, EFFECTVELDEN, LEEG, VERDELINGEN_EFFECT
from mkba.kern.woorden.velden import Soort, Veld
from mkba.kern.zaak.aanpak import AFRONDING, Aanpak
from mkba.kern.zaak.leeg import regel_van
from mkba.rekenblad.boek import Blad, Boek, kolomletter
from mkba.rekenblad.opmaak import GRIJS, RAND, celregel, hoogte, letter, notatie, uitlijning, vulling
from mkba.rekenblad.sjabloon_bladen import maak_kengetallenblad, maak_toelichting

TITELRIJ, SECTIERIJ, VRAAGRIJ, LABELRIJ, KENGETALRIJ, SLEUTELRIJ = range(1, 7)
EERSTE_RIJ: Final = SLEUTELRIJ + 1
OMLIJNDE_RIJEN: Final = 30
"""Rows with a visible grid; further rows have the same number formats and drop-downs."""

NAAMBREEDTE: Final = 28.0
_ROOD: Final = "F8CBAD"
_ORANJE: Final = "FFE699"


@dataclass(frozen=True)
class Sectie:
    """Part of the invoerscherm with its first question and its colours (dark, middle, light)."""

    titel: str
    vanaf_vraag: int
    donker: str
    midden: str
    licht: str


SECTIES: Final = (
    Sectie("A. Bereik", 0, "1F3864", "D9E2F3", "EEF2FA"),
    Sectie("B. Kosten", 6, "375623", "E2EFDA", "F2F8EE"),
    Sectie("C. Effect", 12, "7B3F00", "FBE5D6", "FDF3EC"),
    Sectie("D. Uitkomsten effectmeting (in plaats van vraag 11, 12 en 14)", 16, "4A2366", "E8DDF1", "F5F0F9"),
)
_NIEUWE_PAGINA: Final = (
    *("zwaarte.oudere.niet_actief", "eenouder.gezin", "fte", "eenmalig", "succes.financieel_stabiel"),
    "effectmeting.gebruik",
    *(
        f"{blok}.{eerste}"
        for blok in VERDELINGEN_EFFECT
        for eerste in ("aantal", "jeugdhulp_ambulant", "begeleiding")
        if f"{blok}.{eerste}" != "effectmeting.meer.nieuw.aantal"
    ),
    "effectmeting.grondslag",
)
"""Columns that begin a printed page: whole questions, or whole huishoudtypen, side by side."""


@dataclass(frozen=True)
class Kolom:
    """A column of the template: a field, or one discipline of question 7."""

    nummer: int
    sleutel: str
    veld: Veld
    label: str
    soort: Soort

    @property
    def letter(self) -> str:
        return kolomletter(self.nummer)

    @property
    def sectie(self) -> Sectie:
        return [s for s in SECTIES if s.vanaf_vraag <= self.veld.vraag][-1]


def schrijf_sjabloon(
    pad: Path,
    kengetallen: Kengetallen,
    aanpakken: Sequence[Aanpak] | None = None,
    overschrijf: bool = False,
) -> None:
    """Write the template to ``pad`` (.xlsx), with ``aanpakken`` or else the running example as first rows.

    An existing file may have been filled in, so it is only replaced with ``overschrijf``. Raises InvoerFout.
    """
    pad = Path(pad)
    controleer_plek(pad)
    if aanpakken is None:
        aanpakken = rekenvoorbeeld(kengetallen)
        voorbeeldrij = EERSTE_RIJ if aanpakken else None
    else:
        voorbeeldrij = None
    boek = Boek()
    _maak_aanpakkenblad(boek.blad(BLAD_AANPAKKEN, raster=True), kengetallen, aanpakken)
    maak_toelichting(boek, voorbeeldrij)
    maak_kengetallenblad(boek, kengetallen)
    bewaar_sjabloon(pad, boek.bewaar("Invoer mkba"), overschrijf)


def controleer_plek(pad: Path) -> None:
    """Raises InvoerFout for a name that is no workbook."""
    if pad.suffix.lower() != ".xlsx":
        weiger(pad, "een sjabloon is een Excel-werkmap.", "Geef een naam die eindigt op .xlsx.")


def sjabloonkolommen() -> tuple[Kolom, ...]:
    """The columns of sheet "aanpakken", in the order of the invoerscherm."""
    paren = [paar for veld in ALLE_VELDEN.values() for paar in _kolommen_van(veld)]
    return tuple(
        Kolom(nummer, sleutel, veld, label, soort)
        for nummer, (sleutel, veld, label, soort) in enumerate(paren, start=1)
    )


def _kolommen_van(veld: Veld) -> Iterator[tuple[str, Veld, str, Soort]]:
    if veld.soort == "disciplines":
        for discipline in DISCIPLINES:
            yield f"{veld.sleutel}.{discipline}", veld, NAMEN[discipline], "ja_nee"
    else:
        yield veld.sleutel, veld, veld.label, veld.soort


def bewaar_sjabloon(pad: Path, inhoud: bytes, overschrijf: bool) -> None:
    """Write a template, never over what somebody may have filled in. Raises InvoerFout."""
    if pad.exists() and not overschrijf:
        weiger(pad, "dit bestand bestaat al.", "Kies een andere naam, of verwijder het oude bestand eerst.")
    try:
        pad.parent.stat()  # a folder that is not there is no place to make one
        schrijf_veilig(pad, inhoud)
    except OSError as fout:
        weiger(
            pad,
            f"het bestand is niet te schrijven ({fout.strerror}).",
            "Controleer de map en sluit het bestand in Excel.",
        )


def _maak_aanpakkenblad(blad: Blad, kengetallen: Kengetallen, aanpakken: Sequence[Aanpak]) -> None:
    kolommen = sjabloonkolommen()
    blad.schrijf(TITELRIJ, 1, "Invoer mkba", font=letter(14, SECTIES[0].donker, bold=True))
    uitleg = "Een rij per aanpak. Velden met een * zijn verplicht; uitleg staat op het blad 'toelichting'."
    blad.schrijf(TITELRIJ, 2, uitleg, font=letter(10, GRIJS, italic=True))
    _zet_groepen(blad, kolommen)
    for kolom in kolommen:
        _zet_kolomkop(blad, kolom, kengetallen)
        _maak_invoercellen(blad, kolom)
    for i, aanpak in enumerate(aanpakken):
        _zet_aanpak(blad, EERSTE_RIJ + i, aanpak, kolommen)
        blad.hoogte(EERSTE_RIJ + i, hoogte({1: aanpak.naam}, {1: NAAMBREEDTE}))
    _zet_keuzes(blad, kolommen)
    _zet_signalen(blad, kolommen)
    _zet_tienden(blad, kolommen)
    hoogtes = {TITELRIJ: 24, SECTIERIJ: 18, VRAAGRIJ: 44, LABELRIJ: 80, KENGETALRIJ: 18, SLEUTELRIJ: 24}
    for rij, punten in hoogtes.items():
        blad.hoogte(rij, punten)
    blad.blad.freeze_panes(f"B{EERSTE_RIJ}")
    _maak_drukklaar(blad, kolommen)


def _zet_groepen(blad: Blad, kolommen: Sequence[Kolom]) -> None:
    """Merged headers: the section, and below it the number and title of the question.

    A header ends where a printed page ends and comes back on the next one.
    """
    for sectie in SECTIES:
        leden = [k for k in kolommen if k.sectie == sectie and k.veld.vraag]
        _zet_banden(blad, SECTIERIJ, leden, sectie.titel, "FFFFFF", sectie.donker)
    for vraag, titel in ALLE_VRAGEN.items():
        leden = [k for k in kolommen if k.veld.vraag == vraag]
        tekst = f"{vraag}. {titel}" if vraag else titel
        _zet_banden(blad, VRAAGRIJ, leden, tekst, leden[0].sectie.donker, leden[0].sectie.midden)


def _zet_banden(blad: Blad, rij: int, leden: Sequence[Kolom], tekst: str, kleur: str, achtergrond: str) -> None:
    begin = [i for i, kolom in enumerate(leden) if i == 0 or kolom.sleutel in _NIEUWE_PAGINA]
    for van, tot in zip(begin, [*begin[1:], len(leden)], strict=True):
        _zet_band(blad, rij, leden[van:tot], tekst if van == 0 else f"{tekst} (vervolg)", kleur, achtergrond)


def _zet_band(blad: Blad, rij: int, leden: Sequence[Kolom], tekst: str, kleur: str, achtergrond: str) -> None:
    for kolom in leden:
        blad.maak_op(rij, kolom.nummer, fill=vulling(achtergrond), border=RAND)
    eerste, laatste = leden[0].nummer, leden[-1].nummer
    blad.tekst(rij, eerste, tekst, font=letter(10, kleur, bold=True))
    if laatste > eerste:
        blad.voeg_samen(rij, eerste, laatste)


def _zet_kolomkop(blad: Blad, kolom: Kolom, kengetallen: Kengetallen) -> None:
    """Label, default and key of one column."""
    midden = uitlijning("left" if kolom.nummer == 1 else "center", "center")
    label = f"{kolom.label} *" if kolom.veld.verplicht else kolom.label
    rijen = (
        (LABELRIJ, label, letter(9, bold=kolom.veld.verplicht), kolom.sectie.licht, "General"),
        (
            KENGETALRIJ,
            _standaardwaarde(kolom, kengetallen),
            letter(9, GRIJS, italic=True),
            "EDEDED",
            notatie(kolom.soort),
        ),
        (SLEUTELRIJ, kolom.sleutel, letter(7, GRIJS), "F7F7F7", "General"),
    )
    for rij, wat, font, kleur, vorm in rijen:
        blad.schrijf(rij, kolom.nummer, wat, vorm, font=font, alignment=midden, border=RAND, fill=vulling(kleur))


def _standaardwaarde(kolom: Kolom, kengetallen: Kengetallen) -> Any:
    if kolom.nummer == 1:
        return "standaard als het veld leeg is:"
    if kolom.sleutel != kolom.veld.sleutel:
        return "leeg is nee"
    if kolom.sleutel in EFFECTVELDEN:
        leeg = LEEG[kolom.sleutel]
        return "mag leeg" if leeg is None else leeg
    return regel_van(kolom.sleutel).toon(kengetallen)


def _maak_invoercellen(blad: Blad, kolom: Kolom) -> None:
    """Number format for the whole column, a visible grid for the first rows."""
    breedte = NAAMBREEDTE if kolom.nummer == 1 else 12.5
    blad.kolom(kolom.nummer, breedte, letter(), (("num_format", notatie(kolom.soort)),))
    for rij in range(EERSTE_RIJ, EERSTE_RIJ + OMLIJNDE_RIJEN):
        _zet_invoercel(blad, rij, kolom, None)


def _zet_invoercel(blad: Blad, rij: int, kolom: Kolom, waarde: Any) -> None:
    kant = {"tekst": "left", "ja_nee": "center", "keuze": "center"}.get(kolom.soort, "right")
    stand = uitlijning(kant, "center", terugloop=kolom.soort == "tekst")
    blad.schrijf(rij, kolom.nummer, waarde, notatie(kolom.soort), font=letter(), alignment=stand, border=RAND)


def _zet_aanpak(blad: Blad, rij: int, aanpak: Aanpak, kolommen: Sequence[Kolom]) -> None:
    """One filled row; a field that the user did not give stays empty."""
    plat = {**LEEG, **aanpak.alles()}
    for kolom in kolommen:
        if kolom.veld.sleutel in EFFECTVELDEN and kolom.veld.sleutel not in aanpak.opgegeven:
            continue
        if aanpak.opgegeven and kolom.veld.sleutel not in aanpak.opgegeven:
            continue
        waarde = plat[kolom.veld.sleutel]
        if kolom.veld.soort == "disciplines":
            waarde = kolom.sleutel.rpartition(".")[2] in waarde
        _zet_invoercel(blad, rij, kolom, waarde)


def _zet_keuzes(blad: Blad, kolommen: Sequence[Kolom]) -> None:
    """Drop-downs and bounds with a Dutch message; columns with equal rules share one."""
    bereiken: dict[tuple[Soort, float | None, float | None, tuple[str, ...]], list[str]] = {}
    for kolom in kolommen:
        bereik = f"{kolom.letter}{EERSTE_RIJ}:{kolom.letter}{EERSTE_RIJ + MAXIMUM_RIJEN - 1}"
        sleutel = (kolom.soort, kolom.veld.minimum, kolom.veld.maximum, kolom.veld.keuzes)
        bereiken.setdefault(sleutel, []).append(bereik)
    for sleutel, samen in bereiken.items():
        blad.regel(samen, celregel(*sleutel))


def _zet_signalen(blad: Blad, kolommen: Sequence[Kolom]) -> None:
    """Colours while filling in: red for shares that do not add up, orange for a required field left empty."""
    laatste = EERSTE_RIJ + MAXIMUM_RIJEN - 1

    def groep(voorvoegsel: str) -> tuple[str, str]:
        leden = [k.letter for k in kolommen if k.sleutel.startswith(voorvoegsel)]
        cellen = f"${leden[0]}{EERSTE_RIJ}:${leden[-1]}{EERSTE_RIJ}"
        return cellen, f"{leden[0]}{EERSTE_RIJ}:{leden[-1]}{laatste}"

    def kleur(bereik: str, formule: str, achtergrond: str) -> None:
        blad.kleurregel(bereik, formule, vulling(achtergrond), stop=True)

    marge = f"{AFRONDING + 1e-6:.6f}"
    naam = f'$A{EERSTE_RIJ}<>""'
    for type_ in TYPEN:
        cellen, bereik = groep(f"zwaarte.{type_}.")
        aandeel, _ = groep(f"type.{type_}")
        telt = f"COUNT({cellen})>0,OR(SUM({cellen})<>0,{aandeel.split(':')[0]}>0)"
        kleur(bereik, f"AND({telt},ABS(SUM({cellen})-1)>{marge})", _ROOD)
    cellen, bereik = groep("type.")
    kleur(bereik, f"AND(COUNT({cellen})>0,ABS(SUM({cellen})-1)>{marge})", _ROOD)
    for blok, aandelen in VERDELINGEN_EFFECT.items():
        leden = [k.letter for k in kolommen if k.sleutel in aandelen]
        cellen = f"${leden[0]}{EERSTE_RIJ}:${leden[-1]}{EERSTE_RIJ}"
        (aantal,) = (k.letter for k in kolommen if k.sleutel == f"{blok}.aantal")
        telt = f"OR(N(${aantal}{EERSTE_RIJ})<>0,SUM({cellen})<>0)"
        kleur(f"{aantal}{EERSTE_RIJ}:{leden[-1]}{laatste}", f"AND({telt},ABS(SUM({cellen})-1)>{marge})", _ROOD)
    for voorvoegsel in ("type.", "disciplines.", "huishoudens", "fte", "additioneel"):
        cellen, bereik = groep(voorvoegsel)
        kleur(bereik, f"AND({naam},COUNTA({cellen})=0)", _ORANJE)


def _zet_tienden(blad: Blad, kolommen: Sequence[Kolom]) -> None:
    """Percentages that are not whole show a decimal, in the row of defaults and below."""
    laatste = EERSTE_RIJ + MAXIMUM_RIJEN - 1
    letters = [kolom.letter for kolom in kolommen if kolom.soort == "fractie"]
    blad.met_tienden(" ".join(f"{k}{KENGETALRIJ}:{k}{laatste}" for k in letters))


def _maak_drukklaar(blad: Blad, kolommen: Sequence[Kolom]) -> None:
    """A4 pages side by side, each with the names of the aanpakken and at most 13 columns."""
    blad.drukklaar(f"{SECTIERIJ}:{SLEUTELRIJ}")
    blad.blad.repeat_columns("A:A")
    blad.blad.set_print_scale(58)
    blad.blad.set_v_pagebreaks([kolom.nummer - 1 for kolom in kolommen if kolom.sleutel in _NIEUWE_PAGINA])

"""The template of a registration for an effectmeting: a sheet per table, lists, example rows that never count.

What a column holds comes from :mod:`mkba.invoer.effectmeting.kolommen`, as do the reader and its messages.
"""

import io
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mkba.invoer.effectmeting.cellen import verwacht
from mkba.invoer.effectmeting.kolommen import DOMEINKOLOMMEN, TABELLEN, Kolom, Tabelvorm
from mkba.invoer.registratie.domeinen import ZRM_2017
from mkba.kern.bestand.bestanden import weiger
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.rekenblad.opmaak import GRIJS, RAND, drukklaar, hoogte, letter, schrijf, uitlijning, vulling

TITELRIJ, UITLEGRIJ, VERWACHTRIJ, KOPRIJ = range(1, 5)
EERSTE_RIJ: Final = KOPRIJ + 1
INVULRIJEN: Final = 5_000
"""Rows with lists to choose from; further rows are read as well."""
OPGEMAAKT: Final = 60
_DONKER, _MIDDEN, _LICHT = "1F3864", "D9E2F3", "EEF2FA"
_VOORBEELDKLEUR: Final = "EDEDED"
_BREEDTE: Final = 22.0
_KEUZEBLAD: Final = "keuzes"
_LIJST_TEKENS: Final = 250
"""Excel takes 255 signs of a list at most; longer ones stand on a sheet of their own."""
_VOORBEELDEN: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "huishoudens": (
        {
            "pseudoniem": "VOORBEELD-1",
            "type": "gezinnen",
            "leeftijdsklasse_oudste": "27_45",
            "kinderen": 2,
            "eenouder": "ja",
            "generalist": "g01",
            "team": "Team Noord",
            "wijk": "Noord",
            "start": "2024-01-15",
            "nieuw": "nee",
            "status": "lopend",
        },
    ),
    "problematiek": (
        {"pseudoniem": "VOORBEELD-1", "moment": 0, **dict.fromkeys(ZRM_2017, 3), "schulden": "ja", "geen_werk": "nee"},
        {"pseudoniem": "VOORBEELD-1", "moment": 6, "zwaarte": "zr"},
    ),
    "trajecten": (
        {"pseudoniem": "VOORBEELD-1", "moment": 0, "type": "schuldhulp", "stand": "nieuw", "uitgevoerd": "ja"},
        {"pseudoniem": "VOORBEELD-1", "moment": 0, "type": "dagbesteding", "stand": "lopend"},
    ),
    "acties": ({"pseudoniem": "VOORBEELD-1", "moment": 0, "door": "netwerk", "uitgevoerd": "ja"},),
    "escalaties": (
        {"pseudoniem": "VOORBEELD-1", "soort": "huisuitzetting", "uitkomst": "voorkomen", "datum": "2024-04-02"},
    ),
    "team": ({"team": "VOORBEELD-1", "fte": 0.8, "discipline": "wi", "betaler": "gemeente", "inzet": "additioneel"},),
    "gebied": (
        {
            "wijk": "VOORBEELD-1",
            "periode": "2024K1",
            "aanpak": "ja",
            "huishoudens": 4200,
            "huisuitzetting": 12,
            "uithuisplaatsing": 9,
            "ondertoezichtstelling": 11,
            "crisisopname": 7,
            "zorggebruik_eur": 2900000,
        },
    ),
}
_TOELICHTING: Final = (
    "Deze werkmap heeft een blad per tabel (handleiding bijlage I). Vul alleen de bladen in die u hebt; huishoudens is "
    "verplicht. Kolommen met een donkere kop zijn verplicht als het blad is ingevuld; andere kolommen mogen weg.",
    "De grijze rijen met VOORBEELD-1 in de eerste kolom laten zien hoe het moet. Zij tellen nooit mee.",
    "Geen namen, bsn's, adressen of geboortedata. Een huishouden heeft een pseudoniem: een eigen code met ten minste "
    "een cijfer. Wie op bsn of adres moet koppelen, leest de bestanden met --koppelsleutel: dan wordt er een "
    "pseudoniem van gemaakt dat zonder de sleutel niet is terug te rekenen. Bewaar de sleutel buiten het project.",
    "Een rij die niet klopt wordt geweigerd, met de rij, de kolom en wat er verwacht werd; de andere rijen gaan door.",
    'Heten uw kolommen anders? Geef een indeling (TOML): [huishoudens.kolommen] pseudoniem = "Cliëntnummer".',
    "Momenten: 0 is de start (nulmeting), daarna 6, 12 en 18 maanden. Een hermeting is een rij met een ander moment.",
    "Vraag 16 telt trajecten met stand nieuw en vraag 17 die met stand afgevallen, behalve wat met uitgevoerd = nee "
    "staat. Voorkomen opnamen, plaatsingen en uitzettingen horen op het blad escalaties (vraag 18).",
)


def schrijf_registratiesjabloon(pad: Path, overschrijf: bool = False) -> None:
    """Write the template to ``pad`` (.xlsx). Raises InvoerFout when it exists already or cannot be written."""
    if pad.suffix.lower() != ".xlsx":
        weiger(pad, "een sjabloon is een Excel-werkmap.", "Geef een naam die eindigt op .xlsx.")
    if pad.exists() and not overschrijf:
        weiger(pad, "dit bestand bestaat al.", "Geef een andere naam, of --overschrijf als wat erin staat weg mag.")
    boek = Workbook()
    blad = boek.active
    assert isinstance(blad, Worksheet)
    blad.title = "toelichting"
    _maak_toelichting(blad)
    keuzes = _Keuzes(boek)
    for vorm in TABELLEN.values():
        _maak_tabel(boek.create_sheet(vorm.naam), vorm, keuzes)
    boek.move_sheet(_KEUZEBLAD, offset=len(TABELLEN))
    boek.active = 0
    boek.properties.title, boek.properties.creator = "Registratie effectmeting mkba", "mkba"
    inhoud = io.BytesIO()
    boek.save(inhoud)
    try:
        pad.parent.stat()
        schrijf_veilig(pad, inhoud.getvalue())
    except OSError as fout:
        weiger(pad, f"het bestand is niet te schrijven ({fout.strerror}).", "Controleer de map en sluit het in Excel.")


class _Keuzes:
    """The sheet with lists that are too long for the rule of a cell."""

    def __init__(self, boek: Workbook) -> None:
        self.blad = boek.create_sheet(_KEUZEBLAD)
        self.plek: dict[tuple[str, ...], str] = {}

    def formule(self, naam: str, keuzes: tuple[str, ...]) -> str:
        """What the rule of a cell says of a list."""
        if len(tekst := ",".join(keuzes)) <= _LIJST_TEKENS:
            return f'"{tekst}"'
        if keuzes not in self.plek:
            kolom = len(self.plek) + 1
            schrijf(self.blad, 1, kolom, f"keuzes voor {naam}", letter(10, bold=True))
            for rij, keuze in enumerate(keuzes, start=2):
                schrijf(self.blad, rij, kolom, keuze, letter())
            k = get_column_letter(kolom)
            self.blad.column_dimensions[k].width = 30
            self.plek[keuzes] = f"{_KEUZEBLAD}!${k}$2:${k}${len(keuzes) + 1}"
        return self.plek[keuzes]


def _kolommen(vorm: Tabelvorm) -> list[Kolom]:
    """The columns of the template: of the ZRM the domains of 2017; those of 2013 are read as well."""
    return [k for k in vorm.kolommen if k.naam not in DOMEINKOLOMMEN or k.naam in ZRM_2017]


def _maak_tabel(blad: Worksheet, vorm: Tabelvorm, keuzes: _Keuzes) -> None:
    schrijf(blad, TITELRIJ, 1, vorm.naam.capitalize(), letter(14, _DONKER, bold=True))
    schrijf(blad, TITELRIJ, 3, vorm.uitleg, letter(10, GRIJS, italic=True))
    kolommen = _kolommen(vorm)
    uitleg, wat = {}, {}
    for nummer, kolom in enumerate(kolommen, start=1):
        uitleg[nummer], wat[nummer] = kolom.uitleg, verwacht(kolom).capitalize()
        boven = uitlijning("left", "top")
        schrijf(blad, UITLEGRIJ, nummer, kolom.uitleg, letter(9), fill=vulling(_LICHT), border=RAND, alignment=boven)
        verplicht = "Verplicht: " if kolom.verplicht else ""
        wat[nummer] = verplicht + wat[nummer]
        schrijf(
            blad, VERWACHTRIJ, nummer, wat[nummer], letter(8, GRIJS), fill=vulling(_LICHT), border=RAND, alignment=boven
        )
        kop = letter(10, "FFFFFF" if kolom.verplicht else _DONKER, bold=True)
        kleur = vulling(_DONKER if kolom.verplicht else _MIDDEN)
        schrijf(blad, KOPRIJ, nummer, kolom.naam, kop, fill=kleur, border=RAND)
        blad.column_dimensions[get_column_letter(nummer)].width = _BREEDTE
        _zet_regel(blad, nummer, kolom, keuzes)
    blad.row_dimensions[UITLEGRIJ].height = hoogte(uitleg, dict.fromkeys(uitleg, _BREEDTE))
    blad.row_dimensions[VERWACHTRIJ].height = hoogte(wat, dict.fromkeys(wat, _BREEDTE * 1.2), 11.5)
    voorbeelden = _VOORBEELDEN[vorm.naam]
    grijs = {"fill": vulling(_VOORBEELDKLEUR), "border": RAND}
    for rij, voorbeeld in enumerate(voorbeelden, start=EERSTE_RIJ):
        for nummer, kolom in enumerate(kolommen, start=1):
            schrijf(blad, rij, nummer, voorbeeld.get(kolom.naam), letter(10, GRIJS, italic=True), **grijs)
    for rij in range(EERSTE_RIJ + len(voorbeelden), EERSTE_RIJ + OPGEMAAKT):
        for nummer in range(1, len(kolommen) + 1):
            schrijf(blad, rij, nummer, None, letter(), border=RAND)
    blad.freeze_panes = f"B{EERSTE_RIJ}"
    drukklaar(blad, f"{KOPRIJ}:{KOPRIJ}")
    blad.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    blad.page_setup.fitToHeight = 0  # as many pages as it has rows


def _zet_regel(blad: Worksheet, nummer: int, kolom: Kolom, keuzes: _Keuzes) -> None:
    """What may be typed in a column, with a Dutch message; text of a code stays text."""
    k = get_column_letter(nummer)
    match kolom.soort:
        case "keuze" | "moment":
            regel = DataValidation("list", formula1=keuzes.formule(kolom.naam, kolom.keuzes))
        case "ja_nee":
            regel = DataValidation("list", formula1='"ja,nee"')
        case "score":
            regel = DataValidation("whole", operator="between", formula1="0", formula2="99")
        case "geheel" | "getal":
            regel = DataValidation(
                "whole" if kolom.soort == "geheel" else "decimal",
                operator="between",
                formula1=f"{kolom.laag:.15g}",
                formula2=f"{kolom.hoog:.15g}",
            )
        case _:
            if kolom.soort != "datum":
                blad.column_dimensions[k].number_format = "@"
            return
    regel.allow_blank = True
    regel.showErrorMessage = kolom.naam != "leeftijdsklasse_oudste"  # an age is read as well
    regel.errorTitle = "Deze waarde past niet"
    regel.error = f"Verwacht: {verwacht(kolom)}."[:255]
    blad.add_data_validation(regel)
    regel.add(f"{k}{EERSTE_RIJ}:{k}{EERSTE_RIJ + INVULRIJEN - 1}")


def _maak_toelichting(blad: Worksheet) -> None:
    schrijf(blad, 1, 1, "Registratie voor een effectmeting", letter(14, _DONKER, bold=True))
    blad.column_dimensions["A"].width = 110
    for rij, tekst in enumerate(_TOELICHTING, start=3):
        schrijf(blad, rij, 1, tekst, letter(10), alignment=uitlijning())
        blad.row_dimensions[rij].height = hoogte({1: tekst}, {1: 110.0})
    rij = len(_TOELICHTING) + 4
    schrijf(blad, rij, 1, "De bladen", letter(11, _DONKER, bold=True))
    for i, vorm in enumerate(TABELLEN.values(), start=1):
        schrijf(blad, rij + i, 1, f"{vorm.naam}: {vorm.uitleg}", letter(10), alignment=uitlijning())
    drukklaar(blad, "1:1")

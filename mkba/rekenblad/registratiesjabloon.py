"""The template of a registration for an effectmeting: a sheet per table, lists, example rows that never count.

What a column holds comes from :mod:`mkba.invoer.effectmeting.kolommen`, as do the reader and its messages.
"""

from pathlib import Path
from typing import Any, Final

from mkba.invoer.effectmeting.cellen import verwacht
from mkba.invoer.effectmeting.kolommen import (
    BLAD_KEUZES,
    BLAD_TOELICHTING,
    DOMEINKOLOMMEN,
    TABELLEN,
    Kolom,
    Tabelvorm,
)
from mkba.invoer.registratie.domeinen import ZRM_2017
from mkba.rekenblad.boek import Blad, Boek, kolomletter
from mkba.rekenblad.opmaak import GRIJS, RAND, hoogte, letter, uitlijning, vulling
from mkba.rekenblad.sjabloon import bewaar_sjabloon, controleer_plek

TITELRIJ, UITLEGRIJ, VERWACHTRIJ, KOPRIJ = range(1, 5)
EERSTE_RIJ: Final = KOPRIJ + 1
INVULRIJEN: Final = 5_000
"""Rows with lists to choose from; further rows are read as well."""
OPGEMAAKT: Final = 60
_DONKER, _MIDDEN, _LICHT = "1F3864", "D9E2F3", "EEF2FA"
_VOORBEELDKLEUR: Final = "EDEDED"
_BREEDTE: Final = 22.0
_TEKST: Final = "@"
_GEEN_TEKST: Final = frozenset({"keuze", "moment", "ja_nee", "score", "geheel", "getal", "datum"})
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
    "Heten uw kolommen anders? Wijs ze aan in een bestand voor --indeling (TOML): een regel [huishoudens.kolommen] en "
    'daaronder pseudoniem = "Cliëntnummer". Zo ook eigen woorden: [huishoudens.waarden.status] en actief = "lopend".',
    "Momenten: 0 is de start (nulmeting), daarna 6, 12 en 18 maanden. Een hermeting is een rij met een ander moment.",
    "Vraag 16 telt trajecten met stand nieuw en vraag 17 die met stand afgevallen, behalve wat met uitgevoerd = nee "
    "staat. Voorkomen opnamen, plaatsingen en uitzettingen horen op het blad escalaties (vraag 18).",
)


def schrijf_registratiesjabloon(pad: Path, overschrijf: bool = False) -> None:
    """Write the template to ``pad`` (.xlsx). Raises InvoerFout when it exists already or cannot be written."""
    controleer_plek(pad)
    boek, keuzes = Boek(), _Keuzes()
    _maak_toelichting(boek.blad(BLAD_TOELICHTING, raster=True))
    for vorm in TABELLEN.values():
        _maak_tabel(boek.blad(vorm.naam, raster=True), vorm, keuzes)
    keuzes.schrijf(boek)
    bewaar_sjabloon(pad, boek.bewaar("Registratie effectmeting mkba"), overschrijf)


class _Keuzes:
    """The sheet with lists that are too long for the rule of a cell."""

    def __init__(self) -> None:
        self.lijsten: dict[tuple[str, ...], str] = {}

    def bron(self, naam: str, keuzes: tuple[str, ...]) -> list[str] | str:
        """What the rule of a cell says of a list: the choices, or where they stand."""
        if len(",".join(keuzes)) <= _LIJST_TEKENS:
            return list(keuzes)
        self.lijsten.setdefault(keuzes, naam)
        k = kolomletter(list(self.lijsten).index(keuzes) + 1)
        return f"={BLAD_KEUZES}!${k}$2:${k}${len(keuzes) + 1}"

    def schrijf(self, boek: Boek) -> None:
        """Write the sheet, as the last one."""
        blad = boek.blad(BLAD_KEUZES, [30.0] * len(self.lijsten), raster=True)
        for kolom, (keuzes, naam) in enumerate(self.lijsten.items(), start=1):
            blad.tekst(1, kolom, f"keuzes voor {naam}", font=letter(10, bold=True))
            for rij, keuze in enumerate(keuzes, start=2):
                blad.tekst(rij, kolom, keuze)


def _kolommen(vorm: Tabelvorm) -> list[Kolom]:
    """The columns of the template: of the ZRM the domains of 2017; those of 2013 are read as well."""
    return [k for k in vorm.kolommen if k.naam not in DOMEINKOLOMMEN or k.naam in ZRM_2017]


def _maak_tabel(blad: Blad, vorm: Tabelvorm, keuzes: _Keuzes) -> None:
    naast = uitlijning(verticaal="center", terugloop=False)
    blad.tekst(TITELRIJ, 1, vorm.naam.capitalize(), font=letter(14, _DONKER, bold=True), alignment=naast)
    blad.tekst(TITELRIJ, 3, vorm.uitleg, font=letter(10, GRIJS, italic=True), alignment=naast)
    kolommen = _kolommen(vorm)
    uitleg = {nummer: kolom.uitleg for nummer, kolom in enumerate(kolommen, start=1)}
    wat = {
        nummer: f"Verplicht: {tekst}" if kolom.verplicht else tekst[:1].upper() + tekst[1:]
        for nummer, kolom in enumerate(kolommen, start=1)
        for tekst in [verwacht(kolom)]
    }
    licht = {"fill": vulling(_LICHT), "border": RAND, "alignment": uitlijning("left", "top")}
    for nummer, kolom in enumerate(kolommen, start=1):
        tekst = _TEKST if kolom.soort not in _GEEN_TEKST else "General"
        blad.kolom(nummer, _BREEDTE, letter(), (("num_format", tekst),))
        blad.tekst(UITLEGRIJ, nummer, uitleg[nummer], font=letter(9), **licht)
        blad.tekst(VERWACHTRIJ, nummer, wat[nummer], font=letter(8, GRIJS), **licht)
        kop = letter(10, "FFFFFF" if kolom.verplicht else _DONKER, bold=True)
        kleur = vulling(_DONKER if kolom.verplicht else _MIDDEN)
        blad.tekst(KOPRIJ, nummer, kolom.naam, font=kop, fill=kleur, border=RAND)
        _zet_regel(blad, nummer, kolom, keuzes)
    blad.hoogte(UITLEGRIJ, hoogte(uitleg, dict.fromkeys(uitleg, _BREEDTE)))
    blad.hoogte(VERWACHTRIJ, hoogte(wat, dict.fromkeys(wat, _BREEDTE * 1.2), 11.5))
    voorbeelden = _VOORBEELDEN[vorm.naam]
    grijs = {"font": letter(10, GRIJS, italic=True), "fill": vulling(_VOORBEELDKLEUR), "border": RAND}
    for rij in range(EERSTE_RIJ, EERSTE_RIJ + OPGEMAAKT):
        voorbeeld = voorbeelden[rij - EERSTE_RIJ] if rij - EERSTE_RIJ < len(voorbeelden) else None
        for nummer, kolom in enumerate(kolommen, start=1):
            tekst = _TEKST if kolom.soort not in _GEEN_TEKST else "General"
            waarde = voorbeeld.get(kolom.naam) if voorbeeld else None
            opmaak = grijs if voorbeeld else {"font": letter(), "border": RAND}
            blad.schrijf(rij, nummer, waarde, tekst, **opmaak)
    blad.blad.freeze_panes(EERSTE_RIJ - 1, 1)
    blad.drukklaar(f"{KOPRIJ}:{KOPRIJ}", op_breedte=True)


def _zet_regel(blad: Blad, nummer: int, kolom: Kolom, keuzes: _Keuzes) -> None:
    """What may be typed in a column, with a Dutch message; text of a code stays text."""
    match kolom.soort:
        case "keuze" | "moment":
            regel: dict[str, Any] = {"validate": "list", "source": keuzes.bron(kolom.naam, kolom.keuzes)}
        case "ja_nee":
            regel = {"validate": "list", "source": ["ja", "nee"]}
        case "score":
            regel = {"validate": "integer", "criteria": "between", "minimum": "0", "maximum": "99"}
        case "geheel" | "getal":
            heel = "integer" if kolom.soort == "geheel" else "decimal"
            grenzen = {"minimum": f"{kolom.laag:.15g}", "maximum": f"{kolom.hoog:.15g}"}
            regel = {"validate": heel, "criteria": "between"} | grenzen
        case _:
            return
    regel |= {
        "show_error": kolom.naam != "leeftijdsklasse_oudste",  # an age is read as well
        "error_title": "Deze waarde past niet",
        "error_message": f"Verwacht: {verwacht(kolom)}."[:255],
    }
    k = kolomletter(nummer)
    blad.regel([f"{k}{EERSTE_RIJ}:{k}{EERSTE_RIJ + INVULRIJEN - 1}"], regel)


def _maak_toelichting(blad: Blad) -> None:
    blad.kolom(1, 110.0)
    blad.tekst(1, 1, "Registratie voor een effectmeting", font=letter(14, _DONKER, bold=True))
    for rij, tekst in enumerate(_TOELICHTING, start=3):
        blad.tekst(rij, 1, tekst, font=letter(10), alignment=uitlijning())
        blad.hoogte(rij, hoogte({1: tekst}, {1: 110.0}))
    rij = len(_TOELICHTING) + 4
    blad.tekst(rij, 1, "De bladen", font=letter(11, _DONKER, bold=True))
    for i, vorm in enumerate(TABELLEN.values(), start=1):
        blad.tekst(rij + i, 1, f"{vorm.naam}: {vorm.uitleg}", font=letter(10), alignment=uitlijning())
    blad.drukklaar("1:1", op_breedte=True)

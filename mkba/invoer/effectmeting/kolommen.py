"""The tables of a registration for an effectmeting and what each column holds (bijlage I, report bijlage 3).

One list serves the reader, the template, the messages and the docs. Of persons there is nothing but a pseudonym of the
household; what the sources name besides (naam, bsn, adres, geboortedatum) has no column, on purpose.
"""

from dataclasses import dataclass
from typing import Final, Literal

from mkba.invoer.registratie.domeinen import ZRM_2013, ZRM_2017
from mkba.kern.woorden.begrippen import DISCIPLINES
from mkba.kern.woorden.trajecten import ESCALATIES, TRAJECTEN

Soort = Literal[
    "pseudoniem", "code", "tekst", "keuze", "ja_nee", "datum", "moment", "periode", "geheel", "getal", "score"
]
"""``pseudoniem`` and ``code``: letters and digits, no spaces; ``tekst``: name of a team, a wijk, an organisation."""

TYPE_VAN: Final = {"gezinnen": "gezin", "ouderen": "oudere", "overig": "overig"}
"""The huishoudtype of the model by that of the registration."""
LEEFTIJDSKLASSEN: Final = ("tot_27", "27_45", "45_65", "tot_65", "65_80", "80_plus", "65_plus")
"""Of the oldest; the manual asks for no more than under or over 65 (§5.1)."""
STATUSSEN: Final = ("lopend", "afgerond", "uitgevallen")
MOMENTEN: Final = (0, 6, 12, 18)
"""Months after the start (report bijlage 3: nulmeting and after 6, 12 and 18 months)."""
KLASSEN: Final = ("ev", "zr", "nzr", "top")
STANDEN: Final = ("lopend", "nieuw", "afgevallen")
"""A traject that was there, one that was added (+1), one that was dropped (-1)."""
UITVOERDERS: Final = ("huishouden", "netwerk", "generalist", "professional")
UITKOMSTEN: Final = ("voorkomen", "gebeurd", "dreigde")
INZET: Final = ("additioneel", "nieuw_voor_oud")
DOMEINKOLOMMEN: Final = tuple(
    dict.fromkeys(
        (*ZRM_2013, *ZRM_2017, "opvoeding", "huiselijk_geweld", "onveiligheid_kinderen", "isolement", "criminaliteit")
    )
)
"""ZRM domains of 2013 and 2017 and problem areas of bijlage 3; schulden and overlast are yes/no here."""


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column. ``verplicht``: an empty cell is refused (and a table without the column too).

    ``keuzes``: all that may stand there; ``laag`` and ``hoog``: bounds of a number; ``uitleg``: for the template.
    """

    naam: str
    soort: Soort
    uitleg: str
    verplicht: bool = False
    keuzes: tuple[str, ...] = ()
    laag: float = 0
    hoog: float = 0


@dataclass(frozen=True, slots=True)
class Tabelvorm:
    """One table: ``sleutel`` names the columns that are together unique (none: rows may repeat)."""

    naam: str
    uitleg: str
    kolommen: tuple[Kolom, ...]
    sleutel: tuple[str, ...] = ()

    def kolom(self, naam: str) -> Kolom:
        """The column of this name. Raises KeyError."""
        return {k.naam: k for k in self.kolommen}[naam]

    @property
    def verplicht(self) -> tuple[str, ...]:
        """The columns that must be there."""
        return tuple(k.naam for k in self.kolommen if k.verplicht)


_PSEUDONIEM: Final = Kolom(
    "pseudoniem", "pseudoniem", "Het pseudoniem van het huishouden, zoals op het blad huishoudens.", True
)
_MOMENT: Final = Kolom("moment", "moment", "Maanden na de start: 0, 6, 12 of 18.", True, tuple(map(str, MOMENTEN)))


def _aantal(naam: str, uitleg: str, verplicht: bool = False, hoog: float = 10_000_000) -> Kolom:
    return Kolom(naam, "geheel", uitleg, verplicht, hoog=hoog)


BLAD_TOELICHTING: Final = "toelichting"
BLAD_KEUZES: Final = "keuzes"
"""Sheets of the template that are no table."""
TABELLEN: Final[dict[str, Tabelvorm]] = {
    vorm.naam: vorm
    for vorm in (
        Tabelvorm(
            "huishoudens",
            "Een rij per huishouden in de aanpak.",
            (
                Kolom(
                    "pseudoniem",
                    "pseudoniem",
                    "Een eigen, betekenisloze code met ten minste een cijfer, zonder spaties. Geen bsn, naam of adres.",
                    True,
                ),
                Kolom("type", "keuze", "Gezinnen: met kinderen onder 18; ouderen: oudste 65+.", True, tuple(TYPE_VAN)),
                Kolom("leeftijdsklasse_oudste", "keuze", "Leeftijdsklasse van de oudste.", False, LEEFTIJDSKLASSEN),
                _aantal("kinderen", "Aantal kinderen onder 18.", hoog=20),
                Kolom("eenouder", "ja_nee", "Een ouder, of een persoon in een huishouden zonder kinderen."),
                Kolom("generalist", "code", "Code van de generalist met ten minste een cijfer, geen naam.", False),
                Kolom("team", "tekst", "Naam van het team.", True),
                Kolom("wijk", "tekst", "Wijk, of postcode van vier cijfers."),
                Kolom("start", "datum", "Eerste dag van de actieve fase.", True),
                Kolom("einde", "datum", "Laatste dag van de actieve fase; leeg zolang die loopt."),
                Kolom("nieuw", "ja_nee", "Ja: voor de start was er geen professionele hulp (vraag 10)."),
                Kolom("status", "keuze", "Lopend, afgerond of uitgevallen.", True, STATUSSEN),
            ),
            ("pseudoniem",),
        ),
        Tabelvorm(
            "problematiek",
            "Een rij per huishouden en moment: de zwaarte, of de scores van de ZRM (1-5, of 0-1 met 1 = probleem).",
            (
                _PSEUDONIEM,
                _MOMENT,
                Kolom("zwaarte", "keuze", "Ev, zr, nzr of top; leeg als de scores haar bepalen.", False, KLASSEN),
                *(Kolom(d, "score", "Score op de ZRM, 1-5; 99 of leeg: niet besproken.") for d in DOMEINKOLOMMEN),
                Kolom("schulden", "ja_nee", "Problematische schulden (vraag 5)."),
                Kolom("geen_werk", "ja_nee", "Geen werk (vraag 5)."),
                Kolom("overlast", "ja_nee", "Veroorzaakt overlast (vraag 5)."),
                Kolom("lvb", "ja_nee", "(Licht) verstandelijke beperking; zit niet in de ZRM."),
            ),
            ("pseudoniem", "moment"),
        ),
        Tabelvorm(
            "trajecten",
            "Een rij per traject: wat liep, wat erbij kwam (nieuw) en wat wegviel (afgevallen).",
            (
                _PSEUDONIEM,
                _MOMENT,
                Kolom("type", "keuze", "Een van de 28 typen van vraag 16 en 17.", True, TRAJECTEN),
                Kolom("stand", "keuze", "Lopend, nieuw (erbij) of afgevallen (weg).", True, STANDEN),
                Kolom("aanbieder", "tekst", "Soort aanbieder."),
                Kolom("uitgevoerd", "ja_nee", "Na 6 maanden uitgevoerd? Leeg: nog niet bekend."),
            ),
        ),
        Tabelvorm(
            "acties",
            "Een rij per afgesproken actie: wie haar uitvoert, en of zij na 6 maanden is uitgevoerd.",
            (
                _PSEUDONIEM,
                _MOMENT,
                Kolom("door", "keuze", "Huishouden, netwerk, generalist of professional.", True, UITVOERDERS),
                Kolom("uitgevoerd", "ja_nee", "Na 6 maanden uitgevoerd? Leeg: nog niet bekend."),
            ),
        ),
        Tabelvorm(
            "escalaties",
            "Een rij per escalatie die dreigde, is voorkomen of is gebeurd.",
            (
                _PSEUDONIEM,
                Kolom("soort", "keuze", "De indicatoren van vraag 18.", True, ESCALATIES),
                Kolom("uitkomst", "keuze", "Voorkomen, gebeurd, of dreigde (nog niet beslist).", True, UITKOMSTEN),
                Kolom("datum", "datum", "Dag van de escalatie, of waarop zij is voorkomen.", True),
            ),
        ),
        Tabelvorm(
            "team",
            "Een rij per teamlid of functie, zonder naam: fte, achtergrond en wie betaalt.",
            (
                Kolom("team", "tekst", "Naam van het team, zoals op het blad huishoudens.", True),
                Kolom("fte", "getal", "Fte van 36 uur per week.", True, hoog=100_000),
                Kolom("discipline", "keuze", "Achtergrond of expertise (vraag 7).", True, DISCIPLINES),
                Kolom("betaler", "tekst", "Wie betaalt: gemeente, zorgverzekeraar, corporatie …"),
                Kolom("inzet", "keuze", "Additioneel, of nieuw voor oud (vraag 6).", False, INZET),
            ),
        ),
        Tabelvorm(
            "gebied",
            "Een rij per wijk (of postcode van vier cijfers) en kwartaal, ook van wijken zonder de aanpak.",
            (
                Kolom("wijk", "tekst", "Wijk, of postcode van vier cijfers.", True),
                Kolom("periode", "periode", "Jaar en kwartaal: 2024K1.", True),
                Kolom("aanpak", "ja_nee", "Werkt de aanpak hier in dit kwartaal?", True),
                _aantal("huishoudens", "Aantal huishoudens in de wijk.", True),
                _aantal("huisuitzetting", "Aantal huisuitzettingen."),
                _aantal("uithuisplaatsing", "Aantal uithuisplaatsingen."),
                _aantal("ondertoezichtstelling", "Aantal ondertoezichtstellingen."),
                _aantal("crisisopname", "Aantal crisisopnamen."),
                Kolom("zorggebruik_eur", "getal", "Zorgkosten in euro in dit kwartaal.", hoog=1e12),
            ),
            ("wijk", "periode"),
        ),
    )
}
"""The seven tables by name, in the order of the template."""

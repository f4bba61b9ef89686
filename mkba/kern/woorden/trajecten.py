"""The words of invoer 2 (questions 16 to 18): the 28 kinds of traject of figuur II.1, in its order, and their posts.

Source: handleiding bijlage II, figuur II.1 (names and columns); which post a traject belongs to is derived from the
lists in footnote 15 of the meta-analysis and handleiding §2.3.2.
"""

from dataclasses import dataclass
from typing import Final

GROEPEN_TRAJECTEN: Final[dict[str, tuple[str, ...]]] = {
    "Werk en inkomen": ("uitkering", "armoede", "schuldhulp", "reintegratie"),
    "Welzijn (collectief)": ("dagbesteding", "dienstverlening"),
    "Jeugd": (
        "jeugdhulp_ambulant",
        "jeugd_ggz_ambulant",
        "jeugdhulp_verblijf",
        "begeleiding_jeugd",
        "bescherming",
        "jeugdzorg_plus",
        "jeugd_ggz_intramuraal",
    ),
    "Wmo (individueel)": ("hulp_huishouden", "overig_wmo"),
    "Maatschappelijke opvang": ("opvang",),
    "AWBZ": ("begeleiding", "verzorging", "verpleging", "intramuraal_awbz"),
    "Zorgverzekeringswet": ("ggz_intramuraal", "ggz_ambulant", "ziekenhuis", "huisarts", "medicijnen"),
    "Escalaties": ("huisuitzetting", "uithuisplaatsing", "ondertoezichtstelling"),
}
"""The columns of figuur II.1 under their heads."""

GROEP_VAN_TRAJECT: Final = {t: groep for groep, leden in GROEPEN_TRAJECTEN.items() for t in leden}
"""The head that each kind of traject stands under."""

TRAJECTEN: Final = tuple(t for groep in GROEPEN_TRAJECTEN.values() for t in groep)
"""The 28 kinds of traject, the order of every axis over them."""

TRAJECTNAMEN: Final[dict[str, str]] = {
    "uitkering": "Uitkering levensonderhoud",
    "armoede": "Armoedevoorzieningen",
    "schuldhulp": "Schuldhulp",
    "reintegratie": "Re-integratie",
    "dagbesteding": "Activerende dagbesteding",
    "dienstverlening": "Maatschappelijke dienstverlening",
    "jeugdhulp_ambulant": "J&OH ambulant",
    "jeugd_ggz_ambulant": "Jeugd-GGZ ambulant",
    "jeugdhulp_verblijf": "J&OH verblijf",
    "begeleiding_jeugd": "AWBZ-begeleiding jeugd",
    "bescherming": "Bescherming (OTS, JB)",
    "jeugdzorg_plus": "Jeugdzorg+",
    "jeugd_ggz_intramuraal": "Jeugd-GGZ intramuraal",
    "hulp_huishouden": "Hulp bij het huishouden",
    "overig_wmo": "Overig Wmo",
    "opvang": "Maatschappelijke opvang",
    "begeleiding": "AWBZ-begeleiding",
    "verzorging": "AWBZ-verzorging",
    "verpleging": "AWBZ-verpleging en -behandeling",
    "intramuraal_awbz": "Intramuraal AWBZ",
    "ggz_intramuraal": "GGZ intramuraal",
    "ggz_ambulant": "GGZ ambulant",
    "ziekenhuis": "Ziekenhuiszorg",
    "huisarts": "Huisartsenzorg",
    "medicijnen": "Medicijnen",
    "huisuitzetting": "Huisuitzetting",
    "uithuisplaatsing": "Uithuisplaatsing (UHP)",
    "ondertoezichtstelling": "Ondertoezichtstelling (OTS)",
}

ESCALATIES: Final = (
    "huisuitzetting",
    "uithuisplaatsing",
    "ondertoezichtstelling",
    "intramuraal_awbz",
    "ggz_intramuraal",
)
"""The five indicators of question 18, in the order of figuur 2.10; each is a kind of traject too."""

ESCALATIES_VAN_TYPE: Final[dict[str, tuple[str, ...]]] = {
    "gezin": ("uithuisplaatsing", "ondertoezichtstelling", "huisuitzetting"),
    "oudere": ("intramuraal_awbz",),
    "overig": ("huisuitzetting", "ggz_intramuraal"),
}
"""Which indicators stand for the escalations of a huishoudtype (an assumption: tabel 4.11 counts OTS, UHP and
intramural care as a share of gezinnen and ouderen, evictions as a share of all)."""

MINDER_EFFECTIVITEIT: Final = ("uitkering", "ziekenhuis", "huisarts", "medicijnen")
"""Trajecten less (17) that count as *effectiviteit* (derived: question 13 values work and the use of care)."""
MINDER_SUBSTITUTIE: Final = tuple(t for t in TRAJECTEN if t not in (*MINDER_EFFECTIVITEIT, *ESCALATIES))
"""Trajecten less (17) that count as *substitutie*: all others but the five of question 18, which are its own."""

DUBBEL_MET_ESCALATIE: Final = {"bescherming": "ondertoezichtstelling", "jeugdhulp_verblijf": "uithuisplaatsing"}
"""Kinds of traject that an escalation of question 18 also starts: less of both may be one event counted twice."""

SOORTEN: Final = ("meer", "minder")
"""Questions 16 and 17."""
CASES: Final = ("nieuw", "bestaand")
"""New cases (question 10) and existing ones."""


@dataclass(frozen=True, slots=True)
class Trajectknop:
    """A knob of question 11 ("meer": trajecten that were added) or 12 ("minder": that were dropped), of one case, as a
    part of the trajecten that its households had."""

    soort: str
    case: str

    @property
    def met_erbij(self) -> bool:
        """Whether these are what ran at the start with what was added: of who had no care before, nothing ran."""
        return self.case == "nieuw"


TRAJECTKNOPPEN: Final[dict[str, Trajectknop]] = {
    "meer": Trajectknop("meer", "bestaand"),
    "substitutie.nieuw": Trajectknop("minder", "nieuw"),
    "substitutie.bestaand": Trajectknop("minder", "bestaand"),
}
"""The knobs of questions 11 and 12 by their key: those that are counted in trajecten and not in households."""
EERST_MINDER: Final = (*(k for k, v in TRAJECTKNOPPEN.items() if v.soort == "minder"), "meer")
"""Their order in what is said of a form: what was dropped, then what was added."""

GRONDSLAGEN: Final = ("huishoudens", "bedreigd")
"""The two readings of question 18: a share of the households in the aanpak, or of the households under threat."""

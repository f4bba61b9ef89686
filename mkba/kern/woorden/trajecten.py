"""The 28 types of trajecten of questions 16 and 17, in the order of bijlage II (figuur II.1)."""

from typing import Final

TRAJECTEN: Final[tuple[str, ...]] = (
    "uitkering",
    "armoede",
    "schuldhulp",
    "reintegratie",
    "dagbesteding",
    "dienstverlening",
    "jeugdhulp_ambulant",
    "jeugd_ggz_ambulant",
    "jeugdhulp_verblijf",
    "begeleiding_jeugd",
    "bescherming",
    "jeugdzorg_plus",
    "jeugd_ggz_intramuraal",
    "hulp_huishouden",
    "overig_wmo",
    "opvang",
    "begeleiding",
    "verzorging",
    "verpleging",
    "intramuraal_awbz",
    "ggz_intramuraal",
    "ggz_ambulant",
    "ziekenhuis",
    "huisarts",
    "medicijnen",
    "huisuitzetting",
    "uithuisplaatsing",
    "ondertoezichtstelling",
)

"""What the tests of the registration for an effectmeting share: a small registration in csv, and how to change it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

GOED: Final[Mapping[str, str]] = {
    "huishoudens": (
        "pseudoniem;type;kinderen;generalist;team;wijk;start;einde;nieuw;status\n"
        "h1;gezinnen;2;g1;Noord;Wijk 1;2024-01-10;;ja;lopend\n"
        "h2;gezin;1;g1;Noord;Wijk 1;1-2-2024;2024-08-01;nee;afgerond\n"
        "h3;ouderen;0;g2;Zuid;1234;2024-03-01;;nee;lopend\n"
        "h4;overig;;g2;Zuid;1234;2024-03-05;;nee;uitgevallen\n"
    ),
    "problematiek": (
        "pseudoniem;moment;zwaarte;Financiën;Huisvesting;schulden\n"
        "h1;0;nzr;;;ja\n"
        "h1;6;zr;;;nee\n"
        "h2;0;ev;4;5;nee\n"
        "h3;0 maanden;top;1;2;\n"
    ),
    "trajecten": (
        "pseudoniem;moment;type;stand;aanbieder;uitgevoerd\n"
        "h1;0;schuldhulp;+1;;ja\n"
        "h1;0;dagbesteding;nieuw;;nee\n"
        "h2;0;schuldhulp;lopend;;\n"
        "h2;6;schuldhulp;-1;;ja\n"
        "h3;0;hulp_huishouden;nieuw;;\n"
        "h3;6;uithuisplaatsing;afgevallen;;\n"
    ),
    "acties": "pseudoniem;moment;door;uitgevoerd\nh1;0;netwerk;ja\nh1;0;huishouden;nee\nh2;0;professional;\n",
    "escalaties": (
        "pseudoniem;soort;uitkomst;datum\n"
        "h1;huisuitzetting;voorkomen;2024-05-01\n"
        "h2;huisuitzetting;dreigde;2024-05-01\n"
        "h2;huisuitzetting;gebeurd;2024-07-01\n"
        "h3;intramuraal_awbz;voorkomen;2024-06-01\n"
    ),
    "team": (
        "team;fte;discipline;betaler;inzet\n"
        "Noord;2,5;jeugd;gemeente;additioneel\nZuid;1.5;ggz;gemeente;nieuw voor oud\n"
    ),
    "gebied": "wijk;periode;aanpak;huishoudens;huisuitzetting;zorggebruik_eur\nWijk 1;2024K1;ja;4000;12;€ 2.900.000\n",
}
"""Every row of it is right; ``h2`` was evicted after all."""


def schrijf(map_: Path, **anders: str) -> Path:
    """The registration as a file per table in ``map_``; ``anders``: other content of a table, "" to leave it out."""
    map_.mkdir(parents=True, exist_ok=True)
    for naam, inhoud in {**GOED, **anders}.items():
        if inhoud:
            (map_ / f"{naam}.csv").write_text(inhoud, encoding="utf-8")
    return map_


def met(tabel: str, rij: str) -> str:
    """A table with one row more."""
    return GOED[tabel] + rij + "\n"

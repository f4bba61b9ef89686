"""Aanpakken that ask much of sentences, and what no sentence may hold."""

import re
from typing import Any

from mkba.kern.woorden.velden import KNOPPEN

NUL = dict.fromkeys(KNOPPEN, 0.0)
BASIS: dict[str, Any] = {
    "naam": "odd",
    "huishoudens": 600,
    "type.gezin": 0.5,
    "type.oudere": 0.2,
    "type.overig": 0.3,
    "fte": 8,
    "additioneel": 0.4,
    "disciplines": ["jeugd", "zorg", "wi"],
}
EEN_TYPE = {"type.oudere": 0.0, "type.overig": 0.0}
RAAR: dict[str, dict[str, Any]] = {
    "een huishouden": {"huishoudens": 1, "fte": 0.1},
    "twee huishoudens, kwart procent": {"huishoudens": 2, "fte": 0.05, "escalatie.gezin": 0.0025, "terugval": 0.125},
    "geen fte": {"fte": 0},
    "bijna geen fte": {"fte": 0.01},
    "alleen ouderen": {"type.gezin": 0.0, "type.oudere": 1.0, "type.overig": 0.0},
    "alleen gezinnen, alles 0": {**NUL, **EEN_TYPE, "type.gezin": 1.0, "huishoudens": 1, "fte": 0.04},
    "geen jeugd": {"disciplines": ["ggz"], "type.gezin": 0.0, "type.oudere": 0.0, "type.overig": 1.0},
    "alles 0": NUL,
    "meer zorg": {**NUL, "substitutie.bestaand": -0.9, "additioneel": 1.0},
    "meer zorg zonder kosten": {**NUL, "substitutie.bestaand": -1.0, "fte": 0},
    "een knop": {**NUL, "escalatie.gezin": 0.05, "frictie": 0.6},
}


FOUT_NEDERLANDS = {
    "meervoud na 1": r"(?<![\d.,])1 (huishoudens|trekkingen|punten|fasen|aanpakken|scenario's|antwoorden|invoeren)\b",
    "nul van": r"\b0 van de\b|van de 1\b",
    "negatief als minst": r"negatieve baat van|baten tegenover van €\s*-|levert (over tien jaar )?€\s*-",
    "twee minnen": r"- ?-\d|verlies van €\s*-|tekort van €\s*-",
    "geen getal": r"\bnan\b|\binf\b|None",
    "punt als komma": r"(?<![\d.§])\d+\.\d{1,2}(?![\d.])(?!0)",
    "honderd procent kleiner": r"\b100% (kleiner|groter) dan",
    "niet nul en toch 0,0": r"\(0,0 fte|\b-0\b|vragen? deze \d+ huishoudens 0 fte",
    "lege opsomming": r"van [.:;]|\(\)|: \.|  en  | en \.",
    "samen van een": r"samen is dat nul: (?:(?! en |,).)*\(verhouding",
    "streepje als getal": r"verhouding (dan )?–",
}
"""What no sentence may hold. Sections (§2.3), tables and MKBA 1.0 keep their points."""
BRONNEN = re.compile(r"(§|tabel |figuur |MKBA |mkba )\d+\.\d+(\.\d+)?")

"""The tables of a report as a workbook: ``tabellen/<slug>-tabellen.xlsx``, a sheet per table and its origin.

It does not calculate: that is a workbook of ``mkba werkboek``, and who gives this one as input is told so.

Numbers are unrounded and carry the format in which the report prints them. The same report gives the same bytes.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from mkba.kern.woorden.begrippen import SLEUTELS, naam
from mkba.kern.zaak.eigen_woorden import EigenWoorden, alineas
from mkba.reeks.map.onderdelen import Tabelblok, onderdelen
from mkba.reeks.plan.formaten import FORMATEN
from mkba.reeks.plan.taak import Taak
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.tabel import Tabel
from mkba.uitvoer.werkblad import nieuw_boek

_EUROS: Final = SLEUTELS[: SLEUTELS.index("kb_financieel")]


def maak(taak: Taak, notebook: Any, html: str, titel: str) -> dict[str, bytes]:
    """The workbook of a report."""
    return {FORMATEN["tabellen"].plek(taak.slug): werkboek(taak, onderdelen(notebook), titel)}


def werkboek(taak: Taak, delen: Iterable[Any], titel: str) -> bytes:
    """An xlsx with the tables among ``delen``, each on a sheet named after its heading, and a sheet Herkomst."""
    with nieuw_boek() as boek:
        if cijfers := taak.feiten.get("kerncijfers"):
            boek.tabel("Kerncijfers", kerncijfers(cijfers))
        for deel in delen:
            if isinstance(deel, Tabelblok):
                boek.tabel(deel.kop or titel, deel.tabel)
        if eigen := _eigen_woorden(taak.woorden):
            boek.regels("Eigen woorden", eigen)
        boek.regels("Herkomst", _herkomst(taak, titel))
    return boek.inhoud


def kerncijfers(cijfers: Mapping[str, float | None]) -> Tabel:
    """The public key figures by name and key."""
    rijen = {naam(s): [Cel(w, _maat_van(s)), s] for s, w in cijfers.items()}
    return Tabel(
        pd.DataFrame.from_dict(rijen, orient="index", columns=["waarde", "sleutel"]),
        {"waarde": "kort"},
        bijschrift="Bedragen: netto contante waarde van een jaar werken, euro, niet afgerond.",
    )


def _maat_van(sleutel: str) -> str:
    return "eur" if sleutel in _EUROS else "verhouding" if sleutel.startswith("kb_") else "kort"


def _eigen_woorden(woorden: EigenWoorden) -> list[tuple[str, str]]:
    """The texts about the report as a whole, a paragraph per row; what is said of an answer is a table already."""
    return [
        (kop if nr == 0 else "", alinea)
        for kop, tekst in (("Voorwoord", woorden.voorwoord), ("Conclusies", woorden.conclusie))
        for nr, alinea in enumerate(alineas(tekst))
    ]


def _herkomst(taak: Taak, titel: str) -> list[tuple[str, str]]:
    return [
        ("Rapport", titel or taak.naam or taak.slug),
        ("Bestand", f"{taak.slug}.html"),
        *taak.herkomst,
        *((f"Parameter {k}", str(w)) for k, w in taak.feiten.get("parameters", {}).items()),
        ("Bedragen en getallen", "Niet afgerond."),
        ("Privacy", "Wat in het rapport is afgeschermd of voor privacy is afgerond, is dat ook hier."),
    ]

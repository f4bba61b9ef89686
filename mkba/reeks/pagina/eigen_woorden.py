"""Words of one's own at their place in an executed notebook, so that every format has them where the page has them."""

from html import escape
from typing import Any, Final

import pandas as pd
from nbformat.v4 import new_code_cell, new_output

from mkba.kern.zaak.eigen_woorden import EigenWoorden, alineas
from mkba.uitvoer import extra
from mkba.uitvoer.tabel import Tabel

NA_CONCLUSIE: Final = "eigen-conclusie"
NA_BRONNEN: Final = "eigen-bronnen"
"""Tags of the cells behind which the conclusions and the sources per answer come; without them at the end."""
VOORWOORD: Final = "Voorwoord"
CONCLUSIES: Final = "Conclusies"
BRONNEN: Final = "Bron en opmerking per antwoord"


def zet_in(cellen: list[Any], woorden: EigenWoorden) -> list[Any]:
    """The cells with the words among them, as the outputs that they would be."""
    uit = list(cellen)
    if woorden.antwoorden:
        plek = _na(uit, NA_BRONNEN)
        uit[plek:plek] = [_cel({"text/html": f"<h3>{BRONNEN}</h3>"}), _cel(_tabel(woorden))]
    if woorden.conclusie:
        plek = _na(uit, NA_CONCLUSIE)
        uit[plek:plek] = [_cel({"text/html": _html(CONCLUSIES, woorden.conclusie)})]
    if woorden.voorwoord:
        # behind the line with the name, which every report of an aanpak begins with
        kop = [nr for nr, cel in enumerate(uit) if any(extra.KERN in o.get("data", {}) for o in cel.get("outputs", []))]
        plek = kop[0] + 1 if kop else min(1, len(uit))
        uit[plek:plek] = [_cel({"text/html": _html(VOORWOORD, woorden.voorwoord)})]
    return uit


def _na(cellen: list[Any], merk: str) -> int:
    plekken = [nr for nr, cel in enumerate(cellen) if merk in cel["metadata"].get("tags", [])]
    return plekken[-1] + 1 if plekken else len(cellen)


def _html(kop: str, tekst: str) -> str:
    return f"<h2>{kop}</h2>" + "".join(f"<p>{escape(alinea)}</p>" for alinea in alineas(tekst))


def _tabel(woorden: EigenWoorden) -> dict[str, Any]:
    rijen = [(a.label, a.antwoord, a.bron, a.opmerking) for a in woorden.antwoorden]
    tabel = Tabel(pd.DataFrame(rijen, columns=["vraag", "antwoord", "bron", "opmerking"]), index=False)
    return {"text/html": tabel.als_html(), extra.TABEL: tabel.als_gegevens()}


def _cel(data: dict[str, Any]) -> Any:
    return new_code_cell(outputs=[new_output("display_data", data=data)])

"""One rule for an empty field, wherever the field stands."""

from typing import Any

import pytest

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.leeg import bij_leeg, regel_van
from mkba.scherm.beeld import bekijk
from mkba.scherm.concept import Concept


@pytest.mark.parametrize(
    ("sleutel", "gegeven", "disciplines", "verwacht"),
    [
        ("type.gezin", {}, None, (None, "leeg")),
        ("type.gezin", {"type.overig": 1.0}, None, (0.0, "standaard")),
        ("zwaarte.gezin.nzr", {}, None, ("zwaarteprofiel.mv.gezin.nzr", "kengetal")),
        ("zwaarte.gezin.nzr", {"zwaarte.gezin.zr": 1.0}, None, (0.0, "standaard")),
        ("zwaarte.gezin.nzr", {"zwaarte.oudere.zr": 1.0}, None, ("zwaarteprofiel.mv.gezin.nzr", "kengetal")),
        ("zwaarte.gezin.nzr", {"type.overig": 1.0}, None, (0.0, "standaard")),
        ("zwaarte.gezin.top", {"type.gezin": 1.0}, None, (0.0, "standaard")),
        ("eenouder.gezin", {}, None, (None, "leeg")),
        ("huisvesting", {}, None, (True, "standaard")),
        ("frictie", {}, None, ("knop.frictie", "standaard")),
        ("succes.werk", {}, None, ("knop.succes.werk", "kengetal")),
        ("succes.werk", {}, ("jeugd", "wi"), ("knop.succes.werk", "kengetal")),
        ("succes.werk", {}, ("jeugd",), (0.0, "geen discipline")),
        ("nieuw", {}, (), ("knop.nieuw", "kengetal")),
    ],
)
def test_wat_een_leeg_veld_betekent(
    kengetallen: Kengetallen, sleutel: str, gegeven: dict[str, float], disciplines: Any, verwacht: tuple[Any, str]
) -> None:
    waarde, herkomst = verwacht
    waarde = kengetallen[waarde] if isinstance(waarde, str) else waarde
    assert bij_leeg(sleutel, gegeven, disciplines, kengetallen) == (waarde, herkomst)


def test_het_scherm_toont_onderweg_wat_de_aanpak_straks_rekent(kengetallen: Kengetallen) -> None:
    """Before the last answer is there the screen fills in by the same rules as afterwards."""
    concept = Concept.leeg().kies("disciplines", ("wi",))
    for sleutel, tekst in {
        "naam": "Noord",
        "huishoudens": "100",
        "type.gezin": "100%",
        "zwaarte.gezin.zr": "100%",
    }.items():
        concept = concept.zet(sleutel, tekst)
    onderweg = bekijk(concept.zet("additioneel", "0%"), kengetallen)
    klaar = bekijk(concept.zet("additioneel", "0%").zet("fte", "2"), kengetallen)
    assert (onderweg.aanpak, klaar.aanpak is None) == (None, False)
    zonder_fte = {s: w for s, w in klaar.geldt.items() if s != "fte"}
    assert {s: w for s, w in onderweg.geldt.items() if s != "fte"} == zonder_fte


def test_elke_regel_heeft_woorden() -> None:
    assert regel_van("fte").woorden == "verplicht"
    assert regel_van("huisvesting").woorden == "leeg: ja"
    assert regel_van("afschrijving_jaren").woorden == "leeg: 1"
    assert regel_van("terugval").woorden == "leeg: het kengetal"
    assert all(regel_van(s).woorden for s in VELDEN if not VELDEN[s].optioneel)

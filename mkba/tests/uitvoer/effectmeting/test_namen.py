"""Several questions in one sentence: each once, with its number."""

import pytest

from mkba.kern.woorden.velden import VELDEN
from mkba.uitvoer.effectmeting.namen import vragennaam

ZWAARTE = [s for s in VELDEN if s.startswith("zwaarte.") and not s.endswith(".niet_actief")]


@pytest.mark.parametrize(
    ("sleutels", "zin"),
    [
        (["meer", "nieuw"], "10. Nieuw gevonden huishoudens en 11. Meer trajecten in bestaande cases"),
        (ZWAARTE, "3. Zwaarte van de problematiek"),
        (
            [s for s in ZWAARTE if "overig" not in s] + ["substitutie.nieuw", "substitutie.bestaand"],
            "3. Zwaarte van de problematiek (Gezinnen, Ouderen) en 12. Substitutie",
        ),
        (["zwaarte.gezin.top"], "3. Gezinnen: Top / intramuraal"),
        (
            ["zwaarte.gezin.top", "zwaarte.oudere.top"],
            "3. Zwaarte van de problematiek (Gezinnen: Top / intramuraal, Ouderen: Top / intramuraal)",
        ),
        (["escalatie.gezin", "escalatie.overig"], "14. Voorkomen escalatie (Gezinnen, Overige huishoudens)"),
        (
            ["schulden.gezin", "schulden.oudere", "schulden.overig"],
            "5. Leefsituatie multiproblematiek (Problematische schulden)",
        ),
        (["effectmeting.meer.nieuw.aantal"], "16. Gemiddeld aantal: meer trajecten in nieuwe cases"),
        ([], ""),
    ],
)
def test_elke_vraag_een_keer_met_haar_nummer(sleutels: list[str], zin: str) -> None:
    assert vragennaam(sleutels) == zin
    assert vragennaam(reversed(sleutels)) == zin

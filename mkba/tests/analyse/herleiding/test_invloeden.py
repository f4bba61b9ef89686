"""What a line of the ledger rests on, worked out from the formulas in docs/model.md."""

import pytest

from mkba.analyse.herleiding.invloeden import Invloeden, invloeden
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import laad
from mkba.model.berekening import bereken


@pytest.fixture(scope="module")
def een() -> dict[str, Invloeden]:
    kengetallen = laad()
    return invloeden(bereken(lees_aanpak(paden.data() / "aanpakken" / "voorbeeld-1.toml", kengetallen), kengetallen))


def test_de_kosten_rusten_op_fte_en_de_tarieven(een: dict[str, Invloeden]) -> None:
    """MODEL 2.1: additioneel x fte x k_fte, with or without huisvesting (question 6)."""
    rust = een["kosten_aanpak.additioneel"]
    assert set(rust.antwoorden) == {"fte", "huisvesting", "additioneel"}
    assert set(rust.kengetallen) == {
        "personeel.kosten.teamlid",
        "personeel.kosten.teamleider",
        "personeel.kosten.ondersteuning",
        "personeel.aandeel.teamleider",
        "personeel.aandeel.ondersteuning",
    }
    assert rust.jaren == ()
    assert rust.partijen == ("actor.additioneel.gemeente_overig",)


def test_de_kinderen_rusten_op_twee_kengetallen(een: dict[str, Invloeden]) -> None:
    """MODEL 4a: 0.45 x 41,155 x n x w[gezin] x kinderen x school x tau."""
    rust = een["ontwikkelingskansen.kinderen"]
    assert set(rust.antwoorden) == {"huishoudens", "type.gezin", "kinderen", "succes.schooluitval", "terugval"}
    assert set(rust.kengetallen) == {"kinderen.baat_eur", "kinderen.aandeel_zonder_startkwalificatie"}
    assert "disconto.basis" in rust.jaren
    assert rust.partijen == ("actor.kinderen.huishouden",)


def test_afstemming_rust_op_het_team(een: dict[str, Invloeden]) -> None:
    rust = een["nieuw_voor_oud.afstemming"]
    assert "disciplines" in rust.antwoorden
    assert "personeel.afstemming_uren" in rust.kengetallen
    assert all(p.startswith("actor.discipline.") for p in rust.partijen)


def test_wat_nul_is_gerekend_rust_op_wat_het_nul_maakt(een: dict[str, Invloeden]) -> None:
    """Without frictie only the answer that could bring it in is named; its price plays no part."""
    assert een["frictiekosten.additioneel"] == Invloeden(("frictie",), (), (), ("actor.additioneel.gemeente_overig",))

"""Questions 16 to 18 as input: what is filled in, every message, every warning, and a file that reads back."""

from typing import Any

import pytest

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.effectvelden import EFFECTVELDEN
from mkba.kern.woorden.trajecten import TRAJECTEN
from mkba.kern.zaak.aanpak import maak_aanpak
from mkba.kern.zaak.effectmeting import rekent_met, vervangen_door
from mkba.kern.zaak.waarschuwingen import waarschuwingen
from mkba.tests.hulp_invoer import BASIS

SCHULDHULP = {"aantal": 1.0, "schuldhulp": 1.0}


def meldingen(kengetallen: Kengetallen, effect: dict[str, Any]) -> list[Melding]:
    with pytest.raises(InvoerFout) as fout:
        maak_aanpak({**BASIS, "effectmeting": effect}, kengetallen)
    return list(fout.value.meldingen)


def let_op(kengetallen: Kengetallen, effect: dict[str, Any], **rest: Any) -> dict[str, Melding]:
    aanpak = maak_aanpak({**BASIS, **rest, "effectmeting": effect}, kengetallen)
    return {m.veld: m for m in waarschuwingen(aanpak, kengetallen) if m.veld.startswith("effectmeting")}


def test_zonder_antwoord_is_er_geen_effectmeting(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak(BASIS, kengetallen)
    assert aanpak.effectmeting is None
    assert aanpak.gemeten is None
    assert not any(s.startswith("effectmeting") for s in aanpak.alles())


def test_leeg_is_nul_en_de_knop_nee(kengetallen: Kengetallen) -> None:
    aanpak = maak_aanpak({**BASIS, "effectmeting.meer.nieuw.aantal": 0}, kengetallen)
    assert aanpak.effectmeting is not None
    plat = aanpak.effectmeting.plat()
    assert list(plat) == list(EFFECTVELDEN)
    assert len(TRAJECTEN) == 28
    assert len(plat) == 2 + 3 + 4 * (1 + 28) + 5 + 5
    assert [plat[f"effectmeting.{deel}.gemeten"] for deel in ("meer", "minder", "voorkomen")] == [True] * 3
    assert plat["effectmeting.gebruik"] is False
    assert plat["effectmeting.grondslag"] == "huishoudens"
    assert plat["effectmeting.bedreigd.huisuitzetting"] is None
    assert aanpak.gemeten is None
    assert aanpak.opgegeven >= {"effectmeting.meer.nieuw.aantal"}


def test_met_verandert_een_antwoord_en_houdt_de_andere(kengetallen: Kengetallen) -> None:
    effect = {"gebruik": True, "meer": {"nieuw": SCHULDHULP}}
    aanpak = maak_aanpak({**BASIS, "effectmeting": effect}, kengetallen)
    anders = aanpak.met({"effectmeting.meer.nieuw.aantal": 2.0, "nieuw": 0.3}, kengetallen)
    assert anders.gemeten is not None
    assert (anders.gemeten.meer.nieuw.aantal, anders.gemeten.meer.nieuw.aandeel("schuldhulp")) == (2.0, 1.0)
    assert aanpak.met({}, kengetallen) == aanpak != anders


@pytest.mark.parametrize(
    ("effect", "veld", "tekst"),
    [
        ({"gebruik": "ja"}, "effectmeting.gebruik", "dit is geen ja of nee."),
        ({"grondslag": "straat"}, "effectmeting.grondslag", "Kies uit: huishoudens, bedreigd."),
        ({"voorkomen": {"huisuitzetting": 15}}, "effectmeting.voorkomen.huisuitzetting", "Bedoelt u 15%?"),
        ({"meer": {"nieuw": {"aantal": -1}}}, "effectmeting.meer.nieuw.aantal", "ligt niet tussen 0 en 100"),
        ({"meer": {"nieuw": {"aantal": 1}}}, "effectmeting.meer.nieuw.aantal", "geen verdeling over de soorten."),
        (
            {"minder": {"bestaand": {"aantal": 1, "opvang": 0.5, "armoede": 0.3}}},
            "effectmeting.minder.bestaand",
            "de aandelen tellen op tot 80% in plaats van 100%.",
        ),
        ({"meer": {"nieuw": {"schuldhlp": 1}}}, "effectmeting.meer.nieuw.schuldhlp", "Bedoelt u effectmeting."),
        (
            {"grondslag": "bedreigd", "voorkomen": {"huisuitzetting": 0.1}},
            "effectmeting.grondslag",
            "van Huisuitzetting is niet ingevuld welk deel van de huishoudens ermee bedreigd wordt. Vul in: "
            "effectmeting.bedreigd.huisuitzetting",
        ),
    ],
)
def test_fout_noemt_veld_oorzaak_en_remedie(
    kengetallen: Kengetallen, effect: dict[str, Any], veld: str, tekst: str
) -> None:
    (melding,) = meldingen(kengetallen, effect)
    assert melding.veld == veld
    assert tekst in str(melding)


def test_alle_fouten_tegelijk(kengetallen: Kengetallen) -> None:
    gevonden = meldingen(kengetallen, {"gebruik": 3, "meer": {"nieuw": {"aantal": 1}, "bestaand": {"aantal": "x"}}})
    assert {m.veld for m in gevonden} == {
        "effectmeting.gebruik",
        "effectmeting.meer.nieuw.aantal",
        "effectmeting.meer.bestaand.aantal",
    }


def test_knop_op_nee_met_antwoorden(kengetallen: Kengetallen) -> None:
    gevonden = let_op(kengetallen, {"meer": {"nieuw": SCHULDHULP}})
    assert "tellen niet mee" in gevonden["effectmeting.gebruik"].oorzaak


def test_bewaker_noemt_wat_niet_meer_telt(kengetallen: Kengetallen) -> None:
    gevonden = let_op(kengetallen, {"gebruik": True}, meer=0.1, **{"escalatie.gezin": 0.05, "succes.werk": 0.02})
    oorzaak = gevonden["effectmeting.gebruik"].oorzaak
    assert "Meer trajecten in bestaande cases" in oorzaak
    assert "(vraag 11, 13 en 14)" in oorzaak
    assert "effectmeting.gebruik" not in let_op(kengetallen, {"gebruik": True})


def test_een_vraag_die_niet_is_gemeten_vervangt_niets(kengetallen: Kengetallen) -> None:
    effect = {"gebruik": True, "minder": {"gemeten": False}, "voorkomen": {"gemeten": False}}
    wel = {"meer": 0.1, "substitutie.nieuw": 0.2, "escalatie.gezin": 0.05}
    gevonden = let_op(kengetallen, effect, **wel)
    assert "(vraag 11); vraag 16 komt ervoor in de plaats." in gevonden["effectmeting.gebruik"].oorzaak
    twee = let_op(kengetallen, {"gebruik": True, "voorkomen": {"gemeten": False}}, **wel)
    assert "(vraag 11 en 12); vraag 16 en 17 komen ervoor in de plaats." in twee["effectmeting.gebruik"].oorzaak
    aanpak = maak_aanpak({**BASIS, "effectmeting": effect}, kengetallen)
    assert vervangen_door(aanpak.effectmeting) == {"meer"}
    # who fills in an answer that does not count, hears it
    effect["minder"] = {"gemeten": False, "nieuw": SCHULDHULP}
    gezegd = let_op(kengetallen, effect)
    assert gezegd["effectmeting.minder.gemeten"].oorzaak == (
        "vraag 17 is ingevuld en staat op niet gemeten: zij telt niet mee, en vraag 12 en 13 wel."
    )
    assert "effectmeting.minder.bestaand.aantal" not in gezegd
    niets = let_op(kengetallen, {"gebruik": True, **{d: {"gemeten": False} for d in ("meer", "minder", "voorkomen")}})
    assert "van vraag 16, 17 en 18 is er geen gemeten" in niets["effectmeting.gebruik"].oorzaak


def test_wat_niet_telt_vraagt_geen_kosten_per_traject(kengetallen: Kengetallen) -> None:
    effect: dict[str, Any] = {
        "gebruik": True,
        "grondslag": "bedreigd",
        "meer": {"nieuw": SCHULDHULP},
        "minder": {"gemeten": False, "nieuw": {"aantal": 1, "opvang": 1}},
        "voorkomen": {"gemeten": False, "huisuitzetting": 0.1},  # of which the share under threat is not known
    }
    gemeten = maak_aanpak({**BASIS, "effectmeting": effect}, kengetallen).gemeten
    assert gemeten is not None
    assert rekent_met(gemeten) == {"traject.schuldhulp.eur"}


def test_zware_hulp_bij_vraag_17(kengetallen: Kengetallen) -> None:
    effect = {
        "gebruik": True,
        "minder": {"nieuw": {"aantal": 0.3, "ggz_intramuraal": 0.4, "bescherming": 0.6}, "bestaand": SCHULDHULP},
        "voorkomen": {"ondertoezichtstelling": 0.01},
    }
    gevonden = let_op(kengetallen, effect)
    assert "telt bij vraag 18 en niet bij vraag 17" in gevonden["effectmeting.minder.nieuw"].oorzaak
    assert gevonden["effectmeting.minder.nieuw"].waarde == "40%"
    assert "kan dubbel tellen" in gevonden["effectmeting.minder.nieuw.bescherming"].oorzaak


def test_voetnoot_13_bij_een_lege_helft(kengetallen: Kengetallen) -> None:
    gevonden = let_op(kengetallen, {"gebruik": True, "meer": {"nieuw": SCHULDHULP}})
    assert "voetnoot 13" in gevonden["effectmeting.meer.bestaand.aantal"].remedie
    nul = {"gebruik": True, "meer": {"nieuw": SCHULDHULP, "bestaand": {"aantal": 0}}}
    assert "effectmeting.meer.bestaand.aantal" not in let_op(kengetallen, nul)


def test_afgeronde_verdeling_geldt_zoals_opgegeven(kengetallen: Kengetallen) -> None:
    effect = {"gebruik": True, "meer": {"nieuw": {"aantal": 1, "schuldhulp": 0.99}, "bestaand": SCHULDHULP}}
    assert "99%" in let_op(kengetallen, effect)["effectmeting.meer.nieuw"].oorzaak


def test_lezing_b_naast_a_en_nooit_beide(kengetallen: Kengetallen) -> None:
    effect = {"gebruik": True, "voorkomen": {"huisuitzetting": 0.1}, "bedreigd": {"huisuitzetting": 0.2}}
    assert "nooit tellen beide" in let_op(kengetallen, effect)["effectmeting.grondslag"].remedie
    assert not let_op(kengetallen, {**effect, "grondslag": "bedreigd"})

"""Where an answer was measured: kept with the aanpak, typed and checked, and only as long as the answer is the same."""

from pathlib import Path

import pytest

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.kern.zaak.meetherkomst import Meetherkomst
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.kern.zaak.waarschuwingen import waarschuwingen
from mkba.tests.hulp_opdracht import fout

PLAN = {
    "naam": "Oost",
    "huishoudens": 400,
    "type": {"gezin": 0.4, "oudere": 0.3, "overig": 0.3},
    "fte": 10,
    "additioneel": 0.5,
    "disciplines": ["wi", "zorg"],
    "nieuw": 0.25,
}
NIEUW = {"hoe": "bijgewerkt", "waarde": 0.25, "bron": "registratie: huishoudens", "n": 400, "waarvan": "huishoudens"}
NIEUW |= {"laag": 0.2, "hoog": 0.3}
METING = {
    "nieuw": NIEUW,
    "disciplines": {"hoe": "gemeten", "waarde": ["wi", "zorg"], "bron": "registratie: team"},
}


def _aanpak(**anders: object) -> Aanpak:
    return maak_aanpak({**PLAN, "meting": METING, **anders}, laad())


def test_een_aanpak_leest_terug_met_wat_er_is_gemeten(tmp_path: Path) -> None:
    aanpak = _aanpak()
    assert aanpak.gemeten_in["nieuw"] == Meetherkomst(
        "nieuw", "bijgewerkt", 0.25, "registratie: huishoudens", 400, "huishoudens", 0.2, 0.3
    )
    assert set(aanpak.gemeten_in) == {"nieuw", "disciplines"}
    pad = tmp_path / "oost.toml"
    pad.write_text(schrijf_toml(aanpak), encoding="utf-8")
    assert lees_aanpak(pad, laad()) == aanpak


def test_wie_een_antwoord_verandert_krijgt_het_te_horen_en_de_rest_blijft_gemeten() -> None:
    ander = _aanpak().met({"nieuw": 0.2}, laad())
    assert set(ander.gemeten_in) == {"disciplines"}
    (melding,) = [m for m in waarschuwingen(ander, laad()) if "na de meting veranderd" in m.oorzaak]
    assert (melding.veld, melding.waarde) == ("nieuw", 0.2)
    assert "0.25" in melding.remedie
    assert "[meting]" in schrijf_toml(ander)
    assert 'nieuw" = {' not in schrijf_toml(ander)
    # put back, and an answer that was touched otherwise
    assert set(ander.met({"nieuw": 0.25, "fte": 12}, laad()).gemeten_in) == {"nieuw", "disciplines"}


def test_een_antwoord_dat_er_niet_meer_staat_is_niet_gemeten() -> None:
    zonder = maak_aanpak({**{k: v for k, v in PLAN.items() if k != "nieuw"}, "meting": METING}, laad())
    assert set(zonder.gemeten_in) == {"disciplines"}
    assert any("na de meting veranderd" in m.oorzaak for m in waarschuwingen(zonder, laad()))


def test_een_kengetal_dat_toevallig_gelijk_is_is_niet_gemeten() -> None:
    """An empty field is filled in by a kengetal, whatever the record says of it."""
    standaard = maak_aanpak({k: v for k, v in PLAN.items() if k != "nieuw"}, laad()).nieuw
    meting = {"nieuw": {**NIEUW, "waarde": standaard}}
    leeg = maak_aanpak({**{k: v for k, v in PLAN.items() if k != "nieuw"}, "meting": meting}, laad())
    assert leeg.gemeten_in == {}


@pytest.mark.parametrize(
    ("record", "waarom"),
    [
        ({**NIEUW, "hoe": "verzonnen"}, "hoe is geen van gemeten, bijgewerkt, kengetal"),
        ({**NIEUW, "waarde": "=1+1"}, "waarde: dit is geen getal"),
        ({**NIEUW, "waarde": 25}, "waarde: een aandeel ligt tussen"),
        ({**NIEUW, "n": -3}, "n is geen aantal boven 0"),
        ({**NIEUW, "n": True}, "n is geen getal"),
        ({**NIEUW, "n": 10**400}, "n kan niet zo groot zijn"),
        ({**NIEUW, "hoog": float("inf")}, "hoog kan niet zo groot zijn"),
        ({**NIEUW, "laag": 0.4}, "samen geen interval"),
        ({**NIEUW, "hoog": float("nan")}, "hoog is geen getal"),
        ({k: w for k, w in NIEUW.items() if k != "hoog"}, "samen geen interval"),
        ({k: w for k, w in NIEUW.items() if k != "bron"}, "bron ontbreekt"),
        ({**NIEUW, "bron": " "}, "bron is leeg"),
        ({**NIEUW, "bron": "x" * 401}, "geen tekst van ten hoogste 400 tekens"),
        ({**NIEUW, "bron": "een\x1b[31m"}, "onzichtbaar teken|stuurtekens"),
        ({**NIEUW, "bron": "bsn 111222333"}, "lijkt een bsn te staan"),
        ({**NIEUW, "bron": "registratie van j.jansen@wijk.nl"}, "lijkt een e-mailadres te staan"),
        ({**NIEUW, "bron": "gesprek met mevrouw Jansen"}, "lijkt een naam te staan"),
        ({**NIEUW, "waarvan": "van wie op 06-12345678 belde"}, "lijkt een telefoonnummer te staan"),
        ({**NIEUW, "geheim": 1}, "er staat 1 ander"),
        ("gemeten", "dit is geen tabel"),
    ],
)
def test_wat_niet_past_wordt_geweigerd_zonder_de_waarde_te_tonen(record: object, waarom: str) -> None:
    with pytest.raises(InvoerFout, match=waarom) as geweigerd:
        maak_aanpak({**PLAN, "meting": {"nieuw": record}}, laad())
    assert not [w for w in ("111222333", "jansen", "Jansen", "12345678") if w in str(geweigerd.value)]
    assert geweigerd.value.meldingen[0].veld == "meting.nieuw"


def test_alleen_een_antwoord_kan_gemeten_zijn() -> None:
    for sleutel in ("naam", "verzonnen", "111222333"):
        with pytest.raises(InvoerFout, match="geen antwoord dat gemeten kan zijn") as geweigerd:
            maak_aanpak({**PLAN, "meting": {sleutel: NIEUW}}, laad())
        assert "111222333" not in str(geweigerd.value)
    with pytest.raises(InvoerFout, match="geen tabel"):
        maak_aanpak({**PLAN, "meting": 3}, laad())


def test_een_opdracht_zegt_wat_er_niet_past(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pad = tmp_path / "oost.toml"
    pad.write_text(schrijf_toml(_aanpak()).replace('hoe = "bijgewerkt"', 'hoe = "gezien"'), encoding="utf-8")
    gezegd = fout(capsys, "bereken", str(pad))
    assert "meting.nieuw" in gezegd
    assert "hoe is geen van gemeten, bijgewerkt, kengetal. `mkba effect` schrijft deze tabel" in gezegd

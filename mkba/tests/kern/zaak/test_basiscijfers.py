"""The base-rate guard: when it speaks, with which numbers, and that it changes none."""

import pytest

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.basiscijfers import boven_basiscijfer


@pytest.fixture
def aanpak(kengetallen: Kengetallen) -> Aanpak:
    return lees_aanpak(paden.data() / "aanpakken" / "voorbeeld-1.toml", kengetallen)


@pytest.mark.parametrize(
    ("oudere", "zegt"),
    [
        (0.029, None),
        (0.03, "Dat is in een rustig jaar alles wat er gebeurt"),
        (0.058, "Dat is in een rustig jaar alles wat er gebeurt"),
        (0.06, "Meer dan er gebeurt, valt niet te voorkomen"),
    ],
)
def test_vraag_14_tegen_wat_er_gebeurt(
    aanpak: Aanpak, kengetallen: Kengetallen, oudere: float, zegt: str | None
) -> None:
    meldingen = boven_basiscijfer(aanpak.met({"escalatie.oudere": oudere}, kengetallen))
    if zegt is None:
        assert meldingen == []
        return
    (melding,) = meldingen
    assert melding.veld == "escalatie.oudere"
    assert melding.remedie.startswith(zegt)
    assert "per jaar gebeurt het bij 2,9% tot 5,8%" in melding.oorzaak
    assert "85594NED" in melding.oorzaak
    assert "(gepubliceerd)" in melding.oorzaak


def test_de_zin_noemt_wat_er_is_ingevuld(aanpak: Aanpak) -> None:
    (melding,) = boven_basiscijfer(aanpak)
    assert melding.oorzaak.startswith("u rekent met 3% voorkomen escalatie (ouderen); per jaar")


def test_zonder_ouderen_zegt_zij_niets(aanpak: Aanpak, kengetallen: Kengetallen) -> None:
    zonder = {"type.gezin": 1.0, "type.oudere": 0.0, "type.overig": 0.0}
    assert boven_basiscijfer(aanpak.met(zonder, kengetallen)) == []


def test_vraag_18_is_een_deel_van_wie_het_kan_overkomen(kengetallen: Kengetallen) -> None:
    """Reading (a) is a share of the ouderen, (b) of all under threat: 5% of the third under threat is 1.7% of all, 5.6%
    of the 30% that are ouderen. Question 14 is no longer asked."""
    gemeten = lees_aanpak(paden.data() / "aanpakken" / "effectmeting.toml", kengetallen)
    assert gemeten.type.oudere == pytest.approx(0.3)
    (melding,) = boven_basiscijfer(gemeten)
    assert melding.veld == "effectmeting.voorkomen.intramuraal_awbz"
    assert "u rekent met 5% voorkomen (intramuraal AWBZ)" in melding.oorzaak
    bedreigd = gemeten.met(
        {"effectmeting.grondslag": "bedreigd", "effectmeting.bedreigd.intramuraal_awbz": 0.1}, kengetallen
    )
    assert boven_basiscijfer(bedreigd) == []  # 5% of the tenth under threat: 1.7% of the ouderen


def test_een_aantal_tegen_het_hele_land(kengetallen: Kengetallen) -> None:
    """More ondertoezichtstellingen than the 6,500 that began in 2022 in the whole country."""
    gemeten = lees_aanpak(paden.data() / "aanpakken" / "effectmeting.toml", kengetallen)
    veld = "effectmeting.voorkomen.ondertoezichtstelling"
    per_huishouden = gemeten.alles()[veld] or 0.02
    nodig = 6500 / per_huishouden / gemeten.type.gezin
    rustig = gemeten.met({"huishoudens": round(nodig * 0.99), veld: per_huishouden}, kengetallen)
    druk = gemeten.met({"huishoudens": round(nodig * 1.1), veld: per_huishouden}, kengetallen)
    assert veld not in [m.veld for m in boven_basiscijfer(rustig)]
    gezegd = next(m for m in boven_basiscijfer(druk) if m.veld == veld)
    assert "per jaar zijn het er 6.500" in gezegd.oorzaak
    assert "7.150 keer" in gezegd.oorzaak

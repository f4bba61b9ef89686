"""File names from the names of aanpakken."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.kern.tekst.slug import MAXIMUM, maak_slug, unieke_slugs
from mkba.tests.hulp_voorbeelden import voorbeelden

WINDOWS = {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10))}


@pytest.mark.parametrize(
    ("naam", "slug"),
    [
        ("Voorbeeld 1: Integraal 'dedicated' team", "voorbeeld-1-integraal-dedicated-team"),
        ("Wijkteam 's-Gravenzande", "wijkteam-s-gravenzande"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("Straße Łódź Ærø", "strasse-lodz-aero"),
        ("ĲSSELSTEIN", "ijsselstein"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c:d", "a-b-c-d"),
        ("-- team --", "team"),
        ("日本", "aanpak"),
        ("", "aanpak"),
        ("...", "aanpak"),
        ("CON", "aanpak-con"),
        ("nul", "aanpak-nul"),
        ("Com1", "aanpak-com1"),
        ("COM¹", "aanpak-com1"),
        ("LPT9.", "aanpak-lpt9"),
        ("com10", "com10"),
        ("=1+1", "1-1"),
    ],
)
def test_slug(naam: str, slug: str) -> None:
    assert maak_slug(naam) == slug


def test_lange_naam_eindigt_niet_op_streepje() -> None:
    naam = "a" * 59 + " bc"
    assert maak_slug(naam) == "a" * 59
    assert maak_slug("x" * 300) == "x" * 60


def test_botsingen_krijgen_een_nummer_op_volgorde() -> None:
    assert unieke_slugs(["Wijk A", "wijk a", "WIJK-A!", "Wijk B"]) == ("wijk-a", "wijk-a-2", "wijk-a-3", "wijk-b")


def test_een_nummer_neemt_niet_de_naam_van_een_ander() -> None:
    assert unieke_slugs(["a", "a", "a-2"]) == ("a", "a-3", "a-2")


def test_botsing_van_lange_namen_blijft_binnen_de_lengte() -> None:
    eerste, tweede = unieke_slugs(["y" * 60, "y" * 61])
    assert eerste == "y" * 60
    assert tweede == "y" * 58 + "-2"


@given(st.text())
def test_altijd_een_geldige_bestandsnaam(naam: str) -> None:
    slug = maak_slug(naam)
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", slug)
    assert len(slug) <= MAXIMUM
    assert slug not in WINDOWS


@given(st.lists(st.one_of(st.text(max_size=5), st.sampled_from(["a", "a-2", "A", "b" * 70, "con"])), max_size=30))
@settings(max_examples=voorbeelden(100))
def test_altijd_uniek_en_herhaalbaar(namen: list[str]) -> None:
    slugs = unieke_slugs(namen)
    assert len(set(slugs)) == len(namen)
    assert slugs == unieke_slugs(iter(namen))
    assert all(len(slug) <= MAXIMUM for slug in slugs)

"""Values of the wrong kind: named, in Dutch, with a remedy, before anything is calculated."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.soorten import gecontroleerd, melding

AANHALEN = 'Zet er aanhalingstekens omheen: {} = "…".'
GEHEEL_GETAL = "Schrijf een getal zoals jaar = 2014, zonder punt of komma erin"


@pytest.mark.parametrize(
    ("naam", "waarde", "soort", "oorzaak", "remedie"),
    [
        ("regelset", 4, "str", "een getal, en hier hoort een tekst.", AANHALEN),
        ("rij", True, "str", "waar of niet waar (True of False), en hier hoort een tekst.", AANHALEN),
        ("regelset", Path("lpbl"), "str", "een pad, en hier hoort een tekst.", AANHALEN),
        ("aanpak", ["a", "b"], "str", "een lijst, en hier hoort een tekst.", 'Schrijf één tekst: {} = "…".'),
        ("rij", None, "str", "niets (None), en hier hoort een tekst.", 'Schrijf {} = "" als het leeg moet blijven.'),
        (
            "jaar",
            "2023",
            "int",
            "een tekst, en hier hoort een heel getal.",
            f"{GEHEEL_GETAL}, zonder aanhalingstekens.",
        ),
        ("jaar", 2023.0, "int", "een gebroken getal, en hier hoort een heel getal.", f"{GEHEEL_GETAL}."),
        ("jaar", {}, "int", "iets van het soort dict, en hier hoort een heel getal.", f"{GEHEEL_GETAL}."),
        (
            "index_wi",
            "1,1",
            "float",
            "een tekst, en hier hoort een getal.",
            "Schrijf een getal zoals {} = 1.5, met een punt en geen komma, zonder aanhalingstekens.",
        ),
        (
            "aanpakken",
            "standaard",
            "list[str]",
            "een tekst, en hier hoort een lijst met teksten.",
            'Zet er vierkante haken omheen: {} = ["…"].',
        ),
        (
            "aanpakken",
            ["a", 3],
            "list[str]",
            "een getal, en hier hoort een tekst.",
            'Schrijf {} = ["…", "…"], elke tekst tussen aanhalingstekens.',
        ),
        (
            "vlag",
            "ja",
            "bool",
            "een tekst, en hier hoort True of False.",
            "Schrijf {0} = True of {0} = False, zonder aanhalingstekens.",
        ),
    ],
)
def test_een_verkeerde_soort_heeft_een_melding(naam: str, waarde: Any, soort: str, oorzaak: str, remedie: str) -> None:
    uit = melding(naam, waarde, soort, "n.ipynb")
    assert uit is not None
    assert (uit.veld, uit.waarde, uit.bestand) == (naam, waarde, "n.ipynb")
    wie = "onderdeel 2 van deze lijst is" if waarde == ["a", 3] else "dit is"
    assert uit.oorzaak == f"{wie} {oorzaak}"
    assert uit.remedie == remedie.format(naam)


@pytest.mark.parametrize(
    ("naam", "waarde", "soort"),
    [
        ("rij", "", "str"),
        ("aanpak", Path("mijn.toml"), "str | Path"),
        ("jaar", 0, "int"),
        ("zaad", np.int64(3), "int"),
        ("index_wi", 1, "float"),
        ("index_wi", np.float64(1.5), "float"),
        ("aanpakken", [], "list[str]"),
        ("aanpakken", ("a", "b"), "list[str]"),
        ("vlag", False, "bool"),
    ],
)
def test_wat_past_heeft_er_geen(naam: str, waarde: Any, soort: str) -> None:
    assert melding(naam, waarde, soort) is None


def test_wat_geen_van_de_soorten_is_zegt_niets() -> None:
    for soort in ("", "Any", "dict[str, int]", "str | Onbekend", "geen soort"):
        assert melding("x", object(), soort) is None


def test_een_keuze_uit_soorten_noemt_ze_alle() -> None:
    uit = melding("bron", 3, "str | pathlib.Path | Mapping[str, Any]")
    assert uit is not None
    assert uit.oorzaak == "dit is een getal, en hier hoort een tekst, een pad of een dict."
    assert melding("bron", {}, "str | Path | Mapping[str, Any]") is None
    leeg = melding("jaar", "x", "int | None")
    assert leeg is not None
    assert leeg.oorzaak == "dit is een tekst, en hier hoort een heel getal."
    assert melding("jaar", None, "int | None") is None
    assert melding("invoer", ["a", Path("b")], "str | Sequence[str | Path]") is None
    assert melding("notebooks", [30, "40"], "Sequence[int | str]") is None
    regelset = melding("kengetallen", "mijn.toml", "Kengetallen | None")
    assert regelset is not None
    assert regelset.remedie == "Geef een regelset van mkba.kengetallen()."


def test_een_functie_noemt_alles_wat_fout_is_voor_zij_begint() -> None:
    gedaan = []

    @gecontroleerd(bron="aanpak")
    def doe(bron: "str | Path", rij: str = "", aantal: int = 3, index: Mapping[str, float] | None = None) -> str:
        """Doc."""
        gedaan.append(bron)
        return f"{bron} {rij} {aantal}"

    assert doe("a", aantal=4) == "a  4"
    assert (doe.__name__, doe.__doc__) == ("doe", "Doc.")
    with pytest.raises(InvoerFout) as fout:
        doe(3, rij=None, index={})  # type: ignore[arg-type]
    assert [m.veld for m in fout.value.meldingen] == ["aanpak", "rij"]
    with pytest.raises(InvoerFout, match=r"wi = '1,1': dit is een tekst, en hier hoort een getal\."):
        doe("a", index={"wi": "1,1", "zw": 1.0})  # type: ignore[dict-item]
    with pytest.raises(InvoerFout) as fout:
        doe(123456782)  # type: ignore[arg-type]
    assert "123456782" not in str(fout.value), "een getal dat een BSN kan zijn, wordt nergens getoond"
    with pytest.raises(TypeError, match="unexpected keyword"):
        doe("a", onbekend=3)  # type: ignore[call-arg]
    assert gedaan == ["a"]


def test_een_rij_van_andere_dingen() -> None:
    uit = melding("aanpakken", "a", "Sequence[Aanpak]")
    assert uit is not None
    assert uit.oorzaak == "dit is een tekst, en hier hoort een lijst met waarden."
    assert isinstance([], Sequence)

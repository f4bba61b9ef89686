"""Two or more provisions per wijk: from a csv with labels and from the service, beside the kerncijfers."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from mkba.invoer.cbs import dienst as cbs
from mkba.invoer.cbs.stapeling import DOMEINEN, VOORZIENINGEN, lees_stapeling
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht import main
from mkba.tests.hulp_cbs import drie_wijken
from mkba.tests.odata_server import dienst, tabel

KOP = "Aantal voorzieningen;Soort voorziening sociaal domein;Wijken;Perioden;Codering (code);"
KOP += "Huishoudens met voorzieningen (aantal);Huishoudens met voorzieningen (per 1 000 huishoudens)"


def csv(pad: Path, *regels: str) -> Path:
    pad.write_text("\n".join([KOP, *regels]) + "\n", encoding="utf-8")
    return pad


def rijen(code: str, twee: str, drie: str, periode: str = "2024*", soort: str = "Totaal voorzieningen") -> list[str]:
    paren = (("Totaal", "200"), ("1 voorziening", "150"), ("2 voorzieningen", twee), ("3 of meer voorzieningen", drie))
    return [f"{aantal};{soort};Een wijk;{periode};{code};99;{deel}" for aantal, deel in paren]


def test_twee_en_drie_of_meer_samen(tmp_path: Path) -> None:
    """40 and 12 per 1,000 are 5.2%; a secret number leaves the wijk unknown; one kind does not count."""
    pad = csv(
        tmp_path / "stapeling.csv",
        *rijen("WK000101  ", "40", "12"),
        *rijen("WK000101  ", "1", "1", soort="Jeugdzorg"),
        *rijen("WK000102", "30", "."),
    )
    (gelezen,) = lees_stapeling(str(pad), [], 2024)
    assert gelezen.aandelen == {"WK000101": pytest.approx(0.052)}
    assert (gelezen.bron, gelezen.status) == ("stapeling.csv (2024)", "voorlopig")


def test_twee_of_meer_in_een_regel(tmp_path: Path) -> None:
    pad = csv(tmp_path / "x.csv", "Twee of meer voorzieningen;Totaal;w;2023 1e halfjaar;WK000101;9;97")
    (gelezen,) = lees_stapeling(str(pad), [], 2023)
    assert gelezen.aandelen == {"WK000101": pytest.approx(0.097)}
    assert "zonder teken van voorlopig" in gelezen.status


@pytest.mark.parametrize(
    ("regels", "verwacht"),
    [
        (
            rijen("WK000101", "1", "1")[:3],
            "hieruit volgt niet wie twee of meer voorzieningen heeft, of",
        ),
        (rijen("geen", "1", "1"), "Aantallen: geen regel met een code"),
        ([*rijen("WK000101", "1", "1", "2022"), *rijen("WK000101", "1", "1", "2021")], "heeft de perioden 2021, 2022"),
        (
            rijen("WK059901", "1", "1"),
            "geen van de gekozen gebieden staat met getallen in deze tabel; wel bijvoorbeeld WK059901",
        ),
        (rijen("WK000101", "900", "200"), "samen hebben 1100 van de 1.000 huishoudens van WK000101"),
        (rijen("WK000101", "1", "veel"), "x.csv, WK000101"),
    ],
)
def test_waar_het_niet_uit_volgt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], regels: list[str], verwacht: str
) -> None:
    pad = csv(tmp_path / "x.csv", *regels)
    opdracht = ["gebieden", "--cijfers", drie_wijken(tmp_path), "--niveau", "wijk", "--naar", str(tmp_path / "uit")]
    assert main([*opdracht, "--stapeling", str(pad)]) == 2
    assert verwacht in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


STATLINE_KOP = "Aantal voorzieningen;Soort voorziening sociaal domein;Wijken;Perioden;Regioaanduiding/Codering (code);"
RELATIEF = "Sociaal domein clienten/huishoudens (%)/Huishoudens met voorzieningen (per 1 000 huishoudens)"
AANTAL = "Sociaal domein clienten/huishoudens/Huishoudens met voorzieningen (aantal)"
SOORTEN = [
    *("Totaal voorzieningen", "Alleen Jeugd", "Alleen P-wet", "Alleen Wmo"),
    *("Jeugd en P-wet", "Jeugd en Wmo", "P-wet en Wmo", "Jeugd, P-wet en Wmo"),
]
PROMILLES = ("200", "60", "50", "40", "12", "9", "25", "4")


@pytest.mark.parametrize("eerst_relatief", [False, True])
def test_twee_of_meer_domeinen(tmp_path: Path, eerst_relatief: bool) -> None:
    """12 + 9 + 25 + 4 per 1,000 are 5.0%, whichever of the two columns of households stands first."""
    kolommen = (RELATIEF, AANTAL) if eerst_relatief else (AANTAL, RELATIEF)
    regels = [STATLINE_KOP + ";".join(kolommen)]
    for soort, promille in zip(SOORTEN, PROMILLES, strict=True):
        maten = (promille, "77") if eerst_relatief else ("77", promille)
        regels.append(f"Totaal;{soort};Een wijk;2024;WK000101;{';'.join(maten)}")
    regels.append(
        f"2 of meer voorzieningen;{SOORTEN[0]};Een wijk;2024;WK000101;{'88;77' if eerst_relatief else '77;88'}"
    )
    pad = tmp_path / "85994NED.csv"
    pad.write_text("\n".join(regels), encoding="utf-8")
    domeinen, voorzieningen = lees_stapeling(str(pad), [], 2024)
    assert (domeinen.wat, voorzieningen.wat) == (DOMEINEN, VOORZIENINGEN)
    assert domeinen.aandelen == {"WK000101": pytest.approx(0.05)}
    assert voorzieningen.aandelen == {"WK000101": pytest.approx(0.088)}


@pytest.mark.parametrize("zonder", ["A041711", "A041714"])
def test_domeinen_uit_sleutels(tmp_path: Path, zonder: str) -> None:
    """Rows of the service with keys, as public code names them; a combination that is not there gives no share."""
    sleutels = ("T001287", *(f"A0417{n:02}" for n in range(8, 15)))
    rijen_ = [
        {
            "ID": i, "AantalVoorzieningen": "Totaal", "SoortVoorzieningSociaalDomein": sleutel, "Wijken": "WK000101  ",
            "Perioden": "2024JJ00", "ClientenMetVoorzieningen_5": 70, "HuishoudensMetVoorzieningen_6": 50,
            "ClientenMetVoorzieningen_7": 35.0, "HuishoudensMetVoorzieningen_8": float(promille),
        }
        for i, (sleutel, promille) in enumerate(zip(sleutels, PROMILLES, strict=True))
    ]  # fmt: skip
    pad = tmp_path / "85994NED.json"
    pad.write_text(json.dumps({"value": rijen_}), encoding="utf-8")
    (gelezen,) = lees_stapeling(str(pad), [], 2024)
    assert gelezen.wat == DOMEINEN
    assert gelezen.aandelen == {"WK000101": pytest.approx(0.05)}
    pad.write_text(json.dumps([r for r in rijen_ if r["SoortVoorzieningSociaalDomein"] != zonder]), encoding="utf-8")
    with pytest.raises(InvoerFout, match="hieruit volgt niet wie twee of meer voorzieningen heeft"):
        lees_stapeling(str(pad), [], 2024)


def test_een_regel_die_twee_keer_staat(tmp_path: Path) -> None:
    pad = csv(tmp_path / "x.csv", *rijen("WK000101", "1", "1"), *rijen("WK000101", "2", "1"))
    with pytest.raises(InvoerFout, match="WK000101 heeft meer dan een regel voor Totaal, Totaal voorzieningen"):
        lees_stapeling(str(pad), [], 2024)


def test_ernaast_op_de_pagina(tmp_path: Path) -> None:
    """By kerncijfers WK000101 is first and WK000102 third of three; by provisions the other way round."""
    pad = csv(tmp_path / "s.csv", *rijen("WK000101", "20", "2"), *rijen("WK000102", "80", "9"))
    opdracht = ["gebieden", "--cijfers", drie_wijken(tmp_path), "--niveau", "wijk", "--naar", str(tmp_path / "uit")]
    assert main([*opdracht, "--stapeling", str(pad)]) == 1
    soep = BeautifulSoup((tmp_path / "uit" / "gebieden.html").read_text(encoding="utf-8"), "html.parser")
    tekst = " ".join(soep.text.split())
    assert "van 2 van 3 gebieden bekend" in tekst
    assert "rangcorrelatie met de kerncijfers is -1,00" in tekst
    assert "Handwijk (1, 2); =Licht (2, 1)" in tekst
    assert "voorlopig" in tekst


def test_ophalen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of the service become their titles, and the status of the period goes with it."""

    def rij(aantal: str, deel: float) -> dict[str, Any]:
        vast = {"SoortVoorzieningSociaalDomein": "T001", "Wijken": "WK000101  ", "Perioden": "2024JJ00"}
        maten = {"HuishoudensMetVoorzieningen_6": 50, "HuishoudensMetVoorzieningen_8": deel}
        return {"ID": 0, "AantalVoorzieningen": aantal, **vast, **maten}

    with dienst(tabel()) as staat:
        staat.los = {"85994NED": [rij("A1", 150.0), rij("A2", 40.0), rij("A3", 12.0)]}
        staat.titels = {
            "AantalVoorzieningen": {"A1": "1 voorziening", "A2": "2 voorzieningen", "A3": "3 of meer voorzieningen"},
            "SoortVoorzieningSociaalDomein": {"T001": "Totaal"},
            "Perioden": {"2024JJ00": "2024"},
        }
        monkeypatch.setattr(cbs, "BASIS_URL", staat.url)
        (gelezen,) = lees_stapeling("statline", ["WK000101"], 2024)
    assert gelezen.aandelen == {"WK000101": pytest.approx(0.052)}
    assert gelezen.status == "definitief"
    with pytest.raises(InvoerFout, match="van 2022 is geen tabel over stapeling per wijk bekend"):
        lees_stapeling("statline", ["WK000101"], 2022)


def test_de_naam_van_een_weg_houdt_zijn_hoofdletters(tmp_path: Path) -> None:
    soorten = zip(SOORTEN, PROMILLES, strict=True)
    regels = [f"Totaal;{soort};Een wijk;2024;WK000101;77;{promille}" for soort, promille in soorten]
    pad = csv(tmp_path / "s.csv", *regels)
    opdracht = ["gebieden", "--cijfers", drie_wijken(tmp_path), "--niveau", "wijk", "--naar", str(tmp_path / "uit")]
    assert main([*opdracht, "--stapeling", str(pad)]) == 1
    soep = BeautifulSoup((tmp_path / "uit" / "gebieden.html").read_text(encoding="utf-8"), "html.parser")
    assert "Voorzieningen uit twee of drie van jeugd, Participatiewet en Wmo" in [s.text for s in soep.select("strong")]

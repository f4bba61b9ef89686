"""71488ned and 71487ned: from a csv with labels, a json with keys, and the service on a loopback address."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mkba.analyse.doelgroepen.eerste_aanpak import vraag_4
from mkba.analyse.doelgroepen.statistiek import uit_statistiek
from mkba.invoer.cbs import dienst as cbs
from mkba.invoer.cbs.bijtabellen import lees
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.gebied import schrijf_cijfers
from mkba.opdracht import main
from mkba.tests.hulp_cbs import HANDLAND, HANDWIJK
from mkba.tests.odata_server import dienst, tabel

LEEFTIJDEN = ("71300", "71400", "71500", "71600", "71700", "71800", "71900", "22000")


def personen(regio: str, alleen: float = 10, samen: float = 20, sekse: str = "T001038") -> list[dict[str, Any]]:
    """Per class of five years; that of 60 to 65 must not count."""
    return [
        {
            "ID": i,
            "Geslacht": sekse,
            "Leeftijd": leeftijd,
            "RegioS": f"{regio}  ",
            "Perioden": "2024JJ00",
            "TotaalPersonenInHuishoudens_1": 900 if leeftijd == "71300" else alleen + samen + 5,
            "Alleenstaand_4": 800 if leeftijd == "71300" else alleen,
            "TotaalSamenwonendePersonen_5": samen,
            "OuderInEenouderhuishouden_10": 1,
            "PersonenInInstitutioneleHuishoudens_12": 2,
        }
        for i, leeftijd in enumerate(LEEFTIJDEN)
    ]


def gezinnen(regio: str, geheel: float = 1000, deel: float = 228) -> list[dict[str, Any]]:
    """A row of all children, and one of a part of them."""
    return [
        {
            "LeeftijdKindEren": soort,
            "RegioS": regio,
            "Perioden": "2024JJ00",
            "TotaalHuishoudensMetKinderen_1": geheel * f,
            "TotaalEenouderhuishoudensMetKinderen_13": deel * f * g,
        }
        for soort, f, g in (("1017100", 0.4, 2.0), ("1017000", 1.0, 1.0))
    ]


def bewaar(pad: Path, rijen: list[dict[str, Any]]) -> Path:
    pad.write_text(json.dumps({"value": rijen}), encoding="utf-8")
    return pad


def kern(tmp_path: Path) -> str:
    gemeente = replace(HANDWIJK, code="GM0001", naam="Stad", soort="gemeente")
    pad = tmp_path / "cijfers.json"
    pad.write_text(schrijf_cijfers((HANDLAND, gemeente, HANDWIJK)), encoding="utf-8")
    return str(pad)


@pytest.mark.parametrize("seksen", [("T001038",), ("3000", "4000")])
def test_ouderen_naar_positie(tmp_path: Path, seksen: tuple[str, ...]) -> None:
    """Seven classes of 10 + 1 alone or one-parent and 20 with a partner: 77 and 140; of men and women twice that."""
    rijen = [r for s in seksen for r in personen("GM0001", sekse=s)]
    (bij,) = lees(str(bewaar(tmp_path / "71488ned.json", rijen)), ["GM0001"], 2024)
    verwacht = {"ouderen_zonder_partner": 77, "ouderen_met_partner": 140, "intramurale_ouderen": 14, "ouderen": 245}
    assert bij.waarden == {"GM0001": {k: w * len(seksen) for k, w in verwacht.items()}}
    assert bij.bron == "CBS StatLine 71488ned (2024)"


def test_csv_met_opschriften_en_namen(tmp_path: Path) -> None:
    kop = ["Geslacht", "Leeftijd", "Perioden", "Regio's", "Personen in huishoudens/Alleenstaand (aantal)"]
    kop += ["Totaal samenwonende personen (aantal)", "Ouder in eenouderhuishouden (aantal)"]
    kop += ["Personen in institutionele huishoudens (aantal)"]
    leeftijden = [f"{n} tot {n + 5} jaar" for n in range(65, 95, 5)] + ["95 jaar of ouder", "80 jaar of ouder"]
    regels = [";".join(f'"{k}"' for k in kop)]
    regels += [f'"Totaal mannen en vrouwen";"{lft}";"2024";"Stad";"10";"20";"1";"2"' for lft in leeftijden]
    pad = tmp_path / "personen.csv"
    pad.write_text("\n".join(regels), encoding="utf-8-sig")
    gekozen = kies_gebieden("GM0001", kern(tmp_path), bij=[str(pad)])
    (gebied,) = gekozen.gebieden
    assert (gebied.ouderen_zonder_partner, gebied.ouderen_met_partner, gebied.intramurale_ouderen) == (77, 140, 14)
    assert "71488ned (2024)" in gebied.aanvulling


def test_eenouder_van_de_gemeente_en_vraag_4(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """22.8% nationally and 30% here; 77 of 77 + 0.625 x 140 = 164.5 households of ouderen have no partner in it."""
    eenouder = bewaar(tmp_path / "71487ned.json", [*gezinnen("NL01"), *gezinnen("GM0001", 100, 30)])
    ouderen = bewaar(tmp_path / "71488ned.json", personen("GM0001"))
    gekozen = kies_gebieden("WK000101", kern(tmp_path), bij=[str(eenouder), str(ouderen)])
    (wijk,) = gekozen.gebieden
    assert gekozen.nederland.eenouder == pytest.approx(0.228)
    assert wijk.eenouder == pytest.approx(0.3)
    assert wijk.ouderen_zonder_partner is None  # those are of the gemeente, whose ratio it takes
    analyse = uit_statistiek(gekozen.gebieden, gekozen.nederland, kengetallen, gemeenten=gekozen.gemeenten)
    assert analyse.ontbreekt[0] == {"gezin": (), "oudere": (), "overig": ()}
    assert vraag_4(analyse, kengetallen) == {"eenouder.gezin": 0.3, "eenouder.oudere": round(77 / 164.5, 4)}
    zonder = kies_gebieden("WK000101", kern(tmp_path))
    kaal = uit_statistiek(zonder.gebieden, zonder.nederland, kengetallen, gemeenten=zonder.gemeenten)
    assert vraag_4(kaal, kengetallen) == {}


@pytest.mark.parametrize("leeftijd", ["Totaal leeftijd kinderen", "alle leeftijden", "T001019"])
def test_het_totaal_van_de_kinderen_heet_ook_anders(tmp_path: Path, leeftijd: str) -> None:
    """A csv has labels; the row of a part with more households than the total, as after a mistake, does not count."""
    deel, heel = gezinnen("GM0001", 100, 30)
    rijen = [{**heel, "LeeftijdKindEren": leeftijd}, {**deel, "TotaalHuishoudensMetKinderen_1": 500}]
    (bij,) = lees(str(bewaar(tmp_path / "71487ned.json", rijen)), ["GM0001"], 2024)
    assert bij.waarden == {"GM0001": {"eenouder": pytest.approx(0.3)}}


def test_wat_de_landelijke_rij_aanvult_staat_er_helemaal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list of fields and tables is longer than a value that a message shows."""
    eenouder = bewaar(tmp_path / "71487ned.json", [*gezinnen("NL01"), *gezinnen("GM0001", 100, 30)])
    ouderen = bewaar(tmp_path / "71488ned.json", [*personen("NL01"), *personen("GM0001")])
    bij = [deel for pad in (ouderen, eenouder) for deel in ("--aanvulling", str(pad))]
    naar = str(tmp_path / "uit")
    assert main(["gebieden", "GM0001", "--cijfers", kern(tmp_path), "--naar", naar, *bij]) == 0
    gezegd = " ".join(capsys.readouterr().err.split())
    assert "Nederland = '2024'" in gezegd
    assert "intramurale_ouderen: CBS StatLine 71488ned (2024); eenouder: CBS StatLine 71487ned (2024)." in gezegd


def test_een_klasse_te_weinig_is_onbekend(tmp_path: Path) -> None:
    rijen = [r for r in personen("GM0001") if r["Leeftijd"] != "71800"]
    (bij,) = lees(str(bewaar(tmp_path / "x.json", rijen)), ["GM0001"], 2024)
    assert bij.waarden == {}


def test_wat_het_niet_is(tmp_path: Path) -> None:
    with pytest.raises(InvoerFout, match="dit is niet 71488ned"):
        lees(str(bewaar(tmp_path / "x.json", [{"RegioS": "GM0001", "Perioden": "2024JJ00", "Iets_1": 3}])), [], 2024)
    twee = [*gezinnen("GM0001"), *({**r, "Perioden": "2022JJ00"} for r in gezinnen("GM0001"))]
    with pytest.raises(InvoerFout, match="gegevens van 2022 en 2024, en gevraagd is 2021"):
        lees(str(bewaar(tmp_path / "y.json", twee)), [], 2021)


def test_ophalen(monkeypatch: pytest.MonkeyPatch) -> None:
    with dienst(tabel()) as staat:
        staat.los = {
            "71488ned": [*personen("GM0001"), *personen("GM0002")],
            "71487ned": [*gezinnen("NL01"), *gezinnen("GM0001", 100, 30)],
        }
        monkeypatch.setattr(cbs, "BASIS_URL", staat.url)
        een, twee = lees("statline", ["GM0001"], 2024)
    assert set(een.waarden) == {"GM0001"}
    assert twee.waarden["NL00"] == {"eenouder": pytest.approx(0.228)}
    assert any("startswith(RegioS,'GM0001')" in v for v in staat.vragen_om("TypedDataSet"))


@pytest.mark.parametrize(
    ("rijen", "verwacht"),
    [
        (personen("GM0001", sekse="3000"), "maar van een van beide geslachten"),
        ([*personen("GM0001", sekse="3000"), *personen("GM0001", sekse="3000")], "meer dan een keer"),
        ([*personen("GM0001"), *personen("GM0001", alleen=11)], "meer dan een keer"),
        (gezinnen("GM0001")[:1], "Leeftijd kind(eren) = '1017100'"),
        (gezinnen("GM0001")[:1], "de regel met kinderen van alle leeftijden samen ontbreekt"),
        ([{**r, "LeeftijdKindEren": f"{n} tot 6 jaar"} for n, r in enumerate(gezinnen("GM0001"))], "(sleutel 1017000)"),
        ([*gezinnen("GM0001"), *gezinnen("GM0001", 900)], "niet is te zien welke regel alle kinderen samen is"),
        (
            [{k: w for k, w in r.items() if k != "LeeftijdKindEren"} for r in gezinnen("GM0001")],
            "niet is te zien welke regel alle kinderen samen is",
        ),
        (gezinnen("GM0001", 100, 150), "dit is meer dan alle 100 huishoudens met kinderen"),
        ([{**r, "Alleenstaand_4": "veel"} for r in personen("GM0001")], "dit is geen getal"),
    ],
)
def test_wat_niet_kan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rijen: list[dict[str, Any]], verwacht: str
) -> None:
    """Men alone are not all persons; a row twice is not chosen from; with the file and the gemeente."""
    bij = bewaar(tmp_path / "bij.json", rijen)
    opdracht = ["gebieden", "GM0001", "--cijfers", kern(tmp_path), "--naar", str(tmp_path / "uit")]
    assert main([*opdracht, "--aanvulling", str(bij)]) == 2
    fout = capsys.readouterr().err
    assert verwacht in fout
    assert f"{bij}, GM0001" in fout
    assert not (tmp_path / "uit").exists()

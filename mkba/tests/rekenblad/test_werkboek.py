"""The workbook per aanpak: its results without recalculating, its safety, and reading it back with every message."""

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mkba.invoer import invoerblad as indeling
from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import lees_aanpak, lees_aanpakken
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import ACTOREN, SLEUTELS, naam
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.model.berekening import bereken
from mkba.opdracht import main
from mkba.rekenblad.formule import Formule, als, getal, grootste, leeg, plus, woord
from mkba.rekenblad.werkboek import maak_werkboek, schrijf_werkboeken
from mkba.tests.hulp_invoer import BASIS, een_fout, fouten, lees_een
from mkba.tests.hulp_rekenblad import Rijen, eigen_kengetallen, mini, vergelijk, willekeurig
from mkba.uitvoer.aanpak import tabellen

VLUCHTIG = re.compile(r"\b(NOW|TODAY|RAND|OFFSET|INDIRECT|INFO|CELL|LET|LAMBDA|XLOOKUP|FILTER|SORT|UNIQUE|SEQUENCE)\(")


@pytest.fixture(scope="module")
def werkboek(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Aanpak]:
    """A written workbook of an aanpak with a dangerous name, many digits, empty answers and own kengetallen."""
    kengetallen = lees_kengetallen()
    # 0.1 + 0.2 has 17 digits; with 16 another number would come back, and another saldo
    aanpak = maak_aanpak({**BASIS, "naam": '=1+1 & "Noord"', "nieuw": 0.1 + 0.2, "fte": 100 / 3 + 1e-14}, kengetallen)
    pad = tmp_path_factory.mktemp("boek") / "team.xlsx"
    pad.write_bytes(maak_werkboek(aanpak, kengetallen))
    return pad, aanpak


@pytest.mark.parametrize("geval", [pytest.param("voorbeeld-5", marks=pytest.mark.traag), ""])
def test_zonder_narekenen_staan_de_uitkomsten_er_al(geval: str, tmp_path: Path, kengetallen: Kengetallen) -> None:
    """A previewer shows the numbers of the model: of a published case and of a random one with own kengetallen."""
    kans = random.Random(7)
    getallen = kengetallen if geval else eigen_kengetallen(kans, kengetallen)
    # all others: test_kantoor
    aanpak = lees_aanpak(paden.zoek_aanpak(geval), getallen) if geval else willekeurig(kans, 1, getallen)
    pad = tmp_path / "team.xlsx"
    pad.write_bytes(maak_werkboek(aanpak, getallen))
    vergelijk(pad, aanpak, getallen)
    terug = lees_aanpak(pad, getallen)
    assert terug == aanpak
    assert terug.opgegeven == aanpak.opgegeven


def test_werkboek_is_invoer_als_elk_ander_bestand(werkboek: tuple[Path, Aanpak], kengetallen: Kengetallen) -> None:
    pad, aanpak = werkboek
    bron = lees_een(pad, kengetallen)
    assert bron.aanpak == aanpak
    assert bron.aanpak.uit_kengetal == aanpak.uit_kengetal
    assert (bron.rij, bron.slug) == ("", "1-1-noord")
    assert not [m for m in bron.waarschuwingen if m.veld == "kengetallen"]


def test_werkboek_is_veilig_en_traceerbaar(werkboek: tuple[Path, Aanpak]) -> None:
    """Text stays text, formulas are locked, nothing is volatile, new or a macro, and the cells have names."""
    pad, aanpak = werkboek
    boek = openpyxl.load_workbook(pad)
    namen = "invoer|uitvoer A|uitvoer B|kasstromen|berekening|grootboek|kengetallen|toelichting"
    assert boek.sheetnames == namen.split("|")
    assert boek.calculation.fullCalcOnLoad
    formules = 0
    for blad in boek.worksheets:
        assert blad.protection.sheet
        assert not blad.protection.password
        assert blad.freeze_panes
        assert blad.page_setup.paperSize == 9
        for rij in blad.iter_rows():
            for cel in rij:
                if cel.data_type == "f":
                    formules += 1
                    assert cel.protection.locked, cel.coordinate
                    assert not VLUCHTIG.search(str(cel.value)), cel.value
                    assert len(str(cel.value)) < 2000
                elif not cel.protection.locked:
                    assert blad.title in (indeling.BLAD_INVOER, indeling.BLAD_KENGETALLEN)
    assert formules > 2000
    ((blad_naam, plek),) = boek.defined_names["in_naam"].destinations
    cel = boek[blad_naam][plek.replace("$", "")]
    assert (cel.value, cel.data_type, cel.quotePrefix) == (aanpak.naam, "s", True)
    assert {f"u_{s}" for s in SLEUTELS} <= set(boek.defined_names)
    assert {"k_" + p.replace(".", "_") for p in indeling.kengetalpaden()} <= set(boek.defined_names)
    leden = zipfile.ZipFile(pad).namelist()
    assert not [lid for lid in leden if "vba" in lid.lower() or "externalLink" in lid]


def test_de_frictie_van_uitvoer_b_staat_op_het_blad_kengetallen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """The part of the third year is a cell that the begroting reads, in its numbers and in the sentence above them."""
    eigen = kengetallen.met({"ingroei.frictie.jaar3": 0.25})
    pad = tmp_path / "team.xlsx"
    pad.write_bytes(maak_werkboek(maak_aanpak({**BASIS, "frictie": 0.5}, eigen), eigen))
    boek, formules = (openpyxl.load_workbook(pad, data_only=d, read_only=True) for d in (True, False))
    assert "frictie (vraag 9) in dit derde jaar voor 25%, want" in boek["uitvoer B"]["A4"].value
    cellen = [str(cel) for rij in formules["uitvoer B"].iter_rows(values_only=True) for cel in rij]
    assert sum("k_ingroei_frictie_jaar3" in cel for cel in cellen) == 1 + len(ACTOREN)
    assert all(len(deel) <= 255 for deel in re.findall(r'"([^"]*)"', str(formules["uitvoer B"]["A4"].value)))
    terug = lees_kengetallen("lpbl-2014", pad)
    assert list(terug.afwijkingen) == ["ingroei.frictie.jaar3"]
    assert terug["ingroei.frictie.jaar3"] == 0.25


def test_dezelfde_bytes(werkboek: tuple[Path, Aanpak], kengetallen: Kengetallen) -> None:
    pad, aanpak = werkboek
    assert maak_werkboek(aanpak, kengetallen) == pad.read_bytes()


def test_de_figuren_wijzen_naar_hun_getallen(werkboek: tuple[Path, Aanpak], kengetallen: Kengetallen) -> None:
    """The bars of uitvoer B are the costs and benefits of the parties, and carry them for who only looks."""
    pad, aanpak = werkboek
    with zipfile.ZipFile(pad) as leden:
        figuren = [leden.read(n).decode() for n in sorted(leden.namelist()) if n.startswith("xl/charts/chart")]
    (per_partij,) = [f for f in figuren if "per partij" in f]
    verwacht = tabellen.partijen_begroting(bereken(aanpak, kengetallen)).frame["kosten"]
    reeks = re.search(r"<c:val>.*?</c:val>", per_partij, re.DOTALL)
    assert reeks is not None
    getallen = [float(w) for w in re.findall(r"<c:v>([^<]*)</c:v>", reeks[0])]
    assert getallen == pytest.approx([verwacht[naam(a, "actor")] for a in ACTOREN], abs=0.005)
    assert len(figuren) == 2


def test_formules_en_waarden_ontstaan_samen() -> None:
    a, b, c = Formule("a", 6.0), Formule("b", 2.0), Formule("c", None)
    gevallen: list[tuple[Formule, str, object]] = [
        (a - (b + 1), "a-(b+1)", 3.0),
        (a - b - 1, "a-b-1", 3.0),
        ((a + b) * b, "(a+b)*b", 16.0),
        (a / (b * b), "a/(b*b)", 1.5),
        (a / b * b, "a/b*b", 6.0),
        (1 - a * b, "1-a*b", -11.0),
        ((1 - a) * c, "(1-a)*c", -0.0),
        (als(leeg(c), a, b), 'IF(c="",a,b)', 6.0),
        (als(leeg(Formule("nul", 0.0)), a, b), 'IF(nul="",a,b)', 2.0),
        (als(a > 3, woord('zeg "ja"'), b), 'IF(a>3,"zeg ""ja""",b)', 'zeg "ja"'),
        (grootste(b - a, 0.0), "MAX(b-a,0)", 0.0),
        (plus([a, b, getal(0.5)]), "a+b+0.5", 8.5),
    ]
    for formule, tekst, waarde in gevallen:
        assert formule.tekst == tekst
        assert formule.waarde == waarde
    assert str((a / c).waarde) == "nan"


# Reading: small workbooks with only what the reader looks at


def test_kleine_werkmap_geeft_dezelfde_aanpak(tmp_path: Path, kengetallen: Kengetallen) -> None:
    assert lees_een(mini(tmp_path, kengetallen), kengetallen).aanpak == maak_aanpak(BASIS, kengetallen)
    omgekeerd = mini(tmp_path, kengetallen, lambda r: r.update(dict(reversed([(p, r.pop(p)) for p in list(r)]))))
    assert lees_een(omgekeerd, kengetallen).aanpak == maak_aanpak(BASIS, kengetallen), "regels op een andere plaats"
    hernoemd = mini(tmp_path, kengetallen, blad="ons team")
    assert lees_een(hernoemd, kengetallen).aanpak == maak_aanpak(BASIS, kengetallen)


def test_waarden_zoals_mensen_ze_typen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    def typ(rijen: Rijen) -> None:
        rijen["type.*"] = ["40%", "30 %", "0,3"]
        rijen["huishoudens"] = ["1.000"]
        rijen["eenmalig"] = ["€ 85.000"]
        rijen["disciplines.zorg"] = ["Nee"]

    aanpak = lees_een(mini(tmp_path, kengetallen, typ), kengetallen).aanpak
    anders = {"eenmalig": 85_000, "disciplines": ["jeugd", "ggz", "wi", "welzijn", "wonen"]}
    assert aanpak == maak_aanpak({**BASIS, **anders}, kengetallen)


def test_meldingen_noemen_blad_en_cel(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """Everything that is wrong with the answers at once."""

    def stuk(rijen: Rijen) -> None:
        rijen["nieuw"] = [31]
        rijen["meer"] = ["veel"]
        rijen["terugval"] = ["=1-0.8"]  # a formula without a stored result
        rijen["zwaarte.*.zr"] = [0.5, None, None]
        rijen["disciplines.zorg"] = ["misschien"]
        rijen["additioneel"] = [None]

    nummers = {p: i for i, p in enumerate(indeling.patronen(), start=5)}
    gezegd = fouten(mini(tmp_path, kengetallen, stuk), kengetallen)
    verwacht = {
        "nieuw": f"t.xlsx, blad invoer (C{nummers['nieuw']}): nieuw = 31: een aandeel ligt tussen 0 en 1",
        "meer": f"t.xlsx, blad invoer (C{nummers['meer']}): meer = 'veel': dit is geen percentage.",
        "terugval": f"t.xlsx, blad invoer (C{nummers['terugval']}): terugval = '=1-0.8': deze formule heeft geen",
        "zorg": f"t.xlsx, blad invoer (C{nummers['disciplines.zorg']}): disciplines.zorg = 'misschien': dit is geen ja",
        "additioneel": f"t.xlsx, blad invoer (C{nummers['additioneel']}): additioneel = (leeg): dit veld is verplicht",
        "zwaarte": f"t.xlsx, blad invoer (C{nummers['zwaarte.*.niet_actief']}): zwaarte.gezin = '50%': de aandelen",
    }
    for begin in verwacht.values():
        assert any(m.startswith(begin) for m in gezegd), (begin, gezegd)
    assert len(gezegd) == len(verwacht)


@pytest.mark.parametrize(
    ("wijzig", "melding"),
    [
        (lambda r: r.pop("nieuw"), "nieuw = (leeg): de regel met deze sleutel in kolom K ontbreekt. Maak het werkboek"),
        (lambda r: r.update({"nieuw!": [0.2]}), "nieuw = 'nieuw': deze regel staat er twee keer. Verwijder er een."),
        (lambda r: r.update({"niew": [0.2]}), "niew = 'niew': dit veld bestaat niet. Bedoelt u nieuw?"),
        (lambda r: r.update({"fte": [14, 3]}), "fte = 3: hier hoort geen antwoord; dit getal zou niet meetellen."),
    ],
)
def test_regels_die_niet_kloppen(
    tmp_path: Path, kengetallen: Kengetallen, wijzig: Callable[[Rijen], object], melding: str
) -> None:
    assert melding in een_fout(mini(tmp_path, kengetallen, wijzig), kengetallen)


@pytest.mark.parametrize(
    ("cellen", "melding"),
    [
        ({"merk": "mkba-werkboek 9"}, "dit werkboek heeft een andere vorm (mkba-werkboek 9). Lees het met de versie"),
        ({"zonder_kengetallen": True}, "het blad kengetallen ontbreekt; daarmee rekende dit werkboek."),
        (
            {"regelset": "regelset nl-2026"},
            "regelset = 'nl-2026': dit werkboek rekent met een andere regelset dan lpbl-2014. Geef --regelset nl-2026.",
        ),
        (
            {"regelset": "regelset x; rm -rf ~"},
            "dit werkboek rekent met een andere regelset dan lpbl-2014. Maak het werkboek opnieuw met `mkba werkboek`",
        ),
        ({"kwaliteit.qaly_eur": ("duur", 20000)}, "kengetallen (B53): kwaliteit.qaly_eur = 'duur': dit is geen getal."),
        ({"kwaliteit.qaly_eur": (None, 20000)}, "kwaliteit.qaly_eur = (leeg): hier hoort een getal te staan."),
    ],
)
def test_werkboek_dat_niet_past(tmp_path: Path, kengetallen: Kengetallen, cellen: dict[str, Any], melding: str) -> None:
    gezegd = een_fout(mini(tmp_path, kengetallen, **cellen), kengetallen)
    assert re.sub(r"\(B\d+\)", "", melding) in re.sub(r"\(B\d+\)", "", gezegd)


def test_verschoven_kolommen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = mini(tmp_path, kengetallen)
    boek = openpyxl.load_workbook(pad)
    boek["invoer"].insert_cols(2)
    boek.save(pad)
    assert "de kolommen van blad invoer staan niet meer op hun plaats." in een_fout(pad, kengetallen)


def test_veranderd_kengetal_wordt_geweigerd_tot_de_gebruiker_kiest(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = mini(tmp_path, kengetallen, bron="Eigen onderzoek", **{"kwaliteit.qaly_eur": (50_000, 20_000)})  # type: ignore[arg-type]
    melding = een_fout(pad, kengetallen)
    assert (
        "kwaliteit.qaly_eur = '50.000': dit kengetal is in het werkboek veranderd; deze opdracht rekent met" in melding
    )
    assert "20.000. Reken met de kengetallen van het werkboek (--kengetallen t.xlsx), of zet 20.000 terug." in melding
    eigen = lees_kengetallen("lpbl-2014", pad)
    assert list(eigen.afwijkingen) == ["kwaliteit.qaly_eur"]
    assert eigen.getallen["kwaliteit.qaly_eur"].bron == "Eigen onderzoek"
    bron = lees_een(pad, eigen)
    assert bron.aanpak == maak_aanpak(BASIS, eigen)
    assert not [m for m in bron.waarschuwingen if m.veld == "kengetallen"]


def test_werkboek_van_een_eerdere_catalogus_waarschuwt(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """Not changed by the user, and yet other numbers: the catalogue or the --kengetallen of the command differs."""
    oud = {"escalatie.factor": (4.0, 4.0), "kwaliteit.qaly_eur": (19_000, 19_000)}
    (bron,) = lees_aanpakken(mini(tmp_path, kengetallen, **oud), kengetallen)  # type: ignore[arg-type]
    (melding,) = [m for m in bron.waarschuwingen if m.veld == "kengetallen"]
    assert "escalatie.factor (4, nu 4,028), kwaliteit.qaly_eur (19.000, nu 20.000)" in melding.oorzaak
    assert bron.aanpak == maak_aanpak(BASIS, kengetallen)


def test_kengetallen_uit_een_gewone_tabel(tmp_path: Path) -> None:
    boek = openpyxl.Workbook()
    boek.save(tmp_path / "t.xlsx")
    with pytest.raises(InvoerFout, match="dit is geen werkboek van `mkba werkboek`"):
        lees_kengetallen("lpbl-2014", tmp_path / "t.xlsx")


# The command


def test_opdracht_werkboek(tmp_path: Path, capsys: pytest.CaptureFixture[str], kengetallen: Kengetallen) -> None:
    pad = tmp_path / "een.xlsx"
    assert main(["werkboek", "voorbeeld-4", "--naar", str(pad)]) == 0
    assert f"{pad} geschreven." in capsys.readouterr().out
    assert main(["werkboek", "voorbeeld-4", "--naar", str(pad)]) == 2
    assert "dit bestand bestaat al." in capsys.readouterr().err
    assert main(["werkboek", "voorbeeld-4", "standaard", "--naar", str(pad)]) == 2
    assert "er zijn 2 aanpakken, en dit is één bestand." in capsys.readouterr().err
    assert main(["bereken", str(pad), "--json"]) == 0
    saldo = bereken(lees_aanpak(pad, kengetallen), kengetallen)["saldo"]
    assert f'"saldo": {saldo}' in capsys.readouterr().out
    assert [p.name for p in tmp_path.iterdir()] == ["een.xlsx"]


def test_een_bezet_bestand_houdt_alles_tegen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    aanpakken = [maak_aanpak({**BASIS, "naam": n}, kengetallen) for n in ("Noord", "noord", "Zuid")]
    (tmp_path / "noord-2.xlsx").write_text("bezet")
    with pytest.raises(InvoerFout, match=r"noord-2\.xlsx.*bestaat al"):
        schrijf_werkboeken(aanpakken, kengetallen, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["noord-2.xlsx"]

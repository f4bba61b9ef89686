"""Of a file about persons no message, page, log or zip ever holds a value: what goes wrong, and wherever it stands."""

import ast
import datetime as dt
import io
import traceback
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mkba.invoer.registratie import huishoudens as registratie_huishoudens
from mkba.invoer.registratie import lezen as registratie
from mkba.invoer.registratie.cellen import lees_score
from mkba.invoer.registratie.domeinen import DOMEINEN, KENMERKEN
from mkba.invoer.registratie.lezen import lees_registratie
from mkba.invoer.registratie.meldingen import Reden, over_persoon
from mkba.invoer.registratie.namen import toon_kolom
from mkba.invoer.tabel.cellen import Cel
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht import main
from mkba.tests.hulp_invoer import schrijf
from mkba.tests.hulp_registratie import gevallen, kopie_van_notebook_10
from mkba.uitvoer.doelgroepen import registratie as uit_registratie

GEHEIM = (
    *(
        "Geheimnaam",
        "Jantje Geheimnaam",
        "geheimnaam@example.nl",
        "Geheimnaamstraat 12",
        "=GEHEIMNAAM()",
        "2 geheimnaam",
    ),
    *("48179", "48179,5", "1.048.179", "48.179", "48179-01-01", "31-12-48179", "4,8179", "1-48179", "48179 - beperkt"),
)
"""Values in which "geheimnaam" or "48179" must never be seen again."""
EXTRA = ("zrm_lijst", "opmerking", "Mevrouw X", "wijk")
KOP = ("id", "datum", *(k for k in KENMERKEN if k not in ("betaald_werk", "al_hulp")), *DOMEINEN[:20], *EXTRA)
GOED = {
    "id": "W1",
    "datum": "2024-01-02",
    "type": "gezin",
    "samenstelling": "tweeoudergezin",
    "leeftijd_oudste": "41",
    **dict.fromkeys(DOMEINEN, "3"),
    **dict.fromkeys(("kinderen_onder_18", "thuiswonend", "kinderen"), "2"),
    **dict.fromkeys(EXTRA, "x"),
}


def rij(**anders: str) -> list[str]:
    waarden = {k: GOED.get(k, "nee") for k in KOP} | anders
    return [waarden[k] for k in KOP]


def alles_wat_gezegd_wordt(pad: Path, kengetallen: Kengetallen) -> str:
    """Messages, the traceback with the errors that it came from, and what a page and the terminal would show."""
    try:
        indeling = uit_registratie.deel_registratie_in(lees_registratie(str(pad)), kengetallen, 5)
    except InvoerFout as fout:
        keten = "".join(traceback.format_exception(fout))
        return f"{keten}{fout}{fout.meldingen!r}{fout.__context__!r}{fout.__cause__!r}"
    assert indeling is not None
    delen = [*indeling.opmerkingen, *indeling.aannamen, uit_registratie.toelichting(indeling).data]
    tabellen = (uit_registratie.antwoorden(indeling), uit_registratie.tabel(indeling, kengetallen))
    return "".join([*delen, *(tabel.als_html() for tabel in tabellen), repr(lees_registratie(pad)), repr(indeling)])


def zonder_geheim(tekst: str) -> None:
    kaal = tekst.casefold().replace(".", "").replace(",", "")
    assert "geheimnaam" not in kaal
    assert "48179" not in kaal


@pytest.mark.parametrize("geheim", GEHEIM)
def test_een_waarde_in_welke_kolom_ook_wordt_niet_herhaald(
    tmp_path: Path, kengetallen: Kengetallen, geheim: str
) -> None:
    for kolom in KOP:
        regels = [";".join(KOP), ";".join(rij(**{kolom: geheim})), ";".join(rij(id="W2", datum="2024-02-02"))]
        zonder_geheim(alles_wat_gezegd_wordt(schrijf(tmp_path, "r.csv", "\n".join(regels)), kengetallen))


@pytest.mark.parametrize("geheim", GEHEIM)
def test_ook_niet_in_een_lijst_met_een_rij_per_score(tmp_path: Path, kengetallen: Kengetallen, geheim: str) -> None:
    kop = ("id", "datum", "domein", "score", "score_omschrijving", "type", "schulden_ja_nee", "opmerking")
    goed = ("W1", "2024-01-02", "adl", "3", "", "gezin", "ja", "")
    for i in range(len(kop)):
        fout = (*goed[:i], geheim, *goed[i + 1 :])
        for rijen in ((fout,), (goed, fout), (fout, goed, fout)):
            tekst = "\n".join(";".join(r) for r in (kop, *rijen))
            zonder_geheim(alles_wat_gezegd_wordt(schrijf(tmp_path, "l.csv", tekst), kengetallen))


IN_WERKMAP = {"Jantje Geheimnaam", "=GEHEIMNAAM()", "48179,5", "48179-01-01"}
"""Of the texts: what a workbook could read as something else; all others as well in make test-traag."""


@pytest.mark.parametrize(
    "geheim",
    [
        *(pytest.param(g, marks=[] if g in IN_WERKMAP else pytest.mark.traag) for g in GEHEIM),
        *(48179, 48179.5, 10**400, dt.datetime(2024, 1, 2), True, "#N/B"),
    ],
)
def test_ook_niet_uit_een_werkmap(tmp_path: Path, kengetallen: Kengetallen, geheim: Any) -> None:
    for kolom in ("id", "datum", "type", "kinderen_onder_18", "leeftijd_oudste", "financien", "opmerking"):
        boek = openpyxl.Workbook()
        blad = boek.active
        assert blad is not None
        blad.append(KOP)
        blad.append(rij())
        cel = blad.cell(2, KOP.index(kolom) + 1)
        cel.value = geheim if not isinstance(geheim, int) or geheim < 10**300 else str(geheim)
        boek.save(tmp_path / "r.xlsx")
        zonder_geheim(alles_wat_gezegd_wordt(tmp_path / "r.xlsx", kengetallen))


def test_ook_niet_als_de_koprij_ontbreekt_of_een_waarde_is(tmp_path: Path, kengetallen: Kengetallen) -> None:
    for geheim in GEHEIM:
        for regels in (
            ";".join(rij(id=geheim, type=geheim, financien=geheim)),
            f"id;{geheim}\n1;2",
            f"id;financien;{geheim}\n1;2;3",
            f"id;financien;{geheim}\n1;2;x",
            f"id;financien;{geheim};{geheim}\n1;2;x;{geheim}",
            f"financien;{geheim}\n1;2",
            f'id;financien\n1;"{geheim}',
            f"id;financien;naam {geheim}\n1;2;{geheim}",
            f"id;financien;bsn {geheim}\n1;2;{geheim}",
            f"id;financiem {geheim}\n1;2",
            f"id;48179 geldzaken;{geheim} geldzaken\n1;2;3",
            "id;type;48179 geldzaken\n1;gezin;2",
            f"id;domein;score\n1;{geheim};2\n1;adl;{geheim}",
            f"id;financien\n1;2;{geheim}",
            "id;financien\n" + "1;2\n" * 2 + f"{geheim};3",
        ):
            zonder_geheim(alles_wat_gezegd_wordt(schrijf(tmp_path, "k.csv", regels), kengetallen))


def test_een_onverwachte_fout_zegt_niet_meer(
    tmp_path: Path, kengetallen: Kengetallen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuk(cel: Cel, label_wint: bool = False) -> Any:
        raise RuntimeError(f"could not convert {cel.waarde!r}")

    pad = schrijf(tmp_path, "r.csv", "id;financien\n1;Geheimnaam\n")
    monkeypatch.setattr(registratie_huishoudens, "lees_score", stuk)
    tekst = alles_wat_gezegd_wordt(pad, kengetallen)
    zonder_geheim(tekst)
    assert "de registratie is niet te verwerken" in tekst
    monkeypatch.setattr(registratie_huishoudens, "lees_score", lees_score)

    def deel_in_stuk(*args: Any) -> Any:
        raise KeyError("Geheimnaam")

    monkeypatch.setattr(uit_registratie, "deel_in", deel_in_stuk)
    tekst = alles_wat_gezegd_wordt(schrijf(tmp_path, "s.csv", "id;financien\n1;3\n"), kengetallen)
    zonder_geheim(tekst)
    assert "de registratie is niet te verwerken" in tekst


def test_elke_melding_van_de_registratie_bestaat_uit_vaste_tekst() -> None:
    """By construction: only ``meldingen`` makes messages, from texts without a place for a value."""
    map_ = Path(registratie.__file__).parent
    bestanden = [pad for pad in map_.glob("*.py") if pad.stem not in ("__init__", "meldingen")]
    assert len(bestanden) > 4, "this looks at nothing"
    for pad in bestanden:
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
            if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Name):
                assert knoop.func.id not in ("Melding", "FouteWaarde"), f"{pad.name}, regel {knoop.lineno}"
            if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Name) and knoop.func.id == "Afgekeurd":
                assert ast.unparse(knoop.args[0]) in ("reden", *(f"Reden.{r.name}" for r in Reden))
    for reden in Reden:
        melding = over_persoon("financien", reden, "r.csv, rij 2", aantal=7, plaats="r.csv, rij 3")
        assert "{" not in str(melding)
        assert melding.remedie


def test_een_kop_wordt_alleen_genoemd_als_hij_uit_bekende_woorden_bestaat() -> None:
    assert toon_kolom("zrm_lijst", 2) == "zrm_lijst, kolom 3 (C)"
    assert toon_kolom("jantje_jansen", 27) == "kolom 28 (AB)"
    assert toon_kolom("", 0) == "kolom 1 (A)"


def alle_bestanden(map_: Path) -> str:
    """Every file of a folder as text, and every member of a zip in it."""
    delen = []
    for pad in sorted(map_.rglob("*")):
        if pad.is_file():
            delen.append(pad.read_bytes())
            if pad.suffix == ".zip":
                with zipfile.ZipFile(io.BytesIO(delen[-1])) as zip_:
                    delen += [zip_.read(naam) for naam in zip_.namelist()]
    return b"\n".join(delen).decode("utf-8", "replace")


def test_ook_niet_via_de_opdracht(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Terminal, failed page, fouten/, notebook, log, overview and zip; one report per kind of fault."""
    fouten = {
        "naam": [";".join(KOP), ";".join(rij(samenstelling="Jantje Geheimnaam"))],
        "zrm": [";".join(KOP), ";".join(rij(financien="Geheimnaam"))],
    }
    boeken = []
    for naam, regels in fouten.items():
        bron = schrijf(tmp_path, f"{naam}.csv", "\n".join(regels))
        boeken.append(str(kopie_van_notebook_10(tmp_path / f"boek-{naam}.ipynb", bron)))
    naar = tmp_path / "uit"
    assert main(["notebook", *boeken, "--naar", str(naar), "--zip", "--werkers", "2"]) == 1
    gezegd = capfd.readouterr()
    assert "rij 2: samenstelling = (niet getoond): dit type huishouden is niet bekend" in gezegd.err
    assert "rij 2: financien = (niet getoond): dit is geen score" in gezegd.err
    geschreven = alle_bestanden(naar)
    assert "dit is geen score" in geschreven
    assert len(list((naar / "fouten").iterdir())) == 2
    zonder_geheim(gezegd.out + gezegd.err)
    assert "geheimnaam" not in geschreven.casefold()


def test_de_bestanden_die_een_waarde_toonden(kengetallen: Kengetallen) -> None:
    map_ = gevallen() / "aanval"
    for naam in ("waarde-naam.csv", "waarde-zrm.csv"):
        with pytest.raises(InvoerFout) as fout:
            lees_registratie(map_ / naam)
        assert "rij 2" in str(fout.value)
        zonder_geheim(str(fout.value))

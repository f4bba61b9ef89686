"""``mkba steekproef`` and ``mkba beloof``: what they write and read back, and every message."""

import re
import tomllib
from pathlib import Path

import openpyxl
import pytest

from mkba.invoer.registratie.lezen import lees_registratie as lees_caseload
from mkba.kern.bestand.hashes import hash_waarden
from mkba.opdracht import main
from mkba.tests.hulp_opdracht import fout

LIJST = "pseudoniem;type;generalist;team\n" + "".join(
    f"h{i:03};{('gezin', 'oudere', 'overig')[i % 3]};g{i % 4};A\n" for i in range(120)
)


@pytest.fixture
def lijst(tmp_path: Path) -> Path:
    pad = tmp_path / "caseload.csv"
    pad.write_text(LIJST, encoding="utf-8")
    return pad


def _getrokken(lijst: Path) -> Path:
    assert main(["steekproef", str(lijst), "--naar", str(lijst.parent / "uit")]) == 0
    return lijst.parent / "uit" / "steekproef.xlsx"


def _vul(formulier: Path) -> None:
    boek = openpyxl.load_workbook(formulier)
    blad = boek["formulier"]
    kop = {cel.value: nummer for nummer, cel in enumerate(blad[4], 1)}
    for rij in range(5, blad.max_row + 1):
        blad.cell(rij, kop["trajecten_start"]).value = 2
        blad.cell(rij, kop["trajecten_geschrapt"]).value = rij % 2
        blad.cell(rij, kop["nieuw"]).value = "ja" if rij % 5 == 0 else "nee"
    boek.save(formulier)


def test_trekken_vullen_en_teruglezen(lijst: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formulier = _getrokken(lijst)
    gezegd = capsys.readouterr().out
    assert "Aselect getrokken binnen elke generalist" in gezegd
    assert "Kader: 120 huishoudens van 4 generalisten" in gezegd
    pagina = formulier.with_suffix(".html").read_text(encoding="utf-8")
    assert pagina.count('<tr><th scope="row">') == 60
    assert "http" not in pagina
    _vul(formulier)
    assert main(["steekproef", "--lees", str(formulier)]) == 0
    gezegd = capsys.readouterr().out
    assert "60 van de 60 huishoudens ingevuld" in gezegd
    assert "20,0%, 13," in gezegd  # 12 of 60 new, of 120
    assert "12. Minder trajecten in bestaande cases" in gezegd


def test_een_leeg_formulier_en_een_dat_er_al_staat(lijst: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formulier = _getrokken(lijst)
    capsys.readouterr()
    assert "er is niets ingevuld" in fout(capsys, "steekproef", "--lees", str(formulier))
    inhoud = formulier.read_bytes()
    assert "dit formulier bestaat al" in fout(capsys, "steekproef", str(lijst), "--naar", str(formulier.parent))
    assert formulier.read_bytes() == inhoud
    formulier.unlink()
    assert "steekproef.html" in fout(capsys, "steekproef", str(lijst), "--naar", str(formulier.parent))
    assert not formulier.exists()
    assert main(["steekproef", str(lijst), "--naar", str(formulier.parent), "--overschrijf"]) == 0


@pytest.mark.parametrize(
    ("tekst", "zegt"),
    [
        ("pseudoniem;type;generalist\nh1;gezin;g1\nh1;gezin;g2\n", "dit pseudoniem staat ook in rij 2"),
        ("pseudoniem;type;generalist\nh1;paleis;g1\n", "Kies uit: gezin, oudere, overig"),
        ("pseudoniem;type;generalist\nh1;gezin;\n", "Vul generalist in"),
        ("pseudoniem;type;generalist\n111222333;gezin;g1\n", "burgerservicenummer"),
        ("pseudoniem;type;generalist\nJan Geheimnaam;gezin;g1\n", "dit is geen code van letters en cijfers"),
        ("pseudoniem;type;generalist\n=1+1;gezin;g1\n", "dit is geen code van letters en cijfers"),
        ("pseudoniem;type;generalist\nh1;gezin;mevr. Geheimnaam\n", "hier lijkt een naam te staan"),
        ("pseudoniem;type;generalist;team\nh1;gezin;g1;Kerkstraat 12\n", "hier lijkt een adres te staan"),
        ("pseudoniem;type;generalist;bsn\nh1;gezin;g1;1\n", "lijkt persoonsgegevens te bevatten"),
        ("pseudoniem;generalist;generalist\nh1;g1;g1\n", "staat er twee keer"),
        ("naam;straat\nJan;Dam\n", "er is geen kop pseudoniem en generalist"),
        ("pseudoniem;generalist\n", "er staat geen huishouden onder de koprij"),
    ],
)
def test_een_slechte_lijst(tmp_path: Path, capsys: pytest.CaptureFixture[str], tekst: str, zegt: str) -> None:
    pad = tmp_path / "lijst.csv"
    pad.write_text(tekst, encoding="utf-8")
    gezegd = fout(capsys, "steekproef", str(pad), "--naar", str(tmp_path / "uit"))
    assert zegt in gezegd
    for waarde in ("paleis", "111222333", "Jan", "Geheimnaam", "Kerkstraat", "1+1"):
        assert waarde not in gezegd
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize(
    ("kolom", "waarde", "zegt"),
    [
        ("nieuw", "misschien", "dit is geen ja of nee"),
        ("trajecten_start", "1,5", "dit is geen heel getal van 0 tot 100"),
        ("trajecten_start", 101, "dit is geen heel getal van 0 tot 100"),
        ("caseload_generalist", 3, "de caseload van een generalist verschilt per rij"),
    ],
)
def test_een_slecht_gevuld_formulier(
    lijst: Path, capsys: pytest.CaptureFixture[str], kolom: str, waarde: str | int, zegt: str
) -> None:
    formulier = _getrokken(lijst)
    boek = openpyxl.load_workbook(formulier)
    blad = boek["formulier"]
    plek = next(nummer for nummer, cel in enumerate(blad[4], 1) if cel.value == kolom)
    blad.cell(7, plek).value = waarde
    boek.save(formulier)
    capsys.readouterr()
    gezegd = fout(capsys, "steekproef", "--lees", str(formulier))
    assert zegt in gezegd
    assert "misschien" not in gezegd


def test_een_totaal_en_een_opmerking_onder_het_formulier(lijst: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One message per row, about what it is, and nothing about cells of it or about the caseload."""
    formulier = _getrokken(lijst)
    _vul(formulier)
    boek = openpyxl.load_workbook(formulier)
    blad = boek["formulier"]
    blad.cell(66, 1).value, blad.cell(66, 6).value = "Totaal", "=SUM(F5:F64)"
    blad.cell(68, 1).value = "ingevuld door het team"
    boek.save(formulier)
    capsys.readouterr()
    gezegd = fout(capsys, "steekproef", "--lees", str(formulier))
    assert "2 fouten in de invoer" in gezegd
    assert gezegd.count("deze rij is geen huishouden") == 2
    assert "Is het een totaal of een opmerking, verwijder de rij dan" in gezegd
    assert "ingevuld door" not in gezegd
    blad.delete_rows(66, 3)
    boek.save(formulier)
    assert main(["steekproef", "--lees", str(formulier)]) == 0
    regels = capsys.readouterr().out.split("Wat tegen")[0].splitlines()
    vragen = [int(r[:2]) for r in regels if re.match(r"\d\d\. ", r)]
    assert vragen == sorted(vragen)


def test_een_formulier_zonder_caseload(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pad = tmp_path / "f.csv"
    pad.write_text("pseudoniem;generalist;nieuw\nh1;g1;ja\n", encoding="utf-8")
    assert "deze kolom ontbreekt" in fout(capsys, "steekproef", "--lees", str(pad))


def test_welke_van_drie(lijst: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "er moet een van drie worden gekozen" in fout(capsys, "steekproef")
    assert "er moet een van drie worden gekozen" in fout(capsys, "steekproef", str(lijst), "--plan", "voorbeeld-1")
    assert "er is geen map gegeven" in fout(capsys, "steekproef", str(lijst))
    assert "geheel getal" in fout(capsys, "steekproef", str(lijst), "--naar", "x", "--per-generalist", "1")
    assert "generalisten" in fout(capsys, "steekproef", "--plan", "voorbeeld-1", "--generalisten", "0")


def test_het_plan_zegt_wat_loont(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["steekproef", "--plan", "voorbeeld-4"]) == 0
    gezegd = capsys.readouterr().out
    assert "Wat een steekproef van 90 huishoudens waard is, maatschappij" in gezegd
    assert "De keuze keren kan: 12. Substitutie." in gezegd


def test_beloven_en_vergelijken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opties = ["--naar", str(tmp_path), "--datum", "2026-01-15", "--plan", "65 huishoudens na een half jaar"]
    assert main(["beloof", "voorbeeld-1", *opties]) == 0
    (belofte,) = tmp_path.iterdir()
    assert belofte.name.endswith("2026-01-15.toml")
    gezegd = capsys.readouterr().out
    vinger = belofte.read_text(encoding="utf-8").partition('sha256 = "')[2][:64]
    assert vinger in gezegd
    assert "bestaat al" in fout(capsys, "beloof", "voorbeeld-1", *opties)
    assert main(["beloof", "voorbeeld-1", "--tegen", str(belofte)]) == 0
    assert "Sinds de belofte is er niets veranderd." in capsys.readouterr().out
    assert main(["beloof", "voorbeeld-2", "--tegen", str(belofte)]) == 0
    assert "Veranderd na de belofte en niet gemeten" in capsys.readouterr().out


def test_een_veranderde_belofte_wordt_geweigerd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["beloof", "voorbeeld-1", "--naar", str(tmp_path)]) == 0
    (belofte,) = tmp_path.iterdir()
    tekst = belofte.read_text(encoding="utf-8")
    belofte.write_text(tekst.replace('"fte" = 8.0', '"fte" = 7.0'), encoding="utf-8")
    capsys.readouterr()
    gezegd = fout(capsys, "beloof", "voorbeeld-1", "--tegen", str(belofte))
    assert "de inhoud past niet bij de vingerafdruk" in gezegd
    assert str(belofte) in gezegd.replace("\n", "")
    belofte.write_text("x = 1\n", encoding="utf-8")
    assert "dit is geen belofte" in fout(capsys, "beloof", "voorbeeld-1", "--tegen", str(belofte))


def test_beloven_vraagt_om_een_van_beide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "er moet een van beide worden gekozen" in fout(capsys, "beloof", "voorbeeld-1")
    assert "dit is geen datum" in fout(capsys, "beloof", "voorbeeld-1", "--naar", str(tmp_path), "--datum", "morgen")
    lang = "x" * 2001
    assert "langer dan 2000 tekens" in fout(capsys, "beloof", "voorbeeld-1", "--naar", str(tmp_path), "--plan", lang)


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        ("meten met j.jansen@wijk.nl", "een e-mailadres"),
        ("bel 1234 AB of 06 12345678", "een telefoonnummer"),
        ("111222333 eerst", "een bsn"),
        ("kosten op NL91ABNA0417164300", "een rekeningnummer"),
    ],
)
def test_een_belofte_heeft_geen_persoonsgegevens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tekst: str, wat: str
) -> None:
    """Not in what is typed, and not in a file that was made by hand with a fingerprint that fits."""
    gezegd = fout(capsys, "beloof", "voorbeeld-1", "--naar", str(tmp_path), "--plan", tekst)
    assert f"in het analyseplan lijkt {wat} te staan" in gezegd
    assert not list(tmp_path.iterdir())
    assert main(["beloof", "voorbeeld-1", "--naar", str(tmp_path), "--plan", "na een half jaar"]) == 0
    (belofte,) = tmp_path.iterdir()
    kop, _, rest = belofte.read_text(encoding="utf-8").partition("sha256 =")
    inhoud = rest.partition("\n")[2].replace("na een half jaar", tekst)
    belofte.write_text(f'{kop}sha256 = "{hash_waarden(tomllib.loads(inhoud))}"\n{inhoud}', encoding="utf-8")
    capsys.readouterr()
    later = fout(capsys, "beloof", "voorbeeld-1", "--tegen", str(belofte))
    assert f"in een tekst van deze belofte lijkt {wat} te staan" in later
    assert tekst not in gezegd + later


@pytest.mark.parametrize(
    ("naam", "wat"), [("Wijk j.jansen@wijk.nl", "een e-mailadres"), ("Team 0612345678", "een telefoonnummer")]
)
def test_een_aanpak_heet_niet_naar_iemand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], naam: str, wat: str
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(f'naam = "{naam}"\nhuishoudens = 100\nfte = 4\n', encoding="utf-8")
    for opdracht in (["effect", "voorbeeldstad", "--aanpak", str(plan), "--droog"], ["bereken", str(plan)]):
        gezegd = " ".join(fout(capsys, *opdracht).split())
        assert f"naam = (niet getoond) in de naam lijkt {wat} te staan" in gezegd
        assert naam not in gezegd


def test_een_bestand_heet_niet_naar_iemand(tmp_path: Path, capsys: pytest.CaptureFixture[str], lijst: Path) -> None:
    """The plan, the list to draw from and the form: a report, a form or a manifest says what they are called."""
    plan = tmp_path / "j.jansen@wijk.nl.toml"
    plan.write_text('naam = "Oost"\nhuishoudens = 100\nfte = 4\n', encoding="utf-8")
    van = tmp_path / "mevrouw Jansen.csv"
    van.write_bytes(lijst.read_bytes())
    for opdracht in (
        ["effect", "voorbeeldstad", "--aanpak", str(plan), "--droog"],
        ["steekproef", str(van), "--naar", str(tmp_path / "uit")],
        ["steekproef", "--lees", str(van)],
    ):
        assert main(opdracht) == 2
        gezegd = capsys.readouterr().err
        assert "in de naam van een bestand staat een" in " ".join(gezegd.split())
        assert "ansen" not in gezegd
    assert not (tmp_path / "uit").exists()


def test_een_blad_en_een_bron_van_een_kengetal_noemen_niemand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, eigen = tmp_path / "plan.xlsx", tmp_path / "eigen.toml"
    boek = openpyxl.Workbook()
    boek.worksheets[0].title = "jansen@wijk.nl"
    velden = {"naam": "Oost", "huishoudens": 100, "type.gezin": 1, "fte": 4, "additioneel": 1, "disciplines": "jeugd"}
    for rij in (velden, velden.values()):
        boek.worksheets[0].append([*rij])
    boek.save(plan)
    eigen.write_text("""[zelfredzaamheid]\nkleine_cel = {waarde = 12, bron = "bel 06-12345678"}\n""", encoding="utf-8")
    capsys.readouterr()
    blad = " ".join(fout(capsys, "effect", "voorbeeldstad", "--aanpak", str(plan), "--droog").split())
    assert "blad = (niet getoond) in de naam van een blad lijkt een e-mailadres te staan" in blad
    opties = ["--aanpak", "voorbeeldstad", "--kengetallen", str(eigen), "--droog"]
    bron = " ".join(fout(capsys, "effect", "voorbeeldstad", *opties).split())
    assert "zelfredzaamheid.kleine_cel.bron = (niet getoond) hier lijkt een telefoonnummer te staan" in bron
    assert not [w for w in ("jansen", "12345678") if w in blad + bron]


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_een_caseload_met_zrm_scores_hoort_bij_notebook_10(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], vorm: str
) -> None:
    kop = ["id", "type", "Geldzaken", "Woning", "Relaties thuis", "Zelfzorg", "Sociaal netwerk", "Justitie"]
    rijen: list[list[str | int]] = [[*kop], ["H1", "gezin", 3, 4, 2, 5, 5, 4]]
    pad = tmp_path / f"caseload.{vorm}"
    if vorm == "csv":
        pad.write_text("\n".join(";".join(map(str, r)) for r in rijen) + "\n", encoding="utf-8")
    else:
        werkmap = openpyxl.Workbook()
        blad = werkmap.active
        assert blad is not None
        for rij in rijen:
            blad.append(rij)
        werkmap.save(pad)
    assert main(["registratie", str(pad)]) == 2
    gezegd = capsys.readouterr().err
    assert "dit lijkt een caseload met ZRM-scores" in gezegd
    assert "geef het bestand op bij de parameter registratie" in gezegd
    assert len(lees_caseload(pad).huishoudens) == 1  # what the message says to do does work


def test_een_eigen_drempel_geldt_ook_voor_de_tabellen_van_een_registratie(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """12 families are shown at the threshold of 10 and not at 15; below 5 is refused, and nothing is written."""
    lijst = tmp_path / "huishoudens.csv"
    soorten = ["gezinnen"] * 12 + ["ouderen"] * 60 + ["overig"] * 60
    rijen = "".join(f"h{i};{soort};Noord;2024-01-01;lopend\n" for i, soort in enumerate(soorten))
    lijst.write_text("pseudoniem;type;team;start;status\n" + rijen, encoding="utf-8")
    eigen = tmp_path / "eigen.toml"
    getoond = {}
    for drempel in (10, 15, 4):
        eigen.write_text(
            f'[zelfredzaamheid]\nkleine_cel = {{waarde = {drempel}, bron = "afspraak"}}\n', encoding="utf-8"
        )
        naar = tmp_path / f"uit{drempel}"
        code = main(["registratie", str(lijst), "--naar", str(naar), "--kengetallen", str(eigen)])
        assert code == (2 if drempel == 4 else 0)
        getoond[drempel] = [p.read_text(encoding="utf-8-sig").splitlines()[1] for p in naar.glob("*-team-type.csv")]
    assert "kleine_cel" in capsys.readouterr().err
    assert getoond == {10: ['"Noord";10;60;60;130'], 15: ['"Noord";"*";60;"*";130'], 4: []}

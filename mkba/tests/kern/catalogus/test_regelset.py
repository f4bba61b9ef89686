"""Rule sets that build on each other: parents, dates, prices, marks, and every reason to refuse one."""

import pickle
import re
from datetime import date
from pathlib import Path

import pytest

from mkba.kern.bestand.toml_regel import regel_van
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.catalogus.prijsreeksen import beweging, mutatie
from mkba.kern.catalogus.regelset import Regelsetkeuze
from mkba.opdracht import main

ZWAKTE = ("gepubliceerd", "afgeleid", "gekalibreerd", "aanname")
VANDAAG = date(2026, 11, 29)


@pytest.fixture(scope="module")
def nl2026():  # type: ignore[no-untyped-def]
    return laad("nl-2026", vandaag=VANDAAG)


def eigen(map_: Path, tekst: str, naam: str = "mijn.toml") -> Path:
    pad = map_ / naam
    pad.write_text(tekst, encoding="utf-8")
    return pad


@pytest.mark.parametrize(
    ("dag", "reeel", "risico", "lang", "na"),
    [
        ("2014-12-31", 0.025, 0.03, 0.0, 0.0),
        ("2015-01-01", 0.0, 0.03, 0.0, 0.0),
        ("2020-12-31", 0.0, 0.03, 0.0, 0.0),
        ("2021-01-01", 0.0225, 0.0, 0.0, 0.0),
        ("2025-12-31", 0.0225, 0.0, 0.0, 0.0),
        ("2026-01-01", 0.028, 0.0, 0.018, 35.0),
    ],
)
def test_discontovoet_naar_datum(dag: str, reeel: float, risico: float, lang: float, na: float) -> None:
    k = laad(f"nl-2026@peildatum={dag}")
    assert [k[f"disconto.{w}"] for w in ("reeel", "risico", "lang", "lang_na_jaar")] == [reeel, risico, lang, na]
    assert k["disconto.basis"] == 0.055


def test_betalers_van_voor_2015_zijn_die_van_2014(kengetallen) -> None:  # type: ignore[no-untyped-def]
    """A kengetal with one date holds from that day on; before it the parent does."""
    pad = "actor.domein.zw.oudere.rijk_wlz"
    assert laad("nl-2026@peildatum=2014-12-31")[pad] == kengetallen[pad] == 0.7
    assert laad("nl-2026@peildatum=2015-01-01")[pad] == 0.1


def test_cpi_zoals_de_feiten_haar_noemen(nl2026) -> None:  # type: ignore[no-untyped-def]
    reeksen = nl2026.opzet.reeksen
    assert beweging(reeksen, "cpi", 2014, 2024).factor == pytest.approx(1.310, abs=5e-4)
    assert beweging(reeksen, "cpi", 2014, 2025).factor == pytest.approx(1.353, abs=5e-4)
    heen, terug = (beweging(reeksen, "cpi", *jaren).factor for jaren in ((2016, 2023), (2023, 2016)))
    assert heen * terug == pytest.approx(1.0, rel=1e-12)
    assert beweging(reeksen, "cpi", 2020, 2020).factor == 1.0


def test_lonen_schakelen_niet_over_een_ander_basisjaar(nl2026) -> None:  # type: ignore[no-untyped-def]
    """Index figures of one base give a change; over the gap the CPI stands in, and the movement says so."""
    reeksen = nl2026.opzet.reeksen
    assert mutatie(reeksen, "lonen", 2018) == pytest.approx(111.7 / 109.5 - 1)
    assert mutatie(reeksen, "lonen", 2023) == pytest.approx(111.8 / 105.4 - 1)
    assert mutatie(reeksen, "lonen", 2020) == mutatie(reeksen, "cpi", 2020)
    assert beweging(reeksen, "lonen", 2014, 2025).als["cpi"] == (2015, 2016, 2017, 2019, 2020, 2024)


def test_zorg_is_negentig_procent_ova_en_tien_procent_ppc(nl2026) -> None:  # type: ignore[no-untyped-def]
    stap = beweging(nl2026.opzet.reeksen, "zorg", 2023, 2025)
    assert stap.factor == pytest.approx((1 + 0.9 * 0.06 + 0.1 * 0.031) * (1 + 0.9 * 0.0418 + 0.1 * 0.0182))
    assert stap.voorlopig == (2025,)
    assert not stap.zwak
    assert beweging(nl2026.opzet.reeksen, "zorg", 2014, 2025).zwak


def test_bedragen_bewegen_met_hun_reeks(nl2026) -> None:  # type: ignore[no-untyped-def]
    """A cost per fte is the sum of wages by wages and housing by prices; a QALY is a convention and stays."""
    reeksen = nl2026.opzet.reeksen
    lonen, cpi = (beweging(reeksen, r, 2014, 2025).factor for r in ("lonen", "cpi"))
    assert nl2026["personeel.kosten.teamlid"] == pytest.approx(57_000 * lonen + 28_000 * cpi)
    assert nl2026["zorgconsumptie.gezin.top.wi"] == pytest.approx(14_900 * cpi)
    assert nl2026.getallen["kwaliteit.qaly_eur"].reeks == "geen"
    assert nl2026["kwaliteit.qaly_eur"] == 80_000
    assert nl2026.getallen["kwaliteit.qaly_eur"].laag == 60_000
    assert nl2026.prijspeilen == [2025]
    assert laad("nl-2026@prijsjaar=2023", vandaag=VANDAAG).prijspeilen == [2023]


def test_een_merk_wordt_nooit_beter(nl2026, kengetallen) -> None:  # type: ignore[no-untyped-def]
    """An inherited number keeps its mark or gets a weaker one; what another source reports says so."""
    for pad, k in nl2026.getallen.items():
        if k.regelset == "lpbl-2014":
            assert ZWAKTE.index(k.status) >= ZWAKTE.index(kengetallen.getallen[pad].status), pad
        assert k.laag is None or k.laag <= k.waarde <= (k.hoog or k.waarde), pad
        assert k.bron in nl2026.bronnen, pad
        if k.regelset == "nl-2026":
            assert k.gecontroleerd_op is not None, pad
    for pad in ("disconto.reeel", "disconto.lang", "feit.bijstand.paar", "feit.zorg.huisarts"):
        assert nl2026.getallen[pad].via, pad
    for pad in ("actor.domein.zw.oudere.zorgverzekeraar", "feit.minimumloon_maand_2014", "disconto.risico"):
        assert nl2026.getallen[pad].status == "aanname", pad
    for reeks in nl2026.opzet.reeksen.values():
        assert all(jaar.als == "" or jaar.status == "aanname" for jaar in reeks.jaren.values())


def test_lpbl_2014_blijft_wat_zij_was(kengetallen) -> None:  # type: ignore[no-untyped-def]
    assert kengetallen.opzet.ouders == ()
    assert kengetallen.verlopen == []


def test_regelset_reist_mee(nl2026) -> None:  # type: ignore[no-untyped-def]
    """To a worker: pickled, and by its text."""
    assert pickle.loads(pickle.dumps(nl2026)).opzet == nl2026.opzet
    keuze = laad("nl-2026@prijsjaar=2024,peildatum=2022-05-01")
    assert laad(keuze.regelset).vingerafdruk == keuze.vingerafdruk
    assert str(Regelsetkeuze.lees(keuze.regelset)) == keuze.regelset


def test_verlopen_kengetal_waarschuwt() -> None:
    k = laad("nl-2026", vandaag=date(2031, 1, 1))
    velden = {m.veld for m in k.waarschuwingen}
    assert {"disconto.reeel", "feit.minimumloon_uur"} <= velden
    assert "31 december 2030" in str(next(m for m in k.waarschuwingen if m.veld == "disconto.reeel"))
    vervangen = k.met({"disconto.reeel": 0.02})
    assert "disconto.reeel" not in {m.veld for m in vervangen.verlopen}


def test_eigen_regelset(tmp_path: Path) -> None:
    """One file: its parent, a change with a source, and a year of a series, which moves all that follows it."""
    pad = eigen(
        tmp_path,
        'ouder = "nl-2026"\nprijsjaar = 2026\n'
        '[kwaliteit]\nqaly_eur = { waarde = 60000, prijspeil = 2026, bron = "Nota van gemeente X" }\n'
        '[reeksen.cpi.2026]\nmutatie = 0.02\nstand = "voorlopig"\n'
        'status = "gepubliceerd"\nbron = "CBS"\nvindplaats = "x"\n'
        '[reeksen.lonen.2026]\nals = "cpi"\nstand = "voorlopig"\n'
        'status = "aanname"\nbron = "ik"\nmotivering = "raming"\n'
        '[reeksen.zorg.2026]\nmutatie = 0.03\nstand = "voorlopig"\n'
        'status = "aanname"\nbron = "ik"\nmotivering = "raming"\n',
    )
    k, ouder = laad(str(pad), vandaag=VANDAAG), laad("nl-2026", vandaag=VANDAAG)
    assert k.naam == "mijn.toml"
    assert k.opzet.ouders == ("nl-2026", "lpbl-2014")
    assert k["kwaliteit.qaly_eur"] == 60_000
    assert k.getallen["kwaliteit.qaly_eur"].status == "aanname"
    assert k["overlast.overlast_eur"] == pytest.approx(ouder["overlast.overlast_eur"] * 1.02)
    assert k["zorgconsumptie.gezin.zr.jeugd"] == pytest.approx(ouder["zorgconsumptie.gezin.zr.jeugd"] * 1.03)
    assert set(ouder.niet_bijgewerkt[:8]) < set(k.niet_bijgewerkt)
    assert "lonen 2015-2017, 2019-2020, 2024, 2026 volgens cpi" in " ".join(k.niet_bijgewerkt)
    assert tmp_path.name not in k.vingerafdruk + k.naam


def test_eigen_regelset_op_een_eigen_regelset(tmp_path: Path) -> None:
    eigen(tmp_path, 'ouder = "lpbl-2014"\n[caseload]\nnzr = { waarde = 50, bron = "eigen telling" }\n', "basis.toml")
    pad = eigen(tmp_path, 'ouder = "basis.toml"\n[caseload]\nzr = { waarde = 140, bron = "eigen telling" }\n')
    k = laad(str(pad))
    assert (k["caseload.nzr"], k["caseload.zr"], k["caseload.ev"]) == (50, 140, 300)
    assert laad(k.regelset)["caseload.nzr"] == 50


@pytest.mark.parametrize(
    ("tekst", "regel", "oorzaak"),
    [
        ('ouder = "mijn.toml"\n', "regel 1", "noemt zichzelf"),
        ('# kop\nouder = "nl-2099"\n', "regel 2", "deze ouder bestaat niet"),
        ('\n\nouder = "ander.toml"\n', "ander.toml, regel 1", "vormen een kring: mijn.toml → ander.toml → mijn.toml"),
        ('ouder = "../buiten.toml"\n', "regel 1", "deze ouder staat niet in de map van de regelset zelf"),
        ('ouder = "/etc/elders.toml"\n', "regel 1", "deze ouder staat niet in de map van de regelset zelf"),
        ('ouder = "koppeling.toml"\n', "regel 1", "deze ouder staat niet in de map van de regelset zelf"),
        ("prijsjaar = 2025\n", "mijn.toml", "noemt haar ouder"),
        (
            'ouder = "nl-2026"\n[personeel.kosten]\ndirecteur = { waarde = 1, bron = "x" }\n',
            "regel 3",
            "dit kengetal bestaat niet",
        ),
        ('ouder = "nl-2026"\n[kwaliteit]\nqaly_eur = 50000\n', "regel 3", "bron: dit veld ontbreekt"),
        (
            'ouder = "nl-2026"\n[caseload.nzr]\nwaarde = 50\nbron = "x"\nkleur = 3\n',
            "regel 2",
            "kleur: dit veld bestaat hier niet",
        ),
        (
            'ouder = "nl-2026"\n[[caseload.nzr]]\ngeldig_vanaf = 2026-01-01\nwaarde = 50\nbron = "x"\n'
            '[[caseload.nzr]]\ngeldig_vanaf = 2025-01-01\ngeldig_tot = 2026-01-01\nwaarde = 40\nbron = "x"\n',
            "regel 6",
            "overlapt die van regel 2",
        ),
        ('ouder = "nl-2026"\n[caseload]\nnzr = { waarde = true, bron = "x" }\n', "regel 3", "dit is geen getal"),
        ('ouder = "nl-2026"\n[caseload]\nnzr = { waarde = nan, bron = "x" }\n', "regel 3", "laag|eindig"),
        (
            'ouder = "nl-2026"\n[caseload]\nnzr = { waarde = 0.5, eenheid = "fractie", bron = "x" }\n',
            "regel 3",
            "eenheid: dit kengetal is in huishoudens/fte, en de formules rekenen daarmee. Laat eenheid weg",
        ),
        (
            'ouder = "nl-2026"\n[kwaliteit]\n'
            'qaly_eur = { waarde = 9, prijspeil = 2025, eenheid = "eur", bron = "x" }\n',
            "regel 3",
            "dit kengetal is in eur/qaly",
        ),
        (
            'ouder = "nl-2026"\n[caseload]\nnzr = { waarde = "1.500", bron = "x" }\n',
            "regel 3",
            "caseload.nzr = '1.500'\n +dit is geen getal. Geef een getal zonder aanhalingstekens",
        ),
        (
            'ouder = "nl-2026"\n[caseload]\nnzr = { waarde = 50, laag = "40", hoog = 60, bron = "x" }\n',
            "regel 3",
            "laag: dit is geen getal",
        ),
        ('ouder = "nl-2026"\n[caseload]\nnzr = { waarde = 50, bron = " " }\n', "regel 3", "bron: dit veld is leeg"),
        (
            'ouder = "nl-2026"\n[caseload]\nnzr = { waarde = 50, bron = "x", status = "gepubliceerd" }\n',
            "regel 3",
            'vraagt om vindplaats. Schrijf nzr = { waarde = …, bron = "…", vindplaats = … }',
        ),
        (
            'ouder = "nl-2026"\n[reeksen.cpii.2026]\nmutatie = 0.03\nstand = "voorlopig"\nstatus = "aanname"\n'
            'bron = "x"\nmotivering = "x"\n',
            "regel 2",
            "niets volgt deze prijsreeks. Bedoelt u cpi",
        ),
        (
            'ouder = "nl-2026"\n[reeksen.cpi.2026]\nmutatie = "0,03"\nstand = "voorlopig"\nstatus = "aanname"\n'
            'bron = "x"\nmotivering = "x"\n',
            "regel 3",
            "reeksen.cpi.2026.mutatie = '0,03'\n +dit is geen getal",
        ),
        (
            'ouder = "nl-2026"\n[reeksen.cpi.2026]\nmutatie = 3.1\nstand = "voorlopig"\nstatus = "aanname"\n'
            'bron = "x"\nmotivering = "x"\n',
            "regel 3",
            "reeksen.cpi.2026.mutatie = 3.1\n +mutatie is een fractie: 3,1% is 0.031",
        ),
        (
            'ouder = "lpbl-2014"\nprijsjaar = 2020\n',
            "mijn.toml, regel 2",
            "heeft geen prijsreeksen: haar bedragen houden hun prijspeil. Verwijder prijsjaar, of bouw op",
        ),
        ('ouder = "nl-2026"\nprijsjaar = 2031\n', "cpi.toml, regel ", "geen cijfer voor 2026"),
        ('ouder = "nl-2026"\nprijsjaar = "2025"\n', "regel 2", "hier hoort een geheel getal"),
        ('ouder = "nl-2026"\n[volgt]\n"caseload.*" = "goud"\n', "regel 3", "deze prijsreeks bestaat niet"),
        ('ouder = "nl-2026"\n[reeksen.cpi.2026]\nmutatie = 2.5\n', "regel 2", "dit veld ontbreekt"),
        (
            'ouder = "nl-2026"\nprijsjaar = 2026\n[reeksen.cpi.2026]\nals = "lonen"\nstand = "voorlopig"\n'
            'status = "aanname"\n'
            'bron = "x"\nmotivering = "x"\n[reeksen.lonen.2026]\nals = "cpi"\nstand = "voorlopig"\nstatus = "aanname"\n'
            'bron = "x"\nmotivering = "x"\n',
            "mijn.toml",
            "in een kring",
        ),
    ],
)
def test_wat_niet_kan_staat_met_zijn_regel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tekst: str, regel: str, oorzaak: str
) -> None:
    """Through the command: file, line, cause; exit code 2 and no traceback."""
    import re

    map_ = tmp_path / "regelsets"
    map_.mkdir()
    pad = eigen(map_, tekst)
    eigen(map_, 'ouder = "mijn.toml"\n', "ander.toml")
    (map_ / "koppeling.toml").symlink_to(eigen(tmp_path, 'ouder = "nl-2026"\n', "buiten.toml"))
    assert main(["bereken", "voorbeeld-1", "--regelset", str(pad)]) == 2
    gezegd = capsys.readouterr().err
    assert regel in gezegd
    assert re.search(oorzaak, gezegd), gezegd
    assert "Traceback" not in gezegd


@pytest.mark.parametrize(
    ("opties", "oorzaak"),
    [
        (["--regelset", "nl-2026", "--prijsjaar", "2026"], "de reeks heeft geen cijfer voor 2026"),
        (["--regelset", "nl-2026", "--prijsjaar", "straks"], "dit is geen jaar"),
        (["--regelset", "lpbl-2014", "--prijsjaar", "2020"], "heeft geen prijsreeksen"),
        (["--regelset", "nl-2026", "--peildatum", "31-01-2026"], "dit is geen datum"),
        (["--regelset", "weg.toml"], "dit bestand bestaat niet"),
        (["--regelset", "nl-2026@kleur=3"], "dit hoort niet achter @"),
    ],
)
def test_opties_die_niet_kunnen(capsys: pytest.CaptureFixture[str], opties: list[str], oorzaak: str) -> None:
    assert main(["bereken", "voorbeeld-1", *opties]) == 2
    assert oorzaak in capsys.readouterr().err


def test_een_ontbrekend_jaar_noemt_het_bestand(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bereken", "voorbeeld-1", "--regelset", "nl-2026", "--prijsjaar", "2026"]) == 2
    gezegd = capsys.readouterr().err
    for naam in ("cpi", "lonen", "ova", "ppc"):
        assert f"nl-2026/reeksen/{naam}.toml, regel " in gezegd
        assert f"[reeksen.{naam}.2026]" in gezegd


def test_de_remedie_voor_een_jaar_in_een_eigen_bestand_werkt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has 2026 and asks for 2027 is told which table to add to that file: below its series, not a bare [2027]."""
    jaar = 'mutatie = 0.03\nstand = "voorlopig"\nstatus = "gepubliceerd"\nbron = "CBS"\nvindplaats = "jaarmutatie"\n'
    reeksen = "".join(f"[reeksen.{r}.2026]\n{jaar}" for r in ("cpi", "lonen", "zorg"))
    pad = eigen(tmp_path, f'ouder = "nl-2026"\nprijsjaar = 2027\n{reeksen}')
    assert main(["kengetallen", "--controleer", str(pad)]) == 2
    gezegd = capsys.readouterr().err
    assert f"Vul het jaar aan in {pad} ([reeksen.cpi.2027] met mutatie, stand, status, bron en vindplaats;" in gezegd
    assert "([2027]" not in gezegd.split("ova.toml")[0]
    eigen(tmp_path, pad.read_text(encoding="utf-8") + reeksen.replace(".2026]", ".2027]"))
    assert main(["kengetallen", "--controleer", str(pad)]) == 0


def test_aandelen_van_partijen_in_een_eigen_bestand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Shares that no longer sum to 1, or of which one alone has a range: the line, the others, a remedy that works."""
    kop = 'ouder = "nl-2026"\n[actor.schulden]\n'
    samen = 'corporatie = { waarde = 0.1, bron = "x" }\noverig = { waarde = 0.1, bron = "x" }\n'
    for tekst, regel in (
        (
            kop + 'gemeente_wi = { waarde = 0.8, bron = "x" }\n',
            "Pas de aandelen aan: gemeente_wi, corporatie en overig",
        ),
        (kop + 'gemeente_wi = { waarde = 0.8, laag = 0.7, hoog = 0.9, bron = "x" }\n' + samen, "[restpartij.schulden]"),
    ):
        pad = eigen(tmp_path, tekst)
        assert main(["kengetallen", "--controleer", str(pad)]) == 2
        gezegd = capsys.readouterr().err
        assert f"{pad}, regel 2" in gezegd
        assert regel in gezegd
    rest = 'corporatie = { waarde = 1, eenheid = "fractie", omschrijving = "rest", bron = "x" }\n'
    goed = eigen(tmp_path, f"{tekst}[restpartij.schulden]\n{rest}")
    assert main(["kengetallen", "--controleer", str(goed)]) == 0


def test_ova_en_ppc_hebben_alleen_de_jaren_die_gezien_zijn(nl2026) -> None:  # type: ignore[no-untyped-def]
    """NL2026: OVA 2020 and 2023 to 2025, PPC 2023 to 2025; only wages may be left to the CPI in the series itself."""
    reeksen = nl2026.opzet.reeksen
    assert sorted(reeksen["ova"].jaren) == [2020, 2023, 2024, 2025]
    assert sorted(reeksen["ppc"].jaren) == [2023, 2024, 2025]
    assert {r: [j for j, c in s.jaren.items() if c.als] for r, s in reeksen.items() if r != "lonen"} == {
        "cpi": [],
        "ova": [],
        "ppc": [],
        "zorg": [],
    }
    k = nl2026.getallen["zorgconsumptie.gezin.zr.jeugd"]
    assert k.status == "aanname"
    assert "2015-2022 volgens cpi, want zonder eigen cijfer" in k.prijsbeweging


def test_een_jaar_zonder_cijfer_is_een_fout_tenzij_hardop_anders_gekozen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who takes the choice of nl-2026 back gets every missing year, with the file to extend."""
    pad = eigen(tmp_path, 'ouder = "nl-2026"\n[overbrugging.ova]\nals = "geen"\n[overbrugging.ppc]\nals = "geen"\n')
    assert main(["bereken", "voorbeeld-1", "--regelset", str(pad)]) == 2
    gezegd = capsys.readouterr().err
    for reeks, jaren in (("ova", "2015-2019, 2021-2022"), ("ppc", "2015-2022")):
        assert re.search(rf"{reeks} niet voor {jaren} \(\S+nl-2026/reeksen/{reeks}.toml, regel \d+\)", gezegd)


PRIJZEN_2026 = """ouder = "nl-2026"
prijsjaar = 2026
[reeksen.cpi.2026]
mutatie = 0.02
stand = "voorlopig"
status = "aanname"
bron = "x"
motivering = "x"
[reeksen.lonen.2026]
als = "cpi"
stand = "voorlopig"
status = "aanname"
bron = "x"
motivering = "x"
"""
ZORG_2026 = """[reeksen.zorg.2026]
mutatie = 0.03
stand = "voorlopig"
status = "aanname"
bron = "x"
motivering = "x"
"""


def test_een_jaar_zonder_zorgprijs_zegt_wat_u_kunt_doen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A price file of one's own gives ``zorg``: the message asks for that, not for parts that the user does not have.
    What it advises works, each way."""
    pad = eigen(tmp_path, PRIJZEN_2026)
    assert main(["bereken", "voorbeeld-1", "--regelset", str(pad)]) == 2
    gezegd = capsys.readouterr().err
    assert "1 fout in de invoer" in gezegd
    assert "reeksen.zorg = 2026" in gezegd
    assert "deze reeks is 90% ova en 10% ppc, en heeft zelf geen cijfer voor 2026" in gezegd
    assert "Zet [reeksen.zorg.2026] in een eigen regelset" in gezegd
    brug = '[overbrugging.zorg]\nals = "lonen"\njaren = [2026]\nmotivering = "x"\n'
    delen = "".join(ZORG_2026.replace("zorg", deel) for deel in ("ova", "ppc"))
    for raad in (ZORG_2026, brug, delen):
        assert laad(str(eigen(tmp_path, PRIJZEN_2026 + raad))).opzet.prijsjaar == 2026
    eigen(tmp_path, PRIJZEN_2026 + ZORG_2026)
    capsys.readouterr()
    assert main(["bereken", "voorbeeld-1", "--regelset", str(pad), "--prijsjaar", "2027"]) == 2
    assert f"Zet [reeksen.zorg.2027] in {pad} (met mutatie" in capsys.readouterr().err


def test_een_keuze_voor_een_som_gaat_voor_haar_delen(tmp_path: Path) -> None:
    """2026 of zorg follows the wages, which follow 2% cpi; its parts have no figure. The report names the choice."""
    brug = '[overbrugging.zorg]\nals = "lonen"\njaren = [2026]\nmotivering = "x"\n'
    k = laad(str(eigen(tmp_path, PRIJZEN_2026 + brug)))
    assert beweging(k.opzet.reeksen, "zorg", 2025, 2026).factor == pytest.approx(1.02)
    assert any("zorg 2026 volgens lonen" in regel for regel in k.niet_bijgewerkt)


def test_een_niveau_zonder_vorig_niveau_zegt_wat_u_kunt_doen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An index needs the one before it; a bridge or another table does not help."""
    fout = PRIJZEN_2026 + ZORG_2026.replace("mutatie = 0.03", "niveau = 110.0\nbasisjaar = 2020")
    assert main(["bereken", "voorbeeld-1", "--regelset", str(eigen(tmp_path, fout))]) == 2
    gezegd = capsys.readouterr().err
    assert "er is geen niveau van 2025 met hetzelfde basisjaar" in gezegd
    assert "Geef voor 2026 een mutatie in plaats van niveau en basisjaar, of geef ook 2025 als niveau." in gezegd


def test_de_keuze_staat_in_elk_rapport_tot_het_jaar_is_aangevuld(tmp_path: Path, nl2026) -> None:  # type: ignore[no-untyped-def]
    (regel,) = [r for r in nl2026.niet_bijgewerkt if r.startswith("Jaren zonder prijscijfer: ")]
    for deel in ("een aanname", "ova 2015-2019, 2021-2022 volgens cpi", "ppc 2015-2022 volgens cpi"):
        assert deel in regel
    jaar = '[reeksen.ova.{}]\nmutatie = 0.02\nstand = "voorlopig"\nstatus = "aanname"\nbron = "x"\nmotivering = "x"\n'
    jaren = "".join(jaar.format(j) for j in (2015, 2016, 2017, 2018, 2019, 2021, 2022))
    k = laad(str(eigen(tmp_path, f'ouder = "nl-2026"\n{jaren}')), vandaag=VANDAAG)
    (regel,) = [r for r in k.niet_bijgewerkt if r.startswith("Jaren zonder prijscijfer: ")]
    assert "ova" not in regel
    assert "ppc 2015-2022 volgens cpi" in regel
    assert mutatie(k.opzet.reeksen, "zorg", 2021) == pytest.approx(0.9 * 0.02 + 0.1 * 0.027)


def test_niet_bijgewerkt_noemt_niet_wat_u_zelf_verving(tmp_path: Path, nl2026) -> None:  # type: ignore[no-untyped-def]
    """By a rule set of one's own, in part and whole, and by --kengetallen."""
    hier = "[caseload]\n" + "".join(
        f'{s} = {{ waarde = 50, bron = "telling" }}\n' for s in ("niet_actief", "ev", "zr", "nzr", "top")
    )
    heel = laad(str(eigen(tmp_path, 'ouder = "nl-2026"\n' + hier)), vandaag=VANDAAG)
    deels = laad(
        str(eigen(tmp_path, 'ouder = "nl-2026"\n[caseload]\nnzr = { waarde = 50, bron = "telling" }\n', "deels.toml")),
        vandaag=VANDAAG,
    )
    regel = "Caseload: het aantal huishoudens per fte is dat van 2014."
    assert regel in nl2026.niet_bijgewerkt
    assert not [r for r in heel.niet_bijgewerkt if r.startswith("Caseload")]
    (rest,) = [r for r in deels.niet_bijgewerkt if r.startswith("Caseload")]
    assert rest == regel.replace("Caseload:", "Caseload (deels):") + " Wel bijgewerkt: caseload.nzr."
    vervangen = nl2026.met({f"caseload.{s}": 50.0 for s in ("niet_actief", "ev", "zr", "nzr", "top")})
    assert not [r for r in vervangen.niet_bijgewerkt if r.startswith("Caseload")]


def test_het_jaar_van_een_bron_is_geen_prijspeil(nl2026) -> None:  # type: ignore[no-untyped-def]
    """An amount has a price level only where the amount itself is of a year; the unit is that of the source."""
    zonder = {p for p, k in nl2026.getallen.items() if k.prijspeil_onbekend}
    assert zonder == {
        "kwaliteit.qaly_eur",
        "feit.probleemschulden_totaal",
        "feit.probleemschulden_huishouden",
        "feit.schuldhulp_aanvrager",
        "feit.dakloosheid_persoonsjaar",
        *(f"feit.zorg.{w}" for w in ("ziekenhuisdag", "polikliniek", "spoedeisende_hulp", "huisarts")),
    }
    assert all(nl2026.getallen[p].prijspeil is None for p in zonder)
    assert nl2026.getallen["feit.schuldhulp_aanvrager"].eenheid == "eur/aanvrager"
    peilen = {"minimumloon_uur": 2026, "minimumloon_maand_2014": 2014, "bijstand.paar": 2026, "uitkering_jaar": 2019}
    assert {f: nl2026.getallen[f"feit.{f}"].prijspeil for f in peilen} == peilen


def test_wat_niet_gezien_is_staat_niet_op_naam_van_een_tabel(nl2026) -> None:  # type: ignore[no-untyped-def]
    """CPI 2015-2019 were seen in 83131NED; other years, wages of 2025 and OVA of 2020 another source reports."""
    reeksen = nl2026.opzet.reeksen
    for jaar, cijfer in reeksen["cpi"].jaren.items():
        gezien = 2015 <= jaar <= 2019
        assert (cijfer.bron, bool(cijfer.via)) == (("cbs-83131NED", False) if gezien else ("nl2026", True))
    for cijfer in (reeksen["lonen"].jaren[2025], reeksen["ova"].jaren[2020]):
        assert (cijfer.bron, bool(cijfer.via)) == ("nl2026", True)


def test_vijf_procent_van_de_verzorging_is_van_de_gemeente(nl2026, kengetallen) -> None:  # type: ignore[no-untyped-def]
    """Seen: 5% of persoonlijke verzorging is Wmo; from memory: the rest Zvw. Verpleging at home has no Wmo share."""
    v = nl2026.getallen
    assert nl2026["actor.traject.verzorging.gemeente_wmo"] == 0.05
    assert v["actor.traject.verzorging.gemeente_wmo"].status == "gepubliceerd"
    assert v["actor.traject.verzorging.zorgverzekeraar"].status == "aanname"
    assert nl2026["actor.traject.verpleging.gemeente_wmo"] == 0.0
    assert kengetallen["actor.traject.verzorging.zorgverzekeraar"] == 1.0
    # of elderly care: 0.3 as in 2014, and 5% of the 60% at home
    assert nl2026["actor.domein.zw.oudere.gemeente_wmo"] == pytest.approx(0.3 + 0.05 * 0.6)
    assert nl2026["actor.domein.zw.oudere.zorgverzekeraar"] == pytest.approx(0.95 * 0.6)


@pytest.mark.parametrize(
    ("tekst", "oorzaak"),
    [
        ('[overbrugging.goud]\nals = "cpi"\njaren = [2021]\nmotivering = "x"\n', "deze prijsreeks bestaat niet"),
        ('[overbrugging.ova]\nals = "goud"\njaren = [2021]\nmotivering = "x"\n', "noem de reeks die dan geldt"),
        ('[overbrugging.ova]\nals = "cpi"\njaren = "2021"\nmotivering = "x"\n', "noem de jaren zonder cijfer"),
        ('[overbrugging.ova]\nals = "cpi"\njaren = [2021]\n', "een overbrugging is een keuze"),
        ('[overbrugging.ova]\nals = "cpi"\njaren = [2021]\nmotivering = "x"\nkleur = 1\n', "bestaat hier niet"),
        ("[overbrugging]\nova = 3\n", "noem de reeks die dan geldt"),
        ('niet_bijgewerkt = [{ tekst = "x" }]\n', "geen tekst op een regel"),
        ('niet_bijgewerkt = [{ tekst = "x", sleutels = ["kaseload.*"] }]\n', "geen kengetal heet zo"),
        ('niet_bijgewerkt = [{ tekst = "x", sleutels = [3] }]\n', "geen tekst op een regel"),
        (
            'prijsjaar = 2026\n[overbrugging.cpi]\nals = "lonen"\njaren = [2026]\nmotivering = "x"\n'
            '[overbrugging.lonen]\nals = "cpi"\njaren = [2026]\nmotivering = "x"\n',
            "in een kring",
        ),
    ],
)
def test_een_overbrugging_die_niet_kan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tekst: str, oorzaak: str
) -> None:
    pad = eigen(tmp_path, f'ouder = "nl-2026"\n{tekst}')
    assert main(["kengetallen", "--controleer", str(pad)]) == 2
    gezegd = capsys.readouterr().err
    assert oorzaak in gezegd
    assert "mijn.toml" in gezegd or "in een kring" in gezegd
    assert "Traceback" not in gezegd


def test_verlopen_staat_op_de_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bereken", "voorbeeld-1", "--regelset", "nl-2026", "--peildatum", "2031-02-01"]) == 0
    gezegd = capsys.readouterr()
    assert "Let op: disconto.reeel = 0,028: dit kengetal is verlopen op 31 december 2030" in gezegd.err
    assert "Regelset nl-2026@peildatum=2031-02-01" in gezegd.out


def test_regel_van(tmp_path: Path) -> None:
    pad = eigen(tmp_path, '# x\n[a]\nb = 1\n[a.c]\nd.e = 2\n[[f]]\ng = 1\n[[f]]\ng = 2\n["h i"]\n"j" = 1\n')
    assert regel_van(pad, ("a", "b")) == 3
    assert regel_van(pad, ("a", "c", "d", "e")) == 5
    assert regel_van(pad, ("a", "c", "weg")) == 4
    assert [regel_van(pad, ("f",), keer) for keer in (0, 1)] == [6, 8]
    assert regel_van(pad, ("h i", "j")) == 11
    assert regel_van(pad, ("z",)) == 0
    assert regel_van(tmp_path / "weg.toml", ("a",)) == 0


@pytest.mark.parametrize(
    "tekst",
    [
        'ouder = "nl-2026"\nniet_bijgewerkt = ["a\\u001b[31m"]\n',
        'ouder = "nl-2026"\n[caseload]\nnzr = { waarde = 50, bron = "twee\\nregels" }\n',
        'ouder = "nl-2026"\nprijsjaar = 1000000000000\n',
        'ouder = "nl-2026"\n[kwaliteit]\nqaly_eur = { waarde = 1, bron = "x", prijspeil = 900000000, reeks = "cpi" }\n',
    ],
)
def test_wat_een_terminal_of_klok_zou_raken(tmp_path: Path, capsys: pytest.CaptureFixture[str], tekst: str) -> None:
    """Signs that steer a terminal and years without end are refused, at once."""
    assert main(["kengetallen", "--controleer", str(eigen(tmp_path, tekst))]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_een_gewijzigd_bestand_wordt_opnieuw_gelezen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by a path from the folder where one works."""
    import os

    monkeypatch.chdir(tmp_path)
    for keer, waarde in enumerate((50, 60)):
        pad = eigen(tmp_path, f'ouder = "lpbl-2014"\n[caseload]\nnzr = {{ waarde = {waarde}, bron = "telling" }}\n')
        os.utime(pad, ns=(keer, keer))
        assert laad("mijn.toml")["caseload.nzr"] == waarde
    assert laad(laad("mijn.toml").regelset)["caseload.nzr"] == 60


def test_controleren_zegt_dat_een_waarde_die_van_de_ouder_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pad = eigen(
        tmp_path,
        'ouder = "nl-2026"\n[caseload]\nnzr = { waarde = 40, bron = "telling" }\n'
        'zr = { waarde = 140, bron = "telling" }\n',
    )
    assert main(["kengetallen", "--controleer", str(pad)]) == 0
    gezegd = capsys.readouterr().err
    assert "caseload.nzr" in gezegd
    assert "dit is de waarde die nl-2026 ook heeft; er verandert niets" in gezegd
    assert "caseload.zr" not in gezegd


@pytest.mark.parametrize(
    ("tekst", "hulp"),
    [
        ('[disconto]\nreeel = { waarde = 2.5, bron = "x" }\n', "2,5% is 0.025"),
        ('[knop.escalatie]\ngezin = { waarde = 5, bron = "x" }\n', "5% is 0.05"),
        ('[knop.escalatie]\ngezin = { waarde = 500, bron = "x" }\n', "Controleer de eenheid (fractie)"),
        (
            '[reeksen.cpi.2026]\nmutatie = 3.1\nstand = "voorlopig"\n'
            'status = "gepubliceerd"\nbron = "x"\nvindplaats = "y"\n',
            "3,1% is 0.031",
        ),
        (
            '[overlast]\noverlast_eur = { waarde = 4000, bron = "x" }\n',
            "overlast_eur = { waarde = …, prijspeil = 2025, bron",
        ),
        ("prijsjar = 2024\n", "Bedoelt u prijsjaar?"),
        ("[caseloads]\nnzr = 50\n", "Bedoelt u caseload.nzr?"),
        ("[caseload]\nnzr = 50\n", 'nzr = { waarde = …, bron = "…" }'),
    ],
)
def test_de_remedie_is_over_te_nemen(tmp_path: Path, capsys: pytest.CaptureFixture[str], tekst: str, hulp: str) -> None:
    """A percentage as a fraction, and the line with the fields that this kengetal needs."""
    assert main(["kengetallen", "--controleer", str(eigen(tmp_path, f'ouder = "nl-2026"\n{tekst}'))]) == 2
    assert hulp in capsys.readouterr().err


def test_zoeken_zegt_waar_een_getal_vandaan_komt(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kengetallen", "--regelset", "nl-2026", "--zoek", "disconto.lang"]) == 0
    gezegd = capsys.readouterr().out
    assert "via: een andere bron noemt 2,8% tot 35 jaar" in gezegd
    assert "dus deze voet telt pas mee als disconto.lang_na_jaar onder 9 ligt" in gezegd

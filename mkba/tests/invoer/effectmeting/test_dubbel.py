"""A table that came twice counts once or not at all, and never double in silence; a plan is no registration."""

import shutil
from pathlib import Path

import pytest

from mkba.invoer.effectmeting.lezen import lees_registratie
from mkba.kern.bestand import paden
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht import main
from mkba.tests.hulp_opdracht import fout

HUISHOUDENS = """pseudoniem;type;team;start;status
H1;gezinnen;Noord;2024-01-10;lopend
H2;overig;Noord;2024-01-11;lopend
"""
TRAJECTEN = """pseudoniem;moment;type;stand
H1;0;schuldhulp;nieuw
H1;0;schuldhulp;nieuw
H2;6;dagbesteding;afgevallen
"""


def _map(tmp_path: Path, **bestanden: str) -> Path:
    map_ = tmp_path / "registratie"
    map_.mkdir()
    (map_ / "huishoudens.csv").write_text(HUISHOUDENS, encoding="utf-8")
    for naam, inhoud in bestanden.items():
        (map_ / f"{naam}.csv").write_text(inhoud, encoding="utf-8")
    return map_


def test_een_kopie_in_de_map_wordt_geweigerd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    map_ = _map(tmp_path, trajecten=TRAJECTEN, trajecten_kopie=TRAJECTEN)
    gezegd = fout(capsys, "registratie", str(map_))
    assert "alle 3 rijen van deze tabel staan ook in trajecten" in gezegd
    assert "zij zouden dubbel tellen. Haal de kopie weg" in gezegd


def test_een_ouder_deel_dat_er_nog_ligt_ook(tmp_path: Path) -> None:
    """The first two rows of the table, in another order of columns."""
    oud = "moment;pseudoniem;stand;type\n6;H2;afgevallen;dagbesteding\n0;H1;nieuw;schuldhulp\n"
    with pytest.raises(InvoerFout, match=r"alle 2 rijen van deze tabel staan ook in trajecten\.csv") as geweigerd:
        lees_registratie(_map(tmp_path, trajecten=TRAJECTEN, trajecten_oud=oud))
    assert geweigerd.value.meldingen[0].bestand.endswith("trajecten_oud.csv")


def test_een_deel_dat_overlapt_wordt_genoemd_en_gelezen(tmp_path: Path) -> None:
    later = "pseudoniem;moment;type;stand\nH2;6;dagbesteding;afgevallen\nH2;6;begeleiding;nieuw\n"
    registratie = lees_registratie(_map(tmp_path, trajecten=TRAJECTEN, trajecten_later=later))
    assert len(registratie.trajecten) == 5
    (opmerking,) = registratie.opmerkingen
    assert "1 rij van de tabel trajecten in trajecten_later.csv staat ook in trajecten.csv, en telt dubbel" in opmerking


def test_twee_delen_die_niets_delen_en_twee_gelijke_rijen_in_een_bestand_zijn_gewoon(tmp_path: Path) -> None:
    later = "pseudoniem;moment;type;stand\nH2;6;begeleiding;nieuw\n"
    registratie = lees_registratie(_map(tmp_path, trajecten=TRAJECTEN, trajecten_later=later))
    assert len(registratie.trajecten) == 4
    assert registratie.opmerkingen == ()


@pytest.mark.parametrize("opdracht", ["effect", "registratie"])
@pytest.mark.parametrize("soort", ["naam", "toml", "csv", "xlsx"])
def test_een_plan_is_geen_registratie(
    opdracht: str, soort: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / f"mijn plan.{soort}"
    match soort:
        case "toml":
            shutil.copy(paden.zoek_aanpak("voorbeeld-1"), plan)
        case "csv":
            plan.write_text("naam;huishoudens;fte\nNoord;400;10\n", encoding="utf-8")
        case "xlsx":
            assert main(["sjabloon", str(plan)]) == 0
        case _:
            plan = Path("voorbeeld-1")
    capsys.readouterr()
    gezegd = fout(capsys, opdracht, str(plan), *(["--aanpak", "voorbeeld-1"] if opdracht == "effect" else []))
    assert "dit is een aanpak (het plan), en geen registratie of formulier" in gezegd
    assert "`mkba effect mkba-registratie.xlsx --aanpak " in gezegd
    assert soort == "naam" or f"--aanpak '{plan}'`" in gezegd  # quoted: it works as it stands
    assert gezegd.count("Geef het achter --aanpak") == 1


def test_een_team_heeft_een_naam_hoe_het_ook_is_getypt(tmp_path: Path) -> None:
    rijen = HUISHOUDENS + "H3;overig;NOORD;2024-01-12;lopend\nH4;overig;noord  ;2024-01-12;lopend\n"
    map_ = _map(tmp_path, team="team;fte;discipline\nNoord;1,0;jeugd\nnoord;0,5;wi\n")
    (map_ / "huishoudens.csv").write_text(rijen, encoding="utf-8")
    registratie = lees_registratie(map_)
    assert set(registratie.huishoudens["team"]) == set(registratie.team["team"]) == {"Noord"}
    # NOORD and noord: what stands between the words and around them was never a difference
    assert registratie.opmerkingen == (
        "2 andere schrijfwijzen van een team (hoofdletters, spaties) zijn samengenomen met de gewone.",
    )


def test_een_eigen_woord_voor_ja_wijst_u_aan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The remedy that is printed works: the rows are read with it."""
    rijen = "".join(f"K{i};overig;Noord;2024-01-12;lopend;x\n" for i in range(3))
    bestand = tmp_path / "huishoudens.csv"
    bestand.write_text("pseudoniem;type;team;start;status;nieuw\nK9;overig;Noord;2024-01-12;lopend;ja\n" + rijen)
    assert main(["registratie", str(bestand)]) == 0
    gezegd = capsys.readouterr().err
    assert '--indeling, zoals [huishoudens.waarden.nieuw] met x = "ja" eronder' in gezegd
    indeling = tmp_path / "namen.toml"
    indeling.write_text('[huishoudens.waarden.nieuw]\nx = "ja"\n')
    assert main(["registratie", str(bestand), "--indeling", str(indeling)]) == 0
    assert "huishoudens: 4 rijen gelezen.\n" in capsys.readouterr().out

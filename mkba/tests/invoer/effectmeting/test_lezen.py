"""A registration for an effectmeting: what is read, what is refused, and that no message shows a value."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mkba.invoer.effectmeting.kolommen import TABELLEN
from mkba.invoer.effectmeting.lezen import Registratie, lees_registratie
from mkba.invoer.effectmeting.registratie import maak_registratie
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.opdracht import main
from mkba.tests.hulp_effectmeting import GOED, met, schrijf

BSN = "111222333"
"""Passes the elfproef, and is nobody's."""
SLEUTEL = "2f7c0e6ab1d94c5f8e3a7b6c5d4e3f2a1b0c9d8e7f6a5b4c"


def lees(map_: Path, **anders: str) -> Registratie:
    return lees_registratie(schrijf(map_, **anders))


def test_alle_tabellen_met_hun_typen(tmp_path: Path) -> None:
    r = lees(tmp_path)
    assert {n: len(r.tabel(n)) for n in TABELLEN} == {
        "huishoudens": 4,
        "problematiek": 4,
        "trajecten": 6,
        "acties": 3,
        "escalaties": 4,
        "team": 2,
        "gebied": 1,
    }
    assert not r.geweigerd
    h = r.huishoudens
    assert list(h["type"]) == ["gezinnen", "gezinnen", "ouderen", "overig"]
    assert h["start"].dt.strftime("%Y-%m-%d").tolist() == ["2024-01-10", "2024-02-01", "2024-03-01", "2024-03-05"]
    assert h["nieuw"].tolist() == [True, False, False, False]
    assert h["kinderen"].isna().tolist() == [False, False, False, True]
    assert h["wijk"].tolist()[2] == "1234"
    assert list(r.trajecten["stand"]) == ["nieuw", "nieuw", "lopend", "afgevallen", "nieuw", "afgevallen"]
    assert r.problematiek["moment"].tolist() == [0, 6, 0, 0]
    assert r.problematiek["financien"].tolist()[2:] == [4, 1]
    assert r.problematiek["schaal"].tolist() == ["1-5"] * 4
    assert r.team["fte"].tolist() == [2.5, 1.5]
    assert r.team["inzet"].tolist() == ["additioneel", "nieuw_voor_oud"]
    assert r.gebied["zorggebruik_eur"].tolist() == [2_900_000]


@pytest.mark.parametrize(
    ("tabel", "rij", "kolom", "verwacht"),
    [
        ("huishoudens", "h5;caravan;;;Noord;;2024-01-01;;nee;lopend", "type", "een van gezinnen, ouderen, overig"),
        ("huishoudens", "h5;gezinnen;veel;;Noord;;2024-01-01;;nee;lopend", "kinderen", "geheel getal van 0"),
        ("huishoudens", "h5;gezinnen;1;;Noord;;30-2-2024;;nee;lopend", "start", "een datum"),
        ("huishoudens", "h5;gezinnen;1;;Noord;;;;nee;lopend", "start", "een datum"),
        ("huishoudens", "h5;gezinnen;1;;Noord;;2024-05-01;2024-04-01;nee;afgerond", "einde", "op of na de start"),
        ("huishoudens", "h5;gezinnen;1;;Noord;;2024-05-01;2024-06-01;nee;lopend", "einde", "leeg"),
        ("huishoudens", "h5;gezinnen;0;;Noord;;2024-05-01;;nee;lopend", "kinderen", "1 of meer kinderen"),
        ("huishoudens", "h5;overig;1;;Noord;;2024-05-01;;nee;lopend", "type", "gezinnen, want"),
        ("huishoudens", "h1;overig;;;Noord;;2024-05-01;;nee;lopend", "pseudoniem", "in geen eerdere rij"),
        ("huishoudens", "Jansen;overig;;;Noord;;2024-05-01;;nee;lopend", "pseudoniem", "een code"),
        ("huishoudens", f"{BSN};overig;;;Noord;;2024-05-01;;nee;lopend", "pseudoniem", "geen bsn"),
        ("huishoudens", "h5;overig;;;Noord;1234 AB;2024-05-01;;nee;lopend", "wijk", "postcode"),
        ("huishoudens", "h5;overig;;J. de Vries;Noord;;2024-05-01;;nee;lopend", "generalist", "een code"),
        ("huishoudens", "h5;overig;;;Noord;;2024-05-01;;misschien;lopend", "nieuw", "ja of nee"),
        ("huishoudens", "h5;overig;;;Noord;;2024-05-01;;nee;lopend;over", "kolom 11", "niets"),
        ("problematiek", "h9;0;zr;;;", "pseudoniem", "in de tabel huishoudens"),
        ("problematiek", "h2;3;zr;;;", "moment", "een van 0, 6, 12, 18"),
        ("problematiek", "h1;0;zr;;;", "moment", "pseudoniem en moment die in geen eerdere rij"),
        ("problematiek", "h2;6;;7;;", "financien", "een score"),
        ("trajecten", "h2;6;taxi;nieuw;;", "type", "uitkering"),
        ("trajecten", "h2;6;schuldhulp;half;;", "stand", "lopend, nieuw, afgevallen"),
        ("acties", "h2;6;buurman;ja", "door", "huishouden, netwerk"),
        ("escalaties", "h1;huisuitzetting;voorkomen;2023-12-31", "datum", "na de start"),
        ("team", "Oost;-1;jeugd;;", "fte", "een getal van 0"),
        ("gebied", "Wijk 1;2024K5;ja;10;;", "periode", "2024K1"),
        ("gebied", "Wijk 1;2024K2;ja;0;;", "huishoudens", "boven 0"),
        ("gebied", "Wijk 1;2024K2;ja;10;11;", "huisuitzetting", "hoogstens het aantal huishoudens"),
        ("gebied", "Wijk 1;2024K1;ja;10;;", "periode", "wijk en periode die in geen eerdere rij"),
    ],
)
def test_een_slechte_rij_wordt_geweigerd_en_de_rest_gaat_door(
    tmp_path: Path, tabel: str, rij: str, kolom: str, verwacht: str, capsys: pytest.CaptureFixture[str]
) -> None:
    weg = dict.fromkeys(GOED.keys() - {"huishoudens", tabel}, "")
    map_ = schrijf(tmp_path, **weg, **{tabel: met(tabel, rij)})
    r = lees_registratie(map_)
    nummer = GOED[tabel].count("\n") + 1
    (weigering,) = r.geweigerd
    assert (weigering.tabel, weigering.rij, weigering.kolom) == (tabel, nummer, kolom)
    assert verwacht in weigering.verwacht
    assert len(r.tabel(tabel)) == GOED[tabel].count("\n") - 1
    assert r.gelezen[tabel] == len(r.tabel(tabel)) + 1
    # the command says so too, and never what stood there
    assert main(["registratie", str(map_)]) == 0
    uit, fout = capsys.readouterr()
    assert "1 rij geweigerd" in uit
    assert f"rij {nummer}" in fout
    assert f"{tabel}.{kolom}" in fout
    for waarde in ("caravan", "veel", "Jansen", BSN, "Vries", "1234 AB", "misschien", "taxi", "half", "buurman", "h9"):
        assert waarde not in (uit + fout).replace(str(tmp_path), "")


def test_van_een_reden_staan_alle_rijen_er(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who has to mend a file must find every row of it: 6, 7 and 8; of 25 the first 20."""
    fout = "".join(f"h{i};overig;;;Noord;;gisteren;;nee;lopend\n" for i in range(5, 8))
    map_ = schrijf(tmp_path, huishoudens=GOED["huishoudens"] + fout)
    assert main(["registratie", str(map_)]) == 0
    assert "huishoudens.csv, rij 6, 7 en 8: huishoudens.start, verwacht" in capsys.readouterr().err
    fout = "".join(f"h{i};overig;;;Noord;;gisteren;;nee;lopend\n" for i in range(5, 30))
    map_ = schrijf(tmp_path / "veel", huishoudens=GOED["huishoudens"] + fout)
    assert main(["registratie", str(map_)]) == 0
    assert "rij 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25 en 5 andere:" in (
        capsys.readouterr().err
    )


def test_een_leeg_blad_van_het_sjabloon_is_geen_tabel_die_iets_mist(tmp_path: Path) -> None:
    kop = {naam: GOED[naam].splitlines()[0] + "\n" for naam in ("team", "gebied")}
    assert not [o for o in lees(tmp_path, **kop).opmerkingen if "niet in de tabel" in o]


def test_een_wijk_zonder_al_haar_perioden_wordt_genoemd(tmp_path: Path) -> None:
    """Without a row of one wijk no wijken can be compared: who gave the file hears which."""
    rijen = "Wijk 1;2024K2;ja;4000;9;5\nWijk 2;2024K1;nee;3000;;7\n"
    (gat, leeg) = [o for o in lees(tmp_path, gebied=GOED["gebied"] + rijen).opmerkingen if "gebied" in o][:2]
    assert gat.startswith("In de tabel gebied ontbreekt Wijk 2 2024K2: zonder die rijen")
    assert "heeft huisuitzetting lege cellen" in leeg


def test_wat_van_het_team_niet_is_ingevuld_staat_er(tmp_path: Path) -> None:
    """One of three rows does not say who pays: the additional part is that of the other two, and that is said."""
    (zin,) = [o for o in lees(tmp_path, team=met("team", "Zuid;1;zorg;;")).opmerkingen if "additionele deel" in o]
    assert "van 1 rij niet ingevuld" in zin
    assert not [o for o in lees(tmp_path / "heel").opmerkingen if "additionele deel" in o]


def test_wie_geweigerd_is_bestaat_niet_voor_andere_tabellen(tmp_path: Path) -> None:
    r = lees(tmp_path, huishoudens=GOED["huishoudens"].replace("h1;gezinnen", "h1;caravan"))
    assert {w.kolom for w in r.geweigerd if w.tabel != "huishoudens"} == {"pseudoniem"}
    assert len(r.trajecten) == 4


@pytest.mark.parametrize("kop", ["BSN", "naam", "Naam generalist", "adres", "geboortedatum", "e-mail", "voorletters"])
def test_een_kolom_met_persoonsgegevens_weigert_alles(
    tmp_path: Path, kop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    regels = GOED["huishoudens"].splitlines()
    inhoud = "\n".join([f"{regels[0]};{kop}", *(f"{r};geheimpje" for r in regels[1:])])
    map_ = schrijf(tmp_path, huishoudens=inhoud)
    assert main(["registratie", str(map_)]) == 2
    fout = capsys.readouterr().err
    assert "persoonsgegevens" in fout
    assert "geheimpje" not in fout


@pytest.mark.parametrize("waarde", [BSN, "jan@huis.nl", "NL91 ABNA 0417 1643 00", "06-12345678", "Dorpsstraat 12"])
def test_ook_een_onbekende_kolom_met_zulke_waarden_weigert_alles(
    tmp_path: Path, waarde: str, capsys: pytest.CaptureFixture[str]
) -> None:
    regels = GOED["huishoudens"].splitlines()
    inhoud = "\n".join([f"{regels[0]};toelichting", *(f"{r};zie {waarde}" for r in regels[1:])])
    assert main(["registratie", str(schrijf(tmp_path, huishoudens=inhoud))]) == 2
    fout = capsys.readouterr().err
    assert "van personen" in fout
    assert waarde not in fout


@pytest.mark.parametrize("naam", ["huishoudens 111222333", "huishoudens_Dorpsstraat 12", "huishoudens dhr Jansen"])
def test_een_bestand_dat_naar_iemand_heet_wordt_niet_gelezen_en_niet_genoemd(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], naam: str
) -> None:
    """A report names the files, and the message of a refused row too."""
    map_ = schrijf(tmp_path)
    (map_ / "huishoudens.csv").rename(map_ / f"{naam}.csv")
    assert main(["registratie", str(map_)]) == 2
    fout = capsys.readouterr().err
    assert "in de naam van een bestand staat een" in fout
    assert naam.partition(" ")[2] not in fout
    (map_ / f"{naam}.csv").rename(map_ / "huishoudens 2024-11-30_2.csv")
    assert main(["registratie", str(map_)]) == 0


def test_een_kop_die_zelf_een_bsn_is_weigert_alles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file without a header line, of which the first row is of a person."""
    map_ = schrijf(tmp_path)
    lijst = map_ / "huishoudens.csv"
    kop, *rijen = lijst.read_text(encoding="utf-8").splitlines()
    lijst.write_text("\n".join([f"{kop};111222333", *(f"{r};a" for r in rijen)]), encoding="utf-8")
    assert main(["registratie", str(map_)]) == 2
    fout = capsys.readouterr().err
    assert "persoonsgegevens" in fout
    assert "111222333" not in fout


def test_een_kolom_van_bsns_zonder_voorloopnul_is_geen_pseudoniem(tmp_path: Path) -> None:
    bsns = [f"{n}" for n in range(10_000_000, 10_000_400) if _elf(f"0{n}")][:8]
    rijen = "".join(f"{b};overig;Noord;2024-01-01;lopend\n" for b in bsns)
    with pytest.raises(InvoerFout, match="bsn"):
        lees(tmp_path, huishoudens="pseudoniem;type;team;start;status\n" + rijen, problematiek="", trajecten="")


def _elf(cijfers: str) -> bool:
    som = sum(g * int(c) for g, c in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), cijfers, strict=True))
    return som % 11 == 0


def test_met_een_koppelsleutel_wordt_een_bsn_een_pseudoniem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sleutel = tmp_path / "kluis" / "sleutel.txt"
    sleutel.parent.mkdir()
    sleutel.write_text(SLEUTEL)
    kop, *rijen = GOED["huishoudens"].replace("h1;", f"{BSN};").splitlines()
    ander = {
        "huishoudens": "\n".join([kop.replace("pseudoniem", "bsn"), *rijen]),
        "trajecten": GOED["trajecten"].replace("pseudoniem", "BSN").replace("h1;", f"{BSN[:3]}.{BSN[3:6]}.{BSN[6:]};"),
        "problematiek": "",
        "acties": "",
        "escalaties": "",
    }
    map_ = schrijf(tmp_path / "gegevens", **ander)
    r = lees_registratie(map_, koppelsleutel=sleutel)
    assert not r.geweigerd
    eerste = r.huishoudens["pseudoniem"][0]
    assert (r.trajecten["pseudoniem"] == eerste).sum() == 2
    assert eerste.startswith("p")
    assert BSN not in eerste
    tweede = sleutel.with_name("ander.txt")
    tweede.write_text(SLEUTEL[::-1])
    assert lees_registratie(map_, koppelsleutel=tweede).huishoudens["pseudoniem"][0] != eerste
    # neither the key nor a number of a person is in what is printed, written or shown
    uitvoer = tmp_path / "uit"
    assert main(["registratie", str(map_), "--koppelsleutel", str(sleutel), "--naar", str(uitvoer)]) == 0
    alles = "".join(capsys.readouterr()) + repr(r) + "".join(p.read_text() for p in uitvoer.iterdir())
    assert SLEUTEL not in alles
    assert BSN not in alles
    assert eerste not in alles


@pytest.mark.parametrize(
    ("waar", "inhoud", "tekst"),
    [
        ("gegevens", SLEUTEL, "map van het project"),
        ("kluis", "kort", "ten minste 32"),
        ("kluis", "a" * 64, "willekeurig"),
    ],
)
def test_een_koppelsleutel_die_niet_deugt(
    tmp_path: Path, waar: str, inhoud: str, tekst: str, capsys: pytest.CaptureFixture[str]
) -> None:
    map_ = schrijf(tmp_path / "gegevens")
    sleutel = tmp_path / waar / "sleutel.txt"
    sleutel.parent.mkdir(exist_ok=True)
    sleutel.write_text(inhoud)
    assert main(["registratie", str(map_ / "huishoudens.csv"), "--koppelsleutel", str(sleutel)]) == 2
    fout = capsys.readouterr().err
    assert tekst in fout
    assert inhoud not in fout


def test_onbekende_kolommen_worden_genoemd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    regels = GOED["acties"].splitlines()
    inhoud = "\n".join([f"{regels[0]};toelichting;Pietje", *(f"{r};x;y" for r in regels[1:])])
    map_ = schrijf(tmp_path, acties=inhoud)
    assert lees_registratie(map_).genegeerd == ("acties: toelichting, kolom 5 (E)", "acties: kolom 6 (F)")
    assert main(["registratie", str(map_)]) == 0
    assert "Pietje" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("anders", "tekst"),
    [
        ({"huishoudens": ""}, "geen tabel huishoudens"),
        ({"acties": "pseudoniem;moment;wat\nh1;0;x\n"}, "acties.door"),
        ({"acties": "a;b\n1;2\n"}, "Nodig zijn: pseudoniem, moment, door"),
        ({"acties": GOED["acties"].replace("door;", "door;door;")}, "twee keer"),
        ({"huishoudens": GOED["huishoudens"].replace("202", "12")}, "geen enkel huishouden"),
    ],
)
def test_een_tabel_die_niet_deugt_weigert_alles(
    tmp_path: Path, anders: dict[str, str], tekst: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["registratie", str(schrijf(tmp_path, **anders))]) == 2
    assert tekst in capsys.readouterr().err


def test_eigen_namen_in_een_indeling(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inhoud = (
        "Cliëntnr;Soort huishouden;Ploeg;Begin;Stand\nh1;Gezin met kids;Noord;2024-01-10;Actief\n"
        "h2;overig;Noord;2024-01-10;Actief\n"
    )
    map_ = schrijf(tmp_path, **dict.fromkeys(GOED, ""))
    (map_ / "klanten.csv").write_text(inhoud, encoding="utf-8")
    indeling = tmp_path / "indeling.toml"
    indeling.write_text(
        '[huishoudens]\nbron = ["klanten"]\n[huishoudens.kolommen]\npseudoniem = "Cliëntnr"\n'
        'type = "Soort huishouden"\nteam = "Ploeg"\nstart = "Begin"\nstatus = "Stand"\n'
        '[huishoudens.waarden.type]\n"Gezin met kids" = "gezinnen"\n[huishoudens.waarden.status]\nActief = "lopend"\n',
        encoding="utf-8",
    )
    r = lees_registratie(map_, indeling=indeling)
    assert list(r.huishoudens["type"]) == ["gezinnen", "overig"]
    assert not r.geweigerd
    indeling.write_text('[huishoudens.kolommen]\nploeg = "Ploeg"\n[huishoudens.waarden.type]\na = "villa"\n[bomen]\n')
    assert main(["registratie", str(map_), "--indeling", str(indeling)]) == 2
    fout = capsys.readouterr().err
    assert "huishoudens.kolommen.ploeg" in fout
    assert "villa" in fout
    assert "bomen" in fout


def test_elke_kolom_die_ontbreekt_staat_er_met_de_regel_die_haar_aanwijst(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All at once, and a mapping made of what the message says does read the table."""
    inhoud = "pseudoniem;Soort;Ploeg;start;Hoe het staat\nh1;gezinnen;Noord;2024-01-10;lopend\n"
    map_ = schrijf(tmp_path, **{**dict.fromkeys(GOED, ""), "huishoudens": inhoud})
    assert main(["registratie", str(map_)]) == 2
    fout = capsys.readouterr().err
    regels = re.findall(r"zoals (\[\S+\]) met (\w+) = \"de kop in uw bestand\" eronder\.", fout)
    assert regels == [("[huishoudens.kolommen]", k) for k in ("type", "team", "status")]
    indeling = tmp_path / "indeling.toml"
    koppen = dict(zip(("type", "team", "status"), ("Soort", "Ploeg", "Hoe het staat"), strict=True))
    indeling.write_text("\n".join([regels[0][0], *(f'{k} = "{koppen[k]}"' for _, k in regels)]), encoding="utf-8")
    assert list(lees_registratie(map_, indeling=indeling).huishoudens["team"]) == ["Noord"]
    indeling.write_text('[huishoudens.kolommen]\ntype = "Kind"\nteam = "Ploeg"\n', encoding="utf-8")
    assert main(["registratie", str(map_), "--indeling", str(indeling)]) == 2
    assert "De indeling wijst haar aan onder een naam die niet in het bestand staat." in capsys.readouterr().err


def test_elk_blad_van_het_sjabloon_als_csv_in_een_map(tmp_path: Path) -> None:
    """As LibreOffice saves all sheets: those with the explanation and the choices are no table, and no fault."""
    map_ = schrijf(tmp_path)
    for naam, inhoud in (("r-toelichting", "Registratie voor een effectmeting\n"), ("r-keuzes", "keuzes voor type\n")):
        (map_ / f"{naam}.csv").write_text(inhoud, encoding="utf-8")
    r = lees_registratie(map_)
    assert len(r.huishoudens) == 4
    assert not [o for o in r.opmerkingen if "geen tabel" in o]
    (map_ / "r-verslag.csv").write_text("Wat wij deden\n", encoding="utf-8")
    with pytest.raises(InvoerFout, match="er is geen rij met de namen van de kolommen"):
        lees_registratie(map_)


def test_een_verborgen_blad_telt_niet_in_stilte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    werkmap = openpyxl.Workbook()
    for naam, staat in (("huishoudens", "visible"), ("oud", "hidden")):
        blad = werkmap.create_sheet(naam)
        for rij in csv.reader(io.StringIO(GOED["huishoudens"]), delimiter=";"):
            blad.append(rij)
        blad.sheet_state = staat
    pad = tmp_path / "r.xlsx"
    werkmap.save(pad)
    assert main(["registratie", str(pad)]) == 2
    fout = capsys.readouterr().err
    assert "het blad met deze tabel is verborgen." in fout
    assert "een verborgen blad toont u met Zichtbaar maken (Excel) of Blad tonen (LibreOffice)." in fout


def test_een_persoonlijke_kolom_wordt_ook_met_een_indeling_geen_generalist(tmp_path: Path) -> None:
    map_ = schrijf(tmp_path, huishoudens=GOED["huishoudens"].replace("generalist", "naam"))
    indeling = tmp_path / "indeling.toml"
    indeling.write_text('[huishoudens.kolommen]\ngeneralist = "naam"\n')
    with pytest.raises(InvoerFout, match="persoonsgegevens"):
        lees_registratie(map_, indeling=indeling)


def test_meer_bestanden_van_een_tabel_horen_bij_elkaar(tmp_path: Path) -> None:
    map_ = schrijf(tmp_path)
    kop, *rijen = GOED["huishoudens"].splitlines()
    (map_ / "huishoudens.csv").write_text("\n".join([kop, *rijen[:2]]))
    (map_ / "huishoudens_zuid.csv").write_text("\n".join([kop, *rijen[2:], rijen[0]]))
    r = lees_registratie(map_)
    assert len(r.huishoudens) == 4
    (dubbel,) = r.geweigerd
    assert dubbel.bestand.endswith("huishoudens_zuid.csv")


def test_de_schaal_0_1_en_een_schaal_die_niet_te_zien_is(tmp_path: Path) -> None:
    kop = "pseudoniem;moment;Financiën\n"
    assert lees(tmp_path / "a", problematiek=kop + "h1;0;ja\nh2;0;nee\n").problematiek["schaal"].tolist() == ["0-1"] * 2
    with pytest.raises(InvoerFout, match="schaal"):
        lees(tmp_path / "b", problematiek=kop + "h1;0;1\nh2;0;1\n")


def test_een_record_uit_frames_heeft_dezelfde_kolommen(tmp_path: Path) -> None:
    gelezen = lees(tmp_path)
    gemaakt = maak_registratie({"huishoudens": pd.DataFrame({"pseudoniem": ["h1"], "start": ["2024-01-01"]})})
    for naam in TABELLEN:
        assert list(gemaakt.tabel(naam).columns) == list(gelezen.tabel(naam).columns)
    assert "h1" not in repr(gelezen)

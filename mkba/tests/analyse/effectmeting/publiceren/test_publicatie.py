"""What leaves the house of a registration: tables, answers and the memory of what was published before."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.effectmeting.publiceren import publicatie
from mkba.analyse.effectmeting.publiceren.geheugen import BESTAND, Eerder, als_json, als_tekst, lees_eerder
from mkba.analyse.effectmeting.publiceren.meting import meet
from mkba.analyse.effectmeting.publiceren.publicatie import geef_vrij
from mkba.analyse.effectmeting.tellen import telling as tellen
from mkba.invoer.effectmeting.kolommen import TYPE_VAN
from mkba.invoer.effectmeting.registratie import Registratie, maak_registratie
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.trajecten import TRAJECTEN
from mkba.opdracht import main
from mkba.uitvoer.effectmeting.rapport.zinnen import monitoring


def stad(aantal: int, zaad: int = 1) -> dict[str, pd.DataFrame]:
    """A made-up registration; a larger one has the same first households."""
    kans = np.random.default_rng(zaad)
    n = 400
    codes = np.array([f"h{i}" for i in range(n)])
    huishoudens = pd.DataFrame(
        {
            "pseudoniem": codes,
            "type": kans.choice(list(TYPE_VAN), n),
            "team": kans.choice(["Noord", "Zuid"], n),
            "start": "2024-01-01",
            "nieuw": kans.random(n) < 0.3,
            "status": "lopend",
            "kinderen": kans.integers(1, 4, n),
        }
    )
    huishoudens.loc[huishoudens["type"] != "gezinnen", "kinderen"] = 0
    problematiek = pd.DataFrame(
        {
            "pseudoniem": codes,
            "moment": 0,
            "zwaarte": kans.choice(["ev", "zr", "nzr", "top"], n, p=[0.4, 0.3, 0.28, 0.02]),
        }
    )
    wie = kans.integers(0, n, 3 * n)
    trajecten = pd.DataFrame(
        {
            "pseudoniem": codes[wie],
            "moment": 0,
            "type": kans.choice(TRAJECTEN[:4], 3 * n),
            "stand": kans.choice(["lopend", "nieuw", "afgevallen"], 3 * n),
            "uitgevoerd": True,
        }
    )
    binnen = set(codes[:aantal])
    tabellen = {"huishoudens": huishoudens, "problematiek": problematiek, "trajecten": trajecten}
    return {naam: t[t["pseudoniem"].isin(binnen)] for naam, t in tabellen.items()}


def registratie(aantal: int) -> Registratie:
    return maak_registratie(stad(aantal))


def vrij(aantal: int, **rest: object) -> publicatie.Vrijgegeven:
    r = registratie(aantal)
    return geef_vrij(r, tellen.tel(r, laad()), laad(), **rest)  # type: ignore[arg-type]


def als_csv(map_: Path, aantal: int) -> Path:
    map_.mkdir()
    for naam, tabel in stad(aantal).items():
        tabel.replace({True: "ja", False: "nee"}).to_csv(map_ / f"{naam}.csv", sep=";", index=False)
    return map_


def test_een_kleine_top_zit_bij_niet_zelfredzaam() -> None:
    v = vrij(300)
    frame = v.huishoudens.frame(("team", "klasse_0"))
    assert frame.loc["totaal", "totaal"] == 300
    assert frame["top"].isna().all()
    assert "nzr_top" in v.huishoudens.frame(("type", "zwaarst_0"))
    a = v.antwoorden.set_index("sleutel")
    assert a.loc["zwaarte.gezin.top", ["waarde", "reden"]].tolist() == [0, "geteld bij niet-zelfredzaam"]
    samen = v.huishoudens.toont(type="gezin", zwaarst_0="nzr_top")
    assert a.loc["zwaarte.gezin.nzr", "teller"] == samen


def test_een_antwoord_komt_uit_de_getoonde_cellen() -> None:
    v = vrij(300)
    waarde = v.antwoorden.set_index("sleutel")["waarde"]
    gezinnen = v.huishoudens.toont(type="gezin")
    assert gezinnen is not None
    assert gezinnen % 5 == 0
    samen = sum(v.huishoudens.toont(type=t) or 0 for t in TYPE_VAN.values())
    assert waarde["type.gezin"] == gezinnen / samen
    assert waarde["zwaarte.gezin.top"] == 0  # too few to show: they stand with nzr, and it is said
    assert "met de top erbij" in v.antwoorden.set_index("sleutel")["reden"]["zwaarte.gezin.nzr"]


def test_een_noemer_van_wie_niet_is_gevolgd_komt_uit_getoonde_cellen() -> None:
    """Of 400 households 150 were never seen again: what was added is per household that was."""
    tabellen = stad(400)
    weg = {f"h{i}" for i in range(150)}
    t = tabellen["trajecten"]
    t["uitgevoerd"] = t["uitgevoerd"].astype("boolean").mask(t["pseudoniem"].isin(weg))
    acties = pd.DataFrame({"pseudoniem": [f"h{i}" for i in range(150, 400)], "moment": 6, "door": "netwerk"})
    tabellen["huishoudens"].loc[:29, "status"] = "uitgevallen"
    r = maak_registratie({**tabellen, "acties": acties})
    telling = tellen.tel(r, laad())
    gezegd = " ".join(monitoring(meet(r, laad())))
    assert "Van ongeveer 250 van de 400 huishoudens is na de start iets vastgelegd." in gezegd
    assert "Uitgevallen: ongeveer 30 van de 400 huishoudens." in gezegd
    v = geef_vrij(r, telling, laad())
    assert v.huishoudens.toont(gevolgd="ja") == 250
    a = v.antwoorden.set_index("sleutel")
    for groep in ("nieuw", "bestaand"):
        teller = v.trajecten["nieuw"].toont(groep=groep)
        n = v.huishoudens.toont(nieuw=groep, gevolgd="ja")
        assert teller is not None
        assert n is not None
        sleutel = f"effectmeting.meer.{groep}.aantal"
        assert a.loc[sleutel, "waarde"] == teller / n
        assert a.loc[sleutel, "waarde"] == pytest.approx(telling.antwoord(sleutel), rel=0.05)
    bestaand = [v.trajecten[s].toont(groep="bestaand") for s in ("afgevallen", "gestart")]
    assert a.loc["substitutie.bestaand", "waarde"] == bestaand[0] / bestaand[1] <= 1  # type: ignore[operator]
    assert a.loc["substitutie.bestaand", "waarde"] == pytest.approx(telling.antwoord("substitutie.bestaand"), rel=0.03)


def test_van_bijna_niemand_gevolgd_is_niets_te_zeggen() -> None:
    """Nine followed households of 400: too few to show, and their number is no denominator."""
    tabellen = stad(400)
    tabellen["trajecten"]["uitgevoerd"] = None
    acties = pd.DataFrame({"pseudoniem": [f"h{i}" for i in range(9)], "moment": 6, "door": "netwerk"})
    r = maak_registratie({**tabellen, "acties": acties})
    v = geef_vrij(r, tellen.tel(r, laad()), laad())
    assert v.huishoudens.toont(gevolgd="ja") is None
    assert "Bij te weinig huishoudens om te tonen is na de start iets vastgelegd" in monitoring(meet(r, laad()))[0]
    a = v.antwoorden.set_index("sleutel")["waarde"]
    assert a[[s for s in a.index if s.startswith(("meer", "substitutie", "effectmeting."))]].isna().all()


def test_een_paar_huishoudens_meer_schrijft_niets_nieuws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uit = tmp_path / "uit"
    assert main(["registratie", str(als_csv(tmp_path / "a", 300)), "--naar", str(uit)]) == 0
    eerst = {p.name: p.read_bytes() for p in uit.iterdir()}
    assert BESTAND in eerst
    for aantal in (300, 301, 307):
        assert main(["registratie", str(als_csv(tmp_path / f"b{aantal}", aantal)), "--naar", str(uit)]) == 0
        assert "niets nieuws" in capsys.readouterr().out
        assert {p.name: p.read_bytes() for p in uit.iterdir()} == eerst
    assert main(["registratie", str(als_csv(tmp_path / "c", 380)), "--naar", str(uit)]) == 0
    assert "geschreven" in capsys.readouterr().out
    assert {p.name: p.read_bytes() for p in uit.iterdir()} != eerst


def test_een_traject_meer_bij_veel_huishoudens_meer_wordt_niet_getoond() -> None:
    toen = vrij(300)
    nu = vrij(340, eerder=[Eerder(toen.delen)])
    assert nu.trajecten.keys() == toen.trajecten.keys() > {"lopend", "nieuw", "afgevallen", "gestart"}
    for sleutel, waarde in nu.trajecten["nieuw"].cellen.items():
        oud = toen.trajecten["nieuw"].cellen.get(sleutel)
        if waarde is not None and oud is not None:
            assert waarde == oud or abs(waarde - oud) >= 10


def test_teams_onder_een_andere_naam_worden_geweigerd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uit = tmp_path / "uit"
    assert main(["registratie", str(als_csv(tmp_path / "a", 400)), "--naar", str(uit)]) == 0
    eerst = {p.name: p.read_bytes() for p in uit.iterdir()}
    anders = als_csv(tmp_path / "b", 398)
    lijst = anders / "huishoudens.csv"
    lijst.write_text(lijst.read_text().replace("Noord", "Team N").replace("Zuid", "Team Z"))
    capsys.readouterr()
    assert main(["registratie", str(anders), "--naar", str(uit)]) == 2
    assert "onder andere namen van teams" in capsys.readouterr().err
    assert {p.name: p.read_bytes() for p in uit.iterdir()} == eerst


def test_van_andere_teams_blijft_het_geheugen_staan(tmp_path: Path) -> None:
    """Teams of another gemeente in the same folder are others: both are remembered, and what was shown of each."""
    uit = tmp_path / "uit"
    assert main(["registratie", str(als_csv(tmp_path / "a", 400)), "--naar", str(uit)]) == 0
    ander = als_csv(tmp_path / "b", 250)
    lijst = ander / "huishoudens.csv"
    lijst.write_text(lijst.read_text().replace("Noord", "Oost").replace("Zuid", "West"))
    assert main(["registratie", str(ander), "--naar", str(uit)]) == 0
    assert [set(e.delen["huishoudens"].waarden("team")) for e in lees_eerder(uit)] == [
        {"Noord", "Zuid"},
        {"Oost", "West"},
    ]


def test_een_tabel_die_er_bij_komt_wordt_nog_getoond_en_de_rest_blijft_zoals_het_was() -> None:
    t = stad(300)
    zonder = maak_registratie({naam: f for naam, f in t.items() if naam != "trajecten"})
    toen = geef_vrij(zonder, tellen.tel(zonder, laad()), laad())
    acties = pd.DataFrame({"pseudoniem": [f"h{i}" for i in range(302)], "moment": 6, "door": "netwerk"})
    r = maak_registratie({**stad(302), "acties": acties})
    nu = geef_vrij(r, tellen.tel(r, laad()), laad(), eerder=[Eerder(toen.delen)])
    assert dict(nu.huishoudens.cellen) == dict(toen.huishoudens.cellen)
    assert not nu.niets_nieuws
    assert nu.trajecten["nieuw"].toont() is not None


def test_een_volgend_moment_van_dezelfde_huishoudens_wordt_getoond() -> None:
    """What was shown stays as it was, and the classes after six months come beside it."""
    toen = vrij(300)
    t = stad(300)
    later = t["problematiek"].assign(moment=6, zwaarte=["zr", "ev", "nzr"] * 100)
    r = maak_registratie({**t, "problematiek": pd.concat([t["problematiek"], later])})
    nu = geef_vrij(r, tellen.tel(r, laad()), laad(), eerder=[Eerder(toen.delen)])
    assert nu.bevroren is None
    was = {s: w for s, w in toen.huishoudens.cellen.items() if "gevolgd" not in dict(s)}  # now all are
    assert {s: nu.huishoudens.cellen[s] for s in was} == was
    # nobody is top: that is hidden, and the cheapest class with it
    assert [nu.huishoudens.toont(klasse_6=k) for k in ("ev", "zr", "nzr", "top")].count(100.0) == 2
    assert dict(nu.trajecten["nieuw"].cellen) == dict(toen.trajecten["nieuw"].cellen)


def test_een_andere_registratie_van_teams_met_dezelfde_naam_krijgt_geen_cijfers_van_een_ander() -> None:
    """As many households in each team, and other ones: the numbers of then are not theirs."""
    toen = vrij(300)
    t = stad(300)
    t["huishoudens"]["type"] = "gezinnen"
    r = maak_registratie(t)
    nu = geef_vrij(r, tellen.tel(r, laad()), laad(), eerder=[Eerder(toen.delen)])
    assert nu.bevroren is None
    assert nu.huishoudens.toont(type="gezin") in (None, 300)


def test_wat_gepubliceerd_is_wordt_teruggelezen(tmp_path: Path) -> None:
    assert lees_eerder(tmp_path) == []
    v = vrij(300)
    (tmp_path / BESTAND).write_text(als_tekst(v.delen), encoding="utf-8")
    terug = lees_eerder(tmp_path)[0].delen["huishoudens"]
    assert dict(terug.cellen) == dict(v.huishoudens.cellen)
    assert dict(terug.historie) == dict(v.huishoudens.historie)
    assert terug.sommen == v.huishoudens.sommen
    assert als_tekst(lees_eerder(tmp_path)[0].delen) == als_tekst(v.delen)
    assert "h1" not in (tmp_path / BESTAND).read_text()
    vorige = {naam: als_json(p) for naam, p in v.delen.items()}  # as the file was: one publication
    for deel in vorige.values():
        del deel["sommen"], deel["vroeger"]
    (tmp_path / BESTAND).write_text(json.dumps(vorige), encoding="utf-8")
    assert dict(lees_eerder(tmp_path)[0].delen["huishoudens"].cellen) == dict(v.huishoudens.cellen)


def test_een_beschadigd_geheugen_wordt_geweigerd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bron = als_csv(tmp_path / "a", 60)
    uit = tmp_path / "uit"
    uit.mkdir()
    (uit / BESTAND).write_text('{"huishoudens": 3}')
    assert main(["registratie", str(bron), "--naar", str(uit)]) == 2
    assert "geen eerdere publicatie" in capsys.readouterr().err


def test_een_te_grove_afronding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bron = als_csv(tmp_path / "a", 60)
    assert main(["registratie", str(bron), "--naar", str(tmp_path / "uit"), "--afronding", "20"]) == 2
    assert "afgerond op 0" in capsys.readouterr().err
    with pytest.raises(InvoerFout, match="afgerond"):
        vrij(60, afronding=-1)

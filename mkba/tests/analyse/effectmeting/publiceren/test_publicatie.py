"""What leaves the house of a registration: tables, answers and the memory of what was published before."""

import json
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.effectmeting.publiceren import publicatie
from mkba.analyse.effectmeting.publiceren.geheugen import (
    BESTAND,
    Eerder,
    als_json,
    als_tekst,
    controleer_samengegaan,
    lees_eerder,
)
from mkba.analyse.effectmeting.publiceren.meting import (
    VAN_TOEN,
    Lezing,
    Meting,
    grove_spreiding,
    lees_meting,
    meet,
    schrijf_meting,
)
from mkba.analyse.effectmeting.publiceren.publicatie import drempel_van, geef_vrij
from mkba.analyse.effectmeting.tellen import telling as tellen
from mkba.analyse.effectmeting.zekerheid.intervallen import spreiding_over_gemiddelde
from mkba.analyse.onderdrukking.stelsel import Sleutel
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.invoer.effectmeting.kolommen import TYPE_VAN
from mkba.invoer.effectmeting.lezen import lees_registratie
from mkba.invoer.effectmeting.registratie import Registratie, maak_registratie
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.trajecten import TRAJECTEN
from mkba.opdracht import main
from mkba.reeks.plan import effectmeting
from mkba.tests.hulp_kleine_stad import stad
from mkba.uitvoer.effectmeting.rapport.zinnen import monitoring


def registratie(aantal: int) -> Registratie:
    return maak_registratie(stad(aantal))


def vrij(aantal: int, **rest: object) -> publicatie.Vrijgegeven:
    r = registratie(aantal)
    return geef_vrij(r, tellen.tel(r, laad()), laad(), **rest)  # type: ignore[arg-type]


@cache
def eerste() -> publicatie.Vrijgegeven:
    """What is shown of the first 300."""
    return vrij(300)


def als_csv(map_: Path, aantal: int, zaad: int = 1) -> Path:
    map_.mkdir()
    for naam, tabel in stad(aantal, zaad).items():
        tabel.replace({True: "ja", False: "nee"}).to_csv(map_ / f"{naam}.csv", sep=";", index=False)
    return map_


def test_een_kleine_top_zit_bij_niet_zelfredzaam() -> None:
    v = eerste()
    frame = v.huishoudens.frame(("team", "klasse_0"))
    assert frame.loc["totaal", "totaal"] == 300
    assert frame["top"].isna().all()
    assert "nzr_top" in v.huishoudens.frame(("type", "zwaarst_0"))
    a = v.antwoorden.set_index("sleutel")
    assert a.loc["zwaarte.gezin.top", ["waarde", "reden"]].tolist() == [0, "geteld bij niet-zelfredzaam"]
    samen = v.huishoudens.toont(type="gezin", zwaarst_0="nzr_top")
    assert a.loc["zwaarte.gezin.nzr", "teller"] == samen


def test_een_antwoord_komt_uit_de_getoonde_cellen() -> None:
    v = eerste()
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
    gezegd = " ".join(monitoring(meet(r, laad())))
    assert "Bij te weinig huishoudens om te tonen is na de start iets vastgelegd" in gezegd
    assert "Uitgevallen: hoogstens 10 van de 400 huishoudens." in gezegd
    a = v.antwoorden.set_index("sleutel")["waarde"]
    assert a[[s for s in a.index if s.startswith(("meer", "substitutie", "effectmeting."))]].isna().all()


def test_een_paar_huishoudens_meer_schrijft_niets_nieuws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uit = tmp_path / "uit"
    assert main(["registratie", str(als_csv(tmp_path / "a", 150)), "--naar", str(uit)]) == 0
    eerst = {p.name: p.read_bytes() for p in uit.iterdir()}
    assert BESTAND in eerst
    for aantal in (151, 157):
        assert main(["registratie", str(als_csv(tmp_path / f"b{aantal}", aantal)), "--naar", str(uit)]) == 0
        assert "niets nieuws" in capsys.readouterr().out
        assert {p.name: p.read_bytes() for p in uit.iterdir()} == eerst
    assert main(["registratie", str(als_csv(tmp_path / "c", 230)), "--naar", str(uit)]) == 0
    gezegd = capsys.readouterr()
    assert "geschreven" in gezegd.out
    assert "van toen als een eigen registratie" in gezegd.err
    assert {p.name: p.read_bytes() for p in uit.iterdir()} != eerst


@pytest.mark.traag
def test_een_antwoord_dat_niet_meer_te_tonen_is_staat_er_zoals_het_was() -> None:
    """Forty came to 300, too few of each type: their shares are those of the 300, all three, and the total is of now.
    A third time they are still those, and that is said once."""
    een = meet(registratie(300), laad())
    twee = meet(registratie(340), laad(), eerder=[Eerder(een.delen, een)])
    drie = meet(registratie(360), laad(), eerder=[Eerder(twee.delen, twee)])
    assert twee.huishoudens.toont() == twee.waarde("huishoudens") == 340
    oud = [s for s, a in twee.antwoorden.items() if VAN_TOEN in a.opmerking]
    assert {"type.gezin", "type.oudere", "type.overig"} <= set(oud)
    for s in oud:
        a, b = een.antwoorden[s], twee.antwoorden[s]
        assert (a.waarde, a.teller, a.n) == (b.waarde, b.teller, b.n)
        assert twee.spreiding.get(s) == een.spreiding.get(s)
        if VAN_TOEN in drie.antwoorden[s].opmerking:
            assert drie.antwoorden[s] == b
    assert sum(twee.waarde(f"type.{t}") or 0 for t in ("gezin", "oudere", "overig")) == pytest.approx(1)


@pytest.mark.traag
def test_een_team_zonder_naam_dat_groeit_krijgt_er_geen_in_dezelfde_map() -> None:
    """X had 8 and has 11: its name would say that 2 to 11 came, and what was left of those without a name."""

    def teams(**aantallen: int) -> Registratie:
        team = [t for t, n in aantallen.items() for _ in range(n)]
        codes = [f"h{i}" for i in range(len(team))]
        h = {"pseudoniem": codes, "type": "gezinnen", "team": team, "start": "2024-01-01", "status": "lopend"}
        p = {"pseudoniem": codes, "moment": 0, "zwaarte": "zr"}
        return maak_registratie({"huishoudens": pd.DataFrame(h), "problematiek": pd.DataFrame(p)})

    een = meet(teams(Z=60, X=8, Y=7), laad())
    twee = meet(teams(Z=90, X=11, Y=7), laad(), eerder=[Eerder(een.delen, een)])
    assert een.huishoudens.waarden("team") == twee.huishoudens.waarden("team") == ["Z", "andere teams"]
    assert meet(teams(Z=90, X=11, Y=7), laad()).huishoudens.waarden("team") == ["X", "Z", "andere teams"]


@pytest.mark.traag
def test_een_traject_meer_bij_veel_huishoudens_meer_wordt_niet_getoond() -> None:
    toen = eerste()
    nu = vrij(340, eerder=[Eerder(toen.delen)])
    assert nu.trajecten.keys() == toen.trajecten.keys() > {"lopend", "nieuw", "afgevallen", "gestart"}
    for sleutel, waarde in nu.trajecten["nieuw"].cellen.items():
        oud = toen.trajecten["nieuw"].cellen.get(sleutel)
        if waarde is not None and oud is not None:
            assert waarde == oud or abs(waarde - oud) >= 10


def test_teams_onder_een_andere_naam_worden_geweigerd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uit = tmp_path / "uit"
    assert main(["registratie", str(als_csv(tmp_path / "a", 120)), "--naar", str(uit)]) == 0
    eerst = {p.name: p.read_bytes() for p in uit.iterdir()}
    anders = als_csv(tmp_path / "b", 118)
    lijst = anders / "huishoudens.csv"
    lijst.write_text(lijst.read_text().replace("Noord", "Team N").replace("Zuid", "Team Z"))
    capsys.readouterr()
    assert main(["registratie", str(anders), "--naar", str(uit)]) == 2
    assert "onder andere namen van teams" in capsys.readouterr().err
    assert {p.name: p.read_bytes() for p in uit.iterdir()} == eerst


@pytest.mark.parametrize("erbij", [9, pytest.param(30, marks=pytest.mark.traag)])
def test_teams_onder_een_andere_naam_met_huishoudens_erbij_worden_herkend(erbij: int) -> None:
    """With nine more, or an eighth, the shares of type, zwaarte and new are as they were; of other households they are
    not. Without that, what came would be known: of the nine how many are new."""

    def anders(t: dict[str, pd.DataFrame]) -> Registratie:
        h = t["huishoudens"]
        anders = h.assign(team=h["team"].replace({"Noord": "N", "Zuid": "Z"}))
        return maak_registratie({"huishoudens": anders, "problematiek": t["problematiek"]})

    t = stad(240)
    toen = meet(maak_registratie({naam: t[naam] for naam in ("huishoudens", "problematiek")}), laad())
    eerder = [Eerder(toen.delen, toen)]
    with pytest.raises(InvoerFout, match="onder andere namen van teams"):
        meet(anders(stad(240 + erbij)), laad(), eerder=eerder)
    assert meet(anders(stad(240 + erbij, 2)), laad(), eerder=eerder).huishoudens.toont()


def test_van_andere_teams_blijft_het_geheugen_staan(tmp_path: Path) -> None:
    """Teams of another gemeente in the same folder are others: both are remembered, and what was shown of each."""
    uit = tmp_path / "uit"
    assert main(["registratie", str(als_csv(tmp_path / "a", 120)), "--naar", str(uit)]) == 0
    ander = als_csv(tmp_path / "b", 80, 2)
    lijst = ander / "huishoudens.csv"
    lijst.write_text(lijst.read_text().replace("Noord", "Oost").replace("Zuid", "West"))
    assert main(["registratie", str(ander), "--naar", str(uit)]) == 0
    assert [set(e.delen["huishoudens"].waarden("team")) for e in lees_eerder(uit)] == [
        {"Noord", "Zuid"},
        {"Oost", "West"},
    ]


def test_een_tabel_die_er_bij_komt_wordt_nog_getoond_en_de_rest_blijft_zoals_het_was() -> None:
    t = stad(150)
    zonder = maak_registratie({naam: f for naam, f in t.items() if naam != "trajecten"})
    toen = geef_vrij(zonder, tellen.tel(zonder, laad()), laad())
    acties = pd.DataFrame({"pseudoniem": [f"h{i}" for i in range(152)], "moment": 6, "door": "netwerk"})
    r = maak_registratie({**stad(152), "acties": acties})
    nu = geef_vrij(r, tellen.tel(r, laad()), laad(), eerder=[Eerder(toen.delen)])
    assert dict(nu.huishoudens.cellen) == dict(toen.huishoudens.cellen)
    assert not nu.niets_nieuws
    assert nu.trajecten["nieuw"].toont() is not None


@pytest.mark.traag
def test_een_volgend_moment_van_dezelfde_huishoudens_wordt_getoond() -> None:
    """What was shown stays as it was, and the classes after six months come beside it."""
    toen = eerste()
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
    toen = vrij(80)
    t = stad(80)
    t["huishoudens"]["type"] = "gezinnen"
    r = maak_registratie(t)
    nu = geef_vrij(r, tellen.tel(r, laad()), laad(), eerder=[Eerder(toen.delen)])
    assert nu.bevroren is None
    assert nu.huishoudens.toont(type="gezin") in (None, 80)


def test_wat_gepubliceerd_is_wordt_teruggelezen(tmp_path: Path) -> None:
    assert lees_eerder(tmp_path) == []
    v = eerste()
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


def test_wat_aan_de_terminal_is_gezegd_staat_niet_in_de_meting(tmp_path: Path) -> None:
    """One household whose team is typed in capitals is one remark: who has the others would see it."""
    een, _ = (lees_registratie(als_csv(tmp_path / naam, 25)) for naam in "ab")
    lijst = tmp_path / "b" / "huishoudens.csv"
    lijst.write_text(lijst.read_text(encoding="utf-8").replace("Noord", "NOORD", 1), encoding="utf-8")
    ander = lees_registratie(tmp_path / "b")
    assert (een.opmerkingen, len(ander.opmerkingen)) == ((), 1)
    meting = schrijf_meting(meet(een, laad()))
    assert meting == schrijf_meting(meet(ander, laad()))
    g = json.loads(meting)  # as it was before it had a seal
    g["meting"], g["lezing"]["opmerkingen"] = 2, 1
    del g["zegel"]
    pad = tmp_path / "oud-meting.json"
    pad.write_text(json.dumps(g), encoding="utf-8")
    assert schrijf_meting(lees_meting(pad)) == meting


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


def _met_een_erbij(van_een: int, extra: int = 0, acties: bool = False) -> Registratie:
    """The households of :func:`stad` with a traject each for every other one, and ``van_een`` for the last of all;
    ``extra`` households more, of which that is the last."""
    t = stad(200 + extra)
    codes = t["huishoudens"]["pseudoniem"].tolist()
    wie = [*codes[:200:2], *[codes[-1]] * van_een]
    t["trajecten"] = pd.DataFrame(
        {"pseudoniem": wie, "moment": 6, "type": "schuldhulp", "stand": "nieuw", "uitgevoerd": True}
    )
    t["problematiek"] = pd.concat([t["problematiek"], t["problematiek"].assign(moment=6)])
    if acties:
        t["acties"] = pd.DataFrame({"pseudoniem": codes, "moment": 6, "door": "netwerk"})
    return maak_registratie(t)


def test_een_huishouden_meer_is_ook_aan_de_spreiding_niet_te_zien() -> None:
    """The one that came has ten trajecten; with a table more there is something new, and the spread stays."""
    toen = meet(_met_een_erbij(0), laad())
    assert toen.spreiding["effectmeting.meer.bestaand.aantal"] < 1.2
    nu = meet(_met_een_erbij(10, 1, acties=True), laad(), eerder=[Eerder(toen.delen, toen)])
    assert "acties" in nu.delen
    assert nu.spreiding == toen.spreiding


@pytest.mark.parametrize(("som", "n"), [(20, 200), (35, 540), (50, 540), (50, 260), (120, 200)])
def test_uit_de_spreiding_volgt_niet_hoe_veel_huishoudens_er_meer_dan_een_hebben(som: int, n: int) -> None:
    """Of every sum of squares that there can be: what is shown goes with pairs of trajecten (one of a household with
    two) of ten numbers at least. To one decimal, 1.1 of 20 trajecten of 200 households meant that two had two."""
    paren: dict[float, list[int]] = {}
    for q in range(100):
        echt = spreiding_over_gemiddelde(som, n, som + 2 * q)
        paren.setdefault(grove_spreiding(echt, som, 10.0), []).append(q)
    eerste, *midden, _ = paren.values()
    assert eerste[0] == 0
    assert all(q[-1] - q[0] >= 9 for q in (eerste, *midden))
    getoond = [w for w, q in paren.items() if q in midden]
    echt_midden = [spreiding_over_gemiddelde(som, n, som + q[0] + q[-1]) for q in midden]
    assert getoond == pytest.approx(echt_midden, abs=1.5 / som)  # not too much and not too little: the middle of these


@pytest.mark.traag
def test_een_paar_met_twee_trajecten_is_niet_te_zien() -> None:
    """Twenty trajecten of 200 households, of twenty or of eighteen: the same record."""
    wie = np.array([f"h{i}" for i in range(200)])
    basis = {"pseudoniem": wie, "type": "gezinnen", "team": "Noord", "start": "2024-01-01"}
    metingen = []
    for dubbel in (0, 2):
        van = [*wie[: 20 - dubbel], *wie[:dubbel]]
        rij = {"moment": 6, "type": next(iter(TRAJECTEN)), "stand": "nieuw", "uitgevoerd": True}
        acties = pd.DataFrame({"pseudoniem": wie, "moment": 6, "door": "netwerk"})
        t = {
            "huishoudens": pd.DataFrame(basis),
            "trajecten": pd.DataFrame({"pseudoniem": van, **rij}),
            "acties": acties,
        }
        metingen.append(meet(maak_registratie(t), laad()))
    assert metingen[0].waarde("effectmeting.meer.bestaand.aantal") == 0.1
    assert schrijf_meting(metingen[0]) == schrijf_meting(metingen[1])


@pytest.mark.parametrize(("met_twee", "getoond"), [(9, None), (12, 1.3)])
def test_hoe_weinig_gezinnen_meer_dan_een_kind_hebben_volgt_niet(met_twee: int, getoond: float | None) -> None:
    """Of forty gezinnen nine have two children: 49, nine more than there are gezinnen."""
    kinderen = [2] * met_twee + [1] * (40 - met_twee) + [0] * 40
    wie, soort = [f"h{i}" for i in range(80)], ["gezinnen"] * 40 + ["overig"] * 40
    h = {"pseudoniem": wie, "type": soort, "team": "T", "start": "2024-01-01"}
    m = meet(maak_registratie({"huishoudens": pd.DataFrame({**h, "kinderen": kinderen})}), laad(), 0)
    assert m.huishoudens.toont(kinderen="bekend") == 40
    assert m.waarde("kinderen") == getoond


def test_een_huishouden_met_bijna_alles_is_aan_de_spreiding_niet_te_zien() -> None:
    """Thirty trajecten of one household beside one of each other: as if ten households had all."""
    m = meet(_met_een_erbij(30), laad())
    zwaar = [s for s in m.spreiding if "afgeschermd: gerekend alsof 10" in m.antwoorden[s].opmerking]
    assert len(zwaar) == 1
    assert m.spreiding[zwaar[0]] == m.antwoorden[zwaar[0]].teller / 10  # type: ignore[operator]


@pytest.mark.parametrize(("blijft", "te_zien"), [(0, False), (4, False), (60, True)])
def test_dat_bijna_alles_is_afgevallen_staat_er_niet(blijft: int, te_zien: bool) -> None:
    """Of 200 households with a traject each, that of all but a few was dropped: those few are a difference."""
    t = stad(200)
    codes = t["huishoudens"]["pseudoniem"].to_numpy()
    loopt = pd.DataFrame({"pseudoniem": codes, "moment": 0, "type": "schuldhulp", "stand": "lopend"})
    weg = loopt[blijft:].assign(moment=6, stand="afgevallen")
    t["problematiek"] = pd.concat([t["problematiek"], t["problematiek"].assign(moment=6)])
    m = meet(maak_registratie({**t, "trajecten": pd.concat([loopt, weg])}), laad())
    assert m.trajecten("lopend").toont() == 200  # type: ignore[union-attr]
    gestart, afgevallen = (m.trajecten(s).toont() for s in ("gestart", "afgevallen"))  # type: ignore[union-attr]
    assert (gestart, afgevallen) == ((200, 200 - blijft) if te_zien else (None, None))
    assert (m.waarde("substitutie.bestaand") is not None) == te_zien


def _team(aantal: int, *teams: str) -> Registratie:
    t = stad(aantal)
    wie = set(t["huishoudens"].loc[t["huishoudens"]["team"].isin(teams), "pseudoniem"])
    return maak_registratie({naam: f[f["pseudoniem"].isin(wie)] for naam, f in t.items()})


def test_een_team_zonder_de_andere_van_toen_wordt_geweigerd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of Noord alone nzr and top would stand together, and nzr stands in the tables of both: that is its top."""
    uit = tmp_path / "uit"
    assert main(["registratie", str(als_csv(tmp_path / "a", 300)), "--naar", str(uit)]) == 0
    eerst = {p.name: p.read_bytes() for p in uit.iterdir()}
    map_ = als_csv(tmp_path / "b", 300)
    lijst = map_ / "huishoudens.csv"
    kop, *rijen = lijst.read_text().splitlines()
    lijst.write_text("\n".join([kop, *(r for r in rijen if ";Zuid;" not in r)]))
    capsys.readouterr()
    assert main(["registratie", str(map_), "--naar", str(uit)]) == 2
    assert "samen met andere, die nu ontbreken" in capsys.readouterr().err
    assert {p.name: p.read_bytes() for p in uit.iterdir()} == eerst


@pytest.mark.traag
def test_een_team_erbij_en_een_team_dat_sterk_is_veranderd_mogen() -> None:
    een = meet(_team(300, "Noord"), laad())
    beide = meet(_team(300, "Noord", "Zuid"), laad(), eerder=[Eerder(een.delen, een)])
    assert beide.huishoudens.waarden("team") == ["Noord", "Zuid"]
    later = meet(_team(400, "Noord"), laad(), eerder=[Eerder(beide.delen, beide)])
    assert later.huishoudens.waarden("team") == ["Noord"]


def test_een_eigen_drempel_schermt_nog_steeds_iets_af() -> None:
    """The catalogue holds 5 to 15 possible."""
    r = registratie(60)
    telling = tellen.tel(r, laad())
    assert geef_vrij(r, telling, laad().met({"zelfredzaamheid.kleine_cel": 5})).huishoudens.drempel == 5
    with pytest.raises(InvoerFout, match="niet minder dan 5"):
        geef_vrij(r, telling, laad().met({"zelfredzaamheid.kleine_cel": 4}), afronding=0)


@pytest.mark.parametrize(("met_twee", "getoond"), [(2, None), (15, 135.0)])
def test_ook_van_wie_er_bij_kwam_zegt_het_aantal_kinderen_niet_hoe_weinig_er_meer_dan_een_hebben(
    met_twee: int, getoond: float | None
) -> None:
    """Of 40 gezinnen 80 children, of 80 of them 122: of the 40 that came two have two."""

    def met(kinderen: list[int]) -> Registratie:
        n = len(kinderen)
        wie, soort = [f"h{i}" for i in range(2 * n)], ["gezinnen"] * n + ["overig"] * n
        h = {"pseudoniem": wie, "type": soort, "team": "T", "start": "2024-01-01", "kinderen": [*kinderen, *[0] * n]}
        return maak_registratie({"huishoudens": pd.DataFrame(h)})

    toen = meet(met([2] * 40), laad(), 0)
    assert toen.delen["kinderen"].toont() == 80
    nu = meet(met([2] * 40 + [2] * met_twee + [1] * (40 - met_twee)), laad(), 0, [Eerder(toen.delen, toen)])
    assert nu.huishoudens.toont(kinderen="bekend") == 80
    assert nu.delen["kinderen"].toont() == getoond


def test_een_map_wordt_niet_minder_streng() -> None:
    """What is hidden under ten was promised to be known to no less than ten, also beside what comes later."""
    with pytest.raises(InvoerFout, match="afgeschermd met een drempel van 10"):
        drempel_van(laad().met({"zelfredzaamheid.kleine_cel": 5}), [Eerder(eerste().delen)])
    assert drempel_van(laad().met({"zelfredzaamheid.kleine_cel": 15}), [Eerder(eerste().delen)]) == 15


@pytest.mark.parametrize("getal", ["Infinity", "-5", "NaN", '"veel"', "1e999"])
@pytest.mark.parametrize("waar", ["drempel", "afronding", "cel"])
def test_een_geheugen_dat_met_de_hand_is_veranderd(tmp_path: Path, getal: str, waar: str) -> None:
    deel = {"tabellen": [["team"]], "drempel": 10, "afronding": 5, "cellen": [[{"team": "T"}, 50, [50]]]}
    tekst = json.dumps({"publicaties": [{"huishoudens": deel}]})
    oud = {"drempel": '"drempel": 10', "afronding": '"afronding": 5', "cel": "50, [50]"}[waar]
    nieuw = f"{getal}, [50]" if waar == "cel" else f"{oud.split(':')[0]}: {getal}"
    assert oud in tekst
    (tmp_path / BESTAND).write_text(tekst.replace(oud, nieuw), encoding="utf-8")
    with pytest.raises(InvoerFout, match="geen eerdere publicatie van mkba"):
        lees_eerder(tmp_path)


def test_een_geheugen_dat_had_gekund_maar_is_veranderd_wordt_geweigerd(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twelve households in a team, of which the memory is made to say that there were twenty: then twenty-two would be
    shown as two more."""
    bron, uit = _klein(tmp_path / "a"), tmp_path / "uit"
    assert main(["registratie", str(bron), "--naar", str(uit)]) == 0
    tekst = (uit / BESTAND).read_text(encoding="utf-8")
    (uit / BESTAND).write_text(re.sub(r"\b10\.0", "20.0", tekst), encoding="utf-8")
    eerst = {p.name: p.read_bytes() for p in uit.iterdir()}
    assert main(["registratie", str(bron), "--naar", str(uit)]) == 2
    gezegd = " ".join(capsys.readouterr().err.split())
    assert "dit bestand is veranderd nadat mkba het schreef: de map weet dan niet meer wat er is getoond" in gezegd
    assert "Zet het bestand van toen terug" in gezegd
    assert {p.name: p.read_bytes() for p in uit.iterdir()} == eerst
    (uit / BESTAND).write_text(tekst, encoding="utf-8")
    assert main(["registratie", str(bron), "--naar", str(uit)]) == 0


@pytest.mark.traag
def test_wie_het_geheugen_meeneemt_naar_een_andere_map_begint_niet_opnieuw(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sixty households, and 65 in another folder: without the file of the first these would be other numbers."""
    een, ander = als_csv(tmp_path / "a", 60), als_csv(tmp_path / "b", 65)
    assert main(["registratie", str(een), "--naar", str(tmp_path / "uit")]) == 0
    los, mee = tmp_path / "los", tmp_path / "mee"
    mee.mkdir()
    (mee / BESTAND).write_bytes((tmp_path / "uit" / BESTAND).read_bytes())
    for map_ in (los, mee):
        assert main(["registratie", str(ander), "--naar", str(map_)]) == 0
    assert "de eerdere cijfers blijven staan" in capsys.readouterr().err

    def cellen(map_: Path) -> list[str]:
        return [p.read_text(encoding="utf-8-sig") for p in sorted(map_.glob("*.csv"))]

    assert cellen(mee) == cellen(tmp_path / "uit")
    assert cellen(los) != cellen(mee)


def _klein(map_: Path) -> Path:
    """Twelve households and no more."""
    map_.mkdir()
    rijen = "".join(f"h{i:02};overig;T;2024-01-01;lopend\n" for i in range(12))
    (map_ / "huishoudens.csv").write_text("pseudoniem;type;team;start;status\n" + rijen, encoding="utf-8")
    return map_


def test_een_map_die_haar_geheugen_kwijt_is_krijgt_geen_cijfers_erbij(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bron, uit = _klein(tmp_path / "a"), tmp_path / "uit"
    assert main(["registratie", str(bron), "--naar", str(uit)]) == 0
    (uit / BESTAND).unlink()
    eerst = {p.name: p.read_bytes() for p in uit.iterdir()}
    assert main(["registratie", str(bron), "--naar", str(uit)]) == 2
    gezegd = capsys.readouterr().err
    assert "maar publicatie.json is weg: dat is het geheugen" in gezegd
    assert "Zet dat bestand terug" in gezegd
    assert {p.name: p.read_bytes() for p in uit.iterdir()} == eerst


def test_twee_opdrachten_tegelijk_weten_van_elkaar(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one counts, another writes: what the first would add, was not checked beside that."""
    bron, uit = _klein(tmp_path / "a"), tmp_path / "uit"
    uit.mkdir()

    def ondertussen(map_: Path, slug: str = "") -> list[Eerder]:
        (map_ / BESTAND).write_text(als_tekst(eerste().delen), encoding="utf-8")
        return []

    monkeypatch.setattr("mkba.reeks.plan.effectmeting.lees_eerder", ondertussen)
    assert main(["registratie", str(bron), "--naar", str(uit)]) == 2
    assert "een andere opdracht schreef intussen cijfers van een registratie in deze map" in capsys.readouterr().err
    assert not list(uit.glob("*.csv"))
    assert (uit / BESTAND).read_text(encoding="utf-8") == als_tekst(eerste().delen)


def test_wie_halverwege_stopt_heeft_al_onthouden_wat_er_staat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The aanpak after the measurement holds numbers: it is written after what remembers these."""
    geschreven: list[str] = []
    monkeypatch.setattr(effectmeting, "schrijf_in", lambda map_, plek, inhoud: geschreven.append(plek))
    monkeypatch.setattr(effectmeting, "schrijf_toml", lambda *wat: "")
    monkeypatch.setattr(effectmeting, "na_met_herkomst", lambda ingevuld: None)
    delen = eerste().delen
    meting = Meting(delen, {}, {}, (), Lezing((), (), (), ()), 10, 5)
    effectmeting.schrijf(SimpleNamespace(meting=meting), "x", tmp_path, ())  # type: ignore[arg-type]
    assert geschreven == ["publicatie.json", "invoer/x-meting.json", "invoer/x-na.toml"]


@pytest.mark.parametrize(
    ("nu", "mag"),
    [
        ({"A": 113, "C": 60}, False),  # B went into A, and three came
        ({"Z": 113, "C": 60}, False),  # A and B are Z
        ({"A": 50, "B1": 31, "B2": 32, "C": 70}, False),  # B was split
        ({"A": 50, "Z": 63, "C": 70}, False),  # B has another name
        ({"A": 80, "C": 60}, True),  # B stopped
        ({"A": 50, "B": 60, "C": 60, "Z": 60}, True),  # a new team as large as one that is still there
    ],
)
def test_teams_die_samengaan_of_anders_heten_zeggen_niet_hoe_weinig_er_bij_kwamen(
    nu: dict[str, int], mag: bool
) -> None:
    toen = {"A": 50.0, "B": 60.0, "C": 40.0}
    cellen: dict[Sleutel, float | None] = {(("team", t),): n for t, n in toen.items()}
    historie: dict[Sleutel, tuple[float, ...]] = {(("team", t),): (n,) for t, n in toen.items()}
    eerder = [Eerder({"huishoudens": Publicatie(cellen, (("team",),), 10, 0, historie=historie)})]
    soorten = pd.DataFrame({"team": [t for t, n in nu.items() for _ in range(n)]}).astype("category")
    if mag:
        controleer_samengegaan(eerder, soorten, 10, "andere teams")
        return
    with pytest.raises(InvoerFout, match="samengevoegd, gesplitst of hernoemd, dan zegt het verschil hoe weinig"):
        controleer_samengegaan(eerder, soorten, 10, "andere teams")

"""The made-up town: files and generator in step, and its truth found again."""

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.effectmeting.attributie.paneel import UITKOMSTEN, maak_paneel
from mkba.analyse.effectmeting.stad.bestanden import MAP, bestanden, maak_stad
from mkba.analyse.effectmeting.stad.generator import huishoudens, panelen, recept, waarheid, wijken
from mkba.kern.bestand import paden
from mkba.kern.bestand.toml_lezen import lees_toml

KOLOMMEN = {
    "huishoudens": "pseudoniem type leeftijdsklasse_oudste kinderen generalist team wijk start einde nieuw status",
    "problematiek": "pseudoniem moment zwaarte",
    "trajecten": "pseudoniem moment type stand aanbieder uitgevoerd",
    "acties": "pseudoniem moment door uitgevoerd",
    "escalaties": "pseudoniem soort uitkomst datum",
    "team": "team fte discipline betaler inzet",
    "gebied": "wijk periode aanpak huishoudens huisuitzetting uithuisplaatsing ondertoezichtstelling crisisopname "
    "zorggebruik_eur",
}


def test_de_bestanden_zijn_wat_het_recept_maakt() -> None:
    map_ = paden.data() / MAP
    gemaakt = bestanden(maak_stad())
    assert {p.name for p in map_.glob("*.csv")} == set(gemaakt)
    for naam, tekst in gemaakt.items():
        assert (map_ / naam).read_text(encoding="utf-8") == tekst, naam
    assert sum(len(t) for t in gemaakt.values()) < 300_000


def test_de_tabellen_hebben_de_afgesproken_kolommen_en_waarden() -> None:
    stad = maak_stad(7)
    assert {n: " ".join(f.columns) for n, f in stad.tabellen.items()} == KOLOMMEN
    t = stad.tabellen
    h = t["huishoudens"]
    assert len(h) == h["pseudoniem"].nunique() == 800
    assert (h["team"].nunique(), h["wijk"].nunique(), h["generalist"].nunique()) == (5, 5, 10)
    assert set(h["type"]) == {"gezinnen", "ouderen", "overig"}
    assert set(h["status"]) <= {"lopend", "afgerond", "uitgevallen"}
    assert (h["einde"] == "").equals(h["status"] == "lopend")
    assert ((h["kinderen"] > 0) == (h["type"] == "gezinnen")).all()
    assert set(t["problematiek"]["moment"]) == {0, 6, 12, 18}
    assert set(t["problematiek"]["zwaarte"]) == {"ev", "zr", "nzr", "top"}
    assert set(t["trajecten"]["stand"]) == {"lopend", "nieuw", "afgevallen"}
    assert set(t["acties"]["door"]) == {"huishouden", "netwerk", "generalist", "professional"}
    assert set(t["escalaties"]["uitkomst"]) == {"voorkomen", "gebeurd", "dreigde"}
    assert set(t["team"]["inzet"]) == {"additioneel", "nieuw_voor_oud"}
    assert (t["gebied"].groupby("wijk").size() == 8).all()
    assert t["gebied"]["wijk"].nunique() == 9
    for naam in ("problematiek", "trajecten", "acties", "escalaties"):
        assert set(t[naam]["pseudoniem"]) <= set(h["pseudoniem"])


def test_elk_getal_van_het_recept_heeft_een_reden() -> None:
    def bladen(tabel: dict[str, object]) -> list[dict[str, object]]:
        return [b for d in tabel.values() if isinstance(d, dict) for b in ([d] if "waarde" in d else bladen(d))]

    alle = bladen(lees_toml(paden.data() / MAP / "recept.toml"))
    assert len(alle) > 60
    assert all(set(b) == {"waarde", "reden"} and len(str(b["reden"])) > 15 for b in alle)


@pytest.mark.parametrize("groep", ["huishoudens.type", "huishoudens.zwaarte", "trajecten.aandeel", "acties.door"])
def test_aandelen_tellen_op_tot_een(groep: str) -> None:
    deel, naam = groep.split(".")
    assert sum(recept()[deel][naam].values()) == pytest.approx(1.0)


def test_geen_aandeel_verlaat_nul_tot_een_wat_er_ook_getrokken_wordt() -> None:
    """All bounded draws at their ends together: the level minus the largest wijk, quarter, lasting shock and effect."""
    geheugen = recept()["tijd"]["schok_geheugen"]
    for uitkomst, deel in recept()["gebied"].items():
        if uitkomst == "zorggebruik_eur":
            continue
        schok = deel["wijk"] * max(1.0, np.sqrt(1 - geheugen**2) / (1 - geheugen))
        uitslag = np.sqrt(3) * (deel["tussen_wijken"] + deel["stad"] + schok)
        assert deel["niveau"] - uitslag + min(deel["effect"], 0.0) >= 0, uitkomst


def test_schokken_zijn_zo_groot_en_blijven_zo_lang_als_gezegd() -> None:
    """Variance of what remains of one wijk after its level and the city: for many towns, on zorggebruik."""
    rng = np.random.default_rng(3)
    _, aantal, _ = wijken()
    deel = recept()["gebied"]["zorggebruik_eur"]
    y = panelen(rng, "zorggebruik_eur", 4000)[:, 5:] / aantal[5:, None]  # comparison wijken: no effect
    verschil = y[:, 0] - y[:, 1]  # the city falls out
    sprong = verschil[:, 1:] - verschil[:, :-1]
    ruis = deel["huishouden"] ** 2 * (1 / aantal[5] + 1 / aantal[6])
    verwacht = 2 * 2 * deel["wijk"] ** 2 * (1 - recept()["tijd"]["schok_geheugen"]) + 2 * ruis
    assert sprong.var() == pytest.approx(verwacht, rel=0.05)


def test_de_waarheid_is_wat_gemiddeld_uitkomt() -> None:
    """Over 300 towns: netto per outcome, trajecten per household, and the prevented share of those under threat."""
    rng = np.random.default_rng(4)
    _, aantal, start = wijken()
    met = start < start.max()
    for uitkomst, effect in waarheid().netto.items():
        y = panelen(rng, uitkomst, 300) / aantal[:, None]
        d = y[..., 4:].mean(axis=-1) - y[..., :4].mean(axis=-1)
        netto = d[:, met].mean(axis=1) - d[:, ~met].mean(axis=1)
        assert abs(netto.mean() - effect) < 4 * netto.std() / np.sqrt(300), uitkomst
    h = huishoudens(rng, 300)
    assert h.meer[h.nieuw].mean() == pytest.approx(waarheid().meer["nieuw"], rel=0.03)
    assert h.meer[~h.nieuw].mean() == pytest.approx(waarheid().meer["bestaand"], rel=0.05)
    assert h.minder[h.nieuw].mean() == pytest.approx(waarheid().minder["nieuw"], rel=0.05)
    assert h.voorkomen[0].sum() / h.dreigt[0].sum() == pytest.approx(0.75, abs=0.01)
    for nummer, (soort, deel) in enumerate(waarheid().voorkomen.items()):
        assert h.dreigt[nummer].mean() * 0.15 == pytest.approx(deel, rel=0.05), soort


def test_een_zaad_geeft_altijd_dezelfde_stad_en_een_ander_een_andere() -> None:
    een, zelfde, ander = maak_stad(1), maak_stad(1), maak_stad(2)
    for naam, frame in een.tabellen.items():
        pd.testing.assert_frame_equal(frame, zelfde.tabellen[naam])
    assert not een.tabellen["gebied"].equals(ander.tabellen["gebied"])


def test_de_tabel_gebied_is_te_lezen_als_paneel() -> None:
    gebied = maak_stad().tabellen["gebied"]
    for uitkomst in UITKOMSTEN:
        p = maak_paneel(gebied, uitkomst)
        assert p.waarden.shape == (9, 8)
        assert p.start.tolist() == [4] * 5 + [8] * 4

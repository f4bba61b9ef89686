"""Value of information: cases with a known answer, a nested calculation on the model, and the advice."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from mkba.analyse.herbouw.gevallen import GEVALLEN, laad_geval
from mkba.analyse.onzekerheid.informatiewaarde import GROEPEN, SALDI, Groep, groepeer, informatiewaarde, verwachte_winst
from mkba.analyse.onzekerheid.simulatie import Simulatie, simuleer
from mkba.analyse.onzekerheid.trekking import Verdeling, trek, verdelingen
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.model.berekening import bereken_reeks
from mkba.model.reeksen import Reeks
from mkba.tests.hulp_tabel import gedrukt
from mkba.uitvoer.onzekerheid import invloedfiguren as figuren
from mkba.uitvoer.onzekerheid import invloedtabellen as tabellen
from mkba.uitvoer.onzekerheid import invloedzinnen

AANTAL = 20_000
EENHEID = Verdeling("uniform", 0.0, 0.0, 1.0)
X, Z, RUIS = "nieuw", "terugval", "meer"
TWEE = (Groep("x", "X", (X,), "", ""), Groep("z", "Z", (Z,), "", ""), Groep("ruis", "Ruis", (RUIS,), "", ""))


@pytest.fixture(scope="module")
def simulatie(kengetallen: Kengetallen) -> Simulatie:
    return simuleer(laad_geval("voorbeeld-3", kengetallen).aanpak, kengetallen)


def bedacht(kengetallen: Kengetallen, formule: Callable[[Reeks, Reeks], Reeks]) -> Simulatie:
    """A simulation whose saldo is a formula of two uniform inputs; a third input does nothing."""
    aanpak = laad_geval("voorbeeld-1", kengetallen).aanpak
    trekking = {X: EENHEID, Z: EENHEID, RUIS: EENHEID}
    u = trek(aanpak, kengetallen, AANTAL, 3, trekking=trekking)
    return Simulatie(aanpak, AANTAL, 3, trekking, {"saldo": formule(u[X], u[Z])}, {}, pd.DataFrame())


def waarde(simulatie: Simulatie, kengetallen: Kengetallen, groepen: tuple[Groep, ...] = TWEE) -> pd.DataFrame:
    return informatiewaarde(simulatie, kengetallen, groepen=groepen, saldi=("saldo",)).set_index("groep")


@pytest.mark.parametrize("midden", [-300.0, 0.0, 150.0, 2000.0])
def test_lineair_heeft_een_bekend_antwoord(kengetallen: Kengetallen, midden: float) -> None:
    """E[saldo | x] is uniform on midden ± 1000: EVPPI = (m + b)^2 / 4b - max(m, 0) inside that range, else 0."""
    uit = waarde(bedacht(kengetallen, lambda x, z: midden + 1000 * (2 * x - 1) + 400 * (2 * z - 1)), kengetallen)
    for groep, b in (("x", 1000.0), ("z", 400.0)):
        verwacht = (midden + b) ** 2 / (4 * b) - max(midden, 0.0) if abs(midden) < b else 0.0
        assert uit.at[groep, "saldo"] == pytest.approx(verwacht, abs=4 * uit.at[groep, "saldo_fout"] + 1)
        assert uit.at[groep, "saldo_spreiding"] == pytest.approx(b**2 / (1000**2 + 400**2), abs=0.01)
    assert uit.at["ruis", "saldo"] == pytest.approx(0.0, abs=5)
    assert uit.at["ruis", "saldo_spreiding"] < 0.002


def test_product_en_een_groep_van_twee(kengetallen: Kengetallen) -> None:
    """saldo = 1000 (x z - 0.2): E[.|x] = 1000 (x / 2 - 0.2); both known is knowing everything."""
    sim = bedacht(kengetallen, lambda x, z: 1000 * (x * z - 0.2))
    uit = waarde(sim, kengetallen)
    x = (np.arange(100_000) + 0.5) / 100_000
    verwacht = float(np.maximum(1000 * (x / 2 - 0.2), 0).mean() - 50)
    assert uit.at["x", "saldo"] == pytest.approx(verwacht, abs=4 * uit.at["x", "saldo_fout"])
    samen = waarde(sim, kengetallen, (Groep("beide", "Beide", (X, Z), "", ""), TWEE[2]))
    # exact: integral of (xz - 0.2)+ = 1/4 - 0.2 + area below the curve xz = 0.2
    alles = 1000 * (0.25 - 0.2 + (0.2**2) * (0.75 - 0.5 * np.log(0.2))) - 50
    winst, fout = verwachte_winst(sim.reeksen["saldo"])
    assert winst == pytest.approx(float(alles), abs=4 * fout)
    assert samen.at["beide", "saldo"] == pytest.approx(winst, rel=0.02)
    assert samen.at["beide", "saldo_spreiding"] == pytest.approx(1.0, abs=1e-9)


@pytest.mark.traag
@pytest.mark.parametrize(("geval", "groep"), [("voorbeeld-4", "substitutie"), ("voorbeeld-3", "escalatie")])
def test_regressie_geeft_wat_genest_rekenen_geeft(geval: str, groep: str, kengetallen: Kengetallen) -> None:
    """The definition itself: for each draw of the group the mean over all other draws, the same ones each time."""
    aanpak = laad_geval(geval, kengetallen).aanpak
    gekozen = verdelingen(aanpak, kengetallen)
    sleutels = groepeer(list(gekozen))[groep]
    buiten, binnen = 600, 250
    vast, vrij = trek(aanpak, kengetallen, buiten, 11), trek(aanpak, kengetallen, binnen, 12)
    varieer = {s: np.repeat(vast[s], binnen) if s in sleutels else np.tile(vrij[s], buiten) for s in vrij}
    y = bereken_reeks(aanpak, kengetallen, varieer, ("saldo",))["saldo"].reshape(buiten, binnen).mean(axis=1)
    sim = simuleer(aanpak, kengetallen, 20_000)
    midden = float(sim.reeksen["saldo"].mean())
    y += midden - y.mean()  # the few inner draws are off by one common amount
    genest = np.maximum(y, 0).mean() - max(midden, 0.0)
    uit = informatiewaarde(sim, kengetallen).set_index("groep")
    fout = np.maximum(y, 0).std() / np.sqrt(buiten)
    assert uit.at[groep, "saldo"] == pytest.approx(genest, abs=3 * fout)
    assert uit.at[groep, "saldo"] == pytest.approx(genest, rel=0.15)


@pytest.mark.parametrize("geval", GEVALLEN)
def test_elke_invoer_hoort_bij_een_groep(geval: str, kengetallen: Kengetallen) -> None:
    sleutels = list(verdelingen(laad_geval(geval, kengetallen).aanpak, kengetallen))
    groepen = groepeer(sleutels)
    assert sorted(s for ss in groepen.values() for s in ss) == sorted(sleutels)
    for s in sleutels:
        assert sum(g.bevat(s) for g in GROEPEN) == 1, s


def test_onbekende_invoer_heeft_geen_groep() -> None:
    with pytest.raises(KeyError, match="hoort bij geen groep"):
        groepeer(["iets_nieuws"])


def test_grenzen_en_volgorde(simulatie: Simulatie, kengetallen: Kengetallen) -> None:
    uit = informatiewaarde(simulatie, kengetallen)
    for saldo in SALDI:
        assert (uit[saldo] >= 0).all()
        alles, fout = verwachte_winst(simulatie.reeksen[saldo])
        assert (uit[saldo] <= alles + 3 * fout).all()
        assert uit[f"{saldo}_spreiding"].between(0, 1).all()
    assert uit["groep"].tolist()[:2] == ["escalatie", "substitutie"]
    pd.testing.assert_frame_equal(uit, informatiewaarde(simulatie, kengetallen))


def test_andere_trekkingen_dan_die_van_de_simulatie_vallen_op(kengetallen: Kengetallen) -> None:
    samen = {("substitutie.nieuw", "substitutie.bestaand"): 0.9}
    sim = simuleer(laad_geval("voorbeeld-3", kengetallen).aanpak, kengetallen, 200, correlaties=samen)
    assert len(informatiewaarde(sim, kengetallen)) > 3  # the simulation knows its own correlations
    pd.testing.assert_frame_equal(informatiewaarde(sim, kengetallen), informatiewaarde(sim, kengetallen, samen))
    eigen = simuleer(sim.aanpak, kengetallen, 200, eigen="x")
    for ander, bij, rho in ((sim, kengetallen, {}), (eigen, kengetallen, None),
                            (sim, kengetallen.met({"kwaliteit.qaly_eur": 80_000}), samen)):  # fmt: skip
        with pytest.raises(ValueError, match="geef dezelfde kengetallen en correlaties"):
            informatiewaarde(ander, bij, rho)


@pytest.mark.traag
@pytest.mark.parametrize("geval", ["voorbeeld-1", "voorbeeld-4"])
def test_de_fout_is_die_over_verschillende_zaden(geval: str, kengetallen: Kengetallen) -> None:
    """The spread of the estimates over 12 seeds; the standard error may be too careful, never far too small."""
    aanpak = laad_geval(geval, kengetallen).aanpak
    sims = [simuleer(aanpak, kengetallen, 3_000, zaad) for zaad in range(12)]
    rijen = [informatiewaarde(s, kengetallen).set_index("groep").loc["substitutie"] for s in sims]
    winsten = np.array([verwachte_winst(s.reeksen["saldo"]) for s in sims])
    for schatting, fout in (
        *((np.array([r[s] for r in rijen]), np.mean([r[f"{s}_fout"] for r in rijen])) for s in SALDI),
        (winsten[:, 0], winsten[:, 1].mean()),
    ):
        assert 0.45 < schatting.std(ddof=1) / fout < 1.6


@pytest.mark.traag
def test_weinig_trekkingen_verzinnen_geen_waarde(kengetallen: Kengetallen) -> None:
    """Groups that hardly matter get no amount by chance (before: 4 of 10 at 100 to 300 draws)."""
    aanpak = laad_geval("voorbeeld-1", kengetallen).aanpak
    vals = 0
    for zaad in range(20):
        uit = informatiewaarde(simuleer(aanpak, kengetallen, 300, zaad), kengetallen).set_index("groep")
        for groep in ("zorgkosten", "effecteuros", "wie_betaalt"):
            vals += int(uit.at[groep, "saldo_gemeente"] > 2 * uit.at[groep, "saldo_gemeente_fout"])
    assert vals <= 1


def test_zonder_waarde_gaat_de_spreiding_voor(kengetallen: Kengetallen) -> None:
    uit = waarde(bedacht(kengetallen, lambda x, z: 1e6 + 100 * x + 300 * z), kengetallen)
    assert (uit["saldo"] == 0).all()
    assert uit.index.tolist()[:2] == ["z", "x"]


def test_advies_noemt_keuze_waarde_en_bijlage(simulatie: Simulatie, kengetallen: Kengetallen) -> None:
    uit = informatiewaarde(simulatie, kengetallen)
    zinnen = invloedzinnen.informatie_zinnen(uit, simulatie)
    assert len(zinnen) == 3
    for zin, saldo in zip(zinnen, SALDI, strict=False):
        keuze = "doorgaan" if simulatie.reeksen[saldo].mean() > 0 else "niet doorgaan"
        assert f"is de keuze {keuze}. Alles vooraf weten zou gemiddeld €" in zin
        assert " ± " in zin
    assert zinnen[2].startswith("Het meest is te winnen met: interventies tegen huisuitzetting")
    assert "(bijlage I van de handleiding, lijst 3, 4 en 5)" in zinnen[2]
    assert zinnen[2].endswith(" voor de gemeente waard per jaar dat de keuze geldt.")
    tabel = gedrukt(tabellen.informatietabel(uit))
    assert tabel["bijlage I"].iloc[0] == "3, 4 en 5"
    assert tabel["waarde voor de keuze: gemeente"].iloc[0].startswith("€\u00a0")
    assert " ± " in tabel["waarde voor de keuze: gemeente"].iloc[0]
    assert "≈\u00a00" in tabel["waarde voor de keuze: maatschappij"].tolist()
    ruw = tabellen.informatietabel(uit).frame["waarde voor de keuze: gemeente"]
    assert [cel.waarde for cel in ruw] == uit["saldo_gemeente"].tolist(), "het werkboek heeft de schatting zelf"
    ax = figuren.informatiewaarde(uit)
    assert next(t.get_text() for t in ax.get_yticklabels()) == "Voorkomen escalatie (vraag 14)"


def test_advies_als_niets_de_keuze_verandert(simulatie: Simulatie, kengetallen: Kengetallen) -> None:
    zeker = {s: np.abs(r) + 1.0 for s, r in simulatie.reeksen.items()}
    vast = Simulatie(simulatie.aanpak, simulatie.aantal, simulatie.zaad, simulatie.trekking, zeker, {}, pd.DataFrame())
    uit = informatiewaarde(vast, kengetallen)
    assert (uit[list(SALDI)] == 0).all(axis=None)
    zinnen = invloedzinnen.informatie_zinnen(uit, vast)
    assert "in elke trekking is het doorgaan" in zinnen[0]
    assert zinnen[2].startswith("Geen van deze gegevens draait de keuze vaak genoeg om.")
    assert set(gedrukt(tabellen.informatietabel(uit))["waarde voor de keuze: gemeente"]) == {"≈\u00a00"}
    assert any("verandert de keuze" in t.get_text() for t in figuren.informatiewaarde(uit).texts)

"""A second opinion: which points, how heavy, and what changes when they are settled the other way."""

from datetime import date
from typing import Any

import pytest

from mkba.analyse.beoordeling.punten import Punt, beoordeel
from mkba.analyse.gevoeligheid.scenarios import laad_scenarios, pas_toe
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.model.berekening import bereken


def standaard(k: Kengetallen, **anders: Any) -> Aanpak:
    aanpak = lees_aanpak(paden.data() / "aanpakken" / "standaard.toml", k)
    return maak_aanpak({**{s: w for s, w in aanpak.plat().items() if w is not None}, **anders}, k)


def per_veld(punten: list[Punt]) -> dict[str, Punt]:
    return {p.melding.veld: p for p in punten}


def test_een_antwoord_buiten_het_bereik_is_gewogen_met_de_rand_van_dat_bereik(kengetallen: Kengetallen) -> None:
    boven = kengetallen.getallen["knop.escalatie.gezin"].boven
    aanpak = standaard(kengetallen, **{"escalatie.gezin": boven + 0.10})
    punt = per_veld(beoordeel(aanpak, kengetallen))["escalatie.gezin"]
    terug = bereken(standaard(kengetallen, **{"escalatie.gezin": boven}), kengetallen)
    assert punt.soort == "buiten bereik"
    assert punt.saldo == pytest.approx(terug["saldo"])
    assert "buiten het gepubliceerde bereik" in punt.melding.oorzaak


def test_een_eigen_kengetal_zonder_bron_is_een_punt_en_met_bron_niet(kengetallen: Kengetallen) -> None:
    aanpak = standaard(kengetallen)
    zonder = kengetallen.met({"kwaliteit.qaly_eur": 50_000})
    punt = per_veld(beoordeel(aanpak, zonder))["kwaliteit.qaly_eur"]
    assert punt.saldo == pytest.approx(bereken(aanpak, kengetallen)["saldo"])
    met = kengetallen.met({"kwaliteit.qaly_eur": 50_000}, "k.toml", {"kwaliteit.qaly_eur": "Werkwijzer 2016"})
    assert "kwaliteit.qaly_eur" not in per_veld(beoordeel(aanpak, met))


def test_dubbeltelling_weegt_middel_omdat_er_geen_euro_bij_hoort(kengetallen: Kengetallen) -> None:
    aanpak = standaard(kengetallen, meer=0.2, **{"substitutie.bestaand": 0.2})
    punt = per_veld(beoordeel(aanpak, kengetallen))["meer en substitutie.bestaand"]
    assert (punt.soort, punt.gewicht, punt.saldo) == ("dubbeltelling", "middel", None)


def test_wat_een_oordeel_keert_weegt_zwaar_en_staat_vooraan(kengetallen: Kengetallen) -> None:
    """Halving what is expected turns the small plus of the standaard into a minus."""
    aanpak = standaard(kengetallen)
    punten = beoordeel(aanpak, kengetallen)
    gewichten = [p.gewicht for p in punten]
    assert gewichten == sorted(gewichten, key=["zwaar", "middel", "licht"].index)
    for punt in punten:
        assert (punt.gewicht == "zwaar") == bool(punt.keert)
    half = bereken(*pas_toe(aanpak, kengetallen, laad_scenarios()["bewijskorting"]))
    punt = per_veld(punten)["vraag 12 tot en met 14"]
    assert punt.saldo == pytest.approx(half["saldo"])
    assert ("maatschappelijk" in punt.keert) == (half["saldo"] < 0)


def test_scenario_s_zijn_een_punt_en_noemen_alleen_wat_keert(kengetallen: Kengetallen) -> None:
    aanpak = standaard(kengetallen)
    punt = per_veld(beoordeel(aanpak, kengetallen))["scenario's"]
    for naam, scenario in laad_scenarios().items():
        if naam == "bewijskorting":
            continue
        anders, nu = bereken(*pas_toe(aanpak, kengetallen, scenario)), bereken(aanpak, kengetallen)
        keert = any(
            (float(anders.reeksen[s][0]) >= 0) != (float(nu.reeksen[s][0]) >= 0)
            for s in ("saldo", "saldo_financieel", "saldo_gemeente")
        )
        assert (f"{scenario.naam} (saldo" in punt.melding.oorzaak) == keert


def test_een_gemeten_aanpak_krijgt_geen_vraag_naar_metingen(kengetallen: Kengetallen) -> None:
    gemeten = lees_aanpak(paden.data() / "aanpakken" / "effectmeting.toml", kengetallen)
    assert "vraag 12 tot en met 14" not in per_veld(beoordeel(gemeten, kengetallen))


def test_elk_punt_zegt_waarom_en_wat_te_doen(kengetallen: Kengetallen) -> None:
    for naam in ("voorbeeld-3", "voorbeeld-5", "effectmeting"):
        aanpak = lees_aanpak(paden.data() / "aanpakken" / f"{naam}.toml", kengetallen)
        for punt in beoordeel(aanpak, kengetallen):
            assert punt.melding.oorzaak
            assert punt.melding.remedie


def test_een_jongere_regelset_is_een_punt_met_de_uitkomst_daarvan(kengetallen: Kengetallen) -> None:
    aanpak = standaard(kengetallen)
    punt = per_veld(beoordeel(aanpak, kengetallen))["regelset"]
    nu = laad("nl-2026")
    assert punt.soort == "verlopen"
    assert punt.saldo == pytest.approx(bereken(aanpak.met({}, nu), nu)["saldo"])
    assert "vervangen, in nl-2026" in punt.melding.oorzaak
    assert "regelset" not in per_veld(beoordeel(aanpak.met({}, nu), nu)), "de jongste heeft geen jongere"


def test_een_verlopen_kengetal_is_gewogen_met_het_verste_eind_van_zijn_bereik() -> None:
    later = laad("nl-2026", vandaag=date(2031, 2, 1))
    aanpak = standaard(later)
    punten = per_veld(beoordeel(aanpak, later))
    assert {m.veld for m in later.verlopen} <= {v for v, p in punten.items() if p.soort == "verlopen"}
    nu = bereken(aanpak, later)["saldo"]
    for melding in later.verlopen:
        k = later.getallen[melding.veld]
        saldi = [bereken(aanpak, later.met({melding.veld: r}))["saldo"] for r in (k.onder, k.boven) if r != k.waarde]
        verwacht = max(saldi, key=lambda s: abs(s - nu)) if saldi else None
        assert punten[melding.veld].saldo == (None if verwacht is None else pytest.approx(verwacht))

"""From one rule set or aanpak to another: ends that are the two outcomes, and steps that add up."""

import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.regelsets.vergelijking import UITKOMSTEN, Kant, vergelijk, zonder_overdrachten
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.catalogus.kengetallen import Kengetallen, laad
from mkba.model.berekening import bereken
from mkba.tests.hulp_invoer import GEVALLEN
from mkba.tests.hulp_rekenblad import willekeurig
from mkba.tests.hulp_voorbeelden import voorbeelden

NL2026 = laad("nl-2026", vandaag=date(2026, 11, 29))


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda p: p.stem)
def test_de_einden_zijn_de_twee_uitkomsten(geval: object, kengetallen: Kengetallen) -> None:
    """All voorbeelden under both rule sets; the steps of every outcome add up, those of the saldo to the cent."""
    een, twee = (lees_aanpak(geval, k) for k in (kengetallen, NL2026))  # type: ignore[arg-type]
    v = vergelijk(Kant("oud", een, kengetallen), Kant("nieuw", twee, NL2026))
    voor, na = bereken(een, kengetallen), bereken(twee, NL2026)
    for uitkomst in UITKOMSTEN:
        assert v.begin(uitkomst) == pytest.approx(voor[uitkomst], rel=1e-12, nan_ok=True)
        assert v.eind(uitkomst) == pytest.approx(na[uitkomst], rel=1e-12, nan_ok=True)
        assert v.stappen[uitkomst].sum() == pytest.approx(v.eind(uitkomst) - v.begin(uitkomst), abs=1e-6)
    begin, stappen, eind = v.centen()
    assert round(sum(round(s * 100) for s in stappen)) == round(eind * 100) - round(begin * 100)
    assert v.groepen[:5] == ("discontovoet", "prijzen", "lonen", "zorgprijzen", "kwaliteit van leven")
    assert v.partijen.sum(axis=1) == pytest.approx([voor["saldo"], na["saldo"]])


def test_een_groep_alleen_is_wat_hij_alleen_doet(kengetallen: Kengetallen) -> None:
    """With one change there is one step: the whole difference. A doubled QALY doubles quality of life."""
    aanpak = lees_aanpak(GEVALLEN[2], kengetallen)
    dubbel = kengetallen.met({"kwaliteit.qaly_eur": 40_000})
    v = vergelijk(Kant("a", aanpak, kengetallen), Kant("b", aanpak, dubbel))
    assert v.groepen == ("kwaliteit van leven",)
    assert v.stappen["saldo"][0] == pytest.approx(bereken(aanpak, kengetallen)["kwaliteit_van_leven"])


def test_twee_groepen_met_de_hand(kengetallen: Kengetallen) -> None:
    """Half of the joint effect to each: QALY and the number of lasting effects multiply."""
    aanpak = lees_aanpak(GEVALLEN[2], kengetallen)
    ander, meer = aanpak.met({"terugval": 0.0}, kengetallen), kengetallen.met({"kwaliteit.qaly_eur": 40_000})
    v = vergelijk(Kant("a", aanpak, kengetallen), Kant("b", ander, meer))
    assert v.groepen == ("terugval", "kwaliteit van leven")
    post = "kwaliteit_van_leven"
    oo, no, on, nn = (
        bereken(a, k)[post] for k, a in ((kengetallen, aanpak), (kengetallen, ander), (meer, aanpak), (meer, ander))
    )
    assert v.stappen[post] == pytest.approx([((no - oo) + (nn - on)) / 2, ((on - oo) + (nn - no)) / 2])


def test_voor_en_na(kengetallen: Kengetallen) -> None:
    """Two aanpakken with another team: the disciplines are a change too."""
    een, twee = (lees_aanpak(GEVALLEN[i], kengetallen) for i in (2, 3))
    v = vergelijk(Kant("voor", een, kengetallen), Kant("na", twee, kengetallen))
    assert v.eind("saldo") == pytest.approx(bereken(twee, kengetallen)["saldo"], rel=1e-12)
    assert v.eind("kb_gemeentelijk") == pytest.approx(bereken(twee, kengetallen)["kb_gemeentelijk"], rel=1e-12)
    assert {"disciplines", "nieuw", "fte"} <= {w.sleutel for w in v.wijzigingen}
    niets = vergelijk(Kant("voor", een, kengetallen), Kant("na", een, kengetallen))
    assert (niets.groepen, niets.wijzigingen) == ((), ())
    assert niets.centen()[1] == ()


def test_een_meting_is_een_groep(kengetallen: Kengetallen) -> None:
    """With the knob off and on: what questions 16 to 18 change is one step, beside a change of an answer."""
    gemeten = lees_aanpak(GEVALLEN[1], kengetallen)
    zonder = gemeten.met({"effectmeting.gebruik": False, "terugval": 0.0}, kengetallen)
    v = vergelijk(Kant("voor", zonder, kengetallen), Kant("na", gemeten, kengetallen))
    assert v.groepen == ("terugval", "gemeten effecten")
    assert v.begin("saldo") == pytest.approx(bereken(zonder, kengetallen)["saldo"], rel=1e-12)
    assert v.eind("saldo") == pytest.approx(bereken(gemeten, kengetallen)["saldo"], rel=1e-12)
    half = gemeten.met({"terugval": 0.0}, kengetallen), zonder.met({"terugval": gemeten.terugval}, kengetallen)
    eerst, later = (bereken(a, kengetallen)["saldo"] for a in half)
    meting = ((eerst - v.begin("saldo")) + (v.eind("saldo") - later)) / 2
    assert v.stappen["saldo"][1] == pytest.approx(meting)


def test_personeelskosten_delen_zich_over_lonen_en_prijzen(kengetallen: Kengetallen) -> None:
    """The cost of the team moves with wages and with prices, each by its own part of tabel 2.5, in 2014 prices."""
    aanpak = lees_aanpak(GEVALLEN[2], kengetallen)
    v = vergelijk(Kant("a", aanpak, kengetallen), Kant("b", aanpak.met({}, NL2026), NL2026))
    per_groep = dict(zip(v.groepen, v.stappen["kosten_aanpak"].tolist(), strict=True))
    lonen, cpi = (
        NL2026[f"personeel.{deel}.teamlid"] / kengetallen[f"personeel.{deel}.teamlid"]
        for deel in ("werkgeverslasten", "huisvesting")
    )
    fte, opslag = aanpak.fte, (0.1 * 63_000 + 0.1 * 51_000, 0.1 * 29_000 + 0.1 * 28_000)
    assert per_groep["lonen"] == pytest.approx(fte * (57_000 + opslag[0]) * (lonen - 1))
    assert per_groep["prijzen"] == pytest.approx(fte * (28_000 + opslag[1]) * (cpi - 1))
    assert np.allclose([per_groep[g] for g in ("discontovoet", "zorgprijzen", "betalers")], 0, atol=1e-6)


def test_zonder_overdrachten(kengetallen: Kengetallen) -> None:
    """Without the avoided uitkering the saldo is lower by exactly that line; without marks there is only the saldo."""
    aanpak = lees_aanpak(GEVALLEN[3], NL2026)
    saldi = zonder_overdrachten(aanpak, NL2026)
    werk = bereken(aanpak, NL2026).grootboek
    regel = next(r for r in werk.regels if r.naam == "effectiviteit.werk")
    assert saldi["saldo"] == pytest.approx(bereken(aanpak, NL2026)["saldo"])
    assert saldi["saldo"] - saldi["geheel"] == pytest.approx(float(werk.ncw_van_regel(regel)[0]))
    assert list(saldi) == ["saldo", "geheel", "deels"]
    assert list(zonder_overdrachten(aanpak, kengetallen)) == ["saldo"]


def test_terug_is_heen_met_een_ander_teken(kengetallen: Kengetallen) -> None:
    """The same groups and the same parts, whichever rule set comes first."""
    een, twee = (lees_aanpak(GEVALLEN[4], k) for k in (kengetallen, NL2026))
    kanten = Kant("oud", een, kengetallen), Kant("nieuw", twee, NL2026)
    heen, terug = vergelijk(*kanten), vergelijk(*kanten[::-1])
    assert heen.groepen == terug.groepen
    for uitkomst in ("saldo", "kb_gemeentelijk"):
        assert heen.stappen[uitkomst] == pytest.approx(-terug.stappen[uitkomst], abs=1e-6)


def test_een_ander_getal_is_geen_prijs(tmp_path: Path) -> None:
    """Who gives wages of his own in the same prices changes a kengetal; who revises a series changes prices."""
    aanpak = lees_aanpak(GEVALLEN[2], NL2026)
    teksten = {
        "andere kengetallen": "[personeel.werkgeverslasten]\n"
        "teamlid = { waarde = 80000, prijspeil = 2025, bron = 'cao' }",
        "prijzen": "[reeksen.cpi.2025]\nmutatie = 0.04\nstand = 'definitief'\nstatus = 'aanname'\nbron = 'x'\n"
        "motivering = 'x'",
    }
    for groep, tekst in teksten.items():
        pad = tmp_path / "mijn.toml"
        pad.write_text(f'ouder = "nl-2026"\n{tekst}\n', encoding="utf-8")
        eigen = laad(f"{pad}@peildatum=2026-11-29")
        v = vergelijk(Kant("a", aanpak, NL2026), Kant("b", aanpak.met({}, eigen), eigen))
        assert v.groepen == (groep,)
        assert v.eind("saldo") == pytest.approx(bereken(aanpak, eigen)["saldo"], rel=1e-12)


@settings(max_examples=voorbeelden(25), deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.booleans())
def test_elke_waterval_telt_op_tot_de_cent(een: int, twee: int, nieuw: bool) -> None:
    """Random aanpakken: from rule set to rule set, and from one to another under either of them."""
    oud = laad()
    kant = {s: {k: willekeurig(random.Random(s), 0, k) for k in (oud, NL2026)} for s in (een, twee)}
    onder = NL2026 if nieuw else oud
    paren = [
        (Kant("oud", kant[een][oud], oud), Kant("nieuw", kant[een][NL2026], NL2026)),
        (Kant("voor", kant[een][onder], onder), Kant("na", kant[twee][onder], onder)),
    ]
    for van, naar in paren:
        v = vergelijk(van, naar)
        begin, stappen, eind = (np.round(np.array(w) * 100) for w in v.centen())
        assert stappen.sum() == eind - begin
        assert begin == np.round(100 * bereken(van.aanpak, van.kengetallen)["saldo"])
        assert eind == np.round(100 * bereken(naar.aanpak, naar.kengetallen)["saldo"])
        for verhouding in ("kb_maatschappelijk", "kb_gemeentelijk"):
            verschil = v.eind(verhouding) - v.begin(verhouding)
            if np.isfinite([*v.stappen[verhouding], verschil]).all():  # without costs there is no ratio
                assert v.stappen[verhouding].sum() == pytest.approx(verschil, abs=1e-6 * max(1.0, abs(verschil)))

"""The draw: reproducible, within strata, each household equally likely; reading back with weights."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkba.analyse.effectmeting.bijwerken.bewijs import Bewijs, Effect, Telling
from mkba.analyse.effectmeting.steekproef.trekking import trek_steekproef, verdeel, verhouding, verwerk
from mkba.invoer.steekproef import Formulierrij, Huishouden
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.tests.hulp_voorbeelden import voorbeelden
from mkba.uitvoer.effectmeting.steekproef.tabellen import uitslagtabel

KENGETALLEN = laad()


def _lijst(*omvang: int) -> list[Huishouden]:
    return [Huishouden(f"h{g}-{i}", "gezin", f"g{g}", "A") for g, n in enumerate(omvang) for i in range(n)]


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 60), min_size=1, max_size=9), st.integers(0, 200))
@settings(max_examples=voorbeelden(100))
def test_verdelen_is_zo_gelijk_als_kan(omvang: dict[str, int], totaal: int) -> None:
    aantal = verdeel(omvang, totaal)
    assert sum(aantal.values()) == min(totaal, sum(omvang.values()))
    assert all(0 <= aantal[s] <= omvang[s] for s in omvang)
    ruim = [aantal[s] for s in omvang if aantal[s] < omvang[s]]
    assert not ruim or max(aantal.values()) - min(ruim) <= 1


@pytest.mark.parametrize(
    ("omvang", "samen"), [((40,) * 7, 70), ((40,) * 3, 60), ((40,) * 9, 70), ((10, 10), 20), ((40,) * 6 + (4,), 70)]
)
def test_zestig_tot_zeventig_huishoudens(omvang: tuple[int, ...], samen: int) -> None:
    s = trek_steekproef(_lijst(*omvang), KENGETALLEN)
    assert len(s.getrokken) == samen == sum(s.aantal.values())
    assert Counter(g.huishouden.generalist for g in s.getrokken) == s.aantal
    assert len({g.huishouden.pseudoniem for g in s.getrokken}) == samen
    assert s.omvang == {f"g{i}": n for i, n in enumerate(omvang)}


def test_de_trekking_hangt_niet_van_de_volgorde_af() -> None:
    lijst = _lijst(30, 40, 50)
    een, omgekeerd = (trek_steekproef(r, KENGETALLEN, 7) for r in (lijst, lijst[::-1]))
    assert een.getrokken == omgekeerd.getrokken
    assert een.kader == omgekeerd.kader
    assert trek_steekproef(lijst, KENGETALLEN, 8).getrokken != een.getrokken
    # another generalist in the list does not change who is drawn of the first, as long as the numbers are the same
    meer = trek_steekproef(_lijst(30, 40, 50, 60), KENGETALLEN, 7, per_generalist=20)
    eerst = trek_steekproef(lijst, KENGETALLEN, 7, per_generalist=20)
    assert [g for g in meer.getrokken if g.huishouden.generalist != "g3"] == list(eerst.getrokken)
    assert "zaad 7" in een.herkomst
    assert een.kader[:12] in een.herkomst


def test_ieder_huishouden_heeft_dezelfde_kans() -> None:
    lijst = _lijst(20, 20)
    keer = Counter(
        g.huishouden.pseudoniem for z in range(600) for g in trek_steekproef(lijst, KENGETALLEN, z, 5).getrokken
    )
    # 600 times 5 of 20: 150 each, standard deviation 10.6
    assert min(keer.values()) > 105
    assert max(keer.values()) < 195


@pytest.mark.parametrize(("zaad", "per"), [(-1, None), (1.5, None), (1, 1), (1, 2.5), (1, True)])
def test_onmogelijke_vragen(zaad: int, per: int | None) -> None:
    with pytest.raises(InvoerFout, match="geheel getal"):
        trek_steekproef(_lijst(20, 20), KENGETALLEN, zaad, per)


def test_te_veel_generalisten_voor_zeventig_huishoudens() -> None:
    with pytest.raises(InvoerFout, match="te weinig voor 2 per generalist"):
        trek_steekproef(_lijst(*(5,) * 40), KENGETALLEN)
    assert len(trek_steekproef(_lijst(*(5,) * 40), KENGETALLEN, per_generalist=2).getrokken) == 80


def _antwoord(i: int, generalist: str, caseload: int, **rest: Any) -> Formulierrij:
    ja_nee = {k: v for k, v in rest.items() if isinstance(v, bool)}
    return Formulierrij(f"p{i}", rest.get("type", "gezin"), generalist, caseload, ja_nee, rest.get("aantallen", {}))


def _geteld(bewijs: Bewijs) -> tuple[float, float]:
    assert isinstance(bewijs, Telling)
    return bewijs.gelukt, bewijs.n


def test_antwoorden_wegen_naar_de_caseload() -> None:
    """Of g0 (caseload 30) 5 of 10 new, of g1 (caseload 90) 1 of 10: (0.5 · 30 + 0.1 · 90) / 120 = 0.2."""
    antwoorden = [_antwoord(i, "g0", 30, nieuw=i < 5) for i in range(10)]
    antwoorden += [_antwoord(10 + i, "g1", 90, nieuw=i < 1) for i in range(10)]
    uit = verwerk([*antwoorden, _antwoord(99, "g1", 90)])
    schatting, _ = uit.per_vraag["nieuw"]
    assert schatting is not None
    assert schatting.waarde == pytest.approx(0.2)
    assert (uit.ingevuld, uit.getrokken) == (20, 21)
    # weights 3 and 9: (10 · 3 + 10 · 9)² / (10 · 9 + 10 · 81) = 16 households
    assert _geteld(uit.bewijs["nieuw"]) == pytest.approx((3.2, 16))


def test_escalatie_telt_per_type_en_te_weinig_geeft_een_zin() -> None:
    antwoorden = [_antwoord(i, "g0", 60, escalatie=i % 4 == 0, type="oudere" if i < 5 else "gezin") for i in range(25)]
    uit = verwerk(antwoorden)
    assert uit.per_vraag["escalatie.gezin"][0] is not None
    assert uit.per_vraag["escalatie.oudere"] == (None, "5 huishoudens gemeten; een interval vraagt er minstens 10")
    assert _geteld(uit.bewijs["escalatie.oudere"]) == pytest.approx((2, 5))
    assert "escalatie.overig" not in uit.bewijs


def test_trajecten_worden_een_verhouding_met_fout() -> None:
    """Dropped 1 of 2 at half of the households: a quarter of the trajecten."""
    antwoorden = [
        _antwoord(i, "g0", 40, nieuw=False, aantallen={"trajecten_start": 2, "trajecten_geschrapt": i % 2})
        for i in range(20)
    ]
    effect = verwerk(antwoorden).bewijs["substitutie.bestaand"]
    assert isinstance(effect, Effect)
    assert effect.waarde == pytest.approx(0.25)
    # residual ± 0.5 each, and four average households more (2 trajecten): two dropped all (1.5), two nothing (0.5)
    kwadraten = (20 * 0.25 + 2 * 1.5**2 + 2 * 0.5**2) * 20 / 24
    assert effect.fout == pytest.approx(np.sqrt(20 / 19 * kwadraten) / 40)
    assert effect.vrij == 19  # and that error is itself a guess
    assert verhouding([1] * 5, [2] * 5, [1] * 5) is None
    assert verhouding([0] * 20, [0] * 20, [1] * 20) is None


def test_vijfenzestig_keer_niets_is_ook_bewijs() -> None:
    """65 households with 2 trajecten each and none dropped: two average ones that dropped both set the error."""
    effect = verhouding([0] * 65, [2] * 65, [1.0] * 65)
    assert effect is not None
    assert effect.waarde == 0
    assert effect.fout == pytest.approx(np.sqrt(65 / 64 * 2 * 2**2 * 65 / 69) / 130)
    een = verhouding([1] + [0] * 64, [2] * 65, [1.0] * 65)
    assert een is not None
    assert een.fout > 1.9 * een.waarde  # one drop is no firm evidence either


def test_een_zeldzame_gebeurtenis_met_klein_gewicht_blijft_bestaan() -> None:
    """One yes with weight 2 of 60 · 2 + 10 · 12 = 240: a share of 1 in 120 of 240² / (60 · 4 + 10 · 144) = 34."""
    antwoorden = [_antwoord(i, "g0", 120, nieuw=i == 0) for i in range(60)]
    antwoorden += [_antwoord(100 + i, "g1", 120, nieuw=False) for i in range(10)]
    assert _geteld(verwerk(antwoorden).bewijs["nieuw"]) == pytest.approx((34 / 120, 34))


def test_bewijs_telt_minder_waar_het_bij_de_grote_caseload_gebeurt() -> None:
    """2 of 10 with weight 12, none of 60 with weight 2: Kish says 34, as measured it is the 0.09 of p (1 − p) over
    (2 · 10.8² + 8 · 1.2² + 60 · 0.2²) / 240² = 0.00429: 21."""
    antwoorden = [_antwoord(i, "g0", 120, nieuw=False) for i in range(60)]
    antwoorden += [_antwoord(100 + i, "g1", 120, nieuw=i < 2) for i in range(10)]
    assert _geteld(verwerk(antwoorden).bewijs["nieuw"]) == pytest.approx((2.1, 21))


def test_een_generalist_zonder_antwoord_verdwijnt_niet() -> None:
    """Six generalists with 30 households each answer, the seventh with 200 does not."""
    antwoorden = [
        _antwoord(10 * g + i, f"g{g}", 30, nieuw=i < 3, aantallen={"trajecten_start": i % 3})
        for g in range(6)
        for i in range(10)
    ]
    stil = [_antwoord(900 + i, "g6", 200) for i in range(10)]
    uit = verwerk([*antwoorden, *stil])
    assert (uit.caseload, uit.geldt_voor, uit.stil) == (380, 180, 1)
    schatting, _ = uit.per_vraag["nieuw"]
    assert schatting is not None
    assert schatting.methode == "Wilson, gewogen, eindige populatie; geldt voor 180 van de 380 huishoudens"
    assert uit.per_vraag["trajecten_start"] == (None, "van 1 van de 7 groepen is niets gemeten; voeg groepen samen")
    assert "geldt voor 180 van de 380 huishoudens" in uitslagtabel(uit).als_tekst()
    assert verwerk(antwoorden).stil == 0
    assert "geldt voor" not in uitslagtabel(verwerk(antwoorden)).als_tekst()


def test_vraag_12_van_nieuwe_huishoudens_is_die_van_de_registratie() -> None:
    """Two added, one of them dropped again, nothing before: half, as the registration counts it."""
    aantallen = {"trajecten_start": 0, "trajecten_toegevoegd": 2, "trajecten_geschrapt": 1}
    effect = verwerk([_antwoord(i, "g0", 40, nieuw=True, aantallen=aantallen) for i in range(20)])
    assert effect.bewijs["substitutie.nieuw"].waarde == pytest.approx(0.5)  # type: ignore[union-attr]


@pytest.mark.traag
def test_dekking_van_een_deel_van_de_steekproef() -> None:
    """The share among who has debts, whose number per generalist is not known: 92 to 98 of 100."""
    rng, raak = np.random.default_rng(3), []
    for keer in range(1500):
        lijst = _lijst(20, 25, 30, 40, 40, 50, 60)
        heeft = {h.pseudoniem: rng.random() < 0.6 for h in lijst}
        goed = {h.pseudoniem: bool(rng.random() < 0.2 + 0.05 * int(h.generalist[1])) for h in lijst}
        waar = np.mean([goed[p] for p, h in heeft.items() if h])
        s = trek_steekproef(lijst, KENGETALLEN, keer)
        antwoorden = [
            Formulierrij(
                (p := g.huishouden.pseudoniem),
                "gezin",
                g.huishouden.generalist,
                g.caseload,
                {"nieuw": False} | ({"terugval": goed[p]} if heeft[p] else {}),
                {},
            )
            for g in s.getrokken
        ]
        schatting, _ = verwerk(antwoorden).per_vraag["terugval"]
        if schatting is not None:
            raak.append(schatting.laag <= waar <= schatting.hoog)
    assert 0.92 <= np.mean(raak) <= 0.98

"""The statements of the meta-analysis: quoted rightly, checked sharply, and honest about what does not hold."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mkba.analyse.meta.controle import controleer
from mkba.analyse.meta.dertien import Model13, als_top
from mkba.analyse.meta.lees_dertien import NUMMERS
from mkba.analyse.meta.lees_meta import laad_meta_analyse
from mkba.analyse.meta.lees_uitspraken import Draai, Elk, Grootste, NietToetsbaar, Uitspraak, lees_uitspraken
from mkba.analyse.meta.maatnamen import benoem, opsomming, toon_waarde
from mkba.analyse.meta.maten import Maat
from mkba.analyse.meta.record import map_meta_analyse
from mkba.analyse.meta.toetsen import Oordeel, rangcorrelatie, toets
from mkba.analyse.meta.uitspraken import als_bevinding
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.woorden.begrippen import ACTOREN
from mkba.model.berekening import bereken
from mkba.tests.hulp_dertien import kaal, model13, oordelen, paginas

UITSPRAKEN = lees_uitspraken()


def met_maten(maten: dict[int, dict[str, Maat]]) -> Model13:
    """The model with other maten than it calculated."""
    return replace(model13(), maten=maten)


def test_genoeg_uitspraken_met_citaat_op_de_pagina() -> None:
    assert len(UITSPRAKEN) >= 40
    assert len({u.naam for u in UITSPRAKEN}) == len(UITSPRAKEN)
    fout = {u.naam: (u.pagina, paginas(u.citaat)) for u in UITSPRAKEN if u.pagina not in paginas(u.citaat)}
    assert not fout


def test_een_zin_telt_een_keer() -> None:
    """No quotation lies inside another: what one sentence says is one statement, and all of it must hold."""
    kale = [kaal(u.citaat).casefold() for u in UITSPRAKEN]
    for een, ander in permutations(kale, 2):
        assert een not in ander


def test_elke_genoemde_aanpak_heeft_een_uitspraak() -> None:
    apart = {n for u in UITSPRAKEN if len(u.aanpakken) < len(NUMMERS) for n in u.aanpakken}
    assert apart == set(NUMMERS)


def test_wat_niet_houdt_zegt_waarom_en_alleen_dat() -> None:
    for oordeel in oordelen():
        assert bool(oordeel.uitspraak.waarom_niet) == (oordeel.houdt is False), oordeel.uitspraak.naam
        assert (oordeel.houdt is None) == isinstance(oordeel.uitspraak.toets, NietToetsbaar)
    niet = [o.uitspraak.naam for o in oordelen() if o.houdt is False]
    assert niet == [
        "MPG alleen de top",
        "kosten MPG hoog",
        "baten MPG",
        "zwaarder, lagere caseload",
        "7: baten bij anderen",
        "gewone substitutie",
        "welzijn draagt bij",
        "jeugd: grootste baten van escalatie",
        "7: verzekeraars en kern-AWBZ een beetje",
    ]


@pytest.mark.parametrize(
    "naam",
    [
        "8, 9 en 10 gemeentelijk rendabel",
        "7 wel voor de maatschappij, niet voor de gemeente",
        "MPG alleen maatschappelijk rendabel",
        "1 en 9 hoogste efficiencywinst, elk anders",
        "2 zonder organisatiebesparing",
        "immaterieel 10 tot 20%",
        "frictie alleen in de opstart",
        "MPG lage caseload",
    ],
)
def test_hoofduitspraken(naam: str) -> None:
    assert _oordeel(naam).houdt is True


def test_waarden_bij_een_oordeel_zijn_die_van_het_model() -> None:
    oordeel = _oordeel("8, 9 en 10 gemeentelijk rendabel")
    (vondst,) = oordeel.vondsten
    assert vondst.model == {str(n): model13().uitkomsten[n]["kb_gemeentelijk"] for n in (8, 9, 10)}
    assert oordeel.grens == "gemeentelijke kosten-batenverhouding > 1,00 bij elk"
    assert oordeel.model == "8: 1,28; 9: 1,89; 10: 1,04"


def test_alles_wat_een_zin_zegt_moet_houden() -> None:
    naam = "MPG alleen maatschappelijk rendabel"
    maten = {n: dict(m) for n, m in model13().maten.items()}
    for maat, waarde in (("kb_maatschappelijk", 0.9), ("kb_financieel", 1.1), ("kb_gemeentelijk", 1.1)):
        anders = {**maten, 12: {**maten[12], maat: waarde}}
        oordeel = toets(met_maten(anders), _uitspraak(naam))
        assert oordeel.houdt is False, maat
        assert oordeel.tegen == (12,)


# sharp: every statement that holds could fail

NAAR_GRENS = "alles te optimaliseren"
TOETSBAAR = [u for u in UITSPRAKEN if not isinstance(u.toets, NietToetsbaar)]


def _verstoringen() -> list[dict[int, dict[str, Maat]]]:
    """Numbers that another world could have given: those of another aanpak, or extremes for one aanpak or all."""
    maten = model13().maten
    uit = [{n: maten[NUMMERS[(n - 1 + stap) % 13]] for n in NUMMERS} for stap in range(1, 13)]
    for waarde in (0.0, 0.04, 0.10, 1.0, 1e6, -1e6, math.nan):
        uit.append({n: {k: "anders" if isinstance(w, str) else waarde for k, w in m.items()} for n, m in maten.items()})
    uit.append({n: {k: w if isinstance(w, str) else -w for k, w in m.items()} for n, m in maten.items()})
    uit += [dict.fromkeys(NUMMERS, maten[1]), dict.fromkeys(NUMMERS, maten[11])]
    uit.append(_op_volgorde(maten, lambda maat: False))
    uit.append(_op_volgorde(maten, lambda maat: maat.startswith("klasse.")))
    return uit


def _op_volgorde(maten: dict[int, dict[str, Maat]], aflopend: Callable[[str], bool]) -> dict[int, dict[str, Maat]]:
    """The same numbers, per maat from low to high over the aanpakken, or from high to low."""
    getallen = [k for k, w in maten[1].items() if not isinstance(w, str)]
    rijen = {k: sorted((m[k] for m in maten.values()), reverse=aflopend(k)) for k in getallen}
    return {n: {**maten[n], **{k: rij[n - 1] for k, rij in rijen.items()}} for n in NUMMERS}


VERSTORINGEN = cache(_verstoringen)


@pytest.mark.parametrize("uitspraak", [u for u in TOETSBAAR if u.naam != NAAR_GRENS], ids=lambda u: str(u.nummer))
def test_elke_uitspraak_kan_anders_uitvallen(uitspraak: Uitspraak) -> None:
    gewoon = _oordeel(uitspraak.naam).houdt
    if isinstance(uitspraak.toets, Draai):
        andersom = "daalt" if uitspraak.toets.richting == "stijgt" else "stijgt"
        anders = uitspraak.model_copy(update={"toets": uitspraak.toets.model_copy(update={"richting": andersom})})
        assert toets(model13(), anders).houdt is not gewoon
        # and a knob that is not turned moves nothing
        veld, waarde = next(iter(uitspraak.toets.zet)), model13().dertien.aanpakken[uitspraak.aanpakken[0]].plat()
        stil = uitspraak.toets.model_copy(update={"zet": {veld: waarde[veld]}})
        assert toets(model13(), uitspraak.model_copy(update={"toets": stil})).houdt is False
        return
    assert any(toets(met_maten(m), uitspraak).houdt is not gewoon for m in VERSTORINGEN())


def test_draai_naar_een_grens_kan_falen() -> None:
    """With top instead of niet-zelfredzaam the model has hardly any benefit: nothing makes 11 to 13 pay."""
    m = model13()
    anders = m.met(als_top(m.dertien))
    mpg = _uitspraak(NAAR_GRENS).model_copy(update={"aanpakken": (11, 13)})
    assert toets(m, mpg).houdt is True
    oordeel = toets(anders, mpg)
    assert oordeel.houdt is False
    assert oordeel.tegen


@pytest.mark.parametrize(
    ("nummer", "wijziging", "breekt"),
    [
        (2, {"disciplines": ("wi", "welzijn")}, ["2 zonder organisatiebesparing"]),
        (5, {"meer": 0.0}, ["5: extra zorg het grootst", "5: meer trajecten"]),
        (4, {"nieuw": 0.18}, ["4: extra zorg het grootst", "huis aan huis vindt veel"]),
        (7, {"escalatie.oudere": 0.0, "succes.mantelzorg": 0.0}, ["7 wel voor de maatschappij, niet voor de gemeente"]),
        (
            8,
            {"substitutie.bestaand": 0.0, "succes.werk": 0.0, "escalatie.gezin": 0.0},
            ["8, 9 en 10 gemeentelijk rendabel"],
        ),
        (9, {"additioneel": 1.0}, ["1 en 9 hoogste efficiencywinst, elk anders", "9 vrijwel volledig nieuw voor oud"]),
        (10, {"escalatie.gezin": 0.02}, ["8, 9 en 10 gemeentelijk rendabel"]),
        (11, {"fte": 60}, ["MPG alleen maatschappelijk rendabel"]),
        (12, {"escalatie.gezin": 0.09, "escalatie.overig": 0.06}, ["MPG alleen maatschappelijk rendabel"]),
        (6, {"frictie": 0.0}, ["frictie alleen in de opstart"]),
        (3, {"frictie": 0.1}, ["frictie alleen in de opstart"]),
        (12, {"succes.overlast": 0.0, "nieuw": 0.05}, ["12 zet in op overlast"]),
    ],
)
def test_een_andere_invoer_breekt_de_uitspraak(nummer: int, wijziging: dict[str, Any], breekt: list[str]) -> None:
    anders = model13().met({nummer: wijziging})
    for naam in breekt:
        assert _oordeel(naam).houdt is True
        oordeel = toets(anders, _uitspraak(naam))
        assert oordeel.houdt is False
        assert oordeel.tegen == () or nummer in oordeel.tegen or naam.startswith("1 en 9")


def test_als_top_verliest_het_model_de_baten() -> None:
    """The reason in the marks and in 'MPG alleen de top' is true of the model."""
    m = model13()
    anders = m.met(als_top(m.dertien))
    assert toets(anders, _uitspraak("MPG alleen de top")).tegen == (12,)  # a part of 12 is zelfredzaam
    for n in (11, 13):
        assert anders.uitkomsten[n]["escalatie"] == 0
        assert anders.uitkomsten[n]["substitutie"] == 0
        assert anders.uitkomsten[n]["kb_maatschappelijk"] < 0.5


# the maten


def test_maten_kloppen_met_het_grootboek() -> None:
    for n, maten in model13().maten.items():
        m = {k: w for k, w in maten.items() if isinstance(w, float)}
        s = model13().uitkomsten[n].sleutels
        assert sum(m[f"kosten.{p}"] for p in ("kosten_aanpak", "frictiekosten", "kosten_extra_zorg")) == pytest.approx(
            1
        )
        assert m["baten.financieel"] + m["baten.immaterieel"] == pytest.approx(1)
        assert m["verhouding.financieel"] == pytest.approx(s["kb_financieel"])
        assert sum(m[f"batenaandeel.{a}"] for a in ACTOREN) == pytest.approx(1)
        saldo = sum(m[f"saldo.{a}"] for a in ACTOREN) * m["veld.huishoudens"]
        assert saldo == pytest.approx(s["saldo"], abs=0.01)
        assert sum(m[f"klasse.{k}"] for k in ("groen", "lichtoranje", "oranje", "rood")) == pytest.approx(1)
        assert m["caseload"] * m["veld.fte"] == pytest.approx(m["veld.huishoudens"])


def test_maten_met_de_hand() -> None:
    """Aanpak 2: 175 households, 1.2 fte of EUR 102,100, half of them new, wholly additional, one discipline."""
    m = model13().maten[2]
    assert m["per_huishouden.kosten_aanpak"] == pytest.approx(1.2 * 102_100 / 175)
    assert m["klasse.groen"] == pytest.approx(0.10)
    assert m["nieuw_voor_oud.gemeente"] == 0
    assert m["jaar.kosten"] == 0
    # gezin nzr to top: 0.221 x (0.562 x 7,600 + 26,900 + 46,700 + 900) x 4.028 per avoided escalation (MODEL 3.3)
    verwacht = 4.028 * 0.221 * (0.562 * 7_600 + 26_900 + 46_700 + 900)
    assert model13().maten[11]["escalatie_per_geval"] == pytest.approx(verwacht, rel=1e-3)


def test_rangcorrelatie() -> None:
    assert rangcorrelatie([1, 2, 3], [10, 20, 30]) == pytest.approx(1)
    assert rangcorrelatie([1, 2, 3], [30, 20, 10]) == pytest.approx(-1)
    # ties share the average rank: ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3 (by hand: 4.5 / sqrt(4.5 * 5))
    assert rangcorrelatie([1, 2, 2, 5], [1, 2, 3, 4]) == pytest.approx(4.5 / math.sqrt(4.5 * 5))
    assert math.isnan(rangcorrelatie([1, 1, 1], [1, 2, 3]))
    assert math.isnan(rangcorrelatie([1, np.nan, 2], [1, 2, 3]))


# records and messages


def test_een_oordeel_is_een_bevinding() -> None:
    for oordeel in oordelen():
        b = als_bevinding(oordeel)
        assert b.soort == "uitspraak"
        assert b.houdt is oordeel.houdt
        assert bool(b.berekend) == bool(b.gepubliceerd) == (b.houdt is not None)
        assert b.toelichting or b.houdt is True
        assert not b.toelichting or b.toelichting.endswith(".")
    zeven = als_bevinding(_oordeel("7: baten bij anderen"))
    assert (zeven.plek, zeven.bij, zeven.grond) == ("§4.1, p. 19", "figuur 4.2", "uitkomst")
    assert (zeven.gepubliceerd, zeven.berekend) == ("deel van de baten bij de gemeente <= 33% bij elk", "7: 47%")


def test_waar_een_oordeel_op_rust() -> None:
    assert _uitspraak("2 en 9 van de sociale dienst").rust_op == "invoer"
    assert _uitspraak("zwaarder, lagere caseload").rust_op == "invoer"
    assert _uitspraak("2 zonder organisatiebesparing").rust_op == "invoer"  # nothing additional, no substitution
    assert _uitspraak("additioneel, minder besparing").rust_op == "model"
    assert _uitspraak("8, 9 en 10 gemeentelijk rendabel").rust_op == "uitkomst"
    assert _uitspraak("kwaliteit van de generalist").rust_op == ""
    for u in UITSPRAKEN:
        assert (
            u.grond != "model"
            or not isinstance(u.toets, Grootste | Elk)
            or u.naam == "werk de grootste financiële baat"
        )


def test_wat_op_een_gekozen_invoer_rust_is_afgestemd() -> None:
    """Put every value that was chosen on the outcome back, one mark and all together: what then no longer holds, was
    tuned. (Statements that rest on the input change along with it by construction.)"""
    model = model13()
    terug = model.dertien.afgestemd
    assert terug[12] == {"escalatie.gezin": 0.09, "escalatie.oudere": 0.09, "nieuw": 0.30, "meer": 0.0}
    assert (terug[2], terug[4], terug[5]) == ({"nieuw": 0.30}, {"nieuw": 0.18}, {"meer": 0.10})
    groepen: dict[int, dict[int, dict[str, float]]] = {}
    for merk in model.dertien.merken.values():
        if merk.zonder:
            groepen[id(merk)] = merk.zonder
    assert len(groepen) == 9
    gezakt: set[int] = set()
    for anders in (*groepen.values(), terug):
        ander = model.met(anders)
        gezakt |= {
            o.uitspraak.nummer
            for o in oordelen()
            if o.houdt and o.uitspraak.rust_op in ("uitkomst", "afgestemd") and not toets(ander, o.uitspraak).houdt
        }
    afgestemd = {u.nummer for u in UITSPRAKEN if u.rust_op == "afgestemd"}
    assert gezakt == afgestemd
    # a statement that does not hold all the same is not counted as tuned
    assert all(o.houdt for o in oordelen() if o.uitspraak.nummer in afgestemd)


def test_afgestemd_zegt_waarop(tmp_path: Path) -> None:
    tekst = (map_meta_analyse() / "uitspraken.toml").read_text(encoding="utf-8")
    for weg in (
        'grond = "afgestemd"\n',
        next(r for r in tekst.splitlines(keepends=True) if r.startswith("afstemming =")),
    ):
        stuk = tmp_path / "uitspraken.toml"
        stuk.write_text(tekst.replace(weg, "", 1), encoding="utf-8")
        with pytest.raises(InvoerFout, match="zegt in afstemming waarop"):
            lees_uitspraken(stuk)


def test_tellingen_in_de_documenten_volgen_uit_de_gegevens(kengetallen: Kengetallen) -> None:
    """README, docs/reconstructie.md and the notebook's 121: all from uitspraken.toml and the findings."""
    per_grond = Counter(u.rust_op for u in UITSPRAKEN)
    alle, niet = len(UITSPRAKEN), per_grond[""]
    bevindingen = controleer(laad_meta_analyse(), kengetallen)
    bron = sum(b.soort == "uitspraak" and b.grond == "bron" for b in bevindingen)
    totaal = sum(b.soort == "uitspraak" for b in bevindingen)
    assert totaal == alle + bron
    wortel = Path(__file__).parents[4]
    readme = " ".join((wortel / "README.md").read_text(encoding="utf-8").split())
    assert (
        f"{alle} of its statements about them, {alle - niet} of which can be checked ({per_grond['afgestemd']} of "
        f"those only after tuning); with the {bron} that rest on printed cases the notebook counts {totaal}"
    ) in readme
    doc = " ".join((wortel / "docs" / "reconstructie.md").read_text(encoding="utf-8").split())
    for zin in (
        f"`uitspraken.toml` lists {alle} statements",
        f"- {per_grond['uitkomst']} on an outcome of the reconstruction",
        f"- {per_grond['afgestemd']} on an outcome on which an input or the check itself was chosen",
        f"- {per_grond['invoer']} rest on the input",
        f"- {per_grond['model']} on the model",
        f"- {niet} cannot be checked",
        f"adds {bron} statements that a published case or a printed number can check: {totaal} in all",
        f"of the {alle - niet} do not hold",
    ):
        assert zin in doc, zin


def test_maten_in_woorden() -> None:
    assert benoem("verhouding.nieuw_voor_oud") == "nieuw voor oud per euro kosten"
    assert benoem("veld.nieuw") == "nieuw gevonden huishoudens"
    assert benoem("effectaandeel.gemeente") == "deel van de baten zonder nieuw voor oud bij de gemeente"
    assert benoem("discipline.wi") == "in het team: Werk & inkomen"
    assert toon_waarde(0.0953, "kosten.frictiekosten") == "10%"
    assert toon_waarde(-0.0004, "saldo.gemeente") == "€\u00a00"
    assert toon_waarde(1933.4, "escalatie_per_geval") == "€\u00a01.933"
    assert toon_waarde(689_716.0, "substitutie") == "€\u00a0689.716"
    assert toon_waarde(math.nan, "caseload") == "–"
    assert opsomming({"1": "wijk", "2": "wijk", "3": "wijk", "7": "stad"}) == "1-3: wijk; 7: stad"
    # every maat that a statement looks at has words of its own
    for u in UITSPRAKEN:
        for _, t in u.toetsen:
            maat = getattr(t, "maat", "")
            assert not maat or ("." not in benoem(maat).replace("a.g.v.", "") and "_" not in benoem(maat)), maat


def test_meer_vinden_verlaagt_de_financiele_verhouding_van_elke_aanpak() -> None:
    """What the reason of 'knop: vinden' says of the model."""
    for uitkomst in model13().uitkomsten.values():
        meer = bereken(uitkomst.aanpak, uitkomst.kengetallen, {"nieuw": 0.95})
        assert float(meer.reeksen["kb_financieel"][0]) < uitkomst["kb_financieel"]


@pytest.mark.parametrize(
    ("toets_", "melding"),
    [
        ('{ soort = "gevoel", maat = "saldo" }', "deze soort bestaat niet."),
        ('{ maat = "saldo" }', "de soort ontbreekt."),
        ('{ soort = "elk", maat = "saldo", teken = ">" }', "dit veld ontbreekt."),
        ('{ soort = "elk", maat = "saldo", teken = "~", grens = 0 }', "deze waarde kan niet."),
        ('{ soort = "draai", maat = "saldo", zet = { nieuw = 0.5 } }', "een teken en een grens, of een richting"),
        ('{ soort = "draai", maat = "saldo", richting = "stijgt" }', "een draai zet ten minste een knop"),
        (
            '{ soort = "draai", maat = "caseload", zet = { nieuw = 0.5 }, richting = "stijgt" }',
            "kijkt naar een uitkomst",
        ),
        ('{ soort = "draai", maat = "saldo", zet = { nieuw = 1.5 }, richting = "stijgt" }', "kan niet 1.5 zijn"),
        ('{ soort = "draai", maat = "saldo", zet = { fte = 1.5 }, richting = "stijgt" }', "geen aandeel van het"),
        ('{ soort = "uiterste", maat = "saldo", kant = "hoogste", onder = [14] }', "deze aanpak bestaat niet."),
    ],
)
def test_een_foute_toets_geeft_een_melding(tmp_path: Path, toets_: str, melding: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        lees_uitspraken(_bestand(tmp_path, toets_))
    assert melding in str(fout.value)
    assert "uitspraak 1" in str(fout.value)


def test_een_onbekende_maat_of_een_gat_in_de_nummers_geeft_een_melding(tmp_path: Path) -> None:
    bestand = _bestand(tmp_path, '{ soort = "elk", maat = "saldi", teken = ">", grens = 0 }')
    (uitspraak,) = lees_uitspraken(bestand)
    with pytest.raises(InvoerFout, match=r"toets\.maat = 'saldi': deze maat bestaat niet"):
        toets(model13(), uitspraak)
    bestand.write_text(bestand.read_text(encoding="utf-8").replace("nummer = 1", "nummer = 2"), encoding="utf-8")
    with pytest.raises(InvoerFout, match="de nummers lopen niet door"):
        lees_uitspraken(bestand)


def test_de_toelichting_noemt_de_goede_aantallen() -> None:
    tekst = (map_meta_analyse().parents[1] / "docs" / "reconstructie.md").read_text(encoding="utf-8")
    over = [u.rust_op for u in UITSPRAKEN]
    assert f"lists {len(over)} statements" in tekst
    assert f"{over.count('invoer')} rest on the input" in tekst
    assert f"{over.count('uitkomst')} on an outcome" in tekst
    assert f"{over.count('model')} on the model" in tekst
    assert f"{over.count('')} cannot be checked" in tekst
    niet = tekst[tekst.index("| statement |") :].split("\n\n")[0].splitlines()[2:]
    assert len(niet) == sum(o.houdt is False for o in oordelen())


def _bestand(map_: Path, toets_: str) -> Path:
    bestand = map_ / "uitspraken.toml"
    kop = '[[uitspraak]]\nnummer = 1\nnaam = "a"\ncitaat = "b"\nparagraaf = "4.1"\npagina = "19"\nbij = "figuur 4.2"\n'
    bestand.write_text(f"{kop}toets = {toets_}\n", encoding="utf-8")
    return bestand


def _uitspraak(naam: str) -> Uitspraak:
    return next(u for u in UITSPRAKEN if u.naam == naam)


def _oordeel(naam: str) -> Oordeel:
    return next(o for o in oordelen() if o.uitspraak.naam == naam)

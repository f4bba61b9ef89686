"""The invoerscherm without widgets: what is typed, what follows from it, and what can be done."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mkba.invoer.lezen import lees_aanpak, lees_aanpakken
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.notatie import kort_schermveld, langer_schermveld, lees_getal, lees_schermveld, schrijf_schermveld
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.woorden.velden import KNOPPEN, Soort
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.scherm.beeld import bekijk
from mkba.scherm.concept import Concept
from mkba.scherm.invoerscherm import Invoerscherm, lees_inhoud, voorbeelden
from mkba.tests.hulp_rekenblad import plaats, typ

GEVALLEN = sorted(p.stem for p in (paden.data() / "aanpakken").glob("*.toml"))


@pytest.fixture
def vb1(kengetallen: Kengetallen) -> Aanpak:
    return lees_aanpak(paden.zoek_aanpak("voorbeeld-1"), kengetallen)


@pytest.fixture
def scherm(kengetallen: Kengetallen, vb1: Aanpak) -> Invoerscherm:
    return Invoerscherm(kengetallen, vb1)


# --- what is typed


@pytest.mark.parametrize(
    ("tekst", "fractie"),
    [
        ("31%", 0.31),
        ("31 %", 0.31),
        ("31", 0.31),
        ("0,31", 0.0031),  # a number in a field that shows % is a percentage, whatever a table makes of it
        ("0.31", 0.0031),
        ("0,5", 0.005),
        ("0,5%", 0.005),
        ("1", 0.01),
        ("1,0", 0.01),
        ("-1", -0.01),
        ("-0,5", -0.005),
        ("12,5", 0.125),
        ("1%", 0.01),
        ("100%", 1.0),
        ("0", 0.0),
        ("-40", -0.4),
        ("\u221240 %", -0.4),
        ("150", 1.5),  # read; the range is checked by the field
    ],
)
def test_percentage_zoals_getypt(tekst: str, fractie: float) -> None:
    assert lees_schermveld(tekst, "fractie") == fractie


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("0,5", "0,5 is gelezen als 0,5%. Bedoelt u 50%? Typ dan 50%."),
        ("1", "1 is gelezen als 1%. Bedoelt u 100%? Typ dan 100%."),
        ("-0.4", "-0.4 is gelezen als -0,4%. Bedoelt u -40%? Typ dan -40%."),
        ("0,5%", ""),
        ("0", ""),
        ("1,5", ""),  # no table reads this as 150%
        ("31", ""),
    ],
)
def test_het_scherm_zegt_hoe_het_las_wat_anders_bedoeld_kan_zijn(tekst: str, zin: str, scherm: Invoerscherm) -> None:
    scherm.zet("substitutie.nieuw", tekst)
    assert scherm.concept.lezingen.get("substitutie.nieuw", "") == zin
    scherm.zet("substitutie.nieuw", "20%")
    assert not scherm.concept.lezingen


def test_een_half_procent_escalatie_is_geen_vijftig(
    scherm: Invoerscherm, kengetallen: Kengetallen, vb1: Aanpak
) -> None:
    """What the screen itself advises at question 14, "1 of 2%", can be typed as a number."""
    for tekst, fractie in (("0,5", 0.005), ("1", 0.01)):
        scherm.zet("escalatie.gezin", tekst)
        assert scherm.uitkomst is not None
        verwacht = bereken(vb1.met({"escalatie.gezin": fractie}, kengetallen), kengetallen)["saldo"]
        assert scherm.uitkomst["saldo"] == verwacht


def test_een_tabel_leest_een_fractie_zoals_altijd() -> None:
    assert lees_getal("0,31", "fractie") == 0.31


@given(
    st.floats(-1, 1),
    st.floats(0, 1e9) | st.integers(0, 10**9).map(float) | st.integers(0, 10**6).map(lambda n: n / 1000),
    st.sampled_from(["aantal", "eur", "decimaal"]),
)
@example(0.0, 1000.0, "decimaal")  # 1.000 could be one: fte
@example(0.0, 100_000.0, "decimaal")
@example(0.0, 1000.5, "decimaal")
def test_wat_een_veld_toont_leest_terug_als_hetzelfde(fractie: float, getal: float, soort: Soort) -> None:
    assert lees_schermveld(schrijf_schermveld(fractie, "fractie"), "fractie") == fractie
    assert lees_schermveld(schrijf_schermveld(getal, soort), soort) == getal


@given(
    st.floats(-1, 1) | st.floats(-0.001, 0.001),
    st.floats(0, 1e6) | st.integers(0, 10**6).map(lambda n: n / 1000),
    st.sampled_from(["fractie", "eur", "decimaal"]),
)
@example(0.1304347826086957, 0.0, "fractie")  # 13%
@example(0.0, 13.1234, "decimaal")  # 13,12 and, a digit longer, 13,1200: 13,120 could be thirteen thousand
def test_een_korte_tekst_en_een_nul_erbij_lezen_als_hetzelfde(fractie: float, getal: float, soort: Soort) -> None:
    waarde = fractie if soort == "fractie" else getal
    kort = kort_schermveld(waarde, soort)
    gelezen = lees_schermveld(kort, soort)
    assert gelezen == pytest.approx(waarde, rel=0.006 if soort == "fractie" else 0.0006, abs=1e-9)
    lang = langer_schermveld(kort)
    assert lang != kort
    assert lees_schermveld(lang, soort) == gelezen


def test_nederlandse_notatie() -> None:
    assert schrijf_schermveld(1_429_400.0, "eur") == "1.429.400"
    assert schrijf_schermveld(0.31, "fractie") == "31%"
    assert schrijf_schermveld(-0.0, "fractie") == "0%"
    assert schrijf_schermveld(13.125, "decimaal") == "13,1250"  # 13,125 could be thirteen thousand
    assert schrijf_schermveld(1000.0, "decimaal") == "1000"  # 1.000 could be one
    assert schrijf_schermveld(1000.5, "decimaal") == "1.000,5"


@pytest.mark.parametrize("geval", GEVALLEN)
def test_een_aanpak_op_het_scherm_en_terug_is_dezelfde(geval: str, kengetallen: Kengetallen) -> None:
    aanpak = lees_aanpak(paden.zoek_aanpak(geval), kengetallen)
    concept = Concept.uit(aanpak)
    beeld = bekijk(concept, kengetallen)
    assert beeld.aanpak == aanpak
    assert beeld.aanpak.opgegeven == aanpak.opgegeven
    opnieuw = Concept.leeg()
    for sleutel, tekst in concept.teksten.items():
        opnieuw = opnieuw.kies(sleutel, aanpak.disciplines) if sleutel == "disciplines" else opnieuw.zet(sleutel, tekst)
    assert bekijk(opnieuw, kengetallen).aanpak == aanpak


def test_een_wijziging_verandert_het_oude_concept_niet(vb1: Aanpak) -> None:
    oud = Concept.uit(vb1)
    nieuw = oud.zet("additioneel", "0")
    assert (oud.waarden["additioneel"], oud.teksten["additioneel"]) == (0.5, "50%")
    assert (nieuw.waarden["additioneel"], nieuw.teksten["additioneel"]) == (0.0, "0%")
    with pytest.raises(TypeError):
        nieuw.waarden["additioneel"] = 1.0  # type: ignore[index]


# --- what follows from it


def test_elke_wijziging_rekent_door(scherm: Invoerscherm, kengetallen: Kengetallen, vb1: Aanpak) -> None:
    scherm.zet("additioneel", "0")
    assert scherm.uitkomst is not None
    assert scherm.uitkomst["saldo"] == bereken(vb1.met({"additioneel": 0.0}, kengetallen), kengetallen)["saldo"]
    assert scherm.uitkomst["saldo"] == pytest.approx(567_739.17 + 0.5 * 8 * 102_100, abs=0.01)


@pytest.mark.parametrize(
    ("sleutel", "tekst", "melding"),
    [
        ("terugval", "120", "dit is hoger dan 100%. Geef een percentage van 0% tot en met 100%."),
        ("terugval", "-5%", "dit is lager dan 0%. Geef een percentage van 0% tot en met 100%."),
        ("substitutie.nieuw", "-150", "dit is lager dan -100%. Geef een percentage van -100% tot en met 100%."),
        ("terugval", "veel", "dit is geen percentage. Schrijf bijvoorbeeld 31 of 31%."),
        ("fte", "9.500.000", "de waarde ligt niet tussen 0 en 100.000. Geef een getal van 0 tot 100.000."),
        ("fte", "8%", "een percentage past niet bij dit veld. Geef een getal, zoals 13,5."),
        ("fte", "1,125", "dit kan 1.125 of 1,125 zijn."),
        ("afschrijving_jaren", "2,5", "dit is geen geheel aantal jaren. Geef een geheel getal."),
        ("huishoudens", "600,5", "een aantal is een geheel getal. Rond het af, bijvoorbeeld op 600."),
        ("huishoudens", "0", "de waarde ligt niet tussen 1 en 5.000.000."),
        ("naam", "x" * 201, "de naam is langer dan 200 tekens. Kort de naam in."),
        ("naam", "123456782", "de naam bevat een geldig bsn (elfproef)."),
    ],
)
def test_een_veld_zegt_wat_er_mis_is(scherm: Invoerscherm, sleutel: str, tekst: str, melding: str) -> None:
    voor = scherm.laatste
    scherm.zet(sleutel, tekst)
    fout = scherm.beeld.fouten[sleutel]
    assert f"{fout.oorzaak} {fout.remedie}".startswith(melding)
    assert scherm.aanpak is None
    assert scherm.concept.teksten[sleutel] == tekst  # what was typed stays, to be corrected
    assert scherm.laatste is voor  # the last right outcome
    scherm.terug()
    assert scherm.aanpak is not None


def test_aandelen_worden_getoond_en_niet_herschaald(scherm: Invoerscherm) -> None:
    scherm.zet("zwaarte.gezin.zr", "70")
    som = scherm.beeld.sommen["zwaarte.gezin"]
    assert (som.tekst, som.klopt) == ("95% (5% te weinig)", False)
    assert "zwaarte.gezin" in scherm.beeld.fouten
    assert scherm.aanpak is None
    assert scherm.beeld.geldt["zwaarte.gezin.zr"] == "70%"
    scherm.zet("zwaarte.gezin.zr", "76")
    assert scherm.beeld.sommen["zwaarte.gezin"].tekst == "101% (1% te veel)"
    assert scherm.aanpak is not None
    assert scherm.aanpak.zwaarte.gezin.zr == 0.76
    assert any(m.veld == "zwaarte.gezin" for m in scherm.beeld.let_op)  # allowed, and said


def test_som_van_een_type_zonder_huishoudens(kengetallen: Kengetallen) -> None:
    scherm = Invoerscherm(kengetallen)
    scherm.zet_alle({"type.gezin": "100%", "type.oudere": "0"})
    assert scherm.beeld.sommen["type"].tekst == "100%"
    assert scherm.beeld.sommen["zwaarte.oudere"].klopt
    assert scherm.beeld.sommen["zwaarte.oudere"].tekst == "–"
    assert scherm.beeld.sommen["zwaarte.gezin"].tekst == "100%"  # the kengetal of an empty column


def test_berekende_kengetallen_van_het_rekenvoorbeeld(kengetallen: Kengetallen) -> None:
    """Figuren 2.1 and 2.4 print 1.063 households at 14 fte, 13 fte and 6% frictie."""
    scherm = Invoerscherm(kengetallen)
    scherm.laad_voorbeeld("standaard")
    assert scherm.beeld.kengetal["huishoudens"] == "1.063"
    assert scherm.beeld.kengetal["fte"] == "13,2"
    assert scherm.beeld.berekend["frictie"] == pytest.approx(0.06, abs=0.005)
    scherm.zet("fte", "28")
    assert scherm.beeld.kengetal["huishoudens"] == "2.125"


def test_berekende_kengetallen_in_de_planfase(kengetallen: Kengetallen) -> None:
    """What the manual promises: households unknown, fte known, and the other way around."""
    scherm = Invoerscherm(kengetallen)
    assert not set(scherm.beeld.berekend)
    scherm.zet_alle({"type.gezin": "40", "type.oudere": "30", "type.overig": "30", "fte": "14"})
    assert scherm.beeld.kengetal["huishoudens"] == "1.063"
    assert not {"fte", "frictie"} & set(scherm.beeld.kengetal)
    scherm.naar_kengetal("huishoudens")
    assert scherm.concept.waarden["huishoudens"] == 1063
    scherm.zet("fte", "")
    assert scherm.beeld.kengetal["fte"] == "14"
    scherm.zet("zwaarte.gezin.zr", "onzin")
    assert not scherm.beeld.berekend


def test_berekende_kengetallen_hangen_niet_af_van_een_fout_elders(scherm: Invoerscherm) -> None:
    voor = dict(scherm.beeld.kengetal)
    scherm.zet("terugval", "onzin")
    assert scherm.aanpak is None
    assert scherm.beeld.kengetal == voor


def test_leeg_begin_vraagt_en_verwijt_niet(kengetallen: Kengetallen) -> None:
    beeld = Invoerscherm(kengetallen).beeld
    assert not beeld.fouten
    assert {"naam", "huishoudens", "type.gezin", "fte", "additioneel"} <= set(beeld.ontbreekt)


def test_terug_naar_kengetal(scherm: Invoerscherm, kengetallen: Kengetallen) -> None:
    scherm.zet("escalatie.gezin", "5")
    scherm.naar_kengetal("escalatie.gezin")
    assert "escalatie.gezin" not in scherm.concept.teksten
    assert scherm.aanpak is not None
    assert scherm.aanpak.herkomst("escalatie.gezin") == "kengetal"
    assert scherm.aanpak.escalatie.gezin == kengetallen["knop.escalatie.gezin"]
    assert scherm.beeld.geldt["escalatie.gezin"] == "2%"
    scherm.zet("fte", "10")
    scherm.naar_kengetal("frictie")
    assert scherm.aanpak.frictie == pytest.approx(scherm.beeld.berekend["frictie"], abs=0.0005)
    scherm.naar_kengetal("additioneel")  # has none: stays
    assert scherm.aanpak.additioneel == 0.5


def test_een_knop_zonder_discipline_telt_als_nul(scherm: Invoerscherm) -> None:
    scherm.naar_kengetal("succes.werk")
    assert scherm.beeld.geldt["succes.werk"] == "1%"
    scherm.kies("disciplines", ("jeugd",))
    assert scherm.beeld.geldt["succes.werk"] == "0%"
    scherm.zet("naam", "x" * 300)  # the same while something else is wrong
    assert scherm.beeld.geldt["succes.werk"] == "0%"


# --- what can be done


def test_ongedaan_maken_ook_van_laden(scherm: Invoerscherm) -> None:
    begin = scherm.concept
    assert not scherm.kan_terug
    scherm.zet("fte", "9")
    scherm.zet("fte", "9")  # nothing changed, so nothing to undo
    scherm.laad_voorbeeld("voorbeeld-4")
    scherm.terug()
    assert scherm.concept.teksten["fte"] == "9"
    scherm.terug()
    assert scherm.concept is begin
    assert not scherm.kan_terug
    scherm.terug()
    assert scherm.concept is begin


def test_een_nieuwe_aanpak_toont_niet_de_uitkomst_van_een_andere(scherm: Invoerscherm) -> None:
    scherm.laad(None)
    assert scherm.laatste is None
    scherm.terug()
    assert scherm.laatste is scherm.uitkomst
    scherm.zet("fte", "x")
    voor = scherm.laatste
    scherm.laad(None)
    scherm.terug()
    assert scherm.laatste is voor


def test_vergelijken(scherm: Invoerscherm) -> None:
    gezien: list[bool] = []
    scherm.luister = lambda: gezien.append(scherm.vergelijking is not None)
    scherm.zet_vast()
    assert scherm.vergelijking is not None
    assert scherm.uitkomst is not None
    scherm.zet("additioneel", "0")
    assert scherm.vergelijking["saldo"] < scherm.uitkomst["saldo"]
    scherm.vergelijk_met_voorbeeld("voorbeeld-2")
    assert scherm.vergelijking.aanpak.naam.startswith("Voorbeeld 2")
    scherm.vergelijk(None)
    assert gezien == [True, True, True, False]


def test_break_even_per_knop(scherm: Invoerscherm, kengetallen: Kengetallen, vb1: Aanpak) -> None:
    zin = scherm.omslag("additioneel")
    assert zin == (
        "Break-even (de baten dekken de kosten): maatschappelijk bij elke waarde van 0–100%; "
        "financieel voor alle partijen samen tot en met 99,3%; financieel voor de gemeente tot en met 90,5%."
    )
    net = bereken(vb1.met({"additioneel": 0.9925}, kengetallen), kengetallen)
    assert net["kb_financieel"] == pytest.approx(1, abs=0.002)
    assert all(scherm.omslag(k).startswith("Break-even") for k in KNOPPEN)
    scherm.zet("terugval", "x")
    with pytest.raises(InvoerFout, match=r"Terugvalpercentage \(vraag 15\)"):
        scherm.omslag("additioneel")


@pytest.mark.parametrize(
    ("geval", "soort"),
    [
        ("voorbeeld-1", "toml"),
        ("voorbeeld-4", "toml"),
        ("voorbeeld-1", "xlsx"),
        pytest.param("voorbeeld-4", "xlsx", marks=pytest.mark.traag),
    ],
)
def test_bewaard_leest_terug_als_hetzelfde(geval: str, soort: str, tmp_path: Path, kengetallen: Kengetallen) -> None:
    scherm = Invoerscherm(kengetallen)
    scherm.laad_voorbeeld(geval)
    scherm.zet_alle({"naam": "=Wijk 'Noord' & zo", "nieuw": "7,25%", "escalatie.gezin": ""})
    pad = scherm.bewaar(tmp_path, soort)  # type: ignore[arg-type]
    assert pad.name == f"wijk-noord-zo.{soort}"
    (bron,) = lees_aanpakken(pad, kengetallen)
    assert bron.aanpak == scherm.aanpak
    assert scherm.aanpak is not None
    assert bron.aanpak.opgegeven == scherm.aanpak.opgegeven
    with pytest.raises(InvoerFout, match="bestaat al"):
        scherm.bewaar(tmp_path, soort)  # type: ignore[arg-type]
    scherm.bewaar(tmp_path, soort, overschrijf=True)  # type: ignore[arg-type]
    assert len(list(tmp_path.iterdir())) == 1


def test_bewaren_kan_alleen_als_alles_klopt(scherm: Invoerscherm, tmp_path: Path) -> None:
    scherm.zet("fte", "")
    with pytest.raises(InvoerFout, match="fte"):
        scherm.bewaar(tmp_path, "toml")
    assert not list(tmp_path.iterdir())


def test_bewaren_in_een_map_die_niet_kan(scherm: Invoerscherm, tmp_path: Path) -> None:
    bestand = tmp_path / "geen-map"
    bestand.write_text("x")
    with pytest.raises(InvoerFout, match="niet te schrijven"):
        scherm.bewaar(bestand, "toml")


def test_een_naam_wordt_nooit_een_pad(scherm: Invoerscherm, tmp_path: Path) -> None:
    scherm.zet("naam", "../../etc/passwd")
    assert scherm.bewaar(tmp_path, "toml").parent == tmp_path


def test_openen_van_bytes(kengetallen: Kengetallen) -> None:
    tabel = (paden.data() / "voorbeeldgemeente" / "aanpakken.csv").read_bytes()
    assert len(lees_inhoud("aanpakken.csv", tabel, kengetallen)) == 6


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("foto.png", b"x", "extensie .png wordt niet gelezen"),
        ("zonder", b"x", r"\(geen\)"),
        ("leeg.toml", b"", "leeg"),
        ("../../x.toml", b"fte = 'veel'", r"x.toml: fte"),
        ("kapot.xlsx", b"PK\x03\x04 kapot", "kapot.xlsx"),
    ],
)
def test_openen_zegt_wat_er_mis_is(naam: str, inhoud: bytes, melding: str, kengetallen: Kengetallen) -> None:
    with pytest.raises(InvoerFout, match=melding) as fout:
        lees_inhoud(naam, inhoud, kengetallen)
    assert "mkba-" not in str(fout.value)  # no temporary folder in the message
    assert "invoer." not in str(fout.value)


@pytest.mark.traag
def test_openen_van_een_werkboek_noemt_het_bestand_ook_in_de_raad(
    scherm: Invoerscherm, kengetallen: Kengetallen, tmp_path: Path
) -> None:
    pad = tmp_path / "w.xlsx"
    pad.write_bytes(scherm.als_xlsx())
    (bron,) = lees_inhoud("C:\\map\\mijn wijk.XLSX", pad.read_bytes(), kengetallen)
    assert bron.aanpak == scherm.aanpak is not None
    assert bron.bestand.name == "mijn wijk.XLSX"
    typ(pad, {plaats(load_workbook(pad, read_only=True).defined_names["k_kwaliteit_qaly_eur"]): 50000})
    with pytest.raises(InvoerFout, match=r"--kengetallen mijn wijk\.xlsx") as fout:
        lees_inhoud("mijn wijk.xlsx", pad.read_bytes(), kengetallen)
    assert "invoer.xlsx" not in str(fout.value)


def test_voorbeelden_in_de_volgorde_van_de_handleiding(kengetallen: Kengetallen) -> None:
    assert [v.sleutel for v in voorbeelden(kengetallen)] == [
        "standaard",
        *(f"voorbeeld-{i}" for i in range(1, 6)),
        "bijlage-2-prototype",
        "effectmeting",
        "voorbeeldstad",
    ]


def test_alle_velden_hebben_een_tekst_die_geldt(scherm: Invoerscherm) -> None:
    assert set(scherm.beeld.geldt) == set(ALLE_VELDEN)
    scherm.zet("terugval", "x")
    assert set(scherm.beeld.geldt) == set(ALLE_VELDEN)

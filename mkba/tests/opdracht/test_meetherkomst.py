"""The aanpak after a measurement in other commands: they say of every answer where it was measured."""

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import mkba
from mkba.analyse.effectmeting.bijwerken.invullen import vul_in
from mkba.analyse.effectmeting.bijwerken.lezingen import lezingen
from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
from mkba.kern.catalogus.kengetallen import laad
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.zaak.effectmeting import Grondslag, vervangen_door
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.kern.zaak.waarschuwingen import buiten_bereik, waarschuwingen
from mkba.opdracht import main
from mkba.scherm.beeld import bekijk
from mkba.scherm.bestanden import concepten
from mkba.scherm.bladen import kengetallenblad
from mkba.scherm.bladen.bouwstenen import Veldrij
from mkba.scherm.concept import Concept
from mkba.scherm.invoerscherm import Invoerscherm
from mkba.scherm.uitvoer import scherm_a
from mkba.tests import hulp_bronstad
from mkba.uitvoer.aanpak import presentatie
from mkba.uitvoer.aanpak.tabellen import partijen_ncw
from mkba.uitvoer.effectmeting import tabellen as effecttabellen
from mkba.uitvoer.effectmeting.rapport import herkomst


@pytest.fixture(scope="module")
def na(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ingevuld = vul_in(hulp_bronstad.plan(), laad(), hulp_bronstad.stad(), 0.6)
    pad = tmp_path_factory.mktemp("na") / "bronstad-na.toml"
    pad.write_text(schrijf_toml(herkomst.na(ingevuld)), encoding="utf-8")
    return pad


def test_elk_antwoord_dat_is_gemeten_zegt_waar_met_n_en_interval(na: Path) -> None:
    rijen = mkba.aanpak(na).antwoorden().frame.set_index("onderdeel")["herkomst"]
    # 355 of 795 gezinnen with Wilson's interval, as the report of the measurement prints them
    verwacht = "gemeten bij 795 huishoudens, 41,2% tot 48,1% (registratie: huishoudens)"
    assert rijen["Type huishoudens: Gezinnen"] == verwacht
    assert rijen["Aantal teamleden (fte)"] == "gemeten (registratie: team)"
    nieuw = rijen["Nieuw gevonden huishoudens"]
    assert nieuw == "bijgewerkt, geteld bij 800 huishoudens, 29,3% tot 35,8% (registratie: huishoudens)"
    assert rijen["Meer trajecten in bestaande cases"].startswith("vervalt door de effectmeting; bijgewerkt, geteld bij")
    assert rijen["Frictie-/inwerkkosten"] == "opgegeven"
    assert rijen["Terugvalpercentage"] == "kengetal"


@pytest.mark.parametrize(
    ("bestand", "genoemd"), [("registratie 2024-06-01 5.xlsx", False), ("registratie 2024-06-01.xlsx", True)]
)
def test_een_bestandsnaam_die_op_een_bsn_lijkt_staat_er_niet_en_wat_is_geschreven_is_te_lezen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bestand: str, genoemd: bool
) -> None:
    """A day and a number are nine digits: 9·2 + 7·2 + 6·4 + 4·6 + 2·1 - 5 = 77, seven times eleven."""
    meting = hulp_bronstad.stad()
    meting = replace(meting, lezing=replace(meting.lezing, bestanden=(bestand,)))
    pad = tmp_path / "na.toml"
    pad.write_text(schrijf_toml(herkomst.na(vul_in(hulp_bronstad.plan(), laad(), meting, 0.6))), encoding="utf-8")
    assert main(["bereken", str(pad)]) == 0
    capsys.readouterr()
    assert (f"registratie ({bestand}): huishoudens" in pad.read_text(encoding="utf-8")) == genoemd


def test_het_rapport_toont_ook_van_vraag_1_tot_en_met_5_waar(na: Path) -> None:
    a = mkba.aanpak(na)
    assert "Type huishoudens: Gezinnen" in set(a.antwoorden(vanaf_vraag=6).frame["onderdeel"])
    assert str(a.per_type().frame.at["2. Type huishoudens", "Gezinnen"]) == "44,7% (g)"
    assert "(g): gemeten" in a.per_type().uitleg
    voor = mkba.aanpak("voorbeeldstad")
    assert "Type huishoudens: Gezinnen" not in set(voor.antwoorden(vanaf_vraag=6).frame["onderdeel"])
    assert voor.per_type().uitleg == voor.antwoorden().uitleg == ""


def test_vraag_16_tot_en_met_18_zeggen_waar_zij_zijn_gemeten(na: Path) -> None:
    a = mkba.aanpak(na)
    uitleg = effecttabellen.trajectentabel(a.invoer, a.kengetallen).uitleg
    assert "Vraag 16 meer, gemeten: nieuw bij 260 huishoudens, 0,52 tot 0,72; bestaand bij 540 huishoudens" in uitleg
    assert "verdeling: gemeten bij 185 trajecten" in uitleg
    rijen = effecttabellen.escalatietabel(a.invoer, a.kengetallen).frame
    assert rijen.at["Huisuitzetting", "voorkomen, gemeten"] == "800 huishoudens, 0,7% tot 2,8%"
    assert "afloop bekend van 135 dreigingen" in rijen.at["Huisuitzetting", "waar"]
    assert rijen.at["Intramuraal AWBZ", "waar"] == "niet gemeten, of te weinig om te tonen"


def test_wie_een_meting_zonder_herkomst_geeft_leest_dat(na: Path) -> None:
    """A row of a table has no room for where it was measured; the section on what was measured says so."""
    a = mkba.aanpak(na)
    zonder = mkba.aanpak(a.invoer.gegeven())
    assert "een rij van een tabel kan het niet" in str(zonder.bereken().effectmeting().zin().data)
    assert "een rij van een tabel kan het niet" not in str(a.bereken().effectmeting().zin().data)


def test_het_rapport_zegt_dat_de_telling_niet_in_de_kansen_zit_en_vraagt_niet_na_wat_is_geteld(na: Path) -> None:
    a = mkba.aanpak(na)
    u, simulatie, gevoeligheid = a.bereken(), a.simuleer(200), a.gevoeligheid()
    zin = "Wat is geteld, staat in deze trekkingen vast"
    assert zin in str(simulatie.samenvatting().data)
    assert zin in str(u.beslispagina(gevoeligheid, simulatie, a.omslag()).data)
    weten = " ".join(presentatie.niet_weten(u.model))
    assert zin in weten
    # 9 of question 5, 5 of question 13 that work outside money, 15 less the one of question 13 that is a standard
    assert "14 antwoorden zijn niet opgegeven" in weten
    doen = " ".join(presentatie.vervolg(u.model, partijen_ncw(u.model).frame, gevoeligheid.frame))
    assert gevoeligheid.frame["sleutel"].iloc[0] == "additioneel"  # the team says it: nothing to find out
    assert "hoe het staat met ‘Frictie-/inwerkkosten’ en ‘Minder overlast’" in doen
    assert "van wat niet is gemeten, hangt het saldo daar het meest van af" in doen
    assert f"Loop de {len(opmerkingen(u.model))} waarschuwingen bij de invoer na" in doen  # those that the report lists


def test_bereken_telt_zoals_het_rapport_van_de_meting(na: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bereken", str(na)]) == 0
    assert (
        "Van de 34 ingevulde antwoorden waarmee is gerekend, zijn er 27 gemeten en 1 bijgewerkt met een meting"
        in capsys.readouterr().out
    )
    # outside of the range that the sources print, and no longer without a reason
    (nieuw,) = (m for m in buiten_bereik(mkba.aanpak(na).invoer, laad()) if m[0].veld == "nieuw")
    assert nieuw[0].remedie.startswith("De waarde is gemeten: de tabel met de invoer zegt waar en hoe zeker.")
    assert main(["bereken", str(na), "--json"]) == 0
    meting = json.loads(capsys.readouterr().out)["meting"]
    assert meting["type.gezin"]["n"] == 795
    assert main(["bereken", "voorbeeldstad", "--json"]) == 0
    assert "meting" not in json.loads(capsys.readouterr().out)


def test_vergelijk_legt_plan_en_meting_naast_elkaar(na: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stopped with a traceback as soon as questions 16 to 18 differed."""
    assert main(["vergelijk", "voorbeeldstad", str(na)]) == 0
    gezegd = capsys.readouterr().out
    assert "Gemiddeld aantal: meer trajecten in nieuwe cases" in gezegd
    assert "gemeten bij 800 huishoudens (registratie: huishoudens)" in gezegd


def test_het_scherm_houdt_het_vast_ook_in_een_concept(na: Path, tmp_path: Path) -> None:
    a = mkba.aanpak(na)
    concept = Concept.uit(a.invoer)
    concepten.bewaar(tmp_path, "concept-20261130-120000-0123abcd", concepten.Stand(concept), a.kengetallen)
    naam = concepten.namen(tmp_path)
    assert naam
    gelezen = concepten.lees(tmp_path, naam[0]).concept
    assert gelezen == concept
    pagina = kengetallenblad.per_veld(bekijk(gelezen, a.kengetallen), a.kengetallen)
    assert "bijgewerkt, geteld bij 800 huishoudens, 29,3% tot 35,8% (registratie: huishoudens)" in pagina
    anders = kengetallenblad.per_veld(bekijk(gelezen.zet("nieuw", "10%"), a.kengetallen), a.kengetallen)
    assert pagina.count("bijgewerkt, geteld bij") == anders.count("bijgewerkt, geteld bij") + 1


def test_een_gemeten_antwoord_staat_op_het_scherm_zoals_het_is_gedrukt_en_blijft_wat_het_is(na: Path) -> None:
    """355 of 795 is 44,65408...%: the field says 44,7%, and that text is always the measured number."""
    a = mkba.aanpak(na)
    concept = Concept.uit(a.invoer)
    assert concept.teksten["type.gezin"] == "44,7%"
    assert concept.waarden["type.gezin"] == a.invoer.type.gezin == pytest.approx(355 / 795, abs=1e-15)
    for sleutel, tekst in concept.teksten.items():
        if sleutel != "disciplines":
            assert concept.zet(sleutel, tekst).waarden[sleutel] == concept.waarden[sleutel], sleutel
    terug = concept.zet("type.gezin", "50").zet("type.gezin", "44.7")
    assert terug.waarden == concept.waarden
    assert "44,7% is hier de gemeten waarde (44,6541%). Bedoelt u 44,70%?" in terug.lezingen["type.gezin"]
    precies = concept.zet("type.gezin", "44,70")
    assert (precies.waarden["type.gezin"], precies.teksten["type.gezin"]) == (0.447, "44,70%")
    assert precies.zet("type.gezin", precies.teksten["type.gezin"]).waarden["type.gezin"] == 0.447
    # a number that comes from elsewhere is that number, also where it prints as what was measured
    gekozen = concept.kies("zwaarte.oudere.ev", 0.13)
    assert (concept.teksten["zwaarte.oudere.ev"], gekozen.teksten["zwaarte.oudere.ev"]) == ("13%", "13,0%")
    assert gekozen.waarden["zwaarte.oudere.ev"] == 0.13
    scherm = Invoerscherm(a.kengetallen, a.invoer)
    assert scherm.beeld.geldt["type.gezin"] == "44,7%"
    assert scherm.uitkomst is not None
    assert scherm.uitkomst["saldo"] == a.bereken()["saldo"]
    pagina = scherm_a(scherm.uitkomst, None)
    assert "zijn er 27 gemeten en 1 bijgewerkt met een meting; waar, staat bij Kengetallen." in pagina
    assert "Het toeval van de telling zit niet in de kansen hier." in pagina


def test_het_scherm_zegt_welke_antwoorden_niet_meer_tellen(na: Path) -> None:
    a = mkba.aanpak(na)
    concept = Concept.uit(a.invoer)
    assert concept.vervangen.keys() == vervangen_door(a.invoer.effectmeting)
    assert (concept.vervangen["meer"], concept.vervangen["substitutie.nieuw"]) == (16, 17)
    pagina = kengetallenblad.per_veld(bekijk(concept, a.kengetallen), a.kengetallen)
    assert "6,26% (telt niet mee: vraag 16 is gemeten; bijgewerkt, geteld bij" in pagina
    zonder = concept.kies("effectmeting.voorkomen.gemeten", False)
    assert "escalatie.gezin" not in zonder.vervangen
    assert concept.zet("effectmeting.gebruik", "nee").vervangen == {}
    rij = Veldrij(Invoerscherm(a.kengetallen, a.invoer), "meer", "11. Meer trajecten")
    rij.toon(bekijk(concept, a.kengetallen), None)
    assert "(telt niet mee: vraag 16 is gemeten)" in str(rij.widget.children[0].value)


@pytest.mark.traag
def test_een_werkboek_toont_het_en_leest_het_terug(na: Path, tmp_path: Path) -> None:
    a = mkba.aanpak(na)
    pad = a.naar_werkboek(tmp_path / "bronstad.xlsx")
    boek = openpyxl.load_workbook(pad)
    rijen = {rij[10].value: rij for rij in boek["meting"].iter_rows(min_row=4)}
    assert rijen.keys() == a.invoer.gemeten_in.keys()
    assert [c.value for c in rijen["type.gezin"][2:5:2]] == ["gemeten", 795]
    terug = mkba.aanpak(pad).invoer.gemeten_in
    assert terug.keys() == a.invoer.gemeten_in.keys()
    assert terug["type.gezin"].laag == pytest.approx(a.invoer.gemeten_in["type.gezin"].laag, rel=1e-12)
    assert terug["disciplines"] == a.invoer.gemeten_in["disciplines"]
    # another answer than was measured: it counts as given, and somebody hears it
    (blad, cel) = next(boek.defined_names["in_nieuw"].destinations)
    boek[blad][cel.replace("$", "")].value = 0.25
    boek.save(pad)
    ander = mkba.aanpak(pad)
    assert "nieuw" not in ander.invoer.gemeten_in
    assert len(ander.invoer.gemeten_in) == len(terug) - 1
    assert "na de meting veranderd" in str(ander.meldingen)
    rijen["fte"][2].value = "geraden"
    boek.save(pad)
    with pytest.raises(InvoerFout, match="hoe is geen van gemeten, bijgewerkt, kengetal") as geweigerd:
        mkba.aanpak(pad)
    assert "blad meting" in geweigerd.value.meldingen[0].bestand


@pytest.mark.parametrize("grondslag", ["huishoudens", "bedreigd"])
def test_beide_lezingen_van_vraag_18_zijn_die_van_het_rapport_van_de_meting(
    grondslag: Grondslag, tmp_path: Path
) -> None:
    """1.7% of the households and 14% of those under threat are the same households, never the same number."""
    ingevuld = vul_in(hulp_bronstad.plan(), laad(), hulp_bronstad.stad(), 0.6, grondslag)
    (pad := tmp_path / "na.toml").write_text(schrijf_toml(herkomst.na(ingevuld)), encoding="utf-8")
    a = mkba.aanpak(pad)
    rapport, hier = ingevuld.lezingen, lezingen(a.invoer, a.kengetallen)
    assert rapport is not None
    pd.testing.assert_frame_equal(hier.frame, rapport.frame, rtol=1e-9)
    assert not hier.frame.isna().any().any()
    # 85 of 800 households under threat of losing their home
    tabel = effecttabellen.escalatietabel(a.invoer, a.kengetallen).frame
    assert str(tabel.at["Huisuitzetting", "bedreigd"]) == "10,6%"
    # the other reading of the same number is another number: it was not measured
    bedreigd = {f"effectmeting.bedreigd.{e}": 0.05 for e in ("huisuitzetting", "uithuisplaatsing", "ggz_intramuraal")}
    ander = a.met({"effectmeting.grondslag": "bedreigd" if grondslag == "huishoudens" else "huishoudens"} | bedreigd)
    assert "effectmeting.voorkomen.huisuitzetting" not in ander.invoer.gemeten_in
    assert f"dit is gemeten als aandeel met grondslag {grondslag}; met een andere" in str(
        waarschuwingen(ander.invoer, a.kengetallen)
    )


def test_een_belofte_staat_naast_wat_telt(na: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Question 12 was promised as a share of the trajecten and is measured as a number per household (question 17)."""
    assert main(["beloof", "voorbeeldstad", "--naar", str(tmp_path), "--datum", "2026-01-15"]) == 0
    (belofte,) = tmp_path.glob("belofte-*.toml")
    capsys.readouterr()
    assert main(["beloof", str(na), "--tegen", str(belofte)]) == 0
    regels = [" ".join(r.split()) for r in capsys.readouterr().out.splitlines()]
    per = {kop: next(r for r in regels if r.startswith(kop)) for kop in ("10. ", "12. ", "14. ")}
    # 50 trajecten of 260 new households
    assert "0,19 traject per huishouden vraag 17 telt hiervoor, in een andere eenheid; hier geteld en" in per["12. "]
    assert per["14. "].endswith("2,51% binnen de belofte, gemeten als vraag 18")
    assert per["10. "].endswith("32,4% hoger dan beloofd")
    assert any(r.endswith("van dit type niets gemeten of te tonen: telt als 0") for r in regels)
    # what was measured did not change "without having been measured"
    assert "Wat sinds de belofte anders is, is gemeten." in regels


def test_een_tweede_meting_vergeet_de_eerste_niet(na: Path) -> None:
    """Of an answer that was not measured again, the plan still says where it was."""
    a = mkba.aanpak(na)
    records = a.invoer.gemeten_in
    ander = a.invoer.met_meetherkomst([records["nieuw"]])
    assert ander.gemeten_in == records

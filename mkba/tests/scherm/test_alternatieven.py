"""Alternatives kept, compared and exported; the chance beside the saldo; kengetallen with their source per field."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.invoer.lezen import lees_aanpak, lees_aanpakken
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout
from mkba.kern.tekst.notatie import kans_in_procent
from mkba.kern.woorden.velden import BEREKEND, VELDEN
from mkba.kern.zaak.leeg import regel_van
from mkba.model.berekening import bereken
from mkba.scherm.bladen import kengetallenblad, partijen
from mkba.scherm.invoerscherm import MAXIMUM_ALTERNATIEVEN, Invoerscherm
from mkba.scherm.naast import alternatieven
from mkba.scherm.naast.kansen import kansen
from mkba.scherm.scherm import ALTERNATIEVEN, UITVOERBLADEN, Scherm
from mkba.tests.scherm.hulp_scherm import alle, html_van
from mkba.uitvoer.aanpak.tabellen import partijen_ncw


@pytest.fixture
def invoer(kengetallen: Kengetallen) -> Invoerscherm:
    return Invoerscherm(kengetallen, lees_aanpak(paden.zoek_aanpak("voorbeeld-1"), kengetallen))


def met_naam(scherm: Scherm, tekst: str) -> Any:
    return next(x for x in alle(scherm.widget) if getattr(x, "description", "") == tekst)


def cellen(pagina: str, sleutel: str) -> list[str]:
    """The cells of the row with this key."""
    rij = re.findall(rf'data-sleutel="{sleutel}">(.*?)</tr>', pagina)[0]
    return [c.replace("\u00a0", " ") for c in re.findall(r"<td>([^<]*)</td>", rij)]


def test_meer_dan_een_alternatief_naast_elkaar(invoer: Invoerscherm) -> None:
    assert alternatieven.naast_elkaar(invoer, {}) == alternatieven.GEEN
    invoer.zet_vast("Zoals nu")
    invoer.zet("additioneel", "0")
    invoer.zet_vast("Uit eigen middelen")
    invoer.zet("terugval", "40")
    pagina = alternatieven.naast_elkaar(invoer, {"nu": None})
    nu = invoer.uitkomst
    assert nu is not None
    assert cellen(pagina, "saldo")[1:] == ["€ 567.700", "€ 976.100"]  # as voorbeeld 1, and with question 6 at 0%
    assert len(cellen(pagina, "saldo")) == 3
    assert cellen(pagina, "saldo_gemeente") == ["…", "…", "…"]
    verschillen = re.findall(r'<th scope="row">(\d+\. [^<]*)</th>((?:<td>[^<]*</td>)+)', pagina)
    assert [(label, re.findall(r"<td>([^<]*)</td>", c)) for label, c in verschillen] == [
        ("6. Waarvan additionele kosten", ["0%", "50%", "0%"]),
        ("15. Terugvalpercentage", ["40%", "20%", "20%"]),
    ]


def test_vastzetten_loslaten_en_verder_gaan(invoer: Invoerscherm) -> None:
    een = invoer.zet_vast()
    assert invoer.zet_vast() is een  # the same answers once
    invoer.zet("terugval", "30")
    twee = invoer.zet_vast()
    assert [a.naam for a in invoer.alternatieven] == [een.naam, f"{een.naam} (2)"]
    assert twee.aanpak.naam == f"{een.naam} (2)"  # so files of both can stand side by side
    assert invoer.vergelijking is twee.uitkomst
    invoer.ga_verder_met(een.naam)
    assert invoer.concept.teksten["terugval"] == "20%"
    invoer.laat_los(twee.naam)
    assert invoer.alternatieven == (een,)
    assert invoer.vergelijking is None
    invoer.terug()
    assert invoer.concept.teksten["terugval"] == "30%"


def test_een_fout_veld_of_te_veel_alternatieven_wordt_gezegd(scherm: Scherm) -> None:
    invoer = scherm.invoerscherm
    scherm.kies_uit(ALTERNATIEVEN)
    for nummer in range(MAXIMUM_ALTERNATIEVEN):
        invoer.zet("terugval", str(nummer))
        invoer.zet_vast()
    invoer.zet("terugval", "50")
    met_naam(scherm, "Zet vast als alternatief").click()
    assert f"er zijn er al {MAXIMUM_ALTERNATIEVEN} vastgezet. Laat er eerst een los." in html_van(scherm)
    met_naam(scherm, "Laat los").click()
    assert len(invoer.alternatieven) == MAXIMUM_ALTERNATIEVEN - 1
    invoer.zet("terugval", "x")
    met_naam(scherm, "Zet vast als alternatief").click()
    assert "dit klopt niet of is nog niet ingevuld, dus vergelijken kan niet." in html_van(scherm)


def test_de_vergelijking_volgt_de_alternatieven(scherm: Scherm) -> None:
    naast = met_naam(scherm, "Vergelijk met:")
    scherm.invoerscherm.zet_vast("Eerst")
    scherm.invoerscherm.zet("terugval", "30")
    scherm.invoerscherm.zet_vast("Daarna")
    assert [naam for naam, _ in naast.options[:3]] == ["geen vergelijking", "vastgezet: Eerst", "vastgezet: Daarna"]
    assert naast.value == naast.options[2][1]
    naast.value = naast.options[1][1]
    assert scherm.invoerscherm.vergelijking is scherm.invoerscherm.alternatieven[0].uitkomst
    naast.value = "voorbeeld-2"
    assert scherm.invoerscherm.vergelijking is not None
    assert scherm.invoerscherm.vergelijking.aanpak.naam.startswith("Voorbeeld 2")
    assert naast.value == "voorbeeld-2"


def test_bewaren_schrijft_een_vergelijking_en_elk_alternatief(scherm: Scherm, tmp_path: Path) -> None:
    invoer = scherm.invoerscherm
    scherm.kies_uit(ALTERNATIEVEN)
    met_naam(scherm, "Naam van dit alternatief:").value = "=Zoals nu"  # a text, and no formula
    met_naam(scherm, "Zet vast als alternatief").click()
    invoer.zet("additioneel", "0")
    met_naam(scherm, "Bewaar alle alternatieven").click()
    assert 'role="status">Bewaard:' in html_van(scherm)
    assert "Wat dit scherm heeft bewaard" in html_van(scherm)
    (boek,) = tmp_path.glob("*.xlsx")
    blad = load_workbook(boek)["Uitkomsten"]
    rijen = {str(r[0].value).strip(): [c.value for c in r[1:]] for r in blad.iter_rows() if r[0].value}
    assert rijen["Saldo (baten minus kosten)"] == pytest.approx([976_118, 567_720], abs=100)
    kop = next(r for r in blad.iter_rows() if r[1].value == "nu")
    assert kop[2].data_type == "s"
    kans = load_workbook(boek)["Kansen"]
    gevonden = [[c.value for c in r[1:]] for r in kans.iter_rows() if str(r[0].value).endswith(": maatschappij")]
    assert gevonden[0][1] == kansen(invoer.alternatieven[0].aanpak, invoer.kengetallen)["saldo"]
    (map_,) = [p for p in tmp_path.iterdir() if p.is_dir() and p.name.endswith("-alternatieven")]
    assert len(list(map_.iterdir())) == 2
    bewaard = {a.aanpak.additioneel: a.aanpak.naam for a in lees_aanpakken(map_, invoer.kengetallen)}
    assert bewaard == {0.5: "=Zoals nu", 0.0: lees_aanpak(paden.zoek_aanpak("voorbeeld-1"), invoer.kengetallen).naam}

    voor = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and "concepten" not in p.parts}
    met_naam(scherm, "Bewaar alle alternatieven").click()  # beside what is there
    assert len(list(tmp_path.glob("*.xlsx"))) == 2
    assert all(p.read_bytes() == inhoud for p, inhoud in voor.items())


def test_zonder_alternatieven_is_er_niets_te_bewaren(invoer: Invoerscherm, tmp_path: Path) -> None:
    with pytest.raises(InvoerFout, match="geen alternatieven vastgezet"):
        alternatieven.exporteer(invoer, tmp_path)
    assert not list(tmp_path.iterdir())


def test_waar_een_bestand_de_weg_verspert(invoer: Invoerscherm, tmp_path: Path) -> None:
    invoer.zet_vast()
    bezet = tmp_path / "bezet"
    bezet.write_text("geen map")
    with pytest.raises(InvoerFout, match="niet te schrijven"):
        alternatieven.exporteer(invoer, bezet)


# --- the chance


def test_de_kans_bij_het_saldo_is_die_van_het_rapport(met_kansen: None, scherm: Scherm) -> None:
    scherm.wacht_op_kansen()
    invoer = scherm.invoerscherm
    assert invoer.aanpak is not None
    verwacht = simuleer(invoer.aanpak, invoer.kengetallen).kansen["kans"]
    getoond = dict(re.findall(r'data-kans="([a-z_]+)">kans op een plus ([^<]+)<', html_van(scherm)))
    assert getoond == {s: kans_in_procent(float(k)) for s, k in verwacht.items()}
    assert set(getoond) == {"saldo", "saldo_financieel", "saldo_gemeente"}

    invoer.zet("additioneel", "0")
    assert "kans wordt berekend …" in html_van(scherm)  # never that of what stood there before
    scherm.wacht_op_kansen()
    assert "kans wordt berekend …" not in html_van(scherm)
    invoer.zet("additioneel", "50")
    assert dict(re.findall(r'data-kans="([a-z_]+)">kans op een plus ([^<]+)<', html_van(scherm))) == getoond


def test_kansen_van_alle_alternatieven(met_kansen: None, scherm: Scherm) -> None:
    scherm.kies_uit(ALTERNATIEVEN)
    scherm.invoerscherm.zet_vast("Zoals nu")
    scherm.invoerscherm.zet("additioneel", "0")
    scherm.wacht_op_kansen()
    rij = cellen(html_van(scherm), "saldo_gemeente")
    assert len(rij) == 2
    assert all(c.endswith("%") for c in rij)
    assert rij[0] != rij[1]


# --- kengetallen and parties


def test_elk_veld_met_een_kengetal_heeft_zijn_bron(invoer: Invoerscherm) -> None:
    invoer.zet("escalatie.gezin", "")
    pagina = kengetallenblad.per_veld(invoer.beeld, invoer.kengetallen)
    rijen = dict(re.findall(r'<th scope="row">([^<]*)</th>(.*?)</tr>', pagina))
    verwacht = [v for s, v in VELDEN.items() if s in BEREKEND or regel_van(s).kengetal is not None]
    assert list(rijen) == [f"{v.vraag}. {v.label}" for v in verwacht]
    assert "<td>2% (kengetal)</td><td>2%</td>" in rijen["14. Voorkomen escalatie: Gezinnen"]
    assert "<td>75% (ingevuld)</td><td>75%</td>" in rijen["3. Gezinnen: Meervoudig, zelfredzaam (zr)"]
    assert "gepubliceerd: Handleiding MKBA-tool" in rijen["3. Gezinnen: Meervoudig, zelfredzaam (zr)"]
    assert "tabel 2.2" in rijen["3. Gezinnen: Meervoudig, zelfredzaam (zr)"]
    assert "berekend: volgt uit de antwoorden" in rijen["6. Aantal teamleden (fte)"]


def test_een_eigen_kengetal_wordt_genoemd(invoer: Invoerscherm) -> None:
    eigen = invoer.kengetallen.met({"zwaarteprofiel.mv.gezin.zr": 0.7, "zwaarteprofiel.mv.gezin.nzr": 0.3})
    ander = Invoerscherm(eigen, invoer.begin)
    for pagina in (kengetallenblad.per_veld(ander.beeld, eigen), kengetallenblad.alle(eigen)):
        assert "eigen waarde: opgegeven door de gebruiker; in de regelset 0,75" in pagina


def test_alle_kengetallen_staan_er_een_keer(scherm: Scherm) -> None:
    scherm.kies_uit(UITVOERBLADEN.index("Kengetallen"))
    pagina = html_van(scherm)
    assert sorted(re.findall(r'<tr title="([^"]+)">', pagina)) == sorted(scherm.invoerscherm.kengetallen.getallen)


def test_ncw_per_partij_is_die_van_het_rapport(invoer: Invoerscherm) -> None:
    assert invoer.uitkomst is not None
    pagina = partijen.scherm_b(invoer.uitkomst, None)
    ncw = pagina[: pagina.index("Begroting na 2 jaar")]
    frame = partijen_ncw(invoer.uitkomst).frame
    getoond = {
        unescape(partij): [float(re.sub(r"[^0-9-]", "", c)) for c in re.findall(r"<td>([^<]*)</td>", rij)]
        for partij, rij in re.findall(r'<th scope="row">([^<]*)</th>(.*?)</tr>', ncw)
    }
    assert list(getoond) == list(frame.index)
    for partij, bedragen in getoond.items():
        verwacht = [frame.at[partij, k] for k in ("kosten", "baten", "immaterieel", "saldo")]
        assert bedragen == pytest.approx(verwacht, abs=50.01)
    assert getoond["Alle partijen"][3] == 567_700
    naast = bereken(lees_aanpak(paden.zoek_aanpak("voorbeeld-2"), invoer.kengetallen), invoer.kengetallen)
    assert partijen.scherm_b(invoer.uitkomst, naast).count("saldo vergelijking") == 2

"""Reading tables: delimiters, encodings, percent columns, headers, and every message about a row."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from mkba.invoer.lezen import lees_aanpak, lees_aanpakken
from mkba.kern.bestand.bestanden import MAXIMUM_BYTES, MAXIMUM_RIJEN
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import DISCIPLINES
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.tests.hulp_invoer import BSN, GEVALLEN, een_fout, fouten, lees_een, schrijf

KOP = "naam;huishoudens;type.gezin;type.oudere;type.overig;fte;additioneel;disciplines"
RIJ = "Noord;1.063;40%;0,3;0.3;13,5;50 %;jeugd, wi"


def tabel(*regels: str) -> str:
    return "\n".join(regels) + "\n"


def als_csv(aanpakken: list[Aanpak], scheiding: str, decimaal: str, los: bool) -> str:
    """A table as a spreadsheet program saves it; ``los``: the disciplines in yes/no columns."""
    namen = [d for v in ALLE_VELDEN for d in ([f"{v}.{x}" for x in DISCIPLINES] if los and v == "disciplines" else [v])]
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=scheiding)
    schrijver.writerow(namen)
    for aanpak in aanpakken:
        plat: dict[str, Any] = {**dict.fromkeys(ALLE_VELDEN), **aanpak.gegeven()}
        plat |= {f"disciplines.{d}": d in aanpak.disciplines for d in DISCIPLINES}
        schrijver.writerow([_cel(plat[naam], decimaal) for naam in namen])
    return uit.getvalue()


def _cel(waarde: Any, decimaal: str) -> str:
    match waarde:
        case None:
            return ""
        case bool():
            return "ja" if waarde else "nee"
        case tuple():
            return ", ".join(waarde) or "geen"
        case float():
            return repr(waarde).replace(".", decimaal)
        case _:
            return str(waarde)


@pytest.mark.parametrize("los", [True, False], ids=["losse disciplines", "een cel"])
@pytest.mark.parametrize(("scheiding", "decimaal"), [(";", ","), (";", "."), (",", "."), (",", ","), ("\t", ",")])
def test_alle_gevallen_heen_en_terug(
    tmp_path: Path, kengetallen: Kengetallen, scheiding: str, decimaal: str, los: bool
) -> None:
    aanpakken = [lees_aanpak(pad, kengetallen) for pad in GEVALLEN]
    assert len(aanpakken) >= 6
    pad = schrijf(tmp_path, "t.csv", als_csv(aanpakken, scheiding, decimaal, los))
    assert [bron.aanpak for bron in lees_aanpakken(pad, kengetallen)] == aanpakken


def test_waarden_en_rijnummers(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = schrijf(tmp_path, "t.csv", tabel(KOP, RIJ, "", ";;;;;;;", RIJ.replace("Noord", "Zuid")))
    een, twee = lees_aanpakken(pad, kengetallen)
    assert (een.rij, twee.rij) == ("rij 2", "rij 5")
    plat = een.aanpak.plat()
    assert (plat["huishoudens"], plat["type.gezin"], plat["type.oudere"], plat["type.overig"]) == (1063, 0.4, 0.3, 0.3)
    assert (plat["fte"], plat["additioneel"], plat["disciplines"]) == (13.5, 0.5, ("jeugd", "wi"))
    assert een.waarschuwingen
    assert all(m.bestand == f"{pad}, rij 2" for m in een.waarschuwingen)


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("einde", ["\n", "\r\n", "\r"])
def test_coderingen(tmp_path: Path, kengetallen: Kengetallen, codering: str, einde: str) -> None:
    tekst = tabel(KOP, RIJ.replace("Noord", "Súdwest – één"))
    pad = schrijf(tmp_path, "t.csv", tekst.replace("\n", einde).encode(codering))
    assert lees_een(pad, kengetallen).aanpak.naam == "Súdwest – één"


@pytest.mark.parametrize("kop", ["nieuw (%)", "nieuw %", "nieuw%", " Nieuw  (%) "])
def test_procentkolom(tmp_path: Path, kengetallen: Kengetallen, kop: str) -> None:
    def nieuw(tekst: str) -> float:
        pad = schrijf(tmp_path, "t.csv", tabel(f"{KOP};{kop}", f"{RIJ};{tekst}"))
        return lees_een(pad, kengetallen).aanpak.nieuw

    assert nieuw("31") == nieuw("31%") == nieuw("31,0") == 0.31
    assert nieuw("0,7%") == 0.007
    melding = een_fout(schrijf(tmp_path, "t.csv", tabel(f"{KOP};{kop}", f"{RIJ};0,31")), kengetallen)
    assert "t.csv, rij 2: nieuw = '0,31': dit kan 0,31% of 31% zijn" in melding


def test_31_zonder_procent_geeft_de_hint(tmp_path: Path, kengetallen: Kengetallen) -> None:
    melding = een_fout(schrijf(tmp_path, "t.csv", tabel(f"{KOP};nieuw", f"{RIJ};31")), kengetallen)
    assert melding.startswith("t.csv, rij 2: nieuw = 31: ")
    assert "Bedoelt u 31%? Schrijf 31% of 0,31; in TOML 0.31." in melding


def test_procentteken_bij_een_bedrag(tmp_path: Path, kengetallen: Kengetallen) -> None:
    melding = een_fout(schrijf(tmp_path, "t.csv", tabel(f"{KOP};eenmalig (%)", f"{RIJ};5")), kengetallen)
    assert "t.csv, rij 1: eenmalig = 'eenmalig (%)': dit veld is geen percentage. Haal het procentteken weg." in melding


def test_eenheden_bijschriften_en_titels(tmp_path: Path, kengetallen: Kengetallen) -> None:
    labels = ";".join(ALLE_VELDEN[sleutel].label for sleutel in KOP.split(";"))
    regels = (
        "Invoer van de gemeente;;;;;;;",
        ";;;;;;;",
        labels,
        KOP.replace("huishoudens", "Huishoudens (aantal)").replace("fte", "fte (fte)"),
        "eenheid;aantal;%;%;%;fte;%;tekst",
        labels,
        "kengetallen;;40%;30%;30%;;;",
        RIJ,
    )
    assert lees_een(schrijf(tmp_path, "t.csv", tabel(*regels)), kengetallen).rij == "rij 8"


def test_een_aanpak_met_de_naam_standaard_is_geen_bijschrift(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = schrijf(tmp_path, "t.csv", tabel(KOP, RIJ.replace("Noord", "standaard")))
    assert lees_een(pad, kengetallen).aanpak.naam == "standaard"


def test_sep_regel_van_excel(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = schrijf(tmp_path, "t.csv", tabel("sep=;", KOP, RIJ))
    assert lees_een(pad, kengetallen).rij == "rij 3"


@pytest.mark.parametrize(
    ("cel", "disciplines"),
    [
        ("jeugd, wi, zorg", ("jeugd", "wi", "zorg")),
        ('"zorg;jeugd"', ("jeugd", "zorg")),
        ("WI  Jeugd", ("jeugd", "wi")),
        ("geen", ()),
    ],
)
def test_disciplines_in_een_cel(
    tmp_path: Path, kengetallen: Kengetallen, cel: str, disciplines: tuple[str, ...]
) -> None:
    pad = schrijf(tmp_path, "t.csv", tabel(KOP, RIJ.replace("jeugd, wi", cel)))
    assert lees_een(pad, kengetallen).aanpak.disciplines == disciplines


LOS = KOP.replace("disciplines", "disciplines.jeugd;disciplines.zorg")
LOSSE_RIJ = RIJ.replace("jeugd, wi", "")


def test_losse_disciplines(tmp_path: Path, kengetallen: Kengetallen) -> None:
    def disciplines(jeugd: str, zorg: str) -> tuple[str, ...]:
        pad = schrijf(tmp_path, "t.csv", tabel(LOS, f"{LOSSE_RIJ}{jeugd};{zorg}"))
        return lees_een(pad, kengetallen).aanpak.disciplines

    assert disciplines("ja", "nee") == disciplines("x", "") == disciplines("1", "ONWAAR") == ("jeugd",)
    assert disciplines("nee", "nee") == disciplines("nee", "") == ()


def test_meldingen_over_disciplines(tmp_path: Path, kengetallen: Kengetallen) -> None:
    def melding(*regels: str) -> str:
        return een_fout(schrijf(tmp_path, "t.csv", tabel(*regels)), kengetallen)

    assert "rij 2: disciplines = (leeg): dit veld is verplicht" in melding(LOS, f"{LOSSE_RIJ};")
    assert "rij 2: disciplines.zorg = 'soms': dit is geen ja of nee." in melding(LOS, f"{LOSSE_RIJ}ja;soms")
    assert "onbekende discipline 'sport'. Kies uit: jeugd" in melding(KOP, RIJ.replace("wi", "sport"))
    beide = melding(f"{KOP};disciplines.jeugd", f"{RIJ};ja")
    assert "de disciplines staan in een kolom en in losse kolommen. Vul een van beide manieren in." in beide


@pytest.mark.parametrize(
    ("regels", "teksten"),
    [
        ([KOP], ["t.csv: bestand = (leeg): er staat geen aanpak onder de koprij. Vul per aanpak een rij in."]),
        (["a;b", "1;2"], ["t.csv: koprij = (leeg): er is geen rij met de koppen naam en huishoudens."]),
        (
            [KOP.replace("huishoudens", "aantal"), RIJ],
            ["t.csv, rij 1: koprij = (leeg): deze rij lijkt de koprij, maar mist huishoudens."],
        ),
        (
            [f"{KOP};meting.fte", f"{RIJ};registratie"],
            [
                "t.csv, rij 1: meting.fte = 'meting.fte': een tabel van aanpakken houdt niet vast waar een antwoord is "
                "gemeten. Laat de kolom weg (gemeten antwoorden tellen dan als opgegeven), of geef de aanpak zelf: het "
                "-na.toml van `mkba effect` of een werkboek daarvan. Een map met zulke bestanden kan ook."
            ],
        ),
        ([f"{KOP};fte", f"{RIJ};3"], ["t.csv, rij 1: fte = 'fte': deze kolom staat er twee keer. Verwijder er een."]),
        ([f"{KOP};nieuww", f"{RIJ};3"], ["rij 1: nieuww = 'nieuww': dit veld bestaat niet. Bedoelt u nieuw?"]),
        (
            [f"{KOP};BSN cliënt", f"{RIJ};{BSN}"],
            ["rij 1: bsn cliënt = (niet getoond): een bsn hoort niet in de invoer. Een aanpak beschrijft een team"],
        ),
        ([KOP, f"{RIJ};3"], ["rij 2: kolom 9 = '3': deze kolom heeft geen kop, maar bevat wel een waarde."]),
        (
            [KOP, RIJ, RIJ.replace("Noord", " noord ")],
            ["rij 3: naam = ' noord ': deze naam staat ook in rij 2. Geef elke aanpak een eigen naam."],
        ),
        ([KOP, RIJ.replace("Noord", BSN)], ["rij 2: naam = (niet getoond): de naam bevat een geldig bsn"]),
        (
            [KOP.replace(";fte", ""), RIJ.replace(";13,5", ""), RIJ.replace(";13,5", "").replace("Noord", "Zuid")],
            ["t.csv: fte = (leeg): deze kolom ontbreekt, maar het veld is verplicht. Voeg een kolom toe met"],
        ),
        (
            [KOP, RIJ.replace("13,5", ""), RIJ.replace("Noord", "Z").replace("1.063", "1,063")],
            [
                "rij 2: fte = (leeg): dit veld is verplicht en niet ingevuld. Vul vraag 6 in",
                "rij 3: huishoudens = '1,063': dit kan 1.063 of 1,063 zijn.",
            ],
        ),
        ([KOP, RIJ.replace("40%", "veel")], ["rij 2: type.gezin = 'veel': dit is geen percentage."]),
        ([KOP, RIJ.replace("40%", "50%")], ["rij 2: type = '50% + 30% + 30%': de aandelen tellen op tot 110%"]),
        ([KOP, 'Noord;"1.063'], ["t.csv: bestand = 't.csv': dit is geen goed gevormde csv (unexpected end of data)."]),
    ],
)
def test_meldingen(tmp_path: Path, kengetallen: Kengetallen, regels: list[str], teksten: list[str]) -> None:
    meldingen = fouten(schrijf(tmp_path, "t.csv", tabel(*regels)), kengetallen)
    assert len(meldingen) == len(teksten), meldingen
    for melding, tekst in zip(meldingen, teksten, strict=True):
        assert tekst in melding
        assert BSN not in melding


def test_alle_fouten_van_alle_rijen_samen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    fout = "Zuid;0;abc;0,3;0.3;x;50 %;sport"
    meldingen = fouten(schrijf(tmp_path, "t.csv", tabel(f"{KOP};gek", f"{RIJ};", f"{fout};", fout)), kengetallen)
    plekken = [m.split(" =")[0] for m in meldingen]
    assert plekken == [
        "t.csv, rij 1: gek",
        *(f"t.csv, rij {r}: {v}" for r in (3, 4) for v in ("type.gezin", "fte", "huishoudens", "disciplines")),
        "t.csv, rij 4: naam",
    ]


def test_decimale_komma_in_kommabestand(tmp_path: Path, kengetallen: Kengetallen) -> None:
    kop, rij = KOP.replace(";", ","), "Noord,1000,0.4,0.3,0,3,14,0.5,jeugd"
    meldingen = fouten(schrijf(tmp_path, "t.csv", tabel(kop, rij)), kengetallen)
    assert any(
        "zet in een csv met komma's als scheiding een decimale komma tussen aanhalingstekens" in m for m in meldingen
    )


def test_te_veel_rijen_en_kolommen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = schrijf(tmp_path, "t.csv", tabel(KOP, *[RIJ] * (MAXIMUM_RIJEN + 1)))
    assert "er staan meer dan 10000 rijen in. Verdeel de aanpakken over meer bestanden." in een_fout(pad, kengetallen)
    pad = schrijf(tmp_path, "t.csv", tabel(KOP, RIJ, ";x" * 600))
    assert "t.csv, rij 3: rij = (leeg): deze rij heeft waarden voorbij kolom 500." in een_fout(pad, kengetallen)


def test_te_groot(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = schrijf(tmp_path, "t.csv", tabel(KOP, *[RIJ] * (MAXIMUM_BYTES // len(RIJ))))
    assert "het bestand is groter dan 20 MB. Bewaar alleen wat bij de aanpakken hoort." in een_fout(pad, kengetallen)


def test_binaire_inhoud(tmp_path: Path, kengetallen: Kengetallen) -> None:
    melding = een_fout(schrijf(tmp_path, "t.csv", b"naam\x00\x81"), kengetallen)
    assert "dit is geen tekst in UTF-8 of Windows-1252. Bewaar het in Excel als 'CSV UTF-8'." in melding


def test_te_lange_cel(tmp_path: Path, kengetallen: Kengetallen) -> None:
    melding = een_fout(schrijf(tmp_path, "t.csv", tabel(KOP, "x" * 200_000)), kengetallen)
    assert "dit is geen goed gevormde csv (field larger than field limit" in melding

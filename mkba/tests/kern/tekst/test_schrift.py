"""Signs, code pages, unknown values, number formats and slow inputs: what people and programs really write.

Every case goes through the command; the files are small and built here (see also ../shared/gevallen).
"""

import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mkba.invoer.aanpakrijen import aantal_bekend
from mkba.invoer.cbs.bestanden import lees_gebieden
from mkba.invoer.cbs.kolommen import lees_waarde
from mkba.invoer.lezen import lees_aanpak, lees_aanpakken
from mkba.invoer.registratie.cellen import lees_score
from mkba.invoer.registratie.lezen import lees_registratie
from mkba.invoer.tabel import lege_cellen
from mkba.invoer.tabel.cellen import Cel, Rij
from mkba.invoer.tabel.getalopmaak import is_procent
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout
from mkba.kern.tekst.notatie import lees_getal, schoon
from mkba.kern.tekst.schrift import MAXIMUM_TEKST
from mkba.opdracht import main
from mkba.reeks.map.onderdelen import onderdelen
from mkba.reeks.pagina.fragment import maak_fragment
from mkba.rekenblad.sjabloon import schrijf_sjabloon
from mkba.tests.hulp_invoer import schrijf

KOP = "naam;huishoudens;type.gezin;type.oudere;type.overig;fte;additioneel;disciplines;nieuw"
RIJ = "Team Noord;600;31%;29%;40%;8;50%;jeugd, ggz, wi;10%"

Opdracht = Callable[..., str]


@pytest.fixture
def fout(capsys: pytest.CaptureFixture[str]) -> Opdracht:
    """What `mkba controleer` (or another command) says about wrong input, as one line."""

    def vraag(pad: Path, *argumenten: str) -> str:
        assert main(["controleer", str(pad)] if not argumenten else list(argumenten)) == 2
        gezegd = capsys.readouterr()
        assert gezegd.out == ""
        assert "Traceback" not in gezegd.err
        assert str(pad) in gezegd.err
        return " ".join(gezegd.err.split())

    return vraag


@pytest.fixture
def goed(capsys: pytest.CaptureFixture[str], kengetallen: Kengetallen) -> Callable[[Path], Any]:
    """The only aanpak of a file that `mkba controleer` takes without errors."""

    def lees(pad: Path) -> Any:
        assert main(["controleer", str(pad)]) == 0, capsys.readouterr().err
        capsys.readouterr()
        return lees_aanpak(pad, kengetallen)

    return lees


def tabel(map_: Path, *regels: str, codering: str = "utf-8", naam: str = "t.csv") -> Path:
    return schrijf(map_, naam, ("\n".join(regels) + "\n").encode(codering))


def werkmap(map_: Path, kop: list[str], *rijen: list[Any], opmaak: dict[str, str] | None = None) -> Path:
    """A workbook with these rows, the texts as they stand in the file (openpyxl escapes nothing)."""
    boek = openpyxl.Workbook()
    blad = boek.worksheets[0]
    for rij in (kop, *rijen):
        blad.append(rij)
    for adres, code in (opmaak or {}).items():
        blad[adres].number_format = code
    boek.save(map_ / "t.xlsx")
    return map_ / "t.xlsx"


def toml(map_: Path, *regels: str, naam: str = "t.toml") -> Path:
    basis = {
        "naam": '"Team Noord"',
        "huishoudens": "600",
        "type": "{gezin = 0.31, oudere = 0.29, overig = 0.4}",
        "fte": "8",
        "additioneel": "0.5",
        "disciplines": '["jeugd"]',
    }
    basis |= dict(regel.split(" = ", 1) for regel in regels)
    return schrijf(map_, naam, "\n".join(f"{k} = {v}" for k, v in basis.items()))


KOPPEN = KOP.split(";")
CELLEN: list[Any] = ["Team Noord", 600, 0.31, 0.29, 0.4, 8, 0.5, "jeugd, ggz, wi", 0.1]


# --- one name, one way to write it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tweede",
    [unicodedata.normalize("NFD", "Exloërmond"), "EXLOËRMOND", "Exloërmond ", "Ｅxloërmond", "Exlo\u200bërmond"],
    ids=["nfd", "hoofdletters", "spatie", "breed", "breedte nul"],
)
def test_een_naam_die_er_hetzelfde_uitziet_is_een_naam(tmp_path: Path, fout: Opdracht, tweede: str) -> None:
    pad = tabel(tmp_path, KOP, RIJ.replace("Team Noord", "Exloërmond"), RIJ.replace("Team Noord", tweede))
    assert "deze naam staat ook in rij 2. Geef elke aanpak een eigen naam." in fout(pad)


def test_een_naam_wordt_samengesteld_gelezen(tmp_path: Path, goed: Callable[[Path], Any]) -> None:
    los = unicodedata.normalize("NFD", "Súdwest-Fryslân")
    assert los != "Súdwest-Fryslân"
    assert goed(tabel(tmp_path, KOP, RIJ.replace("Team Noord", los))).naam == "Súdwest-Fryslân"
    assert goed(toml(tmp_path, f'naam = "{los}"')).naam == "Súdwest-Fryslân"


def test_een_rij_is_te_kiezen_met_beide_schrijfwijzen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    pad = tabel(tmp_path, KOP, RIJ, RIJ.replace("Team Noord", "Exloërmond"))
    for vorm in ("NFC", "NFD"):
        naam = unicodedata.normalize(vorm, "Exloërmond")
        assert lees_aanpak(pad, kengetallen, naam).naam == "Exloërmond"


@pytest.mark.parametrize(
    ("teken", "naam"),
    [
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\u00ad", "U+00AD SOFT HYPHEN"),
        ("\u3164", "U+3164 HANGUL FILLER"),
    ],
)
def test_een_onzichtbaar_teken_in_een_naam_wordt_genoemd(tmp_path: Path, fout: Opdracht, teken: str, naam: str) -> None:
    melding = f"de naam bevat een onzichtbaar teken ({naam}, teken 5). Typ de naam opnieuw"
    assert melding in fout(tabel(tmp_path, KOP, RIJ.replace("Team ", f"Team{teken} ")))
    assert melding in fout(toml(tmp_path, f'naam = "Team{teken} Noord"'))
    assert melding in fout(werkmap(tmp_path, KOPPEN, [f"Team{teken} Noord", *CELLEN[1:]]))


@pytest.mark.parametrize("teken", ["\x1b", "\x07", "\x85", "\u2028"])
def test_stuurtekens_in_een_naam(tmp_path: Path, fout: Opdracht, teken: str) -> None:
    gezegd = fout(tabel(tmp_path, KOP, RIJ.replace("Team ", f"Team{teken} ")))
    assert "de naam bevat stuurtekens of regeleinden" in gezegd
    assert teken not in gezegd


def test_een_bestandsnaam_die_de_tekst_omdraait(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pad = tabel(tmp_path, KOP, RIJ, naam="x\u202evsc.csv")
    for wat in (pad, tmp_path):
        assert main(["controleer", str(wat)]) == 2
        gezegd = capsys.readouterr().err
        assert "de bestandsnaam bevat stuurtekens of tekens die de leesrichting omdraaien" in gezegd
        assert "\u202e" not in gezegd


@pytest.mark.parametrize(
    ("naam", "melding"),
    [
        ("ExloÃ«rmond", "dit lijkt UTF-8 die als Windows-tekst is geopend en bewaard. Bedoelt u 'Exloërmond'?"),
        ("Exlo\ufffdrmond", "in de naam is een letter verloren gegaan"),
        ("NaN", "zo schrijft een programma dat de waarde onbekend is; het is geen naam."),
        ("#N/B", "zo schrijft een programma dat de waarde onbekend is; het is geen naam."),
    ],
)
def test_een_naam_die_een_programma_bedierf(tmp_path: Path, fout: Opdracht, naam: str, melding: str) -> None:
    assert melding in fout(tabel(tmp_path, KOP, RIJ.replace("Team Noord", naam)))


def test_gewone_namen_blijven(tmp_path: Path, goed: Callable[[Path], Any]) -> None:
    for naam in ("Team Na", "'s-Gravenzande", "Súdwest–Fryslân", "Ærø", "Wijkteam “Oost”", "50% zelfredzaam", "Één"):
        assert goed(tabel(tmp_path, KOP, RIJ.replace("Team Noord", naam))).naam == naam


# --- headers, byte order marks, delimiters ----------------------------------------------------------------------


@pytest.mark.parametrize("begin", ["\ufeff\ufeff", "\ufeff\ufeff\ufeff", "\u200b", "\u2060"])
def test_tekens_zonder_breedte_in_de_kop(tmp_path: Path, goed: Callable[[Path], Any], begin: str) -> None:
    kop = begin + KOP.replace("fte", "f\u200bte\u00ad")
    assert goed(tabel(tmp_path, kop, RIJ.replace(";8;", ";\u200b8\ufeff;"))).fte == 8
    assert goed(werkmap(tmp_path, [begin + KOPPEN[0], *KOPPEN[1:]], CELLEN)).fte == 8


def test_dubbele_bom_in_toml(tmp_path: Path, goed: Callable[[Path], Any], fout: Opdracht) -> None:
    pad = toml(tmp_path)
    inhoud = pad.read_bytes()
    pad.write_bytes(b"\xef\xbb\xbf\xef\xbb\xbf" + inhoud)
    assert goed(pad).naam == "Team Noord"
    pad.write_bytes(inhoud.replace(b"fte", b"f\xe2\x80\x8bte"))
    assert "dit is geen geldige TOML: er staat een onzichtbaar teken (U+200B ZERO WIDTH SPACE)." in fout(pad)


@pytest.mark.parametrize("begin", ["", "sep=|\n"])
def test_een_tabel_met_verticale_strepen(tmp_path: Path, goed: Callable[[Path], Any], begin: str) -> None:
    aanpak = goed(schrijf(tmp_path, "t.csv", begin + f"{KOP}\n{RIJ}\n".replace(";", "|")))
    assert (aanpak.naam, aanpak.nieuw, aanpak.disciplines) == ("Team Noord", 0.1, ("jeugd", "ggz", "wi"))


# --- old code pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("naam", "codering", "lezingen"),
    [
        ("Tweede Exloërmond", "cp850", "'Exlo‰rmond' (Windows) of 'Exloërmond' (DOS)"),
        ("Súdwest-Fryslân", "cp850", "'S£dwest' (Windows) of 'Súdwest' (DOS)"),
        ("Één team", "cp850", "of 'Één' (DOS)"),
        ("Café Zuid", "cp850", "'Caf‚' (Windows) of 'Café' (DOS)"),
        ("Bûtenpost", "cp850", "'B–tenpost' (Windows) of 'Bûtenpost' (DOS)"),
        ("Coördinatie", "cp850", "'Co”rdinatie' (Windows) of 'Coördinatie' (DOS)"),
        ("Provençaal", "cp850", "'Proven‡aal' (Windows) of 'Provençaal' (DOS)"),
        ("Reünie", "cp850", "of 'Reünie' (DOS)"),
        ("Exloërmond", "mac_roman", "of 'Exloërmond' (Mac)"),
        ("Café Zuid", "mac_roman", "of 'Café' (Mac)"),
        ("Coördinatie", "mac_roman", "of 'Coördinatie' (Mac)"),
    ],
)
def test_een_oude_codepagina_wordt_gevraagd(
    tmp_path: Path, fout: Opdracht, goed: Callable[[Path], Any], naam: str, codering: str, lezingen: str
) -> None:
    regels = (KOP, RIJ.replace("Team Noord", naam))
    gezegd = fout(tabel(tmp_path, *regels, codering=codering))
    assert "de letters met accenten zijn niet zeker: in regel 2 kan staan: " in gezegd
    assert lezingen in gezegd
    assert "kies de bestandsoorsprong waarbij dit woord goed staat" in gezegd
    assert goed(tabel(tmp_path, *regels, codering="utf-8-sig")).naam == naam  # the remedy works


@pytest.mark.parametrize(
    "naam",
    [
        "Súdwest-Fryslân",
        "Team “Oost” – één",
        "Wijkteam ’t Zandt",
        "Café…",
        "ÉÉN TEAM",
        "Noord–Zuid",
        "Merk™ ½ §2 €5 25°C",
        "Team\xa0Noord",
    ],
)
def test_gewone_windowstekst_blijft_gewoon(tmp_path: Path, goed: Callable[[Path], Any], naam: str) -> None:
    pad = tabel(tmp_path, KOP, RIJ.replace("Team Noord", naam), codering="cp1252")
    assert goed(pad).naam == naam.replace("\xa0", " ")


def test_een_registratie_toont_het_woord_niet(tmp_path: Path) -> None:
    pad = tmp_path / "r.csv"
    pad.write_bytes("id;wijk\n1;Exloërmond\n".encode("cp850"))
    with pytest.raises(InvoerFout) as gezegd:
        lees_registratie(pad)
    assert "zie regel 2" in str(gezegd.value)
    assert "rmond" not in str(gezegd.value)


# --- workbooks --------------------------------------------------------------------------------------------------


def test_tekens_met_een_code_in_een_werkmap(tmp_path: Path, goed: Callable[[Path], Any]) -> None:
    kop = ["na_x0061_m", *KOPPEN[1:]]
    assert goed(werkmap(tmp_path, kop, ["Team_x0020_Noord_x000D_", *CELLEN[1:]])).naam == "Team Noord"
    assert goed(werkmap(tmp_path, KOPPEN, ["Plan_x005F_x0041_", *CELLEN[1:]])).naam == "Plan_x0041_"
    assert goed(werkmap(tmp_path, KOPPEN, ["Huis _xD83C__xDFE0_", *CELLEN[1:]])).naam == "Huis 🏠"


def test_een_naam_die_op_een_code_lijkt_gaat_heen_en_terug(tmp_path: Path, kengetallen: Kengetallen) -> None:
    aanpak = lees_aanpak(toml(tmp_path, 'naam = "Plan_x0041_"'), kengetallen)
    schrijf_sjabloon(tmp_path / "s.xlsx", kengetallen, [aanpak])
    assert lees_aanpakken(tmp_path / "s.xlsx", kengetallen)[0].aanpak.naam == "Plan_x0041_"


def herschrijf(pad: Path, wijzig: Callable[[str, bytes], bytes]) -> Path:
    """Every part of a workbook through ``wijzig``."""
    with zipfile.ZipFile(pad) as zip_:
        delen = {naam: wijzig(naam, zip_.read(naam)) for naam in zip_.namelist()}
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, inhoud in delen.items():
            zip_.writestr(naam, inhoud)
    return pad


def strikt(naam: str, inhoud: bytes) -> bytes:
    oud, nieuw = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    for deel in (b"officeDocument/2006/relationships", b"spreadsheetml/2006/main"):
        inhoud = inhoud.replace(oud + deel, nieuw + deel.replace(b"/2006", b""))
    return inhoud


def test_een_werkmap_in_de_strikte_vorm(tmp_path: Path, fout: Opdracht) -> None:
    pad = herschrijf(werkmap(tmp_path, KOPPEN, CELLEN), strikt)
    gezegd = fout(pad)
    assert "de werkmap is bewaard als 'Strict Open XML-werkblad'; die vorm wordt niet gelezen." in gezegd
    assert "Kies in Excel Opslaan als, met het type 'Excel-werkmap (*.xlsx)'." in gezegd
    assert "Strict Open XML" in fout(pad, "rapport", "GM0001", "--cijfers", str(pad), "--droog")


@pytest.mark.parametrize(
    ("opmaak", "getal", "procent"),
    [
        ("0%", 0.5, True),
        ("0.0 %", 0.5, True),
        ("General", 50, False),
        (None, 50, False),
        ("0_%", 50, False),
        ("0*%", 50, False),
        (r"0\%", 50, False),
        ('0"%"', 50, False),
        ('0" % van alle"', 50, False),
        (r"0_%\%", 50, False),
        ("[$%-413] 0", 50, False),
        ("[Red]0%", 0.5, True),
        ("_-* 0%_-", 0.5, True),
        (r'"\"0%', 0.5, True),  # a backslash in quotes is itself
        ("0%;-0%;0", 0.0, False),
        ("0%;-0", -0.5, False),
        ("0;-0%", -0.5, True),
        ("0;-0%", 0.5, False),
        ("[<1]0%;0", 0.5, True),
        ("[<1]0%;0", 50, False),
        ("[>=1]0;[<0]-0%;0%", 0.5, True),
        ('0%;;"geen %"', 0.0, False),
        ('0"%', 50, False),  # an open quote
    ],
)
def test_getalopmaak(opmaak: str | None, getal: float, procent: bool) -> None:
    assert is_procent(opmaak, getal) is procent


def test_een_getal_met_uitlijning_is_geen_percentage(tmp_path: Path, goed: Callable[[Path], Any]) -> None:
    kop = [*KOPPEN[:6], "additioneel (%)", *KOPPEN[7:]]
    for opmaak, waarde in (("0_%", 50), ('0"%"', 50), ("0%", 0.5)):
        rij = [*CELLEN[:6], waarde, *CELLEN[7:]]
        assert goed(werkmap(tmp_path, kop, rij, opmaak={"G2": opmaak})).additioneel == 0.5, opmaak


def test_een_opmaak_die_niet_in_de_werkmap_staat(tmp_path: Path, fout: Opdracht) -> None:
    """Another format would be taken in its place: a percentage for a number."""
    pad = werkmap(tmp_path, KOPPEN, CELLEN, opmaak={"G2": '0" deel"', "B2": '0.0" x"'})
    oud = b'numFmtId="165"'

    def zonder(naam: str, inhoud: bytes) -> bytes:
        if naam != "xl/styles.xml":
            return inhoud
        assert inhoud.count(oud) == 2
        return inhoud.replace(oud, b'numFmtId="190"', 1)

    gezegd = fout(herschrijf(pad, zonder))
    assert "cellen verwijzen naar een getalopmaak die niet in de werkmap staat." in gezegd
    assert "Open het in Excel of LibreOffice en bewaar het opnieuw als .xlsx." in gezegd


# --- unknown values ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("woord", ["NA", "nan", "NaN", "NULL", "<NA>", "None", "n.v.t.", "-", "#N/B", "#N/A", "n/a"])
def test_een_onbekende_waarde_zegt_wat_helpt(
    tmp_path: Path, fout: Opdracht, goed: Callable[[Path], Any], woord: str
) -> None:
    oorzaak = "dit is een fout die Excel" if woord.startswith("#") else "hier staat dat de waarde onbekend is."
    gezegd = fout(tabel(tmp_path, KOP, RIJ.replace(";10%", f";{woord}")))
    assert oorzaak in gezegd
    assert "Maak de cel leeg: dan geldt de standaard van MKBA 1.0." in gezegd
    assert goed(tabel(tmp_path, KOP, RIJ.replace(";10%", ";"))).nieuw == 0.05  # handleiding §2.2: 5%
    verplicht = fout(tabel(tmp_path, KOP, RIJ.replace(";8;", f";{woord};")))
    assert f"{oorzaak}" in verplicht
    assert "Dit veld is verplicht: vul een waarde in (Aantal teamleden (fte))." in verplicht


def test_een_streepje_van_excel_is_nul_euro(tmp_path: Path, goed: Callable[[Path], Any]) -> None:
    for streep in ("-", "€ -"):
        assert goed(tabel(tmp_path, f"{KOP};eenmalig", f"{RIJ};{streep}")).eenmalig == 0


def test_nan_in_toml(tmp_path: Path, fout: Opdracht, goed: Callable[[Path], Any]) -> None:
    assert "dit getal is onbekend (nan). Laat het veld weg, of vul het in." in fout(toml(tmp_path, "nieuw = nan"))
    assert goed(toml(tmp_path)).nieuw == 0.05


@pytest.mark.parametrize("onbekend", ["NA", "#N/B", "#N/A", "nan", "NULL", "<NA>", "-", "."])
def test_een_onbekend_kerncijfer_van_r_of_pandas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], onbekend: str
) -> None:
    kop = (
        '"","WijkenEnBuurten","Gemeentenaam_1","SoortRegio_2","Codering_3","AantalInwoners_5","k_65JaarOfOuder_12",'
        '"HuishoudensTotaal_28","Eenpersoonshuishoudens_29","HuishoudensZonderKinderen_30",'
        '"HuishoudensMetKinderen_31","HuishoudensMetEenLaagInkomen_82"'
    )
    rijen = (
        '1,"NL00","Nederland","Land","NL00      ",17800000,3500000,8200000,3300000,2300000,2600000,6.2',
        f'2,"GM9998","Voorbeeld","Gemeente","GM9998    ",1e+05,900,45000,20000,12000,13000,{onbekend}',
    )
    pad = tabel(tmp_path, kop, *rijen, naam="kwb-2024.csv")
    opdracht = ["rapport", "GM9998", "--cijfers", str(pad), "--notebooks", "10", "--droog", "--naar", str(tmp_path)]
    assert main(opdracht) == 0, capsys.readouterr().err
    land, gemeente = lees_gebieden(pad)
    assert land.laag_inkomen == 0.062
    assert (gemeente.inwoners, gemeente.ouderen, gemeente.laag_inkomen) == (100_000, 900, None)
    # without a number that cannot be missed, the message says that it is unknown, not that it is no number
    capsys.readouterr()
    pad.write_text(pad.read_text().replace(",900,", f",{onbekend},"))
    assert main(opdracht) == 2
    gezegd = capsys.readouterr().err
    assert "GM9998 personen van 65 of ouder = (leeg)" in gezegd
    assert "onbekend of geheim in de bron" in gezegd


# --- disciplines: one rule for every file -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("geschreven", "gelezen"),
    [
        (["GGZ", "Jeugd"], ("jeugd", "ggz")),
        (["GGZ-volwassenen"], ("ggz",)),
        (["Werk & inkomen", "Wonen en/of politie"], ("wi", "wonen")),
        (["W&I"], ("wi",)),
        (["welzijn / maatschappelijke dienstverlening", "zorg"], ("welzijn", "zorg")),
        (["geen"], ()),
    ],
)
def test_disciplines_lezen_overal_gelijk(
    tmp_path: Path, goed: Callable[[Path], Any], geschreven: list[str], gelezen: tuple[str, ...]
) -> None:
    cel = ", ".join(geschreven)
    assert goed(toml(tmp_path, f"disciplines = {json.dumps(geschreven)}")).disciplines == gelezen
    assert goed(toml(tmp_path, f'disciplines = "{cel}"')).disciplines == gelezen
    assert goed(tabel(tmp_path, KOP, RIJ.replace("jeugd, ggz, wi", cel))).disciplines == gelezen
    assert goed(werkmap(tmp_path, KOPPEN, [*CELLEN[:7], cel, CELLEN[8]])).disciplines == gelezen


def test_een_knop_volgt_de_discipline_in_hoofdletters(tmp_path: Path, goed: Callable[[Path], Any]) -> None:
    klein, groot = (goed(toml(tmp_path, f'disciplines = ["{d}"]')) for d in ("wi", "WI"))
    assert klein == groot
    assert klein.succes.werk > 0
    assert klein.succes.schooluitval == 0  # no jeugd in the team


def test_een_onbekende_discipline_in_elk_bestand(tmp_path: Path, fout: Opdracht) -> None:
    for pad in (
        toml(tmp_path, 'disciplines = ["sport"]'),
        tabel(tmp_path, KOP, RIJ.replace("jeugd, ggz, wi", "sport")),
        werkmap(tmp_path, KOPPEN, [*CELLEN[:7], "sport", CELLEN[8]]),
    ):
        assert "onbekende discipline 'sport'. Kies uit: jeugd, ggz, wi, welzijn, zorg, wonen." in fout(pad)


# --- whole households -------------------------------------------------------------------------------------------


def test_een_half_huishouden_bestaat_niet(tmp_path: Path, fout: Opdracht, goed: Callable[[Path], Any]) -> None:
    melding = "een aantal is een geheel getal. Rond het af, bijvoorbeeld op "
    assert f"huishoudens = 600,5 {melding}600." in fout(tabel(tmp_path, KOP, RIJ.replace(";600;", ";600,5;")))
    assert f"{melding}1.064." in fout(toml(tmp_path, "huishoudens = 1063.7"))
    assert melding in fout(werkmap(tmp_path, KOPPEN, [CELLEN[0], 600.5, *CELLEN[2:]]))
    assert goed(werkmap(tmp_path, KOPPEN, [CELLEN[0], 599.9999999999999, *CELLEN[2:]])).huishoudens == 600


# --- slow doors: limits that refuse, and inputs that would hang -------------------------------------------------


def test_een_getal_tussen_heel_veel_spaties(tmp_path: Path, fout: Opdracht) -> None:
    """With a pattern that walks each run of spaces again, these would take hours."""
    spaties = " " * 100_000
    with pytest.raises(FouteWaarde, match="te lang voor een getal"):
        lees_getal(f"8{spaties}x", "eur")
    assert aantal_bekend(Rij(1, (Cel(f"naam{spaties}."), Cel(f"fte{spaties}(x"), Cel("huishoudens (aantal)")))) == 1
    assert schoon(f"{spaties}fte{spaties}") == "fte"
    pad = tabel(tmp_path, KOP, RIJ.replace(";8;", f";8{' ' * 400}x;"))
    assert "dit is geen getal. Geef een getal, zoals 13,5." in fout(pad)


def test_een_rij_spaties_in_een_rapport_en_een_registratie() -> None:
    """Each pattern looks at a run of spaces once; looking at each pair or triple of places would not end."""
    spaties = " " * 30_000
    html = f"<table><tr><th>a</th></tr><tr><td>-{spaties}x</td></tr></table><style>{'a' * 30_000}</style>"
    assert "getal" not in maak_fragment(html).html
    blok = {"cell_type": "markdown", "source": f"# Kop{spaties}x"}
    figuur = {"cell_type": "code", "source": "", "outputs": [{"data": {"image/png": ""}}]}
    assert [deel.kop for deel in onderdelen({"cells": [blok, figuur]})] == [f"Kop{spaties}x"]
    with pytest.raises(FouteWaarde):
        lees_score(Cel(f"3{spaties}!"))
    with pytest.raises(FouteWaarde, match="dit is geen getal"):
        lees_waarde(f"{'1' * 100_000}x", "procent")


def test_een_lange_tekst_in_een_cel(tmp_path: Path, fout: Opdracht) -> None:
    lang = "a" * (MAXIMUM_TEKST + 1)
    for rij in (RIJ.replace(";8;", f";{lang};"), RIJ.replace("jeugd, ggz, wi", lang), RIJ.replace("Team Noord", lang)):
        assert "deze cel heeft meer dan 500 tekens. Kort de tekst in." in fout(tabel(tmp_path, KOP, rij))


def test_een_lange_bron_van_een_kengetal(tmp_path: Path, fout: Opdracht) -> None:
    pad = schrijf(tmp_path, "k.toml", f'[kwaliteit]\nqaly_eur = {{waarde = 50000, bron = "{"a" * 501}"}}\n')
    melding = fout(pad, "bereken", "voorbeeld-1", "--kengetallen", str(pad))
    assert "de bron is langer dan 500 tekens. Kort de tekst in." in melding


def met_lege_rijen(pad: Path, rijen: str) -> Path:
    """The workbook with these rows below its table."""
    einde = b"</sheetData>"
    return herschrijf(
        pad, lambda naam, i: i.replace(einde, rijen.encode() + einde) if naam.endswith("sheet1.xml") else i
    )


@pytest.mark.parametrize(
    "rij",
    ['<row r="{i}"><c r="A{i}" s="0"/><c r="B{i}" s="0"/></row>', '<row r="{i}" ht="15" customHeight="1"/>'],
    ids=["cellen", "rijen"],
)
def test_lege_rijen_met_opmaak_worden_niet_gelezen(
    tmp_path: Path,
    kengetallen: Kengetallen,
    goed: Callable[[Path], Any],
    monkeypatch: pytest.MonkeyPatch,
    rij: str,
) -> None:
    aantal = 2000
    monkeypatch.setattr(lege_cellen, "DREMPEL", aantal)
    leeg = "".join(rij.format(i=i) for i in range(10, 10 + aantal))
    laatste = f'<row r="{aantal + 50}"><c r="A{aantal + 50}" t="inlineStr"><is><t>ver weg</t></is></c></row>'
    pad = met_lege_rijen(werkmap(tmp_path, KOPPEN, CELLEN), leeg)
    dun = lege_cellen.zonder_lege_cellen(pad.read_bytes())
    with zipfile.ZipFile(pad) as oud, zipfile.ZipFile(io.BytesIO(dun)) as nieuw:
        blad = "xl/worksheets/sheet1.xml"
        assert oud.read(blad).count(b"<row") == aantal + 2
        assert nieuw.read(blad).count(b"<row") == 2
    assert goed(pad).naam == "Team Noord"
    # what stands below the empty rows keeps its place
    pad = met_lege_rijen(pad, laatste)
    with pytest.raises(InvoerFout, match=f"rij {aantal + 50}"):
        lees_aanpakken(pad, kengetallen)


def test_weinig_lege_cellen_blijven_zoals_ze_zijn(tmp_path: Path) -> None:
    inhoud = werkmap(tmp_path, KOPPEN, CELLEN).read_bytes()
    assert lege_cellen.zonder_lege_cellen(inhoud) == inhoud


def test_lege_cellen_zonder_plaats_hebben_een_grens(
    tmp_path: Path, fout: Opdracht, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lege_cellen, "DREMPEL", 1000)
    monkeypatch.setattr("mkba.invoer.tabel.xlsx.MAXIMUM_LEEG", 1999)
    pad = met_lege_rijen(werkmap(tmp_path, KOPPEN, CELLEN), '<row><c s="0"/></row>' * 2000)
    gezegd = fout(pad)
    assert "de werkmap heeft te veel lege rijen of cellen met opmaak." in gezegd
    assert "Kopieer de gevulde rijen naar een nieuwe werkmap." in gezegd

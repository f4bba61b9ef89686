"""The workbook recalculated by LibreOffice: its formulas give what the model gives, also after a change."""

import random
from pathlib import Path

import pytest

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.aanpak import Aanpak
from mkba.rekenblad.werkboek import maak_werkboek
from mkba.tests.hulp_invoer import GEVALLEN
from mkba.tests.hulp_kantoor import bladwaarden, heeft_kantoor, reken_na
from mkba.tests.hulp_rekenblad import eigen_kengetallen, vergelijk, willekeurig, zet

pytestmark = [pytest.mark.traag, heeft_kantoor]
AANTAL, ZAAD = 50, 2014


def schrijf(map_: Path, aanpak: Aanpak, kengetallen: Kengetallen, naam: str) -> Path:
    map_.mkdir(exist_ok=True)
    pad = map_ / f"{naam}.xlsx"
    pad.write_bytes(maak_werkboek(aanpak, kengetallen))
    return pad


def test_gevallen_en_willekeurige_aanpakken_tot_op_de_cent(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """The published cases and fifty random ones, some with own kengetallen: every post, key and cash flow."""
    kans = random.Random(ZAAD)
    proeven = [(geval.stem, lees_aanpak(geval, kengetallen), kengetallen) for geval in GEVALLEN]
    for i in range(AANTAL):
        eigen = eigen_kengetallen(kans, kengetallen) if i % 5 == 0 else kengetallen
        proeven.append((f"proef-{i}", willekeurig(kans, i, eigen), eigen))
    paden = [schrijf(tmp_path / "in", aanpak, eigen, naam) for naam, aanpak, eigen in proeven]
    for (naam, aanpak, eigen), voor, na in zip(proeven, paden, reken_na(paden, tmp_path), strict=True):
        print(naam)
        vergelijk(na, aanpak, eigen)
        if not naam.startswith("proef") or eigen is not kengetallen:
            vergelijk(voor, aanpak, eigen)  # what a previewer shows, without calculating
        terug = lees_aanpak(na, eigen)
        assert terug == aanpak
        assert terug.opgegeven == aanpak.opgegeven


def test_nl_2026_en_een_voet_van_latere_jaren(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """Under another rule set, and with a discount rate that changes within the ten years of the workbook."""
    nl2026 = lees_kengetallen("nl-2026")
    sets = [nl2026, nl2026.met({"disconto.lang_na_jaar": 3.0}), kengetallen.met({"disconto.lang_na_jaar": 1.0})]
    proeven = [(f"{g.stem}-{i}", lees_aanpak(g, k), k) for i, k in enumerate(sets) for g in GEVALLEN[:3]]
    paden = [schrijf(tmp_path / "in", aanpak, k, naam) for naam, aanpak, k in proeven]
    for (_, aanpak, k), na in zip(proeven, reken_na(paden, tmp_path), strict=True):
        vergelijk(na, aanpak, k)


def test_elke_cel_is_wat_hij_was_voor_het_narekenen(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """The result that stands in the file with a formula is what a spreadsheet program makes of it, checks included."""
    paden = [schrijf(tmp_path / "in", lees_aanpak(g, kengetallen), kengetallen, g.stem) for g in GEVALLEN[:3]]
    for voor, na in zip(paden, reken_na(paden, tmp_path), strict=True):
        een, ander = bladwaarden(voor), bladwaarden(na)
        assert list(een) == list(ander)
        for blad in een:
            assert len(een[blad]) > 20
            for adres in {*een[blad], *ander[blad]}:
                oud, nieuw = een[blad].get(adres, ""), ander[blad].get(adres, "")
                if isinstance(oud, int | float):
                    assert nieuw == pytest.approx(oud, rel=1e-12, abs=1e-9), f"{blad}!{adres}"
                else:
                    assert nieuw == oud, f"{blad}!{adres}"


def test_veranderde_antwoorden_rekenen_door(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """Cells typed over, filled and emptied in the written file: the formulas follow, and mkba reads the same aanpak."""
    kans = random.Random(ZAAD)
    paden, verwacht = [], []
    for i in range(8):
        oud, nieuw = willekeurig(kans, 0, kengetallen), willekeurig(kans, i, kengetallen)
        pad = schrijf(tmp_path / "in", oud, kengetallen, f"proef-{i}")
        plat = nieuw.plat()
        antwoorden: dict[str, object] = {}
        for sleutel in plat:
            waarde = plat[sleutel] if sleutel in nieuw.opgegeven else None
            if sleutel == "disciplines":
                namen = ("jeugd", "ggz", "wi", "welzijn", "zorg", "wonen")
                antwoorden |= {f"in_disciplines_{d}": "ja" if d in nieuw.disciplines else "nee" for d in namen}
            else:
                tekst = {True: "ja", False: "nee"}.get(waarde) if isinstance(waarde, bool) else waarde
                antwoorden["in_" + sleutel.replace(".", "_")] = tekst
        paden.append(zet(pad, antwoorden))
        verwacht.append(nieuw)
    for pad, aanpak in zip(reken_na(paden, tmp_path), verwacht, strict=True):
        vergelijk(pad, aanpak, kengetallen)
        assert lees_aanpak(pad, kengetallen) == aanpak


def test_veranderde_kengetallen_rekenen_door(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """Every value of the sheet kengetallen matters as it does in the model; --kengetallen reads them back."""
    kans = random.Random(ZAAD)
    aanpak = willekeurig(kans, 0, kengetallen).met({"fte": 9, "nieuw": 0.2}, kengetallen)
    anders = {p: k.waarde for p, k in eigen_kengetallen(kans, kengetallen).afwijkingen.items()}
    assert "ingroei.frictie.jaar3" in anders, "de begroting van uitvoer B"
    eigen = kengetallen.met(anders)
    pad = schrijf(tmp_path / "in", aanpak, kengetallen, "proef")
    zet(pad, {"k_" + p.replace(".", "_"): k.waarde for p, k in eigen.afwijkingen.items()})
    (na,) = reken_na([pad], tmp_path)
    gelezen = lees_kengetallen("lpbl-2014", na)
    assert {p: k.waarde for p, k in gelezen.afwijkingen.items()} == {p: k.waarde for p, k in eigen.afwijkingen.items()}
    vergelijk(na, lees_aanpak(na, gelezen), eigen)


def test_wat_niet_klopt_staat_op_het_blad(tmp_path: Path, kengetallen: Kengetallen) -> None:
    """Wrong answers turn up in column Controle and in the verdict; what is missing gives #N/A and no number."""
    aanpak = lees_aanpak(GEVALLEN[-1], kengetallen)
    fout: list[tuple[dict[str, object], str]] = [
        ({"in_nieuw": 31}, "Fout: geef een percentage tussen 0% en 100%."),
        ({"in_type_gezin": 0.5}, "Fout: de aandelen tellen niet op tot 100%."),
        ({"in_fte": None}, "Fout: dit veld is verplicht."),
        ({"in_huisvesting": "misschien"}, "Fout: kies ja of nee."),
        ({"in_afschrijving_jaren": 1.5}, "Fout: geef een heel aantal jaren."),
        ({"in_huishoudens": "veel"}, "Fout: geef een getal tussen 1 en 5.000.000."),
        (
            {f"in_disciplines_{d}": None for d in ("jeugd", "ggz", "wi", "welzijn", "zorg", "wonen")},
            "Fout: vul vraag 7 in",
        ),
        ({"in_terugval": 0.9}, "Let op: buiten het gepubliceerde bereik 0% tot 30%"),
        ({"in_zwaarte_gezin_zr": 0.0}, "Fout: de aandelen tellen niet op tot 100%."),
    ]
    paden = [
        zet(schrijf(tmp_path / "in", aanpak, kengetallen, f"f{i}"), antwoorden)
        for i, (antwoorden, _) in enumerate(fout)
    ]
    for pad, (antwoorden, melding) in zip(reken_na(paden, tmp_path), fout, strict=True):
        cellen = bladwaarden(pad)
        gezegd = [str(w) for adres, w in cellen["invoer"].items() if adres.startswith("J")]
        assert any(w.startswith(melding) for w in gezegd), (antwoorden, gezegd)
        klopt = cellen["uitvoer A"]["A3"].startswith("De invoer klopt.")
        assert klopt == melding.startswith("Let op")
    leeg = bladwaarden(tmp_path / "f2.xlsx")["uitvoer A"]
    assert leeg["B7"] == "#N/A"

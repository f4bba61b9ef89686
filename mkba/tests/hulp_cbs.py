"""Files as CBS hands them out, in every layout that the tests read. All numbers made up."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl

from mkba.kern.zaak.gebied import Gebied, schrijf_cijfers

STATLINE_KOP = [
    "Wijken en buurten",
    "Regioaanduiding/Gemeentenaam (naam)",
    "Regioaanduiding/Soort regio (omschrijving)",
    "Regioaanduiding/Codering (code)",
    "Bevolking/Aantal inwoners (aantal)",
    "Bevolking/Leeftijdsgroepen/65 jaar of ouder (aantal)",
    "Bevolking/Particuliere huishoudens/Huishoudens totaal (aantal)",
    "Bevolking/Particuliere huishoudens/Eenpersoonshuishoudens (aantal)",
    "Bevolking/Particuliere huishoudens/Huishoudens zonder kinderen (aantal)",
    "Bevolking/Particuliere huishoudens/Huishoudens met kinderen (aantal)",
    "Wonen/Gemiddelde WOZ-waarde van woningen (x 1 000 euro)",
    "Inkomen/Inkomen van huishoudens/Huishoudens met een laag inkomen (%)",
    "Sociale zekerheid/Personen per soort uitkering; Bijstand (aantal)",
    "Zorg/Percentage jongeren met jeugdzorg (%)",
    "Zorg/Wmo-cliënten (aantal)",
    "Zorg/Wmo-cliënten relatief (per 1 000 inwoners)",
]
LAND = ["Nederland", "Nederland", "Land", "NL00", "18000000", "3700000", "8400000", "3300000", "2400000", "2700000"]
LAND += ["379", "6.1", "400000", "10.9", "1100000", "66"]
WIJK = ["Oude Haven", "Voorbeeldstad", "Wijk", "WK9901MA", "5020", "810", "2395", "1105", "620", "665"]
WIJK += ["301", "5.7", ".", "4.8", "285", "57"]
ANDERE = ["Nieuwland", "Voorbeeldstad", "Wijk", "WK990102", "0", ".", "0", "", "x", "-"]
ANDERE += [".", ".", ".", ".", ".", "."]
OUDE_HAVEN = Gebied(
    code="WK9901MA",
    naam="Oude Haven",
    soort="wijk",
    jaar=2024,
    bron="CBS StatLine 85984NED (2024)",
    huishoudens=2395,
    eenpersoons=1105,
    zonder_kinderen=620,
    met_kinderen=665,
    inwoners=5020,
    ouderen=810,
    laag_inkomen=0.057,
    armoede=None,
    bijstand=None,
    jeugdhulp=0.048,
    wmo=0.057,
)
"""The row WIJK as it is read."""
HANDLAND = Gebied(
    "NL00", "Nederland", "land", 2024, "verzonnen", 8_000_000, 3_000_000, 2_400_000, 2_600_000, 18_000_000, 3_600_000,
    laag_inkomen=0.06, bijstand=400_000, jeugdhulp=0.12, wmo=0.07,
)  # fmt: skip
HANDWIJK = Gebied(
    "WK000101", "Handwijk", "wijk", 2024, "verzonnen", 1000, 400, 300, 300, 2000, 200,
    laag_inkomen=0.09, bijstand=100, jeugdhulp=0.15, wmo=0.035,
)  # fmt: skip


def statline(pad: Path, rijen: Sequence[Sequence[str]], voor: Sequence[Sequence[str]] = ()) -> Path:
    """As StatLine exports: BOM, semicolons, quotes, numbers padded to the left, codes to the right."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    schrijver.writerows(voor)
    schrijver.writerow(STATLINE_KOP)
    for rij in rijen:
        schrijver.writerow(
            [rij[0], rij[1].ljust(40), rij[2].ljust(10), rij[3].ljust(10), *(w.rjust(12) for w in rij[4:])]
        )
    schrijver.writerow(["Bron: CBS"])
    pad.write_bytes(uit.getvalue().encode("utf-8-sig"))
    return pad


KWB_KOP = "gwb_code_10 regio gm_naam recs gwb_code_8 gwb_code a_inw a_65_oo a_hh a_1p_hh a_hh_z_k a_hh_m_k p_hh_li "
KWB_KOP += "p_hh_lkk a_soz_wb p_jz_tn a_wmo_t p_wmo_t"
KWB_LAND = ["NL00", "Nederland", "Nederland", "Land", 0, "NL00", 18000000, 3700000, 8400000, 3300000, 2400000, 2700000]
KWB_LAND += [40, 6.1, 400000, 10.9, 1100000, 66]
KWB_WIJK: list[Any] = ["WK9901MA", "Oude Haven  ", "Voorbeeldstad", "Wijk", "9901MA", "WK9901MA", "      5020", " 810"]
KWB_WIJK += [2395, "1105", 620, 665, "44,1", "5,7", ".", "     4,8", "x", "57"]
KWB_LEEG = ["WK990102", "Nieuwland", "Voorbeeldstad", "Wijk", "990102", "WK990102", 0, "-", 0, None, "x", "."]
KWB_LEEG += [None] * 6


def kwb(pad: Path, rijen: Sequence[Sequence[Any]], kop: str = KWB_KOP, blad: str = "KWB2024") -> Path:
    boek = openpyxl.Workbook()
    uitleg = boek.active
    assert uitleg is not None
    uitleg.title = "Toelichting"
    uitleg.append(["Kerncijfers wijken en buurten"])
    werkblad = boek.create_sheet(blad)
    # some editions have a blank behind a header
    werkblad.append([f"{k} " if k == "p_jz_tn" else k for k in kop.split()])
    for rij in rijen:
        werkblad.append(list(rij))
    boek.save(pad)
    return pad


def odata(**extra: Any) -> dict[str, Any]:
    return {
        "ID": 3,
        "WijkenEnBuurten": "WK9901MA  ",
        "Gemeentenaam_1": "Voorbeeldstad".ljust(40),
        "SoortRegio_2": "Wijk      ",
        "Codering_3": "WK9901MA  ",
        "AantalInwoners_5": 5020,
        "k_65JaarOfOuder_12": 810,
        "HuishoudensTotaal_29": 2395,
        "Eenpersoonshuishoudens_30": 1105,
        "HuishoudensZonderKinderen_31": 620,
        "HuishoudensMetKinderen_32": 665,
        "HuishoudensMetEenLaagInkomen_89": 5.7,
        "PersonenPerSoortUitkeringBijstand_94": None,
        "PercentageJongerenMetJeugdzorg_99": 4.8,
        "WmoClienten_100": 285,
        "WmoClientenRelatief_101": 57,
        **extra,
    }


def drie_wijken(tmp_path: Path) -> str:
    """A heavy, a light and a very small wijk, one without households, and their gemeente."""
    gemeente = replace(HANDWIJK, code="GM0001", naam="Stad", soort="gemeente", laag_inkomen=0.06)
    klein = {"huishoudens": 60, "eenpersoons": 24, "zonder_kinderen": 18, "met_kinderen": 18, "inwoners": 120}
    rijen = (
        HANDLAND,
        gemeente,
        replace(HANDWIJK, code="WK000102", naam="=Licht", laag_inkomen=0.03, bijstand=20),
        HANDWIJK,
        replace(HANDWIJK, code="WK000103", naam="Klein", **klein, ouderen=12, bijstand=6),  # type: ignore[arg-type]
        replace(HANDWIJK, code="WK000104", naam="Leeg", huishoudens=0),
    )
    pad = tmp_path / "cijfers.json"
    pad.write_text(schrijf_cijfers(rijen), encoding="utf-8")
    return str(pad)

"""The names that CBS gives a column, per field of a Gebied and edition: a new name of a column is added here."""

from dataclasses import dataclass
from typing import Final, Literal

Eenheid = Literal["aantal", "procent", "promille"]


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """What to look for: stem or code (small letters), title, a word in the topics above it, and the unit."""

    stammen: tuple[str, ...]
    titels: tuple[str, ...]
    groep: str
    eenheid: Eenheid
    van: str = ""
    """The field that a percentage is a part of, where the field itself is a count."""


# Per field of Gebied the ways to read it, the best one first; a way with two columns is their sum.
# p_hh_li in the KWB workbook is "40% huishoudens met laagste inkomen"; low income is p_hh_lkk.
WEGEN: Final[dict[str, tuple[tuple[Onderwerp, ...], ...]]] = {
    "huishoudens": (
        (
            Onderwerp(
                ("huishoudenstotaal", "a_hh", "aantal_hh", "aantal_huishoudens"),
                ("huishoudens totaal",),
                "huishoudens",
                "aantal",
            ),
        ),
    ),
    "inwoners": (
        (
            Onderwerp(
                ("aantalinwoners", "a_inw", "aant_inw", "aantal_inwoners"), ("aantal inwoners",), "bevolking", "aantal"
            ),
        ),
    ),
    "eenpersoons": (
        (Onderwerp(("eenpersoonshuishoudens", "a_1p_hh"), ("eenpersoonshuishoudens",), "huishoudens", "aantal"),),
        (Onderwerp(("p_eenp_hh", "percentage_eenpersoonshuishoudens"), (), "", "procent", "huishoudens"),),
    ),
    "zonder_kinderen": (
        (
            Onderwerp(
                ("huishoudenszonderkinderen", "a_hh_z_k"), ("huishoudens zonder kinderen",), "huishoudens", "aantal"
            ),
        ),
        (Onderwerp(("p_hh_z_k", "percentage_huishoudens_zonder_kinderen"), (), "", "procent", "huishoudens"),),
    ),
    "met_kinderen": (
        (Onderwerp(("huishoudensmetkinderen", "a_hh_m_k"), ("huishoudens met kinderen",), "huishoudens", "aantal"),),
        (Onderwerp(("p_hh_m_k", "percentage_huishoudens_met_kinderen"), (), "", "procent", "huishoudens"),),
    ),
    "ouderen": (
        (Onderwerp(("k_65jaarofouder", "a_65_oo"), ("65 jaar of ouder",), "leeftijd", "aantal"),),
        (
            # the edition of 2026 splits the oldest group
            Onderwerp(
                ("k_65jaartot80jaar", "k_65tot80jaar", "a_65_79"),
                ("65 jaar tot 80 jaar", "65 tot 80 jaar"),
                "leeftijd",
                "aantal",
            ),
            Onderwerp(("k_80jaarofouder", "a_80_oo"), ("80 jaar of ouder",), "leeftijd", "aantal"),
        ),
        (Onderwerp(("p_65_eo_jr", "percentage_personen_65_jaar_en_ouder"), (), "", "procent", "inwoners"),),
    ),
    "kinderen": (
        (Onderwerp(("k_0tot15jaar", "a_00_14"), ("0 tot 15 jaar",), "leeftijd", "aantal"),),
        (Onderwerp(("p_00_14_jr", "percentage_personen_0_tot_15_jaar"), (), "", "procent", "inwoners"),),
    ),
    "laag_inkomen": (
        (
            Onderwerp(
                (
                    "huishoudensmeteenlaaginkomen",
                    "p_hh_lkk",
                    "p_lkoopkrh",
                    "percentage_huishoudens_met_lage_koopkracht",
                ),
                ("huishoudens met een laag inkomen",),
                "inkomen",
                "procent",
            ),
        ),
    ),
    "armoede": ((Onderwerp(("personeninarmoede", "p_ink_ar"), ("personen in armoede",), "inkomen", "procent"),),),
    "bijstand": (
        (
            Onderwerp(
                (
                    "personenpersoortuitkeringbijstand",
                    "a_soz_wb",
                    "aantal_personen_met_een_alg_bijstandsuitkering_tot",
                    "aantal_personen_met_een_algemene_bijstandsuitkering_totaal",
                ),
                ("personen per soort uitkering; bijstand",),
                "sociale zekerheid",
                "aantal",
            ),
        ),
    ),
    "jeugdhulp": (
        (
            Onderwerp(
                ("percentagejongerenmetjeugdzorg", "p_jz_tn", "percentage_jongeren_met_jeugdzorg_in_natura"),
                ("percentage jongeren met jeugdzorg",),
                "zorg",
                "procent",
            ),
        ),
    ),
    "wmo": (
        (
            Onderwerp(
                ("wmoclientenrelatief", "p_wmo_t", "aantal_wmo_clienten_per_1000_inwoners"),
                ("wmo-cliënten relatief",),
                "zorg",
                "promille",
            ),
        ),
    ),
    # no table of CBS per wijk has it: a column that a gemeente adds, per 1,000 persons of 65 and older
    "wmo_ouderen": (
        (
            Onderwerp(
                ("wmo_65plus_per_1000_65plussers",),
                ("wmo-cliënten van 65 jaar of ouder per 1 000 65-plussers",),
                "zorg",
                "promille",
            ),
        ),
    ),
}
"""Totals come before the fields that are a part of them."""

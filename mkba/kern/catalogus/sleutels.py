"""Every key of the catalogue and what it is for.

Loading a rule set fails on a key that is not listed here ("a key nobody uses") and on a key that is
listed as required but missing. Uses:

- ``model``: read by the calculation: the fields of :class:`mkba.kern.catalogus.rekenwaarden.Rekenwaarden` name them;
- ``effectmeting``: the same, of an aanpak that answers questions 16 to 18 (:func:`rekent_mee`);
- ``standaard``: default of a question and its published range;
- ``doelgroepen``: read by the doelgroepenanalyse;
- ``onzekerheid``: read when drawing: how uncertain inputs hang together;
- ``steekproef``: read when a sample is planned or drawn: how many households, how many hours;
- ``toelichting``: a published table that supports another number, shown in reports and checked in tests.
"""

from typing import Final

from mkba.kern.catalogus.rekenwaarden import ACTORVERDELINGEN, FUNCTIES, modelsleutels
from mkba.kern.woorden.begrippen import ACTOREN, KLASSEN, SUCCESSEN, TYPEN, ZWAARTEN
from mkba.kern.woorden.trajecten import TRAJECTEN

ZWAARTEPROFIELEN: Final = ("standaardwijk", "probleemwijk", "mv", "gezin_mv_nzr")
INGROEI: Final = ("caseload", "nieuw_voor_oud", "frictie")
INGROEI_JAREN: Final = tuple(f"jaar{j}" for j in range(1, 5))

CORRELATIES: Final = {
    "correlatie.escalatie": tuple(f"escalatie.{t}" for t in TYPEN),
    "correlatie.substitutie": ("substitutie.nieuw", "substitutie.bestaand"),
}
"""Which answers one rank correlation holds between, each pair of them."""
TREKGRENZEN: Final = ("substitutie.bestaand", "succes.overlast")
"""Knobs that are drawn up to less than the highest value in print."""

SUBSTITUTIE_RIJEN: Final = (
    "tu_delft",
    "schuurman_mulder",
    *(f"voorbeeld{i}" for i in range(1, 7)),
    "samenvatting",
)
ESCALATIE_RIJEN: Final = ("huishoudens", "huisuitzettingen", "ots_uhp_intramuraal", "tweedelijnszorg")


INDICATOREN: Final = {
    "gezin": ("inkomen", "bijstand", "jeugdhulp", "eenouder"),
    "oudere": ("inkomen", "wmo"),
    "overig": ("inkomen", "bijstand"),
}
"""Which indicators move the classes of a huishoudtype in a doelgroepenanalyse from statistics."""


ZELFREDZAAMHEID: Final = (
    "grens_nzr",
    "grens_groen",
    "gebieden_mv",
    "probleem_score",
    "minimum_scores",
    "minimum_waarnemingen",
    "kleine_cel",
)
"""What places a household of a registration in a class, and when a number is too small to use or to publish."""
STEEKPROEF: Final = (
    "per_generalist",
    "huishoudens",
    "uur_gedeeld",
    "uur_per_vraag",
    "uur_vast",
    "trajecten_start",
    "samenhang_trajecten",
    "uitval_maal",
    "figuur_telt",
)
"""The size of a sample of households, its price in hours, and what is taken for its trajecten and for who drops out."""
BEWIJSKORTING: Final = tuple(f"sms{niveau}" for niveau in range(1, 6))
"""How much of a claim is taken off for evidence of a level of the Maryland scale."""


def _verplicht() -> dict[str, str]:
    model = [
        *modelsleutels(mag_ontbreken=False),
        *(f"ingroei.{wat}.{j}" for wat in INGROEI for j in INGROEI_JAREN),
    ]
    standaard = [
        *(
            f"zwaarteprofiel.{p}.{t}.{s}"
            for p in ZWAARTEPROFIELEN
            for t in (TYPEN if p != "gezin_mv_nzr" else TYPEN[:1])
            for s in ("ev", "zr", "nzr")
        ),
        *(f"leefsituatie.{wat}.{t}" for wat in ("schulden", "geen_werk", "overlast") for t in TYPEN),
        "knop.kinderen",
        "knop.frictie",
        "knop.nieuw",
        "knop.meer",
        "knop.substitutie.nieuw",
        "knop.substitutie.bestaand",
        *(f"knop.succes.{s}" for s in SUCCESSEN),
        *(f"knop.escalatie.{t}" for t in TYPEN),
        "knop.terugval",
    ]
    doelgroepen = [
        "doelgroep.gezin_per_huishouden_met_kinderen",
        "doelgroep.ouderenhuishoudens_per_oudere",
        *(f"doelgroep.index.{t}.{i}" for t in TYPEN for i in INDICATOREN[t]),
        *(f"doelgroep.probleemwijk.{i}" for i in ("inkomen", "bijstand", "jeugdhulp", "eenouder", "wmo")),
        *(
            f"doelgroep.spreiding.{grens}.{i}"
            for grens in ("laag", "hoog")
            for i in ("inkomen", "bijstand", "jeugdhulp", "eenouder", "wmo")
        ),
        "doelgroep.huishouden_per_oudere_partner",
        "doelgroep.wmo.aandeel_ouderen",
        "doelgroep.wmo.halve_gewicht",
        "doelgroep.krimp.huishoudens",
        "doelgroep.krimp.ruis",
        "doelgroep.index_grens.laagste",
        "doelgroep.index_grens.hoogste",
        *(f"doelgroep.top.{t}" for t in TYPEN),
        "doelgroep.landelijk_ev",
        "doelgroep.bereik",
        *(f"zelfredzaamheid.{w}" for w in ZELFREDZAAMHEID),
    ]
    onzekerheid = [*CORRELATIES, *(f"trekgrens.{knop}" for knop in TREKGRENZEN)]
    toelichting = [
        *(f"personeel.huisvesting.{f}" for f in FUNCTIES),
        *(f"caseload_uren.{s}" for s in ZWAARTEN),
        *(f"zorgconsumptie_totaal.{t}.{s}" for t in TYPEN for s in KLASSEN),
        "effectiviteit.werk_eur_per_jaar",
        "effectiviteit.schuldenvrij_bestaand",
        *(
            f"zorggebruik.{soort}.{wat}"
            for soort in ("consult", "medicatie", "poliklinisch", "dagopname", "klinisch")
            for wat in ("aandeel", "gemiddeld")
        ),
        *(f"klacht.{soort}.{s}" for soort in ("somatisch", "psychisch", "sociaal") for s in ("mv", "nzr")),
        "mantelzorg.ontvangt.mv",
        "mantelzorg.ontvangt.nzr",
        "mantelzorg.overbelast",
        "traject.factor",
        *(f"traject.{t}.hoofd_eur" for t in TRAJECTEN),
    ]
    return {
        **dict.fromkeys(model, "model"),
        **dict.fromkeys(modelsleutels(mag_ontbreken=False, gebruik="effectmeting"), "effectmeting"),
        **dict.fromkeys(standaard, "standaard"),
        **dict.fromkeys(doelgroepen, "doelgroepen"),
        **dict.fromkeys(onzekerheid, "onzekerheid"),
        **{f"steekproef.{w}": "steekproef" for w in STEEKPROEF},
        **{f"bewijskorting.{w}": "bewijs" for w in BEWIJSKORTING},
        **dict.fromkeys(toelichting, "toelichting"),
    }


FEITEN: Final = (
    "minimumloon_uur",
    "minimumloon_maand_2014",
    "bijstand.alleenstaande",
    "bijstand.paar",
    "uitkering_jaar",
    "probleemschulden_totaal",
    "probleemschulden_huishoudens",
    "probleemschulden_huishouden",
    "schuldhulp_aanvrager",
    "zorg.ziekenhuisdag",
    "zorg.polikliniek",
    "zorg.spoedeisende_hulp",
    "zorg.huisarts",
    "dakloosheid_persoonsjaar",
)
"""Amounts of today that support another number: the model has no place for the price of one event."""


def _mogelijk() -> dict[str, str]:
    """Keys that may be absent: absent means zero (model) or not printed (toelichting)."""
    return {
        **dict.fromkeys(modelsleutels(mag_ontbreken=True), "model"),
        **{f"restpartij.{v}.{a}": "onzekerheid" for v in ACTORVERDELINGEN for a in ACTOREN},
        **{
            f"tabel_substitutie.{rij}.{kolom}": "toelichting"
            for rij in SUBSTITUTIE_RIJEN
            for kolom in ("bestaand", "nieuw")
        },
        **{f"feit.{f}": "toelichting" for f in FEITEN},
        **{f"tabel_escalatie.vb{i}.{rij}": "toelichting" for i in range(1, 10) for rij in ESCALATIE_RIJEN},
    }


VERPLICHT: Final = _verplicht()
MOGELIJK: Final = _mogelijk()
GEBRUIK: Final = {**VERPLICHT, **MOGELIJK}


def rekent_mee(sleutel: str, effectmeting: bool) -> bool:
    """Whether a kengetal is read when an aanpak is calculated; ``effectmeting``: one with questions 16 to 18."""
    gebruik = GEBRUIK.get(sleutel)
    if sleutel.startswith("actor.traject."):
        return effectmeting
    return gebruik == "model" or (effectmeting and gebruik == "effectmeting")


def te_varieren(sleutel: str) -> bool:
    """Whether some aanpak is calculated with this kengetal."""
    return GEBRUIK.get(sleutel) in ("model", "effectmeting")

"""Every key of the catalogue and what it is for.

Loading a rule set fails on a key that is not listed here ("a key nobody uses") and on a key that is
listed as required but missing. Uses:

- ``model``: read by the calculation;
- ``standaard``: default of a question and its published range;
- ``doelgroepen``: read by the doelgroepenanalyse;
- ``onzekerheid``: read when drawing: how uncertain inputs hang together;
- ``toelichting``: a published table that supports another number, shown in reports and checked in tests.
"""

from typing import Final

from mkba.kern.begrippen import AANTAL_JAREN, ACTOREN, DISCIPLINES, DOMEINEN, SUCCESSEN, TYPEN, ZWAARTEN

FUNCTIES: Final = ("teamlid", "teamleider", "ondersteuning")
PROFIEL_ZWAARTEN: Final = ("ev", "zr", "nzr", "top")
TIJDPROFIELEN: Final = (
    "kosten",
    "nieuw_voor_oud",
    "substitutie",
    "werk",
    "schulden",
    "zorggebruik",
    "escalatie",
    "kinderen",
    "kwaliteit",
    "overlast",
)
ACTORVERDELINGEN: Final = (
    "additioneel",
    *(f"discipline.{d}" for d in DISCIPLINES),
    "geen_discipline",
    "domein.wi",
    "trajecten.zw",
    *(f"domein.zw.{t}" for t in TYPEN),
    "domein.jeugd",
    "domein.zvw",
    "werk",
    "schulden",
    "zorggebruik",
    "kinderen",
    "kwaliteit",
    "overlast",
)
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


def _verplicht() -> dict[str, str]:
    model = [
        *(f"personeel.{soort}.{f}" for soort in ("kosten", "werkgeverslasten") for f in FUNCTIES),
        *(f"personeel.aandeel.{f}" for f in FUNCTIES[1:]),
        "personeel.uren_per_fte",
        "personeel.afstemming_uren",
        *(f"caseload.{s}" for s in ZWAARTEN),
        *(f"zorgconsumptie.{t}.{s}.{d}" for t in TYPEN for s in PROFIEL_ZWAARTEN for d in DOMEINEN),
        *(f"{soort}_aandeel.{d}" for soort in ("zorg", "substitutie") for d in DOMEINEN),
        "effectiviteit.werk_eur",
        "effectiviteit.schulden_eur",
        "effectiviteit.consulten_eur",
        "effectiviteit.doorverwijzing_eur",
        "effectiviteit.schuldhulp_bestaand",
        "escalatie.factor",
        "escalatie.gewicht_ev",
        *(f"escalatie.gewicht_top.{t}" for t in TYPEN),
        "escalatie.weging_wi",
        "kinderen.aandeel_zonder_startkwalificatie",
        "kinderen.baat_eur",
        "kwaliteit.qaly_eur",
        "kwaliteit.schulden_qaly",
        "kwaliteit.ouderen_qaly",
        "overlast.overlast_eur",
        "overlast.nieuw_eur",
        "overlast.escalatie_eur",
        "disconto.reeel",
        "disconto.risico",
        "disconto.basis",
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
        *(f"zorgconsumptie_totaal.{t}.{s}" for t in TYPEN for s in PROFIEL_ZWAARTEN),
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
    ]
    return {
        **dict.fromkeys(model, "model"),
        **dict.fromkeys(standaard, "standaard"),
        **dict.fromkeys(doelgroepen, "doelgroepen"),
        **dict.fromkeys(onzekerheid, "onzekerheid"),
        **dict.fromkeys(toelichting, "toelichting"),
    }


def _mogelijk() -> dict[str, str]:
    """Keys that may be absent: absent means zero (model) or not printed (toelichting)."""
    return {
        **{f"tijd.{p}.jaar{j}": "model" for p in TIJDPROFIELEN for j in range(AANTAL_JAREN)},
        **{f"actor.{v}.{a}": "model" for v in ACTORVERDELINGEN for a in ACTOREN},
        **{f"restpartij.{v}.{a}": "onzekerheid" for v in ACTORVERDELINGEN for a in ACTOREN},
        **{
            f"tabel_substitutie.{rij}.{kolom}": "toelichting"
            for rij in SUBSTITUTIE_RIJEN
            for kolom in ("bestaand", "nieuw")
        },
        **{f"tabel_escalatie.vb{i}.{rij}": "toelichting" for i in range(1, 10) for rij in ESCALATIE_RIJEN},
    }


VERPLICHT: Final = _verplicht()
MOGELIJK: Final = _mogelijk()
GEBRUIK: Final = {**VERPLICHT, **MOGELIJK}

"""An aanpak and what it costs and yields, worked out by hand."""

HAND = {
    "naam": "met de hand",
    "huishoudens": 200,
    "type": {"gezin": 0.5, "oudere": 0.5, "overig": 0.0},
    "zwaarte": {
        "gezin": {"niet_actief": 0.2, "ev": 0.2, "zr": 0.4, "nzr": 0.2},
        "oudere": {"zr": 0.5, "nzr": 0.5},
    },
    "kinderen": 2.0,
    "schulden": {"gezin": 0.5, "oudere": 0.3, "overig": 0.5},
    "geen_werk": {"gezin": 0.6, "oudere": 1.0, "overig": 0.6},
    "overlast": {"gezin": 0.25, "oudere": 0.1, "overig": 0.25},
    "fte": 4,
    "additioneel": 0.25,
    "disciplines": ["jeugd", "wi", "zorg"],
    "eenmalig": 30_000,
    "afschrijving_jaren": 3,
    "jaarlijks": 10_000,
    "jaarlijks_additioneel": 0.4,
    "frictie": 0.1,
    "nieuw": 0.2,
    "meer": 0.1,
    "substitutie": {"nieuw": 0.3, "bestaand": 0.1},
    "succes": {
        "financieel_stabiel": 0.1,
        "werk": 0.02,
        "schooluitval": 0.05,
        "consulten": 0.02,
        "doorverwijzing": 0.01,
        "kwaliteit_ouderen": 0.1,
        "mantelzorg": 0.05,
        "overlast": 0.1,
    },
    "escalatie": {"gezin": 0.03, "oudere": 0.02, "overig": 0.0},
    "terugval": 0.2,
}
HAND_UITKOMST = {
    "kosten_aanpak": 4 * 102_100 + 10_000,
    "frictiekosten": 0.1 * 4 * 102_100 + 30_000 / 3,
    "kosten_extra_zorg": 200 * 0.28 * (0.1293 * 2060 + 0.5258 * 3740 + 0.0919 * 1440),
    "nieuw_voor_oud": 0.75 * 408_400 + 0.6 * 10_000 + 0.5 * 85_000 / 1200 * 2 * 160,
    "substitutie": 200 * (0.2 * 0.3 + 0.8 * 0.1) * (0.1362 * 2050 + 0.3340 * 3710 + 0.0668 * 1400),
    "effectiviteit": 54_535 * 80 * 0.6 * 0.02 * 0.8
    + 256.8 * 160 * (0.1 + 0.45 * 0.28) * 0.8
    + 70 * (164.85 * 0.02 + 329.7 * 0.01) * 0.8,
    # jumps with W&I for 0.562: gezin ev->zr .562*4700+800+1300+900, zr->nzr .562*2500+8500+500,
    # nzr->top .562*7600+26900+46700+900; oudere zr->nzr 800-200, ev->zr not present
    "escalatie": 4.028
    * 0.8
    * (
        200 * 0.5 * 0.03 * (0.643 * 0.2 * 5641.4 + 0.4 * 10405.0 + 0.221 * 0.2 * 78771.2)
        + 200 * 0.5 * 0.02 * (0.5 * 600)
    ),
    "ontwikkelingskansen": 0.45 * 41_155 * 200 * 0.8 * 0.05,
    "kwaliteit_van_leven": 1424.7 * 60 * 0.5 * (0.1 + 0.45 * 0.2) * 0.8 + 1185.4 * 100 * (0.15 + 0.2) * 0.8,
    "overlast": 3544.7 * 80 * 0.25 * (0.1 + 0.45 * 0.2) * 0.8 + 69.25 * 80 * 0.2 * 0.8 + 72.5 * 100 * 0.03 * 0.8,
}

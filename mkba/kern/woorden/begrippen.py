"""The words of the field and the order of every axis.

The model works on arrays with axes scenario, huishoudtype, zwaarte, domein (in that order);
the tuples below fix the order within each axis. Nothing here carries a number of the model.
"""

from typing import Final

from mkba.kern.woorden.trajecten import TRAJECTNAMEN

TYPEN: Final = ("gezin", "oudere", "overig")
"""Huishoudtypen, vraag 2 (handleiding §2.1)."""

ZWAARTEN: Final = ("niet_actief", "ev", "zr", "nzr", "top")
"""Zwaarte, vraag 3. ``niet_actief`` is the first row of the question, "geen probleem of ev"."""

DOMEINEN: Final = ("wi", "zw", "jeugd", "zvw")
"""Domains of figuur 2.7: werk & inkomen, zorg & welzijn, jeugd, zorgverzekeringswet."""

DISCIPLINES: Final = ("jeugd", "ggz", "wi", "welzijn", "zorg", "wonen")
"""Disciplines in the team, vraag 7."""

DISCIPLINE_OP_NAAM: Final[dict[str, str]] = {
    **{d: d for d in DISCIPLINES},
    "ggz-volwassenen": "ggz",
    "ggz volwassenen": "ggz",
    "w&i": "wi",
    "werk & inkomen": "wi",
    "werk en inkomen": "wi",
    "maatschappelijke dienstverlening": "welzijn",
    "welzijn / maatschappelijke dienstverlening": "welzijn",
    "welzijn/maatschappelijke dienstverlening": "welzijn",
    "wonen en/of politie": "wonen",
    "wonen en politie": "wonen",
    "politie": "wonen",
}
"""Every name of a discipline, in small letters: the labels of vraag 7 and their parts. The same for every file."""

SUCCESSEN: Final = (
    "financieel_stabiel",
    "werk",
    "schooluitval",
    "consulten",
    "doorverwijzing",
    "kwaliteit_ouderen",
    "mantelzorg",
    "overlast",
)
"""The eight knobs of vraag 13, in the order of figuur 2.8."""

AANTAL_JAREN: Final = 10
"""Years 0 to 9 (handleiding hoofdstuk 3: benefits in years 1 to 9)."""

ACTOREN: Final = (
    "gemeente_wi",
    "gemeente_wmo",
    "gemeente_jeugd",
    "gemeente_overig",
    "zorgverzekeraar",
    "rijk_wlz",
    "corporatie",
    "huishouden",
    "overig",
)
"""Who pays and who gains (uitvoerscherm B, figuur 4.9)."""

GEMEENTE: Final = ("gemeente_wi", "gemeente_wmo", "gemeente_jeugd", "gemeente_overig")
"""The actors between the two blue lines of figuur 4.9."""

POSTEN: Final = (
    "kosten_aanpak",
    "frictiekosten",
    "kosten_extra_zorg",
    "nieuw_voor_oud",
    "substitutie",
    "effectiviteit",
    "escalatie",
    "ontwikkelingskansen",
    "kwaliteit_van_leven",
    "overlast",
)
"""Posts of uitvoerscherm A (figuur 3.2)."""

KOSTENPOSTEN: Final = POSTEN[:3]
BATENPOSTEN: Final = POSTEN[3:]
FINANCIELE_BATEN: Final = ("nieuw_voor_oud", "substitutie", "effectiviteit", "escalatie")
IMMATERIELE_BATEN: Final = ("ontwikkelingskansen", "kwaliteit_van_leven", "overlast")

NAMEN: Final[dict[str, str]] = {
    "gezin": "Gezinnen",
    "oudere": "Ouderen",
    "overig": "Overige huishoudens",
    "niet_actief": "Niet actief (geen probleem of ev)",
    "ev": "Enkelvoudig (ev)",
    "zr": "Meervoudig, zelfredzaam (zr)",
    "nzr": "Meervoudig, niet-zelfredzaam (nzr)",
    "top": "Top / intramuraal",
    "wi": "Werk & inkomen",
    "zw": "Zorg & welzijn",
    "jeugd": "Jeugd",
    "zvw": "Zorgverzekeringswet",
    "ggz": "GGZ-volwassenen",
    "welzijn": "Welzijn / maatschappelijke dienstverlening",
    "zorg": "Zorg",
    "wonen": "Wonen en/of politie",
    "gemeente_wi": "Gemeente: werk & inkomen",
    "gemeente_wmo": "Gemeente: Wmo & welzijn",
    "gemeente_jeugd": "Gemeente: jeugd",
    "gemeente_overig": "Gemeente: overig",
    "zorgverzekeraar": "Zorgverzekeraar",
    "rijk_wlz": "Rijk / Wlz (kern-AWBZ)",
    "corporatie": "Woningcorporatie",
    "huishouden": "Huishoudens",
    "overig_actor": "Overige partijen",
    "kosten_aanpak": "Kosten nieuwe aanpak",
    "frictiekosten": "Eenmalige (frictie)kosten",
    "kosten_extra_zorg": "Kosten a.g.v. extra inzetten zorg",
    "totale_kosten": "Totale kosten",
    "nieuw_voor_oud": "Nieuw voor oud",
    "substitutie": "Minder trajecten a.g.v. substitutie",
    "besparing_organisatie": "Besparing organisatiekosten",
    "effectiviteit": "Toename effectiviteit trajecten",
    "escalatie": "Voorkomen (escalatie)kosten",
    "ontwikkelingskansen": "Ontwikkelingskansen kinderen",
    "kwaliteit_van_leven": "Toename kwaliteit van leven",
    "overlast": "Reductie overlast en onveiligheid",
    "immaterieel": "Immateriële baten",
    "totale_baten": "Totale baten",
    "saldo": "Saldo (baten minus kosten)",
    "kb_financieel": "Financiële kosten-batenverhouding",
    "kb_maatschappelijk": "Maatschappelijke kosten-batenverhouding",
    "kb_gemeentelijk": "Gemeentelijke kosten-batenverhouding",
    "fte_kengetal": "Fte volgens kengetal caseload",
    "huishoudens_bij_fte": "Huishoudens bij dit aantal fte",
    "frictie_kengetal": "Kengetal frictie",
    **TRAJECTNAMEN,
}
"""Dutch names for screens and reports; keys are unique over all axes (actor ``overig``: see below)."""


def naam(sleutel: str, as_: str = "") -> str:
    """Return the Dutch display name of a key; ``as_="actor"`` tells the actor *overig* from the type."""
    if as_ == "actor" and sleutel == "overig":
        return NAMEN["overig_actor"]
    return NAMEN.get(sleutel, sleutel)


SLEUTELS: Final = (
    "kosten_aanpak",
    "frictiekosten",
    "kosten_extra_zorg",
    "totale_kosten",
    "nieuw_voor_oud",
    "substitutie",
    "besparing_organisatie",
    "effectiviteit",
    "escalatie",
    "ontwikkelingskansen",
    "kwaliteit_van_leven",
    "overlast",
    "immaterieel",
    "totale_baten",
    "saldo",
    "kb_financieel",
    "kb_maatschappelijk",
    "kb_gemeentelijk",
    "fte_kengetal",
    "huishoudens_bij_fte",
    "frictie_kengetal",
)
"""The public output keys (``mkba bereken --json``), stable."""

SALDI: Final = {
    "maatschappelijk": "saldo",
    "financieel": "saldo_financieel",
    "gemeente": "saldo_gemeente",
}
"""Per view its balance in euros NCW, 0 at break-even: society, all payers together (money only), the gemeente alone
(money only)."""

VERHOUDINGEN: Final = ("kb_maatschappelijk", "kb_financieel", "kb_gemeentelijk")
"""Benefits over costs in each view, 1 at break-even."""

UITKOMSTEN: Final = (*SLEUTELS, "saldo_financieel", "saldo_gemeente")
"""Everything that a calculation can be asked for: the public keys and the balances of those who pay."""

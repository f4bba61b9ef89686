"""Names that registrations use: ZRM domains of 2010, 2013 and 2017, LPBL terms, scores in words, characteristics.

Only names and numbers of the Zelfredzaamheid-Matrix; its descriptions per score are GGD Amsterdam's own. Sources:
handleiding §2.1, vraag 3 and bijlage I 2a; meta-analyse bijlage 3 (registration columns).
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from mkba.invoer.getal import schoon

ZRM_2013: Final = (
    "financien",
    "dagbesteding",
    "huisvesting",
    "huiselijke_relaties",
    "geestelijke_gezondheid",
    "lichamelijke_gezondheid",
    "verslaving",
    "adl",
    "sociaal_netwerk",
    "maatschappelijke_participatie",
    "justitie",
)
ZRM_2017: Final = (
    "financien",
    "werk_opleiding",
    "tijdsbesteding",
    "huisvesting",
    "huiselijke_relaties",
    "geestelijke_gezondheid",
    "lichamelijke_gezondheid",
    "middelengebruik",
    "basale_adl",
    "instrumentele_adl",
    "sociaal_netwerk",
    "maatschappelijke_participatie",
    "justitie",
)
OVERIGE_TERMEN: Final = (
    "schulden",
    "werk",
    "opvoeding",
    "huiselijk_geweld",
    "onveiligheid_kinderen",
    "isolement",
    "overlast",
    "criminaliteit",
)
"""Problem areas of meta-analyse bijlage 3 and the ZRM supplement on parenting."""

DOMEINEN: Final = tuple(dict.fromkeys((*ZRM_2013, *ZRM_2017, *OVERIGE_TERMEN)))
DUBBELZINNIG: Final = ("schulden", "werk", "overlast")
"""Headers that name a problem area with a score in one file and a yes/no characteristic in another."""

_DOMEINNAMEN: Final = {
    "financien": ("inkomen", "financieel", "financiele_situatie"),
    "dagbesteding": ("act_dagbesteding",),
    "werk_opleiding": ("opleiding_werk", "werkopleiding"),
    "tijdsbesteding": ("tijdbesteding",),
    "huisvesting": ("wonen", "huisvestingssituatie"),
    "huiselijke_relaties": ("gezinsrelaties", "huiselijke_relatie"),
    "geestelijke_gezondheid": ("psychisch", "psychische_gezondheid", "psychische_problematiek", "ggz_problematiek"),
    "lichamelijke_gezondheid": ("fysiek", "fysieke_gezondheid", "lichamelijk"),
    "verslaving": ("verslavingen", "verslavingsproblematiek"),
    "middelengebruik": ("middelen_gebruik",),
    "adl": ("adl_vaardigheden", "activiteiten_dagelijks_leven", "algemene_dagelijkse_levensverrichtingen"),
    "basale_adl": ("adl_basaal", "badl"),
    "instrumentele_adl": ("adl_instrumenteel", "iadl"),
    "sociaal_netwerk": ("netwerk", "sociale_netwerk"),
    "maatschappelijke_participatie": ("participatie",),
    "justitie": ("politie_justitie", "justitieel"),
    "schulden": ("schuldenproblematiek",),
    "werk": ("arbeid",),
    "opvoeding": ("ouderschap", "opvoeden", "opvoedproblematiek"),
    "huiselijk_geweld": ("hg",),
    "onveiligheid_kinderen": (
        "onveilig_v_kinderen",
        "onveilig_voor_kinderen",
        "onveiligheid_van_kinderen",
        "veiligheid_kinderen",
    ),
    "isolement": ("sociaal_isolement",),
    "overlast": (),
    "criminaliteit": (),
}
_DOMEIN_OP_NAAM: Final = {n: d for d, namen in _DOMEINNAMEN.items() for n in (d, *namen)}
_VOOR: Final = frozenset({"zrm", "domein", "leefgebied", "score", "probleem", "2010", "2013", "2017"})
_NA: Final = frozenset({"zrm", "score", "start", "nulmeting", "2010", "2013", "2017"})

LABELS: Final = {
    "acute_problematiek": 1,
    "acuut": 1,
    "acuut_probleem": 1,
    "niet_zelfredzaam": 2,
    "niet": 2,
    "beperkt_zelfredzaam": 3,
    "beperkt": 3,
    "voldoende_zelfredzaam": 4,
    "voldoende": 4,
    "volledig_zelfredzaam": 5,
    "volledig": 5,
}
"""A score in words to the number of the ZRM (1 is worst, 5 is volledig zelfredzaam)."""

JA_NEE: Final = {
    "ja": True,
    "j": True,
    "true": True,
    "waar": True,
    "probleem": True,
    "nee": False,
    "n": False,
    "false": False,
    "onwaar": False,
    "geen_probleem": False,
}
ONTBREEKT: Final = frozenset(
    {
        "",
        "99",
        "onbesproken",
        "99_onbesproken",
        "niet_besproken",
        "onbekend",
        "niet_bekend",
        "nvt",
        "n_v_t",
        "niet_van_toepassing",
        "geen_score",
        "niet_ingevuld",
    }
)

ID_KOPPEN: Final = (
    "huishouden_id",
    "huishoudnummer",
    "huishouden",
    "klant_id",
    "client_id",
    "clientnummer",
    "client",
    "dossier_id",
    "dossiernummer",
    "dossier",
    "casus_id",
    "casusnummer",
    "id",
)
"""The first of these in a file tells households apart; an export often has a row number "id" beside it."""

DATUM_KOPPEN: Final = (
    "datumbeoordeling",
    "datum_beoordeling",
    "datum_score",
    "datum_meting",
    "meetdatum",
    "datum_zrm",
    "datum_intake",
    "intakedatum",
    "datum",
    "startdatum",
    "datum_start",
    "datum_aanmelding",
    "aanmelddatum",
    "created",
)
DOMEIN_KOPPEN: Final = (
    "domein",
    "leefgebied",
    "domein_van_zelfredzaamheid",
    "domeinvanzelfredzaamheid",
    "zrm_domein",
    "domeinnaam",
)
LABEL_KOPPEN: Final = ("score_omschrijving", "score_label", "zrm_score_omschrijving", "omschrijving_score", "oordeel")
SCORE_KOPPEN: Final = ("zrm_score", "zrmscore", "score", "scoresoort", "waarde")
GGM_KOPPEN: Final = frozenset(
    {
        "domein_van_zelfredzaamheid",
        "domeinvanzelfredzaamheid",
        "indicatiehulpaanwezig",
        "kenmerkbeoordelaar",
        "scoresoort",
    }
)
"""Columns of the Gemeentelijk Gegevensmodel, whose codes are alphabetical: 2 is beperkt and 3 is niet."""

KENMERKEN: Final = {
    "type": ("type", "huishoudtype", "type_huishouden"),
    "samenstelling": ("samenstelling", "huishoudsamenstelling"),
    "kinderen_onder_18": (
        "kinderen_onder_18",
        "aantal_kinderen_onder_18",
        "kinderen_jonger_dan_18",
        "aantal_kinderen_jonger_dan_18",
        "minderjarige_kinderen",
        "aantal_minderjarige_kinderen",
        "inwonende_kinderen_onder_18",
    ),
    "thuiswonend": ("thuiswonend", "w_v_thuiswonend", "waarvan_thuiswonend", "thuiswonende_kinderen"),
    "kinderen": ("kinderen", "aantal_kinderen"),
    "leeftijd_oudste": ("leeftijd_oudste", "leeftijd_oudste_bewoner", "leeftijd_oudste_lid"),
    "oudste_65_plus": ("oudste_65_plus", "oudste_65plus", "65_plus", "65plus", "oudste_bewoner_65_plus"),
    "eenouder": ("eenouder", "eenoudergezin", "eenpersoons", "eenouder_eenpersoons"),
    "schulden": ("problematische_schulden", "heeft_schulden", "schulden_ja_nee"),
    "geen_werk": ("geen_werk", "zonder_werk", "geen_betaald_werk", "werkloos"),
    "betaald_werk": ("betaald_werk", "heeft_werk", "heeft_betaald_werk"),
    "overlast": ("overlastgevend", "veroorzaakt_overlast", "overlast_ja_nee"),
    "lvb": ("lvb", "l_vb", "vb", "verstandelijke_beperking", "licht_verstandelijke_beperking"),
    "top": (
        "top",
        "top_intramuraal",
        "intramuraal",
        "mpg",
        "ompg",
        "top600",
        "dak_of_thuisloos",
        "dak_thuisloos",
        "dak_en_thuisloos",
        "crisisdienst",
    ),
    "nieuw": ("nieuw", "nieuw_gevonden"),
    "al_hulp": (
        "al_hulp",
        "al_in_beeld",
        "was_er_al_hulp",
        "had_al_hulp",
        "hulp_bij_start",
        "ondersteuning_bij_start",
        "indicatiehulpaanwezig",
    ),
}
"""Characteristics of a household and the headers they go by; ``top`` may be spread over columns."""

KENMERK_OP_NAAM: Final = {n: k for k, namen in KENMERKEN.items() for n in namen}

SAMENSTELLINGEN: Final[dict[str, tuple[str | None, bool | None, bool]]] = {
    **dict.fromkeys(("gezin", "gezinnen", "gezin_met_kinderen", "huishouden_met_kinderen"), ("gezin", None, False)),
    **dict.fromkeys(("tweeoudergezin", "paar_met_kinderen", "stel_met_kinderen"), ("gezin", False, False)),
    **dict.fromkeys(("eenoudergezin", "een_oudergezin", "eenouder"), ("gezin", True, False)),
    **dict.fromkeys(("oudere", "ouderen", "65", "65_plus", "65plus", "ouderenhuishouden"), ("oudere", None, True)),
    **dict.fromkeys(("alleenstaande_oudere",), ("oudere", True, True)),
    **dict.fromkeys(("ouderenpaar", "ouder_paar"), ("oudere", False, True)),
    **dict.fromkeys(("overig", "overige", "overige_hh", "overige_huishoudens"), ("overig", None, True)),
    **dict.fromkeys(("alleenstaand", "alleenstaande", "eenpersoons", "eenpersoonshuishouden"), (None, True, True)),
    **dict.fromkeys(
        (
            "paar",
            "stel",
            "paar_zonder_kinderen",
            "stel_zonder_kinderen",
            "tweepersoons",
            "tweepersoons_zonder_kinderen",
            "tweepersoonshuishouden",
            "meerpersoons",
            "meerpersoonshuishouden",
        ),
        (None, False, True),
    ),
}
"""Samenstelling in words: (huishoudtype when it says so, one parent or person, without children under 18)."""

_PERSOONLIJK: Final = re.compile(
    r"naam|adres|(?:^|_)straat(?:_|$)|huisnummer|postcode|geboort|telefoon|mobiel|e_?mail|iban|burgerservice|(?:^|_)a_?nummer"
)
_GEEN_PERSOON: Final = re.compile(
    r"(?:woon)?(?:gemeente|wijk|buurt|team|gebied|leefgebied|domein|aanpak|regio)_?naam"
    r"|naam_(?:van_)?(?:de_|het_)?(?:gemeente|wijk|buurt|team|gebied|leefgebied|domein|aanpak|regio)"
    r"|postcode_?4|pc4"
)


def normaliseer(waarde: object) -> str:
    """Lower case, without accents and signs, words joined by underscores, without "en" and "&".

    >>> normaliseer("Werk & opleiding"), normaliseer("(L)VB"), normaliseer("Financiën")
    ('werk_opleiding', 'l_vb', 'financien')
    """
    return "" if waarde is None else _normaliseer(str(waarde))


@lru_cache(maxsize=4096)
def _normaliseer(tekst: str) -> str:
    kaal = unicodedata.normalize("NFKD", schoon(tekst).casefold()).encode("ascii", "ignore").decode()
    return "_".join(woord for woord in re.split(r"[^a-z0-9]+", kaal) if woord and woord != "en")


def zoek_domein(waarde: object) -> str | None:
    """The domain that a header or a value names: "ZRM 2017: Huiselijke relaties" is huiselijke_relaties."""
    sleutel = normaliseer(waarde)
    if sleutel in _DOMEIN_OP_NAAM:
        return _DOMEIN_OP_NAAM[sleutel]
    woorden = sleutel.split("_")
    while woorden and (woorden[0] in _VOOR or (woorden[0].isdigit() and len(woorden) > 1)):
        woorden.pop(0)
    while woorden and woorden[-1] in _NA:
        woorden.pop()
    return _DOMEIN_OP_NAAM.get("_".join(woorden))


def is_persoonlijk(kop: str) -> bool:
    """Whether a (normalised) header asks for who someone is or where someone lives."""
    return bool(_PERSOONLIJK.search(kop)) and not _GEEN_PERSOON.fullmatch(kop)


def domeinnamen() -> tuple[str, ...]:
    """Every name under which a domain is recognised, to suggest the one that was probably meant."""
    return tuple(_DOMEIN_OP_NAAM)

"""Names that registrations use: ZRM domains of 2010, 2013 and 2017, LPBL terms, scores in words, characteristics.

What a header says besides (a scale, a name with two readings) is read in :mod:`mkba.invoer.registratie.namen`.

Only names and numbers of the Zelfredzaamheid-Matrix; its descriptions per score are GGD Amsterdam's own. Sources:
handleiding §2.1, vraag 3 and bijlage I 2a; meta-analyse bijlage 3 (registration columns).
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from mkba.kern.tekst.notatie import schoon

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
OUDERSCHAP: Final = (
    "ouderschap_verzorging",
    "ouderschap_ondersteuning",
    "ouderschap_scholing",
    "ouderschap_opvang",
)
"""The four domains of the ZRM supplement ouderschap (GGD Amsterdam 2013); not domains of the ZRM itself."""
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
"""Problem areas of meta-analyse bijlage 3, and parenting as a whole."""

DOMEINEN: Final = tuple(dict.fromkeys((*ZRM_2013, *ZRM_2017, *OVERIGE_TERMEN, *OUDERSCHAP)))
DUBBELZINNIG: Final = ("schulden", "werk", "overlast")
"""Headers that name a problem area with a score in one file and a yes/no characteristic in another."""

_DOMEINNAMEN: Final = {
    "financien": (
        *("inkomen", "financieel", "financiele_situatie", "geldzaken", "geld", "omgaan_met_geld", "geld_administratie"),
        *("inkomen_financien", "financien_inkomen", "financien_administratie", "administratie_financien"),
        *("financien_schulden", "schulden_financien", "financiele_zelfredzaamheid", "financiele_problemen"),
        *("omgaan_met_geld_persoonlijke_administratie", "financiele_problematiek"),
    ),
    "dagbesteding": (
        *("act_dagbesteding", "daginvulling", "dagstructuur", "zinvolle_dagbesteding", "daginvulling_dagbesteding"),
        *("werk_dagbesteding", "dagbesteding_werk", "dagbesteding_activering"),
    ),
    "werk_opleiding": (
        *("opleiding_werk", "werkopleiding", "werk_scholing", "scholing_werk", "werk_school"),
        *("school_werk", "opleiding_arbeid", "arbeid_opleiding", "onderwijs_werk", "werk_onderwijs"),
    ),
    "tijdsbesteding": ("tijdbesteding", "zinvolle_tijdsbesteding", "vrijetijdsbesteding", "vrijetijd_tijdsbesteding"),
    "huisvesting": (
        *("wonen", "huisvestingssituatie", "woning", "woonsituatie", "woonomstandigheden", "zelfstandig_wonen"),
        *("huisvesting_wonen", "wonen_huisvesting", "huisvesting_huurderschap", "woonproblematiek"),
    ),
    "huiselijke_relaties": (
        *("gezinsrelaties", "huiselijke_relatie", "relaties_thuis", "thuissituatie", "gezinssituatie"),
        *("relatie_gezin", "relaties_in_het_gezin", "relaties_binnen_het_gezin", "relaties_in_huis"),
        *("huiselijke_omstandigheden", "relatieproblematiek"),
    ),
    "geestelijke_gezondheid": (
        *("psychisch", "psychische_gezondheid", "psychische_problematiek", "ggz_problematiek", "mentaal"),
        *("mentale_gezondheid", "psychisch_functioneren", "psychisch_welbevinden", "geestelijk", "psyche"),
        *("emotionele_geestelijke_gezondheid", "geestelijke_gezondheidstoestand", "mentaal_welbevinden"),
    ),
    "lichamelijke_gezondheid": (
        *("fysiek", "fysieke_gezondheid", "lichamelijk", "lichamelijk_functioneren", "fysiek_functioneren"),
        *("lichamelijk_welbevinden", "lichamelijke_problematiek", "fysieke_problematiek"),
    ),
    "verslaving": ("verslavingen", "verslavingsproblematiek", "verslaving_middelen"),
    "middelengebruik": (
        *("middelen_gebruik", "middelenafhankelijkheid", "alcohol_drugs", "drugs_alcohol", "genotmiddelen"),
        *("alcohol_drugsgebruik", "drugs_alcoholgebruik", "middelen_verslaving", "middelengebruik_verslaving"),
    ),
    "adl": (
        *("adl_vaardigheden", "activiteiten_dagelijks_leven", "algemene_dagelijkse_levensverrichtingen"),
        *("dagelijkse_levensverrichtingen", "praktisch_functioneren", "algemene_dagelijkse_levensbehoeften"),
        *("activiteiten_in_het_dagelijks_leven", "activiteiten_van_het_dagelijks_leven", "adl_huishouden"),
    ),
    "basale_adl": (
        *("adl_basaal", "badl", "zelfzorg", "zelfverzorging", "persoonlijke_verzorging", "persoonlijke_zorg"),
        *("basis_adl", "basale_activiteiten_dagelijks_leven", "b_adl"),
    ),
    "instrumentele_adl": (
        *("adl_instrumenteel", "iadl", "i_adl", "instrumentele_activiteiten_dagelijks_leven", "huishoudelijke_taken"),
        *("huishoudelijke_vaardigheden", "huishouden_doen", "huishouding", "huishoudelijke_activiteiten"),
    ),
    "sociaal_netwerk": (
        *("netwerk", "sociale_netwerk", "sociale_contacten", "sociaal_functioneren", "steunnetwerk", "sociale_steun"),
        *("sociaal_netwerk_relaties", "sociale_netwerken_relaties", "vrienden_familie", "familie_vrienden"),
    ),
    "maatschappelijke_participatie": (
        *("participatie", "inzet_voor_de_maatschappij", "inzet_maatschappij", "meedoen", "meedoen_in_de_samenleving"),
        *(
            "meedoen_aan_de_samenleving",
            "maatschappelijke_deelname",
            "maatschappelijk_meedoen",
            "deelname_maatschappij",
        ),
        *("sociale_participatie", "participatie_maatschappelijk", "maatschappelijk_functioneren"),
    ),
    "justitie": (
        *("politie_justitie", "justitieel", "justitie_politie", "contact_met_politie_justitie"),
        *("contact_met_justitie", "politiecontacten", "delictgedrag", "delinquentie", "justitiele_contacten"),
    ),
    "schulden": ("schuldenproblematiek",),
    "werk": ("arbeid",),
    "opvoeding": ("ouderschap", "opvoeden", "opvoedproblematiek", "opvoeding_ouderschap", "ouderschap_opvoeding"),
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
    "ouderschap_verzorging": (
        *("lichamelijke_verzorging", "ouderschap_lichamelijke_verzorging", "lichamelijke_verzorging_kinderen"),
        "verzorging_kinderen",
    ),
    "ouderschap_ondersteuning": (
        *("sociaal_emotionele_ondersteuning", "ouderschap_sociaal_emotionele_ondersteuning"),
        *("sociaal_emotionele_steun", "sociaal_emotionele_ondersteuning_kinderen"),
    ),
    "ouderschap_scholing": ("scholing_kinderen", "scholing_van_de_kinderen"),
    "ouderschap_opvang": ("opvang_kinderen", "opvang_van_de_kinderen"),
}
_DOMEIN_OP_NAAM: Final = {n: d for d, namen in _DOMEINNAMEN.items() for n in (d, *namen)}
_VOOR: Final = frozenset(
    {"zrm", "ssm", "domein", "leefgebied", "levensgebied", "score", "scores", "probleem", "supplement", "os"}
    | {"cijfer", "schaal", "niveau", "oordeel", "beoordeling", "2010", "2013", "2017"}
)
_NA: Final = frozenset(
    {"zrm", "score", "scores", "start", "nulmeting", "cijfer", "schaal", "niveau", "oordeel", "beoordeling"}
    | {"0", "meting"}
    | {"2010", "2013", "2017"}
)

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
    return _DOMEIN_OP_NAAM.get(sleutel) or _DOMEIN_OP_NAAM.get(kern(sleutel))


def kern(waarde: object) -> str:
    """The normalised name without a number before it and without words like ZRM, score and 2017 around it."""
    woorden = normaliseer(waarde).split("_")
    while woorden and (woorden[0] in _VOOR or (woorden[0].isdigit() and len(woorden) > 1)):
        woorden.pop(0)
    while woorden and woorden[-1] in _NA:
        woorden.pop()
    return "_".join(woorden) or normaliseer(waarde)


def is_persoonlijk(kop: str) -> bool:
    """Whether a (normalised) header asks for who someone is or where someone lives."""
    return bool(_PERSOONLIJK.search(kop)) and not _GEEN_PERSOON.fullmatch(kop)


def domeinnamen() -> tuple[str, ...]:
    """Every name under which a domain is recognised, to suggest the one that was probably meant."""
    return tuple(_DOMEIN_OP_NAAM)

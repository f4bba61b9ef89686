"""Sheet berekening: the benefits (``mkba.model.posten``, MODEL section 3)."""

from mkba.kern.woorden.begrippen import DOMEINEN, TYPEN
from mkba.rekenblad.formule import Formule, grootste, keer, plus
from mkba.rekenblad.rekening import AANDEEL, ACTIEF, MET_WERK, TELLING, Rekening


def besparing(r: Rekening) -> None:
    """``posten.nieuw_voor_oud`` and ``substitutie``."""
    s, add = r.s, r.v("additioneel")
    s.begin("Baten 1: nieuw voor oud en substitutie", ["Bedrag"])
    r.regel(
        "nieuw_voor_oud.bestaand",
        "Nieuw voor oud: werk dat vervalt",
        (1 - add) * r.b("team") + (1 - r.v("jaarlijks_additioneel")) * r.v("jaarlijks"),
        "niet-additioneel deel van het team en van de jaarlijkse overige kosten",
        "§3.1a",
    )
    uren = r.k("personeel.afstemming_uren") * r.b("uurtarief")
    meer = grootste(r.b("disciplines") - 1, 0.0)
    r.regel(
        "nieuw_voor_oud.afstemming",
        "Nieuw voor oud: minder afstemming",
        keer(uren, meer, r.b("mv")),
        "uren afstemming × uurtarief × (disciplines − 1) × huishoudens met meervoudige problematiek",
        "§3.1a",
    )
    s.koppen(TYPEN)
    s.tabel(
        "b_actief_profiel",
        "Zorgkosten per huishouden, actieve caseload",
        {d: {t: r.gewogen(t, d, ACTIEF) for t in TYPEN} for d in DOMEINEN},
        "aandeel van het type × Σ ev, zr en nzr (aandeel × profiel)",
        "euro per hh",
        "§3.1b",
    )
    vervangbaar = s.tabel(
        "b_vervangbaar",
        "Waarvan vervangbaar",
        {d: {t: r.b(f"actief_profiel_{d}_{t}") * r.k(f"substitutie_aandeel.{d}") for t in TYPEN} for d in DOMEINEN},
        "zorgkosten × vervangbaar deel van het domein",
        "euro per hh",
        "§3.1b",
    )
    s.koppen(["Bedrag"])
    schaal = r.v("huishoudens") * r.b("minder")
    woorden = "huishoudens × minder trajecten × euro per huishouden"
    r.per_domein("substitutie", "Substitutie", schaal, vervangbaar, woorden, "§3.1b")


def effectiviteit(r: Rekening) -> None:
    """``posten.effectiviteit``: work, debts and care."""
    s, blijvend, bestaand = r.s, r.b("blijvend"), r.k("effectiviteit.schuldhulp_bestaand")
    s.begin("Baten 2: effectiviteit van trajecten", ["Bedrag"])
    zonder_werk = plus(r.b(f"actief_{t}") * r.v(f"geen_werk.{t}") for t in MET_WERK)
    s.stap(
        "b_zonder_werk",
        "Huishoudens zonder werk",
        zonder_werk,
        "actief × geen werk, gezinnen en overige",
        "huishoudens",
        "§3.2",
        TELLING,
    )
    r.regel(
        "effectiviteit.werk",
        "Meer direct naar werk",
        keer(r.k("effectiviteit.werk_eur"), r.b("zonder_werk"), r.v("succes.werk"), blijvend),
        "NCW per persoon × huishoudens zonder werk × knop × τ",
        "§3.2",
    )
    s.stap(
        "b_schuldhulp",
        "Huishoudens die financieel stabiel worden",
        r.v("succes.financieel_stabiel") + bestaand * r.b("nieuw_plus"),
        "knop + bestaande effectiviteit × nieuw⁺ (voetnoot 12)",
        "aandeel",
        "§3.2",
        AANDEEL,
    )
    r.regel(
        "effectiviteit.schulden",
        "Meer financieel stabiel",
        keer(r.k("effectiviteit.schulden_eur"), r.b("mv"), r.b("schuldhulp"), blijvend),
        "NCW per huishouden × MV × aandeel × τ",
        "§3.2",
    )
    zorg = r.k("effectiviteit.consulten_eur") * r.v("succes.consulten") + r.k("effectiviteit.doorverwijzing_eur") * r.v(
        "succes.doorverwijzing"
    )
    r.regel(
        "effectiviteit.zorggebruik",
        "Minder consulten en doorverwijzingen",
        keer(r.b("nzr"), zorg, blijvend),
        "niet-zelfredzame huishoudens × (NCW consulten × knop + NCW doorverwijzing × knop) × τ",
        "§3.2",
    )


def escalatie(r: Rekening) -> None:
    """``zorgconsumptie.escalatie_per_huishouden`` and ``posten.escalatie``."""
    s = r.s
    s.begin("Baten 3: voorkomen escalatie", TYPEN)
    sprong = s.tabel(
        "b_sprong",
        "Zorgkosten van een stap zwaarder",
        {d: {t: _sprong(r, t, d) for t in TYPEN} for d in DOMEINEN},
        "gewicht ev × ev × (zr − ev) + zr × (nzr − zr) + gewicht top × nzr × (top − nzr), verschillen van figuur "
        "2.7; W&I telt voor een deel",
        "euro per hh",
        "§3.3",
    )
    voorkomen = s.tabel(
        "b_voorkomen",
        "Voorkomen kosten per huishouden, één jaar",
        {d: {t: keer(r.v(f"type.{t}"), r.escalatie(t), sprong[d][t]) for t in TYPEN} for d in DOMEINEN},
        "aandeel van het type × voorkomen escalatie × zorgkosten van een stap",
        "euro per hh",
        "§3.3",
    )
    s.koppen(["Bedrag"])
    schaal = keer(r.k("escalatie.factor"), r.v("huishoudens"), r.b("blijvend"))
    woorden = "factor × huishoudens × τ × voorkomen kosten per huishouden"
    r.per_domein("escalatie", "Voorkomen escalatie", schaal, voorkomen, woorden, "§3.3")


def _sprong(r: Rekening, type_: str, domein: str) -> Formule:
    ev, zr, nzr, top = (r.profiel(type_, z, domein) for z in ("ev", "zr", "nzr", "top"))
    som = (
        keer(r.k("escalatie.gewicht_ev"), r.v(f"zwaarte.{type_}.ev"), zr - ev)
        + r.v(f"zwaarte.{type_}.zr") * (nzr - zr)
        + keer(r.k(f"escalatie.gewicht_top.{type_}"), r.v(f"zwaarte.{type_}.nzr"), top - nzr)
    )
    return som * r.k("escalatie.weging_wi") if domein == "wi" else som


def immaterieel(r: Rekening) -> None:
    """``posten.ontwikkelingskansen``, ``kwaliteit_van_leven`` and ``overlast``."""
    s, k, v, b = r.s, r.k, r.v, r.b
    blijvend, bestaand = b("blijvend"), k("effectiviteit.schuldhulp_bestaand")
    s.begin("Baten 4: immateriële baten", ["Bedrag"])
    gezinnen = s.stap(
        "b_gezinnen",
        "Gezinnen in de aanpak",
        v("huishoudens") * v("type.gezin"),
        "huishoudens × aandeel gezinnen",
        "huishoudens",
        "§1",
        TELLING,
    )
    r.regel(
        "ontwikkelingskansen.kinderen",
        "Ontwikkelingskansen kinderen",
        keer(
            k("kinderen.baat_eur"),
            k("kinderen.aandeel_zonder_startkwalificatie"),
            gezinnen,
            v("kinderen"),
            v("succes.schooluitval"),
            blijvend,
        ),
        "NCW per kind × aandeel zonder startkwalificatie × gezinnen × kinderen × knop schooluitval × τ",
        "§3.4a",
    )
    schuld = plus(b(f"mv_{t}") * v(f"schulden.{t}") for t in MET_WERK)
    s.stap(
        "b_met_schuld",
        "MV met schulden",
        schuld,
        "MV × schulden, gezinnen en overige",
        "huishoudens",
        "§3.4b",
        TELLING,
    )
    r.regel(
        "kwaliteit_van_leven.schulden",
        "Kwaliteit van leven: financiële rust",
        keer(
            k("kwaliteit.qaly_eur"),
            k("kwaliteit.schulden_qaly"),
            b("met_schuld"),
            v("succes.financieel_stabiel") + bestaand * v("nieuw"),
            blijvend,
        ),
        "waarde QALY × QALY per huishouden × MV met schulden × (knop + bestaande effectiviteit × nieuw) × τ",
        "§3.4b",
    )
    r.regel(
        "kwaliteit_van_leven.ouderen",
        "Kwaliteit van leven: ouderen",
        keer(
            k("kwaliteit.qaly_eur"),
            k("kwaliteit.ouderen_qaly"),
            b("mv_oudere"),
            v("succes.kwaliteit_ouderen") + v("succes.mantelzorg") + v("nieuw"),
            blijvend,
        ),
        "waarde QALY × QALY per huishouden × MV ouderen × (knop kwaliteit + knop mantelzorg + nieuw) × τ",
        "§3.4b",
    )
    geeft = plus(b(f"actief_{t}") * v(f"overlast.{t}") for t in MET_WERK)
    s.stap(
        "b_overlastgevend",
        "Overlastgevende huishoudens",
        geeft,
        "actief × overlast, gezinnen en overige",
        "huishoudens",
        "§3.4c",
        TELLING,
    )
    r.regel(
        "overlast.overlastgevend",
        "Minder overlast",
        keer(
            k("overlast.overlast_eur"),
            b("overlastgevend"),
            v("succes.overlast") + bestaand * v("nieuw"),
            blijvend,
        ),
        "NCW per huishouden × overlastgevend × (knop + bestaande effectiviteit × nieuw) × τ",
        "§3.4c",
    )
    r.regel(
        "overlast.nieuw",
        "Minder overlast: nieuw gevonden",
        keer(k("overlast.nieuw_eur"), plus(b(f"actief_{t}") for t in MET_WERK), v("nieuw"), blijvend),
        "NCW per huishouden × actief (gezinnen en overige) × nieuw × τ",
        "§3.4c",
    )
    r.regel(
        "overlast.escalatie",
        "Minder overlast: escalatie bij gezinnen",
        keer(k("overlast.escalatie_eur"), gezinnen, r.escalatie("gezin"), blijvend),
        "NCW per escalatie × gezinnen × voorkomen escalatie × τ",
        "§3.4c",
    )

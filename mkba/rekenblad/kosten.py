"""Sheet berekening: households, personnel, and the costs (``mkba.model.posten``, MODEL sections 1 and 2)."""

from collections.abc import Sequence

from mkba.kern.catalogus.rekenwaarden import FUNCTIES
from mkba.kern.woorden.begrippen import DISCIPLINES, DOMEINEN, TYPEN, ZWAARTEN
from mkba.kern.woorden.velden import VRAGEN
from mkba.rekenblad.formule import als, getal, grootste, keer, plus, woord
from mkba.rekenblad.opmaak import GETAL
from mkba.rekenblad.rekening import AANDEEL, ACTIEF, MEERVOUDIG, TELLING, Rekening


def huishoudens(r: Rekening) -> None:
    """``posten.basis``: households by type and zwaarte, and what several posts use."""
    n, s = r.v("huishoudens"), r.s
    s.begin(f"Huishoudens ({VRAGEN[1].lower()}, type en zwaarte)", TYPEN)
    cellen = s.tabel(
        "b_hh",
        "Huishoudens",
        {z: {t: keer(n, r.v(f"type.{t}"), r.v(f"zwaarte.{t}.{z}")) for t in TYPEN} for z in ZWAARTEN},
        "huishoudens × aandeel van het type × aandeel van de zwaarte",
        "huishoudens",
        "§1",
        TELLING,
    )

    def optel(naam: str, wat: str, zwaarten: Sequence[str]) -> None:
        formules = {t: plus(cellen[z][t] for z in zwaarten) for t in TYPEN}
        s.rijtje(f"b_{naam}", wat, formules, " + ".join(zwaarten), "huishoudens", "§1", TELLING)

    optel("mv", "Meervoudige problematiek (MV)", MEERVOUDIG)
    optel("actief", "Actieve caseload (ACT)", ACTIEF)
    nieuw, meer = r.v("nieuw"), r.v("meer")
    s.koppen(())
    som = plus(r.b(f"mv_{t}") for t in TYPEN)
    s.stap(
        "b_mv",
        "Meervoudige problematiek, alle typen",
        som,
        "gezinnen + ouderen + overige",
        "huishoudens",
        "§1",
        TELLING,
    )
    nzr = plus(cellen["nzr"].values())
    s.stap("b_nzr", "Niet-zelfredzaam, alle typen", nzr, "gezinnen + ouderen + overige", "huishoudens", "§1", TELLING)
    s.stap("b_blijvend", "Effect dat blijft (τ)", 1 - r.v("terugval"), "1 − terugval", "aandeel", "§1", AANDEEL)
    s.stap(
        "b_nieuw_plus",
        "Huishoudens met extra hulp (nieuw⁺)",
        nieuw + (1 - nieuw) * meer,
        "nieuw gevonden + bestaand × meer trajecten",
        "aandeel",
        "§3.2",
        AANDEEL,
    )
    s.stap(
        "b_minder",
        "Minder trajecten",
        nieuw * r.v("substitutie.nieuw") + (1 - nieuw) * r.v("substitutie.bestaand"),
        "nieuw × substitutie in nieuwe cases + bestaand × substitutie in bestaande cases",
        "aandeel",
        "§3.1b",
        AANDEEL,
    )
    team = plus(r.v(f"disciplines.{d}") for d in DISCIPLINES)
    s.stap(
        "b_disciplines",
        "Aantal disciplines in het team",
        team,
        "aantal keer ja bij vraag 7",
        "aantal",
        "§3.1a",
        "0",
    )


def personeel(r: Rekening) -> None:
    """``posten.kosten_per_fte``: a teamlid with its share of teamleider and ondersteuning."""
    s = r.s
    s.begin("Personeel", FUNCTIES)
    ja = r.v("huisvesting") > 0
    per_functie = {f: als(ja, r.k(f"personeel.kosten.{f}"), r.k(f"personeel.werkgeverslasten.{f}")) for f in FUNCTIES}
    kosten = s.rijtje(
        "b_kosten",
        "Kosten per fte per functie",
        per_functie,
        "met huisvesting (vraag 6 is ja): kosten per fte; anders: alleen werkgeverslasten",
        "euro per jaar",
        "§2.1",
    )
    opslag = [kosten[f] * r.k(f"personeel.aandeel.{f}") for f in FUNCTIES[1:]]
    s.stap(
        "b_kosten_per_fte",
        "Kosten per fte teamlid, met leiding en ondersteuning",
        plus([kosten["teamlid"], *opslag]),
        "teamlid + aandeel × teamleider + aandeel × ondersteuning",
        "euro per jaar",
        "§2.1",
    )
    team = r.v("fte") * r.b("kosten_per_fte")
    s.stap("b_team", "Kosten van het team", team, "fte × kosten per fte", "euro per jaar", "§2.1")
    tarief = kosten["teamlid"] / r.k("personeel.uren_per_fte")
    s.stap(
        "b_uurtarief",
        "Uurtarief teamlid",
        tarief,
        "kosten teamlid / uren per fte",
        "euro per uur",
        "§3.1a",
        '"€" 0.00',
    )


def kosten(r: Rekening) -> None:
    """``posten.kosten_aanpak`` and ``frictiekosten``."""
    s, team, add = r.s, r.b("team"), r.v("additioneel")
    jaarlijks, jaar_add = r.v("jaarlijks"), r.v("jaarlijks_additioneel")
    s.begin("Kosten 1 en 2: aanpak en frictie", ["Bedrag"])
    r.regel(
        "kosten_aanpak.additioneel",
        "Kosten nieuwe aanpak, additioneel",
        add * team + jaar_add * jaarlijks,
        "additioneel deel × team + additioneel deel × jaarlijkse overige kosten",
        "§2.1",
    )
    r.regel(
        "kosten_aanpak.bestaand",
        "Kosten nieuwe aanpak, uit bestaand geld",
        (1 - add) * team + (1 - jaar_add) * jaarlijks,
        "de rest van het team en van de jaarlijkse overige kosten",
        "§2.1",
    )
    frictie = s.stap("b_frictie", "Frictie", r.v("frictie") * team, "frictiepercentage × team", "euro", "§2.2")
    r.regel("frictiekosten.additioneel", "Frictiekosten, additioneel", add * frictie, "additioneel deel", "§2.2")
    r.regel("frictiekosten.bestaand", "Frictiekosten, uit bestaand geld", (1 - add) * frictie, "de rest", "§2.2")
    r.regel(
        "frictiekosten.eenmalig",
        "Eenmalige kosten",
        r.v("eenmalig") / r.v("afschrijving_jaren"),
        "eenmalige kosten / afschrijvingsjaren",
        "§2.2",
    )


def zorg(r: Rekening) -> None:
    """``zorgconsumptie`` and ``posten.kosten_extra_zorg``."""
    s = r.s
    s.begin("Kosten 3: extra inzet van zorg", TYPEN)
    s.tabel(
        "b_profiel",
        "Zorgkosten per huishouden in de aanpak",
        {d: {t: r.gewogen(t, d, ZWAARTEN) for t in TYPEN} for d in DOMEINEN},
        "aandeel van het type × Σ zwaarte (aandeel × profiel); niet actief heeft het profiel van ev",
        "euro per hh",
        "§2.3",
    )
    zorg = s.tabel(
        "b_zorg",
        "Waarvan uitgebreid bij extra inzet",
        {d: {t: r.b(f"profiel_{d}_{t}") * r.k(f"zorg_aandeel.{d}") for t in TYPEN} for d in DOMEINEN},
        "zorgkosten × deel van het domein",
        "euro per hh",
        "§2.3",
    )
    s.koppen(["Bedrag"])
    schaal = r.v("huishoudens") * r.b("nieuw_plus")
    r.per_domein("kosten_extra_zorg", "Extra zorg", schaal, zorg, "huishoudens × nieuw⁺ × euro per huishouden", "§2.3")


def caseload(r: Rekening) -> None:
    """``berekening.caseload_kengetallen``: what stands beside questions 1, 6 and 9."""
    s, fte = r.s, r.v("fte")
    s.begin("Kengetallen naast vraag 1, 6 en 9", ["Waarde"])
    tijd = plus(plus(r.b(f"hh_{z}_{t}") for t in TYPEN) / r.k(f"caseload.{z}") for z in ZWAARTEN)
    nodig = s.stap(
        "u_fte_kengetal",
        "Fte volgens caseload",
        tijd,
        "Σ zwaarte (huishoudens / caseload per fte)",
        "fte",
        "§2.2",
        "0.0",
    )
    s.stap(
        "u_huishoudens_bij_fte",
        "Huishoudens die het team kan bedienen",
        als(nodig > 0, r.v("huishoudens") * fte / nodig, woord("n.v.t.")),
        "huishoudens × fte / fte volgens caseload",
        "huishoudens",
        "§2.2",
        GETAL,
    )
    tekort = grootste((fte - nodig) / fte, 0.0)
    s.stap(
        "u_frictie_kengetal",
        "Kengetal frictie",
        als(fte > 0, tekort, getal(0.0)),
        "(fte − fte volgens caseload) / fte, niet onder 0",
        "aandeel",
        "§2.2",
        "0.0%",
    )

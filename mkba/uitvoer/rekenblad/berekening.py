"""Sheet berekening: from answers and kengetallen to every line of the ledger, in the order of ``mkba.model.posten``.

Each function mirrors one of the model and says the same in formulas; docs/model.md is the reference in column E. A test
recalculates the sheet in a spreadsheet program and compares every line with the model.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mkba.invoer import invoerblad as indeling
from mkba.invoer.begrippen import DISCIPLINES, DOMEINEN, TYPEN, ZWAARTEN
from mkba.invoer.sleutels import FUNCTIES
from mkba.invoer.velden import DISCIPLINE_BIJ_KNOP, VELDEN, VRAGEN
from mkba.invoer.werkblad import GETAL, met_tienden, notatie
from mkba.uitvoer.rekenblad.boek import Blad
from mkba.uitvoer.rekenblad.formule import (
    Formule,
    als,
    en,
    gelijk,
    getal,
    grootste,
    keer,
    leeg,
    onbekend,
    plus,
    woord,
)
from mkba.uitvoer.rekenblad.invoer import celnaam_van
from mkba.uitvoer.rekenblad.kengetallenblad import celnaam
from mkba.uitvoer.rekenblad.stappen import EERSTE_WAARDE, Stappen

UITLEG: Final = (
    "De berekening van boven naar beneden. Elke waarde is een formule met namen van cellen: v_ is een antwoord waarmee "
    "wordt gerekend, k_ een kengetal, b_ een stap, en regel_ een regel van het grootboek. Spring naar een naam met F5 "
    "(Ctrl+G); volg de pijlen met Formules > Broncellen aanwijzen. Kolom Model verwijst naar docs/model.md."
)
TELLING: Final = "#,##0.0"
AANDEEL: Final = "0.0000"
MET_WERK: Final = ("gezin", "overig")
"""Huishoudtypen for which work, debts in quality of life and nuisance count (MODEL section 3)."""
_ACTIEF: Final = ("ev", "zr", "nzr")
_MEERVOUDIG: Final = ("zr", "nzr")


def regelnaam(regel: str) -> str:
    """The name of the cell of a line of the ledger: ``regel_escalatie_zw_oudere``."""
    return "regel_" + regel.replace(".", "_")


@dataclass
class Berekening:
    """The sheet; the methods below follow each other as in ``mkba.model.berekening.maak_grootboek``."""

    s: Stappen

    @property
    def _blad(self) -> Blad:
        return self.s.blad

    def k(self, pad: str) -> Formule:
        """A kengetal."""
        return self._blad.boek[celnaam(pad)]

    def v(self, sleutel: str) -> Formule:
        """An answer as the calculation takes it: empty ones filled in."""
        return self._blad.boek["v_" + sleutel.replace(".", "_")]

    def b(self, naam: str) -> Formule:
        """An earlier step."""
        return self._blad.boek["b_" + naam]

    def per_type(self, sleutel: str) -> list[Formule]:
        """The answers of the three huishoudtypen."""
        return [self.v(f"{sleutel}.{t}") for t in TYPEN]

    def _regel(self, naam: str, wat: str, formule: Formule, woorden: str, model: str) -> None:
        self.s.stap(regelnaam(naam), wat, formule, woorden, "euro", model)

    def vul(self) -> None:
        """The whole sheet, top to bottom."""
        self._blad.titel("Berekening", UITLEG, 10)
        self.antwoorden()
        self.huishoudens()
        self.personeel()
        self.kosten()
        self.zorg()
        self.besparing()
        self.effectiviteit()
        self.escalatie()
        self.immaterieel()
        self.caseload()
        self._blad.klaar("F4", "1:1", "375623")

    def antwoorden(self) -> None:
        """Every answer, with what fills an empty cell (``mkba.invoer.aanpak``)."""
        self.s.begin("Antwoorden waarmee wordt gerekend", TYPEN)
        for patroon, sleutels in indeling.patronen().items():
            if sleutels[0] == "naam" or patroon.startswith("eenouder"):
                continue
            veld = VELDEN.get(sleutels[0], VELDEN["disciplines"])
            formules = [self._antwoord(s) for s in sleutels]
            label = f"{veld.vraag}. {indeling.label_van(patroon)}"
            eenheid = {"fractie": "aandeel", "eur": "euro", "ja_nee": "1 = ja", "jaren": "jaar"}.get(
                veld.soort, "aantal"
            )
            vorm = "0" if indeling.soort_van(sleutels[0]) == "ja_nee" else notatie(veld.soort)
            self.s.begin_rij(label, self._woorden(sleutels[0]), eenheid, "")
            for i, (sleutel, formule) in enumerate(zip(sleutels, formules, strict=True)):
                self._blad.cel(self.s.rij, EERSTE_WAARDE + i, formule, vorm, "v_" + sleutel.replace(".", "_"))
            if veld.soort == "fractie":
                met_tienden(self._blad.blad, f"F{self.s.rij}:H{self.s.rij}")

    def _antwoord(self, sleutel: str) -> Formule:
        """The answer, or what an empty cell means; the same rules as ``mkba.invoer.aanpak``."""
        cel = self._blad.boek[celnaam_van(sleutel)]
        if indeling.soort_van(sleutel) == "ja_nee":
            bij_leeg = 1.0 if sleutel == "huisvesting" else 0.0
            nee = als(gelijk(cel, "nee"), 0.0, onbekend())
            return als(leeg(cel), bij_leeg, als(gelijk(cel, "ja"), 1.0, nee))
        veld = VELDEN[sleutel]
        if sleutel.startswith("type."):
            andere = [self._blad.boek[celnaam_van(f"type.{t}")] for t in TYPEN]
            return als(leeg(cel), als(en(*(leeg(c) for c in andere)), onbekend(), 0.0), cel)
        standaard = self.k(veld.standaard) if veld.standaard else None
        if sleutel.startswith("zwaarte."):
            return als(leeg(cel), als(self._niets_ingevuld(sleutel.split(".")[1]), standaard or 0.0, 0.0), cel)
        if nodig := DISCIPLINE_BIJ_KNOP.get(sleutel):
            assert standaard is not None
            heeft = plus(self.v(f"disciplines.{d}") for d in nodig) > 0
            return als(leeg(cel), als(heeft, standaard, 0.0), cel)
        if standaard is not None:
            return als(leeg(cel), standaard, cel)
        return als(leeg(cel), onbekend() if veld.verplicht else float(veld.vast or 0.0), cel)

    def _niets_ingevuld(self, type_: str) -> Formule:
        """Question 3 is empty for this type, which has households (or no type has: then question 2 is missing)."""
        cellen = [self._blad.boek[celnaam_van(f"zwaarte.{type_}.{z}")] for z in ZWAARTEN]
        return en(*(leeg(c) for c in cellen), self.v(f"type.{type_}") > 0)

    def _woorden(self, sleutel: str) -> str:
        veld = VELDEN.get(sleutel)
        if veld is None:
            return "ja is 1; nee of leeg is 0"
        if sleutel.startswith("type."):
            return "leeg naast een ingevuld type is 0%"
        if sleutel.startswith("zwaarte."):
            return "een lege kolom van een type met huishoudens: het kengetal (tabel 2.2); een lege cel ernaast: 0%"
        if sleutel in DISCIPLINE_BIJ_KNOP:
            return "leeg: het kengetal als het team de discipline heeft, anders 0%"
        if veld.standaard:
            return "leeg: het kengetal"
        return "verplicht" if veld.verplicht else f"leeg: {'ja' if veld.vast is True else f'{veld.vast:g}'}"

    def huishoudens(self) -> None:
        """``posten.basis``: households by type and zwaarte, and what several posts use."""
        n, s = self.v("huishoudens"), self.s
        s.begin(f"Huishoudens ({VRAGEN[1].lower()}, type en zwaarte)", TYPEN)
        cellen = s.tabel(
            "b_hh",
            "Huishoudens",
            {z: {t: keer(n, self.v(f"type.{t}"), self.v(f"zwaarte.{t}.{z}")) for t in TYPEN} for z in ZWAARTEN},
            "huishoudens × aandeel van het type × aandeel van de zwaarte",
            "huishoudens",
            "§1",
            TELLING,
        )

        def optel(naam: str, wat: str, zwaarten: Sequence[str]) -> None:
            formules = {t: plus(cellen[z][t] for z in zwaarten) for t in TYPEN}
            s.rijtje(f"b_{naam}", wat, formules, " + ".join(zwaarten), "huishoudens", "§1", TELLING)

        optel("mv", "Meervoudige problematiek (MV)", _MEERVOUDIG)
        optel("actief", "Actieve caseload (ACT)", _ACTIEF)
        nieuw, meer = self.v("nieuw"), self.v("meer")
        s.koppen(())
        som = plus(self.b(f"mv_{t}") for t in TYPEN)
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
        s.stap(
            "b_nzr", "Niet-zelfredzaam, alle typen", nzr, "gezinnen + ouderen + overige", "huishoudens", "§1", TELLING
        )
        s.stap("b_blijvend", "Effect dat blijft (τ)", 1 - self.v("terugval"), "1 − terugval", "aandeel", "§1", AANDEEL)
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
            nieuw * self.v("substitutie.nieuw") + (1 - nieuw) * self.v("substitutie.bestaand"),
            "nieuw × substitutie in nieuwe cases + bestaand × substitutie in bestaande cases",
            "aandeel",
            "§3.1b",
            AANDEEL,
        )
        team = plus(self.v(f"disciplines.{d}") for d in DISCIPLINES)
        s.stap(
            "b_disciplines",
            "Aantal disciplines in het team",
            team,
            "aantal keer ja bij vraag 7",
            "aantal",
            "§3.1a",
            "0",
        )

    def personeel(self) -> None:
        """``posten.kosten_per_fte``: a teamlid with its share of teamleider and ondersteuning."""
        s = self.s
        s.begin("Personeel", FUNCTIES)
        ja = self.v("huisvesting") > 0
        per_functie = {
            f: als(ja, self.k(f"personeel.kosten.{f}"), self.k(f"personeel.werkgeverslasten.{f}")) for f in FUNCTIES
        }
        kosten = s.rijtje(
            "b_kosten",
            "Kosten per fte per functie",
            per_functie,
            "met huisvesting (vraag 6 is ja): kosten per fte; anders: alleen werkgeverslasten",
            "euro per jaar",
            "§2.1",
        )
        opslag = [kosten[f] * self.k(f"personeel.aandeel.{f}") for f in FUNCTIES[1:]]
        s.stap(
            "b_kosten_per_fte",
            "Kosten per fte teamlid, met leiding en ondersteuning",
            plus([kosten["teamlid"], *opslag]),
            "teamlid + aandeel × teamleider + aandeel × ondersteuning",
            "euro per jaar",
            "§2.1",
        )
        team = self.v("fte") * self.b("kosten_per_fte")
        s.stap("b_team", "Kosten van het team", team, "fte × kosten per fte", "euro per jaar", "§2.1")
        tarief = kosten["teamlid"] / self.k("personeel.uren_per_fte")
        s.stap(
            "b_uurtarief",
            "Uurtarief teamlid",
            tarief,
            "kosten teamlid / uren per fte",
            "euro per uur",
            "§3.1a",
            '"€" 0.00',
        )

    def kosten(self) -> None:
        """``posten.kosten_aanpak`` and ``frictiekosten``."""
        s, team, add = self.s, self.b("team"), self.v("additioneel")
        jaarlijks, jaar_add = self.v("jaarlijks"), self.v("jaarlijks_additioneel")
        s.begin("Kosten 1 en 2: aanpak en frictie", ["Bedrag"])
        self._regel(
            "kosten_aanpak.additioneel",
            "Kosten nieuwe aanpak, additioneel",
            add * team + jaar_add * jaarlijks,
            "additioneel deel × team + additioneel deel × jaarlijkse overige kosten",
            "§2.1",
        )
        self._regel(
            "kosten_aanpak.bestaand",
            "Kosten nieuwe aanpak, uit bestaand geld",
            (1 - add) * team + (1 - jaar_add) * jaarlijks,
            "de rest van het team en van de jaarlijkse overige kosten",
            "§2.1",
        )
        frictie = s.stap("b_frictie", "Frictie", self.v("frictie") * team, "frictiepercentage × team", "euro", "§2.2")
        self._regel(
            "frictiekosten.additioneel", "Frictiekosten, additioneel", add * frictie, "additioneel deel", "§2.2"
        )
        self._regel(
            "frictiekosten.bestaand", "Frictiekosten, uit bestaand geld", (1 - add) * frictie, "de rest", "§2.2"
        )
        self._regel(
            "frictiekosten.eenmalig",
            "Eenmalige kosten",
            self.v("eenmalig") / self.v("afschrijving_jaren"),
            "eenmalige kosten / afschrijvingsjaren",
            "§2.2",
        )

    def zorg(self) -> None:
        """``zorgconsumptie`` and ``posten.kosten_extra_zorg``."""
        s = self.s
        s.begin("Kosten 3: extra inzet van zorg", TYPEN)
        s.tabel(
            "b_profiel",
            "Zorgkosten per huishouden in de aanpak",
            {d: {t: self._gewogen(t, d, ZWAARTEN) for t in TYPEN} for d in DOMEINEN},
            "aandeel van het type × Σ zwaarte (aandeel × profiel); niet actief heeft het profiel van ev",
            "euro per hh",
            "§2.3",
        )
        zorg = s.tabel(
            "b_zorg",
            "Waarvan uitgebreid bij extra inzet",
            {d: {t: self.b(f"profiel_{d}_{t}") * self.k(f"zorg_aandeel.{d}") for t in TYPEN} for d in DOMEINEN},
            "zorgkosten × deel van het domein",
            "euro per hh",
            "§2.3",
        )
        s.koppen(["Bedrag"])
        schaal = self.v("huishoudens") * self.b("nieuw_plus")
        self._per_domein(
            "kosten_extra_zorg", "Extra zorg", schaal, zorg, "huishoudens × nieuw⁺ × euro per huishouden", "§2.3"
        )

    def _gewogen(self, type_: str, domein: str, zwaarten: Sequence[str]) -> Formule:
        som = plus(self.v(f"zwaarte.{type_}.{z}") * self._profiel(type_, z, domein) for z in zwaarten)
        return self.v(f"type.{type_}") * som

    def _profiel(self, type_: str, zwaarte: str, domein: str) -> Formule:
        """Figuur 2.7; niet_actief and ev share its first row."""
        rij = "ev" if zwaarte == "niet_actief" else zwaarte
        return self.k(f"zorgconsumptie.{type_}.{rij}.{domein}")

    def _per_domein(
        self,
        post: str,
        wat: str,
        schaal: Formule,
        per_hh: dict[str, dict[str, Formule]],
        woorden: str,
        model: str,
    ) -> None:
        """Lines per domain; Z&W per huishoudtype, because Wmo and Wlz share it differently for ouderen."""
        namen = {"wi": "werk & inkomen", "jeugd": "jeugd", "zvw": "Zorgverzekeringswet"}
        self._regel(f"{post}.wi", f"{wat}: {namen['wi']}", schaal * plus(per_hh["wi"].values()), woorden, model)
        for t, naam in zip(TYPEN, ("gezinnen", "ouderen", "overige"), strict=True):
            self._regel(f"{post}.zw.{t}", f"{wat}: zorg & welzijn, {naam}", schaal * per_hh["zw"][t], woorden, model)
        for d in ("jeugd", "zvw"):
            self._regel(f"{post}.{d}", f"{wat}: {namen[d]}", schaal * plus(per_hh[d].values()), woorden, model)

    def besparing(self) -> None:
        """``posten.nieuw_voor_oud`` and ``substitutie``."""
        s, add = self.s, self.v("additioneel")
        s.begin("Baten 1: nieuw voor oud en substitutie", ["Bedrag"])
        self._regel(
            "nieuw_voor_oud.bestaand",
            "Nieuw voor oud: werk dat vervalt",
            (1 - add) * self.b("team") + (1 - self.v("jaarlijks_additioneel")) * self.v("jaarlijks"),
            "niet-additioneel deel van het team en van de jaarlijkse overige kosten",
            "§3.1a",
        )
        uren = self.k("personeel.afstemming_uren") * self.b("uurtarief")
        meer = grootste(self.b("disciplines") - 1, 0.0)
        self._regel(
            "nieuw_voor_oud.afstemming",
            "Nieuw voor oud: minder afstemming",
            keer(uren, meer, self.b("mv")),
            "uren afstemming × uurtarief × (disciplines − 1) × huishoudens met meervoudige problematiek",
            "§3.1a",
        )
        s.koppen(TYPEN)
        s.tabel(
            "b_actief_profiel",
            "Zorgkosten per huishouden, actieve caseload",
            {d: {t: self._gewogen(t, d, _ACTIEF) for t in TYPEN} for d in DOMEINEN},
            "aandeel van het type × Σ ev, zr en nzr (aandeel × profiel)",
            "euro per hh",
            "§3.1b",
        )
        vervangbaar = s.tabel(
            "b_vervangbaar",
            "Waarvan vervangbaar",
            {
                d: {t: self.b(f"actief_profiel_{d}_{t}") * self.k(f"substitutie_aandeel.{d}") for t in TYPEN}
                for d in DOMEINEN
            },
            "zorgkosten × vervangbaar deel van het domein",
            "euro per hh",
            "§3.1b",
        )
        s.koppen(["Bedrag"])
        schaal = self.v("huishoudens") * self.b("minder")
        woorden = "huishoudens × minder trajecten × euro per huishouden"
        self._per_domein("substitutie", "Substitutie", schaal, vervangbaar, woorden, "§3.1b")

    def effectiviteit(self) -> None:
        """``posten.effectiviteit``: work, debts and care."""
        s, blijvend, bestaand = self.s, self.b("blijvend"), self.k("effectiviteit.schuldhulp_bestaand")
        s.begin("Baten 2: effectiviteit van trajecten", ["Bedrag"])
        zonder_werk = plus(self.b(f"actief_{t}") * self.v(f"geen_werk.{t}") for t in MET_WERK)
        s.stap(
            "b_zonder_werk",
            "Huishoudens zonder werk",
            zonder_werk,
            "actief × geen werk, gezinnen en overige",
            "huishoudens",
            "§3.2",
            TELLING,
        )
        self._regel(
            "effectiviteit.werk",
            "Meer direct naar werk",
            keer(self.k("effectiviteit.werk_eur"), self.b("zonder_werk"), self.v("succes.werk"), blijvend),
            "NCW per persoon × huishoudens zonder werk × knop × τ",
            "§3.2",
        )
        s.stap(
            "b_schuldhulp",
            "Huishoudens die financieel stabiel worden",
            self.v("succes.financieel_stabiel") + bestaand * self.b("nieuw_plus"),
            "knop + bestaande effectiviteit × nieuw⁺ (voetnoot 12)",
            "aandeel",
            "§3.2",
            AANDEEL,
        )
        self._regel(
            "effectiviteit.schulden",
            "Meer financieel stabiel",
            keer(self.k("effectiviteit.schulden_eur"), self.b("mv"), self.b("schuldhulp"), blijvend),
            "NCW per huishouden × MV × aandeel × τ",
            "§3.2",
        )
        zorg = self.k("effectiviteit.consulten_eur") * self.v("succes.consulten") + self.k(
            "effectiviteit.doorverwijzing_eur"
        ) * self.v("succes.doorverwijzing")
        self._regel(
            "effectiviteit.zorggebruik",
            "Minder consulten en doorverwijzingen",
            keer(self.b("nzr"), zorg, blijvend),
            "niet-zelfredzame huishoudens × (NCW consulten × knop + NCW doorverwijzing × knop) × τ",
            "§3.2",
        )

    def escalatie(self) -> None:
        """``zorgconsumptie.escalatie_per_huishouden`` and ``posten.escalatie``."""
        s = self.s
        s.begin("Baten 3: voorkomen escalatie", TYPEN)
        sprong = s.tabel(
            "b_sprong",
            "Zorgkosten van een stap zwaarder",
            {d: {t: self._sprong(t, d) for t in TYPEN} for d in DOMEINEN},
            "gewicht ev × ev × (zr − ev) + zr × (nzr − zr) + gewicht top × nzr × (top − nzr), verschillen van figuur "
            "2.7; W&I telt voor een deel",
            "euro per hh",
            "§3.3",
        )
        voorkomen = s.tabel(
            "b_voorkomen",
            "Voorkomen kosten per huishouden, één jaar",
            {
                d: {t: keer(self.v(f"type.{t}"), self.v(f"escalatie.{t}"), sprong[d][t]) for t in TYPEN}
                for d in DOMEINEN
            },
            "aandeel van het type × voorkomen escalatie × zorgkosten van een stap",
            "euro per hh",
            "§3.3",
        )
        s.koppen(["Bedrag"])
        schaal = keer(self.k("escalatie.factor"), self.v("huishoudens"), self.b("blijvend"))
        woorden = "factor × huishoudens × τ × voorkomen kosten per huishouden"
        self._per_domein("escalatie", "Voorkomen escalatie", schaal, voorkomen, woorden, "§3.3")

    def _sprong(self, type_: str, domein: str) -> Formule:
        ev, zr, nzr, top = (self._profiel(type_, z, domein) for z in ("ev", "zr", "nzr", "top"))
        som = (
            keer(self.k("escalatie.gewicht_ev"), self.v(f"zwaarte.{type_}.ev"), zr - ev)
            + self.v(f"zwaarte.{type_}.zr") * (nzr - zr)
            + keer(self.k(f"escalatie.gewicht_top.{type_}"), self.v(f"zwaarte.{type_}.nzr"), top - nzr)
        )
        return som * self.k("escalatie.weging_wi") if domein == "wi" else som

    def immaterieel(self) -> None:
        """``posten.ontwikkelingskansen``, ``kwaliteit_van_leven`` and ``overlast``."""
        s, k, v, b = self.s, self.k, self.v, self.b
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
        self._regel(
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
        self._regel(
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
        self._regel(
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
        self._regel(
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
        self._regel(
            "overlast.nieuw",
            "Minder overlast: nieuw gevonden",
            keer(k("overlast.nieuw_eur"), plus(b(f"actief_{t}") for t in MET_WERK), v("nieuw"), blijvend),
            "NCW per huishouden × actief (gezinnen en overige) × nieuw × τ",
            "§3.4c",
        )
        self._regel(
            "overlast.escalatie",
            "Minder overlast: escalatie bij gezinnen",
            keer(k("overlast.escalatie_eur"), gezinnen, v("escalatie.gezin"), blijvend),
            "NCW per escalatie × gezinnen × voorkomen escalatie × τ",
            "§3.4c",
        )

    def caseload(self) -> None:
        """``berekening.caseload_kengetallen``: what stands beside questions 1, 6 and 9."""
        s, fte = self.s, self.v("fte")
        s.begin("Kengetallen naast vraag 1, 6 en 9", ["Waarde"])
        tijd = plus(plus(self.b(f"hh_{z}_{t}") for t in TYPEN) / self.k(f"caseload.{z}") for z in ZWAARTEN)
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
            als(nodig > 0, self.v("huishoudens") * fte / nodig, woord("n.v.t.")),
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
            "0%",
        )

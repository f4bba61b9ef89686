"""The input tabs of the screen: A. Bereik, B. Kosten, C. Effect and Effectmeting, question by question as the manual
shows them."""

from html import escape

import ipywidgets as w

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import kort_schermveld, schrijf_schermveld
from mkba.kern.woorden.begrippen import DISCIPLINES, NAMEN, SUCCESSEN, TYPEN, ZWAARTEN
from mkba.kern.woorden.effectvelden import (
    DELEN,
    GEBRUIK_VELD,
    GRONDSLAG_VELD,
    VERDELINGEN_EFFECT,
    aandeel_veld,
    aantal_veld,
    bedreigd_veld,
    gemeten_veld,
    voorkomen_veld,
)
from mkba.kern.woorden.trajecten import CASES, ESCALATIES, GROEPEN_TRAJECTEN, SOORTEN, TRAJECTNAMEN
from mkba.kern.woorden.velden import VRAGEN
from mkba.scherm.beeld import Beeld
from mkba.scherm.bladen.bouwstenen import (
    Disciplines,
    Keuze,
    Later,
    Onderdeel,
    Tekstregel,
    Veldrij,
    Veldtabel,
    Vinkje,
    tussenkop,
)
from mkba.scherm.invoerscherm import Invoerscherm
from mkba.scherm.vorm.delen import doos, knop, maak

PROFIELEN = {
    "standaardwijk": "Doorsnee wijk",
    "probleemwijk": "Probleemwijk",
    "mv": "Voorgenomen doelgroep: meervoudig (mv)",
}
"""Target groups of tabel 2.2 that have a share for every huishoudtype."""


class Tabblad:
    """A tab: its widgets from top to bottom, and the parts that change with the draft."""

    def __init__(self, titel: str) -> None:
        self.titel = titel
        self.onderdelen: list[Onderdeel] = []
        self._kinderen: list[w.Widget] = []

    def kop(self, vraag: int, uitleg: str = "", titel: str = "") -> None:
        """The heading of a question."""
        self._kinderen.append(tussenkop(f"{vraag}. {titel or VRAGEN[vraag]}", uitleg))

    def toe(self, onderdeel: Onderdeel) -> None:
        """A part below what is there."""
        self.onderdelen.append(onderdeel)
        self._kinderen.append(onderdeel.widget)

    def los(self, widget: w.Widget) -> None:
        """A widget that does not change with the draft."""
        self._kinderen.append(widget)

    @property
    def widget(self) -> w.Widget:
        """The tab as one widget."""
        return maak(w.VBox, self._kinderen)


def bereik(scherm: Invoerscherm) -> Tabblad:
    """A. Bereik: questions 1 to 5 (figuur 2.1)."""
    blad = Tabblad("A. Bereik")
    blad.toe(Veldrij(scherm, "naam", breed=True))
    blad.kop(1, titel="Aantal huishoudens in aanpak (totaal)")
    blad.toe(Veldrij(scherm, "huishoudens", "Huishoudens in een jaar", "kengetal: wat dit aantal fte aankan"))
    blad.kop(2, "Samen 100%.", "Type huishoudens in aanpak (%)")
    blad.toe(Veldtabel(scherm, [("Aandeel", [f"type.{t}" for t in TYPEN])], sommen=["type"]))
    blad.kop(3, "Per kolom samen 100%. Een lege kolom volgt het kengetal.", "Zwaarte van de problematiek (%)")
    blad.los(profielkeuze(scherm))
    rijen = [(NAMEN[s], [f"zwaarte.{t}.{s}" for t in TYPEN]) for s in ZWAARTEN]
    blad.toe(Veldtabel(scherm, rijen, sommen=[f"zwaarte.{t}" for t in TYPEN], per_kolom=True))
    blad.kop(4, "Mag leeg blijven; alleen het aantal kinderen rekent mee.")
    blad.toe(Veldtabel(scherm, [("Eenouder/-persoons", [f"eenouder.{t}" for t in TYPEN])]))
    blad.toe(Tekstregel(_tweeouder))
    blad.toe(Veldrij(scherm, "kinderen"))
    blad.kop(5, "Van de huishoudens met meervoudige problematiek.", "Leefsituatie multiproblematiek (mv)")
    leefsituatie = {
        "schulden": "Problematische schulden",
        "geen_werk": "Geen werk",
        "overlast": "Overlastgevend",
    }
    blad.toe(Veldtabel(scherm, [(label, [f"{s}.{t}" for t in TYPEN]) for s, label in leefsituatie.items()]))
    return blad


def kosten(scherm: Invoerscherm) -> Tabblad:
    """B. Kosten: questions 6 to 11 (figuur 2.4)."""
    blad = Tabblad("B. Kosten")
    blad.kop(6, titel="Aantal teamleden (fte)")
    blad.toe(Veldrij(scherm, "fte", hint="kengetal: wat deze caseload vraagt, tabel 2.6"))
    blad.toe(Vinkje(scherm, "huisvesting"))
    blad.toe(Veldrij(scherm, "additioneel", hint="uit extra geld; de rest is nieuw voor oud"))
    blad.kop(7)
    blad.toe(Disciplines(scherm, {d: NAMEN[d] for d in DISCIPLINES}))
    blad.kop(8, "Zoals training, communicatie en onderzoek.")
    for sleutel in ("eenmalig", "afschrijving_jaren", "jaarlijks", "jaarlijks_additioneel"):
        hint = "€" if sleutel in ("eenmalig", "jaarlijks") else ""
        blad.toe(Veldrij(scherm, sleutel, hint=hint))
    blad.kop(9, "Deel van de personeelskosten. Leeg is 0%; het kengetal is berekend uit de caseload.")
    blad.toe(Veldrij(scherm, "frictie"))
    blad.kop(10, "5% in een lopende aanpak; 20 tot 30% in de opstart.", "Kosten door extra inzet van zorg")
    blad.toe(Veldrij(scherm, "nieuw", "10. Nieuw gevonden huishoudens"))
    blad.toe(Veldrij(scherm, "meer", "11. Meer trajecten in bestaande cases"))
    return blad


def effect(scherm: Invoerscherm) -> Tabblad:
    """C. Effect: questions 12 to 15 (figuur 2.8)."""
    blad = Tabblad("C. Effect")
    blad.kop(12, "Minder professionele hulp; een negatief percentage is meer hulp.", "Substitutie: minder trajecten")
    blad.toe(Veldrij(scherm, "substitutie.nieuw", "In nieuwe cases"))
    blad.toe(Veldrij(scherm, "substitutie.bestaand", "In bestaande cases"))
    blad.kop(13, "Alleen het extra effect van de aanpak. Zonder de discipline in het team: 0%.")
    for succes in SUCCESSEN:
        blad.toe(Veldrij(scherm, f"succes.{succes}"))
    blad.kop(14, "Percentage van alle huishoudens; 1 of 2% in de opstart, tot 3% daarna.")
    for t in TYPEN:
        blad.toe(Veldrij(scherm, f"escalatie.{t}", NAMEN[t]))
    blad.kop(15, "Het deel van de effecten van 13 en 14 dat weer wegvalt.", "Terugvalpercentage")
    blad.toe(Veldrij(scherm, "terugval"))
    return blad


def effectmeting(scherm: Invoerscherm) -> Tabblad:
    """Invoer 2: the knob, and questions 16 to 18 as soon as it is on (figuur 2.10 and II.1)."""
    blad = Tabblad("Effectmeting")
    uitleg = (
        "Met de knop aan komen de gemeten aantallen van vraag 16 tot en met 18 in de plaats van vraag 11, 12 en 14 en "
        "van het geldelijke deel van 13; van wat niet is gemeten blijven die tellen. Vraag 10 weegt nieuwe en "
        "bestaande cases."
    )
    blad.los(tussenkop("Uitkomsten effectmeting", uitleg))
    blad.toe(Vinkje(scherm, GEBRUIK_VELD))
    blad.toe(Tekstregel(_lezingen))
    blad.toe(Later(lambda beeld: bool(beeld.concept.waarden.get(GEBRUIK_VELD)), lambda: _metingen(scherm)))
    return blad


def _metingen(scherm: Invoerscherm) -> list[Onderdeel | w.Widget]:
    paren = [(soort, case) for soort in SOORTEN for case in CASES]
    rijen: list[tuple[str, list[str]]] = [("Gemiddeld aantal per huishouden", [aantal_veld(*p) for p in paren])]
    for groep, leden in GROEPEN_TRAJECTEN.items():
        rijen.append((groep, []))
        rijen += [(TRAJECTNAMEN[t], [aandeel_veld(*p, t) for p in paren]) for t in leden]
    voorkomen = [(TRAJECTNAMEN[e], [voorkomen_veld(e), bedreigd_veld(e)]) for e in ESCALATIES]
    return [
        *(Vinkje(scherm, gemeten_veld(deel)) for deel in DELEN),
        tussenkop("16 en 17. Meer en minder trajecten", "Per kolom is de verdeling samen 100%, of leeg."),
        Veldtabel(
            scherm,
            rijen,
            sommen=list(VERDELINGEN_EFFECT),
            kolommen=("16 meer, nieuw", "16 meer, bestaand", "17 minder, nieuw", "17 minder, bestaand"),
        ),
        tussenkop("18. Indicatoren voorkomen escalatie", "Na attributie: 60% zonder en 75% met de aanpak is 15%."),
        Keuze(
            scherm,
            GRONDSLAG_VELD,
            {"huishoudens": "de huishoudens in de aanpak", "bedreigd": "de huishoudens die ermee bedreigd worden"},
        ),
        Veldtabel(scherm, voorkomen, kolommen=("voorkomen", "bedreigd")),
    ]


def _lezingen(beeld: Beeld) -> str:
    """Both readings of question 18 beside the estimate, as soon as the answers are right."""
    uitkomst = beeld.uitkomst
    if uitkomst is None or uitkomst.aanpak.gemeten is None:
        return ""
    from mkba.analyse.effectmeting.bijwerken.lezingen import lezingen  # only who has a measurement waits for its tools
    from mkba.uitvoer.effectmeting.zinnen import effectmeting_zin

    naast = lezingen(uitkomst.aanpak, uitkomst.kengetallen)
    return f'<p class="mkba-hint">{escape(effectmeting_zin(uitkomst.aanpak, naast))}</p>'


def profielkeuze(scherm: Invoerscherm) -> w.Widget:
    """Fill question 3 with a target group of tabel 2.2 (MKBA 1.0)."""
    keuze = maak(
        w.Dropdown, options=[(label, sleutel) for sleutel, label in PROFIELEN.items()], description="Tabel 2.2:"
    )
    vul = knop("Vul vraag 3 hiermee", "Vraag 3 invullen met deze doelgroep van tabel 2.2")
    vul.on_click(lambda _: scherm.kies_alle(zwaarteprofiel(keuze.value, scherm.kengetallen)))
    return doos([keuze, vul], "mkba-balk")


def zwaarteprofiel(profiel: str, kengetallen: Kengetallen) -> dict[str, float]:
    """Question 3 filled in with a target group of tabel 2.2, a fraction per field; what it does not name is 0."""
    return {
        f"zwaarte.{t}.{s}": kengetallen.getallen[pad].waarde if pad in kengetallen else 0.0
        for t in TYPEN
        for s in ZWAARTEN
        for pad in (f"zwaarteprofiel.{profiel}.{t}.{s}",)
    }


def _tweeouder(beeld: Beeld) -> str:
    """What question 4 leaves for the second row of the manual."""
    delen = []
    for t in TYPEN:
        waarde = beeld.concept.waarden.get(f"eenouder.{t}")
        if waarde is not None:
            vol = schrijf_schermveld(waarde, "fractie")
            druk = schrijf_schermveld if beeld.concept.teksten[f"eenouder.{t}"] == vol else kort_schermveld
            delen.append(f"{NAMEN[t].lower()} {druk(round(1 - waarde, 10), 'fractie')}")
    return f'<p class="mkba-hint">Tweeouder/meerpersoons: {escape(", ".join(delen))}</p>' if delen else ""

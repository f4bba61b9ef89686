"""Sheet kengetallen: every number that the formulas read, with status, source and range, open to change."""

from typing import Final

from mkba.invoer import invoerblad as indeling
from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.catalogus.kengetallen import Kengetallen, niet_genoemd
from mkba.rekenblad.boek import ORANJE, Blad
from mkba.rekenblad.formule import Formule
from mkba.rekenblad.opmaak import GETAL, GRIJS, hoogte, letter, uitlijning, vulling

BREEDTES: Final = (62, 12, 19, 12, 10, 10, 13, 18, 66, 26, 34)
_THEMAS: Final = {
    "personeel": "Personeel (vraag 6 en 7)",
    "caseload": "Caseload per fte (tabel 2.6)",
    "zorgconsumptie": "Zorgconsumptie per huishouden (figuur 2.7)",
    "zorg_aandeel": "Deel van het zorgprofiel dat bij extra inzet geldt",
    "substitutie_aandeel": "Deel van het zorgprofiel dat vervangbaar is",
    "effectiviteit": "Effectiviteit van trajecten",
    "escalatie": "Voorkomen escalatie",
    "kinderen": "Ontwikkelingskansen kinderen",
    "kwaliteit": "Kwaliteit van leven",
    "overlast": "Overlast en onveiligheid",
    "disconto": "Discontovoet",
    "zwaarteprofiel": "Standaard van vraag 3 (tabel 2.2)",
    "leefsituatie": "Standaard van vraag 5 (tabel 2.3)",
    "knop": "Standaard van vraag 4 en 9 tot en met 15",
    "traject": "Kosten per traject en per escalatie (vraag 16 tot en met 18)",
    "effectmeting": "Samenloop van escalaties (vraag 18)",
    "tijd": "Wanneer een bedrag valt (gewicht per jaar)",
    "ingroei": "Frictie in het jaar van uitvoer B",
    "actor": "Wie betaalt en wie baat heeft (aandeel per partij)",
}
_NIET_GENOEMD: Final = "Aandelen, gewichten en voeten die de regelset op 0 laat"
_EERSTE: Final = 5


def celnaam(pad: str) -> str:
    """The name of the cell of a kengetal: ``k_personeel_kosten_teamlid``."""
    return "k_" + pad.replace(".", "_")


def vul_kengetallen(b: Blad, kengetallen: Kengetallen, gemeten: bool = False) -> dict[str, tuple[Formule, Formule]]:
    """Fill the sheet and name every value; returns the cells with the range (laag, hoog) of those that have one."""
    uitleg = (
        f"Regelset {kengetallen.naam}, vingerafdruk {kengetallen.vingerafdruk}. De gele cellen mogen veranderen: "
        "alle bladen rekenen dan met uw waarde, en de cel wordt oranje. Geef in kolom J uw bron. Een rapport met deze "
        "waarden maakt u met: mkba rapport WERKBOEK --kengetallen WERKBOEK (zonder die optie weigert mkba ze)."
    )
    b.titel("Kengetallen", uitleg, 9)
    b.tekst(1, indeling.KOLOM_SLEUTEL, indeling.REGELSET + kengetallen.naam, font=letter(8, GRIJS))
    koppen = (
        "Kengetal|Waarde|Eenheid|In de regelset|Laag|Hoog|Status|Bron|Vindplaats en onderbouwing|Eigen bron|Sleutel"
    )
    b.koppen(4, dict(enumerate(koppen.split("|"), start=1)), 18)
    themas = list(_THEMAS)
    gebruikt = indeling.kengetalpaden(gemeten)
    paden = sorted(gebruikt, key=lambda p: (p not in kengetallen, themas.index(p.split(".")[0])))
    rij, vorige = _EERSTE - 1, ""
    bereiken: dict[str, tuple[Formule, Formule]] = {}
    for pad in paden:
        thema = _THEMAS[pad.split(".")[0]] if pad in kengetallen else _NIET_GENOEMD
        if thema != vorige:
            rij += 1
            b.kop(rij, thema, len(BREEDTES))
            vorige = thema
        rij += 1
        bereiken |= _regel(b, rij, pad, kengetallen)
    _signaleer(b, rij)
    b.klaar(f"B{_EERSTE}", "4:4", "7F7F7F", tot_kolom=indeling.KOLOM_EIGEN_BRON)
    return bereiken


def _regel(b: Blad, rij: int, pad: str, kengetallen: Kengetallen) -> dict[str, tuple[Formule, Formule]]:
    klein, midden = letter(9), uitlijning("center", "top")
    k = kengetallen.getallen.get(pad)
    waarde = kengetallen[pad]
    catalogus = waarde if k is None or k.oorspronkelijk is None else k.oorspronkelijk
    teksten = _teksten(pad, k)
    notatie = GETAL if abs(waarde) >= 1000 and waarde == round(waarde) else "General"
    rechts = uitlijning("right", "top", terugloop=False)
    b.cel(rij, indeling.KOLOM_WAARDE, waarde, notatie, celnaam(pad), font=letter(10, bold=True), alignment=rechts)
    b.ontgrendel(rij, indeling.KOLOM_WAARDE)
    b.cel(rij, indeling.KOLOM_CATALOGUS, catalogus, notatie, font=letter(9, GRIJS), alignment=rechts)
    for kolom, tekst in teksten.items():
        b.tekst(rij, kolom, tekst, font=klein, alignment=midden if kolom in (3, 7) else uitlijning())
    b.tekst(rij, indeling.KOLOM_SLEUTEL, pad, font=letter(8, GRIJS), alignment=uitlijning(terugloop=False))
    eigen = k.bron if k is not None and k.oorspronkelijk is not None else None
    b.cel(rij, indeling.KOLOM_EIGEN_BRON, eigen, font=klein, alignment=uitlijning())
    b.ontgrendel(rij, indeling.KOLOM_EIGEN_BRON)
    lang = {c: t for c, t in teksten.items() if c in (1, 9)}
    b.hoogte(rij, hoogte(lang, {1: BREEDTES[0] * 1.2, 9: BREEDTES[8] * 1.2}, 12))
    if k is None or k.laag is None or k.hoog is None:
        return {}
    laag, hoog = (
        b.cel(rij, kolom, w, notatie, font=letter(9, GRIJS), alignment=rechts)
        for kolom, w in ((5, k.laag), (6, k.hoog))
    )
    return {pad: (laag, hoog)}


def _teksten(pad: str, k: Kengetal | None) -> dict[int, str]:
    if k is None:
        nul = niet_genoemd(pad)
        return {1: nul.omschrijving, 3: nul.eenheid, 7: nul.status, 8: nul.bron, 9: nul.motivering}
    return {1: k.omschrijving, 3: k.eenheid, 7: k.status, 8: k.bron, 9: k.herkomst}


def _signaleer(b: Blad, laatste: int) -> None:
    """Orange where a value is not that of the rule set, and how many there are."""
    waarde, catalogus = (f"{k}{_EERSTE}" for k in "BD")
    b.kleurregel(f"B{_EERSTE}:B{laatste}", f"{waarde}<>{catalogus}", vulling(ORANJE))
    aantal = sum(
        b.inhoud(r, indeling.KOLOM_WAARDE) != b.inhoud(r, indeling.KOLOM_CATALOGUS) for r in range(_EERSTE, laatste + 1)
    )
    lengte = laatste - _EERSTE + 1
    bereiken = (b.bereik(_EERSTE, k, lengte, elders=False) for k in (2, 4))
    b.tekst(3, 1, "Aantal kengetallen met een andere waarde dan in de regelset", font=letter(9, GRIJS))
    formule = Formule(f"SUMPRODUCT(--({'<>'.join(bereiken)}))", float(aantal))
    b.cel(3, 2, formule, "0", "aantal_gewijzigd", font=letter(9, GRIJS, bold=True))

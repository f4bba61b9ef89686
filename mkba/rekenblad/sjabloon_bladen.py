"""The sheets of the template that explain: "toelichting" and "kengetallen"."""

from typing import Any, Final

from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.sleutels import ZWAARTEPROFIELEN
from mkba.kern.woorden.begrippen import NAMEN, TYPEN, ZWAARTEN
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, ALLE_VRAGEN
from mkba.kern.woorden.velden import VELDEN, Veld
from mkba.kern.zaak.leeg import MAG_LEEG, VERPLICHT
from mkba.rekenblad.boek import Blad, Boek
from mkba.rekenblad.opmaak import GRIJS, RAND, hoogte, letter, notatie, uitlijning, vulling
from mkba.rekenblad.sjabloon_teksten import UITLEG, ZO_WERKT_HET

_KOPKLEUR: Final = "1F3864"
_VERPLICHTKLEUR: Final = "FCE4D6"
_PROFIELNAMEN: Final = {
    "standaardwijk": "Standaardwijk",
    "probleemwijk": "Probleemwijk",
    "mv": "Voorgenomen doelgroep: meervoudig (standaard)",
    "gezin_mv_nzr": "Voorgenomen doelgroep: gezinnen, niet-zelfredzaam",
}


def maak_toelichting(boek: Boek, voorbeeldrij: int | None) -> None:
    """How to fill in, and a table with one row per question."""
    breedtes = {1: 7.0, 2: 27.0, 3: 74.0, 4: 34.0, 5: 22.0, 6: 27.0}
    blad = boek.blad("toelichting", tuple(breedtes.values()), raster=True)
    blad.schrijf(1, 1, "Toelichting bij de invoer", font=letter(16, _KOPKLEUR, bold=True))
    rij = 3
    totaal = sum(breedtes.values()) - breedtes[1]
    for tekst in ZO_WERKT_HET:
        if "{voorbeeld}" in tekst and voorbeeldrij is None:
            continue
        regel = tekst.format(voorbeeld=voorbeeldrij)
        blad.schrijf(rij, 1, "•", font=letter(), alignment=uitlijning("right"))
        blad.schrijf(rij, 2, regel, font=letter(), alignment=uitlijning())
        blad.voeg_samen(rij, 2, 6)
        blad.hoogte(rij, hoogte({2: regel}, {2: totaal}))
        rij += 1
    rij += 1
    koppen = ("Vraag", "Onderwerp", "Wat vult u in?", "Waar komt het vandaan?", "Verplicht", "Bron")
    _zet_kop(blad, rij, koppen)
    kop = rij
    for vraag, uitleg in UITLEG.items():
        rij += 1
        verplicht = _verplicht(vraag)
        teksten = {
            2: ALLE_VRAGEN[vraag],
            3: uitleg.invullen,
            4: uitleg.gegevens,
            5: verplicht,
            6: uitleg.vindplaats,
        }
        blad.schrijf(rij, 1, vraag or "", font=letter(bold=True), alignment=uitlijning("center"), border=RAND)
        for kolom, tekst in teksten.items():
            font = letter(bold=kolom == 2)
            blad.schrijf(rij, kolom, tekst, font=font, alignment=uitlijning(), border=RAND)
        if verplicht != "nee":
            blad.maak_op(rij, 5, fill=vulling(_VERPLICHTKLEUR))
        blad.hoogte(rij, hoogte(teksten, breedtes))
    blad.drukklaar(f"{kop}:{kop}", op_breedte=True)


def maak_kengetallenblad(boek: Boek, kengetallen: Kengetallen) -> None:
    """The value that fills each empty field, with range and source, and the profiles of tabel 2.2."""
    breedtes = {1: 7.0, 2: 44.0, 3: 27.0, 4: 13.0, 5: 10.0, 6: 10.0, 7: 14.0, 8: 62.0}
    blad = boek.blad("kengetallen", tuple(breedtes.values()), raster=True)
    blad.schrijf(1, 1, "Kengetallen en standaardwaarden", font=letter(16, _KOPKLEUR, bold=True))
    uitleg = (
        f"Regelset {kengetallen.naam}. Een leeg veld krijgt de standaardwaarde; laagste en hoogste zijn het "
        "bereik dat de bronnen noemen. Dit blad wordt niet ingelezen."
    )
    if kengetallen.opzet.prijsjaar:
        uitleg += f" Bedragen die u invult (vraag 8) horen in prijzen van {kengetallen.opzet.prijsjaar} te staan."
    blad.schrijf(2, 1, uitleg, font=letter(10, GRIJS, italic=True))
    koppen = ("Vraag", "Veld", "Sleutel", "Standaard", "Laagste", "Hoogste", "Status", "Bron en vindplaats")
    _zet_kop(blad, 4, koppen)
    rij = 5
    for veld in VELDEN.values():
        _zet_veld(blad, rij, veld, kengetallen, breedtes)
        rij += 1
    rij = _zet_profielen(blad, rij + 1, kengetallen)
    _zet_bronnen(blad, rij + 1, kengetallen)
    blad.blad.freeze_panes("A5")
    blad.drukklaar("4:4", op_breedte=True)


def _zet_veld(blad: Blad, rij: int, veld: Veld, kengetallen: Kengetallen, breedtes: dict[int, float]) -> None:
    kengetal = kengetallen.getallen.get(veld.standaard or "")
    standaard, laag, hoog, status, bron = _beschrijf(veld, kengetal)
    blad.schrijf(rij, 1, veld.vraag or "", font=letter(), alignment=uitlijning("center"), border=RAND)
    for kolom, tekst in ((2, veld.label), (3, veld.sleutel), (7, status), (8, bron)):
        kleur = GRIJS if kolom == 3 else "000000"
        stand = uitlijning("center" if kolom == 7 else "left")
        blad.schrijf(rij, kolom, tekst, font=letter(10, kleur), alignment=stand, border=RAND)
    for kolom, waarde in ((4, standaard), (5, laag), (6, hoog)):
        blad.schrijf(rij, kolom, waarde, notatie(veld.soort), font=letter(), alignment=uitlijning("right"), border=RAND)
        if waarde == VERPLICHT:
            blad.maak_op(rij, kolom, fill=vulling(_VERPLICHTKLEUR))
    blad.hoogte(rij, hoogte({2: veld.label, 8: bron}, breedtes))


def _beschrijf(veld: Veld, kengetal: Kengetal | None) -> tuple[Any, Any, Any, str, str]:
    """Default, low, high, status and source of a field."""
    if kengetal is not None:
        bron = f"{kengetal.bron}, {kengetal.herkomst}"
        return kengetal.waarde, kengetal.laag, kengetal.hoog, kengetal.status, bron
    if veld.vast is not None:
        return veld.vast, None, None, "vaste waarde", "stand van het invoerscherm van de MKBA-tool"
    if veld.verplicht:
        return VERPLICHT, None, None, "", ""
    return MAG_LEEG, None, None, "", "telt niet mee in de berekening"


def _zet_profielen(blad: Blad, rij: int, kengetallen: Kengetallen) -> int:
    """Tabel 2.2: four ready-made answers to question 3. Returns the next free row."""
    blad.schrijf(rij, 1, "Andere invulwaarden voor vraag 3 (tabel 2.2)", font=letter(12, _KOPKLEUR, bold=True))
    rij += 1
    for profiel in ZWAARTEPROFIELEN:
        for type_ in TYPEN:
            paden = {z: f"zwaarteprofiel.{profiel}.{type_}.{z}" for z in ZWAARTEN}
            delen = [f"{z} {kengetallen[pad]:.0%}" for z, pad in paden.items() if pad in kengetallen]
            if not delen:
                continue
            tekst = f"{_PROFIELNAMEN[profiel]}, {NAMEN[type_].lower()}"
            blad.schrijf(rij, 2, tekst, font=letter(), alignment=uitlijning(), border=RAND)
            blad.schrijf(rij, 3, ", ".join(delen), font=letter(), alignment=uitlijning(), border=RAND)
            blad.voeg_samen(rij, 3, 6)
            blad.hoogte(rij, hoogte({2: tekst}, {2: 44.0}))
            rij += 1
    return rij


def _zet_bronnen(blad: Blad, rij: int, kengetallen: Kengetallen) -> None:
    blad.schrijf(rij, 1, "Bronnen", font=letter(12, _KOPKLEUR, bold=True))
    for i, (sleutel, bron) in enumerate(kengetallen.bronnen.items(), start=1):
        wie = f"{bron.get('auteurs', '')}, {bron.get('datum', bron.get('jaar', ''))}"
        blad.schrijf(rij + i, 2, sleutel, font=letter())
        blad.schrijf(rij + i, 3, f"{bron['titel']} ({wie.strip(', ')})", font=letter())


def _verplicht(vraag: int) -> str:
    verplicht = [v.label for v in ALLE_VELDEN.values() if v.vraag == vraag and v.verplicht]
    if not verplicht:
        return "nee"
    if len(verplicht) == sum(v.vraag == vraag for v in ALLE_VELDEN.values()):
        return "ja"
    return "ja: " + ", ".join(label[0].lower() + label[1:] for label in verplicht)


def _zet_kop(blad: Blad, rij: int, koppen: tuple[str, ...]) -> None:
    for kolom, tekst in enumerate(koppen, start=1):
        blad.tekst(rij, kolom, tekst, font=letter(10, "FFFFFF", bold=True), fill=vulling(_KOPKLEUR), border=RAND)
    blad.hoogte(rij, 20)

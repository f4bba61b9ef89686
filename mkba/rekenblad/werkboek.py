"""The workbook of an aanpak: all sheets, in the order of calculation, and the files of a command."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from mkba.invoer.effectblad import BLAD_EFFECT
from mkba.invoer.invoerblad import BLAD_INVOER, BLAD_KENGETALLEN
from mkba.invoer.meetblad import BLAD_METING
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.slug import unieke_slugs
from mkba.kern.woorden.velden import BEREKEND
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.model.grootboek import Regel
from mkba.rekenblad import (
    effectblad,
    grootboek,
    invoer,
    kasstromen,
    kengetallenblad,
    stappen,
    toelichting,
    uitvoerbladen,
)
from mkba.rekenblad import meetblad as meting_
from mkba.rekenblad.berekening import vul_berekening
from mkba.rekenblad.boek import Boek
from mkba.rekenblad.controles import Controles
from mkba.rekenblad.effectblad import Effectblad
from mkba.rekenblad.effectmeting import regels_met_effectmeting
from mkba.rekenblad.grootboek import Grootboekblad
from mkba.rekenblad.invoer import Invoerblad
from mkba.rekenblad.kasstromen import Kasstromenblad
from mkba.rekenblad.kengetallenblad import vul_kengetallen
from mkba.rekenblad.toelichting import vul_toelichting
from mkba.rekenblad.uitvoerbladen import vul_uitvoer_a, vul_uitvoer_b


def maak_werkboek(aanpak: Aanpak, kengetallen: Kengetallen) -> bytes:
    """An xlsx that calculates ``aanpak`` by itself; the same input gives the same bytes.

    Cells named ``u_<key>`` hold the public keys, ``regel_<line>`` the lines of the ledger. Every formula carries its
    result, for who only looks; a spreadsheet program calculates anew when it opens the file.
    """
    boek = Boek()
    gemeten = aanpak.effectmeting is not None
    invoerblad = Invoerblad(boek.blad(BLAD_INVOER, invoer.BREEDTES))
    meetblad = Effectblad(boek.blad(BLAD_EFFECT, effectblad.BREEDTES)) if gemeten else None
    herkomstblad = boek.blad(BLAD_METING, meting_.BREEDTES) if aanpak.gemeten_in else None
    uit_a = boek.blad("uitvoer A", uitvoerbladen.BREEDTES_A)
    uit_b = boek.blad("uitvoer B", uitvoerbladen.BREEDTES_B)
    kasblad = boek.blad("kasstromen", kasstromen.BREEDTES)
    rekenblad = boek.blad("berekening", stappen.BREEDTES)
    grootboekblad = boek.blad("grootboek", grootboek.BREEDTES)
    kengetalblad = boek.blad(BLAD_KENGETALLEN, kengetallenblad.BREEDTES)
    uitlegblad = boek.blad("toelichting", toelichting.BREEDTES)

    bereiken = vul_kengetallen(kengetalblad, kengetallen, gemeten)
    invoerblad.vul(aanpak)
    if meetblad:
        meetblad.vul(aanpak)
    if herkomstblad:
        meting_.vul_meting(herkomstblad, aanpak)
    vul_berekening(rekenblad, gemeten)
    uitkomsten = {s: boek[f"u_{s}"] for s in BEREKEND.values()} | {"disciplines": boek["b_disciplines"]}
    ook = [(meetblad.bereik, meetblad.controles)] if meetblad else []
    invoerblad.rond_af(Controles(boek, bereiken), uitkomsten, ook)
    regels = (regels_met_effectmeting if gemeten else _regels)(aanpak, kengetallen)
    lijst = Grootboekblad(grootboekblad, regels)
    lijst.vul()
    kas = Kasstromenblad(kasblad, lijst)
    kas.vul()
    vul_uitvoer_a(uit_a, lijst)
    vul_uitvoer_b(uit_b, lijst, kas)
    vul_toelichting(uitlegblad, kengetallen)
    return boek.bewaar(aanpak.naam)


def _regels(aanpak: Aanpak, kengetallen: Kengetallen) -> tuple[Regel, ...]:
    return bereken(aanpak, kengetallen).grootboek.regels


def werkboekpaden(aanpakken: Iterable[Aanpak], naar: Path, overschrijf: bool) -> list[Path]:
    """Where the workbooks come: ``naar`` itself when it names one file, else a file per aanpak in that folder.

    Raises InvoerFout when a file is there already, or one name is given for several aanpakken.
    """
    namen = [aanpak.naam for aanpak in aanpakken]
    if naar.suffix.lower() == ".xlsx":
        if len(namen) > 1:
            oorzaak = f"er zijn {len(namen)} aanpakken, en dit is één bestand."
            raise InvoerFout([Melding("--naar", naar, oorzaak, "Geef een map.")])
        paden = [naar]
    else:
        paden = [naar / f"{slug}.xlsx" for slug in unieke_slugs(namen)]
    if not overschrijf and (bezet := [p for p in paden if p.exists()]):
        oorzaak = "dit bestand bestaat al."
        remedie = "Geef een andere map of naam, of --overschrijf als wat erin staat weg mag."
        raise InvoerFout([Melding("bestand", p.name, oorzaak, remedie, str(p)) for p in bezet])
    return paden


def schrijf_werkboeken(
    aanpakken: Sequence[Aanpak], kengetallen: Kengetallen, naar: Path, overschrijf: bool = False
) -> list[Path]:
    """Write a workbook per aanpak, each whole or not at all; returns the paths. Raises InvoerFout."""
    paden = werkboekpaden(aanpakken, naar, overschrijf)
    for aanpak, pad in zip(aanpakken, paden, strict=True):
        schrijf_veilig(pad, maak_werkboek(aanpak, kengetallen))
    return paden

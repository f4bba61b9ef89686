"""Sheet toelichting: what the workbook is, how to use and trace it, and what it does not say."""

from typing import Final

import mkba
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import hoeveel
from mkba.rekenblad.boek import DONKER, Blad
from mkba.rekenblad.opmaak import hoogte, letter, uitlijning
from mkba.uitvoer.regelsets.zinnen import regelset_tekst

BREEDTES: Final = (24, 110)
_REGELS: Final = (
    ("Wat het is", "", True),
    (
        "Doel",
        "Dit werkboek rekent één aanpak door, zonder programma erbij. Alle uitkomsten zijn formules, van de "
        "antwoorden op de vragen en de kengetallen tot de posten, de verhoudingen en de kasstromen.",
        False,
    ),
    (
        "Bladen",
        "invoer (de vragen) · uitvoer A (netto contante waarde) · uitvoer B (begroting na 2 jaar) · kasstromen "
        "(per post, jaar en partij) · berekening (stap voor stap) · grootboek (verdeling over jaren en partijen) "
        "· kengetallen.",
        False,
    ),
    (
        "Herkomst",
        "De formules van de MKBA-tool sociale (wijk)teams (LPBL, 2014) zijn nooit gepubliceerd: dit is een "
        "reconstructie uit de gepubliceerde voorbeelden. docs/model.md in mkba geeft per formule het bewijs; "
        "kolom Model verwijst ernaar.",
        False,
    ),
    ("Invullen", "", True),
    (
        "Gele cellen",
        "Alleen gele cellen zijn om in te vullen: de antwoorden op invoer, de waarden op kengetallen.",
        False,
    ),
    (
        "Lege cellen",
        "Een leeg antwoord rekent met het kengetal ernaast. Velden met een * zijn verplicht; ontbreekt er een, "
        "dan tonen de uitkomsten #N/B.",
        False,
    ),
    (
        "Controle",
        "Kolom Controle op invoer zegt wat er mis is (rood) of wat een onderbouwing vraagt (oranje). Aandelen "
        "worden nooit stilzwijgend geschaald.",
        False,
    ),
    (
        "Beveiliging",
        "De bladen zijn beveiligd zonder wachtwoord, tegen per ongeluk overschrijven: Controleren > Beveiliging "
        "blad opheffen (Excel) of Extra > Blad beveiligen (LibreOffice).",
        False,
    ),
    ("Terug naar mkba", "", True),
    (
        "Rapport",
        "mkba rapport WERKBOEK.xlsx leest de antwoorden uit dit werkboek; mkba bereken en mkba controleer ook. "
        "Van de rest wordt niets overgenomen.",
        False,
    ),
    (
        "Andere kengetallen",
        "Veranderde kengetallen worden nooit stilzwijgend genegeerd: mkba weigert het werkboek tot u kiest. Met "
        "--kengetallen WERKBOEK.xlsx rekent mkba met de waarden van het werkboek en toont het rapport ze als "
        "override, met uw bron uit kolom J.",
        False,
    ),
    (
        "Niet erin",
        "Ingroei in vier jaar, gevoeligheid en onzekerheid staan in de rapporten van mkba (notebooks 30 en 40).",
        False,
    ),
    ("Lezen", "", True),
    (
        "Bedragen",
        "Euro's, netto contante waarde van één jaar werken, niet afgerond; getoond op hele euro's. Kosten en "
        "baten zijn beide positief.",
        False,
    ),
    (
        "Wat het niet zegt",
        "Een MKBA is geen effectmeting: ze waardeert verwachte of gemeten effecten en bewijst ze niet. Wie "
        "betaalt en wie baat heeft is grotendeels aanname (status op kengetallen).",
        False,
    ),
    (
        "Status",
        "gepubliceerd: gedrukt in een bron · afgeleid: volgt precies uit gedrukte getallen · gekalibreerd: "
        "geschat op de gepubliceerde gevallen · aanname: met motivering en een laagste en hoogste waarde.",
        False,
    ),
)


def vul_toelichting(b: Blad, kengetallen: Kengetallen) -> None:
    """The whole sheet."""
    eigen = (
        f", {hoeveel(len(kengetallen.afwijkingen), 'kengetal', 'kengetallen')} vervangen"
        if kengetallen.afwijkingen
        else ""
    )
    herkomst = f"mkba {mkba.__version__}, regelset {kengetallen.naam}, kengetallen {kengetallen.vingerafdruk}{eigen}."
    b.titel("Toelichting", herkomst, 2)
    rij = 3
    for label, tekst, kop in (*_REGELS, ("Regelset", regelset_tekst(kengetallen), False)):
        rij += 1
        if kop:
            b.kop(rij, label, 2)
            continue
        b.tekst(rij, 1, label, font=letter(10, DONKER, bold=True), alignment=uitlijning())
        b.tekst(rij, 2, tekst, alignment=uitlijning())
        b.hoogte(rij, hoogte({2: tekst}, {2: BREEDTES[1] * 1.05}))
    b.klaar("A4", "1:1", "7F7F7F")

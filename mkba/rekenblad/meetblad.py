"""Sheet meting: where the answers of an aanpak after a measurement were measured, for a reader and to read back."""

from typing import Final

from mkba.invoer import meetblad as indeling
from mkba.invoer.invoerblad import KOLOM_SLEUTEL
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.rekenblad.boek import Blad
from mkba.rekenblad.opmaak import GETAL, GRIJS, hoogte, letter, notatie, uitlijning

BREEDTES: Final = (6, 60, 12, 16, 8, 14, 12, 12, 96, 12, 30)
_DRUK: Final = {"fractie": "0.0%", "decimaal": "0.00##"}
UITLEG: Final = (
    "Waar de antwoorden zijn gemeten (mkba effect): bij hoeveel, en het 95%-interval van de telling. Een regel geldt "
    "zolang het antwoord op de andere bladen is wat hier als waarde staat; wie dat verandert, krijgt het van mkba te "
    "horen. Hier is niets in te vullen. Kolom K is voor mkba."
)


def vul_meting(blad: Blad, aanpak: Aanpak) -> None:
    """A row per answer that was measured and not changed since."""
    blad.titel("Waar is gemeten", UITLEG, len(BREEDTES) - 1)
    blad.tekst(1, KOLOM_SLEUTEL, f"{indeling.MERK_METING} {indeling.VERSIE}", font=letter(8, GRIJS))
    blad.koppen(3, dict(enumerate(("", "Antwoord", *indeling.KOPPEN), 1)))
    rij = 3
    for rij, (sleutel, record) in enumerate(aanpak.gemeten_in.items(), 4):
        veld, delen = ALLE_VELDEN[sleutel], record.als_tabel()
        blad.cel(rij, 1, float(veld.vraag), "0", alignment=uitlijning("center", "center"))
        blad.tekst(rij, 2, veld.label)
        teksten = {2: veld.label}
        for kolom, naam in enumerate(indeling.KOPPEN, 3):
            waarde = delen.get(naam)
            if isinstance(waarde, tuple):
                waarde = ", ".join(waarde)
            if isinstance(waarde, str):
                teksten[kolom] = waarde
                blad.tekst(rij, kolom, waarde, alignment=(*uitlijning(verticaal="center"), ("indent", 1)))
            elif waarde is not None:
                blad.cel(rij, kolom, waarde, GETAL if naam == "n" else _DRUK.get(veld.soort, notatie(veld.soort)))
        stand = uitlijning(terugloop=False)
        blad.tekst(rij, KOLOM_SLEUTEL, sleutel, font=letter(8, GRIJS), alignment=stand)
        blad.hoogte(rij, hoogte(teksten, {k: BREEDTES[k - 1] for k in teksten}))
    blad.klaar("C4", "1:3", "4A2366", tot_kolom=len(BREEDTES) - 1)

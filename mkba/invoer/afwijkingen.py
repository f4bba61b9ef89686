"""Kengetallen of a user in place of those of a rule set: from a TOML file, or from a workbook of one aanpak."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.catalogus.kengetallen import MAXIMALE_DIEPTE, STANDAARD_REGELSET, Kengetallen, laad
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.persoonlijk import herkenbaar_in
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND
from mkba.kern.tekst.schrift import MAXIMUM_TEKST

_GEEN_PERSOON: Final = "Noem een stuk of een instelling: een rapport toont de bron."


def lees_kengetallen(regelset: str = STANDAARD_REGELSET, afwijkingen: str | Path = "") -> Kengetallen:
    """A rule set, with the values of a user's TOML file (:func:`lees_afwijkingen`) or workbook in place when given."""
    kengetallen = laad(regelset)
    if not str(afwijkingen):
        return kengetallen
    if Path(afwijkingen).suffix.lower() == ".xlsx":
        from mkba.invoer.invoerblad_lezen import lees_kengetalcellen  # openpyxl, only for a workbook

        waarden, bronnen = lees_kengetalcellen(Path(afwijkingen), kengetallen.naam, kengetallen)
    else:
        waarden, bronnen = lees_afwijkingen(Path(afwijkingen))
    if meldingen := [
        Melding(f"{pad}.bron", NIET_GETOOND, f"hier lijkt {wat} te staan.", _GEEN_PERSOON, str(afwijkingen))
        for pad, bron in bronnen.items()
        if (wat := herkenbaar_in(bron))
    ]:
        raise InvoerFout(meldingen)
    return kengetallen.met(waarden, str(afwijkingen), bronnen)


def lees_afwijkingen(bestand: Path) -> tuple[dict[str, float], dict[str, str]]:
    """Read a TOML file in which a user replaces kengetallen: values and (optionally) their sources, by key.

    ``[kwaliteit]`` / ``qaly_eur = 50000`` replaces one value; ``qaly_eur = {waarde = 50000, bron = "..."}``
    also tells where it comes from. Raises InvoerFout.
    """
    waarden: dict[str, float] = {}
    bronnen: dict[str, str] = {}
    meldingen: list[Melding] = []

    def fout(pad: str, waarde: object, oorzaak: str, remedie: str) -> None:
        meldingen.append(Melding(pad, waarde, oorzaak, remedie, str(bestand)))

    def loop(tabel: Mapping[str, Any], delen: tuple[str, ...]) -> None:
        for sleutel, waarde in tabel.items():
            volledig = (*delen, sleutel)
            pad = ".".join(volledig)
            if len(volledig) > MAXIMALE_DIEPTE:
                fout(pad[:60], None, "de tabellen zijn te diep genest.", "Zie `mkba kengetallen` voor de sleutels.")
                continue
            if isinstance(waarde, Mapping) and "waarde" in waarde:
                for vreemd in set(waarde) - {"waarde", "bron"}:
                    fout(f"{pad}.{vreemd}", waarde[vreemd], "dit veld hoort hier niet.", "Geef alleen waarde en bron.")
                bron = waarde.get("bron", "")
                if not isinstance(bron, str) or not bron.isprintable():
                    fout(f"{pad}.bron", bron, "dit is geen tekst op een regel.", "Geef de bron als tekst.")
                elif len(bron) > MAXIMUM_TEKST:
                    fout(f"{pad}.bron", bron, f"de bron is langer dan {MAXIMUM_TEKST} tekens.", "Kort de tekst in.")
                elif bron:
                    bronnen[pad] = bron
                waarde = waarde["waarde"]
            if isinstance(waarde, Mapping):
                loop(waarde, volledig)
            elif isinstance(waarde, bool) or not isinstance(waarde, int | float):
                fout(pad, waarde, "dit is geen getal.", "Geef een getal met een decimale punt.")
            elif not abs(waarde) < 1e15:  # also nan; a larger number has no meaning in euros or shares
                fout(pad, waarde, "dit is geen eindig getal.", "Geef een getal.")
            elif pad in waarden:
                fout(pad, waarde, "dit kengetal staat er twee keer.", "Verwijder er een.")
            else:
                waarden[pad] = float(waarde)

    loop(lees_toml(bestand), ())
    if meldingen:
        raise InvoerFout(meldingen)
    return waarden, bronnen

"""The user's own names: a TOML file that says which column, sheet and value is which of ours.

::

    [huishoudens]
    bron = ["clienten"]                  # sheet, or file without its extension

    [huishoudens.kolommen]
    pseudoniem = "Cliëntnummer"

    [huishoudens.waarden.status]
    Actief = "lopend"

    [problematiek]
    schaal = "1-5"
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mkba.invoer.effectmeting.kolommen import TABELLEN, Tabelvorm
from mkba.invoer.registratie.domeinen import normaliseer
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.tekst.meldingen import InvoerFout, Melding

_SCHALEN: Final = ("1-5", "0-1")
_SLEUTELS: Final = ("bron", "kolommen", "waarden", "schaal")


@dataclass(frozen=True, slots=True)
class Tabelindeling:
    """The names of one table: ``kolommen``: normalised header -> our column; ``waarden``: column -> normalised value ->
    ours; ``bron``: normalised names of sheets and files."""

    kolommen: Mapping[str, str] = field(default_factory=dict)
    waarden: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bron: tuple[str, ...] = ()
    schaal: str = ""


Indeling = Mapping[str, Tabelindeling]


def lees_indeling(pad: str | Path) -> Indeling:
    """The mapping in a TOML file. Raises InvoerFout with all that is wrong."""
    pad = Path(pad)
    meldingen: list[Melding] = []
    uit = {}
    for naam, inhoud in lees_toml(pad).items():
        if naam not in TABELLEN or not isinstance(inhoud, dict):
            oorzaak = "dit is geen tabel van een registratie."
            meldingen.append(Melding(naam, None, oorzaak, f"Kies uit {', '.join(TABELLEN)}.", str(pad)))
        else:
            uit[naam] = _tabel(TABELLEN[naam], inhoud, str(pad), meldingen)
    if meldingen:
        raise InvoerFout(meldingen)
    return uit


def _tabel(vorm: Tabelvorm, inhoud: Mapping[str, Any], pad: str, meldingen: list[Melding]) -> Tabelindeling:
    def fout(veld: str, waarde: object, oorzaak: str, remedie: str) -> None:
        meldingen.append(Melding(f"{vorm.naam}.{veld}", waarde, oorzaak, remedie, pad))

    for sleutel in inhoud:
        if sleutel not in _SLEUTELS or (sleutel == "schaal" and vorm.naam != "problematiek"):
            fout(sleutel, None, "deze sleutel is niet bekend.", "Gebruik bron, kolommen en waarden.")
    bron = inhoud.get("bron", [])
    bronnen = [bron] if isinstance(bron, str) else bron
    if not isinstance(bronnen, list) or not all(isinstance(b, str) for b in bronnen):
        fout("bron", None, "dit is geen lijst met namen.", 'Schrijf bron = ["naam van het blad"].')
        bronnen = []
    schaal = inhoud.get("schaal", "")
    if schaal not in ("", *_SCHALEN):
        fout("schaal", schaal, "deze schaal is niet bekend.", "Kies '1-5' (5 is volledig zelfredzaam) of '0-1'.")
    namen = [k.naam for k in vorm.kolommen]
    kolommen: dict[str, str] = {}
    for ons, eigen in _als_tabel(inhoud.get("kolommen", {}), "kolommen", fout).items():
        if ons not in namen:
            fout(f"kolommen.{ons}", None, "deze kolom heeft de tabel niet.", f"Kies uit {', '.join(namen)}.")
        elif not isinstance(eigen, str) or not normaliseer(eigen):
            fout(f"kolommen.{ons}", None, "dit is geen naam van een kolom.", f'Schrijf {ons} = "naam in uw bestand".')
        else:
            kolommen[normaliseer(eigen)] = ons
    waarden: dict[str, dict[str, str]] = {}
    for ons, paren in _als_tabel(inhoud.get("waarden", {}), "waarden", fout).items():
        keuzes = {k.naam: k.keuzes or (("ja", "nee") if k.soort == "ja_nee" else ()) for k in vorm.kolommen}
        if not keuzes.get(ons):
            fout(f"waarden.{ons}", None, "deze kolom heeft geen vaste keuzes.", "Verwijder deze tabel.")
            continue
        for eigen, keuze in _als_tabel(paren, f"waarden.{ons}", fout).items():
            if keuze not in keuzes[ons]:
                fout(f"waarden.{ons}", keuze, "deze keuze bestaat niet.", f"Kies uit {', '.join(keuzes[ons])}.")
            else:
                waarden.setdefault(ons, {})[normaliseer(eigen)] = str(keuze)
    return Tabelindeling(kolommen, waarden, tuple(normaliseer(b) for b in bronnen), str(schaal))


def _als_tabel(waarde: object, veld: str, fout: Any) -> Mapping[str, Any]:
    if isinstance(waarde, dict):
        return waarde
    fout(veld, None, "dit hoort een tabel te zijn.", f"Schrijf [{veld}] met daaronder naam = waarde.")
    return {}

"""The published cases: inputs exactly as printed, published outcomes beside them.

Six cases test the model (:data:`GEVALLEN`); the prototype of bijlage 2 of the meta-analysis is an older
version of the tool and only serves as a comparison.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.zaak.aanpak import Aanpak

GEVALLEN: Final = ("standaard", "voorbeeld-1", "voorbeeld-2", "voorbeeld-3", "voorbeeld-4", "voorbeeld-5")
PROTOTYPE: Final = "bijlage-2-prototype"


@dataclass(frozen=True)
class Geval:
    """One published case.

    ``uitkomst``: public key -> published amount (euros NCW, printed to 100) or ratio (printed to 0.05);
    ``kengetal``: huishoudens_bij_fte and fte_kengetal (printed whole), frictie_kengetal (fraction, printed
    as whole percent); ``begroting``: actor -> kosten, baten, saldo after two years (bijlage 2 only).
    """

    naam: str
    aanpak: Aanpak
    uitkomst: Mapping[str, float]
    kengetal: Mapping[str, float]
    begroting: Mapping[str, Mapping[str, float]]
    vindplaats: str
    opmerking: str

    @property
    def gepubliceerd(self) -> dict[str, float]:
        """Amounts, ratios and kengetallen in one mapping."""
        return {**self.uitkomst, **self.kengetal}


def laad_geval(naam: str, kengetallen: Kengetallen, map_: Path | None = None) -> Geval:
    """Read one case from ``data/aanpakken`` and ``data/gepubliceerd``. Raises InvoerFout."""
    basis = map_ if map_ is not None else paden.data()
    uitvoer = basis / "gepubliceerd" / f"{naam}.toml"
    aanpak = lees_aanpak(basis / "aanpakken" / f"{naam}.toml", kengetallen)
    inhoud = _lees(uitvoer)
    uitkomst = {**inhoud.get("uitkomst", {})}
    kengetal = {**inhoud.get("kengetal", {})}
    onbekend = [s for s in (*uitkomst, *kengetal) if s not in SLEUTELS]
    if onbekend:
        raise InvoerFout(
            Melding(
                s,
                {**uitkomst, **kengetal}[s],
                "dit is geen uitkomst van het model.",
                f"Kies uit: {', '.join(SLEUTELS)}.",
                str(uitvoer),
            )
            for s in onbekend
        )
    bron = inhoud.get("bron", {})
    return Geval(
        naam=naam,
        aanpak=aanpak,
        uitkomst={s: float(w) for s, w in uitkomst.items()},
        kengetal={s: float(w) for s, w in kengetal.items()},
        begroting=inhoud.get("begroting_na_2_jaar", {}),
        vindplaats=bron.get("vindplaats", ""),
        opmerking=bron.get("opmerking", ""),
    )


def laad_gevallen(
    kengetallen: Kengetallen, namen: tuple[str, ...] = GEVALLEN, map_: Path | None = None
) -> tuple[Geval, ...]:
    """Read the published cases, by default the six that test the model."""
    return tuple(laad_geval(naam, kengetallen, map_) for naam in namen)


def _lees(bestand: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(bestand.read_text(encoding="utf-8"))
    except FileNotFoundError as fout:
        raise InvoerFout(
            [Melding("bestand", bestand.name, "het bestand bestaat niet.", "Controleer het pad.", str(bestand))]
        ) from fout
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fout:
        oorzaak = f"het bestand is niet te lezen ({fout})."
        raise InvoerFout(
            [Melding("bestand", bestand.name, oorzaak, "Herstel de genoemde regel.", str(bestand))]
        ) from fout

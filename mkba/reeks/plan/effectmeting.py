"""The task of a report of a measurement. The registration itself never gets here: only what may be shown of it does."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld
from mkba.analyse.effectmeting.publiceren import geheugen
from mkba.analyse.effectmeting.publiceren.geheugen import Eerder
from mkba.analyse.effectmeting.publiceren.meting import lees_meting, schrijf_meting
from mkba.invoer.lezen import Bronaanpak
from mkba.kern.bestand.bestanden import ruwe_bytes
from mkba.kern.bestand.hashes import hash_tekst
from mkba.kern.bestand.schrijven import schrijf_in
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import opsomming
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.reeks.plan import delen
from mkba.reeks.plan.grond import Grond, Opgave
from mkba.reeks.plan.rapporten import achtervoegsel, onderwerp, rapport_slugs, waarschuwing
from mkba.reeks.plan.taak import INVOERMAP, Taak
from mkba.uitvoer import kernpunten as kern
from mkba.uitvoer.effectmeting.rapport.herkomst import na as na_met_herkomst

NOTEBOOK: Final = "60_effectmeting"
NIET_VAN_STEEKPROEF: Final = ("grenzen", "trajecten", "monitoring", "teams")
"""Parts of the report that a form of a sample says nothing of."""
TABELLEN: Final = "registratie-*.csv"
"""The tables of ``mkba registratie`` in a folder."""


def slug_van(naam: str, notebook: Path) -> str:
    """The name of the files of the report of the aanpak with this name."""
    return f"{rapport_slugs([naam])[0]}-{achtervoegsel(notebook)}"


def metingpad(slug: str, naar: Path) -> Path:
    """Where the numbers stand that a report is made from, in its folder."""
    return naar / INVOERMAP / f"{slug}-meting.json"


def lees_eerder(naar: Path, slug: str = "") -> list[Eerder]:
    """All that a folder shows of registrations, whichever command made it; of the report with this name first. Raises
    InvoerFout for a file that is no such, and for a folder that shows numbers and has lost its memory."""
    paden = sorted(metingpaden(naar), key=lambda p: (p != metingpad(slug, naar), p.name))
    if not (naar / geheugen.BESTAND).exists() and (paden or any(naar.glob(TABELLEN))):
        oorzaak = f"in deze map staan cijfers van een registratie, maar {geheugen.BESTAND} is weg: dat is het geheugen."
        remedie = "Zet dat bestand terug. Is de uitvoer nog met niemand gedeeld, verwijder dan de hele map."
        raise InvoerFout([Melding("--naar", str(naar), oorzaak, remedie)])
    metingen = [lees_meting(p) for p in paden]
    return [*(Eerder(m.delen, m) for m in metingen), *geheugen.lees_eerder(naar)]


def metingpaden(naar: Path) -> list[Path]:
    """Where the numbers of every report of a folder stand (:func:`metingpad`)."""
    return sorted((naar / INVOERMAP).glob("*-meting.json"))


def napad(slug: str, naar: Path) -> Path:
    """Where the aanpak after the measurement stands, for the other commands."""
    return naar / INVOERMAP / f"{slug}-na.toml"


def schrijf(ingevuld: Ingevuld, slug: str, naar: Path, blijft: Sequence[Eerder]) -> None:
    """Write those numbers for the report, and in the memory of the folder (``blijft``: what else that holds), and the
    aanpak after the measurement, which follows from them. First the memory: what stood there when the command was
    stopped, is public."""
    meting = ingevuld.meting
    herkomst = (
        f"De aanpak na de meting ({opsomming(list(meting.lezing.bestanden))}, `mkba effect`): wat is gemeten of "
        f"bijgewerkt staat ingevuld, de rest is het plan. Waar elk antwoord is gemeten, staat onderaan in [meting]."
    )
    schrijf_in(naar, geheugen.BESTAND, geheugen.als_tekst(meting.delen, blijft, meting.wijken_ooit))
    schrijf_in(naar, f"{INVOERMAP}/{slug}-meting.json", schrijf_meting(meting))
    schrijf_in(naar, f"{INVOERMAP}/{slug}-na.toml", schrijf_toml(na_met_herkomst(ingevuld), herkomst))


def effect_taak(
    bron: Bronaanpak,
    ingevuld: Ingevuld,
    notebook: Path,
    naar: Path,
    kengetallen: Kengetallen,
    kengetallenbestand: Path | None = None,
    belofte: Path | None = None,
    grondslag: str = "huishoudens",
    indeling: str = "",
) -> Taak:
    """The task for a measurement that :func:`schrijf` puts in ``naar``; here nothing is written. ``indeling``: the file
    with the user's own names that the registration was read with, for who reads it again."""
    naam, na, meting = bron.aanpak.naam, na_met_herkomst(ingevuld), ingevuld.meting
    slug = slug_van(naam, notebook)
    opgaven: dict[str, Opgave] = {"registratie": metingpad(slug, naar.resolve()), "aanpak": bron.bestand.resolve()}
    # every one of them: what is left out would be the example that the notebook starts with
    opgaven |= {"rij": bron.rij, "nulmeting": ingevuld.nulmeting or 0.0, "grondslag": grondslag}
    opgaven["steekproef_van"] = round(ingevuld.steekproef_van or 0)
    if belofte is not None:
        opgaven["belofte"] = belofte.resolve()
    invoer = kern.invoerhash(na)
    cijfers = kern.kerncijfers(ingevuld.uitkomst.sleutels)
    som = {"invoer": kern.invoerhash(bron.aanpak), "registratie": hash_tekst(schrijf_meting(meting))}
    if belofte is not None:
        som["belofte"] = hash_tekst(ruwe_bytes(belofte))
    taak = Grond.van(notebook, kengetallen, kengetallenbestand).taak(
        slug,
        f"{naam}: {onderwerp(notebook)}",
        "notebook",
        opgaven,
        (
            ("Invoer", ", ".join(d for d in (bron.bestand.name, bron.plek) if d)),
            ("Formulier" if meting.van_steekproef else "Registratie", opsomming(list(meting.lezing.bestanden))),
            *([("Indeling", Path(indeling).name)] if indeling else []),
            ("Vingerafdruk meting", hash_tekst(schrijf_meting(meting))[:12]),
            ("Vingerafdruk invoer na de meting", invoer[:12]),
        ),
        som,
        {
            "bestand": bron.bestand.name,
            "blad": bron.blad,
            "rij": bron.rij,
            "huishoudens": na.huishoudens,
            "fte": na.fte,
            "kerncijfers": cijfers,
            "waarschuwingen": tuple(waarschuwing(m) for m in bron.waarschuwingen),
        },
        {"invoer": invoer, "kerncijfers": cijfers},
    )
    weg = [d for d in NIET_VAN_STEEKPROEF if meting.van_steekproef and d in delen.delen_van(notebook)]
    return delen.zonder([taak], weg)[0]

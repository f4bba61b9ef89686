"""From CBS codes to reports: per area a doelgroepenanalyse, the care profiles and a first MKBA 1.0.

The statistics are fetched or read once; the notebooks of a batch get them as a file, so that they need no
network and all stand on the same numbers.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from mkba.analyse.doelgroepen.eerste_aanpak import eerste_aanpak
from mkba.analyse.doelgroepen.statistiek import uit_statistiek
from mkba.analyse.gevoeligheid.plausibiliteit import met_opmerkingen
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.lezen import Bronaanpak, lees_aanpakken
from mkba.kern.bestand.bestanden import ruwe_bytes
from mkba.kern.bestand.hashes import hash_tekst, hash_waarden
from mkba.kern.bestand.schrijven import schrijf_in
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.gebied import Gebied, schrijf_cijfers
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.reeks.plan.cohort import cohort_taak
from mkba.reeks.plan.notebooks import parameters
from mkba.reeks.plan.rapporten import (
    achtervoegsel,
    hashes_van,
    herkomst_van_code,
    herkomst_van_kengetallen,
    kengetallenhash,
    onderwerp,
    rapport_slugs,
    rapport_taken,
    waarschuwing,
)
from mkba.reeks.plan.taak import INVOERMAP, Taak, Waarde
from mkba.uitvoer import kernpunten as kern
from mkba.uitvoer.doelgroepen import zinnen as tekst_doelgroepen

CODE: Final = re.compile(r"(GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})", re.IGNORECASE)
"""What on the command line is an area and not a file."""


@dataclass(frozen=True)
class Weggelaten:
    """An area that was asked for and gets no report."""

    code: str
    naam: str
    meldingen: tuple[Melding, ...]

    @property
    def reden(self) -> str:
        """Why, in sentences."""
        return " ".join(tekst_doelgroepen.regel(m).removeprefix(f"{self.code} ") for m in self.meldingen)

    def __str__(self) -> str:
        return f"{met_code(self.naam, self.code)}: {self.reden}"


@dataclass(frozen=True)
class Gebieden:
    """The areas of a batch with the first aanpak of each, in the same order."""

    nederland: Gebied
    gebieden: tuple[Gebied, ...]
    aanpakken: tuple[Aanpak, ...]
    slugs: tuple[str, ...]
    herkomst: tuple[str, ...]
    """Where the answers of each aanpak come from, in a sentence."""
    waarschuwingen: tuple[tuple[Melding, ...], ...]
    weggelaten: tuple[Weggelaten, ...] = ()


def met_code(naam: str, code: str) -> str:
    """The name of an area with its code, once."""
    return naam if code in naam else f"{naam} ({code})"


def is_code(tekst: str) -> bool:
    """Whether an argument is a CBS code of a gemeente, wijk or buurt."""
    return CODE.fullmatch(tekst.strip()) is not None


def lees(codes: Sequence[str], kengetallen: Kengetallen, cijfers: str = "", jaar: int = 0) -> Gebieden:
    """Statistics and a first aanpak for every code; nothing is written.

    An area for which nothing can be calculated (no households, secret or impossible numbers) is left out, with why.
    Raises InvoerFout with all that is wrong, also when no area is left.
    """
    nederland, gebieden = kies_gebieden(", ".join(dict.fromkeys(c.strip().upper() for c in codes)), cijfers, jaar)
    namen = [g.naam for g in gebieden]
    uniek = [n if namen.count(n) == 1 else f"{n} ({g.code})" for n, g in zip(namen, gebieden, strict=True)]
    aanpakken: list[Aanpak] = []
    herkomst: list[str] = []
    waarschuwingen: list[tuple[Melding, ...]] = []
    gelukt: list[Gebied] = []
    weggelaten: list[Weggelaten] = []
    for naam, gebied in zip(uniek, gebieden, strict=True):
        try:
            analyse = uit_statistiek([gebied], nederland, kengetallen, trekkingen=1)
            aanpak = eerste_aanpak(naam, analyse.per_klasse(), kengetallen)
        except InvoerFout as fout:
            weggelaten.append(Weggelaten(gebied.code, gebied.naam, fout.meldingen))
            continue
        gelukt.append(gebied)
        aanpakken.append(aanpak)
        herkomst.append(tekst_doelgroepen.herkomst(analyse, kengetallen))
        waarschuwingen.append(
            tuple(
                m.in_bestand(met_code(naam, gebied.code))
                for m in (*tekst_doelgroepen.waarschuwingen(analyse), *tekst_doelgroepen.minimum(aanpak))
            )
        )
    if not gelukt:
        raise InvoerFout(dict.fromkeys(m for w in weggelaten for m in w.meldingen))
    return Gebieden(
        nederland,
        tuple(gelukt),
        tuple(aanpakken),
        rapport_slugs(a.naam for a in aanpakken),
        tuple(herkomst),
        tuple(waarschuwingen),
        tuple(weggelaten),
    )


def schrijf(gebieden: Gebieden, naar: Path) -> Path:
    """Write the statistics and a TOML per aanpak in ``<naar>/invoer``; returns the file with the statistics."""
    schrijf_in(naar, f"{INVOERMAP}/cijfers.json", schrijf_cijfers((gebieden.nederland, *gebieden.gebieden)))
    for aanpak, slug, herkomst in zip(gebieden.aanpakken, gebieden.slugs, gebieden.herkomst, strict=True):
        schrijf_in(naar, f"{INVOERMAP}/{slug}.toml", schrijf_toml(aanpak, herkomst))
    return naar / INVOERMAP / "cijfers.json"


def gebied_taken(
    gebieden: Gebieden,
    notebooks: Sequence[Path],
    naar: Path,
    kengetallen: Kengetallen,
    kengetallenbestand: Path | None = None,
) -> list[Taak]:
    """One task per area and notebook. The input of :func:`schrijf` must be in ``naar``.

    A notebook with the parameter ``gebieden`` gets the code and the statistics, one with ``aanpak`` the TOML
    of the first aanpak; one with ``aanpakken`` makes a single page of all of them. Raises InvoerFout for a notebook
    that asks for none of these.
    """
    invoer = naar / INVOERMAP
    cijfers = invoer / "cijfers.json"
    taken: list[Taak] = []
    for notebook in notebooks:
        namen = parameters(notebook)
        if "gebieden" in namen:
            taken += [
                _taak(gebied, aanpak.naam, slug, notebook, namen, cijfers, kengetallen, kengetallenbestand, meldingen)
                for gebied, aanpak, slug, meldingen in zip(
                    gebieden.gebieden, gebieden.aanpakken, gebieden.slugs, gebieden.waarschuwingen, strict=True
                )
            ]
        elif "aanpakken" in namen:
            taken.append(
                cohort_taak(_bronnen(gebieden, invoer, kengetallen, False), kengetallen, notebook, kengetallenbestand)
            )
        elif "aanpak" in namen:
            bronnen = _bronnen(gebieden, invoer, kengetallen, "toelichting" in namen)
            taken += rapport_taken(bronnen, kengetallen, notebook, kengetallenbestand)
        else:
            oorzaak = "dit notebook heeft geen parameter gebieden of aanpak."
            raise InvoerFout([Melding("notebooks", notebook.stem, oorzaak, "Kies bijvoorbeeld 10, 20 of 30.")])
    return taken


def _bronnen(gebieden: Gebieden, invoer: Path, kengetallen: Kengetallen, toelichting: bool) -> list[Bronaanpak]:
    """The first aanpak of every area as it was written, with its warnings and, if asked, where it comes from."""
    return [
        _met_herkomst(met_opmerkingen(b, kengetallen), herkomst if toelichting else "", waarschuwingen)
        for slug, herkomst, waarschuwingen in zip(
            gebieden.slugs, gebieden.herkomst, gebieden.waarschuwingen, strict=True
        )
        for b in lees_aanpakken(invoer / f"{slug}.toml", kengetallen)
    ]


def _met_herkomst(bron: Bronaanpak, herkomst: str, waarschuwingen: tuple[Melding, ...]) -> Bronaanpak:
    return replace(bron, toelichting=herkomst, waarschuwingen=waarschuwingen + bron.waarschuwingen)


def _taak(
    gebied: Gebied,
    naam: str,
    slug: str,
    notebook: Path,
    namen: Collection[str],
    cijfers: Path,
    kengetallen: Kengetallen,
    kengetallenbestand: Path | None,
    meldingen: tuple[Melding, ...],
) -> Taak:
    waarden: dict[str, Waarde] = {
        "gebieden": gebied.code,
        "cijfers": str(cijfers.resolve()),
        "jaar": gebied.jaar,
        "regelset": kengetallen.regelset,
        "naam": naam,
        "gebied": naam,
        "registratie": "",
        "rekening": "",
    }
    if kengetallenbestand is not None:
        waarden["kengetallen"] = str(kengetallenbestand.resolve())
    parameters = {k: w for k, w in waarden.items() if k in namen}
    leesbaar = parameters | {k: Path(str(parameters[k])).name for k in ("cijfers", "kengetallen") if k in parameters}
    if "regelset" in parameters:
        leesbaar["regelset"] = kengetallen.naam
    hashes = hashes_van(notebook) | {
        "kengetallen": kengetallenhash(kengetallen),
        "parameters": hash_waarden(leesbaar),
        "invoer": hash_tekst(ruwe_bytes(cijfers)),
    }
    return Taak(
        slug=f"{slug}-{achtervoegsel(notebook)}",
        naam=f"{naam}: {onderwerp(notebook)}",
        notebook=notebook,
        parameters=parameters,
        sleutel=hash_waarden(hashes),
        herkomst=(
            ("Gebied", f"{gebied.code}, {gebied.jaar}"),
            ("Statistiek", gebied.bron),
            *herkomst_van_kengetallen(kengetallen),
            ("Notebook", notebook.stem),
            *herkomst_van_code(),
        ),
        feiten={
            "soort": "notebook",
            "hashes": hashes,
            "parameters": leesbaar,
            "regelset": kengetallen.naam,
            "waarschuwingen": tuple(waarschuwing(m) for m in meldingen),
        },
        kern={"gebieden": kern.gebiedenhash([gebied]), "huishoudens": gebied.huishoudens},
    )

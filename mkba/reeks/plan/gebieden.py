"""From CBS codes to reports: per area a doelgroepenanalyse, the care profiles and a first MKBA 1.0.

The statistics are fetched or read once; the notebooks of a batch get them as a file, so that they need no
network and all stand on the same numbers.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mkba.analyse.doelgroepen.eerste_aanpak import eerste_aanpak, vraag_4
from mkba.analyse.doelgroepen.statistiek import uit_statistiek
from mkba.analyse.gevoeligheid.plausibiliteit import met_opmerkingen
from mkba.invoer.cbs import landelijk
from mkba.invoer.cbs.gebieden import kies_gebieden
from mkba.invoer.eigen_woorden import Tekstbestand
from mkba.invoer.lezen import Bronaanpak
from mkba.kern.bestand.hashes import hash_tekst
from mkba.kern.bestand.schrijven import schrijf_in
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.gebied import Gebied, Soort, schrijf_cijfers
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.reeks.plan.grond import Grond
from mkba.reeks.plan.notebooks import parameters
from mkba.reeks.plan.rapporten import aanpak_taken, achtervoegsel, onderwerp, rapport_slugs, waarschuwing
from mkba.reeks.plan.taak import INVOERMAP, Taak
from mkba.uitvoer import kernpunten as kern
from mkba.uitvoer.doelgroepen import zinnen as tekst_doelgroepen

CODE: Final = re.compile(r"(GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}|(GM|WK|BU)[0-9A-Z]*\*)", re.IGNORECASE)
"""What on the command line is an area, or a pattern of areas, and not a file."""
CIJFERS: Final = "cijfers.json"


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
class Gebiedsplan:
    """An area with its first aanpak; ``herkomst`` says in a sentence where the answers of the aanpak come from."""

    gebied: Gebied
    aanpak: Aanpak
    slug: str
    herkomst: str
    waarschuwingen: tuple[Melding, ...]


@dataclass(frozen=True)
class Gebieden:
    """The areas of a batch, each with its first aanpak, and what they are compared with."""

    nederland: Gebied
    plannen: tuple[Gebiedsplan, ...]
    weggelaten: tuple[Weggelaten, ...] = ()
    gemeenten: tuple[Gebied, ...] = ()
    """What the areas are drawn toward, of those that are no area of the batch themselves."""
    meldingen: tuple[Melding, ...] = ()
    """What holds for the whole batch: the national row, and areas of which nothing can be said."""

    @property
    def cijfers(self) -> str:
        """The statistics of all of them, as the file that the notebooks read."""
        return schrijf_cijfers((self.nederland, *(plan.gebied for plan in self.plannen), *self.gemeenten))


def met_code(naam: str, code: str) -> str:
    """The name of an area with its code, once."""
    return naam if code in naam else f"{naam} ({code})"


def is_code(tekst: str) -> bool:
    """Whether an argument is a CBS code of a gemeente, wijk or buurt."""
    return CODE.fullmatch(tekst.strip()) is not None


def lees(
    codes: Sequence[str],
    kengetallen: Kengetallen,
    cijfers: str = "",
    jaar: int = 0,
    niveau: Soort | None = None,
    huishoudens: Sequence[str] = (),
    meld: Callable[[int, int], None] = lambda klaar, totaal: None,
) -> Gebieden:
    """Statistics and a first aanpak for every code; nothing is written.

    ``codes``: or patterns; none is every area of ``niveau`` in the file. ``huishoudens``: files of 71488ned and
    71487ned; ``meld``: hears how many areas are planned, of how many. An area for which nothing can be calculated (no
    households, secret or impossible numbers) is left out, with why. Raises InvoerFout with all that is wrong, also
    when no area is left.
    """
    gevraagd = ", ".join(dict.fromkeys(c.strip().upper() for c in codes))
    nederland, gebieden, gemeenten = kies_gebieden(gevraagd, cijfers, jaar, niveau, huishoudens)
    tellen = Counter(g.naam for g in gebieden)
    uniek = [g.naam if tellen[g.naam] == 1 else f"{g.naam} ({g.code})" for g in gebieden]
    plannen: list[Gebiedsplan] = []
    weggelaten: list[Weggelaten] = []
    zonder: list[str] = []
    for nummer, (naam, gebied) in enumerate(zip(uniek, gebieden, strict=True), start=1):
        meld(nummer, len(gebieden))
        try:
            analyse = uit_statistiek([gebied], nederland, kengetallen, trekkingen=1, gemeenten=gemeenten)
            vraag4: dict[str, Any] = vraag_4(analyse, kengetallen)
            aanpak = eerste_aanpak(naam, analyse.per_klasse(), kengetallen, **vraag4)
        except InvoerFout as fout:
            weggelaten.append(Weggelaten(gebied.code, gebied.naam, fout.meldingen))
            continue
        if not tekst_doelgroepen.gebruikt(analyse):
            zonder.append(met_code(naam, gebied.code))
        gezegd = (*tekst_doelgroepen.waarschuwingen(analyse), *tekst_doelgroepen.minimum(aanpak))
        waarschuwingen = tuple(m.in_bestand(met_code(naam, gebied.code)) for m in gezegd)
        herkomst = tekst_doelgroepen.herkomst(analyse, kengetallen)
        plannen.append(Gebiedsplan(gebied, aanpak, "", herkomst, waarschuwingen))
    if not plannen:
        raise InvoerFout(dict.fromkeys(m for w in weggelaten for m in w.meldingen))
    slugs = rapport_slugs(plan.aanpak.naam for plan in plannen)
    met_slug = tuple(replace(plan, slug=slug) for plan, slug in zip(plannen, slugs, strict=True))
    eigen = {plan.gebied.code for plan in plannen}
    nodig = {f"GM{code[2:6]}" for code in eigen} - eigen
    boven = tuple(gemeenten[code] for code in sorted(nodig & gemeenten.keys()))
    meldingen = (*landelijk.meldingen(nederland), *tekst_doelgroepen.zonder_oordeel(zonder, len(plannen)))
    return Gebieden(nederland, met_slug, tuple(weggelaten), boven, meldingen)


def schrijf(gebieden: Gebieden, naar: Path) -> None:
    """Write what the reports read in ``<naar>/invoer``: the statistics and a TOML per aanpak."""
    schrijf_in(naar, f"{INVOERMAP}/{CIJFERS}", gebieden.cijfers)
    for plan in gebieden.plannen:
        schrijf_in(naar, f"{INVOERMAP}/{plan.slug}.toml", schrijf_toml(plan.aanpak, plan.herkomst))


def gebied_taken(
    gebieden: Gebieden,
    notebooks: Sequence[Path],
    naar: Path,
    kengetallen: Kengetallen,
    kengetallenbestand: Path | None = None,
    tekst: Tekstbestand | None = None,
) -> list[Taak]:
    """One task per area and notebook, for what :func:`schrijf` puts in ``naar``; here nothing is read or written.

    A notebook with the parameter ``gebieden`` gets the code and the statistics, one with ``aanpak`` the TOML
    of the first aanpak; one with ``aanpakken`` makes a single page of all of them. Raises InvoerFout for a notebook
    that asks for none of these.
    """
    invoer = naar.resolve() / INVOERMAP
    som = hash_tekst(gebieden.cijfers)
    taken: list[Taak] = []
    for notebook in notebooks:
        namen = parameters(notebook)
        if "gebieden" in namen:
            grond = Grond.van(notebook, kengetallen, kengetallenbestand)
            taken += [_taak(plan, grond, namen, invoer / CIJFERS, som) for plan in gebieden.plannen]
        elif not {"aanpak", "aanpakken"} & namen.keys():
            oorzaak = "dit notebook heeft geen parameter gebieden of aanpak."
            raise InvoerFout([Melding("notebooks", notebook.stem, oorzaak, "Kies bijvoorbeeld 10, 20 of 30.")])
        else:
            bronnen = [_bron(plan, invoer, kengetallen, "toelichting" in namen) for plan in gebieden.plannen]
            taken += aanpak_taken(bronnen, kengetallen, [notebook], kengetallenbestand, tekst)
    return taken


def _bron(plan: Gebiedsplan, invoer: Path, kengetallen: Kengetallen, toelichting: bool) -> Bronaanpak:
    """The first aanpak of an area as it is written, with its warnings and, if asked, where it comes from."""
    bron = Bronaanpak(plan.aanpak, invoer / f"{plan.slug}.toml", "", plan.slug, plan.waarschuwingen)
    return replace(met_opmerkingen(bron, kengetallen), toelichting=plan.herkomst if toelichting else "")


def _taak(plan: Gebiedsplan, grond: Grond, namen: Collection[str], cijfers: Path, som: str) -> Taak:
    gebied, naam = plan.gebied, plan.aanpak.naam
    return grond.taak(
        f"{plan.slug}-{achtervoegsel(grond.notebook)}",
        f"{naam}: {onderwerp(grond.notebook)}",
        "notebook",
        {
            "gebieden": gebied.code,
            "cijfers": cijfers,
            "jaar": gebied.jaar,
            "naam": naam,
            "gebied": naam,
            "registratie": "",
            "rekening": "",
        },
        (("Gebied", f"{gebied.code}, {gebied.jaar}"), ("Statistiek", gebied.bron)),
        {"invoer": som},
        {"waarschuwingen": tuple(waarschuwing(m) for m in plan.waarschuwingen)},
        {"gebieden": kern.gebiedenhash([gebied]), "huishoudens": gebied.huishoudens},
        gevraagd=namen,
    )

"""``rapport`` and ``notebook``: make reports and say how it went."""

import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import click

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.cbs.codes import lees_code
from mkba.kern.bestanden import eenmalig
from mkba.kern.getallen import getal
from mkba.kern.kengetallen import Kengetallen
from mkba.kern.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.paden import zoek_aanpak
from mkba.opdracht.keuze import Keuze, kies, reeksopties, toon_droog, toon_json
from mkba.opdracht.melden import lees_alles, op_regel, toon_let_op, toon_waarschuwingen
from mkba.opdracht.nederlands import Geheel, NlOpdracht
from mkba.opdracht.rekenen import optie_kengetallen, optie_regelset
from mkba.reeks.map import batch
from mkba.reeks.map.grendel import grendel
from mkba.reeks.map.overzicht import lees_manifesten, schrijf_overzicht
from mkba.reeks.map.pakket import schrijf_pakket
from mkba.reeks.plan import gebieden as gebiedstaken
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan.cohort import cohort_taak
from mkba.reeks.plan.notebooks import parameternamen, secties
from mkba.reeks.plan.taak import Resultaat, Taak

BALK = "{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} rapporten, {elapsed}, nog {remaining} ({rate_fmt}){postfix}"
"""The progress bar of tqdm, in Dutch."""
MAX_OMVANG = 2_000_000
"""Bytes above which a report is awkward to mail."""
MAX_WAARSCHUWINGEN = 12
"""Warnings that still fit on a screen; more are only counted here, and listed on the overview page."""


@click.command(cls=NlOpdracht)
@click.argument("invoer", nargs=-1, required=True, metavar="INVOER…")
@reeksopties
@click.option(
    "--notebooks",
    "--notebook",
    "notebooks",
    default="",
    metavar="NAMEN",
    help="Notebooks met komma's ertussen, naam of nummer (standaard 30; bij CBS-codes 10,20,30; 40 is gevoeligheid, "
    "45 zet alle aanpakken op een pagina naast elkaar).",
)
@click.option("--cijfers", default="", metavar="BESTAND", help="Kerncijfers bij CBS-codes; zonder: CBS StatLine.")
@click.option("--jaar", type=Geheel(), default=None, help="Jaar van de kerncijfers bij CBS-codes.")
@optie_kengetallen
@optie_regelset
@eenmalig()
def rapport(
    invoer: tuple[str, ...],
    notebooks: str,
    cijfers: str,
    jaar: int | None,
    kengetallenbestand: str,
    regelset: str,
    **opties: Any,
) -> int:
    """Maak een rapport per aanpak, met een overzichtspagina.

    INVOER: TOML-bestanden, werkboeken, mappen, of csv- en xlsx-tabellen met een aanpak per rij; of CBS-codes van
    gemeenten, wijken of buurten, voor een doelgroepenanalyse, zorgprofielen en een eerste MKBA 1.0 per gebied. Alles
    wordt eerst gelezen en gecontroleerd. Rapporten die al klaar zijn en niet veranderen, worden overgeslagen.
    """
    keuze = Keuze.uit(**opties)
    kengetallen = lees_kengetallen(regelset, kengetallenbestand)
    bestand = Path(kengetallenbestand) if kengetallenbestand else None
    codes = [i for i in invoer if gebiedstaken.is_code(i)]
    if codes:
        return _gebieden(invoer, codes, notebooks, cijfers, jaar, kengetallen, bestand, keuze)
    for optie, waarde in (("--cijfers", cijfers), ("--jaar", jaar)):
        if waarde:
            raise InvoerFout(_geen_codes(invoer, optie))
    gekozen = _notebooks(notebooks or taken.STANDAARD_NOTEBOOK)
    gezamenlijk = [n for n in gekozen if "aanpakken" in parameternamen(n)]
    per_aanpak = [n for n in gekozen if n not in gezamenlijk]
    if not all("aanpak" in parameternamen(n) for n in per_aanpak):
        oorzaak = "bij aanpakken hoort een notebook met een parameter aanpak."
        remedie = "Geef CBS-codes als invoer, of kies 30, 40 of 45."
        raise InvoerFout([Melding("--notebooks", notebooks, oorzaak, remedie)])
    bronnen = lees_alles(invoer, kengetallen)
    opdrachten = [cohort_taak(bronnen, kengetallen, n, bestand) for n in gezamenlijk]
    opdrachten += [t for n in per_aanpak for t in taken.rapport_taken(bronnen, kengetallen, n, bestand)]
    if not keuze.opnieuw:
        batch.controleer_eigenaar(kies(opdrachten, keuze), keuze.naar)
    aantal = toon_waarschuwingen(bronnen, MAX_WAARSCHUWINGEN)
    if aantal > MAX_WAARSCHUWINGEN:
        click.echo(f"{aantal} waarschuwingen bij de invoer: zie de overzichtspagina of `mkba controleer`.", err=True)
    return maak(opdrachten, keuze)


@click.command(cls=NlOpdracht)
@click.argument("namen", nargs=-1, required=True, metavar="NAAM…")
@reeksopties
@eenmalig()
def notebook(namen: tuple[str, ...], **opties: Any) -> int:
    """Voer meegeleverde notebooks uit met hun standaardwaarden en maak er een pagina van.

    NAAM: naam of nummer, zoals 35_voorbeelden of 35.
    """
    notebooks = list(dict.fromkeys(taken.zoek_notebook(naam) for naam in namen))
    return maak(taken.notebook_taken(notebooks), Keuze.uit(**opties))


def _notebooks(namen: str) -> list[Path]:
    return list(dict.fromkeys(taken.zoek_notebook(n.strip()) for n in namen.split(",") if n.strip()))


def _geen_codes(invoer: Sequence[str], optie: str = "") -> list[Melding]:
    """What a code looks like, for every argument that is none. ``optie``: what asks for codes."""
    meldingen = []
    vooraf, achteraf = "", ""
    if optie:
        vooraf, achteraf = f"{optie} hoort bij CBS-codes: ", f" Gaat het om een aanpak, laat {optie} dan weg."
    for tekst in invoer:
        try:
            lees_code(tekst)
        except FouteWaarde as fout:
            meldingen.append(Melding("INVOER", tekst, vooraf + fout.oorzaak, fout.remedie + achteraf))
        else:
            oorzaak = f"{vooraf}Nederland krijgt zelf geen rapport, ermee wordt vergeleken."
            meldingen.append(Melding("INVOER", tekst, oorzaak, "Geef codes van gemeenten, wijken of buurten."))
    return meldingen


def _bestaat_niet(invoer: str) -> bool:
    return not zoek_aanpak(invoer).exists()


def _gebieden(
    invoer: Sequence[str],
    codes: Sequence[str],
    notebooks: str,
    cijfers: str,
    jaar: int | None,
    kengetallen: Kengetallen,
    bestand: Path | None,
    keuze: Keuze,
) -> int:
    anders = [i for i in invoer if i not in codes]
    if anders and all(map(_bestaat_niet, anders)):
        raise InvoerFout(_geen_codes(anders))
    if anders:
        oorzaak = "CBS-codes en bestanden gaan niet samen in een opdracht."
        raise InvoerFout([Melding("invoer", ", ".join(anders), oorzaak, "Maak er twee opdrachten van.")])
    gekozen = _notebooks(notebooks or "10,20,30")
    gebieden = gebiedstaken.lees(codes, kengetallen, cijfers, jaar or 0)
    aantal = toon_let_op([m for per_gebied in gebieden.waarschuwingen for m in per_gebied], MAX_WAARSCHUWINGEN)
    if aantal > MAX_WAARSCHUWINGEN:
        click.echo(f"{aantal} waarschuwingen bij de cijfers: zie de overzichtspagina en elk rapport.", err=True)
    weggelaten = [str(w) for w in gebieden.weggelaten]
    erbij = {"weggelaten": [{"code": w.code, "naam": w.naam, "reden": w.reden} for w in gebieden.weggelaten]}

    def opdrachten(naar: Path) -> list[Taak]:
        gebiedstaken.schrijf(gebieden, naar)
        return gebiedstaken.gebied_taken(gebieden, gekozen, naar, kengetallen, bestand)

    with TemporaryDirectory(prefix="mkba-") as elders:  # what is wrong is said before the input stands in the folder
        proef = opdrachten(Path(elders))
        taken.controleer_slugs(proef)
        kies(proef, keuze)
        if keuze.droog:
            return _met_weggelaten(maak(proef, keuze, erbij), weggelaten)
    batch.maak_map(keuze.naar)
    with grendel(keuze.naar):
        return _met_weggelaten(maak(opdrachten(keuze.naar), keuze, erbij, weggelaten), weggelaten)


def _met_weggelaten(code: int, weggelaten: Sequence[str]) -> int:
    """Say last which areas were left out, where nobody overlooks it; the exit code tells it too."""
    if not weggelaten:
        return code
    aantal = f"{len(weggelaten)} {'gebied' if len(weggelaten) == 1 else 'gebieden'}"
    click.echo(f"\nWeggelaten, {aantal} zonder rapport:", err=True)
    for tekst in weggelaten:
        click.echo(f"  {op_regel(tekst)}", err=True)
    return code or 1


def maak(
    alle: Sequence[Taak],
    keuze: Keuze,
    erbij: Mapping[str, Any] | None = None,
    weggelaten: Sequence[str] = (),
) -> int:
    """Make the reports that ``keuze`` leaves, say how it went, and return the exit code.

    ``erbij``: more for the summary as JSON; ``weggelaten``: what the overview names as left out.
    """
    begin = time.perf_counter()
    taken.controleer_slugs(alle)
    opdrachten = [replace(taak, formaten=keuze.formaten) for taak in kies(alle, keuze)]
    if keuze.droog:
        return toon_droog(opdrachten, keuze, erbij)
    batch.controleer_parameters(opdrachten)
    batch.maak_map(keuze.naar)
    in_opdracht = {taak.slug for taak in alle}
    # the overview is part of it: another batch must not start in between
    with grendel(keuze.naar), Voortgang(len(opdrachten)) as voortgang:
        try:
            resultaten = batch.draai(
                opdrachten, keuze.naar, keuze.werkers, keuze.opnieuw, voortgang.meld, keuze.uitvoering,
                meld_cel=voortgang.meld_cel,
            )  # fmt: skip
        except KeyboardInterrupt:
            voortgang.sluit()
            _overzicht(keuze.naar, in_opdracht, weggelaten)
            if keuze.als_json:
                toon_json(opdrachten, voortgang.klaar, keuze, time.perf_counter() - begin, afgebroken=True, erbij=erbij)
            rest = len(opdrachten) - len(voortgang.klaar)
            click.echo(
                f"Afgebroken; {rest} van {len(opdrachten)} niet gemaakt. Wat al klaar was, is bewaard; "
                "dezelfde opdracht maakt de rest.",
                err=True,
            )
            return 130
        pagina = _overzicht(keuze.naar, in_opdracht, weggelaten)
        if keuze.zip:
            schrijf_pakket(keuze.naar, lees_manifesten(keuze.naar), keuze.zip)
    return _besluit(resultaten, pagina, time.perf_counter() - begin, keuze, erbij)


def _overzicht(naar: Path, in_opdracht: set[str], weggelaten: Sequence[str]) -> Path | None:
    """Write the overview; without one (a full disk) the reports and what is said of them stay."""
    try:
        return schrijf_overzicht(naar, in_opdracht, weggelaten)
    except OSError as fout:
        click.echo(f"De overzichtspagina in {naar} is niet geschreven: {fout.strerror or fout}.", err=True)
        return None


def _besluit(
    resultaten: Sequence[Resultaat],
    pagina: Path | None,
    seconden: float,
    keuze: Keuze,
    erbij: Mapping[str, Any] | None = None,
) -> int:
    """Print the summary and return the exit code."""
    aantal = {s: sum(r.status == s for r in resultaten) for s in ("gelukt", "overgeslagen", "mislukt")}
    for r in resultaten:
        if r.omvang > MAX_OMVANG:
            click.echo(f"Let op: {r.taak.slug}.html is groot ({getal(r.omvang / 1e6, 1)} MB).", err=True)
        for regel in r.opmerkingen:
            click.echo(f"Let op, {op_regel(_naam(r.taak))}: {op_regel(regel)}", err=True)
    if keuze.als_json:
        toon_json([r.taak for r in resultaten], resultaten, keuze, seconden, erbij=erbij)
    click.echo(
        f"{aantal['gelukt']} gemaakt, {aantal['overgeslagen']} ongewijzigd overgeslagen, "
        f"{aantal['mislukt']} mislukt, in {getal(seconden, 1)} s.",
        err=keuze.als_json,
    )
    if pagina is not None:
        click.echo(f"Overzicht: {pagina}", err=keuze.als_json)
    if keuze.zip:
        click.echo(f"Zipbestand: {keuze.zip}", err=keuze.als_json)
    if aantal["mislukt"]:
        click.echo("\nMislukt:", err=True)
        for r in resultaten:
            if r.status == "mislukt":
                waar = f" Zie {r.foutbestand}." if r.foutbestand else ""
                click.echo(f"  {_naam(r.taak)}: {r.fout}{waar}", err=True)
    return 1 if aantal["mislukt"] or pagina is None else 0


def _naam(taak: Taak) -> str:
    return taak.naam or taak.slug


class Voortgang:
    """A progress bar on a terminal, a line per report elsewhere. ``klaar``: what was reported so far."""

    def __init__(self, totaal: int) -> None:
        self.totaal = totaal
        self.klaar: list[Resultaat] = []
        self._duren: dict[Path, list[float]] = {}
        self._begonnen: dict[str, float] = {}
        self._secties: dict[Path, list[str]] = {}
        self.balk = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self.balk = tqdm(
                total=totaal, unit="rapport", file=sys.stderr, dynamic_ncols=True, smoothing=0, bar_format=BALK
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.sluit()

    def sluit(self) -> None:
        """Leave the bar as it stands; what is said next comes below it."""
        if self.balk is not None:
            self.balk.close()

    def meld_cel(self, taak: Taak, cel: int) -> None:
        """A report begins with a cell: on a terminal, say which section that is and how long it may still take.

        As long as reports of the same notebook took so far; of the first, in proportion to its cells.
        """
        nu = time.monotonic()
        begin = self._begonnen.setdefault(taak.slug, nu)
        if self.balk is None:
            return
        koppen = self._secties.setdefault(taak.notebook, secties(taak.notebook))
        if not cel or cel >= len(koppen):
            return
        eerder = self._duren.get(taak.notebook)
        geheel = sum(eerder) / len(eerder) if eerder else (nu - begin) * len(koppen) / cel
        rest = max(0.0, begin + geheel - nu)
        with suppress(OSError):
            self.balk.set_postfix_str(f"{_naam(taak)}: {koppen[cel] or 'begin'}, nog {getal(rest)} s")

    def meld(self, resultaat: Resultaat) -> None:
        """One more is done."""
        self.klaar.append(resultaat)
        if resultaat.status == "gelukt" and resultaat.taak.slug in self._begonnen:
            duur = time.monotonic() - self._begonnen[resultaat.taak.slug]
            self._duren.setdefault(resultaat.taak.notebook, []).append(duur)
        with suppress(OSError):  # the terminal is gone: that costs no report
            self._toon(resultaat)

    def _toon(self, resultaat: Resultaat) -> None:
        naam = _naam(resultaat.taak)
        if self.balk is not None:
            if resultaat.status == "mislukt":
                self.balk.write(f"mislukt: {naam}", file=sys.stderr)
            if resultaat.status == "overgeslagen":
                self.balk.initial += 1  # what was there already says nothing of the time that the rest takes
            self.balk.update()
            return
        duur = f" ({getal(resultaat.seconden, 1)} s)" if resultaat.seconden else ""
        woord = {"gelukt": "klaar", "overgeslagen": "ongewijzigd", "mislukt": "mislukt"}[resultaat.status]
        click.echo(f"[{len(self.klaar)}/{self.totaal}] {naam}: {woord}{duur}", err=True)

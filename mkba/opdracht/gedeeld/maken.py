"""Make a series of reports and say how it went: what ``rapport``, ``notebook`` and ``reproduceer`` share."""

import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import click

from mkba.kern.tekst.notatie import getal
from mkba.opdracht.gedeeld.keuze import Keuze, kies, toon_droog, toon_json
from mkba.opdracht.gedeeld.melden import op_regel
from mkba.reeks.map import batch
from mkba.reeks.map.grendel import grendel
from mkba.reeks.map.overzicht import lees_manifesten, schrijf_overzicht
from mkba.reeks.map.pakket import schrijf_pakket, schrijf_post
from mkba.reeks.plan import delen
from mkba.reeks.plan import rapporten as taken
from mkba.reeks.plan.notebooks import secties
from mkba.reeks.plan.taak import Resultaat, Taak, overhandigd

BALK = "{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} rapporten, {elapsed}, nog {remaining} ({rate_fmt}){postfix}"
"""The progress bar of tqdm, in Dutch."""
MAX_OMVANG = 2_000_000
"""Bytes above which a report is awkward to mail."""


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
    gekozen = delen.zonder(kies(alle, keuze), keuze.zonder)
    opdrachten = [overhandigd(replace(taak, formaten=keuze.formaten), keuze.huisstijl) for taak in gekozen]
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
            _overzicht(keuze, in_opdracht, weggelaten)
            if keuze.als_json:
                toon_json(opdrachten, voortgang.klaar, keuze, time.perf_counter() - begin, afgebroken=True, erbij=erbij)
            rest = len(opdrachten) - len(voortgang.klaar)
            click.echo(
                f"Afgebroken; {rest} van {len(opdrachten)} niet gemaakt. Wat al klaar was, is bewaard; "
                "dezelfde opdracht maakt de rest.",
                err=True,
            )
            return 130
        pagina = _overzicht(keuze, in_opdracht, weggelaten)
        if keuze.zip:
            schrijf_pakket(keuze.naar, lees_manifesten(keuze.naar), keuze.zip)
        if keuze.post:
            schrijf_post(keuze.naar, lees_manifesten(keuze.naar), keuze.post, in_opdracht, keuze.huisstijl)
    return _besluit(resultaten, pagina, time.perf_counter() - begin, keuze, erbij)


def _overzicht(keuze: Keuze, in_opdracht: set[str], weggelaten: Sequence[str]) -> Path | None:
    """Write the overview; without one (a full disk) the reports and what is said of them stay."""
    try:
        return schrijf_overzicht(keuze.naar, in_opdracht, weggelaten, keuze.huisstijl)
    except OSError as fout:
        click.echo(f"De overzichtspagina in {keuze.naar} is niet geschreven: {fout.strerror or fout}.", err=True)
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
    if keuze.post:
        click.echo(f"Om te mailen: {keuze.post}", err=keuze.als_json)
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
            # the name last: the terminal cuts off what does not fit
            self.balk.set_postfix_str(f"{koppen[cel] or 'begin'}, nog {getal(rest)} s: {_naam(taak)}")

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

"""What tables beside the kerncijfers have of areas, and filling in what the kerncijfers lack: never the reverse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from mkba.invoer.cbs.statline import Rij, tekst_van
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.gebied import LAND, Gebied

OPTIE: Final = "--aanvulling"


@dataclass(frozen=True, slots=True)
class Bijgegeven:
    """Fields of Gebied per gemeente code (or name, in small letters), with the table and year they are from."""

    waarden: Mapping[str, Mapping[str, float]]
    bron: str


def vul_aan(
    gebieden: Sequence[Gebied], bij: Sequence[Bijgegeven], gemeenten: Mapping[str, Gebied]
) -> tuple[Gebied, ...]:
    """Areas with what these tables have of them; a wijk or buurt takes the one-parent share of its gemeente."""
    uit = []
    for gebied in gebieden:
        nieuw = gebied
        for tabel in bij:
            waarden = dict(tabel.waarden.get(gebied.code, tabel.waarden.get(gebied.naam.casefold(), {})))
            if gebied.soort in ("wijk", "buurt"):
                gemeente = gemeenten.get(f"GM{gebied.code[2:6]}")
                van = tabel.waarden.get(f"GM{gebied.code[2:6]}") or (
                    tabel.waarden.get(gemeente.naam.casefold()) if gemeente is not None else None
                )
                # by name a wijk could be another of that name: only its code counts
                waarden = {v: w for v, w in (van or {}).items() if v == "eenouder"}
                waarden |= tabel.waarden.get(gebied.code, {})
            open_ = {v: w for v, w in waarden.items() if v != "ouderen" and getattr(nieuw, v) is None}
            if open_:
                herkomst = "; ".join(filter(None, [nieuw.aanvulling, f"{', '.join(open_)}: {tabel.bron}"]))
                velden: dict[str, Any] = {**open_, "aanvulling": herkomst}
                nieuw = replace(nieuw, **velden)
        uit.append(nieuw)
    return tuple(uit)


def eenmaal(bij: Sequence[Bijgegeven], bestanden: Sequence[str]) -> None:
    """Raises InvoerFout when two tables have another number for the same: the kit does not choose.

    ``bestanden``: where each is from.
    """
    eerste: dict[tuple[str, str], tuple[float, str]] = {}
    for tabel, bestand in zip(bij, bestanden, strict=True):
        for code, velden in tabel.waarden.items():
            for veld, waarde in velden.items():
                eerder, bron = eerste.setdefault((code, veld), (waarde, bestand))
                if eerder != waarde:
                    oorzaak = f"{veld} staat hier met een ander getal dan in {bron}."
                    raise InvoerFout([Melding(OPTIE, code, oorzaak, "Geef een van beide bestanden.", bestand)])


def niet_van_hier(bij: Sequence[Bijgegeven], gebieden: Sequence[Gebied], gemeenten: Sequence[str]) -> list[str]:
    """Which tables have nothing of these areas or their gemeenten (codes), and not the country alone."""
    hier = {*gemeenten, *(g.code for g in gebieden), *(g.naam.casefold() for g in gebieden if g.soort == "gemeente")}
    uit = []
    for tabel in bij:
        heeft = {code for code, velden in tabel.waarden.items() if velden}
        if not tabel.waarden:
            uit.append(
                f"{tabel.bron}: er volgt geen enkel getal uit (een leeftijdsklasse ontbreekt, of alles is geheim)"
            )
        elif heeft and heeft != {LAND} and hier.isdisjoint(heeft):
            uit.append(f"{tabel.bron}: geen van de gekozen gebieden of hun gemeenten staat erin")
    return uit


def ontbrekende_gemeenten(codes: Sequence[str], bij: Sequence[Bijgegeven], jaar: int) -> dict[str, Gebied]:
    """A row for each of these gemeenten that the tables have and the kerncijfers do not: with these numbers only."""
    uit = {}
    for code in codes:
        waarden: dict[str, Any] = {v: w for tabel in bij for v, w in tabel.waarden.get(code, {}).items()}
        if waarden:
            uit[code] = Gebied(code, code, "gemeente", jaar, "; ".join(t.bron for t in bij), **waarden)
    return uit


def van_jaar(rijen: Sequence[Rij], jaar: int, waar: str, optie: str = OPTIE) -> tuple[list[Rij], str]:
    """The rows of a year, else those of the only year there is."""
    jaren = sorted({tekst_van(r, "perioden")[:4] for r in rijen if tekst_van(r, "perioden")[:4].isdigit()})
    welk = str(jaar) if str(jaar) in jaren else jaren[0] if len(jaren) == 1 else ""
    if not welk:
        oorzaak = f"deze tabel heeft gegevens van {' en '.join(jaren) or 'geen enkel jaar'}, en gevraagd is {jaar}."
        raise InvoerFout([Melding(optie, waar, oorzaak, "Download haar voor een jaar.", waar)])
    return [r for r in rijen if tekst_van(r, "perioden").startswith(welk)], welk

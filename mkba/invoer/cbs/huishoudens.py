"""What the kerncijfers lack of households: 71488ned (persons by age and position) and 71487ned (one-parent households).

Both are per gemeente and for the country. The first tells how many households persons of 65 and older make and how many
of them live in an institution, the second the share of one-parent households; a wijk takes those of its gemeente.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mkba.invoer.cbs.dienst import haal_statline
from mkba.invoer.cbs.statline import Rij, getal, lees_rijen, tekst_van
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.gebied import LAND, Gebied

STATLINE: Final = "statline"
"""Instead of a file: fetch both tables from CBS."""
PERSONEN: Final = "71488ned"
EENOUDER: Final = "71487ned"
_PERSONEN: Final = (
    *("geslacht", "leeftijd", "regios", "perioden"),
    *("alleenstaand", "totaalsamenwonendepersonen", "ouderineenouderhuishouden", "personenininstitutionelehuishoudens"),
)
_TOTAAL: Final = "totaalpersoneninhuishoudens"
_EENOUDER: Final = ("regios", "perioden", "totaalhuishoudensmetkinderen", "totaaleenouderhuishoudensmetkinderen")
_KLASSEN: Final = tuple(range(65, 100, 5))
"""Lower ages of the classes of five years from 65 on; the last one is open."""
_SEKSEN: Final = {"3000": "m", "4000": "v", "mannen": "m", "vrouwen": "v"}
_LABEL: Final = re.compile(r"(\d+) tot (\d+) jaar|(95) jaar of ouder")


@dataclass(frozen=True, slots=True)
class Bijgegeven:
    """Fields of Gebied per gemeente code (or name, in small letters), with the table and year they are from."""

    waarden: Mapping[str, Mapping[str, float]]
    bron: str


def lees(bron: str, codes: Sequence[str], jaar: int) -> list[Bijgegeven]:
    """The tables of a file, or of CBS for these gemeenten when ``bron`` is "statline". Raises InvoerFout."""
    if bron.casefold() == STATLINE:
        filters = [f"startswith(RegioS,'{c}')" for c in ("NL01", *codes)]
        return [
            maak(haal_statline(PERSONEN, " or ".join(filters)), PERSONEN, jaar, "CBS StatLine"),
            maak(haal_statline(EENOUDER, " or ".join(filters)), EENOUDER, jaar, "CBS StatLine"),
        ]
    pad = Path(bron)
    try:
        return [maak(lees_rijen(pad, _PERSONEN), PERSONEN, jaar, str(pad))]
    except InvoerFout as fout:
        if "ontbreken de kolommen" not in str(fout) and "geen koprij" not in str(fout):
            raise
    try:
        return [maak(lees_rijen(pad, _EENOUDER), EENOUDER, jaar, str(pad))]
    except InvoerFout as fout:
        if "ontbreken de kolommen" not in str(fout) and "geen koprij" not in str(fout):
            raise
    oorzaak = f"dit is niet {PERSONEN} (geslacht, leeftijd, positie in het huishouden) en niet {EENOUDER} (kindertal)."
    remedie = "Download een van beide van opendata.cbs.nl/statline, met alle leeftijden van vijf jaar of alle kinderen."
    raise InvoerFout([Melding("--huishoudens", pad.name, oorzaak, remedie, str(pad))])


def maak(rijen: Sequence[Rij], tabel: str, jaar: int, waar: str) -> Bijgegeven:
    """The fields of every region in a table. Raises InvoerFout when it is of several other years."""
    rijen, welk = _van_jaar(rijen, jaar, waar)
    per_regio: dict[str, list[Rij]] = {}
    for rij in rijen:
        per_regio.setdefault(_regio(tekst_van(rij, "regios")), []).append(rij)
    reken = _ouderen if tabel == PERSONEN else _eenouder
    return Bijgegeven({regio: w for regio, r in per_regio.items() if (w := reken(r))}, f"CBS StatLine {tabel} ({welk})")


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
                waarden = {v: w for v, w in (van or {}).items() if v == "eenouder"}
            open_ = {v: w for v, w in waarden.items() if v != "ouderen" and getattr(nieuw, v) is None}
            if open_:
                herkomst = "; ".join(filter(None, [nieuw.aanvulling, f"{', '.join(open_)}: {tabel.bron}"]))
                velden: dict[str, Any] = {**open_, "aanvulling": herkomst}
                nieuw = replace(nieuw, **velden)
        uit.append(nieuw)
    return tuple(uit)


def ontbrekende_gemeenten(codes: Sequence[str], bij: Sequence[Bijgegeven], jaar: int) -> dict[str, Gebied]:
    """A row for each of these gemeenten that the tables have and the kerncijfers do not: with these numbers only."""
    uit = {}
    for code in codes:
        waarden: dict[str, Any] = {v: w for tabel in bij for v, w in tabel.waarden.get(code, {}).items()}
        if waarden:
            uit[code] = Gebied(code, code, "gemeente", jaar, "; ".join(t.bron for t in bij), **waarden)
    return uit


def _ouderen(rijen: Sequence[Rij]) -> dict[str, float]:
    """Sums over the classes of five years from 65 on; nothing when one is missing."""
    per_klasse: dict[int, list[Rij]] = {}
    for rij in rijen:
        if (begin := _vanaf(tekst_van(rij, "leeftijd"))) in _KLASSEN:
            per_klasse.setdefault(begin, []).append(rij)
    if set(per_klasse) != set(_KLASSEN):
        return {}
    som = dict.fromkeys((*_PERSONEN[4:], _TOTAAL), 0.0)
    for per_sekse in per_klasse.values():
        totaal = [r for r in per_sekse if tekst_van(r, "geslacht").casefold() not in _SEKSEN]
        for naam in som:
            delen = [getal(r, naam) for r in (totaal[:1] or per_sekse)]
            if naam != _TOTAAL and None in delen:
                return {}
            som[naam] += sum(d for d in delen if d is not None)
    alleen, samen, ouder, instelling = (som[n] for n in _PERSONEN[4:])
    velden = {
        "ouderen_zonder_partner": alleen + ouder,
        "ouderen_met_partner": samen,
        "intramurale_ouderen": instelling,
    }
    return velden | ({"ouderen": som[_TOTAAL]} if som[_TOTAAL] else {})


def _eenouder(rijen: Sequence[Rij]) -> dict[str, float]:
    """The share in the row of all children: that with most households."""
    paren = [(getal(r, _EENOUDER[2]), getal(r, _EENOUDER[3])) for r in rijen]
    bekend = [(geheel, deel) for geheel, deel in paren if geheel and deel is not None]
    if not bekend:
        return {}
    geheel, deel = max(bekend)
    return {"eenouder": deel / geheel}


def _van_jaar(rijen: Sequence[Rij], jaar: int, waar: str) -> tuple[list[Rij], str]:
    """The rows of a year, else those of the only year there is."""
    jaren = sorted({tekst_van(r, "perioden")[:4] for r in rijen if tekst_van(r, "perioden")[:4].isdigit()})
    welk = str(jaar) if str(jaar) in jaren else jaren[0] if len(jaren) == 1 else ""
    if not welk:
        oorzaak = f"deze tabel heeft gegevens van {' en '.join(jaren) or 'geen enkel jaar'}, en gevraagd is {jaar}."
        raise InvoerFout([Melding("--huishoudens", waar, oorzaak, "Download haar voor een jaar.", waar)])
    return [r for r in rijen if tekst_van(r, "perioden").startswith(welk)], welk


def _regio(tekst: str) -> str:
    """A code of a gemeente or the country, else the name in small letters."""
    kaal = tekst.upper()
    if kaal.startswith("NL0") or kaal == "NEDERLAND":
        return LAND
    return kaal if re.fullmatch(r"GM\d{4}", kaal) else re.sub(r" \(gemeente\)$", "", tekst.casefold())


def _vanaf(leeftijd: str) -> int:
    """The lower age of a class of five years, from its key (71400 is 65) or its label; -1 for any other class."""
    if leeftijd == "22000":
        return _KLASSEN[-1]
    if re.fullmatch(r"7(?:0[1-9]|1\d)00", leeftijd):
        return (int(leeftijd) // 100 - 701) * 5
    treffer = _LABEL.fullmatch(leeftijd)
    if treffer is None:
        return -1
    if treffer[3]:
        return _KLASSEN[-1]
    return int(treffer[1]) if int(treffer[2]) - int(treffer[1]) == 5 else -1

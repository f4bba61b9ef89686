"""What the kerncijfers lack of households: 71488ned (persons by age and position) and 71487ned (one-parent households).

Both are per gemeente and for the country. The first tells how many households persons of 65 and older make and how many
of them live in an institution, the second the share of one-parent households; a wijk takes those of its gemeente.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from mkba.invoer.cbs.aanvulling import OPTIE, Bijgegeven, van_jaar
from mkba.invoer.cbs.statline import Rij, getal, tekst_van
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.zaak.gebied import LAND

PERSONEN: Final = "71488ned"
EENOUDER: Final = "71487ned"
VELDEN_PERSONEN: Final = (
    *("geslacht", "leeftijd", "regios", "perioden"),
    *("alleenstaand", "totaalsamenwonendepersonen", "ouderineenouderhuishouden", "personenininstitutionelehuishoudens"),
)
_TOTAAL: Final = "totaalpersoneninhuishoudens"
VELDEN_EENOUDER: Final = ("regios", "perioden", "totaalhuishoudensmetkinderen", "totaaleenouderhuishoudensmetkinderen")
_KLASSEN: Final = tuple(range(65, 100, 5))
"""Lower ages of the classes of five years from 65 on; the last one is open."""
_SEKSEN: Final = {"3000": "m", "4000": "v", "mannen": "m", "vrouwen": "v"}
_LEEFTIJD_KIND: Final = "leeftijdkind"
_SLEUTEL_HEEL: Final = "1017000"
_HEEL: Final = re.compile(rf"{_SLEUTEL_HEEL}|T\d{{6}}|totaal( .*)?|alle (leeftijden|kinderen)", re.IGNORECASE)
"""Children of every age in 71487ned: the key as public code has it, or a label."""
_LABEL: Final = re.compile(r"(\d+) tot (\d+) jaar|(95) jaar of ouder")


def personen(rijen: Sequence[Rij], jaar: int, waar: str, tabel: str) -> Bijgegeven:
    """Of every region its ouderen by position. Raises InvoerFout, also when the table is of several other years."""
    return _per_regio(rijen, jaar, waar, tabel, _ouderen)


def eenouder(rijen: Sequence[Rij], jaar: int, waar: str, tabel: str) -> Bijgegeven:
    """Of every region its share of one-parent households. Raises InvoerFout, as :func:`personen`."""
    return _per_regio(rijen, jaar, waar, tabel, _eenouder)


def _per_regio(
    rijen: Sequence[Rij], jaar: int, waar: str, tabel: str, reken: Callable[[Sequence[Rij], str], dict[str, float]]
) -> Bijgegeven:
    rijen, welk = van_jaar(rijen, jaar, waar)
    per_regio: dict[str, list[Rij]] = {}
    for rij in rijen:
        per_regio.setdefault(_regio(tekst_van(rij, "regios")), []).append(rij)
    return Bijgegeven(
        {regio: w for regio, r in per_regio.items() if (w := reken(r, f"{waar}, {regio}"))},
        f"CBS StatLine {tabel} ({welk})",
    )


def _ouderen(rijen: Sequence[Rij], waar: str) -> dict[str, float]:
    """Sums over the classes of five years from 65 on; nothing when one is missing. Raises InvoerFout."""
    per_klasse: dict[int, list[Rij]] = {}
    for rij in rijen:
        if (begin := _vanaf(tekst_van(rij, "leeftijd"))) in _KLASSEN:
            per_klasse.setdefault(begin, []).append(rij)
    if set(per_klasse) != set(_KLASSEN):
        return {}
    som = dict.fromkeys((*VELDEN_PERSONEN[4:], _TOTAAL), 0.0)
    for per_sekse in per_klasse.values():
        for naam in som:
            delen = [getal(r, naam, waar=waar) for r in _beide_seksen(per_sekse, waar)]
            if naam != _TOTAAL and None in delen:
                return {}
            som[naam] += sum(d for d in delen if d is not None)
    alleen, samen, ouder, instelling = (som[n] for n in VELDEN_PERSONEN[4:])
    velden = {
        "ouderen_zonder_partner": alleen + ouder,
        "ouderen_met_partner": samen,
        "intramurale_ouderen": instelling,
    }
    return velden | ({"ouderen": som[_TOTAAL]} if som[_TOTAAL] else {})


def _beide_seksen(rijen: Sequence[Rij], waar: str) -> Sequence[Rij]:
    """The row of men and women together, else those of both. Raises InvoerFout when one is missing or stands twice."""
    per_sekse: dict[str, list[Rij]] = {}
    for rij in rijen:
        per_sekse.setdefault(_SEKSEN.get(tekst_van(rij, "geslacht").casefold(), ""), []).append(rij)
    leeftijd = tekst_van(rijen[0], "leeftijd")
    if any(len(r) > 1 for r in per_sekse.values()):
        oorzaak = "deze leeftijd staat er meer dan een keer, bij hetzelfde geslacht."
        remedie = "Download de tabel zonder andere uitsplitsingen, en geef haar een keer."
        raise InvoerFout([Melding(OPTIE, leeftijd, oorzaak, remedie, waar)])
    if "" in per_sekse:
        return per_sekse[""]
    if len(per_sekse) != len(set(_SEKSEN.values())):
        oorzaak = "deze leeftijd staat er maar van een van beide geslachten."
        remedie = "Download de tabel met het totaal van mannen en vrouwen, of met beide."
        raise InvoerFout([Melding(OPTIE, leeftijd, oorzaak, remedie, waar)])
    return rijen


def _eenouder(rijen: Sequence[Rij], waar: str) -> dict[str, float]:
    """The share in the row of children of every age. Raises InvoerFout when it is not there, or more than all."""
    rij = _van_alle_leeftijden(rijen, waar)
    geheel, deel = (getal(rij, naam, waar=waar) for naam in VELDEN_EENOUDER[2:])
    if not geheel or deel is None:
        return {}
    if deel > geheel:
        oorzaak = f"dit is meer dan alle {nederlands(round(geheel))} huishoudens met kinderen."
        remedie = "Controleer de kolom, of download de tabel opnieuw."
        raise InvoerFout([Melding(VELDEN_EENOUDER[3], nederlands(round(deel)), oorzaak, remedie, waar)])
    return {"eenouder": deel / geheel}


def _van_alle_leeftijden(rijen: Sequence[Rij], waar: str) -> Rij:
    """The one row of children of every age; without a column of ages the only row. Raises InvoerFout.

    Rows of a part cannot be added up: a household with children of two ages stands in both.
    """
    kolom = next((k for k in rijen[0] if k.startswith(_LEEFTIJD_KIND)), "")
    leeftijden = [tekst_van(r, kolom) for r in rijen] if kolom else [""] * len(rijen)
    heel = [r for r, leeftijd in zip(rijen, leeftijden, strict=True) if not kolom or _HEEL.fullmatch(leeftijd)]
    if len(heel) == 1:
        return heel[0]
    if heel:
        oorzaak = "dit gebied staat er meer dan een keer, en niet is te zien welke regel alle kinderen samen is."
    else:
        oorzaak = "de regel met kinderen van alle leeftijden samen ontbreekt, en delen zijn niet op te tellen."
    remedie = f"Download de tabel met onder Leeftijd kind(eren) alleen het totaal (sleutel {_SLEUTEL_HEEL})."
    raise InvoerFout([Melding("Leeftijd kind(eren)", leeftijden[0], oorzaak, remedie, waar)])


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

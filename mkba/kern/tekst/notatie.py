"""Numbers in Dutch, both ways: as people type them (31%, 31,5 %, 1.063, € 85.000, 0,31 and 0.31) and as readers expect
them in print (1.429.400, 31%, 0,90), with the few words that follow a number.

Text with two plausible readings is refused with both readings in the message, never guessed. What is printed is
rounded by :func:`mkba.kern.tekst.afronden.rond`, and by nothing else.
"""

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.meldingen import FouteWaarde, Melding, toon_waarde
from mkba.kern.tekst.schrift import MAXIMUM_TEKST, zonder_onzichtbaar
from mkba.kern.woorden.begrippen import DISCIPLINES, naam
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.woorden.velden import Soort, Veld

_SPATIES: Final = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t"), " ")
_MINTEKENS: Final = dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2013"), "-")
# possessive: a row of spaces is looked at once
_EURO_VOOR: Final = re.compile(r"(-?)\s*+(?:€|eur(?:o)?\b)\s*+", re.IGNORECASE)
_EURO_NA: Final = re.compile(r"(?:€|\beur(?:o)?)$", re.IGNORECASE)
_CENTENSTREEP: Final = re.compile(r"(?<=[0-9])[,.]-{1,2}$")
_PROCENT: Final = re.compile(r"(?:%|procent)$", re.IGNORECASE)
_EXPONENT: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?)[eE]([+-]?[0-9]{1,3})")
_DECIMAAL: Final = re.compile(r"[0-9]++(?:[.,][0-9]++)?|[.,][0-9]++")
_DRIE: Final = r"-?[1-9][0-9]{0,2},[0-9]{3}"
"""What could be thousands too."""
_MET_DUIZENDPUNT: Final = ("aantal", "eur", "jaren")
"""Kinds of which 1.063 is a thousand and more: they rarely have decimals, and never three."""
DECIMALEN: Final = 8
"""Decimals of a printed number at most; smaller is noise."""
_MAANDEN: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_JA: Final = frozenset({"ja", "j", "true", "waar", "1", "x", "yes", "y"})
_NEE: Final = frozenset({"nee", "n", "false", "onwaar", "0", "no"})


Stand = Literal["boven", "rond", "onder", "onbekend"]
STAP_VERHOUDING: Final = 0.05
"""Ratios are printed to 0.05, as the source does; "rond 1" is what prints as 1,00."""
STAP_FIJN: Final = 0.01
"""A ratio beside its interval, or taken apart in steps, is printed to hundredths: to 0.05 it could lie outside of its
own interval (0.867 prints as 0.85, below 0.86 to 0.89), an interval could lose its width, and steps not add up."""
STAP_EUR: Final = 100
"""Euros of an outcome are printed to 100, as the screens of the manual do."""

# --- reading -------------------------------------------------------------------------------------------


def gewone_spaties(tekst: str) -> str:
    """Text without surrounding blanks, and with plain spaces only."""
    return tekst.translate(_SPATIES).strip()


def schoon(tekst: str) -> str:
    """The same, every kind of minus sign is the plain one, and signs that cannot be seen are left out."""
    return zonder_onzichtbaar(tekst).translate(_SPATIES).translate(_MINTEKENS).strip()


def lees_getal(tekst: str, soort: Soort, procentkolom: bool = False) -> float:
    """Read a number; a share ("fractie") comes back as a fraction, so "31%" is 0.31.

    ``procentkolom``: the header of the column carries a percent sign, so a plain 31 is 0.31 too.
    Raises FouteWaarde.
    """
    kaal = schoon(tekst)
    if len(kaal) > MAXIMUM_TEKST:  # the smallest number that exists, written out, has 343 signs
        raise FouteWaarde(f"dit is te lang voor een getal (meer dan {MAXIMUM_TEKST} tekens).", f"Geef {_wat(soort)}.")
    if soort == "eur":
        kaal = _EURO_NA.sub("", _zonder_euro_voor(kaal)).rstrip()
        kaal = _CENTENSTREEP.sub("", kaal)
        if kaal == "-":  # Excel prints zero euros as "€ -"
            return 0.0
    procent = bool(_PROCENT.search(kaal))
    if procent and soort != "fractie":
        raise FouteWaarde("een percentage past niet bij dit veld.", f"Geef {_wat(soort)}.")
    kaal = _PROCENT.sub("", kaal).rstrip()
    teken = -1 if kaal.startswith("-") else 1
    cijfers = kaal[1:].lstrip() if kaal[:1] in ("-", "+") else kaal
    waarde = teken * (_fractie(cijfers) if soort == "fractie" else _getal(cijfers, soort))
    if procent:
        return float(waarde / 100)
    return _uit_procentkolom(waarde) if procentkolom else float(waarde)


def lees_schermveld(tekst: str, soort: Soort) -> float:
    """Read a number typed in a field that shows shares as percentages: there a number is a percentage.

    With or without its sign: 31, 31% and 31 % are 0.31, 0,5 and 0,5% are 0.005, 1 is 0.01. Raises FouteWaarde.
    """
    if soort != "fractie":
        return lees_getal(tekst, soort)
    kaal = _PROCENT.sub("", schoon(tekst))
    try:
        return lees_getal(f"{kaal}%", soort)
    except FouteWaarde as fout:  # what a table advises, 0,31 for 31%, means something else here
        raise FouteWaarde(fout.oorzaak, "Schrijf bijvoorbeeld 31 of 31%.") from None


def lezing_van_schermveld(tekst: str, soort: Soort) -> str:
    """How a text was read where a table would have read it otherwise, "0,5 is gelezen als 0,5%."; empty elsewhere.

    Without its sign, a number of at most 1 may have been meant as a fraction. ``tekst`` can be read as a number.
    """
    if soort != "fractie" or _PROCENT.search(schoon(tekst)):
        return ""
    getal = lees_schermveld(tekst, soort)
    if not 0 < abs(getal) <= 0.01:  # a hundredth is 1%
        return ""
    zo, ook = schrijf_schermveld(getal, soort), schrijf_schermveld(lees_getal(tekst, soort), soort)
    return f"{gewone_spaties(tekst)} is gelezen als {zo}. Bedoelt u {ook}? Typ dan {ook}."


def schrijf_schermveld(getal: float, soort: Soort) -> str:
    """The text of a number in such a field, in full: reading it back gives the same number."""
    waarde = Decimal(repr(float(getal) + 0.0))  # -0.0 becomes 0
    if soort == "fractie":
        return f"{nederlands(waarde * 100)}%"
    tekst = nederlands(waarde)
    # one sign and three digits reads two ways: 1000 has no point then, and 13,125 a fourth digit
    if soort not in _MET_DUIZENDPUNT and re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", tekst):
        return tekst.replace(".", "")
    return f"{tekst}0" if re.fullmatch(_DRIE, tekst) else tekst


def kort_schermveld(getal: float, soort: Soort) -> str:
    """The same with the digits of :func:`toon_veld`: three of a share, four of what is none, euros in full."""
    if soort == "eur":
        return schrijf_schermveld(getal, soort)
    maal, cijfers = (100, 3) if soort == "fractie" else (1, 4)
    decimalen = _decimalen(maal * getal, cijfers)
    gedrukt = Decimal(repr(round(rond(maal * getal, 10.0**-decimalen), decimalen)))
    return schrijf_schermveld(float(gedrukt / maal), soort)


def langer_schermveld(tekst: str) -> str:
    """The text of a number with a digit more, a zero, that reads back as the same: 44,7% is 44,70% and 45% is 45,0%."""
    kaal, procent = tekst.removesuffix("%"), "%" if tekst.endswith("%") else ""
    lang = f"{kaal}0" if "," in kaal else f"{kaal},0"
    return f"{lang}{'0' if re.fullmatch(_DRIE, lang) else ''}{procent}"


def uit_procentkolom(getal: float) -> float:
    """A number below a header with a percent sign: 31 becomes 0.31. Raises FouteWaarde."""
    if isinstance(getal, float) and not math.isfinite(getal):
        return getal
    # by way of the shortest decimal text, so that 0.7% is 0.007 and not 0.006999...
    return _uit_procentkolom(Decimal(repr(getal)) if isinstance(getal, float) else Decimal(getal))


def lees_ja_nee(tekst: str) -> bool:
    """Read ja/nee, true/false, waar/onwaar, 1/0 or x. Raises FouteWaarde."""
    woord = schoon(tekst).casefold()
    if woord in _JA:
        return True
    if woord in _NEE:
        return False
    raise FouteWaarde("dit is geen ja of nee.", "Geef ja of nee.")


def _zonder_euro_voor(tekst: str) -> str:
    treffer = _EURO_VOOR.match(tekst)
    return treffer[1] + tekst[treffer.end() :] if treffer else tekst


def _uit_procentkolom(waarde: Decimal) -> float:
    if 0 < abs(waarde) < 1:
        klein, groot = nederlands(waarde), nederlands(waarde * 100)
        raise FouteWaarde(
            f"dit kan {klein}% of {groot}% zijn: de kop van de kolom heeft een procentteken.",
            f"Schrijf {klein}% of {groot}%, met procentteken.",
        )
    return float(waarde / 100)


def _fractie(cijfers: str) -> Decimal:
    """A share: dot and comma both are the decimal sign, thousands make no sense."""
    if exponent := _EXPONENT.fullmatch(cijfers):
        return _met_exponent(exponent)
    if not _DECIMAAL.fullmatch(cijfers):
        raise FouteWaarde("dit is geen percentage.", "Schrijf bijvoorbeeld 31% of 0,31.")
    return Decimal(cijfers.replace(",", "."))


def _getal(cijfers: str, soort: Soort) -> Decimal:
    onleesbaar = FouteWaarde("dit is geen getal.", f"Geef {_wat(soort)}.")
    if exponent := _EXPONENT.fullmatch(cijfers):
        return _met_exponent(exponent)
    if " " in cijfers:  # 1 429 400: a space can only separate thousands
        if not re.fullmatch(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?", cijfers):
            raise onleesbaar
        return Decimal(cijfers.replace(" ", "").replace(",", "."))
    if not re.fullmatch(r"[0-9.,]*[0-9]", cijfers):
        raise onleesbaar
    tekens = [t for t in cijfers if t in ".,"]
    if not tekens:
        return Decimal(cijfers)
    laatste = tekens[-1]
    heel, _, deel = cijfers.rpartition(laatste)
    if len(set(tekens)) == 2:  # 1.429.400,50 or 1,429,400.50: the last sign is the decimal one
        if not _is_duizendtal(heel, tekens[0]):
            raise onleesbaar
        return Decimal(f"{heel.replace(tekens[0], '')}.{deel}")
    if len(tekens) > 1:
        if not _is_duizendtal(cijfers, laatste):
            raise onleesbaar
        return Decimal(cijfers.replace(laatste, ""))
    if _is_duizendtal(cijfers, laatste):
        if laatste == "." and soort in _MET_DUIZENDPUNT:
            return Decimal(heel + deel)
        samen = heel + deel
        raise FouteWaarde(
            f"dit kan {nederlands(Decimal(samen))} of {heel},{deel} zijn.",
            f"Schrijf {samen} (zonder punt of komma) of {heel},{deel}0 (met vier decimalen).",
        )
    return Decimal(f"{heel or 0}.{deel}")


def _is_duizendtal(cijfers: str, teken: str) -> bool:
    # a leading zero rules out thousands: 0,125 is an eighth
    return bool(re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{re.escape(teken)}[0-9]{{3}})+", cijfers))


def _met_exponent(treffer: re.Match[str]) -> Decimal:
    return Decimal(treffer[1].replace(",", ".")).scaleb(int(treffer[2]))


def _wat(soort: Soort) -> str:
    return {
        "aantal": "een aantal, zoals 1.063",
        "eur": "een bedrag in euro's, zoals 85.000",
        "jaren": "een geheel aantal jaren, zoals 4",
        "decimaal": "een getal, zoals 13,5",
    }.get(soort, "een getal")


# --- printing ------------------------------------------------------------------------------------------


def afgerond(waarde: float, decimalen: int = 0) -> str:
    """A finite number with so many decimals, the Dutch way: 1.063 or 0,90."""
    getal = rond(waarde, 10.0**-decimalen) + 0.0  # + 0.0 turns -0.0 into 0.0
    return f"{getal:,.{decimalen}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def zuinig(waarde: float, cijfers: int = 3, minstens: int = 1) -> str:
    """As few decimals as show ``cijfers`` significant digits, ``minstens`` decimals when there are any.

    31 -> "31", 12.34 -> "12,3", 0.25 -> "0,25", 0.0133 -> "0,0133": what is not zero never prints as zero.
    """
    if waarde is None or not math.isfinite(waarde):
        return "–"
    return zonder_nullen(afgerond(waarde, _decimalen(waarde, cijfers, minstens)))


def _decimalen(waarde: float, cijfers: int, minstens: int = 1) -> int:
    """How many decimals show so many significant digits."""
    orde = math.floor(math.log10(abs(waarde))) if waarde else 0
    return min(max(minstens, cijfers - 1 - orde), DECIMALEN)


def zonder_nullen(tekst: str) -> str:
    """No zeros after the last digit that counts: "0,50" is "0,5", "2,00" is "2"."""
    return tekst.rstrip("0").rstrip(",") if "," in tekst else tekst


def hoeveel(aantal: float, enkel: str, meer: str, decimalen: int = 0) -> str:
    """A number with its noun, which is singular for what prints as 1: "1 huishouden", "1.063 huishoudens"."""
    tekst = afgerond(aantal, decimalen)
    return f"{tekst} {enkel if tekst == '1' else meer}"


def nederlands(waarde: Decimal | float, decimalen: int | None = None) -> str:
    """A number for in a message, the Dutch way, without useless zeros: 1.063 or 0,31; in full, or rounded."""
    if decimalen is not None and math.isfinite(waarde):
        return zonder_nullen(afgerond(float(waarde), decimalen))
    tekst = f"{Decimal(str(waarde)):,f}"
    heel, _, deel = tekst.partition(".")
    deel = deel.rstrip("0")
    return heel.replace(",", ".") + (f",{deel}" if deel else "")


def getal(waarde: float, decimalen: int = 0) -> str:
    """Dutch number: dot for thousands, comma for decimals; a dash for a missing value."""
    if waarde is None or not math.isfinite(waarde):
        return "–"
    return afgerond(waarde, decimalen)


def euro(waarde: float, op: int = 1) -> str:
    """Euros, rounded to ``op`` euros (100 as in the manual's screens): "€ 1.429.400" with a no-break space.

    A negative amount is "€ -1.200": the minus before the number (Taaladvies, "Euro: – € 12 / € -12").
    """
    if waarde is None or not math.isfinite(waarde):
        return "–"
    return f"€\u00a0{getal(rond(waarde, op))}"


def eurostap(waarden: Sequence[float], hoogste: int = 1000) -> int:
    """One step to which all euros of a sentence or figure are rounded: ``hoogste``, or less when they lie close.

    The largest of 1000, 100, 10 and 1 that is at most a tenth of the width of ``waarden`` (of their size, when they
    are all the same), that prints different amounts differently, and none of them as zero.
    """
    eindig = [float(w) for w in waarden if math.isfinite(w)]
    breed = max(eindig, default=0.0) - min(eindig, default=0.0) or max((abs(w) for w in eindig), default=0.0)
    for stap in (s for s in (1000, 100, 10) if s <= hoogste):
        if 10 * stap <= breed and len({0.0, *(rond(w, stap) for w in eindig)}) == len({0.0, *eindig}):
            return stap
    return 1


def van_de_honderd(kans: float) -> str:
    """A chance in words, "in 83 van de 100"; never 0 or 100 of 100 when some draws say otherwise."""
    if kans in (0.0, 1.0):
        return "in alle" if kans == 1.0 else "in geen van alle"
    if kans < 0.005 or kans >= 0.995:
        return "in minder dan 1 van de 100" if kans < 0.5 else "in meer dan 99 van de 100"
    return f"in {getal(100 * kans)} van de 100"


def procent(fractie: float, decimalen: int = 0) -> str:
    """A fraction as a percentage: 0.31 -> "31%"."""
    if fractie is None or not math.isfinite(fractie):
        return "–"
    return f"{getal(fractie * 100, decimalen)}%"


def verhouding(waarde: float, stap: float = STAP_VERHOUDING) -> str:
    """A ratio, printed to 0.05 as in the source: 0.901 -> "0,90"."""
    if waarde is None or not math.isfinite(waarde):
        return "–"
    return getal(rond(waarde, stap), 2)


def verhouding_met_exact(waarde: float) -> str:
    """A ratio in a sentence that reasons with it: as printed, and the exact one where it differs in hundredths.

    1.631 -> "1,65 (exact 1,63)", 1.601 -> "1,60".
    """
    gedrukt = verhouding(waarde)
    exact = getal(waarde, 2)
    return gedrukt if exact == gedrukt else f"{gedrukt} (exact {exact})"


def stand(ratio: float | None) -> Stand:
    """How a ratio compares with 1 as it is printed: what prints as 1,00 is "rond"; "onbekend" without a ratio."""
    if ratio is None or not math.isfinite(ratio):
        return "onbekend"
    gedrukt = rond(ratio, STAP_VERHOUDING)
    if abs(gedrukt - 1) < STAP_VERHOUDING / 2:
        return "rond"
    return "boven" if gedrukt > 1 else "onder"


def gedrukt_verschil(een: float, ander: float, stap: float) -> float:
    """``een`` minus ``ander`` as they are printed, so that who subtracts finds the same: 1.35 - 1.65 is -0.30."""
    return rond(een, stap) - rond(ander, stap) if math.isfinite(een) and math.isfinite(ander) else math.nan


def druk_stap(sleutel: str, fijn: bool = False) -> float:
    """To what an outcome is printed: a ratio (``kb_``) to 0.05, ``fijn`` to 0.01 (``STAP_FIJN``), euros to 100."""
    if not sleutel.startswith("kb_"):
        return STAP_EUR
    return STAP_FIJN if fijn else STAP_VERHOUDING


def te_onderscheiden(een: float, ander: float, cijfers: int = 2) -> tuple[str, str]:
    """Two numbers with at least one decimal and ``cijfers`` digits, or as many as it takes to see that they differ."""
    for extra in range(DECIMALEN):
        paar = zuinig(een, cijfers + extra, 1 + extra), zuinig(ander, cijfers + extra, 1 + extra)
        if paar[0] != paar[1] or math.isclose(een, ander, rel_tol=1e-9, abs_tol=1e-9):
            break
    return paar


def huishoudens(aantal: float) -> str:
    """A number of households in words."""
    return hoeveel(aantal, "huishouden", "huishoudens")


def opsomming(delen: Sequence[str], woord: str = "en") -> str:
    """ "a, b en c"."""
    return f" {woord} ".join([", ".join(delen[:-1]), delen[-1]] if len(delen) > 1 else delen)


def datum(dag: date) -> str:
    """A day in words: 31 december 2026."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def toon_veld(veld: Veld, waarde: object) -> str:
    """One input value as a Dutch reader expects it: three significant digits, four of what is no share."""
    if waarde is None:
        return "–"
    if veld.soort == "ja_nee":
        return "ja" if waarde else "nee"
    if veld.soort == "disciplines":
        gekozen = waarde if isinstance(waarde, tuple) else ()
        return ", ".join(naam(d) for d in DISCIPLINES if d in gekozen) or "geen"
    if not isinstance(waarde, int | float):
        return str(waarde)
    if veld.soort == "fractie":
        return f"{zuinig(100 * waarde)}%"
    if veld.soort == "eur":
        return euro(waarde)
    return zuinig(waarde, 4)


def toon_meldingwaarde(melding: Melding) -> str:
    """The value that a message is about, as a reader expects it: in the unit of its field, with a decimal comma."""
    veld, waarde = ALLE_VELDEN.get(melding.veld), melding.waarde
    if isinstance(waarde, int | float) and not isinstance(waarde, bool):
        return toon_veld(veld, waarde) if veld is not None else zuinig(waarde, 6)
    return toon_waarde(waarde).strip("'")


def kort(waarde: float) -> str:
    """Shortest Dutch notation of a kengetal, at most six significant digits: 0.1293 -> "0,1293"."""
    return zuinig(waarde, 6, 0)


def als_fractie(waarde: float) -> str:
    """What a percentage looks like as a fraction: 2.5 -> "2,5% is 0.025"; "" for what is no percentage."""
    return f"{nederlands(waarde)}% is {waarde / 100:.10g}" if 1 < abs(waarde) <= 100 else ""


def kans_in_procent(kans: float) -> str:
    """A chance as a percentage; never 0% or 100% when some draws say otherwise."""
    if 0 < kans < 0.005:
        return "< 1%"
    return "> 99%" if 0.995 <= kans < 1 else procent(kans)


def p_waarde(p: float) -> str:
    """The p of a test with its sign: "= 0,043", and "< 0,001" where three decimals would say that it is 0."""
    return "< 0,001" if 0 < p < 0.0005 else f"= {getal(p, 3)}"


def inkorten(tekst: str, lengte: int = 64) -> str:
    """A label that fits beside a figure."""
    return tekst if len(tekst) <= lengte else tekst[: lengte - 1].rstrip() + "…"

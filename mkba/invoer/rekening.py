"""The user's own care totals per domain, from csv or xlsx: what profiles made to measure must add up to.

A table with the columns domein and bedrag and, if wanted, type, jaar, bron and toelichting; one row per total.
A row without type is the total of a domain, a row with type that of one huishoudtype, and ``totaal`` as domein
with a type is the total of that type over all domains in the file. The rows must agree with each other to the
cent; nothing is rounded or made to fit.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mkba.invoer.tabel.cellen import KOP_BINNEN, MAXIMUM_KOLOMMEN, Cel, Plaats, Rij, zonder_kop
from mkba.invoer.tabel.openen import lees_tabel
from mkba.invoer.tabel.soort import Tabelsoort
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import weiger, zoek_bestanden
from mkba.kern.tekst.meldingen import FouteWaarde, InvoerFout, Melding
from mkba.kern.tekst.notatie import gewone_spaties, lees_getal, nederlands, schoon
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND, bevat_bsn, is_bsn_kop
from mkba.kern.tekst.schrift import MAXIMUM_TEKST
from mkba.kern.woorden.begrippen import DOMEINEN, TYPEN, naam

TOTAAL: Final = "totaal"
CENT: Final = 0.005
"""Amounts that differ less than half a cent are equal."""
KOLOMMEN: Final = ("domein", "type", "bedrag", "jaar", "bron", "toelichting")

_DOMEIN: Final = {
    **{d: d for d in DOMEINEN},
    **{naam(d).casefold(): d for d in DOMEINEN},
    **dict.fromkeys(("werk en inkomen", "w&i", "werk & inkomen (w&i)"), "wi"),
    **dict.fromkeys(("zorg en welzijn", "z&w", "zorg & welzijn (z&w)"), "zw"),
    **dict.fromkeys(("jeugdhulp", "jeugdzorg"), "jeugd"),
    **dict.fromkeys(("zorgverzekeringswet (zvw)",), "zvw"),
    **dict.fromkeys(("totaal", "alle domeinen", "totaal alle domeinen"), TOTAAL),
}
_TYPE: Final = {
    **{t: t for t in TYPEN},
    **{naam(t).casefold(): t for t in TYPEN},
    **dict.fromkeys(("ouder", "oudere huishoudens"), "oudere"),
    **dict.fromkeys(("overige", "overige hh"), "overig"),
    **dict.fromkeys(("", "totaal", "alle", "alle types", "alle typen", "-"), ""),
}
_KOP: Final = {
    **{k: k for k in KOLOMMEN},
    "huishoudtype": "type",
    "omschrijving": "toelichting",
    "totaal": "bedrag",
    "opmerking": "toelichting",
}
_EENHEID: Final = re.compile(r"(?:€|\((?:€|eur|euro|in euro|in euro's)\)|\bin euro(?:'s)?|\beuro)$")
_DUIZENDEN: Final = re.compile(r"1[. ]?000|duizend|mln|miljoen|k€|€k")
_HOOGSTE: Final = 1e12


@dataclass(frozen=True, slots=True)
class Post:
    """One total in euros; ``domein`` may be ``totaal``, ``type`` "" is all huishoudtypen; ``plaats``: file, row."""

    domein: str
    type: str
    bedrag: float
    bron: str = ""
    plaats: str = ""

    @property
    def wat(self) -> str:
        """What the total is of, as a message names it: "jeugd, gezin"."""
        return f"{self.domein}, {self.type}" if self.type else self.domein


@dataclass(frozen=True)
class Rekening:
    """Totals that agree with each other; make one with :func:`maak_rekening` or :func:`lees_rekening`."""

    posten: tuple[Post, ...]
    jaar: int | None = None
    bestand: str = ""

    def bedrag(self, domein: str, type_: str = "") -> float | None:
        """The total of a domain (or ``totaal``) and type as given, euros; None when it was not."""
        return next((p.bedrag for p in self.posten if (p.domein, p.type) == (domein, type_)), None)

    def domeintotaal(self, domein: str) -> float | None:
        """The total of a domain as given or as the sum of its three types; None when neither is known."""
        gegeven = self.bedrag(domein)
        delen = [b for t in TYPEN if (b := self.bedrag(domein, t)) is not None]
        return sum(delen) if gegeven is None and len(delen) == len(TYPEN) else gegeven

    @property
    def domeinen(self) -> tuple[str, ...]:
        """The domains of which the account says anything."""
        return tuple(d for d in DOMEINEN if any(p.domein == d for p in self.posten))

    @property
    def typetotalen(self) -> dict[str, float] | None:
        """Totals per type over all domains in the account, or None when not given."""
        uit = {p.type: p.bedrag for p in self.posten if p.domein == TOTAAL and p.type}
        return uit or None

    @property
    def herkomst(self) -> str:
        """One line for a report: file, year and the sources that the rows name."""
        if not self.posten:
            return "geen eigen totalen opgegeven"
        bronnen = list(dict.fromkeys(p.bron for p in self.posten if p.bron))
        delen = [Path(self.bestand).name or "eigen totalen", *([str(self.jaar)] if self.jaar else []), *bronnen]
        return ", ".join(delen)


def lees_rekening(pad: str | Path) -> Rekening:
    """Read totals from a csv or xlsx file (its first sheet), or "voorbeeldgemeente"; "" is an account without totals.

    Raises InvoerFout with all that is wrong.
    """
    if not str(pad):
        return Rekening(())
    bestand = paden.zoek_rekening(pad)
    if bestand.is_dir() or bestand.suffix.lower() == ".toml":
        weiger(bestand, "een rekening is een tabel.", "Geef een csv- of xlsx-bestand.")
    (bestand,) = zoek_bestanden(bestand)
    rijen, plaats = lees_tabel(bestand, _REKENINGEN)
    kop = _zoek_kop(rijen)
    if kop is None:
        weiger(
            bestand,
            "er is geen koprij met domein en bedrag.",
            f"Zet boven de kolommen: {', '.join(KOLOMMEN)} (alleen domein en bedrag zijn verplicht).",
        )
    return _lees(rijen[kop], rijen[kop + 1 :], plaats)


def maak_rekening(
    bedragen: Mapping[str, float], jaar: int | None = None, bron: str = "", bestand: str = ""
) -> Rekening:
    """Totals given in code: "jeugd" -> euros, "jeugd.gezin" -> euros, "totaal.gezin" -> euros. Raises InvoerFout."""
    meldingen = []
    posten = []
    for sleutel, bedrag in bedragen.items():
        domein, _, type_ = sleutel.partition(".")
        if domein not in (*DOMEINEN, TOTAAL) or type_ not in ("", *TYPEN):
            oorzaak = "dit is geen domein, of domein.type."
            meldingen.append(Melding(sleutel, bedrag, oorzaak, _kies_domein(), bestand))
        posten.append(Post(domein, type_, float(bedrag), bron, bestand))
    if meldingen:
        raise InvoerFout(meldingen)
    return _sluitend(posten, jaar, bestand)


def _kop(cel: Cel) -> str:
    """A header without its unit, lower case."""
    tekst = schoon(str(cel.waarde)[:MAXIMUM_TEKST]).casefold() if cel.waarde is not None else ""
    return _EENHEID.sub("", tekst).strip()


def _is_bedrag(kop: str) -> bool:
    return kop == "bedrag" or kop.startswith("bedrag ")


def _zoek_kop(rijen: Sequence[Rij]) -> int | None:
    for i, rij in enumerate(rijen[:KOP_BINNEN]):
        koppen = [_kop(cel) for cel in rij.cellen[:MAXIMUM_KOLOMMEN]]
        if "domein" in koppen and any(_is_bedrag(k) or _KOP.get(k) == "bedrag" for k in koppen):
            return i
    return None


def _aantal_bekend(rij: Rij) -> int:
    return sum(_kop(cel) in _KOP for cel in rij.cellen)


_REKENINGEN: Final = Tabelsoort(
    _zoek_kop,
    _aantal_bekend,
    leeg="Vul per domein een rij in.",
    slechte_csv="Controleer de aanhalingstekens.",
    te_groot="Bewaar alleen de rijen met totalen.",
)


def _lees(kop: Rij, rijen: Sequence[Rij], plaats: Plaats) -> Rekening:
    kolommen, meldingen = _kolommen(kop, rijen, plaats)
    posten: list[Post] = []
    jaren: dict[int, int] = {}
    gevuld = [rij for rij in rijen if not rij.leeg]
    if not gevuld:
        meldingen.append(
            Melding(
                "bestand", None, "er staat geen bedrag onder de koprij.", "Vul per domein een rij in.", plaats.bestand
            )
        )
    for rij in gevuld:
        velden: dict[str, str | float | None] = {}
        for kolom, index in kolommen.items():
            try:
                velden[kolom] = _LEZERS[kolom](rij.cel(index))
            except FouteWaarde as fout:
                waarde = rij.cel(index).waarde
                meldingen.append(Melding(kolom, waarde, fout.oorzaak, fout.remedie, plaats.van(rij.nummer, index)))
        if isinstance(jaar := velden.get("jaar"), float):
            jaren.setdefault(int(jaar), rij.nummer)
        domein, bedrag = velden.get("domein"), velden.get("bedrag")
        type_ = velden.get("type", "") if "type" in kolommen else ""
        if isinstance(domein, str) and isinstance(bedrag, float) and isinstance(type_, str):
            posten.append(Post(domein, type_, bedrag, str(velden.get("bron") or ""), plaats.van(rij.nummer)))
    if len(jaren) > 1:
        wanneer = ", ".join(f"{jaar} (rij {rij})" for jaar, rij in sorted(jaren.items()))
        remedie = "Geef per jaar een eigen bestand."
        meldingen.append(Melding("jaar", wanneer, "er staan totalen van meer jaren in.", remedie, plaats.bestand))
    if meldingen:
        raise InvoerFout(meldingen)
    return _sluitend(posten, next(iter(jaren), None), plaats.bestand)


def _kolommen(kop: Rij, rijen: Sequence[Rij], plaats: Plaats) -> tuple[dict[str, int], list[Melding]]:
    kolommen: dict[str, int] = {}
    meldingen = []
    for index in range(min(max(len(r.cellen) for r in (kop, *rijen)), MAXIMUM_KOLOMMEN)):
        cel, tekst = kop.cel(index), _kop(kop.cel(index))
        waar = plaats.van(kop.nummer, index)
        kolom = "bedrag" if _is_bedrag(tekst) else _KOP.get(tekst)
        if cel.leeg:
            if vol := next((r for r in rijen if not r.cel(index).leeg), None):
                meldingen.append(zonder_kop(index, vol, plaats.van(vol.nummer, index)))
        elif is_bsn_kop(str(cel.waarde)):
            oorzaak, remedie = "een bsn hoort niet in de invoer.", "Verwijder deze kolom; geef alleen totalen."
            meldingen.append(Melding(tekst, NIET_GETOOND, oorzaak, remedie, waar))
        elif kolom == "bedrag" and _DUIZENDEN.search(str(cel.waarde).casefold()):
            oorzaak = "deze kop zegt dat de bedragen niet in hele euro's zijn."
            remedie = "Reken om naar euro's en noem de kolom bedrag."
            meldingen.append(Melding("bedrag", cel.waarde, oorzaak, remedie, waar))
        elif kolom is None:
            remedie = f"Gebruik {', '.join(KOLOMMEN)}, of verwijder de kolom."
            meldingen.append(Melding(tekst, cel.waarde, "deze kolom is onbekend.", remedie, waar))
        elif kolom in kolommen:
            meldingen.append(Melding(kolom, cel.waarde, "deze kolom staat er twee keer.", "Verwijder er een.", waar))
        if kolom is not None:
            kolommen.setdefault(kolom, index)
    return kolommen, meldingen


def _tekst(cel: Cel) -> str:
    if cel.fout is not None:
        raise cel.fout
    tekst = gewone_spaties(str(cel.waarde)) if cel.waarde is not None else ""
    if bevat_bsn(tekst):
        raise FouteWaarde("deze cel bevat een geldig bsn (elfproef).", "Geef totalen, geen personen.")
    if len(tekst) > 300 or not tekst.isprintable():
        raise FouteWaarde("deze tekst is te lang of bevat stuurtekens.", "Geef hoogstens 300 tekens op een regel.")
    return tekst


def _domein(cel: Cel) -> str:
    tekst = _tekst(cel).casefold()
    if tekst not in _DOMEIN:
        raise FouteWaarde("dit domein is onbekend." if tekst else "het domein ontbreekt.", _kies_domein())
    return _DOMEIN[tekst]


def _kies_domein() -> str:
    return f"Kies uit: {', '.join(f'{d} ({naam(d)})' for d in DOMEINEN)}, totaal; de Wmo is een deel van zw."


def _type(cel: Cel) -> str:
    tekst = _tekst(cel).casefold()
    if tekst not in _TYPE:
        raise FouteWaarde("dit huishoudtype is onbekend.", f"Kies uit: {', '.join(TYPEN)}, of laat de cel leeg.")
    return _TYPE[tekst]


def _bedrag(cel: Cel) -> float:
    if cel.leeg:
        raise FouteWaarde("het bedrag ontbreekt.", "Vul 0 in als er niets is uitgegeven, of verwijder de rij.")
    if cel.fout is not None:
        raise cel.fout
    if cel.procent or isinstance(cel.waarde, bool):
        raise FouteWaarde("dit is geen bedrag.", "Geef een bedrag in euro's, zoals 1.250.000.")
    waarde = float(cel.waarde) if isinstance(cel.waarde, int | float) else lees_getal(str(cel.waarde), "eur")
    if reden := _onmogelijk(waarde):
        raise FouteWaarde(reden, "Geef een bedrag in euro's, zoals 1.250.000.")
    return waarde


def _onmogelijk(bedrag: float) -> str:
    if not math.isfinite(bedrag):
        return "dit is geen eindig getal."
    if bedrag < 0:
        return "een totaal kan niet negatief zijn."
    return "dit bedrag is onmogelijk hoog." if bedrag > _HOOGSTE else ""


def _jaar(cel: Cel) -> float | None:
    if cel.leeg:
        return None
    tekst = _tekst(cel).removesuffix(".0")
    if not re.fullmatch("20[0-9]{2}", tekst):
        raise FouteWaarde("dit is geen jaartal.", "Geef een jaar, zoals 2024.")
    return float(tekst)


_Lezer = Callable[[Cel], str | float | None]
_VRIJ: Final[dict[str, _Lezer]] = {"bron": _tekst, "toelichting": _tekst}
_LEZERS: Final[dict[str, _Lezer]] = {"domein": _domein, "type": _type, "bedrag": _bedrag, "jaar": _jaar, **_VRIJ}


def _sluitend(posten: Iterable[Post], jaar: int | None, bestand: str) -> Rekening:
    """The account when its totals agree. Raises InvoerFout."""
    rekening = Rekening(tuple(posten), jaar, bestand)
    meldingen = _losse_fouten(rekening)
    if not meldingen:
        meldingen = [*_domeinfouten(rekening), *_typefouten(rekening), *_eindtotaalfouten(rekening)]
    if meldingen:
        raise InvoerFout(meldingen)
    return rekening


def _losse_fouten(rekening: Rekening) -> list[Melding]:
    meldingen = []
    gezien: dict[tuple[str, str], Post] = {}
    for p in rekening.posten:
        if reden := _onmogelijk(p.bedrag):
            meldingen.append(Melding(p.wat, p.bedrag, reden, "Geef een bedrag in euro's.", p.plaats))
        if (eerder := gezien.setdefault((p.domein, p.type), p)) is not p:
            waar = f" ({eerder.plaats.rpartition(', ')[2]})" if eerder.plaats else ""
            remedie = "Tel de bedragen op tot een rij."
            meldingen.append(Melding(p.wat, p.bedrag, f"dit totaal staat er al{waar}.", remedie, p.plaats))
    if not rekening.domeinen:
        oorzaak = "er is geen totaal van een domein."
        meldingen.append(Melding("domein", None, oorzaak, "Geef ten minste een domein.", rekening.bestand))
    return meldingen


def _verschil(wat: str, som: float, totaal: float, waarvan: str, bestand: str) -> Melding:
    oorzaak = f"{waarvan} tellen op tot {nederlands(som, 2)}, niet tot {nederlands(totaal, 2)}."
    return Melding(wat, totaal, oorzaak, "Maak de totalen op de cent sluitend; er wordt niets weggeschaald.", bestand)


def _domeinfouten(rekening: Rekening) -> list[Melding]:
    uit = []
    for d in rekening.domeinen:
        delen = [b for t in TYPEN if (b := rekening.bedrag(d, t)) is not None]
        totaal, som = rekening.bedrag(d), sum(delen)
        if totaal is not None and delen:
            compleet = len(delen) == len(TYPEN)
            if som > totaal + CENT or (compleet and abs(som - totaal) > CENT):
                uit.append(_verschil(d, som, totaal, "de types van dit domein", rekening.bestand))
    return uit


def _typefouten(rekening: Rekening) -> list[Melding]:
    totalen, bestand = rekening.typetotalen, rekening.bestand
    if totalen is None:
        return []
    uit = []
    if mist := [t for t in TYPEN if t not in totalen]:
        remedie = f"Geef ook totaal voor {', '.join(mist)}."
        uit.append(Melding("totaal", None, "niet elk huishoudtype heeft een totaal.", remedie, bestand))
    if zonder := [d for d in rekening.domeinen if rekening.domeintotaal(d) is None]:
        oorzaak = "een totaal per type vraagt om een totaal van elk domein in het bestand."
        uit.append(Melding("totaal", None, oorzaak, f"Geef ook het totaal van {', '.join(zonder)}.", bestand))
    if uit:
        return uit
    som = sum(rekening.domeintotaal(d) or 0.0 for d in rekening.domeinen)
    if abs(som - sum(totalen.values())) > CENT:
        uit.append(_verschil("totaal per type", som, sum(totalen.values()), "de domeinen", bestand))
    for t, totaal in totalen.items():
        delen = sum(rekening.bedrag(d, t) or 0.0 for d in rekening.domeinen)
        if delen > totaal + CENT:
            uit.append(_verschil(f"totaal, {t}", delen, totaal, "de domeinen van dit type", bestand))
    return uit


def _eindtotaalfouten(rekening: Rekening) -> list[Melding]:
    """A last row "totaal" without type is a check, when every domain has a total."""
    eind = rekening.bedrag(TOTAAL)
    delen = [rekening.domeintotaal(d) for d in rekening.domeinen]
    if eind is None or None in delen:
        return []
    som = sum(d for d in delen if d is not None)
    return [_verschil("totaal", som, eind, "de domeinen", rekening.bestand)] if abs(som - eind) > CENT else []

"""Zorgconsumptieprofielen: what a household of a type and class uses in care per year, by domain.

The published profiles (figuur 2.7), indexed ones, and ones made to measure on the user's own totals; what an
escalation costs; what a wijk costs (doelgroepen x profiles). Axes in order: gebied, huishoudtype, klasse (ev, zr,
nzr, top), domein. Euros per household per year, positive; counts are households.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import isfinite
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from mkba.analyse.doelgroepen.raken import raak
from mkba.analyse.doelgroepen.statistiek import Doelgroepen
from mkba.invoer.rekening import CENT, Rekening
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import zorgpad
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import hoeveel, nederlands
from mkba.kern.woorden.begrippen import DOMEINEN, KLASSEN, TYPEN, naam

ALLE_WIJKEN: Final = "Alle wijken"
ZVW: Final = DOMEINEN.index("zvw")
HOOGSTE_ZVW: Final = 2.0
"""A ZVW total that more than doubles the profile is on another base: figuur 2.7 holds a part of the Zvw only."""
HOOGSTE_INDEX: Final = 10.0
"""A factor of 10 or more is an index number (135) where the factor (1.35) is asked."""
ONGEWOON: Final = (0.5, 2.0)
"""Outside these a domain has changed so much that unit, year and population deserve a second look."""

Reeks = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Profielen:
    """Care profiles, (type, klasse, domein) euros per household per year.

    ``gedrukt`` (type, klasse): totals as printed, which may differ from the sum of the parts; None for
    profiles that nobody printed. ``herkomst``: one line for a report.
    """

    bedragen: Reeks
    herkomst: str
    gedrukt: Reeks | None = None

    @property
    def totalen(self) -> Reeks:
        """(type, klasse): the sum of the domains."""
        return np.asarray(self.bedragen.sum(axis=2))


@dataclass(frozen=True, eq=False)
class Bevolking:
    """Households per wijk: ``aantallen`` (gebied, type, klasse), with a name per wijk.

    Raises InvoerFout when names are not unique: tables could not tell the wijken apart.
    """

    namen: tuple[str, ...]
    aantallen: Reeks
    herkomst: str

    def __post_init__(self) -> None:
        dubbel = {n for n in self.namen if [*self.namen, ALLE_WIJKEN].count(n) > 1}
        if dubbel:
            oorzaak = "elke wijk heeft een eigen naam nodig."
            remedie = "Zet de CBS-code of het gebied achter de naam."
            raise InvoerFout([Melding("wijken", ", ".join(sorted(dubbel)), oorzaak, remedie)])

    @property
    def totaal(self) -> Reeks:
        """(type, klasse): all wijken together."""
        return np.asarray(self.aantallen.sum(axis=0))


@dataclass(frozen=True, eq=False)
class OpMaat:
    """Profiles made to measure.

    ``factoren`` (type, domein): the new profile as a multiple of ``basis``, the same for all classes, so that
    the ratios between classes stay. ``doel`` (type, domein): euros per year that the profiles add up to with
    the ``aantallen`` (type, klasse).
    """

    basis: Profielen
    profielen: Profielen
    aantallen: Reeks
    factoren: Reeks
    doel: Reeks
    rekening: Rekening
    waarschuwingen: tuple[Melding, ...]


def gepubliceerd(kengetallen: Kengetallen) -> Profielen:
    """The profiles of figuur 2.7 (meta-analyse figuur 2.3), or the user's values where the catalogue has them."""
    paden = tuple(zorgpad(*woorden) for woorden in product(TYPEN, KLASSEN, DOMEINEN))
    eigen = [p for p in kengetallen.afwijkingen if p.startswith("zorgconsumptie.")]
    return Profielen(
        kengetallen.rij(paden).reshape(len(TYPEN), len(KLASSEN), len(DOMEINEN)),
        f"figuur 2.7, met {hoeveel(len(eigen), 'eigen waarde', 'eigen waarden')}"
        if eigen
        else "figuur 2.7, prijspeil 2014",
        np.array([[kengetallen[f"zorgconsumptie_totaal.{t}.{k}"] for k in KLASSEN] for t in TYPEN]),
    )


def sprongen(profielen: Profielen) -> Reeks:
    """What an escalation to the next class costs, (type, stap, domein): zr - ev, nzr - zr, top - nzr."""
    return np.diff(profielen.bedragen, axis=1)


def zorgkosten(aantallen: ArrayLike, profielen: Profielen) -> Reeks:
    """Euros per year by type, class and domain for households (..., type, klasse): (..., type, klasse, domein)."""
    return np.asarray(aantallen, dtype=np.float64)[..., None] * profielen.bedragen


def groepen(aantallen: ArrayLike, profielen: Profielen) -> pd.DataFrame:
    """The twelve groups of a population, most expensive first.

    Columns type, klasse (keys), huishoudens, kosten (euros per year), per_huishouden, aandeel_huishoudens and
    aandeel_kosten (fractions; 0 when there are none).
    """
    tabel = pd.DataFrame([(t, k) for t in TYPEN for k in KLASSEN], columns=["type", "klasse"])
    tabel["huishoudens"] = np.asarray(aantallen, dtype=np.float64).ravel()
    tabel["kosten"] = zorgkosten(aantallen, profielen).sum(axis=-1).ravel()
    tabel["per_huishouden"] = profielen.totalen.ravel()
    for deel, geheel in (("aandeel_huishoudens", "huishoudens"), ("aandeel_kosten", "kosten")):
        tabel[deel] = tabel[geheel] / (tabel[geheel].sum() or 1.0)
    return tabel.sort_values(["kosten", "type", "klasse"], ascending=[False, True, True], ignore_index=True)


def populatiebudget(bevolking: Bevolking, profielen: Profielen) -> pd.DataFrame:
    """Virtual population budget per wijk (meta-analyse §5.4): a row per wijk and one for all together.

    Columns huishoudens, a domain each and totaal (euros per year), per_huishouden (euros).
    """
    kosten = zorgkosten(bevolking.aantallen, profielen).sum(axis=(1, 2))  # (gebied, domein)
    tabel = pd.DataFrame(kosten, columns=list(DOMEINEN), index=pd.Index(bevolking.namen, name="wijk"))
    tabel.insert(0, "huishoudens", bevolking.aantallen.sum(axis=(1, 2)))
    tabel.loc[ALLE_WIJKEN] = tabel.sum()
    tabel["totaal"] = tabel[list(DOMEINEN)].sum(axis=1)
    tabel["per_huishouden"] = tabel["totaal"] / tabel["huishoudens"].where(tabel["huishoudens"] > 0)
    return tabel


def bevolking_uit_doelgroepen(analyse: Doelgroepen) -> Bevolking:
    """Households per area from a doelgroepenanalyse; equal names get their CBS code behind them."""
    namen = [g.naam for g in analyse.gebieden]
    uniek = [n if namen.count(n) == 1 else f"{n} ({g.code})" for n, g in zip(namen, analyse.gebieden, strict=True)]
    bronnen = "; ".join(sorted({g.bron for g in analyse.gebieden}))
    return Bevolking(tuple(uniek), analyse.hele_aantallen.astype(float), f"doelgroepenanalyse uit {bronnen}")


def indexeer(profielen: Profielen, factoren: Mapping[str, float], bron: str) -> Profielen:
    """The profiles times a factor per domain (domains that are not named: 1), labelled with the user's source.

    No index ships with the kit: factors and ``bron`` ("CPI 2014-2024, CBS 83131NED") are the user's. Printed
    totals no longer apply. All factors 1 gives the profiles back. Raises InvoerFout.
    """
    meldingen = []
    for d, f in factoren.items():
        if d not in DOMEINEN:
            meldingen.append(Melding(d, f, "dit domein bestaat niet.", f"Kies uit: {', '.join(DOMEINEN)}."))
        elif not isfinite(f) or f <= 0:
            meldingen.append(
                Melding(f"index {d}", f, "een index is een getal groter dan 0.", "Geef 1.0 voor geen index.")
            )
        elif f >= HOOGSTE_INDEX:
            remedie = "Geef de factor: 1.35 voor een stijging van 35%."
            meldingen.append(Melding(f"index {d}", f, "dit lijkt een indexcijfer en geen factor.", remedie))
    anders = {d: f for d, f in factoren.items() if f != 1}
    if anders and not bron.strip():
        oorzaak = "een index zonder bron is niet te controleren."
        meldingen.append(Melding("index", bron, oorzaak, "Noem de reeks en de jaren, zoals CPI 2014-2024."))
    if meldingen:
        raise InvoerFout(meldingen)
    if not anders:
        return profielen
    schaal = np.array([factoren.get(d, 1.0) for d in DOMEINEN])
    welke = ", ".join(f"{naam(d)} × {nederlands(f)}" for d, f in anders.items())
    label = f"geïndexeerd met {bron.strip()}, opgegeven door de gebruiker ({welke})"
    return Profielen(profielen.bedragen * schaal, f"{profielen.herkomst}; {label}")


def op_maat(profielen: Profielen, aantallen: ArrayLike, rekening: Rekening) -> OpMaat:
    """Allocate the user's totals to types and classes (meta-analyse voetnoot 8): totals are met to the cent.

    ``aantallen`` (type, klasse): the households that the totals are about. With a total per domain the whole
    column scales; with totals per domain and type each cell does; with totals per domain and totals per type the
    costs are raked to both. Within a type and domain the ratios between classes stay exactly as published.
    Domains without a total keep their profile. Raises InvoerFout.
    """
    huishoudens = np.asarray(aantallen, dtype=np.float64)
    kosten = zorgkosten(huishoudens, profielen).sum(axis=1)  # (type, domein)
    doel = _doel(kosten, rekening)
    kolom, kolomdoel = kosten.sum(axis=0), doel.sum(axis=0)
    per_domein = np.divide(kolomdoel, kolom, out=np.ones_like(kolom), where=kolom > 0)
    # a type without households or costs moves with its domain
    factoren = np.divide(doel, kosten, out=np.broadcast_to(per_domein, kosten.shape).copy(), where=kosten > 0)
    _weiger_zvw(factoren[:, ZVW], rekening)
    nieuw = profielen
    if rekening.posten:
        herkomst = f"{profielen.herkomst}; op maat gemaakt met {rekening.herkomst}"
        nieuw = Profielen(profielen.bedragen * factoren[:, None, :], herkomst)
    return OpMaat(profielen, nieuw, huishoudens, factoren, doel, rekening, _waarschuwingen(per_domein, rekening))


def overrides(profielen: Profielen, kengetallen: Kengetallen) -> dict[str, float]:
    """The amounts that differ from the catalogue, as ``Kengetallen.met`` takes them: key -> euros, unrounded.

    The first class serves both niet_actief and ev, as in figuur 2.7 ("geen probleem of ev").
    """
    alle = {
        zorgpad(t, k, d): float(profielen.bedragen[i, j, m])
        for i, t in enumerate(TYPEN)
        for j, k in enumerate(KLASSEN)
        for m, d in enumerate(DOMEINEN)
    }
    return {pad: waarde for pad, waarde in alle.items() if waarde != kengetallen[pad]}


def _doel(kosten: Reeks, rekening: Rekening) -> Reeks:
    """(type, domein) euros that the profiles must add up to; ``kosten`` are those of the present profiles."""
    doel = kosten.copy()
    meldingen: list[Melding] = []
    vast = np.array([[rekening.bedrag(d, t) is not None for d in DOMEINEN] for t in TYPEN])
    for m, d in enumerate(DOMEINEN):
        for i, t in enumerate(TYPEN):
            bedrag = rekening.bedrag(d, t)
            if bedrag is not None:
                doel[i, m] = bedrag
                if bedrag > 0 and kosten[i, m] == 0:
                    meldingen.append(_nul_profiel(rekening, bedrag, d, t))
        totaal = rekening.bedrag(d)
        if totaal is None or vast[:, m].all():
            continue
        rest = max(totaal - float(doel[vast[:, m], m].sum()), 0.0)
        start = kosten[~vast[:, m], m]
        if start.sum() > 0:
            doel[~vast[:, m], m] = start * (rest / start.sum())
        elif rest > CENT:
            meldingen.append(_nul_profiel(rekening, rest, d))
    if meldingen:
        raise InvoerFout(meldingen)
    return doel if rekening.typetotalen is None else _geraakt(doel, vast, rekening)


def _geraakt(doel: Reeks, vast: NDArray[np.bool_], rekening: Rekening) -> Reeks:
    """Meet the totals per type too, over the domains of the account; given cells stay."""
    kolommen = [DOMEINEN.index(d) for d in rekening.domeinen]
    totalen = rekening.typetotalen or {}
    los = np.where(vast, 0.0, doel)[:, kolommen]
    vastgezet = np.where(vast, doel, 0.0)[:, kolommen]
    per_type = np.maximum(np.array([totalen[t] for t in TYPEN]) - vastgezet.sum(axis=1), 0.0)
    # a type of which every domain was given has nothing left but binary noise
    per_type = np.where(los.sum(axis=1) > 0, per_type, np.where(per_type > CENT, per_type, 0.0))
    # domains first, so that the totals per type come out last and exactly; both add up to the same amount
    per_domein = los.sum(axis=0)
    try:
        nieuw = raak(los, {1: per_domein, 0: per_type})
    except ValueError:
        oorzaak = "de totalen per domein en per type zijn met deze profielen niet samen te halen."
        remedie = "Een domein kan alleen bij types met een profiel: jeugd alleen bij gezinnen. Controleer de totalen."
        raise InvoerFout([Melding("totaal per type", None, oorzaak, remedie, rekening.bestand)]) from None
    uit = doel.copy()
    uit[:, kolommen] = nieuw + vastgezet
    return uit


def _nul_profiel(rekening: Rekening, bedrag: float, domein: str, type_: str = "") -> Melding:
    wie = naam(type_).lower() if type_ else "alle huishoudens van deze bevolking"
    return Melding(
        f"{domein}.{type_}" if type_ else domein,
        bedrag,
        f"het profiel {naam(domein)} is nul voor {wie}, dus dit totaal is aan niemand toe te delen.",
        "Controleer het domein en de aantallen huishoudens; geef jeugd alleen op waar gezinnen zijn.",
        rekening.bestand,
    )


def _weiger_zvw(factoren: Reeks, rekening: Rekening) -> None:
    factor = float(factoren.max())
    if "zvw" not in rekening.domeinen or factor <= HOOGSTE_ZVW:
        return
    oorzaak = (
        f"dit maakt het profiel Zvw {nederlands(round(factor, 2))} keer zo hoog; figuur 2.7 bevat maar een deel van "
        "de Zvw, een totaal van Vektis past daar niet op."
    )
    remedie = "Laat zvw weg en gebruik Vektis of de CPI als index (index_zvw)."
    raise InvoerFout([Melding("zvw", rekening.domeintotaal("zvw"), oorzaak, remedie, rekening.bestand)])


def _waarschuwingen(per_domein: Reeks, rekening: Rekening) -> tuple[Melding, ...]:
    """What a reader must know of the result; it is calculated as given."""
    uit = []
    for d in rekening.domeinen:
        factor = float(per_domein[DOMEINEN.index(d)])
        if not ONGEWOON[0] <= factor <= ONGEWOON[1]:
            oorzaak = f"het profiel wordt {nederlands(round(factor, 3))} keer het gepubliceerde."
            remedie = "Controleer of het hele euro's van een jaar zijn, van dezelfde huishoudens."
            uit.append(Melding(d, _bedrag(rekening, d), oorzaak, remedie, rekening.bestand))
    if "zvw" in rekening.domeinen:
        oorzaak = "de kolom ZVW van figuur 2.7 is een deel van de Zvw, op een grondslag die de bron niet noemt."
        remedie = "Een index (Vektis, CPI) is veiliger dan een totaal."
        uit.append(Melding("zvw", _bedrag(rekening, "zvw"), oorzaak, remedie, rekening.bestand))
    if rekening.jaar is not None and len(rekening.domeinen) < len(DOMEINEN):
        rest = ", ".join(naam(d) for d in DOMEINEN if d not in rekening.domeinen)
        oorzaak = (
            f"de totalen zijn van {rekening.jaar}, de andere domeinen ({rest}) houden het prijspeil van hun profiel."
        )
        uit.append(
            Melding("jaar", str(rekening.jaar), oorzaak, "Indexeer die domeinen naar hetzelfde jaar.", rekening.bestand)
        )
    return tuple(uit)


def _bedrag(rekening: Rekening, domein: str) -> str:
    totaal = rekening.domeintotaal(domein)
    return "alleen per type opgegeven" if totaal is None else f"€ {nederlands(round(totaal, 2))}"

"""Sweeps: two knobs as a grid for a contour, any number of knobs as a grid in parquet, in parts.

The numbers come from ``bereken_reeks`` and do not depend on the executor, nor on where a calculation was broken
off; another size of parts changes binary noise only (sums over more or fewer scenarios at once). A large grid can
stop halfway: parts that are complete stay, a next call calculates only what is missing.
"""

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import ArrayLike, NDArray

from mkba import __version__
from mkba.analyse.gevoeligheid.eenzijdig import kies_knoppen
from mkba.kern.bestand.schrijven import schrijf_veilig, veilig_open
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import SLEUTELS
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import BLOK, bereken_blokken, bereken_reeks
from mkba.model.reeksen import maak_reeksen

Reeks = NDArray[np.float64]
Voortgang = Callable[[int, int], None]
"""Called with the number of points that are done and the number in all."""

PUNTEN: Final = 41
"""Points per axis of a contour: fine enough for a smooth line; no source."""
DEEL: Final = 16 * BLOK
"""Points per part: a few megabytes, and enough blocks to keep an executor busy."""
MAXIMUM_PUNTEN: Final = 1_000_000_000
"""A larger grid would run for hours and fill a disk: a bound on the search, no source."""
UITKOMSTEN: Final = ("saldo", "kb_financieel", "kb_maatschappelijk", "kb_gemeentelijk")
MANIFEST: Final = "manifest.json"
_KENMERK: Final = b"mkba_kenmerk"


@dataclass(frozen=True, eq=False)
class Raster:
    """Two axes and the outcome on every crossing: ``waarden`` has shape (y, x).

    ``punt`` is the aanpak as given (x, y, outcome); ``drempel`` is break-even (saldo 0 euro, ratio 1).
    """

    x: str
    y: str
    uitkomst: str
    x_waarden: Reeks
    y_waarden: Reeks
    waarden: Reeks
    punt: tuple[float, float, float]
    drempel: float


def raster(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    x: str,
    y: str,
    uitkomst: str = "saldo",
    *,
    punten: int = PUNTEN,
    bereik: Mapping[str, tuple[float, float]] | None = None,
    executor: Executor | None = None,
) -> Raster:
    """One outcome over two knobs (or fields, or kengetallen), all else as given.

    An axis runs over the published range of the knob, stretched to hold the value of the aanpak, or over
    ``bereik[key]``. ``punten`` per axis, at least 2. Raises InvoerFout.
    """
    _weiger(_controleer_uitkomsten((uitkomst,)))
    if x == y:
        _weiger([Melding("x en y", x, "de twee assen zijn dezelfde.", "Kies twee verschillende knoppen.")])
    if punten < 2:
        _weiger([Melding("punten", punten, "een as heeft ten minste twee punten.", f"Geef {PUNTEN}.")])
    eigen = bereik or {}
    grenzen = {k: eigen[k] if k in eigen else _bereik(k, aanpak, kengetallen) for k in (x, y)}
    assen = {k: np.linspace(*grenzen[k], punten) for k in (x, y)}
    _weiger(_controleer_assen(aanpak, kengetallen, assen))
    gy, gx = np.meshgrid(assen[y], assen[x], indexing="ij")
    waarden = bereken_reeks(aanpak, kengetallen, {x: gx.ravel(), y: gy.ravel()}, (uitkomst,), executor=executor)
    hier = float(bereken_reeks(aanpak, kengetallen, {}, (uitkomst,))[uitkomst][0])
    punt = (_waarde(x, aanpak, kengetallen), _waarde(y, aanpak, kengetallen), hier)
    drempel = 1.0 if uitkomst.startswith("kb_") else 0.0
    return Raster(x, y, uitkomst, assen[x], assen[y], waarden[uitkomst].reshape(gx.shape), punt, drempel)


def knoppenvlak(
    aanpak: Aanpak, kengetallen: Kengetallen, gevoeligheid: pd.DataFrame, knop_x: str = "", knop_y: str = ""
) -> Raster:
    """The saldo over two knobs as the parameters of the notebook name them; an empty one takes the largest swing.

    ``gevoeligheid``: of ``analyse.gevoeligheid.eenzijdig``. Raises InvoerFout that names the parameter.
    """
    x, y = kies_knoppen(gevoeligheid, knop_x, knop_y)
    try:
        return raster(aanpak, kengetallen, x, y)
    except InvoerFout as fout:
        parameter = {x: "knop_x", y: "knop_y"}
        hulp = "Kies een knop van vraag 9 tot en met 15, of laat deze parameter leeg."
        raise InvoerFout(
            [Melding(parameter[m.veld], m.veld, m.oorzaak, hulp) if m.veld in parameter else m for m in fout.meldingen]
        ) from None


def schrijf_rooster(
    aanpak: Aanpak,
    kengetallen: Kengetallen,
    assen: Mapping[str, ArrayLike],
    map_: str | Path,
    *,
    sleutels: Sequence[str] = UITKOMSTEN,
    deel: int = DEEL,
    voortgang: Voortgang | None = None,
    executor: Executor | None = None,
) -> list[Path]:
    """Calculate every combination of the values on ``assen`` and write it to ``map_`` as parquet, in parts.

    Columns: the axes, then ``sleutels`` (unrounded); the last axis runs fastest. A part is written under a
    temporary name and moved into place, and carries the fingerprint of the whole grid (input, kengetallen, axes,
    keys, size of a part): complete parts are skipped on a next call. ``executor`` as in :func:`simuleer
    <mkba.analyse.onzekerheid.simulatie.simuleer>`: workers only calculate, also for parts further on, and this process
    writes, so they need not share a disk. Returns the parts in order. Raises InvoerFout, also when the folder
    holds another grid.
    """
    waarden = {k: _as(k, v) for k, v in assen.items()}
    meldingen = [] if waarden else [Melding("assen", None, "het rooster heeft geen as.", "Geef ten minste een knop.")]
    aantal = math.prod(v.size for v in waarden.values())
    if aantal > MAXIMUM_PUNTEN:
        hulp = "Neem minder waarden per as of minder assen."
        meldingen.append(
            Melding("assen", aantal, f"het rooster heeft meer dan {nederlands(MAXIMUM_PUNTEN)} punten.", hulp)
        )
    if deel < 1:
        meldingen.append(Melding("deel", deel, "een deel heeft ten minste een punt.", f"Geef {DEEL}."))
    meldingen += _controleer_uitkomsten(sleutels)
    _weiger(meldingen + _controleer_assen(aanpak, kengetallen, waarden))
    doel = Path(map_)
    kenmerk = _kenmerk(aanpak, kengetallen, waarden, tuple(sleutels), deel)
    grenzen = [(van, min(van + deel, aantal)) for van in range(0, aantal, deel)]
    _begin(doel, kenmerk, aantal, len(grenzen), [*waarden, *sleutels])
    paden = [_pad(doel, nummer) for nummer in range(len(grenzen))]
    klaar = [_is_klaar(pad, kenmerk, tot - van) for pad, (van, tot) in zip(paden, grenzen, strict=True)]
    te_doen = [deelgrenzen for deelgrenzen, af in zip(grenzen, klaar, strict=True) if not af]
    blokken = (_punten(waarden, *blok) for deelgrenzen in te_doen for blok in _blokken(*deelgrenzen))
    # closed on any way out, so that no worker goes on after an interruption
    with closing(bereken_blokken(aanpak, kengetallen, blokken, sleutels, executor)) as uitkomsten:
        for pad, (van, tot), af in zip(paden, grenzen, klaar, strict=True):
            if not af:
                reeksen = {s: np.empty(tot - van) for s in sleutels}
                for begin, eind in _blokken(van, tot):
                    for sleutel, kolom in next(uitkomsten).items():
                        reeksen[sleutel][begin - van : eind - van] = kolom
                _schrijf_deel(pad, {**_punten(waarden, van, tot), **reeksen}, kenmerk)
            if voortgang is not None:
                voortgang(tot, aantal)
    return paden


def lees_rooster(map_: str | Path, kolommen: Sequence[str] | None = None) -> pd.DataFrame:
    """A complete grid as a data frame, or only some of its columns. Raises InvoerFout when parts are missing."""
    doel = Path(map_)
    manifest = _manifest(doel)
    if manifest is None:
        raise InvoerFout([Melding("rooster", str(map_), "hier staat geen rooster.", "Maak het met schrijf_rooster.")])
    bekend = list(manifest["kolommen"])
    vreemd = [k for k in kolommen or () if k not in bekend]
    _weiger([Melding("kolommen", k, "deze kolom is er niet.", f"Kies uit: {', '.join(bekend)}.") for k in vreemd])
    paden = [_pad(doel, i) for i in range(int(manifest["delen"]))]
    kenmerk = str(manifest["kenmerk"])
    ontbreekt = [p.name for p in paden if not _is_klaar(p, kenmerk)]
    hulp = "Roep schrijf_rooster opnieuw aan; wat klaar is blijft staan."
    _weiger([Melding("rooster", naam, "dit deel ontbreekt of is onvolledig.", hulp) for naam in ontbreekt])
    gevraagd = list(kolommen) if kolommen is not None else None
    tabellen = [pq.ParquetFile(p).read(columns=gevraagd) for p in paden]
    tabel: pd.DataFrame = pa.concat_tables(tabellen).to_pandas()
    return tabel


def _blokken(van: int, tot: int) -> list[tuple[int, int]]:
    """A part as blocks of the model; always from its start, so that sums are rounded alike on every call."""
    return [(begin, min(begin + BLOK, tot)) for begin in range(van, tot, BLOK)]


def _punten(assen: Mapping[str, Reeks], van: int, tot: int) -> dict[str, Reeks]:
    """The values on each axis of points ``van`` up to ``tot`` of the grid, without making the whole grid."""
    plekken = np.unravel_index(np.arange(van, tot), tuple(a.size for a in assen.values()))
    return {k: a[plek] for (k, a), plek in zip(assen.items(), plekken, strict=True)}


def _as(sleutel: str, waarden: ArrayLike) -> Reeks:
    try:
        return np.atleast_1d(np.asarray(waarden, dtype=np.float64))
    except (TypeError, ValueError):
        melding = Melding(sleutel, str(waarden), "dit is geen rij getallen.", "Geef bijvoorbeeld [0.1, 0.2].")
    raise InvoerFout([melding])


def _bereik(sleutel: str, aanpak: Aanpak, kengetallen: Kengetallen) -> tuple[float, float]:
    """The published range of a knob or kengetal, stretched to hold the value itself; 0 to 1 for a plain share."""
    veld = ALLE_VELDEN.get(sleutel)
    getal = kengetallen.getallen.get((veld.standaard or "") if veld else sleutel)
    if veld is not None and veld.soort == "fractie" and getal is None:
        return float(veld.minimum or 0.0), float(veld.maximum or 1.0)
    waarde = _waarde(sleutel, aanpak, kengetallen)
    laag, hoog = (min(getal.onder, waarde), max(getal.boven, waarde)) if getal else (waarde, waarde)
    if laag == hoog:
        hulp = f"Geef bereik={{'{sleutel}': (laag, hoog)}}."
        raise InvoerFout([Melding(sleutel, waarde, "voor deze as is geen gepubliceerd bereik.", hulp)])
    return laag, hoog


def _waarde(sleutel: str, aanpak: Aanpak, kengetallen: Kengetallen) -> float:
    if sleutel in ALLE_VELDEN and ALLE_VELDEN[sleutel].soort not in ("tekst", "disciplines", "ja_nee", "keuze"):
        waarde = aanpak.alles().get(sleutel)
        return math.nan if waarde is None else float(waarde)
    if sleutel in kengetallen:
        return kengetallen[sleutel]
    oorzaak = "dit is geen getal van de invoer en geen kengetal."
    raise InvoerFout([Melding(sleutel, None, oorzaak, "Kies een knop van vraag 9 tot en met 15.")])


def _controleer_assen(aanpak: Aanpak, kengetallen: Kengetallen, assen: Mapping[str, Reeks]) -> list[Melding]:
    meldingen = []
    for sleutel, waarden in assen.items():
        if sleutel.startswith(("type.", "zwaarte.")):
            oorzaak = "aandelen die samen 100% zijn, kunnen niet los van elkaar bewegen."
            meldingen.append(Melding(sleutel, None, oorzaak, "Vergelijk daarvoor scenario's."))
        elif waarden.ndim != 1 or not waarden.size or not np.isfinite(waarden).all():
            oorzaak = "dit is geen rij eindige getallen."
            meldingen.append(Melding(sleutel, str(waarden), oorzaak, "Geef bijvoorbeeld [0.1, 0.2]."))
        elif np.unique(waarden).size != waarden.size:
            meldingen.append(Melding(sleutel, str(waarden), "een waarde staat er twee keer.", "Verwijder er een."))
        else:
            try:
                maak_reeksen(aanpak, kengetallen, {sleutel: waarden})
            except (KeyError, ValueError) as fout:
                oorzaak = f"deze as kan niet: {fout.args[0]}."
                meldingen.append(Melding(sleutel, str(waarden), oorzaak, "Zie `mkba sjabloon` voor de velden."))
    return meldingen


def _controleer_uitkomsten(sleutels: Sequence[str]) -> list[Melding]:
    rij = [sleutels] if isinstance(sleutels, str) else list(sleutels)
    kies = f"Kies uit: {', '.join(SLEUTELS)}."
    fout = [Melding("uitkomst", s, "dit is geen uitkomst van het model.", kies) for s in rij if s not in SLEUTELS]
    if isinstance(sleutels, str) and not fout:
        fout = [Melding("sleutels", sleutels, "dit is geen rij sleutels.", f"Geef ({sleutels!r},).")]
    return fout if rij else [Melding("sleutels", None, "er is geen uitkomst gevraagd.", kies)]


def _weiger(meldingen: list[Melding]) -> None:
    if meldingen:
        raise InvoerFout(meldingen)


def _kenmerk(
    aanpak: Aanpak, kengetallen: Kengetallen, assen: Mapping[str, Reeks], sleutels: tuple[str, ...], deel: int
) -> str:
    """Fingerprint of all that the numbers depend on, but not of the name of the aanpak."""
    inhoud: dict[str, Any] = {
        "mkba": __version__,
        "aanpak": {k: v for k, v in aanpak.alles().items() if k != "naam"},
        "kengetallen": [kengetallen.naam, kengetallen.vingerafdruk],
        "assen": [[k, v.tolist()] for k, v in assen.items()],
        "sleutels": sleutels,
        "deel": deel,
    }
    return hashlib.sha256(json.dumps(inhoud, sort_keys=True).encode()).hexdigest()[:16]


def _pad(doel: Path, nummer: int) -> Path:
    return doel / f"deel-{nummer:06d}.parquet"


def _begin(doel: Path, kenmerk: str, aantal: int, delen: int, kolommen: list[str]) -> None:
    """Make the folder and its manifest; refuse a folder that holds another grid."""
    bestaand = _manifest(doel)
    hulp = "Kies een andere map, of verwijder deze eerst."
    if bestaand is not None and bestaand["kenmerk"] != kenmerk:
        raise InvoerFout([Melding("rooster", str(doel), "in deze map staat een ander rooster.", hulp)])
    if bestaand is None and doel.is_dir() and any(doel.glob("*.parquet")):
        raise InvoerFout([Melding("rooster", str(doel), "in deze map staan parquet-bestanden zonder manifest.", hulp)])
    try:
        doel.mkdir(parents=True, exist_ok=True)
        if bestaand is None:
            inhoud = {"kenmerk": kenmerk, "punten": aantal, "delen": delen, "kolommen": kolommen}
            schrijf_veilig(doel / MANIFEST, json.dumps(inhoud, indent=1) + "\n")
    except OSError as fout:
        reden = fout.strerror or type(fout).__name__
        oorzaak = f"in deze map is niet te schrijven ({reden})."
        raise InvoerFout([Melding("rooster", str(doel), oorzaak, "Kies een andere map.")]) from None


def _manifest(doel: Path) -> dict[str, Any] | None:
    pad = doel / MANIFEST
    if not pad.is_file():
        return None
    try:
        inhoud = json.loads(pad.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        inhoud = None
    if not isinstance(inhoud, dict) or not {"kenmerk", "delen", "kolommen"} <= set(inhoud):
        oorzaak = "het manifest van dit rooster is niet te lezen."
        raise InvoerFout([Melding("rooster", str(pad), oorzaak, "Verwijder de map en reken opnieuw.")])
    return inhoud


def _is_klaar(pad: Path, kenmerk: str, punten: int | None = None) -> bool:
    """Whether a part is whole and belongs to this grid; a part that was cut off has no readable end."""
    try:
        meta = pq.read_metadata(pad)
    except (OSError, pa.ArrowException):
        return False
    eigen = (meta.metadata or {}).get(_KENMERK, b"").decode("ascii", "replace")
    return eigen == kenmerk and (punten is None or meta.num_rows == punten)


def _schrijf_deel(pad: Path, kolommen: Mapping[str, Reeks], kenmerk: str) -> None:
    tabel = pa.table(dict(kolommen)).replace_schema_metadata({_KENMERK: kenmerk.encode()})
    try:
        with veilig_open(pad) as bestand:
            pq.write_table(tabel, bestand, compression="zstd")
    except OSError as fout:  # a full disk, a folder that went away: what was written stays usable
        oorzaak = f"dit deel is niet te schrijven ({fout.strerror or type(fout).__name__})."
        hulp = "Maak ruimte en roep schrijf_rooster opnieuw aan; wat klaar is blijft staan."
        raise InvoerFout([Melding("rooster", str(pad), oorzaak, hulp)]) from None

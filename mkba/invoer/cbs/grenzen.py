"""Boundaries of areas for a map: a GeoJSON or GeoPackage that the user has, or PDOK's WFS.

GeoJSON needs no more than this package; a GeoPackage the extra ``kaart``. Coordinates stay as they are (RD metres or
degrees); shapes are thinned to what a page can show.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import requests
from numpy.typing import NDArray

from mkba.invoer.cbs.codes import is_code, kaal
from mkba.invoer.cbs.dienst import NETWERK
from mkba.kern.bestand.bestanden import lees_bytes, weiger
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.gebied import Soort

PDOK: Final = "pdok"
"""Instead of a file: fetch the boundaries from PDOK."""
PDOK_URL: Final = "https://service.pdok.nl"
PER_KEER: Final = 1000
"""Features that the WFS gives at a time."""
MAXIMUM_BYTES: Final = 1_000_000_000
MAXIMUM_GEOJSON: Final = 400_000_000
"""Bytes; choices. A GeoJSON takes ten times its size in memory, a GeoPackage hardly more than its own."""
_KLEINER: Final = "Geef alleen de gebieden die u nodig hebt, of een GeoPackage."
MAXIMUM_GEBIEDEN: Final = 50_000
"""Areas that a service may give: the country has some 15.000 buurten. A choice."""
VERSTE: Final = 1e8
"""The farthest coordinate: RD, degrees and web mercator (metres) all stay below it. A choice."""
VER_METERS: Final = 6e5
VER_GRADEN: Final = 5.0
"""From the middle of the areas, east or north: a ring with a point farther off would leave nothing of the others on a
map. Choices; the country is 325 km high (550 km in web mercator) and 4 degrees wide."""
GRADEN: Final = 180.0
"""The largest coordinate in degrees."""
FIJN: Final = 1500
"""Steps over the width of the map: finer than a page shows."""
_ZONDER_LAND: Final = ("ja", "b")
_LAGEN: Final = {"gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}
_DOWNLOAD: Final = (
    "Download de grenzen van PDOK (CBS wijken en buurten, of gebiedsindelingen) als GeoJSON of GeoPackage, van "
    "hetzelfde jaar als de cijfers."
)
_KORTSTE_RING: Final = 4
"""Points of a triangle, of which the last is the first again (RFC 7946)."""
_SQLITE: Final = b"SQLite format 3\0"
_MERK_VAN, _MERK_TOT = 68, 72
"""Where SQLite keeps the mark of who made the file."""
_GEOPACKAGE: Final = (b"GPKG", b"GP10", b"GP11")
_EERSTE: Final = 8
"""Areas that a message names."""
Ring = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Grenzen:
    """Rings per code: outer ones run counterclockwise, holes clockwise; (n, 2) coordinates."""

    ringen: Mapping[str, tuple[Ring, ...]]
    bron: str
    graden: bool
    """Whether coordinates are degrees and not metres."""
    ver: tuple[str, ...] = ()
    """Codes of areas of which a ring lies far outside the country, and is left out."""


def lees_grenzen(bron: str, codes: Collection[str], niveau: Soort, jaar: int) -> Grenzen:
    """The boundaries of these areas. Raises InvoerFout, also when none of them is in it."""
    if bron.casefold() == PDOK:
        return _maak(haal_pdok(niveau, jaar), codes, f"PDOK, CBS wijken en buurten {jaar}", PDOK_URL)
    pad = Path(bron)
    if pad.suffix.casefold() == ".gpkg":
        return _maak(_geopackage(pad, niveau), codes, pad.name, str(pad))
    inhoud = lees_bytes(pad, MAXIMUM_GEOJSON, leeg=_DOWNLOAD, te_groot=_KLEINER)
    try:
        vormen = _vormen(json.loads(inhoud))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        weiger(pad, "dit is geen GeoJSON met vlakken.", _DOWNLOAD)
    return _maak(vormen, codes, pad.name, str(pad))


def haal_pdok(niveau: Soort, jaar: int, basis_url: str | None = None) -> list[tuple[dict[str, Any], list[Ring]]]:
    """All areas of a level from PDOK's WFS, a thousand at a time. Raises InvoerFout."""
    url = f"{basis_url or PDOK_URL}/cbs/wijkenbuurten/{jaar}/wfs/v1_0"
    vraag = {"service": "WFS", "version": "2.0.0", "request": "GetFeature", "outputFormat": "application/json"}
    vraag |= {"typeName": f"wijkenbuurten:{_LAGEN[niveau]}", "count": str(PER_KEER)}
    uit: list[tuple[dict[str, Any], list[Ring]]] = []
    begin = 0
    while True:
        try:
            tijd = (NETWERK.verbinden, NETWERK.lezen)
            antwoord = requests.get(url, params={**vraag, "startIndex": str(begin)}, timeout=tijd)
            antwoord.raise_for_status()
            inhoud = antwoord.json()
            uit += _vormen(inhoud)
            gegeven = len(inhoud["features"])
        except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as fout:
            oorzaak = f"de grenzen van {jaar} zijn niet op te halen ({type(fout).__name__})."
            raise InvoerFout([Melding("PDOK", url, oorzaak, _DOWNLOAD)]) from None
        begin += gegeven
        if gegeven < PER_KEER:
            return uit
        if begin >= MAXIMUM_GEBIEDEN:
            oorzaak = f"de dienst geeft meer dan {MAXIMUM_GEBIEDEN} gebieden en houdt niet op."
            raise InvoerFout([Melding("PDOK", url, oorzaak, _DOWNLOAD)])


def _vormen(inhoud: Mapping[str, Any]) -> list[tuple[dict[str, Any], list[Ring]]]:
    """Properties and rings of every feature with an area. Raises ValueError for a ring that is none."""
    uit = []
    for kenmerk in inhoud["features"]:
        vorm = kenmerk.get("geometry") or {}
        if vorm.get("type") == "Polygon":
            delen = [vorm["coordinates"]]
        elif vorm.get("type") == "MultiPolygon":
            delen = vorm["coordinates"]
        else:
            continue
        ringen = [_gericht([p[:2] for p in ring], i == 0) for deel in delen for i, ring in enumerate(deel)]
        uit.append((dict(kenmerk.get("properties") or {}), ringen))
    return uit


def _geopackage(pad: Path, niveau: Soort) -> list[tuple[dict[str, Any], list[Ring]]]:
    try:
        import pyogrio
        import shapely
    except ImportError:
        oorzaak = "een GeoPackage lezen vraagt het onderdeel kaart, en dat is niet geïnstalleerd."
        remedie = "Installeer het met `pip install mkba[kaart]`, of geef de grenzen als GeoJSON."
        raise InvoerFout([Melding("--kaart", pad.name, oorzaak, remedie, str(pad))]) from None
    inhoud = lees_bytes(pad, MAXIMUM_BYTES, leeg=_DOWNLOAD, te_groot=_KLEINER)
    # by its extension alone it could be any of the forms of this library, and some read other files and addresses
    if not (inhoud.startswith(_SQLITE) and inhoud[_MERK_VAN:_MERK_TOT] in _GEOPACKAGE):
        weiger(pad, "dit is geen leesbare GeoPackage.", _DOWNLOAD)
    try:
        lagen = [str(naam) for naam, _ in pyogrio.list_layers(pad)]
        laag = next((naam for naam in lagen if _LAGEN[niveau] in naam.casefold()), lagen[0])
        meta, _, vlakken, velden = pyogrio.raw.read(pad, layer=laag)
        delen_van = [shapely.get_parts(v) if v is not None else () for v in shapely.from_wkb(vlakken)]
        ringen_van = [
            [
                _gericht(np.asarray(ring.coords)[:, :2], j == 0)
                for deel in delen
                if deel.geom_type == "Polygon" and not deel.is_empty
                for j, ring in enumerate([deel.exterior, *deel.interiors])
            ]
            for delen in delen_van
        ]
    except Exception as fout:  # pyogrio and shapely have errors of their own for every kind of damage
        weiger(pad, f"dit is geen leesbare GeoPackage ({type(fout).__name__}).", _DOWNLOAD)
    namen = [str(naam) for naam in meta["fields"]]
    return [({n: k[i] for n, k in zip(namen, velden, strict=True)}, ringen) for i, ringen in enumerate(ringen_van)]


def _maak(
    vormen: Sequence[tuple[Mapping[str, Any], list[Ring]]], codes: Collection[str], bron: str, waar: str
) -> Grenzen:
    """Under the property that holds most of the codes; water is no part of an area."""
    gezocht = set(codes)
    namen = dict.fromkeys(naam for eigenschappen, _ in vormen for naam in eigenschappen)
    treffers = {n: sum(_code(e.get(n)) in gezocht for e, _ in vormen) for n in namen}
    beste = max(treffers, key=lambda n: treffers[n], default="")
    if not treffers.get(beste):
        gevonden = next((c for e, _ in vormen for w in e.values() if is_code(c := _code(w))), "geen enkele code")
        oorzaak = f"geen van de gebieden staat in deze grenzen; wel bijvoorbeeld {gevonden}."
        raise InvoerFout([Melding("--kaart", bron, oorzaak, _DOWNLOAD, waar)])
    per_code: dict[str, list[Ring]] = {}
    for eigenschappen, ringen in vormen:
        code = _code(eigenschappen.get(beste))
        if code in gezocht and not _is_water(eigenschappen):
            per_code.setdefault(code, []).extend(ringen)
    alle = [r for ringen in per_code.values() for r in ringen]
    if not alle:
        raise InvoerFout(
            [Melding("--kaart", bron, "geen van de gebieden heeft in deze grenzen een vlak.", _DOWNLOAD, waar)]
        )
    midden = np.median(np.concatenate(alle), axis=0)
    graden = bool(np.abs(midden).max() <= GRADEN)
    dichtbij = {c: [r for r in ringen if not _is_ver(r, midden, graden)] for c, ringen in per_code.items()}
    alle = [r for ringen in dichtbij.values() for r in ringen]
    if not alle:
        oorzaak = "de gebieden liggen in deze grenzen verder uiteen dan Nederland breed is."
        raise InvoerFout([Melding("--kaart", bron, oorzaak, _DOWNLOAD, waar)])
    laag, hoog = np.min([r.min(axis=0) for r in alle], axis=0), np.max([r.max(axis=0) for r in alle], axis=0)
    stap = float((hoog - laag).max()) / FIJN
    return Grenzen(
        {code: _dunner(ringen, stap) for code, ringen in dichtbij.items() if ringen},
        bron,
        graden,
        tuple(code for code, ringen in per_code.items() if len(dichtbij[code]) < len(ringen)),
    )


def _is_ver(ring: Ring, midden: NDArray[np.float64], graden: bool) -> bool:
    return float(np.abs(ring - midden).max()) > (VER_GRADEN if graden else VER_METERS)


def meldingen(grenzen: Grenzen) -> tuple[Melding, ...]:
    """What is not on a map of these boundaries, because it lies far outside the country."""
    if not grenzen.ver:
        return ()
    welke = ", ".join(grenzen.ver[:_EERSTE])
    welke += f" en {len(grenzen.ver) - _EERSTE} andere" if len(grenzen.ver) > _EERSTE else ""
    oorzaak = f"een vlak van {welke} ligt ver buiten Nederland en staat niet op de kaart, die anders onleesbaar was."
    return (Melding("--kaart", grenzen.bron, oorzaak, f"Controleer de coördinaten daarvan. {_DOWNLOAD}"),)


def _code(waarde: object) -> str:
    return kaal(str(waarde)) if isinstance(waarde, str) else ""


def _is_water(eigenschappen: Mapping[str, Any]) -> bool:
    return any(n.casefold() in ("water", "h2o") and str(w).casefold() in _ZONDER_LAND for n, w in eigenschappen.items())


def _gericht(punten: Any, buiten: bool) -> Ring:
    """Counterclockwise outside, clockwise for a hole: so that a hole stays open whoever draws it.

    Raises ValueError for what cannot be the ring of an area: points of no pair, too few, or nowhere on earth.
    """
    ring = np.asarray(punten, dtype=np.float64)
    if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < _KORTSTE_RING or not (np.abs(ring) <= VERSTE).all():
        raise ValueError
    x, y = ring[:, 0], ring[:, 1]
    links_om = float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) > 0
    return ring if links_om == buiten else ring[::-1]


def _dunner(ringen: Iterable[Ring], stap: float) -> tuple[Ring, ...]:
    """Points on a grid, each once in a row; what is smaller than the grid goes, but the largest ring stays."""
    uit = []
    heel = sorted(ringen, key=lambda r: -float(np.ptp(r, axis=0).prod()))
    for i, ring in enumerate(heel):
        if not stap:
            uit.append(ring)
            continue
        op_net = np.round(ring / stap) * stap
        anders = np.concatenate([[True], (np.diff(op_net, axis=0) != 0).any(axis=1)])
        dun = op_net[anders]
        if len(dun) > 3:
            uit.append(dun)
        elif i == 0:
            uit.append(ring)
    return tuple(uit)

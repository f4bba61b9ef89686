"""Areas from CBS Kerncijfers wijken en buurten, live through the open data service (OData v3) and kept on disk.

Licence of the data: CC BY 4.0, CBS StatLine. For files that the user downloaded see :func:`lees_gebieden`.
"""

import datetime as dt
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import SplitResult, urlsplit

import cbsodata
import requests

from mkba.invoer.cbs import bewaar as cbs_bewaar
from mkba.invoer.cbs.bestanden import bronnaam, lees_gebieden, naam_of_code
from mkba.invoer.cbs.bewaar import Bewaard
from mkba.invoer.cbs.codes import gevuld, is_code, kaal, lees_codes, niet_gevonden
from mkba.invoer.cbs.kolommen import (
    EDITIES,
    STANDAARDJAAR,
    kies_kolommen,
    maak_gebied,
    uit_eigenschappen,
)
from mkba.invoer.cbs.statline import benoemd
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.gebied import LAND, Gebied

__all__ = ["haal_gebieden", "lees_gebieden", "wijken_van"]

BASIS_URL: Final = "https://opendata.cbs.nl"
HOOGSTENS_IN_FILTER: Final = 30
"""More codes make the address of a request too long for some servers: then all rows come, page by page."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Netwerk:
    """How patient to be: attempts, seconds before the second one (doubling), seconds to connect and to read."""

    pogingen: int = 4
    wacht: float = 1.0
    verbinden: float = 10.0
    lezen: float = 60.0


NETWERK = Netwerk()
_SLOT: Final = threading.Lock()
"""cbsodata keeps http or https as one global setting."""


@dataclass(frozen=True, slots=True)
class _Dienst:
    """One table at one address."""

    tabel: str
    jaar: int
    https: bool
    host: str
    """Host, port and path in front of ODataFeed."""

    @property
    def naam(self) -> str:
        return f"tabel {self.tabel} ({self.jaar})"


def haal_gebieden(
    codes: Sequence[str],
    jaar: int | None = None,
    *,
    bewaarmap: Path | None = None,
    basis_url: str | None = None,
    vernieuw: bool = False,
) -> tuple[Gebied, ...]:
    """The country and these gemeenten, wijken and buurten, in this order, each once.

    What was fetched before comes from ``bewaarmap`` (default: the cache folder of the user) without network,
    unless ``vernieuw``. All rows are of one edition of the table: when CBS published a new one in the
    meantime and a code is missing, all are fetched again. ``jaar`` is 2019-2026, default 2024 (the fullest).

    Raises InvoerFout: wrong or unknown codes, unknown year, or no network and not kept.
    """
    gevraagd = tuple(dict.fromkeys((LAND, *lees_codes(codes))))
    dienst = _dienst(jaar, basis_url)
    map_ = cbs_bewaar.map_van(bewaarmap, dienst.host, dienst.tabel)
    rijen = {} if vernieuw else cbs_bewaar.lees(map_, gevraagd)
    mist = [c for c in gevraagd if c not in rijen]
    if mist:
        nieuw = _haal_rijen(dienst, mist, map_)
        een_editie = len({b.gewijzigd for b in (*rijen.values(), *nieuw.values())}) == 1
        rijen = {**rijen, **nieuw} if een_editie else _haal_rijen(dienst, gevraagd, map_)
        cbs_bewaar.schrijf(map_, rijen.values())
    return tuple(_gebied(rijen[c]) for c in gevraagd)


def wijken_van(
    gemeente: str,
    jaar: int | None = None,
    *,
    bewaarmap: Path | None = None,
    basis_url: str | None = None,
    vernieuw: bool = False,
) -> tuple[str, ...]:
    """Codes of all wijken of a gemeente in this year, sorted. Raises InvoerFout like haal_gebieden."""
    (code,) = lees_codes([gemeente])
    if not code.startswith("GM"):
        oorzaak = "dit is geen gemeente."
        raise InvoerFout([Melding("gebiedscode", gemeente, oorzaak, "Geef een gemeentecode, zoals GM0599.")])
    dienst = _dienst(jaar, basis_url)
    map_ = cbs_bewaar.map_van(bewaarmap, dienst.host, dienst.tabel)
    namen = {} if vernieuw else cbs_bewaar.lees_namen(map_)
    if not namen:
        with _https(dienst.https):
            namen = _namen(_probeer(dienst, lambda: _meta(dienst, "WijkenEnBuurten")))
        if namen:
            cbs_bewaar.schrijf_namen(map_, namen)
    wijken = tuple(sorted(c for c in namen if c.startswith("WK" + code[2:])))
    if not wijken:
        raise InvoerFout(niet_gevonden([code], namen, dienst.naam))
    return wijken


def haal_statline(
    tabel: str, filters: str, *, titels: Sequence[str] = (), basis_url: str | None = None
) -> list[dict[str, Any]]:
    """Rows of any table of CBS by its dimensions, with names as :mod:`statline` has them. Raises InvoerFout.

    ``titels``: dimensions to give the title of and not the key; that of a period has its status behind it.
    """
    delen = _adres(basis_url)
    dienst = _Dienst(tabel, 0, delen.scheme == "https", delen.netloc + delen.path.rstrip("/"))
    with _https(dienst.https):
        antwoord = _probeer(
            dienst,
            lambda: cbsodata.download_data(
                tabel, typed=False, filters=filters, catalog_url=dienst.host, **_verzoek(dienst)
            ),
        )
    rijen = antwoord.get("TypedDataSet")
    if not rijen:
        oorzaak = "op deze vraag gaf het CBS geen enkele rij."
        raise InvoerFout([Melding("CBS", tabel, oorzaak, "Controleer codes en jaar.")])
    per_dimensie = {
        d: {
            str(r.get("Key")).strip(): " ".join(f"{r.get('Title')} {r.get('Status') or ''}".split())
            for r in antwoord[d]
        }
        for d in titels
        if isinstance(antwoord.get(d), list)
    }
    for rij in rijen:
        for dimensie, namen in per_dimensie.items():
            rij[dimensie] = namen.get(str(rij.get(dimensie)).strip(), rij.get(dimensie))
    return [benoemd(list(rij), rij.values()) for rij in rijen]


def _adres(basis_url: str | None) -> SplitResult:
    delen = urlsplit(basis_url or BASIS_URL)
    if delen.scheme not in ("http", "https") or not delen.netloc:
        raise InvoerFout([Melding("basis_url", basis_url, "dit is geen webadres.", f"Gebruik {BASIS_URL}.")])
    return delen


def _dienst(jaar: int | None, basis_url: str | None) -> _Dienst:
    gekozen = STANDAARDJAAR if jaar is None else jaar
    if gekozen not in EDITIES:
        oorzaak = f"van dit jaar is geen tabel bekend; wel van {min(EDITIES)} tot en met {max(EDITIES)}."
        raise InvoerFout([Melding("jaar", jaar, oorzaak, f"Kies een van deze jaren; {STANDAARDJAAR} is het volst.")])
    delen = _adres(basis_url)
    return _Dienst(EDITIES[gekozen], gekozen, delen.scheme == "https", delen.netloc + delen.path.rstrip("/"))


def _gebied(bewaard: Bewaard) -> Gebied:
    plaats = f"{bewaard.tabel}, {bewaard.code}"
    return maak_gebied(
        bewaard.code, bewaard.naam, bewaard.jaar, bronnaam(bewaard.jaar), bewaard.rij, bewaard.keuze, plaats
    )


# --- what is asked -------------------------------------------------------------------------------------


def _haal_rijen(dienst: _Dienst, codes: Sequence[str], map_: Path) -> dict[str, Bewaard]:
    """Rows of these codes from the service; keeps the list of areas. Raises InvoerFout."""
    with _https(dienst.https):
        kolommen = uit_eigenschappen(_probeer(dienst, lambda: _meta(dienst, "DataProperties")))
        keuze = kies_kolommen(kolommen, dienst.naam)
        codering = [k.sleutel for k in kolommen if k.stam == "codering"]
        if "huishoudens" not in keuze or not codering:
            wat = "codes" if "huishoudens" in keuze else "huishoudens"
            raise InvoerFout([_andere_tabel(dienst, f"de tabel heeft geen kolom met {wat}.")])
        gemeente = [k.sleutel for k in kolommen if k.stam == "gemeentenaam"]
        select = [*codering[:1], *gemeente[:1], *(k.sleutel for gekozen in keuze.values() for k in gekozen)]
        filters = " or ".join(f"WijkenEnBuurten eq '{gevuld(c)}'" for c in codes)
        alles = len(codes) > HOOGSTENS_IN_FILTER
        antwoord = _probeer(dienst, lambda: _data(dienst, select, None if alles else filters))
    namen = _namen(antwoord["WijkenEnBuurten"])
    _controleer_jaar(dienst, antwoord["TableInfos"])
    gewijzigd = str(antwoord["TableInfos"][0].get("Modified", "")) if antwoord["TableInfos"] else ""
    gevonden: dict[str, Bewaard] = {}
    opgehaald = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    for rij in antwoord["TypedDataSet"]:
        # Codering, and not the column of the dimension: packages replace that one by its title
        code = kaal(str(rij.get(codering[0]) or ""))
        if code in codes:
            naam = naam_of_code(code, namen.get(code, ""), str(rij.get(gemeente[0]) or "").strip() if gemeente else "")
            smal = {s: rij.get(s) for s in select}
            gevonden[code] = Bewaard(code, naam, dienst.tabel, dienst.jaar, gewijzigd, opgehaald, smal, keuze)
    mist = [c for c in codes if c not in gevonden]
    if mist:
        # an empty answer is no error for the service: it is what a wrong code gives
        raise InvoerFout(niet_gevonden(mist, namen or tuple(gevonden), dienst.naam))
    cbs_bewaar.schrijf_namen(map_, namen)
    return gevonden


def _namen(regios: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Codes with names of all areas of a table."""
    paren = ((kaal(str(r.get("Key") or "")), " ".join(str(r.get("Title") or "").split())) for r in regios)
    return {code: naam for code, naam in paren if is_code(code)}


def _controleer_jaar(dienst: _Dienst, infos: Sequence[Mapping[str, Any]]) -> None:
    """The table itself says of which year it is; lists of table ids that go round are often wrong."""
    periode = str(infos[0].get("Period", "")) if infos else ""
    if re.fullmatch(r"\s*20\d\d\s*", periode) and int(periode) != dienst.jaar:
        raise InvoerFout([_andere_tabel(dienst, f"deze tabel gaat over {periode.strip()}.")])


def _andere_tabel(dienst: _Dienst, oorzaak: str) -> Melding:
    remedie = "Kies een ander jaar, of download de tabel zelf als csv en geef dat bestand op."
    return Melding("tabel", dienst.tabel, oorzaak, remedie)


# --- how it is asked -----------------------------------------------------------------------------------


def _data(dienst: _Dienst, select: Sequence[str], filters: str | None) -> dict[str, list[dict[str, Any]]]:
    """Rows and all metadata. ``typed=False`` is what fetches TypedDataSet, with nulls and numbers."""
    antwoord: dict[str, list[dict[str, Any]]] = cbsodata.download_data(
        dienst.tabel, typed=False, select=list(select), filters=filters, catalog_url=dienst.host, **_verzoek(dienst)
    )
    for deel in ("TypedDataSet", "TableInfos", "WijkenEnBuurten"):
        if not isinstance(antwoord[deel], list):
            raise ValueError(f"{deel} is no list")
    return antwoord


def _meta(dienst: _Dienst, naam: str) -> list[dict[str, Any]]:
    antwoord: list[dict[str, Any]] = cbsodata.get_meta(dienst.tabel, naam, catalog_url=dienst.host, **_verzoek(dienst))
    return antwoord


def _verzoek(dienst: _Dienst) -> dict[str, Any]:
    """Proxy and certificates of the user's environment, which cbsodata itself uses in part, and time limits."""
    url = f"{'https' if dienst.https else 'http'}://{dienst.host}/"
    with requests.Session() as sessie:
        omgeving = dict(sessie.merge_environment_settings(url, {}, None, None, None))
    omgeving.pop("stream", None)
    return {**omgeving, "timeout": (NETWERK.verbinden, NETWERK.lezen)}


def _probeer(dienst: _Dienst, vraag: Callable[[], T]) -> T:
    """Ask again after a broken connection, with growing pauses. Raises InvoerFout after the last attempt."""
    reden = ""
    for poging in range(NETWERK.pogingen):
        if poging:
            time.sleep(NETWERK.wacht * 2 ** (poging - 1))
        try:
            return vraag()
        except requests.HTTPError as fout:
            status = _status(fout)
            reden = f"HTTP {status}"
            if status == 404:
                raise InvoerFout([_andere_tabel(dienst, "het CBS kent deze tabel niet (meer).")]) from None
            if status < 500 and status != 429:
                break
        except requests.Timeout:
            reden = "geen antwoord binnen de tijd"
        except requests.RequestException as fout:
            reden = f"verbinding mislukt, {type(fout).__name__}"
        except (ValueError, KeyError, TypeError, AttributeError):
            # half an answer, or the page of a login portal
            reden = "het antwoord is geen OData"
    raise InvoerFout(
        [
            Melding(
                "CBS",
                dienst.tabel,
                f"het CBS is niet bereikbaar ({reden}) en deze gebieden zijn niet eerder opgehaald.",
                "Controleer de verbinding en probeer het opnieuw; of download de tabel als csv van "
                f"https://opendata.cbs.nl/statline/#/CBS/nl/dataset/{dienst.tabel}/table (met Codering en "
                "Particuliere huishoudens) en geef dat bestand op.",
            )
        ]
    )


def _status(fout: requests.HTTPError) -> int:
    """The status; cbsodata wraps the error and leaves the answer in its cause."""
    for kandidaat in (fout, fout.__cause__):
        antwoord = getattr(kandidaat, "response", None)
        if antwoord is not None:
            return int(antwoord.status_code)
    return 0


@contextmanager
def _https(aan: bool) -> Iterator[None]:
    with _SLOT:
        oud = cbsodata.options.use_https
        cbsodata.options.use_https = aan
        try:
            yield
        finally:
            cbsodata.options.use_https = oud

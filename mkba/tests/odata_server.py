"""A small server on 127.0.0.1 that answers as the open data service of CBS does (OData v3), with its faults.

Feed: pages with ``odata.nextLink``. Api: HTTP 500 above 10,000 records. Codes are padded to ten characters and
a filter compares them literally, so wrong padding gives an empty list with status 200. All numbers are made up.
"""

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Literal
from urllib.parse import parse_qs, quote, unquote, urlsplit

from mkba.invoer.cbs.kolommen import EDITIES
from mkba.kern.zaak.gebied import LAND

API_GRENS: Final = 10_000
Storing = Literal["reset", "halverwege", "traag", "bezig", "inlogpagina"]
Eigenschap = tuple[str, str, str, str]
"""Topic above it, key, title and unit."""

BEVOLKING: Final[tuple[Eigenschap, ...]] = (
    ("Regioaanduiding", "Gemeentenaam_1", "Gemeentenaam", "naam"),
    ("Regioaanduiding", "SoortRegio_2", "Soort regio", "omschrijving"),
    ("Regioaanduiding", "Codering_3", "Codering", "code"),
    ("Bevolking", "AantalInwoners_5", "Aantal inwoners", "aantal"),
)
HUISHOUDENS: Final = (
    ("HuishoudensTotaal", "Huishoudens totaal"),
    ("Eenpersoonshuishoudens", "Eenpersoonshuishoudens"),
    ("HuishoudensZonderKinderen", "Huishoudens zonder kinderen"),
    ("HuishoudensMetKinderen", "Huishoudens met kinderen"),
)


def huishoudens_vanaf(nummer: int) -> tuple[Eigenschap, ...]:
    """The four household columns, numbered from here."""
    return tuple(
        ("Particuliere huishoudens", f"{stam}_{nummer + i}", titel, "aantal")
        for i, (stam, titel) in enumerate(HUISHOUDENS)
    )


def zorg_vanaf(bijstand: int, jeugd: int, wmo: int) -> tuple[Eigenschap, ...]:
    """The columns on benefits and care."""
    soort = "Personen per soort uitkering; Bijstand"
    return (
        ("Sociale zekerheid", f"PersonenPerSoortUitkeringBijstand_{bijstand}", soort, "aantal"),
        ("Zorg", f"PercentageJongerenMetJeugdzorg_{jeugd}", "Percentage jongeren met jeugdzorg", "%"),
        ("Zorg", f"WmoClienten_{wmo - 1}", "Wmo-cliënten", "aantal"),
        ("Zorg", f"WmoClientenRelatief_{wmo}", "Wmo-cliënten relatief", "per 1 000 inwoners"),
    )


OUDEREN: Final[tuple[Eigenschap, ...]] = (("Leeftijdsgroepen", "k_65JaarOfOuder_12", "65 jaar of ouder", "aantal"),)
OUDEREN_GESPLITST: Final[tuple[Eigenschap, ...]] = (
    ("Leeftijdsgroepen", "k_65JaarTot80Jaar_12", "65 tot 80 jaar", "aantal"),
    ("Leeftijdsgroepen", "k_80JaarOfOuder_13", "80 jaar of ouder", "aantal"),
)


def _laag_inkomen(nummer: int) -> tuple[Eigenschap, ...]:
    return (
        (
            "Inkomen van huishoudens",
            f"HuishoudensMetEenLaagInkomen_{nummer}",
            "Huishoudens met een laag inkomen",
            "%",
        ),
    )


ARMOEDE: Final[tuple[Eigenschap, ...]] = (("Inkomen", "PersonenInArmoede_81", "Personen in armoede", "%"),)

EDITIE_2022: Final = (*BEVOLKING, *OUDEREN, *huishoudens_vanaf(28), *_laag_inkomen(78), *zorg_vanaf(83, 88, 90))
EDITIE_2023: Final = (*BEVOLKING, *OUDEREN, *huishoudens_vanaf(29), *_laag_inkomen(87), *zorg_vanaf(92, 97, 99))
EDITIE_2024_OUD: Final = (*BEVOLKING, *OUDEREN, *huishoudens_vanaf(29), *_laag_inkomen(89), *zorg_vanaf(94, 99, 101))
EDITIE_2024_NIEUW: Final = (*BEVOLKING, *OUDEREN, *huishoudens_vanaf(29), *ARMOEDE, *zorg_vanaf(87, 92, 94))
EDITIE_2026: Final = (*BEVOLKING, *OUDEREN_GESPLITST, *huishoudens_vanaf(30), *ARMOEDE, *zorg_vanaf(88, 93, 95))


@dataclass
class Tabel:
    """A table of the made-up service: columns, names of areas, rows by stem."""

    nummer: str
    periode: str
    eigenschappen: Sequence[Eigenschap]
    gebieden: Mapping[str, str]
    waarden: Mapping[str, Mapping[str, float | None]]
    """Per code the numbers by stem of the column (or by whole key, where a stem occurs more often)."""
    gewijzigd: str = "2025-03-27T02:00:00"

    @cached_property
    def delen(self) -> dict[str, list[dict[str, Any]]]:
        """Everything that the service has on this table, by name; made once, a table does not change."""
        rijen = [self._rij(i, code) for i, code in enumerate(self.gebieden)]
        return {
            "TableInfos": [{"ID": 0, "Identifier": self.nummer, "Period": self.periode, "Modified": self.gewijzigd}],
            "UntypedDataSet": [{s: "." if w is None else str(w) for s, w in rij.items()} for rij in rijen],
            "TypedDataSet": rijen,
            "DataProperties": self._eigenschappen(),
            "CategoryGroups": [],
            "WijkenEnBuurten": [
                {"Key": code.ljust(10), "Title": naam, "Description": ""} for code, naam in self.gebieden.items()
            ],
        }

    def _rij(self, nummer: int, code: str) -> dict[str, Any]:
        waarden = self.waarden.get(code, {})
        rij: dict[str, Any] = {"ID": nummer, "WijkenEnBuurten": code.ljust(10)}
        for _, sleutel, _, _ in self.eigenschappen:
            rij[sleutel] = waarden.get(sleutel, waarden.get(re.sub(r"_\d+$", "", sleutel)))
        rij["Gemeentenaam_1"] = "Voorbeeldstad".ljust(40)
        rij["SoortRegio_2"] = "Wijk      "
        rij["Codering_3"] = code.ljust(10)
        return rij

    def _eigenschappen(self) -> list[dict[str, Any]]:
        dimensie = {"ID": 0, "ParentID": None, "Type": "GeoDetail", "Key": "WijkenEnBuurten", "Title": "Wijken"}
        groepen = {g: i for i, g in enumerate(dict.fromkeys(e[0] for e in self.eigenschappen), start=1)}
        uit: list[dict[str, Any]] = [dimensie]
        uit += [{"ID": i, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": g} for g, i in groepen.items()]
        for i, (groep, sleutel, titel, eenheid) in enumerate(self.eigenschappen, start=100):
            uit.append(
                {
                    "ID": i,
                    "ParentID": groepen[groep],
                    "Type": "Topic",
                    "Key": sleutel,
                    "Title": titel,
                    "Unit": eenheid,
                }
            )
        return uit


@dataclass
class Dienst:
    """What the tests set and see of the running service."""

    tabellen: dict[str, Tabel]
    paginagrootte: int = API_GRENS
    storingen: list[Storing] = field(default_factory=list)
    """Used up one by one, by requests for ``bij``."""
    bij: str = "TypedDataSet"
    vragen: list[str] = field(default_factory=list)
    """Every request line so far, decoded."""
    url: str = ""

    los: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Rows of tables with other dimensions, such as 71488ned, by number."""

    titels: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of the dimensions of those tables, the title by key."""

    def vragen_om(self, deel: str) -> list[str]:
        """The requests for one part of a table."""
        return [v for v in self.vragen if f"/{deel}" in v]


@contextmanager
def dienst(*tabellen: Tabel) -> Iterator[Dienst]:
    """Run the service on a free port of 127.0.0.1."""
    staat = Dienst({t.nummer: t for t in tabellen})

    class Behandelaar(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with suppress(ConnectionError):
                _antwoord(self, staat)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Behandelaar)
    server.daemon_threads = True
    staat.url = f"http://127.0.0.1:{server.server_address[1]}"
    draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    draad.start()
    try:
        yield staat
    finally:
        server.shutdown()
        server.server_close()
        draad.join(timeout=5)


def _antwoord(vraag: BaseHTTPRequestHandler, staat: Dienst) -> None:
    staat.vragen.append(unquote(vraag.path.replace("+", " ")))
    adres = urlsplit(vraag.path)
    treffer = re.fullmatch(r"/(ODataFeed|ODataApi)/odata/(\w+)/(\w*)", adres.path)
    if treffer and treffer[2] in staat.los:
        return _antwoord_los(vraag, staat, *treffer.groups())
    if not treffer or treffer[2] not in staat.tabellen:
        return _stuur(vraag, 404, {"odata.error": {"message": {"value": "Resource not found"}}})
    soort, nummer, deel = treffer.groups()
    storing = staat.storingen.pop(0) if staat.storingen and deel == staat.bij else None
    if storing == "reset":
        return _breek_af(vraag, b"")
    if storing == "bezig":
        return _stuur(vraag, 503, {"odata.error": {"message": {"value": "busy"}}})
    if storing == "inlogpagina":
        return _stuur(vraag, 200, "<html>Log in op het netwerk</html>")
    if storing == "traag":
        time.sleep(1.0)
    delen = staat.tabellen[nummer].delen
    basis = f"{staat.url}/{soort}/odata/{nummer}"
    if not deel:
        return _stuur(vraag, 200, {"value": [{"name": d, "url": f"{basis}/{d}"} for d in delen]})
    opties = {s: w[0] for s, w in parse_qs(adres.query).items()}
    rijen, fout = _kies(delen.get(deel, []), opties)
    if fout:
        return _stuur(vraag, 400, {"odata.error": {"message": {"value": fout}}})
    if soort == "ODataApi" and len(rijen) > API_GRENS:
        return _stuur(vraag, 500, {"odata.error": {"message": {"value": "query returns more than 10000 records"}}})
    begin = int(opties.get("$skiptoken", 0))
    inhoud: dict[str, Any] = {"odata.metadata": f"{basis}/$metadata#{deel}"}
    inhoud["value"] = rijen[begin : begin + staat.paginagrootte] if soort == "ODataFeed" else rijen
    if soort == "ODataFeed" and begin + staat.paginagrootte < len(rijen):
        rest = "&".join(f"{s}={quote(w)}" for s, w in opties.items() if s != "$skiptoken")
        inhoud["odata.nextLink"] = f"{basis}/{deel}?{rest}&$skiptoken={begin + staat.paginagrootte}"
    if storing == "halverwege":
        tekst = json.dumps(inhoud).encode()
        kop = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(tekst)}\r\n\r\n".encode()
        return _breek_af(vraag, kop + tekst[: len(tekst) // 2])
    return _stuur(vraag, 200, inhoud)


def _antwoord_los(vraag: BaseHTTPRequestHandler, staat: Dienst, soort: str, nummer: str, deel: str) -> None:
    """A table with dimensions of its own; a filter on one of them by ``eq`` or ``startswith``."""
    basis = f"{staat.url}/{soort}/odata/{nummer}"
    delen = ("TableInfos", "UntypedDataSet", "TypedDataSet", "DataProperties", *staat.titels)
    if not deel:
        return _stuur(vraag, 200, {"value": [{"name": d, "url": f"{basis}/{d}"} for d in delen]})
    rijen = staat.los[nummer] if deel == "TypedDataSet" else [{"ID": 0, "Identifier": nummer}]
    if deel in staat.titels:
        status = {"Status": "Definitief"} if deel == "Perioden" else {}
        rijen = [{"Key": sleutel, "Title": titel, **status} for sleutel, titel in staat.titels[deel].items()]
    filter_ = {s: w[0] for s, w in parse_qs(urlsplit(vraag.path).query).items()}.get("$filter")
    if filter_ and deel == "TypedDataSet":
        begin = re.findall(r"startswith\((\w+),'([^']*)'\)", filter_)
        gelijk = re.findall(r"(\w+) eq '([^']*)'", filter_)
        rijen = [
            r for r in rijen if any(str(r[d]).startswith(w) for d, w in begin) or any(r[d] == w for d, w in gelijk)
        ]
    return _stuur(vraag, 200, {"odata.metadata": f"{basis}/$metadata#{deel}", "value": rijen})


def _kies(rijen: list[dict[str, Any]], opties: Mapping[str, str]) -> tuple[list[dict[str, Any]], str]:
    """$filter on the dimension (eq, startswith, or) and $select; anything else is an error, as with CBS."""
    if filter_ := opties.get("$filter"):
        gelijk = set(re.findall(r"WijkenEnBuurten eq '([^']*)'", filter_))
        begin = tuple(re.findall(r"startswith\(WijkenEnBuurten,'([^']*)'\)", filter_))
        if re.sub(r"WijkenEnBuurten eq '[^']*'|startswith\(WijkenEnBuurten,'[^']*'\)| or |[()]", "", filter_).strip():
            return [], f"cannot filter: {filter_}"
        rijen = [
            r
            for r in rijen
            if r["WijkenEnBuurten"] in gelijk or (begin and str(r["WijkenEnBuurten"]).startswith(begin))
        ]
    if select := opties.get("$select"):
        sleutels = select.split(",")
        if rijen and (vreemd := [s for s in sleutels if s not in rijen[0]]):
            return [], f"unknown columns {vreemd}"
        rijen = [{s: r[s] for s in sleutels} for r in rijen]
    return rijen, ""


def _stuur(vraag: BaseHTTPRequestHandler, status: int, inhoud: object) -> None:
    tekst = (inhoud if isinstance(inhoud, str) else json.dumps(inhoud)).encode()
    vraag.send_response(status)
    vraag.send_header("Content-Type", "application/json;odata=minimalmetadata;charset=utf-8")
    vraag.send_header("Content-Length", str(len(tekst)))
    vraag.end_headers()
    vraag.wfile.write(tekst)


def _breek_af(vraag: BaseHTTPRequestHandler, eerst: bytes) -> None:
    """Send a part and reset the connection (RST, not a clean end)."""
    vraag.wfile.write(eerst)
    vraag.wfile.flush()
    vraag.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    vraag.close_connection = True
    vraag.connection.close()


GEBIEDEN = {
    "NL00": "Nederland",
    "GM9901": "Voorbeeldstad",
    "WK9901MA": "Oude Haven",
    "WK990102": "Nieuwland",
    "BU99010201": "Nieuwland-Noord",
}
LAND_WAARDEN: dict[str, float | None] = {
    "AantalInwoners": 18_000_000,
    "k_65JaarOfOuder": 3_700_000,
    "HuishoudensTotaal": 8_400_000,
    "Eenpersoonshuishoudens": 3_300_000,
    "HuishoudensZonderKinderen": 2_400_000,
    "HuishoudensMetKinderen": 2_700_000,
    "HuishoudensMetEenLaagInkomen": 6.1,
    "PersonenPerSoortUitkeringBijstand": 400_000,
    "PercentageJongerenMetJeugdzorg": 10.9,
    "WmoClienten": 1_100_000,
    "WmoClientenRelatief": 66,
}
WIJK_WAARDEN: dict[str, float | None] = {
    **LAND_WAARDEN,
    "AantalInwoners": 5_020,
    "k_65JaarOfOuder": 810,
    "HuishoudensTotaal": 2_395,
    "Eenpersoonshuishoudens": 1_105,
    "HuishoudensZonderKinderen": 620,
    "HuishoudensMetKinderen": 665,
    "HuishoudensMetEenLaagInkomen": 5.7,
    "PersonenPerSoortUitkeringBijstand": None,
    "PercentageJongerenMetJeugdzorg": 0.7,
    "WmoClientenRelatief": 57,
}
WAARDEN = {code: LAND_WAARDEN if code == LAND else WIJK_WAARDEN for code in GEBIEDEN}


def tabel(jaar: int = 2024, eigenschappen: Any = EDITIE_2024_OUD, **anders: Any) -> Tabel:
    return Tabel(EDITIES[jaar], str(jaar), eigenschappen, GEBIEDEN, WAARDEN, **anders)

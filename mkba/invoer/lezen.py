"""Read aanpakken from files: one per TOML file or workbook of its own, one per row of a csv or xlsx table.

>>> from pathlib import Path
>>> from mkba.kern.catalogus.kengetallen import laad
>>> from mkba.kern.bestand import paden
>>> gelezen = lees_aanpakken(paden.data() / "aanpakken" / "voorbeeld-1.toml", laad())
>>> [bron.slug for bron in gelezen]
['voorbeeld-1-integraal-dedicated-team-in-probleemwijk']
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from mkba.invoer.gelezen import Gelezen
from mkba.invoer.voorbeeld import rekenvoorbeeld
from mkba.kern.bestand.bestanden import MAXIMUM_BYTES, zoek_bestanden
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.persoonlijk import herkenbaar_in
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND
from mkba.kern.tekst.schrift import vergelijkbaar
from mkba.kern.tekst.slug import unieke_slugs
from mkba.kern.zaak.aanpak import Aanpak, maak_aanpak
from mkba.kern.zaak.waarschuwingen import waarschuwingen


@dataclass(frozen=True)
class Bronaanpak:
    """An aanpak with where it came from.

    ``rij`` is "" for TOML or a workbook of its own and "rij 4" for a table; ``slug`` is a file name, unique within what
    was read; ``toelichting`` tells in a sentence where the answers come from, for who made the file from statistics;
    ``blad`` is the sheet of a workbook; ``uitkomsten`` are what a workbook of its own shows, by public key;
    ``woorden``: texts of one's own by their place (:mod:`mkba.invoer.eigen_woorden`).
    """

    aanpak: Aanpak
    bestand: Path
    rij: str
    slug: str
    waarschuwingen: tuple[Melding, ...]
    toelichting: str = ""
    blad: str = ""
    uitkomsten: tuple[tuple[str, float], ...] = ()
    woorden: tuple[tuple[str, str], ...] = ()

    @property
    def plek(self) -> str:
        """Where in the file: "blad aanpakken, rij 7"."""
        return ", ".join(deel for deel in (self.blad and f"blad {self.blad}", self.rij) if deel)


def lees_aanpakken(pad: Path, kengetallen: Kengetallen) -> tuple[Bronaanpak, ...]:
    """All aanpakken of a .toml, .csv or .xlsx file, or of every such file in a folder, by file name.

    Raises InvoerFout with everything that is wrong in all files and rows at once.
    """
    gelezen: list[tuple[Path, Gelezen]] = []
    meldingen: list[Melding] = []
    for bestand in zoek_bestanden(Path(pad)):
        try:
            gelezen += [(bestand, gevonden) for gevonden in _lees_bestand(bestand, kengetallen)]
        except InvoerFout as fout:
            meldingen += fout.meldingen
    if meldingen:
        raise InvoerFout(meldingen)
    slugs = unieke_slugs(gevonden.aanpak.naam for _, gevonden in gelezen)
    return tuple(
        _met_bron(bestand, gevonden, slug, kengetallen)
        for (bestand, gevonden), slug in zip(gelezen, slugs, strict=True)
    )


def lees_reeks(invoer: Sequence[str], kengetallen: Kengetallen) -> tuple[Bronaanpak, ...]:
    """Every aanpak in files, folders and names of shipped cases, each once, in the order given.

    Raises InvoerFout with everything that is wrong in all of them.
    """
    bronnen: dict[tuple[Path, str], Bronaanpak] = {}
    meldingen: list[Melding] = []
    for naam in invoer:
        try:
            for bron in lees_aanpakken(zoek_aanpak(naam), kengetallen):
                bronnen.setdefault((bron.bestand.resolve(), bron.rij), bron)
        except InvoerFout as fout:
            meldingen += [m for m in fout.meldingen if m not in meldingen]
    if meldingen:
        raise InvoerFout(meldingen)
    return tuple(bronnen.values())


def aanpakken_van(bronnen: Sequence[Bronaanpak]) -> tuple[Aanpak, ...]:
    """The aanpakken themselves, without where they came from."""
    return tuple(bron.aanpak for bron in bronnen)


def lees_aanpak(pad: Path, kengetallen: Kengetallen, rij: str = "") -> Aanpak:
    """One aanpak, without where it came from: see :func:`lees_bron`. Raises InvoerFout."""
    return lees_bron(pad, kengetallen, rij).aanpak


def lees_bron(pad: Path, kengetallen: Kengetallen, rij: str = "") -> Bronaanpak:
    """One aanpak: of a TOML file, or of the row of a table with this name, slug or row number.

    ``rij`` may be empty when the file holds one aanpak. A table is read once per process as long as its bytes are the
    same: a batch asks for every row of it. Raises InvoerFout.
    """
    bronnen = _bronnen(Path(pad), kengetallen)
    gevonden = _kies(bronnen, rij.strip()) if rij.strip() else bronnen
    if len(gevonden) == 1:
        return gevonden[0]
    oorzaak = (
        "deze rij is er niet." if rij.strip() else f"hier staan {len(bronnen)} aanpakken en er is geen rij gekozen."
    )
    namen = ", ".join(bron.aanpak.naam for bron in bronnen[:10])
    meer = f" en {len(bronnen) - 10} andere" if len(bronnen) > 10 else ""
    raise InvoerFout([Melding("rij", rij, oorzaak, f"Kies uit: {namen}{meer}.", str(pad))])


def _bronnen(pad: Path, kengetallen: Kengetallen) -> tuple[Bronaanpak, ...]:
    try:
        leesbaar = pad.is_file() and pad.stat().st_size <= MAXIMUM_BYTES
        som = hashlib.sha256(pad.read_bytes()).digest() if leesbaar else b""
    except (OSError, ValueError):  # what is wrong with it, the reader says
        som = b""
    return _gelezen(pad, som, kengetallen) if som else lees_aanpakken(pad, kengetallen)


@lru_cache(maxsize=4)
def _gelezen(pad: Path, som: bytes, kengetallen: Kengetallen) -> tuple[Bronaanpak, ...]:
    return lees_aanpakken(pad, kengetallen)


def _kies(bronnen: Sequence[Bronaanpak], rij: str) -> Sequence[Bronaanpak]:
    """The aanpakken with this name, or else this slug, or else this row number."""
    nummer = rij if rij.startswith("rij ") else f"rij {rij}"
    op_naam = [b for b in bronnen if vergelijkbaar(b.aanpak.naam) == vergelijkbaar(rij)]
    op_slug = [b for b in bronnen if b.slug == rij]
    op_nummer = [b for b in bronnen if b.rij == nummer]
    return op_naam or op_slug or op_nummer


def _lees_bestand(pad: Path, kengetallen: Kengetallen) -> list[Gelezen]:
    match pad.suffix.lower():
        case ".toml":
            return [Gelezen(None, maak_aanpak(lees_toml(pad), kengetallen, str(pad)))]
        case ".csv":
            from mkba.invoer.csvtabel import lees_csv

            gelezen = lees_csv(pad, kengetallen)
        case _:
            from mkba.invoer.excel import lees_xlsx  # openpyxl, a quarter of a second, only for a workbook

            gelezen = lees_xlsx(pad, kengetallen)
    return _let_op_voorbeeld(gelezen, pad, kengetallen)


def _let_op_voorbeeld(gelezen: list[Gelezen], pad: Path, kengetallen: Kengetallen) -> list[Gelezen]:
    """The rows of a table, with word of a row that is still the example of the template: nobody's team.

    Above other rows, where the template puts it, it was forgotten. Raises InvoerFout.
    """
    voorbeelden = rekenvoorbeeld(kengetallen)

    def bekeken(een: Gelezen) -> Gelezen:
        if een.nummer is None or een.aanpak not in voorbeelden:
            return een
        oorzaak = f"rij {een.nummer} is nog het voorbeeld van het sjabloon."
        remedie = (
            "Verwijder de rij of vul uw eigen aanpak in; moet het rekenvoorbeeld mee, geef het dan een andere naam."
        )
        melding = Melding("naam", een.aanpak.naam, oorzaak, remedie, f"{pad}, rij {een.nummer}")
        if een is gelezen[0] and len(gelezen) > 1:
            raise InvoerFout([melding])
        return replace(een, meldingen=(*een.meldingen, melding))

    return [bekeken(g) for g in gelezen]


def _met_bron(bestand: Path, gelezen: Gelezen, slug: str, kengetallen: Kengetallen) -> Bronaanpak:
    if wat := herkenbaar_in(gelezen.blad):
        oorzaak = f"in de naam van een blad lijkt {wat} te staan."
        raise InvoerFout([Melding("blad", NIET_GETOOND, oorzaak, "Geef het een andere naam.", str(bestand))])
    rij = f"rij {gelezen.nummer}" if gelezen.nummer is not None else ""
    waar = f"{bestand}, {rij}" if rij else str(bestand)
    meldingen = tuple(m.in_bestand(waar) for m in waarschuwingen(gelezen.aanpak, kengetallen))
    alle = (*gelezen.meldingen, *meldingen)
    return Bronaanpak(
        gelezen.aanpak,
        bestand,
        rij,
        slug,
        alle,
        blad=gelezen.blad,
        uitkomsten=gelezen.uitkomsten,
        woorden=gelezen.woorden,
    )

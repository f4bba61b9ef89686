"""Print with Typst, a typesetter that comes with pip: no browser needed, the same result on every system.

The page is read into plain data (:mod:`mkba.reeks.pagina.pdf.blokken`); the template ``sjabloon.typ`` lays it out. The
data reach the template as a file of strings and numbers, so nothing of it is ever read as Typst.
"""

import importlib.metadata
import json
import shutil
import tempfile
from pathlib import Path
from typing import Final

import typst

from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.reeks.pagina.pdf.basis import Drukker, kort_rand, moment_van
from mkba.reeks.pagina.pdf.blokken import maak_document, schone_tekst
from mkba.reeks.pagina.pdf.kolommen import LETTERMAP

_SJABLOON: Final = Path(__file__).with_name("sjabloon.typ")


class TypstDrukker(Drukker):
    """Lays a page out with our own template, in a folder of its own that is removed with it."""

    def __init__(self) -> None:
        self._map = Path(tempfile.mkdtemp(prefix="mkba-pdf-"))
        # our letters come first; those of the system only fill in signs that these lack
        self._letters = typst.Fonts(font_paths=[LETTERMAP])

    @property
    def soort(self) -> str:
        return f"typst {importlib.metadata.version('typst')}"

    def druk(self, html: str, *, kop: str, voet: str, titel: str) -> bytes:
        if not self._map.exists():
            raise RuntimeError("deze drukker is gesloten")
        document = maak_document(html)
        gegevens = {
            "titel": schone_tekst(titel).replace("\u200b", ""),
            "kop": schone_tekst(kort_rand(kop)),
            "voet": schone_tekst(kort_rand(voet)),
            "blokken": document.blokken,
        }
        moment = moment_van(html)
        with tempfile.TemporaryDirectory(dir=self._map) as naam:
            map_ = Path(naam)
            shutil.copyfile(_SJABLOON, map_ / "rapport.typ")
            (map_ / "rapport.json").write_text(json.dumps(gegevens, ensure_ascii=True), encoding="utf-8")
            for bestand, inhoud in document.beelden.items():
                (map_ / bestand).write_bytes(inhoud)
            try:
                return typst.compile(
                    map_ / "rapport.typ",
                    root=map_,
                    font_paths=self._letters,
                    format="pdf",
                    timestamp=int(moment.timestamp()),
                    # nothing is fetched: the template asks for no package, and there is no place to find one
                    package_path=self._map / "geen",
                    package_cache_path=self._map / "geen",
                )
            except typst.TypstError as fout:
                oorzaak = f"Typst kan deze pagina niet zetten ({fout.message})."
                remedie = "Gebruik een browser voor de PDF, of druk het rapport vanuit een browser af."
                raise InvoerFout([Melding("PDF", titel, oorzaak, remedie)]) from None

    def sluit(self) -> None:
        shutil.rmtree(self._map, ignore_errors=True)

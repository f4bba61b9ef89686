"""Two commands that show numbers of a registration in one folder: each must know what the other shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkba.analyse.effectmeting.publiceren import geheugen
from mkba.kern.bestand.hashes import hash_tekst
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.reeks.map.grendel import grendel
from mkba.reeks.plan.effectmeting import metingpaden


def stand_van(naar: Path) -> str:
    """A fingerprint of all that a folder remembers of registrations, as it is on disk at this moment."""
    paden = [p for p in (*metingpaden(naar), naar / geheugen.BESTAND) if p.is_file()]
    return hash_tekst(*(deel for p in paden for deel in (p.name, p.read_bytes())))


@contextmanager
def alleen(naar: Path, stand: str) -> Iterator[None]:
    """Write in a folder that nobody else writes in, and that still shows what it did at ``stand``, from before its
    memory was read. Raises InvoerFout when another command wrote there since: the two would not know of each other."""
    with grendel(naar):
        if stand_van(naar) != stand:
            oorzaak = "een andere opdracht schreef intussen cijfers van een registratie in deze map."
            raise InvoerFout([Melding("--naar", str(naar), oorzaak, "Geef de opdracht opnieuw.")])
        yield

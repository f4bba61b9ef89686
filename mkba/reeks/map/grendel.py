"""One batch at a time in a folder, and a log of what every batch did there."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from mkba.kern.bestand.schrijven import is_koppeling
from mkba.kern.tekst.meldingen import InvoerFout, Melding

SLOT: Final = ".mkba.slot"
LOGBOEK: Final = "batch.jsonl"


@contextmanager
def grendel(naar: Path) -> Iterator[None]:
    """Keep other batches out of a folder; the lock goes with the process, also when it is killed.

    May be taken again inside itself. Raises InvoerFout when another process holds it.
    """
    slot = FileLock(naar / SLOT, timeout=0, is_singleton=True, thread_local=False)
    try:
        slot.acquire()
    except Timeout:
        oorzaak = "in deze map is al een reeks rapporten bezig."
        remedie = "Wacht tot die klaar is, of kies een andere map."
        raise InvoerFout([Melding("--naar", str(naar), oorzaak, remedie)]) from None
    try:
        yield
    finally:
        slot.release()


class Logboek:
    """Adds lines of JSON to ``batch.jsonl``: begin, one line per report, end. Never rewritten.

    A batch without an end was killed. A log that cannot be written (a full disk) stops no report.
    """

    def __init__(self, naar: Path) -> None:
        self.pad = naar / LOGBOEK
        self.nummer = f"{time.time_ns():x}-{os.getpid()}"

    def schrijf(self, wat: str, **gegevens: Any) -> None:
        """Add one line, whole: an append of less than a page is not mixed with another."""
        moment = datetime.now().astimezone().isoformat(timespec="milliseconds")
        regel = json.dumps({"tijd": moment, "batch": self.nummer, "wat": wat, **gegevens}, ensure_ascii=False)
        try:
            if is_koppeling(self.pad):  # never written through
                return
            with self.pad.open("ab+") as bestand:
                heel = not bestand.tell() or (bestand.seek(-1, os.SEEK_END), bestand.read(1))[1] == b"\n"
                # what a full disk cut off halfway stays a line of its own
                bestand.write(("" if heel else "\n").encode() + (regel + "\n").encode("utf-8", "replace"))
        except OSError:
            pass

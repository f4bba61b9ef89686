"""Write files whole or not at all, and nowhere else than in the folder that was chosen."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePosixPath
from typing import IO, Final

from mkba.kern.bestand.bestanden import vergeet

TIJDELIJK: Final = ".mkba-*.tmp"
"""Names under which files are written before they are moved into place."""


def schrijf_veilig(pad: Path, inhoud: str | bytes) -> None:
    """Write a file whole or not at all: under a temporary name beside it, then moved into place."""
    with veilig_open(pad) as bestand:
        bestand.write(inhoud.encode("utf-8") if isinstance(inhoud, str) else inhoud)


def schrijf_in(map_: Path, plek: str, inhoud: str | bytes) -> None:
    """Write the file at ``plek`` below ``map_``, whole or not at all, and never through a link to elsewhere."""
    schrijf_veilig(binnen(map_, plek), inhoud)


def verwijder_in(map_: Path, plek: str) -> None:
    """Remove the file at ``plek`` below ``map_`` when it is there, and never through a link to elsewhere."""
    binnen(map_, plek).unlink(missing_ok=True)


def binnen(map_: Path, plek: str) -> Path:
    """The path of ``plek`` below ``map_``. Raises OSError when a folder on the way there is a link.

    The file itself may be one: it is replaced or removed, and what it points to stays as it is.
    """
    delen = PurePosixPath(plek).parts
    for aantal in range(1, len(delen)):
        tussen = map_.joinpath(*delen[:aantal])
        if is_koppeling(tussen):
            reden = f"{tussen.name} is een koppeling naar een andere plek; haal die weg"
            raise OSError(errno.ELOOP, reden, str(tussen))
    return map_.joinpath(*delen)


def is_koppeling(pad: Path) -> bool:
    """Whether a path is itself a link to elsewhere: a symbolic link, or a junction of Windows."""
    return pad.is_symlink() or bool(getattr(pad, "is_junction", bool)())


def staat_in(pad: Path, map_: Path) -> bool:
    """Whether a file stands in this very folder, also when its name is a link: what a folder names never leads out."""
    return pad.resolve().parent == map_.resolve()


@contextmanager
def veilig_open(pad: Path) -> Iterator[IO[bytes]]:
    """A file to write in that is moved to ``pad`` when all went well, and removed when not."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    greep, tijdelijk = tempfile.mkstemp(dir=pad.parent, prefix=".mkba-", suffix=".tmp")
    try:
        with os.fdopen(greep, "wb") as bestand:
            yield bestand
        os.chmod(tijdelijk, 0o666 & ~_umask())  # mkstemp makes files that only the owner can read
        vergeet(pad)  # by the name that it had: the file that is replaced may be a link
        os.replace(tijdelijk, pad)
        vergeet(pad)
    except BaseException:
        Path(tijdelijk).unlink(missing_ok=True)
        raise


@cache
def _umask() -> int:
    masker = os.umask(0)
    os.umask(masker)
    return masker

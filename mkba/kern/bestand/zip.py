"""Zip files that are the same when their content is: fixed times, given order."""

import zipfile
from collections.abc import Iterable
from typing import IO, Final

_VROEGST: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name


_GEWOON_BESTAND: Final = 0o644 << 16


_AL_KLEIN: Final = (".png", ".xlsx", ".pdf", ".docx", ".pptx", ".jpg")  # compressed themselves


def vul(stroom: IO[bytes], delen: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip of (name, content) in this order to an open file, one part at a time."""
    with zipfile.ZipFile(stroom, "w") as pakket:
        for naam, inhoud in delen:
            lid = zipfile.ZipInfo(naam, _VROEGST)
            lid.create_system, lid.external_attr = 3, _GEWOON_BESTAND  # the same on every system
            lid.compress_type = zipfile.ZIP_STORED if naam.endswith(_AL_KLEIN) else zipfile.ZIP_DEFLATED
            pakket.writestr(lid, inhoud)

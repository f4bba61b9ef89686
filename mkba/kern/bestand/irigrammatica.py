"""Importing the tools of notebooks without the second that a grammar of web addresses costs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_GRAMMATICA: Final = "rfc3987_syntax"


@contextmanager
def zonder_irigrammatica() -> Iterator[None]:
    """Whoever imports jsonschema in here (nbformat and Jupyter do) does so without its grammar of IRIs.

    jsonschema compiles it while it is imported, in a second of processor time, wherever JupyterLab is installed. No
    schema of a notebook asks for that format, and jsonschema takes its absence as it does elsewhere: the format is not
    looked at. Afterwards the grammar can be imported as before.
    """
    if _GRAMMATICA in sys.modules:
        yield
        return
    sys.modules[_GRAMMATICA] = None  # type: ignore[assignment]  # how Python is told that a module is not there
    try:
        yield
    finally:
        if sys.modules.get(_GRAMMATICA, ...) is None:
            del sys.modules[_GRAMMATICA]

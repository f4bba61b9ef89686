"""Execute the shipped notebooks in place with their default parameters, to commit them after a change.

Run as ``python -m mkba.reeks.werk.ververs [name ...]`` from a checkout.
"""

import sys
from pathlib import Path
from typing import Final

import nbformat
from nbclient import NotebookClient

from mkba.kern.bestand import paden

WIDGET: Final = "application/vnd.jupyter.widget-view+json"
"""A live widget: without its kernel it shows nothing, so it is not kept."""


def ververs(pad: Path) -> None:
    """Execute one notebook where it stands and write it back without time stamps, so that diffs stay small."""
    boek = nbformat.read(pad, as_version=4)
    NotebookClient(
        boek, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(pad.parent)}}
    ).execute()
    for cel in boek.cells:
        cel.metadata.pop("execution", None)
        for uit in cel.get("outputs", []):
            uit.get("data", {}).pop(WIDGET, None)
    boek.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(boek, pad)


def main(namen: list[str]) -> None:
    """Refresh all notebooks, or those whose name contains one of ``namen``."""
    for pad in sorted(paden.notebooks().glob("*.ipynb")):
        if not namen or any(naam in pad.stem for naam in namen):
            ververs(pad)
            print(f"{pad.name} ververst")


if __name__ == "__main__":
    main(sys.argv[1:])

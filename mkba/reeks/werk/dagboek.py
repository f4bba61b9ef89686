"""What a report had made when its process died: a diary per report, one line of JSON per finished cell.

Appending costs as much as saving the notebook once, where saving it after every cell would cost forty times that.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkba.reeks.werk.sporen import Sporen
from mkba.uitvoer import extra


def plek(slug: str, werkmap: Path) -> Path:
    """Where the diary of a report stands while it is being made."""
    return werkmap / f"dagboek-{slug}.jsonl"


def begin(dagboek: Path, notebook: Any) -> None:
    """Start a diary with the notebook as it will be executed, parameters included.

    A diary that cannot be written (a full disk, a notebook that removed its folder) stops no report.
    """
    with suppress(OSError):
        dagboek.parent.mkdir(parents=True, exist_ok=True)
        dagboek.write_text(json.dumps({"notebook": notebook}) + "\n", encoding="utf-8")


def schrijf_cel(dagboek: Path, nummer: int, cel: Any) -> None:
    """Add the outputs of one finished code cell."""
    with suppress(OSError), dagboek.open("a", encoding="utf-8") as bestand:
        bestand.write(json.dumps({"cel": nummer, "keer": cel.execution_count, "outputs": cel.outputs}) + "\n")


def lees(dagboek: Path, lopend: int | None, oorzaak: str, sporen: Sporen) -> str:
    """The notebook as far as it came, as JSON; "" when nothing was started.

    ``lopend``: number of the last cell that began; when it did not finish, it gets an error output with ``oorzaak``. A
    last line that was cut off halfway is left out, and so are the folders of ``sporen``.
    """
    try:
        regels = dagboek.read_text(encoding="utf-8", errors="replace").splitlines()
        notebook = json.loads(regels[0])["notebook"]
    except (OSError, ValueError, LookupError, TypeError):
        return ""
    cellen, klaar = notebook["cells"], set()
    for regel in regels[1:]:
        try:
            stap = json.loads(regel)
        except ValueError:
            continue
        cellen[stap["cel"]] |= {"outputs": stap["outputs"], "execution_count": stap["keer"]}
        klaar.add(stap["cel"])
    if lopend is not None and lopend not in klaar and lopend < len(cellen) and cellen[lopend]["cell_type"] == "code":
        fout = {"output_type": "error", "ename": "Gestopt", "evalue": oorzaak, "traceback": [oorzaak]}
        cellen[lopend]["outputs"] = [fout]
    return json.dumps(sporen.uit_notebook(extra.zonder(zonder_toeval(notebook))), indent=1, ensure_ascii=False) + "\n"


def zonder_toeval(notebook: Any) -> Any:
    """The same notebook without what differs by chance, and with names for paths: changed in place."""
    gegevens = notebook.get("metadata", {}).get("papermill", {})
    for sleutel in ("input_path", "output_path"):
        if gegevens.get(sleutel):
            gegevens[sleutel] = Path(gegevens[sleutel]).name
    for cel in notebook["cells"]:
        if "injected-parameters" in cel.get("metadata", {}).get("tags", []):
            cel["id"] = "parameters-ingevuld"  # Papermill draws one by chance
    return notebook

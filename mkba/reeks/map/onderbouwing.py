"""The onderbouwing of a report as a file: ``onderbouwing/<slug>.json`` (docs/onderbouwing.md)."""

import json
from typing import Any

from mkba.reeks.plan.formaten import FORMATEN
from mkba.reeks.plan.taak import Taak
from mkba.uitvoer import extra


def maak(taak: Taak, notebook: Any, html: str, titel: str) -> dict[str, bytes]:
    """The file of a report whose notebook gave its onderbouwing; of another notebook nothing."""
    for cel in notebook["cells"]:
        for uit in cel.get("outputs", []):
            if extra.ONDERBOUWING in uit.get("data", {}):
                gegevens = {"rapport": titel or taak.naam, **uit["data"][extra.ONDERBOUWING]}
                tekst = json.dumps(gegevens, ensure_ascii=False, indent=1, allow_nan=False)
                return {FORMATEN["onderbouwing"].plek(taak.slug): f"{tekst}\n".encode()}
    return {}

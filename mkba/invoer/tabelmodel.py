"""Tables of a shipped TOML file as frozen, checked records: one message in Dutch for everything that is wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from mkba.invoer.fouten import InvoerFout, Melding

_OORZAKEN: Final[dict[str, tuple[str, str]]] = {
    "missing": ("dit veld ontbreekt.", "Vul het in."),
    "extra_forbidden": ("dit veld is onbekend.", "Verwijder het of verbeter de naam."),
    "literal_error": ("deze waarde kan niet.", "Kies uit: {expected}."),
    "union_tag_invalid": ("deze soort bestaat niet.", "Kies uit: {expected_tags}."),
    "union_tag_not_found": ("de soort ontbreekt.", "Vul soort = ... in."),
}


class Bevroren(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


R = TypeVar("R", bound=BaseModel)


def maak_record(soort: type[R], tabel: Mapping[str, Any], bestand: Path, waar: str) -> R:
    """One record from a table; ``waar`` names its place in the file. Raises InvoerFout with every problem."""
    try:
        return soort.model_validate(dict(tabel))
    except ValidationError as fout:
        raise InvoerFout(_melding(f, bestand, waar) for f in fout.errors()) from None


def _melding(fout: Any, bestand: Path, waar: str) -> Melding:
    context = {"expected": "", "expected_tags": "", **fout.get("ctx", {})}
    oorzaak, remedie = _OORZAKEN.get(
        fout["type"], ("deze waarde past niet bij dit veld.", "Zie de kop van het bestand.")
    )
    if fout["type"] == "value_error":  # what a record itself says of its fields together
        oorzaak = f"{context['error']}."
    waarde = "" if fout["type"] in ("missing", "value_error") else fout.get("input")
    plek = ".".join(str(d) for d in (waar, *fout["loc"]))
    remedie = remedie.format_map(context).replace("' or '", "' of '")
    return Melding(plek, waarde, oorzaak, remedie, str(bestand))

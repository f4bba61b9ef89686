"""Tables of a shipped TOML file as frozen, checked records: one message in Dutch for everything that is wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from mkba.kern.bestand import paden
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.tekst.meldingen import InvoerFout, Melding

_OORZAKEN: Final[dict[str, tuple[str, str]]] = {
    "missing": ("dit veld ontbreekt.", "Vul het in."),
    "extra_forbidden": ("dit veld is onbekend.", "Verwijder het of verbeter de naam."),
    "string_too_short": ("deze tekst is te kort of leeg.", "Vul hem in."),
    "literal_error": ("deze waarde kan niet.", "Kies uit: {expected}."),
    "union_tag_invalid": ("deze soort bestaat niet.", "Kies uit: {expected_tags}."),
    "union_tag_not_found": ("de soort ontbreekt.", "Vul soort = ... in."),
}


class Bevroren(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


R = TypeVar("R", bound=BaseModel)


def map_meta_analyse() -> Path:
    """Folder with the data of the meta-analysis."""
    return paden.data() / "meta_analyse"


def lees_record(bestand: Path, soort: type[R]) -> R:
    """A whole file as one record. Raises InvoerFout with every problem."""
    return maak_record(soort, lees_toml(bestand), bestand)


def maak_record(soort: type[R], tabel: Mapping[str, Any], bestand: Path, waar: str = "") -> R:
    """One record from a table; ``waar`` names its place in the file. Raises InvoerFout with every problem."""
    try:
        return soort.model_validate(dict(tabel))
    except ValidationError as fout:
        raise InvoerFout(_melding(f, bestand, waar) for f in fout.errors()) from None


def _melding(fout: Any, bestand: Path, waar: str) -> Melding:
    """One complaint in our words; a list of tables counts from 1, as a reader does."""
    context = {"expected": "", "expected_tags": "", **fout.get("ctx", {})}
    algemeen = (f"deze waarde past niet bij dit veld ({fout['msg'].rstrip('.')}).", "Zie de kop van het bestand.")
    oorzaak, remedie = _OORZAKEN.get(fout["type"], algemeen)
    if fout["type"] == "value_error":  # what a record itself says of its fields together
        oorzaak = f"{context['error']}."
    waarde = None if fout["type"] == "missing" or isinstance(fout["input"], Mapping | list | tuple) else fout["input"]
    delen = (waar, *(d + 1 if isinstance(d, int) else d for d in fout["loc"]))
    plek = ".".join(str(d) for d in delen if d != "") or "bestand"
    remedie = remedie.format_map(context).replace("' or '", "' of '")
    return Melding(plek, waarde, oorzaak, remedie, str(bestand))

"""What the meta-analysis (LPBL, January 2014) publishes, as data: its tables and lists, and an inventory of its parts.

Every file in ``data/meta_analyse`` names its source and place; percentages are fractions. Reading refuses a field
that is missing, unknown or out of range with a message that names file and field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from mkba.invoer import paden
from mkba.invoer.begrippen import POSTEN
from mkba.invoer.fouten import InvoerFout, Melding
from mkba.invoer.toml_lezen import lees_toml

Status = Literal["reproductie", "reconstructie", "kan niet"]
Klasse = Literal["ev", "zr", "nzr", "top"]
Aandeel = Annotated[float, Field(ge=-1, le=1)]
Aantal = Annotated[int, Field(ge=0)]
Positief = Annotated[float, Field(gt=0)]
Tekst = Annotated[str, Field(min_length=1)]


class _Vast(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Onderdeel(_Vast):
    """One figure, table or appendix: what the text gives of it, and what became of it here.

    ``titel`` as printed; ``pagina`` as numbered in the report. ``kop``: the heading in the notebook, empty while it
    is not there. ``uitleg``: how it was made, or why it cannot be made.
    """

    nummer: Tekst
    soort: Literal["figuur", "tabel", "bijlage"]
    titel: Tekst
    pagina: Tekst
    tekst: Tekst
    status: Status
    uitleg: Tekst
    kop: str = ""

    @property
    def sleutel(self) -> str:
        """ "figuur 4.1", "bijlage 2"."""
        return f"{self.soort} {self.nummer}"

    @property
    def naam(self) -> str:
        """As the report prints it: "Figuur 4.1. Voorbeeld kasstromen …"."""
        return f"{self.sleutel.capitalize()}. {self.titel.rstrip('.')}"

    @property
    def bron(self) -> str:
        """The place in the source, for under a figure."""
        return f"meta-analyse (LPBL 2014), {self.sleutel}, p. {self.pagina}"


class Caseloadrij(_Vast):
    """A row of tabel 3.10: households per fte, hours per household per year."""

    klasse: Klasse
    gedrukt: Tekst
    caseload: Positief
    uren: Positief


class Caseloadtabel(_Vast):
    """Tabel 3.10, or the same rows of the older prototype in bijlage 2."""

    vindplaats: Tekst
    rij: tuple[Caseloadrij, ...]


class Substitutierij(_Vast):
    """A row of tabel 4.5: share fewer trajecten in existing and new cases; None where the cell is a dash."""

    sleutel: Tekst
    gedrukt: Tekst
    bestaand: Aandeel | None = None
    nieuw: Aandeel | None = None
    toelichting: Tekst


class Substitutietabel(_Vast):
    """Tabel 4.5."""

    vindplaats: Tekst
    voetnoot: Tekst
    rij: tuple[Substitutierij, ...]


class Telling(_Vast):
    """A pair of cells of tabel 4.7: a count, and the percentage as printed (whole percents, as a fraction)."""

    aantal: Aantal
    percentage: Aandeel
    terugval_inbegrepen: bool = False


class Escalatiesoort(_Vast):
    """A pair of rows of tabel 4.7; ``van``: of what the percentage is."""

    sleutel: Literal["huisuitzettingen", "ots_uhp_intramuraal", "tweedelijnszorg"]
    gedrukt: Tekst
    van: Tekst
    noemer_gedrukt: bool


class Escalatievoorbeeld(_Vast):
    """A column of tabel 4.7; None where the cells are empty."""

    sleutel: Tekst
    huishoudens: Annotated[int, Field(gt=0)]
    huisuitzettingen: Telling | None = None
    ots_uhp_intramuraal: Telling | None = None
    tweedelijnszorg: Telling | None = None

    def telling(self, soort: str) -> Telling | None:
        """The cells of one pair of rows."""
        waarde = getattr(self, soort)
        assert waarde is None or isinstance(waarde, Telling)
        return waarde


class Escalatietabel(_Vast):
    """Tabel 4.7; ``terugval``: the relapse in the percentages marked with two stars."""

    vindplaats: Tekst
    voetnoot: Tekst
    terugval: Aandeel
    soort: tuple[Escalatiesoort, ...]
    voorbeeld: tuple[Escalatievoorbeeld, ...]


class Fase(_Vast):
    """A box of figuur 5.1."""

    kop: Tekst
    mkba: Tekst
    kenmerken: tuple[Tekst, ...]


class Fasen(_Vast):
    """Figuur 5.1."""

    vindplaats: Tekst
    fase: tuple[Fase, ...]


class Aanpakregel(_Vast):
    """A row of bijlage 1, in the words of the source."""

    gemeente: Tekst
    gebied: Tekst
    naam: Tekst
    doelgroep: Tekst


class Registratiegroep(_Vast):
    """A group of fields of bijlage 3."""

    hoofdstuk: Tekst
    kop: str
    velden: tuple[Tekst, ...]


class Tekstgetal(_Vast):
    """A number in the running text that is checked here, with its sentence."""

    sleutel: Tekst
    waarde: float
    eenheid: Literal["aantal", "fractie", "eur", "jaar"]
    citaat: Tekst
    vindplaats: Tekst


class Vak(_Vast):
    """A box of figuur 3.2 before the posts; ``citaat``: the sentence that it comes from."""

    sleutel: Tekst
    kolom: Annotated[int, Field(ge=0, le=2)]
    hoogte: Annotated[float, Field(ge=0)]
    tekst: Tekst
    citaat: Tekst


class Eindpost(_Vast):
    """An end point of figuur 3.2: a post of the ledger."""

    sleutel: Tekst
    hoogte: Annotated[float, Field(ge=0)]
    citaat: Tekst


class Pijl(_Vast):
    """An arrow of figuur 3.2: from a sentence of the source, or from the model, with the reason."""

    van: Tekst
    naar: Tekst
    citaat: str = ""
    model: str = ""

    @model_validator(mode="after")
    def _met_reden(self) -> Self:
        if bool(self.citaat) == bool(self.model):
            raise ValueError("geef een citaat of model, een van beide")
        return self


class Beleidstheorie(_Vast):
    """Figuur 3.2: boxes, arrows, and the posts at the end."""

    bron: Tekst
    vindplaats: Tekst
    vak: tuple[Vak, ...]
    post: tuple[Eindpost, ...]
    pijl: tuple[Pijl, ...]

    @model_validator(mode="after")
    def _hangt_samen(self) -> Self:
        sleutels = [v.sleutel for v in self.vak] + [p.sleutel for p in self.post]
        if len(set(sleutels)) < len(sleutels):
            raise ValueError("een vak of post staat er twee keer")
        if {p.sleutel for p in self.post} != set(POSTEN):
            raise ValueError(f"de eindpunten zijn de posten van het model: {', '.join(POSTEN)}")
        if vreemd := {s for p in self.pijl for s in (p.van, p.naar)} - set(sleutels):
            raise ValueError(f"een pijl noemt een vak dat er niet is: {', '.join(sorted(vreemd))}")
        return self


class _Inventaris(_Vast):
    bron: Tekst
    onderdeel: tuple[Onderdeel, ...]

    @model_validator(mode="after")
    def _elk_een_keer(self) -> Self:
        sleutels = [o.sleutel for o in self.onderdeel]
        if dubbel := sorted({s for s in sleutels if sleutels.count(s) > 1}):
            raise ValueError(f"dit onderdeel staat er twee keer: {', '.join(dubbel)}")
        return self


class _Tabellen(_Vast):
    bron: Tekst
    tabel_3_10: Caseloadtabel
    prototype: Caseloadtabel
    tabel_4_5: Substitutietabel
    tabel_4_7: Escalatietabel
    figuur_5_1: Fasen


class _Bijlage1(_Vast):
    bron: Tekst
    vindplaats: Tekst
    aanpak: tuple[Aanpakregel, ...]


class _Getallen(_Vast):
    bron: Tekst
    getal: tuple[Tekstgetal, ...]


class _Bijlage3(_Vast):
    bron: Tekst
    vindplaats: Tekst
    groep: tuple[Registratiegroep, ...]


@dataclass(frozen=True)
class MetaAnalyse:
    """All that is published of the meta-analysis, in the order of the report; ``inventaris`` by "figuur 4.1"."""

    inventaris: Mapping[str, Onderdeel]
    tabel_3_10: Caseloadtabel
    prototype: Caseloadtabel
    tabel_4_5: Substitutietabel
    tabel_4_7: Escalatietabel
    fasen: Fasen
    bijlage_1: tuple[Aanpakregel, ...]
    bijlage_3: tuple[Registratiegroep, ...]
    beleidstheorie: Beleidstheorie
    tekst: Mapping[str, Tekstgetal]


def laad_meta_analyse(map_: Path | None = None) -> MetaAnalyse:
    """Read ``data/meta_analyse``. Raises InvoerFout with everything that is wrong in a file."""
    map_ = paden.data() / "meta_analyse" if map_ is None else map_
    tabellen = _lees(map_ / "tabellen.toml", _Tabellen)
    return MetaAnalyse(
        inventaris={o.sleutel: o for o in _lees(map_ / "inventaris.toml", _Inventaris).onderdeel},
        tabel_3_10=tabellen.tabel_3_10,
        prototype=tabellen.prototype,
        tabel_4_5=tabellen.tabel_4_5,
        tabel_4_7=tabellen.tabel_4_7,
        fasen=tabellen.figuur_5_1,
        bijlage_1=_lees(map_ / "bijlage-1.toml", _Bijlage1).aanpak,
        bijlage_3=_lees(map_ / "bijlage-3.toml", _Bijlage3).groep,
        beleidstheorie=_lees(map_ / "beleidstheorie.toml", Beleidstheorie),
        tekst={g.sleutel: g for g in _lees(map_ / "tekst.toml", _Getallen).getal},
    )


M = TypeVar("M", bound=_Vast)

_OORZAKEN: Final[dict[str, str]] = {
    "missing": "dit veld ontbreekt.",
    "extra_forbidden": "dit veld bestaat niet.",
    "string_too_short": "deze tekst is leeg.",
    "literal_error": "deze waarde bestaat niet.",
}


def _lees(pad: Path, soort: type[M]) -> M:
    inhoud = lees_toml(pad)
    try:
        return soort.model_validate(inhoud)
    except ValidationError as fout:
        raise InvoerFout(_melding(e, str(pad)) for e in fout.errors()) from None


def _melding(fout: Any, bestand: str) -> Melding:
    """One complaint of pydantic in our words; a list of tables counts from 1, as a reader does."""
    veld = ".".join(str(d + 1) if isinstance(d, int) else str(d) for d in fout["loc"]) or "bestand"
    reden = fout["msg"].removeprefix("Value error, ").rstrip(".")
    oorzaak = _OORZAKEN.get(fout["type"], f"dit klopt niet ({reden}).")
    waarde = fout["input"] if not isinstance(fout["input"], Mapping | list | tuple) else None
    keus = fout.get("ctx", {}).get("expected", "")
    remedie = f"Kies uit: {keus}." if keus else "Neem over wat op deze plaats in de meta-analyse staat."
    return Melding(veld, waarde, oorzaak, remedie, bestand)

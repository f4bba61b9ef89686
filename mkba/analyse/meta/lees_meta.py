"""What the meta-analysis (LPBL, January 2014) publishes, as data: its tables and lists, and an inventory of its parts.

Every file in ``data/meta_analyse`` names its source and place; percentages are fractions. Reading refuses a field
that is missing, unknown or out of range with a message that names file and field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mkba.analyse.meta.record import Bevroren, lees_record, map_meta_analyse
from mkba.kern.woorden.begrippen import POSTEN

Status = Literal["reproductie", "reconstructie", "kan niet"]
Klasse = Literal["ev", "zr", "nzr", "top"]
Aandeel = Annotated[float, Field(ge=-1, le=1)]
Aantal = Annotated[int, Field(ge=0)]
Positief = Annotated[float, Field(gt=0)]
Tekst = Annotated[str, Field(min_length=1)]


class Onderdeel(Bevroren):
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
        return f"{self.sleutel[:1].upper()}{self.sleutel[1:]}. {self.titel.rstrip('.')}"

    @property
    def bron(self) -> str:
        """The place in the source, for under a figure."""
        return f"meta-analyse (LPBL 2014), {self.sleutel}, p. {self.pagina}"


class Caseloadrij(Bevroren):
    """A row of tabel 3.10: households per fte, hours per household per year."""

    klasse: Klasse
    gedrukt: Tekst
    caseload: Positief
    uren: Positief


class Caseloadtabel(Bevroren):
    """Tabel 3.10, or the same rows of the older prototype in bijlage 2."""

    vindplaats: Tekst
    rij: tuple[Caseloadrij, ...]


class Substitutierij(Bevroren):
    """A row of tabel 4.5: share fewer trajecten in existing and new cases; None where the cell is a dash."""

    sleutel: Tekst
    gedrukt: Tekst
    bestaand: Aandeel | None = None
    nieuw: Aandeel | None = None
    toelichting: Tekst


class Substitutietabel(Bevroren):
    """Tabel 4.5."""

    vindplaats: Tekst
    voetnoot: Tekst
    rij: tuple[Substitutierij, ...]


class Cellenpaar(Bevroren):
    """A pair of cells of tabel 4.7: a count, and the percentage as printed (whole percents, as a fraction)."""

    aantal: Aantal
    percentage: Aandeel
    terugval_inbegrepen: bool = False


class Escalatiesoort(Bevroren):
    """A pair of rows of tabel 4.7; ``van``: of what the percentage is."""

    sleutel: Literal["huisuitzettingen", "ots_uhp_intramuraal", "tweedelijnszorg"]
    gedrukt: Tekst
    van: Tekst
    noemer_gedrukt: bool


class Escalatievoorbeeld(Bevroren):
    """A column of tabel 4.7; None where the cells are empty."""

    sleutel: Tekst
    huishoudens: Annotated[int, Field(gt=0)]
    huisuitzettingen: Cellenpaar | None = None
    ots_uhp_intramuraal: Cellenpaar | None = None
    tweedelijnszorg: Cellenpaar | None = None

    def telling(self, soort: str) -> Cellenpaar | None:
        """The cells of one pair of rows."""
        waarde = getattr(self, soort)
        assert waarde is None or isinstance(waarde, Cellenpaar)
        return waarde


class Escalatietabel(Bevroren):
    """Tabel 4.7; ``terugval``: the relapse in the percentages marked with two stars."""

    vindplaats: Tekst
    voetnoot: Tekst
    terugval: Aandeel
    soort: tuple[Escalatiesoort, ...]
    voorbeeld: tuple[Escalatievoorbeeld, ...]


class Fase(Bevroren):
    """A box of figuur 5.1."""

    kop: Tekst
    mkba: Tekst
    kenmerken: tuple[Tekst, ...]


class Fasen(Bevroren):
    """Figuur 5.1."""

    vindplaats: Tekst
    fase: tuple[Fase, ...]


class Aanpakregel(Bevroren):
    """A row of bijlage 1, in the words of the source."""

    gemeente: Tekst
    gebied: Tekst
    naam: Tekst
    doelgroep: Tekst


class Registratiegroep(Bevroren):
    """A group of fields of bijlage 3."""

    hoofdstuk: Tekst
    kop: str
    velden: tuple[Tekst, ...]


class Tekstgetal(Bevroren):
    """A number in the running text that is checked here, with its sentence."""

    sleutel: Tekst
    waarde: float
    eenheid: Literal["aantal", "fractie", "eur", "jaar"]
    citaat: Tekst
    vindplaats: Tekst


class Vak(Bevroren):
    """A box of figuur 3.2 before the posts; ``citaat``: the sentence that it comes from."""

    sleutel: Tekst
    kolom: Annotated[int, Field(ge=0, le=2)]
    hoogte: Annotated[float, Field(ge=0)]
    tekst: Tekst
    citaat: Tekst


class Eindpost(Bevroren):
    """An end point of figuur 3.2: a post of the ledger."""

    sleutel: Tekst
    hoogte: Annotated[float, Field(ge=0)]
    citaat: Tekst


class Pijl(Bevroren):
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


class Beleidstheorie(Bevroren):
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


class _Inventaris(Bevroren):
    bron: Tekst
    onderdeel: tuple[Onderdeel, ...]

    @model_validator(mode="after")
    def _elk_een_keer(self) -> Self:
        sleutels = [o.sleutel for o in self.onderdeel]
        if dubbel := sorted({s for s in sleutels if sleutels.count(s) > 1}):
            raise ValueError(f"dit onderdeel staat er twee keer: {', '.join(dubbel)}")
        return self


class _Tabellen(Bevroren):
    bron: Tekst
    tabel_3_10: Caseloadtabel
    prototype: Caseloadtabel
    tabel_4_5: Substitutietabel
    tabel_4_7: Escalatietabel
    figuur_5_1: Fasen


class _Bijlage1(Bevroren):
    bron: Tekst
    vindplaats: Tekst
    aanpak: tuple[Aanpakregel, ...]


class _Getallen(Bevroren):
    bron: Tekst
    getal: tuple[Tekstgetal, ...]


class _Bijlage3(Bevroren):
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
    map_ = map_meta_analyse() if map_ is None else map_
    tabellen = lees_record(map_ / "tabellen.toml", _Tabellen)
    return MetaAnalyse(
        inventaris={o.sleutel: o for o in lees_record(map_ / "inventaris.toml", _Inventaris).onderdeel},
        tabel_3_10=tabellen.tabel_3_10,
        prototype=tabellen.prototype,
        tabel_4_5=tabellen.tabel_4_5,
        tabel_4_7=tabellen.tabel_4_7,
        fasen=tabellen.figuur_5_1,
        bijlage_1=lees_record(map_ / "bijlage-1.toml", _Bijlage1).aanpak,
        bijlage_3=lees_record(map_ / "bijlage-3.toml", _Bijlage3).groep,
        beleidstheorie=lees_record(map_ / "beleidstheorie.toml", Beleidstheorie),
        tekst={g.sleutel: g for g in lees_record(map_ / "tekst.toml", _Getallen).getal},
    )

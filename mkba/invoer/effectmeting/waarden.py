"""The cells of one sheet to a typed frame; rows with a cell that does not fit are refused.

Each distinct cell is read once (:mod:`mkba.invoer.effectmeting.cellen`), and its value is put in every row where it
stands: no loop over rows.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mkba.invoer.effectmeting.cellen import Verkeerd, lees_cel, verwacht
from mkba.invoer.effectmeting.indeling import Tabelindeling
from mkba.invoer.effectmeting.kolommen import Kolom
from mkba.invoer.effectmeting.koppelsleutel import Koppelsleutel
from mkba.invoer.effectmeting.koppen import PSEUDONIEM, Kop
from mkba.invoer.effectmeting.registratie import GETAL, Weigering
from mkba.invoer.registratie.cellen import LEEG, Schaal, Score, bepaal_schaal, op_schaal
from mkba.invoer.registratie.meldingen import Afgekeurd, Reden
from mkba.invoer.tabel.cellen import Cel, Plaats
from mkba.invoer.tabel.kolomsgewijs import Blad, Kolomcellen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import gewone_spaties

VOORBEELD: Final = re.compile(r"voorbeeld-[0-9]+", re.IGNORECASE)
"""What stands in the first column of an example row of the template; such a row never counts."""
_VOORBIJ: Final = (
    "niets: voorbij de laatste kop hoort geen waarde te staan (een decimale komma zonder aanhalingstekens?)"
)
Masker = NDArray[np.bool_]


class Lezer:
    """Reads sheets; what a pseudonym becomes is remembered over all of them."""

    def __init__(self, sleutel: Koppelsleutel | None = None) -> None:
        self.sleutel = sleutel
        self.nummers: dict[str, int] = {}
        """Every pseudonym with its number, over all sheets: rows hold the number until all is checked."""
        self._gelezen: dict[object, int | Verkeerd] = {}

    def frame(
        self, blad: Blad, kop: Kop, indeling: Tabelindeling, plaats: Plaats, meldingen: list[Melding]
    ) -> tuple[pd.DataFrame, list[Weigering], int]:
        """The rows of a sheet with columns of ours, ``_rij`` (its number) and ``_goed``; the refusals; the examples.

        Example rows and rows without any value in our columns are left out. What refuses the sheet as a whole is added
        to ``meldingen``.
        """
        assert blad.nummers is not None
        houd = self._telt(blad, kop)
        voorbeelden = int((~houd).sum())
        nummers = blad.nummers[houd]
        goed = np.ones(len(nummers), dtype=bool)
        weigeringen: list[Weigering] = []

        def weiger(kolom: str, fouten: Masker, tekst: str) -> None:
            goed[fouten] = False
            weigeringen.extend(Weigering(kop.vorm.naam, plaats.bestand, int(n), kolom, tekst) for n in nummers[fouten])

        if blad.voorbij is not None:
            gevuld = np.array([not c.leeg for c in blad.voorbij.cellen], dtype=bool)
            weiger(f"kolom {len(blad.kolommen) + 1}", gevuld[blad.voorbij.codes[houd]], _VOORBIJ)
        kolommen: dict[str, Any] = {"_rij": nummers}
        schaal = self._schaal(blad, kop, indeling, plaats, meldingen)
        for kolom in kop.vorm.kolommen:
            if (i := kop.kolommen.get(kolom.naam)) is None:
                continue
            cellen = blad.kolommen[i]
            codes = cellen.codes[houd]
            waarden, fouten = self._lees(kolom, cellen, indeling.waarden.get(kolom.naam, {}), schaal)
            for tekst in {f for f in fouten if f}:
                mis = np.array([f == tekst for f in fouten], dtype=bool)
                weiger(kolom.naam, mis[codes], tekst)
            kolommen[kolom.naam] = als_kolom(kolom, waarden, codes)
        if kop.vorm.naam == "problematiek":
            kolommen["schaal"] = pd.Categorical([schaal] * len(nummers), categories=["1-5", "0-1"])
        return pd.DataFrame({**kolommen, "_goed": goed}), weigeringen, voorbeelden

    def _telt(self, blad: Blad, kop: Kop) -> Masker:
        """Which rows are no example: those whose first column of ours does not say that they are one."""
        eerste = blad.kolommen[kop.kolommen[kop.vorm.kolommen[0].naam]]
        voorbeeld = np.array(
            [VOORBEELD.fullmatch(str(c.waarde).strip()) is not None for c in eerste.cellen], dtype=bool
        )
        return ~voorbeeld[eerste.codes]

    def _lees(
        self, kolom: Kolom, cellen: Kolomcellen, eigen: Mapping[str, str], schaal: Schaal | None
    ) -> tuple[list[Any], list[str]]:
        """Value and what was expected instead ("" when it fits) of every distinct cell of a column."""
        waarden: list[Any] = []
        fouten: list[str] = []
        for cel in cellen.cellen:
            try:
                if kolom.naam == PSEUDONIEM:
                    waarde: Any = self._pseudoniem(kolom, cel)
                elif kolom.soort == "score":
                    waarde = _op_schaal(kolom, lees_cel(kolom, cel, eigen), schaal)
                else:
                    waarde = lees_cel(kolom, cel, eigen)
                waarden.append(waarde)
                fouten.append("")
            except Verkeerd as fout:
                waarden.append(None)
                fouten.append(fout.verwacht)
        return waarden, fouten

    def _pseudoniem(self, kolom: Kolom, cel: Cel) -> int:
        sleutel = (type(cel.waarde), cel.waarde)
        if sleutel not in self._gelezen:
            try:
                naam = self._maak_pseudoniem(kolom, cel)
                self._gelezen[sleutel] = self.nummers.setdefault(naam, len(self.nummers))
            except Verkeerd as fout:
                self._gelezen[sleutel] = fout
        uit = self._gelezen[sleutel]
        if isinstance(uit, Verkeerd):
            raise uit
        return uit

    def _maak_pseudoniem(self, kolom: Kolom, cel: Cel) -> str:
        if self.sleutel is None:
            return str(lees_cel(kolom, cel, {}))
        tekst = gewone_spaties(str(cel)) if cel.fout is None else ""
        if not tekst:
            raise Verkeerd("een nummer of kenmerk om een pseudoniem van te maken")
        return self.sleutel.pseudoniem(tekst)

    def _schaal(
        self, blad: Blad, kop: Kop, indeling: Tabelindeling, plaats: Plaats, meldingen: list[Melding]
    ) -> Schaal | None:
        """The scale of all scores of a sheet, None when it has none."""
        indexen = [kop.kolommen[k.naam] for k in kop.vorm.kolommen if k.soort == "score" and k.naam in kop.kolommen]
        scores: list[Score] = []
        aantallen: list[int] = []
        for kolom in kop.vorm.kolommen:
            if kolom.soort != "score" or kolom.naam not in kop.kolommen:
                continue
            cellen = blad.kolommen[kop.kolommen[kolom.naam]]
            for cel, n in zip(cellen.cellen, cellen.tel(), strict=True):
                try:
                    scores.append(lees_cel(kolom, cel, {}))
                    aantallen.append(int(n))
                except Verkeerd:
                    continue
        if not indexen or all(s == LEEG for s in scores):
            return None
        if indeling.schaal:
            return "1-5" if indeling.schaal == "1-5" else "0-1"
        try:
            return bepaal_schaal(scores, aantallen)
        except Afgekeurd as fout:
            oorzaak, _ = fout.reden.value
            if fout.reden is Reden.GEEN_SCORES:
                return None
            remedie = 'Zet schaal = "1-5" of "0-1" onder [problematiek] in een indeling (TOML).'
            meldingen.append(Melding("problematiek.schaal", None, oorzaak, remedie, plaats.bestand))
            return None


def _op_schaal(kolom: Kolom, score: Score, schaal: Schaal | None) -> float | None:
    if schaal is None:
        return None
    try:
        return op_schaal(score, schaal)
    except Afgekeurd:
        raise Verkeerd(verwacht(kolom)) from None


def als_kolom(kolom: Kolom, waarden: Sequence[Any], codes: NDArray[np.int32]) -> Any:
    """The values of distinct cells put in every row, in the type of the column; of a pseudonym its number."""
    match kolom.soort:
        case "keuze":
            plek = {k: i for i, k in enumerate(kolom.keuzes)}
            nummers = np.array([plek.get(w, -1) for w in waarden], dtype=np.int8)
            return pd.Categorical.from_codes(nummers[codes], categories=list(kolom.keuzes))
        case "ja_nee":
            feit = np.array([bool(w) for w in waarden], dtype=bool)
            leeg = np.array([w is None for w in waarden], dtype=bool)
            return pd.arrays.BooleanArray(feit[codes], leeg[codes])
        case "datum":
            return np.array([np.datetime64(w, "s") if w else np.datetime64("NaT") for w in waarden], "M8[s]")[codes]
        case "pseudoniem" | "moment":
            return np.array([-1 if w is None else w for w in waarden], dtype=np.int64)[codes]
        case "geheel":
            getal = np.array([0 if w is None else w for w in waarden], dtype=np.int64)
            leeg = np.array([w is None for w in waarden], dtype=bool)
            return pd.arrays.IntegerArray(getal[codes], leeg[codes])
        case "getal" | "score":
            return np.array([np.nan if w is None else w for w in waarden], dtype=GETAL[kolom.soort])[codes]
        case _:
            return np.array([None if w is None else str(w) for w in waarden], dtype=object)[codes]

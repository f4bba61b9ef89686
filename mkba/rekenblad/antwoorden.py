"""Part 1 of sheet berekening: every answer, with what fills an empty cell (``mkba.kern.aanpak``)."""

from mkba.invoer import invoerblad as indeling
from mkba.kern.begrippen import TYPEN, ZWAARTEN
from mkba.kern.velden import DISCIPLINE_BIJ_KNOP, VELDEN
from mkba.rekenblad.formule import Formule, als, en, gelijk, leeg, onbekend, plus
from mkba.rekenblad.invoer import celnaam_van
from mkba.rekenblad.opmaak import met_tienden, notatie
from mkba.rekenblad.rekening import Rekening
from mkba.rekenblad.stappen import EERSTE_WAARDE


def antwoorden(r: Rekening) -> None:
    """Every answer, with what fills an empty cell (``mkba.kern.aanpak``)."""
    r.s.begin("Antwoorden waarmee wordt gerekend", TYPEN)
    for patroon, sleutels in indeling.patronen().items():
        if sleutels[0] == "naam" or patroon.startswith("eenouder"):
            continue
        veld = VELDEN.get(sleutels[0], VELDEN["disciplines"])
        formules = [_antwoord(r, s) for s in sleutels]
        label = f"{veld.vraag}. {indeling.label_van(patroon)}"
        soort = indeling.soort_van(sleutels[0])
        eenheid = {"fractie": "aandeel", "eur": "euro", "ja_nee": "1 = ja", "jaren": "jaar"}.get(soort, "aantal")
        vorm = "0" if soort == "ja_nee" else notatie(soort)
        r.s.begin_rij(label, _woorden(sleutels[0]), eenheid, "")
        for i, (sleutel, formule) in enumerate(zip(sleutels, formules, strict=True)):
            r.blad.cel(r.s.rij, EERSTE_WAARDE + i, formule, vorm, "v_" + sleutel.replace(".", "_"))
        if veld.soort == "fractie":
            met_tienden(r.blad.blad, f"F{r.s.rij}:H{r.s.rij}")


def _antwoord(r: Rekening, sleutel: str) -> Formule:
    """The answer, or what an empty cell means; the same rules as ``mkba.kern.aanpak``."""
    cel = r.blad.boek[celnaam_van(sleutel)]
    if indeling.soort_van(sleutel) == "ja_nee":
        bij_leeg = 1.0 if sleutel == "huisvesting" else 0.0
        nee = als(gelijk(cel, "nee"), 0.0, onbekend())
        return als(leeg(cel), bij_leeg, als(gelijk(cel, "ja"), 1.0, nee))
    veld = VELDEN[sleutel]
    if sleutel.startswith("type."):
        andere = [r.blad.boek[celnaam_van(f"type.{t}")] for t in TYPEN]
        return als(leeg(cel), als(en(*(leeg(c) for c in andere)), onbekend(), 0.0), cel)
    standaard = r.k(veld.standaard) if veld.standaard else None
    if sleutel.startswith("zwaarte."):
        return als(leeg(cel), als(_niets_ingevuld(r, sleutel.split(".")[1]), standaard or 0.0, 0.0), cel)
    if nodig := DISCIPLINE_BIJ_KNOP.get(sleutel):
        assert standaard is not None
        heeft = plus(r.v(f"disciplines.{d}") for d in nodig) > 0
        return als(leeg(cel), als(heeft, standaard, 0.0), cel)
    if standaard is not None:
        return als(leeg(cel), standaard, cel)
    return als(leeg(cel), onbekend() if veld.verplicht else float(veld.vast or 0.0), cel)


def _niets_ingevuld(r: Rekening, type_: str) -> Formule:
    """Question 3 is empty for this type, which has households (or no type has: then question 2 is missing)."""
    cellen = [r.blad.boek[celnaam_van(f"zwaarte.{type_}.{z}")] for z in ZWAARTEN]
    return en(*(leeg(c) for c in cellen), r.v(f"type.{type_}") > 0)


def _woorden(sleutel: str) -> str:
    veld = VELDEN.get(sleutel)
    if veld is None:
        return "ja is 1; nee of leeg is 0"
    if sleutel.startswith("type."):
        return "leeg naast een ingevuld type is 0%"
    if sleutel.startswith("zwaarte."):
        return "een lege kolom van een type met huishoudens: het kengetal (tabel 2.2); een lege cel ernaast: 0%"
    if sleutel in DISCIPLINE_BIJ_KNOP:
        return "leeg: het kengetal als het team de discipline heeft, anders 0%"
    if veld.standaard:
        return "leeg: het kengetal"
    return "verplicht" if veld.verplicht else f"leeg: {'ja' if veld.vast is True else f'{veld.vast:g}'}"

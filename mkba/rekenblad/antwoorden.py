"""Part 1 of sheet berekening: every answer, with what fills an empty cell (``mkba.kern.zaak.leeg``)."""

from mkba.invoer import invoerblad as indeling
from mkba.kern.woorden.begrippen import TYPEN
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.leeg import Leegregel, regel_van
from mkba.rekenblad.formule import Formule, als, en, gelijk, leeg, onbekend, plus
from mkba.rekenblad.invoer import celnaam_van
from mkba.rekenblad.opmaak import notatie
from mkba.rekenblad.rekening import Rekening
from mkba.rekenblad.stappen import EERSTE_WAARDE


def antwoorden(r: Rekening) -> None:
    """Every answer, with what fills an empty cell (``mkba.kern.zaak.leeg``)."""
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
        woorden = regel_van(sleutels[0]).woorden if sleutels[0] in VELDEN else "ja is 1; nee of leeg is 0"
        r.s.begin_rij(label, woorden, eenheid, "")
        for i, (sleutel, formule) in enumerate(zip(sleutels, formules, strict=True)):
            r.blad.cel(r.s.rij, EERSTE_WAARDE + i, formule, vorm, "v_" + sleutel.replace(".", "_"))
        if veld.soort == "fractie":
            r.blad.met_tienden(f"F{r.s.rij}:H{r.s.rij}")


def _antwoord(r: Rekening, sleutel: str) -> Formule:
    """The answer, or what an empty cell means; by the rules of ``mkba.kern.zaak.leeg``."""
    cel = r.blad.boek[celnaam_van(sleutel)]
    if indeling.soort_van(sleutel) == "ja_nee":
        bij_leeg = 1.0 if sleutel == "huisvesting" else 0.0
        nee = als(gelijk(cel, "nee"), 0.0, onbekend())
        return als(leeg(cel), bij_leeg, als(gelijk(cel, "ja"), 1.0, nee))
    regel = regel_van(sleutel)
    if regel.kengetal:
        vulling = r.k(regel.kengetal)
    elif regel.verplicht:
        vulling = onbekend()
    else:
        vulling = Formule(f"{float(regel.vast or 0.0):.15g}", float(regel.vast or 0.0))
    if voorwaarden := _voorwaarden(r, regel):
        vulling = als(voorwaarden[0] if len(voorwaarden) == 1 else en(*voorwaarden), vulling, 0.0)
    return als(leeg(cel), vulling, cel)


def _voorwaarden(r: Rekening, regel: Leegregel) -> list[Formule]:
    """What must hold for an empty cell to be more than 0, as ``Leegregel`` says."""
    uit = [leeg(r.blad.boek[celnaam_van(s)]) for s in regel.groep]
    if regel.type_:
        uit.append(r.v(regel.type_) > 0)
    if regel.disciplines:
        uit.append(plus(r.v(f"disciplines.{d}") for d in regel.disciplines) > 0)
    return uit

"""Sheets uitvoer A (net present value of a year of work) and uitvoer B (begroting after two years), as in the tool."""

from collections.abc import Callable
from textwrap import wrap
from typing import Final

from mkba.invoer.invoerblad import INGROEI
from mkba.kern.tekst.afronden import rond
from mkba.kern.woorden.begrippen import (
    ACTOREN,
    BATENPOSTEN,
    FINANCIELE_BATEN,
    GEMEENTE,
    IMMATERIELE_BATEN,
    KOSTENPOSTEN,
    POSTEN,
    naam,
)
from mkba.kern.woorden.uitvoerscherm import UITVOERSCHERM_A
from mkba.model.verloop import EENMALIG, FRICTIE
from mkba.rekenblad.boek import Blad, Staven
from mkba.rekenblad.formule import Formule, als, plus, som, somproduct, tekst_na_elkaar, woord
from mkba.rekenblad.grootboek import BEDRAG, EERSTE, LAATSTE, Grootboekblad
from mkba.rekenblad.invoer import kleur_oordeel
from mkba.rekenblad.kasstromen import Kasstromenblad
from mkba.rekenblad.kengetallenblad import celnaam
from mkba.rekenblad.opmaak import EURO, GRIJS, VERHOUDING, letter, lijn, uitlijning

BREEDTES_A: Final = (48, 18, 18, 20)
BREEDTES_B: Final = (38, *(14,) * 10)
JAAR: Final = 2
"""Uitvoerscherm B: the third year of an aanpak that keeps running, two years after the start."""
_NIET: Final = "n.v.t."
_BLAUW: Final = "2F5597"


def vul_uitvoer_a(b: Blad, grootboek: Grootboekblad) -> None:
    """Posts, totals, saldo and ratios; each cell is named ``u_`` and the public key of ``mkba bereken --json``."""
    _begin(b, "Uitvoer A. Netto contante waarde van een jaar aanpak", BREEDTES_A)
    formules = _uitkomsten(b, grootboek)
    b.koppen(5, {1: "", 2: "NCW", 3: "Afgerond (€ 100; 0,05)", 4: "Van de totale kosten"}, 18)
    rij = 5
    for sleutel, label, diepte in UITVOERSCHERM_A:
        if sleutel in ("totale_kosten", "totale_baten"):
            rij += 1
            b.kop(rij, "KOSTEN" if sleutel == "totale_kosten" else "BATEN", len(BREEDTES_A))
        elif sleutel in ("saldo", "kb_financieel"):
            rij += 1
        rij += 1
        _uitvoerregel(b, rij, sleutel, label, diepte, formules[sleutel]())
    rij += 2
    for regel in (
        "Financieel: alle baten behalve de immateriële, gedeeld door de kosten. Maatschappelijk: alle baten gedeeld "
        "door de kosten. Gemeentelijk: alleen het deel van de gemeente in de financiële baten en de kosten.",
        "De MKBA-tool drukt bedragen af op € 100 en verhoudingen op 0,05; alles rekent met de niet afgeronde waarden.",
    ):
        b.tekst(rij, 1, regel, font=letter(9, GRIJS), alignment=uitlijning())
        b.voeg_samen(rij, 1, 4)
        b.hoogte(rij, 12.5 * -(-len(regel) // 110) + 2)
        rij += 1
    b.klaar("B6", "1:1", "548235", liggend=False)


def _begin(b: Blad, titel: str, breedtes: tuple[float, ...]) -> None:
    """Title, the name of the aanpak, and the verdict on the answers."""
    boek = b.boek
    b.tekst(
        1, 1, titel, font=letter(14, "1F3864", bold=True), alignment=uitlijning(verticaal="center", terugloop=False)
    )
    aanpak = boek["in_naam"]
    b.cel(2, 1, aanpak, font=letter(11, bold=True), alignment=uitlijning(verticaal="center"))
    b.voeg_samen(2, 1, len(breedtes))
    b.hoogte(2, 16.0 * -(-len(str(aanpak.waarde)) // int(sum(breedtes) * 0.8)))
    b.cel(3, 1, boek["oordeel"], font=letter(9, bold=True), alignment=uitlijning(verticaal="center"))
    b.voeg_samen(3, 1, len(breedtes))
    b.hoogte(3, 27)
    kleur_oordeel(b, f"A3:{b.adres(3, len(breedtes))}", "aantal_fouten>0")
    b.hoogte(1, 22)


def _uitvoerregel(b: Blad, rij: int, sleutel: str, label: str, diepte: int, formule: Formule) -> None:
    ratio = sleutel.startswith("kb_")
    vet = letter(10, bold=diepte == 0)
    b.tekst(rij, 1, "   " * diepte + label, font=vet, alignment=uitlijning(verticaal="center", terugloop=False))
    cel = b.cel(rij, 2, formule, VERHOUDING if ratio else EURO, f"u_{sleutel}", font=vet)
    b.cel(rij, 3, _afgerond(cel, 20 if ratio else 0.01), VERHOUDING if ratio else EURO, font=letter(10, GRIJS))
    if not ratio and sleutel != "saldo":
        kosten = b.boek["u_totale_kosten"]
        deel = als(gelijk_nul(kosten), woord(""), cel / kosten)
        b.cel(rij, 4, deel, "0%", font=letter(9, GRIJS))


def gelijk_nul(cel: Formule) -> Formule:
    """Whether a number is 0."""
    return Formule(f"{cel.tekst}=0", float(cel.waarde == 0), 1)


def _afgerond(cel: Formule, factor: float) -> Formule:
    """Rounded to 1/factor, halves away from zero; a text stays what it is."""
    tekst = f"ROUND({cel.tekst}*{factor:g},0)/{factor:g}"
    if isinstance(cel.waarde, str) or cel.waarde is None:
        waarde: float | str | None = cel.waarde
    else:
        waarde = rond(cel.waarde, 1 / factor)
    return Formule(f"IF(ISNUMBER({cel.tekst}),{tekst},{cel.tekst})", waarde)


def _uitkomsten(b: Blad, grootboek: Grootboekblad) -> dict[str, Callable[[], Formule]]:
    """How every public key is calculated; called from top to bottom, so that the cells above are there."""
    boek = b.boek

    def u(sleutel: str) -> Formule:
        return boek[f"u_{sleutel}"]

    def post(sleutel: str) -> Formule:
        regels = grootboek.van_post(sleutel)
        bereik = grootboek.blad.bereik(grootboek.jaarrij[regels[0]], LAATSTE, len(regels))
        return som(bereik, (grootboek.ncw[r] for r in regels))

    def later(sleutels: tuple[str, ...]) -> Formule:
        # the cells below have no value yet when the formula of a total above them is written
        waarde = sum(float(grootboek.ncw[r].waarde or 0) for s in sleutels for r in grootboek.van_post(s))
        return Formule("+".join(f"u_{s}" for s in sleutels), waarde, 2)

    uit: dict[str, Callable[[], Formule]] = {p: (lambda p=p: post(p)) for p in POSTEN}  # type: ignore[misc]
    uit["totale_kosten"] = lambda: later(KOSTENPOSTEN)
    uit["totale_baten"] = lambda: later(BATENPOSTEN)
    uit["besparing_organisatie"] = lambda: later(("nieuw_voor_oud", "substitutie"))
    uit["immaterieel"] = lambda: later(IMMATERIELE_BATEN)
    uit["saldo"] = lambda: u("totale_baten") - u("totale_kosten")
    uit["kb_financieel"] = lambda: _ratio(u("totale_baten") - u("immaterieel"), u("totale_kosten"))
    uit["kb_maatschappelijk"] = lambda: _ratio(u("totale_baten"), u("totale_kosten"))
    uit["kb_gemeentelijk"] = lambda: _ratio(_gemeente(grootboek, FINANCIELE_BATEN), _gemeente(grootboek, KOSTENPOSTEN))
    return uit


def _ratio(teller: Formule, noemer: Formule) -> Formule:
    return als(gelijk_nul(noemer), woord(_NIET), teller / noemer)


def _gemeente(grootboek: Grootboekblad, posten: tuple[str, ...]) -> Formule:
    """The part of the gemeente in the net present value of some posts that follow each other."""
    regels = [r for p in posten for r in grootboek.van_post(p)]
    bladen = grootboek.blad
    bereiken = (
        bladen.bereik(grootboek.jaarrij[regels[0]], LAATSTE, len(regels)),
        bladen.bereik(grootboek.aandeelrij[regels[0]], LAATSTE, len(regels)),
    )
    plaatsen = [ACTOREN.index(a) for a in GEMEENTE]
    delen = [plus(grootboek.aandelen[r][i] for i in plaatsen) for r in regels]
    return somproduct(bereiken, [grootboek.ncw[r] for r in regels], delen)


def vul_uitvoer_b(b: Blad, grootboek: Grootboekblad, kas: Kasstromenblad) -> None:
    """Who pays and who gains in one year, two years after the start; the gemeente between two blue lines."""
    _begin(b, "Uitvoer B. Begroting na 2 jaar, per partij", BREEDTES_B)
    frictie = b.boek[celnaam(INGROEI)]
    uitleg = (
        "Kasstromen in één jaar, twee jaar na de start, van een aanpak die elk jaar doorgaat: wat in jaar 0, 1 en 2 "
        "van een jaar werken valt, bij elkaar (niet contant). Afgeschreven eenmalige kosten tellen niet mee; "
    )
    deel = Formule(f'ROUND({frictie.tekst}*100,0)&"%"', f"{rond(100 * float(frictie.waarde or 0)):.0f}%")
    slot = (woord("frictie (vraag 9) in dit derde jaar voor "), deel, woord(", want zij hoort bij de opstart."))
    zin = tekst_na_elkaar(*(woord(deel) for deel in wrap(uitleg, 200, drop_whitespace=False)), *slot)
    b.cel(4, 1, zin, font=letter(9, GRIJS, italic=True), alignment=uitlijning())
    b.voeg_samen(4, 1, len(BREEDTES_B))
    b.hoogte(4, 27)
    begin = 6 + len(ACTOREN) + 4 + 17
    matrix = _matrix(b, begin, grootboek, kas, frictie)
    b.koppen(6, {1: "Partij", 2: "Kosten", 3: "Financiële baten", 4: "Immateriële baten", 5: "Saldo"}, 27)
    rij, rijen = 6, {}
    volgorde: tuple[str, ...] = (*ACTOREN, "gemeente", "alle")
    for partij in volgorde:
        rij += 1
        rijen[partij] = rij
        _partij(b, rij, partij, matrix, begin + 1)
    for kolom in range(1, 6):
        for partij, rand in ((GEMEENTE[0], "top"), (GEMEENTE[-1], "bottom")):
            b.maak_op(rijen[partij], kolom, border=lijn(_BLAUW, rand, dikte=2))
    _figuur(b, rijen, rij + 2)
    b.klaar("B7", "1:1", "548235")


def _matrix(
    b: Blad, rij: int, grootboek: Grootboekblad, kas: Kasstromenblad, frictie: Formule
) -> dict[tuple[str, str], Formule]:
    """Post x actor, euros of that year."""
    b.kop(rij, "Per post en partij", len(BREEDTES_B))
    koppen = {2 + i: naam(a, "actor") for i, a in enumerate(ACTOREN)}
    b.koppen(rij + 1, {1: "Post", **koppen, 2 + len(ACTOREN): "Alle partijen"}, 40)
    uit: dict[tuple[str, str], Formule] = {}
    for i, post in enumerate(POSTEN):
        y = rij + 2 + i
        b.tekst(y, 1, naam(post))
        for j, actor in enumerate(ACTOREN):
            bereik = kas.blad.bereik(kas.rijen[post, actor], 2, 1, JAAR + 1)
            formule = som(bereik, kas.cellen[post, actor][: JAAR + 1])
            if post == "frictiekosten":
                formule = formule - _afgeschreven(grootboek, actor)
                voorbij = [_eerste_jaren(grootboek, regel, actor) for regel in FRICTIE]
                formule = formule - plus(voorbij) * (1 - frictie)
            uit[post, actor] = b.cel(y, 2 + j, formule, BEDRAG)
        eigen = b.bereik(y, 2, 1, len(ACTOREN), elders=False)
        b.cel(y, 2 + len(ACTOREN), som(eigen, (uit[post, a] for a in ACTOREN)), BEDRAG, font=letter(10, bold=True))
    return uit


def _afgeschreven(grootboek: Grootboekblad, actor: str) -> Formule:
    """The one-off costs of an actor in the first years, once they are written off; otherwise 0."""
    bedrag = _eerste_jaren(grootboek, EENMALIG, actor)
    return als(grootboek.blad.boek["v_afschrijving_jaren"] <= JAAR, bedrag, 0.0)


def _eerste_jaren(grootboek: Grootboekblad, regel: str, actor: str) -> Formule:
    """What a line costs an actor in the years that the budget stacks."""
    bereik = grootboek.blad.bereik(grootboek.jaarrij[regel], EERSTE, 1, JAAR + 1)
    return som(bereik, grootboek.in_jaar[regel][: JAAR + 1]) * grootboek.aandelen[regel][ACTOREN.index(actor)]


def _partij(b: Blad, rij: int, partij: str, matrix: dict[tuple[str, str], Formule], kop: int) -> None:
    samen = {"gemeente": GEMEENTE, "alle": ACTOREN}.get(partij)
    label = {"gemeente": "Gemeente totaal", "alle": "Alle partijen"}.get(partij) or naam(partij, "actor")
    b.tekst(rij, 1, label)
    cellen = []
    for kolom, posten in ((2, KOSTENPOSTEN), (3, FINANCIELE_BATEN), (4, IMMATERIELE_BATEN)):
        eerste = kop + 1 + POSTEN.index(posten[0])
        actoren = samen or (partij,)
        eigen = 2 + ACTOREN.index(actoren[0])
        bereik = b.bereik(eerste, eigen, len(posten), len(actoren), elders=False)
        cellen.append(b.cel(rij, kolom, som(bereik, (matrix[p, a] for p in posten for a in actoren)), BEDRAG))
    b.cel(rij, 5, cellen[1] + cellen[2] - cellen[0], BEDRAG, font=letter(10, bold=True))
    if samen:
        b.totaallijn(rij, 5)


def _figuur(b: Blad, rijen: dict[str, int], rij: int) -> None:
    """Figuur 3.3: costs and benefits per party."""
    eerste, aantal = rijen[ACTOREN[0]], len(ACTOREN)
    reeksen = [(b.plek(eerste - 1, kolom), b.bereik(eerste, kolom, aantal)) for kolom in (2, 3, 4)]
    titel = "Kosten en baten per partij in één jaar, twee jaar na de start (euro)"
    b.figuur(rij, Staven(titel, b.bereik(eerste, 1, aantal), reeksen, ("C00000", "548235", "A9D18E"), hoogte_cm=8.5))

"""Sheet grootboek: every line of the ledger spread over the years and over the actors (``mkba.model.grootboek``)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from mkba.kern.catalogus.rekenwaarden import ACTORVERDELINGEN, TIJDPROFIELEN
from mkba.kern.woorden.begrippen import AANTAL_JAREN, ACTOREN, DISCIPLINES, GEMEENTE, naam
from mkba.model.grootboek import MOEDERORGANISATIES, Regel
from mkba.rekenblad.boek import Blad
from mkba.rekenblad.formule import Formule, als, en, getal, keer, plus, som, somproduct
from mkba.rekenblad.kengetallenblad import celnaam
from mkba.rekenblad.opmaak import GRIJS, letter
from mkba.rekenblad.rekening import regelnaam

BREEDTES: Final = (60, 26, 15, *(13,) * AANTAL_JAREN, 14)
EERSTE: Final = 4
LAATSTE: Final = EERSTE + AANTAL_JAREN
BEDRAG: Final = '#,##0;-#,##0;"–"'
UITLEG: Final = (
    "Elke regel van de berekening: een bedrag (netto contante waarde), verdeeld over de jaren 0 tot en met 9 en over "
    "de partijen. Kosten en baten zijn beide positief. De gewichten en aandelen staan op het blad kengetallen."
)
_FACTOR: Final = "0.0000"


@dataclass
class Grootboekblad:
    """The sheet, and what the next sheets need of it: per line its row of years, its row of shares, its cells."""

    blad: Blad
    regels: Sequence[Regel]
    jaarrij: dict[str, int] = field(default_factory=dict)
    aandeelrij: dict[str, int] = field(default_factory=dict)
    in_jaar: dict[str, list[Formule]] = field(default_factory=dict)
    aandelen: dict[str, list[Formule]] = field(default_factory=dict)
    contant: list[Formule] = field(default_factory=list)
    ncw: dict[str, Formule] = field(default_factory=dict)
    rij: int = 3
    contantrij: int = 0

    def k(self, pad: str) -> Formule:
        """A kengetal."""
        return self.blad.boek[celnaam(pad)]

    def vul(self) -> None:
        """The whole sheet."""
        self.blad.titel("Grootboek", UITLEG, LAATSTE)
        per_jaar = self._jaren()
        verdeling = self._actoren()
        self._regels_per_jaar(per_jaar)
        self._regels_per_actor(verdeling)
        self.blad.klaar(f"B{EERSTE - 1}", "1:1", "375623")

    def _kop(self, titel: str, koppen: Sequence[str], laatste: str, begin: dict[int, str]) -> None:
        self.rij += 1
        self.blad.kop(self.rij, titel, LAATSTE)
        self.rij += 1
        kolommen = {EERSTE + i: kop for i, kop in enumerate(koppen)}
        hoog = 27 if any(len(k) > 12 for k in koppen) else 15
        self.blad.koppen(self.rij, begin | kolommen | {LAATSTE: laatste}, hoog)

    def _jaren(self) -> dict[str, list[Formule]]:
        """Weights per year, and euros in each year per euro of net present value."""
        b, jaren = self.blad, range(AANTAL_JAREN)
        namen = [f"Jaar {j}" for j in jaren]
        self._kop("1  Waarde vandaag van 1 euro later", namen, "", {1: "Discontovoet"})
        self.rij += 1
        b.tekst(self.rij, 1, "basis: bedragen per eenheid zijn hiermee contant")
        basis = b.cel(self.rij, 3, self.k("disconto.basis"), "0.0%")
        factoren = [[b.cel(self.rij, EERSTE + j, _factor(basis, j), _FACTOR) for j in jaren]]
        self.rij += 1
        b.tekst(self.rij, 1, "reële voet + opslag, en de voet van latere jaren als die er is")
        voet = b.cel(self.rij, 3, self.k("disconto.reeel") + self.k("disconto.risico"), "0.0%")
        contant = [b.cel(self.rij, EERSTE, getal(1), _FACTOR)]
        for j in jaren[1:]:
            na = self.k("disconto.lang_na_jaar")
            rente = als(en(na > 0, getal(j) > na), self.k("disconto.lang"), voet)
            contant.append(b.cel(self.rij, EERSTE + j, contant[-1] / (getal(1) + rente), _FACTOR))
        factoren.append(contant)
        self.contant, self.contantrij = factoren[1], self.rij
        basisbereik = b.bereik(self.rij - 1, EERSTE, 1, AANTAL_JAREN, elders=False)
        self._kop("2  Gewicht per jaar", namen, "Σ contant", {1: "Tijdprofiel"})
        gewichten, sommen = {}, {}
        for profiel in TIJDPROFIELEN:
            self.rij += 1
            b.tekst(self.rij, 1, _leesbaar(profiel))
            cellen = [b.cel(self.rij, EERSTE + j, self.k(f"tijd.{profiel}.jaar{j}"), "0.00;-0.00;–") for j in jaren]
            bereiken = (b.bereik(self.rij, EERSTE, 1, AANTAL_JAREN, elders=False), basisbereik)
            gewichten[profiel] = cellen
            sommen[profiel] = b.cel(self.rij, LAATSTE, somproduct(bereiken, cellen, factoren[0]), _FACTOR)
        self._kop("3  Euro in elk jaar, per euro NCW (gewicht / Σ contant)", namen, "", {1: "Tijdprofiel"})
        per_jaar = {}
        for profiel in TIJDPROFIELEN:
            self.rij += 1
            b.tekst(self.rij, 1, _leesbaar(profiel))
            per_jaar[profiel] = [
                b.cel(self.rij, EERSTE + j, gewichten[profiel][j] / sommen[profiel], "0.0000;-0.0000;–") for j in jaren
            ]
        return per_jaar

    def _actoren(self) -> dict[str, list[Formule]]:
        """Shares of the actors in every distribution, and of the organisations that the team comes from."""
        b = self.blad
        self._kop("4  Aandeel van elke partij", [naam(a, "actor") for a in ACTOREN], "som", {1: "Verdeling"})
        uit: dict[str, list[Formule]] = {}
        for verdeling in ACTORVERDELINGEN:
            uit[verdeling] = self._aandelen(_leesbaar(verdeling), [self.k(f"actor.{verdeling}.{a}") for a in ACTOREN])
        aantal = b.boek["b_disciplines"]
        moeder = []
        for i in range(len(ACTOREN)):
            per_discipline = plus(keer(b.boek[f"v_disciplines_{d}"], uit[f"discipline.{d}"][i]) for d in DISCIPLINES)
            moeder.append(als(aantal > 0, per_discipline / aantal, uit["geen_discipline"][i]))
        uit[MOEDERORGANISATIES] = self._aandelen("Bestaand geld: gemiddelde van de disciplines in het team", moeder)
        return uit

    def _aandelen(self, label: str, formules: Sequence[Formule]) -> list[Formule]:
        b = self.blad
        self.rij += 1
        b.tekst(self.rij, 1, label)
        cellen = [b.cel(self.rij, EERSTE + i, f, "0%;-0%;–") for i, f in enumerate(formules)]
        bereik = b.bereik(self.rij, EERSTE, 1, len(ACTOREN), elders=False)
        b.cel(self.rij, LAATSTE, som(bereik, cellen), "0%", font=letter(9, GRIJS))
        return cellen

    def _regels_per_jaar(self, per_jaar: dict[str, list[Formule]]) -> None:
        b = self.blad
        begin = {1: "Regel", 2: "Tijdprofiel", 3: "Bedrag (NCW)"}
        namen = [f"Jaar {j}" for j in range(AANTAL_JAREN)]
        self._kop("5  Euro per regel en jaar (bedrag × euro in elk jaar)", namen, "NCW", begin)
        factoren = b.bereik(self.contantrij, EERSTE, 1, AANTAL_JAREN, elders=False)
        for regel in self.regels:
            self._begin_regel(regel)
            bedrag = b.cel(self.rij, 3, b.boek[regelnaam(regel.naam)], BEDRAG)
            cellen = [b.cel(self.rij, EERSTE + j, bedrag * f, BEDRAG) for j, f in enumerate(per_jaar[regel.tijd])]
            bereik = b.bereik(self.rij, EERSTE, 1, AANTAL_JAREN, elders=False)
            ncw = somproduct((bereik, factoren), cellen, self.contant)
            self.ncw[regel.naam] = b.cel(self.rij, LAATSTE, ncw, BEDRAG, font=letter(10, bold=True))
            self.jaarrij[regel.naam], self.in_jaar[regel.naam] = self.rij, cellen

    def _regels_per_actor(self, verdeling: dict[str, list[Formule]]) -> None:
        b = self.blad
        begin = {1: "Regel", 2: "Verdeling"}
        self._kop("6  Aandeel per regel en partij", [naam(a, "actor") for a in ACTOREN], "gemeente", begin)
        for regel in self.regels:
            self._begin_regel(regel, _leesbaar(regel.verdeling))
            cellen = [b.cel(self.rij, EERSTE + i, f, "0%;-0%;–") for i, f in enumerate(verdeling[regel.verdeling])]
            deel = plus(cellen[ACTOREN.index(a)] for a in GEMEENTE)
            b.cel(self.rij, LAATSTE, deel, "0%;-0%;–", font=letter(10, bold=True))
            self.aandeelrij[regel.naam], self.aandelen[regel.naam] = self.rij, cellen

    def _begin_regel(self, regel: Regel, verdeling: str = "") -> None:
        self.rij += 1
        self.blad.tekst(self.rij, 1, _leesbaar(regel.naam))
        tweede = verdeling or _leesbaar(regel.tijd)
        self.blad.tekst(self.rij, 2, tweede, font=letter(9, GRIJS))
        self.blad.hoogte(self.rij, 26 if len(tweede) > 28 else 15)

    def van_post(self, post: str) -> list[str]:
        """The names of the lines of a post; they stand below each other."""
        return self._per_post.get(post, [])

    @cached_property
    def _per_post(self) -> dict[str, list[str]]:
        uit: dict[str, list[str]] = {}
        for regel in self.regels:
            uit.setdefault(regel.post, []).append(regel.naam)
        return uit

    def jaarbereik(self, post: str, jaar: int) -> str:
        """The euros of a post in one year, a column of lines."""
        regels = self.van_post(post)
        return self.blad.bereik(self.jaarrij[regels[0]], EERSTE + jaar, len(regels))

    def aandeelbereik(self, post: str, actor: str) -> str:
        """The shares of an actor in the lines of a post, beside :meth:`jaarbereik`."""
        regels = self.van_post(post)
        return self.blad.bereik(self.aandeelrij[regels[0]], EERSTE + ACTOREN.index(actor), len(regels))


def _factor(rente: Formule, jaar: int) -> Formule:
    """1 / (1 + rente)^jaar."""
    macht = Formule(f"(1+{rente.tekst})^{jaar}", (1.0 + float(rente.waarde or 0)) ** jaar)
    return getal(1) / macht


def _leesbaar(sleutel: str) -> str:
    """A key of a profile, a distribution or a line in words, where every part has a name of its own."""
    soort = "actor" if sleutel in ACTOREN else ""
    delen = [naam(deel, soort) for deel in sleutel.split(".")]
    return (
        ": ".join([delen[0], ", ".join(d.lower() for d in delen[1:])]) if len(delen) > 1 else delen[0].replace("_", " ")
    )

"""Sheet kasstromen: euros per post, year and actor, in the year in which they fall, with their net present value."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from mkba.kern.woorden.begrippen import AANTAL_JAREN, ACTOREN, BATENPOSTEN, GEMEENTE, KOSTENPOSTEN, POSTEN, naam
from mkba.rekenblad.boek import Blad, Staven
from mkba.rekenblad.formule import Formule, plus, som, somproduct
from mkba.rekenblad.grootboek import BEDRAG, EERSTE, Grootboekblad
from mkba.rekenblad.opmaak import letter

BREEDTES: Final = (40, *(12.5,) * AANTAL_JAREN, 14, 14)
_JAAR0: Final = 2
TOTAAL, NCW = _JAAR0 + AANTAL_JAREN, _JAAR0 + AANTAL_JAREN + 1
UITLEG: Final = (
    "Kasstromen van één jaar werken: euro in het jaar waarin het valt (jaar 0 is het jaar van de aanpak). Totaal is "
    "niet contant; NCW is contant gemaakt naar jaar 0. Kosten en baten zijn beide positief; saldo is baten min kosten."
)


@dataclass
class Kasstromenblad:
    """The sheet; ``rijen`` says where a post of an actor stands, ``cellen`` what is in it."""

    blad: Blad
    grootboek: Grootboekblad
    rij: int = 3
    rijen: dict[tuple[str, str], int] = field(default_factory=dict)
    cellen: dict[tuple[str, str], list[Formule]] = field(default_factory=dict)
    saldi: dict[str, list[Formule]] = field(default_factory=dict)

    def vul(self) -> None:
        """All parties together, the saldo per party, and then every party with its posts."""
        self.blad.titel("Kasstromen", UITLEG, NCW)
        begin = self.rij = self.rij - 1
        self.rij += len(POSTEN) + 10 + len(ACTOREN) + 4 + 18  # the figure stands below the two overviews
        for actor in ACTOREN:
            self._per_actor(actor)
        self.rij = begin
        self._totaal()
        self._saldi()
        self.blad.klaar("B4", "1:1")

    def _kop(self, titel: str) -> None:
        self.rij += 2
        self.blad.kop(self.rij, titel, NCW)
        self.rij += 1
        jaren = {_JAAR0 + j: f"Jaar {j}" for j in range(AANTAL_JAREN)}
        self.blad.koppen(self.rij, {1: "Post", **jaren, TOTAAL: "Totaal", NCW: "NCW"})

    def _rij(self, label: str, formules: Sequence[Formule], vet: bool = False, ncw: bool = True) -> list[Formule]:
        self.rij += 1
        b = self.blad
        b.tekst(self.rij, 1, label)
        cellen = [b.cel(self.rij, _JAAR0 + j, f, BEDRAG) for j, f in enumerate(formules)]
        if ncw:
            bereik = b.bereik(self.rij, _JAAR0, 1, AANTAL_JAREN, elders=False)
            factoren = self.grootboek.blad.bereik(self.grootboek.contantrij, EERSTE, 1, AANTAL_JAREN)
            b.cel(self.rij, TOTAAL, som(bereik, cellen), BEDRAG)
            contant = somproduct((bereik, factoren), cellen, self.grootboek.contant)
            b.cel(self.rij, NCW, contant, BEDRAG, font=letter(10, bold=True))
        if vet:
            b.totaallijn(self.rij, NCW)
        return cellen

    def _per_actor(self, actor: str) -> None:
        self._kop(naam(actor, "actor"))
        boek = self.grootboek
        for post in POSTEN:
            regels = boek.van_post(post)
            formules = []
            for j in range(AANTAL_JAREN):
                bereiken = (boek.jaarbereik(post, j), boek.aandeelbereik(post, actor))
                bedragen = [boek.in_jaar[r][j] for r in regels]
                delen = [boek.aandelen[r][ACTOREN.index(actor)] for r in regels]
                formules.append(somproduct(bereiken, bedragen, delen))
            self.cellen[post, actor] = self._rij(naam(post), formules)
            self.rijen[post, actor] = self.rij
        self.saldi[actor] = self._rij(
            "Saldo", self._saldo([self.cellen[p, actor] for p in POSTEN], self.rij - len(POSTEN) + 1), vet=True
        )

    def _saldo(self, per_post: Sequence[Sequence[Formule]], eerste: int) -> list[Formule]:
        """Benefits minus costs of the posts in consecutive rows from ``eerste``."""
        uit = []
        for j in range(AANTAL_JAREN):
            kolom = _JAAR0 + j
            n = len(KOSTENPOSTEN)
            baten = som(
                self.blad.bereik(eerste + n, kolom, len(BATENPOSTEN), elders=False), (r[j] for r in per_post[n:])
            )
            kosten = som(self.blad.bereik(eerste, kolom, n, elders=False), (r[j] for r in per_post[:n]))
            uit.append(baten - kosten)
        return uit

    def _totaal(self) -> None:
        b, boek = self.blad, self.grootboek
        self._kop("Alle partijen samen")
        eerste = self.rij + 1
        per_post = []
        for post in POSTEN:
            regels = boek.van_post(post)
            formules = [
                som(boek.jaarbereik(post, j), (boek.in_jaar[r][j] for r in regels)) for j in range(AANTAL_JAREN)
            ]
            per_post.append(self._rij(naam(post), formules))
        n = len(KOSTENPOSTEN)
        delen = (("Totale kosten", per_post[:n], eerste), ("Totale baten", per_post[n:], eerste + n))
        totalen = []
        for label, rijen, vanaf in delen:
            formules = [
                som(b.bereik(vanaf, _JAAR0 + j, len(rijen), elders=False), (r[j] for r in rijen))
                for j in range(AANTAL_JAREN)
            ]
            totalen.append(self._rij(label, formules, vet=True))
        saldo = self._rij("Saldo", [baat - kost for kost, baat in zip(*totalen, strict=True)], vet=True)
        cumulatief: list[Formule] = []
        for j in range(AANTAL_JAREN):
            cel = Formule(b.adres(self.rij + 1, _JAAR0 + j - 1), cumulatief[-1].waarde) if j else None
            cumulatief.append(saldo[j] if cel is None else cel + saldo[j])
        self._rij("Saldo, opgeteld", cumulatief, ncw=False)
        self._figuur(eerste + len(POSTEN))

    def _saldi(self) -> None:
        self._kop("Saldo per partij")
        for actor in ACTOREN:
            self._rij(naam(actor, "actor"), self.saldi[actor])
        gemeente = [plus(self.saldi[a][j] for a in GEMEENTE) for j in range(AANTAL_JAREN)]
        self._rij("Gemeente samen (eerste vier)", gemeente, vet=True)

    def _figuur(self, rij: int) -> None:
        """Costs and benefits per year (figuur 3.1 of the handleiding)."""
        jaren = self.blad.bereik(5, _JAAR0, 1, AANTAL_JAREN)
        reeksen = [(self.blad.plek(y, 1), self.blad.bereik(y, _JAAR0, 1, AANTAL_JAREN)) for y in (rij, rij + 1)]
        titel = "Kosten en baten per jaar, alle partijen (euro)"
        staven = Staven(titel, jaren, reeksen, ("C00000", "548235"), hoogte_cm=8)
        self.blad.figuur(rij + 5 + 2 + len(ACTOREN) + 3, staven)

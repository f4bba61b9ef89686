"""What the sheet invoer says of the answers while they are typed: the checks of ``mkba controleer`` as formulas."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mkba.invoer import invoerblad as indeling
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import DISCIPLINES, NAMEN, TYPEN, ZWAARTEN
from mkba.kern.woorden.velden import DISCIPLINE_BIJ_KNOP, VELDEN
from mkba.kern.zaak.aanpak import AFRONDING
from mkba.rekenblad.boek import Boek
from mkba.rekenblad.formule import Formule, als, en, leeg, of, plus, woord
from mkba.rekenblad.opmaak import waarde_tussen

MARGE: Final = 1e-9
"""Binary noise of a sum of shares, as in ``mkba.kern.zaak.aanpak``; no source."""


def _ruis() -> str:
    return f"{MARGE:.9f}"


@dataclass(frozen=True)
class Controles:
    """The checks per row of answers. ``bereiken``: the published range of a kengetal, as cells."""

    boek: Boek
    bereiken: Mapping[str, tuple[Formule, Formule]]

    def van(self, patroon: str) -> Formule:
        """What column Controle of a row shows: "Fout: ...", "Let op: ..." or nothing."""
        if patroon == "totaal type.*":
            return self._som([(self.som_type(), None)])
        if patroon == "totaal zwaarte.*.top":
            return self._som([(self.som_zwaarte(t), t) for t in TYPEN])
        if patroon == "totaal disciplines.wonen":
            cellen = [self._in(f"disciplines.{d}") for d in DISCIPLINES]
            leeg_team = en(*(leeg(c) for c in cellen))
            return als(leeg_team, woord("Fout: vul vraag 7 in, ja of nee per discipline."), woord(""))
        sleutels = indeling.patronen()[patroon]
        stappen = [*self._fouten(sleutels), *self._let_op(sleutels)]
        uit = woord("")
        for voorwaarde, tekst in reversed(stappen):
            uit = als(voorwaarde, woord(tekst), uit)
        return uit

    def som_type(self) -> Formule:
        """The sum of question 2."""
        return plus(self.boek[f"v_type_{t}"] for t in TYPEN)

    def som_zwaarte(self, type_: str) -> Formule:
        """The sum of question 3 for one huishoudtype."""
        return plus(self.boek[f"v_zwaarte_{type_}_{z}"] for z in ZWAARTEN)

    def oordeel(self, fouten: Formule, let_op: Formule) -> Formule:
        """The verdict on the whole: errors, changed kengetallen, remarks, or nothing to say."""
        gewijzigd = self.boek["aantal_gewijzigd"]
        mis = woord(
            "Er zijn fouten in de invoer: zie de rode cellen op het blad invoer. Gebruik de uitkomsten nog niet."
        )
        eigen = woord("De invoer klopt. Let op: er zijn kengetallen veranderd (oranje op het blad kengetallen).")
        punten = woord("De invoer klopt. Let op de oranje regels in kolom Controle van het blad invoer.")
        goed = als(let_op > 0, punten, woord("De invoer klopt."))
        return als(fouten > 0, mis, als(gewijzigd > 0, eigen, goed))

    def _in(self, sleutel: str) -> Formule:
        return self.boek["in_" + sleutel.replace(".", "_")]

    def _fouten(self, sleutels: tuple[str, ...]) -> list[tuple[Formule, str]]:
        cellen = [self._in(s) for s in sleutels]
        soort = indeling.soort_van(sleutels[0])
        veld = VELDEN.get(sleutels[0])
        uit: list[tuple[Formule, str]] = []
        if veld is not None and veld.verplicht:
            uit.append((en(*(leeg(c) for c in cellen)), "Fout: dit veld is verplicht."))
        if soort == "ja_nee":
            (c,) = cellen
            uit.append((Formule(f'AND({c.tekst}<>"",{c.tekst}<>"ja",{c.tekst}<>"nee")', 0.0), "Fout: kies ja of nee."))
        elif soort != "tekst" and veld is not None and veld.minimum is not None and veld.maximum is not None:
            # the answers of an Aanpak are within bounds, so these are all false when the file is written
            buiten = [
                Formule(
                    f'AND({c.tekst}<>"",OR(NOT(ISNUMBER({c.tekst})),{c.tekst}<{veld.minimum:.15g},{c.tekst}>{veld.maximum:.15g}))',
                    0.0,
                )
                for c in cellen
            ]
            uit.append((of(*buiten), f"Fout: geef {waarde_tussen(soort, veld.minimum, veld.maximum)}."))
            if soort == "jaren":
                (c,) = cellen
                gebroken = Formule(f"IF(ISNUMBER({c.tekst}),{c.tekst}<>INT({c.tekst}),FALSE)", 0.0)
                uit.append((gebroken, "Fout: geef een heel aantal jaren."))
        return uit

    def _let_op(self, sleutels: tuple[str, ...]) -> list[tuple[Formule, str]]:
        uit: list[tuple[Formule, str]] = []
        if nodig := DISCIPLINE_BIJ_KNOP.get(sleutels[0]):
            cel, waarde = self._in(sleutels[0]), self.boek["v_" + sleutels[0].replace(".", "_")]
            zonder = plus(self.boek[f"v_disciplines_{d}"] for d in nodig) <= 0
            namen = " of ".join(NAMEN[d].split(" /")[0].lower() for d in nodig)
            uit.append((en(leeg(cel), zonder), f"Leeg, en geen {namen} in het team: rekent met 0%."))
            uit.append((en(waarde > 0, zonder), f"Let op: geen {namen} in het team; de handleiding raadt 0% aan."))
        veld = VELDEN.get(sleutels[0])
        bereik = self.bereiken.get(veld.standaard or "") if veld is not None else None
        if veld is None or bereik is None or not veld.standaard:
            return uit
        factor, teken = (100, "%") if veld.soort == "fractie" else (1, "")
        uitersten = []
        for s in sleutels:
            grenzen = self.bereiken.get(VELDEN[s].standaard or "")
            if grenzen:
                uitersten.append(self._buiten(s, *grenzen))
        laag, hoog = (nederlands(float(g.waarde or 0) * factor, 4) + teken for g in bereik)
        uit.append((of(*uitersten), f"Let op: buiten het gepubliceerde bereik {laag} tot {hoog}; onderbouw."))
        return uit

    def _buiten(self, sleutel: str, laag: Formule, hoog: Formule) -> Formule:
        """Outside the published range; a knob of a huishoudtype without households does not count."""
        waarde = self.boek["v_" + sleutel.replace(".", "_")]
        v, onder, boven = (float(f.waarde or 0) for f in (waarde, laag, hoog))
        tekst = f"OR({waarde.tekst}<{laag.tekst}-{_ruis()},{waarde.tekst}>{hoog.tekst}+{_ruis()})"
        buiten = Formule(tekst, float(v < onder - MARGE or v > boven + MARGE))
        type_ = sleutel.rpartition(".")[2]
        return en(self.boek[f"v_type_{type_}"] > 0, buiten) if type_ in TYPEN else buiten

    def _som(self, sommen: list[tuple[Formule, str | None]]) -> Formule:
        """Not 100%: an error, or a remark when it is 99% or 101% by rounding."""
        fout, afgerond = [], []
        for som, type_ in sommen:
            afstand = abs(float(som.waarde or 0) - 1)
            telt = self._telt(type_, som)
            kaal = f"ABS({som.tekst}-1)>"
            grens = f"{AFRONDING + MARGE:.9f}"
            fout.append(en(telt, Formule(kaal + grens, float(afstand > AFRONDING + MARGE))))
            afgerond.append(en(telt, Formule(kaal + _ruis(), float(afstand > MARGE))))
        rond = woord("Let op: telt niet precies op tot 100% (afronding); geldt zo.")
        return als(of(*fout), woord("Fout: de aandelen tellen niet op tot 100%."), als(of(*afgerond), rond, woord("")))

    def _telt(self, type_: str | None, som: Formule) -> Formule:
        """Whether a sum must be 100%: question 3 of a huishoudtype without households may stay empty."""
        return of(som > 0, self.boek[f"v_type_{type_}"] > 0) if type_ else Formule("TRUE", 1.0)

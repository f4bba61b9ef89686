"""An aanpak as a researcher holds it: answers and kengetallen together, and every question one may ask of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from mkba.kern.bestand import paden
from mkba.kern.tekst.lijkt import kies_uit
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, EFFECTVELDEN
from mkba.kern.zaak.zaak import Zaak

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from datetime import date

    from IPython.display import HTML
    from numpy.typing import ArrayLike

    from mkba.analyse.effectmeting.bijwerken.bewijs import Effect
    from mkba.deur.bevindingen import Bewijskorting, Overleving
    from mkba.deur.effectmeting import Bijwerking, Plan
    from mkba.deur.gevoeligheid import Combinatie, Gevoeligheid, Omslag, Reeks, Scenarios, Vlak
    from mkba.deur.onzekerheid import Informatiewaarde, Invloed, Simulatie
    from mkba.deur.regelsets import Vergelijking
    from mkba.deur.uitkomst import Uitkomst, Verloop, Waarschuwingen
    from mkba.kern.catalogus.kengetallen import Kengetallen
    from mkba.uitvoer.tabel import Tabel

_MERK: Final = {"kengetal": "  (k)", "standaard": "  (b)", "geen discipline": "  (geen discipline)"}
"""How the repr tells what was filled in from what was given."""
_EIGEN: Final = frozenset({"invoer", "kengetallen", "meldingen"})


class Aanpak(Zaak):
    """One aanpak with its kengetallen; frozen, checked, complete.

    Reading: ``a.nieuw``, ``a.escalatie.gezin`` (shares are fractions, amounts euros). Changing gives another one:
    ``a.met(nieuw=0.20)``, ``a.met_kengetallen({"kwaliteit.qaly_eur": 50_000})``. Asking: ``bereken``, ``verloop``,
    ``reeks``, ``raster``, ``gevoeligheid``, ``omslag``, ``scenarios``, ``overleeft``, ``bewijskorting``, ``simuleer``,
    ``invloed``, ``waarde_van_weten``, ``werk_bij``, ``plan_steekproef``. What was filled in and where it comes from:
    ``antwoorden``, ``per_type``, ``waarschuwingen``, ``kengetallentabel``, ``statustelling``, ``zorgprofielen``.
    """

    # --- what it costs and yields -----------------------------------------------------------------------------

    def bereken(self) -> "Uitkomst":
        """Costs, benefits, saldo and ratios: euros NCW of one year of work."""
        from mkba.deur.uitkomst import Uitkomst
        from mkba.model.berekening import bereken

        return Uitkomst(bereken(self.invoer, self.kengetallen))

    def verloop(self) -> "Verloop":
        """Ten calendar years of an aanpak that grows in four years and keeps running: when it has paid for itself."""
        from mkba.deur.uitkomst import Verloop
        from mkba.model.verloop import ingroei

        return Verloop(ingroei(self.invoer, self.kengetallen))

    # --- what was filled in -----------------------------------------------------------------------------------

    def antwoorden(self, vanaf_vraag: int = 1) -> "Tabel":
        """The questions from ``vanaf_vraag`` to 15 with the kengetal beside each and where its value comes from."""
        from mkba.model.berekening import bereken
        from mkba.uitvoer.aanpak.tabellen import invoertabel

        return invoertabel(bereken(self.invoer, self.kengetallen), vanaf_vraag)

    def per_type(self) -> "Tabel":
        """Questions 1 to 5 and 14, a column per type of household; what a kengetal filled in is marked (k)."""
        from mkba.uitvoer.aanpak.tabellen import bereik_per_type

        return bereik_per_type(self.invoer)

    def waarschuwingen(self) -> "Waarschuwingen":
        """What asks for an argument: a value outside the range of its source, a team unlike its caseload, and of a
        file that was read what its reader had to say."""
        from mkba.analyse.gevoeligheid.plausibiliteit import opmerkingen
        from mkba.deur.uitkomst import Waarschuwingen
        from mkba.model.berekening import bereken

        return Waarschuwingen(self.meldingen or opmerkingen(bereken(self.invoer, self.kengetallen)))

    def kengetallentabel(self) -> "Tabel":
        """The kengetallen that were used, with range, status and source; without the care profiles."""
        from mkba.uitvoer.aanpak.tabellen import kengetallentabel

        return kengetallentabel(self.kengetallen, self.invoer)

    def statustelling(self) -> "Tabel":
        """How many of the kengetallen that were used are published, derived, calibrated or assumed."""
        from mkba.uitvoer.aanpak.tabellen import statustelling

        return statustelling(self.kengetallen, self.invoer)

    def zorgprofielen(self) -> "Tabel":
        """Figuur 2.7: what a household uses of care, euros a year by type and zwaarte."""
        from mkba.uitvoer.aanpak.tabellen import profieltabel

        return profieltabel(self.kengetallen)

    # --- turning knobs ----------------------------------------------------------------------------------------

    def reeks(
        self, waarden: "Mapping[str, ArrayLike] | None" = None, /, alles: bool = False, **knoppen: Any
    ) -> "Reeks":
        """Many scenarios at once: a frame with a row per scenario, knobs and outcomes as columns.

        ``a.reeks(terugval=[0, .1, .2])``; several knobs of the same length go together, position by position;
        of different lengths, or with ``alles=True``, every combination. A knob is a field or the key of a kengetal.
        Shares are fractions; outcomes are euros NCW and ratios (units in ``attrs["eenheden"]``). The frame draws
        itself: ``.teken("saldo")``. Raises ValueError for a value outside the bounds of its question.
        """
        from mkba.deur.gevoeligheid import reeks

        return reeks(self, {**(waarden or {}), **knoppen}, alles)

    @gecontroleerd(x="knop_x", y="knop_y")
    def raster(self, x: str, y: str, uitkomst: str = "saldo", punten: int | None = None) -> "Vlak":
        """One outcome over two knobs, each over its published range: ``a.raster("nieuw", "terugval").teken()``."""
        from mkba.analyse.gevoeligheid import rooster
        from mkba.deur.gevoeligheid import Vlak

        return Vlak(rooster.raster(self.invoer, self.kengetallen, x, y, uitkomst, punten=punten or rooster.PUNTEN))

    @gecontroleerd()
    def gevoeligheid(self, uitkomst: str = "saldo") -> "Gevoeligheid":
        """What each input alone does to ``uitkomst``, from its low to its high value; ``.teken.tornado()`` draws it."""
        from mkba.analyse.gevoeligheid.eenzijdig import eenzijdig
        from mkba.deur.gevoeligheid import Gevoeligheid

        frame = eenzijdig(self.invoer, self.kengetallen, uitkomst)
        return Gevoeligheid(frame, uitkomst, self.bereken()[uitkomst], self)

    def omslag(self) -> "Omslag":
        """At which value of each knob costs and benefits balance, for society, all payers and the gemeente."""
        from mkba.analyse.gevoeligheid.omslag import omslagpunten
        from mkba.deur.gevoeligheid import Omslag

        return Omslag(omslagpunten(self.invoer, self.kengetallen))

    def combinatie(self, criterium: str = "gemeente") -> "Combinatie":
        """The smallest shift of knobs together with which it breaks even, and what the guard says of that.

        ``criterium``: "maatschappelijk", "financieel" (all payers) or "gemeente". Raises ValueError for another.
        """
        from mkba.analyse.gevoeligheid.combinatie import goedkoopste_combinatie
        from mkba.deur.gevoeligheid import Combinatie

        return Combinatie(goedkoopste_combinatie(self.invoer, self.kengetallen, criterium), self)

    def scenarios(self) -> "Scenarios":
        """The scenarios of the rule set beside this aanpak; ``.teken()`` draws their saldi, ``.waterval(van, naar)``
        goes from one to another."""
        from mkba.analyse.gevoeligheid.scenarios import laad_scenarios, vergelijk
        from mkba.deur.gevoeligheid import Scenarios

        gelezen = tuple(
            laad_scenarios(self.kengetallen.regelset.partition("@")[0], *self.kengetallen.opzet.ouders).values()
        )
        return Scenarios(vergelijk(self.invoer, self.kengetallen, gelezen), gelezen, self)

    # --- beside another ---------------------------------------------------------------------------------------

    @gecontroleerd()
    def tegen_regelset(self, regelset: str) -> "Vergelijking":
        """From another rule set ("lpbl-2014") to that of this aanpak, by group of changes; "" compares with nothing."""
        from mkba.deur.regelsets import tegen_regelset

        return tegen_regelset(self, regelset)

    def naar(self, ander: "Aanpak") -> "Vergelijking":
        """From this aanpak to another (before and after), by group of changes: ``a.naar(a.met(nieuw=0.2))``."""
        from mkba.deur.regelsets import naar_aanpak

        return naar_aanpak(self, ander)

    def zonder_overdrachten(self) -> "Tabel | HTML":
        """The saldo without transfers between parties; empty when the rule set marks none."""
        from mkba.uitvoer.regelsets.tabellen import overdrachten

        return overdrachten(self.invoer, self.kengetallen)

    # --- what was found since 2014 --------------------------------------------------------------------------------

    @gecontroleerd(aantal="trekkingen")
    def overleeft(self, aan: bool = True, aantal: int = 10_000, zaad: int = 2014) -> "Overleving":
        """The chance of a positive saldo under each finding since 2014, with its citation; not ``aan``: nothing.

        ``zaad``: the same seed gives the same draws, those of ``simuleer``.
        """
        from mkba.analyse.bevindingen.overleving import overleving
        from mkba.deur.bevindingen import Overleving

        return Overleving(overleving(self.invoer, self.kengetallen, None, aantal, zaad) if aan else None)

    def bewijskorting(self, aan: bool = True, kracht: Mapping[str, int] | None = None) -> "Bewijskorting":
        """The outcome as claimed and as discounted for the strength of its evidence; not ``aan``: nothing.

        ``kracht``: the Maryland level (1 to 5) of your own evidence per effect, ``{"escalatie": 3}``. Raises InvoerFout
        for another effect or level.
        """
        from mkba.analyse.bevindingen.korting import bewijskorting
        from mkba.deur.bevindingen import Bewijskorting

        return Bewijskorting(bewijskorting(self.invoer, self.kengetallen, kracht) if aan else None)

    # --- how sure it is ---------------------------------------------------------------------------------------

    @gecontroleerd(aantal="trekkingen")
    def simuleer(self, aantal: int = 10_000, zaad: int = 2014, executor: "Executor | None" = None) -> "Simulatie":
        """Monte Carlo over every input with a range: ``s.kansen``, ``s.kwantielen``, ``s.teken.verdeling()``.

        ``zaad``: the same seed gives the same draws. ``executor``: any ``concurrent.futures`` executor; the numbers do
        not depend on it.
        """
        from mkba.analyse.onzekerheid.simulatie import simuleer
        from mkba.deur.onzekerheid import Simulatie

        return Simulatie(simuleer(self.invoer, self.kengetallen, aantal, zaad, executor=executor), self.kengetallen)

    @gecontroleerd()
    def invloed(self, uitkomst: str = "saldo", punten: int = 1024, zaad: int = 2014) -> "Invloed":
        """Which inputs cause the spread of ``uitkomst``: Sobol shares with margins; ``.teken()`` draws them."""
        from mkba.analyse.onzekerheid.invloed import invloed
        from mkba.deur.onzekerheid import Invloed

        return Invloed(invloed(self.invoer, self.kengetallen, uitkomst, punten, zaad), self.kengetallen)

    @gecontroleerd(aantal="trekkingen")
    def waarde_van_weten(self, aantal: int = 10_000, zaad: int = 2014) -> "Informatiewaarde":
        """What knowing a group of inputs beforehand is worth to next year's decision (EVPPI), euros a year."""
        from mkba.analyse.onzekerheid.informatiewaarde import informatiewaarde
        from mkba.analyse.onzekerheid.simulatie import simuleer
        from mkba.deur.onzekerheid import Informatiewaarde, Simulatie
        from mkba.model.verloop import na_de_opstart

        straks = na_de_opstart(self.invoer, self.kengetallen)
        volgend = Simulatie(simuleer(straks, self.kengetallen, aantal, zaad), self.kengetallen)
        return Informatiewaarde(informatiewaarde(volgend.model, self.kengetallen), volgend)

    # --- what was measured ------------------------------------------------------------------------------------

    def werk_bij(
        self,
        tellingen: Mapping[str, Any],
        gemeten: Mapping[str, tuple[float, int]] | None = None,
        eerder: "Bijwerking | None" = None,
        kracht: Mapping[str, int] | None = None,
    ) -> "Bijwerking":
        """Weigh what was counted against the kengetallen: ``a.werk_bij({"nieuw": (12, 65)})``: 12 of 65 households.

        ``tellingen``: per knob of questions 10 to 15 (gelukt, huishoudens), with for question 12 as a third how many
        went the other way; or that per team, ``{"Noord": (18, 40), "Zuid": (2, 12)}``, when it has to hold for other
        teams too. ``gemeten``: answers to questions 1 to 9 with their households, which replace what was there.
        ``eerder``: the update of an earlier year, from which the weighing goes on. ``kracht``: per knob the strength of
        its evidence on the Maryland scale, 1 (an opinion, the default) to 5 (by lot): the weaker, the less an effect
        (questions 12 to 14) weighs. Raises InvoerFout.
        """
        from dataclasses import replace

        from mkba.analyse.effectmeting.bijwerken.weging import werk_bij
        from mkba.deur.effectmeting import Bijwerking, als_bewijs

        bewijs, fouten = {}, []
        for knop, telling in tellingen.items():
            try:
                bewijs[knop] = als_bewijs(telling)
            except ValueError as fout:
                fouten.append(Melding(knop, telling, f"{fout}.", "Geef gehele aantallen, van 0 af.", "tellingen"))
        for knop, sms in (kracht or {}).items():
            if knop not in tellingen:
                fouten.append(Melding(knop, sms, "hiervan is niets gemeten.", "Laat deze knop weg.", "kracht"))
            try:
                bewijs |= {knop: replace(bewijs[knop], sms=sms)} if knop in bewijs else {}
            except ValueError as fout:
                fouten.append(Melding(knop, sms, f"{fout}.", "Geef een geheel getal.", "kracht"))
        if fouten:
            raise InvoerFout(fouten)
        prior = None if eerder is None else eerder.model.posteriors
        return Bijwerking(werk_bij(self.invoer, self.kengetallen, bewijs, gemeten, prior))

    def plan_steekproef(
        self,
        generalisten: int | None = None,
        aantal: int = 10_000,
        zaad: int = 2014,
        eerder: "Mapping[str, Effect] | None" = None,
        kracht: int = 1,
    ) -> "Plan":
        """What a sample of households is worth to next year's decision, beside its price in hours (EVSI).

        ``eerder``: of questions 11 and 12 what an earlier sample found with its standard error, for how far households
        differ. ``kracht``: the strength of its evidence on the Maryland scale, 1 (an opinion) to 5. Raises InvoerFout.
        """
        if isinstance(kracht, bool) or kracht not in range(1, 6):
            oorzaak = "de schaal van Maryland loopt van 1 tot en met 5."
            raise InvoerFout([Melding("kracht", kracht, oorzaak, "Geef een geheel getal.")])
        from mkba.analyse.effectmeting.steekproef.planner import plan
        from mkba.deur.effectmeting import Plan

        return Plan(plan(self.invoer, self.kengetallen, generalisten, aantal, zaad, eerder, kracht))

    def beloof(self, pad: str | Path, datum: "date") -> Path:
        """Lock what is expected, with a fingerprint, in a TOML file: before it is measured."""
        from mkba.analyse.effectmeting.belofte import maak_belofte
        from mkba.kern.bestand.schrijven import schrijf_veilig

        doel = Path(pad)
        if doel.exists():
            remedie = "Geef een andere naam; een belofte wordt niet overschreven."
            raise InvoerFout([Melding("pad", doel.name, "dit bestand bestaat al.", remedie)])
        schrijf_veilig(doel, maak_belofte(self.invoer, self.kengetallen, datum))
        return doel

    # --- files ------------------------------------------------------------------------------------------------

    @gecontroleerd()
    def bewaar(self, pad: str | Path) -> Path:
        """Write the answers that were given as a TOML file, which every command reads."""
        from mkba.kern.bestand.schrijven import schrijf_veilig
        from mkba.kern.zaak.toml_schrijven import schrijf_toml

        doel = Path(pad)
        schrijf_veilig(doel, schrijf_toml(self.invoer))
        return doel

    @gecontroleerd()
    def naar_werkboek(self, pad: str | Path) -> Path:
        """Write a workbook with live formulas from answers and kengetallen to ratios; every command reads it back."""
        from mkba.kern.bestand.schrijven import schrijf_veilig
        from mkba.rekenblad.werkboek import maak_werkboek

        doel = Path(pad)
        schrijf_veilig(doel, maak_werkboek(self.invoer, self.kengetallen))
        return doel

    # --- in a notebook ----------------------------------------------------------------------------------------

    def __getattr__(self, naam: str) -> Any:
        if naam.startswith("_") or naam in _EIGEN:  # while it is being unpickled there are no fields yet
            raise AttributeError(naam)
        try:
            return getattr(self.invoer, naam)
        except AttributeError:
            raise AttributeError(f"een aanpak heeft geen veld {naam!r}; a.antwoorden() toont ze alle") from None

    def __setattr__(self, naam: str, waarde: object) -> NoReturn:
        raise AttributeError(f"een aanpak verandert niet; maak een andere: a.met({naam}={waarde!r})")

    def __dir__(self) -> Iterator[str]:
        velden = {sleutel.split(".")[0] for sleutel in ALLE_VELDEN}
        return iter(sorted({naam for naam in super().__dir__() if not naam.startswith("_")} | velden))

    def __repr__(self) -> str:
        eigen = f" met {len(self.kengetallen.afwijkingen)} eigen" if self.kengetallen.afwijkingen else ""
        gemeten = self.invoer.gemeten_in
        ervan = f" (waarvan {len(gemeten)} met een meting: g)" if gemeten else ""
        regels = [
            f"{self.invoer.naam}: {len(self.invoer.opgegeven)} velden opgegeven{ervan}, "
            f"{len(self.invoer.uit_kengetal)} uit "
            f"een kengetal (k), de rest is de beginstand (b); regelset {self.kengetallen.naam}{eigen}"
        ]
        for sleutel, waarde in self.invoer.alles().items():
            if sleutel in EFFECTVELDEN and sleutel not in self.invoer.opgegeven:
                continue
            if sleutel != "naam" and waarde is not None:
                merk = "  (g)" if sleutel in gemeten else _MERK.get(self.invoer.herkomst(sleutel), "")
                regels.append(f"  {sleutel} = {_kort(waarde)}{merk}")
        return "\n".join(regels)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        bundel = self.antwoorden()._repr_mimebundle_(include, exclude)
        return {**bundel, "text/plain": repr(self).splitlines()[0]}


def _kort(waarde: Any) -> str:
    """As it is typed: a share is a fraction, a whole number has no decimals."""
    if isinstance(waarde, tuple):
        return ", ".join(waarde)
    return str(int(waarde)) if isinstance(waarde, float) and waarde.is_integer() else str(waarde)


@gecontroleerd(bron="aanpak")
def aanpak(bron: "str | Path | Mapping[str, Any]", rij: str = "", kengetallen: "Kengetallen | None" = None) -> Aanpak:
    """One aanpak: a shipped case, a file (TOML, csv, xlsx, a workbook of its own), or a mapping of answers.

    ``mkba.aanpak("voorbeeld-1")``, ``mkba.aanpak("wijken.xlsx", rij="Oost")``, ``mkba.aanpak({"naam": "Oost", …})``.
    ``kengetallen``: a rule set, own values included; without, ``mkba.kengetallen()``. Raises InvoerFout that names
    file, field, value, cause and remedy.
    """
    from mkba.analyse.gevoeligheid.plausibiliteit import met_opmerkingen
    from mkba.invoer.lezen import lees_bron
    from mkba.kern.catalogus.kengetallen import laad
    from mkba.kern.zaak.aanpak import maak_aanpak

    regelset = kengetallen if kengetallen is not None else laad()
    if isinstance(bron, Mapping):
        return Aanpak(maak_aanpak(bron, regelset), regelset)
    pad = paden.zoek_aanpak(str(bron))
    if not pad.exists() and pad.name == str(bron) and not pad.suffix:
        raise InvoerFout(
            [
                Melding(
                    "aanpak",
                    str(bron),
                    "dit bestand en dit voorbeeld bestaan niet.",
                    kies_uit(bron, voorbeelden()),
                )
            ]
        )
    gelezen = met_opmerkingen(lees_bron(pad, regelset, rij), regelset)
    return Aanpak(gelezen.aanpak, regelset, gelezen.waarschuwingen)


def voorbeelden() -> list[str]:
    """The names of the shipped cases, for :func:`aanpak`."""
    return sorted(p.stem for p in (paden.data() / "aanpakken").glob("*.toml"))

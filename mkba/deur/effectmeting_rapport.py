"""From a registration to an MKBA 2.0 or 3.0: what was measured, what it changes, and how sure that is."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import HTML

from mkba.analyse.effectmeting import teams as teammodel
from mkba.analyse.effectmeting.belofte import Belofte, lees_belofte, vergelijk
from mkba.analyse.effectmeting.bijwerken import uitval as uitvalmodel
from mkba.analyse.effectmeting.bijwerken.invullen import TREKKINGEN, Ingevuld, vul_in
from mkba.analyse.effectmeting.publiceren import meting as metingmodel
from mkba.analyse.effectmeting.publiceren.formulier.meting import meet_formulier
from mkba.analyse.effectmeting.publiceren.publicatie import AFRONDING
from mkba.analyse.effectmeting.publiceren.wijkcijfers import samen
from mkba.analyse.effectmeting.steekproef.planner import plan
from mkba.analyse.effectmeting.zekerheid.spreiding import aandelen
from mkba.analyse.onzekerheid.simulatie import simuleer
from mkba.deur.aanpak import Aanpak
from mkba.deur.aanpak import aanpak as lees_aanpak
from mkba.deur.effectmeting import Bijwerking, Plan, Teams
from mkba.deur.effectmeting_attributie import Attributie
from mkba.deur.teken import Tekenaar, zoals
from mkba.deur.uitkomst import Uitkomst
from mkba.invoer.effectmeting.lezen import VOORBEELD, zoek_registratie
from mkba.invoer.meetbron import Formulier, lees_meetbron
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import datum
from mkba.kern.tekst.slug import maak_slug
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.woorden.trajecten import GRONDSLAGEN, TRAJECTNAMEN
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.uitvoer import extra
from mkba.uitvoer.aanpak import zinnen as aanpakzinnen
from mkba.uitvoer.beeld import MetGetallen
from mkba.uitvoer.effectmeting import figuren as lezingfiguren
from mkba.uitvoer.effectmeting import tabellen as effecttabellen
from mkba.uitvoer.effectmeting.attributie.figuren import verloop
from mkba.uitvoer.effectmeting.belofte.tabellen import beloftetabel, veranderdtabel
from mkba.uitvoer.effectmeting.bijwerken import figuren as bijwerkfiguren
from mkba.uitvoer.effectmeting.rapport import figuren, presentatie, tabellen, zinnen
from mkba.uitvoer.effectmeting.rapport.herkomst import na as na_met_herkomst
from mkba.uitvoer.effectmeting.zinnen import spreiding_zin
from mkba.uitvoer.gevoeligheid.figuren import waterval
from mkba.uitvoer.tabel import Tabel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEEG = Tabel(pd.DataFrame())
_TEAMTITELS = {
    "nieuw": "Nieuw gevonden huishoudens per team",
    "trajecten": "Nieuwe trajecten per huishouden, per team",
}


@dataclass(frozen=True, repr=False, eq=False)
class Effectmeting:
    """An aanpak with what was measured filled in. Everything it shows follows from numbers that may be published.

    ``e.na`` is the aanpak after the measurement, to ask anything of; the object itself shows every input with where it
    comes from.
    """

    model: Ingevuld
    meldingen: tuple[Melding, ...] = ()
    belofte: Belofte | None = None

    # --- the outcome --------------------------------------------------------------------------------------------

    def kop(self, toelichting: str = "") -> HTML:
        """Name, size and kengetallen, as every report begins."""
        i = self.model
        na = na_met_herkomst(i)
        regel = aanpakzinnen.kengetallenregel(i.kengetallen)
        return aanpakzinnen.kop(na, regel, toelichting, replace(i.uitkomst, aanpak=na))

    def oordeel(self) -> HTML:
        """Which MKBA this is and why, what changed, and how sure that is."""
        html = aanpakzinnen.lijst(zinnen.oordeel(self.model))
        if not extra.gevraagd(extra.PRESENTATIE):
            return html
        toerekeningen = tuple(self.attributie().toerekeningen.values())
        return MetGetallen(
            str(html.data), presentatie.presentatie(self.model, self._uitval, toerekeningen), extra.PRESENTATIE
        )

    @property
    def versie(self) -> str:
        """ "1.0", "2.0" or "3.0"."""
        return self.model.versie

    @property
    def voor(self) -> Aanpak:
        """The aanpak as expected."""
        return Aanpak(self.model.voor, self.model.kengetallen)

    @property
    def na(self) -> Aanpak:
        """The aanpak after the measurement; of shown (rounded) numbers, so it may leave the house too."""
        return Aanpak(na_met_herkomst(self.model), self.model.kengetallen)

    def bereken(self) -> Uitkomst:
        """The outcome after the measurement."""
        return Uitkomst(self.model.uitkomst)

    def uitkomsten(self) -> Tabel:
        """Saldo and ratios as expected and as measured, with 95% intervals."""
        return tabellen.uitkomsttabel(self.model) if self.model.gemeten else _LEEG

    def invloed(self) -> Tabel:
        """Which part of the change belongs to which measurement (Shapley, exact)."""
        return tabellen.invloedtabel(self.model) if self.model.stappen else _LEEG

    # --- the input ----------------------------------------------------------------------------------------------

    def invoer(self) -> Tabel:
        """Every input: measured (of how many, with its interval), updated, or a kengetal with its source."""
        return tabellen.invoertabel(self.model)

    def bijwerking(self) -> Bijwerking:
        """Prior and posterior of the knobs 10 to 12."""
        return Bijwerking(self.model.bijwerking)

    def trajecten(self) -> Tabel:
        """Questions 16 and 17 with the costs of each kind; empty where they do not count."""
        i = self.model
        return effecttabellen.trajectentabel(na_met_herkomst(i), i.kengetallen) if i.effect else _LEEG

    def verdeling(self) -> HTML:
        """How kinds of traject that may not be shown were divided, and how much of the spread the costs of a traject
        bring in."""
        i = self.model
        if not i.effect:
            return aanpakzinnen.lijst(zinnen.verdeling(i))
        delen = aandelen(simuleer(i.na, i.kengetallen, TREKKINGEN), i.kengetallen)
        return aanpakzinnen.lijst([*zinnen.verdeling(i), *filter(None, [spreiding_zin(delen)])])

    @cached_property
    def _uitval(self) -> tuple[uitvalmodel.Uitval, ...]:
        return uitvalmodel.uitval(self.model)

    def uitval(self) -> Tabel:
        """Per measured knob how far it can lie because of who is missing, and its value with weights."""
        return tabellen.uitvaltabel(self._uitval) if self._uitval else _LEEG

    def uitval_in_woorden(self) -> HTML:
        """What who is missing can do to the saldo, and what the bounds and weights rest on."""
        return aanpakzinnen.lijst(zinnen.uitval(self.model, self._uitval))

    def escalaties(self) -> Tabel:
        """Question 18 from bruto to netto."""
        return tabellen.escalatietabel(self.model) if "escalaties" in self.model.meting.delen else _LEEG

    def lezingen(self) -> Tabel:
        """Uitvoerscherm A with the estimate and both readings of question 18, each with what was measured for it."""
        naast = self.model.lezingen
        return effecttabellen.lezingentabel(naast, fijn=True) if naast is not None else _LEEG

    def lezingen_in_woorden(self) -> HTML:
        """What the estimate beside both readings is, or why there are none."""
        return aanpakzinnen.lijst(zinnen.lezingen(self.model))

    # --- what was counted ---------------------------------------------------------------------------------------

    def lezing(self) -> HTML:
        """What was read, refused and not used."""
        return aanpakzinnen.lijst(zinnen.lezing(self.model.meting))

    def geweigerd(self) -> Tabel:
        """Rows that were refused, per reason; without what stood there."""
        return tabellen.geweigerdtabel(self.model.meting)

    def privacy(self) -> HTML:
        """What is hidden, and that the rest follows from what is shown."""
        return aanpakzinnen.lijst(zinnen.privacy(self.model.meting))

    def klassen(self) -> Tabel:
        """Households per class at 0, 6, 12 and 18 months."""
        return tabellen.klassentabel(self.model.meting)

    def overgangen(self) -> Tabel:
        """Households by their class at the start and later, as far as they may be shown."""
        return tabellen.overgangentabel(self.model.meting)

    def momenten(self) -> Tabel:
        """Per moment how many households could have been measured and how many were."""
        return tabellen.momententabel(self.model.meting)

    def monitoring(self) -> HTML:
        """What the moments say and do not say."""
        return aanpakzinnen.lijst(zinnen.monitoring(self.model.meting))

    def trajecten_per_moment(self) -> Tabel:
        """Trajecten that ran, were added and dropped, per moment."""
        heeft = any(naam.startswith("trajecten.") for naam in self.model.meting.delen)
        return tabellen.trajectentabel(self.model.meting) if heeft else _LEEG

    def acties(self) -> Tabel:
        """Actions by who would do them, and which part was carried out."""
        return tabellen.actietabel(self.model.meting)

    def attributie(self) -> Attributie:
        """Bruto beside netto of the wijken, as far as they may be shown: rounded, and of groups of wijken."""
        wijken = [w for w in self.model.meting.wijken if w.toerekening is not None]
        panelen = {w.uitkomst: p for w in wijken if (p := figuren.als_paneel(w)) is not None}
        return Attributie(panelen, {t.uitkomst: t for t in samen(wijken)})

    def wijken(self) -> HTML:
        """What of the wijken cannot be said or shown, and why."""
        return aanpakzinnen.lijst(zinnen.wijken(self.model.meting))

    def netto(self) -> Tabel:
        """Bruto beside netto per outcome of the wijken; empty without them."""
        a = self.attributie()
        return a.tabel() if a.toerekeningen else _LEEG

    def netto_in_woorden(self, uitkomst: str) -> HTML:
        """What the attribution of one outcome says; nothing where it is not shown."""
        a = self.attributie()
        return a.zinnen(uitkomst) if uitkomst in a.toerekeningen else HTML("")

    def teams(self, wat: str = "nieuw") -> "Teams | HTML":
        """Teams beside each other, drawn to their average: ``wat`` "nieuw" (share of households that were found), or
        "trajecten" (added per household). Nothing where fewer than two teams may be shown."""
        m = self.model.meting
        try:
            if wat == "trajecten":
                return Teams(teammodel.krimp_aantallen(teammodel.trajecten_per_team(m)))
            return Teams(teammodel.krimp_aandelen(teammodel.nieuw_per_team(m)))
        except ValueError:
            return HTML("")

    def teams_in_woorden(self, wat: str = "nieuw") -> HTML:
        """Whether teams differ, how much, and of which it can be said that one is higher; or they are not shown."""
        naast = self.teams(wat)
        if isinstance(naast, Teams):
            return naast.zinnen()
        return aanpakzinnen.alinea(
            f"{_TEAMTITELS[wat]}: niet te vergelijken. Er is maar één team, of van de andere zijn het te weinig "
            "huishoudens."
        )

    # --- and further --------------------------------------------------------------------------------------------

    def beloofd(self) -> Tabel:
        """Promised beside measured; empty without a promise."""
        return beloftetabel(self._vergelijking) if self.belofte is not None else _LEEG

    def veranderd(self) -> Tabel:
        """What was changed after the promise and was not measured."""
        return veranderdtabel(self._vergelijking) if self.belofte is not None else _LEEG

    def belofte_in_woorden(self) -> HTML:
        """Whether there is a promise, of when, and its fingerprint."""
        b = self.belofte
        if b is None:
            return aanpakzinnen.alinea(
                "Er is geen belofte meegegeven. De opdracht mkba beloof legt voor de meting vast wat wordt verwacht; "
                "met --belofte staat dat hier naast wat is gemeten."
            )
        zin = f"Belofte van {datum(b.datum)}, vingerafdruk {b.sha256[:12]}. Ook elders vastgelegd? Vergelijk dan."
        return aanpakzinnen.alinea(zin)

    @cached_property
    def _vergelijking(self) -> Any:
        assert self.belofte is not None
        i = self.model
        feiten = {**i.bijwerking.gemeten, **({"disciplines": (1.0, 0)} if i.disciplines else {})}
        return vergelijk(self.belofte, i.voor, i.kengetallen, replace(i.bijwerking, na=i.na, gemeten=feiten))

    def niet_gemeten(self) -> HTML:
        """What is still the plan or a kengetal, and what would have to be registered for it."""
        return aanpakzinnen.lijst(zinnen.niet_gemeten(self.model))

    def verder(self) -> Plan:
        """What a next sample is worth beside its price, on what is known now."""
        return Plan(plan(self.model.na, self.model.kengetallen))

    def grenzen(self) -> HTML:
        """What the report does not say."""
        return aanpakzinnen.lijst(zinnen.grenzen(self.model))

    def bewaar(self, map_: str | Path) -> list[Path]:
        """Write the aanpak after the measurement (TOML) and the tables (csv) in a folder; nothing without one."""
        if not str(map_):
            return []
        slug = maak_slug(self.model.na.naam)
        doel = Path(map_) / f"{slug}-gemeten.toml"
        schrijf_veilig(doel, schrijf_toml(na_met_herkomst(self.model), zinnen.herkomst(self.model)))
        basis = {"invoer": self.invoer(), "uitkomsten": self.uitkomsten(), "escalaties": self.escalaties()}
        basis |= {"uitval": self.uitval(), "momenten": self.momenten()}
        rest = {"klassen": self.klassen(), "overgangen": self.overgangen()}
        rest |= {"trajecten": self.trajecten_per_moment(), "acties": self.acties()}
        alles = {naam: t for naam, t in {**basis, **rest}.items() if len(t)}
        return [doel, *(t.naar_csv(Path(map_) / f"{slug}-effectmeting-{naam}.csv") for naam, t in alles.items())]

    def bewaard(self, map_: str | Path) -> HTML:
        """:meth:`bewaar`, and which files that wrote."""
        return aanpakzinnen.bewaard(self.bewaar(map_))

    @property
    def teken(self) -> "TekenEffectmeting":
        """Figures: ``e.teken.waterval()``, ``knop("nieuw")``, ``klassen()``, ``verloop("huisuitzetting")``."""
        return TekenEffectmeting(self)

    def __repr__(self) -> str:
        return f"{zinnen.versie(self.model)}\n{self.invoer().als_tekst()}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.invoer()._repr_mimebundle_(include, exclude)


class TekenEffectmeting(Tekenaar[Effectmeting]):
    """Figures of the report of a measurement; text where there is nothing to draw."""

    @zoals(waterval)
    def waterval(self, uitkomst: str = "saldo", ax: "Axes | None" = None) -> "Axes | HTML":
        """From what was expected to what was measured."""
        i = self._bron.model
        if not i.stappen:
            return HTML("")
        return waterval(tabellen.waterval(i, uitkomst), uitkomst, ax, "Van verwacht naar gemeten")

    def knop(self, sleutel: str, ax: "Axes | None" = None) -> "Axes | HTML":
        """Prior and posterior of one knob; a sentence when it was not measured."""
        b = self._bron.bijwerking()
        if sleutel not in {k.sleutel for k in b.model.knoppen}:
            return aanpakzinnen.alinea(f"{ALLE_VELDEN[sleutel].label}: niet gemeten, of te weinig om te tonen.")
        return b.teken.knop(sleutel, ax)

    @zoals(bijwerkfiguren.intervallen)
    def knoppen(self, ax: "Axes | None" = None) -> "Axes | HTML":
        """All knobs beside each other, where more were measured than each have a figure of their own."""
        b = self._bron.bijwerking()
        return b.teken.intervallen(ax) if self._bron.model.meting.van_steekproef and b.model.knoppen else HTML("")

    @zoals(figuren.klassen)
    def klassen(self, ax: "Axes | None" = None) -> "Axes":
        """Classes per moment."""
        return figuren.klassen(self._bron.model.meting, ax)

    @zoals(figuren.trajecten)
    def trajecten(self, ax: "Axes | None" = None) -> "Axes":
        """Trajecten per moment."""
        return figuren.trajecten(self._bron.model.meting, ax)

    @zoals(figuren.acties)
    def acties(self, ax: "Axes | None" = None) -> "Axes":
        """Actions by who does them."""
        return figuren.acties(self._bron.model.meting, ax)

    @zoals(figuren.escalaties)
    def escalaties(self, ax: "Axes | None" = None) -> "Axes | HTML":
        """Bruto and netto of question 18."""
        rijen = [
            (TRAJECTNAMEN[e.soort], e.bedreigd.waarde * e.voorkomen.waarde, *_drie(e.getoond))
            for e in self._bron.model.escalaties
            if e.bedreigd is not None and e.voorkomen is not None
        ]
        return figuren.escalaties(rijen, ax) if rijen else HTML("")

    @zoals(lezingfiguren.lezingen)
    def lezingen(self, ax: "Axes | None" = None) -> "Axes | HTML":
        """Both readings of question 18 beside the estimate."""
        naast = self._bron.model.lezingen
        if naast is None:
            return HTML("")
        posten = ["kosten_extra_zorg", "substitutie", "effectiviteit", "escalatie"]
        return lezingfiguren.lezingen(naast.frame.loc[posten].rename(columns=effecttabellen.KOP), ax)

    @zoals(verloop)
    def verloop(self, uitkomst: str, ax: "Axes | None" = None) -> "Axes | HTML":
        """The wijken with the aanpak against the others (figuur 4.6); nothing where the line may not be shown."""
        a = self._bron.attributie()
        if uitkomst not in a.panelen:
            return HTML("")
        return verloop(a.panelen[uitkomst], figuren.MET, ax)

    def rond_de_start(self, uitkomst: str, ax: "Axes | None" = None) -> "Axes | HTML":
        """The periods around the start; nothing where they may not be shown."""
        a = self._bron.attributie()
        if uitkomst not in a.toerekeningen or not a[uitkomst].punten:
            return HTML("")
        return a.teken.rond_de_start(uitkomst, ax=ax)

    def teams(self, wat: str = "nieuw", ax: "Axes | None" = None) -> "Axes | HTML":
        """Teams beside each other, by name."""
        t = self._bron.teams(wat)
        return t.teken(_TEAMTITELS.get(wat, ""), ax) if isinstance(t, Teams) else t


def _drie(s: Any) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if s is None else (s.waarde, s.laag, s.hoog)


@gecontroleerd(bron="registratie")
def effectmeting(
    bron: str | Path = VOORBEELD,
    aanpak: "str | Path | Aanpak" = VOORBEELD,
    nulmeting: float = 0.0,
    rij: str = "",
    kengetallen: "Kengetallen | None" = None,
    grondslag: str = "huishoudens",
    belofte: str | Path = "",
    indeling: str | Path = "",
    koppelsleutel: str | Path = "",
    afronding: int = AFRONDING,
    steekproef_van: int = 0,
) -> Effectmeting:
    """What a team registered, filled in in its aanpak: ``mkba.effectmeting("registratie.xlsx", "wijkteam.toml")``.

    ``bron``: a folder or workbook with the tables of the template, the filled form of a sample, "voorbeeldstad", or a
    meting.json of ``mkba effect``. ``nulmeting``: share of the threatened escalaties that would have been prevented
    without the aanpak too, 0.60 is 60%; 0 is not known: then the comparison wijken say what is netto, or nothing does.
    ``grondslag``: the reading of question 18. ``belofte``: a file of ``mkba beloof``. ``steekproef_van``: of how many
    households of the aanpak those of the registration are a random sample; 0 is no sample. Counts that may not be
    published are not used. Raises InvoerFout, without any value of a household.
    """
    if grondslag not in GRONDSLAGEN:
        oorzaak = "deze lezing van vraag 18 bestaat niet."
        raise InvoerFout([Melding("grondslag", grondslag, oorzaak, f"Kies {' of '.join(GRONDSLAGEN)}.")])
    a = aanpak if isinstance(aanpak, Aanpak) else lees_aanpak(aanpak, rij, kengetallen)
    beloofd = lees_belofte(Path(belofte)) if str(belofte) else None
    if beloofd is not None:
        controleer_belofte(beloofd, a.invoer.naam, str(belofte))
    m = _meting(bron, a.kengetallen, str(indeling), str(koppelsleutel), afronding)
    keuze: Any = grondslag
    return Effectmeting(
        vul_in(a.invoer, a.kengetallen, m, nulmeting or None, keuze, steekproef_van or None), a.meldingen, beloofd
    )


def controleer_belofte(belofte: Belofte, naam: str, pad: str) -> None:
    """A promise is of one aanpak. Raises InvoerFout for that of another."""
    if belofte.naam != naam:
        oorzaak = f"deze belofte is van een andere aanpak dan {naam!r}."
        raise InvoerFout([Melding("belofte", belofte.naam, oorzaak, "Geef de belofte van deze aanpak.", pad)])


def _meting(
    bron: str | Path, kengetallen: Kengetallen, indeling: str, sleutel: str, afronding: int
) -> metingmodel.Meting:
    if Path(bron).suffix.lower() == ".json":
        return metingmodel.lees_meting(Path(bron))
    gelezen = lees_meetbron([zoek_registratie(bron)], indeling=indeling or None, koppelsleutel=sleutel or None)
    if isinstance(gelezen, Formulier):
        return meet_formulier(gelezen, kengetallen, afronding)[0]
    return metingmodel.meet(gelezen, kengetallen, afronding)

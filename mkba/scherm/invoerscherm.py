"""The invoerscherm without widgets: what can be done on it, and what it then shows.

:class:`Invoerscherm` holds the draft and all that follows from it (:class:`~mkba.scherm.beeld.Beeld`); the
widgets only show it and pass on what was typed. A researcher may use it too.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from mkba.invoer.lezen import Bronaanpak, lees_aanpak, lees_aanpakken
from mkba.kern.bestand import paden
from mkba.kern.bestand.bestanden import EXTENSIES, weiger
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.slug import maak_slug
from mkba.kern.woorden.velden import KNOPPEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.model.berekening import Uitkomst, bereken
from mkba.scherm.beeld import Beeld, bekijk, kengetal_van
from mkba.scherm.concept import Concept
from mkba.scherm.uitvoer import met_vraag, opsomming

if TYPE_CHECKING:
    import pandas as pd

Soort = Literal["toml", "xlsx"]

MAXIMUM_TERUG: Final = 200
"""Changes that can be undone; each is a few kilobytes."""

MAXIMUM_ALTERNATIEVEN: Final = 8
"""Alternatives that can be kept: more columns nobody compares. A choice."""

OMSLAGKNOPPEN: Final = (*KNOPPEN, "additioneel")
"""The fields with a break-even value: what ``analyse.omslag`` turns."""


_VOOR_WIE: Final = {
    "maatschappelijk": "maatschappelijk",
    "financieel": "financieel voor alle partijen samen",
    "gemeente": "financieel voor de gemeente",
}


@dataclass(frozen=True)
class Voorbeeld:
    """A shipped aanpak: the name to load it by, and how it is called."""

    sleutel: str
    naam: str


def voorbeelden(kengetallen: Kengetallen) -> tuple[Voorbeeld, ...]:
    """The shipped aanpakken: the running example, then the published voorbeelden, then the older prototype."""
    paren = [(p.stem, lees_aanpak(p, kengetallen).naam) for p in sorted((paden.data() / "aanpakken").glob("*.toml"))]
    paren.sort(key=lambda paar: (paar[0] != "standaard", not paar[0].startswith("voorbeeld-"), paar[0]))
    return tuple(Voorbeeld(*paar) for paar in paren)


@dataclass(frozen=True, eq=False)
class Alternatief:
    """An aanpak that was kept beside the one on the screen; ``naam`` is unique among them."""

    naam: str
    bron: Aanpak
    """As it was kept."""
    uitkomst: Uitkomst

    @property
    def aanpak(self) -> Aanpak:
        """Its answers, under the name that they have here."""
        return self.uitkomst.aanpak


class Invoerscherm:
    """One aanpak on the screen, possibly another to compare with, and the alternatives that were kept.

    ``luister``: called after every change, for who shows it. Every method that changes something leaves a draft that
    is wrong as it is typed: nothing is scaled or rounded in silence.
    """

    def __init__(self, kengetallen: Kengetallen, aanpak: Aanpak | None = None) -> None:
        self.kengetallen = kengetallen
        self.concept = Concept.uit(aanpak) if aanpak is not None else Concept.leeg()
        self.beeld: Beeld = bekijk(self.concept, kengetallen)
        self.laatste: Uitkomst | None = self.beeld.uitkomst
        self.vergelijking: Uitkomst | None = None
        self.alternatieven: tuple[Alternatief, ...] = ()
        self.luister: Callable[[], None] = lambda: None
        self._omslag: tuple[Aanpak, pd.DataFrame] | None = None
        self.begin = aanpak
        """What was loaded last; None for an empty screen."""
        self._eerder: list[tuple[Concept, Uitkomst | None, Aanpak | None]] = []

    @property
    def aanpak(self) -> Aanpak | None:
        """The aanpak as filled in, or None as long as something is wrong or missing."""
        return self.beeld.aanpak

    @property
    def uitkomst(self) -> Uitkomst | None:
        """The outcome of the aanpak as filled in."""
        return self.beeld.uitkomst

    @property
    def oude_naam(self) -> bool:
        """Whether the answers changed while the aanpak still has the name that it was loaded with."""
        nu, begin = self.aanpak, self.begin
        return nu is not None and begin is not None and nu.naam == begin.naam and nu != begin

    @property
    def kan_terug(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._eerder)

    def terug(self) -> None:
        """Undo the last change, loading another aanpak included."""
        if self._eerder:
            concept, self.laatste, self.begin = self._eerder.pop()
            self._toon(concept)

    def _wordt(self, concept: Concept) -> None:
        self._onthoud()
        self._toon(concept)

    def _onthoud(self) -> None:
        self._eerder = [*self._eerder[1 - MAXIMUM_TERUG :], (self.concept, self.laatste, self.begin)]

    def _toon(self, concept: Concept) -> None:
        self.concept = concept
        self.beeld = bekijk(concept, self.kengetallen)
        self.laatste = self.beeld.uitkomst or self.laatste
        self.luister()

    def zet(self, sleutel: str, tekst: str) -> None:
        """Type a text in a field."""
        if tekst != self.concept.teksten.get(sleutel, ""):
            self._wordt(self.concept.zet(sleutel, tekst))

    def zet_alle(self, teksten: Mapping[str, str]) -> None:
        """Type a text in several fields at once, as one change."""
        concept = self.concept
        for sleutel, tekst in teksten.items():
            concept = concept.zet(sleutel, tekst)
        self._wordt(concept)

    def kies_alle(self, waarden: Mapping[str, Any]) -> None:
        """Choose the value of several fields at once, as one change."""
        concept = self.concept
        for sleutel, waarde in waarden.items():
            concept = concept.kies(sleutel, waarde)
        self._wordt(concept)

    def kies(self, sleutel: str, waarde: Any) -> None:
        """Choose a value: yes or no, a tuple of disciplines."""
        if waarde != self.concept.waarden.get(sleutel):
            self._wordt(self.concept.kies(sleutel, waarde))

    def naar_kengetal(self, *sleutels: str) -> None:
        """Put fields back to their kengetal: empty where the kengetal then holds, filled in where it is calculated.

        A field without a kengetal stays as it is.
        """
        concept = self.concept
        for sleutel in sleutels:
            if sleutel in self.beeld.berekend:
                concept = concept.kies(sleutel, kengetal_van(sleutel, self.beeld.berekend, self.kengetallen))
            elif sleutel in self.beeld.kengetal:
                concept = concept.wis(sleutel)
        self._wordt(concept)

    def laad(self, aanpak: Aanpak | None) -> None:
        """Begin with this aanpak, or with an empty screen."""
        self._onthoud()
        self.begin = aanpak
        self.laatste = None  # an outcome of another aanpak says nothing of this one
        self._toon(Concept.uit(aanpak) if aanpak is not None else Concept.leeg())

    def laad_voorbeeld(self, naam: str) -> None:
        """Begin with a shipped aanpak, such as "voorbeeld-1". Raises InvoerFout."""
        self.laad(lees_aanpak(paden.zoek_aanpak(naam), self.kengetallen))

    def vergelijk(self, aanpak: Aanpak | None) -> None:
        """Show this aanpak beside the one on the screen; None for no comparison."""
        self.vergelijking = bereken(aanpak, self.kengetallen) if aanpak is not None else None
        self.luister()

    def vergelijk_met_voorbeeld(self, naam: str) -> None:
        """Show a shipped aanpak beside the one on the screen. Raises InvoerFout."""
        self.vergelijk(lees_aanpak(paden.zoek_aanpak(naam), self.kengetallen))

    def zet_vast(self, naam: str = "") -> Alternatief:
        """Keep the present answers as an alternative, compare with it, and go on changing.

        ``naam``: how to call it, by itself the name of the aanpak; a number follows when another has that name. Answers
        that were kept already are not kept twice. Raises InvoerFout when they are not right.
        """
        aanpak = self._gereed("vergelijken")
        aanpak = aanpak.met({"naam": naam}, self.kengetallen) if naam.strip() else aanpak
        alternatief = next((a for a in self.alternatieven if a.bron == aanpak), None)
        if alternatief is None:
            if len(self.alternatieven) >= MAXIMUM_ALTERNATIEVEN:
                oorzaak = f"er zijn er al {MAXIMUM_ALTERNATIEVEN} vastgezet."
                raise InvoerFout([Melding("Alternatief", aanpak.naam, oorzaak, "Laat er eerst een los.")])
            bezet = {a.naam for a in self.alternatieven}
            vrij = next(n for n in chain([aanpak.naam], (f"{aanpak.naam} ({i})" for i in count(2))) if n not in bezet)
            alternatief = Alternatief(vrij, aanpak, bereken(self._heet(aanpak, vrij), self.kengetallen))
            self.alternatieven = (*self.alternatieven, alternatief)
        self.vergelijking = alternatief.uitkomst
        self.luister()
        return alternatief

    def laat_los(self, naam: str) -> None:
        """Forget the alternative with this name."""
        weg = next((a for a in self.alternatieven if a.naam == naam), None)
        self.alternatieven = tuple(a for a in self.alternatieven if a is not weg)
        if weg is not None and self.vergelijking is weg.uitkomst:
            self.vergelijking = None
        self.luister()

    def ga_verder_met(self, naam: str) -> None:
        """Put the alternative with this name on the screen; what stood there can be undone to."""
        for alternatief in self.alternatieven:
            if alternatief.naam == naam:
                self.laad(alternatief.aanpak)

    def vergelijk_met_alternatief(self, naam: str) -> None:
        """Show the alternative with this name beside the aanpak on the screen."""
        self.vergelijking = next((a.uitkomst for a in self.alternatieven if a.naam == naam), None)
        self.luister()

    def hervat(
        self,
        concept: Concept,
        begin: Aanpak | None,
        vergelijking: Aanpak | None,
        alternatieven: Mapping[str, Aanpak],
    ) -> None:
        """Go on where an earlier screen was; what stands here now can be undone to."""
        self._onthoud()
        self.begin, self.laatste = begin, None
        bewaard = {
            naam: Alternatief(naam, a, bereken(self._heet(a, naam), self.kengetallen))
            for naam, a in alternatieven.items()
        }
        self.alternatieven = (*(a for a in self.alternatieven if a.naam not in bewaard), *bewaard.values())
        zelfde = (a.uitkomst for a in self.alternatieven if vergelijking in (a.aanpak, a.bron))
        self.vergelijking = next(zelfde, None) or (bereken(vergelijking, self.kengetallen) if vergelijking else None)
        self._toon(concept)

    def omslag(self, sleutel: str) -> str:
        """Where this knob alone makes the aanpak break even, for society, all payers and the gemeente.

        Plain Dutch text; calculated once per aanpak. Raises InvoerFout when the answers are not right.
        """
        from mkba.analyse.gevoeligheid.omslag import omslagpunten  # half a second that no start of the screen waits for
        from mkba.uitvoer.gevoeligheid.tabellen import CRITERIA, omslagtabel

        aanpak = self._gereed("berekenen")
        if self._omslag is None or self._omslag[0] is not aanpak:
            self._omslag = (aanpak, omslagpunten(aanpak, self.kengetallen))
        tabel = omslagtabel(self._omslag[1][self._omslag[1]["sleutel"] == sleutel]).frame
        if tabel.empty:
            return "Break-even: deze knop verandert hier niets aan de uitkomst."
        delen = [f"{wie} {_in_woorden(str(tabel[CRITERIA[c]].iloc[0]))}" for c, wie in _VOOR_WIE.items()]
        return f"Break-even (de baten dekken de kosten): {'; '.join(delen)}."

    def als_toml(self) -> str:
        """The aanpak as TOML. Raises InvoerFout when the answers are not right."""
        return schrijf_toml(self._gereed("bewaren"), "Ingevuld op het invoerscherm van mkba.")

    def als_xlsx(self) -> bytes:
        """The aanpak as a workbook with live formulas, which `mkba rapport` reads too. Raises InvoerFout."""
        from mkba.rekenblad.werkboek import maak_werkboek  # only who saves one waits for its tools

        return maak_werkboek(self._gereed("bewaren"), self.kengetallen)

    def bestandsnaam(self, soort: Soort) -> str:
        """A safe file name, made from the name of the aanpak. Raises InvoerFout when the answers are not right."""
        return f"{maak_slug(self._gereed('bewaren').naam)}.{soort}"

    def bewaar(self, map_: Path, soort: Soort, overschrijf: bool = False) -> Path:
        """Write the aanpak to a folder, under its own name; an existing file only with ``overschrijf``.

        Raises InvoerFout when the answers are not right, or the file is there or cannot be written.
        """
        pad = Path(map_) / self.bestandsnaam(soort)
        if pad.exists() and not overschrijf:
            weiger(pad, "dit bestand bestaat al.", "Geef de aanpak een andere naam, of vervang het bestand.")
        inhoud = self.als_toml() if soort == "toml" else self.als_xlsx()
        try:
            schrijf_veilig(pad, inhoud)
        except OSError as fout:
            weiger(pad, f"het bestand is niet te schrijven ({fout.strerror}).", "Controleer de map en de rechten.")
        return pad

    def _heet(self, aanpak: Aanpak, naam: str) -> Aanpak:
        return aanpak if aanpak.naam == naam else aanpak.met({"naam": naam}, self.kengetallen)

    def _gereed(self, waarvoor: str) -> Aanpak:
        if self.beeld.aanpak is not None:
            return self.beeld.aanpak
        namen = opsomming(dict.fromkeys(met_vraag(v) for v in (*self.beeld.fouten, *self.beeld.ontbreekt)))
        oorzaak = f"dit klopt niet of is nog niet ingevuld, dus {waarvoor} kan niet."
        remedie = "Verbeter eerst de velden met een melding."
        raise InvoerFout([Melding(namen[:1].upper() + namen[1:], None, oorzaak, remedie)])


def lees_inhoud(naam: str, inhoud: bytes, kengetallen: Kengetallen) -> Sequence[Bronaanpak]:
    """The aanpakken in the bytes of a .toml, .csv or .xlsx file called ``naam``, read as the command line reads it.

    Raises InvoerFout, with ``naam`` as the name of the file.
    """
    schoon = naam.replace("\\", "/").rpartition("/")[2] or "bestand"
    eind = Path(schoon).suffix.lower()
    if eind not in EXTENSIES:
        oorzaak = f"een bestand met de extensie {eind or '(geen)'} wordt niet gelezen."
        weiger(Path(schoon), oorzaak, "Kies een .toml-, .csv- of .xlsx-bestand.")
    with tempfile.TemporaryDirectory(prefix="mkba-") as map_:
        pad = Path(map_) / f"invoer{eind}"  # the name of the file never becomes a path
        pad.write_bytes(inhoud)
        try:
            bronnen = lees_aanpakken(pad, kengetallen)
        except InvoerFout as fout:
            raise InvoerFout(_genoemd(m, pad, schoon) for m in fout.meldingen) from None
    return [replace(bron, bestand=Path(schoon)) for bron in bronnen]


def _genoemd(melding: Melding, pad: Path, naam: str) -> Melding:
    waarde = naam if melding.waarde == pad.name else melding.waarde
    remedie = melding.remedie.replace(pad.name, naam)
    return replace(melding, bestand=melding.bestand.replace(str(pad), naam), waarde=waarde, remedie=remedie)


def _in_woorden(cel: Any) -> str:
    tekst = str(cel).replace("≥", "vanaf").replace("≤", "tot en met")
    tekst = tekst.replace("altijd binnen", "bij elke waarde van").replace("nooit binnen", "bij geen enkele waarde van")
    return tekst.replace(" *", " (buiten het gepubliceerde bereik)")

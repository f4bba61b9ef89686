"""The widgets that the tabs are built from: a field with its kengetal and break-even, a table of fields, check boxes.

A part knows its fields and how to show a :class:`Beeld`; it tells the screen what was typed. The label of each input
is read by a screen reader with what is wrong added; what is seen of it stands beside the input.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, Final, Protocol

import ipywidgets as w

from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, LEEG
from mkba.kern.woorden.velden import BEREKEND
from mkba.kern.zaak.aanpak import Aanpak
from mkba.scherm.beeld import Beeld
from mkba.scherm.concept import Concept, grenzen
from mkba.scherm.invoerscherm import OMSLAGKNOPPEN, Invoerscherm
from mkba.scherm.uitvoer import opsomming
from mkba.scherm.vorm.delen import doos, html, klasse, knop, maak, tekstkop

_NAMEN_KORT: Final = {"gezin": "Gezinnen", "oudere": "Ouderen", "overig": "Overige hh"}


class Onderdeel(Protocol):
    """A part of the screen: a widget that can show a new picture."""

    widget: w.Widget

    def toon(self, beeld: Beeld, naast: Aanpak | None) -> None:
        """Show the draft; ``naast`` is the aanpak to compare with."""


class Invoer:
    """The text box of one field, with a label for screen readers only.

    Of the box itself nothing changes but its text, and that only when the draft says so: ipywidgets puts the text of a
    box back to what it last knew at every other change, so who types in a field while the answer to the previous one
    comes in, would lose what was typed. What counts while the box is empty, the red edge and the words for a screen
    reader stand around it.
    """

    def __init__(self, scherm: Invoerscherm, sleutel: str, soort: str = "") -> None:
        self.sleutel = sleutel
        self.veld = ALLE_VELDEN[sleutel]
        uitleg = f"{self.veld.label}: {grenzen(self.veld)}" if grenzen(self.veld) else self.veld.label
        self._tekst = maak(
            w.Text, continuous_update=False, description=self.veld.label, placeholder=" ", tooltip=uitleg
        )
        self._erbij = html()
        self.widget = doos([self._tekst, self._erbij], "mkba-vak")
        if soort:
            self.widget.add_class(soort)
        self._stil = False
        self._scherm = scherm
        self._tekst.observe(self._getypt, "value")

    def _getypt(self, verandering: dict[str, Any]) -> None:
        if not self._stil:
            self._scherm.zet(self.sleutel, str(verandering["new"]))

    def toon(self, beeld: Beeld, extra: str = "") -> None:
        """Text, what counts without one, and a red edge; ``extra`` is wrong with the group that it is in."""
        self._stil = True
        try:
            self._tekst.value = beeld.concept.teksten.get(self.sleutel, "")
        finally:
            self._stil = False
        mist = self.sleutel in beeld.ontbreekt
        geldt = "invullen" if mist else beeld.geldt.get(self.sleutel, "")
        fout = beeld.fouten.get(self.sleutel)
        mis = f"{fout.oorzaak} {fout.remedie}" if fout else extra
        erbij = f'<span class="mkba-geldt">{escape(geldt)}</span>'
        if mis:
            erbij += f'<span class="mkba-lezer">Fout bij {escape(self.veld.label)}: {escape(mis)}</span>'
        self._erbij.value = erbij
        klasse(self.widget, "mkba-fout", bool(mis))
        klasse(self.widget, "mkba-let", mist)


class Veldrij:
    """One field on a line: label with messages, input, kengetal to go back to, break-even."""

    def __init__(
        self, scherm: Invoerscherm, sleutel: str, label: str = "", hint: str = "", breed: bool = False
    ) -> None:
        self.sleutel = sleutel
        self._scherm = scherm
        self._label = label or ALLE_VELDEN[sleutel].label
        self._hint = hint
        self._invoer = Invoer(scherm, sleutel, "mkba-breed" if breed else "")
        self._kop, self._onder = html(), html()
        self._onder.add_class("mkba-hele")
        delen: list[w.Widget] = [self._kop, self._invoer.widget]
        self._kengetal: w.Button | None = None
        self._omslag: w.ToggleButton | None = None
        heeft = sleutel in scherm.beeld.kengetal or sleutel in BEREKEND
        if heeft:
            self._kengetal = kengetalknop(scherm, (sleutel,), self._label)
            delen.append(self._kengetal)
        if sleutel in OMSLAGKNOPPEN:
            uitleg = f"Bij welke waarde van '{self._label}' dekken de baten de kosten?"
            self._omslag = maak(w.ToggleButton, description="break-even", tooltip=uitleg)
            self._omslag.observe(lambda _: self._toon_kop(), "value")
            delen += [self._omslag] if heeft else [html(), self._omslag]
        self.widget = doos([*delen, self._onder], "mkba-rij")
        self._beeld = scherm.beeld
        self._naast: Aanpak | None = None

    def toon(self, beeld: Beeld, naast: Aanpak | None) -> None:
        """Show the draft."""
        self._beeld, self._naast = beeld, naast
        self._invoer.toon(beeld)
        if self._kengetal is not None:
            toon_kengetal(self._kengetal, beeld, (self.sleutel,), self._label)
        self._toon_kop()

    def _toon_kop(self) -> None:
        regels = [f'<span aria-hidden="true">{escape(self._label)}</span>']
        was = _was(self.sleutel, self._beeld, self._naast)
        vraag = self._beeld.concept.vervangen.get(self.sleutel)
        telt_niet = f"telt niet mee: vraag {vraag} is gemeten" if vraag else ""
        noot = "; ".join(d for d in (telt_niet, self._hint, f"vergelijking: {was}" if was else "") if d)
        if noot:
            regels.append(f'<span class="mkba-hint">({escape(noot)})</span>')
        self._kop.value = " ".join(regels)
        fout = self._beeld.fouten.get(self.sleutel)
        gelezen = lezingen(self._beeld, (self.sleutel,))
        if fout:
            self._onder.value = f'<div class="mkba-melding" role="alert">{escape(zin(fout))}</div>'
        elif self._omslag is not None and self._omslag.value:
            self._onder.value = f'{gelezen}<div class="mkba-omslag" role="status">{escape(self._omslagzin())}</div>'
        else:
            self._onder.value = gelezen

    def _omslagzin(self) -> str:
        try:
            return self._scherm.omslag(self.sleutel)
        except InvoerFout:
            return "Break-even: eerst moet alle invoer kloppen."


class Veldtabel:
    """Fields side by side, a column per huishoudtype (or of ``kolommen``): a row per (label, keys), with totals per
    column when they add up. A row without keys is a heading.

    ``per_kolom``: the kengetal is one of a whole column (question 3); otherwise of a row.
    """

    def __init__(
        self,
        scherm: Invoerscherm,
        rijen: Sequence[tuple[str, Sequence[str]]],
        sommen: Sequence[str] = (),
        per_kolom: bool = False,
        kolommen: Sequence[str] = tuple(_NAMEN_KORT.values()),
    ) -> None:
        self._rijen, self._sommen = rijen, sommen
        self._invoer = {s: Invoer(scherm, s) for _, sleutels in rijen for s in sleutels}
        self._knoppen: list[tuple[w.Button, tuple[str, ...], str]] = []
        gevuld = [set(sleutels) for _, sleutels in rijen if sleutels]
        per_rij = not per_kolom and any(sleutels <= set(scherm.beeld.kengetal) for sleutels in gevuld)
        vuller = [tekstkop("", "mkba-vuller")] if per_rij else []
        kinderen: list[w.Widget] = [tekstkop(""), *(tekstkop(n) for n in kolommen), *vuller]
        for label, sleutels in rijen:
            if not sleutels:
                kinderen.append(html(f"<b>{escape(label)}</b>"))
                kinderen[-1].add_class("mkba-hele")
                continue
            kinderen.append(html(f'<span aria-hidden="true">{escape(label)}</span>'))
            kinderen += [self._invoer[s].widget for s in sleutels]
            if per_rij:
                kinderen.append(self._knop(scherm, tuple(sleutels), label))
        self._totalen = [html() for _ in sommen]
        if sommen and len(sommen) == len(kolommen):
            kinderen += [tekstkop("totaal"), *self._totalen]
        elif sommen:
            self._totalen[0].add_class("mkba-onder")
            kinderen += [tekstkop("totaal"), *self._totalen]
        if per_kolom:
            kinderen.append(tekstkop("terug naar kengetal"))
            for nummer, naam in enumerate(kolommen):
                kinderen.append(self._knop(scherm, tuple(sleutels[nummer] for _, sleutels in rijen), naam))
        self._melding = html()
        self._melding.add_class("mkba-hele")
        self.widget = doos([*kinderen, self._melding], "mkba-raster")
        if not per_rij:
            self.widget.add_class("mkba-smal")
        if len(kolommen) != len(_NAMEN_KORT):
            self.widget.add_class(f"mkba-kolommen{len(kolommen)}")
        self._per_kolom = per_kolom

    def _knop(self, scherm: Invoerscherm, sleutels: tuple[str, ...], label: str) -> w.Button:
        terug = kengetalknop(scherm, sleutels, label)
        self._knoppen.append((terug, sleutels, label))
        return terug

    def toon(self, beeld: Beeld, naast: Aanpak | None) -> None:
        """Show the draft."""
        for sleutel, invoer in self._invoer.items():
            groep = sleutel.rpartition(".")[0]
            som = beeld.sommen.get(groep) if groep in self._sommen else None
            mis = som is not None and not som.klopt and som.waarde is not None
            invoer.toon(beeld, f"de aandelen zijn samen {som.tekst}" if som is not None and mis else "")
        for terug, sleutels, label in self._knoppen:
            toon_kengetal(terug, beeld, sleutels, label, kort=self._per_kolom)
        for groep, totaal in zip(self._sommen, self._totalen, strict=True):
            som = beeld.sommen[groep]
            totaal.value = f'<div class="mkba-som{"" if som.klopt else " mkba-mis"}">{escape(som.tekst)}</div>'
        regels = [
            f"{ALLE_VELDEN[s].label}: {beeld.fouten[s].oorzaak} {beeld.fouten[s].remedie}"
            for s in self._invoer
            if s in beeld.fouten
        ]
        regels += [zin(beeld.fouten[g]) for g in self._sommen if g in beeld.fouten]
        fouten = "".join(f'<div class="mkba-melding" role="alert">{escape(r)}</div>' for r in regels)
        self._melding.value = fouten + lezingen(beeld, self._invoer)


class Vinkje:
    """A yes-or-no field as a check box."""

    def __init__(self, scherm: Invoerscherm, sleutel: str) -> None:
        self.sleutel = sleutel
        self.widget = maak(w.Checkbox, description=ALLE_VELDEN[sleutel].label, indent=False)
        self._stil = False
        self._scherm = scherm
        self.widget.observe(self._gekozen, "value")

    def _gekozen(self, verandering: dict[str, Any]) -> None:
        if not self._stil:
            self._scherm.kies(self.sleutel, bool(verandering["new"]))

    def toon(self, beeld: Beeld, naast: Aanpak | None) -> None:
        """Show the draft."""
        self._stil = True
        try:
            self.widget.value = beeld.geldt.get(self.sleutel) == "ja"
        finally:
            self._stil = False


class Keuze:
    """A field with a few words to choose from."""

    def __init__(self, scherm: Invoerscherm, sleutel: str, namen: dict[str, str]) -> None:
        self.sleutel = sleutel
        self._scherm = scherm
        self._stil = False
        opties = [(naam, waarde) for waarde, naam in namen.items()]
        self.widget = maak(w.Dropdown, options=opties, description=f"{ALLE_VELDEN[sleutel].label}:")
        self.widget.observe(self._gekozen, "value")

    def _gekozen(self, verandering: dict[str, Any]) -> None:
        if not self._stil:
            self._scherm.kies(self.sleutel, str(verandering["new"]))

    def toon(self, beeld: Beeld, naast: Aanpak | None) -> None:
        """Show the draft."""
        self._stil = True
        try:
            self.widget.value = beeld.geldt[self.sleutel]
        finally:
            self._stil = False


class Later:
    """Parts that are made when they are first needed (a hundred fields), and out of sight as long as they are not.

    ``nodig``: says of a draft whether they are; ``maak_delen``: the parts and the widgets in between, top to bottom.
    """

    def __init__(
        self, nodig: Callable[[Beeld], bool], maak_delen: Callable[[], Sequence["Onderdeel | w.Widget"]]
    ) -> None:
        self._nodig, self._maak_delen = nodig, maak_delen
        self._delen: list[Onderdeel] | None = None
        self.widget = maak(w.VBox, [])

    def toon(self, beeld: Beeld, naast: Aanpak | None) -> None:
        """Show the draft."""
        nodig = self._nodig(beeld)
        if nodig and self._delen is None:
            alle = self._maak_delen()
            self._delen = [d for d in alle if not isinstance(d, w.Widget)]
            self.widget.children = tuple(d if isinstance(d, w.Widget) else d.widget for d in alle)
        # by a class: widgets share one layout, and to hide that is to hide the page
        (self.widget.remove_class if nodig else self.widget.add_class)("mkba-weg")
        for deel in (self._delen or ()) if nodig else ():
            deel.toon(beeld, naast)


class Disciplines:
    """Question 7: a check box per discipline, and how many there are."""

    def __init__(self, scherm: Invoerscherm, namen: dict[str, str]) -> None:
        self._scherm = scherm
        self._vinkjes = {d: maak(w.Checkbox, description=n, indent=False) for d, n in namen.items()}
        self._stil = False
        for vinkje in self._vinkjes.values():
            vinkje.observe(self._gekozen, "value")
        self._aantal = html()
        vakken = doos(list(self._vinkjes.values()), "mkba-vinkjes")
        self.widget = maak(w.VBox, [vakken, self._aantal])

    def _gekozen(self, _: dict[str, Any]) -> None:
        if not self._stil:
            self._scherm.kies("disciplines", tuple(d for d, v in self._vinkjes.items() if v.value))

    def toon(self, beeld: Beeld, naast: Aanpak | None) -> None:
        """Show the draft."""
        gekozen = beeld.concept.waarden.get("disciplines", ())
        self._stil = True
        try:
            for discipline, vinkje in self._vinkjes.items():
                vinkje.value = discipline in gekozen
        finally:
            self._stil = False
        self._aantal.value = f'<span class="mkba-hint">Totaal aantal disciplines in team: {len(gekozen)}</span>'


class Tekstregel:
    """A line of text that follows from the draft."""

    def __init__(self, maak: Callable[[Beeld], str]) -> None:
        self._maak = maak
        self.widget = html()

    def toon(self, beeld: Beeld, naast: Aanpak | None) -> None:
        """Show the draft."""
        self.widget.value = self._maak(beeld)


def kengetalknop(scherm: Invoerscherm, sleutels: Sequence[str], label: str) -> w.Button:
    """A button with the kengetal of one or more fields, that puts them back to it."""
    gemaakt = knop("", f"{label} terugzetten op het kengetal")
    gemaakt.add_class("mkba-kengetalknop")
    gemaakt.on_click(lambda _: scherm.naar_kengetal(*sleutels))
    return gemaakt


def toon_kengetal(op: w.Button, beeld: Beeld, sleutels: Sequence[str], label: str, kort: bool = False) -> None:
    """The kengetal on its button; without one, as long as it cannot be calculated, the button is off."""
    teksten = [beeld.kengetal.get(s, "–") for s in sleutels]
    op.disabled = all(s not in beeld.kengetal for s in sleutels)
    op.description = "↺" if kort else f"↺ {' / '.join(teksten)}"
    bekend = opsomming(beeld.kengetal[s] for s in sleutels if s in beeld.kengetal)
    op.tooltip = f"{label} terugzetten op het kengetal: {bekend}"


def zin(melding: Melding) -> str:
    """Cause and remedy as sentences below a field."""
    return f"{melding.oorzaak[:1].upper()}{melding.oorzaak[1:]} {melding.remedie}"


def lezingen(beeld: Beeld, sleutels: Iterable[str]) -> str:
    """How the texts of these fields were read, where they could have been meant otherwise, as HTML."""
    regels = (escape(beeld.concept.lezingen[s]) for s in sleutels if s in beeld.concept.lezingen)
    return "".join(f'<div class="mkba-gelezen" role="status">{regel}</div>' for regel in regels)


def tussenkop(tekst: str, uitleg: str = "") -> w.HTML:
    """The heading of a question, possibly with a line of explanation."""
    noot = f'<p class="mkba-hint">{escape(uitleg)}</p>' if uitleg else ""
    return html(f"<h2>{escape(tekst)}</h2>{noot}")


def _was(sleutel: str, beeld: Beeld, naast: Aanpak | None) -> str:
    """The value in the aanpak to compare with, when it differs."""
    if naast is None:
        return ""
    oud = naast.alles().get(sleutel, LEEG.get(sleutel))
    if beeld.concept.schrijf(sleutel, oud) == beeld.geldt.get(sleutel):
        return ""
    return Concept(meetherkomst=naast.meetherkomst).schrijf(sleutel, oud)

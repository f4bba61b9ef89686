"""The catalogue of kengetallen: every number of the model with its source.

``laad("lpbl-2014")`` reads ``data/kengetallen/lpbl-2014/*.toml`` and checks it whole. A table that holds
``waarde`` is a kengetal; its path in the file is its key ("personeel.kosten.teamlid"). A table named
``gedeeld`` gives fields to every kengetal beside or below it; ``{0}``, ``{1}``, ... in ``omschrijving``
stand for the parts of the key.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from mkba.kern.bestand import paden
from mkba.kern.bestand.paden import uitgeschreven
from mkba.kern.bestand.toml_regel import plaats
from mkba.kern.catalogus.kengetal import Kengetal, buiten_eenheid, eenheidshulp
from mkba.kern.catalogus.prijsreeksen import GEEN
from mkba.kern.catalogus.regelset import Opzet, Regelsetkeuze, beschikbaar
from mkba.kern.catalogus.rekenwaarden import ACTORVERDELINGEN, TIJDPROFIELEN
from mkba.kern.catalogus.samenstellen import stel_samen
from mkba.kern.catalogus.sleutels import GEBRUIK, MOGELIJK
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import datum, nederlands, opsomming

_T = TypeVar("_T")
STANDAARD_REGELSET = "lpbl-2014"
MAXIMALE_DIEPTE = 6


_GENOEMD: Final = 6
"""How many keys a sentence names."""
_OPGEGEVEN: Final = ("opgegeven in ", "opgegeven door de gebruiker")
"""What stands for the source of a value that the user gave without one."""


@dataclass(frozen=True, repr=False)
class Kengetallen(Mapping[str, float]):
    """A checked rule set: ``kengetallen["personeel.kosten.teamlid"]`` is the value.

    A key that may be absent (a year without benefits, an actor without a share) reads as 0.
    """

    regelset: str
    getallen: Mapping[str, Kengetal]
    bronnen: Mapping[str, Mapping[str, Any]]
    opzet: Opzet = field(default_factory=Opzet)

    @property
    def naam(self) -> str:
        """The rule set as a reader knows it; ``regelset`` is what reads it again, with the folder of a user's file."""
        return self.opzet.naam or self.regelset

    def __getitem__(self, pad: str) -> float:
        if pad in self.getallen:
            return self.getallen[pad].waarde
        if pad in MOGELIJK:
            return 0.0
        raise KeyError(f"onbekend kengetal {pad!r}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.getallen)

    def __len__(self) -> int:
        return len(self.getallen)

    def __contains__(self, pad: object) -> bool:
        return pad in self.getallen

    def __reduce__(self) -> tuple[Any, ...]:
        # read-only views do not pickle; workers receive a plain copy and wrap it again
        return _herstel, (self.regelset, dict(self.getallen), dict(self.bronnen), self.opzet)

    def __repr__(self) -> str:
        breed = max(len(groep) for groep, _ in self._groepen())
        regels = [f"  {groep:<{breed}}  {sum(telling.values()):>4}" for groep, telling in self._groepen()]
        vervangen = [f"  {pad} = {nederlands(k.waarde)} {k.eenheid}" for pad, k in self.afwijkingen.items()]
        return "\n".join([self._kop(), *regels, *(["vervangen door de gebruiker:"] if vervangen else []), *vervangen])

    def _repr_html_(self) -> str:
        """The groups with how many of which status; not all numbers: those are in ``mkba kengetallen``."""
        statussen = ("gepubliceerd", "afgeleid", "gekalibreerd", "aanname")
        kop = "".join(f"<th>{s}</th>" for s in ("groep", "aantal", *statussen, "vervangen"))
        rijen = "".join(
            f"<tr><th style='text-align:left'>{escape(groep)}</th><td>{sum(telling.values())}</td>"
            + "".join(f"<td>{telling[s] or ''}</td>" for s in (*statussen, "vervangen"))
            + "</tr>"
            for groep, telling in self._groepen()
        )
        voet = "<code>k[sleutel]</code> is een waarde, <code>k.getallen[sleutel]</code> zegt waar die vandaan komt."
        tabel = f"<table><thead><tr>{kop}</tr></thead><tbody>{rijen}</tbody></table>"
        return f"<p>{escape(self._kop())}</p>{tabel}<p>{voet}</p>"

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.getallen)

    def _kop(self) -> str:
        eigen = f", {len(self.afwijkingen)} vervangen" if self.afwijkingen else ""
        return f"Kengetallen({self.naam!r}: {len(self.getallen)} getallen{eigen}, {self.vingerafdruk})"

    def _groepen(self) -> list[tuple[str, Counter[str]]]:
        """Per first part of the key how many have which status; replaced by the user is one."""
        uit: dict[str, Counter[str]] = {}
        for pad, k in self.getallen.items():
            status = k.status if k.oorspronkelijk is None else "vervangen"
            uit.setdefault(pad.partition(".")[0], Counter())[status] += 1
        return list(uit.items())

    def __hash__(self) -> int:
        return hash((self.naam, self.vingerafdruk))

    def rij(self, paden: tuple[str, ...]) -> NDArray[np.float64]:
        """The values of several keys in order, (len(paden),), read-only: looked up once per rule set.

        Raises KeyError for a key that does not exist.
        """
        if paden not in self._rijen:
            waarden = np.array([self[pad] for pad in paden], dtype=np.float64)
            waarden.setflags(write=False)
            self._rijen[paden] = waarden
        return self._rijen[paden]

    @cached_property
    def _rijen(self) -> dict[tuple[str, ...], NDArray[np.float64]]:
        return {}

    def afgeleid(self, functie: Callable[["Kengetallen"], _T]) -> _T:
        """What ``functie`` makes of this rule set, worked out once: for what every calculation asks again."""
        if functie not in self._afgeleid:
            self._afgeleid[functie] = functie(self)
        uit: _T = self._afgeleid[functie]
        return uit

    @cached_property
    def _afgeleid(self) -> dict[Callable[["Kengetallen"], Any], Any]:
        return {}

    def onder(self, voorvoegsel: str) -> dict[str, Kengetal]:
        """All kengetallen whose key begins with ``voorvoegsel`` + ".", in file order."""
        return {pad: k for pad, k in self.getallen.items() if pad.startswith(voorvoegsel + ".")}

    @cached_property
    def vingerafdruk(self) -> str:
        """Short hash over keys and values; the same numbers give the same fingerprint."""
        tekst = "\n".join(f"{pad}={self.getallen[pad].waarde!r}" for pad in sorted(self.getallen))
        return hashlib.sha256(f"{self.naam}\n{tekst}".encode()).hexdigest()[:12]

    @property
    def afwijkingen(self) -> dict[str, Kengetal]:
        """The kengetallen that a user replaced."""
        return {pad: k for pad, k in self.getallen.items() if k.oorspronkelijk is not None}

    def zonder_bron(self, pad: str) -> bool:
        """Whether a kengetal was replaced without saying where its value comes from."""
        kengetal = self.getallen[pad]
        return kengetal.oorspronkelijk is not None and kengetal.bron.startswith(_OPGEGEVEN)

    def zonder_afwijkingen(self) -> "Kengetallen":
        """The rule set as it was before a user replaced anything."""
        return laad(self.regelset) if self.afwijkingen else self

    def met(
        self, vervang: Mapping[str, float], bestand: str = "", bronnen: Mapping[str, str] | None = None
    ) -> "Kengetallen":
        """A new rule set with some values replaced; each is marked as override.

        ``bronnen`` gives the user's own source per key. An actor share or year weight that is 0 in the rule
        set may be given a value too. Raises InvoerFout for a key that does not exist, a value that its unit
        does not allow, or shares that no longer add up.
        """
        plaats = bestand or self.naam
        meldingen = [
            Melding(
                pad,
                waarde,
                "dit kengetal bestaat niet in deze regelset.",
                "Zie `mkba kengetallen` voor de sleutels.",
                plaats,
            )
            for pad, waarde in vervang.items()
            if pad not in self.getallen and MOGELIJK.get(pad) != "model"
        ]
        meldingen += [
            Melding(
                pad,
                waarde,
                "dit kengetal licht toe en rekent niet mee.",
                "Vervang het getal dat ervan afhangt.",
                plaats,
            )
            for pad, waarde in vervang.items()
            if GEBRUIK.get(pad) == "toelichting"
        ]
        meldingen += [
            Melding(pad, waarde, "dit is geen eindig getal.", "Geef een getal.", plaats)
            for pad, waarde in vervang.items()
            if not abs(waarde) < 1e15
        ]
        if meldingen:
            raise InvoerFout(meldingen)
        nieuw = dict(self.getallen)
        for pad, waarde in vervang.items():
            bron = (bronnen or {}).get(pad) or (f"{_OPGEGEVEN[0]}{Path(bestand).name}" if bestand else _OPGEGEVEN[1])
            nieuw[pad] = _vervangen(nieuw.get(pad) or niet_genoemd(pad), float(waarde), bron)
        fouten = [
            Melding(pad, nieuw[pad].waarde, oorzaak, eenheidshulp(nieuw[pad].waarde, nieuw[pad].eenheid), plaats)
            for pad in vervang
            if (oorzaak := buiten_eenheid(pad, nieuw[pad].waarde, nieuw[pad].eenheid))
        ]
        fouten = fouten or _controleer_sommen(nieuw, plaats)
        if fouten:
            raise InvoerFout(fouten)
        return Kengetallen(self.regelset, MappingProxyType(nieuw), self.bronnen, self.opzet)

    @cached_property
    def niet_bijgewerkt(self) -> tuple[str, ...]:
        """What the rule set leaves as it was, a sentence each; what a later rule set or a user replaced is left out,
        and what they replaced a part of says so."""
        uit = []
        for regel in self.opzet.niet_bijgewerkt:
            alle = [p for p in self.getallen if regel.over(p) and GEBRUIK.get(p) != "toelichting"]
            nieuw = [p for p in alle if self.getallen[p].oorspronkelijk is not None or self._van(p) in regel.jonger]
            if alle and len(nieuw) == len(alle):
                continue
            wat, _, rest = regel.tekst.partition(":")
            wel = f" Wel bijgewerkt: {', '.join(nieuw[:_GENOEMD])}" + (" …" if len(nieuw) > _GENOEMD else "") + "."
            uit.append(f"{wat} (deels):{rest}{wel}" if nieuw and rest else regel.tekst)
        return tuple(uit)

    def _van(self, pad: str) -> str:
        return self.getallen[pad].regelset

    @property
    def prijspeilen(self) -> list[int]:
        """The years whose prices the amounts of the calculation are in; what no price moves has none."""
        jaren = {
            k.prijspeil
            for pad, k in self.getallen.items()
            if GEBRUIK.get(pad) == "model" and k.eenheid.startswith("eur") and k.reeks != GEEN
        }
        return sorted(jaar for jaar in jaren if jaar is not None)

    @cached_property
    def verlopen(self) -> list[Melding]:
        """Kengetallen whose last day lies before the date of the analysis; replaced ones are the user's own."""
        peildatum = self.opzet.peildatum or date.today()
        uit = []
        for pad, k in self.getallen.items():
            if k.vervalt_op is not None and k.vervalt_op < peildatum and k.oorspronkelijk is None:
                gezien = f" en het laatst gecontroleerd op {datum(k.gecontroleerd_op)}" if k.gecontroleerd_op else ""
                oorzaak = (
                    f"dit kengetal is verlopen op {datum(k.vervalt_op)}{gezien}; de peildatum is {datum(peildatum)}."
                )
                remedie = "Zoek het nieuwe getal op en zet het in een eigen regelset (docs/regelsets.md)."
                uit.append(Melding(pad, k.waarde, oorzaak, remedie))
        return uit

    @property
    def waarschuwingen(self) -> list[Melding]:
        """Numbers that expired, and replaced values outside the range that the catalogue gives (20 for 20,000)."""
        uit = list(self.verlopen)
        if not self.afwijkingen:
            return uit
        catalogus = laad(self.regelset, vandaag=self.opzet.peildatum).getallen
        for pad, k in self.afwijkingen.items():
            eigen = catalogus.get(pad)
            if eigen is not None and not eigen.onder <= k.waarde <= eigen.boven:
                bereik = f"{eigen.onder:g} tot {eigen.boven:g}" if eigen.onder < eigen.boven else f"{eigen.waarde:g}"
                uit.append(
                    Melding(
                        pad,
                        k.waarde,
                        f"eigen kengetal buiten het bereik van de catalogus ({bereik}).",
                        "Controleer de notatie (20000 en niet 20.000) en onderbouw de waarde.",
                    )
                )
        return uit


def _vervangen(oud: Kengetal, waarde: float, bron: str) -> Kengetal:
    """The kengetal with a user's value and source; the range stretches to hold the value."""
    return oud.model_copy(
        update={
            "waarde": waarde,
            "oorspronkelijk": oud.waarde if oud.oorspronkelijk is None else oud.oorspronkelijk,
            "laag": None if oud.laag is None else min(oud.laag, waarde),
            "hoog": None if oud.hoog is None else max(oud.hoog, waarde),
            "bron": bron,
            "vindplaats": "",
            "afleiding": "",
            "methode": "",
            "gevallen": (),
            "motivering": "",
            "opmerking": f"de catalogus heeft hier {nederlands(oud.waarde)} ({oud.bron})",
        }
    )


def niet_genoemd(pad: str) -> Kengetal:
    """An actor share, year weight or later discount rate that the rule set leaves at 0: a user can give it a value."""
    soort, _, rest = pad.partition(".")
    wat, eenheid = {
        "actor": (f"Aandeel in {rest}", "fractie"),
        "tijd": (f"Gewicht in de tijd van {rest}", "gewicht"),
        "disconto.lang": ("Discontovoet van latere jaren", "fractie/jaar"),
        "disconto.lang_na_jaar": ("Jaar waarna de discontovoet van latere jaren geldt (0: er is er geen)", "jaar"),
    }[pad if soort == "disconto" else soort]
    return Kengetal(
        omschrijving=wat,
        waarde=0.0,
        eenheid=eenheid,
        status="aanname",
        bron="mkba",
        laag=0.0,
        hoog=100.0 if eenheid == "jaar" else 1.0,
        motivering="niet genoemd in de regelset: 0",
    )


def _herstel(
    regelset: str, getallen: dict[str, Kengetal], bronnen: dict[str, Mapping[str, Any]], opzet: Opzet
) -> Kengetallen:
    return Kengetallen(regelset, MappingProxyType(getallen), MappingProxyType(bronnen), opzet)


def laad(regelset: str = STANDAARD_REGELSET, map_: Path | None = None, vandaag: date | None = None) -> Kengetallen:
    """Read and check a rule set, its parents included.

    ``regelset``: a name, or the path of a TOML file that names its parent, with ``@prijsjaar=2024`` or
    ``@peildatum=2026-01-01`` behind it when they differ from the default (:class:`Regelsetkeuze`). ``map_`` is the
    folder that holds the rule sets (default: the shipped ``data/kengetallen``); ``vandaag``: the date of the analysis
    when the text names none (default: today). Raises InvoerFout with everything that is wrong, at once.
    """
    basis = map_ if map_ is not None else paden.data() / "kengetallen"
    keuze = Regelsetkeuze.lees(regelset)
    stand: tuple[int, ...] = ()
    if keuze.naam not in beschikbaar(basis) and keuze.naam.lower().endswith(".toml"):
        pad = uitgeschreven(keuze.naam).absolute()
        keuze, stand = replace(keuze, naam=str(pad)), _stand(pad)
    return _laad(keuze, basis, vandaag or date.today(), stand)


def _stand(bestand: Path) -> tuple[int, ...]:
    """What tells that the file of a user changed since it was read: it is edited while a kernel runs."""
    with suppress(OSError, ValueError):
        return tuple(p.stat().st_mtime_ns for p in sorted(bestand.parent.glob("*.toml")))
    return ()


@lru_cache(maxsize=8)
def _laad(keuze: Regelsetkeuze, basis: Path, vandaag: date, stand: tuple[int, ...]) -> Kengetallen:
    getallen, bronnen, opzet = stel_samen(keuze, basis, vandaag)
    eigen = Path(opzet.bestanden[-1]) if opzet.bestanden else None
    if meldingen := _controleer_sommen(getallen, opzet.naam, eigen):
        raise InvoerFout(meldingen)
    return Kengetallen(str(keuze), MappingProxyType(getallen), MappingProxyType(bronnen), opzet)


def _controleer_sommen(getallen: Mapping[str, Kengetal], bestand: str, eigen: Path | None = None) -> list[Melding]:
    """Actor shares must sum to 1, timing weights to more than 0; the rest of a drawn share must go somewhere.

    ``eigen``: the file of a rule set of one's own, for the line of the table.
    """
    meldingen = []

    def waar(sleutel: str) -> str:
        return plaats(eigen, sleutel.split(".")) if eigen is not None else bestand

    hulp = "Geef nog een aandeel een bereik, of zeg in"
    onder: dict[str, dict[str, Kengetal]] = {}  # by table and by the last part of the key
    for pad, k in getallen.items():
        tabel, _, laatste = pad.rpartition(".")
        onder.setdefault(tabel, {})[laatste] = k
    for verdeling in ACTORVERDELINGEN:
        per_actor = onder.get(f"actor.{verdeling}", {})
        aandelen = list(per_actor.values())
        rest = [k.waarde for k in onder.get(f"restpartij.{verdeling}", {}).values()]
        nodig = sum(k.onder < k.boven for k in aandelen) == 1
        if (rest or nodig) and abs(sum(rest) - 1) > 1e-9:
            meldingen.append(
                Melding(
                    f"restpartij.{verdeling}",
                    round(sum(rest), 6),
                    f"de rest van actor.{verdeling}, waarvan een aandeel een bereik heeft, is niet voor 100% verdeeld.",
                    "Laat de delen optellen tot 1." if rest else f"{hulp} [restpartij.{verdeling}] wie de rest krijgt.",
                    waar(f"actor.{verdeling}"),
                )
            )
        delen = [k.waarde for k in aandelen]
        if abs(sum(delen) - 1) > 1e-9:
            meldingen.append(
                Melding(
                    f"actor.{verdeling}",
                    round(sum(delen), 6),
                    "de aandelen van de actoren tellen niet op tot 1.",
                    f"Pas de aandelen aan: {opsomming(list(per_actor))}, samen 1.",
                    waar(f"actor.{verdeling}"),
                )
            )
    for profiel in TIJDPROFIELEN:
        gewichten = [k.waarde for pad, k in getallen.items() if pad.startswith(f"tijd.{profiel}.")]
        if not gewichten or min(gewichten) < 0 or sum(gewichten) <= 0:
            meldingen.append(
                Melding(
                    f"tijd.{profiel}",
                    sum(gewichten),
                    "geen jaar met een positief gewicht.",
                    "Geef ten minste een jaar een gewicht.",
                    bestand,
                )
            )
    return meldingen

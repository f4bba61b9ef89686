"""The catalogue of kengetallen: every number of the model with its source.

``laad("lpbl-2014")`` reads ``data/kengetallen/lpbl-2014/*.toml`` and checks it whole. A table that holds
``waarde`` is a kengetal; its path in the file is its key ("personeel.kosten.teamlid"). A table named
``gedeeld`` gives fields to every kengetal beside or below it; ``{0}``, ``{1}``, ... in ``omschrijving``
stand for the parts of the key.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from mkba.kern.bestand import paden
from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.catalogus.kengetal import Kengetal, buiten_eenheid
from mkba.kern.catalogus.rekenwaarden import ACTORVERDELINGEN, TIJDPROFIELEN
from mkba.kern.catalogus.sleutels import GEBRUIK, MOGELIJK, VERPLICHT
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import naam

STANDAARD_REGELSET = "lpbl-2014"
MAXIMALE_DIEPTE = 6


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
        return _herstel, (self.regelset, dict(self.getallen), dict(self.bronnen))

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
        return f"Kengetallen({self.regelset!r}: {len(self.getallen)} getallen{eigen}, {self.vingerafdruk})"

    def _groepen(self) -> list[tuple[str, Counter[str]]]:
        """Per first part of the key how many have which status; replaced by the user is one."""
        uit: dict[str, Counter[str]] = {}
        for pad, k in self.getallen.items():
            status = k.status if k.oorspronkelijk is None else "vervangen"
            uit.setdefault(pad.partition(".")[0], Counter())[status] += 1
        return list(uit.items())

    def __hash__(self) -> int:
        return hash((self.regelset, self.vingerafdruk))

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

    def onder(self, voorvoegsel: str) -> dict[str, Kengetal]:
        """All kengetallen whose key begins with ``voorvoegsel`` + ".", in file order."""
        return {pad: k for pad, k in self.getallen.items() if pad.startswith(voorvoegsel + ".")}

    @cached_property
    def vingerafdruk(self) -> str:
        """Short hash over keys and values; the same numbers give the same fingerprint."""
        tekst = "\n".join(f"{pad}={self.getallen[pad].waarde!r}" for pad in sorted(self.getallen))
        return hashlib.sha256(f"{self.regelset}\n{tekst}".encode()).hexdigest()[:12]

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
        plaats = bestand or self.regelset
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
            nieuw[pad] = _vervangen(nieuw.get(pad) or _nul(pad), float(waarde), bron)
        fouten = [
            Melding(pad, nieuw[pad].waarde, oorzaak, "Controleer de eenheid.", plaats)
            for pad in vervang
            if (oorzaak := buiten_eenheid(pad, nieuw[pad].waarde, nieuw[pad].eenheid))
        ]
        fouten = fouten or _controleer_sommen(nieuw, plaats)
        if fouten:
            raise InvoerFout(fouten)
        return Kengetallen(self.regelset, MappingProxyType(nieuw), self.bronnen)

    @property
    def waarschuwingen(self) -> list[Melding]:
        """Replaced values outside the range that the catalogue gives (20 for 20,000 is easily typed)."""
        catalogus = laad(self.regelset).getallen
        uit = []
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


def _nul(pad: str) -> Kengetal:
    """An actor share or year weight that the rule set leaves at 0, so that a user can give it a value."""
    soort = "Aandeel in" if pad.startswith("actor.") else "Gewicht in de tijd van"
    return Kengetal(
        omschrijving=f"{soort} {pad.split('.', 1)[1]}",
        waarde=0.0,
        eenheid="fractie" if pad.startswith("actor.") else "gewicht",
        status="aanname",
        bron="mkba",
        laag=0.0,
        hoog=1.0,
        motivering="niet genoemd in de regelset: 0",
    )


def _herstel(regelset: str, getallen: dict[str, Kengetal], bronnen: dict[str, Mapping[str, Any]]) -> Kengetallen:
    return Kengetallen(regelset, MappingProxyType(getallen), MappingProxyType(bronnen))


def laad(regelset: str = STANDAARD_REGELSET, map_: Path | None = None) -> Kengetallen:
    """Read and check a rule set; in one process the same object each time, however it is asked for.

    ``map_`` is the folder that holds the rule sets (default: the shipped ``data/kengetallen``).
    Raises InvoerFout with everything that is wrong, at once.
    """
    return _geladen(regelset, map_ if map_ is not None else paden.data() / "kengetallen")


@lru_cache(maxsize=8)
def _geladen(regelset: str, basis: Path) -> Kengetallen:
    map_regelset = basis / regelset
    beschikbaar = sorted(p.name for p in basis.iterdir() if p.is_dir()) if basis.is_dir() else []
    if regelset not in beschikbaar:
        raise InvoerFout(
            [
                Melding(
                    "regelset",
                    regelset,
                    "deze regelset bestaat niet.",
                    f"Kies uit: {', '.join(beschikbaar) or '(geen)'}.",
                    str(basis),
                )
            ]
        )
    bronnen = lees_toml(basis / "bronnen.toml")
    getallen: dict[str, Kengetal] = {}
    meldingen: list[Melding] = []
    for bestand in sorted(map_regelset.glob("*.toml")):
        for pad, velden in _bladeren(lees_toml(bestand), (), {}):
            melding = _voeg_toe(getallen, pad, velden, bronnen, bestand.name)
            if melding:
                meldingen.append(melding)
    meldingen += [
        Melding(
            pad,
            None,
            "dit kengetal ontbreekt in de regelset.",
            "Voeg het toe met waarde, eenheid, status en bron.",
            regelset,
        )
        for pad in VERPLICHT
        if pad not in getallen and not any(m.veld == pad for m in meldingen)
    ]
    meldingen += _controleer_sommen(getallen, regelset) if not meldingen else []
    if meldingen:
        raise InvoerFout(meldingen)
    return Kengetallen(regelset, MappingProxyType(getallen), MappingProxyType(bronnen))


def _bladeren(
    tabel: Mapping[str, Any], pad: tuple[str, ...], gedeeld: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (key, fields) of every kengetal below ``tabel``, with the shared fields filled in."""
    gedeeld = {**gedeeld, **tabel.get("gedeeld", {})}
    for sleutel, waarde in tabel.items():
        if sleutel == "gedeeld":
            continue
        volledig = (*pad, sleutel)
        if not isinstance(waarde, Mapping):
            yield ".".join(volledig), {**gedeeld, "waarde": waarde}
        elif "waarde" in waarde:
            yield ".".join(volledig), {**gedeeld, **waarde}
        else:
            yield from _bladeren(waarde, volledig, gedeeld)


def _voeg_toe(
    getallen: dict[str, Kengetal],
    pad: str,
    velden: dict[str, Any],
    bronnen: Mapping[str, Any],
    bestand: str,
) -> Melding | None:
    def melding(waarde: object, oorzaak: str, remedie: str) -> Melding:
        return Melding(pad, waarde, oorzaak, remedie, bestand)

    if pad not in GEBRUIK:
        return melding(velden.get("waarde"), "niemand gebruikt dit kengetal.", "Verwijder het of gebruik het.")
    if pad in getallen:
        return melding(velden["waarde"], "dit kengetal staat er twee keer.", "Verwijder er een.")
    velden |= {v: _vul_in(str(velden.get(v, "")), pad) for v in ("omschrijving", "kort")}
    try:
        kengetal = Kengetal(**velden)
    except ValidationError as fout:
        eerste = fout.errors()[0]
        veld = ".".join(str(deel) for deel in eerste["loc"])
        tekst = eerste["msg"].removeprefix("Value error, ")
        oorzaak = f"{veld + ': ' if veld else ''}{tekst}."
        waarde = velden.get(veld, velden.get("waarde"))
        return melding(waarde, oorzaak, "Herstel dit veld in de catalogus.")
    if kengetal.bron not in bronnen:
        return melding(kengetal.bron, "deze bron staat niet in bronnen.toml.", "Voeg de bron toe.")
    if oorzaak := buiten_eenheid(pad, kengetal.waarde, kengetal.eenheid):
        return melding(kengetal.waarde, oorzaak, "Controleer de eenheid.")
    if kengetal.oorspronkelijk is not None:
        return melding(kengetal.oorspronkelijk, "oorspronkelijk hoort niet in een bestand.", "Verwijder het.")
    getallen[pad] = kengetal
    return None


def _vul_in(tekst: str, pad: str) -> str:
    """Replace {0}, {1}, ... by the Dutch names of the parts of the key."""
    delen = pad.split(".")
    soort = "actor" if delen[0] in ("actor", "restpartij") else ""

    def deel(treffer: re.Match[str]) -> str:
        i = int(treffer[1])
        if i >= len(delen):
            return ""
        # only the last part of an actor key is an actor: "domein.zw.overig" names a huishoudtype
        woord = naam(re.sub(r"^jaar(\d)$", r"jaar \1", delen[i]), soort if i == len(delen) - 1 else "")
        return woord if woord[:2].isupper() else woord[:1].lower() + woord[1:]

    return re.sub(r"\{(\d)\}", deel, tekst).strip()


def _controleer_sommen(getallen: Mapping[str, Kengetal], bestand: str) -> list[Melding]:
    """Actor shares must sum to 1, timing weights to more than 0; the rest of a drawn share must go somewhere."""
    meldingen = []
    for verdeling in ACTORVERDELINGEN:
        aandelen = [k for pad, k in getallen.items() if pad.rsplit(".", 1)[0] == f"actor.{verdeling}"]
        rest = [k.waarde for pad, k in getallen.items() if pad.rsplit(".", 1)[0] == f"restpartij.{verdeling}"]
        nodig = sum(k.onder < k.boven for k in aandelen) == 1
        if (rest or nodig) and abs(sum(rest) - 1) > 1e-9:
            meldingen.append(
                Melding(
                    f"restpartij.{verdeling}",
                    round(sum(rest), 6),
                    f"de rest van actor.{verdeling}, waarvan een aandeel een bereik heeft, is niet voor 100% verdeeld.",
                    "Laat de delen optellen tot 1.",
                    bestand,
                )
            )
        delen = [k.waarde for k in aandelen]
        if abs(sum(delen) - 1) > 1e-9:
            meldingen.append(
                Melding(
                    f"actor.{verdeling}",
                    round(sum(delen), 6),
                    "de aandelen van de actoren tellen niet op tot 1.",
                    "Pas de aandelen aan.",
                    bestand,
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

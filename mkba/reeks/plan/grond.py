"""A task from what was read: its parameters, hashes, origin and facts, for every kind of report in this one place.

Nothing here executes or writes anything.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import mkba
from mkba.kern.bestand.bestanden import ruwe_bytes
from mkba.kern.bestand.hashes import hash_tekst, hash_waarden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.notatie import datum, kort
from mkba.reeks.plan import reis
from mkba.reeks.plan import taak as t
from mkba.reeks.plan.notebooks import parameters
from mkba.reeks.plan.taak import Taak, Waarde

Opgave = Waarde | Path | list[Path] | Kengetallen
"""A parameter before it is text: what is a file or a rule set says so, and is hashed by its name alone; a text is only
a text, whatever it looks like."""


@dataclass(frozen=True)
class Grond:
    """What all reports of one notebook share: found once, not for each of ten thousand rows.

    ``kengetallen``: the rule set with the changes from the file ``kengetallenbestand`` in it, None for a notebook with
    its own parameters. ``erbij``: other parameters, that the notebook has.
    """

    notebook: Path
    kengetallen: Kengetallen | None
    kengetallenbestand: Path | None
    erbij: Mapping[str, Opgave]
    hashes: Mapping[str, str]
    herkomst: tuple[tuple[str, str], ...]
    feiten: Mapping[str, Any]

    @classmethod
    def van(
        cls,
        notebook: Path,
        kengetallen: Kengetallen | None = None,
        kengetallenbestand: Path | None = None,
        erbij: Mapping[str, Opgave] | None = None,
        vingerafdruk: str = "",
    ) -> Self:
        """Hash the notebook, what it names, the code, the libraries and the kengetallen.

        ``erbij``: other parameters, for a notebook that has them, with ``vingerafdruk`` over what they name.
        """
        hashes = {
            "notebook": hash_tekst(ruwe_bytes(notebook)),
            "code": t.codehash(),
            "versies": hash_waarden(t.versies()),
            "bevindingen": t.gegevenshash("bevindingen", "scenarios"),
        }
        if bijlagen := reis.bijlagen(notebook):
            hashes["bijlagen"] = hash_waarden(bijlagen)
        herkomst: list[tuple[str, str]] = []
        feiten: dict[str, Any] = {}
        if kengetallen is not None:
            hashes["kengetallen"] = kengetallenhash(kengetallen)
            anders = {pad: k.waarde for pad, k in kengetallen.afwijkingen.items()}
            herkomst = [
                *herkomst_van_kengetallen(kengetallen),
                ("Afwijkende kengetallen", "; ".join(f"{pad} = {kort(w)}" for pad, w in anders.items()) or "geen"),
            ]
            feiten = {
                "regelset": kengetallen.naam,
                "kengetallen": kengetallen.vingerafdruk,
                "afwijkingen": anders,
            }
        herkomst += [
            ("Notebook", notebook.stem),
            ("Rekenmodel", f"mkba {mkba.__version__}, code {t.codehash()[:12]}"),
            ("Git-revisie", t.git_revisie() or "onbekend"),
        ]
        eigen = kengetallenbestand.resolve() if kengetallenbestand is not None else None
        ook = {k: w for k, w in (erbij or {}).items() if w and k in parameters(notebook)}
        if ook:
            hashes["erbij"] = vingerafdruk
        return cls(notebook, kengetallen, eigen, ook, hashes, tuple(herkomst), feiten)

    def taak(
        self,
        slug: str,
        naam: str,
        soort: str,
        opgaven: Mapping[str, Opgave] | None = None,
        herkomst: Sequence[tuple[str, str]] = (),
        hashes: Mapping[str, str] | None = None,
        feiten: Mapping[str, Any] | None = None,
        kern: Mapping[str, Any] | None = None,
        gevraagd: Collection[str] | None = None,
    ) -> Taak:
        """The task of one report: ``opgaven`` are its own parameters, ``hashes`` those of its own input.

        ``gevraagd``: the parameters to keep, for a record with more than the notebook asks for; without it all.
        """
        alle: dict[str, Opgave] = {**(opgaven or {}), **self.erbij}
        if self.kengetallen is not None:
            alle["regelset"] = self.kengetallen
        if self.kengetallenbestand is not None:
            alle["kengetallen"] = self.kengetallenbestand
        alle = {k: w for k, w in alle.items() if gevraagd is None or k in gevraagd}
        # names instead of paths: a folder that moves does not change a report, nor does it tell where it stood
        leesbaar = {k: _naam(w) for k, w in alle.items()}
        sommen = {**self.hashes, "parameters": hash_waarden(leesbaar), **(hashes or {})}
        return Taak(
            slug=slug,
            naam=naam,
            notebook=self.notebook,
            parameters={k: _als_waarde(w) for k, w in alle.items()},
            sleutel=hash_waarden(sommen),
            herkomst=(*herkomst, *self.herkomst),
            feiten={"soort": soort, "hashes": sommen, "parameters": leesbaar, **self.feiten, **(feiten or {})},
            kern=kern or {},
        )


def _als_waarde(opgave: Opgave) -> Waarde:
    """The parameter as a notebook takes it: a file by its path, a rule set by what ``laad`` reads."""
    if isinstance(opgave, list):
        return [str(o) for o in opgave]
    if isinstance(opgave, Kengetallen):
        return opgave.regelset
    return str(opgave) if isinstance(opgave, Path) else opgave


def _naam(opgave: Opgave) -> Waarde:
    """The parameter as a report names it: a file or rule set without its folder."""
    if isinstance(opgave, list):
        return [o.name if isinstance(o, Path) else o for o in opgave]
    if isinstance(opgave, Kengetallen):
        return opgave.naam
    return opgave.name if isinstance(opgave, Path) else opgave


def herkomst_van_kengetallen(kengetallen: Kengetallen) -> tuple[tuple[str, str], ...]:
    """The rule set, what it does not bring up to date, and the fingerprint of its values, for the foot of a report."""
    opzet = kengetallen.opzet
    stand = (
        ("Bouwt op", ", ".join(opzet.ouders)),
        ("Prijsjaar", str(opzet.prijsjaar or "")),
        ("Peildatum", datum(opzet.peildatum) if opzet.ouders and opzet.peildatum else ""),
        ("Niet bijgewerkt", " ".join(kengetallen.niet_bijgewerkt)),
        ("Verlopen", "; ".join(m.veld for m in kengetallen.verlopen)),
    )
    return (
        ("Regelset", kengetallen.naam),
        *((wat, tekst) for wat, tekst in stand if tekst),
        ("Vingerafdruk kengetallen", kengetallen.vingerafdruk),
    )


def kengetallenhash(kengetallen: Kengetallen) -> str:
    """Over values and texts: a report prints status and source of each kengetal as well."""
    getallen = {pad: k.model_dump() for pad, k in kengetallen.getallen.items()}
    bronnen = {b: dict(v) for b, v in kengetallen.bronnen.items()}
    return hash_waarden([kengetallen.naam, getallen, bronnen, list(kengetallen.niet_bijgewerkt)])

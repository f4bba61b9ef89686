"""The choices that ``rapport`` and ``notebook`` share: which reports, in which formats, and how they are made."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final, Self, cast, get_args

import click

from mkba.invoer.huisstijl import lees_huisstijl
from mkba.kern.tekst.lijkt import kies_uit
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.zaak.huisstijl import Huisstijl
from mkba.opdracht.gedeeld.nederlands import Geheel, Positief
from mkba.reeks.kantoor import nodig as kantoor
from mkba.reeks.map import batch
from mkba.reeks.pagina.pdf.drukker import Voorkeur
from mkba.reeks.plan import delen, formaten, nodig
from mkba.reeks.plan.taak import Resultaat, Taak
from mkba.reeks.werk.uitvoering import GEHEUGEN_GB, LIMIET_CEL_S, LIMIET_RAPPORT_S, Uitvoering

NAAM_ZIP: Final = "rapporten.zip"
NAAM_POST: Final = "post.zip"
POST: Final = "post"
_IN_DE_MAP: Final = "."  # --zip without a name; no name of a zip file itself
HOOGSTENS: Final = 3
"""Suggestions in a message: more would not be read."""

_OPTIES: Final[dict[str, Callable[[Any], Any]]] = {
    "naar": click.option("--naar", default="reports", metavar="MAP", help="Map voor de rapporten (standaard reports)."),
    "werkers": click.option(
        "--werkers", type=Geheel(), default=None, help="Rapporten tegelijk; standaard het aantal processorkernen."
    ),
    "opnieuw": click.option(
        "--opnieuw",
        is_flag=True,
        help="Maak ook de rapporten die al klaar en ongewijzigd zijn, of van een ander bestand.",
    ),
    "droog": click.option(
        "--droog", is_flag=True, help="Zeg alleen wat er gemaakt zou worden en waarom; schrijf niets."
    ),
    "alleen": click.option(
        "--alleen",
        multiple=True,
        metavar="PATROON",
        help="Alleen rapporten met deze naam of bestandsnaam; * is een willekeurig stuk tekst. Mag vaker.",
    ),
    "sla_over": click.option("--sla-over", multiple=True, metavar="PATROON", help="Deze rapporten niet. Mag vaker."),
    "formaten": click.option(
        "--formaten",
        default="",
        metavar="NAMEN",
        help=f"Ook als {' of '.join(formaten.FORMATEN)}, met komma's ertussen; html en het notebook komen er altijd.",
    ),
    "zonder": click.option(
        "--zonder",
        default="",
        metavar="NAMEN",
        help="Laat onderdelen weg, met komma's ertussen: kengetallen (die komen dan eenmaal, in kengetallen.html), "
        "beslispagina, invoer, kasstromen, opbouw.",
    ),
    "huisstijl": click.option(
        "--huisstijl",
        default="",
        metavar="MAP",
        help="Map met huisstijl.toml: naam, kleuren, logo, omslag en sjablonen voor Word en PowerPoint.",
    ),
    "zip_": click.option(
        "--zip",
        "zip_",
        is_flag=False,
        flag_value=_IN_DE_MAP,
        multiple=True,
        metavar="[BESTAND]",
        help=f"Zet alles ook in een zipbestand (zonder naam: {NAAM_ZIP} in de map); --zip {POST}: alleen wat een lezer "
        f"nodig heeft, om te mailen ({NAAM_POST}). Mag beide.",
    ),
    "als_json": click.option(
        "--json", "als_json", is_flag=True, help="Alleen een samenvatting als JSON op de standaarduitvoer."
    ),
    "isoleer": click.option(
        "--isoleer", is_flag=True, help="Elk rapport in een eigen Jupyter-kernel: trager, voor eigen notebooks."
    ),
    "pdf_met": click.option(
        "--pdf-met",
        default="auto",
        metavar="NAAM",
        help="Wat een PDF maakt: chromium (een geïnstalleerde browser), typst, of auto (standaard).",
    ),
    "dask": click.option(
        "--dask", default="", metavar="ADRES", help="Werk op een dask-cluster, zoals tcp://planner:8786."
    ),
    "limiet_cel": click.option(
        "--limiet-cel",
        type=Positief("s"),
        default=LIMIET_CEL_S,
        help=f"Seconden die een stap van een rapport mag duren (standaard {LIMIET_CEL_S:g}).",
    ),
    "limiet": click.option(
        "--limiet",
        type=Positief("s"),
        default=LIMIET_RAPPORT_S,
        help=f"Seconden die een rapport mag duren (standaard {LIMIET_RAPPORT_S:g}).",
    ),
    "geheugen": click.option(
        "--geheugen",
        type=Positief("GB"),
        default=GEHEUGEN_GB,
        help=f"Geheugen dat een rapport mag gebruiken, in GB (standaard {GEHEUGEN_GB:g}; niet op Windows).",
    ),
}
GROEPEN: Final = {
    "Wat er gemaakt wordt": ("notebooks", "samen", "zonder", "formaten", "alleen", "sla_over", "naar", "zip_"),
    "Waarmee gerekend wordt": ("kengetallenbestand", "regelset", "cijfers", "jaar"),
    "Hoe het gaat": ("droog", "opnieuw", "werkers", "als_json", "pdf_met"),
    "Voor eigen notebooks en clusters": ("isoleer", "dask", "limiet_cel", "limiet", "geheugen"),
}
"""The options of ``mkba rapport`` by the heading below which its help shows them."""
GRENZEN: Final = ("limiet_cel", "limiet", "geheugen")
"""The options that limit what a report may take."""


def reeksopties(functie: Callable[..., Any]) -> Callable[..., Any]:
    """All options of a series of reports; the command gets them as keywords, for :meth:`Keuze.uit`."""
    return opties(*_OPTIES)(functie)


def opties(*namen: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Some of these options, by the keyword that the command gets; for :meth:`Keuze.uit` the others have no value."""

    def versier(functie: Callable[..., Any]) -> Callable[..., Any]:
        for naam in reversed(namen):
            functie = _OPTIES[naam](functie)
        return functie

    return versier


_ZONDER: Final[dict[str, Any]] = {
    "werkers": None,
    "alleen": (),
    "sla_over": (),
    "dask": "",
    "zonder": "",
    "huisstijl": "",
}
"""What the options that a command need not have are when it lacks them."""


@dataclass(frozen=True)
class Keuze:
    """What the user asked of a series of reports."""

    naar: Path
    werkers: int | None
    opnieuw: bool
    droog: bool
    alleen: tuple[str, ...]
    sla_over: tuple[str, ...]
    formaten: tuple[str, ...]
    zip: Path | None
    als_json: bool
    uitvoering: Uitvoering
    zonder: tuple[str, ...] = ()
    post: Path | None = None
    huisstijl: Huisstijl = field(default_factory=Huisstijl)

    @classmethod
    def gewoon(cls, naar: Path) -> Self:
        """All that the options ask when nobody gives one, into this folder."""
        return cls(naar, None, False, False, (), (), formaten.kies(""), None, False, Uitvoering())

    @classmethod
    def uit(cls, **gegeven: Any) -> Self:
        """From the options of the command line. Raises InvoerFout for a format or file name that cannot be."""
        opties = _ZONDER | gegeven
        gekozen = {veld.name: opties[veld.name] for veld in fields(cls) if veld.name in opties}
        uitvoering = Uitvoering(
            isoleer=opties["isoleer"],
            limiet_s=opties["limiet"],
            limiet_cel_s=opties["limiet_cel"],
            geheugen_gb=opties["geheugen"],
            dask=opties["dask"],
            pdf_met=_pdf_met(opties["pdf_met"]),
        )
        naar = Path(opties["naar"])
        gevraagd = formaten.kies(opties["formaten"])
        stijl = lees_huisstijl(opties["huisstijl"]) if opties["huisstijl"] else Huisstijl()
        kantoor.controleer(gevraagd, stijl, opties["huisstijl"])
        eigen = {
            "naar": naar,
            "formaten": gevraagd,
            "zonder": delen.kies(opties["zonder"]),
            "zip": next((z for naam in opties["zip_"] if naam != POST and (z := _zipbestand(naam, naar))), None),
            "post": naar / NAAM_POST if POST in opties["zip_"] else None,
            "uitvoering": uitvoering,
            "huisstijl": stijl,
        }
        return cls(**gekozen | eigen)


def _pdf_met(naam: str) -> Voorkeur:
    for weg in get_args(Voorkeur):
        if naam.casefold() == weg:
            return cast(Voorkeur, weg)
    raise InvoerFout([Melding("--pdf-met", naam, "hiermee is geen PDF te maken.", kies_uit(naam, get_args(Voorkeur)))])


def _zipbestand(naam: str, naar: Path) -> Path | None:
    if not naam:
        return None
    if naam == _IN_DE_MAP:
        return naar / NAAM_ZIP
    if not naam.casefold().endswith(".zip"):  # "--zip wijken.xlsx" would write over the input
        remedie = (
            f"Geef een naam die op .zip eindigt, of zet --zip achteraan voor {NAAM_ZIP}; --zip {POST} is om te mailen."
        )
        raise InvoerFout([Melding("--zip", naam, "dit is geen naam van een zipbestand.", remedie)])
    return Path(naam)


def kies(taken: Sequence[Taak], keuze: Keuze) -> list[Taak]:
    """The tasks that ``--alleen`` and ``--sla-over`` leave.

    Raises InvoerFout for a pattern that fits nothing, with what it may have meant, and when nothing is left.
    """
    meldingen = [
        Melding(optie, patroon, "geen rapport heeft deze naam of bestandsnaam.", _bedoelt(patroon, taken))
        for optie, patronen in (("--alleen", keuze.alleen), ("--sla-over", keuze.sla_over))
        for patroon in patronen
        if not any(_past(patroon, taak) for taak in taken)
    ]
    if meldingen:
        raise InvoerFout(meldingen)
    over = [
        taak
        for taak in taken
        if (not keuze.alleen or any(_past(p, taak) for p in keuze.alleen))
        and not any(_past(p, taak) for p in keuze.sla_over)
    ]
    if not over:
        patronen = ", ".join([*keuze.alleen, *keuze.sla_over])
        remedie = "Sla minder over, of kies met --alleen andere rapporten."
        raise InvoerFout([Melding("--sla-over", patronen, "er blijft geen rapport over.", remedie)])
    slugs = {taak.slug for taak in over} | {delen.KENGETALLEN}  # what the reports link to comes along
    return [taak for taak in taken if taak.slug in slugs]


def _past(patroon: str, taak: Taak) -> bool:
    return any(fnmatchcase(tekst.casefold(), patroon.casefold()) for tekst in (taak.naam, taak.slug))


def _bedoelt(patroon: str, taken: Sequence[Taak]) -> str:
    namen = {tekst.casefold(): tekst for taak in taken for tekst in (taak.slug, taak.naam) if tekst}
    kern = patroon.casefold().strip("*")
    bevat = [naam for sleutel, naam in namen.items() if kern and kern in sleutel]
    if bevat and "*" not in patroon:
        return f"Bedoelt u '*{patroon}*'? Die past op {', '.join(dict.fromkeys(bevat[:HOOGSTENS]))}."
    lijkt = [namen[n] for n in get_close_matches(kern, list(namen), n=HOOGSTENS)] or list(namen.values())[:HOOGSTENS]
    return f"Bedoelt u {' of '.join(repr(n) for n in lijkt)}? Met --droog ziet u alle namen."


def toon_droog(taken: Sequence[Taak], keuze: Keuze, erbij: Mapping[str, Any] | None = None) -> int:
    """Say what would be made and why; nothing is written. Raises InvoerFout as the real thing would.

    ``erbij``: more for the summary as JSON.
    """
    batch.controleer_parameters(taken)
    weg = batch.pdf_weg(taken, keuze.naar, keuze.uitvoering.pdf_met)
    redenen = {taak.slug: nodig.reden(taak, keuze.naar, keuze.opnieuw, weg) for taak in taken}
    te_maken = sum(map(bool, redenen.values()))
    if keuze.als_json:
        rapporten = [
            {"slug": t.slug, "naam": t.naam or t.slug, "status": "te maken" if r else "ongewijzigd", "reden": r}
            for t, r in zip(taken, redenen.values(), strict=True)
        ]
        _json(droog=True, te_maken=te_maken, ongewijzigd=len(taken) - te_maken, rapporten=rapporten, **(erbij or {}))
        return 0
    for taak in taken:
        if redenen[taak.slug]:
            click.echo(f"{taak.naam or taak.slug} → {keuze.naar / taak.slug}.html ({redenen[taak.slug]})")
    click.echo(f"{te_maken} te maken, {len(taken) - te_maken} ongewijzigd. Er is niets geschreven (--droog).")
    return 0


def toon_json(
    taken: Sequence[Taak],
    klaar: Sequence[Resultaat],
    keuze: Keuze,
    seconden: float,
    afgebroken: bool = False,
    erbij: Mapping[str, Any] | None = None,
) -> None:
    """One machine-readable summary, with ``erbij`` in it; a report that was not reached has status "niet gemaakt"."""
    per_slug = {r.taak.slug: r for r in klaar}
    woord = {"gelukt": "gemaakt", "overgeslagen": "ongewijzigd", "mislukt": "mislukt"}
    rapporten: list[dict[str, Any]] = []
    for taak in taken:
        r = per_slug.get(taak.slug)
        rapporten.append(
            {
                "slug": taak.slug,
                "naam": taak.naam or taak.slug,
                "status": woord[r.status] if r else "niet gemaakt",
                "seconden": round(r.seconden, 3) if r else 0.0,
                "bestand": str(keuze.naar / f"{taak.slug}.html") if r else None,
                "fout": (r.fout or None) if r else None,
            }
        )
    aantal = {w: sum(r["status"] == w for r in rapporten) for w in (*woord.values(), "niet gemaakt")}
    _json(
        **{w.replace(" ", "_"): n for w, n in aantal.items()},
        afgebroken=afgebroken,
        seconden=round(seconden, 3),
        overzicht=str(keuze.naar / "index.html"),
        zip=str(keuze.zip) if keuze.zip and not afgebroken else None,
        post=str(keuze.post) if keuze.post and not afgebroken else None,
        rapporten=rapporten,
        **(erbij or {}),
    )


def _json(**gegevens: Any) -> None:
    click.echo(json.dumps(gegevens, ensure_ascii=False, indent=1))

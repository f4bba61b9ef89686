"""Alternatives beside what is on the screen: one table to compare them, and files to keep. No widgets here."""

from collections.abc import Mapping
from html import escape
from itertools import count
from pathlib import Path
from typing import Any, Final

from mkba.kern.bestand.bestanden import weiger
from mkba.kern.bestand.schrijven import schrijf_in
from mkba.kern.tekst.notatie import inkorten, kans_in_procent
from mkba.kern.tekst.slug import maak_slug
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, LEEG
from mkba.kern.woorden.uitvoerscherm import UITVOERSCHERM_A
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.model.berekening import Uitkomst
from mkba.scherm.concept import Concept, schrijf
from mkba.scherm.invoerscherm import Invoerscherm
from mkba.scherm.naast.kansen import Kansen, kansen
from mkba.scherm.uitvoer import NU, tabel, toon

PARTIJEN: Final = {
    "saldo": "Kans op een plus: maatschappij",
    "saldo_financieel": "Kans op een plus: alle betalende partijen",
    "saldo_gemeente": "Kans op een plus: gemeente",
}
_KOP: Final = 28
"""Signs of a name above a column. A choice."""
GEEN: Final = (
    '<p class="mkba-leeg">Nog geen alternatieven. Zet de invoer van nu vast met een naam, verander iets, en zet weer '
    "vast: hier staan ze dan naast elkaar.</p>"
)


def naast_elkaar(scherm: Invoerscherm, bekend: Mapping[str, Kansen | None]) -> str:
    """Uitvoerscherm A, the chances and the answers that differ: a column for what is on the screen and one for each.

    ``bekend``: chances by the name of the column (``NU`` for the screen); None while they are being calculated.
    """
    if not scherm.alternatieven:
        return GEEN
    uitkomsten = kolommen(scherm)
    koppen = [inkorten(naam, _KOP) for naam in uitkomsten]
    rijen = [
        (label, diepte, sleutel, [toon(sleutel, u[sleutel]) for u in uitkomsten.values()])
        for sleutel, label, diepte in UITVOERSCHERM_A
    ]
    rijen += [(label, 1, s, [_kans(bekend.get(n), s) for n in uitkomsten]) for s, label in PARTIJEN.items()]
    verschillen = [(label, 1, "", teksten) for label, teksten in antwoorden(uitkomsten).items()]
    anders = (
        tabel("Antwoorden die verschillen", koppen, verschillen)
        if verschillen
        else '<p class="mkba-noot">De antwoorden zijn overal gelijk.</p>'
    )
    noot = "Bedragen afgerond op € 100, verhoudingen op 0,05. Kansen: het deel van 10.000 berekeningen met een plus, "
    noot += "zoals in het rapport."
    return tabel("Alternatieven naast elkaar (NCW)", koppen, rijen) + f'<p class="mkba-noot">{noot}</p>' + anders


def kolommen(scherm: Invoerscherm) -> dict[str, Uitkomst]:
    """The outcome on the screen, when there is one, and those of the alternatives, by the name of their column."""
    nu = {NU: scherm.uitkomst} if scherm.uitkomst is not None else {}
    return {**nu, **{a.naam: a.uitkomst for a in scherm.alternatieven}}


def antwoorden(uitkomsten: Mapping[str, Uitkomst]) -> dict[str, list[str]]:
    """The fields that are not the same everywhere, the name apart: their texts in the order of the columns."""
    alles = [u.aanpak.alles() for u in uitkomsten.values()]
    concepten = [Concept(meetherkomst=u.aanpak.meetherkomst) for u in uitkomsten.values()]
    uit = {}
    for sleutel, veld in ALLE_VELDEN.items():
        waarden = [a.get(sleutel, LEEG.get(sleutel)) for a in alles]
        teksten = [schrijf(veld, w) for w in waarden]
        if sleutel != "naam" and len(set(teksten)) > 1:
            kort = [c.schrijf(sleutel, w) for c, w in zip(concepten, waarden, strict=True)]
            # as they are printed, unless two that differ would then look the same
            uit[f"{veld.vraag}. {veld.label}"] = kort if len(set(kort)) == len(set(teksten)) else teksten
    return uit


def exporteer(scherm: Invoerscherm, map_: Path) -> tuple[Path, ...]:
    """Write a workbook that compares what is on the screen with the alternatives, and an aanpak in TOML for each.

    Under names that are free: nothing is replaced. Raises InvoerFout when there are none or they cannot be written.
    """
    uitkomsten = kolommen(scherm)
    if not scherm.alternatieven:
        weiger(map_, "er zijn geen alternatieven vastgezet.", "Zet eerst een alternatief vast.")
    stam = f"{maak_slug(next(iter(uitkomsten.values())).aanpak.naam)}-alternatieven"
    vrij = next(
        n
        for i in count(1)
        if not (map_ / (n := stam if i == 1 else f"{stam}-{i}")).exists() and not (map_ / f"{n}.xlsx").exists()
    )
    bestanden: dict[str, str | bytes] = {f"{vrij}.xlsx": _werkboek(uitkomsten, scherm)}
    for aanpak in [u.aanpak for u in uitkomsten.values()]:
        slug = maak_slug(aanpak.naam)
        plek = next(p for i in count(1) if (p := _plek(vrij, slug, i)) not in bestanden)
        bestanden[plek] = schrijf_toml(aanpak, "Vastgezet op het invoerscherm van mkba.")
    try:
        for plek, inhoud in bestanden.items():
            schrijf_in(map_, plek, inhoud)
    except OSError as fout:
        weiger(map_ / plek, f"het bestand is niet te schrijven ({fout.strerror}).", "Controleer de map en de rechten.")
    return tuple(map_ / plek for plek in bestanden)


def _plek(map_: str, slug: str, nummer: int) -> str:
    return f"{map_}/{slug}.toml" if nummer == 1 else f"{map_}/{slug}-{nummer}.toml"


def _werkboek(uitkomsten: Mapping[str, Uitkomst], scherm: Invoerscherm) -> bytes:
    import pandas as pd  # only who exports waits for the tools of a workbook

    from mkba.uitvoer.aanpak.tabellen import uitvoerscherm_a
    from mkba.uitvoer.tabel import Tabel
    from mkba.uitvoer.werkblad import nieuw_boek

    kans = {naam: kansen(u.aanpak, scherm.kengetallen) for naam, u in uitkomsten.items()}
    rijen = {label: [kans[naam][s] for naam in uitkomsten] for s, label in PARTIJEN.items()}
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=list(uitkomsten))
    anders = pd.DataFrame.from_dict(_antwoordcellen(uitkomsten), orient="index", columns=list(uitkomsten), dtype=object)
    with nieuw_boek() as boek:
        a = uitvoerscherm_a({naam: u.sleutels for naam, u in uitkomsten.items()})
        boek.tabel("Uitkomsten", a, "Alternatieven naast elkaar", "Euro's NCW van een jaar aanpak, en verhoudingen")
        boek.tabel("Kansen", Tabel(frame, "kans"), "Kans op een plus", "Deel van de berekeningen met een plus")
        boek.tabel("Antwoorden", Tabel(anders), "Antwoorden die verschillen", "")
        boek.tabel("Aanpakken", Tabel(_namen(uitkomsten)), "Welke aanpak in welke kolom staat", "")
    return boek.inhoud


def _namen(uitkomsten: Mapping[str, Uitkomst]) -> Any:
    import pandas as pd

    return pd.DataFrame({"aanpak": [u.aanpak.naam for u in uitkomsten.values()]}, index=list(uitkomsten))


def _antwoordcellen(uitkomsten: Mapping[str, Uitkomst]) -> dict[str, list[Any]]:
    """The answers that differ as cells with their number."""
    from mkba.uitvoer.maat import veldcel

    anders = antwoorden(uitkomsten)
    alles: list[Mapping[str, Any]] = [u.aanpak.alles() for u in uitkomsten.values()]
    return {
        label: [veldcel(veld, a.get(sleutel, LEEG.get(sleutel))) for a in alles]
        for sleutel, veld in ALLE_VELDEN.items()
        if (label := f"{veld.vraag}. {veld.label}") in anders
    }


def _kans(bekend: Kansen | None, saldo: str) -> str:
    return "…" if bekend is None else kans_in_procent(bekend[saldo])


def keuzes(scherm: Invoerscherm) -> list[tuple[str, str]]:
    """The alternatives as (text, name), to choose from."""
    return [(a.naam, a.naam) for a in scherm.alternatieven]


def bewaard(paden: tuple[Path, ...]) -> str:
    """What was written, as HTML."""
    return "".join(f"<br><code>{escape(str(p))}</code>" for p in paden)

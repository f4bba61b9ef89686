"""Write the tables of a report as csv, for who wants to calculate on."""

import os
from pathlib import Path

import pandas as pd

from mkba.analyse.doelgroepen import KLASSEN, Doelgroepen
from mkba.invoer.aanpak import Aanpak
from mkba.invoer.begrippen import AANTAL_JAREN, ACTOREN, POSTEN, TYPEN
from mkba.invoer.slug import maak_slug
from mkba.invoer.toml_schrijven import schrijf_toml
from mkba.model.berekening import Uitkomst
from mkba.model.verloop import Verloop
from mkba.uitvoer.tabellen import verlooptabel

NIET_PUBLICEREN = "Exacte aandelen uit een registratie, ook van kleine groepen: niet voor publicatie."


def grootboek_lang(uitkomst: Uitkomst) -> pd.DataFrame:
    """The ledger, a row per post, jaar and actor: euros of that year and net present value; zeros left out."""
    assen = pd.MultiIndex.from_product([POSTEN, range(AANTAL_JAREN), ACTOREN], names=["post", "jaar", "actor"])
    boek = uitkomst.grootboek
    tabel = pd.DataFrame({"eur": boek.kubus[0].ravel(), "eur_ncw": boek.kubus_ncw[0].ravel()}, index=assen)
    return tabel[tabel["eur"] != 0].reset_index()


def bewaar_tabellen(
    map_: str | Path, naam: str, uitkomst: Uitkomst, verloop: Verloop, gevoeligheid: pd.DataFrame
) -> list[Path]:
    """Write ledger, ingroei and sensitivity as csv (semicolon, decimal comma, euros unrounded).

    Each file is written under a temporary name and moved into place. An empty ``map_`` writes nothing.
    """
    if not str(map_):
        return []
    doel = Path(map_)
    doel.mkdir(parents=True, exist_ok=True)
    slug = maak_slug(naam)
    tabellen = {
        "grootboek": grootboek_lang(uitkomst),
        "ingroei": verlooptabel(verloop).reset_index(),
        "gevoeligheid": gevoeligheid,
    }
    uit = []
    for soort, tabel in tabellen.items():
        pad = doel / f"{slug}-{soort}.csv"
        tijdelijk = pad.with_suffix(".csv.tmp")
        tabel.to_csv(tijdelijk, sep=";", decimal=",", index=False, encoding="utf-8-sig")
        os.replace(tijdelijk, pad)
        uit.append(pad)
    return uit


def bewaar_doelgroepen(
    map_: str | Path, analyse: Doelgroepen, aanpak: Aanpak, caseload: Aanpak | None = None, herkomst: str = ""
) -> list[Path]:
    """Write the classes per area (csv, whole households) and the first aanpak (TOML). Empty map_: nothing.

    ``caseload``: the aanpak from a registration, when there is one; ``herkomst``: where the first aanpak comes
    from, a comment in its TOML.
    """
    if not str(map_):
        return []
    doel = Path(map_)
    doel.mkdir(parents=True, exist_ok=True)
    slug = maak_slug(aanpak.naam)
    rijen = [
        {
            "code": g.code,
            "naam": _celtekst(g.naam),
            "type": t,
            "klasse": k,
            "huishoudens": int(analyse.hele_aantallen[i, j, m]),
        }
        for i, g in enumerate(analyse.gebieden)
        for j, t in enumerate(TYPEN)
        for m, k in enumerate(KLASSEN)
    ]
    csv = pd.DataFrame(rijen).to_csv(sep=";", index=False)
    inhoud = {doel / f"{slug}-doelgroepen.csv": "\ufeff" + csv, doel / f"{slug}.toml": schrijf_toml(aanpak, herkomst)}
    if caseload is not None:
        inhoud[doel / f"{slug}-registratie.toml"] = schrijf_toml(caseload, NIET_PUBLICEREN)
    for pad, tekst in inhoud.items():
        tijdelijk = pad.with_name(pad.name + ".tmp")
        tijdelijk.write_text(tekst, encoding="utf-8")
        os.replace(tijdelijk, pad)
    return list(inhoud)


def _celtekst(tekst: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return "'" + tekst if tekst.startswith(("=", "+", "-", "@")) else tekst

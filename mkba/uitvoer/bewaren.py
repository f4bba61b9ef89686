"""Write the tables of a report as csv, for who wants to calculate on."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from mkba.analyse.doelgroepen.statistiek import Doelgroepen
from mkba.kern.bestand import csvtabel
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.tekst.slug import maak_slug
from mkba.kern.woorden.begrippen import KLASSEN, TYPEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.model.berekening import Uitkomst
from mkba.model.verloop import Verloop
from mkba.uitvoer.aanpak.tabellen import grootboekregels, verlooptabel

CASELOAD = "-caseload.csv"
"""How the published table of a registration is called; a next one is compared with it."""
NIET_PUBLICEREN = "Exacte aandelen uit een registratie, ook van kleine groepen: niet voor publicatie."


def bewaar_tabellen(
    map_: str | Path, naam: str, uitkomst: Uitkomst, verloop: Verloop, gevoeligheid: pd.DataFrame
) -> list[Path]:
    """Write ledger, ingroei and sensitivity as csv (semicolon, decimal comma, euros unrounded).

    Each file is written under a temporary name and moved into place. An empty ``map_`` writes nothing.
    """
    if not str(map_):
        return []
    doel = Path(map_)
    slug = maak_slug(naam)
    tabellen = {
        "grootboek": grootboekregels(uitkomst),
        "ingroei": verlooptabel(verloop).reset_index(),
        "gevoeligheid": gevoeligheid,
    }
    return schrijf_alles(doel, slug, {f"-{soort}.csv": als_csv(tabel) for soort, tabel in tabellen.items()})


def bewaar_doelgroepen(
    map_: str | Path,
    analyse: Doelgroepen,
    aanpak: Aanpak,
    caseload: Aanpak | None = None,
    herkomst: str = "",
    tabel: pd.DataFrame | None = None,
) -> list[Path]:
    """Write the classes per area (csv, whole households) and the first aanpak (TOML). Empty map_: nothing.

    ``caseload``: the aanpak from a registration, when there is one, and ``tabel`` its counts as they are published;
    ``herkomst``: where the first aanpak comes from, a comment in its TOML.
    """
    if not str(map_):
        return []
    doel = Path(map_)
    slug = maak_slug(aanpak.naam)
    rijen = [
        {
            "code": g.code,
            "naam": g.naam,
            "type": t,
            "klasse": k,
            "huishoudens": int(analyse.hele_aantallen[i, j, m]),
        }
        for i, g in enumerate(analyse.gebieden)
        for j, t in enumerate(TYPEN)
        for m, k in enumerate(KLASSEN)
    ]
    inhoud = {"-doelgroepen.csv": als_csv(pd.DataFrame(rijen)), ".toml": schrijf_toml(aanpak, herkomst)}
    if caseload is not None:
        inhoud["-registratie.toml"] = schrijf_toml(caseload, NIET_PUBLICEREN)
    if tabel is not None:
        inhoud[CASELOAD] = als_csv(tabel)
    return schrijf_alles(doel, slug, inhoud)


def als_csv(tabel: pd.DataFrame) -> str:
    """A table, without its index, as csv for a Dutch spreadsheet (see :mod:`mkba.kern.bestand.csvtabel`)."""
    leeg = tabel.isna().to_numpy()
    rijen = zip(*(tabel.iloc[:, k].tolist() for k in range(tabel.shape[1])), strict=True)
    return csvtabel.als_csv(
        list(tabel.columns),
        ([None if weg else w for w, weg in zip(rij, leeg[n], strict=True)] for n, rij in enumerate(rijen)),
    )


def schrijf_alles(map_: Path, begin: str, inhoud: Mapping[str, str]) -> list[Path]:
    """Write texts to files that begin with ``begin``, by the rest of their name; returns the paths."""
    paden = {map_ / f"{begin}{rest}": tekst for rest, tekst in inhoud.items()}
    for pad, tekst in paden.items():
        schrijf_veilig(pad, tekst)
    return list(paden)

"""``docs/kengetallen.md`` and the tables of ``docs/regelsets.md``.

Run as ``python -m mkba.opdracht.documenten.catalogus`` (make docs).
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from mkba.analyse.regelsets.vergelijking import Kant, vergelijk
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand.paden import zoek_aanpak
from mkba.kern.bestand.schrijven import schrijf_veilig
from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET, Kengetallen, laad
from mkba.kern.catalogus.sleutels import GEBRUIK
from mkba.kern.tekst.notatie import datum, euro, kort, verhouding
from mkba.uitvoer.regelsets.tabellen import reeksentabel

PEILDATUM: Final = date(2026, 12, 1)
"""A fixed day: the page is the same tomorrow, until somebody brings the rule set up to date."""
NIEUW: Final = "nl-2026"
VOORBEELDEN: Final = ("standaard", *(f"voorbeeld-{i}" for i in range(1, 6)))
_KOP: Final = """# Alle kengetallen

Gemaakt van `data/kengetallen` door `make docs`; een proef houdt haar bij. Peildatum {datum}; bedragen van
`lpbl-2014` in prijzen van 2014, die van `nl-2026` in prijzen van {prijsjaar}. Hoe een regelset werkt:
[regelsets.md](regelsets.md). Op de terminal: `mkba kengetallen --zoek TEKST`.

*Status*: gepubliceerd (gedrukt in een bron die gezien is, of *via* een andere), afgeleid (volgt precies uit gedrukte
getallen), gekalibreerd (gepast op de voorbeelden van 2014), aanname. Bij `nl-2026` staat er
alleen iets als het anders is.
"""
_GEBRUIK: Final = {
    "model": "Kengetallen waarmee het model rekent",
    "effectmeting": "Kengetallen waarmee een effectmeting rekent (vraag 16 tot en met 18)",
    "standaard": "Standaardwaarden van de vragen",
    "doelgroepen": "Kengetallen van de doelgroepenanalyse",
    "onzekerheid": "Hoe onzekere getallen samenhangen",
    "steekproef": "Kengetallen van een steekproef",
    "bewijs": "Kengetallen van de bewijskorting",
    "toelichting": "Getallen die toelichten en niet meerekenen",
}


def kengetallenpagina() -> str:
    """The page with every kengetal of both rule sets, as Markdown."""
    oud, nieuw = (laad(naam, vandaag=PEILDATUM) for naam in (STANDAARD_REGELSET, NIEUW))
    delen = [_KOP.format(datum=datum(PEILDATUM), prijsjaar=nieuw.opzet.prijsjaar)]
    for gebruik, titel in _GEBRUIK.items():
        koppen = ("kengetal", "eenheid", "lpbl-2014", "nl-2026", "reeks", "status", "bron")
        rijen = [_rij(pad, oud, nieuw) for pad in dict.fromkeys((*oud, *nieuw)) if GEBRUIK[pad] == gebruik]
        delen += [f"## {titel}", _tabel(koppen, rijen)]
    delen += ["## Prijsreeksen van nl-2026", _reeksen(nieuw)]
    in_reeksen = {jaar.bron for reeks in nieuw.opzet.reeksen.values() for jaar in reeks.jaren.values()}
    namen = sorted({k.bron for set_ in (oud, nieuw) for k in set_.getallen.values()} | in_reeksen)
    bronnen = [f"- **{b}**: {nieuw.bronnen[b]['titel']} ({nieuw.bronnen[b].get('datum', '')})" for b in namen]
    delen += ["## Bronnen", "\n".join(bronnen)]
    return "\n\n".join(delen) + "\n"


def voorbeeldentabel() -> str:
    """What the new rule set does to every voorbeeld: saldo, its steps, and the ratio, as Markdown."""
    oud, nieuw = (laad(naam, vandaag=PEILDATUM) for naam in (STANDAARD_REGELSET, NIEUW))
    gevonden = {
        naam: vergelijk(*(Kant(k.naam, lees_aanpak(zoek_aanpak(naam), k), k) for k in (oud, nieuw)))
        for naam in VOORBEELDEN
    }
    groepen = tuple(dict.fromkeys(g for v in gevonden.values() for g in v.groepen))
    koppen = ("voorbeeld", f"saldo {oud.naam}", *groepen, f"saldo {nieuw.naam}", "maatschappelijk", "gemeentelijk")
    rijen = []
    for naam, v in gevonden.items():
        stap = dict(zip(v.groepen, v.stappen["saldo"].tolist(), strict=True))
        ratio = (
            " → ".join(verhouding(w) for w in (v.begin(r), v.eind(r)))
            for r in ("kb_maatschappelijk", "kb_gemeentelijk")
        )
        bedragen = (v.begin("saldo"), *(stap.get(g, 0.0) for g in groepen), v.eind("saldo"))
        rijen.append((naam, *(euro(b, 100) for b in bedragen), *ratio))
    return _tabel(koppen, rijen, rechts=len(koppen) - 1)


def regelsetpagina(tekst: str) -> str:
    """``docs/regelsets.md`` with its tables made again."""
    niet = "\n".join(f"- {regel}" for regel in laad(NIEUW, vandaag=PEILDATUM).niet_bijgewerkt)
    for merk, inhoud in (("tabel", voorbeeldentabel()), ("niet bijgewerkt", niet)):
        patroon = re.compile(rf"(<!-- {merk} -->\n).*?(<!-- /{merk} -->)", re.DOTALL)
        tekst = patroon.sub(lambda m, inhoud=inhoud: f"{m[1]}\n{inhoud}\n\n{m[2]}", tekst)  # type: ignore[misc]
    return tekst


def _rij(pad: str, oud: Kengetallen, nieuw: Kengetallen) -> tuple[str, ...]:
    een, twee = oud.getallen.get(pad), nieuw.getallen.get(pad)
    k = twee or een
    assert k is not None
    anders = (
        een is None or twee is None or abs(een.waarde - twee.waarde) > 1e-9 * max(abs(een.waarde), abs(twee.waarde))
    )
    status = k.status if een is None or een.status == k.status else f"{een.status} → {k.status}"
    return (
        f"{k.omschrijving}<br>`{pad}`",
        k.eenheid,
        "–" if een is None else kort(een.waarde),
        kort(twee.waarde) if twee is not None and anders else "",
        k.reeks,
        status,
        _bron(k),
    )


def _bron(k: Kengetal) -> str:
    delen = [k.bron, k.vindplaats, f"via: {k.via}" if k.via else "", k.motivering]
    delen += [f"prijspeil onbekend: {k.prijspeil_onbekend}" if k.prijspeil_onbekend else ""]
    return "; ".join(deel for deel in delen if deel)


def _reeksen(k: Kengetallen) -> str:
    tabel = reeksentabel(k)
    rijen = [(label, *(str(cel) for cel in cellen)) for label, _, cellen in tabel.cellen()]
    return _tabel(tabel.koppen(), rijen, rechts=len(tabel.koppen()) - 1) + f"\n\n{tabel.uitleg}"


def _tabel(koppen: Iterable[str], rijen: Iterable[Iterable[str]], rechts: int = 0) -> str:
    namen = list(koppen)
    streep = ["---", *("---:" if rechts else "---" for _ in namen[1:])]
    regels = [namen, streep, *(list(rij) for rij in rijen)]
    return "\n".join("| " + " | ".join(cel.replace("|", "\\|") for cel in rij) + " |" for rij in regels)


if __name__ == "__main__":
    pad = Path("docs/regelsets.md")
    schrijf_veilig(Path("docs/kengetallen.md"), kengetallenpagina())
    schrijf_veilig(pad, regelsetpagina(pad.read_text(encoding="utf-8")))

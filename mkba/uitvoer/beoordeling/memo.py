"""The memo of a second opinion: per aanpak its points, each with its weight, where to look and a box for the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from mkba.analyse.beoordeling.punten import Punt
from mkba.kern.tekst.notatie import euro, hoeveel, opsomming, toon_meldingwaarde
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.uitvoer.proza import als_html

_SOORTEN: Final = {
    "buiten bereik": "Invoer buiten het bereik van de bronnen",
    "eigen kengetal": "Eigen kengetal zonder bron of buiten zijn bereik",
    "verlopen": "Verlopen kengetal",
    "dubbeltelling": "Dubbeltelling of antwoorden die niet samengaan",
    "bewijs": "Effect sterker dan zijn bewijs",
    "scenario": "Scenario's die een oordeel keren en niet zijn getoond",
    "onderbouwing": "Vraagt om een onderbouwing",
}
_WIE: Final = {
    "maatschappelijk": "het maatschappelijke",
    "financieel": "het financiële",
    "gemeente": "het gemeentelijke",
}


@dataclass(frozen=True)
class Beoordeeld:
    """The points of one aanpak: ``plek`` says in which file and row it stands, ``saldo`` is that of society as
    given."""

    naam: str
    plek: str
    saldo: float
    punten: tuple[Punt, ...]


def memo(beoordeeld: Sequence[Beoordeeld]) -> str:
    """The memo as HTML: what stands out, then every point; all text from input is escaped."""
    alle = [p for b in beoordeeld for p in b.punten]
    return "\n".join(
        [
            "<h1>Second opinion</h1>",
            f"<p>{escape(samenvatting(beoordeeld))}</p>",
            "<p>Een punt weegt <strong>zwaar</strong> als een van de drie oordelen omkeert wanneer het "
            "anders wordt beslist, "
            "<strong>middel</strong> als het saldo dan minstens een tiende van de kosten verschuift of als "
            "dat niet in euro te "
            "zeggen is, en anders <strong>licht</strong>. Een punt is een vraag en geen fout: een goed "
            "antwoord kan het laten "
            "vervallen.</p>",
            *(_hoofdstuk(b) for b in beoordeeld),
            "" if alle else "<p>Geen van de controles vond iets.</p>",
            "<h2>Wat hier niet is nagegaan</h2><p>Of de antwoorden waar zijn, of een kengetal zonder vervaldatum "
            "vandaag nog geldt, en "
            "of de verdeling over partijen bij deze gemeente past. Die vragen beantwoordt alleen wie de wijk kent.</p>",
        ]
    )


def samenvatting(beoordeeld: Sequence[Beoordeeld]) -> str:
    """How many points of which weight."""
    alle = [p for b in beoordeeld for p in b.punten]
    per = {g: sum(p.gewicht == g for p in alle) for g in ("zwaar", "middel", "licht")}
    delen = [f"{n} {g}" for g, n in per.items() if n]
    wat = hoeveel(len(beoordeeld), "aanpak", "aanpakken")
    if not alle:
        return f"Bij {wat} vond geen van de controles iets."
    return f"Bij {wat}: {hoeveel(len(alle), 'punt', 'punten')}, waarvan {opsomming(delen)}."


def _hoofdstuk(b: Beoordeeld) -> str:
    kop = f"<h2>{escape(b.naam)}</h2><p class='herkomst'>{escape(b.plek)} · saldo {euro(b.saldo, 100)}</p>"
    if not b.punten:
        return f"{kop}<p>Geen van de controles vond iets.</p>"
    return kop + "".join(_punt(n, p, b.saldo) for n, p in enumerate(b.punten, 1))


def _punt(nummer: int, p: Punt, saldo: float) -> str:
    m = p.melding
    return (
        "<section class='punt'>"
        f"<h3>{nummer}. {escape(_waar(p))} <small>({p.gewicht})</small></h3>"
        f"<p><strong>{_SOORTEN[p.soort]}.</strong> {escape(_zin(m.oorzaak))} {escape(_gevolg(p, saldo))}</p>"
        f"<p><strong>Waar te kijken:</strong> {escape(_vindplaats(p))} {als_html(m.remedie)}</p>"
        "<table class='antwoord'><tr><th scope='row'>Antwoord</th><td>&nbsp;</td></tr></table>"
        "</section>"
    )


def _zin(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def _waar(p: Punt) -> str:
    veld = ALLE_VELDEN.get(p.melding.veld)
    naam = veld.label if veld is not None else p.melding.veld
    return f"{naam if '.' in naam else _zin(naam)}: {toon_meldingwaarde(p.melding)}"


def _vindplaats(p: Punt) -> str:
    veld = ALLE_VELDEN.get(p.melding.veld)
    if veld is not None:
        return f"vraag {veld.vraag} ({p.melding.veld})."
    return {
        "eigen kengetal": f"het bestand met eigen kengetallen ({p.melding.veld}).",
        "scenario": "de gevoeligheidsanalyse.",
        "verlopen": "de regelset."
        if p.melding.veld == "regelset"
        else f"de catalogus van kengetallen ({p.melding.veld}).",
    }.get(p.soort, f"{p.melding.veld}.")


def _gevolg(p: Punt, saldo: float) -> str:
    if p.saldo is None:
        return "Wat dit met de uitkomst doet, is niet in euro te zeggen."
    hoe = "In het verste daarvan" if p.soort == "scenario" else "Anders beslist"
    zin = f"{hoe} is het saldo {euro(p.saldo, 100)} in plaats van {euro(saldo, 100)}"
    if p.soort == "scenario":
        return f"{zin}."
    if not p.keert:
        return f"{zin}; geen oordeel keert om."
    slot = "oordeel keert om" if len(p.keert) == 1 else "oordeel keren om"
    return f"{zin}, en {opsomming([_WIE[w] for w in p.keert])} {slot}."

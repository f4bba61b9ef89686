"""What a reader should be told about an outcome before it is used: nothing is changed, only said."""

from dataclasses import replace
from typing import Final

from mkba.invoer.aanpak import waarschuwingen
from mkba.invoer.begrippen import TYPEN
from mkba.invoer.fouten import Melding
from mkba.invoer.getal import afgerond, zuinig
from mkba.invoer.kengetallen import Kengetallen
from mkba.invoer.lezen import Bronaanpak
from mkba.invoer.velden import KNOPPEN
from mkba.model.berekening import Uitkomst, bereken

FTE_MARGE: Final = 0.25
"""A team that differs more than this from the kengetal asks for an argument; no source, only a threshold."""
FRICTIE_MARGE: Final = 0.05
DUBBEL: Final = 2.0
"""From twice the kengetal on a percentage says less than "so many times as large"."""


def opmerkingen(uitkomst: Uitkomst) -> list[Melding]:
    """Warnings about the input, the kengetallen and what the calculation shows of both, in that order."""
    return [
        *waarschuwingen(uitkomst.aanpak, uitkomst.kengetallen),
        *uitkomst.kengetallen.waarschuwingen,
        *_top(uitkomst),
        *_team(uitkomst),
        *_frictie(uitkomst),
        *_indicatief(uitkomst),
    ]


def met_opmerkingen(bron: Bronaanpak, kengetallen: Kengetallen) -> Bronaanpak:
    """What was read, with the warnings that need a calculation as well (the team against its caseload)."""
    waar = ", ".join(deel for deel in (str(bron.bestand), bron.rij) if deel)
    meldingen = opmerkingen(bereken(bron.aanpak, kengetallen))
    return replace(bron, waarschuwingen=tuple(m.in_bestand(waar) for m in meldingen))


def _top(uitkomst: Uitkomst) -> list[Melding]:
    zwaarte = uitkomst.aanpak.zwaarte
    deel = sum(getattr(uitkomst.aanpak.type, t) * getattr(zwaarte, t).top for t in TYPEN)
    if deel == 0:
        return []
    return [
        Melding(
            "zwaarte: top",
            deel,
            "voor de top rekent het model wel zorgkosten, maar bijna geen baten.",
            "Voor de top bestond een aparte tool (handleiding, voetnoot 4).",
        )
    ]


def _team(uitkomst: Uitkomst) -> list[Melding]:
    fte, kengetal = uitkomst.aanpak.fte, uitkomst["fte_kengetal"]
    if kengetal <= 0 or abs(fte / kengetal - 1) <= FTE_MARGE:
        return []
    gevolg = (
        "De effecten zijn wel voor alle huishoudens gerekend; onderbouw dat het team hen aankan."
        if fte < kengetal
        else "De caseload is laag; onderbouw dat dit nodig is, of overweeg frictie (vraag 9)."
    )
    norm = f"het kengetal voor deze caseload ({zuinig(kengetal, 2)} fte, tabel 2.6)."
    oorzaak = f"het team is {_hoeveel_anders(fte / kengetal)} {norm}" if fte else f"het team heeft 0 fte, tegen {norm}"
    return [Melding("fte", fte, oorzaak, gevolg)]


def _frictie(uitkomst: Uitkomst) -> list[Melding]:
    opgegeven, kengetal = uitkomst.aanpak.frictie, uitkomst["frictie_kengetal"]
    if kengetal - opgegeven <= FRICTIE_MARGE:
        return []
    return [
        Melding(
            "frictie",
            opgegeven,
            f"het berekende kengetal is {zuinig(100 * kengetal, 2)}%.",
            "In de opstart is frictie aannemelijk (handleiding §2.2, vraag 9); zonder is de uitkomst gunstiger.",
        )
    ]


def _indicatief(uitkomst: Uitkomst) -> list[Melding]:
    """An MKBA 1.0 on kengetallen alone: optimistic in the start-up phase."""
    eigen = [k for k in KNOPPEN if k in uitkomst.aanpak.opgegeven]
    if eigen:
        return []
    return [
        Melding(
            "vraag 9 tot en met 15",
            "leeg",
            "alle verwachte effecten komen uit kengetallen: dit is een indicatieve MKBA 1.0.",
            "In de opstartfase noemt de handleiding 20 tot 30% nieuw gevonden huishoudens (§2.2) en 1 of 2% voorkomen "
            "escalatie (§2.3); reken die ook door.",
        )
    ]


def _hoeveel_anders(deel: float) -> str:
    """A part of something in words: "30% kleiner dan", "45% groter dan", from twice on "7,5 keer zo groot als"."""
    if deel >= DUBBEL:
        return f"{zuinig(deel, 2, 0)} keer zo groot als"
    # 99.7% smaller is not 100% smaller: there is a team
    anders = afgerond(100 * abs(deel - 1))
    tekst = zuinig(100 * abs(deel - 1), 4) if anders == "100" else anders
    return f"{tekst}% {'kleiner' if deel < 1 else 'groter'} dan"

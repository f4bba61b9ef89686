"""What a reader should be told about an outcome before it is used: nothing is changed, only said."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mkba.invoer.lezen import Bronaanpak
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import afgerond, nederlands, zuinig
from mkba.kern.woorden.begrippen import TYPEN, naam
from mkba.kern.woorden.velden import KNOPPEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.basiscijfers import boven_basiscijfer
from mkba.kern.zaak.waarschuwingen import waarschuwingen
from mkba.model.berekening import Uitkomst, bereken, caseload_kengetallen
from mkba.model.effectmeting import gemeten_escalaties
from mkba.model.reeksen import maak_reeksen

FTE_MARGE: Final = 0.25
"""A team that differs more than this from the kengetal asks for an argument; no source, only a threshold."""
FRICTIE_MARGE: Final = 0.05
RUIS: Final = 1e-6
"""What spreadsheet programs differ from each other in the last digits of an outcome, relative or absolute."""
ALLEEN_KENGETALLEN: Final = "vraag 9 tot en met 15"
"""The field of the remark that nothing was measured or expected: a measurement makes an end of it."""
DUBBEL: Final = 2.0
"""From twice the kengetal on a percentage says less than "so many times as large"."""


def opmerkingen(uitkomst: Uitkomst) -> list[Melding]:
    """Warnings about the input, the kengetallen and what the calculation shows of both, in that order."""
    return _opmerkingen(uitkomst.aanpak, uitkomst.kengetallen, uitkomst["fte_kengetal"], uitkomst["frictie_kengetal"])


def _opmerkingen(aanpak: Aanpak, kengetallen: Kengetallen, fte: float, frictie: float) -> list[Melding]:
    """``fte`` and ``frictie``: what the kengetallen of tabel 2.6 say of this team."""
    return [
        *waarschuwingen(aanpak, kengetallen),
        *kengetallen.waarschuwingen,
        *_top(aanpak),
        *_team(aanpak, fte),
        *_frictie(aanpak, frictie),
        *_indicatief(aanpak),
        *_gemeten_escalaties(aanpak, kengetallen),
        *boven_basiscijfer(aanpak),
    ]


def met_opmerkingen(bron: Bronaanpak, kengetallen: Kengetallen) -> Bronaanpak:
    """What was read, with the warnings that need a calculation as well (the team against its caseload).

    What the reader had to say comes first and stays.
    """
    waar = ", ".join(deel for deel in (str(bron.bestand), bron.rij) if deel)
    if bron.uitkomsten:
        uitkomst = bereken(bron.aanpak, kengetallen)
        gevonden = [*_werkboek(bron.uitkomsten, uitkomst), *opmerkingen(uitkomst)]
    else:  # the posts are of no use here, and ten thousand rows are many
        caseload = caseload_kengetallen(*maak_reeksen(bron.aanpak, kengetallen))
        fte, frictie = (float(caseload[s][0]) for s in ("fte_kengetal", "frictie_kengetal"))
        gevonden = _opmerkingen(bron.aanpak, kengetallen, fte, frictie)
    meldingen = [m.in_bestand(waar) for m in gevonden]
    nieuw = [m for m in meldingen if m not in bron.waarschuwingen]
    return replace(bron, waarschuwingen=(*bron.waarschuwingen, *nieuw))


def _werkboek(getoond: Sequence[tuple[str, float]], uitkomst: Uitkomst) -> list[Melding]:
    """A workbook that shows other outcomes than its answers give was not calculated anew, or its formulas changed."""
    anders = [(s, w) for s, w in getoond if not math.isclose(w, uitkomst[s], rel_tol=RUIS, abs_tol=RUIS)]
    if not anders:
        return []
    sleutel, waarde = next((paar for paar in anders if paar[0] == "saldo"), anders[0])
    meer = f" Zo verschillen {len(anders)} uitkomsten." if len(anders) > 1 else ""
    return [
        Melding(
            sleutel,
            round(waarde, 2),
            f"dit toont het werkboek zelf, maar zijn antwoorden geven {_cent(uitkomst[sleutel])}.{meer}",
            "Laat het werkboek herberekenen (Excel: Ctrl+Alt+F9, LibreOffice: Ctrl+Shift+F9) en bewaar het. Blijft het "
            "verschil, dan rekent het anders dan mkba: neem de antwoorden over in een nieuw werkboek.",
        )
    ]


def _cent(waarde: float) -> str:
    return nederlands(round(waarde, 2)) if math.isfinite(waarde) else "geen getal"


def _top(aanpak: Aanpak) -> list[Melding]:
    zwaarte = aanpak.zwaarte
    deel = sum(getattr(aanpak.type, t) * getattr(zwaarte, t).top for t in TYPEN)
    if deel == 0:
        return []
    return [
        Melding(
            "zwaarte: top",
            f"{nederlands(100 * deel, 1)}%",
            "voor de top rekent het model wel zorgkosten, maar bijna geen baten.",
            "Voor de top bestond een aparte tool (handleiding, voetnoot 4).",
        )
    ]


def _team(aanpak: Aanpak, kengetal: float) -> list[Melding]:
    fte = aanpak.fte
    if kengetal <= 0 or abs(fte / kengetal - 1) <= FTE_MARGE:
        return []
    if fte < kengetal:
        gevolg = "De effecten zijn wel voor alle huishoudens gerekend; onderbouw dat het team hen aankan."
    elif aanpak.frictie:
        frictie = f"{zuinig(100 * aanpak.frictie)}% frictie (vraag 9)"
        gevolg = f"De caseload is laag, ook met {frictie}; onderbouw dat dit nodig is."
    else:
        gevolg = "De caseload is laag; onderbouw dat dit nodig is, of overweeg frictie (vraag 9)."
    norm = f"het kengetal voor deze caseload ({zuinig(kengetal, 2)} fte, tabel 2.6)."
    oorzaak = f"het team is {_hoeveel_anders(fte / kengetal)} {norm}" if fte else f"het team heeft 0 fte, tegen {norm}"
    return [Melding("fte", fte, oorzaak, gevolg)]


def _frictie(aanpak: Aanpak, kengetal: float) -> list[Melding]:
    opgegeven = aanpak.frictie
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


def _indicatief(aanpak: Aanpak) -> list[Melding]:
    """An MKBA 1.0 on kengetallen alone: optimistic in the start-up phase."""
    eigen = [k for k in KNOPPEN if k in aanpak.opgegeven]
    if eigen or aanpak.gemeten is not None:
        return []
    return [
        Melding(
            ALLEEN_KENGETALLEN,
            "leeg",
            "alle verwachte effecten komen uit kengetallen: dit is een indicatieve MKBA 1.0.",
            "In de opstartfase noemt de handleiding 20 tot 30% nieuw gevonden huishoudens (§2.2) en 1 of 2% voorkomen "
            "escalatie (§2.3); reken die ook door.",
        )
    ]


def _gemeten_escalaties(aanpak: Aanpak, kengetallen: Kengetallen) -> list[Melding]:
    """Question 18 as the share of question 14 that it comes to, beside the range that the sources print of that."""
    if aanpak.gemeten is None or not aanpak.gemeten.telt("voorkomen"):
        return []
    per_type = gemeten_escalaties(aanpak, kengetallen)
    remedie = (
        "Is vraag 18 gemeten onder de huishoudens die ermee bedreigd worden, kies dan de grondslag bedreigd; onderbouw "
        "anders de attributie."
        if aanpak.gemeten.grondslag == "huishoudens"
        else "Onderbouw de attributie en het aandeel bedreigde huishoudens."
    )
    uit = []
    for t in TYPEN:
        hoog = kengetallen.getallen[f"knop.escalatie.{t}"].boven
        if getattr(aanpak.type, t) > 0 and per_type[t] > hoog + 1e-12:
            uit.append(
                Melding(
                    "effectmeting.voorkomen",
                    f"{zuinig(100 * per_type[t])}%",
                    f"vraag 18 komt neer op {zuinig(100 * per_type[t])}% voorkomen escalatie bij {naam(t).lower()}; de "
                    f"bronnen hebben bij vraag 14 hoogstens {zuinig(100 * hoog)}%.",
                    remedie,
                )
            )
    return uit


def _hoeveel_anders(deel: float) -> str:
    """A part of something in words: "30% kleiner dan", "45% groter dan", from twice on "7,5 keer zo groot als"."""
    if deel >= DUBBEL:
        return f"{zuinig(deel, 2, 0)} keer zo groot als"
    # 99.7% smaller is not 100% smaller: there is a team
    anders = afgerond(100 * abs(deel - 1))
    tekst = zuinig(100 * abs(deel - 1), 4) if anders == "100" else anders
    return f"{tekst}% {'kleiner' if deel < 1 else 'groter'} dan"

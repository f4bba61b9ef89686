"""What in an aanpak deserves an argument: asked by who reads a file and by who looks at its plausibility."""

from typing import Final

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import NAMEN
from mkba.kern.woorden.velden import DISCIPLINE_BIJ_KNOP, VELDEN, Veld
from mkba.kern.zaak.aanpak import Aanpak, sommen
from mkba.kern.zaak.effectmeting import let_op_effectmeting, vervangen_door
from mkba.kern.zaak.meetherkomst import veranderd


def waarschuwingen(aanpak: Aanpak, kengetallen: Kengetallen) -> list[Melding]:
    """What deserves an argument in the report: nothing is changed (MODEL.md section 3, last paragraph).

    Warns for a knob that needs a discipline that the team lacks, a value outside the range that the
    sources print, shares that add up to 99 or 101 percent, and a team of one or two disciplines.
    """
    plat = aanpak.plat()
    vervangen = vervangen_door(aanpak.effectmeting)
    uit: list[Melding] = []
    for knop, nodig in DISCIPLINE_BIJ_KNOP.items():
        if knop not in vervangen and plat[knop] > 0 and not set(nodig) & set(aanpak.disciplines):
            namen = " of ".join(NAMEN[d].lower() for d in nodig)
            uit.append(
                Melding(
                    knop,
                    plat[knop],
                    f"het team heeft geen discipline {namen}.",
                    "De handleiding (§2.3, bij 13) raadt dan 0 aan; de ingevulde waarde geldt.",
                )
            )
    uit += [melding for melding, _ in buiten_bereik(aanpak, kengetallen)]
    for groep, sleutels in sommen(plat).items():
        som = sum(plat[s] for s in sleutels)
        if abs(som - 1) > 1e-9:
            uit.append(
                Melding(
                    groep,
                    f"{nederlands(som * 100, 4)}%",
                    f"de aandelen tellen op tot {nederlands(som * 100, 4)}% (afgerond opgegeven).",
                    "De getallen gelden zoals opgegeven en worden niet herschaald.",
                )
            )
    if 0 < len(aanpak.disciplines) <= 2 and any(plat[k] > 0 for k in DISCIPLINE_BIJ_KNOP):
        uit.append(
            Melding(
                "disciplines",
                ", ".join(aanpak.disciplines),
                "met een of twee disciplines is de extra effectiviteit (vraag 13) vaak nul.",
                "Zie handleiding §2.3, bij 13; de ingevulde waarden gelden.",
            )
        )
    if aanpak.effectmeting is not None:
        uit += let_op_effectmeting(aanpak.effectmeting, aanpak.opgegeven)
    return [*uit, *veranderd(aanpak.meetherkomst, aanpak.gegeven())]


_GEMETEN: Final = (
    "De waarde is gemeten: de tabel met de invoer zegt waar en hoe zeker. Ga na waarom het hier anders is."
)


def buiten_bereik(aanpak: Aanpak, kengetallen: Kengetallen) -> list[tuple[Melding, float]]:
    """A message per answer outside the range that the sources print, each with the nearest end of that range."""
    plat, vervangen, gemeten = aanpak.plat(), vervangen_door(aanpak.effectmeting), aanpak.gemeten_in
    uit = []
    for sleutel, veld in VELDEN.items():
        kengetal = kengetallen.getallen.get(veld.standaard or "")
        if kengetal is None or kengetal.laag is None or kengetal.hoog is None or sleutel in vervangen:
            continue
        if plat.get(f"type.{sleutel.rpartition('.')[2]}") == 0:  # a knob of a type without households
            continue
        if not kengetal.laag - 1e-12 <= plat[sleutel] <= kengetal.hoog + 1e-12:
            melding = Melding(
                sleutel,
                plat[sleutel],
                f"buiten het gepubliceerde bereik {_bereik(veld, kengetal.laag, kengetal.hoog)}.",
                _GEMETEN if sleutel in gemeten else "Onderbouw deze waarde in het rapport.",
            )
            uit.append((melding, kengetal.laag if plat[sleutel] < kengetal.laag else kengetal.hoog))
    return uit


def _bereik(veld: Veld, laag: float, hoog: float) -> str:
    """The range as its reader writes it: "0% tot 60%"."""
    factor, eenheid = (100, "%") if veld.soort == "fractie" else (1, "")
    return " tot ".join(f"{nederlands(w * factor, 4)}{eenheid}" for w in (laag, hoog))

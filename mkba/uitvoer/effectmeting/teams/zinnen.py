"""Teams beside each other in sentences."""

from typing import Final

from mkba.analyse.effectmeting.teams import Teams
from mkba.kern.tekst.notatie import getal, opsomming, procent

OM_TE_LEREN: Final = "om van te leren, niet om af te rekenen"


def teamzinnen(teams: Teams) -> list[str]:
    """What the figure says and does not say."""
    punten = procent(teams.spreiding, 1) if teams.soort == "aandeel" else getal(teams.spreiding, 2)
    uit = [f"Deze vergelijking is bedoeld {OM_TE_LEREN}; de teams staan op naam en niet op uitkomst."]
    if teams.spreiding < 1e-3 * max(abs(teams.gemiddelde), 1e-9) or punten in ("0,0%", "0,00"):
        uit.append("Wat tussen de teams verschilt, kan geheel toeval zijn.")
    else:
        uit.append(f"Het meest aannemelijk is dat teams echt verschillen, met een standaardafwijking van {punten}.")
    uit.append(
        "Elke waarde is naar het gemiddelde getrokken voor zover toeval haar afstand kan verklaren: een team met "
        "weinig huishoudens het verst. Waar intervallen elkaar overlappen, is niet te zeggen welk team hoger ligt."
    )
    if klein := [t.naam for t in teams.teams if t.schatting is None]:
        uit.append(f"Te weinig huishoudens voor een eigen waarde: {opsomming(klein)}.")
    return uit

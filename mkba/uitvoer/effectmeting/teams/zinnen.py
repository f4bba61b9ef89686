"""Teams beside each other in sentences."""

from typing import Final

from mkba.analyse.effectmeting.teams import Teams
from mkba.kern.tekst.notatie import getal, kans_in_procent, opsomming, p_waarde

OM_TE_LEREN: Final = "om van te leren, niet om af te rekenen"
_NOEMT: Final = 6
"""Pairs of teams that a sentence names; of more it gives the number."""
_WEINIG: Final = 3
"""With fewer teams the intervals were seen to hold the truth less often than they say."""


def teamzinnen(teams: Teams) -> list[str]:
    """What the figure says and does not say."""
    uit = [f"Deze vergelijking is bedoeld {OM_TE_LEREN}; de teams staan op naam en niet op uitkomst."]
    eenheid = " procentpunt" if teams.soort == "aandeel" else ""
    tussen = f"tussen {_druk(teams, teams.spreiding_laag)} en {_druk(teams, teams.spreiding_hoog)}{eenheid}"
    if teams.verschillen:
        uit.append(
            f"De teams verschillen meer dan toeval verklaart (p {p_waarde(teams.p_toeval)}): de standaardafwijking "
            f"tussen teams ligt met 95% kans {tussen}."
        )
    else:
        uit.append(
            "Wat tussen de teams verschilt, kan geheel toeval zijn. Dat zij gelijk zijn, is daarmee niet gezegd: de "
            f"standaardafwijking tussen teams ligt met 95% kans {tussen}."
        )
    uit.append(
        "Elke waarde is naar het gemiddelde getrokken voor zover toeval haar afstand kan verklaren: een team met "
        "weinig huishoudens het verst."
    )
    uit.append(_volgorde(teams))
    if len(teams.teams) < _WEINIG:
        uit.append(
            f"Met {len(teams.teams)} teams is nauwelijks te zien hoe sterk teams verschillen: de intervallen zijn dan "
            "eerder te smal."
        )
    if klein := [t.naam for t in teams.teams if t.schatting is None]:
        uit.append(f"Te weinig huishoudens voor een eigen waarde: {opsomming(klein)}.")
    return uit


def _druk(teams: Teams, waarde: float) -> str:
    """A spread: of shares in points, for a percent of a percent is something else."""
    return getal(100 * waarde, 1) if teams.soort == "aandeel" else getal(waarde, 2)


def _volgorde(teams: Teams) -> str:
    """Of which pairs it can be said which team lies higher; the intervals of two may overlap and it can be said."""
    paren, alle = teams.hoger(), len(teams.teams) * (len(teams.teams) - 1) // 2
    if not paren:
        return "Van geen twee teams is met 95% kans te zeggen welk hoger ligt."
    if len(paren) > _NOEMT:
        return f"Van {len(paren)} van de {alle} paren teams is met 95% kans te zeggen welk hoger ligt."
    noem = opsomming([f"{a} hoger dan {b} ({kans_in_procent(kans)})" for a, b, kans in paren])
    rest = "; van de andere paren is het niet te zeggen" if len(paren) < alle else ""
    return f"Met minstens 95% kans ligt {noem}{rest}."

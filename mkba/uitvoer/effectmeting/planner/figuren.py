"""The planner as a figure."""

from matplotlib.axes import Axes

from mkba.analyse.effectmeting.steekproef.planner import ALLES, Plan
from mkba.analyse.onzekerheid.informatiewaarde import SALDI
from mkba.analyse.onzekerheid.simulatie import PARTIJEN
from mkba.uitvoer.figuur import euro_as, figuur, legenda_onder, nieuw
from mkba.uitvoer.kleuren import BLAUW, GRIJS, ROOD


@figuur("Lijnen over het aantal huishoudens per generalist: wat een steekproef waard is, wat zij kost en het verschil.")
def waarde_en_prijs(plan: Plan, groep: str = ALLES, saldo: str = SALDI[0], ax: Axes | None = None) -> Axes:
    """Worth, price and difference over the households per generalist, euros; the mark is where it no longer pays."""
    ax = ax or nieuw(8, 4.2)
    rij = plan.kromme[plan.kromme["groep"] == groep]
    x = rij["per_generalist"]
    ax.fill_between(x, rij[saldo] - 2 * rij[f"{saldo}_fout"], rij[saldo] + 2 * rij[f"{saldo}_fout"],
                    color="#CFE0F1", linewidth=0, label="95%-marge")  # fmt: skip
    ax.plot(x, rij[saldo], color=BLAUW, label="waarde voor de keuze")
    ax.plot(x, rij["prijs"], color=ROOD, linestyle="--", label="prijs")
    ax.plot(x, rij[f"{saldo}_netto"], color=GRIJS, linestyle=":", label="waarde min prijs")
    if per := plan.advies(groep, saldo):
        hier = rij[rij["per_generalist"] == per].iloc[0]
        ax.plot([per], [hier[f"{saldo}_netto"]], marker="D", color="white", markeredgecolor="#111111",
                linestyle="none", label=f"daarboven loont een huishouden niet ({per})", zorder=5)  # fmt: skip
    ax.axhline(0, color="#111111", linewidth=0.8)
    ax.set_xlabel(f"huishoudens per generalist ({plan.generalisten} generalisten)")
    ax.set_ylabel("euro")
    ax.set_title(f"Hoeveel huishoudens vragen? {PARTIJEN[saldo][:1].upper()}{PARTIJEN[saldo][1:]}")
    euro_as(ax, "y")
    legenda_onder(ax, 3)
    return ax

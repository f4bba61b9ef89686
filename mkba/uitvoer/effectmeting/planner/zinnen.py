"""The planner in sentences."""

from mkba.analyse.effectmeting.steekproef.planner import ALLES, Plan
from mkba.analyse.onzekerheid.informatiewaarde import SALDI
from mkba.analyse.onzekerheid.simulatie import PARTIJEN
from mkba.kern.tekst.notatie import euro, getal, opsomming, procent
from mkba.kern.woorden.velden import VELDEN, VRAGEN_NAAR_EFFECT
from mkba.uitvoer.effectmeting.namen import vraagnaam, vragennaam


def plan_zinnen(plan: Plan) -> list[str]:
    """What to ask and how many, for each who decides; and what the numbers rest on."""
    uit = []
    for saldo in SALDI:
        vragen = [g for g in plan.kromme["groep"].unique() if g != ALLES and plan.advies(g, saldo)]
        per = plan.advies(ALLES, saldo)
        wie = f"Voor de keuze van de {PARTIJEN[saldo]}"
        if not per:
            uit.append(f"{wie} verdient een steekproef zich niet terug: haar uitkomst zou de keuze niet keren.")
            continue
        rij = plan.kromme[(plan.kromme["groep"] == ALLES) & (plan.kromme["per_generalist"] == per)].iloc[0]
        keert = f" De keuze keren kan: {opsomming([vraagnaam(g) for g in vragen])}." if vragen else ""
        uit.append(
            f"{wie} loont een steekproef tot {per} huishoudens per generalist ({int(rij['n'])} in totaal, "
            f"{getal(rij['uren'])} uur, {euro(rij['prijs'], 100)}); "
            f"daarboven kost een huishouden meer dan het zegt.{keert}"
        )
    uit.append(
        "De waarde geldt voor het besluit over een volgend jaar, op wat nu bekend is; de uren per huishouden zijn een "
        "aanname (kengetallen steekproef.uur_*)."
    )
    if plan.aangenomen:
        uit.append(
            f"Van {vragennaam(plan.aangenomen)} wordt een verhouding over trajecten gemeten, en huishoudens hebben er "
            "veel of geen. Zonder eerdere steekproef zegt een huishouden haar met "
            f"{getal(plan.per_ja_nee[0], 1)} maal de variantie van een keer ja of nee "
            f"({getal(plan.per_ja_nee[1], 2)} tot {getal(plan.per_ja_nee[2], 1)} maal): dat volgt uit hoeveel "
            "trajecten een huishouden heeft en hoe vaak die samengaan (kengetallen steekproef.trajecten_start en "
            "steekproef.samenhang_trajecten, aannamen). Met de uitslag van een eerdere steekproef "
            "(plan_steekproef, eerder=) rekent de planner met de spreiding daarvan."
        )
    if any(VELDEN[k].vraag in VRAGEN_NAAR_EFFECT for k in plan.knoppen["knop"]):
        uit.append(
            "Bij vraag 12 tot en met 14 telt een huishouden zoals het bij het bijwerken gaat tellen: bewijs van niveau "
            f"{plan.sms} op de schaal van Maryland voor {procent(plan.effectkracht)}."
        )
    if plan.ingevuld:
        uit.append(
            "De planner gaat uit van de waarden in deze aanpak, met het bereik van het kengetal eromheen, ook waar zij "
            f"niet het kengetal zijn ({vragennaam(plan.ingevuld)}); bijwerken begint bij het kengetal, of bij de "
            "vorige meting als die wordt meegegeven. Daar is dit dus de waarde voor wie gelooft wat nu in de aanpak "
            "staat."
        )
    return uit

"""Sentences on rule sets: what is compared, in which prices, and what a rule set does not bring up to date."""

import math
from html import escape

from IPython.display import HTML

from mkba.analyse.regelsets.vergelijking import Vergelijking
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET, Kengetallen
from mkba.kern.tekst.notatie import STAP_EUR, datum, euro, hoeveel, nederlands, opsomming, verhouding
from mkba.kern.woorden.begrippen import VERHOUDINGEN


def kop(v: Vergelijking) -> str:
    """What is compared with what."""
    if v.van.kengetallen.naam == v.naar.kengetallen.naam:
        return (
            f"Van {v.van.aanpak.naam} ({v.van.naam}) naar {v.naar.aanpak.naam} ({v.naar.naam}), met "
            f"{omschrijving(v.naar.kengetallen)}"
        )
    return f"{v.naar.aanpak.naam}: van {omschrijving(v.van.kengetallen)} naar {omschrijving(v.naar.kengetallen)}"


def omschrijving(kengetallen: Kengetallen) -> str:
    """The rule set with its price year and discount rate."""
    jaren = opsomming([str(jaar) for jaar in kengetallen.prijspeilen])
    return f"regelset {kengetallen.naam} (prijzen van {jaren}, discontovoet {discontovoet(kengetallen)})"


def discontovoet(kengetallen: Kengetallen, jaren: int = 0) -> str:
    """The rate, and that of later years: "2,8%, na 35 jaar 1,8%"; of ``jaren`` years what holds in them."""
    voet = f"{nederlands(100 * (kengetallen['disconto.reeel'] + kengetallen['disconto.risico']), 2)}%"
    na = kengetallen["disconto.lang_na_jaar"]
    return (
        f"{voet}, na {na:g} jaar {nederlands(100 * kengetallen['disconto.lang'], 2)}%"
        if na > 0 and not 0 < jaren <= na
        else voet
    )


def kanttekeningen(v: Vergelijking) -> list[str]:
    """How to read the steps, and what the second rule set leaves as it was."""
    regels = v.naar.kengetallen.niet_bijgewerkt
    if not regels:
        return _leeswijzer(v)
    return [
        *_leeswijzer(v),
        "\n".join([f"Niet bijgewerkt in {v.naar.kengetallen.naam}:", *(f"- {regel}" for regel in regels)]),
    ]


def _leeswijzer(v: Vergelijking) -> list[str]:
    """How to read the steps: nothing where nothing differs."""
    uit = []
    if v.groepen:
        uit.append(
            "Een stap is wat een groep wijzigingen toevoegt, gemiddeld over alle volgordes (Shapley); de stappen van "
            f"het saldo tellen op tot de cent.{_afgedrukt(v)} De bedragen per post en per partij zijn elk apart "
            f"afgerond op {euro(STAP_EUR)}: opgeteld kunnen zij daardoor afwijken van wat eronder of erachter staat."
        )
    if v.van.kengetallen.prijspeilen != v.naar.kengetallen.prijspeilen:
        uit.append(
            "De bedragen staan in prijzen van verschillende jaren: een deel van het verschil is alleen inflatie. De "
            "verhoudingen hebben dat niet."
        )
    return uit


def _afgedrukt(v: Vergelijking) -> str:
    """The ratios as they are printed elsewhere: the steps are too small for that."""
    delen = [
        f"de {naam} van {verhouding(v.begin(r))} naar {verhouding(v.eind(r))}"
        for r, naam in (
            ("kb_maatschappelijk", "maatschappelijke"),
            ("kb_financieel", "financiële"),
            ("kb_gemeentelijk", "gemeentelijke"),
        )
        if math.isfinite(v.begin(r)) and math.isfinite(v.eind(r))
    ]
    if not delen:
        return ""
    heel = all(math.isfinite(s) for r in VERHOUDINGEN for s in v.stappen[r])
    onderweg = "" if heel else " Een – staat er waar onderweg geen kosten zijn: dan is er geen verhouding te verdelen."
    return (
        " Ook de stappen van een verhouding tellen op: daarom staat zij hier op drie decimalen. Afgedrukt op 0,05, "
        f"zoals in een rapport, gaat {opsomming(delen)}.{onderweg}"
    )


def sectie(v: Vergelijking | None) -> HTML:
    """Heading and first sentence of the section of a report; nothing when nothing is compared."""
    if v is None:
        return HTML("")
    titel = "Wat doet de regelset?" if v.van.kengetallen.naam != v.naar.kengetallen.naam else "Wat verandert er?"
    return HTML(f"<h2>{titel}</h2><p>{escape(kop(v))}.</p>")


def alineas(v: Vergelijking | None) -> HTML:
    """How to read the steps; what is not brought up to date stands at the head of the report."""
    return HTML("".join(f"<p>{escape(tekst)}</p>" for tekst in (_leeswijzer(v) if v else [])))


def regelset(kengetallen: Kengetallen) -> HTML:
    """What the rule set is built on, in which prices, and what it does not bring up to date."""
    opzet = kengetallen.opzet
    if not opzet.ouders:
        jaren = opsomming([str(jaar) for jaar in kengetallen.prijspeilen])
        zin = (
            f"Regelset {kengetallen.naam}: prijzen van {jaren}, niet geïndexeerd. Zorgprofielen, tarieven en de "
            "verdeling over partijen zijn die van vlak voor de decentralisaties van 2015."
        )
        return HTML(f"<p>{escape(zin)}</p>" if kengetallen.naam == STANDAARD_REGELSET else "")
    prijzen = f" Bedragen staan in prijzen van {opzet.prijsjaar}." if opzet.prijsjaar else ""
    zin = f"{_bouwt_op(kengetallen)}: discontovoet {discontovoet(kengetallen)}.{prijzen}"
    uit = f"<p>{escape(zin)}</p>"
    if kengetallen.niet_bijgewerkt:
        punten = "".join(f"<li>{escape(regel)}</li>" for regel in kengetallen.niet_bijgewerkt)
        uit += f"<p><strong>Niet bijgewerkt:</strong></p><ul>{punten}</ul>"
    return HTML(uit)


def regelset_tekst(kengetallen: Kengetallen) -> str:
    """Prices, discount rate and what is not brought up to date, as plain text for a workbook."""
    jaren = opsomming([str(jaar) for jaar in kengetallen.prijspeilen])
    zin = f"Prijzen van {jaren}; discontovoet {discontovoet(kengetallen)}."
    if not kengetallen.opzet.ouders:
        return f"{zin} De taakverdeling is die van vlak voor 2015."
    return " ".join(
        [f"{_bouwt_op(kengetallen)}.", zin, *(f"Niet bijgewerkt: {r}" for r in kengetallen.niet_bijgewerkt)]
    )


def regelset_kort(kengetallen: Kengetallen) -> str:
    """One line for the head of a page: what it is built on and what it leaves as it was; "" without a parent."""
    opzet = kengetallen.opzet
    if not opzet.ouders:
        return ""
    niet = [r.partition(":")[0][:1].lower() + r.partition(":")[0][1:] for r in kengetallen.niet_bijgewerkt]
    return f"{_bouwt_op(kengetallen)}." + (f" Niet bijgewerkt: {'; '.join(niet)}." if niet else "")


def _bouwt_op(kengetallen: Kengetallen) -> str:
    opzet = kengetallen.opzet
    stand = f", naar de stand van {datum(opzet.peildatum)}" if opzet.peildatum else ""
    return f"Regelset {kengetallen.naam} bouwt op {opsomming(opzet.ouders)}{stand}"


def overdrachten_uitleg(kengetallen: Kengetallen) -> str:
    """Which amounts are transfers, in words."""
    soorten = {
        "geheel": [k.omschrijving for k in kengetallen.getallen.values() if k.overdracht == "geheel"],
        "deels": [p for p, k in kengetallen.getallen.items() if k.overdracht == "deels"],
    }
    if not any(soorten.values()):
        return ""
    deels = f" Voor een onbekend deel ook: {hoeveel(len(soorten['deels']), 'bedrag', 'bedragen')} voor werk en inkomen."
    return (
        "Een overdracht gaat van de ene partij naar de andere (een uitkering die niemand meer betaalt, is een inkomen "
        "dat niemand meer krijgt) en valt voor de samenleving weg, tenzij er productie tegenover staat. Overdracht is: "
        f"{opsomming(soorten['geheel'])}.{deels if soorten['deels'] else ''} Wie aan het werk gaat, produceert ook: "
        "wie dat meetelt, hoeft de voorkomen uitkering niet af te trekken."
    )

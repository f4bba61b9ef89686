"""Bijlage 2 of the meta-analysis: do its printed numbers add up?

The comparison with the model is in :mod:`mkba.analyse.herbouw.reproductie`: the prototype calculated differently.
"""

from mkba.analyse.herbouw.gevallen import PROTOTYPE, Geval, laad_geval
from mkba.analyse.meta.bevinding import Bevinding, gelijk
from mkba.analyse.meta.lees_meta import MetaAnalyse
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond
from mkba.kern.woorden.begrippen import BATENPOSTEN, KOSTENPOSTEN, TYPEN, naam


def controleer_bijlage_2(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Bijlage 2: do the printed amounts add up?"""
    geval = laad_geval(PROTOTYPE, kengetallen)
    u = geval.uitkomst
    plek = "bijlage 2"
    uit = [*_percentages_bijlage_2(geval)]
    for wat, totaal, delen in (
        ("Totale kosten: som van de drie posten", "totale_kosten", KOSTENPOSTEN),
        ("Besparing organisatiekosten: som van a en b", "besparing_organisatie", ("nieuw_voor_oud", "substitutie")),
        ("Immateriële baten: som van drie posten", "immaterieel", BATENPOSTEN[4:]),
        (
            "Totale baten: som van de vier posten",
            "totale_baten",
            ("besparing_organisatie", "effectiviteit", "escalatie", "immaterieel"),
        ),
    ):
        som = sum(u[d] for d in delen)
        houdt = gelijk(u[totaal], som)
        uitleg = "" if houdt else "Past binnen de afronding van de posten op € 100."
        uit.append(Bevinding("getal", plek, wat, u[totaal], som, "eur", houdt, uitleg))
    saldo = u["totale_baten"] - u["totale_kosten"]
    houdt = gelijk(u["saldo"], saldo)
    uit.append(Bevinding("getal", plek, "Saldo: baten min kosten", u["saldo"], saldo, "eur", houdt))
    for sleutel, wat, teller in (
        (
            "kb_financieel",
            "Financiële verhouding: baten zonder immateriële, gedeeld door kosten",
            u["totale_baten"] - u["immaterieel"],
        ),
        ("kb_maatschappelijk", "Maatschappelijke verhouding: baten gedeeld door kosten", u["totale_baten"]),
    ):
        waarde = teller / u["totale_kosten"]
        houdt = gelijk(rond(waarde, 0.05), u[sleutel])
        uit.append(Bevinding("getal", plek, wat, u[sleutel], waarde, "verhouding", houdt))
    for actor, bedragen in geval.begroting.items():
        verschil = bedragen["baten"] - bedragen["kosten"]
        houdt = gelijk(bedragen["saldo"], verschil)
        wat = f"Begroting na 2 jaar, {naam(actor, 'actor').lower()}: saldo is baten min kosten"
        uitleg = "" if houdt else "Scheelt € 1, door afronding op hele euro’s."
        uit.append(Bevinding("getal", plek, wat, bedragen["saldo"], verschil, "eur", houdt, uitleg))
    return uit


def _percentages_bijlage_2(geval: Geval) -> list[Bevinding]:
    aanpak = geval.aanpak.plat()
    groepen = [("Aandelen van de drie typen", [f"type.{t}" for t in TYPEN])]
    groepen += [(f"{naam(t)}: aandelen per zwaarte", [f"zwaarte.{t}.{s}" for s in ("ev", "zr", "nzr")]) for t in TYPEN]
    sommen = {wat: sum(float(str(aanpak[s])) for s in sleutels) for wat, sleutels in groepen}
    return [
        Bevinding("getal", "bijlage 2", f"{wat} tellen op tot 100%", 1.0, som, "fractie", gelijk(som, 1.0))
        for wat, som in sommen.items()
    ]

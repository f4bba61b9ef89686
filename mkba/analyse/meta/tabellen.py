"""The printed tables of the meta-analysis, recomputed: tabel 3.10, 4.5 and 4.7, bijlage 1, and what the text counts."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from mkba.analyse.meta.bevinding import Bevinding, gelijk
from mkba.analyse.meta.lees_meta import Aanpakregel, Caseloadtabel, MetaAnalyse
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.afronden import rond

SCHALEN = ("hele stad", "stadsdeel", "meer wijken of buurten", "één wijk, buurt of gebied")
"""Scale of an aanpak of bijlage 1, from the words in its column wijk/stad (see :func:`schaal`)."""


def caseload(tabel: Caseloadtabel) -> pd.DataFrame:
    """Tabel 3.10: a row per klasse (key) with gedrukt, caseload, uren and their product, hours a year of one fte."""
    rijen = {r.klasse: (r.gedrukt, r.caseload, r.uren, r.caseload * r.uren) for r in tabel.rij}
    return pd.DataFrame.from_dict(rijen, orient="index", columns=["gedrukt", "caseload", "uren", "uren_per_fte"])


def substitutie(meta: MetaAnalyse) -> pd.DataFrame:
    """Tabel 4.5: rows by key; gedrukt, bestaand, nieuw (fractions, NaN: a dash) and toelichting."""
    rijen = {r.sleutel: (r.gedrukt, _of_nan(r.bestaand), _of_nan(r.nieuw), r.toelichting) for r in meta.tabel_4_5.rij}
    return pd.DataFrame.from_dict(rijen, orient="index", columns=["gedrukt", "bestaand", "nieuw", "toelichting"])


def escalatie(meta: MetaAnalyse) -> pd.DataFrame:
    """Tabel 4.7, a row per pair of filled cells, in the order of the table.

    Columns: soort, voorbeeld, huishoudens, aantal, gedrukt (fraction), herrekend (aantal / huishoudens, with the
    relapse taken off where the table says that it is), noemer_laag and noemer_hoog: between which denominators the
    printed percentage is the rounded one. ``terugval``: whether relapse was taken off.
    """
    tabel = meta.tabel_4_7
    rijen = []
    for soort in tabel.soort:
        for vb in tabel.voorbeeld:
            cel = vb.telling(soort.sleutel)
            if cel is None:
                continue
            netto = cel.aantal * (1 - tabel.terugval if cel.terugval_inbegrepen else 1)
            rijen.append(
                {
                    "soort": soort.sleutel,
                    "voorbeeld": vb.sleutel,
                    "huishoudens": vb.huishoudens,
                    "aantal": cel.aantal,
                    "gedrukt": cel.percentage,
                    "herrekend": netto / vb.huishoudens,
                    "noemer_laag": netto / (cel.percentage + 0.005),
                    "noemer_hoog": netto / (cel.percentage - 0.005),
                    "terugval": cel.terugval_inbegrepen,
                    "noemer_gedrukt": soort.noemer_gedrukt,
                }
            )
    return pd.DataFrame(rijen)


def schaal(gebied: str) -> str:
    """Scale of an aanpak from what bijlage 1 prints: "7 wijken" -> "meer wijken of buurten".

    A place by its name counts as one, also where the name joins two ("Kruiskamp/Schutskamp").
    """
    woorden = gebied.casefold()
    if woorden in ("hele stad", "stad"):
        return SCHALEN[0]
    if "stadsdeel" in woorden:
        return SCHALEN[1]
    return SCHALEN[2] if re.match(r"[2-9]|\d\d", woorden) else SCHALEN[3]


def bijlage_1(aanpakken: Sequence[Aanpakregel]) -> pd.DataFrame:
    """Bijlage 1: gemeente, gebied, naam, doelgroep as printed, and schaal."""
    return pd.DataFrame([{**a.model_dump(), "schaal": schaal(a.gebied)} for a in aanpakken])


def tel(lijst: pd.DataFrame, kolom: str) -> pd.DataFrame:
    """How many aanpakken of bijlage 1 per value of a column, and their share; most first, then by name."""
    aantallen = lijst[kolom].value_counts()
    volgorde = sorted(aantallen.index, key=lambda w: (-aantallen[w], str(w)))
    aantallen = aantallen.reindex(volgorde).rename_axis(None)
    return pd.DataFrame({"aantal": aantallen, "aandeel": aantallen / len(lijst)})


def kruistabel(lijst: pd.DataFrame) -> pd.DataFrame:
    """Aanpakken of bijlage 1 by doelgroep (rows, most first) and schaal (columns), with totals."""
    tabel = pd.crosstab(lijst["doelgroep"], lijst["schaal"]).reindex(
        index=tel(lijst, "doelgroep").index, columns=list(SCHALEN), fill_value=0
    )
    tabel = tabel.rename_axis(index=None, columns=None)
    tabel["totaal"] = tabel.sum(axis=1)
    return pd.concat([tabel, tabel.sum().to_frame("totaal").T])


def controleer_caseload(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Tabel 3.10: hours times caseload, the same numbers in the manual, and the other numbers in bijlage 2."""
    uit = []
    uren_per_fte = kengetallen["personeel.uren_per_fte"]
    hoofd = caseload(meta.tabel_3_10)
    for plek, tabel in (("tabel 3.10", hoofd), ("bijlage 2", caseload(meta.prototype))):
        for rij in tabel.itertuples():
            wat = f"{rij.gedrukt}: caseload maal uren is de werktijd van een fte"
            houdt = gelijk(rij.uren_per_fte, uren_per_fte)
            uit.append(Bevinding("getal", plek, wat, uren_per_fte, rij.uren_per_fte, "aantal", houdt))
    for klasse, rij in hoofd.iterrows():
        for kolom, pad in (("caseload", "caseload"), ("uren", "caseload_uren")):
            ander = kengetallen.getallen[f"{pad}.{klasse}"].waarde
            wat = f"{rij['gedrukt']}: {kolom} als in de handleiding, tabel 2.6"
            uit.append(Bevinding("getal", "tabel 3.10", wat, rij[kolom], ander, "aantal", gelijk(rij[kolom], ander)))
    for klasse, rij in caseload(meta.prototype).iterrows():
        zelfde = gelijk(rij["caseload"], hoofd.loc[klasse, "caseload"])
        waarom = "" if zelfde else "Het rapport spreekt zich tegen: bijlage 2 toont een ouder prototype van de tool."
        wat = f"{rij['gedrukt']}: caseload als in tabel 3.10"
        uit.append(
            Bevinding(
                "getal", "bijlage 2", wat, rij["caseload"], hoofd.loc[klasse, "caseload"], "aantal", zelfde, waarom
            )
        )
    return uit


def controleer_substitutie(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Tabel 4.5: every cell in the manual, the two studies from the text, the summary from text and rows."""
    tabel, tekst, plek = substitutie(meta), {s: g.waarde for s, g in meta.tekst.items()}, "tabel 4.5"
    uit = []
    for sleutel, rij in tabel.iterrows():
        for kolom in ("bestaand", "nieuw"):
            if np.isnan(rij[kolom]):
                continue
            ander = kengetallen.getallen[f"tabel_substitutie.{sleutel}.{kolom}"].waarde
            wat = f"{rij['gedrukt']}, {kolom}e cases: als in de handleiding, tabel 2.9"
            uit.append(Bevinding("getal", plek, wat, rij[kolom], ander, "fractie", gelijk(rij[kolom], ander)))
    delft = tekst["ekc_delft_voorgenomen"] * tekst["ekc_delft_uitgevoerd"]
    rest = 1 - tekst["ekc_professionals"]
    for sleutel, wat, waarde in (
        ("tu_delft", "TU Delft: de helft van 20% voorgenomen acties", delft),
        ("schuurman_mulder", "Schuurman/Mulder: wat niet door professionals wordt gedaan (40%)", rest),
    ):
        gedrukt = float(tabel.loc[sleutel, "bestaand"])
        uit.append(Bevinding("getal", plek, wat, gedrukt, waarde, "fractie", gelijk(gedrukt, waarde)))
    for kolom in ("bestaand", "nieuw"):
        gedrukt = float(tabel.loc["samenvatting", kolom])
        in_tekst = tekst[f"substitutie_{kolom}"]
        wat = f"Samenvatting, {kolom}e cases: als in de tekst van §4.3"
        uit.append(Bevinding("getal", plek, wat, gedrukt, in_tekst, "fractie", gelijk(gedrukt, in_tekst)))
        gemiddelde = float(tabel.drop(index="samenvatting")[kolom].mean())
        uit.append(
            Bevinding(
                "getal",
                plek,
                f"Samenvatting, {kolom}e cases: uit de regels erboven",
                gedrukt,
                gemiddelde,
                "fractie",
                None,
                "Hoe er is samengevat, zegt de bron niet; hiernaast het gewone gemiddelde van de gevulde vakken.",
            )
        )
    return uit


def controleer_escalatie(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """Tabel 4.7: every percentage from its counts; where the denominator is not printed, what it must have been."""
    namen = {s.sleutel: s.gedrukt.rstrip("*") for s in meta.tabel_4_7.soort}
    uit = []
    for rij in escalatie(meta).to_dict("records"):
        wat = f"{rij['voorbeeld'].capitalize()}: {_klein(namen[rij['soort']])}, {rij['aantal']} op {rij['huishoudens']}"
        past = gelijk(rond(rij["herrekend"], 0.01), rij["gedrukt"])
        houdt: bool | None = past
        uitleg = ""
        if not rij["noemer_gedrukt"]:
            uitleg = "De noemer (gezinnen of ouderen in de aanpak) is niet gedrukt; met alle huishoudens klopt het."
            if not past:
                houdt = None
                laag, hoog = int(np.ceil(rij["noemer_laag"])), int(np.floor(rij["noemer_hoog"]))
                na = ", na aftrek van 20% terugval," if rij["terugval"] else ""
                uitleg = (
                    "De noemer (gezinnen of ouderen in de aanpak) is niet gedrukt. Het percentage past"
                    f"{na} bij {laag} tot {hoog} van de {rij['huishoudens']} huishoudens."
                )
        uit.append(
            Bevinding("getal", "tabel 4.7", wat, rij["gedrukt"], float(rij["herrekend"]), "fractie", houdt, uitleg)
        )
    return uit


def controleer_tellingen(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """What the text counts: the 41 of bijlage 1, the composition of the 13, the shares of §2.2."""
    tekst = {s: g.waarde for s, g in meta.tekst.items()}
    lijst = bijlage_1(meta.bijlage_1)
    ruim = tekst["mkbas_ruim"]
    uit = [Bevinding("getal", "bijlage 1", "Ruim 40 MKBA’s in de lijst", ruim, len(lijst), "aantal", len(lijst) > ruim)]
    for wat, geheel, delen in (
        ("13 aanpakken zijn 6 sociale wijkteams en 7 stedelijke aanpakken", "aanpakken", ("wijkteams", "stedelijk")),
        ("6 wijkteams: 5 met presentie, 1 dat alleen vindt", "wijkteams", ("wijkteams_presentie", "wijkteams_vinden")),
        (
            "7 stedelijke aanpakken: 3 netwerken, 1 stedelijk team, 3 MPG",
            "stedelijk",
            ("stedelijk_netwerken", "stedelijk_team", "stedelijk_mpg"),
        ),
        (
            "7 stedelijke aanpakken: 5 draaiden, 2 in de planfase",
            "stedelijk",
            ("stedelijk_draaiend", "stedelijk_planfase"),
        ),
    ):
        som = sum(tekst[d] for d in delen)
        uit.append(Bevinding("getal", "§3.3", wat, tekst[geheel], som, "aantal", gelijk(tekst[geheel], som)))
    rest = 1 - tekst["wijk_ev"]
    uit.append(
        Bevinding(
            "getal",
            "figuur 2.2",
            "Ongeveer 30% meervoudig naast ongeveer 70% geen of enkelvoudig",
            tekst["wijk_mv"],
            rest,
            "fractie",
            gelijk(rond(rest, 0.01), tekst["wijk_mv"]),
        )
    )
    kern = ("Kwetsbaar niet-zelfredzaam", "Meervoudige problematiek", "MPH", "(O)MPG")
    aantal = int(lijst["doelgroep"].isin(kern).sum())
    uit.append(
        Bevinding(
            "uitspraak",
            "bijlage 1",
            "Sociale wijkteams en multiprobleemgezin-aanpakken vormen de hoofdmoot (samenvatting)",
            "meer dan de helft",
            f"{aantal} van {len(lijst)}",
            "tekst",
            aantal > len(lijst) / 2,
            f"Geteld naar doelgroep, omdat de namen niet altijd zeggen of het een team is: {', '.join(kern)}.",
        )
    )
    return uit


def _of_nan(waarde: float | None) -> float:
    return np.nan if waarde is None else waarde


def _klein(tekst: str) -> str:
    """The same text with a small first letter, for in a sentence."""
    return tekst[:1].lower() + tekst[1:]

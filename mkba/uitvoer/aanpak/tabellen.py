"""Tables of a report: data frames made from an outcome.

They hold plain numbers (euros, fractions, ratios) unless the docstring says formatted text; ``opmaak``
turns them into HTML.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from mkba.kern.aanpak import Aanpak
from mkba.kern.begrippen import (
    ACTOREN,
    BATENPOSTEN,
    DOMEINEN,
    GEMEENTE,
    IMMATERIELE_BATEN,
    KOSTENPOSTEN,
    POSTEN,
    TYPEN,
    naam,
)
from mkba.kern.getallen import euro, eurostap, getal, kort, te_onderscheiden, toon_veld, zuinig
from mkba.kern.kengetal import Kengetal
from mkba.kern.kengetallen import Kengetallen
from mkba.kern.sleutels import GEBRUIK, PROFIEL_ZWAARTEN
from mkba.kern.velden import VELDEN, VRAGEN
from mkba.model.berekening import Uitkomst
from mkba.model.verloop import Verloop, terugverdienjaar
from mkba.model.verloop import begroting as begroting_in_jaar

UITVOERSCHERM_A: Final = (
    ("totale_kosten", "Totale kosten", 0),
    ("kosten_aanpak", "1 Kosten nieuwe aanpak", 1),
    ("frictiekosten", "2 Eenmalige (frictie)kosten", 1),
    ("kosten_extra_zorg", "3 Kosten a.g.v. extra inzetten zorg", 1),
    ("totale_baten", "Totale baten", 0),
    ("besparing_organisatie", "1 Besparing organisatiekosten", 1),
    ("nieuw_voor_oud", "a Nieuw voor oud", 2),
    ("substitutie", "b Minder trajecten a.g.v. substitutie", 2),
    ("effectiviteit", "2 Toename effectiviteit trajecten", 1),
    ("escalatie", "3 Voorkomen (escalatie)kosten", 1),
    ("immaterieel", "4 Immateriële baten", 1),
    ("ontwikkelingskansen", "a Ontwikkelingskansen kinderen", 2),
    ("kwaliteit_van_leven", "b Toename kwaliteit van leven", 2),
    ("overlast", "c Reductie overlast en onveiligheid", 2),
    ("saldo", "Saldo (baten minus kosten)", 0),
    ("kb_financieel", "Financiële K-B-verhouding", 0),
    ("kb_maatschappelijk", "Maatschappelijke K-B-verhouding", 0),
    ("kb_gemeentelijk", "Gemeentelijke K-B-verhouding", 0),
)
"""Lines of figuur 3.2 (handleiding), with the gemeentelijke ratio of meta-analysis §4.1 added."""


KOPRIJEN: Final = tuple(label for _, label, diepte in UITVOERSCHERM_A if diepte == 0)
VERHOUDINGRIJEN: Final = {label: "verhouding" for sleutel, label, _ in UITVOERSCHERM_A if sleutel.startswith("kb_")}
MET_AANDEEL: Final = "van de kosten"
SCHERMOPMAAK: Final = {"NCW": "eur", MET_AANDEEL: "procent"}
"""Formats of :func:`met_aandeel`; its ratios have those of ``VERHOUDINGRIJEN``."""
TOTAALRIJEN: Final = ["Gemeente totaal", "Alle partijen"]


def uitvoerscherm_a(uitkomsten: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """Posts and ratios of one or more outcomes side by side: a column per outcome.

    ``uitkomsten`` maps a heading to the public keys. Euros NCW and unrounded ratios; a key that an outcome
    lacks is NaN (the manual does not print the gemeentelijke ratio).
    """
    rijen = {label: [u.get(s, float("nan")) for u in uitkomsten.values()] for s, label in schermlabels().items()}
    return pd.DataFrame.from_dict(rijen, orient="index", columns=list(uitkomsten))


def met_aandeel(tabel: pd.DataFrame) -> pd.DataFrame:
    """Uitvoerscherm A of one outcome with its share of the costs (figuren 4.3 and 4.4): a fraction, "" for a ratio."""
    (kolom,) = tabel.columns
    kosten = tabel.loc["Totale kosten", kolom]
    ratio = tabel.index.isin(list(VERHOUDINGRIJEN))
    deel = ["" if r or not kosten else w / kosten for w, r in zip(tabel[kolom], ratio, strict=True)]
    return tabel.assign(**{MET_AANDEEL: pd.Series(deel, index=tabel.index, dtype=object)})


def schermlabels() -> dict[str, str]:
    """Key -> label of uitvoerscherm A, indented with no-break spaces so that it keeps its place everywhere."""
    return {s: "\u00a0" * (4 * diepte) + label for s, label, diepte in UITVOERSCHERM_A}


def invoertabel(uitkomst: Uitkomst, vanaf_vraag: int = 1) -> pd.DataFrame:
    """The answers from a question on (1 to 15) with the kengetal beside and where the value comes from.

    One row per field; columns vraag, onderdeel, waarde, kengetal (formatted text), herkomst. The kengetal of
    households, fte and frictie is the calculated one, as on the screen.
    """
    aanpak, kengetallen = uitkomst.aanpak, uitkomst.kengetallen
    berekend = {"huishoudens": "huishoudens_bij_fte", "fte": "fte_kengetal", "frictie": "frictie_kengetal"}
    plat = aanpak.plat()
    rijen = []
    for sleutel, veld in VELDEN.items():
        if veld.vraag < vanaf_vraag:
            continue
        if sleutel in berekend:
            waarde = uitkomst[berekend[sleutel]]
            if sleutel == "fte":  # a small team must not seem to have the kengetal that it does not have
                kengetal = te_onderscheiden(waarde, aanpak.fte)[0]
            else:
                kengetal = f"{zuinig(100 * waarde, 2)}%" if veld.soort == "fractie" else getal(waarde)
        else:
            kengetal = toon_veld(veld, kengetallen[veld.standaard]) if veld.standaard else ""
        rijen.append(
            {
                "vraag": f"{veld.vraag}. {VRAGEN[veld.vraag]}",
                "onderdeel": veld.label,
                "waarde": toon_veld(veld, plat[sleutel]),
                "kengetal": kengetal,
                "herkomst": aanpak.herkomst(sleutel),
            }
        )
    return eenmaal(pd.DataFrame(rijen), "vraag")


def eenmaal(tabel: pd.DataFrame, kolom: str) -> pd.DataFrame:
    """The table with a repeated value in ``kolom`` printed at its first row only."""
    return tabel.assign(**{kolom: tabel[kolom].where(~tabel[kolom].duplicated(), "")})


def bereik_per_type(aanpak: Aanpak) -> pd.DataFrame:
    """Questions 1 to 5 and 14 as the screen shows them: a column per huishoudtype, formatted text.

    A value that a kengetal filled in is marked with (k). A type without households has no classes and no effect, and
    says so, unless something was filled in.
    """
    plat = aanpak.plat()

    def cel(sleutel: str) -> str:
        groep, _, rest = sleutel.partition(".")
        van_type = "gezin" if groep == "kinderen" else rest.partition(".")[0]
        leeg = groep != "type" and van_type and not plat[f"type.{van_type}"]
        if leeg and (sleutel not in aanpak.opgegeven or not plat[sleutel]):
            return "geen huishoudens" if groep == "zwaarte" else "–"
        merk = " (k)" if aanpak.herkomst(sleutel) == "kengetal" else ""
        return toon_veld(VELDEN[sleutel], plat[sleutel]) + merk

    rijen: dict[str, list[str]] = {"1. Aantal huishoudens in aanpak": [cel("huishoudens"), "", ""]}
    for sleutel, veld in VELDEN.items():
        if sleutel == "kinderen":
            rijen[f"4. {veld.label}"] = [cel("kinderen"), "", ""]
        if not (sleutel.endswith(".gezin") or sleutel.startswith("zwaarte.gezin.")):
            continue
        varianten = [sleutel.replace("gezin", t, 1) for t in TYPEN]
        label = veld.label.removesuffix(": Gezinnen").removeprefix("Gezinnen: ")
        rijen[f"{veld.vraag}. {label}"] = [cel(v) for v in varianten]
    return pd.DataFrame.from_dict(rijen, orient="index", columns=["Gezinnen", "Ouderen", "Overige hh"])


def per_actor(bedragen: pd.DataFrame) -> pd.DataFrame:
    """Costs, benefits and saldo per actor from a frame post x actor, euros.

    ``immaterieel`` is the part of the benefits that is no money. The gemeente has a row of its own after its
    four parts; the last row is the total.
    """
    tabel = pd.DataFrame(
        {
            "kosten": bedragen.loc[list(KOSTENPOSTEN)].sum(),
            "baten": bedragen.loc[list(BATENPOSTEN)].sum(),
            "immaterieel": bedragen.loc[list(IMMATERIELE_BATEN)].sum(),
        }
    )
    tabel["saldo"] = tabel["baten"] - tabel["kosten"]
    delen = tabel.loc[list(GEMEENTE)]
    rest = tabel.drop(index=list(GEMEENTE))
    gemeente = delen.sum().to_frame("Gemeente totaal").T
    totaal = tabel.sum().to_frame("Alle partijen").T
    for deel in (delen, rest):
        deel.index = pd.Index([naam(str(a), "actor") for a in deel.index])
    return pd.concat([delen, gemeente, rest, totaal])


def ncw_per_actor(uitkomst: Uitkomst) -> pd.DataFrame:
    """Net present value in euros, post x actor (keys as labels)."""
    return _post_x_actor(uitkomst.grootboek.kubus_ncw[0].sum(axis=1))


def begroting(uitkomst: Uitkomst, jaar: int = 2) -> pd.DataFrame:
    """Cash flows of a calendar year of a running aanpak, euros, post x actor (uitvoerscherm B).

    One-off costs and frictie count as ``model.verloop.begroting`` says: ``jaar`` 2 is the third year.
    """
    return _post_x_actor(begroting_in_jaar(uitkomst, jaar))


def _post_x_actor(bedragen: object) -> pd.DataFrame:
    return pd.DataFrame(bedragen, index=list(POSTEN), columns=list(ACTOREN))


def kasstromen(uitkomst: Uitkomst) -> pd.DataFrame:
    """Cash flows of one year of work, euros per year 0 ... 9, a column per post (keys as labels)."""
    tabel = pd.DataFrame(uitkomst.grootboek.kubus[0].sum(axis=2).T, columns=list(POSTEN))
    tabel.index.name = "jaar"
    return tabel


def verlooptabel(verloop: Verloop) -> pd.DataFrame:
    """Ingroei: euros per calendar year 1 ... 10, with yearly and cumulative saldi."""
    maatschappelijk, financieel = verloop.saldo_maatschappelijk, verloop.saldo_financieel
    tabel = pd.DataFrame(
        {
            "caseload": verloop.caseload,
            "kosten": verloop.kosten,
            "financiele_baten": verloop.financiele_baten,
            "immateriele_baten": verloop.immateriele_baten,
            "saldo_maatschappelijk": maatschappelijk,
            "cumulatief_maatschappelijk": verloop.cumulatief(maatschappelijk),
            "cumulatief_financieel": verloop.cumulatief(financieel),
            "cumulatief_gemeente": verloop.cumulatief(verloop.saldo_gemeente),
        },
        index=pd.RangeIndex(1, verloop.kosten.size + 1, name="jaar"),
    )
    return tabel


def terugverdientijd(verloop: Verloop) -> pd.DataFrame:
    """When the running total turns positive for good, for society, all payers and the gemeente."""
    saldi = {
        "Maatschappij": verloop.saldo_maatschappelijk,
        "Alle partijen, financieel": verloop.saldo_financieel,
        "Gemeente, financieel": verloop.saldo_gemeente,
    }
    rijen = []
    for wie, saldo in saldi.items():
        eerste = next((str(j + 1) for j, s in enumerate(saldo) if s >= 0), "niet binnen 10 jaar")
        jaar = terugverdienjaar(verloop.cumulatief(saldo))
        rijen.append(
            {
                "voor": wie,
                "eerste jaar zonder verlies": eerste,
                "terugverdiend in jaar": "niet binnen 10 jaar" if jaar is None else str(jaar),
                "saldo van jaar 10 alleen": euro(float(saldo[-1]), 100),
                "opgeteld tot en met jaar 10": euro(float(saldo.sum()), 100),
            }
        )
    return pd.DataFrame(rijen)


def gebruikte_kengetallen(kengetallen: Kengetallen, aanpak: Aanpak | None = None) -> dict[str, Kengetal]:
    """The kengetallen that a calculation read, in the order of the model; with ``aanpak`` also the defaults
    that filled its empty fields."""
    standaard = {VELDEN[v].standaard for v in aanpak.uit_kengetal} if aanpak is not None else set()
    gebruikt = [pad for pad, soort in GEBRUIK.items() if soort in ("model", "onzekerheid") or pad in standaard]
    return {pad: kengetallen.getallen[pad] for pad in gebruikt if pad in kengetallen.getallen}


def kengetallentabel(kengetallen: Kengetallen, aanpak: Aanpak | None = None) -> pd.DataFrame:
    """The kengetallen used with status and source, formatted text; the care profiles have their own table."""
    rijen = []
    for pad, k in gebruikte_kengetallen(kengetallen, aanpak).items():
        if pad.startswith("zorgconsumptie.") and k.oorspronkelijk is None:
            continue
        rijen.append(
            {
                "kengetal": f"{k.omschrijving} [{pad}]",
                "waarde": f"{kort(k.waarde)} {k.eenheid}",
                "bereik": "" if k.onder == k.boven else f"{kort(k.onder)} … {kort(k.boven)}",
                "status": _status(k),
                "bron en onderbouwing": f"{k.bron}: {k.herkomst}",
            }
        )
    return eenmaal(pd.DataFrame(rijen), "bron en onderbouwing")


def _status(kengetal: Kengetal) -> str:
    oud = kengetal.oorspronkelijk
    return kengetal.status if oud is None else f"override door gebruiker (was {kort(oud)})"


def profieltabel(kengetallen: Kengetallen) -> pd.DataFrame:
    """Figuur 2.7: euros per household per year by type and zwaarte, with the sum of the parts and as printed."""
    rijen: dict[str, dict[str, float]] = {}
    for t in TYPEN:
        for s in PROFIEL_ZWAARTEN:
            delen = {naam(d): kengetallen[f"zorgconsumptie.{t}.{s}.{d}"] for d in DOMEINEN}
            label = "geen probleem of ev" if s == "ev" else naam(s).lower()
            rijen[f"{naam(t)}, {label}"] = {
                **delen,
                "som": sum(delen.values()),
                "totaal zoals gedrukt": kengetallen[f"zorgconsumptie_totaal.{t}.{s}"],
            }
    return pd.DataFrame.from_dict(rijen, orient="index")


def statustelling(kengetallen: Kengetallen, aanpak: Aanpak | None = None) -> pd.DataFrame:
    """How many of the kengetallen used have which status."""
    status = pd.Series([_status(k).split(" ")[0] for k in gebruikte_kengetallen(kengetallen, aanpak).values()])
    return status.value_counts().rename_axis("status").reset_index(name="aantal kengetallen")


def tornadotabel(gevoeligheid: pd.DataFrame, soort: str, aantal: int = 10) -> pd.DataFrame:
    """The inputs with the largest swing: tekst_laag, tekst_waarde and tekst_hoog say the values that were varied.

    ``gevoeligheid``: outcome of ``analyse.gevoeligheid.eenzijdig``; ``soort``: "knop" or "kengetal".
    """
    keuze = gevoeligheid[gevoeligheid["soort"] == soort].head(aantal).copy()
    keuze["label"] = [inkorten(str(n)) for n in keuze["naam"]]
    for kant in ("laag", "waarde", "hoog"):
        keuze[f"tekst_{kant}"] = [_invoer(rij, kant) for rij in keuze.to_dict("records")]
    return keuze


def _invoer(rij: Mapping[Hashable, Any], kant: str) -> str:
    """The low, present or high value of one input, as a reader expects it."""
    if rij["sleutel"] == "fte":  # between the answer and its kengetal, so the present value is one of both
        laag, hoog = te_onderscheiden(rij["laag"], rij["hoog"])
        return laag if rij[kant] == rij["laag"] else hoog
    veld = VELDEN.get(rij["sleutel"])
    return toon_veld(veld, rij[kant]) if veld is not None else kort(rij[kant])


def uitslagen(tornado: pd.DataFrame) -> pd.DataFrame:
    """The bars of a tornado of the saldo written out: which value of each input gives which saldo, formatted text."""
    op = eurostap([*tornado["uitkomst_laag"], *tornado["uitkomst_hoog"]])
    return pd.DataFrame(
        {
            "knop of kengetal": tornado["naam"],
            "nu": tornado["tekst_waarde"],
            "lage waarde": tornado["tekst_laag"],
            "saldo bij de lage waarde": [euro(w, op) for w in tornado["uitkomst_laag"]],
            "hoge waarde": tornado["tekst_hoog"],
            "saldo bij de hoge waarde": [euro(w, op) for w in tornado["uitkomst_hoog"]],
        }
    )


def inkorten(tekst: str, lengte: int = 64) -> str:
    """A label that fits beside a figure."""
    return tekst if len(tekst) <= lengte else tekst[: lengte - 1].rstrip() + "…"


def reekstabel(gevarieerd: Mapping[str, Sequence[float]], reeks: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """Varied inputs beside saldo and the maatschappelijke ratio, a row per scenario (euros, ratio unrounded)."""
    uitkomsten = {naam(s): reeks[s] for s in ("saldo", "kb_maatschappelijk")}
    return pd.DataFrame({**gevarieerd, **uitkomsten})

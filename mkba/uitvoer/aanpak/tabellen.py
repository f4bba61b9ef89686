"""Tables of a report, made from an outcome: a :class:`Tabel` for a reader, a data frame for a figure or a file.

Both hold plain numbers (euros, fractions, ratios); where a cell holds a text, it is no number.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.rekenwaarden import TIJDPROFIELEN
from mkba.kern.catalogus.sleutels import GEBRUIK, rekent_mee
from mkba.kern.tekst.notatie import kort, te_onderscheiden, zuinig
from mkba.kern.woorden.begrippen import (
    ACTOREN,
    BATENPOSTEN,
    DOMEINEN,
    GEMEENTE,
    IMMATERIELE_BATEN,
    KLASSEN,
    KOSTENPOSTEN,
    POSTEN,
    TYPEN,
    naam,
)
from mkba.kern.woorden.uitvoerscherm import UITVOERSCHERM_A
from mkba.kern.woorden.velden import VELDEN, VRAGEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import vervangen_door
from mkba.kern.zaak.meetherkomst import Meetherkomst
from mkba.model.berekening import Uitkomst
from mkba.model.grootboek import VERDELINGEN
from mkba.model.verloop import BEGROTINGSJAAR, Verloop, terugverdienjaar
from mkba.model.verloop import begroting as begroting_in_jaar
from mkba.uitvoer.maat import Cel, veldcel
from mkba.uitvoer.meetherkomst import UITLEG, UITLEG_G, gezegd
from mkba.uitvoer.tabel import Tabel

KOPRIJEN: Final = tuple(label for _, label, diepte in UITVOERSCHERM_A if diepte == 0)
VERHOUDINGRIJEN: Final = {label: "verhouding" for sleutel, label, _ in UITVOERSCHERM_A if sleutel.startswith("kb_")}
NCW: Final = "NCW"
MET_AANDEEL: Final = "van de kosten"
GEMEENTERIJ: Final = "Gemeente totaal"
TOTAALRIJ: Final = "Alle partijen"
TOTAALRIJEN: Final = (GEMEENTERIJ, TOTAALRIJ)
TERUG_IN: Final = "terugverdiend in jaar"
NIET_TERUG: Final = "niet binnen 10 jaar"
VERVALT: Final = "vervalt door de effectmeting"
FACTOR: Final = "traject.factor"


def uitvoerscherm_a(uitkomsten: Mapping[str, Mapping[str, float]]) -> Tabel:
    """Posts and ratios of one or more outcomes side by side: a column per outcome.

    ``uitkomsten`` maps a heading to the public keys. Euros NCW and unrounded ratios; a key that an outcome
    lacks is empty (the manual does not print the gemeentelijke ratio).
    """
    rijen = {label: [u.get(s, float("nan")) for u in uitkomsten.values()] for s, label in schermlabels().items()}
    tabel = pd.DataFrame.from_dict(rijen, orient="index", columns=list(uitkomsten))
    return Tabel(tabel, "eur", VERHOUDINGRIJEN, KOPRIJEN)


def uitvoerscherm(uitkomst: Uitkomst) -> Tabel:
    """Uitvoerscherm A (handleiding figuur 3.2) of one outcome, euros NCW and ratios, and each post as a fraction of
    the costs (meta-analyse figuren 4.3 and 4.4)."""
    tabel = uitvoerscherm_a({NCW: uitkomst.sleutels}).frame
    kosten = uitkomst["totale_kosten"]
    ratio = tabel.index.isin(list(VERHOUDINGRIJEN))
    deel = ["" if r or not kosten else w / kosten for w, r in zip(tabel[NCW], ratio, strict=True)]
    tabel = tabel.assign(**{MET_AANDEEL: pd.Series(deel, index=tabel.index, dtype=object)})
    return Tabel(tabel, {NCW: "eur", MET_AANDEEL: "fractie"}, VERHOUDINGRIJEN, KOPRIJEN)


def schermlabels() -> dict[str, str]:
    """Key -> label of uitvoerscherm A, indented with no-break spaces so that it keeps its place everywhere."""
    return {s: "\u00a0" * (4 * diepte) + label for s, label, diepte in UITVOERSCHERM_A}


def invoertabel(uitkomst: Uitkomst, vanaf_vraag: int = 1) -> Tabel:
    """The answers from a question on (1 to 15) with the kengetal beside and where the value comes from.

    An answer that was measured says where; one that a measurement replaces says so; questions 16 to 18 have tables of
    their own (:mod:`mkba.uitvoer.effectmeting.tabellen`). One row per field; columns vraag, onderdeel, waarde and
    kengetal (in the unit of the field), herkomst. The kengetal of households, fte and frictie is the calculated one, as
    on the screen. A field of a type without households has no value, or one that is marked. What was measured before
    ``vanaf_vraag`` is there too: no other table says of it how sure it is.
    """
    aanpak = uitkomst.aanpak
    plat, vervangen, gemeten = aanpak.plat(), vervangen_door(aanpak.effectmeting), aanpak.gemeten_in
    rijen = [
        {
            "vraag": f"{veld.vraag}. {VRAGEN[veld.vraag]}",
            "onderdeel": veld.label,
            "waarde": _antwoordcel(aanpak, plat, sleutel),
            "kengetal": _kengetal_van(sleutel, uitkomst),
            "herkomst": _herkomst(aanpak, plat, sleutel, vervangen, gemeten),
        }
        for sleutel, veld in VELDEN.items()
        if veld.vraag >= vanaf_vraag or (veld.vraag and sleutel in gemeten)
    ]
    return Tabel(eenmaal(pd.DataFrame(rijen), "vraag"), index=False, uitleg=UITLEG if gemeten else "")


_ZONDER: Final = "geen huishoudens"
_TELT_NIET: Final = " (telt niet: geen huishoudens)"


def _van_leeg_type(plat: Mapping[str, Any], sleutel: str) -> bool:
    """Whether a field is about a huishoudtype of which the aanpak has no households: it counts nowhere."""
    groep, _, rest = sleutel.partition(".")
    van_type = "gezin" if groep == "kinderen" else rest.partition(".")[0]
    return groep != "type" and van_type in TYPEN and not plat[f"type.{van_type}"]


def _vult_niets_in(aanpak: Aanpak, plat: Mapping[str, Any], sleutel: str) -> bool:
    """Whether a field of a type without households was left open too."""
    return _van_leeg_type(plat, sleutel) and (sleutel not in aanpak.opgegeven or not plat[sleutel])


def _herkomst(
    aanpak: Aanpak,
    plat: Mapping[str, Any],
    sleutel: str,
    vervangen: Collection[str],
    gemeten: Mapping[str, Meetherkomst],
) -> str:
    if _vult_niets_in(aanpak, plat, sleutel):
        return _ZONDER
    waar = gemeten.get(sleutel)
    herkomst = gezegd(waar) if waar is not None else aanpak.herkomst(sleutel)
    if sleutel in vervangen:
        return VERVALT if waar is None else f"{VERVALT}; {herkomst}"
    return herkomst


def _antwoordcel(aanpak: Aanpak, plat: Mapping[str, Any], sleutel: str, merk: str = "") -> Cel | str:
    """An answer; of a type without households what was given for it, marked, and otherwise nothing."""
    if _vult_niets_in(aanpak, plat, sleutel):
        return _ZONDER if sleutel.startswith("zwaarte.") else "–"
    return veldcel(VELDEN[sleutel], plat[sleutel], _TELT_NIET if _van_leeg_type(plat, sleutel) else merk)


def _kengetal_van(sleutel: str, uitkomst: Uitkomst) -> Cel | str:
    """The kengetal beside an answer; of households, fte and frictie what the caseload of tabel 2.6 gives."""
    if sleutel == "huishoudens":
        return Cel(uitkomst["huishoudens_bij_fte"], "aantal")
    if sleutel == "fte":  # a small team must not seem to have the kengetal that it does not have
        waarde = uitkomst["fte_kengetal"]
        return Cel(waarde, "antwoord", gedrukt=te_onderscheiden(waarde, uitkomst.aanpak.fte)[0])
    if sleutel == "frictie":
        waarde = uitkomst["frictie_kengetal"]
        return Cel(waarde, "antwoord%", gedrukt=f"{zuinig(100 * waarde, 2)}%")
    standaard = VELDEN[sleutel].standaard
    return veldcel(VELDEN[sleutel], uitkomst.kengetallen[standaard]) if standaard else ""


def eenmaal(tabel: pd.DataFrame, kolom: str) -> pd.DataFrame:
    """The table with a repeated value in ``kolom`` printed at its first row only."""
    return tabel.assign(**{kolom: tabel[kolom].where(~tabel[kolom].duplicated(), "")})


def bereik_per_type(aanpak: Aanpak) -> Tabel:
    """Questions 1 to 5 and 14 as the screen shows them: a column per huishoudtype, each in the unit of its field.

    A value that a kengetal filled in is marked with (k), one that was measured or updated with (g), one that a
    measurement replaces with (vervalt). A type without
    households has no classes and no effect, and says so; what was filled in for it all the same is marked as well.
    """
    cellen = _gemerkt(aanpak, ("kengetal",))
    cel = cellen.__getitem__
    rijen: dict[str, list[Cel | str]] = {"1. Aantal huishoudens in aanpak": [cel("huishoudens"), "", ""]}
    for sleutel, veld in VELDEN.items():
        if sleutel == "kinderen":
            rijen[f"4. {veld.label}"] = [cel("kinderen"), "", ""]
        if not (sleutel.endswith(".gezin") or sleutel.startswith("zwaarte.gezin.")):
            continue
        varianten = [sleutel.replace("gezin", t, 1) for t in TYPEN]
        label = veld.label.removesuffix(": Gezinnen").removeprefix("Gezinnen: ")
        rijen[f"{veld.vraag}. {label}"] = [cel(v) for v in varianten]
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=["Gezinnen", "Ouderen", "Overige hh"])
    return Tabel(frame, uitleg=UITLEG_G if aanpak.gemeten_in else "")


def antwoordkolom(aanpak: Aanpak) -> dict[str, Cel | str]:
    """The answer of every field of questions 1 to 15, in their order; marked with (k) when it was filled in for the
    user, with (vervalt) when a measurement replaces it, a dash for a type without households."""
    cellen = _gemerkt(aanpak, ("kengetal", "standaard"))
    return {s: "–" if cel == _ZONDER else cel for s, cel in cellen.items() if VELDEN[s].vraag}


def _gemerkt(aanpak: Aanpak, aangevuld: Collection[str]) -> dict[str, Cel | str]:
    plat, vervangen, gemeten = aanpak.plat(), vervangen_door(aanpak.effectmeting), aanpak.gemeten_in

    def merk(sleutel: str) -> str:
        if sleutel in vervangen:
            return " (vervalt)"
        return " (g)" if sleutel in gemeten else " (k)" if aanpak.herkomst(sleutel) in aangevuld else ""

    return {sleutel: _antwoordcel(aanpak, plat, sleutel, merk(sleutel)) for sleutel in VELDEN}


def partijen_ncw(uitkomst: Uitkomst) -> Tabel:
    """Costs, benefits and saldo per party, euros NCW of one year of work."""
    tabel = per_actor(ncw_per_actor(uitkomst))
    return Tabel(tabel, "eur", vet=TOTAALRIJEN, bijschrift="Netto contante waarde van één jaar aanpak, per partij")


def partijen_begroting(uitkomst: Uitkomst, jaar: int = BEGROTINGSJAAR) -> Tabel:
    """Uitvoerscherm B: the cash flows of a calendar year of a running aanpak per party, euros of that year."""
    bijschrift = f"Begroting na {jaar} jaar: kasstromen in één jaar, per partij"
    return Tabel(per_actor(begroting(uitkomst, jaar)), "eur", vet=TOTAALRIJEN, bijschrift=bijschrift)


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
    gemeente = delen.sum().to_frame(GEMEENTERIJ).T
    totaal = tabel.sum().to_frame(TOTAALRIJ).T
    for deel in (delen, rest):
        deel.index = pd.Index([naam(str(a), "actor") for a in deel.index])
    return pd.concat([delen, gemeente, rest, totaal])


def ncw_per_actor(uitkomst: Uitkomst) -> pd.DataFrame:
    """Net present value in euros, post x actor (keys as labels)."""
    return _post_x_actor(uitkomst.grootboek.kubus_ncw[0].sum(axis=1))


def begroting(uitkomst: Uitkomst, jaar: int = BEGROTINGSJAAR) -> pd.DataFrame:
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


def grootboekregels(uitkomst: Uitkomst) -> pd.DataFrame:
    """The ledger, tidy: a row per line (``regel`` of a ``post``), jaar and actor; rows of zero left out.

    ``eur``: euros of that year; ``ncw_eur``: the same discounted to year 0. Costs and benefits are both positive.
    """
    boek = uitkomst.grootboek
    in_jaar = np.stack([r.bedrag[0] * boek.per_jaar[0, TIJDPROFIELEN.index(r.tijd)] for r in boek.regels])
    wie = np.stack([boek.aandelen[0, VERDELINGEN.index(r.verdeling)] for r in boek.regels])
    eur = in_jaar[:, :, None] * wie[:, None]
    ncw = eur * boek.discontofactoren[0][:, None]
    regel, jaar, actor = np.nonzero(eur)
    return pd.DataFrame(
        {
            "post": [boek.regels[i].post for i in regel],
            "regel": [boek.regels[i].naam for i in regel],
            "jaar": jaar,
            "actor": [ACTOREN[i] for i in actor],
            "eur": eur[regel, jaar, actor],
            "ncw_eur": ncw[regel, jaar, actor],
        }
    )


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


def terugverdientijd(verloop: Verloop) -> Tabel:
    """When the running total turns positive for good, for society, all payers and the gemeente: years and euros."""
    saldi = {
        "Maatschappij": verloop.saldo_maatschappelijk,
        "Alle partijen, financieel": verloop.saldo_financieel,
        "Gemeente, financieel": verloop.saldo_gemeente,
    }
    rijen = []
    for wie, saldo in saldi.items():
        eerste = next((j + 1 for j, s in enumerate(saldo) if s >= 0), NIET_TERUG)
        jaar = terugverdienjaar(verloop.cumulatief(saldo))
        rijen.append((wie, eerste, NIET_TERUG if jaar is None else jaar, float(saldo[-1]), float(saldo.sum())))
    maten = {
        "voor": "tekst",
        "eerste jaar zonder verlies": "jaar",
        TERUG_IN: "jaar",
        "saldo van jaar 10 alleen": "eur",
        "opgeteld tot en met jaar 10": "eur",
    }
    return Tabel(pd.DataFrame(rijen, columns=list(maten)), maten, index=False)


def kengetallen_van(kengetallen: Kengetallen, aanpakken: Sequence[Aanpak]) -> dict[str, Kengetal]:
    """The kengetallen that some of the aanpakken read, in the order of the model; without any, all that one may
    read."""
    alle = {pad: kengetallen.getallen[pad] for pad in GEBRUIK if pad in kengetallen.getallen}
    if not aanpakken:
        return alle
    gebruikt = {pad for aanpak in aanpakken for pad in gebruikte_kengetallen(kengetallen, aanpak)}
    return {pad: k for pad, k in alle.items() if pad in gebruikt}


def gebruikte_kengetallen(kengetallen: Kengetallen, aanpak: Aanpak | None = None) -> dict[str, Kengetal]:
    """The kengetallen that a calculation read, in the order of the model; with ``aanpak`` also the defaults
    that filled its empty fields."""
    standaard = {VELDEN[v].standaard for v in aanpak.uit_kengetal} if aanpak is not None else set()
    gemeten = aanpak is not None and aanpak.gemeten is not None
    gebruikt = [
        pad
        for pad, soort in GEBRUIK.items()
        if rekent_mee(pad, gemeten) or soort == "onzekerheid" or pad in standaard or (gemeten and pad == FACTOR)
    ]
    return {pad: kengetallen.getallen[pad] for pad in gebruikt if pad in kengetallen.getallen}


def kengetallentabel(kengetallen: Kengetallen, aanpak: Aanpak | None = None) -> Tabel:
    """The kengetallen used, with their range, status and source; the care profiles have their own table."""
    return kengetalrijen(gebruikte_kengetallen(kengetallen, aanpak))


def kengetalrijen(gebruikt: Mapping[str, Kengetal]) -> Tabel:
    """Some kengetallen, with their range, status and source; the care profiles have their own table."""
    rijen = []
    for pad, k in gebruikt.items():
        if pad.startswith("zorgconsumptie.") and k.oorspronkelijk is None:
            continue
        laag, hoog = ("", "") if k.onder == k.boven else (k.onder, k.boven)
        rijen.append(
            {
                "kengetal": f"{k.omschrijving} [{pad}]",
                "waarde": Cel(k.waarde, "kort", f" {k.eenheid}"),
                "laag": laag,
                "hoog": hoog,
                "status": _status(k),
                "bron en onderbouwing": f"{k.bron}: {k.herkomst}",
            }
        )
    tabel = eenmaal(pd.DataFrame(rijen).astype({"laag": object, "hoog": object}), "bron en onderbouwing")
    return Tabel(tabel, {"laag": "kort", "hoog": "kort"}, index=False, samen={"bereik": ["laag", " … ", "hoog"]})


def _status(kengetal: Kengetal) -> str:
    oud = kengetal.oorspronkelijk
    return kengetal.status if oud is None else f"override door gebruiker (was {kort(oud)})"


def profieltabel(kengetallen: Kengetallen) -> Tabel:
    """Figuur 2.7: euros per household per year by type and zwaarte, with the sum of the parts and as printed."""
    rijen: dict[str, dict[str, float]] = {}
    for t in TYPEN:
        for s in KLASSEN:
            delen = {naam(d): kengetallen[f"zorgconsumptie.{t}.{s}.{d}"] for d in DOMEINEN}
            label = "geen probleem of ev" if s == "ev" else naam(s).lower()
            rijen[f"{naam(t)}, {label}"] = {
                **delen,
                "som": sum(delen.values()),
                "totaal zoals gedrukt": kengetallen[f"zorgconsumptie_totaal.{t}.{s}"],
            }
    bijschrift = "Zorgconsumptieprofielen, euro per huishouden per jaar (figuur 2.7)"
    return Tabel(pd.DataFrame.from_dict(rijen, orient="index"), "eur", bijschrift=bijschrift)


def statustelling(kengetallen: Kengetallen, aanpak: Aanpak | None = None) -> Tabel:
    """How many of the kengetallen used have which status."""
    return statussen(gebruikte_kengetallen(kengetallen, aanpak))


def statussen(gebruikt: Mapping[str, Kengetal]) -> Tabel:
    """How many of some kengetallen have which status."""
    status = pd.Series([_status(k).split(" ")[0] for k in gebruikt.values()])
    telling = status.value_counts().rename_axis("status").reset_index(name="aantal kengetallen")
    return Tabel(telling, {"aantal kengetallen": "aantal"}, index=False)

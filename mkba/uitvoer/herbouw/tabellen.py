"""Tables for reviewers: the published cases side by side, published beside model."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.woorden.begrippen import BATENPOSTEN, KOSTENPOSTEN, NAMEN, VERHOUDINGEN
from mkba.kern.woorden.velden import VELDEN, VRAGEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.model.berekening import bereken
from mkba.uitvoer.aanpak.tabellen import KOPRIJEN, VERHOUDINGRIJEN, eenmaal, ncw_per_actor, per_actor, schermlabels
from mkba.uitvoer.maat import Cel, veldcel
from mkba.uitvoer.tabel import Tabel


def gevalnaam(naam: str) -> str:
    """Display name of a published case: "voorbeeld-1" -> "Voorbeeld 1"."""
    namen = {"standaard": "Rekenvoorbeeld", "bijlage-2-prototype": "Bijlage 2 (prototype)"}
    return namen.get(naam, naam.replace("-", " ").capitalize())


def gevalkort(naam: str) -> str:
    """Short name of a published case, for the head of a narrow column: "voorbeeld-1" -> "vb 1"."""
    return {"standaard": "rekenvb", "bijlage-2-prototype": "bijlage 2"}.get(naam, naam.replace("voorbeeld-", "vb "))


_KORT: Final = {
    "Type huishoudens: ": "",
    "Voorkomen escalatie: ": "",
    "Overige huishoudens": "Overige hh",
    NAMEN["niet_actief"]: "niet actief",
    NAMEN["ev"]: "ev",
    NAMEN["zr"]: "mv zr",
    NAMEN["nzr"]: "mv nzr",
    NAMEN["top"]: "top",
}


def _korter(label: str) -> str:
    for lang, kort in _KORT.items():
        label = label.replace(lang, kort)
    return label


def invoer_naast_elkaar(aanpakken: Mapping[str, Aanpak], vragen: Sequence[int]) -> Tabel:
    """The answers to some questions, a column per aanpak; rows carry the question."""
    platte = {gevalkort(naam): aanpak.plat() for naam, aanpak in aanpakken.items()}
    rijen = []
    for sleutel, veld in VELDEN.items():
        if veld.vraag not in vragen or (sleutel.endswith(".top") and not any(p[sleutel] for p in platte.values())):
            continue
        waarden: dict[str, Cel | str]
        if sleutel == "disciplines":  # names would make the columns too wide
            waarden = {naam: ", ".join(plat[sleutel]) for naam, plat in platte.items()}
        else:
            waarden = {naam: veldcel(veld, plat[sleutel]) for naam, plat in platte.items()}
        rijen.append({"vraag": f"{veld.vraag}. {VRAGEN[veld.vraag]}", "onderdeel": _korter(veld.label), **waarden})
    return Tabel(eenmaal(pd.DataFrame(rijen), "vraag"), index=False)


def uitvoer_naast_elkaar(reproductie: pd.DataFrame, waarde: str, gevallen: Sequence[str]) -> Tabel:
    """Uitvoerscherm A with a column per case, from a column of ``analyse.reproductie.reproductie``.

    ``waarde``: "gepubliceerd", "model" (euros NCW and ratios) or "afwijking_pct" (percent). Rows are the labels of the
    screen.
    """
    deel = reproductie[reproductie["geval"].isin(gevallen)]
    breed = deel.pivot(index="sleutel", columns="geval", values=waarde)
    rijen = {
        label: [breed.loc[sleutel, g] for g in gevallen]
        for sleutel, label in schermlabels().items()
        if sleutel in breed.index
    }
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=[gevalkort(g) for g in gevallen])
    if waarde == "afwijking_pct":
        return Tabel(frame, "decimaal1", vet=KOPRIJEN)
    return Tabel(frame, "bedrag", VERHOUDINGRIJEN, KOPRIJEN)


_GEDRUKT: Final = {"eur": "eur", "verhouding": "verhouding", "fractie": "fractie"}
_PRECIES: Final = {"eur": "eur1", "verhouding": "decimaal3", "fractie": "fractie1"}


def reproductietabel(reproductie: pd.DataFrame) -> Tabel:
    """Every published number beside the model, as a reviewer reads it."""
    rijen = []
    for rij in reproductie.to_dict("records"):
        precies = _PRECIES.get(rij["eenheid"], "decimaal1")
        rijen.append(
            {
                "geval": gevalkort(rij["geval"]),
                "uitkomst": NAMEN.get(rij["sleutel"], rij["sleutel"]),
                "gepubliceerd": Cel(rij["gepubliceerd"], _GEDRUKT.get(rij["eenheid"], "aantal")),
                "model": Cel(rij["model"], precies),
                "afwijking": Cel(rij["afwijking_pct"] / 100, "fractie1"),
                "laagste": Cel(rij["laagste"], precies),
                "hoogste": Cel(rij["hoogste"], precies),
                "binnen": "ja" if rij["binnen"] else "NEE",
                "exact": "ja" if rij["exact"] else "",
                "strikt": "ja" if rij["strikt_binnen"] else "nee",
            }
        )
    # the maat of a column of numbers in several units: every cell has its own
    getallen = dict.fromkeys(("gepubliceerd", "model", "afwijking", "laagste", "hoogste"), "kort")
    return Tabel(pd.DataFrame(rijen), getallen, index=False)


def samenvatting_reproductie(samenvatting: pd.DataFrame) -> Tabel:
    """The summary of ``analyse.reproductie.samenvatting`` with display names."""
    frame = pd.DataFrame(
        {
            "geval": [g if g == "alle gevallen" else gevalnaam(g) for g in samenvatting["geval"]],
            "gepubliceerde getallen": samenvatting["aantal"],
            "exact": samenvatting["exact"],
            "binnen de afronding": samenvatting["binnen"],
            "binnen, knoppen exact": samenvatting["strikt_binnen"],
            "grootste afwijking van een post": [
                Cel(p / 100, "fractie1", f" ({NAMEN[post].lower()})")
                for p, post in zip(samenvatting["grootste_afwijking_pct"], samenvatting["post"], strict=True)
            ],
        }
    )
    tellingen = dict.fromkeys(frame.columns[1:5], "aantal")
    return Tabel(frame, tellingen, index=False)


def verhoudingentabel(verhoudingen: pd.DataFrame) -> Tabel:
    """Published and calculated ratios, printed to 0.05 and with three decimals."""
    frame = pd.DataFrame(
        {
            "geval": [gevalnaam(g) for g in verhoudingen["geval"]],
            "verhouding": [NAMEN[s] for s in verhoudingen["sleutel"]],
            "gepubliceerd": verhoudingen["gepubliceerd"],
            "model, afgedrukt": verhoudingen["model_afgedrukt"],
            "model": verhoudingen["model"],
            "gelijk": ["ja" if g else "nee, één stap" for g in verhoudingen["gelijk"]],
        }
    )
    maat = {"gepubliceerd": "verhouding", "model, afgedrukt": "verhouding", "model": "decimaal3"}
    return Tabel(frame, maat, index=False)


def uitkomsten_naast_elkaar(aanpakken: Mapping[str, Aanpak], kengetallen: Kengetallen) -> pd.DataFrame:
    """The public keys of several aanpakken: rows keys, columns display names, euros and ratios unrounded."""
    return pd.DataFrame({gevalnaam(n): bereken(a, kengetallen).sleutels for n, a in aanpakken.items()})


def verhoudingen_per_geval(uitkomsten: pd.DataFrame) -> pd.DataFrame:
    """The three ratios, a row per aanpak."""
    return uitkomsten.loc[list(VERHOUDINGEN)].T


def kostenaandelen(uitkomsten: pd.DataFrame) -> pd.DataFrame:
    """Cost posts as a fraction of total costs, a column per aanpak (figuur 4.3)."""
    return uitkomsten.loc[list(KOSTENPOSTEN)] / uitkomsten.loc["totale_kosten"]


def batenaandelen(uitkomsten: pd.DataFrame) -> pd.DataFrame:
    """Benefit posts as a fraction of total costs, a column per aanpak (figuur 4.4)."""
    return uitkomsten.loc[list(BATENPOSTEN)] / uitkomsten.loc["totale_kosten"]


def prototypetabel(tabel: pd.DataFrame) -> Tabel:
    """Bijlage 2 beside the model and beside the model with the prototype's known kengetallen."""

    def maat(sleutel: str) -> str:
        if sleutel.startswith("kb_"):
            return "verhouding"
        if sleutel == "frictie_kengetal":
            return "fractie"
        return "decimaal1" if sleutel.startswith(("fte", "huishoudens")) else "eur"

    koppen = {
        "gepubliceerd": "gepubliceerd",
        "model": "model",
        "model_prototype": "met kengetallen van het prototype",
    }
    getallen = {
        kop: [Cel(w, maat(s)) for s, w in zip(tabel["sleutel"], tabel[kolom], strict=True)]
        for kolom, kop in koppen.items()
    }
    frame = pd.DataFrame(
        {
            "uitkomst": [NAMEN[s] for s in tabel["sleutel"]],
            **getallen,
            "waardoor het verschilt": tabel["verklaring"],
        }
    )
    return Tabel(frame, dict.fromkeys(getallen, "kort"), index=False)


def begroting_prototypetabel(tabel: pd.DataFrame) -> Tabel:
    """Bijlage 2, uitvoerscherm B, beside the model: euros of the year."""
    frame = pd.DataFrame(
        {
            "partij": tabel["partij"].str.capitalize(),
            "": tabel["soort"],
            "gepubliceerd": tabel["gepubliceerd"],
            "model": tabel["model"],
        }
    )
    maat = {"gepubliceerd": "eur1", "model": "eur1"}
    return Tabel(frame, maat, bijschrift="Begroting na 2 jaar, per partij", index=False)


def partijen_naast_elkaar(aanpakken: Mapping[str, Aanpak], kengetallen: Kengetallen) -> Tabel:
    """Saldo per party in euros NCW, a column per aanpak."""
    frame = pd.DataFrame(
        {gevalkort(n): per_actor(ncw_per_actor(bereken(a, kengetallen)))["saldo"] for n, a in aanpakken.items()}
    )
    return Tabel(frame, "bedrag", bijschrift="Saldo per partij, euro NCW")

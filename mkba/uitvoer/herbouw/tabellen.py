"""Tables for reviewers: the published cases side by side, published beside model."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd

from mkba.kern.aanpak import Aanpak
from mkba.kern.begrippen import BATENPOSTEN, KOSTENPOSTEN, NAMEN
from mkba.kern.getallen import euro, getal, procent, toon_veld, verhouding
from mkba.kern.kengetallen import Kengetallen
from mkba.kern.velden import VELDEN, VRAGEN
from mkba.model.berekening import bereken
from mkba.uitvoer.aanpak.tabellen import eenmaal, ncw_per_actor, per_actor, schermlabels


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


def invoer_naast_elkaar(aanpakken: Mapping[str, Aanpak], vragen: Sequence[int]) -> pd.DataFrame:
    """The answers to some questions, a column per aanpak, formatted text; rows carry the question."""
    platte = {gevalkort(naam): aanpak.plat() for naam, aanpak in aanpakken.items()}
    rijen = []
    for sleutel, veld in VELDEN.items():
        if veld.vraag not in vragen or (sleutel.endswith(".top") and not any(p[sleutel] for p in platte.values())):
            continue
        if sleutel == "disciplines":  # names would make the columns too wide
            waarden = {naam: ", ".join(plat[sleutel]) for naam, plat in platte.items()}
        else:
            waarden = {naam: toon_veld(veld, plat[sleutel]) for naam, plat in platte.items()}
        rijen.append({"vraag": f"{veld.vraag}. {VRAGEN[veld.vraag]}", "onderdeel": _korter(veld.label), **waarden})
    return eenmaal(pd.DataFrame(rijen), "vraag")


def uitvoer_naast_elkaar(reproductie: pd.DataFrame, waarde: str, gevallen: Sequence[str]) -> pd.DataFrame:
    """Uitvoerscherm A with a column per case, from a column of ``analyse.reproductie.reproductie``.

    ``waarde``: "gepubliceerd", "model" or "afwijking_pct". Rows are the labels of the screen.
    """
    deel = reproductie[reproductie["geval"].isin(gevallen)]
    breed = deel.pivot(index="sleutel", columns="geval", values=waarde)
    rijen = {
        label: [breed.loc[sleutel, g] for g in gevallen]
        for sleutel, label in schermlabels().items()
        if sleutel in breed.index
    }
    return pd.DataFrame.from_dict(rijen, orient="index", columns=[gevalkort(g) for g in gevallen])


def _een_decimaal(waarde: float) -> str:
    return getal(waarde, 1)


Formaat = Callable[[float], str]
_GEDRUKT: Final[dict[str, Formaat]] = {
    "eur": lambda w: euro(w, 100),
    "verhouding": verhouding,
    "fractie": procent,
}
_PRECIES: Final[dict[str, Formaat]] = {
    "eur": euro,
    "verhouding": lambda w: getal(w, 3),
    "fractie": lambda w: procent(w, 1),
}


def reproductietabel(reproductie: pd.DataFrame) -> pd.DataFrame:
    """Every published number beside the model, formatted text, as a reviewer reads it."""
    rijen = []
    for rij in reproductie.to_dict("records"):
        formaat = _GEDRUKT.get(rij["eenheid"], getal)
        exact = _PRECIES.get(rij["eenheid"], _een_decimaal)
        afwijking = rij["afwijking_pct"]
        rijen.append(
            {
                "geval": gevalkort(rij["geval"]),
                "uitkomst": NAMEN.get(rij["sleutel"], rij["sleutel"]),
                "gepubliceerd": formaat(rij["gepubliceerd"]),
                "model": exact(rij["model"]),
                "afwijking": "–" if pd.isna(afwijking) else procent(afwijking / 100, 1),
                "laagste": exact(rij["laagste"]),
                "hoogste": exact(rij["hoogste"]),
                "binnen": "ja" if rij["binnen"] else "NEE",
                "exact": "ja" if rij["exact"] else "",
                "strikt": "ja" if rij["strikt_binnen"] else "nee",
            }
        )
    return pd.DataFrame(rijen)


def samenvatting_reproductie(samenvatting: pd.DataFrame) -> pd.DataFrame:
    """The summary of ``analyse.reproductie.samenvatting`` with display names, formatted text."""
    return pd.DataFrame(
        {
            "geval": [g if g == "alle gevallen" else gevalnaam(g) for g in samenvatting["geval"]],
            "gepubliceerde getallen": samenvatting["aantal"].astype(str),
            "exact": samenvatting["exact"].astype(str),
            "binnen de afronding": samenvatting["binnen"].astype(str),
            "binnen, knoppen exact": samenvatting["strikt_binnen"].astype(str),
            "grootste afwijking van een post": [
                f"{procent(p / 100, 1)} ({NAMEN[post].lower()})"
                for p, post in zip(samenvatting["grootste_afwijking_pct"], samenvatting["post"], strict=True)
            ],
        }
    )


def verhoudingentabel(verhoudingen: pd.DataFrame) -> pd.DataFrame:
    """Published and calculated ratios, printed to 0.05 and with three decimals, formatted text."""
    return pd.DataFrame(
        {
            "geval": [gevalnaam(g) for g in verhoudingen["geval"]],
            "verhouding": [NAMEN[s] for s in verhoudingen["sleutel"]],
            "gepubliceerd": [verhouding(w) for w in verhoudingen["gepubliceerd"]],
            "model, afgedrukt": [verhouding(w) for w in verhoudingen["model_afgedrukt"]],
            "model": [getal(w, 3) for w in verhoudingen["model"]],
            "gelijk": ["ja" if g else "nee, één stap" for g in verhoudingen["gelijk"]],
        }
    )


def uitkomsten_naast_elkaar(aanpakken: Mapping[str, Aanpak], kengetallen: Kengetallen) -> pd.DataFrame:
    """The public keys of several aanpakken: rows keys, columns display names, euros and ratios unrounded."""
    return pd.DataFrame({gevalnaam(n): bereken(a, kengetallen).sleutels for n, a in aanpakken.items()})


def verhoudingen_per_geval(uitkomsten: pd.DataFrame) -> pd.DataFrame:
    """The three ratios, a row per aanpak."""
    return uitkomsten.loc[["kb_maatschappelijk", "kb_financieel", "kb_gemeentelijk"]].T


def kostenaandelen(uitkomsten: pd.DataFrame) -> pd.DataFrame:
    """Cost posts as a fraction of total costs, a column per aanpak (figuur 4.3)."""
    return uitkomsten.loc[list(KOSTENPOSTEN)] / uitkomsten.loc["totale_kosten"]


def batenaandelen(uitkomsten: pd.DataFrame) -> pd.DataFrame:
    """Benefit posts as a fraction of total costs, a column per aanpak (figuur 4.4)."""
    return uitkomsten.loc[list(BATENPOSTEN)] / uitkomsten.loc["totale_kosten"]


def prototypetabel(tabel: pd.DataFrame) -> pd.DataFrame:
    """Bijlage 2 beside the model and beside the model with the prototype's known kengetallen, formatted text."""

    def formaat(sleutel: str, waarde: float) -> str:
        if sleutel.startswith("kb_"):
            return verhouding(waarde)
        if sleutel == "frictie_kengetal":
            return procent(waarde)
        return getal(waarde, 1) if sleutel.startswith(("fte", "huishoudens")) else euro(waarde, 100)

    sleutels = tabel["sleutel"]
    return pd.DataFrame(
        {
            "uitkomst": [NAMEN[s] for s in sleutels],
            "gepubliceerd": [formaat(s, w) for s, w in zip(sleutels, tabel["gepubliceerd"], strict=True)],
            "model": [formaat(s, w) for s, w in zip(sleutels, tabel["model"], strict=True)],
            "met kengetallen van het prototype": [
                formaat(s, w) for s, w in zip(sleutels, tabel["model_prototype"], strict=True)
            ],
            "waardoor het verschilt": tabel["verklaring"],
        }
    )


def begroting_prototypetabel(tabel: pd.DataFrame) -> pd.DataFrame:
    """Bijlage 2, uitvoerscherm B, beside the model, formatted text."""
    return pd.DataFrame(
        {
            "partij": tabel["partij"].str.capitalize(),
            "": tabel["soort"],
            "gepubliceerd": [euro(w) for w in tabel["gepubliceerd"]],
            "model": [euro(w) for w in tabel["model"]],
        }
    )


def partijen_naast_elkaar(aanpakken: Mapping[str, Aanpak], kengetallen: Kengetallen) -> pd.DataFrame:
    """Saldo per party in euros NCW, a column per aanpak."""
    return pd.DataFrame(
        {gevalkort(n): per_actor(ncw_per_actor(bereken(a, kengetallen)))["saldo"] for n, a in aanpakken.items()}
    )

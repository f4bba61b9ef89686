"""What the slides of the gemeente as a whole say: the same numbers and sentences as its report.

Plain data, as :mod:`mkba.uitvoer.aanpak.presentatie` gives it for one aanpak; sentences are HTML in which all text from
input is escaped.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from mkba.analyse.gemeente.optelling import Gemeente
from mkba.analyse.gevoeligheid.wacht import wacht
from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.notatie import euro, hoeveel, kans_in_procent
from mkba.model.verloop import BEGROTINGSJAAR
from mkba.uitvoer.aanpak.beslispagina import partijzin
from mkba.uitvoer.aanpak.presentatie import FIGUUR_EN_TABEL, altijd_onzeker, begin, dia, kosten_kop, oordelen, wie_kop
from mkba.uitvoer.aanpak.samenvatting import grootste_baten, latere_baten, oordeel, prijspeil
from mkba.uitvoer.aanpak.tabellen import TOTAALRIJEN
from mkba.uitvoer.gemeente import tabellen, zinnen
from mkba.uitvoer.gevoeligheid.tabellen import tornadotabel
from mkba.uitvoer.tabel import Tabel


def presentatie(gemeente: Gemeente, gevoeligheid: Sequence[pd.DataFrame]) -> dict[str, Any]:
    """The slides; ``gevoeligheid``: of each wijk, in their order, the outcome of ``eenzijdig`` on the saldo."""
    s, ncw = gemeente.sleutels, tabellen.partijen_ncw(gemeente)
    hoofd, _, rest = oordeel(s, ncw.frame).rpartition("</strong>")
    begroting = tabellen.begroting_per_wijk(gemeente)
    later = sum(latere_baten(w) for w in gemeente.wijken)
    dias = [
        dia(
            hoofd.removeprefix("<strong>") or "Het oordeel",
            [begin(rest), escape(zinnen.gelukzin(gemeente))],
            tabel=oordelen(s, gemeente.eigen),
        ),
        dia(
            kosten_kop(s, "Eén jaar werken in alle wijken"),
            [grootste_baten(s)],
            figuur="kosten_en_baten",
        ),
        dia(_wijken_kop(gemeente), [escape(zinnen.wijkenzin(gemeente))], tabel=_wijken(gemeente)),
        dia(
            wie_kop(ncw.frame),
            [escape(partijzin(ncw.frame, tabellen.partijen_begroting(gemeente).frame, later)), FIGUUR_EN_TABEL],
            tabel=Tabel(ncw.frame[["kosten", "baten", "saldo"]], "eur", vet=TOTAALRIJEN, bijschrift=ncw.bijschrift),
            figuur="wie_betaalt",
        ),
        dia(
            _begroting_kop(float(begroting.frame["saldo"].iloc[-1])),
            ["Kasstromen van de gemeente in één jaar, als elke aanpak vanaf het begin op volle sterkte draait."],
            tabel=begroting,
        ),
        dia(
            f"De kans op een maatschappelijke plus is {_kans(gemeente)}",
            [escape(zinnen.spreidingzin(gemeente))],
            tabel=tabellen.kansen(gemeente),
            figuur="verdeling",
        ),
        dia(
            "Waar het saldo van elke wijk het meest van afhangt",
            ["Eén antwoord verandert van laag naar hoog; al het andere blijft zoals ingevuld."],
            tabel=_hangt_af(gemeente, gevoeligheid),
        ),
        dia("Wat wij niet weten", niet_weten(gemeente), punten=True),
        dia("Wat nu te doen", [escape(zin) for zin in zinnen.volgende_stappen(gemeente)], punten=True),
    ]
    return {"dias": dias, "prijspeil": prijspeil(gemeente.kengetallen)}


def _wijken(gemeente: Gemeente) -> Tabel:
    """The table of wijken without the columns that the slide has no room for."""
    tabel = tabellen.wijken(gemeente)
    assert not isinstance(tabel.maat, str)
    maten, frame = tabel.maat, tabel.frame.drop(columns=["fte", "maatschappelijk"])
    return Tabel(frame, {k: maten[k] for k in frame.columns}, vet=tabel.vet)


def _wijken_kop(gemeente: Gemeente) -> str:
    plus = sum(rond(w["saldo"], 100) > 0 for w in gemeente.wijken)
    if len(gemeente.wijken) == 1:
        return "De wijk"
    if plus in (0, len(gemeente.wijken)):
        return f"{'Elke' if plus else 'Geen enkele'} wijk heeft een maatschappelijke plus"
    return f"{plus} van de {len(gemeente.wijken)} wijken {'heeft' if plus == 1 else 'hebben'} een maatschappelijke plus"


def _begroting_kop(saldo: float) -> str:
    """What the budget of the gemeente shows; ``saldo``: euros of that year."""
    if not rond(saldo, 100):
        return f"{BEGROTINGSJAAR} jaar na de start: de gemeentebegroting in evenwicht"
    wat = "ruimte" if saldo > 0 else "extra lasten"
    return f"{BEGROTINGSJAAR} jaar na de start: {euro(abs(saldo), 100)} {wat} in de gemeentebegroting"


def _kans(gemeente: Gemeente) -> str:
    een, ander = (kans_in_procent(float(d.kansen.at["saldo", "kans"])) for d in (gemeente.eigen, gemeente.gedeeld))
    return escape(een if een == ander else f"{ander} tot {een}")


def _hangt_af(gemeente: Gemeente, gevoeligheid: Sequence[pd.DataFrame]) -> Tabel:
    """Per wijk the answer that moves its saldo most, with the saldo (euros NCW) at both ends."""
    rijen = {}
    for naam, frame in zip(gemeente.korte_namen, gevoeligheid, strict=True):
        for rij in tornadotabel(frame, "knop", 1).to_dict("records"):
            rijen[naam] = {
                "antwoord": rij["naam"],
                "nu": rij["tekst_waarde"],
                "laag": rij["tekst_laag"],
                "saldo bij laag": rij["uitkomst_laag"],
                "hoog": rij["tekst_hoog"],
                "saldo bij hoog": rij["uitkomst_hoog"],
            }
    maten = {**dict.fromkeys(("antwoord", "nu", "laag", "hoog"), "tekst")}
    maten |= dict.fromkeys(("saldo bij laag", "saldo bij hoog"), "eur")
    return Tabel(pd.DataFrame.from_dict(rijen, orient="index").rename_axis("wijk"), maten)


def niet_weten(gemeente: Gemeente) -> list[str]:
    """What the calculation does not know, as sentences in HTML: of these wijken first, then of every calculation."""
    wijken, zinnen_ = gemeente.wijken, []
    if zonder := sum(w.aanpak.gemeten is None for w in wijken):
        waar = "in geen enkele wijk" if zonder == len(wijken) else f"niet in {hoeveel(zonder, 'wijk', 'wijken')}"
        zinnen_.append(f"<strong>Effecten zijn verwacht.</strong> Gemeten zijn zij {waar}.")
    if aantal := sum(len(w.aanpak.kengetal_telt) for w in wijken):
        wat = hoeveel(aantal, "antwoord is", "antwoorden zijn")
        zinnen_.append(f"<strong>{wat} niet opgegeven</strong> en aangevuld met een landelijk kengetal.")
    if aantal := sum(len(wacht(w)) for w in wijken):
        wat = hoeveel(aantal, "antwoord vraagt", "antwoorden vragen")
        zinnen_.append(f"<strong>{wat} nog een toets</strong> op dubbeltelling of samenhang.")
    if len(wijken) > 1:
        zinnen_.append(
            "<strong>Wie in twee wijken in de caseload staat, telt dubbel</strong>, en of mee- en tegenvallers de "
            "wijken gemeen zijn, weet niemand."
        )
    return [*zinnen_, *altijd_onzeker(gemeente.kengetallen)]

"""Tables of a comparison of two rule sets or two aanpakken, and of what a rule set says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
from IPython.display import HTML

from mkba.analyse.regelsets.vergelijking import VERHOUDINGEN, Vergelijking, Wijziging, zonder_overdrachten
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.prijsreeksen import mutatie
from mkba.kern.tekst.notatie import STAP_EUR, gedrukt_verschil, kort, toon_veld
from mkba.kern.woorden.begrippen import ACTOREN, KOSTENPOSTEN, POSTEN, SALDI, naam
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.regelsets.zinnen import overdrachten_uitleg
from mkba.uitvoer.tabel import Tabel

_RATIO: Mapping[str, str] = dict(zip(VERHOUDINGEN, ("maatschappelijk", "financieel", "gemeentelijk"), strict=True))


def stappentabel(v: Vergelijking) -> Tabel:
    """From one saldo and each ratio to the other by group of changes; the steps of the saldo add up to the cent."""
    begin, stappen, eind = v.centen()
    ratio = {kop: [v.begin(r), *v.stappen[r].tolist(), v.eind(r)] for r, kop in _RATIO.items()}
    frame = pd.DataFrame(
        {"saldo": [begin, *stappen, eind], **ratio}, index=pd.Index([v.van.naam, *v.groepen, v.naar.naam], name="stap")
    )
    return Tabel(frame, {"saldo": "eur_cent", **dict.fromkeys(ratio, "decimaal3")}, vet=[v.van.naam, v.naar.naam])


def watervalframe(v: Vergelijking, uitkomst: str = "saldo") -> pd.DataFrame:
    """The steps as ``uitvoer.gevoeligheid.figuren.waterval`` draws them: naam, soort, bijdrage, stand."""
    stappen = v.stappen[uitkomst]
    stand = [v.begin(uitkomst) + float(stappen[:i].sum()) for i in range(len(stappen) + 1)]
    rijen = [
        (v.van.naam, "van", float("nan"), stand[0]),
        *((g, "wijziging", float(s), na) for g, s, na in zip(v.groepen, stappen, stand[1:], strict=True)),
        (v.naar.naam, "naar", float("nan"), v.eind(uitkomst)),
    ]
    return pd.DataFrame(rijen, columns=["naam", "soort", "bijdrage", "stand"])


def posttabel(v: Vergelijking) -> Tabel:
    """Per post before, what each group of changes does, and after: euros NCW; costs and benefits both positive."""
    posten = [*KOSTENPOSTEN, "totale_kosten", *POSTEN[len(KOSTENPOSTEN) :], "totale_baten", "saldo"]
    rijen = [[v.begin(p), *v.stappen[p].tolist(), v.eind(p)] for p in posten]
    frame = pd.DataFrame(
        rijen, columns=[v.van.naam, *v.groepen, v.naar.naam], index=pd.Index([naam(p) for p in posten], name="post")
    )
    return Tabel(frame, "bedrag", vet=[naam(p) for p in ("totale_kosten", "totale_baten", "saldo")])


def partijtabel(v: Vergelijking) -> Tabel:
    """Benefits minus costs of every actor, before and after, and who gains or loses: euros NCW, the difference of the
    amounts as printed."""
    een, twee = v.partijen
    frame = pd.DataFrame(
        {v.van.naam: een, v.naar.naam: twee}, index=pd.Index([naam(a, "actor") for a in ACTOREN], name="partij")
    )
    frame.loc["Samen"] = frame.sum()
    frame["verschil"] = [gedrukt_verschil(na, voor, STAP_EUR) for voor, na in frame.to_numpy()]
    return Tabel(frame, "bedrag", vet=["Samen"])


def wijzigingentabel(wijzigingen: Sequence[Wijziging], van: str, naar: str) -> Tabel:
    """What differs in the input: per answer and kengetal both values, its group, and the source of the new one."""
    rijen = [
        {
            "wat": VELDEN[w.sleutel].label if w.kengetal is None else w.kengetal.omschrijving,
            "sleutel": w.sleutel,
            van: _waarde(w, w.van),
            naar: _waarde(w, w.naar),
            "groep": w.groep,
            "status": "" if w.kengetal is None else w.kengetal.status,
            "bron": "" if w.kengetal is None else "; ".join(d for d in (w.kengetal.bron, w.kengetal.herkomst) if d),
        }
        for w in wijzigingen
    ]
    met_bron = any(w.kengetal is not None for w in wijzigingen)
    kolommen = ["wat", "sleutel", van, naar, "groep", *(("status", "bron") if met_bron else ())]
    return Tabel(pd.DataFrame(rijen, columns=kolommen).set_index("wat"))


def reeksentabel(kengetallen: Kengetallen) -> Tabel:
    """Per year the change of every series of prices that the rule set moves amounts with, and how well it is known."""
    reeksen = kengetallen.opzet.reeksen
    laagste = min((k.prijspeil for k in kengetallen.getallen.values() if k.prijspeil), default=0)
    jaren = range(laagste + 1, (kengetallen.opzet.prijsjaar or laagste) + 1)
    kolommen: dict[str, list[Cel | str]] = {}
    for serie, reeks in reeksen.items():
        kolommen[serie] = []
        for jaar in jaren:
            cijfer = reeks.jaren.get(jaar)
            merk = "" if cijfer is None else f" (als {cijfer.als})" if cijfer.als else ""
            if cijfer is not None and not cijfer.als and cijfer.stand == "voorlopig":
                merk = " (voorlopig)"
            kolommen[serie].append(Cel(mutatie(reeksen, serie, jaar), "fractie2", merk))
    frame = pd.DataFrame(kolommen, index=pd.Index([str(j) for j in jaren], name="jaar"), dtype=object)
    uitleg = "; ".join(f"{serie}: {reeks.omschrijving}" for serie, reeks in reeksen.items())
    return Tabel(frame, "fractie2", uitleg=f"Verandering op een jaar eerder. {uitleg}." if reeksen else "")


def overdrachten(aanpak: Aanpak, kengetallen: Kengetallen) -> Tabel | HTML:
    """The saldo with and without transfers, with what they are; empty when the rule set marks none."""
    saldi = zonder_overdrachten(aanpak, kengetallen)
    if len(saldi) == 1:
        return HTML("")
    return replace(overdrachtentabel(saldi), bijschrift="Zonder overdrachten", uitleg=overdrachten_uitleg(kengetallen))


def overdrachtentabel(saldi: Mapping[str, float]) -> Tabel:
    """The saldo with and without transfers (``analyse.regelsets.vergelijking.zonder_overdrachten``), euros NCW."""
    namen = {
        "saldo": naam(SALDI["maatschappelijk"]),
        "geheel": "zonder wat een overdracht is",
        "deels": "ook zonder wat voor een onbekend deel een overdracht is",
    }
    frame = pd.DataFrame(
        {
            "saldo": list(saldi.values()),
            "verschil": [gedrukt_verschil(w, saldi["saldo"], STAP_EUR) for w in saldi.values()],
        },
        index=pd.Index([namen[s] for s in saldi], name=""),
    )
    return Tabel(frame, "bedrag")


def _waarde(w: Wijziging, waarde: object) -> str:
    if waarde is None:
        return "–"
    if w.kengetal is None:
        return toon_veld(VELDEN[w.sleutel], waarde)
    return kort(float(waarde)) if isinstance(waarde, int | float) else str(waarde)

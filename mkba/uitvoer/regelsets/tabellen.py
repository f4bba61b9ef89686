"""Tables of a comparison of two rule sets or two aanpakken, and of what a rule set says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
from IPython.display import HTML

from mkba.analyse.regelsets.vergelijking import Vergelijking, Wijziging, zonder_overdrachten
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.catalogus.prijsreeksen import Prijsreeks, beweging, jaartallen, mutatie, zonder_cijfer
from mkba.kern.tekst.notatie import STAP_EUR, gedrukt_verschil, kort, opsomming, toon_veld
from mkba.kern.woorden.begrippen import ACTOREN, KOSTENPOSTEN, POSTEN, SALDI, VERHOUDINGEN, naam
from mkba.kern.woorden.effectvelden import ALLE_VELDEN
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.meetherkomst import Meetherkomst
from mkba.uitvoer.maat import Cel
from mkba.uitvoer.meetherkomst import gezegd
from mkba.uitvoer.regelsets.zinnen import overdrachten_uitleg
from mkba.uitvoer.tabel import Tabel

_RATIO: Mapping[str, str] = dict(zip(VERHOUDINGEN, ("maatschappelijk", "financieel", "gemeentelijk"), strict=True))


def stappentabel(v: Vergelijking) -> Tabel:
    """From one saldo and each ratio to the other by group of changes; as printed the steps add up: to the cent, and to
    the third decimal of a ratio."""
    begin, stappen, eind = v.centen()
    ratio = {}
    for sleutel, kop in _RATIO.items():
        van, delen, naar = v.duizendsten(sleutel)
        ratio[kop] = [van, *delen, naar]
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


def wijzigingentabel(
    wijzigingen: Sequence[Wijziging], van: str, naar: str, gemeten: Mapping[str, Meetherkomst] | None = None
) -> Tabel:
    """What differs in the input: per answer and kengetal both values, its group, and the source of the new one: of an
    answer where it was measured (``gemeten``, by key), when that is known."""
    records = gemeten or {}
    waar: dict[str, tuple[str, str]] = {s: (r.hoe, gezegd(r)) for s, r in records.items()}
    waar |= {
        w.sleutel: (w.kengetal.status, "; ".join(d for d in (w.kengetal.bron, w.kengetal.herkomst) if d))
        for w in wijzigingen
        if w.kengetal is not None
    }
    rijen = [
        {
            "wat": ALLE_VELDEN[w.sleutel].label if w.kengetal is None else w.kengetal.omschrijving,
            "sleutel": w.sleutel,
            van: _waarde(w, w.van),
            naar: _waarde(w, w.naar),
            "groep": w.groep,
            "status": waar.get(w.sleutel, ("", ""))[0],
            "bron": waar.get(w.sleutel, ("", ""))[1],
        }
        for w in wijzigingen
    ]
    met_bron = any(w.sleutel in waar for w in wijzigingen)
    kolommen = ["wat", "sleutel", van, naar, "groep", *(("status", "bron") if met_bron else ())]
    return Tabel(pd.DataFrame(rijen, columns=kolommen).set_index("wat"))


def reeksentabel(kengetallen: Kengetallen) -> Tabel:
    """Per year the change of every series of prices that the rule set moves amounts with, and how well it is known."""
    reeksen = kengetallen.opzet.reeksen
    laagste = min((k.prijspeil for k in kengetallen.getallen.values() if k.prijspeil), default=0)
    jaren = range(laagste + 1, (kengetallen.opzet.prijsjaar or laagste) + 1)
    kolommen: dict[str, list[Cel | str]] = {}
    for serie in reeksen:
        kolommen[serie] = [
            Cel(mutatie(reeksen, serie, jaar), "fractie2", _jaarmerk(reeksen, serie, jaar)) for jaar in jaren
        ]
    frame = pd.DataFrame(kolommen, index=pd.Index([str(j) for j in jaren], name="jaar"), dtype=object)
    uitleg = "; ".join(f"{serie}: {reeks.omschrijving}" for serie, reeks in reeksen.items())
    bronnen = "; ".join(f"{s}: {_jaarbronnen(reeks)}" for s, reeks in reeksen.items() if reeks.jaren)
    zin = f"Verandering op een jaar eerder. {uitleg}. Waar de jaren vandaan komen: {bronnen}."
    return Tabel(frame, "fractie2", uitleg=zin if reeksen else "")


def _jaarmerk(reeksen: Mapping[str, Prijsreeks], serie: str, jaar: int) -> str:
    """What a reader must know of one year: which series was followed instead, or that it is provisional."""
    elders = zonder_cijfer(reeksen, serie, jaar - 1, jaar)
    if elders:
        delen = [deel for deel, _ in elders if deel != serie]
        wie = f"{opsomming(delen)} " if delen else ""
        return f" ({wie}als {opsomming(list(dict.fromkeys(ander for _, ander in elders)))})"
    return " (voorlopig)" if beweging(reeksen, serie, jaar - 1, jaar).voorlopig else ""


def _jaarbronnen(reeks: Prijsreeks) -> str:
    """The years by their source: "2015-2019 cbs-83131NED, 2020 nl2026 (via een andere bron)"."""
    per_bron: dict[str, list[int]] = {}
    for jaar, cijfer in sorted(reeks.jaren.items()):
        if not cijfer.als:
            per_bron.setdefault(cijfer.bron + (" (via een andere bron)" if cijfer.via else ""), []).append(jaar)
    return ", ".join(f"{jaartallen(jaren)} {bron}" for bron, jaren in per_bron.items())


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
        return toon_veld(ALLE_VELDEN[w.sleutel], waarde)
    return kort(float(waarde)) if isinstance(waarde, int | float) else str(waarde)

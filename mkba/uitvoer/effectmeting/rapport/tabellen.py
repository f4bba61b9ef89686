"""Tables of the report of a measurement: every input with where it comes from, what it does, and what was counted."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from mkba.analyse.doelgroepen.zelfredzaamheid import NZR_TOP
from mkba.analyse.effectmeting.bijwerken.invullen import Ingevuld
from mkba.analyse.effectmeting.bijwerken.meer_minder import afgeschermd_deel, getoonde_trajecten, soorten_te_raden
from mkba.analyse.effectmeting.bijwerken.uitval import Uitval
from mkba.analyse.effectmeting.bijwerken.weging import UITKOMSTEN
from mkba.analyse.effectmeting.publiceren.antwoorden import ALLE_TYPEN
from mkba.analyse.effectmeting.publiceren.huishoudens import GEMETEN, GEMIST, NOG_NIET
from mkba.analyse.effectmeting.publiceren.meting import Meting
from mkba.analyse.effectmeting.tellen.telling import STAND
from mkba.analyse.onderdrukking.stelsel import ONBEKEND, sleutel_van
from mkba.analyse.onderdrukking.tabellen import Publicatie
from mkba.invoer.effectmeting.kolommen import MOMENTEN
from mkba.kern.tekst.notatie import druk_stap, gedrukt_verschil, nederlands, procent, toon_veld
from mkba.kern.woorden.begrippen import naam
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, aantal_veld
from mkba.kern.woorden.trajecten import CASES, TRAJECTNAMEN
from mkba.kern.woorden.velden import VELDEN
from mkba.kern.zaak.effectmeting import vervangen_door
from mkba.uitvoer.effectmeting.rapport import steekproefzinnen
from mkba.uitvoer.effectmeting.rapport.herkomst import (
    AFGESCHERMD,
    FIGUUR_II_1,
    PER_GROEP,
    bron,
    effecten,
    herkomst,
    verdeling_uit,
    vragen,
)
from mkba.uitvoer.maat import Cel, veldcel
from mkba.uitvoer.tabel import Tabel

KLASNAMEN: Final = {
    "ev": "geen of enkelvoudig",
    "zr": "meervoudig, zelfredzaam",
    "mv": "meervoudig",
    "nzr": "meervoudig, niet zelfredzaam",
    "top": "top",
    "onbekend": "niet gemeten",
}
STERREN: Final = "*"
_SALDI: Final = {"saldo": "Saldo", "saldo_gemeente": "Saldo in geld, gemeente"}
_TELT_NIET: Final = "telt niet (vraag 16–18)"
_AFGESCHERMD: Final = (
    "Afgeschermd: geteld, maar te weinig om te tonen; gerekend is met het getal dat er staat, uit de bron ernaast."
)
_ONTBREEKT: Final = "niet gevolgd of uitgevallen, hoogstens"


def invoertabel(i: Ingevuld) -> Tabel:
    """A row per input of the calculation: its value before and after, whether it was measured (of how many, with its
    interval), updated or a kengetal, and where that number stands."""
    voor, na = i.voor.plat(), i.na.plat()
    vervangen = vervangen_door(i.na.effectmeting)
    rijen = []
    for sleutel in vragen(i):
        veld = VELDEN[sleutel]
        waar = "; ".join(d for d in (bron(i, sleutel), _opmerking(i, sleutel, sleutel in vervangen)) if d)
        if veld.soort == "disciplines":  # a list of names is too wide for a number
            van, tot = (Cel(float(len(a[sleutel])), "aantal") for a in (voor, na))
            rijen.append(_rij(i, sleutel, van, tot, f"{waar}: {toon_veld(veld, na[sleutel])}"))
        else:
            rijen.append(_rij(i, sleutel, veldcel(veld, voor[sleutel]), _nu(i, sleutel, na[sleutel]), waar))
    plat = i.na.effectmeting.plat() if i.na.effectmeting is not None else {}
    for sleutel in effecten(i):
        waar = "; ".join(d for d in (bron(i, sleutel), _opmerking(i, sleutel, False)) if d)
        rijen.append(_rij(i, sleutel, "–", _nu(i, sleutel, plat[sleutel]), waar))
        rijen += _verdelingsrij(i, sleutel)
    koppen = ["vraag", "verwacht", "nu", "herkomst", "n", "waarvan", "van", "tot", "bron"]
    afgeschermd = f" {_AFGESCHERMD}" if any(AFGESCHERMD in r[3] for r in rijen) else ""
    maten = {"verwacht": "antwoord%", "nu": "antwoord%", "n": "aantal", "van": "antwoord%", "tot": "antwoord%"}
    return Tabel(
        pd.DataFrame(rijen, columns=koppen),
        maten,
        index=False,
        samen={"gemeten bij": ["n", " ", "waarvan"], "95%-interval van de telling": ["van", " tot ", "tot"]},
        bijschrift="Elke invoer: gemeten, bijgewerkt of kengetal",
        uitleg="Aantallen uit de meting zijn afgerond. Het interval is dat van de telling zelf; van een "
        f"bijgewerkte knop staat hier het getal na het wegen tegen het kengetal.{afgeschermd}",
    )


def _verdelingsrij(i: Ingevuld, sleutel: str) -> Iterator[list[Cel | str]]:
    """Below a number of trajecten per household, where its division over the kinds comes from; no row below another
    field."""
    label = f"{ALLE_VELDEN[sleutel].vraag}. Verdeling over de soorten: {_na_dubbelepunt(sleutel)}"
    if mix := verdeling_uit(i, sleutel):
        nu, waar = "figuur II.1", f"{FIGUUR_II_1}; beweegt mee in het interval met de kengetallen"
        if mix.startswith(PER_GROEP):
            nu, waar = "per groep", f"registratie: trajecten (hoeveel er per groep zijn); {waar}"
        yield [label, "–", nu, mix, Cel(None, "aantal", leeg=""), "", "", "", waar]
    elif (vraag := _vraag_van(sleutel)) and (n := getoonde_trajecten(i.meting, vraag)):
        hoe = "gemeten"
        waar = "registratie: trajecten (nieuwe en bestaande samen); per soort: zie Vraag 16 tot en met 18"
        if soorten_te_raden(i.meting, vraag):
            rest = procent(afgeschermd_deel(i.meting, vraag))
            hoe, waar = f"gemeten; {rest} kengetal (figuur II.1)", f"{waar}; van de rest: {FIGUUR_II_1}"
        yield [label, "–", "per soort", hoe, Cel(n, "aantal"), "trajecten", "", "", waar]


def _vraag_van(sleutel: str) -> str:
    """ "meer" or "minder" for a number of trajecten per household, nothing for another field."""
    return next((v for v in STAND for case in CASES if sleutel == aantal_veld(v, case)), "")


def _na_dubbelepunt(sleutel: str) -> str:
    return ALLE_VELDEN[sleutel].label.partition(": ")[2]


def _nu(i: Ingevuld, sleutel: str, waarde: Any) -> Any:
    """An answer now: with the digits of its interval where it has one."""
    g = i.gemeten.get(sleutel)
    if g is None or g.schatting is None:
        return veldcel(ALLE_VELDEN[sleutel], waarde)
    return Cel(float(waarde), _maat(sleutel))


def _maat(sleutel: str) -> str:
    return "fractie1" if ALLE_VELDEN[sleutel].soort == "fractie" else "decimaal2"


def _rij(i: Ingevuld, sleutel: str, voor: Any, na: Any, waar: str) -> list[Any]:
    veld, g = ALLE_VELDEN[sleutel], i.gemeten.get(sleutel)
    soort = _maat(sleutel)
    s = g.schatting if g is not None else None
    van, tot = (Cel(w, soort, leeg="") for w in ((s.laag, s.hoog) if s else (None, None)))
    n = Cel(g.n, "aantal", leeg="") if g is not None else Cel(None, "aantal", leeg="")
    label = f"{veld.vraag}. {veld.label}"
    waarvan = g.waarvan if g is not None and g.n else ""
    return [label, voor, na, herkomst(i, sleutel), n, waarvan, van, tot, waar]


def _opmerking(i: Ingevuld, sleutel: str, vervangen: bool) -> str:
    g = i.gemeten.get(sleutel)
    delen = [_TELT_NIET] if vervangen else []
    delen += [d for d in ((g.reden, g.opmerking) if g is not None else ()) if d]
    if sleutel in i.verborgen and g is None:
        if i.meting.antwoorden[sleutel].opmerking == ALLE_TYPEN:
            delen.append(f"geteld, maar {ALLE_TYPEN}")
        elif i.meting.van_steekproef:
            delen.append(f"geteld, maar {steekproefzinnen.te_weinig(sleutel)} om te tonen")
    return "; ".join(delen)


def uitkomsttabel(i: Ingevuld) -> Tabel:
    """Outcomes as expected and after the measurement with their 95% interval: euros NCW and ratios."""
    rijen = {}
    for u in UITKOMSTEN:
        maat = "decimaal2" if u.startswith("kb_") else "eur"
        voor, na = i.uitkomst_voor[u], i.uitkomst[u]
        punten = (voor, na, gedrukt_verschil(na, voor, druk_stap(u, fijn=True)))
        telling = i.interval(u, "meting") if i.telling_beweegt else (None, None)
        rijen[_SALDI.get(u) or naam(u)] = [Cel(w, maat) for w in (*punten, *telling, *i.interval(u))]
    koppen = ["verwacht", "na de meting", "verschil", "telling van", "telling tot", "alles van", "alles tot"]
    return Tabel(
        pd.DataFrame.from_dict(rijen, orient="index", columns=koppen),
        dict.fromkeys(koppen, "eur"),
        samen={
            "95%: toeval van de telling": ["telling van", " tot ", "telling tot"],
            "95%: telling en kengetallen": ["alles van", " tot ", "alles tot"],
        },
        bijschrift="Wat de meting met de uitkomst doet",
        uitleg="Toeval van de telling: hoe ver de uitkomst beweegt als de telling anders uitvalt en elk kengetal "
        "blijft zoals het is, ook het kengetal waartegen is gewogen. Hoe goed die kengetallen zijn, zit alleen in het "
        "tweede interval. Verhoudingen staan in dit rapport op honderdsten, want naast een interval; in een rapport "
        "zonder (mkba rapport, mkba bereken) op 0,05, zoals in de bron.",
    )


def invloedtabel(i: Ingevuld) -> Tabel:
    """The part of each step in the change of every outcome (Shapley; the parts add up)."""
    frame = i.invloed.rename(columns=lambda u: _SALDI.get(u) or naam(u))
    # as the table of outcomes prints the difference: who lays both beside each other finds the same number
    frame.loc["Samen"] = [
        gedrukt_verschil(i.uitkomst[u], i.uitkomst_voor[u], druk_stap(u, fijn=True)) for u in i.invloed.columns
    ]
    maten = {(_SALDI.get(u) or naam(u)): "decimaal2" if u.startswith("kb_") else "eur" for u in UITKOMSTEN}
    return Tabel(
        frame,
        maten,
        vet=("Samen",),
        bijschrift="Welk deel van het verschil bij welke meting hoort",
        uitleg="Samen is het verschil uit de vorige tabel; de delen zijn elk voor zich afgerond.",
    )


def waterval(i: Ingevuld, uitkomst: str = "saldo") -> pd.DataFrame:
    """The same for the figure: naam, soort, stand and bijdrage, from expected to measured."""
    stand = i.uitkomst_voor[uitkomst]
    rijen: list[tuple[str, str, float, float]] = [("Verwacht", "scenario", stand, float("nan"))]
    for stap, deel in i.invloed[uitkomst].items():
        stand += float(deel)
        rijen.append((str(stap), "wijziging", stand, float(deel)))
    rijen.append(("Na de meting", "scenario", i.uitkomst[uitkomst], float("nan")))
    return pd.DataFrame(rijen, columns=["naam", "soort", "stand", "bijdrage"])


def escalatietabel(i: Ingevuld) -> Tabel:
    """Question 18 from bruto to netto, a row per kind."""
    rijen = []
    for e in i.escalaties:
        b, v, n = e.bedreigd, e.voorkomen, e.getoond
        bruto = b.waarde * v.waarde if b is not None and v is not None else None
        waar = {"nulmeting": "nulmeting", "wijken": "vergelijkingswijken, telt bij vraag 14", "": e.reden}[e.weg]
        rijen.append(
            [
                TRAJECTNAMEN[e.soort],
                Cel(b.waarde if b else None, "fractie1", leeg=STERREN),
                Cel(
                    v.waarde if v else None,
                    "fractie",
                    leeg=STERREN,
                    achter="" if e.eigen or v is None else " (alle soorten)",
                ),
                Cel(bruto, "fractie1", leeg=STERREN),
                *(Cel(w, "fractie1") for w in ((n.waarde, n.laag, n.hoog) if n else (None, None, None))),
                waar,
            ]
        )
    koppen = ["escalatie", "bedreigd", "voorkomen", "bruto", "netto", "van", "tot", "netto volgens"]
    return Tabel(
        pd.DataFrame(rijen, columns=koppen),
        {**dict.fromkeys(koppen[1:7], "fractie1")},
        index=False,
        samen={"netto (95%-interval)": ["netto", ", ", "van", " tot ", "tot"]},
        bijschrift="Vraag 18: van bruto naar netto, deel van de huishoudens in de aanpak",
        uitleg="Bedreigd: deel van de huishoudens. Voorkomen: deel van de dreigingen"
        + (
            "; wat nog open staat is apart te weinig om te tonen, en telt als niet voorkomen. "
            if any(e.open_telt for e in i.escalaties)
            else " waarvan de afloop bekend is. "
        )
        + f"Bruto is bedreigd maal voorkomen; netto gaat eraf wat zonder de aanpak ook voorkomen was. {STERREN}: te "
        "weinig huishoudens.",
    )


def uitvaltabel(rijen: tuple[Uitval, ...]) -> Tabel:
    """A row per knob of which households can be missing: as counted, its bounds, with weights, and what the bounds do
    to the saldo."""
    uit = []
    for u in rijen:
        maat = "fractie1" if ALLE_VELDEN[u.sleutel].soort == "fractie" else "decimaal2"
        waarden = [Cel(w, maat) for w in (u.waarde, u.laag, u.hoog)]
        gewogen = [Cel(u.gewogen[naar], maat, leeg=STERREN) for naar in ("klasse_0", "team")]
        saldi = [Cel(w, "eur", leeg="–") for w in (u.saldo or (None, None))]
        label = f"{ALLE_VELDEN[u.sleutel].vraag}. {ALLE_VELDEN[u.sleutel].label}"
        uit.append(
            [label, Cel(u.gevolgd, "aantal"), Cel(u.alle, "aantal"), Cel(u.weg, "aantal"), *waarden, *gewogen, *saldi]
        )
    grenzen = ["laagst", "hoogst"]
    gewogen_koppen = ["naar zwaarte", "naar team"]
    saldo = ["saldo bij laagst", "saldo bij hoogst"]
    koppen = ["vraag", "gevolgd", "alle", _ONTBREEKT, "geteld", *grenzen, *gewogen_koppen, *saldo]
    maten = {
        **dict.fromkeys(koppen[1:4], "aantal"),
        **dict.fromkeys(["geteld", *grenzen, *gewogen_koppen], "antwoord%"),
        **dict.fromkeys(saldo, "eur"),
    }
    return Tabel(
        pd.DataFrame(uit, columns=koppen),
        maten,
        index=False,
        samen={"gevolgd van": ["gevolgd", " van ", "alle"], "grenzen": ["laagst", " tot ", "hoogst"]},
        bijschrift="Uitval: hoe ver een getal kan liggen, en gewogen naar wat bij de start bekend is",
        uitleg="Grenzen: wie niet is gevolgd of is uitgevallen, in het slechtste en in het beste geval (geen "
        "betrouwbaarheidsinterval). Naar zwaarte of team: wie wel is gevolgd staat voor wie niet is gevolgd, van "
        f"dezelfde zwaarte bij de start of hetzelfde team. {STERREN}: te weinig huishoudens om te tonen. "
        f"–: {_TELT_NIET}. Vraag 18 staat hier in beide lezingen als deel van alle huishoudens; onder Elke invoer als "
        "deel van wie het kan overkomen (een uithuisplaatsing alleen gezinnen) of, in lezing (b), van wie dreiging "
        "had, en daar is het hoger.",
    )


def momententabel(m: Meting) -> Tabel:
    """Per moment how many households could have been measured, how many were, and how many of these were niet
    zelfredzaam or top, with what the missed ones could make of it."""
    p = m.huishoudens
    rijen = {}
    for t in MOMENTEN:
        kan, gemeten, gemist = _per_moment(p, t)
        som = _zwaar(p, t)
        deel = None if som is None or not gemeten else min(1.0, som / gemeten)
        # hidden, but no more than of whom no class is known
        hoogstens = p.toont(**{f"klasse_{t}": ONBEKEND}) if gemist is None else gemist
        grens: tuple[float | None, float | None] = (None, None)
        if deel is not None and som is not None and gemeten and hoogstens is not None:
            allen = kan if kan and gemist is not None else gemeten + hoogstens
            grens = som / allen, min(1.0, (som + hoogstens) / allen)
        leeg = STERREN if p.waarden(f"klasse_{t}") else "–"
        rijen[f"{t} maanden"] = [
            *(Cel(w, "aantal", leeg=leeg) for w in (kan, gemeten, gemist)),
            Cel(min(1.0, gemeten / kan) if gemeten is not None and kan else None, "fractie", leeg=leeg),
            Cel(deel, "fractie", leeg=leeg),
            *(Cel(w, "fractie", leeg="") for w in grens),
        ]
    koppen = ["hadden gekund", "gemeten", "gemist", "deel gemeten", "niet zelfredzaam", "van", "tot"]
    return Tabel(
        pd.DataFrame.from_dict(rijen, orient="index", columns=koppen),
        {**dict.fromkeys(koppen[:3], "aantal"), **dict.fromkeys(koppen[3:], "fractie")},
        samen={"niet zelfredzaam of top, van wie is gemeten": ["niet zelfredzaam"], "grenzen": ["van", " tot ", "tot"]},
        bijschrift="Wie gemeten had kunnen zijn en wie is gemeten, per moment",
        uitleg="Hadden gekund: begonnen zo lang voor de laatste dag die de registratie kent. Grenzen: het deel van "
        "allen die hadden gekund, als van wie is gemist niemand of iedereen niet zelfredzaam was. Is niet te tonen wie "
        "er is gemist en wie nog niet zo ver is, dan tellen voor de grenzen allen van wie geen zwaarte bekend is als "
        "gemist: ruimer dan nodig, nooit te krap. –: op dit moment is niemand gemeten. " + _uitleg(p),
    )


def _per_moment(p: Publicatie, moment: int) -> tuple[float | None, float | None, float | None]:
    """Households of which the moment had come, of which the class is known, and of which it is not; None where a number
    may not be shown or the moment was not measured at all."""
    alle = p.toont()
    if not p.waarden(f"klasse_{moment}"):
        return None, None, None
    if not moment:
        gemist = p.toont(klasse_0=ONBEKEND) if ONBEKEND in p.waarden("klasse_0") else 0.0
        return alle, None if alle is None or gemist is None else alle - gemist, gemist
    naam = f"meting_{moment}"
    if not p.waarden(naam):  # measured of all
        return alle, alle, None if alle is None else 0.0
    nog_niet = p.toont(**{naam: NOG_NIET})
    kan = None if alle is None or nog_niet is None else alle - nog_niet
    return kan, p.toont(**{naam: GEMETEN}), p.toont(**{naam: GEMIST})


def _zwaar(p: Publicatie, moment: int) -> float | None:
    """Households that were niet zelfredzaam or top at a moment."""
    return p.toont(**{f"zwaarst_{moment}": NZR_TOP})


def klassentabel(m: Meting) -> Tabel:
    """Households per class at 0, 6, 12 and 18 months, as far as they may be shown."""
    p = m.huishoudens
    klassen = [k for k in KLASNAMEN if any((f"klasse_{t}", k) in s for s in p.cellen for t in MOMENTEN)]
    rijen = {f"{t} maanden": [_cel(p, **{f"klasse_{t}": k}) for k in klassen] for t in MOMENTEN}
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=[KLASNAMEN[k] for k in klassen])
    return Tabel(frame, "aantal", bijschrift="Huishoudens naar zwaarte, per moment", uitleg=_uitleg(p))


def overgangentabel(m: Meting) -> Tabel:
    """Households by their class at the start and at a later moment, as far as they may be shown; empty where nothing
    may."""
    p, koppen = m.huishoudens, [k for k in KLASNAMEN if k != "onbekend"]
    rijen = {}
    for t in MOMENTEN[1:]:
        for begin in koppen:
            cellen = [_cel(p, klasse_0=begin, **{f"klasse_{t}": k}) for k in (*koppen, ONBEKEND)]
            if any(isinstance(c, Cel) for c in cellen):
                rijen[f"{t} maanden, was {KLASNAMEN[begin]}"] = cellen
    if not rijen:
        return Tabel(pd.DataFrame())
    namen = [KLASNAMEN[k] for k in (*koppen, ONBEKEND)]
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=namen)
    frame = frame.loc[:, [k for k in namen if (frame[k] != "–").any()]]
    return Tabel(
        frame,
        "aantal",
        bijschrift="Van zwaarte bij de start (rij) naar zwaarte op een later moment (kolom)",
        uitleg="Een rij waarvan niets te tonen is, ontbreekt. Lichter is niet vanzelf door de aanpak. " + _uitleg(p),
    )


def _cel(p: Publicatie | None, **wat: str) -> Cel | str:
    """A shown number; a star where it is hidden, a dash where it was not registered."""
    if p is None or sleutel_van(**wat) not in p.cellen:
        return "–"
    waarde = p.toont(**wat)
    return STERREN if waarde is None else Cel(waarde, "aantal")


def _uitleg(p: Publicatie) -> str:
    rond = f" Aantallen zijn afgerond op {p.afronding}." if p.afronding else ""
    weinig = f"minder dan {nederlands(p.drempel)} huishoudens, of af te leiden uit andere cellen"
    return f"{STERREN} afgeschermd: {weinig}.{rond}"


def trajectentabel(m: Meting) -> Tabel:
    """Trajecten per moment: running, added and dropped."""
    standen = [s for s in ("lopend", "nieuw", "afgevallen") if m.trajecten(s) is not None]
    rijen = {}
    for t in MOMENTEN:
        rijen[f"{t} maanden"] = [_moment(m, s, t) for s in standen]
    rijen["samen"] = [_cel(m.trajecten(s)) for s in standen]
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=standen)
    return Tabel(
        frame,
        "aantal",
        vet=("samen",),
        bijschrift="Trajecten per moment",
        uitleg=_uitleg(m.delen["huishoudens"]),
    )


def _moment(m: Meting, stand: str, moment: int) -> Cel | str:
    return _cel(m.trajecten(stand), moment=str(moment))


def actietabel(m: Meting) -> Tabel:
    """Actions by who would do them, and which part was carried out."""
    p = m.delen.get("acties")
    if p is None:
        return Tabel(pd.DataFrame())
    wie = [w for w in ("huishouden", "netwerk", "generalist", "professional") if (("door", w),) in p.cellen]
    rijen = {}
    for w in wie:
        ja, nee = p.toont(door=w, uitgevoerd="ja"), p.toont(door=w, uitgevoerd="nee")
        deel = None if ja is None or nee is None or not ja + nee else ja / (ja + nee)
        rijen[w] = [_cel(p, door=w), _cel(p, door=w, uitgevoerd="ja"), Cel(deel, "fractie", leeg=STERREN)]
    frame = pd.DataFrame.from_dict(rijen, orient="index", columns=["acties", "uitgevoerd", "deel uitgevoerd"])
    maten = {"acties": "aantal", "uitgevoerd": "aantal", "deel uitgevoerd": "fractie"}
    uitleg = f"Deel: van de acties waarvan bekend is of ze zijn uitgevoerd. {_uitleg(p)}"
    return Tabel(frame, maten, bijschrift="Acties naar wie ze doet", uitleg=uitleg)


def geweigerdtabel(m: Meting) -> Tabel:
    """Rows that were refused, per reason; never what stood there."""
    klein = f"minder dan {nederlands(m.drempel)}"
    rijen = [[g.tabel, g.kolom, g.verwacht, Cel(g.rijen, "aantal", leeg=klein)] for g in m.lezing.geweigerd]
    frame = pd.DataFrame(rijen, columns=["tabel", "kolom", "verwacht", "rijen"])
    return Tabel(frame, {"rijen": "aantal"}, index=False, bijschrift="Geweigerde rijen")

"""How a statement about the 13 aanpakken is checked: one function per kind of check (``invoer.uitspraken``).

Nothing in a file is ever run as code: a check is a kind and its parameters.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from mkba.analyse.gevoeligheid.omslag import gepubliceerd_bereik
from mkba.analyse.meta.dertien import Model13
from mkba.analyse.meta.lees_uitspraken import (
    Draai,
    Elk,
    Groepen,
    Grootste,
    NietToetsbaar,
    Paar,
    Samenhang,
    Spreiding,
    Tussen,
    Uiterste,
    Uitspraak,
    Verschil,
)
from mkba.analyse.meta.maatnamen import benoem, opsomming, reeks, toon_waarde
from mkba.analyse.meta.maten import Maat
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.model.berekening import Uitkomst, bereken

KLEIN: Final = 1e-9
"""Rounding of the computer: what differs less is equal."""

_TEKENS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_STATISTIEKEN: Final[dict[str, Callable[[Any], Any]]] = {
    "gemiddelde": np.mean,
    "mediaan": np.median,
}


@dataclass(frozen=True)
class Vondst:
    """What became of one check.

    ``model``: the numbers that decided, by number of the aanpak or name of a statistic, in the unit of ``maat``;
    ``grens``: what they were held against, in words; ``tegen``: aanpakken that do not comply.
    """

    model: Mapping[str, Maat]
    houdt: bool
    tegen: tuple[int, ...] = ()
    maat: str = ""
    grens: str = ""


@dataclass(frozen=True)
class Oordeel:
    """What became of one statement: a finding per check, none when it cannot be checked."""

    uitspraak: Uitspraak
    vondsten: tuple[Vondst, ...] = ()

    @property
    def houdt(self) -> bool | None:
        """Whether every check holds; None when it cannot be checked."""
        return all(v.houdt for v in self.vondsten) if self.vondsten else None

    @property
    def tegen(self) -> tuple[int, ...]:
        """The aanpakken that do not comply with one of the checks."""
        return tuple(sorted({n for v in self.vondsten for n in v.tegen}))

    @property
    def grens(self) -> str:
        """What must be true, in words."""
        return "; en ".join(v.grens for v in self.vondsten)

    @property
    def model(self) -> str:
        """The numbers that decided: "8: 1,28; 9: 1,89" (Dutch notation), per check."""
        return " | ".join(dict.fromkeys(opsomming(v.model, v.maat) for v in self.vondsten))

    @property
    def toelichting(self) -> str:
        """Why it does not hold or cannot be checked; otherwise how it was read."""
        if isinstance(self.uitspraak.toets, NietToetsbaar):
            return self.uitspraak.toets.reden
        return self.uitspraak.waarom_niet if self.houdt is False else self.uitspraak.lezing


def toets(model: Model13, uitspraak: Uitspraak) -> Oordeel:
    """Check one statement on a calculated model."""
    if isinstance(uitspraak.toets, NietToetsbaar):
        return Oordeel(uitspraak)
    vondsten = []
    for wie, soort in uitspraak.toetsen:
        vind, grens = _TOETSEN[type(soort)](model, uitspraak.model_copy(update={"aanpakken": wie}), soort)
        vondsten.append(replace(vind, maat=vind.maat or getattr(soort, "maat", ""), grens=grens))
    return Oordeel(uitspraak, tuple(vondsten))


def _waarden(model: Model13, uitspraak: Uitspraak, maat: str, wie: Sequence[int]) -> dict[int, Maat]:
    for n in wie:
        if maat not in model.maten[n]:
            plek = f"uitspraak {uitspraak.nummer}.toets.maat"
            raise InvoerFout(
                [Melding(plek, maat, "deze maat bestaat niet.", "Kies er een uit mkba/analyse/meta/maten.py.")]
            )
    return {n: model.maten[n][maat] for n in wie}


def _bij_naam(waarden: Mapping[Any, Maat]) -> dict[str, Maat]:
    return {str(wie): w for wie, w in waarden.items()}


def _klopt(waarde: Maat, teken: str, grens: Maat) -> bool:
    """Compare, with equality up to the rounding of the computer; NaN never complies."""
    if isinstance(waarde, str) or isinstance(grens, str):
        return (waarde == grens) if teken == "=" else teken == "!=" and waarde != grens
    if not (np.isfinite(waarde) and np.isfinite(grens)):
        return False
    gelijk = abs(waarde - grens) <= KLEIN * max(1.0, abs(grens))
    if teken in ("=", "!="):
        return gelijk == (teken == "=")
    return teken in (">=", "<=") if gelijk else _TEKENS[teken](waarde, grens)


def _per_aanpak(
    goed: Mapping[int, bool], minstens: int | None, hoogstens: int | None = None
) -> tuple[bool, tuple[int, ...]]:
    """Whether enough (and not too many) comply, and who does not."""
    aantal = sum(goed.values())
    nodig = minstens if minstens is not None else 0 if hoogstens is not None else len(goed)
    return nodig <= aantal <= (hoogstens if hoogstens is not None else len(goed)), tuple(
        n for n, g in goed.items() if not g
    )


def _hoeveel(minstens: int | None, hoogstens: int | None, aantal: int) -> str:
    if minstens is not None and minstens == hoogstens:
        return f"bij precies {minstens} van {aantal}"
    delen = [f"bij ten minste {minstens}"] * (minstens is not None) + [f"bij hoogstens {hoogstens}"] * (
        hoogstens is not None
    )
    return f"{' en '.join(delen)} van {aantal}" if delen else "bij elk"


def _elk(model: Model13, u: Uitspraak, t: Elk) -> tuple[Vondst, str]:
    waarden = _waarden(model, u, t.maat, u.aanpakken)
    houdt, tegen = _per_aanpak({n: _klopt(w, t.teken, t.grens) for n, w in waarden.items()}, t.minstens, t.hoogstens)
    grens = f"{benoem(t.maat)} {t.teken} {toon_waarde(t.grens, t.maat)}"
    return Vondst(_bij_naam(waarden), houdt, tegen), f"{grens} {_hoeveel(t.minstens, t.hoogstens, len(waarden))}"


def _tussen(model: Model13, u: Uitspraak, t: Tussen) -> tuple[Vondst, str]:
    waarden = _waarden(model, u, t.maat, u.aanpakken)
    goed = {n: _klopt(w, ">=", t.laag) and _klopt(w, "<=", t.hoog) for n, w in waarden.items()}
    houdt, tegen = _per_aanpak(goed, t.minstens)
    bereik = f"van {toon_waarde(t.laag, t.maat)} tot {toon_waarde(t.hoog, t.maat)}"
    grens = f"{benoem(t.maat)} {bereik} {_hoeveel(t.minstens, None, len(waarden))}"
    return Vondst(_bij_naam(waarden), houdt, tegen), grens


def _uiterste(model: Model13, u: Uitspraak, t: Uiterste) -> tuple[Vondst, str]:
    waarden = _getallen(_waarden(model, u, t.maat, tuple(dict.fromkeys((*t.onder, *u.aanpakken)))))
    plaatsen = t.plaatsen if t.plaatsen is not None else len(u.aanpakken)
    teken = 1.0 if t.kant == "hoogste" else -1.0
    # a place is shared by equals: only those that do strictly better go before
    voor = {n: sum(teken * (w - waarden[n]) > KLEIN for m, w in waarden.items() if m != n) for n in u.aanpakken}
    gelijk = {
        n: sum(abs(w - waarden[n]) <= KLEIN for m, w in waarden.items() if m not in u.aanpakken) for n in u.aanpakken
    }
    goed = {n: bool(np.isfinite(waarden[n])) and voor[n] + gelijk[n] < plaatsen for n in u.aanpakken}
    houdt, tegen = _per_aanpak(goed, None)
    wat = f"de {plaatsen} {t.kant}" if plaatsen > 1 else f"de {t.kant}"
    return Vondst(_bij_naam(waarden), houdt, tegen), f"{benoem(t.maat)}: {wat} van {len(waarden)}"


def _grootste(model: Model13, u: Uitspraak, t: Grootste) -> tuple[Vondst, str]:
    eigen = _getallen(_waarden(model, u, t.maat, u.aanpakken))
    andere = [_getallen(_waarden(model, u, m, u.aanpakken)) for m in t.van]
    goed = {n: sum(not (w > a[n]) for a in andere) < t.plaatsen for n, w in eigen.items()}
    houdt, tegen = _per_aanpak(goed, t.minstens)
    plaats = "de grootste" if t.plaatsen == 1 else f"bij de {t.plaatsen} grootste"
    hoogste = {n: max(a[n] for a in andere) for n in eigen}
    beide = {n: f"{toon_waarde(w, t.maat)} tegen {toon_waarde(hoogste[n], t.maat)}" for n, w in eigen.items()}
    return (
        Vondst(_bij_naam(beide), houdt, tegen),
        f"{benoem(t.maat)} {plaats} van {len(t.van) + 1} posten (tegen de grootste andere), "
        f"{_hoeveel(t.minstens, None, len(eigen))}",
    )


def _groepen(model: Model13, u: Uitspraak, t: Groepen) -> tuple[Vondst, str]:
    een = _getallen(_waarden(model, u, t.maat, u.aanpakken))
    ander = _getallen(_waarden(model, u, t.maat, t.tegen))
    if t.statistiek == "elk":
        uiterste = max(ander.values()) if t.teken in (">", ">=") else min(ander.values())
        houdt, tegen = _per_aanpak({n: _klopt(w, t.teken, uiterste) for n, w in een.items()}, None)
        kant = "hoogste" if t.teken in (">", ">=") else "laagste"
        return (
            Vondst({**_bij_naam(een), f"{kant} van de andere {len(ander)}": uiterste}, houdt, tegen),
            f"{benoem(t.maat)} {t.teken} elk van {reeks(t.tegen)}",
        )
    reken = _STATISTIEKEN[t.statistiek]
    a, b = float(reken(list(een.values()))), float(reken(list(ander.values())))
    return (
        Vondst(
            {f"{t.statistiek} van deze {len(een)}": a, f"{t.statistiek} van de andere {len(ander)}": b},
            _klopt(a, t.teken, b),
        ),
        f"{t.statistiek} van {benoem(t.maat)} {t.teken} die van {reeks(t.tegen)}",
    )


def _paar(model: Model13, u: Uitspraak, t: Paar) -> tuple[Vondst, str]:
    een = _getallen(_waarden(model, u, t.maat, u.aanpakken))
    ander = _getallen(_waarden(model, u, t.andere, u.aanpakken))
    houdt, tegen = _per_aanpak({n: _klopt(een[n], t.teken, ander[n]) for n in een}, t.minstens)
    beide = {n: f"{toon_waarde(een[n], t.maat)} tegen {toon_waarde(ander[n], t.andere)}" for n in een}
    wat = f"{benoem(t.maat)} {t.teken} {benoem(t.andere)}"
    return Vondst(_bij_naam(beide), houdt, tegen), f"{wat} {_hoeveel(t.minstens, None, len(een))}"


def _samenhang(model: Model13, u: Uitspraak, t: Samenhang) -> tuple[Vondst, str]:
    a = list(_getallen(_waarden(model, u, t.maat, u.aanpakken)).values())
    b = list(_getallen(_waarden(model, u, t.met, u.aanpakken)).values())
    rho = rangcorrelatie(a, b)
    wat = f"rangcorrelatie van {benoem(t.maat)} met {benoem(t.met)} {t.teken} {toon_waarde(t.grens)}"
    return Vondst({"rangcorrelatie": toon_waarde(rho)}, _klopt(rho, t.teken, t.grens)), wat


def _spreiding(model: Model13, u: Uitspraak, t: Spreiding) -> tuple[Vondst, str]:
    waarden = _getallen(_waarden(model, u, t.maat, u.aanpakken))
    laag, hoog = min(waarden.values()), max(waarden.values())
    houdt = _klopt(laag, "<=", t.laag) and _klopt(hoog, ">=", t.hoog)
    return (
        Vondst({"laagste": laag, "hoogste": hoog}, houdt),
        f"{benoem(t.maat)} van hoogstens {toon_waarde(t.laag, t.maat)} tot ten minste {toon_waarde(t.hoog, t.maat)}",
    )


def _verschil(model: Model13, u: Uitspraak, t: Verschil) -> tuple[Vondst, str]:
    breedtes = {m: _breedte(_getallen(_waarden(model, u, m, u.aanpakken))) for m in (t.maat, *t.dan)}
    kleiner = sum(_klopt(breedtes[t.maat], "<", breedtes[m]) for m in t.dan)
    nodig = t.minstens if t.minstens is not None else len(t.dan)
    return (
        Vondst({benoem(m): b for m, b in breedtes.items()}, kleiner >= nodig),
        f"de breedte van {benoem(t.maat)} kleiner dan die van ten minste {nodig} van {len(t.dan)} andere posten",
    )


def _draai(model: Model13, u: Uitspraak, t: Draai) -> tuple[Vondst, str]:
    voor = _getallen(_waarden(model, u, t.maat, u.aanpakken))
    na = {n: _gedraaid(model.uitkomsten[n], t) for n in u.aanpakken}
    if t.richting is not None:
        teken = ">" if t.richting == "stijgt" else "<"
        houdt, tegen = _per_aanpak({n: _klopt(na[n], teken, voor[n]) for n in na}, None)
        wat = f"{benoem(t.maat)} {t.richting} bij elk, als {_knoppen(t)}"
    else:
        assert t.teken is not None
        assert t.grens is not None
        houdt, tegen = _per_aanpak({n: _klopt(w, t.teken, t.grens) for n, w in na.items()}, None)
        wat = f"{benoem(t.maat)} {t.teken} {toon_waarde(t.grens, t.maat)} na draaien, bij elk"
    pijl = {str(n): f"{toon_waarde(voor[n], t.maat)} → {toon_waarde(na[n], t.maat)}" for n in na}
    return Vondst(pijl, houdt, tegen), wat


def _knoppen(t: Draai) -> str:
    """ "terugval 0% is": the knobs that are set, in words."""
    return ", ".join(f"{benoem('veld.' + v)} {toon_waarde(w, 'veld.' + v)} is" for v, w in t.zet.items())


def _gedraaid(uitkomst: Uitkomst, t: Draai) -> float:
    """The outcome with knobs turned; those of ``gunstig`` each to the published end that helps, if any."""
    aanpak, kengetallen = uitkomst.aanpak, uitkomst.kengetallen
    stand = dict(t.zet)
    if t.gunstig:
        plat = aanpak.plat()
        eigen = [float(stand.get(veld, plat[veld])) for veld in t.gunstig]
        einden = [gepubliceerd_bereik(veld, kengetallen) for veld in t.gunstig]
        # scenario 0 as it is, then each knob on its own at its low and at its high end
        varieer = {veld: np.full(1 + 2 * len(eigen), waarde) for veld, waarde in zip(t.gunstig, eigen, strict=True)}
        for i, (veld, (laag, hoog)) in enumerate(zip(t.gunstig, einden, strict=True)):
            varieer[veld][1 + 2 * i : 3 + 2 * i] = laag, hoog
        uitkomsten = bereken(aanpak, kengetallen, {**stand, **varieer}).reeksen[t.maat]
        for i, veld in enumerate(t.gunstig):
            keuzes = np.array([uitkomsten[0], *uitkomsten[1 + 2 * i : 3 + 2 * i]])
            stand[veld] = (eigen[i], *einden[i])[int(np.argmax(keuzes))]
    return float(bereken(aanpak, kengetallen, stand).reeksen[t.maat][0])


def rangcorrelatie(a: Sequence[float], b: Sequence[float]) -> float:
    """Spearman's rank correlation; equals share their average rank. NaN when one of both does not vary."""
    x, y = _rangen(np.asarray(a, dtype=float)), _rangen(np.asarray(b, dtype=float))
    x, y = x - x.mean(), y - y.mean()
    noemer = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / noemer if noemer and np.isfinite(noemer) else float("nan")


def _rangen(waarden: "np.ndarray[Any, np.dtype[np.float64]]") -> "np.ndarray[Any, np.dtype[np.float64]]":
    if not np.isfinite(waarden).all():
        return np.full(waarden.size, np.nan)
    kleiner = (waarden[None, :] < waarden[:, None]).sum(axis=1)
    gelijk = (waarden[None, :] == waarden[:, None]).sum(axis=1)
    return np.asarray(kleiner + (gelijk - 1) / 2, dtype=np.float64)


def _breedte(waarden: Mapping[int, float]) -> float:
    return max(waarden.values()) - min(waarden.values())


def _getallen(waarden: Mapping[int, Maat]) -> dict[int, float]:
    return {n: float(w) for n, w in waarden.items()}


_TOETSEN: Final[dict[type, Callable[[Model13, Uitspraak, Any], tuple[Vondst, str]]]] = {
    Elk: _elk,
    Tussen: _tussen,
    Uiterste: _uiterste,
    Grootste: _grootste,
    Groepen: _groepen,
    Paar: _paar,
    Samenhang: _samenhang,
    Spreiding: _spreiding,
    Verschil: _verschil,
    Draai: _draai,
}

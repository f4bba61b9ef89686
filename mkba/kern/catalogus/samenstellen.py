"""From the files of a rule set and its parents to one table of kengetallen, in prices of one year."""

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mkba.kern.bestand.toml_lezen import lees_toml
from mkba.kern.bestand.toml_regel import plaats
from mkba.kern.catalogus.kengetal import Kengetal, buiten_eenheid, eenheidshulp, ontbrekend
from mkba.kern.catalogus.prijsreeksen import (
    GEEN,
    GEEN_GETAL,
    GETAL_HULP,
    Beweging,
    Prijsreeksen,
    beweging,
    jaartallen,
    vertaal,
    zonder_cijfer,
)
from mkba.kern.catalogus.regelset import (
    KOPVELDEN,
    Laag,
    NietBijgewerkt,
    Opzet,
    Regelsetkeuze,
    controleer_patronen,
    geen_regel,
    lees_lagen,
    versie_van,
    volgens_patroon,
    wat_niet_is_bijgewerkt,
)
from mkba.kern.catalogus.sleutels import GEBRUIK, VERPLICHT
from mkba.kern.tekst.meldingen import InvoerFout, Melding
from mkba.kern.tekst.notatie import nederlands
from mkba.kern.woorden.begrippen import naam

_ERFT = ("omschrijving", "eenheid", "kort")
"""What a change need not say again."""
_ZWAKTE = ("gepubliceerd", "afgeleid", "gekalibreerd", "aanname")


def stel_samen(
    keuze: Regelsetkeuze, map_: Path, vandaag: date
) -> tuple[dict[str, Kengetal], dict[str, Mapping[str, Any]], Opzet]:
    """Kengetallen by key, sources and header of a rule set. Raises InvoerFout with everything that is wrong."""
    lagen = lees_lagen(keuze.naam, map_)
    peildatum = keuze.peildatum or vandaag
    bronnen: dict[str, Mapping[str, Any]] = dict(lees_toml(map_ / "bronnen.toml"))
    reeksen: Prijsreeksen = {}
    getallen: dict[str, Kengetal] = {}
    meldingen: list[Melding] = []
    for laag in lagen:
        bronnen |= laag.kop.get("bronnen", {})
        reeksen = laag.reeksen(reeksen)
        getallen |= _van_laag(laag, getallen, bronnen, peildatum, meldingen)
    meldingen += [
        Melding(
            pad,
            None,
            "dit kengetal ontbreekt in de regelset.",
            "Voeg het toe met waarde, eenheid, status en bron.",
            lagen[-1].naam,
        )
        for pad in VERPLICHT
        if pad not in getallen and not any(m.veld == pad for m in meldingen)
    ]
    if not meldingen:
        meldingen += controleer_patronen(lagen, reeksen, getallen)
    if meldingen:
        raise InvoerFout(meldingen)
    jaren = [laag.kop["prijsjaar"] for laag in lagen if "prijsjaar" in laag.kop]
    prijsjaar = keuze.prijsjaar if keuze.prijsjaar is not None else (jaren[-1] if jaren else None)
    if prijsjaar is not None and not reeksen:
        oorzaak = f"regelset {lagen[-1].naam} heeft geen prijsreeksen: haar bedragen houden hun prijspeil."
        if keuze.prijsjaar is None:  # said in a file, not on the command line
            laag = next(laag for laag in reversed(lagen) if "prijsjaar" in laag.kop)
            hulp = 'Verwijder prijsjaar, of bouw op een regelset met prijsreeksen: ouder = "nl-2026".'
            raise InvoerFout([laag.fout(("prijsjaar",), prijsjaar, oorzaak, hulp)])
        raise InvoerFout([Melding("prijsjaar", prijsjaar, oorzaak, "Laat --prijsjaar weg, of kies nl-2026.")])
    zonder_cijfer: tuple[NietBijgewerkt, ...] = ()
    if prijsjaar is not None:
        zoals_gegeven = getallen
        getallen = _in_prijsjaar(getallen, lagen, reeksen, prijsjaar)
        zonder_cijfer = _zonder_cijfer(zoals_gegeven, getallen, reeksen, prijsjaar)
    for pad in getallen:
        if overdracht := volgens_patroon(lagen, "overdracht", pad):
            getallen[pad] = getallen[pad].model_copy(update={"overdracht": overdracht})
    bewegend = {k.reeks for k in getallen.values()} & set(reeksen)
    delen = {deel for serie in bewegend for deel in reeksen[serie].samenstelling}
    gebruikt = {s: reeksen[s] for s in reeksen if s in bewegend | delen}
    kop = lagen[-1].kop
    opzet = Opzet(
        naam=lagen[-1].naam + keuze.opties,
        titel=kop.get("titel", ""),
        ouders=tuple(laag.naam for laag in reversed(lagen[:-1])),
        prijsjaar=prijsjaar,
        peildatum=peildatum,
        niet_bijgewerkt=(*wat_niet_is_bijgewerkt(lagen), *zonder_cijfer),
        reeksen=gebruikt,
        bestanden=tuple(str(laag.pad) for laag in lagen if laag.eigen),
    )
    return getallen, bronnen, opzet


def _van_laag(
    laag: Laag,
    ouders: Mapping[str, Kengetal],
    bronnen: dict[str, Mapping[str, Any]],
    peildatum: date,
    meldingen: list[Melding],
) -> dict[str, Kengetal]:
    """What one rule set of a chain gives; problems go to ``meldingen``."""
    uit: dict[str, Kengetal] = {}
    for bestand, tabellen in laag.tabellen():
        for pad, velden in bladeren(tabellen, (), {}):
            waarde = velden["waarde"]
            if isinstance(waarde, list) or not velden.keys().isdisjoint(("geldig_vanaf", "geldig_tot")):
                try:
                    versie = versie_van(waarde if isinstance(waarde, list) else [velden], peildatum, pad, bestand)
                except InvoerFout as fout:
                    meldingen += fout.meldingen
                    continue
                if versie is None:
                    continue  # on this date nothing changed yet
                velden = {**velden, **versie}
            sleutel = ".".join(pad)
            ouder = ouders.get(sleutel)
            if ouder is not None:
                velden = {v: getattr(ouder, v) for v in _ERFT} | velden
            if laag.eigen:
                velden = _van_gebruiker(velden, laag, bronnen)
            try:
                if ouder is not None and velden.get("eenheid") != ouder.eenheid:
                    oorzaak = f"eenheid: dit kengetal is in {ouder.eenheid}, en de formules rekenen daarmee."
                    raise _Fout(velden["eenheid"], oorzaak, "Laat eenheid weg, en reken de waarde daarnaar om.")
                uit[sleutel] = _kengetal(uit, sleutel, velden, bronnen, laag)
            except _Fout as fout:
                waar = plaats(bestand, pad, naam="" if laag.eigen else bestand.name)
                meldingen.append(Melding(sleutel, fout.waarde, fout.oorzaak, fout.remedie, waar))
    return uit


def _van_gebruiker(velden: dict[str, Any], laag: Laag, bronnen: dict[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A change in the file of a user: any text is a source, and what is not marked is an assumption."""
    bron, waarde = velden.get("bron"), velden.get("waarde")
    if isinstance(bron, str) and bron and bron not in bronnen:
        bronnen[bron] = {"titel": bron, "regelset": laag.naam}
    uit = {"status": "aanname", **velden}
    if uit["status"] == "aanname":
        uit.setdefault("motivering", f"opgegeven in {laag.naam}")
        if "laag" not in uit and "hoog" not in uit:
            uit |= {"laag": waarde, "hoog": waarde}
    return uit


def bladeren(
    tabel: Mapping[str, Any], pad: tuple[str, ...], gedeeld: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield (key, fields) of every kengetal below ``tabel``, with the shared fields filled in."""
    gedeeld = {**gedeeld, **tabel.get("gedeeld", {})}
    for sleutel, waarde in tabel.items():
        if sleutel == "gedeeld":
            continue
        volledig = (*pad, sleutel)
        if not isinstance(waarde, Mapping):
            yield volledig, {**gedeeld, "waarde": waarde}
        elif "waarde" in waarde:
            yield volledig, {**gedeeld, **waarde}
        else:
            yield from bladeren(waarde, volledig, gedeeld)


class _Fout(Exception):
    def __init__(self, waarde: object, oorzaak: str, remedie: str) -> None:
        self.waarde, self.oorzaak, self.remedie = waarde, oorzaak, remedie
        super().__init__(oorzaak)


def _kengetal(
    getallen: Mapping[str, Kengetal], pad: str, velden: dict[str, Any], bronnen: Mapping[str, Any], laag: Laag
) -> Kengetal:
    """One kengetal, checked. Raises _Fout."""
    if pad not in GEBRUIK:
        los = "." not in pad and laag.eigen  # a field of the header, or what stands below no table
        lijkt = difflib.get_close_matches(pad[:100], KOPVELDEN if los else GEBRUIK, n=1)
        hulp = f"Bedoelt u {lijkt[0]}? " if lijkt else ""
        raise _Fout(
            velden.get("waarde"), "dit kengetal bestaat niet.", f"{hulp}Zoek de sleutel met `mkba kengetallen --zoek`."
        )
    if pad in getallen:
        raise _Fout(velden["waarde"], "dit kengetal staat er twee keer.", "Verwijder er een.")
    velden = velden | {v: _vul_in(str(velden.get(v, "")), pad) for v in ("omschrijving", "kort")}
    for veld in ("waarde", "laag", "hoog", "prijspeil"):
        if isinstance(velden.get(veld), bool | list | str):
            raise _Fout(velden[veld], GEEN_GETAL if veld == "waarde" else f"{veld}: {GEEN_GETAL}", GETAL_HULP)
        if isinstance(velden.get(veld), float) and not abs(velden[veld]) < 1e15:
            raise _Fout(velden[veld], "dit is geen eindig getal.", "Geef een getal.")
    for veld in ("oorspronkelijk", "som_van", "prijsbeweging", "overdracht", "regelset"):
        if veld in velden:
            raise _Fout(velden[veld], f"{veld} hoort niet bij een kengetal in een bestand.", "Verwijder het.")
    for veld, tekst in velden.items() if laag.eigen else ():
        if isinstance(tekst, str) and (oorzaak := geen_regel(tekst)):
            raise _Fout(tekst, f"{veld}: {oorzaak}", "Schrijf een tekst op een regel.")
    try:
        kengetal = Kengetal(**velden, regelset=laag.naam)
    except ValidationError as fout:
        veld, tekst = vertaal(fout)
        oorzaak = f"{veld + ': ' if veld else ''}{tekst}"
        remedie = "Herstel dit veld in de catalogus."
        if laag.eigen:
            peil = "prijspeil = 2025, " if str(velden.get("eenheid", "")).startswith("eur") else ""
            erbij = "".join(f", {v} = …" for v in ontbrekend(velden))
            remedie = f'Schrijf {pad.rpartition(".")[2]} = {{ waarde = …, {peil}bron = "…"{erbij} }}.'
            remedie += " Het prijspeil is het jaar van de prijzen." if peil else ""
        raise _Fout(velden.get(veld, velden.get("waarde")), oorzaak, remedie) from None
    if laag.eigen and not kengetal.bron.strip():
        hulp = "Zeg waar het getal vandaan komt; uw eigen woorden mogen."
        raise _Fout(kengetal.bron, "bron: dit veld is leeg.", hulp)
    if kengetal.bron not in bronnen:
        raise _Fout(kengetal.bron, "deze bron staat niet in bronnen.toml.", "Voeg de bron toe.")
    if oorzaak := buiten_eenheid(pad, kengetal.waarde, kengetal.eenheid):
        raise _Fout(kengetal.waarde, oorzaak, eenheidshulp(kengetal.waarde, kengetal.eenheid))
    return kengetal


def _vul_in(tekst: str, pad: str) -> str:
    """Replace {0}, {1}, ... by the Dutch names of the parts of the key."""
    delen = pad.split(".")
    soort = "actor" if delen[0] in ("actor", "restpartij") else ""

    def deel(treffer: re.Match[str]) -> str:
        i = int(treffer[1])
        if i >= len(delen):
            return ""
        # only the last part of an actor key is an actor: "domein.zw.overig" names a huishoudtype
        woord = naam(re.sub(r"^jaar(\d)$", r"jaar \1", delen[i]), soort if i == len(delen) - 1 else "")
        return woord if woord[:2].isupper() else woord[:1].lower() + woord[1:]

    return re.sub(r"\{(\d)\}", deel, tekst).strip()


def _in_prijsjaar(
    getallen: Mapping[str, Kengetal], lagen: list[Laag], reeksen: Prijsreeksen, prijsjaar: int
) -> dict[str, Kengetal]:
    """Every amount in prices of ``prijsjaar``. Raises InvoerFout for one without a series, and for a missing year."""
    uit = dict(getallen)
    meldingen: list[Melding] = []

    @cache  # most amounts share a series and a price level
    def stap(serie: str, prijspeil: int) -> Beweging:
        return beweging(reeksen, serie, prijspeil, prijsjaar)

    for pad, k in getallen.items():
        if not k.eenheid.startswith("eur"):
            continue
        serie = k.reeks or volgens_patroon(lagen, "volgt", pad)
        if not serie or (serie != GEEN and serie not in reeksen):
            oorzaak = (
                "van dit bedrag is niet gezegd welke prijsreeks het volgt." if not serie else "deze reeks bestaat niet."
            )
            remedie = f"Zet het in [volgt] van de regelset: {', '.join(reeksen)} of {GEEN}."
            meldingen.append(Melding(pad, serie or None, oorzaak, remedie, str(lagen[-1].kopbestand)))
        elif serie == GEEN:
            uit[pad] = k.model_copy(update={"reeks": GEEN})
        elif k.prijspeil is None:
            oorzaak = f"van dit bedrag is geen prijspeil bekend, en de reeks {serie} verplaatst het."
            remedie = f'Geef het prijspeil, of zeg dat het niet beweegt: reeks = "{GEEN}".'
            meldingen.append(Melding(pad, k.waarde, oorzaak, remedie, str(lagen[-1].kopbestand)))
        else:
            try:
                uit[pad] = _verplaatst(k, serie, stap(serie, k.prijspeil), prijsjaar)
            except InvoerFout as fout:
                meldingen += fout.meldingen
    if meldingen:
        raise InvoerFout(dict.fromkeys(meldingen))
    namen = [laag.naam for laag in lagen]
    for i, laag in enumerate(lagen):
        for pad, delen in laag.kop.get("som_van", {}).items():
            if namen.index(uit[pad].regelset) <= i:  # a later rule set that gives the sum itself goes before
                uit[pad] = _som(uit[pad], [uit[d] for d in delen], tuple(delen), prijsjaar)
    return uit


def _zonder_cijfer(
    voor: Mapping[str, Kengetal], na: Mapping[str, Kengetal], reeksen: Prijsreeksen, prijsjaar: int
) -> tuple[NietBijgewerkt, ...]:
    """The years without a figure of their own that amounts were moved over, and what was chosen for them."""
    jaren: dict[tuple[str, str], set[int]] = {}
    bewegingen = {(na[pad].reeks, k.prijspeil) for pad, k in voor.items() if na[pad].reeks in reeksen}
    for reeks, peil in bewegingen:
        if peil is not None:
            for wie, zonder in zonder_cijfer(reeksen, reeks, peil, prijsjaar).items():
                jaren.setdefault(wie, set()).update(zonder)
    if not jaren:
        return ()
    delen = [f"{serie} {jaartallen(zonder)} volgens {ander}" for (serie, ander), zonder in sorted(jaren.items())]
    bruggen = [(reeksen[serie].overbrugging, ander) for serie, ander in sorted(jaren)]
    redenen = dict.fromkeys(b.motivering for b, ander in bruggen if b is not None and b.als == ander)
    gekozen = "van deze jaren is geen cijfer gezien, en is gekozen (een aanname) welke reeks er dan geldt"
    waarom = "".join(f" {r[:1].upper()}{r[1:].removesuffix('.')}." for r in redenen)
    return (NietBijgewerkt(f"Jaren zonder prijscijfer: {gekozen}: {'; '.join(delen)}.{waarom}"),)


def _verplaatst(k: Kengetal, serie: str, stap: Beweging, prijsjaar: int) -> Kengetal:
    """An amount in prices of another year; its mark is never better than that of the years it was moved with."""
    if k.prijspeil == prijsjaar:
        return k.model_copy(update={"reeks": serie})
    tekst = f"van prijspeil {k.prijspeil} naar {prijsjaar} met de reeks {serie}: maal {nederlands(stap.factor, 4)}"
    for ander, jaren in stap.als.items():
        tekst += f"; {jaartallen(jaren)} volgens {ander}, want zonder eigen cijfer"
    if stap.voorlopig:
        tekst += f"; voorlopig: {jaartallen(stap.voorlopig)}"
    wijzigingen: dict[str, Any] = {
        "waarde": k.waarde * stap.factor,
        "laag": None if k.laag is None else k.laag * stap.factor,
        "hoog": None if k.hoog is None else k.hoog * stap.factor,
        "prijspeil": prijsjaar,
        "reeks": serie,
        "prijsbeweging": tekst,
    }
    if stap.zwak and k.status != "aanname":
        reden = f"het bedrag is {k.status}, maar de prijsreeks {serie} bevat jaren die zijn aangenomen"
        wijzigingen |= {"status": "aanname", "motivering": "; ".join(t for t in (k.motivering, reden) if t)}
        if k.laag is None:
            wijzigingen |= {"laag": wijzigingen["waarde"], "hoog": wijzigingen["waarde"]}
    elif k.status == "gepubliceerd":
        wijzigingen |= {"status": "afgeleid", "afleiding": "gedrukt bedrag maal de prijsreeks"}
    return k.model_copy(update=wijzigingen)


def _som(k: Kengetal, delen: list[Kengetal], paden: tuple[str, ...], prijsjaar: int) -> Kengetal:
    """A sum of amounts that each moved with a series of its own; as well known as the weakest of them."""
    status = max((d.status for d in delen), key=_ZWAKTE.index)
    waarde = sum(d.waarde for d in delen)
    wijzigingen: dict[str, Any] = {
        "omschrijving": k.omschrijving.removesuffix(" zoals gedrukt"),
        "waarde": waarde,
        "laag": sum(d.onder for d in delen),
        "hoog": sum(d.boven for d in delen),
        "prijspeil": prijsjaar,
        "reeks": " + ".join(dict.fromkeys(d.reeks for d in delen)),
        "som_van": paden,
        "status": status,
        "afleiding": f"som van {' en '.join(paden)}, elk in prijzen van {prijsjaar}",
        "prijsbeweging": "",
    }
    if status == "aanname":
        wijzigingen["motivering"] = "; ".join(dict.fromkeys(d.motivering for d in delen if d.motivering))
    return k.model_copy(update=wijzigingen)

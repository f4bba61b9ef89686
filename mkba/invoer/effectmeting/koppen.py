"""Which table a sheet or file is, and which column of ours each of its columns is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mkba.invoer.effectmeting.indeling import Indeling, Tabelindeling
from mkba.invoer.effectmeting.kolommen import DOMEINKOLOMMEN, TABELLEN, Tabelvorm
from mkba.invoer.effectmeting.persoonlijk import is_persoonlijke_kop
from mkba.invoer.registratie.domeinen import ID_KOPPEN, KENMERKEN, normaliseer, zoek_domein
from mkba.invoer.registratie.namen import lees_kopcel, toon_kolom
from mkba.invoer.tabel.cellen import Plaats, Rij
from mkba.invoer.tabel.kolomsgewijs import Blad
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND, is_bsn_kop

PSEUDONIEM: Final = "pseudoniem"
_NAMEN: Final[Mapping[str, Mapping[str, str]]] = {
    "huishoudens": {
        **dict.fromkeys(KENMERKEN["type"], "type"),
        **dict.fromkeys(KENMERKEN["samenstelling"], "type"),
        **dict.fromkeys(KENMERKEN["kinderen_onder_18"], "kinderen"),
        **dict.fromkeys(KENMERKEN["eenouder"], "eenouder"),
        **dict.fromkeys(KENMERKEN["nieuw"], "nieuw"),
        **dict.fromkeys(("leeftijd_oudste", "leeftijdsklasse"), "leeftijdsklasse_oudste"),
        **dict.fromkeys(("startdatum", "datum_start"), "start"),
        **dict.fromkeys(("einddatum", "datum_einde"), "einde"),
    },
    "problematiek": {
        **{n: k for k in ("lvb", "geen_werk", "schulden", "overlast") for n in KENMERKEN[k]},
        "klasse": "zwaarte",
    },
    "trajecten": {"type_traject": "type", "traject": "type"},
    "acties": {"wie": "door", "door_wie": "door"},
    "gebied": {
        "postcode_4": "wijk",
        "pc4": "wijk",
        "zorggebruik": "zorggebruik_eur",
        "zorggebruik_euro": "zorggebruik_eur",
    },
}
"""Other names of a column, normalised. ``moment`` and ``meting`` are the same in every table."""
_OVERAL: Final = {"meting": "moment", "meetmoment": "moment", **dict.fromkeys(ID_KOPPEN, PSEUDONIEM)}
_ANDERE: Final = {t: {**_OVERAL, **_NAMEN.get(t, {})} for t in TABELLEN}
_KOLOMNAMEN: Final = {t: frozenset(k.naam for k in vorm.kolommen) for t, vorm in TABELLEN.items()}
_ELKE_NAAM: Final = frozenset().union(*_ANDERE.values(), *_KOLOMNAMEN.values())
_PERSOONSGEGEVENS: Final = (
    "deze kolom bevat persoonsgegevens ({wat}).",
    "Verwijder haar; een eigen, betekenisloze code per huishouden is genoeg. Wie op bsn of adres moet koppelen, geeft "
    "--koppelsleutel.",
)


@dataclass(frozen=True, slots=True)
class Kop:
    """What the columns of a sheet are. ``kolommen``: ours -> index; ``genegeerd``: indexes that are not used;
    ``gekoppeld``: the pseudonym is made of what stands in the column, under the key."""

    vorm: Tabelvorm
    kolommen: Mapping[str, int]
    genegeerd: tuple[int, ...]
    meldingen: tuple[Melding, ...] = ()


def zoek_kop(rijen: Sequence[Rij], indeling: Indeling) -> int | None:
    """The row with most names of the columns of one table, two at least."""
    past = [_past(rij, indeling) for rij in rijen]
    return past.index(max(past)) if past and max(past) > 1 else None


def aantal_bekend(rij: Rij, indeling: Indeling) -> int:
    """How many names of a row are a column of the table that it fits best."""
    return _past(rij, indeling)


def _past(rij: Rij, indeling: Indeling) -> int:
    eigen = {naam for i in indeling.values() for naam in i.kolommen}
    # most rows are no header: nothing in them is the name of any column
    teksten = {i: t for i, t in _teksten(rij).items() if t[1] in eigen or t[1] in _ELKE_NAAM or _is_domein(t[0])}
    return max(len(set(_ons(teksten, vorm, indeling).values())) for vorm in TABELLEN.values()) if teksten else 0


def kies_tabel(blad: Blad, indeling: Indeling) -> tuple[Tabelvorm | None, str]:
    """The table that a sheet is; None with the reason when that cannot be told, or with "" when it is none.

    By the mapping, else by its name when that names one table, else by its columns.
    """
    naam = normaliseer(blad.naam)
    aangewezen = [t for t, i in indeling.items() if naam in i.bron]
    if not aangewezen:
        aangewezen = [t for t in TABELLEN if t == naam] or [t for t in TABELLEN if t in naam.split("_")]
    if len(aangewezen) == 1:
        return TABELLEN[aangewezen[0]], ""
    if blad.kop is None:
        return None, ""
    scores = {}
    for vorm in TABELLEN.values():
        kolommen = set(_ons(_teksten(blad.kop), vorm, indeling).values())
        inhoud = set(vorm.verplicht) - {PSEUDONIEM, "moment"} or {"zwaarte", *DOMEINKOLOMMEN}
        heel = set(vorm.verplicht) <= kolommen and bool(inhoud & kolommen)
        if heel and (not aangewezen or vorm.naam in aangewezen):
            scores[vorm.naam] = len(kolommen)
    besten = [t for t, n in scores.items() if n == max(scores.values())]
    if len(besten) == 1:
        return TABELLEN[besten[0]], ""
    return (
        None,
        "de kolommen passen bij meer dan een tabel" if besten else "de kolommen passen bij geen van de tabellen",
    )


def lees_kop(blad: Blad, vorm: Tabelvorm, indeling: Indeling, plaats: Plaats, met_sleutel: bool) -> Kop:
    """The columns of a sheet and all that is wrong with them.

    ``met_sleutel``: a column with a bsn, or one that the mapping names, may be what pseudonyms are made of.
    """
    assert blad.kop is not None
    eigen = indeling.get(vorm.naam, Tabelindeling())
    ons = _ons(_teksten(blad.kop), vorm, indeling)
    kolommen: dict[str, int] = {}
    meldingen: list[Melding] = []
    genegeerd = []

    def melding(veld: str, oorzaak: str, remedie: str, i: int | None = None) -> None:
        waar = plaats.van(blad.kop.nummer, i) if blad.kop is not None else plaats.bestand
        meldingen.append(Melding(veld, NIET_GETOOND if i is not None else None, oorzaak, remedie, waar))

    for i, cel in enumerate(blad.kop.cellen):
        if cel.leeg:
            if any(not c.leeg for c in blad.kolommen[i].cellen):
                melding(
                    toon_kolom("", i), "deze kolom heeft geen kop, maar bevat wel waarden.", "Geef haar een kop.", i
                )
            continue
        naam = normaliseer(cel.waarde)
        bron = met_sleutel and (is_bsn_kop(str(cel.waarde)) or eigen.kolommen.get(naam) == PSEUDONIEM)
        if bron and PSEUDONIEM in [k.naam for k in vorm.kolommen]:
            doel: str | None = PSEUDONIEM
        elif is_persoonlijke_kop(cel.waarde):
            oorzaak, remedie = _PERSOONSGEGEVENS
            melding(toon_kolom(naam, i), oorzaak.format(wat="bsn, naam, adres of geboortedatum"), remedie, i)
            continue
        else:
            doel = ons.get(i)
        if doel is None:
            genegeerd.append(i)
        elif doel in kolommen:
            plek = f"kolom {kolommen[doel] + 1} en kolom {i + 1}"
            melding(f"{vorm.naam}.{doel}", f"deze kolom staat er twee keer ({plek}).", "Houd er een over.", i)
        else:
            kolommen[doel] = i
    kwijt = [e for e, doel in eigen.kolommen.items() if doel not in kolommen]
    weg = [] if meldingen else [doel for doel in vorm.verplicht if doel not in kolommen]
    for doel in weg:
        regel = f'[{vorm.naam}.kolommen] met {doel} = "de kop in uw bestand" eronder'
        remedie = f"Noem de kolom {doel}, of wijs haar aan in een bestand voor --indeling, zoals {regel}."
        if doel in [eigen.kolommen[e] for e in kwijt]:
            remedie = f"De indeling wijst haar aan onder een naam die niet in het bestand staat. {remedie}"
        melding(f"{vorm.naam}.{doel}", "deze kolom ontbreekt.", remedie)
    return Kop(vorm, kolommen, tuple(genegeerd), tuple(meldingen))


def _teksten(rij: Rij) -> dict[int, tuple[str, str]]:
    """What stands in a row by index: the text, and that as the name of a column."""
    return {
        i: (cel.waarde, normaliseer(cel.waarde))
        for i, cel in enumerate(rij.cellen)
        if isinstance(cel.waarde, str) and not cel.leeg
    }


def _ons(teksten: Mapping[int, tuple[str, str]], vorm: Tabelvorm, indeling: Indeling) -> dict[int, str]:
    """The column of ours by index: the mapping goes first, then our own name, then other names of it."""
    eigen = indeling[vorm.naam].kolommen if vorm.naam in indeling else {}
    elders = set(eigen.values())
    namen, andere = _KOLOMNAMEN[vorm.naam], _ANDERE[vorm.naam]
    uit: dict[int, str] = {}
    zwak: dict[int, str] = {}
    for i, (tekst, naam) in teksten.items():
        if naam in eigen:
            uit[i] = eigen[naam]
        elif naam in namen and naam not in elders:
            uit[i] = naam
        elif (ander := andere.get(naam)) in namen and ander is not None:
            zwak[i] = ander
        elif vorm.naam == "problematiek" and _is_domein(tekst):
            zwak[i] = str(zoek_domein(lees_kopcel(tekst).naam))
    gehad = {*uit.values(), *elders}
    for i, doel in sorted(zwak.items(), key=lambda p: (_voorkeur(teksten[p[0]][1]), p[0])):
        # an export has more than one number of a household: the first by preference is it, the others are not used
        if doel not in gehad or doel in DOMEINKOLOMMEN:
            uit[i] = doel
            gehad.add(doel)
    return uit


def _is_domein(tekst: str) -> bool:
    return zoek_domein(lees_kopcel(tekst).naam) in DOMEINKOLOMMEN


def _voorkeur(naam: str) -> int:
    return ID_KOPPEN.index(naam) if naam in ID_KOPPEN else len(ID_KOPPEN)

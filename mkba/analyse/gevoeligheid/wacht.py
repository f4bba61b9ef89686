"""Guard: double counting and combinations that do not go together.

A calculation accepts every combination of knobs; these checks say which ones deserve an argument. They change
nothing and come on top of :func:`mkba.analyse.gevoeligheid.plausibiliteit.opmerkingen`.

**When a knob is high.** The sources print one range for all aanpakken. A knob counts as high in the upper half of
what lies between its kengetal and the highest value printed (``knop.*``: waarde and hoog). That halfway point is a
threshold of this kit, not of the source.
"""

from typing import Final

from mkba.kern.catalogus.kengetal import Kengetal
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import zuinig
from mkba.kern.woorden.begrippen import TYPEN, naam
from mkba.kern.woorden.trajecten import CASES
from mkba.kern.zaak.aanpak import Aanpak
from mkba.kern.zaak.effectmeting import vervangen_door
from mkba.model.berekening import Uitkomst
from mkba.model.effectmeting import gemeten_escalaties

HELFT: Final = 0.5
"""Where a knob becomes high between kengetal and highest printed value, and below which share of additional money
most of the team is paid from existing money. No source, only a threshold."""
_MARGE: Final = 1e-9
"""Binary noise: 0.55 + 0.45 is not more than 1."""


def wacht(uitkomst: Uitkomst) -> list[Melding]:
    """Messages about double counting and implausible combinations of one aanpak (the first scenario)."""
    aanpak, kengetallen = zoals_gerekend(uitkomst.aanpak, uitkomst.kengetallen), uitkomst.kengetallen
    return [
        *_zonder_team(uitkomst),
        *_substitutie_en_escalatie(aanpak, kengetallen),
        *_nieuw_voor_oud(aanpak, kengetallen),
        *_meer_en_minder(aanpak),
        *_zonder_huishoudens(aanpak),
        *_meer_dan_allemaal(aanpak, kengetallen),
        *_meer_escalaties_dan_huishoudens(aanpak),
    ]


def zoals_gerekend(aanpak: Aanpak, kengetallen: Kengetallen) -> Aanpak:
    """The aanpak with what it measured in the place of questions 11, 12 and 14; without a measurement itself."""
    vervangen = vervangen_door(aanpak.effectmeting)
    if not vervangen:
        return aanpak
    nul = {case: 0.0 for case in CASES if f"substitutie.{case}" in vervangen}
    return aanpak.model_copy(
        update={
            "meer": 0.0 if "meer" in vervangen else aanpak.meer,
            "substitutie": aanpak.substitutie.model_copy(update=nul),
            "escalatie": aanpak.escalatie.model_copy(update=gemeten_escalaties(aanpak, kengetallen)),
            "opgegeven": aanpak.opgegeven - vervangen,
        }
    )


def _zonder_team(uitkomst: Uitkomst) -> list[Melding]:
    if uitkomst.aanpak.fte > 0 or uitkomst["totale_baten"] <= 0:
        return []
    return [
        Melding(
            "fte",
            uitkomst.aanpak.fte,
            "het team heeft 0 fte en dus geen personeelskosten, maar de baten bij alle huishoudens tellen wel mee.",
            "Vul het aantal fte in (vraag 6); staan alle kosten van het team bij vraag 8, zeg dat dan in het rapport.",
        )
    ]


def drempel_hoog(kengetal: Kengetal) -> float:
    """From which value a knob is high: halfway between its kengetal and the highest value printed."""
    # an own kengetal keeps the range of the catalogue, and that of the catalogue its own middle
    midden = kengetal.waarde if kengetal.oorspronkelijk is None else kengetal.oorspronkelijk
    return midden + HELFT * (kengetal.boven - midden)


def _substitutie(aanpak: Aanpak, kengetallen: Kengetallen) -> tuple[float, float]:
    """Share fewer trajecten over all households, and from where that is high; both weighted with nieuw."""
    s, nieuw = aanpak.substitutie, aanpak.nieuw
    grens = [drempel_hoog(kengetallen.getallen[f"knop.substitutie.{w}"]) for w in ("nieuw", "bestaand")]
    return nieuw * s.nieuw + (1 - nieuw) * s.bestaand, nieuw * grens[0] + (1 - nieuw) * grens[1]


def _substitutie_en_escalatie(aanpak: Aanpak, kengetallen: Kengetallen) -> list[Melding]:
    minder, grens = _substitutie(aanpak, kengetallen)
    if minder < grens - _MARGE:
        return []
    uit = []
    for t in TYPEN:
        waarde = float(getattr(aanpak.escalatie, t))
        hoog = drempel_hoog(kengetallen.getallen[f"knop.escalatie.{t}"])
        if getattr(aanpak.type, t) > 0 and waarde >= hoog - _MARGE:
            uit.append(
                Melding(
                    f"substitutie en escalatie.{t}",
                    f"{_procent(minder)} en {_procent(waarde)}",
                    f"beide zijn hoog (vanaf {_procent(grens)} en {_procent(hoog)}): veel minder trajecten en toch "
                    "veel voorkomen escalatie bij dezelfde huishoudens.",
                    "Controleer of een traject dat niet doorgaat niet twee keer telt, en of minder zorg geen escalatie "
                    "uitlokt.",
                )
            )
    return uit


def _nieuw_voor_oud(aanpak: Aanpak, kengetallen: Kengetallen) -> list[Melding]:
    minder, grens = _substitutie(aanpak, kengetallen)
    if aanpak.additioneel >= HELFT or aanpak.fte == 0 or minder < grens - _MARGE:
        return []
    uit = [
        Melding(
            "additioneel en substitutie",
            f"{_procent(aanpak.additioneel)} en {_procent(minder)}",
            "het team is vooral met bestaand geld betaald (baat nieuw voor oud) en vervangt ook veel trajecten "
            f"(hoog vanaf {_procent(grens)}).",
            "Controleer dat werk van de moederorganisaties dat vervalt niet ook als minder trajecten telt.",
        )
    ]
    frictie = drempel_hoog(kengetallen.getallen["knop.frictie"])
    if aanpak.frictie >= frictie - _MARGE:
        uit.append(
            Melding(
                "frictie en substitutie",
                f"{_procent(aanpak.frictie)} en {_procent(minder)}",
                f"frictie is hoog (vanaf {_procent(frictie)}): het oude werk vervalt nog niet, terwijl er wel veel "
                "trajecten minder zijn.",
                "Controleer of beide in hetzelfde jaar gelden; reken anders de startfase en going concern apart.",
            )
        )
    return uit


def _meer_en_minder(aanpak: Aanpak) -> list[Melding]:
    meer, bestaand = aanpak.meer, aanpak.substitutie.bestaand
    if meer == 0 or bestaand == 0:
        return []
    als = f"{_procent(meer)} en {_procent(bestaand)}"
    if bestaand > 0:
        return [
            Melding(
                "meer en substitutie.bestaand",
                als,
                "dezelfde bestaande huishoudens krijgen meer trajecten en minder trajecten.",
                "Controleer of dit andere trajecten zijn; vul anders alleen het verschil in.",
            )
        ]
    return [
        Melding(
            "meer en substitutie.bestaand",
            als,
            "extra zorg in bestaande huishoudens telt twee keer: als kosten (vraag 11) en als negatieve substitutie "
            "(vraag 12).",
            "Vul de extra zorg bij een van beide vragen in.",
        )
    ]


def _zonder_huishoudens(aanpak: Aanpak) -> list[Melding]:
    """Effects that were filled in (a default claims nothing) for households that the aanpak does not have."""
    t, z = aanpak.type, aanpak.zwaarte
    mv = {s: getattr(t, s) * (getattr(z, s).zr + getattr(z, s).nzr) for s in TYPEN}
    actief = {s: mv[s] + getattr(t, s) * getattr(z, s).ev for s in TYPEN}
    zonder_werk, overlastgevend, schulden = (
        sum(deel[s] * getattr(groep, s) for s in ("gezin", "overig"))
        for deel, groep in ((actief, aanpak.geen_werk), (actief, aanpak.overlast), (mv, aanpak.schulden))
    )
    nzr = sum(getattr(t, s) * getattr(z, s).nzr for s in TYPEN)
    aanwezig: dict[str, tuple[float, str]] = {
        **{f"escalatie.{s}": (getattr(t, s), naam(s).lower()) for s in TYPEN},
        "succes.schooluitval": (t.gezin * aanpak.kinderen, "gezinnen met kinderen"),
        "succes.werk": (zonder_werk, "gezinnen of overige huishoudens zonder werk"),
        "succes.consulten": (nzr, "niet-zelfredzame huishoudens"),
        "succes.doorverwijzing": (nzr, "niet-zelfredzame huishoudens"),
        "succes.kwaliteit_ouderen": (mv["oudere"], "ouderen met meervoudige problematiek"),
        "succes.mantelzorg": (mv["oudere"], "ouderen met meervoudige problematiek"),
        "succes.overlast": (overlastgevend, "overlastgevende gezinnen of overige huishoudens"),
    }
    plat = aanpak.plat()
    aanwezig["substitutie.nieuw"] = (aanpak.nieuw, "nieuw gevonden huishoudens (vraag 10)")
    uit = [
        Melding(
            sleutel,
            plat[sleutel],
            f"de aanpak heeft geen {wie}; dit effect telt niet mee.",
            "Controleer dit effect en de vragen over deze huishoudens.",
        )
        for sleutel, (aantal, wie) in aanwezig.items()
        if aantal == 0 and plat[sleutel] > 0 and sleutel in aanpak.opgegeven
    ]
    if schulden == 0 and sum(mv.values()) > 0 and "succes.financieel_stabiel" in aanpak.opgegeven:
        waarde = aanpak.succes.financieel_stabiel
        if waarde > 0:
            uit.append(
                Melding(
                    "succes.financieel_stabiel",
                    waarde,
                    "geen huishouden heeft problematische schulden (vraag 5), maar het model rekent deze financiële "
                    "baat over alle huishoudens met meervoudige problematiek.",
                    "Vul vraag 5 in, of zet dit effect op 0.",
                )
            )
    return uit


def _meer_dan_allemaal(aanpak: Aanpak, kengetallen: Kengetallen) -> list[Melding]:
    """Shares of the same households that the model adds up, together more than all of them."""
    s, nieuw = aanpak.succes, aanpak.nieuw
    bestaand = kengetallen["effectiviteit.schuldhulp_bestaand"]
    nieuw_plus = nieuw + (1 - nieuw) * aanpak.meer
    ouderen = aanpak.type.oudere * (aanpak.zwaarte.oudere.zr + aanpak.zwaarte.oudere.nzr) > 0
    sommen = [
        (
            "succes.financieel_stabiel",
            s.financieel_stabiel + bestaand * nieuw_plus,
            "financieel stabiel door extra effectiviteit en door nieuwe schuldhulp",
        ),
        (
            "succes.overlast",
            s.overlast + bestaand * nieuw,
            "minder overlast door het team en door nieuw gevonden huishoudens",
        ),
    ]
    if ouderen:
        sommen.append(
            (
                "succes.kwaliteit_ouderen",
                s.kwaliteit_ouderen + s.mantelzorg + nieuw,
                "meer kwaliteit van leven, minder overbelaste mantelzorgers en nieuw gevonden ouderen",
            )
        )
    return [
        Melding(
            sleutel,
            _procent(som),
            f"{wat}: samen meer dan alle huishoudens waarop dit effect slaat.",
            "Verlaag dit effect of nieuw (vraag 10), zodat geen huishouden twee keer telt.",
        )
        for sleutel, som, wat in sommen
        if som > 1 + _MARGE
    ]


def _meer_escalaties_dan_huishoudens(aanpak: Aanpak) -> list[Melding]:
    """Vraag 14 is a share of all households; those with multiple problems are the ones that can escalate far."""
    uit = []
    for t in TYPEN:
        zwaarte, waarde = getattr(aanpak.zwaarte, t), float(getattr(aanpak.escalatie, t))
        mv = zwaarte.zr + zwaarte.nzr
        if getattr(aanpak.type, t) > 0 and waarde > mv + zwaarte.top + _MARGE:
            uit.append(
                Melding(
                    f"escalatie.{t}",
                    waarde,
                    f"er zijn meer voorkomen escalaties dan {naam(t).lower()} met meervoudige problematiek "
                    f"of in de top ({_procent(mv + zwaarte.top)}).",
                    "Vraag 14 is een deel van alle huishoudens van dit type; controleer ook de zwaarte (vraag 3).",
                )
            )
    return uit


def _procent(fractie: float) -> str:
    return f"{zuinig(100 * fractie)}%"

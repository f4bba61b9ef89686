"""The output side of the screen as HTML text: key figures, uitvoerscherm A, cash flows, warnings.

Plain strings, because pandas' styler alone takes as long as a whole change may take. Every text is escaped.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import takewhile
from typing import Final

from mkba.kern.tekst.afronden import rond
from mkba.kern.tekst.meldingen import Melding
from mkba.kern.tekst.notatie import (
    STAP_EUR,
    STAP_VERHOUDING,
    druk_stap,
    euro,
    gedrukt_verschil,
    kans_in_procent,
    toon_meldingwaarde,
    verhouding,
)
from mkba.kern.tekst.notatie import stand as stand_van
from mkba.kern.woorden.begrippen import FINANCIELE_BATEN, IMMATERIELE_BATEN, KOSTENPOSTEN, POSTEN
from mkba.kern.woorden.effectvelden import ALLE_VELDEN, VERDELINGEN_EFFECT
from mkba.kern.woorden.uitvoerscherm import UITVOERSCHERM_A
from mkba.kern.woorden.velden import VELDEN, VRAGEN
from mkba.model.berekening import Uitkomst
from mkba.model.reeksen import Reeks
from mkba.scherm.beeld import Beeld
from mkba.scherm.vorm import beelden
from mkba.uitvoer.meetherkomst import KANS_ZONDER_TELLING, TOEVAL_ELDERS, telling

NU: Final = "nu"
VERGELIJKING: Final = "vergelijking"

NOG_NIET: Final = '<p class="mkba-leeg">De uitkomst verschijnt zodra alle velden kloppen.</p>'

_KERN: Final = (
    ("saldo", "Saldo (baten min kosten)"),
    ("kb_maatschappelijk", "Maatschappelijke K-B"),
    ("kb_financieel", "Financiële K-B"),
    ("kb_gemeentelijk", "Gemeentelijke K-B"),
)

_SALDO_BIJ: Final = {
    "saldo": "saldo",
    "kb_maatschappelijk": "",  # the saldo beside it is that of society
    "kb_financieel": "saldo_financieel",
    "kb_gemeentelijk": "saldo_gemeente",
}
_OORDEEL: Final = {
    "boven": ("baten dekken de kosten", " mkba-goed"),
    "rond": ("ongeveer in evenwicht", " mkba-rond"),
    "onder": ("meer kosten dan baten", " mkba-verlies"),
    "onbekend": ("geen kosten", " mkba-rond"),
}
"""What a card says and its class, by the number as it is printed."""


def kerncijfers(
    nu: Uitkomst | None, naast: Uitkomst | None, actueel: bool = True, kansen: Mapping[str, float] | None = None
) -> str:
    """The saldo and the three ratios as cards, each with a judgement in words and what it was in the comparison.

    ``kansen``: of a plus, by saldo, as soon as they are known; None shows nothing of them.
    """
    if nu is None:
        return ""
    kaarten = []
    # another aanpak is not what this one was
    ernaast = "was" if naast is not None and naast.aanpak.naam == nu.aanpak.naam else VERGELIJKING
    for sleutel, label in _KERN:
        waarde = nu[sleutel]
        tekst = toon(sleutel, waarde)
        oordeel, klasse = _OORDEEL[_stand(sleutel, waarde)]
        was = f'<span class="mkba-was">{ernaast} {toon(sleutel, naast[sleutel])}</span>' if naast is not None else ""
        kans = _kans(_SALDO_BIJ[sleutel], kansen) if kansen is not None else ""
        kaarten.append(
            f'<div class="mkba-kaart{klasse}"><dt>{escape(label)}</dt>'
            f'<dd data-sleutel="{sleutel}"><b>{tekst}</b>{was}<span>{oordeel}</span>{kans}</dd></div>'
        )
    oud = "" if actueel else ' class="mkba-oud"'
    return f"<dl{oud}>{''.join(kaarten)}</dl>"


def _kans(saldo: str, kansen: Mapping[str, float]) -> str:
    """The chance of a plus, or that it is on its way; nothing where another card has the same one."""
    if not saldo:
        return ""
    tekst = f"kans op een plus {kans_in_procent(kansen[saldo])}" if saldo in kansen else "kans wordt berekend …"
    return f'<span class="mkba-kans" data-kans="{saldo}">{tekst}</span>'


def scherm_a(nu: Uitkomst | None, naast: Uitkomst | None) -> str:
    """Uitvoerscherm A (figuur 3.2): NCW of one year of work, with the comparison and the difference beside it."""
    if nu is None:
        return NOG_NIET
    koppen = ["NCW"] if naast is None else [NU, VERGELIJKING, "verschil"]
    rijen = []
    for sleutel, label, diepte in UITVOERSCHERM_A:
        cellen = [toon(sleutel, nu[sleutel])]
        if naast is not None:
            cellen += [toon(sleutel, naast[sleutel]), _met_teken(sleutel, _verschil(sleutel, nu, naast))]
        rijen.append((label, diepte, sleutel, cellen))
    figuur = beelden.kosten_en_baten(
        {NU: nu.sleutels} if naast is None else {NU: nu.sleutels, VERGELIJKING: naast.sleutels}
    )
    onder = f"Vergelijking: {naast.aanpak.naam}." if naast is not None else ""
    rooster = tabel("Netto contante waarde (NCW) van een jaar aanpak", koppen, rijen)
    noot = "Bedragen afgerond op € 100, verhoudingen op 0,05."
    if naast is not None:
        noot += " Het verschil is dat tussen de afgeronde bedragen."
    kolommen: list[Callable[[str], float]] = [lambda s: _afgedrukt(s, nu[s])]
    if naast is not None:
        kolommen += [lambda s: _afgedrukt(s, naast[s]), lambda s: _verschil(s, nu, naast)]
    noot += afrondnoot(
        (van(heel), [teken * van(d) for d, teken in delen]) for van in kolommen for heel, delen in _DELEN
    )
    if telt := telling(nu.aanpak):
        onder += f" {telt}; waar, staat bij Kengetallen. {KANS_ZONDER_TELLING} {TOEVAL_ELDERS}"
    return f'{rooster}<p class="mkba-noot">{noot} {escape(onder.strip())}</p>{figuur}'


def scherm_kasstromen(nu: Uitkomst | None) -> str:
    """Cash flows by year beside the NCW (figuur 4.1)."""
    if nu is None:
        return NOG_NIET
    per_post = nu.grootboek.kubus[0].sum(axis=2)  # (post, jaar)
    s = nu.sleutels
    kolommen: list[tuple[str, Callable[[str], float]]] = [("NCW", s.__getitem__)]
    kolommen += [(f"jaar {j}", _in_jaar(per_post, j)) for j in range(per_post.shape[1])]
    groepen = (KOSTENPOSTEN, FINANCIELE_BATEN, IMMATERIELE_BATEN)
    sommen = {label: [math.fsum(van(p) for p in posten) for posten in groepen] for label, van in kolommen}
    jaren = [(label, kosten, geld, imm) for label, (kosten, geld, imm) in sommen.items()]
    rijen = [
        (label, 0 if label == "NCW" else 1, "", [euro(w, STAP_EUR) for w in (kosten, geld, imm, geld + imm - kosten)])
        for label, kosten, geld, imm in jaren
    ]
    koppen = ["kosten", "financiële baten", "immateriële baten", "saldo"]
    noot = "Bedragen in het jaar waarin ze vallen, niet contant gemaakt; de NCW rekent ze terug naar vandaag."
    af = [[rond(w, STAP_EUR) for w in (geld + imm - kosten, geld, imm, -kosten)] for _, kosten, geld, imm in jaren]
    noot += afrondnoot((saldo, delen) for saldo, *delen in af)
    figuur = beelden.kasstromen(jaren)
    return f'{figuur}{tabel("Kasstromen van een jaar aanpak", koppen, rijen)}<p class="mkba-noot">{noot}</p>'


def aandachtspunten(beeld: Beeld) -> str:
    """What deserves an argument: warnings about the outcome, in words."""
    if beeld.uitkomst is None:
        return NOG_NIET
    if not beeld.let_op:
        return '<p class="mkba-noot">Er valt niets op aan deze invoer.</p>'
    punten = "".join(
        f"<li><b>{escape(veldnaam(m.veld))}</b>: {escape(f'{m.oorzaak} {m.remedie}')}</li>" for m in beeld.let_op
    )
    kop = "Dit verandert niets aan de uitkomst, maar vraagt om een onderbouwing:"
    return f'<p class="mkba-noot">{kop}</p><ul class="mkba-let-op">{punten}</ul>'


def stand(beeld: Beeld, met_vorige: bool) -> str:
    """What is wrong or missing, with the question that it belongs to; empty when all is right.

    ``met_vorige``: an earlier outcome of this aanpak is still in view.
    """
    regels = []
    if beeld.fouten:
        wat = opsomming(dict.fromkeys(met_vraag(v) for v in beeld.fouten))
        regels.append(f'<p class="mkba-foutregel">Klopt niet: {escape(wat)}.</p>')
    if beeld.ontbreekt:
        wat = opsomming(dict.fromkeys(met_vraag(v) for v in beeld.ontbreekt))
        regels.append(f'<p class="mkba-ontbreekt">Nog in te vullen: {escape(wat)}.</p>')
    if regels and met_vorige:
        regels.append('<p class="mkba-noot">De uitkomst hieronder hoort bij de laatste invoer die wel klopte.</p>')
    return "".join(regels)


def meldingen(lijst: Iterable[Melding], kop: str = "") -> str:
    """Messages about a file or an action as a list."""
    punten = "".join(f"<li>{escape(_zin(m))}</li>" for m in lijst)
    return f'<div class="mkba-foutregel">{escape(kop)}<ul>{punten}</ul></div>'


def veldnaam(sleutel: str) -> str:
    """What a reader calls a field or a group of shares."""
    if sleutel in ALLE_VELDEN:
        return ALLE_VELDEN[sleutel].label
    if sleutel in VERDELINGEN_EFFECT:
        return f"verdeling: {ALLE_VELDEN[f'{sleutel}.aantal'].label.partition(': ')[2]}"
    groep = sleutel.partition(".")
    if groep[0] == "type":
        return VRAGEN[2]
    if groep[0] == "zwaarte" and f"zwaarte.{groep[2]}.ev" in VELDEN:
        return f"{VRAGEN[3]}, {VELDEN[f'type.{groep[2]}'].label.partition(': ')[2].lower()}"
    return sleutel


def opsomming(delen: Iterable[str]) -> str:
    """ "a, b en c"."""
    lijst = list(delen)
    return " en ".join([", ".join(lijst[:-1]), lijst[-1]] if len(lijst) > 1 else lijst)


def met_vraag(sleutel: str) -> str:
    """The field with its question; all fields of question 2 as one."""
    if sleutel.startswith("type"):
        return f"{VRAGEN[2].lower()} (vraag 2)"
    vraag = 3 if sleutel.startswith("zwaarte") else ALLE_VELDEN[sleutel].vraag if sleutel in ALLE_VELDEN else 0
    tekst = veldnaam(sleutel)
    klein = tekst[:1].lower() + tekst[1:]
    return f"{klein} (vraag {vraag})" if vraag else klein


def _zin(melding: Melding) -> str:
    naam = veldnaam(melding.veld)
    waar = f"{melding.bestand}: " if melding.bestand else ""
    waarde = "" if melding.waarde is None else f" ({toon_meldingwaarde(melding)})"
    return f"{waar}{naam}{waarde}: {melding.oorzaak} {melding.remedie}"


def _in_jaar(per_post: Reeks, jaar: int) -> Callable[[str], float]:
    return lambda post: float(per_post[POSTEN.index(post), jaar])


def _stand(sleutel: str, waarde: float) -> str:
    """Where a printed number stands: a ratio against 1,00, the saldo against 0."""
    if sleutel.startswith("kb_"):
        return stand_van(waarde)
    gedrukt = rond(waarde, STAP_EUR)
    return "boven" if gedrukt > 0 else "onder" if gedrukt < 0 else "rond"


def toon(sleutel: str, waarde: float) -> str:
    """A line of uitvoerscherm A as the screen prints it: euros in hundreds, a ratio in steps of 0,05."""
    return verhouding(waarde, STAP_VERHOUDING) if sleutel.startswith("kb_") else euro(waarde, STAP_EUR)


def _afgedrukt(sleutel: str, waarde: float) -> float:
    """The number that :func:`toon` prints."""
    if not math.isfinite(waarde):
        return waarde
    return rond(waarde, druk_stap(sleutel))


def _verschil(sleutel: str, nu: Uitkomst, naast: Uitkomst) -> float:
    """The difference of what is printed: a reader who subtracts the columns finds the same."""
    return gedrukt_verschil(nu[sleutel], naast[sleutel], druk_stap(sleutel))


def _hoofd_en_delen() -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """Which lines of uitvoerscherm A are the sum of which, each part with its sign."""
    uit: list[tuple[str, tuple[tuple[str, int], ...]]] = [("saldo", (("totale_baten", 1), ("totale_kosten", -1)))]
    for nummer, (sleutel, _, diepte) in enumerate(UITVOERSCHERM_A):
        onder = takewhile(lambda rij: rij[2] > diepte, UITVOERSCHERM_A[nummer + 1 :])  # noqa: B023 - used at once
        delen = tuple((s, 1) for s, _, d in onder if d == diepte + 1)
        if delen:
            uit.append((sleutel, delen))
    return tuple(uit)


_DELEN: Final = _hoofd_en_delen()


def afrondnoot(sommen: Iterable[tuple[float, Sequence[float]]]) -> str:
    """That printed totals are not the sum of their printed parts, and how far; nothing where they are."""
    afwijking = max((abs(heel - math.fsum(delen)) for heel, delen in sommen), default=0.0)
    if not afwijking >= 1:  # binary noise, or a ratio without costs
        return ""
    return f" Door het afronden wijkt een totaal tot {euro(afwijking)} af van de som van zijn delen."


def _met_teken(sleutel: str, verschil: float) -> str:
    """A difference with its sign; nothing when it prints as zero."""
    tekst = toon(sleutel, verschil)
    if tekst in ("0,00", toon("saldo", 0.0)):
        return "0"
    return (
        tekst
        if verschil < 0 or verschil != verschil
        else tekst.replace("€\u00a0", "€\u00a0+")
        if "€" in tekst
        else f"+{tekst}"
    )


def tabel(kop: str, koppen: Sequence[str], rijen: Iterable[tuple[str, int, str, Sequence[str]]]) -> str:
    """A table with a caption; ``rijen``: label, depth (0 is a total), key, cells."""
    bovenaan = "".join(f'<th scope="col">{escape(k)}</th>' for k in koppen)
    lijven = []
    for label, diepte, sleutel, cellen in rijen:
        klasse = ("mkba-totaal", "mkba-een", "mkba-twee")[diepte]
        kenmerk = f' data-sleutel="{sleutel}"' if sleutel else ""
        waarden = "".join(f"<td>{escape(c)}</td>" for c in cellen)
        lijven.append(f'<tr class="{klasse}"{kenmerk}><th scope="row">{escape(label)}</th>{waarden}</tr>')
    return (
        f'<div class="mkba-schuif"><table class="mkba-tabel"><caption>{escape(kop)}</caption>'
        f"<thead><tr><td></td>{bovenaan}</tr></thead>"
        f"<tbody>{''.join(lijven)}</tbody></table></div>"
    )

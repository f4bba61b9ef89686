"""Sentences on the business case; plain Dutch text, not HTML."""

from mkba.analyse.businesscase.verdeling import BETALERS, Businesscase
from mkba.kern.tekst.notatie import euro, opsomming
from mkba.uitvoer.businesscase.tabellen import partijnaam

SECTIE = "De businesscase per betaler"


def businesscase_zin(b: Businesscase) -> str:
    """What the payers gain together, who loses, and what the proposal does."""
    samen = float(b.betalers_ncw.sum())
    verliest = [_naam(p) for p, nu in zip(BETALERS, b.betalers_ncw, strict=True) if nu < -0.005]
    wint = [_naam(p) for p, nu in zip(BETALERS, b.betalers_ncw, strict=True) if nu > 0.005]
    kop = f"In geld houden de betalers samen {euro(samen, 100)} over aan een jaar werken (NCW)."
    if samen < 0:
        kop = f"In geld komen de betalers samen {euro(-samen, 100)} tekort op een jaar werken (NCW)."
    verlies = f"{'verliest' if len(verliest) == 1 else 'verliezen'} {opsomming(verliest)}"
    wie = f" Zonder afspraken {verlies}" if verliest else " Zonder afspraken verliest geen betaler"
    wie += f" en {'wint' if len(wint) == 1 else 'winnen'} {opsomming(wint)}." if wint else "."
    if b.tekort > 0:
        return (
            f"{kop}{wie} Er is dus niets te verdelen: ook als wie wint alles afstaat, blijft er {euro(b.tekort, 100)} "
            "over dat moet komen van wie de baten buiten het geld die prijs waard vindt. Het voorstel brengt elke "
            "betaler op 0."
        )
    return (
        f"{kop}{wie} In het voorstel verliest niemand, en kan geen groep betalers het zonder de andere beter krijgen."
    )


UITLEG = (
    "Sluit bij is de bijdrage waarbij deze betaler precies op 0 uitkomt. Het voorstel is de Shapley-verdeling: wat een "
    "betaler gemiddeld toevoegt als de partijen een voor een meedoen. De gemeente moet meedoen, want het team is van "
    "haar; wie meedoet betaalt samen het hele team en vergoedt wie verliest, en krijgt alleen de eigen baten. Zorg die "
    "door de aanpak begint, blijft bij wie er volgens de wet voor betaalt. De verdeling over partijen is een aanname "
    "(kengetallen actor), dus het voorstel ook: een begin van een gesprek, geen rekening."
)


def _naam(partij: str) -> str:
    tekst = partijnaam(partij)
    return (
        f"de {tekst[:1].lower()}{tekst[1:]}"
        if partij in ("gemeente", "zorgverzekeraar", "corporatie")
        else ("het Rijk (Wlz)" if partij == "rijk_wlz" else tekst[:1].lower() + tekst[1:])
    )

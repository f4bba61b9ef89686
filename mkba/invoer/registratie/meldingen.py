"""What may be said of a file about persons: which column, which row and what was expected, never a value.

Every message of a caseload with ZRM scores is made here (those of an effectmeting in ``invoer/effectmeting``). A cause
and a remedy are one of the fixed texts of :class:`Reden`, in which only a count or a place that we made ourselves can
be filled in; no function takes the content of a cell.
"""

from enum import Enum
from typing import Final

from mkba.kern.tekst.meldingen import FouteWaarde, Melding
from mkba.kern.tekst.persoonsgegevens import NIET_GETOOND

_GEEN_PERSOON: Final = "Verwijder deze kolom uit de export: een ID zonder betekenis is genoeg."
_DRIE_KOLOMMEN: Final = "Geef een kolom ID en een kolom per ZRM-domein, of de kolommen ID, domein en score."
MAXIMUM_KINDEREN: Final = 20
MAXIMUM_LEEFTIJD: Final = 120
JAREN: Final = range(1990, 2101)


class Reden(Enum):
    """Cause and remedy of every message; ``{aantal}`` and ``{plaats}`` are the only things that are filled in."""

    # one cell
    ONLEESBAAR = (
        "de cel heeft geen leesbare waarde: een Excel-fout, een formule zonder uitkomst, of een datum waar Excel zelf "
        "een datum van maakte.",
        "Vul de waarde opnieuw in, of bewaar het bestand opnieuw in Excel.",
    )
    GEEN_SCORE = (
        "dit is geen score.",
        "Geef een getal, ja of nee, of een ZRM-omschrijving zoals 'beperkt zelfredzaam'.",
    )
    GEEN_OMSCHRIJVING = ("deze omschrijving is geen ZRM-score.", "Geef een score van 1 tot en met 5.")
    GETAL_EN_OMSCHRIJVING = (
        "het getal en de omschrijving spreken elkaar tegen: in de ZRM horen ze niet bij elkaar.",
        "Geef alleen de omschrijving.",
    )
    CODE = (
        "dit is een code en geen omschrijving: in een export volgens het Gemeentelijk Gegevensmodel staan de codes op "
        "alfabet (2 is beperkt, 3 is niet zelfredzaam).",
        "Exporteer de omschrijving, of geef codering 'zrm' op als het de scores van de ZRM zijn.",
    )
    NIET_OP_0_1 = (
        "deze score hoort niet bij de schaal 0-1 van dit bestand (1 is een probleem).",
        "Geef 0, 1, of laat de cel leeg.",
    )
    JA_NEE_OP_1_5 = ("ja of nee past niet bij de schaal 1-5 van dit bestand.", "Geef een score van 1 tot en met 5.")
    NIET_OP_1_5 = (
        "een ZRM-score ligt tussen 1 en 5.",
        "Geef een score van 1 tot en met 5, 99 of leeg. Betekent 0 'niet ingevuld', laat de cel dan leeg.",
    )
    GEEN_JA_NEE = ("dit is geen ja of nee.", "Geef ja, nee, 1, 0 of laat de cel leeg.")
    GEEN_KINDEREN = (f"dit is geen aantal kinderen (0 tot en met {MAXIMUM_KINDEREN}).", "Geef een geheel getal.")
    GEEN_LEEFTIJD = (f"dit is geen leeftijd (0 tot en met {MAXIMUM_LEEFTIJD}).", "Geef een geheel getal.")
    GEEN_TYPE = (
        "dit type huishouden is niet bekend.",
        "Gebruik gezin, oudere of overig, of bijvoorbeeld eenoudergezin, alleenstaand, paar zonder kinderen.",
    )
    GEEN_DATUM = ("dit is geen datum.", "Schrijf 2024-03-01 of 1-3-2024.")
    DATUM_BESTAAT_NIET = ("deze datum bestaat niet.", "Schrijf jaar-maand-dag of dag-maand-jaar.")
    JAAR_ERBUITEN = (f"dit jaar ligt buiten {JAREN[0]} tot en met {JAREN[-1]}.", "Controleer de datum.")
    GEEN_ID = ("het ID ontbreekt.", "Geef elk huishouden een eigen, betekenisloos ID.")
    ID_IS_BSN = ("dit ID doorstaat de elfproef en kan een bsn zijn.", "Gebruik een eigen, kort volgnummer.")
    ID_IS_NAAM = (
        "dit lijkt een naam en geen ID.",
        "Een ID bestaat uit letters, cijfers en . _ - / zonder spaties, met ten minste een cijfer.",
    )
    DOMEIN_ONBEKEND = (
        "dit domein is niet bekend.",
        "Geef de naam van het ZRM-domein, zoals Financiën of Sociaal netwerk.",
    )
    DOMEIN_IS_CODE = (
        "dit is een code en geen naam van een domein.",
        "Geef de naam van het ZRM-domein, zoals Financiën of Sociaal netwerk.",
    )
    DOMEIN_TWEEDUIDIG = (
        "deze naam kan meer dan een domein van de ZRM zijn.",
        "Geef de naam van het ZRM-domein, zoals Dagbesteding of Instrumentele ADL.",
    )
    # rows that do not agree
    DUBBELE_RIJ = (
        "dit ID staat er al, ook op deze datum of zonder datum ({plaats}).",
        "Geef elke meting een eigen datum, of verwijder de dubbele rij.",
    )
    DOMEIN_TWEE_KEER = (
        "dit domein heeft bij dit huishouden op deze datum al een score.",
        "Houd een score per domein en datum over.",
    )
    ANDERE_WAARDE = (
        "bij dit huishouden staat op deze datum ook een andere waarde ({plaats}).",
        "Maak de rijen gelijk.",
    )
    DATUM_ONTBREEKT = (
        "dit huishouden heeft {aantal} metingen en hier ontbreekt de datum.",
        "Vul de datum van elke meting in.",
    )
    TYPE_TEGENSTRIJDIG = ("type en samenstelling spreken elkaar tegen.", "Maak ze gelijk of verwijder een kolom.")
    GEEN_GEZIN_MET_KINDEREN = ("een huishouden met kinderen onder 18 is een gezin.", "Herstel een van beide.")
    GEZIN_ZONDER_KINDEREN = (
        "een gezin zonder kinderen onder 18.",
        "Herstel het type of het aantal kinderen.",
    )
    WERK_TEGENSTRIJDIG = (
        "twee kolommen over werk spreken elkaar tegen.",
        "Herstel of verwijder een van beide.",
    )
    HULP_TEGENSTRIJDIG = (
        "twee kolommen over eerdere hulp spreken elkaar tegen.",
        "Herstel of verwijder een van beide.",
    )
    # a column
    PERSOONSGEGEVENS = ("deze kolom bevat persoonsgegevens (bsn, naam, adres, geboortedatum).", _GEEN_PERSOON)
    BSN = ("in deze kolom staat {aantal} keer een geldig bsn (elfproef).", _GEEN_PERSOON)
    KOLOM_TWEE_KEER = (
        "deze kolom staat er twee keer ({plaats}).",
        "Houd er een over; een latere meting krijgt een eigen rij met hetzelfde ID en een datum.",
    )
    LIJKT_OP_DOMEIN = (
        "deze kolom lijkt op een domein van de ZRM.",
        "Bedoelt u {plaats}? Verander anders de naam of verwijder de kolom.",
    )
    KOLOM_TWEEDUIDIG = (
        "deze kop kan meer dan een domein zijn: {plaats}.",
        "Geef de kolom de naam van het ZRM-domein, of verwijder haar.",
    )
    SCORES_ZONDER_DOMEIN = (
        "in deze kolom staan scores, maar de kop is geen bekend domein; zonder haar kan de indeling anders uitvallen.",
        "Geef de kolom de naam van het ZRM-domein (Financiën, Huisvesting, Sociaal netwerk …), of verwijder haar.",
    )
    SCORES_NAAST_LIJST = (
        "in deze kolom staan scores, naast de kolommen domein en score waaruit dit bestand wordt gelezen.",
        "Houd een vorm over: een rij per score, of een kolom per domein.",
    )
    ANDERE_SCHAAL = (
        "de kop noemt een andere schaal dan 1-5 (5 is volledig zelfredzaam) of 0-1 (1 is een probleem).",
        "Reken de scores om, of haal de schaal uit de kop als zij niet klopt.",
    )
    KOP_ZEGT_ANDERS = (
        "de kop noemt een andere schaal dan de scores hebben ({plaats}).",
        "Herstel de kop of de scores: 1-5 (5 is volledig zelfredzaam) of 0-1 (1 is een probleem).",
    )
    WERK_JA_NEE = (
        "ja of nee onder 'werk' kan 'heeft werk' of 'probleem met werk' zijn.",
        "Noem de kolom geen_werk of betaald_werk.",
    )
    ALLEEN_EEN = (
        "deze kolom bevat alleen 1: dat kan 'ja' zijn of de score 'acute problematiek'.",
        "Schrijf ja en nee, of geef de scores.",
    )
    ALLEEN_JA = (
        "deze kolom kent alleen ja en lege cellen: is leeg 'nee' of 'niet bekend'?",
        "Vul nee in waar het niet speelt, of verwijder de kolom.",
    )
    # the file
    SCHALEN_DOOR_ELKAAR = (
        "er staan ZRM-omschrijvingen en ja/nee door elkaar.",
        "Gebruik een van beide.",
    )
    SCHAAL_ONBEKEND = (
        "alle scores zijn 1: dat kan 'probleem' zijn (schaal 0-1) of 'acute problematiek' (schaal 1-5).",
        "Zet de schaal in de kop, zoals 'Financiën (1-5)', of geef haar op: '0-1' of '1-5'.",
    )
    GEEN_SCORES = (
        "er is geen enkele score ingevuld.",
        "Vul de scores in; 99 of leeg betekent niet besproken.",
    )
    GEEN_IDKOLOM = (
        "er is geen kolom die huishoudens uit elkaar houdt zonder persoonsgegevens.",
        "Voeg een kolom ID toe met een eigen nummer.",
    )
    GEEN_KOP = (
        "er is geen rij met de kop ID en namen van ZRM-domeinen.",
        _DRIE_KOLOMMEN,
    )
    KOP_ONVOLLEDIG = ("deze rij lijkt de koprij, maar mist een kolom ID of kolommen met domeinen.", _DRIE_KOLOMMEN)
    TE_VEEL_RIJEN = ("er staan meer dan {aantal} rijen in.", "Verdeel de registratie.")
    GEEN_HUISHOUDENS = ("er staat geen huishouden onder de koprij.", "Vul per huishouden een rij in.")
    NOG_MEER = ("er zijn nog {aantal} andere meldingen, die niet zijn getoond.", "Herstel eerst deze.")
    ONVERWACHT = (
        "de registratie is niet te verwerken.",
        "Bewaar het bestand opnieuw als csv of xlsx, met een kolom ID en de scores per domein.",
    )

    @property
    def over_niets(self) -> bool:
        """Whether the message is about something that is missing, so that there is no value to hide."""
        return self in _OVER_NIETS


_OVER_NIETS: Final = frozenset(
    {
        Reden.GEEN_ID,
        Reden.DATUM_ONTBREEKT,
        Reden.SCHAAL_ONBEKEND,
        Reden.SCHALEN_DOOR_ELKAAR,
        Reden.GEEN_SCORES,
        Reden.GEEN_IDKOLOM,
        Reden.GEEN_KOP,
        Reden.KOP_ONVOLLEDIG,
        Reden.TE_VEEL_RIJEN,
        Reden.GEEN_HUISHOUDENS,
        Reden.NOG_MEER,
        Reden.ONVERWACHT,
    }
)


class Afgekeurd(FouteWaarde):
    """A cell, a column or a file that is wrong, without what stands in it."""

    def __init__(self, reden: Reden) -> None:
        self.reden = reden
        super().__init__(*reden.value)


def over_persoon(veld: str, reden: Reden, waar: str, *, aantal: int = 0, plaats: str = "") -> Melding:
    """A message about a file with persons. ``veld``: a name of ours or the place of a column; ``aantal`` and
    ``plaats``: what the text of ``reden`` asks for, a count and a place (or name) of ours."""
    oorzaak, remedie = (deel.format(aantal=aantal, plaats=plaats) for deel in reden.value)
    return Melding(veld, None if reden.over_niets else NIET_GETOOND, oorzaak, remedie, waar)

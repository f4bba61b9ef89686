"""mkba: social cost-benefit analyses of Dutch neighbourhood teams, an open re-creation of the MKBA-tool of 2014.

>>> import mkba
>>> a = mkba.aanpak("voorbeeld-1")              # a shipped case, a file, or a row of a table
>>> a.bereken()["saldo"]                        # euros NCW of one year of work
567739...
>>> a.met(nieuw=0.20).bereken()["kb_maatschappelijk"]
1.6...

What there is; ``help(mkba.aanpak)`` tells of each, and every object lists its questions by tab::

    aanpak (an Aanpak), voorbeelden, kengetallen   one aanpak to calculate with, and the numbers behind it
    vergelijk, cohort                    aanpakken beside each other, with and without their uncertainty
    gemeente, kengetallenbijlage         wijken added up to one report, and one annex for many
    doelgroepen, wijken, registratie     which households: from CBS statistics, or a caseload with ZRM scores
    effectmeting, attributie, teams      what was measured: filled in, from bruto to netto, teams beside each other
    rapport, notebooks                   reports of many aanpakken, and copies of the notebooks to change
    reproductie, kalibratie, meta_analyse   how far the published figures come out

Each is imported when it is first used, so that ``import mkba`` itself costs next to nothing. Bad input raises
``InvoerFout``; an aanpak is an ``Aanpak``, a table a ``Tabel``. How the package is built: ``docs/architectuur.md``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.2.0"

if TYPE_CHECKING:
    from mkba.deur.aanpak import Aanpak, aanpak, voorbeelden
    from mkba.deur.effectmeting import teams
    from mkba.deur.effectmeting_attributie import attributie
    from mkba.deur.effectmeting_rapport import effectmeting
    from mkba.deur.gebieden import doelgroepen, registratie, wijken
    from mkba.deur.gemeente import gemeente
    from mkba.deur.herbouw import kalibratie, reproductie
    from mkba.deur.kengetallen import kengetallen, kengetallenbijlage
    from mkba.deur.meta import meta_analyse
    from mkba.deur.naast_elkaar import cohort, vergelijk
    from mkba.deur.rapporten import notebooks, rapport
    from mkba.kern.tekst.meldingen import InvoerFout
    from mkba.uitvoer.tabel import Tabel

_WAAR: Final = {
    "Aanpak": "deur.aanpak",
    "InvoerFout": "kern.tekst.meldingen",
    "Tabel": "uitvoer.tabel",
    "aanpak": "deur.aanpak",
    "attributie": "deur.effectmeting_attributie",
    "cohort": "deur.naast_elkaar",
    "doelgroepen": "deur.gebieden",
    "effectmeting": "deur.effectmeting_rapport",
    "kalibratie": "deur.herbouw",
    "gemeente": "deur.gemeente",
    "kengetallen": "deur.kengetallen",
    "kengetallenbijlage": "deur.kengetallen",
    "meta_analyse": "deur.meta",
    "notebooks": "deur.rapporten",
    "rapport": "deur.rapporten",
    "registratie": "deur.gebieden",
    "reproductie": "deur.herbouw",
    "teams": "deur.effectmeting",
    "vergelijk": "deur.naast_elkaar",
    "voorbeelden": "deur.aanpak",
    "wijken": "deur.gebieden",
}
"""Every public name and the room where it is made."""

__all__ = [
    "Aanpak",
    "InvoerFout",
    "Tabel",
    "aanpak",
    "attributie",
    "cohort",
    "doelgroepen",
    "effectmeting",
    "gemeente",
    "kalibratie",
    "kengetallen",
    "kengetallenbijlage",
    "meta_analyse",
    "notebooks",
    "rapport",
    "registratie",
    "reproductie",
    "teams",
    "vergelijk",
    "voorbeelden",
    "wijken",
]


def __getattr__(naam: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if naam not in _WAAR:
        raise AttributeError(f"module 'mkba' heeft geen {naam!r}; wel: {', '.join(__all__)}")
    waarde = getattr(import_module(f"mkba.{_WAAR[naam]}"), naam)
    globals()[naam] = waarde
    return waarde


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

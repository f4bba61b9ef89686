"""Open the invoerscherm in a notebook."""

from typing import TYPE_CHECKING

from mkba.invoer.afwijkingen import lees_kengetallen
from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import STANDAARD_REGELSET
from mkba.kern.tekst.soorten import gecontroleerd
from mkba.scherm.invoerscherm import Invoerscherm
from mkba.scherm.server.nodig import controleer

if TYPE_CHECKING:
    from mkba.scherm.scherm import Scherm


@gecontroleerd()
def open_scherm(
    aanpak: str = "", rij: str = "", regelset: str = STANDAARD_REGELSET, kengetallen: str = "", naar: str = ""
) -> "Scherm":
    """The screen with an aanpak on it: a file, or the name of a shipped case; empty for a new one.

    ``rij``: name or number of the row, when ``aanpak`` is a table; ``kengetallen``: a TOML file with own ones;
    ``naar``: the folder to save in (default: the folder of the notebook). Raises InvoerFout.
    """
    controleer("ipywidgets")
    from mkba.scherm.scherm import Scherm

    getallen = lees_kengetallen(regelset, kengetallen)
    begin = lees_aanpak(paden.zoek_aanpak(aanpak), getallen, rij) if aanpak else None
    opties = [] if regelset == STANDAARD_REGELSET else ["--regelset", getallen.regelset]
    opties += ["--kengetallen", str(paden.uitgeschreven(kengetallen).resolve())] if kengetallen else []
    return Scherm(Invoerscherm(getallen, begin), paden.uitgeschreven(naar or ".").resolve(), opties)

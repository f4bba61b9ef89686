"""Every check of the meta-analysis in one list: what ``mkba reproduceer`` counts and the notebook prints."""

from collections.abc import Callable
from typing import Final

from mkba.analyse.meta import beeld as meta_beeld
from mkba.analyse.meta import bijlage_2 as meta_bijlage_2
from mkba.analyse.meta import tabellen as meta_tabellen
from mkba.analyse.meta import uitspraken as meta_uitspraken
from mkba.analyse.meta.bevinding import Bevinding
from mkba.analyse.meta.lees_meta import MetaAnalyse
from mkba.kern.catalogus.kengetallen import Kengetallen

Bijdrage = Callable[[MetaAnalyse, Kengetallen], list[Bevinding]]

BIJDRAGEN: Final[tuple[Bijdrage, ...]] = (
    meta_tabellen.controleer_tellingen,
    meta_beeld.controleer_profielen,
    meta_tabellen.controleer_caseload,
    meta_beeld.controleer_kengetallen,
    meta_beeld.controleer_kasstromen,
    meta_tabellen.controleer_substitutie,
    meta_tabellen.controleer_escalatie,
    meta_beeld.controleer_opbouw,
    meta_beeld.controleer_actoren,
    meta_bijlage_2.controleer_bijlage_2,
    meta_uitspraken.controleer_uitspraken,
)
"""Who contributes findings, in the order of the report. One more is a line here; nothing else changes."""


def controleer(meta: MetaAnalyse, kengetallen: Kengetallen) -> list[Bevinding]:
    """All findings, numbers and statements."""
    return [bevinding for bijdrage in BIJDRAGEN for bevinding in bijdrage(meta, kengetallen)]

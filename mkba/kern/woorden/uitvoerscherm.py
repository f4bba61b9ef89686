"""The lines of uitvoerscherm A, in their order."""

from typing import Final

UITVOERSCHERM_A: Final = (
    ("totale_kosten", "Totale kosten", 0),
    ("kosten_aanpak", "1 Kosten nieuwe aanpak", 1),
    ("frictiekosten", "2 Eenmalige (frictie)kosten", 1),
    ("kosten_extra_zorg", "3 Kosten a.g.v. extra inzetten zorg", 1),
    ("totale_baten", "Totale baten", 0),
    ("besparing_organisatie", "1 Besparing organisatiekosten", 1),
    ("nieuw_voor_oud", "a Nieuw voor oud", 2),
    ("substitutie", "b Minder trajecten a.g.v. substitutie", 2),
    ("effectiviteit", "2 Toename effectiviteit trajecten", 1),
    ("escalatie", "3 Voorkomen (escalatie)kosten", 1),
    ("immaterieel", "4 Immateriële baten", 1),
    ("ontwikkelingskansen", "a Ontwikkelingskansen kinderen", 2),
    ("kwaliteit_van_leven", "b Toename kwaliteit van leven", 2),
    ("overlast", "c Reductie overlast en onveiligheid", 2),
    ("saldo", "Saldo (baten minus kosten)", 0),
    ("kb_financieel", "Financiële K-B-verhouding", 0),
    ("kb_maatschappelijk", "Maatschappelijke K-B-verhouding", 0),
    ("kb_gemeentelijk", "Gemeentelijke K-B-verhouding", 0),
)
"""Lines of figuur 3.2 (handleiding), with the gemeentelijke ratio of meta-analysis §4.1 added."""

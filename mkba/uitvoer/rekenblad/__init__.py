"""A workbook per aanpak that calculates by itself: the sheets of the MKBA-tool, from answer to outcome."""

from mkba.uitvoer.rekenblad.werkboek import maak_werkboek, schrijf_werkboeken

__all__ = ["maak_werkboek", "schrijf_werkboeken"]

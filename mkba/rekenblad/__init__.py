"""A workbook per aanpak that calculates by itself: the sheets of the MKBA-tool, from answer to outcome."""

"""How programs write that a number is not known: the marks that every reader takes for an empty cell."""

from typing import Final

ONBEKEND: Final = frozenset(("", "na", "n/a", "#n/a", "#n/b", "<na>", "nan", "null", "none", "#null!", "#leeg!"))
"""In small letters: of R (NA), pandas (nan, <NA>, None), databases (NULL), Excel in English and Dutch (#N/A, #N/B)."""

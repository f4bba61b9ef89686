"""The colours of the screen, with the contrast that each pair must have (WCAG 2.2, level AA).

A test computes every pair; the style sheet takes its colours from here and from nowhere else.
"""

from typing import Final

KLEUR: Final[dict[str, str]] = {
    "tekst": "#1F2937",
    "grijs": "#4B5563",
    "wit": "#FFFFFF",
    "vlak": "#F3F5F8",
    "rand": "#6B7280",
    "lijn": "#D1D5DB",
    "blauw": "#1F4E8C",
    "lichtblauw": "#EAF1F8",
    "fout": "#A11D1D",
    "foutvlak": "#FDECEA",
    "let_op": "#7A4A00",
    "let_op_vlak": "#FFF4DC",
    "goed": "#14532D",
    "goedvlak": "#E8F5EC",
}

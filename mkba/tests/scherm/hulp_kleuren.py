"""Which colours of the screen stand on which, and how far apart they must be (WCAG 2)."""

from typing import Final

TEKSTPAREN: Final = (
    ("tekst", "wit"),
    ("tekst", "vlak"),
    ("tekst", "lichtblauw"),
    ("tekst", "foutvlak"),
    ("grijs", "wit"),
    ("grijs", "vlak"),
    ("grijs", "lichtblauw"),
    ("blauw", "wit"),
    ("blauw", "vlak"),
    ("wit", "blauw"),
    ("wit", "fout"),
    ("fout", "wit"),
    ("fout", "foutvlak"),
    ("fout", "vlak"),
    ("let_op", "wit"),
    ("let_op", "let_op_vlak"),
    ("goed", "wit"),
    ("goed", "goedvlak"),
    ("goed", "vlak"),
)
"""Text on background: at least 4.5 to 1."""

RANDPAREN: Final = (
    ("rand", "wit"),
    ("rand", "vlak"),
    ("fout", "wit"),
    ("fout", "vlak"),
    ("blauw", "wit"),
    ("blauw", "vlak"),
)
"""Borders of fields, focus rings and marks on what lies beside them: at least 3 to 1."""


def contrast(een: str, ander: str) -> float:
    """Contrast of two colours "#RRGGBB": (lightest luminance + 0.05) / (darkest + 0.05), from 1 to 21."""
    licht, donker = sorted((_luminantie(een), _luminantie(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def _luminantie(kleur: str) -> float:
    """Relative luminance of sRGB as WCAG defines it."""
    delen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b

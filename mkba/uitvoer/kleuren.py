"""The colours of every figure, drawn by matplotlib or by hand; light: the screen loads them without a library."""

from typing import Final

ROOD: Final = "#A63A2B"
GROEN: Final = "#2F7D4F"
BLAUW: Final = "#1F5FA8"
GRIJS: Final = "#6B7280"
KLEUREN: Final[dict[str, str]] = {
    "kosten_aanpak": "#7F1D1D",
    "frictiekosten": "#C2553F",
    "kosten_extra_zorg": "#E9A08C",
    "nieuw_voor_oud": "#14532D",
    "substitutie": "#1E6B3A",
    "effectiviteit": "#3F9A5F",
    "escalatie": "#86C28B",
    "ontwikkelingskansen": "#D3EBC3",
    "kwaliteit_van_leven": "#D3EBC3",
    "overlast": "#D3EBC3",
}

"""Names that stand beside each other: what they share is said once."""

from collections.abc import Sequence


def zonder_gedeeld(namen: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """What all names have before their first comma, and the names without it: ("Waterstad", ("Noord", "Zuid")).

    ("", the names as they are) when they share nothing, when nothing would be left, or for a single name.
    """
    delen = [naam.partition(", ") for naam in namen]
    voor = {deel[0] for deel in delen}
    korte = tuple(deel[2].strip() for deel in delen)
    if len(namen) < 2 or len(voor) > 1 or not all(korte) or len(set(korte)) < len(korte):
        return "", tuple(namen)
    return voor.pop(), korte

"""Whether two published tables differ so little that their difference is a small count itself.

Who has both tables has their difference: when one household came in between, it shows in which class. Only what is
published is compared, so nothing of a person is kept for it.
"""

from collections.abc import Mapping

from mkba.kern.tekst.notatie import nederlands

Telling = Mapping[str, Mapping[str, int | None]]
"""A published table with its totals: row -> column -> count, None where it is hidden."""


def verschilt_weinig(nieuw: Telling, eerder: Telling, drempel: float) -> bool:
    """Whether the tables differ, and every count that both show differs by less than ``drempel``.

    Two tables that are the same tell nothing of each other. Tables of other households are seldom this near.
    """
    paren = [
        (getal, eerder[rij][kolom])
        for rij, cellen in nieuw.items()
        for kolom, getal in cellen.items()
        if kolom in eerder.get(rij, {})
    ]
    beide = [(a, b) for a, b in paren if a is not None and b is not None and (a or b)]
    return bool(beide) and nieuw != eerder and all(abs(a - b) < drempel for a, b in beide)


def waarschuwing(waar: str, drempel: float, afronding: int) -> str:
    """What to say of such a table. ``waar``: the page or file that holds it."""
    af = "" if afronding else " Rond de aantallen ook af (afronding = 5)."
    return (
        f"de tabel van de registratie verschilt maar weinig van die in {waar}. Wie beide heeft, kan aan het verschil "
        "zien in welke klasse een enkel huishouden valt. Publiceer er een van beide, of wacht tot de caseload met ten "
        f"minste {nederlands(drempel)} huishoudens is veranderd.{af}"
    )

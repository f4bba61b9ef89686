"""What a measurement does, in sentences."""

from mkba.analyse.effectmeting.bijwerken import Bijwerking
from mkba.kern.tekst.notatie import euro, hoeveel, verhouding


def bijwerkzinnen(b: Bijwerking) -> list[str]:
    """What was measured, and what it does to saldo and ratio."""
    if not b.stappen:
        return ["Er is niets gemeten: alle invoer is zoals ingevuld of een kengetal (MKBA 1.0)."]
    soort = "MKBA 3.0" if b.knoppen else "MKBA 2.0"
    u = b.uitkomsten
    uit = [
        f"{soort}: {hoeveel(len(b.knoppen), 'knop', 'knoppen')} bijgewerkt met een meting en "
        f"{hoeveel(len(b.gemeten), 'antwoord', 'antwoorden')} vervangen door wat is gemeten.",
        f"Het saldo gaat van {euro(u.at['saldo', 'voor'], 100)} naar {euro(u.at['saldo', 'na'], 100)}, de "
        f"maatschappelijke verhouding van {verhouding(u.at['kb_maatschappelijk', 'voor'])} naar "
        f"{verhouding(u.at['kb_maatschappelijk', 'na'])}.",
    ]
    if klein := [k for k in b.knoppen if k.gemeten is None]:
        uit.append(
            f"Van {hoeveel(len(klein), 'knop', 'knoppen')} zijn te weinig huishoudens gemeten voor een eigen interval; "
            "het kengetal weegt daar het zwaarst."
        )
    return uit

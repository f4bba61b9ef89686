"""The rows of sheet meting of a workbook are the table [meting] of a TOML file."""

from mkba.invoer.meetblad import lees_meetrijen
from mkba.invoer.tabel.cellen import Cel, Rij
from mkba.kern.zaak.meetherkomst import Meetherkomst, lees_meetherkomst


def _rij(nummer: int, sleutel: str, *waarden: object) -> Rij:
    cellen = [Cel(None), Cel("label"), *(Cel(w) for w in waarden), Cel(None), Cel(sleutel)]
    return Rij(nummer, tuple(cellen))


def test_de_rijen_zijn_de_tabel_van_een_toml() -> None:
    rijen = [
        _rij(1, "mkba-meting 1", *[None] * 7),
        _rij(4, "nieuw", "bijgewerkt", 0.25, 400, "huishoudens", 0.2, 0.3, "registratie: huishoudens"),
        _rij(5, "disciplines", "gemeten", "wi, zorg", None, None, None, None, "registratie: team"),
        _rij(6, "huisvesting", "gemeten", "ja", None, None, None, None, "registratie: team"),
        _rij(7, " ", None, None, None, None, None, None, "een opmerking"),
    ]
    records, meldingen = lees_meetherkomst(lees_meetrijen(rijen))
    assert meldingen == []
    assert records == (
        Meetherkomst("nieuw", "bijgewerkt", 0.25, "registratie: huishoudens", 400, "huishoudens", 0.2, 0.3),
        Meetherkomst("disciplines", "gemeten", ("wi", "zorg"), "registratie: team"),
        Meetherkomst("huisvesting", "gemeten", True, "registratie: team"),
    )
    assert lees_meetherkomst(lees_meetrijen([rijen[0], _rij(4, "nieuw", *[None] * 7)]))[1][0].veld == "meting.nieuw"

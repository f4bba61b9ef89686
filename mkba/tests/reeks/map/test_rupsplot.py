"""The cohort on the overview page: the numbers of its file, where they are drawn, and when they are not."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from IPython.core.formatters import DisplayFormatter

from mkba.analyse.herbouw.gevallen import laad_geval
from mkba.analyse.onzekerheid.cohort import MATEN, PER_HUISHOUDEN, Cohort, cohort
from mkba.analyse.onzekerheid.simulatie import PARTIJEN
from mkba.kern.bestand.hashes import hash_bestand
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.reeks.map import cohortbestand
from mkba.reeks.map.overzicht import als_pagina, schrijf_overzicht
from mkba.reeks.map.puntenplot import BREED
from mkba.reeks.map.rupsplot import Lid, lees, maak_rupsen
from mkba.reeks.plan import formaten
from mkba.reeks.plan.taak import Manifest
from mkba.tests.hulp_notebook import boek, manifest, taak
from mkba.uitvoer import extra
from mkba.uitvoer.cohort.bereik import grenzen

NAMEN = ("=1+1", "Wijk", "Wijk", "cohort")


@pytest.fixture(scope="module")
def reeksen(kengetallen: Kengetallen) -> tuple[Cohort, Cohort]:
    gevallen = [laad_geval(f"voorbeeld-{n}", kengetallen).aanpak for n in (1, 2, 4, 5)]
    aanpakken = [a.model_copy(update={"naam": naam}) for a, naam in zip(gevallen, NAMEN, strict=True)]
    return cohort(aanpakken, kengetallen, 200), cohort(aanpakken, kengetallen, 200, geluk="eigen")


def lid(nummer: int, saldo: float, breedte: float = 100.0, **anders: float) -> Lid:
    """An aanpak with this saldo per household and interval; its place is its number."""
    getallen = {f"saldo_per_huishouden_{k}": saldo + d * breedte for k, d in zip(_EINDEN, (0.5, -1, 0, 1), strict=True)}
    getallen |= {f"plaats_{k}": float(nummer) for k in (*_EINDEN, "p10_eigen", "p90_eigen")}
    return Lid(f"g{nummer}", f"g{nummer}", getallen | anders)


_EINDEN = ("punt", "p10", "p50", "p90")


# --- the file -----------------------------------------------------------------------------------------------------


def test_een_notebook_geeft_de_cohort_alleen_als_iemand_erom_vraagt(reeksen: tuple[Cohort, Cohort]) -> None:
    def plat() -> dict[str, Any]:
        return DisplayFormatter().format(cohortbestand.kop(*reeksen, "regelset x"))[0]  # type: ignore[no-any-return]

    gewoon = plat()
    with extra.vraag(formaten.extra_uitvoer(())):
        meer = plat()
    assert len(meer.pop(extra.COHORT)["rijen"]) == 4
    assert meer == gewoon, "de pagina en het notebook zijn hetzelfde"
    assert "4 aanpakken" in gewoon["text/html"]
    assert extra.zonder(boek(("", {extra.COHORT: {}})))["cells"][1]["outputs"][0]["data"] == {}


def test_het_bestand_heeft_elk_getal_van_de_cohort(reeksen: tuple[Cohort, Cohort]) -> None:
    reeks, eigen = reeksen
    data = {extra.COHORT: {"rijen": cohortbestand.rijen(reeks, eigen)}}
    bestanden = formaten.maak(taak(Path("n.ipynb"), slug="cohort"), boek(("", {}), ("", data)), "", "")
    (inhoud,) = bestanden.values()
    assert list(bestanden) == ["cohorten/cohort.csv"]
    tekst = inhoud.decode()
    assert '\n"1-1";"\'=1+1";"\'=1+1";' in tekst, "geen cel begint een formule"
    pad = pd.read_csv(io.BytesIO(inhoud), sep=";", decimal=",")
    assert pad["slug"].tolist() == ["1-1", "wijk", "wijk-2", "cohort-2"], "zoals de rapporten heten"
    for maat in MATEN:
        for k in _EINDEN:
            assert np.array_equal(pad[f"{maat}_{k}"], reeks.uitkomsten[maat][k], equal_nan=True)
    for k in _EINDEN:
        assert pad[f"plaats_{k}"].tolist() == reeks.plaatsen[PER_HUISHOUDEN][k].tolist()
    assert pad["plaats_p90_eigen"].tolist() == eigen.plaatsen[PER_HUISHOUDEN]["p90"].tolist()
    assert pad[[f"kans_{p}" for p in PARTIJEN]].to_numpy().tolist() == reeks.kansen[[*PARTIJEN]].to_numpy().tolist()
    assert [gelezen.naam for gelezen in lees(inhoud)] == ["=1+1", "Wijk", "Wijk (2)", "cohort"]


# --- where it is drawn --------------------------------------------------------------------------------------------


def test_elke_lijn_staat_op_haar_plek() -> None:
    saldo, plaats = maak_rupsen([lid(3, -300.0), lid(1, 500.0), lid(2, 50.0)])
    assert [lijn.naam for lijn in saldo.lijnen] == ["g1", "g2", "g3"], "het hoogste saldo bovenaan"
    assert [lijn.stand for lijn in saldo.lijnen] == ["boven", "rond", "onder"]
    merken = {label: x for x, label in saldo.streepjes}
    assert saldo.streep == merken["0"]
    een = saldo.lijnen[0]
    per_euro = (merken["400"] - merken["0"]) / 400
    assert een.van == pytest.approx(merken["0"] + 400 * per_euro, abs=0.1)
    assert een.tot == pytest.approx(merken["0"] + 600 * per_euro, abs=0.1)
    assert een.stip == pytest.approx(merken["0"] + 500 * per_euro, abs=0.1)
    assert een.ruit == pytest.approx(merken["0"] + 550 * per_euro, abs=0.1)
    assert een.tekst == "g1: €\u00a0400 tot €\u00a0600, midden €\u00a0500, zoals ingevuld €\u00a0550"
    assert not saldo.noot
    assert [lijn.naam for lijn in plaats.lijnen] == ["g1", "g2", "g3"]
    assert [label for _, label in plaats.streepjes] == ["1", "2", "3"]
    assert plaats.streep is None
    assert plaats.lijnen[1].licht == (plaats.streepjes[1][0],) * 2
    assert maak_rupsen([lid(1, 5.0)]) == []


def test_wat_ver_buiten_ligt_krijgt_een_pijl() -> None:
    saldo, _ = maak_rupsen([*(lid(n, 10.0 * n, 5.0) for n in range(1, 10)), lid(10, 9_000.0), lid(11, -9_000.0)])
    hoog, laag = saldo.lijnen[0], saldo.lijnen[-1]
    assert (hoog.stip, hoog.ruit, hoog.rechts_uit, hoog.links_uit) == (None, None, True, False)
    assert (laag.stip, laag.rechts_uit, laag.links_uit) == (None, False, True)
    assert saldo.noot == "2 aanpakken lopen door buiten de figuur (pijl aan de rand)."
    assert all(saldo.links <= x <= BREED for lijn in saldo.lijnen for x in (lijn.van, lijn.tot))


@pytest.mark.parametrize(
    ("waarden", "verwacht"),
    [
        ([5.0], (0.0, 5.0)),
        ([], (-1.0, 1.0)),
        ([0.0, 0.0], (-1.0, 1.0)),
        (
            [float("nan"), 1.0, 2.0, 3.0, 4.0, 5.0, 100.0],
            (0.0, 12.25),
        ),  # of six: quartiles 2.25 and 4.75, and three times their distance above
    ],
)
def test_grenzen(waarden: list[float], verwacht: tuple[float, float]) -> None:
    assert grenzen(waarden, 0.0) == pytest.approx(verwacht)


def test_342_aanpakken_passen_op_de_pagina() -> None:
    ms = [manifest(f"g{n}", 1.0, huishoudens=100.0) for n in range(342)]
    leden = [lid(n, -2_796.66, saldo_per_huishouden_punt=-2_796.66) for n in range(342)]
    saldo, plaats = maak_rupsen(leden)
    assert saldo.fijn
    assert len(saldo.lijnen) == 342
    assert len(saldo.namen) == 11
    assert len(plaats.streepjes) <= 13
    zonder, met = als_pagina(ms), als_pagina(ms, leden=leden)
    assert len(met) - len(zonder) < 400_000
    koppelingen = re.findall(r'<a class="\w+" href="g\d+\.html"( tabindex="-1")?>', met)
    assert koppelingen == [' tabindex="-1"'] * 684, "wie met toetsen werkt, gaat langs de tabel"


# --- on the page --------------------------------------------------------------------------------------------------


def test_het_overzicht_tekent_elke_aanpak_met_haar_rapport() -> None:
    ms = [manifest("<b>g1", slug="g1", huishoudens=1.0), manifest("g2", huishoudens=1.0)]
    leden = [replace(lid(n, -279_666.0, saldo_per_huishouden_punt=-279_666.0), naam=f"<b>g{n}") for n in (1, 2, 3)]
    soep = BeautifulSoup(als_pagina([*ms, manifest("Cohort", soort="cohort")], leden=leden), "html.parser")
    for sleutel in ("saldo_per_huishouden", "plaats"):
        lijnen = soep.select(f"#cohort-{sleutel} + figure svg a")
        assert [a.get("href") for a in lijnen] == ["g1.html", "g2.html", None], "zonder rapport geen koppeling"
        assert lijnen[0].find("title").get_text().startswith("<b>g1: ")  # type: ignore[union-attr]
    assert not soep.find("b")
    assert soep.find(id="verhoudingen")
    assert soep.find(id="saldo-per-huishouden") is None, "het saldo staat er al, met zijn interval"
    assert als_pagina([*ms, manifest("Cohort", soort="cohort")]).count("<svg") == 2, "zonder cohort zoals het was"


def test_een_rapport_met_een_ander_saldo_is_nieuwer_dan_de_cohort() -> None:
    ms = [manifest("g1", huishoudens=1.0), manifest("g2", huishoudens=1.0)]
    leden = [lid(1, 0.0, saldo_per_huishouden_punt=-279_666.0), lid(2, 0.0)]
    assert "cohort-plaats" not in als_pagina(ms, leden=leden)
    goed = [leden[0], replace(leden[1], getallen=leden[0].getallen)]
    assert "cohort-plaats" in als_pagina(ms, leden=goed)


def test_alleen_een_bestand_waar_het_manifest_voor_instaat_wordt_getekend(
    reeksen: tuple[Cohort, Cohort], tmp_path: Path
) -> None:
    data = {extra.COHORT: {"rijen": cohortbestand.rijen(*reeksen)}}
    bestanden = formaten.maak(taak(Path("n.ipynb"), slug="cohort"), boek(("", data)), "", "")
    (tmp_path / "cohorten").mkdir()
    (tmp_path / "manifesten").mkdir()
    pad = tmp_path / "cohorten" / "cohort.csv"
    inhoud = bestanden["cohorten/cohort.csv"]

    def getekend(tekst: bytes, som: str, in_opdracht: set[str] | None = None) -> bool:
        pad.write_bytes(tekst)
        gemaakt = datetime(2026, 3, 1, tzinfo=UTC)
        m = Manifest(slug="cohort", naam="Cohort", soort="cohort", status="gelukt", gemaakt=gemaakt, seconden=1.0,
                     sleutel="s", bestanden={"cohorten/cohort.csv": som})  # fmt: skip
        (tmp_path / "manifesten" / "cohort.json").write_text(m.model_dump_json())
        return "cohort-plaats" in schrijf_overzicht(tmp_path, in_opdracht).read_text()

    goed = hash_bestand(inhoud)
    assert getekend(inhoud, goed)
    assert getekend(inhoud, goed, {"cohort", "wijk"})
    assert not getekend(inhoud, goed, {"wijk"}), "de cohort van een eerdere opdracht"
    assert not getekend(inhoud + b"x", goed)
    for stuk in (b"", b"\xff", b"slug,naam\na,b\n", inhoud.replace(b",0;", b"nul;")):
        assert not getekend(stuk, hash_bestand(stuk))
    formaten.ruim_op(tmp_path, "cohort", [])
    assert not pad.exists(), "naast een mislukte cohort staat geen bestand van een vorige"

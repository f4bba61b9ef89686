"""A command that makes reports, without a kernel: fixtures that a test module imports."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mkba.invoer.lezen import lees_aanpak
from mkba.kern.bestand import paden
from mkba.kern.catalogus.kengetallen import Kengetallen
from mkba.kern.zaak.toml_schrijven import schrijf_toml
from mkba.opdracht import main
from mkba.reeks.map import batch
from mkba.reeks.plan.taak import Product, Taak
from mkba.reeks.werk import uitvoering as werk
from mkba.tests.hulp_notebook import meteen, nep_product

VOORBEELD = paden.data() / "aanpakken" / "voorbeeld-1.toml"
Zeg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Taak]:
    """Reports without a kernel; the list holds the tasks that were made."""
    gemaakt: list[Taak] = []

    def maak(taak: Taak, **wijze: Any) -> Product:
        gemaakt.append(taak)
        return nep_product(taak)

    monkeypatch.setattr(werk, "maak", maak)
    monkeypatch.setattr(batch, "draai", functools.partial(batch.draai, maak_executor=meteen))
    return gemaakt


@pytest.fixture
def zeg(taken: list[Taak], capsys: pytest.CaptureFixture[str], tmp_path: Path, kengetallen: Kengetallen) -> Zeg:
    """``mkba rapport`` on a folder with three aanpakken: exit code, stdout and stderr."""
    invoer = tmp_path / "invoer"
    invoer.mkdir()
    # 3% is named by the base-rate guard
    aanpak = lees_aanpak(VOORBEELD, kengetallen).met({"escalatie.oudere": 0.02}, kengetallen)
    for naam in ("Wijk Noord", "Wijk Zuid", "Stad"):
        tekst = schrijf_toml(aanpak.model_copy(update={"naam": naam}))
        (invoer / f"{naam}.toml").write_text(tekst, encoding="utf-8")

    def zeg(*opties: str) -> tuple[int, str, str]:
        code = main(["rapport", str(invoer), "--naar", str(tmp_path / "uit"), *opties])
        gezegd = capsys.readouterr()
        return code, gezegd.out, gezegd.err

    return zeg

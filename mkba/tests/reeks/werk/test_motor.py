"""Execution in this process gives what a kernel gives, and leaves nothing behind for the next report."""

import ast
import html
import json
import os
import re
import sys
from pathlib import Path
from typing import Any, Literal

import pytest

from mkba.reeks.map import batch
from mkba.reeks.plan.taak import Product
from mkba.reeks.werk import dagboek, rapport
from mkba.reeks.werk.sporen import Sporen
from mkba.reeks.werk.uitvoering import Uitvoering
from mkba.tests.hulp_notebook import Cel, maak_notebook, taak

ALLES: list[Cel] = [
    ("md", "# Alles wat een cel kan tonen"),
    ("code", "import sys\nprint('een'); print('fout', file=sys.stderr); print('twee', end='')\nprint('!')"),
    ("code", "from IPython.display import HTML, Image, display, clear_output\ndisplay(HTML('<b>a</b>')); 1 + 1"),
    ("code", "greep = display('oud', display_id='x'); None"),
    ("code", "from IPython.display import update_display\nupdate_display('nieuw', display_id='x')"),
    ("code", "print('weg'); clear_output(); print('blijft')"),
    ("code", "print('weg'); clear_output(wait=True); display('in plaats daarvan')"),
    ("code", "import asyncio\nawait asyncio.sleep(0)\n'na wachten'"),
    ("code", "%%capture vangst\nprint('gevangen')"),
    ("code", "vangst.stdout"),
    ("code", "!echo schil"),
    ("code", "import pandas as pd\npd.DataFrame({'a': [1.5, 2], 'b': ['x', 'é']})"),
    ("code", "import matplotlib.pyplot as plt\nplt.figure(figsize=(2, 1)); plt.plot([1, 2]); None"),
    ("code", "fig, ax = plt.subplots(figsize=(1, 1))\nax.set_title('twee')"),
    ("code", "get_ipython().__class__.__name__ != ''"),
    ("code", "_ is True, __name__, [n for n in dir() if n == 'aanpak']"),
    ("code", "%matplotlib inline\nlen(plt.get_fignums())"),
    ("code", "'stil';"),
    ("code:raises-exception", "def f(n):\n    return 1 / n\nf(0)"),
    ("code", "input('vraag')"),
    ("code", "'komt niet meer'"),
]
"""Outputs, their order, updates, magics, figures, an allowed error and one that ends it."""

Wijze = Literal["fork", "spawn", "isoleer"]
WIJZEN: list[Wijze] = ["spawn", "isoleer"] if sys.platform == "win32" else ["fork", "spawn", "isoleer"]


def uitvoering(wijze: Wijze) -> Uitvoering:
    return Uitvoering("spawn", isoleer=True) if wijze == "isoleer" else Uitvoering(wijze)


def cellen(product: Product) -> list[dict[str, Any]]:
    """Source and outputs per cell, without what differs by nature: ids, times, temporary names, C-level streams."""
    uit = []
    for cel in json.loads(product.notebook)["cells"]:
        tekst = json.dumps(cel.get("outputs", []))
        tekst = re.sub(r"/tmp/ipykernel_\d+/\d+\.py|<ipython-input-[^>]*>|Cell In\[\d+\]", "CEL", tekst)
        tekst = re.sub(r"object at 0x[0-9a-f]+|\\u001b\[[0-9;]*m", "", tekst)
        uit.append({"bron": cel["source"], "uitvoer": json.loads(tekst), "keer": cel.get("execution_count")})
    return uit


@pytest.mark.traag
def test_hetzelfde_als_een_kernel(tmp_path: Path) -> None:
    notebook = maak_notebook(tmp_path / "alles.ipynb", ALLES)
    hier, kernel = (rapport.maak(taak(notebook, aanpak="x"), isoleer=i) for i in (False, True))
    assert hier.foutsoort == kernel.foutsoort == "StdinNotImplementedError"
    for links, rechts in zip(cellen(hier), cellen(kernel), strict=True):
        if "input(" in links["bron"] or "f(0)" in links["bron"]:  # lines of the traceback name files of IPython
            for kant in (links, rechts):
                for o in kant["uitvoer"]:
                    o.pop("traceback", None)
                    o["text"] = "" if o.get("name") == "stderr" else o.get("text")
        if "!echo" in links["bron"]:
            for kant in (links, rechts):  # a kernel has a pseudo-terminal for this
                kant["uitvoer"] = [{**o, "text": o["text"].replace("\r\n", "\n")} for o in kant["uitvoer"]]
        assert links == rechts
    assert "komt niet meer" not in json.dumps([c["uitvoer"] for c in cellen(hier)])
    notebooks = [json.loads(p.notebook) for p in (hier, kernel)]
    assert notebooks[0]["metadata"]["language_info"] == notebooks[1]["metadata"]["language_info"]
    assert [c["id"] for c in notebooks[0]["cells"]] == [c["id"] for c in notebooks[1]["cells"]]


@pytest.mark.traag
def test_de_pagina_is_gelijk(tmp_path: Path) -> None:
    notebook = maak_notebook(
        tmp_path / "alles.ipynb", [c for c in ALLES if "input(" not in c[1] and "f(0)" not in c[1]]
    )
    hier, kernel = (rapport.maak(taak(notebook, aanpak="x"), isoleer=i) for i in (False, True))
    zonder_tijd = [re.sub(r"\d+ [a-z]+ \d{4}, \d\d:\d\d", "", p.html or p.fout) for p in (hier, kernel)]
    assert zonder_tijd[0] == zonder_tijd[1]
    assert zonder_tijd[0].count("<img") == 2


def test_ook_het_tweede_rapport_van_een_proces_heeft_zijn_figuren(tmp_path: Path) -> None:
    bron = "import matplotlib.pyplot as plt\nplt.plot([1, 2])"
    notebook = maak_notebook(tmp_path / "figuur.ipynb", [("code", bron)])
    for _ in range(2):
        assert (rapport.maak(taak(notebook)).html or "").count("<img") == 1


VUIL = """
import builtins, decimal, locale, os, random, sys, warnings
import ipywidgets, matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd
matplotlib.rcParams["figure.dpi"] = 31; plt.figure()
pd.set_option("display.precision", 2)
os.environ["VUIL"] = "ja"; os.environ.pop("HOME", None); os.chdir("/")
random.seed(1); np.random.seed(1); decimal.getcontext().prec = 3
sys.path.insert(0, "/vuil"); sys.argv.append("vuil"); builtins.vuil = 1
warnings.simplefilter("error"); knop = ipywidgets.IntSlider(); knop
"""
KIJK = """
import builtins, decimal, os, random, sys
import ipywidgets, matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd
open_widgets = len([w for w in getattr(ipywidgets.widgets.widget, "_instances", {}).values()])
print({
    "dpi": matplotlib.rcParams["figure.dpi"], "figuren": plt.get_fignums(),
    "pandas": pd.get_option("display.precision"),
    "vuil": os.environ.get("VUIL"), "thuis": "HOME" in os.environ, "map": os.path.basename(os.getcwd()),
    "decimaal": decimal.getcontext().prec, "pad": "/vuil" in sys.path, "argv": "vuil" in sys.argv,
    "builtins": hasattr(builtins, "vuil"), "knop": "knop" in dir(), "widgets": open_widgets,
    "toeval": (random.random(), np.random.random()) == (0.13436424411240122, 0.417022004702574),
})
"""


@pytest.mark.parametrize("wijze", [WIJZEN[0], *(pytest.param(w, marks=pytest.mark.traag) for w in WIJZEN[1:])])
def test_een_rapport_merkt_niets_van_het_vorige(wijze: Wijze, tmp_path: Path) -> None:
    pytest.importorskip("ipywidgets")
    vuil = maak_notebook(tmp_path / "vuil.ipynb", [("code", VUIL)])
    kijk = maak_notebook(tmp_path / "kijk.ipynb", [("code", KIJK)])
    reeks = [taak(b, slug=f"{b.stem}-{i}") for i, b in enumerate([kijk, vuil, kijk, vuil, kijk])]
    naar = tmp_path / "uit"
    uit = batch.draai(reeks, naar, 1, uitvoering=uitvoering(wijze))  # one worker: one after the other
    assert [r.status for r in uit] == ["gelukt"] * 5, [r.fout for r in uit]
    gezien = [(naar / f"kijk-{i}.html").read_text() for i in (0, 2, 4)]
    teksten = [html.unescape(re.findall(r"\{[^}]*dpi[^}]*\}", g)[0]) for g in gezien]
    assert teksten[0] == teksten[1] == teksten[2]
    schoon: dict[str, object] = {
        "figuren": [],
        "vuil": None,
        "pad": False,
        "builtins": False,
        "widgets": 0,
        "toeval": False,
    }
    assert schoon.items() <= ast.literal_eval(teksten[0]).items()


FOUTEN = {
    "goed-1": "print('goed')",
    "dood": "import os; print('tot hier'); os.kill(os.getpid(), 9)",
    "hangt": "import time\nwhile True:\n    time.sleep(0.01)",
    "doof": "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except Exception:\n        pass",
    "stopt": "import sys; sys.exit(3)",
    "vol": "import numpy as np; a = np.ones(10**11)",
    "goed-2": "print('ook goed')",
}


@pytest.mark.skipif(sys.platform == "win32", reason="signalen en geheugengrenzen zijn van Unix")
@pytest.mark.parametrize("wijze", ["fork", pytest.param("isoleer", marks=pytest.mark.traag)])
def test_fouten_kosten_alleen_hun_eigen_rapport(wijze: Wijze, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """kill -9, a cell that hangs, one that does not listen, sys.exit and too much memory, all in one batch."""
    monkeypatch.setattr("mkba.reeks.werk.uitvoering.GRATIE_S", 1.0)
    reeks = [
        taak(maak_notebook(tmp_path / f"{slug}.ipynb", [("code", "print('eerst')"), ("code", bron)]), slug=slug)
        for slug, bron in FOUTEN.items()
        if wijze == "fork" or slug != "doof"  # a kernel is ended by its own clock, which this one ignores for long
    ]
    # a kernel takes seconds to start on a machine that is busy
    wijze_ = Uitvoering("fork", limiet_cel_s=4.0 if wijze == "fork" else 8.0, isoleer=wijze == "isoleer")
    naar = tmp_path / "uit"
    uit = {r.taak.slug: r for r in batch.draai(reeks, naar, 2, uitvoering=wijze_)}
    assert {s for s, r in uit.items() if r.status == "gelukt"} == {"goed-1", "goed-2"}, {
        s: r.fout for s, r in uit.items()
    }
    verwacht = {"dood": "onverwacht", "hangt": "stap duurde", "doof": "stap duurde", "vol": "te weinig geheugen"}
    for slug, tekst in verwacht.items():
        if slug in uit:
            assert tekst in uit[slug].fout, slug
            boek = json.loads((naar / "notebooks" / f"{slug}.ipynb").read_text())
            teksten = json.dumps([c.get("outputs", []) for c in boek["cells"]])
            assert "eerst" in teksten, f"{slug}: wat al gemaakt was, is bewaard"
            assert '"output_type": "error"' in teksten, slug
            assert (naar / "fouten" / f"{slug}.txt").stat().st_size > 0
    assert "time.sleep(0.01)" in (naar / "fouten" / "hangt.txt").read_text(), "de plek waar hij hing"
    assert "goed" in (naar / "goed-1.html").read_text()
    # once more: only what failed is tried again
    assert sum(r.status == "overgeslagen" for r in batch.draai(reeks[:1], naar, 2, uitvoering=wijze_)) == 1


def test_een_afgebroken_dagboek_geeft_wat_heel_is(tmp_path: Path) -> None:
    class Cel(dict[str, Any]):
        execution_count, outputs = 4, [{"output_type": "stream", "name": "stdout", "text": "af"}]

    pad = dagboek.plek("x", tmp_path)
    assert dagboek.lees(pad, 0, "weg", Sporen()) == ""
    leeg: dict[str, Any] = {"cell_type": "code", "source": "", "outputs": [], "execution_count": None}
    dagboek.begin(pad, {"cells": [dict(leeg), dict(leeg), {"cell_type": "markdown", "source": "m"}]})
    dagboek.schrijf_cel(pad, 0, Cel())
    with pad.open("a") as bestand:
        bestand.write('{"cel": 1, "outp')
    cellen = json.loads(dagboek.lees(pad, 1, "weg", Sporen()))["cells"]
    assert cellen[0]["outputs"][0]["text"] == "af"
    assert cellen[0]["execution_count"] == 4
    assert cellen[1]["outputs"][0]["evalue"] == "weg"
    assert json.loads(dagboek.lees(pad, 2, "weg", Sporen()))["cells"][2] == {"cell_type": "markdown", "source": "m"}
    assert json.loads(dagboek.lees(pad, None, "", Sporen()))["cells"][1]["outputs"] == []


def test_schone_staat_zet_terug_wat_veranderde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import builtins
    import decimal

    import matplotlib as mpl
    import pandas as pd

    from mkba.reeks.werk.staat import schone_staat

    def stand() -> list[Any]:
        return [
            dict(os.environ), os.getcwd(), list(sys.path), list(sys.argv), decimal.getcontext().prec,
            mpl.rcParams["figure.dpi"], pd.get_option("display.precision"), sys.modules["__main__"],
            hasattr(builtins, "vuil"),
        ]  # fmt: skip

    voor = stand()
    zonder = VUIL.replace("import ipywidgets, ", "import ").replace("knop = ipywidgets.IntSlider(); knop", "1 / 0")
    with pytest.raises(ZeroDivisionError), schone_staat():
        exec(f"import sys; sys.modules['__main__'] = sys\n{zonder}", {})
    assert stand() == voor

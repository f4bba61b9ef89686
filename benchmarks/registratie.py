"""How long 100,000 households take to read, check and aggregate, and how much memory: the figures of the docs.

``python benchmarks/registratie.py`` writes a made-up registration (csv per table, with faults in some rows) to a
temporary folder and measures each step in a process of its own: wall clock, processor seconds (so that other work on
the machine does not count), and the peak of memory, imports and all.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

HUISHOUDENS = 100_000
TEAMS = 40
GRENS_S = 10.0
GRENS_MB = 500.0
"""What is promised (issue 16)."""


def schrijf(map_: Path, aantal: int, zaad: int = 2014) -> int:
    """A made-up registration of so many households; the number of rows over all tables."""
    from mkba.invoer.effectmeting.kolommen import DOMEINKOLOMMEN, ESCALATIES, STANDEN, UITKOMSTEN, UITVOERDERS
    from mkba.invoer.registratie.domeinen import ZRM_2017
    from mkba.kern.woorden.trajecten import TRAJECTEN

    kans = np.random.default_rng(zaad)
    codes = np.array([f"h{i:07d}" for i in range(aantal)])
    gezin = kans.random(aantal) < 0.45
    start = np.datetime64("2022-01-01") + kans.integers(0, 700, aantal).astype("m8[D]")
    klaar = kans.random(aantal) < 0.5
    einde = np.where(klaar, (start + kans.integers(60, 500, aantal).astype("m8[D]")).astype(str), "")
    type_ = np.where(gezin, "gezinnen", np.where(kans.random(aantal) < 0.4, "ouderen", "overig"))
    kinderen = np.where(gezin, kans.integers(1, 5, aantal), 0).astype(str)
    type_[:20] = "caravan"  # faults: refused, the rest goes on
    huishoudens = {
        "pseudoniem": codes,
        "type": type_,
        "kinderen": kinderen,
        "generalist": np.char.add("g", kans.integers(1, 400, aantal).astype(str)),
        "team": np.char.add("Team ", kans.integers(1, TEAMS + 1, aantal).astype(str)),
        "wijk": np.char.add("Wijk ", kans.integers(1, TEAMS + 1, aantal).astype(str)),
        "start": start.astype(str),
        "einde": einde,
        "nieuw": np.where(kans.random(aantal) < 0.1, "ja", "nee"),
        "status": np.where(klaar, "afgerond", "lopend"),
    }
    per_moment = {"pseudoniem": np.repeat(codes, 4), "moment": np.tile([0, 6, 12, 18], aantal)}
    domeinen = [d for d in ZRM_2017 if d in DOMEINKOLOMMEN]
    scores = {d: kans.integers(1, 6, 4 * aantal) for d in domeinen}
    n = 4 * aantal

    def bij(n: int) -> Any:
        return codes[kans.integers(0, aantal, n)]

    ja_nee = np.array(["ja", "nee", ""])
    tabellen = {
        "huishoudens": huishoudens,
        "problematiek": {**per_moment, **scores},
        "trajecten": {
            "pseudoniem": bij(n),
            "moment": kans.choice([0, 6, 12, 18], n),
            "type": kans.choice(TRAJECTEN, n),
            "stand": kans.choice(STANDEN, n),
            "uitgevoerd": kans.choice(ja_nee, n),
        },
        "acties": {
            "pseudoniem": bij(2 * aantal),
            "moment": kans.choice([0, 6], 2 * aantal),
            "door": kans.choice(UITVOERDERS, 2 * aantal),
            "uitgevoerd": kans.choice(ja_nee, 2 * aantal),
        },
        "escalaties": {
            "pseudoniem": bij(aantal // 10),
            "soort": kans.choice(ESCALATIES, aantal // 10),
            "uitkomst": kans.choice(UITKOMSTEN, aantal // 10),
            "datum": np.full(aantal // 10, "2024-06-01"),
        },
        "team": {
            "team": [f"Team {i}" for i in range(1, TEAMS + 1)],
            "fte": np.full(TEAMS, 8),
            "discipline": np.resize(["jeugd", "ggz", "wi", "welzijn", "zorg", "wonen"], TEAMS),
            "betaler": "gemeente",
            "inzet": "additioneel",
        },
    }
    for naam, kolommen in tabellen.items():
        pd.DataFrame(kolommen).to_csv(map_ / f"{naam}.csv", sep=";", index=False)
    return sum(len(pd.DataFrame(k)) for k in tabellen.values())


def meet(map_: Path) -> dict[str, float]:
    """Seconds (wall and processor) and megabytes of each step in this process."""
    from mkba.analyse.effectmeting.tellen import telling as tellen
    from mkba.invoer.effectmeting.lezen import lees_registratie
    from mkba.kern.catalogus.kengetallen import laad

    kengetallen = laad()
    klok = [(time.perf_counter(), time.process_time())]
    registratie = lees_registratie(map_)
    klok.append((time.perf_counter(), time.process_time()))
    tellen.tel(registratie, kengetallen)
    klok.append((time.perf_counter(), time.process_time()))
    (begin, begin_cpu), (lezen, lezen_cpu), (einde, einde_cpu) = klok
    return {
        "lezen_s": lezen - begin,
        "lezen_cpu_s": lezen_cpu - begin_cpu,
        "tellen_s": einde - lezen,
        "tellen_cpu_s": einde_cpu - lezen_cpu,
        "totaal_s": einde - begin,
        "cpu_s": einde_cpu - begin_cpu,
        "piek_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "geweigerd": len(registratie.geweigerd),
    }


def main() -> int:
    opties = argparse.ArgumentParser(description=__doc__)
    opties.add_argument("--huishoudens", type=int, default=HUISHOUDENS)
    opties.add_argument("--meet", type=Path, help=argparse.SUPPRESS)
    keuze = opties.parse_args()
    if keuze.meet:
        print(json.dumps(meet(keuze.meet)))
        return 0
    with tempfile.TemporaryDirectory() as tijdelijk:
        rijen = schrijf(Path(tijdelijk), keuze.huishoudens)
        mb = sum(b.stat().st_size for b in Path(tijdelijk).iterdir()) / 1e6
        uit = subprocess.run(
            [sys.executable, __file__, "--meet", tijdelijk], check=True, capture_output=True, text=True
        ).stdout
    m = json.loads(uit)
    print(f"{keuze.huishoudens} households, {rijen} rows, {mb:.0f} MB of csv")
    print(f"read and check: {m['lezen_cpu_s']:.1f} s of processor ({m['lezen_s']:.1f} s by the clock)")
    print(f"aggregate:      {m['tellen_cpu_s']:.1f} s of processor ({m['tellen_s']:.1f} s by the clock)")
    print(f"together:       {m['cpu_s']:.1f} s of processor ({m['totaal_s']:.1f} s by the clock)")
    print(f"peak memory:    {m['piek_mb']:.0f} MB, imports and all; load of the machine {os.getloadavg()[0]:.0f}")
    print(f"refused rows: {m['geweigerd']}")
    binnen = m["cpu_s"] <= GRENS_S and m["piek_mb"] <= GRENS_MB
    print(f"within {GRENS_S:.0f} s and {GRENS_MB:.0f} MB: {'yes' if binnen else 'NO'}")
    return 0 if binnen else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""What a reader sees of a table."""

import pandas as pd

from mkba.uitvoer.tabel import Tabel


def gedrukt(tabel: Tabel) -> pd.DataFrame:
    """Every cell as text, under the same labels."""
    return pd.DataFrame(
        [[str(cel) for cel in rij] for _, _, rij in tabel.cellen()],
        index=list(tabel.frame.index),
        columns=list(tabel.frame.columns),
    )

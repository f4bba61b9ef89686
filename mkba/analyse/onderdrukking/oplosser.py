"""The one door to the solver of linear and integer programs."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from mkba.analyse.onderdrukking.stelsel import Getallen

SPELING: Final = 1e-6
"""What the solver may be off, in what the cells count."""
ZONDER_GRENS: Final = (3, 4)
"""Statuses of scipy for "unbounded" and "unbounded or infeasible"."""


def kleinste(
    doel: Getallen,
    regels: Sequence[LinearConstraint],
    onder: Getallen | float,
    boven: Getallen | float,
    geheel: bool = False,
) -> Any:
    """The numbers (whole ones) between the bounds that keep to the rules, with the least ``doel @ x``: scipy's result.

    With ``milp``, also where numbers need not be whole: of the two doors of scipy to HiGHS the one that costs least,
    and what is solved here is so small that the door is most of it.
    """
    return milp(doel, integrality=np.full(len(doel), geheel), bounds=Bounds(onder, boven), constraints=list(regels))


def gelijk_aan(matrix: Any, rechts: Getallen) -> LinearConstraint:
    """The rule ``matrix @ x == rechts``; ``matrix`` (rules, numbers) dense or sparse."""
    return LinearConstraint(matrix, rechts, rechts)

"""What a notebook changes in the process that executes it, and how that is put back."""

import builtins
import decimal
import getpass
import locale
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from IPython.core.interactiveshell import InteractiveShell


@contextmanager
def schone_staat() -> Iterator[None]:
    """Put back what a notebook changes in this process, and start with fresh random numbers.

    Not put back: libraries that were patched and modules that were changed; a new process is the remedy.
    """
    omgeving, map_, paden, hoofd = dict(os.environ), os.getcwd(), list(sys.path), sys.modules.get("__main__")
    context, tekens, argumenten = decimal.getcontext().copy(), locale.setlocale(locale.LC_ALL), list(sys.argv)
    ingebouwd, vraag = dict(vars(builtins)), getpass.getpass
    herstel = [*_pandas_opties(), *_matplotlib_stijl()]
    _schud()
    try:
        with warnings.catch_warnings():
            yield
    finally:
        _sluit_widgets_en_figuren()
        os.environ.clear()
        os.environ.update(omgeving)
        os.chdir(map_)
        sys.path[:], sys.argv[:] = paden, argumenten
        decimal.setcontext(context)
        locale.setlocale(locale.LC_ALL, tekens)
        if hoofd is not None:
            sys.modules["__main__"] = hoofd  # IPython puts its own there, which a pool of processes trips over
        for naam in set(vars(builtins)) - set(ingebouwd):
            delattr(builtins, naam)
        vars(builtins).update(ingebouwd)
        getpass.getpass = vraag
        for terug in herstel:
            terug()
        InteractiveShell.clear_instance()


def _schud() -> None:
    """A fork copies the random state of its parent, and a reused process goes on where it was."""
    random.seed()
    if "numpy" in sys.modules:
        import numpy as np

        np.random.seed()  # noqa: NPY002 - the old global state is what notebooks may use


def _pandas_opties() -> Iterator[Callable[[], None]]:
    if "pandas" in sys.modules:
        import pandas as pd
        from pandas._config import config as opties

        oud = {pad: pd.get_option(pad) for pad in opties._registered_options if pad not in opties._deprecated_options}

        def terug() -> None:
            for pad, waarde in oud.items():
                if pd.get_option(pad) != waarde:
                    pd.set_option(pad, waarde)

        yield terug


def _matplotlib_stijl() -> Iterator[Callable[[], None]]:
    if "matplotlib" in sys.modules:
        import matplotlib

        oud = dict(dict.items(matplotlib.rcParams))  # a plain read would resolve the backend

        def terug() -> None:
            if "matplotlib.pyplot" in sys.modules and isinstance(oud["backend"], str):
                sys.modules["matplotlib.pyplot"].switch_backend(oud["backend"])
            dict.update(matplotlib.rcParams, oud)

        yield terug


def _sluit_widgets_en_figuren() -> None:
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].Widget.close_all()

"""Being asked to stop: by a service manager (SIGTERM) or a terminal that closes (SIGHUP), the same as by Ctrl-C."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SIGNALEN: Final = ("SIGTERM", "SIGHUP")


@contextmanager
def stop_als_ctrl_c() -> Iterator[None]:
    """Meanwhile these signals raise KeyboardInterrupt, so that what is under way is finished or cleaned up.

    Only where they would have ended the process: who ignores one (nohup) or hears it otherwise goes on doing so.
    """
    oud = {}
    if threading.current_thread() is threading.main_thread():
        for naam in SIGNALEN:
            nummer = getattr(signal, naam, None)
            if nummer is not None and signal.getsignal(nummer) is signal.SIG_DFL:
                oud[nummer] = signal.signal(nummer, signal.default_int_handler)
    try:
        yield
    finally:
        for nummer, eerder in oud.items():
            signal.signal(nummer, eerder)

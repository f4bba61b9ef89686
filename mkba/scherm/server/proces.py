"""The process in which Voilà serves the invoerscherm: ``python -m mkba.scherm.server.proces``.

Started by :mod:`mkba.scherm.server.pagina`, which writes the settings as one line of JSON to its input: a token on
the command line could be read by every user of the machine. When that input closes, the one who started it is gone,
and it stops.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, Final

from mkba.kern.bestand.irigrammatica import zonder_irigrammatica

JUPYTER: Final = Path(__file__).with_name("jupyter")
"""Where Jupyter finds the template of the page."""
LANGSTE_SOCKETPAD: Final = 103
"""Bytes of the path of a unix socket: 104 with its closing zero on macOS, 108 on Linux."""
OPRUIMRITME_S: Final = 10
"""Seconds between two looks at the kernels. A choice."""
VOORRAAD_NA_S: Final = 5.0
"""Seconds after a page was asked for in which no kernel is made for the next: this one needs them. A choice."""
_SOCKETNAAM: Final = len("/voila_12345678/kernel-00000000-0000-0000-0000-000000000000-ipc-5")


def instellingen(notebook: str, poort: int, token: str) -> dict[str, Any]:
    """The settings of Voilà: this machine only, this notebook only, nothing from outside.

    - it listens on the loopback address, and only answers requests for a local name (no DNS rebinding);
    - without the token, which is new every time, there is no page and no kernel;
    - no file is served: not those beside the notebook either;
    - the browser may fetch from this server only (content security policy), and no other page may frame it;
    - the page cannot execute code: Voilà passes on messages of widgets only, and shows no source;
    - what kernel and server say to each other, only this user can hear (:func:`vervoer`);
    - a kernel that dies is not replaced in silence by one that knows nothing of the page: the page says so instead.
    """
    map_ = Path(notebook).parent
    eigen = f"http://127.0.0.1:{poort} ws://127.0.0.1:{poort}"
    csp = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {eigen}; worker-src 'self' blob:; "
        "object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'self'"
    )
    return {
        "Voila": {
            "ip": "127.0.0.1",
            "port": poort,
            "port_retries": 0,
            "open_browser": False,
            "token": token,
            "notebook_path": notebook,
            "root_dir": str(map_),
            "connection_dir_root": str(plek_voor_sockets(map_)),
            "log_level": "ERROR",
            "tornado_settings": {"allow_remote_access": False, "headers": {"Content-Security-Policy": csp}},
        },
        "VoilaConfiguration": {
            "multi_kernel_manager_class": "mkba.scherm.server.schermserver.Kernels",
            "preheat_kernel": True,  # the next page is ready before it is asked for
            "default_pool_size": 1,
            "template": "mkba",
            "theme": "light",
            "file_allowlist": [],
            "file_denylist": [".*"],
            "show_tracebacks": False,
            "strip_sources": True,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "extension_allowlist": ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"],
        },
        "VoilaExporter": {"language_code": "nl"},
        # the look at kernels without a page; what it does is in schermserver.Kernels
        "MappingKernelManager": {"cull_idle_timeout": 1, "cull_interval": OPRUIMRITME_S},
        "VoilaKernelManager": {"fill_delay": VOORRAAD_NA_S},
        "KernelManager": {"autorestart": False, **vervoer(sys.platform)},
    }


def vervoer(platform: str) -> dict[str, str]:
    """How the server talks with its kernels, so that nobody else on this machine can listen.

    By way of unix sockets in a folder that only this user may open. Windows has none for this: there the messages go
    over a port of this machine, encrypted where the installed jupyter-client (8.10) and ipykernel can do that; with
    older ones another user of the machine can read them, and still not send any, for they are signed.
    """
    if platform != "win32":
        return {"transport": "ipc"}
    from jupyter_client.manager import KernelManager

    return {"transport_encryption": "auto"} if hasattr(KernelManager, "transport_encryption") else {}


def plek_voor_sockets(map_: Path) -> Path:
    """``map_``, or a folder with a shorter name when the path of a socket in it would be too long for the system."""
    if sys.platform == "win32" or len(os.fsencode(map_)) + _SOCKETNAAM <= LANGSTE_SOCKETPAD:
        return map_
    # Voilà makes a folder of its own in it that nobody else may open
    kort = [p for p in (os.environ.get("XDG_RUNTIME_DIR", ""), "/tmp") if p and os.access(p, os.W_OK | os.X_OK)]
    passend = [p for p in kort if len(os.fsencode(p)) + _SOCKETNAAM <= LANGSTE_SOCKETPAD]
    return Path(passend[0] if passend else tempfile.gettempdir())


def main() -> None:
    """Read the settings, serve until the input closes."""
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(JUPYTER), os.environ.get("JUPYTER_PATH", "")]))
    from traitlets.config import Config

    with zonder_irigrammatica():
        from mkba.scherm.server.schermserver import (
            Schermserver,  # before its settings are there: they are made meanwhile
        )

    regel = sys.stdin.readline()
    if not regel:  # who started it is gone
        return
    gegevens = json.loads(regel)
    threading.Thread(target=_stop_bij_einde, daemon=True).start()
    try:
        Schermserver.launch_instance(
            argv=[], config=Config(instellingen(gegevens["notebook"], gegevens["poort"], gegevens["token"]))
        )
    finally:
        # who made this folder may have been killed; it holds the notebook and nothing else
        shutil.rmtree(Path(gegevens["notebook"]).parent, ignore_errors=True)


def _stop_bij_einde() -> None:
    while sys.stdin.readline():
        pass
    # Voilà ends its kernels at this signal; Ctrl-C may be ignored, as in a process that a script put in the background
    signal.raise_signal(signal.SIGTERM) if sys.platform == "win32" else os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()

"""The process in which Voilà serves the invoerscherm: ``python -m mkba.uitvoer.dashboard.server``.

Started by :mod:`mkba.uitvoer.dashboard.pagina`, which writes the settings as one line of JSON to its input: a token on
the command line could be read by every user of the machine. When that input closes, the one who started it is gone,
and it stops.
"""

import json
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import Any, Final

JUPYTER: Final = Path(__file__).with_name("jupyter")
"""Where Jupyter finds the template of the page."""


def instellingen(notebook: str, poort: int, token: str) -> dict[str, Any]:
    """The settings of Voilà: this machine only, this notebook only, nothing from outside.

    - it listens on the loopback address, and only answers requests for a local name (no DNS rebinding);
    - without the token, which is new every time, there is no page and no kernel;
    - no file is served: not those beside the notebook either;
    - the browser may fetch from this server only (content security policy), and no other page may frame it;
    - the page cannot execute code: Voilà passes on messages of widgets only, and shows no source.
    """
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
            "root_dir": str(Path(notebook).parent),
            "log_level": "ERROR",
            "tornado_settings": {"allow_remote_access": False, "headers": {"Content-Security-Policy": csp}},
        },
        "VoilaConfiguration": {
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
    }


def main() -> None:
    """Read the settings, serve until the input closes."""
    gegevens = json.loads(sys.stdin.readline())
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(JUPYTER), os.environ.get("JUPYTER_PATH", "")]))
    from traitlets.config import Config
    from voila.app import Voila

    threading.Thread(target=_stop_bij_einde, daemon=True).start()
    try:
        Voila.launch_instance(
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

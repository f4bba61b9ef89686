"""What this computer can do for who sits at it."""

import os
import sys


def kan_browser() -> bool:
    """Whether a browser can be opened: not on a Linux without a screen, where one in the terminal would take over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(naam) for naam in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER"))

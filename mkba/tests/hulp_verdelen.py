"""What a worker process does in the tests; apart, so that it need not import the tools of the tests."""

import os
import time


def proces(deel: int) -> int:
    """The process that does the work; slow enough for another to take part."""
    time.sleep(0.05)
    return os.getpid()

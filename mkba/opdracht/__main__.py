"""``python -m mkba.opdracht``: the same as the ``mkba`` script."""

import sys

from mkba.opdracht import main

if __name__ == "__main__":  # a spawned worker imports this module again
    sys.exit(main())

"""Moved to :mod:`mkba.kern.notatie` and :mod:`mkba.kern.afronden`; goes when nobody asks for it any more."""

from mkba.kern.afronden import rond as rond
from mkba.kern.notatie import *  # noqa: F403

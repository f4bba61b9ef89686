"""mkba: an open re-creation of the Dutch MKBA-tool sociale (wijk)teams (LPBL 2014).

The rooms, in the only direction in which they import each other:
``invoer`` <- ``model`` <- ``analyse`` <- ``uitvoer`` <- ``opdracht``.
"""

__version__ = "0.1.0"

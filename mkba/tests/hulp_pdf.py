"""Shared by the tests of printing."""

import re


def plat(tekst: str) -> str:
    """Text without what a line break may add or take: white space, hyphens, break signs; ligatures undone."""
    for van, naar in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        tekst = tekst.replace(van, naar)
    return re.sub(r"[\s\u00ad\u200b\-‐]+", "", tekst)

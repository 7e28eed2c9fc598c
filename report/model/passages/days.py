"""Days of months at the beginning of words: “1. May”, “1. 5. 2004”."""

from __future__ import annotations

import functools
import re

from babel import Locale

from report.source.invisible import SPACES

_NARROW = 2
"""Letters of the names of months that are too short to tell."""
_WORD = re.compile(rf"[ \t{SPACES}]*(?:(\d{{1,2}})\\?\.|([^\W\d_]+))")
_ORDINAL = "bg bs cs da de en et fi fo fr hr hsb hu is it lb lt lv mk nb nn no pl ro ru sk sl sq sr sr-Latn sv tr uk"
"""Languages whose months are known where days may have a stop behind them."""


def is_month(words: str) -> bool:
    """Say whether words begin with a month, behind a number and a stop that are then its day."""
    found = _WORD.match(words)
    return bool(found and (found[1] or found[2].lower() in _months()))


@functools.cache
def _months() -> frozenset[str]:
    """Return the whole names of months in small letters; those cut short are words of other languages, such as “set” and “act”."""
    every = (Locale.parse(language, sep="-").months for language in _ORDINAL.split())
    names = (str(name) for months in every for form in months.values() for name in form["wide"].values())
    return frozenset(name.lower() for name in names if len(name) > _NARROW)

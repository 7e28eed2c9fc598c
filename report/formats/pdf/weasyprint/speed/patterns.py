"""Patterns of tinyhtml5, each compiled once: a third of the time of parsing.

`HTMLUnicodeInputStream.chars_until` of tinyhtml5 2.1 stores each pattern under the pattern itself, so it never finds one again and builds it
anew for every tag name and attribute. Not reported to tinyhtml5: the key must be computed before `characters` is assigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tinyhtml5 import inputstream


class _Patterns(dict[tuple[Iterable[str], bool], re.Pattern[str]]):
    """Patterns that match a run of certain characters, or with False of all others."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, these = key
        codes = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{'' if these else '^'}{codes}]+")
        return self[key]


def install() -> None:
    """Let tinyhtml5 find its patterns."""
    inputstream.characters_until_regex = _Patterns()

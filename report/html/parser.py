"""The HTML parser of every format, with its cache of patterns put right.

`tinyhtml5.inputstream.HTMLUnicodeInputStream.chars_until` of tinyhtml5 2.1 stores each pattern under the pattern
itself, so it never finds one again and builds it anew for every tag name and attribute: half of the time of parsing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

import tinyhtml5
from tinyhtml5 import inputstream

from report.html.tree import Tree


class _Patterns(dict[tuple[Iterable[str], bool], re.Pattern[str]]):
    """Patterns that match a run of certain characters, or with False of all others; each is compiled once."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, these = key
        wanted = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{'' if these else '^'}{wanted}]+")
        return self[key]


inputstream.characters_until_regex = _Patterns()


def parse(html: str) -> ET.Element:
    """Parse HTML with the parser that every format uses."""
    return tinyhtml5.parse(html, namespace_html_elements=False)


def tree(html: str) -> Tree:
    """Return the tree of a text."""
    return Tree(parse(html))

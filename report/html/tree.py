"""The tree of a document: written once, read by every format, changed by none."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.etree import ElementTree as ET

from report.html.text import serialise


class Tree:
    """An HTML document that cannot be changed: whoever works on its elements gets a copy of them."""

    __slots__ = ("_html", "_root")

    def __init__(self, root: ET.Element):
        self._root = copy.deepcopy(root)
        self._html: str | None = None

    def copy(self) -> ET.Element:
        """Return the root of a copy, which belongs to the caller."""
        return copy.deepcopy(self._root)

    @property
    def html(self) -> str:
        """Return the document as text, which is derived from the tree."""
        if self._html is None:
            self._html = serialise(self._root)
        return self._html

    @property
    def is_rtl(self) -> bool:
        """Return whether the document as a whole runs from right to left (HTML 3.2.6.4)."""
        return self._root.get("dir") == "rtl"

    @property
    def has_directions(self) -> bool:
        """Return whether any element states which way it runs."""
        return any("dir" in attributes for _, attributes in self.tags())

    def tags(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the name and the attributes of each element, in the order of the document."""
        for element in self._root.iter():
            yield element.tag, MappingProxyType(element.attrib)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tree) and self.html == other.html

    def __hash__(self) -> int:
        return hash(self.html)

    def __reduce__(self) -> tuple[type[Tree], tuple[ET.Element]]:
        return Tree, (self._root,)

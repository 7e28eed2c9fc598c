"""Office Open XML, thin over lxml: namespaces, the part of lxml's elements that is used here, and helpers that make them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, SupportsIndex, cast, overload

from lxml import etree

NAMESPACES: Mapping[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    "xml": "http://www.w3.org/XML/1998/namespace",
}

ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff"
"""What XML 1.0 production 2 excludes, as the inside of a character class."""
_ILLEGAL = re.compile(f"[{ILLEGAL}]")

if TYPE_CHECKING:

    class Element(Protocol):
        """The part of an lxml element that is used here; lxml publishes no types."""

        tag: str
        text: str | None
        tail: str | None
        attrib: Any
        nsmap: dict[str | None, str]

        @overload
        def get(self, key: str) -> str | None: ...
        @overload
        def get(self, key: str, default: str) -> str: ...
        @overload
        def get(self, key: str, default: None) -> str | None: ...
        def items(self) -> list[tuple[str, str]]: ...
        def set(self, key: str, value: str) -> None: ...
        def find(self, path: str) -> Element | None: ...
        def findall(self, path: str) -> list[Element]: ...
        def iter(self, *tags: str) -> Iterator[Element]: ...
        def iterchildren(self, *tags: str, reversed: bool = False) -> Iterator[Element]: ...
        def iterancestors(self, *tags: str) -> Iterator[Element]: ...
        def itersiblings(self, *tags: str, preceding: bool = False) -> Iterator[Element]: ...
        def iterdescendants(self, *tags: str) -> Iterator[Element]: ...
        def itertext(self) -> Iterator[str]: ...
        def xpath(self, path: str, *, namespaces: Mapping[str, str] | None = None) -> Any: ...
        def getparent(self) -> Element | None: ...
        def getnext(self) -> Element | None: ...
        def getprevious(self) -> Element | None: ...
        def getroottree(self) -> Any: ...
        def append(self, element: Element) -> None: ...
        def extend(self, elements: Iterable[Element]) -> None: ...
        def insert(self, index: int, element: Element) -> None: ...
        def remove(self, element: Element) -> None: ...
        def replace(self, old: Element, new: Element) -> None: ...
        def addnext(self, element: Element) -> None: ...
        def addprevious(self, element: Element) -> None: ...
        def index(self, child: Element) -> int: ...
        def makeelement(self, tag: str, **attributes: str) -> Element: ...
        def clear(self) -> None: ...
        def __hash__(self) -> int: ...
        def __len__(self) -> int: ...
        def __iter__(self) -> Iterator[Element]: ...
        @overload
        def __getitem__(self, index: SupportsIndex) -> Element: ...
        @overload
        def __getitem__(self, index: slice) -> list[Element]: ...
        def __setitem__(self, index: slice, elements: Iterable[Element]) -> None: ...
        def __delitem__(self, index: SupportsIndex | slice) -> None: ...

else:
    Element = etree._Element


@functools.cache
def q(name: str) -> str:
    """Return the Clark name of a prefixed one: ``w:p``."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


@functools.cache
def _w(key: str) -> str:
    return q(f"w:{key}")


def clean(text: str) -> str:
    """Replace characters that XML cannot hold by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def parse(content: bytes) -> Element:
    """Return the root of a part without its comments and indentation."""
    return cast(Element, etree.fromstring(content, _parser()))


@functools.cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(remove_blank_text=True, remove_comments=True, resolve_entities=False)


def serialise(root: Element) -> bytes:
    """Return the bytes of a part."""
    return cast(bytes, etree.tostring(root, encoding="UTF-8", standalone=True))


def new(name: str, /, *prefixes: str) -> Element:
    """Make a root element that declares `prefixes`, ``w`` without any."""
    return cast(Element, etree.Element(q(name), nsmap={prefix: NAMESPACES[prefix] for prefix in prefixes or ("w",)}))


def sub(
    parent: Element, name: str, attributes: Mapping[str, object] | None = None, /, **w_attributes: object
) -> Element:
    """Append a child. Keywords are attributes in ``w:``; `attributes` are written as they stand (prefixed or bare)."""
    child = cast(Element, etree.SubElement(parent, q(name)))
    for key, value in w_attributes.items():
        child.set(_w(key), value if type(value) is str else str(value))
    if attributes:
        for key, value in attributes.items():
            child.set(q(key) if ":" in key else key, str(value))
    return child


def flag(parent: Element, name: str, value: bool | None) -> None:
    """Append an on/off property (ECMA-376 17.17.4): nothing for None, ``w:val="0"`` for False."""
    if value is None:
        return
    child = etree.SubElement(parent, q(name))
    if not value:
        child.set(q("w:val"), "0")

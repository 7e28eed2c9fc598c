"""Namespaces and element helpers for WordprocessingML, thin over lxml."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

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


def new(name: str, /, *prefixes: str, **attributes: object) -> Element:
    """Make a root element that declares `prefixes` (all known ones without any), with ``w:`` attributes."""
    chosen = prefixes or ("w",)
    element = etree.Element(q(name), nsmap={p: NAMESPACES[p] for p in chosen})
    for key, value in attributes.items():
        element.set(q(f"w:{key}"), str(value))
    return element


def sub(
    parent: Element, name: str, attributes: Mapping[str, object] | None = None, /, **w_attributes: object
) -> Element:
    """Append a child. Keywords are attributes in ``w:``; `attributes` are written as they stand (prefixed or bare)."""
    child = etree.SubElement(parent, q(name))
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

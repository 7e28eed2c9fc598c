"""What a style sheet names that is not its own: nothing is fetched, from the network or from the disk.

Addresses are found in the sheet's tokens (CSS Syntax Level 3) before any library that would follow them sees it.
"""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import tinycss2

from report.values import Location, Problem, Severity

_ADDRESSES = frozenset(
    {"url", "src", "image", "image-set", "local", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"}
)
"""Functions whose strings are addresses."""
_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:(?!\s)|//|\\\\)", re.IGNORECASE)
"""A text that is an address in a custom property (``--name: "…"``), which takes it into any function."""
_IMPORTS = frozenset({"import", "namespace"})
_DATA = re.compile(
    r"data:(?P<type>[\w/+.-]*)(?:;[\w=.-]+)*?(?P<base64>;base64)?,(?P<content>.*)", re.DOTALL | re.IGNORECASE
)
_PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/svg+xml": b"<"}
"""The media types that may stand in the sheet itself, and how such data begins."""
_ACTIVE = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<style|<script|<foreignObject|\son\w+\s*=|href\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)
_HINT = "pictures go into the template as <img>, fonts into the theme's  fonts:  ; nothing is fetched"


@functools.lru_cache(maxsize=64)
def problems(path: Path, text: str) -> tuple[Problem, ...]:
    """Return an error for each address in a style sheet, but for pictures that stand in it and places in the document.

    A process looks through a sheet once.
    """
    return tuple(_problems(path, text))


def _problems(path: Path, text: str) -> Iterator[Problem]:
    for token in _walk(tinycss2.parse_component_value_list(text, skip_comments=True)):
        if (wrong := _wrong(*token)) is not None:
            node, message = token[0], wrong
            excerpt = text.splitlines()[node.source_line - 1] if node.source_line <= len(text.splitlines()) else None
            where = Location(path, node.source_line, node.source_column, excerpt=excerpt)
            yield Problem(Severity.ERROR, "style.url", message, where, _HINT)


def reaches_out(value: str) -> bool:
    """Say whether a token's value is more than one value, or names an address."""
    nodes = list(_walk(tinycss2.parse_component_value_list(value), custom=True))
    return any(
        node.type in ("at-keyword", "error", "{} block", "url") or node == ";" or address for node, address in nodes
    )


def _walk(nodes: list[Any], function: str = "", custom: bool = False) -> Iterator[tuple[Any, str | None]]:
    """Yield each token with the address that it is, or None. `custom` says that they are the value of a custom property."""
    imported, within = False, custom
    for node in nodes:
        if node.type == "url":
            yield node, node.value
        elif node.type == "string":
            address = function in _ADDRESSES or imported or custom and _ADDRESS.match(node.value)
            yield node, node.value if address else None
        elif node.type == "ident" and function == "local":
            yield node, node.value
        else:
            yield node, None
        if node.type == "ident" and node.value.startswith("--"):
            custom = True
        elif node == ";":
            custom = within
        if node.type == "at-keyword":
            imported = node.lower_value in _IMPORTS
        elif node == ";":
            imported = False
        if node.type == "function":
            inner = function if function in _ADDRESSES else node.lower_name
            yield from _walk(node.arguments, inner, custom)
        elif node.type.endswith(" block"):
            yield from _walk(node.content, function, custom)


def _wrong(node: Any, address: str | None) -> str | None:
    if node.type == "at-keyword" and node.lower_value == "import":
        return "a style sheet imports no other"
    if address is None or address.startswith("#"):
        return None
    found = _DATA.fullmatch(address)
    if found is None:
        return f"the style sheet names '{address[:80]}', which is outside of it"
    kind = found["type"].lower()
    try:
        content = base64.b64decode(found["content"]) if found["base64"] else unquote_to_bytes(found["content"])
    except ValueError:
        content = b""
    if kind == "image/svg+xml" and (_ACTIVE.search(content) or b"<svg" not in content):
        return "an SVG picture in a style sheet has no document type, style sheet, script or address of its own"
    if kind not in _PICTURES or not content.lstrip().startswith(_PICTURES[kind]):
        return f"data in a style sheet is a picture as PNG, JPEG or SVG; this is {kind or 'of no type'}"
    return None

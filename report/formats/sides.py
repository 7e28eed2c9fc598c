"""Style sheets for documents in which something runs from right to left: left and right become start and end.

Sheets are written for documents that run from left to right. Where a part of a document does not, its margins, lines and alignment
change sides with it (CSS Logical Properties and Values 1); the boxes of the page itself change sides where the whole document does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

_SIDES = {"left": "inline-start", "right": "inline-end", "top": "block-start", "bottom": "block-end"}
_EDGES = {"left": "start", "right": "end", "top": "start", "bottom": "end"}
_OTHER = {"left": "right", "right": "left"}
_BOXES = frozenset({"margin", "padding"})
_SIDED = re.compile(r"(margin|padding|border)-(left|right|top|bottom)(-(?:width|style|color))?")
_CORNER = re.compile(r"border-(top|bottom)-(left|right)-radius")
_ALIGNED = {"text-align": "{}", "text-align-last": "{}", "float": "inline-{}", "clear": "inline-{}"}
_OPPOSITE = re.compile(r"\b(left|right)\b")
RULES = """
[dir=rtl], [dir=rtl] * { letter-spacing: normal !important }
[dir=rtl] :is(em, i, cite, blockquote), [dir=rtl]:is(em, i, cite, blockquote) { font-style: normal }
[dir=rtl] :is(em, i) { font-weight: 700 }
[dir=rtl] [dir=ltr] :is(em, i), [dir=rtl] :is(em, i)[dir=ltr] { font-style: italic; font-weight: inherit }
"""
"""Letters that are joined are not spaced, and neither Hebrew nor Arabic has italics: they are set bold for emphasis."""


@functools.lru_cache(maxsize=8)
def turned(style: str, whole: bool) -> str:
    """Return a style sheet that holds in both directions; `whole` says that the document itself runs from right to left."""
    nodes = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return "\n".join(_rule(node, whole) for node in nodes) + RULES


def _rule(node: Any, whole: bool) -> str:
    if node.type == "qualified-rule":
        return f"{tinycss2.serialize(node.prelude)}{{{_declarations(node.content, _logical)}}}"
    if node.type != "at-rule" or node.content is None or node.lower_at_keyword == "font-face":
        return node.serialize()
    prelude = f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}"
    if node.lower_at_keyword == "page":
        return _page(prelude, node, whole)
    if node.lower_at_keyword in ("media", "supports", "layer"):
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        return f"{prelude}{{{' '.join(_rule(one, whole) for one in inner)}}}"
    return node.serialize()


def _page(prelude: str, node: Any, whole: bool) -> str:
    """Return a rule of pages: its boxes and margins change sides with the whole document."""
    if not whole:
        return node.serialize()
    made = []
    for one in tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True):
        if one.type == "at-rule" and one.content is not None:
            made.append(f"@{_swapped(one.at_keyword)}{{{_declarations(one.content, _mirrored)}}}")
        else:
            made += [*_mirrored(one)] if one.type == "declaration" else [one.serialize()]
    return f"{_swapped(prelude)}{{{';'.join(made)}}}"


def _declarations(content: Any, change: Any) -> str:
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return ";".join(text for one in found for text in (change(one) if one.type == "declaration" else [one.serialize()]))


def _logical(one: Any) -> Iterator[str]:
    """Yield a declaration with start and end in place of left and right, and of top and bottom: WeasyPrint 70 takes a logical side
    over a physical one, where selectors weigh the same, whichever comes first.
    """
    name, value, end = one.lower_name, tinycss2.serialize(one.value).strip(), " !important" if one.important else ""
    if name in _BOXES:
        top, right, bottom, left = _four(one.value)
        yield f"{name}-block:{top} {bottom}{end}"
        yield f"{name}-inline:{left} {right}{end}"
    elif found := _SIDED.fullmatch(name):
        yield f"{found[1]}-{_SIDES[found[2]]}{found[3] or ''}:{value}{end}"
    elif name in _SIDES:
        yield f"inset-{_SIDES[name]}:{value}{end}"
    elif found := _CORNER.fullmatch(name):
        yield f"border-{_EDGES[found[1]]}-{_EDGES[found[2]]}-radius:{value}{end}"
    elif name in _ALIGNED and value in _OTHER:
        yield f"{name}:{_ALIGNED[name].format(_EDGES[value])}{end}"
    else:
        yield f"{one.name}:{value}{end}"
        if name == "border":  # it says all sides, whatever a rule before it said of start and end
            yield f"border-inline:{value}{end}"
            yield f"border-block:{value}{end}"


def _mirrored(one: Any) -> Iterator[str]:
    """Yield a declaration of a page with left and right exchanged."""
    name, value, end = one.lower_name, tinycss2.serialize(one.value).strip(), " !important" if one.important else ""
    if name in _BOXES:
        top, right, bottom, left = _four(one.value)
        value = f"{top} {left} {bottom} {right}"
    elif name.startswith(("text-align", "float")):
        value = _swapped(value)
    yield f"{one.name if name.startswith('--') else _swapped(one.name)}:{value}{end}"


def _swapped(text: str) -> str:
    return _OPPOSITE.sub(lambda side: _OTHER[side[1]], text)


def _four(value: Iterable[Any]) -> tuple[str, str, str, str]:
    """Return top, right, bottom and left of a value of one to four parts."""
    parts = [node.serialize() for node in value if node.type not in ("whitespace", "comment")]
    top, right, bottom, left = {
        1: lambda: parts * 4,
        2: lambda: parts * 2,
        3: lambda: [*parts, parts[1]],
        4: lambda: parts,
    }.get(len(parts), lambda: [" ".join(parts)] * 4)()
    return top, right, bottom, left

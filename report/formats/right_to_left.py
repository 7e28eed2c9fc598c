"""Style sheets for documents in which something runs from right to left: left and right become start and end.

Sheets are written for documents that run from left to right. Where a part of a document does not, its margins, lines and alignment
change sides with it (CSS Logical Properties and Values 1); the boxes of the page itself change sides where the whole document does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
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
def both_directions(style: str, pages: bool) -> str:
    """Return a style sheet that holds in both directions; `pages` says that the document itself runs from right to left."""
    nodes = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return "\n".join(_rule(node, pages) for node in nodes) + RULES


def _rule(node: Any, pages: bool) -> str:
    keyword = node.lower_at_keyword if node.type == "at-rule" and node.content is not None else ""
    if node.type == "qualified-rule":
        return f"{tinycss2.serialize(node.prelude)}{{{_declarations(node.content, _logical)}}}"
    if keyword in ("media", "supports", "layer"):
        rules = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        inner = " ".join(_rule(rule, pages) for rule in rules)
        return f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{inner}}}"
    return _page(node) if keyword == "page" and pages else str(node.serialize())


def _page(node: Any) -> str:
    """Return a rule of pages whose boxes and margins change sides."""
    parts: list[str] = []
    for each in tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True):
        if each.type == "at-rule" and each.content is not None:
            parts.append(f"@{_swapped(each.at_keyword)}{{{_declarations(each.content, _mirrored)}}}")
        else:
            parts += _mirrored(each) if each.type == "declaration" else [each.serialize()]
    return f"{_swapped(f'@{node.at_keyword}{tinycss2.serialize(node.prelude)}')}{{{';'.join(parts)}}}"


def _declarations(content: Any, change: Callable[[Any], Iterator[str]]) -> str:
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return ";".join(
        text for each in nodes for text in (change(each) if each.type == "declaration" else [each.serialize()])
    )


def _logical(declaration: Any) -> Iterator[str]:
    """Yield a declaration with start and end in place of left and right, and of top and bottom: WeasyPrint 70 takes a logical side
    over a physical one, where selectors weigh the same, whichever comes first.
    """
    name, value, end = _parts(declaration)
    if name in _BOXES:
        top, right, bottom, left = _four(declaration.value)
        yield f"{name}-block:{top} {bottom}{end}"
        yield f"{name}-inline:{left} {right}{end}"
    elif side := _SIDED.fullmatch(name):
        yield f"{side[1]}-{_SIDES[side[2]]}{side[3] or ''}:{value}{end}"
    elif name in _SIDES:
        yield f"inset-{_SIDES[name]}:{value}{end}"
    elif corner := _CORNER.fullmatch(name):
        yield f"border-{_EDGES[corner[1]]}-{_EDGES[corner[2]]}-radius:{value}{end}"
    elif name in _ALIGNED and value in _OTHER:
        yield f"{name}:{_ALIGNED[name].format(_EDGES[value])}{end}"
    else:
        yield f"{declaration.name}:{value}{end}"
        if name == "border":  # which sets all sides, whatever a rule before it set start and end to
            yield f"border-inline:{value}{end}"
            yield f"border-block:{value}{end}"


def _mirrored(declaration: Any) -> Iterator[str]:
    """Yield a declaration of a page with left and right exchanged."""
    name, value, end = _parts(declaration)
    if name in _BOXES:
        top, right, bottom, left = _four(declaration.value)
        value = f"{top} {left} {bottom} {right}"
    elif name.startswith(("text-align", "float")):
        value = _swapped(value)
    yield f"{declaration.name if name.startswith('--') else _swapped(declaration.name)}:{value}{end}"


def _parts(declaration: Any) -> tuple[str, str, str]:
    """Return a declaration's name, its value, and what follows it."""
    value = tinycss2.serialize(declaration.value).strip()
    return declaration.lower_name, value, " !important" if declaration.important else ""


def _swapped(text: str) -> str:
    return _OPPOSITE.sub(lambda side: _OTHER[side[1]], text)


def _four(value: Iterable[Any]) -> tuple[str, str, str, str]:
    """Return top, right, bottom and left of a value of one to four parts."""
    parts = [node.serialize() for node in value if node.type not in ("whitespace", "comment")]
    if not 1 <= len(parts) <= 4:
        parts = [" ".join(parts)]
    top, right, bottom, left = {1: parts * 4, 2: parts * 2, 3: [*parts, *parts[1:2]]}.get(len(parts), parts)
    return top, right, bottom, left

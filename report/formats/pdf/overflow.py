"""Numbers that have no room where they stand: they are not broken, and reach over what is beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from report.formats import columns

_HAIR = 1.0
"""Pixels that a line may be too long."""


def too_wide(laid_out: Any) -> tuple[tuple[str, int], ...]:
    """Return each number of a layout that has no room in its column or panel, or takes that of words, with its first page."""
    found: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages, 1):
        for text in _overflowing(page._page_box):
            found.setdefault(text, number)
    return tuple(found.items())


def _overflowing(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.TableBox):
        yield from map(_bare, box.__dict__.get("settled", ((), (), ()))[2])
    for child in box.children:
        if isinstance(child, boxes.LineBox) and child.width > box.width + _HAIR:
            yield from _numbers(child)
        if isinstance(child, boxes.ParentBox):
            yield from _overflowing(child)


def _numbers(line: Any) -> Iterator[str]:
    texts = [(each.text, None) for each in line.descendants() if isinstance(each, boxes.TextBox)]
    for word in columns.words(texts):
        text = "".join(part for part, _ in word)
        if columns.is_number(text):
            yield _bare(text)


def _bare(number: str) -> str:
    return " ".join(number.strip('()[]«»„“”".,;:!?*').split())

"""What is measured on the boxes of a layout: its ids, how full its pages are, and numbers that have no room where they stand.

WeasyPrint publishes pages without their boxes; an interface that walks them has not been reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from report.formats import columns

_HAIR = 1.0
"""Pixels that a line may be too long."""


def anchors(laid_out: Any) -> dict[str, int]:
    """Return the page number of every id."""
    numbers: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages, 1):
        for name in page.anchors:
            numbers.setdefault(name, number)
    return numbers


def pages(laid_out: Any) -> Iterator[tuple[int, float, str]]:
    """Yield how many characters each page has, how far down its text reaches, in millimetres, and the name of its rule."""
    yield from (_page(page._page_box) for page in laid_out.pages)


def _page(box: Any) -> tuple[int, float, str]:
    """Measure the text of a page; running heads and margins do not count."""
    body = next((child for child in box.children if isinstance(child, boxes.BlockBox)), None)
    texts = [each for each in body.descendants() if isinstance(each, boxes.TextBox)] if body else []
    lowest = max((text.position_y + text.height for text in texts), default=box.content_box_y())
    height = max(0.0, lowest - box.content_box_y()) * 25.4 / 96
    return sum(len(text.text) for text in texts), height, box.page_type.name or ""


def words(laid_out: Any) -> list[str]:
    """Return the letters of each page, line by line, running heads included."""
    texts = (
        [one.text for one in page._page_box.descendants() if isinstance(one, boxes.TextBox)] for page in laid_out.pages
    )
    return [" ".join(text) for text in texts]


def too_wide(laid_out: Any) -> tuple[tuple[str, int], ...]:
    """Return each number that has no room in its column or panel, or takes that of words, with its first page.

    It is not broken, and reaches over what is beside it.
    """
    numbers: dict[str, int] = {}
    for page, each in enumerate(laid_out.pages, 1):
        for text in _overflowing(each._page_box):
            numbers.setdefault(text, page)
    return tuple(numbers.items())


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

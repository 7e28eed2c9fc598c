"""Merge breaches that are alike and near one another: a paragraph of RGB text is one problem, not forty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from report.press.check.rules.page import Breach
from report.press.pdf.geometry import MM, Box

_NEAR = 2 * MM
_PLACES = 12
"""The most places on a page that are reported one by one."""
_KINDS = 30
"""The most breaches of a code on a page, with different messages, that are reported."""
_BEFORE = 60
"""How many of the boxes before it a box is compared with."""
_ROUNDS = 12
"""How often joined boxes are compared again."""


def merge(breaches: Iterable[Breach], quoted: Callable[[Box], str]) -> list[Breach]:
    """Return a page's breaches, each place once, with the words that stand there."""
    kinds: dict[tuple[str, str, object], list[Breach]] = {}
    for breach in breaches:
        kinds.setdefault((breach.code, breach.message, breach.severity), []).append(breach)
    merged: list[Breach] = []
    several: Counter[str] = Counter()
    for same in kinds.values():
        several[same[0].code] += 1
        if several[same[0].code] <= _KINDS:
            merged += _places(same, quoted)
    for code, count in several.items():
        if count > _KINDS:
            merged.append(Breach(code, f"the same, with other figures or names, in {count - _KINDS} more ways"))
    return merged


def _places(same: list[Breach], quoted: Callable[[Box], str]) -> Iterator[Breach]:
    """Yield breaches that differ only in their places, those near one another as one."""
    yield from [breach for breach in same if breach.box is None][:1]
    boxes = _joined([breach.box for breach in same if breach.box is not None])
    for index, box in enumerate(boxes[:_PLACES]):
        breach = replace(same[0], box=box)
        words = quoted(box) if breach.quote else ""
        message = f"{breach.message}: “{words}”" if words else breach.message
        if index == _PLACES - 1 and len(boxes) > _PLACES:
            message += f"; and at {len(boxes) - _PLACES} more places"
        yield replace(breach, message=message)


def _joined(boxes: list[Box]) -> list[Box]:
    """Join boxes that are near one another, until none are."""
    todo = sorted(boxes, key=lambda box: (-box.top, box.left))
    for _ in range(_ROUNDS):
        joined: list[Box] = []
        for box in todo:
            at = _near(joined, box)
            if at is None:
                joined.append(box)
            else:
                joined[at] = joined[at].joined(box)
        if len(joined) == len(todo):
            break
        todo = joined
    return joined


def _near(boxes: list[Box], box: Box) -> int | None:
    """Return which of the last boxes is near another; they come from the top down, so that it is among them."""
    left, bottom, right, top = box.grown(_NEAR + 0.01)
    for at in range(len(boxes) - 1, max(len(boxes) - _BEFORE, -1), -1):
        a, b, c, d = boxes[at]
        if a < right and left < c and b < top and bottom < d:
            return at
    return None

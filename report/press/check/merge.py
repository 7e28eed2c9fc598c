"""The same fault at places near one another is one: a paragraph of RGB text is no forty faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from report.press.check.rules.page import Fault
from report.press.pdf.geometry import MM, Box

_NEAR = 2 * MM
_PLACES = 12
"""So many places of one fault on a page are told one by one."""
_KINDS = 30
"""So many faults of a code that differ in their words are told of a page."""
_BEFORE = 60
"""Among so many boxes before it a box looks for one that is near."""
_ROUNDS = 12
"""So often boxes are joined that are near one another after others were joined."""


def merged(faults: Iterable[Fault], quoted: Callable[[Box], str]) -> list[Fault]:
    """Return a page's faults, each place once, with the words that stand there."""
    kinds: dict[tuple[str, str, object], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.code, fault.message, fault.severity), []).append(fault)
    found: list[Fault] = []
    several: Counter[str] = Counter()
    for same in kinds.values():
        several[same[0].code] += 1
        if several[same[0].code] <= _KINDS:
            found += _places(same, quoted)
    for code, count in several.items():
        if count > _KINDS:
            found.append(Fault(code, f"so, with other figures or names, in {count - _KINDS} more ways"))
    return found


def _places(same: list[Fault], quoted: Callable[[Box], str]) -> Iterator[Fault]:
    """Yield faults that differ in their places alone, those near one another as one."""
    yield from [fault for fault in same if fault.box is None][:1]
    boxes = _joined([fault.box for fault in same if fault.box is not None])
    for index, box in enumerate(boxes[:_PLACES]):
        fault = replace(same[0], box=box)
        words = quoted(box) if fault.quote else ""
        message = f"{fault.message}: “{words}”" if words else fault.message
        if index == _PLACES - 1 and len(boxes) > _PLACES:
            message += f"; so at {len(boxes) - _PLACES} more places"
        yield replace(fault, message=message)


def _joined(boxes: list[Box]) -> list[Box]:
    """Join boxes that are near one another, until none are."""
    todo = sorted(boxes, key=lambda box: (-box.top, box.left))
    for _ in range(_ROUNDS):
        found: list[Box] = []
        for box in todo:
            at = _near(found, box)
            if at is None:
                found.append(box)
            else:
                found[at] = found[at].joined(box)
        if len(found) == len(todo):
            break
        todo = found
    return found


def _near(found: list[Box], box: Box) -> int | None:
    """Return which of the last boxes is near another; they come from the top down, so that it is among them."""
    left, bottom, right, top = box.grown(_NEAR + 0.01)
    for at in range(len(found) - 1, max(len(found) - _BEFORE, -1), -1):
        a, b, c, d = found[at]
        if a < right and left < c and b < top and bottom < d:
            return at
    return None

"""The same fault at places near one another is one: a paragraph of RGB text is no forty faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from report.press.check.geometry import MM, Box
from report.press.check.rules.leaf import Fault

_NEAR = 2 * MM
_PLACES = 12
"""So many places of one fault on a page are told one by one."""
_MOST = 20_000


def merged(faults: Iterable[Fault], quoted: Callable[[Box], str]) -> list[Fault]:
    """Return a page's faults, each place once, with the words that stand there."""
    kinds: dict[tuple[str, str, object], list[Fault]] = {}
    for count, fault in enumerate(faults):
        if count > _MOST:
            break
        kinds.setdefault((fault.code, fault.message, fault.severity), []).append(fault)
    found = []
    for same in kinds.values():
        whole = [fault for fault in same if fault.box is None]
        found += whole[:1]
        boxes = _joined([fault.box for fault in same if fault.box is not None])
        for index, box in enumerate(boxes[:_PLACES]):
            fault = replace(same[0], box=box)
            words = quoted(box) if fault.quote else ""
            message = f"{fault.message}: “{words}”" if words else fault.message
            if index == _PLACES - 1 and len(boxes) > _PLACES:
                message += f"; so at {len(boxes) - _PLACES} more places"
            found.append(replace(fault, message=message))
    return found


def _joined(boxes: list[Box]) -> list[Box]:
    """Join boxes that are near one another, until none are."""
    todo = sorted(boxes, key=lambda box: (-box.top, box.left))
    while True:
        found: list[Box] = []
        for box in todo:
            near = box.grown(_NEAR)
            # boxes come from the top down, so those near are among the last; so many are looked at
            at = next((i for i in range(len(found) - 1, max(len(found) - 60, -1), -1) if found[i].grown(0.01).meets(near)), None)  # fmt: skip
            if at is None:
                found.append(box)
            else:
                found[at] = found[at].joined(box)
        if len(found) == len(todo):
            return found
        todo = found

"""Text boxes stand in a part twice: as drawn today, and as older programs draw them (`mc:AlternateContent`, ECMA-376 part 3)."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator

from report.formats.ooxml import Element, q

_BOTH, _CHOICE, _FALLBACK = (q(f"mc:{name}") for name in ("AlternateContent", "Choice", "Fallback"))
_BOX = q("w:txbxContent")


def inside(element: Element) -> bool:
    """Say whether an element is in the copy for older programs, which says again what was found before."""
    return next(element.iterancestors(_FALLBACK), None) is not None


def renew(elements: Iterable[Element]) -> None:
    """Let the copies for older programs say what the text boxes say that elements are in, inner boxes first."""
    boxes = {both: depth for e in elements for both, depth in _around(e)}
    for both in sorted(boxes, key=lambda both: -boxes[both]):
        choice, copied = both.find(_CHOICE), both.find(_FALLBACK)
        if choice is None or copied is None:
            continue
        drawn, older = ([b for b in side.iter(_BOX) if not _nested(b, side)] for side in (choice, copied))
        if len(drawn) == len(older):
            for box, other in zip(drawn, older, strict=True):
                other[:] = copy.deepcopy(list(box))


def _around(element: Element) -> Iterator[tuple[Element, int]]:
    """Yield what an element's box is drawn in twice, and every such thing around it, with its depth."""
    choices = list(element.iterancestors(_CHOICE))
    for both in element.iterancestors(_BOTH):
        if both.find(_CHOICE) in choices:
            yield both, sum(1 for _ in both.iterancestors())


def _nested(box: Element, side: Element) -> bool:
    above = next((a for a in box.iterancestors(_BOX, side.tag) if a is side or a.tag == _BOX), None)
    return above is not side

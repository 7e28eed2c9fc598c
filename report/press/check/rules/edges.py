"""Rules of the trim and the folds: what reaches the edge goes on to the end of the bleed, and text keeps away."""

from __future__ import annotations

from collections.abc import Iterator

from report.press.check.content.items import Item, Picture, Shading, Vector
from report.press.check.rules.page import Breach, CheckedPage, colours, named
from report.press.pdf.geometry import MM, Box
from report.values import Severity

_NEAR = 0.3 * MM
_SHORT = 0.15 * MM
_FLAT = 3.0
"""An edge along the trim is at least so long, in points; a curve that ends in the bleed is none."""
_ALIKE = 8.0
"""Inks, in per cent, by which what goes on beyond an edge may differ from what is inside it."""
_SIDES = ("left", "bottom", "right", "top")


def bleeds(page: CheckedPage) -> Iterator[Breach]:
    """Find things that touch the trim, or end just before it, and do not reach the end of the bleed."""
    if not page.boxes.trimmed:
        return
    for item in page.items:
        if (
            isinstance(item, Vector | Picture | Shading)
            and item.box.grown(_NEAR).meets(page.boxes.trim)
            and _inked(item)
        ):
            short = [side for side in _SIDES if _ends(page, item, side)]
            if short:
                sides = " and ".join(short) if len(short) < 3 else f"{', '.join(short[:-1])} and {short[-1]}"
                yield Breach("print.bleed-missing", f"{named(item)} ends at the {sides} edge, without bleed", item.box)


def _inked(item: Item) -> bool:
    painted = colours(item)
    return not painted or any(not one.light or one.kind in ("rgb", "lab") and one.total > 0.5 for one in painted)


def _outwards(box: Box, side: str) -> float:
    """Return a box's side, greater the further out it is."""
    value = float(getattr(box, side))
    return -value if side in ("left", "bottom") else value


def _ends(page: CheckedPage, item: Item, side: str) -> bool:
    """Say whether a thing ends between just inside the trim and the end of the bleed."""
    trim, edge = _outwards(page.boxes.trim, side), _outwards(item.box, side)
    if not trim - _NEAR <= edge < trim + page.bleed - _SHORT:
        return False
    if _opposite(item.box, side) > trim - _NEAR:
        return False  # it lies along the outside
    if isinstance(item, Vector) and item.straight is None and not _straight(item, side):
        return False
    return not _goes_on(page, item, side, edge, trim)


def _opposite(box: Box, side: str) -> float:
    other = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[side]
    value = float(getattr(box, other))
    return -value if side in ("left", "bottom") else value


def _straight(item: Vector, side: str) -> bool:
    """Say whether a path's edge lies along a side: its own, its clip's, or the end of a line."""
    axis = 0 if side in ("left", "right") else 1
    edge = float(getattr(item.box, side))
    if item.fill is None:
        return True
    points = [point[axis] for sub in item.path for point in sub]
    own = min(points) if side in ("left", "bottom") else max(points)
    if abs(own - edge) > 0.2 + item.width / 2:
        return True  # the clip cuts it off
    for sub in item.path:
        for a, b in zip(sub, sub[1:], strict=False):
            if abs(a[axis] - own) < 0.1 and abs(b[axis] - own) < 0.1 and abs(a[1 - axis] - b[1 - axis]) >= _FLAT:
                return True
    return False


def _goes_on(page: CheckedPage, item: Item, side: str, edge: float, trim: float) -> bool:
    """Say whether what lies beyond an edge, to the end of the bleed, looks like what lies inside it; or nothing is seen there."""
    if min(item.box.width, item.box.height) < 2 * MM:
        return False
    canvas, seen = page.coverage.canvas, item.box.cut(page.boxes.trim)
    if seen is None:
        return False
    inner = canvas.pixels(_strip(seen, side, edge - 0.8 * MM, edge - 0.3 * MM))
    outer = canvas.pixels(_strip(seen, side, max(edge + 0.3 * MM, trim), trim + page.bleed - 0.1 * MM))
    if inner is None:
        return False
    within = canvas.under(inner)
    if sum(within.values()) < 1:
        return True  # something white lies over it
    if outer is None:
        return False
    beyond = canvas.under(outer)
    return all(abs(part - beyond.get(name, 0.0)) < _ALIKE for name, part in within.items())


def _strip(box: Box, side: str, start: float, end: float) -> Box:
    """Return what of a box lies between two distances outwards, moved there."""
    low, high = (-end, -start) if side in ("left", "bottom") else (start, end)
    if side in ("left", "right"):
        return box._replace(left=low, right=high)
    return box._replace(bottom=low, top=high)


def distances(page: CheckedPage) -> Iterator[Breach]:
    """Find text nearer to the trim or to a fold than the shop holds for safe."""
    trim, safe = page.boxes.trim, float(page.printer.safe) * MM
    inner = trim.grown(-safe)
    width = trim.width / MM
    folds = [trim.left + fold * MM for fold in page.expected.folds_of(page.boxes.number, width)]
    for item in page.texts():
        if not item.box.meets(trim):
            continue
        near = [fold for fold in folds if item.box.left - safe < fold < item.box.right + safe]
        if item.box.within(inner) and not near:
            continue
        box = page.tight(item.box)
        if not box.within(inner, 0.05 * MM) and page.boxes.trimmed and box.meets(trim):
            yield from _near_edge(box, trim, page)
        for fold in near:
            yield from _near_fold(box, fold, trim, safe)


def _near_edge(box: Box, trim: Box, page: CheckedPage) -> Iterator[Breach]:
    room = min(box.left - trim.left, trim.right - box.right, trim.top - box.top, box.bottom - trim.bottom) / MM
    if room < 0:
        yield Breach("print.text-cut", "text goes over the edge", box, quote=True)
    else:
        yield Breach("print.near-trim", f"text {room:.1f} mm from the edge; {page.printer.safe:f} mm are safe", box, quote=True)  # fmt: skip


def _near_fold(box: Box, fold: float, trim: Box, safe: float) -> Iterator[Breach]:
    at = f"the fold at {(fold - trim.left) / MM:g} mm"
    if box.left < fold < box.right:
        yield Breach("print.across-fold", f"text goes over {at}", box, quote=True)
        return
    room = max(box.left - fold, fold - box.right)
    if room < safe - 0.05 * MM:
        weight = Severity.ERROR if room < safe / 2 else Severity.WARNING
        yield Breach("print.near-fold", f"text {room / MM:.1f} mm from {at}; {safe / MM:g} mm are safe", box, weight, quote=True)  # fmt: skip

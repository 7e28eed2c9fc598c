"""Rules of how far text stands from the trim and from folds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from report.press.check.rules.page import Breach, CheckedPage
from report.press.pdf.geometry import MM, Box
from report.values import Severity

Tight = Callable[[Box], Box]
"""Gives the box of the letters themselves, within that of a run."""


def distances(page: CheckedPage, tight: Tight) -> Iterator[Breach]:
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
        box = tight(item.box)
        if not box.within(inner, 0.05 * MM) and page.boxes.trimmed and box.meets(trim):
            yield from _edge(box, trim, page)
        for fold in near:
            yield from _fold(box, fold, trim, safe)


def _edge(box: Box, trim: Box, page: CheckedPage) -> Iterator[Breach]:
    room = min(box.left - trim.left, trim.right - box.right, trim.top - box.top, box.bottom - trim.bottom) / MM
    if room < 0:
        yield Breach("print.text-cut", "text goes over the edge", box, quote=True)
    else:
        yield Breach("print.near-trim", f"text {room:.1f} mm from the edge; {page.printer.safe:f} mm are safe", box, quote=True)  # fmt: skip


def _fold(box: Box, fold: float, trim: Box, safe: float) -> Iterator[Breach]:
    at = f"the fold at {(fold - trim.left) / MM:g} mm"
    if box.left < fold < box.right:
        yield Breach("print.across-fold", f"text goes over {at}", box, quote=True)
        return
    room = max(box.left - fold, fold - box.right)
    if room < safe - 0.05 * MM:
        weight = Severity.ERROR if room < safe / 2 else Severity.WARNING
        yield Breach("print.near-fold", f"text {room / MM:.1f} mm from {at}; {safe / MM:g} mm are safe", box, weight, quote=True)  # fmt: skip

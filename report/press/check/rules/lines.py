"""Rules of thin lines, and of what overprints."""

from __future__ import annotations

from collections.abc import Iterator

from report.press.check.content.colour import PROCESS, Colour
from report.press.check.content.items import Picture, Text, Vector
from report.press.check.rules.page import Breach, CheckedPage, count
from report.press.check.rules.type import DARK, reversed_out
from report.values import Severity

_SLACK = 0.01
_LENGTH = 3.0


def hairlines(page: CheckedPage) -> Iterator[Breach]:
    """Find lines thinner than the shop prints, stroked or filled; thin ones in rich black, too."""
    rules = page.printer.lines
    for item in page.vectors():
        for width, colour in _drawn(item):
            if colour.kind in ("none", "pattern"):
                continue
            light = reversed_out(page.under(item), colour)
            if not light and colour.light:
                continue
            native = colour.kind not in ("rgb", "lab")
            several = native and count(colour) > 1
            least = float(rules.reversed if light or several else rules.black)
            if width < least - _SLACK:
                code = "print.hairline-reversed" if light else "print.hairline"
                what = "light on dark" if light else "in several inks" if several else "in one ink"
                yield Breach(code, f"a line of {width:.2f} pt, {what}; the shop prints {least:g} pt", item.box)
            elif native and width < 1 and colour.inks[3] >= DARK and max(colour.inks[:3]) >= 0.1:
                yield Breach("print.rich-black", f"a line of {width:.2f} pt in rich black", item.box)


def _drawn(item: Vector) -> Iterator[tuple[float, Colour]]:
    """Yield the lines that a path is: its stroke, or a thin rectangle that is filled."""
    if item.stroke is not None and item.stroke != item.fill:
        yield item.width, item.stroke
    box = item.straight
    if item.fill is not None and item.stroke is None and box is not None and max(box.width, box.height) > _LENGTH:
        thin = min(box.width, box.height)
        if thin < 1:
            yield thin, item.fill


def overprint(page: CheckedPage) -> Iterator[Breach]:
    """Find white that overprints, and inks that overprint in the mode that erases (ISO 32000-1, 8.6.7)."""
    for item in page.items:
        style = item.style
        if not (style.fill or style.stroke) or not isinstance(item, Text | Vector | Picture):
            continue
        fill = item.stencil if isinstance(item, Picture) else item.fill
        stroke = None if isinstance(item, Picture) else item.stroke
        for over, colour in ((style.fill, fill), (style.stroke, stroke)):
            if not over or colour is None or colour.kind in ("pattern", "none", "rgb", "lab"):
                continue
            if colour.light:
                gone = all(colour.leaves(ink, style.mode) for ink in PROCESS)
                message = "white that overprints, and so does not print" if gone else "white that is set to overprint"
                weight = None if gone else Severity.WARNING
                yield Breach("print.white-overprint", message, item.box, weight, quote=isinstance(item, Text))
            elif colour.direct and style.mode == 0 and not all(colour.inks):
                yield Breach("print.overprint-mode", "overprints in mode 0, which erases the inks that it has none of", item.box)  # fmt: skip

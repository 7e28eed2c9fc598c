"""Rules of type and thin lines: fonts, sizes, widths and inks."""

from __future__ import annotations

from collections.abc import Iterator

from report.press.check.content import fonts
from report.press.check.content.colour import Colour
from report.press.check.content.items import Text, Vector
from report.press.check.rules.page import Breach, CheckedPage, count
from report.values import required

_SMALL, _SMALLER = 12.0, 9.0
"""Type, in points, that black beside other inks blurs, and that any three inks blur."""
_HEAVY = 0.3
"""From this tint on a plate shows where it does not meet the others."""
_BLACK = 0.85
"""From this tint on black is black."""
_SLACK, _WIDTH_SLACK = 0.05, 0.01
"""Points by which type, and a line, may miss the figure."""
_LENGTH = 3.0
"""Points: a filled rectangle that is thinner than one and longer than this is a line."""
_DARK = 60.0
"""Text is light on dark with so much more ink below it than in it, in per cent."""


def embedded(page: CheckedPage) -> Iterator[Breach]:
    """Find fonts that are not in the file (ISO 15930-7, 6.3.2), and those whose letters are drawn."""
    for item in page.items:
        if isinstance(item, Text) and item.mode != 3:  # what a scan says is not printed, and needs no font
            font = item.font
            if font.kind == "Type3":
                yield Breach("print.font-type3", f"font {fonts.plain(font.name)} is of Type 3", item.box, quote=True)
            elif not font.embedded and font.kind != "missing":
                yield Breach("print.font-unembedded", f"font {fonts.plain(font.name)} is not embedded", item.box, quote=True)  # fmt: skip


def _reversed_out(under: dict[str, float], colour: Colour) -> bool:
    """Say whether something is light on dark."""
    return colour.total < 40 and sum(under.values()) > colour.total + _DARK


def sizes(page: CheckedPage) -> Iterator[Breach]:
    """Compare type with the smallest that the shop prints: in one ink, and light on dark or in several."""
    rules = page.printer.type
    for item in page.texts():
        colour = required(item.colour)
        if item.size < float(rules.reversed) - _SLACK and _reversed_out(page.under(item), colour):
            yield Breach("print.type-reversed", f"{item.size:.1f} pt type, light on dark; the shop prints {rules.reversed:f} pt", item.box, quote=True)  # fmt: skip
            continue
        several = count(colour) > 1 and colour.kind not in ("rgb", "lab")
        least = rules.reversed if several else rules.black
        if 0 < item.size < float(least) - _SLACK:
            inks = " in several inks" if several else ""
            yield Breach("print.type-small", f"{item.size:.1f} pt type{inks}; the shop prints {least:f} pt", item.box, quote=True)  # fmt: skip


def inks(page: CheckedPage) -> Iterator[Breach]:
    """Find small type in several inks."""
    for item in page.texts():
        colour = item.colour
        if colour is None or item.size >= _SMALL or colour.kind not in ("cmyk", "spot"):
            continue
        parts = " ".join(f"{name} {100 * part:.0f}" for name, part in zip("CMYK", colour.inks, strict=True))
        heavy = sum(part >= _HEAVY for part in colour.inks)
        if colour.inks[3] >= _BLACK and max(colour.inks[:3]) >= 0.1:
            yield Breach("print.rich-black", f"{item.size:.1f} pt type in rich black ({parts})", item.box, quote=True)
        elif heavy > 3 or (heavy > 2 and item.size < _SMALLER):
            yield Breach("print.type-inks", f"{item.size:.1f} pt type in {heavy} inks ({parts})", item.box, quote=True)


def hairlines(page: CheckedPage) -> Iterator[Breach]:
    """Find lines thinner than the shop prints, stroked or filled; thin ones in rich black, too."""
    rules = page.printer.lines
    for item in page.vectors():
        for width, colour in _drawn(item):
            if colour.kind in ("none", "pattern"):
                continue
            light = _reversed_out(page.under(item), colour)
            if not light and colour.light:
                continue
            native = colour.kind not in ("rgb", "lab")
            several = native and count(colour) > 1
            least = float(rules.reversed if light or several else rules.black)
            if width < least - _WIDTH_SLACK:
                code = "print.hairline-reversed" if light else "print.hairline"
                what = "light on dark" if light else "in several inks" if several else "in one ink"
                yield Breach(code, f"a line of {width:.2f} pt, {what}; the shop prints {least:g} pt", item.box)
            elif native and width < 1 and colour.inks[3] >= _BLACK and max(colour.inks[:3]) >= 0.1:
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

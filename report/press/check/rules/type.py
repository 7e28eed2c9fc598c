"""Rules of type: its fonts, its size and its inks."""

from __future__ import annotations

from collections.abc import Iterator

from report.press.check.content import fonts
from report.press.check.content.colour import Colour
from report.press.check.content.items import Text
from report.press.check.rules.page import Breach, CheckedPage, count
from report.values import required

SMALL = 12.0
SMALLER = 9.0
"""Type, in points, that black beside other inks blurs, and that any three inks blur."""
HEAVY = 0.3
"""From this tint on a plate shows where it does not meet the others."""
DARK = 0.85
"""From this tint on black is black."""
_SLACK = 0.05
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


def reversed_out(under: dict[str, float], colour: Colour) -> bool:
    """Say whether something is light on dark."""
    return colour.total < 40 and sum(under.values()) > colour.total + _DARK


def sizes(page: CheckedPage) -> Iterator[Breach]:
    """Compare type with the smallest that the shop prints: in one ink, and light on dark or in several."""
    rules = page.printer.type
    for item in page.texts():
        colour = required(item.colour)
        if item.size < float(rules.reversed) - _SLACK and reversed_out(page.under(item), colour):
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
        if colour is None or item.size >= SMALL or colour.kind not in ("cmyk", "spot"):
            continue
        parts = " ".join(f"{name} {100 * part:.0f}" for name, part in zip("CMYK", colour.inks, strict=True))
        heavy = sum(part >= HEAVY for part in colour.inks)
        if colour.inks[3] >= DARK and max(colour.inks[:3]) >= 0.1:
            yield Breach("print.rich-black", f"{item.size:.1f} pt type in rich black ({parts})", item.box, quote=True)
        elif heavy > 3 or (heavy > 2 and item.size < SMALLER):
            yield Breach("print.type-inks", f"{item.size:.1f} pt type in {heavy} inks ({parts})", item.box, quote=True)


def black(page: CheckedPage) -> Iterator[Breach]:
    """Find small black text that knocks out of a coloured ground."""
    for item in page.texts():
        if item.size < 24 and only_black(item) and not _overprints(item):
            below = page.under(item)
            ground = sum(part for name, part in below.items() if name != "Black")
            if ground >= 20:
                yield Breach("print.black-knockout", "black text knocks out of a coloured ground", item.box, quote=True)


def only_black(item: Text) -> bool:
    colour = item.fill
    return colour is not None and colour.kind in ("cmyk", "gray") and colour.inks[3] >= 0.85 and not any(colour.inks[:3])  # fmt: skip


def _overprints(item: Text) -> bool:
    return item.style.fill and item.fill is not None and item.fill.leaves("Cyan", item.style.mode)

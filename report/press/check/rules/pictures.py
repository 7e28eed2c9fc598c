"""Rules of images: how fine they are where they are printed, and how they are stored."""

from __future__ import annotations

import math
from collections.abc import Iterator

from report.press.check.rules.page import Breach, CheckedPage

_TINY = 4
"""Pixels; what has no more across or down is a tint or a gradient, no picture."""
_SLACK = 0.985
"""A picture that misses the figure by rounding has it."""
_LARGE = 2_000_000


def resolution(page: CheckedPage) -> Iterator[Breach]:
    """Compare each image's resolution on the page with what the shop asks for."""
    rules = page.printer.images
    for item in page.pictures():
        fine = min(item.ppi)
        if min(item.pixels) <= _TINY or not math.isfinite(fine):
            continue
        ppi = f"{fine:.0f} ppi"
        if item.bits == 1:
            if fine < rules.line_art * _SLACK:
                yield Breach("print.line-art", f"line art of {ppi}; the shop asks for {rules.line_art}", item.box)
        elif fine < rules.least * _SLACK:
            yield Breach("print.resolution-least", f"an image of {ppi}; the shop accepts none below {rules.least}", item.box)  # fmt: skip
        elif fine < rules.wanted * _SLACK:
            yield Breach("print.resolution", f"an image of {ppi}; the shop asks for {rules.wanted}", item.box)
        elif fine > 3 * rules.wanted and item.pixels[0] * item.pixels[1] > _LARGE:
            yield Breach("print.resolution-excess", f"an image of {ppi}, thrice what is wanted", item.box)
        if item.bits != 1 and max(item.ppi) > 1.15 * fine:
            yield Breach("print.stretched", f"an image of {item.ppi[0]:.0f} ppi across and {item.ppi[1]:.0f} down", item.box)  # fmt: skip


def stored(page: CheckedPage) -> Iterator[Breach]:
    """Find images stored in ways that not every shop reads."""
    for item in page.pictures():
        if "/JPXDecode" in item.filters:
            yield Breach("print.jpeg2000", "an image in JPEG 2000", item.box)
        if item.bits == 16:
            yield Breach("print.16-bit", "an image of 16 bits", item.box)

"""Rules of images: how fine they are where they are printed, and how they are stored."""

from __future__ import annotations

import math
from collections.abc import Iterator

from report.press.check.rules.page import Fault, Leaf

_TINY = 4
"""Pixels; what has no more across or down is a tint or a gradient, no picture."""
_SLACK = 0.985
"""A picture that misses the figure by rounding has it."""
_LARGE = 2_000_000


def resolution(leaf: Leaf) -> Iterator[Fault]:
    """Hold each image's resolution on the page against what the shop wants."""
    rules = leaf.shop.images
    for item in leaf.pictures():
        fine = min(item.ppi)
        if min(item.pixels) <= _TINY or not math.isfinite(fine):
            continue
        said = f"{fine:.0f} ppi"
        if item.bits == 1:
            if fine < rules.line_art * _SLACK:
                yield Fault("print.line-art", f"line art of {said}; the shop asks for {rules.line_art}", item.box)
        elif fine < rules.least * _SLACK:
            yield Fault("print.resolution-least", f"an image of {said}; the shop accepts none below {rules.least}", item.box)  # fmt: skip
        elif fine < rules.wanted * _SLACK:
            yield Fault("print.resolution", f"an image of {said}; the shop asks for {rules.wanted}", item.box)
        elif fine > 3 * rules.wanted and item.pixels[0] * item.pixels[1] > _LARGE:
            yield Fault("print.resolution-excess", f"an image of {said}, thrice what is wanted", item.box)
        if item.bits != 1 and max(item.ppi) > 1.15 * fine:
            yield Fault("print.stretched", f"an image of {item.ppi[0]:.0f} ppi across and {item.ppi[1]:.0f} down", item.box)  # fmt: skip


def stored(leaf: Leaf) -> Iterator[Fault]:
    """Find images stored in ways that not every shop reads."""
    for item in leaf.pictures():
        if "/JPXDecode" in item.filters:
            yield Fault("print.jpeg2000", "an image in JPEG 2000", item.box)
        if item.bits == 16:
            yield Fault("print.16-bit", "an image of 16 bits", item.box)

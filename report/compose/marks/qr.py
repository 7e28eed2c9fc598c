"""A QR code: dark modules on white, with the quiet zone that readers need (ISO/IEC 18004, 6.3.8)."""

from __future__ import annotations

import segno

from report.values import Area, Mark

QUIET = 4
"""Modules of white on each side."""
LEAST, LEAST_MODULE = 18.0, 0.4
"""Millimetres: of the whole and of a module; smaller ones are not read from a printed page."""


def code(address: str, alt: str) -> Mark:
    """Return the code of an address, at error level M: 15 per cent of it may be lost."""
    rows = [list(row) for row in segno.make_qr(address, error="m", boost_error=False).matrix]
    side = len(rows) + 2 * QUIET
    white = Area(f"M0 0H{side}V{side}H0z", "#ffffff", (0, 0, 0, 0))
    black = Area("".join(_runs(rows)), "#000000", (0, 0, 0, 100))
    return Mark("qr", address, alt, (side, side), max(LEAST, LEAST_MODULE * side), (white, black))


def _runs(rows: list[list[int]]) -> list[str]:
    """Return a rectangle for each run of dark modules in a row."""
    found = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                found.append(f"M{x + QUIET} {y + QUIET}h{end - x}v1h-{end - x}z")
            x = end + 1
    return found

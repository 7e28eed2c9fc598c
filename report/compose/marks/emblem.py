"""The emblem of the European Union, built as the Council of Europe and the Commission describe it.

A rectangle of 3:2 in azure; twelve gold stars, upright, at the hours of a clock on a circle of a third of the hoist; each star in a
circle of an eighteenth of the hoist.
"""

from __future__ import annotations

import math

from report.values import Area, Mark

HOIST = 180.0
"""The height in the mark's units: the radius of a star is 10, that of the circle 60."""
LEAST = 15.0
"""Millimetres: it is 10 mm high at the least (Commission, the use of the EU emblem in the context of EU programmes)."""
BLUE, GOLD = "#003399", "#ffcc00"
"""Reflex Blue and Yellow of Pantone."""


def of_the_union(alt: str) -> Mark:
    """Return the emblem."""
    wide = HOIST * 1.5
    ground = Area(f"M0 0H{wide:g}V{HOIST:g}H0z", BLUE, (100, 80, 0, 0))
    stars = "".join(_star(x, y) for x, y in centres())
    return Mark("eu", "EU", alt, (wide, HOIST), LEAST, (ground, Area(stars, GOLD, (0, 0, 100, 0))))


def centres() -> list[tuple[float, float]]:
    """Return the centres of the stars, clockwise from twelve o'clock."""
    x, y, radius = HOIST * 0.75, HOIST / 2, HOIST / 3
    turns = [math.tau * hour / 12 for hour in range(12)]
    return [(x + radius * math.sin(turn), y - radius * math.cos(turn)) for turn in turns]


def _star(x: float, y: float) -> str:
    """Return a five-pointed star with one point upwards: its sides lie on the lines between every second point."""
    outer = HOIST / 18
    inner = outer * math.cos(math.tau / 5) / math.cos(math.tau / 10)
    points = []
    for corner in range(10):
        radius, turn = (outer, inner)[corner % 2], math.tau * corner / 10
        points.append(f"{x + radius * math.sin(turn):.4f} {y - radius * math.cos(turn):.4f}")
    return f"M{'L'.join(points)}z"

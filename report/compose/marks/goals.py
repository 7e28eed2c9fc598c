"""The Sustainable Development Goals: a square in the goal's own colour with its number. The UN's icons are not copied."""

from __future__ import annotations

from report.compose.charts.pen import Pen
from report.looks.theme import contrast
from report.values import Area, Mark, Numeral

GOALS: tuple[tuple[str, str], ...] = (
    ("No poverty", "#e5243b"),
    ("Zero hunger", "#dda63a"),
    ("Good health and well-being", "#4c9f38"),
    ("Quality education", "#c5192d"),
    ("Gender equality", "#ff3a21"),
    ("Clean water and sanitation", "#26bde2"),
    ("Affordable and clean energy", "#fcc30b"),
    ("Decent work and economic growth", "#a21942"),
    ("Industry, innovation and infrastructure", "#fd6925"),
    ("Reduced inequalities", "#dd1367"),
    ("Sustainable cities and communities", "#fd9d24"),
    ("Responsible consumption and production", "#bf8b2e"),
    ("Climate action", "#3f7e44"),
    ("Life below water", "#0a97d9"),
    ("Life on land", "#56c02b"),
    ("Peace, justice and strong institutions", "#00689d"),
    ("Partnerships for the Goals", "#19486a"),
)
"""The names as the UN writes them, and the colours: goal 1 first."""
LEAST = 9.0
"""Millimetres: so wide a square is at the least, for its number to be read."""
_SIDE, _SIZE, _LARGE = 20.0, 10.0, 3.0
_DARK, _LIGHT = "#1a1a1a", "#ffffff"


def square(number: int, pen: Pen) -> Mark:
    """Return a goal's square; its number is white where that can be read (3:1, WCAG 2.2, 1.4.3), else dark."""
    name, colour = GOALS[number - 1]
    fill = _LIGHT if contrast(_LIGHT, colour) >= _LARGE else _DARK
    area = Area(f"M0 0H{_SIDE:g}V{_SIDE:g}H0z", colour)
    alt = pen.say("Goal %(number)s", number=str(number))
    return Mark(f"sdg-{number}", pen.say(name), alt, (_SIDE, _SIDE), LEAST, (area,), Numeral(str(number), _SIZE, fill))

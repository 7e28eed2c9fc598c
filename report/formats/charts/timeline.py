"""The year as rows: each with its name and date, and a bar or a point where it was."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from report.formats.charts.layers import Datum, Layer, field, layer, scale, texts, value
from report.formats.charts.measure import width, wrap
from report.formats.charts.style import Style
from report.values import Timeline

LABELS = 0.42
"""The share of the width that the names have."""
_HEAD = 26.0
"""Pixels above the rows, where the months are named."""


def timeline(drawing: Timeline, style: Style) -> dict[str, Any]:
    """One row for each span, under the months."""
    left, right = style.width * LABELS, style.width - 4.0
    days = max(1, (drawing.ends - drawing.begins).days + 1)

    def at(day: datetime.date) -> float:
        shown = min(max(day, drawing.begins), drawing.ends + datetime.timedelta(1))
        return left + (shown - drawing.begins).days / days * (right - left)

    rows, names, height = _rows(drawing, style, left, at)
    months = [{"x": at(day), "y": _HEAD - 4, "y2": height, "name": name} for day, name in drawing.months]
    step = (right - left) / max(1, len(months))
    if any(width(name, style.regular, style.small) > step - 2 for _, name in drawing.months):
        months = [{**month, "name": month["name"] if n % 2 == 0 else ""} for n, month in enumerate(months)]
    return {"width": style.width, "height": height, "layer": _layers(rows, names, months, height, style)}


def _rows(
    drawing: Timeline, style: Style, left: float, at: Callable[[datetime.date], float]
) -> tuple[list[Datum], list[Datum], float]:
    """Return the bars and points, the lines of their names and dates, and the height of all."""
    line, y = style.text * 1.25, _HEAD
    rows: list[Datum] = []
    names: list[Datum] = []
    for span in drawing.spans:
        name = wrap(span.label, style.bold, style.text, left - 16, 2)
        for n, text in enumerate((*name, span.when)):
            names.append({"y": y + 5 + (n + 0.5) * line, "text": text, "bold": n < len(name)})
        middle = y + 5 + len(name) * line / 2
        start, end = at(span.begins), at(span.ends + datetime.timedelta(1))
        rows.append({"x": start, "x2": max(end, start + 3), "y": middle - 5, "y2": middle + 5, "top": y, "middle": middle,
                     "short": end - start < 10})  # fmt: skip
        y += (len(name) + 1) * line + 10
    return rows, names, y


def _layers(rows: list[Datum], names: list[Datum], months: list[Datum], height: float, style: Style) -> list[Layer]:
    x, down = field("x", scale(0, style.width)), scale(0, height)
    y, y2 = field("y", down), field("y2")
    month = {"align": "left", "baseline": "top", "fill": style.muted, "fontSize": style.small, "dx": 2}
    point = {"shape": "diamond", "size": 120, "filled": True, "fill": style.accent, "opacity": 1}
    bars, points = ([row for row in rows if row["short"] is short] for short in (False, True))
    return [
        layer("rule", months, {"stroke": style.line, "strokeWidth": 0.6}, x=x, y=y, y2=y2),
        layer("text", months, month, x=x, y=value(2), text=field("name")),
        layer("rect", bars, {"cornerRadius": 2, "fill": style.primary}, x=x, x2=field("x2"), y=y, y2=y2),
        layer("point", points, point, x=x, y=field("middle", down)),
        *(
            texts(
                [each for each in names if each["bold"] is bold],
                value(0),
                y,
                align="left",
                fontWeight=700 if bold else 400,
                fill=style.ink if bold else style.muted,
            )
            for bold in (True, False)
        ),
    ]

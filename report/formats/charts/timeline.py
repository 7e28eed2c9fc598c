"""The year as rows: each with its name and date, and a bar or a point where it was."""

from __future__ import annotations

import datetime
from typing import Any

from report.formats.charts.measure import width, wrap
from report.formats.charts.style import Style
from report.values import Timeline

LABELS = 0.42


def timeline(drawing: Timeline, style: Style) -> dict[str, Any]:
    """One row for each span, under the months."""
    left, right, line, head = style.width * LABELS, style.width - 4.0, style.text * 1.25, 26.0
    days = max(1, (drawing.ends - drawing.begins).days + 1)

    def at(day: datetime.date) -> float:
        held = min(max(day, drawing.begins), drawing.ends + datetime.timedelta(1))
        return left + (held - drawing.begins).days / days * (right - left)

    rows: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    y = head
    for span in drawing.spans:
        words = wrap(span.label, style.bold, style.text, left - 16, 2)
        height = (len(words) + 1) * line + 10
        for n, text in enumerate((*words, span.when)):
            texts.append({"y": y + 5 + (n + 0.5) * line, "text": text, "bold": n < len(words)})
        middle = y + 5 + len(words) * line / 2
        start, end = at(span.begins), at(span.ends + datetime.timedelta(1))
        rows.append({"x": start, "x2": max(end, start + 3), "y": middle - 5, "y2": middle + 5, "top": y, "middle": middle,
                     "short": end - start < 10})  # fmt: skip
        y += height
    x = {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, style.width], "range": [0, style.width], "nice": False},
    }
    yy = {"type": "quantitative", "axis": None, "scale": {"domain": [0, y], "range": [0, y], "nice": False}}
    months = [{"x": at(day), "y": head - 4, "y2": y, "name": name} for day, name in drawing.months]
    step = (right - left) / max(1, len(months))
    if any(width(m["name"], style.regular, style.small) > step - 2 for m in months):
        months = [{**m, "name": m["name"] if n % 2 == 0 else ""} for n, m in enumerate(months)]
    return {
        "width": style.width,
        "height": y,
        "layer": [
            {
                "data": {"values": months},
                "mark": {"type": "rule", "stroke": style.line, "strokeWidth": 0.6},
                "encoding": {"x": {**x, "field": "x"}, "y": {**yy, "field": "y"}, "y2": {"field": "y2"}},
            },
            {
                "data": {"values": months},
                "mark": {"type": "text", "align": "left", "baseline": "top", "fill": style.muted, "fontSize": style.small, "dx": 2},
                "encoding": {"x": {**x, "field": "x"}, "y": {"value": 2}, "text": {"field": "name"}},
            },
            {
                "data": {"values": [r for r in rows if not r["short"]]},
                "mark": {"type": "rect", "cornerRadius": 2, "fill": style.primary},
                "encoding": {"x": {**x, "field": "x"}, "x2": {"field": "x2"}, "y": {**yy, "field": "y"}, "y2": {"field": "y2"}},
            },
            {
                "data": {"values": [r for r in rows if r["short"]]},
                "mark": {"type": "point", "shape": "diamond", "size": 120, "filled": True, "fill": style.accent, "opacity": 1},
                "encoding": {"x": {**x, "field": "x"}, "y": {**yy, "field": "middle"}},
            },
            *(
                {
                    "data": {"values": [t for t in texts if t["bold"] is bold]},
                    "mark": {"type": "text", "align": "left", "baseline": "middle", "fontWeight": 700 if bold else 400,
                             "fill": style.ink if bold else style.muted},
                    "encoding": {"x": {"value": 0}, "y": {**yy, "field": "y"}, "text": {"field": "text"}},
                }
                for bold in (True, False)
            ),
        ],
    }  # fmt: skip

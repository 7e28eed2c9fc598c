"""Boxes in columns and the lines between neighbours: placed by their text, so that nothing overlaps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from report.formats.charts.measure import width, wrap
from report.formats.charts.style import WIDTH, Style
from report.values import Column, Diagram, Node

GUTTER, GAP, PAD = 24, 7, 6
"""Pixels between columns, between boxes, and inside a box, at the size of the house's type."""
LINES = 4
"""So many lines a name has at the most; more where the page is narrower than the house's."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its lines, in pixels."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    label: tuple[str, ...]
    detail: tuple[str, ...]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def diagram(drawing: Diagram, style: Style) -> dict[str, Any]:
    """The columns from left to right; the spine is as tall as the tallest of them."""
    boxes, height, head = place(drawing, style)
    known = {box.node.id: box for box in boxes}
    line = style.text * 1.25
    links = [
        row for number, (one, other) in enumerate(drawing.links) for row in _curve(known[one], known[other], number)
    ]
    x = {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, style.width], "range": [0, style.width], "nice": False},
    }
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [0, height], "range": [0, height], "nice": False}}
    rects = [
        {"x": b.x, "x2": b.x + b.width, "y": b.y, "y2": b.y + b.height, "fill": style.primary if b.node.spine else style.tint,
         "stroke": style.primary if b.node.spine else style.line}
        for b in boxes
    ]  # fmt: skip
    texts = [row for b in boxes for row in _lines(b, style, line)]
    heads = [
        {"x": at, "y": row * line, "text": text}
        for at, words in head
        for row, text in enumerate(words)
    ]  # fmt: skip
    plain = {"type": "nominal", "scale": None}
    return {
        "width": style.width,
        "height": height,
        "layer": [
            {
                "data": {"values": links},
                "mark": {"type": "line", "interpolate": "monotone", "stroke": style.muted, "strokeWidth": 1},
                "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "detail": {"field": "link"}, "order": {"field": "step"}},
            },
            {
                "data": {"values": rects},
                "mark": {"type": "rect", "cornerRadius": 2, "strokeWidth": 0.8},
                "encoding": {"x": {**x, "field": "x"}, "x2": {"field": "x2"}, "y": {**y, "field": "y"}, "y2": {"field": "y2"},
                             "fill": {**plain, "field": "fill"}, "stroke": {**plain, "field": "stroke"}},
            },
            *(
                {
                    "data": {"values": [t for t in texts if t["bold"] is bold and t["size"] == size]},
                    "mark": {"type": "text", "align": "left", "baseline": "middle", "fontWeight": 700 if bold else 400, "fontSize": size},
                    "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "text": {"field": "text"}, "color": {**plain, "field": "fill"}},
                }
                for bold, size in sorted({(t["bold"], t["size"]) for t in texts})
            ),
            {
                "data": {"values": heads},
                "mark": {"type": "text", "align": "left", "baseline": "top", "fill": style.muted},
                "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "text": {"field": "text"}},
            },
        ],
    }  # fmt: skip


def place(drawing: Diagram, style: Style) -> tuple[list[Box], float, list[tuple[float, list[str]]]]:
    """Return the boxes, the height of all, and the headings of the columns with their left edges."""
    count = len(drawing.columns)
    gutter, gap, pad = (round(each * style.scale, 2) for each in (GUTTER, GAP, PAD))
    narrow_by = max(1.0, WIDTH / style.width)
    gutter, most = gutter / narrow_by, math.ceil(LINES * narrow_by)
    room = style.width - gutter * (count - 1)
    slim = [all(node.spine for node in column.nodes) for column in drawing.columns]
    words = [
        word for column in drawing.columns for node in column.nodes if node.spine for word in node.label.split(" ")
    ]
    least = max((width(word, style.bold, style.text) for word in words), default=0) + 2 * pad + 1
    narrow = min(max(room / count / 2, least), room / count) if any(slim) else 0
    words_of = [
        0 if thin else _longest(column, style) + 2 * pad + 1 for column, thin in zip(drawing.columns, slim, strict=True)
    ]
    widths = [
        narrow if thin else wide for thin, wide in zip(slim, _shared(room - narrow * sum(slim), words_of), strict=True)
    ]
    line, small = style.text * 1.25, style.small * 1.22
    lefts = [sum(widths[:n]) + gutter * n for n in range(count)]
    heads = [wrap(c.heading, style.regular, style.text, w, 2) if c.heading else [] for c, w in zip(drawing.columns, widths, strict=True)]  # fmt: skip
    top = max((len(h) for h in heads), default=0) * line + 8
    sized: list[list[tuple[Node, list[str], list[str], float]]] = []
    for column, wide in zip(drawing.columns, widths, strict=True):
        rows = []
        for node in column.nodes:
            label = wrap(node.label, style.bold, style.text, wide - 2 * pad, most)
            detail = wrap(node.detail, style.regular, style.small, wide - 2 * pad, most) if node.detail else []
            rows.append((node, label, detail, len(label) * line + len(detail) * small + 2 * pad))
        sized.append(rows)
    tall = max(sum(r[3] for r in rows) + gap * (len(rows) - 1) for rows in sized)
    boxes = []
    for rows, left, wide in zip(sized, lefts, widths, strict=True):
        at = top + (tall - sum(r[3] for r in rows) - gap * (len(rows) - 1)) / 2
        for node, label, detail, high in rows:
            y, height = (top, tall) if node.spine else (at, high)
            boxes.append(Box(node, left, y, wide, height, tuple(label), tuple(detail)))
            at += high + gap
    return boxes, top + tall + 1, list(zip(lefts, heads, strict=True))


def _longest(column: Column, style: Style) -> float:
    """Return how wide the longest word of a column is."""
    names = [(column.heading, style.regular, style.text)]
    names += [(node.label, style.bold, style.text) for node in column.nodes]
    names += [(node.detail, style.regular, style.small) for node in column.nodes]
    return max(width(word, font, size) for text, font, size in names for word in text.split(" "))


def _shared(room: float, least: list[float]) -> list[float]:
    """Share room out equally among columns, those apart that need none; a column whose words need more has that."""
    widths, wanting = list(least), {n for n, need in enumerate(least) if need}
    if sum(least) >= room:
        return [room * bool(need) / max(1, len(wanting)) for need in least]
    while wanting:
        share = (room - sum(widths[n] for n in range(len(least)) if n not in wanting)) / len(wanting)
        wide = {n for n in wanting if least[n] > share}
        if not wide:
            return [share if n in wanting else widths[n] for n in range(len(least))]
        wanting -= wide
    return widths


def _curve(one: Box, other: Box, number: int) -> list[dict[str, float]]:
    """Return the points of a line from one box's right edge to another's left one."""
    if one.x > other.x:
        one, other = other, one
    start = other.middle if one.node.spine else one.middle
    end = one.middle if other.node.spine else other.middle
    left, right = one.x + one.width, other.x
    bend = (right - left) / 4
    points = [(left, start), (left + bend, start), (right - bend, end), (right, end)]
    return [{"x": x, "y": y, "link": number, "step": step} for step, (x, y) in enumerate(points)]


def _lines(box: Box, style: Style, line: float) -> list[dict[str, Any]]:
    small = style.small * 1.22
    high = len(box.label) * line + len(box.detail) * small
    at = box.y + (box.height - high) / 2
    fill, soft = (style.paper, style.paper) if box.node.spine else (style.ink, style.muted)
    rows = [
        {
            "x": box.x + PAD * style.scale,
            "y": at + (n + 0.5) * line,
            "text": t,
            "bold": True,
            "size": style.text,
            "fill": fill,
        }
        for n, t in enumerate(box.label)
    ]
    at += len(box.label) * line
    return rows + [
        {
            "x": box.x + PAD * style.scale,
            "y": at + (n + 0.5) * small,
            "text": t,
            "bold": False,
            "size": style.small,
            "fill": soft,
        }
        for n, t in enumerate(box.detail)
    ]

"""Boxes in columns and the lines between neighbours: placed by their text, so that nothing overlaps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from report.formats.charts.layers import AS_IS, Datum, field, layer, scale, texts
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
    boxes, height, heads = place(drawing, style)
    by_id = {box.node.id: box for box in boxes}
    links = [row for n, (one, other) in enumerate(drawing.links) for row in _curve(by_id[one], by_id[other], n)]
    rects = [
        {"x": box.x, "x2": box.x + box.width, "y": box.y, "y2": box.y + box.height,
         "fill": style.primary if box.node.spine else style.tint, "stroke": style.primary if box.node.spine else style.line}
        for box in boxes
    ]  # fmt: skip
    words = [row for box in boxes for row in _lines(box, style)]
    headings = [
        {"x": left, "y": n * style.text * 1.25, "text": text} for left, lines in heads for n, text in enumerate(lines)
    ]
    x, y = field("x", scale(0, style.width)), field("y", scale(0, height))
    line = {"interpolate": "monotone", "stroke": style.muted, "strokeWidth": 1}
    ends = {"x": x, "x2": field("x2"), "y": y, "y2": field("y2")}
    colours = {"fill": field("fill", AS_IS), "stroke": field("stroke", AS_IS)}
    layers = [
        layer("line", links, line, x=x, y=y, detail=field("link"), order=field("step")),
        layer("rect", rects, {"cornerRadius": 2, "strokeWidth": 0.8}, **ends, **colours),
        *(
            texts(
                [row for row in words if row["bold"] is bold and row["size"] == size],
                x,
                y,
                colour="fill",
                align="left",
                fontWeight=700 if bold else 400,
                fontSize=size,
            )
            for bold, size in sorted({(row["bold"], row["size"]) for row in words})
        ),
        texts(headings, x, y, align="left", baseline="top", fill=style.muted),
    ]
    return {"width": style.width, "height": height, "layer": layers}


def place(drawing: Diagram, style: Style) -> tuple[list[Box], float, list[tuple[float, list[str]]]]:
    """Return the boxes, the height of all, and the headings of the columns with their left edges."""
    gutter, gap, pad = (round(each * style.scale, 2) for each in (GUTTER, GAP, PAD))
    narrower = max(1.0, WIDTH / style.width)
    gutter, most = gutter / narrower, math.ceil(LINES * narrower)
    widths = _widths(drawing, style, gutter, pad)
    line, small = style.text * 1.25, style.small * 1.22
    lefts = [sum(widths[:n]) + gutter * n for n in range(len(widths))]
    heads = [wrap(c.heading, style.regular, style.text, w, 2) if c.heading else [] for c, w in zip(drawing.columns, widths, strict=True)]  # fmt: skip
    top = max((len(h) for h in heads), default=0) * line + 8
    columns: list[list[tuple[Node, list[str], list[str], float]]] = []
    for column, wide in zip(drawing.columns, widths, strict=True):
        rows = []
        for node in column.nodes:
            label = wrap(node.label, style.bold, style.text, wide - 2 * pad, most)
            detail = wrap(node.detail, style.regular, style.small, wide - 2 * pad, most) if node.detail else []
            rows.append((node, label, detail, len(label) * line + len(detail) * small + 2 * pad))
        columns.append(rows)
    tallest = max(sum(high for *_, high in rows) + gap * (len(rows) - 1) for rows in columns)
    boxes = []
    for rows, left, wide in zip(columns, lefts, widths, strict=True):
        at = top + (tallest - sum(r[3] for r in rows) - gap * (len(rows) - 1)) / 2
        for node, label, detail, high in rows:
            y, tall = (top, tallest) if node.spine else (at, high)
            boxes.append(Box(node, left, y, wide, tall, tuple(label), tuple(detail)))
            at += high + gap
    return boxes, top + tallest + 1, list(zip(lefts, heads, strict=True))


def _widths(drawing: Diagram, style: Style, gutter: float, pad: float) -> list[float]:
    """Return how wide the columns are: a spine as narrow as its words, the others what is left, but no less than their words."""
    count = len(drawing.columns)
    room = style.width - gutter * (count - 1)
    spines = [all(node.spine for node in column.nodes) for column in drawing.columns]
    words = [
        word for column in drawing.columns for node in column.nodes if node.spine for word in node.label.split(" ")
    ]
    least = max((width(word, style.bold, style.text) for word in words), default=0) + 2 * pad + 1
    narrow = min(max(room / count / 2, least), room / count) if any(spines) else 0
    needs = [
        0 if spine else _longest(column, style) + 2 * pad + 1
        for column, spine in zip(drawing.columns, spines, strict=True)
    ]
    wide = _shared(room - narrow * sum(spines), needs)
    return [narrow if spine else each for spine, each in zip(spines, wide, strict=True)]


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


def _lines(box: Box, style: Style) -> list[Datum]:
    """Return the lines of a box's label, and below it those of its detail, in the middle of its height."""
    line, small = style.text * 1.25, style.small * 1.22
    x, height = box.x + PAD * style.scale, len(box.label) * line + len(box.detail) * small
    top = box.y + (box.height - height) / 2
    fill, soft = (style.paper, style.paper) if box.node.spine else (style.ink, style.muted)
    label = [
        {"x": x, "y": top + (n + 0.5) * line, "text": text, "bold": True, "size": style.text, "fill": fill}
        for n, text in enumerate(box.label)
    ]
    top += len(box.label) * line
    return label + [
        {"x": x, "y": top + (n + 0.5) * small, "text": text, "bold": False, "size": style.small, "fill": soft}
        for n, text in enumerate(box.detail)
    ]

"""A figure: a drawing with the words that stand for it, and its numbers as a table."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from report.compose.charts.pen import Pen
from report.values import Chart, Diagram, Drawing, Node, Series, Timeline

Row = tuple[str, ...]
SCHEME = "chart:"
"""What the ``src`` of a drawing begins with."""
MOST = 8
"""So many numbers are all said in words; of more, the largest and the smallest."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a template needs: ``src`` and ``alt`` for an img, and the table's head and rows, the last may be totals."""

    id: str
    src: str
    title: str
    alt: str
    numbers: bool
    head: Row
    rows: tuple[Row, ...]
    total: Row
    drawing: Drawing


def figure(drawing: Drawing, pen: Pen) -> Figure:
    """Give a drawing its words and its table."""
    total: Row = ()
    if isinstance(drawing, Chart):
        alt, (head, rows, total) = _told(drawing, pen), _numbers(drawing, pen)
    elif isinstance(drawing, Diagram):
        alt, (head, rows) = _ties(drawing, pen), _pairs(drawing, pen)
    else:
        alt, (head, rows) = _year(drawing, pen), _dates(drawing, pen)
    rows = tuple(tuple(map(pen.cell, row)) for row in rows)
    made = dataclasses.replace(drawing, alt=alt)
    src = f"{SCHEME}{drawing.id}"
    return Figure(
        drawing.id,
        src,
        drawing.title,
        alt,
        isinstance(drawing, Chart),
        tuple(map(pen.cell, head)),
        rows,
        total,
        made,
    )


def _told(chart: Chart, pen: Pen) -> str:
    kinds = {"bar": "Bar chart", "stacked": "Stacked bar chart", "line": "Line chart", "donut": "Ring chart"}
    parts = [
        (f"{category}, {series.name}" if len(chart.series) > 1 else category, value, label)
        for series in chart.series
        for category, value, label in zip(chart.categories, series.values, series.labels, strict=True)
        if value is not None
    ]
    if chart.kind == "line":
        said = "; ".join(_course(chart, series) for series in chart.series)
    elif len(parts) <= MOST:
        said = "; ".join(f"{name} {label}" for name, _, label in parts)
    else:
        ranked = sorted(parts, key=lambda part: part[1], reverse=True)
        shown = "; ".join(f"{name} {label}" for name, _, label in ranked[:3])
        said = pen.say("the largest of %(n)s: %(shown)s; the smallest: %(least)s", n=str(len(parts)), shown=shown,
                       least=f"{ranked[-1][0]} {ranked[-1][2]}")  # fmt: skip
    return f"{pen.say(kinds[chart.kind])}. {chart.title}: {said}."


def _course(chart: Chart, series: Series) -> str:
    known = [(c, la) for c, v, la in zip(chart.categories, series.values, series.labels, strict=True) if v is not None]
    return f"{series.name}: " + ", ".join(f"{category} – {label}" for category, label in known)


def _numbers(chart: Chart, pen: Pen) -> tuple[Row, tuple[Row, ...], Row]:
    """Return head, rows and, where the categories are parts of a whole, the total: the numbers that are drawn."""
    across = chart.kind == "stacked" and chart.unit != "percent" and len(chart.series) > 1

    def row(name: str, values: Sequence[Decimal | None]) -> Row:
        together = (_sum(values),) if across else ()
        return (name, *(pen.exact(value, chart.unit) for value in (*values, *together)))

    head = (pen.say("What"), *(s.name for s in chart.series), *((pen.say("Together"),) if across else ()))
    rows = tuple(row(category, [s.values[n] for s in chart.series]) for n, category in enumerate(chart.categories))
    return head, rows, row(pen.say("Together"), [_sum(s.values) for s in chart.series]) if chart.whole else ()


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal())


def _ties(drawing: Diagram, pen: Pen) -> str:
    parts = [
        f"{column.heading}: {', '.join(_box(node) for node in column.nodes)}"
        for column in drawing.columns
        if column.heading
    ]
    return f"{pen.say('Map of ties')}. {drawing.title}. {'; '.join(parts)}."


def _box(node: Node) -> str:
    return f"{node.label} ({node.detail})" if node.detail else node.label


def _pairs(drawing: Diagram, pen: Pen) -> tuple[Row, tuple[Row, ...]]:
    known = {node.id: node for column in drawing.columns for node in column.nodes}
    head = (pen.say("From"), pen.say("To"), pen.say("Tie"))
    rows = []
    for one, other in drawing.links:
        detail = known[other].detail or known[one].detail
        rows.append((known[one].label, known[other].label, detail or "–"))
    return head, tuple(rows)


def _year(drawing: Timeline, pen: Pen) -> str:
    shown = "; ".join(f"{span.when}: {span.label}" for span in drawing.spans)
    return f"{pen.say('Timeline')}. {drawing.title}. {shown}."


def _dates(drawing: Timeline, pen: Pen) -> tuple[Row, tuple[Row, ...]]:
    return (pen.say("What happened"), pen.say("When")), tuple((span.label, span.when) for span in drawing.spans)

"""A figure: a drawing with the words that stand for it, and its numbers as a table."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from report.compose.charts.pen import Pen
from report.compose.charts.table import Table, table
from report.values import Chart, Diagram, Drawing, Node, Series, Timeline

SCHEME = "chart:"
"""What the ``src`` of a drawing begins with."""
MOST = 8
"""So many numbers are all said in words; of more, the largest and the smallest."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a template needs: ``src`` and ``alt`` for an img, and the numbers as a table."""

    id: str
    src: str
    title: str
    alt: str
    table: Table
    drawing: Drawing


def figure(drawing: Drawing, pen: Pen) -> Figure:
    """Give a drawing its words and its table."""
    if isinstance(drawing, Chart):
        alt = _told(drawing, pen)
    else:
        alt = _ties(drawing, pen) if isinstance(drawing, Diagram) else _year(drawing, pen)
    more = {"group": pen.writer.locale.number_symbols["latn"]["group"]} if isinstance(drawing, Chart) else {}
    made = dataclasses.replace(drawing, alt=alt, **more)
    return Figure(drawing.id, f"{SCHEME}{drawing.id}", drawing.title, alt, table(drawing, pen), made)


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


def _ties(drawing: Diagram, pen: Pen) -> str:
    parts = [
        f"{column.heading}: {', '.join(_box(node) for node in column.nodes)}"
        for column in drawing.columns
        if column.heading
    ]
    return f"{pen.say('Map of ties')}. {drawing.title}. {'; '.join(parts)}."


def _box(node: Node) -> str:
    return f"{node.label} ({node.detail})" if node.detail else node.label


def _year(drawing: Timeline, pen: Pen) -> str:
    shown = "; ".join(f"{span.when}: {span.label}" for span in drawing.spans)
    return f"{pen.say('Timeline')}. {drawing.title}. {shown}."

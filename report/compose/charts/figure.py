"""A figure: a drawing with the words that stand for it, and its numbers as a table."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from report.compose.charts import fit
from report.compose.charts.fit import Plot
from report.compose.charts.pen import Pen
from report.compose.charts.table import Table, table
from report.values import Chart, Diagram, Node, Series, Timeline

SCHEME = "chart:"
"""What the ``src`` of a drawing begins with."""
MOST = 8
"""So many numbers are all said in words; of more, the largest and the smallest."""


@dataclass(frozen=True, slots=True)
class Part:
    """A drawing that fits on a page: ``src`` and ``alt`` for an img, and its title."""

    src: str
    title: str
    alt: str
    drawing: Plot


@dataclass(frozen=True, slots=True)
class Figure:
    """What a template needs: the parts that are drawn, mostly one, and the numbers as a table.

    ``src``, ``alt`` and ``drawing`` are those of the first part.
    """

    id: str
    title: str
    table: Table
    parts: tuple[Part, ...]

    @property
    def src(self) -> str:
        return self.parts[0].src

    @property
    def alt(self) -> str:
        return self.parts[0].alt

    @property
    def drawing(self) -> Plot:
        return self.parts[0].drawing


def figure(drawing: Plot, pen: Pen) -> Figure:
    """Give a drawing its words and its table; one that is higher than a page is split."""
    whole = fit.drawable(drawing, pen) if isinstance(drawing, Chart) else drawing
    pieces = tuple(
        _part(f"{SCHEME}{drawing.id}" + (f"/{number}" if number > 1 else ""), piece, shown, pen)
        for number, (piece, shown) in enumerate(fit.parts(whole), 1)
    )
    return Figure(drawing.id, pen.cell(drawing.title), table(drawing, pen), pieces)


def _part(src: str, drawing: Plot, shown: str, pen: Pen) -> Part:
    title = f"{drawing.title} ({shown})" if shown else drawing.title
    drawing = dataclasses.replace(drawing, title=title)
    if isinstance(drawing, Chart):
        alt = _chart(drawing, pen)
    else:
        alt = _ties(drawing, pen) if isinstance(drawing, Diagram) else _year(drawing, pen)
    return Part(src, pen.cell(title), alt, dataclasses.replace(drawing, alt=alt))


def _chart(chart: Chart, pen: Pen) -> str:
    kinds = {"bar": "Bar chart", "stacked": "Stacked bar chart", "line": "Line chart", "donut": "Doughnut chart"}
    parts = [
        (f"{category}, {series.name}" if len(chart.series) > 1 else category, value, label)
        for series in chart.series
        for category, value, label in zip(chart.categories, series.values, series.labels, strict=True)
        if value is not None
    ]
    if chart.kind == "line":
        listed = "; ".join(_course(chart, series) for series in chart.series)
    elif len(parts) <= MOST:
        listed = "; ".join(f"{name} {label}" for name, _, label in parts)
    else:
        ranked = sorted(parts, key=lambda part: part[1], reverse=True)
        shown = "; ".join(f"{name} {label}" for name, _, label in ranked[:3])
        listed = pen.say("the largest of %(n)s: %(shown)s; the smallest: %(least)s", n=str(len(parts)), shown=shown,
                       least=f"{ranked[-1][0]} {ranked[-1][2]}")  # fmt: skip
    return f"{pen.say(kinds[chart.kind])}. {chart.title}: {listed}."


def _course(chart: Chart, series: Series) -> str:
    known = [(c, la) for c, v, la in zip(chart.categories, series.values, series.labels, strict=True) if v is not None]
    return f"{series.name}: " + ", ".join(f"{category} – {label}" for category, label in known)


def _ties(drawing: Diagram, pen: Pen) -> str:
    parts = [
        f"{column.heading}: {', '.join(_box(node) for node in column.nodes)}"
        for column in drawing.columns
        if column.heading
    ]
    return f"{pen.say('Diagram')}. {drawing.title}. {'; '.join(parts)}."


def _box(node: Node) -> str:
    return f"{node.label} ({node.detail})" if node.detail else node.label


def _year(drawing: Timeline, pen: Pen) -> str:
    shown = "; ".join(f"{span.when}: {span.label}" for span in drawing.spans)
    return f"{pen.say('Timeline')}. {drawing.title}. {shown}."

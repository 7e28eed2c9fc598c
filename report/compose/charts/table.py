"""The numbers of a drawing as a table: the same that are drawn, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from report.compose.charts.fit import Plot
from report.compose.charts.pen import Pen
from report.values import Chart, Diagram

Row = tuple[str, ...]
MOST_SERIES = 4
"""Of more series, each category has rows of its own: so many columns would break the words of their heads."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading, or without one."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A head, groups of rows, and the totals, where the rows are parts of a whole. `numbers` are set flush right."""

    head: Row
    groups: tuple[Group, ...]
    total: Row
    numbers: bool

    @property
    def length(self) -> int:
        """Return how many rows there are."""
        return sum(len(group.rows) + bool(group.name) for group in self.groups)


def table(drawing: Plot, pen: Pen) -> Table:
    """Return a drawing's table."""
    if isinstance(drawing, Chart):
        return _stacks(drawing, pen) if len(drawing.series) > MOST_SERIES else _numbers(drawing, pen)
    if isinstance(drawing, Diagram):
        return _pairs(drawing, pen)
    rows = tuple((pen.cell(span.label), span.when) for span in drawing.spans)
    return Table((pen.head("Event"), pen.head("Date")), (Group("", rows),), (), False)


def _numbers(chart: Chart, pen: Pen) -> Table:
    across = chart.kind == "stacked" and len(chart.series) > 1

    def row(name: str, values: Sequence[Decimal | None]) -> Row:
        together = (_sum(values),) if across else ()
        return (pen.cell(name), *(pen.exact(value, chart.unit) for value in (*values, *together)))

    names = [pen.cell(series.name) for series in chart.series]
    head = (pen.head("Category"), *names, *((pen.head("Total"),) if across else ()))
    rows = tuple(row(category, [s.values[n] for s in chart.series]) for n, category in enumerate(chart.categories))
    total = row(pen.head("Total"), [_sum(s.values) for s in chart.series]) if chart.whole else ()
    return Table(head, (Group("", rows),), total, True)


def _stacks(chart: Chart, pen: Pen) -> Table:
    """Return a table with rows for each part of each category, but for those that are nothing."""
    groups = []
    for index, category in enumerate(chart.categories):
        parts = [(series.name, series.values[index]) for series in chart.series if series.values[index]]
        rows = [(pen.cell(name), pen.exact(value, chart.unit)) for name, value in parts]
        if chart.kind == "stacked":
            rows.append((pen.head("Total"), pen.exact(_sum(value for _, value in parts), chart.unit)))
        groups.append(Group(pen.cell(category), tuple(rows)))
    whole = _sum(value for series in chart.series for value in series.values)
    total = (pen.head("Total"), pen.exact(whole, chart.unit)) if chart.whole else ()
    return Table(
        (pen.head("Category"), chart.unit if chart.unit not in ("", "percent") else pen.head("Quantity")),
        tuple(groups),
        total,
        True,
    )


def _pairs(drawing: Diagram, pen: Pen) -> Table:
    known = {node.id: node for column in drawing.columns for node in column.nodes}
    rows = []
    for one, other in drawing.links:
        detail = known[other].detail or known[one].detail
        rows.append((pen.cell(known[one].label), pen.cell(known[other].label), detail or "–"))
    return Table((pen.head("From"), pen.head("To"), pen.head("Relationship")), (Group("", tuple(rows)),), (), False)


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal())

"""A table's cells on their grid (HTML 4.9.12.1): spans resolved, ragged rows padded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element as HtmlElement

from report.values import ReportError

_GROUPS = ("thead", "tbody", "tfoot")


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell as it stands in one row, or its continuation: `merge` is None, ``restart`` or ``continue``.

    Without an element it pads a ragged row.
    """

    column: int
    span: int
    element: HtmlElement | None = None
    merge: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row, its group (thead, tbody, tfoot) and whether it is that group's first or last."""

    element: HtmlElement
    group: HtmlElement
    slots: tuple[Slot, ...]
    first: bool
    last: bool

    @property
    def head(self) -> bool:
        return self.group.tag == "thead"


def build(table: HtmlElement) -> tuple[list[Row], int]:
    """Return the rows of a table, thead first and tfoot last, and the number of its columns."""
    order = {"thead": 0, "tbody": 1, "tr": 1, "tfoot": 2}
    groups = sorted((g for g in table if g.tag in order), key=lambda g: order[g.tag])
    rows_of_groups: list[tuple[HtmlElement, HtmlElement, list[Slot], bool, bool]] = []
    for group in groups:
        rows = [group] if group.tag == "tr" else [r for r in group if r.tag == "tr"]
        for index, (row, slots) in enumerate(_group(rows)):
            rows_of_groups.append((row, group, slots, index == 0, index == len(rows) - 1))
    count = max((slot.column + slot.span for _, _, slots, _, _ in rows_of_groups for slot in slots), default=0)
    count = max(count, sum(_span(col, "span") for col in columns(table)))
    return [Row(r, g, tuple(_padded(slots, count)), first, last) for r, g, slots, first, last in rows_of_groups], count


def columns(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the col elements of a table."""
    for child in table:
        if child.tag == "colgroup":
            yield from (c for c in child if c.tag == "col")
        elif child.tag == "col":
            yield child


def _group(rows: list[HtmlElement]) -> Iterator[tuple[HtmlElement, list[Slot]]]:
    open_spans: dict[int, tuple[int, int, HtmlElement]] = {}
    for index, row in enumerate(rows):
        slots = [Slot(c, span, cell, "continue") for c, (span, _, cell) in open_spans.items()]
        covered = {c + i for c, (span, _, _) in open_spans.items() for i in range(span)}
        open_spans = {c: (span, left - 1, cell) for c, (span, left, cell) in open_spans.items() if left > 1}
        column = 0
        for cell in (c for c in row if c.tag in ("td", "th")):
            while column in covered:
                column += 1
            span = 1
            while span < _span(cell, "colspan") and column + span not in covered:
                span += 1
            left = _span(cell, "rowspan") or len(rows)
            left = min(left, len(rows) - index)
            slots.append(Slot(column, span, cell, "restart" if left > 1 else None))
            if left > 1:
                open_spans[column] = (span, left - 1, cell)
            column += span
        yield row, sorted(slots, key=lambda s: s.column)


def _padded(slots: list[Slot], count: int) -> Iterator[Slot]:
    column = 0
    for slot in slots:
        yield from (Slot(c, 1) for c in range(column, slot.column))
        yield slot
        column = slot.column + slot.span
    yield from (Slot(c, 1) for c in range(column, count))


def _span(element: HtmlElement, name: str) -> int:
    value = element.get(name, "1").strip()
    if not value.isdecimal():
        raise ReportError.of("docx.element", f"`{name}` of a table is not a number: {value}")
    return min(int(value), 1000) if name == "rowspan" else max(1, min(int(value), 63))

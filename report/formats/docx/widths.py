"""How wide the columns of a table are: as `col` says, and otherwise by what stands in them; and which rows are too high for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.columns import Columns, Piece
from report.formats.docx import measure
from report.formats.docx.format import Margins
from report.formats.docx.rules import Cascade
from report.formats.docx.writer import Context, Writer
from report.formats.grid import Row, Slot, columns
from report.values import ReportError

TALL, _WHOLE = 0.5, 0.7
"""The shares of a page above which a row may break, and rows that are kept together."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The widths of a table's columns in twips, about how high each row is, and from which height on one may break."""

    shares: list[int]
    heights: list[float]
    page: int

    def tall(self, row: int) -> bool:
        """Say whether a row is so high that it may break over pages."""
        return self.heights[row] > TALL * self.page

    def groups(self, rows: Sequence[Row]) -> dict[HtmlElement, bool]:
        """Return for each group of rows whether it fits on a page, as far as can be told."""
        heights: dict[HtmlElement, float] = {}
        for row, height in zip(rows, self.heights, strict=True):
            heights[row.group] = heights.get(row.group, 0.0) + height
        return {group: height < _WHOLE * self.page for group, height in heights.items()}


def measured(
    writer: Writer, ctx: Context, table: HtmlElement, rows: list[Row], count: int, margins: Margins
) -> Measured:
    """Measure a table that has `ctx.room` twips."""
    found = Columns(count, lambda letters: letters.size if letters else 0)
    texts: list[list[tuple[Slot, list[Piece | None]]]] = []
    around = (margins.left or 0) + (margins.right or 0)
    for row in rows:
        inner = ctx
        for outer in (row.group, row.element):
            inner = writer.enter(inner, outer, writer.cascade[outer])
        texts.append([(slot, _pieces(writer, slot, inner)) for slot in row.slots])
        for slot, pieces in texts[-1]:
            if slot.merge == "continue":
                continue
            flush = (margins.right or 0) if slot.column + slot.span == count else 0
            found.add(slot.column, slot.span, pieces, around - flush)
    said = [None if share is None else ctx.room * share / 100 for share in _said(table, count, writer.cascade)]
    widths, _ = found.settle(ctx.room, said, measure.width)
    shares = split(ctx.room, widths)
    heights = [
        max(
            (measure.height(pieces, sum(shares[slot.column :][: slot.span]) - around) for slot, pieces in row),
            default=0.0,
        )
        for row in texts
    ]
    return Measured(shares, heights, writer.page_height)


def _pieces(writer: Writer, slot: Slot, ctx: Context) -> list[Piece | None]:
    """Return the texts of a cell, also where it goes on from the row above: it is as high there."""
    if slot.element is None:
        return []
    inner = writer.enter(ctx, slot.element, writer.cascade[slot.element])
    return list(measure.pieces(writer, slot.element, inner))


def split(total: int, shares: list[float]) -> list[int]:
    """Divide `total` twips in the proportion of `shares`, without losing any to rounding."""
    whole = sum(shares) or 1
    edges = [0.0]
    for value in shares:
        edges.append(edges[-1] + value)
    edges = [round(total * edge / whole) for edge in edges]
    return [max(1, b - a) for a, b in zip(edges, edges[1:], strict=False)]


def _said(table: HtmlElement, count: int, cascade: Cascade) -> list[float | None]:
    """Return the per cent that `data-width`, `width` or a rule gives each column."""
    said: list[float | None] = []
    for col in columns(table):
        text = (col.get("data-width") or col.get("width") or "").strip().removesuffix("%")
        try:
            width = float(text) if text else cascade[col].width
        except ValueError as error:
            raise ReportError.of("docx.element", f"the width of a col is not a per cent: {text}") from error
        said.extend([width] * int(col.get("span", "1")))
    return (said + [None] * count)[:count]

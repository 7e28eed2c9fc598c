"""How wide the columns of a table are: as `col` says, and otherwise by what stands in them; and which rows are too high for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.columns import Columns, Piece
from report.formats.docx.formatting.values import CellMargins
from report.formats.docx.look.rules import Cascade
from report.formats.docx.text import measure
from report.formats.docx.writing.output import Context
from report.formats.docx.writing.writer import Writer
from report.formats.grid import Row, Slot, columns
from report.values import ReportError
from report.values.length import ZERO, Length, twips

TALL, _WHOLE = 0.5, 0.7
"""The shares of a page above which a row may break, and rows that are kept together."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The widths of a table's columns, and about how high each row is, in twips; `page` is the height of a page's text."""

    widths: list[Length]
    heights: list[float]
    page: Length

    def may_break(self, row: int) -> bool:
        """Say whether a row is so high that it may break over pages."""
        return self.heights[row] > TALL * self.page.twips

    def groups(self, rows: Sequence[Row]) -> dict[HtmlElement, bool]:
        """Return for each group of rows whether it fits on a page, as far as can be told."""
        heights: dict[HtmlElement, float] = {}
        for row, height in zip(rows, self.heights, strict=True):
            heights[row.group] = heights.get(row.group, 0.0) + height
        return {group: height < _WHOLE * self.page.twips for group, height in heights.items()}


def measured(
    writer: Writer, ctx: Context, table: HtmlElement, rows: list[Row], count: int, margins: CellMargins
) -> Measured:
    """Measure a table that is as wide as the context's room."""
    contents = Columns(count, lambda letters: letters.size if letters else 0)
    texts: list[list[tuple[Slot, list[Piece | None]]]] = []
    around = (margins.left or ZERO) + (margins.right or ZERO)
    for row in rows:
        inner = writer.enter(writer.enter(ctx, row.group), row.element)
        texts.append([(slot, _pieces(writer, slot, inner)) for slot in row.slots])
        for slot, pieces in texts[-1]:
            if slot.merge == "continue":
                continue
            flush = (margins.right or ZERO) if slot.column + slot.span == count else ZERO
            contents.add(slot.column, slot.span, pieces, (around - flush).twips)
    room = ctx.room.twips
    wanted = [None if share is None else room * share / 100 for share in _percentages(table, count, writer.rules)]
    shares, _ = contents.settle(room, wanted, measure.width)
    widths = split(ctx.room, shares)
    heights = [
        max((measure.height(pieces, across(widths, slot) - around) for slot, pieces in row), default=0.0)
        for row in texts
    ]
    return Measured(widths, heights, writer.page.text_height)


def across(widths: Sequence[Length], slot: Slot) -> Length:
    """Return how wide a cell is that may span columns."""
    return sum(widths[slot.column :][: slot.span], ZERO)


def _pieces(writer: Writer, slot: Slot, ctx: Context) -> list[Piece | None]:
    """Return the texts of a cell, also where it goes on from the row above: it is as high there."""
    if slot.element is None:
        return []
    return list(measure.measurable(writer, slot.element, writer.enter(ctx, slot.element)))


def split(total: Length, shares: Sequence[float]) -> list[Length]:
    """Divide a length in the proportion of `shares`, in whole twips and without losing any to rounding."""
    whole, before, edges = sum(shares) or 1, 0.0, [0]
    for share in shares:
        before += share
        edges.append(round(total.twips * before / whole))
    return [twips(max(1, end - start)) for start, end in pairwise(edges)]


def _percentages(table: HtmlElement, count: int, rules: Cascade) -> list[float | None]:
    """Return the per cent that `data-width`, `width` or a rule gives each column."""
    widths: list[float | None] = []
    for col in columns(table):
        text = (col.get("data-width") or col.get("width") or "").strip().removesuffix("%")
        try:
            width = float(text) if text else rules[col].width
        except ValueError as error:
            raise ReportError.of("docx.element", f"the width of a col is not a per cent: {text}") from error
        widths.extend([width] * int(col.get("span", "1")))
    return (widths + [None] * count)[:count]

"""Give every row of a table as many columns as its longest (ISO 14289-1, 7.5; ISO 32000-1, 14.8.4.3.4).

HTML lets a row end early; a screen reader that counts columns does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from report.formats.pdf.tree import kids, kind


def pad_rows(pdf: Any, table: Any) -> None:
    """Add an empty cell to each row that is too short."""
    rows = list(_rows(pdf, table))
    widths = list(_widths(pdf, rows))
    for row, width in zip(rows, widths, strict=True):
        missing = max(widths) - width
        if missing:
            attributes = pydyf.Dictionary({"O": "/Table", **({"ColSpan": missing} if missing > 1 else {})})
            cell = pydyf.Dictionary(
                {
                    "Type": "/StructElem",
                    "S": "/TD",
                    "K": pydyf.Array(),
                    "P": row.reference,
                    "Pg": row["Pg"],
                    "A": attributes,
                }
            )
            pdf.add_object(cell)
            row["K"].append(cell.reference)


def _rows(pdf: Any, element: Any) -> Iterator[Any]:
    for _, kid in kids(pdf, element):
        if kind(kid) == "/TR":
            yield kid
        elif kind(kid) in ("/THead", "/TBody", "/TFoot", "/NonStruct"):
            yield from _rows(pdf, kid)


def _widths(pdf: Any, rows: list[Any]) -> Iterator[int]:
    """Yield how many columns each row fills, with the cells that reach down into it."""
    reaching: list[tuple[int, int]] = []  # (rows still to go, columns)
    for row in rows:
        width = sum(columns for _, columns in reaching)
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        for _, cell in kids(pdf, row):
            if kind(cell) in ("/TD", "/TH"):
                spans = cell.get("A", {})
                width += spans.get("ColSpan", 1)
                if spans.get("RowSpan", 1) > 1:
                    reaching.append((spans["RowSpan"] - 1, spans.get("ColSpan", 1)))
        yield width

"""How wide the columns of a table are: as `col` says, and otherwise by what stands in them."""

from __future__ import annotations

from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.rules import Cascade
from report.formats.grid import Row, columns
from report.values import ReportError

_LONGEST = 44
"""Characters above which a cell is taken to wrap rather than to widen its column."""
_SHORTEST = 5


def share(total: int, table: HtmlElement, rows: list[Row], count: int, cascade: Cascade) -> list[int]:
    """Return `count` widths in twips that add up to `total`."""
    said = _said(table, count, cascade)
    weights = _weights(rows, count)
    rest = max(0.0, 100 - sum(p for p in said if p))
    open_weight = sum(w for w, p in zip(weights, said, strict=True) if not p)
    shares = [p or rest * w / open_weight for w, p in zip(weights, said, strict=True)]
    return split(total, shares)


def split(total: int, shares: list[float]) -> list[int]:
    """Divide `total` twips in the proportion of `shares`, without losing any to rounding."""
    whole = sum(shares) or 1
    edges = [0]
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


def _weights(rows: list[Row], count: int) -> list[float]:
    weights = [float(_SHORTEST)] * count
    for row in rows:
        for slot in row.slots:
            if slot.element is None or slot.span != 1:
                continue
            text = "".join(slot.element.itertext())
            word = max((len(w) for w in text.split()), default=0)
            weights[slot.column] = max(weights[slot.column], min(len(text.strip()), _LONGEST), word * 1.3)
    return weights

"""What a funder or a form asks of the finished file: pages, type, margins, size. Measured on the PDF, never reckoned."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Protocol

from pydantic import Field

from report.model.base import Model
from report.profiles.limits import SOFT


class _Type(Protocol):
    @property
    def size(self) -> float: ...
    @property
    def page(self) -> int: ...
    @property
    def sample(self) -> str: ...


class _Margin(Protocol):
    @property
    def side(self) -> str: ...
    @property
    def width(self) -> float: ...
    @property
    def page(self) -> int: ...


class Measured(Protocol):
    """What rules are compared with; `report.press.measure.Measure` is it."""

    @property
    def pages(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def sizes(self) -> Sequence[tuple[float, float]]: ...
    @property
    def smallest(self) -> _Type | None: ...
    @property
    def margins(self) -> Sequence[_Margin]: ...
    @property
    def heads_known(self) -> bool: ...


class PageRules(Model):
    """What is asked of a file."""

    pages: Annotated[int, Field(ge=1)] | None = None
    """At most so many pages."""
    smallest_type: Annotated[Decimal, Field(gt=0, le=72)] | None = None
    """No type smaller than so many points."""
    margins: Annotated[Decimal, Field(ge=0, le=100)] | None = None
    """No text nearer to the paper's edge than so many millimetres; running headers and footers may be."""
    megabytes: Annotated[Decimal, Field(gt=0)] | None = None
    """At most so many megabytes of 1,000,000 bytes."""
    paper: Annotated[str, Field(pattern=r"^A[3-5]$")] | None = None
    """The size of its pages, upright or turned: A4."""
    soft: bool = False
    """Whether a tenth more pages is only a warning."""

    @property
    def measures(self) -> bool:
        """Say whether anything is asked of the pages themselves."""
        return any(value is not None for value in (self.pages, self.smallest_type, self.margins, self.paper))


PAPER = {"A3": (297, 420), "A4": (210, 297), "A5": (148, 210)}
_TOLERANCE = 0.5
"""Millimetres: a glyph's own side bearing, and a page size's rounding."""


def broken(rules: PageRules, measured: Measured) -> Iterator[tuple[str, bool]]:
    """Yield what a measured file breaks, and whether that is tolerated."""
    m = measured
    yield from many(rules, m.pages)
    smallest = m.smallest
    if rules.smallest_type and smallest and smallest.size < float(rules.smallest_type) - 0.05:
        where = f"“{smallest.sample}” on page {smallest.page}"
        yield f"type of {smallest.size:g} pt, smaller than {rules.smallest_type} pt: {where}", False
    for margin in m.margins if rules.margins is not None else ():
        if margin.width < float(rules.margins or 0) - _TOLERANCE:
            near = f"text {margin.width:g} mm from the {margin.side} edge of page {margin.page}, nearer than {rules.margins} mm"
            # a line that runs over all pages is seen only on several
            unsure = m.pages == 1 and not m.heads_known and margin.side in ("top", "bottom")
            yield f"{near}{', unless it is a header or footer' if unsure else ''}", unsure
    yield from heavy(rules, m.bytes)
    for number, size in enumerate(m.sizes if rules.paper else (), 1):
        wanted = PAPER[rules.paper or "A4"]
        if any(abs(a - b) > _TOLERANCE + 0.5 for a, b in zip(sorted(size), wanted, strict=True)):
            yield f"page {number} is {size[0]:g} × {size[1]:g} mm, not {rules.paper}", False
            break


def many(rules: PageRules, pages: int) -> Iterator[tuple[str, bool]]:
    """Yield whether there are more pages than are allowed."""
    if rules.pages and pages > rules.pages:
        tolerated = rules.soft and pages <= math.floor(rules.pages * SOFT + 1e-9)
        yield f"{pages} pages, {pages - rules.pages} more than the {rules.pages} that are allowed", tolerated


def heavy(rules: PageRules, size: int) -> Iterator[tuple[str, bool]]:
    """Yield whether a file has more bytes than are allowed."""
    if rules.megabytes and size > rules.megabytes * 1_000_000:
        yield f"{size / 1e6:.2f} MB, more than {rules.megabytes} MB", False

"""What is drawn from facts, not from a file: charts, maps of ties, timelines, and signs whose shape is laid down by others."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind, one for each category of a chart, and each as its language writes it."""

    name: str
    values: tuple[Decimal | None, ...]
    labels: tuple[str, ...]


MOST_DECIMALS = 3
"""So many decimals a drawing shows."""


def _places(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers to be drawn: as SVG on a page, as a chart of Word's own in Word.

    `kind` is ``bar``, ``stacked``, ``line`` or ``donut``, which has one series. `unit` is a currency, ``percent`` or
    nothing. `totals` are written at the ends of stacked bars, and are called `together`. `whole` says that the categories
    are parts of one whole, `half` that two such charts stand side by side. `group` and
    `point` part numbers as the document's language does. A bar that is longer than `limit` is drawn cut.
    """

    id: str
    kind: Literal["bar", "stacked", "line", "donut"]
    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    totals: tuple[str, ...] = ()
    whole: bool = False
    half: bool = False
    group: str = ","
    point: str = "."
    limit: Decimal | None = None
    together: str = ""

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Return all numbers that are known."""
        return tuple(value for series in self.series for value in series.values if value is not None)

    @property
    def least(self) -> Decimal:
        """Return where the numbers begin: at nothing, or at the least that is below it."""
        return min((Decimal(), *self.numbers))

    @property
    def decimals(self) -> int:
        """Return with how many decimals every number is written: amounts in whole units."""
        if self.unit not in ("", "percent"):
            return 0
        return min(MOST_DECIMALS, max((_places(value) for value in self.numbers), default=0))


@dataclass(frozen=True, slots=True)
class Node:
    """A box of a diagram. `detail` is set smaller below its name; the spine is as tall as the diagram."""

    id: str
    label: str
    detail: str = ""
    spine: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """Boxes that stand one below the other, under a heading."""

    heading: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """Who is tied to whom: boxes in columns, and lines between boxes of neighbouring columns, by id."""

    id: str
    title: str
    alt: str
    columns: tuple[Column, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A row of a timeline: what went on from one day to another, and both as the language writes them."""

    label: str
    begins: datetime.date
    ends: datetime.date
    when: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What went on in a year, one row each; `months` are the names of its months, from the first."""

    id: str
    title: str
    alt: str
    begins: datetime.date
    ends: datetime.date
    months: tuple[tuple[datetime.date, str], ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A flat area of a mark: an SVG path in the mark's units and its RGB fill.

    `inks` are per cent of cyan, magenta, yellow and black where the mark's rules lay them down.
    """

    path: str
    fill: str
    inks: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Numeral:
    """A short word in the middle of a mark, in the theme's bold type; `size` and `fill` are the type's, in the mark's units."""

    text: str
    size: float
    fill: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign whose shape is laid down by others: a QR code, a goal's square, an emblem. No theme changes its colours.

    `span` is its width and height in units of its own; `least` is the width in millimetres below which it is not printed.
    """

    id: str
    title: str
    alt: str
    span: tuple[float, float]
    least: float
    areas: tuple[Area, ...]
    numeral: Numeral | None = None


Drawing = Chart | Diagram | Timeline | Mark
"""What is drawn from facts, not from a file."""

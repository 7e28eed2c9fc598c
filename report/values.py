"""The values that pass between the steps: facts are in `report.model`, everything else that travels is here.

Every value is frozen. Problems are data: only `report.cli` turns them into text.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from report.workbook import Workbook


class Severity(StrEnum):
    """How much a problem weighs: an error stops the document, a warning does with ``--strict``, a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file. Lines and columns count from 1, in characters; `key` is the path of the fact there.

    In a sheet they are those of the `cell`, ``Sheet1!C7``, whose text is the excerpt.
    """

    path: Path
    line: int | None = None
    column: int | None = None
    key: str | None = None
    excerpt: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user can mend: where it is, what is wrong and what to do. `code` is stable across releases."""

    severity: Severity
    code: str
    message: str
    location: Location | None = None
    hint: str | None = None


EDITIONS = ("screen", "print", "redacted")
"""The editions of a report, the default one first."""


@dataclass(frozen=True, slots=True)
class Job:
    """The intent to make one document in one language: picklable, so a batch is a list of jobs."""

    organisation: str
    document: str
    language: str
    formats: tuple[str, ...]
    edition: str = "screen"


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file. `role` is what a theme calls the family (``text``, ``display``, ``symbols``)."""

    role: str
    family: str
    path: Path
    weight: int = 400
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One flat shape of a cover, in millimetres from the page's top left corner; `fill` is an RGB hex colour."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    fill: str


Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, in per cent."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a document looks, for every format alike.

    `tokens` are the theme's flat design tokens (``colour-primary``: ``#0b3c49``), `inks` what colour tokens are printed in. `styles` are style sheets in
    cascade order. `letterhead` says what the head and foot of a page show. `word` maps selectors of the same HTML to Word styles (see `report.formats.docx`).
    """

    theme: str
    tokens: Mapping[str, str]
    fonts: tuple[FontFace, ...]
    styles: tuple[str, ...]
    word: Mapping[str, Any]
    cover: tuple[Shape, ...] = ()
    letterhead: tuple[str, ...] = ()
    inks: Mapping[str, Inks] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def printed(self) -> dict[str, Inks]:
        """Return the inks of every hex colour, in small letters, that a token gives inks to."""
        return {self.tokens[name].lower(): parts for name, parts in self.inks.items()}

    @property
    def named(self) -> dict[str, str]:
        """Return the token's name of every hex colour, in small letters, that a token gives inks to."""
        return {self.tokens[name].lower(): name for name in reversed(self.inks)}


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
class Panel:
    """A page of its own that its text must fit: `id` is the section's. Its size is in millimetres."""

    id: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Printing:
    """How a document is printed: the size of its pages, where they are no panels. Lengths are millimetres.

    `panels` come in the order in which they are read, and `sides` name those that stand side by side on the sides of a
    sheet that is folded; where there are none, every page is a sheet of its own. Pages come in multiples of `multiple`: what is
    missing is put in before the last one. `bleed` is how far the ground goes beyond the trim.
    """

    width: float
    height: float
    panels: tuple[Panel, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()
    multiple: int = 1
    bleed: float = 0

    @property
    def folds(self) -> tuple[tuple[float, ...], ...]:
        """Return where each side is folded, from the left edge of its trim."""
        width = {panel.id: panel.width for panel in self.panels}
        return tuple(tuple(itertools.accumulate(width[name] for name in side[:-1])) for side in self.sides)


@dataclass(frozen=True, slots=True)
class FittedText:
    """A text that must fit its panel: the fact's place, and its variants (``short``, ``medium``, ``full``) in the document's language."""

    panel: str
    location: Location | None
    variants: Mapping[str, str]

    def at(self, length: str) -> str:
        """Return the variant of that length, or else the next shorter one, or the shortest there is."""
        steps = ("full", "medium", "short")
        wanted = steps[steps.index(length) :]
        found = next((self.variants[step] for step in wanted if step in self.variants), None)
        return (
            found
            if found is not None
            else next(self.variants[step] for step in reversed(steps) if step in self.variants)
        )


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


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF. `relationship` is ISO 32000-2 table 43's (``Source``, ``Data``)."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str = "Source"


@dataclass(frozen=True, slots=True)
class Document:
    """One composed document in one language: the single source of every output format.

    `html` is a complete HTML document written with the element list of `report.compose.elements`. `assets` maps
    each image's ``src`` to the file it names, `drawings` each ``chart:…`` to what is drawn there. `printing` is there where the kind is
    made for a print shop, and `fitted` has the texts that must fit a panel, by the ids of their elements. `date` stamps every format, so that equal input gives equal bytes.
    """

    title: str
    language: str
    kind: str
    html: str
    date: datetime.date
    look: Look
    author: str = ""
    description: str = ""
    assets: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    attachments: tuple[Attachment, ...] = ()
    drawings: Mapping[str, Drawing] = field(default_factory=lambda: MappingProxyType({}))
    workbook: Workbook | None = None
    printing: Printing | None = None
    fitted: Mapping[str, FittedText] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that was written, and what was measured on it. `anchors` maps heading ids to page numbers."""

    path: Path
    format: str
    sha256: str
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    anchors: Mapping[str, int] = field(default_factory=dict)


class ReportError(Exception):
    """The work cannot go on for reasons the user can mend; `problems` says which. Exit status 1."""

    status = 1

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("; ".join(p.message for p in self.problems))

    def __reduce__(self) -> tuple[type[ReportError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)

    @classmethod
    def of(cls, code: str, message: str, location: Location | None = None, hint: str | None = None) -> ReportError:
        """Make an error of a single problem."""
        return cls([Problem(Severity.ERROR, code, message, location, hint)])


class UsageError(ReportError):
    """The command line names something that does not exist. Exit status 2."""

    status = 2


class MissingSystemLibrary(ReportError):
    """This machine lacks a library or program that the work needs. Exit status 3."""

    status = 3

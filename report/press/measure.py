"""Measure a finished PDF: its pages, the smallest type on them, how far text is from the paper's edge; and check that against a funder's limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.press.pdf.characters import characters, font_size
from report.press.pdf.complexity import Complexity
from report.press.pdf.geometry import MM
from report.press.pdf.opening import open_tolerantly
from report.profiles.load import Funder
from report.profiles.pages import broken, heavy
from report.values import Artifact, Location, Problem, ReportError, Severity

_SAMPLE = 40
_PAGES, _LETTERS = 2_000, 1_500_000
"""A file of more pages, or letters, is not measured."""
_TOUCHES = 0.5
"""How near the mark of a note stands to the type that it belongs to, in ems of that type."""


@dataclass(frozen=True, slots=True)
class Type:
    """The smallest type of a file: its size in points, where it stands and what it says."""

    size: float
    page: int
    sample: str


@dataclass(frozen=True, slots=True)
class Margin:
    """The narrowest margin of a side: millimetres from the edge of the page to the nearest text, and where that is."""

    side: str
    width: float
    page: int


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured on a PDF. Sizes of pages are width and height in millimetres; bytes are of the file."""

    pages: int
    bytes: int
    sizes: tuple[tuple[float, float], ...]
    smallest: Type | None
    margins: tuple[Margin, ...]
    heads_known: bool = False
    """Whether it is known which lines are running headers and footers."""


@dataclass(slots=True)
class _Line:
    """Characters of one page that share a baseline, in points from the page's lower left corner."""

    left: float
    right: float
    bottom: float
    top: float
    text: str
    size: float


def measure(path: Path, heads: Iterable[str] | None = None) -> Measure:
    """Measure a PDF; raise `ReportError` where it cannot be read.

    `heads` are what running headers and footers say, where that is known of the file that the PDF was made from.
    Running headers and footers, lines that stand on most pages at the same height, do not count for the margins above and below.
    """
    import pypdfium2

    _require_limits(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise ReportError.of("pdf.unreadable", f"cannot be read as PDF: {error}", Location(path)) from None
    try:
        sizes, lines, left = [], [], _LETTERS
        for page in document:
            width, height = page.get_size()
            sizes.append((width, height))
            text = page.get_textpage()
            left -= text.count_chars()
            if left < 0:
                raise _too_much(path, f"more than {_LETTERS:,} letters")
            lines.append(list(_lines(text)))
            text.close()
    finally:
        document.close()
    return Measure(
        pages=len(sizes),
        bytes=path.stat().st_size,
        sizes=tuple((round(w / MM, 1), round(h / MM, 1)) for w, h in sizes),
        smallest=_smallest(lines),
        margins=tuple(_margins(sizes, lines, [_letters(head) for head in heads or ()])),
        heads_known=heads is not None,
    )


def broken_limits(
    funders: Iterable[tuple[Funder, Location | None]], artifacts: Sequence[Artifact]
) -> Iterator[Problem]:
    """Yield what the files of one document break of their funders' limits: an error, or a warning where that is tolerated.

    Pages, type, margins and paper are measured on the PDF; where there is none, a note says so. Size is that of each file.
    """
    for funder, location in funders:
        rules = funder.profile.document
        if rules is None:
            continue
        unsure = "" if rules.verified else "; the rule is not verified"
        for artifact in artifacts:
            pdf = artifact.format == "pdf"
            breaches = broken(rules, measure(artifact.path)) if pdf else heavy(rules, artifact.path.stat().st_size)
            for breach, tolerated in breaches:
                verb = "may reject" if tolerated else "rejects"
                message = f"{funder.id} {verb} {artifact.path.name}: {breach}{unsure}"
                hint = "leave sections out, print shorter variants, or choose a theme of another size"
                severity = Severity.WARNING if tolerated else Severity.ERROR
                yield Problem(severity, "document.rules", message, location, hint)
        if rules.measures and not any(artifact.format == "pdf" for artifact in artifacts):
            message = f"{funder.id}: pages, type and margins were not measured, since no PDF is made"
            yield Problem(Severity.NOTE, "document.unmeasured", message, location, "make the PDF too")


def _require_limits(path: Path) -> None:
    """Raise `ReportError` for a file that is too complex for PDFium, which has no limits of its own."""
    with open_tolerantly(path) as pdf:
        complexity = Complexity()
        for number, page in enumerate(pdf.pages, 1):
            if number > _PAGES:
                raise _too_much(path, f"more than {_PAGES:,} pages")
            if not complexity.readable(page.obj):
                raise _too_much(path, f"more on page {number}")


def _too_much(path: Path, what: str) -> ReportError:
    return ReportError.of(
        "pdf.limit", f"has {what}, which is not measured", Location(path), "make its pages simpler, or fewer"
    )


def _lines(text: Any) -> Iterator[_Line]:
    """Yield the lines of a page's text, in PDFium's order of its characters."""
    current: _Line | None = None
    for index, character, box in characters(text):
        if character.isspace() or not character.isprintable():
            if current and character.isspace() and not current.text.endswith(" "):
                current.text += " "
            continue
        if box is None:
            continue
        size = font_size(text, index)
        if current and abs(size - current.size) < 0.05 and box.bottom < current.top and box.top > current.bottom:
            current.left, current.right = min(box.left, current.left), max(box.right, current.right)
            current.bottom, current.top = min(box.bottom, current.bottom), max(box.top, current.top)
            current.text += character
            continue
        if current:
            yield current
        current = _Line(box.left, box.right, box.bottom, box.top, character, size)
    if current:
        yield current


def _smallest(pages: list[list[_Line]]) -> Type | None:
    """Return the smallest type; what stands raised or lowered in a line, such as the mark of a note, is no type of its own."""
    smallest: Type | None = None
    for number, lines in enumerate(pages, 1):
        for place, line in enumerate(lines):
            text = line.text.strip()
            beside = (*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2])
            if not _raised(line, beside) and (smallest is None or line.size < smallest.size - 0.01):
                smallest = Type(round(line.size, 2), number, text[:_SAMPLE].rstrip())
    return smallest


def _raised(line: _Line, beside: Sequence[_Line]) -> bool:
    """Say whether a line is the mark of a note: up to three figures or signs that touch larger type beside them."""
    text = line.text.strip()
    if len(text) > 3 or text.strip("0123456789*()[]†‡"):
        return False
    for other in beside:
        near = other.size * _TOUCHES
        across = max(line.left - other.right, other.left - line.right)
        upright = max(line.bottom - other.top, other.bottom - line.top)
        if other.size > line.size + 0.05 and across < near and upright < near:
            return True
    return False


def _letters(text: str) -> str:
    return "".join(text.split())


def _margins(sizes: list[tuple[float, float]], pages: list[list[_Line]], heads: list[str]) -> Iterator[Margin]:
    running = _running(pages)
    nearest: dict[str, Margin] = {}
    for number, ((width, height), lines) in enumerate(zip(sizes, pages, strict=True), 1):
        for line in lines:
            sides = {"left": line.left, "right": width - line.right}
            text = _letters(line.text)
            if round(line.bottom) not in running and not any(text in head for head in heads):
                sides |= {"top": height - line.top, "bottom": line.bottom}
            for side, points in sides.items():
                if side not in nearest or points / MM < nearest[side].width:
                    nearest[side] = Margin(side, round(points / MM, 2), number)
    yield from nearest.values()


def _running(pages: list[list[_Line]]) -> set[int]:
    """Return the heights of the outermost lines that stand on most pages; of one page, none is known to be running."""
    counts: dict[int, int] = {}
    for lines in pages:
        heights = sorted({round(line.bottom) for line in lines})
        for height in {*heights[:2], *heights[-2:]}:
            counts[height] = counts.get(height, 0) + 1
    return {height for height, count in counts.items() if len(pages) > 1 and count > len(pages) / 2}

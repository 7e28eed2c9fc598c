"""Set pages side by side on one sheet that is folded: the panels of a brochure become its outside and its inside.

A printer folds a finished sheet; a brochure is written panel by panel. `assemble` puts the panels together without marks or gaps::

    leaflet = Assembly(
        sides=(
            Panels(pages=(5, 6, 1), widths=(97, 100, 100)),  # outside: flap, back, front
            Panels(pages=(2, 3, 4), widths=(100, 100, 97)),  # inside
        ),
        height=210,
        bleed=3,
    )
    assembled = assemble(Path("panels.pdf"), leaflet)
    assembled.content   # the PDF: two pages, TrimBox 297 × 210 mm, BleedBox and MediaBox 303 × 216 mm
    assembled.folds     # ((97, 197), (100, 200)): mm from the left of the trim, for each side

Every page of the input is one panel with bleed all round; its TrimBox is the panel. At the sheet's outer edges the bleed is kept, at the
folds it is cut off, since the neighbour's page begins there.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from report import files
from report.press.impose import interactive
from report.press.impose.schemes import Edges, Placement, Sheet, Side
from report.press.impose.sheet import Drawing, draw
from report.press.impose.source_page import SourcePage, sources
from report.press.pdf.geometry import MM
from report.press.pdf.opening import OpenPdf, open_strictly
from report.values import Location, Problem, ReportError

_EXACT = 0.1
"""mm by which a panel may differ from what it should be."""
_MOST = 100
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


@dataclass(frozen=True, slots=True)
class Panels:
    """One side of the sheet: pages of the input, counted from 1, from left to right, and how wide each must be in mm."""

    pages: tuple[int, ...]
    widths: tuple[float, ...]

    @property
    def folds(self) -> tuple[float, ...]:
        """Return where the side is folded, in mm from the left of the trim."""
        return tuple(round(sum(self.widths[:i]), 4) for i in range(1, len(self.widths)))


@dataclass(frozen=True, slots=True)
class Assembly:
    """A folded sheet: its sides, each as wide as the other, its height and the bleed at its outer edges in mm."""

    sides: tuple[Panels, ...]
    height: float
    bleed: float = 3.0

    @property
    def width(self) -> float:
        """Return the width of the trimmed sheet in mm."""
        return round(sum(self.sides[0].widths), 4)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The finished PDF, one page for each side; its folds by side, in mm from the trim's left; and what was dropped, with counts."""

    content: bytes
    folds: tuple[tuple[float, ...], ...]
    dropped: dict[str, int]
    problems: tuple[Problem, ...]


def assemble(path: Path, assembly: Assembly) -> Assembled:
    """Put the panels of a PDF side by side; annotations, tags and outlines are dropped, and `problems` notes it.

    Output intents, layers, fonts, colours and transparency stay as they are. Equal input gives equal bytes. Raise `ReportError` where the
    file cannot be read, a page is missing or not of its panel's size, or has less bleed at an outer edge than the sheet must have.
    """
    with open_strictly(path, _MOST) as file:
        pages = sources(file)
        sheets = [Sheet(_side(file, pages, side, assembly)) for side in assembly.sides]
        counts = interactive.dropped(file)
        bleed = assembly.bleed * MM
        paper = (assembly.width * MM + 2 * bleed, assembly.height * MM + 2 * bleed)
        content = draw(file, pages, sheets, Drawing(paper, inset=bleed, bleed=bleed))
        problems = (*file.warnings(), *interactive.note(file, counts))
    return Assembled(content, tuple(side.folds for side in assembly.sides), counts, problems)


def _side(file: OpenPdf, pages: Sequence[SourcePage], panels: Panels, assembly: Assembly) -> Side:
    if len(panels.pages) != len(panels.widths) or abs(sum(panels.widths) - assembly.width) > _EXACT:
        raise ValueError("every panel has a page and a width, and all sides are as wide as the first")
    bleed, last, placed = assembly.bleed, len(panels.pages) - 1, []
    for index, (number, width, left) in enumerate(zip(panels.pages, panels.widths, (0.0, *panels.folds), strict=True)):
        if not 1 <= number <= len(pages):
            message = f"has {len(pages)} pages; a panel needs page {number}"
            raise ReportError.of("assemble.pages", message, Location(file.path))
        outer = Edges(0.0 if index else bleed, bleed, 0.0 if index < last else bleed, bleed)
        _checked(file, pages[number - 1], (width, assembly.height), outer)
        room = Edges(outer.left * MM, outer.bottom * MM, outer.right * MM, outer.top * MM)
        x = (bleed + left) * MM
        placed.append(Placement(number, x, bleed * MM, width * MM, assembly.height * MM, room=room))
    return Side(tuple(placed))


def _checked(file: OpenPdf, page: SourcePage, size: tuple[float, float], outer: Edges) -> None:
    """Raise `ReportError` where a page is not as large as its panel, or has too little bleed at the sheet's outer edges."""
    width, height = (side / MM for side in page.size)
    if abs(width - size[0]) > _EXACT or abs(height - size[1]) > _EXACT:
        message = f"page {page.number} is {width:.1f} × {height:.1f} mm, its panel {size[0]:g} × {size[1]:g} mm"
        raise ReportError.of("assemble.size", message, Location(file.path))
    has = page.reach()
    for edge, there, needed in zip(("left", "bottom", "right", "top"), has, (outer.left, outer.bottom, outer.right, outer.top), strict=True):  # fmt: skip
        if there / MM < needed - _EXACT:
            message = (
                f"page {page.number} has {there / MM:.1f} mm of bleed at its {edge} edge; the sheet needs {needed:g} mm"
            )
            raise ReportError.of("assemble.bleed", message, Location(file.path))


def add_blank_pages(path: Path, multiple: int) -> int:
    """Put blank pages before the last page of a PDF, its back cover, in place, until their number is a multiple; return it.

    Raise `ReportError` where the file cannot be read. A blank page has the boxes of the page that it stands before.
    """
    target = io.BytesIO()
    with open_strictly(path) as file:
        pdf = file.pdf
        last: pikepdf.Dictionary = pdf.pages[-1].obj
        boxes = {name: pikepdf.Array(last[name]) for name in _BOXES if name in last}
        for _ in range(-file.pages % multiple):
            blank = pikepdf.Dictionary({"/Type": pikepdf.Name.Page, "/Resources": pikepdf.Dictionary(), **boxes})
            pdf.pages.insert(len(pdf.pages) - 1, pikepdf.Page(pdf.make_indirect(blank)))
        count = len(pdf.pages)
        pdf.save(target, deterministic_id=True)
    files.replace(path, target.getvalue())
    return count

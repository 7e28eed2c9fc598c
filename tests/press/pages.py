"""PDFs made for tests: pages with their number in large type, and whatever a printer's input may have besides.

`made` returns bytes; its `page` callback may alter every page, `file` the whole. `read` finds the numbers on a page again, with the place
of their baseline's start and the way that up is: what stands where on a sheet is measured, not believed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

MM = 72 / 25.4
A5 = (148 * MM, 210 * MM)
A4 = (210 * MM, 297 * MM)
A6 = (105 * MM, 148 * MM)
TYPE = 40.0
INDENT = 20 * MM
"""From the trim's left and bottom to the number, in points."""

Alter = Callable[[Pdf, pikepdf.Page, int], None]


def made(
    pages: int,
    size: tuple[float, float] = A5,
    *,
    bleed: float = 0.0,
    page: Alter | None = None,
    file: Callable[[Pdf], None] | None = None,
    **save: object,
) -> bytes:
    """Return a PDF of numbered pages, 'p1', 'p2' and so on in Helvetica, on a ground of grey that fills the page and its bleed.

    `size` is of the trim, in points; `bleed`, in points on all edges, sets TrimBox and BleedBox.
    """
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, pages + 1):
        width, height = size[0] + 2 * bleed, size[1] + 2 * bleed
        pdf.add_blank_page(page_size=(width, height))
        one = pdf.pages[-1]
        if bleed:
            one.TrimBox = Array([bleed, bleed, bleed + size[0], bleed + size[1]])
            one.BleedBox = Array([0, 0, width, height])
        at = bleed + INDENT
        content = f"q 0.9 g 0 0 {width:.3f} {height:.3f} re f Q\nBT /F {TYPE} Tf {at:.4f} {at:.4f} Td (p{number}) Tj ET"
        one.Contents = pdf.make_stream(content.encode())
        one.Resources = Dictionary(Font=Dictionary(F=font))
        if page:
            page(pdf, one, number)
    if file:
        file(pdf)
    target = io.BytesIO()
    pdf.save(target, static_id=True, **save)
    return target.getvalue()


def long(pages: int) -> bytes:
    """Return a PDF of so many small empty pages, quickly: its page tree has a level of hundreds, as real ones have."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []

    def add(said: str) -> None:
        offsets.append(len(out))
        out.extend(f"{len(offsets)} 0 obj\n{said}\nendobj\n".encode())

    groups = [min(100, pages - first) for first in range(0, pages, 100)]
    first_leaf = 3 + len(groups)
    add("<</Type/Catalog/Pages 2 0 R>>")
    kids = " ".join(f"{3 + i} 0 R" for i in range(len(groups)))
    add(f"<</Type/Pages/Count {pages}/MediaBox[0 0 100 100]/Kids[{kids}]>>")
    for i, count in enumerate(groups):
        leaves = " ".join(f"{first_leaf + 100 * i + j} 0 R" for j in range(count))
        add(f"<</Type/Pages/Parent 2 0 R/Count {count}/Kids[{leaves}]>>")
    for number in range(pages):
        add(f"<</Type/Page/Parent {3 + number // 100} 0 R>>")
    start = len(out)
    out.extend(f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode())
    out.extend("".join(f"{offset:010} 00000 n \n" for offset in offsets).encode())
    out.extend(f"trailer <</Root 1 0 R/Size {len(offsets) + 1}>>\nstartxref\n{start}\n%%EOF\n".encode())
    return bytes(out)


@dataclass(frozen=True, slots=True)
class Seen:
    """A number as it stands on a page: where its baseline begins, in points, the way that up is, and its size against `TYPE`."""

    page: int
    x: float
    y: float
    up: tuple[int, int]
    scale: float


def read(content: bytes | Path) -> list[list[Seen]]:
    """Return the numbers on every page of a PDF, as pdfminer finds them after all matrices."""
    import pdfplumber

    found = []
    with pdfplumber.open(io.BytesIO(content) if isinstance(content, bytes) else content) as pdf:
        for page in pdf.pages:
            numbers: list[tuple[str, tuple[float, ...]]] = []
            for char in page.chars:
                if char["text"] == "p":
                    numbers.append(("", char["matrix"]))
                elif char["text"].isdecimal():
                    numbers[-1] = (numbers[-1][0] + char["text"], numbers[-1][1])
            found.append([_seen(said, matrix) for said, matrix in numbers])
    return found


def _seen(said: str, matrix: tuple[float, ...]) -> Seen:
    _, _, c, d, x, y = matrix
    size = (c * c + d * d) ** 0.5
    return Seen(int(said), x, y, (round(c / size), round(d / size)), size)

"""Blank pages of a booklet, whose pages come in fours: they stand before the last one, which stays the back cover."""

from __future__ import annotations

from pathlib import Path

from report import files
from report.press.pdf.opening import opened

_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


def filled(path: Path, multiple: int) -> int:
    """Put blank pages before the last page of a PDF, in place, until their number is a multiple; return it.

    Raise `ReportError` where the file cannot be read. A blank page has the boxes of the page that it stands before.
    """
    import io

    import pikepdf

    target = io.BytesIO()
    with opened(path) as file:
        pdf = file.pdf
        last = pdf.pages[-1]
        boxes = {name: pikepdf.Array(last.obj[name]) for name in _BOXES if name in last.obj}
        for _ in range(-file.pages % multiple):
            blank = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary(), **_named(boxes))
            pdf.pages.insert(len(pdf.pages) - 1, pikepdf.Page(pdf.make_indirect(blank)))
        count = len(pdf.pages)
        pdf.save(target, deterministic_id=True)
    files.replace(path, target.getvalue())
    return count


def _named(boxes: dict) -> dict:
    return {name[1:]: box for name, box in boxes.items()}

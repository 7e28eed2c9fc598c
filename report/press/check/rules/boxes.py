"""Rules of a page's boxes and what stands on it besides its content."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from report.press.check.content.items import Picture, Shading
from report.press.check.rules.page import Breach, CheckedPage, colours
from report.press.pdf.geometry import MM
from report.press.pdf.objects import entries, numbers, word

_SLACK = 0.2
"""Points by which boxes may differ."""
_ANNOTATIONS = 5_000
"""The most annotations of a page that are examined."""
_APART = {"Popup", "PrinterMark", "TrapNet"}
_MEDIA = {"Movie", "Screen", "Sound", "3D", "RichMedia"}
_WORDS = {"Link": "a link", "Widget": "a form field", "Text": "a comment", "Highlight": "a comment"}


def boxes(page: CheckedPage) -> Iterator[Breach]:
    """Compare a page's boxes with one another, the order and the shop's bleed (ISO 15930-7, 6.11)."""
    sheet = page.boxes
    if sheet.rotation:
        yield Breach("print.rotation", f"the page is turned by {sheet.rotation}°")
    if sheet.unit != 1:
        yield Breach("print.user-unit", f"the page's unit is {sheet.unit:g} points")
    wanted = page.expected.trim
    if wanted and any(abs(a / MM - b) > 0.5 for a, b in zip((sheet.trim.width, sheet.trim.height), wanted, strict=True)):  # fmt: skip
        size = f"{sheet.trim.width / MM:.1f} × {sheet.trim.height / MM:.1f} mm"
        yield Breach("print.trim-size", f"the page is {size}; ordered is {wanted[0]:g} × {wanted[1]:g} mm", sheet.trim)
    if not sheet.trimmed:
        yield Breach("print.trim-missing", "the page has no trim box")
        return
    if not sheet.trim.within(sheet.bleed, _SLACK) or not sheet.bleed.within(sheet.media, _SLACK):
        which = "trim box goes beyond its bleed box" if not sheet.trim.within(sheet.bleed, _SLACK) else "bleed box goes beyond its media box"  # fmt: skip
        yield Breach("print.trim-outside", f"the page's {which}", sheet.trim)
        return
    narrow = sheet.narrowest_bleed
    if narrow < page.bleed - _SLACK:
        yield Breach("print.bleed-box", f"the page has {narrow / MM:.1f} mm of bleed; the shop asks for {page.printer.bleed:f} mm", sheet.trim)  # fmt: skip


def blank(page: CheckedPage) -> Iterator[Breach]:
    """Note a page that prints nothing."""
    for item in page.items:
        if isinstance(item, Picture | Shading) or any(not one.light or one.kind == "pattern" for one in colours(item)):
            return
    if not page.scene.problems:
        yield Breach("print.blank", "nothing is printed on the page")


def annotation_objects(page: CheckedPage) -> Iterator[Breach]:
    """Find annotations within the bleed (ISO 15930-7, 6.17; ISO 15930-4, 6.14)."""
    annotations = page.source.get("/Annots")
    for one in entries(annotations, _ANNOTATIONS):
        if not isinstance(one, pikepdf.Dictionary):
            continue
        kind = word(one.get("/Subtype")) or "Unknown"
        corners = numbers(one.get("/Rect"), 5)
        if len(corners) != 4:
            continue
        box = page.boxes.moved(corners)
        if kind in _APART or not box.grown(0.1).meets(page.area):
            continue
        if kind in _MEDIA:
            yield Breach("print.media", f"a {kind.lower()} annotation", box)
        else:
            yield Breach("print.annotation", f"{_WORDS.get(kind, 'an annotation')} ({kind})", box)


def unreadable(page: CheckedPage) -> Iterator[Breach]:
    """Say what of a page's content could not be read, and what was not read on."""
    for problem in page.scene.problems:
        yield Breach("print.page-unreadable", f"not all of the page can be read: {problem}")
    if page.scene.unread:
        yield Breach("print.unread", "the page has more on it than is read; what comes after is not checked")
    if page.coverage.unread:
        yield Breach(
            "print.unread", "the page has more on it than is painted; the ink of what comes after is not in the sum"
        )

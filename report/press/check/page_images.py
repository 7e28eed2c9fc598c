"""A picture of every page: how it looks, its trim, bleed, safe area and folds, and each finding outlined and numbered."""

from __future__ import annotations

import io
import math
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from report import files
from report.press.check.check import Preflight
from report.press.check.content.shown_boxes import ShownBoxes, shown_boxes
from report.press.check.rules.expected import Expected
from report.press.pdf import streams
from report.press.pdf.geometry import MM, Box
from report.press.pdf.objects import OddObjectError, dictionary, entries
from report.press.pdf.opening import open_tolerantly
from report.profiles.printer import Printer
from report.values import Problem, Severity, required
from report.workspace import bundled_templates

PPI = 110
_MOST = 12_000_000
"""The most pixels of a picture; that of a larger page is coarser."""
_PIXELS = 50_000_000
"""The most pixels of all pictures together: forty pages of A4."""
_ROUNDED = 2
"""Pixels that PDFium rounds a page's size by."""
_PACKED = 1
"""How hard pictures are packed: twice as fast as the usual, and a tenth larger."""
_NOTES, _NOTE = 100, 1_000_000
"""Annotations of a page that are drawn, and bytes of one."""
_MARKED = 100
"""The most problems of a page that are outlined and listed."""
_COLOURS = {Severity.ERROR: (200, 16, 46), Severity.WARNING: (214, 106, 0), Severity.NOTE: (0, 98, 155)}
_TRIM, _BLEED, _SAFE, _FOLD = (0, 120, 70), (0, 160, 190), (150, 150, 150), (150, 60, 170)
_PAD, _TEXT = 18, 15


def draw(path: Path, preflight: Preflight, shop: Printer, expected: Expected, folder: Path) -> list[Path]:
    """Write a PNG of the pages that were checked into a folder, and return their paths; what concerns the file is on the first.

    Of a long file not all pages are drawn: those with findings come first. A page that is too much for PDFium stays white.
    """
    paths = []
    document = None
    by_page: dict[int, list[Problem]] = {number: [] for number in range(1, preflight.facts.checked + 1)}
    for problem in preflight.problems:
        by_page.get(required(problem.location).page or 1, []).append(problem)
    try:
        with open_tolerantly(path) as pdf:
            document = _document(path) if preflight.facts.drawable else None
            pages = [page.obj for page in islice(pdf.pages, preflight.facts.checked)]
            for number in _chosen(pages, by_page):
                shown = document if number in preflight.facts.drawable else None
                noted = _notes_are_simple(pages[number - 1])
                image = _page(shown, noted, shown_boxes(pages[number - 1], number), by_page[number], shop, expected)
                target = folder / f"{path.stem}-{number:03}.png"
                stream = io.BytesIO()
                image.save(stream, "PNG", compress_level=_PACKED)
                files.replace(target, stream.getvalue())
                paths.append(target)
    finally:
        if document is not None:
            document.close()
    return paths


def _document(path: Path) -> Any:
    """Return a file as PDFium opens it, or nothing where it cannot."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None


def _chosen(pages: list[Any], by_page: dict[int, list[Problem]]) -> list[int]:
    """Return the pages that are drawn, within a total of pixels."""
    left: float = _PIXELS
    chosen: list[int] = []
    for number in sorted(by_page, key=lambda number: (not by_page[number], number)):
        try:
            crop = shown_boxes(pages[number - 1], number).crop
        except OddObjectError:
            continue
        left -= crop.width * crop.height * _scale(crop) ** 2
        if left >= 0 or not chosen:
            chosen.append(number)
    return sorted(chosen)


def _scale(crop: Box) -> float:
    """Return the pixels of a point."""
    return min(PPI / 72, math.sqrt(_MOST / max(crop.width * crop.height, 1)))


def _notes_are_simple(page: Any) -> bool:
    """Say whether PDFium may draw a page's annotations: few, and drawn without forms and patterns, which could go on for ever."""
    notes = page.get("/Annots")
    if isinstance(notes, pikepdf.Array) and len(notes) > _NOTES:
        return False
    for note in entries(notes, _NOTES):
        look = dictionary(dictionary(dictionary(note).get("/AP")).get("/N"))
        for one in [look] if isinstance(look, pikepdf.Stream) else list(look.as_dict().values())[:_NOTES]:
            if isinstance(one, pikepdf.Stream):
                used = dictionary(one.get("/Resources"))
                if any(used.get(kind) is not None for kind in ("/XObject", "/Pattern", "/Shading", "/ExtGState")):
                    return False
                try:
                    streams.size(one, _NOTE)
                except (streams.TooMuchError, streams.UnreadableError):
                    return False
    return True


def _page(document: Any, noted: bool, boxes: ShownBoxes, problems: list[Problem], shop: Printer, expected: Expected) -> Image.Image:  # fmt: skip
    crop = Box(0.0, 0.0, boxes.crop.width, boxes.crop.height)
    scale = _scale(crop)
    paper = _rendered(document, noted, boxes, scale)
    sheet_ = Image.new("RGB", (paper.width + 2 * _PAD, paper.height + 2 * _PAD), (236, 236, 236))
    sheet_.paste(paper, (_PAD, _PAD))
    pen = ImageDraw.Draw(sheet_, "RGBA")

    def pixels(box: Box) -> tuple[float, float, float, float]:
        return (_PAD + box.left * scale, _PAD + (crop.top - box.top) * scale, _PAD + box.right * scale, _PAD + (crop.top - box.bottom) * scale)  # fmt: skip

    labels: list[Box] = []
    _guides(pen, boxes, shop, expected, pixels)
    face = ImageFont.truetype(bundled_templates() / "fonts/ibm-plex/IBMPlexSans-Bold.ttf", _TEXT)
    for number, one in enumerate(problems[:_MARKED], 1):
        area = required(one.location).area
        if area is not None:
            left, top, right, bottom = (side * MM for side in area)
            box = Box(boxes.trim.left + left, boxes.trim.top - bottom, boxes.trim.left + right, boxes.trim.top - top)
            _outlined(pen, pixels(box), number, _COLOURS[one.severity], face, labels)
    return _legend(sheet_, problems)


def _rendered(document: Any, noted: bool, boxes: ShownBoxes, scale: float) -> Image.Image:
    """Return a page as PDFium shows it, or white where it cannot or may not."""
    import pypdfium2

    size = (max(1, round(boxes.crop.width * scale)), max(1, round(boxes.crop.height * scale)))
    try:
        if document is None:
            return Image.new("RGB", size, "white")
        shown: Image.Image = (
            document[boxes.number - 1].render(scale=scale * boxes.unit, draw_annots=noted).to_pil().convert("RGB")
        )
        if max(abs(a - b) for a, b in zip(shown.size, size, strict=True)) > _ROUNDED:
            return shown.resize(size)
        paper = Image.new("RGB", size, "white")
        paper.paste(shown)
        return paper
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return Image.new("RGB", size, "white")


def _guides(pen: ImageDraw.ImageDraw, boxes: ShownBoxes, shop: Printer, expected: Expected, pixels: Any) -> None:
    """Draw trim, bleed, safe area and folds, faintly."""
    trim = boxes.trim
    pen.rectangle(pixels(trim.grown(float(shop.bleed) * MM)), outline=(*_BLEED, 130))
    pen.rectangle(pixels(trim), outline=(*_TRIM, 170))
    safe = trim.grown(-float(shop.safe) * MM)
    if safe.width > 0 and safe.height > 0:
        pen.rectangle(pixels(safe), outline=(*_SAFE, 110))
    for fold in expected.folds_of(boxes.number, trim.width / MM):
        x = trim.left + fold * MM
        left, top, _, bottom = pixels(Box(x, trim.bottom, x, trim.top))
        for start in range(round(top), round(bottom), 12):
            pen.line((left, start, left, min(start + 6, bottom)), fill=(*_FOLD, 190))


def _outlined(pen: ImageDraw.ImageDraw, box: tuple[float, ...], number: int, colour: tuple[int, ...], face: Any, labels: list[Box]) -> None:  # fmt: skip
    """Outline a place, with its number above it, beside those that are there already."""
    size = pen.im.size
    left, top, right, bottom = box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2
    left, top = min(max(left, 1), size[0] - 6), min(max(top, 1), size[1] - 6)
    right, bottom = max(min(right, size[0] - 2), left + 4), max(min(bottom, size[1] - 2), top + 4)
    pen.rectangle((left, top, right, bottom), outline=(*colour, 255), fill=(*colour, 26), width=2)
    width = pen.textlength(str(number), face) + 8
    x, y = min(left, size[0] - width - 1), top - 19 if top > 20 else top
    label = Box(x, y, x + width, y + 19)
    while (
        (other := next((one for one in labels if one.meets(label)), None))
        and label.left > 1
        and label.right < size[0] - 1
    ):
        left = other.right + 1 if x + 4 * width < size[0] else other.left - width - 1
        label = Box(left, y, left + width, y + 19)
    labels.append(label)
    x = label.left
    pen.rectangle((x, y, x + width, y + 19), fill=(*colour, 255))
    pen.text((x + 4, y), str(number), fill="white", font=face)


def _legend(page: Image.Image, problems: list[Problem]) -> Image.Image:
    """Put the findings below the page, each with its number, in lines that fit."""
    face = ImageFont.truetype(bundled_templates() / "fonts/ibm-plex/IBMPlexSans-Regular.ttf", _TEXT)
    measure = ImageDraw.Draw(page)
    lines: list[tuple[str, tuple[int, ...], bool]] = []
    for number, one in enumerate(problems[:_MARKED], 1):
        text = f"{one.severity.value}: {one.message} [{one.code}]"
        for index, part in enumerate(_wrapped(text, measure, face, page.width - 2 * _PAD - 40)):
            lines.append((part if index else f"{number}\t{part}", _COLOURS[one.severity], index == 0))
    if len(problems) > _MARKED:
        lines.append((f"… and {len(problems) - _MARKED} more", (60, 60, 60), False))
    if not lines:
        lines = [("Nothing was problems on this page.", (60, 60, 60), False)]
    step = _TEXT + 7
    whole = Image.new("RGB", (page.width, page.height + _PAD + step * len(lines)), "white")
    whole.paste(page, (0, 0))
    pen = ImageDraw.Draw(whole)
    for row, (text, colour, first) in enumerate(lines):
        y = page.height + _PAD // 2 + row * step
        label, _, rest = text.partition("\t")
        if first:
            pen.text((_PAD + 30 - pen.textlength(label, face), y), label, fill=colour, font=face)
        pen.text((_PAD + 40 if first or rest or len(problems) else _PAD, y), rest if first else text, fill=(30, 30, 30), font=face)  # fmt: skip
    return whole


def _wrapped(text: str, pen: ImageDraw.ImageDraw, face: Any, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, face) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines

"""A picture of every page: how it looks, its trim, bleed, safe area and folds, and each finding outlined and numbered."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from report.formats import files
from report.press.check.geometry import MM, Box
from report.press.check.sheet import Sheet, sheet
from report.press.check.values import Expected, Finding, Report
from report.press.open import examined
from report.profiles.printer import Printer
from report.values import Severity
from report.workspace import bundled_templates

PPI = 110
_MOST = 12_000_000
"""So many pixels a picture has; of a larger page it is coarser."""
_COLOURS = {Severity.ERROR: (200, 16, 46), Severity.WARNING: (214, 106, 0), Severity.NOTE: (0, 98, 155)}
_TRIM, _BLEED, _SAFE, _FOLD = (0, 120, 70), (0, 160, 190), (150, 150, 150), (150, 60, 170)
_PAD, _TEXT = 18, 15


def draw(path: Path, report: Report, shop: Printer, expected: Expected, folder: Path) -> list[Path]:
    """Write a PNG of every page that was checked into a folder, and return their paths; what concerns the file is on the first."""
    import pypdfium2

    made = []
    document = None
    try:
        with examined(path) as pdf:
            try:
                document = pypdfium2.PdfDocument(path)
            except pypdfium2.PdfiumError:
                document = None
            for number in range(1, report.facts.checked + 1):
                of_page = [one for one in report.findings if one.page == number or (number == 1 and one.page is None)]
                try:
                    known = sheet(pdf.pages[number - 1].obj, number)
                except ValueError:
                    continue
                image = _page(document, known, of_page, shop, expected)
                target = folder / f"{path.stem}-{number:03}.png"
                stream = io.BytesIO()
                image.save(stream, "PNG")
                files.replace(target, stream.getvalue())
                made.append(target)
    finally:
        if document is not None:
            document.close()
    return made


def _page(document: Any, known: Sheet, found: list[Finding], shop: Printer, expected: Expected) -> Image.Image:
    crop = Box(0.0, 0.0, known.crop.width, known.crop.height)
    scale = min(PPI / 72, (_MOST / max(crop.width * crop.height, 1)) ** 0.5)
    paper = _rendered(document, known, scale)
    sheet_ = Image.new("RGB", (paper.width + 2 * _PAD, paper.height + 2 * _PAD), (236, 236, 236))
    sheet_.paste(paper, (_PAD, _PAD))
    pen = ImageDraw.Draw(sheet_, "RGBA")

    def pixels(box: Box) -> tuple[float, float, float, float]:
        return (_PAD + box.left * scale, _PAD + (crop.top - box.top) * scale, _PAD + box.right * scale, _PAD + (crop.top - box.bottom) * scale)  # fmt: skip

    taken: list[Box] = []
    _guides(pen, known, shop, expected, pixels)
    face = ImageFont.truetype(bundled_templates() / "fonts/ibm-plex/IBMPlexSans-Bold.ttf", _TEXT)
    for number, one in enumerate(found, 1):
        if one.box_mm is not None:
            left, top, right, bottom = (side * MM for side in one.box_mm)
            box = Box(known.trim.left + left, known.trim.top - bottom, known.trim.left + right, known.trim.top - top)
            _outlined(pen, pixels(box), number, _COLOURS[one.severity], face, taken)
    return _legend(sheet_, found)


def _rendered(document: Any, known: Sheet, scale: float) -> Image.Image:
    """Return a page as PDFium shows it, or white where it cannot."""
    import pypdfium2

    size = (max(1, round(known.crop.width * scale)), max(1, round(known.crop.height * scale)))
    try:
        if document is None:
            return Image.new("RGB", size, "white")
        shown = document[known.number - 1].render(scale=scale * known.unit).to_pil().convert("RGB")
        return shown if shown.size == size else shown.resize(size)
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return Image.new("RGB", size, "white")


def _guides(pen: ImageDraw.ImageDraw, known: Sheet, shop: Printer, expected: Expected, pixels: Any) -> None:
    """Draw trim, bleed, safe area and folds, faintly."""
    trim = known.trim
    pen.rectangle(pixels(trim.grown(float(shop.bleed) * MM)), outline=(*_BLEED, 130))
    pen.rectangle(pixels(trim), outline=(*_TRIM, 170))
    safe = trim.grown(-float(shop.safe) * MM)
    if safe.width > 0 and safe.height > 0:
        pen.rectangle(pixels(safe), outline=(*_SAFE, 110))
    for fold in expected.folds_of(known.number, trim.width / MM):
        x = trim.left + fold * MM
        left, top, _, bottom = pixels(Box(x, trim.bottom, x, trim.top))
        for start in range(round(top), round(bottom), 12):
            pen.line((left, start, left, min(start + 6, bottom)), fill=(*_FOLD, 190))


def _outlined(pen: ImageDraw.ImageDraw, box: tuple[float, ...], number: int, colour: tuple[int, ...], face: Any, taken: list[Box]) -> None:  # fmt: skip
    """Outline a place, with its number above it, beside those that are there already."""
    size = pen.im.size  # type: ignore[attr-defined]
    left, top, right, bottom = box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2
    left, top = min(max(left, 1), size[0] - 6), min(max(top, 1), size[1] - 6)
    right, bottom = max(min(right, size[0] - 2), left + 4), max(min(bottom, size[1] - 2), top + 4)
    pen.rectangle((left, top, right, bottom), outline=(*colour, 255), fill=(*colour, 26), width=2)
    width = pen.textlength(str(number), face) + 8
    x, y = min(left, size[0] - width - 1), top - 19 if top > 20 else top
    label = Box(x, y, x + width, y + 19)
    step = 1 if x + 4 * width < size[0] else -1
    while any(label.meets(other) for other in taken) and label.left > 1 and label.right < size[0] - 1:
        label = Box(label.left + step, y, label.right + step, y + 19)
    taken.append(label)
    x = label.left
    pen.rectangle((x, y, x + width, y + 19), fill=(*colour, 255))
    pen.text((x + 4, y), str(number), fill="white", font=face)


def _legend(page: Image.Image, found: list[Finding]) -> Image.Image:
    """Put the findings below the page, each with its number, in lines that fit."""
    face = ImageFont.truetype(bundled_templates() / "fonts/ibm-plex/IBMPlexSans-Regular.ttf", _TEXT)
    measure = ImageDraw.Draw(page)
    lines: list[tuple[str, tuple[int, ...], bool]] = []
    for number, one in enumerate(found, 1):
        said = f"{one.severity.value}: {one.message} [{one.code}]"
        for index, part in enumerate(_wrapped(said, measure, face, page.width - 2 * _PAD - 40)):
            lines.append((part if index else f"{number}\t{part}", _COLOURS[one.severity], index == 0))
    if not lines:
        lines = [("Nothing was found on this page.", (60, 60, 60), False)]
    step = _TEXT + 7
    whole = Image.new("RGB", (page.width, page.height + _PAD + step * len(lines)), "white")
    whole.paste(page, (0, 0))
    pen = ImageDraw.Draw(whole)
    for row, (said, colour, first) in enumerate(lines):
        y = page.height + _PAD // 2 + row * step
        number, _, rest = said.partition("\t")
        if first:
            pen.text((_PAD + 30 - pen.textlength(number, face), y), number, fill=colour, font=face)
        pen.text((_PAD + 40 if first or rest or len(found) else _PAD, y), rest if first else said, fill=(30, 30, 30), font=face)  # fmt: skip
    return whole


def _wrapped(said: str, pen: ImageDraw.ImageDraw, face: Any, width: float) -> list[str]:
    lines = [""]
    for word in said.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, face) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines

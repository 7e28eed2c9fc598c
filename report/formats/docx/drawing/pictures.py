"""Images and charts, in line with the text (ECMA-376 20.4.2.8)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element as HtmlElement

from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.parts.image import ImagePart

from report.formats import charts
from report.formats.charts.style import HIGHEST
from report.formats.docx.drawing import chart
from report.formats.docx.drawing.chart_size import size_in_pixels
from report.formats.docx.drawing.elements import NO_DISTANCE, describe, preset_shape
from report.formats.docx.writing.writer import Writer
from report.formats.ooxml import NAMESPACES, Element, clean, sub
from report.values import Chart, Drawing, ReportError
from report.values.length import EMU_PER_UNIT, Length, emu, pixels, twips

_HEADING = twips(1600)
"""What a picture leaves of a page's height: a heading stays on its page (28 mm), and what is higher is cut off."""


class Size(NamedTuple):
    width: Length
    height: Length


def inline(writer: Writer, run: Element, image: HtmlElement, room: Length) -> None:
    """Append an image to a run, at its own width or the one HTML gives, at most `room` wide and as high as a page."""
    alt, source = image.get("alt"), image.get("src", "")
    decorative = image.get("role") == "presentation"
    if not decorative and not (alt and alt.strip()):
        raise ReportError.of("docx.element", f"the image `{source}` has no alternative text")
    if drawing := writer.document.drawings.get(source):
        _drawing(writer, run, drawing, clean(alt or ""), room)
        return
    part = _part(writer, source)
    size = _size(image, part, room, writer.page.text_height - _HEADING)
    box = writer.rules[image].box
    if box and box.fill:
        part = _part(writer, source, (f"#{box.fill}", box.padding / size.width))
        size = Size(size.width + box.padding + box.padding, size.height + box.padding + box.padding)
    _picture(writer, run, part, size, None if decorative else clean(alt or ""))


def _drawing(writer: Writer, run: Element, drawing: Drawing, alt: str, room: Length) -> None:
    """Append a drawing: a chart of Word's own, or, where Word has none of the kind, a picture of it."""
    look = writer.document.look
    height, width = size_in_pixels(drawing, look) if isinstance(drawing, Chart) else charts.size(drawing, look)
    shown = min(room, pixels(width), pixels(width * HIGHEST / height))
    size = Size(shown, emu(height * shown / width))
    if not isinstance(drawing, Chart):
        part = writer.package.package.get_or_add_image_part(io.BytesIO(charts.png(drawing, look)))
        _picture(writer, run, part, size, alt)
        return
    inline, _ = _inline(run, writer, size, "Chart", alt)
    sub(inline, "wp:cNvGraphicFramePr")
    data = sub(sub(inline, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["c"]})
    sub(data, "c:chart", {"r:id": chart.relate(writer, drawing)})


def _inline(run: Element, writer: Writer, size: Size, kind: str, alt: str | None) -> tuple[Element, int]:
    """Append the frame of a drawing; return it and the drawing's number."""
    number = writer.count("drawing")
    inline = sub(sub(run, "w:drawing"), "wp:inline", NO_DISTANCE)
    sub(inline, "wp:extent", {"cx": size.width.emu, "cy": size.height.emu})
    describe(inline, number, kind, alt)
    return inline, number


def _picture(writer: Writer, run: Element, part: ImagePart, size: Size, alt: str | None) -> None:
    relation = writer.part.relate_to(part, RT.IMAGE)
    inline, number = _inline(run, writer, size, "Picture", alt)
    frame = sub(inline, "wp:cNvGraphicFramePr")
    sub(frame, "a:graphicFrameLocks", {"noChangeAspect": 1})
    data = sub(sub(inline, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["pic"]})
    picture = sub(data, "pic:pic")
    names = sub(picture, "pic:nvPicPr")
    sub(names, "pic:cNvPr", {"id": number, "name": f"Picture {number}"})
    sub(names, "pic:cNvPicPr")
    fill = sub(picture, "pic:blipFill")
    sub(fill, "a:blip", {"r:embed": relation})
    sub(sub(fill, "a:stretch"), "a:fillRect")
    preset_shape(sub(picture, "pic:spPr"), "rect", size.width, size.height)


def _part(writer: Writer, source: str, ground: tuple[str, float] | None = None) -> ImagePart:
    path = writer.document.assets.get(source)
    if path is None:
        raise ReportError.of("docx.image", f"the document has no file for the image `{source}`")
    try:
        return writer.package.image(Path(path), ground)
    except (UnrecognizedImageError, OSError) as error:
        raise ReportError.of("docx.image", f"`{source}` is not a PNG or JPEG image that can be read") from error


def _size(image: HtmlElement, part: ImagePart, room: Length, max_height: Length) -> Size:
    """Return the size of an image. A bare number is in CSS pixels, ``50%`` is of the room."""
    columns, rows = part.image.px_width, part.image.px_height
    text = image.get("width", "").strip()
    try:
        if text.endswith("%"):
            width = room * float(text[:-1]) / 100
        elif text[-2:] in EMU_PER_UNIT:
            width = float(text[:-2]) * EMU_PER_UNIT[text[-2:]]
        else:
            width = float(text or columns) * EMU_PER_UNIT["px"]
    except ValueError as error:
        raise ReportError.of("docx.image", f"the width `{text}` of an image is not a number") from error
    width = min(width, room, max_height * columns / rows)
    return Size(emu(width), max(emu(1), emu(width * rows / columns)))

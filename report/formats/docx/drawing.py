"""Images, in line with the text (ECMA-376 20.4.2.8)."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree.ElementTree import Element as HtmlElement

from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.parts.image import ImagePart

from report.formats import charts
from report.formats.charts.style import HIGHEST
from report.formats.docx import chart
from report.formats.docx.extent import extent
from report.formats.docx.tokens import TWIPS
from report.formats.docx.writer import Writer
from report.formats.ooxml import NAMESPACES, Element, clean, new, sub
from report.values import Chart, Drawing, ReportError

EMU_PER_TWIP = 635
EMU_PER_PIXEL = 9525
_HEADING = 1600
"""Twips that a picture leaves of a page's height: a heading stays on its page (28 mm), and what is higher is cut off."""
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def inline(writer: Writer, run: Element, image: HtmlElement, room: int) -> None:
    """Append an image to a run, at its own width or the one HTML gives, at most `room` twips wide and as high as a page."""
    alt, source = image.get("alt"), image.get("src", "")
    decorative = image.get("role") == "presentation"
    if not decorative and not (alt and alt.strip()):
        raise ReportError.of("docx.element", f"the image `{source}` has no alternative text")
    if drawing := writer.document.drawings.get(source):
        _drawn(writer, run, drawing, alt or "", room * EMU_PER_TWIP)
        return
    part = _part(writer, source)
    width, height = _size(image, part, room * EMU_PER_TWIP, (writer.page_height - _HEADING) * EMU_PER_TWIP)
    box = writer.cascade[image].box
    if box and box.fill:
        edge = box.padding * EMU_PER_TWIP
        part = _part(writer, source, (f"#{box.fill}", edge / width))
        width, height = width + 2 * edge, height + 2 * edge
    _picture(writer, run, part, (width, height), None if decorative else clean(alt or ""))


def _drawn(writer: Writer, run: Element, drawing: Drawing, alt: str, room: int) -> None:
    """Append a drawing: a chart of Word's own, or, where Word has none of the kind, a picture of it."""
    look = writer.document.look
    high, wide = extent(drawing, look) if isinstance(drawing, Chart) else charts.size(drawing, look)
    width = min(room, round(wide * EMU_PER_PIXEL), round(wide * EMU_PER_PIXEL * HIGHEST / high))
    height = round(high * width / wide)
    if not isinstance(drawing, Chart):
        content = charts.png(drawing, look)
        part = writer.package.package.get_or_add_image_part(io.BytesIO(content))
        _picture(writer, run, part, (width, height), clean(alt))
        return
    holder, _ = _holder(run, writer, (width, height), "Chart", clean(alt))
    sub(holder, "wp:cNvGraphicFramePr")
    data = sub(sub(holder, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["c"]})
    sub(data, "c:chart", {"r:id": chart.relate(writer, drawing)})


def _holder(run: Element, writer: Writer, size: tuple[int, int], kind: str, alt: str | None) -> tuple[Element, int]:
    number = writer.count("drawing")
    holder = sub(sub(run, "w:drawing"), "wp:inline", dict.fromkeys(("distT", "distB", "distL", "distR"), 0))
    sub(holder, "wp:extent", {"cx": size[0], "cy": size[1]})
    describe(holder, number, kind, alt)
    return holder, number


def _picture(writer: Writer, run: Element, part: ImagePart, size: tuple[int, int], alt: str | None) -> None:
    relation = writer.part.relate_to(part, RT.IMAGE)
    holder, number = _holder(run, writer, size, "Picture", alt)
    width, height = size
    frame = sub(holder, "wp:cNvGraphicFramePr")
    sub(frame, "a:graphicFrameLocks", {"noChangeAspect": 1})
    data = sub(sub(holder, "a:graphic"), "a:graphicData", {"uri": _PICTURE})
    picture = sub(data, "pic:pic")
    names = sub(picture, "pic:nvPicPr")
    sub(names, "pic:cNvPr", {"id": number, "name": f"Picture {number}"})
    sub(names, "pic:cNvPicPr")
    fill = sub(picture, "pic:blipFill")
    sub(fill, "a:blip", {"r:embed": relation})
    sub(sub(fill, "a:stretch"), "a:fillRect")
    shape = sub(picture, "pic:spPr")
    place = sub(shape, "a:xfrm")
    sub(place, "a:off", {"x": 0, "y": 0})
    sub(place, "a:ext", {"cx": width, "cy": height})
    sub(sub(shape, "a:prstGeom", {"prst": "rect"}), "a:avLst")


def describe(holder: Element, number: int, kind: str, alt: str | None) -> None:
    """Append ``wp:docPr`` with alternative text, or, for None, marked as decoration (MS-ODRAWXML 2.27)."""
    properties = sub(holder, "wp:docPr", {"id": number, "name": f"{kind} {number}", "descr": alt or ""})
    if alt is None:
        extension = sub(sub(properties, "a:extLst"), "a:ext", {"uri": _DECORATIVE})
        decorative = new("adec:decorative", "adec")
        decorative.set("val", "1")
        extension.append(decorative)


def _part(writer: Writer, source: str, ground: tuple[str, float] | None = None) -> ImagePart:
    path = writer.document.assets.get(source)
    if path is None:
        raise ReportError.of("docx.image", f"the document has no file for the image `{source}`")
    try:
        return writer.package.image(Path(path), ground)
    except (UnrecognizedImageError, OSError) as error:
        raise ReportError.of("docx.image", f"`{source}` is not a PNG or JPEG image that can be read") from error


def _size(image: HtmlElement, part: ImagePart, room: int, highest: int) -> tuple[int, int]:
    """Return width and height in EMU. A bare number is in CSS pixels, ``50%`` is of the room."""
    pixels, lines = part.image.px_width, part.image.px_height
    said = image.get("width", "").strip()
    try:
        if said.endswith("%"):
            width = room * float(said[:-1]) / 100
        elif said[-2:] in TWIPS:
            width = float(said[:-2]) * TWIPS[said[-2:]] * EMU_PER_TWIP
        else:
            width = float(said or pixels) * EMU_PER_PIXEL
    except ValueError as error:
        raise ReportError.of("docx.image", f"the width `{said}` of an image is not a number") from error
    width = min(width, room, highest * pixels / lines)
    return round(width), max(1, round(width * lines / pixels))

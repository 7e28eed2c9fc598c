"""The cover's art: flat shapes behind the text, placed on the page (ECMA-376 20.4.2.3, MS-ODRAWXML wps:wsp)."""

from __future__ import annotations

from report.formats.docx.drawing import describe
from report.formats.docx.theme import Page
from report.formats.docx.writer import Writer
from report.formats.ooxml import Element, new, q, sub
from report.values import ReportError, Shape

EMU_PER_MM = 36000
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_PRESETS = {"rect": "rect", "ellipse": "ellipse"}


def draw(writer: Writer, paragraph: Element) -> None:
    """Anchor every shape of the look's cover in `paragraph`, the first one undermost."""
    at = 1 if len(paragraph) and paragraph[0].tag == q("w:pPr") else 0
    for order, shape in enumerate(writer.document.look.cover):
        run = new("w:r", "w", "mc", "wp", "a", "wps")
        paragraph.insert(at + order, run)
        sub(sub(run, "w:rPr"), "w:noProof")
        choice = sub(sub(run, "mc:AlternateContent"), "mc:Choice", {"Requires": "wps"})
        _anchor(sub(choice, "w:drawing"), shape, order, writer.count("drawing"), writer.theme.page)


def _anchor(drawing: Element, shape: Shape, order: int, number: int, page: Page) -> None:
    if shape.kind not in _PRESETS:
        raise ReportError.of("docx.cover", f"a shape of the cover is a `{shape.kind}`; known are rect and ellipse")
    width, height = (_to_edge(shape.x, shape.width, page.width), _to_edge(shape.y, shape.height, page.height))
    size = {"cx": round(width * EMU_PER_MM), "cy": round(height * EMU_PER_MM)}
    anchor = sub(drawing, "wp:anchor", {
        "distT": 0, "distB": 0, "distL": 0, "distR": 0, "simplePos": 0, "relativeHeight": order + 1, "behindDoc": 1,
        "locked": 0, "layoutInCell": 0, "allowOverlap": 1,
    })  # fmt: skip
    sub(anchor, "wp:simplePos", {"x": 0, "y": 0})
    for name, offset in (("H", shape.x), ("V", shape.y)):
        position = sub(anchor, f"wp:position{name}", {"relativeFrom": "page"})
        sub(position, "wp:posOffset").text = str(round(offset * EMU_PER_MM))
    sub(anchor, "wp:extent", size)
    sub(anchor, "wp:effectExtent", {"l": 0, "t": 0, "r": 0, "b": 0})
    sub(anchor, "wp:wrapNone")
    describe(anchor, number, "Shape", None)
    sub(anchor, "wp:cNvGraphicFramePr")
    data = sub(sub(anchor, "a:graphic"), "a:graphicData", {"uri": _SHAPE})
    drawn = sub(data, "wps:wsp")
    sub(drawn, "wps:cNvSpPr")
    properties = sub(drawn, "wps:spPr")
    place = sub(properties, "a:xfrm")
    sub(place, "a:off", {"x": 0, "y": 0})
    sub(place, "a:ext", size)
    sub(sub(properties, "a:prstGeom", {"prst": _PRESETS[shape.kind]}), "a:avLst")
    sub(sub(properties, "a:solidFill"), "a:srgbClr", {"val": shape.fill.lstrip("#").upper()})
    sub(sub(properties, "a:ln"), "a:noFill")
    sub(drawn, "wps:bodyPr")


def _to_edge(start: float, length: float, page: int) -> float:
    """Let a shape that ends at the page's edge end a millimetre beyond it, so that no rounding leaves a white line."""
    edge = page * 25.4 / 1440
    return length + 1 if abs(start + length - edge) < 0.5 else length

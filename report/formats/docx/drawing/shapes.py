"""The cover's art: flat shapes behind the text, placed on the page (ECMA-376 20.4.2.3, MS-ODRAWXML wps:wsp)."""

from __future__ import annotations

from report.formats.docx.drawing.elements import NO_DISTANCE, describe, no_line, preset_shape, solid_fill
from report.formats.docx.formatting.properties import insert_runs
from report.formats.docx.look.styles import Page
from report.formats.docx.writing.writer import Writer
from report.formats.ooxml import NAMESPACES, Element, new, sub
from report.values import ReportError, Shape
from report.values.length import Length, millimetres

_PRESETS = frozenset({"rect", "ellipse"})


def draw(writer: Writer, paragraph: Element) -> None:
    """Anchor every shape of the look's cover in `paragraph`, the first one undermost."""
    runs = [new("w:r", "w", "mc", "wp", "a", "wps") for _ in writer.document.look.cover]
    insert_runs(paragraph, runs)
    for order, (run, shape) in enumerate(zip(runs, writer.document.look.cover, strict=True), 1):
        sub(sub(run, "w:rPr"), "w:noProof")
        choice = sub(sub(run, "mc:AlternateContent"), "mc:Choice", {"Requires": "wps"})
        _anchor(sub(choice, "w:drawing"), shape, order, writer.count("drawing"), writer.styles.page)


def _anchor(drawing: Element, shape: Shape, order: int, number: int, page: Page) -> None:
    if shape.kind not in _PRESETS:
        raise ReportError.of("docx.cover", f"a shape of the cover is a `{shape.kind}`; known are rect and ellipse")
    width, height = _to_edge(shape.x, shape.width, page.width), _to_edge(shape.y, shape.height, page.height)
    anchor = sub(drawing, "wp:anchor", {
        **NO_DISTANCE, "simplePos": 0, "relativeHeight": order, "behindDoc": 1, "locked": 0, "layoutInCell": 0,
        "allowOverlap": 1,
    })  # fmt: skip
    sub(anchor, "wp:simplePos", {"x": 0, "y": 0})
    for name, offset in (("H", shape.x), ("V", shape.y)):
        position = sub(anchor, f"wp:position{name}", {"relativeFrom": "page"})
        sub(position, "wp:posOffset").text = str(millimetres(offset).emu)
    sub(anchor, "wp:extent", {"cx": width.emu, "cy": height.emu})
    sub(anchor, "wp:effectExtent", {"l": 0, "t": 0, "r": 0, "b": 0})
    sub(anchor, "wp:wrapNone")
    describe(anchor, number, "Shape", None)
    sub(anchor, "wp:cNvGraphicFramePr")
    data = sub(sub(anchor, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["wps"]})
    element = sub(data, "wps:wsp")
    sub(element, "wps:cNvSpPr")
    properties = sub(element, "wps:spPr")
    preset_shape(properties, shape.kind, width, height)
    solid_fill(properties, shape.fill)
    no_line(properties)
    sub(element, "wps:bodyPr")


def _to_edge(start: float, length: float, page: Length) -> Length:
    """Let a shape that ends at the page's edge end a millimetre beyond it, so that no rounding leaves a white line."""
    return millimetres(length + 1 if abs(start + length - page.millimetres) < 0.5 else length)

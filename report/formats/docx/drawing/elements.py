"""DrawingML that pictures, shapes and charts have in common: fills, lines, text, and what a drawing is called (ECMA-376 20.1)."""

from __future__ import annotations

from report.formats.ooxml import Element, new, sub
from report.values.length import Length, points

NO_DISTANCE = dict.fromkeys(("distT", "distB", "distL", "distR"), 0)
THIN, THICK = points(0.75), points(2)
"""How wide lines are."""
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def describe(drawing: Element, number: int, kind: str, alt: str | None) -> None:
    """Append ``wp:docPr`` with alternative text, or, for None, marked as decoration (MS-ODRAWXML 2.27)."""
    properties = sub(drawing, "wp:docPr", {"id": number, "name": f"{kind} {number}", "descr": alt or ""})
    if alt is None:
        extension = sub(sub(properties, "a:extLst"), "a:ext", {"uri": _DECORATIVE})
        decorative = new("adec:decorative", "adec")
        decorative.set("val", "1")
        extension.append(decorative)


def preset_shape(shape: Element, preset: str, width: Length, height: Length) -> None:
    """Give a shape its size and one of the forms that programs know (20.1.9.18)."""
    place = sub(shape, "a:xfrm")
    sub(place, "a:off", {"x": 0, "y": 0})
    sub(place, "a:ext", {"cx": width.emu, "cy": height.emu})
    sub(sub(shape, "a:prstGeom", {"prst": preset}), "a:avLst")


def solid_fill(parent: Element, colour: str) -> None:
    sub(sub(parent, "a:solidFill"), "a:srgbClr", {"val": colour.removeprefix("#").upper()})


def no_fill(shape: Element) -> None:
    sub(shape, "a:noFill")


def no_line(shape: Element) -> None:
    sub(sub(shape, "a:ln"), "a:noFill")


def invisible(shape: Element) -> None:
    """Leave a shape without fill and line."""
    no_fill(shape)
    no_line(shape)


def filled(shape: Element, fill: str, edge: str | None) -> None:
    """Fill a shape, with a line around it where an edge is given."""
    solid_fill(shape, fill)
    line = sub(shape, "a:ln", {"w": THIN.emu})
    solid_fill(line, edge) if edge else no_fill(line)


def stroked(shape: Element, colour: str, dash: str = "solid", width: Length = THICK) -> None:
    """Draw a shape as a line."""
    line = sub(shape, "a:ln", {"w": width.emu, "cap": "flat"})
    solid_fill(line, colour)
    sub(line, "a:prstDash", {"val": dash})


def text_properties(
    parent: Element, families: str, colour: str, size: float, bold: bool = False, wrap: bool = True
) -> None:
    """Say how text looks; `size` is in CSS pixels. Of several families the last one is for complex scripts (20.1.2.3.1)."""
    text = sub(parent, "c:txPr")
    sub(text, "a:bodyPr", None if wrap else {"wrap": "none"})
    sub(text, "a:lstStyle")
    paragraph = sub(text, "a:p")
    run = sub(sub(paragraph, "a:pPr"), "a:defRPr", {"sz": round(size * 75), "b": int(bold)})
    solid_fill(run, colour)
    fonts = families.split(", ")
    for name, font in (("latin", fonts[0]), ("cs", fonts[-1])):
        sub(run, f"a:{name}", {"typeface": font})
    sub(paragraph, "a:endParaRPr")


def put(parent: Element, name: str, value: object) -> None:
    """Append a property of a chart."""
    sub(parent, f"c:{name}", {"val": value})

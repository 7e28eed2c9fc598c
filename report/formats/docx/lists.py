"""Lists of every kind (HTML 4.4.5 to 4.4.9) with real numbering; markers and indents come from the rules."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import layout
from report.formats.docx.format import Run
from report.formats.docx.numbering import LEVELS, Marker
from report.formats.docx.rules import Rule
from report.formats.docx.writer import Context, Writer
from report.values import ReportError

_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_HANGING = 300
_GAP = 60
"""Twips between a list and what follows, besides the space after its last item."""


def write(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a ul or ol."""
    if "reversed" in element.attrib:
        raise ReportError.of("docx.element", "a list counts downwards (`reversed`): Word cannot do that")
    if rule.layout == "row":
        layout.row(writer, element, ctx, rule)
        return
    writer.flush_number(ctx)
    marker = None if element.get("role") == "list" else _marker(writer, element, ctx, rule)
    start = _integer(element, "start", 1) if element.tag == "ol" else None
    number = writer.numbering.instance(marker, start) if marker else None
    inner = ctx if marker is None else ctx._replace(left=marker.left, depth=ctx.depth + 1)
    for item in _items(element, writer):
        if marker and start is not None and "value" in item.attrib:
            number = writer.numbering.instance(marker, _integer(item, "value", 1))
        _item(writer, item, inner, (number, marker.level) if marker else None)
    if ctx.depth == 0:
        writer.gap = max(writer.gap, _GAP)


def _items(element: HtmlElement, writer: Writer) -> list[HtmlElement]:
    items = [child for child in element if isinstance(child.tag, str)]
    for item in items:
        if item.tag != "li":
            raise ReportError.of("docx.element", f"<{item.tag}> in a list: {writer.excerpt(item)}")
    return items


def _item(writer: Writer, item: HtmlElement, ctx: Context, number: tuple[int, int] | None) -> None:
    rule = writer.cascade[item]
    writer.mark(item)
    writer.number = number
    inner = writer.enter(ctx, item, rule)
    writer.flow(item, inner)
    writer.flush_number(inner)


def _marker(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> Marker:
    said = rule.marker
    hanging = said.get("hanging", _HANGING)
    bold = {"bold": True, "regular": False}.get(said.get("weight", ""))
    run = Run(font=said.get("font"), size=said.get("size"), bold=bold, italic=None, colour=said.get("colour"))
    level = min(ctx.depth, LEVELS - 1)
    if element.tag == "ul":
        family, symbols = writer.symbols
        text = said.get("text", "•")
        if run.font is None and symbols and any(c in symbols for c in text):
            run = replace(run, font=family)
        return Marker("bullet", text, ctx.left + hanging, hanging, level, run)
    kind = element.get("type")
    if kind is not None and kind not in _TYPES:
        raise ReportError.of("docx.element", f"a list has the type `{kind}`; known are 1, a, A, i and I")
    number = _TYPES[kind] if kind else said.get("format", "decimal")
    return Marker(number, "%" + said.get("suffix", "."), ctx.left + hanging, hanging, level, run)


def _integer(element: HtmlElement, name: str, default: int) -> int:
    try:
        return max(0, int(element.get(name, default)))
    except ValueError as error:
        raise ReportError.of("docx.element", f"`{name}` of a list is not a number: {element.get(name)}") from error


def definitions(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a dl: as paragraphs, or as two columns where a rule lays it out so."""
    writer.flush_number(ctx)
    if rule.layout == "columns":
        layout.columns(writer, element, ctx, rule)
    else:
        writer.flow(element, ctx)

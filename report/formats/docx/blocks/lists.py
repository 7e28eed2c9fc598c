"""Lists of every kind (HTML 4.4.5 to 4.4.9) with real numbering; markers and indents come from the rules."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.look.rules import Rule
from report.formats.docx.package.numbering import LEVELS, Marker
from report.formats.docx.tables import side_by_side
from report.formats.docx.writing.output import Context
from report.formats.docx.writing.writer import Writer, excerpt
from report.values import ReportError
from report.values.length import twips

_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_HANGING = twips(300)
_GAP = twips(60)
"""The space between a list and what follows, besides the space after its last item."""


def write(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a ul or ol."""
    if "reversed" in element.attrib:
        raise ReportError.of("docx.element", "a list counts downwards (`reversed`): Word cannot do that")
    if rule.layout == "row":
        side_by_side.row(writer, element, ctx, rule)
        return
    writer.flush_number(ctx)
    if element.get("role") == "list":
        for item in _items(element):
            _item(writer, item, ctx, None)
    else:
        _numbered(writer, element, ctx, _marker(writer, element, ctx, rule))
    if ctx.depth == 0:
        writer.gap = max(writer.gap, _GAP)


def _numbered(writer: Writer, element: HtmlElement, ctx: Context, marker: Marker) -> None:
    start = _integer(element, "start") if element.tag == "ol" else None
    number = writer.numbering.instance(marker, start)
    inner = ctx._replace(left=marker.left, depth=ctx.depth + 1)
    for item in _items(element):
        if start is not None and "value" in item.attrib:
            number = writer.numbering.instance(marker, _integer(item, "value"))
        _item(writer, item, inner, (number, marker.level))


def _items(element: HtmlElement) -> list[HtmlElement]:
    items = [child for child in element if isinstance(child.tag, str)]
    for item in items:
        if item.tag != "li":
            raise ReportError.of("docx.element", f"<{item.tag}> in a list: {excerpt(item)}")
    return items


def _item(writer: Writer, item: HtmlElement, ctx: Context, number: tuple[int, int] | None) -> None:
    writer.add_bookmark(item)
    writer.list_number = number
    inner = writer.enter(ctx, item)
    writer.flow(item, inner)
    writer.flush_number(inner)


def _marker(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> Marker:
    look, run = rule.marker, rule.marker.run
    hanging = _HANGING if look.hanging is None else look.hanging
    level = min(ctx.depth, LEVELS - 1)
    if element.tag == "ul":
        family, symbols = writer.symbols
        text = "•" if look.text is None else look.text
        if run.font is None and symbols and any(c in symbols for c in text):
            run = replace(run, font=family)
        return Marker("bullet", text, ctx.left + hanging, hanging, level, run)
    kind = element.get("type")
    if kind is not None and kind not in _TYPES:
        raise ReportError.of("docx.element", f"a list has the type `{kind}`; known are 1, a, A, i and I")
    number = _TYPES[kind] if kind else look.format or "decimal"
    return Marker(number, "%" + ("." if look.suffix is None else look.suffix), ctx.left + hanging, hanging, level, run)


def _integer(element: HtmlElement, name: str) -> int:
    try:
        return max(0, int(element.get(name, 1)))
    except ValueError as error:
        raise ReportError.of("docx.element", f"`{name}` of a list is not a number: {element.get(name)}") from error


def definitions(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a dl: as paragraphs, or as two columns where a rule lays it out so."""
    writer.flush_number(ctx)
    if rule.layout == "columns":
        side_by_side.columns(writer, element, ctx, rule)
    else:
        writer.flow(element, ctx)

"""Formatting values -> property elements, in the order that the schema wants (ECMA-376 17.3.1.26, 17.3.2.28)."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable

from report.formats.docx.formatting import direction
from report.formats.docx.formatting.values import (
    PLAIN_PARAGRAPH,
    Borders,
    CellFormat,
    CellMargins,
    ParagraphFormat,
    RunFormat,
)
from report.formats.ooxml import Element, flag, new, q, sub
from report.values.length import Length

_PARAGRAPH_PROPERTIES = q("w:pPr")
_SIDES = {
    "top": "top",
    "left": "left",
    "bottom": "bottom",
    "right": "right",
    "inside_h": "insideH",
    "inside_v": "insideV",
}


def borders(parent: Element, name: str, value: Borders | None) -> None:
    """Append ``w:pBdr``, ``w:tcBorders`` or ``w:tblBorders``; nothing without lines."""
    if value is None or value == Borders():
        return
    holder = sub(parent, name)
    for side, tag in _SIDES.items():
        line = getattr(value, side)
        if line is None:
            continue
        if not line.width:
            sub(holder, f"w:{tag}", val="nil")
        else:
            sub(
                holder,
                f"w:{tag}",
                val="single",
                sz=line.width.eighths,
                space=round(line.space.points),
                color=line.colour,
            )


def shading(parent: Element, fill: str | None) -> None:
    """Append a flat background (ECMA-376 17.3.5)."""
    if fill:
        sub(parent, "w:shd", val="clear", color="auto", fill=fill)


def margins(parent: Element, name: str, value: CellMargins) -> None:
    """Append ``w:tcMar`` or ``w:tblCellMar``."""
    if value == CellMargins():
        return
    holder = sub(parent, name)
    for side in ("top", "left", "bottom", "right"):
        width = getattr(value, side)
        if width is not None:
            sub(holder, f"w:{side}", w=width.twips, type="dxa")


def run_fonts(parent: Element, family: str, complex_font: str | None = None) -> None:
    """Append one family for every script, so that no character is taken from a theme font (17.3.2.26)."""
    sub(parent, "w:rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=complex_font or family)


def fill_run(parent: Element, run: RunFormat) -> None:
    """Append what `run` sets to a ``w:rPr``."""
    if run.style:
        sub(parent, "w:rStyle", val=run.style)
    if run.font:
        run_fonts(parent, run.font, run.complex_font)
    elif run.complex_font:
        sub(parent, "w:rFonts", cs=run.complex_font)
    for name, value in (("b", run.bold), ("i", run.italic)):
        flag(parent, f"w:{name}", value)
        flag(parent, f"w:{name}Cs", value if not run.rtl or name == "b" else False)  # such letters have no italics
    flag(parent, "w:caps", run.caps)
    flag(parent, "w:smallCaps", run.small_caps)
    flag(parent, "w:strike", run.strike)
    flag(parent, "w:noProof", run.no_proof)
    if run.colour:
        sub(parent, "w:color", val=run.colour)
    if run.letter_spacing is not None:
        sub(parent, "w:spacing", val=run.letter_spacing.twips)
    if run.size:
        sub(parent, "w:sz", val=run.size.half_points)
        sub(parent, "w:szCs", val=run.size.half_points)
    if run.underline is not None:
        sub(parent, "w:u", val="single" if run.underline else "none")
    shading(parent, run.fill)
    if run.position:
        sub(parent, "w:vertAlign", val=run.position)
    if run.rtl:
        flag(parent, "w:rtl", True)
    if run.lang:
        sub(parent, "w:lang", **{"bidi" if run.rtl else "val": run.lang})


@functools.lru_cache(maxsize=1024)
def _run_model(run: RunFormat) -> Element:
    element = new("w:rPr")
    fill_run(element, run)
    return element


def run_properties(parent: Element, run: RunFormat) -> None:
    """Append a ``w:rPr``, copied from one built before; nothing where `run` is plain."""
    model = _run_model(run)
    if len(model):
        parent.append(copy.copy(model))


def paragraph_properties(parent: Element, style: str | None, para: ParagraphFormat) -> Element | None:
    """Append a ``w:pPr`` and return it; nothing for the default style without anything of its own."""
    if style is None and para == PLAIN_PARAGRAPH:
        return None
    element = copy.copy(_paragraph_model(style, para))
    parent.append(element)
    return element


@functools.lru_cache(maxsize=1024)
def _paragraph_model(style: str | None, para: ParagraphFormat) -> Element:
    element = new("w:pPr")
    if style is not None:
        sub(element, "w:pStyle", val=style)
    fill_paragraph(element, para)
    return element


def fill_paragraph(element: Element, para: ParagraphFormat) -> None:
    """Append what `para` sets to a ``w:pPr``."""
    flag(element, "w:keepNext", para.keep_next)
    flag(element, "w:keepLines", para.keep_lines)
    flag(element, "w:pageBreakBefore", para.page_break)
    flag(element, "w:widowControl", para.widow_control)
    if para.numbering:
        number = sub(element, "w:numPr")
        sub(number, "w:ilvl", val=para.numbering[1])
        sub(number, "w:numId", val=para.numbering[0])
    borders(element, "w:pBdr", direction.swap_sides(para.borders) if para.bidi else para.borders)
    shading(element, para.fill)
    if para.tabs:
        tabs = sub(element, "w:tabs")
        for tab in para.tabs:
            stop = sub(tabs, "w:tab", val=tab.align, pos=tab.position.twips)
            if tab.leader:
                stop.set(q("w:leader"), tab.leader)
    if para.hyphenate is not None:
        flag(element, "w:suppressAutoHyphens", not para.hyphenate)
    flag(element, "w:bidi", para.bidi)
    _spacing(element, para)
    flag(element, "w:contextualSpacing", para.contextual)
    if para.align:
        sub(element, "w:jc", val=para.align)
    if para.outline is not None:
        sub(element, "w:outlineLvl", val=para.outline)


def _spacing(element: Element, para: ParagraphFormat) -> None:
    spacing: dict[str, object] = _twips(before=para.before, after=para.after, line=para.line)
    if para.line_rule:
        spacing["lineRule"] = para.line_rule
    if spacing:
        sub(element, "w:spacing", **spacing)
    indents = _twips(left=para.left, right=para.right)
    if para.first is not None:
        indents["firstLine" if para.first >= 0 else "hanging"] = abs(para.first).twips
    if indents:
        sub(element, "w:ind", **indents)


def _twips(**lengths: Length | None) -> dict[str, object]:
    return {name: length.twips for name, length in lengths.items() if length is not None}


def cell_properties(parent: Element, width: Length, span: int, merged: str | None, look: CellFormat) -> Element:
    """Append a ``w:tcPr``: the cell's place in the grid and its look."""
    element = copy.copy(_cell_model(width, span, merged, look))
    parent.append(element)
    return element


@functools.lru_cache(maxsize=1024)
def _cell_model(width: Length, span: int, merged: str | None, look: CellFormat) -> Element:
    element = new("w:tcPr")
    sub(element, "w:tcW", w=width.twips, type="dxa")
    if span > 1:
        sub(element, "w:gridSpan", val=span)
    if merged:
        sub(element, "w:vMerge", val=merged)
    fill_cell(element, look)
    return element


def fill_cell(element: Element, look: CellFormat) -> None:
    """Append borders, fill, margins and vertical alignment to a ``w:tcPr``."""
    borders(element, "w:tcBorders", look.borders)
    shading(element, look.fill)
    margins(element, "w:tcMar", look.margins)
    if look.valign:
        sub(element, "w:vAlign", val=look.valign)


def insert_runs(paragraph: Element, runs: Iterable[Element]) -> None:
    """Put runs before everything else in a paragraph but its properties."""
    start = 1 if len(paragraph) and paragraph[0].tag == _PARAGRAPH_PROPERTIES else 0
    for place, run in enumerate(runs, start):
        paragraph.insert(place, run)

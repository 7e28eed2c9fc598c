"""Formatting values -> property elements, in the order that the schema wants (ECMA-376 17.3.1.26, 17.3.2.28)."""

from __future__ import annotations

import copy
import functools

from report.formats.docx import direction
from report.formats.docx.format import Border, Borders, Cell, Margins, Para, Run
from report.formats.ooxml import Element, flag, new, q, sub

_SIDES = (("top", "top"), ("left", "left"), ("bottom", "bottom"), ("right", "right"),
          ("inside_h", "insideH"), ("inside_v", "insideV"))  # fmt: skip
_NO_BORDER = Border(0, "auto")


def borders(parent: Element, name: str, value: Borders | None) -> None:
    """Append ``w:pBdr``, ``w:tcBorders`` or ``w:tblBorders``; nothing where no side is said."""
    if value is None or value == Borders():
        return
    holder = sub(parent, name)
    for side, tag in _SIDES:
        line = getattr(value, side)
        if line is None:
            continue
        if not line.width:
            sub(holder, f"w:{tag}", val="nil")
        else:
            sub(holder, f"w:{tag}", val="single", sz=line.width, space=line.space, color=line.colour)


def shading(parent: Element, fill: str | None) -> None:
    """Append a flat background (ECMA-376 17.3.5)."""
    if fill:
        sub(parent, "w:shd", val="clear", color="auto", fill=fill)


def margins(parent: Element, name: str, value: Margins) -> None:
    """Append ``w:tcMar`` or ``w:tblCellMar``."""
    if value == Margins():
        return
    holder = sub(parent, name)
    for side in ("top", "left", "bottom", "right"):
        width = getattr(value, side)
        if width is not None:
            sub(holder, f"w:{side}", w=width, type="dxa")


def run_fonts(parent: Element, family: str, complex_: str | None = None) -> None:
    """Append one family for every script, so that no character is taken from a theme font (17.3.2.26)."""
    sub(parent, "w:rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=complex_ or family)


def fill_run(parent: Element, run: Run) -> None:
    """Append what `run` says to a ``w:rPr``."""
    if run.style:
        sub(parent, "w:rStyle", val=run.style)
    if run.font:
        run_fonts(parent, run.font, run.complex)
    elif run.complex:
        sub(parent, "w:rFonts", cs=run.complex)
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
        sub(parent, "w:spacing", val=run.letter_spacing)
    if run.size:
        sub(parent, "w:sz", val=run.size)
        sub(parent, "w:szCs", val=run.size)
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
def _model(run: Run) -> Element:
    element = new("w:rPr")
    fill_run(element, run)
    return element


def run_properties(parent: Element, run: Run) -> None:
    """Append a ``w:rPr``, copied from one built before; nothing where `run` says nothing."""
    model = _model(run)
    if len(model):
        parent.append(copy.copy(model))


def paragraph_properties(parent: Element, style: str | None, para: Para) -> Element | None:
    """Append a ``w:pPr`` and return it; nothing for the default style without anything of its own."""
    if style is None and para == Para():
        return None
    element = copy.copy(_paragraph_model(style, para))
    parent.append(element)
    return element


@functools.lru_cache(maxsize=1024)
def _paragraph_model(style: str | None, para: Para) -> Element:
    element = new("w:pPr")
    if style is not None:
        sub(element, "w:pStyle", val=style)
    fill_paragraph(element, para)
    return element


def fill_paragraph(element: Element, para: Para) -> None:
    """Append what `para` says to a ``w:pPr``."""
    flag(element, "w:keepNext", para.keep_next)
    flag(element, "w:keepLines", para.keep_lines)
    flag(element, "w:pageBreakBefore", para.page_break)
    flag(element, "w:widowControl", para.widow_control)
    if para.numbering:
        number = sub(element, "w:numPr")
        sub(number, "w:ilvl", val=para.numbering[1])
        sub(number, "w:numId", val=para.numbering[0])
    borders(element, "w:pBdr", direction.swapped(para.borders) if para.bidi else para.borders)
    shading(element, para.fill)
    if para.tabs:
        tabs = sub(element, "w:tabs")
        for tab in para.tabs:
            stop = sub(tabs, "w:tab", val=tab.align, pos=tab.position)
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


def _spacing(element: Element, para: Para) -> None:
    said = {"before": para.before, "after": para.after, "line": para.line, "lineRule": para.line_rule}
    said = {k: v for k, v in said.items() if v is not None}
    if said:
        sub(element, "w:spacing", **said)
    said = {"left": para.left, "right": para.right}
    if para.first is not None:
        said["firstLine" if para.first >= 0 else "hanging"] = abs(para.first)
    said = {k: v for k, v in said.items() if v is not None}
    if said:
        sub(element, "w:ind", **said)


def cell_properties(parent: Element, width: int, span: int, merged: str | None, look: Cell) -> Element:
    """Append a ``w:tcPr``: the cell's place in the grid and its look."""
    element = copy.copy(_cell_model(width, span, merged, look))
    parent.append(element)
    return element


@functools.lru_cache(maxsize=1024)
def _cell_model(width: int, span: int, merged: str | None, look: Cell) -> Element:
    element = new("w:tcPr")
    sub(element, "w:tcW", w=width, type="dxa")
    if span > 1:
        sub(element, "w:gridSpan", val=span)
    if merged:
        sub(element, "w:vMerge", val=merged)
    fill_cell(element, look)
    return element


def fill_cell(element: Element, look: Cell) -> None:
    """Append borders, fill, margins and vertical alignment to a ``w:tcPr``."""
    borders(element, "w:tcBorders", look.borders)
    shading(element, look.fill)
    margins(element, "w:tcMar", look.margins)
    if look.valign:
        sub(element, "w:vAlign", val=look.valign)

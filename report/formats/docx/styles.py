"""Resolved styles -> ``w:style`` elements of the styles part (ECMA-376 17.7.4)."""

from __future__ import annotations

import re

from report.formats.docx import direction, props
from report.formats.docx.direction import Direction
from report.formats.docx.format import Cell, Para, Run
from report.formats.docx.theme import Style, Theme
from report.formats.ooxml import Element, q, sub

_LOWERED = re.compile(r"(Heading|TOC) \d|Caption|Header|Footer|Footnote (Text|Reference)")
_BUILT_IN = re.compile(
    r"Normal|Title|Subtitle|Body Text|TOC Heading|List (Paragraph|Bullet|Number|Continue)|Quote|Hyperlink|Strong|"
    r"Emphasis|HTML (Code|Preformatted|Keyboard|Cite)|Table Grid|" + _LOWERED.pattern
)
_TOC = re.compile(r"TOC (\d)")


def write(root: Element, theme: Theme, language: str, toc_level: int, way: Direction) -> None:
    """Append every style to ``w:styles`` and set the document's defaults.

    The contents' first level looks like `TOC 1` whichever heading level it stands for: `toc_level` is that level,
    so that Word finds the style it will use when it updates the field.
    """
    defaults(root, theme.style("Normal"), language, way)
    for style in theme.styles.values():
        toc = _TOC.fullmatch(style.name)
        shift = toc_level - 1 if toc else 0
        if toc and int(toc[1]) + shift > 9:
            continue
        name = f"TOC {int(toc[1]) + shift}" if toc else style.name
        _style(root, style, name, theme, way)
    direction.whole(root, way)


def defaults(root: Element, normal: Style, language: str, way: Direction) -> None:
    """Set font, size and language where nothing else says them (17.7.5.1)."""
    run = root.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}")
    props.fill_run(run, Run(font=normal.run.font, size=normal.run.size))
    sub(run, "w:lang", val=language, eastAsia=language, bidi=language if way.rtl else "ar-SA")


def language(settings: Element, tag: str, way: Direction) -> None:
    """Say the language of the theme's fonts in the settings (17.15.1.88)."""
    said = settings.find(q("w:themeFontLang"))
    said.set(q("w:val"), tag)
    if way.rtl:
        said.set(q("w:bidi"), tag)


def _style(root: Element, style: Style, name: str, theme: Theme, way: Direction) -> None:
    element = sub(root, "w:style", type=style.type)
    if name == "Normal":
        element.set(q("w:default"), "1")
    if not _BUILT_IN.fullmatch(name):
        element.set(q("w:customStyle"), "1")
    element.set(q("w:styleId"), "".join(name.split()))
    sub(element, "w:name", val=name.lower() if _LOWERED.fullmatch(name) else name)
    default = {"character": "DefaultParagraphFont", "table": "TableNormal"}.get(style.type)
    if style.based_on or default:
        sub(element, "w:basedOn", val=theme.style(style.based_on).id if style.based_on else default)
    if style.next:
        sub(element, "w:next", val=theme.style(style.next).id)
    sub(element, "w:uiPriority", val=39 if name.startswith("TOC") else 10 if style.quick else 99)
    if style.quick and style.type != "table":
        sub(element, "w:qFormat")
    para = direction.of_style(style.para, name == "Normal") if way.rtl else style.para
    if style.type == "paragraph" and para != Para():
        props.fill_paragraph(sub(element, "w:pPr"), para)
    if style.run != Run():
        props.fill_run(sub(element, "w:rPr"), style.run)
    if style.type == "table":
        _table(element, style.cell)


def _table(element: Element, cell: Cell) -> None:
    properties = sub(element, "w:tblPr")
    props.borders(properties, "w:tblBorders", cell.borders)
    props.margins(properties, "w:tblCellMar", cell.margins)
    if cell.fill or cell.valign:
        props.fill_cell(sub(element, "w:tcPr"), Cell(fill=cell.fill, valign=cell.valign))

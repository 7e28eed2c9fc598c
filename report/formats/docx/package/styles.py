"""The styles part: a ``w:style`` for each resolved style (ECMA-376 17.7.4)."""

from __future__ import annotations

import re

from report.formats.docx.formatting import properties
from report.formats.docx.formatting.direction import Direction, set_complex_fonts, style_format
from report.formats.docx.formatting.values import PLAIN_PARAGRAPH, PLAIN_RUN, CellFormat, RunFormat
from report.formats.docx.look.styles import WordStyle, WordStyles
from report.formats.ooxml import Element, q, sub
from report.values import required

_LOWERED = re.compile(r"(Heading|TOC) \d|Caption|Header|Footer|Footnote (Text|Reference)")
_BUILT_IN = re.compile(
    r"Normal|Title|Subtitle|Body Text|TOC Heading|List (Paragraph|Bullet|Number|Continue)|Quote|Hyperlink|Strong|"
    r"Emphasis|HTML (Code|Preformatted|Keyboard|Cite)|Table Grid|" + _LOWERED.pattern
)
_TOC = re.compile(r"TOC (\d)")


def write(root: Element, styles: WordStyles, language: str, toc_level: int, direction: Direction) -> None:
    """Append every style to ``w:styles`` and set the document's defaults.

    The contents' first level looks like `TOC 1` whichever heading level it stands for: `toc_level` is that level,
    so that Word finds the style it will use when it updates the field.
    """
    _set_defaults(root, styles.style("Normal"), language, direction)
    for style in styles.by_name.values():
        toc = _TOC.fullmatch(style.name)
        shift = toc_level - 1 if toc else 0
        if toc and int(toc[1]) + shift > 9:
            continue
        name = f"TOC {int(toc[1]) + shift}" if toc else style.name
        _style(root, style, name, styles, direction)
    set_complex_fonts(root, direction)


def _set_defaults(root: Element, normal: WordStyle, language: str, direction: Direction) -> None:
    """Set font, size and language where nothing else sets them (17.7.5.1)."""
    run = required(root.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}"))
    properties.fill_run(run, RunFormat(font=normal.run.font, size=normal.run.size))
    sub(run, "w:lang", val=language, eastAsia=language, bidi=language if direction.rtl else "ar-SA")


def set_language(settings: Element, tag: str, direction: Direction) -> None:
    """Set the language of the theme's fonts in the settings (17.15.1.88)."""
    languages = required(settings.find(q("w:themeFontLang")))
    languages.set(q("w:val"), tag)
    if direction.rtl:
        languages.set(q("w:bidi"), tag)


def _style(root: Element, style: WordStyle, name: str, styles: WordStyles, direction: Direction) -> None:
    element = sub(root, "w:style", type=style.type)
    if name == "Normal":
        element.set(q("w:default"), "1")
    if not _BUILT_IN.fullmatch(name):
        element.set(q("w:customStyle"), "1")
    element.set(q("w:styleId"), "".join(name.split()))
    sub(element, "w:name", val=name.lower() if _LOWERED.fullmatch(name) else name)
    default = {"character": "DefaultParagraphFont", "table": "TableNormal"}.get(style.type)
    if style.based_on or default:
        sub(element, "w:basedOn", val=styles.style(style.based_on).id if style.based_on else default)
    if style.next:
        sub(element, "w:next", val=styles.style(style.next).id)
    sub(element, "w:uiPriority", val=39 if name.startswith("TOC") else 10 if style.quick else 99)
    if style.quick and style.type != "table":
        sub(element, "w:qFormat")
    para = style_format(style.para, name == "Normal") if direction.rtl else style.para
    if style.type == "paragraph" and para != PLAIN_PARAGRAPH:
        properties.fill_paragraph(sub(element, "w:pPr"), para)
    if style.run != PLAIN_RUN:
        properties.fill_run(sub(element, "w:rPr"), style.run)
    if style.type == "table":
        _table(element, style.cell)


def _table(element: Element, cell: CellFormat) -> None:
    table = sub(element, "w:tblPr")
    properties.borders(table, "w:tblBorders", cell.borders)
    properties.margins(table, "w:tblCellMar", cell.margins)
    if cell.fill or cell.valign:
        properties.fill_cell(sub(element, "w:tcPr"), CellFormat(fill=cell.fill, valign=cell.valign))

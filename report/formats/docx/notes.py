"""Footnotes: a reference where the mark belongs, the text in the footnotes part (ECMA-376 17.11)."""

from __future__ import annotations

from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.format import Run, merge
from report.formats.docx.inline import children
from report.formats.docx.writer import Context, Writer
from report.formats.ooxml import Element, new, q, sub
from report.values import ReportError


def write(writer: Writer, parent: Element, element: HtmlElement, run: Run) -> None:
    """Append a footnote reference to `parent` and the note to the footnotes part."""
    if writer.in_note:
        raise ReportError.of("docx.footnote", f"a footnote inside a footnote: {writer.excerpt(element)}")
    number = writer.count("footnote")
    sub(_styled(parent, writer), "w:footnoteReference", id=number)
    note = sub(writer.package.footnotes.element, "w:footnote", id=number)
    rule = writer.cascade[element]
    style, room = writer.theme.style("Footnote Text"), writer.theme.page.text_width
    ctx = Context(style, merge(Run(lang=run.lang), rule.run), room)
    kept, writer.in_note = (writer.number, writer.page_break, writer.marks), True
    writer.number, writer.page_break, writer.marks = None, False, []
    with writer.inside(note, writer.package.footnotes):
        writer.inline(writer, list(children(element)), ctx._replace(run=writer.speak(ctx.run, element)))
        if not len(note):
            raise ReportError.of("docx.footnote", "a footnote is empty")
    (writer.number, writer.page_break, writer.marks), writer.in_note = kept, False
    _lead(writer, note[0])


def _styled(parent: Element, writer: Writer) -> Element:
    run = sub(parent, "w:r")
    sub(sub(run, "w:rPr"), "w:rStyle", val=writer.theme.style("Footnote Reference", "character").id)
    return run


def _lead(writer: Writer, paragraph: Element) -> None:
    """Put the note's number and a space in front of its text."""
    holder = new("w:p")
    sub(_styled(holder, writer), "w:footnoteRef")
    space = sub(sub(holder, "w:r"), "w:t")
    space.set(q("xml:space"), "preserve")
    space.text = " "
    at = 1 if len(paragraph) and paragraph[0].tag == q("w:pPr") else 0
    for offset, run in enumerate(list(holder)):
        paragraph.insert(at + offset, run)

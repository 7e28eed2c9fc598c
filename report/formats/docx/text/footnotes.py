"""Footnotes: a reference where the mark belongs, the text in the footnotes part (ECMA-376 17.11)."""

from __future__ import annotations

from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.formatting.properties import insert_runs
from report.formats.docx.formatting.values import RunFormat, merge
from report.formats.docx.text.inline import children
from report.formats.docx.writing.output import Context
from report.formats.docx.writing.writer import Writer, excerpt
from report.formats.ooxml import Element, new, q, sub
from report.values import ReportError


def write(writer: Writer, parent: Element, element: HtmlElement, run: RunFormat) -> None:
    """Append a footnote reference to `parent` and the note to the footnotes part."""
    if writer.in_footnote:
        raise ReportError.of("docx.footnote", f"a footnote inside a footnote: {excerpt(element)}")
    number = writer.count("footnote")
    sub(_reference_run(parent, writer), "w:footnoteReference", id=number)
    note = sub(writer.package.footnotes.element, "w:footnote", id=number)
    style, width = writer.styles.style("Footnote Text"), writer.styles.page.text_width
    inner = writer.localise(merge(RunFormat(lang=run.lang), writer.rules[element].run), element)
    with writer.footnote(note, writer.package.footnotes):
        writer.inline(writer, list(children(element)), Context(style, inner, width))
        if not len(note):
            raise ReportError.of("docx.footnote", "a footnote is empty")
    _lead(writer, note[0])


def _reference_run(parent: Element, writer: Writer) -> Element:
    run = sub(parent, "w:r")
    sub(sub(run, "w:rPr"), "w:rStyle", val=writer.styles.style("Footnote Reference", "character").id)
    return run


def _lead(writer: Writer, paragraph: Element) -> None:
    """Put the note's number and a space in front of its text."""
    holder = new("w:p")
    sub(_reference_run(holder, writer), "w:footnoteRef")
    space = sub(sub(holder, "w:r"), "w:t")
    space.set(q("xml:space"), "preserve")
    space.text = " "
    insert_runs(paragraph, list(holder))

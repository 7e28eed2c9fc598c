"""One pass over the document's HTML: each element to the function that writes it, in what its ancestors set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.formatting.languages import full_tag
from report.formats.docx.formatting.values import PLAIN_RUN, RunFormat, merge
from report.formats.docx.look.rules import Cascade, Rule
from report.formats.docx.package.numbering import Numbering
from report.formats.docx.package.package import Package
from report.formats.docx.writing.index import HtmlIndex
from report.formats.docx.writing.output import Context, Output
from report.html.elements import ELEMENTS, INLINES
from report.values import Document, ReportError

_DEFAULT_STYLES = {"caption": "Caption", "figcaption": "Caption", **{f"h{n}": f"Heading {n}" for n in range(1, 7)}}
_WITHOUT_STYLE = frozenset({"table", "ul", "ol", "dl"})
"""Elements whose `style` in a rule is not that of their paragraphs."""

Node = str | HtmlElement
Handler = Callable[["Writer", HtmlElement, Context, Rule], None]


@dataclass(slots=True, kw_only=True)
class Writer(Output):
    """`handlers` says which function writes which block element, `inline` which one writes a paragraph's content."""

    document: Document
    rules: Cascade
    index: HtmlIndex
    package: Package
    handlers: Mapping[str, Handler]
    inline: Callable[[Writer, list[Node], Context], None]
    language: str
    symbols: tuple[str, str]
    pages: Mapping[str, int]
    numbering: Numbering = field(default_factory=Numbering)
    links: dict[tuple[str, str], str] = field(default_factory=dict)
    section_start: int = 0
    toc_level: int = 1

    def flow(self, element: HtmlElement, ctx: Context) -> None:
        """Write the content of a container: runs of inline content become paragraphs in the context's style."""
        pending: list[Node] = [element.text] if element.text else []
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif child.tag in INLINES and self.rules[child].display != "block":
                pending.append(child)
            else:
                self._flush(pending, ctx)
                pending = []
                self.block(child, ctx)
            if child.tail:
                pending.append(child.tail)
        self._flush(pending, ctx)

    def _flush(self, pending: list[Node], ctx: Context) -> None:
        if any(not isinstance(node, str) or not node.isspace() for node in pending):
            self.inline(self, pending, ctx)

    def block(self, element: HtmlElement, ctx: Context) -> None:
        """Write one block element; raise `ReportError` for one that is not in the list or stands where it cannot."""
        handler = self.handlers.get("p" if element.tag in INLINES else element.tag)
        if handler is None:
            where = "is not allowed here" if element.tag in ELEMENTS else "is not in the element list"
            raise ReportError.of("docx.element", f"<{element.tag}> {where}: {excerpt(element)}")
        self.add_bookmark(element)
        handler(self, element, self.enter(ctx, element), self.rules[element])

    def enter(self, ctx: Context, element: HtmlElement) -> Context:
        """Return the context inside `element`."""
        rule, style, run = self.rules[element], ctx.style, self.localise(ctx.run, element)
        name = rule.style or _DEFAULT_STYLES.get(element.tag)
        if name and element.tag not in _WITHOUT_STYLE:
            style = self.styles.style(name, "paragraph")
        if rule.run != PLAIN_RUN:
            run = merge(run, rule.run)
        if style is ctx.style and run is ctx.run and ctx.before is rule.before and ctx.after is rule.after:
            return ctx
        return ctx._replace(style=style, run=run, before=rule.before, after=rule.after)

    def localise(self, run: RunFormat, element: HtmlElement) -> RunFormat:
        """Return `run` in the language and direction of `element`; the document's own language is left out."""
        direction, lang = element.get("dir"), element.get("lang")
        if direction is not None:
            run = replace(run, rtl=direction == "rtl")
        if lang is None:
            return run
        tag = full_tag(lang)
        return replace(run, lang=None if tag == self.language else tag)

    def add_bookmark(self, element: HtmlElement) -> None:
        """Let the next paragraph carry the bookmark of `element`, if anything may point to it."""
        if name := self.index.bookmarks.get(element.get("id", "")):
            self.pending_bookmarks.append(name)

    def page_number(self, identifier: str) -> str:
        """Return the page of a heading, or a dash, which is a digit wide, where no layout knows it."""
        return str(self.pages.get(identifier, "–"))


def excerpt(element: HtmlElement) -> str:
    """Return the beginning of an element's text, for a message."""
    return " ".join("".join(element.itertext()).split())[:60]

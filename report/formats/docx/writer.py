"""The state of one document while its body is written: where the next block goes, and what it still has to carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element as HtmlElement

from docx.opc.part import Part

from report.formats.docx import props
from report.formats.docx.direction import Direction
from report.formats.docx.format import PLAIN, UNSAID, Para, Run, merge
from report.formats.docx.numbering import Numbering
from report.formats.docx.package import Package
from report.formats.docx.rules import Cascade, Rule
from report.formats.docx.source import Source
from report.formats.docx.theme import Style, Theme
from report.formats.ooxml import Element, q, sub
from report.html.elements import ELEMENTS, INLINES
from report.values import Document, ReportError

_TABLE = q("w:tbl")
_PROPERTIES, _STYLE, _KEEP = q("w:pPr"), q("w:pStyle"), q("w:keepNext")
WHOLE = f"{q('w:trPr')}/{q('w:cantSplit')}"
"""Where a table's row says that it stays on one page."""
_DEFAULT_STYLES = {"caption": "Caption", "figcaption": "Caption", **{f"h{n}": f"Heading {n}" for n in range(1, 7)}}


class Context(NamedTuple):
    """What a block inherits: the style of bare text, direct run formatting, indents and room in twips."""

    style: Style
    run: Run
    width: int
    left: int = 0
    right: int = 0
    depth: int = 0
    align: str | None = None
    keep_next: bool | None = None
    before: int | None = None
    after: int | None = None

    @property
    def room(self) -> int:
        return self.width - self.left - self.right


@dataclass(slots=True)
class Block:
    """A block that was written into the open groups, which all hold this record; a table has no style."""

    element: Element
    style: Style | None = None
    para: Para = UNSAID


Handler = Callable[["Writer", HtmlElement, Context, Rule], None]


@dataclass(slots=True)
class Writer:
    """One pass over the HTML. `handlers` says which function writes which block element."""

    document: Document
    theme: Theme
    cascade: Cascade
    source: Source
    package: Package
    numbering: Numbering
    handlers: Mapping[str, Handler]
    inline: Callable[[Writer, list[str | HtmlElement], Context], None]
    language: str
    direction: Direction
    symbols: tuple[str, str]
    pages: Mapping[str, int] | None
    body: Element
    parent: Element
    part: Part
    gap: int = 0
    page_break: bool = False
    fresh: bool = True
    number: tuple[int, int] | None = None
    in_note: bool = False
    marks: list[str] = field(default_factory=list)
    groups: list[list[Block]] = field(default_factory=list)
    last: Block | None = None
    counters: dict[str, int] = field(default_factory=dict)
    links: dict[tuple[str, str], str] = field(default_factory=dict)
    cut_at: int = 0
    turned: bool = False
    toc_level: int = 1

    @property
    def page_height(self) -> int:
        """Return how high the text of the present page is, in twips."""
        page = self.theme.page.turned() if self.turned else self.theme.page
        return page.height - page.top - page.bottom

    def count(self, what: str) -> int:
        """Return the next number of a sequence, from 1."""
        self.counters[what] = self.counters.get(what, 0) + 1
        return self.counters[what]

    @contextmanager
    def inside(self, parent: Element, part: Part | None = None) -> Iterator[None]:
        """Write into `parent` (a cell, a note, a header) for a while."""
        kept = self.parent, self.part, self.gap, self.groups, self.last
        self.parent, self.part, self.gap, self.groups, self.last = parent, part or self.part, 0, [], None
        yield
        self.parent, self.part, self.gap, self.groups, self.last = kept

    @contextmanager
    def group(self) -> Iterator[list[Block]]:
        """Collect the blocks that are written into the present parent."""
        blocks: list[Block] = []
        self.groups.append(blocks)
        yield blocks
        self.groups.pop()

    def flow(self, element: HtmlElement, ctx: Context) -> None:
        """Write the content of a container: runs of inline content become paragraphs in the context's style."""
        pending: list[str | HtmlElement] = [element.text] if element.text else []
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif child.tag in INLINES and self.cascade[child].display != "block":
                pending.append(child)
            else:
                self._flush(pending, ctx)
                pending = []
                self.block(child, ctx)
            if child.tail:
                pending.append(child.tail)
        self._flush(pending, ctx)

    def _flush(self, pending: list[str | HtmlElement], ctx: Context) -> None:
        if any(not isinstance(node, str) or not node.isspace() for node in pending):
            self.inline(self, pending, ctx)

    def block(self, element: HtmlElement, ctx: Context) -> None:
        """Write one block element; raise `ReportError` for one that is not in the list or stands where it cannot."""
        handler = self.handlers.get(element.tag)
        rule = self.cascade[element]
        if handler is None and element.tag in INLINES:
            handler = self.handlers["p"]
        if handler is None:
            where = "is not allowed here" if element.tag in ELEMENTS else "is not in the element list"
            raise ReportError.of("docx.element", f"<{element.tag}> {where}: {self.excerpt(element)}")
        self.mark(element)
        handler(self, element, self.enter(ctx, element, rule), rule)

    def enter(self, ctx: Context, element: HtmlElement, rule: Rule) -> Context:
        """Return the context inside `element`."""
        name = rule.style or _DEFAULT_STYLES.get(element.tag)
        changes: dict[str, object] = {}
        if ctx.before is not rule.before or ctx.after is not rule.after:
            changes.update(before=rule.before, after=rule.after)
        if name and element.tag not in ("table", "ul", "ol", "dl"):
            changes["style"] = self.theme.style(name, "paragraph")
        run = self.speak(ctx.run, element)
        if rule.run != PLAIN:
            run = merge(run, rule.run)
        if run is not ctx.run:
            changes["run"] = run
        return ctx._replace(**changes) if changes else ctx

    def speak(self, run: Run, element: HtmlElement) -> Run:
        """Return `run` in the language and direction of `element`; the document's own needs no word."""
        way = element.get("dir")
        if way is not None:
            run = replace(run, rtl=way == "rtl")
        lang = element.get("lang")
        if lang is None:
            return run
        tag = full_tag(lang)
        return replace(run, lang=None if tag == self.language else tag)

    def mark(self, element: HtmlElement) -> None:
        """Keep the bookmark of `element` for the next paragraph, if anything may point to it."""
        name = self.source.bookmarks.get(element.get("id", ""))
        if name:
            self.marks.append(name)

    def paragraph(self, ctx: Context, para: Para = UNSAID) -> Element:
        """Append an empty paragraph in the context's style, with everything that waited for one."""
        own, said = ctx.style.full_para, {}
        if self.number:
            said["numbering"] = self.number
        elif ctx.left:
            said["left"] = ctx.left + (own.left or 0)
        if ctx.right:
            said["right"] = ctx.right + (own.right or 0)
        if ctx.before is not None:
            said["before"] = ctx.before
        if ctx.after is not None:
            said["after"] = ctx.after
        if self.gap > (own.before or 0):
            said["before"] = self.gap
        if self.page_break:
            said["page_break"] = True
        if self.page_break or self.fresh:
            said["before"] = 0
        if ctx.align:
            said["align"] = ctx.align
        if ctx.keep_next:
            said["keep_next"] = True
        if said:
            para = merge(para, Para(**said))
        if self.direction.mixed:
            para = self.direction.para(para, ctx.run)
        self.gap, self.page_break, self.fresh, self.number = 0, False, False, None
        element = sub(self.parent, "w:p")
        props.paragraph_properties(element, None if ctx.style.name == "Normal" else ctx.style.id, para)
        self._record(Block(element, ctx.style, para))
        return element

    def flush_number(self, ctx: Context) -> None:
        """Write a marker that still waits for a paragraph as one without text, as a browser shows it."""
        if self.number:
            self.paragraph(ctx)

    def table(self) -> Element:
        """Append an empty table, after a thin paragraph where another table would grow together with it."""
        if len(self.parent) and self.parent[-1].tag == _TABLE:
            self.spacer(max(self.gap, 20))
        self.gap = 0
        element = sub(self.parent, "w:tbl")
        self._record(Block(element))
        return element

    def _record(self, block: Block) -> None:
        self.last = block
        for group in self.groups:
            group.append(block)

    def spacer(self, height: int = 20) -> Element:
        """Append a paragraph without text that is `height` twips high."""
        ctx = Context(self.theme.style("Normal"), PLAIN, 0)
        self.gap = 0
        return self.paragraph(ctx, Para(before=0, after=0, line=height, line_rule="exact"))

    def excerpt(self, element: HtmlElement) -> str:
        """Return the beginning of an element's text, for a message."""
        return " ".join("".join(element.itertext()).split())[:60]


def rewrite(block: Block, **changes: object) -> None:
    """Give a written paragraph other formatting."""
    block.para = replace(block.para, **changes)
    old = block.element.find(_PROPERTIES)
    if old is not None:
        block.element.remove(old)
    style = None if block.style is None or block.style.name == "Normal" else block.style.id
    made = props.paragraph_properties(block.element, style, block.para)
    if made is not None:
        block.element.insert(0, made)


def keep_row(row: Element) -> None:
    """Keep every paragraph of a table's row on the page of the next row (17.3.1.15)."""
    for properties in row.iter(_PROPERTIES):
        if (said := properties.find(_KEEP)) is not None:
            properties.remove(said)
        at = 1 if len(properties) and properties[0].tag == _STYLE else 0
        properties.insert(at, properties.makeelement(_KEEP))


_REGIONS = {"en": "GB", "bg": "BG", "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "ro": "RO", "el": "GR", "sr": "RS",
            "mk": "MK", "tr": "TR", "he": "IL", "ar": "SA", "fa": "IR", "ur": "PK", "ru": "RU", "uk": "UA", "pl": "PL", "pt": "PT", "nl": "NL"}  # fmt: skip


@lru_cache(maxsize=64)
def full_tag(language: str) -> str:
    """Return the tag that Word's proofing knows: ``bg`` -> ``bg-BG``, ``en`` -> ``en-GB``."""
    tag = language.replace("_", "-")
    return f"{tag}-{_REGIONS[tag.lower()]}" if tag.lower() in _REGIONS else tag

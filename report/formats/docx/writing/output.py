"""Where the next block goes, and what it still has to carry: spaces, page breaks, list markers and bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from docx.opc.part import Part

from report.formats.docx.formatting import properties
from report.formats.docx.formatting.direction import Direction
from report.formats.docx.formatting.values import PLAIN_PARAGRAPH, PLAIN_RUN, ParagraphFormat, RunFormat, merge
from report.formats.docx.look.styles import Page, WordStyle, WordStyles
from report.formats.ooxml import Element, q, sub
from report.values.length import ZERO, Length, twips

_TABLE, _ROW = q("w:tbl"), q("w:tr")
_PROPERTIES, _STYLE, _KEEP_NEXT = q("w:pPr"), q("w:pStyle"), q("w:keepNext")
_CANT_SPLIT = f"{q('w:trPr')}/{q('w:cantSplit')}"
_THIN = twips(20)
"""The height of a paragraph that only keeps two tables apart."""


class Context(NamedTuple):
    """What a block inherits: the style of bare text, direct run formatting, indents and room."""

    style: WordStyle
    run: RunFormat
    width: Length
    left: Length = ZERO
    right: Length = ZERO
    depth: int = 0
    align: str | None = None
    keep_next: bool | None = None
    before: Length | None = None
    after: Length | None = None

    @property
    def room(self) -> Length:
        return self.width - self.left - self.right


@dataclass(slots=True)
class ParagraphBlock:
    """A paragraph that was written, and its direct formatting, which may still change."""

    element: Element
    style: WordStyle
    para: ParagraphFormat

    def write_properties(self) -> Element | None:
        """Append what the paragraph sets, and return it; the default style needs no word."""
        style = None if self.style.name == "Normal" else self.style.id
        return properties.paragraph_properties(self.element, style, self.para)

    def change(self, over: ParagraphFormat) -> None:
        """Give the paragraph other formatting besides its own."""
        self.para = merge(self.para, over)
        if (old := self.element.find(_PROPERTIES)) is not None:
            self.element.remove(old)
        if (new := self.write_properties()) is not None:
            self.element.insert(0, new)

    def keep_with_next(self) -> None:
        self.change(ParagraphFormat(keep_next=True))


@dataclass(slots=True)
class TableBlock:
    """A table that was written."""

    element: Element

    def keep_with_next(self, rows_left: int = 0) -> None:
        """Keep the rows that do not break with what follows, but the last `rows_left`."""
        rows = self.element.findall(_ROW)
        for row in rows[: len(rows) - rows_left]:
            if not may_split(row):
                keep_row(row)


Block = ParagraphBlock | TableBlock


def may_split(row: Element) -> bool:
    """Say whether a table's row may break over pages (17.4.6)."""
    return row.find(_CANT_SPLIT) is None


def keep_row(row: Element) -> None:
    """Keep every paragraph of a table's row on the page of the next row (17.3.1.15)."""
    for paragraph in row.iter(_PROPERTIES):
        if (flag := paragraph.find(_KEEP_NEXT)) is not None:
            paragraph.remove(flag)
        place = 1 if len(paragraph) and paragraph[0].tag == _STYLE else 0
        paragraph.insert(place, paragraph.makeelement(_KEEP_NEXT))


@dataclass(slots=True, kw_only=True)
class Output:
    """The place of the next block: `parent` is what it is written into, in the XML part `part`."""

    styles: WordStyles
    direction: Direction
    body: Element
    parent: Element
    part: Part
    gap: Length = ZERO
    page_break: bool = False
    at_page_start: bool = True
    list_number: tuple[int, int] | None = None
    in_footnote: bool = False
    landscape: bool = False
    pending_bookmarks: list[str] = field(default_factory=list)
    groups: list[list[Block]] = field(default_factory=list)
    last: Block | None = None
    counters: dict[str, int] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        """Return the present page."""
        return self.styles.page.turned() if self.landscape else self.styles.page

    def count(self, sequence: str) -> int:
        """Return the next number of a sequence, from 1."""
        self.counters[sequence] = self.counters.get(sequence, 0) + 1
        return self.counters[sequence]

    @contextmanager
    def inside(self, parent: Element, part: Part | None = None) -> Iterator[None]:
        """Write into `parent` (a cell, a note, a header) for a while."""
        outer = self.parent, self.part, self.gap, self.groups, self.last
        self.parent, self.part, self.gap, self.groups, self.last = parent, part or self.part, ZERO, [], None
        yield
        self.parent, self.part, self.gap, self.groups, self.last = outer

    @contextmanager
    def footnote(self, note: Element, part: Part) -> Iterator[None]:
        """Write into a footnote, whose paragraphs carry nothing of what waits for the next one of the text."""
        outer = self.list_number, self.page_break, self.pending_bookmarks
        self.list_number, self.page_break, self.pending_bookmarks, self.in_footnote = None, False, [], True
        with self.inside(note, part):
            yield
        self.list_number, self.page_break, self.pending_bookmarks = outer
        self.in_footnote = False

    @contextmanager
    def group(self) -> Iterator[list[Block]]:
        """Collect the blocks that are written into the present parent."""
        blocks: list[Block] = []
        self.groups.append(blocks)
        yield blocks
        self.groups.pop()

    def paragraph(self, ctx: Context, para: ParagraphFormat = PLAIN_PARAGRAPH) -> Element:
        """Append an empty paragraph in the context's style, with everything that waited for one."""
        own = ctx.style.full_para
        left = ctx.left + (own.left or ZERO) if ctx.left and not self.list_number else None
        before = self.gap if self.gap > (own.before or ZERO) else ctx.before
        if self.page_break or self.at_page_start:
            before = ZERO
        direct = (
            self.list_number,
            left,
            ctx.right or None,
            before,
            ctx.after,
            self.page_break,
            ctx.align,
            ctx.keep_next,
        )
        if direct != _NOTHING:
            para = merge(para, _direct(*direct))
        if self.direction.mixed:
            para = self.direction.apply(para, ctx.run)
        self.gap, self.page_break, self.at_page_start, self.list_number = ZERO, False, False, None
        block = ParagraphBlock(sub(self.parent, "w:p"), ctx.style, para)
        block.write_properties()
        self._record(block)
        return block.element

    def flush_number(self, ctx: Context) -> None:
        """Write a marker that still waits for a paragraph as one without text, as a browser shows it."""
        if self.list_number:
            self.paragraph(ctx)

    def table(self) -> Element:
        """Append an empty table, after a thin paragraph where another table would grow together with it."""
        if len(self.parent) and self.parent[-1].tag == _TABLE:
            self.spacer(max(self.gap, _THIN))
        self.gap = ZERO
        element = sub(self.parent, "w:tbl")
        self._record(TableBlock(element))
        return element

    def _record(self, block: Block) -> None:
        self.last = block
        for group in self.groups:
            group.append(block)

    def spacer(self, height: Length = _THIN) -> Element:
        """Append a paragraph without text that is `height` high."""
        ctx = Context(self.styles.style("Normal"), PLAIN_RUN, ZERO)
        self.gap = ZERO
        return self.paragraph(ctx, ParagraphFormat(before=ZERO, after=ZERO, line=height, line_rule="exact"))


_NOTHING = (None, None, None, None, None, False, None, None)


@lru_cache(maxsize=512)
def _direct(
    numbering: tuple[int, int] | None, left: Length | None, right: Length | None, before: Length | None,
    after: Length | None, page_break: bool, align: str | None, keep_next: bool | None,
) -> ParagraphFormat:  # fmt: skip
    return ParagraphFormat(
        numbering=numbering, left=left, right=right, before=before, after=after, page_break=page_break or None,
        align=align, keep_next=keep_next or None,
    )  # fmt: skip

"""Pieces of a paragraph -> runs, links, fields, notes and images (ECMA-376 17.3.2, 17.16)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element as HtmlElement

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from report.formats.docx.drawing import pictures
from report.formats.docx.formatting.direction import PICTURE_ALONE
from report.formats.docx.formatting.properties import run_properties
from report.formats.docx.formatting.values import PLAIN_PARAGRAPH, PLAIN_RUN, ParagraphFormat, RunFormat, merge
from report.formats.docx.look.styles import DEFAULT_SIZE, WordStyle
from report.formats.docx.text import fields, footnotes, measure
from report.formats.docx.text.inline import FIELDS, TRANSPARENT, Piece, collapse, gather
from report.formats.docx.writing.output import Context
from report.formats.docx.writing.writer import Node, Writer
from report.formats.ooxml import ILLEGAL, Element, clean, q, sub
from report.values import required

_T, _SPACE = q("w:t"), q("xml:space")
_WHOLE = 0.7
"""The share of a page above which a paragraph is not kept whole."""


def inline(writer: Writer, nodes: list[Node], ctx: Context) -> None:
    """Write inline nodes as one paragraph; none where they hold nothing but white space."""
    write(writer, collapse(gather(writer, nodes, ctx.run)), ctx)


def write(writer: Writer, pieces: list[Piece], ctx: Context) -> None:
    """Write collapsed pieces as one paragraph; bookmarks without content wait for the next one."""
    kinds = {piece.kind for piece in pieces} - TRANSPARENT
    if not kinds:
        writer.pending_bookmarks.extend(piece.text for piece in pieces if piece.kind == "bookmark")
        return
    para = PLAIN_PARAGRAPH
    if kinds == {"image"} and writer.direction.is_rtl(ctx.run):
        para = PICTURE_ALONE
    if ctx.style.full_para.keep_lines and _is_high(writer, pieces, ctx):
        para = merge(para, ParagraphFormat(keep_lines=False))
    element = writer.paragraph(ctx, para)
    names, writer.pending_bookmarks = writer.pending_bookmarks, []
    numbers = [start_bookmark(writer, element, name) for name in names]
    _append(writer, element, pieces, ctx)
    for number in numbers:
        sub(element, "w:bookmarkEnd", id=number)


def _is_high(writer: Writer, pieces: list[Piece], ctx: Context) -> bool:
    """Say whether a paragraph that its style keeps whole is too high for that: Word would leave its heading behind."""
    letters = sum(len(piece.text) for piece in pieces if piece.kind == "text")
    size = ctx.style.full_run.size or DEFAULT_SIZE
    return measure.lines_height(letters, size.twips, ctx.room) > _WHOLE * writer.page.text_height.twips


def start_bookmark(writer: Writer, parent: Element, name: str) -> int:
    """Begin a bookmark (17.13.6.2) and return its number; ``w:bookmarkEnd`` must follow."""
    number = writer.count("bookmark")
    sub(parent, "w:bookmarkStart", id=number, name=name)
    return number


def _append(writer: Writer, element: Element, pieces: list[Piece], ctx: Context) -> None:
    """Append pieces to a paragraph; those of another direction are embedded in it (17.3.2.8)."""
    parents = [element]
    for piece in pieces:
        parent = parents[-1]
        run = _settle(piece.run, ctx.style, writer.styles.character_style(piece.run))
        if piece.kind == "text":
            text(writer, parent, piece.text, run)
        elif piece.kind == "open":
            parents.append(_link(writer, parent, piece.text, piece.element))
        elif piece.kind == "embed":
            parents.append(sub(parent, "w:dir", val=piece.text))
        elif piece.kind in ("close", "pop"):
            parents.pop()
        elif piece.kind == "bookmark":
            sub(parent, "w:bookmarkEnd", id=start_bookmark(writer, parent, piece.text))
        elif piece.kind == "break":
            sub(_run(parent, run), "w:br")
        elif piece.kind == "tab":
            sub(_run(parent, run), "w:tab")
        elif piece.kind == "field":
            fields.write(parent, FIELDS[piece.text], "1", run)
        elif piece.kind == "page":
            text(writer, parent, "\u00a0", run)
            page_reference(writer, parent, piece.text, run)
        elif piece.kind == "image":
            image = _run(parent, RunFormat(no_proof=True))
            pictures.inline(writer, image, required(piece.element), ctx.room)
        else:
            footnotes.write(writer, parent, required(piece.element), run)


def page_reference(writer: Writer, parent: Element, identifier: str, run: RunFormat = PLAIN_RUN) -> None:
    """Append the page number of a heading, as a field (17.16.5.45)."""
    instruction = f"PAGEREF {writer.index.bookmarks[identifier]} \\h"
    fields.write(parent, instruction, writer.page_number(identifier), run)


def _run(parent: Element, run: RunFormat) -> Element:
    element = sub(parent, "w:r")
    run_properties(element, run)
    return element


def _link(writer: Writer, parent: Element, href: str, source: HtmlElement | None) -> Element:
    """Append an empty ``w:hyperlink`` (17.16.22) and return it."""
    element = sub(parent, "w:hyperlink")
    if href.startswith("#"):
        element.set(q("w:anchor"), writer.index.bookmarks[href[1:]])
    else:
        target = quote(clean(href.strip()), safe="%/:=&?~#+!$,;'@()*[]-._")
        key = (str(writer.part.partname), target)
        if key not in writer.links:
            writer.links[key] = writer.part.relate_to(target, RT.HYPERLINK, is_external=True)
        element.set(q("r:id"), writer.links[key])
    if source is not None and (title := source.get("title")):
        element.set(q("w:tooltip"), clean(title)[:255])
    element.set(q("w:history"), "1")
    return element


@lru_cache(maxsize=2048)
def _settle(run: RunFormat, paragraph: WordStyle, character: WordStyle | None) -> RunFormat:
    """Set bold, italic and capitals directly where two styles both set them and would cancel out (17.7.3)."""
    if character is None:
        return run
    above, own = paragraph.full_run, character.full_run
    both: dict[str, Any] = {name: True for name in ("bold", "italic", "caps", "small_caps")
            if getattr(above, name) and getattr(own, name) and getattr(run, name) is None}  # fmt: skip
    return replace(run, **both) if both else run


@lru_cache(maxsize=16)
def _specials(symbols: str) -> re.Pattern[str]:
    symbol = f"([{re.escape(symbols)}]+)" if symbols else "((?!))"
    return re.compile(f"{symbol}|(\u00ad)|(\u2011)|(\t)|(\n)|([{ILLEGAL}])")


_SPECIAL_ELEMENTS = {2: "w:softHyphen", 3: "w:noBreakHyphen", 4: "w:tab", 5: "w:br"}


def text(writer: Writer, parent: Element, content: str, run: RunFormat) -> None:
    """Append text, in a run for each direction."""
    for part, formatted in writer.direction.runs(content, run):
        _directed_text(writer, parent, part, formatted)


def _directed_text(writer: Writer, parent: Element, content: str, run: RunFormat) -> None:
    """Append a run of text: hyphens and tabs as elements (17.3.3), symbols in the font that has them."""
    family, symbols = writer.symbols
    pattern = _specials(symbols)
    if not pattern.search(content):
        _text(_run(parent, run), content)
        return
    element, at = None, 0
    for match in pattern.finditer(content):
        before, at = content[at : match.start()], match.end()
        if match[1]:
            if before:
                _text(_run(parent, run) if element is None else element, before)
            _text(_run(parent, replace(run, font=family)), match[1])
            element = None
            continue
        element = _run(parent, run) if element is None else element
        _text(element, before)
        if name := _SPECIAL_ELEMENTS.get(match.lastindex or 0):
            sub(element, name)
        else:
            _text(element, "\ufffd")
    if at < len(content):
        _text(_run(parent, run) if element is None else element, content[at:])


def _text(parent: Element, content: str) -> None:
    if not content:
        return
    element = etree.SubElement(parent, _T)
    element.text = content
    if content[0] == " " or content[-1] == " " or "  " in content:
        element.set(_SPACE, "preserve")

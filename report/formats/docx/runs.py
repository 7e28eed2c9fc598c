"""Pieces of a paragraph -> runs, links, fields, notes and images (ECMA-376 17.3.2, 17.16)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote
from xml.etree.ElementTree import Element as HtmlElement

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from report.formats.docx import drawing, fields, measure, notes, props
from report.formats.docx.direction import DRAWN
from report.formats.docx.format import UNSAID, Para, Run, merge
from report.formats.docx.inline import FIELDS, Piece, collapse, gather
from report.formats.docx.theme import Style
from report.formats.docx.writer import Context, Writer
from report.formats.ooxml import ILLEGAL, Element, clean, q, sub

_T, _SPACE = q("w:t"), q("xml:space")
_TRANSPARENT = frozenset({"open", "close", "into", "out", "mark"})
_WHOLE = 0.7
"""The share of a page above which a paragraph is not kept whole."""


def inline(writer: Writer, nodes: list[str | HtmlElement], ctx: Context) -> None:
    """Write inline nodes as one paragraph; none where they hold nothing but white space."""
    write(writer, collapse(gather(writer, nodes, ctx.run)), ctx)


def write(writer: Writer, pieces: list[Piece], ctx: Context, para: Para = UNSAID) -> None:
    """Write collapsed pieces as one paragraph; bookmarks without content wait for the next one."""
    if all(piece.kind in _TRANSPARENT for piece in pieces):
        writer.marks.extend(piece.text for piece in pieces if piece.kind == "mark")
        return
    if writer.direction.holds(ctx.run) and {piece.kind for piece in pieces} - _TRANSPARENT == {"image"}:
        para = merge(DRAWN, para)
    if ctx.style.full_para.keep_lines and _is_high(writer, pieces, ctx):
        para = merge(para, Para(keep_lines=False))
    element = writer.paragraph(ctx, para)
    names, writer.marks = writer.marks, []
    numbers = [start_bookmark(writer, element, name) for name in names]
    emit(writer, element, pieces, ctx)
    for number in numbers:
        sub(element, "w:bookmarkEnd", id=number)


def _is_high(writer: Writer, pieces: list[Piece], ctx: Context) -> bool:
    """Say whether a paragraph that its style keeps whole is too high for that: Word would leave its heading behind."""
    letters = sum(len(piece.text) for piece in pieces if piece.kind == "text")
    return measure.lines(letters, 10 * (ctx.style.full_run.size or 20), ctx.room) > _WHOLE * writer.page_height


def start_bookmark(writer: Writer, parent: Element, name: str) -> int:
    """Begin a bookmark (17.13.6.2) and return its number; ``w:bookmarkEnd`` must follow."""
    number = writer.count("bookmark")
    sub(parent, "w:bookmarkStart", id=number, name=name)
    return number


def emit(writer: Writer, element: Element, pieces: list[Piece], ctx: Context) -> None:
    """Append pieces to a paragraph; those of another direction are embedded in it (17.3.2.8)."""
    parents = [element]
    for piece in pieces:
        parent = parents[-1]
        run = settle(piece.run, ctx.style, writer.theme.by_id.get(piece.run.style))
        if piece.kind == "text":
            text(writer, parent, piece.text, run)
        elif piece.kind == "open":
            parents.append(link(writer, parent, piece.text, piece.element.get("title")))
        elif piece.kind == "into":
            parents.append(sub(parent, "w:dir", val=piece.text))
        elif piece.kind in ("close", "out"):
            parents.pop()
        elif piece.kind == "mark":
            sub(parent, "w:bookmarkEnd", id=start_bookmark(writer, parent, piece.text))
        elif piece.kind == "break":
            sub(_run(parent, run), "w:br")
        elif piece.kind == "tab":
            sub(_run(parent, run), "w:tab")
        elif piece.kind == "field":
            fields.write(parent, FIELDS[piece.text], "1", run)
        elif piece.kind == "target":
            page = (writer.pages or {}).get(piece.text)
            text(writer, parent, "\u00a0", run)
            fields.write(
                parent,
                f"PAGEREF {writer.source.bookmarks[piece.text]} \\h",
                fields.UNKNOWN_PAGE if page is None else str(page),
                run,
            )
        elif piece.kind == "image":
            drawing.inline(writer, _run(parent, Run(no_proof=True)), piece.element, ctx.room)
        else:
            notes.write(writer, parent, piece.element, run)


def _run(parent: Element, run: Run) -> Element:
    element = sub(parent, "w:r")
    props.run_properties(element, run)
    return element


def link(writer: Writer, parent: Element, href: str, title: str | None = None) -> Element:
    """Append an empty ``w:hyperlink`` (17.16.22) and return it."""
    element = sub(parent, "w:hyperlink")
    if href.startswith("#"):
        element.set(q("w:anchor"), writer.source.bookmarks[href[1:]])
    else:
        target = quote(clean(href.strip()), safe="%/:=&?~#+!$,;'@()*[]-._")
        key = (writer.part.partname, target)
        if key not in writer.links:
            writer.links[key] = writer.part.relate_to(target, RT.HYPERLINK, is_external=True)
        element.set(q("r:id"), writer.links[key])
    if title:
        element.set(q("w:tooltip"), clean(title)[:255])
    element.set(q("w:history"), "1")
    return element


@lru_cache(maxsize=2048)
def settle(run: Run, paragraph: Style, character: Style | None) -> Run:
    """Say bold, italic and capitals directly where two styles both set them and would cancel out (17.7.3)."""
    if character is None:
        return run
    above, own = paragraph.full_run, character.full_run
    said = {name: True for name in ("bold", "italic", "caps", "small_caps")
            if getattr(above, name) and getattr(own, name) and getattr(run, name) is None}  # fmt: skip
    return replace(run, **said) if said else run


@lru_cache(maxsize=16)
def _specials(symbols: str) -> re.Pattern[str]:
    wanted = f"([{re.escape(symbols)}]+)" if symbols else "((?!))"
    return re.compile(f"{wanted}|(\u00ad)|(\u2011)|(\t)|(\n)|([{ILLEGAL}])")


_SPECIAL_ELEMENTS = {2: "w:softHyphen", 3: "w:noBreakHyphen", 4: "w:tab", 5: "w:br"}


def text(writer: Writer, parent: Element, content: str, run: Run) -> None:
    """Append text, in a run for each direction."""
    for part, formatted in writer.direction.runs(content, run):
        _one_way(writer, parent, part, formatted)


def _one_way(writer: Writer, parent: Element, content: str, run: Run) -> None:
    """Append a run of text: hyphens and tabs as elements (17.3.3), symbols in the font that has them."""
    family, symbols = writer.symbols
    pattern = _specials(symbols)
    if not pattern.search(content):
        _text(_run(parent, run), content)
        return
    element, at = None, 0
    for found in pattern.finditer(content):
        before, at = content[at : found.start()], found.end()
        if found[1]:
            if before:
                _text(_run(parent, run) if element is None else element, before)
            _text(_run(parent, replace(run, font=family)), found[1])
            element = None
            continue
        element = _run(parent, run) if element is None else element
        _text(element, before)
        if found.lastindex in _SPECIAL_ELEMENTS:
            sub(element, _SPECIAL_ELEMENTS[found.lastindex])
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

"""Inline content -> pieces of a paragraph, with white space collapsed as CSS does (CSS Text 3, 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.formatting import direction
from report.formats.docx.formatting.values import RunFormat, merge
from report.formats.docx.look.styles import WordStyle
from report.formats.docx.writing.writer import Node, Writer, excerpt
from report.html.elements import INLINES
from report.values import ReportError

_SPACE = re.compile(r"[ \t\n\r\f]+")
TRANSPARENT = frozenset({"open", "close", "embed", "pop", "bookmark"})
"""Kinds of pieces that take no room on a line."""
_QUOTES = {
    "bg": ("„“", "„“"), "de": ("„“", "‚‘"), "mk": ("„“", "‚‘"), "sr": ("„“", "‘‘"), "fr": ("«»", "«»"),
    "it": ("«»", "“”"), "el": ("«»", "“”"), "ru": ("«»", "„“"), "uk": ("«»", "„“"), "pl": ("„”", "«»"),
    "ro": ("„”", "«»"),
}  # fmt: skip
"""Opening and closing marks, outer and inner, the same as the PDF writer's (CSS Content 3, ``quotes: auto``)."""
FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}


@dataclass(slots=True)
class Piece:
    """`kind` is text, break, tab, image, footnote, field, page (a link's page number), bookmark, open (a link), close, embed (text of
    another direction) or pop.
    """

    kind: str
    run: RunFormat
    text: str = ""
    element: HtmlElement | None = None


def gather(writer: Writer, nodes: Iterable[Node], run: RunFormat, quotes: int = 0, links: bool = True) -> list[Piece]:
    """Return the pieces of inline nodes. Without `links`, only the text of a link counts."""
    pieces: list[Piece] = []
    for node in nodes:
        if isinstance(node, str):
            pieces.append(Piece("text", run, node))
        elif isinstance(node.tag, str):
            _element(writer, node, run, quotes, links, pieces)
    return pieces


def children(element: HtmlElement) -> Iterator[Node]:
    """Yield the nodes of an element in order."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _element(
    writer: Writer, element: HtmlElement, run: RunFormat, quotes: int, links: bool, pieces: list[Piece]
) -> None:
    tag = element.tag
    if tag not in INLINES:
        raise ReportError.of("docx.element", f"<{tag}> is not allowed inside a line of text: {excerpt(element)}")
    rule, around = writer.rules[element], run
    if tag != "a" or links:
        if rule.style:
            run = nest(run, writer.styles.style(rule.style, "character"), writer.styles.character_style(run))
        run = merge(run, rule.run)
    run = writer.localise(run, element)
    if rule.tab:
        pieces.append(Piece("tab", run))
    if name := writer.index.bookmarks.get(element.get("id", "")):
        pieces.append(Piece("bookmark", run, name))
    special = _special(element, tag)
    other = element.get("dir", "") if not special else ""
    embedded = bool(other) and writer.direction.is_rtl(around) is not (other == "rtl")
    begin, end, after = direction.embedding_marks(element, other) if embedded else ("", "", "")
    if embedded:
        pieces += [Piece("embed", run, other), Piece("text", run, begin)]
    if special:
        pieces.append(Piece(special, run, element.get("data-field", ""), element))
    elif tag == "wbr":
        pieces.append(Piece("text", run, "\u200b"))
    elif tag == "q":
        marks = _QUOTES.get((run.lang or writer.language).split("-")[0], ("“”", "‘’"))[min(quotes, 1)]
        pieces.append(Piece("text", run, marks[0]))
        pieces.extend(gather(writer, children(element), run, quotes + 1, links))
        pieces.append(Piece("text", run, marks[1]))
    elif tag == "a" and links and element.get("href"):
        pieces.append(Piece("open", run, element.get("href", ""), element))
        pieces.extend(gather(writer, children(element), run, quotes, links))
        if element.get("data-field") == "target":
            pieces.append(Piece("page", run, element.get("href", "")[1:]))
        pieces.append(Piece("close", run))
    else:
        pieces.extend(gather(writer, children(element), run, quotes, links))
    if embedded:
        pieces += [Piece("text", run, end), Piece("pop", run), Piece("text", around, after)]


def _special(element: HtmlElement, tag: str) -> str | None:
    if tag in ("br", "img"):
        return {"br": "break", "img": "image"}[tag]
    if tag == "span" and element.get("role") == "doc-footnote":
        return "footnote"
    if "data-field" in element.attrib and tag != "a":
        if element.get("data-field") not in FIELDS:
            raise ReportError.of("docx.field", f"data-field is `page` or `pages`, not `{element.get('data-field')}`")
        return "field"
    return None


@lru_cache(maxsize=512)
def nest(run: RunFormat, style: WordStyle, outer: WordStyle | None) -> RunFormat:
    """Put a character style inside another: a run has one only, so the outer one's formatting becomes direct."""
    direct = merge(outer.full_run, run) if outer else run
    own = style.full_run
    cleared: dict[str, Any] = {f.name: None for f in fields(own) if getattr(own, f.name) is not None}
    return replace(direct, **{**cleared, "style": style.id})


def collapse(pieces: list[Piece]) -> list[Piece]:
    """Collapse white space across elements and drop it at the edges of lines; join text of equal formatting."""
    collapsed: list[Piece] = []
    space = True
    for piece in pieces:
        if piece.kind == "text":
            text = _SPACE.sub(" ", piece.text)
            if space and text[:1] == " ":
                text = text[1:]
            if not text:
                continue
            space = text[-1] == " "
            if collapsed and collapsed[-1].kind == "text" and collapsed[-1].run == piece.run:
                collapsed[-1].text += text
            else:
                collapsed.append(Piece("text", piece.run, text))
        else:
            if piece.kind == "break":
                _strip_end(collapsed)
            if piece.kind not in TRANSPARENT:
                space = piece.kind in ("break", "tab")
            collapsed.append(piece)
    _strip_end(collapsed)
    return collapsed


def _strip_end(pieces: list[Piece]) -> None:
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if piece.kind in TRANSPARENT:
            continue
        if piece.kind == "text":
            piece.text = piece.text.removesuffix(" ")
            if not piece.text:
                del pieces[index]
        return

"""Inline content -> pieces of a paragraph, with white space collapsed as CSS does (CSS Text 3, 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import direction
from report.formats.docx.format import Run, merge
from report.formats.docx.theme import Style
from report.formats.docx.writer import Writer
from report.html.elements import INLINES
from report.values import ReportError

_SPACE = re.compile(r"[ \t\n\r\f]+")
_TRANSPARENT = frozenset({"open", "close", "into", "out", "mark"})
_QUOTES = {
    "bg": ("„“", "„“"), "de": ("„“", "‚‘"), "mk": ("„“", "‚‘"), "sr": ("„“", "‘‘"), "fr": ("«»", "«»"),
    "it": ("«»", "“”"), "el": ("«»", "“”"), "ru": ("«»", "„“"), "uk": ("«»", "„“"), "pl": ("„”", "«»"),
    "ro": ("„”", "«»"),
}  # fmt: skip
"""Opening and closing marks, outer and inner, the same as the PDF writer's (CSS Content 3, ``quotes: auto``)."""
FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}


@dataclass(slots=True)
class Piece:
    """`kind` is text, break, tab, image, note, field, target (a page number), mark, open (a link), close, into (another direction) or out."""

    kind: str
    run: Run
    text: str = ""
    element: HtmlElement | None = None


def gather(
    writer: Writer, nodes: Iterable[str | HtmlElement], run: Run, quotes: int = 0, links: bool = True
) -> list[Piece]:
    """Return the pieces of inline nodes. Without `links`, only the text of a link counts."""
    found: list[Piece] = []
    for node in nodes:
        if isinstance(node, str):
            found.append(Piece("text", run, node))
        elif isinstance(node.tag, str):
            _element(writer, node, run, quotes, links, found)
    return found


def children(element: HtmlElement) -> Iterable[str | HtmlElement]:
    """Yield the nodes of an element in order."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _element(writer: Writer, element: HtmlElement, run: Run, quotes: int, links: bool, found: list[Piece]) -> None:
    tag = element.tag
    if tag not in INLINES:
        raise ReportError.of("docx.element", f"<{tag}> is not allowed inside a line of text: {writer.excerpt(element)}")
    rule, around = writer.cascade[element], run
    plain = tag == "a" and not links
    if not plain:
        if rule.style:
            run = nest(run, writer.theme.style(rule.style, "character"), writer.theme.by_id.get(run.style))
        run = merge(run, rule.run)
    run = writer.speak(run, element)
    if rule.tab:
        found.append(Piece("tab", run))
    name = writer.source.bookmarks.get(element.get("id", ""))
    if name:
        found.append(Piece("mark", run, name))
    special = _special(element, tag)
    way = element.get("dir") if not special else None
    turned = way if way and writer.direction.holds(around) is not (way == "rtl") else None
    begin, end, after = direction.edges(element, turned) if turned else ("", "", "")
    if turned:
        found += [Piece("into", run, turned), Piece("text", run, begin)]
    if special:
        found.append(Piece(special, run, element.get("data-field", ""), element))
    elif tag == "wbr":
        found.append(Piece("text", run, "\u200b"))
    elif tag == "q":
        marks = _QUOTES.get((run.lang or writer.language).split("-")[0], ("“”", "‘’"))[min(quotes, 1)]
        found.append(Piece("text", run, marks[0]))
        found.extend(gather(writer, children(element), run, quotes + 1, links))
        found.append(Piece("text", run, marks[1]))
    elif tag == "a" and links and element.get("href"):
        found.append(Piece("open", run, element.get("href", ""), element))
        found.extend(gather(writer, children(element), run, quotes, links))
        if element.get("data-field") == "target":
            found.append(Piece("target", run, element.get("href", "")[1:]))
        found.append(Piece("close", run))
    else:
        found.extend(gather(writer, children(element), run, quotes, links))
    if turned:
        found += [Piece("text", run, end), Piece("out", run), Piece("text", around, after)]


def _special(element: HtmlElement, tag: str) -> str | None:
    if tag in ("br", "img"):
        return {"br": "break", "img": "image"}[tag]
    if tag == "span" and element.get("role") == "doc-footnote":
        return "note"
    if "data-field" in element.attrib and tag != "a":
        if element.get("data-field") not in FIELDS:
            raise ReportError.of("docx.field", f"data-field is `page` or `pages`, not `{element.get('data-field')}`")
        return "field"
    return None


@lru_cache(maxsize=512)
def nest(run: Run, style: Style, outer: Style | None) -> Run:
    """Put a character style inside another: a run has one only, so the outer one's formatting becomes direct."""
    direct = merge(outer.full_run, run) if outer else run
    own = style.full_run
    cleared = {f.name: None for f in fields(own) if getattr(own, f.name) is not None}
    return replace(direct, **cleared, style=style.id)


def collapse(pieces: list[Piece]) -> list[Piece]:
    """Collapse white space across elements and drop it at the edges of lines; join text of equal formatting."""
    kept: list[Piece] = []
    space = True
    for piece in pieces:
        if piece.kind == "text":
            text = _SPACE.sub(" ", piece.text)
            if space and text[:1] == " ":
                text = text[1:]
            if not text:
                continue
            space = text[-1] == " "
            if kept and kept[-1].kind == "text" and kept[-1].run == piece.run:
                kept[-1].text += text
            else:
                kept.append(Piece("text", piece.run, text))
        else:
            if piece.kind == "break":
                _strip_end(kept)
            if piece.kind not in _TRANSPARENT:
                space = piece.kind in ("break", "tab")
            kept.append(piece)
    _strip_end(kept)
    return kept


def _strip_end(pieces: list[Piece]) -> None:
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if piece.kind in _TRANSPARENT:
            continue
        if piece.kind == "text":
            piece.text = piece.text.removesuffix(" ")
            if not piece.text:
                del pieces[index]
        return

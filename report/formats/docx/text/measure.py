"""About how wide and how high text is in Word, in twips: by the widths of the letters in the fonts that are embedded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.charts import measure
from report.formats.columns import Piece
from report.formats.docx.formatting.values import RunFormat, merge
from report.formats.docx.look.styles import DEFAULT_SIZE, WordStyle
from report.formats.docx.writing.output import Context
from report.formats.docx.writing.writer import Writer
from report.html.elements import INLINES
from report.values import FontFace
from report.values.length import Length

_SPARE = 1.01
"""Word rounds the width of each letter."""
_LETTER, _LINE = 0.52, 1.4
"""About how wide a letter and how high a line are, in the size of the letters."""


class Letters(NamedTuple):
    """A font with those that have what it lacks, and the size of its letters in twips."""

    font: measure.Face
    size: int


def measurable(writer: Writer, element: HtmlElement, ctx: Context) -> Iterator[Piece | None]:
    """Yield the texts in an element, with their letters; None where a block or a line ends."""
    yield from _texts(writer, element, ctx.style, ctx.run)


def width(pieces: Sequence[Piece]) -> float:
    """Return how wide pieces are that stand on one line."""
    return sum(measure.width(text, letters.font, letters.size) for text, letters in pieces) * _SPARE


def height(pieces: Sequence[Piece | None], room: Length) -> float:
    """Return about how high pieces are in a column that is `room` wide."""
    total, size = 0.0, 0
    for piece in pieces:
        if piece is None:
            total += 0.5 * size * _LINE  # of its last line, half is empty
        else:
            size = piece[1].size
            total += lines_height(len(piece[0]), size, room)
    return total


def lines_height(letters: int, size: int, room: Length) -> float:
    """Return about how high so many letters of a size are in a column that is `room` wide."""
    return letters * size * _LETTER / max(room.twips, size) * size * _LINE


def _texts(writer: Writer, element: HtmlElement, style: WordStyle, run: RunFormat) -> Iterator[Piece | None]:
    letters = _letters(writer.document.look.fonts, style, run)
    if element.text:
        yield element.text, letters
    for child in element:
        if isinstance(child.tag, str) and child.get("role") != "doc-footnote":
            rule, inner = writer.rules[child], run
            block = child.tag not in INLINES or rule.display == "block"
            of_block = writer.styles.style(rule.style) if block and rule.style else style
            if not block and rule.style:
                inner = merge(inner, writer.styles.style(rule.style).full_run)
            yield from _texts(writer, child, of_block, merge(inner, rule.run))
            if block or child.tag == "br":
                yield None
        if child.tail:
            yield child.tail, letters


@lru_cache(maxsize=256)
def _letters(fonts: tuple[FontFace, ...], style: WordStyle, run: RunFormat) -> Letters:
    full = merge(style.full_run, run)
    faces = [face for face in fonts if face.family == full.font] or list(fonts)
    wanted = (700 if full.bold else 400, bool(full.italic))
    face = min(faces, key=lambda face: (abs(face.weight - wanted[0]), face.italic != wanted[1]))
    others = (one.path for one in fonts if one.script and one.weight == face.weight)
    return Letters((face.path, *others), (full.size or DEFAULT_SIZE).twips)

"""How wide and how high text is in Word, in twips: by the widths of the letters in the fonts that are embedded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.charts import measure
from report.formats.columns import Piece
from report.formats.docx.format import Run, merge
from report.formats.docx.theme import Style
from report.formats.docx.writer import Context, Writer
from report.html.elements import INLINES
from report.values import FontFace

_DEFAULT, _TWIPS = 20, 10
"""Half-points of text that says no size, and twips of a half-point."""
_SPARE = 1.01
"""Word rounds the width of each letter."""
_LETTER, _LINE = 0.52, 1.4
"""About how wide a letter and how high a line are, in the size of the letters."""


class Letters(NamedTuple):
    """A font with those that have what it lacks, and the size of its letters in twips."""

    font: measure.Face
    size: int


def pieces(writer: Writer, element: HtmlElement, ctx: Context) -> Iterator[Piece | None]:
    """Yield the texts in an element, with their letters; None where a block or a line ends."""
    yield from _texts(writer, element, ctx.style, ctx.run)


def width(found: Sequence[Piece]) -> float:
    """Return how wide pieces are that stand on one line."""
    return sum(measure.width(text, letters.font, letters.size) for text, letters in found) * _SPARE


def height(found: Sequence[Piece | None], room: int) -> float:
    """Return about how high pieces are in a column that is `room` wide."""
    total, size = 0.0, 0
    for piece in found:
        if piece is None:
            total += 0.5 * size * _LINE  # of its last line, half is empty
        else:
            size = piece[1].size
            total += lines(len(piece[0]), size, room)
    return total


def lines(letters: int, size: int, room: int) -> float:
    """Return about how high so many letters of a size are in a column that is `room` wide."""
    return letters * size * _LETTER / max(room, size) * size * _LINE


def _texts(writer: Writer, element: HtmlElement, style: Style, run: Run) -> Iterator[Piece | None]:
    letters = _letters(writer.document.look.fonts, style, run)
    if element.text:
        yield element.text, letters
    for child in element:
        if isinstance(child.tag, str) and child.get("role") != "doc-footnote":
            rule, inner = writer.cascade[child], run
            block = child.tag not in INLINES or rule.display == "block"
            of_block = writer.theme.style(rule.style) if block and rule.style else style
            if not block and rule.style:
                inner = merge(inner, writer.theme.style(rule.style).full_run)
            yield from _texts(writer, child, of_block, merge(inner, rule.run))
            if block or child.tag == "br":
                yield None
        if child.tail:
            yield child.tail, letters


@lru_cache(maxsize=256)
def _letters(fonts: tuple[FontFace, ...], style: Style, run: Run) -> Letters:
    said = merge(style.full_run, run)
    family = [face for face in fonts if face.family == said.font] or list(fonts)
    wanted = (700 if said.bold else 400, bool(said.italic))
    face = min(family, key=lambda face: (abs(face.weight - wanted[0]), face.italic != wanted[1]))
    others = (one.path for one in fonts if one.script and one.weight == face.weight)
    return Letters((face.path, *others), (said.size or _DEFAULT) * _TWIPS)

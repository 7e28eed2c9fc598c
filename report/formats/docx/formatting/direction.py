"""What runs from right to left in Word: which words, in which font, and which document (ECMA-376 17.3.1.6, 17.3.2.30, 17.4.1).

Word takes its left and right of indents, tab stops, alignment and cells for start and end where a paragraph or a table runs from
right to left. The lines around a paragraph and the margins of the page stay where they are: these change sides here.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.formatting.values import Borders, CellFormat, ParagraphFormat, RunFormat
from report.formats.ooxml import Element, q
from report.html.tree import Tree
from report.looks import glyphs
from report.values import FontFace
from report.values.length import ZERO

_RTL = frozenset({"R", "AL"})
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»"}


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way a document runs; `mixed` says that something in it runs from right to left, and `fonts` have its letters."""

    rtl: bool = False
    mixed: bool = False
    fonts: tuple[FontFace, ...] = ()

    @classmethod
    def of(cls, tree: Tree, faces: Iterable[FontFace]) -> Direction:
        """Return the direction of a document."""
        mixed = tree.is_rtl or tree.has_directions or any(_class(c) in _RTL for c in set(tree.html))
        upright = tuple(face for face in faces if face.script and face.weight < 600)
        return cls(tree.is_rtl, mixed, upright)

    def is_rtl(self, run: RunFormat) -> bool:
        """Say whether what is in `run` runs from right to left."""
        return self.rtl if run.rtl is None else run.rtl

    def runs(self, text: str, run: RunFormat) -> list[tuple[str, RunFormat]]:
        """Return a text in runs of one direction each."""
        if not self.mixed:
            return [(text, run)]
        return [(part, self._formatted(part, run, turned)) for part, turned in parts(text, self.is_rtl(run))]

    def _formatted(self, text: str, run: RunFormat, rtl: bool) -> RunFormat:
        return replace(run, rtl=True, complex_font=self.family(text)) if rtl else replace(run, rtl=None)

    def family(self, text: str = "") -> str | None:
        """Return the family that has the letters of a text, or of the document, and that the theme's text family is not."""
        letters = [ord(c) for c in text if _class(c) in _RTL and c.isalpha()]
        known = (face for face in self.fonts if not letters or letters[0] in glyphs.covered(face.path))
        return next((face.family for face in known), None)

    def apply(self, para: ParagraphFormat, run: RunFormat) -> ParagraphFormat:
        """Return a paragraph's formatting with its direction, unless it says that itself."""
        if para.bidi is not None:
            return para
        if self.is_rtl(run):
            return replace(para, bidi=True)
        return replace(para, bidi=False) if self.rtl else para


PICTURE_ALONE = ParagraphFormat(bidi=False, align="right")
"""A paragraph that holds a picture alone: LibreOffice 7 would set the words of a chart there the wrong way round."""


def parts(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """Return the parts of a text that run one way, each with whether it is from right to left (UAX 9, of one level).

    Digits go with letters before them that run from left to right; what has no direction goes with its neighbours where they agree, and
    else with the text.
    """
    letters = [_side(c) for c in text]
    sides: list[bool | None] = [
        False if last is False and _class(c) == "EN" else own
        for c, own, last in zip(text, letters, _preceding(letters), strict=True)
    ]
    for place, of_pair in _brackets(text, sides, rtl):
        sides[place] = of_pair
    before, after = list(_preceding(sides)), list(_preceding(sides[::-1]))[::-1]
    runs: list[tuple[str, bool]] = []
    for c, side, left, right in zip(text, sides, before, after, strict=True):
        between = rtl if left is None or left is not right else left
        is_rtl = between if side is None else side
        if runs and runs[-1][1] == is_rtl:
            runs[-1] = runs[-1][0] + c, is_rtl
        else:
            runs.append((c, is_rtl))
    return runs


def _brackets(text: str, sides: list[bool | None], rtl: bool) -> Iterator[tuple[int, bool]]:
    """Yield the direction of each bracket of a pair (UAX 9, N0): that of the text, unless what is in it and before it runs the other way."""
    before, opened = list(_preceding(sides)), list[int]()
    for place, c in enumerate(text):
        if c in _PAIRS:
            opened.append(place)
        elif opened and c == _PAIRS[text[opened[-1]]]:
            start = opened.pop()
            inside = {side for side in sides[start:place] if side is not None}
            other = bool(inside) and rtl not in inside and before[start] is (not rtl)
            if inside:
                yield from ((one, not rtl if other else rtl) for one in (start, place))


def _side(character: str) -> bool | None:
    """Return whether a letter runs from right to left, None for what has no direction of its own."""
    kind = _class(character)
    return True if kind in _RTL else False if kind == "L" else None


def _preceding(sides: Iterable[bool | None]) -> Iterator[bool | None]:
    """Yield the direction of the last letter at or before each place."""
    last: bool | None = None
    for side in sides:
        last = last if side is None else side
        yield last


@functools.lru_cache(maxsize=4096)
def _class(character: str) -> str:
    return unicodedata.bidirectional(character)


def embedding_marks(element: HtmlElement, direction: str) -> tuple[str, str, str]:
    """Return the marks of direction at the beginning of what is embedded, at its end, and after it (UAX 9, 2.1 and 2.6).

    They stand where no letter says so: programs that do not know ``w:dir`` (LibreOffice 7) then set digits, points and what is
    embedded in turn on their side.
    """
    text = "".join(element.itertext()).strip()
    if not text:
        return "", "", ""
    rtl = direction == "rtl"
    own, other = ("\u200f", "\u200e") if rtl else ("\u200e", "\u200f")
    if any(_side(c) is (not rtl) for c in text):
        return "\u202b" if rtl else "\u202a", "\u202c", other
    first, last = (_side(text[place]) is rtl for place in (0, -1))
    return "" if first else own, "" if last or _class(text[-1]) == "EN" else own, "" if first and last else other


def even_margins(cell: CellFormat) -> CellFormat:
    """Return a cell with half of its margins on each side: Word sets them from the cell's start, LibreOffice from its left."""
    left, right = cell.margins.left, cell.margins.right
    if left is None and right is None:
        return cell
    half = ((left or ZERO) + (right or ZERO)) // 2
    return replace(cell, margins=replace(cell.margins, left=half, right=half))


def swap_sides(borders: Borders | None) -> Borders | None:
    """Return the lines around a paragraph with left and right exchanged."""
    return replace(borders, left=borders.right, right=borders.left) if borders else borders


def style_format(para: ParagraphFormat, normal: bool) -> ParagraphFormat:
    """Return a style's formatting in a document that runs from right to left: all styles are based on the normal one."""
    return replace(para, bidi=True) if normal else replace(para, borders=swap_sides(para.borders))


def set_complex_fonts(styles: Element, direction: Direction) -> None:
    """Let all styles of a document that runs from right to left name the family of its letters (17.3.2.26)."""
    if direction.rtl and (family := direction.family()):
        for fonts in styles.iter(q("w:rFonts")):
            fonts.set(q("w:cs"), family)

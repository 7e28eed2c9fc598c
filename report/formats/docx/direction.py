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

from report.formats.docx.format import Borders, Cell, Para, Run
from report.formats.ooxml import Element, q
from report.html.tree import Tree
from report.looks import glyphs
from report.values import FontFace

_TURNED = frozenset({"R", "AL"})
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
        mixed = tree.is_rtl or tree.has_directions or any(_class(c) in _TURNED for c in set(tree.html))
        upright = tuple(face for face in faces if face.script and face.weight < 600)
        return cls(tree.is_rtl, mixed, upright)

    def holds(self, run: Run) -> bool:
        """Say whether what is in `run` runs from right to left."""
        return self.rtl if run.rtl is None else run.rtl

    def runs(self, text: str, run: Run) -> list[tuple[str, Run]]:
        """Return a text in runs of one direction each."""
        if not self.mixed:
            return [(text, run)]
        return [(part, self._formatted(part, run, turned)) for part, turned in parts(text, self.holds(run))]

    def _formatted(self, text: str, run: Run, turned: bool) -> Run:
        return replace(run, rtl=True, complex=self.family(text)) if turned else replace(run, rtl=None)

    def family(self, text: str = "") -> str | None:
        """Return the family that has the letters of a text, or of the document, and that the theme's text family is not."""
        letters = [ord(c) for c in text if _class(c) in _TURNED and c.isalpha()]
        known = (face for face in self.fonts if not letters or letters[0] in glyphs.covered(face.path))
        return next((face.family for face in known), None)

    def para(self, para: Para, run: Run) -> Para:
        """Return a paragraph's formatting with its direction, unless it says that itself."""
        if para.bidi is not None:
            return para
        if self.holds(run):
            return replace(para, bidi=True)
        return replace(para, bidi=False) if self.rtl else para


DRAWN = Para(bidi=False, align="right")
"""A paragraph that holds a picture alone: LibreOffice 7 would set the words of a chart there the wrong way round."""


def parts(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """Return the parts of a text that run one way, each with whether it is from right to left (UAX 9, of one level).

    Digits go with letters before them that run from left to right; what has no direction goes with its neighbours where they agree, and
    else with the text.
    """
    letters = [_side(c) for c in text]
    sides = [
        False if last is False and _class(c) == "EN" else own
        for c, own, last in zip(text, letters, _last(letters), strict=True)
    ]
    for place, side in _brackets(text, sides, rtl):
        sides[place] = side
    before, after = list(_last(sides)), list(_last(sides[::-1]))[::-1]
    made: list[tuple[str, bool]] = []
    for c, side, left, right in zip(text, sides, before, after, strict=True):
        between = left if left is right and left is not None else rtl
        own = between if side is None else side
        if made and made[-1][1] == own:
            made[-1] = made[-1][0] + c, own
        else:
            made.append((c, own))
    return made


def _brackets(text: str, sides: list[bool | None], rtl: bool) -> Iterator[tuple[int, bool]]:
    """Yield the direction of each bracket of a pair (UAX 9, N0): that of the text, unless what is in it and before it runs the other way."""
    before, opened = list(_last(sides)), []
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
    return True if kind in _TURNED else False if kind == "L" else None


def _last(sides: Iterable[bool | None]) -> Iterator[bool | None]:
    """Yield the direction of the last letter at or before each place."""
    last: bool | None = None
    for side in sides:
        last = last if side is None else side
        yield last


@functools.lru_cache(maxsize=4096)
def _class(character: str) -> str:
    return unicodedata.bidirectional(character)


def edges(element: HtmlElement, way: str) -> tuple[str, str, str]:
    """Return the marks of direction at the beginning of what is embedded, at its end, and after it (UAX 9, 2.1 and 2.6).

    They stand where no letter says so: programs that do not know ``w:dir`` (LibreOffice 7) then set digits, points and what is
    embedded in turn on their side.
    """
    text = "".join(element.itertext()).strip()
    if not text:
        return "", "", ""
    turned = way == "rtl"
    own, other = ("\u200f", "\u200e") if turned else ("\u200e", "\u200f")
    if any(_side(c) is (not turned) for c in text):
        return "\u202b" if turned else "\u202a", "\u202c", other
    first, last = (_side(text[place]) is turned for place in (0, -1))
    return "" if first else own, "" if last or _class(text[-1]) == "EN" else own, "" if first and last else other


def even(cell: Cell) -> Cell:
    """Return a cell with half of its margins on each side: Word sets them from the cell's start, LibreOffice from its left."""
    left, right = cell.margins.left, cell.margins.right
    if left is None and right is None:
        return cell
    half = ((left or 0) + (right or 0)) // 2
    return replace(cell, margins=replace(cell.margins, left=half, right=half))


def swapped(borders: Borders | None) -> Borders | None:
    """Return the lines around a paragraph with left and right exchanged."""
    return replace(borders, left=borders.right, right=borders.left) if borders else borders


def of_style(para: Para, normal: bool) -> Para:
    """Return a style's formatting in a document that runs from right to left: all styles are based on the normal one."""
    return replace(para, bidi=True) if normal else replace(para, borders=swapped(para.borders))


def whole(styles: Element, direction: Direction) -> None:
    """Let all styles of a document that runs from right to left name the family of its letters (17.3.2.26)."""
    if direction.rtl and (family := direction.family()):
        for fonts in styles.iter(q("w:rFonts")):
            fonts.set(q("w:cs"), family)

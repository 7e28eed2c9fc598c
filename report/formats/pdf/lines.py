"""Lines of text kept from document to document: what stands in many documents is broken into lines and shaped once.

WeasyPrint asks Pango for each line of text of a style that fits a width, and, to draw it, lays it out once more and turns its
glyphs into operators of the PDF. Both are looked up here for a text that came before in the same style and width: names of
networks and columns, labels of drawings. What is drawn is kept as it would be in a font that was used for nothing before
(`Drawn`), and taken only where the document's font agrees, so that no document depends on those before it.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.svg.text import Style
from weasyprint.text import line_break

from report.formats.pdf import columns
from report.formats.pdf.patch import patch

MOST = 2500
"""So many lines are kept at least, and twice as many at most."""
LONGEST = 500
"""Characters; longer texts are not kept."""
_NO_SIZE = 1e-6
"""Points: smaller letters are not drawn."""
_BREAKS = line_break.split_first_line
_DRAWS = drawing.draw_first_line


class Recent:
    """What was asked for of late: of those that were not asked for among the last `most` new ones, none is left."""

    def __init__(self, most: int):
        self._most = most
        self._young: dict[Hashable, Any] = {}
        self._old: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def get(self, key: Hashable) -> Any:
        """Return what is kept, None where nothing is."""
        found = self._young.get(key)
        if found is None and (found := self._old.pop(key, None)) is not None:
            self._keep(key, found)
        return found

    def __setitem__(self, key: Hashable, value: Any) -> None:
        self._keep(key, value)

    def _keep(self, key: Hashable, value: Any) -> None:
        if len(self._young) >= self._most:
            self._old, self._young = self._young, {}
        self._young[key] = value


class Kept:
    """A line that was laid out: the style's place, Pango's layout for drawing it, and what was drawn, once it was needed."""

    __slots__ = ("asked", "drawn", "pango", "place")

    def __init__(self, place: Any):
        self.place, self.asked = place, 0
        self.pango: tuple[Any, Any, Any] | None = None
        self.drawn: Drawn | None | bool = None


class Line(line_break.Layout):
    """The layout of a box whose line may be kept; Pango is asked only where what was drawn is not known yet."""

    kept: Kept

    def reactivate(self, style: Any) -> None:
        self.__dict__.pop("layout", None)
        self._style = style

    def deactivate(self) -> None:
        for name in ("layout", "language", "style"):
            self.__dict__.pop(name, None)

    def wake(self) -> None:
        """Lay the line out for drawing, as WeasyPrint does before each."""
        if self.kept.pango is None:
            super().reactivate(self._style)
            if self.kept.asked > 1:  # what is drawn once is not kept
                self.kept.pango = self.layout, self.language, self.first_line_direction
        else:
            self.layout, self.language, self.first_line_direction = self.kept.pango
            self.style = self._style


class Drawn:
    """What drawing a line does to a stream of operators and to its fonts."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, tuple[Any, ...]]] = []
        self.fonts: list[_Font] = []

    def onto(self, stream: Any) -> bool:
        """Draw the line; do nothing and return False where a font of the document gives one of its glyphs another width."""
        fonts = []
        for font in self.fonts:
            real = stream._fonts.get(font.key)
            if real is None:
                real, _ = stream.add_font(font.pango)
            widths = real.widths
            if any(widths.get(glyph, width) != width for glyph, width in font.widths.items()):
                return False
            fonts.append(real)
        for font, real in zip(self.fonts, fonts, strict=True):
            real.widths.update(font.widths)
            known = real.to_unicode
            for glyph, text in font.to_unicode.items():
                known.setdefault(glyph, text)
        for name, arguments in self.steps:
            if name == "set_font_size":
                which, size = arguments
                stream.set_font_size(fonts[which].hash, size)
            else:
                getattr(stream, name)(*arguments)
        return True


class _Font:
    """Stands for a font that was used for nothing before."""

    def __init__(self, number: int, real: Any, pango_font: Any, key: int):
        self.hash, self.pango, self.key = number, pango_font, key
        self.bitmap, self.svg, self.png, self.colr = real.bitmap, real.svg, real.png, real.colr
        self.widths: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}

    def get_unused_glyph_id(self, _codepoint: int) -> int:
        raise _NotKept


class _NotKept(Exception):
    """A line draws what is not kept: pictures for letters, or letters that no font has."""


class _Recorder:
    """Stands for a stream, and notes what is drawn on it."""

    def __init__(self, stream: Any):
        self.drawn = Drawn()
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect
        self._stream = stream
        self._fonts: dict[int, _Font] = {}

    def add_font(self, pango_font: Any) -> tuple[_Font, float]:
        real, size = self._stream.add_font(pango_font)
        if real.bitmap or real.svg or real.png or real.colr:
            raise _NotKept
        key = next(key for key, font in self._stream._fonts.items() if font is real)
        if key not in self._fonts:
            self._fonts[key] = _Font(len(self._fonts), real, pango_font, key)
            self.drawn.fonts.append(self._fonts[key])
        return self._fonts[key], size

    def set_text_matrix(self, *_values: float) -> None:
        """Leave the place of the line out: it is another in every document."""

    def set_font_size(self, font: int, size: float) -> None:
        self.drawn.steps.append(("set_font_size", (font, size)))

    def show_text(self, text: str) -> None:
        self.drawn.steps.append(("show_text", (text,)))

    def set_text_rise(self, rise: float) -> None:
        self.drawn.steps.append(("set_text_rise", (rise,)))


def install() -> None:
    """Let WeasyPrint look up the lines that came before."""
    patch("split_first_line", _BREAKS, _broken)
    patch("draw_first_line", _DRAWS, _draw)


def _broken(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> tuple[Any, ...]:
    """Return what `weasyprint.text.line_break.split_first_line` does."""
    asked = (text, style, context, max_width, justification_spacing, is_line_start, minimum)
    if style.__class__ is Style:
        place: Hashable = (
            *style["font_family"],
            *map(style.get, ("font_style", "font_weight", "font_size", "direction")),
        )
    else:
        place = getattr(style, "kept", None)
    lines = getattr(style.font_config, "lines", None)
    if not place or lines is None or len(text) > LONGEST:
        return _lines(asked)
    key = (place, text, max_width, justification_spacing, is_line_start, minimum)
    if (found := lines.get(key)) is None:
        layout, *measures = _lines(asked)
        found = lines[key] = (Kept(place), vars(layout).copy(), measures)
    kept, values, measures = found
    line = Line.__new__(Line)
    line.__dict__.update(values)
    line.kept = kept
    return line, *measures


def _lines(asked: tuple[Any, ...]) -> tuple[Any, ...]:
    """Break a text into its first line, which may be too long for its room where it would end inside a number."""
    made = _BREAKS(*asked)
    text, style, context, max_width, *more = asked
    if made[2] is None or max_width is None or not columns.breaks_number(text, made[2]):
        return made
    whole = style.copy()
    whole["overflow_wrap"] = "normal"
    return _BREAKS(text, whole, context, max_width, *more)


def _draw(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> list[Any]:
    """Do what `weasyprint.draw.text.draw_first_line` does."""
    line = textbox.pango_layout
    if line.__class__ is not Line:
        return _DRAWS(stream, textbox, text_overflow, block_ellipsis, matrix)
    if not textbox.text.strip() or textbox.style["font_size"] < _NO_SIZE:
        return []
    kept, style = line.kept, textbox.style
    usual = text_overflow != "ellipsis" and block_ellipsis == "none" and textbox.text == line.text
    if not usual or (style.__class__ is not Style and getattr(style, "kept", None) is not kept.place):
        line_break.Layout.reactivate(line, style)
        return _DRAWS(stream, textbox, text_overflow, block_ellipsis, matrix)
    kept.asked += 1
    if kept.drawn is None and kept.asked > 1:
        line.wake()
        kept.drawn = _recorded(stream, textbox, matrix) or False
    if kept.drawn:
        stream.set_text_matrix(*matrix.values)
        if kept.drawn.onto(stream):
            return []
    line.wake()
    return _DRAWS(stream, textbox, text_overflow, block_ellipsis, matrix)


def _recorded(stream: Any, textbox: Any, matrix: Any) -> Drawn | None:
    recorder = _Recorder(stream)
    try:
        _DRAWS(recorder, textbox, "clip", "none", matrix)
    except _NotKept:
        return None
    return recorder.drawn

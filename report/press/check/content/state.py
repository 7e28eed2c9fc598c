"""The graphics state of a content stream (ISO 32000-1, 8.4), and what an ExtGState changes in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from report.press.check.content.colour import BLACK, Colour
from report.press.check.content.fonts import UNKNOWN, Font
from report.press.check.content.items import Clip, Mask, PaintStyle
from report.press.pdf.geometry import IDENTITY, Matrix
from report.press.pdf.objects import number, word
from report.press.pdf.spaces import GRAY, Space


@dataclass
class TextState:
    """What the operators of text change (9.3)."""

    font: Font = UNKNOWN
    size: float = 1.0
    spacing: float = 0.0
    words: float = 0.0
    across: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass
class State:
    """What ``q`` keeps and ``Q`` brings back. A pattern is the dictionary or stream of the pattern that a colour stands for."""

    ctm: Matrix
    clip: Clip
    fill_space: Space
    stroke_space: Space
    fill: Colour
    stroke: Colour
    fill_pattern: Any = None
    stroke_pattern: Any = None
    pattern_colour: Colour | None = None
    width: float = 1.0
    dashes: float = 0.0
    """How many dashes of a line there are to a unit of its length."""
    over_fill: bool = False
    over_stroke: bool = False
    over_mode: int = 0
    alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    mask: Mask | None = None
    text: TextState = field(default_factory=TextState)

    def copy(self) -> State:
        """Return a state that changes by itself. It is what a page asks for most, so it is copied as a dictionary."""
        copy = State.__new__(State)
        copy.__dict__.update(self.__dict__)
        copy.text = TextState.__new__(TextState)
        copy.text.__dict__.update(self.text.__dict__)
        return copy

    def style(self) -> PaintStyle:
        """Return how a thing is painted now."""
        return PaintStyle(self.clip, self.over_fill, self.over_stroke, self.over_mode, self.alpha, self.stroke_alpha, self.blend, self.mask)  # fmt: skip

    def isolate(self) -> None:
        """Begin a transparency group: what is inside is painted as it is (11.6.6)."""
        self.alpha = self.stroke_alpha = 1.0
        self.blend, self.mask = "Normal", None


def begin(clip: Clip, ctm: Matrix = IDENTITY) -> State:
    """Return the state that a page begins with."""
    return State(ctm, clip, GRAY, GRAY, BLACK, BLACK)


def blend(source: Any) -> str:
    """Return a blend mode's name; of several, the first."""
    if isinstance(source, pikepdf.Array):
        source = source[0] if len(source) else None
    name = word(source)
    return "Normal" if name in ("", "Compatible") else name


def apply(state: State, source: Any) -> None:
    """Set what an ExtGState says of lines, overprint and alpha; fonts and masks are the interpreter's."""
    state.width = number(source.get("/LW"), state.width)
    state.alpha = number(source.get("/ca"), state.alpha)
    state.stroke_alpha = number(source.get("/CA"), state.stroke_alpha)
    state.over_mode = int(number(source.get("/OPM"), state.over_mode))
    both, fill, mode = source.get("/OP"), source.get("/op"), source.get("/BM")
    if both is not None:
        state.over_stroke = state.over_fill = both is True
    if fill is not None:
        state.over_fill = fill is True
    if mode is not None:
        state.blend = blend(mode)

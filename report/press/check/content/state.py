"""The graphics state of a content stream (ISO 32000-1, 8.4), and what an ExtGState changes in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from report.press.check.content.colour import BLACK, Colour
from report.press.check.content.fonts import UNKNOWN, Font
from report.press.check.content.items import Clip, PaintStyle
from report.press.pdf.geometry import IDENTITY, Matrix
from report.press.pdf.objects import number, word
from report.press.pdf.spaces import GRAY, Space


@dataclass(frozen=True, slots=True)
class TextState:
    """What the operators of text change (9.3); `scaling` is horizontal, 1 for none."""

    font: Font = UNKNOWN
    size: float = 1.0
    character_spacing: float = 0.0
    word_spacing: float = 0.0
    scaling: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass(frozen=True, slots=True)
class Paint:
    """What is filled or stroked with: a colour of a space, or the pattern, a dictionary or a stream, that it stands for."""

    space: Space = GRAY
    colour: Colour = BLACK
    pattern: Any = None


@dataclass
class State:
    """What ``q`` keeps and ``Q`` brings back."""

    ctm: Matrix
    style: PaintStyle
    fill: Paint = Paint()
    stroke: Paint = Paint()
    pattern_colour: Colour | None = None
    width: float = 1.0
    dashes: float = 0.0
    """How many dashes of a line there are to a unit of its length."""
    text: TextState = TextState()

    def copy(self) -> State:
        """Return a state that changes by itself. It is what a page asks for most, so it is copied as a dictionary."""
        copy = State.__new__(State)
        copy.__dict__.update(self.__dict__)
        return copy

    @property
    def clip(self) -> Clip:
        """What may be painted on."""
        return self.style.clip

    @clip.setter
    def clip(self, clip: Clip) -> None:
        self.style = replace(self.style, clip=clip)

    def isolate(self) -> None:
        """Begin a transparency group: what is inside is painted as it is (11.6.6)."""
        self.style = replace(self.style, alpha=1.0, stroke_alpha=1.0, blend="Normal", mask=None)


def begin(clip: Clip, ctm: Matrix = IDENTITY) -> State:
    """Return the state that a page begins with."""
    return State(ctm, PaintStyle(clip))


def blend(source: Any) -> str:
    """Return a blend mode's name; of several, the first."""
    if isinstance(source, pikepdf.Array):
        source = source[0] if len(source) else None
    name = word(source)
    return "Normal" if name in ("", "Compatible") else name


def apply(state: State, source: Any) -> None:
    """Set what an ExtGState says of lines, overprint and alpha; fonts and masks are the interpreter's."""
    state.width = number(source.get("/LW"), state.width)
    style = state.style
    both, fill, mode = source.get("/OP"), source.get("/op"), source.get("/BM")
    overprints = style.fill if both is None else both is True
    state.style = replace(
        style,
        alpha=number(source.get("/ca"), style.alpha),
        stroke_alpha=number(source.get("/CA"), style.stroke_alpha),
        mode=int(number(source.get("/OPM"), style.mode)),
        stroke=style.stroke if both is None else both is True,
        fill=overprints if fill is None else fill is True,
        blend=style.blend if mode is None else blend(mode),
    )

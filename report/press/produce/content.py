"""A content stream, written anew with its colours in one target (ISO 32000-1, 8.6.8) and its black text overprinting.

Marked content is left out: it is for readers of the file, and nobody reads a printing plate aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pikepdf import ContentStreamInlineImage, Name, Operator

from report.press.pdf.spaces import GRAY, Kind, Space
from report.press.produce.backdrop import Backdrop, Rgb
from report.press.produce.resources import Resources
from report.press.produce.targets import BLACK, Colour

Line = tuple[list[Any], Operator]
_DEVICES: dict[str, Kind] = {"g": "gray", "rg": "rgb", "k": "cmyk"}
_DROPPED = frozenset("BMC BDC EMC MP DP BX EX".split())
_SHOWS = frozenset(["Tj", "TJ", "'", '"'])
_PAINTS = frozenset("f F f* B B* b b* S s sh Do".split())


@dataclass(frozen=True, slots=True)
class _Ink:
    """What is painted with: a space, and the colour in the target; None where a form takes it from where it is used.

    `rgb` is the same colour in red, green and blue, where that is how the source has it.
    """

    space: Space = GRAY
    colour: Colour | None = None
    rgb: Rgb | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that matters here. `over` says that overprinting is on."""

    fill: _Ink = _Ink()
    stroke: _Ink = _Ink()
    clear: bool = False
    mode: int = 0
    over: bool = False


def rewrite(instructions: Iterable[Any], resources: Resources) -> list[Line]:
    """Return a content stream's operators and operands in the target of its resources, which are converted as they are named."""
    return list(_Writer(resources).lines(instructions))


class _Writer:
    def __init__(self, resources: Resources):
        self.resources = resources
        self.state = _State()
        self.saved: list[_State] = []
        self.backdrop = Backdrop() if resources.conversion.opaque else None

    def lines(self, instructions: Iterable[Any]) -> Iterator[Line]:
        for one in instructions:
            if isinstance(one, ContentStreamInlineImage):
                yield from self._overprinting(False)
                yield _line("Do", Name(self.resources.inline(one.iimage)))
                if self.backdrop:
                    self.backdrop.covered()
                continue
            operands, operator = list(one.operands), str(one.operator)
            if operator in _DROPPED:
                continue
            if operator in _SHOWS:
                yield from self._overprinting(self._black())
            elif operator in _PAINTS:
                yield from self._overprinting(False)
            yield from self._written(operator, operands, one.operator)
            if self.backdrop:
                self.backdrop.follow(operator, operands, self.state.fill.rgb)

    def _written(self, operator: str, operands: list[Any], as_it_is: Operator) -> Iterator[Line]:
        low = operator.lower()
        side = "fill" if operator == low else "stroke"
        if low in _DEVICES:
            yield from self._colour(side, self.resources.device(_DEVICES[low]), operands)
        elif low == "cs":
            yield from self._space(side, operands[0])
        elif low in ("sc", "scn"):
            yield from self._set(side, operands)
        elif operator == "gs":
            yield from self._graphics_state(str(operands[0]))
        elif operator == "Do":
            yield from self._painted(str(operands[0]))
        elif operator in ("sh", "Tf"):
            if self.resources.use({"sh": "/Shading", "Tf": "/Font"}[operator], str(operands[0])):
                yield operands, as_it_is
        else:
            self._keep_state(operator, operands)
            yield operands, as_it_is

    def _painted(self, name: str) -> Iterator[Line]:
        """Paint a form or a picture; on what is below it, where the standard does not let that shine through."""
        corners = self.resources.corners(name)
        if self.backdrop and self.resources.has_soft_mask(name) and (colour := self.backdrop.below()):
            name = self.resources.use_on(name, colour)
        elif not self.resources.use("/XObject", name):
            return
        if self.backdrop:
            self.backdrop.covered(*([corners] if corners else []))
        yield _line("Do", Name(name))

    def _keep_state(self, operator: str, operands: list[Any]) -> None:
        if operator == "q":
            self.saved.append(self.state)
        elif operator == "Q" and self.saved:
            self.state = self.saved.pop()
        elif operator == "Tr":
            self.state = replace(self.state, mode=int(operands[0]))

    def _colour(self, side: str, space: Space, operands: list[Any]) -> Iterator[Line]:
        colour = self.resources.colour(space, tuple(float(each) for each in operands))
        self._paint_with(side, _Ink(space, colour, _rgb(space, operands)))
        target = self.resources.target
        yield _line(target.fill if side == "fill" else target.stroke, *(_number(part) for part in colour))

    def _paint_with(self, side: str, ink: _Ink) -> None:
        self.state = replace(self.state, fill=ink) if side == "fill" else replace(self.state, stroke=ink)

    def _space(self, side: str, name: Any) -> Iterator[Line]:
        space = self.resources.space(name)
        if space.kind != "pattern":
            yield from self._colour(side, space, list(space.initial))
            return
        self._paint_with(side, _Ink(space))
        named = self.resources.uncoloured() if space.base else "/Pattern"
        yield _line("cs" if side == "fill" else "CS", Name(named))

    def _set(self, side: str, operands: list[Any]) -> Iterator[Line]:
        ink: _Ink = getattr(self.state, side)
        if ink.space.kind != "pattern":
            yield from self._colour(side, ink.space, operands)
            return
        *parts, name = operands
        if not self.resources.use("/Pattern", str(name)):
            return
        colour = self.resources.colour(ink.space.base, tuple(float(p) for p in parts)) if ink.space.base else ()
        yield _line("scn" if side == "fill" else "SCN", *(_number(part) for part in colour), name)

    def _graphics_state(self, name: str) -> Iterator[Line]:
        clear = self.resources.transparent(name)
        if clear is not None:
            self.state = replace(self.state, clear=clear)
        if self.resources.use("/ExtGState", name):
            yield _line("gs", Name(name))

    def _black(self) -> bool:
        """Say whether text is printed in opaque black ink alone; tints and white knock out what is below them."""
        state = self.state
        inks = {0: [state.fill], 1: [state.stroke], 2: [state.fill, state.stroke]}.get(state.mode % 4, [])
        return bool(inks) and not state.clear and all(ink.colour == BLACK for ink in inks)

    def _overprinting(self, over: bool) -> Iterator[Line]:
        """Turn overprinting on or off where it is not so yet."""
        if over != self.state.over:
            self.state = replace(self.state, over=over)
            yield _line("gs", Name(self.resources.overprint(over)))


def stream_start(black: Colour = BLACK) -> list[Line]:
    """Return what stands before a page: the black that a page begins with, as an ink."""
    return [_line(operator, *(_number(part) for part in black)) for operator in ("k", "K")]


def _rgb(space: Space, operands: list[Any]) -> Rgb | None:
    if space.kind not in ("rgb", "gray"):
        return None
    parts = [min(255, max(0, round(float(part) * 255))) for part in operands]
    red, green, blue = parts if space.kind == "rgb" else parts * 3
    return red, green, blue


def _line(operator: str, *operands: Any) -> Line:
    return list(operands), Operator(operator)


def _number(part: float) -> Any:
    number = round(part, 4)
    return int(number) if number == int(number) else number

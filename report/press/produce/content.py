"""A content stream, written anew with its colours in one tone (ISO 32000-1, 8.6.8) and its black text overprinting.

Marked content is left out: it is for readers of the file, and nobody reads a printing plate aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pikepdf import ContentStreamInlineImage, Name, Operator

from report.press.produce.backdrop import Ground, Rgb
from report.press.produce.spaces import Space
from report.press.produce.targets import BLACK, Colour

if TYPE_CHECKING:
    from report.press.produce.resources import Desk

Line = tuple[list[Any], Operator]
OVER, KNOCK = "/TextOver", "/TextBack"
"""The graphics states that let black text overprint, and that end it."""
_DIRECT = {"g": "grey", "rg": "rgb", "k": "cmyk"}
_DROPPED = frozenset("BMC BDC EMC MP DP BX EX".split())
_SHOWS = frozenset(["Tj", "TJ", "'", '"'])
_PAINTS = frozenset("f F f* B B* b b* S s sh Do".split())
_GREY = Space("grey", 1)


@dataclass(frozen=True, slots=True)
class _Ink:
    """What is painted with: a space, and the colour in the tone; None where a form takes it from where it is used.

    `seen` is the same colour in red, green and blue, where that is how the source has it.
    """

    space: Space = _GREY
    colour: Colour | None = None
    seen: Rgb | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that matters here. `over` says that overprinting is on."""

    fill: _Ink = _Ink()
    stroke: _Ink = _Ink()
    clear: bool = False
    mode: int = 0
    over: bool = False


def rewrite(instructions: Iterable[Any], desk: Desk) -> list[Line]:
    """Return a content stream's operators and operands in the tone of a desk, which converts what they name."""
    return list(_Writer(desk).lines(instructions))


class _Writer:
    def __init__(self, desk: Desk):
        self.desk = desk
        self.state = _State()
        self.saved: list[_State] = []
        self.ground = Ground() if desk.walk.flat else None

    def lines(self, instructions: Iterable[Any]) -> Iterator[Line]:
        for one in instructions:
            if isinstance(one, ContentStreamInlineImage):
                yield from self._printing(False)
                yield _line("Do", Name(self.desk.inline(one.iimage)))
                if self.ground:
                    self.ground.covered()
                continue
            operands, operator = list(one.operands), str(one.operator)
            if operator in _DROPPED:
                continue
            if operator in _SHOWS:
                yield from self._printing(self._black())
            elif operator in _PAINTS:
                yield from self._printing(False)
            yield from self._written(operator, operands, one.operator)
            if self.ground:
                self.ground.take(operator, operands, self.state.fill.seen)

    def _written(self, operator: str, operands: list[Any], as_it_is: Operator) -> Iterator[Line]:
        low = operator.lower()
        side = "fill" if operator == low else "stroke"
        if low in _DIRECT:
            space = Space(_DIRECT[low], len(operands))
            yield from self._colour(side, space, operands)
        elif low == "cs":
            yield from self._space(side, operands[0])
        elif low in ("sc", "scn"):
            yield from self._set(side, operands)
        elif operator == "gs":
            yield from self._graphics_state(str(operands[0]))
        elif operator == "Do":
            yield from self._painted(str(operands[0]))
        elif operator in ("sh", "Tf"):
            if self.desk.use({"sh": "/Shading", "Tf": "/Font"}[operator], str(operands[0])):
                yield operands, as_it_is
        else:
            self._remember(operator, operands)
            yield operands, as_it_is

    def _painted(self, name: str) -> Iterator[Line]:
        """Paint a form or a picture; on what is below it, where the standard does not let that shine through."""
        corners = self.desk.corners(name)
        if self.ground and self.desk.fades(name) and (colour := self.ground.below()):
            name = self.desk.grounded(name, colour)
        elif not self.desk.use("/XObject", name):
            return
        if self.ground:
            self.ground.covered(*([corners] if corners else []))
        yield _line("Do", Name(name))

    def _remember(self, operator: str, operands: list[Any]) -> None:
        if operator == "q":
            self.saved.append(self.state)
        elif operator == "Q" and self.saved:
            self.state = self.saved.pop()
        elif operator == "Tr":
            self.state = replace(self.state, mode=int(operands[0]))

    def _colour(self, side: str, space: Space, operands: list[Any]) -> Iterator[Line]:
        colour = self.desk.colour(space, tuple(float(each) for each in operands))
        self.state = replace(self.state, **{side: _Ink(space, colour, _seen(space, operands))})
        tone = self.desk.tone
        yield _line(tone.fill if side == "fill" else tone.stroke, *(_number(part) for part in colour))

    def _space(self, side: str, name: Any) -> Iterator[Line]:
        space = self.desk.space(name)
        if space.kind != "pattern":
            yield from self._colour(side, space, list(space.first))
            return
        self.state = replace(self.state, **{side: _Ink(space)})
        named = self.desk.uncoloured() if space.base else "/Pattern"
        yield _line("cs" if side == "fill" else "CS", Name(named))

    def _set(self, side: str, operands: list[Any]) -> Iterator[Line]:
        ink: _Ink = getattr(self.state, side)
        if ink.space.kind != "pattern":
            yield from self._colour(side, ink.space, operands)
            return
        *parts, name = operands
        if not self.desk.use("/Pattern", str(name)):
            return
        colour = self.desk.colour(ink.space.base, tuple(float(p) for p in parts)) if ink.space.base else ()
        yield _line("scn" if side == "fill" else "SCN", *(_number(part) for part in colour), name)

    def _graphics_state(self, name: str) -> Iterator[Line]:
        clear = self.desk.graphics_state(name)
        if clear is not None:
            self.state = replace(self.state, clear=clear)
        if self.desk.use("/ExtGState", name):
            yield _line("gs", Name(name))

    def _black(self) -> bool:
        """Say whether text is printed in opaque black ink alone; tints and white knock out what is below them."""
        state = self.state
        inks = {0: [state.fill], 1: [state.stroke], 2: [state.fill, state.stroke]}.get(state.mode % 4, [])
        return bool(inks) and not state.clear and all(ink.colour == BLACK for ink in inks)

    def _printing(self, over: bool) -> Iterator[Line]:
        """Turn overprinting on or off where it is not so yet."""
        if over != self.state.over:
            self.state = replace(self.state, over=over)
            yield _line("gs", Name(self.desk.overprint(over)))


def stream_start(black: Colour = BLACK) -> list[Line]:
    """Return what stands before a page: the black that a page begins with, as an ink."""
    return [_line(operator, *(_number(part) for part in black)) for operator in ("k", "K")]


def _seen(space: Space, operands: list[Any]) -> Rgb | None:
    if space.kind not in ("rgb", "grey"):
        return None
    parts = [min(255, max(0, round(float(part) * 255))) for part in operands]
    red, green, blue = parts if space.kind == "rgb" else parts * 3
    return red, green, blue


def _line(operator: str, *operands: Any) -> Line:
    return list(operands), Operator(operator)


def _number(part: float) -> Any:
    found = round(part, 4)
    return int(found) if found == int(found) else found

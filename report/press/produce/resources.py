"""The desk of one content stream: what its names stand for, and what they stand for in print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name

from report.press.produce import functions, spaces
from report.press.produce.backdrop import Rgb
from report.press.produce.content import KNOCK, OVER
from report.press.produce.spaces import Space
from report.press.produce.targets import Colour, Tone

if TYPE_CHECKING:
    from report.press.produce.converter import Walk

_UNCOLOURED = "/Uncoloured"
_OPAQUE = frozenset({"/Normal", "/Compatible"})
_SPACE_HINT = "write colours as hex, rgb() or device-cmyk()"


class Desk:
    """What a stream's names stand for (`resources`), and in `made` what it uses of that, in its tone."""

    def __init__(self, walk: Walk, resources: Mapping[str, Any], tone: Tone):
        self.walk, self.resources, self.tone = walk, resources, tone
        self.made: dict[str, dict[str, Any]] = {}

    @property
    def printed(self) -> Dictionary:
        """Return the resources that the stream uses, in its tone."""
        left = {kind: {n: one for n, one in named.items() if one is not None} for kind, named in self.made.items()}
        return Dictionary({kind: Dictionary(named) for kind, named in sorted(left.items())})

    def use(self, kind: str, name: str) -> bool:
        """Convert what a name stands for, once; say whether anything is left of it."""
        made = self.made.setdefault(kind, {})
        if name not in made:
            turn: Callable[[Any, Tone, Any], Any] = {
                "/XObject": self.walk.xobject,
                "/Pattern": self.walk.pattern,
                "/Shading": self.walk.shading,
                "/Font": self.walk.font,
                "/ExtGState": self.walk.graphics_state,
            }[kind]
            made[name] = turn(self.resources[kind][name], self.tone, self.resources)
        return made[name] is not None

    def space(self, told: Any) -> Space:
        """Return the colour space that is told."""
        try:
            return spaces.read(told, self.resources)
        except functions.Unknown as error:
            self.walk.faults.error("print.colour", f"{error} cannot be printed", _SPACE_HINT)
            return Space("grey", 1)

    def colour(self, space: Space, colour: Colour) -> Colour:
        """Return a colour of a space in the desk's tone."""
        try:
            return space.turn(colour, self.tone)
        except functions.Unknown as error:
            self.walk.faults.error("print.colour", f"{error} cannot be printed", _SPACE_HINT)
            return (0.0,) * self.tone.size

    def graphics_state(self, name: str) -> bool | None:
        """Say whether a graphics state lets what is below shine through; None where it does not say."""
        state = self.resources["/ExtGState"][name]
        return seen_through(state, self.walk.transparency)

    def corners(self, name: str) -> list[tuple[float, float]] | None:
        """Return the corners of a form's box in the space that it is painted in; None for a picture."""
        told = self.resources["/XObject"][name]
        if told.get(Name.Subtype) == Name.Image:
            return None
        left, bottom, right, top = (float(side) for side in told.BBox)
        a, b, c, d, e, f = (float(part) for part in told.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0])))
        return [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]

    def fades(self, name: str) -> bool:
        """Say whether a picture lets what is below it shine through."""
        return Name.SMask in self.resources["/XObject"][name]

    def grounded(self, name: str, ground: Rgb) -> str:
        """Convert a picture that lies on a flat colour, and return the name that it has there."""
        named = f"{name}On{bytes(ground).hex()}"
        made = self.made.setdefault("/XObject", {})
        if named not in made:
            made[named] = self.walk.xobject(self.resources["/XObject"][name], self.tone, self.resources, ground)
        return named

    def overprint(self, over: bool) -> str:
        """Return the name of the graphics state that lets text overprint, or ends it (ISO 32000-1, 11.7.4)."""
        name = OVER if over else KNOCK
        state = Dictionary(Type=Name.ExtGState, op=over, OP=over, OPM=1 if over else 0)
        self.made.setdefault("/ExtGState", {})[name] = state
        return name

    def uncoloured(self) -> str:
        """Return the name of the space of patterns that take their colour from where they are used."""
        self.made.setdefault("/ColorSpace", {})[_UNCOLOURED] = Array([Name.Pattern, Name(self.tone.space)])
        return _UNCOLOURED

    def inline(self, image: Any) -> str:
        """Convert a picture that stands inside the stream; it becomes one of its resources."""
        made = self.made.setdefault("/XObject", {})
        name = next(f"/Inline{n}" for n in range(len(made) + 1) if f"/Inline{n}" not in made)
        made[name] = self.walk.inline(image, self.tone, self.resources)
        return name


def seen_through(state: Any, tell: Callable[[str], None]) -> bool | None:
    """Say whether a graphics state is transparent (ISO 32000-1, 11.6.4), and tell of what in it; None where it says nothing."""
    found = None
    for key in ("/ca", "/CA"):
        if key in state:
            found = bool(found) or float(state[key]) < 1
            if float(state[key]) < 1:
                tell("opacity below 1")
    if "/BM" in state:
        modes = [str(mode) for mode in state["/BM"]] if isinstance(state["/BM"], Array) else [str(state["/BM"])]
        if modes and modes[0] not in _OPAQUE:
            tell("a blend mode")
            found = True
    if "/SMask" in state and isinstance(state["/SMask"], Dictionary):
        tell("a gradient or picture that fades out")
        found = True
    return found

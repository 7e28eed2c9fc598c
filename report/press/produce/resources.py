"""The resources of one content stream: what its names stand for, and what they stand for in print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pikepdf import Array, Dictionary, Name

from report.press.pdf.geometry import Point, corners
from report.press.pdf.objects import OddObjectError, matrix
from report.press.pdf.spaces import GRAY, Kind, Space
from report.press.produce import pictures
from report.press.produce.backdrop import Rgb
from report.press.produce.conversion import Conversion
from report.press.produce.targets import Colour, Target, in_target

T = TypeVar("T")
Converter = Callable[..., Any]
"""Converts a resource: the source, the target, the resources that it may use, and for an XObject the colour below it."""
OVERPRINT, KNOCK_OUT = "/TextOver", "/TextBack"
"""The graphics states that let black text overprint, and that end it."""
_UNCOLOURED = "/Uncoloured"
_OPAQUE = frozenset({"/Normal", "/Compatible"})
_SPACE_HINT = "write colours as hex, rgb() or device-cmyk()"


class Resources:
    """What a stream's names stand for (`source`), and in `used` what it uses of that, converted to its target."""

    def __init__(
        self, conversion: Conversion, source: Mapping[str, Any], target: Target, convert: Mapping[str, Converter]
    ):
        self.conversion, self.source, self.target, self.convert = conversion, source, target, convert
        self.used: dict[str, dict[str, Any]] = {}

    @property
    def converted(self) -> Dictionary:
        """Return the resources that the stream uses, in its target."""
        left = {kind: {n: one for n, one in named.items() if one is not None} for kind, named in self.used.items()}
        return Dictionary({kind: Dictionary(named) for kind, named in sorted(left.items())})

    def use(self, kind: str, name: str) -> bool:
        """Convert what a name stands for, once; say whether anything is left of it."""
        used = self.used.setdefault(kind, {})
        if name not in used:
            used[name] = self.convert[kind](self.source[kind][name], self.target, self.source)
        return used[name] is not None

    def device(self, kind: Kind) -> Space:
        """Return a device's colour space, or what stands for it here."""
        return self._readable(lambda: self.conversion.spaces.device(kind, self.source), GRAY)

    def space(self, name: Any) -> Space:
        """Return the colour space of a name."""
        return self._readable(lambda: self.conversion.spaces.read(name, self.source), GRAY)

    def colour(self, space: Space, colour: Colour) -> Colour:
        """Return a colour of a space in the target."""
        return self._readable(lambda: in_target(space, colour, self.target), (0.0,) * self.target.size)

    def _readable(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except OddObjectError as error:
            self.conversion.problems.error("print.colour", f"{error} cannot be printed", _SPACE_HINT)
            return otherwise

    def transparent(self, name: str) -> bool | None:
        """Say whether a graphics state lets what is below shine through; None where it does not say."""
        return transparent(self.source["/ExtGState"][name], self.conversion.note_transparency)

    def corners(self, name: str) -> list[Point] | None:
        """Return the corners of a form's box in the space that it is painted in; None for a picture."""
        xobject = self.source["/XObject"][name]
        if xobject.get(Name.Subtype) == Name.Image:
            return None
        return corners(matrix(xobject), [float(side) for side in xobject.BBox])

    def has_soft_mask(self, name: str) -> bool:
        """Say whether a picture lets what is below it shine through."""
        return Name.SMask in self.source["/XObject"][name]

    def use_on(self, name: str, backdrop: Rgb) -> str:
        """Convert a picture that lies on a flat colour, and return the name that it has there."""
        named = f"{name}On{bytes(backdrop).hex()}"
        used = self.used.setdefault("/XObject", {})
        if named not in used:
            used[named] = self.convert["/XObject"](self.source["/XObject"][name], self.target, self.source, backdrop)
        return named

    def overprint(self, on: bool) -> str:
        """Return the name of the graphics state that lets text overprint, or ends it (ISO 32000-1, 11.7.4)."""
        name = OVERPRINT if on else KNOCK_OUT
        state = Dictionary(Type=Name.ExtGState, op=on, OP=on, OPM=1 if on else 0)
        self.used.setdefault("/ExtGState", {})[name] = state
        return name

    def uncoloured(self) -> str:
        """Return the name of the space of patterns that take their colour from where they are used."""
        self.used.setdefault("/ColorSpace", {})[_UNCOLOURED] = Array([Name.Pattern, Name(self.target.space)])
        return _UNCOLOURED

    def inline(self, image: Any) -> str:
        """Convert a picture that stands inside the stream (ISO 32000-1, 8.9.7); it becomes one of its resources."""
        used = self.used.setdefault("/XObject", {})
        name = next(f"/Inline{n}" for n in range(len(used) + 1) if f"/Inline{n}" not in used)
        source = pictures.as_xobject(self.conversion.pdf, image)
        used[name] = pictures.convert(self.conversion, source, self.target, self.source)
        return name


def transparent(state: Any, note: Callable[[str], None]) -> bool | None:
    """Say whether a graphics state is transparent (ISO 32000-1, 11.6.4), and note what in it is; None where it says nothing."""
    result = None
    for key in ("/ca", "/CA"):
        if key in state:
            result = bool(result) or float(state[key]) < 1
            if float(state[key]) < 1:
                note("opacity below 1")
    if "/BM" in state:
        modes = [str(mode) for mode in state["/BM"]] if isinstance(state["/BM"], Array) else [str(state["/BM"])]
        if modes and modes[0] not in _OPAQUE:
            note("a blend mode")
            result = True
    if "/SMask" in state and isinstance(state["/SMask"], Dictionary):
        note("a gradient or picture that fades out")
        result = True
    return result

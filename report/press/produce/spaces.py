"""PDF colour spaces (ISO 32000-1, 8.6): what the numbers of a colour mean, and what they become in a tone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Name

from report.press.produce import functions
from report.press.produce.targets import Colour, Tone

_DEVICE = {
    "/DeviceGray": "grey", "/G": "grey", "/CalGray": "grey", "/DeviceRGB": "rgb", "/RGB": "rgb", "/CalRGB": "rgb",
    "/DeviceCMYK": "cmyk", "/CMYK": "cmyk", "/Lab": "lab", "/Pattern": "pattern",
}  # fmt: skip
_SIZES = {"grey": 1, "rgb": 3, "cmyk": 4, "lab": 3, "indexed": 1, "pattern": 0}
_OF_ICC = {1: "grey", 3: "rgb", 4: "cmyk"}
_DEEP = 8


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space. `base` is that of an indexed one, of an uncoloured pattern's or behind a spot ink's `tint`.

    `profile` is the ICC profile of an RGB space that has one of its own; `palette` has the bytes of an indexed one.
    """

    kind: str
    size: int
    base: Space | None = None
    profile: bytes = b""
    palette: bytes = b""
    tint: Any = None

    @property
    def first(self) -> Colour:
        """Return the colour that a space begins with: black, no index, a full tint."""
        return {"cmyk": (0, 0, 0, 1), "tint": (1.0,) * self.size}.get(self.kind, (0.0,) * self.size)

    def turn(self, colour: Colour, tone: Tone) -> Colour:
        """Return a colour of this space in a tone; raise `functions.Unknown` where it cannot be told."""
        if self.kind == "rgb":
            return tone.rgb(*colour, profile=self.profile)
        if self.kind == "indexed":
            return self.entries(tone)[min(len(self.palette) // self.base.size - 1, max(0, int(colour[0])))]
        if self.kind == "tint":
            if self.size > 1:
                raise functions.Unknown("a colour of several spot inks")
            return self.base.turn(functions.values(self.tint, colour[0]), tone)
        return getattr(tone, self.kind)(*colour)

    def entries(self, tone: Tone) -> list[Colour]:
        """Return the colours of an indexed space in a tone."""
        size, base = self.base.size, self.base
        rows = [self.palette[at : at + size] for at in range(0, len(self.palette) - size + 1, size)]
        if base.kind == "lab":
            return [base.turn((row[0] / 2.55, row[1] - 128.0, row[2] - 128.0), tone) for row in rows]
        return [base.turn(tuple(part / 255 for part in row), tone) for row in rows]


def read(told: Any, resources: Mapping[str, Any], deep: int = 0) -> Space:
    """Read a colour space, by its name or its array; raise `functions.Unknown` for one that is not understood."""
    if deep > _DEEP:
        raise functions.Unknown("a colour space inside itself")
    if isinstance(told, (Name, str)):
        name = str(told)
        if name in _DEVICE:
            return _plain(_DEVICE[name])
        return read(resources["/ColorSpace"][name], {}, deep + 1)
    family = str(told[0])
    if family == "/Pattern" and len(told) > 1:
        return Space("pattern", 0, read(told[1], resources, deep + 1))
    if family in _DEVICE:
        return _plain(_DEVICE[family])
    if family == "/ICCBased":
        return _of_icc(told[1])
    if family in ("/Indexed", "/I"):
        looked = told[3]
        palette = looked.read_bytes() if isinstance(looked, pikepdf.Stream) else bytes(looked)
        base = read(told[1], resources, deep + 1)
        return Space("indexed", 1, base, palette=palette[: (int(told[2]) + 1) * base.size])
    if family in ("/Separation", "/DeviceN"):
        size = len(told[1]) if isinstance(told[1], Array) else 1
        return Space("tint", size, read(told[2], resources, deep + 1), tint=told[3])
    raise functions.Unknown(f"the colour space {family[1:]}")


def _plain(kind: str) -> Space:
    return Space(kind, _SIZES[kind])


def _of_icc(stream: Any) -> Space:
    kind = _OF_ICC.get(int(stream.N))
    if kind is None:
        raise functions.Unknown(f"an ICC profile of {int(stream.N)} components")
    return Space(kind, _SIZES[kind], profile=stream.read_bytes() if kind == "rgb" else b"")

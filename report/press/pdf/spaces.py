"""Colour spaces of a PDF (ISO 32000-1, 8.6): what the numbers of a colour mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import pikepdf

from report.press.pdf import streams
from report.press.pdf.functions import Function, Spend, free, function
from report.press.pdf.objects import BROKEN, OddObjectError, dictionary, entries, number, shortened, word

Kind = Literal["gray", "rgb", "cmyk", "lab", "indexed", "tint", "pattern"]
_SIZES: dict[Kind, int] = {"gray": 1, "rgb": 3, "cmyk": 4, "lab": 3, "indexed": 1, "pattern": 0}
_DEVICES: dict[str, Kind] = {
    "DeviceGray": "gray", "G": "gray", "DeviceRGB": "rgb", "RGB": "rgb", "DeviceCMYK": "cmyk", "CMYK": "cmyk",
}  # fmt: skip
_DEFAULTS: dict[Kind, tuple[str, str]] = {
    "gray": ("DeviceGray", "/DefaultGray"), "rgb": ("DeviceRGB", "/DefaultRGB"), "cmyk": ("DeviceCMYK", "/DefaultCMYK"),
}  # fmt: skip
_CALIBRATED: dict[str, Kind] = {"CalGray": "gray", "CalRGB": "rgb", "Lab": "lab"}
_ICC: dict[int, tuple[Kind, str]] = {1: ("gray", "ICCBased Gray"), 3: ("rgb", "ICCBased RGB"), 4: ("cmyk", "ICCBased CMYK")}  # fmt: skip
_ICC_LAB: tuple[Kind, str] = ("lab", "ICCBased Lab")
_DEPTH = 6
_CACHED, _INKS = 100, 32
"""The most colour spaces that are kept, and inks of one (ISO 32000-1, annex C)."""
_PALETTE = 256 * _INKS
_PROFILE = 20_000_000
_SPACE = 60
"""Steps that a colour space costs."""


@dataclass(frozen=True, eq=False)
class Space:
    """A colour space; `name` is the PDF's own word for where a colour comes from, `size` how many numbers a colour has.

    `base` is what an indexed space takes its colours from, by its `palette`, or an uncoloured pattern its own. `inks` are the names
    of a Separation's or a DeviceN's inks, whose `tint` turns their colours into those of the `alternate` space.
    """

    kind: Kind
    name: str
    size: int
    base: Space | None = None
    palette: bytes = b""
    inks: tuple[str, ...] = ()
    alternate: Space | None = None
    tint: Function | None = None
    stream: Any = None
    """An ICC profile's."""

    @property
    def initial(self) -> tuple[float, ...]:
        """Return the colour that a space begins with (8.6.8): black, no index, a full tint."""
        return {"cmyk": (0.0, 0.0, 0.0, 1.0), "tint": (1.0,) * self.size}.get(self.kind, (0.0,) * self.size)

    @cached_property
    def profile(self) -> bytes:
        """Return the ICC profile; nothing where there is none. Raise `OddObjectError` where it cannot be read."""
        try:
            return streams.unpacked(self.stream, _PROFILE) if self.stream is not None else b""
        except (streams.TooMuchError, streams.UnreadableError):
            raise OddObjectError("an ICC profile that cannot be read") from None

    @property
    def entries(self) -> int:
        """Return how many colours an indexed space has."""
        return len(self.palette) // self.base.size if self.base and self.base.size else 0

    def entry(self, index: float) -> tuple[float, ...]:
        """Return the colour of the base that an index stands for, the nearest where there is none (8.6.6.3)."""
        base = self.base or GRAY
        start = min(max(int(index), 0), max(self.entries - 1, 0)) * base.size
        row = self.palette[start : start + base.size].ljust(base.size, b"\0")
        if base.kind == "lab":
            return (row[0] / 2.55, row[1] - 128.0, row[2] - 128.0)
        return tuple(value / 255 for value in row)

    def in_alternate(self, colour: Sequence[float]) -> tuple[float, ...]:
        """Return a tint as a colour of the alternate space; raise `OddObjectError` where its function is malformed."""
        if self.tint is None:
            raise OddObjectError("a tint without a function")
        return tuple(self.tint(colour))


GRAY = Space("gray", "DeviceGray", 1)
PATTERN = Space("pattern", "Pattern", 0)


@dataclass(slots=True)
class Spaces:
    """The colour spaces of a file, read once each; `spend` takes the steps that reading costs."""

    spend: Spend = free
    _cache: dict[tuple[int, int], Space] = field(default_factory=dict)
    _heads: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def device(self, kind: Kind, resources: Any, depth: int = 0) -> Space:
        """Return a device's own space, or what the resources say stands for it (8.6.5.6)."""
        name, key = _DEFAULTS[kind]
        default = dictionary(dictionary(resources).get("/ColorSpace")).get(key)
        return Space(kind, name, _SIZES[kind]) if default is None else self.read(default, None, depth + 1)

    def read(self, source: Any, resources: Any, depth: int = 0) -> Space:
        """Return the space that an operator or an image names; raise `OddObjectError` where there is none such."""
        if depth > _DEPTH:
            raise OddObjectError("endlessly nested colour spaces")
        shared = isinstance(source, pikepdf.Array) and source.is_indirect
        if shared and source.objgen in self._cache:
            return self._cache[source.objgen]
        self.spend(_SPACE)
        try:
            space = self._read(source, resources, depth)
        except OddObjectError:
            raise
        except BROKEN:
            raise OddObjectError("a malformed colour space") from None
        if shared:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[source.objgen] = space
        return space

    def _read(self, source: Any, resources: Any, depth: int) -> Space:
        if not isinstance(source, pikepdf.Array):
            return self._named(source if isinstance(source, str) else word(source), resources, depth)
        parts = entries(source, 5)
        family = word(parts[0])
        if family == "ICCBased":
            return self._icc(parts[1])
        if family in _CALIBRATED:
            return Space(_CALIBRATED[family], family, _SIZES[_CALIBRATED[family]])
        if family in ("I", "Indexed"):
            return self._indexed(parts, resources, depth)
        if family in ("Separation", "DeviceN"):
            return self._tint(family, parts, resources, depth)
        if family == "Pattern":
            return Space("pattern", family, 0, self.read(parts[1], resources, depth + 1)) if len(parts) > 1 else PATTERN
        return self.read(parts[0], resources, depth + 1)

    def _named(self, name: str, resources: Any, depth: int) -> Space:
        """Return a device's space, or one that the resources name."""
        if name in _DEVICES:
            return self.device(_DEVICES[name], resources, depth)
        if name == "Pattern":
            return PATTERN
        source = dictionary(dictionary(resources).get("/ColorSpace")).get(f"/{name}")
        if source is None:
            raise OddObjectError(f"the colour space {shortened(name)}, which its resources do not have")
        return self.read(source, None if word(source) == name else resources, depth + 1)

    def _icc(self, stream: Any) -> Space:
        count = int(number(stream.get("/N")))
        if count not in _ICC:
            raise OddObjectError(f"an ICC profile of {count} parts")
        key = stream.objgen
        if key not in self._heads:
            self._heads[key] = streams.head(stream, 128, self.spend)
        kind, name = _ICC_LAB if self._heads[key][16:20] == b"Lab " else _ICC[count]
        return Space(kind, name, _SIZES[kind], stream=stream)

    def _indexed(self, parts: list[Any], resources: Any, depth: int) -> Space:
        base = self.read(parts[1], resources, depth + 1)
        table = parts[3]
        packed = isinstance(table, pikepdf.Stream)
        palette = streams.head(table, _PALETTE, self.spend) if packed else bytes(table)[:_PALETTE]
        last = min(max(int(number(parts[2])), 0), 255)
        return Space("indexed", f"Indexed {base.name}", 1, base, palette[: (last + 1) * base.size])

    def _tint(self, family: str, parts: list[Any], resources: Any, depth: int) -> Space:
        several = entries(parts[1], _INKS + 1) if family == "DeviceN" else [parts[1]]
        inks = tuple(word(one, 60) for one in several)
        if len(inks) > _INKS:
            raise OddObjectError(f"more than {_INKS} inks in one colour space")
        alternate = self.read(parts[2], resources, depth + 1)
        tint = self._when_called(parts[3])
        return Space("tint", f"{family} {', '.join(inks)}", len(inks), inks=inks, alternate=alternate, tint=tint)

    def _when_called(self, source: Any) -> Function:
        """Return a function that is read when it is first called: of most inks, none is needed."""
        read: list[Function] = []

        def tint(values: Sequence[float]) -> list[float]:
            if not read:
                read.append(function(source, self.spend))
            return read[0](values)

        return tint

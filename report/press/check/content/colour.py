"""What a colour is on the press: parts of the four inks, and of inks besides them. Parts go from 0 to 1."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageCms

from report.press.check.content.budget import Budget
from report.press.pdf import streams
from report.press.pdf.functions import Function, function
from report.press.pdf.objects import BROKEN, OddObjectError, dictionary, entries, number, shortened, word

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
ALL = frozenset(PROCESS)
Inks = tuple[float, float, float, float]
NOTHING: Inks = (0.0, 0.0, 0.0, 0.0)
_DEPTH = 6
_KNOWN, _INKS = 100, 32
"""So many colour spaces are kept, and so many inks one of them has (ISO 32000-1, annex C)."""
_PALETTE = 256 * _INKS
_SPACE, _SEPARATED = 60, 30
"""Steps that a colour space takes, and a colour that goes through the printing condition's profile."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as it was asked for, and as it prints.

    `kind` is ``cmyk``, ``gray``, ``rgb``, ``lab``, ``spot``, ``registration``, ``pattern`` or ``none``; `space` is the PDF's
    own word for where it comes from. `touched` are the inks that it paints, where it overprints; a `direct` one, in
    DeviceCMYK itself, leaves an ink of nothing alone in overprint mode 1 (ISO 32000-1, 8.6.7).
    """

    kind: str
    space: str
    inks: Inks = NOTHING
    spots: tuple[tuple[str, float], ...] = ()
    touched: frozenset[str] = ALL
    direct: bool = False

    @property
    def total(self) -> float:
        """Return the sum of all inks, in per cent."""
        return 100 * (sum(self.inks) + sum(part for _, part in self.spots))

    @property
    def light(self) -> bool:
        """Say whether nothing is printed."""
        return self.total < 0.5

    def leaves(self, ink: str, mode: int) -> bool:
        """Say whether an ink below is left as it is when this overprints."""
        if ink not in self.touched:
            return True
        return mode == 1 and self.direct and ink in PROCESS and not self.inks[PROCESS.index(ink)]


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: how many parts a colour of it has, what it begins with, and what its colours print."""

    kind: str
    name: str
    parts: int
    colour: Callable[[Sequence[float]], Colour]
    first: tuple[float, ...] = (0.0,)
    base: Space | None = None
    """What an Indexed space takes its colours from, or an uncoloured pattern its own."""
    table: bytes = b""
    inks: tuple[str, ...] = ()
    """The names of a Separation's or a DeviceN's inks."""


@dataclass(slots=True)
class Press:
    """How colours become inks: the printing condition's ICC profile, and whether the shop prints inks besides the four."""

    icc: Path
    spots: bool
    budget: Budget = field(default_factory=Budget)
    _seen: dict[tuple[str, tuple[float, ...]], Inks] = field(default_factory=dict)
    _made: dict[str, Any] = field(default_factory=dict)

    def convert(self, picture: Image.Image) -> Image.Image:
        """Return an RGB or LAB picture in the four inks, as the printing condition's profile separates it."""
        mode = picture.mode
        if mode not in self._made:
            source = ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB")
            target = ImageCms.getOpenProfile(io.BytesIO(self.icc.read_bytes()))
            intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
            made = ImageCms.buildTransform(source, target, mode, "CMYK", intent)
            # Pillow hangs the output's profile, a megabyte, on every picture that it converts; nobody asks for it here
            made.output_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
            self._made[mode] = made
        return ImageCms.applyTransform(picture, self._made[mode])

    def inks(self, mode: str, parts: tuple[float, ...]) -> Inks:
        """Return what one colour of RGB (0 to 1) or LAB (as ISO 32000-1, 8.6.5.4) prints."""
        if (mode, parts) not in self._seen:
            if mode == "LAB":
                level, a, b = parts
                sample = (round(level * 2.55), round(a) & 255, round(b) & 255)
            else:
                sample = tuple(round(255 * part) for part in parts)  # type: ignore[assignment]
            self.budget.spend(_SEPARATED)
            found = self.convert(Image.new(mode, (1, 1), sample)).getpixel((0, 0))
            if len(self._seen) > 20_000:
                self._seen.clear()
            self._seen[mode, parts] = tuple(part / 255 for part in found)  # type: ignore[assignment, union-attr]
        return self._seen[mode, parts]


def _held(values: Sequence[float], count: int) -> list[float]:
    """Return so many parts, each from 0 to 1."""
    held = [min(max(float(value), 0.0), 1.0) for value in values[:count] if isinstance(value, int | float)]
    return held + [0.0] * (count - len(held))


@dataclass(slots=True)
class Spaces:
    """The colour spaces of a file, made once each."""

    press: Press
    _known: dict[tuple[int, int], Space] = field(default_factory=dict)
    _profiles: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def device(self, name: str, defaults: Any = None, depth: int = 0) -> Space:
        """Return a device's own space, or what the resources say stands for it (ISO 32000-1, 8.6.5.6)."""
        default = dictionary(defaults).get({"Gray": "/DefaultGray", "RGB": "/DefaultRGB", "CMYK": "/DefaultCMYK"}[name])
        if default is not None:
            return self.find(default, None, depth + 1)
        return {"Gray": self.gray, "RGB": self.rgb, "CMYK": self.cmyk}[name](f"Device{name}")

    def gray(self, name: str) -> Space:
        return Space("gray", name, 1, lambda v: Colour("gray", name, (0.0, 0.0, 0.0, 1 - _held(v, 1)[0])))

    def rgb(self, name: str) -> Space:
        def colour(values: Sequence[float]) -> Colour:
            return Colour("rgb", name, self.press.inks("RGB", tuple(round(v * 255) / 255 for v in _held(values, 3))))

        return Space("rgb", name, 3, colour, (0.0, 0.0, 0.0))

    def cmyk(self, name: str) -> Space:
        direct = name == "DeviceCMYK"

        def colour(values: Sequence[float]) -> Colour:
            return Colour("cmyk", name, tuple(_held(values, 4)), direct=direct)  # type: ignore[arg-type]

        return Space("cmyk", name, 4, colour, (0.0, 0.0, 0.0, 1.0))

    def lab(self, name: str) -> Space:
        def colour(values: Sequence[float]) -> Colour:
            level, a, b = [*map(float, values), 0.0, 0.0, 0.0][:3]
            held = (min(max(level, 0), 100), min(max(a, -128), 127), min(max(b, -128), 127))
            return Colour("lab", name, self.press.inks("LAB", tuple(map(float, map(round, held)))))

        return Space("lab", name, 3, colour, (0.0, 0.0, 0.0))

    def find(self, found: Any, resources: Any, depth: int = 0) -> Space:
        """Return the space that an operator or an image names; raise `OddObjectError` where there is none such."""
        if depth > _DEPTH:
            raise OddObjectError("endlessly nested colour spaces")
        shared = isinstance(found, pikepdf.Array) and found.is_indirect
        if shared and found.objgen in self._known:
            return self._known[found.objgen]
        self.press.budget.spend(_SPACE)
        try:
            made = self._make(found, resources, depth)
        except OddObjectError:
            raise
        except BROKEN:
            raise OddObjectError("a malformed colour space") from None
        if shared:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[found.objgen] = made
        return made

    def _make(self, found: Any, resources: Any, depth: int) -> Space:
        if not isinstance(found, pikepdf.Array):
            return self._named(found if isinstance(found, str) else word(found), resources, depth)
        parts = entries(found, 5)
        family = word(parts[0])
        if family == "ICCBased":
            return self._icc(parts[1])
        if family in ("CalGray", "CalRGB", "Lab"):
            return {"CalGray": self.gray, "CalRGB": self.rgb, "Lab": self.lab}[family](family)
        if family in ("I", "Indexed"):
            return self._indexed(parts, resources, depth)
        if family in ("Separation", "DeviceN"):
            return self._inks(family, parts, resources, depth)
        if family == "Pattern":
            base = self.find(parts[1], resources, depth + 1) if len(parts) > 1 else None
            return Space("pattern", "Pattern", base.parts if base else 0, lambda v: Colour("pattern", "Pattern"), (), base)  # fmt: skip
        return self.find(parts[0], resources, depth + 1)

    def _named(self, name: str, resources: Any, depth: int) -> Space:
        """Return a device's space, or one that the resources name."""
        known = dictionary(resources).get("/ColorSpace")
        device = {"G": "Gray", "DeviceGray": "Gray", "RGB": "RGB", "DeviceRGB": "RGB", "CMYK": "CMYK", "DeviceCMYK": "CMYK"}.get(name)  # fmt: skip
        if device:
            return self.device(device, known, depth)
        if name == "Pattern":
            return Space("pattern", "Pattern", 0, lambda v: Colour("pattern", "Pattern"), ())
        found = dictionary(known).get(f"/{name}")
        if found is None:
            raise OddObjectError(f"the resources have no colour space {shortened(name)}")
        return self.find(found, None if word(found) == name else resources, depth + 1)

    def _icc(self, stream: Any) -> Space:
        count = int(number(stream.get("/N")))
        if count not in (1, 3, 4):
            raise OddObjectError(f"an ICC profile of {count} parts")
        words = {1: "ICCBased Gray", 3: "ICCBased RGB", 4: "ICCBased CMYK"}
        kind = self._head(stream)[16:20]
        if kind == b"Lab ":
            return self.lab("ICCBased Lab")
        return {1: self.gray, 3: self.rgb, 4: self.cmyk}[count](words[count])

    def _head(self, stream: Any) -> bytes:
        key = stream.objgen
        if key not in self._profiles:
            self._profiles[key] = streams.head(stream, 128, self.press.budget.spend)
        return self._profiles[key]

    def _indexed(self, parts: list[Any], resources: Any, depth: int) -> Space:
        base = self.find(parts[1], resources, depth + 1)
        source = parts[3]
        if isinstance(source, pikepdf.Stream):
            table = streams.head(source, _PALETTE, self.press.budget.spend)
        else:
            table = bytes(source)[:_PALETTE]
        last = min(max(int(number(parts[2])), 0), 255)
        table = table[: (last + 1) * base.parts]

        def colour(values: Sequence[float]) -> Colour:
            index = min(max(int(values[0]) if values else 0, 0), last)
            entry = table[index * base.parts : (index + 1) * base.parts]
            return base.colour(_decoded(entry, base))

        return Space("indexed", f"Indexed {base.name}", 1, colour, (0.0,), base, table)

    def _inks(self, family: str, parts: list[Any], resources: Any, depth: int) -> Space:
        several = entries(parts[1], _INKS + 1) if family == "DeviceN" else [parts[1]]
        names = tuple(word(one, 60) for one in several)
        if len(names) > _INKS:
            raise OddObjectError(f"more than {_INKS} inks in one colour space")
        if names == ("All",):
            return Space("registration", "Separation All", 1, lambda v: Colour("registration", "Separation All", tuple(_held(v, 1) * 4)), (1.0,), inks=names)  # type: ignore[arg-type] # fmt: skip
        tint = _Tint(parts[3], self.find(parts[2], resources, depth + 1), self.press.budget)
        foreign = [name for name in names if name not in PROCESS and name != "None"]
        printed = self.press.spots or not foreign

        def colour(values: Sequence[float]) -> Colour:
            held = _held(values, len(names))
            kind = "spot" if foreign else "none" if set(names) == {"None"} else "cmyk"
            if not printed:
                spots = tuple((name, part) for name, part in zip(names, held, strict=True) if name in foreign)
                inks = tint.colour(held).inks
                return Colour(kind, f"{family} {', '.join(names)}", inks, tuple((n, 0.0) for n, _ in spots))
            pairs = dict(zip(names, held, strict=True))
            inks = tuple(pairs.get(name, 0.0) for name in PROCESS)
            spots = tuple((name, pairs[name]) for name in dict.fromkeys(foreign))
            return Colour(kind, f"{family} {', '.join(names)}", inks, spots, frozenset(names))  # type: ignore[arg-type]

        kind = "spot" if foreign else "cmyk"
        return Space(kind, f"{family} {', '.join(names)}", len(names), colour, (1.0,) * len(names), inks=names)


@dataclass
class _Tint:
    """A tint transformation, read when it is first asked for."""

    source: Any
    base: Space
    budget: Budget

    @cached_property
    def made(self) -> Function:
        return function(self.source, self.budget.spend)

    def colour(self, values: Sequence[float]) -> Colour:
        return self.base.colour(self.made(values))


def _decoded(entry: bytes, base: Space) -> list[float]:
    """Return bytes of a table as parts of its space: Lab's have other ranges (ISO 32000-1, 8.6.6.3)."""
    if base.kind == "lab":
        return [entry[0] / 2.55, entry[1] - 128, entry[2] - 128] if len(entry) > 2 else [0, 0, 0]
    return [value / 255 for value in entry]

"""What a colour is on the press: parts of the four inks, and of inks besides them. Parts go from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageCms

from report.press.check.content.budget import Budget
from report.press.pdf.separation import separation
from report.press.pdf.spaces import Space
from report.values import required

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
ALL = frozenset(PROCESS)
Inks = tuple[float, float, float, float]
NOTHING: Inks = (0.0, 0.0, 0.0, 0.0)
_CACHED = 20_000
_SEPARATED = 30
"""Steps that a colour costs which goes through the printing condition's profile."""


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


BLACK = Colour("gray", "DeviceGray", (0.0, 0.0, 0.0, 1.0))
"""The colour that a page begins with."""


@dataclass(slots=True)
class InkModel:
    """How colours become inks: the printing condition's ICC profile, and whether the shop prints inks besides the four."""

    icc: Path
    spots: bool
    budget: Budget = field(default_factory=Budget)
    _separated: dict[tuple[str, tuple[float, ...]], Inks] = field(default_factory=dict)
    _transforms: dict[str, ImageCms.ImageCmsTransform] = field(default_factory=dict)

    def convert(self, picture: Image.Image) -> Image.Image:
        """Return an RGB or LAB picture in the four inks, as the printing condition's profile separates it."""
        mode = picture.mode
        if mode not in self._transforms:
            self._transforms[mode] = separation(self.icc, mode)
        return required(ImageCms.applyTransform(picture, self._transforms[mode]))

    def colour(self, space: Space, values: Sequence[float]) -> Colour:
        """Return what a colour of a space prints; raise `OddObjectError` where that cannot be evaluated."""
        kind, name = space.kind, space.name
        if kind == "gray":
            return Colour(kind, name, (0.0, 0.0, 0.0, 1 - _clipped(values, 1)[0]))
        if kind == "cmyk":
            c, m, y, k = _clipped(values, 4)
            return Colour(kind, name, (c, m, y, k), direct=name == "DeviceCMYK")
        if kind == "rgb":
            return Colour(kind, name, self._inks("RGB", tuple(round(v * 255) / 255 for v in _clipped(values, 3))))
        if kind == "lab":
            level, a, b = [*map(float, values), 0.0, 0.0, 0.0][:3]
            inside = (min(max(level, 0), 100), min(max(a, -128), 127), min(max(b, -128), 127))
            return Colour(kind, name, self._inks("LAB", tuple(map(float, map(round, inside)))))
        if kind == "indexed":
            return self.colour(required(space.base), space.entry(values[0] if values else 0))
        return self._tint(space, values) if kind == "tint" else Colour("pattern", "Pattern")

    def _tint(self, space: Space, values: Sequence[float]) -> Colour:
        names, tints = space.inks, _clipped(values, space.size)
        if names == ("All",):
            return Colour("registration", space.name, (tints[0],) * 4)
        foreign = [name for name in dict.fromkeys(names) if name not in PROCESS and name != "None"]
        kind = "spot" if foreign else "none" if set(names) == {"None"} else "cmyk"
        if foreign and not self.spots:
            inks = self.colour(required(space.alternate), space.in_alternate(tints)).inks
            return Colour(kind, space.name, inks, tuple((name, 0.0) for name in names if name in foreign))
        by_name = dict(zip(names, tints, strict=True))
        c, m, y, k = (by_name.get(name, 0.0) for name in PROCESS)
        spots = tuple((name, by_name[name]) for name in foreign)
        return Colour(kind, space.name, (c, m, y, k), spots, frozenset(names))

    def _inks(self, mode: str, parts: tuple[float, ...]) -> Inks:
        """Return what one colour of RGB (0 to 1) or LAB (as ISO 32000-1, 8.6.5.4) prints."""
        if (mode, parts) not in self._separated:
            if mode == "LAB":
                level, a, b = parts
                sample = (round(level * 2.55), round(a) & 255, round(b) & 255)
            else:
                red, green, blue = (round(255 * part) for part in parts)
                sample = (red, green, blue)
            self.budget.spend(_SEPARATED)
            c, m, y, k = self.convert(Image.new(mode, (1, 1), sample)).tobytes()
            if len(self._separated) > _CACHED:
                self._separated.clear()
            self._separated[mode, parts] = (c / 255, m / 255, y / 255, k / 255)
        return self._separated[mode, parts]


def _clipped(values: Sequence[float], count: int) -> list[float]:
    """Return so many parts, each from 0 to 1."""
    clipped = [min(max(float(value), 0.0), 1.0) for value in values[:count] if isinstance(value, int | float)]
    return clipped + [0.0] * (count - len(clipped))

"""What colours are converted to: inks on the page, gray in a luminosity mask. Components run from 0 to 1."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageCms

from report.press.pdf.objects import OddObjectError
from report.press.pdf.separation import separation
from report.press.pdf.spaces import Space
from report.press.produce import ink_limit
from report.values import required

Colour = tuple[float, ...]
BLACK = (0.0, 0.0, 0.0, 1.0)
"""Black ink alone: what text is printed in."""


class Target(Protocol):
    """What colours are converted to: `space` is its name in a PDF, `fill` and `stroke` its operators."""

    space: str
    fill: str
    stroke: str
    size: int

    def rgb(self, red: float, green: float, blue: float, profile: bytes = b"") -> Colour:
        """Return a colour of sRGB, or of the ICC profile that is given."""
        ...

    def gray(self, level: float) -> Colour:
        """Return a neutral, from 0 for black to 1 for white."""
        ...

    def cmyk(self, *inks: float) -> Colour:
        """Return a colour that is in inks already."""
        ...

    def lab(self, light: float, a: float, b: float) -> Colour:
        """Return a colour of CIE L*a*b*."""
        ...

    def picture(self, picture: Image.Image, profile: bytes = b"") -> Image.Image:
        """Return a picture of mode L, RGB or CMYK in the mode of this target."""
        ...


def in_target(space: Space, colour: Colour, target: Target) -> Colour:
    """Return a colour of a space in a target; raise `OddObjectError` where it cannot be evaluated."""
    if space.kind == "rgb":
        red, green, blue = colour
        return target.rgb(red, green, blue, space.profile)
    if space.kind == "gray":
        (level,) = colour
        return target.gray(level)
    if space.kind == "cmyk":
        return target.cmyk(*colour)
    if space.kind == "lab":
        light, a, b = colour
        return target.lab(light, a, b)
    if space.kind == "indexed" and space.base:
        return in_target(space.base, space.entry(colour[0]), target)
    if space.kind == "tint" and space.alternate:
        return in_target(space.alternate, space.in_alternate(colour), target)
    raise OddObjectError(f"a colour in {space.name}")


class PressInks:
    """The four inks of a press: `icc` stands for its condition, `most` is how much ink its paper takes, in per cent.

    `inks` are the colours that have inks of their own, by their bytes of red, green and blue.
    """

    space, fill, stroke, size = "/DeviceCMYK", "k", "K", 4

    def __init__(self, icc: Path, most: float, inks: Mapping[tuple[int, int, int], Colour]):
        self.icc, self.most, self.inks = icc, most / 100, dict(inks)
        self._changed = icc.stat().st_mtime_ns
        self._converted: dict[tuple[tuple[int, int, int], bytes], Colour] = {}

    def rgb(self, red: float, green: float, blue: float, profile: bytes = b"") -> Colour:
        rgb = (_byte(red), _byte(green), _byte(blue))
        if (rgb, profile) not in self._converted:
            self._converted[rgb, profile] = self._inks(rgb, profile)
        return self._converted[rgb, profile]

    def _inks(self, rgb: tuple[int, int, int], profile: bytes) -> Colour:
        if rgb in self.inks:
            return self.inks[rgb]
        if len(set(rgb)) == 1:
            return self.gray(rgb[0] / 255)
        return self._through(Image.new("RGB", (1, 1), rgb), profile)

    def _through(self, pixel: Image.Image, profile: bytes) -> Colour:
        """Return the inks of a pixel in whole per cent: less than one prints nothing, and numbers stay short."""
        inks = required(ImageCms.applyTransform(pixel, self._transform(pixel.mode, profile)))
        return self.cmyk(*(round(part / 255, 2) for part in inks.tobytes()))

    def gray(self, level: float) -> Colour:
        return (0.0, 0.0, 0.0, round(1 - min(1.0, max(0.0, level)), 2))

    def cmyk(self, *inks: float) -> Colour:
        return ink_limit.limited(inks, self.most)

    def lab(self, light: float, a: float, b: float) -> Colour:
        parts = (round(light * 2.55), round(a) + 128, round(b) + 128)  # as Pillow and Little CMS write them in bytes
        return self._through(Image.merge("LAB", [Image.new("L", (1, 1), part) for part in parts]), b"")

    def picture(self, picture: Image.Image, profile: bytes = b"") -> Image.Image:
        if picture.mode == "L":
            return picture
        if picture.mode != "CMYK":
            picture = required(ImageCms.applyTransform(picture, self._transform(picture.mode, profile)))
        return ink_limit.limited_picture(picture, self.most)

    def _transform(self, mode: str, profile: bytes) -> ImageCms.ImageCmsTransform:
        return _transform(self.icc, self._changed, mode, profile)


class Luminosity:
    """The luminosity of a soft mask: everything is gray (ISO 32000-1, 11.3.5.3, the weights of its colours)."""

    space, fill, stroke, size = "/DeviceGray", "g", "G", 1

    def rgb(self, red: float, green: float, blue: float, profile: bytes = b"") -> Colour:
        return (round(0.3 * red + 0.59 * green + 0.11 * blue, 4),)

    def gray(self, level: float) -> Colour:
        return (level,)

    def cmyk(self, *inks: float) -> Colour:
        cyan, magenta, yellow, black = inks
        return (round(1 - min(1.0, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black), 4),)

    def lab(self, light: float, a: float, b: float) -> Colour:
        return (round(((light + 16) / 116) ** 3, 4),)

    def picture(self, picture: Image.Image, profile: bytes = b"") -> Image.Image:
        return picture.convert("L")


@functools.lru_cache(maxsize=16)
def _transform(icc: Path, _changed: int, mode: str, profile: bytes) -> ImageCms.ImageCmsTransform:
    """Build the transform from a colour space to the press: relative colorimetric, black laid on black (ISO 15930-7, 6.2)."""
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC
    return separation(icc, mode, _profile(profile, mode), flags)


def _profile(content: bytes, mode: str) -> ImageCms.ImageCmsProfile | None:
    """Return the ICC profile of a picture; None where it has none, or one of something else."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(content)) if content else None
    except (OSError, ImageCms.PyCMSError):
        return None
    return profile if profile and profile.profile.xcolor_space.strip() == mode else None


def is_of_inks(icc: Path) -> bool:
    """Say whether a file is an ICC profile of four inks."""
    try:
        return ImageCms.ImageCmsProfile(str(icc)).profile.xcolor_space.strip() == "CMYK"
    except (OSError, ImageCms.PyCMSError):
        return False


def _byte(part: float) -> int:
    return min(255, max(0, round(float(part) * 255)))

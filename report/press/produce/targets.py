"""Colours as they are printed: inks on the page, grey in a luminosity mask.

A tone turns colours of any space into those of one. Components run from 0 to 1.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from PIL import Image, ImageCms

from report.press.produce import ink_limit

Colour = tuple[float, ...]
BLACK = (0.0, 0.0, 0.0, 1.0)
"""Black ink alone: what text is printed in."""


class Tone(Protocol):
    """What colours are turned into: `space` is its name in a PDF, `fill` and `stroke` its operators."""

    space: str
    fill: str
    stroke: str
    size: int

    def rgb(self, red: float, green: float, blue: float, profile: bytes = b"") -> Colour:
        """Return a colour of sRGB, or of the ICC profile that is given."""
        ...

    def grey(self, level: float) -> Colour:
        """Return a neutral, from 0 for black to 1 for white."""
        ...

    def cmyk(self, *inks: float) -> Colour:
        """Return a colour that is in inks already."""
        ...

    def lab(self, light: float, a: float, b: float) -> Colour:
        """Return a colour of CIE L*a*b*."""
        ...

    def picture(self, picture: Image.Image, profile: bytes = b"") -> Image.Image:
        """Return a picture of mode L, RGB or CMYK in the mode of this tone."""
        ...


class Press:
    """The four inks of a press: `icc` stands for its condition, `most` is how much ink its paper takes, in per cent.

    `inks` are the colours that have inks of their own, by their bytes of red, green and blue.
    """

    space, fill, stroke, size = "/DeviceCMYK", "k", "K", 4

    def __init__(self, icc: Path, most: float, inks: Mapping[tuple[int, int, int], Colour]):
        self.icc, self.most, self.inks = icc, most / 100, dict(inks)
        self._changed = icc.stat().st_mtime_ns
        self._known: dict[tuple[Any, ...], Colour] = {}

    def rgb(self, red: float, green: float, blue: float, profile: bytes = b"") -> Colour:
        key = (*(_byte(part) for part in (red, green, blue)), profile)
        if key not in self._known:
            self._known[key] = self._converted(key[:3], profile)
        return self._known[key]

    def _converted(self, rgb: tuple[int, int, int], profile: bytes) -> Colour:
        if rgb in self.inks:
            return self.inks[rgb]
        if len(set(rgb)) == 1:
            return self.grey(rgb[0] / 255)
        return self._through(Image.new("RGB", (1, 1), rgb), profile)

    def _through(self, pixel: Image.Image, profile: bytes) -> Colour:
        """Return the inks of a pixel in whole per cent: less than one prints nothing, and numbers stay short."""
        found = ImageCms.applyTransform(pixel, self._transform(pixel.mode, profile)).getpixel((0, 0))
        return self.cmyk(*(round(part / 255, 2) for part in found))

    def grey(self, level: float) -> Colour:
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
            picture = ImageCms.applyTransform(picture, self._transform(picture.mode, profile))
        return ink_limit.limited_picture(picture, self.most)

    def _transform(self, mode: str, profile: bytes) -> Any:
        return _transform(self.icc, self._changed, mode, profile)


class Lightness:
    """The luminosity of a soft mask: everything is grey (ISO 32000-1, 11.3.5.3, the weights of its colours)."""

    space, fill, stroke, size = "/DeviceGray", "g", "G", 1

    def rgb(self, red: float, green: float, blue: float, profile: bytes = b"") -> Colour:
        return (round(0.3 * red + 0.59 * green + 0.11 * blue, 4),)

    def grey(self, level: float) -> Colour:
        return (level,)

    def cmyk(self, *inks: float) -> Colour:
        cyan, magenta, yellow, black = inks
        return (round(1 - min(1.0, 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black), 4),)

    def lab(self, light: float, a: float, b: float) -> Colour:
        return (round(((light + 16) / 116) ** 3, 4),)

    def picture(self, picture: Image.Image, profile: bytes = b"") -> Image.Image:
        return picture.convert("L")


@functools.lru_cache(maxsize=16)
def _transform(icc: Path, _changed: int, mode: str, profile: bytes) -> Any:
    """Build the way from a colour space to the press: relative colorimetric, black laid on black (ISO 15930-7, 6.2)."""
    source = _profile(profile, mode) or ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB")
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC
    made = ImageCms.buildTransform(
        source, ImageCms.ImageCmsProfile(str(icc)), mode, "CMYK", ImageCms.Intent.RELATIVE_COLORIMETRIC, flags
    )
    made.output_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return made  # Pillow copies the output profile to every picture: 1 MB, 13 ms for each colour; a small one stands in


def _profile(content: bytes, mode: str) -> Any:
    """Return the ICC profile of a picture; None where it has none, or one of something else."""
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(content)) if content else None
    except (OSError, ImageCms.PyCMSError):
        return None
    return found if found and found.profile.xcolor_space.strip() == mode else None


def is_of_inks(icc: Path) -> bool:
    """Say whether a file is an ICC profile of four inks."""
    try:
        return ImageCms.ImageCmsProfile(str(icc)).profile.xcolor_space.strip() == "CMYK"
    except (OSError, ImageCms.PyCMSError):
        return False


def _byte(part: float) -> int:
    return min(255, max(0, round(float(part) * 255)))

"""The colours of pictures that have an ICC profile (ICC.1:2022), in sRGB: the page, Word and browsers of old take all numbers for it."""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_BASE = {"L": "L", "LA": "L", "I": "L", "I;16": "L", "RGB": "RGB", "RGBA": "RGB", "P": "RGB", "CMYK": "CMYK"}
"""The mode in which a picture's colours are turned; of black and white alone there is nothing to turn."""
_OF = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
_SAME = 2
"""Levels of 255 by which a profile's colours may differ from those of sRGB and count as the same: sRGB's own profiles differ so."""
_STEPS = range(0, 256, 51)


class Way:
    """The way from a profile's colours to sRGB, for pictures of one mode."""

    def __init__(self, transform: Any, source: str):
        self._transform, self._source = transform, source

    def turn(self, picture: Image.Image) -> Image.Image:
        """Return a picture with its colours in sRGB: grey stays grey, a palette a palette, and what is transparent so."""
        if picture.mode == "P":
            return self._palette(picture)
        alpha = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
        grey = _BASE[picture.mode] == "L"
        made = self._applied(picture.convert(self._source))
        made = made.convert("L") if grey else made
        if alpha is not None:
            made.putalpha(alpha)
        made.info = {key: value for key, value in picture.info.items() if key != "icc_profile"}
        return made

    def _palette(self, picture: Image.Image) -> Image.Image:
        from PIL import Image

        entries = picture.getpalette("RGB") or []
        row = Image.frombytes("RGB", (len(entries) // 3, 1), bytes(entries))
        made = picture.copy()
        made.putpalette(self._applied(row).tobytes(), "RGB")
        made.info.pop("icc_profile", None)
        return made

    def _applied(self, picture: Image.Image) -> Image.Image:
        from PIL import ImageCms

        return ImageCms.applyTransform(picture, self._transform)  # type: ignore[return-value]

    @property
    def nowhere(self) -> bool:
        """Whether the colours are those of sRGB already."""
        from PIL import Image

        if self._source == "CMYK":
            return False
        if self._source == "L":
            ramp = Image.frombytes("L", (256, 1), bytes(range(256)))
        else:
            samples = bytes(
                part for red in _STEPS for green in _STEPS for blue in _STEPS for part in (red, green, blue)
            )
            ramp = Image.frombytes("RGB", (len(samples) // 3, 1), samples)
        turned = self._applied(ramp).convert(ramp.mode)
        return all(abs(one - other) <= _SAME for one, other in zip(ramp.tobytes(), turned.tobytes(), strict=True))


@functools.lru_cache(maxsize=16)
def way(profile: bytes, mode: str) -> Way | None:
    """Return the way to sRGB for pictures of a mode; None where there is none to go.

    Raise `ValueError` where the profile is damaged, or one of colours that such a picture does not have.
    """
    from PIL import ImageCms

    base = _BASE.get(mode)
    if base is None:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        of = _OF.get(space)
        if of is None or (of != base and (of, base) != ("RGB", "L")):  # grey is a colour of RGB, too
            raise ValueError(f"its colour profile is for {space}, and the picture has {mode}")
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
        target, intent = ImageCms.createProfile("sRGB"), ImageCms.Intent.RELATIVE_COLORIMETRIC
        found = Way(ImageCms.buildTransform(source, target, of, "RGB", intent, flags), of)
        return None if found.nowhere else found
    except (OSError, ImageCms.PyCMSError, AttributeError):
        raise ValueError("its colour profile is damaged") from None

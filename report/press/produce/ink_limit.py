"""Total ink: where a colour has more than the paper takes, its cyan, magenta and yellow give way and its black stays."""

from __future__ import annotations

import math
from typing import Any

from PIL import Image, ImageMath

_STEPS = 10_000


def limited(inks: tuple[float, ...], most: float) -> tuple[float, ...]:
    """Return inks (0 to 1) whose sum is at most `most`, rounded down so that rounding adds none."""
    inks = tuple(min(1.0, max(0.0, float(part))) for part in inks)
    *colours, black = inks
    if sum(inks) <= most + 1e-9:
        return inks
    share = max(0.0, most - black) / sum(colours)
    return (*(math.floor(part * share * _STEPS) / _STEPS for part in colours), black)


def heaviest(picture: Image.Image) -> float:
    """Return the most ink that a pixel of a CMYK picture has (1 is one full ink)."""
    total = ImageMath.lambda_eval(lambda of: of["c"] + of["m"] + of["y"] + of["k"], **_bands(picture))
    return float(total.getextrema()[1]) / 255


def limited_picture(picture: Image.Image, most: float) -> Image.Image:
    """Return a CMYK picture no pixel of which has more ink than `most` (1 is one full ink)."""
    if heaviest(picture) <= most + 1e-9:
        return picture
    bands, room = _bands(picture), math.floor(most * 255 + 1e-6)

    def less(name: str) -> Image.Image:
        def share(of: dict[str, Any]) -> Any:
            colours = of["max"](of["c"] + of["m"] + of["y"], 1)
            return of["convert"](of["min"](of[name], of[name] * of["max"](room - of["k"], 0) / colours), "L")

        band: Image.Image = ImageMath.lambda_eval(share, **bands)
        return band

    return Image.merge("CMYK", [less("c"), less("m"), less("y"), picture.getchannel("K")])


def _bands(picture: Image.Image) -> dict[str, Image.Image]:
    return dict(zip("cmyk", (band.convert("I") for band in picture.split()), strict=True))

"""Pictures with a soft mask, made opaque: for a standard without transparency, and where colours were laid on a matte."""

from __future__ import annotations

from typing import Any

from pikepdf import Name
from PIL import Image, ImageMath

from report.press.pdf.spaces import GRAY
from report.press.produce import pixels
from report.press.produce.backdrop import Rgb
from report.press.produce.conversion import Conversion

_PAPER: dict[str, int | tuple[int, ...]] = {"L": 255, "RGB": (255, 255, 255), "CMYK": (0, 0, 0, 0)}


def flatten(conversion: Conversion, source: Any, picture: Image.Image, backdrop: Rgb | None) -> tuple[Image.Image, Any]:
    """Return a picture without the matte that it was laid on, and for PDF/X-1a laid on its backdrop, with a stencil of its outside.

    Where the mask is only on or off nothing is lost; where it fades, the page gets a warning, since not all below it may be seen.
    """
    mask = pixels.read(source.SMask, GRAY)
    if mask.size != picture.size:
        mask = mask.resize(picture.size, Image.Resampling.BICUBIC)
    if Name.Matte in source.SMask:
        picture = _without_matte(picture, mask, [float(part) for part in source.SMask.Matte])
    if not conversion.opaque:
        return picture, None
    levels = mask.histogram()
    if levels[255] == picture.width * picture.height:
        return picture, None
    if levels[0] + levels[255] < picture.width * picture.height:
        below = f"the colour #{bytes(backdrop).hex()}" if backdrop and picture.mode != "CMYK" else "white paper"
        message = f"a picture that fades out was laid on {below}, since PDF/X-1a has no transparency"
        hint = "save the picture without transparency, on its ground, or ask for PDF/X-4"
        conversion.problems.warning("print.flattened", message, hint)
    if backdrop and picture.mode == "L":
        picture = picture.convert("RGB")
    ground = backdrop if backdrop and picture.mode == "RGB" else _PAPER[picture.mode]
    flattened = Image.composite(picture, Image.new(picture.mode, picture.size, ground), mask)
    return flattened, pixels.stencil(conversion.pdf, mask.point([255] + [0] * 255)) if levels[0] else None


def _without_matte(picture: Image.Image, mask: Image.Image, matte: list[float]) -> Image.Image:
    """Return the colours that were mixed with a matte: c = m + (c' - m) / alpha (ISO 32000-1, 11.6.5.3)."""
    bands = []
    for band, ground in zip(picture.split(), matte, strict=True):
        base = round(ground * 255)

        def lift(of: dict[str, Any], base: int = base) -> Any:
            lifted = base + (of["c"] - base) * 255 / of["max"](of["a"], 1)
            return of["convert"](of["min"](of["max"](lifted, 0), 255), "L")

        bands.append(ImageMath.lambda_eval(lift, c=band.convert("I"), a=mask.convert("I")))
    return bands[0] if len(bands) == 1 else Image.merge(picture.mode, bands)

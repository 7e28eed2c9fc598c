"""Pictures with a soft mask, made opaque: for a standard without transparency, and where colours were laid on a matte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Name
from PIL import Image, ImageMath

from report.press.produce import pixels
from report.press.produce.backdrop import Rgb
from report.press.produce.spaces import Space

if TYPE_CHECKING:
    from report.press.produce.converter import Walk

_GREY = Space("grey", 1)
_PAPER = {"L": 255, "RGB": (255, 255, 255), "CMYK": (0, 0, 0, 0)}


def lifted(walk: Walk, source: Any, picture: Image.Image, ground: Rgb | None) -> tuple[Image.Image, Any]:
    """Return a picture without the matte that it was laid on, and for PDF/X-1a laid on its ground, with a stencil of its outside.

    Where the mask is only on or off nothing is lost; where it fades, the page is told of, since not all below it may be seen.
    """
    veil = pixels.read(source.SMask, _GREY)
    if veil.size != picture.size:
        veil = veil.resize(picture.size, Image.Resampling.BICUBIC)
    if Name.Matte in source.SMask:
        picture = _without_matte(picture, veil, [float(part) for part in source.SMask.Matte])
    if not walk.flat:
        return picture, None
    low, high = veil.getextrema()
    if low == 255:
        return picture, None
    levels = veil.histogram()
    if levels[0] + levels[255] < picture.width * picture.height:
        told = f"the colour #{bytes(ground).hex()}" if ground and picture.mode != "CMYK" else "white paper"
        message = f"a picture that fades out was laid on {told}, since PDF/X-1a has no transparency"
        hint = "save the picture without transparency, on its ground, or ask for PDF/X-4"
        walk.faults.warning("print.flattened", message, hint)
    if ground and picture.mode == "L":
        picture = picture.convert("RGB")
    below = ground if ground and picture.mode == "RGB" else _PAPER[picture.mode]
    laid = Image.composite(picture, Image.new(picture.mode, picture.size, below), veil)
    outside = veil.point([255] + [0] * 255)
    return laid, pixels.stencil(walk.pdf, outside) if levels[0] else None


def _without_matte(picture: Image.Image, veil: Image.Image, matte: list[float]) -> Image.Image:
    """Return the colours that were mixed with a matte: c = m + (c' - m) / alpha (ISO 32000-1, 11.6.5.3)."""
    bands = []
    for band, ground in zip(picture.split(), matte, strict=True):
        base = round(ground * 255)

        def lift(of: dict[str, Any], base: int = base) -> Any:
            found = base + (of["c"] - base) * 255 / of["max"](of["a"], 1)
            return of["convert"](of["min"](of["max"](found, 0), 255), "L")

        bands.append(ImageMath.lambda_eval(lift, c=band.convert("I"), a=veil.convert("I")))
    return bands[0] if len(bands) == 1 else Image.merge(picture.mode, bands)

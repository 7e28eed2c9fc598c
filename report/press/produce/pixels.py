"""The pixels of a PDF's pictures: read with Pillow, and written so that no pixel has more ink than it may."""

from __future__ import annotations

import io
import sys
from typing import Any, cast

import pikepdf
from pikepdf import Array, Name, Stream
from PIL import Image, ImageChops

from report import pictures
from report.press.pdf import samples, streams
from report.press.pdf.objects import OddObjectError
from report.press.pdf.spaces import Space
from report.press.produce import ink_limit

_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
_QUALITY = 94
_MOST = 80_000_000
"""Pixels of a picture."""
_SPARED = (0.04, 0.08, 0.14)
"""How much less ink a photograph is given before JPEG, which adds some at edges; what still has too much is kept without loss."""


def is_jpeg(source: Any) -> bool:
    """Say whether a picture is coded as photographs are."""
    return streams.filters(source)[-1:] in (["/DCTDecode"], ["/JPXDecode"])


def read(source: Any, space: Space, decode: bool = True) -> Image.Image:
    """Return the picture of an image stream as L, RGB or CMYK; raise `OddObjectError` or `TooMuchError` where it cannot be read."""
    size, bits = (int(source.Width), int(source.Height)), int(source.get(Name.BitsPerComponent, 1))
    indexed = space.kind == "indexed"
    image = samples.read(source, size, space.size, bits, indexed, samples.Reading(most=_MOST))
    bands = image.split()
    if len(bands) != space.size or bands[0].size != size:
        raise OddObjectError("a picture that is not what its file says")
    if indexed:
        return _looked_up(bands[0], space)
    if decode and Name.Decode in source:
        bands = samples.decoded(bands, [float(each) for each in source.Decode])
    picture = bands[0] if len(bands) == 1 else Image.merge(_MODES[len(bands)], bands)
    if isinstance(image, Image.Image):
        picture.info |= image.info
    return picture


def stream(pdf: pikepdf.Pdf, picture: Image.Image, photograph: bool, most: float | None) -> Any:
    """Return an image stream with a picture's pixels: as JPEG for a photograph, or without loss."""
    coded = _as_jpeg(picture, most) if photograph else None
    image = Stream(pdf, picture.tobytes() if coded is None else b"")
    if coded is not None:
        image.write(coded, filter=Name.DCTDecode)
        if picture.mode == "CMYK":
            image.Decode = Array([1, 0] * 4)  # Pillow writes inks as Adobe does: 0 is a full ink
    image.ColorSpace = {"L": Name.DeviceGray, "CMYK": Name.DeviceCMYK}[picture.mode]
    image.BitsPerComponent = 8
    return image


def of_few_colours(picture: Image.Image, most: int) -> tuple[list[tuple[int, int, int]], bytes] | None:
    """Return the colours of an RGB picture and each pixel's place among them; None where there are more than `most`."""
    counts = picture.getcolors(most)
    if counts is None:
        return None
    colours = sorted(cast(tuple[int, int, int], colour) for _, colour in counts)
    places = {int.from_bytes(bytes((*colour, 255)), sys.byteorder): at for at, colour in enumerate(colours)}
    return colours, bytes(map(places.__getitem__, memoryview(picture.convert("RGBX").tobytes()).cast("I")))


def smaller(picture: Image.Image, share: float) -> Image.Image:
    """Return a picture with a share of its pixels each way."""
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def stencil(pdf: pikepdf.Pdf, out: Image.Image) -> Any:
    """Return a stencil mask that leaves out the pixels which are 255 in `out` (ISO 32000-1, 8.9.6.3)."""
    image = Stream(pdf, out.convert("1", dither=Image.Dither.NONE).tobytes())
    image.Type, image.Subtype, image.ImageMask, image.BitsPerComponent = Name.XObject, Name.Image, True, 1
    image.Width, image.Height = out.size
    return pdf.make_indirect(image)


def within(picture: Image.Image, ranges: list[int]) -> Image.Image:
    """Return 255 where every sample of a pixel is within its range (lowest, highest), 0 elsewhere."""
    mask = Image.new("L", picture.size, 255)
    for band, low, high in zip(picture.split(), ranges[::2], ranges[1::2], strict=True):
        mask = ImageChops.darker(mask, band.point([255 if low <= value <= high else 0 for value in range(256)]))
    return mask


def _looked_up(picture: Image.Image, space: Space) -> Image.Image:
    """Return the colours that the indexes of a picture stand for."""
    base = space.base
    if base is None or base.size not in _MODES or base.kind == "lab":
        raise OddObjectError("a palette of such colours")
    rows = [min(space.entries - 1, index) * base.size for index in range(256)]
    bands = [picture.point([space.palette[row + band] for row in rows]) for band in range(base.size)]
    return bands[0] if base.size == 1 else Image.merge(_MODES[base.size], bands)


def _as_jpeg(picture: Image.Image, most: float | None) -> bytes | None:
    if picture.mode != "CMYK" or most is None:
        return _coded(picture)
    for spared in (0.0, *_SPARED):
        content = _coded(ink_limit.limited_picture(picture, most - spared) if spared else picture)
        with pictures.opened(content) as again:
            if ink_limit.heaviest(again) <= most:
                return content
    return None


def _coded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue()

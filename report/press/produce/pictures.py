"""Pictures in inks (ISO 32000-1, 8.9): photographs as JPEG without coarser colour, flat art without loss, grey as black ink.

A picture keeps its pixels' number. What is one ink (grey, line art, a stencil) stays as it is.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Name, Stream
from PIL import Image, ImageMath

from report.press.pdf import streams
from report.press.pdf.objects import OddObjectError
from report.press.pdf.spaces import GRAY, Space
from report.press.produce import pixels
from report.press.produce.backdrop import Rgb
from report.press.produce.conversion import Conversion
from report.press.produce.targets import Target, in_target

_FLAT_COLOURS = 256
"""A picture of no more colours is flat art: each of them is turned as a colour of the page is."""
_HINT = "save the picture as PNG or JPEG in RGB, grey or CMYK"
_KINDS = ("gray", "rgb", "cmyk", "indexed")
_CODING = ("/Filter", "/DecodeParms")
_OLD = frozenset({"/LZWDecode"})
"""Filters that PDF/X does not know."""
_PAPER: dict[str, int | tuple[int, ...]] = {"L": 255, "RGB": (255, 255, 255), "CMYK": (0, 0, 0, 0)}


def convert(conversion: Conversion, source: Any, target: Target, resources: Any, backdrop: Rgb | None = None) -> Any:
    """Return a picture in a target; None, with an error noted, where it is of a kind that cannot be converted.

    `backdrop` is the colour that it lies on where the standard has no transparency; paper, if that is not known.
    """
    if bool(source.get(Name.ImageMask, False)):
        return _same(conversion.pdf, source, None)
    try:
        space = conversion.spaces.read(source.ColorSpace, resources) if Name.ColorSpace in source else GRAY
        if space.kind not in _KINDS:
            raise OddObjectError(f"a picture in {space.name}")
        image = _converted(conversion, source, space, target, backdrop)
    except (OddObjectError, streams.TooMuchError) as error:
        what = str(error) or "a picture that is too large"
        conversion.problems.error("print.picture", f"{what} cannot be printed", _HINT)
        return None
    if Name.SMask in source and not conversion.opaque:
        conversion.transparent = True
        image.SMask = _same(conversion.pdf, source.SMask, Name.DeviceGray)
    elif Name.Mask in source and Name.Mask not in image:
        image.Mask = _mask(conversion.pdf, source, space)
    return image


def as_xobject(pdf: pikepdf.Pdf, inline: Any) -> Any:
    """Return an inline image of a content stream as an object of its own."""
    image = Stream(pdf, bytes(inline._data._inline_image_raw_bytes()))
    for key, value in inline.obj.items():
        image[key] = value
    if filters := streams.filters(image):
        image.Filter = Array([Name(f"/{streams.ABBREVIATED.get(name[1:], name[1:])}") for name in filters])
    return image


def _converted(conversion: Conversion, source: Any, space: Space, target: Target, backdrop: Rgb | None) -> Any:
    pdf = conversion.pdf
    masked = Name.SMask in source and (conversion.opaque or Name.Matte in source.SMask)
    photograph = pixels.is_jpeg(source)
    share = conversion.shares.get(source.objgen) if photograph else None
    if not masked and share is None:
        if space.kind == "indexed":
            colours = [in_target(space, (index,), target) for index in range(space.entries)]
            image = _same(pdf, source, None)
            image.ColorSpace = _indexed(target, colours)
            return image
        if space.kind == "gray":
            return _same(pdf, source, Name.DeviceGray)
    picture = pixels.read(source, space)
    profile = (space.base or space).profile or picture.info.get("icc_profile", b"")
    stencil = None
    if masked:
        picture, stencil = _flattened(conversion, source, picture, backdrop)
    if share is not None:
        picture = pixels.smaller(picture, share)
    image = _written(pdf, picture, profile, target, photograph)
    if stencil is not None:
        image.Mask = stencil
    return image


def _same(pdf: pikepdf.Pdf, source: Any, space: Any) -> Any:
    """Return a picture with its bytes as they are, and what it says of itself (metadata, layers) left out."""
    decoded = not _OLD.isdisjoint(streams.filters(source))
    image = Stream(pdf, source.read_bytes() if decoded else source.read_raw_bytes())
    for key in ("/Width", "/Height", "/BitsPerComponent", "/Decode", "/ImageMask", *(() if decoded else _CODING)):
        if key in source:
            image[key] = source[key]
    if space is not None:
        image.ColorSpace = space
    return _image(pdf, image)


def _indexed(target: Target, colours: list[tuple[float, ...]]) -> Array:
    table = bytes(round(part * 255) for colour in colours for part in colour)
    return Array([Name.Indexed, Name(target.space), len(colours) - 1, pikepdf.String(table)])


def _written(pdf: pikepdf.Pdf, picture: Image.Image, profile: bytes, target: Target, photograph: bool) -> Any:
    if not photograph and picture.mode == "RGB" and (few := pixels.of_few_colours(picture, _FLAT_COLOURS)):
        colours, indexes = few
        image = Stream(pdf, indexes)
        converted = [target.rgb(r / 255, g / 255, b / 255, profile) for r, g, b in colours]
        image.ColorSpace, image.BitsPerComponent = _indexed(target, converted), 8
    else:
        image = pixels.stream(pdf, target.picture(picture, profile), photograph, getattr(target, "most", None))
    image.Width, image.Height = picture.size
    return _image(pdf, image)


def _mask(pdf: pikepdf.Pdf, source: Any, space: Space) -> Any:
    """Return what is masked out: a stencil as it is; colours to be left out as a stencil, since colours change."""
    if isinstance(source.Mask, Stream):
        return _same(pdf, source.Mask, None)
    if space.kind in ("indexed", "gray"):
        return source.Mask
    ranges = [int(each) for each in source.Mask]
    return pixels.stencil(pdf, pixels.within(pixels.read(source, space, decode=False), ranges))


def _image(pdf: pikepdf.Pdf, image: Any) -> Any:
    image.Type, image.Subtype, image.Interpolate = Name.XObject, Name.Image, False
    return pdf.make_indirect(image)


def _flattened(
    conversion: Conversion, source: Any, picture: Image.Image, backdrop: Rgb | None
) -> tuple[Image.Image, Any]:
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

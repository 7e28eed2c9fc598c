"""Pictures in inks (ISO 32000-1, 8.9): photographs as JPEG without coarser colour, flat art without loss, grey as black ink.

A picture keeps its pixels' number. What is one ink (grey, line art, a stencil) stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Name, Stream
from PIL import Image

from report.press.produce import functions, pixels, soft_masks, spaces
from report.press.produce.backdrop import Rgb
from report.press.produce.spaces import Space
from report.press.produce.targets import Tone

if TYPE_CHECKING:
    from report.press.produce.converter import Walk

_FLAT_COLOURS = 256
"""A picture of no more colours is flat art: each of them is turned as a colour of the page is."""
_HINT = "save the picture as PNG or JPEG in RGB, grey or CMYK"
_GREY = Space("grey", 1)
_MODES = {"grey": "L", "rgb": "RGB", "cmyk": "CMYK"}
_CODING = ("/Filter", "/DecodeParms")
_SHORT = {"/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode", "/Fl": "/FlateDecode",
          "/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode", "/DCT": "/DCTDecode"}  # fmt: skip
"""What filters are called inside a content stream (ISO 32000-1, table 94)."""
_OLD = frozenset({"/LZWDecode"})
"""Filters that PDF/X does not know."""


def convert(walk: Walk, source: Any, tone: Tone, resources: Any, ground: Rgb | None = None) -> Any:
    """Return a picture in a tone; None, with the reason told, where it is of a kind that cannot be converted.

    `ground` is what it lies on where the standard has no transparency; paper, if that is not known.
    """
    if bool(source.get(Name.ImageMask, False)):
        return _same(walk.pdf, source, None)
    try:
        space = spaces.read(source.ColorSpace, resources) if Name.ColorSpace in source else _GREY
        if space.kind not in (*_MODES, "indexed"):
            raise functions.Unknown(f"a picture in {space.kind}")
        made = _converted(walk, source, space, tone, ground)
    except functions.Unknown as error:
        walk.faults.error("print.picture", f"{error} cannot be printed", _HINT)
        return None
    if Name.SMask in source and not walk.flat:
        walk.transparent = True
        made.SMask = _same(walk.pdf, source.SMask, Name.DeviceGray)
    elif Name.Mask in source and Name.Mask not in made:
        made.Mask = _mask(walk.pdf, source, space)
    return made


def standing_alone(pdf: pikepdf.Pdf, inline: Any) -> Any:
    """Return a picture of a content stream's as an object of its own."""
    made = Stream(pdf, bytes(inline._data._inline_image_raw_bytes()))
    for key, value in inline.obj.items():
        made[key] = value
    if filters := pixels.filters(made):
        made.Filter = Array([Name(_SHORT.get(each, each)) for each in filters])
    return made


def _converted(walk: Walk, source: Any, space: Space, tone: Tone, ground: Rgb | None) -> Any:
    veiled = Name.SMask in source and (walk.flat or Name.Matte in source.SMask)
    photograph = pixels.is_jpeg(source)
    share = walk.shares.get(source.objgen) if photograph else None
    if not veiled and share is None:
        if space.kind == "indexed":
            return _palette(walk.pdf, source, space, tone)
        if space.kind == "grey":
            return _same(walk.pdf, source, Name.DeviceGray)
    picture = pixels.read(source, space)
    of = space.base if space.kind == "indexed" and space.base else space
    profile = of.profile or picture.info.get("icc_profile", b"")
    stencil = None
    if veiled:
        picture, stencil = soft_masks.lifted(walk, source, picture, ground)
    if share is not None:
        picture = pixels.smaller(picture, share)
    made = _written(walk.pdf, picture, profile, tone, photograph)
    if stencil is not None:
        made.Mask = stencil
    return made


def _same(pdf: pikepdf.Pdf, source: Any, space: Any) -> Any:
    """Return a picture with its bytes as they are, and what it says of itself (metadata, layers) left out."""
    decoded = not _OLD.isdisjoint(pixels.filters(source))
    made = Stream(pdf, source.read_bytes() if decoded else source.read_raw_bytes())
    for key in ("/Width", "/Height", "/BitsPerComponent", "/Decode", "/ImageMask", *(() if decoded else _CODING)):
        if key in source:
            made[key] = source[key]
    if space is not None:
        made.ColorSpace = space
    return _named(pdf, made)


def _palette(pdf: pikepdf.Pdf, source: Any, space: Space, tone: Tone) -> Any:
    entries = space.entries(tone)
    made = _same(pdf, source, None)
    made.ColorSpace = _indexed(tone, entries)
    return made


def _indexed(tone: Tone, entries: list[tuple[float, ...]]) -> Array:
    table = bytes(round(part * 255) for entry in entries for part in entry)
    return Array([Name.Indexed, Name(tone.space), len(entries) - 1, pikepdf.String(table)])


def _written(pdf: pikepdf.Pdf, picture: Image.Image, profile: bytes, tone: Tone, photograph: bool) -> Any:
    if not photograph and picture.mode == "RGB" and (found := pixels.of_few_colours(picture, _FLAT_COLOURS)):
        colours, indexes = found
        entries = [tone.rgb(*(part / 255 for part in colour), profile=profile) for colour in colours]
        made = Stream(pdf, indexes)
        made.ColorSpace, made.BitsPerComponent = _indexed(tone, entries), 8
    else:
        turned = tone.picture(picture, profile)
        made = pixels.stream(pdf, turned, photograph, getattr(tone, "most", None))
    made.Width, made.Height = picture.size
    return _named(pdf, made)


def _mask(pdf: pikepdf.Pdf, source: Any, space: Space) -> Any:
    """Return what is masked out: a stencil as it is; colours to be left out as a stencil, since colours change."""
    if isinstance(source.Mask, Stream):
        return _same(pdf, source.Mask, None)
    if space.kind in ("indexed", "grey"):
        return source.Mask
    ranges = [int(each) for each in source.Mask]
    return pixels.stencil(pdf, pixels.within(pixels.read(source, space, decode=False), ranges))


def _named(pdf: pikepdf.Pdf, made: Any) -> Any:
    made.Type, made.Subtype, made.Interpolate = Name.XObject, Name.Image, False
    return pdf.make_indirect(made)

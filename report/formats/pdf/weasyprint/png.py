"""Pictures as they are: a PNG file's pixels go into the PDF without being decoded and encoded again.

PDF reads the compressed rows of a PNG file as they stand (FlateDecode with predictor 15, ISO 32000-1, 7.4.4.4), and its
palette too (Indexed, 8.6.6.3). WeasyPrint 70 decodes every picture, turns a palette into RGB and compresses it anew (its issue 1801; its
pull request 1481 leaves this for later). A file that PDF cannot take so (interlaced, transparent, of 16 bits) goes WeasyPrint's way.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint import images

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _PALETTE = 0, 2, 3


@dataclass(frozen=True, slots=True)
class Pixels:
    """What a PNG file holds (PNG 11.2): width and height in pixels, bits of a sample, palette as RGB, compressed rows."""

    width: int
    height: int
    depth: int
    colour: int
    palette: bytes
    rows: bytes


def install() -> None:
    """Let WeasyPrint take PNG files as they are."""
    images.RasterImage = _Picture


def read(content: bytes) -> Pixels | None:
    """Return the pixels of a PNG file, or None where PDF cannot take them as they are."""
    if not content.startswith(_SIGNATURE) or len(content) < 33:
        return None
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", content[16:29])
    if interlaced or depth > 8 or colour not in (_GREY, _RGB, _PALETTE) or not width or not height:
        return None
    place, palette, rows = 8, b"", []
    while place + 12 <= len(content):
        (length,), kind = struct.unpack(">I", content[place : place + 4]), content[place + 4 : place + 8]
        body = content[place + 8 : place + 8 + length]
        if kind == b"tRNS" or len(body) < length:
            return None
        if kind == b"PLTE":
            palette = body
        elif kind == b"IDAT":
            rows.append(body)
        elif kind == b"IEND":
            break
        place += length + 12
    else:
        return None
    if not rows or (colour == _PALETTE and not palette):
        return None
    return Pixels(width, height, depth, colour, palette, b"".join(rows))


class _Picture(images.RasterImage):
    """A raster picture of WeasyPrint's that keeps a PNG file's own pixels where it can."""

    _pixels: Pixels | None = None

    def __init__(self, pillow_image: Any, image_id: str, image_data: bytes, *more: Any, **options: Any):
        orientation = more[2] if len(more) > 2 else options.get("orientation", "none")
        chosen = more[3] if len(more) > 3 else options.get("options", images.DEFAULT_OPTIONS)
        plain = orientation in ("none", "from-image") and not chosen["dpi"] and not chosen["optimize_images"]
        pixels = read(image_data) if plain else None
        if pixels is None:
            super().__init__(pillow_image, image_id, image_data, *more, **options)
            return
        self._pixels, self.id, self._dpi, self.mode, self.format = pixels, image_id, None, "RGB", "PNG"
        self.width, self.height, self.ratio = pixels.width, pixels.height, pixels.width / pixels.height

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:
        if (pixels := self._pixels) is None:
            return super().get_x_object(interpolate, dpi_ratio)
        bits = {"BitsPerComponent": pixels.depth}
        samples = 3 if pixels.colour == _RGB else 1
        parameters = pydyf.Dictionary({"Predictor": 15, "Columns": pixels.width, "Colors": samples, **bits})
        extra = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": pixels.width,
            "Height": pixels.height,
            "ColorSpace": _space(pixels),
            "Interpolate": "true" if interpolate else "false",
            "Filter": "/FlateDecode",
            "DecodeParms": parameters,
            **bits,
        }
        return pydyf.Stream([pixels.rows], pydyf.Dictionary(extra))


def _space(pixels: Pixels) -> Any:
    if pixels.colour != _PALETTE:
        return "/DeviceRGB" if pixels.colour == _RGB else "/DeviceGray"
    entries = min(len(pixels.palette) // 3, 1 << pixels.depth)
    return pydyf.Array(["/Indexed", "/DeviceRGB", entries - 1, f"<{pixels.palette[: entries * 3].hex()}>"])

"""An image's samples from its unpacked bytes (ISO 32000-1, 8.9.3). Memory is bounded by what its size says."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

from report.press.check import streams

_MODES = {1: "L", 2: "LA", 3: "RGB", 4: "CMYK"}
_PNG = {1: 0, 2: 4, 3: 2, 4: 6}
"""PNG's colour types, by how many components a pixel has (ISO/IEC 15948, 11.2.2)."""


def unpacked(source: Any, size: tuple[int, int], parts: int, bits: int, index: bool) -> Image.Image:
    """Return samples as an image of bytes, a band for each component; an `index` keeps its numbers, others fill 0 to 255."""
    if bits not in (1, 2, 4, 8, 16) or not 1 <= parts <= 32:
        raise ValueError(f"{bits} bits of {parts} components")
    row = (size[0] * parts * bits + 7) // 8
    if row * size[1] > streams.IMAGE:
        raise streams.TooMuchError
    said = streams.parameters(source)
    if (
        streams.filters(source) == ["/FlateDecode"]
        and int(said.get("/Predictor", 1)) >= 10
        and bits == 8
        and parts in _PNG
        and int(said.get("/Colors", 1)) == parts
        and int(said.get("/Columns", 1)) == size[0]
        and int(said.get("/BitsPerComponent", 8)) == 8
    ):
        return _from_png(source.read_raw_bytes(), size, parts)
    data = _filled(source, row * size[1])
    if bits == 16:
        data = data[::2]
        bits, row = 8, size[0] * parts
    if bits < 8:
        return _small(data, size, parts, bits, row, index)
    if parts in _MODES:
        return Image.frombytes(_MODES[parts], size, data)
    return _merged([Image.frombytes("L", size, data[part::parts]) for part in range(parts)])


class _Bands:
    """More components than an image of Pillow's has bands."""

    def __init__(self, bands: list[Image.Image]) -> None:
        self.bands = bands

    def split(self) -> list[Image.Image]:
        return self.bands


def _merged(bands: list[Image.Image]) -> Any:
    return _Bands(bands)


def _filled(source: Any, length: int) -> bytes:
    """Return an image's bytes; rows that are missing are nothing, as viewers show them."""
    if streams.filters(source) == ["/FlateDecode"] and int(streams.parameters(source).get("/Predictor", 1)) < 2:
        data = streams.inflated(source.read_raw_bytes(), length + 1)[:length]
    else:
        data = streams.unpacked(source, streams.IMAGE)[:length]
    if not data:
        raise ValueError("an image without samples")
    return data + bytes(length - len(data))


def _from_png(raw: bytes, size: tuple[int, int], parts: int) -> Image.Image:
    """Return samples whose rows are filtered as PNG's are: as the PNG file that they make up. It reads no more rows than it has."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", *size, 8, _PNG[parts], 0, 0, 0)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", raw) + chunk(b"IEND", b"")
    return Image.open(io.BytesIO(file), formats=("PNG",))


def _small(data: bytes, size: tuple[int, int], parts: int, bits: int, row: int, index: bool) -> Any:
    """Return samples of fewer bits than a byte; the bits of a row are read by Pillow, several components from between."""
    wide = (size[0] * parts, size[1])
    raw = {1: "1", 2: "P;2", 4: "P;4"}[bits]
    plane = Image.frombytes("1" if bits == 1 else "P", wide, data, "raw", raw, row)
    plane = plane.convert("L") if bits == 1 else Image.frombytes("L", wide, plane.tobytes())
    if index:
        plane = plane.point([1 if value and bits == 1 else value for value in range(256)])
    elif bits > 1:
        top = (1 << bits) - 1
        plane = plane.point([min(value, top) * 255 // top for value in range(256)])
    if parts == 1:
        return plane
    flat = plane.tobytes()
    return _merged([Image.frombytes("L", size, flat[part::parts]) for part in range(parts)])

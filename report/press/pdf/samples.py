"""An image's samples from its unpacked bytes (ISO 32000-1, 8.9.3). Memory is bounded by what its size says."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops

from report.press.pdf import streams
from report.press.pdf.functions import Spend, free
from report.press.pdf.objects import BROKEN, OddObjectError

SCANS = 100
"""Scans of a progressive JPEG."""
_MODES = {1: "L", 2: "LA", 3: "RGB", 4: "CMYK"}
_PNG = {1: 0, 2: 4, 3: 2, 4: 6}
"""PNG's colour types, by how many components a pixel has (ISO/IEC 15948, 11.2.2)."""


_WHOLE = ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode")
"""Filters that give an image, and not bytes."""
_BEGUN = 150
_BYTES, _PHOTOGRAPH, _WAVELETS, _FAX, _LZW = 300, 500, 30, 300, 80
"""Bytes, or samples, that are unpacked in a step."""


@dataclass(frozen=True, slots=True)
class Bands:
    """More components than an image of Pillow's has bands."""

    bands: list[Image.Image]

    def split(self) -> list[Image.Image]:
        return self.bands


@dataclass(frozen=True, slots=True)
class Reading:
    """How an image is read: no finer than `wanted`, `most` pixels at most; `pad` fills in samples that are missing, as viewers do."""

    wanted: tuple[int, int] | None = None
    most: int = 120_000_000
    pad: bool = False
    spend: Spend = free


def read(source: Any, size: tuple[int, int], parts: int, bits: int, index: bool, how: Reading) -> Image.Image | Bands:
    """Return an image's samples as they are stored, a band for each of its `parts`; an `index` keeps its numbers, others fill 0 to 255.

    Raise `OddObjectError` for what is damaged or not supported, `TooMuchError` for what is too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow, about what is odd in a file
            return _read(source, size, parts, bits, index, how)
    except OddObjectError:
        raise
    except (*BROKEN, SyntaxError):  # which Pillow raises for damaged PNG data
        raise OddObjectError("a damaged image") from None


def _read(source: Any, size: tuple[int, int], parts: int, bits: int, index: bool, how: Reading) -> Image.Image | Bands:
    if size[0] * size[1] > how.most:
        raise OddObjectError(f"{size[0]} × {size[1]} pixels are too many to decode")
    names = streams.filters(source)
    kind = names[-1] if names else ""
    if len(names) > 1 and kind in _WHOLE:
        raise OddObjectError("an image that is packed twice")
    if kind in ("/DCTDecode", "/JPXDecode"):
        return _photograph(source, kind, how.wanted or size, how.most, how.spend)
    if kind == "/CCITTFaxDecode":
        return _fax(source, size, how.spend)
    if kind == "/JBIG2Decode":
        raise OddObjectError("JBIG2 is not supported")
    return _unpacked(source, size, parts, bits, index, how)


def decoded(bands: Sequence[Image.Image], decode: Sequence[float]) -> list[Image.Image]:
    """Return bands with their samples mapped as the pairs of a Decode array say (8.9.5.2)."""
    tables = [
        [min(max(round(255 * low + value * (high - low)), 0), 255) for value in range(256)]
        for low, high in zip(decode[::2], decode[1::2], strict=True)
    ]
    return [band.point(table) for band, table in zip(bands, tables, strict=True)]


def _photograph(source: Any, kind: str, wanted: tuple[int, int], most: int, spend: Spend) -> Image.Image:
    """Return a JPEG's samples, no finer than wanted, or a JPEG 2000's."""
    raw = source.read_raw_bytes()
    image = Image.open(io.BytesIO(raw), formats=("JPEG",) if kind == "/DCTDecode" else ("JPEG2000",))
    samples = image.width * image.height * len(image.getbands())
    if image.width * image.height > most or 2 * samples > streams.IMAGE and image.info.get("progressive"):
        raise OddObjectError("too many pixels to decode")
    if kind == "/JPXDecode":
        if samples > streams.IMAGE:
            raise OddObjectError("too many pixels to decode")
        spend(_BEGUN + samples / _WAVELETS)
        image.load()
        return image
    scans = raw.count(b"\xff\xda")
    if scans > SCANS:
        raise OddObjectError(f"a JPEG of {scans} scans")
    spend(_BEGUN + len(raw) / _BYTES * 4 + samples * max(scans, 2) / 2 / _PHOTOGRAPH)
    image.draft(image.mode, (max(wanted[0], 1), max(wanted[1], 1)))
    if image.width * image.height * len(image.getbands()) > streams.IMAGE:
        raise OddObjectError("too many pixels to decode")
    image.load()
    # Pillow turns every JPEG of four inks over, as Adobe stores them; a PDF says itself, by Decode, which are so
    return ImageChops.invert(image) if image.mode == "CMYK" else image


def _fax(source: Any, size: tuple[int, int], spend: Spend) -> Image.Image:
    """Return a fax's samples (ISO 32000-1, 7.4.6), white 255: as the TIFF file that they make up."""
    parameters = streams.parameters(source)
    if streams.parameter(source, "/Columns", 1728) != size[0] or parameters.get("/EncodedByteAlign") is True:
        raise OddObjectError("CCITT fax data of another width than its image, or of an unsupported kind")
    spend(_BEGUN + size[0] * size[1] / _FAX)
    k, black = streams.parameter(source, "/K", 0), int(parameters.get("/BlackIs1") is True)
    packed = {259: 4} if k < 0 else {259: 3, 292: int(k > 0)}
    return _tiff(source.read_raw_bytes(), size, 1, {262: black, **packed}).convert("L")


def _lzw(source: Any, row: int, rows: int, spend: Spend) -> bytes:
    """Return bytes that LZW packed, never more than these: as the TIFF file that they make up."""
    if streams.parameter(source, "/EarlyChange", 1) != 1 or streams.parameter(source, "/Predictor", 1) > 1:
        raise OddObjectError("an unsupported kind of LZW")
    if row * rows > streams.IMAGE // 2:
        raise streams.TooMuchError
    spend(_BEGUN + row * rows / _LZW)
    return _tiff(source.read_raw_bytes(), (row, rows), 8, {259: 5, 262: 1}).tobytes()


def _tiff(data: bytes, size: tuple[int, int], bits: int, tags: dict[int, int]) -> Image.Image:
    """Return an image from data that a TIFF file may have, too."""
    tags |= {256: size[0], 257: size[1], 258: bits, 277: 1, 278: size[1], 279: len(data)}
    tags[273] = 10 + 12 * (len(tags) + 1) + 4
    head = struct.pack("<2sHIH", b"II", 42, 8, len(tags))
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags.items()))
    image = Image.open(io.BytesIO(head + entries + bytes(4) + data), formats=("TIFF",))
    image.load()
    return image


def _unpacked(
    source: Any, size: tuple[int, int], parts: int, bits: int, index: bool, how: Reading
) -> Image.Image | Bands:
    if bits not in (1, 2, 4, 8, 16) or not 1 <= parts <= 32:
        raise OddObjectError(f"{bits} bits of {parts} components")
    row = (size[0] * parts * bits + 7) // 8
    if row * size[1] > streams.IMAGE:
        raise streams.TooMuchError
    how.spend(_BEGUN + row * size[1] / _BYTES * 2)
    if (
        how.pad  # WeasyPrint lets Pillow fill in what is missing of a PNG file, in silence
        and streams.filters(source) == ["/FlateDecode"]
        and streams.parameter(source, "/Predictor", 1) >= 10
        and bits == 8
        and parts in _PNG
        and streams.parameter(source, "/Colors", 1) == parts
        and streams.parameter(source, "/Columns", 1) == size[0]
        and streams.parameter(source, "/BitsPerComponent", 8) == 8
    ):
        return _from_png(source.read_raw_bytes(), size, parts)
    data = _filled(source, row, size[1], how)
    if bits == 16:
        data = data[::2]
        bits, row = 8, size[0] * parts
    if bits < 8:
        return _small(data, size, parts, bits, row, index)
    if parts in _MODES:
        return Image.frombytes(_MODES[parts], size, data)
    return Bands([Image.frombytes("L", size, data[part::parts]) for part in range(parts)])


def _filled(source: Any, row: int, rows: int, how: Reading) -> bytes:
    """Return an image's bytes, with zeros for what is missing."""
    length = row * rows
    if streams.is_deflated(source):
        data = streams.head(source, length)
    elif how.pad and streams.filters(source) == ["/LZWDecode"]:
        data = _lzw(source, row, rows, how.spend)
    else:
        data = streams.unpacked(source, streams.IMAGE, how.spend)[:length]
    if not data:
        raise OddObjectError("an image without samples")
    if len(data) < length and not how.pad:
        raise OddObjectError("a picture that is cut off")
    return data.ljust(length, b"\0")


def _from_png(raw: bytes, size: tuple[int, int], parts: int) -> Image.Image:
    """Return samples whose rows are filtered as PNG's are: as the PNG file that they make up. It reads no more rows than it has."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", *size, 8, _PNG[parts], 0, 0, 0)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", raw) + chunk(b"IEND", b"")
    image = Image.open(io.BytesIO(file), formats=("PNG",))
    image.load()
    return image


def _small(data: bytes, size: tuple[int, int], parts: int, bits: int, row: int, index: bool) -> Image.Image | Bands:
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
    return Bands([Image.frombytes("L", size, flat[part::parts]) for part in range(parts)])

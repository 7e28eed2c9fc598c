"""Read the bytes of a PDF's streams within limits: a small file can hold a stream of terabytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pikepdf

from report.press.pdf.objects import BROKEN, OddObjectError, entries, number, word

CONTENT = 32_000_000
"""The most bytes of a page's content."""
IMAGE = 200_000_000
"""The most bytes of an unpacked image."""
_EXPANDS = 1_400
"""LZW makes no more bytes of one: codes of 12 bits for runs of 4,096 at most."""
ABBREVIATED = {
    "AHx": "ASCIIHexDecode", "A85": "ASCII85Decode", "LZW": "LZWDecode", "Fl": "FlateDecode",
    "RL": "RunLengthDecode", "CCF": "CCITTFaxDecode", "DCT": "DCTDecode",
}  # fmt: skip
"""What filters are called in an inline image (ISO 32000-1, table 94)."""
_EXPANDING = ("/FlateDecode", "/LZWDecode", "/RunLengthDecode")
_FILTERS = 8
_HEAD = 20_000_000
_PART = 1_000_000
_BEGUN, _BYTES = 20, 300
"""Steps that a stream costs, and its bytes in one more step."""


class TooMuchError(Exception):
    """More than may be unpacked; `part` is what came first, where it is known."""

    def __init__(self, part: bytes = b""):
        super().__init__()
        self.part = part


class UnreadableError(OddObjectError):
    """A stream's bytes cannot be read."""


def filters(stream: Any) -> list[str]:
    """Return the names of a stream's filters, in their order."""
    names = stream.get("/Filter", stream.get("/F"))
    several = entries(names, _FILTERS + 1) if isinstance(names, pikepdf.Array) else [names]
    return [f"/{word(one)}" for one in several if one is not None]


def parameters(stream: Any) -> Any:
    """Return the parameters of a stream's last filter, a dictionary."""
    value = stream.get("/DecodeParms", stream.get("/DP"))
    if isinstance(value, pikepdf.Array):
        value = value[len(value) - 1] if len(value) else None
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def parameter(stream: Any, key: str, otherwise: int) -> int:
    """Return a whole number of the parameters of a stream's last filter."""
    return int(number(parameters(stream).get(key), otherwise))


def is_deflated(stream: Any) -> bool:
    """Say whether Flate alone packed a stream, without a predictor: then its bytes can be unpacked one after another."""
    return filters(stream) == ["/FlateDecode"] and parameter(stream, "/Predictor", 1) < 2


def pieces(contents: Any, most: int) -> list[pikepdf.Stream]:
    """Return the streams that a page's content is (7.8.2), and no more than `most` of them."""
    parts = entries(contents, most) if isinstance(contents, pikepdf.Array) else [contents]
    return [part for part in parts if isinstance(part, pikepdf.Stream)]


def unpacked(stream: Any, most: int, spend: Callable[[float], None] | None = None) -> bytes:
    """Return a stream's bytes; raise `TooMuchError` beyond `most`, `UnreadableError` where it cannot be read.

    `spend` takes the steps that it cost, also where it failed.
    """
    used = 0
    try:
        names = filters(stream)
        if number(stream.get("/Length")) > 2 * most or len(names) > _FILTERS:
            raise TooMuchError
        raw = stream.read_raw_bytes()
        used = min(most, len(raw) * _EXPANDS) if names else len(raw)
        content = _decoded(stream, raw, names, most)
        used = len(content)
        return content
    except UnreadableError:
        raise
    except BROKEN:
        raise UnreadableError("it is damaged, or packed in a way that is not read") from None
    finally:
        if spend is not None:
            spend(_BEGUN + used / _BYTES)


def head(stream: Any, most: int, spend: Callable[[float], None] | None = None) -> bytes:
    """Return the first bytes of a stream; none where it cannot be read."""
    try:
        if is_deflated(stream):
            return zlib.decompressobj().decompress(stream.read_raw_bytes(), most)
        return unpacked(stream, _HEAD, spend)[:most]
    except TooMuchError as error:
        return error.part[:most]
    except (*BROKEN, zlib.error):
        return b""


def _decoded(stream: Any, raw: bytes, names: list[str], most: int) -> bytes:
    if not names:
        return _bounded(raw, most)
    if is_deflated(stream):
        return _inflated(raw, most)
    packers = [name for name in names if name in _EXPANDING]
    if len(packers) > 1 or (packers == ["/LZWDecode"] and len(raw) * _EXPANDS > 8 * most):
        raise TooMuchError  # for the others, qpdf has limits of its own
    return _bounded(stream.read_bytes(), most)


def _inflated(raw: bytes, most: int) -> bytes:
    """Return what Flate packed; a stream that breaks off gives what came before."""
    engine = zlib.decompressobj()
    try:
        content = engine.decompress(raw, most)
    except zlib.error:
        raise UnreadableError("it is damaged") from None
    if len(content) >= most and engine.unconsumed_tail:
        raise TooMuchError(content)
    return content


def size(stream: Any, most: int) -> int:
    """Return how many bytes a stream unpacks to, without holding them; raise `TooMuchError` or `UnreadableError`."""
    if not is_deflated(stream):
        return len(unpacked(stream, min(most, CONTENT)))
    engine, total = zlib.decompressobj(), 0
    try:
        raw = stream.read_raw_bytes()
        while part := engine.decompress(raw, _PART):
            total, raw = total + len(part), engine.unconsumed_tail
            if total > most:
                raise TooMuchError
    except (*BROKEN, zlib.error):
        raise UnreadableError("it is damaged") from None
    return total


def _bounded(content: bytes, most: int) -> bytes:
    if len(content) > most:
        raise TooMuchError(content[:most])
    return content

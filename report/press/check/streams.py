"""Bytes of a PDF's streams, never more than they may be: a small file can hold a stream of terabytes."""

from __future__ import annotations

import zlib
from typing import Any

import pikepdf

CONTENT = 48_000_000
"""So many bytes of a page's content are read."""
IMAGE = 200_000_000
"""So many bytes of an image are unpacked."""
_EXPANDS = 1_400
"""No filter of PDF but a repeated Flate makes more bytes of one (LZW: 4096 codes of 12 bits)."""


class TooMuchError(Exception):
    """More than may be unpacked."""


class UnreadableError(Exception):
    """A stream's bytes cannot be had."""


def filters(stream: Any) -> list[str]:
    """Return the names of a stream's filters, in their order."""
    found = stream.get("/Filter", stream.get("/F"))
    if found is None:
        return []
    if isinstance(found, pikepdf.Array):
        return [str(one) for one in list(found)[:8]]
    return [str(found)] if isinstance(found, pikepdf.Name) else []


def parameters(stream: Any) -> dict[str, Any]:
    """Return the parameters of a stream's last filter."""
    found = stream.get("/DecodeParms", stream.get("/DP"))
    if isinstance(found, pikepdf.Array):
        found = found[len(found) - 1] if len(found) else None
    return dict(found.items()) if isinstance(found, pikepdf.Dictionary) else {}


def unpacked(stream: Any, most: int) -> bytes:
    """Return a stream's bytes; raise `TooMuchError` beyond `most`, `UnreadableError` where there are none to be had."""
    try:
        raw = stream.read_raw_bytes()
        names = filters(stream)
        if not names:
            return _bounded(raw, most)
        if names == ["/FlateDecode"] and int(parameters(stream).get("/Predictor", 1)) < 2:
            return inflated(raw, most)
        if len([name for name in names if "Flate" in name or "LZW" in name]) > 1 or len(raw) * _EXPANDS > most * 8:
            raise TooMuchError
        return _bounded(stream.read_bytes(), most)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(str(error)) from None


def inflated(raw: bytes, most: int) -> bytes:
    """Return what Flate packed; a stream that breaks off gives what came before."""
    engine = zlib.decompressobj()
    try:
        found = engine.decompress(raw, most)
    except zlib.error as error:
        raise UnreadableError(str(error)) from None
    if len(found) >= most and engine.unconsumed_tail:
        raise TooMuchError
    return found


def _bounded(found: bytes, most: int) -> bytes:
    if len(found) > most:
        raise TooMuchError
    return found

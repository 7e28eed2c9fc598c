"""Values sent between two processes: pickled, with their length before them."""

from __future__ import annotations

import io
import pickle
from types import MappingProxyType
from typing import IO, Any

MOST = 512_000_000
"""Bytes of the longest message: a longer result would fill the memory of the calling process."""
_LENGTH = 8


class TooLong(Exception):
    """A message is longer than `MOST`."""


class _Pickler(pickle.Pickler):
    """Pickles read-only mappings, too, which Python's own pickler does not."""

    def reducer_override(self, obj: Any) -> Any:
        return (_read_only, (dict(obj),)) if isinstance(obj, MappingProxyType) else NotImplemented


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)  # a type whose name pickle cannot find


def packed(value: Any) -> bytes:
    """Return a value as bytes; raise `TooLong`, or the error of pickling."""
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(value)
    if buffer.tell() > MOST:
        raise TooLong
    return buffer.getvalue()


def send(stream: IO[bytes], content: bytes) -> None:
    """Write a packed value; raise `OSError` where the reader is gone."""
    stream.write(len(content).to_bytes(_LENGTH, "big"))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Return the next value; raise `EOFError` where there is none, or it is incomplete."""
    length = int.from_bytes(_exactly(stream, _LENGTH), "big")
    if length > MOST:
        raise EOFError
    return pickle.loads(_exactly(stream, length))


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if content is None or len(content) < length:
        raise EOFError
    return content

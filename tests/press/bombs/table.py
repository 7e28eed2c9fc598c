"""The table of bombs, and pages to put them on."""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

A5 = (420, 595)
"""Width and height of a page, in points; its trim is 9 points smaller on every side."""


@dataclass(frozen=True)
class Bomb:
    """A file by its name, what is in it, and how it is made: `make` takes a scale, of which 1 is the whole bomb."""

    name: str
    what: str
    make: Callable[[float], bytes]


BOMBS: dict[str, Bomb] = {}


def bomb(make: Callable[[float], bytes]) -> Callable[[float], bytes]:
    """Put a function into the table, named for itself and described by its docstring."""
    name = make.__name__.replace("_", "-")
    BOMBS[name] = Bomb(name, (make.__doc__ or "").strip().rstrip("."), make)
    return make


def write(name: str, path: Path, scale: float = 1.0) -> Path:
    """Write a bomb, or a smaller one of its kind."""
    path.write_bytes(BOMBS[name].make(scale))
    return path


def count(whole: int, scale: float) -> int:
    return max(1, round(whole * scale))


def saved(pdf: Pdf, **options: object) -> bytes:
    """Return a file's bytes, with its streams packed as they were."""
    target = io.BytesIO()
    if "encryption" not in options:
        options |= {"static_id": True, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
    pdf.save(target, fix_metadata_version=False, **options)
    return target.getvalue()


def add_page(pdf: Pdf, content: bytes | Stream | Array, resources: Mapping[str, object] | None = None) -> pikepdf.Page:
    """Add a page that paints `content`; a resource may be a function that makes it in the file."""
    named = {kind: {key: one(pdf) if callable(one) else one for key, one in some.items()} for kind, some in (resources or {}).items()}  # type: ignore[attr-defined] # fmt: skip
    page = Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, *A5],
        TrimBox=[9, 9, A5[0] - 9, A5[1] - 9],
        Resources=Dictionary({f"/{kind}": Dictionary({f"/{k}": v for k, v in some.items()}) for kind, some in named.items()}),
        Contents=packed(pdf, content) if isinstance(content, bytes) else content,
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1]


def page(content: bytes, resources: Mapping[str, object] | None = None) -> bytes:
    """Return a file of one page."""
    with pikepdf.new() as pdf:
        add_page(pdf, content, resources)
        return saved(pdf)


def packed(pdf: Pdf, content: bytes, **keys: object) -> Stream:
    """Return a stream whose bytes are packed."""
    return pdf.make_indirect(Stream(pdf, zlib.compress(content, 6), Filter=Name.FlateDecode, **keys))


@functools.cache
def zeros(size: int) -> bytes:
    """Return so many zeros, packed; they are never in memory all at once."""
    part = min(size, 1_000_000)
    return repeated(bytes(part), size // part)


def repeated(part: bytes, times: int) -> bytes:
    """Return a part so many times over, packed."""
    engine = zlib.compressobj(6)
    return b"".join([*(engine.compress(part) for _ in range(times)), engine.flush()])


def form(pdf: Pdf, content: bytes, resources: Mapping[str, object] | None = None, **keys: object) -> Stream:
    """Return a form XObject as large as the page."""
    made = packed(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, *A5]), **keys)
    made.Resources = Dictionary({f"/{kind}": Dictionary({f"/{k}": v for k, v in some.items()}) for kind, some in (resources or {}).items()})  # type: ignore[attr-defined] # fmt: skip
    return made


def raw(objects: Mapping[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """Return a file of objects written by hand."""
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, said in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 00000 f \n"
    return bytes(out + b"trailer <</Root %d 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (root, size, trailer, start))


def stream(said: bytes, content: bytes) -> bytes:
    """Return a stream object of packed bytes, as it stands in a file."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), said, content)

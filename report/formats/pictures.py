"""Pictures as every format can show them: upright, in grey or RGB, with a header that every reader knows."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

SMALL = 200
"""Pixels: a picture that is narrower is enlarged before a ground is set behind it, so that the ground has its edge."""
_SHOWN = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_KEPT = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "transparency", "gamma", "srgb", "chromaticity",
                   "progressive", "progression", "interlace", "icc_profile", "aspect", "background", "adobe", "adobe_transform"})  # fmt: skip
"""What the header of a picture may say besides; the rest (where it was taken, by whom) stays at home."""

_PICTURE_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"hIST", b"cICP"})  # fmt: skip
"""The chunks of a PNG file that are about its picture; texts, times, Exif and those of other programs are not."""


def upright(path: Path) -> bytes:
    """Return a PNG or JPEG file as it is, or written anew where a format would refuse it or show it otherwise.

    PDF/A allows no CMYK beside an RGB output intent, Word turns no picture by its Exif note, python-docx takes no JPEG
    without a header or with a damaged Exif one, and neither shows 16 bits of grey. What a file tells besides its picture
    (Exif, XMP, comments) is left out: it may say where a child lives, or who stood behind the camera.
    """
    state = path.stat()
    return _upright(path, (state.st_mtime_ns, state.st_size))


def on_ground(content: bytes, colour: str, padding: float) -> bytes:
    """Return a picture on a ground of `colour` that reaches `padding` beyond it, as a share of its width; as PNG."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        over = picture.convert("RGBA")
    if over.width < SMALL:
        over = over.resize((SMALL, max(1, round(over.height * SMALL / over.width))), Image.Resampling.NEAREST)
    edge = round(over.width * padding)
    made = Image.new("RGBA", (over.width + 2 * edge, over.height + 2 * edge), colour)
    made.alpha_composite(over, (edge, edge))
    out = io.BytesIO()
    made.convert("RGB").save(out, "PNG")
    return out.getvalue()


def _told(picture: Image.Image, content: bytes) -> bool:
    """Say whether a file tells more than its picture: a place, a camera, an author, a comment."""
    if picture.format == "PNG":  # Pillow would decode all of it to look behind the pixels
        return not _png_chunks(content) <= _PICTURE_CHUNKS
    return bool(picture.getexif()) or not set(picture.info) <= _KEPT


def _png_chunks(content: bytes) -> set[bytes]:
    """Return the kinds of chunks in a PNG file (PNG 5.3); what follows the end counts as one without a name."""
    found, place = set(), 8
    while place + 12 <= len(content):
        kind = content[place + 4 : place + 8]
        found.add(kind)
        place += int.from_bytes(content[place : place + 4], "big") + 12
        if kind == b"IEND":
            break
    return found if place == len(content) else found | {b""}


@functools.lru_cache(maxsize=16)
def _upright(path: Path, _state: tuple[int, int]) -> bytes:
    from PIL import Image, ImageOps

    content = path.read_bytes()
    with Image.open(io.BytesIO(content)) as picture:
        known = picture.format == "PNG" or content[6:10] == b"JFIF"
        if known and picture.mode in _SHOWN and not _told(picture, content):
            return content
        made = ImageOps.exif_transpose(picture)
        if made.mode.startswith("I"):  # 16 bits of grey
            made = made.convert("I").point(lambda value: value / 256).convert("L")
        elif made.mode not in _SHOWN:
            made = made.convert("RGB")
        made.info = {key: value for key, value in made.info.items() if key in _KEPT}
        out = io.BytesIO()
        made.save(out, "PNG" if picture.format == "PNG" else "JPEG", quality=92)
        return out.getvalue()

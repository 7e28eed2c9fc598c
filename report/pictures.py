"""Pictures as every format can show them: upright, in grey or sRGB, with a header that every reader knows."""

from __future__ import annotations

import contextlib
import functools
import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from report import isolation, picture_colours
from report.values import ReportError

if TYPE_CHECKING:
    from PIL import Image

SMALL = 200
"""Pixels: a picture that is narrower is enlarged before a ground is set behind it, so that the ground has its edge."""
LARGE = 4_000
"""Pixels: one that is wider or higher is made smaller before that; a page of A4 has 3,508 at 300 to the inch."""
_SHOWN = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_KEPT = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "transparency", "gamma", "srgb", "chromaticity",
                   "progressive", "progression", "interlace", "icc_profile", "aspect", "background", "adobe", "adobe_transform"})  # fmt: skip
"""What the header of a picture may say besides; the rest (where it was taken, by whom) stays at home."""

_PICTURE_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"hIST", b"cICP"})  # fmt: skip
"""The chunks of a PNG file that are about its picture; texts, times, Exif and those of other programs are not."""


DECODERS = ("PNG", "JPEG")
"""The only decoders of Pillow that are ever opened: others start programs, or read as many bytes as a file says."""
MOST_PIXELS = 89_000_000
"""A picture of more pixels is refused before it is decoded: a page of A2 at 300 to the inch has 35 million, and Pillow warns of 90."""
MOST_BYTES = 200_000_000
MOST_UNEVEN = 30
"""How many times as long as wide a picture may be, or as wide as long."""


def opened(content: bytes) -> Image.Image:
    """Return a PNG or JPEG picture, of which the header alone is read; raise `ValueError` where it has too many pixels.

    Raise `OSError` for what is neither.
    """
    from PIL import Image

    with _silent():
        try:
            picture = Image.open(io.BytesIO(content), formats=DECODERS)
        except Image.DecompressionBombError:
            raise ValueError(f"it has more than {MOST_PIXELS:,} pixels") from None
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError(f"it has {picture.width} × {picture.height} pixels, more than {MOST_PIXELS:,}")
    return picture


def size(content: bytes) -> tuple[int, int]:
    """Return the width and height of a picture in pixels."""
    with opened(content) as picture:
        return picture.size


_ORIENTATION = 0x0112
_LYING = frozenset({5, 6, 7, 8})
"""Exif's notes (CIPA DC-008, 4.6.4.1.1) of a camera that was turned by a quarter."""


def shown_size(path: Path) -> tuple[int, int]:
    """Return the width and height in pixels of a picture as it is shown: upright, as its camera notes."""
    content = path.read_bytes()
    with opened(content) as picture, _silent():
        width, height = picture.size
        if picture.format == "PNG" and b"eXIf" not in _png_chunks(content):
            return width, height
        lies = picture.getexif().get(_ORIENTATION) in _LYING
    return (height, width) if lies else (width, height)


@contextlib.contextmanager
def no_other_decoders() -> Iterator[None]:
    """Let a library that opens pictures by itself find the decoders of PNG and JPEG alone."""
    from PIL import Image

    Image.preinit()
    before = Image.ID[:], Image._initialized
    Image.ID[:], Image._initialized = list(DECODERS), 2
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="PIL")
            yield
    finally:
        Image.ID[:], Image._initialized = before


def unreadable(path: Path) -> str | None:
    """Return why a picture cannot be shown: damaged, of another kind than its name says, or far too large.

    It is decoded once, where a picture that never ends, or takes all memory, ends nothing but its reader.
    """
    try:
        state = path.stat()
        if state.st_size > MOST_BYTES:
            return f"it has {state.st_size:,} bytes; the most are {MOST_BYTES:,}"
        return _unreadable(path, (state.st_mtime_ns, state.st_size))
    except OSError as error:
        return error.strerror or "it cannot be read"


@functools.lru_cache(maxsize=1024)
def _unreadable(path: Path, _state: tuple[int, int]) -> str | None:
    try:
        return isolation.run(decode, path, about=path)
    except ReportError as error:
        return error.problems[0].message


def decode(path: Path) -> str | None:
    """Decode a picture whole and return why it cannot be shown, or None."""
    content = path.read_bytes()
    if kind := _other_kind(content):
        return kind
    try:
        with opened(content) as picture:
            if max(picture.size) > MOST_UNEVEN * min(picture.size):
                return f"it has {picture.width} × {picture.height} pixels, a line more than a picture"
            picture.load()
            return None
    except (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError) as error:
        return str(error).partition(" <")[0] or "it is damaged"


_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "",
    b"\xff\xd8\xff": "",
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"%!PS": "EPS",
    b"\xc5\xd0\xd3\xc6": "EPS",
    b"%PDF": "PDF",
}
"""How files of pictures begin, and what they are where they are neither PNG nor JPEG."""


def _other_kind(content: bytes) -> str | None:
    for begin, kind in _SIGNATURES.items():
        if content.startswith(begin):
            return f"it is {kind}, neither PNG nor JPEG" if kind else None
    return "it is neither PNG nor JPEG"


def odd_colours(path: Path) -> str | None:
    """Return why the ICC profile of a picture is not heeded, or None; its colours are taken for sRGB then."""
    state = path.stat()
    return _odd_colours(path, (state.st_mtime_ns, state.st_size))


@functools.lru_cache(maxsize=1024)
def _odd_colours(path: Path, _state: tuple[int, int]) -> str | None:
    with opened(path.read_bytes()) as picture:
        if not picture.info.get("icc_profile"):
            return None
    try:
        return isolation.run(colours_told, path, about=path)
    except ReportError as error:
        return error.problems[0].message


def colours_told(path: Path) -> str | None:
    """Read the ICC profile of a picture and return what is wrong with it, or None."""
    with opened(path.read_bytes()) as picture:
        try:
            picture_colours.way(picture.info["icc_profile"], picture.mode)
        except ValueError as error:
            return str(error)
        return None


def upright(path: Path, *, for_press: bool = False) -> bytes:
    """Return a PNG or JPEG file as it is, or written anew where a format would refuse it or show it otherwise.

    PDF/A allows no CMYK beside an RGB output intent, Word turns no picture by its Exif note, python-docx takes no JPEG
    without a header or with a damaged Exif one, and neither shows 16 bits of grey. All take colours for sRGB whatever profile
    a picture has; `for_press` a photograph in RGB keeps its own, from which it is turned into inks. What a file tells besides
    its picture (Exif, XMP, comments) is left out: it may say where a child lives, or who stood behind the camera.
    """
    state = path.stat()
    return _upright(path, (state.st_mtime_ns, state.st_size), for_press)


def on_ground(content: bytes, colour: str, padding: float) -> bytes:
    """Return a picture on a ground of `colour` that reaches `padding` beyond it, as a share of its width; as PNG."""
    from PIL import Image

    with opened(content) as picture:
        picture.draft(None, (LARGE, LARGE))
        picture.thumbnail((LARGE, LARGE))
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
def _upright(path: Path, _state: tuple[int, int], for_press: bool) -> bytes:
    content = path.read_bytes()
    with opened(content) as picture:
        if _shown(picture, content) and not picture.info.get("icc_profile"):
            return content
    return isolation.run(written_anew, path, for_press, about=path)


def _shown(picture: Image.Image, content: bytes) -> bool:
    """Say whether every format shows a file as it is, whatever its colours mean, and it tells nothing besides."""
    with _silent():
        known = picture.format == "PNG" or content[6:10] == b"JFIF"
        return known and picture.mode in _SHOWN and not _told(picture, content)


def _silent() -> warnings.catch_warnings[None]:
    """Keep Pillow's warnings, about what is odd in a file, from standard error."""
    return warnings.catch_warnings(action="ignore")


def written_anew(path: Path, for_press: bool = False) -> bytes:
    """Return a picture upright, in grey or sRGB, and without what it tells besides; its file, where that is all so."""
    from PIL import ImageOps

    content = path.read_bytes()
    with opened(content) as picture, _silent():
        profile = picture.info.get("icc_profile") or b""
        kept = for_press and picture.format != "PNG" and picture.mode == "RGB"
        way = None if kept else _way(profile, picture.mode)
        if way is None and _shown(picture, content):
            return content
        made = ImageOps.exif_transpose(picture)
        if made.mode.startswith("I"):  # 16 bits of grey
            made = made.convert("I").point(lambda value: value / 256).convert("L")
        if way:
            made = way.turn(made)
        elif made.mode not in _SHOWN:
            made = made.convert("RGB")
        made.info = {key: value for key, value in made.info.items() if key in _KEPT}
        out, more = io.BytesIO(), {"icc_profile": profile} if kept and profile else {}
        made.save(out, "PNG" if picture.format == "PNG" else "JPEG", quality=92, **more)
        return out.getvalue()


def _way(profile: bytes, mode: str) -> picture_colours.Way | None:
    try:
        return picture_colours.way(profile, mode) if profile else None
    except ValueError:  # told by `odd_colours`
        return None

"""The pixels of a PDF's pictures: read with Pillow, and written so that no pixel has more ink than it may."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Name, Stream
from PIL import Image, ImageChops

from report import pictures
from report.press.pdf import limits
from report.press.produce import functions, ink_limit
from report.press.produce.spaces import Space

_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
_QUALITY = 94
_MOST = 80_000_000
"""Pixels of a picture."""
_SPARED = (0.04, 0.08, 0.14)
"""How much less ink a photograph is given before JPEG, which adds some at edges; what still has too much is kept without loss."""


def is_jpeg(source: Any) -> bool:
    """Say whether a picture is coded as photographs are."""
    return filters(source)[-1:] in (["/DCTDecode"], ["/JPXDecode"])


def filters(source: Any) -> list[str]:
    """Return how a stream is coded, the outermost filter first."""
    told = source.get(Name.Filter, Array())
    return [str(each) for each in told] if isinstance(told, Array) else [str(told)]


def read(source: Any, space: Space, decode: bool = True) -> Image.Image:
    """Return the picture of an image stream as L, RGB or CMYK; raise `functions.Unknown` where it is of another kind."""
    size = (int(source.Width), int(source.Height))
    if size[0] * size[1] > _MOST:
        raise functions.Unknown(f"a picture of {size[0]} × {size[1]} pixels")
    if is_jpeg(source):
        picture = _jpeg(source, size)
        if picture.size != size or len(picture.getbands()) != space.size:
            raise functions.Unknown("a JPEG that is not what its file says")
    else:
        picture = _rows(source, size, space.size)
    if decode and Name.Decode in source and space.kind != "indexed":
        picture = _decoded(picture, [float(each) for each in source.Decode])
    if space.kind == "indexed":
        return _looked_up(picture, space, int(source.BitsPerComponent))
    return picture


def stream(pdf: pikepdf.Pdf, picture: Image.Image, photograph: bool, most: float | None) -> Any:
    """Return an image stream with a picture's pixels: as JPEG for a photograph, or without loss."""
    coded = _as_jpeg(picture, most) if photograph else None
    made = Stream(pdf, picture.tobytes() if coded is None else b"")
    if coded is not None:
        made.write(coded, filter=Name.DCTDecode)
        if picture.mode == "CMYK":
            made.Decode = Array([1, 0] * 4)  # Pillow writes inks as Adobe does: 0 is a full ink
    made.ColorSpace = {"L": Name.DeviceGray, "CMYK": Name.DeviceCMYK}[picture.mode]
    made.BitsPerComponent = 8
    return made


def of_few_colours(picture: Image.Image, most: int) -> tuple[list[tuple[int, int, int]], bytes] | None:
    """Return the colours of an RGB picture and each pixel's place among them; None where there are more than `most`."""
    found = picture.getcolors(most)
    if found is None:
        return None
    colours = sorted(colour for _, colour in found)
    packed = picture.convert("RGBX").tobytes()
    places = {int.from_bytes(bytes((*colour, 255)), "little"): at for at, colour in enumerate(colours)}
    words = memoryview(packed).cast("I") if _LITTLE else _swapped(packed)
    return colours, bytes(map(places.__getitem__, words))


def smaller(picture: Image.Image, share: float) -> Image.Image:
    """Return a picture with a share of its pixels each way."""
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def stencil(pdf: pikepdf.Pdf, out: Image.Image) -> Any:
    """Return a stencil mask that leaves out the pixels which are 255 in `out` (ISO 32000-1, 8.9.6.3)."""
    made = Stream(pdf, out.convert("1", dither=Image.Dither.NONE).tobytes())
    made.Type, made.Subtype, made.ImageMask, made.BitsPerComponent = Name.XObject, Name.Image, True, 1
    made.Width, made.Height = out.size
    return pdf.make_indirect(made)


def within(picture: Image.Image, ranges: list[int]) -> Image.Image:
    """Return 255 where every sample of a pixel is within its range (lowest, highest), 0 elsewhere."""
    found = Image.new("L", picture.size, 255)
    for band, low, high in zip(picture.split(), ranges[::2], ranges[1::2], strict=True):
        found = ImageChops.darker(found, band.point([255 if low <= value <= high else 0 for value in range(256)]))
    return found


_LITTLE = memoryview(b"\1\0\0\0").cast("I")[0] == 1


def _swapped(packed: bytes) -> list[int]:
    return [int.from_bytes(packed[at : at + 4], "little") for at in range(0, len(packed), 4)]


def _jpeg(source: Any, size: tuple[int, int]) -> Image.Image:
    coded = source.read_raw_bytes() if len(filters(source)) == 1 else source.read_bytes(pikepdf.StreamDecodeLevel.none)
    with Image.open(io.BytesIO(coded), formats=("JPEG", "JPEG2000")) as picture:
        if picture.size != size or coded.count(b"\xff\xda") > limits.SCANS:
            raise functions.Unknown("a JPEG that is not what its file says")
        picture.load()
        adobe = picture.mode == "CMYK" and "adobe" in picture.info
        return ImageChops.invert(picture) if adobe else picture.copy()


def _rows(source: Any, size: tuple[int, int], bands: int) -> Image.Image:
    """Return the samples of a picture that is coded without loss, of 1, 2, 4, 8 or 16 bits."""
    bits, data = int(source.get(Name.BitsPerComponent, 1)), source.read_bytes()
    if bits == 16:
        bits, data = 8, data[::2]
    width, height = size
    if len(data) < (width * bands * bits + 7) // 8 * height or bits not in (1, 2, 4, 8):
        raise functions.Unknown("a picture that is cut off")
    if bits < 8:
        mode, raw = ("1", "1") if bits == 1 else ("L", f"L;{bits}")
        data = Image.frombytes(mode, (width * bands, height), data, "raw", raw).convert("L").tobytes()
    return Image.frombytes(_MODES[bands], size, data[: width * bands * height])


def _decoded(picture: Image.Image, decode: list[float]) -> Image.Image:
    """Return a picture with its samples mapped as its Decode array says (ISO 32000-1, 8.9.5.2)."""
    pairs = list(zip(decode[::2], decode[1::2], strict=True))
    if all(pair == (0, 1) for pair in pairs):
        return picture
    table = [min(255, max(0, round(255 * low + value * (high - low)))) for low, high in pairs for value in range(256)]
    return picture.point(table)


def _looked_up(picture: Image.Image, space: Space, bits: int) -> Image.Image:
    """Return the colours that the indexes of a picture stand for."""
    base = space.base
    if base is None or base.size not in _MODES:
        raise functions.Unknown("a palette of such colours")
    scale = 255 // (2**bits - 1) if bits < 8 else 1
    last = len(space.palette) // base.size - 1
    rows = [min(last, value // scale) * base.size for value in range(256)]
    bands = [picture.point([space.palette[row + band] for row in rows]) for band in range(base.size)]
    return bands[0] if base.size == 1 else Image.merge(_MODES[base.size], bands)


def _as_jpeg(picture: Image.Image, most: float | None) -> bytes | None:
    if picture.mode != "CMYK" or most is None:
        return _coded(picture)
    for spared in (0.0, *_SPARED):
        content = _coded(ink_limit.limited_picture(picture, most - spared) if spared else picture)
        with pictures.opened(content) as again:
            if ink_limit.heaviest(again) <= most:
                return content
    return None


def _coded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue()

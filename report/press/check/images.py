"""An image's pixels as inks, no finer than they are needed."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image, ImageChops

from report.press.check import pixels, streams
from report.press.check.colour import PROCESS, Press, Space
from report.press.check.objects import Picture
from report.values import required

MOST = 120_000_000
"""Images of more pixels are not unpacked."""


class UnmeasuredError(Exception):
    """An image cannot be measured; says why."""


@dataclass(frozen=True, slots=True)
class Layers:
    """An image as inks: a plane for each ink that it has, and how much of each pixel shows."""

    planes: dict[str, Image.Image]
    mask: Image.Image | None = None


def layers(picture: Picture, wanted: tuple[int, int], press: Press) -> Layers:
    """Return an image's inks, at least `wanted` pixels in size where it has so many; raise `UnmeasuredError`."""
    width, height = picture.pixels
    if width * height > MOST:
        raise UnmeasuredError(f"{width} × {height} pixels are more than are unpacked")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if picture.space is None:
                return Layers({}, _stencil(picture))
            bands = _bands(picture, wanted)
            planes = _inks(bands, picture.space, wanted, press)
            size = next(iter(planes.values())).size
            return Layers(planes, _mask(picture.source, size))
    except streams.TooMuchError:
        raise UnmeasuredError("it unpacks to more than its size") from None
    except streams.UnreadableError as error:
        raise UnmeasuredError(str(error)) from None
    except (OSError, ValueError, TypeError, KeyError, SyntaxError, Image.DecompressionBombError, pikepdf.PdfError) as error:  # fmt: skip
        raise UnmeasuredError(str(error) or type(error).__name__) from None


def _factor(size: tuple[int, int], wanted: tuple[int, int]) -> int:
    """Return by how much an image may be reduced."""
    return max(1, min(size[0] // max(wanted[0], 1), size[1] // max(wanted[1], 1)))


def _bands(picture: Picture, wanted: tuple[int, int]) -> list[Image.Image]:
    """Return an image's components as planes of bytes, decoded to what they mean (8.9.5.2)."""
    space = required(picture.space)
    bands = list(_opened(picture, wanted).split())
    if len(bands) != space.parts:
        if len(bands) < space.parts:
            raise ValueError(f"{len(bands)} components where {space.name} has {space.parts}")
        bands = bands[: space.parts]
    decode = picture.source.get("/Decode")
    if isinstance(decode, pikepdf.Array) and len(decode) >= 2 * len(bands) and space.kind not in ("indexed", "lab"):
        pairs = [float(one) for one in decode]
        bands = [_decoded(band, *pairs[2 * i : 2 * i + 2]) for i, band in enumerate(bands)]
    return bands


def _decoded(band: Image.Image, low: float, high: float) -> Image.Image:
    if (low, high) == (0, 1):
        return band
    return band.point([min(max(round(255 * low + value * (high - low)), 0), 255) for value in range(256)])


def _opened(picture: Picture, wanted: tuple[int, int]) -> Image.Image:
    """Return an image's samples as they are stored; a JPEG is read no finer than wanted."""
    kind = picture.filters[-1] if picture.filters else ""
    if kind in ("/DCTDecode", "/JPXDecode"):
        if len(picture.filters) > 1:
            raise ValueError("a JPEG that is packed once more")
        image = Image.open(io.BytesIO(picture.source.read_raw_bytes()), formats=("JPEG", "JPEG2000"))
        if image.width * image.height > MOST:
            raise ValueError("more pixels than are unpacked")
        if kind == "/DCTDecode":
            image.draft(image.mode, (max(wanted[0], 1), max(wanted[1], 1)))
        image.load()
        # Pillow turns every JPEG of four inks over, as Adobe stores them; a PDF says itself, by Decode, which are so
        return ImageChops.invert(image) if kind == "/DCTDecode" and image.mode == "CMYK" else image
    if kind in ("/CCITTFaxDecode", "/JBIG2Decode"):
        return pikepdf.PdfImage(picture.source).as_pil_image().convert("L")
    parts = picture.space.parts if picture.space else 1
    return pixels.unpacked(picture.source, picture.pixels, parts, picture.bits, bool(picture.space and picture.space.kind == "indexed"))  # fmt: skip


def _inks(bands: list[Image.Image], space: Space, wanted: tuple[int, int], press: Press) -> dict[str, Image.Image]:
    """Return components as inks."""
    factor = _factor(bands[0].size, wanted)
    if space.kind == "indexed" or (space.parts == 1 and space.kind != "gray"):
        step = 1.0 if space.kind == "indexed" else 1 / 255
        found = _looked_up(bands[0], space, step)
        return {name: _reduced(plane, factor) for name, plane in found.items()}
    bands = [_reduced(band, factor) for band in bands]
    if space.kind == "gray":
        return {"Black": ImageChops.invert(bands[0])}
    if space.kind == "lab":
        ab = [band.point([(value + 128) & 255 for value in range(256)]) for band in bands[1:]]
        return dict(zip(PROCESS, press.convert(Image.merge("LAB", [bands[0], *ab])).split(), strict=True))
    if space.kind == "rgb":
        return dict(zip(PROCESS, press.convert(Image.merge("RGB", bands)).split(), strict=True))
    if not space.inks:
        return dict(zip(PROCESS, bands, strict=True))
    return _several(bands, space)


def _reduced(band: Image.Image, factor: int) -> Image.Image:
    return band.reduce(factor) if factor > 1 else band


def _looked_up(band: Image.Image, space: Space, step: float) -> dict[str, Image.Image]:
    """Return the inks of an image of one component: each of its 256 values is looked up."""
    colours = [space.colour([value * step]) for value in range(256)]
    tables: dict[str, list[int]] = {name: [round(255 * one.inks[i]) for one in colours] for i, name in enumerate(PROCESS)}  # fmt: skip
    for name in {name for one in colours for name, _ in one.spots}:
        tables[name] = [round(255 * dict(one.spots).get(name, 0)) for one in colours]
    return {name: band.point(table) for name, table in tables.items() if any(table)} or {"Black": band.point([0] * 256)}


def _several(bands: list[Image.Image], space: Space) -> dict[str, Image.Image]:
    """Return the inks of an image in several: what each prints alone, added up."""
    found: dict[str, Image.Image] = {}
    for index, band in enumerate(bands):
        alone = [space.colour([value / 255 if i == index else 0 for i in range(len(bands))]) for value in range(256)]
        for name in (*PROCESS, *(name for name, _ in alone[255].spots)):
            table = [round(255 * dict((*zip(PROCESS, one.inks, strict=True), *one.spots))[name]) for one in alone]
            if any(table):
                plane = band.point(table)
                found[name] = ImageChops.add(found[name], plane) if name in found else plane
    return found or {"Black": bands[0].point([0] * 256)}


def _stencil(picture: Picture) -> Image.Image:
    """Return where a stencil paints: where its samples are 0, unless its Decode turns that over (8.9.6.2)."""
    plane = _opened(picture, picture.pixels).convert("L")
    decode = picture.source.get("/Decode")
    turned = isinstance(decode, pikepdf.Array) and len(decode) > 0 and float(decode[0]) == 1
    return plane if turned else ImageChops.invert(plane)


def _mask(source: Any, size: tuple[int, int]) -> Image.Image | None:
    """Return how much of each pixel shows: a soft mask, or a stencil (8.9.6)."""
    soft, hard = source.get("/SMask"), source.get("/Mask")
    found = soft if isinstance(soft, pikepdf.Stream) else hard if isinstance(hard, pikepdf.Stream) else None
    if found is None:
        return None
    extent = (int(found["/Width"]), int(found["/Height"]))
    if min(extent) < 1 or extent[0] * extent[1] > MOST:
        raise ValueError("a mask out of all measure")
    bits = int(found.get("/BitsPerComponent", 1))
    names = tuple(streams.filters(found))
    gray = Space("gray", "DeviceGray", 1, lambda v: None)  # type: ignore[arg-type, return-value]
    picture = Picture(None, None, None, found, gray, extent, bits, (0, 0), names)  # type: ignore[arg-type]
    plane = _stencil(picture) if found is hard else _bands(picture, size)[0]
    return plane.resize(size, Image.Resampling.BOX)

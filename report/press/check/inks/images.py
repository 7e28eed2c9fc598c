"""An image's pixels as inks, no finer than they are needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image, ImageChops

from report.press.check.content.colour import PROCESS, InkModel
from report.press.check.content.items import Clip, PaintStyle, Picture
from report.press.pdf import samples, streams
from report.press.pdf.geometry import IDENTITY, Box
from report.press.pdf.objects import BROKEN, OddObjectError, dictionary, number, numbers
from report.press.pdf.spaces import GRAY, Space
from report.values import required

_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
MOST = 120_000_000
"""Images of more pixels are not unpacked."""
_BEGUN, _BYTES, _COLOUR, _PLACED = 100, 300, 8, 0.03
"""Steps that an image costs; its packed bytes in one more step; steps of a colour that is looked up, and of a pixel that is separated."""


@dataclass(frozen=True, slots=True)
class Layers:
    """An image as inks: a plane for each ink that it has, and how much of each pixel shows."""

    planes: dict[str, Image.Image]
    mask: Image.Image | None = None


def layers(picture: Picture, wanted: tuple[int, int], model: InkModel) -> Layers:
    """Return an image's inks, at least `wanted` pixels in size where it has so many; raise `OddObjectError`."""
    model.budget.spend(_BEGUN + number(picture.source.get("/Length")) / _BYTES)
    try:
        if picture.space is None:
            plane = _stencil(picture, model)
            return Layers({}, _reduced(plane, _factor(plane.size, wanted)))
        bands = _bands(picture, wanted, model)
        planes = _inks(bands, picture.space, wanted, model)
        size = next(iter(planes.values())).size
        return Layers(planes, _mask(picture.source, size, model))
    except (streams.TooMuchError, Image.DecompressionBombError):
        raise OddObjectError("it unpacks to more than its size") from None
    except MemoryError:
        raise OddObjectError("it takes more memory than a file may") from None
    except OddObjectError:
        raise
    except BROKEN:
        raise OddObjectError("it is damaged") from None


def _factor(size: tuple[int, int], wanted: tuple[int, int]) -> int:
    """Return by how much an image may be reduced."""
    return max(1, min(size[0] // max(wanted[0], 1), size[1] // max(wanted[1], 1)))


def _bands(picture: Picture, wanted: tuple[int, int], model: InkModel) -> list[Image.Image]:
    """Return an image's components as planes of bytes, decoded to what they mean (8.9.5.2)."""
    space = required(picture.space)
    bands = list(_samples(picture, wanted, model).split())
    if len(bands) != space.size:
        if len(bands) < space.size:
            raise OddObjectError(f"{len(bands)} components where {space.name} has {space.size}")
        bands = bands[: space.size]
    pairs = numbers(picture.source.get("/Decode"))
    if len(pairs) >= 2 * len(bands) and space.kind not in ("indexed", "lab"):
        bands = samples.decoded(bands, pairs[: 2 * len(bands)])
    return bands


def _samples(picture: Picture, wanted: tuple[int, int], model: InkModel) -> Image.Image | samples.Bands:
    size = picture.space.size if picture.space else 1
    index = bool(picture.space and picture.space.kind == "indexed")
    reading = samples.Reading(wanted, MOST, pad=True, spend=model.budget.spend)
    return samples.read(picture.source, picture.pixels, size, picture.bits, index, reading)


def _inks(bands: list[Image.Image], space: Space, wanted: tuple[int, int], model: InkModel) -> dict[str, Image.Image]:
    """Return components as inks."""
    factor = _factor(bands[0].size, wanted)
    if space.kind == "indexed" or (space.size == 1 and space.kind != "gray"):
        step = 1.0 if space.kind == "indexed" else 1 / 255
        return _looked_up(bands[0], space, step, factor, model)
    bands = [_reduced(band, factor) for band in bands]
    model.budget.spend(bands[0].width * bands[0].height * _PLACED)
    if space.kind == "gray":
        return {"Black": ImageChops.invert(bands[0])}
    if space.kind == "lab":
        ab = [band.point([(value + 128) & 255 for value in range(256)]) for band in bands[1:]]
        return dict(zip(PROCESS, model.convert(Image.merge("LAB", [bands[0], *ab])).split(), strict=True))
    if space.kind == "rgb":
        return dict(zip(PROCESS, model.convert(Image.merge("RGB", bands)).split(), strict=True))
    if not space.inks:
        return dict(zip(PROCESS, bands, strict=True))
    return _several(bands, space, model)


def _reduced(band: Image.Image, factor: int) -> Image.Image:
    return band.reduce(factor) if factor > 1 else band


def _looked_up(band: Image.Image, space: Space, step: float, factor: int, model: InkModel) -> dict[str, Image.Image]:
    """Return the inks of an image of one component: each of its 256 values is looked up."""
    model.budget.spend(256 * _COLOUR)
    colours = [model.colour(space, [value * step]) for value in range(256)]
    tables: dict[str, list[int]] = {name: [round(255 * one.inks[i]) for one in colours] for i, name in enumerate(PROCESS)}  # fmt: skip
    for name in {name for one in colours for name, _ in one.spots}:
        tables[name] = [round(255 * dict(one.spots).get(name, 0)) for one in colours]
    planes = {name: _reduced(band.point(table), factor) for name, table in tables.items() if any(table)}
    return planes or {"Black": _reduced(band.point([0] * 256), factor)}


def _several(bands: list[Image.Image], space: Space, model: InkModel) -> dict[str, Image.Image]:
    """Return the inks of an image in several: what each prints alone, added up."""
    planes: dict[str, Image.Image] = {}
    for index, band in enumerate(bands):
        model.budget.spend(256 * _COLOUR + band.width * band.height * _PLACED / 10)
        alone = [
            model.colour(space, [value / 255 if i == index else 0 for i in range(len(bands))]) for value in range(256)
        ]
        tables = [dict((*zip(PROCESS, one.inks, strict=True), *one.spots)) for one in alone]
        for name in tables[255]:
            table = [round(255 * one[name]) for one in tables]
            if any(table):
                plane = band.point(table)
                planes[name] = ImageChops.add(planes[name], plane) if name in planes else plane
    return planes or {"Black": bands[0].point([0] * 256)}


def _stencil(picture: Picture, model: InkModel) -> Image.Image:
    """Return where a stencil paints: where its samples are 0, unless its Decode turns that over (8.9.6.2)."""
    plane = _samples(picture, picture.pixels, model).split()[0]
    turned = numbers(picture.source.get("/Decode"), 1) == [1.0]
    return plane if turned else ImageChops.invert(plane)


def _mask(source: Any, size: tuple[int, int], model: InkModel) -> Image.Image | None:
    """Return how much of each pixel shows: a soft mask, or a stencil (8.9.6)."""
    soft, hard = source.get("/SMask"), source.get("/Mask")
    mask = soft if isinstance(soft, pikepdf.Stream) else hard if isinstance(hard, pikepdf.Stream) else None
    if mask is None:
        return None
    extent = (int(number(mask.get("/Width"))), int(number(mask.get("/Height"))))
    if min(extent) < 1 or extent[0] * extent[1] > MOST:
        raise OddObjectError("a mask that is too large")
    bits = int(number(dictionary(mask).get("/BitsPerComponent"), 1))
    names = tuple(streams.filters(mask))
    picture = Picture(_NOWHERE, PaintStyle(Clip(_NOWHERE)), IDENTITY, mask, GRAY, extent, bits, (0, 0), names)
    plane = _stencil(picture, model) if mask is hard else _bands(picture, size, model)[0]
    return plane.resize(size, Image.Resampling.BOX)

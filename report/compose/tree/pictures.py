"""How large pictures are: as large as the box that a template gives them, and never higher than a page with their captions."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from report import pictures
from report.html.text import words
from report.looks.theme import points
from report.values import Look

BOX = re.compile(r"(\d{1,4})x(\d{1,4})")
_PAGE = ("210mm", "297mm")
_PIXELS = 96 / 72
"""CSS pixels of a point."""
_CAPTION, _LETTERS, _LINE = 24, 90, 16
"""Pixels around a caption, letters of one of its lines and its height: about."""
_COARSEST = 2
"""How many CSS pixels one of a picture's own becomes at most: larger, a tiny picture is nothing but squares."""

_HIGH, _BROAD = 0.8, 2.2
"""Width by height: below and above, a picture has the class ``high`` or ``broad``, and a style sheet need not cut it to a box of its own."""


class Room(NamedTuple):
    """The text of a page, in CSS pixels."""

    width: float
    height: float


def fit(root: ET.Element, assets: Mapping[str, Path], look: Look) -> None:
    """Give each picture that has a box the greatest width at which it fits, and each figure's one at which it fits a page."""
    for image in root.iter("img"):
        box, path = BOX.fullmatch(image.attrib.pop("data-fit", "")), assets.get(image.get("src", ""))
        if path is None:
            continue
        width, height = pictures.shown_size(path)
        if shape := "high" if width < _HIGH * height else "broad" if width > _BROAD * height else None:
            image.set("class", f"{image.get('class', '')} {shape}".strip())
        if box:
            image.set("width", str(max(1, round(width * min(int(box[1]) / width, int(box[2]) / height)))))
    upright = _room(look, turned=False)
    turned = {
        figure
        for part in root.iter("section")
        if part.get("data-page") == "landscape"
        for figure in part.iter("figure")
    }
    for figure in root.iter("figure"):
        for image in figure.iter("img"):
            if path := assets.get(image.get("src", "")):
                _limit(image, path, _left(_room(look, turned=True) if figure in turned else upright, figure))


def _room(look: Look, *, turned: bool) -> Room:
    """Return the text of a page of a look; a page that is turned keeps its margins."""
    size = [
        points(look.tokens.get(name, usual)) for name, usual in zip(("page-width", "page-height"), _PAGE, strict=True)
    ]
    if turned:
        size.reverse()
    margins = {
        side: points(look.tokens.get(f"page-margin-{side}", "25mm")) for side in ("left", "right", "top", "bottom")
    }
    return Room(
        (size[0] - margins["left"] - margins["right"]) * _PIXELS,
        (size[1] - margins["top"] - margins["bottom"]) * _PIXELS,
    )


def _left(room: Room, figure: ET.Element) -> Room:
    """Return what a figure's caption leaves of a page; a figure in a list may have half its width.

    A photograph is no higher than text is wide, as a square one: one that fills a page leaves the page before it half empty.
    """
    caption = figure.find("figcaption")
    lines = math.ceil(2 * len(words(caption)) / _LETTERS) if caption is not None else 0
    height = max(room.height / 3, 0.96 * room.height - _CAPTION - lines * _LINE)
    return Room(room.width, min(height, room.width) if "photograph" in figure.get("class", "").split() else height)


def _limit(image: ET.Element, path: Path, room: Room) -> None:
    """Narrow a picture that would be higher than the room, or coarser than can be looked at."""
    width, height = pictures.shown_size(path)
    said = image.get("width", "")
    wanted = room.width * float(said[:-1]) / 100 if said.endswith("%") else float(said or width)
    most = min(room.height * width / height, width * _COARSEST if said else wanted)
    if most < min(wanted, room.width):
        image.set("width", str(max(1, math.floor(most))))

"""How large a picture is where a template gives it a box to fit, ``data-fit="190x100"`` in CSS pixels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from report import pictures

BOX = re.compile(r"(\d{1,4})x(\d{1,4})")


def fit(root: ET.Element, assets: Mapping[str, Path]) -> None:
    """Give each picture that has a box the greatest width at which it fits."""
    for image in root.iter("img"):
        box, path = BOX.fullmatch(image.attrib.pop("data-fit", "")), assets.get(image.get("src", ""))
        if box and path:
            width, height = pictures.size(pictures.upright(path))
            image.set("width", str(max(1, round(width * min(int(box[1]) / width, int(box[2]) / height)))))

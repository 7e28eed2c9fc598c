"""A page's boxes are read alike by all: corners in any order, what is malformed is not there."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from report.press.pdf.geometry import Box
from report.press.pdf.objects import OddObjectError
from report.press.pdf.page_boxes import page_boxes


def _page(**boxes: list[object]) -> pikepdf.Dictionary:
    return Dictionary({f"/{name}": Array(sides) for name, sides in {"MediaBox": [0, 0, 200, 100], **boxes}.items()})


def test_corners_may_stand_in_any_order() -> None:
    boxes = page_boxes(_page(MediaBox=[200, 0, 0, 100], TrimBox=[190, 90, 10, 10]))
    assert boxes.media == boxes.crop == Box(0, 0, 200, 100) and boxes.trim == Box(10, 10, 190, 90)


@pytest.mark.parametrize("sides", [[1, 2, 3], [5, 5, 5, 50], [0, 0, 1e12, 9], [0, 0, pikepdf.Name.Wide, 9]])
def test_a_box_that_is_none_is_not_there(sides: list[object]) -> None:
    assert page_boxes(_page(TrimBox=sides)).trim is None


def test_the_crop_box_ends_with_the_media() -> None:
    assert page_boxes(_page(CropBox=[10, -50, 500, 50])).crop == Box(10, 0, 200, 50)


def test_a_page_without_a_size_cannot_be_read() -> None:
    with pytest.raises(OddObjectError, match="no size"):
        page_boxes(_page(MediaBox=[0, 0, 0, 100]))

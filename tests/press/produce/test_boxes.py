"""Boxes to a hundredth of a millimetre, and marks outside the bleed, in every ink."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from report.press.produce import produce
from report.profiles.load import Shop
from report.values import ReportError
from tests.press.produce import support

MM = 72 / 25.4


def _box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(side) / MM for side in page.obj[name]]


def _problem(source: Path, shop: Shop, **more: object) -> object:
    target = source.with_name("not-made.pdf")
    with pytest.raises(ReportError) as caught:
        produce(source, target, shop, support.order(**more))
    assert not target.exists() and list(source.parent.glob(".not-made*")) == []
    (problem,) = caught.value.problems
    return problem


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return support.laid_out(
        tmp_path_factory.mktemp("frame") / "s.pdf", "<p>One</p><p style='break-before: page'>Two</p>"
    )


@pytest.fixture(scope="module")
def marked(source: Path, uncoated: Shop) -> Path:
    target = source.with_name("marked.pdf")
    produce(source, target, uncoated, support.order(folds=((), (40.0, 20.0))))
    return target


def test_without_marks_the_paper_ends_with_the_bleed(source: Path, shop: Shop, tmp_path: Path) -> None:
    produce(source, tmp_path / "x.pdf", shop, support.order())
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        for page in pdf.pages:
            assert _box(page, "/MediaBox") == pytest.approx([0, 0, 86, 66], abs=0.01)
            assert _box(page, "/BleedBox") == pytest.approx([0, 0, 86, 66], abs=0.01)
            assert _box(page, "/TrimBox") == pytest.approx([3, 3, 83, 63], abs=0.01)
            assert not {"/CropBox", "/ArtBox", "/Rotate"} & set(page.obj.keys())
            assert "/ColorSpace" not in page.obj.Resources


def test_with_marks_there_is_paper_beyond_the_bleed(marked: Path) -> None:
    with pikepdf.open(marked) as pdf:
        for page in pdf.pages:
            assert _box(page, "/MediaBox") == pytest.approx([0, 0, 106, 86], abs=0.01)
            assert _box(page, "/BleedBox") == pytest.approx([8, 8, 98, 78], abs=0.01)
            assert _box(page, "/TrimBox") == pytest.approx([13, 13, 93, 73], abs=0.01)


def _marks(page: pikepdf.Page) -> tuple[list[tuple[float, float]], list[str], list[list[float]]]:
    """Return the points of the marks in millimetres, the colour spaces that are set, and the dashes."""
    points, spaces, dashes = [], [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("m", "l", "c"):
            points += [(float(x) / MM, float(y) / MM) for x, y in zip(operands[::2], operands[1::2], strict=True)]
        elif name == "CS":
            spaces.append(str(operands[0]))
        elif name == "d":
            dashes.append([float(x) for x in operands[0]])
        assert name not in ("k", "K", "g", "G", "rg", "RG", "f", "gs")
    return points, spaces, dashes


def test_marks_are_in_every_ink_and_outside_the_bleed(marked: Path) -> None:
    with pikepdf.open(marked) as pdf:
        for page in pdf.pages:
            points, spaces, _ = _marks(page)
            (space,) = set(spaces)
            said = page.obj.Resources.ColorSpace[space]
            assert said[0] == Name.Separation and said[1] == Name.All and said[2] == Name.DeviceCMYK
            assert points
            left, bottom, right, top = _box(page, "/BleedBox")
            assert all(not (left - 0.5 < x < right + 0.5 and bottom - 0.5 < y < top + 0.5) for x, y in points)
            assert all(0 <= x <= 106 and 0 <= y <= 86 for x, y in points)


def test_crop_marks_point_to_the_corners_of_the_trim(marked: Path) -> None:
    with pikepdf.open(marked) as pdf:
        points, _, dashes = _marks(pdf.pages[0])
    assert dashes == [[]]
    for x in (13, 93):
        assert sum(abs(px - x) < 0.01 for px, _ in points) >= 4
    for y in (13, 73):
        assert sum(abs(py - y) < 0.01 for _, py in points) >= 4


def test_fold_marks_are_dashed_and_stand_where_their_page_folds(marked: Path) -> None:
    with pikepdf.open(marked) as pdf:
        points, _, dashes = _marks(pdf.pages[1])
    assert len(dashes) == 2 and dashes[1]
    for fold in (20, 40):
        assert sum(abs(x - 13 - fold) < 0.01 for x, _ in points) == 4
    crosses = {round(x, 2) for x, _ in points} & {13 + 40}
    assert len([p for p in points if abs(p[0] - 53) < 1]) == 4, crosses  # the registration mark stands beside the fold


def test_what_bleeds_is_cut_at_the_bleed_that_is_asked_for(tmp_path: Path, shop: Shop) -> None:
    source = support.laid_out(tmp_path / "s.pdf", "", "@page {background: #0f3d4c}")
    marked = dataclasses.replace(shop, profile=shop.profile.model_copy(update={"marks": "outside-bleed"}))
    produce(source, tmp_path / "x.pdf", marked, support.order())
    seen = support.seen(tmp_path / "x.pdf")
    at = lambda mm: round(mm * MM * 2)  # noqa: E731
    assert seen.getpixel((at(8.3), seen.height // 3)) < 128  # inside the bleed
    assert seen.getpixel((at(7.6), seen.height // 3)) == 255  # and beyond it


def test_too_little_bleed_is_an_error(tmp_path: Path, shop: Shop) -> None:
    source = support.laid_out(tmp_path / "s.pdf", "x", "@page {bleed: 2mm}")
    problem = _problem(source, shop, bleed=2)
    assert problem.code == "print.bleed" and "2 mm" in problem.message and "3 mm" in problem.message
    assert problem.location.path == source and "bleed" in problem.hint


def test_a_bleed_that_is_not_what_the_order_says_is_an_error(source: Path, shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(ReportError) as caught:
        produce(source, tmp_path / "x.pdf", shop, support.order(bleed=4))
    assert [p.code for p in caught.value.problems] == ["print.bleed"] * 2


def test_corners_of_boxes_may_stand_in_any_order(tmp_path: Path, shop: Shop) -> None:
    edge = support.BLEED * MM
    boxes = {"MediaBox": [100 + edge, -edge, -edge, 100 + edge], "TrimBox": [100, 100, 0, 0]}
    source = support.blank(tmp_path / "s.pdf", b"", **{name: pikepdf.Array(box) for name, box in boxes.items()})
    produce(source, tmp_path / "x.pdf", shop, support.order())
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert _box(pdf.pages[0], "/TrimBox") == pytest.approx([3, 3, 3 + 100 / MM, 3 + 100 / MM], abs=0.01)


@pytest.mark.parametrize("name", ["TrimBox", "ArtBox"])
def test_a_page_that_says_another_trim_is_an_error(name: str, tmp_path: Path, shop: Shop) -> None:
    source = support.blank(tmp_path / "s.pdf", b"", **{name: pikepdf.Array([0, 0, 90, 100])})
    assert _problem(source, shop).code == "print.bleed"


def test_a_turned_page_is_an_error(tmp_path: Path, shop: Shop) -> None:
    assert _problem(support.blank(tmp_path / "s.pdf", b"", Rotate=90), shop).code == "print.page"


def test_a_page_that_inherits_a_turn_is_refused(tmp_path: Path, shop: Shop) -> None:
    with pikepdf.open(support.blank(tmp_path / "b.pdf", b"")) as pdf:
        pdf.Root.Pages.Rotate = 90
        pdf.save(tmp_path / "s.pdf")
    assert _problem(tmp_path / "s.pdf", shop).code == "print.page"

"""Marks are what their rules say: a QR code that can be read back, the goals' colours in order, the emblem's geometry."""

from __future__ import annotations

import io
import itertools
import math
import re
from pathlib import Path

import pypdfium2
import pytest
import segno
import weasyprint
from PIL import Image

from report.compose.charts.pen import Pen
from report.compose.marks import emblem, goals, qr
from report.formats import charts
from report.language import labels
from report.language.writer import Writer
from report.looks import theme
from report.looks.theme import contrast
from report.values import Mark
from report.workspace import Workspace

ROOT = Path(__file__).resolve().parents[3]
WORKSPACE = Workspace.at(ROOT)
LOOK = theme.look(WORKSPACE, "house", "brochure-booklet")
ADDRESS = "https://lantern-bridge.example.org"
COLOURS = (
    "E5243B DDA63A 4C9F38 C5192D FF3A21 26BDE2 FCC30B A21942 FD6925 DD1367 FD9D24 BF8B2E 3F7E44 0A97D9 56C02B 00689D 19486A"
).split()


def _pen(language: str) -> Pen:
    return Pen(Writer(language), labels.load(WORKSPACE, language))


def _of_page(mark: Mark) -> Image.Image:
    """Return a mark as a PDF page of its least size shows it, at 600 dots per inch."""
    high, wide = charts.size(mark, LOOK)
    style = f"@page{{size:{wide}px {high}px;margin:0}}body{{margin:0}}svg{{display:block}}"
    page = weasyprint.HTML(string=f"<style>{style}</style>{charts.svg(mark, LOOK)}").write_pdf()
    return pypdfium2.PdfDocument(page)[0].render(scale=600 / 72).to_pil().convert("L")


def _of_word(mark: Mark) -> Image.Image:
    """Return a mark as the picture that Word gets."""
    picture = Image.open(io.BytesIO(charts.png(mark, LOOK))).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("L")


@pytest.mark.parametrize("shown", [_of_page, _of_word])
@pytest.mark.parametrize("address", [ADDRESS, "https://example.org/" + "a-long-path/" * 9])
def test_the_modules_of_a_code_are_read_back_from_what_is_drawn(shown, address: str) -> None:
    mark, image = qr.code(address, "code"), None
    image = shown(mark)
    side = round(mark.span[0])
    step = image.width / side
    read = [
        [image.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) < 128 for x in range(side)] for y in range(side)
    ]
    code = segno.make_qr(address, error="m", boost_error=False)
    assert code.error == "M"
    assert read == [[bool(module) for module in row] for row in code.matrix_iter(border=4)]


@pytest.mark.parametrize("length", [1, 12, 60, 200])
def test_a_code_is_never_too_small_to_be_read(length: int) -> None:
    mark = qr.code("https://example.org/" + "x" * length, "code")
    assert mark.least >= 18
    assert mark.least / mark.span[0] >= 0.4
    assert {area.fill: area.inks for area in mark.areas} == {"#ffffff": (0, 0, 0, 0), "#000000": (0, 0, 0, 100)}


@pytest.mark.parametrize("language", ["en", "bg"])
def test_goals_have_their_colours_and_names(language: str) -> None:
    pen = _pen(language)
    squares = [goals.square(number, pen) for number in range(1, 18)]
    assert not pen.labels.problems()
    assert [square.areas[0].fill.upper() for square in squares] == [f"#{colour}" for colour in COLOURS]
    assert [square.numeral.text for square in squares if square.numeral] == [str(n) for n in range(1, 18)]
    assert all(contrast(s.numeral.fill, s.areas[0].fill) >= 3 for s in squares if s.numeral)
    assert len({square.title for square in squares}) == 17


def test_the_stars_stand_at_the_hours_of_a_clock() -> None:
    hoist, centres = emblem.HOIST, emblem.centres()
    for hour, (x, y) in enumerate(centres):
        turn = math.radians(30 * hour)
        assert x == pytest.approx(hoist * 1.5 / 2 + hoist / 3 * math.sin(turn), abs=0.01)
        assert y == pytest.approx(hoist / 2 - hoist / 3 * math.cos(turn), abs=0.01)
    assert len(centres) == 12


def test_each_star_is_upright_and_of_an_eighteenth_of_the_hoist() -> None:
    mark = emblem.of_the_union("emblem")
    ground, gold = mark.areas
    assert mark.span[0] / mark.span[1] == 1.5
    assert (ground.fill, ground.inks, gold.fill, gold.inks) == ("#003399", (100, 80, 0, 0), "#ffcc00", (0, 0, 100, 0))
    assert mark.least * 2 / 3 >= 10
    stars = [re.findall(r"(-?[0-9.]+) (-?[0-9.]+)", star) for star in gold.path.split("z") if star]
    for star, (x, y) in zip(stars, emblem.centres(), strict=True):
        corners = [(float(a) - x, float(b) - y) for a, b in star]
        assert corners[0] == pytest.approx((0, -emblem.HOIST / 18), abs=0.01)  # a point upwards
        assert [math.hypot(*corner) for corner in corners[::2]] == pytest.approx([emblem.HOIST / 18] * 5, abs=0.01)
        assert _on_a_line(corners[0], corners[1], corners[3], corners[4])  # the sides of a pentagram
    assert all(math.dist(a, b) > emblem.HOIST / 9 for a, b in itertools.combinations(emblem.centres(), 2))


def _on_a_line(*points: tuple[float, float]) -> bool:
    (ax, ay), (bx, by) = points[0], points[-1]
    return all(abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) < 0.01 for x, y in points)

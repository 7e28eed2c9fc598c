"""Colours in inks: exact where a theme says so, black alone where they are neutral, and never too much."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from report.press.produce import ink_limit, produce
from report.press.produce.targets import BLACK, Luminosity, PressInks
from report.profiles.load import Shop
from report.values import ReportError
from tests.press.produce import support


@pytest.fixture(scope="module")
def press(shop: Shop) -> PressInks:
    return PressInks(shop.icc, 300, {(15, 61, 76): (0.7, 0.2, 0.0, 0.75)})


def test_a_colour_of_the_theme_is_exact_to_a_byte(press: PressInks) -> None:
    assert press.rgb(0.058824, 0.239216, 0.298039) == (0.7, 0.2, 0.0, 0.75)
    assert press.rgb(0.0627, 0.239216, 0.298039) != (0.7, 0.2, 0.0, 0.75)


@pytest.mark.parametrize(("level", "black"), [(0, 1), (1, 0), (0.466667, 0.53), (0.2, 0.8)])
def test_neutrals_are_black_ink_alone(press: PressInks, level: float, black: float) -> None:
    assert press.rgb(level, level, level) == press.gray(level) == (0, 0, 0, black)


def test_other_colours_look_alike(press: PressInks) -> None:
    red, green, deep = press.rgb(1, 0, 0), press.rgb(0, 1, 0), press.rgb(0, 0, 0.4)
    assert red[1] > 0.8 and red[2] > 0.8 and red[0] < 0.1
    assert green[0] > 0.4 and green[2] > 0.8 and green[1] < 0.1
    assert deep[0] > 0.8 and deep[1] > 0.8 and sum(deep) <= 3


def test_lab_is_what_it_says(press: PressInks) -> None:
    cyan, magenta, yellow, black = press.lab(50, 0, 0)
    assert abs(cyan - magenta) < 0.25 and sum((cyan, magenta, yellow, black)) > 0.5
    red = press.lab(48, 68, 48)
    assert red[1] > 0.9 and red[2] > 0.8 and red[0] < 0.1


def test_too_much_ink_gives_way_and_black_stays(shop: Shop) -> None:
    press = PressInks(shop.icc, 280, {})
    cyan, magenta, yellow, black = press.cmyk(1, 1, 1, 0.7)
    assert black == 0.7 and cyan == magenta == yellow and 2.79 < cyan + magenta + yellow + black <= 2.8
    assert press.cmyk(0.5, 0.5, 0, 0) == (0.5, 0.5, 0, 0)
    assert ink_limit.limited((1, 1, 1, 1), 0.8)[3] == 1


def test_too_much_ink_in_a_picture_gives_way() -> None:
    picture = Image.merge(
        "CMYK", [Image.linear_gradient("L"), *(Image.new("L", (256, 256), v) for v in (255, 240, 130))]
    )
    before = picture.copy()
    made = ink_limit.limited_picture(picture, 2.4)
    assert ink_limit.heaviest(before) > 3.9 - 0.6 and 2.38 < ink_limit.heaviest(made) <= 2.4
    assert made.getchannel("K").tobytes() == before.getchannel("K").tobytes()
    light = Image.new("CMYK", (2, 2), (10, 20, 30, 40))
    assert ink_limit.limited_picture(light, 2.4).tobytes() == light.tobytes()


def test_a_token_over_the_limit_is_an_error_that_names_it(tmp_path: Path, uncoated: Shop) -> None:
    source = support.blank(tmp_path / "s.pdf", b"")
    heavy = support.order(inks={"#0f3d4c": (90, 80, 60, 60)}, names={"#0f3d4c": "colour-primary"})
    with pytest.raises(ReportError) as caught:
        produce(source, tmp_path / "x.pdf", uncoated, heavy)
    (problem,) = caught.value.problems
    assert problem.code == "print.ink" and "colour-primary" in problem.message and "290" in problem.message
    assert "280" in problem.message and not (tmp_path / "x.pdf").exists()


def test_a_luminosity_mask_is_grey() -> None:
    gray = Luminosity()
    assert gray.rgb(1, 1, 1) == (1,) and gray.rgb(0, 1, 0) == (0.59,)
    assert gray.cmyk(*BLACK) == (0,) and gray.cmyk(0, 0, 0, 0) == (1,) and gray.gray(0.4) == (0.4,)

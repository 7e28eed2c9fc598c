"""What is known to lie below a picture, and what is not."""

from __future__ import annotations

import pytest

from report.press.produce.backdrop import Backdrop

_BLUE = (15, 61, 76)


def _below(content: str, place: str = "10 0 0 10 20 20 cm") -> object:
    """Return the ground of a picture that is painted after `content`; `!` is a colour, `@` a picture."""
    ground, operands, fill = Backdrop(), [], None
    for word in f"{content} q {place}".split():
        if word == "!":
            fill = _BLUE
        elif word == "@":
            ground.covered()
        elif word.lstrip("-").replace(".", "").isdigit():
            operands.append(float(word))
        else:
            ground.follow(word, operands, fill)
            operands = []
    return ground.below()


@pytest.mark.parametrize(
    ("content", "known"),
    [
        ("", False),
        ("! 0 0 99 99 re f", True),
        ("! 20 20 10 10 re f", True),
        ("! 0 0 25 99 re f", False),
        ("! 40 40 9 9 re f", False),
        ("! 0 0 99 99 re S", False),
        ("! 0 0 99 99 re 1 1 2 2 re f", False),
        ("! 0 0 m 99 0 l 99 99 l f", False),
        ("! 0 0 99 99 re f 40 40 m 60 60 l S", True),
        ("! 0 0 99 99 re f 0 0 m 60 60 l S", False),
        ("! 0 0 99 99 re f q 10 0 0 10 25 25 cm @ Q", False),
        ("! 0 0 99 99 re f sh", False),
        ("! q 0 0 22 22 re W n 0 0 99 99 re f Q", False),
        ("! q 0 0 50 50 re W n 0 0 99 99 re f Q", True),
        ("! q 0 0 m 99 0 l 99 99 l W n 0 0 99 99 re f Q", False),
        ("! q 2 0 0 -2 0 99 cm 0 0 49 49 re f Q", True),
        ("! q 0.7 0.7 -0.7 0.7 0 0 cm 0 -50 99 99 re f Q", False),
    ],
)
def test_the_ground(content: str, known: bool) -> None:
    assert _below(content) == (_BLUE if known else None)

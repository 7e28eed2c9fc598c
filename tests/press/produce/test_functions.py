"""Functions keep their course, and their colours are turned."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Stream

from report.press.produce import functions


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


def _straight(first: list[float], last: list[float], power: float = 1) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], N=power, C0=first, C1=last)


def _samples(pdf: pikepdf.Pdf, data: bytes, size: int, outs: int, bits: int = 8) -> Stream:
    made = Stream(pdf, data)
    made.FunctionType, made.Domain, made.Range = 0, Array([0, 1]), Array([0, 1] * outs)
    made.Size, made.BitsPerSample = Array([size]), bits
    return made


def _inverted(colour: tuple[float, ...]) -> tuple[float, ...]:
    return (*(1 - part for part in colour), 0.0)


def test_values(pdf: pikepdf.Pdf) -> None:
    stitched = Dictionary(
        FunctionType=3, Domain=[0, 1], Bounds=[0.25], Encode=[0, 1, 1, 0],
        Functions=[_straight([0, 0, 0], [1, 0, 0]), _straight([0, 0, 0], [0, 1, 0])],
    )  # fmt: skip
    assert functions.values(_straight([0, 0.5, 1], [1, 0.5, 0], 2), 0.5) == (0.25, 0.5, 0.75)
    assert functions.values(stitched, 0.125) == (0.5, 0, 0) and functions.values(stitched, 1) == (0, 0, 0)
    assert functions.values(stitched, 0.25) == (0, 1, 0)
    assert functions.values(_samples(pdf, bytes([0, 255, 0]), 3, 1), 0.25) == (0.5,)
    assert functions.values(_samples(pdf, b"\0\0\xff\xff", 2, 1, 16), 0.5) == (0.5,)
    assert functions.values(Array([_straight([0], [1]), _straight([1], [0])]), 0.25) == (0.25, 0.75)
    with pytest.raises(functions.Unknown):
        functions.values(Dictionary(FunctionType=4, Domain=[0, 1]), 0)


@pytest.mark.parametrize("power", [1, 2.5])
def test_what_goes_straight_goes_straight_in_inks(pdf: pikepdf.Pdf, power: float) -> None:
    made = functions.turned(pdf, _straight([0, 0.2, 1], [1, 0.2, 0], power), _inverted, 4)
    assert (made.FunctionType, float(made.N)) == (2, power)
    assert functions.values(made, 0) == pytest.approx((1, 0.8, 0, 0)) and functions.values(made, 1) == pytest.approx(
        (0, 0.8, 1, 0)
    )


@pytest.mark.parametrize("kind", ["sampled", "several"])
def test_anything_else_is_sampled_anew(pdf: pikepdf.Pdf, kind: str) -> None:
    sampled = _samples(pdf, bytes([0, 0, 0, 255, 255, 255, 0, 128, 255]), 3, 3)
    several = Array([_straight([0], [1], 3), _straight([0.5], [1]), _straight([1], [0])])
    source = {"sampled": sampled, "several": several}[kind]
    made = functions.turned(pdf, source, _inverted, 4)
    assert made.FunctionType == 0 and len(made.Range) == 8
    for at in (0, 0.1, 0.5, 0.77, 1):
        assert functions.values(made, at) == pytest.approx(_inverted(functions.values(source, at)), abs=0.012)


def test_a_function_that_is_not_understood(pdf: pikepdf.Pdf) -> None:
    with pytest.raises(functions.Unknown, match="type 4"):
        functions.turned(pdf, Dictionary(FunctionType=4, Domain=[0, 1]), _inverted, 4)

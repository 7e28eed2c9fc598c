"""Gradients keep their course, and their colours are turned."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from report.press.pdf.functions import function
from report.press.pdf.objects import OddObjectError
from report.press.produce.shadings import turned_function
from tests.press.pdf.test_functions import calculated, sampled, straight


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


def _inverted(colour: tuple[float, ...]) -> tuple[float, ...]:
    return (*(1 - part for part in colour), 0.0)


@pytest.mark.parametrize("power", [1, 2.5])
def test_what_goes_straight_goes_straight_in_inks(pdf: pikepdf.Pdf, power: float) -> None:
    turned = turned_function(pdf, straight([0, 0.2, 1], [1, 0.2, 0], power), _inverted, 4)
    assert (turned.FunctionType, float(turned.N)) == (2, power)
    values = function(turned)
    assert values([0]) == pytest.approx([1, 0.8, 0, 0]) and values([1]) == pytest.approx([0, 0.8, 1, 0])


@pytest.mark.parametrize("kind", ["sampled", "several", "calculated"])
def test_anything_else_is_sampled_again(pdf: pikepdf.Pdf, kind: str) -> None:
    source = {
        "sampled": sampled(pdf, bytes([0, 0, 0, 255, 255, 255, 0, 128, 255]), 3, 3),
        "several": Array([straight([0], [1], 3), straight([0.5], [1]), straight([1], [0])]),
        "calculated": calculated(pdf, b"{dup 0.5 mul 1}", 3),
    }[kind]
    turned, values = turned_function(pdf, source, _inverted, 4), function(source)
    assert turned.FunctionType == 0 and len(turned.Range) == 8
    for at in (0, 0.1, 0.5, 0.77, 1):
        expected = list(_inverted(tuple(values([at]))))
        assert function(turned)([at]) == pytest.approx(expected, abs=0.012)


def test_a_function_of_an_unknown_type(pdf: pikepdf.Pdf) -> None:
    with pytest.raises(OddObjectError, match="type 5"):
        turned_function(pdf, Dictionary(FunctionType=5, Domain=[0, 1]), _inverted, 4)

"""Functions of a PDF have the values that ISO 32000-1, 7.10, gives them."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Stream

from report.press.pdf.functions import function
from report.press.pdf.objects import OddObjectError


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


def straight(first: list[float], last: list[float], power: float = 1) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], N=power, C0=first, C1=last)


def sampled(pdf: pikepdf.Pdf, data: bytes, size: int, outputs: int, bits: int = 8) -> Stream:
    stream = Stream(pdf, data)
    stream.FunctionType, stream.Domain, stream.Range = 0, Array([0, 1]), Array([0, 1] * outputs)
    stream.Size, stream.BitsPerSample = Array([size]), bits
    return stream


def calculated(pdf: pikepdf.Pdf, program: bytes, outputs: int = 2) -> Stream:
    stream = Stream(pdf, program)
    stream.FunctionType, stream.Domain, stream.Range = 4, Array([0, 1]), Array([0, 1] * outputs)
    return stream


def test_values(pdf: pikepdf.Pdf) -> None:
    stitched = Dictionary(
        FunctionType=3, Domain=[0, 1], Bounds=[0.25], Encode=[0, 1, 1, 0],
        Functions=[straight([0, 0, 0], [1, 0, 0]), straight([0, 0, 0], [0, 1, 0])],
    )  # fmt: skip
    assert function(straight([0, 0.5, 1], [1, 0.5, 0], 2))([0.5]) == [0.25, 0.5, 0.75]
    assert function(stitched)([0.125]) == [0.5, 0, 0] and function(stitched)([1]) == [0, 0, 0]
    assert function(stitched)([0.25]) == [0, 1, 0]
    assert function(sampled(pdf, bytes([0, 255, 0]), 3, 1))([0.25]) == [0.5]
    assert function(sampled(pdf, b"\0\0\xff\xff", 2, 1, 16))([0.5]) == [0.5]
    assert function(Array([straight([0], [1]), straight([1], [0])]))([0.25]) == [0.25, 0.75]


@pytest.mark.parametrize(
    "program",
    [
        b"{dup 0.5 mul}",
        b"{ dup % keep it\n 0.5 mul }",
        b"% a comment { before }\r{dup 0.5 mul % and one } after 7\r\n}% and behind",
        b"{%\ndup 0.5%x\rmul}",
    ],
)
def test_a_comment_of_a_calculated_function_is_no_part_of_it(pdf: pikepdf.Pdf, program: bytes) -> None:
    assert function(calculated(pdf, program))([0.5]) == [0.5, 0.25]


@pytest.mark.parametrize("program", [b"", b"{", b"{dup", b"dup}", b"{ % no end }"])
def test_a_program_without_its_brackets_is_refused(pdf: pikepdf.Pdf, program: bytes) -> None:
    with pytest.raises(OddObjectError):
        function(calculated(pdf, program))


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(OddObjectError, match="type 5"):
        function(Dictionary(FunctionType=5, Domain=[0, 1]))

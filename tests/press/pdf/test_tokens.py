"""A content stream is read as operators with their operands, whatever else is in it."""

from __future__ import annotations

import pytest

from report.press.pdf.tokens import number, operations


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"1 0 0 RG", [("RG", [1.0, 0.0, 0.0])]),
        (b"/F1 9 Tf % a comment 1 2 Td\n(a\\)b) Tj", [("Tf", ["F1", 9.0]), ("Tj", [b"a)b"])]),
        (b"[(a) -120 <62>] TJ", [("TJ", [[b"a", -120.0, b"b"]])]),
        (b"/OC /MC0 BDC EMC", [("BDC", ["OC", "MC0"]), ("EMC", [])]),
        (b"/A#42 gs", [("gs", ["AB"])]),
        (b"BI /W 1 /H 1 /BPC 8 ID \xff EI Q", [("BI", [{"W": 1.0, "H": 1.0, "BPC": 8.0}, b"\xff"]), ("Q", [])]),
        (b"BI /DP << /K -1 >> ID x\nEI q", [("BI", [{"DP": {"K": -1.0}}, b"x"]), ("q", [])]),
        (b"BI /W 1 q ID Q", [("q", ["W", 1.0]), ("ID", []), ("Q", [])]),
        (b"} ) > q", [("q", [])]),
    ],
)
def test_operations(content: bytes, expected: list[tuple[str, list[object]]]) -> None:
    assert list(operations(content)) == expected


def test_tokens_without_an_operator_are_counted() -> None:
    assert ("", [65]) in list(operations(b"1 " * 200))


@pytest.mark.parametrize(("text", "value"), [(b"1", 1.0), (b"--5", -5.0), (b"1.2.3", 1.2), (b"x", 0.0), (b"-.5", -0.5)])
def test_a_number_is_read_as_readers_do(text: bytes, value: float) -> None:
    assert number(text) == value

"""Columns are as wide as their numbers need, and what a number is."""

from __future__ import annotations

import pytest

from report.formats.columns import Columns, broken_number, is_number, words

NB, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    "word",
    ["1", "1,250,000", f"1{NB}250{NB}000", f"1{THIN}250{THIN}000,50", "−1,250", "-5", "+12", "€1,250.00", f"1{NB}234,50{NB}лв.", f"12{NB}%", "12%",
     f"EUR{NB}5", f"KWD{NB}1,234.567", f"({NB.join(['1', '250'])})", "(2030)", "1'250", "2025-11", "2024/25", "<5", "1,250.", f"20{NB}°C",
     f"3{NB}млн.{NB}лв.", "12:30"],
)  # fmt: skip
def test_numbers_with_what_belongs_to_them(word: str) -> None:
    assert is_number(word)


@pytest.mark.parametrize("word", ["", "word", "A-1-b-2", "https://example.org/2024/1", "BG-2019-FNR-0000001927", "a1@example.org", "2024–2026"])  # fmt: skip
def test_what_is_no_number(word: str) -> None:
    assert not is_number(word)


@pytest.mark.parametrize(
    ("text", "broken"),
    [("aim 1,250,0|00 done", True), (f"1{NB}25|0", True), (f"12{NB}|%", True), (f"1{NB}|250", True), ("in 2025 |1,250", False), ("1,250| done", False),
     ("2024–|2026", False), ("unbrea|kable", False), ("|12", False), ("12|", False), ("x/2024|/y", False), ("1,250–1,3|00", True)],
)  # fmt: skip
def test_where_a_line_would_break_a_number(text: str, broken: bool) -> None:
    assert broken_number(text.replace("|", ""), text.index("|")) is broken


def test_words_go_on_over_pieces_and_end_at_spaces_and_blocks() -> None:
    found = words([("all 1,2", "a"), ("50", "b"), (" x", "a"), None, ("2024–26 well-known", "a")])
    assert [[text for text, _ in word] for word in found] == [
        ["all"],
        ["1,2", "50"],
        ["x"],
        ["2024–"],
        ["26"],
        ["well-"],
        ["known"],
    ]


def _settled(cells: list[list[str]], said: list[float | None], total: float = 100) -> tuple[list[float], list[str]]:
    found = Columns(len(said), lambda _style: 1.0)
    for row in cells:
        for column, text in enumerate(row):
            found.add(column, 1, [(text, None)], 0)
    widths, wide = found.settle(total, said, lambda pieces: sum(len(text) for text, _ in pieces))
    assert sum(widths) == pytest.approx(total)
    return widths, wide


def test_what_has_room_is_left_as_it_is_asked_for() -> None:
    assert _settled([["a word", "1,250", "9"]], [50, 30, 20]) == ([50, 30, 20], [])


@pytest.mark.parametrize("said", [[80, 10, 10], [90, 5, 5], [98, 1, 1]])
def test_a_column_is_widened_to_its_number(said: list[float | None]) -> None:
    widths, wide = _settled([["a word", "1,250,000,000.00", "1"]], said)
    assert not wide and widths[1] >= 16 and widths[2] >= 1 and widths[0] > widths[1]


def test_words_give_way_after_space_and_before_numbers() -> None:
    widths, wide = _settled([["a" * 60, "12,345,678,901,234,567,890", "word"]], [60, 20, 20])
    assert not wide and widths[1] >= 26 and widths[0] >= 60 and widths[2] < 20
    widths, wide = _settled([["a" * 60, "1" * 70, "9"]], [60, 20, 20])
    assert wide == ["1" * 70] and widths[1] >= 70 and widths[2] >= 1


def test_numbers_that_have_no_room_share_it() -> None:
    widths, wide = _settled([["1" * 80, "2" * 40]], [50, 50])
    assert wide == ["1" * 80] and widths[0] == pytest.approx(2 * widths[1])


def test_columns_without_a_width_go_by_their_lines_and_never_below_their_numbers() -> None:
    widths, fits = _settled(
        [["Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 2, "1,234.50"]], [None, None]
    )
    assert widths[1] >= 8
    widths, _ = _settled([["short", "a long line of many words that goes on and on and on"]], [None, None])
    assert widths[0] >= 5 and widths[1] > 3 * widths[0]
    widths, _ = _settled([["short", "x", "y"]], [40, None, None])
    assert widths[0] == 40 and widths[1] == pytest.approx(widths[2])


def test_a_number_over_several_columns_widens_them_together() -> None:
    found = Columns(3, lambda _style: 1.0)
    found.add(0, 1, [("word", None)], 0)
    found.add(1, 2, [("1" * 60, None)], 0)
    widths, _ = found.settle(100, [60, 20, 20], lambda pieces: sum(len(text) for text, _ in pieces))
    assert widths[1] + widths[2] >= 60 - 1e-6

"""Dates: what is read, and that each hint names a date that there is."""

from __future__ import annotations

import itertools

import pytest
from pydantic_core import PydanticCustomError

from report.model.dates import PartialDate


def hint(value: str) -> str:
    """Return the hint of the error that a date gives; nothing where it is one."""
    try:
        PartialDate.parse(value)
    except PydanticCustomError as error:
        return str((error.context or {}).get("hint", ""))
    return ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("31.05.2013", "write 2013-05-31"),
        ("31.02.2024", "2024-02 has 29 days: write the day that it is"),
        ("30/2/2023", "2023-02 has 28 days: write the day that it is"),
        ("45.02.2024", "2024-02 has 29 days: write the day that it is"),
        ("0.04.2024", "2024-04 has 30 days: write the day that it is"),
        ("12/25/2024", "write 2024-12-25"),
        ("2024.25.12", "write 2024-12-25"),
        ("31 June 2024", "2024-06 has 30 days: write the day that it is"),
        ("30 юни 2024 г.", "write 2024-06-30"),
        ("June 31, 2024", "2024-06 has 30 days: write the day that it is"),
        ("May 2024", "write 2024-05"),
        ("13.13.2024", ""),
        ("1.1.0024", ""),
        ("2024-02-30", "the last day is 29"),
        ("2024-25-12", "write 2024-12-25"),
    ],
)
def test_hints_of_dates_in_other_notations(value: str, said: str) -> None:
    assert hint(value) == said


def test_every_date_that_a_hint_tells_to_write_is_one() -> None:
    numbers = (0, 1, 2, 6, 9, 12, 13, 28, 29, 30, 31, 32, 99)
    values = [
        value
        for a, b, sign in itertools.product(numbers, numbers, "./ ")
        for value in (f"{a}{sign}{b}{sign}2023", f"2024{sign}{a}{sign}{b}", f"{a}{sign}{b}{sign}0900")
    ]
    told = [said.removeprefix("write ") for value in values if (said := hint(value)).startswith("write ")]
    assert len(told) > 100
    for date in told:
        PartialDate.parse(date)

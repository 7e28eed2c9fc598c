"""Values that may be missing by their type, and are there all the same. An assert would be left out by ``python -O``."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def required(value: T | None) -> T:
    """Return a value that an earlier step has seen to; that it is missing is a fault of the program."""
    if value is None:
        raise RuntimeError("a value is missing that an earlier step should have seen to")
    return value

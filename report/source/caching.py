"""What is made of a file, or of facts, is kept as long as these stay: a batch reads what all documents share once."""

from __future__ import annotations

import functools
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
Value = TypeVar("Value")
_MOST = 32
_SETTLED = 2_000_000_000
"""Nanoseconds: a file that was changed so lately may change again without its date telling of it."""


def cached_while_unchanged(make: Callable[[Path], Result]) -> Callable[[Path], Result]:
    """Let a function of a file or folder keep what it made, until date, size or identity of the file are others.

    What it makes is shared: it must not be changed.
    """
    kept: dict[Path, tuple[tuple[int, ...], Result]] = {}

    @functools.wraps(make)
    def looked_up(path: Path) -> Result:
        try:
            state = path.stat()
        except OSError:
            return make(path)  # which tells what is wrong
        stamp = state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino, state.st_dev
        found = kept.get(path)
        if found and found[0] == stamp:
            return found[1]
        made = make(path)
        kept.pop(path, None)
        if time.time_ns() - max(stamp[:2]) > _SETTLED:
            if len(kept) >= _MOST:
                kept.pop(next(iter(kept)))
            kept[path] = stamp, made
        return made

    return looked_up


def cached_by_identity(make: Callable[[Value], Result]) -> Callable[[Value], Result]:
    """Let a function of a frozen value keep what it made for as long as that very value is there.

    Rows of a table share most records of their base, and to compare records by what is in them takes as long as to look through
    them. What is made is shared: it must not be changed, nor lead back to the value.
    """
    kept: dict[int, tuple[weakref.ref[Any], Result]] = {}

    @functools.wraps(make)
    def looked_up(value: Value) -> Result:
        number = id(value)
        if number not in kept:
            made = make(value)
            kept[number] = weakref.ref(value, lambda _: kept.pop(number, None)), made
        return kept[number][1]

    return looked_up

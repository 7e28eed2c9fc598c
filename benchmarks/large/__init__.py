"""What comes from outside and is large, or is made to be slow: ``python -m benchmarks.large [WORD…]``.

Each case is a file that somebody may hand to the command, at or near the limit that the program states. Its processor time
and its memory are held against an aim, and it must end with an answer: status 0, or 1 with errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Build = Callable[[Path], Sequence[str]]
"""Writes the files of a case into an empty folder and returns the arguments of the command `report`, run in it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file, how large it is, and the seconds of processor time that the command may take for it."""

    what: str
    size: str
    aim: float
    build: Build
    says: str = ""
    """What the command must say, as a sign that the case is what it is meant to be."""

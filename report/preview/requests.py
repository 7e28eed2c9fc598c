"""What a preview is asked for, and what it answers: values that pass from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from report.model.walk import Steps
from report.values import Problem


@dataclass(frozen=True)
class Show:
    """Show the pages of a document as its facts are now.

    `texts` are the texts of data files that are not saved yet. With a field in `focus`, the page that prints it is sent first, and of a document of more than `whole` pages only the section that prints it is laid out. `known` are the fingerprints of the pages that are
    there already: their pictures are not sent again.
    """

    organisation: str
    document: str
    language: str
    edition: str | None = None
    texts: Mapping[Path, str] = field(default_factory=dict)
    focus: tuple[str, Steps] | None = None
    whole: int = 12
    known: tuple[str, ...] = ()


class Box(NamedTuple):
    """A rectangle on a page in parts of its width and height, from its left upper corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """A value of the facts on a page: the data file's name, the steps to the value, and where it stands."""

    file: str
    steps: Steps
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Page:
    """A page: its number from 1 among `count`, its size in points, its picture as JPEG, unless it was known, and the facts on it.

    `section` is the section that is shown alone, and None where the whole document is. `cost` is the seconds of processor time of each step
    until this page was painted.
    """

    number: int
    count: int
    width: float
    height: float
    fingerprint: str
    jpeg: bytes | None
    printed: tuple[Printed, ...]
    section: str | None = None
    last: bool = False
    cost: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Failed:
    """Why there are no pages."""

    problems: tuple[Problem, ...]


Answer = Page | Failed

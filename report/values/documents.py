"""Which documents are asked for, the composed document, and the files made of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from report.html.tree import Tree
from report.values.drawings import Drawing
from report.values.look import Look
from report.values.printing import FittedText, Printing
from report.values.problems import Problem, Severity
from report.values.workbook import Workbook

EDITIONS = ("screen", "print", "redacted")
"""The editions of a report, the default one first."""


class Selection(NamedTuple):
    """What is to be made; an empty field leaves the choice to documents.yaml."""

    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """The intent to make one document in one language: picklable, so a batch is a list of jobs."""

    organisation: str
    document: str
    language: str
    formats: tuple[str, ...]
    edition: str = "screen"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF. `relationship` is ISO 32000-2 table 43's (``Source``, ``Data``)."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str = "Source"


@dataclass(frozen=True, slots=True)
class Document:
    """One composed document in one language: the single source of every output format.

    `tree` is written with the element list of `report.html.elements`, and every format is made of it. `assets` maps each image's ``src`` to the file it names, `drawings` each ``chart:…`` to what is drawn there. `printing` is there where the kind is
    made for a print shop, and `fitted` has the texts that must fit a panel, by the ids of their elements. `date` stamps every format, so that equal input gives equal bytes.
    """

    title: str
    language: str
    kind: str
    tree: Tree
    date: datetime.date
    look: Look
    author: str = ""
    description: str = ""
    assets: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    attachments: tuple[Attachment, ...] = ()
    drawings: Mapping[str, Drawing] = field(default_factory=lambda: MappingProxyType({}))
    workbook: Workbook | None = None
    printing: Printing | None = None
    fitted: Mapping[str, FittedText] = field(default_factory=lambda: MappingProxyType({}))
    left_out: tuple[Problem, ...] = ()
    """What it was asked for and does not print, what it prints in its fallback language, and what is odd in what it prints."""

    @property
    def html(self) -> str:
        """Return the document as HTML text."""
        return self.tree.html


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that was written, and what was measured on it. `anchors` maps heading ids to page numbers.

    `blank` of its `pages` were added with nothing on them. `too_wide` are numbers that are wider than their place, with their pages.
    """

    path: Path
    format: str
    sha256: str
    pages: int | None = None
    anchors: Mapping[str, int] = field(default_factory=dict)
    blank: int = 0
    too_wide: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to: the files that were written, and every problem that was found while they were."""

    artifacts: tuple[Artifact, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Return whether an error stopped the job: no file of it was written."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

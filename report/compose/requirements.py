"""The index of requirements: what the profiles of a document ask for, and the sections that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from report.compose import kind
from report.model import faults
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.text import Text
from report.profiles import load
from report.profiles.assess import Status, assess
from report.profiles.profile import Requirement
from report.values import Problem, ReportError, Severity
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A section, and the heading that leads to it."""

    section: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement with what became of it; `status` is answered, open or not applicable."""

    requirement: Requirement
    status: str
    places: tuple[Place, ...]
    reason: Text | None


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A profile of the document."""

    name: Text
    rows: tuple[Row, ...]

    @property
    def unverified(self) -> bool:
        """Return whether a requirement was not read in its source."""
        return any(not row.requirement.verified for row in self.rows)


def profile(workspace: Workspace, name: str) -> load.Known:
    """Read a profile; raise `ReportError` for its mistakes, and for sections that no kind of document has."""
    known = load.load(workspace, name)
    there = {section for sections in kind.sections(workspace).values() for section in sections}
    problems = [
        Problem(
            Severity.ERROR,
            "profile.section",
            f"no kind of document has a section '{section}'",
            known.file.locate(("requirements", index, "sections", place)),
            faults.nearest(section, there),
        )
        for index, requirement in enumerate(known.profile.requirements)
        for place, section in enumerate(requirement.sections)
        if section not in there
    ]
    if problems:
        raise ReportError(problems)
    return known


def views(
    workspace: Workspace, dossier: Dossier, request: DocumentRequest, anchors: Mapping[str, str]
) -> tuple[ProfileView, ...]:
    """Return the profiles that a document is held against, with an answer for each requirement."""
    found = []
    for name in request.profiles:
        known = load.load(workspace, name)
        rows = []
        for answer in assess(known, dossier, request.year).answers:
            places = [Place(s, anchors[s]) for s in answer.requirement.sections if s in anchors]
            shown = tuple(places) if answer.status is Status.ANSWERED else ()
            rows.append(Row(answer.requirement, answer.status.value, shown, answer.reason))
        found.append(ProfileView(known.profile.name, tuple(rows)))
    return tuple(found)

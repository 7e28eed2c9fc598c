"""The index of requirements: what the profiles of a document ask for, and the sections that answer it."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from report.looks import kinds
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.suggestions import nearest
from report.model.text import Text
from report.model.unreadable import UnreadableFacts
from report.model.year import NotApplicable
from report.profiles import load
from report.profiles.assess import Answer, Assessment, Status, assess, unreadable
from report.profiles.profile import Requirement
from report.requests.placed_request import located
from report.source.sourcefile import SourceFile
from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A section, and the heading that leads to it."""

    section: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement with what became of it; `status` is answered, open or not applicable.

    One that the facts answer has no `places` where the document leaves out the sections that would print them.
    """

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


def profile(workspace: Workspace, name: str) -> load.Regulator:
    """Read a profile; raise `ReportError` for its mistakes, and for sections that no kind of document has."""
    known = load.load(workspace, name)
    places: dict[tuple[str | int, ...], str] = {
        ("requirements", index, "sections", place): section
        for index, requirement in enumerate(known.profile.requirements)
        for place, section in enumerate(requirement.sections)
    }
    check_sections(workspace, known.file, places)
    return known


def check_sections(workspace: Workspace, file: SourceFile, places: Mapping[tuple[str | int, ...], str]) -> None:
    """Raise `ReportError` for the sections at these places of a profile's file that no kind of document has."""
    available = {section for sections in kinds.sections(workspace).values() for section in sections}
    problems = [
        Problem(
            Severity.ERROR,
            "profile.section",
            f"no kind of document has a section '{section}'",
            file.locate(steps),
            nearest(section, available),
        )
        for steps, section in places.items()
        if section not in available
    ]
    if problems:
        raise ReportError(problems)


def views(
    workspace: Workspace, dossier: Dossier, request: DocumentRequest, kind: kinds.Kind, sections: Collection[str]
) -> tuple[ProfileView, ...]:
    """Return the profiles that a document is held against, with an answer for each requirement.

    Raise `UnreadableFacts` where the facts that one asks for cannot be read.
    """
    profiles = []
    for name in request.profiles:
        if load.kind(workspace, name) == "funder":
            continue
        known = load.load(workspace, name)
        if problems := unreadable(known, dossier, request.year):
            raise UnreadableFacts(problems)
        rows = []
        for answer in assess(known, dossier, request.year).answers:
            printed = _printed(answer, kind, sections) if answer.status is Status.ANSWERED else ()
            places = tuple(Place(section, kind.anchors[section]) for section in printed)
            rows.append(Row(answer.requirement, answer.status.value, places, answer.reason))
        profiles.append(ProfileView(known.profile.name, tuple(rows)))
    return tuple(profiles)


def _printed(answer: Answer, kind: kinds.Kind, sections: Collection[str]) -> tuple[str, ...]:
    """Return the sections of a document that print what answers a requirement."""
    return tuple(s for s in answer.requirement.sections if s in kind.anchors and s in sections)


def check(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield what every document's profiles leave open or unprinted, and the exceptions that no profile knows."""
    for index, request in enumerate(dossier.documents):
        for name in request.profiles:
            with contextlib.suppress(ReportError):  # reported with the request
                if load.kind(workspace, name) == "funder":  # checked in `funders`
                    continue
                assessment = assess(load.load(workspace, name), dossier, request.year)
                yield from assessment.problems
                yield from _unprinted(workspace, dossier, index, assessment)
    for number, year in dossier.years.items():
        for index, entry in enumerate(year.year.not_applicable):
            where = dossier.locate(f"{number}/year.yaml", "not_applicable", index)
            yield from _exception(workspace, entry, where)


def _unprinted(workspace: Workspace, dossier: Dossier, index: int, assessment: Assessment) -> Iterator[Problem]:
    request = dossier.documents[index]
    kind, _ = kinds.load(workspace, request.kind)
    where = dossier.locate("documents.yaml", "documents", index, "sections")
    for answer in assessment.answers:
        if answer.status is Status.ANSWERED and not _printed(answer, kind, kind.printed(request)):
            name = f"{assessment.profile.id}, {answer.requirement.id}"
            message = f"{name}: the facts answer it, and {request.id} does not print them"
            hint = f"add one of the sections {', '.join(answer.requirement.sections)}, or leave the profile out"
            yield Problem(Severity.WARNING, "requirement.unprinted", message, where, hint)


def _exception(workspace: Workspace, entry: NotApplicable, where: Location | None) -> Iterator[Problem]:
    try:
        known = [requirement.id for requirement in load.load(workspace, entry.profile).profile.requirements]
    except ReportError as error:
        yield from located(error.problems, where)
        return
    if entry.requirement not in known:
        message = f"{entry.profile} has no requirement '{entry.requirement}'"
        hint = nearest(entry.requirement, known, "available:")
        yield Problem(Severity.ERROR, "requirement.unknown", message, where, hint)

"""What makes a role in a grant, held against the world: the signed file, and the documents that print the role.

That there is a mandate or a link at all is told by `report.model.checks.roles`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from report.looks import kinds
from report.model.action import Action, CoApplicant
from report.model.affiliation import Affiliation, Mandate
from report.model.dates import PartialDate
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.values import Problem, ReportError, Severity
from report.workspace import Workspace

PART = "co_applicants"
"""The part of an action that such documents print, as their kind says."""
_At = tuple[str, tuple[str | int, ...]]
_ON_FILE = "a co-applicant’s signed mandate is kept on file (PRAG 6.1.2)"
_MADE_FOR = (
    "an affiliated entity’s link is not made for the action (PRAG 6.1.2; EU model grant agreement, art. 8), and this one "
    "is of {since}; the action begins in {starts}"
)


def check(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield each mandate that is not on file or is signed too late, and each link that has ended or is made for the action."""
    for index, tie in enumerate(dossier.affiliations):
        if tie.grant_role and tie.mandate:
            yield from _file(workspace, dossier, tie.mandate, ("affiliations.yaml", ("affiliations", index, "mandate")))
    for index, action in enumerate(dossier.actions):
        printed = [one for one in dossier.documents if one.action == action.id and _prints(workspace, one)]
        for place, one in enumerate(action.co_applicants):
            at = ("actions", index, PART, place)
            tie = next((n for n, t in enumerate(dossier.affiliations) if t.id == one.affiliation), None)
            if one.mandate:
                yield from _file(workspace, dossier, one.mandate, ("actions.yaml", (*at, "mandate")))
            yield from _signed(dossier, one, tie, printed, at)
            yield from _lasting(dossier, action, one, tie, printed, at)


def _prints(workspace: Workspace, request: DocumentRequest) -> bool:
    try:
        return kinds.load(workspace, request.kind)[0].part == PART
    except ReportError:  # told by `requests`
        return False


def _file(workspace: Workspace, dossier: Dossier, mandate: Mandate, at: _At) -> Iterator[Problem]:
    folder = (workspace.data / dossier.id).resolve()
    path = folder / (mandate.file or "")
    if mandate.file and not (path.is_file() and path.resolve().is_relative_to(folder)):
        message = f"there is no file {mandate.file}: {_ON_FILE}"
        where = dossier.locate(at[0], *at[1], "file")
        hint = "the path is that inside the organisation's folder: mandates/community-centre.pdf"
        yield Problem(Severity.ERROR, "role.file", message, where, hint)


def _signed(
    dossier: Dossier, one: CoApplicant, tie: int | None, printed: list[DocumentRequest], at: tuple[str | int, ...]
) -> Iterator[Problem]:
    affiliation = dossier.affiliations[tie] if tie is not None else None
    mandate = one.mandate or (affiliation.mandate if affiliation else None)
    where = (
        dossier.locate("actions.yaml", *at, "mandate", "signed")
        if one.mandate
        else dossier.locate("affiliations.yaml", "affiliations", tie or 0, "mandate", "signed")
    )
    for request in printed if mandate and _role(one, affiliation) == "co-applicant" else ():
        if mandate and _day(request.date).before(mandate.signed):
            message = f"the mandate is signed on {mandate.signed}, after the document '{request.id}' of {request.date}: {_ON_FILE}"
            hint = "correct one of the two dates, or leave the co-applicant out until it has signed"
            yield Problem(Severity.ERROR, "role.signed", message, where, hint)


def _lasting(
    dossier: Dossier,
    action: Action,
    one: CoApplicant,
    tie: int | None,
    printed: list[DocumentRequest],
    at: tuple[str | int, ...],
) -> Iterator[Problem]:
    affiliation = dossier.affiliations[tie] if tie is not None else None
    link = one.structural_link or (affiliation.structural_link if affiliation else None)
    if link and link.since and action.starts and not link.since.before(action.starts):
        message = _MADE_FOR.format(since=link.since, starts=action.starts)
        where = dossier.locate("actions.yaml", *at, "structural_link", "since")
        yield Problem(
            Severity.WARNING, "role.made", message, where, "say since when it has existed, or correct the role"
        )
    for request in printed if affiliation and affiliation.until else ():
        if affiliation and affiliation.until and affiliation.until.before(_day(request.date)):
            message = f"the affiliation '{affiliation.id}' ended in {affiliation.until}, before the document '{request.id}' of {request.date}"
            where = dossier.locate("actions.yaml", *at, "affiliation")
            hint = "remove it from the action, or correct the affiliation's  until:"
            yield Problem(Severity.WARNING, "role.ended", message, where, hint)


def _role(one: CoApplicant, affiliation: Affiliation | None) -> str | None:
    return one.role or (affiliation.grant_role if affiliation else None)


def _day(day: datetime.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)

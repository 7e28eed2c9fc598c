"""What makes a role in a grant, held against the world: the signed file, and the documents that print the role.

`report.model.checks.roles` checks that there is a mandate or a link at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.model.action import Action, CoApplicant
from report.model.affiliation import Mandate
from report.model.dates import PartialDate
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.requests.placed_request import kind_of
from report.values import Problem, Severity
from report.workspace import Workspace, contained

PART = "co_applicants"
"""The part of an action that such documents print, as their kind says."""
_Steps = tuple[str | int, ...]
_ON_FILE = "a co-applicant’s signed mandate is kept on file (PRAG 6.1.2)"
_MADE_FOR = (
    "an affiliated entity’s link is not made for the action (PRAG 6.1.2; EU model grant agreement, art. 8), and this one "
    "is of {since}; the action begins in {starts}"
)


def check(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield each mandate that is not on file or is signed too late, and each link that has ended or is made for the action."""
    for index, tie in enumerate(dossier.affiliations):
        if tie.grant_role and tie.mandate:
            yield from _file(workspace, dossier, tie.mandate, "affiliations.yaml", "affiliations", index, "mandate")
    places = {tie.id: index for index, tie in reversed([*enumerate(dossier.affiliations)])}
    for index, action in enumerate(dossier.actions):
        documents = [one for one in dossier.documents if one.action == action.id and _prints_partners(workspace, one)]
        for place, one in enumerate(action.co_applicants):
            at = ("actions", index, PART, place)
            tie_index = places.get(one.affiliation) if one.affiliation else None
            if one.mandate:
                yield from _file(workspace, dossier, one.mandate, "actions.yaml", *at, "mandate")
            yield from _signed(dossier, one, tie_index, documents, at)
            yield from _lasting(dossier, action, one, tie_index, documents, at)


def _prints_partners(workspace: Workspace, request: DocumentRequest) -> bool:
    kind = kind_of(workspace, request)
    return kind is not None and kind.part == PART


def _file(workspace: Workspace, dossier: Dossier, mandate: Mandate, file: str, *steps: str | int) -> Iterator[Problem]:
    if mandate.file and contained(workspace.data / dossier.id, mandate.file) is None:
        message = f"there is no file {mandate.file}: {_ON_FILE}"
        hint = "the path is that inside the organisation's folder: mandates/community-centre.pdf"
        yield Problem(Severity.ERROR, "role.file", message, dossier.locate(file, *steps, "file"), hint)


def _signed(
    dossier: Dossier, one: CoApplicant, tie_index: int | None, documents: list[DocumentRequest], at: _Steps
) -> Iterator[Problem]:
    tie = dossier.affiliations[tie_index] if tie_index is not None else None
    mandate, role = one.mandate or (tie and tie.mandate), one.role or (tie and tie.grant_role)
    if not mandate or role != "co-applicant":
        return
    if one.mandate:
        where = dossier.locate("actions.yaml", *at, "mandate", "signed")
    else:
        where = dossier.locate("affiliations.yaml", "affiliations", tie_index or 0, "mandate", "signed")
    for request in documents:
        if PartialDate.of(request.date).before(mandate.signed):
            message = f"the mandate is signed on {mandate.signed}, after the document '{request.id}' of {request.date}: {_ON_FILE}"
            hint = "correct one of the two dates, or leave the co-applicant out until it has signed"
            yield Problem(Severity.ERROR, "role.signed", message, where, hint)


def _lasting(
    dossier: Dossier,
    action: Action,
    one: CoApplicant,
    tie_index: int | None,
    documents: list[DocumentRequest],
    at: _Steps,
) -> Iterator[Problem]:
    tie = dossier.affiliations[tie_index] if tie_index is not None else None
    link = one.structural_link or (tie and tie.structural_link)
    if link and link.since and action.starts and not link.since.before(action.starts):
        message = _MADE_FOR.format(since=link.since, starts=action.starts)
        where = dossier.locate("actions.yaml", *at, "structural_link", "since")
        hint = "say since when it has existed, or correct the role"
        yield Problem(Severity.WARNING, "role.made", message, where, hint)
    for request in documents:
        if tie and tie.until and tie.until.before(PartialDate.of(request.date)):
            message = (
                f"the affiliation '{tie.id}' ended in {tie.until}, before the document '{request.id}' of {request.date}"
            )
            hint = "remove it from the action, or correct the affiliation's  until:"
            where = dossier.locate("actions.yaml", *at, "affiliation")
            yield Problem(Severity.WARNING, "role.ended", message, where, hint)

"""What is wrong with the documents that an organisation asks for, before any is composed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import partial

from report.looks import inks, kinds, theme, unused_tokens
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.suggestions import nearest
from report.model.validity import at
from report.profiles import load
from report.requests import experience, funders, languages, print_shops, requirements
from report.requests.placed_request import PlacedRequest, kind_of
from report.values import Problem, ReportError, Severity, required
from report.workspace import Workspace


def completed(workspace: Workspace, dossier: Dossier) -> Dossier:
    """Return the facts with the editions that documents leave to their kinds filled in: the first of the kind."""
    documents = tuple(_with_editions(workspace, request) for request in dossier.documents)
    return dossier if documents == dossier.documents else dataclasses.replace(dossier, documents=documents)


def _with_editions(workspace: Workspace, request: DocumentRequest) -> DocumentRequest:
    kind = None if "editions" in request.model_fields_set else kind_of(workspace, request)
    if kind is None or request.editions == kind.editions[:1]:
        return request
    return request.model_copy(update={"editions": kind.editions[:1]})


def of_document(workspace: Workspace, dossier: Dossier, index: int) -> list[Problem]:
    """Return what is wrong with one document request."""
    placed = PlacedRequest.of(workspace, dossier, index)
    return [problem for _, check in RULES for problem in check(placed)]


def _kind_and_theme(placed: PlacedRequest) -> Iterator[Problem]:
    workspace, request = placed.workspace, placed.request
    readers: tuple[tuple[str, Callable[[], object]], ...] = (
        ("kind", lambda: kinds.load(workspace, request.kind)),
        ("theme", lambda: theme.look(workspace, request.theme, request.kind)),
    )
    for name, read in readers:
        try:
            read()
        except ReportError as error:
            yield from placed.located(error, name)


def _colours(placed: PlacedRequest) -> list[Problem]:
    workspace, name = placed.workspace, placed.request.theme
    return workspace.once(("colours", name), partial(_colours_of_theme, workspace, name))


def _colours_of_theme(workspace: Workspace, name: str) -> list[Problem]:
    return [*unused_tokens.unknown_keys(workspace, name), *inks.heavy(workspace, name)]


def _profiles(placed: PlacedRequest) -> Iterator[Problem]:
    for place, name in enumerate(placed.request.profiles):
        try:
            (funders if load.kind(placed.workspace, name) == "funder" else requirements).profile(placed.workspace, name)
        except ReportError as error:
            yield from placed.located(error, "profiles", place)


def _sections(placed: PlacedRequest) -> Iterator[Problem]:
    request, kind = placed.request, placed.kind
    if kind is None:
        return
    if not kind.printed(request):
        message, hint = (
            "without  leaves out every section: nothing is left to print",
            "remove one of them from  without:",
        )
        yield placed.error("document.section", message, hint, "without")
        return
    for field, sections in (("sections", request.sections), ("without", request.without)):
        for place, section in enumerate(sections):
            if section not in kind.sections:
                message = f"the kind '{request.kind}' has no section '{section}'"
                meant = nearest(section, kind.sections, "available:")
                yield placed.error("document.section", message, meant, field, place)


def _content(placed: PlacedRequest) -> Iterator[Problem]:
    """Yield an error for a kind that is of an action where none is named, and what is said of a document that is empty."""
    dossier, request, kind = placed.dossier, placed.request, placed.kind
    if kind is None:
        return
    if kind.of == "action" and request.action is None:
        message = f"the kind '{request.kind}' is about an action, but none is named"
        known = "  or  action: ".join(action.id for action in dossier.actions)
        hint = f"add  action: {known}" if known else "write the action in actions.yaml, and add  action: id"
        yield placed.error("document.action", message, hint, "kind")
    # A call would hand it in.
    severity = Severity.ERROR if any(request.id in call.documents for call in dossier.calls) else Severity.WARNING
    action = next((one for one in dossier.actions if one.id == request.action), None)
    if action and kind.part and not getattr(action, kind.part):
        message = f"the action '{action.id}' has no {kind.part}: the document is empty"
        hint = f"add its  {kind.part}:  in actions.yaml"
        yield Problem(severity, "document.empty", message, placed.at("action"), hint)
    if missing := lacking(dossier, request, kind):
        message, hint = missing
        yield Problem(severity, "document.empty", message, placed.at("kind"), hint)


def lacking(dossier: Dossier, request: DocumentRequest, kind: kinds.Kind) -> tuple[str, str] | None:
    """Return what is said of a document without the facts that its kind needs, and what to do."""
    if kind.needs == "year" and request.year is None:
        known = ", ".join(map(str, dossier.years))
        hint = (
            f"add  year: …  ; available: {known}"
            if known
            else "make a folder of a year with a year.yaml, and name it in the document"
        )
        return f"the kind '{request.kind}' is about a year, but none is named: the document is empty", hint
    if kind.needs == "affiliations" and not at(dossier, *dossier.period(request)).affiliations:
        return "there are no affiliations at its time: the document is empty", "write them in affiliations.yaml"
    if kind.needs == "projects" and "projects.yaml" not in dossier.unreadable:
        most = required(kind.last_years)
        if all(view.ended_within > most for view in experience.projects(dossier, request)):
            message = (
                f"no project of the last {most} years had begun by {request.date}: the document says that there is none"
            )
            return message, "write them in projects.yaml, or remove the document"
    return None


RULES: tuple[tuple[str, Callable[[PlacedRequest], Iterator[Problem] | list[Problem]]], ...] = (
    ("languages", languages.check),
    ("kind and theme", _kind_and_theme),
    ("colours", _colours),
    ("profiles", _profiles),
    ("sections", _sections),
    ("content", _content),
    ("printing", print_shops.check),
)
"""What a request is checked for, in this order."""

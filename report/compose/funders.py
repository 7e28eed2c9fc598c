"""Funders' profiles of documents and calls: what can be told before anything is made."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Iterable, Iterator

from report.compose import kind
from report.model import faults
from report.model.document import Call, CallAnswer, DocumentRequest
from report.model.dossier import Dossier
from report.profiles import load
from report.profiles.funder import DocumentRules
from report.profiles.load import Funder
from report.values import EDITIONS, Location, Problem, ReportError, Severity
from report.workspace import Workspace

Rules = list[tuple[Funder, Location | None]]


def profile(workspace: Workspace, name: str) -> Funder:
    """Read a funder's profile or a variant of it; raise `ReportError` for mistakes, and for sections that no kind has."""
    funder = load.funder(workspace, name)
    there = {section for sections in kind.sections(workspace).values() for section in sections}
    required = funder.profile.document.required if funder.profile.document else ()
    problems = [
        Problem(
            Severity.ERROR,
            "profile.section",
            f"no kind of document has a section '{section}'",
            funder.file.locate(("document", "required", place)),
            faults.nearest(section, there),
        )
        for place, section in enumerate(required)
        if section not in there
    ]
    if problems:
        raise ReportError(problems)
    return funder


def rules(workspace: Workspace, dossier: Dossier, document: str, language: str) -> Rules:
    """Return the funders' profiles that a document is held against in a language, and where it names them."""
    index, request = next((n, one) for n, one in enumerate(dossier.documents) if one.id == document)
    found = []
    for place, name in enumerate(request.profiles):
        if load.is_funder(workspace, name):
            funder = load.funder(workspace, name)
            taken = funder.profile.document.languages if funder.profile.document else ()
            if not taken or language in taken:
                found.append((funder, dossier.locate("documents.yaml", "documents", index, "profiles", place)))
    return found


def check(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield what the documents and calls of an organisation would break, however their pages come out."""
    for index, request in enumerate(dossier.documents):
        for place, name in enumerate(request.profiles):
            try:
                if not load.is_funder(workspace, name):
                    continue
                rules = profile(workspace, name).profile.document
            except ReportError:  # told by `requests`
                continue
            where = dossier.locate("documents.yaml", "documents", index, "profiles", place)
            for severity, code, message, hint in _unfit(workspace, request, rules) if rules else ():
                yield Problem(severity, code, f"{request.id}, {name}: {message}", where, hint)
    for index in range(len(dossier.calls)):
        yield from _call(workspace, dossier, index)


def _unfit(
    workspace: Workspace, request: DocumentRequest, rules: DocumentRules
) -> Iterator[tuple[Severity, str, str, str]]:
    """Yield what a document's request says that the rules do not take."""
    for what, asked, taken in (
        ("format", request.formats, rules.formats),
        ("language", request.languages, rules.languages),
    ):
        other = [one for one in asked if taken and one not in taken]
        if other and len(other) == len(asked):
            hint = f"it takes {', '.join(taken)}"
            yield Severity.ERROR, f"document.{what}", f"the funder takes no {what} {', '.join(other)}", hint
        elif other:
            message = f"made in {', '.join(other)} too, which the funder does not take as {what}"
            yield Severity.NOTE, f"document.{what}", message, "those files are for yourself"
    try:
        printed = request.sections or kind.load(workspace, request.kind)[0].sections
    except ReportError:  # told by `requests`
        return
    for section in rules.required:
        if section not in printed:
            yield Severity.ERROR, "document.required", f"the section '{section}' is missing", "add it to  sections:"
    for name in file_names(request):
        if rules.file_name and not re.fullmatch(rules.file_name.regex, name):
            message = f"the file would be called {name}, and the rule is: {_first(rules)}"
            yield Severity.ERROR, "document.file_name", message, "give the document another id"


def file_names(request: DocumentRequest) -> list[str]:
    """Return what a document's files are called, in its first edition."""
    edition = "" if request.editions[0] == EDITIONS[0] else f"-{request.editions[0]}"
    return [f"{request.id}-{language}{edition}.{form}" for language in request.languages for form in request.formats]


def _first(rules: DocumentRules) -> str:
    return next(iter(rules.file_name.words.by_language.values())) if rules.file_name else ""


def _call(workspace: Workspace, dossier: Dossier, index: int) -> Iterator[Problem]:
    """Yield what is wrong with a call: its profile, its languages, the files of its forms, the fields that it answers."""
    call = dossier.calls[index]

    def at(*steps: str | int) -> Location | None:
        return dossier.locate("documents.yaml", "calls", index, *steps)

    try:
        funder = profile(workspace, call.profile)
    except ReportError as error:
        yield from (dataclasses.replace(p, location=p.location or at("profile")) for p in error.problems)
        return
    yield from _languages(call, funder, at)
    for place, name in enumerate(call.documents):
        request = next(one for one in dossier.documents if one.id == name)
        if not set(call.languages) & set(request.languages):
            message = f"{name} is made in none of the call's languages"
            yield Problem(
                Severity.ERROR, "call.language", message, at("documents", place), "add one to its  languages:"
            )
        yield from _late(call.deadline, request, at("documents", place))
    folder = workspace.data / dossier.folder
    for place, form in enumerate(call.forms):
        for key, name in (("file", form.file), ("map", form.map)):
            if not ((folder / name).is_file() and (folder / name).resolve().is_relative_to(folder.resolve())):
                hint = "the path is that inside the organisation's folder: forms/application.docx"
                yield Problem(Severity.ERROR, "call.file", f"there is no file {name}", at("forms", place, key), hint)
    yield from _answers(call.answers, funder, at)


def _languages(call: Call, funder: Funder, at: Callable[..., Location | None]) -> Iterator[Problem]:
    taken = funder.profile.document.languages if funder.profile.document else ()
    listed = [(("languages",), call.languages)]
    listed += [(("forms", n, "languages"), form.languages) for n, form in enumerate(call.forms) if form.languages]
    for steps, languages in listed:
        for place, language in enumerate(languages):
            if taken and language not in taken:
                where, hint = at(*steps, place), f"it takes {', '.join(taken)}"
                message = f"{call.profile} does not take '{language}'"
                yield Problem(Severity.ERROR, "call.language", message, where, hint)


def _late(deadline: datetime.date, request: DocumentRequest, where: Location | None) -> Iterator[Problem]:
    if request.date > deadline:
        message = f"{request.id} is dated {request.date}, after the deadline {deadline}"
        yield Problem(Severity.WARNING, "call.late", message, where, "give it a date before the deadline")


def _answers(answers: Iterable[CallAnswer], funder: Funder, at: Callable[..., Location | None]) -> Iterator[Problem]:
    known = [field.id for field in funder.profile.fields]
    for place, answer in enumerate(answers):
        if answer.field not in known:
            hint = faults.nearest(answer.field, known, "there are")
            message = f"{funder.id} has no field '{answer.field}'"
            yield Problem(Severity.ERROR, "call.field", message, at("answers", place, "field"), hint)

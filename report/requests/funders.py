"""Funders' profiles of documents and calls: what can be told before anything is made."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from report.looks import kinds
from report.model.document import Call, CallAnswer, DocumentRequest
from report.model.dossier import Dossier
from report.model.suggestions import nearest
from report.profiles import load
from report.profiles.funder import DocumentRules
from report.profiles.load import Funder
from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace

Rules = list[tuple[Funder, Location | None]]


def profile(workspace: Workspace, name: str) -> Funder:
    """Read a funder's profile or a variant of it; raise `ReportError` for mistakes, and for sections that no kind has."""
    funder = load.funder(workspace, name)
    there = {section for sections in kinds.sections(workspace).values() for section in sections}
    required = funder.profile.document.required if funder.profile.document else ()
    problems = [
        Problem(
            Severity.ERROR,
            "profile.section",
            f"no kind of document has a section '{section}'",
            funder.file.locate(("document", "required", place)),
            nearest(section, there),
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
        if load.kind(workspace, name) == "funder":
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
                if load.kind(workspace, name) != "funder":
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
            hint = f"it accepts {', '.join(taken)}"
            yield Severity.ERROR, f"document.{what}", f"the funder does not accept {what} {', '.join(other)}", hint
        elif other:
            message = f"made in {', '.join(other)} too, which the funder does not accept as {what}"
            yield Severity.NOTE, f"document.{what}", message, "those files are for yourself"
    printed = _sections(workspace, request)
    for section in rules.required if printed else ():
        if section not in printed:
            yield Severity.ERROR, "document.required", f"the section '{section}' is missing", "add it to  sections:"
    for name in _file_names(workspace, request):
        if rules.file_name and not re.fullmatch(rules.file_name.regex, name):
            message = f"the file would be called {name}, and the rule is: {_first(rules)}"
            yield Severity.ERROR, "document.file_name", message, "give the document another id"


def _file_names(workspace: Workspace, request: DocumentRequest) -> list[str]:
    """Return what a document's files are called, in its first edition."""
    editions = kinds.load(workspace, request.kind)[0].editions
    edition = "" if request.editions[0] == editions[0] else f"-{request.editions[0]}"
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
    requests = {one.id: one for one in dossier.documents if one.id in call.documents}
    yield from _unheld(workspace, call, funder, list(requests.values()), at)
    yield from _named(workspace, call, funder, requests, at)
    for place, name in enumerate(call.documents):
        request = requests[name]
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


def _unheld(
    workspace: Workspace,
    call: Call,
    funder: Funder,
    requests: Sequence[DocumentRequest],
    at: Callable[..., Location | None],
) -> Iterator[Problem]:
    """Yield what a profile asks of a document where nothing of the call is held against it: no document, and no form."""
    rules = funder.profile.document
    if rules is None or call.forms or any(call.profile in one.profiles for one in requests):
        return
    if rules.measures and not rules.annexes:  # where annexes count, each file is measured
        message = f"{call.profile} has rules for pages, and no document of the call is checked against them"
        hint = f'add  profiles: ["{call.profile}"]  to the document that they are for'
        yield Problem(Severity.WARNING, "call.unheld", message, at("documents"), hint)
    printed = {section for one in requests for section in _sections(workspace, one)}
    for section in rules.required:
        if section not in printed:
            message = f"{call.profile} asks for a section '{section}', and no document of the call has it"
            yield Problem(Severity.ERROR, "call.required", message, at("documents"), "add it to  sections:  of one")


def _sections(workspace: Workspace, request: DocumentRequest) -> tuple[str, ...]:
    try:
        return kinds.load(workspace, request.kind)[0].printed(request)
    except ReportError:  # told by `requests`
        return request.sections


def _named(
    workspace: Workspace,
    call: Call,
    funder: Funder,
    requests: Mapping[str, DocumentRequest],
    at: Callable[..., Location | None],
) -> Iterator[Problem]:
    """Yield the files of a call that would be called alike, and those that the funder would not take by their names."""
    rules = funder.profile.document
    taken: tuple[str, ...] = rules.formats if rules else ()
    seen: set[str] = set()
    for where, names, checked in _files(workspace, call, requests, taken, at):
        for name in names:
            if name.casefold() in seen:
                message, hint = f"two files of the call would be called {name}", "give the form's file another name"
                yield Problem(Severity.ERROR, "call.twice", message, where, hint)
            elif rules and rules.file_name and not checked and not re.fullmatch(rules.file_name.regex, name):
                message = f"a file of the call would be called {name}, and {funder.id} asks for: {_first(rules)}"
                yield Problem(
                    Severity.ERROR, "call.file_name", message, where, "give the document or form another name"
                )
        seen |= {name.casefold() for name in names}


def _files(
    workspace: Workspace,
    call: Call,
    requests: Mapping[str, DocumentRequest],
    taken: tuple[str, ...],
    at: Callable[..., Location | None],
) -> Iterator[tuple[Location | None, list[str], bool]]:
    """Yield the files that are handed in of each document and form, and whether a document's own profile sees to their names.

    A form that the funder takes as PDF keeps its name when it is saved as one.
    """
    for place, name in enumerate(call.documents):
        request = requests[name]
        languages = [one for one in call.languages if one in request.languages]
        forms = [one for one in request.formats if not taken or one in taken]
        own = request.model_copy(update={"languages": tuple(languages), "formats": tuple(forms)})
        yield at("documents", place), _file_names(workspace, own), call.profile in request.profiles
    for place, form in enumerate(call.forms):
        ending = "docx" if not taken or "docx" in taken else taken[0]
        names = [f"{PurePath(form.file).stem}-{one}.{ending}" for one in form.languages or call.languages]
        yield at("forms", place, "file"), names, False


def _languages(call: Call, funder: Funder, at: Callable[..., Location | None]) -> Iterator[Problem]:
    taken = funder.profile.document.languages if funder.profile.document else ()
    listed = [(("languages",), call.languages)]
    listed += [(("forms", n, "languages"), form.languages) for n, form in enumerate(call.forms) if form.languages]
    for steps, languages in listed:
        for place, language in enumerate(languages):
            if taken and language not in taken:
                where, hint = at(*steps, place), f"it accepts {', '.join(taken)}"
                message = f"{call.profile} does not take '{language}'"
                yield Problem(Severity.ERROR, "call.language", message, where, hint)


def _late(deadline: datetime.date, request: DocumentRequest, where: Location | None) -> Iterator[Problem]:
    if request.date > deadline:
        message = f"{request.id} is dated {request.date}, after the deadline {deadline}"
        yield Problem(Severity.WARNING, "call.late", message, where, "give it a date before the deadline")


def _answers(answers: Iterable[CallAnswer], funder: Funder, at: Callable[..., Location | None]) -> Iterator[Problem]:
    known = [field.id for field in funder.profile.fields]
    seen: set[str] = set()
    for place, answer in enumerate(answers):
        if answer.field in seen:
            message = f"the call answers '{answer.field}' twice, and the first answer alone would count"
            where = at("answers", place, "field")
            yield Problem(Severity.ERROR, "call.answer", message, where, "remove one of the two answers")
        seen.add(answer.field)
        if answer.field not in known:
            hint = nearest(answer.field, known, "available:")
            message = f"{funder.id} has no field '{answer.field}'"
            yield Problem(Severity.ERROR, "call.field", message, at("answers", place, "field"), hint)

"""Funders' profiles of documents and calls: what they would refuse, as far as it is known before anything is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from report.looks import kinds
from report.model.document import Call, DocumentRequest
from report.model.dossier import Dossier
from report.model.suggestions import nearest
from report.profiles import load
from report.profiles.funder import DocumentRules
from report.profiles.load import Funder
from report.requests.placed_request import each, kind_of, located
from report.requests.requirements import check_sections
from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace, contained

Rules = list[tuple[Funder, Location | None]]


def profile(workspace: Workspace, name: str) -> Funder:
    """Read a funder's profile or a variant of it; raise `ReportError` for mistakes, and for sections that no kind has."""
    funder = load.funder(workspace, name)
    required = funder.profile.document.required if funder.profile.document else ()
    places: dict[tuple[str | int, ...], str] = {
        ("document", "required", place): section for place, section in enumerate(required)
    }
    check_sections(workspace, funder.file, places)
    return funder


def rules(workspace: Workspace, dossier: Dossier, document: str, language: str) -> Rules:
    """Return the funders' profiles that a document is held against in a language, and where it names them."""
    index, request = next((n, one) for n, one in enumerate(dossier.documents) if one.id == document)
    applied = []
    for place, name in enumerate(request.profiles):
        if load.kind(workspace, name) == "funder":
            funder = load.funder(workspace, name)
            accepted = funder.profile.document.languages if funder.profile.document else ()
            if not accepted or language in accepted:
                applied.append((funder, dossier.locate("documents.yaml", "documents", index, "profiles", place)))
    return applied


def check(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield what the documents and calls of an organisation would break, however their pages come out."""
    for placed in each(workspace, dossier):
        for place, name in enumerate(placed.request.profiles):
            try:
                rules = profile(workspace, name).profile.document if load.kind(workspace, name) == "funder" else None
            except ReportError:  # reported with the request
                continue
            for severity, code, message, hint in _unfit(workspace, placed.request, rules) if rules else ():
                message = f"{placed.request.id}, {name}: {message}"
                yield Problem(severity, code, message, placed.at("profiles", place), hint)
    for index, call in enumerate(dossier.calls):
        where = dossier.locate("documents.yaml", "calls", index, "profile")
        try:
            funder = profile(workspace, call.profile)
        except ReportError as error:
            yield from located(error.problems, where)
            continue
        requests = {one.id: one for one in dossier.documents if one.id in call.documents}
        placed_call = _PlacedCall(workspace, dossier, index, call, funder, requests)
        for _, rule in CALL_RULES:
            yield from rule(placed_call)


def _unfit(
    workspace: Workspace, request: DocumentRequest, rules: DocumentRules
) -> Iterator[tuple[Severity, str, str, str]]:
    """Yield the severity, the code, the message and the hint for what a document's request says that the rules do not allow."""
    for what, requested, accepted in (
        ("format", request.formats, rules.formats),
        ("language", request.languages, rules.languages),
    ):
        other = [one for one in requested if accepted and one not in accepted]
        if other and len(other) == len(requested):
            hint = f"it accepts {', '.join(accepted)}"
            yield Severity.ERROR, f"document.{what}", f"the funder does not accept {what} {', '.join(other)}", hint
        elif other:
            message = f"made in {', '.join(other)} too, which the funder does not accept as {what}"
            yield Severity.NOTE, f"document.{what}", message, "those files are for yourself"
    printed = _sections(workspace, request)
    for section in rules.required if printed else ():
        if section not in printed:
            yield Severity.ERROR, "document.required", f"the section '{section}' is missing", "add it to  sections:"
    for name in _file_names(workspace, request):
        if not _is_name(name, rules):
            message = f"the file would be called {name}, and the rule is: {_rule_of_names(rules)}"
            yield Severity.ERROR, "document.file_name", message, "give the document another id"


def _sections(workspace: Workspace, request: DocumentRequest) -> tuple[str, ...]:
    kind = kind_of(workspace, request)
    return kind.printed(request) if kind else request.sections


def _file_names(workspace: Workspace, request: DocumentRequest) -> list[str]:
    """Return what a document's files are called, in its first edition."""
    editions = kinds.load(workspace, request.kind)[0].editions
    edition = "" if request.editions[0] == editions[0] else f"-{request.editions[0]}"
    return [f"{request.id}-{language}{edition}.{form}" for language in request.languages for form in request.formats]


def _is_name(name: str, rules: DocumentRules | None) -> bool:
    return not (rules and rules.file_name) or re.fullmatch(rules.file_name.regex, name) is not None


def _rule_of_names(rules: DocumentRules | None) -> str:
    return next(iter(rules.file_name.words.by_language.values())) if rules and rules.file_name else ""


@dataclass(frozen=True, slots=True)
class _PlacedCall:
    """A call of documents.yaml, its funder, and the requests of its documents by their ids."""

    workspace: Workspace
    dossier: Dossier
    index: int
    call: Call
    funder: Funder
    requests: Mapping[str, DocumentRequest]

    @property
    def rules(self) -> DocumentRules | None:
        return self.funder.profile.document

    def at(self, *steps: str | int) -> Location | None:
        """Return the place of a key of the call."""
        return self.dossier.locate("documents.yaml", "calls", self.index, *steps)

    def problem(self, severity: Severity, code: str, message: str, hint: str | None, *steps: str | int) -> Problem:
        return Problem(severity, code, message, self.at(*steps), hint)


def _languages(placed: _PlacedCall) -> Iterator[Problem]:
    """Yield the languages of a call and of its forms that the funder does not accept."""
    call, accepted = placed.call, placed.rules.languages if placed.rules else ()
    listed: list[tuple[tuple[str | int, ...], tuple[str, ...]]] = [(("languages",), call.languages)]
    listed += [(("forms", n, "languages"), form.languages) for n, form in enumerate(call.forms) if form.languages]
    for steps, languages in listed:
        for place, language in enumerate(languages):
            if accepted and language not in accepted:
                message, hint = f"{call.profile} does not take '{language}'", f"it accepts {', '.join(accepted)}"
                yield placed.problem(Severity.ERROR, "call.language", message, hint, *steps, place)


def _unapplied_rules(placed: _PlacedCall) -> Iterator[Problem]:
    """Yield what a profile asks of a document where nothing of the call is checked against it: no document, and no form."""
    call, rules, requests = placed.call, placed.rules, placed.requests.values()
    if rules is None or call.forms or any(call.profile in one.profiles for one in requests):
        return
    if rules.measures and not rules.annexes:  # where annexes count, each file is measured
        message = f"{call.profile} has rules for pages, and no document of the call is checked against them"
        hint = f'add  profiles: ["{call.profile}"]  to the document that they are for'
        yield placed.problem(Severity.WARNING, "call.unheld", message, hint, "documents")
    printed = {section for one in requests for section in _sections(placed.workspace, one)}
    for section in rules.required:
        if section not in printed:
            message = f"{call.profile} asks for a section '{section}', and no document of the call has it"
            yield placed.problem(Severity.ERROR, "call.required", message, "add it to  sections:  of one", "documents")


def _names(placed: _PlacedCall) -> Iterator[Problem]:
    """Yield the files of a call that would be called alike, and those that the funder would not accept by their names."""
    seen: set[str] = set()
    for steps, names, checked in _files(placed):
        for name in names:
            if name.casefold() in seen:
                message, hint = f"two files of the call would be called {name}", "give the form's file another name"
                yield placed.problem(Severity.ERROR, "call.twice", message, hint, *steps)
            elif not checked and not _is_name(name, placed.rules):
                rule = _rule_of_names(placed.rules)
                message = f"a file of the call would be called {name}, and {placed.funder.id} asks for: {rule}"
                hint = "give the document or form another name"
                yield placed.problem(Severity.ERROR, "call.file_name", message, hint, *steps)
        seen |= {name.casefold() for name in names}


def _files(placed: _PlacedCall) -> Iterator[tuple[tuple[str | int, ...], list[str], bool]]:
    """Yield the files that are handed in of each document and form, and whether a document's own profile checks their names.

    A form that the funder accepts as PDF keeps its name when it is saved as one.
    """
    call, accepted = placed.call, placed.rules.formats if placed.rules else ()
    for place, id_ in enumerate(call.documents):
        request = placed.requests[id_]
        languages = tuple(one for one in call.languages if one in request.languages)
        formats = tuple(one for one in request.formats if not accepted or one in accepted)
        own = request.model_copy(update={"languages": languages, "formats": formats})
        yield ("documents", place), _file_names(placed.workspace, own), call.profile in request.profiles
    for place, form in enumerate(call.forms):
        ending = "docx" if not accepted or "docx" in accepted else accepted[0]
        names = [f"{PurePath(form.file).stem}-{one}.{ending}" for one in form.languages or call.languages]
        yield ("forms", place, "file"), names, False


def _documents(placed: _PlacedCall) -> Iterator[Problem]:
    """Yield the documents of a call that are made in none of its languages, or dated after its deadline."""
    call = placed.call
    for place, id_ in enumerate(call.documents):
        request = placed.requests[id_]
        if not set(call.languages) & set(request.languages):
            message = f"{id_} is made in none of the call's languages"
            hint = "add one to its  languages:"
            yield placed.problem(Severity.ERROR, "call.language", message, hint, "documents", place)
        if request.date > call.deadline:
            message = f"{id_} is dated {request.date}, after the deadline {call.deadline}"
            hint = "give it a date before the deadline"
            yield placed.problem(Severity.WARNING, "call.late", message, hint, "documents", place)


def _forms(placed: _PlacedCall) -> Iterator[Problem]:
    """Yield the files of forms that are not there."""
    folder = placed.workspace.data / placed.dossier.folder
    for place, form in enumerate(placed.call.forms):
        for key, name in (("file", form.file), ("map", form.map)):
            if contained(folder, name) is None:
                hint = "the path is that inside the organisation's folder: forms/application.docx"
                yield placed.problem(Severity.ERROR, "call.file", f"there is no file {name}", hint, "forms", place, key)


def _answers(placed: _PlacedCall) -> Iterator[Problem]:
    """Yield the answers to fields that the funder does not have, and second answers to one."""
    known = [field.id for field in placed.funder.profile.fields]
    seen: set[str] = set()
    for place, answer in enumerate(placed.call.answers):
        if answer.field in seen:
            message = f"the call answers '{answer.field}' twice, and the first answer alone would count"
            hint = "remove one of the two answers"
            yield placed.problem(Severity.ERROR, "call.answer", message, hint, "answers", place, "field")
        seen.add(answer.field)
        if answer.field not in known:
            message = f"{placed.funder.id} has no field '{answer.field}'"
            unknown = nearest(answer.field, known, "available:")
            yield placed.problem(Severity.ERROR, "call.field", message, unknown, "answers", place, "field")


CALL_RULES: tuple[tuple[str, Callable[[_PlacedCall], Iterator[Problem]]], ...] = (
    ("languages", _languages),
    ("rules that nothing is checked against", _unapplied_rules),
    ("names of files", _names),
    ("documents", _documents),
    ("forms", _forms),
    ("answers", _answers),
)
"""What a call is checked for, in this order."""

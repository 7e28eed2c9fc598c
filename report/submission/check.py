"""What would keep a call from being handed in, told before anything is made of it: its answers, its forms and their maps."""

from __future__ import annotations

from collections.abc import Iterator

from report.forms import untrusted
from report.forms.fill import FactSource
from report.model.document import Call, CallForm
from report.model.dossier import Dossier
from report.requests import funders
from report.submission import counters
from report.submission.counters import applied_for
from report.values import Problem, ReportError, Severity
from report.workspace import Workspace


def foresee(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield what the counters of each call tell, and what `report form check` would tell of its forms as an error.

    Files that are not there, and profiles that cannot be read, are told of with the facts (`report.requests.funders`).
    """
    for call in dossier.calls:
        yield from _answers(workspace, dossier, call)
        for form in call.forms:
            for language in form.languages or call.languages:
                yield from _form(workspace, dossier, call, form, language)


def _answers(workspace: Workspace, dossier: Dossier, call: Call) -> Iterator[Problem]:
    try:
        funder = funders.profile(workspace, call.profile)
    except ReportError:
        return
    yield from counters.of_call(funder, dossier, call.languages, call).problems


def _form(workspace: Workspace, dossier: Dossier, call: Call, form: CallForm, language: str) -> Iterator[Problem]:
    folder = workspace.data / dossier.id
    if not ((folder / form.file).is_file() and (folder / form.map).is_file()):
        return
    try:
        telling = FactSource(dossier, folder, language, applied_for(dossier, call))
        filled = untrusted.fill_form(folder / form.file, folder / form.map, telling)
    except ReportError as error:
        if error.status == 3:
            raise
        yield from error.problems
        return
    yield from (problem for problem in filled.problems if problem.severity is Severity.ERROR)

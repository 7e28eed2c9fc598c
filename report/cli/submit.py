"""``report submit``: a whole submission to a funder."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.cli import complete, options, problems
from report.model.suggestions import nearest
from report.values import Problem, ReportError, Severity, UsageError, required
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.document import Call
    from report.model.dossier import Dossier
    from report.pipeline import Checked
    from report.submission.build import Submission


@click.command()
@click.argument("call", metavar="CALL", shell_complete=complete.calls)
@click.argument("organisation", metavar="[ORG]", shell_complete=complete.organisations, required=False)
@options.workspace
@options.output
@click.option("--strict", is_flag=True, help="Write nothing and exit with status 1 for warnings, too.")
@options.text_or_json()
@click.pass_context
def command(
    ctx: click.Context, call: str, organisation: str | None, root: Path, output: Path | None, strict: bool, form: str
) -> None:
    """Build the documents and fill the forms of CALL, check them together, and package them with a manifest and a checklist.

    Nothing is written if there is an error. ORG may be left out if only one organisation has such a call.
    """
    from report import files, pipeline
    from report.submission import build, package

    workspace = Workspace.at(root, output)
    name = organisation or _owner(workspace, call)
    checked = pipeline.check(workspace, name, templates=False)
    if checked.dossier is None:
        raise ReportError(checked.errors)
    if wrong := _unreadable(checked, call):
        raise ReportError(wrong)
    request = build.find(checked.dossier, call)
    if wrong := _in_the_way(checked, request):
        raise ReportError(wrong)
    made = build.make(workspace, checked.dossier, request)
    found = list(dict.fromkeys([*(p for p in checked.problems if p.code.startswith("call.")), *made.problems]))
    found += _past(checked.dossier, made.call, datetime.date.today())
    written: list[Path] = []
    if not problems.status(found, strict):
        content, checklist = package.pack(workspace, made)
        folder = workspace.output / name / "submissions"
        written = [folder / f"{call}.zip", folder / f"{call}-checklist.md"]
        files.replace(written[0], content)
        files.replace(written[1], checklist.encode())
    _print(made, found, written, form)
    ctx.exit(problems.status(found, strict))


def _unreadable(checked: Checked, call: str) -> list[Problem]:
    """Return the errors of a call that cannot be read, and of its documents."""
    from report.model.loading import partial

    file = required(checked.dossier).files.get("documents.yaml")
    if call not in partial.lacking(file, "calls"):
        return []
    return [p for p in checked.errors if p.location and p.location.path.name == "documents.yaml"]


def _in_the_way(checked: Checked, call: Call) -> list[Problem]:
    """Return the errors of the documents of a call, of the facts that they print, and of the call; not those of other documents."""
    jobs = [(document, language) for document in call.documents for language in call.languages]
    found = [problem for job in jobs for problem in checked.of(*job)] if jobs else list(checked.problems)
    own = [p for p in checked.problems if p.location and (p.location.key or "").startswith("calls.")]
    return [p for p in dict.fromkeys([*found, *own]) if p.severity is Severity.ERROR]


def _past(dossier: Dossier, call: Call, today: datetime.date) -> list[Problem]:
    """Return a warning for a past deadline; it is not in the package, since equal facts give equal bytes."""
    if call.deadline >= today:
        return []
    message = f"the deadline of {call.id} was {call.deadline}, and today is {today}"
    where = dossier.locate("documents.yaml", "calls", [one.id for one in dossier.calls].index(call.id), "deadline")
    return [Problem(Severity.WARNING, "call.past", message, where, "correct the deadline, if the funder moved it")]


def _owner(workspace: Workspace, call: str) -> str:
    """Return the one organisation that has a call of that name."""
    from report.model.loading.load import load

    calls: dict[str, list[str]] = {}
    for name in workspace.organisations():
        file = load(workspace, name).files.get("documents.yaml")
        listed = file.data.get("calls") if file and isinstance(file.data, dict) else None
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict):
                calls.setdefault(str(one.get("id")), []).append(name)
    owners = calls.get(call, [])
    if not owners:
        hint = nearest(call, calls, "available:") or "add it to  calls:  in documents.yaml"
        raise UsageError.of("call.unknown", f"no organisation has a call '{call}'", hint=hint)
    if len(owners) > 1:
        hint = f"name one: report submit {call} {owners[0]}"
        raise UsageError.of("call.owner", f"{', '.join(owners)} have a call '{call}'", hint=hint)
    return owners[0]


def _print(made: Submission, found: list[Problem], written: list[Path], form: str) -> None:
    from report.cli import funder_fields

    if form == "json":
        problems.dump(
            {
                "written": [problems.relative(path) for path in written],
                "files": [{"file": f.name, "pages": f.pages, "characters": f.characters} for f in made.files],
                "counters": [funder_fields.field(row) for row in made.answers.rows],
                "problems": problems.as_json(found),
            }
        )
        return
    for file in made.files:
        pages = f"  {file.pages} page{'s' if file.pages > 1 else ''}" if file.pages else ""
        click.echo(f"{file.name}{pages}  {file.characters} characters")
    for row in made.answers.rows:
        click.echo(funder_fields.line(row))
    problems.show([problem for problem in found if problem.severity is not Severity.NOTE])
    listed = "; ".join(problems.relative(path) for path in written)
    click.echo(f"{problems.count(found)}; {listed or 'nothing is written'}")

"""``report new``: begin an organisation."""

from __future__ import annotations

import contextlib
import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from report.cli import complete, options, problems
from report.values import Problem, UsageError
from report.workspace import Workspace

_QUESTIONS = {
    "name": "The organisation's full name",
    "country": "Its country, as a code of two letters (BG, IE)",
    "languages": "The languages it writes in, the first one first (en, bg)",
    "about": "What it is and does, in one sentence",
}


@click.command()
@click.argument("id_", metavar="[ID]", required=False)
@options.workspace
@click.option("--name", help="The full name.")
@click.option("--country", metavar="BG", help="The country, as a code of two letters.")
@click.option(
    "--languages",
    metavar="en,bg",
    shell_complete=complete.languages,
    help="The languages it writes in, the first one first.",
)
@click.option("--about", metavar="TEXT", help="What it is and does, in one sentence.")
@click.option(
    "--like",
    "example",
    metavar="ORG",
    shell_complete=complete.organisations,
    help="Begin with the facts of ORG, such as spoc, under another name.",
)
@click.option("--no-build", is_flag=True, help="Write the facts, and build nothing.")
@click.pass_context
def command(ctx: click.Context, id_: str | None, root: Path, name: str | None, country: str | None, languages: str | None, about: str | None, example: str | None, no_build: bool) -> None:  # fmt: skip
    """Begin an organisation: ask for its name, country, languages and a sentence, write its facts, and build its first report.

    ID names its folder in data/ (default: made of the name). What is given by options is not asked for.
    """
    given = {"name": name, "country": country, "languages": languages, "about": about}
    with _data_folder(root):
        folder = _begun(root, id_, given, example)
    for path in sorted(folder.rglob("*.yaml")):
        click.echo(problems.relative(path))
    status = 0
    if not no_build:
        from report.cli import build

        status = build.command.main([folder.name, "--workspace", str(root)], standalone_mode=False)
    facts, elsewhere = problems.relative(folder / "organisation.yaml"), "" if root == Path(".") else f" -w {root}"
    click.echo(f"next: write more facts in {facts}, with  report watch {folder.name}{elsewhere}  beside it")
    ctx.exit(status)


@contextlib.contextmanager
def _data_folder(root: Path) -> Iterator[None]:
    """Let there be a folder for data in a workspace; one that is still empty afterwards is removed."""
    folder = root / "data"
    begun = root.is_dir() and not folder.exists()
    if begun:
        folder.mkdir()
    try:
        yield
    finally:
        if begun:
            with contextlib.suppress(OSError):  # it is not empty
                folder.rmdir()


def _begun(root: Path, id_: str | None, given: dict[str, str | None], example: str | None) -> Path:
    """Ask for what is not given, write the facts, and return their folder."""
    from report.editing import begin

    workspace, name = Workspace.at(root), given["name"]
    if example:
        if unused := [f"--{option}" for option in ("country", "languages", "about") if given[option]]:
            hint = "leave it out, and change it in organisation.yaml afterwards"
            raise UsageError.of("usage.like", f"with --like, {unused[0]} is that of the example", hint=hint)
        _require_answers({"name": name})
        name = name or _answer("name")
        folder = begin.begin_like(workspace, example, id_ or _id(name), name)
    else:
        _require_answers(given)
        answers = {field: given[field] or _answer(field) for field in _QUESTIONS}
        new = begin.Beginning(
            id=id_ or _id(answers["name"]),
            name=answers["name"].strip(),
            country=answers["country"].strip(),
            languages=begin.languages_in(answers["languages"]),
            about=answers["about"].strip(),
        )
        folder = begin.begin(workspace, new, datetime.date.today())
    return folder


def _id(name: str) -> str:
    """Return the id that a name gives; raise `UsageError` where it gives none."""
    from report.editing.begin import id_of

    if not (made := id_of(name)):
        hint = "give it one in Latin letters:  report new lantern …"
        raise UsageError.of("new.id", f"no id can be made of the name “{name}”", hint=hint)
    return made


def _require_answers(given: dict[str, Any]) -> None:
    """Raise `UsageError` where something is not given and nobody can be asked."""
    missing = [f"--{name}" for name, value in given.items() if not value]
    if missing and not sys.stdin.isatty():
        message = (
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing, and nobody can be asked here"
        )
        raise UsageError.of("usage.new", message, hint=f"add  {' … '.join(missing)} …")


def _answer(field: str) -> str:
    """Ask until the answer can be used."""
    from report.editing import begin

    while True:
        answer: str = click.prompt(_QUESTIONS[field], type=str).strip()
        value: Any = begin.languages_in(answer) if field == "languages" else answer
        wrong: list[Problem] = list(begin.problems_of(field, value))
        if not wrong:
            return answer
        for problem in wrong:
            click.echo(f"  {problem.message}: {problem.hint}", err=True)

"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report.cli import complete
from report.values import UsageError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.tables import Organisations

Command = Callable[..., Any]


class _Hidden(click.Option):
    """An option that works, and is not in the help text."""

    def get_help_record(self, ctx: click.Context) -> None:
        return None


class _Renamed(click.Option):
    """An option whose former names still work, but are not in the help text."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        names, self.opts = self.opts, self.opts[:1]
        try:
            return super().get_help_record(ctx)
        finally:
            self.opts = names


workspace = click.option(
    "-w", "--workspace", "root", type=click.Path(path_type=Path, file_okay=False), default=Path("."),
    help="The folder that contains data/ (default: the current folder).",
)  # fmt: skip
output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to write (default: output/)."
)
force = click.option(
    "--force",
    "--anew",
    "force",
    cls=_Renamed,
    is_flag=True,
    help="Build everything again, even if nothing has changed.",
)
strict = click.option("--strict", is_flag=True, help="Exit with status 1 for warnings, too.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Print only problems.")


def _json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta["json"] = value


def _form(ctx: click.Context, _param: click.Parameter, value: str) -> str:
    return "json" if ctx.meta.get("json") else value


def text_or_json(name: str = "form") -> Callable[[Command], Command]:
    """Return a decorator that adds ``--json``, and ``--format json``, which is the same: the command's argument `name`."""

    def add(command: Command) -> Command:
        choice = click.Choice(["text", "json"])
        command = click.option("--format", name, type=choice, default="text", callback=_form, cls=_Hidden)(command)
        return click.option(
            "--json", is_flag=True, is_eager=True, expose_value=False, callback=_json, help="Print JSON."
        )(command)

    return add


def table(command: Command) -> Command:
    """Add ``--table``, ``--base`` and ``--charset``: organisations from the rows of a table."""
    what = "Use the rows of this CSV, XLSX or ODS table as organisations; the first sheet unless one is named."
    for add in (
        click.option("--charset", help="The charset of a CSV file, such as cp1251, if it is not detected correctly."),
        click.option(
            "--base",
            metavar="ORG",
            shell_complete=complete.organisations,
            help="The organisation that has the other facts of each row, such as _base.",
        ),
        click.option("--table", metavar="FILE[:SHEET]", help=what),
    ):
        command = add(command)
    return command


def rows(workspace: Workspace, table: str | None, base: str | None, charset: str | None) -> Organisations | None:
    """Return the organisations of ``--table``, or None without it; raise `UsageError` where an option needs another."""
    if table is None:
        if base or charset:
            name = "--base" if base else "--charset"
            raise UsageError.of("usage.table", f"{name} needs --table", hint="add --table FILE")
        return None
    if not base:
        hint = "add --base ORG, the organisation that has the other facts of each row"
        raise UsageError.of("usage.base", "--table needs --base", hint=hint)
    if not Path(table).name:
        raise UsageError.of("usage.table", f"'{table}' names no file", hint="name a CSV, XLSX or ODS table")
    from report.model.tables import organisations

    path, sheet = Path(table), None
    if not path.exists() and (split := table.rpartition(":"))[0] and Path(split[0]).exists():
        path, sheet = Path(split[0]), split[2]
    return organisations(workspace, path, base, sheet=sheet, charset=charset)


def words(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Split ``en,bg`` at its commas."""
    return tuple(dict.fromkeys(word.strip() for word in (value or "").split(",") if word.strip()))


languages = click.option("--lang", "languages", callback=words, metavar="en,bg", shell_complete=complete.languages, help="Build only these languages.")  # fmt: skip
formats = click.option("--format", "formats", callback=words, metavar="pdf,docx,html,xlsx", shell_complete=complete.one_of("pdf", "docx", "html", "xlsx"), help="Write these formats instead of the requested ones.")  # fmt: skip
editions = click.option("--edition", "editions", callback=words, metavar="screen,print,redacted", shell_complete=complete.one_of("screen", "print", "redacted"), help="Build these editions instead of the requested ones.")  # fmt: skip


def plural(count: int, what: str) -> str:
    """Return ``1 page`` or ``3 pages``."""
    return f"{count} {what}{'' if count == 1 else 's'}"

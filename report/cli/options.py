"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report.values import UsageError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.tables import Organisations

Command = Callable[..., Any]


def workspace(command: Command) -> Command:
    """Add ``--workspace``: the folder that holds data/."""
    return click.option(
        "-w",
        "--workspace",
        "root",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("."),
        help="The folder that holds data/ (default: this one).",
    )(command)


def table(command: Command) -> Command:
    """Add ``--table``, ``--base`` and ``--charset``: organisations from the rows of a table."""
    options = (
        click.option(
            "--table",
            metavar="FILE[:SHEET]",
            help="Take the organisations from the rows of a table: CSV, XLSX or ODS; the first sheet, if none is named.",
        ),
        click.option(
            "--base", metavar="ORG", help="The organisation that the rows of --table are laid over, such as _base."
        ),
        click.option(
            "--charset", help="The charset of a CSV file, such as cp1251, where it is not detected correctly."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def rows(workspace: Workspace, table: str | None, base: str | None, charset: str | None) -> Organisations | None:
    """Return the organisations of ``--table``, or None without it; raise `UsageError` where an option needs another."""
    if table is None:
        if base or charset:
            raise UsageError.of(
                "usage.table", f"{'--base' if base else '--charset'} needs --table", hint="add --table FILE"
            )
        return None
    if not base:
        raise UsageError.of(
            "usage.base", "--table needs --base", hint="name the organisation that the rows are laid over"
        )
    if not Path(table).name:
        raise UsageError.of("usage.table", f"'{table}' names no file", hint="name a table of CSV, XLSX or ODS")
    from report.model.tables import organisations

    path, sheet = Path(table), None
    if not path.exists() and (split := table.rpartition(":"))[0] and Path(split[0]).exists():
        path, sheet = Path(split[0]), split[2]
    return organisations(workspace, path, base, sheet=sheet, charset=charset)


def words(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Split ``en,bg`` at its commas."""
    return tuple(dict.fromkeys(word.strip() for word in (value or "").split(",") if word.strip()))

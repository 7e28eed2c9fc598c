"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

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


def words(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Split ``en,bg`` at its commas."""
    return tuple(dict.fromkeys(word.strip() for word in (value or "").split(",") if word.strip()))

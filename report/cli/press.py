"""``report press``: finished PDF files, on their way to a print shop."""

from __future__ import annotations

import click

from report.cli import press_check


@click.group()
def command() -> None:
    """Check finished PDF files for a print shop."""


command.add_command(press_check.command)

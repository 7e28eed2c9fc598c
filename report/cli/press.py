"""``report press``: finished PDF files, on their way to a printer."""

from __future__ import annotations

import click

from report.cli import press_check
from report.cli.press_impose import impose


@click.group()
def command() -> None:
    """Check a finished PDF for a print shop; impose it for the office printer."""


command.add_command(press_check.command)
command.add_command(impose)

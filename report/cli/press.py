"""``report press``: finished PDF files, made ready for the printer."""

from __future__ import annotations

import click

from report.cli.press_impose import impose


@click.group()
def command() -> None:
    """Make any finished PDF ready for the printer."""


command.add_command(impose)

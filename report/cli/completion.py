"""``report completion``: a script with which a shell completes what is typed."""

from __future__ import annotations

import click

_FILES = {
    "bash": 'eval "$(report completion bash)"      in  ~/.bashrc',
    "zsh": 'eval "$(report completion zsh)"       in  ~/.zshrc',
    "fish": "report completion fish | source      in  ~/.config/fish/config.fish",
}


@click.command(epilog="\b\n" + "\n".join(f"{shell}: {line}" for shell, line in _FILES.items()))
@click.argument("shell", type=click.Choice(tuple(_FILES)))
def command(shell: str) -> None:
    """Print a script with which SHELL completes commands, options, organisations, documents, languages and profiles."""
    from click.shell_completion import get_completion_class

    from report.cli.main import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    script = kind(cli, {}, "report", "_REPORT_COMPLETE")
    click.echo(kind.source_template % script.source_vars())

"""The command ``report``. Commands are imported when they are called, so that help comes at once."""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import itertools
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from report import __version__
from report.cli import streams
from report.model.suggestions import nearest
from report.values import ReportError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "batch": "Build the documents of many organisations, on one machine or many.",
    "build": "Build the documents that documents.yaml requests.",
    "check": "Report every problem in the facts; write nothing.",
    "completion": "Print a script with which bash, zsh or fish completes commands.",
    "diff": "Show what changed between two reporting years.",
    "doctor": "Check what this machine lacks, and how to fix it.",
    "form": "Map, check and fill a funder's Word form.",
    "history": "List what was changed in the facts; take it back.",
    "language": "Write a catalogue of labels to translate into a language.",
    "list": "List organisations, documents, kinds, themes, languages and profiles.",
    "new": "Begin an organisation: a few questions, and the first report.",
    "press": "Check a finished PDF for a print shop; impose it for the office printer.",
    "preview": "Write pictures of a document's pages, and which field each text comes from.",
    "schema": "Write JSON Schemas of the data files, for editors.",
    "submit": "Package all documents and forms of a call for proposals.",
    "watch": "Build again whatever changes.",
}
MACHINE, INTERNAL_ERROR = 3, 70
_FILES_KEY = {"build": "made", "submit": "written"}
"""The key of the written files in a command's JSON: an empty list where it could not start."""


class _Lazy(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"report.cli.{name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"there is no command '{args[0]}'; {nearest(args[0], COMMANDS, 'there are')}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer commands without importing them."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


_ABOVE_ZERO = click.FloatRange(0, 1_000_000, min_open=True)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="report")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
@click.option("--read-seconds", type=_ABOVE_ZERO, metavar="S", help="Seconds to read a form, PDF, table or picture (default: 20).")  # fmt: skip
@click.option(
    "--read-memory", type=_ABOVE_ZERO, metavar="MB", help="Memory to read one of them, in MB (default: 1000)."
)
def cli(debug: bool, read_seconds: float | None, read_memory: float | None) -> None:
    """Build annual reports, grant annexes and brochures as PDF, Word and HTML from the facts about an organisation."""
    if debug or read_seconds or read_memory:
        from report.isolation.limits import DEBUG, MEGABYTES, SECONDS

        settings = {SECONDS: read_seconds, MEGABYTES: read_memory, DEBUG: "1" if debug else None}
        os.environ.update({name: str(value) for name, value in settings.items() if value})  # for workers, too


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 errors in the input, 2 wrong usage, 3 the machine, 70 internal error.

    A command creates many objects and frees few before it ends, so garbage is collected only where a command says so,
    between documents or organisations, and not again while the process ends.
    """
    gc.disable()
    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as with Ctrl-C: clean up
    atexit.register(gc.freeze)
    streams.guard()
    status = _status()
    if failure := streams.finish():
        click.echo(f"{_system_error(failure)}; output was lost", err=True)
        streams.finish()
        status = MACHINE
    sys.exit(status)


def _status() -> int:
    """Run the command; print what stopped it, and return the exit status."""
    if invalid := next((word for word in sys.argv[1:] if not _is_text(word)), None):
        shown = os.fsencode(invalid).decode("utf-8", "replace")
        click.echo(f"Error: '{shown}' is not valid UTF-8; rename the file", err=True)
        return 2
    try:
        status = cli.main(standalone_mode=False)
        return status if isinstance(status, int) else 0  # click returns what ctx.exit() was given
    except click.ClickException as error:
        error.show()
        return 2
    except ReportError as error:
        _print_problems(error)
        return error.status
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; finished files are kept", err=True)
        return 130
    except OSError as error:
        click.echo(_system_error(error), err=True)
        return MACHINE
    except Exception as error:  # noqa: BLE001 - no traceback without --debug
        if "--debug" in sys.argv:
            raise
        click.echo(
            f"internal error ({type(error).__name__}: {error}); run  report --debug …  to see where",
            err=True,
        )
        return INTERNAL_ERROR


def _is_text(word: str) -> bool:
    """Say whether a word of the command line can be printed and written, as bytes that are not UTF-8 cannot."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _system_error(error: OSError) -> str:
    return f"system error: {error.strerror or error}"


def _wants_json(words: Sequence[str]) -> bool:
    """Say whether a command line asks for JSON; an organisation or a document may be called json, too."""
    pair = any(pair == ("--format", "json") for pair in itertools.pairwise(words))
    return pair or "--json" in words or "--format=json" in words


def _print_problems(error: ReportError) -> None:
    """Print the problems that stopped a command, as JSON if the command prints that."""
    from report.cli import problems

    if not _wants_json(sys.argv[1:]):
        problems.show(error.problems)
        return
    found = problems.as_json(error.problems)
    if "batch" in sys.argv[1:]:  # which prints lines
        problems.lines(found)
        return
    key = next((name for command, name in _FILES_KEY.items() if command in sys.argv[1:]), None)
    problems.dump({key: [], "problems": found} if key else found)

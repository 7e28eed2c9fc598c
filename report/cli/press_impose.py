"""``report press impose``: arrange pages on sheets, to be folded, stacked or cut."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report import files
from report.cli import problems
from report.values import Location, Severity, UsageError

if TYPE_CHECKING:
    from report.press.impose.impose import Imposed

_FILE = click.Path(path_type=Path, dir_okay=False)


class _Millimetres(click.FloatRange):
    """A length from 0 to 1000 mm; `nan` is in every range, since it compares with nothing."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a length in millimetres.", param, ctx)
        return float(number)


_MM = _Millimetres(min=0, max=1000)
_SCHEMES = ("booklet", "n-up", "cut-and-stack", "step-and-repeat")
_ONLY = {"creep": "booklet", "sheets_per_section": "booklet"}
_NOT_OF_A_BOOKLET = ("cells", "gap", "sides")


def _cells(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Return rows and columns of ``2x3``."""
    if value is None:
        return None
    rows, _, columns = value.lower().partition("x")
    if not (rows.isdecimal() and columns.isdecimal() and 0 < int(rows) <= 50 and 0 < int(columns) <= 50):
        raise click.BadParameter("write rows and columns, such as 2x3; at most 50 of each")
    return int(rows), int(columns)


@click.command("impose")
@click.argument("file", metavar="FILE.pdf", type=_FILE)
@click.option(
    "-o", "--output", type=_FILE, help="Where to write the sheets (default: beside the file, FILE-SCHEME.pdf)."
)
@click.option("--scheme", type=click.Choice(_SCHEMES), required=True, help="How the pages are arranged.")
@click.option("--paper", default="auto", metavar="SIZE", help="A4, letter, A3, SRA3, 450x320mm, or auto: the smallest that fits (default).")  # fmt: skip
@click.option("--scale", type=click.Choice(["none", "fit"]), default="none", help="fit shrinks pages that are too large for the paper.")  # fmt: skip
@click.option("--grid", "cells", metavar="RxC", callback=_cells, help="Rows and columns (default: as many as fit).")
@click.option(
    "--gap", type=_MM, default=0.0, metavar="MM", help="The space between the pages of a side; 0: they share a cut."
)
@click.option(
    "--bleed", type=_MM, metavar="MM", help="How far pages extend beyond their trim (default: as their boxes say)."
)
@click.option("--sides", type=click.Choice(["1", "2"]), default="2", help="Print on one side of the sheet or on both (default).")  # fmt: skip
@click.option("--flip", type=click.Choice(["long", "short"]), help="The edge over which the printer turns the sheet (default: the upright one).")  # fmt: skip
@click.option(
    "--creep", type=_MM, default=0.0, metavar="MM", help="Booklet: the thickness of a sheet; 0.1 for 80 g/m²."
)
@click.option("--sheets-per-section", type=click.IntRange(min=1), metavar="N", help="Booklet: sew sections of this many sheets.")  # fmt: skip
@click.option("--marks/--no-marks", default=False, help="Draw crop, fold and registration marks.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def impose(ctx: click.Context, /, file: Path, output: Path | None, as_json: bool, scale: str, **chosen: Any) -> None:
    """Arrange the pages of any PDF on sheets: booklets, several pages on a side, stacks to cut, leaflets."""
    from report.press.impose.impose import ImpositionOrder
    from report.press.sandbox import impose as run

    _fits(ctx, chosen["scheme"])
    target = output or file.with_name(f"{file.stem}-{chosen['scheme']}.pdf")
    if target.exists() and file.exists() and target.samefile(file):
        hint = "name another file with -o"
        raise UsageError.of("impose.output", "the file itself is never overwritten", Location(file), hint)
    done = run(file, ImpositionOrder(fit=scale == "fit", **{**chosen, "sides": int(chosen["sides"])}))
    files.replace(target, done.content)
    if as_json:
        result = {
            f.name: getattr(done, f.name) for f in dataclasses.fields(done) if f.name not in ("content", "problems")
        }
        problems.dump({"file": problems.relative(target), **result, "problems": problems.as_json(done.problems)})
        return
    problems.show(done.problems, err=any(p.severity is Severity.ERROR for p in done.problems))
    click.echo(f"{problems.relative(target)}  {_line(done)}")


def _fits(ctx: click.Context, scheme: str) -> None:
    """Raise `click.UsageError` for an option that the scheme does not use."""
    given = {name for name in ctx.params if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE}
    for name in sorted(given):
        other = _ONLY.get(name, scheme) != scheme
        if other or (scheme == "booklet" and name in _NOT_OF_A_BOOKLET):
            option = next(p.opts[0] for p in ctx.command.params if p.name == name)
            raise click.UsageError(f"{option} cannot be used with {scheme}")


def _line(done: Imposed) -> str:
    """Return in a line what was made, and how to print it."""
    name = done.paper if done.size.startswith(done.paper[:3]) else f"{done.paper}, {done.size}"
    parts = [f"{done.pages} {_many('page', done.pages)} on {done.sheets} {_many('sheet', done.sheets)} of {name}, {done.sides} {_many('side', done.sides)}"]  # fmt: skip
    if done.blanks:
        parts.append(f"{done.blanks} {_many('blank', done.blanks)}")
    if done.scale < 0.9995:
        parts.append(f"shrunk to {done.scale:.1%}")
    parts.append(f"print on both sides, flip on the {done.flip} edge" if done.flip else "print on one side")
    return "; ".join(parts)


def _many(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"

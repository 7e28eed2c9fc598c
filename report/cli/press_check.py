"""``report press check``: check any PDF against a print shop's requirements."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report.cli import complete, options, problems
from report.values import PageArea, Severity, required
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.press.check.check import Preflight
    from report.press.check.facts import Facts, Measurement

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_MOST_LISTED = 8


def _folds(_ctx: click.Context, _param: click.Parameter, value: Sequence[str]) -> tuple[tuple[float, ...], ...]:
    """Read each side's folds: ``97,197``."""
    try:
        sides = tuple(tuple(sorted(float(one) for one in side.split(",") if one.strip())) for side in value)
    except ValueError:
        sides = ((0.0,),)
    if not all(0 < fold < math.inf for side in sides for fold in side):
        raise click.BadParameter("write distances from the left edge in millimetres, such as 97,197")
    return sides


def _size(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[float, float] | None:
    """Read a size: ``148x210``."""
    if not value:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[x×*]\s*(\d+(?:\.\d+)?)", value.strip())
    if match is None or not (float(match.group(1)) and float(match.group(2))):
        raise click.BadParameter("write width and height in millimetres, such as 148x210")
    return float(match.group(1)), float(match.group(2))


@click.command("check")
@click.argument("file", metavar="FILE.pdf", type=click.Path(path_type=Path, dir_okay=False))
@options.workspace
@click.option(
    "-p",
    "--profile",
    default="print-europe",
    shell_complete=complete.profiles,
    metavar="NAME",
    help="The profile of the print shop (default: print-europe).",
)
@click.option(
    "--trim", callback=_size, metavar="WxH", help="The trim size of the order in millimetres, such as 148x210."
)
@click.option("--pages", type=click.IntRange(1), metavar="N", help="The number of pages of the order.")
@click.option(
    "--multiple",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="The number that the pages must be a multiple of: 4 for a stitched booklet.",
)
@click.option(
    "--folds",
    multiple=True,
    callback=_folds,
    metavar="97,197",
    help="The folds of a side in millimetres from the left edge of the trim; once for each side. Without those of the back, the front's are mirrored.",
)
@options.text_or_json()
@click.option(
    "--pictures",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Draw every page into this folder, with its problems marked.",
)
@options.strict
@click.pass_context
def command(ctx: click.Context, file: Path, root: Path, profile: str, trim: tuple[float, float] | None, pages: int | None, multiple: int, folds: tuple[tuple[float, ...], ...], form: str, pictures: Path | None, strict: bool) -> None:  # fmt: skip
    """Check any PDF against a print shop's requirements, page by page. Places are in millimetres from the trim's top left corner."""
    from report.press import sandbox
    from report.press.check.rules.expected import Expected
    from report.profiles import load

    workspace = Workspace.at(root) if (root / "data").is_dir() else Workspace(root.resolve(), root.resolve() / "output")
    shop = load.printer(workspace, profile)
    if trim and (beyond := [fold for side in folds for fold in side if fold >= trim[0]]):
        raise click.UsageError(f"--folds: {beyond[0]:g} mm is beyond the trim, which is {trim[0]:g} mm wide")
    expected = Expected(trim, pages, multiple, folds)
    preflight = sandbox.check(file, shop, expected)
    drawn: list[Path] = []
    if pictures is not None:
        drawn = sandbox.draw(file, preflight, shop, expected, pictures)
    if form == "json":
        problems.dump(_json(file, profile, preflight, drawn))
    else:
        _print(file, profile, preflight, drawn)
    ctx.exit(problems.status(preflight.problems, strict))


def _print(file: Path, profile: str, preflight: Preflight, drawn: list[Path]) -> None:
    click.echo(f"{click.style(problems.safe(problems.relative(file)), bold=True)}, checked against {profile}")
    for name, fact in _facts(preflight.facts):
        click.echo(f"  {name:<10}{fact}")
    page: int | None = -1
    shown_hints: set[str] = set()
    for one in preflight.problems:
        location = required(one.location)
        if location.page != page:
            page = location.page
            click.echo(click.style(f"\n{'The file' if page is None else f'Page {page}'}", bold=True))
        word = click.style(one.severity.value, fg=_COLOURS[one.severity], bold=True)
        click.echo(f"  {_place(location.area)}{word}: {problems.safe(one.message)} [{one.code}]")
        if one.hint and one.code not in shown_hints:
            shown_hints.add(one.code)
            click.echo(f"      hint: {problems.safe(one.hint)}")
    for path in drawn[:1]:
        of = "" if len(drawn) == preflight.facts.pages else f" of {preflight.facts.pages} pages"
        click.echo(f"\n{len(drawn)} pictures{of}: {problems.relative(path.parent)}")
    click.echo(f"\n{problems.count(preflight.problems)}")


def _place(area: PageArea | None) -> str:
    if area is None:
        return ""
    return f"{area.left:g}, {area.top:g} mm ({area.right - area.left:.1f} × {area.bottom - area.top:.1f}): "


def _facts(facts: Facts) -> list[tuple[str, str]]:
    """Return the head of a report: what the file is."""
    sizes = ", ".join(f"{w:g} × {h:g} mm{f' ({n} pages)' if len(facts.sizes) > 1 else ''}" for (w, h), n in list(facts.sizes.items())[:_MOST_LISTED])  # fmt: skip
    low, high = facts.bleeds or (0.0, 0.0)
    bleed = f"{low:.1f} mm" if high - low < 0.05 else f"{low:.1f} to {high:.1f} mm"
    checked = f", of which {facts.checked} are checked" if facts.checked < facts.pages else ""
    fonts = [name if inside else f"{name} (not embedded)" for name, inside in sorted(facts.fonts.items())]
    found = [
        ("pages", f"{facts.pages}{checked}; {sizes or 'no size'}; bleed {bleed}"),
        ("file", f"PDF {facts.version}, {facts.claims or 'no PDF/X'}; output intent {facts.intent or 'none'}; {facts.bytes / 1_000_000:.1f} MB"),
        ("colours", "; ".join(f"{what} in {', '.join(sorted(names))}" for what, names in sorted(facts.spaces.items())) or "none"),
        ("fonts", _listed(fonts)),
    ]  # fmt: skip
    if facts.spots:
        found.append(("spots", _listed(sorted(facts.spots))))
    if facts.transparent:
        found.append(("blending", "transparency is used"))
    ink = " ".join(f"{name} {part:.0f}" for name, part in facts.peak_parts.items() if part)
    for name, unit, at, more in (
        ("ink", "%", facts.peak, f" ({ink})"),
        ("type", "pt at least", facts.smallest, ""),
        ("lines", "pt at least", facts.thinnest, ""),
        ("images", "ppi at least", facts.coarsest, f", of {facts.images}"),
    ):
        if at is not None:
            found.append((name, f"{at.value:.{0 if name in ('ink', 'images') else 2}f} {unit}{more}, {_where(at)}"))
    return found


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return (", ".join(names[:_MOST_LISTED]) + more) or "none"


def _where(at: Measurement) -> str:
    return f"page {at.page} at {at.area.left:g}, {at.area.top:g} mm"


def _json(file: Path, profile: str, preflight: Preflight, drawn: list[Path]) -> dict[str, Any]:
    facts = preflight.facts

    def measured(at: Measurement | None) -> dict[str, Any] | None:
        return {"value": at.value, "page": at.page, "box_mm": list(at.area)} if at else None

    plain = {
        **{name: getattr(facts, name) for name in ("pages", "checked", "bytes", "version", "claims", "intent", "images", "transparent", "fonts", "spots", "peak_parts")},
        "sizes": [{"width": w, "height": h, "pages": n} for (w, h), n in facts.sizes.items()],
        "bleed": list(facts.bleeds) if facts.bleeds else None,
        "spaces": {what: sorted(names) for what, names in facts.spaces.items()},
        **{name: measured(getattr(facts, name)) for name in ("coarsest", "smallest", "thinnest", "peak")},
    }  # fmt: skip
    findings = [
        {
            "code": one.code,
            "severity": one.severity.value,
            "page": required(one.location).page,
            "box_mm": list(area) if (area := required(one.location).area) else None,
            "message": one.message,
            "hint": one.hint,
        }
        for one in preflight.problems
    ]
    return {"file": problems.relative(file), "profile": profile, "facts": plain, "findings": findings, "pictures": [problems.relative(path) for path in drawn]}  # fmt: skip

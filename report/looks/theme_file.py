"""Theme files: templates/themes/<name>/theme.yaml, and what a theme takes from the house and from other themes."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from report.looks import inks
from report.model.loading import validation
from report.model.suggestions import nearest
from report.model.text import Text
from report.source import SourceFile, read_shared
from report.values import Location, ReportError
from report.workspace import Workspace, bundled_templates

LetterheadPart = Literal["logo", "address", "website"]
"""What the head and the foot of every page may show: the logo above, the address and the website below."""
HOUSE = "house"
"""The theme that the others build on."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FontFamily(_Model):
    """The files of a family, relative to a templates folder: one complete file per style."""

    family: Annotated[str, Field(pattern=r"^[\w .-]+$")]
    regular: str
    italic: str | None = None
    bold: str | None = None
    bold_italic: str | None = None


class CoverShape(_Model):
    """One shape of the cover's art, in millimetres; `fill` names a colour token."""

    shape: Literal["rect", "ellipse"]
    x: Annotated[float, Field(ge=-2000, le=2000)]
    y: Annotated[float, Field(ge=-2000, le=2000)]
    width: Annotated[float, Field(gt=0, le=4000)]
    height: Annotated[float, Field(gt=0, le=4000)]
    fill: str


class Theme(_Model):
    """A theme: templates/themes/<name>/theme.yaml."""

    name: Text
    like: tuple[str, ...] = ()
    """Themes that it builds on, the later over the earlier: what none of them says is the house's."""
    tokens: dict[str, str] = {}
    cmyk: dict[str, inks.Inks] = {}
    fonts: dict[str, FontFamily] = {}
    scripts: dict[Annotated[str, Field(pattern=r"^[A-Z][a-z]{3}$")], FontFamily] = {}
    contrast: tuple[tuple[str, str], ...] = ()
    cover: tuple[CoverShape, ...] | None = None
    letterhead: tuple[LetterheadPart, ...] | None = None


def lineage(workspace: Workspace, theme: str) -> list[tuple[str, Path]]:
    """Return the themes that a theme builds on and the theme itself, last; raise `ReportError` for one that is not there."""
    found: list[tuple[str, Path]] = []
    _gather(workspace, theme, (), None, found)
    return found


def _gather(
    workspace: Workspace, theme: str, above: tuple[str, ...], where: Location | None, found: list[tuple[str, Path]]
) -> None:
    path = theme_file(workspace, theme, where)
    if theme in above:
        message = f"the theme '{theme}' builds on itself: {', '.join((*above[above.index(theme) :], theme))}"
        raise ReportError.of("theme.like", message, where, "remove it from  like:")
    for other, at in _builds_on(path, path.stat().st_mtime_ns):
        _gather(workspace, other, (*above, theme), at, found)
    if (theme, path) not in found:
        found.append((theme, path))


@functools.lru_cache(maxsize=64)
def _builds_on(path: Path, _changed: int) -> tuple[tuple[str, Location], ...]:
    """Return the themes that a theme file names, each with its place; a process reads them once."""
    file = read_shared(path)
    return tuple((name, file.locate(("like", place))) for place, name in enumerate(validated(file).like))


def completed(workspace: Workspace, line: tuple[Path, ...]) -> Theme:
    """Return the last theme of a line with what it leaves out as those before it have it, and at last as the house does."""
    made = validated(read_shared(bundled_templates() / "themes" / HOUSE / "theme.yaml"))
    own = workspace.template(f"themes/{HOUSE}/theme.yaml")
    shadow = [own] if own and not own.is_relative_to(bundled_templates()) else []
    for path in (*shadow, *line):
        made = _over(validated(read_shared(path)), made)
    return made


def _over(theme: Theme, house: Theme) -> Theme:
    tokens = {**house.tokens, **theme.tokens}
    return theme.model_copy(
        update={
            "tokens": tokens,
            "cmyk": {**inks.kept(tokens, house.tokens, house.cmyk), **theme.cmyk},
            "fonts": {**house.fonts, **theme.fonts},
            "scripts": {**house.scripts, **theme.scripts},
            "contrast": tuple(dict.fromkeys((*house.contrast, *theme.contrast))),
            "cover": house.cover if theme.cover is None else theme.cover,
            "letterhead": house.letterhead if theme.letterhead is None else theme.letterhead,
        }
    )


def validated(file: SourceFile) -> Theme:
    """Return the theme of a file that was read; raise `ReportError` with every mistake."""
    try:
        return Theme.model_validate(file.data)
    except ValidationError as error:
        raise ReportError(validation.problems(error, file, Theme)) from None


def theme_file(workspace: Workspace, theme: str, where: Location | None = None) -> Path:
    """Return a theme's file; raise `ReportError`, at the place that names it, where there is none."""
    path = workspace.template(f"themes/{theme}/theme.yaml")
    if path is None:
        known = {p.name for root in workspace.template_roots for p in (root / "themes").glob("*") if p.is_dir()}
        hint = nearest(theme, known, "available:")
        raise ReportError.of("theme.unknown", f"there is no theme '{theme}'", where, hint)
    return path

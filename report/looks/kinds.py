"""Document kinds: a folder of templates with kind.yaml, body.html.j2 and sections/."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from report.model.base import Id, Ids
from report.model.document import DocumentRequest
from report.model.loading import validation
from report.model.suggestions import nearest
from report.model.text import Text
from report.source import SourceFile, read
from report.values import EDITIONS, Problem, ReportError, Severity
from report.workspace import Workspace


class Layout(BaseModel):
    """A size that a kind can be printed in, in millimetres.

    `tokens` are the theme's sizes, margins and line heights that this size of paper changes. `sides` name the sections that stand side by side on each side of a sheet that is folded, with their widths. Pages come
    in multiples of `multiple`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: Annotated[float, Field(gt=20, le=2000)]
    height: Annotated[float, Field(gt=20, le=2000)]
    sides: tuple[dict[Id, Annotated[float, Field(gt=20, le=2000)]], ...] = ()
    multiple: Annotated[int, Field(ge=1, le=64)] = 1
    tokens: dict[
        Annotated[str, Field(pattern=r"^(size|page-margin|space|line)-[a-z0-9-]+$")],
        Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)?(pt|mm)?$")],
    ] = {}


class Press(BaseModel):
    """What a kind that is made for a print shop says: its layouts, the first one by default, and its panels.

    A panel is a section that is a page of its own, which its text must fit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    layouts: dict[Id, Layout] = Field(min_length=1)
    panels: Ids = ()


class Kind(BaseModel):
    """What kind.yaml says: the kind's name, its sections in their usual order, and the headings that an index leads to.

    `like` is a kind whose style sheet and Word map come before its own: annexes look alike. `of` says that a document of the kind is
    of one action, and `part` what it prints of it; `workbook` is what its format xlsx has in place of its tables. `press` is there where it is
    made for a print shop. `selects` says that it prints a choice of the facts, such as two pages of a year.
    `needs` names the facts without which it is empty; of projects those of the `last_years`, which templates know by that name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    sections: Ids = Field(min_length=1)
    anchors: dict[str, str] = {}
    like: Id | None = None
    of: Literal["action"] | None = None
    part: Literal["logframe", "budget", "co_applicants"] | None = None
    workbook: Literal["budget", "logframe"] | None = None
    press: Press | None = None
    selects: bool = False
    needs: Literal["affiliations", "projects", "year"] | None = None
    last_years: Annotated[int, Field(ge=1, le=50)] | None = None

    def printed(self, request: DocumentRequest) -> Ids:
        """Return the sections that a document of this kind prints, in its order."""
        return tuple(name for name in request.sections or self.sections if name not in request.without)

    @property
    def editions(self) -> tuple[str, ...]:
        """Return the editions that it is made in, the one by default first."""
        return ("print", "screen") if self.press else EDITIONS


def kinds(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of the kinds that this workspace knows."""
    found = {p.parent.name for root in workspace.template_roots for p in root.glob("*/kind.yaml")}
    return tuple(sorted(found))


def load(workspace: Workspace, name: str) -> tuple[Kind, Path]:
    """Read a kind; raise `ReportError` where there is none of that name."""
    return workspace.once(("kind", name), lambda: _load(workspace, name))


def _load(workspace: Workspace, name: str) -> tuple[Kind, Path]:
    path = workspace.template(f"{name}/kind.yaml")
    if path is None:
        raise ReportError.of(
            "kind.unknown",
            f"there is no document kind '{name}'",
            hint=nearest(name, kinds(workspace), "available:"),
        )
    state = path.stat()
    made = _read(path, state.st_mtime_ns, state.st_size)
    if made.like is not None and workspace.template(f"{made.like}/kind.yaml") is None:
        hint = nearest(made.like, kinds(workspace), "available:")
        raise ReportError.of(
            "kind.unknown", f"there is no document kind '{made.like}'", read(path).locate(("like",)), hint
        )
    return made, path.parent


@functools.lru_cache(maxsize=64)
def _read(path: Path, _time: int, _size: int) -> Kind:
    """Read a kind once per process, unless its file changes."""
    file = read(path)
    try:
        made = Kind.model_validate(file.data)
    except ValidationError as error:
        raise ReportError(validation.problems(error, file, Kind)) from None
    if problems := [*file.problems, *validation.unknown_keys(file, Kind)]:
        raise ReportError(dataclasses.replace(p, severity=Severity.ERROR) for p in problems)
    if made.press and (wrong := list(_misplaced(made.press, made.sections, file))):
        raise ReportError(wrong)
    return made


def _misplaced(press: Press, sections: Ids, file: SourceFile) -> Iterator[Problem]:
    """Yield an error for each panel that is no section, or that stands twice on the same sheet."""
    for place, name in enumerate(press.panels):
        if name not in sections:
            yield _misplacing(f"the kind has no section '{name}'", name, sections, file, "panels", place)
    for id_, layout in press.layouts.items():
        seen: set[str] = set()
        for place, side in enumerate(layout.sides):
            for name in side:
                at = ("layouts", id_, "sides", place, name)
                if name not in sections:
                    yield _misplacing(f"the kind has no section '{name}'", name, sections, file, *at)
                elif name in seen:
                    message = f"the panel '{name}' is on the sheet twice"
                    yield _misplacing(message, "", set(sections) - seen, file, *at)
                seen.add(name)


def _misplacing(message: str, name: str, known: Iterable[str], file: SourceFile, *steps: str | int) -> Problem:
    hint = nearest(name, sorted(known), "available:") or "leave it out"
    return Problem(Severity.ERROR, "kind.panel", message, file.locate(("press", *steps), key=True), hint)


def looks_like(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Return the kinds whose styles a kind has, its own last."""
    with contextlib.suppress(ReportError):  # told where a document asks for the kind
        if (other := load(workspace, name)[0].like) is not None:
            return other, name
    return (name,)


def sections(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """Return the sections of every kind that can be read, by its name."""
    found = {}
    for name in kinds(workspace):
        with contextlib.suppress(ReportError):  # told where a document asks for the kind
            found[name] = load(workspace, name)[0].sections
    return found

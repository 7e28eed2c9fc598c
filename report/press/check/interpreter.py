"""Read a page's content into the things that it paints. Its operators are in `operators`, `showing` and `external`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from report.press.check import fonts, streams, tokens
from report.press.check.colour import Spaces
from report.press.check.fonts import Font
from report.press.check.geometry import IDENTITY, Box, Matrix, Point
from report.press.check.objects import Item, Scene
from report.press.check.state import State

OPERATIONS = 1_500_000
"""So many operators of a page are read."""
ITEMS = 300_000
"""So many things of a page are kept."""
POINTS = 3_000_000
"""So many points of a page's paths are kept."""
DEPTH = 24
"""So deep forms stand within forms."""
_STACK = 512
_FORM = 150
"""So many operators one form counts for: to begin it costs about as much."""


class TooLongError(Exception):
    """A page has more in it than is read."""


@dataclass(slots=True)
class Setting:
    """What all pages of a file share: colour spaces, fonts that were read, and the layers that do not print."""

    spaces: Spaces
    scratch: pikepdf.Pdf
    """Where inline images become streams like all others."""
    hidden: frozenset[tuple[int, int]] = frozenset()
    fonts: dict[tuple[int, int], Font] = field(default_factory=dict)
    contents: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def font(self, found: Any) -> Font:
        """Return a font, read once."""
        key = found.objgen if found.is_indirect else None
        if key is None:
            return fonts.font(found)
        if key not in self.fonts:
            self.fonts[key] = fonts.font(found)
        return self.fonts[key]

    def content(self, form: Any) -> bytes:
        """Return a form's content; that of small ones is kept, since they come again and again."""
        key = form.objgen
        if key in self.contents:
            return self.contents[key]
        found = streams.unpacked(form, streams.CONTENT)
        if len(found) < 50_000 and len(self.contents) < 400 and key != (0, 0):
            self.contents[key] = found
        return found

    def shown(self, layer: Any) -> bool:
        """Say whether a layer prints; of a membership, any of its layers (ISO 32000-1, 8.11.2.2, the usual policy)."""
        try:
            if "/OCGs" in layer:
                of = layer["/OCGs"]
                members = list(of) if isinstance(of, pikepdf.Array) else [of]
                return not members or any(one.objgen not in self.hidden for one in members)
            return layer.objgen not in self.hidden
        except (TypeError, AttributeError):
            return True


@dataclass(slots=True)
class Budget:
    """How much of a page is still read."""

    operations: int = OPERATIONS
    items: int = ITEMS
    points: int = POINTS


Operator = Callable[["Interpreter", list[Any]], None]


@dataclass(slots=True)
class Interpreter:
    """One content stream after another, with the state that they share."""

    setting: Setting
    scene: Scene
    state: State
    resources: Any
    sink: list[Item]
    table: Mapping[str, Operator]
    """What each operator does."""
    budget: Budget = field(default_factory=Budget)
    depth: int = 0
    stack: list[State] = field(default_factory=list)
    path: list[list[Point]] = field(default_factory=list)
    clipping: str = ""
    """``W`` or ``W*``, until the path is painted."""
    marked: list[bool] = field(default_factory=list)
    """Of each marked-content sequence, whether it hides what is in it."""
    inside: tuple[tuple[int, int], ...] = ()
    """The forms that are being read."""
    matrix: Matrix = IDENTITY
    line: Matrix = IDENTITY
    """The text matrix, and that of the line."""
    base: Matrix = IDENTITY
    """What takes the page's own points to the sheet: patterns hang on it (8.7.3.1)."""
    painted: bool = True
    """Whether colours may be set: not in an uncoloured pattern."""

    def run(self, data: bytes) -> None:
        """Do what a content stream says; what cannot be done is told in the scene, once."""
        budget = self.budget
        for name, operands in tokens.operations(data):
            budget.operations -= 1
            if budget.operations < 0 or budget.items < 0 or budget.points < 0:
                raise TooLongError
            operator = self.table.get(name)
            if operator is None:
                continue
            try:
                operator(self, operands)
            except (ValueError, TypeError, IndexError, KeyError, AttributeError, ArithmeticError) as error:
                self.scene.told(f"{name}: {error}")
            except pikepdf.PdfError as error:
                self.scene.told(f"{name}: {error}")
            except streams.TooMuchError:
                self.scene.told(f"{name}: there is more of it than may be unpacked")
            except streams.UnreadableError as error:
                self.scene.told(f"{name}: cannot be unpacked ({error})")

    def emit(self, item: Item) -> None:
        """Paint a thing, unless its layer does not print or its clip hides all of it."""
        if not any(self.marked) and item.box.right > item.box.left - 1e-9 and item.box.top > item.box.bottom - 1e-9:
            self.budget.items -= 1
            self.sink.append(item)

    def visible(self, box: Box) -> Box | None:
        """Return what the clip leaves of a box."""
        return box.cut(self.state.clip.box)

    def push(self) -> None:
        if len(self.stack) < _STACK:
            self.stack.append(self.state.copy())

    def pop(self) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def resource(self, kind: str, name: Any) -> Any:
        """Return a named resource; raise `ValueError` where it is missing."""
        found = self.resources.get(f"/{kind}") if self.resources is not None else None
        if found is None or f"/{name}" not in found:
            raise ValueError(f"the resources have no {kind} named {name}")
        return found[f"/{name}"]

    @contextmanager
    def nested(self, resources: Any, key: tuple[int, int] | None) -> Iterator[None]:
        """Read a form or pattern within this one; raise `ValueError` where it is within itself."""
        if self.depth >= DEPTH or (key is not None and key != (0, 0) and key in self.inside):
            raise ValueError("stands within itself" if self.depth < DEPTH else "too many forms within forms")
        self.budget.operations -= _FORM
        kept = (self.state, self.stack, self.path, self.clipping, self.resources, self.matrix, self.line)
        inside, marked, base, painted = self.inside, self.marked, self.base, self.painted
        self.state, self.stack, self.path, self.clipping = self.state.copy(), [], [], ""
        self.resources = resources if resources is not None else self.resources
        self.marked = [any(self.marked)]
        self.depth += 1
        self.inside = (*inside, key) if key else inside
        try:
            yield
        finally:
            self.depth -= 1
            self.state, self.stack, self.path, self.clipping, self.resources, self.matrix, self.line = kept
            self.inside, self.marked, self.base, self.painted = inside, marked, base, painted

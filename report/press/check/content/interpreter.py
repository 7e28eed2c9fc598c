"""Read a page's content into the things that it paints. Its operators are in `operators`, `text` and `external`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from report.press.check.content import fonts
from report.press.check.content.budget import DEPTH, ITEMS, POINTS, Budget, SpentError
from report.press.check.content.colour import InkModel
from report.press.check.content.fonts import Font
from report.press.check.content.items import Group, Item, Scene
from report.press.check.content.state import State
from report.press.pdf import streams, tokens
from report.press.pdf.geometry import IDENTITY, Box, Matrix, Point
from report.press.pdf.objects import BROKEN, OddObjectError, entries, shortened
from report.press.pdf.spaces import Spaces

_STACK = 512
_MEMBERS = 100
"""The most layers of a membership that are examined."""
_CONTENTS, _FONTS = 400, 2_000_000
"""The most small contents, and widths of fonts, that are kept."""
_TOKEN, _OPERATOR, _OPERAND, _RESOURCE, _POINT, _ITEM, _NESTED = 1.5, 7, 1.5, 12, 1.5, 35, 150
"""Steps that these cost."""
_LEAST = 100
"""With fewer steps left, reading stops."""


@dataclass(slots=True)
class FileContext:
    """What all pages of a file share: colour spaces, fonts that were read, and the layers that do not print."""

    spaces: Spaces
    ink_model: InkModel
    scratch: pikepdf.Pdf
    """Where inline images become streams like all others."""
    budget: Budget
    hidden: frozenset[tuple[int, int]] = frozenset()
    fonts: dict[tuple[int, int], Font] = field(default_factory=dict)
    contents: dict[tuple[int, int], bytes] = field(default_factory=dict)
    widths: int = 0
    """How many widths of characters the fonts that are kept have."""

    def font(self, source: Any) -> Font:
        """Return a font, read once."""
        key = source.objgen if source.is_indirect else None
        if key is not None and key in self.fonts:
            return self.fonts[key]
        font = fonts.font(source, self.budget.spend)
        self.widths += len(font.widths)
        if self.widths > _FONTS:
            self.fonts.clear()
            self.widths = 0
        if key is not None:
            self.fonts[key] = font
        return font

    def content(self, form: Any) -> bytes:
        """Return a form's content; that of small ones is kept, since they come again and again."""
        key = form.objgen
        if key in self.contents:
            return self.contents[key]
        content = streams.unpacked(form, streams.CONTENT, self.budget.spend)
        if len(content) < 50_000 and len(self.contents) < _CONTENTS and key != (0, 0):
            self.contents[key] = content
        return content

    def shown(self, layer: Any) -> bool:
        """Say whether a layer prints; of a membership, any of its layers (ISO 32000-1, 8.11.2.2, the usual policy)."""
        if not isinstance(layer, pikepdf.Dictionary):
            return True
        of = layer.get("/OCGs")
        if of is None:
            return layer.objgen not in self.hidden
        members = entries(of, _MEMBERS) if isinstance(of, pikepdf.Array) else [of]
        self.budget.spend(2 * len(members))
        return not members or any(getattr(one, "objgen", None) not in self.hidden for one in members)


Operator = Callable[["Interpreter", list[Any]], None]


@dataclass(slots=True)
class Interpreter:
    """One content stream after another, with the state that they share."""

    context: FileContext
    scene: Scene
    state: State
    resources: Any
    sink: list[Item]
    table: Mapping[str, Operator]
    """What each operator does."""
    items: int = ITEMS
    points: int = POINTS
    """How many things, and points of paths, may still be kept."""
    depth: int = 0
    stack: list[State] = field(default_factory=list)
    path: list[list[Point]] = field(default_factory=list)
    clipping: str = ""
    """``W`` or ``W*``, until the path is painted."""
    marked: list[bool] = field(default_factory=list)
    """Of each marked-content sequence, whether it hides what is in it."""
    hiding: int = 0
    """How many of these, and of those around a form, hide what is in them."""
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
        """Execute a content stream within the budget; what cannot be executed is noted in the scene, once."""
        budget = self.context.budget
        for name, operands in tokens.operations(data):
            try:
                budget.spend(_OPERATOR + _OPERAND * len(operands) if name else _TOKEN * operands[0])
                operator = self.table.get(name)
                if operator is not None:
                    operator(self, operands)
            except SpentError:
                self.scene.unread = True
                if budget.left < _LEAST:
                    return
            except OddObjectError as error:
                self.scene.note_problem(f"{name}: {error}")
            except streams.TooMuchError:
                self.scene.unread = True
            except BROKEN:
                self.scene.note_problem(f"{name}: its operands, or what they name, are malformed")

    def add_points(self, count: int) -> None:
        """Note that a path has more points; raise `SpentError` where there are too many."""
        self.points -= count
        self.context.budget.spend(_POINT * count)
        if self.points < 0:
            raise SpentError

    def emit(self, item: Item) -> None:
        """Paint a thing, unless its layer does not print or its clip hides all of it."""
        if not self.hiding and item.box.right > item.box.left - 1e-9 and item.box.top > item.box.bottom - 1e-9:
            if not isinstance(item, Group):  # what is in it was paid for
                self.context.budget.spend(_ITEM)
                self.items -= 1
            if self.items < 0:
                raise SpentError
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
        """Return a named resource; raise `OddObjectError` where it is missing."""
        self.context.budget.spend(_RESOURCE)
        named = self.resources.get(f"/{kind}") if self.resources is not None else None
        value = named.get(f"/{name}") if isinstance(named, pikepdf.Dictionary) else None
        if value is None:
            raise OddObjectError(f"the resources have no {kind} named {shortened(name)}")
        return value

    @contextmanager
    def nested(self, resources: Any, key: tuple[int, int] | None) -> Iterator[None]:
        """Read a form or pattern within this one; raise `OddObjectError` where it is within itself."""
        if key is not None and key != (0, 0) and key in self.inside:
            raise OddObjectError("contains itself")
        if self.depth >= DEPTH:
            self.scene.unread = True
            raise OddObjectError("too many forms within forms")
        self.context.budget.spend(_NESTED)
        saved = (self.state, self.stack, self.path, self.clipping, self.resources, self.matrix, self.line)
        inside, marked, hiding, base, painted = self.inside, self.marked, self.hiding, self.base, self.painted
        self.state, self.stack, self.path, self.clipping = self.state.copy(), [], [], ""
        self.resources = resources if isinstance(resources, pikepdf.Dictionary) else self.resources
        self.marked = []
        self.depth += 1
        self.inside = (*inside, key) if key else inside
        try:
            yield
        finally:
            self.depth -= 1
            self.state, self.stack, self.path, self.clipping, self.resources, self.matrix, self.line = saved
            self.inside, self.marked, self.hiding, self.base, self.painted = inside, marked, hiding, base, painted

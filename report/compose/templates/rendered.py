"""A template and its values become HTML. Which figures it prints is known only then, and some templates ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import Environment

from report.compose.templates.citations import Citations
from report.compose.templates.environment import render

_PASSES = 4
"""A list that is printed may bring others with it."""


class Printed(frozenset[str]):
    """The figures that a document prints, and those that a template `asked` for; whoever goes through all asks for all."""

    asked: set[str]

    def __new__(cls, ids: Iterable[str] = ()) -> Printed:
        made = super().__new__(cls, ids)
        made.asked = set()
        return made

    def all(self) -> frozenset[str]:
        """Return the ids, asking for none."""
        return frozenset(super().__iter__())

    def __contains__(self, id_: object) -> bool:
        self.asked.add(str(id_))
        return super().__contains__(id_)

    def __iter__(self) -> Iterator[str]:
        self.asked |= self.all()
        return super().__iter__()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __hash__(self) -> int:
        return super().__hash__()


def _asking_for_all(name: str) -> Callable[..., Any]:
    """Return an operator of sets that notes what it looks at: those of Python's own sets ask nobody."""

    def asking(self: Printed, *others: Any) -> Any:
        self.asked |= self.all()
        return getattr(self.all(), name)(*others)

    return asking


_OPERATORS = ("and", "rand", "or", "ror", "sub", "rsub", "xor", "rxor", "eq", "ne", "lt", "le", "gt", "ge")
for _name in (*_OPERATORS, "repr"):
    setattr(Printed, f"__{_name}__", _asking_for_all(f"__{_name}__"))


def rendered(made: Environment, template: str, values: dict[str, Any], citations: Citations) -> str:
    """Render a template; again, where figures or sources that it asked for are others than those that it printed: only then are they known."""
    for _ in range(_PASSES):
        html = render(made, template, {**values, **citations.values()})
        printed = Printed(
            id_ for id_, figure in values["figures"].items() if any(f'"{p.src}"' in html for p in figure.parts)
        )
        wrong = (values["printed"].all() ^ printed.all()) & values["printed"].asked
        if not (citations.settle(html) or wrong):
            break
        values = {**values, "printed": printed}
    return html

"""A template and its values become HTML. Which figures it prints is known only then, and some templates use that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import Environment

from report.compose.templates.citations import Citations
from report.compose.templates.environment import render

_PASSES = 4
"""A list that is printed may bring others with it."""


class PrintedFigures(frozenset[str]):
    """The ids of the figures that a document prints, and those that a template `used`; whoever goes through all uses all."""

    used: set[str]

    def __new__(cls, ids: Iterable[str] = ()) -> PrintedFigures:
        figures = super().__new__(cls, ids)
        figures.used = set()
        return figures

    def all(self) -> frozenset[str]:
        """Return the ids, using none."""
        return frozenset(super().__iter__())

    def __contains__(self, id_: object) -> bool:
        self.used.add(str(id_))
        return super().__contains__(id_)

    def __iter__(self) -> Iterator[str]:
        self.used |= self.all()
        return super().__iter__()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __hash__(self) -> int:
        return super().__hash__()


def _using_all(name: str) -> Callable[..., Any]:
    """Return an operator of sets that notes that all was used, which those of Python's own sets would not."""

    def operator(self: PrintedFigures, *others: Any) -> Any:
        self.used |= self.all()
        return getattr(self.all(), name)(*others)

    return operator


for _name in "and rand or ror sub rsub xor rxor eq ne lt le gt ge repr".split():
    setattr(PrintedFigures, f"__{_name}__", _using_all(f"__{_name}__"))


def rendered(environment: Environment, template: str, values: Mapping[str, Any], citations: Citations) -> str:
    """Render a template; again, where figures or sources that it used are others than those that it printed: only then are they known."""
    assumed: PrintedFigures = values["printed"]
    for _ in range(_PASSES):
        html = render(environment, template, {**values, **citations.values(), "printed": assumed})
        figures = values["figures"].items()
        printed = PrintedFigures(id_ for id_, one in figures if any(f'"{part.src}"' in html for part in one.parts))
        if not (citations.settle(html) or (assumed.all() ^ printed.all()) & assumed.used):
            break
        assumed = printed
    return html

"""An answer to one place of a form: text, rows of answers, or a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from report.compose.told import Refused
from report.model.suggestions import nearest

_TRUE, _FALSE = ("true", "yes", "on", "1", "x", "☒", "да"), ("false", "no", "off", "0", "", "☐", "не")


class Unlisted(Refused):
    """A value that the form's list does not have."""

    def __init__(self, said: str, options: Sequence[str]):
        known = [option for option in options if option]
        super().__init__(f"the form's list has no '{said[:60]}'", nearest(said, known, "it has"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is written. `records` are rows, each a record of answers by column; `show` draws a picture into a control."""

    text: str = ""
    records: tuple[Mapping[str, Answer], ...] | None = None
    show: Callable[[Any], None] = field(default=lambda content: None)

    @property
    def ticked(self) -> bool:
        """Return whether a box is ticked; raise `Refused` for what is neither true nor false."""
        word = self.text.strip().lower()
        if word not in _TRUE + _FALSE:
            raise Refused(f"a checkbox is true or false, not '{self.text[:40]}'", "write true or false")
        return word in _TRUE

    def rows(self, columns: Sequence[str]) -> tuple[Mapping[str, Answer], ...]:
        """Return the rows, whose columns the place must have; raise `Refused` for text, or a column that is not there."""
        if self.records is None:
            raise Refused("rows are needed here: a list of records", f"each with {', '.join(columns)}")
        if not self.records:
            raise Refused("there is no row to write", "leave the field out, or give it at least one")
        for row in self.records:
            for name in row:
                if name not in columns:
                    raise Refused(f"the form's rows have no '{name}'", nearest(name, columns, "they have"))
        return self.records

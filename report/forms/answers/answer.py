"""An answer to one field of a form: text, rows of answers, or a picture; and why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from report.formats.ooxml import Element
from report.model.suggestions import nearest

_TRUE, _FALSE = ("true", "yes", "on", "1", "x", "☒", "да"), ("false", "no", "off", "0", "", "☐", "не")


class AnswerError(Exception):
    """A field cannot be answered in this way; says what is wrong and what to do."""

    def __init__(self, message: str, hint: str | None = None):
        super().__init__(message)
        self.message, self.hint = message, hint


class MissingAnswer(AnswerError):
    """The facts do not answer the field."""


class NotAnOption(AnswerError):
    """The form's list does not offer this answer."""

    def __init__(self, text: str, options: Sequence[str]):
        offered = [option for option in options if option]
        super().__init__(f"the form's list has no '{text[:60]}'", nearest(text, offered, "it has"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is written into a field. `records` are rows of answers by column; `draw` puts a picture into a content control."""

    text: str = ""
    records: tuple[Mapping[str, Answer], ...] | None = None
    draw: Callable[[Element], None] = field(default=lambda content: None)

    @property
    def checked(self) -> bool:
        """Return whether a checkbox is checked; raise `AnswerError` for an answer that is neither true nor false."""
        word = self.text.strip().lower()
        if word not in _TRUE + _FALSE:
            raise AnswerError(f"a checkbox is true or false, not '{self.text[:40]}'", "write true or false")
        return word in _TRUE

    def rows(self, columns: Sequence[str]) -> tuple[Mapping[str, Answer], ...]:
        """Return the rows; raise `AnswerError` where the answer has none, or one has a column that is not among `columns`."""
        if self.records is None:
            raise AnswerError("rows are needed here: a list of records", f"each with {', '.join(columns)}")
        if not self.records:
            raise AnswerError("there is no row to write", "leave the field out, or give it at least one")
        for name in (name for row in self.records for name in row if name not in columns):
            raise AnswerError(f"the form's rows have no '{name}'", nearest(name, columns, "they have"))
        return self.records

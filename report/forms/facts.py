"""What a form's map may name: the facts of `report.compose.told`, as answers to one place or as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from report.compose import told
from report.compose.told import Refused, Unanswered, names, resolve, tree
from report.forms.answer import Answer
from report.profiles.limits import Counter, Limit

__all__ = ["Teller", "Unanswered", "names", "resolve", "tree"]


class Teller(told.Teller):
    """Writes facts as answers in one language, and lists as rows."""

    def rows(self, values: Any, columns: Mapping[str, str], limit: Limit | None = None) -> Answer:
        """Return a row for each of a list of records; `columns` say which fact, or facts with commas between, each column shows."""
        if not isinstance(values, tuple | list):
            raise Refused(
                "this is not a list of records", "name a list, such as affiliations or organisation.registrations"
            )
        if not values:
            raise Unanswered("the list is empty", "add records to the facts, or remove it from the map")
        return Answer(records=tuple(self._row(value, columns, limit) for value in values))

    def _row(self, value: Any, columns: Mapping[str, str], limit: Limit | None) -> dict[str, Answer]:
        made: dict[str, Answer] = {}
        for column, paths in columns.items():
            told = [said for path in paths.split(",") if (said := self._cell(value, path.strip(), limit))]
            made[column] = Answer(", ".join(told) or "–")
        return made

    def _cell(self, value: Any, path: str, limit: Limit | None) -> str:
        try:
            return self.counted(resolve(value, path), limit, name=path.rpartition(".")[2]).text
        except Unanswered:
            return ""


def longest(answer: Answer, limit: Limit | None) -> Counter | None:
    """Return the longest cell of an answer's rows, held against the limit of each."""
    texts = [cell.text for row in answer.records or () for cell in row.values()] if limit else []
    counted = [Counter(text, "cell", limit.count(text), limit) for text in texts] if limit else []
    return max(counted, key=lambda counter: counter.used, default=None)

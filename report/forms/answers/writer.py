"""Write facts as answers: one as text within a limit, a list as rows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from pydantic import BaseModel

from report.compose.views.actions import PartnerView
from report.compose.views.context import AffiliationView
from report.forms.answers.answer import Answer, AnswerError, MissingAnswer
from report.forms.answers.facts import fact_names, resolve
from report.language.writer import Writer
from report.model.dates import PartialDate
from report.model.dossier import YearFacts
from report.model.text import Passage, Text
from report.profiles.limits import Counter, Limit, fit


class AnswerWriter:
    """Writes facts as answers in one language."""

    def __init__(self, writer: Writer):
        self._writer = writer

    def counted(self, value: object, limit: Limit | None, iso: bool = False, name: str = "") -> Counter:
        """Return a fact as text with its length against a limit: of a passage, the longest variant that fits.

        `iso` writes days as 2026-09-30, for a form's date field. `name` is the fact's last name: a country's code is spelled out.
        Raise `MissingAnswer` where there is nothing in this language.
        """
        if isinstance(value, Text | Passage):
            language = self._writer.language
            if (counter := fit(value, language, limit)) is None:
                raise MissingAnswer(f"the text is missing in '{language}'", "add the translation to the facts")
            return counter
        text = self._plain(value, iso, name)
        if not text:
            raise MissingAnswer("the facts do not say it", "add it to the facts, or remove it from the map")
        return Counter(text, "full", limit.count(text) if limit else len(text), limit)

    def rows(self, values: object, columns: Mapping[str, str], limit: Limit | None = None) -> Answer:
        """Return a row for each of a list of records; `columns` name the fact that each shows, or several with commas between."""
        if not isinstance(values, tuple | list):
            hint = "name a list, such as affiliations or organisation.registrations"
            raise AnswerError("this is not a list of records", hint)
        if not values:
            raise MissingAnswer("the list is empty", "add records to the facts, or remove it from the map")
        return Answer(
            records=tuple(
                {column: self._cell(value, paths, limit) for column, paths in columns.items()} for value in values
            )
        )

    def _cell(self, record: object, paths: str, limit: Limit | None) -> Answer:
        texts = []
        for path in map(str.strip, paths.split(",")):
            try:
                texts.append(self.counted(resolve(record, path), limit, name=path.rpartition(".")[2]).text)
            except MissingAnswer:
                continue
        return Answer(", ".join(filter(None, texts)) or "–")

    def printed(self, value: object) -> object:
        """Return what a template prints for a value: facts as they are written elsewhere, a dash where there are none."""
        match value:
            case Text() | Passage():
                return self.counted(value, None).text
            case None:
                return "–"
            case PartialDate() | datetime.date() | Decimal():
                return self._plain(value, False, "")
            case tuple() | list() | BaseModel() | AffiliationView() | PartnerView() | YearFacts():
                return self._plain(value, False, "") or "–"
        return value

    def _plain(self, value: object, iso: bool, name: str) -> str:
        match value:
            case None | () | "":
                return ""
            case bool():
                return "true" if value else "false"
            case datetime.date():
                return value.isoformat() if iso else self._writer.date(value)
            case PartialDate():
                return str(value) if iso else self._writer.date(value)
            case int() | Decimal():
                return self._writer.number(value)
            case str():
                return self._writer.country(value) if name in ("country", "nationality", "represents") else value
            case Text() | Passage():
                return self._writer.plain(value.longest if isinstance(value, Passage) else value)
            case tuple() | list():
                return "; ".join(self._plain(each, iso, name) for each in value)
        names = fact_names(value)
        title = next((name for name in ("name", "text", "title", "label") if name in names), None)
        if title is None:
            raise AnswerError("this is a record, not a text", f"name one of its facts: {', '.join(names[:20])}")
        return self._plain(getattr(value, title), iso, name)


def longest_cell(answer: Answer, limit: Limit | None) -> Counter | None:
    """Return the longest cell of an answer's rows, against the limit of each."""
    if limit is None:
        return None
    texts = [cell.text for row in answer.records or () for cell in row.values()]
    counters = [Counter(text, "cell", limit.count(text), limit) for text in texts]
    return max(counters, key=lambda counter: counter.used, default=None)

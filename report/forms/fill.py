"""Fill a form by its map: every field is filled, reported as open, or refused at its line; with an error nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Undefined

from report.formats.ooxml import Element
from report.forms import pictures, template
from report.forms.answers import facts, grant_roles
from report.forms.answers.answer import Answer, AnswerError, MissingAnswer
from report.forms.answers.writer import AnswerWriter, longest_cell
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.families import fill_field, find_fields
from report.forms.fields.field import WordField
from report.forms.form_map import FieldMapping, FormMap
from report.forms.word import package, text_boxes
from report.forms.word.form import Form
from report.language.writer import Writer
from report.model.dossier import Dossier
from report.model.suggestions import Hinter, nearest
from report.model.unreadable import with_placeholders
from report.profiles.limits import Counter, Limit
from report.profiles.pages import PageRules
from report.source import SourceFile
from report.values import Location, Problem, ReportError, Severity


@dataclass(frozen=True, slots=True)
class FilledField:
    """A field of a filled form: its answer with its length against its limit, or the reason why there is none."""

    address: str
    near: str
    answer: str | None
    counter: Counter | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled form; `content` is None where there is an error. `characters` are those of all its text."""

    content: bytes | None
    fields: tuple[FilledField, ...]
    problems: tuple[Problem, ...]
    rules: PageRules | None = None
    rules_at: Location | None = None
    characters: int = 0


@dataclass(frozen=True, slots=True)
class FactSource:
    """Whose facts answer the fields, in which language, for which action. Without an organisation, a map gives words alone."""

    dossier: Dossier | None
    folder: Path
    language: str = "en"
    action: str | None = None


def fill(form: Form, form_map: FormMap, map_file: SourceFile, source: FactSource) -> FilledForm:
    """Fill an open form; mistakes in the map, and facts that are missing, are among the problems."""
    return _Filling(form, form_map, map_file, source).result()


class _Filling:
    """One run over a map."""

    def __init__(self, form: Form, form_map: FormMap, map_file: SourceFile, source: FactSource):
        self._form, self._map, self._map_file, self._source = form, form_map, map_file, source
        form.as_document()
        self._is_template = template.has_tags(form)
        self._fields = {field.address: field for field in find_fields(form)}
        self._bindings = DataBindings(form)
        self._writer = Writer(source.language)
        self._answer_writer = AnswerWriter(self._writer)
        self._problems: list[Problem] = []
        self._facts = self._named_facts(source.dossier) if source.dossier else {}
        self._tag_answers: dict[str, str] = {}
        self._filled: list[Element] = []

    def _named_facts(self, dossier: Dossier) -> dict[str, Any]:
        action = self._map.action
        if action and action not in (known := [one.id for one in with_placeholders(dossier).actions]):
            hint = nearest(action, known, "available:") or "remove it from the map"
            where = self._map_file.locate(("action",))
            self._problems.append(
                Problem(Severity.ERROR, "form.action", f"{dossier.id} has no action '{action}'", where, hint)
            )
        return facts.named_facts(dossier, self._map.year, action or self._source.action)

    def result(self) -> FilledForm:
        self._check_fingerprint()
        hinter, fields = Hinter(), []
        for index, mapping in enumerate(self._map.fields):
            if field := self._fields.get(mapping.address):
                fields.append(self._fill(index, mapping, field))
            else:
                hint = hinter.nearest(mapping.address, tuple(self._fields), "the form has")
                message = f"the form has no field '{mapping.address}'"
                self._report(index, Severity.ERROR, "form.unmatched", message, hint)
        text_boxes.renew(self._filled)
        self._report_unmapped()
        content = None
        if not self._has_errors():
            try:
                content = self._content()
            except ReportError as error:
                self._problems += error.problems
        return FilledForm(
            content=None if self._has_errors() else content,
            fields=tuple(fields),
            problems=tuple(self._problems),
            rules=self._map.rules,
            rules_at=self._map_file.locate(("rules",)),
        )

    def _has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self._problems)

    def _check_fingerprint(self) -> None:
        if self._map.sha256 and self._map.sha256 != hashlib.sha256(self._form.path.read_bytes()).hexdigest():
            where = self._map_file.locate(("sha256",))
            message = f"{self._form.path.name} is not the file that this map was made for"
            hint = "make a new map of it and compare, or remove sha256 from the map"
            self._problems.append(Problem(Severity.WARNING, "form.changed", message, where, hint))

    def _fill(self, index: int, mapping: FieldMapping, field: WordField) -> FilledField:
        if mapping.near and field.family in ("cell", "table", "prompt") and mapping.near != field.near:
            message = (
                f"{mapping.address} is now next to “{field.near[:60]}”; the map was made for “{mapping.near[:60]}”"
            )
            self._report(index, Severity.ERROR, "form.moved", message, "make a new map of the form")
            return FilledField(field.address, field.near, None, reason=message)
        if not mapping.is_answered and field.locked:
            return FilledField(field.address, field.near, None, reason="the funder fills it")
        try:
            answer, counter = self._answer(mapping, field)
            self._check_length(index, counter)
            if field.family == "tag":
                self._tag_answers[field.name] = answer.text
            else:
                fill_field(field, template.literal(answer) if self._is_template else answer, self._bindings)
                self._filled.append(field.element)
                self._form.changed.add(field.part)
        except MissingAnswer as missing:
            severity = Severity.NOTE if mapping.optional else Severity.WARNING
            message = f"{field.address} (“{field.near[:60]}”) is not filled: {missing.message}"
            self._report(index, severity, "form.open", message, missing.hint)
            return FilledField(field.address, field.near, None, reason=missing.message)
        except AnswerError as refusal:
            message = f"{field.address}: {refusal.message}"
            self._report(index, Severity.ERROR, "form.answer", message, refusal.hint)
            return FilledField(field.address, field.near, None, reason=refusal.message)
        shown = f"{len(answer.records)} rows" if answer.records is not None else answer.text
        return FilledField(field.address, field.near, shown, counter)

    def _answer(self, mapping: FieldMapping, field: WordField) -> tuple[Answer, Counter | None]:
        limit = mapping.limit or (Limit(characters=field.limit) if field.limit else None)
        if not mapping.is_answered:
            raise MissingAnswer("the map gives no answer", "give it a fact, a value or rows")
        if mapping.picture is not None:
            return pictures.answer(self._form, field, self._source.folder, mapping.picture, mapping.alt or ""), None
        if mapping.rows is not None:
            grant_roles.check_role(mapping.rows, f"{field.near} {' '.join(field.columns)}")
            columns = {name: path for name, path in (mapping.columns or {}).items() if path}
            answer = self._answer_writer.rows(facts.resolve(self._facts, mapping.rows), columns, limit)
            return answer, longest_cell(answer, limit)
        if isinstance(mapping.value, tuple):
            answer = Answer(records=tuple({name: Answer(words) for name, words in r.items()} for r in mapping.value))
            return answer, longest_cell(answer, limit)
        if mapping.value is not None:
            used = limit.count(mapping.value) if limit else len(mapping.value)
            return Answer(mapping.value), Counter(mapping.value, "value", used, limit)
        if not self._facts:
            message = "a fact is asked for, and no organisation was named"
            raise AnswerError(message, "name one: report form fill FORM MAP ORG")
        path = mapping.fact or ""
        value = facts.resolve(self._facts, path)
        counter = self._answer_writer.counted(value, limit, field.kind == "date", path.rpartition(".")[2])
        return Answer(counter.text), counter

    def _check_length(self, index: int, counter: Counter | None) -> None:
        if counter is None or counter.fits or counter.limit is None:
            return
        limit, address = counter.limit, self._map.fields[index].address
        message = (
            f"{address} ({self._source.language}): {counter.used} {limit.unit}, {counter.used - limit.most} more than "
            f"the {limit.most} that the form accepts"
        )
        severity = Severity.WARNING if counter.tolerated else Severity.ERROR
        self._report(index, severity, "form.long", message, "give the fact a shorter variant:  short: …")

    def _report(self, index: int, severity: Severity, code: str, message: str, hint: str | None) -> None:
        where = self._map_file.locate(("fields", index, "address"))
        self._problems.append(Problem(severity, code, message, where, hint))

    def _report_unmapped(self) -> None:
        mapped = {mapping.address for mapping in self._map.fields}
        for address, field in self._fields.items():
            if address not in mapped and not field.locked and field.family != "tag":
                message = f"{field.at}: {address} (“{field.near[:60]}”) is not in the map, and stays as it is"
                where = Location(self._form.path)
                self._problems.append(Problem(Severity.NOTE, "form.unmapped", message, where, "add it to the map"))

    def _content(self) -> bytes:
        content = self._form.content()
        if not self._is_template:
            package.opened(self._form.path, content)  # an answer may replace what kept a field harmless
            return content
        environment = template.environment(self._printed, self._writer.filters())
        self._problems += template.problems(self._form, content, environment)
        if left := list(template.unrendered(self._form)):
            message = f"tags remain where they are not rendered: {', '.join(left[:5])}"
            hint = "move them into the text, a header, a footer or a footnote"
            self._problems.append(Problem(Severity.ERROR, "form.template", message, Location(self._form.path), hint))
        if self._has_errors():
            return content
        values = {**self._facts, **_top_level(self._tag_answers)}
        return template.render(self._form, content, values, environment, self._source.folder)

    def _printed(self, value: Any) -> Any:
        """Return facts as text where a template prints them."""
        return value if isinstance(value, Undefined) else self._answer_writer.printed(value)


def _top_level(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to simple names; those with points would shadow facts, and are left to them."""
    return {name: answer for name, answer in answers.items() if "." not in name and "[" not in name}

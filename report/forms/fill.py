"""Fill a form by its map: every entry is answered, told of, or refused at its line; nothing is written where one is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Undefined

from report.formats.ooxml import Element
from report.forms import pictures, template
from report.forms.answers import facts, grant_roles
from report.forms.answers.answer import Answer, AnswerError, MissingAnswer
from report.forms.answers.writer import AnswerWriter, longest_cell
from report.forms.fields import bookmarks, cells, controls, legacy, prompts
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.families import find_fields
from report.forms.fields.field import Place
from report.forms.form_map import Entry, FormMap
from report.forms.word import package, text_boxes
from report.forms.word.package import Form
from report.language.writer import Writer
from report.model.dossier import Dossier
from report.model.suggestions import Hinter, nearest
from report.model.unreadable import with_placeholders
from report.profiles.limits import Counter, Limit
from report.profiles.pages import PageRules
from report.source import SourceFile
from report.values import Location, Problem, ReportError, Severity

_FILL = {
    "control": controls.fill,
    "legacy": legacy.fill,
    "cell": cells.fill,
    "table": cells.fill,
    "bookmark": bookmarks.fill,
    "prompt": prompts.fill,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one place: the answer, how long it is against its limit, or why there is none."""

    address: str
    near: str
    answer: str | None
    counter: Counter | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form; `content` is None where an error stands in its way. `characters` are those of all its text."""

    content: bytes | None
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    rules: PageRules | None = None
    rules_at: Location | None = None
    characters: int = 0


@dataclass(frozen=True, slots=True)
class FactSource:
    """Whose facts are told, in which language, for which action. Without an organisation, a map gives words alone."""

    dossier: Dossier | None
    folder: Path
    language: str = "en"
    action: str | None = None


def fill(form: Form, formmap: FormMap, source: SourceFile, telling: FactSource) -> Filled:
    """Fill an open form; raise nothing for what the map or the facts lack: it is among the problems."""
    return _Filling(form, formmap, source, telling).filled()


class _Filling:
    """One run over a map."""

    def __init__(self, form: Form, formmap: FormMap, source: SourceFile, telling: FactSource):
        self._form, self._map, self._source, self._telling = form, formmap, source, telling
        form.as_document()
        self._tagged = template.has_tags(form)
        self._places = {place.address: place for place in find_fields(form)}
        self._bindings = DataBindings(form)
        self._writer = Writer(telling.language)
        self._teller = AnswerWriter(self._writer)
        self._problems: list[Problem] = []
        self._facts = self._tree(telling.dossier) if telling.dossier else {}
        self._outcomes: list[Outcome] = []
        self._words: dict[str, Any] = {}
        self._written: list[Element] = []

    def _tree(self, dossier: Dossier) -> dict[str, Any]:
        known = [one.id for one in with_placeholders(dossier).actions] if self._map.action else []
        if self._map.action and self._map.action not in known:
            hint = nearest(self._map.action, known, "available:") or "remove it from the map"
            where = self._source.locate(("action",))
            message = f"{dossier.id} has no action '{self._map.action}'"
            self._problems.append(Problem(Severity.ERROR, "form.action", message, where, hint))
        return facts.named_facts(dossier, self._map.year, self._map.action or self._telling.action)

    def filled(self) -> Filled:
        self._check_form()
        hinter, known = Hinter(), tuple(self._places)
        for index, entry in enumerate(self._map.fields):
            place = self._places.get(entry.address)
            if place is None:
                hint = hinter.nearest(entry.address, known, "the form has")
                self._tell(index, Severity.ERROR, "form.unmatched", f"the form has no place '{entry.address}'", hint)
                continue
            self._outcomes.append(self._one(index, entry, place))
        text_boxes.renew(self._written)
        self._tell_of_unfilled()
        content = None
        if not self._wrong():
            try:
                content = self._rendered()
            except ReportError as error:
                self._problems += error.problems
        return Filled(
            content=None if self._wrong() else content,
            outcomes=tuple(self._outcomes),
            problems=tuple(self._problems),
            rules=self._map.rules,
            rules_at=self._source.locate(("rules",)),
        )

    def _wrong(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self._problems)

    def _check_form(self) -> None:
        found = hashlib.sha256(self._form.path.read_bytes()).hexdigest()
        if self._map.sha256 and self._map.sha256 != found:
            where = self._source.locate(("sha256",))
            message = f"{self._form.path.name} is not the file that this map was made of"
            hint = "make a new map of it and compare, or remove sha256 from the map"
            self._problems.append(Problem(Severity.WARNING, "form.changed", message, where, hint))

    def _one(self, index: int, entry: Entry, place: Place) -> Outcome:
        if entry.near and place.family in ("cell", "table", "prompt") and entry.near != place.near:
            message = f"{entry.address} is now next to “{place.near[:60]}”; the map was made for “{entry.near[:60]}”"
            self._tell(index, Severity.ERROR, "form.moved", message, "make a new map of the form")
            return Outcome(place.address, place.near, None, reason=message)
        if not entry.answered and place.locked:
            return Outcome(place.address, place.near, None, reason="the funder fills it")
        if not entry.answered:
            return self._open(index, entry, place, "the map gives no answer", "give it a fact, a value or rows")
        try:
            answer, counter = self._answer(entry, place)
            self._measure(index, counter)
            if place.family == "tag":
                self._words[place.name] = answer.text
            else:
                _FILL[place.family](place, template.literal(answer) if self._tagged else answer, self._bindings)
                self._written.append(place.element)
                self._form.changed.add(place.part)
        except MissingAnswer as refusal:
            return self._open(index, entry, place, refusal.message, refusal.hint)
        except AnswerError as refusal:
            self._tell(index, Severity.ERROR, "form.answer", f"{place.address}: {refusal.message}", refusal.hint)
            return Outcome(place.address, place.near, None, reason=refusal.message)
        return Outcome(place.address, place.near, _told(answer), counter)

    def _open(self, index: int, entry: Entry, place: Place, why: str, hint: str | None) -> Outcome:
        severity = Severity.NOTE if entry.optional else Severity.WARNING
        self._tell(index, severity, "form.open", f"{place.address} (“{place.near[:60]}”) is not filled: {why}", hint)
        return Outcome(place.address, place.near, None, reason=why)

    def _answer(self, entry: Entry, place: Place) -> tuple[Answer, Counter | None]:
        limit = entry.limit or (Limit(characters=place.limit) if place.limit else None)
        if entry.picture is not None:
            return pictures.answer(self._form, place, self._telling.folder, entry.picture, entry.alt or ""), None
        if entry.rows is not None:
            grant_roles.check_role(entry.rows, f"{place.near} {' '.join(place.columns)}")
            columns = {name: path for name, path in (entry.columns or {}).items() if path}
            answer = self._teller.rows(facts.resolve(self._facts, entry.rows), columns, limit)
            return answer, longest_cell(answer, limit)
        if isinstance(entry.value, tuple):
            answer = Answer(records=tuple({name: Answer(said) for name, said in row.items()} for row in entry.value))
            return answer, longest_cell(answer, limit)
        if entry.value is not None:
            used = limit.count(entry.value) if limit else len(entry.value)
            counter = Counter(entry.value, "value", used, limit)
            return Answer(entry.value), counter
        if not self._facts:
            raise AnswerError(
                "a fact is asked for, and no organisation was named", "name one: report form fill FORM MAP ORG"
            )
        path = entry.fact or ""
        value = facts.resolve(self._facts, path)
        counter = self._teller.counted(value, limit, place.kind == "date", path.rpartition(".")[2])
        return Answer(counter.text), counter

    def _measure(self, index: int, counter: Counter | None) -> None:
        if counter is None or counter.fits or counter.limit is None:
            return
        over = -(counter.room or 0)
        message = (
            f"{counter.used} {counter.limit.unit}, {over} more than the {counter.limit.most} that the form accepts"
        )
        severity = Severity.WARNING if counter.tolerated else Severity.ERROR
        self._tell(index, severity, "form.long", f"{self._map.fields[index].address} ({self._telling.language}): {message}",
                   "give the fact a shorter variant:  short: …")  # fmt: skip

    def _tell(self, index: int, severity: Severity, code: str, message: str, hint: str | None) -> None:
        where = self._source.locate(("fields", index, "address"))
        self._problems.append(Problem(severity, code, message, where, hint))

    def _tell_of_unfilled(self) -> None:
        mapped = {entry.address for entry in self._map.fields}
        for address, place in self._places.items():
            if address not in mapped and not place.locked and place.family != "tag":
                message = f"{place.at}: {address} (“{place.near[:60]}”) is not in the map, and stays as it is"
                self._problems.append(Problem(Severity.NOTE, "form.unmapped", message, Location(self._form.path), "add it to the map"))  # fmt: skip

    def _rendered(self) -> bytes:
        content = self._form.content()
        if not self._tagged:
            package.check(self._form.path, content)  # an answer may take the place of what kept a field harmless
            return content
        made = template.environment(self._finalize, self._writer.filters())
        self._problems += template.problems(self._form, content, made)
        if left := template.unrendered(self._form):
            message = f"tags remain where they are not rendered: {', '.join(left[:5])}"
            hint = "move them into the text, a header, a footer or a footnote"
            self._problems.append(Problem(Severity.ERROR, "form.template", message, Location(self._form.path), hint))
        if self._wrong():
            return content
        return template.render(self._form, content, {**self._facts, **_nested(self._words)}, made, self._telling.folder)

    def _finalize(self, value: Any) -> Any:
        """Write facts as text where a template prints them."""
        return value if isinstance(value, Undefined) else self._teller.printed(value)


def _told(answer: Answer) -> str:
    return f"{len(answer.records)} rows" if answer.records is not None else answer.text


def _nested(words: Mapping[str, str]) -> dict[str, Any]:
    """Return words by the first step of their names; those with points would shadow facts, and are left to them."""
    return {name: said for name, said in words.items() if "." not in name and "[" not in name}


def summary(outcomes: Iterable[Outcome]) -> tuple[int, int]:
    """Return how many places were filled, and how many there are."""
    listed = list(outcomes)
    return sum(o.answer is not None for o in listed), len(listed)

"""Counters: every field of a funder's profile, what answers it, and how much of its limit is used."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from report.compose.views.actions import GRANTED
from report.forms.answers.answer import AnswerError, MissingAnswer
from report.forms.answers.facts import named_facts, resolve
from report.forms.answers.writer import AnswerWriter
from report.language.writer import Writer
from report.model.document import Call
from report.model.dossier import Dossier
from report.model.passages import one_line
from report.model.text import LENGTHS, Passage, Text
from report.model.unreadable import UnreadableFacts
from report.profiles.funder import FormField
from report.profiles.limits import Counter
from report.profiles.load import Funder
from report.values import Location, Problem, ReportError, Severity

_FILES: Mapping[str, str] = {**dict.fromkeys(GRANTED, "affiliations"), "indicators": "programmes"}
"""The file that holds facts with another name."""


def applied_for(dossier: Dossier, call: Call) -> str | None:
    """Return the action that a call is for: that of its documents, the first that has one."""
    return next((one.action for one in dossier.documents if one.id in call.documents and one.action), None)


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """A field in one language: its counter, or why there is none."""

    field: FormField
    language: str
    counter: Counter | None
    reason: str | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class FieldAnswers:
    """A funder's profile held against the facts: a row for each field and language."""

    funder: Funder
    year: int | None
    rows: tuple[FieldAnswer, ...]
    call: str | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(dict.fromkeys(row.problem for row in self.rows if row.problem))


def languages(funder: Funder, dossier: Dossier) -> tuple[str, ...]:
    """Return the organisation's languages that the funder accepts; where it accepts none of them, the first."""
    accepted = funder.profile.document.languages if funder.profile.document else ()
    own = dossier.organisation.languages
    return tuple(language for language in own if not accepted or language in accepted) or own[:1]


def count(
    funder: Funder, dossier: Dossier, languages: tuple[str, ...], year: int | None = None
) -> tuple[FieldAnswers, ...]:
    """Answer a funder's fields with the facts of `year`, or of the latest, once for each call of the profile, or once without.

    What a call answers comes first.
    """
    calls = [one for one in dossier.calls if one.profile == funder.id]
    return tuple(of_call(funder, dossier, languages, call, year) for call in calls or (None,))


def of_call(
    funder: Funder, dossier: Dossier, languages: tuple[str, ...], call: Call | None, year: int | None = None
) -> FieldAnswers:
    """Answer a funder's fields for one call, or for none."""
    counting = _Counting(funder, dossier, call, year)
    rows = tuple(counting.row(field, language) for language in languages for field in funder.profile.fields)
    shown = year if year is not None else max(dossier.years, default=None)
    return FieldAnswers(funder, shown, rows, call.id if call else None)


class _Counting:
    """One run over the fields of a profile."""

    def __init__(self, funder: Funder, dossier: Dossier, call: Call | None, year: int | None):
        self._funder, self._dossier, self._call = funder, dossier, call
        self._facts = named_facts(dossier, year, applied_for(dossier, call) if call else None)
        self._year = year or max(dossier.years, default=None)
        self._answers = {answer.field: place for place, answer in reversed([*enumerate(call.answers if call else ())])}

    def row(self, field: FormField, language: str) -> FieldAnswer:
        try:
            value, name = self._value(field, language)
            counter = AnswerWriter(Writer(language)).counted(value, field.limit, name=name)
        except UnreadableFacts as error:  # reported already
            return FieldAnswer(field, language, None, error.problems[0].message, None)
        except ReportError as error:  # a text of a list is missing in this language
            missing = MissingAnswer(error.problems[0].message, "add the translation to the facts")
            return FieldAnswer(field, language, None, missing.message, self._open(field, language, missing))
        except MissingAnswer as missing:
            return FieldAnswer(field, language, None, missing.message, self._open(field, language, missing))
        except AnswerError as refusal:
            return FieldAnswer(field, language, None, refusal.message, self._refused(field, refusal))
        return FieldAnswer(field, language, counter, None, self._too_long(field, language, counter))

    def _value(self, field: FormField, language: str) -> tuple[Any, str]:
        """Return what answers a field, and the last name of the fact."""
        if self._call and field.id in self._answers:
            return self._call.answers[self._answers[field.id]].text, ""
        if field.fact is None:
            who = f"the call {self._call.id} does not answer it" if self._call else "no call answers it"
            raise MissingAnswer(who, f"write it in the call:  answers: [{{field: {field.id}, text: …}}]")
        head, star, _ = field.fact.partition(".*")
        value = tuple(_each(self._facts, field.fact)) if star else resolve(self._facts, field.fact)
        if star and not value:
            raise MissingAnswer(f"the facts do not say '{field.fact}'", f"add it to {head}")
        if star and all(isinstance(one, Text | Passage) for one in value):
            value = _joined(value, language)
        return value, field.fact.rpartition(".")[2]

    def _open(self, field: FormField, language: str, missing: MissingAnswer) -> Problem | None:
        if not field.required:
            return None
        message = f"{self._named(field, language)} must be answered: {missing.message}"
        hint = missing.hint if field.fact is None else f"add {field.fact} to the facts, in '{language}'"
        return Problem(Severity.WARNING, "counter.open", message, self._location(field), hint)

    def _refused(self, field: FormField, refusal: AnswerError) -> Problem:
        at = next((n for n, one in enumerate(self._funder.file.data.get("fields") or ()) if one["id"] == field.id), 0)
        where = self._funder.file.locate(("fields", at, "fact"))
        return Problem(Severity.ERROR, "profile.mistake", f"{field.id}: {refusal.message}", where, refusal.hint)

    def _too_long(self, field: FormField, language: str, counter: Counter) -> Problem | None:
        limit = counter.limit
        if limit is None or counter.fits:
            return None
        over = counter.used - limit.most
        size = f"{counter.used} {limit.unit}, {over} more than the {limit.most} that are allowed"
        hint = "shorten its  short:  variant" if counter.variant == "short" else "give it a shorter variant:  short: …"
        severity = Severity.WARNING if counter.tolerated else Severity.ERROR
        message = f"{self._named(field, language)} is too long: {size}; the variant is '{counter.variant}'"
        return Problem(severity, "counter.long", message, self._location(field), hint)

    def _named(self, field: FormField, language: str) -> str:
        label = field.label.in_language("en") or field.label.in_language(next(iter(field.label.by_language)))
        return f"{self._funder.id}, {field.id} (“{label.text if label else ''}”, {language})"

    def _location(self, field: FormField) -> Location | None:
        """Return where the answer is, or where it belongs."""
        locate = self._dossier.locate
        if self._call:
            index = self._dossier.calls.index(self._call)
            if field.id in self._answers:
                return locate("documents.yaml", "calls", index, "answers", self._answers[field.id], "text")
            if field.fact is None:
                return locate("documents.yaml", "calls", index)
        head, *rest = re.findall(r"[^.\[\]]+", field.fact or "")
        if head == "organisation":
            return locate("organisation.yaml", *rest[:1])
        files = [f"{_FILES.get(head, head)}.yaml", "organisation.yaml"]
        if head in ("year", "years"):
            number = rest.pop(0) if head == "years" and rest else self._year
            part = rest[0] if rest and rest[0] != "year" else "year"
            files = [f"{number}/{part}.yaml", f"{number}/year.yaml", "organisation.yaml"]
        return next((at for name in files if name in self._dossier.files and (at := locate(name))), None)


def _joined(values: tuple[Text | Passage, ...], language: str) -> Passage:
    """Return texts as one, in each length that one of them has: the longest list that fits is chosen, too."""
    variants = {}
    for place, length in enumerate(LENGTHS):
        if length != "full" and not any(isinstance(one, Passage) and length in one.variants for one in values):
            continue
        texts = []
        for text in (_at_most(one, LENGTHS[: place + 1]) for one in values):
            if (translation := text.in_language(language)) is None:
                raise MissingAnswer(f"one of them is missing in '{language}'", "add the translation to the facts")
            texts.append(one_line.plain(translation.text) if text.marked else translation.text)
        variants[length] = Text({language: "; ".join(texts)})
    return Passage(variants)


def _at_most(value: Text | Passage, lengths: tuple[str, ...]) -> Text:
    """Return the longest variant that is none of the longer lengths, or the shortest there is."""
    if isinstance(value, Text):
        return value
    return next((value.variants[one] for one in reversed(lengths) if one in value.variants), value.shortest)


def _each(root: Any, path: str) -> Iterator[Any]:
    """Yield the fact of each of a list, ``affiliations.*.network.name``; nothing for those without it."""
    head, _, rest = path.partition(".*")
    for item in resolve(root, head) or ():
        with contextlib.suppress(MissingAnswer):
            if ".*" in rest:
                yield from _each(item, rest.lstrip("."))
            elif (value := resolve(item, rest.lstrip(".")) if rest else item) not in (None, "", ()):
                yield value

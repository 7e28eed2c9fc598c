"""Counters: every field of a funder's profile, what answers it, and how much of its limit is used."""

from __future__ import annotations

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
"""In which file the facts stand that are named otherwise."""


def applied_for(dossier: Dossier, call: Call) -> str | None:
    """Return the action that a call is for: that of its documents, the first that has one."""
    return next((one.action for one in dossier.documents if one.id in call.documents and one.action), None)


@dataclass(frozen=True, slots=True)
class Row:
    """A field in one language: its counter, or why there is none."""

    field: FormField
    language: str
    counter: Counter | None
    reason: str | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A funder's profile held against the facts: a row for each field and language."""

    funder: Funder
    year: int | None
    rows: tuple[Row, ...]
    call: str | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(dict.fromkeys(row.problem for row in self.rows if row.problem))


def languages(funder: Funder, dossier: Dossier) -> tuple[str, ...]:
    """Return the organisation's languages that the funder takes; where it takes none of them, the first."""
    taken = funder.profile.document.languages if funder.profile.document else ()
    spoken = dossier.organisation.languages
    return tuple(language for language in spoken if not taken or language in taken) or spoken[:1]


def count(funder: Funder, dossier: Dossier, spoken: tuple[str, ...], year: int | None = None) -> tuple[Counted, ...]:
    """Hold the facts of `year`, or of the latest, against a funder's fields, once for each call of the profile, or once without.

    What a call answers comes first.
    """
    calls = [one for one in dossier.calls if one.profile == funder.id]
    return tuple(of_call(funder, dossier, spoken, call, year) for call in calls or (None,))


def of_call(
    funder: Funder, dossier: Dossier, spoken: tuple[str, ...], call: Call | None, year: int | None = None
) -> Counted:
    """Do the same for one call, or for none."""
    counting = _Counting(funder, dossier, call, year)
    rows = tuple(counting.row(index, language) for language in spoken for index in range(len(funder.profile.fields)))
    shown = year if year is not None else max(dossier.years, default=None)
    return Counted(funder, shown, rows, call.id if call else None)


class _Counting:
    """One run over the fields of a profile."""

    def __init__(self, funder: Funder, dossier: Dossier, call: Call | None, year: int | None):
        self._funder, self._dossier, self._call = funder, dossier, call
        self._facts = named_facts(dossier, year, applied_for(dossier, call) if call else None)
        self._year = year or max(dossier.years, default=None)

    def row(self, index: int, language: str) -> Row:
        field = self._funder.profile.fields[index]
        try:
            counter = AnswerWriter(Writer(language)).counted(*self._asked(field, language))
        except UnreadableFacts as error:  # which are told of already
            return Row(field, language, None, error.problems[0].message, None)
        except ReportError as error:  # a text of a list is missing in this language
            refusal = MissingAnswer(error.problems[0].message, "add the translation to the facts")
            return Row(field, language, None, refusal.message, self._open(field, language, refusal))
        except MissingAnswer as refusal:
            return Row(field, language, None, refusal.message, self._open(field, language, refusal))
        except AnswerError as refusal:
            return Row(field, language, None, refusal.message, self._refused(field, refusal))
        return Row(field, language, counter, None, self._measured(field, language, counter))

    def _asked(self, field: FormField, language: str) -> tuple[Any, Any, bool, str]:
        """Return what answers a field, its limit, and how it is written."""
        for answer in self._call.answers if self._call else ():
            if answer.field == field.id:
                return answer.text, field.limit, False, ""
        if field.fact is None:
            raise MissingAnswer(self._unanswered(), f"write it in the call:  answers: [{{field: {field.id}, text: …}}]")
        head, star, _ = field.fact.partition(".*")
        value = tuple(_each(self._facts, field.fact)) if star else resolve(self._facts, field.fact)
        if star and not value:
            raise MissingAnswer(f"the facts do not say '{field.fact}'", f"add it to {head}")
        if star and all(isinstance(one, Text | Passage) for one in value):
            value = _together(value, language)
        return value, field.limit, False, field.fact.rpartition(".")[2]

    def _unanswered(self) -> str:
        return f"the call {self._call.id} does not answer it" if self._call else "no call answers it"

    def _open(self, field: FormField, language: str, refusal: AnswerError) -> Problem | None:
        if not field.required:
            return None
        message = f"{self._named(field, language)} must be answered: {refusal.message}"
        hint = refusal.hint if field.fact is None else f"add {field.fact} to the facts, in '{language}'"
        return Problem(Severity.WARNING, "counter.open", message, self._place(field), hint)

    def _refused(self, field: FormField, refusal: AnswerError) -> Problem:
        at = next((n for n, one in enumerate(self._funder.file.data.get("fields") or ()) if one["id"] == field.id), 0)
        where = self._funder.file.locate(("fields", at, "fact"))
        return Problem(Severity.ERROR, "profile.mistake", f"{field.id}: {refusal.message}", where, refusal.hint)

    def _measured(self, field: FormField, language: str, counter: Counter) -> Problem | None:
        limit = counter.limit
        if limit is None or counter.fits:
            return None
        over = counter.used - limit.most
        size = f"{counter.used} {limit.unit}, {over} more than the {limit.most} that are allowed"
        hint = "shorten its  short:  variant" if counter.variant == "short" else "give it a shorter variant:  short: …"
        severity = Severity.WARNING if counter.tolerated else Severity.ERROR
        message = f"{self._named(field, language)} is too long: {size}; the variant is '{counter.variant}'"
        return Problem(severity, "counter.long", message, self._place(field), hint)

    def _named(self, field: FormField, language: str) -> str:
        label = field.label.in_language("en") or field.label.in_language(next(iter(field.label.by_language)))
        return f"{self._funder.id}, {field.id} (“{label.text if label else ''}”, {language})"

    def _place(self, field: FormField) -> Location | None:
        """Return where the answer stands, or where it belongs."""
        for index, call in enumerate(self._dossier.calls):
            for place, answer in enumerate(call.answers if call is self._call else ()):
                if answer.field == field.id:
                    return self._dossier.locate("documents.yaml", "calls", index, "answers", place, "text")
            if call is self._call and field.fact is None:
                return self._dossier.locate("documents.yaml", "calls", index)
        head, *rest = re.findall(r"[^.\[\]]+", field.fact or "")
        if head in ("year", "years"):
            number = rest.pop(0) if head == "years" and rest else self._year
            part = rest[0] if rest and rest[0] != "year" else "year"
            return self._known(f"{number}/{part}.yaml", f"{number}/year.yaml", "organisation.yaml")
        if head != "organisation":
            return self._known(f"{_FILES.get(head, head)}.yaml", "organisation.yaml")
        return self._dossier.locate("organisation.yaml", *rest[:1])

    def _known(self, *names: str) -> Location | None:
        """Return the first of some files that is there."""
        return next((at for name in names if name in self._dossier.files and (at := self._dossier.locate(name))), None)


def _together(values: tuple[Text | Passage, ...], language: str) -> Passage:
    """Return texts as one, in each length that one of them has: a list, too, is told as long as fits."""
    variants = {}
    for place, length in enumerate(LENGTHS):
        if length != "full" and not any(isinstance(one, Passage) and length in one.variants for one in values):
            continue
        texts = [_at_most(one, LENGTHS[: place + 1]) for one in values]
        told = [(one.in_language(language), one.marked) for one in texts]
        if any(one is None for one, _ in told):
            raise MissingAnswer(f"one of them is missing in '{language}'", "add the translation to the facts")
        variants[length] = Text(
            {language: "; ".join(one_line.plain(one.text) if marked else one.text for one, marked in told if one)}
        )
    return Passage(variants)


def _at_most(value: Text | Passage, lengths: tuple[str, ...]) -> Text:
    """Return the longest variant that is none of the longer lengths, or the shortest there is."""
    if isinstance(value, Text):
        return value
    return next((value.variants[one] for one in reversed(lengths) if one in value.variants), value.shortest)


def _each(root: Any, path: str) -> Iterator[Any]:
    """Yield the fact of each of a list, ``affiliations.*.network.name``; of one that does not say it, nothing."""
    head, _, rest = path.partition(".*")
    for item in resolve(root, head) or ():
        try:
            if ".*" in rest:
                yield from _each(item, rest.lstrip("."))
            else:
                found = resolve(item, rest.lstrip(".")) if rest else item
                if found not in (None, "", ()):
                    yield found
        except MissingAnswer:
            continue

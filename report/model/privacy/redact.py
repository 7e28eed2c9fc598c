"""The facts without personal data: for the copy of a report that is published (ЗЮЛНЦ, art. 40; GDPR, art. 4, point 1).

Names of people, of givers and receivers who are people, and of those whom stories are about are taken out wherever they
stand: in records of their own, in every other text, whole or in part, in addresses and in ids. E-mail addresses and
telephone numbers go too, the organisation's own included. Stories, portraits and pictures in which people can be
recognised are left out. What is left is searched once more when the document is composed (`report.compose.checks.leaks`).
"""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel

from report.model.base import nested
from report.model.dossier import Dossier, YearFacts
from report.model.finance import Donor, Finance
from report.model.organisation import Organisation
from report.model.person import Person
from report.model.privacy.names import MARK, Finder, every, finder_of, plain, private
from report.model.project import Project
from report.model.text import FOREIGN, Passage, Text
from report.model.year import Year

_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^)\s>]*)>?(?:\s+[\"'(][^\n]*?[\"')])?\s*\)")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"]+")
_EMAIL = re.compile(r"(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?:tel:)?(?<![\w+.,])(?:\+\d|0(?!00))(?:[ \u00a0\u202f./()–-]{0,2}\d){6,13}(?![\w])"
    r"|(?i:\b(?:tel|phone|mobile|тел|телефон|мобилен|моб|gsm)\b)[.:]*\s*\d(?:[ \u00a0\u202f./()–-]{0,2}\d){4,13}"
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}")


def names(dossier: Dossier) -> tuple[str, ...]:
    """Return every name that a redacted edition must not have, in every language, the longest first."""
    return every(private(dossier))


def redact(dossier: Dossier) -> Dossier:
    """Return the dossier without personal data; `files` stay, since they are only for locating mistakes."""
    finder = finder_of(dossier)
    eraser, numbers = _Eraser(finder, _ids(dossier, finder)), _numbers(dossier)
    return dataclasses.replace(
        dossier,
        organisation=_organisation(eraser, dossier.organisation),
        affiliations=eraser.all(dossier.affiliations),
        objectives=eraser.all(dossier.objectives),
        documents=tuple(_kept_id(eraser, request) for request in dossier.documents),
        people=tuple(_person(eraser, person, numbers[person.id]) for person in dossier.people),
        programmes=eraser.all(dossier.programmes),
        indicators=eraser.all(dossier.indicators),
        projects=tuple(_project(eraser, project) for project in dossier.projects),
        actions=eraser.all(dossier.actions),
        years=MappingProxyType({number: _year(eraser, dossier, year) for number, year in dossier.years.items()}),
        networks=eraser.each(dossier.networks),
        institutions=eraser.each(dossier.institutions),
        sources=eraser.each(dossier.sources),
    )


class _Eraser:
    """Takes names out of texts, addresses and ids, at any depth of a record."""

    def __init__(self, finder: Finder, ids: Mapping[str, str]):
        self.finder, self.ids = finder, ids

    def all(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self.clean(value) for value in values)

    def each(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return MappingProxyType({self.ids.get(key, key): self.clean(value) for key, value in values.items()})

    def clean(self, value: Any) -> Any:
        """Return a value without names; an address that has one is gone."""
        if isinstance(value, Text):
            clean = MappingProxyType({k: self.text(v) for k, v in value.by_language.items()})
            return dataclasses.replace(value, by_language=clean)
        if isinstance(value, Passage):
            return Passage(MappingProxyType({k: self.clean(v) for k, v in value.variants.items()}))
        if isinstance(value, BaseModel):
            fields = (name for name in type(value).model_fields if not _chosen(type(value), name))
            changed = {name: self.clean(getattr(value, name)) for name in fields}
            return value.model_copy(update={k: v for k, v in changed.items() if v is not getattr(value, k)})
        if isinstance(value, tuple):
            return tuple(self.clean(item) for item in value)
        if isinstance(value, str):
            if _URL.match(value):
                return None if self.finder.within(value) else value
            return self.ids.get(value, value)
        return value

    def text(self, text: str) -> str:
        """Return a text without names, and without addresses of people: links keep their words."""
        text = _LINK.sub(self._link, plain(text))
        text = _URL.sub(lambda m: MARK if self.finder.within(m[0]) else m[0], text)
        text = _PHONE.sub(lambda m: m[0] if _DATE.search(m[0]) else MARK, _EMAIL.sub(MARK, text))
        text = FOREIGN.sub(lambda m: MARK if self.finder.remove(m[1]).strip() == MARK else m[0], text)
        return self.finder.remove(text)

    def _link(self, link: re.Match[str]) -> str:
        target = link[2]
        return link[1] if target.startswith(("mailto:", "tel:")) or self.finder.within(target) else link[0]


def _chosen(model: type[BaseModel], name: str) -> bool:
    """Say whether a field holds one of the words that the program knows: a kind, a scope."""
    return any(typing.get_origin(part) is Literal for part in _annotations(model.model_fields[name].annotation))


def _annotations(annotation: Any) -> Iterator[Any]:
    yield annotation
    if typing.get_origin(annotation) is not Literal:
        for part in typing.get_args(annotation):
            yield from _annotations(part)


def _ids(dossier: Dossier, finder: Finder) -> Mapping[str, str]:
    """Return a number for each id that has a name in it; the same id is the same number wherever it is referred to."""
    records = (
        *dossier.affiliations, *dossier.objectives, *dossier.programmes, *dossier.indicators,
        *dossier.projects, *dossier.actions,
        *dossier.networks.values(), *dossier.institutions.values(), *dossier.sources.values(),
    )  # fmt: skip
    ids = (getattr(inner, "id", None) for _, inner in nested(records))
    private_ids = dict.fromkeys(id_ for id_ in ids if isinstance(id_, str) and finder.within(id_))
    return MappingProxyType({id_: f"id-{number}" for number, id_ in enumerate(private_ids, 1)})


def _kept_id(eraser: _Eraser, request: Any) -> Any:
    """A document's id is the name of its file: it is searched, not replaced."""
    return eraser.clean(request).model_copy(update={"id": request.id})


def _organisation(eraser: _Eraser, organisation: Organisation) -> Organisation:
    """An organisation's own e-mail address and telephone may be a person's; its website and address are not."""
    clean: Organisation = eraser.clean(organisation)
    changed: dict[str, Any] = {}
    if clean.contact:
        changed["contact"] = clean.contact.model_copy(update={"email": None, "phone": None})
    if clean.logo and eraser.finder.within(clean.logo.file):
        changed["logo"] = None
    registrations = (
        r.model_copy(update={"number": r.number and eraser.finder.remove(r.number)}) for r in clean.registrations
    )
    return clean.model_copy(update=changed | {"registrations": tuple(registrations)})


def _project(eraser: _Eraser, project: Project) -> Project:
    """A funder's number may have a name in it, as that of a register may."""
    clean: Project = eraser.clean(project)
    reference = eraser.finder.remove(project.reference) if project.reference else None
    return clean.model_copy(update={"reference": reference})


def _person(eraser: _Eraser, person: Person, number: int) -> Person:
    name = person.name
    unnamed = Text(MappingProxyType(dict.fromkeys(name.by_language, MARK)), name.original) if name else None
    clean: Person = eraser.clean(person)
    return clean.model_copy(
        update={"id": f"person-{number}", "name": unnamed, "about": None, "source": None, "remark": None}
    )


def _numbers(dossier: Dossier) -> Mapping[str, int]:
    """Return a number for each person: what is said of one at several times has the same."""
    return {id_: number for number, id_ in enumerate(dict.fromkeys(person.id for person in dossier.people), 1)}


def _year(eraser: _Eraser, dossier: Dossier, facts: YearFacts) -> YearFacts:
    year: Year = eraser.clean(facts.year)
    pictures = tuple(p for p in year.pictures if not p.shows_people and not eraser.finder.within(p.file))
    changed: dict[str, Any] = {"pictures": pictures}
    if year.letter and facts.year.letter:
        signs = facts.year.letter.person
        changed["letter"] = year.letter.model_copy(update={"person": f"person-{_numbers(dossier)[signs]}"})
    lines = _lines(dossier)
    received = (
        d.model_copy(update={"income": lines["income"].get(was.income) if was.income else None})
        for d, was in zip(_renumbered(eraser.all(facts.received), "received"), facts.received, strict=True)
    )
    return dataclasses.replace(
        facts,
        year=year.model_copy(update=changed),
        activities=_renumbered(eraser.all(facts.activities), "activity"),
        results=eraser.all(facts.results),
        finance=_finance(eraser, facts.finance, lines) if facts.finance else None,
        received=tuple(_gift(d, "donor") for d in received),
        given=tuple(_gift(d, "recipient") for d in _renumbered(eraser.all(facts.given), "given")),
        stories=(),
    )


def _lines(dossier: Dossier) -> Mapping[str, Mapping[str, str]]:
    """Return a number for each line of the statements: the same line has the same in every year, to be compared."""
    statements = [year.finance for year in dossier.years.values() if year.finance]

    def numbered(side: str) -> dict[str, str]:
        told = dict.fromkeys(line.id for finance in statements for line in getattr(finance, side))
        return {id_: f"{side}-{number}" for number, id_ in enumerate(told, 1)}

    return {side: numbered(side) for side in ("income", "expenditure")}


def _finance(eraser: _Eraser, finance: Finance, lines: Mapping[str, Mapping[str, str]]) -> Finance:
    def renamed(side: str) -> tuple[Any, ...]:
        return tuple(
            eraser.clean(line).model_copy(update={"id": lines[side][line.id]}) for line in getattr(finance, side)
        )

    clean: Finance = eraser.clean(finance)
    return clean.model_copy(update={side: renamed(side) for side in lines})


def _renumbered(values: Iterable[Any], name: str) -> tuple[Any, ...]:
    return tuple(value.model_copy(update={"id": f"{name}-{n}"}) for n, value in enumerate(values, 1))


def _gift(donation: Any, party: str) -> Any:
    other: Donor = getattr(donation, party)
    if other.kind != "person":
        return donation
    return donation.model_copy(update={party: other.model_copy(update={"name": None, "publish": False})})

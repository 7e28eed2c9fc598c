"""The facts without personal data: for the copy of a report that is published (ЗЮЛНЦ, art. 40; GDPR, art. 4, point 1).

Names of people, of givers and receivers who are people, and of those whom stories are about are taken out wherever they
stand: in records of their own and in every other text, whole or in part. Stories, portraits and pictures in which people
can be recognised are left out. Ids are replaced, since they are often made of names.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from report.model.dossier import Dossier, YearFacts
from report.model.finance import Donor
from report.model.organisation import Organisation
from report.model.person import Person
from report.model.text import Passage, Text
from report.model.year import Year

MARK = "[…]"
"""Stands where a name was, in every language."""
SHORTEST = 3
"""A part of a name with fewer letters stays: it is an initial, a particle, or part of any word."""
_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PARTICLES = frozenset({"von", "van", "der", "den", "del", "della", "the", "and", "ibn", "bin", "abu", "family"})


def names(dossier: Dossier) -> tuple[str, ...]:
    """Return every name that a redacted edition must not have, in every language, the longest first."""
    found: dict[str, None] = {}
    for text in _named(dossier):
        for told in text.by_language.values():
            whole = " ".join(told.split())
            found[whole] = None
            parts = [part for part in _WORDS.findall(whole) if len(part) >= SHORTEST and part.lower() not in _PARTICLES]
            found |= dict.fromkeys(part for part in parts if part[0].isupper())
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def redact(dossier: Dossier) -> Dossier:
    """Return the dossier without personal data; `files` stay, since they are only for locating mistakes."""
    eraser = _Eraser(names(dossier))
    ids = {person.id: f"person-{number}" for number, person in enumerate(dossier.people, 1)}
    return dataclasses.replace(
        dossier,
        organisation=_organisation(eraser.clean(dossier.organisation)),
        affiliations=eraser.all(dossier.affiliations),
        objectives=eraser.all(dossier.objectives),
        documents=eraser.all(dossier.documents),
        people=tuple(_person(eraser.clean(person), ids) for person in dossier.people),
        programmes=eraser.all(dossier.programmes),
        indicators=eraser.all(dossier.indicators),
        years=MappingProxyType({number: _year(eraser, year, ids) for number, year in dossier.years.items()}),
        networks=eraser.each(dossier.networks),
        institutions=eraser.each(dossier.institutions),
        sources=eraser.each(dossier.sources),
    )


def _named(dossier: Dossier) -> Iterable[Text]:
    yield from (person.name for person in dossier.people)
    for year in dossier.years.values():
        yield from (d.donor.name for d in year.received if d.donor.name and d.donor.kind == "person")
        yield from (d.recipient.name for d in year.given if d.recipient.name and d.recipient.kind == "person")
        yield from (story.person for story in year.stories)


class _Eraser:
    """Takes names out of texts, at any depth of a record."""

    def __init__(self, names: tuple[str, ...]):
        listed = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
        self._pattern = re.compile(rf"(?<!\w)(?:{listed})(?:[’']s)?(?!\w)") if names else None
        self._loose = re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE) if names else None

    def all(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self.clean(value) for value in values)

    def each(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return MappingProxyType({key: self.clean(value) for key, value in values.items()})

    def clean(self, value: Any) -> Any:
        """Return a value without names. Plain strings (addresses, e-mail) that have one become the mark or nothing."""
        if isinstance(value, Text):
            return Text(MappingProxyType({k: self._text(v) for k, v in value.by_language.items()}), value.original)
        if isinstance(value, Passage):
            return Passage(MappingProxyType({k: self.clean(v) for k, v in value.variants.items()}))
        if isinstance(value, BaseModel):
            changed = {name: self.clean(getattr(value, name)) for name in type(value).model_fields}
            return value.model_copy(update={k: v for k, v in changed.items() if v is not getattr(value, k)})
        if isinstance(value, tuple):
            return tuple(self.clean(item) for item in value)
        return value

    def _text(self, text: str) -> str:
        if self._pattern is None:
            return text
        text = self._pattern.sub(MARK, text)
        return re.sub(rf"{re.escape(MARK)}(?:\s+{re.escape(MARK)})+", MARK, text)

    def has(self, text: str | None) -> bool:
        """Say whether a name stands in an address or a file's name, in capitals or not."""
        return bool(text and self._loose and self._loose.search(text))


def _organisation(organisation: Organisation) -> Organisation:
    """An organisation's own e-mail address and telephone may be a person's; its website and address are not."""
    if organisation.contact is None:
        return organisation
    return organisation.model_copy(
        update={"contact": organisation.contact.model_copy(update={"email": None, "phone": None})}
    )


def _person(person: Person, ids: Mapping[str, str]) -> Person:
    unnamed = Text(MappingProxyType(dict.fromkeys(person.name.by_language, MARK)), person.name.original)
    return person.model_copy(
        update={"id": ids[person.id], "name": unnamed, "about": None, "source": None, "remark": None}
    )


def _year(eraser: _Eraser, facts: YearFacts, ids: Mapping[str, str]) -> YearFacts:
    year: Year = eraser.clean(facts.year)
    pictures = tuple(p for p in year.pictures if not p.shows_people and not eraser.has(p.file))
    changed: dict[str, Any] = {"pictures": pictures}
    if year.letter:
        changed["letter"] = year.letter.model_copy(update={"person": ids.get(year.letter.person, year.letter.person)})
    return dataclasses.replace(
        facts,
        year=year.model_copy(update=changed),
        activities=_renumbered(eraser.all(facts.activities), "activity"),
        results=eraser.all(facts.results),
        finance=eraser.clean(facts.finance),
        received=tuple(_gift(d, "donor") for d in _renumbered(eraser.all(facts.received), "received")),
        given=tuple(_gift(d, "recipient") for d in _renumbered(eraser.all(facts.given), "given")),
        stories=(),
    )


def _renumbered(values: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    return tuple(value.model_copy(update={"id": f"{name}-{n}"}) for n, value in enumerate(values, 1))


def _gift(donation: Any, party: str) -> Any:
    other: Donor = getattr(donation, party)
    if other.kind != "person":
        return donation
    return donation.model_copy(update={party: other.model_copy(update={"name": None, "publish": False})})
